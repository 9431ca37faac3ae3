/*
 * xtab_ops.c
 *		Making tables from matrices, adding them, and looking at their parts.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "fmgr.h"
#include "utils/array.h"
#include "utils/builtins.h"

#include "types/xtab.h"

PG_FUNCTION_INFO_V1(xtab_add);
PG_FUNCTION_INFO_V1(xtab_from_counts);
PG_FUNCTION_INFO_V1(xtab_counts);
PG_FUNCTION_INFO_V1(xtab_labels);
PG_FUNCTION_INFO_V1(xtab_scores);
PG_FUNCTION_INFO_V1(xtab_total);
PG_FUNCTION_INFO_V1(xtab_missing);
PG_FUNCTION_INFO_V1(xtab_weight_sums);
PG_FUNCTION_INFO_V1(xtab_transpose);

/* a + b.  As an aggregate's transition or combine function it adds in place where the shapes agree. */
Datum
xtab_add(PG_FUNCTION_ARGS)
{
	if (AggCheckCallContext(fcinfo, NULL))
	{
		struct varlena *a = PG_DETOAST_DATUM(PG_GETARG_DATUM(0));
		struct varlena *b = PG_DETOAST_DATUM(PG_GETARG_DATUM(1));

		/* the state is the aggregate's own copy unless it had to be detoasted just now, and that copy is ours too */
		if (XtabFlatAddInPlace(a, b))
			PG_RETURN_POINTER(a);
	}
	PG_RETURN_XTAB(XtabMerge(PG_GETARG_XTAB(0), PG_GETARG_XTAB(1)));
}

static void
LabelSide(XtabSide *s, ArrayType *labels, const char *which)
{
	Datum	   *elem;
	bool	   *isnull;
	int			n;

	if (labels == NULL)
	{
		/* no labels: the categories are the numbers 1..k, an order with scores */
		s->kind = XTAB_ORDINAL;
		for (int i = 0; i < s->n; i++)
		{
			s->cat[i].label = psprintf("%d", i + 1);
			s->cat[i].score = i + 1;
		}
		return;
	}
	deconstruct_array(labels, TEXTOID, -1, false, TYPALIGN_INT, &elem, &isnull, &n);
	if (n != s->n)
		ereport(ERROR,
				(errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
				 errmsg("number of %s labels does not match the counts", which),
				 errdetail("There are %d labels for %d %ss.", n, s->n, which),
				 errhint("Give one label for each %s of the matrix.", which)));
	s->kind = XTAB_NOMINAL;
	for (int i = 0; i < n; i++)
	{
		if (isnull[i])
			ereport(ERROR,
					(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
					 errmsg("%s label %d is null", which, i + 1)));
		s->cat[i].label = TextDatumGetCString(elem[i]);
		s->cat[i].score = NAN;
	}
	for (int i = 0; i < n; i++)
		for (int j = 0; j < i; j++)
			if (strcmp(s->cat[i].label, s->cat[j].label) == 0)
				ereport(ERROR,
						(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						 errmsg("%s label \"%s\" is given twice", which, s->cat[i].label),
						 errhint("Categories of a contingency table are told apart by their labels.")));
}

