/*
 * proportion_sql.c
 *		SQL side of proportion_ci(), share_at_least() and mr_net().
 */
#include "postgres.h"

#include "fmgr.h"
#include "utils/builtins.h"

#include "functions/htest.h"
#include "functions/oneway.h"
#include "functions/selections_sql.h"
#include "stats/proportion.h"

PG_FUNCTION_INFO_V1(proportion_ci);
PG_FUNCTION_INFO_V1(share_at_least);
PG_FUNCTION_INFO_V1(mr_net);

/* Arguments method, conf_level and population, in this order from argument number first on; false if a needed one is NULL. */
static bool
IntervalArguments(FunctionCallInfo fcinfo, int first, PropMethod *method, double *level, double *population)
{
	if (PG_ARGISNULL(first) || PG_ARGISNULL(first + 1))
		return false;
	*method = (PropMethod) NamedArgument(fcinfo, first, prop_method_names, PROP_METHODS, "method for the interval of a proportion");
	*level = PG_GETARG_FLOAT8(first + 1);
	*population = PG_ARGISNULL(first + 2) ? 0 : PG_GETARG_FLOAT8(first + 2);
	return true;
}

/* res holds the name of the share and its notes so far; the interval completes it. */
static Datum
ProportionRow(FunctionCallInfo fcinfo, StatResult *res, double x, double n, PropMethod method, double level, double population)
{
	StatStatus	status = prop_ci(x, n, method, level, population, &res->conf_low, &res->conf_high);

	if (status == STAT_BAD_ARGUMENT)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("invalid argument for the %s interval of a proportion", prop_method_names[method]),
				 errdetail("x = %g, n = %g, conf_level = %g, population = %g.", x, n, level, population),
				 errhint("Needed: 0 <= x <= n <= population and 0 < conf_level < 1. A population goes with wilson and wald; hypergeometric (whole numbers) and census_bounds need one.")));
	res->n = n;
	if (status == STAT_UNDEFINED)
		stat_note(res, "no cases: there is no proportion");
	else if (n > 0)
		res->estimate = x / n;
	switch (method)
	{
		case PROP_CENSUS_BOUNDS:
			stat_note(res, "limits whatever the %.0f of %.0f without an answer would have said", population - n, population);
			break;
		case PROP_HYPERGEOMETRIC:
			res->conf_level = level;
			stat_note(res, "exact for a finite population of %.0f", population);
			break;
		default:
			res->conf_level = level;
			if (population > 0)
				stat_note(res, "finite population of %.0f: variance times (N - n)/(N - 1)", population);
	}
	return HtestDatum(fcinfo, status, res);
}

Datum
proportion_ci(PG_FUNCTION_ARGS)
{
	StatResult	res;
	PropMethod	method;
	double		level,
				population;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1) || !IntervalArguments(fcinfo, 2, &method, &level, &population))
		PG_RETURN_NULL();
	stat_result_init(&res, psprintf("proportion, %s interval", prop_method_names[method]));
	return ProportionRow(fcinfo, &res, PG_GETARG_FLOAT8(0), PG_GETARG_FLOAT8(1), method, level, population);
}

/* The share of answers at a category or above it, of the answers on the scale. */
Datum
share_at_least(PG_FUNCTION_ARGS)
{
	StatResult	res;
	PropMethod	method;
	OneWay		v;
	char	   *label;
	double		level,
				population,
				x = 0;
	int			at = -1;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1) || !IntervalArguments(fcinfo, 2, &method, &level, &population))
		PG_RETURN_NULL();
	v = OneWayOrdinal(PG_GETARG_XTAB(0), "share_at_least");
	label = text_to_cstring(PG_GETARG_TEXT_PP(1));
	for (int i = 0; i < v.k; i++)
	{
		if (strcmp(v.label[i], label) == 0)
			at = i;
		if (at >= 0)
			x += v.n[i];
	}
	if (at < 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("\"%s\" is not a category on the scale of this table", label),
				 errhint("Categories, ascending: %s.", OneWayLabels(&v))));
	stat_result_init(&res, psprintf("share at %s or above, %s interval", label, prop_method_names[method]));
	OneWayNotes(&v, &res);
	return ProportionRow(fcinfo, &res, x, v.total, method, level, population);
}

/* The share of respondents who ticked at least one of several options: each counts once. */
Datum
mr_net(PG_FUNCTION_ARGS)
{
	StatResult	res;
	PropMethod	method;
	OneSet		v;
	SelectionTotals sum;
	double		level,
				population;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1) || !IntervalArguments(fcinfo, 2, &method, &level, &population))
		PG_RETURN_NULL();
	v = OneSetOf(fcinfo, PG_GETARG_XTAB(0), "mr_net", -1, 1);
	sum = selection_totals(&v.side.sets, v.n);
	stat_result_init(&res, psprintf("share that ticked any of %s, %s interval",
									DatumGetCString(DirectFunctionCall1(multiselect_out, PG_GETARG_DATUM(1))), prop_method_names[method]));
	stat_note_left_out(&res, 0, (int64) v.missing);
	stat_note(&res, "%.15g respondents with %.15g ticks", sum.answered, sum.responses);
	return ProportionRow(fcinfo, &res, sum.answered, sum.respondents, method, level, population);
}
