/*
 * golden.h
 *		The reference values of data/golden for the unit tests: a CSV reader, tables, look-up and comparison.
 *
 * The tests run in the root of the repository.  A test computes what it can for every table and hands each number to
 * golden_check(table_id, statistic, value); golden_report() then prints one TAP line a statistic with its worst relative error.
 * A statistic fails when a value is off, when data/golden has no row for it, or when it has rows that nobody checked.
 */
#ifndef CSIRTSURVEY_GOLDEN_H
#define CSIRTSURVEY_GOLDEN_H

#include <ctype.h>
#include <string.h>

#include "stats/stats.h"
#include "tap.h"

/* A CSV file as rows of strings.  Row 0 is the header. */
typedef struct GoldenCsv
{
	char	   *text;
	char	 ***row;
	int			nrow;
	int			ncol;
} GoldenCsv;

/* Memory for the life of the test; the chain keeps it reachable for the leak checker. */
static inline void *
golden_alloc(size_t size)
{
	static void *chain;
	void	  **p = calloc(1, size + sizeof(max_align_t));

	if (p == NULL)
	{
		printf("Bail out! out of memory\n");
		exit(1);
	}
	*p = chain;
	chain = p;
	return (char *) p + sizeof(max_align_t);
}

static inline GoldenCsv
golden_csv(const char *path)
{
	GoldenCsv	csv = {NULL, NULL, 0, 0};
	FILE	   *f = fopen(path, "rb");
	long		size;
	int			lines = 1;
	char	   *in,
			   *out;

	if (f == NULL)
	{
		printf("Bail out! cannot open %s: the tests run in the root of the repository\n", path);
		exit(1);
	}
	fseek(f, 0, SEEK_END);
	size = ftell(f);
	rewind(f);
	csv.text = golden_alloc((size_t) size + 2);
	if (fread(csv.text, 1, (size_t) size, f) != (size_t) size)
	{
		printf("Bail out! cannot read %s\n", path);
		exit(1);
	}
	fclose(f);
	if (size > 0 && csv.text[size - 1] != '\n')
		csv.text[size] = '\n';
	csv.ncol = 1;
	for (char *p = csv.text; *p && *p != '\n'; p++)
		csv.ncol += *p == ',';
	for (char *p = csv.text; *p; p++)
		lines += *p == '\n';
	csv.row = golden_alloc(sizeof(char **) * (size_t) lines);
	in = out = csv.text;
	while (*in)
	{
		char	  **field = golden_alloc(sizeof(char *) * (size_t) csv.ncol);
		bool		more = true;

		for (int j = 0; j < csv.ncol; j++)
		{
			bool		quoted = more && *in == '"';

			field[j] = out;
			if (!more)
			{
				field[j] = csv.text + size + 1;	/* the terminating NUL: a short line ends in empty fields */
				continue;
			}
			in += quoted;
			while (*in && (quoted || (*in != ',' && *in != '\n' && *in != '\r')))
			{
				if (quoted && *in == '"')
				{
					if (in[1] != '"')
					{
						in++;
						quoted = false;
						continue;
					}
					in++;
				}
				*out++ = *in++;
			}
			if (*in == '\r')
				in++;
			more = *in == ',';
			if (*in)
				in++;
			*out++ = '\0';
		}
		csv.row[csv.nrow++] = field;
	}
	return csv;
}

static inline int
golden_column(const GoldenCsv *csv, const char *name)
{
	for (int j = 0; j < csv->ncol; j++)
		if (strcmp(csv->row[0][j], name) == 0)
			return j;
	printf("Bail out! no column %s\n", name);
	exit(1);
}

/* Numbers as data/golden spells them: NA and the empty string are NaN, Inf is infinite. */
static inline double
golden_number(const char *s)
{
	return *s == '\0' || strcmp(s, "NA") == 0 ? NAN : strtod(s, NULL);
}

/* A table of tables.csv; nstrata is 0 when it has none, and n holds nrow x ncol counts a stratum. */
typedef struct GoldenTable
{
	const char *id;
	const char *kind;			/* two_way, two_way_weighted, stratified, binary_matrix, rating_matrix */
	int			nrow;
	int			ncol;
	int			nstrata;
	double	   *n;
} GoldenTable;

