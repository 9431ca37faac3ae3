/*
 * binomial_half.c
 *		The binomial distribution of n fair coins.
 *
 * The probability by C. Loader (2000), Fast and accurate computation of binomial probabilities: Stirling's formula with its error terms,
 * and the deviance, so that nothing of the size of log n! is subtracted.  The tail adds the terms from the greatest downwards.
 */
#include "stats/binomial_half.h"

static const long double PI = 3.14159265358979323846264338327950288L;

/* log n! - log(sqrt(2 pi n) (n/e)^n) */
static long double
stirling_error(long double n)
{
	long double n2 = n * n;

	if (n < 16)
		return lgammal(n + 1) - (n + 0.5L) * logl(n) + n - 0.5L * logl(2 * PI);
	return (1 / 12.0L - (1 / 360.0L - (1 / 1260.0L - (1 / 1680.0L - (1 / 1188.0L - 691 / 360360.0L / n2) / n2) / n2) / n2) / n2) / n;
}

long double
binomial_half_pmf(double m, double n)
{
	long double a = m,
				b = (long double) n - m,
				e = (a - b) / n,
				deviance;

	if (a == 0 || b == 0)
		return n > 20000 ? 0 : ldexpl(1, -(int) n);
	deviance = a * log1pl(e) + b * log1pl(-e);
	return expl(stirling_error(n) - stirling_error(a) - stirling_error(b) - deviance) * sqrtl(n / (2 * PI * a * b));
}

StatStatus
binomial_half_lower(double m, double n, long double *tail)
{
	long double term,
				sum;

	*tail = 1;
	if (m >= n)
		return STAT_OK;
	if (2 * m > n)
	{
		/* the smaller tail on the other side */
		StatStatus	status = binomial_half_lower(n - m - 1, n, &sum);

		*tail = 1 - sum;
		return status;
	}
	term = sum = binomial_half_pmf(m, n);
	for (double i = m; i > 0 && term > sum * 1e-20L; i--)
	{
		if (fmod(i, 65536) == 0 && stat_interrupted())
			return STAT_INTERRUPTED;
		term *= i / (long double) (n - i + 1);
		sum += term;
	}
	*tail = sum;
	return STAT_OK;
}
