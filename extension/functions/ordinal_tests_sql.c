/*
 * ordinal_tests_sql.c
 *		SQL side of the tests that use the order of the categories.
 */
#include "postgres.h"

#include "fmgr.h"
#include "funcapi.h"
#include "utils/builtins.h"

#include "functions/htest.h"
#include "functions/ordinal.h"
#include "stats/ordinal_tests.h"

PG_FUNCTION_INFO_V1(sql_linear_by_linear_test);
PG_FUNCTION_INFO_V1(sql_trend_test);
PG_FUNCTION_INFO_V1(sql_wilcoxon_test);
PG_FUNCTION_INFO_V1(sql_cliffs_delta);
PG_FUNCTION_INFO_V1(sql_kruskal_test);
PG_FUNCTION_INFO_V1(sql_dunn_test);
PG_FUNCTION_INFO_V1(sql_jonckheere_test);
PG_FUNCTION_INFO_V1(sql_median_test);

static ScoreKind
ScoresArgument(FunctionCallInfo fcinfo, int arg)
{
	return (ScoreKind) NamedArgument(fcinfo, arg, score_names, SCORE_KINDS, "kind of scores");
}

/* What exact, replicates and seed ask for; the last two follow one another from argument replicates_arg on, none if negative. */
static Permutation
PermutationArguments(FunctionCallInfo fcinfo, ExactWhen exact, int replicates_arg, const OrdinalTable *o, const char *function)
{
	Permutation perm = {exact, 0, 1};

	if (replicates_arg >= 0)
	{
		perm.replicates = ReplicatesArgument(fcinfo, replicates_arg);
		perm.seed = (uint64) PG_GETARG_INT64(replicates_arg + 1);
	}
	if (perm.exact == EXACT_ALWAYS || perm.replicates > 0)
		RequireWholeTable(&o->tab, function);
	return perm;
}

/* The rows with counts, in group; how many. */
static int
GroupsWithCounts(const OrdinalTable *o, int *group)
{
	int			k = 0;

	for (int i = 0; i < o->tab.nrow; i++)
		for (int j = 0; j < o->tab.ncol; j++)
			if (o->tab.n[(size_t) i * o->tab.ncol + j] > 0)
			{
				group[k++] = i;
				break;
			}
	return k;
}

static void
RequireTwoGroups(const OrdinalTable *o, const char *function)
{
	int			k = GroupsWithCounts(o, palloc(sizeof(int) * Max(o->tab.nrow, 1)));

	if (k > 2)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s compares two rows; %d have counts", function, k),
				 errhint("Count a condition, such as xtab(size >= 'c', answer); use kruskal_test() for several groups, and transpose() if the groups are the columns.")));
}

/* linear_by_linear_test(xtab, scores, alternative, exact, replicates, seed) */
Datum
sql_linear_by_linear_test(PG_FUNCTION_ARGS)
{
	static const char *const name = "linear_by_linear_test";
	OrdinalTable o = XtabOrdinalTable(PG_GETARG_XTAB(0), ORDERED_BOTH, name);
	ScoreKind	scores = ScoresArgument(fcinfo, 1);
	Permutation perm = PermutationArguments(fcinfo, PG_GETARG_BOOL(3) ? EXACT_ALWAYS : EXACT_NEVER, 4, &o, name);
	StatResult	res;
	StatStatus	status;

	if (scores == SCORE_TABLE)
		RequireScores(&o, ORDERED_BOTH, name);
	else
		RequireAscending(&o, ORDERED_BOTH, name);
	status = linear_by_linear_test(&o.tab, scores, AlternativeArgument(fcinfo, 2), &perm, &res);
	return OrdinalResult(fcinfo, status, &o, &res);
}

/* The table with the groups in the rows. */
static OrdinalTable
Turned(const OrdinalTable *o)
{
	OrdinalTable u = *o;
	double	   *n = palloc_extended(sizeof(double) * Max((size_t) o->tab.nrow * o->tab.ncol, 1), MCXT_ALLOC_HUGE);

	for (int i = 0; i < o->tab.nrow; i++)
		for (int j = 0; j < o->tab.ncol; j++)
			n[(size_t) j * o->tab.nrow + i] = o->tab.n[(size_t) i * o->tab.ncol + j];
	u.tab = (StatTable) {o->tab.ncol, o->tab.nrow, n, o->tab.col_score, o->tab.row_score};
	u.row_label = o->col_label;
	u.col_label = o->row_label;
	return u;
}

