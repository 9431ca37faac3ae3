/*
 * exact_ordered.c
 *		Permutation distribution of a statistic of two ordered variables, over all r x c tables with the margins of one.
 *
 * Column by column: a state is how many answers of each row the columns so far have taken, and the statistic so far; states that agree
 * are merged (A. Agresti, C. R. Mehta, N. R. Patel (1990), Exact inference for contingency tables with ordered categories, Journal of
 * the American Statistical Association 85, 453-458).  The key of a state holds the answers taken in mixed radix; the last row's follow
 * from the sum.  All weights are positive: small p keep their digits.
 */
#include "stats/permutation.h"
#include "stats/state_table.h"

#include <string.h>

#define MAX_N 3000
#define MAX_ROWS 24
/* 2^24: the product of two scores and n stays below 2^62. */
#define SCORE_RANGE 16777216.0

typedef struct Walk
{
	const StatClean *t;			/* with at most as many rows as columns */
	OrderedStatistic statistic;
	int64_t    *row_score;
	int64_t    *col_score;
	uint64_t	radix[MAX_ROWS];
	long double inverse_factorial[MAX_N + 1];
	int64_t		budget;
	StateTable	next;
	/* the state and column in hand */
	int			col;
	int64_t		used[MAX_ROWS];
	long double weight;
	int64_t		before;
	StatStatus	status;
} Walk;

/* What x answers of row i in the column add to the statistic: they stand after all that the columns before took. */
static int64_t
contribution(const Walk *w, int i, int64_t x)
{
	int64_t		pairs = 0;

	if (w->statistic == ORDERED_PRODUCT)
		return x * w->row_score[i] * w->col_score[w->col];
	for (int k = 0; k < w->t->tab.nrow; k++)
		pairs += k < i ? w->used[k] : k > i ? -w->used[k] : 0;
	return x * pairs;
}

/* Rows i.. of the column take left answers in every way. */
static void
fill(Walk *w, int i, int64_t left, uint64_t used, int64_t t, long double weight)
{
	int			last = w->t->tab.nrow - 1;
	int64_t		room = (int64_t) w->t->row_total[i] - w->used[i];
	int64_t		beyond = 0;

	if (w->status != STAT_OK)
		return;
	if (--w->budget < 0)
	{
		w->status = STAT_BUDGET;
		return;
	}
	if ((w->budget & 4095) == 0 && stat_interrupted())
	{
		w->status = STAT_INTERRUPTED;
		return;
	}
	if (i == last)
	{
		w->status = state_table_add(&w->next, used, t + contribution(w, i, left), weight * w->inverse_factorial[left]);
		return;
	}
	for (int k = i + 1; k <= last; k++)
		beyond += (int64_t) w->t->row_total[k] - w->used[k];
	for (int64_t x = left > beyond ? left - beyond : 0; x <= room && x <= left; x++)
		fill(w, i + 1, left - x, used + (uint64_t) x * w->radix[i], t + contribution(w, i, x), weight * w->inverse_factorial[x]);
}

static void
unpack(Walk *w, const State *s, int64_t taken)
{
	int			last = w->t->tab.nrow - 1;
	uint64_t	rest = s->key;

	w->used[last] = taken;
	for (int i = last - 1; i >= 0; i--)
	{
		w->used[i] = (int64_t) (rest / w->radix[i]);
		rest %= w->radix[i];
		w->used[last] -= w->used[i];
	}
}

/* About how many ways there are to divide c answers among the rows. */
static double
divisions(const Walk *w, double c)
{
	double		ways = 1;

	for (int i = 0; i < w->t->tab.nrow - 1; i++)
		ways *= (fmin(c, w->t->row_total[i]) + 1) / (i + 1);
	return ways;
}

/* States after every column; the last one takes what the rows have left. */
static StatStatus
all_tables(Walk *w, StateTable *end)
{
	StateTable	now = {NULL, 0, 0};
	int64_t		taken = 0;
	StatStatus	status = state_table_make(&now, 1);

	if (status != STAT_OK)
		return status;
	now.slot[0] = (State) {0, 0, 1};
	now.n = 1;
	for (int j = 0; j < w->t->tab.ncol; j++)
	{
		int64_t		c = (int64_t) w->t->col_total[j];

		w->col = j;
		if (j + 1 < w->t->tab.ncol && now.n * divisions(w, (double) c) > (double) w->budget)
		{
			stat_release(now.slot);
			return STAT_BUDGET;
		}
		w->status = state_table_make(&w->next, 1024);
		for (size_t i = 0; i < now.size && w->status == STAT_OK; i++)
			if (now.slot[i].weight > 0)
			{
				unpack(w, &now.slot[i], taken);
				/* c!: the weight of a column stays near a multinomial coefficient */
				fill(w, 0, c, now.slot[i].key, now.slot[i].t, now.slot[i].weight / w->inverse_factorial[c]);
			}
		stat_release(now.slot);
		if (w->status != STAT_OK)
		{
			stat_release(w->next.slot);
			return w->status;
		}
		now = w->next;
		taken += c;
	}
	*end = now;
	return STAT_OK;
}

