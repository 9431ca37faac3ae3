/*
 * quadratic_form.h
 *		g' V^- g of a covariance matrix that may be singular.
 */
#ifndef CSIRTSURVEY_QUADRATIC_FORM_H
#define CSIRTSURVEY_QUADRATIC_FORM_H

#include "stats/stats.h"

#define QUADRATIC_FORM_MAX 4096	/* 256 MB of long double */

/*
 * V is d x d, row-major, symmetric and positive semidefinite, of which the lower triangle is read and overwritten; g has d elements and is
 * overwritten too.  value is g' V^- g for any generalised inverse when g lies in the range of V, as the deviations do whose covariance V is;
 * rank is the rank of V.  Linear combinations whose variance is below 1e-14 of what their elements would give count as zero.
 */
extern StatStatus quadratic_form(long double *v, long double *g, int d, long double *value, int *rank);

#endif							/* CSIRTSURVEY_QUADRATIC_FORM_H */
