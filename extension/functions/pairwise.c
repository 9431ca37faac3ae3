/*
 * pairwise.c
 *		SQL side of pairwise_tests() and column_means(): whole columns compared, two at a time.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"

#include "compat.h"
#include "functions/comparisons.h"
#include "functions/htest.h"
#include "functions/ordinal.h"
#include "stats/chisq.h"
#include "stats/column_means.h"
#include "stats/deviation.h"
#include "stats/fisher_2x2.h"
#include "stats/fisher_exact.h"
#include "stats/ordinal_tests.h"

PG_FUNCTION_INFO_V1(pairwise_tests);
PG_FUNCTION_INFO_V1(sql_column_means);

typedef enum PairwiseTest
{
	PAIRWISE_CHISQ,
	PAIRWISE_G,
	PAIRWISE_FISHER,
	PAIRWISE_WILCOXON,
	PAIRWISE_T,
	PAIRWISE_WELCH
} PairwiseTest;
#define PAIRWISE_TESTS 6

/* What an exact test of one pair may take. */
#define FISHER_MEMORY ((size_t) 64 * 1024 * 1024)
#define FISHER_SECONDS 10

static const char *const pairwise_names[PAIRWISE_TESTS] = {"chisq", "g", "fisher", "wilcoxon", "t", "welch"};
static const char *const margins[] = {"col", "row"};

/* The columns to compare, or the rows stood up as columns. */
typedef struct Groups
{
	StatTable	tab;
	char	  **label;			/* of the groups */
	OrdinalTable left_out;		/* what an ordered answer left out */
	ColumnMean *mean;			/* for tests of means, else NULL */
	PooledVariance pooled;
} Groups;

static StatTable
Transposed(const StatTable *t)
{
	double	   *n = palloc_extended(sizeof(double) * Max((size_t) t->nrow * t->ncol, 1), MCXT_ALLOC_HUGE);

	for (int i = 0; i < t->nrow; i++)
		for (int j = 0; j < t->ncol; j++)
			n[(size_t) j * t->nrow + i] = t->n[(size_t) i * t->ncol + j];
	return (StatTable) {t->ncol, t->nrow, n, t->col_score, t->row_score};
}

/* Ranks and means need ordinal answers, on the side that is not the groups: ranks an order, means a score each. */
static Groups
TakeGroups(FunctionCallInfo fcinfo, int margin_arg, PairwiseTest test, const char *function)
{
	Xtab	   *t = PG_GETARG_XTAB(0);
	bool		by_row = NamedArgument(fcinfo, margin_arg, margins, lengthof(margins), "margin") == 1;
	int			ordered = test < PAIRWISE_WILCOXON ? 0 : by_row ? ORDERED_COL : ORDERED_ROW;
	Groups		g = {.left_out = XtabOrdinalTable(t, ordered, function)};

	g.tab = by_row ? Transposed(&g.left_out.tab) : g.left_out.tab;
	g.label = by_row ? g.left_out.row_label : g.left_out.col_label;
	if (test == PAIRWISE_WILCOXON)
		RequireAscending(&g.left_out, ordered, function);
	if (test >= PAIRWISE_T)
	{
		StatStatus	status;

		RequireScores(&g.left_out, ordered, function);
		g.mean = palloc(sizeof(ColumnMean) * Max(g.tab.ncol, 1));
		status = column_means(&g.tab, g.mean);
		if (status != STAT_OK)
			RaiseStatus(status, function);
		g.pooled = column_means_pool(g.mean, g.tab.ncol);
	}
	return g;
}

/* Exact; a pair that exceeds the budget has its proven bounds, a note and no p. */
static StatStatus
FisherOfTwo(const StatTable *two, StatResult *res)
{
	StatClean	t;
	StatStatus	status = stat_clean(two, &t);

	stat_result_init(res, "Fisher's exact test");
	if (status != STAT_OK)
		return status;
	if (t.tab.nrow == 2 && t.tab.ncol == 2)
	{
		stat_note_dropped(&t, res);
		status = fisher_2x2(&t, ALTERNATIVE_TWO_SIDED, false, 0.95, res);
		/* the estimate of a pair is Cramer's V in every table */
		res->std_error = res->conf_low = res->conf_high = STAT_NA;
	}
	else
		status = fisher_exact_table(two, FISHER_MEMORY, FISHER_SECONDS, res);
	stat_release(t.block);
	if (status == STAT_BUDGET)
	{
		stat_note(res, "the exact test exceeds %d s or %d MB: %.6g <= p <= %.6g is proven", FISHER_SECONDS, (int) (FISHER_MEMORY >> 20), res->p_low, res->p_high);
		res->p_value = STAT_NA;
		status = STAT_UNDEFINED;
	}
	return status;
}

