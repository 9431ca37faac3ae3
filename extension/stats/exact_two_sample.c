/*
 * exact_two_sample.c
 *		Permutation distribution of a linear rank statistic of two groups, with ties.
 *
 * Both tails by two_sample.h; epsilon is lowered until what is left out of a tail is below 1e-11 of it, so that five thousand answers are
 * quick and small p keep their digits.
 */
#include "stats/permutation.h"
#include "stats/two_sample.h"

#include <string.h>

/* Scores without a common measure are rounded to so many steps, fewer where a sum of them would leave 2^61. */
#define ROUNDED_RANGE 1099511627776.0
#define SUM_LIMIT 2305843009213693952.0
#define RELATIVE_LOSS 1e-11L

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

	two_sample_tilt(&tail);
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
			status = two_sample_category(&tail, &cat[j]) ? STAT_OK : STAT_NO_MEMORY;
		if (status == STAT_OK)
		{
			sort_by_width(cat, k);
			status = two_sample_last_pair(&tail);
		}
		if (status == STAT_OK && tail.r_low <= tail.r_high)
			status = two_sample_walk(&tail);
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
