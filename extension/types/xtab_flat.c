/*
 * xtab_flat.c
 *		The flat form of a contingency table: packing, unpacking and the limits.
 *
 * Layout, version 1 (all parts aligned to 8 bytes, native byte order; the portable forms are text and send/receive):
 *
 *		header		XtabFlat
 *		missing		int64[4], then ExactSum[4] if weighted
 *		n			int64[nrow * ncol]
 *		w, w2		ExactSum[nrow * ncol] each, if weighted
 *		row, col	score double[n], off-scale byte[n], then the type name, the collation name and the n labels as NUL-terminated
 *					strings; each side padded to 8
 */
#include "postgres.h"

#include "miscadmin.h"
#include "utils/memutils.h"

#include "types/xtab.h"

#define XTAB_VERSION 1

typedef struct XtabFlat
{
	int32		vl_len_;		/* varlena header (do not touch directly!) */
	uint8		version;
	uint8		flags;			/* XTAB_* */
	uint8		row_kind;
	uint8		col_kind;
	int32		nrow;
	int32		ncol;
	int32		row_bytes;		/* length of the row side's block, a multiple of 8 */
	int32		col_bytes;
} XtabFlat;

#define FLAT_HEADER MAXALIGN(sizeof(XtabFlat))

/* Refuse a table that would not fit: the message says what was met and what to do. */
void
XtabCheckDims(int64 nrow, int64 ncol, bool weighted)
{
	if (nrow > xtab_max_categories || ncol > xtab_max_categories)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("contingency table has too many categories"),
				 errdetail("More than %d distinct values were met on one side (%lld by %lld so far).",
						   xtab_max_categories, (long long) nrow, (long long) ncol),
				 errhint("Group the values first (CASE, width_bucket(), date_trunc()), or raise csirtsurvey.max_categories.")));
	if (nrow * ncol > xtab_max_cells)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("contingency table has too many cells"),
				 errdetail("%lld by %lld categories make %lld cells; the limit is %d.",
						   (long long) nrow, (long long) ncol, (long long) (nrow * ncol), xtab_max_cells),
				 errhint("Group the values of the longer side first, or raise csirtsurvey.max_cells.")));
	if (nrow * ncol * (int64) (sizeof(int64) + (weighted ? 2 * sizeof(ExactSum) : 0)) > (int64) MaxAllocSize / 2)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("contingency table is too large for a value"),
				 errdetail("%lld by %lld categories need more than half a gigabyte.", (long long) nrow, (long long) ncol),
				 errhint("Group the values of the longer side first.")));
}

/* Sum of two counts; beyond 2^62 an error rather than a wrong number. */
int64
XtabAddCounts(int64 a, int64 b)
{
	uint64		sum = (uint64) a + (uint64) b;	/* both are at most 2^62 */

	if (unlikely(sum > (uint64) XTAB_MAX_COUNT))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("count out of range"),
				 errdetail("A cell of a contingency table holds at most 2^62 = %lld rows.", (long long) XTAB_MAX_COUNT),
				 errhint("Keep the tables apart, one a group.")));
	return (int64) sum;
}

void
XtabAddWeight(ExactSum *into, const ExactSum *from)
{
	if (unlikely(!exact_sum_merge(into, from)))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("sum of weights out of range"),
				 errdetail("Sums of weights and of squared weights must stay below 2^128."),
				 errhint("Rescale the weights, for example to a mean of 1.")));
}

static void *
AllocCells(size_t cells, size_t size)
{
	return MemoryContextAllocExtended(CurrentMemoryContext, Max(cells, 1) * size, MCXT_ALLOC_HUGE | MCXT_ALLOC_ZERO);
}

