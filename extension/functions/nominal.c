/*
 * nominal.c
 *		SQL side of the tests of independence.
 */
#include "postgres.h"

#include "fmgr.h"

#include "functions/htest.h"
#include "stats/chisq.h"

PG_FUNCTION_INFO_V1(chisq_test);
PG_FUNCTION_INFO_V1(g_test);

Datum
chisq_test(PG_FUNCTION_ARGS)
{
	Xtab	   *t = PG_GETARG_XTAB(0);
	StatTable	tab;
	StatResult	res;
	StatStatus	status;

	RequireTwoWay(t, "chisq_test");
	tab = XtabStatTable(t);
	status = chisq_test_table(&tab, PG_GETARG_BOOL(1), &res);
	return HtestDatum(fcinfo, status, &res);
}

Datum
g_test(PG_FUNCTION_ARGS)
{
	Xtab	   *t = PG_GETARG_XTAB(0);
	StatTable	tab;
	StatResult	res;
	StatStatus	status;

	RequireTwoWay(t, "g_test");
	tab = XtabStatTable(t);
	status = g_test_table(&tab, &res);
	return HtestDatum(fcinfo, status, &res);
}
