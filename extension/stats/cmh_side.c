/*
 * cmh_side.c
 *		What the Cochran-Mantel-Haenszel statistics take of a side of the tables, and its part of their covariance.
 */
#include "stats/cmh_side.h"

long double
cmh_side_center(CmhSide *side, int k, double n)
{
	const double *total = side->total + (size_t) k * side->n;
	long double mean = 0,
				square = 0;

	score_categories(side->kind, total, side->table_score, side->n, side->score);
	for (int i = 0; i < side->n; i++)
		mean += (long double) total[i] * side->score[i];
	mean /= n;
	for (int i = 0; i < side->n; i++)
	{
		long double s = side->score[i] - mean;

		side->score[i] = (double) s;
		square += total[i] * s * s;
	}
	return square;
}

/* The category that varies most: without it the others are far from determining one another. */
static int
most_variable(const StrataClean *t, const double *total, int n)
{
	int			best = 0;
	long double most = -1;

	for (int i = 0; i < n; i++)
	{
		long double sum = 0;

		for (int k = 0; k < t->s.nstrata; k++)
			sum += (long double) total[(size_t) k * n + i] * (t->total[k] - total[(size_t) k * n + i]) / t->total[k];
		if (sum > most)
		{
			most = sum;
			best = i;
		}
	}
	return best;
}

bool
cmh_side_init(CmhSide *side, const StrataClean *t, CmhStatistic which, ScoreKind kind, bool is_row)
{
	side->scored = which == CMH_COR || which == (is_row ? CMH_COL_MEANS : CMH_ROW_MEANS);
	side->kind = kind;
	side->n = is_row ? t->s.nrow : t->s.ncol;
	side->d = side->scored ? 1 : side->n - 1;
	side->table_score = is_row ? t->s.row_score : t->s.col_score;
	side->total = is_row ? t->row_total : t->col_total;
	side->reference = side->scored ? -1 : most_variable(t, side->total, side->n);
	side->cov = NULL;
	side->score = stat_alloc(sizeof(double) * (size_t) side->n);
	return side->score != NULL;
}

void
cmh_side_release(CmhSide *side)
{
	stat_release(side->score);
	stat_release(side->cov);
}

/* The side's part of the covariance in stratum k. */
static void
side_covariance(CmhSide *side, int k, double n)
{
	const double *total = side->total + (size_t) k * side->n;

	if (side->scored)
	{
		side->cov[0] = cmh_side_center(side, k, n);
		return;
	}
	for (int i = 0, a = 0; i < side->n; i++)
	{
		if (i == side->reference)
			continue;
		for (int j = 0, b = 0; j < side->n; j++)
			if (j != side->reference)
				side->cov[(size_t) a * side->d + b++] = (long double) total[i] * ((i == j ? n : 0) - (long double) total[j]) / n;
		a++;
	}
}

/* Add A (O - E) of stratum k to g. */
static void
add_deviations(const StrataClean *t, int k, const CmhSide *row, const CmhSide *col, long double *g)
{
	int			a,
				b;
	long double wa,
				wb;

	for (int i = 0; i < t->s.nrow; i++)
		if (cmh_place(row, i, &a, &wa))
			for (int j = 0; j < t->s.ncol; j++)
				if (cmh_place(col, j, &b, &wb))
					g[(size_t) a * col->d + b] += wa * wb * strata_deviation(t, k, i, j);
}

StatStatus
cmh_sums(const StrataClean *t, CmhSide *row, CmhSide *col, long double *g, long double *v)
{
	int			d = row->d * col->d;

	row->cov = stat_alloc(sizeof(long double) * (size_t) row->d * row->d);
	col->cov = stat_alloc(sizeof(long double) * (size_t) col->d * col->d);
	if (row->cov == NULL || col->cov == NULL)
		return STAT_NO_MEMORY;
	for (int k = 0; k < t->s.nstrata; k++)
	{
		side_covariance(row, k, t->total[k]);
		side_covariance(col, k, t->total[k]);
		add_deviations(t, k, row, col, g);
		for (int a = 0; a < d; a++)
		{
			const long double *r = row->cov + (size_t) (a / col->d) * row->d;
			const long double *c = col->cov + (size_t) (a % col->d) * col->d;

			for (int b = 0; b <= a; b++)
				v[(size_t) a * d + b] += r[b / col->d] * c[b % col->d] / (t->total[k] - 1.0L);
			if (a % 64 == 0 && stat_interrupted())
				return STAT_INTERRUPTED;
		}
	}
	return STAT_OK;
}
