/*
 * selections.h
 *		The distinct selections of a multi-select question with their counts: all that the statistics of such a question need.
 */
#ifndef CSIRTSURVEY_SELECTIONS_H
#define CSIRTSURVEY_SELECTIONS_H

#include "stats/stats.h"

/* Selection k ticks the options option[start[k]] .. option[start[k + 1] - 1], ascending, each from 0 to nopt - 1. */
typedef struct StatSets
{
	int			nsel;
	int			nopt;
	const int  *start;
	const int  *option;
} StatSets;

/* Counts of one multi-select question; n[k] respondents made selection k. */
typedef struct SelectionTotals
{
	double		respondents;	/* nothing ticked included */
	double		answered;		/* ticked at least one */
	double		responses;		/* ticks */
} SelectionTotals;

extern SelectionTotals selection_totals(const StatSets *s, const double *n);

/* count[j]: respondents who ticked option j. */
extern void selection_counts(const StatSets *s, const double *n, double *count);

/* co[j * nopt + k], j <= k: respondents who ticked both; the diagonal holds the counts. */
extern StatStatus selection_pairs(const StatSets *s, const double *n, double *co);

/* Cochran's Q: are the options ticked equally often? */
extern StatStatus selection_cochran_q(const StatSets *s, const double *n, StatResult *res);

/*
 * z for the difference of two shares xa/na and xb/nb whose samples have nab respondents in common, xab of them with the property:
 * pooled share, and the covariance of the common part.  NaN where there is no variance.
 */
extern double overlap_z(double xa, double na, double xb, double nb, double xab, double nab);

#endif							/* CSIRTSURVEY_SELECTIONS_H */
