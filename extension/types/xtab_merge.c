/*
 * xtab_merge.c
 *		Adding tables category by category, and giving a table the same categories on both sides, in the order of their source types.
 */
#include "postgres.h"

#include "common/hashfn.h"
#include "miscadmin.h"
#include "utils/hsearch.h"
#include "utils/lsyscache.h"

#include <math.h>

#include "types/xtab_side.h"

static bool
SameLabels(const XtabSide *a, const XtabSide *b)
{
	if (a->n != b->n)
		return false;
	for (int i = 0; i < a->n; i++)
		if (strcmp(a->cat[i].label, b->cat[i].label) != 0)
			return false;
	return true;
}

typedef struct LabelEntry
{
	const char *label;			/* key */
	int			index;
} LabelEntry;

static uint32
LabelHash(const void *key, Size keysize pg_attribute_unused())
{
	const char *s = *(const char *const *) key;

	return hash_bytes((const unsigned char *) s, strlen(s));
}

static int
LabelMatch(const void *a, const void *b, Size keysize pg_attribute_unused())
{
	return strcmp(*(const char *const *) a, *(const char *const *) b);
}

/* Scores of a nominal side mean nothing. */
static bool
SameScore(XtabKind kind, const XtabCategory *a, const XtabCategory *b)
{
	if (kind != XTAB_ORDINAL)
		return true;
	return a->off_scale == b->off_scale && (a->score == b->score || (isnan(a->score) && isnan(b->score)));
}

/* Scores 1..n, as an enum has them: they follow its labels, which may have become more. */
static bool
ScoresByPosition(const XtabSide *s)
{
	for (int i = 0; i < s->n; i++)
		if (s->cat[i].score != i + 1)
			return false;
	return s->kind == XTAB_ORDINAL;
}

static void
DifferentScores(const XtabCategory *a, const XtabCategory *b)
{
	ereport(ERROR,
			(errcode(ERRCODE_DATATYPE_MISMATCH),
			 errmsg("cannot add contingency tables with different scores"),
			 errdetail("Category \"%s\" has %s in one and %s in the other.", a->label,
					   isnan(a->score) ? "no score" : psprintf("score %g", a->score), isnan(b->score) ? "no score" : psprintf("score %g", b->score)),
			 errhint("Give both tables the same scores with set_scores().")));
}

/* The union of two sides of one type by label, in the order of the type; mapa and mapb tell where each category went. */
static void
SideUnion(XtabSide *out, const XtabSide *a, const XtabSide *b, int *mapa, int *mapb)
{
	HASHCTL		ctl;
	HTAB	   *seen;
	XtabCategory *all;
	XtabSide	joined;
	XtabDomain	dom;
	const XtabCategory *differs[2] = {NULL, NULL};
	bool		known;
	int			n = 0;

	for (int i = 0; i < a->n; i++)
		mapa[i] = i;
	if (SameLabels(a, b))
	{
		for (int i = 0; i < a->n; i++)
			if (!SameScore(a->kind, &a->cat[i], &b->cat[i]))
				DifferentScores(&a->cat[i], &b->cat[i]);
		memcpy(mapb, mapa, sizeof(int) * b->n);
		*out = *a;
		return;
	}

	all = palloc(sizeof(XtabCategory) * (a->n + b->n));
	memset(&ctl, 0, sizeof(ctl));
	ctl.keysize = sizeof(char *);
	ctl.entrysize = sizeof(LabelEntry);
	ctl.hash = LabelHash;
	ctl.match = LabelMatch;
	ctl.hcxt = CurrentMemoryContext;
	seen = hash_create("xtab labels", a->n + b->n, &ctl, HASH_ELEM | HASH_FUNCTION | HASH_COMPARE | HASH_CONTEXT);
	for (int k = 0; k < 2; k++)
	{
		const XtabSide *s = k == 0 ? a : b;
		int		   *map = k == 0 ? mapa : mapb;

		for (int i = 0; i < s->n; i++)
		{
			const char *label = s->cat[i].label;
			bool		found;
			LabelEntry *e = hash_search(seen, &label, HASH_ENTER, &found);

			if (!found)
			{
				e->index = n;
				all[n++] = s->cat[i];
			}
			else if (!SameScore(a->kind, &all[e->index], &s->cat[i]))
			{
				differs[0] = &all[e->index];
				differs[1] = &s->cat[i];
			}
			map[i] = e->index;
		}
	}
	hash_destroy(seen);
	joined = *a;
	joined.n = n;
	joined.cat = all;
	*out = joined;
	known = XtabValuesFromSide(&joined, &dom);
	/* labels that an enum was given between two counts moved the scores of those after them: the type says what they are now */
	if (differs[0] && !(known && type_is_enum(getBaseType(dom.typid)) && ScoresByPosition(a) && ScoresByPosition(b)))
		DifferentScores(differs[0], differs[1]);
	if (known)
	{
		/* in the order of the type; without a known type the second table's new labels follow the first's */
		int		   *pos = palloc(sizeof(int) * Max(n, 1));

		XtabSideFromValues(out, &dom, pos);
		/* scores set by hand stay with their categories */
		for (int i = 0; i < n && !differs[0]; i++)
			out->cat[pos[i]] = all[i];
		for (int i = 0; i < a->n; i++)
			mapa[i] = pos[mapa[i]];
		for (int i = 0; i < b->n; i++)
			mapb[i] = pos[mapb[i]];
		out->kind = a->kind;
	}
}

