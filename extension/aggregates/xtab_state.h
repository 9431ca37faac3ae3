/*
 * xtab_state.h
 *		The state of the counting aggregates: a dense matrix of cells behind one dictionary of values a side.
 */
#ifndef CSIRTSURVEY_XTAB_STATE_H
#define CSIRTSURVEY_XTAB_STATE_H

#include "postgres.h"

#include "fmgr.h"
#include "lib/stringinfo.h"

#include "compat.h"
#include "types/xtab.h"

/* How two values of the type are told apart. */
typedef enum DictMode
{
	DICT_WORD,					/* by value, equal if the words are equal */
	DICT_BYTES,					/* by reference, equal if the bytes are equal */
	DICT_GENERIC				/* by the type's own hash and equality */
} DictMode;

#define DICT_CACHE_BITS 8		/* a direct-mapped cache of 2^8 entries before the hash table, where a state counts one or two variables */

typedef struct DictCache
{
	Datum		key;
	int			index;			/* -1: empty */
} DictCache;

typedef struct Dict
{
	Oid			typid;
	Oid			collid;
	int16		typlen;
	bool		typbyval;
	DictMode	mode;
	int			n;				/* values met */
	int			room;
	Datum	   *value;
	uint32	   *hash;
	uint64	   *word;			/* DICT_BYTES: DictShortWord() of each value */
	int			nslots;			/* a power of two, at least twice room */
	int		   *slot;			/* index + 1, 0: free */
	FmgrInfo	hash_fn;		/* DICT_GENERIC */
	FmgrInfo	eq_fn;
	int			cacheshift;		/* 32 - bits of the cache */
	DictCache  *cache;			/* DICT_WORD, DICT_BYTES */
} Dict;

typedef struct XtabState
{
	MemoryContext context;
	int			nsides;
	bool		weighted;
	int			rowroom;		/* allocated rows */
	int			colshift;		/* allocated columns = 1 << colshift */
	int64	   *n;
	ExactSum   *w;
	ExactSum   *w2;
	int64		missing[XTAB_NMISSING];
	ExactSum	missing_w[XTAB_NMISSING];
	Dict		side[2];
} XtabState;

extern XtabState *XtabStateCreate(MemoryContext context, int nsides, bool weighted, const Oid *typid, const Oid *collid, int cachebits);
extern int	DictInsert(XtabState *state, int side, Datum value, uint32 hash);
extern uint32 DictHashBytes(const Dict *d, Datum value);
extern void XtabStateAddWeight(XtabState *state, size_t cell, double weight);
extern void XtabStateMerge(XtabState *into, const XtabState *from);
extern Xtab *XtabStateFinal(const XtabState *state);

/* xtab_agg.c */
extern MemoryContext AggregateContext(FunctionCallInfo fcinfo);
extern void XtabStateSend(StringInfo buf, const XtabState *state);
extern XtabState *XtabStateReceive(StringInfo buf, int cachebits);

static inline uint32
DictHashWord(uint64 v)
{
	return (uint32) ((v * UINT64CONST(0x9E3779B97F4A7C15)) >> 32);
}

#define DICT_NO_WORD PG_UINT64_MAX	/* no word: longer than 7 bytes */

/* The bytes of a short value with their number as one word: answers to a question are mostly as short as that. */
static inline uint64
DictShortWord(const char *p, size_t len)
{
	uint64		word = (uint64) len << 56;

	if (len > 7)
		return DICT_NO_WORD;
	for (size_t i = 0; i < len; i++)
		word |= (uint64) (unsigned char) p[i] << (8 * i);
	return word;
}

/* The index of a value, entering it when it is new. */
static inline int
DictIndex(XtabState *state, int side, Datum value)
{
	Dict	   *d = &state->side[side];

	if (d->mode == DICT_WORD)
	{
		uint32		h = DictHashWord(value);
		DictCache  *c = &d->cache[h >> d->cacheshift];

		if (likely(c->key == value && c->index >= 0))
			return c->index;
		c->index = DictInsert(state, side, value, h);
		c->key = value;
		return c->index;
	}
	if (d->mode == DICT_BYTES && d->typlen == -1 && VARSIZE_ANY_EXHDR(DatumGetPointer(value)) <= 7)
	{
		uint64		word = DictShortWord(VARDATA_ANY(DatumGetPointer(value)), VARSIZE_ANY_EXHDR(DatumGetPointer(value)));
		uint32		h = DictHashWord(word);
		int			i = d->slot[h & (d->nslots - 1)];

		if (likely(i != 0 && d->word[i - 1] == word))
			return i - 1;
		return DictInsert(state, side, value, h);
	}
	return DictInsert(state, side, value, DictHashBytes(d, value));
}

static inline size_t
XtabStateCell(const XtabState *state, int row, int col)
{
	return ((size_t) row << state->colshift) + col;
}

#endif							/* CSIRTSURVEY_XTAB_STATE_H */
