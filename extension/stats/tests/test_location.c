/*
 * test_location.c
 *		Intervals, pairs of groups, medians and degenerate tables of the tests of location and trend, against R and simulation.
 */
#include "stats/ordinal_tests.h"

#include "golden.h"

#include <gsl/gsl_errno.h>
#include <gsl/gsl_rng.h>
#include <gsl/gsl_randist.h>

static const Permutation normal = {EXACT_NEVER, 0, 1};
static const Permutation exactly = {EXACT_ALWAYS, 0, 1};

/* R, package asht 1.0.3: wmwTest(y ~ g, method = "asymptotic", correct = FALSE), which estimates P(second higher); its root finder's
 * tolerance is 1e-8. */
static void
intervals(void)
{
	static const struct
	{
		int			k;
		double		n[10];
		double		second[3];	/* estimate and limits */
		double		p;
	}			asht[] = {
		{5, {8, 20, 35, 22, 9, 3, 11, 30, 38, 21}, {0.64723197686428424191, 0.57021738347772144007, 0.71605065600318196228}, 0.00021409300600584325},
		{5, {40, 31, 12, 5, 1, 2, 9, 24, 33, 31}, {0.90256497559868343, 0.84758384508751083, 0.93794771252821685}, 2.4106573470181511e-22},
		{4, {3, 0, 5, 1, 0, 6, 2, 7}, {0.65555555555555556, 0.42490705421848862, 0.82525165932368616}, 0.19224482165068496}
	};
	StatResult	res;
	StatTable	tab;
	int			ntables,
				compared = 0,
				agree = 0;
	const GoldenTable *t = golden_tables(&ntables);

	for (size_t i = 0; i < sizeof(asht) / sizeof(asht[0]); i++)
	{
		tab = (StatTable) {2, asht[i].k, asht[i].n, NULL, NULL};
		wilcoxon_test(&tab, ALTERNATIVE_TWO_SIDED, false, 0.95, &normal, &res);
		is_close(1 - res.estimate, asht[i].second[0], 1e-12, "P(higher)");
		is_close(1 - res.conf_high, asht[i].second[1], 1e-7, "its lower limit");
		is_close(1 - res.conf_low, asht[i].second[2], 1e-7, "its upper limit");
		is_close(res.p_value, asht[i].p, 1e-12, "p");
		cliffs_delta(&tab, 0.95, &res);
		is_close(res.estimate, 1 - 2 * asht[i].second[0], 1e-12, "Cliff's delta");
		is_close(res.conf_low, 1 - 2 * asht[i].second[2], 1e-7, "its lower limit");
	}
	/* the limit at the level 1 - p is 1/2 */
	for (int i = 0; i < ntables; i++)
	{
		tab = golden_stat_table(&t[i], 0);
		if (strncmp(t[i].kind, "two_way", 7) != 0 || t[i].nrow != 2 || tab.n == NULL ||
			wilcoxon_test(&tab, ALTERNATIVE_TWO_SIDED, false, 0.95, &normal, &res) != STAT_OK || !(res.p_value > 1e-12 && res.p_value < 0.999))
			continue;
		compared++;
		wilcoxon_test(&tab, ALTERNATIVE_TWO_SIDED, false, 1 - res.p_value, &normal, &res);
		agree += fabs((res.estimate < 0.5 ? res.conf_high : res.conf_low) - 0.5) < 1e-5;
	}
	ok(compared >= 30 && agree == compared, "the interval of level 1 - p ends at 1/2: %d of %d tables", agree, compared);
}

/* How often 95 % intervals hold the truth, in samples from two distributions over five levels, tens to hundreds of answers a group. */
static void
coverage(void)
{
	static const int size[4][2] = {{20, 20}, {10, 40}, {60, 127}, {94, 93}};
	static const double p[4][2][5] = {
		{{.15, .20, .25, .25, .15}, {.15, .20, .25, .25, .15}},
		{{.05, .10, .15, .35, .35}, {.10, .16, .19, .31, .24}},
		{{.60, .20, .10, .07, .03}, {.40, .24, .16, .13, .07}},
		{{.05, .10, .20, .30, .35}, {.25, .30, .20, .15, .10}}
	};
	const int	replicates = 2000;
	gsl_rng    *rng = gsl_rng_alloc(gsl_rng_mt19937);
	double		sum = 0,
				least = 1,
				most = 0;

	gsl_rng_set(rng, 2017);
	for (int s = 0; s < 4; s++)
		for (int d = 0; d < 4; d++)
		{
			double		theta = 0,
						share;
			int			held = 0;

			for (int i = 0; i < 5; i++)
				for (int j = 0; j <= i; j++)
					theta += p[d][0][i] * p[d][1][j] * (i == j ? 0.5 : 1);
			for (int r = 0; r < replicates; r++)
			{
				unsigned int x[10];
				double		n[10];
				StatTable	tab = {2, 5, n, NULL, NULL};
				StatResult	res;

				gsl_ran_multinomial(rng, 5, (unsigned int) size[s][0], p[d][0], x);
				gsl_ran_multinomial(rng, 5, (unsigned int) size[s][1], p[d][1], x + 5);
				for (int c = 0; c < 10; c++)
					n[c] = x[c];
				wilcoxon_test(&tab, ALTERNATIVE_TWO_SIDED, false, 0.95, &normal, &res);
				held += res.conf_low <= theta && theta <= res.conf_high;
			}
			share = (double) held / replicates;
			sum += share / 16;
			least = fmin(least, share);
			most = fmax(most, share);
		}
	gsl_rng_free(rng);
	ok(sum > 0.94 && sum < 0.965 && least > 0.925 && most < 0.985, "coverage of 95 %% intervals in 16 settings: %.3f to %.3f, on average %.3f", least, most, sum);
}

