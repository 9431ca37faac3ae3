/*
 * linear_permutation.c
 *		Permutation tests of a statistic that is linear in the cells, sum n_ij a_i b_j.
 */
#include "stats/permutation.h"

#include <string.h>
#include <stdio.h>

void
stat_method_add(StatResult *res, const char *how)
{
	size_t		len = strlen(res->method);

	snprintf(res->method + len, sizeof(res->method) - len, ", %s", how);
}

typedef struct Scores
{
	const double *row;
	const double *col;
	double		row_mean;
	double		col_mean;
} Scores;

static double
term(double n, int i, int j, const void *context)
{
	const Scores *s = context;

	return n * (s->row[i] - s->row_mean) * (s->col[j] - s->col_mean);
}

/* The mean of scores over their margin, and the sum of squares about it. */
static double
moments(const double *score, const double *total, int k, double n, double *mean)
{
	long double sum = 0,
				squares = 0;

	for (int j = 0; j < k; j++)
		sum += (long double) score[j] * total[j];
	*mean = (double) (sum / n);
	for (int j = 0; j < k; j++)
		squares += ((long double) score[j] - *mean) * (score[j] - *mean) * total[j];
	return (double) squares;
}

static Alternative
reverse(Alternative a)
{
	return a == ALTERNATIVE_LESS ? ALTERNATIVE_GREATER : a == ALTERNATIVE_GREATER ? ALTERNATIVE_LESS : a;
}

/* Two rows or two columns make two groups, whose distribution is found far faster than that of an r x c table. */
static StatStatus
exact(const StatClean *t, const double *a, const double *b, Alternative alternative, int64_t budget, double *p)
{
	double	   *first;
	StatStatus	status;

	if (t->tab.nrow == 2)
		return exact_two_sample(t->tab.n, t->col_total, b, t->tab.ncol, a[0] > a[1] ? alternative : reverse(alternative), budget, p);
	if (t->tab.ncol > 2)
		return exact_ordered(t, ORDERED_PRODUCT, a, b, alternative, budget, p);
	first = stat_alloc(sizeof(double) * (size_t) t->tab.nrow);
	if (first == NULL)
		return STAT_NO_MEMORY;
	for (int i = 0; i < t->tab.nrow; i++)
		first[i] = t->tab.n[2 * i];
	status = exact_two_sample(first, t->row_total, a, t->tab.nrow, b[0] > b[1] ? alternative : reverse(alternative), budget, p);
	stat_release(first);
	return status;
}

bool
permutation_settled(const StatClean *t, const Permutation *perm, StatStatus *status, StatResult *res)
{
	if (*status == STAT_OK)
		stat_method_add(res, METHOD_EXACT);
	if (*status != STAT_BUDGET || (perm->exact == EXACT_ALWAYS && perm->replicates <= 0))
		return true;
	if (perm->exact == EXACT_ALWAYS)
		stat_note(res, "the exact test exceeds its budget: Monte Carlo instead");
	*status = t->integral || perm->replicates <= 0 ? STAT_OK : STAT_BAD_ARGUMENT;
	if (*status == STAT_OK)
		stat_method_add(res, perm->replicates > 0 ? METHOD_MONTE_CARLO : METHOD_NORMAL);
	return *status != STAT_OK || perm->replicates <= 0;
}

StatStatus
linear_permutation(const StatClean *t, const double *a, const double *b, Alternative alternative, const Permutation *perm, StatResult *res)
{
	Scores		s = {a, b, 0, 0};
	double		spread;
	StatStatus	status = STAT_BUDGET;

	if (exact_wanted(t, perm))
		status = t->integral ? exact(t, a, b, alternative, exact_budget(perm), &res->p_value) : STAT_BAD_ARGUMENT;
	if (permutation_settled(t, perm, &status, res))
		return status;
	spread = moments(a, t->row_total, t->tab.nrow, t->total, &s.row_mean);
	spread *= moments(b, t->col_total, t->tab.ncol, t->total, &s.col_mean);
	/* a billionth of the standard deviation takes in rounding and no neighbouring value */
	return montecarlo_sum(t, term, &s, montecarlo_tail(alternative), 0, 1e-9 * sqrt(spread / (t->total - 1)), perm->replicates, perm->seed, res);
}
