/*
 * blocks_agg.c
 *		Aggregates over several answers of each respondent, an array a row: cochran_q_test(boolean[]), friedman_test(float8[]) and
 *		friedman_comparisons(float8[], text[]).
 *
 * The state is what the rows add up to, in whole numbers, so its size is that of one array and the result does not depend on the order of
 * rows or of parallel workers.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "catalog/pg_type.h"
#include "common/int.h"
#include "fmgr.h"
#include "funcapi.h"
#include "libpq/pqformat.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/typcache.h"

#include "aggregates/xtab_state.h"
#include "functions/htest.h"
#include "stats/cochran_q.h"
#include "stats/friedman.h"
#include "stats/montecarlo.h"
#include "stats/padjust.h"

PG_FUNCTION_INFO_V1(cochran_accum);
PG_FUNCTION_INFO_V1(friedman_accum);
PG_FUNCTION_INFO_V1(blocks_combine);
PG_FUNCTION_INFO_V1(blocks_serialize);
PG_FUNCTION_INFO_V1(blocks_deserialize);
PG_FUNCTION_INFO_V1(cochran_final);
PG_FUNCTION_INFO_V1(friedman_final);
PG_FUNCTION_INFO_V1(friedman_comparisons_final);

#define MAX_ITEMS 10000
#define MAX_COMPARED 500

typedef struct BlockState
{
	int			k;				/* items, -1 before the first array */
	int64		n;				/* complete rows */
	int64		incomplete;		/* rows left out */
	int64		ties;			/* Friedman: sum of t^3 - t */
	bool		exact;			/* Cochran: arguments of the exact and of the Monte-Carlo test */
	int64		replicates;
	int64		seed;
	int64	   *sum;			/* k: yes answers, or doubled ranks */
	int64	   *with;			/* k + 1: rows by their number of yes answers */
	FriedmanRating *work;		/* k */
	ArrayType  *items;			/* names for the comparisons, or NULL */
} BlockState;

static BlockState *
NewState(MemoryContext context)
{
	BlockState *s = MemoryContextAllocZero(context, sizeof(BlockState));

	s->k = -1;
	return s;
}

static void
SetItems(MemoryContext context, BlockState *s, int k)
{
	s->k = k;
	s->sum = MemoryContextAllocZero(context, sizeof(int64) * (2 * (Size) k + 1));
	s->with = s->sum + k;
	s->work = MemoryContextAlloc(context, sizeof(FriedmanRating) * Max(k, 1));
}

static void
RequireLength(const BlockState *s, int k)
{
	if (k != s->k)
		ereport(ERROR,
				(errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
				 errmsg("arrays of answers differ in length"),
				 errdetail("One has %d elements, another %d.", s->k, k),
				 errhint("Write the same ARRAY[...] of columns for every row; a missing answer is NULL.")));
}

/* The state, the elements of this row, or NULL for a row that is left out. */
static BlockState *
TakeRow(FunctionCallInfo fcinfo, Oid type, int16 len, bool byval, char align, Datum **elem)
{
	MemoryContext context = AggregateContext(fcinfo);
	BlockState *s = PG_ARGISNULL(0) ? NewState(context) : (BlockState *) PG_GETARG_POINTER(0);
	ArrayType  *a;
	bool	   *isnull;
	int			k;

	*elem = NULL;
	if (PG_ARGISNULL(1))
	{
		s->incomplete++;
		return s;
	}
	a = PG_GETARG_ARRAYTYPE_P(1);
	if (ARR_NDIM(a) > 1)
		ereport(ERROR,
				(errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
				 errmsg("the answers of a respondent must be an array of one dimension, not %d", ARR_NDIM(a))));
	deconstruct_array(a, type, len, byval, align, elem, &isnull, &k);
	if (s->k < 0)
	{
		if (k > MAX_ITEMS)
			ereport(ERROR,
					(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
					 errmsg("an array of answers has %d elements; the limit is %d", k, MAX_ITEMS)));
		SetItems(context, s, k);
	}
	else
		RequireLength(s, k);
	for (int j = 0; j < k; j++)
		if (isnull[j] || (type == FLOAT8OID && isnan(DatumGetFloat8((*elem)[j]))))
		{
			s->incomplete++;
			*elem = NULL;
			break;
		}
	if (*elem)
		s->n++;
	return s;
}

