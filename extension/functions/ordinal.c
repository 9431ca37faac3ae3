/*
 * ordinal.c
 *		A two-way table for statistics that use the order of a side.
 */
#include "postgres.h"

#include "functions/htest.h"
#include "functions/ordinal.h"
#include "stats/permutation.h"

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

/* The row of a test or measure that may ask for an exact p-value. */
Datum
OrdinalResult(FunctionCallInfo fcinfo, StatStatus status, const OrdinalTable *t, StatResult *res)
{
	if (status == STAT_BUDGET)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("the table is too large for an exact p-value"),
				 errdetail("The permutation distribution takes more than %lld steps.", (long long) EXACT_BUDGET),
				 errhint("Add replicates => 100000: a Monte-Carlo p-value then stands in where the exact one exceeds its budget.")));
	OrdinalNotes(t, res);
	return HtestDatum(fcinfo, status, res);
}

static void
CheckScores(const double *score, char *const *label, int n, bool ascending, const char *function)
{
	int			before = -1;

	for (int i = 0; i < n; i++)
	{
		if (!ascending && isnan(score[i]))
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("%s needs a score for category \"%s\"", function, label[i]),
					 errhint("Use rank scores, set_scores(), or leave the category out.")));
		if (isnan(score[i]))
			continue;
		if (ascending && before >= 0 && score[i] < score[before])
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("%s uses the order of the categories, and their scores do not ascend in it", function),
					 errdetail("Category \"%s\" with score %g stands after \"%s\" with %g.", label[i], score[i], label[before], score[before]),
					 errhint("Count an enum whose labels are in the wanted order; a test of scores such as linear_by_linear_test takes any.")));
		before = i;
	}
}

/* Statistics of ranks take the categories in their order, which scores set by hand may contradict. */
void
RequireAscending(const OrdinalTable *t, int ordered, const char *function)
{
	if (ordered & ORDERED_ROW)
		CheckScores(t->tab.row_score, t->row_label, t->tab.nrow, true, function);
	if (ordered & ORDERED_COL)
		CheckScores(t->tab.col_score, t->col_label, t->tab.ncol, true, function);
}

/* Statistics of scores need one for each category. */
void
RequireScores(const OrdinalTable *t, int ordered, const char *function)
{
	if (ordered & ORDERED_ROW)
		CheckScores(t->tab.row_score, t->row_label, t->tab.nrow, false, function);
	if (ordered & ORDERED_COL)
		CheckScores(t->tab.col_score, t->col_label, t->tab.ncol, false, function);
}
