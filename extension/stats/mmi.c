/*
 * mmi.c
 *		Tests of independence where one or both questions let several options be ticked.
 *
 * The modified Pearson statistic is the sum of the chi-squares of the items, each a table of "ticked or not" against the groups, or
 * against "ticked or not" of an option of the other question.  The items hang together, so the sum is no chi-square: C. R. Bilder and
 * T. M. Loughin (2004), Testing for marginal independence between two categorical variables with multiple responses, Biometrics 60,
 * 241-248; T. M. Loughin and P. N. Scherer (1998), Biometrics 54, 630-637; A. Agresti and I.-M. Liu (1999), Biometrics 55, 936-943;
 * J. N. K. Rao and A. J. Scott (1981), JASA 76, 221-230.
 */
#include "stats/mmi.h"
#include "stats/montecarlo.h"
#include "stats/proportion.h"

#include <stdio.h>
#include <string.h>

#include <gsl/gsl_cdf.h>

const char *const mmi_method_names[MMI_METHODS] =
{"rao_scott_2", "rao_scott_1", "rao_scott_2_estimated", "rao_scott_1_estimated", "bonferroni", "holm", "bootstrap"};

StatStatus
mmi_margins(const MmiTable *t, MmiMargins *m)
{
	int			nopt = t->col->nopt;
	double	   *seen;
	long double total = 0;

	memset(m, 0, sizeof(*m));
	m->pairs = t->row != NULL;
	m->nline = m->pairs ? t->row->nopt : t->nrow;
	m->nopt = nopt;
	m->both = stat_alloc(sizeof(double) * ((size_t) m->nline * nopt + m->nline + 2 * (size_t) nopt));
	if (m->both == NULL)
		return STAT_NO_MEMORY;
	m->line = m->both + (size_t) m->nline * nopt;
	m->opt = m->line + m->nline;
	seen = m->opt + nopt;
	memset(m->both, 0, sizeof(double) * ((size_t) m->nline * nopt + m->nline + nopt));
	for (int i = 0; i < t->nrow; i++)
	{
		const double *n = t->n + (size_t) i * t->ncol;
		double		size = 0;

		if (stat_interrupted())
		{
			stat_release(m->both);
			return STAT_INTERRUPTED;
		}
		memset(seen, 0, sizeof(double) * nopt);
		for (int k = 0; k < t->ncol; k++)
		{
			if (n[k] == 0)
				continue;
			size += n[k];
			for (int a = t->col->start[k]; a < t->col->start[k + 1]; a++)
				seen[t->col->option[a]] += n[k];
		}
		total += size;
		m->groups += size > 0;
		for (int j = 0; j < nopt; j++)
			m->opt[j] += seen[j];
		for (int a = m->pairs ? t->row->start[i] : i; a < (m->pairs ? t->row->start[i + 1] : i + 1); a++)
		{
			int			line = m->pairs ? t->row->option[a] : i;

			m->line[line] += size;
			for (int j = 0; j < nopt; j++)
				m->both[(size_t) line * nopt + j] += seen[j];
		}
	}
	m->total = (double) total;
	return STAT_OK;
}

/* A line takes part: a group with respondents; an option of the row question that some ticked and some did not. */
bool
mmi_line_varies(const MmiMargins *m, int line)
{
	return m->line[line] > 0 && (!m->pairs || m->line[line] < m->total);
}

bool
mmi_option_varies(const MmiMargins *m, int opt)
{
	return m->opt[opt] > 0 && m->opt[opt] < m->total;
}

/* Chi-square of a table of two columns, its cells c[2 i] and c[2 i + 1]. */
static double
two_columns_chisq(const double *c, int nrow, double add)
{
	long double ticked = 0,
				total = 0,
				x2 = 0;

#define CELL(i) ((long double) (c[i] == 0 ? add : c[i]))
	for (int i = 0; i < nrow; i++)
	{
		ticked += CELL(2 * i);
		total += CELL(2 * i) + CELL(2 * i + 1);
	}
	for (int i = 0; i < nrow; i++)
	{
		long double size = CELL(2 * i) + CELL(2 * i + 1);
		long double d = CELL(2 * i) * total - size * ticked;

		if (size > 0)
			x2 += d * d / (size * ticked * (total - ticked));
	}
#undef CELL
	return (double) x2;
}

