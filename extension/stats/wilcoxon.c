/*
 * wilcoxon.c
 *		The Wilcoxon-Mann-Whitney test of two groups over ordered categories, and Cliff's delta.
 *
 * E. L. Lehmann (1975), Nonparametrics: Statistical Methods Based on Ranks, section 1.4: midranks, and the variance given the ties,
 * n1 n2/(N(N - 1)) times the sum of squares of the midranks about their mean.  N. Cliff (1993), Psychological Bulletin 114, 494-509.
 */
#include "stats/ordinal_tests.h"

/* The cleaned table of two rows, or why not. */
static StatStatus
two_groups(const StatTable *tab, StatClean *t, StatResult *res)
{
	StatStatus	status = ordinal_test_begin(tab, t, res);

	if (status == STAT_OK && t->tab.nrow > 2)
	{
		stat_release(t->block);
		return STAT_BAD_ARGUMENT;
	}
	return status;
}

StatStatus
wilcoxon_test(const StatTable *tab, Alternative alternative, bool correct, double level, const Permutation *perm, StatResult *res)
{
	static const double first[2] = {1, 0};
	StatClean	t;
	Superiority s;
	StatStatus	status;
	long double *score;
	double	   *midrank;
	long double squares,
				d,
				sd,
				pairs,
				correction = 0;

	stat_result_init(res, "Wilcoxon-Mann-Whitney test (statistic U of the first row, parameter z)");
	stat_set_alternative(res, alternative);
	status = two_groups(tab, &t, res);
	if (status != STAT_OK)
		return status;
	score = stat_alloc((sizeof(long double) + sizeof(double)) * (size_t) t.tab.ncol);
	if (score == NULL)
	{
		stat_release(t.block);
		return STAT_NO_MEMORY;
	}
	midrank = (double *) (score + t.tab.ncol);
	squares = centered_midranks(&t, score);
	for (int j = 0; j < t.tab.ncol; j++)
		midrank[j] = (double) score[j];
	pairs = (long double) t.row_total[0] * t.row_total[1];
	d = row_deviation(&t, 0, score);
	sd = sqrtl(pairs * squares / (t.total * (t.total - 1.0L)));
	if (correct)
		correction = alternative == ALTERNATIVE_GREATER ? 0.5L : alternative == ALTERNATIVE_LESS ? -0.5L : d > 0 ? 0.5L : d < 0 ? -0.5L : 0;
	res->statistic = (double) (pairs / 2 + d);
	res->parameter = (double) ((d - correction) / sd);
	res->p_value = alternative_normal_p(res->parameter, alternative);
	superiority(&t, level, &s);
	res->estimate = s.estimate;
	res->std_error = s.std_error;
	res->conf_low = s.low;
	res->conf_high = s.high;
	res->conf_level = level;
	stat_note(res, "estimate: P(first row higher) + P(equal)/2, interval of Newcombe (2006), method 5, with tie correction");
	status = linear_permutation(&t, first, midrank, alternative, perm, res);
	if (correct)
		stat_method_add(res, "z with continuity correction");
	stat_release(score);
	stat_release(t.block);
	return status == STAT_OK && !isfinite(res->p_value) ? STAT_NUMERIC : status;
}

StatStatus
cliffs_delta(const StatTable *tab, double level, StatResult *res)
{
	StatClean	t;
	Superiority s;
	StatStatus	status;

	stat_result_init(res, "Cliff's delta, P(first row higher) - P(second row higher), interval of Newcombe (2006), method 5, with tie correction");
	status = two_groups(tab, &t, res);
	if (status != STAT_OK)
		return status;
	superiority(&t, level, &s);
	res->estimate = 2 * s.estimate - 1;
	res->std_error = 2 * s.std_error;
	res->conf_low = 2 * s.low - 1;
	res->conf_high = 2 * s.high - 1;
	res->conf_level = level;
	stat_release(t.block);
	return STAT_OK;
}
