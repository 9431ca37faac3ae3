/*
 * test_proportion.c
 *		Intervals of a proportion against the reference values; levels, finite populations, bad arguments.
 */
#include "stats/proportion.h"
#include "golden.h"

int
main(void)
{
	GoldenCsv	csv = golden_csv("data/golden/prop.csv");
	double		low,
				high,
				low2,
				high2;

	for (int i = 1; i < csv.nrow; i++)
	{
		const char *id = csv.row[i][0];
		double		x = golden_number(csv.row[i][1]),
					n = golden_number(csv.row[i][2]),
					level = golden_number(csv.row[i][3]);

		golden_check(id, "proportion", x / n);
		/* the methods from PROP_HYPERGEOMETRIC on need a population */
		for (int m = 0; m < PROP_HYPERGEOMETRIC; m++)
		{
			char		name[64];

			if (prop_ci(x, n, m, level, 0, &low, &high) != STAT_OK)
				ok(false, "%s %s", id, prop_method_names[m]);
			snprintf(name, sizeof(name), "%s_lower", prop_method_names[m]);
			golden_check(id, name, low);
			snprintf(name, sizeof(name), "%s_upper", prop_method_names[m]);
			golden_check(id, name, high);
		}
	}
	golden_report();

	ok(prop_ci(3, 10, PROP_WILSON, 0.95, 10, &low, &high) == STAT_OK && low == 0.3 && high == 0.3, "a census has no sampling error");
	ok(prop_ci(3, 10, PROP_WILSON, 0.95, 0, &low, &high) == STAT_OK && prop_ci(3, 10, PROP_WILSON, 0.95, 1e15, &low2, &high2) == STAT_OK,
	   "a very large population");
	is_close(low, low2, 1e-12, "Wilson's lower limit tends to that of an infinite population");
	is_close(high, high2, 1e-12, "Wilson's upper limit tends to that of an infinite population");
	ok(prop_ci(0, 0, PROP_WILSON, 0.95, 0, &low, &high) == STAT_UNDEFINED && isnan(low), "no cases, no interval");
	ok(prop_ci(11, 10, PROP_WILSON, 0.95, 0, &low, &high) == STAT_BAD_ARGUMENT, "more successes than cases");
	ok(prop_ci(1, 10, PROP_WILSON, 1, 0, &low, &high) == STAT_BAD_ARGUMENT, "level 1");
	ok(prop_ci(1, 10, PROP_WALD, 0.95, 9, &low, &high) == STAT_BAD_ARGUMENT, "a population smaller than the sample");
	/* R 4.2: range(K[phyper(x, K, N-K, n) > .025 & phyper(x-1, K, N-K, n, lower.tail = FALSE) > .025]) with x 141, n 187, N 262 */
	ok(prop_ci(141, 187, PROP_HYPERGEOMETRIC, 0.95, 262, &low, &high) == STAT_OK && low == 188 / 262.0 && high == 206 / 262.0,
	   "exact limits in a finite population");
	ok(prop_ci(141, 187, PROP_CENSUS_BOUNDS, 0.95, 262, &low, &high) == STAT_OK && low == 141 / 262.0 && high == 216 / 262.0,
	   "limits without an assumption");
	ok(prop_ci(1, 7, PROP_HYPERGEOMETRIC, 0.95, 0, &low, &high) == STAT_BAD_ARGUMENT, "no population, no exact limits in it");
	return done_testing();
}
