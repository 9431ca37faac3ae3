/*
 * odds.h
 *		Measures of a 2 x 2 table [[a, b], [c, d]]: rows are two groups, columns the outcome (yes, no).
 *
 * All take a table of exactly 2 x 2 (else STAT_BAD_ARGUMENT), whole or weighted counts; level within (0, 1).  Nothing is added to zero
 * cells unless asked for.  A ratio whose denominator is 0 is infinite and noted; 0/0, or a group without cases, is STAT_UNDEFINED and
 * noted.  Where the standard error does not exist, interval and p are STAT_NA with a note.
 */
#ifndef CSIRTSURVEY_ODDS_H
#define CSIRTSURVEY_ODDS_H

#include "stats/stats.h"

/*
 * Odds ratio ad/bc with Woolf's interval exp(log OR -/+ z se), se = sqrt(1/a + 1/b + 1/c + 1/d).  add is put into every cell first: 0,
 * or 0.5 for the Haldane-Anscombe correction (noted).  estimate = OR, std_error = that of log OR, statistic = z = log OR / se,
 * p_value two-sided.
 */
extern StatStatus odds_ratio(const StatTable *tab, double add, double level, StatResult *res);

/*
 * Ratio of the risks of column col (0 or 1), row 1 over row 2, with Katz' log interval.  For column 0: [a/(a + b)]/[c/(c + d)],
 * se = sqrt(1/a - 1/(a + b) + 1/c - 1/(c + d)).  Fields as for odds_ratio.
 */
extern StatStatus risk_ratio(const StatTable *tab, int col, double level, StatResult *res);

/* Intervals of a risk difference. */
typedef enum RiskDiffMethod
{
	RISK_DIFF_NEWCOMBE,			/* hybrid of the two Wilson intervals (Newcombe 1998, method 10): the default to offer */
	RISK_DIFF_MN,				/* Miettinen and Nurminen 1985: score test inverted, variance times N/(N - 1) */
	RISK_DIFF_MEE,				/* Mee 1984: the same without that factor */
	RISK_DIFF_AGRESTI_CAFFO,	/* Wald after one success and one failure more in each group; not clipped */
	RISK_DIFF_WALD,				/* clipped to [-1, 1] */
	RISK_DIFF_WALD_CC,			/* R prop.test: wider by min(0.5, |d|/(1/n1 + 1/n2)) (1/n1 + 1/n2); clipped */
	RISK_DIFF_EXACT,			/* Chan and Zhang 1999: exact one-sided score tests inverted; whole counts, see risk_difference_exact.h */
	RISK_DIFF_SANTNER_SNELL		/* Santner and Snell 1980: the same, of the difference itself */
} RiskDiffMethod;
#define RISK_DIFF_METHODS 8

/* "newcombe", "mn", "mee", "agresti_caffo", "wald", "wald_cc", "exact", "santner_snell" */
extern const char *const risk_diff_names[RISK_DIFF_METHODS];

/*
 * Difference of the risks of column col (0 or 1), row 1 minus row 2: estimate, std_error (unpooled), conf_low, conf_high by the method.
 * The exact equality of test and interval holds for mee, whose interval excludes 0 when the pooled z test is significant.
 */
extern StatStatus risk_difference(const StatTable *tab, int col, RiskDiffMethod method, double level, StatResult *res);

/*
 * Test that both risks of column col are equal: estimate = difference, std_error, statistic = z, p_value two-sided.  pooled: variance
 * under equality, z^2 = Pearson's chi-square; otherwise the Wald test with separate variances, whose z is infinite (noted) when both
 * risks are 0 or 1 and differ.
 */
extern StatStatus two_proportion_test(const StatTable *tab, int col, bool pooled, StatResult *res);

#endif							/* CSIRTSURVEY_ODDS_H */