/* Arguments: state, answers [, exact | replicates, seed]. */
Datum
cochran_accum(PG_FUNCTION_ARGS)
{
	Datum	   *elem;
	BlockState *s = TakeRow(fcinfo, BOOLOID, 1, true, TYPALIGN_CHAR, &elem);
	int			yes = 0;

	if (PG_NARGS() == 3)
		s->exact = !PG_ARGISNULL(2) && PG_GETARG_BOOL(2);
	else if (PG_NARGS() > 3)
	{
		s->replicates = PG_ARGISNULL(2) ? 0 : PG_GETARG_INT32(2);
		s->seed = PG_ARGISNULL(3) ? 1 : PG_GETARG_INT64(3);
		if (s->replicates < 0 || s->replicates > MC_MAX_REPLICATES)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("the number of replicates must be between 0 and %lld", (long long) MC_MAX_REPLICATES)));
	}
	if (elem)
	{
		for (int j = 0; j < s->k; j++)
			if (DatumGetBool(elem[j]))
			{
				s->sum[j]++;
				yes++;
			}
		s->with[yes]++;
	}
	PG_RETURN_POINTER(s);
}

static void
AddTies(BlockState *s, int64 ties)
{
	if (pg_add_s64_overflow(s->ties, ties, &s->ties))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("too many ties for friedman_test")));
}

/* The first names given: they are the same for every row. */
static void
TakeItems(MemoryContext context, BlockState *s, ArrayType *items)
{
	if (s->items == NULL)
	{
		s->items = MemoryContextAlloc(context, VARSIZE(items));
		memcpy(s->items, items, VARSIZE(items));
	}
}

/* Arguments: state, ratings [, items]. */
Datum
friedman_accum(PG_FUNCTION_ARGS)
{
	Datum	   *elem;
	BlockState *s = TakeRow(fcinfo, FLOAT8OID, 8, FLOAT8PASSBYVAL, TYPALIGN_DOUBLE, &elem);

	if (PG_NARGS() > 2 && !PG_ARGISNULL(2) && s->items == NULL)
		TakeItems(AggregateContext(fcinfo), s, PG_GETARG_ARRAYTYPE_P(2));
	if (elem)
	{
		for (int j = 0; j < s->k; j++)
			s->work[j] = (FriedmanRating) {DatumGetFloat8(elem[j]), j};
		AddTies(s, friedman_rank(s->work, s->k, s->sum));
	}
	PG_RETURN_POINTER(s);
}

Datum
blocks_combine(PG_FUNCTION_ARGS)
{
	MemoryContext context = AggregateContext(fcinfo);
	BlockState *a,
			   *b;

	if (PG_ARGISNULL(1))
	{
		if (PG_ARGISNULL(0))
			PG_RETURN_NULL();
		PG_RETURN_DATUM(PG_GETARG_DATUM(0));
	}
	/* b lives in a short-lived context */
	a = PG_ARGISNULL(0) ? NewState(context) : (BlockState *) PG_GETARG_POINTER(0);
	b = (BlockState *) PG_GETARG_POINTER(1);
	if (a->k < 0 && b->k >= 0)
		SetItems(context, a, b->k);
	if (b->k >= 0)
		RequireLength(a, b->k);
	a->n += b->n;
	a->incomplete += b->incomplete;
	a->exact = b->exact;
	a->replicates = b->replicates;
	a->seed = b->seed;
	AddTies(a, b->ties);
	if (b->items)
		TakeItems(context, a, b->items);
	for (int j = 0; b->k >= 0 && j < 2 * b->k + 1; j++)
		a->sum[j] += b->sum[j];
	PG_RETURN_POINTER(a);
}

