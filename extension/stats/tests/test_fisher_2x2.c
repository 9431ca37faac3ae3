/*
 * test_fisher_2x2.c
 *		Fisher's exact test of 2 x 2 tables: reference values; enumeration by integer binomials; the equations that limits and estimate solve.
 */
#include <gsl/gsl_errno.h>

#include "stats/fisher_2x2.h"
#include "stats/random.h"
#include "golden.h"

/*
 * The reference of two p-values of this table is SciPy's alone and off by 1e-6; theirs with 60 digits (Python's decimal, Stirling's series for
 * the table's probability, ratios for the rest) are below.
 */
#define OFF_TABLE "huge_2x2_1e9"
#define OFF_GREATER 0.336469407472674502
#define OFF_LESS 0.663553672819377131

static StatStatus
test(const double *n, Alternative alternative, bool mid_p, double level, StatResult *res)
{
	StatTable	tab = {2, 2, n, NULL, NULL};
	StatClean	t;
	StatStatus	status = stat_clean(&tab, &t);

	stat_result_init(res, "");
	if (status != STAT_OK)
		return status;
	status = fisher_2x2(&t, alternative, mid_p, level, res);
	stat_release(t.block);
	return status;
}

static void
check_golden(void)
{
	int			ntables;
	const GoldenTable *g = golden_tables(&ntables);

	for (int i = 0; i < ntables; i++)
	{
		StatTable	tab;
		StatClean	t;
		StatResult	res;

		if (strncmp(g[i].kind, "two_way", 7) != 0)
			continue;
		tab = golden_stat_table(&g[i], 0);
		if (stat_clean(&tab, &t) != STAT_OK)
			continue;
		if (t.tab.nrow == 2 && t.tab.ncol == 2 && t.integral)
		{
			stat_result_init(&res, "");
			if (fisher_2x2(&t, ALTERNATIVE_TWO_SIDED, false, 0.95, &res) == STAT_OK)
			{
				golden_check(g[i].id, "fisher_or_mle", res.estimate);
				golden_check(g[i].id, "fisher_or_ci_lower", res.conf_low);
				golden_check(g[i].id, "fisher_or_ci_upper", res.conf_high);
				/* the same name holds p of larger tables, which are not tested here */
				if (golden_value(g[i].id, "fisher_p"))
					is_close(res.p_value, golden_value(g[i].id, "fisher_p")->value, golden_value(g[i].id, "fisher_p")->tol, g[i].id);
			}
			stat_result_init(&res, "");
			if (fisher_2x2(&t, ALTERNATIVE_LESS, false, 0.95, &res) == STAT_OK)
			{
				golden_check(g[i].id, "fisher_p_less", res.p_value);
				if (strcmp(g[i].id, OFF_TABLE) == 0)
					is_close(res.p_value, OFF_LESS, 1e-13, "P(first cell <= 1,000,021,311), 60 digits");
			}
			stat_result_init(&res, "");
			if (fisher_2x2(&t, ALTERNATIVE_GREATER, false, 0.95, &res) == STAT_OK)
			{
				bool		off = strcmp(g[i].id, OFF_TABLE) == 0;

				golden_check(g[i].id, "fisher_p_greater", off ? golden_value(OFF_TABLE, "fisher_p_greater")->value : res.p_value);
				if (off)
					is_close(res.p_value, OFF_GREATER, 1e-13, "P(first cell >= 1,000,021,311), 60 digits");
			}
		}
		stat_release(t.block);
	}
	golden_report();
}

/* C(n, k) exactly, for n up to 60 */
static long double
choose(int n, int k)
{
	uint64_t	c = 1;

	for (int i = 1; i <= k; i++)
		c = (uint64_t) ((unsigned __int128) c * (unsigned) (n - k + i) / (unsigned) i);
	return (long double) c;
}

