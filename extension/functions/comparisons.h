/*
 * comparisons.h
 *		Letters and flags of tables whose columns are compared.
 */
#ifndef CSIRTSURVEY_COMPARISONS_H
#define CSIRTSURVEY_COMPARISONS_H

#include "postgres.h"

#include "fmgr.h"
#include "lib/stringinfo.h"

#include "stats/column_compare.h"
#include "types/xtab.h"

/* How small p must be for a letter; with a strict level, capitals are for that one. */
typedef struct LetterLevels
{
	double		alpha;
	double		strict;			/* NaN for none */
} LetterLevels;

extern LetterLevels LetterLevelsArguments(FunctionCallInfo fcinfo, int alpha_arg, int strict_arg);
extern char *ColumnLetter(int col);
extern void AppendLetter(StringInfo buf, int col, int ncol, double p, const LetterLevels *levels);
extern bool CellLetters(StringInfo buf, const ColumnCompare *c, int row, int col, const LetterLevels *levels);
extern const char *BaseFlag(double n);
extern void CheckPairs(int nrow, int ncol);
extern void RaiseStatus(StatStatus status, const char *function);
extern PadjustMethod AdjustArgument(FunctionCallInfo fcinfo, int arg);

/* Arguments p_adjust, family, keep_extreme in this order from number first on. */
extern ColumnCompare CompareColumns(FunctionCallInfo fcinfo, const StatTable *tab, int first, const char *function);

#endif							/* CSIRTSURVEY_COMPARISONS_H */
