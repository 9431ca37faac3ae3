/*
 * nominal_measures_chisq.c
 *		Cramer's V, phi, contingency coefficient and Tschuprow's T with intervals from the noncentral chi-square.
 *
 * A. Agresti (2013), Categorical Data Analysis, 3rd ed., chapter 3; M. Smithson (2003), Confidence Intervals, chapter 4; W. Bergsma
 * (2013), A bias-correction for Cramer's V and Tschuprow's T, J. Korean Statistical Society 42, 323-328; standard error of phi: Y. M.
 * M. Bishop, S. E. Fienberg, P. W. Holland (1975), Discrete Multivariate Analysis, section 11.2.2.
 */
#include "stats/nominal_measures.h"
#include "stats/chisq.h"
#include "stats/deviation.h"
#include "stats/noncentral.h"

#include <gsl/gsl_cdf.h>
#include <stdio.h>

const char *const assoc_names[ASSOC_MEASURES] =
{"cramers_v", "cramers_v_bc", "phi", "phi_signed", "contingency_c", "tschuprow_t"};

static const char *const titles[ASSOC_MEASURES] =
{
	"Cramer's V", "Cramer's V, bias-corrected (Bergsma)", "phi coefficient", "phi coefficient, signed", "Contingency coefficient",
	"Tschuprow's T"
};

/* The measure as a function of phi^2 = chi2/n; in the population phi^2 = ncp/n. */
static double
from_phi2(ChisqMeasure measure, double phi2, int nrow, int ncol)
{
	double		dof = (double) (nrow - 1) * (ncol - 1);

	switch (measure)
	{
		case ASSOC_CRAMERS_V:
		case ASSOC_CRAMERS_V_BC:
			return sqrt(phi2 / ((nrow < ncol ? nrow : ncol) - 1));
		case ASSOC_CONTINGENCY_C:
			return sqrt(phi2 / (1 + phi2));
		case ASSOC_TSCHUPROW_T:
			return sqrt(phi2 / sqrt(dof));
		default:
			return sqrt(phi2);
	}
}

/* phi2~ and the shrunken dimensions r~, c~; NaN where they leave nothing to divide by. */
static double
bias_corrected_v(double phi2, double n, int nrow, int ncol)
{
	double		r = nrow - 1,
				c = ncol - 1;
	double		rc = r - r * r / (n - 1),
				cc = c - c * c / (n - 1);	/* r~ - 1 and c~ - 1 */
	double		corrected = fmax(0, phi2 - r * c / (n - 1));

	return n > 1 && fmin(rc, cc) > 0 ? sqrt(corrected / fmin(rc, cc)) : NAN;
}

static StatStatus
signed_phi(const StatClean *t, double z, StatResult *res)
{
	double		n = t->total;
	long double p[2][2],
				r[2],
				c[2];
	long double phi,
				skew,
				var;

	if (t->tab.nrow != 2 || t->tab.ncol != 2)
	{
		stat_note(res, "the signed phi coefficient is for 2 x 2 tables");
		return STAT_UNDEFINED;
	}
	for (int i = 0; i < 2; i++)
	{
		r[i] = t->row_total[i] / (long double) n;
		c[i] = t->col_total[i] / (long double) n;
		for (int j = 0; j < 2; j++)
			p[i][j] = stat_count(t, i, j) / (long double) n;
	}
	phi = stat_deviation(t, 0, 0) / n / sqrtl(r[0] * r[1] * c[0] * c[1]);
	skew = (r[0] - r[1]) * (c[0] - c[1]) / sqrtl(r[0] * r[1] * c[0] * c[1]);
	var = 1 - phi * phi + phi * (1 + phi * phi / 2) * skew -
		0.75L * phi * phi * ((r[0] - r[1]) * (r[0] - r[1]) / (r[0] * r[1]) + (c[0] - c[1]) * (c[0] - c[1]) / (c[0] * c[1]));
	res->estimate = (double) phi;
	if (p[0][1] + p[1][0] == 0 || p[0][0] + p[1][1] == 0)
	{
		stat_note(res, "all counts lie on one diagonal: the standard error does not exist");
		return STAT_OK;
	}
	res->std_error = (double) sqrtl(fmaxl(var, 0) / n);
	res->conf_low = fmax(-1, res->estimate - z * res->std_error);
	res->conf_high = fmin(1, res->estimate + z * res->std_error);
	stat_note(res, "interval: normal, asymptotic standard error under multinomial sampling");
	return STAT_OK;
}

StatStatus
association_chisq(const StatTable *tab, ChisqMeasure measure, double level, StatResult *res)
{
	StatClean	t;
	StatResult	chi;
	StatStatus	status;
	double		low,
				high;

	stat_result_init(res, titles[measure]);
	if (!(level > 0 && level < 1))
		return STAT_BAD_ARGUMENT;
	status = chisq_test_table(tab, false, &chi);
	if (status == STAT_OK || status == STAT_UNDEFINED)
	{
		/* chi-square's notes say what was dropped and how small the expected counts are */
		snprintf(chi.method, sizeof(chi.method), "%s", titles[measure]);
		*res = chi;
		res->conf_level = level;
	}
	if (status != STAT_OK)
		return status;
	status = stat_clean(tab, &t);
	if (status != STAT_OK)
		return status;
	if (measure == ASSOC_PHI_SIGNED)
	{
		status = signed_phi(&t, gsl_cdf_ugaussian_Qinv((1 - level) / 2), res);
		stat_release(t.block);
		return status;
	}
	if (measure == ASSOC_CRAMERS_V_BC)
		res->estimate = bias_corrected_v(chi.statistic / t.total, t.total, t.tab.nrow, t.tab.ncol);
	else
		res->estimate = fmin(from_phi2(measure, chi.statistic / t.total, t.tab.nrow, t.tab.ncol),
							 measure == ASSOC_PHI ? INFINITY : 1);
	status = noncentral_chisq_limits(chi.statistic, chi.parameter, level, &low, &high);
	if (status == STAT_OK)
	{
		double		most = t.tab.nrow < t.tab.ncol ? t.tab.nrow - 1 : t.tab.ncol - 1;

		/* phi^2 is at most min(r, c) - 1 */
		res->conf_low = from_phi2(measure, fmin(low / t.total, most), t.tab.nrow, t.tab.ncol);
		res->conf_high = from_phi2(measure, fmin(high / t.total, most), t.tab.nrow, t.tab.ncol);
		stat_note(res, "interval: noncentral chi-square, phi squared = ncp / n (Smithson)");
		if (high == 0)
			stat_note(res, "chi-square is smaller than chance leads to expect: no noncentrality fits, both limits are 0");
	}
	if (isnan(res->estimate))
	{
		stat_note(res, "too few cases for the bias correction");
		status = status == STAT_OK ? STAT_UNDEFINED : status;
	}
	stat_release(t.block);
	return status;
}
