/*
 * test_polychoric.c
 *		The polychoric correlation against R's polycor, tables made from known correlations, numerical differentiation and simulation.
 */
#include "stats/bivariate_normal.h"
#include "stats/polychoric.h"
#include "tap.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <string.h>

/* What polycor 0.8-1 on R 4.2 gives: polychor(t, ML = TRUE and FALSE, std.err = TRUE, control = list(reltol = 1e-14, maxit = 10000)) */
typedef struct Known
{
	int			nrow;
	int			ncol;
	double		n[16];
	double		ml;
	double		ml_error;
	double		ml_chisq;
	double		two_step;
	double		two_step_chisq;
	double		cut[4];			/* first and last row and column threshold by ML */
} Known;

static const Known known[] = {
	{3, 3, {13, 6, 0, 69, 113, 22, 41, 132, 104}, 0.491478647089, 0.0485540862969, 3.55374844944, 0.491371263294, 3.55461578058,
	{-1.774095893454, -0.137237138507, -0.687879479568, 0.667199646796}},
	{3, 3, {58, 52, 1, 26, 58, 3, 8, 12, 9}, 0.419156061202, 0.0761476420737, 11.5352626289, 0.419898995041, 11.554098777,
	{-0.0297416168768, 1.13309243954, -0.242087339516, 1.59383874188}},
	/* Agresti (2002), table 2.8: income and job satisfaction */
	{4, 4, {1, 3, 10, 6, 2, 3, 10, 7, 1, 6, 14, 12, 0, 1, 9, 11}, 0.215747332912, 0.115814598615, 3.50466369433, 0.215358154394, 3.50786020933,
	{-0.812861643352, 0.776183895386, -1.731731964071, 0.318242537952}},
	/* Stuart (1953): vision of the right and left eye, vcd::VisualAcuity */
	{4, 4, {1520, 266, 124, 66, 234, 1512, 432, 78, 117, 362, 1772, 205, 36, 82, 179, 492}, 0.779738274746, 0.00582652280505, 1711.94543687,
	0.770208683231, 1732.80160361, {-0.608426940245, 1.213236631533, -0.641359992164, 1.171772}},
	{4, 4, {22, 2, 2, 0, 5, 7, 14, 0, 0, 2, 36, 0, 0, 1, 17, 10}, 0.902942302383, 0.0288037327403, 8.55432755759, 0.900857719847, 8.98890030507,
	{-0.765058330248, 0.688533161065, -0.725690777480, 1.365517979651}},
	{3, 4, {2, 5, 9, 14, 6, 8, 7, 3, 12, 6, 4, 1}, -0.63025670503, 0.0911829528146, 0.416930055182, -0.629262995566, 0.422003564641,
	{-0.273636749806, 0.531361685022, -0.64349838420583, 0.72379939629941}},
};

static StatStatus
fit(int nrow, int ncol, const double *n, PolychoricMethod method, StatResult *res)
{
	return polychoric(&(StatTable) {nrow, ncol, n, NULL, NULL}, method, 0, 0.95, NULL, res);
}

/* The delta method by central differences, as in test_ordinal_association.c. */
static double
numerical_error(int nrow, int ncol, const double *n, PolychoricMethod method)
{
	double		m[64];
	double		sum = 0;

	memcpy(m, n, sizeof(double) * (size_t) (nrow * ncol));
	for (int c = 0; c < nrow * ncol; c++)
		if (n[c] > 0)
		{
			const double h = 1e-3 * n[c];
			StatResult	a,
						b;

			m[c] = n[c] + h;
			fit(nrow, ncol, m, method, &a);
			m[c] = n[c] - h;
			fit(nrow, ncol, m, method, &b);
			m[c] = n[c];
			sum += n[c] * pow((a.estimate - b.estimate) / (2 * h), 2);
		}
	return sqrt(sum);
}

/* Expected counts of n cases with the given thresholds and correlation. */
static void
model_table(const double *a, int nrow, const double *b, int ncol, double rho, double n, double *out)
{
	for (int i = 0; i < nrow; i++)
		for (int j = 0; j < ncol; j++)
			out[i * ncol + j] = n * bivariate_normal_rectangle(i > 0 ? a[i - 1] : -INFINITY, i < nrow - 1 ? a[i] : INFINITY,
															   j > 0 ? b[j - 1] : -INFINITY, j < ncol - 1 ? b[j] : INFINITY, rho);
}

