/*
 * test_proportion.c
 *		Intervals of a proportion against the reference values; levels, finite populations, bad arguments.
 */
#include "stats/proportion.h"
#include "golden.h"

/*
 * x, n, N, level, least and greatest K, by R 4.2: range(K[phyper(x, K, N - K, n) > a & phyper(x - 1, K, N - K, n, FALSE) > a])
 * with K <- 0:N and a <- (1 - level)/2.
 */
static const double from_finite[][6] =
{
	{141, 187, 262, 0.95, 188, 206},
	{141, 187, 262, 0.99, 185, 208},
	{0, 10, 50, 0.95, 0, 13},
	{10, 10, 50, 0.95, 37, 50},
	{3, 20, 25, 0.9, 3, 6},
	{1, 1, 100, 0.95, 3, 100},
	{5, 12, 13, 0.95, 5, 6},
	{37, 400, 10000, 0.95, 665, 1245},
	{2500, 5000, 6000, 0.999, 2943, 3057},
	{1, 300, 100000, 0.95, 9, 1840},
};

static double
choose(int n, int k)
{
	double		c = 1;

	if (k < 0 || k > n)
		return 0;
	for (int i = 0; i < k; i++)
		c = c * (n - i) / (i + 1);
	return floor(c + 0.5);
}

/* The definition, for every population up to 16: all K are tried. */
static int
brute_force_differences(double level)
{
	int			wrong = 0;

	for (int N = 1; N <= 16; N++)
		for (int n = 1; n <= N; n++)
			for (int x = 0; x <= n; x++)
			{
				int			least = N + 1,
							greatest = -1;
				double		low,
							high;

				for (int K = 0; K <= N; K++)
				{
					double		at_least = 0,
								at_most = 0;

					for (int y = 0; y <= n; y++)
					{
						double		ways = choose(K, y) * choose(N - K, n - y);

						at_least += y >= x ? ways : 0;
						at_most += y <= x ? ways : 0;
					}
					if (at_least / choose(N, n) > (1 - level) / 2 && K < least)
						least = K;
					if (at_most / choose(N, n) > (1 - level) / 2 && K > greatest)
						greatest = K;
				}
				if (prop_ci(x, n, PROP_HYPERGEOMETRIC, level, N, &low, &high) != STAT_OK || low != (double) least / N ||
					high != (double) greatest / N)
				{
					printf("# %d of %d from %d: %g to %g, want %d to %d\n", x, n, N, low, high, least, greatest);
					wrong++;
				}
			}
	return wrong;
}

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
	ok(prop_ci(3, 10, PROP_WILSON, 0.95, 0, &low, &high) == STAT_OK &&
	   prop_ci(3, 10, PROP_WILSON, 0.95, 1e15, &low2, &high2) == STAT_OK,
	   "a very large population");
	is_close(low, low2, 1e-12, "Wilson's lower limit tends to that of an infinite population");
	is_close(high, high2, 1e-12, "Wilson's upper limit tends to that of an infinite population");
	ok(prop_ci(0, 0, PROP_WILSON, 0.95, 0, &low, &high) == STAT_UNDEFINED && isnan(low), "no cases, no interval");
	ok(prop_ci(11, 10, PROP_WILSON, 0.95, 0, &low, &high) == STAT_BAD_ARGUMENT, "more successes than cases");
	ok(prop_ci(1, 10, PROP_WILSON, 1, 0, &low, &high) == STAT_BAD_ARGUMENT, "level 1");
	ok(prop_ci(1, 10, PROP_WALD, 0.95, 9, &low, &high) == STAT_BAD_ARGUMENT, "a population smaller than the sample");

	for (int i = 0; i < (int) (sizeof(from_finite) / sizeof(from_finite[0])); i++)
	{
		const double *f = from_finite[i];

		ok(prop_ci(f[0], f[1], PROP_HYPERGEOMETRIC, f[3], f[2], &low, &high) == STAT_OK && low == f[4] / f[2] && high == f[5] / f[2],
		   "exact limits of %g in %g from a population of %g (R phyper)", f[0], f[1], f[2]);
	}
	ok(brute_force_differences(0.95) == 0, "exact limits in every population up to 16, level 0.95");
	ok(brute_force_differences(0.83) == 0, "exact limits in every population up to 16, level 0.83");
	ok(prop_ci(300, 1000, PROP_HYPERGEOMETRIC, 0.95, 1e9, &low, &high) == STAT_OK &&
	   prop_ci(300, 1000, PROP_CLOPPER_PEARSON, 0.95, 0, &low2, &high2) == STAT_OK,
	   "a population of 1e9");
	is_close(low, low2, 1e-6, "its exact lower limit is near Clopper-Pearson's");
	is_close(high, high2, 1e-6, "its exact upper limit is near Clopper-Pearson's");
	ok(prop_ci(2.5, 10, PROP_HYPERGEOMETRIC, 0.95, 20, &low, &high) == STAT_BAD_ARGUMENT, "half a success");
	ok(prop_ci(1, 7, PROP_HYPERGEOMETRIC, 0.95, 0, &low, &high) == STAT_BAD_ARGUMENT, "no population, no exact limits in it");
	/* 4.4.2, a and b: 141 of 187 answers from 262 organisations */
	ok(prop_ci(141, 187, PROP_CENSUS_BOUNDS, 0.95, 262, &low, &high) == STAT_OK && low == 141 / 262.0 && high == 216 / 262.0,
	   "limits without an assumption");
	{
		/* R: qbeta(.025, x, n - x + 1), qbeta(.975, x + 1, n - x), for counts with which GSL's incomplete beta function gives up here and there */
		static const double large[][4] = {{1e9, 2e9, 0.49997808668649885, 0.5000219133135011}, {1e9, 2e9 + 1, 0.49997808643650432, 0.50002191306349564},
		{3e6, 1e7, 0.29971598216542433, 0.30028413363384188}, {5e8, 5e9, 0.09999168470860216, 0.1000083157544942}};

		for (int i = 0; i < 4; i++)
		{
			ok(prop_ci(large[i][0], large[i][1], PROP_CLOPPER_PEARSON, 0.95, 0, &low, &high) == STAT_OK, "%g of %g", large[i][0], large[i][1]);
			is_close(low, large[i][2], 1e-9, "its lower limit (R)");
			is_close(high, large[i][3], 1e-9, "its upper limit (R)");
		}
	}
	return done_testing();
}
