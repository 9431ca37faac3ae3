/*
 * test_permutation.c
 *		Exact and Monte-Carlo p-values of the tests of ordered categories: against enumeration of all tables with the margins, against exact
 *		integer arithmetic and against R.
 */
#include "stats/ordinal_tests.h"

#include "tap.h"

#include <gsl/gsl_errno.h>
#include <string.h>

static const Permutation normal = {EXACT_NEVER, 0, 1};
static const Permutation exactly = {EXACT_ALWAYS, 0, 1};
static const Permutation when_small = {EXACT_WHEN_SMALL, 0, 1};

static uint64_t rng_state = 20171130;

/* Marsaglia's xorshift: the seeded tables are the same everywhere. */
static int
below(int n)
{
	rng_state ^= rng_state << 13;
	rng_state ^= rng_state >> 7;
	rng_state ^= rng_state << 17;
	return (int) ((rng_state >> 11) % (uint64_t) n);
}

/* Every table with the margins of a given one, cell by cell, with statistics straight from their definitions. */
typedef struct Enumeration
{
	int			nrow;
	int			ncol;
	int			row[4];
	int			col[8];
	int			n[4][8];
	double		(*statistic) (const struct Enumeration *e);
	const double *row_score;
	const double *col_score;
	double		observed;
	double		center;
	double		all;
	double		less;
	double		greater;
	double		both;
} Enumeration;

/* pairs of answers of different rows: in how many is the later row higher, ties half */
static double
jonckheere_statistic(const Enumeration *e)
{
	double		j = 0;

	for (int a = 0; a < e->nrow; a++)
		for (int b = a + 1; b < e->nrow; b++)
			for (int c = 0; c < e->ncol; c++)
				for (int d = 0; d < e->ncol; d++)
					j += e->n[a][c] * e->n[b][d] * (c < d ? 1 : c == d ? 0.5 : 0);
	return j;
}

static double
u_statistic(const Enumeration *e)
{
	return e->row[0] * e->row[1] - jonckheere_statistic(e);
}

static double
product_statistic(const Enumeration *e)
{
	double		sum = 0;

	for (int a = 0; a < e->nrow; a++)
		for (int c = 0; c < e->ncol; c++)
			sum += e->n[a][c] * e->row_score[a] * e->col_score[c];
	return sum;
}

static void
enumerate(Enumeration *e, int i, int j, int *row_left, int *col_left, double log_weight)
{
	int			most = row_left[i] < col_left[j] ? row_left[i] : col_left[j];

	for (int x = 0; x <= most; x++)
	{
		double		w = log_weight - lgamma(x + 1.0);

		e->n[i][j] = x;
		row_left[i] -= x;
		col_left[j] -= x;
		if (j + 1 < e->ncol)
			enumerate(e, i, j + 1, row_left, col_left, w);
		else if (row_left[i] == 0)
		{
			if (i + 1 < e->nrow)
				enumerate(e, i + 1, 0, row_left, col_left, w);
			else
			{
				double		s = e->statistic(e);
				double		slack = 1e-7 * fmax(1, fabs(e->observed - e->center));

				w = exp(w);
				e->all += w;
				e->less += s <= e->observed + slack ? w : 0;
				e->greater += s >= e->observed - slack ? w : 0;
				e->both += fabs(s - e->center) >= fabs(e->observed - e->center) - slack ? w : 0;
			}
		}
		row_left[i] += x;
		col_left[j] += x;
	}
}

