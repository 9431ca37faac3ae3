/*
 * selections_sql.h
 *		The multi-select side of a contingency table as the statistics of selections want it.
 */
#ifndef CSIRTSURVEY_SELECTIONS_SQL_H
#define CSIRTSURVEY_SELECTIONS_SQL_H

#include "postgres.h"

#include "fmgr.h"

#include "stats/selections.h"
#include "types/multiselect.h"
#include "types/xtab.h"

/* A multi-select side: its selections as lists of options, and what the options are called. */
typedef struct SetSide
{
	StatSets	sets;
	Datum	   *code;			/* text: code of each option that takes part */
	Datum	   *label;			/* text: its label, the code where none is given */
} SetSide;

/* One multi-select question: its side of the table with the counts of all groups together. */
typedef struct OneSet
{
	SetSide		side;
	double	   *n;
	double		missing;		/* respondents without an answer to it */
} OneSet;

/* The arguments labels (text[]) and options (multiselect), NULL or at position -1 for none. */
extern SetSide SetSideOf(FunctionCallInfo fcinfo, const XtabSide *side, int labels_arg, int options_arg);
extern SetSide LineLabels(FunctionCallInfo fcinfo, const XtabSide *side, int labels_arg, int options_arg);
extern OneSet OneSetOf(FunctionCallInfo fcinfo, const Xtab *t, const char *function, int labels_arg, int options_arg);
extern Datum CountDatum(double x);
extern void SetShare(Datum *values, bool *nulls, int i, double part, double base);

#endif							/* CSIRTSURVEY_SELECTIONS_SQL_H */
