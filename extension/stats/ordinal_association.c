/*
 * ordinal_association.c
 *		What the measures of ordinal association share: the start, the interval, the test.
 */
#include "stats/ordinal_association.h"
#include "stats/association.h"

#include <gsl/gsl_cdf.h>

const char *const association_test_names[ASSOCIATION_TESTS] = {"ase0", "permutation", "t"};

/* What is left of a standard error that is 0 is rounding. */
#define NO_ERROR 1e-12

StatStatus
association_begin(const StatTable *tab, const char *method, const AssociationOptions *opt, StatClean *t, StatResult *res)
{
	stat_result_init(res, method);
	stat_set_alternative(res, opt->alternative);
	return opt->perm.replicates < 0 ? STAT_BAD_ARGUMENT : association_table(tab, opt->level, t, res);
}

void
association_interval(double std_error, StatResult *res)
{
	double		half = gsl_cdf_ugaussian_Qinv((1 - res->conf_level) / 2) * std_error;

	res->std_error = std_error;
	if (std_error < NO_ERROR)
	{
		half = res->std_error = 0;
		stat_note(res, "the standard error is 0, so the interval is a point: the table is too regular for the asymptotic method");
	}
	res->conf_low = fmax(-1, res->estimate - half);
	res->conf_high = fmin(1, res->estimate + half);
	if (half > 0)
		stat_note(res, "interval: normal from ASE1 (delta method, multinomial sampling)%s",
				  res->estimate - half < -1 || res->estimate + half > 1 ? ", clipped to -1 to 1" : "");
}

void
association_test(long double statistic, double df, Alternative alternative, StatResult *res)
{
	double		x = (double) statistic;

	res->statistic = x;
	res->parameter = df;
	if (isinf(x))
	{
		/* the limits of both distributions */
		stat_note(res, "the test statistic is infinite");
		res->p_value = alternative == ALTERNATIVE_TWO_SIDED || (alternative == ALTERNATIVE_GREATER) == (x > 0) ? 0 : 1;
		return;
	}
	if (isnan(df))
		res->p_value = alternative_normal_p(x, alternative);
	else if (alternative == ALTERNATIVE_TWO_SIDED)
		res->p_value = 2 * gsl_cdf_tdist_Q(fabs(x), df);
	else
		res->p_value = alternative == ALTERNATIVE_LESS ? gsl_cdf_tdist_P(x, df) : gsl_cdf_tdist_Q(x, df);
}
