/*
 * column_means.c
 *		Column means compared by t tests.
 *
 * G. W. Snedecor, W. G. Cochran (1989), Statistical Methods, 8th ed., chapter 12 (pooled variance); B. L. Welch (1947), Biometrika 34,
 * 28-35 (separate variances).
 */
#include "stats/column_means.h"

#include <gsl/gsl_cdf.h>
#include <stdio.h>

StatStatus
column_means(const StatTable *tab, ColumnMean *mean)
{
	for (int i = 0; i < tab->nrow; i++)
		if (tab->row_score != NULL && !isfinite(tab->row_score[i]))
			return STAT_BAD_ARGUMENT;
	for (int j = 0; j < tab->ncol; j++)
	{
		long double n = 0,
					sum = 0,
					ss = 0,
					m;

		if (stat_interrupted())
			return STAT_INTERRUPTED;
		for (int i = 0; i < tab->nrow; i++)
		{
			double		x = tab->n[(size_t) i * tab->ncol + j];

			if (!stat_is_count(x))
				return STAT_BAD_ARGUMENT;
			n += x;
			sum += (long double) x * (tab->row_score ? tab->row_score[i] : i + 1);
		}
		m = n > 0 ? sum / n : NAN;
		for (int i = 0; i < tab->nrow; i++)
		{
			long double d = (tab->row_score ? tab->row_score[i] : i + 1) - m;

			if (n > 0)
				ss += tab->n[(size_t) i * tab->ncol + j] * d * d;
		}
		mean[j].n = (double) n;
		mean[j].mean = (double) m;
		mean[j].ss = (double) ss;
		mean[j].sd = n > 1 ? (double) sqrtl(ss / (n - 1)) : STAT_NA;
	}
	return STAT_OK;
}

PooledVariance
column_means_pool(const ColumnMean *mean, int k)
{
	PooledVariance v = {STAT_NA, 0};
	long double ss = 0;

	for (int j = 0; j < k; j++)
		if (mean[j].n > 0)
		{
			ss += mean[j].ss;
			v.dof += mean[j].n - 1;
		}
	if (v.dof > 0)
		v.variance = (double) (ss / v.dof);
	return v;
}

StatStatus
column_means_test(const ColumnMean *x, const ColumnMean *y, const PooledVariance *pooled, StatResult *res)
{
	double		var,
				dof;

	stat_result_init(res, pooled ? "t test of column means, variance pooled over all columns" : "t test of column means, separate variances (Welch)");
	res->n = x->n + y->n;
	if (!(x->n > 0) || !(y->n > 0))
	{
		stat_note(res, "a column has no cases");
		return STAT_UNDEFINED;
	}
	res->estimate = x->mean - y->mean;
	if (pooled)
	{
		dof = pooled->dof;
		var = pooled->variance * (1 / x->n + 1 / y->n);
	}
	else
	{
		double		vx = x->sd * x->sd / x->n,
					vy = y->sd * y->sd / y->n;

		var = vx + vy;
		dof = var * var / (vx * vx / (x->n - 1) + vy * vy / (y->n - 1));
	}
	if (!(var > 0) || !(dof > 0))
	{
		stat_note(res, "no variation within the columns: there is nothing to test with");
		return STAT_UNDEFINED;
	}
	snprintf(res->alternative, sizeof(res->alternative), "two.sided");
	res->std_error = sqrt(var);
	res->statistic = res->estimate / res->std_error;
	res->parameter = dof;
	res->p_value = 2 * gsl_cdf_tdist_Q(fabs(res->statistic), dof);
	return isfinite(res->p_value) ? STAT_OK : STAT_NUMERIC;
}
