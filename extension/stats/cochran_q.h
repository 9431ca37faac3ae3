/*
 * cochran_q.h
 *		Cochran's Q test: are several yes-or-no questions answered yes equally often by the same respondents?
 */
#ifndef CSIRTSURVEY_COCHRAN_Q_H
#define CSIRTSURVEY_COCHRAN_Q_H

#include "stats/permutation.h"

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

/* The p-value over the permutations within respondents.  STAT_BAD_ARGUMENT for sums of weights, STAT_BUDGET where they are too many. */
extern StatStatus cochran_q_exact(const CochranSums *s, double *p);

/*
 * With the p-value that was asked for: over the permutations within respondents, all of them (EXACT_ALWAYS) or random ones, or from the
 * chi-square distribution.  Fewer than two questions, or nobody who answers them differently, is STAT_UNDEFINED with a note.
 */
extern StatStatus cochran_q_test(const CochranSums *s, const Permutation *perm, StatResult *res);

#endif							/* CSIRTSURVEY_COCHRAN_Q_H */
