/*
 * test_bivariate_normal.c
 *		The bivariate normal distribution against mvtnorm, closed forms and the differential equation in the correlation.
 */
#include "stats/bivariate_normal.h"
#include "tap.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_rng.h>

int
main(void)
{
	/*
	 * R 4.2, mvtnorm 1.1: pmvnorm(upper = c(a, b), corr, algorithm = TVPACK(1e-16)); all but rho 0.999 and -0.9999 also by
	 * integrating phi(x) Phi((b - rho x)/sqrt(1 - rho^2)) in 30 digits, with mpmath
	 */
	static const double known[][4] = {
		{0.5, -0.3, 0.2, 0.29076428813655367},
		{-1.2, 0.7, -0.5, 0.0502856840597752432},
		{0.1, 0.2, 0.8, 0.457135269663345021},
		{1.5, 1.4, 0.95, 0.907825449629087256},
		{-2, -1.9, 0.99, 0.0215651096397299254},
		{0.3, -0.2, -0.97, 0.0602830285211709804},
		{-3, -3.5, 0.999, 0.00023262907903552494},
		{2, -2, -0.9999, 0.00030460379374372962},
		{0.7, 0.7, 0.925, 0.709635826788198613},
		{-1, 1, -0.93, 0.0361168108639046381},
	};
	gsl_rng    *rng = gsl_rng_alloc(gsl_rng_mt19937);
	double		worst_sum = 0,
				worst_turn = 0,
				worst_slope = 0,
				worst_order = 0;

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		ok(fabs(bivariate_normal_cdf(known[i][0], known[i][1], known[i][2]) - known[i][3]) < 5e-16, "P(X <= %g, Y <= %g), rho %g", known[i][0], known[i][1], known[i][2]);
	is_close(bivariate_normal_cdf(-6, -5, 0.5), 1.34331873976726013e-11, 1e-9, "far in the tail (mpmath)");
	for (int i = -99; i <= 99; i++)
		worst_sum = fmax(worst_sum, fabs(bivariate_normal_cdf(0, 0, i / 100.0) - (0.25 + asin(i / 100.0) / (2 * M_PI))));
	ok(worst_sum < 5e-16, "Sheppard: P(X <= 0, Y <= 0) = 1/4 + asin(rho)/(2 pi): off by %.1e at most", worst_sum);
	worst_sum = 0;
	gsl_rng_set(rng, 1990);
	for (int i = 0; i < 20000; i++)
	{
		double		a = 6 * gsl_rng_uniform(rng) - 3,
					b = 6 * gsl_rng_uniform(rng) - 3,
					rho = 2 * gsl_rng_uniform(rng) - 1,
					p = bivariate_normal_cdf(a, b, rho),
					h = 1e-4 * (1 - rho * rho);

		/* P(X <= a) = P(X <= a, Y <= b) + P(X <= a, -Y <= -b) */
		worst_sum = fmax(worst_sum, fabs(gsl_cdf_ugaussian_P(a) - p - bivariate_normal_cdf(a, -b, -rho)));
		worst_turn = fmax(worst_turn, fabs(p - bivariate_normal_cdf(b, a, rho)));
		/* Plackett (1954): the derivative by the correlation is the density; here by a central difference */
		worst_slope = fmax(worst_slope, fabs((bivariate_normal_cdf(a, b, rho + h) - bivariate_normal_cdf(a, b, rho - h)) / (2 * h) - bivariate_normal_density(a, b, rho)) *
						   (1 - rho * rho));
		worst_order = fmax(worst_order, p - fmin(gsl_cdf_ugaussian_P(a), gsl_cdf_ugaussian_P(b)));
	}
	ok(worst_sum < 2e-15, "the two halves make the margin, 20,000 points: off by %.1e at most", worst_sum);
	ok(worst_turn < 2e-15, "symmetric: off by %.1e at most", worst_turn);
	ok(worst_slope < 1e-6, "Plackett's equation: off by %.1e at most", worst_slope);
	ok(worst_order < 1e-15, "never above a margin");
	ok(bivariate_normal_cdf(0.3, -0.4, 1) == gsl_cdf_ugaussian_P(-0.4) && bivariate_normal_cdf(0.3, -0.4, -1) == 0, "rho of 1 and -1");
	is_close(bivariate_normal_cdf(0.8, 0.5, -1), gsl_cdf_ugaussian_P(0.8) - gsl_cdf_ugaussian_P(-0.5), 1e-14, "rho of -1: an interval");
	ok(bivariate_normal_cdf(INFINITY, 0.5, 0.3) == gsl_cdf_ugaussian_P(0.5) && bivariate_normal_cdf(-INFINITY, INFINITY, 0.3) == 0 &&
	   bivariate_normal_cdf(INFINITY, INFINITY, -0.3) == 1, "infinite limits");
	{
		/* the same integral in 30 digits, mpmath */
		static const double rare[][6] = {
			{-INFINITY, -0.43, 0.43, INFINITY, 0.997, 1.6713602023132463e-31},
			{-INFINITY, -0.43, 0.43, INFINITY, 0.95, 0.00012678337587939672},
			{1.5, 2, -3, -2.5, 0.6, 2.4042142259202153e-7},
			{-8, -7, -1, 1, 0.3, 1.4775666993484806e-13},
			{2, INFINITY, -INFINITY, -2, 0.8, 5.0891259751793012e-12},
			{0.1, 0.2, -3, -2.9, -0.5, 7.3959746358015228e-6},
			{3, INFINITY, 3, INFINITY, -0.9, 3.2694360170108475e-43},
		};

		for (size_t i = 0; i < sizeof(rare) / sizeof(rare[0]); i++)
			is_close(bivariate_normal_rectangle(rare[i][0], rare[i][1], rare[i][2], rare[i][3], rare[i][4]), rare[i][5], 1e-9, "a rare rectangle");
		ok(bivariate_normal_rectangle(30, 31, -31, -30, 0.9) == 0, "beyond the range of numbers");
	}
	ok(isnan(bivariate_normal_cdf(0, 0, 1.5)) && isnan(bivariate_normal_cdf(NAN, 0, 0)), "no number for what is not one");
	gsl_rng_free(rng);
	return done_testing();
}
