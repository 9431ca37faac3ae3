/*
 * montecarlo.c
 *		Monte-Carlo p-values of tables with given margins.
 *
 * p = (1 + b)/(B + 1): A. C. A. Hope (1968), J. Roy. Stat. Soc. B 30, 582-598.
 */
#include "stats/montecarlo.h"
#include "stats/deviation.h"
#include "stats/proportion.h"
#include "stats/random_table.h"

#include <string.h>

/* Tables of terms take at most this many numbers; beyond, a term is computed when it is needed. */
#define MAX_TERMS (1 << 20)
/* Random steps between two looks at the interrupts: less than a millisecond. */
#define STEPS_PER_POLL 2e5

/* A sum over cells in the generator's order: term[k][n] is what cell k adds when its count is n. */
typedef struct Terms
{
	double	  **term;			/* NULL: not tabulated */
	double	   *block;
	McTerm		function;
	const void *context;
	int			cells;
	int			ncol;
	int		   *place;
} Terms;

StatStatus
montecarlo_result(int64_t extreme, int64_t replicates, uint64_t seed, StatResult *res)
{
	double		b = (double) extreme,
				n = (double) replicates;

	res->p_value = (1 + b) / (n + 1);
	stat_note(res, "Monte Carlo: %lld replicates, seed %lld, %lld as extreme as observed; p_low and p_high are the %g %% Clopper-Pearson limits",
			  (long long) replicates, (long long) seed, (long long) extreme, 100 * MC_CONF_LEVEL);
	return prop_ci(b, n, PROP_CLOPPER_PEARSON, MC_CONF_LEVEL, 0, &res->p_low, &res->p_high);
}

static bool
acceptable(const StatClean *t, int64_t replicates)
{
	return t->integral && t->total < 2147483648.0 && t->tab.nrow > 0 && t->tab.ncol > 0 && replicates >= 1 && replicates <= MC_MAX_REPLICATES;
}

static int *
places(const RandomTable *g, const StatClean *t)
{
	int			cells = t->tab.nrow * t->tab.ncol;
	int		   *place = stat_alloc(sizeof(int) * (size_t) cells);

	for (int k = 0; place && k < cells; k++)
		place[k] = random_table_place(g, k);
	return place;
}

static StatStatus
tabulate(const StatClean *t, const RandomTable *g, Terms *s)
{
	size_t		size = 0;
	double	   *p;

	s->cells = t->tab.nrow * t->tab.ncol;
	s->ncol = t->tab.ncol;
	s->place = places(g, t);
	if (s->place == NULL)
		return STAT_NO_MEMORY;
	for (int i = 0; i < t->tab.nrow && size <= MAX_TERMS; i++)
		for (int j = 0; j < t->tab.ncol; j++)
			size += (size_t) fmin(t->row_total[i], t->col_total[j]) + 1;
	if (size > MAX_TERMS)
		return STAT_OK;
	s->term = stat_alloc(sizeof(double *) * (size_t) s->cells);
	s->block = p = stat_alloc(sizeof(double) * size);
	if (s->term == NULL || s->block == NULL)
		return STAT_NO_MEMORY;
	for (int k = 0; k < s->cells; k++)
	{
		int			i = s->place[k] / s->ncol,
					j = s->place[k] % s->ncol,
					most = (int) fmin(t->row_total[i], t->col_total[j]);

		if (stat_interrupted())
			return STAT_INTERRUPTED;
		s->term[k] = p;
		for (int n = 0; n <= most; n++)
			*p++ = s->function(n, i, j, s->context);
	}
	return STAT_OK;
}

static inline double
add_terms(const Terms *s, const int *cell)
{
	double		sum = 0,
				other = 0;
	int			k = 0;

	if (s->term == NULL)
	{
		for (; k < s->cells; k++)
			sum += s->function(cell[k], s->place[k] / s->ncol, s->place[k] % s->ncol, s->context);
		return sum;
	}
	/* two sums, so that an addition need not wait for the one before */
	for (; k + 1 < s->cells; k += 2)
	{
		sum += s->term[k][cell[k]];
		other += s->term[k + 1][cell[k + 1]];
	}
	if (k < s->cells)
		sum += s->term[k][cell[k]];
	return sum + other;
}

