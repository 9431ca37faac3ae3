/*
 * multiselect_letters.c
 *		Shares of options compared between columns, which may have respondents in common: pairwise tests, and letters.
 *
 * The columns are the groups of xtab(grp, ms), or the options of the first answer of xtab(ms, ms), whose respondents overlap.
 */
#include "postgres.h"

#include "fmgr.h"
#include "lib/stringinfo.h"
#include "miscadmin.h"
#include "utils/builtins.h"

#include <gsl/gsl_cdf.h>

#include "compat.h"
#include "functions/comparisons.h"
#include "functions/htest.h"
#include "functions/selections_sql.h"
#include "stats/padjust.h"

PG_FUNCTION_INFO_V1(mr_column_tests);
PG_FUNCTION_INFO_V1(mr_column_letters);

#define MAX_TRIPLES (1 << 25)

/* Counts of columns, of pairs of columns, and of the options within them. */
typedef struct Columns
{
	int			ncol;
	int			nopt;
	Datum	   *code;
	Datum	   *label;
	SetSide		answer;
	double	   *base;			/* [a * ncol + b], a <= b: respondents in both columns */
	double	   *n;				/* [(a * ncol + b) * nopt + j]: of these, with option j; disjoint columns: [a * nopt + j] */
	bool		disjoint;
} Columns;

static double
Ticked(const Columns *c, int a, int b, int j)
{
	if (c->disjoint)
		return a == b ? c->n[(size_t) a * c->nopt + j] : 0;
	return c->n[((size_t) a * c->ncol + b) * c->nopt + j];
}

static double
Base(const Columns *c, int a, int b)
{
	return c->disjoint ? (a == b ? c->base[a] : 0) : c->base[(size_t) a * c->ncol + b];
}

/* Arguments labels of columns, labels of options, columns, options: from first on. */
static Columns *
ColumnsOf(FunctionCallInfo fcinfo, const char *function, int first)
{
	Xtab	   *t = PG_GETARG_XTAB(0);
	Columns    *c = palloc0(sizeof(Columns));
	SetSide		banner;
	bool		row_set = t->row.kind == XTAB_MULTI;
	bool		col_set = !XTAB_IS_ONE_WAY(t) && t->col.kind == XTAB_MULTI;
	bool		swap = row_set && !col_set;
	const XtabSide *outer = swap ? &t->col : &t->row;
	size_t		room;
	double	   *seen;

	if (XTAB_IS_ONE_WAY(t) || (!row_set && !col_set))
		ereport(ERROR,
				(errcode(ERRCODE_WRONG_OBJECT_TYPE),
				 errmsg("%s needs a two-way table with a multi-select side", function),
				 errhint("Count xtab(grp, ms), or xtab(ms, ms) for columns that overlap.")));
	c->answer = SetSideOf(fcinfo, swap ? &t->row : &t->col, first + 1, first + 3);
	c->nopt = c->answer.sets.nopt;
	c->disjoint = !(row_set && col_set);
	banner = LineLabels(fcinfo, outer, first, first + 2);
	c->ncol = banner.sets.nopt;
	c->code = banner.code;
	c->label = banner.label;
	room = (size_t) c->ncol * (c->disjoint ? 1 : c->ncol);
	if (room * c->nopt > MAX_TRIPLES)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("too many columns to compare"),
				 errdetail("There are %d columns and %d options.", c->ncol, c->nopt),
				 errhint("Name fewer of them.")));
	c->base = palloc_extended(sizeof(double) * Max(room, 1), MCXT_ALLOC_HUGE | MCXT_ALLOC_ZERO);
	c->n = palloc_extended(sizeof(double) * Max(room * c->nopt, 1), MCXT_ALLOC_HUGE | MCXT_ALLOC_ZERO);
	seen = palloc(sizeof(double) * Max(c->nopt, 1));
	for (int i = 0; i < outer->n; i++)
	{
		double		size = 0;

		CHECK_FOR_INTERRUPTS();
		memset(seen, 0, sizeof(double) * c->nopt);
		for (int k = 0; k < c->answer.sets.nsel; k++)
		{
			double		n = XtabCount(t, swap ? (size_t) k * t->col.n + i : (size_t) i * t->col.n + k);

			size += n;
			for (int a = c->answer.sets.start[k]; n > 0 && a < c->answer.sets.start[k + 1]; a++)
				seen[c->answer.sets.option[a]] += n;
		}
		if (c->disjoint)
		{
			c->base[i] = size;
			memcpy(&c->n[(size_t) i * c->nopt], seen, sizeof(double) * c->nopt);
			continue;
		}
		for (int a = banner.sets.start[i]; a < banner.sets.start[i + 1]; a++)
			for (int b = a; b < banner.sets.start[i + 1]; b++)
			{
				size_t		at = (size_t) banner.sets.option[a] * c->ncol + banner.sets.option[b];

				c->base[at] += size;
				for (int j = 0; j < c->nopt; j++)
					c->n[at * c->nopt + j] += seen[j];
			}
	}
	return c;
}

