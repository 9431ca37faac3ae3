/*
 * sign_test.h
 *		The sign test of a scale answered twice.
 */
#ifndef CSIRTSURVEY_SIGN_TEST_H
#define CSIRTSURVEY_SIGN_TEST_H

#include "stats/paired_difference.h"

/*
 * statistic = answers that are higher the second time (column), parameter = answers that differ, estimate = their quotient with the
 * limits of Clopper and Pearson.  exact: 1 binomial (counts that are not whole: STAT_BAD_ARGUMENT), 0 normal without
 * correction (parameter2 = z), -1 binomial where possible.
 */
extern StatStatus sign_test(const StatTable *tab, Alternative alternative, int exact, double level, StatResult *res);

#endif							/* CSIRTSURVEY_SIGN_TEST_H */
