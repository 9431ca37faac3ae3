/*
 * alternative.c
 *		The alternative hypothesis of a test of one signed statistic.
 */
#include "stats/alternative.h"

#include <gsl/gsl_cdf.h>
#include <stdio.h>

const char *const alternative_names[ALTERNATIVES] = {"two.sided", "less", "greater"};

double
alternative_normal_p(double z, Alternative alternative)
{
	switch (alternative)
	{
		case ALTERNATIVE_LESS:
			return gsl_cdf_ugaussian_P(z);
		case ALTERNATIVE_GREATER:
			return gsl_cdf_ugaussian_Q(z);
		default:
			return 2 * gsl_cdf_ugaussian_Q(fabs(z));
	}
}

void
stat_set_alternative(StatResult *res, Alternative alternative)
{
	snprintf(res->alternative, sizeof(res->alternative), "%s", alternative_names[alternative]);
}
