/*
 * fisher_exact.h
 *		The exact test of independence in an r x c table given both margins (Fisher; Freeman and Halton 1951).
 */
#ifndef CSIRTSURVEY_FISHER_EXACT_H
#define CSIRTSURVEY_FISHER_EXACT_H

#include "stats/stats.h"

/*
 * Two-sided p: the summed probability of all tables with the margins of tab that are at most as likely as tab itself; likelihoods
 * within a relative 1e-7 are ties.  tab holds whole counts and is not 2 x 2 by necessity, though 2 x 2 tables are answered too.
 *
 * memory		bytes that the computation may hold at any time
 * seconds		time it may take; zero or less: no limit
 *
 * STAT_OK			p_value is exact but for rounding (about 1e-10 relative) and for tables left out as too improbable: p_low is
 *					without them, p_high with all they can add, as a rule a trillionth of p and never more than 1e-7
 * STAT_BUDGET		memory or time do not suffice: p_low and p_high are what is proven so far (0 and 1 if nothing is), p_value is
 *					STAT_NA; the notes say which budget, and how many look-ups were expected (an estimate from above)
 * STAT_UNDEFINED	fewer than two rows or columns have counts
 * STAT_BAD_ARGUMENT	a count is negative, not finite or not whole
 * STAT_NO_MEMORY, STAT_INTERRUPTED, STAT_NUMERIC	as everywhere
 *
 * res: method, p_value, p_low, p_high, n and notes (size of the computation).
 */
extern StatStatus fisher_exact_table(const StatTable *tab, size_t memory, double seconds, StatResult *res);

#endif							/* CSIRTSURVEY_FISHER_EXACT_H */
