/*
 * multiselect_pairs.c
 *		Options of a multi-select answer against each other: co-selection, Cochran's Q, McNemar's tests.
 */
#include "postgres.h"

#include "fmgr.h"
#include "miscadmin.h"
#include "utils/builtins.h"

#include "compat.h"
#include "functions/comparisons.h"
#include "functions/htest.h"
#include "functions/selections_sql.h"
#include "stats/mcnemar.h"
#include "stats/padjust.h"

PG_FUNCTION_INFO_V1(mr_pairs);
PG_FUNCTION_INFO_V1(mr_mcnemar);
PG_FUNCTION_INFO_V1(mr_cochran_test);

/* Counts of pairs, the upper triangle with the options' own counts in the diagonal. */
static double *
PairCounts(const OneSet *v)
{
	int			c = v->side.sets.nopt;
	double	   *co = palloc_extended(sizeof(double) * Max((size_t) c * c, 1), MCXT_ALLOC_HUGE);

	if (selection_pairs(&v->side.sets, v->n, co) != STAT_OK)
	{
		CHECK_FOR_INTERRUPTS();
		ereport(ERROR,
				(errcode(ERRCODE_QUERY_CANCELED),
				 errmsg("counting pairs of options was interrupted")));
	}
	return co;
}

Datum
mr_pairs(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;
	OneSet		v;
	int			c;
	double	   *co;
	double		total;

	InitMaterializedSRF(fcinfo, 0);
	if (PG_ARGISNULL(0))
		return (Datum) 0;
	v = OneSetOf(fcinfo, PG_GETARG_XTAB(0), "mr_pairs", 1, 2);
	c = v.side.sets.nopt;
	co = PairCounts(&v);
	total = selection_totals(&v.side.sets, v.n).respondents;
	for (int j = 0; j < c; j++)
	{
		CHECK_FOR_INTERRUPTS();
		for (int k = j + 1; k < c; k++)
		{
			double		n1 = co[(size_t) j * c + j],
						n2 = co[(size_t) k * c + k],
						both = co[(size_t) j * c + k];
			long double margins = (long double) n1 * (total - n1) * n2 * (total - n2);
			Datum		values[12] = {v.side.code[j], v.side.label[j], v.side.code[k], v.side.label[k], CountDatum(n1), CountDatum(n2), CountDatum(both)};
			bool		nulls[12] = {false};

			SetShare(values, nulls, 7, both, n1);
			SetShare(values, nulls, 8, both, n2);
			HtestSetFloat(values, nulls, 9, n1 + n2 - both > 0 ? both / (n1 + n2 - both) : NAN);
			HtestSetFloat(values, nulls, 10, margins > 0 ? (double) (((long double) both * total - (long double) n1 * n2) / sqrtl(margins)) : NAN);
			values[11] = CountDatum(total);
			tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
		}
	}
	return (Datum) 0;
}

/* Arguments: table, adjust, correct, exact, labels, options. */
Datum
mr_mcnemar(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;
	OneSet		v;
	int			c,
				npair,
				i = 0;
	double	   *co,
			   *chi2,
			   *p,
			   *adjusted;
	double		total;
	PadjustMethod adjust;
	McnemarVariant variant;

	InitMaterializedSRF(fcinfo, 0);
	for (int a = 0; a < 4; a++)
		if (PG_ARGISNULL(a))
			return (Datum) 0;
	adjust = (PadjustMethod) NamedArgument(fcinfo, 1, padjust_names, PADJUST_METHODS, "method to adjust p-values");
	variant = PG_GETARG_BOOL(3) ? MCNEMAR_EXACT : PG_GETARG_BOOL(2) ? MCNEMAR_CORRECTED : MCNEMAR_CHISQ;
	v = OneSetOf(fcinfo, PG_GETARG_XTAB(0), "mr_mcnemar", 4, 5);
	c = v.side.sets.nopt;
	co = PairCounts(&v);
	total = selection_totals(&v.side.sets, v.n).respondents;
	npair = c * (c - 1) / 2;
	chi2 = palloc(sizeof(double) * 3 * Max(npair, 1));
	p = chi2 + npair;
	adjusted = p + npair;
	for (int j = 0; j < c; j++)
		for (int k = j + 1; k < c; k++, i++)
		{
			StatStatus	status = mcnemar_changes(co[(size_t) j * c + j] - co[(size_t) j * c + k], co[(size_t) k * c + k] - co[(size_t) j * c + k],
												 variant, &chi2[i], &p[i]);

			if (status != STAT_OK && status != STAT_UNDEFINED)
				RaiseStatus(status, "mr_mcnemar");
			/* of b fair coins, which stands beside it */
			if (variant == MCNEMAR_EXACT)
				chi2[i] = STAT_NA;
		}
	if (padjust(p, npair, adjust, adjusted) != STAT_OK)
	{
		CHECK_FOR_INTERRUPTS();
		ereport(ERROR,
				(errcode(ERRCODE_OUT_OF_MEMORY),
				 errmsg("the p-values of %d pairs could not be adjusted", npair)));
	}
	i = 0;
	for (int j = 0; j < c; j++)
	{
		CHECK_FOR_INTERRUPTS();
		for (int k = j + 1; k < c; k++, i++)
		{
			double		only1 = co[(size_t) j * c + j] - co[(size_t) j * c + k],
						only2 = co[(size_t) k * c + k] - co[(size_t) j * c + k];
			Datum		values[11] = {v.side.code[j], v.side.label[j], v.side.code[k], v.side.label[k], CountDatum(only1), CountDatum(only2)};
			bool		nulls[11] = {false};

			SetShare(values, nulls, 6, only1 - only2, total);
			HtestSetFloat(values, nulls, 7, chi2[i]);
			HtestSetFloat(values, nulls, 8, p[i]);
			HtestSetFloat(values, nulls, 9, adjusted[i]);
			values[10] = CountDatum(total);
			tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
		}
	}
	return (Datum) 0;
}

Datum
mr_cochran_test(PG_FUNCTION_ARGS)
{
	OneSet		v;
	StatResult	res;
	StatStatus	status;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	v = OneSetOf(fcinfo, PG_GETARG_XTAB(0), "mr_cochran_test", -1, 1);
	status = selection_cochran_q(&v.side.sets, v.n, &res);
	stat_note_left_out(&res, 0, (int64) v.missing);
	return HtestDatum(fcinfo, status, &res);
}
