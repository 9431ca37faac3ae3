/*
 * test_blocks.c
 *		Cochran's Q, Friedman and comparisons of items: against the reference values, R, all permutations, and identities between tests.
 */
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_rng.h>

#include "stats/cochran_q.h"
#include "stats/friedman.h"
#include "stats/mcnemar.h"
#include "stats/studentized_range.h"
#include "golden.h"

#define MAX_K 16

typedef struct Blocks
{
	CochranSums cochran;
	FriedmanSums friedman;
	double		yes[MAX_K];
	double		with[MAX_K + 1];
	int64_t		rank2[MAX_K];
} Blocks;

static void
sum_blocks(const double *x, int n, int k, Blocks *b)
{
	memset(b, 0, sizeof(*b));
	b->cochran = (CochranSums) {k, n, b->yes, b->with};
	b->friedman = (FriedmanSums) {k, n, b->rank2, 0};
	for (int i = 0; i < n; i++)
	{
		FriedmanRating row[MAX_K];
		int			l = 0;

		for (int j = 0; j < k; j++)
		{
			row[j] = (FriedmanRating) {x[i * k + j], j};
			b->yes[j] += x[i * k + j] == 1;
			l += x[i * k + j] == 1;
		}
		b->with[l]++;
		b->friedman.ties += friedman_rank(row, k, b->rank2);
	}
}

/* Four respondents, three questions: Q of all 3^4 arrangements of one or two yes within each respondent. */
static void
test_permutations(void)
{
	static const double x[] = {1, 0, 0, 1, 1, 0, 1, 0, 0, 1, 0, 1};
	Blocks		b;
	StatResult	res,
				mc;
	int			hits = 0;

	sum_blocks(x, 4, 3, &b);
	(void) cochran_q_test(&b.cochran, &(Permutation) {EXACT_NEVER, 0, 1}, &res);
	for (int p = 0; p < 81; p++)
	{
		double		y[12];
		int			code = p;
		Blocks		c;
		StatResult	one;

		for (int i = 0; i < 4; i++, code /= 3)
			for (int j = 0; j < 3; j++)
				/* the odd one out of this respondent stands at code % 3 */
				y[i * 3 + j] = (code % 3 == j) == (b.with[1] == 2 && (i == 0 || i == 2)) ? 1 : 0;
		sum_blocks(y, 4, 3, &c);
		(void) cochran_q_test(&c.cochran, &(Permutation) {EXACT_NEVER, 0, 1}, &one);
		hits += one.statistic >= res.statistic - 1e-9;
	}
	ok(cochran_q_test(&b.cochran, &(Permutation) {EXACT_NEVER, 100000, 7}, &mc) == STAT_OK && fabs(mc.p_value - hits / 81.0) < 5 * sqrt(hits / 81.0 * (1 - hits / 81.0) / 1e5) &&
	   mc.p_low < mc.p_value && mc.p_high > mc.p_value, "Monte-Carlo Q %.4f, all 81 arrangements %.4f", mc.p_value, hits / 81.0);
	(void) cochran_q_test(&b.cochran, &(Permutation) {EXACT_NEVER, 100000, 7}, &res);
	ok(res.p_value == mc.p_value, "a seed gives the same p");
	(void) cochran_q_test(&b.cochran, &(Permutation) {EXACT_ALWAYS, 0, 1}, &res);
	is_close(res.p_value, hits / 81.0, 1e-15, "exact Q of all 81 arrangements");
}

/* Arrangements of the rows from i on, each row's yes in every place, whose sum of squared totals is at least observed. */
static void
enumerate(const double *x, int n, int k, int i, const int *total, int observed, double *all, double *hits)
{
	int			l = 0,
				squares = 0;

	if (i == n)
	{
		for (int j = 0; j < k; j++)
			squares += total[j] * total[j];
		++*all;
		*hits += squares >= observed;
		return;
	}
	for (int j = 0; j < k; j++)
		l += x[i * k + j] == 1;
	for (int set = 0; set < 1 << k; set++)
		if (__builtin_popcount((unsigned) set) == l)
		{
			int			with[MAX_K];

			for (int j = 0; j < k; j++)
				with[j] = total[j] + (set >> j & 1);
			enumerate(x, n, k, i + 1, with, observed, all, hits);
		}
}

