/*
 * polychoric_model.h
 *		The bivariate normal model of a cleaned table, which the parts of the polychoric correlation share.
 *
 * P_ij = P(a_i-1 < X <= a_i, b_j-1 < Y <= b_j) of the bivariate normal distribution with correlation rho; the log-likelihood is
 * sum n_ij log P_ij.
 */
#ifndef CSIRTSURVEY_POLYCHORIC_MODEL_H
#define CSIRTSURVEY_POLYCHORIC_MODEL_H

#include "stats/stats.h"

typedef struct PolychoricCorner
{
	double		cdf;
	double		f;				/* density = derivative by rho */
	double		da;				/* first and second derivatives, 0 at infinity */
	double		db;
	double		daa;
	double		dbb;
	double		dar;
	double		dbr;
	double		drr;
} PolychoricCorner;

/* Parameters: rho, then the row thresholds, then the column thresholds. */
typedef struct PolychoricModel
{
	const StatClean *t;
	int			nrow;
	int			ncol;
	int			k;				/* number of parameters */
	double		rho;
	double	   *a;				/* nrow + 1 row thresholds, from -infinity to infinity */
	double	   *b;				/* ncol + 1 */
	long double loglik;
	double	   *gradient;		/* k */
	double	   *by_rho;			/* k: the row of rho of the negative second derivatives */
	double	   *information;	/* k x k negative second derivatives, NULL unless wanted */
	PolychoricCorner *line;		/* 2 x (ncol + 1) corners of cells */
} PolychoricModel;

static inline double
normal_density(double x)
{
	return isinf(x) ? 0 : exp(-x * x / 2) / sqrt(2 * M_PI);
}

/* polychoric_likelihood.c: the log-likelihood with its derivatives.  STAT_NUMERIC: a cell with a count has no probability. */
extern StatStatus polychoric_likelihood(PolychoricModel *m);

/* polychoric_fit.c: thresholds from the margins, from the nearer tail. */
extern void polychoric_marginal_cuts(const double *total, int k, long double n, double *cut);

/*
 * The best correlation for the thresholds at hand: the best of a grid in Fisher's z, then the zero of the derivative around it.
 * *edge is set to -1 or 1 where the likelihood does not fall towards it.
 */
extern StatStatus polychoric_fit_rho(PolychoricModel *m, int *edge);

/* Newton's method from the two-step estimate; room for k in old and step.  information holds the Cholesky factor at the end. */
extern StatStatus polychoric_fit_all(PolychoricModel *m, double *old, double *step, int *edge);

#endif							/* CSIRTSURVEY_POLYCHORIC_MODEL_H */
