/*
 * test_paired.c
 *		McNemar, Bowker, marginal homogeneity and kappa: against the reference values, sums written out, a plain solution of the normal
 *		equations, numerical derivatives, and degenerate tables.
 */
#include <gsl/gsl_errno.h>
#include <gsl/gsl_rng.h>

#include "stats/binomial_half.h"
#include "stats/kappa.h"
#include "stats/mcnemar.h"
#include "stats/symmetry.h"
#include "golden.h"

static const char *const kappa_stat[] = {"kappa", "kappa_linear", "kappa_quadratic"};

static void
check_kappa(const char *id, const StatTable *tab)
{
	StatResult	res;
	char		name[64];

	for (int w = 0; w < 3; w++)
		if (kappa_test(tab, (KappaWeights) w, 0.95, &res) == STAT_OK)
		{
			golden_check(id, kappa_stat[w], res.estimate);
			snprintf(name, sizeof(name), "%s_ase1", kappa_stat[w]);
			golden_check(id, name, res.std_error);
			snprintf(name, sizeof(name), "%s_ase0", kappa_stat[w]);
			golden_check(id, name, res.parameter);
			snprintf(name, sizeof(name), "%s_z0", kappa_stat[w]);
			golden_check(id, name, res.statistic);
			snprintf(name, sizeof(name), "%s_p", kappa_stat[w]);
			golden_check(id, name, res.p_value);
		}
}

static void
check_square(const char *id, const StatTable *tab)
{
	StatResult	res;

	(void) bowker_test(tab, true, &res);
	golden_check(id, "bowker_chi2", res.statistic);
	golden_check(id, "bowker_df", res.parameter);
	golden_check(id, "bowker_p", res.p_value);
	(void) marginal_homogeneity_test(tab, false, &res);
	golden_check(id, "stuart_maxwell_chi2", res.statistic);
	golden_check(id, "stuart_maxwell_df", res.parameter);
	golden_check(id, "stuart_maxwell_p", res.p_value);
	(void) marginal_homogeneity_test(tab, true, &res);
	golden_check(id, "bhapkar_chi2", res.statistic);
	golden_check(id, "bhapkar_df", res.parameter);
	golden_check(id, "bhapkar_p", res.p_value);
	check_kappa(id, tab);
	if (tab->nrow != 2)
		return;
	(void) mcnemar_test(tab, MCNEMAR_CHISQ, 0.95, &res);
	golden_check(id, "mcnemar_chi2", res.statistic);
	golden_check(id, "mcnemar_p", res.p_value);
	(void) mcnemar_test(tab, MCNEMAR_CORRECTED, 0.95, &res);
	golden_check(id, "mcnemar_chi2_cc", res.statistic);
	golden_check(id, "mcnemar_p_cc", res.p_value);
	if (mcnemar_test(tab, MCNEMAR_EXACT, 0.95, &res) == STAT_OK)
		golden_check(id, "mcnemar_p_exact", res.p_value);
}

/* Every b, c with b + c <= 40: tails from Pascal's triangle. */
static void
test_binomial(void)
{
	double		worst = 0,
				worst_mid = 0;

	for (int n = 1; n <= 40; n++)
	{
		double		choose[41] = {1};
		double		all = ldexp(1, n);

		for (int i = 1; i <= n; i++)
			choose[i] = choose[i - 1] * (n - i + 1) / i;
		for (int b = 0; b <= n; b++)
		{
			StatTable	tab = {2, 2, (double[]) {7, b, n - b, 5}, NULL, NULL};
			double		p = 0,
						mid = 0;
			StatResult	res;

			/* by probability: as likely as the observed or less, the equally likely counted half for mid-p */
			for (int i = 0; i <= n; i++)
				if (choose[i] <= choose[b])
				{
					p += choose[i] / all;
					mid += choose[i] / all / (choose[i] == choose[b] ? 2 : 1);
				}
			(void) mcnemar_test(&tab, MCNEMAR_EXACT, 0.95, &res);
			worst = fmax(worst, rel_err(res.p_value, p));
			(void) mcnemar_test(&tab, MCNEMAR_MID_P, 0.95, &res);
			worst_mid = fmax(worst_mid, rel_err(res.p_value, mid));
		}
	}
	ok(worst < 1e-14, "exact McNemar: 860 pairs b, c against sums of binomial coefficients, worst relative error %.2g", worst);
	ok(worst_mid < 1e-14, "mid-p McNemar: the same, %.2g", worst_mid);
}

