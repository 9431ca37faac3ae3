/*
 * noncentral.h
 *		The noncentral chi-square distribution and confidence limits of its noncentrality.
 */
#ifndef CSIRTSURVEY_NONCENTRAL_H
#define CSIRTSURVEY_NONCENTRAL_H

#include "stats/stats.h"

/*
 * Lower and upper tail of the noncentral chi-square distribution at x >= 0 with df > 0 and noncentrality ncp >= 0 (E X = df + ncp),
 * as R's pchisq(x, df, ncp).  Relative accuracy about 1e-12, and 1e-9 beyond a noncentrality of 2e6.  NaN for bad arguments.
 */
extern double noncentral_chisq_P(double x, double df, double ncp);
extern double noncentral_chisq_Q(double x, double df, double ncp);

/*
 * Central confidence limits of ncp from one observed x: low solves Q(x) = (1 - level)/2, high solves P(x) = (1 - level)/2, and each
 * is 0 when no ncp >= 0 does.
 */
extern StatStatus noncentral_chisq_limits(double x, double df, double level, double *low, double *high);

#endif							/* CSIRTSURVEY_NONCENTRAL_H */
