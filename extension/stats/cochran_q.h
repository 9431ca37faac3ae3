/*
 * cochran_q.h
 *		Cochran's Q test: are several yes-or-no questions answered yes equally often by the same respondents?
 */
#ifndef CSIRTSURVEY_COCHRAN_Q_H
#define CSIRTSURVEY_COCHRAN_Q_H

#include "stats/stats.h"

/* What the rows add up to: all that Q needs. */
typedef struct CochranSums
{
	int			k;				/* questions */
	int64_t		n;				/* respondents */
	const int64_t *yes;			/* k: respondents who said yes to a question */
	const int64_t *with;		/* k + 1: respondents with 0, 1, ..., k times yes */
} CochranSums;

/*
 * replicates > 0: Monte Carlo over the permutations within respondents, seeded.  Fewer than two questions, or nobody who answers them
 * differently, is STAT_UNDEFINED with a note.
 */
extern StatStatus cochran_q_test(const CochranSums *s, int64_t replicates, uint64_t seed, StatResult *res);

#endif							/* CSIRTSURVEY_COCHRAN_Q_H */
