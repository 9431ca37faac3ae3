/*
 * test_risk_difference_exact.c
 *		Exact intervals of a risk difference: against R, and by how often they cover every difference there is.
 */
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_randist.h>

#include "stats/odds.h"
#include "stats/risk_difference_exact.h"
#include "tap.h"

typedef struct Example
{
	double		n[4];			/* x1, n1 - x1, x2, n2 - x2 */
	double		exact[2];
	double		santner_snell[2];
} Example;

/*
 * R 4.2, brute force: every table, the closed form of the restricted estimate of Farrington and Manning, 1501 values of the nuisance
 * parameter, steps of 0.002 in delta, then bisection.  exact2x2 1.7 agrees as far as its grids go:
 * uncondExact2x2(x2, n2, x1, n1, parmtype = "difference", method = "score" or "simple", conf.int = TRUE, tsmethod = "central").
 */
static const Example examples[] = {
	{{18, 7, 11, 19}, {0.07921923, 0.58303524}, {0.08754024, 0.58303492}},
	{{3, 2, 1, 3}, {-0.35964790, 0.84394391}, {-0.35597801, 0.84394391}},
	{{0, 10, 0, 10}, {-0.30849711, 0.30849711}, {-0.45608430, 0.45608430}},
	{{10, 0, 0, 10}, {0.66313306, 1}, {0.66313306, 1}},
	{{7, 5, 2, 5}, {-0.20156106, 0.68006538}, {-0.18973542, 0.70957914}},
	{{14, 6, 3, 12}, {0.15118443, 0.74712381}, {0.16721450, 0.75287763}},
	{{2, 1, 0, 9}, {0.04200793, 0.99159624}, {-0.04713260, 0.99159624}}
};

static StatStatus
limits(double x1, double y1, double x2, double y2, bool score, double level, double *low, double *high)
{
	StatTable	tab = {2, 2, (double[]) {x1, y1, x2, y2}, NULL, NULL};
	TwoProportions s;

	*low = *high = NAN;
	return two_proportions(&tab, 0, &s) ? risk_difference_exact(&s, score, level, low, high) : STAT_BAD_ARGUMENT;
}

static void
test_examples(void)
{
	double		low,
				high;

	for (size_t i = 0; i < sizeof(examples) / sizeof(examples[0]); i++)
	{
		const double *n = examples[i].n;

		for (int score = 1; score >= 0; score--)
		{
			const double *r = score ? examples[i].exact : examples[i].santner_snell;

			(void) limits(n[0], n[1], n[2], n[3], score, 0.95, &low, &high);
			ok(fabs(low - r[0]) < 1e-6 && fabs(high - r[1]) < 1e-6,
			   "%g of %g and %g of %g, %s: %.8f %.8f", n[0], n[0] + n[1], n[2], n[2] + n[3], score ? "Chan-Zhang" : "Santner-Snell", low, high);
		}
		(void) limits(n[0], n[1], n[2], n[3], true, 0.95, &low, &high);
		for (int turned = 0; turned < 2; turned++)
		{
			double		l,
						h;

			(void) (turned ? limits(n[2], n[3], n[0], n[1], true, 0.95, &l, &h) : limits(n[1], n[0], n[3], n[2], true, 0.95, &l, &h));
			ok(fabs(l + high) < 1e-9 && fabs(h + low) < 1e-9, "%s changes the sign", turned ? "the other group first" : "the other column");
		}
	}
	/* R: the supremum of the tail falls below 0.025 again between differences of 0.0758 and 0.0790; it first reaches it at 0.07444 */
	(void) limits(1, 14, 9, 11, true, 0.95, &low, &high);
	ok(fabs(low + 0.63640373) < 1e-6 && fabs(high + 0.0744406) < 1e-6, "the outermost of two crossings: %.8f %.8f", low, high);
}

/* The probability that the interval holds p1 - p2, for all pairs of a grid of p: nowhere below the level. */
static void
test_coverage(int n1, int n2, bool score, double level)
{
	double		low[16][16],
				high[16][16];
	double		least = 1;

	for (int a = 0; a <= n1; a++)
		for (int b = 0; b <= n2; b++)
			(void) limits(a, n1 - a, b, n2 - b, score, level, &low[a][b], &high[a][b]);
	for (int i = 0; i <= 100; i++)
		for (int j = 0; j <= 100; j++)
		{
			double		p1 = i / 100.0,
						p2 = j / 100.0,
						covered = 0;

			for (int a = 0; a <= n1; a++)
				for (int b = 0; b <= n2; b++)
					if (low[a][b] <= p1 - p2 + 1e-12 && p1 - p2 <= high[a][b] + 1e-12)
						covered += gsl_ran_binomial_pdf(a, p1, n1) * gsl_ran_binomial_pdf(b, p2, n2);
			least = fmin(least, covered);
		}
	ok(least >= level && least < 1, "%d and %d cases, %s: covers at least %.4f of the time, %.4f is promised", n1, n2,
	   score ? "Chan-Zhang" : "Santner-Snell", least, level);
}

static int	polls;

static int
interrupt(void)
{
	return --polls < 0;
}

int
main(void)
{
	StatTable	tab = {2, 2, (double[]) {56, 14, 48, 32}, NULL, NULL};
	StatResult	res,
				mn;
	double		low,
				high;

	gsl_set_error_handler_off();
	test_examples();
	for (int score = 0; score < 2; score++)
	{
		test_coverage(7, 5, score, 0.95);
		test_coverage(4, 9, score, 0.8);
		test_coverage(6, 6, score, 0.99);
	}
	(void) risk_difference(&tab, 0, RISK_DIFF_MN, 0.95, &mn);
	ok(risk_difference(&tab, 0, RISK_DIFF_EXACT, 0.95, &res) == STAT_OK && res.estimate == mn.estimate && res.std_error == mn.std_error &&
	   res.conf_low < mn.conf_low && res.conf_high > mn.conf_high && mn.conf_low - res.conf_low < 0.03 && res.conf_high - mn.conf_high < 0.03,
	   "a little wider than the asymptotic score interval");
	tab.n = (double[]) {470, 530, 430, 570};
	(void) risk_difference(&tab, 0, RISK_DIFF_MN, 0.95, &mn);
	ok(risk_difference(&tab, 0, RISK_DIFF_EXACT, 0.95, &res) == STAT_OK && fabs(res.conf_low - mn.conf_low) < 0.003 &&
	   fabs(res.conf_high - mn.conf_high) < 0.003, "of 2000 cases nearly the same");
	ok(limits(1.5, 2, 3, 4, true, 0.95, &low, &high) == STAT_BAD_ARGUMENT, "whole counts only");
	ok(limits(RISK_DIFF_EXACT_MAX_N, 1, 3, 4, true, 0.95, &low, &high) == STAT_BUDGET, "too many cases are refused");
	ok(limits(1, 0, 0, 1, true, 0.95, &low, &high) == STAT_OK && high == 1 && low < 0 && low >= -1, "one case each");
	stat_hooks.interrupted = interrupt;
	for (int after = 0; after <= 1000; after += 250)
	{
		polls = after;
		ok(limits(30, 70, 20, 80, true, 0.95, &low, &high) == STAT_INTERRUPTED, "interrupted after %d polls", after);
	}
	return done_testing();
}
