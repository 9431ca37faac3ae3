/*
 * paired_difference.c
 *		A scale answered twice, as differences of levels.
 */
#include "stats/paired_difference.h"

#include <stdlib.h>
#include <string.h>

typedef struct Difference
{
	double		size;
	double		up;
	double		down;
} Difference;

static int
by_size(const void *a, const void *b)
{
	double		x = ((const Difference *) a)->size,
				y = ((const Difference *) b)->size;

	return (x > y) - (x < y);
}

static double
score(const double *scores, int i)
{
	return scores ? scores[i] : i + 1;
}

/* The cells that have counts, as differences; how many there are. */
static size_t
collect(const StatTable *tab, Difference *out)
{
	size_t		m = 0;

	for (int i = 0; i < tab->nrow; i++)
		for (int j = 0; j < tab->ncol; j++)
		{
			double		n = tab->n[(size_t) i * tab->ncol + j];
			double		diff = score(tab->col_score, j) - score(tab->row_score, i);

			if (n == 0)
				continue;
			if (out)
				out[m] = (Difference) {fabs(diff), diff > 0 ? n : 0, diff > 0 ? 0 : n};
			m++;
		}
	return m;
}

StatStatus
paired_differences(const StatTable *tab, PairedDifferences *d)
{
	Difference *cell;
	double		tolerance = 0;
	size_t		cells,
				m;

	memset(d, 0, sizeof(*d));
	d->integral = true;
	if (tab->nrow != tab->ncol)
		return STAT_BAD_ARGUMENT;
	for (int i = 0; i < tab->nrow; i++)
	{
		if (!isfinite(score(tab->row_score, i)) || !isfinite(score(tab->col_score, i)))
			return STAT_BAD_ARGUMENT;
		tolerance = fmax(tolerance, 1e-12 * fmax(fabs(score(tab->row_score, i)), fabs(score(tab->col_score, i))));
	}
	for (size_t i = 0; i < (size_t) tab->nrow * tab->ncol; i++)
	{
		if (!stat_is_count(tab->n[i]))
			return STAT_BAD_ARGUMENT;
		if (!stat_is_whole(tab->n[i]))
			d->integral = false;
	}
	cells = collect(tab, NULL);
	cell = stat_alloc((sizeof(Difference) + 3 * sizeof(double)) * cells);
	if (cell == NULL)
		return STAT_NO_MEMORY;
	d->block = cell;
	d->size = (double *) (cell + cells);
	d->up = d->size + cells;
	d->down = d->up + cells;
	m = collect(tab, cell);
	if (stat_interrupted())
	{
		stat_release(cell);
		return STAT_INTERRUPTED;
	}
	qsort(cell, m, sizeof(Difference), by_size);
	for (size_t i = 0; i < m; i++)
	{
		if (cell[i].size <= tolerance)
		{
			d->zero += cell[i].up + cell[i].down;
			continue;
		}
		if (d->k == 0 || cell[i].size > d->size[d->k - 1] + tolerance)
		{
			d->size[d->k] = cell[i].size;
			d->up[d->k] = d->down[d->k] = 0;
			d->k++;
		}
		d->up[d->k - 1] += cell[i].up;
		d->down[d->k - 1] += cell[i].down;
		d->total_up += cell[i].up;
		d->total_down += cell[i].down;
	}
	if (d->total_up + d->total_down + d->zero >= 9007199254740992.0)
		d->integral = false;
	return STAT_OK;
}

bool
paired_describe(const PairedDifferences *d, Alternative alternative, StatResult *res)
{
	stat_set_alternative(res, alternative);
	res->n = d->total_up + d->total_down + d->zero;
	stat_note(res, "the column answer is higher for %.15g, lower for %.15g, the same for %.15g", d->total_up, d->total_down, d->zero);
	if (d->k > 0)
		return true;
	stat_note(res, "nobody changed: there is nothing to test");
	return false;
}
