/*
 * test_signed_rank.c
 *		Signed-rank and sign test: against every pattern of signs of random small samples with ties and zeros, and against R.
 */
#include <gsl/gsl_errno.h>
#include <gsl/gsl_rng.h>
#include <string.h>

#include "stats/sign_test.h"
#include "stats/signed_rank.h"
#include "tap.h"

static const SignedRankOptions asymptotic = {.exact = 0,.level = 0.95};

/* The sums of midranks of every pattern of signs, differences one by one; zeros are ranked first for Pratt. */
static double
enumerate(const double *d, int n, int zeros, bool pratt, Alternative alternative, double *v)
{
	double		rank[20],
				mean = 0,
				observed = 0;
	int			hits = 0;

	for (int i = 0; i < n; i++)
	{
		int			less = 0,
					same = 0;

		for (int j = 0; j < n; j++)
		{
			less += fabs(d[j]) < fabs(d[i]);
			same += fabs(d[j]) == fabs(d[i]);
		}
		rank[i] = (pratt ? zeros : 0) + less + (same + 1) / 2.0;
		mean += rank[i] / 2;
		observed += d[i] > 0 ? rank[i] : 0;
	}
	for (int signs = 0; signs < 1 << n; signs++)
	{
		double		sum = 0;

		for (int i = 0; i < n; i++)
			sum += signs >> i & 1 ? rank[i] : 0;
		hits += alternative == ALTERNATIVE_LESS ? sum <= observed : alternative == ALTERNATIVE_GREATER ? sum >= observed :
			fabs(sum - mean) >= fabs(observed - mean);
	}
	*v = observed;
	return hits / (double) (1 << n);
}

static void
test_enumeration(gsl_rng *rng)
{
	double		worst = 0,
				worst_sign = 0;
	int			samples = 0,
				wrong_v = 0;

	for (int trial = 0; trial < 400; trial++)
	{
		int			k = 2 + trial % 4,
					n = 1 + (int) gsl_rng_uniform_int(rng, 14),
					changed = 0,
					zeros = 0,
					ups = 0;
		/* levels at equal and at unequal distances */
		double		score[5] = {1, 2, 3, trial % 3 == 0 ? 6 : 4, trial % 5 == 0 ? 7.5 : 5};
		double		cell[25] = {0},
					d[20];
		StatTable	tab = {k, k, cell, score, score};

		for (int i = 0; i < n; i++)
		{
			int			a = (int) gsl_rng_uniform_int(rng, (unsigned long) k),
						b = (int) gsl_rng_uniform_int(rng, (unsigned long) k);

			cell[a * k + b]++;
			if (a == b)
				zeros++;
			else
			{
				d[changed++] = score[b] - score[a];
				ups += score[b] > score[a];
			}
		}
		if (changed == 0)
			continue;
		samples++;
		for (int alternative = 0; alternative < 3; alternative++)
		{
			StatResult	res;
			int			hits = 0;

			for (int pratt = 0; pratt < 2; pratt++)
			{
				SignedRankOptions o = {.pratt = pratt == 1,.exact = 1,.alternative = alternative,.level = 0.95};
				double		v,
							p = enumerate(d, changed, zeros, pratt == 1, alternative, &v);

				if (signed_rank_test(&tab, &o, &res) != STAT_OK)
					res.p_value = -1;
				worst = fmax(worst, rel_err(res.p_value, p));
				wrong_v += res.statistic != v || res.parameter != changed || res.n != n;
			}
			for (int signs = 0; signs < 1 << changed; signs++)
			{
				int			s = __builtin_popcount((unsigned) signs);

				hits += alternative == ALTERNATIVE_LESS ? s <= ups : alternative == ALTERNATIVE_GREATER ? s >= ups : abs(2 * s - changed) >= abs(2 * ups - changed);
			}
			(void) sign_test(&tab, alternative, -1, 0.95, &res);
			worst_sign = fmax(worst_sign, rel_err(res.p_value, hits / (double) (1 << changed)));
		}
	}
	ok(samples > 300 && worst < 1e-14, "signed ranks, Wilcoxon and Pratt, three alternatives: %d samples against all signs, worst relative error %.2g", samples, worst);
	ok(wrong_v == 0, "V, the number of changes and n in all of them");
	ok(worst_sign < 1e-14, "sign test: the same samples, worst %.2g", worst_sign);
}

