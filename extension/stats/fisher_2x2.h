/*
 * fisher_2x2.h
 *		Fisher's exact test of a 2 x 2 table given both margins, with the conditional odds ratio.
 */
#ifndef CSIRTSURVEY_FISHER_2X2_H
#define CSIRTSURVEY_FISHER_2X2_H

#include "stats/alternative.h"
#include "stats/stats.h"

/*
 * t is a cleaned table of 2 x 2 whole counts (else STAT_BAD_ARGUMENT).  p_value: two-sided, the summed probability of all tables at most as
 * likely as t, likelihoods within a relative 1e-7 being ties; less and greater, P(first cell <= a) and P(first cell >= a).  mid_p counts the
 * tables exactly as likely as t (the table itself, where one-sided) by half.  estimate: the conditional maximum likelihood odds ratio, 0 or
 * infinite (noted) where the first cell is at its end; std_error: of its logarithm.  conf_low, conf_high: the limits at which each tail holds
 * (1 - level)/2, one of them with all of 1 - level for a one-sided alternative; with mid_p half of the probability of t counts in each tail.
 * statistic: none.  Keeps p down to 1e-300 and beyond; counts up to 2^53.
 */
extern StatStatus fisher_2x2(const StatClean *t, Alternative alternative, bool mid_p, double level, StatResult *res);

#endif							/* CSIRTSURVEY_FISHER_2X2_H */
