/*
 * ordinal_tests.h
 *		Tests that use the order of the categories: trend, and differences in location between groups.
 *
 * Groups are the rows; the columns are ordered from low to high, and their midranks stand for them unless scores are asked for.  An exact
 * or Monte-Carlo test of fractional counts is STAT_BAD_ARGUMENT, one of a wrong number of groups too.
 */
#ifndef CSIRTSURVEY_ORDINAL_TESTS_H
#define CSIRTSURVEY_ORDINAL_TESTS_H

#include "stats/padjust.h"
#include "stats/permutation.h"
#include "stats/scores.h"

/* linear_trend.c: statistic M^2 = (N - 1) r^2, estimate r. */
extern StatStatus linear_by_linear_test(const StatTable *tab, ScoreKind scores, Alternative alternative, const Permutation *perm,
										StatResult *res);

/* Cochran and Armitage: the share of row category (0 or 1) of two, over the scores of the columns; estimate is the slope. */
extern StatStatus trend_test(const StatTable *tab, ScoreKind scores, int category, Alternative alternative, double level,
							 const Permutation *perm, StatResult *res);

/* wilcoxon.c: statistic U of the first row, parameter z, estimate P(X > Y) + P(X = Y)/2. */
extern StatStatus wilcoxon_test(const StatTable *tab, Alternative alternative, bool correct, double level, const Permutation *perm,
								StatResult *res);
extern StatStatus cliffs_delta(const StatTable *tab, double level, StatResult *res);

/* kruskal.c: statistic H, estimate epsilon squared. */
extern StatStatus kruskal_test(const StatTable *tab, const Permutation *perm, StatResult *res);

typedef struct DunnPair
{
	int			first;			/* rows of the cleaned table */
	int			second;
	double		mean_rank[2];
	double		z;
	double		p;
	double		p_adjusted;
} DunnPair;

/* All pairs of rows of a cleaned table with at least two of each; release *pairs. */
extern StatStatus dunn_test(const StatClean *t, PadjustMethod method, DunnPair **pairs, int *npairs);

/* jonckheere.c: statistic J, parameter z, parameter2 the standard deviation of J, estimate J over all pairs of answers. */
extern StatStatus jonckheere_test(const StatTable *tab, Alternative alternative, const Permutation *perm, StatResult *res);

/* median_test.c: where answers at the grand median count. */
typedef enum MedianTies
{
	MEDIAN_BELOW,
	MEDIAN_ABOVE,
	MEDIAN_IGNORE
} MedianTies;
#define MEDIAN_TIES 3
extern const char *const median_ties_names[MEDIAN_TIES];

/* *at: the column of the grand median. */
extern StatStatus median_test(const StatTable *tab, MedianTies ties, const Permutation *perm, int *at, StatResult *res);

/* superiority.c: theta = P(X > Y) + P(X = Y)/2 of an answer X of the first row and Y of the second, with its interval. */
typedef struct Superiority
{
	double		estimate;
	double		std_error;
	double		low;
	double		high;
} Superiority;

extern void superiority(const StatClean *t, double level, Superiority *out);

/* ordinal_tests.c: deviations of the columns' midranks from their mean, score[j], and the sum of their squares over all answers. */
extern long double centered_midranks(const StatClean *t, long double *score);

/* The sum over the columns of observed minus expected counts of row i, times a score. */
extern long double row_deviation(const StatClean *t, int i, const long double *score);

/* What every test here begins with: the cleaned table, n, what was dropped; STAT_UNDEFINED, with a note, where there is nothing to test. */
extern StatStatus ordinal_test_begin(const StatTable *tab, StatClean *t, StatResult *res);

#endif							/* CSIRTSURVEY_ORDINAL_TESTS_H */
