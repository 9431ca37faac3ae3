/*
 * test_montecarlo.c
 *		Random tables against the distribution they must have: complete enumeration, hypergeometric moments and probabilities; p-values and
 *		their intervals.
 */
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_randist.h>
#include <string.h>

#include "stats/gof.h"
#include "stats/montecarlo.h"
#include "stats/nominal_montecarlo.h"
#include "stats/random_table.h"
#include "tap.h"

#define MAX_CELLS 400

/* A table with the margins of n, cleaned. */
static StatClean
cleaned(int nrow, int ncol, const double *n)
{
	StatTable	tab = {nrow, ncol, n, NULL, NULL};
	StatClean	t;

	if (stat_clean(&tab, &t) != STAT_OK)
		exit(1);
	return t;
}

static StatClean
from_margins(const double *row, int nrow, const double *col, int ncol)
{
	/* the north-west corner rule */
	static double n[MAX_CELLS];
	double		r[MAX_CELLS],
				c[MAX_CELLS];

	memset(n, 0, sizeof(n));
	memcpy(r, row, sizeof(double) * (size_t) nrow);
	memcpy(c, col, sizeof(double) * (size_t) ncol);
	for (int i = 0, j = 0; i < nrow && j < ncol;)
	{
		double		x = fmin(r[i], c[j]);

		n[i * ncol + j] += x;
		r[i] -= x;
		c[j] -= x;
		if (r[i] == 0)
			i++;
		else
			j++;
	}
	return cleaned(nrow, ncol, n);
}

/* The row-major table that the generator gives next; false if its margins are wrong. */
static bool
next_table(const StatClean *t, RandomTable *g, Random *rng, int *n)
{
	const int  *cell = random_table_next(g, rng);
	int			nrow = t->tab.nrow,
				ncol = t->tab.ncol;

	for (int k = 0; k < nrow * ncol; k++)
		n[random_table_place(g, k)] = cell[k];
	for (int i = 0; i < nrow; i++)
	{
		long		sum = 0;

		for (int j = 0; j < ncol; j++)
		{
			if (n[i * ncol + j] < 0)
				return false;
			sum += n[i * ncol + j];
		}
		if (sum != (long) t->row_total[i])
			return false;
	}
	for (int j = 0; j < ncol; j++)
	{
		long		sum = 0;

		for (int i = 0; i < nrow; i++)
			sum += n[i * ncol + j];
		if (sum != (long) t->col_total[j])
			return false;
	}
	return true;
}

/* Cells: mean r c/n, variance r (n - r) c (n - c)/(n^2 (n - 1)); Pearson's X2: mean n (R - 1)(C - 1)/(n - 1). */
static void
check_moments(const char *name, const double *row, int nrow, const double *col, int ncol, int replicates)
{
	StatClean	t = from_margins(row, nrow, col, ncol);
	RandomTable *g;
	Random		rng;
	int			n[MAX_CELLS],
				cells = nrow * ncol;
	double		sum[MAX_CELLS] = {0},
				square[MAX_CELLS] = {0},
				x2_sum = 0,
				x2_square = 0,
				worst_mean = 0,
				worst_var = 0,
				x2_mean;
	bool		margins = true;

	random_seed(&rng, 20170401, 0);
	if (random_table_new(&t, &g) != STAT_OK)
		exit(1);
	for (int r = 0; r < replicates; r++)
	{
		double		x2 = 0;

		margins &= next_table(&t, g, &rng, n);
		for (int k = 0; k < cells; k++)
		{
			double		e = t.row_total[k / ncol] * t.col_total[k % ncol] / t.total,
						d = n[k] - e;

			sum[k] += d;
			square[k] += d * d;
			x2 += d * d / e;
		}
		x2_sum += x2;
		x2_square += x2 * x2;
	}
	for (int k = 0; k < cells; k++)
	{
		double		r = t.row_total[k / ncol],
					c = t.col_total[k % ncol],
					v = r * (t.total - r) * c * (t.total - c) / (t.total * t.total * (t.total - 1));

		worst_mean = fmax(worst_mean, fabs(sum[k] / replicates) / sqrt(v / replicates));
		/* the excess kurtosis of a hypergeometric count is below 1/v + 3 */
		worst_var = fmax(worst_var, fabs(square[k] / replicates - v) / (v * sqrt((5 + 1 / v) / replicates)));
	}
	ok(margins, "%s: the margins hold in every table", name);
	ok(worst_mean < 4.5, "%s: means of the cells, worst z %.2f", name, worst_mean);
	ok(worst_var < 4.5, "%s: variances of the cells, worst z %.2f", name, worst_var);
	x2_mean = t.total / (t.total - 1) * (nrow - 1) * (ncol - 1);
	x2_sum /= replicates;
	x2_square = x2_square / replicates - x2_sum * x2_sum;
	ok(fabs(x2_sum - x2_mean) < 4.5 * sqrt(x2_square / replicates), "%s: mean of X2 %.5f, must be %.5f", name, x2_sum, x2_mean);
	random_table_free(g);
	stat_release(t.block);
}

