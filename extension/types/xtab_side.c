/*
 * xtab_side.c
 *		From values of a type to the categories of a side, and back.
 *
 * Scales, enums and booleans show their whole domain, met or not, so that a level nobody chose is a visible zero and the scores 1..k
 * of an enum are the same in every table.  Other types show the values met.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "access/table.h"
#include "access/genam.h"
#include "catalog/namespace.h"
#include "catalog/pg_collation.h"
#include "catalog/pg_enum.h"
#include "catalog/pg_type.h"
#include "parser/parse_type.h"
#include "utils/builtins.h"
#include "utils/catcache.h"
#include "utils/date.h"
#include "utils/fmgroids.h"
#include "utils/guc.h"
#include "utils/lsyscache.h"
#include "utils/numeric.h"
#include "utils/regproc.h"
#include "utils/syscache.h"
#include "utils/timestamp.h"
#include "utils/typcache.h"

#include "types/scale.h"
#include "types/xtab_side.h"

XtabKind
XtabKindOfType(Oid typid)
{
	Oid			base = getBaseType(typid);
	char	   *name;

	switch (base)
	{
		case INT2OID:
		case INT4OID:
		case INT8OID:
		case FLOAT4OID:
		case FLOAT8OID:
		case NUMERICOID:
		case DATEOID:
		case TIMESTAMPOID:
		case TIMESTAMPTZOID:
		case TIMEOID:
			return XTAB_ORDINAL;
		default:
			if (type_is_enum(base) || ScaleOfType(base) != NULL)
				return XTAB_ORDINAL;
			name = ExtensionTypeName(base);
			return name != NULL && strcmp(name, "multiselect") == 0 ? XTAB_MULTI : XTAB_NOMINAL;
	}
}

/* The score of a value: numbers are their own, dates count days, times and timestamps days with their fraction; else NaN. */
static double
ScoreOfValue(Oid base, Datum v)
{
	double		s;

	switch (base)
	{
		case INT2OID:
			return DatumGetInt16(v);
		case INT4OID:
			return DatumGetInt32(v);
		case INT8OID:
			return (double) DatumGetInt64(v);
		case FLOAT4OID:
			s = DatumGetFloat4(v);
			break;
		case FLOAT8OID:
			s = DatumGetFloat8(v);
			break;
		case NUMERICOID:
			s = DatumGetFloat8(DirectFunctionCall1(numeric_float8_no_overflow, v));
			break;
		case DATEOID:
			return DATE_NOT_FINITE(DatumGetDateADT(v)) ? NAN : DatumGetDateADT(v);
		case TIMESTAMPOID:
		case TIMESTAMPTZOID:
			return TIMESTAMP_NOT_FINITE(DatumGetTimestamp(v)) ? NAN : DatumGetTimestamp(v) / (double) USECS_PER_DAY;
		case TIMEOID:
			return DatumGetTimeADT(v) / (double) USECS_PER_DAY;
		default:
			return NAN;
	}
	return isfinite(s) ? s : NAN;
}

typedef struct SortContext
{
	FmgrInfo   *cmp;
	Oid			collid;
	Datum	   *value;
} SortContext;

static int
CompareValues(const void *a, const void *b, void *arg)
{
	SortContext *c = arg;

	return DatumGetInt32(FunctionCall2Coll(c->cmp, c->collid, c->value[*(const int *) a], c->value[*(const int *) b]));
}

static FmgrInfo *
ComparisonFunction(Oid typid)
{
	TypeCacheEntry *tc = lookup_type_cache(typid, TYPECACHE_CMP_PROC_FINFO);

	if (!OidIsValid(tc->cmp_proc_finfo.fn_oid))
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_FUNCTION),
				 errmsg("could not identify a comparison function for type %s", format_type_be(typid)),
				 errdetail("The categories of a contingency table stand in the order of their type."),
				 errhint("Cast the argument to a type that can be sorted, for example to text.")));
	return &tc->cmp_proc_finfo;
}

/* Whole domain of a scale, enum or boolean, in order; false for types without a listable domain. */
static bool
WholeDomain(Oid base, const ScaleDef *scale, XtabDomain *dom)
{
	if (scale != NULL)
	{
		dom->n = scale->ncodes;
		dom->value = palloc(scale->ncodes * sizeof(Datum));
		for (int i = 0; i < scale->ncodes; i++)
			dom->value[i] = Int16GetDatum(SCALE_VALUE(scale->id, i));
		return true;
	}
	if (base == BOOLOID)
	{
		dom->n = 2;
		dom->value = palloc(2 * sizeof(Datum));
		dom->value[0] = BoolGetDatum(false);
		dom->value[1] = BoolGetDatum(true);
		return true;
	}
	if (type_is_enum(base))
	{
		/* in sort order, as the index gives them; labels added by a transaction still open are not yet values */
		Relation	rel = table_open(EnumRelationId, AccessShareLock);
		Relation	idx = index_open(EnumTypIdSortOrderIndexId, AccessShareLock);
		ScanKeyData key;
		SysScanDesc scan;
		HeapTuple	tup;
		int			room = 16;

		dom->n = 0;
		dom->value = palloc(room * sizeof(Datum));
		ScanKeyInit(&key, Anum_pg_enum_enumtypid, BTEqualStrategyNumber, F_OIDEQ, ObjectIdGetDatum(base));
		scan = systable_beginscan_ordered(rel, idx, NULL, 1, &key);
		while (HeapTupleIsValid(tup = systable_getnext_ordered(scan, ForwardScanDirection)))
		{
			if (dom->n == room)
				dom->value = repalloc(dom->value, (room *= 2) * sizeof(Datum));
			dom->value[dom->n++] = ObjectIdGetDatum(((Form_pg_enum) GETSTRUCT(tup))->oid);
		}
		systable_endscan_ordered(scan);
		index_close(idx, AccessShareLock);
		table_close(rel, AccessShareLock);
		return true;
	}
	return false;
}

