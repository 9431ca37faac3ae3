/*
 * oneway.c
 *		SQL side of the functions of one variable: ordinal_summary() and goodness_of_fit().
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "catalog/pg_type.h"
#include "fmgr.h"
#include "funcapi.h"
#include "lib/stringinfo.h"
#include "utils/array.h"
#include "utils/builtins.h"

#include "aggregates/xtab_state.h"
#include "functions/htest.h"
#include "functions/oneway.h"
#include "stats/gof.h"
#include "stats/nominal_montecarlo.h"
#include "stats/ordinal_summary.h"

PG_FUNCTION_INFO_V1(xtab_ordinal_summary);
PG_FUNCTION_INFO_V1(ordinal_summary_final);
PG_FUNCTION_INFO_V1(goodness_of_fit);

void
RequireOneWay(const Xtab *t, const char *function)
{
	if (!XTAB_IS_ONE_WAY(t))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s needs a one-way contingency table", function),
				 errhint("Count one variable with freq(x).")));
}

/* The categories that have a place in the order, with their counts. */
OneWay
OneWayOrdinal(const Xtab *t, const char *function)
{
	OneWay		v = {0};

	RequireOneWay(t, function);
	if (t->row.kind != XTAB_ORDINAL)
		ereport(ERROR,
				(errcode(ERRCODE_WRONG_OBJECT_TYPE),
				 errmsg("%s needs an ordinal variable", function),
				 errdetail("The table counts %s, which has no order.", t->row.type_name[0] ? t->row.type_name : "labels without a type"),
				 errhint("Cast the column to a scale such as maturity, or to an enum of your own, before counting it.")));
	v.label = palloc(sizeof(char *) * Max(t->row.n, 1));
	v.n = palloc(sizeof(double) * Max(t->row.n, 1));
	v.score = palloc(sizeof(double) * Max(t->row.n, 1));
	for (int i = 0; i < t->row.n; i++)
	{
		if (t->row.cat[i].off_scale)
		{
			v.off_scale += XtabCount(t, i);
			continue;
		}
		v.label[v.k] = t->row.cat[i].label;
		v.n[v.k] = XtabCount(t, i);
		v.score[v.k] = t->row.cat[i].score;
		v.total += v.n[v.k++];
	}
	for (int i = 0; i < XTAB_NMISSING; i++)
		v.missing = XtabAddCounts(v.missing, t->missing[i]);
	return v;
}

char *
OneWayLabels(const OneWay *v)
{
	StringInfoData buf;

	initStringInfo(&buf);
	for (int i = 0; i < v->k && i < 50; i++)
		appendStringInfo(&buf, "%s%s", i > 0 ? ", " : "", v->label[i]);
	return buf.data;
}

void
OneWayNotes(const OneWay *v, StatResult *res)
{
	stat_note_left_out(res, v->off_scale, v->missing);
}

static void
SetLabel(Datum *values, bool *nulls, int i, const OneWay *v, int category)
{
	nulls[i] = category < 0;
	values[i] = category < 0 ? (Datum) 0 : CStringGetTextDatum(v->label[category]);
}

static Datum
SummaryRow(FunctionCallInfo fcinfo, const Xtab *t)
{
	OneWay		v = OneWayOrdinal(t, "ordinal_summary");
	OrdinalSummary s;
	TupleDesc	desc;
	Datum		values[13];
	bool		nulls[13] = {false};

	ordinal_summary(v.n, v.score, v.k, &s);
	if (get_call_result_type(fcinfo, NULL, &desc) != TYPEFUNC_COMPOSITE || desc->natts != lengthof(values))
		ereport(ERROR,
				(errcode(ERRCODE_DATATYPE_MISMATCH),
				 errmsg("the result type is not ordinal_summary")));
	values[0] = Float8GetDatum(s.n);
	values[1] = Int64GetDatum(v.missing);
	values[2] = Float8GetDatum(v.off_scale);
	SetLabel(values, nulls, 3, &v, s.min);
	SetLabel(values, nulls, 4, &v, s.q1);
	SetLabel(values, nulls, 5, &v, s.median);
	SetLabel(values, nulls, 6, &v, s.q3);
	SetLabel(values, nulls, 7, &v, s.max);
	SetLabel(values, nulls, 8, &v, s.mode);
	values[9] = Int32GetDatum(s.nmodes);
	HtestSetFloat(values, nulls, 10, s.interpolated_median);
	HtestSetFloat(values, nulls, 11, s.mean);
	HtestSetFloat(values, nulls, 12, s.sd);
	return HeapTupleGetDatum(heap_form_tuple(BlessTupleDesc(desc), values, nulls));
}

