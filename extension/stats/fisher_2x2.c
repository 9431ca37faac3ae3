/*
 * fisher_2x2.c
 *		Fisher's exact test of a 2 x 2 table.
 *
 * R. A. Fisher (1935), J. Roy. Stat. Soc. 98, 39-54; J. Cornfield (1956), Proc. Third Berkeley Symp. 4, 135-148 (the limits of the
 * odds ratio).  With the margins fixed, the first cell x has the weights C(r1, x) C(r2, c1 - x) psi^x at the odds ratio psi.
 *
 * The probability of the observed cell comes from deviances and the error terms of Stirling's formula, in which nothing of the size of
 * n log n cancels (C. Loader 2000, Fast and accurate computation of binomial probabilities); all else from ratios of neighbours.
 */
#include "stats/fisher_2x2.h"

#include <stdio.h>

/* Weights below this part of the largest are left out of a sum at its end. */
#define NEGLIGIBLE 1e-30L
#define TIE (1 + 1e-7L)
#define POLL 0xffff

typedef struct Margins
{
	int64_t		r1;
	int64_t		r2;
	int64_t		c1;
	int64_t		c2;
	int64_t		n;
	int64_t		least;			/* of the first cell */
	int64_t		most;
} Margins;

/* log k! = k log k - k + log_rest(k) */
static long double
log_rest(int64_t k)
{
	long double x = (long double) k,
				y = 1 / (x * x);

	if (k == 0)
		return 0;
	if (k <= 20)
	{
		uint64_t	factorial = 1;

		for (int64_t i = 2; i <= k; i++)
			factorial *= (uint64_t) i;
		return logl((long double) factorial) - x * logl(x) + x;
	}
	return 0.5L * logl(2 * 3.14159265358979323846264338327950288L * x) +
		(1 / 12.0L - y * (1 / 360.0L - y * (1 / 1260.0L - y * (1 / 1680.0L - y * (1 / 1188.0L - y * (691 / 360360.0L - y / 156.0L)))))) / x;
}

/* x log(x/e) - x + e, from the deviation d = x - e */
static long double
deviance(long double x, long double e, long double d)
{
	return x == 0 ? e : x * log1pl(d / e) - d;
}

/* The hypergeometric log-probability of the first cell x. */
static long double
log_probability(const Margins *m, int64_t x)
{
	long double r1 = m->r1,
				r2 = m->r2,
				c1 = m->c1,
				c2 = m->c2,
				n = m->n,
				d = ((long double) x * n - r1 * c1) / n;

	return log_rest(m->r1) + log_rest(m->r2) + log_rest(m->c1) + log_rest(m->c2) - log_rest(m->n)
		- log_rest(x) - log_rest(m->r1 - x) - log_rest(m->c1 - x) - log_rest(m->r2 - m->c1 + x)
		- deviance(x, r1 * c1 / n, d) - deviance(r1 - x, r1 * c2 / n, -d)
		- deviance(c1 - x, r2 * c1 / n, -d) - deviance(r2 - c1 + x, r2 * c2 / n, d);
}

/* Weight of x + 1 over that of x, at odds ratio 1. */
static inline long double
ratio_up(const Margins *m, int64_t x)
{
	return ((long double) (m->r1 - x) / (x + 1)) * ((long double) (m->c1 - x) / (m->r2 - m->c1 + x + 1));
}

/* The most probable first cell at odds ratio psi: the last x whose ratio to the one below is at least 1. */
static int64_t
mode_of(const Margins *m, long double psi)
{
	int64_t		low = m->least,
				high = m->most;

	while (low < high)
	{
		int64_t		mid = low + (high - low + 1) / 2;

		if (psi * ratio_up(m, mid - 1) >= 1)
			low = mid;
		else
			high = mid - 1;
	}
	return low;
}

/* The sum of the probabilities from x outward, downward for step -1, upward for 1; x is at the mode or on that side of it. */
static StatStatus
tail_from(const Margins *m, int64_t x, int step, long double *p)
{
	long double w = 1,
				sum = 1;
	long double first = expl(log_probability(m, x));

	for (int64_t k = 0; step > 0 ? x < m->most : x > m->least; k++, x += step)
	{
		w *= step > 0 ? ratio_up(m, x) : 1 / ratio_up(m, x - 1);
		sum += w;
		if (w < NEGLIGIBLE * sum)
			break;
		if ((k & POLL) == POLL && stat_interrupted())
			return STAT_INTERRUPTED;
	}
	*p = first * sum;
	return STAT_OK;
}

/* P(X <= x) for step -1, P(X >= x) for step 1, for any x; below the mode the upper tail is what the lower one leaves. */
static StatStatus
tail(const Margins *m, int64_t x, int step, long double *p)
{
	int64_t		mode = mode_of(m, 1);
	StatStatus	status;

	if (step > 0 ? x <= m->least : x >= m->most)
	{
		*p = 1;
		return STAT_OK;
	}
	if (step > 0 ? x >= mode : x <= mode)
		return tail_from(m, x, step, p);
	status = tail_from(m, x - step, -step, p);
	*p = 1 - *p;
	return status;
}

