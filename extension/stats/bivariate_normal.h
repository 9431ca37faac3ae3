/*
 * bivariate_normal.h
 *		The bivariate normal distribution with unit variances.
 */
#ifndef CSIRTSURVEY_BIVARIATE_NORMAL_H
#define CSIRTSURVEY_BIVARIATE_NORMAL_H

/* P(X <= a, Y <= b) for correlation rho in [-1, 1]; a and b may be infinite.  Absolute error about 1e-15; NaN for other input. */
extern double bivariate_normal_cdf(double a, double b, double rho);

/*
 * P(a0 < X <= a1, b0 < Y <= b1), |rho| < 1; keeps about ten digits also where it is far below the error of the distribution function.
 * 0 below 1e-300.
 */
extern double bivariate_normal_rectangle(double a0, double a1, double b0, double b1, double rho);

/* P(u0 < Z <= u1) of a standard normal variable, from the nearer tail. */
extern double normal_between(double u0, double u1);

/* The bivariate density; 0 where a or b is infinite.  |rho| < 1. */
extern double bivariate_normal_density(double a, double b, double rho);

#endif							/* CSIRTSURVEY_BIVARIATE_NORMAL_H */
