/*
 * fisher_exact.c
 *		The exact r x c test: margins, orientation, budgets, result.
 */
#include "stats/fisher_exact.h"
#include "stats/deviation.h"
#include "stats/fisher_network.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

/* What a second brings, in look-ups: a plan that needs many times the budget (an estimate from above) is not begun. */
#define LOOKUPS_PER_SECOND 4e8
#define HOPELESS 20

static void
set_margins(FisherNet *net, const StatClean *t, bool transposed)
{
	net->r = transposed ? t->tab.ncol : t->tab.nrow;
	net->k = transposed ? t->tab.nrow : t->tab.ncol;
	for (int i = 0; i < net->r; i++)
		net->R[i] = (int) (transposed ? t->col_total : t->row_total)[i];
	for (int j = 0; j < net->k; j++)
		net->C[j] = (int) (transposed ? t->row_total : t->col_total)[j];
	fisher_sort_ints(net->R, net->r);
	fisher_sort_ints(net->C, net->k);
}

/* log n!, the constant of the margins, and the observed X. */
static bool
set_logs(FisherNet *net, const StatClean *t)
{
	long double log_c = -lgammal(t->total + 1.0L);
	long double x = 0,
				sum = 0;
	int			cells = t->tab.nrow * t->tab.ncol;

	/* the row factors of a pair of columns want factorials up to the row total */
	net->nlf = net->R[net->r - 1] + 1;
	net->lf = fisher_alloc(net, sizeof(double) * (size_t) net->nlf);
	if (net->lf == NULL)
		return false;
	net->lf[0] = 0;
	for (int i = 1; i < net->nlf; i++)
	{
		sum += logl(i);
		net->lf[i] = (double) sum;
		if (i % 1024 == 0 && fisher_tick(net, 20 * 1024))
			return false;
	}
	for (int i = 0; i < net->r; i++)
		log_c += lgammal(net->R[i] + 1.0L);
	for (int j = 0; j < net->k; j++)
		log_c += lgammal(net->C[j] + 1.0L);
	for (int i = 0; i < cells; i++)
		x += net->lf[(int) t->tab.n[i]];
	net->log_c = (double) log_c;
	net->observed = (double) x;
	net->merge = fmax(1e-11, 1e-15 * (double) x);
	net->threshold = (double) (x - 1e-7L);
	return true;
}

/* The cheaper orientation. */
static bool
choose(FisherNet *net, const StatClean *t, double *cost)
{
	double		other;

	set_margins(net, t, false);
	if (!fisher_plan(net, cost))
		return false;
	set_margins(net, t, true);
	if (!fisher_plan(net, &other))
		return false;
	if (other < *cost)
	{
		*cost = other;
		return true;
	}
	set_margins(net, t, false);
	return fisher_plan(net, cost);
}

static StatStatus
finish(const FisherNet *net, const FisherSum *sum, double cost, StatResult *res)
{
	if (net->status == STAT_BUDGET)
	{
		res->p_low = (double) sum->pass;
		res->p_high = (double) (1 - (sum->seen - sum->pass));
		if (!(res->p_high <= 1))
			res->p_high = 1;
		if (isfinite(cost))
			stat_note(res, "%s does not suffice; about %.2g look-ups were expected", net->out_of_time ? "the time" : "the memory", cost);
		else if (res->nnotes == 0 || net->k > 0)
			stat_note(res, "the memory does not suffice for any way to cut the table in two");
		return STAT_BUDGET;
	}
	if (net->status != STAT_OK)
		return net->status;
	/* the probabilities of all tables must add up */
	if (!(fabsl(sum->seen - 1) < 1e-7L) || !(sum->dropped <= 1e-7L * sum->pass))
		return STAT_NUMERIC;
	res->p_value = (double) fminl(sum->pass, 1);
	res->p_low = res->p_value;
	res->p_high = (double) fminl(sum->pass + sum->dropped, 1);
	if (!(res->p_value > 0))
		stat_note(res, "p is below the least positive number, 4.9e-324");
	stat_note(res, "network of %d x %d cut into %d and %d columns: %.0f nodes, %.3g joins, %.3g look-ups", net->r, net->k, net->nfirst,
			  net->nsecond, sum->nodes, sum->joins, net->ops);
	return STAT_OK;
}

/* One attempt: plan, logs, join. */
static double
attempt(FisherNet *net, const StatClean *t, double seconds, FisherSum *sum)
{
	double		cost = INFINITY;

	if (choose(net, t, &cost) && set_logs(net, t))
	{
		if (!isfinite(cost))
			net->status = STAT_BUDGET;
		else if (seconds > 0 && cost > HOPELESS * LOOKUPS_PER_SECOND * seconds)
		{
			net->status = STAT_BUDGET;
			net->out_of_time = true;
		}
		else
			fisher_join(net, sum);
	}
	fisher_release(net, net->lf);
	net->lf = NULL;
	return cost;
}

StatStatus
fisher_exact_table(const StatTable *tab, size_t memory, double seconds, StatResult *res)
{
	StatClean	t;
	StatStatus	status = stat_clean(tab, &t);
	FisherNet	net;
	FisherSum	sum;
	double		cost = INFINITY;

	stat_result_init(res, "Fisher's exact test");
	if (status != STAT_OK)
		return status;
	snprintf(res->alternative, sizeof(res->alternative), "two.sided");
	res->n = t.total;
	stat_note_dropped(&t, res);
	if (!t.integral)
		status = STAT_BAD_ARGUMENT;
	else if (t.tab.nrow < 2 || t.tab.ncol < 2)
	{
		stat_note(res, "fewer than two rows or columns have counts: there is nothing to test");
		status = STAT_UNDEFINED;
	}
	if (status != STAT_OK)
	{
		stat_release(t.block);
		return status;
	}
	memset(&net, 0, sizeof(net));
	memset(&sum, 0, sizeof(sum));
	for (int i = 0; i < t.tab.nrow; i++)
		for (int j = 0; j < t.tab.ncol; j++)
			net.x2 += (double) (stat_deviation(&t, i, j) * stat_deviation(&t, i, j) / stat_expected(&t, i, j));
	net.memory = memory;
	net.deadline = seconds > 0 ? fisher_clock() + seconds : INFINITY;
	if (t.total > INT_MAX / 4 || t.tab.nrow > FISHER_MAX_SIDE || t.tab.ncol > FISHER_MAX_SIDE)
	{
		stat_note(res, "more than %d rows or columns, or a total above %d, is beyond this method", FISHER_MAX_SIDE, INT_MAX / 4);
		net.status = STAT_BUDGET;
	}
	else
		for (net.reserve = 2; net.reserve <= 32; net.reserve *= 4)
		{
			double		c = attempt(&net, &t, seconds, &sum);

			cost = fmin(c, cost);
			if (net.status != STAT_BUDGET || net.out_of_time || !isfinite(c))
				break;
			/* memory ran out: once more with a plan that wants less */
			if (net.reserve * 4 <= 32)
				net.status = STAT_OK;
		}
	status = finish(&net, &sum, cost, res);
	stat_release(t.block);
	return status;
}
