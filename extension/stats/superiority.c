/*
 * superiority.c
 *		The probability that an answer of one group is higher than one of the other, ties counting half, with its interval.
 *
 * R. G. Newcombe (2006), Confidence intervals for an effect size measure based on the Mann-Whitney statistic, part 2, Statistics in
 * Medicine 25, 559-573, method 5: the theta with (estimate - theta)^2 <= z^2 V(theta),
 *		V = theta(1 - theta)/(n1 n2) [1 + m((1 - theta)/(2 - theta) + theta/(1 + theta))],	m = (n1 + n2)/2 - 1,
 * times the tie factor 1 - sum(t^3 - t)/(N^3 - N), after M. P. Fay, Y. Malinovsky (2018), Statistics in Medicine 37, 3991-4006.  V(1/2) is
 * then the variance of the Wilcoxon test: the interval leaves 1/2 out just where the test without continuity correction is significant.
 * It is defined at 0 and 1 too, where intervals from an estimated variance (Brunner-Munzel, DeLong) shrink to a point.
 */
#include "stats/ordinal_tests.h"

#include <gsl/gsl_cdf.h>

typedef struct Variance
{
	double		factor;			/* tie factor/(n1 n2) */
	double		m;
} Variance;

static double
variance(const Variance *v, double theta)
{
	return v->factor * theta * (1 - theta) * (1 + v->m * ((1 - theta) / (2 - theta) + theta / (1 + theta)));
}

/* The farthest theta from the estimate towards end that z standard errors still reach. */
static double
limit(const Variance *v, double estimate, double end, double z)
{
	double		in = estimate,
				out = end;

	for (int i = 0; i < 200; i++)
	{
		double		theta = (in + out) / 2;

		if (theta == in || theta == out)
			break;
		if (fabs(estimate - theta) <= z * sqrt(variance(v, theta)))
			in = theta;
		else
			out = theta;
	}
	return in;
}

void
superiority(const StatClean *t, double level, Superiority *out)
{
	const double *x = t->tab.n;
	const double *y = t->tab.n + t->tab.ncol;
	double		pairs = t->row_total[0] * t->row_total[1];
	double		z = gsl_cdf_ugaussian_Qinv((1 - level) / 2);
	long double below = 0,
				higher = 0,
				ties = 0,
				n = t->total;
	Variance	v;

	for (int j = 0; j < t->tab.ncol; j++)
	{
		long double c = t->col_total[j];

		higher += x[j] * (below + y[j] / 2.0L);
		below += y[j];
		ties += (c - 1) * c * (c + 1);
	}
	v.factor = (double) (1 - ties / ((n - 1) * n * (n + 1))) / pairs;
	v.m = fmax(0, t->total / 2 - 1);
	out->estimate = (double) (higher / pairs);
	out->std_error = sqrt(variance(&v, out->estimate));
	out->low = limit(&v, out->estimate, 0, z);
	out->high = limit(&v, out->estimate, 1, z);
}