/* p-values by enumeration, in the order of Alternative. */
static void
brute_force(const double *n, int nrow, int ncol, double (*statistic) (const Enumeration *e), const double *row_score, const double *col_score,
			double center, double p[3])
{
	Enumeration e = {.nrow = nrow,.ncol = ncol,.statistic = statistic,.row_score = row_score,.col_score = col_score,.center = center};
	int			row_left[4] = {0},
				col_left[8] = {0};

	for (int i = 0; i < nrow; i++)
		for (int j = 0; j < ncol; j++)
		{
			e.n[i][j] = (int) n[i * ncol + j];
			row_left[i] += e.n[i][j];
			col_left[j] += e.n[i][j];
		}
	memcpy(e.row, row_left, sizeof(row_left));
	memcpy(e.col, col_left, sizeof(col_left));
	e.observed = statistic(&e);
	enumerate(&e, 0, 0, row_left, col_left, 0);
	p[ALTERNATIVE_TWO_SIDED] = e.both / e.all;
	p[ALTERNATIVE_LESS] = e.less / e.all;
	p[ALTERNATIVE_GREATER] = e.greater / e.all;
}

/* A random table, every row and column with counts. */
static void
random_table(double *n, int nrow, int ncol, int size, double *row, double *col)
{
	bool		full = false;

	while (!full)
	{
		full = true;
		memset(n, 0, sizeof(double) * (size_t) (nrow * ncol));
		for (int k = 0; k < size; k++)
		{
			int			i = below(nrow),
						j = below(ncol);

			/* some tables lean to the diagonal */
			if (below(3) == 0)
				j = i * ncol / nrow;
			n[i * ncol + j]++;
		}
		memset(row, 0, sizeof(double) * (size_t) nrow);
		memset(col, 0, sizeof(double) * (size_t) ncol);
		for (int i = 0; i < nrow; i++)
			for (int j = 0; j < ncol; j++)
			{
				row[i] += n[i * ncol + j];
				col[j] += n[i * ncol + j];
			}
		for (int i = 0; i < nrow; i++)
			full &= row[i] > 0;
		for (int j = 0; j < ncol; j++)
			full &= col[j] > 0;
	}
}

static double worst;
static int	wrong;

static void
agree(double got, double want, const char *what, const double *n, int nrow, int ncol)
{
	double		err = rel_err(got, want);

	worst = fmax(worst, err);
	if (err <= 1e-10)
		return;
	if (wrong++ < 3)
	{
		printf("# %s: got %.17g, want %.17g; %d x %d:", what, got, want, nrow, ncol);
		for (int c = 0; c < nrow * ncol; c++)
			printf(" %g", n[c]);
		printf("\n");
	}
}

static void
report(const char *what, int tables)
{
	ok(wrong == 0, "%s: %d random tables, every alternative, by enumeration; %d wrong, worst relative error %.2g", what, tables, wrong, worst);
	worst = 0;
	wrong = 0;
}

static double
mean_product(const double *row, const double *a, int nrow, const double *col, const double *b, int ncol, int size)
{
	double		x = 0,
				y = 0;

	for (int i = 0; i < nrow; i++)
		x += row[i] * a[i];
	for (int j = 0; j < ncol; j++)
		y += col[j] * b[j];
	return x * y / size;
}

