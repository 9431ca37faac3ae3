/*
 * noncentral.c
 *		The noncentral chi-square distribution, by its Poisson mixture of central ones.
 *
 * N. L. Johnson, S. Kotz, N. Balakrishnan (1995), Continuous Univariate Distributions 2, chapter 29: the mixture is (29.2), Sankaran's
 * approximation for large noncentrality (29.61a).  Summation starts at the largest weight and goes both ways, so nothing underflows
 * (D. Benton, K. Krishnamoorthy 2003, Comput. Stat. Data Anal. 43, 249-267).
 */
#include "stats/noncentral.h"

#include <gsl/gsl_cdf.h>

/* Beyond it the mixture would need more than some ten thousand terms, and Sankaran's approximation has an error below 1e-9. */
#define LARGE_NCP 2e6

/* Normal deviate of the tail: ((X/(k + l))^h - mean)/sd. */
static double
sankaran(double x, double k, double l)
{
	double		k1 = k + l,
				k2 = k + 2 * l,
				k3 = k + 3 * l;
	double		h = 1 - 2 * k1 * k3 / (3 * k2 * k2);
	double		p = k2 / (k1 * k1);
	double		m = (h - 1) * (1 - 3 * h);

	return (expm1(h * log(x / k1)) - h * p * (h - 1 - 0.5 * (2 - h) * m * p)) / (h * sqrt(2 * p) * (1 + 0.5 * m * p));
}

/* m^a exp(-m)/Gamma(a + 1), in extended precision: the logarithms cancel to a few units out of millions */
static double
poisson_term(double a, double m)
{
	return (double) expl(a * logl(m) - m - lgammal(a + 1.0L));
}

/*
 * sum over j of Poisson(j; ncp/2) times the tail of the central chi-square with df + 2j.  The tails of neighbours differ by the term
 * t(j) = (x/2)^(df/2 + j) exp(-x/2)/Gamma(df/2 + j + 1): P falls and Q rises by it with j.  In the direction
 * where the tail grows, it is built by adding; where it shrinks, the subtraction would cancel, and it is computed afresh when it has
 * lost half its digits.
 */
static double
mixture(double x, double df, double ncp, bool upper)
{
	double		half = ncp / 2;
	double		j0 = floor(half);
	double		w0 = poisson_term(j0, half);
	double		sum = 0;

	for (int direction = 1; direction >= -1; direction -= 2)
	{
		double		j = direction > 0 ? j0 : j0 - 1;
		double		w = direction > 0 ? w0 : w0 * j0 / half;
		double		tail,
					fresh;

		if (j < 0)
			break;
		tail = fresh = upper ? gsl_cdf_chisq_Q(x, df + 2 * j) : gsl_cdf_chisq_P(x, df + 2 * j);
		for (double term = poisson_term(df / 2 + j - (direction < 0), x / 2);;)
		{
			double		add = w * tail;
			bool		grows = upper == (direction > 0);

			sum += add;
			/* the weights fall faster than a geometric series whose ratio shrinks; the tail is at most 1 */
			if (w < 1e-18 * sum || (add < 1e-18 * sum && !grows) || w == 0)
				break;
			if (direction > 0)
			{
				w *= half / (j + 1);
				tail += upper ? term : -term;
				j++;
				term *= x / (df + 2 * j);
			}
			else
			{
				w *= j / half;
				tail += upper ? -term : term;
				j--;
				if (j < 0)
					break;
				term *= (df + 2 * j) / x;
			}
			/* near underflow the recurrence has no digits left to go on */
			if (term < 1e-290)
				term = poisson_term(df / 2 + j - (direction < 0), x / 2);
			if (!grows && tail < 0.5 * fresh)
				tail = fresh = upper ? gsl_cdf_chisq_Q(x, df + 2 * j) : gsl_cdf_chisq_P(x, df + 2 * j);
		}
	}
	return fmin(sum, 1);
}

static double
tail(double x, double df, double ncp, bool upper)
{
	if (!(x >= 0) || !(df > 0) || !(ncp >= 0) || isinf(df) || isinf(ncp))
		return NAN;
	if (x == 0 || isinf(x))
		return (x == 0) == upper ? 1 : 0;
	if (ncp == 0)
		return upper ? gsl_cdf_chisq_Q(x, df) : gsl_cdf_chisq_P(x, df);
	if (ncp > LARGE_NCP)
		return upper ? gsl_cdf_ugaussian_Q(sankaran(x, df, ncp)) : gsl_cdf_ugaussian_P(sankaran(x, df, ncp));
	return mixture(x, df, ncp, upper);
}

double
noncentral_chisq_P(double x, double df, double ncp)
{
	return tail(x, df, ncp, false);
}

double
noncentral_chisq_Q(double x, double df, double ncp)
{
	return tail(x, df, ncp, true);
}

/* The ncp at which the tail is alpha: Q rises with ncp, P falls. */
static StatStatus
limit(double x, double df, double alpha, bool upper, double *ncp)
{
	double		low = 0,
				high = x + 1;

	*ncp = 0;
	if (upper ? tail(x, df, 0, true) >= alpha : tail(x, df, 0, false) <= alpha)
		return STAT_OK;
	while (upper ? tail(x, df, high, true) < alpha : tail(x, df, high, false) > alpha)
	{
		low = high;
		high *= 2;
		if (isinf(high) || stat_interrupted())
			return isinf(high) ? STAT_NUMERIC : STAT_INTERRUPTED;
	}
	for (int i = 0; i < 200; i++)
	{
		double		mid = low + (high - low) / 2;
		double		p;

		if (mid == low || mid == high || high - low < 1e-15 * high)
			break;
		if (stat_interrupted())
			return STAT_INTERRUPTED;
		p = tail(x, df, mid, upper);
		if (isnan(p))
			return STAT_NUMERIC;
		if ((p < alpha) == upper)
			low = mid;
		else
			high = mid;
	}
	*ncp = low + (high - low) / 2;
	return STAT_OK;
}

StatStatus
noncentral_chisq_limits(double x, double df, double level, double *low, double *high)
{
	StatStatus	status;

	*low = *high = STAT_NA;
	if (!(x >= 0) || isinf(x) || !(df > 0) || isinf(df) || !(level > 0 && level < 1))
		return STAT_BAD_ARGUMENT;
	status = limit(x, df, (1 - level) / 2, true, low);
	if (status == STAT_OK)
		status = limit(x, df, (1 - level) / 2, false, high);
	return status;
}
