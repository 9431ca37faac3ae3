/*
 * xtab_state.c
 *		Dictionaries of values and the matrix of cells behind them.
 */
#include "postgres.h"

#include "access/nbtree.h"
#include "catalog/pg_collation.h"
#include "common/hashfn.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/datum.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/typcache.h"

#include "aggregates/xtab_state.h"
#include "types/xtab_side.h"

/* Does the type's btree opclass promise that equal means the same bytes (support function "equalimage")? */
static bool
EqualImage(TypeCacheEntry *tc, Oid typid, Oid collid)
{
	Oid			fn;

	if (!OidIsValid(tc->btree_opf))
		return false;
	fn = get_opfamily_proc(tc->btree_opf, tc->btree_opintype, tc->btree_opintype, BTEQUALIMAGE_PROC);
	if (!OidIsValid(fn) || (type_is_collatable(typid) && !OidIsValid(collid)))
		return false;
	return DatumGetBool(OidFunctionCall1Coll(fn, collid, ObjectIdGetDatum(tc->btree_opintype)));
}

static void
DictInit(Dict *d, MemoryContext context, Oid typid, Oid collid, int cachebits)
{
	TypeCacheEntry *tc = lookup_type_cache(typid, TYPECACHE_BTREE_OPFAMILY | TYPECACHE_CMP_PROC |
										   TYPECACHE_EQ_OPR_FINFO | TYPECACHE_HASH_PROC_FINFO);

	d->typid = typid;
	d->collid = OidIsValid(collid) ? collid : get_typcollation(typid);
	get_typlenbyval(typid, &d->typlen, &d->typbyval);
	if (!OidIsValid(tc->cmp_proc))
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_FUNCTION),
				 errmsg("could not identify a comparison function for type %s", format_type_be(typid)),
				 errdetail("The categories of a contingency table stand in the order of their type."),
				 errhint("Cast the argument to a type that can be sorted, for example to text.")));
	if (EqualImage(tc, typid, d->collid))
		d->mode = d->typbyval ? DICT_WORD : DICT_BYTES;
	else
	{
		if (!OidIsValid(tc->hash_proc) || !OidIsValid(tc->eq_opr_finfo.fn_oid))
			ereport(ERROR,
					(errcode(ERRCODE_UNDEFINED_FUNCTION),
					 errmsg("could not identify a hash function for type %s", format_type_be(typid)),
					 errdetail("Values are counted by hashing them."),
					 errhint("Cast the argument to a type that can be hashed, for example to text.")));
		d->mode = DICT_GENERIC;
		fmgr_info_cxt(tc->hash_proc, &d->hash_fn, context);
		fmgr_info_cxt(tc->eq_opr_finfo.fn_oid, &d->eq_fn, context);
	}
	d->room = 8;
	d->nslots = 16;
	d->value = MemoryContextAlloc(context, sizeof(Datum) * d->room);
	d->hash = MemoryContextAlloc(context, sizeof(uint32) * d->room);
	d->word = MemoryContextAlloc(context, sizeof(uint64) * d->room);
	d->slot = MemoryContextAllocZero(context, sizeof(int) * d->nslots);
	d->cacheshift = 32 - cachebits;
	d->cache = MemoryContextAlloc(context, sizeof(DictCache) << cachebits);
	for (int i = 0; i < 1 << cachebits; i++)
		d->cache[i].index = -1;
}

XtabState *
XtabStateCreate(MemoryContext context, int nsides, bool weighted, const Oid *typid, const Oid *collid, int cachebits)
{
	XtabState  *s = MemoryContextAllocZero(context, sizeof(XtabState));

	s->context = context;
	s->nsides = nsides;
	s->weighted = weighted;
	for (int i = 0; i < nsides; i++)
		DictInit(&s->side[i], context, typid[i], collid[i], cachebits);
	s->rowroom = 8;
	s->colshift = nsides == 2 ? 3 : 0;
	s->n = MemoryContextAllocZero(context, sizeof(int64) << (3 + s->colshift));
	if (weighted)
	{
		s->w = MemoryContextAllocZero(context, sizeof(ExactSum) << (3 + s->colshift));
		s->w2 = MemoryContextAllocZero(context, sizeof(ExactSum) << (3 + s->colshift));
	}
	return s;
}

/* The bytes of a by-reference value; short varlena headers are not part of them. */
static inline const char *
ValueBytes(const Dict *d, Datum v, size_t *len)
{
	if (d->typlen == -1)
	{
		*len = VARSIZE_ANY_EXHDR(DatumGetPointer(v));
		return VARDATA_ANY(DatumGetPointer(v));
	}
	*len = d->typlen == -2 ? strlen(DatumGetCString(v)) : (size_t) d->typlen;
	return DatumGetPointer(v);
}

