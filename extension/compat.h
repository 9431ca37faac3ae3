/*
 * compat.h
 *		What differs between PostgreSQL 14 and 18.
 */
#ifndef CSIRTSURVEY_COMPAT_H
#define CSIRTSURVEY_COMPAT_H

#include "postgres.h"

#include "fmgr.h"
#include "funcapi.h"
#include "miscadmin.h"

/* The varlena macros moved out of postgres.h in 16. */
#if PG_VERSION_NUM >= 160000
#include "varatt.h"
#endif

/* Soft errors of input functions came with 16; before, an error is an error. */
#if PG_VERSION_NUM < 160000
#define ereturn(escontext, dummy, ...) \
	do { (void) (escontext); ereport(ERROR, __VA_ARGS__); return dummy; } while (0)
#define INPUT_ERROR_CONTEXT(fcinfo) NULL
#else
#include "nodes/miscnodes.h"
#define INPUT_ERROR_CONTEXT(fcinfo) ((fcinfo)->context)
#endif

/* A set-returning function in materialize mode: its rows as declared, or as the column list of the call has them. */
#if PG_VERSION_NUM < 150000
#define MAT_SRF_USE_EXPECTED_DESC 0x01
static inline void
InitMaterializedSRF(FunctionCallInfo fcinfo, bits32 flags)
{
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;
	MemoryContext old;
	bool		expected = (flags & MAT_SRF_USE_EXPECTED_DESC) != 0;
	TupleDesc	desc;

	if (rsinfo == NULL || !IsA(rsinfo, ReturnSetInfo) || !(rsinfo->allowedModes & SFRM_Materialize) ||
		(expected ? (desc = rsinfo->expectedDesc) == NULL : get_call_result_type(fcinfo, NULL, &desc) != TYPEFUNC_COMPOSITE))
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("set-returning function called where a set of rows cannot be taken")));
	old = MemoryContextSwitchTo(rsinfo->econtext->ecxt_per_query_memory);
	rsinfo->returnMode = SFRM_Materialize;
	rsinfo->setDesc = CreateTupleDescCopy(desc);
	rsinfo->setResult = tuplestore_begin_heap((rsinfo->allowedModes & SFRM_Materialize_Random) != 0, false, work_mem);
	MemoryContextSwitchTo(old);
}
#endif

#endif							/* CSIRTSURVEY_COMPAT_H */