/* Chi-square, G or Fisher's test of two columns; estimate becomes Cramer's V, which for two columns is sqrt(chi2/n). */
static StatStatus
TestOfTwo(const StatTable *tab, int a, int b, PairwiseTest test, double *scratch, StatResult *res)
{
	StatTable	two = {tab->nrow, 2, scratch, tab->row_score, NULL};
	StatResult	chi;
	StatStatus	status;

	for (int i = 0; i < tab->nrow; i++)
	{
		scratch[2 * i] = tab->n[(size_t) i * tab->ncol + a];
		scratch[2 * i + 1] = tab->n[(size_t) i * tab->ncol + b];
	}
	status = chisq_test_table(&two, false, &chi);
	if (test == PAIRWISE_G)
		status = g_test_table(&two, res);
	else if (test == PAIRWISE_FISHER)
		status = FisherOfTwo(&two, res);
	else
		*res = chi;
	if (status == STAT_OK)
		res->estimate = fmin(1, sqrt(chi.statistic / chi.n));
	return status;
}

/* The groups are rows of a table of their own. */
static StatStatus
WilcoxonOfTwo(const StatTable *tab, int a, int b, double *scratch, StatResult *res)
{
	const Permutation perm = {EXACT_WHEN_SMALL, 0, 1};
	StatTable	two = {2, tab->nrow, scratch, NULL, NULL};

	for (int i = 0; i < tab->nrow; i++)
	{
		scratch[i] = tab->n[(size_t) i * tab->ncol + a];
		scratch[tab->nrow + i] = tab->n[(size_t) i * tab->ncol + b];
	}
	return wilcoxon_test(&two, ALTERNATIVE_TWO_SIDED, false, 0.95, &perm, res);
}

static StatStatus
TestPair(const Groups *g, int a, int b, PairwiseTest test, double *scratch, StatResult *res)
{
	if (g->mean != NULL)
		return column_means_test(&g->mean[a], &g->mean[b], test == PAIRWISE_T ? &g->pooled : NULL, res);
	if (test == PAIRWISE_WILCOXON)
		return WilcoxonOfTwo(&g->tab, a, b, scratch, res);
	return TestOfTwo(&g->tab, a, b, test, scratch, res);
}

/* The p-values of all pairs and their adjustment. */
typedef struct PairFamily
{
	int			tests;
	double	   *p;
	double	   *adjusted;
} PairFamily;

static PairFamily
AdjustPairs(const Groups *g, PairwiseTest test, PadjustMethod method, double *scratch, const char *function)
{
	size_t		pairs = (size_t) g->tab.ncol * Max(g->tab.ncol - 1, 0) / 2;
	PairFamily	f = {0, palloc_extended(sizeof(double) * Max(pairs, 1), MCXT_ALLOC_HUGE),
	palloc_extended(sizeof(double) * Max(pairs, 1), MCXT_ALLOC_HUGE)};
	StatStatus	status;

	for (int a = 0; a < g->tab.ncol; a++)
		for (int b = a + 1; b < g->tab.ncol; b++)
		{
			size_t		at = column_pair(g->tab.ncol, a, b);
			StatResult	res;

			CHECK_FOR_INTERRUPTS();
			status = TestPair(g, a, b, test, scratch, &res);
			if (status != STAT_OK && status != STAT_UNDEFINED)
				RaiseStatus(status, function);
			f.p[at] = res.p_value;
			f.tests += !isnan(res.p_value);
		}
	status = padjust(f.p, (int) pairs, method, f.adjusted);
	if (status != STAT_OK)
		RaiseStatus(status, function);
	return f;
}

