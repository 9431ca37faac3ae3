/*
 * gof.h
 *		Goodness of fit: do the counts of one variable follow given proportions?
 */
#ifndef CSIRTSURVEY_GOF_H
#define CSIRTSURVEY_GOF_H

#include "stats/stats.h"

/*
 * Pearson's chi-square (or, with likelihood_ratio, G2 = 2 sum O log(O/E)) of n[0..k-1] against the proportions p[0..k-1]; p NULL
 * means all equal.  p may be ratios (9:3:3:1): it is divided by its sum, which is noted when the sum is not 1.  A category with
 * proportion 0 and no count takes no part (noted); one with proportion 0 and a count makes the statistic infinite and p 0 (noted).
 * res: statistic, parameter = categories - 1, p_value, n.  STAT_UNDEFINED with a note for no counts or fewer than two categories;
 * STAT_BAD_ARGUMENT for a negative or infinite count or proportion, or proportions that are all 0.
 */
extern StatStatus gof_test(const double *n, const double *p, int k, bool likelihood_ratio, StatResult *res);

/*
 * Per category expected = N p, residual = (O - E)/sqrt(E), adj_residual = residual/sqrt(1 - p); 0 where the denominator is 0 and
 * nothing deviates, infinite where a category with proportion 0 has counts.  Any of the three outputs may be NULL.
 */
extern StatStatus gof_cells(const double *n, const double *p, int k, double *expected, double *residual, double *adj_residual);

#endif							/* CSIRTSURVEY_GOF_H */