/* The side of a trend that has two categories becomes the rows: the rows if both have. */
static OrdinalTable
TrendTable(const Xtab *t, const char *name)
{
	OrdinalTable by_col,
				by_row;
	bool		col = t->col.kind == XTAB_ORDINAL,
				row = t->row.kind == XTAB_ORDINAL;
	int		   *group = palloc(sizeof(int) * Max(Max(t->row.n, t->col.n), 1));
	int			rows = -1,
				cols = -1;

	/* with no ordinal side, the error about one */
	if (col || !row)
	{
		by_col = XtabOrdinalTable(t, ORDERED_COL, name);
		rows = GroupsWithCounts(&by_col, group);
	}
	if (row)
	{
		by_row = XtabOrdinalTable(t, ORDERED_ROW, name);
		by_row = Turned(&by_row);
		cols = GroupsWithCounts(&by_row, group);
	}
	if (rows == 2 || (cols != 2 && rows >= 0 && rows < 2))
		return by_col;
	if (cols >= 0 && cols <= 2)
		return by_row;
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("%s needs a side with two categories beside an ordinal one", name),
			 errdetail("%d rows and %d columns have counts.", Max(rows, 0), Max(cols, 0)),
			 errhint("Count a condition, such as xtab(answer >= 'b', size), or use linear_by_linear_test().")));
	return by_col;
}

/* trend_test(xtab, scores, category, alternative, exact, replicates, seed, conf_level) */
Datum
sql_trend_test(PG_FUNCTION_ARGS)
{
	static const char *const name = "trend_test";
	OrdinalTable o = TrendTable(PG_GETARG_XTAB(0), name);
	ScoreKind	scores = ScoresArgument(fcinfo, 1);
	int32		category = PG_GETARG_INT32(2);
	Permutation perm = PermutationArguments(fcinfo, PG_GETARG_BOOL(4) ? EXACT_ALWAYS : EXACT_NEVER, 5, &o, name);
	double		level = ConfLevelArgument(fcinfo, 7);
	int		   *group = palloc(sizeof(int) * Max(o.tab.nrow, 1));
	StatResult	res;
	StatStatus	status;

	if (category != 1 && category != 2)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("the category whose share is tested must be 1 or 2, not %d", category)));
	if (scores == SCORE_TABLE)
		RequireScores(&o, ORDERED_COL, name);
	else
		RequireAscending(&o, ORDERED_COL, name);
	status = trend_test(&o.tab, scores, category - 1, AlternativeArgument(fcinfo, 3), level, &perm, &res);
	if (status == STAT_OK)
	{
		(void) GroupsWithCounts(&o, group);
		stat_note(&res, "the share is that of \"%s\"", o.row_label[group[category - 1]]);
	}
	return OrdinalResult(fcinfo, status, &o, &res);
}

/* wilcoxon_test(xtab, alternative, correct, exact, replicates, seed, conf_level): a NULL exact leaves the choice to the size. */
Datum
sql_wilcoxon_test(PG_FUNCTION_ARGS)
{
	static const char *const name = "wilcoxon_test";
	OrdinalTable o;
	Permutation perm;
	StatResult	res;
	StatStatus	status;

	for (int i = 0; i < 7; i++)
		if (i != 3 && PG_ARGISNULL(i))
			PG_RETURN_NULL();
	o = XtabOrdinalTable(PG_GETARG_XTAB(0), ORDERED_COL, name);
	RequireAscending(&o, ORDERED_COL, name);
	RequireTwoGroups(&o, name);
	perm = PermutationArguments(fcinfo, PG_ARGISNULL(3) ? EXACT_WHEN_SMALL : PG_GETARG_BOOL(3) ? EXACT_ALWAYS : EXACT_NEVER, 4, &o, name);
	status = wilcoxon_test(&o.tab, AlternativeArgument(fcinfo, 1), PG_GETARG_BOOL(2), ConfLevelArgument(fcinfo, 6), &perm, &res);
	return OrdinalResult(fcinfo, status, &o, &res);
}

/* cliffs_delta(xtab, conf_level) */
Datum
sql_cliffs_delta(PG_FUNCTION_ARGS)
{
	static const char *const name = "cliffs_delta";
	OrdinalTable o = XtabOrdinalTable(PG_GETARG_XTAB(0), ORDERED_COL, name);
	double		level = ConfLevelArgument(fcinfo, 1);
	StatResult	res;
	StatStatus	status;

	RequireAscending(&o, ORDERED_COL, name);
	RequireTwoGroups(&o, name);
	status = cliffs_delta(&o.tab, level, &res);
	return OrdinalResult(fcinfo, status, &o, &res);
}

/* kruskal_test(xtab, replicates, seed) */
Datum
sql_kruskal_test(PG_FUNCTION_ARGS)
{
	static const char *const name = "kruskal_test";
	OrdinalTable o = XtabOrdinalTable(PG_GETARG_XTAB(0), ORDERED_COL, name);
	Permutation perm = PermutationArguments(fcinfo, EXACT_NEVER, 1, &o, name);
	StatResult	res;
	StatStatus	status;

	RequireAscending(&o, ORDERED_COL, name);
	status = kruskal_test(&o.tab, &perm, &res);
	return OrdinalResult(fcinfo, status, &o, &res);
}

