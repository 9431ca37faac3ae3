/*
 * multinomial_ci.h
 *		Simultaneous confidence intervals of the shares of the categories of one variable.
 */
#ifndef CSIRTSURVEY_MULTINOMIAL_CI_H
#define CSIRTSURVEY_MULTINOMIAL_CI_H

#include "stats/stats.h"

typedef enum MultinomialMethod
{
	MULTINOMIAL_GOODMAN,		/* Goodman 1965: score intervals, each at 1 - alpha/k (Bonferroni) */
	MULTINOMIAL_SISON_GLAZ,		/* Sison and Glaz 1995: counts +- c, from truncated Poisson counts */
	MULTINOMIAL_QUESENBERRY_HURST,	/* 1964: score intervals with chi-square of k - 1 degrees of freedom */
	MULTINOMIAL_CLOPPER_PEARSON	/* exact binomial intervals, each at 1 - alpha/k (Bonferroni) */
} MultinomialMethod;
#define MULTINOMIAL_METHODS 4

/* "goodman", "sison_glaz", "quesenberry_hurst", "clopper_pearson" */
extern const char *const multinomial_names[MULTINOMIAL_METHODS];

/*
 * low[i], high[i] for the share of n[i], all of them covered at once with probability level; categories without counts are among the k.
 * STAT_UNDEFINED for no counts; STAT_BAD_ARGUMENT for negative or infinite counts, a level outside 0 to 1, or counts that are not whole
 * with MULTINOMIAL_SISON_GLAZ.
 */
extern StatStatus multinomial_ci(const double *n, int k, MultinomialMethod method, double level, double *low, double *high);

#endif							/* CSIRTSURVEY_MULTINOMIAL_CI_H */
