/*
 * tally_agg.c
 *		tally(record): a frequency table of every column of a row type, in one pass.
 *
 * The state is one counting state a column.  A column that cannot be counted (its type has no order, or it has as many distinct values as
 * an identifier) is put aside with a note, so that it does not end the count of the others.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "catalog/pg_type.h"
#include "fmgr.h"
#include "funcapi.h"
#include "libpq/pqformat.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/typcache.h"

#include "aggregates/xtab_state.h"
#include "types/scale.h"

PG_FUNCTION_INFO_V1(tally_accum);
PG_FUNCTION_INFO_V1(tally_combine);
PG_FUNCTION_INFO_V1(tally_serialize);
PG_FUNCTION_INFO_V1(tally_deserialize);
PG_FUNCTION_INFO_V1(tally_final);

#define TALLY_CACHE_BITS 4		/* answers have few values, and there are many columns */

typedef enum ColumnFate
{
	COLUMN_COUNTED,
	COLUMN_DROPPED,				/* a dropped column of the table */
	COLUMN_NO_ORDER,
	COLUMN_TOO_MANY
} ColumnFate;

typedef struct TallyState
{
	MemoryContext context;
	Oid			typid;			/* of the row */
	int32		typmod;
	TupleDesc	desc;
	int			natts;
	ColumnFate *fate;
	XtabState **column;			/* NULL unless COLUMN_COUNTED */
	int64	  **by_rank;		/* of a scale: counts that are not in its column yet, by the low byte of the value; else NULL */
	int16	   *scale_base;		/* of a scale: the high byte of its values */
	MemoryContext *memory;		/* of each column, so that it can be given back */
	Datum	   *values;			/* scratch */
	bool	   *isnull;
} TallyState;

/* Can values of the type be counted, in order? */
static bool
Countable(Oid typid)
{
	TypeCacheEntry *tc = lookup_type_cache(typid, TYPECACHE_CMP_PROC | TYPECACHE_EQ_OPR_FINFO | TYPECACHE_HASH_PROC_FINFO);

	return OidIsValid(tc->cmp_proc) && OidIsValid(tc->hash_proc) && OidIsValid(tc->eq_opr_finfo.fn_oid);
}

static TallyState *
TallyCreate(MemoryContext context, Oid typid, int32 typmod)
{
	MemoryContext old = MemoryContextSwitchTo(context);
	TallyState *s = palloc0(sizeof(TallyState));

	s->context = context;
	s->typid = typid;
	s->typmod = typmod;
	s->desc = lookup_rowtype_tupdesc_copy(typid, typmod);
	s->natts = s->desc->natts;
	s->fate = palloc0(sizeof(ColumnFate) * s->natts);
	s->column = palloc0(sizeof(XtabState *) * s->natts);
	s->by_rank = palloc0(sizeof(int64 *) * s->natts);
	s->scale_base = palloc0(sizeof(int16) * s->natts);
	s->memory = palloc0(sizeof(MemoryContext) * s->natts);
	s->values = palloc(sizeof(Datum) * s->natts);
	s->isnull = palloc(sizeof(bool) * s->natts);
	for (int i = 0; i < s->natts; i++)
	{
		Form_pg_attribute att = TupleDescAttr(s->desc, i);
		Oid			type = att->atttypid;
		Oid			collation = att->attcollation;

		if (att->attisdropped)
			s->fate[i] = COLUMN_DROPPED;
		else if (!Countable(type))
			s->fate[i] = COLUMN_NO_ORDER;
		else
		{
			s->memory[i] = AllocSetContextCreate(context, "tally column", ALLOCSET_SMALL_SIZES);
			s->column[i] = XtabStateCreate(s->memory[i], 1, false, &type, &collation, TALLY_CACHE_BITS);
			if (ScaleOfType(type) != NULL)
			{
				s->scale_base[i] = SCALE_VALUE(ScaleOfType(type)->id, 0);
				s->by_rank[i] = palloc0(sizeof(int64) * 256);
			}
		}
	}
	MemoryContextSwitchTo(old);
	return s;
}

/* Stop counting a column; its memory is given back. */
static void
GiveUp(TallyState *s, int i, ColumnFate fate)
{
	s->fate[i] = fate;
	if (s->column[i] != NULL)
		MemoryContextDelete(s->memory[i]);
	s->column[i] = NULL;
}

