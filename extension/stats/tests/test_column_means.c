/*
 * test_column_means.c
 *		Column means and the t tests between them, against R.
 *
 * R: k <- rbind(c(5,2,1), c(8,4,3), c(6,9,2), c(3,7,6), c(1,4,9)); s <- rep(rep(0:4, 3), c(k)); g <- rep(1:3, colSums(k))
 */
#include "stats/column_means.h"
#include "tap.h"

int
main(void)
{
	const double n[] = {5, 2, 1, 8, 4, 3, 6, 9, 2, 3, 7, 6, 1, 4, 9};
	const double score[] = {0, 1, 2, 3, 4};
	const double bad_score[] = {0, 1, NAN, 3, 4};
	const StatTable t = {5, 3, n, score, NULL};
	ColumnMean	m[3];
	PooledVariance v;
	StatResult	res;

	/* tapply(s, g, mean), tapply(s, g, sd) */
	ok(column_means(&t, m) == STAT_OK, "means");
	is_close(m[0].mean, 1.4347826086956521, 1e-14, "mean of column 1");
	is_close(m[2].mean, 2.9047619047619047, 1e-14, "mean of column 3");
	is_close(m[1].sd, 1.1509193649493368, 1e-13, "standard deviation of column 2");

	/* pairwise.t.test(s, g, p.adjust = "none") */
	v = column_means_pool(m, 3);
	ok(column_means_test(&m[0], &m[1], &v, &res) == STAT_OK && res.parameter == 67 && res.n == 49, "pooled over all columns: n - k degrees of freedom");
	is_close(res.p_value, 1.5661518599255467e-02, 1e-11, "pooled, 1 and 2");
	ok(res.statistic < 0 && res.estimate < 0, "the sign is that of a minus b");
	column_means_test(&m[0], &m[2], &v, &res);
	is_close(res.p_value, 9.8161737099903328e-05, 1e-11, "pooled, 1 and 3");

	/* t.test(s[g == 1], s[g == 2]) */
	ok(column_means_test(&m[0], &m[1], NULL, &res) == STAT_OK, "Welch");
	is_close(res.statistic, -2.5678937226516316, 1e-13, "Welch, t");
	is_close(res.parameter, 46.543015834449193, 1e-13, "Welch, degrees of freedom");
	is_close(res.p_value, 0.01350509915213436, 1e-11, "Welch, p");

	/* nothing to compare with */
	ok(column_means(&(StatTable) {5, 3, n, bad_score, NULL}, m) == STAT_BAD_ARGUMENT, "a category without a score");
	ok(column_means(&(StatTable) {2, 3, (const double[]) {1, 0, 0, 0, 3, 0}, NULL, NULL}, m) == STAT_OK && isnan(m[2].mean) && isnan(m[0].sd),
	   "an empty column, and one of a single case");
	v = column_means_pool(m, 3);
	ok(column_means_test(&m[0], &m[1], &v, &res) == STAT_UNDEFINED && res.nnotes == 1 && isnan(res.p_value), "no variation within columns");
	ok(column_means_test(&m[0], &m[1], NULL, &res) == STAT_UNDEFINED && isnan(res.p_value), "a single case has no variance");
	ok(column_means_test(&m[0], &m[2], &v, &res) == STAT_UNDEFINED && res.nnotes == 1, "an empty column has no mean");
	v = column_means_pool(m, 0);
	ok(v.dof == 0, "no columns");
	return done_testing();
}
