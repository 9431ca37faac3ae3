/*
 * multiselect_sel.c
 *		What the planner knows of multi-select answers: statistics of the options, and the selectivity of @>, <@ and &&.
 *
 * ANALYZE gathers what it does for any type (the most common selections above all), and besides how often each option is ticked, in a
 * slot of its own.  A condition is tried on the most common selections; for the rest the options are taken as independent, each with
 * the frequency that the most common selections leave over.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "catalog/pg_statistic.h"
#include "commands/vacuum.h"
#include "fmgr.h"
#include "nodes/pathnodes.h"
#include "utils/lsyscache.h"
#include "utils/selfuncs.h"

#include "types/multiselect.h"

PG_FUNCTION_INFO_V1(multiselect_typanalyze);
PG_FUNCTION_INFO_V1(multiselect_contains_sel);
PG_FUNCTION_INFO_V1(multiselect_contained_sel);
PG_FUNCTION_INFO_V1(multiselect_overlaps_sel);
PG_FUNCTION_INFO_V1(multiselect_contains_joinsel);
PG_FUNCTION_INFO_V1(multiselect_contained_joinsel);
PG_FUNCTION_INFO_V1(multiselect_overlaps_joinsel);

/* A kind of statistics from the range for private use (pg_statistic.h): number i is the share of non-null values that have option i. */
#define STATISTIC_KIND_OPTION_FREQUENCIES 18717

#define DEFAULT_SET_SEL 0.005

typedef enum SetOperator
{
	SET_CONTAINS,
	SET_CONTAINED,
	SET_OVERLAPS
} SetOperator;

typedef struct AnalyzeState
{
	AnalyzeAttrComputeStatsFunc standard;
	void	   *standard_data;
} AnalyzeState;

static void
ComputeStats(VacAttrStats *stats, AnalyzeAttrFetchFunc fetch, int samplerows, double totalrows)
{
	AnalyzeState *state = stats->extra_data;
	int			count[MULTISELECT_MAX_OPTIONS] = {0};
	int			nonnull = 0;
	int			top = 0;
	int			slot = 0;
	float4	   *number;

	stats->extra_data = state->standard_data;
	state->standard(stats, fetch, samplerows, totalrows);
	stats->extra_data = state;
	for (int i = 0; i < samplerows; i++)
	{
		bool		isnull;
		Datum		d = fetch(stats, i, &isnull);
		SetView		s;

		vacuum_delay_point(
#if PG_VERSION_NUM >= 180000
						   true
#endif
			);
		if (isnull)
			continue;
		nonnull++;
		s = MultiselectView((struct varlena *) PG_DETOAST_DATUM_PACKED(d));
		for (int j = 0; j < s.nbytes * 8; j++)
			if (SetHas(s, j))
			{
				count[j]++;
				top = Max(top, j + 1);
			}
	}
	while (slot < STATISTIC_NUM_SLOTS && stats->stakind[slot] != 0)
		slot++;
	if (!stats->stats_valid || nonnull == 0 || top == 0 || slot == STATISTIC_NUM_SLOTS)
		return;
	number = MemoryContextAlloc(stats->anl_context, sizeof(float4) * top);
	for (int j = 0; j < top; j++)
		number[j] = (float4) count[j] / nonnull;
	stats->stakind[slot] = STATISTIC_KIND_OPTION_FREQUENCIES;
	stats->staop[slot] = InvalidOid;
	stats->stacoll[slot] = InvalidOid;
	stats->stanumbers[slot] = number;
	stats->numnumbers[slot] = top;
}

Datum
multiselect_typanalyze(PG_FUNCTION_ARGS)
{
	VacAttrStats *stats = (VacAttrStats *) PG_GETARG_POINTER(0);
	AnalyzeState *state;

	if (!std_typanalyze(stats))
		PG_RETURN_BOOL(false);
	state = palloc(sizeof(AnalyzeState));
	state->standard = stats->compute_stats;
	state->standard_data = stats->extra_data;
	stats->compute_stats = ComputeStats;
	stats->extra_data = state;
	PG_RETURN_BOOL(true);
}

/* The distribution of a column of sets. */
typedef struct SetStats
{
	bool		known;
	double		nonnull;
	AttStatsSlot common;		/* most common selections: shares of all rows */
	double		rest;			/* share of the rows in none of them and not null */
	int			nopt;
	double		freq[MULTISELECT_MAX_OPTIONS];	/* of each option among the non-null */
	double		left[MULTISELECT_MAX_OPTIONS];	/* among the rest */
} SetStats;

