/*
 * mantel_haenszel_exact.c
 *		The exact test of a common odds ratio of 1 and its conditional estimate, given all margins of all strata.
 *
 * C. R. Mehta, N. R. Patel, R. Gray (1985), Journal of the American Statistical Association 80, 969-973.  Where the
 * observed sum is farther out than the distribution at 1 reaches, estimate and limits come from one at an odds ratio near the estimate.
 */
#include "stats/mh_distribution.h"

#include <stdio.h>

/* What is solved for log psi. */
typedef enum Equation
{
	MEAN,						/* E S = s */
	LOWER_TAIL,					/* log P(S <= s) = target */
	UPPER_TAIL					/* log P(S >= s) = target */
} Equation;

typedef struct Likelihood
{
	MhWeights	d;				/* logarithms of the weights */
	int64_t		s;
	Equation	equation;
	long double target;
} Likelihood;

/* Left side less right side, rising in u (turned round for the lower tail), and its derivative; u is log psi less the tilt. */
static long double
difference(const Likelihood *l, long double u, long double *slope)
{
	long double top = -INFINITY,
				sum[2] = {0, 0},	/* everything, the tail */
				first[2] = {0, 0},
				second = 0;

	for (int64_t i = 0; i < l->d.n; i++)
		top = fmaxl(top, l->d.w[i] + u * (l->d.low + i - l->s));
	for (int64_t i = 0; i < l->d.n; i++)
	{
		long double x = l->d.low + i - l->s;
		long double e = l->d.w[i] + u * x - top;

		if (e < -100)
			continue;
		e = expl(e);
		sum[0] += e;
		first[0] += x * e;
		second += x * x * e;
		if (l->equation == LOWER_TAIL ? x <= 0 : x >= 0)
		{
			sum[1] += e;
			first[1] += x * e;
		}
	}
	if (l->equation == MEAN)
	{
		*slope = second / sum[0] - first[0] / sum[0] * (first[0] / sum[0]);
		return first[0] / sum[0];
	}
	*slope = first[1] / sum[1] - first[0] / sum[0];
	if (l->equation == LOWER_TAIL)
	{
		*slope = -*slope;
		return l->target - logl(sum[1] / sum[0]);
	}
	return logl(sum[1] / sum[0]) - l->target;
}

/* Newton's method kept inside what is known to hold the root. */
static StatStatus
solve(const Likelihood *l, long double *u)
{
	long double low = -INFINITY,
				high = INFINITY,
				at = 0,
				step = 1;

	for (int i = 0; i < 1000; i++)
	{
		long double slope,
					f = difference(l, at, &slope),
					next = at - f / slope;

		if (stat_interrupted())
			return STAT_INTERRUPTED;
		if (f < 0)
			low = at;
		else
			high = at;
		if (isinf(low) || isinf(high))
		{
			if (!(fabsl(next - at) <= step))
				next = f < 0 ? at + step : at - step;
			step *= 2;
		}
		else if (!(next > low && next < high))
			next = (low + high) / 2;
		if (f == 0 || fabsl(next - at) <= 1e-14L * fmaxl(1, fabsl(at)))
		{
			*u = f == 0 ? at : next;
			return STAT_OK;
		}
		at = next;
	}
	return STAT_NUMERIC;
}

/* exp of the root of an equation, or the odds ratio at the end of the range where there is none. */
static StatStatus
root(Likelihood *l, Equation equation, double tail, long double tilt, double *psi)
{
	StatStatus	status;
	long double u = 0;

	l->equation = equation;
	l->target = logl(tail);
	status = solve(l, &u);
	*psi = (double) expl(tilt + u);
	return status;
}

static StatStatus
estimate(const StrataClean *t, MhWeights *d, int64_t least, int64_t most, int64_t s, Alternative alternative, double level, StatResult *res)
{
	long double tilt = 0;
	double		tail = alternative == ALTERNATIVE_TWO_SIDED ? (1 - level) / 2 : 1 - level;
	Likelihood	l = {.s = s};
	StatStatus	status = STAT_OK;

	if (s < d->low || s >= d->low + d->n || d->w[s - d->low] < MH_CUT * 1e50L)
	{
		long double psi = mh_near_estimate(t);

		tilt = logl(psi);
		stat_release(d->w);
		status = mh_distribution(t, psi, d);
	}
	if (status != STAT_OK)
		return status;
	for (int64_t i = 0; i < d->n; i++)
		d->w[i] = logl(d->w[i]);
	l.d = *d;
	res->conf_level = level;
	res->estimate = s == least ? 0 : INFINITY;
	res->conf_low = 0;
	res->conf_high = INFINITY;
	if (s > least && s < most)
		status = root(&l, MEAN, 1, tilt, &res->estimate);
	if (status == STAT_OK && s > least && alternative != ALTERNATIVE_LESS)
		status = root(&l, UPPER_TAIL, tail, tilt, &res->conf_low);
	if (status == STAT_OK && s < most && alternative != ALTERNATIVE_GREATER)
		status = root(&l, LOWER_TAIL, tail, tilt, &res->conf_high);
	if (s == least || s == most)
		stat_note(res, "the sum is the %s that the margins allow: the odds ratio is %s", s == least ? "least" : "greatest",
				  s == least ? "0" : "infinite");
	if (alternative == ALTERNATIVE_GREATER && s < most)
		stat_note(res, "one-sided interval: the upper limit is infinite");
	return status;
}

/* The p-value from the distribution at an odds ratio of 1. */
static double
tail_probability(const MhWeights *d, int64_t s, Alternative alternative)
{
	long double all = 0,
				tail = 0;
	long double observed = s >= d->low && s < d->low + d->n ? d->w[s - d->low] : 0;

	for (int64_t i = 0; i < d->n; i++)
	{
		int64_t		x = d->low + i;

		all += d->w[i];
		if (alternative == ALTERNATIVE_TWO_SIDED ? d->w[i] <= observed * MH_SAME : alternative == ALTERNATIVE_LESS ? x <= s : x >= s)
			tail += d->w[i];
	}
	return (double) fminl(tail / all, 1);
}

StatStatus
mantel_haenszel_exact(const StatStrata *in, Alternative alternative, double level, StatResult *res)
{
	StrataClean t;
	MhWeights	d = {0};
	StatStatus	status;
	int64_t		s = 0,
				least = 0,
				most = 0;

	stat_result_init(res, "Exact conditional test of a common odds ratio in 2 x 2 x K tables");
	if (!(level > 0 && level < 1))
		return STAT_BAD_ARGUMENT;
	stat_set_alternative(res, alternative);
	status = mh_clean(in, &t, res);
	if (status == STAT_OK && (!t.integral || t.sum >= 9007199254740992.0))
		status = STAT_BAD_ARGUMENT;
	if (status == STAT_OK)
	{
		for (int k = 0; k < t.s.nstrata; k++)
		{
			MhStratum	x = mh_stratum(&t, k);

			s += (int64_t) x.a;
			least += (int64_t) fmaxl(x.a - x.d, 0);
			most += (int64_t) fminl(x.a + x.b, x.a + x.c);
		}
		status = mh_distribution(&t, 1, &d);
		if (status == STAT_OK)
		{
			res->statistic = (double) s;
			res->p_value = tail_probability(&d, s, alternative);
			if (res->p_value == 0)
				stat_note(res, "the p-value is below 1e-308");
			status = estimate(&t, &d, least, most, s, alternative, level, res);
		}
	}
	stat_release(d.w);
	stat_release(t.block);
	return status;
}