/* Enumeration of every table with the margins. */
typedef struct Listing
{
	int			ntables;
	int			cells;
	signed char n[20000][16];
	double		log_p[20000];
} Listing;

static void
enumerate(Listing *l, const StatClean *t, int k, int *n, int *row, int *col)
{
	int			nrow = t->tab.nrow,
				ncol = t->tab.ncol,
				i = k / ncol,
				j = k % ncol;

	if (k == nrow * ncol)
	{
		double		log_p = -lgamma(t->total + 1);

		for (int c = 0; c < nrow * ncol; c++)
		{
			l->n[l->ntables][c] = (signed char) n[c];
			log_p -= lgamma(n[c] + 1.0);
		}
		for (int r = 0; r < nrow; r++)
			log_p += lgamma(t->row_total[r] + 1);
		for (int c = 0; c < ncol; c++)
			log_p += lgamma(t->col_total[c] + 1);
		l->log_p[l->ntables++] = log_p;
		return;
	}
	for (int x = 0; x <= row[i] && x <= col[j]; x++)
	{
		if ((j == ncol - 1 && x != row[i]) || (i == nrow - 1 && x != col[j]))
			continue;
		n[k] = x;
		row[i] -= x;
		col[j] -= x;
		enumerate(l, t, k + 1, n, row, col);
		row[i] += x;
		col[j] += x;
	}
}

static void
check_enumeration(const char *name, const double *row, int nrow, const double *col, int ncol, int replicates)
{
	static Listing l;
	StatClean	t = from_margins(row, nrow, col, ncol);
	RandomTable *g;
	Random		rng;
	int			n[16],
				r[16],
				c[16];
	static int	seen[20000];
	double		x2 = 0,
				rest_expected = 0,
				rest_seen = 0,
				total_p = 0;
	int			bins = 0,
				unknown = 0;

	l.ntables = 0;
	l.cells = nrow * ncol;
	for (int i = 0; i < nrow; i++)
		r[i] = (int) row[i];
	for (int j = 0; j < ncol; j++)
		c[j] = (int) col[j];
	enumerate(&l, &t, 0, n, r, c);
	memset(seen, 0, sizeof(seen));
	random_seed(&rng, 42, 7);
	if (random_table_new(&t, &g) != STAT_OK)
		exit(1);
	for (int k = 0; k < replicates; k++)
	{
		signed char as_listed[16];
		int			low = 0,
					high = l.ntables - 1,
					order = 1;

		if (!next_table(&t, g, &rng, n))
			unknown++;
		for (int i = 0; i < l.cells; i++)
			as_listed[i] = (signed char) n[i];
		/* the listing is in the order of the cells */
		while (low <= high && order != 0)
		{
			int			mid = (low + high) / 2;

			order = memcmp(as_listed, l.n[mid], (size_t) l.cells);
			if (order == 0)
				seen[mid]++;
			else if (order < 0)
				high = mid - 1;
			else
				low = mid + 1;
		}
		unknown += order != 0;
	}
	for (int k = 0; k < l.ntables; k++)
	{
		double		e = replicates * exp(l.log_p[k]);

		total_p += exp(l.log_p[k]);
		if (e < 10)
		{
			rest_expected += e;
			rest_seen += seen[k];
			continue;
		}
		x2 += (seen[k] - e) * (seen[k] - e) / e;
		bins++;
	}
	if (rest_expected > 0)
	{
		x2 += (rest_seen - rest_expected) * (rest_seen - rest_expected) / rest_expected;
		bins++;
	}
	ok(fabs(total_p - 1) < 1e-9 && unknown == 0, "%s: %d tables exist and no others are drawn", name, l.ntables);
	ok(bins > 2 && gsl_cdf_chisq_Q(x2, bins - 1) > 1e-4, "%s: their frequencies in %d tables drawn, p = %.4f", name, replicates,
	   gsl_cdf_chisq_Q(x2, bins - 1));
	random_table_free(g);
	stat_release(t.block);
}