/* R: r <- rep(row(t), t); c <- rep(col(t), t); wilcox.test(c, r, paired = TRUE, exact = FALSE, correct = , alternative = ); binom.test */
static void
test_against_r(void)
{
	static const double n[] = {5, 3, 1, 0, 0, 2, 8, 4, 1, 0, 1, 3, 9, 6, 2, 0, 1, 2, 7, 5, 0, 0, 1, 2, 4};
	static const double p[3] = {0.15212262102713461, 0.92393868948643265, 0.076061310513567307};
	static const double p_cc[3] = {0.15474989909814565, 0.92523528061994154, 0.077374949549072827};
	static const double p_sign[3] = {0.12144948495551945, 0.97119366354309022, 0.060724742477759726};
	StatTable	tab = {5, 5, n, NULL, NULL};
	StatResult	res,
				mc;
	SignedRankOptions o = asymptotic;

	for (int a = 0; a < 3; a++)
	{
		o.alternative = a;
		o.correct = false;
		ok(signed_rank_test(&tab, &o, &res) == STAT_OK && res.statistic == 376 && res.parameter == 34, "V = 376 of 34 changes (R), %s", res.alternative);
		is_close(res.p_value, p[a], 1e-12, "normal p (R)");
		o.correct = true;
		(void) signed_rank_test(&tab, &o, &res);
		is_close(res.p_value, p_cc[a], 1e-12, "with continuity correction (R)");
		ok(sign_test(&tab, a, -1, 0.95, &res) == STAT_OK && res.statistic == 22 && res.parameter == 34, "22 of 34 went up");
		is_close(res.p_value, p_sign[a], 1e-12, "sign test (R, binom.test)");
	}
	is_close(res.conf_low, 0.46488637089104218, 1e-12, "its lower limit (R)");
	is_close(res.conf_high, 0.80254135208765776, 1e-12, "its upper limit (R)");
	/* automatic is exact here, and Monte Carlo must cover the exact p */
	o = asymptotic;
	o.exact = -1;
	ok(signed_rank_test(&tab, &o, &res) == STAT_OK && strstr(res.method, "exact") != NULL, "exact when small");
	o.replicates = 100000;
	o.seed = 1;
	ok(signed_rank_test(&tab, &o, &mc) == STAT_OK && fabs(mc.p_value - res.p_value) < 5 * sqrt(res.p_value * (1 - res.p_value) / 1e5) && mc.p_low < mc.p_value &&
	   mc.p_high > mc.p_value, "Monte Carlo agrees within five standard errors: %.5f, exact %.5f", mc.p_value, res.p_value);
	o.pratt = true;
	o.replicates = 0;
	(void) signed_rank_test(&tab, &o, &res);
	o.replicates = 100000;
	(void) signed_rank_test(&tab, &o, &mc);
	ok(fabs(mc.p_value - res.p_value) < 5 * sqrt(res.p_value * (1 - res.p_value) / 1e5), "with Pratt's zeros too: %.5f, exact %.5f", mc.p_value, res.p_value);
}

/* A published example without ties: Hollander and Wolfe (1973), p. 29, depression scores of 9 patients; R: wilcox.test(x, y, paired = TRUE) */
static void
test_hollander(void)
{
	static const double x[] = {1.83, 0.50, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.30},
				y[] = {0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29};
	double		score[18],
				n[18 * 18] = {0};
	StatTable	tab = {18, 18, n, score, score};
	StatResult	res;
	SignedRankOptions o = {.exact = 1,.alternative = ALTERNATIVE_GREATER,.level = 0.95};

	for (int i = 0; i < 9; i++)
	{
		score[i] = y[i];
		score[9 + i] = x[i];
		n[i * 18 + 9 + i] = 1;
	}
	ok(signed_rank_test(&tab, &o, &res) == STAT_OK && res.statistic == 40, "V = 40");
	is_close(res.p_value, 0.01953125, 1e-14, "p = 0.01953125, greater");
	o.alternative = ALTERNATIVE_TWO_SIDED;
	(void) signed_rank_test(&tab, &o, &res);
	is_close(res.p_value, 0.0390625, 1e-14, "p = 0.0390625, two-sided");
	is_close(res.estimate, (40 - 5) / 45.0, 1e-14, "rank-biserial correlation (40 - 5)/45");
}

