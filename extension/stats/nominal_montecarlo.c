/*
 * nominal_montecarlo.c
 *		Simulated p-values of the nominal tests.
 */
#include "stats/nominal_montecarlo.h"
#include "stats/deviation.h"
#include "stats/montecarlo.h"

#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <stdio.h>
#include <string.h>

/* O log(O/E) - (O - E), whose sum is that of O log(O/E): near E nothing cancels. */
static double
g_part(double o, double e)
{
	double		d = o - e;

	return o > 0 ? 2 * (o * log1p(d / e) - d) : 2 * e;
}

static double
pearson_part(double o, double e)
{
	return (o - e) * (o - e) / e;
}

static double
pearson_term(double n, int i, int j, const void *context)
{
	return pearson_part(n, (double) stat_expected(context, i, j));
}

static double
g_term(double n, int i, int j, const void *context)
{
	return g_part(n, (double) stat_expected(context, i, j));
}

/* minus the logarithm of what the cell gives to the table's probability */
static double
fisher_term(double n, int i, int j, const void *context)
{
	(void) i;
	(void) j;
	(void) context;
	return lgamma(n + 1);
}

static void
say_simulated(StatResult *res)
{
	size_t		used = strlen(res->method);

	res->parameter = STAT_NA;
	snprintf(res->method + used, sizeof(res->method) - used, ", Monte-Carlo p-value");
}

StatStatus
independence_montecarlo(const StatTable *tab, NominalStatistic which, int64_t replicates, uint64_t seed, StatResult *res)
{
	static const McTerm terms[] = {pearson_term, g_term, fisher_term};
	StatClean	t;
	StatStatus	status = stat_clean(tab, &t);
	long double tolerance = 0;

	if (status != STAT_OK)
		return status;
	if (t.tab.nrow < 2 || t.tab.ncol < 2)
		status = STAT_UNDEFINED;
	else
	{
		for (int i = 0; i < t.tab.nrow; i++)
			for (int j = 0; j < t.tab.ncol; j++)
				tolerance += 1e-7L * terms[which] (stat_count(&t, i, j), i, j, &t);
		/* a relative 1e-7 of the statistic, or of the probability whose logarithm it is */
		if (which == NOMINAL_FISHER)
			tolerance = 1e-7L;
		status = montecarlo_sum(&t, terms[which], &t, MC_UPPER, 0, (double) tolerance, replicates, seed, res);
		if (status == STAT_OK)
			say_simulated(res);
	}
	stat_release(t.block);
	return status;
}

/* GSL's multinomial draws, from our random numbers. */
static void
rng_set(void *state, unsigned long seed)
{
	random_seed(state, seed, 0);
}

static unsigned long
rng_get(void *state)
{
	return (unsigned long) (random_bits(state) >> 32);
}

static double
rng_uniform(void *state)
{
	return random_uniform(state);
}

static const gsl_rng_type rng_type = {"splitmix64", UINT32_MAX, 0, sizeof(Random), rng_set, rng_get, rng_uniform};

/* Categories with proportion 0 take no part: gof_test has said so. */
StatStatus
gof_montecarlo(const double *n, const double *p, int k, NominalStatistic which, int64_t replicates, uint64_t seed, StatResult *res)
{
	double	   *share = stat_alloc(sizeof(double) * (size_t) k);
	unsigned   *drawn = stat_alloc(sizeof(unsigned) * (size_t) k);
	Random		random;
	gsl_rng		rng = {&rng_type, &random};
	double	  (*part) (double, double) = which == NOMINAL_G ? g_part : pearson_part;
	double		total = 0,
				sum = 0,
				observed = 0;
	int64_t		extreme = 0;
	StatStatus	status = share && drawn ? STAT_OK : STAT_NO_MEMORY;

	for (int i = 0; i < k && status == STAT_OK; i++)
	{
		share[i] = p ? p[i] : 1;
		sum += share[i];
		total += n[i];
		if (n[i] != floor(n[i]))
			status = STAT_BAD_ARGUMENT;
	}
	if (status == STAT_OK && (!(total < 2147483648.0) || !(sum > 0) || replicates < 1 || replicates > MC_MAX_REPLICATES))
		status = STAT_BAD_ARGUMENT;
	/* as in res when it is infinite: then no sample is as extreme */
	for (int i = 0; i < k && status == STAT_OK; i++)
	{
		share[i] /= sum;
		observed += share[i] > 0 ? part(n[i], total * share[i]) : n[i] > 0 ? INFINITY : 0;
	}
	for (int64_t r = 0; r < replicates && status == STAT_OK; r++)
	{
		double		value = 0;

		if (r % MC_BLOCK == 0)
			random_seed(&random, seed, (uint64_t) (r / MC_BLOCK));
		gsl_ran_multinomial(&rng, (size_t) k, (unsigned) total, share, drawn);
		for (int i = 0; i < k; i++)
			value += share[i] > 0 ? part(drawn[i], total * share[i]) : 0;
		extreme += montecarlo_extreme(value, observed, MC_UPPER, 0, isinf(observed) ? 0 : 1e-7 * observed);
		/* a binomial draw may take some microseconds */
		if ((r + 1) % (1 + 4096 / k) == 0 && stat_interrupted())
			status = STAT_INTERRUPTED;
	}
	stat_release(share);
	stat_release(drawn);
	if (status != STAT_OK)
		return status;
	say_simulated(res);
	return montecarlo_result(extreme, replicates, seed, res);
}
