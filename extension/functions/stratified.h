/*
 * stratified.h
 *		Contingency tables by stratum: from the values to the numerics, whether they come as an array or through an aggregate.
 */
#ifndef CSIRTSURVEY_STRATIFIED_H
#define CSIRTSURVEY_STRATIFIED_H

#include "postgres.h"

#include "fmgr.h"

#include "stats/cmh.h"
#include "stats/mantel_haenszel.h"
#include "types/xtab.h"

/* The values, detoasted, one a stratum. */
typedef struct XtabList
{
	int			n;
	struct varlena **table;
} XtabList;

/* Their counts over the categories that any of them has. */
typedef struct Strata
{
	StatStrata	s;
	double		off_scale;		/* counts left out */
	int64		missing;
} Strata;

/* strata_align.c */
extern Xtab *StrataSides(const XtabList *list, const char *function);
extern Strata StrataCounts(const XtabList *list, const Xtab *sides, int ordered, const char *function);
extern Strata StrataTwoByTwo(const XtabList *list, const char *function);
extern void RequireWholeStrata(const Strata *s, const char *what);

/* stratified.c */
typedef enum StratifiedTest
{
	BRESLOW_DAY,
	ZELEN,
	WOOLF,
	VAN_ELTEREN,
	MH_RISK_RATIO,
	MH_RISK_DIFFERENCE
} StratifiedTest;

typedef struct StratifiedOptions
{
	bool		tarone;
	int			col;
	double		level;
	CmhSimulation sim;
} StratifiedOptions;

extern Datum CmhTestDefault(FunctionCallInfo fcinfo, const XtabList *list);
extern Datum StratifiedTestOf(FunctionCallInfo fcinfo, const XtabList *list, StratifiedTest test, const StratifiedOptions *opt);

#endif							/* CSIRTSURVEY_STRATIFIED_H */