static void
test_mcnemar(void)
{
	StatResult	res;
	StatTable	tab = {2, 2, (double[]) {794, 150, 86, 570}, NULL, NULL};
	long double tail;

	/* Agresti (2013), table 11.1; R: mcnemar.test(correct = FALSE), binom.test(150, 236)$conf.int/(1 - .), binom.test()$p.value */
	ok(mcnemar_test(&tab, MCNEMAR_CHISQ, 0.95, &res) == STAT_OK, "approval of the prime minister");
	is_close(res.statistic, 17.35593220338983, 1e-14, "its chi-square (R)");
	is_close(res.estimate, 150 / 86.0, 1e-15, "b/c");
	is_close(res.conf_low, 1.3292282526052634, 1e-12, "lower limit (R)");
	is_close(res.conf_high, 2.3009790804219943, 1e-12, "upper limit (R)");
	ok(mcnemar_test(&tab, MCNEMAR_EXACT, 0.95, &res) == STAT_OK && res.statistic == 150 && res.parameter == 236, "exact: 150 of 236");
	is_close(res.p_value, 3.71593613957143e-05, 1e-12, "its p (R)");
	/* R: pbinom(1e9 - 50000, 2e9, .5), pbinom(100, 1000, .5), pbinom(600, 1000, .5) */
	ok(binomial_half_lower(1e9 - 50000, 2e9, &tail) == STAT_OK, "two thousand million coins");
	is_close((double) tail, 0.012674391593964362, 1e-9, "their tail (R)");
	(void) binomial_half_lower(100, 1000, &tail);
	is_close((double) tail, 6.7017177900063219e-162, 1e-12, "far tail (R)");
	(void) binomial_half_lower(600, 1000, &tail);
	is_close((double) tail, 0.99999999990991584, 1e-14, "upper half (R)");
	{
		/* Fagerland, Lydersen and Laake (2013), airway hyper-responsiveness before and after: asymptotic, corrected, exact, mid-p */
		static const double published[] = {0.034, 0.077, 0.070, 0.039};

		tab.n = (double[]) {1, 1, 7, 12};
		for (int v = 0; v < 4; v++)
			ok(mcnemar_test(&tab, (McnemarVariant) v, 0.95, &res) == STAT_OK && fabs(res.p_value - published[v]) < 5e-4, "%s: p = %.3f", res.method, published[v]);
	}
	tab.n = (double[]) {3, 0, 5, 4};
	ok(mcnemar_test(&tab, MCNEMAR_CHISQ, 0.95, &res) == STAT_OK && res.estimate == 0 && res.conf_low == 0, "nobody one way: b/c is 0");
	is_close(res.conf_high, 1.0912791051825459, 1e-12, "its upper limit (R, binom.test(0, 5))");
	tab.n = (double[]) {3, 5, 0, 4};
	ok(mcnemar_test(&tab, MCNEMAR_CHISQ, 0.95, &res) == STAT_OK && isinf(res.estimate) && isinf(res.conf_high) && res.nnotes == 3, "infinite b/c has a note");
	is_close(res.conf_low, 1 / 1.0912791051825459, 1e-12, "its lower limit");
	tab.n = (double[]) {3, 0, 0, 4};
	ok(mcnemar_test(&tab, MCNEMAR_EXACT, 0.95, &res) == STAT_UNDEFINED && isnan(res.p_value) && res.nnotes == 2, "nobody changed");
	tab.n = (double[]) {3, 1.5, 2, 4};
	ok(mcnemar_test(&tab, MCNEMAR_EXACT, 0.95, &res) == STAT_BAD_ARGUMENT, "exact needs whole counts");
	ok(mcnemar_test(&tab, MCNEMAR_CORRECTED, 0.95, &res) == STAT_OK && res.statistic == 0 && res.p_value == 1, "a correction greater than the difference gives 0");
}

