/*
 * column_means.h
 *		Means of the row scores in each column, and the t tests between them.
 */
#ifndef CSIRTSURVEY_COLUMN_MEANS_H
#define CSIRTSURVEY_COLUMN_MEANS_H

#include "stats/stats.h"

typedef struct ColumnMean
{
	double		n;
	double		mean;			/* NaN in an empty column */
	double		sd;				/* divisor n - 1; NaN for n <= 1 */
	double		ss;				/* sum of squared deviations */
} ColumnMean;

/* mean[ncol] of a table whose row scores are all finite (else STAT_BAD_ARGUMENT). */
extern StatStatus column_means(const StatTable *tab, ColumnMean *mean);

/* The variance within all columns, with its degrees of freedom. */
typedef struct PooledVariance
{
	double		variance;
	double		dof;			/* 0 if there is none */
} PooledVariance;

extern PooledVariance column_means_pool(const ColumnMean *mean, int k);

/*
 * t test that columns x and y have equal means: estimate = difference, std_error, statistic, parameter = df, p_value, n of the two.
 * pooled is the variance within all columns (R's pairwise.t.test, SPSS's default); NULL lets each column have its own (Welch).
 * STAT_UNDEFINED with a note where there is no variance to compare with.
 */
extern StatStatus column_means_test(const ColumnMean *x, const ColumnMean *y, const PooledVariance *pooled, StatResult *res);

#endif							/* CSIRTSURVEY_COLUMN_MEANS_H */
