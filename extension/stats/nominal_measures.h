/*
 * nominal_measures.h
 *		Strength of association between two nominal variables, with confidence intervals.
 *
 * All work on the table without its empty rows and columns (noted when there were any) and fill: method, estimate, conf_low,
 * conf_high, conf_level, n, and std_error, statistic, parameter, p_value where said.  A table with fewer than two non-empty rows
 * or columns gives STAT_UNDEFINED and a note; level outside (0, 1) and negative or infinite counts give STAT_BAD_ARGUMENT.
 */
#ifndef CSIRTSURVEY_NOMINAL_MEASURES_H
#define CSIRTSURVEY_NOMINAL_MEASURES_H

#include "stats/stats.h"

/* Measures that are functions of Pearson's chi-square without correction. */
typedef enum ChisqMeasure
{
	ASSOC_CRAMERS_V,			/* sqrt(chi2 / (n (min(r, c) - 1))) */
	ASSOC_CRAMERS_V_BC,			/* bias-corrected: W. Bergsma (2013), J. Korean Stat. Soc. 42, 323-328 */
	ASSOC_PHI,					/* sqrt(chi2 / n); above 1 possible beyond 2 x k tables */
	ASSOC_PHI_SIGNED,			/* 2 x 2 only: (ad - bc)/sqrt(r1 r2 c1 c2) */
	ASSOC_CONTINGENCY_C,		/* Pearson's sqrt(chi2 / (chi2 + n)) */
	ASSOC_TSCHUPROW_T			/* sqrt(chi2 / (n sqrt((r - 1)(c - 1)))) */
} ChisqMeasure;
#define ASSOC_MEASURES 6

/* "cramers_v", "cramers_v_bc", "phi", "phi_signed", "contingency_c", "tschuprow_t" */
extern const char *const assoc_names[ASSOC_MEASURES];

/*
 * One such measure, with statistic = chi-square, parameter = its df, p_value = its p.  The interval (all but phi_signed) comes from
 * the limits of the noncentrality ncp of chi-square, in which phi^2 = ncp / n (M. Smithson 2003, Confidence Intervals, chapter 4;
 * with his later correction, that is without adding the df); it is for the population's value, so the limits of cramers_v_bc are
 * those of V, and the plain V, biased upwards, can lie above its own limits in sparse tables.  phi_signed has std_error (delta
 * method, multinomial sampling) and a normal interval clipped to [-1, 1]; other than 2 x 2 is STAT_UNDEFINED.
 */
extern StatStatus association_chisq(const StatTable *tab, ChisqMeasure measure, double level, StatResult *res);

/* Which variable is predicted from the other. */
typedef enum DependentSide
{
	DEPENDENT_COL,				/* the column variable from the row variable */
	DEPENDENT_ROW,
	DEPENDENT_SYM				/* symmetric; not for tau and eta */
} DependentSide;

/* Measures of prediction, all within 0..1. */
typedef enum PredictionMeasure
{
	PREDICT_LAMBDA,				/* Goodman-Kruskal lambda: reduction of the error of guessing the mode */
	PREDICT_TAU,				/* Goodman-Kruskal tau: reduction of the error of proportional guessing */
	PREDICT_UNCERTAINTY,		/* Theil's U: share of the entropy that is explained */
	PREDICT_ETA					/* correlation ratio: the dependent side's scores explained by the other's categories */
} PredictionMeasure;
#define PREDICTION_MEASURES 4

/* "lambda", "gk_tau", "uncertainty", "eta" */
extern const char *const prediction_names[PREDICTION_MEASURES];

/*
 * One such measure.  std_error is ASE1 (delta method under multinomial sampling, not assuming independence); the interval is
 * estimate -/+ z std_error clipped to [0, 1].  Where the estimate sits on a boundary (0 or 1) and the standard error is 0 or does not
 * exist, the interval is STAT_NA with a note.  Tests of independence that come with the measure: uncertainty carries G2, tau the
 * chi-square (n - 1)(k - 1) tau of Light and Margolin (1971), eta the F of the analysis of variance (parameter, parameter2 = its
 * df); lambda carries none.  Lambda with ties among the maxima has no unique standard error: noted.  A dependent variable without
 * variation, DEPENDENT_SYM for tau and eta: STAT_UNDEFINED, STAT_BAD_ARGUMENT.
 */
extern StatStatus association_prediction(const StatTable *tab, PredictionMeasure measure, DependentSide side, double level,
										 StatResult *res);

#endif							/* CSIRTSURVEY_NOMINAL_MEASURES_H */