static void
test_exact_cochran(gsl_rng *rng)
{
	double		worst = 0,
				worst2 = 0;
	int			compared = 0;
	Blocks		b;
	StatResult	res;

	for (int trial = 0; trial < 40; trial++)
	{
		int			n = 3 + trial % 4,
					k = 3 + trial % 3,
					total[MAX_K] = {0},
					observed = 0;
		double		x[6 * 5],
					all = 0,
					hits = 0;

		for (int i = 0; i < n * k; i++)
			x[i] = gsl_rng_uniform(rng) < 0.2 + 0.15 * (i % k);
		sum_blocks(x, n, k, &b);
		for (int j = 0; j < k; j++)
			observed += (int) (b.yes[j] * b.yes[j]);
		enumerate(x, n, k, 0, total, observed, &all, &hits);
		if (cochran_q_test(&b.cochran, &(Permutation) {EXACT_ALWAYS, 0, 1}, &res) == STAT_OK)
		{
			worst = fmax(worst, rel_err(res.p_value, hits / all));
			compared++;
		}
	}
	ok(compared >= 30 && worst < 1e-14, "exact Q of %d tables against all their arrangements, worst relative error %.1e", compared, worst);
	/* two questions: McNemar's exact test, down to 2^-199 */
	for (int n = 1; n <= 200; n++)
	{
		double		pair[4] = {3, n - n / 5 * (n % 3), n / 5 * (n % 3), 2};
		StatTable	tab = {2, 2, pair, NULL, NULL};
		CochranSums q = {2, n + 5, (double[]) {pair[0] + pair[1], pair[0] + pair[2]}, (double[]) {pair[3], n, pair[0]}};
		StatResult	f;

		(void) mcnemar_test(&tab, MCNEMAR_EXACT, 0.95, &f);
		(void) cochran_q_test(&q, &(Permutation) {EXACT_ALWAYS, 0, 1}, &res);
		worst2 = fmax(worst2, rel_err(res.p_value, f.p_value));
	}
	ok(worst2 < 1e-12, "of two questions it is McNemar's exact test, worst relative error %.1e", worst2);
	b.cochran = (CochranSums) {12, 900, (double[]) {9, 8, 7, 6, 5, 4, 3, 2, 1, 1, 1, 1}, (double[13]) {852, 48}};
	ok(cochran_q_test(&b.cochran, &(Permutation) {EXACT_ALWAYS, 0, 1}, &res) == STAT_BUDGET && res.p_value > 0, "too many counts for the key are refused");
	b.cochran = (CochranSums) {3, 2, (double[]) {1.5, 0.5, 0}, (double[]) {0, 2.0, 0, 0}};
	b.with[1] = 1.5;
	b.cochran.with = b.with;
	ok(cochran_q_test(&b.cochran, &(Permutation) {EXACT_ALWAYS, 0, 1}, &res) == STAT_BAD_ARGUMENT, "sums of weights have no permutations");
}

/* Q is Friedman's statistic of the zeros and ones, and McNemar's of two questions. */
static void
test_identities(gsl_rng *rng)
{
	double		worst = 0,
				worst2 = 0;

	for (int trial = 0; trial < 200; trial++)
	{
		int			n = 5 + trial % 40,
					k = 2 + trial % 6;
		double		x[45 * 7],
					pair[4] = {0};
		StatTable	tab = {2, 2, pair, NULL, NULL};
		Blocks		b;
		StatResult	q,
					f;
		bool		defined;

		for (int i = 0; i < n * k; i++)
			x[i] = gsl_rng_uniform(rng) < 0.3 + 0.1 * (i % k);
		for (int i = 0; i < n; i++)
			pair[(int) (x[i * k] * 2 + x[i * k + 1])]++;
		sum_blocks(x, n, k, &b);
		defined = cochran_q_test(&b.cochran, &(Permutation) {EXACT_NEVER, 0, 1}, &q) == STAT_OK;
		if (defined != (friedman_test(&b.friedman, &f) == STAT_OK))
			worst = INFINITY;
		if (!defined)
			continue;
		worst = fmax(worst, rel_err(q.statistic, f.statistic));
		if (k == 2)
		{
			(void) mcnemar_test(&tab, MCNEMAR_CHISQ, 0.95, &f);
			worst2 = fmax(worst2, rel_err(q.statistic, f.statistic));
		}
	}
	ok(worst < 1e-13, "Q is Friedman's chi-square of zeros and ones, 200 samples, worst %.2g", worst);
	ok(worst2 < 1e-13, "of two questions it is McNemar's, worst %.2g", worst2);
}

static void
test_comparisons(void)
{
	/* R: m <- matrix(c(5, 3, 1, 4, ...), 7, byrow = TRUE); r <- t(apply(m, 1, rank)); friedman.test(m);
	 * mse <- anova(aov(rank ~ item + block))["Residuals", "Mean Sq"]; se <- sqrt(2 * mse / 7); 2 * pt(-abs(difference / se), 18);
	 * q <- abs(difference) / sqrt(4 * 5 / (12 * 7)); ptukey(q, 4, Inf, lower.tail = FALSE) */
	static const double m[] = {5, 3, 1, 4, 4, 4, 2, 5, 2, 2, 2, 3, 5, 1, 1, 4, 3, 2, 1, 1, 4, 3, 3, 5, 1, 2, 1, 4};
	Blocks		b;
	StatResult	res;

	sum_blocks(m, 7, 4, &b);
	ok(friedman_test(&b.friedman, &res) == STAT_OK && res.parameter == 3, "four items, seven respondents, ties");
	is_close(res.statistic, 10.672131147540984, 1e-12, "chi-square (R)");
	is_close(res.p_value, 0.013637561858237252, 1e-12, "p (R)");
	is_close(res.estimate, 10.672131147540984 / 21, 1e-12, "W = chi-square/(n (k - 1))");
	ok(friedman_compare(&b.friedman, 0, 2, false, &res) == STAT_OK && res.parameter == 18, "Conover, first against third item");
	is_close(res.std_error, 0.48795003647426638, 1e-12, "standard error (R, analysis of variance of the ranks)");
	is_close(res.statistic, 3.2204702407301609, 1e-12, "t (R)");
	is_close(res.p_value, 0.0047440319722273066, 1e-11, "p (R)");
	ok(friedman_compare(&b.friedman, 0, 2, true, &res) == STAT_OK, "Nemenyi");
	is_close(res.statistic, 3.2204702407301595, 1e-12, "q (R)");
	is_close(res.p_value, 0.10334287641511763, 1e-8, "p (R, ptukey)");
	ok(friedman_compare(&b.friedman, 0, 0, true, &res) == STAT_BAD_ARGUMENT && friedman_compare(&b.friedman, 0, 4, true, &res) == STAT_BAD_ARGUMENT, "two items that exist");
}

