/*
 * cochran_q.c
 *		Cochran's Q test.
 *
 * W. G. Cochran (1950), Biometrika 37, 256-266: Q = (k - 1) [k sum G^2 - T^2] / [k T - sum L^2], with G the yes of a question, L those of
 * a respondent, T all; its permutation distribution shuffles the answers within each respondent.
 */
#include "stats/cochran_q.h"
#include "stats/montecarlo.h"

#include <gsl/gsl_cdf.h>
#include <stdio.h>
#include <string.h>

static long double
ticks(const CochranSums *s)
{
	long double total = 0;

	for (int j = 0; j < s->k; j++)
		total += s->yes[j];
	return total;
}

/* k times [k sum G^2 - T^2], a sum of squares of whole numbers */
static long double
spread(const double *yes, int k, long double total)
{
	long double sum = 0;

	for (int j = 0; j < k; j++)
	{
		long double d = (long double) k * yes[j] - total;

		sum += d * d;
	}
	return sum;
}

/* One respondent with l times yes: l different questions at random, by a partial shuffle of pick, which stays a permutation. */
static void
draw(Random *rng, int *pick, int k, int l, double *yes)
{
	for (int i = 0; i < l; i++)
	{
		int			at = i + (int) random_below(rng, (uint64_t) (k - i));
		int			item = pick[at];

		pick[at] = pick[i];
		pick[i] = item;
		yes[item]++;
	}
}

static StatStatus
permuted_p(const CochranSums *s, int64_t replicates, uint64_t seed, StatResult *res)
{
	double	   *yes = stat_alloc((sizeof(double) + sizeof(int)) * (size_t) s->k);
	int		   *pick;
	long double total = ticks(s),
				observed = spread(s->yes, s->k, total);
	Random		rng = {0};
	int64_t		hits = 0,
				drawn = 0;

	if (yes == NULL)
		return STAT_NO_MEMORY;
	pick = (int *) (yes + s->k);
	for (int64_t b = 0; b < replicates; b++)
	{
		if (b % MC_BLOCK == 0)
		{
			random_seed(&rng, seed, (uint64_t) (b / MC_BLOCK));
			for (int j = 0; j < s->k; j++)
				pick[j] = j;
		}
		/* those who said yes always add to every question alike */
		for (int j = 0; j < s->k; j++)
			yes[j] = s->with[s->k];
		for (int l = 1; l < s->k; l++)
			for (int64_t i = 0; i < s->with[l]; i++)
			{
				if (drawn++ % 1024 == 0 && stat_interrupted())
				{
					stat_release(yes);
					return STAT_INTERRUPTED;
				}
				draw(&rng, pick, s->k, l, yes);
			}
		hits += spread(yes, s->k, total) >= observed * (1 - 1e-12L);
	}
	stat_release(yes);
	return montecarlo_result(hits, replicates, seed, res);
}

double
cochran_informative(const CochranSums *s)
{
	long double sum = 0;

	for (int l = 1; l < s->k; l++)
		sum += s->with[l];
	return (double) sum;
}

StatStatus
cochran_q(const CochranSums *s, StatResult *res)
{
	long double within = 0;

	for (int l = 1; l < s->k; l++)
		within += (long double) l * (s->k - l) * s->with[l];
	res->parameter = s->k - 1;
	if (s->k < 2 || !(within > 0))
		return STAT_UNDEFINED;
	res->statistic = (double) ((s->k - 1) * spread(s->yes, s->k, ticks(s)) / s->k / within);
	res->p_value = gsl_cdf_chisq_Q(res->statistic, res->parameter);
	return isfinite(res->p_value) ? STAT_OK : STAT_NUMERIC;
}

StatStatus
cochran_q_test(const CochranSums *s, const Permutation *perm, StatResult *res)
{
	double		differ = cochran_informative(s);
	StatStatus	status;

	stat_result_init(res, perm->exact != EXACT_ALWAYS && perm->replicates > 0 ? "Cochran's Q test, Monte Carlo" : "Cochran's Q test");
	snprintf(res->alternative, sizeof(res->alternative), "two.sided");
	res->n = s->n;
	if (s->k < 2)
	{
		stat_note(res, "fewer than two questions: there is nothing to test");
		return STAT_UNDEFINED;
	}
	stat_note(res, "%.15g of %.15g respondents answer the questions differently", differ, s->n);
	status = cochran_q(s, res);
	if (status == STAT_UNDEFINED)
		stat_note(res, "the others say nothing of the question: there is nothing to test");
	if (status == STAT_OK && perm->exact == EXACT_ALWAYS)
	{
		stat_method_add(res, METHOD_EXACT);
		return cochran_q_exact(s, &res->p_value);
	}
	if (status == STAT_OK && perm->replicates > 0)
		return permuted_p(s, perm->replicates, perm->seed, res);
	if (status == STAT_OK && differ < 24.0 / s->k)
		stat_note(res, "few respondents for the chi-square distribution: prefer the exact test");
	return status;
}