/* The first cell, and the four in the corner together, of a larger table: hypergeometric. */
static void
check_hypergeometric(const char *name, const double *row, int nrow, const double *col, int ncol, int replicates)
{
	StatClean	t = from_margins(row, nrow, col, ncol);
	RandomTable *g;
	Random		rng;
	static int	n[MAX_CELLS];

	random_seed(&rng, 99, 1);
	if (random_table_new(&t, &g) != STAT_OK)
		exit(1);
	/* the block of the first two rows and the first two columns is one cell of a collapsed table */
	for (int block = 1; block <= 2; block++)
	{
		unsigned	r = 0,
					c = 0,
					total = (unsigned) t.total;
		int		   *seen,
					bins = 0;
		double		x2 = 0,
					rest_expected = replicates,
					rest_seen = replicates;

		for (int i = 0; i < block; i++)
		{
			r += (unsigned) row[i];
			c += (unsigned) col[i];
		}
		seen = calloc(r + 1, sizeof(int));
		for (int k = 0; k < replicates; k++)
		{
			int			x = 0;

			next_table(&t, g, &rng, n);
			for (int i = 0; i < block; i++)
				for (int j = 0; j < block; j++)
					x += n[i * ncol + j];
			seen[x]++;
		}
		for (unsigned x = 0; x <= r && x <= c; x++)
		{
			double		e = replicates * gsl_ran_hypergeometric_pdf(x, r, total - r, c);

			if (e < 10)
				continue;
			x2 += (seen[x] - e) * (seen[x] - e) / e;
			rest_expected -= e;
			rest_seen -= seen[x];
			bins++;
		}
		if (rest_expected > 1)
			x2 += (rest_seen - rest_expected) * (rest_seen - rest_expected) / rest_expected;
		ok(bins > 5 && gsl_cdf_chisq_Q(x2, bins) > 1e-4, "%s: the first %d row(s) and column(s) against the hypergeometric, p = %.4f", name, block,
		   gsl_cdf_chisq_Q(x2, bins));
		free(seen);
	}
	random_table_free(g);
	stat_release(t.block);
}

static double
pearson_term(double n, int i, int j, const void *context)
{
	const StatClean *t = context;
	double		e = t->row_total[i] * t->col_total[j] / t->total;

	return (n - e) * (n - e) / e;
}

static double
pearson(const int *n, int nrow, int ncol, const void *context)
{
	double		x2 = 0;

	for (int k = 0; k < nrow * ncol; k++)
		x2 += pearson_term(n[k], k / ncol, k % ncol, context);
	return x2;
}

