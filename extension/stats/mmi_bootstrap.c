/*
 * mmi_bootstrap.c
 *		The distribution of the modified Pearson statistic when the two questions are independent, by resampling.
 *
 * C. R. Bilder, T. M. Loughin and D. Nettleton (2000), Multiple marginal independence testing for pick any/c variables, Communications
 * in Statistics - Simulation and Computation 29, 1285-1316; Bilder and Loughin (2004), section 3.  Whole selections are drawn, so that
 * the options keep their association with each other.  MMI: the group sizes stay and the selections are drawn from all groups
 * together.  SPMI: the selections of both questions are drawn, each apart.
 *
 * Numbers come from GSL's mt19937, seeded once: a seed gives the same samples wherever it runs.
 */
#include "stats/mmi.h"

#include <string.h>

#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>

/* Selections to draw from: those that were made, with their running totals. */
typedef struct Urn
{
	int			n;
	const StatSets *sets;
	int		   *sel;
	double	   *count;
	double	   *upto;			/* total of the first i + 1 */
} Urn;

/* Draw size respondents; drawn[i] of them made selection sel[i]. */
static void
draw(const gsl_rng *rng, const Urn *u, double size, double *drawn)
{
	double		total = u->upto[u->n - 1];

	memset(drawn, 0, sizeof(double) * u->n);
	if (size < 4.0 * u->n)
	{
		for (double k = 0; k < size; k++)
		{
			double		x = gsl_rng_uniform(rng) * total;
			int			low = 0,
						high = u->n - 1;

			while (low < high)
			{
				int			mid = (low + high) / 2;

				if (x < u->upto[mid])
					high = mid;
				else
					low = mid + 1;
			}
			drawn[low]++;
		}
		return;
	}
	/* the multinomial as a chain of binomials */
	for (int i = 0; i < u->n && size > 0; i++)
	{
		double		rest = total - (i > 0 ? u->upto[i - 1] : 0);
		double		k = i == u->n - 1 ? size : (double) gsl_ran_binomial(rng, u->count[i] / rest, (unsigned int) size);

		drawn[i] = k;
		size -= k;
	}
}

static inline void
add_ticks(const Urn *u, const double *drawn, double *seen)
{
	for (int i = 0; i < u->n; i++)
		if (drawn[i] > 0)
			for (int a = u->sets->start[u->sel[i]]; a < u->sets->start[u->sel[i] + 1]; a++)
				seen[u->sets->option[a]] += drawn[i];
}

/* One sample's margins into m; left unfinished after an interrupt, which the caller sees too. */
static void
resample(const gsl_rng *rng, const MmiTable *t, const Urn *rows, const Urn *cols, double *drawn, double *seen, MmiMargins *m)
{
	double	   *drawn_rows = drawn + cols->n;

	memset(m->both, 0, sizeof(double) * (size_t) m->nline * m->nopt);
	memset(m->opt, 0, sizeof(double) * m->nopt);
	if (m->pairs)
	{
		memset(m->line, 0, sizeof(double) * m->nline);
		draw(rng, rows, m->total, drawn_rows);
		add_ticks(rows, drawn_rows, m->line);
	}
	for (int r = 0; r < (m->pairs ? rows->n : m->nline); r++)
	{
		double		size = m->pairs ? drawn_rows[r] : m->line[r];
		int			sel = m->pairs ? rows->sel[r] : r;

		if (size == 0)
			continue;
		if (stat_interrupted())
			return;
		memset(seen, 0, sizeof(double) * m->nopt);
		draw(rng, cols, size, drawn);
		add_ticks(cols, drawn, seen);
		for (int j = 0; j < m->nopt; j++)
			m->opt[j] += seen[j];
		for (int a = m->pairs ? t->row->start[sel] : r; a < (m->pairs ? t->row->start[sel + 1] : r + 1); a++)
		{
			double	   *both = m->both + (size_t) (m->pairs ? t->row->option[a] : r) * m->nopt;

			for (int j = 0; j < m->nopt; j++)
				both[j] += seen[j];
		}
	}
}

/* The selections of a side with their totals; of the columns unless by_row. */
static bool
fill_urn(const MmiTable *t, bool by_row, Urn *u)
{
	int			n = by_row ? t->nrow : t->ncol;
	double	   *total = stat_alloc(sizeof(double) * 3 * (n + 1));

	memset(u, 0, sizeof(*u));
	u->sel = stat_alloc(sizeof(int) * (n + 1));
	if (total == NULL || u->sel == NULL)
	{
		stat_release(total);
		stat_release(u->sel);
		return false;
	}
	u->count = total;
	u->upto = u->count + n + 1;
	total = u->upto + n + 1;
	u->sets = by_row ? t->row : t->col;
	memset(total, 0, sizeof(double) * n);
	for (int i = 0; i < t->nrow; i++)
		for (int k = 0; k < t->ncol; k++)
			total[by_row ? i : k] += t->n[(size_t) i * t->ncol + k];
	for (int i = 0; i < n; i++)
		if (total[i] > 0)
		{
			u->sel[u->n] = i;
			u->count[u->n] = total[i];
			u->upto[u->n] = total[i] + (u->n > 0 ? u->upto[u->n - 1] : 0);
			u->n++;
		}
	return true;
}

static void
drop_urn(Urn *u)
{
	stat_release(u->sel);
	stat_release(u->count);
}

StatStatus
mmi_bootstrap(const MmiTable *t, const MmiMargins *m, double add, double x2, int64_t replicates, uint64_t seed, int64_t *reached)
{
	Urn			rows = {0},
				cols = {0};
	MmiMargins	sample = *m;
	size_t		nboth = (size_t) m->nline * m->nopt;
	double	   *block = NULL,
			   *chi2,
			   *drawn,
			   *seen;
	gsl_rng    *rng = gsl_rng_alloc(gsl_rng_mt19937);
	StatStatus	status = STAT_OK;

	*reached = 0;
	if (rng == NULL || !fill_urn(t, false, &cols) || (m->pairs && !fill_urn(t, true, &rows)) ||
		(block = stat_alloc(sizeof(double) * (2 * nboth + m->nline + 2 * (size_t) m->nopt + cols.n + rows.n))) == NULL)
		status = STAT_NO_MEMORY;
	else
	{
		gsl_rng_set(rng, (unsigned long) (seed ^ seed >> 32));
		sample.both = block;
		sample.line = block + nboth;
		sample.opt = sample.line + m->nline;
		seen = sample.opt + m->nopt;
		chi2 = seen + m->nopt;
		drawn = chi2 + nboth;
		memcpy(sample.line, m->line, sizeof(double) * m->nline);
		for (int64_t b = 0; b < replicates && status == STAT_OK; b++)
		{
			double		df;
			long double sum = 0;

			if (stat_interrupted())
			{
				status = STAT_INTERRUPTED;
				break;
			}
			resample(rng, t, &rows, &cols, drawn, seen, &sample);
			if (mmi_item_chisq(&sample, add, chi2, &df) < 0)
				status = STAT_NO_MEMORY;
			/* an item that everybody or nobody ticked in the sample has no chi-square and adds nothing */
			for (int i = 0; i < mmi_nitems(m); i++)
				if (!isnan(chi2[i]))
					sum += chi2[i];
			*reached += sum >= x2 * (1 - 1e-7L);
		}
	}
	stat_release(block);
	drop_urn(&rows);
	drop_urn(&cols);
	if (rng != NULL)
		gsl_rng_free(rng);
	return status;
}
