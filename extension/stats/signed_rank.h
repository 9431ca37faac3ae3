/*
 * signed_rank.h
 *		Wilcoxon's signed-rank test of a scale answered twice.
 */
#ifndef CSIRTSURVEY_SIGNED_RANK_H
#define CSIRTSURVEY_SIGNED_RANK_H

#include "stats/paired_difference.h"

typedef struct SignedRankOptions
{
	bool		pratt;			/* rank the differences of 0 too, then drop their ranks; else drop them first */
	int			exact;			/* 1 permutation distribution of the signs, 0 normal, -1 exact where small */
	bool		correct;		/* continuity correction 0.5 of the normal approximation */
	Alternative alternative;
	int64_t		replicates;		/* > 0: Monte Carlo instead */
	uint64_t	seed;
	double		level;
} SignedRankOptions;

/*
 * Differences column minus row, midranks for ties.  statistic = V, the sum of the ranks of the positive differences; parameter = how many
 * differ; parameter2 = z with the tie-corrected variance; estimate = the matched-pairs rank-biserial correlation (R+ - R-)/(R+ + R-), with
 * std_error and interval from the delta method.  Exact or Monte Carlo with counts that are not whole is STAT_BAD_ARGUMENT; an exact
 * distribution beyond 1.6e7 values or 4e9 steps, and Monte Carlo beyond 2^24 cases, is STAT_BUDGET.
 */
extern StatStatus signed_rank_test(const StatTable *tab, const SignedRankOptions *o, StatResult *res);

#endif							/* CSIRTSURVEY_SIGNED_RANK_H */
