/*
 * proportion.c
 *		Confidence intervals of a proportion.
 *
 * L. D. Brown, T. T. Cai, A. DasGupta (2001), Interval estimation for a binomial proportion, Statistical Science 16, 101-133;
 * the continuity-corrected Wilson interval: R. G. Newcombe (1998), Statistics in Medicine 17, 857-872, method 4, with the
 * correction min(0.5, |x - n/2|).
 */
#include "stats/proportion.h"

#include <gsl/gsl_cdf.h>

const char *const prop_method_names[PROP_METHODS] =
{"wilson", "wilson_cc", "clopper_pearson", "agresti_coull", "jeffreys", "wald"};

/*
 * The p at which the lower (or upper) tail of Beta(a, b) is alpha, by bisection of the logit: gsl_cdf_beta_Pinv() does not
 * converge for the parameters of large samples.
 */
static double
beta_quantile(double alpha, double a, double b, bool upper)
{
	double		low = -745,
				high = 745,
				mid = 0;

	for (int i = 0; i < 200; i++)
	{
		double		p,
					tail;

		mid = (low + high) / 2;
		if (mid == low || mid == high)
			break;
		p = 1 / (1 + exp(-mid));
		tail = upper ? gsl_cdf_beta_Q(p, a, b) : gsl_cdf_beta_P(p, a, b);
		if (isnan(tail))
			return STAT_NA;
		if (upper ? tail > alpha : tail < alpha)
			low = mid;
		else
			high = mid;
	}
	return 1 / (1 + exp(-mid));
}

static void
clip(double *low, double *high)
{
	*low = fmax(*low, 0);
	*high = fmin(*high, 1);
}

StatStatus
prop_ci(double x, double n, PropMethod method, double level, double population, double *low, double *high)
{
	double		alpha2 = (1 - level) / 2;
	double		z,
				p,
				centre,
				half;

	*low = *high = STAT_NA;
	if (!(x >= 0) || !(n >= x) || isinf(n) || !(level > 0 && level < 1) || !(population == 0 || (population >= n && !isinf(population))))
		return STAT_BAD_ARGUMENT;
	if (population > 0 && method != PROP_WILSON && method != PROP_WALD)
		return STAT_BAD_ARGUMENT;
	if (n == 0)
		return STAT_UNDEFINED;
	p = x / n;
	z = gsl_cdf_ugaussian_Qinv(alpha2);
	if (population > 0)
	{
		if (population == n)
		{
			*low = *high = p;
			return STAT_OK;
		}
		/* a sample without replacement is worth as many cases as give the same variance with it */
		n *= (population - 1) / (population - n);
		x = p * n;
	}
	switch (method)
	{
		case PROP_WALD:
			half = z * sqrt(p * (1 - p) / n);
			*low = p - half;
			*high = p + half;
			break;
		case PROP_AGRESTI_COULL:
			centre = (x + z * z / 2) / (n + z * z);
			half = z * sqrt(centre * (1 - centre) / (n + z * z));
			*low = centre - half;
			*high = centre + half;
			break;
		case PROP_WILSON:
			centre = x + z * z / 2;
			half = z * sqrt(x * (n - x) / n + z * z / 4);
			/* the lower limit as a quotient: near 0 the difference would cancel */
			*low = x == 0 ? 0 : (x * x / n) / (centre + half);
			*high = x == n ? 1 : (centre + half) / (n + z * z);
			break;
		case PROP_WILSON_CC:
			{
				double		c = fmin(0.5, fabs(x - n / 2));
				double		pl = (x - c) / n;
				double		pu = (x + c) / n;
				double		k = z * z / (2 * n);

				*low = x == 0 ? 0 : (pl + k - z * sqrt(pl * (1 - pl) / n + k / (2 * n))) / (1 + 2 * k);
				*high = x == n ? 1 : (pu + k + z * sqrt(pu * (1 - pu) / n + k / (2 * n))) / (1 + 2 * k);
			}
			break;
		case PROP_CLOPPER_PEARSON:
			*low = x == 0 ? 0 : beta_quantile(alpha2, x, n - x + 1, false);
			*high = x == n ? 1 : beta_quantile(alpha2, x + 1, n - x, true);
			break;
		case PROP_JEFFREYS:
			*low = beta_quantile(alpha2, x + 0.5, n - x + 0.5, false);
			*high = beta_quantile(alpha2, x + 0.5, n - x + 0.5, true);
			break;
	}
	if (!isfinite(*low) || !isfinite(*high))
		return STAT_NUMERIC;
	clip(low, high);
	return STAT_OK;
}
