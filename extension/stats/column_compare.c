/*
 * column_compare.c
 *		Column proportions compared pairwise.
 *
 * A. Agresti (2013), Categorical Data Analysis, 3rd ed., section 3.1 (z with pooled variance); IBM SPSS Statistics Algorithms, CTABLES,
 * "Tests of column proportions" (pairs within a row, columns left out); J. Cohen (1988), Statistical Power Analysis for the
 * Behavioral Sciences, 2nd ed., section 6.2 (h).
 */
#include "stats/column_compare.h"
#include "stats/odds.h"

const char *const compare_family_names[COMPARE_FAMILIES] = {"row", "table"};

void
column_compare_two_by_two(const ColumnCompare *c, int row, int a, int b, double cell[4])
{
	const double *x = c->n + (size_t) row * c->ncol;

	cell[0] = x[a];
	cell[1] = fmax(0, c->total[a] - x[a]);
	cell[2] = x[b];
	cell[3] = fmax(0, c->total[b] - x[b]);
}

double
cohens_h(const double cell[4])
{
	long double na = (long double) cell[0] + cell[1],
				nb = (long double) cell[2] + cell[3];
	long double pa,
				qa,
				pb,
				qb,
				sum;

	if (!(na > 0) || !(nb > 0))
		return STAT_NA;
	pa = cell[0] / na;
	qa = cell[1] / na;
	pb = cell[2] / nb;
	qb = cell[3] / nb;
	/* the sine of the difference of two angles, its difference of close roots multiplied out: pa qb - pb qa = pa - pb */
	sum = sqrtl(pa * qb) + sqrtl(pb * qa);
	return sum > 0 ? (double) (2 * asinl(fminl(1, fmaxl(-1, (pa * qb - pb * qa) / sum)))) : 0;
}

static bool
takes_part(const ColumnCompare *c, int row, int col, bool keep_extreme)
{
	double		x = c->n[(size_t) row * c->ncol + col];

	return c->total[col] > 0 && (keep_extreme || (c->total[col] >= 2 && x > 0 && x < c->total[col]));
}

/* z and p of the pairs of one row; how many there are. */
static StatStatus
compare_row(ColumnCompare *c, int row, bool keep_extreme, int *tests)
{
	size_t		at = (size_t) row * c->pairs;

	*tests = 0;
	for (int a = 0; a < c->ncol; a++)
	{
		if (stat_interrupted())
			return STAT_INTERRUPTED;
		for (int b = a + 1; b < c->ncol; b++, at++)
		{
			double		cell[4];
			StatTable	two = {2, 2, cell, NULL, NULL};
			StatResult	res;
			StatStatus	status;

			c->z[at] = c->p[at] = STAT_NA;
			if (!takes_part(c, row, a, keep_extreme) || !takes_part(c, row, b, keep_extreme))
				continue;
			column_compare_two_by_two(c, row, a, b, cell);
			status = two_proportion_test(&two, 0, true, &res);
			if (status == STAT_UNDEFINED)
				continue;
			if (status != STAT_OK)
				return status;
			c->z[at] = res.statistic;
			c->p[at] = res.p_value;
			(*tests)++;
		}
	}
	return STAT_OK;
}

StatStatus
column_compare(const StatTable *tab, bool keep_extreme, PadjustMethod method, CompareFamily family, ColumnCompare *out)
{
	size_t		k = (size_t) tab->ncol,
				pairs = tab->ncol > 1 ? k * (k - 1) / 2 : 0,
				all = pairs * (size_t) tab->nrow;
	StatStatus	status = STAT_OK;
	int			tests = 0;

	*out = (ColumnCompare) {tab->nrow, tab->ncol, pairs, tab->n, NULL, NULL, NULL, NULL, NULL, NULL};
	if (all > INT32_MAX)
		return STAT_BAD_ARGUMENT;
	out->block = stat_alloc(sizeof(double) * (k + 3 * all) + sizeof(int) * (size_t) tab->nrow);
	if (out->block == NULL)
		return STAT_NO_MEMORY;
	out->total = out->block;
	out->z = out->total + k;
	out->p = out->z + all;
	out->p_adjusted = out->p + all;
	out->tests = (int *) (out->p_adjusted + all);
	for (int j = 0; j < tab->ncol; j++)
	{
		long double sum = 0;

		for (int i = 0; i < tab->nrow; i++)
		{
			double		x = tab->n[(size_t) i * tab->ncol + j];

			if (!stat_is_count(x))
				status = STAT_BAD_ARGUMENT;
			sum += x;
		}
		out->total[j] = (double) sum;
	}
	for (int i = 0; i < tab->nrow && status == STAT_OK; i++)
	{
		status = compare_row(out, i, keep_extreme, &out->tests[i]);
		tests += out->tests[i];
		if (status == STAT_OK && family == FAMILY_ROW)
			status = padjust(out->p + (size_t) i * pairs, (int) pairs, method, out->p_adjusted + (size_t) i * pairs);
	}
	if (status == STAT_OK && family == FAMILY_TABLE)
	{
		status = padjust(out->p, (int) all, method, out->p_adjusted);
		for (int i = 0; i < tab->nrow; i++)
			out->tests[i] = tests;
	}
	if (status != STAT_OK)
	{
		stat_release(out->block);
		out->block = NULL;
	}
	return status;
}