/* Bring the counts of the scales into their columns. */
static void
Flush(TallyState *s)
{
	for (int i = 0; i < s->natts; i++)
		for (int rank = 0; s->by_rank[i] != NULL && rank < 256; rank++)
			if (s->by_rank[i][rank] > 0)
			{
				Datum		v = Int16GetDatum(s->scale_base[i] | rank);
				int			at = DictIndex(s->column[i], 0, v);

				s->column[i]->n[at] = XtabAddCounts(s->column[i]->n[at], s->by_rank[i][rank]);
				s->by_rank[i][rank] = 0;
			}
}

Datum
tally_accum(PG_FUNCTION_ARGS)
{
	TallyState *s;
	HeapTupleHeader row;
	HeapTupleData tuple;

	if (PG_ARGISNULL(1))
	{
		if (PG_ARGISNULL(0))
			PG_RETURN_NULL();
		PG_RETURN_POINTER(PG_GETARG_POINTER(0));
	}
	row = PG_GETARG_HEAPTUPLEHEADER(1);
	if (PG_ARGISNULL(0))
		s = TallyCreate(AggregateContext(fcinfo), HeapTupleHeaderGetTypeId(row), HeapTupleHeaderGetTypMod(row));
	else
		s = (TallyState *) PG_GETARG_POINTER(0);
	if (unlikely(HeapTupleHeaderGetTypeId(row) != s->typid || HeapTupleHeaderGetTypMod(row) != s->typmod))
		ereport(ERROR,
				(errcode(ERRCODE_DATATYPE_MISMATCH),
				 errmsg("the rows to tally are not all of one type"),
				 errdetail("One is of type %s, another of type %s.", format_type_be(s->typid), format_type_be(HeapTupleHeaderGetTypeId(row)))));
	tuple.t_len = HeapTupleHeaderGetDatumLength(row);
	ItemPointerSetInvalid(&tuple.t_self);
	tuple.t_tableOid = InvalidOid;
	tuple.t_data = row;
	heap_deform_tuple(&tuple, s->desc, s->values, s->isnull);
	for (int i = 0; i < s->natts; i++)
	{
		XtabState  *c = s->column[i];

		if (c == NULL)
			continue;
		if (s->isnull[i])
			c->missing[XTAB_MISSING_ROW]++;
		else if (s->by_rank[i] != NULL)
			s->by_rank[i][SCALE_RANK(DatumGetInt16(s->values[i]))]++;
		else
		{
			Datum		v = s->values[i];
			int			at;

			if (c->side[0].typlen == -1)
				v = PointerGetDatum(PG_DETOAST_DATUM_PACKED(v));
			/* DictIndex() may move the counts */
			at = DictIndex(c, 0, v);
			c->n[at]++;
			if (unlikely(c->side[0].n >= xtab_max_categories))
				GiveUp(s, i, COLUMN_TOO_MANY);
		}
	}
	PG_RETURN_POINTER(s);
}

/* Counts of from go into into, which has the same row type. */
static void
TallyMerge(TallyState *into, const TallyState *from)
{
	for (int i = 0; i < into->natts; i++)
	{
		if (into->column[i] == NULL)
			continue;
		if (from->column[i] == NULL)
			GiveUp(into, i, from->fate[i]);
		else
		{
			XtabState  *a = into->column[i],
					   *b = from->column[i];

			/* value by value, so that the union of two columns near the limit does not pass it */
			for (int k = 0; k < b->side[0].n && a->side[0].n < xtab_max_categories; k++)
			{
				int			at = DictInsert(a, 0, b->side[0].value[k], b->side[0].hash[k]);

				a->n[at] = XtabAddCounts(a->n[at], b->n[k]);
			}
			a->missing[XTAB_MISSING_ROW] += b->missing[XTAB_MISSING_ROW];
			if (a->side[0].n >= xtab_max_categories)
				GiveUp(into, i, COLUMN_TOO_MANY);
		}
	}
}

Datum
tally_combine(PG_FUNCTION_ARGS)
{
	MemoryContext context = AggregateContext(fcinfo);
	TallyState *a = PG_ARGISNULL(0) ? NULL : (TallyState *) PG_GETARG_POINTER(0);
	TallyState *b = PG_ARGISNULL(1) ? NULL : (TallyState *) PG_GETARG_POINTER(1);

	if (b == NULL)
	{
		if (a == NULL)
			PG_RETURN_NULL();
		PG_RETURN_POINTER(a);
	}
	if (a == NULL)
		a = TallyCreate(context, b->typid, b->typmod);
	Flush(b);
	TallyMerge(a, b);
	PG_RETURN_POINTER(a);
}