/* The standard error of the rank-biserial correlation against its spread over multinomial samples from the same table. */
static void
test_standard_error(gsl_rng *rng)
{
	static const double n[] = {40, 30, 10, 25, 60, 35, 8, 20, 72};

	for (int pratt = 0; pratt < 2; pratt++)
	{
		StatTable	tab = {3, 3, n, NULL, NULL};
		SignedRankOptions o = {.pratt = pratt == 1,.level = 0.95};
		StatResult	res,
					one;
		double		sum = 0,
					squares = 0;

		(void) signed_rank_test(&tab, &o, &res);
		for (int b = 0; b < 4000; b++)
		{
			double		m[9] = {0};
			StatTable	resampled = {3, 3, m, NULL, NULL};

			for (int i = 0; i < 300; i++)
			{
				double		u = gsl_rng_uniform(rng) * 300;
				int			c = 0;

				while (u >= n[c])
					u -= n[c++];
				m[c]++;
			}
			(void) signed_rank_test(&resampled, &o, &one);
			sum += one.estimate;
			squares += one.estimate * one.estimate;
		}
		squares = sqrt(squares / 4000 - sum / 4000 * sum / 4000);
		ok(fabs(res.std_error / squares - 1) < 0.05, "standard error %.4f, of 4,000 samples %.4f (%s)", res.std_error, squares, pratt ? "Pratt" : "Wilcoxon");
	}
}

int
main(void)
{
	gsl_rng    *rng = gsl_rng_alloc(gsl_rng_mt19937);
	StatResult	res;
	SignedRankOptions o = asymptotic;
	StatTable	tab = {2, 2, (double[]) {3, 0, 0, 4}, NULL, NULL};
	double	   *wide = calloc(1001 * 1001, sizeof(double));

	gsl_set_error_handler_off();
	gsl_rng_set(rng, 2017);
	test_enumeration(rng);
	test_against_r();
	test_hollander();
	test_standard_error(rng);

	ok(signed_rank_test(&tab, &o, &res) == STAT_UNDEFINED && isnan(res.p_value) && res.nnotes == 2, "nobody changed: signed ranks");
	ok(sign_test(&tab, ALTERNATIVE_TWO_SIDED, -1, 0.95, &res) == STAT_UNDEFINED && isnan(res.p_value) && res.nnotes == 2, "nobody changed: signs");
	tab.n = (double[]) {3, 2.5, 1, 4};
	o.exact = 1;
	ok(signed_rank_test(&tab, &o, &res) == STAT_BAD_ARGUMENT, "exact needs whole counts");
	ok(sign_test(&tab, ALTERNATIVE_TWO_SIDED, 1, 0.95, &res) == STAT_BAD_ARGUMENT, "so does the exact sign test");
	ok(sign_test(&tab, ALTERNATIVE_TWO_SIDED, -1, 0.95, &res) == STAT_OK && fabs(res.parameter2 - 1.5 / sqrt(3.5)) < 1e-15, "fractional counts: z");
	tab.n = (double[]) {0, 1e9, 1e9, 0};
	ok(signed_rank_test(&tab, &o, &res) == STAT_BUDGET, "an exact distribution of 2e9 changes is refused");
	o.exact = -1;
	ok(signed_rank_test(&tab, &o, &res) == STAT_OK && res.p_value == 1 && res.parameter2 == 0, "and by default the normal one is taken");
	tab.n = (double[]) {0, 5, 0, 3};
	ok(signed_rank_test(&tab, &o, &res) == STAT_OK && res.p_value == 2 / 32.0 && res.estimate == 1 && isnan(res.std_error), "all went up: p = 2/2^5");
	/* ranks of the thousand differences 1 to 1000, all positive: P = 2/2^1000 */
	for (int i = 1; i <= 1000; i++)
		wide[i] = 1;
	tab = (StatTable) {1001, 1001, wide, NULL, NULL};
	o.exact = 1;
	ok(signed_rank_test(&tab, &o, &res) == STAT_OK && res.statistic == 500500, "a thousand different changes");
	is_close(res.p_value, ldexp(1, -999), 1e-14, "p = 2^-999");
	free(wide);
	gsl_rng_free(rng);
	return done_testing();
}
