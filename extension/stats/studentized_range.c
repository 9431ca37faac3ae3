/*
 * studentized_range.c
 *		The range of k independent standard normal variables.
 *
 * P(range <= q) = k int phi(z) [Phi(z) - Phi(z - q)]^(k - 1) dz (H. L. Harter (1960), Annals of Mathematical Statistics 31, 1122-1147).  Here
 * its complement, as one integral of positive terms; the integrand is analytic and falls off as a normal density, so the trapezoidal rule
 * converges faster than any power of its step.
 */
#include "stats/studentized_range.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <math.h>

double
normal_range_upper(double q, int k)
{
	const double step = 1.0 / 32;
	double		sum = 0;

	if (q <= 0)
		return 1;
	for (double z = -37; z <= 37; z += step)
	{
		double		a = gsl_cdf_ugaussian_P(z),
					b = gsl_cdf_ugaussian_P(z - q);

		/* a^(k-1) - (a - b)^(k-1) */
		sum -= gsl_ran_ugaussian_pdf(z) * pow(a, k - 1) * expm1((k - 1) * log1p(-b / a));
	}
	return fmin(k * sum * step, 1);
}
