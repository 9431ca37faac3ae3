/*
 * blocks_agg.c
 *		Aggregates over several answers of each respondent, an array a row: cochran_q_test(boolean[]), friedman_test(float8[]).
 *
 * The state is what the rows add up to, in whole numbers, so its size is that of one array and the result does not depend on the order of
 * rows or of parallel workers.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "common/int.h"
#include "fmgr.h"
#include "libpq/pqformat.h"
#include "utils/array.h"

#include "functions/htest.h"
#include "stats/cochran_q.h"
#include "stats/friedman.h"
#include "stats/montecarlo.h"

PG_FUNCTION_INFO_V1(cochran_accum);
PG_FUNCTION_INFO_V1(friedman_accum);
PG_FUNCTION_INFO_V1(blocks_combine);
PG_FUNCTION_INFO_V1(blocks_serialize);
PG_FUNCTION_INFO_V1(blocks_deserialize);
PG_FUNCTION_INFO_V1(cochran_final);
PG_FUNCTION_INFO_V1(friedman_final);

#define MAX_ITEMS 10000

typedef struct BlockState
{
	int			k;				/* items, -1 before the first array */
	int64		n;				/* complete rows */
	int64		incomplete;		/* rows left out */
	int64		ties;			/* Friedman: sum of t^3 - t */
	int64		replicates;		/* Cochran: arguments of the Monte-Carlo test */
	int64		seed;
	int64	   *sum;			/* k: yes answers, or doubled ranks */
	int64	   *with;			/* k + 1: rows by their number of yes answers */
	FriedmanRating *work;		/* k */
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

static MemoryContext
Context(FunctionCallInfo fcinfo)
{
	MemoryContext context;

	if (!AggCheckCallContext(fcinfo, &context))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("aggregate support function called outside an aggregate")));
	return context;
}

/* The state, the elements of this row, or NULL for a row that is left out. */
static BlockState *
TakeRow(FunctionCallInfo fcinfo, Oid type, int16 len, bool byval, char align, Datum **elem)
{
	MemoryContext context = Context(fcinfo);
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
	else if (k != s->k)
		ereport(ERROR,
				(errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
				 errmsg("arrays of answers differ in length"),
				 errdetail("One has %d elements, another %d.", s->k, k),
				 errhint("Write the same ARRAY[...] of columns for every row; a missing answer is NULL.")));
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

/* Arguments: state, answers [, replicates, seed]. */
Datum
cochran_accum(PG_FUNCTION_ARGS)
{
	Datum	   *elem;
	BlockState *s = TakeRow(fcinfo, BOOLOID, 1, true, TYPALIGN_CHAR, &elem);
	int			yes = 0;

	if (PG_NARGS() > 2)
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

Datum
friedman_accum(PG_FUNCTION_ARGS)
{
	Datum	   *elem;
	BlockState *s = TakeRow(fcinfo, FLOAT8OID, 8, FLOAT8PASSBYVAL, TYPALIGN_DOUBLE, &elem);

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
	MemoryContext context = Context(fcinfo);
	BlockState *a = PG_ARGISNULL(0) ? NULL : (BlockState *) PG_GETARG_POINTER(0);
	BlockState *b = PG_ARGISNULL(1) ? NULL : (BlockState *) PG_GETARG_POINTER(1);

	if (b == NULL)
	{
		if (a == NULL)
			PG_RETURN_NULL();
		PG_RETURN_POINTER(a);
	}
	/* b lives in a short-lived context */
	if (a == NULL)
		a = NewState(context);
	if (a->k < 0 && b->k >= 0)
		SetItems(context, a, b->k);
	if (b->k >= 0 && a->k != b->k)
		ereport(ERROR,
				(errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
				 errmsg("arrays of answers differ in length"),
				 errdetail("One has %d elements, another %d.", a->k, b->k),
				 errhint("Write the same ARRAY[...] of columns for every row; a missing answer is NULL.")));
	a->n += b->n;
	a->incomplete += b->incomplete;
	a->replicates = b->replicates;
	a->seed = b->seed;
	AddTies(a, b->ties);
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
	pq_sendint64(&buf, s->replicates);
	pq_sendint64(&buf, s->seed);
	for (int j = 0; s->k >= 0 && j < 2 * s->k + 1; j++)
		pq_sendint64(&buf, s->sum[j]);
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

Datum
blocks_deserialize(PG_FUNCTION_ARGS)
{
	bytea	   *raw = PG_GETARG_BYTEA_PP(0);
	StringInfoData buf;
	BlockState *s;
	int			k;

	(void) Context(fcinfo);
	initStringInfo(&buf);
	appendBinaryStringInfo(&buf, VARDATA_ANY(raw), VARSIZE_ANY_EXHDR(raw));
	s = NewState(CurrentMemoryContext);
	k = pq_getmsgint(&buf, 4);
	s->n = pq_getmsgint64(&buf);
	s->incomplete = pq_getmsgint64(&buf);
	s->ties = pq_getmsgint64(&buf);
	s->replicates = pq_getmsgint64(&buf);
	s->seed = pq_getmsgint64(&buf);
	if (k >= 0)
		SetItems(CurrentMemoryContext, s, k);
	for (int j = 0; k >= 0 && j < 2 * k + 1; j++)
		s->sum[j] = pq_getmsgint64(&buf);
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
	StatResult	res;
	StatStatus	status;

	(void) Context(fcinfo);
	if (s == NULL)
		PG_RETURN_NULL();
	sums = (CochranSums) {Max(s->k, 0), s->n, s->sum, s->with};
	status = cochran_q_test(&sums, s->replicates, (uint64) s->seed, &res);
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

	(void) Context(fcinfo);
	if (s == NULL)
		PG_RETURN_NULL();
	sums = (FriedmanSums) {Max(s->k, 0), s->n, s->sum, s->ties};
	status = friedman_test(&sums, &res);
	IncompleteNote(s, &res);
	return HtestDatum(fcinfo, status, &res);
}
