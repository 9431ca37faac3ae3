/*
 * ordinal_tests.c
 *		What the tests of ordered categories share: midranks about their mean, and the deviations of the rows.
 */
#include "stats/ordinal_tests.h"
#include "stats/deviation.h"

/* A midrank is the answers below, plus half of those at it and one: less the mean, (n + 1)/2, nothing of the size of n is left over. */
long double
centered_midranks(const StatClean *t, long double *score)
{
	long double below = 0,
				squares = 0;

	for (int j = 0; j < t->tab.ncol; j++)
	{
		score[j] = below + ((long double) t->col_total[j] - t->total) / 2;
		squares += score[j] * score[j] * t->col_total[j];
		below += t->col_total[j];
	}
	return squares;
}

long double
row_deviation(const StatClean *t, int i, const long double *score)
{
	long double sum = 0;

	for (int j = 0; j < t->tab.ncol; j++)
		sum += stat_deviation(t, i, j) * score[j];
	return sum;
}

StatStatus
ordinal_test_begin(const StatTable *tab, StatClean *t, StatResult *res)
{
	StatStatus	status = stat_clean(tab, t);

	if (status != STAT_OK)
		return status;
	res->n = t->total;
	stat_note_dropped(t, res);
	if (t->tab.nrow < 2 || t->tab.ncol < 2)
		stat_note(res, "fewer than two rows or columns have counts: there is nothing to test");
	else if (!(t->total > 1))
		stat_note(res, "a total of 1 or less: there is nothing to test");
	else
		return STAT_OK;
	stat_release(t->block);
	t->block = NULL;
	return STAT_UNDEFINED;
}