int
mmi_item_chisq(const MmiMargins *m, double add, double *chi2, double *df)
{
	int			nitem = 0;
	double		cell[4];
	double	   *cells = cell;

	*df = m->pairs ? 1 : m->groups - 1;
	if (!m->pairs && (cells = stat_alloc(sizeof(double) * 2 * m->nline)) == NULL)
		return -1;
	for (int i = 0; i < (m->pairs ? m->nline : 1); i++)
		for (int j = 0; j < m->nopt; j++)
		{
			double	   *out = &chi2[(size_t) i * m->nopt + j];
			int			rows = 0;

			*out = STAT_NA;
			if (!mmi_option_varies(m, j) || (m->pairs ? !mmi_line_varies(m, i) : m->groups < 2))
				continue;
			if (m->pairs)
			{
				double		both = m->both[(size_t) i * m->nopt + j];

				cells[0] = both;
				cells[1] = m->line[i] - both;
				cells[2] = m->opt[j] - both;
				cells[3] = m->total - m->line[i] - m->opt[j] + both;
				rows = 2;
			}
			else
				for (int g = 0; g < m->nline; g++)
					if (m->line[g] > 0)
					{
						cells[2 * rows] = m->both[(size_t) g * m->nopt + j];
						cells[2 * rows + 1] = m->line[g] - cells[2 * rows];
						rows++;
					}
			*out = two_columns_chisq(cells, rows, add);
			nitem++;
		}
	if (cells != cell)
		stat_release(cells);
	return nitem;
}

static StatStatus
smallest_p(const MmiMargins *m, const double *chi2, int nitem, double df, MmiMethod method, StatResult *res)
{
	double		largest = 0;
	double		p;

	for (int i = 0; i < mmi_nitems(m); i++)
		if (chi2[i] > largest)
			largest = chi2[i];
	res->statistic = largest;
	res->parameter = df;
	p = gsl_cdf_chisq_Q(largest, df);
	/* Holm multiplies the smallest p by the number of items too: the methods differ in the other items only */
	res->p_value = fmin(1, nitem * p);
	stat_note(res, "the statistic is the largest item chi-square, its p times %d items%s", nitem,
			  method == MMI_HOLM ? "; Holm differs from Bonferroni in the items after the first" : "");
	return isfinite(p) ? STAT_OK : STAT_NUMERIC;
}

static StatStatus
rao_scott(const MmiTable *t, const MmiMargins *m, double x2, double full_df, MmiMethod method, StatResult *res)
{
	double		sum,
				sumsq;
	StatStatus	status;
	bool		estimated = method == MMI_RAO_SCOTT_2_ESTIMATED || method == MMI_RAO_SCOTT_1_ESTIMATED;

	if (method == MMI_RAO_SCOTT_1)
	{
		res->statistic = x2;
		res->parameter = full_df;
	}
	else
	{
		status = mmi_eigenvalue_sums(t, m, &sum, &sumsq);
		if (status == STAT_BUDGET)
		{
			stat_note(res, "too many pairs of options for their covariance: use bonferroni or bootstrap, or fewer options");
			return STAT_UNDEFINED;
		}
		if (status != STAT_OK)
			return status;
		if (!(sumsq > 0) || !(sum > 0))
		{
			stat_note(res, "the covariance of the items is zero: there is nothing to test");
			return STAT_UNDEFINED;
		}
		if (!estimated)
			sum = full_df;
		if (method == MMI_RAO_SCOTT_1_ESTIMATED)
		{
			res->statistic = x2 * full_df / sum;
			res->parameter = full_df;
		}
		else
		{
			/* Satterthwaite: X2 is like a chi-square on sum^2/sumsq degrees of freedom times sumsq/sum */
			res->statistic = x2 * sum / sumsq;
			res->parameter = sum * sum / sumsq;
		}
	}
	res->p_value = gsl_cdf_chisq_Q(res->statistic, res->parameter);
	return isfinite(res->p_value) ? STAT_OK : STAT_NUMERIC;
}

static StatStatus
bootstrap(const MmiTable *t, const MmiMargins *m, double add, double x2, int64_t replicates, uint64_t seed, StatResult *res)
{
	int64_t		reached;
	StatStatus	status;

	for (size_t i = 0; i < (size_t) t->nrow * t->ncol; i++)
		if (t->n[i] != floor(t->n[i]) || m->total > 4294967295.0)
		{
			stat_note(res, t->n[i] != floor(t->n[i]) ? "whole selections are drawn: the counts must be whole numbers, not sums of weights"
					  : "the bootstrap draws at most 2^32 - 1 respondents");
			return STAT_UNDEFINED;
		}
	status = mmi_bootstrap(t, m, add, x2, replicates, seed, &reached);
	if (status != STAT_OK)
		return status;
	res->statistic = x2;
	res->p_value = (1.0 + reached) / (1.0 + replicates);
	stat_note(res, "%lld of %lld samples drawn under independence reach the statistic; seed %llu; p_low and p_high: Clopper-Pearson 95 %%",
			  (long long) reached, (long long) replicates, (unsigned long long) seed);
	return prop_ci((double) reached, (double) replicates, PROP_CLOPPER_PEARSON, 0.95, 0, &res->p_low, &res->p_high);
}

