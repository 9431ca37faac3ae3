/*
 * tally_agg.c
 *		tally(record): a frequency table of every column of a row type, in one pass.
 *
 * The state is one counting state a column.  A column that cannot be counted (its type has no order, or it has as many distinct values as
 * an identifier) is put aside with a note, so that it does not end the count of the others.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "access/table.h"
#include "access/tableam.h"
#include "catalog/pg_inherits.h"
#include "catalog/pg_type.h"
#include "executor/tuptable.h"
#include "fmgr.h"
#include "funcapi.h"
#include "libpq/pqformat.h"
#include "miscadmin.h"
#include "utils/acl.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/rel.h"
#include "utils/rls.h"
#include "utils/snapmgr.h"
#include "utils/typcache.h"

#include "aggregates/xtab_state.h"
#include "compat.h"
#include "types/scale.h"

PG_FUNCTION_INFO_V1(tally_accum);
PG_FUNCTION_INFO_V1(tally_combine);
PG_FUNCTION_INFO_V1(tally_serialize);
PG_FUNCTION_INFO_V1(tally_deserialize);
PG_FUNCTION_INFO_V1(tally_final);
PG_FUNCTION_INFO_V1(tally_scan);

#define TALLY_CACHE_BITS 4		/* answers have few values, and there are many columns */

typedef enum ColumnFate
{
	COLUMN_COUNTED,
	COLUMN_DROPPED,				/* a dropped column of the table */
	COLUMN_NO_ORDER,
	COLUMN_TOO_MANY
} ColumnFate;

#define RANK_NULL 255			/* no scale has a code of this rank */

/* A column of a scale: counts that are not in its state yet, by the low byte of the value. */
typedef struct ScaleColumn
{
	int			att;
	int16		base;			/* the high byte of the scale's values */
	int64	   *by_rank;
} ScaleColumn;

typedef struct TallyState
{
	MemoryContext context;
	Oid			typid;			/* of the row */
	int32		typmod;
	TupleDesc	desc;
	int			natts;
	ColumnFate *fate;
	XtabState **column;			/* NULL unless COLUMN_COUNTED */
	int			nscales;		/* the columns that are scales: most of a survey */
	ScaleColumn *scale;
	int			nothers;		/* the other columns that can be counted */
	int		   *other;
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
	s->scale = palloc(sizeof(ScaleColumn) * s->natts);
	s->other = palloc(sizeof(int) * s->natts);
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
				ScaleColumn *c = &s->scale[s->nscales++];

				c->att = i;
				c->base = SCALE_VALUE(ScaleOfType(type)->id, 0);
				c->by_rank = palloc0(sizeof(int64) * 256);
			}
			else
				s->other[s->nothers++] = i;
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
	for (int i = 0; i < s->nscales; i++)
	{
		ScaleColumn *c = &s->scale[i];
		XtabState  *column = s->column[c->att];

		for (int rank = 0; rank < RANK_NULL; rank++)
			if (c->by_rank[rank] > 0)
			{
				int			at = DictIndex(column, 0, Int16GetDatum(c->base | rank));

				column->n[at] = XtabAddCounts(column->n[at], c->by_rank[rank]);
				c->by_rank[rank] = 0;
			}
		column->missing[XTAB_MISSING_ROW] += c->by_rank[RANK_NULL];
		c->by_rank[RANK_NULL] = 0;
	}
}

