/*
 * strata.h
 *		Two-way tables of the same categories, one a stratum.
 */
#ifndef CSIRTSURVEY_STRATA_H
#define CSIRTSURVEY_STRATA_H

#include "stats/stats.h"

/* nstrata tables of nrow x ncol counts, one after the other, each row-major.  Scores may be NULL: then 1..nrow and 1..ncol. */
typedef struct StatStrata
{
	int			nstrata;
	int			nrow;
	int			ncol;
	const double *n;
	const double *row_score;
	const double *col_score;
} StatStrata;

/*
 * The strata with 2 observations or more, without the categories that are empty in all of these.  One allocation: release with
 * stat_release(out->block).
 */
typedef struct StrataClean
{
	StatStrata	s;				/* scores always present */
	double	   *row_total;		/* nstrata x nrow */
	double	   *col_total;		/* nstrata x ncol */
	double	   *total;			/* nstrata */
	double		sum;			/* of all counts */
	int			small;			/* strata dropped */
	int			dropped_rows;
	int			dropped_cols;
	int			informative;	/* strata with two rows and two columns or more that have counts */
	bool		integral;		/* all counts are whole numbers below 2^53 */
	void	   *block;
} StrataClean;

extern StatStatus strata_clean(const StatStrata *in, StrataClean *out);

/* Sets n and the notes that every statistic of strata begins with; false, with a note, when no stratum says anything. */
extern bool strata_describe(const StrataClean *t, StatResult *res);

static inline const double *
strata_counts(const StrataClean *t, int k)
{
	return t->s.n + (size_t) k * t->s.nrow * t->s.ncol;
}

/* O - E in stratum k, as stat_deviation() of deviation.h. */
static inline long double
strata_deviation(const StrataClean *t, int k, int i, int j)
{
	long double r = t->row_total[(size_t) k * t->s.nrow + i];
	long double c = t->col_total[(size_t) k * t->s.ncol + j];

	return (strata_counts(t, k)[(size_t) i * t->s.ncol + j] * (long double) t->total[k] - r * c) / t->total[k];
}

#endif							/* CSIRTSURVEY_STRATA_H */
