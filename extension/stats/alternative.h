/*
 * alternative.h
 *		The alternative hypothesis of a test of one signed statistic.
 */
#ifndef CSIRTSURVEY_ALTERNATIVE_H
#define CSIRTSURVEY_ALTERNATIVE_H

#include "stats/stats.h"

typedef enum Alternative
{
	ALTERNATIVE_TWO_SIDED,
	ALTERNATIVE_LESS,
	ALTERNATIVE_GREATER
} Alternative;
#define ALTERNATIVES 3

/* "two.sided", "less", "greater" */
extern const char *const alternative_names[ALTERNATIVES];

/* The p-value of a standard normal z. */
extern double alternative_normal_p(double z, Alternative alternative);

extern void stat_set_alternative(StatResult *res, Alternative alternative);

#endif							/* CSIRTSURVEY_ALTERNATIVE_H */
