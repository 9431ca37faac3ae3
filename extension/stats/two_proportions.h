/*
 * two_proportions.h
 *		Successes of two independent samples, for the comparisons of their proportions.
 */
#ifndef CSIRTSURVEY_TWO_PROPORTIONS_H
#define CSIRTSURVEY_TWO_PROPORTIONS_H

#include "stats/stats.h"

/* x successes and y failures of n, twice. */
typedef struct TwoProportions
{
	long double x1,
				y1,
				n1,
				x2,
				y2,
				n2;
	long double difference;		/* of the proportions; NaN with an empty sample */
} TwoProportions;

/* Column col of a 2 x 2 table; false for another table or column, or a count that is none. */
static inline bool
two_proportions(const StatTable *tab, int col, TwoProportions *s)
{
	if (tab->nrow != 2 || tab->ncol != 2 || col < 0 || col > 1)
		return false;
	for (int i = 0; i < 4; i++)
		if (!stat_is_count(tab->n[i]))
			return false;
	s->x1 = tab->n[col];
	s->y1 = tab->n[1 - col];
	s->x2 = tab->n[2 + col];
	s->y2 = tab->n[3 - col];
	s->n1 = s->x1 + s->y1;
	s->n2 = s->x2 + s->y2;
	s->difference = (s->x1 * s->y2 - s->x2 * s->y1) / s->n1 / s->n2;
	return true;
}

/* The variance of the difference of the proportions at the maximum of the likelihood with p1 = p2 + delta. */
extern long double two_proportions_variance(const TwoProportions *s, long double delta);

#endif							/* CSIRTSURVEY_TWO_PROPORTIONS_H */
