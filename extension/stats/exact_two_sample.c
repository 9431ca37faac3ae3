/*
 * exact_two_sample.c
 *		Permutation distribution of a linear rank statistic of two groups, with ties.
 *
 * x_j of the c_j answers of category j fall into the first group, with weight prod C(c_j, x_j)/C(N, n1) for sum x_j = n1; wanted is
 * P(sum s_j x_j >= t).  Categories are added one after another, states with equal (sum x, sum s x) are merged (the shift algorithm of
 * B. Streitberg, J. Roehmel (1986), Statistical Software Newsletter 12, 10-17, over tie groups instead of answers); the last two
 * categories are looked up in cumulated sums, as the network algorithm of C. R. Mehta, N. R. Patel, A. A. Tsiatis (1984), Biometrics 40,
 * 819-825, ends a path when all its ends are decided.
 *
 * So that five thousand answers are quick, x_j runs only where it can matter.  With pi_j = 1/(1 + exp(-alpha - theta s_j)), sum c_j pi_j
 * = n1 and sum s_j c_j pi_j = t (the saddle point of the tail), every table with T >= t has
 *		weight <= B prod Bin(x_j; c_j, pi_j),	B = exp(sum c_j log(1 + e^(alpha + theta s_j)) - alpha n1 - theta t)/C(N, n1)
 * so leaving out x_j of binomial tails below epsilon loses at most 2 k epsilon B of p; epsilon is lowered until that is below 1e-11 p.
 */
#include "stats/permutation.h"

#include <string.h>

/* Cells of a table of merged states, of which two are held, and of the table of the last two categories: 64 MB each. */
#define MAX_MERGED ((int64_t) 1 << 23)
#define MAX_LAST ((int64_t) 1 << 22)
/* Fewer ways than this are followed without merging, which costs so much less a step. */
#define FEW_STEPS 100000
#define MERGED_PER_STEP 8
/* Merged states below this times epsilon are dropped. */
#define DROP 1e-8
/* Scores without a common measure are rounded to so many steps, fewer where a sum of them would leave 2^61. */
#define ROUNDED_RANGE 1099511627776.0
#define SUM_LIMIT 2305843009213693952.0
#define RELATIVE_LOSS 1e-11L

typedef struct Category
{
	int64_t		score;
	int64_t		count;
	int64_t		low;			/* x runs from low to high */
	int64_t		high;
	long double *weight;		/* C(count, x) e^(tilt x) / e^scale, from low on */
	double	   *prob;			/* Bin(x; count, pi) */
	long double scale;
	long double log_rest;		/* log(1 - pi) */
} Category;

/* Merged states after some categories: their tilted probabilities by sum x and sum s x. */
typedef struct Frame
{
	double	   *state;
	int64_t		sum_low;
	int64_t		sum_high;
	int64_t		t_low;
	int64_t		t_high;
} Frame;

typedef struct Tail
{
	int			k;
	Category   *cat;			/* the widest last */
	int64_t		n1;
	int64_t		n;
	int64_t		t;
	long double alpha;
	long double theta;
	long double tilt;
	long double epsilon;
	double		dropped;
	int64_t		budget;			/* steps left */
	/* the last two categories, their sum r from r_low on: cumulated weights of x of the one with the higher score */
	const Category *a;
	const Category *b;
	int64_t		r_low;
	int64_t		r_high;
	int64_t		step;			/* difference of their scores */
	double		per_step;
	size_t		width;
	long double *last;
	long double result;
	int			polls;
} Tail;

static long double
log_choose(int64_t n, int64_t x)
{
	return lgammal(n + 1.0L) - lgammal(x + 1.0L) - lgammal(n - x + 1.0L);
}

static long double
logistic(long double x)
{
	return x >= 0 ? 1 / (1 + expl(-x)) : expl(x) / (1 + expl(x));
}

