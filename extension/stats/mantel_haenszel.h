/*
 * mantel_haenszel.h
 *		2 x 2 tables by stratum: is there an association, and how strong is it, if it is the same in all strata?
 *
 * In each stratum [[a, b], [c, d]] the rows are two groups and the columns the outcome.  Tables must be exactly 2 x 2 (else
 * STAT_BAD_ARGUMENT); level within (0, 1).  Strata with fewer than 2 observations are dropped.
 */
#ifndef CSIRTSURVEY_MANTEL_HAENSZEL_H
#define CSIRTSURVEY_MANTEL_HAENSZEL_H

#include "stats/alternative.h"
#include "stats/strata.h"

/*
 * The Mantel-Haenszel test: statistic is chi-square with 1 degree of freedom; correct takes 0.5 from |sum (a - E)| unless that is smaller, as
 * R does.  estimate is the Mantel-Haenszel common odds ratio, std_error that of its logarithm (Robins, Breslow, Greenland), the interval
 * from it.  alternative is about the common odds ratio; a one-sided p is that of the signed root of chi-square, and the interval then has one finite limit.
 */
extern StatStatus mantel_haenszel_test(const StatStrata *in, bool correct, Alternative alternative, double level, StatResult *res);

/*
 * The exact test given all margins: the distribution of sum a is a convolution of hypergeometric ones.  statistic is sum a; a two-sided p adds up
 * the values no likelier than the observed (relative tolerance 1e-7, as R); estimate is the conditional maximum likelihood estimate of the
 * common odds ratio, with exact (Clopper-Pearson type) limits.  Whole counts only: else STAT_BAD_ARGUMENT.  STAT_BUDGET for tables so
 * large that the convolution would take more than about a minute.
 */
extern StatStatus mantel_haenszel_exact(const StatStrata *in, Alternative alternative, double level, StatResult *res);

/*
 * The Mantel-Haenszel common risk ratio of column col (0 or 1), first row over second, with the interval of Greenland and Robins on the log
 * scale: estimate, std_error of the logarithm, statistic = z, p two-sided.
 */
extern StatStatus mh_risk_ratio(const StatStrata *in, int col, double level, StatResult *res);

/* The Mantel-Haenszel common risk difference of column col, first row minus second, with Sato's variance; statistic = z, p two-sided. */
extern StatStatus mh_risk_difference(const StatStrata *in, int col, double level, StatResult *res);

/*
 * Breslow and Day's test that the odds ratio is the same in all strata, at the Mantel-Haenszel estimate (estimate); tarone subtracts Tarone's
 * correction.  Strata with a zero margin are left out of the sum.
 */
extern StatStatus breslow_day_test(const StatStrata *in, bool tarone, StatResult *res);

/*
 * Woolf's test of the same: 0.5 is added to every cell of every stratum if any cell is 0.  estimate is the odds ratio pooled by inverse
 * variances (SAS: logit), with its interval.
 */
extern StatStatus woolf_test(const StatStrata *in, double level, StatResult *res);

/*
 * Zelen's exact test of the same, given all margins and the sum of the first cells: p adds up the combinations of tables no likelier than the
 * observed (relative tolerance 1e-7).  statistic is the probability of the observed one.  Whole counts only: else STAT_BAD_ARGUMENT.
 * STAT_BUDGET when there are too many combinations.
 */
extern StatStatus zelen_test(const StatStrata *in, StatResult *res);

/* A stratum, for the functions above: n = a + b + c + d. */
typedef struct MhStratum
{
	long double a,
				b,
				c,
				d,
				n;
} MhStratum;

static inline MhStratum
mh_stratum(const StrataClean *t, int k)
{
	const double *x = strata_counts(t, k);
	MhStratum	s = {x[0], x[1], x[2], x[3], t->total[k]};

	return s;
}

/* Cleaned strata; STAT_UNDEFINED, noted, when no stratum has two rows and two columns with counts.  Release out->block either way. */
extern StatStatus mh_clean(const StatStrata *in, StrataClean *out, StatResult *res);

/* sum ad/n and sum bc/n: their ratio is the common odds ratio. */
extern void mh_sums(const StrataClean *t, long double *concordant, long double *discordant);

/* The expected a of a stratum with its margins and odds ratio psi (homogeneity.c). */
extern long double mh_fitted(MhStratum x, long double psi);

#endif							/* CSIRTSURVEY_MANTEL_HAENSZEL_H */