/* R, package dunn.test 1.4.2: dunn.test(y, g, method = "holm", altp = TRUE), and kruskal.test(y ~ g). */
static void
pairs(void)
{
	static const double n[12] = {5, 8, 2, 1, 2, 6, 9, 4, 1, 2, 7, 9};
	static const double z[3] = {-2.3033659291151500, -3.9123497430226295, -1.7786023005393059};
	static const double p[3] = {2.1258263038378286e-02, 9.1402408709197633e-05, 7.5304986678572494e-02};
	static const double holm[3] = {0.04251652607675657225, 0.00027420722612759289, 0.07530498667857249417};
	StatTable	tab = {3, 4, n, NULL, NULL};
	StatResult	res;
	StatClean	t;
	DunnPair   *pair;
	int			npairs;

	kruskal_test(&tab, &normal, &res);
	is_close(res.statistic, 15.331556499571187, 1e-13, "kruskal.test");
	/* rstatix and effectsize: epsilon squared = H/((n^2 - 1)/(n + 1)) */
	is_close(res.estimate, 15.331556499571187 / ((56.0 * 56 - 1) / 57), 1e-13, "epsilon squared");
	stat_clean(&tab, &t);
	dunn_test(&t, PADJUST_HOLM, &pair, &npairs);
	ok(npairs == 3, "three pairs");
	for (int i = 0; i < npairs; i++)
	{
		is_close(pair[i].z, z[i], 1e-12, "Dunn's z");
		is_close(pair[i].p, p[i], 1e-12, "its p");
		is_close(pair[i].p_adjusted, holm[i], 1e-12, "adjusted by Holm's method");
	}
	stat_release(pair);
	stat_release(t.block);
}

/* R: chisq.test(table(g, y > median(y)), correct = FALSE) and its like; package coin 1.4-2: median_test(distribution = "exact") */
static void
medians(void)
{
	static const double three[12] = {5, 8, 2, 1, 2, 6, 9, 4, 1, 2, 7, 9};
	static const double two[10] = {8, 20, 35, 22, 9, 3, 11, 30, 38, 21};
	static const double chisq[MEDIAN_TIES] = {8.4670008354218886, 15.508863304093566, 12.879393424036278};
	static const double p[MEDIAN_TIES] = {0.014501540153537454, 0.00042883786306535047, 0.00159689092500168};
	static const double coin[2] = {0.00094224563969241945, 0.0085011787720002049};
	StatTable	tab = {3, 4, three, NULL, NULL};
	StatResult	res;
	int			at;

	for (int m = 0; m < MEDIAN_TIES; m++)
	{
		median_test(&tab, m, &normal, &at, &res);
		is_close(res.statistic, chisq[m], 1e-12, median_ties_names[m]);
		is_close(res.p_value, p[m], 1e-12, "p");
		ok(at == 2, "the median is the third level");
	}
	tab = (StatTable) {2, 5, two, NULL, NULL};
	for (int m = MEDIAN_BELOW; m <= MEDIAN_ABOVE; m++)
	{
		median_test(&tab, m, &exactly, &at, &res);
		is_close(res.p_value, coin[m], 1e-10, "exact: coin::median_test with mid.score 0 and 1");
	}
	tab = (StatTable) {2, 2, (double[]) {3, 1, 2, 4}, NULL, NULL};
	median_test(&tab, MEDIAN_IGNORE, &normal, &at, &res);
	ok(res.n == 10 && at == 0, "a median between two levels leaves nobody out");
	tab.n = (double[]) {3, 6, 2, 7};
	ok(median_test(&tab, MEDIAN_BELOW, &normal, &at, &res) == STAT_UNDEFINED && res.nnotes > 1 && at == 1, "the median is the highest level: no answer, and why");
}

