/*
 * xtab_agg.c
 *		The SQL side of the counting aggregates xtab(row, col [, weight]) and freq(x [, weight]).
 */
#include "postgres.h"

#include "fmgr.h"
#include "catalog/pg_type.h"
#include "libpq/pqformat.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/datum.h"
#include "utils/lsyscache.h"

#include "aggregates/xtab_state.h"

PG_FUNCTION_INFO_V1(xtab_accum);
PG_FUNCTION_INFO_V1(xtab_accum_weighted);
PG_FUNCTION_INFO_V1(freq_accum);
PG_FUNCTION_INFO_V1(freq_accum_weighted);
PG_FUNCTION_INFO_V1(xtab_combine);
PG_FUNCTION_INFO_V1(xtab_serialize);
PG_FUNCTION_INFO_V1(xtab_deserialize);
PG_FUNCTION_INFO_V1(xtab_final);

MemoryContext
AggregateContext(FunctionCallInfo fcinfo)
{
	MemoryContext context;

	if (!AggCheckCallContext(fcinfo, &context))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("aggregate support function called outside an aggregate")));
	return context;
}

static XtabState *
NewState(FunctionCallInfo fcinfo, int nsides, bool weighted)
{
	Oid			typid[2];
	Oid			collid[2];

	for (int i = 0; i < nsides; i++)
	{
		typid[i] = get_fn_expr_argtype(fcinfo->flinfo, i + 1);
		if (!OidIsValid(typid[i]))
			ereport(ERROR,
					(errcode(ERRCODE_INDETERMINATE_DATATYPE),
					 errmsg("could not determine the type of argument %d", i + 1)));
		/* an untyped literal is text, as in CREATE TABLE AS */
		if (typid[i] == UNKNOWNOID)
			typid[i] = TEXTOID;
		collid[i] = type_is_collatable(typid[i]) ? PG_GET_COLLATION() : InvalidOid;
	}
	return XtabStateCreate(AggregateContext(fcinfo), nsides, weighted, typid, collid, DICT_CACHE_BITS);
}

static inline Datum
CountRow(FunctionCallInfo fcinfo, int nsides, bool weighted)
{
	XtabState  *s;
	bool		null_row,
				null_col;
	double		weight = 0;
	int			missing = -1;

	s = PG_ARGISNULL(0) ? NewState(fcinfo, nsides, weighted) : (XtabState *) PG_GETARG_POINTER(0);
	null_row = PG_ARGISNULL(1);
	null_col = nsides == 2 && PG_ARGISNULL(2);

	if (weighted)
	{
		if (PG_ARGISNULL(nsides + 1))
		{
			s->missing[XTAB_MISSING_WEIGHT]++;
			PG_RETURN_POINTER(s);
		}
		weight = PG_GETARG_FLOAT8(nsides + 1);
	}
	if (unlikely(null_row || null_col))
		missing = null_row ? (null_col ? XTAB_MISSING_BOTH : XTAB_MISSING_ROW) : XTAB_MISSING_COL;

	if (unlikely(missing >= 0))
	{
		ExactSum	w;

		s->missing[missing]++;
		if (weighted)
		{
			if (!exact_sum_from_double(&w, weight))
				ereport(ERROR,
						(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
						 errmsg("weight %g is out of range", weight),
						 errdetail("Weights are case counts: finite, not negative, and below 1e19."),
						 errhint("Leave rows out with FILTER (WHERE ...), or rescale the weights.")));
			XtabAddWeight(&s->missing_w[missing], &w);
		}
	}
	else
	{
		Datum		v[2];
		int			at[2] = {0, 0};
		size_t		cell;

		for (int i = 0; i < nsides; i++)
		{
			v[i] = PG_GETARG_DATUM(i + 1);
			if (s->side[i].typlen == -1 && unlikely(VARATT_IS_COMPRESSED(DatumGetPointer(v[i])) || VARATT_IS_EXTERNAL(DatumGetPointer(v[i]))))
				v[i] = PointerGetDatum(PG_DETOAST_DATUM_PACKED(v[i]));
			at[i] = DictIndex(s, i, v[i]);
		}
		cell = XtabStateCell(s, at[0], at[1]);
		s->n[cell]++;
		if (weighted)
			XtabStateAddWeight(s, cell, weight);
	}
	PG_RETURN_POINTER(s);
}

Datum
xtab_accum(PG_FUNCTION_ARGS)
{
	return CountRow(fcinfo, 2, false);
}

Datum
xtab_accum_weighted(PG_FUNCTION_ARGS)
{
	return CountRow(fcinfo, 2, true);
}

Datum
freq_accum(PG_FUNCTION_ARGS)
{
	return CountRow(fcinfo, 1, false);
}

Datum
freq_accum_weighted(PG_FUNCTION_ARGS)
{
	return CountRow(fcinfo, 1, true);
}

