/*
 * cmh_simulate.c
 *		Monte-Carlo p-values of the Cochran-Mantel-Haenszel statistics: random tables with the margins of each stratum.
 *
 * Given the margins, scores and covariance are fixed, and the statistic is a quadratic form of weighted sums of the counts.
 */
#include "stats/cmh_side.h"
#include "stats/deviation.h"
#include "stats/montecarlo.h"
#include "stats/random_table.h"

#include <string.h>

#define STEPS_PER_POLL 2e5

/* What cell k of a stratum's random table adds: its count times weight, to element at of g. */
typedef struct CellWeight
{
	int			at;				/* -1: to none */
	double		weight;
} CellWeight;

typedef struct Sampler
{
	RandomTable *g;
	int			cells;
	CellWeight *cell;			/* in the generator's order */
} Sampler;

/* The i-th category with counts, among all of the strata's. */
static int
nth_used(const double *total, int n)
{
	int			i = 0;

	for (;; i++)
		if (total[i] > 0 && n-- == 0)
			return i;
}

/* The generator of stratum k, and the constant that its expected counts take from g. */
static StatStatus
sampler_init(const StrataClean *t, int k, CmhSide *row, CmhSide *col, Sampler *s, long double *g)
{
	StatTable	tab = {t->s.nrow, t->s.ncol, strata_counts(t, k), NULL, NULL};
	const double *row_total = t->row_total + (size_t) k * t->s.nrow;
	const double *col_total = t->col_total + (size_t) k * t->s.ncol;
	StatClean	c;
	StatStatus	status = stat_clean(&tab, &c);

	if (status != STAT_OK)
		return status;
	s->cells = c.tab.nrow * c.tab.ncol;
	s->cell = stat_alloc(sizeof(CellWeight) * (size_t) s->cells);
	if (row->scored)
		(void) cmh_side_center(row, k, t->total[k]);
	if (col->scored)
		(void) cmh_side_center(col, k, t->total[k]);
	status = s->cell == NULL ? STAT_NO_MEMORY : random_table_new(&c, &s->g);
	for (int m = 0; status == STAT_OK && m < s->cells; m++)
	{
		int			place = random_table_place(s->g, m);
		int			i = nth_used(row_total, place / c.tab.ncol);
		int			j = nth_used(col_total, place % c.tab.ncol);
		int			a,
					b;
		long double wa,
					wb;

		s->cell[m].at = -1;
		if (cmh_place(row, i, &a, &wa) && cmh_place(col, j, &b, &wb))
		{
			s->cell[m].at = a * col->d + b;
			s->cell[m].weight = (double) (wa * wb);
			g[s->cell[m].at] -= wa * wb * stat_expected(&c, place / c.tab.ncol, place % c.tab.ncol);
		}
	}
	stat_release(c.block);
	return status;
}

/* Whether a random table of every stratum gives a statistic at least as great as observed. */
static bool
replicate(const Sampler *s, int n, Random *rng, const long double *expected, long double *g, const QuadraticForm *form, double observed)
{
	memcpy(g, expected, sizeof(long double) * (size_t) form->d);
	for (int k = 0; k < n; k++)
	{
		const int  *count = random_table_next(s[k].g, rng);

		for (int m = 0; m < s[k].cells; m++)
			if (s[k].cell[m].at >= 0)
				g[s[k].cell[m].at] += (long double) s[k].cell[m].weight * count[m];
	}
	return montecarlo_extreme((double) quadratic_form_value(form, g), observed, MC_UPPER, 0, 1e-7 * observed);
}

StatStatus
cmh_simulate(const StrataClean *t, CmhSide *row, CmhSide *col, const QuadraticForm *form, double observed, const CmhSimulation *sim,
			 StatResult *res)
{
	int			d = form->d;
	int			n = 0;
	int64_t		extreme = 0;
	Sampler    *s = stat_alloc(sizeof(Sampler) * (size_t) t->s.nstrata);
	long double *expected = stat_alloc(sizeof(long double) * 2 * (size_t) d);	/* less the expected counts; then g */
	double		cost = (double) form->rank * form->rank + d,
				steps = 0;
	Random		rng;
	StatStatus	status = s == NULL || expected == NULL ? STAT_NO_MEMORY : STAT_OK;

	if (!t->integral || sim->replicates < 1 || sim->replicates > MC_MAX_REPLICATES)
		status = STAT_BAD_ARGUMENT;
	for (int i = 0; status == STAT_OK && i < 2 * d; i++)
		expected[i] = 0;
	for (int k = 0; status == STAT_OK && k < t->s.nstrata; k++)
	{
		s[n] = (Sampler) {0};
		if (stat_interrupted())
			status = STAT_INTERRUPTED;
		else
			status = sampler_init(t, k, row, col, &s[n], expected);
		if (s[n].g)
			cost += random_table_cost(s[n].g) + s[n].cells;
		n++;
	}
	for (int64_t r = 0; status == STAT_OK && r < sim->replicates; r++)
	{
		if (r % MC_BLOCK == 0)
			random_seed(&rng, sim->seed, (uint64_t) (r / MC_BLOCK));
		extreme += replicate(s, n, &rng, expected, expected + d, form, observed);
		steps += cost;
		if (steps > STEPS_PER_POLL)
		{
			steps = 0;
			if (stat_interrupted())
				status = STAT_INTERRUPTED;
		}
	}
	while (n-- > 0)
	{
		stat_release(s[n].cell);
		if (s[n].g)
			random_table_free(s[n].g);
	}
	stat_release(s);
	stat_release(expected);
	return status == STAT_OK ? montecarlo_result(extreme, sim->replicates, sim->seed, res) : status;
}
