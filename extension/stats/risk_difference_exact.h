/*
 * risk_difference_exact.h
 *		Exact unconditional confidence limits of the difference of two proportions.
 */
#ifndef CSIRTSURVEY_RISK_DIFFERENCE_EXACT_H
#define CSIRTSURVEY_RISK_DIFFERENCE_EXACT_H

#include "stats/two_proportions.h"

/* More cases in both samples together than this would take more than some ten seconds. */
#define RISK_DIFF_EXACT_MAX_N 10000

/*
 * Limits of p1 - p2, each from a one-sided exact test at (1 - level)/2: of the score statistic (Chan and Zhang), or of the difference itself
 * (Santner and Snell).  Neither sample is empty.  STAT_BAD_ARGUMENT for counts that are not whole, STAT_BUDGET beyond the number of cases above.
 */
extern StatStatus risk_difference_exact(const TwoProportions *s, bool score, double level, double *low, double *high);

#endif							/* CSIRTSURVEY_RISK_DIFFERENCE_EXACT_H */
