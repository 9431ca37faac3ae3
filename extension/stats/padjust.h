/*
 * padjust.h
 *		Adjusting p-values for multiple comparisons.
 */
#ifndef CSIRTSURVEY_PADJUST_H
#define CSIRTSURVEY_PADJUST_H

#include "stats/stats.h"

typedef enum PadjustMethod
{
	PADJUST_BONFERRONI,
	PADJUST_HOLM,
	PADJUST_HOCHBERG,
	PADJUST_HOMMEL,
	PADJUST_BH,
	PADJUST_BY,
	PADJUST_NONE
} PadjustMethod;
#define PADJUST_METHODS 7

extern const char *const padjust_names[PADJUST_METHODS];

/* p[0..n-1] adjusted into out; NaN entries stay NaN and do not count in the family.  p outside 0..1: STAT_BAD_ARGUMENT. */
extern StatStatus padjust(const double *p, int n, PadjustMethod method, double *out);

#endif							/* CSIRTSURVEY_PADJUST_H */