static inline void
CountRow(TallyState *s, const Datum *values, const bool *isnull)
{
	for (int i = 0; i < s->nscales; i++)
	{
		const ScaleColumn *c = &s->scale[i];

		c->by_rank[isnull[c->att] ? RANK_NULL : SCALE_RANK(DatumGetInt16(values[c->att]))]++;
	}
	for (int k = 0; k < s->nothers; k++)
	{
		int			i = s->other[k];
		XtabState  *c = s->column[i];

		if (c == NULL)
			continue;
		if (isnull[i])
			c->missing[XTAB_MISSING_ROW]++;
		else
		{
			Datum		v = values[i];
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
	CountRow(s, s->values, s->isnull);
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

/* Column i as (column_name, position, t, note). */
static void
ColumnEntry(const TallyState *s, int i, Datum *values, bool *nulls)
{
	values[0] = CStringGetTextDatum(NameStr(TupleDescAttr(s->desc, i)->attname));
	values[1] = Int32GetDatum(i + 1);
	values[2] = values[3] = (Datum) 0;
	nulls[0] = nulls[1] = false;
	nulls[2] = s->fate[i] != COLUMN_COUNTED;
	nulls[3] = !nulls[2];
	if (!nulls[2])
		values[2] = PointerGetDatum(XtabPack(XtabStateFinal(s->column[i])));
	else
		values[3] = CStringGetTextDatum(s->fate[i] == COLUMN_TOO_MANY ?
										psprintf("left out: %d distinct values or more (csirtsurvey.max_categories)", xtab_max_categories) :
										psprintf("left out: type %s cannot be sorted and hashed", format_type_be(TupleDescAttr(s->desc, i)->atttypid)));
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
		bool		nulls[4];

		CHECK_FOR_INTERRUPTS();
		if (s->fate[i] == COLUMN_DROPPED)
			continue;
		ColumnEntry(s, i, values, nulls);
		entry[n++] = HeapTupleGetDatum(heap_form_tuple(desc, values, nulls));
	}
	ReleaseTupleDesc(desc);
	PG_RETURN_ARRAYTYPE_P(construct_array(entry, n, entry_type, typlen, typbyval, typalign));
}

/*
 * tally_scan(regclass): the same over a whole table, a row a column.  It reads the table itself, since to put each row together as a value, as
 * the aggregate needs it, costs more than the counting.
 */
Datum
tally_scan(PG_FUNCTION_ARGS)
{
	Oid			relid = PG_GETARG_OID(0);
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;
	Relation	rel;
	TableScanDesc scan;
	TupleTableSlot *slot;
	TallyState *s;
	MemoryContext per_batch,
				old;
	int64		rows = 0;

	InitMaterializedSRF(fcinfo, 0);
	rel = table_open(relid, AccessShareLock);
	if ((rel->rd_rel->relkind != RELKIND_RELATION && rel->rd_rel->relkind != RELKIND_MATVIEW) || has_subclass(relid) ||
		check_enable_rls(relid, InvalidOid, false) == RLS_ENABLED)
		ereport(ERROR,
				(errcode(ERRCODE_WRONG_OBJECT_TYPE),
				 errmsg("\"%s\" cannot be read as a plain table", RelationGetRelationName(rel)),
				 errhint("Use the aggregate: SELECT tally(t) FROM %s AS t.", quote_identifier(RelationGetRelationName(rel)))));
	if (pg_class_aclcheck(relid, GetUserId(), ACL_SELECT) != ACLCHECK_OK)
		aclcheck_error(ACLCHECK_NO_PRIV, OBJECT_TABLE, RelationGetRelationName(rel));
	s = TallyCreate(CurrentMemoryContext, rel->rd_rel->reltype, -1);
	slot = table_slot_create(rel, NULL);
	scan = table_beginscan(rel, GetActiveSnapshot(), 0, NULL);
	/* values out of line are brought in here, and given back now and then */
	per_batch = AllocSetContextCreate(CurrentMemoryContext, "tally rows", ALLOCSET_DEFAULT_SIZES);
	old = MemoryContextSwitchTo(per_batch);
	while (table_scan_getnextslot(scan, ForwardScanDirection, slot))
	{
		slot_getallattrs(slot);
		CountRow(s, slot->tts_values, slot->tts_isnull);
		if ((++rows & 1023) == 0)
		{
			CHECK_FOR_INTERRUPTS();
			MemoryContextReset(per_batch);
		}
	}
	MemoryContextSwitchTo(old);
	MemoryContextDelete(per_batch);
	table_endscan(scan);
	ExecDropSingleTupleTableSlot(slot);
	table_close(rel, AccessShareLock);
	Flush(s);
	for (int i = 0; rows > 0 && i < s->natts; i++)
	{
		Datum		values[4];
		bool		nulls[4];

		CHECK_FOR_INTERRUPTS();
		if (s->fate[i] == COLUMN_DROPPED)
			continue;
		ColumnEntry(s, i, values, nulls);
		tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
	}
	return (Datum) 0;
}
