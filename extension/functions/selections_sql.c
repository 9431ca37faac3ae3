/*
 * selections_sql.c
 *		From a table with a multi-select side to selections and counts.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "miscadmin.h"
#include "port/pg_bitutils.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/numeric.h"

#include "functions/htest.h"
#include "functions/selections_sql.h"

/* Which of the table's options take part: all up to the last that is ticked or labelled, or those asked for. */
static int
PlaceOptions(FunctionCallInfo fcinfo, const OptionSet *met, int options_arg, int nlabel, int *place)
{
	int			n = 0;
	int			last = -1;

	if (options_arg >= 0 && !PG_ARGISNULL(options_arg))
	{
		SetView		asked = PG_GETARG_MULTISELECT(options_arg);

		for (int i = 0; i < MULTISELECT_MAX_OPTIONS; i++)
			place[i] = SetHas(asked, i) ? n++ : -1;
		if (n == 0)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("the set of options is empty"),
					 errhint("Name the options that take part, such as {a,b,c}, or leave the argument out for all of them.")));
		return n;
	}
	for (int i = 0; i < MULTISELECT_MAX_OPTIONS; i++)
		if (SetHas(OptionSetView(met), i))
			last = i;
	if (nlabel >= 0 && last >= nlabel)
	{
		char		code[MULTISELECT_CODE_LEN];

		CodeOfOption(last, code);
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("option \"%s\" has no label", code),
				 errdetail("It is ticked, and there are %d labels.", nlabel),
				 errhint("Give one label for each option of the question, in its order; option_labels() has those of the codebook.")));
	}
	n = Max(last + 1, nlabel);
	for (int i = 0; i < MULTISELECT_MAX_OPTIONS; i++)
		place[i] = i < n ? i : -1;
	return n;
}

SetSide
SetSideOf(FunctionCallInfo fcinfo, const XtabSide *side, int labels_arg, int options_arg)
{
	SetSide		s;
	OptionSet  *selection = palloc_extended(sizeof(OptionSet) * Max(side->n, 1), MCXT_ALLOC_HUGE);
	OptionSet	met = {{0}};
	int		   *place = palloc(sizeof(int) * MULTISELECT_MAX_OPTIONS);
	int		   *start = palloc(sizeof(int) * (side->n + 1));
	int		   *option;
	Datum	   *label = NULL;
	bool	   *nolabel = NULL;
	int			nlabel = -1;
	int			bytes = 0;		/* up to the last option met */
	int64		nticks = 0;

	for (int k = 0; k < side->n; k++)
	{
		CHECK_FOR_INTERRUPTS();
		MultiselectParse(side->cat[k].label, strlen(side->cat[k].label), &selection[k]);
		nticks += pg_popcount((const char *) selection[k].bits, MULTISELECT_MAX_BYTES);
		for (int i = 0; i < MULTISELECT_MAX_BYTES; i++)
		{
			met.bits[i] |= selection[k].bits[i];
			if (met.bits[i] != 0)
				bytes = Max(bytes, i + 1);
		}
	}
	if (labels_arg >= 0 && !PG_ARGISNULL(labels_arg))
	{
		deconstruct_array(PG_GETARG_ARRAYTYPE_P(labels_arg), TEXTOID, -1, false, TYPALIGN_INT, &label, &nolabel, &nlabel);
		if (nlabel > MULTISELECT_MAX_OPTIONS)
			ereport(ERROR,
					(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
					 errmsg("too many labels: %d", nlabel),
					 errdetail("A multi-select answer has at most %d options.", MULTISELECT_MAX_OPTIONS)));
	}
	s.sets.nopt = PlaceOptions(fcinfo, &met, options_arg, nlabel, place);
	s.sets.nsel = side->n;
	s.code = palloc(sizeof(Datum) * Max(s.sets.nopt, 1));
	s.label = palloc(sizeof(Datum) * Max(s.sets.nopt, 1));
	for (int i = 0; i < MULTISELECT_MAX_OPTIONS; i++)
		if (place[i] >= 0)
		{
			char		code[MULTISELECT_CODE_LEN];

			CodeOfOption(i, code);
			s.code[place[i]] = CStringGetTextDatum(code);
			s.label[place[i]] = i < nlabel && !nolabel[i] ? label[i] : s.code[place[i]];
		}
	option = palloc_extended(sizeof(int) * Max(nticks, 1), MCXT_ALLOC_HUGE);
	nticks = 0;
	for (int k = 0; k < side->n; k++)
	{
		start[k] = nticks;
		for (int i = 0; i < bytes * 8; i++)
			if (place[i] >= 0 && SetHas(OptionSetView(&selection[k]), i))
				option[nticks++] = place[i];
	}
	start[side->n] = nticks;
	s.sets.start = start;
	s.sets.option = option;
	pfree(selection);
	pfree(place);
	return s;
}