/* dunn_test(xtab, p_adjust): a row a pair of rows with counts. */
Datum
sql_dunn_test(PG_FUNCTION_ARGS)
{
	static const char *const name = "dunn_test";
	OrdinalTable o = XtabOrdinalTable(PG_GETARG_XTAB(0), ORDERED_COL, name);
	PadjustMethod method = (PadjustMethod) NamedArgument(fcinfo, 1, padjust_names, PADJUST_METHODS, "method to adjust p-values");
	int		   *group = palloc(sizeof(int) * Max(o.tab.nrow, 1));
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;
	StatResult	res;
	StatClean	t;
	DunnPair   *pair;
	int			groups,
				npairs;
	StatStatus	status;
	char	   *description;

	RequireAscending(&o, ORDERED_COL, name);
	groups = GroupsWithCounts(&o, group);
	if ((int64) groups * (groups - 1) / 2 > xtab_max_cells)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("%s would compare too many pairs", name),
				 errdetail("%d rows make %lld pairs; the limit is %d.", groups, (long long) groups * (groups - 1) / 2, xtab_max_cells),
				 errhint("Group the values of the rows first, or raise csirtsurvey.max_cells.")));
	InitMaterializedSRF(fcinfo, 0);
	stat_result_init(&res, "Dunn's test");
	status = ordinal_test_begin(&o.tab, &t, &res);
	if (status == STAT_UNDEFINED)
		return (Datum) 0;
	if (status == STAT_OK)
		status = dunn_test(&t, method, &pair, &npairs);
	if (status != STAT_OK)
	{
		CHECK_FOR_INTERRUPTS();
		ereport(ERROR,
				(errcode(ERRCODE_OUT_OF_MEMORY),
				 errmsg("Dunn's test could not be computed"),
				 errdetail("The table has %d rows.", o.tab.nrow)));
	}
	description = psprintf("Dunn's test with tie correction; %s over the %d pairs of rows", padjust_names[method], npairs);
	for (int i = 0; i < npairs; i++)
	{
		const DunnPair *p = &pair[i];
		Datum		values[10];
		bool		nulls[10] = {false};

		CHECK_FOR_INTERRUPTS();
		values[0] = CStringGetTextDatum(o.row_label[group[p->first]]);
		values[1] = CStringGetTextDatum(o.row_label[group[p->second]]);
		values[2] = Float8GetDatum(t.row_total[p->first]);
		values[3] = Float8GetDatum(t.row_total[p->second]);
		values[4] = Float8GetDatum(p->mean_rank[0]);
		values[5] = Float8GetDatum(p->mean_rank[1]);
		values[6] = Float8GetDatum(p->z);
		values[7] = Float8GetDatum(p->p);
		values[8] = Float8GetDatum(p->p_adjusted);
		values[9] = CStringGetTextDatum(description);
		tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
	}
	stat_release(pair);
	stat_release(t.block);
	return (Datum) 0;
}

/* jonckheere_test(xtab, alternative, exact, replicates, seed) */
Datum
sql_jonckheere_test(PG_FUNCTION_ARGS)
{
	static const char *const name = "jonckheere_test";
	OrdinalTable o = XtabOrdinalTable(PG_GETARG_XTAB(0), ORDERED_BOTH, name);
	Permutation perm = PermutationArguments(fcinfo, PG_GETARG_BOOL(2) ? EXACT_ALWAYS : EXACT_NEVER, 3, &o, name);
	StatResult	res;
	StatStatus	status;

	RequireAscending(&o, ORDERED_BOTH, name);
	status = jonckheere_test(&o.tab, AlternativeArgument(fcinfo, 1), &perm, &res);
	return OrdinalResult(fcinfo, status, &o, &res);
}

/* median_test(xtab, ties, exact) */
Datum
sql_median_test(PG_FUNCTION_ARGS)
{
	static const char *const name = "median_test";
	OrdinalTable o = XtabOrdinalTable(PG_GETARG_XTAB(0), ORDERED_COL, name);
	MedianTies	ties = (MedianTies) NamedArgument(fcinfo, 1, median_ties_names, MEDIAN_TIES, "treatment of ties");
	Permutation perm = PermutationArguments(fcinfo, PG_GETARG_BOOL(2) ? EXACT_ALWAYS : EXACT_NEVER, -1, &o, name);
	OrdinalTable turned = Turned(&o);
	int		   *column = palloc(sizeof(int) * Max(o.tab.ncol, 1));
	int			at;
	StatResult	res;
	StatStatus	status;

	RequireAscending(&o, ORDERED_COL, name);
	if (perm.exact == EXACT_ALWAYS)
		RequireTwoGroups(&o, name);
	status = median_test(&o.tab, ties, &perm, &at, &res);
	if (at >= 0)
	{
		(void) GroupsWithCounts(&turned, column);
		stat_note(&res, "grand median: \"%s\"", o.col_label[column[at]]);
	}
	return OrdinalResult(fcinfo, status, &o, &res);
}