static double
first_cell(double n, int i, int j, const void *context)
{
	(void) context;
	return i == 0 && j == 0 ? n : 0;
}

static int
interrupt(void)
{
	return 1;
}

static void
check_p_values(void)
{
	/* R: chisq.test(matrix(c(9,7,4,13,8,10,4,6,10,10,3,9,10,2,7,10,5,4,8,10,12,6,7,6,7), 5, byrow=TRUE)); X-squared = 21.75022; simulate.p.value = TRUE
	 * with 1e7 tables gives 0.15180, standard error 0.00011 */
	static const double n[] = {9, 7, 4, 13, 8, 10, 4, 6, 10, 10, 3, 9, 10, 2, 7, 10, 5, 4, 8, 10, 12, 6, 7, 6, 7};
	StatClean	t = cleaned(5, 5, n);
	StatResult	a,
				b;
	int			table[25];
	double		observed;

	for (int k = 0; k < 25; k++)
		table[k] = (int) n[k];
	observed = pearson(table, 5, 5, &t);
	stat_result_init(&a, "a");
	stat_result_init(&b, "b");
	ok(montecarlo_sum(&t, pearson_term, &t, MC_UPPER, 0, 1e-7 * observed, 100000, 1, &a) == STAT_OK, "a sum over cells");
	ok(montecarlo_test(&t, pearson, &t, observed, MC_UPPER, 0, 100000, 1, &b) == STAT_OK, "a statistic of the table");
	ok(a.p_value == b.p_value && a.p_low == b.p_low && a.nnotes == 1, "the same tables, the same p: %.5f", a.p_value);
	ok(a.p_low < 0.15180 && 0.15180 < a.p_high && a.p_high - a.p_low < 0.007, "R's p lies in the interval %.5f to %.5f", a.p_low, a.p_high);
	montecarlo_sum(&t, pearson_term, &t, MC_UPPER, 0, 1e-7 * observed, 100000, 2, &b);
	ok(a.p_value != b.p_value, "another seed, another p");
	/* Clopper-Pearson for none of n: 1 - (alpha/2)^(1/n) */
	stat_result_init(&b, "b");
	ok(montecarlo_result(0, 999, 1, &b) == STAT_OK && b.p_value == 0.001 && b.p_low == 0, "none of 999 as extreme");
	is_close(b.p_high, 1 - pow(0.005, 1.0 / 999), 1e-12, "its upper limit");
	stat_release(t.block);

	/* tails: the first cell of [[3, 1], [1, 3]] is 0..4 with 1, 16, 36, 16, 1 of 70 */
	t = cleaned(2, 2, (double[]) {3, 1, 1, 3});
	for (int tail = MC_UPPER; tail <= MC_TWO_SIDED; tail++)
	{
		static const double exact[] = {17.0 / 70, 69.0 / 70, 34.0 / 70};

		stat_result_init(&b, "b");
		montecarlo_sum(&t, first_cell, NULL, (McTail) tail, 2, 1e-9, 200000, 5, &b);
		ok(b.p_low < exact[tail] && exact[tail] < b.p_high, "tail %d: %.5f, exact %.5f", tail, b.p_value, exact[tail]);
	}
	ok(montecarlo_sum(&t, first_cell, NULL, MC_UPPER, 0, 0, 0, 1, &b) == STAT_BAD_ARGUMENT, "no replicates");
	ok(montecarlo_sum(&t, first_cell, NULL, MC_UPPER, 0, 0, MC_MAX_REPLICATES + 1, 1, &b) == STAT_BAD_ARGUMENT, "too many replicates");
	stat_hooks.interrupted = interrupt;
	ok(montecarlo_sum(&t, first_cell, NULL, MC_UPPER, 0, 0, 10000000, 1, &b) == STAT_INTERRUPTED, "an interrupt is obeyed");
	stat_hooks.interrupted = NULL;
	stat_release(t.block);
	t = cleaned(2, 2, (double[]) {3, 1, 1.5, 3});
	ok(montecarlo_sum(&t, first_cell, NULL, MC_UPPER, 0, 0, 10, 1, &b) == STAT_BAD_ARGUMENT, "fractional counts");
	stat_release(t.block);
	t = cleaned(2, 2, (double[]) {2e9, 1, 1, 2e9});
	ok(montecarlo_sum(&t, first_cell, NULL, MC_UPPER, 0, 0, 10, 1, &b) == STAT_BAD_ARGUMENT, "a total of 2^31 or more");
	stat_release(t.block);
}