/*
 * The summed probability of the cells at most as likely as a, and that of those as likely as a.  On each side of the mode the
 * probabilities fall, so the two tails begin where a search finds them.
 */
static StatStatus
two_sided(const Margins *m, int64_t a, long double *p, long double *ties)
{
	int64_t		mode = mode_of(m, 1);
	long double observed = log_probability(m, a),
				limit = observed + logl(TIE),
				sum = 0,
				equal = 0;

	for (int step = -1; step <= 1; step += 2)
	{
		int64_t		inner = step > 0 ? mode : mode - 1,
					outer = step > 0 ? m->most : m->least;
		long double part;
		StatStatus	status;

		if (step > 0 ? inner > outer : inner < outer)
			continue;
		/* a itself is compared with itself, whatever the rounding */
		if (outer != a && log_probability(m, outer) > limit)
			continue;
		while (inner != outer)
		{
			int64_t		mid = inner + (outer - inner) / 2;

			if (mid == a || log_probability(m, mid) <= limit)
				outer = mid;
			else
				inner = mid + step;
		}
		status = tail_from(m, outer, step, &part);
		if (status != STAT_OK)
			return status;
		sum += part;
		for (int64_t x = outer; step > 0 ? x <= m->most : x >= m->least; x += step)
		{
			long double log_p = log_probability(m, x);

			if (x != a && log_p < observed - logl(TIE))
				break;
			equal += expl(log_p);
			if ((x & 0xff) == 0 && stat_interrupted())
				return STAT_INTERRUPTED;
		}
	}
	*p = fminl(sum, 1);
	*ties = equal;
	return STAT_OK;
}

/* The distribution at odds ratio psi: moments of x - a and of the part of it in the tails at a. */
typedef struct Noncentral
{
	long double total;
	long double first;			/* sum of weight times x - a */
	long double second;
	long double at;				/* weight of a */
	long double above;			/* x > a */
	long double above_first;
} Noncentral;

static inline void
add_weight(Noncentral *s, long double w, int64_t x, int64_t a)
{
	long double d = (long double) (x - a);

	s->total += w;
	s->first += w * d;
	s->second += w * d * d;
	if (x == a)
		s->at = w;
	else if (x > a)
	{
		s->above += w;
		s->above_first += w * d;
	}
}

static StatStatus
noncentral(const Margins *m, long double psi, int64_t a, Noncentral *s)
{
	int64_t		mode = mode_of(m, psi);
	long double w = 1;

	*s = (Noncentral) {0};
	add_weight(s, 1, mode, a);
	for (int64_t x = mode; x < m->most && w > NEGLIGIBLE; x++)
	{
		w *= psi * ratio_up(m, x);
		add_weight(s, w, x + 1, a);
		if ((x & POLL) == POLL && stat_interrupted())
			return STAT_INTERRUPTED;
	}
	w = 1;
	for (int64_t x = mode; x > m->least && w > NEGLIGIBLE; x--)
	{
		w /= psi * ratio_up(m, x - 1);
		add_weight(s, w, x - 1, a);
		if ((x & POLL) == POLL && stat_interrupted())
			return STAT_INTERRUPTED;
	}
	return STAT_OK;
}

/* What is solved for log psi; each rises with psi. */
typedef enum Equation
{
	MEAN,						/* E(x) = a */
	UPPER_TAIL,					/* P(x >= a) = alpha, less half of P(a) for mid-p: the lower limit */
	LOWER_TAIL					/* -log P(x <= a) = -log alpha: the upper limit */
} Equation;

static long double
equation(const Noncentral *s, Equation e, bool mid_p, double alpha, long double *slope)
{
	long double mean = s->first / s->total,
				at = mid_p ? s->at / 2 : s->at,
				p,
				part;

	switch (e)
	{
		case MEAN:
			*slope = s->second / s->total - mean * mean;
			return mean;
		case UPPER_TAIL:
			p = s->above + at;
			part = s->above_first;
			*slope = part / p - mean;
			return logl(p / s->total / alpha);
		default:
			p = s->total - s->above - s->at + at;
			part = s->first - s->above_first;
			*slope = mean - part / p;
			return -logl(p / s->total / alpha);
	}
}

