/*
 * nominal_montecarlo.h
 *		Simulated p-values of the nominal tests: of independence, given both margins, and of goodness of fit, given n.
 */
#ifndef CSIRTSURVEY_NOMINAL_MONTECARLO_H
#define CSIRTSURVEY_NOMINAL_MONTECARLO_H

#include "stats/stats.h"

typedef enum NominalStatistic
{
	NOMINAL_PEARSON,			/* sum (O - E)^2/E */
	NOMINAL_G,					/* 2 sum O log(O/E) */
	NOMINAL_FISHER				/* the table's probability: at most as likely, within a relative 1e-7 */
} NominalStatistic;

/*
 * To res of the asymptotic test (or of stat_result_init for Fisher's): p_value = (1 + b)/(B + 1) and its interval in p_low, p_high; parameter
 * becomes STAT_NA and method says so.  STAT_UNDEFINED leaves res as it is; STAT_BAD_ARGUMENT for counts that are not whole, a total of
 * 2^31 or more, or replicates below 1 or above MC_MAX_REPLICATES.
 */
extern StatStatus independence_montecarlo(const StatTable *tab, NominalStatistic which, int64_t replicates, uint64_t seed, StatResult *res);

/*
 * The same for gof_test, of which res is the result: samples of sum(n) from proportions p (NULL: equal).  which is NOMINAL_PEARSON or
 * NOMINAL_G.
 */
extern StatStatus gof_montecarlo(const double *n, const double *p, int k, NominalStatistic which, int64_t replicates, uint64_t seed, StatResult *res);

#endif							/* CSIRTSURVEY_NOMINAL_MONTECARLO_H */
