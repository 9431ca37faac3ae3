/*
 * multiselect_tables.c
 *		Tables of multi-select answers: options, cross-tabulations, number of options, combinations.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "fmgr.h"
#include "lib/stringinfo.h"
#include "miscadmin.h"
#include "utils/builtins.h"

#include "compat.h"
#include "functions/htest.h"
#include "functions/selections_sql.h"
#include "stats/mmi.h"

PG_FUNCTION_INFO_V1(mr_summary);
PG_FUNCTION_INFO_V1(mr_options);
PG_FUNCTION_INFO_V1(mr_cells);
PG_FUNCTION_INFO_V1(mr_cardinality);
PG_FUNCTION_INFO_V1(mr_combinations);

#define MEAN(values, nulls, i, total, base) \
	HtestSetFloat(values, nulls, i, (base) > 0 ? (total) / (base) : NAN)

Datum
mr_summary(PG_FUNCTION_ARGS)
{
	Datum		values[8];
	bool		nulls[8] = {false};
	OneSet		v;
	SelectionTotals sum;
	TupleDesc	desc;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	v = OneSetOf(fcinfo, PG_GETARG_XTAB(0), "mr_summary", -1, 1);
	sum = selection_totals(&v.side.sets, v.n);
	if (get_call_result_type(fcinfo, NULL, &desc) != TYPEFUNC_COMPOSITE || desc->natts != lengthof(values))
		ereport(ERROR,
				(errcode(ERRCODE_DATATYPE_MISMATCH),
				 errmsg("the result type of mr_summary is not its own")));
	values[0] = CountDatum(sum.respondents + v.missing);
	values[1] = CountDatum(v.missing);
	values[2] = CountDatum(sum.respondents);
	values[3] = CountDatum(sum.answered);
	values[4] = CountDatum(sum.respondents - sum.answered);
	values[5] = CountDatum(sum.responses);
	MEAN(values, nulls, 6, sum.responses, sum.respondents);
	MEAN(values, nulls, 7, sum.responses, sum.answered);
	return HeapTupleGetDatum(heap_form_tuple(BlessTupleDesc(desc), values, nulls));
}

Datum
mr_options(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;
	OneSet		v;
	SelectionTotals sum;
	double	   *count;

	InitMaterializedSRF(fcinfo, 0);
	if (PG_ARGISNULL(0))
		return (Datum) 0;
	v = OneSetOf(fcinfo, PG_GETARG_XTAB(0), "mr_options", 1, 2);
	sum = selection_totals(&v.side.sets, v.n);
	count = palloc(sizeof(double) * Max(v.side.sets.nopt, 1));
	selection_counts(&v.side.sets, v.n, count);
	for (int j = 0; j < v.side.sets.nopt; j++)
	{
		Datum		values[9] = {v.side.code[j], v.side.label[j], CountDatum(count[j])};
		bool		nulls[9] = {false};

		SetShare(values, nulls, 3, count[j], sum.respondents);
		SetShare(values, nulls, 4, count[j], sum.answered);
		SetShare(values, nulls, 5, count[j], sum.responses);
		values[6] = CountDatum(sum.respondents);
		values[7] = CountDatum(sum.answered);
		values[8] = CountDatum(sum.responses);
		tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
	}
	return (Datum) 0;
}

/* Rows and columns as lines of options or groups, whichever side the set is on; the shares of responses lie within the groups. */
Datum
mr_cells(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;
	Xtab	   *t;
	SetSide		row,
				col;
	MmiTable	in;
	MmiMargins	m;
	StatTable	tab;
	bool		swap;
	double	   *responses;

	InitMaterializedSRF(fcinfo, 0);
	if (PG_ARGISNULL(0))
		return (Datum) 0;
	t = PG_GETARG_XTAB(0);
	if (XTAB_IS_ONE_WAY(t) || (t->row.kind != XTAB_MULTI && t->col.kind != XTAB_MULTI))
		ereport(ERROR,
				(errcode(ERRCODE_WRONG_OBJECT_TYPE),
				 errmsg("mr_cells needs a two-way table with a multi-select side"),
				 errhint("mr_options(freq(ms)) has one variable; cells(xtab) has two single answers.")));
	row = LineLabels(fcinfo, &t->row, 1, 3);
	col = LineLabels(fcinfo, &t->col, 2, 4);
	tab = XtabStatTable(t);
	swap = t->col.kind != XTAB_MULTI;
	if (swap)
	{
		double	   *n = palloc_extended(sizeof(double) * Max(XTAB_CELLS(t), 1), MCXT_ALLOC_HUGE);

		for (int i = 0; i < tab.nrow; i++)
			for (int j = 0; j < tab.ncol; j++)
				n[(size_t) j * tab.nrow + i] = tab.n[(size_t) i * tab.ncol + j];
		in = (MmiTable) {tab.ncol, tab.nrow, n, NULL, &row.sets};
	}
	else
		in = (MmiTable) {tab.nrow, tab.ncol, tab.n, t->row.kind == XTAB_MULTI ? &row.sets : NULL, &col.sets};
	switch (mmi_margins(&in, &m))
	{
		case STAT_OK:
			break;
		case STAT_INTERRUPTED:
			CHECK_FOR_INTERRUPTS();
			return (Datum) 0;
		default:
			ereport(ERROR,
					(errcode(ERRCODE_OUT_OF_MEMORY),
					 errmsg("out of memory in a table of multi-select answers")));
	}
	responses = palloc0(sizeof(double) * Max(m.nline, 1));
	for (int i = 0; i < m.nline; i++)
		for (int j = 0; j < m.nopt; j++)
			responses[i] += m.both[(size_t) i * m.nopt + j];
	for (int i = 0; i < row.sets.nopt; i++)
	{
		CHECK_FOR_INTERRUPTS();
		for (int j = 0; j < col.sets.nopt; j++)
		{
			int			line = swap ? j : i;
			int			opt = swap ? i : j;
			double		n = m.both[(size_t) line * m.nopt + opt];
			double		row_n = swap ? m.opt[opt] : m.line[line];
			double		col_n = swap ? m.line[line] : m.opt[opt];
			Datum		values[12] = {row.code[i], row.label[i], col.code[j], col.label[j], CountDatum(n), CountDatum(row_n)};
			bool		nulls[12] = {false};

			SetShare(values, nulls, 6, n, row_n);
			values[7] = CountDatum(col_n);
			SetShare(values, nulls, 8, n, col_n);
			values[9] = CountDatum(m.total);
			SetShare(values, nulls, 10, n, m.total);
			SetShare(values, nulls, 11, n, responses[line]);
			tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
		}
	}
	return (Datum) 0;
}

