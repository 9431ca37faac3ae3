/*
 * test_ordinal_association.c
 *		Concordance and correlation against the reference values, direct counting of pairs, numerical differentiation and permutation.
 */
#include "stats/deviation.h"
#include "stats/ordinal_association.h"
#include "golden.h"

#include <gsl/gsl_rng.h>
#include <gsl/gsl_randist.h>
#include <time.h>

static const AssociationOptions plain = {0.95, ALTERNATIVE_TWO_SIDED, ASSOCIATION_ASE0, {EXACT_NEVER, 0, 1}};
static const AssociationOptions permutation = {0.95, ALTERNATIVE_TWO_SIDED, ASSOCIATION_PERMUTATION, {EXACT_NEVER, 0, 1}};
static const AssociationOptions with_t = {0.95, ALTERNATIVE_TWO_SIDED, ASSOCIATION_T, {EXACT_NEVER, 0, 1}};

/* Rows of results that have no answer are the reference values' missing ones. */
static void
check_table(const char *id, const StatTable *tab)
{
	static const char *const name[CONCORDANCE_MEASURES] = {"gamma", "tau_b", "tau_c", "somers_d_cr", "somers_d_rc", "somers_d_sym"};
	StatResult	res;
	ConcordancePairs p;
	char		s[64];

	for (int m = 0; m < CONCORDANCE_MEASURES; m++)
	{
		if (concordance_measure(tab, m, &plain, &res) != STAT_OK)
			continue;
		golden_check(id, name[m], res.estimate);
		snprintf(s, sizeof(s), "%s_ase1", name[m]);
		golden_check(id, s, res.std_error);
		golden_check(id, "concordance_t0", res.statistic);
		golden_check(id, "somers_p", res.p_value);
		if (m == CONCORDANCE_GAMMA)
		{
			golden_check(id, "gamma_ase0", res.parameter2);
			golden_check(id, "gamma_ci_lower", res.conf_low);
			golden_check(id, "gamma_ci_upper", res.conf_high);
		}
	}
	if (concordance_pairs(tab, &p) == STAT_OK)
	{
		golden_check(id, "concordant_pairs", p.concordant);
		golden_check(id, "discordant_pairs", p.discordant);
	}
	if (concordance_measure(tab, CONCORDANCE_TAU_B, &permutation, &res) == STAT_OK)
	{
		golden_check(id, "kendall_z", res.statistic);
		golden_check(id, "kendall_p", res.p_value);
	}
	if (spearman_correlation(tab, &with_t, &res) == STAT_OK)
	{
		golden_check(id, "spearman_rho", res.estimate);
		golden_check(id, "spearman_rho_t", res.statistic);
		golden_check(id, "spearman_p", res.p_value);
		golden_check(id, "spearman_rho_ase1", res.std_error);
	}
	if (pearson_correlation(tab, SCORE_RANK, &with_t, &res) == STAT_OK)
		golden_check(id, "spearman_rho_ase1_fixed", res.std_error);
	if (pearson_correlation(tab, SCORE_TABLE, &with_t, &res) == STAT_OK)
	{
		golden_check(id, "pearson_r", res.estimate);
		golden_check(id, "pearson_r_ase1", res.std_error);
		golden_check(id, "pearson_r_t", res.statistic);
	}
	/* z = r sqrt(n - 1), as coin::lbl_test */
	if (pearson_correlation(tab, SCORE_TABLE, &permutation, &res) == STAT_OK)
	{
		golden_check(id, "lbl_z", res.statistic);
		golden_check(id, "lbl_p", res.p_value);
	}
}