int
main(void)
{
	StatResult	ml,
				two;
	gsl_rng    *rng = gsl_rng_alloc(gsl_rng_mt19937);

	gsl_set_error_handler_off();
	gsl_rng_set(rng, 1979);
	for (size_t k = 0; k < sizeof(known) / sizeof(known[0]); k++)
	{
		const Known *t = &known[k];
		double		row[3],
					row_error[3],
					col[3],
					col_error[3];
		PolychoricCuts cuts = {row, row_error, col, col_error, 0, 0};

		ok(polychoric(&(StatTable) {t->nrow, t->ncol, t->n, NULL, NULL}, POLYCHORIC_ML, 0, 0.95, &cuts, &ml) == STAT_OK &&
		   fit(t->nrow, t->ncol, t->n, POLYCHORIC_TWO_STEP, &two) == STAT_OK, "table %zu", k + 1);
		/* polycor's optimiser stops at about 1e-5, and its chi-square adds 1e-6 to every cell */
		ok(fabs(ml.estimate - t->ml) < 2e-3 * t->ml_error, "maximum likelihood: %.8f, polycor %.8f", ml.estimate, t->ml);
		is_close(ml.std_error, t->ml_error, 5e-4, "its standard error, from the observed information");
		is_close(ml.statistic, t->ml_chisq, 1e-4, "its chi-square of bivariate normality");
		ok(ml.parameter == t->nrow * t->ncol - t->nrow - t->ncol, "degrees of freedom");
		is_close(two.estimate, t->two_step, 1e-5, "two-step");
		is_close(two.statistic, t->two_step_chisq, 1e-4, "its chi-square");
		ok(fabs(row[0] - t->cut[0]) < 3e-4 && fabs(row[cuts.nrow - 1] - t->cut[1]) < 3e-4 && fabs(col[0] - t->cut[2]) < 3e-4 &&
		   fabs(col[cuts.ncol - 1] - t->cut[3]) < 3e-4, "thresholds");
		is_close(two.std_error, numerical_error(t->nrow, t->ncol, t->n, POLYCHORIC_TWO_STEP), 1e-4, "two-step standard error as by numerical differentiation");
		/* the maximum: lower on both sides, so that polycor's own stopping does not decide */
		ok(ml.statistic <= t->ml_chisq && ml.statistic <= two.statistic, "no worse a fit than polycor's");
	}
	{
		/* both margins halved: rho = sin(2 pi (p11 - 1/4)) (Sheppard 1899) */
		const double n[] = {40, 10, 10, 40};

		fit(2, 2, n, POLYCHORIC_ML, &ml);
		is_close(ml.estimate, sin(2 * M_PI * 0.15), 1e-13, "tetrachoric with even margins, in closed form");
		ok(isnan(ml.p_value) && isnan(ml.statistic), "nothing left to test in a 2 x 2 table");
		is_close(ml.conf_low, tanh(atanh(ml.estimate) - 1.95996398454005 * ml.std_error / (1 - ml.estimate * ml.estimate)), 1e-12, "Fisher's interval");
	}
	{
		int			off = 0;

		for (int k = 0; k < 200; k++)
		{
			double		n[4];

			for (int c = 0; c < 4; c++)
				n[c] = 1 + (double) gsl_rng_uniform_int(rng, 200);
			off += !(fit(2, 2, n, POLYCHORIC_ML, &ml) == STAT_OK && fit(2, 2, n, POLYCHORIC_TWO_STEP, &two) == STAT_OK &&
					 fabs(ml.estimate - two.estimate) < 1e-10 && rel_err(ml.std_error, two.std_error) < 1e-8);
		}
		ok(off == 0, "2 x 2: both methods and both standard errors agree, 200 tables, %d off", off);
	}
	{
		/* expected counts give back what they were made from; there the inverse information is the delta method */
		const double a[] = {-1.1, 0.2, 0.9},
					b[] = {-0.6, 0, 0.8, 1.4};
		const double rhos[] = {0, 0.3, -0.55, 0.85, 0.97, -0.99};
		double		n[20],
					turned[20],
					row[3],
					row_error[3],
					col[4],
					col_error[4];
		PolychoricCuts cuts = {row, row_error, col, col_error, 0, 0};

		for (size_t k = 0; k < sizeof(rhos) / sizeof(rhos[0]); k++)
		{
			model_table(a, 4, b, 5, rhos[k], 1000, n);
			ok(polychoric(&(StatTable) {4, 5, n, NULL, NULL}, POLYCHORIC_ML, 0, 0.95, &cuts, &ml) == STAT_OK && fabs(ml.estimate - rhos[k]) < 1e-9 && ml.statistic < 1e-8,
			   "rho %g found by maximum likelihood", rhos[k]);
			ok(fit(4, 5, n, POLYCHORIC_TWO_STEP, &two) == STAT_OK && fabs(two.estimate - rhos[k]) < 1e-9, "rho %g found in two steps", rhos[k]);
			ok(fabs(row[0] - a[0]) < 1e-8 && fabs(row[2] - a[2]) < 1e-8 && fabs(col[1]) < 1e-8 && fabs(col[3] - b[3]) < 1e-8, "thresholds found");
			if (fabs(rhos[k]) < 0.9)
				is_close(ml.std_error, numerical_error(4, 5, n, POLYCHORIC_ML), 1e-4, "information and delta method agree on the model");
		}
		model_table(a, 4, b, 5, 0.4, 1000, n);
		for (int i = 0; i < 4; i++)
			for (int j = 0; j < 5; j++)
				turned[j * 4 + 3 - i] = n[i * 5 + j] + (i == j) * 9;
		for (int i = 0; i < 4; i++)
			n[i * 5 + i] += 9;
		fit(4, 5, n, POLYCHORIC_ML, &ml);
		fit(5, 4, turned, POLYCHORIC_ML, &two);
		ok(fabs(ml.estimate + two.estimate) < 1e-10 && rel_err(ml.std_error, two.std_error) < 1e-8, "turned over and reversed: the sign changes, nothing else");
	}
	{
		/* 400 samples of 300: the spread of the estimates is the standard error */
		double		p[12],
					sum[2] = {0, 0},
					square[2] = {0, 0},
					error[2] = {0, 0};
		int			covered[2] = {0, 0};

		model_table((const double[]) {-0.5, 0.7}, 3, (const double[]) {-0.9, 0, 0.8}, 4, 0.6, 1, p);
		for (int s = 0; s < 400; s++)
		{
			unsigned int draw[12];
			double		n[12];

			gsl_ran_multinomial(rng, 12, 300, p, draw);
			for (int c = 0; c < 12; c++)
				n[c] = draw[c];
			for (int m = 0; m < 2; m++)
			{
				fit(3, 4, n, m, &ml);
				sum[m] += ml.estimate / 400;
				square[m] += ml.estimate * ml.estimate / 400;
				error[m] += ml.std_error / 400;
				covered[m] += ml.conf_low <= 0.6 && 0.6 <= ml.conf_high;
			}
		}
		for (int m = 0; m < 2; m++)
		{
			/* the standard deviation of 400 draws is known to about 3.5 % */
			ok(fabs(sqrt(square[m] - sum[m] * sum[m]) / error[m] - 1) < 0.11, "%s: spread %.4f, standard error %.4f", polychoric_names[m], sqrt(square[m] - sum[m] * sum[m]), error[m]);
			ok(covered[m] >= 366 && covered[m] <= 393, "its interval covers in %d of 400 samples", covered[m]);
		}
	}
	{
		const double zero[] = {10, 0, 5, 8},
					diag[] = {10, 0, 0, 0, 5, 0, 0, 0, 8},
					near[] = {1000, 3, 0, 3, 1000, 2, 0, 2, 1000},
					outlier[] = {1000, 3, 1, 3, 1000, 2, 0, 2, 1000},
					gap[] = {5, 0, 3, 0, 0, 0, 2, 0, 9},
					line[] = {1, 2, 3};

		for (int m = 0; m < 2; m++)
		{
			ok(fit(2, 2, zero, m, &ml) == STAT_OK && ml.estimate == 1 && isnan(ml.std_error) && isnan(ml.conf_low) && ml.nnotes >= 2, "2 x 2 with a zero: 1, with notes");
			ok(polychoric(&(StatTable) {2, 2, zero, NULL, NULL}, m, 0.5, 0.95, NULL, &ml) == STAT_OK && ml.estimate < 1 && ml.std_error > 0 && ml.n == 23,
			   "0.5 in its place on request");
			ok(fit(3, 3, diag, m, &ml) == STAT_OK && ml.estimate == 1 && isnan(ml.std_error), "all on the diagonal");
			ok(fit(3, 3, near, m, &ml) == STAT_OK && ml.estimate > 0.9999 && ml.estimate < 1 && ml.std_error > 0, "close to 1: flagged");
			ok(fit(3, 3, outlier, m, &ml) == STAT_OK && ml.estimate > 0.99 && ml.statistic > 100, "a count where none should be");
			ok(fit(3, 3, gap, m, &ml) == STAT_OK && fit(2, 2, (const double[]) {5, 3, 2, 9}, m, &two) == STAT_OK && ml.estimate == two.estimate, "empty categories take no part");
			ok(fit(1, 3, line, m, &ml) == STAT_UNDEFINED && fit(3, 1, line, m, &ml) == STAT_UNDEFINED && fit(0, 0, line, m, &ml) == STAT_UNDEFINED, "one row, one column, nothing");
		}
		ok(polychoric(&(StatTable) {2, 2, zero, NULL, NULL}, POLYCHORIC_ML, -1, 0.95, NULL, &ml) == STAT_BAD_ARGUMENT, "a negative amount is refused");
	}
	{
		const double n[] = {10, 12, 9, 11, 10, 12, 9, 10, 13};
		double		big[9];

		for (int c = 0; c < 9; c++)
			big[c] = n[c] * 1e9;
		fit(3, 3, n, POLYCHORIC_ML, &two);
		fit(3, 3, big, POLYCHORIC_ML, &ml);
		ok(fabs(ml.estimate - two.estimate) < 1e-11 && rel_err(ml.std_error * sqrt(1e9), two.std_error) < 1e-9, "counts of 1e9");
	}
	{
		const int	k = 40;
		double	   *n = malloc(sizeof(double) * k * k);
		double		cut[39];

		for (int i = 0; i < k - 1; i++)
			cut[i] = gsl_cdf_ugaussian_Pinv((i + 1.0) / k);
		model_table(cut, k, cut, k, 0.5, 1e5, n);
		for (int c = 0; c < k * k; c++)
			n[c] = floor(n[c]);
		ok(fit(k, k, n, POLYCHORIC_ML, &ml) == STAT_OK && fabs(ml.estimate - 0.5) < 0.01, "40 x 40 categories");
		free(n);
	}
	gsl_rng_free(rng);
	return done_testing();
}
