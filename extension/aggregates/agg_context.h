/*
 * agg_context.h
 *		What every aggregate with an internal state needs.
 */
#ifndef CSIRTSURVEY_AGG_CONTEXT_H
#define CSIRTSURVEY_AGG_CONTEXT_H

#include "postgres.h"

#include "fmgr.h"

/* The memory that lives as long as the aggregate's group; an error outside an aggregate, where an internal state could be anything. */
static inline MemoryContext
AggregateContext(FunctionCallInfo fcinfo)
{
	MemoryContext context;

	if (!AggCheckCallContext(fcinfo, &context))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("aggregate support function called outside an aggregate")));
	return context;
}

#endif							/* CSIRTSURVEY_AGG_CONTEXT_H */