/* Every pair of cases, one by one. */
static void
count_pairs(const StatTable *t, ConcordancePairs *p)
{
	int			cells = t->nrow * t->ncol;

	memset(p, 0, sizeof(*p));
	for (int a = 0; a < cells; a++)
		for (int b = a; b < cells; b++)
		{
			double		pairs = a == b ? t->n[a] * (t->n[a] - 1) / 2 : t->n[a] * t->n[b];
			int			row = b / t->ncol - a / t->ncol,
						col = b % t->ncol - a % t->ncol;

			p->total += pairs;
			if (row == 0 && col == 0)
				p->tied_both += pairs;
			else if (row == 0)
				p->tied_row += pairs;
			else if (col == 0)
				p->tied_col += pairs;
			else if ((row > 0) == (col > 0))
				p->concordant += pairs;
			else
				p->discordant += pairs;
		}
}

typedef StatStatus (*Measure) (const StatTable *tab, int which, StatResult *res);

static StatStatus
concordance_of(const StatTable *tab, int which, StatResult *res)
{
	return concordance_measure(tab, which, &plain, res);
}

static StatStatus
spearman_of(const StatTable *tab, int which, StatResult *res)
{
	(void) which;
	return spearman_correlation(tab, &plain, res);
}

static StatStatus
pearson_of(const StatTable *tab, int which, StatResult *res)
{
	(void) which;
	return pearson_correlation(tab, SCORE_TABLE, &plain, res);
}

/* The delta method by central differences: var = sum n (df/dn)^2 - (sum n df/dn)^2/N. */
static double
numerical_error(const StatTable *tab, Measure f, int which)
{
	double		n[64];
	StatTable	t = *tab;
	int			cells = tab->nrow * tab->ncol;
	double		total = 0,
				mean = 0,
				sum = 0;

	memcpy(n, tab->n, sizeof(double) * (size_t) cells);
	t.n = n;
	for (int c = 0; c < cells; c++)
		if (tab->n[c] > 0)
		{
			const double h = 1e-4 * tab->n[c];
			StatResult	a,
						b;

			n[c] = tab->n[c] + h;
			f(&t, which, &a);
			n[c] = tab->n[c] - h;
			f(&t, which, &b);
			n[c] = tab->n[c];
			total += n[c];
			mean += n[c] * (a.estimate - b.estimate) / (2 * h);
			sum += n[c] * pow((a.estimate - b.estimate) / (2 * h), 2);
		}
	return sqrt(sum - mean * mean / total);
}

static void
shuffle_variance(const StatTable *tab, gsl_rng *rng)
{
	int			row[1000],
				col[1000],
				n = 0;
	double		sum = 0,
				square = 0;
	const int	B = 20000;
	StatClean	clean;

	for (int i = 0; i < tab->nrow; i++)
		for (int j = 0; j < tab->ncol; j++)
			for (int k = 0; k < tab->n[i * tab->ncol + j]; k++, n++)
			{
				row[n] = i;
				col[n] = j;
			}
	for (int b = 0; b < B; b++)
	{
		double		n2[64] = {0};
		StatTable	t = {tab->nrow, tab->ncol, n2, NULL, NULL};
		ConcordancePairs p;

		gsl_ran_shuffle(rng, col, (size_t) n, sizeof(int));
		for (int k = 0; k < n; k++)
			n2[row[k] * tab->ncol + col[k]]++;
		count_pairs(&t, &p);
		sum += p.concordant - p.discordant;
		square += pow(p.concordant - p.discordant, 2);
	}
	stat_clean(tab, &clean);
	/* the relative standard error of a variance from B shuffles is about sqrt(2/B) = 0.01 */
	ok(fabs((square / B - pow(sum / B, 2)) / concordance_variance(&clean) - 1) < 0.05, "permutation variance: %d x %d, n = %d", tab->nrow, tab->ncol, n);
	stat_release(clean.block);
}

/* The share of the tables with the margins of t, weighted by their probability, whose statistic is at least as far out. */
typedef struct Enumeration
{
	StatTable	t;
	bool		spearman;		/* else concordant less discordant pairs */
	Alternative alternative;
	double		observed;
	double		extreme;
	double		all;
} Enumeration;

static double
statistic_of(const StatTable *t, bool spearman)
{
	StatResult	res;
	ConcordancePairs p;

	if (spearman)
	{
		spearman_correlation(t, &plain, &res);
		return res.estimate;
	}
	count_pairs(t, &p);
	return p.concordant - p.discordant;
}