/* An empty table with its arrays; categories are zeroed and await their labels. */
Xtab *
XtabCreate(int flags, int nrow, int ncol)
{
	Xtab	   *t = palloc0(sizeof(Xtab));
	size_t		cells = (size_t) nrow * ncol;

	t->flags = flags;
	t->row.n = nrow;
	t->col.n = ncol;
	t->row.type_name = t->row.collation = t->col.type_name = t->col.collation = "";
	t->row.cat = palloc0(sizeof(XtabCategory) * Max(nrow, 1));
	t->col.cat = palloc0(sizeof(XtabCategory) * Max(ncol, 1));
	if (flags & XTAB_ONE_WAY)
	{
		t->col.cat[0].label = "";
		t->col.cat[0].score = 1;
	}
	t->n = AllocCells(cells, sizeof(int64));
	if (flags & XTAB_WEIGHTED)
	{
		t->w = AllocCells(cells, sizeof(ExactSum));
		t->w2 = AllocCells(cells, sizeof(ExactSum));
	}
	return t;
}

static size_t
SideBytes(const XtabSide *s)
{
	size_t		bytes = (sizeof(double) + 1) * s->n + strlen(s->type_name) + 1 + strlen(s->collation) + 1;

	for (int i = 0; i < s->n; i++)
		bytes += strlen(s->cat[i].label) + 1;
	return MAXALIGN(bytes);
}

static char *
PutString(char *p, const char *s)
{
	size_t		len = strlen(s) + 1;

	memcpy(p, s, len);
	return p + len;
}

static char *
PutBytes(char *p, const void *from, size_t len)
{
	memcpy(p, from, len);
	return p + len;
}

static void
PackSide(char *p, const XtabSide *s)
{
	double	   *score = (double *) p;
	char	   *off = p + sizeof(double) * s->n;
	char	   *str = off + s->n;

	for (int i = 0; i < s->n; i++)
	{
		score[i] = s->cat[i].score;
		off[i] = s->cat[i].off_scale;
	}
	str = PutString(str, s->type_name);
	str = PutString(str, s->collation);
	for (int i = 0; i < s->n; i++)
		str = PutString(str, s->cat[i].label);
}

struct varlena *
XtabPack(const Xtab *t)
{
	size_t		cells = XTAB_CELLS(t);
	bool		weighted = XTAB_IS_WEIGHTED(t);
	size_t		row_bytes = SideBytes(&t->row);
	size_t		col_bytes = SideBytes(&t->col);
	size_t		size = FLAT_HEADER + sizeof(t->missing) + (weighted ? sizeof(t->missing_w) : 0)
		+ cells * (sizeof(int64) + (weighted ? 2 * sizeof(ExactSum) : 0)) + row_bytes + col_bytes;
	XtabFlat   *flat;
	char	   *p;

	if (!AllocSizeIsValid(size))
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("contingency table is too large for a value"),
				 errdetail("It needs %zu bytes; a value holds at most %zu.", size, (size_t) MaxAllocSize),
				 errhint("Group the values of the longer side first.")));
	flat = palloc0(size);
	SET_VARSIZE(flat, size);
	flat->version = XTAB_VERSION;
	flat->flags = t->flags;
	flat->row_kind = t->row.kind;
	flat->col_kind = t->col.kind;
	flat->nrow = t->row.n;
	flat->ncol = t->col.n;
	flat->row_bytes = row_bytes;
	flat->col_bytes = col_bytes;

	p = PutBytes((char *) flat + FLAT_HEADER, t->missing, sizeof(t->missing));
	if (weighted)
		p = PutBytes(p, t->missing_w, sizeof(t->missing_w));
	p = PutBytes(p, t->n, cells * sizeof(int64));
	if (weighted)
	{
		p = PutBytes(p, t->w, cells * sizeof(ExactSum));
		p = PutBytes(p, t->w2, cells * sizeof(ExactSum));
	}
	PackSide(p, &t->row);
	PackSide(p + row_bytes, &t->col);
	return (struct varlena *) flat;
}

static void
UnpackSide(char *p, XtabSide *s, int kind, int n)
{
	double	   *score = (double *) p;
	char	   *off = p + sizeof(double) * n;
	char	   *str = off + n;

	s->kind = kind;
	s->n = n;
	s->cat = palloc(sizeof(XtabCategory) * Max(n, 1));
	s->type_name = str;
	str += strlen(str) + 1;
	s->collation = str;
	str += strlen(str) + 1;
	for (int i = 0; i < n; i++)
	{
		s->cat[i].score = score[i];
		s->cat[i].off_scale = off[i] != 0;
		s->cat[i].label = str;
		str += strlen(str) + 1;
	}
}

