/*
 * mcnemar.h
 *		McNemar's test of a yes-or-no question answered twice.
 */
#ifndef CSIRTSURVEY_MCNEMAR_H
#define CSIRTSURVEY_MCNEMAR_H

#include "stats/stats.h"

typedef enum McnemarVariant
{
	MCNEMAR_CHISQ,				/* (b - c)^2/(b + c) */
	MCNEMAR_CORRECTED,			/* (|b - c| - 1)^2/(b + c); 0 where |b - c| <= 1 */
	MCNEMAR_EXACT,				/* b of b + c fair coins */
	MCNEMAR_MID_P				/* the same, the observed probability counted half */
} McnemarVariant;

/*
 * A table of exactly 2 x 2, [[a, b], [c, d]] (else STAT_BAD_ARGUMENT, as for counts that are not whole in an exact variant).  estimate =
 * b/c, the odds ratio of matched pairs, with the limits of Clopper and Pearson for b/(b + c) carried over.  Nobody who changed is
 * STAT_UNDEFINED with a note.
 */
extern StatStatus mcnemar_test(const StatTable *tab, McnemarVariant variant, double level, StatResult *res);

/*
 * The same for b who changed one way and c the other, which may be sums of weights: statistic and p-value alone, NaN and STAT_UNDEFINED
 * where nobody changed.
 */
extern StatStatus mcnemar_changes(double b, double c, McnemarVariant variant, double *statistic, double *p);

#endif							/* CSIRTSURVEY_MCNEMAR_H */
