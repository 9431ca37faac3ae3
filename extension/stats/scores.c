/*
 * scores.c
 *		Scores of ordered categories from their counts.
 *
 * SAS/STAT, PROC FREQ, "Scores"; I. D. J. Bross (1958), Biometrics 14, 18-38 (ridits); modified ridits are the van Elteren scores.
 */
#include "stats/scores.h"

const char *const score_names[SCORE_KINDS] = {"table", "rank", "ridit", "modified_ridit"};

void
score_categories(ScoreKind kind, const double *total, const double *table_score, int k, double *score)
{
	long double n = 0,
				below = 0;

	for (int i = 0; i < k; i++)
		n += total[i];
	for (int i = 0; i < k; i++)
	{
		long double midrank = below + (total[i] + 1.0L) / 2;

		below += total[i];
		switch (kind)
		{
			case SCORE_TABLE:
				score[i] = table_score[i];
				break;
			case SCORE_RANK:
				score[i] = (double) midrank;
				break;
			case SCORE_RIDIT:
				score[i] = (double) (midrank / n);
				break;
			case SCORE_MODIFIED_RIDIT:
				score[i] = (double) (midrank / (n + 1));
				break;
		}
	}
}