StatStatus
montecarlo_sum(const StatClean *t, McTerm term, const void *context, McTail tail, double center, double tolerance, int64_t replicates,
			   uint64_t seed, StatResult *res)
{
	RandomTable *g;
	Terms		s = {.function = term,.context = context};
	StatStatus	status;
	int64_t		extreme = 0;
	double		observed,
				steps = 0;

	if (!acceptable(t, replicates))
		return STAT_BAD_ARGUMENT;
	status = random_table_new(t, &g);
	if (status != STAT_OK)
		return status;
	status = tabulate(t, g, &s);
	if (status == STAT_OK)
	{
		int		   *cell = stat_alloc(sizeof(int) * (size_t) s.cells);
		Random		rng;

		if (cell == NULL)
			status = STAT_NO_MEMORY;
		for (int k = 0; cell && k < s.cells; k++)
			cell[k] = (int) t->tab.n[s.place[k]];
		observed = cell ? add_terms(&s, cell) : 0;
		stat_release(cell);
		for (int64_t r = 0; r < replicates && status == STAT_OK; r++)
		{
			if (r % MC_BLOCK == 0)
				random_seed(&rng, seed, (uint64_t) (r / MC_BLOCK));
			extreme += montecarlo_extreme(add_terms(&s, random_table_next(g, &rng)), observed, tail, center, tolerance);
			steps += random_table_cost(g);
			if (steps > STEPS_PER_POLL)
			{
				steps = 0;
				if (stat_interrupted())
					status = STAT_INTERRUPTED;
			}
		}
	}
	stat_release(s.block);
	stat_release(s.term);
	stat_release(s.place);
	random_table_free(g);
	return status == STAT_OK ? montecarlo_result(extreme, replicates, seed, res) : status;
}

StatStatus
montecarlo_test(const StatClean *t, McStatistic statistic, const void *context, double observed, McTail tail, double center,
				int64_t replicates, uint64_t seed, StatResult *res)
{
	RandomTable *g;
	int			cells = t->tab.nrow * t->tab.ncol;
	int		   *place,
			   *table;
	StatStatus	status;
	int64_t		extreme = 0;
	double		tolerance = 1e-7 * fabs(tail == MC_TWO_SIDED ? observed - center : observed),
				steps = 0;
	Random		rng;

	if (!acceptable(t, replicates))
		return STAT_BAD_ARGUMENT;
	status = random_table_new(t, &g);
	if (status != STAT_OK)
		return status;
	place = places(g, t);
	table = stat_alloc(sizeof(int) * (size_t) cells);
	if (place == NULL || table == NULL)
		status = STAT_NO_MEMORY;
	for (int64_t r = 0; r < replicates && status == STAT_OK; r++)
	{
		const int  *cell;

		if (r % MC_BLOCK == 0)
			random_seed(&rng, seed, (uint64_t) (r / MC_BLOCK));
		cell = random_table_next(g, &rng);
		for (int k = 0; k < cells; k++)
			table[place[k]] = cell[k];
		extreme += montecarlo_extreme(statistic(table, t->tab.nrow, t->tab.ncol, context), observed, tail, center, tolerance);
		/* the statistic may look at pairs of columns of a row */
		steps += random_table_cost(g) + (double) cells * t->tab.ncol;
		if (steps > STEPS_PER_POLL)
		{
			steps = 0;
			if (stat_interrupted())
				status = STAT_INTERRUPTED;
		}
	}
	stat_release(place);
	stat_release(table);
	random_table_free(g);
	return status == STAT_OK ? montecarlo_result(extreme, replicates, seed, res) : status;
}
