/*
 * strata.c
 *		Two-way tables by stratum, cleaned: small strata and empty categories left out.
 */
#include "stats/strata.h"

/* Sums of a stratum's rows and columns; false for a count that is none. */
static bool
margins(const double *n, int nrow, int ncol, double *row, double *col, double *total, bool *integral)
{
	for (int j = 0; j < ncol; j++)
		col[j] = 0;
	*total = 0;
	for (int i = 0; i < nrow; i++)
	{
		row[i] = 0;
		for (int j = 0; j < ncol; j++)
		{
			double		v = n[(size_t) i * ncol + j];

			if (!stat_is_count(v))
				return false;
			if (!stat_is_whole(v))
				*integral = false;
			row[i] += v;
			col[j] += v;
		}
		*total += row[i];
	}
	return true;
}

static int
positive(const double *x, int n)
{
	int			k = 0;

	for (int i = 0; i < n; i++)
		k += x[i] > 0;
	return k;
}

/* Which categories have counts in a stratum that is kept, and how many strata are. */
static StatStatus
survey(const StatStrata *in, double *row, double *col, bool *row_used, bool *col_used, StrataClean *out)
{
	for (int i = 0; i < in->nrow; i++)
		row_used[i] = false;
	for (int j = 0; j < in->ncol; j++)
		col_used[j] = false;
	out->integral = true;
	for (int k = 0; k < in->nstrata; k++)
	{
		double		total;

		if (stat_interrupted())
			return STAT_INTERRUPTED;
		if (!margins(in->n + (size_t) k * in->nrow * in->ncol, in->nrow, in->ncol, row, col, &total, &out->integral))
			return STAT_BAD_ARGUMENT;
		if (total < 2)
		{
			out->small++;
			continue;
		}
		out->s.nstrata++;
		for (int i = 0; i < in->nrow; i++)
			row_used[i] |= row[i] > 0;
		for (int j = 0; j < in->ncol; j++)
			col_used[j] |= col[j] > 0;
	}
	return STAT_OK;
}

/* Copy the kept cells of the kept strata. */
static void
fill(const StatStrata *in, const bool *row_used, const bool *col_used, double *row, double *col, double *n, StrataClean *out)
{
	bool		whole;
	int			kept = 0;

	for (int k = 0; k < in->nstrata; k++)
	{
		const double *from = in->n + (size_t) k * in->nrow * in->ncol;
		double	   *to = n + (size_t) kept * out->s.nrow * out->s.ncol;
		double		total;

		(void) margins(from, in->nrow, in->ncol, row, col, &total, &whole);
		if (total < 2)
			continue;
		for (int i = 0, a = 0; i < in->nrow; i++)
		{
			if (!row_used[i])
				continue;
			for (int j = 0, b = 0; j < in->ncol; j++)
				if (col_used[j])
					to[(size_t) a * out->s.ncol + b++] = from[(size_t) i * in->ncol + j];
			a++;
		}
		(void) margins(to, out->s.nrow, out->s.ncol, out->row_total + (size_t) kept * out->s.nrow, out->col_total + (size_t) kept * out->s.ncol,
					   &out->total[kept], &whole);
		out->sum += out->total[kept];
		out->informative += positive(out->row_total + (size_t) kept * out->s.nrow, out->s.nrow) > 1 &&
			positive(out->col_total + (size_t) kept * out->s.ncol, out->s.ncol) > 1;
		kept++;
	}
}

static void
copy_scores(const double *score, const bool *used, int n, double *out)
{
	for (int i = 0; i < n; i++)
		if (used[i])
			*out++ = score ? score[i] : i + 1;
}

StatStatus
strata_clean(const StatStrata *in, StrataClean *out)
{
	double	   *scratch,
			   *p;
	bool	   *row_used,
			   *col_used;
	size_t		sides = (size_t) in->nrow + in->ncol;
	size_t		cells,
				strata;
	StatStatus	status;

	*out = (StrataClean) {0};
	scratch = stat_alloc((sizeof(double) + sizeof(bool)) * sides);
	if (scratch == NULL)
		return STAT_NO_MEMORY;
	row_used = (bool *) (scratch + sides);
	col_used = row_used + in->nrow;
	status = survey(in, scratch, scratch + in->nrow, row_used, col_used, out);
	if (status != STAT_OK)
	{
		stat_release(scratch);
		return status;
	}
	for (int i = 0; i < in->nrow; i++)
		out->s.nrow += row_used[i];
	for (int j = 0; j < in->ncol; j++)
		out->s.ncol += col_used[j];
	out->dropped_rows = in->nrow - out->s.nrow;
	out->dropped_cols = in->ncol - out->s.ncol;

	strata = (size_t) out->s.nstrata;
	cells = strata * out->s.nrow * out->s.ncol;
	p = stat_alloc(sizeof(double) * (cells + strata * ((size_t) out->s.nrow + out->s.ncol + 1) + out->s.nrow + out->s.ncol));
	if (p == NULL)
	{
		stat_release(scratch);
		return STAT_NO_MEMORY;
	}
	out->block = p;
	out->s.n = p;
	out->row_total = p + cells;
	out->col_total = out->row_total + strata * out->s.nrow;
	out->total = out->col_total + strata * out->s.ncol;
	p = out->total + strata;
	out->s.row_score = p;
	out->s.col_score = p + out->s.nrow;
	copy_scores(in->row_score, row_used, in->nrow, p);
	copy_scores(in->col_score, col_used, in->ncol, p + out->s.nrow);
	fill(in, row_used, col_used, scratch, scratch + in->nrow, out->block, out);
	stat_release(scratch);
	return STAT_OK;
}

bool
strata_describe(const StrataClean *t, StatResult *res)
{
	res->n = t->sum;
	if (t->small > 0)
		stat_note(res, "left out as smaller than 2 observations: %d of %d strata", t->small, t->small + t->s.nstrata);
	if (t->dropped_rows + t->dropped_cols > 0)
		stat_note(res, "left out as empty in every stratum: %d row(s), %d column(s)", t->dropped_rows, t->dropped_cols);
	if (t->informative == 0)
	{
		stat_note(res, "no stratum has two rows and two columns with counts: there is nothing to test");
		return false;
	}
	if (t->informative < t->s.nstrata)
		stat_note(res, "%d of %d strata have counts in a single row or column only",
				  t->s.nstrata - t->informative, t->s.nstrata);
	return true;
}