static void
against_enumeration(void)
{
	/* whole, halves, thirds, equal ones, descending, without a common measure */
	static const double scores[6][8] = {
		{1, 2, 3, 4, 5, 6, 7, 8}, {0, 0.5, 2, 7.5, 8, 9, 10, 11}, {0, 1 / 3.0, 2 / 3.0, 2, 3, 4, 5, 6}, {1, 1, 2, 2, 5, 5, 6, 7},
		{9, 4, 3, 1, 0, -1, -2, -9}, {0, 1, 1.4142135623730951, 1.7320508075688772, 2.23606797749979, 2.718281828459045, 3.141592653589793, 4}
	};
	static const double share[2] = {1, 0};
	double		n[32],
				row[4],
				col[8],
				p[3];
	StatResult	res;
	StatTable	tab = {0, 0, n, NULL, NULL};

	for (int k = 0; k < 300; k++)
	{
		int			ncol = 2 + below(4),
					size = 6 + below(14);

		random_table(n, 2, ncol, size, row, col);
		tab = (StatTable) {2, ncol, n, NULL, NULL};
		brute_force(n, 2, ncol, u_statistic, NULL, NULL, row[0] * row[1] / 2, p);
		for (int a = 0; a < ALTERNATIVES; a++)
		{
			wilcoxon_test(&tab, a, false, 0.95, &exactly, &res);
			agree(res.p_value, p[a], "wilcoxon", n, 2, ncol);
		}
	}
	report("wilcoxon_test", 300);
	for (int k = 0; k < 300; k++)
	{
		int			ncol = 2 + below(4),
					size = 6 + below(14);
		const double *s = scores[k % 6];

		random_table(n, 2, ncol, size, row, col);
		/* equal scores alone would leave nothing to test */
		if (k % 6 == 3 && ncol == 2)
			s = scores[0];
		tab = (StatTable) {2, ncol, n, NULL, s};
		brute_force(n, 2, ncol, product_statistic, share, s, mean_product(row, share, 2, col, s, ncol, size), p);
		for (int a = 0; a < ALTERNATIVES; a++)
		{
			trend_test(&tab, SCORE_TABLE, 0, a, 0.95, &exactly, &res);
			agree(res.p_value, p[a], "trend", n, 2, ncol);
			/* the share of the other row falls where this one rises */
			trend_test(&tab, SCORE_TABLE, 1, a == ALTERNATIVE_LESS ? ALTERNATIVE_GREATER : a == ALTERNATIVE_GREATER ? ALTERNATIVE_LESS : a, 0.95,
					   &exactly, &res);
			agree(res.p_value, p[a], "trend of the other row", n, 2, ncol);
		}
	}
	report("trend_test", 300);
	for (int k = 0; k < 240; k++)
	{
		int			nrow = 2 + below(3),
					ncol = 2 + below(3),
					size = 6 + below(8);
		const double *s = scores[k % 6],
				   *r = scores[k % 3];

		random_table(n, nrow, ncol, size, row, col);
		if (k % 6 == 3 && ncol == 2)
			s = scores[0];
		tab = (StatTable) {nrow, ncol, n, r, s};
		brute_force(n, nrow, ncol, product_statistic, r, s, mean_product(row, r, nrow, col, s, ncol, size), p);
		for (int a = 0; a < ALTERNATIVES; a++)
		{
			linear_by_linear_test(&tab, SCORE_TABLE, a, &exactly, &res);
			agree(res.p_value, p[a], "linear by linear", n, nrow, ncol);
		}
	}
	report("linear_by_linear_test", 240);
	for (int k = 0; k < 240; k++)
	{
		int			nrow = 2 + below(3),
					ncol = 2 + below(3),
					size = 6 + below(8);
		double		pairs = size * size;

		random_table(n, nrow, ncol, size, row, col);
		for (int i = 0; i < nrow; i++)
			pairs -= row[i] * row[i];
		tab = (StatTable) {nrow, ncol, n, NULL, NULL};
		brute_force(n, nrow, ncol, jonckheere_statistic, NULL, NULL, pairs / 4, p);
		for (int a = 0; a < ALTERNATIVES; a++)
		{
			jonckheere_test(&tab, a, &exactly, &res);
			agree(res.p_value, p[a], "jonckheere", n, nrow, ncol);
		}
	}
	report("jonckheere_test", 240);
	/* midranks, ridits and modified ridits are linear in one another */
	for (int k = 0; k < 60; k++)
	{
		double		ranks = 0;

		random_table(n, 3, 4, 12 + below(12), row, col);
		tab = (StatTable) {3, 4, n, NULL, NULL};
		for (int s = SCORE_RANK; s <= SCORE_MODIFIED_RIDIT; s++)
		{
			linear_by_linear_test(&tab, s, ALTERNATIVE_TWO_SIDED, &exactly, &res);
			if (s == SCORE_RANK)
				ranks = res.p_value;
			agree(res.p_value, ranks, score_names[s], n, 3, 4);
		}
	}
	report("rank scores alike", 60);
}

