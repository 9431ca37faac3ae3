/*
 * montecarlo.h
 *		Monte-Carlo p-values: random tables with given margins, counted against an observed statistic.
 *
 * W. M. Patefield (1981), Algorithm AS 159, Applied Statistics 30, 91-97: tables with both margins fixed, in their distribution under
 * independence.  The generator is gsl_rng_mt19937 seeded with the user's seed, so a seed gives the same p everywhere.
 */
#ifndef CSIRTSURVEY_MONTECARLO_H
#define CSIRTSURVEY_MONTECARLO_H

#include "stats/stats.h"

#define MC_MAX_REPLICATES INT64_C(1000000000)

/* A statistic of a table of counts n (row-major, the shape of the cleaned table). */
typedef double (*McStatistic) (const int *n, int nrow, int ncol, const void *context);

typedef enum McTail
{
	MC_UPPER,					/* tables with statistic >= observed count */
	MC_LOWER,					/* statistic <= observed */
	MC_TWO_SIDED				/* |statistic - center| >= |observed - center| */
} McTail;

/*
 * p = (1 + b)/(B + 1), where b of B random tables are as extreme as the observed one up to a relative 1e-7 (R's tolerance for ties), with
 * the Clopper-Pearson interval of b/B.  Fills p_value, p_low, p_high and a note with B and the seed, and leaves the rest of res alone.
 * The table must be cleaned, of whole counts with a total below 2^31: else STAT_BAD_ARGUMENT.
 */
extern StatStatus montecarlo_test(const StatClean *t, McStatistic statistic, const void *context, double observed, McTail tail, double center,
								  int64_t replicates, uint64_t seed, StatResult *res);

#endif							/* CSIRTSURVEY_MONTECARLO_H */