/* The statistic of the table itself, as whole numbers, and twice its mean times n. */
static void
observe(const Walk *w, int64_t *observed, __int128 *mean_n)
{
	__int128	row = 0,
				col = 0;

	*observed = 0;
	*mean_n = 0;
	if (w->statistic == ORDERED_PRODUCT)
	{
		for (int i = 0; i < w->t->tab.nrow; i++)
			row += (__int128) w->row_score[i] * (int64_t) w->t->row_total[i];
		for (int j = 0; j < w->t->tab.ncol; j++)
			col += (__int128) w->col_score[j] * (int64_t) w->t->col_total[j];
		*mean_n = row * col;
		for (int i = 0; i < w->t->tab.nrow; i++)
			for (int j = 0; j < w->t->tab.ncol; j++)
				*observed += (int64_t) w->t->tab.n[(size_t) i * w->t->tab.ncol + j] * w->row_score[i] * w->col_score[j];
		return;
	}
	for (int i = 0; i < w->t->tab.nrow; i++)
		for (int j = 0; j < w->t->tab.ncol; j++)
			for (int k = i + 1; k < w->t->tab.nrow; k++)
				for (int l = 0; l < w->t->tab.ncol; l++)
					*observed += (l > j ? 1 : l < j ? -1 : 0) * (int64_t) w->t->tab.n[(size_t) i * w->t->tab.ncol + j] *
						(int64_t) w->t->tab.n[(size_t) k * w->t->tab.ncol + l];
}

static int64_t
highest(const int64_t *score, int k)
{
	int64_t		high = 0;

	for (int i = 0; i < k; i++)
		high = score[i] > high ? score[i] : high;
	return high;
}

/* The table turned so that the states are few. */
static StatStatus
turn(const StatClean *t, StatClean *out, double **block)
{
	double	   *n;

	*out = *t;
	*block = NULL;
	if (t->tab.nrow <= t->tab.ncol)
		return STAT_OK;
	*block = n = stat_alloc(sizeof(double) * (size_t) t->tab.nrow * (size_t) t->tab.ncol);
	if (n == NULL)
		return STAT_NO_MEMORY;
	for (int i = 0; i < t->tab.nrow; i++)
		for (int j = 0; j < t->tab.ncol; j++)
			n[(size_t) j * t->tab.nrow + i] = t->tab.n[(size_t) i * t->tab.ncol + j];
	out->tab.nrow = t->tab.ncol;
	out->tab.ncol = t->tab.nrow;
	out->tab.n = n;
	out->row_total = t->col_total;
	out->col_total = t->row_total;
	return STAT_OK;
}

StatStatus
exact_ordered(const StatClean *t, OrderedStatistic statistic, const double *row_score, const double *col_score,
			  Alternative alternative, int64_t budget, double *p)
{
	StatClean	turned;
	double	   *block;
	int64_t    *score = NULL;
	bool		rounded_rows = false,
				rounded_cols = false;
	int64_t		slack = 0,
				observed;
	__int128	mean_n;
	Walk		w;
	StateTable	end = {NULL, 0, 0};
	long double wanted = 0;
	double		states = 1;
	StatStatus	status;

	if (t->total > MAX_N || (t->tab.nrow > MAX_ROWS && t->tab.ncol > MAX_ROWS))
		return STAT_BUDGET;
	status = turn(t, &turned, &block);
	if (status != STAT_OK)
		return status;
	memset(&w, 0, sizeof(w));
	w.t = &turned;
	w.statistic = statistic;
	/* a step looks up a state: some four times the work of one in two groups */
	w.budget = budget / 4;
	w.inverse_factorial[0] = 1;
	for (int x = 1; x <= MAX_N; x++)
		w.inverse_factorial[x] = w.inverse_factorial[x - 1] / x;
	for (int i = 0; i < turned.tab.nrow; i++)
	{
		w.radix[i] = (uint64_t) states;
		states *= turned.row_total[i] + 1;
	}
	if (states > 9e18)
		status = STAT_BUDGET;
	if (status == STAT_OK && statistic == ORDERED_PRODUCT)
	{
		score = stat_alloc(sizeof(int64_t) * (size_t) (turned.tab.nrow + turned.tab.ncol));
		if (score == NULL)
			status = STAT_NO_MEMORY;
		else
		{
			w.row_score = score;
			w.col_score = score + turned.tab.nrow;
			rounded_rows = !integer_scores(block ? col_score : row_score, turned.tab.nrow, t->total, SCORE_RANGE, w.row_score);
			rounded_cols = !integer_scores(block ? row_score : col_score, turned.tab.ncol, t->total, SCORE_RANGE, w.col_score);
		}
	}
	if (status == STAT_OK)
		status = all_tables(&w, &end);
	if (status == STAT_OK)
	{
		int64_t		n = (int64_t) t->total;
		long double all = 0;

		observe(&w, &observed, &mean_n);
		/* a score rounded by a half is off by half the other side's score in each of n products, and two sums are compared */
		if (rounded_rows || rounded_cols)
			slack = n * (1 + (rounded_rows ? highest(w.col_score, turned.tab.ncol) : 0) + (rounded_cols ? highest(w.row_score, turned.tab.nrow) : 0));
		for (size_t i = 0; i < end.size; i++)
		{
			__int128	d = (__int128) end.slot[i].t * n - mean_n;
			__int128	o = (__int128) observed * n - mean_n;
			bool		counts;

			if (!(end.slot[i].weight > 0))
				continue;
			all += end.slot[i].weight;
			switch (alternative)
			{
				case ALTERNATIVE_GREATER:
					counts = d >= o - (__int128) slack * n;
					break;
				case ALTERNATIVE_LESS:
					counts = d <= o + (__int128) slack * n;
					break;
				default:
					counts = (d < 0 ? -d : d) >= (o < 0 ? -o : o) - (__int128) slack * n;
			}
			if (counts)
				wanted += end.slot[i].weight;
		}
		*p = (double) (wanted / all);
		stat_release(end.slot);
		if (!isfinite(*p))
			status = STAT_NUMERIC;
	}
	stat_release(score);
	stat_release(block);
	return status;
}
