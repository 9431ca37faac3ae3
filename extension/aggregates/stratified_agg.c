/*
 * stratified_agg.c
 *		Aggregates over contingency tables, one a stratum.  The state collects the tables; their statistics need all of them at once.
 */
#include "postgres.h"

#include "fmgr.h"
#include "libpq/pqformat.h"
#include "utils/memutils.h"

#include "aggregates/xtab_state.h"
#include "functions/stratified.h"

PG_FUNCTION_INFO_V1(strata_accum);
PG_FUNCTION_INFO_V1(strata_combine);
PG_FUNCTION_INFO_V1(strata_serialize);
PG_FUNCTION_INFO_V1(strata_deserialize);
PG_FUNCTION_INFO_V1(cmh_test_final);
PG_FUNCTION_INFO_V1(breslow_day_test_final);
PG_FUNCTION_INFO_V1(zelen_test_final);
PG_FUNCTION_INFO_V1(woolf_test_final);
PG_FUNCTION_INFO_V1(van_elteren_test_final);
PG_FUNCTION_INFO_V1(mh_risk_ratio_final);
PG_FUNCTION_INFO_V1(mh_risk_difference_final);

typedef struct StrataState
{
	MemoryContext context;
	int			room;
	Size		bytes;			/* of all tables */
	XtabList	list;
} StrataState;

static StrataState *
NewState(MemoryContext context)
{
	StrataState *s = MemoryContextAllocZero(context, sizeof(StrataState));

	s->context = context;
	s->room = 16;
	s->list.table = MemoryContextAlloc(context, sizeof(struct varlena *) * s->room);
	return s;
}

/* Enter a copy of a detoasted table. */
static void
AddTable(StrataState *s, const void *flat, Size size)
{
	struct varlena *copy;

	if (s->bytes + size > MaxAllocSize / 2)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("too many strata"),
				 errdetail("%d contingency tables take %zu bytes; the limit is half a gigabyte.", s->list.n, s->bytes),
				 errhint("Group the strata or the categories first.")));
	if (s->list.n == s->room)
	{
		s->room *= 2;
		s->list.table = repalloc(s->list.table, sizeof(struct varlena *) * s->room);
	}
	copy = MemoryContextAlloc(s->context, size);
	memcpy(copy, flat, size);
	s->list.table[s->list.n++] = copy;
	s->bytes += size;
}

Datum
strata_accum(PG_FUNCTION_ARGS)
{
	MemoryContext context = AggregateContext(fcinfo);
	StrataState *s = PG_ARGISNULL(0) ? NULL : (StrataState *) PG_GETARG_POINTER(0);
	struct varlena *t;

	if (PG_ARGISNULL(1))
	{
		if (s == NULL)
			PG_RETURN_NULL();
		PG_RETURN_POINTER(s);
	}
	if (s == NULL)
		s = NewState(context);
	t = PG_DETOAST_DATUM(PG_GETARG_DATUM(1));
	AddTable(s, t, VARSIZE(t));
	PG_RETURN_POINTER(s);
}

Datum
strata_combine(PG_FUNCTION_ARGS)
{
	MemoryContext context = AggregateContext(fcinfo);
	StrataState *a = PG_ARGISNULL(0) ? NULL : (StrataState *) PG_GETARG_POINTER(0);
	StrataState *b = PG_ARGISNULL(1) ? NULL : (StrataState *) PG_GETARG_POINTER(1);

	if (b == NULL)
	{
		if (a == NULL)
			PG_RETURN_NULL();
		PG_RETURN_POINTER(a);
	}
	if (a == NULL)
		a = NewState(context);
	for (int k = 0; k < b->list.n; k++)
		AddTable(a, b->list.table[k], VARSIZE(b->list.table[k]));
	PG_RETURN_POINTER(a);
}

/* Between processes of one server: the tables as they are stored. */
Datum
strata_serialize(PG_FUNCTION_ARGS)
{
	StrataState *s = (StrataState *) PG_GETARG_POINTER(0);
	StringInfoData buf;

	AggregateContext(fcinfo);
	pq_begintypsend(&buf);
	pq_sendint32(&buf, s->list.n);
	for (int k = 0; k < s->list.n; k++)
	{
		pq_sendint32(&buf, VARSIZE(s->list.table[k]));
		pq_sendbytes(&buf, (char *) s->list.table[k], VARSIZE(s->list.table[k]));
	}
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

Datum
strata_deserialize(PG_FUNCTION_ARGS)
{
	bytea	   *raw = PG_GETARG_BYTEA_PP(0);
	StrataState *s;
	StringInfoData buf;
	int			n;

	AggregateContext(fcinfo);
	s = NewState(CurrentMemoryContext);
	initStringInfo(&buf);
	appendBinaryStringInfo(&buf, VARDATA_ANY(raw), VARSIZE_ANY_EXHDR(raw));
	n = pq_getmsgint(&buf, 4);
	for (int k = 0; k < n; k++)
	{
		int			size = pq_getmsgint(&buf, 4);

		AddTable(s, pq_getmsgbytes(&buf, size), size);
	}
	pq_getmsgend(&buf);
	PG_RETURN_POINTER(s);
}

/* The tables met; none gives NULL, as in the other aggregates of SQL but count(). */
static const XtabList *
Collected(FunctionCallInfo fcinfo)
{
	static const XtabList none = {0};

	AggregateContext(fcinfo);
	return PG_ARGISNULL(0) ? &none : &((StrataState *) PG_GETARG_POINTER(0))->list;
}

static Datum
FinalTest(FunctionCallInfo fcinfo, StratifiedTest test)
{
	static const StratifiedOptions usual = {.tarone = true,.col = 0,.level = 0.95};

	return StratifiedTestOf(fcinfo, Collected(fcinfo), test, &usual);
}

Datum
cmh_test_final(PG_FUNCTION_ARGS)
{
	return CmhTestDefault(fcinfo, Collected(fcinfo));
}

Datum
breslow_day_test_final(PG_FUNCTION_ARGS)
{
	return FinalTest(fcinfo, BRESLOW_DAY);
}

Datum
zelen_test_final(PG_FUNCTION_ARGS)
{
	return FinalTest(fcinfo, ZELEN);
}

Datum
woolf_test_final(PG_FUNCTION_ARGS)
{
	return FinalTest(fcinfo, WOOLF);
}

Datum
van_elteren_test_final(PG_FUNCTION_ARGS)
{
	return FinalTest(fcinfo, VAN_ELTEREN);
}

Datum
mh_risk_ratio_final(PG_FUNCTION_ARGS)
{
	return FinalTest(fcinfo, MH_RISK_RATIO);
}

Datum
mh_risk_difference_final(PG_FUNCTION_ARGS)
{
	return FinalTest(fcinfo, MH_RISK_DIFFERENCE);
}
