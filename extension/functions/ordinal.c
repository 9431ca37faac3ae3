/*
 * ordinal.c
 *		A two-way table for statistics that use the order of a side.
 */
#include "postgres.h"

#include "functions/htest.h"
#include "functions/ordinal.h"

/* The categories of a side that take part: all of a side used as groups, those on the scale of an ordered one. */
static int *
KeptCategories(const XtabSide *side, bool ordered, bool is_row, const char *function, int *nkept)
{
	int		   *kept = palloc(sizeof(int) * Max(side->n, 1));

	if (ordered && side->kind != XTAB_ORDINAL)
		ereport(ERROR,
				(errcode(ERRCODE_WRONG_OBJECT_TYPE),
				 errmsg("%s needs an ordinal %s variable", function, is_row ? "row" : "column"),
				 errdetail("The %s side counts %s, which has no order.", is_row ? "row" : "column",
						   side->type_name[0] ? side->type_name : "labels without a type"),
				 errhint("Cast it to a scale such as maturity, or to an enum of your own, before counting it.")));
	*nkept = 0;
	for (int i = 0; i < side->n; i++)
		if (!ordered || !side->cat[i].off_scale)
			kept[(*nkept)++] = i;
	return kept;
}

static void
Describe(const XtabSide *side, const int *kept, int n, char ***label, const double **score)
{
	double	   *s = palloc(sizeof(double) * Max(n, 1));

	*label = palloc(sizeof(char *) * Max(n, 1));
	for (int i = 0; i < n; i++)
	{
		(*label)[i] = side->cat[kept[i]].label;
		s[i] = side->cat[kept[i]].score;
	}
	*score = s;
}

/*
 * The counts and scores of a two-way table, without the off-scale categories of the sides in ordered (ORDERED_ROW, ORDERED_COL), which
 * must be ordinal.  function is named in errors.
 */
OrdinalTable
XtabOrdinalTable(const Xtab *t, int ordered, const char *function)
{
	OrdinalTable o = {0};
	int		   *row,
			   *col;
	double	   *n;
	long double total = 0,
				kept = 0;

	RequireTwoWay(t, function);
	row = KeptCategories(&t->row, (ordered & ORDERED_ROW) != 0, true, function, &o.tab.nrow);
	col = KeptCategories(&t->col, (ordered & ORDERED_COL) != 0, false, function, &o.tab.ncol);
	Describe(&t->row, row, o.tab.nrow, &o.row_label, &o.tab.row_score);
	Describe(&t->col, col, o.tab.ncol, &o.col_label, &o.tab.col_score);
	n = palloc_extended(sizeof(double) * Max((size_t) o.tab.nrow * o.tab.ncol, 1), MCXT_ALLOC_HUGE);
	for (int i = 0; i < o.tab.nrow; i++)
		for (int j = 0; j < o.tab.ncol; j++)
		{
			size_t		c = (size_t) i * o.tab.ncol + j;

			n[c] = XtabCount(t, (size_t) row[i] * t->col.n + col[j]);
			kept += n[c];
		}
	for (size_t c = 0; c < XTAB_CELLS(t); c++)
		total += XtabCount(t, c);
	o.tab.n = n;
	o.off_scale = o.tab.nrow < t->row.n || o.tab.ncol < t->col.n ? (double) (total - kept) : 0;
	for (int i = 0; i < XTAB_NMISSING; i++)
		o.missing = XtabAddCounts(o.missing, t->missing[i]);
	return o;
}

void
OrdinalNotes(const OrdinalTable *t, StatResult *res)
{
	stat_note_left_out(res, t->off_scale, t->missing);
}