/* Is the exact p in the interval of the simulated one? */
static void
check_independence(const char *name, int nrow, int ncol, const double *n, NominalStatistic which, double exact)
{
	StatTable	tab = {nrow, ncol, n, NULL, NULL};
	StatResult	res;
	StatStatus	status;

	stat_result_init(&res, "Test");
	status = independence_montecarlo(&tab, which, 200000, 3, &res);
	ok(status == STAT_OK && res.p_low < exact && exact < res.p_high && isnan(res.parameter) &&
	   strstr(res.method, "Monte-Carlo"), "%s: %.6f to %.6f, exact %.6f", name, res.p_low, res.p_high, exact);
}

static void
check_nominal(void)
{
	static const double three[] = {9, 3, 1, 4, 0, 2, 5, 7, 2, 6, 1, 8, 0, 4, 3};
	StatTable	tab = {2, 2, (double[]) {3, 1, 0, 0}, NULL, NULL};
	StatResult	res;
	StatStatus	status;

	/* 34 of 70 tables are at most as likely as the lady's tea, 34 have as large an X2 and G */
	for (int which = NOMINAL_PEARSON; which <= NOMINAL_FISHER; which++)
		check_independence("[[3, 1], [1, 3]]", 2, 2, (double[]) {3, 1, 1, 3}, (NominalStatistic) which, 34.0 / 70);
	/* R: fisher.test(matrix(c(9,3,1,4,0, 2,5,7,2,6, 1,8,0,4,3), 3, byrow = TRUE), workspace = 2e7)$p.value */
	check_independence("3 x 5, Fisher", 3, 5, three, NOMINAL_FISHER, 0.000395404875665559);
	ok(independence_montecarlo(&tab, NOMINAL_PEARSON, 10, 1, &res) == STAT_UNDEFINED, "one row: nothing to simulate");

	/* goodness of fit of (3, 0) to (1/2, 1/2): 2 of 8 samples; of (4, 0, 0) to (1, 2, 1)/4: X2 = 12 is that of (0, 0, 4) too, 2/256 */
	for (int g = 0; g < 2; g++)
	{
		static const double a[] = {3, 0},
					b[] = {4, 0, 0},
					p[] = {1, 2, 1};

		gof_test(a, NULL, 2, g, &res);
		status = gof_montecarlo(a, NULL, 2, g ? NOMINAL_G : NOMINAL_PEARSON, 100000, 1, &res);
		ok(status == STAT_OK && res.p_low < 0.25 && 0.25 < res.p_high && isnan(res.parameter),
		   "goodness of fit, equal shares: %.5f to %.5f", res.p_low, res.p_high);
		gof_test(b, p, 3, g, &res);
		status = gof_montecarlo(b, p, 3, g ? NOMINAL_G : NOMINAL_PEARSON, 100000, 2, &res);
		ok(status == STAT_OK && res.p_low < 2.0 / 256 && 2.0 / 256 < res.p_high,
		   "goodness of fit, unequal shares: %.5f to %.5f", res.p_low, res.p_high);
	}
	/* a category with proportion 0 has a count: infinite, and no sample is */
	gof_test((double[]) {3, 1}, (double[]) {1, 0}, 2, false, &res);
	ok(gof_montecarlo((double[]) {3, 1}, (double[]) {1, 0}, 2, NOMINAL_PEARSON, 99, 1, &res) == STAT_OK && res.p_value == 0.01, "an impossible count");
	ok(gof_montecarlo((double[]) {3.5, 1}, NULL, 2, NOMINAL_PEARSON, 99, 1, &res) == STAT_BAD_ARGUMENT, "a fractional count");
	ok(gof_montecarlo((double[]) {3, 1}, NULL, 2, NOMINAL_PEARSON, 0, 1, &res) == STAT_BAD_ARGUMENT, "no replicates");
}

