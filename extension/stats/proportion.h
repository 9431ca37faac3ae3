/*
 * proportion.h
 *		Confidence intervals of a proportion.
 */
#ifndef CSIRTSURVEY_PROPORTION_H
#define CSIRTSURVEY_PROPORTION_H

#include "stats/stats.h"

typedef enum PropMethod
{
	PROP_WILSON,
	PROP_WILSON_CC,
	PROP_CLOPPER_PEARSON,
	PROP_AGRESTI_COULL,
	PROP_JEFFREYS,
	PROP_WALD,
	PROP_HYPERGEOMETRIC,
	PROP_CENSUS_BOUNDS
} PropMethod;
#define PROP_METHODS 8

extern const char *const prop_method_names[PROP_METHODS];

/*
 * x of n at the given level.  population = 0 means infinite; otherwise wilson and wald use the variance factor (N - n)/(N - 1),
 * hypergeometric (which needs whole numbers and a population) is exact for the share K/N in it, and census_bounds are the limits
 * [x/N, (x + N - n)/N] that no assumption about the N - n who did not answer can leave, at any level.  The other methods with a
 * population give STAT_BAD_ARGUMENT.
 */
extern StatStatus prop_ci(double x, double n, PropMethod method, double level, double population, double *low, double *high);

#endif							/* CSIRTSURVEY_PROPORTION_H */
