/*
 * xtab_scores.c
 *		set_scores(): scores of the user's own on a table.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "fmgr.h"
#include "utils/array.h"

#include "types/xtab.h"

PG_FUNCTION_INFO_V1(xtab_set_scores);

/*
 * The side becomes ordinal in the order that its categories have; a NULL score puts a category off the scale.  The categories are the
 * unpacked table's own: the value it came from is not written to.
 */
static void
SetSide(XtabSide *s, ArrayType *scores, const char *which)
{
	Datum	   *elem;
	bool	   *isnull;
	int			n;

	if (s->kind == XTAB_MULTI)
		ereport(ERROR,
				(errcode(ERRCODE_WRONG_OBJECT_TYPE),
				 errmsg("a multi-select answer has no scores"),
				 errdetail("The %ss are the distinct selections.", which),
				 errhint("Count cardinality(ms) for the number of options ticked.")));
	deconstruct_array(scores, FLOAT8OID, 8, FLOAT8PASSBYVAL, TYPALIGN_DOUBLE, &elem, &isnull, &n);
	if (n != s->n)
		ereport(ERROR,
				(errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
				 errmsg("number of %s scores does not match the table", which),
				 errdetail("There are %d scores for %d %ss.", n, s->n, which),
				 errhint("Give one for each of %s_labels(), in that order; NULL puts a category off the scale.", which[0] == 'r' ? "row" : "col")));
	s->kind = XTAB_ORDINAL;
	for (int i = 0; i < n; i++)
	{
		double		x = isnull[i] ? NAN : DatumGetFloat8(elem[i]);

		if (!isnull[i] && !isfinite(x))
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("score %g of category \"%s\" is not finite", x, s->cat[i].label),
					 errhint("NULL puts a category off the scale.")));
		s->cat[i].score = x;
		s->cat[i].off_scale = isnull[i];
	}
}

/* set_scores(xtab, row_scores, col_scores) */
Datum
xtab_set_scores(PG_FUNCTION_ARGS)
{
	Xtab	   *t;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	t = PG_GETARG_XTAB(0);
	if (!PG_ARGISNULL(1))
		SetSide(&t->row, PG_GETARG_ARRAYTYPE_P(1), "row");
	if (!PG_ARGISNULL(2))
	{
		if (XTAB_IS_ONE_WAY(t))
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("a one-way table has no columns to score"),
					 errhint("Give row_scores.")));
		SetSide(&t->col, PG_GETARG_ARRAYTYPE_P(2), "column");
	}
	PG_RETURN_XTAB(t);
}
