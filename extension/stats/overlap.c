/*
 * overlap.c
 *		The difference of two proportions whose samples have members in common.
 *
 * The covariance of the two proportions is that of the members of both samples, of whom there are m: c s1 s2 m/(n1 n2), with c the
 * correlation of their two answers, and s1, s2 the standard deviations of the answers of each sample.
 *
 * Test: z with the pooled proportion p, and c about it, 2 sum (x - p)(y - p) / sum ((x - p)^2 + (y - p)^2), so that z squared is
 * Pearson's chi-square where nobody is in both samples, and McNemar's where everybody is.  The covariance is not taken as
 * sum (x - p)(y - p)/(n1 n2): where few say yes, most of them in both samples, that leaves next to no variance, and p near 0.
 * B. Derrick, A. Dobson-Mckittrick, D. Toher, P. White (2015), Test statistics for comparing two proportions with partially
 * overlapping samples, Journal of Applied Quantitative Methods 10(3).
 *
 * Interval: Wilson's limits of the two proportions joined with their correlation r = phi m/sqrt(n1 n2), so that it is Newcombe's hybrid score interval for
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
		if (!stat_is_count(v[i]))
			return false;
	return c->x1 <= c->n1 && c->x2 <= c->n2 &&
		c->yes_yes + c->yes_no <= c->x1 && c->no_yes + c->no_no <= c->n1 - c->x1 &&
		c->yes_yes + c->no_yes <= c->x2 && c->yes_no + c->no_no <= c->n2 - c->x2;
}

/* The phi coefficient of the two answers of the members of both; 0 where one of them does not vary. */
static long double
phi(const OverlapCounts *c)
{
	long double margins = ((long double) c->yes_yes + c->yes_no) * ((long double) c->no_yes + c->no_no) *
		((long double) c->yes_yes + c->no_yes) * ((long double) c->yes_no + c->no_no);

	if (!(margins > 0))
		return 0;
	return ((long double) c->yes_yes * c->no_no - (long double) c->yes_no * c->no_yes) / sqrtl(margins);
}

/* The correlation of the two answers about a common p; 1 if nobody changed. */
static long double
correlation_about(const OverlapCounts *c, long double p)
{
	long double changed = ((long double) c->yes_no + c->no_yes) / 2;
	long double squares = (c->yes_yes + changed) * (1 - p) * (1 - p) + (c->no_no + changed) * p * p;

	return squares > 0 ? 1 - changed / squares : 0;
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
	r = (double) (phi(c) * both / sqrtl((long double) c->n1 * c->n2));
	res->parameter = r;
	res->estimate = (double) (((long double) c->x2 * c->n1 - (long double) c->x1 * c->n2) / c->n1 / c->n2);
	res->std_error = (double) sqrtl(fmaxl(0, v1 + v2 - 2 * r * sqrtl(v1 * v2)));
	status = prop_ci(c->x1, c->n1, PROP_WILSON, level, 0, &l1, &u1);
	if (status == STAT_OK)
		status = prop_ci(c->x2, c->n2, PROP_WILSON, level, 0, &l2, &u2);
	if (status != STAT_OK)
		return status;
	res->conf_low = res->estimate - joined((double) p2 - l2, u1 - (double) p1, r);
	res->conf_high = res->estimate + joined(u2 - (double) p2, (double) p1 - l1, r);

	/* The variance times n1 n2: pool (1 - pool)(n1 + n2 - 2 c m). */
	pool = ((long double) c->x1 + c->x2) / ((long double) c->n1 + c->n2);
	variance = pool * (1 - pool) * ((long double) c->n1 + c->n2 - 2 * both * correlation_about(c, pool));
	if (both > 0)
		stat_note(res, "%.15g are in both samples: correlation of the proportions %.3g", both, r);
	if (!(variance > 0))
	{
		stat_note(res, "nobody answers otherwise: there is nothing to test");
		return STAT_UNDEFINED;
	}
	res->statistic = (double) (res->estimate / sqrtl(variance / c->n1 / c->n2));
	stat_set_alternative(res, ALTERNATIVE_TWO_SIDED);
	res->p_value = alternative_normal_p(res->statistic, ALTERNATIVE_TWO_SIDED);
	return STAT_OK;
}
