/*
 * median_test.c
 *		The median test (Mood, Brown): groups compared by how many of their answers are above the median of all.
 *
 * G. W. Brown, A. M. Mood (1951), Proceedings of the Second Berkeley Symposium, 159-166; A. M. Mood (1954), Annals of Mathematical
 * Statistics 25, 514-522.  With few categories many answers are at the median: where they count is an argument.
 */
#include "stats/ordinal_tests.h"
#include "stats/chisq.h"

#include <string.h>

const char *const median_ties_names[MEDIAN_TIES] = {"below", "above", "ignore"};

/* The column at which the cumulated count reaches half; *between: it is half there, and the median lies between it and the next. */
static int
median_column(const StatClean *t, bool *between)
{
	long double sum = 0;
	int			j = 0;

	for (; j < t->tab.ncol - 1; j++)
	{
		sum += t->col_total[j];
		if (2 * sum >= t->total)
			break;
	}
	*between = 2 * sum == t->total;
	return j;
}

StatStatus
median_test(const StatTable *tab, MedianTies ties, const Permutation *perm, int *at, StatResult *res)
{
	static const double score[2] = {0, 1};
	StatClean	t;
	StatTable	halves = {0, 2, NULL, NULL, NULL};
	StatResult	chisq;
	StatStatus	status;
	double	   *n;
	double		at_median;
	bool		between;
	int			last_below,
				first_above;

	*at = -1;
	stat_result_init(res, "Median test, Pearson chi-square of answers above the grand median or not");
	status = ordinal_test_begin(tab, &t, res);
	if (status != STAT_OK)
		return status;
	n = stat_alloc(2 * sizeof(double) * (size_t) t.tab.nrow);
	if (n == NULL)
	{
		stat_release(t.block);
		return STAT_NO_MEMORY;
	}
	memset(n, 0, 2 * sizeof(double) * (size_t) t.tab.nrow);
	*at = median_column(&t, &between);
	at_median = between ? 0 : t.col_total[*at];
	last_below = between || ties == MEDIAN_BELOW ? *at : *at - 1;
	first_above = !between && ties == MEDIAN_ABOVE ? *at : *at + 1;
	for (int i = 0; i < t.tab.nrow; i++)
		for (int j = 0; j < t.tab.ncol; j++)
			if (j <= last_below || j >= first_above)
				n[2 * i + (j >= first_above)] += t.tab.n[(size_t) i * t.tab.ncol + j];
	halves.nrow = t.tab.nrow;
	halves.n = n;
	if (between)
		stat_note(res, "the grand median lies between two categories: no answer is at it");
	else
		stat_note(res, ties == MEDIAN_IGNORE ? "%.15g answers at the grand median left out" :
				  ties == MEDIAN_ABOVE ? "%.15g answers at the grand median count as above" : "%.15g answers at the grand median count as not above", at_median);
	if (ties == MEDIAN_IGNORE)
		res->n = t.total - at_median;
	status = chisq_test_table(&halves, false, &chisq);
	if (status == STAT_UNDEFINED)
		stat_note(res, "fewer than two groups, or no answers on one side of the median: try another treatment of ties");
	if (status == STAT_OK)
	{
		res->statistic = chisq.statistic;
		res->parameter = chisq.parameter;
		res->p_value = chisq.p_value;
		if (exact_wanted(&t, perm))
		{
			StatClean	c;

			status = stat_clean(&halves, &c);
			if (status == STAT_OK)
			{
				if (!c.integral || c.tab.nrow != 2)
					status = STAT_BAD_ARGUMENT;
				else
					status = exact_two_sample(c.tab.n, c.col_total, score, 2, ALTERNATIVE_TWO_SIDED, EXACT_BUDGET, &res->p_value);
				stat_release(c.block);
			}
			stat_method_add(res, METHOD_EXACT);
		}
	}
	stat_release(n);
	stat_release(t.block);
	return status;
}
