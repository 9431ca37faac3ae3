/*
 * test_column_compare.c
 *		Column proportions compared pairwise, against R.
 *
 * The table is marital status by education of 300 respondents, the example that SPSS's "comparisons of column proportions" is taught
 * with (SPSS tutorials, "Chi-square test with pairwise z-tests": chi-square(12) = 23.57, p = 0.023).
 * R: m <- rbind(c(18,36,21,9,6), c(12,36,45,36,21), c(6,9,9,3,3), c(3,9,9,6,3)); n <- colSums(m)
 *    pairwise.prop.test(m[i,], n, p.adjust.method = ..., correct = FALSE)
 */
#include "stats/chisq.h"
#include "stats/column_compare.h"
#include "tap.h"

static const double marital[] = {18, 36, 21, 9, 6, 12, 36, 45, 36, 21, 6, 9, 9, 3, 3, 3, 9, 9, 6, 3};
static const StatTable survey = {4, 5, marital, NULL, NULL};

static double
at(const ColumnCompare *c, const double *v, int row, int a, int b)
{
	return v[row * c->pairs + column_pair(c->ncol, a, b)];
}

static void
test_survey(void)
{
	ColumnCompare c;
	StatResult	chi;

	/* that this is the published table */
	ok(chisq_test_table(&survey, false, &chi) == STAT_OK && fabs(chi.statistic - 23.57) < 0.005 && fabs(chi.p_value - 0.023) < 0.0005,
	   "the chi-square of the published example");

	ok(column_compare(&survey, true, PADJUST_BONFERRONI, FAMILY_ROW, &c) == STAT_OK && c.pairs == 10 && c.tests[0] == 10, "ten pairs a row");
	is_close(at(&c, c.z, 1, 0, 3), -3.41827666882237358, 1e-12, "z of married, columns 1 and 4");
	is_close(at(&c, c.z, 0, 1, 3), 2.92450462005572387, 1e-12, "z of never married, columns 2 and 4");
	is_close(at(&c, c.p, 3, 2, 4), 0.79451705013897589, 1e-11, "p of widowed, columns 3 and 5");
	is_close(at(&c, c.p_adjusted, 0, 0, 3), 0.019923972466204518, 1e-12, "Bonferroni over a row: never married, 1 and 4");
	is_close(at(&c, c.p_adjusted, 0, 1, 3), 0.034500495832511377, 1e-12, "Bonferroni over a row: never married, 2 and 4");
	stat_release(c.block);

	ok(column_compare(&survey, true, PADJUST_HOLM, FAMILY_ROW, &c) == STAT_OK, "Holm");
	is_close(at(&c, c.p_adjusted, 0, 1, 3), 0.03105044624926024, 1e-12, "Holm over a row: never married, 2 and 4");
	is_close(at(&c, c.p_adjusted, 1, 0, 4), 0.0423140025940476963, 1e-12, "Holm over a row: married, 1 and 5");
	is_close(at(&c, c.p_adjusted, 1, 2, 3), 0.50924771667192248, 1e-11, "Holm over a row: married, 3 and 4");
	stat_release(c.block);

	/* R: p.adjust(all 40 p-values, "BH") */
	ok(column_compare(&survey, true, PADJUST_BH, FAMILY_TABLE, &c) == STAT_OK && c.tests[0] == 40 && c.tests[3] == 40, "one family of 40");
	is_close(at(&c, c.p_adjusted, 0, 0, 1), 0.844410518335801052, 1e-11, "Benjamini-Hochberg over the table: never married, 1 and 2");
	is_close(at(&c, c.p_adjusted, 0, 0, 2), 0.088221410292789931, 1e-11, "Benjamini-Hochberg over the table: never married, 1 and 3");
	is_close(at(&c, c.p_adjusted, 1, 0, 3), 0.025207604799541181, 1e-11, "Benjamini-Hochberg over the table: married, 1 and 4");
	is_close(at(&c, c.p_adjusted, 3, 2, 3), 0.941731903979715290, 1e-11, "Benjamini-Hochberg over the table: widowed, 3 and 4");
	stat_release(c.block);
}

