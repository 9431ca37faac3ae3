/*
 * symmetry.c
 *		Symmetry and marginal homogeneity of a square table.
 *
 * A. H. Bowker (1948), JASA 43, 572-574; A. Stuart (1955), Biometrika 42, 412-416; A. E. Maxwell (1970), British Journal of Psychiatry
 * 116, 651-655; V. P. Bhapkar (1966), JASA 61, 228-235; T. J. Keefe (1982), Biometrical Journal 24, 323-330 (Bhapkar's statistic from
 * Stuart's: W/(1 - W/n)).
 */
#include "stats/symmetry.h"

#include <gsl/gsl_cdf.h>

static StatStatus
begin(const StatTable *tab, StatResult *res)
{
	long double n = 0;

	if (tab->nrow != tab->ncol)
		return STAT_BAD_ARGUMENT;
	for (size_t i = 0; i < (size_t) tab->nrow * tab->ncol; i++)
	{
		if (!stat_is_count(tab->n[i]))
			return STAT_BAD_ARGUMENT;
		n += tab->n[i];
	}
	res->n = (double) n;
	return STAT_OK;
}

static StatStatus
nobody_changed(StatResult *res)
{
	stat_note(res, "nobody changed category: there is nothing to test");
	return STAT_UNDEFINED;
}

StatStatus
bowker_test(const StatTable *tab, bool all_pairs, StatResult *res)
{
	long double x2 = 0;
	double		pairs = (double) tab->nrow * (tab->nrow - 1) / 2,
				df = 0;
	StatStatus	status;

	stat_result_init(res, "Bowker's test of symmetry");
	status = begin(tab, res);
	if (status != STAT_OK)
		return status;
	for (int i = 0; i < tab->nrow; i++)
	{
		if (stat_interrupted())
			return STAT_INTERRUPTED;
		for (int j = 0; j < i; j++)
		{
			long double a = tab->n[(size_t) i * tab->ncol + j],
						b = tab->n[(size_t) j * tab->ncol + i];

			if (a + b == 0)
				continue;
			x2 += (a - b) * (a - b) / (a + b);
			df++;
		}
	}
	res->statistic = (double) x2;
	res->parameter = all_pairs ? pairs : df;
	if (df == 0)
		return nobody_changed(res);
	if (df < pairs)
		stat_note(res, "%.0f of %.0f pairs of categories have no change either way: df %s", pairs - df, pairs,
				  all_pairs ? "counts them all the same" : "leaves them out");
	res->p_value = gsl_cdf_chisq_Q(res->statistic, res->parameter);
	return isfinite(res->p_value) ? STAT_OK : STAT_NUMERIC;
}

/*
 * d' V^- d, where V is the covariance matrix of the differences d of the margins: V has n_ij + n_ji with a minus off the diagonal and
 * rows that add up to 0, so it is the Laplacian of a graph, and eliminating a node is the star-mesh transformation, which adds positive
 * numbers only.  A node left without neighbours ends its component; each elimination is a degree of freedom.
 */
static StatStatus
quadratic_form(const StatTable *tab, long double *w, long double *d, long double *x2, int *df)
{
	int			k = tab->nrow;

	for (int i = 0; i < k; i++)
	{
		d[i] = 0;
		for (int j = 0; j < k; j++)
		{
			long double a = tab->n[(size_t) i * k + j],
						b = tab->n[(size_t) j * k + i];

			w[(size_t) i * k + j] = i == j ? 0 : a + b;
			d[i] += a - b;
		}
	}
	*x2 = 0;
	*df = 0;
	for (int p = 0; p < k; p++)
	{
		long double s = 0;
		const long double *wp = w + (size_t) p * k;

		if (stat_interrupted())
			return STAT_INTERRUPTED;
		for (int i = p + 1; i < k; i++)
			s += wp[i];
		if (s == 0)
			continue;
		*x2 += d[p] * d[p] / s;
		++*df;
		for (int i = p + 1; i < k; i++)
		{
			long double share = wp[i] / s;

			if (share == 0)
				continue;
			d[i] += d[p] * share;
			for (int j = p + 1; j < k; j++)
				if (j != i)
					w[(size_t) i * k + j] += share * wp[j];
		}
	}
	return STAT_OK;
}

/* Categories that somebody changes to or from. */
static int
categories_changed(const StatTable *tab)
{
	int			k = tab->nrow,
				changed = 0;

	for (int i = 0; i < k; i++)
		for (int j = 0; j < k; j++)
			if (i != j && tab->n[(size_t) i * k + j] + tab->n[(size_t) j * k + i] > 0)
			{
				changed++;
				break;
			}
	return changed;
}

StatStatus
marginal_homogeneity_test(const StatTable *tab, bool bhapkar, StatResult *res)
{
	long double *w,
				x2;
	int			df,
				changed;
	size_t		k = tab->nrow;
	StatStatus	status;

	stat_result_init(res, bhapkar ? "Bhapkar's test of marginal homogeneity" : "Stuart-Maxwell test of marginal homogeneity");
	status = begin(tab, res);
	if (status != STAT_OK)
		return status;
	w = stat_alloc(sizeof(long double) * (k * k + k));
	if (w == NULL)
		return STAT_NO_MEMORY;
	status = quadratic_form(tab, w, w + k * k, &x2, &df);
	stat_release(w);
	if (status != STAT_OK)
		return status;
	if (df == 0)
		return nobody_changed(res);
	changed = categories_changed(tab);
	if (changed < tab->nrow)
		stat_note(res, "left out: %d of %d categories that nobody changes to or from", tab->nrow - changed, tab->nrow);
	if (df < changed - 1)
		stat_note(res, "the categories fall into %d groups without a change between them: %d degrees of freedom", changed - df, df);
	res->parameter = df;
	if (bhapkar)
	{
		long double rest = 1 - x2 / res->n;

		if (rest <= 1e-15L)
		{
			stat_note(res, "everybody changes in one direction: the margins have no variance left and the statistic is infinite; prefer stuart_maxwell_test");
			res->statistic = INFINITY;
			res->p_value = 0;
			return STAT_OK;
		}
		x2 /= rest;
	}
	res->statistic = (double) x2;
	res->p_value = gsl_cdf_chisq_Q(res->statistic, df);
	return isfinite(res->p_value) ? STAT_OK : STAT_NUMERIC;
}
