/*
 * test_chisq.c
 *		Pearson's and the likelihood-ratio test against the reference values; degenerate and enormous tables.
 */
#include "stats/chisq.h"
#include "golden.h"

int
main(void)
{
	int			ntables;
	const GoldenTable *t = golden_tables(&ntables);
	static const double degenerate[][4] = {{0, 0, 0, 0}, {5, 0, 0, 0}, {5, 3, 0, 0}, {5, 0, 3, 0}};
	StatResult	res;

	for (int i = 0; i < ntables; i++)
	{
		StatTable	tab = golden_stat_table(&t[i], 0);

		if (strncmp(t[i].kind, "two_way", 7) != 0)
			continue;
		if (chisq_test_table(&tab, false, &res) == STAT_OK)
		{
			golden_check(t[i].id, "n", res.n);
			golden_check(t[i].id, "pearson_chi2", res.statistic);
			golden_check(t[i].id, "pearson_df", res.parameter);
			golden_check(t[i].id, "pearson_p", res.p_value);
		}
		else
			golden_check(t[i].id, "n", res.n);
		if (chisq_test_table(&tab, true, &res) == STAT_OK)
		{
			golden_check(t[i].id, "yates_chi2", res.statistic);
			golden_check(t[i].id, "yates_p", res.p_value);
		}
		if (g_test_table(&tab, &res) == STAT_OK)
		{
			golden_check(t[i].id, "g2", res.statistic);
			golden_check(t[i].id, "g2_df", res.parameter);
			golden_check(t[i].id, "g2_p", res.p_value);
		}
	}
	golden_report();

	for (int i = 0; i < 4; i++)
	{
		StatTable	tab = {2, 2, degenerate[i], NULL, NULL};

		ok(chisq_test_table(&tab, false, &res) == STAT_UNDEFINED && res.nnotes > 0 && isnan(res.p_value), "Pearson has no answer %d", i + 1);
		ok(g_test_table(&tab, &res) == STAT_UNDEFINED && res.nnotes > 0 && isnan(res.p_value), "G has no answer %d", i + 1);
	}
	{
		/* a = d = m + k, b = c = m - k: n = 4 m and O - E = k in every cell, so chi-square is k^2 / m x 4; here 4 */
		double		m = 1152921504606846976.0,	/* 2^60 */
					k = 1073741824.0;	/* 2^30 */
		double		n[] = {m + k, m - k, m - k, m + k};
		StatTable	tab = {2, 2, n, NULL, NULL};

		ok(chisq_test_table(&tab, false, &res) == STAT_OK, "counts of 2^60");
		is_close(res.statistic, 4, 1e-9, "Pearson at counts of 2^60");
		ok(g_test_table(&tab, &res) == STAT_OK, "counts of 2^60");
		is_close(res.statistic, 4, 1e-9, "G at counts of 2^60");
	}
	return done_testing();
}
