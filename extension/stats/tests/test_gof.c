/*
 * test_gof.c
 *		Goodness of fit against the reference values; ratios, zero proportions, nothing to test.
 */
#include "stats/gof.h"
#include "golden.h"

int
main(void)
{
	GoldenCsv	csv = golden_csv("data/golden/gof.csv");
	StatResult	res;
	double		e[64],
				r[64],
				a[64];

	for (int i = 1; i < csv.nrow;)
	{
		double		n[64],
					p[64];
		int			k = 0;
		const char *id = csv.row[i][0];

		for (; i < csv.nrow && strcmp(csv.row[i][0], id) == 0 && k < 64; i++, k++)
		{
			n[k] = golden_number(csv.row[i][2]);
			p[k] = golden_number(csv.row[i][3]);
		}
		if (!ok(gof_test(n, p, k, false, &res) == STAT_OK, "%s", id))
			continue;
		golden_check(id, "gof_chi2", res.statistic);
		golden_check(id, "gof_df", res.parameter);
		golden_check(id, "gof_p", res.p_value);
		if (!ok(gof_test(n, p, k, true, &res) == STAT_OK, "%s", id))
			continue;
		golden_check(id, "gof_g2", res.statistic);
		golden_check(id, "gof_g2_p", res.p_value);
		gof_cells(n, p, k, e, r, a);
		for (int j = 0; j < k; j++)
		{
			char		name[64];

			snprintf(name, sizeof(name), "gof_expected_%d", j + 1);
			golden_check(id, name, e[j]);
			snprintf(name, sizeof(name), "gof_residual_%d", j + 1);
			golden_check(id, name, r[j]);
			snprintf(name, sizeof(name), "gof_adj_residual_%d", j + 1);
			golden_check(id, name, a[j]);
		}
	}
	golden_report();
	{
		/* Mendel's peas, 315:101:108:32 against 9:3:3:1: chi-square 0.47002 on 3 df (Agresti 2013, exercise; R chisq.test) */
		const double n[] = {315, 101, 108, 32},
					ratio[] = {9, 3, 3, 1};

		ok(gof_test(n, ratio, 4, false, &res) == STAT_OK && res.nnotes == 2, "ratios are rescaled, and a note says so");
		is_close(res.statistic, 0.470023980815348, 1e-12, "Mendel's peas");
	}
	{
		const double n[] = {3, 0, 5, 0},
					p[] = {0.5, 0, 0.5, 0},
					q[] = {1, 0, 0, 0};

		ok(gof_test(n, p, 4, false, &res) == STAT_OK && res.parameter == 1, "empty categories with proportion 0 take no part");
		is_close(res.statistic, 0.5, 1e-15, "their chi-square");
		ok(gof_test(n, q, 4, true, &res) == STAT_OK && isinf(res.statistic) && res.p_value == 0 && res.nnotes > 1,
		   "an impossible category: infinite, with a note");
		ok(gof_cells(n, q, 4, e, r, a) == STAT_OK && isinf(r[2]) && r[1] == 0 && a[3] == 0, "its residual is infinite");
		ok(gof_test(n, NULL, 1, false, &res) == STAT_UNDEFINED && res.nnotes == 1, "one category");
		ok(gof_test(n, NULL, 0, false, &res) == STAT_UNDEFINED && res.nnotes == 1, "no category");
		ok(gof_test(n + 1, NULL, 1, false, &res) == STAT_UNDEFINED && res.nnotes == 1, "no counts");
		ok(gof_test(p, n, 4, false, &res) == STAT_OK, "fractional counts");
		ok(gof_test(n, (double[]) {0, 0, 0, 0}, 4, false, &res) == STAT_BAD_ARGUMENT, "proportions that are all 0");
		ok(gof_test(n, (double[]) {1, -1, 1, 1}, 4, false, &res) == STAT_BAD_ARGUMENT, "a negative proportion");
	}
	return done_testing();
}
