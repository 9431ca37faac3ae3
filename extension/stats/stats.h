/*
 * stats.h
 *		The common ground of the numerics: tables, results, status codes, memory and interrupts.
 *
 * Nothing in extension/stats/ knows PostgreSQL.  Functions take plain arrays (const inputs first), write a StatResult or plain
 * outputs, and return a StatStatus.  GSL's error handler is off; callers of gsl_* check what comes back.
 */
#ifndef CSIRTSURVEY_STATS_H
#define CSIRTSURVEY_STATS_H

#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum StatStatus
{
	STAT_OK = 0,
	STAT_UNDEFINED,				/* the table has no answer (one row, all zero, ...): the notes say why */
	STAT_BAD_ARGUMENT,			/* an argument is out of range: the caller words the error */
	STAT_NO_MEMORY,				/* memory limit reached or allocation failed */
	STAT_INTERRUPTED,			/* stat_hooks.interrupted() said so */
	STAT_BUDGET,				/* time or memory budget of an exact method used up */
	STAT_NUMERIC				/* an iteration did not converge or GSL failed */
} StatStatus;

/*
 * Memory and interrupts.  The server installs palloc-backed functions; the unit tests keep malloc.  alloc returns NULL on
 * failure.  interrupted() is polled in every loop that grows with the data; non-zero means: release and return
 * STAT_INTERRUPTED.
 */
typedef struct StatHooks
{
	void	   *(*alloc) (size_t size);
	void		(*release) (void *p);
	int			(*interrupted) (void);
} StatHooks;

extern StatHooks stat_hooks;

#define STAT_NA NAN				/* "no value": becomes SQL NULL */
#define STAT_MAX_NOTES 8
#define STAT_NOTE_LEN 240

/* One test or measure, in broom's terms.  A field that does not apply is STAT_NA. */
typedef struct StatResult
{
	char		method[192];
	char		alternative[16];	/* "two.sided", "less", "greater" or "" */
	double		statistic;
	double		parameter;		/* degrees of freedom, or as method says */
	double		parameter2;
	double		p_value;
	double		p_low;			/* Monte-Carlo interval or proven bounds of p */
	double		p_high;
	double		estimate;
	double		std_error;
	double		conf_low;
	double		conf_high;
	double		conf_level;
	double		n;
	int			nnotes;
	char		notes[STAT_MAX_NOTES][STAT_NOTE_LEN];
} StatResult;

/* A two-way table of counts, row-major.  Scores may be NULL: then 1..nrow and 1..ncol. */
typedef struct StatTable
{
	int			nrow;
	int			ncol;
	const double *n;
	const double *row_score;
	const double *col_score;
} StatTable;

extern void stat_result_init(StatResult *res, const char *method);
extern void stat_note_left_out(StatResult *res, double off_scale, int64_t missing);
extern void stat_note(StatResult *res, const char *fmt,...) __attribute__((format(printf, 2, 3)));

/*
 * A copy of tab without the rows and columns whose total is zero; scores keep their original positions.  Everything hangs on
 * one allocation: release with stat_release(out->block).
 */
typedef struct StatClean
{
	StatTable	tab;			/* the cleaned table, scores always present */
	double	   *row_total;
	double	   *col_total;
	double		total;
	int			dropped_rows;
	int			dropped_cols;
	bool		integral;		/* all counts are whole numbers below 2^53 */
	void	   *block;
} StatClean;

extern StatStatus stat_clean(const StatTable *tab, StatClean *out);

/* A count, or a sum of weights. */
static inline bool
stat_is_count(double x)
{
	return x >= 0 && !isinf(x);
}

/* A whole number that a double tells from its neighbours. */
static inline bool
stat_is_whole(double x)
{
	return x == floor(x) && x < 9007199254740992.0;
}

static inline void *
stat_alloc(size_t size)
{
	return stat_hooks.alloc(size ? size : 1);
}

static inline void
stat_release(void *p)
{
	if (p)
		stat_hooks.release(p);
}

static inline bool
stat_interrupted(void)
{
	return stat_hooks.interrupted && stat_hooks.interrupted() != 0;
}

#endif							/* CSIRTSURVEY_STATS_H */
