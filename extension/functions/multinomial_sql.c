/*
 * multinomial_sql.c
 *		SQL side of the simultaneous intervals of the shares of one variable.
 */
#include "postgres.h"

#include "fmgr.h"
#include "funcapi.h"
#include "utils/builtins.h"
#include "utils/tuplestore.h"

#include "compat.h"
#include "functions/htest.h"
#include "functions/oneway.h"
#include "stats/multinomial_ci.h"

PG_FUNCTION_INFO_V1(sql_multinomial_ci);

/* multinomial_ci(xtab, method, conf_level) */
Datum
sql_multinomial_ci(PG_FUNCTION_ARGS)
{
	Xtab	   *t = PG_GETARG_XTAB(0);
	MultinomialMethod method = (MultinomialMethod) NamedArgument(fcinfo, 1, multinomial_names, MULTINOMIAL_METHODS,
																 "method for intervals of multinomial shares");
	double		level = ConfLevelArgument(fcinfo, 2);
	StatTable	tab;
	double	   *low,
			   *high;
	double		total = 0;
	StatStatus	status;
	StatResult	res;
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;

	RequireOneWay(t, "multinomial_ci");
	if (t->row.kind == XTAB_MULTI)
		ereport(ERROR,
				(errcode(ERRCODE_WRONG_OBJECT_TYPE),
				 errmsg("multinomial_ci does not apply to a multi-select answer"),
				 errdetail("One respondent stands in several of its options, so the shares do not add up to 1.")));
	tab = XtabStatTable(t);
	if (method == MULTINOMIAL_SISON_GLAZ)
		RequireWholeTable(&tab, "multinomial_ci");
	low = palloc(sizeof(double) * Max(tab.nrow, 1));
	high = palloc(sizeof(double) * Max(tab.nrow, 1));
	for (int i = 0; i < tab.nrow; i++)
		total += tab.n[i];
	status = multinomial_ci(tab.n, tab.nrow, method, level, low, high);
	if (status != STAT_OK && status != STAT_UNDEFINED)
	{
		stat_result_init(&res, "multinomial_ci");
		(void) HtestDatum(fcinfo, status, &res);
	}
	InitMaterializedSRF(fcinfo, 0);
	for (int i = 0; i < tab.nrow; i++)
	{
		Datum		values[5];
		bool		nulls[5] = {false};

		values[0] = CStringGetTextDatum(t->row.cat[i].label);
		values[1] = Float8GetDatum(tab.n[i]);
		HtestSetFloat(values, nulls, 2, total > 0 ? tab.n[i] / total : STAT_NA);
		HtestSetFloat(values, nulls, 3, status == STAT_OK ? low[i] : STAT_NA);
		HtestSetFloat(values, nulls, 4, status == STAT_OK ? high[i] : STAT_NA);
		tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
	}
	return (Datum) 0;
}
