/*
 * comparisons.c
 *		SQL side of column_comparisons() and column_letters(): shares of the columns compared pairwise.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "miscadmin.h"
#include "utils/builtins.h"

#include "compat.h"
#include "functions/comparisons.h"
#include "functions/htest.h"
#include "stats/odds.h"

PG_FUNCTION_INFO_V1(column_comparisons);
PG_FUNCTION_INFO_V1(column_letters);

/* The levels are between 0 and 1, the strict one below the other; a NULL strict level is none. */
LetterLevels
LetterLevelsArguments(FunctionCallInfo fcinfo, int alpha_arg, int strict_arg)
{
	LetterLevels l = {PG_GETARG_FLOAT8(alpha_arg), PG_ARGISNULL(strict_arg) ? NAN : PG_GETARG_FLOAT8(strict_arg)};

	if (!(l.alpha > 0 && l.alpha < 1))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("significance level %g is not between 0 and 1", l.alpha),
				 errhint("Write 0.05 for 5 %%.")));
	if (!PG_ARGISNULL(strict_arg) && !(l.strict > 0 && l.strict < l.alpha))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("strict significance level %g is not between 0 and alpha = %g", l.strict, l.alpha),
				 errhint("Capitals mark the strict level, such as 0.01 beside 0.05.")));
	return l;
}

/* A to Z, then AA, AB .. as spreadsheets name their columns. */
char *
ColumnLetter(int col)
{
	char		buf[8];
	int			at = sizeof(buf) - 1;

	buf[at] = '\0';
	for (col++; col > 0; col = (col - 1) / 26)
		buf[--at] = 'A' + (col - 1) % 26;
	return pstrdup(buf + at);
}

/* Add the letter of col if p is small enough; with more than 26 columns letters are set apart by spaces. */
void
AppendLetter(StringInfo buf, int col, int ncol, double p, const LetterLevels *levels)
{
	char	   *letter;

	if (!(p < levels->alpha))
		return;
	letter = ColumnLetter(col);
	if (!isnan(levels->strict) && !(p < levels->strict))
		for (char *s = letter; *s; s++)
			*s = pg_ascii_tolower((unsigned char) *s);
	appendStringInfo(buf, "%s%s", buf->len > 0 && ncol > 26 ? " " : "", letter);
	pfree(letter);
}

/* The letters of the columns whose share of the row is significantly smaller than that of col; false if col was compared with none. */
bool
CellLetters(StringInfo buf, const ColumnCompare *c, int row, int col, const LetterLevels *levels)
{
	bool		tested = false;

	resetStringInfo(buf);
	for (int other = 0; other < c->ncol; other++)
	{
		bool		first = col < other;
		size_t		at;

		if (other == col)
			continue;
		at = (size_t) row * c->pairs + column_pair(c->ncol, first ? col : other, first ? other : col);
		tested |= !isnan(c->p[at]);
		if (first ? c->z[at] > 0 : c->z[at] < 0)
			AppendLetter(buf, other, c->ncol, c->p_adjusted[at], levels);
	}
	return tested;
}

/* Percentages of fewer than 30 are unreliable, of fewer than 100 weak. */
const char *
BaseFlag(double n)
{
	return n < 30 ? "u" : n < 100 ? "w" : "";
}

/* As many comparisons as a table may have cells. */
void
CheckPairs(int nrow, int ncol)
{
	double		pairs = (double) nrow * ncol * (ncol - 1) / 2;

	if (pairs > xtab_max_cells)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("too many comparisons"),
				 errdetail("%d rows and the pairs of %d columns make %.0f comparisons; the limit is %d.", nrow, ncol, pairs, xtab_max_cells),
				 errhint("Group the categories first, or raise csirtsurvey.max_cells.")));
}

void
RaiseStatus(StatStatus status, const char *function)
{
	CHECK_FOR_INTERRUPTS();
	if (status == STAT_NO_MEMORY)
		ereport(ERROR,
				(errcode(ERRCODE_OUT_OF_MEMORY),
				 errmsg("out of memory in a statistical computation")));
	ereport(ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			 errmsg("%s could not be computed", function),
			 errdetail("The counts are outside what the method can take.")));
}

PadjustMethod
AdjustArgument(FunctionCallInfo fcinfo, int arg)
{
	return (PadjustMethod) NamedArgument(fcinfo, arg, padjust_names, PADJUST_METHODS, "method to adjust p-values");
}

ColumnCompare
CompareColumns(FunctionCallInfo fcinfo, const StatTable *tab, int first, const char *function)
{
	PadjustMethod method = AdjustArgument(fcinfo, first);
	CompareFamily family = (CompareFamily) NamedArgument(fcinfo, first + 1, compare_family_names, COMPARE_FAMILIES, "family of comparisons");
	ColumnCompare c;
	StatStatus	status;

	CheckPairs(tab->nrow, tab->ncol);
	status = column_compare(tab, PG_GETARG_BOOL(first + 2), method, family, &c);
	if (status != STAT_OK)
		RaiseStatus(status, function);
	return c;
}