static StatStatus
test(const MmiTable *t, const MmiMargins *m, double *chi2, MmiMethod method, double add, int64_t replicates, uint64_t seed, StatResult *res)
{
	double		df;
	long double x2 = 0;
	int			nitem = mmi_item_chisq(m, add, chi2, &df);
	int			empty = 0;

	if (nitem < 0)
		return STAT_NO_MEMORY;
	res->n = m->total;
	if (!m->pairs && m->groups < m->nline)
		stat_note(res, "left out as empty: %d group(s)", m->nline - m->groups);
	if (nitem < mmi_nitems(m) && nitem > 0)
		stat_note(res, "left out: %d %s ticked by nobody or by all", mmi_nitems(m) - nitem,
				  m->pairs ? "pair(s) of options of which one is" : "option(s)");
	if (nitem == 0)
	{
		stat_note(res, !m->pairs && m->groups < 2 ? "fewer than two groups have respondents: there is nothing to test"
				  : "every option is ticked by nobody or by all: there is nothing to test");
		return STAT_UNDEFINED;
	}
	for (int i = 0; i < mmi_nitems(m); i++)
		if (!isnan(chi2[i]))
			x2 += chi2[i];
	for (int i = 0; i < m->nline; i++)
		for (int j = 0; j < m->nopt && mmi_line_varies(m, i); j++)
		{
			double		both = m->both[(size_t) i * m->nopt + j];

			if (!mmi_option_varies(m, j))
				continue;
			empty += (both == 0) + (both == m->line[i]);
			if (m->pairs)
				empty += (both == m->opt[j]) + (m->total - m->line[i] - m->opt[j] + both == 0);
		}
	if (empty > 0 && add > 0)
		stat_note(res, "%g added to the %d empty cell(s) of the items' tables", add, empty);
	else if (empty > 0)
		stat_note(res, "%d empty cell(s) in the items' tables; nothing added", empty);
	switch (method)
	{
		case MMI_BONFERRONI:
		case MMI_HOLM:
			return smallest_p(m, chi2, nitem, df, method, res);
		case MMI_BOOTSTRAP:
			return bootstrap(t, m, add, (double) x2, replicates, seed, res);
		default:
			stat_note(res, "sum of %d item chi-squares %.10g on %.15g degrees of freedom before the correction", nitem, (double) x2, nitem * df);
			return rao_scott(t, m, (double) x2, nitem * df, method, res);
	}
}

StatStatus
mmi_test(const MmiTable *t, MmiMethod method, double add, int64_t replicates, uint64_t seed, StatResult *res)
{
	static const char *const variant[MMI_METHODS] =
	{"second-order Rao-Scott", "first-order Rao-Scott", "second-order Rao-Scott, estimated mean eigenvalue",
	"first-order Rao-Scott, estimated mean eigenvalue", "Bonferroni", "Holm", "bootstrap"};
	char		name[sizeof(res->method)];
	MmiMargins	m;
	double	   *chi2;
	StatStatus	status;

	stat_result_init(res, "");
	snprintf(name, sizeof(name), "%s, %s", t->row ? "Test of simultaneous pairwise marginal independence (SPMI)"
			 : "Test of multiple marginal independence (MMI)", variant[method]);
	stat_result_init(res, name);
	if (!(add >= 0) || isinf(add) || replicates < 1 || replicates > MC_MAX_REPLICATES)
		return STAT_BAD_ARGUMENT;
	for (size_t i = 0; i < (size_t) t->nrow * t->ncol; i++)
		if (!stat_is_count(t->n[i]))
			return STAT_BAD_ARGUMENT;
	status = mmi_margins(t, &m);
	if (status != STAT_OK)
		return status;
	chi2 = stat_alloc(sizeof(double) * mmi_nitems(&m));
	status = chi2 == NULL ? STAT_NO_MEMORY : test(t, &m, chi2, method, add, replicates, seed, res);
	stat_release(chi2);
	stat_release(m.both);
	return status;
}