/* xtab(counts, row_labels, col_labels): bigint[] or float8[], one or two dimensions. */
Datum
xtab_from_counts(PG_FUNCTION_ARGS)
{
	ArrayType  *counts;
	ArrayType  *labels[2] = {NULL, NULL};
	Datum	   *elem;
	bool	   *isnull;
	int			n,
				nrow,
				ncol;
	bool		integral = true;
	bool		is_float;
	Xtab	   *t;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	counts = PG_GETARG_ARRAYTYPE_P(0);
	for (int k = 0; k < 2; k++)
		if (PG_NARGS() > k + 1 && !PG_ARGISNULL(k + 1))
			labels[k] = PG_GETARG_ARRAYTYPE_P(k + 1);
	if (ARR_NDIM(counts) > 2)
		ereport(ERROR,
				(errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
				 errmsg("a contingency table has one or two dimensions, not %d", ARR_NDIM(counts)),
				 errhint("Make one table for each layer.")));
	nrow = ARR_NDIM(counts) >= 1 ? ARR_DIMS(counts)[0] : 0;
	ncol = ARR_NDIM(counts) == 2 ? ARR_DIMS(counts)[1] : 1;
	is_float = ARR_ELEMTYPE(counts) == FLOAT8OID;
	deconstruct_array(counts, ARR_ELEMTYPE(counts), 8, FLOAT8PASSBYVAL, TYPALIGN_DOUBLE, &elem, &isnull, &n);
	for (int i = 0; i < n; i++)
	{
		double		x;

		if (isnull[i])
			ereport(ERROR,
					(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
					 errmsg("a count is null"),
					 errhint("Write 0 for an empty cell.")));
		x = is_float ? DatumGetFloat8(elem[i]) : (double) DatumGetInt64(elem[i]);
		if (!(x >= 0) || x > (double) XTAB_MAX_COUNT || (!is_float && DatumGetInt64(elem[i]) > XTAB_MAX_COUNT))
			ereport(ERROR,
					(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
					 errmsg("count %g is out of range", x),
					 errdetail("Counts lie between 0 and 2^62.")));
		if (is_float && (x != floor(x) || x > 9007199254740992.0))
			integral = false;
	}
	XtabCheckDims(nrow, ncol, !integral);
	t = XtabCreate((ARR_NDIM(counts) == 2 ? 0 : XTAB_ONE_WAY) | (integral ? 0 : XTAB_WEIGHTED | XTAB_NO_ROWS), nrow, ncol);
	for (int i = 0; i < n; i++)
	{
		if (integral)
			t->n[i] = is_float ? (int64) DatumGetFloat8(elem[i]) : DatumGetInt64(elem[i]);
		else
			(void) exact_sum_from_double(&t->w[i], DatumGetFloat8(elem[i]));
	}
	LabelSide(&t->row, labels[0], "row");
	if (!XTAB_IS_ONE_WAY(t))
		LabelSide(&t->col, labels[1], "column");
	PG_RETURN_XTAB(t);
}

/* The counts as float8[]: sums of weights where there are weights. */
Datum
xtab_counts(PG_FUNCTION_ARGS)
{
	Xtab	   *t = PG_GETARG_XTAB(0);
	size_t		cells = XTAB_CELLS(t);
	Datum	   *elem = palloc(sizeof(Datum) * Max(cells, 1));
	int			dims[2] = {t->row.n, t->col.n};
	int			lbs[2] = {1, 1};

	if (cells == 0)
		PG_RETURN_ARRAYTYPE_P(construct_empty_array(FLOAT8OID));
	for (size_t i = 0; i < cells; i++)
		elem[i] = Float8GetDatum(XtabCount(t, i));
	PG_RETURN_ARRAYTYPE_P(construct_md_array(elem, NULL, XTAB_IS_ONE_WAY(t) ? 1 : 2, dims, lbs, FLOAT8OID, 8,
											 FLOAT8PASSBYVAL, TYPALIGN_DOUBLE));
}

static XtabSide *
SideArgument(Xtab *t, int32 side)
{
	if (side != 1 && side != 2)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("side must be 1 (rows) or 2 (columns), not %d", side)));
	return side == 1 ? &t->row : &t->col;
}

Datum
xtab_labels(PG_FUNCTION_ARGS)
{
	Xtab	   *t = PG_GETARG_XTAB(0);
	XtabSide   *s = SideArgument(t, PG_GETARG_INT32(1));
	Datum	   *elem = palloc(sizeof(Datum) * Max(s->n, 1));

	if (s == &t->col && XTAB_IS_ONE_WAY(t))
		PG_RETURN_NULL();
	for (int i = 0; i < s->n; i++)
		elem[i] = CStringGetTextDatum(s->cat[i].label);
	PG_RETURN_ARRAYTYPE_P(construct_array(elem, s->n, TEXTOID, -1, false, TYPALIGN_INT));
}

Datum
xtab_scores(PG_FUNCTION_ARGS)
{
	Xtab	   *t = PG_GETARG_XTAB(0);
	XtabSide   *s = SideArgument(t, PG_GETARG_INT32(1));
	Datum	   *elem = palloc(sizeof(Datum) * Max(s->n, 1));
	bool	   *nulls = palloc(sizeof(bool) * Max(s->n, 1));
	int			lb = 1;

	if (s->kind != XTAB_ORDINAL || (s == &t->col && XTAB_IS_ONE_WAY(t)))
		PG_RETURN_NULL();
	for (int i = 0; i < s->n; i++)
	{
		nulls[i] = isnan(s->cat[i].score);
		elem[i] = Float8GetDatum(s->cat[i].score);
	}
	if (s->n == 0)
		PG_RETURN_ARRAYTYPE_P(construct_empty_array(FLOAT8OID));
	PG_RETURN_ARRAYTYPE_P(construct_md_array(elem, nulls, 1, &s->n, &lb, FLOAT8OID, 8, FLOAT8PASSBYVAL, TYPALIGN_DOUBLE));
}

