/*
 * frequencies.c
 *		One variable: the frequency table, and the summary and quantiles of a numeric one.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/builtins.h"

#include "compat.h"
#include "functions/htest.h"
#include "functions/oneway.h"
#include "functions/selections_sql.h"
#include "stats/numeric_summary.h"
#include "types/scale.h"

PG_FUNCTION_INFO_V1(sql_frequencies);
PG_FUNCTION_INFO_V1(sql_numeric_summary);
PG_FUNCTION_INFO_V1(sql_quantile);

/* frequencies(xtab, lang): a row a category, and one for the missing if there are any. */
Datum
sql_frequencies(PG_FUNCTION_ARGS)
{
	Xtab	   *t = PG_GETARG_XTAB(0);
	bool		japanese = ScaleLanguage(text_to_cstring(PG_GETARG_TEXT_PP(1)));
	const ScaleDef *scale = ScaleOfTypeName(t->row.type_name);
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;
	double		missing;
	long double valid = 0,
				sum = 0;
	int64		missing_rows;

	RequireOneWay(t, "frequencies");
	missing_rows = t->missing[XTAB_MISSING_ROW];
	missing = XTAB_IS_WEIGHTED(t) ? exact_sum_to_double(&t->missing_w[XTAB_MISSING_ROW]) : (double) missing_rows;
	for (int i = 0; i < t->row.n; i++)
		valid += XtabCount(t, i);
	InitMaterializedSRF(fcinfo, 0);
	for (int i = 0; i < t->row.n; i++)
	{
		double		n = XtabCount(t, i);
		Datum		values[7];
		bool		nulls[7] = {false};

		CHECK_FOR_INTERRUPTS();
		sum += n;
		values[0] = CStringGetTextDatum(t->row.cat[i].label);
		values[1] = CStringGetTextDatum(ScaleCategoryLabel(scale, t->row.cat[i].label, japanese));
		values[2] = CountDatum(n);
		SetShare(values, nulls, 3, n, (double) (valid + missing));
		SetShare(values, nulls, 4, n, (double) valid);
		SetShare(values, nulls, 5, (double) sum, (double) valid);
		values[6] = BoolGetDatum(false);
		tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
	}
	if (missing_rows > 0 || missing > 0)
	{
		Datum		values[7];
		bool		nulls[7] = {true, false, false, false, true, true, false};

		values[1] = CStringGetTextDatum(japanese ? ServerLabel("欠測") : "missing");
		values[2] = CountDatum(missing);
		SetShare(values, nulls, 3, missing, (double) (valid + missing));
		values[6] = BoolGetDatum(true);
		tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
	}
	return (Datum) 0;
}

typedef struct ScoredCount
{
	double		x;
	double		n;
	double		rows;
	double		squares;
} ScoredCount;

static int
CompareValues(const void *a, const void *b)
{
	double		x = ((const ScoredCount *) a)->x,
				y = ((const ScoredCount *) b)->x;

	return x < y ? -1 : x > y;
}

/* The numbers of the categories that have a place in the order, ascending, which scores set by hand need not be, each once. */
static OneWay
NumericCounts(const Xtab *t, const char *function, ValueCounts *v)
{
	OneWay		w = OneWayOrdinal(t, function);
	ScoredCount *value = palloc(sizeof(ScoredCount) * Max(w.k, 1));
	double	   *column = palloc(sizeof(double) * 4 * Max(w.k, 1));
	bool		rows_known = (t->flags & XTAB_NO_ROWS) == 0;
	int			k = 0,
				distinct = 0;

	for (int i = 0; i < t->row.n; i++)
	{
		if (t->row.cat[i].off_scale)
			continue;
		if (!isfinite(t->row.cat[i].score))
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("%s needs a finite number for every category", function),
					 errdetail("Category \"%s\" has none.", t->row.cat[i].label),
					 errhint("Leave such rows out with FILTER (WHERE ...), or use ordinal_summary.")));
		value[k++] = (ScoredCount) {t->row.cat[i].score, XtabCount(t, i), (double) t->n[i],
		XTAB_IS_WEIGHTED(t) ? exact_sum_to_double(&t->w2[i]) : (double) t->n[i]};
	}
	qsort(value, k, sizeof(ScoredCount), CompareValues);
	v->x = column;
	v->n = column + k;
	v->rows = rows_known ? column + 2 * k : NULL;
	v->squares = rows_known ? column + 3 * k : NULL;
	for (int i = 0; i < k; i++)
	{
		int			at = distinct - 1;

		if (at < 0 || value[i].x != column[at])
		{
			at = distinct++;
			column[at] = value[i].x;
			column[k + at] = column[2 * k + at] = column[3 * k + at] = 0;
		}
		column[k + at] += value[i].n;
		column[2 * k + at] += value[i].rows;
		column[3 * k + at] += value[i].squares;
	}
	v->k = distinct;
	return w;
}

