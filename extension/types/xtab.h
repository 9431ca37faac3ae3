/*
 * xtab.h
 *		The contingency table as a value: in memory (Xtab) and on disk (a flat varlena, see xtab_flat.c).
 */
#ifndef CSIRTSURVEY_XTAB_H
#define CSIRTSURVEY_XTAB_H

#include "postgres.h"

#include "fmgr.h"

#include "compat.h"
#include "stats/exact_sum.h"

/* What the numbers of a side may do. */
typedef enum XtabKind
{
	XTAB_NOMINAL = 0,
	XTAB_ORDINAL = 1,
	XTAB_MULTI = 2				/* categories are the distinct selections of a multi-select answer */
} XtabKind;

typedef struct XtabCategory
{
	char	   *label;			/* the type's text form, or the constructor's label */
	double		score;			/* NaN where the category has none */
	bool		off_scale;		/* outside the order ("not done"): left out of ordinal statistics */
} XtabCategory;

typedef struct XtabSide
{
	XtabKind	kind;
	char	   *type_name;		/* as format_type_be_qualified() gives it; "" for labels without a type */
	char	   *collation;		/* qualified name when not the type's default, else "" */
	int			n;
	XtabCategory *cat;
} XtabSide;

/* Rows that are not in the table, by what was missing. */
typedef enum XtabMissing
{
	XTAB_MISSING_ROW = 0,
	XTAB_MISSING_COL,
	XTAB_MISSING_BOTH,
	XTAB_MISSING_WEIGHT
} XtabMissing;
#define XTAB_NMISSING 4

#define XTAB_ONE_WAY	0x01	/* one variable: a single anonymous column */
#define XTAB_WEIGHTED	0x02	/* w holds the counts to use */
#define XTAB_NO_ROWS	0x04	/* n is not known: a table given as fractional counts */
#define XTAB_FLAGS		0x07

typedef struct Xtab
{
	int			flags;
	XtabSide	row;
	XtabSide	col;			/* n = 1 and one empty label in a one-way table */
	int64	   *n;				/* rows counted, row-major */
	ExactSum   *w;				/* sums of weights, NULL unless XTAB_WEIGHTED */
	ExactSum   *w2;				/* sums of squared weights, likewise; zero under XTAB_NO_ROWS */
	int64		missing[XTAB_NMISSING];
	ExactSum	missing_w[XTAB_NMISSING];
} Xtab;

#define XTAB_CELLS(t) ((size_t) (t)->row.n * (t)->col.n)
#define XTAB_IS_ONE_WAY(t) (((t)->flags & XTAB_ONE_WAY) != 0)
#define XTAB_IS_WEIGHTED(t) (((t)->flags & XTAB_WEIGHTED) != 0)

/* Counts beyond this are refused everywhere, so that the sum of two stays inside int64. */
#define XTAB_MAX_COUNT (INT64CONST(1) << 62)

/* xtab_flat.c */
extern struct varlena *XtabPack(const Xtab *t);
extern Xtab *XtabUnpack(Datum d);
extern Xtab *XtabCreate(int flags, int nrow, int ncol);
extern void XtabCheckDims(int64 nrow, int64 ncol, bool weighted);
extern bool XtabFlatAddInPlace(struct varlena *into, const struct varlena *from);
extern int64 XtabAddCounts(int64 a, int64 b);
extern void XtabAddWeight(ExactSum *into, const ExactSum *from);

/* xtab_merge.c */
extern Xtab *XtabMerge(const Xtab *a, const Xtab *b);
extern const Xtab *XtabSquare(const Xtab *t, const char *function, bool *by_position);

/* settings, module.c */
extern int	xtab_max_categories;
extern int	xtab_max_cells;

#define PG_GETARG_XTAB(i) XtabUnpack(PG_GETARG_DATUM(i))
#define PG_RETURN_XTAB(t) PG_RETURN_POINTER(XtabPack(t))

/* The count that statistics use: the sum of weights where there are weights, else the rows. */
static inline double
XtabCount(const Xtab *t, size_t cell)
{
	return XTAB_IS_WEIGHTED(t) ? exact_sum_to_double(&t->w[cell]) : (double) t->n[cell];
}

#endif							/* CSIRTSURVEY_XTAB_H */