static void
MergeSide(XtabSide *out, const XtabSide *a, const XtabSide *b, int *mapa, int *mapb)
{
	if (a->kind != b->kind && strcmp(a->type_name, b->type_name) == 0)
		ereport(ERROR,
				(errcode(ERRCODE_DATATYPE_MISMATCH),
				 errmsg("cannot add an ordinal and a nominal side of contingency tables"),
				 errdetail("Both count %s; one has scores.", a->type_name[0] ? a->type_name : "labels without a type"),
				 errhint("Give both tables the same scores with set_scores().")));
	if (a->kind != b->kind || strcmp(a->type_name, b->type_name) != 0)
		ereport(ERROR,
				(errcode(ERRCODE_DATATYPE_MISMATCH),
				 errmsg("cannot add contingency tables of different types"),
				 errdetail("One side counts %s, the other %s.",
						   a->type_name[0] ? a->type_name : "labels without a type",
						   b->type_name[0] ? b->type_name : "labels without a type"),
				 errhint("Cast both columns to one type before counting them.")));
	SideUnion(out, a, b, mapa, mapb);
}

static void
AddInto(Xtab *out, const Xtab *t, const int *rowmap, const int *colmap)
{
	for (int i = 0; i < t->row.n; i++)
	{
		CHECK_FOR_INTERRUPTS();
		for (int j = 0; j < t->col.n; j++)
		{
			size_t		to = (size_t) rowmap[i] * out->col.n + colmap[j];
			size_t		from = (size_t) i * t->col.n + j;

			out->n[to] = XtabAddCounts(out->n[to], t->n[from]);
			if (XTAB_IS_WEIGHTED(t))
			{
				XtabAddWeight(&out->w[to], &t->w[from]);
				XtabAddWeight(&out->w2[to], &t->w2[from]);
			}
		}
	}
	for (int i = 0; i < XTAB_NMISSING; i++)
	{
		out->missing[i] = XtabAddCounts(out->missing[i], t->missing[i]);
		if (XTAB_IS_WEIGHTED(t))
			XtabAddWeight(&out->missing_w[i], &t->missing_w[i]);
	}
}

