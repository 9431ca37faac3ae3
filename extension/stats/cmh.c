/*
 * cmh.c
 *		Cochran-Mantel-Haenszel statistics of r x c tables by stratum.
 *
 * J. R. Landis, E. R. Heyman, G. G. Koch (1978), International Statistical Review 46, 237-254: G sums A (O - E) over the strata, V its
 * covariance with all margins fixed (cmh_side.h), and Q = G' V^- G.  P. H. van Elteren (1960), Bulletin of the International Statistical
 * Institute 37, 351-361.
 */
#include "stats/cmh_side.h"
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

/* Q by the covariance matrix; with replicates the p-value by simulation too. */
static StatStatus
by_matrix(const StrataClean *t, CmhSide *row, CmhSide *col, const CmhSimulation *sim, long double *q, int *rank, int *dim, StatResult *res)
{
	QuadraticForm form = {0};
	int			d;
	long double *g,
			   *v;
	StatStatus	status;

	if ((double) row->d * col->d > QUADRATIC_FORM_MAX)
		return STAT_BUDGET;
	d = *dim = row->d * col->d;
	v = stat_alloc(sizeof(long double) * (size_t) d * (d + 1));
	if (v == NULL)
		return STAT_NO_MEMORY;
	memset(v, 0, sizeof(long double) * (size_t) d * (d + 1));
	g = v + (size_t) d * d;
	status = cmh_sums(t, row, col, g, v);
	if (status == STAT_OK)
		status = quadratic_form_factor(v, d, &form);
	if (status == STAT_OK)
	{
		*q = quadratic_form_value(&form, g);
		*rank = form.rank;
		if (sim->replicates > 0 && form.rank > 0)
			status = cmh_simulate(t, row, col, &form, (double) *q, sim, res);
	}
	stat_release(form.block);
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
	long double square = scored ? cmh_side_center(scored, 0, t->total[0]) : t->total[0];

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
compute(const StrataClean *t, CmhStatistic which, ScoreKind scores, const CmhSimulation *sim, StatResult *res)
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
	good = cmh_side_init(&row, t, which, scores, true);
	good &= cmh_side_init(&col, t, which, scores, false);
	if (!good)
		status = STAT_NO_MEMORY;
	else if (t->s.nstrata == 1 && which != CMH_COR && sim->replicates == 0)
		status = in_closed_form(t, &row, &col, &q, &rank);
	else
		status = by_matrix(t, &row, &col, sim, &q, &rank, &dim, res);
	cmh_side_release(&row);
	cmh_side_release(&col);
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
	if (sim->replicates == 0)
		res->p_value = gsl_cdf_chisq_Q(res->statistic, res->parameter);
	return isfinite(res->p_value) ? STAT_OK : STAT_NUMERIC;
}

StatStatus
cmh_test_strata(const StatStrata *in, CmhStatistic which, ScoreKind scores, const CmhSimulation *sim, StatResult *res)
{
	StrataClean t;
	StatStatus	status = strata_clean(in, &t);
	char		method[sizeof(res->method)];

	if (which == CMH_GENERAL)
		snprintf(method, sizeof(method), "%s%s", cmh_methods[which], sim->replicates > 0 ? ", Monte Carlo" : "");
	else
		snprintf(method, sizeof(method), "%s, %s scores%s", cmh_methods[which], score_names[scores], sim->replicates > 0 ? ", Monte Carlo" : "");
	stat_result_init(res, method);
	if (status != STAT_OK)
		return status;
	status = compute(&t, which, scores, sim, res);
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
van_elteren_strata(const StatStrata *in, const CmhSimulation *sim, StatResult *res)
{
	StrataClean t;
	StatStatus	status = strata_clean(in, &t);

	stat_result_init(res, sim->replicates > 0 ? "Van Elteren test (stratified Wilcoxon), modified ridit scores, Monte Carlo" :
					 "Van Elteren test (stratified Wilcoxon), modified ridit scores");
	if (status != STAT_OK)
		return status;
	status = compute(&t, CMH_ROW_MEANS, SCORE_MODIFIED_RIDIT, sim, res);
	if (status == STAT_OK && t.s.nrow == 2)
		res->estimate = first_row_higher(&t);
	stat_release(t.block);
	return status;
}
