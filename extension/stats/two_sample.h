/*
 * two_sample.h
 *		What the parts of the exact test of two groups share: a tail of the permutation distribution and its categories.
 *
 * x_j of the c_j answers of category j fall into the first group, with weight prod C(c_j, x_j)/C(N, n1) for sum x_j = n1; wanted is
 * P(sum s_j x_j >= t).  x_j runs only where it can matter: with pi_j = 1/(1 + exp(-alpha - theta s_j)), sum c_j pi_j = n1 and
 * sum s_j c_j pi_j = t (the saddle point of the tail), every table with T >= t has
 *		weight <= B prod Bin(x_j; c_j, pi_j),	B = exp(sum c_j log(1 + e^(alpha + theta s_j)) - alpha n1 - theta t)/C(N, n1)
 * so leaving out x_j of binomial tails below epsilon loses at most 2 k epsilon B of p.
 */
#ifndef CSIRTSURVEY_TWO_SAMPLE_H
#define CSIRTSURVEY_TWO_SAMPLE_H

#include "stats/stats.h"

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

static inline long double
log_choose(int64_t n, int64_t x)
{
	return lgammal(n + 1.0L) - lgammal(x + 1.0L) - lgammal(n - x + 1.0L);
}

static inline long double
log1pexp(long double x)
{
	return x > 0 ? x + log1pl(expl(-x)) : log1pl(expl(x));
}

/* two_sample_tilt.c: alpha and theta at the saddle point. */
extern void two_sample_tilt(Tail *p);

/* The range of a category and its weights; false without memory. */
extern bool two_sample_category(const Tail *p, Category *c);

/* two_sample_walk.c: the cumulated weights of the last two categories, then all ways to them, added up in result. */
extern StatStatus two_sample_last_pair(Tail *p);
extern StatStatus two_sample_walk(Tail *p);

#endif							/* CSIRTSURVEY_TWO_SAMPLE_H */
