/*
 * concordance.c
 *		Concordant and discordant pairs, and the measures made of them: gamma, tau-b, tau-c, Somers' d.
 *
 * L. A. Goodman, W. H. Kruskal (1963), JASA 58, 310-364 (gamma); M. G. Kendall (1945), Biometrika 33, 239-251 (tau-b); A. Stuart (1953),
 * Biometrika 40, 105-110 (tau-c); R. H. Somers (1962), American Sociological Review 27, 799-811; standard errors with and without
 * association: M. B. Brown, J. K. Benedetti (1977), JASA 72, 309-315; L. A. Goodman, W. H. Kruskal (1972), JASA 67, 415-421.
 *
 * With C_ij and D_ij the counts concordant and discordant with cell (i,j), every measure is S/denominator, S = sum n_ij (C_ij - D_ij).
 * The measures do not change when all counts are multiplied, so sum n df/dn = 0 and the delta method is var = sum n (df/dn)^2.
 * One scan of the rows with running column sums gives C and D of every cell: O(rows x columns).
 */
#include "stats/ordinal_association.h"
#include "stats/deviation.h"

#include <string.h>

static const char *const titles[CONCORDANCE_MEASURES] = {
	"Goodman-Kruskal gamma", "Kendall's tau-b", "Stuart's tau-c", "Somers' d, column variable dependent", "Somers' d, row variable dependent",
	"Somers' d, symmetric"
};

/*
 * A scan over the rows.  C - D loses its digits where C and D nearly agree, so it is also built from the deviations from independence,
 * O = E + (O - E): diff = r c / n + that of O - E, with r, c = cases below less above in the order of the margin.
 */
typedef struct Scan
{
	const StatClean *t;
	int			row;			/* the next one */
	long double before;			/* cases in the rows above */
	long double margin;			/* of the current row: cases in the rows below less above */
	long double *above;			/* by column: counts in the rows above, and their deviations */
	long double *above_dev;
	long double *col_margin;
	long double *concordant;	/* of the cells of the current row */
	long double *discordant;
	long double *diff;
	void	   *block;
} Scan;

static StatStatus
scan_begin(const StatClean *t, Scan *s)
{
	size_t		k = (size_t) t->tab.ncol;
	long double *p = stat_alloc(sizeof(long double) * k * 6);
	long double before = 0;

	if (p == NULL)
		return STAT_NO_MEMORY;
	memset(s, 0, sizeof(*s));
	s->t = t;
	s->block = p;
	s->above = p;
	s->above_dev = p + k;
	s->col_margin = p + 2 * k;
	s->concordant = p + 3 * k;
	s->discordant = p + 4 * k;
	s->diff = p + 5 * k;
	for (size_t j = 0; j < k; j++)
	{
		s->above[j] = s->above_dev[j] = 0;
		s->col_margin[j] = t->total - 2 * before - t->col_total[j];
		before += t->col_total[j];
	}
	return STAT_OK;
}

/* The next row: false at the end. */
static bool
scan_row(Scan *s)
{
	const StatClean *t = s->t;
	int			C = t->tab.ncol,
				i = s->row;
	long double nw = 0,			/* counts above and to the left, below and to the left */
				sw = 0,
				ne = 0,			/* likewise to the right */
				se = 0,
				left = 0;		/* deviations below less above, to the left */

	if (i == t->tab.nrow)
		return false;
	s->margin = t->total - 2 * s->before - t->row_total[i];
	for (int j = 0; j < C; j++)
	{
		long double o = stat_count(t, i, j),
					dev = stat_deviation(t, i, j),
					u = -2 * s->above_dev[j] - dev;

		s->concordant[j] = nw;
		s->discordant[j] = sw;
		s->diff[j] = s->margin * s->col_margin[j] / t->total - 2 * left - u;
		nw += s->above[j];
		sw += t->col_total[j] - s->above[j] - o;
		left += u;
		s->above_dev[j] += dev;
	}
	for (int j = C - 1; j >= 0; j--)
	{
		long double o = stat_count(t, i, j);

		s->concordant[j] += se;
		s->discordant[j] += ne;
		se += t->col_total[j] - s->above[j] - o;
		ne += s->above[j];
		s->above[j] += o;
	}
	s->before += t->row_total[i];
	s->row++;
	return true;
}

/* Sums over the table, pairs counted twice. */
typedef struct Sums
{
	long double concordant;
	long double discordant;
	long double diff;			/* their difference, without cancellation */
	long double row_free;		/* ordered pairs not tied in the row: n^2 - sum r^2 */
	long double col_free;
} Sums;

