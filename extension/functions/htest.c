/*
 * htest.c
 *		Packing: Xtab to StatTable, StatResult to the composite type htest.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "catalog/pg_type.h"
#include "funcapi.h"
#include "lib/stringinfo.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"

#include "functions/htest.h"
#include "stats/montecarlo.h"

/* The counts (sums of weights where there are weights), with the scores of the sides. */
StatTable
XtabStatTable(const Xtab *t)
{
	size_t		cells = XTAB_CELLS(t);
	double	   *n = palloc_extended(sizeof(double) * Max(cells, 1), MCXT_ALLOC_HUGE);
	double	   *row = palloc(sizeof(double) * Max(t->row.n, 1));
	double	   *col = palloc(sizeof(double) * Max(t->col.n, 1));
	StatTable	tab = {t->row.n, t->col.n, n, row, col};

	for (size_t i = 0; i < cells; i++)
		n[i] = XtabCount(t, i);
	for (int i = 0; i < t->row.n; i++)
		row[i] = t->row.cat[i].score;
	for (int i = 0; i < t->col.n; i++)
		col[i] = t->col.cat[i].score;
	return tab;
}

/* Tests of two variables need two, and answers with several ticks break the independence they assume. */
void
RequireTwoWay(const Xtab *t, const char *function)
{
	if (XTAB_IS_ONE_WAY(t))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s needs a two-way contingency table", function),
				 errhint("Count two variables with xtab(row, col).")));
	if (t->row.kind == XTAB_MULTI || t->col.kind == XTAB_MULTI)
		ereport(ERROR,
				(errcode(ERRCODE_WRONG_OBJECT_TYPE),
				 errmsg("%s does not apply to a multi-select answer", function),
				 errdetail("One respondent stands in several of its options, so the cells are not independent."),
				 t->row.kind == t->col.kind ?
				 errhint("spmi_test(xtab) tests two multi-select answers against each other, and mr_cells(xtab) gives their table.") :
				 errhint("mmi_test(xtab) tests a multi-select answer against a single one, and mr_cells(xtab) gives their table.")));
}

void
RequireTwoByTwo(const Xtab *t, const char *function)
{
	RequireTwoWay(t, function);
	if (t->row.n != 2 || t->col.n != 2)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s needs a 2 x 2 contingency table", function),
				 errdetail("The table is %d x %d.", t->row.n, t->col.n),
				 errhint("Count conditions, such as xtab(grp = 'a', answer >= 'b'), or booleans.")));
}

/* The counts of argument 0, a two-way table. */
StatTable
TwoWayArgument(FunctionCallInfo fcinfo, const char *function)
{
	Xtab	   *t = PG_GETARG_XTAB(0);

	RequireTwoWay(t, function);
	return XtabStatTable(t);
}

/* The counts of argument 0, a 2 x 2 table. */
StatTable
TwoByTwoArgument(FunctionCallInfo fcinfo, const char *function)
{
	Xtab	   *t = PG_GETARG_XTAB(0);

	RequireTwoByTwo(t, function);
	return XtabStatTable(t);
}

double
ConfLevelArgument(FunctionCallInfo fcinfo, int arg)
{
	double		level = PG_GETARG_FLOAT8(arg);

	if (!(level > 0 && level < 1))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("confidence level %g is not between 0 and 1", level),
				 errhint("Write 0.95 for 95 %%.")));
	return level;
}

Alternative
AlternativeArgument(FunctionCallInfo fcinfo, int arg)
{
	return (Alternative) NamedArgument(fcinfo, arg, alternative_names, ALTERNATIVES, "alternative");
}

/* The number of replicates of a Monte-Carlo test; 0 for none. */
int32
ReplicatesArgument(FunctionCallInfo fcinfo, int arg)
{
	int32		replicates = PG_GETARG_INT32(arg);

	if (replicates < 0 || replicates > MC_MAX_REPLICATES)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("the number of replicates must be between 0 and %lld, not %d", (long long) MC_MAX_REPLICATES, replicates),
				 errhint("0 means no Monte-Carlo test; 10000 is enough for most purposes.")));
	return replicates;
}

