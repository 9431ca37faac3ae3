/*
 * overlap_sql.c
 *		SQL side of overlap_test().
 */
#include "postgres.h"

#include "fmgr.h"

#include "functions/htest.h"
#include "stats/overlap.h"

PG_FUNCTION_INFO_V1(sql_overlap_test);

Datum
sql_overlap_test(PG_FUNCTION_ARGS)
{
	OverlapCounts c = {PG_GETARG_FLOAT8(0), PG_GETARG_FLOAT8(1), PG_GETARG_FLOAT8(2), PG_GETARG_FLOAT8(3),
	PG_GETARG_FLOAT8(4), PG_GETARG_FLOAT8(5), PG_GETARG_FLOAT8(6), PG_GETARG_FLOAT8(7)};
	StatResult	res;
	StatStatus	status = overlap_test(&c, ConfLevelArgument(fcinfo, 8), &res);

	if (status == STAT_BAD_ARGUMENT)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("invalid counts for a test of overlapping samples"),
				 errdetail("%g of %g and %g of %g; in both samples: %g yes twice, %g yes then no, %g no then yes, %g no twice.",
						   c.x1, c.n1, c.x2, c.n2, c.yes_yes, c.yes_no, c.no_yes, c.no_no),
				 errhint("Counts are finite and not negative, x is at most n, and the answers of those in both are among the answers of each sample.")));
	return HtestDatum(fcinfo, status, &res);
}