static StatStatus
sum_pairs(const StatClean *t, Sums *sum)
{
	Scan		s;
	StatStatus	status = scan_begin(t, &s);

	memset(sum, 0, sizeof(*sum));
	if (status != STAT_OK)
		return status;
	while (scan_row(&s))
	{
		int			i = s.row - 1;

		if (stat_interrupted())
		{
			stat_release(s.block);
			return STAT_INTERRUPTED;
		}
		for (int j = 0; j < t->tab.ncol; j++)
		{
			long double o = stat_count(t, i, j);

			sum->concordant += o * s.concordant[j];
			sum->discordant += o * s.discordant[j];
			/* the part of the expected counts adds up to 0, and their products with the deviations come twice */
			sum->diff += stat_deviation(t, i, j) * (s.diff[j] + s.margin * s.col_margin[j] / t->total);
		}
	}
	stat_release(s.block);
	for (int i = 0; i < t->tab.nrow; i++)
		sum->row_free += (long double) t->row_total[i] * ((long double) t->total - t->row_total[i]);
	for (int j = 0; j < t->tab.ncol; j++)
		sum->col_free += (long double) t->col_total[j] * ((long double) t->total - t->col_total[j]);
	/* a table without one kind of pair says so exactly */
	if (sum->discordant <= 0 || sum->concordant <= 0)
		sum->diff = sum->concordant - sum->discordant;
	return STAT_OK;
}

StatStatus
concordance_difference(const StatClean *t, long double *difference)
{
	Sums		sum;
	StatStatus	status = sum_pairs(t, &sum);

	*difference = sum.diff / 2;
	return status;
}

/* The denominator of the measure: estimate = diff/denominator, pairs counted twice in both. */
static long double
denominator(const StatClean *t, ConcordanceMeasure measure, const Sums *sum)
{
	long double n = t->total;
	long double m = t->tab.nrow < t->tab.ncol ? t->tab.nrow : t->tab.ncol;

	switch (measure)
	{
		case CONCORDANCE_GAMMA:
			return sum->concordant + sum->discordant;
		case CONCORDANCE_TAU_B:
			return sqrtl(sum->row_free) * sqrtl(sum->col_free);
		case CONCORDANCE_TAU_C:
			return n * n * (m - 1) / m;
		case CONCORDANCE_SOMERS_COL:
			return sum->row_free;
		case CONCORDANCE_SOMERS_ROW:
			return sum->col_free;
		case CONCORDANCE_SOMERS_SYM:
			return (sum->row_free + sum->col_free) / 2;
	}
	return STAT_NA;
}

/* The derivative of the measure by the count of cell (i,j), times denominator/2. */
static long double
gradient(const Scan *s, ConcordanceMeasure measure, const Sums *sum, long double estimate, int i, int j)
{
	const StatClean *t = s->t;
	long double row = (long double) t->total - t->row_total[i],
				col = (long double) t->total - t->col_total[j];

	switch (measure)
	{
		case CONCORDANCE_GAMMA:
			return 2 * (sum->discordant / (sum->concordant + sum->discordant) * s->concordant[j] -
						sum->concordant / (sum->concordant + sum->discordant) * s->discordant[j]);
		case CONCORDANCE_TAU_B:
			return s->diff[j] - estimate * (row * sqrtl(sum->col_free / sum->row_free) + col * sqrtl(sum->row_free / sum->col_free)) / 2;
		case CONCORDANCE_TAU_C:
			return s->diff[j] - sum->diff / t->total;
		case CONCORDANCE_SOMERS_COL:
			return s->diff[j] - estimate * row;
		case CONCORDANCE_SOMERS_ROW:
			return s->diff[j] - estimate * col;
		case CONCORDANCE_SOMERS_SYM:
			return s->diff[j] - estimate * (row + col) / 2;
	}
	return STAT_NA;
}

/*
 * Kendall (1970), Rank Correlation Methods, 4th ed., section 4.3, with the terms of his formula gathered into factors that are not
 * negative: n(n-1)(n-2) - sum r(r-1)(r-2) = sum r (n - r)(n + r - 3).
 */
double
concordance_variance(const StatClean *t)
{
	long double n = t->total;
	long double pairs[2] = {0, 0},
				triples[2] = {0, 0};

	for (int side = 0; side < 2; side++)
	{
		const double *total = side ? t->col_total : t->row_total;

		for (int i = 0; i < (side ? t->tab.ncol : t->tab.nrow); i++)
		{
			pairs[side] += total[i] * (n - total[i]);
			triples[side] += total[i] * (n - total[i]) * (n + total[i] - 3);
		}
	}
	return (double) (pairs[0] * pairs[1] / (2 * n * (n - 1)) + (n > 2 ? triples[0] * triples[1] / (9 * n * (n - 1) * (n - 2)) : 0));
}

/* Concordant less discordant pairs of a table of whole counts.  context: room for a column sum each. */
static double
difference_of_counts(const int *n, int nrow, int ncol, const void *context)
{
	int64_t    *above = *(int64_t *const *) context;
	int64_t		sum = 0;

	memset(above, 0, sizeof(int64_t) * (size_t) ncol);
	for (int i = 0; i < nrow; i++, n += ncol)
	{
		int64_t		left = 0,
					right = 0;

		for (int j = 0; j < ncol; j++)
			right += above[j];
		for (int j = 0; j < ncol; j++)
		{
			right -= above[j];
			sum += n[j] * (left - right);
			left += above[j];
		}
		for (int j = 0; j < ncol; j++)
			above[j] += n[j];
	}
	return (double) sum;
}

