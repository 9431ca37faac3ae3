/*
 * htest.h
 *		From a contingency table to the numerics, and from their result to the row that every test returns.
 */
#ifndef CSIRTSURVEY_HTEST_H
#define CSIRTSURVEY_HTEST_H

#include "postgres.h"

#include "fmgr.h"

#include "stats/alternative.h"
#include "stats/stats.h"
#include "types/xtab.h"

extern StatTable XtabStatTable(const Xtab *t);
extern Datum HtestDatum(FunctionCallInfo fcinfo, StatStatus status, const StatResult *res);
extern Datum HtestNotes(const StatResult *res);
extern void HtestSetFloat(Datum *values, bool *nulls, int i, double x);
extern void RequireTwoWay(const Xtab *t, const char *function);
extern void RequireTwoByTwo(const Xtab *t, const char *function);
extern StatTable TwoWayArgument(FunctionCallInfo fcinfo, const char *function);
extern StatTable TwoByTwoArgument(FunctionCallInfo fcinfo, const char *function);
extern Alternative AlternativeArgument(FunctionCallInfo fcinfo, int arg);
extern double ConfLevelArgument(FunctionCallInfo fcinfo, int arg);
extern int	OutcomeColumn(FunctionCallInfo fcinfo, int arg);
extern int32 ReplicatesArgument(FunctionCallInfo fcinfo, int arg);
extern void RequireWholeCounts(const double *n, size_t cells, int bits, const char *what, const char *otherwise);
extern void RequireWholeTable(const StatTable *tab, const char *function);
extern int	NamedArgument(FunctionCallInfo fcinfo, int arg, const char *const *names, int n, const char *what);

#endif							/* CSIRTSURVEY_HTEST_H */
