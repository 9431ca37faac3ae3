/*
 * scores.h
 *		Scores of ordered categories from their counts.
 */
#ifndef CSIRTSURVEY_SCORES_H
#define CSIRTSURVEY_SCORES_H

#include "stats/stats.h"

typedef enum ScoreKind
{
	SCORE_TABLE,				/* the categories' own: levels, 1..k, or values */
	SCORE_RANK,					/* midranks */
	SCORE_RIDIT,				/* midranks / n */
	SCORE_MODIFIED_RIDIT		/* midranks / (n + 1) */
} ScoreKind;
#define SCORE_KINDS 4

/* "table", "rank", "ridit", "modified_ridit" */
extern const char *const score_names[SCORE_KINDS];

/* Scores of k categories with counts total (ascending order of the categories); table_score is copied for SCORE_TABLE. */
extern void score_categories(ScoreKind kind, const double *total, const double *table_score, int k, double *score);

#endif							/* CSIRTSURVEY_SCORES_H */
