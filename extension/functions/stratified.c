/*
 * stratified.c
 *		SQL side of the statistics of tables by stratum, over an array of tables.
 */
#include "postgres.h"

#include "fmgr.h"
#include "funcapi.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/tuplestore.h"

#include "functions/htest.h"
#include "functions/ordinal.h"
#include "functions/stratified.h"
#include "stats/montecarlo.h"

PG_FUNCTION_INFO_V1(sql_cmh_test);
PG_FUNCTION_INFO_V1(sql_cmh_tests);
PG_FUNCTION_INFO_V1(sql_breslow_day_test);
PG_FUNCTION_INFO_V1(sql_zelen_test);
PG_FUNCTION_INFO_V1(sql_woolf_test);
PG_FUNCTION_INFO_V1(sql_van_elteren_test);
PG_FUNCTION_INFO_V1(sql_mh_risk_ratio);
PG_FUNCTION_INFO_V1(sql_mh_risk_difference);

/* Arguments of cmh_test(). */
typedef struct CmhOptions
{
	int			statistic;		/* of statistic_names */
	ScoreKind	scores;
	bool		correct;
	bool		exact;
	Alternative alternative;
	double		level;
	CmhSimulation sim;
} CmhOptions;

enum
{
	STATISTIC_MH = CMH_STATISTICS,
	STATISTIC_AUTO,
	STATISTICS
};

static const char *const statistic_names[STATISTICS] = {"cor", "row_means", "col_means", "general", "mh", "auto"};
static const int ordered_sides[CMH_STATISTICS] = {ORDERED_BOTH, ORDERED_COL, ORDERED_ROW, 0};

/* The tables of an array; NULL elements are strata without a table. */
static XtabList
ArrayTables(FunctionCallInfo fcinfo)
{
	ArrayType  *a = PG_GETARG_ARRAYTYPE_P(0);
	XtabList	list = {0};
	Datum	   *elem;
	bool	   *isnull;
	int			n;

	deconstruct_array(a, ARR_ELEMTYPE(a), -1, false, TYPALIGN_DOUBLE, &elem, &isnull, &n);
	list.table = palloc(sizeof(struct varlena *) * Max(n, 1));
	for (int i = 0; i < n; i++)
		if (!isnull[i])
			list.table[list.n++] = PG_DETOAST_DATUM(elem[i]);
	return list;
}

static Datum
Finish(FunctionCallInfo fcinfo, const Strata *s, StatStatus status, StatResult *res)
{
	if (status == STAT_BUDGET)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("the tables are too large for this method"),
				 errdetail("%s, %d strata of %d by %d categories.", res->method, s->s.nstrata, s->s.nrow, s->s.ncol),
				 errhint("Use the asymptotic test, group the categories, or use scores.")));
	stat_note_left_out(res, s->off_scale, s->missing);
	return HtestDatum(fcinfo, status, res);
}

/* Arguments replicates and seed. */
static CmhSimulation
SimulationArguments(FunctionCallInfo fcinfo, int arg)
{
	return (CmhSimulation) {ReplicatesArgument(fcinfo, arg), (uint64_t) PG_GETARG_INT64(arg + 1)};
}

static Datum
GeneralCmh(FunctionCallInfo fcinfo, const XtabList *list, const Xtab *sides, CmhStatistic which, const CmhOptions *opt)
{
	Strata		s = StrataCounts(list, sides, ordered_sides[which], "cmh_test");
	StatResult	res;
	StatStatus	status;

	if (opt->scores == SCORE_TABLE)
	{
		OrdinalTable frame = XtabOrdinalTable(sides, ordered_sides[which], "cmh_test");

		RequireScores(&frame, ordered_sides[which], "cmh_test");
	}
	if (opt->sim.replicates > 0)
		RequireWholeStrata(&s, "a Monte-Carlo test");
	status = cmh_test_strata(&s.s, which, opt->scores, &opt->sim, &res);
	if (opt->correct && status == STAT_OK)
		stat_note(&res, "no continuity correction: it is for the Mantel-Haenszel test of 2 x 2 tables");
	return Finish(fcinfo, &s, status, &res);
}

