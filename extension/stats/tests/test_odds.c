/*
 * test_odds.c
 *		Measures of 2 x 2 tables against the reference values; zero cells and empty groups.
 */
#include <gsl/gsl_errno.h>

#include "stats/odds.h"
#include "golden.h"

static void
check_limits(const char *id, const char *prefix, const StatResult *res)
{
	char		name[64];

	snprintf(name, sizeof(name), "%s_lower", prefix);
	golden_check(id, name, res->conf_low);
	snprintf(name, sizeof(name), "%s_upper", prefix);
	golden_check(id, name, res->conf_high);
}

static void
check_table(const char *id, const StatTable *tab)
{
	StatResult	res;
	char		name[64];

	if (odds_ratio(tab, 0, 0.95, &res) == STAT_OK)
	{
		golden_check(id, "odds_ratio", res.estimate);
		if (!isnan(res.std_error))
		{
			golden_check(id, "log_odds_ratio", log(res.estimate));
			golden_check(id, "log_odds_ratio_se", res.std_error);
			check_limits(id, "odds_ratio_ci", &res);
			golden_check(id, "odds_ratio_p", res.p_value);
		}
	}
	if (risk_ratio(tab, 0, 0.95, &res) == STAT_OK)
	{
		golden_check(id, "risk_ratio", res.estimate);
		if (!isnan(res.std_error))
		{
			golden_check(id, "log_risk_ratio_se", res.std_error);
			check_limits(id, "risk_ratio_ci", &res);
			golden_check(id, "risk_ratio_p", res.p_value);
		}
	}
	if (risk_ratio(tab, 1, 0.95, &res) == STAT_OK)
	{
		golden_check(id, "risk_ratio_col2", res.estimate);
		if (!isnan(res.std_error))
			check_limits(id, "risk_ratio_col2_ci", &res);
	}
	/* the exact ones have no reference values: test_risk_difference_exact.c */
	for (int m = 0; m < RISK_DIFF_EXACT; m++)
		if (risk_difference(tab, 0, m, 0.95, &res) == STAT_OK)
		{
			golden_check(id, "risk_diff", res.estimate);
			snprintf(name, sizeof(name), "risk_diff_ci_%s", risk_diff_names[m]);
			check_limits(id, name, &res);
		}
	for (int pooled = 0; pooled < 2; pooled++)
		if (two_proportion_test(tab, 0, pooled, &res) == STAT_OK)
		{
			golden_check(id, pooled ? "two_prop_score_z" : "two_prop_wald_z", res.statistic);
			golden_check(id, pooled ? "two_prop_score_p" : "two_prop_wald_p", res.p_value);
		}
}

int
main(void)
{
	int			ntables;
	const GoldenTable *t = golden_tables(&ntables);
	StatResult	res;
	StatTable	tab = {2, 2, NULL, NULL, NULL};

	gsl_set_error_handler_off();
	for (int i = 0; i < ntables; i++)
		if (strncmp(t[i].kind, "two_way", 7) == 0 && t[i].nrow == 2 && t[i].ncol == 2)
		{
			tab = golden_stat_table(&t[i], 0);
			check_table(t[i].id, &tab);
		}
	golden_report();

	tab = (StatTable) {2, 2, (double[]) {3, 0, 4, 5}, NULL, NULL};
	ok(odds_ratio(&tab, 0, 0.95, &res) == STAT_OK && isinf(res.estimate) && isnan(res.conf_low) && res.nnotes == 1, "an infinite odds ratio has a note");
	/* (3.5 x 5.5)/(0.5 x 4.5), se = sqrt(1/3.5 + 1/0.5 + 1/4.5 + 1/5.5): R, exp(log(or) + c(-1, 1) * qnorm(.975) * se) */
	ok(odds_ratio(&tab, 0.5, 0.95, &res) == STAT_OK && res.nnotes == 1, "Haldane-Anscombe");
	is_close(res.estimate, 8.5555555555555554, 1e-14, "its odds ratio");
	is_close(res.conf_low, 0.34374591157868273, 1e-12, "its lower limit (R)");
	is_close(res.conf_high, 212.94080423540615, 1e-12, "its upper limit (R)");
	ok(risk_ratio(&tab, 1, 0.95, &res) == STAT_OK && res.estimate == 0 && isnan(res.conf_high) && res.nnotes == 1, "a risk ratio of 0 has a note");
	ok(two_proportion_test(&tab, 0, true, &res) == STAT_OK && res.p_value > 0, "pooled test with a zero cell");

	tab.n = (double[]) {0, 0, 4, 5};
	ok(odds_ratio(&tab, 0, 0.95, &res) == STAT_UNDEFINED && res.nnotes == 1, "odds ratio, empty group");
	ok(risk_ratio(&tab, 0, 0.95, &res) == STAT_UNDEFINED && res.nnotes == 1, "risk ratio, empty group");
	for (int m = 0; m < RISK_DIFF_METHODS; m++)
		ok(risk_difference(&tab, 0, m, 0.95, &res) == STAT_UNDEFINED && res.nnotes == 1, "%s, empty group", risk_diff_names[m]);
	ok(two_proportion_test(&tab, 0, true, &res) == STAT_UNDEFINED && res.nnotes == 1, "test, empty group");
	tab.n = (double[]) {0, 4, 0, 5};
	ok(two_proportion_test(&tab, 0, false, &res) == STAT_UNDEFINED && res.nnotes == 1, "test, nobody in the column");
	ok(risk_ratio(&tab, 1, 0.95, &res) == STAT_OK && res.estimate == 1 && isnan(res.conf_low) && res.nnotes == 1, "risk ratio of two risks of 1");
	for (int m = 0; m < RISK_DIFF_METHODS; m++)
		ok(risk_difference(&tab, 1, m, 0.95, &res) == STAT_OK && res.estimate == 0 && res.conf_low <= 0 && res.conf_high >= 0 &&
		   isfinite(res.conf_low) && isfinite(res.conf_high), "%s: two risks of 1", risk_diff_names[m]);
	tab = (StatTable) {2, 3, (double[]) {1, 2, 3, 4, 5, 6}, NULL, NULL};
	ok(odds_ratio(&tab, 0, 0.95, &res) == STAT_BAD_ARGUMENT, "only 2 x 2");

	/* Newcombe 1998, table II: (a) 56/70 - 48/80, 95 %; methods 10 and 5 */
	tab = (StatTable) {2, 2, (double[]) {56, 14, 48, 32}, NULL, NULL};
	risk_difference(&tab, 0, RISK_DIFF_NEWCOMBE, 0.95, &res);
	ok(fabs(res.conf_low - 0.0524) < 5e-5 && fabs(res.conf_high - 0.3339) < 5e-5, "Newcombe's example (a), method 10: 0.0524 to 0.3339");
	risk_difference(&tab, 0, RISK_DIFF_MEE, 0.95, &res);
	ok(fabs(res.conf_low - 0.0533) < 5e-5 && fabs(res.conf_high - 0.3377) < 5e-5, "Newcombe's example (a), Mee: 0.0533 to 0.3377");
	risk_difference(&tab, 0, RISK_DIFF_MN, 0.95, &res);
	ok(fabs(res.conf_low - 0.0528) < 5e-5 && fabs(res.conf_high - 0.3382) < 5e-5, "Newcombe's example (a), Miettinen-Nurminen: 0.0528 to 0.3382");
	return done_testing();
}