static void
enumerate(Enumeration *e, double *n, const double *row, double *col, int cell, double weight)
{
	int			i = cell / e->t.ncol,
				j = cell % e->t.ncol;
	double		left;

	if (cell == e->t.nrow * e->t.ncol)
	{
		StatTable	t = {e->t.nrow, e->t.ncol, n, NULL, NULL};
		double		d = statistic_of(&t, e->spearman),
					fuzz = 1e-7 * fabs(e->observed);

		e->all += weight;
		if (e->alternative == ALTERNATIVE_TWO_SIDED ? fabs(d) >= fabs(e->observed) - fuzz :
			e->alternative == ALTERNATIVE_LESS ? d <= e->observed + fuzz : d >= e->observed - fuzz)
			e->extreme += weight;
		return;
	}
	left = row[i];
	for (int k = 0; k < j; k++)
		left -= n[i * e->t.ncol + k];
	for (double x = 0; x <= left && x <= col[j]; x++)
		if (j < e->t.ncol - 1 ? true : x == left && (i < e->t.nrow - 1 || x == col[j]))
		{
			n[cell] = x;
			col[j] -= x;
			enumerate(e, n, row, col, cell + 1, weight / tgamma(x + 1));
			col[j] += x;
		}
}

static double
enumerated_p(const StatTable *tab, bool spearman, Alternative alternative)
{
	Enumeration e = {*tab, spearman, alternative, statistic_of(tab, spearman), 0, 0};
	double		row[8] = {0},
				col[8] = {0},
				n[64];

	for (int c = 0; c < tab->nrow * tab->ncol; c++)
	{
		row[c / tab->ncol] += tab->n[c];
		col[c % tab->ncol] += tab->n[c];
	}
	enumerate(&e, n, row, col, 0, 1);
	return e.extreme / e.all;
}

static void
check_monte_carlo(const StatTable *tab, int which, const char *name)
{
	AssociationOptions opt = plain;
	StatResult	res;
	double		p = enumerated_p(tab, which < 0, ALTERNATIVE_TWO_SIDED);
	StatStatus	status;

	opt.perm.replicates = 50000;
	opt.perm.seed = 11;
	status = which < 0 ? spearman_correlation(tab, &opt, &res) : concordance_measure(tab, which, &opt, &res);
	ok(status == STAT_OK && fabs(res.p_value - p) < 4 * sqrt(p * (1 - p) / 50000) && res.p_low < res.p_value && res.p_value < res.p_high,
	   "Monte Carlo, %s: p %.5f, by enumeration %.5f", name, res.p_value, p);
}

