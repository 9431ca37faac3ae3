/*
 * jonckheere.c
 *		The Jonckheere-Terpstra test of ordered groups over ordered categories.
 *
 * A. R. Jonckheere (1954), Biometrika 41, 133-145; T. J. Terpstra (1952), Indagationes Mathematicae 14, 327-333.  J counts the pairs of
 * answers of different groups that rise with the groups, ties half.  J less its mean is half of concordant minus discordant pairs, so
 * that its variance given the ties is a quarter of Kendall's (M. G. Kendall (1970), Rank Correlation Methods, 4th ed., section 5.3).
 */
#include "stats/ordinal_tests.h"
#include "stats/deviation.h"

#include <string.h>

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

/*
 * Concordant less discordant pairs, each counted once.  Of the expected counts r_i c_j/n alone it is 0, so only deviations from them need
 * adding: nothing cancels near independence.  By cumulated deviations, columns from the left.
 */
static StatStatus
concordance(const StatClean *t, const double *row_position, const double *col_position, long double *out)
{
	int			nrow = t->tab.nrow;
	long double *left = stat_alloc(2 * sizeof(long double) * (size_t) nrow);
	long double *here = left + nrow;
	long double linear = 0,
				quadratic = 0;

	if (left == NULL)
		return STAT_NO_MEMORY;
	memset(left, 0, sizeof(long double) * (size_t) nrow);
	for (int j = 0; j < t->tab.ncol; j++)
	{
		long double above = 0,
					below = 0;

		if (stat_interrupted())
		{
			stat_release(left);
			return STAT_INTERRUPTED;
		}
		for (int i = 0; i < nrow; i++)
		{
			here[i] = stat_deviation(t, i, j);
			linear += here[i] * row_position[i] / t->total * col_position[j];
			above += left[i];
		}
		for (int i = 0; i < nrow; i++)
		{
			above -= left[i];
			quadratic += here[i] * (below - above);
			below += left[i];
		}
		for (int i = 0; i < nrow; i++)
			left[i] += here[i];
	}
	stat_release(left);
	*out = linear + quadratic;
	return STAT_OK;
}

/* Sums of t(t - 1)(2t + 5), t(t - 1)(t - 2) and t(t - 1) over a margin. */
static void
tie_sums(const double *total, int k, long double sum[3])
{
	sum[0] = sum[1] = sum[2] = 0;
	for (int i = 0; i < k; i++)
	{
		long double t = total[i];

		sum[0] += t * (t - 1) * (2 * t + 5);
		sum[1] += t * (t - 1) * (t - 2);
		sum[2] += t * (t - 1);
	}
}

static long double
variance(const StatClean *t)
{
	long double n = t->total,
				r[3],
				c[3],
				v;

	tie_sums(t->row_total, t->tab.nrow, r);
	tie_sums(t->col_total, t->tab.ncol, c);
	v = (n * (n - 1) * (2 * n + 5) - r[0] - c[0]) / 72 + r[2] * c[2] / (8 * n * (n - 1));
	/* with two answers the term in triples is 0/0, and there are no triples */
	if (n > 2)
		v += r[1] * c[1] / (36 * n * (n - 1) * (n - 2));
	return v;
}

/* Context of the Monte-Carlo statistic: none; concordant less discordant pairs of a table of counts. */
static double
concordance_of_counts(const int *n, int nrow, int ncol, const void *context)
{
	double		sum = 0;

	(void) context;
	for (int i = 1; i < nrow; i++)
		for (int k = 0; k < i; k++)
		{
			double		left = 0,
						right = 0;

			for (int j = 0; j < ncol; j++)
				right += n[(size_t) k * ncol + j];
			for (int j = 0; j < ncol; j++)
			{
				right -= n[(size_t) k * ncol + j];
				sum += n[(size_t) i * ncol + j] * (left - right);
				left += n[(size_t) k * ncol + j];
			}
		}
	return sum;
}

/* With two rows or two columns J is linear in the midranks of the other side. */
static StatStatus
permutation(const StatClean *t, const double *row_position, const double *col_position, double observed, Alternative alternative, const Permutation *perm, StatResult *res)
{
	static const double second[2] = {0, 1};
	StatStatus	status = STAT_BUDGET;

	if (t->tab.nrow == 2)
		return linear_permutation(t, second, col_position, alternative, perm, res);
	if (t->tab.ncol == 2)
		return linear_permutation(t, row_position, second, alternative, perm, res);
	if (exact_wanted(t, perm))
		status = t->integral ? exact_ordered(t, ORDERED_CONCORDANCE, NULL, NULL, alternative, exact_budget(perm), &res->p_value)
			: STAT_BAD_ARGUMENT;
	if (permutation_settled(t, perm, &status, res))
		return status;
	return montecarlo_test(t, concordance_of_counts, NULL, observed, montecarlo_tail(alternative), 0, perm->replicates, perm->seed, res);
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
	status = concordance(&t, row_position, col_position, &s);
	pairs = (long double) t.total * t.total;
	for (int i = 0; i < t.tab.nrow; i++)
		pairs -= (long double) t.row_total[i] * t.row_total[i];
	pairs /= 2;
	sd = sqrtl(variance(&t));
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
