/*
 * overlap.h
 *		The difference of two proportions whose samples have members in common.
 */
#ifndef CSIRTSURVEY_OVERLAP_H
#define CSIRTSURVEY_OVERLAP_H

#include "stats/stats.h"

/* x of n in the first and the second sample, and the members of both by their first and second answer. */
typedef struct OverlapCounts
{
	double		x1,
				n1,
				x2,
				n2;
	double		yes_yes,
				yes_no,
				no_yes,
				no_no;
} OverlapCounts;

/*
 * estimate x2/n2 - x1/n1 with its interval, statistic z; parameter is the correlation of the two proportions, parameter2 the number
 * of members in common.  Without any, z squared is Pearson's chi-square and the interval Newcombe's for independent samples.
 */
extern StatStatus overlap_test(const OverlapCounts *c, double level, StatResult *res);

#endif							/* CSIRTSURVEY_OVERLAP_H */
