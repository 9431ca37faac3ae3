/*
 * ordinal.h
 *		A two-way table for statistics that use the order of a side: off-scale categories left out, and said so.
 */
#ifndef CSIRTSURVEY_ORDINAL_H
#define CSIRTSURVEY_ORDINAL_H

#include "postgres.h"

#include "fmgr.h"

#include "stats/stats.h"
#include "types/xtab.h"

/* Sides whose order a statistic uses. */
#define ORDERED_ROW 0x01
#define ORDERED_COL 0x02
#define ORDERED_BOTH (ORDERED_ROW | ORDERED_COL)

typedef struct OrdinalTable
{
	StatTable	tab;
	char	  **row_label;		/* of the rows and columns kept */
	char	  **col_label;
	double		off_scale;		/* count left out */
	int64		missing;
} OrdinalTable;

extern OrdinalTable XtabOrdinalTable(const Xtab *t, int ordered, const char *function);
extern void OrdinalNotes(const OrdinalTable *t, StatResult *res);
extern Datum OrdinalResult(FunctionCallInfo fcinfo, StatStatus status, const OrdinalTable *t, StatResult *res);
extern void RequireAscending(const OrdinalTable *t, int ordered, const char *function);
extern void RequireScores(const OrdinalTable *t, int ordered, const char *function);

#endif							/* CSIRTSURVEY_ORDINAL_H */
