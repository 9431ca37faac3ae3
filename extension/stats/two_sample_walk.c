/*
 * two_sample_walk.c
 *		The weight of all tables in a tail of the permutation distribution of two groups.
 *
 * Categories are added one after another, states with equal (sum x, sum s x) are merged (the shift algorithm of B. Streitberg, J.
 * Roehmel (1986), Statistical Software Newsletter 12, 10-17, over tie groups instead of answers) while that is cheaper than following
 * every way.  The last two categories are looked up in cumulated sums, as the network algorithm of C. R. Mehta, N. R. Patel, A. A.
 * Tsiatis (1984), Biometrics 40, 819-825, ends a path when all its ends are decided.
 */
#include "stats/two_sample.h"

#include <string.h>

/* Cells of a table of merged states, of which two are held, and of the table of the last two categories: 64 MB each. */
#define MAX_MERGED ((int64_t) 1 << 23)
#define MAX_LAST ((int64_t) 1 << 22)
/* Fewer ways than this are followed without merging, which costs so much less a step. */
#define FEW_STEPS 100000
#define MERGED_PER_STEP 8
/* Merged states below this times epsilon are dropped. */
#define DROP 1e-8

/* Merged states after some categories: their tilted probabilities by sum x and sum s x. */
typedef struct Frame
{
	double	   *state;
	int64_t		sum_low;
	int64_t		sum_high;
	int64_t		t_low;
	int64_t		t_high;
} Frame;

/* Weights of the last two categories by their sum r, cumulated over x of the higher one from the top. */
StatStatus
two_sample_last_pair(Tail *p)
{
	const Category *c = &p->cat[p->k - 2];
	int64_t		low = p->n1,
				high = p->n1;

	for (int j = 0; j < p->k - 2; j++)
	{
		low -= p->cat[j].high;
		high -= p->cat[j].low;
	}
	p->a = c[0].score > c[1].score ? &c[0] : &c[1];
	p->b = c[0].score > c[1].score ? &c[1] : &c[0];
	p->r_low = low > p->a->low + p->b->low ? low : p->a->low + p->b->low;
	p->r_high = high < p->a->high + p->b->high ? high : p->a->high + p->b->high;
	if (p->r_low > p->r_high)
		return STAT_OK;
	p->step = p->a->score - p->b->score;
	p->per_step = 1.0 / p->step;
	p->width = (size_t) (p->a->high - p->a->low + 1);
	if (p->r_high - p->r_low + 1 > MAX_LAST / (int64_t) p->width)
		return STAT_BUDGET;
	p->last = stat_alloc(sizeof(long double) * p->width * (size_t) (p->r_high - p->r_low + 1));
	if (p->last == NULL)
		return STAT_NO_MEMORY;
	for (int64_t r = p->r_low; r <= p->r_high; r++)
	{
		long double *row = p->last + p->width * (size_t) (r - p->r_low);
		long double sum = 0;

		if (stat_interrupted())
			return STAT_INTERRUPTED;
		for (int64_t x = p->a->high; x >= p->a->low; x--)
		{
			int64_t		y = r - x;

			if (y >= p->b->low && y <= p->b->high)
				sum += p->a->weight[x - p->a->low] * p->b->weight[y - p->b->low];
			row[x - p->a->low] = sum;
		}
	}
	return STAT_OK;
}

/* The weight of the last two categories' ways from a state to an end of at least t. */
static inline long double
last_two(const Tail *p, int64_t sum, int64_t t)
{
	int64_t		r = p->n1 - sum;
	int64_t		need,
				x;

	if (r < p->r_low || r > p->r_high)
		return 0;
	/* the least x with a.score x + b.score (r - x) >= p.t - t; a division of integers would be most of the time spent here */
	need = p->t - t - p->b->score * r;
	if (need > p->a->high * p->step)
		return 0;
	if (need <= p->a->low * p->step)
		x = p->a->low;
	else
	{
		x = (int64_t) ((double) need * p->per_step);
		while (x * p->step < need)
			x++;
		while ((x - 1) * p->step >= need)
			x--;
	}
	return p->last[(size_t) (r - p->r_low) * p->width + (size_t) (x - p->a->low)];
}

