/*
 * ordinal_association.h
 *		Association of two ordered variables: concordance of pairs, rank and product-moment correlation.
 *
 * Every measure takes both sides as ordered.  The standard error is ASE1 of the multinomial delta method, the interval is normal and
 * clipped to [-1, 1].
 */
#ifndef CSIRTSURVEY_ORDINAL_ASSOCIATION_H
#define CSIRTSURVEY_ORDINAL_ASSOCIATION_H

#include "stats/permutation.h"
#include "stats/scores.h"
#include "stats/stats.h"

/* Measures of concordance and discordance. */
typedef enum ConcordanceMeasure
{
	CONCORDANCE_GAMMA,			/* Goodman and Kruskal */
	CONCORDANCE_TAU_B,			/* Kendall */
	CONCORDANCE_TAU_C,			/* Stuart */
	CONCORDANCE_SOMERS_COL,		/* Somers' d, column variable dependent */
	CONCORDANCE_SOMERS_ROW,
	CONCORDANCE_SOMERS_SYM
} ConcordanceMeasure;
#define CONCORDANCE_MEASURES 6

/* The test of "no association". */
typedef enum AssociationTest
{
	ASSOCIATION_ASE0,			/* z = estimate/ASE0, the delta method under a null association */
	ASSOCIATION_PERMUTATION,	/* z with the variance over all tables of the same margins */
	ASSOCIATION_T				/* correlations only: t with n - 2 degrees of freedom */
} AssociationTest;

/* "ase0", "permutation", "t" */
#define ASSOCIATION_TESTS 3
extern const char *const association_test_names[ASSOCIATION_TESTS];

typedef struct AssociationOptions
{
	double		level;			/* of the interval */
	Alternative alternative;
	AssociationTest test;
	Permutation perm;			/* exact or Monte-Carlo p over tables of the same margins, in place of the test's own */
} AssociationOptions;

/* Pairs of cases, each counted once. */
typedef struct ConcordancePairs
{
	double		concordant;
	double		discordant;
	double		tied_row;		/* in the same row only */
	double		tied_col;
	double		tied_both;		/* in the same cell; NaN for fractional counts */
	double		total;			/* n(n - 1)/2; likewise */
} ConcordancePairs;

extern StatStatus concordance_pairs(const StatTable *tab, ConcordancePairs *out);

/* test: ASSOCIATION_ASE0 (parameter2 = ASE0) or ASSOCIATION_PERMUTATION. */
extern StatStatus concordance_measure(const StatTable *tab, ConcordanceMeasure measure, const AssociationOptions *opt, StatResult *res);

/* Concordant less discordant pairs of a cleaned table, each counted once, without cancellation near independence. */
extern StatStatus concordance_difference(const StatClean *t, long double *difference);

/* The permutation variance of concordant less discordant pairs, given the margins of a cleaned table. */
extern double concordance_variance(const StatClean *t);

/*
 * The permutation p of concordant less discordant pairs of a cleaned table, given its margins: that of gamma, tau-b, tau-c, Somers' d and
 * Jonckheere's statistic alike, with its way appended to the method; p_value stands where neither exact nor replicates ask for another.
 * STAT_BUDGET as in permutation.h.
 */
extern StatStatus concordance_permutation(const StatClean *t, double difference, Alternative alternative, const Permutation *perm, StatResult *res);

/* Correlation of the scores, which count as fixed in the standard error. */
extern StatStatus pearson_correlation(const StatTable *tab, ScoreKind scores, const AssociationOptions *opt, StatResult *res);

/* Correlation of the midranks, whose dependence on the margins is part of the standard error. */
extern StatStatus spearman_correlation(const StatTable *tab, const AssociationOptions *opt, StatResult *res);

/* Parts that the measures share, in ordinal_association.c. */

static inline bool
association_permuted(const Permutation *perm)
{
	return perm->exact == EXACT_ALWAYS || perm->replicates > 0;
}

/* Starts res and cleans tab, as association_table() does. */
extern StatStatus association_begin(const StatTable *tab, const char *method, const AssociationOptions *opt, StatClean *t, StatResult *res);

/* std_error and limits of res->estimate. */
extern void association_interval(double std_error, StatResult *res);

/* statistic and p_value of a normal (df NaN) or t deviate. */
extern void association_test(long double statistic, double df, Alternative alternative, StatResult *res);

#endif							/* CSIRTSURVEY_ORDINAL_ASSOCIATION_H */
