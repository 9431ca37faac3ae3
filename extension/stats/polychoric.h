/*
 * polychoric.h
 *		The polychoric correlation: that of two normal variables of which only ordered categories are seen.
 */
#ifndef CSIRTSURVEY_POLYCHORIC_H
#define CSIRTSURVEY_POLYCHORIC_H

#include "stats/stats.h"

typedef enum PolychoricMethod
{
	POLYCHORIC_ML,				/* correlation and thresholds together by maximum likelihood */
	POLYCHORIC_TWO_STEP			/* thresholds from the margins, then the correlation */
} PolychoricMethod;
#define POLYCHORIC_METHODS 2

/* "ml", "two_step" */
extern const char *const polychoric_names[POLYCHORIC_METHODS];

/* Thresholds that maximum likelihood estimates at most, both sides together. */
#define POLYCHORIC_MAX_THRESHOLDS 1000

/* Thresholds above the categories with counts but the last, ascending. */
typedef struct PolychoricCuts
{
	double	   *row;			/* room for nrow - 1 */
	double	   *row_error;
	double	   *col;			/* room for ncol - 1 */
	double	   *col_error;
	int			nrow;			/* thresholds filled in */
	int			ncol;
} PolychoricCuts;

/*
 * zero_cells > 0 is put in place of each zero in a row and column with counts.  Fills estimate, std_error and Fisher's interval; statistic,
 * parameter and p_value are the likelihood-ratio test of bivariate normality.  cuts may be NULL.  STAT_BUDGET: too many categories for ML.
 */
extern StatStatus polychoric(const StatTable *tab, PolychoricMethod method, double zero_cells, double level, PolychoricCuts *cuts, StatResult *res);

#endif							/* CSIRTSURVEY_POLYCHORIC_H */