/* Stuart-Maxwell and Bhapkar as written in the papers: d' V^-1 d by elimination with pivots, last category dropped. */
static double
plain(const double *n, int k, bool bhapkar)
{
	long double a[8][9],
				total = 0,
				x2 = 0,
				d[8];

	for (int i = 0; i < k * k; i++)
		total += n[i];
	for (int i = 0; i < k - 1; i++)
	{
		long double r = 0,
					c = 0;

		for (int j = 0; j < k; j++)
		{
			r += n[i * k + j];
			c += n[j * k + i];
		}
		d[i] = r - c;
		for (int j = 0; j < k - 1; j++)
			a[i][j] = i == j ? r + c - 2 * n[i * k + i] : -(n[i * k + j] + n[j * k + i]);
	}
	for (int i = 0; i < k - 1; i++)
	{
		for (int j = 0; bhapkar && j < k - 1; j++)
			a[i][j] -= d[i] * d[j] / total;
		a[i][k - 1] = d[i];
	}
	for (int p = 0; p < k - 1; p++)
	{
		int			best = p;

		for (int i = p; i < k - 1; i++)
			if (fabsl(a[i][p]) > fabsl(a[best][p]))
				best = i;
		for (int j = 0; j < k; j++)
		{
			long double t = a[p][j];

			a[p][j] = a[best][j];
			a[best][j] = t;
		}
		for (int i = 0; i < k - 1; i++)
			if (i != p)
			{
				long double f = a[i][p] / a[p][p];

				for (int j = 0; j < k; j++)
					a[i][j] -= f * a[p][j];
			}
	}
	for (int i = 0; i < k - 1; i++)
		x2 += d[i] * a[i][k - 1] / a[i][i];
	return (double) x2;
}

static void
test_homogeneity(gsl_rng *rng)
{
	StatResult	res;
	double		worst = 0;
	double		n[64];
	StatTable	tab;

	for (int trial = 0; trial < 500; trial++)
	{
		int			k = 2 + trial % 6;

		for (int i = 0; i < k * k; i++)
			n[i] = 1 + (double) gsl_rng_uniform_int(rng, 20) / (trial % 3 == 0 ? 7 : 1);
		tab = (StatTable) {k, k, n, NULL, NULL};
		for (int b = 0; b < 2; b++)
		{
			(void) marginal_homogeneity_test(&tab, b == 1, &res);
			worst = fmax(worst, rel_err(res.statistic, plain(n, k, b == 1)));
		}
	}
	ok(worst < 1e-11, "500 random tables against Gaussian elimination of the papers' formulas, worst %.2g", worst);
	/* two groups of categories without a change between them, and one that nobody leaves: statistics and df add up */
	tab = (StatTable) {5, 5, (double[]) {5, 3, 0, 0, 0, 8, 2, 0, 0, 0, 0, 0, 4, 1, 0, 0, 0, 6, 9, 0, 0, 0, 0, 0, 7}, NULL, NULL};
	ok(marginal_homogeneity_test(&tab, false, &res) == STAT_OK && res.parameter == 2 && res.nnotes == 2, "two separate groups: 2 df and notes");
	is_close(res.statistic, 25 / 11.0 + 25 / 7.0, 1e-15, "the sum of two McNemar statistics");
	ok(bowker_test(&tab, false, &res) == STAT_OK && res.parameter == 2 && res.nnotes == 1, "Bowker: 2 df of 10 pairs");
	is_close(res.statistic, 25 / 11.0 + 25 / 7.0, 1e-15, "the same sum");
	ok(bowker_test(&tab, true, &res) == STAT_OK && res.parameter == 10 && res.nnotes == 1, "Bowker over all pairs: 10 df");
	tab = (StatTable) {2, 2, (double[]) {0, 6, 0, 0}, NULL, NULL};
	ok(marginal_homogeneity_test(&tab, true, &res) == STAT_OK && isinf(res.statistic) && res.p_value == 0 && res.nnotes == 1, "Bhapkar without variance: infinite and noted");
	tab = (StatTable) {3, 3, (double[]) {1, 0, 0, 0, 2, 0, 0, 0, 3}, NULL, NULL};
	ok(bowker_test(&tab, false, &res) == STAT_UNDEFINED && isnan(res.p_value) && res.nnotes == 1, "Bowker on the diagonal");
	ok(marginal_homogeneity_test(&tab, false, &res) == STAT_UNDEFINED && isnan(res.p_value) && res.nnotes == 1, "Stuart-Maxwell on the diagonal");
	tab = (StatTable) {2, 3, (double[]) {1, 0, 0, 0, 2, 0}, NULL, NULL};
	ok(bowker_test(&tab, false, &res) == STAT_BAD_ARGUMENT && marginal_homogeneity_test(&tab, false, &res) == STAT_BAD_ARGUMENT, "only square tables");
}

