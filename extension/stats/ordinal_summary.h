/*
 * ordinal_summary.h
 *		What one ordinal variable looks like: quantiles by category, and measures of its scores beside them.
 */
#ifndef CSIRTSURVEY_ORDINAL_SUMMARY_H
#define CSIRTSURVEY_ORDINAL_SUMMARY_H

#include "stats/stats.h"

typedef struct OrdinalSummary
{
	double		n;
	int			min;			/* categories by index; -1 where there are no counts */
	int			q1;
	int			median;
	int			q3;
	int			max;
	int			mode;			/* the lowest of the most frequent */
	int			nmodes;
	double		interpolated_median;	/* NaN unless the scores rise by 1 */
	double		mean;			/* of the scores; NaN where a counted category has none */
	double		sd;				/* divisor n - 1; NaN for n <= 1 */
} OrdinalSummary;

/* counts n[0..k-1] of categories in ascending order with their scores. */
extern void ordinal_summary(const double *n, const double *score, int k, OrdinalSummary *out);

#endif							/* CSIRTSURVEY_ORDINAL_SUMMARY_H */
