/*
 * multiselect_ops.c
 *		Operators of multi-select answers: sets, order, hashing, parts.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "common/hashfn.h"
#include "fmgr.h"
#include "mb/pg_wchar.h"
#include "port/pg_bitutils.h"
#include "utils/array.h"
#include "utils/builtins.h"

#include "types/multiselect.h"

PG_FUNCTION_INFO_V1(multiselect_contains);
PG_FUNCTION_INFO_V1(multiselect_contained);
PG_FUNCTION_INFO_V1(multiselect_overlaps);
PG_FUNCTION_INFO_V1(multiselect_union);
PG_FUNCTION_INFO_V1(multiselect_intersection);
PG_FUNCTION_INFO_V1(multiselect_difference);
PG_FUNCTION_INFO_V1(multiselect_eq);
PG_FUNCTION_INFO_V1(multiselect_ne);
PG_FUNCTION_INFO_V1(multiselect_lt);
PG_FUNCTION_INFO_V1(multiselect_le);
PG_FUNCTION_INFO_V1(multiselect_gt);
PG_FUNCTION_INFO_V1(multiselect_ge);
PG_FUNCTION_INFO_V1(multiselect_cmp);
PG_FUNCTION_INFO_V1(multiselect_hash);
PG_FUNCTION_INFO_V1(multiselect_hash_extended);
PG_FUNCTION_INFO_V1(multiselect_cardinality);
PG_FUNCTION_INFO_V1(multiselect_options);
PG_FUNCTION_INFO_V1(multiselect_has);

static bool
Contains(SetView a, SetView b)
{
	for (int i = 0; i < b.nbytes; i++)
		if (b.bits[i] & ~SetByte(a, i))
			return false;
	return true;
}

static bool
Equal(SetView a, SetView b)
{
	return a.nbytes == b.nbytes && memcmp(a.bits, b.bits, a.nbytes) == 0;
}

/*
 * The order of the sorted lists of options: {} < {a} < {a,b} < {b}.  At the lowest option that one set has and the other has not, the
 * one that has it comes first, unless the other ends there.
 */
static int
Compare(SetView a, SetView b)
{
	int			n = Max(a.nbytes, b.nbytes);

	for (int i = 0; i < n; i++)
	{
		uint8		x = SetByte(a, i);
		uint8		y = SetByte(b, i);
		uint8		lowest;
		bool		a_has;
		SetView		other;
		bool		other_ends;

		if (x == y)
			continue;
		lowest = (x ^ y) & -(x ^ y);
		a_has = (x & lowest) != 0;
		other = a_has ? b : a;
		/* nothing of the other set above that option */
		other_ends = (SetByte(other, i) & (uint8) ~(lowest | (lowest - 1))) == 0 && other.nbytes <= i + 1;
		return a_has != other_ends ? -1 : 1;
	}
	return 0;
}

Datum
multiselect_contains(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(Contains(PG_GETARG_MULTISELECT(0), PG_GETARG_MULTISELECT(1)));
}

Datum
multiselect_contained(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(Contains(PG_GETARG_MULTISELECT(1), PG_GETARG_MULTISELECT(0)));
}

Datum
multiselect_overlaps(PG_FUNCTION_ARGS)
{
	SetView		a = PG_GETARG_MULTISELECT(0);
	SetView		b = PG_GETARG_MULTISELECT(1);

	for (int i = 0; i < Min(a.nbytes, b.nbytes); i++)
		if (a.bits[i] & b.bits[i])
			PG_RETURN_BOOL(true);
	PG_RETURN_BOOL(false);
}

#define SET_OPERATION(name, expression) \
Datum \
name(PG_FUNCTION_ARGS) \
{ \
	SetView		a = PG_GETARG_MULTISELECT(0); \
	SetView		b = PG_GETARG_MULTISELECT(1); \
	OptionSet	set; \
	memset(&set, 0, sizeof(set)); \
	for (int i = 0; i < Max(a.nbytes, b.nbytes); i++) \
	{ \
		uint8		x = SetByte(a, i); \
		uint8		y = SetByte(b, i); \
		set.bits[i] = (expression); \
	} \
	PG_RETURN_POINTER(MultiselectPack(&set)); \
}

SET_OPERATION(multiselect_union, x | y)
SET_OPERATION(multiselect_intersection, x & y)
SET_OPERATION(multiselect_difference, x & ~y)

Datum
multiselect_eq(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(Equal(PG_GETARG_MULTISELECT(0), PG_GETARG_MULTISELECT(1)));
}

Datum
multiselect_ne(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(!Equal(PG_GETARG_MULTISELECT(0), PG_GETARG_MULTISELECT(1)));
}

Datum
multiselect_lt(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(Compare(PG_GETARG_MULTISELECT(0), PG_GETARG_MULTISELECT(1)) < 0);
}

Datum
multiselect_le(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(Compare(PG_GETARG_MULTISELECT(0), PG_GETARG_MULTISELECT(1)) <= 0);
}

Datum
multiselect_gt(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(Compare(PG_GETARG_MULTISELECT(0), PG_GETARG_MULTISELECT(1)) > 0);
}

Datum
multiselect_ge(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(Compare(PG_GETARG_MULTISELECT(0), PG_GETARG_MULTISELECT(1)) >= 0);
}

Datum
multiselect_cmp(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32(Compare(PG_GETARG_MULTISELECT(0), PG_GETARG_MULTISELECT(1)));
}

Datum
multiselect_hash(PG_FUNCTION_ARGS)
{
	SetView		s = PG_GETARG_MULTISELECT(0);

	return hash_any(s.bits, s.nbytes);
}

Datum
multiselect_hash_extended(PG_FUNCTION_ARGS)
{
	SetView		s = PG_GETARG_MULTISELECT(0);

	return hash_any_extended(s.bits, s.nbytes, PG_GETARG_INT64(1));
}

Datum
multiselect_cardinality(PG_FUNCTION_ARGS)
{
	SetView		s = PG_GETARG_MULTISELECT(0);

	PG_RETURN_INT32((int32) pg_popcount((const char *) s.bits, s.nbytes));
}

Datum
multiselect_options(PG_FUNCTION_ARGS)
{
	SetView		s = PG_GETARG_MULTISELECT(0);
	Datum		elem[MULTISELECT_MAX_OPTIONS];
	char		code[MULTISELECT_CODE_LEN];
	int			n = 0;

	for (int i = 0; i < s.nbytes * 8; i++)
		if (SetHas(s, i))
		{
			CodeOfOption(i, code);
			elem[n++] = CStringGetTextDatum(code);
		}
	PG_RETURN_ARRAYTYPE_P(construct_array(elem, n, TEXTOID, -1, false, TYPALIGN_INT));
}

Datum
multiselect_has(PG_FUNCTION_ARGS)
{
	SetView		s = PG_GETARG_MULTISELECT(0);
	text	   *t = PG_GETARG_TEXT_PP(1);
	int			len = VARSIZE_ANY_EXHDR(t);
	int			option = OptionOfCode(VARDATA_ANY(t), len);

	if (option < 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
				 errmsg("\"%s\" is not the code of an option", pnstrdup(VARDATA_ANY(t), pg_mbcliplen(VARDATA_ANY(t), len, 60))),
				 errdetail("Codes are a to z, then aa, bb and so on, up to %d options.", MULTISELECT_MAX_OPTIONS),
				 errhint("For several options use @> (all of them) or && (any of them).")));
	PG_RETURN_BOOL(SetHas(s, option));
}