/* The table in memory; its arrays and strings point into the detoasted value, which is never written to. */
Xtab *
XtabUnpack(Datum d)
{
	XtabFlat   *flat = (XtabFlat *) PG_DETOAST_DATUM(d);
	Xtab	   *t = palloc0(sizeof(Xtab));
	size_t		cells;
	char	   *p = (char *) flat + FLAT_HEADER;

	if (flat->version != XTAB_VERSION)
		ereport(ERROR,
				(errcode(ERRCODE_DATA_CORRUPTED),
				 errmsg("unknown version %d of a stored contingency table", flat->version),
				 errdetail("This build reads version %d.", XTAB_VERSION),
				 errhint("Update csirtsurvey to the version that wrote the value.")));
	cells = (size_t) flat->nrow * flat->ncol;
	t->flags = flat->flags;
	memcpy(t->missing, p, sizeof(t->missing));
	p += sizeof(t->missing);
	if (XTAB_IS_WEIGHTED(t))
	{
		memcpy(t->missing_w, p, sizeof(t->missing_w));
		p += sizeof(t->missing_w);
	}
	t->n = (int64 *) p;
	p += cells * sizeof(int64);
	if (XTAB_IS_WEIGHTED(t))
	{
		t->w = (ExactSum *) p;
		p += cells * sizeof(ExactSum);
		t->w2 = (ExactSum *) p;
		p += cells * sizeof(ExactSum);
	}
	UnpackSide(p, &t->row, flat->row_kind, flat->nrow);
	UnpackSide(p + flat->row_bytes, &t->col, flat->col_kind, flat->ncol);
	return t;
}

/*
 * Add from to into where both have the same sides to the byte: the common case of a roll-up, done without unpacking.  Both are
 * detoasted; into belongs to the caller.  False when the shapes differ (nothing is changed then).
 */
bool
XtabFlatAddInPlace(struct varlena *into, const struct varlena *from)
{
	XtabFlat   *a = (XtabFlat *) into;
	const XtabFlat *b = (const XtabFlat *) from;
	bool		weighted = (a->flags & XTAB_WEIGHTED) != 0;
	size_t		cells = (size_t) a->nrow * a->ncol;
	size_t		sides = FLAT_HEADER + sizeof(int64) * XTAB_NMISSING + (weighted ? sizeof(ExactSum) * XTAB_NMISSING : 0)
	+ cells * (sizeof(int64) + (weighted ? 2 * sizeof(ExactSum) : 0));
	int64	   *na = (int64 *) ((char *) a + FLAT_HEADER);
	const int64 *nb = (const int64 *) ((const char *) b + FLAT_HEADER);
	ExactSum   *wa;
	const ExactSum *wb;

	if (VARSIZE(a) != VARSIZE(b) ||
		memcmp((char *) a + VARHDRSZ, (const char *) b + VARHDRSZ, FLAT_HEADER - VARHDRSZ) != 0 ||
		memcmp((char *) a + sides, (const char *) b + sides, VARSIZE(a) - sides) != 0)
		return false;

	for (int i = 0; i < XTAB_NMISSING; i++)
		na[i] = XtabAddCounts(na[i], nb[i]);
	na += XTAB_NMISSING;
	nb += XTAB_NMISSING;
	if (weighted)
	{
		wa = (ExactSum *) na;
		wb = (const ExactSum *) nb;
		for (int i = 0; i < XTAB_NMISSING; i++)
			XtabAddWeight(&wa[i], &wb[i]);
		na = (int64 *) (wa + XTAB_NMISSING);
		nb = (const int64 *) (wb + XTAB_NMISSING);
	}
	for (size_t i = 0; i < cells; i++)
		na[i] = XtabAddCounts(na[i], nb[i]);
	if (weighted)
	{
		wa = (ExactSum *) (na + cells);
		wb = (const ExactSum *) (nb + cells);
		for (size_t i = 0; i < 2 * cells; i++)
			XtabAddWeight(&wa[i], &wb[i]);
	}
	return true;
}