/* Between processes of one server; an anonymous row type goes by its columns' states, which carry their types. */
Datum
tally_serialize(PG_FUNCTION_ARGS)
{
	TallyState *s = (TallyState *) PG_GETARG_POINTER(0);
	StringInfoData buf;

	Flush(s);
	pq_begintypsend(&buf);
	pq_sendint32(&buf, s->typid);
	pq_sendint32(&buf, s->typmod);
	for (int i = 0; i < s->natts; i++)
	{
		pq_sendbyte(&buf, s->fate[i]);
		if (s->column[i] != NULL)
			XtabStateSend(&buf, s->column[i]);
	}
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

Datum
tally_deserialize(PG_FUNCTION_ARGS)
{
	bytea	   *raw = PG_GETARG_BYTEA_PP(0);
	StringInfoData buf;
	TallyState *s;
	Oid			typid;
	int32		typmod;

	AggregateContext(fcinfo);
	initStringInfo(&buf);
	appendBinaryStringInfo(&buf, VARDATA_ANY(raw), VARSIZE_ANY_EXHDR(raw));
	typid = pq_getmsgint(&buf, 4);
	typmod = pq_getmsgint(&buf, 4);
	s = TallyCreate(CurrentMemoryContext, typid, typmod);
	for (int i = 0; i < s->natts; i++)
	{
		s->fate[i] = pq_getmsgbyte(&buf);
		if (s->fate[i] != COLUMN_COUNTED)
			s->column[i] = NULL;
		else
			s->column[i] = XtabStateReceive(&buf, TALLY_CACHE_BITS);
	}
	pq_getmsgend(&buf);
	PG_RETURN_POINTER(s);
}

/* An array of (column_name, position, t, note). */
Datum
tally_final(PG_FUNCTION_ARGS)
{
	TallyState *s;
	Oid			entry_type;
	TupleDesc	desc;
	Datum	   *entry;
	int			n = 0;
	int16		typlen;
	bool		typbyval;
	char		typalign;

	AggregateContext(fcinfo);
	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	s = (TallyState *) PG_GETARG_POINTER(0);
	Flush(s);
	entry_type = get_element_type(get_fn_expr_rettype(fcinfo->flinfo));
	if (!OidIsValid(entry_type))
		ereport(ERROR,
				(errcode(ERRCODE_DATATYPE_MISMATCH),
				 errmsg("the result type of tally is not an array")));
	desc = lookup_rowtype_tupdesc(entry_type, -1);
	get_typlenbyvalalign(entry_type, &typlen, &typbyval, &typalign);
	entry = palloc(sizeof(Datum) * Max(s->natts, 1));
	for (int i = 0; i < s->natts; i++)
	{
		Datum		values[4];
		bool		nulls[4] = {false, false, true, true};

		CHECK_FOR_INTERRUPTS();
		if (s->fate[i] == COLUMN_DROPPED)
			continue;
		values[0] = CStringGetTextDatum(NameStr(TupleDescAttr(s->desc, i)->attname));
		values[1] = Int32GetDatum(i + 1);
		values[2] = values[3] = (Datum) 0;
		if (s->fate[i] == COLUMN_COUNTED)
		{
			nulls[2] = false;
			values[2] = PointerGetDatum(XtabPack(XtabStateFinal(s->column[i])));
		}
		else
		{
			nulls[3] = false;
			values[3] = CStringGetTextDatum(s->fate[i] == COLUMN_TOO_MANY ?
											psprintf("left out: %d distinct values or more (csirtsurvey.max_categories)", xtab_max_categories) :
											psprintf("left out: type %s cannot be sorted and hashed", format_type_be(TupleDescAttr(s->desc, i)->atttypid)));
		}
		entry[n++] = HeapTupleGetDatum(heap_form_tuple(desc, values, nulls));
	}
	ReleaseTupleDesc(desc);
	PG_RETURN_ARRAYTYPE_P(construct_array(entry, n, entry_type, typlen, typbyval, typalign));
}
