/*
 * cmh.c
 *		Cochran-Mantel-Haenszel statistics of r x c tables by stratum.
 *
 * J. R. Landis, E. R. Heyman, G. G. Koch (1978), International Statistical Review 46, 237-254: with the margins of a stratum fixed,
 * cov(n_ij, n_i'j') = r_i (d_ii' n - r_i')/n c_j (d_jj' n - c_j')/n / (n - 1); G sums A (O - E) over the strata, V sums A cov A', and
 * Q = G' V^- G.  A takes a side's categories one by one, but for one that follows from the others, or adds them up by their scores.
 * P. H. van Elteren (1960), Bulletin of the International Statistical Institute 37, 351-361.
 */
#include "stats/cmh.h"
#include "stats/quadratic_form.h"

#include <gsl/gsl_cdf.h>
#include <stdio.h>
#include <string.h>

const char *const cmh_names[CMH_STATISTICS] = {"cor", "row_means", "col_means", "general"};

const char *const cmh_methods[CMH_STATISTICS] = {
	"Cochran-Mantel-Haenszel test, nonzero correlation",
	"Cochran-Mantel-Haenszel test, row mean scores differ",
	"Cochran-Mantel-Haenszel test, column mean scores differ",
	"Cochran-Mantel-Haenszel test, general association"
};

/* A side of the tables as A takes it. */
typedef struct CmhSide
{
	bool		scored;
	int			n;				/* categories */
	int			d;				/* 1, or n - 1 */
	int			reference;		/* the category that is left to follow from the others */
	ScoreKind	kind;
	const double *table_score;
	const double *total;		/* strata x n */
	double	   *score;			/* n: of the stratum at hand, less their mean */
	long double *cov;			/* d x d: of the stratum at hand */
} CmhSide;

/* The scores of the stratum at hand less their mean, and their sum of squares. */
static long double
center(CmhSide *side, const double *total, double n)
{
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

static bool
side_init(CmhSide *side, const StrataClean *t, bool scored, ScoreKind kind, bool is_row)
{
	side->scored = scored;
	side->kind = kind;
	side->n = is_row ? t->s.nrow : t->s.ncol;
	side->d = scored ? 1 : side->n - 1;
	side->table_score = is_row ? t->s.row_score : t->s.col_score;
	side->total = is_row ? t->row_total : t->col_total;
	side->reference = scored ? -1 : most_variable(t, side->total, side->n);
	side->score = stat_alloc(sizeof(double) * (size_t) side->n);
	side->cov = NULL;
	return side->score != NULL;
}

static void
side_release(CmhSide *side)
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
		side->cov[0] = center(side, total, n);
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

/* Where category i goes among the d of its side, and with what weight; false for the one that is left out. */
static inline bool
place(const CmhSide *side, int i, int *at, long double *weight)
{
	*weight = side->scored ? side->score[i] : 1;
	*at = side->scored ? 0 : i - (i > side->reference);
	return i != side->reference;
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
		if (place(row, i, &a, &wa))
			for (int j = 0; j < t->s.ncol; j++)
				if (place(col, j, &b, &wb))
					g[(size_t) a * col->d + b] += wa * wb * strata_deviation(t, k, i, j);
}

/* Q by the covariance matrix. */
static StatStatus
by_matrix(const StrataClean *t, CmhSide *row, CmhSide *col, long double *q, int *rank, int *dim)
{
	int			d;
	long double *g,
			   *v;
	StatStatus	status = STAT_OK;

	if ((double) row->d * col->d > QUADRATIC_FORM_MAX)
		return STAT_BUDGET;
	d = *dim = row->d * col->d;
	row->cov = stat_alloc(sizeof(long double) * (size_t) row->d * row->d);
	col->cov = stat_alloc(sizeof(long double) * (size_t) col->d * col->d);
	v = stat_alloc(sizeof(long double) * (size_t) d * (d + 1));
	if (row->cov == NULL || col->cov == NULL || v == NULL)
	{
		stat_release(v);
		return STAT_NO_MEMORY;
	}
	memset(v, 0, sizeof(long double) * (size_t) d * (d + 1));
	g = v + (size_t) d * d;
	for (int k = 0; k < t->s.nstrata && status == STAT_OK; k++)
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
				status = STAT_INTERRUPTED;
		}
		if (stat_interrupted())
			status = STAT_INTERRUPTED;
	}
	if (status == STAT_OK)
		status = quadratic_form(v, g, d, q, rank);
	stat_release(v);
	return status;
}