/* pairwise_tests(xtab, test, p_adjust, margin): a row a pair of columns (rows). */
Datum
pairwise_tests(PG_FUNCTION_ARGS)
{
	PairwiseTest test = (PairwiseTest) NamedArgument(fcinfo, 1, pairwise_names, PAIRWISE_TESTS, "test of two columns");
	PadjustMethod method = AdjustArgument(fcinfo, 2);
	Groups		g = TakeGroups(fcinfo, 3, test, "pairwise_tests");
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;
	double	   *scratch = palloc(sizeof(double) * Max(2 * g.tab.nrow, 1));
	PairFamily	f;
	MemoryContext of_pair = AllocSetContextCreate(CurrentMemoryContext, "pairwise test", ALLOCSET_DEFAULT_SIZES);

	CheckPairs(1, g.tab.ncol);
	if (test == PAIRWISE_FISHER)
		RequireWholeTable(&g.tab, "pairwise_tests");
	f = AdjustPairs(&g, test, method, scratch, "pairwise_tests");
	InitMaterializedSRF(fcinfo, 0);
	for (int a = 0; a < g.tab.ncol; a++)
		for (int b = a + 1; b < g.tab.ncol; b++)
		{
			size_t		at = column_pair(g.tab.ncol, a, b);
			MemoryContext old = MemoryContextSwitchTo(of_pair);
			Datum		values[11];
			bool		nulls[11] = {false};
			StatResult	res;

			CHECK_FOR_INTERRUPTS();
			(void) TestPair(&g, a, b, test, scratch, &res);
			OrdinalNotes(&g.left_out, &res);
			values[0] = CStringGetTextDatum(g.label[a]);
			values[1] = CStringGetTextDatum(g.label[b]);
			values[2] = CStringGetTextDatum(res.method);
			HtestSetFloat(values, nulls, 3, res.statistic);
			HtestSetFloat(values, nulls, 4, res.parameter);
			HtestSetFloat(values, nulls, 5, f.p[at]);
			HtestSetFloat(values, nulls, 6, f.adjusted[at]);
			HtestSetFloat(values, nulls, 7, res.estimate);
			HtestSetFloat(values, nulls, 8, res.n);
			values[9] = CStringGetTextDatum(psprintf("%d test%s, %s", f.tests, f.tests == 1 ? "" : "s", padjust_names[method]));
			values[10] = HtestNotes(&res);
			tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
			MemoryContextSwitchTo(old);
			MemoryContextReset(of_pair);
		}
	return (Datum) 0;
}

/* column_means(xtab, alpha, alpha_strict, p_adjust, pooled, margin): a row a column, with the letters of those it exceeds. */
Datum
sql_column_means(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;
	LetterLevels levels;
	PadjustMethod method;
	PairwiseTest test;
	Groups		g;
	PairFamily	f;
	StringInfoData letters;

	InitMaterializedSRF(fcinfo, 0);
	for (int i = 0; i < PG_NARGS(); i++)
		if (PG_ARGISNULL(i) && i != 2)
			return (Datum) 0;
	levels = LetterLevelsArguments(fcinfo, 1, 2);
	method = AdjustArgument(fcinfo, 3);
	test = PG_GETARG_BOOL(4) ? PAIRWISE_T : PAIRWISE_WELCH;
	g = TakeGroups(fcinfo, 5, test, "column_means");
	CheckPairs(1, g.tab.ncol);
	f = AdjustPairs(&g, test, method, NULL, "column_means");
	initStringInfo(&letters);
	for (int a = 0; a < g.tab.ncol; a++)
	{
		Datum		values[8];
		bool		nulls[8] = {false};
		bool		tested = false;

		CHECK_FOR_INTERRUPTS();
		resetStringInfo(&letters);
		for (int b = 0; b < g.tab.ncol; b++)
		{
			size_t		at = column_pair(g.tab.ncol, Min(a, b), Max(a, b));

			if (b == a)
				continue;
			tested |= !isnan(f.p[at]);
			if (g.mean[a].mean > g.mean[b].mean)
				AppendLetter(&letters, b, g.tab.ncol, f.adjusted[at], &levels);
		}
		values[0] = CStringGetTextDatum(g.label[a]);
		values[1] = Float8GetDatum(g.mean[a].n);
		HtestSetFloat(values, nulls, 2, g.mean[a].mean);
		HtestSetFloat(values, nulls, 3, g.mean[a].sd);
		HtestSetFloat(values, nulls, 4, g.mean[a].n > 1 ? g.mean[a].sd / sqrt(g.mean[a].n) : NAN);
		values[5] = CStringGetTextDatum(ColumnLetter(a));
		values[6] = CStringGetTextDatum(letters.data);
		nulls[6] = !tested;
		values[7] = CStringGetTextDatum(BaseFlag(g.mean[a].n));
		tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
	}
	return (Datum) 0;
}
