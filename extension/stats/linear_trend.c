/*
 * linear_trend.c
 *		Linear trend between two sides with scores: the linear-by-linear test and the Cochran-Armitage test.
 *
 * N. Mantel (1963), Journal of the American Statistical Association 58, 690-700: M^2 = (N - 1) r^2, z = r sqrt(N - 1), with the correlation r
 * of the scores.  W. G. Cochran (1954), Biometrics 10, 417-451; P. Armitage (1955), Biometrics 11, 375-386: the same with N for N - 1, and
 * the slope of the share over the scores.
 */
#include "stats/ordinal_tests.h"
#include "stats/deviation.h"

#include <gsl/gsl_cdf.h>

/* Deviations of scores from their mean over the margin, and the sum of their squares over the answers. */
static long double
center(const double *score, const double *total, int k, double n, long double *out)
{
	long double mean = 0,
				squares = 0;

	/* the mean of differences from one score: dates have scores far from 0 */
	for (int j = 0; j < k; j++)
		mean += ((long double) score[j] - score[0]) * total[j];
	mean /= n;
	for (int j = 0; j < k; j++)
	{
		out[j] = (long double) score[j] - score[0] - mean;
		squares += out[j] * out[j] * total[j];
	}
	return squares;
}

/* z = r sqrt(n) with its chi-square and p-value. */
static void
set_chisq(StatResult *res, long double r, long double n, Alternative alternative)
{
	res->statistic = (double) (r * r * n);
	res->parameter = 1;
	res->p_value = alternative == ALTERNATIVE_TWO_SIDED ? gsl_cdf_chisq_Q(res->statistic, 1)
		: alternative_normal_p((double) (r * sqrtl(n)), alternative);
}

StatStatus
linear_by_linear_test(const StatTable *tab, ScoreKind scores, Alternative alternative, const Permutation *perm, StatResult *res)
{
	StatClean	t;
	StatStatus	status;
	double	   *a,
			   *b;
	long double *u,
			   *v,
				uu,
				vv,
				uv = 0,
				r;

	stat_result_init(res, "Linear-by-linear association test, M^2 = (N-1) r^2 (estimate r)");
	stat_set_alternative(res, alternative);
	status = ordinal_test_begin(tab, &t, res);
	if (status != STAT_OK)
		return status;
	u = stat_alloc((sizeof(long double) + sizeof(double)) * (size_t) (t.tab.nrow + t.tab.ncol));
	if (u == NULL)
	{
		stat_release(t.block);
		return STAT_NO_MEMORY;
	}
	v = u + t.tab.nrow;
	a = (double *) (v + t.tab.ncol);
	b = a + t.tab.nrow;
	score_categories(scores, t.row_total, t.tab.row_score, t.tab.nrow, a);
	score_categories(scores, t.col_total, t.tab.col_score, t.tab.ncol, b);
	uu = center(a, t.row_total, t.tab.nrow, t.total, u);
	vv = center(b, t.col_total, t.tab.ncol, t.total, v);
	for (int i = 0; i < t.tab.nrow && status == STAT_OK; i++)
	{
		if (stat_interrupted())
			status = STAT_INTERRUPTED;
		uv += u[i] * row_deviation(&t, i, v);
	}
	r = uv / (sqrtl(uu) * sqrtl(vv));
	if (status == STAT_OK && isfinite((double) r))
	{
		res->estimate = (double) r;
		set_chisq(res, r, t.total - 1.0L, alternative);
		stat_note(res, "scores: %s; the variance is that of N-1, as in SAS and SPSS (Cochran-Armitage has N)", score_names[scores]);
		status = linear_permutation(&t, a, b, alternative, perm, res);
	}
	else if (status == STAT_OK)
	{
		stat_note(res, "all scores of a side are equal: there is nothing to test");
		status = STAT_UNDEFINED;
	}
	stat_release(u);
	stat_release(t.block);
	return status;
}

StatStatus
trend_test(const StatTable *tab, ScoreKind scores, int category, Alternative alternative, double level, const Permutation *perm, StatResult *res)
{
	static const double share[2][2] = {{1, 0}, {0, 1}};
	StatClean	t;
	StatStatus	status;
	double	   *b;
	long double *v,
				vv,
				d,
				variance = 0,
				n;

	stat_result_init(res, "Cochran-Armitage test for trend in a share, N r^2 (estimate: slope of the share)");
	stat_set_alternative(res, alternative);
	status = ordinal_test_begin(tab, &t, res);
	if (status == STAT_OK && t.tab.nrow > 2)
	{
		stat_release(t.block);
		return STAT_BAD_ARGUMENT;
	}
	if (status != STAT_OK)
		return status;
	n = t.total;
	v = stat_alloc((sizeof(long double) + sizeof(double)) * (size_t) t.tab.ncol);
	if (v == NULL)
	{
		stat_release(t.block);
		return STAT_NO_MEMORY;
	}
	b = (double *) (v + t.tab.ncol);
	score_categories(scores, t.col_total, t.tab.col_score, t.tab.ncol, b);
	vv = center(b, t.col_total, t.tab.ncol, t.total, v);
	d = row_deviation(&t, category, v);
	if (vv > 0)
	{
		set_chisq(res, d / sqrtl(vv * ((long double) t.row_total[0] * t.row_total[1] / n)), n, alternative);
		res->estimate = (double) (d / vv);
		/* the slope is linear in shares of independent columns, each with its own variance */
		for (int j = 0; j < t.tab.ncol; j++)
			variance += v[j] * v[j] * stat_count(&t, 0, j) * stat_count(&t, 1, j) / t.col_total[j];
		res->std_error = (double) (sqrtl(variance) / vv);
		res->conf_low = res->estimate - gsl_cdf_ugaussian_Qinv((1 - level) / 2) * res->std_error;
		res->conf_high = res->estimate + gsl_cdf_ugaussian_Qinv((1 - level) / 2) * res->std_error;
		res->conf_level = level;
		stat_note(res, "scores: %s; the variance is that of N, as in R's prop.trend.test (linear-by-linear has N-1)", score_names[scores]);
		status = linear_permutation(&t, share[category], b, alternative, perm, res);
	}
	else
	{
		stat_note(res, "all scores are equal: there is nothing to test");
		status = STAT_UNDEFINED;
	}
	stat_release(v);
	stat_release(t.block);
	return status;
}