/* The lines of a table of sets: options, or the groups of a single answer, for which labels are those of its categories. */
SetSide
LineLabels(FunctionCallInfo fcinfo, const XtabSide *side, int labels_arg, int options_arg)
{
	SetSide		s = {{0}, NULL, NULL};
	Datum	   *label;
	bool	   *isnull;
	int			n;

	if (side->kind == XTAB_MULTI)
		return SetSideOf(fcinfo, side, labels_arg, options_arg);
	s.sets.nopt = side->n;
	s.code = palloc(sizeof(Datum) * Max(side->n, 1));
	for (int i = 0; i < side->n; i++)
		s.code[i] = CStringGetTextDatum(side->cat[i].label);
	s.label = s.code;
	if (PG_ARGISNULL(labels_arg))
		return s;
	deconstruct_array(PG_GETARG_ARRAYTYPE_P(labels_arg), TEXTOID, -1, false, TYPALIGN_INT, &label, &isnull, &n);
	if (n != side->n)
		ereport(ERROR,
				(errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
				 errmsg("number of labels does not match the groups"),
				 errdetail("There are %d labels for %d groups.", n, side->n),
				 errhint("Give one for each category of the single answer, in its order.")));
	s.label = palloc(sizeof(Datum) * Max(n, 1));
	for (int i = 0; i < n; i++)
		s.label[i] = isnull[i] ? s.code[i] : label[i];
	return s;
}

OneSet
OneSetOf(FunctionCallInfo fcinfo, const Xtab *t, const char *function, int labels_arg, int options_arg)
{
	OneSet		v;
	bool		by_row = t->row.kind == XTAB_MULTI;
	XtabMissing	unanswered = by_row ? XTAB_MISSING_ROW : XTAB_MISSING_COL;

	if (!by_row && t->col.kind != XTAB_MULTI)
		ereport(ERROR,
				(errcode(ERRCODE_WRONG_OBJECT_TYPE),
				 errmsg("%s needs a multi-select answer", function),
				 errdetail("The table counts %s.", t->row.type_name[0] ? t->row.type_name : "labels without a type"),
				 errhint("Count a column of type multiselect: freq(ms), or xtab(grp, ms).")));
	if (by_row && t->col.kind == XTAB_MULTI)
		ereport(ERROR,
				(errcode(ERRCODE_WRONG_OBJECT_TYPE),
				 errmsg("%s looks at one multi-select answer, and both sides of the table are", function),
				 errhint("Count one of them with freq(ms).")));
	v.side = SetSideOf(fcinfo, by_row ? &t->row : &t->col, labels_arg, options_arg);
	v.n = palloc0(sizeof(double) * Max(v.side.sets.nsel, 1));
	for (int i = 0; i < t->row.n; i++)
		for (int j = 0; j < t->col.n; j++)
			v.n[by_row ? i : j] += XtabCount(t, (size_t) i * t->col.n + j);
	v.missing = XTAB_IS_WEIGHTED(t) ?
		exact_sum_to_double(&t->missing_w[unanswered]) + exact_sum_to_double(&t->missing_w[XTAB_MISSING_BOTH]) :
		(double) (t->missing[unanswered] + t->missing[XTAB_MISSING_BOTH]);
	return v;
}

/* A count as numeric: whole numbers without a fraction. */
Datum
CountDatum(double x)
{
	if (x == floor(x) && fabs(x) < 9e18)
		return NumericGetDatum(int64_to_numeric((int64) x));
	return DirectFunctionCall1(float8_numeric, Float8GetDatum(x));
}

/* part of base in percent, NULL where the base is empty. */
void
SetShare(Datum *values, bool *nulls, int i, double part, double base)
{
	nulls[i] = !(base > 0);
	values[i] = Float8GetDatum(nulls[i] ? 0 : (double) (100 * (long double) part / base));
}
