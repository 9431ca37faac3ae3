/*
 * chisq.h
 *		Pearson's and the likelihood-ratio chi-square test of independence.
 */
#ifndef CSIRTSURVEY_CHISQ_H
#define CSIRTSURVEY_CHISQ_H

#include "stats/stats.h"

/* Pearson; yates applies the continuity correction min(0.5, |O - E|) to a 2 x 2 table and is noted as unused on others. */
extern StatStatus chisq_test_table(const StatTable *tab, bool yates, StatResult *res);

/* Likelihood ratio G2, 0 log 0 = 0. */
extern StatStatus g_test_table(const StatTable *tab, StatResult *res);

#endif							/* CSIRTSURVEY_CHISQ_H */