/* Kappa from its definition, of shares. */
static double
kappa_of(const double *p, int k, int weights)
{
	double		observed = 0,
				expected = 0,
				total = 0;

	for (int i = 0; i < k * k; i++)
		total += p[i];
	for (int i = 0; i < k; i++)
		for (int j = 0; j < k; j++)
		{
			double		d = abs(i - j) / (double) (k - 1),
						w = weights == 0 ? i == j : weights == 1 ? 1 - d : 1 - d * d,
						r = 0,
						c = 0;

			for (int m = 0; m < k; m++)
			{
				r += p[i * k + m];
				c += p[m * k + j];
			}
			observed += w * p[i * k + j] / total;
			expected += w * r * c / total / total;
		}
	return (observed - expected) / (1 - expected);
}

/* ASE1 is the delta method: here with numerical derivatives.  ASE0 is ASE1 of the table expected under independence. */
static void
test_kappa(gsl_rng *rng)
{
	double		worst = 0,
				worst0 = 0;
	StatResult	res;
	StatTable	tab;

	for (int trial = 0; trial < 60; trial++)
	{
		int			k = 2 + trial % 4;
		double		n[25],
					e[25],
					total = 0;

		for (int i = 0; i < k * k; i++)
			total += n[i] = 1 + (double) gsl_rng_uniform_int(rng, 30) + (i % (k + 1) == 0 ? 20 : 0);
		for (int i = 0; i < k * k; i++)
		{
			double		r = 0,
						c = 0;

			for (int m = 0; m < k; m++)
			{
				r += n[i / k * k + m];
				c += n[m * k + i % k];
			}
			e[i] = r * c / total;
		}
		for (int w = 0; w < 3; w++)
			for (int null = 0; null < 2; null++)
			{
				double	   *p = null ? e : n,
							var = 0,
							mean = 0,
							got;

				for (int i = 0; i < k * k; i++)
				{
					double		at = p[i],
								h = 1e-4 * total,
								g;

					p[i] = at + h;
					g = kappa_of(p, k, w);
					p[i] = at - h;
					g = (g - kappa_of(p, k, w)) / (2 * h) * total;
					p[i] = at;
					var += at / total * g * g;
					mean += at / total * g;
				}
				tab = (StatTable) {k, k, n, NULL, NULL};
				(void) kappa_test(&tab, (KappaWeights) w, 0.95, &res);
				got = null ? res.parameter : res.std_error;
				worst = fmax(worst, rel_err(got, sqrt((var - mean * mean) / total)));
				worst0 = fmax(worst0, rel_err(res.estimate, kappa_of(n, k, w)));
			}
	}
	ok(worst < 1e-6, "ASE1 and ASE0 of 60 random tables against numerical derivatives, worst %.2g", worst);
	ok(worst0 < 1e-12, "kappa against its definition, worst %.2g", worst0);
	/* scores 1, 2, 4: weights by distance, not by position.  By hand: D_o = (2/3)/6, D_e = [4 (1/3) + 4 (2/3) + 4]/36 */
	tab = (StatTable) {3, 3, (double[]) {2, 0, 0, 0, 1, 1, 0, 0, 2}, (double[]) {1, 2, 4}, (double[]) {1, 2, 4}};
	ok(kappa_test(&tab, KAPPA_LINEAR, 0.95, &res) == STAT_OK, "unequal distances");
	/* margins of the rows 2 2 2, of the columns 2 1 3 */
	is_close(res.estimate, 1 - (2 / 3.0 / 6) / ((2 * 1 / 3.0 + 2 * 3 + 2 * 2 / 3.0 + 2 * 3 * 2 / 3.0 + 2 * 2 + 2 * 1 * 2 / 3.0) / 36), 1e-14, "kappa by hand");
	/* Agresti (2013), section 11.5, two pathologists (Landis and Koch 1977): kappa 0.493, standard error 0.057 */
	tab = (StatTable) {4, 4, (double[]) {22, 2, 2, 0, 5, 7, 14, 0, 0, 2, 36, 0, 0, 1, 17, 10}, NULL, NULL};
	ok(kappa_test(&tab, KAPPA_NONE, 0.95, &res) == STAT_OK && fabs(res.estimate - 0.493) < 5e-4 && fabs(res.std_error - 0.057) < 5e-4, "two pathologists");
	tab = (StatTable) {2, 2, (double[]) {5, 0, 0, 0}, NULL, NULL};
	ok(kappa_test(&tab, KAPPA_NONE, 0.95, &res) == STAT_UNDEFINED && isnan(res.estimate) && res.nnotes == 1, "one category used");
	tab.n = (double[]) {5, 3, 0, 0};
	ok(kappa_test(&tab, KAPPA_NONE, 0.95, &res) == STAT_OK && res.estimate == 0 && isnan(res.p_value), "one rater uses one category: 0 and no test");
	tab.n = (double[]) {0, 0, 0, 0};
	ok(kappa_test(&tab, KAPPA_NONE, 0.95, &res) == STAT_UNDEFINED && res.nnotes == 1, "no counts");
	tab = (StatTable) {1, 1, (double[]) {4}, NULL, NULL};
	ok(kappa_test(&tab, KAPPA_LINEAR, 0.95, &res) == STAT_UNDEFINED && res.nnotes == 1, "one category");
	/* rows use 1 and 2, columns 3 and 4: linear weights allow no kappa but 0 */
	tab = (StatTable) {4, 4, (double[]) {0, 0, 3, 1, 0, 0, 2, 5, 0, 0, 0, 0, 0, 0, 0, 0}, NULL, NULL};
	ok(kappa_test(&tab, KAPPA_LINEAR, 0.95, &res) == STAT_OK && res.estimate == 0 && isnan(res.statistic), "linear weights, separate ranges");
}

int
main(void)
{
	int			ntables;
	const GoldenTable *t = golden_tables(&ntables);
	gsl_rng    *rng = gsl_rng_alloc(gsl_rng_mt19937);

	gsl_set_error_handler_off();
	gsl_rng_set(rng, 2017);
	for (int i = 0; i < ntables; i++)
		if (strncmp(t[i].kind, "two_way", 7) == 0 && t[i].nrow == t[i].ncol)
		{
			StatTable	tab = golden_stat_table(&t[i], 0);

			check_square(t[i].id, &tab);
		}
	golden_report();
	test_binomial();
	test_mcnemar();
	test_homogeneity(rng);
	test_kappa(rng);
	gsl_rng_free(rng);
	return done_testing();
}
