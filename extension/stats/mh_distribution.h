/*
 * mh_distribution.h
 *		The distribution of the sum of first cells of 2 x 2 tables by stratum, given all margins.
 *
 * With all margins fixed a of stratum k is (noncentral) hypergeometric, and P(S = s) of their sum S is proportional to c(s) psi^s, where c is
 * the convolution of the strata's hypergeometric probabilities.  In extended precision, scaled to a maximum of 1, a distribution keeps its
 * values down to MH_CUT of the largest.
 */
#ifndef CSIRTSURVEY_MH_DISTRIBUTION_H
#define CSIRTSURVEY_MH_DISTRIBUTION_H

#include "stats/mantel_haenszel.h"

#define MH_CUT 1e-400L
#define MH_SAME (1 + 1e-7L)		/* R's tolerance for equal probabilities */

/* Weights of low, low + 1, ..., low + n - 1; the largest is 1. */
typedef struct MhWeights
{
	int64_t		low;
	int64_t		n;
	long double *w;
} MhWeights;

/* The weights of a in one stratum of whole counts at odds ratio psi.  Release out->w in any case. */
extern StatStatus mh_stratum_weights(MhStratum x, long double psi, MhWeights *out);

/* The weights of the sum over all strata; STAT_BUDGET when the convolution would take more than about a minute.  Release out->w in any case. */
extern StatStatus mh_distribution(const StrataClean *t, long double psi, MhWeights *out);

/* An odds ratio near the estimates, with 0.5 in every cell so that it is neither 0 nor infinite. */
extern long double mh_near_estimate(const StrataClean *t);

#endif							/* CSIRTSURVEY_MH_DISTRIBUTION_H */
