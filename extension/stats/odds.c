/*
 * odds.c
 *		Odds ratio, risk ratio, and the test of equal proportions in a 2 x 2 table.
 *
 * B. Woolf (1955), Annals of Human Genetics 19, 251-253; D. Katz, J. Baptista, S. P. Azen, M. C. Pike (1978), Biometrics 34, 469-474;
 * A. Agresti (2013), Categorical Data Analysis, 3rd ed., section 3.1.
 */
#include "stats/log_normal.h"
#include "stats/odds.h"
#include "stats/two_proportions.h"

#include <gsl/gsl_cdf.h>
#include <stdio.h>

/* Counts in extended precision; false with a bad argument. */
static bool
take(const StatTable *tab, long double *n)
{
	if (tab->nrow != 2 || tab->ncol != 2)
		return false;
	for (int i = 0; i < 4; i++)
	{
		if (!stat_is_count(tab->n[i]))
			return false;
		n[i] = tab->n[i];
	}
	return true;
}

static bool
good_level(double level)
{
	return level > 0 && level < 1;
}

StatStatus
odds_ratio(const StatTable *tab, double add, double level, StatResult *res)
{
	long double n[4],
				concordant,
				discordant;

	stat_result_init(res, "Odds ratio, Woolf interval");
	if (!take(tab, n) || !good_level(level) || !(add >= 0) || isinf(add))
		return STAT_BAD_ARGUMENT;
	res->n = (double) (n[0] + n[1] + n[2] + n[3]);
	res->conf_level = level;
	if (add > 0)
		stat_note(res, "%g added to every cell", add);
	for (int i = 0; i < 4; i++)
		n[i] += add;
	concordant = n[0] * n[3];
	discordant = n[1] * n[2];
	if (concordant == 0 && discordant == 0)
	{
		stat_note(res, "a row or a column is empty: the odds ratio is 0/0");
		return STAT_UNDEFINED;
	}
	res->estimate = (double) (concordant / discordant);
	if (concordant == 0 || discordant == 0)
		stat_note(res, "a cell is 0: the odds ratio is %s, its logarithm has no standard error", discordant == 0 ? "infinite" : "0");
	else
		stat_log_normal(res, concordant, discordant, sqrtl(1 / n[0] + 1 / n[1] + 1 / n[2] + 1 / n[3]), level);
	return STAT_OK;
}

StatStatus
risk_ratio(const StatTable *tab, int col, double level, StatResult *res)
{
	TwoProportions s;

	stat_result_init(res, col == 0 ? "Risk ratio of the first column, Katz log interval" : "Risk ratio of the second column, Katz log interval");
	if (!two_proportions(tab, col, &s) || !good_level(level))
		return STAT_BAD_ARGUMENT;
	res->n = (double) (s.n1 + s.n2);
	res->conf_level = level;
	if (s.n1 == 0 || s.n2 == 0 || (s.x1 == 0 && s.x2 == 0))
	{
		stat_note(res, s.n1 == 0 || s.n2 == 0 ? "a group has no cases" : "both risks are 0: their ratio is 0/0");
		return STAT_UNDEFINED;
	}
	res->estimate = (double) (s.x1 * s.n2 / (s.x2 * s.n1));
	if (s.x1 == 0 || s.x2 == 0)
		stat_note(res, "a risk is 0: the ratio is %s, its logarithm has no standard error", s.x2 == 0 ? "infinite" : "0");
	else if (s.y1 == 0 && s.y2 == 0)
		stat_note(res, "both risks are 1: the ratio has no standard error");
	else
		stat_log_normal(res, s.x1 * s.n2, s.x2 * s.n1, sqrtl(s.y1 / (s.x1 * s.n1) + s.y2 / (s.x2 * s.n2)), level);
	return STAT_OK;
}

StatStatus
two_proportion_test(const StatTable *tab, int col, bool pooled, StatResult *res)
{
	TwoProportions s;
	long double var;

	stat_result_init(res, pooled ? "Test of equal proportions, pooled variance (score)" : "Test of equal proportions, unpooled variance (Wald)");
	if (!two_proportions(tab, col, &s))
		return STAT_BAD_ARGUMENT;
	res->n = (double) (s.n1 + s.n2);
	if (s.n1 == 0 || s.n2 == 0)
	{
		stat_note(res, "a group has no cases");
		return STAT_UNDEFINED;
	}
	res->estimate = (double) s.difference;
	if (pooled)
		var = (s.x1 + s.x2) / (s.n1 + s.n2) * ((s.y1 + s.y2) / (s.n1 + s.n2)) * (1 / s.n1 + 1 / s.n2);
	else
		var = s.x1 * s.y1 / (s.n1 * s.n1 * s.n1) + s.x2 * s.y2 / (s.n2 * s.n2 * s.n2);
	if (var == 0 && res->estimate == 0)
	{
		stat_note(res, "nobody, or everybody, is in this column: there is nothing to test");
		return STAT_UNDEFINED;
	}
	if (var == 0)
		stat_note(res, "both proportions are 0 or 1 and differ: the unpooled variance is 0 and z infinite; prefer the pooled test");
	snprintf(res->alternative, sizeof(res->alternative), "two.sided");
	res->std_error = (double) sqrtl(var);
	res->statistic = (double) (s.difference / sqrtl(var));
	res->p_value = isinf(res->statistic) ? 0 : 2 * gsl_cdf_ugaussian_Q(fabs(res->statistic));
	return STAT_OK;
}