/* R: prop.trend.test, and the slope of lm(I(g == 1) ~ y). */
static void
slopes(void)
{
	static const double n[10] = {40, 31, 12, 5, 1, 2, 9, 24, 33, 31};
	StatTable	tab = {2, 5, n, NULL, NULL};
	StatResult	res;

	trend_test(&tab, SCORE_TABLE, 0, ALTERNATIVE_TWO_SIDED, 0.95, &normal, &res);
	is_close(res.statistic, 94.587167442583, 1e-12, "prop.trend.test");
	is_close(res.estimate, -0.25196196368219209, 1e-13, "slope of the share (R's lm)");
	ok(res.conf_low < res.estimate && res.estimate < res.conf_high && res.conf_high < 0, "its interval");
	trend_test(&tab, SCORE_TABLE, 1, ALTERNATIVE_GREATER, 0.95, &normal, &res);
	is_close(res.estimate, 0.25196196368219209, 1e-13, "the other share rises");
	ok(res.p_value < 1e-20, "one-sided");
}

static int
always(void)
{
	return 1;
}

static void
degenerate(void)
{
	static const double tables[5][4] = {{0, 0, 0, 0}, {5, 0, 0, 0}, {3, 4, 0, 0}, {3, 0, 4, 0}, {0.25, 0.25, 0.25, 0.25}};
	StatTable	tab = {2, 2, NULL, NULL, NULL};
	StatResult	res;
	int			at;

	for (int i = 0; i < 5; i++)
	{
		tab.n = tables[i];
		ok(wilcoxon_test(&tab, ALTERNATIVE_TWO_SIDED, false, 0.95, &normal, &res) == STAT_UNDEFINED && isnan(res.p_value) && res.nnotes > 0 &&
		   kruskal_test(&tab, &normal, &res) == STAT_UNDEFINED && isnan(res.p_value) && res.nnotes > 0 &&
		   jonckheere_test(&tab, ALTERNATIVE_LESS, &normal, &res) == STAT_UNDEFINED && isnan(res.p_value) && res.nnotes > 0 &&
		   linear_by_linear_test(&tab, SCORE_RANK, ALTERNATIVE_LESS, &exactly, &res) == STAT_UNDEFINED && isnan(res.p_value) && res.nnotes > 0 &&
		   trend_test(&tab, SCORE_TABLE, 0, ALTERNATIVE_LESS, 0.95, &normal, &res) == STAT_UNDEFINED && isnan(res.p_value) && res.nnotes > 0 &&
		   cliffs_delta(&tab, 0.95, &res) == STAT_UNDEFINED && isnan(res.estimate) && res.nnotes > 0 &&
		   median_test(&tab, MEDIAN_BELOW, &normal, &at, &res) == STAT_UNDEFINED && isnan(res.p_value) && res.nnotes > 0,
		   "table %d has nothing to test", i + 1);
	}
	tab = (StatTable) {2, 3, (double[]) {3, 4, 5, 6, 7, 8}, NULL, (double[]) {2, 2, 2}};
	ok(linear_by_linear_test(&tab, SCORE_TABLE, ALTERNATIVE_LESS, &exactly, &res) == STAT_UNDEFINED &&
	   trend_test(&tab, SCORE_TABLE, 0, ALTERNATIVE_LESS, 0.95, &exactly, &res) == STAT_UNDEFINED, "equal scores have no trend");
	/* complete separation: the estimate is at its end, the interval is not a point */
	tab = (StatTable) {2, 2, (double[]) {0, 12, 9, 0}, NULL, NULL};
	wilcoxon_test(&tab, ALTERNATIVE_TWO_SIDED, false, 0.95, &exactly, &res);
	ok(res.estimate == 1 && res.conf_high == 1 && res.conf_low > 0.5 && res.conf_low < 0.95, "separated groups: 1, from %.3f", res.conf_low);
	/* 1/choose(21, 9) and nothing as extreme on the other side: 9 low of 12 is not as far from the mean */
	is_close(res.p_value, 1 / 293930.0, 1e-12, "and one arrangement of choose(21, 9)");
	tab = (StatTable) {3, 2, (double[]) {1, 2, 3, 4, 5, 6}, NULL, NULL};
	ok(wilcoxon_test(&tab, ALTERNATIVE_TWO_SIDED, false, 0.95, &normal, &res) == STAT_BAD_ARGUMENT, "three groups");
	stat_hooks.interrupted = always;
	tab = (StatTable) {2, 6, (double[]) {100, 100, 100, 80, 90, 90, 100, 100, 100, 120, 120, 110}, NULL, NULL};
	ok(wilcoxon_test(&tab, ALTERNATIVE_TWO_SIDED, false, 0.95, &exactly, &res) == STAT_INTERRUPTED, "an exact test heeds a cancel");
	tab = (StatTable) {3, 4, (double[]) {9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9}, NULL, NULL};
	ok(jonckheere_test(&tab, ALTERNATIVE_TWO_SIDED, &exactly, &res) == STAT_INTERRUPTED, "one of an r x c table too");
	stat_hooks.interrupted = NULL;
}

int
main(void)
{
	gsl_set_error_handler_off();
	intervals();
	coverage();
	pairs();
	medians();
	slopes();
	degenerate();
	return done_testing();
}
