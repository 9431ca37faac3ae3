/*
 * chisq.c
 *		Chi-square tests of independence on the table without its empty rows and columns.
 *
 * A. Agresti (2013), Categorical Data Analysis, 3rd ed., section 3.2: X2 = sum (O - E)^2 / E and G2 = 2 sum O log(O / E) with
 * E = r c / n and (R - 1)(C - 1) degrees of freedom.
 */
#include "stats/chisq.h"
#include "stats/deviation.h"

#include <gsl/gsl_cdf.h>

/* What both tests say of the table: its size, what was dropped, how small the expected counts are. */
static bool
describe(const StatClean *t, StatResult *res)
{
	double		least = INFINITY;
	int			small = 0;
	int			cells = t->tab.nrow * t->tab.ncol;

	res->n = t->total;
	stat_note_dropped(t, res);
	if (t->tab.nrow < 2 || t->tab.ncol < 2)
	{
		stat_note(res, "fewer than two rows or columns have counts: there is nothing to test");
		return false;
	}
	for (int i = 0; i < t->tab.nrow; i++)
		for (int j = 0; j < t->tab.ncol; j++)
		{
			double		e = (double) stat_expected(t, i, j);

			least = fmin(least, e);
			small += e < 5;
		}
	stat_note(res, "least expected count %.4g; %d of %d cells (%.0f %%) below 5", least, small, cells, 100.0 * small / cells);
	return true;
}

StatStatus
chisq_test_table(const StatTable *tab, bool yates, StatResult *res)
{
	StatClean	t;
	StatStatus	status = stat_clean(tab, &t);
	long double x2 = 0;
	long double correction = 0;

	stat_result_init(res, "Pearson chi-square test of independence");
	if (status != STAT_OK)
		return status;
	if (!describe(&t, res))
	{
		stat_release(t.block);
		return STAT_UNDEFINED;
	}
	if (yates && t.tab.nrow == 2 && t.tab.ncol == 2)
	{
		stat_result_init(res, "Pearson chi-square test of independence with Yates' continuity correction");
		(void) describe(&t, res);
		/* in a 2 x 2 table |O - E| is the same in all four cells */
		correction = fminl(0.5L, fabsl(stat_deviation(&t, 0, 0)));
	}
	else if (yates)
		stat_note(res, "no continuity correction: the table is not 2 x 2");
	for (int i = 0; i < t.tab.nrow; i++)
	{
		if (stat_interrupted())
		{
			stat_release(t.block);
			return STAT_INTERRUPTED;
		}
		for (int j = 0; j < t.tab.ncol; j++)
		{
			long double d = fabsl(stat_deviation(&t, i, j)) - correction;

			x2 += d * d / stat_expected(&t, i, j);
		}
	}
	res->statistic = (double) x2;
	res->parameter = (double) (t.tab.nrow - 1) * (t.tab.ncol - 1);
	res->p_value = gsl_cdf_chisq_Q(res->statistic, res->parameter);
	stat_release(t.block);
	return isfinite(res->p_value) ? STAT_OK : STAT_NUMERIC;
}

StatStatus
g_test_table(const StatTable *tab, StatResult *res)
{
	StatClean	t;
	StatStatus	status = stat_clean(tab, &t);
	long double g2 = 0;

	stat_result_init(res, "Likelihood-ratio chi-square (G) test of independence");
	if (status != STAT_OK)
		return status;
	if (!describe(&t, res))
	{
		stat_release(t.block);
		return STAT_UNDEFINED;
	}
	for (int i = 0; i < t.tab.nrow; i++)
	{
		if (stat_interrupted())
		{
			stat_release(t.block);
			return STAT_INTERRUPTED;
		}
		for (int j = 0; j < t.tab.ncol; j++)
		{
			long double o = stat_count(&t, i, j);
			long double d = stat_deviation(&t, i, j);
			long double e = stat_expected(&t, i, j);

			/* O log(O/E) - (O - E) = O log1p((O - E)/E) - (O - E): the sum of O - E is 0, and near independence nothing cancels */
			g2 += (o > 0 ? o * log1pl(d / e) : 0) - d;
		}
	}
	res->statistic = (double) fmaxl(2 * g2, 0);
	res->parameter = (double) (t.tab.nrow - 1) * (t.tab.ncol - 1);
	res->p_value = gsl_cdf_chisq_Q(res->statistic, res->parameter);
	stat_release(t.block);
	return isfinite(res->p_value) ? STAT_OK : STAT_NUMERIC;
}