Datum
blocks_serialize(PG_FUNCTION_ARGS)
{
	BlockState *s = (BlockState *) PG_GETARG_POINTER(0);
	StringInfoData buf;

	pq_begintypsend(&buf);
	pq_sendint32(&buf, s->k);
	pq_sendint64(&buf, s->n);
	pq_sendint64(&buf, s->incomplete);
	pq_sendint64(&buf, s->ties);
	pq_sendbyte(&buf, s->exact);
	pq_sendint64(&buf, s->replicates);
	pq_sendint64(&buf, s->seed);
	for (int j = 0; s->k >= 0 && j < 2 * s->k + 1; j++)
		pq_sendint64(&buf, s->sum[j]);
	if (s->items)
		pq_sendbytes(&buf, (char *) s->items, VARSIZE(s->items));
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

Datum
blocks_deserialize(PG_FUNCTION_ARGS)
{
	bytea	   *raw = PG_GETARG_BYTEA_PP(0);
	StringInfoData buf;
	BlockState *s;
	int			k;

	(void) AggregateContext(fcinfo);
	initStringInfo(&buf);
	appendBinaryStringInfo(&buf, VARDATA_ANY(raw), VARSIZE_ANY_EXHDR(raw));
	s = NewState(CurrentMemoryContext);
	k = pq_getmsgint(&buf, 4);
	s->n = pq_getmsgint64(&buf);
	s->incomplete = pq_getmsgint64(&buf);
	s->ties = pq_getmsgint64(&buf);
	s->exact = pq_getmsgbyte(&buf) != 0;
	s->replicates = pq_getmsgint64(&buf);
	s->seed = pq_getmsgint64(&buf);
	if (k >= 0)
		SetItems(CurrentMemoryContext, s, k);
	for (int j = 0; k >= 0 && j < 2 * k + 1; j++)
		s->sum[j] = pq_getmsgint64(&buf);
	if (buf.cursor < buf.len)
	{
		int			size = buf.len - buf.cursor;

		s->items = palloc(size);
		pq_copymsgbytes(&buf, (char *) s->items, size);
	}
	pq_getmsgend(&buf);
	PG_RETURN_POINTER(s);
}

static void
IncompleteNote(const BlockState *s, StatResult *res)
{
	if (s->incomplete > 0)
		stat_note(res, "left out: %lld respondents with a missing answer", (long long) s->incomplete);
}

/* NULL for no rows at all. */
Datum
cochran_final(PG_FUNCTION_ARGS)
{
	BlockState *s = PG_ARGISNULL(0) ? NULL : (BlockState *) PG_GETARG_POINTER(0);
	CochranSums sums;
	int			k;
	double	   *yes;
	StatResult	res;
	StatStatus	status;

	(void) AggregateContext(fcinfo);
	if (s == NULL)
		PG_RETURN_NULL();
	k = Max(s->k, 0);
	yes = palloc(sizeof(double) * (2 * k + 1));
	for (int j = 0; j < 2 * k + 1; j++)
		yes[j] = s->k < 0 ? 0 : (double) s->sum[j];
	sums = (CochranSums) {k, (double) s->n, yes, yes + k};
	status = cochran_q_test(&sums, &(Permutation) {s->exact ? EXACT_ALWAYS : EXACT_NEVER, s->replicates, (uint64) s->seed}, &res);
	if (status == STAT_BUDGET)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("the exact distribution of cochran_q_test is too large"),
				 errdetail("There are %d questions and %lld respondents.", k, (long long) s->n),
				 errhint("Use cochran_q_test(answers, 100000, 1) for a Monte-Carlo p-value.")));
	IncompleteNote(s, &res);
	return HtestDatum(fcinfo, status, &res);
}

Datum
friedman_final(PG_FUNCTION_ARGS)
{
	BlockState *s = PG_ARGISNULL(0) ? NULL : (BlockState *) PG_GETARG_POINTER(0);
	FriedmanSums sums;
	StatResult	res;
	StatStatus	status;

	(void) AggregateContext(fcinfo);
	if (s == NULL)
		PG_RETURN_NULL();
	sums = (FriedmanSums) {Max(s->k, 0), s->n, s->sum, s->ties};
	status = friedman_test(&sums, &res);
	IncompleteNote(s, &res);
	return HtestDatum(fcinfo, status, &res);
}

/* The items' names, or their numbers. */
static char **
ItemNames(const BlockState *s)
{
	char	  **name = palloc(sizeof(char *) * Max(s->k, 1));
	Datum	   *elem;
	bool	   *isnull;
	int			n;

	if (s->items == NULL)
	{
		for (int j = 0; j < s->k; j++)
			name[j] = psprintf("%d", j + 1);
		return name;
	}
	deconstruct_array(s->items, TEXTOID, -1, false, TYPALIGN_INT, &elem, &isnull, &n);
	if (n != s->k)
		ereport(ERROR,
				(errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
				 errmsg("number of names does not match the ratings"),
				 errdetail("There are %d names for %d items.", n, s->k),
				 errhint("Give one name for each element of the ratings.")));
	for (int j = 0; j < n; j++)
	{
		if (isnull[j])
			ereport(ERROR,
					(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
					 errmsg("the name of item %d is null", j + 1)));
		name[j] = TextDatumGetCString(elem[j]);
	}
	return name;
}