/* Q of a single stratum where at most one side is scored: the covariance matrix has an inverse in closed form. */
static StatStatus
in_closed_form(const StrataClean *t, CmhSide *row, CmhSide *col, long double *q, int *rank)
{
	CmhSide    *groups = row->scored ? col : row;
	CmhSide    *scored = row->scored ? row : col->scored ? col : NULL;
	long double sum = 0;
	long double square = scored ? center(scored, scored->total, t->total[0]) : t->total[0];

	for (int i = 0; i < groups->n; i++)
	{
		int			other = groups == row ? t->s.ncol : t->s.nrow;
		long double f = 0;

		if (stat_interrupted())
			return STAT_INTERRUPTED;
		for (int j = 0; j < other; j++)
		{
			long double d = groups == row ? strata_deviation(t, 0, i, j) : strata_deviation(t, 0, j, i);

			if (scored)
				f += scored->score[j] * d;
			else
				sum += d * d / t->row_total[i] / t->col_total[j] * t->total[0];
		}
		if (scored)
			sum += f * f / groups->total[i];
	}
	*rank = square > 0 ? (groups->n - 1) * (scored ? 1 : col->n - 1) : 0;
	*q = square > 0 ? (t->total[0] - 1) * sum / square : 0;
	return STAT_OK;
}

static StatStatus
compute(const StrataClean *t, CmhStatistic which, ScoreKind scores, StatResult *res)
{
	CmhSide		row,
				col;
	long double q = 0;
	int			rank = 0,
				dim = 0;
	StatStatus	status;
	bool		good;

	if (!strata_describe(t, res))
		return STAT_UNDEFINED;
	good = side_init(&row, t, which == CMH_COR || which == CMH_COL_MEANS, scores, true);
	good &= side_init(&col, t, which == CMH_COR || which == CMH_ROW_MEANS, scores, false);
	if (!good)
		status = STAT_NO_MEMORY;
	else if (t->s.nstrata == 1 && which != CMH_COR)
		status = in_closed_form(t, &row, &col, &q, &rank);
	else
		status = by_matrix(t, &row, &col, &q, &rank, &dim);
	side_release(&row);
	side_release(&col);
	if (status != STAT_OK)
		return status;
	if (rank == 0)
	{
		stat_note(res, "the scores do not vary within any stratum: there is nothing to test");
		return STAT_UNDEFINED;
	}
	if (dim > rank)
		stat_note(res, "%d of %d degrees of freedom: the strata do not share all categories", rank, dim);
	res->statistic = (double) q;
	res->parameter = rank;
	res->p_value = gsl_cdf_chisq_Q(res->statistic, res->parameter);
	return isfinite(res->p_value) ? STAT_OK : STAT_NUMERIC;
}

StatStatus
cmh_test_strata(const StatStrata *in, CmhStatistic which, ScoreKind scores, StatResult *res)
{
	StrataClean t;
	StatStatus	status = strata_clean(in, &t);
	char		method[sizeof(res->method)];

	snprintf(method, sizeof(method), "%s%s%s%s", cmh_methods[which], which == CMH_GENERAL ? "" : ", ", which == CMH_GENERAL ? "" : score_names[scores],
			 which == CMH_GENERAL ? "" : " scores");
	stat_result_init(res, method);
	if (status != STAT_OK)
		return status;
	status = compute(&t, which, scores, res);
	stat_release(t.block);
	return status;
}

/* P(first row higher) + P(equal)/2 as the statistic weighs the strata. */
static double
first_row_higher(const StrataClean *t)
{
	long double above = 0,
				pairs = 0;

	for (int k = 0; k < t->s.nstrata; k++)
	{
		const double *a = strata_counts(t, k);
		const double *b = a + t->s.ncol;
		long double below = 0;

		for (int j = 0; j < t->s.ncol; j++)
		{
			above += a[j] * (below + b[j] / 2.0L) / (t->total[k] + 1);
			below += b[j];
		}
		pairs += (long double) t->row_total[2 * k] * t->row_total[2 * k + 1] / (t->total[k] + 1);
	}
	return (double) (above / pairs);
}

StatStatus
van_elteren_strata(const StatStrata *in, StatResult *res)
{
	StrataClean t;
	StatStatus	status = strata_clean(in, &t);

	stat_result_init(res, "Van Elteren test (stratified Wilcoxon), modified ridit scores");
	if (status != STAT_OK)
		return status;
	status = compute(&t, CMH_ROW_MEANS, SCORE_MODIFIED_RIDIT, res);
	if (status == STAT_OK && t.s.nrow == 2)
		res->estimate = first_row_higher(&t);
	stat_release(t.block);
	return status;
}
