/*
 * multiselect_gin.c
 *		GIN support of multi-select answers: a key for each option.
 */
#include "postgres.h"

#include "access/gin.h"
#include "access/stratnum.h"
#include "fmgr.h"

#include "types/multiselect.h"

PG_FUNCTION_INFO_V1(multiselect_gin_extract_value);
PG_FUNCTION_INFO_V1(multiselect_gin_extract_query);
PG_FUNCTION_INFO_V1(multiselect_gin_consistent);
PG_FUNCTION_INFO_V1(multiselect_gin_triconsistent);

/* The strategies of array_ops. */
#define OVERLAPS	1
#define CONTAINS	2
#define CONTAINED	3
#define EQUAL		4

static Datum *
Keys(SetView s, int32 *nkeys)
{
	Datum	   *keys = palloc(sizeof(Datum) * Max(s.nbytes * 8, 1));

	*nkeys = 0;
	for (int i = 0; i < s.nbytes * 8; i++)
		if (SetHas(s, i))
			keys[(*nkeys)++] = Int32GetDatum(i);
	return keys;
}

Datum
multiselect_gin_extract_value(PG_FUNCTION_ARGS)
{
	PG_RETURN_POINTER(Keys(PG_GETARG_MULTISELECT(0), (int32 *) PG_GETARG_POINTER(1)));
}

Datum
multiselect_gin_extract_query(PG_FUNCTION_ARGS)
{
	int32	   *nkeys = (int32 *) PG_GETARG_POINTER(1);
	StrategyNumber strategy = PG_GETARG_UINT16(2);
	int32	   *mode = (int32 *) PG_GETARG_POINTER(6);
	Datum	   *keys = Keys(PG_GETARG_MULTISELECT(0), nkeys);

	switch (strategy)
	{
		case CONTAINS:
			/* every set contains the empty one */
			if (*nkeys == 0)
				*mode = GIN_SEARCH_MODE_ALL;
			break;
		case CONTAINED:
			/* the empty set is contained in every set */
			*mode = GIN_SEARCH_MODE_INCLUDE_EMPTY;
			break;
		case EQUAL:
			if (*nkeys == 0)
				*mode = GIN_SEARCH_MODE_INCLUDE_EMPTY;
			break;
		default:
			break;
	}
	PG_RETURN_POINTER(keys);
}

Datum
multiselect_gin_consistent(PG_FUNCTION_ARGS)
{
	bool	   *check = (bool *) PG_GETARG_POINTER(0);
	StrategyNumber strategy = PG_GETARG_UINT16(1);
	int32		nkeys = PG_GETARG_INT32(3);
	bool	   *recheck = (bool *) PG_GETARG_POINTER(5);

	/* the index knows which of the query's options a set has, not which others it has */
	*recheck = strategy == CONTAINED || strategy == EQUAL;
	if (strategy == CONTAINS || strategy == EQUAL)
		for (int i = 0; i < nkeys; i++)
			if (!check[i])
				PG_RETURN_BOOL(false);
	PG_RETURN_BOOL(true);
}

Datum
multiselect_gin_triconsistent(PG_FUNCTION_ARGS)
{
	GinTernaryValue *check = (GinTernaryValue *) PG_GETARG_POINTER(0);
	StrategyNumber strategy = PG_GETARG_UINT16(1);
	int32		nkeys = PG_GETARG_INT32(3);
	GinTernaryValue result;

	switch (strategy)
	{
		case OVERLAPS:
			result = GIN_FALSE;
			for (int i = 0; i < nkeys; i++)
			{
				if (check[i] == GIN_TRUE)
					PG_RETURN_GIN_TERNARY_VALUE(GIN_TRUE);
				if (check[i] == GIN_MAYBE)
					result = GIN_MAYBE;
			}
			PG_RETURN_GIN_TERNARY_VALUE(result);
		case CONTAINED:
			PG_RETURN_GIN_TERNARY_VALUE(GIN_MAYBE);
		default:
			result = strategy == EQUAL ? GIN_MAYBE : GIN_TRUE;
			for (int i = 0; i < nkeys; i++)
			{
				if (check[i] == GIN_FALSE)
					PG_RETURN_GIN_TERNARY_VALUE(GIN_FALSE);
				if (check[i] == GIN_MAYBE)
					result = GIN_MAYBE;
			}
			PG_RETURN_GIN_TERNARY_VALUE(result);
	}
}