int
main(void)
{
	Random		rng = {1234567, UINT64_C(0x9e3779b97f4a7c15)};
	double		many[20];

	gsl_set_error_handler_off();
	/* SplitMix64 from seed 1234567: Vigna's splitmix64.c, as Rosetta Code prints it */
	ok(random_bits(&rng) == UINT64_C(6457827717110365317) && random_bits(&rng) == UINT64_C(3203168211198807973) &&
	   random_bits(&rng) == UINT64_C(9817491932198370423), "SplitMix64's first numbers");

	check_enumeration("3 x 3", (double[]) {4, 5, 3}, 3, (double[]) {3, 3, 6}, 3, 200000);
	check_enumeration("2 x 3", (double[]) {30, 21}, 2, (double[]) {20, 17, 14}, 3, 200000);
	check_enumeration("3 x 2", (double[]) {20, 17, 14}, 3, (double[]) {30, 21}, 2, 200000);
	check_enumeration("3 x 3, n = 30", (double[]) {12, 10, 8}, 3, (double[]) {11, 10, 9}, 3, 200000);
	check_enumeration("2 x 6", (double[]) {9, 6}, 2, (double[]) {2, 3, 2, 3, 1, 4}, 6, 200000);
	check_enumeration("4 x 3", (double[]) {3, 3, 2, 4}, 4, (double[]) {5, 4, 3}, 3, 200000);
	check_enumeration("2 x 2", (double[]) {50, 60}, 2, (double[]) {45, 65}, 2, 200000);

	check_moments("5 x 5, n = 187", (double[]) {41, 40, 31, 37, 38}, 5, (double[]) {44, 31, 31, 39, 42}, 5, 100000);
	check_moments("5 x 5, n = 20,000", (double[]) {4000, 9000, 100, 3900, 3000}, 5, (double[]) {5000, 1, 7000, 2999, 5000}, 5, 20000);
	check_moments("2 x 5, n = 600", (double[]) {400, 200}, 2, (double[]) {100, 150, 50, 290, 10}, 5, 100000);
	check_moments("8 x 3", (double[]) {40, 30, 50, 10, 1, 70, 22, 8}, 8, (double[]) {100, 61, 70}, 3, 50000);
	check_moments("2 x 2, n = 2 million", (double[]) {1000000, 1000000}, 2, (double[]) {500000, 1500000}, 2, 3000);
	for (int i = 0; i < 20; i++)
		many[i] = 1 + i % 4;
	check_moments("20 x 20, n = 50", many, 20, many, 20, 20000);
	for (int i = 0; i < 20; i++)
		many[i] = 1000 + 100 * i;
	check_moments("20 x 20, n = 39,000", many, 20, many, 20, 2000);
	check_hypergeometric("5 x 5, n = 187", (double[]) {41, 40, 31, 37, 38}, 5, (double[]) {44, 31, 31, 39, 42}, 5, 200000);
	check_hypergeometric("5 x 5, n = 5,000", (double[]) {1000, 1500, 500, 900, 1100}, 5, (double[]) {900, 1100, 800, 1200, 1000}, 5, 50000);
	check_hypergeometric("4 x 4, n = 5,000", (double[]) {1000, 1500, 500, 2000}, 4, (double[]) {900, 1100, 800, 2200}, 4, 100000);
	check_p_values();
	check_nominal();
	return done_testing();
}
