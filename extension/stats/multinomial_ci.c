/*
 * multinomial_ci.c
 *		Simultaneous confidence intervals of multinomial proportions.
 *
 * L. A. Goodman (1965), Technometrics 7, 247-254; C. P. Quesenberry, D. C. Hurst (1964), Technometrics 6, 191-195; C. P. Sison, J. Glaz
 * (1995), J. Amer. Stat. Assoc. 90, 366-369, computed as W. L. May, W. D. Johnson (2000), J. Stat. Software 5(6).
 */
#include "stats/multinomial_ci.h"
#include "stats/proportion.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>

const char *const multinomial_names[MULTINOMIAL_METHODS] = {"goodman", "sison_glaz", "quesenberry_hurst", "clopper_pearson"};

/* The roots p of (x/n - p)^2 = chi2 p (1 - p)/n; their product is x^2/(n (n + chi2)). */
static void
score_limits(double x, double n, double chi2, double *low, double *high)
{
	*high = (chi2 + 2 * x + sqrt(chi2 * (chi2 + 4 * x * (n - x) / n))) / (2 * (n + chi2));
	*high = x == n ? 1 : fmin(*high, 1);
	*low = x == 0 ? 0 : x / n * (x / (n + chi2)) / *high;
}

/* P(X <= x) of a Poisson count, 0 below 0 */
static double
poisson_below(double x, double mean)
{
	return x < 0 ? 0 : mean == 0 ? 1 : gsl_cdf_poisson_P((unsigned) x, mean);
}

/*
 * A Poisson count of the given mean cut off to mean - c .. mean + c: the probability of that range, and in it mean, variance and the third
 * and fourth central moment, from the factorial moments mean^r P(low - r <= X <= high - r)/P(range).
 */
static double
cut_poisson(double mean, double c, double moment[4])
{
	double		high = mean + c,
				low = fmax(0, mean - c),
				range = poisson_below(high, mean) - poisson_below(low - 1, mean),
				f[4];

	for (int r = 1; r <= 4; r++)
		f[r - 1] = pow(mean, r) * (1 - ((poisson_below(high, mean) - poisson_below(high - r, mean))
										- (poisson_below(low - 1, mean) - poisson_below(low - r - 1, mean))) / range);
	moment[0] = f[0];
	moment[1] = f[1] + f[0] - f[0] * f[0];
	moment[2] = f[2] + f[1] * (3 - 3 * f[0]) + f[0] - 3 * f[0] * f[0] + 2 * pow(f[0], 3);
	moment[3] = f[3] + f[2] * (6 - 4 * f[0]) + f[1] * (7 - 12 * f[0] + 6 * f[0] * f[0]) + f[0] - 4 * f[0] * f[0] + 6 * pow(f[0], 3) - 3 * pow(f[0], 4);
	return range;
}

/* About the probability that all multinomial counts lie within c of n: independent Poisson counts given their sum, by an Edgeworth series. */
static double
within(const double *n, int k, double total, double c)
{
	double		mean = 0,
				variance = 0,
				third = 0,
				fourth = 0,
				log_range = 0,
				z,
				skew,
				excess,
				series;

	for (int i = 0; i < k; i++)
	{
		double		m[4];

		log_range += log(cut_poisson(n[i], c, m));
		mean += m[0];
		variance += m[1];
		third += m[2];
		fourth += m[3] - 3 * m[1] * m[1];
	}
	z = (total - mean) / sqrt(variance);
	skew = third / pow(variance, 1.5);
	excess = fourth / (variance * variance);
	series = 1 + skew * (pow(z, 3) - 3 * z) / 6 + excess * (pow(z, 4) - 6 * z * z + 3) / 24
		+ skew * skew * (pow(z, 6) - 15 * pow(z, 4) + 45 * z * z - 15) / 72;
	return exp(log_range) * series * gsl_ran_ugaussian_pdf(z) / sqrt(variance) / gsl_ran_poisson_pdf((unsigned) total, total);
}

static StatStatus
sison_glaz(const double *n, int k, double total, double level, double *low, double *high)
{
	double		below = 0,
				at = 0,
				c = 0,
				delta;

	/* counts beyond what gsl_ran_poisson_pdf takes, or whose fourth moments cancel to nothing */
	if (total > 1e6)
		return STAT_NUMERIC;
	do
	{
		if (stat_interrupted())
			return STAT_INTERRUPTED;
		below = at;
		c++;
		at = within(n, k, total, c);
	} while (!(at > level) && c < total);
	/* so few cases that no range within 0 to n is probable enough */
	if (!(at > level))
		c = total + 1;
	delta = at > level ? (level - below) / (at - below) : 0;
	c--;
	for (int i = 0; i < k; i++)
	{
		low[i] = fmax(0, (n[i] - c) / total);
		high[i] = fmin(1, (n[i] + c + 2 * delta) / total);
	}
	return STAT_OK;
}

StatStatus
multinomial_ci(const double *n, int k, MultinomialMethod method, double level, double *low, double *high)
{
	double		total = 0,
				each = 1 - (1 - level) / k,
				chi2 = 0;
	bool		whole = true;

	if (!(level > 0 && level < 1) || k < 0)
		return STAT_BAD_ARGUMENT;
	for (int i = 0; i < k; i++)
	{
		if (!stat_is_count(n[i]))
			return STAT_BAD_ARGUMENT;
		whole = whole && n[i] == floor(n[i]);
		total += n[i];
	}
	if (total == 0)
		return STAT_UNDEFINED;
	if (method == MULTINOMIAL_SISON_GLAZ)
		return whole ? sison_glaz(n, k, total, level, low, high) : STAT_BAD_ARGUMENT;
	if (method == MULTINOMIAL_GOODMAN)
		chi2 = gsl_cdf_chisq_Qinv((1 - level) / k, 1);
	else if (method == MULTINOMIAL_QUESENBERRY_HURST)
		chi2 = gsl_cdf_chisq_Qinv(1 - level, k > 1 ? k - 1 : 1);
	for (int i = 0; i < k; i++)
	{
		StatStatus	status = STAT_OK;

		if (method == MULTINOMIAL_CLOPPER_PEARSON)
			status = prop_ci(n[i], total, PROP_CLOPPER_PEARSON, each, 0, &low[i], &high[i]);
		else
			score_limits(n[i], total, chi2, &low[i], &high[i]);
		if (status != STAT_OK)
			return status;
	}
	return STAT_OK;
}
