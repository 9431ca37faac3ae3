/*
 * test_numeric_summary.c
 *		Quantiles and moments of counted values against R.
 */
#include "stats/numeric_summary.h"
#include "tap.h"

int
main(void)
{
	/* R: x <- rep(c(-2, 1, 2.5, 4, 7.25, 10), c(3, 1, 4, 2, 6, 1)); quantile(x, p, type = 1..9); mean(x); sd(x) */
	const double x[] = {-2, 0.5, 1, 2.5, 4, 7.25, 10},
				n[] = {3, 0, 1, 4, 2, 6, 1},
				p[] = {0, .01, .1, .25, 1.0 / 3, .5, .6, .75, .9, .99, 1};
	static const double want[QUANTILE_TYPES][11] = {
		{-2, -2, -2, 2.5, 2.5, 4, 7.25, 7.25, 7.25, 10, 10},
		{-2, -2, -2, 2.5, 2.5, 4, 7.25, 7.25, 7.25, 10, 10},
		{-2, -2, -2, 1, 2.5, 2.5, 4, 7.25, 7.25, 10, 10},
		{-2, -2, -2, 1.375, 2.5, 3.25, 4.6499999999999977, 7.25, 7.25, 9.5324999999999953, 10},
		{-2, -2, -2, 2.125, 2.5, 4, 6.2749999999999977, 7.25, 7.25, 10, 10},
		{-2, -2, -2, 1.75, 2.5, 4, 6.5999999999999961, 7.25, 7.799999999999998, 10, 10},
		{-2, -2, -2, 2.5, 2.5, 4, 5.9499999999999993, 7.25, 7.25, 9.5599999999999987, 10},
		{-2, -2, -2, 2.0000000000000004, 2.5, 4, 6.3833333333333364, 7.25, 7.25, 10, 10},
		{-2, -2, -2, 2.03125, 2.5, 4, 6.3562499999999993, 7.25, 7.25, 10, 10},
	};
	/* quantile(rep(1:3, c(1, 2, 1)), c(.25, .5, .75), type = 1..9): positions that are whole numbers */
	static const double whole[QUANTILE_TYPES][3] = {
		{1, 2, 2}, {1.5, 2, 2.5}, {1, 2, 2}, {1, 2, 2}, {1.5, 2, 2.5}, {1.25, 2, 2.75}, {1.75, 2, 2.25},
		{1.4166666666666667, 2, 2.5833333333333339}, {1.4375, 2, 2.5625}
	};
	const ValueCounts v = {7, x, n, n, n};
	const ValueCounts small = {3, (double[]) {1, 2, 3}, (double[]) {1, 2, 1}, NULL, NULL};
	NumericSummary s;

	for (int t = 1; t <= QUANTILE_TYPES; t++)
	{
		double		worst = 0;

		for (int i = 0; i < 11; i++)
			worst = fmax(worst, rel_err(count_quantile(&v, p[i], t), want[t - 1][i]));
		for (int i = 0; i < 3; i++)
			worst = fmax(worst, rel_err(count_quantile(&small, (i + 1) / 4.0, t), whole[t - 1][i]));
		ok(worst < 1e-14, "quantiles of type %d as R's", t);
	}
	numeric_summary(&v, 7, &s);
	is_close(s.mean, 3.9117647058823528, 1e-15, "mean");
	is_close(s.sd, 3.7520215139543738, 1e-15, "standard deviation");
	is_close(s.se_mean, 3.7520215139543738 / sqrt(17), 1e-15, "standard error");
	/* without weights the linearised error is the ordinary one */
	is_close(s.se_mean_sampling, s.se_mean, 1e-14, "sampling standard error without weights");
	ok(s.n == 17 && s.rows == 17 && s.min == -2 && s.max == 10 && s.mode == 7.25 && s.nmodes == 1 && s.q1 == 2.5 && s.median == 4 && s.q3 == 7.25, "the rest");
	{
		/* R: Hmisc 5.1, wtd.quantile(1:4, c(.4, 1.3, 2.2, 1.6), c(.25, .5, .75)) by its definition: positions 2.125, 3.25, 4.375 of 5.5 */
		const ValueCounts w = {4, (double[]) {1, 2, 3, 4}, (double[]) {0.4, 1.3, 2.2, 1.6}, NULL, NULL};

		is_close(count_quantile(&w, 0.25, 7), 3, 1e-15, "fractional counts: positions 2 and 3 both hold 3");
		is_close(count_quantile(&w, 0.5, 7), 3 + 0.25, 1e-15, "between positions 3 and 4");
		numeric_summary(&w, 7, &s);
		ok(isnan(s.rows) && isnan(s.se_mean_sampling), "rows not known");
	}
	{
		/* a mean of 1e9 and a spread of 1: nothing cancels */
		const ValueCounts far = {2, (double[]) {1e9, 1e9 + 2}, (double[]) {5e8, 5e8}, NULL, NULL};

		numeric_summary(&far, 7, &s);
		is_close(s.mean, 1e9 + 1, 1e-16, "mean of 1e9 cases");
		is_close(s.sd, sqrt(1e9 / (1e9 - 1)), 1e-14, "their standard deviation");
		ok(s.nmodes == 2 && s.mode == 1e9, "two modes, the smaller one given");
	}
	{
		const ValueCounts none = {2, x, (double[]) {0, 0}, NULL, NULL},
					one = {1, x, (double[]) {1}, NULL, NULL};

		numeric_summary(&none, 7, &s);
		ok(s.n == 0 && isnan(s.mean) && isnan(s.sd) && isnan(s.min) && isnan(s.median) && isnan(s.mode) && s.nmodes == 0, "no counts");
		numeric_summary(&one, 6, &s);
		ok(s.n == 1 && s.mean == -2 && isnan(s.sd) && isnan(s.se_mean) && s.q1 == -2 && s.q3 == -2, "one case");
		ok(isnan(count_quantile(&one, 1.5, 7)) && isnan(count_quantile(&one, 0.5, 0)) && isnan(count_quantile(&one, 0.5, 10)), "out of range");
	}
	return done_testing();
}
