/*
 * nominal.c
 *		SQL side of the tests of independence: Pearson's, the likelihood ratio's and Fisher's.
 */
#include "postgres.h"

#include "fmgr.h"

#include "functions/htest.h"
#include "stats/chisq.h"
#include "stats/deviation.h"
#include "stats/fisher_2x2.h"
#include "stats/fisher_exact.h"
#include "stats/nominal_montecarlo.h"

PG_FUNCTION_INFO_V1(chisq_test);
PG_FUNCTION_INFO_V1(g_test);
PG_FUNCTION_INFO_V1(fisher_test);

/* The p-value by random tables in place of the asymptotic one, when replicates are asked for. */
static StatStatus
Simulated(StatStatus status, const StatTable *tab, NominalStatistic which, int32 replicates, int64 seed, const char *function, StatResult *res)
{
	if (status != STAT_OK || replicates == 0)
		return status;
	RequireWholeTable(tab, function);
	return independence_montecarlo(tab, which, replicates, (uint64) seed, res);
}

/* chisq_test(xtab, correct, replicates, seed) */
Datum
chisq_test(PG_FUNCTION_ARGS)
{
	bool		correct = PG_GETARG_BOOL(1);
	int32		replicates = ReplicatesArgument(fcinfo, 2);
	StatTable	tab = TwoWayArgument(fcinfo, "chisq_test");
	StatResult	res;
	StatStatus	status = chisq_test_table(&tab, correct && replicates == 0, &res);

	status = Simulated(status, &tab, NOMINAL_PEARSON, replicates, PG_GETARG_INT64(3), "chisq_test", &res);
	if (correct && replicates > 0 && status == STAT_OK)
		stat_note(&res, "no continuity correction: a Monte-Carlo p-value needs none");
	return HtestDatum(fcinfo, status, &res);
}

/* g_test(xtab, replicates, seed) */
Datum
g_test(PG_FUNCTION_ARGS)
{
	int32		replicates = ReplicatesArgument(fcinfo, 1);
	StatTable	tab = TwoWayArgument(fcinfo, "g_test");
	StatResult	res;
	StatStatus	status = g_test_table(&tab, &res);

	status = Simulated(status, &tab, NOMINAL_G, replicates, PG_GETARG_INT64(2), "g_test", &res);
	return HtestDatum(fcinfo, status, &res);
}

/* What fisher_test is asked for. */
typedef struct FisherOptions
{
	Alternative alternative;
	double		level;
	bool		mid_p;
	bool		exact;
	int32		replicates;
	int64		seed;
	double		max_seconds;
	int32		max_memory;		/* megabytes */
} FisherOptions;

/* Larger than 2 x 2: exact, or by random tables beyond the budget. */
static StatStatus
FisherLarge(const StatTable *tab, const FisherOptions *o, StatResult *res)
{
	StatStatus	status;
	StatResult	exact;
	bool		bounded;

	/* a table of one row has no answer, whatever is asked */
	status = fisher_exact_table(tab, (size_t) o->max_memory * 1024 * 1024, o->max_seconds, &exact);
	*res = exact;
	if (status != STAT_BUDGET)
		return status;
	bounded = exact.p_low > 0 || exact.p_high < 1;
	if (o->replicates > 0)
	{
		stat_result_init(res, "Fisher's test of independence");
		stat_set_alternative(res, ALTERNATIVE_TWO_SIDED);
		res->n = exact.n;
		stat_note(res, "the exact test exceeds its budget of %d MB and %g s (max_memory_mb, max_seconds)", o->max_memory, o->max_seconds);
		if (bounded)
			stat_note(res, "proven before that: %.6g <= p <= %.6g", exact.p_low, exact.p_high);
		return independence_montecarlo(tab, NOMINAL_FISHER, o->replicates, (uint64) o->seed, res);
	}
	if (!bounded)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("the exact test exceeds its budget of %d MB and %g s", o->max_memory, o->max_seconds),
				 exact.nnotes > 0 ? errdetail("%s.", exact.notes[exact.nnotes - 1]) : 0,
				 errhint("Raise max_memory_mb or max_seconds, or add replicates => 100000: a Monte-Carlo p-value then stands in where the exact one exceeds its budget.")));
	stat_note(res, "beyond the budget of %d MB and %g s: p lies between p_low and p_high, which are proven", o->max_memory, o->max_seconds);
	res->p_value = STAT_NA;
	return STAT_OK;
}

