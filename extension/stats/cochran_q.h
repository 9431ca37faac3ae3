/*
 * cochran_q.h
 *		Cochran's Q test: are several yes-or-no questions answered yes equally often by the same respondents?
 */
#ifndef CSIRTSURVEY_COCHRAN_Q_H
#define CSIRTSURVEY_COCHRAN_Q_H

#include "stats/stats.h"

/* What the rows add up to: all that Q needs.  Sums of weights will do, but for Monte Carlo. */
typedef struct CochranSums
{
	int			k;				/* questions */
	double		n;				/* respondents */
	const double *yes;			/* k: respondents who said yes to a question */
	const double *with;			/* k + 1: respondents with 0, 1, ..., k times yes */
} CochranSums;

/* Respondents who answer the questions differently: the others take no part. */
extern double cochran_informative(const CochranSums *s);

/* statistic, parameter and p_value; STAT_UNDEFINED, without a note, for fewer than two questions or nobody informative. */
extern StatStatus cochran_q(const CochranSums *s, StatResult *res);

/*
 * replicates > 0: Monte Carlo over the permutations within respondents, seeded.  Fewer than two questions, or nobody who answers them
 * differently, is STAT_UNDEFINED with a note.
 */
extern StatStatus cochran_q_test(const CochranSums *s, int64_t replicates, uint64_t seed, StatResult *res);

#endif							/* CSIRTSURVEY_COCHRAN_Q_H */
