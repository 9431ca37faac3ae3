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

/* Cells of a table of merged states, and of the table of the last two categories. */
#define MAX_STATES ((size_t) 1 << 22)
/* Fewer ways than this are followed without merging. */
#define FEW_STEPS 100000
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
	long double scale;
} Category;

typedef struct State
{
	int64_t		sum;			/* answers in the first group */
	int64_t		t;
	long double weight;
} State;

typedef struct Tail
{
	int			k;
	Category   *cat;			/* the widest last */
	int64_t		n1;
	int64_t		n;
	int64_t		t;
	long double alpha;
	long double theta;
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
fill_category(const Tail *p, Category *c, long double epsilon)
{
	long double lambda = p->alpha + p->theta * c->score;
	long double pi = logistic(lambda);
	long double log_pi = -log1pexp(-lambda),
				log_rest = -log1pexp(lambda);
	long double tilt = logl((long double) p->n1 / (p->n - p->n1));
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

		if (ratio < 1 && g * ratio / (1 - ratio) < epsilon)
			break;
		g *= ratio;
	}
	for (g = at_mode, c->low = mode; c->low > 0; c->low--)
	{
		long double ratio = c->low / (c->count - c->low + 1.0L) * expl(-lambda);

		if (ratio < 1 && g * ratio / (1 - ratio) < epsilon)
			break;
		g *= ratio;
	}
	c->scale = log_choose(c->count, mode) + tilt * mode;
	c->weight = stat_alloc(sizeof(long double) * (size_t) (c->high - c->low + 1));
	if (c->weight == NULL)
		return false;
	c->weight[mode - c->low] = 1;
	for (int64_t x = mode; x < c->high; x++)
		c->weight[x + 1 - c->low] = c->weight[x - c->low] * ((c->count - x) / (x + 1.0L)) * expl(tilt);
	for (int64_t x = mode; x > c->low; x--)
		c->weight[x - 1 - c->low] = c->weight[x - c->low] * (x / (c->count - x + 1.0L)) * expl(-tilt);
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
	if ((size_t) (p->r_high - p->r_low + 1) > MAX_STATES / p->width)
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

/* Sums of states after the categories 0..j that can still become n1, and the values of t: a table of long double over both. */
typedef struct Frame
{
	int64_t		sum_low;
	int64_t		sum_high;
	int64_t		t_low;
	int64_t		t_high;
} Frame;

static bool
frame_after(const Tail *p, int j, Frame *f)
{
	int64_t		low = 0,
				high = 0;

	memset(f, 0, sizeof(*f));
	for (int i = 0; i < p->k; i++)
	{
		const Category *c = &p->cat[i];

		if (i <= j)
		{
			f->sum_low += c->low;
			f->sum_high += c->high;
			f->t_low += c->score * (c->score >= 0 ? c->low : c->high);
			f->t_high += c->score * (c->score >= 0 ? c->high : c->low);
		}
		else
		{
			low += c->low;
			high += c->high;
		}
	}
	if (f->sum_low < p->n1 - high)
		f->sum_low = p->n1 - high;
	if (f->sum_high > p->n1 - low)
		f->sum_high = p->n1 - low;
	return f->sum_low <= f->sum_high && f->t_high - f->t_low < (int64_t) (MAX_STATES / (size_t) (f->sum_high - f->sum_low + 1));
}

/* Merge states while a table of them is small, then follow every way on from the last merged ones. */
static StatStatus
walk(Tail *p)
{
	State	   *state = stat_alloc(sizeof(State));
	size_t		nstate = 1;
	int			j = 0;
	StatStatus	status = STAT_OK;

	if (state == NULL)
		return STAT_NO_MEMORY;
	state[0] = (State) {0, 0, 1};
	for (; j < p->k - 3; j++)
	{
		const Category *c = &p->cat[j];
		Frame		f;
		size_t		width,
					cells,
					n = 0;
		long double *table;

		if (steps_ahead(p, j, (double) nstate) < FEW_STEPS || !frame_after(p, j, &f))
			break;
		width = (size_t) (f.t_high - f.t_low + 1);
		cells = width * (size_t) (f.sum_high - f.sum_low + 1);
		p->budget -= (int64_t) (cells + nstate * (size_t) (c->high - c->low + 1));
		if (p->budget < 0)
		{
			status = STAT_BUDGET;
			break;
		}
		table = stat_alloc(sizeof(long double) * cells);
		if (table == NULL)
		{
			status = STAT_NO_MEMORY;
			break;
		}
		memset(table, 0, sizeof(long double) * cells);
		for (size_t i = 0; i < nstate && status == STAT_OK; i++)
		{
			if ((i & 1023) == 0 && stat_interrupted())
				status = STAT_INTERRUPTED;
			for (int64_t x = c->low; x <= c->high; x++)
			{
				int64_t		sum = state[i].sum + x;

				if (sum >= f.sum_low && sum <= f.sum_high)
					table[(size_t) (sum - f.sum_low) * width + (size_t) (state[i].t + x * c->score - f.t_low)] += state[i].weight * c->weight[x - c->low];
			}
		}
		for (size_t i = 0; i < cells; i++)
			n += table[i] > 0;
		stat_release(state);
		state = status == STAT_OK ? stat_alloc(sizeof(State) * n) : NULL;
		if (state == NULL)
		{
			stat_release(table);
			return status == STAT_OK ? STAT_NO_MEMORY : status;
		}
		nstate = 0;
		for (size_t i = 0; i < cells; i++)
			if (table[i] > 0)
				state[nstate++] = (State) {f.sum_low + (int64_t) (i / width), f.t_low + (int64_t) (i % width), table[i]};
		stat_release(table);
	}
	if (status == STAT_OK && steps_ahead(p, j, (double) nstate) > (double) p->budget)
		status = STAT_BUDGET;
	for (size_t i = 0; i < nstate && status == STAT_OK; i++)
		status = follow(p, j, state[i].sum, state[i].t, state[i].weight);
	stat_release(state);
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
	for (long double epsilon = 1e-22L; epsilon > 1e-4000L; epsilon *= epsilon)
	{
		tail.budget = budget;
		tail.result = 0;
		for (int j = 0; j < k && status == STAT_OK; j++)
			status = fill_category(&tail, &cat[j], epsilon) ? STAT_OK : STAT_NO_MEMORY;
		if (status == STAT_OK)
		{
			sort_by_width(cat, k);
			status = fill_last(&tail);
		}
		if (status == STAT_OK && tail.r_low <= tail.r_high)
			status = walk(&tail);
		log_scale = -n1 * logl((long double) n1 / (n - n1)) - log_choose(n, n1);
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
			if (logl(2 * k * epsilon) + log_bound < logl(RELATIVE_LOSS) + log_p)
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