/* Text of a value that reads back the same whatever the session's settings: ISO dates, shortest exact floats. */
static int
BeginPortableText(void)
{
	int			level = NewGUCNestLevel();

	(void) set_config_option("datestyle", "ISO", PGC_USERSET, PGC_S_SESSION, GUC_ACTION_SAVE, true, 0, false);
	(void) set_config_option("intervalstyle", "postgres", PGC_USERSET, PGC_S_SESSION, GUC_ACTION_SAVE, true, 0, false);
	(void) set_config_option("extra_float_digits", "3", PGC_USERSET, PGC_S_SESSION, GUC_ACTION_SAVE, true, 0, false);
	return level;
}

static char *
CollationName(Oid typid, Oid collid)
{
	HeapTuple	tup;
	char	   *name;

	if (!OidIsValid(collid) || collid == get_typcollation(typid))
		return "";
	tup = SearchSysCache1(COLLOID, ObjectIdGetDatum(collid));
	if (!HeapTupleIsValid(tup))
		return "";
	name = quote_qualified_identifier(get_namespace_name(((Form_pg_collation) GETSTRUCT(tup))->collnamespace),
									  NameStr(((Form_pg_collation) GETSTRUCT(tup))->collname));
	ReleaseSysCache(tup);
	return name;
}

/*
 * Build side from the distinct values of dom, in the order of the type.  position[i] becomes the category of dom's value i.
 */
void
XtabSideFromValues(XtabSide *side, XtabDomain *dom, int *position)
{
	Oid			base = getBaseType(dom->typid);
	FmgrInfo   *cmp = ComparisonFunction(dom->typid);
	XtabDomain	whole = *dom;
	const ScaleDef *scale = ScaleOfType(base);
	bool		listed = WholeDomain(base, scale, &whole);
	int		   *order;
	FmgrInfo	out;
	Oid			typoutput;
	bool		varlena;
	int			guc;

	order = palloc(sizeof(int) * Max(dom->n, 1));
	for (int i = 0; i < dom->n; i++)
		order[i] = i;
	{
		SortContext c = {cmp, dom->collid, dom->value};

		qsort_arg(order, dom->n, sizeof(int), CompareValues, &c);
	}
	if (listed)
	{
		/* both are sorted and the domain holds every value: one pass finds each value's place */
		int			k = 0;

		for (int i = 0; i < dom->n; i++)
		{
			while (k < whole.n && whole.value[k] != dom->value[order[i]])
				k++;
			if (k == whole.n)
				ereport(ERROR,
						(errcode(ERRCODE_INTERNAL_ERROR),
						 errmsg("a value of type %s is not among its values", format_type_be(dom->typid))));
			position[order[i]] = k;
		}
	}
	else
	{
		whole.value = palloc(sizeof(Datum) * Max(dom->n, 1));
		for (int i = 0; i < dom->n; i++)
		{
			position[order[i]] = i;
			whole.value[i] = dom->value[order[i]];
		}
	}

	side->kind = XtabKindOfType(dom->typid);
	side->type_name = format_type_be_qualified(dom->typid);
	side->collation = CollationName(dom->typid, dom->collid);
	side->n = whole.n;
	side->cat = palloc0(sizeof(XtabCategory) * Max(whole.n, 1));
	getTypeOutputInfo(dom->typid, &typoutput, &varlena);
	fmgr_info(typoutput, &out);
	guc = BeginPortableText();
	for (int i = 0; i < whole.n; i++)
	{
		side->cat[i].label = OutputFunctionCall(&out, whole.value[i]);
		if (scale != NULL)
		{
			side->cat[i].off_scale = scale->code[i].off_scale;
			side->cat[i].score = scale->code[i].off_scale ? NAN : scale->code[i].level;
		}
		else
			side->cat[i].score = listed ? i + 1 : ScoreOfValue(base, whole.value[i]);
	}
	AtEOXact_GUC(true, guc);
}

/* The values behind a side's labels, for ordering a merge; false where the type is unknown here or the side has none. */
bool
XtabValuesFromSide(const XtabSide *side, XtabDomain *dom)
{
	Oid			typinput,
				ioparam;
	FmgrInfo	in;
	int32		typmod;
	int			guc;

	if (side->type_name[0] == '\0')
		return false;
#if PG_VERSION_NUM >= 160000
	if (!parseTypeString(side->type_name, &dom->typid, &typmod, (Node *) NULL))
		return false;
#else
	parseTypeString(side->type_name, &dom->typid, &typmod, true);
	if (!OidIsValid(dom->typid))
		return false;
#endif
	dom->collid = get_typcollation(dom->typid);
	if (side->collation[0] != '\0')
	{
		Oid			c = get_collation_oid(stringToQualifiedNameList(side->collation
#if PG_VERSION_NUM >= 160000
																	,NULL
#endif
																	), true);

		if (OidIsValid(c))
			dom->collid = c;
	}
	getTypeInputInfo(dom->typid, &typinput, &ioparam);
	fmgr_info(typinput, &in);
	dom->n = side->n;
	dom->value = palloc(sizeof(Datum) * Max(side->n, 1));
	guc = BeginPortableText();
	for (int i = 0; i < side->n; i++)
		dom->value[i] = InputFunctionCall(&in, side->cat[i].label, ioparam, -1);
	AtEOXact_GUC(true, guc);
	return true;
}