Datum
xtab_total(PG_FUNCTION_ARGS)
{
	Xtab	   *t = PG_GETARG_XTAB(0);
	size_t		cells = XTAB_CELLS(t);
	ExactSum	sum = {{0}};
	int64		n = 0;

	for (size_t i = 0; i < cells; i++)
	{
		if (XTAB_IS_WEIGHTED(t))
			XtabAddWeight(&sum, &t->w[i]);
		else
			n = XtabAddCounts(n, t->n[i]);
	}
	PG_RETURN_FLOAT8(XTAB_IS_WEIGHTED(t) ? exact_sum_to_double(&sum) : (double) n);
}

/* The rows in the table, the sum of their weights and of the squared weights; NULLs for rows that are not known. */
Datum
xtab_weight_sums(PG_FUNCTION_ARGS)
{
	Xtab	   *t = PG_GETARG_XTAB(0);
	size_t		cells = XTAB_CELLS(t);
	ExactSum	w = {{0}},
				w2 = {{0}};
	long double n = 0;			/* a total beyond int64 is no error here */
	Datum		sum[3];
	bool		nulls[3] = {false, false, false};
	int			dim = 3,
				lb = 1;

	for (size_t i = 0; i < cells; i++)
	{
		n += t->n[i];
		if (XTAB_IS_WEIGHTED(t))
		{
			XtabAddWeight(&w, &t->w[i]);
			XtabAddWeight(&w2, &t->w2[i]);
		}
	}
	sum[0] = Float8GetDatum((double) n);
	sum[1] = Float8GetDatum(XTAB_IS_WEIGHTED(t) ? exact_sum_to_double(&w) : (double) n);
	sum[2] = Float8GetDatum(XTAB_IS_WEIGHTED(t) ? exact_sum_to_double(&w2) : (double) n);
	nulls[0] = nulls[2] = (t->flags & XTAB_NO_ROWS) != 0;
	PG_RETURN_ARRAYTYPE_P(construct_md_array(sum, nulls, 1, &dim, &lb, FLOAT8OID, 8, FLOAT8PASSBYVAL, TYPALIGN_DOUBLE));
}

/* Rows left out because something was NULL. */
Datum
xtab_missing(PG_FUNCTION_ARGS)
{
	Xtab	   *t = PG_GETARG_XTAB(0);
	int64		n = 0;

	for (int i = 0; i < XTAB_NMISSING; i++)
		n = XtabAddCounts(n, t->missing[i]);
	PG_RETURN_INT64(n);
}

Datum
xtab_transpose(PG_FUNCTION_ARGS)
{
	Xtab	   *t = PG_GETARG_XTAB(0);
	Xtab	   *u;

	if (XTAB_IS_ONE_WAY(t))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("a one-way table cannot be transposed")));
	u = XtabCreate(t->flags, t->col.n, t->row.n);
	u->row = t->col;
	u->col = t->row;
	for (int i = 0; i < t->row.n; i++)
		for (int j = 0; j < t->col.n; j++)
		{
			size_t		from = (size_t) i * t->col.n + j;
			size_t		to = (size_t) j * t->row.n + i;

			u->n[to] = t->n[from];
			if (XTAB_IS_WEIGHTED(t))
			{
				u->w[to] = t->w[from];
				u->w2[to] = t->w2[from];
			}
		}
	memcpy(u->missing, t->missing, sizeof(t->missing));
	memcpy(u->missing_w, t->missing_w, sizeof(t->missing_w));
	u->missing[XTAB_MISSING_ROW] = t->missing[XTAB_MISSING_COL];
	u->missing[XTAB_MISSING_COL] = t->missing[XTAB_MISSING_ROW];
	u->missing_w[XTAB_MISSING_ROW] = t->missing_w[XTAB_MISSING_COL];
	u->missing_w[XTAB_MISSING_COL] = t->missing_w[XTAB_MISSING_ROW];
	PG_RETURN_XTAB(u);
}
