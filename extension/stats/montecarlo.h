/*
 * montecarlo.h
 *		Monte-Carlo p-values: random tables with given margins, counted against an observed statistic.
 *
 * Tables with both margins fixed, in their distribution under independence (random_table.h).  Replicates are drawn in blocks, each from its
 * own stream of the user's seed (random.h), so a seed gives the same p everywhere.
 */
#ifndef CSIRTSURVEY_MONTECARLO_H
#define CSIRTSURVEY_MONTECARLO_H

#include "stats/random.h"
#include "stats/stats.h"

#define MC_MAX_REPLICATES INT64_C(1000000000)
#define MC_BLOCK 1024			/* replicates a random stream */
#define MC_CONF_LEVEL 0.99		/* of the interval of p, as in SAS and SPSS */

/* A statistic of a table of counts n (row-major, the shape of the cleaned table). */
typedef double (*McStatistic) (const int *n, int nrow, int ncol, const void *context);

/* The part that cell (i, j) with count n has in a statistic that is a sum over the cells. */
typedef double (*McTerm) (double n, int i, int j, const void *context);

typedef enum McTail
{
	MC_UPPER,					/* tables with statistic >= observed count */
	MC_LOWER,					/* statistic <= observed */
	MC_TWO_SIDED				/* |statistic - center| >= |observed - center| */
} McTail;

/*
 * p = (1 + b)/(B + 1), where b of B random tables are as extreme as the observed one up to a relative 1e-7 (R's tolerance for ties), with
 * the Clopper-Pearson interval of b/B.  Fills p_value, p_low, p_high and a note with B and the seed, and leaves the rest of res alone.
 * The table must be cleaned, of whole counts with a total below 2^31, and 1 <= replicates <= MC_MAX_REPLICATES: else STAT_BAD_ARGUMENT.
 */
extern StatStatus montecarlo_test(const StatClean *t, McStatistic statistic, const void *context, double observed, McTail tail, double center,
								  int64_t replicates, uint64_t seed, StatResult *res);

/*
 * The same for a statistic that is a sum over the cells: several times faster, since the terms are tabulated.  The observed value is that of
 * t; ties are values within the absolute tolerance given.
 */
extern StatStatus montecarlo_sum(const StatClean *t, McTerm term, const void *context, McTail tail, double center, double tolerance,
								 int64_t replicates, uint64_t seed, StatResult *res);

/*
 * For simulations of another kind (strata, samples of one variable): p and its interval from b = extreme of B = replicates, with the note.
 * random_seed(&rng, seed, block) starts block number `block` of MC_BLOCK replicates.
 */
extern StatStatus montecarlo_result(int64_t extreme, int64_t replicates, uint64_t seed, StatResult *res);

static inline bool
montecarlo_extreme(double value, double observed, McTail tail, double center, double tolerance)
{
	switch (tail)
	{
		case MC_UPPER:
			return value >= observed - tolerance;
		case MC_LOWER:
			return value <= observed + tolerance;
		default:
			return fabs(value - center) >= fabs(observed - center) - tolerance;
	}
}

#endif							/* CSIRTSURVEY_MONTECARLO_H */
