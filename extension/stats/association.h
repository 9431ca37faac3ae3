/*
 * association.h
 *		What every measure of association of two variables begins with.
 */
#ifndef CSIRTSURVEY_ASSOCIATION_H
#define CSIRTSURVEY_ASSOCIATION_H

#include "stats/stats.h"

/*
 * Cleans tab and enters n, the level of the interval and what was dropped; STAT_BAD_ARGUMENT for a level outside (0, 1), STAT_UNDEFINED
 * where two rows and two columns with counts are missing, noted.  Release t->block on STAT_OK.
 */
extern StatStatus association_table(const StatTable *tab, double level, StatClean *t, StatResult *res);

#endif							/* CSIRTSURVEY_ASSOCIATION_H */