/* One row a pair of items, as an array of friedman_comparison; NULL for no rows at all. */
Datum
friedman_comparisons_final(PG_FUNCTION_ARGS)
{
	BlockState *s = PG_ARGISNULL(0) ? NULL : (BlockState *) PG_GETARG_POINTER(0);
	FriedmanSums sums;
	char	  **name;
	int			k,
				pairs,
				at = 0;
	StatResult *conover;
	StatResult	nemenyi;
	double	   *p,
			   *adjusted,
			   *q,
			   *p_range;
	Datum	   *row;
	Oid			array_type,
				row_type;
	TupleDesc	desc;

	(void) AggregateContext(fcinfo);
	if (s == NULL)
		PG_RETURN_NULL();
	if (s->k > MAX_COMPARED)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("friedman_comparisons takes at most %d items, not %d", MAX_COMPARED, s->k)));
	k = Max(s->k, 0);
	pairs = k * (k - 1) / 2;
	sums = (FriedmanSums) {k, s->n, s->sum, s->ties};
	name = ItemNames(s);
	conover = palloc_extended(sizeof(StatResult) * Max(pairs, 1), MCXT_ALLOC_HUGE);
	p = palloc(sizeof(double) * 4 * Max(pairs, 1));
	adjusted = p + pairs;
	q = adjusted + pairs;
	p_range = q + pairs;
	for (int a = 0; a < k; a++)
		for (int b = a + 1; b < k; b++, at++)
		{
			CHECK_FOR_INTERRUPTS();
			(void) friedman_compare(&sums, a, b, false, &conover[at]);
			(void) friedman_compare(&sums, a, b, true, &nemenyi);
			p[at] = conover[at].p_value;
			q[at] = nemenyi.statistic;
			p_range[at] = nemenyi.p_value;
		}
	if (padjust(p, pairs, PADJUST_HOLM, adjusted) != STAT_OK)
		ereport(ERROR,
				(errcode(ERRCODE_OUT_OF_MEMORY),
				 errmsg("out of memory in a statistical computation")));
	if (get_call_result_type(fcinfo, &array_type, NULL) != TYPEFUNC_SCALAR || !OidIsValid(row_type = get_element_type(array_type)))
		ereport(ERROR,
				(errcode(ERRCODE_DATATYPE_MISMATCH),
				 errmsg("the result type is not an array of friedman_comparison")));
	desc = lookup_rowtype_tupdesc_copy(row_type, -1);
	row = palloc(sizeof(Datum) * Max(pairs, 1));
	at = 0;
	for (int a = 0; a < k; a++)
		for (int b = a + 1; b < k; b++, at++)
		{
			const StatResult *c = &conover[at];
			Datum		values[14];
			bool		nulls[14] = {false};
			double		twice_n = s->n > 0 ? 2.0 * s->n : NAN;

			values[0] = CStringGetTextDatum(name[a]);
			values[1] = CStringGetTextDatum(name[b]);
			HtestSetFloat(values, nulls, 2, s->sum[a] / twice_n);
			HtestSetFloat(values, nulls, 3, s->sum[b] / twice_n);
			HtestSetFloat(values, nulls, 4, (s->sum[a] - s->sum[b]) / twice_n);
			HtestSetFloat(values, nulls, 5, c->std_error);
			HtestSetFloat(values, nulls, 6, c->statistic);
			HtestSetFloat(values, nulls, 7, c->parameter);
			HtestSetFloat(values, nulls, 8, p[at]);
			HtestSetFloat(values, nulls, 9, adjusted[at]);
			HtestSetFloat(values, nulls, 10, q[at]);
			HtestSetFloat(values, nulls, 11, p_range[at]);
			values[12] = Float8GetDatum((double) s->n);
			values[13] = HtestNotes(c);
			row[at] = HeapTupleGetDatum(heap_form_tuple(desc, values, nulls));
		}
	PG_RETURN_ARRAYTYPE_P(construct_array(row, pairs, row_type, -1, false, TYPALIGN_DOUBLE));
}