static Datum
CmhTest(FunctionCallInfo fcinfo, const XtabList *list, const CmhOptions *opt)
{
	int			statistic = opt->statistic;
	Xtab	   *sides;
	Strata		s;
	StatResult	res;
	StatStatus	status;

	if (list->n == 0)
		PG_RETURN_NULL();
	sides = StrataSides(list, "cmh_test");
	if (statistic == STATISTIC_AUTO)
		statistic = opt->exact || (opt->sim.replicates == 0 && sides->row.n <= 2 && sides->col.n <= 2) ? STATISTIC_MH : CMH_GENERAL;
	if (statistic != STATISTIC_MH && (opt->exact || opt->alternative != ALTERNATIVE_TWO_SIDED))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s is not available for statistic \"%s\"", opt->exact ? "an exact test" : "a one-sided test", statistic_names[statistic]),
				 errhint("Both are for 2 x 2 tables, with statistic => 'mh'.")));
	if (statistic == STATISTIC_MH && opt->sim.replicates > 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("statistic \"mh\" is not simulated"),
				 errhint("exact => true gives the exact test of 2 x 2 tables.")));
	if (statistic != STATISTIC_MH)
		return GeneralCmh(fcinfo, list, sides, (CmhStatistic) statistic, opt);
	s = StrataTwoByTwo(list, "the Mantel-Haenszel test");
	if (opt->exact)
	{
		RequireWholeStrata(&s, "an exact test");
		status = mantel_haenszel_exact(&s.s, opt->alternative, opt->level, &res);
	}
	else
		status = mantel_haenszel_test(&s.s, opt->correct, opt->alternative, opt->level, &res);
	return Finish(fcinfo, &s, status, &res);
}

Datum
CmhTestDefault(FunctionCallInfo fcinfo, const XtabList *list)
{
	CmhOptions	opt = {.statistic = STATISTIC_AUTO,.level = 0.95};

	return CmhTest(fcinfo, list, &opt);
}

Datum
sql_cmh_test(PG_FUNCTION_ARGS)
{
	XtabList	list = ArrayTables(fcinfo);
	CmhOptions	opt = {0};

	opt.statistic = NamedArgument(fcinfo, 1, statistic_names, STATISTICS, "Cochran-Mantel-Haenszel statistic");
	opt.scores = (ScoreKind) NamedArgument(fcinfo, 2, score_names, SCORE_KINDS, "kind of scores");
	opt.correct = PG_GETARG_BOOL(3);
	opt.exact = PG_GETARG_BOOL(4);
	opt.alternative = AlternativeArgument(fcinfo, 5);
	opt.level = ConfLevelArgument(fcinfo, 6);
	opt.sim = SimulationArguments(fcinfo, 7);
	return CmhTest(fcinfo, &list, &opt);
}

/* All statistics of r x c tables, one a row; one that needs an order which a side does not have says so in its notes. */
Datum
sql_cmh_tests(PG_FUNCTION_ARGS)
{
	XtabList	list = ArrayTables(fcinfo);
	CmhOptions	opt = {.scores = (ScoreKind) NamedArgument(fcinfo, 1, score_names, SCORE_KINDS, "kind of scores")};
	ReturnSetInfo *rsinfo;
	Xtab	   *sides;

	InitMaterializedSRF(fcinfo, 0);
	rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;
	if (list.n == 0)
		return (Datum) 0;
	sides = StrataSides(&list, "cmh_tests");
	for (int which = 0; which < CMH_STATISTICS; which++)
	{
		Datum		row;
		HeapTupleData tuple = {0};
		bool		nominal_row = (ordered_sides[which] & ORDERED_ROW) && sides->row.kind != XTAB_ORDINAL;
		bool		nominal_col = (ordered_sides[which] & ORDERED_COL) && sides->col.kind != XTAB_ORDINAL;

		if (nominal_row || nominal_col)
		{
			StatResult	res;

			stat_result_init(&res, cmh_methods[which]);
			stat_note(&res, "needs an ordinal %s variable", nominal_row && nominal_col ? "row and column" : nominal_row ? "row" : "column");
			row = HtestDatum(fcinfo, STAT_UNDEFINED, &res);
		}
		else
			row = GeneralCmh(fcinfo, &list, sides, (CmhStatistic) which, &opt);
		tuple.t_data = DatumGetHeapTupleHeader(row);
		tuple.t_len = HeapTupleHeaderGetDatumLength(tuple.t_data);
		tuplestore_puttuple(rsinfo->setResult, &tuple);
	}
	return (Datum) 0;
}

