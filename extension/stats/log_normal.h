/*
 * log_normal.h
 *		Interval and test of a ratio whose logarithm is nearly normal.
 */
#ifndef CSIRTSURVEY_LOG_NORMAL_H
#define CSIRTSURVEY_LOG_NORMAL_H

#include <gsl/gsl_cdf.h>

#include "stats/stats.h"

/* log(x/y) of positive numbers: near 1 without cancellation, so that counts of 1e9 keep their digits, and far from it without rounding to 0. */
static inline long double
stat_log_ratio(long double x, long double y)
{
	return fabsl(x - y) < y / 2 ? log1pl((x - y) / y) : logl(x / y);
}

/* std_error (of the logarithm), conf_low and conf_high; z standard errors to either side. */
static inline void
stat_log_interval(StatResult *res, long double log_ratio, long double se, double z)
{
	res->std_error = (double) se;
	res->conf_low = (double) expl(log_ratio - z * se);
	res->conf_high = (double) expl(log_ratio + z * se);
	if (isinf(res->conf_high))
		stat_note(res, "the counts are so small that the upper limit exceeds the numbers");
}

/* Interval and two-sided test, by z in statistic, of the ratio x/y of positive numbers. */
static inline void
stat_log_normal(StatResult *res, long double x, long double y, long double se, double level)
{
	long double log_ratio = stat_log_ratio(x, y);

	stat_log_interval(res, log_ratio, se, gsl_cdf_ugaussian_Qinv((1 - level) / 2));
	res->statistic = (double) (log_ratio / se);
	res->p_value = 2 * gsl_cdf_ugaussian_Q(fabs(res->statistic));
}

#endif							/* CSIRTSURVEY_LOG_NORMAL_H */
