/*
 * cmh.h
 *		Cochran-Mantel-Haenszel statistics of r x c tables by stratum.
 */
#ifndef CSIRTSURVEY_CMH_H
#define CSIRTSURVEY_CMH_H

#include "stats/scores.h"
#include "stats/strata.h"

typedef enum CmhStatistic
{
	CMH_COR,					/* nonzero correlation of the scores of rows and columns, 1 degree of freedom */
	CMH_ROW_MEANS,				/* mean column scores of the rows differ, r - 1 */
	CMH_COL_MEANS,				/* mean row scores of the columns differ, c - 1 */
	CMH_GENERAL					/* general association, (r - 1)(c - 1) */
} CmhStatistic;
#define CMH_STATISTICS 4

/* "cor", "row_means", "col_means", "general" */
extern const char *const cmh_names[CMH_STATISTICS];
/* in words, for StatResult */
extern const char *const cmh_methods[CMH_STATISTICS];

/* Simulation of the p-value: tables with the margins of each stratum; none with 0 replicates. */
typedef struct CmhSimulation
{
	int64_t		replicates;
	uint64_t	seed;
} CmhSimulation;

/*
 * Rank scores are those of each stratum, as SAS has it.  STAT_BUDGET when the covariance matrix would be larger than QUADRATIC_FORM_MAX.
 * Simulation needs whole counts, below 2^31 a stratum: else STAT_BAD_ARGUMENT.
 */
extern StatStatus cmh_test_strata(const StatStrata *in, CmhStatistic which, ScoreKind scores, const CmhSimulation *sim, StatResult *res);

/*
 * Van Elteren's test: the rows are groups, the columns an ordinal response.  Row mean scores with modified ridits; for two groups estimate is
 * P(first row higher) + P(equal)/2, each stratum weighted by n1 n2/(n + 1).
 */
extern StatStatus van_elteren_strata(const StatStrata *in, const CmhSimulation *sim, StatResult *res);

#endif							/* CSIRTSURVEY_CMH_H */