static int
QuantileType(FunctionCallInfo fcinfo, int arg)
{
	int			type = PG_GETARG_INT32(arg);

	if (type < 1 || type > QUANTILE_TYPES)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("quantile type %d is not between 1 and %d", type, QUANTILE_TYPES),
				 errhint("7 is R's and percentile_cont's, 6 that of SPSS, 2 that of SAS, 1 percentile_disc's.")));
	return type;
}

Datum
sql_numeric_summary(PG_FUNCTION_ARGS)
{
	Xtab	   *t = PG_GETARG_XTAB(0);
	int			type = QuantileType(fcinfo, 1);
	ValueCounts v;
	OneWay		w = NumericCounts(t, "numeric_summary", &v);
	NumericSummary s;
	TupleDesc	desc;
	Datum		values[15];
	bool		nulls[15] = {false};

	numeric_summary(&v, type, &s);
	if (get_call_result_type(fcinfo, NULL, &desc) != TYPEFUNC_COMPOSITE || desc->natts != lengthof(values))
		ereport(ERROR,
				(errcode(ERRCODE_DATATYPE_MISMATCH),
				 errmsg("the result type is not numeric_summary")));
	values[0] = Float8GetDatum(s.n);
	nulls[1] = v.rows == NULL;
	values[1] = Int64GetDatum(nulls[1] ? 0 : (int64) s.rows);
	values[2] = Float8GetDatum(XTAB_IS_WEIGHTED(t) ? exact_sum_to_double(&t->missing_w[XTAB_MISSING_ROW]) : (double) t->missing[XTAB_MISSING_ROW]);
	values[3] = Float8GetDatum(w.off_scale);
	HtestSetFloat(values, nulls, 4, s.mean);
	HtestSetFloat(values, nulls, 5, s.sd);
	HtestSetFloat(values, nulls, 6, s.se_mean);
	HtestSetFloat(values, nulls, 7, s.se_mean_sampling);
	HtestSetFloat(values, nulls, 8, s.min);
	HtestSetFloat(values, nulls, 9, s.q1);
	HtestSetFloat(values, nulls, 10, s.median);
	HtestSetFloat(values, nulls, 11, s.q3);
	HtestSetFloat(values, nulls, 12, s.max);
	HtestSetFloat(values, nulls, 13, s.mode);
	values[14] = Int32GetDatum(s.nmodes);
	return HeapTupleGetDatum(heap_form_tuple(BlessTupleDesc(desc), values, nulls));
}

/* quantile(xtab, p, type) */
Datum
sql_quantile(PG_FUNCTION_ARGS)
{
	Xtab	   *t = PG_GETARG_XTAB(0);
	double		p = PG_GETARG_FLOAT8(1);
	int			type = QuantileType(fcinfo, 2);
	ValueCounts v;
	double		q;

	if (!(p >= 0 && p <= 1))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%g is not a share between 0 and 1", p),
				 errhint("Write 0.25 for the lower quartile.")));
	(void) NumericCounts(t, "quantile", &v);
	q = count_quantile(&v, p, type);
	if (isnan(q))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(q);
}
