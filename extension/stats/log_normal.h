/*
 * log_normal.h
 *		Interval and test of a ratio whose logarithm is nearly normal.
 */
#ifndef CSIRTSURVEY_LOG_NORMAL_H
#define CSIRTSURVEY_LOG_NORMAL_H

#include <gsl/gsl_cdf.h>

#include "stats/stats.h"

/* Fills std_error (of the logarithm), conf_low, conf_high, statistic = z and the two-sided p_value. */
static inline void
stat_log_normal(StatResult *res, long double log_ratio, long double se, double level)
{
	double		z = gsl_cdf_ugaussian_Qinv((1 - level) / 2);

	res->std_error = (double) se;
	res->conf_low = (double) expl(log_ratio - z * se);
	res->conf_high = (double) expl(log_ratio + z * se);
	res->statistic = (double) (log_ratio / se);
	res->p_value = 2 * gsl_cdf_ugaussian_Q(fabs(res->statistic));
}

#endif							/* CSIRTSURVEY_LOG_NORMAL_H */
