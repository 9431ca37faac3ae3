/*
 * suppress.h
 *		Cells of a table of counts hidden so that small counts cannot be told from what is left.
 *
 * The table is held with its margins: nrow + 1 rows and ncol + 1 columns, the last ones the totals.
 */
#ifndef CSIRTSURVEY_SUPPRESS_H
#define CSIRTSURVEY_SUPPRESS_H

#include "stats/stats.h"

typedef enum SuppressState
{
	SUPPRESS_PUBLISHED = 0,
	SUPPRESS_PRIMARY,			/* too small to publish */
	SUPPRESS_COMPLEMENTARY,		/* hidden so that the primary ones cannot be worked out */
	SUPPRESS_ABSENT				/* a margin that a one-way table does not have */
} SuppressState;

/* Counts are whole and their total is at most this, so that sums are exact. */
#define SUPPRESS_MAX_TOTAL (INT64_C(1) << 53)
#define SUPPRESS_UNBOUNDED INT64_MAX

typedef struct Suppression
{
	int			nrow;
	int			ncol;
	bool		zeros;			/* zeros are hidden like other small counts */
	bool		insiders;		/* a respondent who is alone in a cell must not learn about others */
	int64_t		min_count;
	int64_t    *n;				/* (nrow + 1) x (ncol + 1) */
	unsigned char *state;		/* SuppressState, likewise */
	size_t		insider;		/* against whom bounds are taken */
	int64_t    *work;			/* the rest is scratch space */
	double	   *cost;
	int		   *parent;
	int		   *queue;
	bool	   *done;
	bool	   *changed;
	void	   *block;			/* release with suppress_release() */
} Suppression;

static inline size_t
suppress_at(const Suppression *s, int row, int col)
{
	return (size_t) row * (s->ncol + 1) + col;
}

static inline bool
suppress_hidden(const Suppression *s, int row, int col)
{
	unsigned char state = s->state[suppress_at(s, row, col)];

	return state == SUPPRESS_PRIMARY || state == SUPPRESS_COMPLEMENTARY;
}

/*
 * Choose what to hide of the nrow x ncol counts and their margins (one_way: ncol is 1, and the only margin is the total): counts
 * below min_count (zeros too if asked), and others until every small count is safe.  Safe means that somebody who has all that is
 * published, knows min_count, and knows whether zeros are hidden, must hold for possible every count from suppress_floor() to min_count;
 * with insiders also if he is the one respondent of a cell of 1 and knows so.
 * STAT_BAD_ARGUMENT for negative counts or a total above SUPPRESS_MAX_TOTAL.
 */
extern StatStatus suppress_table(int nrow, int ncol, const int64_t *count, bool one_way, int64_t min_count, bool zeros, bool insiders,
								 Suppression *out);
extern void suppress_release(Suppression *s);

/* The least count that a hidden cell or margin could have if all that is not zero were hidden. */
extern int64_t suppress_floor(const Suppression *s, int row, int col);

/* What can be inferred about a hidden cell or margin from what is published; high may be SUPPRESS_UNBOUNDED. */
extern StatStatus suppress_bounds(Suppression *s, int row, int col, int64_t *low, int64_t *high);

#endif							/* CSIRTSURVEY_SUPPRESS_H */
