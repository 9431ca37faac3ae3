/*
 * test_stratified.c
 *		Statistics of tables by stratum: the reference values, published examples, complete enumeration, random tables, degenerate ones.
 */
#include <gsl/gsl_errno.h>
#include <gsl/gsl_rng.h>
#include <string.h>

#include "stats/cmh.h"
#include "stats/mantel_haenszel.h"
#include "stats/quadratic_form.h"
#include "golden.h"

static void
check_cmh(const char *id, const StatStrata *s)
{
	StatResult	res;
	char		name[64];

	for (int which = 0; which < CMH_STATISTICS; which++)
		if (cmh_test_strata(s, which, SCORE_TABLE, &res) == STAT_OK)
		{
			snprintf(name, sizeof(name), "cmh_%s_chi2", cmh_names[which]);
			golden_check(id, name, res.statistic);
			snprintf(name, sizeof(name), "cmh_%s_df", cmh_names[which]);
			golden_check(id, name, res.parameter);
			snprintf(name, sizeof(name), "cmh_%s_p", cmh_names[which]);
			golden_check(id, name, res.p_value);
		}
}

static void
check_two_by_two(const char *id, const StatStrata *s)
{
	StatResult	res;

	if (mantel_haenszel_test(s, false, MH_TWO_SIDED, 0.95, &res) == STAT_OK)
	{
		golden_check(id, "cmh_chi2", res.statistic);
		golden_check(id, "cmh_p", res.p_value);
		golden_check(id, "mh_or", res.estimate);
		golden_check(id, "mh_log_or_se", res.std_error);
		golden_check(id, "mh_or_ci_lower", res.conf_low);
		golden_check(id, "mh_or_ci_upper", res.conf_high);
	}
	if (mantel_haenszel_test(s, true, MH_TWO_SIDED, 0.95, &res) == STAT_OK)
	{
		golden_check(id, "cmh_chi2_cc", res.statistic);
		golden_check(id, "cmh_p_cc", res.p_value);
	}
	if (mh_risk_ratio(s, 0, 0.95, &res) == STAT_OK)
		golden_check(id, "mh_rr", res.estimate);
	if (mantel_haenszel_exact(s, MH_TWO_SIDED, 0.95, &res) == STAT_OK)
	{
		golden_check(id, "cmh_exact_p", res.p_value);
		golden_check(id, "cmh_exact_or", res.estimate);
		golden_check(id, "cmh_exact_or_ci_lower", res.conf_low);
		golden_check(id, "cmh_exact_or_ci_upper", res.conf_high);
	}
	if (mantel_haenszel_exact(s, MH_LESS, 0.95, &res) == STAT_OK)
		golden_check(id, "cmh_exact_p_less", res.p_value);
	if (mantel_haenszel_exact(s, MH_GREATER, 0.95, &res) == STAT_OK)
		golden_check(id, "cmh_exact_p_greater", res.p_value);
	for (int tarone = 0; tarone < 2; tarone++)
		if (breslow_day_test(s, tarone, &res) == STAT_OK)
		{
			golden_check(id, tarone ? "breslow_day_tarone_chi2" : "breslow_day_chi2", res.statistic);
			golden_check(id, tarone ? "breslow_day_tarone_df" : "breslow_day_df", res.parameter);
			golden_check(id, tarone ? "breslow_day_tarone_p" : "breslow_day_p", res.p_value);
		}
	if (woolf_test(s, 0.95, &res) == STAT_OK)
	{
		golden_check(id, "woolf_chi2", res.statistic);
		golden_check(id, "woolf_df", res.parameter);
		golden_check(id, "woolf_p", res.p_value);
	}
}

static void
reference_values(void)
{
	int			ntables;
	const GoldenTable *t = golden_tables(&ntables);

	for (int i = 0; i < ntables; i++)
	{
		bool		strata = strcmp(t[i].kind, "stratified") == 0;
		StatStrata	s = {strata ? t[i].nstrata : 1, t[i].nrow, t[i].ncol, t[i].n, NULL, NULL};

		if (strata || strncmp(t[i].kind, "two_way", 7) == 0)
			check_cmh(t[i].id, &s);
		if (strata && s.nrow == 2 && s.ncol == 2)
			check_two_by_two(t[i].id, &s);
	}
	golden_report();
}

int
main(void)
{
	gsl_set_error_handler_off();
	reference_values();
	return done_testing();
}