static void
test_range(void)
{
	double		worst = 0;

	/* of two variables the range is |N(0, 2)| */
	for (double q = 0.125; q < 50; q *= 1.3)
		worst = fmax(worst, rel_err(normal_range_upper(q, 2), 2 * gsl_cdf_ugaussian_Q(q / M_SQRT2)));
	ok(worst < 1e-12, "range of two: twice the normal tail, down to 1e-270, worst %.2g", worst);
	/* R: ptukey(q, k, Inf, lower.tail = FALSE), which promises 1e-10 or so */
	is_close(normal_range_upper(3.3, 3), 0.05131090641898628, 1e-9, "range of three (R)");
	is_close(normal_range_upper(1, 4), 0.89432551212980838, 1e-9, "range of four (R)");
	is_close(normal_range_upper(4.5, 10), 0.047305827298507408, 1e-9, "range of ten (R)");
	/* far out only one pair can be so far apart */
	is_close(normal_range_upper(40, 6), 15 * 2 * gsl_cdf_ugaussian_Q(40 / M_SQRT2), 1e-10, "far tail: the sum over the pairs");
	ok(normal_range_upper(0, 5) == 1, "a range of 0");
}

int
main(void)
{
	int			ntables;
	const GoldenTable *t = golden_tables(&ntables);
	gsl_rng    *rng = gsl_rng_alloc(gsl_rng_mt19937);
	Blocks		b;
	StatResult	res;

	gsl_set_error_handler_off();
	gsl_rng_set(rng, 2017);
	for (int i = 0; i < ntables; i++)
		if (strcmp(t[i].kind, "binary_matrix") == 0)
		{
			sum_blocks(t[i].n, t[i].nrow, t[i].ncol, &b);
			(void) cochran_q_test(&b.cochran, &(Permutation) {EXACT_NEVER, 0, 1}, &res);
			golden_check(t[i].id, "cochran_q", res.statistic);
			golden_check(t[i].id, "cochran_q_df", res.parameter);
			golden_check(t[i].id, "cochran_q_p", res.p_value);
		}
		else if (strcmp(t[i].kind, "rating_matrix") == 0)
		{
			sum_blocks(t[i].n, t[i].nrow, t[i].ncol, &b);
			(void) friedman_test(&b.friedman, &res);
			golden_check(t[i].id, "friedman_chi2", res.statistic);
			golden_check(t[i].id, "friedman_df", res.parameter);
			golden_check(t[i].id, "friedman_p", res.p_value);
			golden_check(t[i].id, "kendall_w", res.estimate);
		}
	golden_report();
	test_permutations();
	test_identities(rng);
	test_exact_cochran(rng);
	test_comparisons();
	test_range();

	sum_blocks((double[]) {1, 1, 1, 0, 0, 0}, 2, 3, &b);
	ok(cochran_q_test(&b.cochran, &(Permutation) {EXACT_NEVER, 0, 1}, &res) == STAT_UNDEFINED && isnan(res.p_value) && res.nnotes == 2, "nobody answers differently");
	ok(friedman_test(&b.friedman, &res) == STAT_UNDEFINED && isnan(res.p_value) && res.nnotes == 1, "everybody rates all alike");
	sum_blocks((double[]) {1, 0, 1}, 3, 1, &b);
	ok(cochran_q_test(&b.cochran, &(Permutation) {EXACT_NEVER, 0, 1}, &res) == STAT_UNDEFINED && res.nnotes == 1, "one question");
	ok(friedman_test(&b.friedman, &res) == STAT_UNDEFINED && res.nnotes == 1, "one item");
	sum_blocks((double[]) {1, 2, 3, 1, 2, 3}, 2, 3, &b);
	ok(friedman_test(&b.friedman, &res) == STAT_OK && res.estimate == 1 && res.statistic == 4, "full agreement: W = 1");
	ok(friedman_compare(&b.friedman, 0, 2, false, &res) == STAT_OK && isinf(res.statistic) && res.statistic < 0 && res.nnotes == 1, "and an infinite t, noted");
	sum_blocks(NULL, 0, 3, &b);
	ok(friedman_test(&b.friedman, &res) == STAT_UNDEFINED && res.nnotes == 1, "no respondents");
	gsl_rng_free(rng);
	return done_testing();
}