static void
against_integers(void)
{
	/* two-sided, less, greater: sums of products of binomial coefficients over all (x_1 .. x_k), as integers of any length in Python */
	static const struct
	{
		int			k;
		double		n[16];
		double		p[3];
	}			large[] = {
		{5, {40, 31, 12, 5, 1, 2, 9, 24, 33, 31}, {7.65460866878641209645826204213E-27, 3.99153108496166574522738569289E-27, 1}},
		{3, {300, 500, 200, 500, 450, 250}, {0.000141118560053170373526362068692, 0.999932814869472108041251979463, 0.0000707363718554651238074689368616}},
		{3, {300, 500, 200, 900, 50, 250}, {3.85951374635241512434992257392E-58, 1, 3.59490408831465057229621795472E-58}},
		{4, {50, 60, 0, 10, 0, 0, 70, 80}, {1.43707106883466217327965998698E-48, 1.16737024241162819714937948944E-48, 1}},
		{3, {60, 70, 30, 20, 75, 90}, {1.70259916770741904148572308076E-12, 8.78874850185587456831717302980E-13, 0.999999999999251566654043692461}}
	};
	/* coin 1.4-2: pvalue(wilcox_test(y ~ g, distribution = "exact", alternative = ...)) */
	static const double coin_n[10] = {8, 20, 35, 22, 9, 3, 11, 30, 38, 21};
	static const double coin_p[3] = {0.00018889544492634838, 9.5076727594066061e-05, 0.99990639008833515};
	/* R: pwilcox(296, 30, 20) and its like; the ranks of the first group of 50 answers without ties */
	static const int ranks[30] = {2, 3, 4, 6, 8, 11, 12, 15, 16, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 31, 32, 39, 42, 43, 44, 45, 46, 48, 50};
	double		untied[100] = {0};
	StatTable	tab;
	StatResult	res;

	for (size_t i = 0; i < sizeof(large) / sizeof(large[0]); i++)
		for (int a = 0; a < ALTERNATIVES; a++)
		{
			char		name[64];

			tab = (StatTable) {2, large[i].k, large[i].n, NULL, NULL};
			wilcoxon_test(&tab, a, false, 0.95, &exactly, &res);
			snprintf(name, sizeof(name), "table %zu, %s: %.3g", i + 1, alternative_names[a], large[i].p[a]);
			is_close(res.p_value, large[i].p[a], 1e-11, name);
		}
	tab = (StatTable) {2, 5, coin_n, NULL, NULL};
	for (int a = 0; a < ALTERNATIVES; a++)
	{
		wilcoxon_test(&tab, a, false, 0.95, &when_small, &res);
		is_close(res.p_value, coin_p[a], 1e-10, "five levels: coin::wilcox_test");
	}
	ok(strstr(res.method, METHOD_EXACT) != NULL, "187 answers on five levels are few enough for the exact test by itself");
	for (int j = 0; j < 50; j++)
		untied[50 + j] = 1;
	for (int j = 0; j < 30; j++)
	{
		untied[ranks[j] - 1] = 1;
		untied[50 + ranks[j] - 1] = 0;
	}
	tab = (StatTable) {2, 50, untied, NULL, NULL};
	wilcoxon_test(&tab, ALTERNATIVE_LESS, false, 0.95, &exactly, &res);
	is_close(res.p_value, 0.47263538573489983, 1e-12, "no ties, 30 and 20 answers: R's pwilcox");
	wilcoxon_test(&tab, ALTERNATIVE_TWO_SIDED, false, 0.95, &exactly, &res);
	is_close(res.p_value, 0.94527077146979965, 1e-12, "two-sided");
	is_close(res.statistic, 296, 0, "its U");
}

