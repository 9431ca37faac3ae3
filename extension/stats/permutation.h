/*
 * permutation.h
 *		How the p-value of a test of ordered categories is found: normal approximation, permutation distribution, or Monte Carlo.
 *
 * Permuting the answers among the groups keeps both margins of the table, and with them the ties: the permutation distribution of a
 * statistic is its distribution over the tables with these margins.
 */
#ifndef CSIRTSURVEY_PERMUTATION_H
#define CSIRTSURVEY_PERMUTATION_H

#include "stats/alternative.h"
#include "stats/montecarlo.h"

typedef enum ExactWhen
{
	EXACT_NEVER,
	EXACT_ALWAYS,
	EXACT_WHEN_SMALL
} ExactWhen;

/*
 * What was asked for.  Monte Carlo runs where replicates > 0 and no exact test is asked for, or where an exact one exceeds its budget;
 * without replicates the latter is STAT_BUDGET.
 */
typedef struct Permutation
{
	ExactWhen	exact;
	int64_t		replicates;
	uint64_t	seed;
} Permutation;

/* Steps of an exact method: a second is about 1e8 of them. */
#define EXACT_BUDGET INT64_C(1000000000)
#define EXACT_BUDGET_SMALL INT64_C(10000000)
/* EXACT_WHEN_SMALL: no more answers than this. */
#define EXACT_SMALL_N 1000

/*
 * Scores as whole numbers from 0 to at most limit: the least common multiple of their differences from the lowest where there is one (n
 * answers: ridits have it), else rounded to limit steps, and then the result is false.
 */
extern bool integer_scores(const double *score, int k, double n, double limit, int64_t *out);

/*
 * Permutation p-value of T = sum of score over the first group: first[j] of total[j] answers in category j are its.  Counts are whole.
 * Two-sided: P(|T - E| >= |t - E|).
 */
extern StatStatus exact_two_sample(const double *first, const double *total, const double *score, int k, Alternative alternative,
								   int64_t budget, double *p);

/* Statistics of an r x c table for exact_ordered(). */
typedef enum OrderedStatistic
{
	ORDERED_PRODUCT,			/* sum of n_ij a_i b_j, the scores of the rows and columns */
	ORDERED_CONCORDANCE			/* concordant minus discordant pairs */
} OrderedStatistic;

/* The same for a statistic of a whole table, over all tables with its margins. */
extern StatStatus exact_ordered(const StatClean *t, OrderedStatistic statistic, const double *row_score, const double *col_score,
								Alternative alternative, int64_t budget, double *p);

/*
 * The p-value of sum n_ij a_i b_j that was asked for, with its way appended to the method; a p-value that stands (the normal
 * approximation) is left alone.  STAT_BAD_ARGUMENT for fractional counts, STAT_BUDGET as above.
 */
extern StatStatus linear_permutation(const StatClean *t, const double *a, const double *b, Alternative alternative, const Permutation *perm,
									 StatResult *res);

/*
 * What follows from the status of an exact test (STAT_BUDGET where none was wanted): true if that settles the p-value or the error in
 * *status, false if Monte Carlo is next.  The method says which.
 */
extern bool permutation_settled(const StatClean *t, const Permutation *perm, StatStatus *status, StatResult *res);

/* ", how" after the method. */
extern void stat_method_add(StatResult *res, const char *how);

#define METHOD_EXACT "exact permutation distribution"
#define METHOD_MONTE_CARLO "Monte-Carlo permutation distribution"
#define METHOD_NORMAL "normal approximation"

/* Whether an exact test may run at all: EXACT_WHEN_SMALL needs few, whole counts. */
static inline bool
exact_wanted(const StatClean *t, const Permutation *perm)
{
	return perm->exact == EXACT_ALWAYS || (perm->exact == EXACT_WHEN_SMALL && perm->replicates <= 0 && t->integral && t->total <= EXACT_SMALL_N);
}

static inline int64_t
exact_budget(const Permutation *perm)
{
	return perm->exact == EXACT_ALWAYS ? EXACT_BUDGET : EXACT_BUDGET_SMALL;
}

static inline McTail
montecarlo_tail(Alternative alternative)
{
	return alternative == ALTERNATIVE_GREATER ? MC_UPPER : alternative == ALTERNATIVE_LESS ? MC_LOWER : MC_TWO_SIDED;
}

#endif							/* CSIRTSURVEY_PERMUTATION_H */
