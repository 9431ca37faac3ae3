/*
 * numeric_summary.h
 *		What one numeric variable looks like, from its distinct values and their counts.
 */
#ifndef CSIRTSURVEY_NUMERIC_SUMMARY_H
#define CSIRTSURVEY_NUMERIC_SUMMARY_H

#include "stats/stats.h"

/* Types of quantile, as numbered by Hyndman and Fan and by R. */
#define QUANTILE_TYPES 9

/* Distinct values x[0..k-1], ascending, with counts n (sums of weights), number of rows and sum of squared weights. */
typedef struct ValueCounts
{
	int			k;
	const double *x;
	const double *n;
	const double *rows;			/* NULL where the rows are not known */
	const double *squares;		/* likewise */
} ValueCounts;

/* NaN where there is no answer. */
typedef struct NumericSummary
{
	double		n;
	double		rows;
	double		mean;
	double		sd;				/* divisor n - 1 */
	double		se_mean;		/* sd / sqrt(n) */
	double		se_mean_sampling;	/* the weights taken as sampling weights */
	double		min;
	double		q1;
	double		median;
	double		q3;
	double		max;
	double		mode;			/* the smallest of the most frequent */
	int			nmodes;
} NumericSummary;

/* NaN without counts, or for p outside 0 to 1 or a type outside 1 to QUANTILE_TYPES. */
extern double count_quantile(const ValueCounts *v, double p, int type);

extern void numeric_summary(const ValueCounts *v, int quantile_type, NumericSummary *out);

#endif							/* CSIRTSURVEY_NUMERIC_SUMMARY_H */