/* The tests that take no more than a column and a level, with the arguments given or, from an aggregate, the usual ones. */
Datum
StratifiedTestOf(FunctionCallInfo fcinfo, const XtabList *list, StratifiedTest test, const StratifiedOptions *opt)
{
	static const char *const names[] = {"breslow_day_test", "zelen_test", "woolf_test", "van_elteren_test", "mh_risk_ratio", "mh_risk_difference"};
	Strata		s;
	StatResult	res;
	StatStatus	status = STAT_BAD_ARGUMENT;

	if (list->n == 0)
		PG_RETURN_NULL();
	if (test == VAN_ELTEREN)
		s = StrataCounts(list, StrataSides(list, names[test]), ORDERED_COL, names[test]);
	else
		s = StrataTwoByTwo(list, names[test]);
	switch (test)
	{
		case BRESLOW_DAY:
			status = breslow_day_test(&s.s, opt->tarone, &res);
			break;
		case ZELEN:
			RequireWholeStrata(&s, "an exact test");
			status = zelen_test(&s.s, &res);
			break;
		case WOOLF:
			status = woolf_test(&s.s, opt->level, &res);
			break;
		case VAN_ELTEREN:
			if (opt->sim.replicates > 0)
				RequireWholeStrata(&s, "a Monte-Carlo test");
			status = van_elteren_strata(&s.s, &opt->sim, &res);
			break;
		case MH_RISK_RATIO:
			status = mh_risk_ratio(&s.s, opt->col, opt->level, &res);
			break;
		case MH_RISK_DIFFERENCE:
			status = mh_risk_difference(&s.s, opt->col, opt->level, &res);
			break;
	}
	return Finish(fcinfo, &s, status, &res);
}

Datum
sql_breslow_day_test(PG_FUNCTION_ARGS)
{
	XtabList	list = ArrayTables(fcinfo);
	StratifiedOptions opt = {.tarone = PG_GETARG_BOOL(1)};

	return StratifiedTestOf(fcinfo, &list, BRESLOW_DAY, &opt);
}

Datum
sql_zelen_test(PG_FUNCTION_ARGS)
{
	XtabList	list = ArrayTables(fcinfo);
	StratifiedOptions opt = {0};

	return StratifiedTestOf(fcinfo, &list, ZELEN, &opt);
}

Datum
sql_woolf_test(PG_FUNCTION_ARGS)
{
	XtabList	list = ArrayTables(fcinfo);
	StratifiedOptions opt = {.level = ConfLevelArgument(fcinfo, 1)};

	return StratifiedTestOf(fcinfo, &list, WOOLF, &opt);
}

Datum
sql_van_elteren_test(PG_FUNCTION_ARGS)
{
	XtabList	list = ArrayTables(fcinfo);
	StratifiedOptions opt = {.sim = SimulationArguments(fcinfo, 1)};

	return StratifiedTestOf(fcinfo, &list, VAN_ELTEREN, &opt);
}

Datum
sql_mh_risk_ratio(PG_FUNCTION_ARGS)
{
	XtabList	list = ArrayTables(fcinfo);
	StratifiedOptions opt = {.col = OutcomeColumn(fcinfo, 1),.level = ConfLevelArgument(fcinfo, 2)};

	return StratifiedTestOf(fcinfo, &list, MH_RISK_RATIO, &opt);
}

Datum
sql_mh_risk_difference(PG_FUNCTION_ARGS)
{
	XtabList	list = ArrayTables(fcinfo);
	StratifiedOptions opt = {.col = OutcomeColumn(fcinfo, 1),.level = ConfLevelArgument(fcinfo, 2)};

	return StratifiedTestOf(fcinfo, &list, MH_RISK_DIFFERENCE, &opt);
}
