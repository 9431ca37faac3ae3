/*
 * padjust_sql.c
 *		p_adjust() over a window, whose rows are the family, and over an array.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "fmgr.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/memutils.h"
#include "windowapi.h"

#include "stats/padjust.h"

PG_FUNCTION_INFO_V1(p_adjust_window);
PG_FUNCTION_INFO_V1(p_adjust_array);

static void
Adjust(const double *p, int n, const char *name, double *out)
{
	int			method;
	StatStatus	status;

	for (method = 0; method < PADJUST_METHODS; method++)
		if (strcmp(name, padjust_names[method]) == 0)
			break;
	if (method == PADJUST_METHODS)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("unknown method \"%s\" to adjust p-values", name),
				 errhint("Methods are bonferroni, holm, hochberg, hommel, BH, BY and none.")));
	status = padjust(p, n, method, out);
	CHECK_FOR_INTERRUPTS();
	if (status == STAT_BAD_ARGUMENT)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("a p-value is outside 0 to 1")));
	if (status != STAT_OK)
		ereport(ERROR,
				(errcode(ERRCODE_OUT_OF_MEMORY),
				 errmsg("p-values could not be adjusted"),
				 errdetail("The family has %d values.", n)));
}

typedef struct Family
{
	bool		done;
	double	   *adjusted;
} Family;

/* The whole partition is the family, whatever the frame; it is read and adjusted at its first row. */
Datum
p_adjust_window(PG_FUNCTION_ARGS)
{
	WindowObject win = PG_WINDOW_OBJECT();
	Family	   *f = WinGetPartitionLocalMemory(win, sizeof(Family));
	int64		at = WinGetCurrentPosition(win);

	if (!f->done)
	{
		int64		n = WinGetPartitionRowCount(win);
		MemoryContext old = MemoryContextSwitchTo(GetMemoryChunkContext(f));
		double	   *p;
		bool		isnull,
					isout;
		Datum		name;

		if (n > (int64) (MaxAllocSize / sizeof(double)))
			ereport(ERROR,
					(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
					 errmsg("too many p-values in one family"),
					 errdetail("The partition has %lld rows.", (long long) n),
					 errhint("Use PARTITION BY for smaller families.")));
		p = palloc(sizeof(double) * Max(n, 1));
		f->adjusted = palloc(sizeof(double) * Max(n, 1));
		for (int64 i = 0; i < n; i++)
		{
			Datum		d = WinGetFuncArgInPartition(win, 0, i, WINDOW_SEEK_HEAD, false, &isnull, &isout);

			p[i] = isnull ? NAN : DatumGetFloat8(d);
		}
		name = WinGetFuncArgCurrent(win, 1, &isnull);
		if (isnull)
			ereport(ERROR,
					(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
					 errmsg("the method to adjust p-values must not be null")));
		Adjust(p, (int) n, TextDatumGetCString(name), f->adjusted);
		pfree(p);
		f->done = true;
		MemoryContextSwitchTo(old);
	}
	if (isnan(f->adjusted[at]))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(f->adjusted[at]);
}

Datum
p_adjust_array(PG_FUNCTION_ARGS)
{
	ArrayType  *a = PG_GETARG_ARRAYTYPE_P(0);
	Datum	   *elem;
	bool	   *nulls;
	double	   *p,
			   *out;
	int			n;

	deconstruct_array(a, FLOAT8OID, 8, FLOAT8PASSBYVAL, TYPALIGN_DOUBLE, &elem, &nulls, &n);
	p = palloc(sizeof(double) * Max(n, 1));
	out = palloc(sizeof(double) * Max(n, 1));
	for (int i = 0; i < n; i++)
		p[i] = nulls[i] ? NAN : DatumGetFloat8(elem[i]);
	Adjust(p, n, text_to_cstring(PG_GETARG_TEXT_PP(1)), out);
	for (int i = 0; i < n; i++)
	{
		nulls[i] = isnan(out[i]);
		elem[i] = Float8GetDatum(out[i]);
	}
	if (n == 0)
		PG_RETURN_ARRAYTYPE_P(construct_empty_array(FLOAT8OID));
	PG_RETURN_ARRAYTYPE_P(construct_md_array(elem, nulls, ARR_NDIM(a), ARR_DIMS(a), ARR_LBOUND(a), FLOAT8OID, 8,
											 FLOAT8PASSBYVAL, TYPALIGN_DOUBLE));
}