uint32
DictHashBytes(const Dict *d, Datum value)
{
	const char *p;
	size_t		len;
	uint64		h;

	if (d->mode == DICT_WORD)
		return DictHashWord(value);
	if (d->mode == DICT_GENERIC)
		return DatumGetUInt32(FunctionCall1Coll(unconstify(FmgrInfo *, &d->hash_fn), d->collid, value));
	p = ValueBytes(d, value, &len);
	if (len <= 7)
		return DictHashWord(DictShortWord(p, len));
	if (len > 32)
		return hash_bytes((const unsigned char *) p, len);
	/* survey answers are short: a word at a time beats the general function */
	h = len;
	while (len >= 8)
	{
		uint64		word;

		memcpy(&word, p, 8);
		h = (h ^ word) * UINT64CONST(0x9E3779B97F4A7C15);
		h ^= h >> 29;
		p += 8;
		len -= 8;
	}
	while (len-- > 0)
		h = (h ^ (unsigned char) *p++) * UINT64CONST(0x100000001B3);
	return (uint32) ((h * UINT64CONST(0x9E3779B97F4A7C15)) >> 32);
}

static bool
DictEqual(Dict *d, Datum a, Datum b)
{
	const char *p,
			   *q;
	size_t		n,
				m;

	switch (d->mode)
	{
		case DICT_WORD:
			return a == b;
		case DICT_BYTES:
			p = ValueBytes(d, a, &n);
			q = ValueBytes(d, b, &m);
			return n == m && memcmp(p, q, n) == 0;
		default:
			return DatumGetBool(FunctionCall2Coll(&d->eq_fn, d->collid, a, b));
	}
}

/* Grow one of the matrices from the old shape to the new. */
static void *
GrowCells(XtabState *s, void *old, size_t size, int newrows, int newshift)
{
	char	   *grown = MemoryContextAllocExtended(s->context, ((size_t) newrows << newshift) * size,
												   MCXT_ALLOC_HUGE | MCXT_ALLOC_ZERO);

	for (int i = 0; i < s->rowroom; i++)
		memcpy(grown + ((size_t) i << newshift) * size, (char *) old + ((size_t) i << s->colshift) * size,
			   ((size_t) 1 << s->colshift) * size);
	pfree(old);
	return grown;
}

/* Make room for one more value of the side, in the dictionary and in the matrix. */
static void
MakeRoom(XtabState *s, int side)
{
	Dict	   *d = &s->side[side];
	int			newrows = s->rowroom;
	int			newshift = s->colshift;

	XtabCheckDims(s->side[0].n + (side == 0), s->nsides == 2 ? s->side[1].n + (side == 1) : 1, s->weighted);
	if (d->n == d->room)
	{
		d->room *= 2;
		d->value = repalloc(d->value, sizeof(Datum) * d->room);
		d->hash = repalloc(d->hash, sizeof(uint32) * d->room);
		d->word = repalloc(d->word, sizeof(uint64) * d->room);
		d->nslots = 2 * d->room;
		pfree(d->slot);
		d->slot = MemoryContextAllocZero(s->context, sizeof(int) * d->nslots);
		for (int i = 0; i < d->n; i++)
		{
			int			k = d->hash[i] & (d->nslots - 1);

			while (d->slot[k] != 0)
				k = (k + 1) & (d->nslots - 1);
			d->slot[k] = i + 1;
		}
	}
	if (side == 0 && d->n == s->rowroom)
		newrows *= 2;
	else if (side == 1 && d->n == 1 << s->colshift)
		newshift++;
	else
		return;
	s->n = GrowCells(s, s->n, sizeof(int64), newrows, newshift);
	if (s->weighted)
	{
		s->w = GrowCells(s, s->w, sizeof(ExactSum), newrows, newshift);
		s->w2 = GrowCells(s, s->w2, sizeof(ExactSum), newrows, newshift);
	}
	s->rowroom = newrows;
	s->colshift = newshift;
}