/* All ways on from a state, category j next, whose end is at least t. */
static StatStatus
follow(Tail *p, int j, int64_t sum, int64_t t, long double weight)
{
	const Category *c = &p->cat[j];
	long double result = 0;

	if (j == p->k - 2)
	{
		p->result += weight * last_two(p, sum, t);
		return STAT_OK;
	}
	if ((++p->polls & 1023) == 0 && stat_interrupted())
		return STAT_INTERRUPTED;
	if (j == p->k - 3)
	{
		for (int64_t x = c->low; x <= c->high; x++)
			result += c->weight[x - c->low] * last_two(p, sum + x, t + x * c->score);
		p->result += weight * result;
		return STAT_OK;
	}
	for (int64_t x = c->low; x <= c->high; x++)
	{
		StatStatus	status = follow(p, j + 1, sum + x, t + x * c->score, weight * c->weight[x - c->low]);

		if (status != STAT_OK)
			return status;
	}
	return STAT_OK;
}

/* Steps from nstate states with categories j.. still to come but for the last two. */
static double
steps_ahead(const Tail *p, int j, double nstate)
{
	for (; j < p->k - 2; j++)
		nstate *= p->cat[j].high - p->cat[j].low + 1;
	return nstate;
}

static inline int64_t
frame_width(const Frame *f)
{
	return f->t_high - f->t_low + 1;
}

/*
 * The frame for the states of from with category j added: only sums that the later categories can complete, and values that they can
 * bring to t.  False if it would be too large.
 */
static bool
next_frame(const Tail *p, const Frame *from, int j, Frame *to)
{
	const Category *c = &p->cat[j];
	int64_t		low = p->n1,
				high = p->n1,
				gain = 0;

	for (int i = j + 1; i < p->k; i++)
	{
		low -= p->cat[i].high;
		high -= p->cat[i].low;
		gain += p->cat[i].score * (p->cat[i].score >= 0 ? p->cat[i].high : p->cat[i].low);
	}
	to->sum_low = from->sum_low + c->low > low ? from->sum_low + c->low : low;
	to->sum_high = from->sum_high + c->high < high ? from->sum_high + c->high : high;
	to->t_low = from->t_low + c->score * (c->score >= 0 ? c->low : c->high);
	to->t_high = from->t_high + c->score * (c->score >= 0 ? c->high : c->low);
	if (to->t_low < p->t - gain)
		to->t_low = p->t - gain;
	/* nothing can be completed: one empty cell */
	if (to->sum_low > to->sum_high || to->t_low > to->t_high)
	{
		to->sum_high = to->sum_low;
		to->t_high = to->t_low;
	}
	return frame_width(to) <= MAX_MERGED / (to->sum_high - to->sum_low + 1);
}

static StatStatus
merge_category(const Frame *from, const Category *c, Frame *to)
{
	size_t		width = (size_t) frame_width(to);
	size_t		cells = width * (size_t) (to->sum_high - to->sum_low + 1);

	to->state = stat_alloc(sizeof(double) * cells);
	if (to->state == NULL)
		return STAT_NO_MEMORY;
	memset(to->state, 0, sizeof(double) * cells);
	for (int64_t sum = from->sum_low; sum <= from->sum_high; sum++)
	{
		const double *in = from->state + (size_t) (sum - from->sum_low) * (size_t) frame_width(from);

		if (stat_interrupted())
			return STAT_INTERRUPTED;
		for (int64_t x = c->low; x <= c->high; x++)
		{
			int64_t		shift = x * c->score;
			int64_t		first = to->t_low - shift > from->t_low ? to->t_low - shift : from->t_low;
			int64_t		last = to->t_high - shift < from->t_high ? to->t_high - shift : from->t_high;
			double		prob = c->prob[x - c->low];
			double	   *out;

			if (sum + x < to->sum_low || sum + x > to->sum_high || first > last)
				continue;
			out = to->state + (size_t) (sum + x - to->sum_low) * width + (size_t) (first + shift - to->t_low);
			for (int64_t t = 0; t <= last - first; t++)
				out[t] += in[first - from->t_low + t] * prob;
		}
	}
	return STAT_OK;
}