/* Tests of all pairs of columns in one option: z, p and adjusted p, pair (a, b) with a < b in their order. */
static void
TestPairs(const Columns *c, int j, PadjustMethod adjust, double *z, double *p, double *adjusted)
{
	int			i = 0;

	for (int a = 0; a < c->ncol; a++)
		for (int b = a + 1; b < c->ncol; b++, i++)
		{
			z[i] = overlap_z(Ticked(c, a, a, j), Base(c, a, a), Ticked(c, b, b, j), Base(c, b, b), Ticked(c, a, b, j), Base(c, a, b));
			p[i] = isnan(z[i]) ? NAN : fmin(1, 2 * gsl_cdf_ugaussian_Q(fabs(z[i])));
		}
	if (padjust(p, i, adjust, adjusted) != STAT_OK)
	{
		CHECK_FOR_INTERRUPTS();
		ereport(ERROR,
				(errcode(ERRCODE_OUT_OF_MEMORY),
				 errmsg("the p-values of %d pairs could not be adjusted", i)));
	}
}

static double
Share(const Columns *c, int a, int j)
{
	return Base(c, a, a) > 0 ? (double) (100 * (long double) Ticked(c, a, a, j) / Base(c, a, a)) : NAN;
}

/* Arguments: table, adjust, col_labels, labels, columns, options. */
Datum
mr_column_tests(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;
	Columns    *c;
	PadjustMethod adjust;
	int			npair;
	double	   *z;

	InitMaterializedSRF(fcinfo, 0);
	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
		return (Datum) 0;
	adjust = (PadjustMethod) NamedArgument(fcinfo, 1, padjust_names, PADJUST_METHODS, "method to adjust p-values");
	c = ColumnsOf(fcinfo, "mr_column_tests", 2);
	npair = c->ncol * (c->ncol - 1) / 2;
	z = palloc(sizeof(double) * 3 * Max(npair, 1));
	for (int j = 0; j < c->nopt; j++)
	{
		int			i = 0;

		TestPairs(c, j, adjust, z, z + npair, z + 2 * npair);
		for (int a = 0; a < c->ncol; a++)
			for (int b = a + 1; b < c->ncol; b++, i++)
			{
				Datum		values[13] = {c->answer.code[j], c->answer.label[j], c->code[a], c->label[a], c->code[b], c->label[b]};
				bool		nulls[13] = {false};

				HtestSetFloat(values, nulls, 6, Share(c, a, j));
				HtestSetFloat(values, nulls, 7, Share(c, b, j));
				HtestSetFloat(values, nulls, 8, Share(c, a, j) - Share(c, b, j));
				values[9] = CountDatum(Base(c, a, b));
				HtestSetFloat(values, nulls, 10, z[i]);
				HtestSetFloat(values, nulls, 11, z[npair + i]);
				HtestSetFloat(values, nulls, 12, z[2 * npair + i]);
				tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
			}
	}
	return (Datum) 0;
}

/* Arguments: table, alpha, adjust, col_labels, labels, columns, options. */
Datum
mr_column_letters(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;
	Columns    *c;
	PadjustMethod adjust;
	double		alpha;
	int			npair;
	double	   *z;

	InitMaterializedSRF(fcinfo, 0);
	if (PG_ARGISNULL(0) || PG_ARGISNULL(1) || PG_ARGISNULL(2))
		return (Datum) 0;
	alpha = PG_GETARG_FLOAT8(1);
	if (!(alpha > 0 && alpha < 1))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("significance level %g is not between 0 and 1", alpha),
				 errhint("Write 0.05 for 5 %%.")));
	adjust = (PadjustMethod) NamedArgument(fcinfo, 2, padjust_names, PADJUST_METHODS, "method to adjust p-values");
	c = ColumnsOf(fcinfo, "mr_column_letters", 3);
	npair = c->ncol * (c->ncol - 1) / 2;
	z = palloc(sizeof(double) * 3 * Max(npair, 1));
	for (int j = 0; j < c->nopt; j++)
	{
		StringInfoData *lower = palloc(sizeof(StringInfoData) * Max(c->ncol, 1));
		int			i = 0;

		TestPairs(c, j, adjust, z, z + npair, z + 2 * npair);
		for (int a = 0; a < c->ncol; a++)
			initStringInfo(&lower[a]);
		for (int a = 0; a < c->ncol; a++)
			for (int b = a + 1; b < c->ncol; b++, i++)
				if (z[2 * npair + i] < alpha)
				{
					StringInfo	larger = &lower[z[i] > 0 ? a : b];

					appendStringInfo(larger, "%s%s", larger->len > 0 ? " " : "", ColumnLetter(z[i] > 0 ? b : a));
				}
		for (int a = 0; a < c->ncol; a++)
		{
			Datum		values[9] = {c->answer.code[j], c->answer.label[j], c->code[a], c->label[a], CStringGetTextDatum(ColumnLetter(a)),
			CountDatum(Ticked(c, a, a, j)), CountDatum(Base(c, a, a))};
			bool		nulls[9] = {false};

			HtestSetFloat(values, nulls, 7, Share(c, a, j));
			values[8] = CStringGetTextDatum(lower[a].data);
			tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
		}
	}
	return (Datum) 0;
}