int
main(void)
{
	int			ntables;
	const GoldenTable *all = golden_tables(&ntables);
	gsl_rng    *rng = gsl_rng_alloc(gsl_rng_mt19937);
	StatResult	res,
				res2;

	for (int i = 0; i < ntables; i++)
		if (strncmp(all[i].kind, "two_way", 7) == 0)
		{
			StatTable	tab = golden_stat_table(&all[i], 0);

			check_table(all[i].id, &tab);
		}
	golden_report();

	gsl_rng_set(rng, 20170187);
	{
		int			wrong = 0,
					off = 0;

		for (int k = 0; k < 300; k++)
		{
			double		n[30];
			StatTable	t = {2 + k % 4, 2 + k % 5, n, NULL, NULL};
			ConcordancePairs p,
						q;

			for (int c = 0; c < t.nrow * t.ncol; c++)
				n[c] = (double) gsl_rng_uniform_int(rng, 1 + k % 9);
			count_pairs(&t, &p);
			concordance_pairs(&t, &q);
			wrong += p.concordant != q.concordant || p.discordant != q.discordant || p.tied_row != q.tied_row || p.tied_col != q.tied_col ||
				p.tied_both != q.tied_both || p.total != q.total;
			for (int c = 0; c < t.nrow * t.ncol; c++)
				n[c] += 1 + (k % 3) / 8.0;
			for (int m = 0; m < CONCORDANCE_MEASURES; m++)
				off += !(concordance_measure(&t, m, &plain, &res) == STAT_OK && rel_err(res.std_error, numerical_error(&t, concordance_of, m)) < 1e-5);
			off += !(spearman_correlation(&t, &plain, &res) == STAT_OK && rel_err(res.std_error, numerical_error(&t, spearman_of, 0)) < 1e-5);
			off += !(pearson_correlation(&t, SCORE_TABLE, &plain, &res) == STAT_OK && rel_err(res.std_error, numerical_error(&t, pearson_of, 0)) < 1e-5);
		}
		ok(wrong == 0, "pairs of 300 random tables as counted one by one: %d wrong", wrong);
		ok(off == 0, "ASE1 of 8 measures in 300 random tables as by numerical differentiation: %d off", off);
	}
	shuffle_variance(&(StatTable) {3, 4, (double[]) {5, 3, 0, 1, 2, 9, 4, 4, 0, 3, 1, 12}, NULL, NULL}, rng);
	shuffle_variance(&(StatTable) {2, 5, (double[]) {40, 1, 2, 0, 1, 30, 8, 0, 1, 3}, NULL, NULL}, rng);

	{
		const StatTable t = {3, 3, (double[]) {5, 2, 1, 2, 1, 3, 0, 2, 4}, NULL, NULL};

		check_monte_carlo(&t, CONCORDANCE_GAMMA, "gamma");
		check_monte_carlo(&t, CONCORDANCE_TAU_B, "tau-b");
		check_monte_carlo(&t, -1, "Spearman's rho");
		check_monte_carlo(&(StatTable) {2, 4, (double[]) {6, 2, 1, 1, 2, 3, 3, 5}, NULL, NULL}, CONCORDANCE_SOMERS_COL, "Somers' d");
	}
	{
		int			off = 0;

		for (int k = 0; k < 200; k++)
		{
			double		n[12];
			StatTable	t = {2 + k % 2, 2 + k % 3, n, NULL, NULL};
			AssociationOptions opt = plain;

			for (int c = 0; c < t.nrow * t.ncol; c++)
				n[c] = (double) gsl_rng_uniform_int(rng, 4);
			opt.perm.exact = EXACT_ALWAYS;
			opt.alternative = (Alternative) (k / 6 % 3);
			if (concordance_measure(&t, k % CONCORDANCE_MEASURES, &opt, &res) == STAT_OK)
				off += !(rel_err(res.p_value, enumerated_p(&t, false, opt.alternative)) < 1e-12);
			if (spearman_correlation(&t, &opt, &res) == STAT_OK)
				off += !(rel_err(res.p_value, enumerated_p(&t, true, opt.alternative)) < 1e-12);
		}
		ok(off == 0, "exact p of 200 random tables as by enumeration: %d off", off);
	}
	/* alternatives */
	{
		const double n[] = {12, 5, 2, 4, 9, 8};
		StatTable	t = {2, 3, n, NULL, NULL};
		AssociationOptions less = plain,
					greater = plain,
					bad = plain;
		double		two;

		less.alternative = ALTERNATIVE_LESS;
		greater.alternative = ALTERNATIVE_GREATER;
		concordance_measure(&t, CONCORDANCE_GAMMA, &plain, &res);
		two = res.p_value;
		concordance_measure(&t, CONCORDANCE_GAMMA, &greater, &res);
		concordance_measure(&t, CONCORDANCE_GAMMA, &less, &res2);
		is_close(2 * res.p_value, two, 1e-14, "the upper tail is half the two-sided p");
		is_close(res.p_value + res2.p_value, 1, 1e-14, "both tails make 1");
		ok(strcmp(res.alternative, "greater") == 0 && strcmp(res2.alternative, "less") == 0, "the alternative is named");
		bad.level = 1;
		ok(concordance_measure(&t, CONCORDANCE_GAMMA, &bad, &res) == STAT_BAD_ARGUMENT, "a level of 1 is refused");
	}
	{
		/* regular tables: everything on a diagonal, one row, one cell, nothing */
		const double diag[] = {4, 0, 0, 0, 7, 0, 0, 0, 2},
					anti[] = {0, 3, 6, 0},
					line[] = {1, 2, 3, 4};

		ok(concordance_measure(&(StatTable) {3, 3, diag, NULL, NULL}, CONCORDANCE_GAMMA, &plain, &res) == STAT_OK && res.estimate == 1 &&
		   res.std_error == 0 && res.conf_low == 1 && res.conf_high == 1 && res.nnotes >= 2, "all on the diagonal: gamma is 1, a point with a note");
		ok(concordance_measure(&(StatTable) {2, 2, anti, NULL, NULL}, CONCORDANCE_TAU_B, &plain, &res) == STAT_OK && res.estimate == -1, "antidiagonal: tau-b is -1");
		ok(spearman_correlation(&(StatTable) {2, 2, anti, NULL, NULL}, &with_t, &res) == STAT_OK && res.estimate == -1 && res.statistic == -INFINITY &&
		   res.p_value == 0 && res.nnotes >= 2, "antidiagonal: rho is -1, t infinite with a note");
		ok(concordance_measure(&(StatTable) {2, 2, (double[]) {1, 0, 0, 1}, NULL, NULL}, CONCORDANCE_TAU_C, &plain, &res) == STAT_OK && isinf(res.statistic) &&
		   res.nnotes >= 3, "two cases: ASE0 is 0, with a note");
		ok(concordance_measure(&(StatTable) {1, 4, line, NULL, NULL}, CONCORDANCE_GAMMA, &plain, &res) == STAT_UNDEFINED && isnan(res.estimate) && res.nnotes == 1, "one row");
		ok(spearman_correlation(&(StatTable) {4, 1, line, NULL, NULL}, &plain, &res) == STAT_UNDEFINED, "one column");
		ok(pearson_correlation(&(StatTable) {0, 0, line, NULL, NULL}, SCORE_TABLE, &plain, &res) == STAT_UNDEFINED, "nothing");
		ok(pearson_correlation(&(StatTable) {2, 2, line, (double[]) {3, 3}, NULL}, SCORE_TABLE, &plain, &res) == STAT_UNDEFINED, "equal scores");
	}
	{
		/* counts of 1e9: the measures do not change when every count is multiplied */
		const double n[] = {10, 12, 9, 11, 10, 12, 9, 10, 13};
		double		big[9];
		StatResult	small;

		for (int c = 0; c < 9; c++)
			big[c] = n[c] * 1e9;
		concordance_measure(&(StatTable) {3, 3, n, NULL, NULL}, CONCORDANCE_GAMMA, &plain, &small);
		concordance_measure(&(StatTable) {3, 3, big, NULL, NULL}, CONCORDANCE_GAMMA, &plain, &res);
		is_close(res.estimate, small.estimate, 1e-14, "gamma of counts of 1e9");
		is_close(res.std_error * sqrt(1e9), small.std_error, 1e-14, "its standard error");
	}
	{
		const int	k = 1000;
		double	   *n = malloc(sizeof(double) * k * k);
		clock_t		start;

		for (int c = 0; c < k * k; c++)
			n[c] = (double) gsl_rng_uniform_int(rng, 4);
		start = clock();
		ok(concordance_measure(&(StatTable) {k, k, n, NULL, NULL}, CONCORDANCE_GAMMA, &plain, &res) == STAT_OK &&
		   spearman_correlation(&(StatTable) {k, k, n, NULL, NULL}, &plain, &res) == STAT_OK, "1,000 x 1,000 categories");
		/* processor time, under the sanitizers */
		ok((double) (clock() - start) / CLOCKS_PER_SEC < 3, "in %.2f s", (double) (clock() - start) / CLOCKS_PER_SEC);
		free(n);
	}
	gsl_rng_free(rng);
	return done_testing();
}