StatStatus
concordance_permutation(const StatClean *t, double difference, Alternative alternative, const Permutation *perm, StatResult *res)
{
	int64_t    *above;
	StatStatus	status = STAT_BUDGET;

	if (exact_wanted(t, perm))
		status = t->integral ? exact_ordered(t, ORDERED_CONCORDANCE, NULL, NULL, alternative, exact_budget(perm), &res->p_value)
			: STAT_BAD_ARGUMENT;
	if (permutation_settled(t, perm, &status, res))
		return status;
	above = stat_alloc(sizeof(int64_t) * (size_t) t->tab.ncol);
	if (above == NULL)
		return STAT_NO_MEMORY;
	status = montecarlo_test(t, difference_of_counts, &above, difference, montecarlo_tail(alternative), 0, perm->replicates, perm->seed, res);
	stat_release(above);
	return status;
}

StatStatus
concordance_measure(const StatTable *tab, ConcordanceMeasure measure, const AssociationOptions *opt, StatResult *res)
{
	StatClean	t;
	Scan		s;
	Sums		sum;
	long double den,
				estimate,
				mean,
				var1 = 0,
				var0 = 0;
	StatStatus	status = association_begin(tab, titles[measure], opt, &t, res);

	if (status != STAT_OK)
		return status;
	status = sum_pairs(&t, &sum);
	if (status == STAT_OK)
		status = scan_begin(&t, &s);
	if (status != STAT_OK)
	{
		stat_release(t.block);
		return status;
	}
	den = denominator(&t, measure, &sum);
	estimate = fmaxl(-1, fminl(1, sum.diff / den));
	mean = sum.diff / t.total;
	while (scan_row(&s) && status == STAT_OK)
	{
		if (stat_interrupted())
			status = STAT_INTERRUPTED;
		for (int j = 0; j < t.tab.ncol; j++)
		{
			long double o = stat_count(&t, s.row - 1, j);

			if (o > 0)
			{
				long double g = gradient(&s, measure, &sum, estimate, s.row - 1, j);
				long double d = s.diff[j] - mean;

				var1 += o * g * g;
				var0 += o * d * d;
			}
		}
	}
	stat_release(s.block);
	if (status == STAT_OK)
	{
		long double z;

		res->estimate = (double) estimate;
		association_interval((double) (2 * sqrtl(var1) / den), res);
		if (opt->test == ASSOCIATION_ASE0)
		{
			stat_note(res, "test: z = estimate/ASE0 (parameter2), the same for gamma, tau-b, tau-c and Somers' d");
			if (sqrtl(var0) <= 1e-15L * fabsl(sum.diff))
			{
				var0 = 0;
				stat_note(res, "ASE0 is 0: the table is too regular for this test");
			}
			res->parameter2 = (double) (2 * sqrtl(var0) / den);
			z = sum.diff != 0 ? sum.diff / (2 * sqrtl(var0)) : var0 > 0 ? 0 : STAT_NA;
		}
		else
		{
			z = sum.diff / (2 * sqrtl(concordance_variance(&t)));
			stat_note(res, "test: Kendall's z, with the permutation variance corrected for ties");
			if (!isfinite(z))
			{
				z = STAT_NA;
				stat_note(res, "too few cases for the permutation variance");
			}
		}
		if (!isnan(z))
			association_test(z, STAT_NA, opt->alternative, res);
		if (association_permuted(&opt->perm))
			status = concordance_permutation(&t, (double) (sum.diff / 2), opt->alternative, &opt->perm, res);
	}
	stat_release(t.block);
	return status;
}

StatStatus
concordance_pairs(const StatTable *tab, ConcordancePairs *out)
{
	StatClean	t;
	Sums		sum;
	long double row = 0,
				col = 0,
				both = 0;
	StatStatus	status = stat_clean(tab, &t);

	if (status != STAT_OK)
		return status;
	status = sum_pairs(&t, &sum);
	for (int i = 0; i < t.tab.nrow; i++)
		for (int j = 0; j < t.tab.ncol; j++)
		{
			long double o = stat_count(&t, i, j);

			row += o * (t.row_total[i] - o);
			col += o * (t.col_total[j] - o);
			both += o * (o - 1);
		}
	out->concordant = (double) (sum.concordant / 2);
	out->discordant = (double) (sum.discordant / 2);
	out->tied_row = (double) (row / 2);
	out->tied_col = (double) (col / 2);
	out->tied_both = t.integral ? (double) (both / 2) : STAT_NA;
	out->total = t.integral ? (double) ((long double) t.total / 2 * fmaxl((long double) t.total - 1, 0)) : STAT_NA;
	stat_release(t.block);
	return status;
}
