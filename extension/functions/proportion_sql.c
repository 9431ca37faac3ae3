/*
 * proportion_sql.c
 *		SQL side of proportion_ci().
 */
#include "postgres.h"

#include "fmgr.h"
#include "utils/builtins.h"

#include "functions/htest.h"
#include "stats/proportion.h"

PG_FUNCTION_INFO_V1(proportion_ci);

Datum
proportion_ci(PG_FUNCTION_ARGS)
{
	StatResult	res;
	StatStatus	status;
	char	   *name;
	double		x,
				n,
				level,
				population;
	int			method;

	for (int i = 0; i < 4; i++)
		if (PG_ARGISNULL(i))
			PG_RETURN_NULL();
	x = PG_GETARG_FLOAT8(0);
	n = PG_GETARG_FLOAT8(1);
	name = text_to_cstring(PG_GETARG_TEXT_PP(2));
	level = PG_GETARG_FLOAT8(3);
	population = PG_ARGISNULL(4) ? 0 : PG_GETARG_FLOAT8(4);
	for (method = 0; method < PROP_METHODS; method++)
		if (strcmp(name, prop_method_names[method]) == 0)
			break;
	if (method == PROP_METHODS)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("unknown method \"%s\" for the interval of a proportion", name),
				 errhint("Methods are wilson, wilson_cc, clopper_pearson, agresti_coull, jeffreys and wald.")));
	stat_result_init(&res, psprintf("%s interval of a proportion", name));
	status = prop_ci(x, n, method, level, population, &res.conf_low, &res.conf_high);
	if (status == STAT_BAD_ARGUMENT)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("invalid argument for the interval of a proportion"),
				 errdetail("x = %g, n = %g, conf_level = %g, population = %g.", x, n, level, population),
				 errhint("Needed: 0 <= x <= n <= population, 0 < conf_level < 1; a population goes with wilson and wald only.")));
	res.conf_level = level;
	res.n = n;
	if (status == STAT_UNDEFINED)
		stat_note(&res, "no cases: there is no proportion");
	else
		res.estimate = x / n;
	if (population > 0)
		stat_note(&res, "finite population of %.0f: variance times (N - n)/(N - 1)", population);
	return HtestDatum(fcinfo, status, &res);
}