static GoldenTable *golden_all;
static int	golden_ntables;

static inline const GoldenTable *
golden_find(const char *id)
{
	for (int i = 0; i < golden_ntables; i++)
		if (strcmp(golden_all[i].id, id) == 0)
			return &golden_all[i];
	return NULL;
}

/* Every table of tables.csv, in the order of index.csv. */
static inline const GoldenTable *
golden_tables(int *count)
{
	if (golden_all == NULL)
	{
		static GoldenCsv index,
					cells;
		GoldenTable *t = NULL;

		index = golden_csv("data/golden/index.csv");
		cells = golden_csv("data/golden/tables.csv");
		golden_all = golden_alloc(sizeof(GoldenTable) * (size_t) index.nrow);
		for (int i = 1; i < index.nrow; i++)
		{
			char	  **f = index.row[i];

			t = &golden_all[golden_ntables++];
			t->id = f[0];
			t->kind = f[1];
			t->nrow = atoi(f[2]);
			t->ncol = atoi(f[3]);
			t->nstrata = atoi(f[4]);
			t->n = golden_alloc(sizeof(double) * (size_t) (t->nrow * t->ncol * (t->nstrata > 0 ? t->nstrata : 1)));
		}
		for (int i = 1; i < cells.nrow; i++)
		{
			char	  **f = cells.row[i];
			int			k = f[4][0] ? atoi(f[4]) - 1 : 0;

			if (t == NULL || strcmp(t->id, f[0]) != 0)
				t = (GoldenTable *) golden_find(f[0]);
			if (t == NULL || k < 0 || (k > 0 && k >= t->nstrata) || atoi(f[1]) > t->nrow || atoi(f[2]) > t->ncol)
			{
				printf("Bail out! tables.csv and index.csv disagree about %s\n", f[0]);
				exit(1);
			}
			t->n[((size_t) k * t->nrow + atoi(f[1]) - 1) * t->ncol + atoi(f[2]) - 1] = strtod(f[3], NULL);
		}
	}
	if (count)
		*count = golden_ntables;
	return golden_all;
}

/* One stratum (0 for an unstratified table) without scores. */
static inline StatTable
golden_stat_table(const GoldenTable *t, int stratum)
{
	StatTable	tab = {t->nrow, t->ncol, t->n + (size_t) stratum * t->nrow * t->ncol, NULL, NULL};

	return tab;
}

typedef struct GoldenValue
{
	const char *table_id;
	const char *statistic;
	const char *note;
	double		value;			/* NaN for NA */
	double		tol;			/* relative: 1e-9 or the note's */
	double		abs;			/* absolute: 0 or the note's */
	bool		skip;
	bool		checked;
} GoldenValue;

static GoldenValue *golden_values;
static int	golden_nvalues;

static inline int
golden_order(const void *a, const void *b)
{
	const GoldenValue *x = a,
			   *y = b;
	int			c = strcmp(x->table_id, y->table_id);

	return c ? c : strcmp(x->statistic, y->statistic);
}

static inline double
golden_tag(const char *note, const char *tag, double otherwise)
{
	for (const char *p = strstr(note, tag); p; p = strstr(p + 1, tag))
		if (p == note || p[-1] == ';' || isspace((unsigned char) p[-1]))
			return strtod(p + strlen(tag), NULL);
	return otherwise;
}