/* Drop what cannot matter, and close the frame around the rest; the number of states left. */
static int64_t
trim(Tail *p, Frame *f)
{
	double		least = (double) (p->epsilon * DROP);
	int64_t		width = frame_width(f);
	Frame		g = {NULL, INT64_MAX, INT64_MIN, INT64_MAX, INT64_MIN};
	int64_t		n = 0;

	for (int64_t sum = f->sum_low; sum <= f->sum_high; sum++)
	{
		double	   *row = f->state + (sum - f->sum_low) * width;

		for (int64_t t = f->t_low; t <= f->t_high; t++)
		{
			double	   *w = &row[t - f->t_low];

			if (*w <= least)
			{
				p->dropped += *w;
				*w = 0;
				continue;
			}
			n++;
			g.sum_low = sum < g.sum_low ? sum : g.sum_low;
			g.sum_high = sum;
			g.t_low = t < g.t_low ? t : g.t_low;
			g.t_high = t > g.t_high ? t : g.t_high;
		}
	}
	if (n == 0)
		return 0;
	for (int64_t sum = g.sum_low; sum <= g.sum_high; sum++)
		memmove(f->state + (sum - g.sum_low) * frame_width(&g), f->state + (sum - f->sum_low) * width + (g.t_low - f->t_low),
				sizeof(double) * (size_t) frame_width(&g));
	g.state = f->state;
	*f = g;
	return n;
}

/* From every merged state, categories j.. to come, to the end. */
static StatStatus
follow_all(Tail *p, const Frame *f, int j)
{
	long double scale = 0;
	StatStatus	status = STAT_OK;

	/* from tilted probabilities to weights */
	for (int i = 0; i < j; i++)
		scale -= p->cat[i].scale + p->cat[i].count * p->cat[i].log_rest;
	for (int64_t sum = f->sum_low; sum <= f->sum_high && status == STAT_OK; sum++)
	{
		const double *row = f->state + (sum - f->sum_low) * frame_width(f);

		if (stat_interrupted())
			return STAT_INTERRUPTED;
		for (int64_t t = f->t_low; t <= f->t_high && status == STAT_OK; t++)
		{
			double		prob = row[t - f->t_low];

			if (!(prob > 0) || (j == p->k - 2 && last_two(p, sum, t) == 0))
				continue;
			status = follow(p, j, sum, t, prob * expl(scale + (p->tilt - p->alpha) * sum - p->theta * t));
		}
	}
	return status;
}

/* Merge states while that is cheaper than following every way, then follow the ways from the last merged ones. */
StatStatus
two_sample_walk(Tail *p)
{
	Frame		f = {NULL, 0, 0, 0, 0},
				next;
	int64_t		n = 1;
	int			j = 0;
	StatStatus	status = STAT_OK;

	f.state = stat_alloc(sizeof(double));
	if (f.state == NULL)
		return STAT_NO_MEMORY;
	f.state[0] = 1;
	for (; j < p->k - 2 && n > 0; j++)
	{
		const Category *c = &p->cat[j];
		double		ahead = steps_ahead(p, j, (double) n);
		double		merging;

		if (ahead < FEW_STEPS || !next_frame(p, &f, j, &next))
			break;
		merging = ((double) frame_width(&f) * (f.sum_high - f.sum_low + 1) * (c->high - c->low + 1) +
				   (double) frame_width(&next) * (next.sum_high - next.sum_low + 1)) / MERGED_PER_STEP;
		if (merging > ahead)
			break;
		p->budget -= (int64_t) merging;
		if (p->budget < 0)
		{
			stat_release(f.state);
			return STAT_BUDGET;
		}
		status = merge_category(&f, c, &next);
		stat_release(f.state);
		f = next;
		if (status != STAT_OK)
			break;
		n = trim(p, &f);
	}
	if (status == STAT_OK && steps_ahead(p, j, (double) n) > (double) p->budget)
		status = STAT_BUDGET;
	if (status == STAT_OK && n > 0)
		status = follow_all(p, &f, j);
	stat_release(f.state);
	return status;
}
