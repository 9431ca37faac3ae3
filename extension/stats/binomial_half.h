/*
 * binomial_half.h
 *		The binomial distribution of n fair coins, for the exact tests of paired answers.
 */
#ifndef CSIRTSURVEY_BINOMIAL_HALF_H
#define CSIRTSURVEY_BINOMIAL_HALF_H

#include "stats/stats.h"

/*
 * P(X = m) and P(X <= m) of Binomial(n, 1/2) for whole 0 <= m <= n < 2^53.  Full relative precision down to 1e-4900, with counts of 1e9
 * too.
 */
extern long double binomial_half_pmf(double m, double n);
extern StatStatus binomial_half_lower(double m, double n, long double *tail);

#endif							/* CSIRTSURVEY_BINOMIAL_HALF_H */
