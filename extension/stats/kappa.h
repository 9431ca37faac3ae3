/*
 * kappa.h
 *		Cohen's kappa: agreement of two ratings beyond chance.
 */
#ifndef CSIRTSURVEY_KAPPA_H
#define CSIRTSURVEY_KAPPA_H

#include "stats/stats.h"

typedef enum KappaWeights
{
	KAPPA_NONE,					/* agreement is the same category */
	KAPPA_LINEAR,				/* 1 - |d|/range of the scores (Cicchetti and Allison) */
	KAPPA_QUADRATIC				/* 1 - (d/range)^2 (Fleiss and Cohen) */
} KappaWeights;

/* "none", "linear", "quadratic" */
extern const char *const kappa_weight_names[3];

/*
 * A square table (else STAT_BAD_ARGUMENT), the same categories in the same order on both sides; empty ones count in the range of the
 * scores, which are those of the rows (NULL: 1..k).  estimate = kappa, std_error and interval from ASE1, statistic = kappa/ASE0,
 * parameter = ASE0, p_value two-sided.  Agreement certain by chance alone (one category used) is STAT_UNDEFINED with a note.
 */
extern StatStatus kappa_test(const StatTable *tab, KappaWeights weights, double level, StatResult *res);

#endif							/* CSIRTSURVEY_KAPPA_H */