/* The index of a value whose hash is known, entering a copy of it when it is new.  The value is detoasted. */
int
DictInsert(XtabState *s, int side, Datum value, uint32 hash)
{
	Dict	   *d = &s->side[side];
	int			k = hash & (d->nslots - 1);
	int			i;

	while ((i = d->slot[k]) != 0)
	{
		if (d->hash[i - 1] == hash && DictEqual(d, d->value[i - 1], value))
			return i - 1;
		k = (k + 1) & (d->nslots - 1);
	}

	MakeRoom(s, side);
	k = hash & (d->nslots - 1);
	while (d->slot[k] != 0)
		k = (k + 1) & (d->nslots - 1);
	{
		MemoryContext old = MemoryContextSwitchTo(s->context);

		d->value[d->n] = datumCopy(value, d->typbyval, d->typlen);
		MemoryContextSwitchTo(old);
	}
	d->hash[d->n] = hash;
	d->word[d->n] = DICT_NO_WORD;
	if (d->mode == DICT_BYTES)
	{
		size_t		len;
		const char *p = ValueBytes(d, value, &len);

		d->word[d->n] = DictShortWord(p, len);
	}
	d->slot[k] = ++d->n;
	return d->n - 1;
}

/* Weights are frequencies: finite and not negative.  cell < XTAB_NMISSING with the missing sums is the caller's business. */
void
XtabStateAddWeight(XtabState *s, size_t cell, double weight)
{
	ExactSum	w,
				w2;

	if (!exact_sum_from_double(&w, weight) || !exact_sum_from_double(&w2, weight * weight))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("weight %g is out of range", weight),
				 errdetail("Weights are case counts: finite, not negative, and below 1e19."),
				 errhint("Leave rows out with FILTER (WHERE ...), or rescale the weights.")));
	XtabAddWeight(&s->w[cell], &w);
	XtabAddWeight(&s->w2[cell], &w2);
}

void
XtabStateMerge(XtabState *into, const XtabState *from)
{
	int		   *map[2] = {NULL, NULL};
	int			one = 0;

	for (int side = 0; side < from->nsides; side++)
	{
		const Dict *d = &from->side[side];

		map[side] = palloc(sizeof(int) * Max(d->n, 1));
		for (int i = 0; i < d->n; i++)
			map[side][i] = DictInsert(into, side, d->value[i], d->hash[i]);
	}
	for (int i = 0; i < from->side[0].n; i++)
	{
		int			cols = from->nsides == 2 ? from->side[1].n : 1;
		const int  *colmap = from->nsides == 2 ? map[1] : &one;

		CHECK_FOR_INTERRUPTS();
		for (int j = 0; j < cols; j++)
		{
			size_t		a = XtabStateCell(into, map[0][i], colmap[j]);
			size_t		b = XtabStateCell(from, i, j);

			into->n[a] = XtabAddCounts(into->n[a], from->n[b]);
			if (from->weighted)
			{
				XtabAddWeight(&into->w[a], &from->w[b]);
				XtabAddWeight(&into->w2[a], &from->w2[b]);
			}
		}
	}
	for (int i = 0; i < XTAB_NMISSING; i++)
	{
		into->missing[i] = XtabAddCounts(into->missing[i], from->missing[i]);
		XtabAddWeight(&into->missing_w[i], &from->missing_w[i]);
	}
}

/* The finished table, categories in the order of their types.  The state is left as it was. */
Xtab *
XtabStateFinal(const XtabState *s)
{
	int		   *pos[2] = {NULL, NULL};
	int			one = 0;
	XtabSide	side[2];
	Xtab	   *t;

	for (int k = 0; k < s->nsides; k++)
	{
		const Dict *d = &s->side[k];
		XtabDomain	dom = {d->typid, d->collid, d->n, d->value};

		pos[k] = palloc(sizeof(int) * Max(d->n, 1));
		XtabSideFromValues(&side[k], &dom, pos[k]);
	}
	XtabCheckDims(side[0].n, s->nsides == 2 ? side[1].n : 1, s->weighted);
	t = XtabCreate((s->nsides == 1 ? XTAB_ONE_WAY : 0) | (s->weighted ? XTAB_WEIGHTED : 0),
				   side[0].n, s->nsides == 2 ? side[1].n : 1);
	t->row = side[0];
	if (s->nsides == 2)
		t->col = side[1];
	for (int i = 0; i < s->side[0].n; i++)
	{
		int			cols = s->nsides == 2 ? s->side[1].n : 1;
		const int  *colpos = s->nsides == 2 ? pos[1] : &one;

		CHECK_FOR_INTERRUPTS();
		for (int j = 0; j < cols; j++)
		{
			size_t		a = (size_t) pos[0][i] * t->col.n + colpos[j];
			size_t		b = XtabStateCell(s, i, j);

			t->n[a] = s->n[b];
			if (s->weighted)
			{
				t->w[a] = s->w[b];
				t->w2[a] = s->w2[b];
			}
		}
	}
	memcpy(t->missing, s->missing, sizeof(t->missing));
	memcpy(t->missing_w, s->missing_w, sizeof(t->missing_w));
	return t;
}