/* column_comparisons(xtab, p_adjust, family, keep_extreme, conf_level): a row for each row of the table and pair of its columns. */
Datum
column_comparisons(PG_FUNCTION_ARGS)
{
	Xtab	   *t = PG_GETARG_XTAB(0);
	double		level = ConfLevelArgument(fcinfo, 4);
	char	   *method = text_to_cstring(PG_GETARG_TEXT_PP(1));
	char	   *family = text_to_cstring(PG_GETARG_TEXT_PP(2));
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;
	StatTable	tab;
	ColumnCompare c;
	Datum	   *col;
	MemoryContext of_row = AllocSetContextCreate(CurrentMemoryContext, "comparisons of a row", ALLOCSET_DEFAULT_SIZES);

	RequireTwoWay(t, "column_comparisons");
	tab = XtabStatTable(t);
	c = CompareColumns(fcinfo, &tab, 1, "column_comparisons");
	InitMaterializedSRF(fcinfo, 0);
	col = palloc(sizeof(Datum) * Max(tab.ncol, 1));
	for (int j = 0; j < tab.ncol; j++)
		col[j] = CStringGetTextDatum(t->col.cat[j].label);
	for (int i = 0; i < tab.nrow; i++)
	{
		MemoryContext old = MemoryContextSwitchTo(of_row);
		Datum		row = CStringGetTextDatum(t->row.cat[i].label);
		Datum		covers = CStringGetTextDatum(psprintf("%s, %d test%s, %s", family, c.tests[i], c.tests[i] == 1 ? "" : "s", method));

		for (int a = 0; a < tab.ncol; a++)
			for (int b = a + 1; b < tab.ncol; b++)
			{
				size_t		at = (size_t) i * c.pairs + column_pair(tab.ncol, a, b);
				double		cell[4];
				StatTable	two = {2, 2, cell, NULL, NULL};
				StatResult	res;
				Datum		values[16];
				bool		nulls[16] = {false};

				CHECK_FOR_INTERRUPTS();
				column_compare_two_by_two(&c, i, a, b, cell);
				(void) risk_difference(&two, 0, RISK_DIFF_NEWCOMBE, level, &res);
				values[0] = row;
				values[1] = col[a];
				values[2] = col[b];
				HtestSetFloat(values, nulls, 3, c.total[a] > 0 ? cell[0] / c.total[a] : NAN);
				HtestSetFloat(values, nulls, 4, c.total[b] > 0 ? cell[2] / c.total[b] : NAN);
				HtestSetFloat(values, nulls, 5, res.estimate);
				HtestSetFloat(values, nulls, 6, res.conf_low);
				HtestSetFloat(values, nulls, 7, res.conf_high);
				HtestSetFloat(values, nulls, 8, cohens_h(cell));
				HtestSetFloat(values, nulls, 9, c.z[at]);
				HtestSetFloat(values, nulls, 10, c.p[at]);
				HtestSetFloat(values, nulls, 11, c.p_adjusted[at]);
				values[12] = covers;
				values[13] = Float8GetDatum(c.total[a]);
				values[14] = Float8GetDatum(c.total[b]);
				values[15] = CStringGetTextDatum(BaseFlag(fmin(c.total[a], c.total[b])));
				tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
			}
		MemoryContextSwitchTo(old);
		MemoryContextReset(of_row);
	}
	return (Datum) 0;
}

/* column_letters(xtab, alpha, alpha_strict, p_adjust, family, keep_extreme): a row a cell. */
Datum
column_letters(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;
	LetterLevels levels;
	Xtab	   *t;
	StatTable	tab;
	ColumnCompare c;
	Datum	   *col,
			   *letter;
	StringInfoData letters;
	MemoryContext of_row = AllocSetContextCreate(CurrentMemoryContext, "letters of a row", ALLOCSET_DEFAULT_SIZES);

	InitMaterializedSRF(fcinfo, 0);
	for (int i = 0; i < PG_NARGS(); i++)
		if (PG_ARGISNULL(i) && i != 2)
			return (Datum) 0;
	t = PG_GETARG_XTAB(0);
	RequireTwoWay(t, "column_letters");
	levels = LetterLevelsArguments(fcinfo, 1, 2);
	tab = XtabStatTable(t);
	c = CompareColumns(fcinfo, &tab, 3, "column_letters");
	col = palloc(sizeof(Datum) * Max(tab.ncol, 1));
	letter = palloc(sizeof(Datum) * Max(tab.ncol, 1));
	for (int j = 0; j < tab.ncol; j++)
	{
		col[j] = CStringGetTextDatum(t->col.cat[j].label);
		letter[j] = CStringGetTextDatum(ColumnLetter(j));
	}
	initStringInfo(&letters);
	for (int i = 0; i < tab.nrow; i++)
	{
		MemoryContext old = MemoryContextSwitchTo(of_row);
		Datum		row = CStringGetTextDatum(t->row.cat[i].label);

		for (int j = 0; j < tab.ncol; j++)
		{
			double		x = tab.n[(size_t) i * tab.ncol + j];
			Datum		values[7];
			bool		nulls[7] = {false};

			CHECK_FOR_INTERRUPTS();
			values[0] = row;
			values[1] = col[j];
			values[2] = Float8GetDatum(x);
			HtestSetFloat(values, nulls, 3, c.total[j] > 0 ? 100 * x / c.total[j] : NAN);
			values[4] = letter[j];
			nulls[5] = !CellLetters(&letters, &c, i, j, &levels);
			values[5] = CStringGetTextDatum(letters.data);
			values[6] = CStringGetTextDatum(BaseFlag(c.total[j]));
			tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
		}
		MemoryContextSwitchTo(old);
		MemoryContextReset(of_row);
	}
	return (Datum) 0;
}
