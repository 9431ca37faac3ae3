/*
 * deviation.h
 *		Observed minus expected in a cleaned table, and adding in extended precision.
 */
#ifndef CSIRTSURVEY_DEVIATION_H
#define CSIRTSURVEY_DEVIATION_H

#include "stats/stats.h"

static inline double
stat_count(const StatClean *t, int i, int j)
{
	return t->tab.n[(size_t) i * t->tab.ncol + j];
}

static inline long double
stat_expected(const StatClean *t, int i, int j)
{
	return (long double) t->row_total[i] * t->col_total[j] / t->total;
}

/* O - E in extended precision: O n - r c loses nothing that matters while the table's total stays below 2^62. */
static inline long double
stat_deviation(const StatClean *t, int i, int j)
{
	return ((long double) stat_count(t, i, j) * t->total - (long double) t->row_total[i] * t->col_total[j]) / t->total;
}

/* The note that every measure and test of a cleaned table begins with. */
static inline void
stat_note_dropped(const StatClean *t, StatResult *res)
{
	if (t->dropped_rows + t->dropped_cols > 0)
		stat_note(res, "left out as empty: %d row(s), %d column(s)", t->dropped_rows, t->dropped_cols);
}

#endif							/* CSIRTSURVEY_DEVIATION_H */
