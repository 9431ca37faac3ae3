/*
 * overlap.c
 *		The difference of two proportions whose samples have members in common.
 *
 * The members of both samples give the covariance of the two proportions, sum (x - p1)(y - p2)/(n1 n2), with x and y 0 or 1.
 *
 * Test: z with the pooled proportion in variances and covariance.  Its square is Pearson's chi-square where nobody is in both samples,
 * and McNemar's where everybody is.  B. Derrick, A. Dobson-Mckittrick, D. Toher, P. White (2015), Test statistics for comparing two
 * proportions with partially overlapping samples, Journal of Applied Quantitative Methods 10(3).
 *
 * Interval: Wilson's limits of the two proportions joined with their correlation r, so that it is Newcombe's hybrid score interval for
 * independent samples where r = 0, and his method 8 for paired ones where everybody is in both.  R. G. Newcombe (1998), Improved
 * confidence intervals for the difference between binomial proportions based on paired data, Statistics in Medicine 17, 2635-2650;
 * G. Y. Zou (2007), Toward using confidence intervals to compare correlations, Psychological Methods 12, 399-413.
 */
#include "stats/overlap.h"

#include "stats/alternative.h"
#include "stats/proportion.h"

#include <gsl/gsl_cdf.h>

static bool
counts_fit(const OverlapCounts *c)
{
	const double v[8] = {c->x1, c->n1, c->x2, c->n2, c->yes_yes, c->yes_no, c->no_yes, c->no_no};

	for (int i = 0; i < 8; i++)
		if (!(v[i] >= 0) || isinf(v[i]))
			return false;
	return c->x1 <= c->n1 && c->x2 <= c->n2 &&
		c->yes_yes + c->yes_no <= c->x1 && c->no_yes + c->no_no <= c->n1 - c->x1 &&
		c->yes_yes + c->no_yes <= c->x2 && c->yes_no + c->no_no <= c->n2 - c->x2;
}

/* sum (x - p)(y - q) over the members of both */
static long double
co_moment(const OverlapCounts *c, long double p, long double q)
{
	return c->yes_yes * (1 - p) * (1 - q) - c->yes_no * (1 - p) * q - c->no_yes * p * (1 - q) + c->no_no * p * q;
}

/* One limit's distance from the difference: sqrt(a^2 - 2 r a b + b^2). */
static double
joined(double a, double b, double r)
{
	return sqrt(fmax(0, (a - b) * (a - b) + 2 * (1 - r) * a * b));
}

StatStatus
overlap_test(const OverlapCounts *c, double level, StatResult *res)
{
	StatStatus	status;
	long double p1,
				p2,
				pool,
				v1,
				v2,
				cov,
				variance;
	double		both,
				r,
				l1,
				u1,
				l2,
				u2;

	stat_result_init(res, "z-test of two proportions in overlapping samples, score interval with their correlation");
	if (!counts_fit(c) || !(level > 0 && level < 1))
		return STAT_BAD_ARGUMENT;
	both = c->yes_yes + c->yes_no + c->no_yes + c->no_no;
	res->n = c->n1 + c->n2 - both;
	res->parameter2 = both;
	res->conf_level = level;
	if (c->n1 == 0 || c->n2 == 0)
	{
		stat_note(res, "a sample has no cases");
		return STAT_UNDEFINED;
	}
	p1 = (long double) c->x1 / c->n1;
	p2 = (long double) c->x2 / c->n2;
	v1 = p1 * (1 - p1) / c->n1;
	v2 = p2 * (1 - p2) / c->n2;
	cov = co_moment(c, p1, p2) / c->n1 / c->n2;
	r = v1 > 0 && v2 > 0 ? (double) fmaxl(-1, fminl(1, cov / sqrtl(v1 * v2))) : 0;
	res->parameter = r;
	res->estimate = (double) (((long double) c->x2 * c->n1 - (long double) c->x1 * c->n2) / c->n1 / c->n2);
	res->std_error = (double) sqrtl(fmaxl(0, v1 + v2 - 2 * cov));
	status = prop_ci(c->x1, c->n1, PROP_WILSON, level, 0, &l1, &u1);
	if (status == STAT_OK)
		status = prop_ci(c->x2, c->n2, PROP_WILSON, level, 0, &l2, &u2);
	if (status != STAT_OK)
		return status;
	res->conf_low = res->estimate - joined((double) p2 - l2, u1 - (double) p1, r);
	res->conf_high = res->estimate + joined(u2 - (double) p2, (double) p1 - l1, r);

	/* pool (1 - pool)(1/n1 + 1/n2) - 2 sum (x - pool)(y - pool)/(n1 n2), over the common denominator n1 n2 */
	pool = ((long double) c->x1 + c->x2) / ((long double) c->n1 + c->n2);
	variance = (pool * (1 - pool) * ((long double) c->n1 + c->n2) - 2 * co_moment(c, pool, pool)) / c->n1 / c->n2;
	if (both > 0)
		stat_note(res, "%.15g are in both samples: correlation of the proportions %.3g", both, r);
	/* A variance of nothing is rounding, of the order of 1e-19: the least true one is of the order of 1/n^2. */
	if (pool == 0 || pool == 1 || variance * c->n1 * c->n2 < 1e-9L)
	{
		stat_note(res, "nobody answers otherwise: there is nothing to test");
		return STAT_UNDEFINED;
	}
	res->statistic = (double) (res->estimate / sqrtl(variance));
	stat_set_alternative(res, ALTERNATIVE_TWO_SIDED);
	res->p_value = alternative_normal_p(res->statistic, ALTERNATIVE_TWO_SIDED);
	return STAT_OK;
}