Datum
mr_cardinality(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;
	OneSet		v;
	double	   *by_number;
	double		total = 0,
				upto = 0;
	int			most = -1;

	InitMaterializedSRF(fcinfo, 0);
	if (PG_ARGISNULL(0))
		return (Datum) 0;
	v = OneSetOf(fcinfo, PG_GETARG_XTAB(0), "mr_cardinality", -1, 1);
	by_number = palloc0(sizeof(double) * (v.side.sets.nopt + 1));
	for (int k = 0; k < v.side.sets.nsel; k++)
	{
		int			ticked = v.side.sets.start[k + 1] - v.side.sets.start[k];

		by_number[ticked] += v.n[k];
		total += v.n[k];
		if (v.n[k] > 0)
			most = Max(most, ticked);
	}
	for (int i = 0; i <= most; i++)
	{
		Datum		values[4] = {Int32GetDatum(i), CountDatum(by_number[i])};
		bool		nulls[4] = {false};

		upto += by_number[i];
		SetShare(values, nulls, 2, by_number[i], total);
		SetShare(values, nulls, 3, upto, total);
		tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
	}
	return (Datum) 0;
}

static int
MostFrequent(const void *a, const void *b, void *arg)
{
	const double *n = arg;
	int			i = *(const int *) a,
				k = *(const int *) b;

	if (n[i] != n[k])
		return n[i] < n[k] ? 1 : -1;
	/* the categories stand in the order of the type */
	return (i > k) - (i < k);
}

Datum
mr_combinations(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;
	Xtab	   *t;
	const XtabSide *side;
	OneSet		v;
	double		total = 0,
				upto = 0;
	int		   *order;
	int			top;

	InitMaterializedSRF(fcinfo, 0);
	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
		return (Datum) 0;
	t = PG_GETARG_XTAB(0);
	top = PG_GETARG_INT32(1);
	if (top < 1)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("the number of combinations must be positive, not %d", top)));
	v = OneSetOf(fcinfo, t, "mr_combinations", 2, -1);
	side = t->row.kind == XTAB_MULTI ? &t->row : &t->col;
	order = palloc(sizeof(int) * Max(side->n, 1));
	for (int k = 0; k < side->n; k++)
	{
		order[k] = k;
		total += v.n[k];
	}
	qsort_arg(order, side->n, sizeof(int), MostFrequent, v.n);
	for (int i = 0; i < Min(top, side->n) && v.n[order[i]] > 0; i++)
	{
		int			k = order[i];
		OptionSet	set;
		StringInfoData buf;
		Datum		values[6];
		bool		nulls[6] = {false};

		CHECK_FOR_INTERRUPTS();
		MultiselectParse(side->cat[k].label, strlen(side->cat[k].label), &set);
		initStringInfo(&buf);
		for (int a = v.side.sets.start[k]; a < v.side.sets.start[k + 1]; a++)
			appendStringInfo(&buf, "%s%s", buf.len > 0 ? " + " : "", TextDatumGetCString(v.side.label[v.side.sets.option[a]]));
		upto += v.n[k];
		values[0] = Int32GetDatum(i + 1);
		values[1] = PointerGetDatum(MultiselectPack(&set));
		values[2] = CStringGetTextDatum(buf.data);
		values[3] = CountDatum(v.n[k]);
		SetShare(values, nulls, 4, v.n[k], total);
		SetShare(values, nulls, 5, upto, total);
		tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
	}
	return (Datum) 0;
}
