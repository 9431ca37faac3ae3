/*
 * proportion.c
 *		Confidence intervals of a proportion.
 *
 * L. D. Brown, T. T. Cai, A. DasGupta (2001), Interval estimation for a binomial proportion, Statistical Science 16, 101-133;
 * the continuity-corrected Wilson interval: R. G. Newcombe (1998), Statistics in Medicine 17, 857-872, method 4, with the
 * correction min(0.5, |x - n/2|); the exact interval in a finite population: J. P. Buonaccorsi (1987), A note on confidence
 * intervals for proportions in finite populations, American Statistician 41, 215-218.
 */
#include "stats/proportion.h"

#include <gsl/gsl_cdf.h>
#include <limits.h>

const char *const prop_method_names[PROP_METHODS] =
{"wilson", "wilson_cc", "clopper_pearson", "agresti_coull", "jeffreys", "wald", "hypergeometric", "census_bounds"};

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
		{
			/* GSL's continued fraction gives up beside the mean of parameters from 1e6: there the normal distribution shows the way */
			double		z = (p - a / (a + b)) * (a + b) * sqrt((a + b + 1) / a / b);

			tail = upper ? gsl_cdf_ugaussian_Q(z) : gsl_cdf_ugaussian_P(z);
		}
		if (upper ? tail > alpha : tail < alpha)
			low = mid;
		else
			high = mid;
	}
	return 1 / (1 + exp(-mid));
}

/* Does a population with k of size N having the trait leave x of n outside the given tail? */
static bool
plausible(unsigned k, unsigned size, unsigned x, unsigned n, double alpha2, bool lower)
{
	double		tail = lower ? (x == 0 ? 1 : gsl_cdf_hypergeometric_Q(x - 1, k, size - k, n)) :
		gsl_cdf_hypergeometric_P(x, k, size - k, n);

	return tail > alpha2;
}

/* Tail inversion over the possible K, which lie between x and x + N - n. */
static StatStatus
hypergeometric(double x, double n, double alpha2, double population, double *low, double *high)
{
	unsigned	size = (unsigned) population,
				a = (unsigned) x,
				b = (unsigned) (x + population - n),
				first = a,
				last = b;

	if (x != floor(x) || n != floor(n) || population != floor(population) || population > INT_MAX)
		return STAT_BAD_ARGUMENT;
	while (first < b)
	{
		unsigned	mid = first + (b - first) / 2;

		if (plausible(mid, size, (unsigned) x, (unsigned) n, alpha2, true))
			b = mid;
		else
			first = mid + 1;
	}
	while (a < last)
	{
		unsigned	mid = last - (last - a) / 2;

		if (plausible(mid, size, (unsigned) x, (unsigned) n, alpha2, false))
			a = mid;
		else
			last = mid - 1;
	}
	*low = first / population;
	*high = last / population;
	return STAT_OK;
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
	if (method == PROP_HYPERGEOMETRIC || method == PROP_CENSUS_BOUNDS ? population == 0 :
		population > 0 && method != PROP_WILSON && method != PROP_WALD)
		return STAT_BAD_ARGUMENT;
	if (method == PROP_CENSUS_BOUNDS)
	{
		*low = x / population;
		*high = (x + population - n) / population;
		return STAT_OK;
	}
	if (n == 0)
		return STAT_UNDEFINED;
	if (method == PROP_HYPERGEOMETRIC)
		return hypergeometric(x, n, alpha2, population, low, high);
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
		case PROP_HYPERGEOMETRIC:
		case PROP_CENSUS_BOUNDS:
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