Datum
xtab_combine(PG_FUNCTION_ARGS)
{
	MemoryContext context = AggregateContext(fcinfo);
	XtabState  *a = PG_ARGISNULL(0) ? NULL : (XtabState *) PG_GETARG_POINTER(0);
	XtabState  *b = PG_ARGISNULL(1) ? NULL : (XtabState *) PG_GETARG_POINTER(1);

	if (b == NULL)
	{
		if (a == NULL)
			PG_RETURN_NULL();
		PG_RETURN_POINTER(a);
	}
	if (a == NULL)
	{
		/* b lives in a short-lived context: count it into a state of our own */
		Oid			typid[2] = {b->side[0].typid, b->side[1].typid};
		Oid			collid[2] = {b->side[0].collid, b->side[1].collid};

		a = XtabStateCreate(context, b->nsides, b->weighted, typid, collid, DICT_CACHE_BITS);
	}
	XtabStateMerge(a, b);
	PG_RETURN_POINTER(a);
}

/* Between processes of one server: type and collation by oid, values as datumSerialize() writes them. */
void
XtabStateSend(StringInfo buf, const XtabState *s)
{
	int			cols = s->nsides == 2 ? s->side[1].n : 1;

	pq_sendbyte(buf, s->nsides);
	pq_sendbyte(buf, s->weighted);
	for (int k = 0; k < s->nsides; k++)
	{
		const Dict *d = &s->side[k];

		pq_sendint32(buf, d->typid);
		pq_sendint32(buf, d->collid);
		pq_sendint32(buf, d->n);
		for (int i = 0; i < d->n; i++)
		{
			Size		size = datumEstimateSpace(d->value[i], false, d->typbyval, d->typlen);
			char	   *p;

			pq_sendint32(buf, size);
			enlargeStringInfo(buf, size);
			p = buf->data + buf->len;
			datumSerialize(d->value[i], false, d->typbyval, d->typlen, &p);
			buf->len += size;
		}
	}
	for (int i = 0; i < s->side[0].n; i++)
	{
		size_t		at = XtabStateCell(s, i, 0);

		pq_sendbytes(buf, (char *) &s->n[at], sizeof(int64) * cols);
		if (s->weighted)
		{
			pq_sendbytes(buf, (char *) &s->w[at], sizeof(ExactSum) * cols);
			pq_sendbytes(buf, (char *) &s->w2[at], sizeof(ExactSum) * cols);
		}
	}
	pq_sendbytes(buf, (char *) s->missing, sizeof(s->missing));
	pq_sendbytes(buf, (char *) s->missing_w, sizeof(s->missing_w));
}

XtabState *
XtabStateReceive(StringInfo buf, int cachebits)
{
	XtabState  *s;
	Oid			typid[2],
				collid[2];
	Datum	   *value[2] = {NULL, NULL};
	int			n[2] = {0, 1};
	int			nsides = pq_getmsgbyte(buf);
	bool		weighted = pq_getmsgbyte(buf);

	for (int k = 0; k < nsides; k++)
	{
		typid[k] = pq_getmsgint(buf, 4);
		collid[k] = pq_getmsgint(buf, 4);
		n[k] = pq_getmsgint(buf, 4);
		value[k] = palloc(sizeof(Datum) * Max(n[k], 1));
		for (int i = 0; i < n[k]; i++)
		{
			int			size = pq_getmsgint(buf, 4);
			char	   *p = unconstify(char *, pq_getmsgbytes(buf, size));
			bool		isnull;

			value[k][i] = datumRestore(&p, &isnull);
		}
	}
	s = XtabStateCreate(CurrentMemoryContext, nsides, weighted, typid, collid, cachebits);
	for (int k = 0; k < nsides; k++)
		for (int i = 0; i < n[k]; i++)
			(void) DictInsert(s, k, value[k][i], DictHashBytes(&s->side[k], value[k][i]));
	for (int i = 0; i < n[0]; i++)
	{
		size_t		at = XtabStateCell(s, i, 0);

		pq_copymsgbytes(buf, (char *) &s->n[at], sizeof(int64) * n[1]);
		if (weighted)
		{
			pq_copymsgbytes(buf, (char *) &s->w[at], sizeof(ExactSum) * n[1]);
			pq_copymsgbytes(buf, (char *) &s->w2[at], sizeof(ExactSum) * n[1]);
		}
	}
	pq_copymsgbytes(buf, (char *) s->missing, sizeof(s->missing));
	pq_copymsgbytes(buf, (char *) s->missing_w, sizeof(s->missing_w));
	return s;
}

Datum
xtab_serialize(PG_FUNCTION_ARGS)
{
	StringInfoData buf;

	pq_begintypsend(&buf);
	XtabStateSend(&buf, (XtabState *) PG_GETARG_POINTER(0));
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

Datum
xtab_deserialize(PG_FUNCTION_ARGS)
{
	bytea	   *raw = PG_GETARG_BYTEA_PP(0);
	StringInfoData buf;
	XtabState  *s;

	AggregateContext(fcinfo);
	initStringInfo(&buf);
	appendBinaryStringInfo(&buf, VARDATA_ANY(raw), VARSIZE_ANY_EXHDR(raw));
	s = XtabStateReceive(&buf, DICT_CACHE_BITS);
	pq_getmsgend(&buf);
	PG_RETURN_POINTER(s);
}

/* NULL for no rows at all, as the other aggregates of SQL but count(). */
Datum
xtab_final(PG_FUNCTION_ARGS)
{
	AggregateContext(fcinfo);
	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	PG_RETURN_XTAB(XtabStateFinal((XtabState *) PG_GETARG_POINTER(0)));
}
