/*
 * suppress_sql.c
 *		suppress(xtab): the table as it may be published, small counts and what would give them away left out.
 */
#include "postgres.h"

#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/numeric.h"

#include "compat.h"
#include "functions/comparisons.h"
#include "functions/htest.h"
#include "stats/suppress.h"
#include "types/scale.h"

PG_FUNCTION_INFO_V1(xtab_suppress);

/* Tables whose cells are not counts of respondents that add up to the margins cannot be protected by hiding cells. */
static void
RequireCounts(const Xtab *t)
{
	if (t->row.kind == XTAB_MULTI || t->col.kind == XTAB_MULTI)
		ereport(ERROR,
				(errcode(ERRCODE_WRONG_OBJECT_TYPE),
				 errmsg("suppress does not apply to a multi-select answer"),
				 errdetail("One respondent stands in several of its options, so the cells do not add up to the margins."),
				 errhint("Suppress a table of each option, such as freq(has(answer, 'a')).")));
	if (XTAB_IS_WEIGHTED(t))
		ereport(ERROR,
				(errcode(ERRCODE_WRONG_OBJECT_TYPE),
				 errmsg("suppress needs counts of respondents, not sums of weights"),
				 errhint("Count without weights, and publish weighted figures only for the cells that are shown.")));
}

static Suppression
SuppressTable(const Xtab *t, int64 min_count, bool zeros, bool insiders)
{
	Suppression s;
	StatStatus	status = suppress_table(t->row.n, t->col.n, t->n, XTAB_IS_ONE_WAY(t), min_count, zeros, insiders, &s);

	if (status == STAT_BAD_ARGUMENT)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("the counts are too large to suppress"),
				 errdetail("The total may be at most 2^53.")));
	if (status != STAT_OK)
		RaiseStatus(status, "suppress");
	return s;
}

static void
SetCount(Datum *values, bool *nulls, int i, int64 n)
{
	nulls[i] = n == SUPPRESS_UNBOUNDED;
	values[i] = nulls[i] ? (Datum) 0 : NumericGetDatum(int64_to_numeric(n));
}

/* suppress(xtab, min_count, zeros, insiders, lang): a row for each cell and margin. */
Datum
xtab_suppress(PG_FUNCTION_ARGS)
{
	Xtab	   *t = PG_GETARG_XTAB(0);
	int64		min_count = PG_GETARG_INT32(1);
	bool		zeros = PG_GETARG_BOOL(2);
	bool		japanese = ScaleLanguage(text_to_cstring(PG_GETARG_TEXT_PP(4)));
	const ScaleDef *row_scale = ScaleOfTypeName(t->row.type_name);
	const ScaleDef *col_scale = ScaleOfTypeName(t->col.type_name);
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;
	static const char *const kinds[2][2] = {{"cell", "row total"}, {"column total", "total"}};
	MemoryContext of_row = AllocSetContextCreate(CurrentMemoryContext, "cells of a row", ALLOCSET_DEFAULT_SIZES);
	Suppression s;
	int			last;

	if (min_count < 1)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("the least count to publish is %d", (int) min_count),
				 errhint("Write 3 to hide counts of 1 and 2.")));
	RequireCounts(t);
	InitMaterializedSRF(fcinfo, 0);
	if (t->row.n == 0 || t->col.n == 0)
		return (Datum) 0;
	s = SuppressTable(t, min_count, zeros, PG_GETARG_BOOL(3));
	last = XTAB_IS_ONE_WAY(t) ? 0 : s.ncol;
	for (int i = 0; i <= s.nrow; i++)
	{
		MemoryContext old = MemoryContextSwitchTo(of_row);

		for (int j = 0; j <= last; j++)
		{
			bool		row_margin = i == s.nrow,
						col_margin = !XTAB_IS_ONE_WAY(t) && j == s.ncol,
						hidden = suppress_hidden(&s, i, j);
			Datum		values[9] = {0};
			bool		nulls[9] = {false};
			int64_t		low,
						high;
			StatStatus	status = suppress_bounds(&s, i, j, &low, &high);

			if (status != STAT_OK)
				RaiseStatus(status, "suppress");
			nulls[0] = nulls[2] = row_margin;
			if (!row_margin)
			{
				values[0] = CStringGetTextDatum(t->row.cat[i].label);
				values[2] = CStringGetTextDatum(ScaleCategoryLabel(row_scale, t->row.cat[i].label, japanese));
			}
			nulls[1] = nulls[3] = col_margin || XTAB_IS_ONE_WAY(t);
			if (!nulls[1])
			{
				values[1] = CStringGetTextDatum(t->col.cat[j].label);
				values[3] = CStringGetTextDatum(ScaleCategoryLabel(col_scale, t->col.cat[j].label, japanese));
			}
			values[4] = CStringGetTextDatum(XTAB_IS_ONE_WAY(t) && row_margin ? "total" : kinds[row_margin][col_margin]);
			SetCount(values, nulls, 5, hidden ? SUPPRESS_UNBOUNDED : low);
			nulls[6] = !hidden;
			values[6] = CStringGetTextDatum("c");
			SetCount(values, nulls, 7, low);
			SetCount(values, nulls, 8, high);
			tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
		}
		MemoryContextSwitchTo(old);
		MemoryContextReset(of_row);
	}
	suppress_release(&s);
	return (Datum) 0;
}