Datum
xtab_ordinal_summary(PG_FUNCTION_ARGS)
{
	return SummaryRow(fcinfo, PG_GETARG_XTAB(0));
}

Datum
ordinal_summary_final(PG_FUNCTION_ARGS)
{
	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	return SummaryRow(fcinfo, XtabStateFinal((XtabState *) PG_GETARG_POINTER(0)));
}

/* goodness_of_fit(xtab, p, likelihood_ratio, replicates, seed): all categories of the table, p in their order, NULL for equal shares. */
Datum
goodness_of_fit(PG_FUNCTION_ARGS)
{
	Xtab	   *t;
	double	   *n;
	double	   *p = NULL;
	int32		replicates;
	StatResult	res;
	StatStatus	status;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(2) || PG_ARGISNULL(3) || PG_ARGISNULL(4))
		PG_RETURN_NULL();
	t = PG_GETARG_XTAB(0);
	RequireOneWay(t, "goodness_of_fit");
	replicates = ReplicatesArgument(fcinfo, 3);
	if (t->row.kind == XTAB_MULTI)
		ereport(ERROR,
				(errcode(ERRCODE_WRONG_OBJECT_TYPE),
				 errmsg("goodness_of_fit does not apply to a multi-select answer"),
				 errdetail("One respondent stands in several of its options, so the counts are not independent."),
				 errhint("mr_cochran_test(xtab) compares its options, and mr_options(xtab) has their shares.")));
	n = palloc(sizeof(double) * Max(t->row.n, 1));
	for (int i = 0; i < t->row.n; i++)
		n[i] = XtabCount(t, i);
	if (!PG_ARGISNULL(1))
	{
		Datum	   *elem;
		bool	   *isnull;
		int			k;

		deconstruct_array(PG_GETARG_ARRAYTYPE_P(1), FLOAT8OID, 8, FLOAT8PASSBYVAL, TYPALIGN_DOUBLE, &elem, &isnull, &k);
		if (k != t->row.n)
			ereport(ERROR,
					(errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
					 errmsg("number of proportions does not match the table"),
					 errdetail("There are %d proportions for %d categories.", k, t->row.n),
					 errhint("Give one for each of row_labels(), in that order.")));
		p = palloc(sizeof(double) * Max(k, 1));
		for (int i = 0; i < k; i++)
		{
			if (isnull[i])
				ereport(ERROR,
						(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
						 errmsg("a proportion is null")));
			p[i] = DatumGetFloat8(elem[i]);
		}
	}
	status = gof_test(n, p, t->row.n, PG_GETARG_BOOL(2), &res);
	if (status == STAT_OK && replicates > 0)
	{
		StatTable	tab = {t->row.n, 1, n, NULL, NULL};

		RequireWholeTable(&tab, "goodness_of_fit");
		status = gof_montecarlo(n, p, t->row.n, PG_GETARG_BOOL(2) ? NOMINAL_G : NOMINAL_PEARSON, replicates, (uint64) PG_GETARG_INT64(4), &res);
	}
	if (status == STAT_BAD_ARGUMENT)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("invalid proportions for goodness_of_fit"),
				 errhint("They must be finite, not negative and not all 0; they need not add up to 1.")));
	return HtestDatum(fcinfo, status, &res);
}
