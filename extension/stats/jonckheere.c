/*
 * jonckheere.c
 *		The Jonckheere-Terpstra test of ordered groups over ordered categories.
 *
 * A. R. Jonckheere (1954), Biometrika 41, 133-145; T. J. Terpstra (1952), Indagationes Mathematicae 14, 327-333.  J counts the pairs of
 * answers of different groups that rise with the groups, ties half.  J less its mean is half of concordant minus discordant pairs, so
 * that its variance given the ties is a quarter of Kendall's.
 */
#include "stats/ordinal_association.h"
#include "stats/ordinal_tests.h"

/* score[i] = sum of total below i less that above */
static void
position(const double *total, int k, double n, double *score)
{
	double		below = 0;

	for (int i = 0; i < k; i++)
	{
		score[i] = below - (n - below - total[i]);
		below += total[i];
	}
}

/* With two rows or two columns J is linear in the midranks of the other side. */
static StatStatus
permutation(const StatClean *t, const double *row_position, const double *col_position, double observed, Alternative alternative, const Permutation *perm, StatResult *res)
{
	static const double second[2] = {0, 1};

	if (t->tab.nrow == 2)
		return linear_permutation(t, second, col_position, alternative, perm, res);
	if (t->tab.ncol == 2)
		return linear_permutation(t, row_position, second, alternative, perm, res);
	return concordance_permutation(t, observed, alternative, perm, res);
}

StatStatus
jonckheere_test(const StatTable *tab, Alternative alternative, const Permutation *perm, StatResult *res)
{
	StatClean	t;
	StatStatus	status;
	double	   *row_position,
			   *col_position;
	long double s = 0,
				sd,
				pairs;

	stat_result_init(res, "Jonckheere-Terpstra test of ordered rows (statistic J, parameter z, parameter2 sd of J)");
	stat_set_alternative(res, alternative);
	status = ordinal_test_begin(tab, &t, res);
	if (status != STAT_OK)
		return status;
	row_position = stat_alloc(sizeof(double) * (size_t) (t.tab.nrow + t.tab.ncol));
	if (row_position == NULL)
	{
		stat_release(t.block);
		return STAT_NO_MEMORY;
	}
	col_position = row_position + t.tab.nrow;
	position(t.row_total, t.tab.nrow, t.total, row_position);
	position(t.col_total, t.tab.ncol, t.total, col_position);
	status = concordance_difference(&t, &s);
	pairs = (long double) t.total * t.total;
	for (int i = 0; i < t.tab.nrow; i++)
		pairs -= (long double) t.row_total[i] * t.row_total[i];
	pairs /= 2;
	sd = sqrtl(concordance_variance(&t)) / 2;
	res->statistic = (double) ((pairs + s) / 2);
	res->parameter = (double) (s / (2 * sd));
	res->parameter2 = (double) sd;
	res->estimate = (double) ((pairs + s) / (2 * pairs));
	if (status == STAT_OK && !(sd > 0))
	{
		/* weights that add up to less than whole answers */
		res->parameter = res->parameter2 = STAT_NA;
		stat_note(res, "the variance of J is not positive: no test");
		status = STAT_UNDEFINED;
	}
	if (status == STAT_OK)
	{
		res->p_value = alternative_normal_p(res->parameter, alternative);
		stat_note(res, "estimate: P(answer of the later group higher) + P(equal)/2, over all pairs of answers of different groups");
		status = permutation(&t, row_position, col_position, (double) s, alternative, perm, res);
	}
	stat_release(row_position);
	stat_release(t.block);
	return status;
}
