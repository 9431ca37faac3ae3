/*
 * two_sample_tilt.c
 *		The saddle point of a tail of the permutation distribution, and the binomial categories tilted to it.
 */
#include "stats/two_sample.h"

static long double
logistic(long double x)
{
	return x >= 0 ? 1 / (1 + expl(-x)) : expl(x) / (1 + expl(x));
}

/* alpha such that the tilted first group has n1 answers on average. */
static long double
solve_alpha(const Tail *p, long double theta)
{
	long double low = INFINITY,
				high = -INFINITY;
	long double base = logl((long double) p->n1 / (p->n - p->n1));

	for (int j = 0; j < p->k; j++)
	{
		low = fminl(low, base - theta * p->cat[j].score);
		high = fmaxl(high, base - theta * p->cat[j].score);
	}
	for (int i = 0; i < 80 && high > low; i++)
	{
		long double mid = (low + high) / 2,
					sum = 0;

		for (int j = 0; j < p->k; j++)
			sum += p->cat[j].count * logistic(mid + theta * p->cat[j].score);
		if (sum < p->n1)
			low = mid;
		else
			high = mid;
	}
	return (low + high) / 2;
}

static long double
tilted_mean(const Tail *p, long double theta, long double *alpha)
{
	long double mean = 0;

	*alpha = solve_alpha(p, theta);
	for (int j = 0; j < p->k; j++)
		mean += p->cat[j].score * p->cat[j].count * logistic(*alpha + theta * p->cat[j].score);
	return mean;
}

/* Any tilt gives the right p: half a unit from the saddle point is near enough. */
void
two_sample_tilt(Tail *p)
{
	long double low = 0,
				high = 0;

	p->theta = 0;
	if (tilted_mean(p, 0, &p->alpha) >= p->t - 0.5L)
		return;
	for (high = 1e-15L; tilted_mean(p, high, &p->alpha) < p->t - 0.5L && high < 1e4L; high *= 4)
		low = high;
	for (int i = 0; i < 40; i++)
	{
		long double mid = (low + high) / 2;

		if (tilted_mean(p, mid, &p->alpha) < p->t - 0.5L)
			low = mid;
		else
			high = mid;
	}
	p->theta = high;
	p->alpha = solve_alpha(p, high);
}

bool
two_sample_category(const Tail *p, Category *c)
{
	long double lambda = p->alpha + p->theta * c->score;
	long double pi = logistic(lambda);
	long double log_pi = -log1pexp(-lambda),
				log_rest = -log1pexp(lambda);
	int64_t		mode = (int64_t) floorl((c->count + 1) * pi);
	long double at_mode,
				g;

	if (mode > c->count)
		mode = c->count;
	at_mode = expl(log_choose(c->count, mode) + mode * log_pi + (c->count - mode) * log_rest);
	/* out to where the rest of the tail, below a geometric series, is less than epsilon */
	for (g = at_mode, c->high = mode; c->high < c->count; c->high++)
	{
		long double ratio = (c->count - c->high) / (c->high + 1.0L) * expl(lambda);

		if (ratio < 1 && g * ratio / (1 - ratio) < p->epsilon)
			break;
		g *= ratio;
	}
	for (g = at_mode, c->low = mode; c->low > 0; c->low--)
	{
		long double ratio = c->low / (c->count - c->low + 1.0L) * expl(-lambda);

		if (ratio < 1 && g * ratio / (1 - ratio) < p->epsilon)
			break;
		g *= ratio;
	}
	c->scale = log_choose(c->count, mode) + p->tilt * mode;
	c->log_rest = log_rest;
	c->weight = stat_alloc((sizeof(long double) + sizeof(double)) * (size_t) (c->high - c->low + 1));
	if (c->weight == NULL)
		return false;
	c->prob = (double *) (c->weight + (c->high - c->low + 1));
	c->weight[mode - c->low] = 1;
	for (int64_t x = mode; x < c->high; x++)
		c->weight[x + 1 - c->low] = c->weight[x - c->low] * ((c->count - x) / (x + 1.0L)) * expl(p->tilt);
	for (int64_t x = mode; x > c->low; x--)
		c->weight[x - 1 - c->low] = c->weight[x - c->low] * (x / (c->count - x + 1.0L)) * expl(-p->tilt);
	for (int64_t x = c->low; x <= c->high; x++)
		c->prob[x - c->low] = (double) (at_mode * c->weight[x - c->low] * expl((lambda - p->tilt) * (x - mode)));
	return true;
}