static SetView
CommonSet(const SetStats *s, int i)
{
	return MultiselectView((struct varlena *) PG_DETOAST_DATUM_PACKED(s->common.values[i]));
}

static SetStats *
GetStats(VariableStatData *var, Oid operator)
{
	SetStats   *s = palloc0(sizeof(SetStats));
	AttStatsSlot slot;
	double		common = 0;

	if (!HeapTupleIsValid(var->statsTuple) || !statistic_proc_security_check(var, get_opcode(operator)))
		return s;
	s->known = true;
	s->nonnull = 1 - ((Form_pg_statistic) GETSTRUCT(var->statsTuple))->stanullfrac;
	if (get_attstatsslot(&s->common, var->statsTuple, STATISTIC_KIND_MCV, InvalidOid, ATTSTATSSLOT_VALUES | ATTSTATSSLOT_NUMBERS))
		for (int i = 0; i < s->common.nvalues; i++)
		{
			SetView		v = CommonSet(s, i);

			common += s->common.numbers[i];
			for (int j = 0; j < v.nbytes * 8; j++)
				if (SetHas(v, j))
				{
					s->left[j] -= s->common.numbers[i];
					s->nopt = Max(s->nopt, j + 1);
				}
		}
	s->rest = Max(s->nonnull - common, 0);
	if (get_attstatsslot(&slot, var->statsTuple, STATISTIC_KIND_OPTION_FREQUENCIES, InvalidOid, ATTSTATSSLOT_NUMBERS))
	{
		s->nopt = Min(Max(s->nopt, slot.nnumbers), MULTISELECT_MAX_OPTIONS);
		for (int j = 0; j < s->nopt; j++)
			s->freq[j] = j < slot.nnumbers ? slot.numbers[j] : 0;
		free_attstatsslot(&slot);
	}
	else
		for (int j = 0; j < s->nopt; j++)
			s->freq[j] = common > 0 ? -s->left[j] / common : 0;
	for (int j = 0; j < s->nopt; j++)
	{
		s->left[j] = s->rest > 0 ? (s->freq[j] * s->nonnull + s->left[j]) / s->rest : 0;
		CLAMP_PROBABILITY(s->left[j]);
	}
	return s;
}

static void
DropStats(SetStats *s)
{
	if (s->known)
		free_attstatsslot(&s->common);
	pfree(s);
}

static bool
Satisfies(SetOperator op, SetView a, SetView b)
{
	int			n = Max(a.nbytes, b.nbytes);

	for (int i = 0; i < n; i++)
	{
		uint8		x = SetByte(a, i),
					y = SetByte(b, i);

		if (op == SET_OVERLAPS ? (x & y) != 0 : op == SET_CONTAINS ? (y & ~x) != 0 : (x & ~y) != 0)
			return op == SET_OVERLAPS;
	}
	return op != SET_OVERLAPS;
}

/* Share of the rows of which "column op query" holds. */
static double
SetSelectivity(const SetStats *s, SetOperator op, SetView query)
{
	double		sel = 0;
	double		rest = 1;

	for (int i = 0; i < s->common.nvalues; i++)
		if (Satisfies(op, CommonSet(s, i), query))
			sel += s->common.numbers[i];
	for (int j = 0; j < Max(s->nopt, query.nbytes * 8); j++)
	{
		double		p = j < s->nopt ? s->left[j] : 0;

		if (SetHas(query, j) == (op != SET_CONTAINED))
			rest *= op == SET_CONTAINS ? p : 1 - p;
	}
	sel += s->rest * (op == SET_OVERLAPS ? 1 - rest : rest);
	CLAMP_PROBABILITY(sel);
	return sel;
}

/* Share of the pairs of rows of which "a op b" holds; b's most common selections as they are, its rest by its options. */
static double
SetJoinSelectivity(const SetStats *a, SetOperator op, const SetStats *b)
{
	double		sel = 0;
	double		rest = 1;

	for (int i = 0; i < b->common.nvalues; i++)
		sel += b->common.numbers[i] * SetSelectivity(a, op, CommonSet(b, i));
	for (int j = 0; j < Max(a->nopt, b->nopt); j++)
	{
		double		p = j < a->nopt ? a->freq[j] : 0,
					q = j < b->nopt ? b->left[j] : 0;

		rest *= op == SET_OVERLAPS ? 1 - p * q : op == SET_CONTAINS ? 1 - q * (1 - p) : 1 - p * (1 - q);
	}
	sel += b->rest * a->nonnull * (op == SET_OVERLAPS ? 1 - rest : rest);
	CLAMP_PROBABILITY(sel);
	return sel;
}