/* Shares of 0 and 1.  R gives NaN where both are 0; Bonferroni is then over the five others. */
static void
test_extremes(void)
{
	const double n[] = {0, 0, 5, 10, 0, 10, 20, 5, 0, 1};
	const StatTable t = {2, 5, n, NULL, NULL};
	const StatTable four = {2, 4, (const double[]) {0, 0, 5, 10, 10, 20, 5, 0}, NULL, NULL};
	ColumnCompare c;

	ok(column_compare(&four, true, PADJUST_BONFERRONI, FAMILY_ROW, &c) == STAT_OK && c.tests[0] == 5, "two shares of 0 are not compared");
	ok(isnan(at(&c, c.p, 0, 0, 1)) && isnan(at(&c, c.z, 0, 0, 1)), "nor have a p");
	is_close(at(&c, c.p_adjusted, 0, 0, 2), 4.9116372537596320e-02, 1e-12, "0 against 0.5");
	is_close(at(&c, c.p_adjusted, 0, 1, 3), 2.1602315289137485e-07, 1e-10, "0 against 1");
	stat_release(c.block);

	ok(column_compare(&t, false, PADJUST_BONFERRONI, FAMILY_ROW, &c) == STAT_OK && c.tests[0] == 0,
	   "without the extremes one column is left, and nothing to compare it with");
	stat_release(c.block);
	ok(column_compare(&t, true, PADJUST_NONE, FAMILY_ROW, &c) == STAT_OK && c.total[4] == 1 && !isnan(at(&c, c.p, 0, 3, 4)), "a column of one case");
	stat_release(c.block);
}

static void
test_large(void)
{
	/* z from exact rational arithmetic: (a/n - b/n)/sqrt(2 p (1 - p)/n) with 50 digits */
	const double n[] = {500000000, 500010000, 500000000, 499990000};
	const StatTable t = {2, 2, n, NULL, NULL};
	ColumnCompare c;
	double		cell[4];

	ok(column_compare(&t, true, PADJUST_NONE, FAMILY_ROW, &c) == STAT_OK, "counts of 1e9");
	is_close(c.z[0], -0.44721359552231621859, 1e-13, "z near equality");
	column_compare_two_by_two(&c, 0, 0, 1, cell);
	is_close(cohens_h(cell), -0.00002000000000133333333, 1e-13, "h near equality, 40 digits");
	stat_release(c.block);
	is_close(cohens_h((const double[]) {5, 5, 3, 7}), 0.41151684606748828, 1e-14, "R: 2*asin(sqrt(.5)) - 2*asin(sqrt(.3))");
	is_close(cohens_h((const double[]) {7, 0, 0, 3}), 3.1415926535897931, 1e-15, "h of 1 and 0 is pi");
	ok(cohens_h((const double[]) {0, 4, 0, 3}) == 0 && isnan(cohens_h((const double[]) {0, 0, 1, 3})), "h of two zeros, and of an empty group");
}

static void
test_refused(void)
{
	const double bad[] = {1, -1, 1, 1};
	const double one[] = {1, 2};
	ColumnCompare c;

	ok(column_compare(&(StatTable) {2, 2, bad, NULL, NULL}, true, PADJUST_NONE, FAMILY_ROW, &c) == STAT_BAD_ARGUMENT, "a negative count");
	ok(column_compare(&(StatTable) {2, 1, one, NULL, NULL}, true, PADJUST_NONE, FAMILY_TABLE, &c) == STAT_OK && c.pairs == 0, "one column");
	stat_release(c.block);
	ok(column_compare(&(StatTable) {0, 0, NULL, NULL, NULL}, true, PADJUST_NONE, FAMILY_TABLE, &c) == STAT_OK && c.pairs == 0, "no column");
	stat_release(c.block);
}

int
main(void)
{
	test_survey();
	test_extremes();
	test_large();
	test_refused();
	return done_testing();
}
