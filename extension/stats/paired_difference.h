/*
 * paired_difference.h
 *		A scale answered twice, as differences of levels: what the signed-rank and the sign test start from.
 */
#ifndef CSIRTSURVEY_PAIRED_DIFFERENCE_H
#define CSIRTSURVEY_PAIRED_DIFFERENCE_H

#include "stats/alternative.h"

/* Differences column minus row, grouped by size; release with stat_release(block). */
typedef struct PairedDifferences
{
	int			k;				/* sizes met, ascending */
	double	   *size;			/* |d| */
	double	   *up;				/* counts with d > 0 */
	double	   *down;			/* counts with d < 0 */
	double		zero;			/* counts with d = 0 */
	double		total_up;
	double		total_down;
	bool		integral;		/* all counts whole, and their total below 2^53 */
	void	   *block;
} PairedDifferences;

/* A square table with scores (NULL: 1..k); sizes that agree up to a relative 1e-12 of the greatest score are one. */
extern StatStatus paired_differences(const StatTable *tab, PairedDifferences *d);

/* What the tests of paired differences say first (greater: the second answer tends to be higher); false where nobody changed. */
extern bool paired_describe(const PairedDifferences *d, Alternative alternative, StatResult *res);

/* Whether to compute exactly: as asked, or where not asked (exact < 0) when possible. */
static inline bool
paired_exact(int exact, bool possible)
{
	return exact < 0 ? possible : exact > 0;
}

#endif							/* CSIRTSURVEY_PAIRED_DIFFERENCE_H */