static long double
log1pexp(long double x)
{
	return x > 0 ? x + log1pl(expl(-x)) : log1pl(expl(x));
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
static void
solve_saddle_point(Tail *p)
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

/* The range of a category and its weights; false without memory. */
static bool
fill_category(const Tail *p, Category *c)
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

/* Weights of the last two categories by their sum r, cumulated over x of the higher one from the top. */
static StatStatus
fill_last(Tail *p)
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
static StatStatus
walk(Tail *p)
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

static void
sort_by_width(Category *cat, int k)
{
	for (int i = 1; i < k; i++)
		for (int j = i; j > 0 && cat[j].high - cat[j].low < cat[j - 1].high - cat[j - 1].low; j--)
		{
			Category	c = cat[j];

			cat[j] = cat[j - 1];
			cat[j - 1] = c;
		}
}

/* P(T >= t) for category counts and scores cat[].score, cat[].count. */
static StatStatus
upper_tail(Category *cat, int k, int64_t n1, int64_t n, int64_t t, int64_t budget, double *p)
{
	Tail		tail = {.k = k,.cat = cat,.n1 = n1,.n = n,.t = t};
	long double log_bound,
				log_scale;
	StatStatus	status = STAT_OK;

	solve_saddle_point(&tail);
	log_bound = -tail.alpha * n1 - tail.theta * t - log_choose(n, n1);
	for (int j = 0; j < k; j++)
		log_bound += cat[j].count * log1pexp(tail.alpha + tail.theta * cat[j].score);
	if (log_bound < -800)
	{
		/* below what a double holds */
		*p = 0;
		return STAT_OK;
	}
	tail.tilt = logl((long double) n1 / (n - n1));
	/* probabilities are double: an epsilon beyond their range would not help */
	for (tail.epsilon = 1e-22L; tail.epsilon > 1e-280L; tail.epsilon *= tail.epsilon)
	{
		tail.budget = budget;
		tail.result = 0;
		tail.dropped = 0;
		for (int j = 0; j < k && status == STAT_OK; j++)
			status = fill_category(&tail, &cat[j]) ? STAT_OK : STAT_NO_MEMORY;
		if (status == STAT_OK)
		{
			sort_by_width(cat, k);
			status = fill_last(&tail);
		}
		if (status == STAT_OK && tail.r_low <= tail.r_high)
			status = walk(&tail);
		log_scale = -n1 * tail.tilt - log_choose(n, n1);
		for (int j = 0; j < k; j++)
		{
			log_scale += cat[j].scale;
			stat_release(cat[j].weight);
			cat[j].weight = NULL;
		}
		stat_release(tail.last);
		tail.last = NULL;
		if (status != STAT_OK)
			return status;
		if (tail.result > 0)
		{
			long double log_p = logl(tail.result) + log_scale;

			if (!isfinite(log_p))
				return STAT_NUMERIC;
			*p = (double) fminl(1, expl(log_p));
			if (logl(2 * k * tail.epsilon + tail.dropped) + log_bound < logl(RELATIVE_LOSS) + log_p)
				return STAT_OK;
		}
	}
	return STAT_NUMERIC;
}

/* A tail; upper = false: P(T <= t).  Scores lie around 0 in cat: the caller's t is theirs. */
static StatStatus
tail_probability(const Category *cat, int k, int64_t n1, int64_t n, int64_t t, bool upper, int64_t budget, double *p)
{
	Category   *c = stat_alloc(sizeof(Category) * (size_t) k);
	int64_t		least = 0,
				most = 0,
				below = 0;
	StatStatus	status;

	if (c == NULL)
		return STAT_NO_MEMORY;
	memset(c, 0, sizeof(Category) * (size_t) k);
	if (!upper)
		t = -t;
	for (int j = 0; j < k; j++)
	{
		c[j].count = cat[upper ? j : k - 1 - j].count;
		c[j].score = upper ? cat[j].score : -cat[k - 1 - j].score;
	}
	/* the least and the greatest value: the first group takes the lowest or the highest categories */
	for (int j = 0; j < k; j++)
	{
		int64_t		low = n1 - below < c[j].count ? n1 - below : c[j].count;
		int64_t		high = n1 - (n - below - c[j].count);

		least += (low > 0 ? low : 0) * c[j].score;
		most += (high < 0 ? 0 : high < c[j].count ? high : c[j].count) * c[j].score;
		below += c[j].count;
	}
	if (t <= least || t > most)
	{
		*p = t <= least ? 1 : 0;
		status = STAT_OK;
	}
	else
		status = upper_tail(c, k, n1, n, t, budget, p);
	stat_release(c);
	return status;
}

StatStatus
exact_two_sample(const double *first, const double *total, const double *score, int k, Alternative alternative, int64_t budget,
				 double *p)
{
	int64_t    *s = stat_alloc(sizeof(int64_t) * (size_t) k);
	Category   *cat = stat_alloc(sizeof(Category) * (size_t) k);
	int64_t		n = 0,
				n1 = 0,
				t = 0,
				slack = 0,
				center = 0;
	__int128	all = 0;
	double		sum = 0,
				lower = 0,
				upper = 0;
	int			kinds = 0;
	StatStatus	status = STAT_OK;

	if (s == NULL || cat == NULL)
	{
		stat_release(s);
		stat_release(cat);
		return STAT_NO_MEMORY;
	}
	for (int j = 0; j < k; j++)
		sum += total[j];
	if (sum > 1e9)
	{
		stat_release(s);
		stat_release(cat);
		return STAT_BUDGET;
	}
	/* sums of them stay below 2^61; n scores rounded to halves are off by n in two sums */
	slack = integer_scores(score, k, sum, fmin(ROUNDED_RANGE, SUM_LIMIT / sum), s) ? 0 : (int64_t) sum;
	for (int j = 0; j < k; j++)
		center += (int64_t) (total[j] / sum * s[j]);
	/* in ascending order, equal scores together */
	for (int j = 0; j < k; j++)
	{
		int			i = 0;

		s[j] -= center;
		t += (int64_t) first[j] * s[j];
		n1 += (int64_t) first[j];
		n += (int64_t) total[j];
		all += (__int128) s[j] * (int64_t) total[j];
		while (i < kinds && cat[i].score < s[j])
			i++;
		if (i < kinds && cat[i].score == s[j])
			cat[i].count += (int64_t) total[j];
		else
		{
			memmove(&cat[i + 1], &cat[i], sizeof(Category) * (size_t) (kinds - i));
			memset(&cat[i], 0, sizeof(Category));
			cat[i].score = s[j];
			cat[i].count = (int64_t) total[j];
			kinds++;
		}
	}
	if (kinds < 2 || n1 == 0 || n1 == n)
		*p = 1;
	else
	{
		/* the values as far from the mean on the other side: 2 n1 all/n - t, rounded away from the mean */
		__int128	twice = 2 * all * n1 - (__int128) t * n;
		bool		above = (__int128) t * n >= all * n1;
		int64_t		mirror = (int64_t) (twice / n);

		if (above && twice % n < 0)
			mirror--;
		if (!above && twice % n > 0)
			mirror++;
		if (alternative == ALTERNATIVE_GREATER || (alternative == ALTERNATIVE_TWO_SIDED && above))
			status = tail_probability(cat, kinds, n1, n, t - slack, true, budget, &upper);
		if (status == STAT_OK && (alternative == ALTERNATIVE_LESS || (alternative == ALTERNATIVE_TWO_SIDED && !above)))
			status = tail_probability(cat, kinds, n1, n, t + slack, false, budget, &lower);
		if (status == STAT_OK && alternative == ALTERNATIVE_TWO_SIDED)
			status = above ? tail_probability(cat, kinds, n1, n, mirror + slack, false, budget, &lower)
				: tail_probability(cat, kinds, n1, n, mirror - slack, true, budget, &upper);
		*p = fmin(1, lower + upper);
	}
	stat_release(s);
	stat_release(cat);
	return status;
}
