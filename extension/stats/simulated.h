/*
 * simulated.h
 *		The p-value of a Monte-Carlo test from its count of hits.
 */
#ifndef CSIRTSURVEY_SIMULATED_H
#define CSIRTSURVEY_SIMULATED_H

#include "stats/proportion.h"
#include "stats/stats.h"

/* p = (1 + hits)/(replicates + 1), with the 95 % interval of Clopper and Pearson for hits/replicates, and a note. */
static inline StatStatus
simulated_p(int64_t hits, int64_t replicates, uint64_t seed, StatResult *res)
{
	res->p_value = (hits + 1.0) / (replicates + 1.0);
	stat_note(res, "Monte Carlo: %lld replicates, seed %lld", (long long) replicates, (long long) seed);
	return prop_ci((double) hits, (double) replicates, PROP_CLOPPER_PEARSON, 0.95, 0, &res->p_low, &res->p_high);
}

#endif							/* CSIRTSURVEY_SIMULATED_H */