/* Enumeration with whole numbers, for margins whose products of binomials a long double holds exactly (64 bits). */
static void
check_enumeration(int tables)
{
	Random		rng;
	double		worst[3] = {0},
				worst_mid = 0,
				worst_limit = 0,
				worst_mean = 0;
	int			done = 0,
				ends = 0,
				refused = 0;

	random_seed(&rng, 5, 0);
	while (done < tables)
	{
		double		n[4];
		int			r1,
					r2,
					c1,
					a,
					least,
					most;
		long double total = 0,
					less = 0,
					greater = 0,
					two = 0,
					ties = 0,
					at;
		StatResult	res;

		for (int i = 0; i < 4; i++)
			n[i] = (double) random_below(&rng, 13);
		r1 = (int) (n[0] + n[1]);
		r2 = (int) (n[2] + n[3]);
		c1 = (int) (n[0] + n[2]);
		a = (int) n[0];
		if (r1 == 0 || r2 == 0 || c1 == 0 || n[1] + n[3] == 0)
			continue;
		done++;
		least = c1 > r2 ? c1 - r2 : 0;
		most = r1 < c1 ? r1 : c1;
		at = choose(r1, a) * choose(r2, c1 - a);
		for (int x = least; x <= most; x++)
		{
			long double w = choose(r1, x) * choose(r2, c1 - x);

			total += w;
			less += x <= a ? w : 0;
			greater += x >= a ? w : 0;
			two += w <= at ? w : 0;
			ties += w == at ? w : 0;
		}
		for (int alternative = 0; alternative < 3; alternative++)
		{
			long double p = (alternative == 0 ? two : alternative == 1 ? less : greater) / total;

			refused += test(n, (Alternative) alternative, false, 0.95, &res) != STAT_OK;
			worst[alternative] = fmax(worst[alternative], rel_err(res.p_value, (double) p));
			refused += test(n, (Alternative) alternative, true, 0.95, &res) != STAT_OK;
			worst_mid = fmax(worst_mid, rel_err(res.p_value, (double) (p - (alternative == 0 ? ties : at) / total / 2)));
		}
		/* the equations: both tails at the limits, the mean at the estimate, by direct sums */
		for (int mid = 0; mid < 2; mid++)
		{
			refused += test(n, ALTERNATIVE_TWO_SIDED, mid, 0.9, &res) != STAT_OK;
			for (int side = 0; side < 3; side++)
			{
				long double psi = side == 0 ? res.conf_low : side == 1 ? res.conf_high : res.estimate,
							sum = 0,
							part = 0,
							mean = 0;

				if (psi == 0 || isinf((double) psi))
				{
					/* only at the end of the range */
					ends += !(psi == 0 ? a == least : a == most);
					continue;
				}
				for (int x = least; x <= most; x++)
				{
					long double w = choose(r1, x) * choose(r2, c1 - x) * powl(psi, x - a);

					sum += w;
					mean += w * (x - a);
					if (x == a)
						part += mid ? w / 2 : w;
					else if (side == 0 ? x > a : x < a)
						part += w;
				}
				if (side < 2)
					worst_limit = fmax(worst_limit, rel_err((double) (part / sum), 0.05));
				else
					worst_mean = fmax(worst_mean, fabs((double) (mean / sum)));
			}
		}
	}
	ok(refused == 0, "%d random tables answered", tables);
	ok(worst[0] < 1e-14, "two-sided p against enumeration, worst relative error %.2g", worst[0]);
	ok(worst[1] < 1e-14, "less, worst %.2g", worst[1]);
	ok(worst[2] < 1e-14, "greater, worst %.2g", worst[2]);
	ok(worst_mid < 1e-14, "mid-p, worst %.2g", worst_mid);
	ok(worst_limit < 1e-12, "a tail of 5 %% at each limit, worst %.2g", worst_limit);
	ok(worst_mean < 1e-12, "the mean at the estimate is the first cell, worst %.2g", worst_mean);
	ok(ends == 0, "limits of 0 and infinity only where the cell is at its end");
}

static int
interrupt(void)
{
	return 1;
}

int
main(void)
{
	StatResult	res;
	StatStatus	status;

	gsl_set_error_handler_off();
	check_golden();
	check_enumeration(500);

	/* [[n, 0], [0, n]]: two tables of probability 1/C(2n, n) each */
	status = test((double[]) {500, 0, 0, 500}, ALTERNATIVE_TWO_SIDED, false, 0.95, &res);
	ok(status == STAT_OK && isinf(res.estimate) && isnan(res.std_error) && res.nnotes == 1, "500 and 500 on the diagonal");
	/* Python: Fraction(2, comb(1000, 500)) */
	is_close(res.p_value, 7.399507995628054e-300, 1e-13, "its p");
	/* symmetric tables of 1e9: less and greater of one are greater and less of the other; both add up to 1 and the table's probability */
	{
		double		n[4] = {1000010000, 999990000, 999990000, 1000010000},
					p_less,
					p_greater;

		test(n, ALTERNATIVE_LESS, false, 0.95, &res);
		p_less = res.p_value;
		status = test(n, ALTERNATIVE_GREATER, false, 0.95, &res);
		p_greater = res.p_value;
		/* z = 20000/sqrt(1e9), corrected for continuity: the normal tail at that z */
		ok(status == STAT_OK && fabs(p_greater / (0.5 * erfc((10000 - 0.5) / sqrt(2.5e8) / sqrt(2))) - 1) < 1e-6, "counts of 1e9 against the normal distribution");
		ok(fabs(p_less + p_greater - 1) < 1e-4, "its other tail");
		status = test(n, ALTERNATIVE_TWO_SIDED, false, 0.95, &res);
		/* Woolf's limits are near for such counts */
		ok(status == STAT_OK && fabs(log(res.conf_high / res.estimate) / (1.9599639845400545 * sqrt(4e-9)) - 1) < 1e-3 &&
		   fabs(res.std_error / sqrt(4e-9) - 1) < 1e-3, "its limits and standard error");
		stat_hooks.interrupted = interrupt;
		ok(test(n, ALTERNATIVE_TWO_SIDED, false, 0.95, &res) == STAT_INTERRUPTED, "an interrupt is obeyed");
		stat_hooks.interrupted = NULL;
	}
	/* R: fisher.test(matrix(c(3, 1, 1, 3), 2), alternative = "greater"): limit 0.313569264 */
	test((double[]) {3, 1, 1, 3}, ALTERNATIVE_GREATER, false, 0.95, &res);
	ok(rel_err(res.conf_low, 0.313569264) < 1e-4 && isinf(res.conf_high) && res.nnotes > 0, "a one-sided limit (R)");
	ok(test((double[]) {3, 1.5, 1, 3}, ALTERNATIVE_GREATER, false, 0.95, &res) == STAT_BAD_ARGUMENT, "fractional counts");
	ok(test((double[]) {3, 1, 0, 0}, ALTERNATIVE_GREATER, false, 0.95, &res) == STAT_BAD_ARGUMENT, "an empty row");
	ok(test((double[]) {3, 1, 1, 3}, ALTERNATIVE_GREATER, false, 1, &res) == STAT_BAD_ARGUMENT, "a level of 1");
	return done_testing();
}
