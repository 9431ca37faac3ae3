/*
 * gof.c
 *		Goodness of fit to given proportions.
 *
 * A. Agresti (2013), Categorical Data Analysis, 3rd ed., section 1.5; the adjusted residual (O - E)/sqrt(E (1 - p)) is that of the
 * multinomial with known p.
 */
#include "stats/gof.h"

#include <gsl/gsl_cdf.h>

typedef struct Margin
{
	long double n;				/* sum of the counts */
	long double p;				/* sum of the proportions as given */
} Margin;

static StatStatus
add_up(const double *n, const double *p, int k, Margin *sum)
{
	sum->n = sum->p = 0;
	for (int i = 0; i < k; i++)
	{
		double		pi = p ? p[i] : 1;

		if (!stat_is_count(n[i]) || !(pi >= 0) || isinf(pi))
			return STAT_BAD_ARGUMENT;
		sum->n += n[i];
		sum->p += pi;
	}
	return k > 0 && sum->p == 0 ? STAT_BAD_ARGUMENT : STAT_OK;
}

static long double
proportion(const double *p, int i, const Margin *sum)
{
	return (p ? p[i] : 1) / sum->p;
}

StatStatus
gof_test(const double *n, const double *p, int k, bool likelihood_ratio, StatResult *res)
{
	Margin		sum;
	long double x2 = 0;
	double		least = INFINITY;
	int			used = 0,
				small = 0;
	bool		impossible = false;

	stat_result_init(res, likelihood_ratio ? "Likelihood-ratio chi-square (G) test of goodness of fit"
					 : "Pearson chi-square test of goodness of fit");
	if (k < 0 || add_up(n, p, k, &sum) != STAT_OK)
		return STAT_BAD_ARGUMENT;
	res->n = (double) sum.n;
	for (int i = 0; i < k; i++)
	{
		long double e = sum.n * proportion(p, i, &sum);

		if (p && p[i] == 0)
		{
			impossible = impossible || n[i] > 0;
			used += n[i] > 0;
			continue;
		}
		used++;
		least = fmin(least, (double) e);
		small += e < 5;
	}
	if (used < 2 || sum.n == 0)
	{
		stat_note(res, sum.n == 0 ? "no counts: there is nothing to test" : "fewer than two categories: there is nothing to test");
		return STAT_UNDEFINED;
	}
	if (used < k)
		stat_note(res, "left out: %d category(ies) with proportion 0 and no count", k - used);
	if (p && fabsl(sum.p - 1) > 1e-9L)
		stat_note(res, "the proportions were divided by their sum %.6g", (double) sum.p);
	stat_note(res, "least expected count %.4g; %d of %d categories (%.0f %%) below 5", least, small, used, 100.0 * small / used);
	res->parameter = used - 1;
	if (impossible)
	{
		stat_note(res, "a category with proportion 0 has counts: the statistic is infinite");
		res->statistic = INFINITY;
		res->p_value = 0;
		return STAT_OK;
	}
	for (int i = 0; i < k; i++)
	{
		long double e = sum.n * proportion(p, i, &sum);
		long double d = n[i] - e;

		if (e == 0)
			continue;
		if ((i & 0xffff) == 0xffff && stat_interrupted())
			return STAT_INTERRUPTED;
		/* O log(O/E) - (O - E): the sum of O - E is 0, and near a perfect fit nothing cancels */
		if (likelihood_ratio)
			x2 += 2 * ((n[i] > 0 ? n[i] * log1pl(d / e) : 0) - d);
		else
			x2 += d * d / e;
	}
	res->statistic = (double) fmaxl(x2, 0);
	res->p_value = gsl_cdf_chisq_Q(res->statistic, res->parameter);
	return isfinite(res->p_value) ? STAT_OK : STAT_NUMERIC;
}

StatStatus
gof_cells(const double *n, const double *p, int k, double *expected, double *residual, double *adj_residual)
{
	Margin		sum;

	if (k < 0 || add_up(n, p, k, &sum) != STAT_OK)
		return STAT_BAD_ARGUMENT;
	for (int i = 0; i < k; i++)
	{
		long double pi = proportion(p, i, &sum);
		long double e = sum.n * pi;
		long double d = n[i] - e;

		if (expected)
			expected[i] = (double) e;
		if (residual)
			residual[i] = d == 0 ? 0 : (double) (d / sqrtl(e));
		if (adj_residual)
			adj_residual[i] = d == 0 ? 0 : (double) (d / sqrtl(e * (1 - pi)));
	}
	return STAT_OK;
}
