/*
 * test_overlap.c
 *		Two proportions whose samples have members in common: both ends of the overlap, one in between, tables without an answer.
 */
#include <gsl/gsl_errno.h>

#include "stats/overlap.h"
#include "tap.h"

static StatStatus
run(double x1, double n1, double x2, double n2, double yy, double yn, double ny, double nn, StatResult *res)
{
	const OverlapCounts c = {x1, n1, x2, n2, yy, yn, ny, nn};

	return overlap_test(&c, 0.95, res);
}

int
main(void)
{
	StatResult	res;

	gsl_set_error_handler_off();

	/*
	 * Everybody in both, R 4.2: mcnemar.test(matrix(c(31, 12, 5, 22), 2, byrow = TRUE), correct = FALSE); phi by cor() of the 70 pairs;
	 * the limits by Newcombe's method 8 from prop.test(43, 70, correct = FALSE) and prop.test(36, 70, correct = FALSE).
	 */
	ok(run(43, 70, 36, 70, 31, 12, 5, 22, &res) == STAT_OK, "everybody in both");
	is_close(res.statistic * res.statistic, 2.882352941176, 1e-12, "McNemar's chi-square");
	is_close(res.p_value, 0.0895550744136, 1e-11, "McNemar's p");
	is_close(res.parameter, 0.52177535942922604, 1e-12, "phi");
	is_close(res.conf_low, -0.20788692365773614, 1e-12, "Newcombe's method 8, low");
	is_close(res.conf_high, 0.01270630406274480, 1e-11, "Newcombe's method 8, high");
	is_close(res.n, 70, 0, "70 members");

	/* Nobody in both, R 4.2: prop.test(c(45, 30), c(120, 60), correct = FALSE), and Newcombe's limits from each one's. */
	ok(run(45, 120, 30, 60, 0, 0, 0, 0, &res) == STAT_OK, "nobody in both");
	is_close(res.statistic * res.statistic, 2.571428571429, 1e-12, "Pearson's chi-square");
	is_close(res.p_value, 0.108809430041, 1e-11, "Pearson's p");
	is_close(res.conf_low, -0.02667413770529151, 1e-11, "Newcombe's hybrid interval, low");
	is_close(res.conf_high, 0.27224555366461967, 1e-12, "Newcombe's hybrid interval, high");

	/*
	 * 70 of 100 and of 113 in both, by R's vectors of zeros and ones; with X and Y the first 70 of x and y, and p = mean(c(x, y)):
	 * r = cor(X, Y) * 70 / sqrt(100 * 113), c = 2 * sum((X - p) * (Y - p)) / (sum((X - p)^2) + sum((Y - p)^2)) and
	 * z = (mean(y) - mean(x)) / sqrt(p * (1 - p) * (1 / 100 + 1 / 113 - 2 * c * 70 / 100 / 113)).
	 */
	ok(run(50, 100, 69, 113, 31, 12, 5, 22, &res) == STAT_OK, "part of them in both");
	is_close(res.estimate, 1.106194690265486e-01, 1e-12, "difference");
	is_close(res.std_error, 5.502753791813357e-02, 1e-12, "standard error");
	is_close(res.parameter, 3.435914784563976e-01, 1e-12, "correlation");
	is_close(res.conf_low, 2.696433364514222e-03, 1e-10, "low");
	is_close(res.conf_high, 2.147384970263392e-01, 1e-12, "high");
	is_close(res.statistic, 1.986386515234545e+00, 1e-12, "z");
	is_close(res.p_value, 4.699042278397241e-02, 1e-12, "p");

	/* The same one says yes in both samples, of 66 and 187 with 58 in both: no change to speak of.  R as above. */
	ok(run(1, 66, 1, 187, 1, 0, 0, 57, &res) == STAT_OK, "one of few, in both");
	is_close(res.statistic, -1.050753821816642, 1e-12, "is no evidence of a change");
	is_close(res.parameter, 0.522077795387701, 1e-12, "correlation by the share in both");

	/* No answer, with a reason. */
	ok(run(3, 10, 3, 10, 3, 0, 0, 7, &res) == STAT_UNDEFINED && res.nnotes == 2 && isnan(res.p_value), "nobody changed");
	ok(run(7, 31, 7, 31, 7, 0, 0, 24, &res) == STAT_UNDEFINED && isnan(res.statistic), "nobody changed, thirds and sevenths");
	ok(run(0, 10, 0, 12, 0, 0, 0, 5, &res) == STAT_UNDEFINED && res.conf_high > 0 && isfinite(res.conf_high), "nobody says yes: the interval stands");
	ok(run(0, 0, 3, 12, 0, 0, 0, 0, &res) == STAT_UNDEFINED && isnan(res.estimate), "no cases");
	ok(run(0, 10, 10, 10, 0, 0, 10, 0, &res) == STAT_OK && res.parameter == 0, "all changed: no correlation to be had");
	/* all ten went from no to yes: McNemar's (10 - 0)^2/(10 + 0) */
	is_close(res.statistic * res.statistic, 10, 1e-12, "all changed: McNemar's chi-square");

	/* What does not fit. */
	ok(run(11, 10, 3, 10, 0, 0, 0, 0, &res) == STAT_BAD_ARGUMENT, "x above n");
	ok(run(3, 10, 3, 10, 4, 0, 0, 0, &res) == STAT_BAD_ARGUMENT, "more in both than said yes");
	ok(run(3, 10, 3, 10, 0, 0, 0, 8, &res) == STAT_BAD_ARGUMENT, "more in both than said no");
	ok(run(-1, 10, 3, 10, 0, 0, 0, 0, &res) == STAT_BAD_ARGUMENT, "negative");
	ok(run(NAN, 10, 3, 10, 0, 0, 0, 0, &res) == STAT_BAD_ARGUMENT, "not a number");
	return done_testing();
}
