/*
 * cmh_side.h
 *		What the Cochran-Mantel-Haenszel statistics take of a side of the tables, and its part of their covariance.
 *
 * With the margins of a stratum fixed, cov(n_ij, n_i'j') = r_i (d_ii' n - r_i')/n c_j (d_jj' n - c_j')/n / (n - 1): a product of a row's and a
 * column's part.  A takes a side's categories one by one, but for one that follows from the others, or adds them up by their scores.
 */
#ifndef CSIRTSURVEY_CMH_SIDE_H
#define CSIRTSURVEY_CMH_SIDE_H

#include "stats/cmh.h"
#include "stats/quadratic_form.h"

/* A side of the tables as A takes it. */
typedef struct CmhSide
{
	bool		scored;
	int			n;				/* categories */
	int			d;				/* 1, or n - 1 */
	int			reference;		/* the category that is left to follow from the others */
	ScoreKind	kind;
	const double *table_score;
	const double *total;		/* strata x n */
	double	   *score;			/* n: of the stratum at hand, less their mean */
	long double *cov;			/* d x d: of the stratum at hand */
} CmhSide;

/* The rows or columns of t as the statistic takes them; false when memory fails.  Release in any case. */
extern bool cmh_side_init(CmhSide *side, const StrataClean *t, CmhStatistic which, ScoreKind kind, bool is_row);
extern void cmh_side_release(CmhSide *side);

/* The scores of stratum k less their mean, in side->score; their sum of squares. */
extern long double cmh_side_center(CmhSide *side, int k, double n);

/* g = sum A (O - E) and v = sum A cov A' (lower triangle) over the strata: g and v zeroed, row->d col->d elements and their square. */
extern StatStatus cmh_sums(const StrataClean *t, CmhSide *row, CmhSide *col, long double *g, long double *v);

/* Where category i goes among the d of its side, and with what weight; false for the one that is left out. */
static inline bool
cmh_place(const CmhSide *side, int i, int *at, long double *weight)
{
	*weight = side->scored ? side->score[i] : 1;
	*at = side->scored ? 0 : i - (i > side->reference);
	return i != side->reference;
}

/* The Monte-Carlo p-value of the statistic whose covariance is form (cmh_simulate.c); fills p_value, p_low, p_high and a note. */
extern StatStatus cmh_simulate(const StrataClean *t, CmhSide *row, CmhSide *col, const QuadraticForm *form, double observed,
							   const CmhSimulation *sim, StatResult *res);

#endif							/* CSIRTSURVEY_CMH_SIDE_H */