/* The exact p lies in the Monte-Carlo one's 99 % interval, and the normal one near it. */
static void
against_monte_carlo(void)
{
	static const double n[12] = {5, 8, 2, 1, 2, 6, 9, 4, 1, 2, 7, 9};
	static const Permutation simulate = {EXACT_NEVER, 40000, 2017};
	StatTable	tab = {3, 4, n, NULL, NULL};
	StatResult	exact,
				mc,
				z;

	for (int a = 0; a < ALTERNATIVES; a++)
	{
		jonckheere_test(&tab, a, &exactly, &exact);
		jonckheere_test(&tab, a, &simulate, &mc);
		ok(mc.p_low <= exact.p_value && exact.p_value <= mc.p_high, "jonckheere %s: exact %.3g within Monte Carlo's %.3g to %.3g", alternative_names[a],
		   exact.p_value, mc.p_low, mc.p_high);
		jonckheere_test(&tab, a, &normal, &z);
		ok(fabs(z.p_value - exact.p_value) <= 0.25 * exact.p_value + 0.002, "normal %.3g", z.p_value);
		linear_by_linear_test(&tab, SCORE_RANK, a, &exactly, &exact);
		linear_by_linear_test(&tab, SCORE_RANK, a, &simulate, &mc);
		ok(mc.p_low <= exact.p_value && exact.p_value <= mc.p_high, "linear by linear %s: exact %.3g within Monte Carlo's %.3g to %.3g",
		   alternative_names[a], exact.p_value, mc.p_low, mc.p_high);
	}
	tab = (StatTable) {2, 4, n + 4, NULL, NULL};
	for (int a = 0; a < ALTERNATIVES; a++)
	{
		wilcoxon_test(&tab, a, false, 0.95, &exactly, &exact);
		wilcoxon_test(&tab, a, false, 0.95, &simulate, &mc);
		ok(mc.p_low <= exact.p_value && exact.p_value <= mc.p_high, "wilcoxon %s: exact %.3g within Monte Carlo's %.3g to %.3g", alternative_names[a],
		   exact.p_value, mc.p_low, mc.p_high);
		trend_test(&tab, SCORE_TABLE, 0, a, 0.95, &exactly, &exact);
		trend_test(&tab, SCORE_TABLE, 0, a, 0.95, &simulate, &mc);
		ok(mc.p_low <= exact.p_value && exact.p_value <= mc.p_high, "trend %s: exact %.3g within Monte Carlo's %.3g to %.3g", alternative_names[a],
		   exact.p_value, mc.p_low, mc.p_high);
	}
}

int
main(void)
{
	StatResult	res;
	StatTable	tab;

	gsl_set_error_handler_off();
	against_enumeration();
	against_integers();
	against_monte_carlo();

	tab = (StatTable) {2, 3, (double[]) {1.5, 2, 3, 4, 5, 6}, NULL, NULL};
	ok(wilcoxon_test(&tab, ALTERNATIVE_TWO_SIDED, false, 0.95, &exactly, &res) == STAT_BAD_ARGUMENT, "fractional counts have no exact test");
	ok(wilcoxon_test(&tab, ALTERNATIVE_TWO_SIDED, false, 0.95, &when_small, &res) == STAT_OK && strstr(res.method, METHOD_NORMAL) != NULL,
	   "left to itself the test is then normal");
	tab = (StatTable) {2, 8, (double[]) {10000, 20000, 30000, 40000, 50000, 60000, 70000, 80000, 11000, 20000, 30000, 40000, 50000, 60000, 70000, 80000}, NULL, NULL};
	ok(wilcoxon_test(&tab, ALTERNATIVE_TWO_SIDED, false, 0.95, &exactly, &res) == STAT_BUDGET, "half a million answers on eight levels exceed the budget");
	ok(wilcoxon_test(&tab, ALTERNATIVE_TWO_SIDED, false, 0.95, &(Permutation) {EXACT_ALWAYS, 100, 1}, &res) == STAT_OK && res.p_low > 0 &&
	   strstr(res.method, METHOD_MONTE_CARLO) != NULL, "where Monte Carlo stands in if allowed");
	return done_testing();
}