static SetOperator
Commuted(SetOperator op)
{
	return op == SET_CONTAINS ? SET_CONTAINED : op == SET_CONTAINED ? SET_CONTAINS : op;
}

/* A query that is no constant is taken to be like the column's own values. */
static Datum
RestrictionClause(FunctionCallInfo fcinfo, SetOperator op)
{
	PlannerInfo *root = (PlannerInfo *) PG_GETARG_POINTER(0);
	Oid			operator = PG_GETARG_OID(1);
	VariableStatData var;
	Node	   *other;
	bool		varonleft;
	SetStats   *s;
	double		sel = DEFAULT_SET_SEL;

	if (!get_restriction_variable(root, (List *) PG_GETARG_POINTER(2), PG_GETARG_INT32(3), &var, &other, &varonleft))
		PG_RETURN_FLOAT8(DEFAULT_SET_SEL);
	if (!varonleft)
		op = Commuted(op);
	if (IsA(other, Const) && ((Const *) other)->constisnull)
		sel = 0;
	else
	{
		s = GetStats(&var, operator);
		if (s->known)
			sel = IsA(other, Const) ?
				SetSelectivity(s, op, MultiselectView((struct varlena *) PG_DETOAST_DATUM_PACKED(((Const *) other)->constvalue))) :
				SetJoinSelectivity(s, op, s) / Max(s->nonnull, 1e-6);
		DropStats(s);
	}
	ReleaseVariableStats(var);
	CLAMP_PROBABILITY(sel);
	PG_RETURN_FLOAT8(sel);
}

Datum
multiselect_contains_sel(PG_FUNCTION_ARGS)
{
	return RestrictionClause(fcinfo, SET_CONTAINS);
}

Datum
multiselect_contained_sel(PG_FUNCTION_ARGS)
{
	return RestrictionClause(fcinfo, SET_CONTAINED);
}

Datum
multiselect_overlaps_sel(PG_FUNCTION_ARGS)
{
	return RestrictionClause(fcinfo, SET_OVERLAPS);
}

/* Where one side is not known it is taken to be like the other. */
static Datum
JoinClause(FunctionCallInfo fcinfo, SetOperator op)
{
	PlannerInfo *root = (PlannerInfo *) PG_GETARG_POINTER(0);
	Oid			operator = PG_GETARG_OID(1);
	SpecialJoinInfo *sjinfo = (SpecialJoinInfo *) PG_GETARG_POINTER(4);
	VariableStatData var1,
				var2;
	bool		reversed;
	SetStats   *a,
			   *b;
	double		sel = DEFAULT_SET_SEL;

	get_join_variables(root, (List *) PG_GETARG_POINTER(2), sjinfo, &var1, &var2, &reversed);
	a = GetStats(&var1, operator);
	b = GetStats(&var2, operator);
	if (a->known || b->known)
		sel = SetJoinSelectivity(a->known ? a : b, op, b->known ? b : a);
	if (sjinfo->jointype == JOIN_SEMI || sjinfo->jointype == JOIN_ANTI)
	{
		/* the share of the outer rows that find a partner among the inner ones */
		RelOptInfo *inner = reversed ? var1.rel : var2.rel;
		SetStats   *outer = reversed ? b : a;

		if (inner != NULL)
			sel = Min(outer->known ? outer->nonnull : 1, sel * Max(inner->rows, 1));
	}
	DropStats(a);
	DropStats(b);
	ReleaseVariableStats(var1);
	ReleaseVariableStats(var2);
	PG_RETURN_FLOAT8(sel);
}

Datum
multiselect_contains_joinsel(PG_FUNCTION_ARGS)
{
	return JoinClause(fcinfo, SET_CONTAINS);
}

Datum
multiselect_contained_joinsel(PG_FUNCTION_ARGS)
{
	return JoinClause(fcinfo, SET_CONTAINED);
}

Datum
multiselect_overlaps_joinsel(PG_FUNCTION_ARGS)
{
	return JoinClause(fcinfo, SET_OVERLAPS);
}