Xtab *
XtabMerge(const Xtab *a, const Xtab *b)
{
	XtabSide	row,
				col;
	int		   *map[4];
	Xtab	   *out;

	if ((a->flags ^ b->flags) & XTAB_ONE_WAY)
		ereport(ERROR,
				(errcode(ERRCODE_DATATYPE_MISMATCH),
				 errmsg("cannot add a one-way and a two-way contingency table")));
	if ((a->flags ^ b->flags) & XTAB_WEIGHTED)
		ereport(ERROR,
				(errcode(ERRCODE_DATATYPE_MISMATCH),
				 errmsg("cannot add a weighted and an unweighted contingency table"),
				 errhint("Count both with a weight; a weight of 1 gives plain counts.")));
	map[0] = palloc(sizeof(int) * Max(a->row.n, 1));
	map[1] = palloc(sizeof(int) * Max(b->row.n, 1));
	map[2] = palloc(sizeof(int) * Max(a->col.n, 1));
	map[3] = palloc(sizeof(int) * Max(b->col.n, 1));
	MergeSide(&row, &a->row, &b->row, map[0], map[1]);
	MergeSide(&col, &a->col, &b->col, map[2], map[3]);
	XtabCheckDims(row.n, col.n, XTAB_IS_WEIGHTED(a));
	out = XtabCreate(a->flags | b->flags, row.n, col.n);
	out->row = row;
	out->col = col;
	AddInto(out, a, map[0], map[2]);
	AddInto(out, b, map[1], map[3]);
	if (out->flags & XTAB_NO_ROWS)
	{
		/* what only one of the two knew */
		memset(out->n, 0, sizeof(out->n[0]) * XTAB_CELLS(out));
		memset(out->w2, 0, sizeof(out->w2[0]) * XTAB_CELLS(out));
	}
	return out;
}

static bool
HasLabel(const XtabSide *s, const char *label)
{
	for (int i = 0; i < s->n; i++)
		if (strcmp(s->cat[i].label, label) == 0)
			return true;
	return false;
}

/* Labels 1..n, as a matrix without labels has them: positions, not categories. */
static bool
Numbered(const XtabSide *s)
{
	for (int i = 0; i < s->n; i++)
		if (strcmp(s->cat[i].label, psprintf("%d", i + 1)) != 0)
			return false;
	return true;
}

/* The two sides of a table made by hand have no type to say that they are the same variable: do they share categories? */
static bool
ShareLabels(const Xtab *t)
{
	if (Numbered(&t->row) && Numbered(&t->col))
		return false;
	for (int i = 0; i < t->row.n; i++)
		if (HasLabel(&t->col, t->row.cat[i].label))
			return true;
	return false;
}

/*
 * A two-way table of one variable asked twice, with the categories of either side on both, in the order of the type.  A table made by hand
 * is matched by its labels, and one without a common label by position if it is square (by_position).  function is named in errors.
 */
const Xtab *
XtabSquare(const Xtab *t, const char *function, bool *by_position)
{
	XtabSide	side;
	int		   *rowmap,
			   *colmap;
	Xtab	   *out;

	*by_position = false;
	if (strcmp(t->row.type_name, t->col.type_name) != 0)
		ereport(ERROR,
				(errcode(ERRCODE_DATATYPE_MISMATCH),
				 errmsg("%s needs the same variable on both sides", function),
				 errdetail("The rows count %s, the columns %s.",
						   t->row.type_name[0] ? t->row.type_name : "labels without a type",
						   t->col.type_name[0] ? t->col.type_name : "labels without a type"),
				 errhint("Cast both columns to one type before counting them.")));
	if (SameLabels(&t->row, &t->col))
		return t;
	if (t->row.type_name[0] == '\0' && !ShareLabels(t))
	{
		if (t->row.n != t->col.n)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("%s needs the same categories on both sides", function),
					 errdetail("The table is %d x %d.", t->row.n, t->col.n),
					 errhint("Count one variable asked twice, such as xtab(before, after), or give rows and columns the same labels.")));
		*by_position = true;
		return t;
	}
	rowmap = palloc(sizeof(int) * Max(t->row.n, 1));
	colmap = palloc(sizeof(int) * Max(t->col.n, 1));
	SideUnion(&side, &t->row, &t->col, rowmap, colmap);
	XtabCheckDims(side.n, side.n, XTAB_IS_WEIGHTED(t));
	out = XtabCreate(t->flags, side.n, side.n);
	out->row = side;
	out->col = side;
	AddInto(out, t, rowmap, colmap);
	return out;
}
