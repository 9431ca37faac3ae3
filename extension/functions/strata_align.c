/*
 * strata_align.c
 *		Tables of strata laid side by side, category by category.
 */
#include "postgres.h"

#include "miscadmin.h"
#include "utils/memutils.h"

#include "functions/htest.h"
#include "functions/ordinal.h"
#include "functions/stratified.h"

/* A table of these sides without counts. */
static Xtab *
WithoutCounts(const Xtab *t, int flags)
{
	Xtab	   *empty = XtabCreate(flags, t->row.n, t->col.n);

	empty->row = t->row;
	empty->col = t->col;
	return empty;
}

/*
 * A table without counts whose sides have the categories of all strata, in the order of their types, as adding the tables would give.
 * function is named in errors.
 */
Xtab *
StrataSides(const XtabList *list, const char *function)
{
	Xtab	   *sides = NULL;
	MemoryContext own = CurrentMemoryContext;
	MemoryContext scratch = AllocSetContextCreate(own, "xtab strata", ALLOCSET_DEFAULT_SIZES);

	for (int k = 0; k < list->n; k++)
	{
		Xtab	   *t;

		CHECK_FOR_INTERRUPTS();
		MemoryContextSwitchTo(scratch);
		t = XtabUnpack(PointerGetDatum(list->table[k]));
		RequireTwoWay(t, function);
		t = WithoutCounts(t, 0);
		if (sides != NULL)
			t = XtabMerge(sides, t);
		MemoryContextSwitchTo(own);
		/* through its flat form, so that nothing points into the scratch memory */
		if (sides == NULL || t->row.n != sides->row.n || t->col.n != sides->col.n)
			sides = XtabUnpack(PointerGetDatum(XtabPack(t)));
		MemoryContextReset(scratch);
	}
	MemoryContextDelete(scratch);
	if ((int64) list->n * sides->row.n * sides->col.n > xtab_max_cells)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("the strata have too many cells"),
				 errdetail("%d strata of %d by %d categories; the limit is %d cells.", list->n, sides->row.n, sides->col.n, xtab_max_cells),
				 errhint("Use fewer strata or group the values, or raise csirtsurvey.max_cells.")));
	return sides;
}

static int
CompareCounts(const void *a, const void *b, void *cells)
{
	const double *x = a;
	const double *y = b;

	for (int i = 0; i < *(int *) cells; i++)
		if (x[i] != y[i])
			return x[i] < y[i] ? -1 : 1;
	return 0;
}

/*
 * The counts of every stratum over these sides, without the off-scale categories of the sides in ordered (ORDERED_ROW, ORDERED_COL).  The
 * strata are sorted by their counts: a statistic must not depend on the order in which a parallel plan delivers them.
 */
Strata
StrataCounts(const XtabList *list, const Xtab *sides, int ordered, const char *function)
{
	Strata		out = {0};
	double	   *n = NULL;
	int			cells = 0;
	MemoryContext own = CurrentMemoryContext;
	MemoryContext scratch = AllocSetContextCreate(own, "xtab strata", ALLOCSET_DEFAULT_SIZES);
	OrdinalTable frame = XtabOrdinalTable(sides, ordered, function);

	out.s.nstrata = list->n;
	out.s.nrow = frame.tab.nrow;
	out.s.ncol = frame.tab.ncol;
	out.s.row_score = frame.tab.row_score;
	out.s.col_score = frame.tab.col_score;
	cells = frame.tab.nrow * frame.tab.ncol;
	n = palloc_extended(sizeof(double) * Max((size_t) cells * list->n, 1), MCXT_ALLOC_HUGE);
	MemoryContextSwitchTo(scratch);
	for (int k = 0; k < list->n; k++)
	{
		Xtab	   *t;
		OrdinalTable o;

		CHECK_FOR_INTERRUPTS();
		t = XtabUnpack(PointerGetDatum(list->table[k]));
		/* one-way and multi-select tables were refused when the sides were joined */
		o = XtabOrdinalTable(XtabMerge(WithoutCounts(sides, t->flags), t), ordered, function);
		memcpy(n + (size_t) k * cells, o.tab.n, sizeof(double) * cells);
		out.off_scale += o.off_scale;
		out.missing = XtabAddCounts(out.missing, o.missing);
		MemoryContextReset(scratch);
	}
	MemoryContextSwitchTo(own);
	MemoryContextDelete(scratch);
	if (cells > 0)
		qsort_arg(n, list->n, sizeof(double) * cells, CompareCounts, &cells);
	out.s.n = n;
	return out;
}

/* The strata of a function that takes 2 x 2 tables; where a side has fewer than two categories the others are empty. */
Strata
StrataTwoByTwo(const XtabList *list, const char *function)
{
	Xtab	   *sides = StrataSides(list, function);
	Strata		s;
	double	   *n;

	if (sides->row.n > 2 || sides->col.n > 2)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s needs 2 x 2 contingency tables", function),
				 errdetail("The strata together have %d x %d categories.", sides->row.n, sides->col.n),
				 errhint("Count conditions, such as xtab(grp = 'a', answer >= 'b'), or booleans.")));
	s = StrataCounts(list, sides, 0, function);
	if (s.s.nrow == 2 && s.s.ncol == 2)
		return s;
	n = palloc0(sizeof(double) * 4 * list->n);
	for (int k = 0; k < list->n; k++)
		for (int i = 0; i < s.s.nrow; i++)
			for (int j = 0; j < s.s.ncol; j++)
				n[4 * k + 2 * i + j] = s.s.n[(k * s.s.nrow + i) * s.s.ncol + j];
	s.s = (StatStrata) {list->n, 2, 2, n, NULL, NULL};
	return s;
}

/* what names the thing that needs them. */
void
RequireWholeStrata(const Strata *s, const char *what)
{
	RequireWholeCounts(s->s.n, (size_t) s->s.nstrata * s->s.nrow * s->s.ncol, 53, what, "use the asymptotic test");
}
