/*
 * test_ordinal_tests.c
 *		Tests of trend and location against the reference values of data/golden.
 */
#include "stats/ordinal_tests.h"

#include "golden.h"

#include <gsl/gsl_errno.h>

static const Permutation normal = {EXACT_NEVER, 0, 1};
static const Permutation exactly = {EXACT_ALWAYS, 0, 1};

/* The table turned, for groups in the columns. */
static StatTable
turned(const StatTable *tab)
{
	double	   *n = golden_alloc(sizeof(double) * (size_t) (tab->nrow * tab->ncol));

	for (int i = 0; i < tab->nrow; i++)
		for (int j = 0; j < tab->ncol; j++)
			n[j * tab->nrow + i] = tab->n[i * tab->ncol + j];
	return (StatTable) {tab->ncol, tab->nrow, n, NULL, NULL};
}

static int
rows_with_counts(const StatTable *tab)
{
	int			k = 0;

	for (int i = 0; i < tab->nrow; i++)
	{
		double		sum = 0;

		for (int j = 0; j < tab->ncol; j++)
			sum += tab->n[i * tab->ncol + j];
		k += sum > 0;
	}
	return k;
}

static void
check(const char *id, const char *prefix, const char *side, const char *name, double value)
{
	char		statistic[64];

	snprintf(statistic, sizeof(statistic), "%s_%s_%s", prefix, side, name);
	golden_check(id, statistic, value);
}

static void
check_groups(const char *id, const char *side, const StatTable *tab)
{
	StatResult	res;
	char		name[64];

	if (rows_with_counts(tab) == 2 && wilcoxon_test(tab, ALTERNATIVE_TWO_SIDED, false, 0.95, &normal, &res) == STAT_OK)
	{
		double		u1 = res.statistic,
					u2;
		StatClean	t;

		stat_clean(tab, &t);
		u2 = t.row_total[0] * t.row_total[1] - u1;
		stat_release(t.block);
		check(id, "mw", side, "u1", u1);
		check(id, "mw", side, "u2", u2);
		check(id, "mw", side, "u", fmin(u1, u2));
		check(id, "mw", side, "z", res.parameter);
		check(id, "mw", side, "z_neg", -fabs(res.parameter));
		check(id, "mw", side, "p", res.p_value);
		wilcoxon_test(tab, ALTERNATIVE_TWO_SIDED, true, 0.95, &normal, &res);
		check(id, "mw", side, "z_cc", res.parameter);
		check(id, "mw", side, "p_cc", res.p_value);
		snprintf(name, sizeof(name), "mw_%s_p_exact", side);
		if (golden_value(id, name) && wilcoxon_test(tab, ALTERNATIVE_TWO_SIDED, false, 0.95, &exactly, &res) == STAT_OK)
			check(id, "mw", side, "p_exact", res.p_value);
	}
	if (kruskal_test(tab, &normal, &res) == STAT_OK)
	{
		check(id, "kw", side, "h", res.statistic);
		check(id, "kw", side, "df", res.parameter);
		check(id, "kw", side, "p", res.p_value);
	}
	if (jonckheere_test(tab, ALTERNATIVE_TWO_SIDED, &normal, &res) == STAT_OK)
	{
		check(id, "jt", side, "stat", res.statistic);
		check(id, "jt", side, "mean", res.statistic - res.parameter * res.parameter2);
		check(id, "jt", side, "sd", res.parameter2);
		check(id, "jt", side, "z", res.parameter);
		check(id, "jt", side, "p", res.p_value);
	}
}

int
main(void)
{
	int			ntables;
	const GoldenTable *t = golden_tables(&ntables);
	StatResult	res;

	gsl_set_error_handler_off();
	for (int i = 0; i < ntables; i++)
	{
		StatTable	rows,
					cols;

		if (strncmp(t[i].kind, "two_way", 7) != 0)
			continue;
		rows = golden_stat_table(&t[i], 0);
		cols = turned(&rows);
		check_groups(t[i].id, "rows", &rows);
		check_groups(t[i].id, "cols", &cols);
		if (linear_by_linear_test(&rows, SCORE_TABLE, ALTERNATIVE_TWO_SIDED, &normal, &res) == STAT_OK)
		{
			golden_check(t[i].id, "lbl_m2", res.statistic);
			golden_check(t[i].id, "lbl_z", copysign(sqrt(res.statistic), res.estimate));
			golden_check(t[i].id, "lbl_p", res.p_value);
		}
		if (rows_with_counts(&rows) == 2 || rows_with_counts(&cols) == 2)
		{
			const StatTable *two = rows_with_counts(&rows) == 2 ? &rows : &cols;

			if (trend_test(two, SCORE_TABLE, 0, ALTERNATIVE_TWO_SIDED, 0.95, &normal, &res) == STAT_OK)
			{
				golden_check(t[i].id, "trend_chi2", res.statistic);
				golden_check(t[i].id, "trend_p", res.p_value);
			}
		}
	}
	golden_report();
	return done_testing();
}
