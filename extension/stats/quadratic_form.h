/*
 * quadratic_form.h
 *		g' V^- g of a covariance matrix that may be singular.
 */
#ifndef CSIRTSURVEY_QUADRATIC_FORM_H
#define CSIRTSURVEY_QUADRATIC_FORM_H

#include "stats/stats.h"

#define QUADRATIC_FORM_MAX 4096	/* 256 MB of long double */

typedef struct QuadraticForm
{
	int			d;
	int			rank;
	long double *l;				/* d x d, the caller's: the factor's rows in the lower triangle */
	long double *scale;			/* d: standard deviations in the order of the factor */
	long double *z;				/* d, scratch */
	int		   *order;			/* d */
	void	   *block;
} QuadraticForm;

/*
 * v is d x d, row-major, symmetric and positive semidefinite, of which the lower triangle is read; it is overwritten and belongs to the form
 * until the end.  Linear combinations whose variance is below 1e-14 of what their elements would give count as zero.  Release out->block.
 */
extern StatStatus quadratic_form_factor(long double *v, int d, QuadraticForm *out);

/* g' V^- g, the same for any generalised inverse when g lies in the range of V, as deviations do whose covariance V is. */
extern long double quadratic_form_value(const QuadraticForm *f, const long double *g);

#endif							/* CSIRTSURVEY_QUADRATIC_FORM_H */