/* Permutations of fractions of cases have no meaning: whole counts, fewer than 2^bits in all.  what needs them, otherwise says how to do without. */
void
RequireWholeCounts(const double *n, size_t cells, int bits, const char *what, const char *otherwise)
{
	double		total = 0;

	for (size_t i = 0; i < cells; i++)
	{
		total += n[i];
		if (n[i] != floor(n[i]) || total >= ldexp(1, bits))
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("%s needs whole counts, fewer than 2^%d in all", what, bits),
					 errdetail("A cell of the table holds %.17g.", n[i]),
					 errhint("Count without weights, or %s.", otherwise)));
	}
}

/* The same for the exact and Monte-Carlo forms of a test. */
void
RequireWholeTable(const StatTable *tab, const char *function)
{
	RequireWholeCounts(tab->n, (size_t) tab->nrow * tab->ncol, 31, psprintf("the exact or Monte-Carlo test of %s", function),
					   "ask for neither exact nor replicates");
}

/* The index of a text argument among the names it may have. */
int
NamedArgument(FunctionCallInfo fcinfo, int arg, const char *const *names, int n, const char *what)
{
	char	   *given = text_to_cstring(PG_GETARG_TEXT_PP(arg));
	StringInfoData buf;

	for (int i = 0; i < n; i++)
		if (strcmp(given, names[i]) == 0)
			return i;
	initStringInfo(&buf);
	for (int i = 0; i < n; i++)
		appendStringInfo(&buf, "%s%s", i == 0 ? "" : i == n - 1 ? " and " : ", ", names[i]);
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("unknown %s \"%s\"", what, given),
			 errhint("Known are %s.", buf.data)));
	return -1;
}

/* NaN is "no value": NULL. */
void
HtestSetFloat(Datum *values, bool *nulls, int i, double x)
{
	nulls[i] = isnan(x);
	values[i] = Float8GetDatum(x);
}

/* The notes of a result as text[]. */
Datum
HtestNotes(const StatResult *res)
{
	Datum		notes[STAT_MAX_NOTES];

	for (int i = 0; i < res->nnotes; i++)
		notes[i] = CStringGetTextDatum(res->notes[i]);
	return PointerGetDatum(construct_array(notes, res->nnotes, TEXTOID, -1, false, TYPALIGN_INT));
}

Datum
HtestDatum(FunctionCallInfo fcinfo, StatStatus status, const StatResult *res)
{
	TupleDesc	desc;
	Datum		values[15];
	bool		nulls[15] = {false};

	switch (status)
	{
		case STAT_OK:
		case STAT_UNDEFINED:
			break;
		case STAT_INTERRUPTED:
			CHECK_FOR_INTERRUPTS();
			ereport(ERROR,
					(errcode(ERRCODE_QUERY_CANCELED),
					 errmsg("statistical computation was interrupted")));
			break;
		case STAT_NO_MEMORY:
			ereport(ERROR,
					(errcode(ERRCODE_OUT_OF_MEMORY),
					 errmsg("out of memory in a statistical computation")));
			break;
		default:
			ereport(ERROR,
					(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
					 errmsg("%s could not be computed", res->method),
					 errdetail("The counts are outside what the method can take.")));
	}
	if (get_call_result_type(fcinfo, NULL, &desc) != TYPEFUNC_COMPOSITE || desc->natts != lengthof(values))
		ereport(ERROR,
				(errcode(ERRCODE_DATATYPE_MISMATCH),
				 errmsg("the result type of a test is not htest")));

	values[0] = CStringGetTextDatum(res->method);
	values[1] = CStringGetTextDatum(res->alternative);
	nulls[1] = res->alternative[0] == '\0';
	HtestSetFloat(values, nulls, 2, res->statistic);
	HtestSetFloat(values, nulls, 3, res->parameter);
	HtestSetFloat(values, nulls, 4, res->parameter2);
	HtestSetFloat(values, nulls, 5, res->p_value);
	HtestSetFloat(values, nulls, 6, res->p_low);
	HtestSetFloat(values, nulls, 7, res->p_high);
	HtestSetFloat(values, nulls, 8, res->estimate);
	HtestSetFloat(values, nulls, 9, res->std_error);
	HtestSetFloat(values, nulls, 10, res->conf_low);
	HtestSetFloat(values, nulls, 11, res->conf_high);
	HtestSetFloat(values, nulls, 12, res->conf_level);
	HtestSetFloat(values, nulls, 13, res->n);
	values[14] = HtestNotes(res);
	return HeapTupleGetDatum(heap_form_tuple(BlessTupleDesc(desc), values, nulls));
}
