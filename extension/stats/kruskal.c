/*
 * kruskal.c
 *		The Kruskal-Wallis test of several groups over ordered categories, and Dunn's comparisons of pairs.
 *
 * W. H. Kruskal, W. A. Wallis (1952), Journal of the American Statistical Association 47, 583-621: with midranks and the correction for
 * ties, H = (N - 1) sum_i n_i (mean rank of i - (N + 1)/2)^2/(sum of squares of the midranks about their mean).  O. J. Dunn (1964),
 * Technometrics 6, 241-252.  Epsilon squared = H/(N - 1), the share of the midranks' variance between the groups: T. L. Kelley (1935),
 * Proceedings of the National Academy of Sciences 21, 554-559.
 */
#include "stats/ordinal_tests.h"

#include <gsl/gsl_cdf.h>

typedef struct Ranks
{
	const StatClean *t;
	const long double *score;
	long double squares;
} Ranks;

static double
h_of_counts(const int *n, int nrow, int ncol, const void *context)
{
	const Ranks *r = context;
	double		h = 0;

	for (int i = 0; i < nrow; i++)
	{
		double		sum = 0;

		for (int j = 0; j < ncol; j++)
			sum += n[(size_t) i * ncol + j] * (double) r->score[j];
		h += sum * sum / r->t->row_total[i];
	}
	return h * (r->t->total - 1) / (double) r->squares;
}

StatStatus
kruskal_test(const StatTable *tab, const Permutation *perm, StatResult *res)
{
	StatClean	t;
	StatStatus	status;
	long double *score,
				squares,
				h = 0;

	stat_result_init(res, "Kruskal-Wallis test of the rows with tie correction (estimate epsilon squared)");
	status = ordinal_test_begin(tab, &t, res);
	if (status != STAT_OK)
		return status;
	score = stat_alloc(sizeof(long double) * (size_t) t.tab.ncol);
	if (score == NULL)
	{
		stat_release(t.block);
		return STAT_NO_MEMORY;
	}
	squares = centered_midranks(&t, score);
	for (int i = 0; i < t.tab.nrow && status == STAT_OK; i++)
	{
		long double d = row_deviation(&t, i, score);

		if (stat_interrupted())
			status = STAT_INTERRUPTED;
		h += d * d / t.row_total[i];
	}
	res->statistic = (double) (h * (t.total - 1.0L) / squares);
	res->parameter = t.tab.nrow - 1;
	res->estimate = (double) (h / squares);
	res->p_value = gsl_cdf_chisq_Q(res->statistic, res->parameter);
	if (status == STAT_OK && !isfinite(res->p_value))
		status = STAT_NUMERIC;
	if (status == STAT_OK && perm->replicates > 0)
	{
		Ranks		r = {&t, score, squares};

		stat_method_add(res, METHOD_MONTE_CARLO);
		status = montecarlo_test(&t, h_of_counts, &r, res->statistic, MC_UPPER, 0, perm->replicates, perm->seed, res);
	}
	stat_release(score);
	stat_release(t.block);
	return status;
}

StatStatus
dunn_test(const StatClean *t, PadjustMethod method, DunnPair **pairs, int *npairs)
{
	int			k = t->tab.nrow;
	size_t		n = (size_t) k * (size_t) (k - 1) / 2;
	long double *score = stat_alloc(sizeof(long double) * (size_t) (t->tab.ncol + k));
	double	   *p = stat_alloc(2 * sizeof(double) * n);
	long double *mean = score + t->tab.ncol;
	long double squares;
	StatStatus	status = STAT_OK;
	size_t		at = 0;

	*npairs = (int) n;
	*pairs = stat_alloc(sizeof(DunnPair) * n);
	if (score == NULL || p == NULL || *pairs == NULL)
		status = STAT_NO_MEMORY;
	if (status == STAT_OK)
	{
		squares = centered_midranks(t, score);
		for (int i = 0; i < k; i++)
			mean[i] = row_deviation(t, i, score) / t->row_total[i];
		for (int i = 0; i < k && status == STAT_OK; i++)
		{
			if (stat_interrupted())
				status = STAT_INTERRUPTED;
			for (int j = i + 1; j < k; j++)
			{
				DunnPair   *d = &(*pairs)[at];
				long double variance = squares / (t->total - 1.0L) * (1.0L / t->row_total[i] + 1.0L / t->row_total[j]);

				d->first = i;
				d->second = j;
				d->mean_rank[0] = (double) (mean[i] + (t->total + 1.0L) / 2);
				d->mean_rank[1] = (double) (mean[j] + (t->total + 1.0L) / 2);
				d->z = (double) ((mean[i] - mean[j]) / sqrtl(variance));
				p[at++] = d->p = alternative_normal_p(d->z, ALTERNATIVE_TWO_SIDED);
			}
		}
	}
	if (status == STAT_OK)
		status = padjust(p, (int) n, method, p + n);
	for (size_t i = 0; i < n && status == STAT_OK; i++)
		(*pairs)[i].p_adjusted = p[n + i];
	stat_release(score);
	stat_release(p);
	if (status != STAT_OK)
	{
		stat_release(*pairs);
		*pairs = NULL;
		*npairs = 0;
	}
	return status;
}
