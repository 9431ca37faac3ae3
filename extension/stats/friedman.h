/*
 * friedman.h
 *		Friedman's test and Kendall's coefficient of concordance: several ratings by the same respondents.
 */
#ifndef CSIRTSURVEY_FRIEDMAN_H
#define CSIRTSURVEY_FRIEDMAN_H

#include "stats/stats.h"

/* What the rows add up to; doubled midranks are whole numbers. */
typedef struct FriedmanSums
{
	int			k;				/* items */
	int64_t		n;				/* respondents */
	const int64_t *rank2;		/* k: sum of the doubled midranks of an item */
	int64_t		ties;			/* sum of t^3 - t over the groups of ties of every respondent */
} FriedmanSums;

typedef struct FriedmanRating
{
	double		value;
	int			item;
} FriedmanRating;

/* Add the doubled midranks of the k ratings of one respondent (none NaN; sorted in place) to rank2; returns their sum of t^3 - t. */
extern int64_t friedman_rank(FriedmanRating *rating, int k, int64_t *rank2);

/* statistic = chi-square corrected for ties, parameter = k - 1, estimate = Kendall's W. */
extern StatStatus friedman_test(const FriedmanSums *s, StatResult *res);

/*
 * Items a and b (from 0) after a Friedman test: estimate = difference of their mean ranks, a minus b.  nemenyi: statistic = q, p from the
 * studentized range of k items with infinitely many degrees of freedom, which covers all pairs at once.  Otherwise Conover's t with
 * (n - 1)(k - 1) degrees of freedom, p for this pair alone.
 */
extern StatStatus friedman_compare(const FriedmanSums *s, int a, int b, bool nemenyi, StatResult *res);

#endif							/* CSIRTSURVEY_FRIEDMAN_H */
