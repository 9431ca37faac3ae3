/*
 * column_compare.h
 *		Every pair of columns of a table compared, row by row, with p-values adjusted over a stated family.
 */
#ifndef CSIRTSURVEY_COLUMN_COMPARE_H
#define CSIRTSURVEY_COLUMN_COMPARE_H

#include "stats/padjust.h"
#include "stats/stats.h"

/* The family of tests that an adjustment covers. */
typedef enum CompareFamily
{
	FAMILY_ROW,					/* the pairs of columns of one row, as SPSS Custom Tables does */
	FAMILY_TABLE				/* the pairs of columns of all rows */
} CompareFamily;
#define COMPARE_FAMILIES 2

/* "row", "table" */
extern const char *const compare_family_names[COMPARE_FAMILIES];

/* Pairs a < b of k columns, in the order (0,1), (0,2), .., (1,2), ..; z and p are of pair + row * pairs, NaN where nothing is tested. */
typedef struct ColumnCompare
{
	int			nrow;
	int			ncol;
	size_t		pairs;			/* a row */
	const double *n;			/* the table's cells */
	double	   *total;			/* of the columns */
	double	   *z;				/* pooled, share of a minus share of b */
	double	   *p;
	double	   *p_adjusted;
	int		   *tests;			/* number of tests in the family of each row */
	void	   *block;			/* release with stat_release() */
} ColumnCompare;

static inline size_t
column_pair(int ncol, int a, int b)
{
	return (size_t) a * ncol - (size_t) a * (a + 1) / 2 + (size_t) (b - a - 1);
}

/* Two columns against one row: [[x_a, n_a - x_a], [x_b, n_b - x_b]], for the functions of odds.h. */
extern void column_compare_two_by_two(const ColumnCompare *c, int row, int a, int b, double cell[4]);

/*
 * Fill out, whose n points into tab.  The test is the z test with the pooled variance and without continuity correction.  An empty column
 * takes no part; two shares that are both 0 or both 1 are not tested and do not count in the family.  keep_extreme false also
 * leaves out, as SPSS does, columns whose share of the row is 0 or 1 and columns whose total is below 2.
 */
extern StatStatus column_compare(const StatTable *tab, bool keep_extreme, PadjustMethod method, CompareFamily family, ColumnCompare *out);

/* Cohen's effect size h = 2 asin(sqrt(p_a)) - 2 asin(sqrt(p_b)) of a 2 x 2 table; NaN for an empty group. */
extern double cohens_h(const double cell[4]);

#endif							/* CSIRTSURVEY_COLUMN_COMPARE_H */