/* Newton's steps for log psi, kept within limits that close in. */
static StatStatus
solve(const Margins *m, int64_t a, Equation e, bool mid_p, double alpha, long double start, long double *psi)
{
	long double low = -INFINITY,
				high = INFINITY,
				theta = logl(start),
				stride = 1;

	for (int i = 0; i < 500; i++)
	{
		Noncentral	s;
		StatStatus	status = noncentral(m, expl(theta), a, &s);
		long double slope,
					value,
					step,
					next;

		if (status != STAT_OK)
			return status;
		value = equation(&s, e, mid_p, alpha, &slope);
		if (isnan(value))
			return STAT_NUMERIC;
		step = value / slope;
		if (value == 0 || fabsl(step) <= 1e-15L * fmaxl(1, fabsl(theta)))
		{
			*psi = expl(value == 0 ? theta : theta - step);
			return isfinite(*psi) ? STAT_OK : STAT_NUMERIC;
		}
		/* minus infinity where a tail is below what the sum keeps */
		if (value > 0)
			high = theta;
		else
			low = theta;
		next = theta - step;
		/* a step outside the limits, or where the slope is lost: halve them, or go out further */
		if (!(next > low && next < high))
		{
			if (isinf(low) || isinf(high))
				next = theta + (value > 0 ? -stride : stride);
			else
				next = low + (high - low) / 2;
			stride *= 2;
		}
		if (next == low || next == high)
		{
			*psi = expl(next);
			return isfinite(*psi) ? STAT_OK : STAT_NUMERIC;
		}
		theta = next;
	}
	return STAT_NUMERIC;
}

/* The limits of the odds ratio, 0 or infinite where the cell is at its end or the alternative leaves that side open. */
static StatStatus
limits(const Margins *m, int64_t a, Alternative alternative, bool mid_p, double level, long double near, StatResult *res)
{
	double		alpha = alternative == ALTERNATIVE_TWO_SIDED ? (1 - level) / 2 : 1 - level;
	long double psi = 0;
	StatStatus	status = STAT_OK;

	res->conf_low = 0;
	res->conf_high = INFINITY;
	if (a > m->least && alternative != ALTERNATIVE_LESS)
	{
		status = solve(m, a, UPPER_TAIL, mid_p, alpha, near, &psi);
		res->conf_low = (double) psi;
	}
	if (a < m->most && alternative != ALTERNATIVE_GREATER && status == STAT_OK)
	{
		status = solve(m, a, LOWER_TAIL, mid_p, alpha, near, &psi);
		res->conf_high = (double) psi;
	}
	return status;
}

static StatStatus
estimate(const Margins *m, int64_t a, long double near, StatResult *res)
{
	long double psi = a == m->least ? 0 : INFINITY,
				slope;
	Noncentral	s;
	StatStatus	status;

	if (a > m->least && a < m->most)
	{
		status = solve(m, a, MEAN, false, 0, near, &psi);
		if (status != STAT_OK)
			return status;
		status = noncentral(m, psi, a, &s);
		if (status != STAT_OK)
			return status;
		(void) equation(&s, MEAN, false, 0, &slope);
		res->std_error = (double) (1 / sqrtl(slope));
	}
	else
		stat_note(res, "the first cell is as %s as the margins allow: the odds ratio is %s and has no standard error",
				  a == m->least ? "small" : "large", a == m->least ? "0" : "infinite");
	res->estimate = (double) psi;
	return STAT_OK;
}

StatStatus
fisher_2x2(const StatClean *t, Alternative alternative, bool mid_p, double level, StatResult *res)
{
	Margins		m;
	int64_t		a;
	long double p = 0,
				ties = 0,
				near;
	StatStatus	status;

	snprintf(res->method, sizeof(res->method), "Fisher's exact test of a 2 x 2 table%s", mid_p ? ", mid-p" : "");
	if (t->tab.nrow != 2 || t->tab.ncol != 2 || !t->integral || t->total >= 9007199254740992.0 || !(level > 0 && level < 1))
		return STAT_BAD_ARGUMENT;
	stat_set_alternative(res, alternative);
	res->n = t->total;
	res->conf_level = level;
	a = (int64_t) t->tab.n[0];
	m = (Margins) {(int64_t) t->row_total[0], (int64_t) t->row_total[1], (int64_t) t->col_total[0], (int64_t) t->col_total[1], (int64_t) t->total, 0, 0};
	m.least = m.c1 > m.r2 ? m.c1 - m.r2 : 0;
	m.most = m.r1 < m.c1 ? m.r1 : m.c1;
	if (alternative == ALTERNATIVE_TWO_SIDED)
		status = two_sided(&m, a, &p, &ties);
	else
	{
		status = tail(&m, a, alternative == ALTERNATIVE_LESS ? -1 : 1, &p);
		ties = expl(log_probability(&m, a));
	}
	if (status != STAT_OK)
		return status;
	res->p_value = (double) (mid_p ? p - ties / 2 : p);
	if (res->p_value == 0)
		stat_note(res, "p is below the smallest number of double precision");
	near = ((long double) t->tab.n[0] + 0.5L) * (t->tab.n[3] + 0.5L) / ((t->tab.n[1] + 0.5L) * (t->tab.n[2] + 0.5L));
	status = estimate(&m, a, near, res);
	if (status == STAT_OK)
		status = limits(&m, a, alternative, mid_p, level, near, res);
	if (status == STAT_OK && isinf(res->conf_high) && isfinite(res->estimate))
		stat_note(res, "the upper limit of the odds ratio is infinite");
	return status;
}