/* The reference value, or NULL where there is none. */
static inline GoldenValue *
golden_value(const char *table_id, const char *statistic)
{
	GoldenValue key = {.table_id = table_id,.statistic = statistic};

	if (golden_values == NULL)
	{
		static GoldenCsv csv;

		csv = golden_csv("data/golden/golden.csv");
		golden_values = golden_alloc(sizeof(GoldenValue) * (size_t) csv.nrow);
		for (int i = 1; i < csv.nrow; i++)
		{
			GoldenValue *v = &golden_values[golden_nvalues++];

			v->table_id = csv.row[i][0];
			v->statistic = csv.row[i][1];
			v->value = golden_number(csv.row[i][2]);
			v->note = csv.row[i][4];
			v->tol = golden_tag(v->note, "tol=", 1e-9);
			v->abs = golden_tag(v->note, "abs=", 0);
			v->skip = strstr(v->note, "check=skip") != NULL;
		}
		qsort(golden_values, (size_t) golden_nvalues, sizeof(GoldenValue), golden_order);
	}
	return bsearch(&key, golden_values, (size_t) golden_nvalues, sizeof(GoldenValue), golden_order);
}

/* What was compared of one statistic; expected_1_2 and its like count under expected. */
typedef struct GoldenStatistic
{
	char		name[64];
	int			compared;
	int			wrong;
	double		worst;
	char		where[64];
} GoldenStatistic;

static GoldenStatistic golden_stats[512];
static int	golden_nstats;

static inline size_t
golden_family_length(const char *statistic)
{
	size_t		len = strlen(statistic);

	for (;;)
	{
		size_t		l = len;

		while (l > 0 && isdigit((unsigned char) statistic[l - 1]))
			l--;
		if (l == len || l < 2 || statistic[l - 1] != '_')
			return len;
		len = l - 1;
	}
}

static inline GoldenStatistic *
golden_statistic(const char *statistic)
{
	size_t		len = golden_family_length(statistic);

	for (int i = 0; i < golden_nstats; i++)
		if (strlen(golden_stats[i].name) == len && strncmp(golden_stats[i].name, statistic, len) == 0)
			return &golden_stats[i];
	if (golden_nstats == (int) (sizeof(golden_stats) / sizeof(golden_stats[0])) || len >= sizeof(golden_stats[0].name))
	{
		printf("Bail out! too many statistics or too long a name: %s\n", statistic);
		exit(1);
	}
	memcpy(golden_stats[golden_nstats].name, statistic, len);
	return &golden_stats[golden_nstats++];
}

/* Compare one number; tables without a reference value for the statistic and values tagged check=skip are passed over. */
static inline void
golden_check(const char *table_id, const char *statistic, double got)
{
	GoldenStatistic *s = golden_statistic(statistic);
	GoldenValue *v = golden_value(table_id, statistic);
	double		err;

	if (v == NULL)
		return;
	v->checked = true;
	if (v->skip)
		return;
	s->compared++;
	err = rel_err(got, v->value);
	if (err > v->tol && fabs(got - v->value) <= v->abs)
		err = 0;
	if (!(err <= v->tol))
	{
		s->wrong++;
		printf("# %s %s: got %.17g, want %.17g, relative error %.3g, allowed %.3g\n", table_id, statistic, got, v->value, err, v->tol);
	}
	/* a worst error that its note allows to be large hides the others: it counts in units of 1e-9 */
	err *= 1e-9 / v->tol;
	if (s->where[0] == '\0' || !(err <= s->worst))
	{
		s->worst = err;
		snprintf(s->where, sizeof(s->where), "%s", table_id);
	}
}

/* One TAP line for each statistic met so far. */
static inline void
golden_report(void)
{
	for (int i = 0; i < golden_nstats; i++)
	{
		GoldenStatistic *s = &golden_stats[i];
		size_t		len = strlen(s->name);
		int			unchecked = 0;

		for (int k = 0; k < golden_nvalues; k++)
		{
			GoldenValue *v = &golden_values[k];

			if (!v->checked && !v->skip && golden_family_length(v->statistic) == len && strncmp(v->statistic, s->name, len) == 0)
			{
				if (unchecked++ < 3)
					printf("# not computed: %s %s\n", v->table_id, v->statistic);
			}
		}
		ok(s->compared > 0 && s->wrong == 0 && unchecked == 0,
		   "%s: %d reference values, %d wrong, %d not computed; worst relative error %.2g (%s)",
		   s->name, s->compared, s->wrong, unchecked, s->worst, s->where);
	}
	golden_nstats = 0;
}

#endif							/* CSIRTSURVEY_GOLDEN_H */