static StatStatus
FisherTest(const StatTable *tab, const FisherOptions *o, StatResult *res)
{
	StatClean	t;
	StatStatus	status = stat_clean(tab, &t);

	if (status != STAT_OK)
	{
		stat_result_init(res, "Fisher's exact test");
		return status;
	}
	if (t.tab.nrow == 2 && t.tab.ncol == 2 && o->exact)
	{
		stat_result_init(res, "");
		stat_note_dropped(&t, res);
		status = fisher_2x2(&t, o->alternative, o->mid_p, o->level, res);
	}
	else if ((t.tab.nrow > 2 || t.tab.ncol > 2) && t.tab.nrow > 1 && t.tab.ncol > 1 &&
			 (o->alternative != ALTERNATIVE_TWO_SIDED || o->mid_p))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("fisher_test with an alternative or mid_p needs a 2 x 2 contingency table"),
				 errdetail("The table has counts in %d rows and %d columns.", t.tab.nrow, t.tab.ncol),
				 errhint("The two-sided test takes any table; count conditions, such as xtab(grp = 'a', answer >= 'b'), for a 2 x 2 table.")));
	else if (!o->exact && t.tab.nrow > 1 && t.tab.ncol > 1)
	{
		if (o->alternative != ALTERNATIVE_TWO_SIDED || o->mid_p)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("the Monte-Carlo form of fisher_test is two-sided and has no mid-p"),
					 errhint("The exact test of a 2 x 2 table takes no time: leave exact at true.")));
		stat_result_init(res, "Fisher's test of independence");
		stat_set_alternative(res, ALTERNATIVE_TWO_SIDED);
		res->n = t.total;
		stat_note_dropped(&t, res);
		status = independence_montecarlo(tab, NOMINAL_FISHER, o->replicates, (uint64) o->seed, res);
	}
	else
		status = FisherLarge(tab, o, res);
	stat_release(t.block);
	return status;
}

/* fisher_test(xtab, alternative, conf_level, mid_p, exact, replicates, seed, max_seconds, max_memory_mb) */
Datum
fisher_test(PG_FUNCTION_ARGS)
{
	FisherOptions o;
	StatTable	tab = TwoWayArgument(fcinfo, "fisher_test");
	StatResult	res;
	StatStatus	status;

	o.alternative = AlternativeArgument(fcinfo, 1);
	o.level = ConfLevelArgument(fcinfo, 2);
	o.mid_p = PG_GETARG_BOOL(3);
	o.exact = PG_GETARG_BOOL(4);
	o.replicates = ReplicatesArgument(fcinfo, 5);
	o.seed = PG_GETARG_INT64(6);
	o.max_seconds = PG_GETARG_FLOAT8(7);
	o.max_memory = PG_GETARG_INT32(8);
	if (!(o.max_seconds > 0))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("max_seconds must be greater than 0"),
				 errhint("Write 'Infinity' for no limit but statement_timeout.")));
	if (o.max_memory < 1)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("max_memory_mb must be at least 1")));
	if (!o.exact && o.replicates == 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("fisher_test that is not exact needs a number of replicates"),
				 errhint("Add replicates => 100000.")));
	/* beyond 2^53 a double does not tell one case from none */
	RequireWholeCounts(tab.n, (size_t) tab.nrow * tab.ncol, 53, "fisher_test", "use chisq_test");
	if (o.replicates > 0)
		RequireWholeTable(&tab, "fisher_test");
	status = FisherTest(&tab, &o, &res);
	return HtestDatum(fcinfo, status, &res);
}
