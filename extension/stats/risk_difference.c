/*
 * risk_difference.c
 *		Confidence intervals of the difference of two proportions.
 *
 * R. G. Newcombe (1998), Interval estimation for the difference between independent proportions, Statistics in Medicine 17, 873-890;
 * A. Agresti, B. Caffo (2000), American Statistician 54, 280-288; O. Miettinen, M. Nurminen (1985), Statistics in Medicine 4, 213-226;
 * R. W. Mee (1984), Biometrics 40, 1175-1176; continuity correction as in R's prop.test.
 */
#include "stats/odds.h"
#include "stats/proportion.h"
#include "stats/risk_difference_exact.h"

#include <gsl/gsl_cdf.h>

const char *const risk_diff_names[RISK_DIFF_METHODS] = {"newcombe", "mn", "mee", "agresti_caffo", "wald", "wald_cc", "exact", "santner_snell"};

static const char *const titles[RISK_DIFF_METHODS] =
{
	"Risk difference, Newcombe hybrid score interval", "Risk difference, Miettinen-Nurminen score interval",
	"Risk difference, Mee score interval", "Risk difference, Agresti-Caffo interval", "Risk difference, Wald interval",
	"Risk difference, Wald interval with continuity correction", "Risk difference, Chan-Zhang exact interval",
	"Risk difference, Santner-Snell exact interval"
};

static long double
wald_variance(long double x1, long double n1, long double x2, long double n2)
{
	return x1 * (n1 - x1) / (n1 * n1 * n1) + x2 * (n2 - x2) / (n2 * n2 * n2);
}

/* The delta between the difference and limit (-1 or 1) at which the score statistic reaches z. */
static StatStatus
score_limit(const TwoProportions *s, long double factor, double limit, double z, double *delta)
{
	long double inner = s->difference,
				outer = limit;

	for (int i = 0; i < 200; i++)
	{
		long double mid = inner + (outer - inner) / 2;
		long double d = s->difference - mid;

		if (mid == inner || mid == outer)
			break;
		if (stat_interrupted())
			return STAT_INTERRUPTED;
		if (d * d <= (long double) z * z * factor * two_proportions_variance(s, mid))
			inner = mid;
		else
			outer = mid;
	}
	*delta = (double) inner;
	return STAT_OK;
}

StatStatus
risk_difference(const StatTable *tab, int col, RiskDiffMethod method, double level, StatResult *res)
{
	TwoProportions s;
	long double factor = 1;		/* of the variance under a hypothesis */
	StatStatus	status = STAT_OK;
	double		z,
				p1,
				p2,
				half;

	stat_result_init(res, titles[method]);
	if (!two_proportions(tab, col, &s) || !(level > 0 && level < 1))
		return STAT_BAD_ARGUMENT;
	res->n = (double) (s.n1 + s.n2);
	res->conf_level = level;
	if (s.n1 == 0 || s.n2 == 0)
	{
		stat_note(res, "a group has no cases");
		return STAT_UNDEFINED;
	}
	res->estimate = (double) s.difference;
	res->std_error = (double) sqrtl(wald_variance(s.x1, s.n1, s.x2, s.n2));
	z = gsl_cdf_ugaussian_Qinv((1 - level) / 2);
	half = z * res->std_error;
	switch (method)
	{
		case RISK_DIFF_WALD_CC:
			half += (double) fminl(0.5L * (1 / s.n1 + 1 / s.n2), fabsl(s.difference));
			/* FALLTHROUGH */
		case RISK_DIFF_WALD:
			if (res->std_error == 0)
				stat_note(res, "both proportions are 0 or 1: the standard error is 0, prefer another interval");
			res->conf_low = fmax(-1, res->estimate - half);
			res->conf_high = fmin(1, res->estimate + half);
			break;
		case RISK_DIFF_AGRESTI_CAFFO:
			half = z * (double) sqrtl(wald_variance(s.x1 + 1, s.n1 + 2, s.x2 + 1, s.n2 + 2));
			p1 = (double) ((s.x1 + 1) / (s.n1 + 2) - (s.x2 + 1) / (s.n2 + 2));
			res->conf_low = p1 - half;
			res->conf_high = p1 + half;
			if (res->conf_low < -1 || res->conf_high > 1)
				stat_note(res, "a limit lies beyond -1 or 1: it is not clipped");
			break;
		case RISK_DIFF_NEWCOMBE:
			{
				double		l1,
							u1,
							l2,
							u2;

				status = prop_ci((double) s.x1, (double) s.n1, PROP_WILSON, level, 0, &l1, &u1);
				if (status == STAT_OK)
					status = prop_ci((double) s.x2, (double) s.n2, PROP_WILSON, level, 0, &l2, &u2);
				if (status != STAT_OK)
					return status;
				p1 = (double) (s.x1 / s.n1);
				p2 = (double) (s.x2 / s.n2);
				res->conf_low = res->estimate - hypot(p1 - l1, u2 - p2);
				res->conf_high = res->estimate + hypot(u1 - p1, p2 - l2);
			}
			break;
		case RISK_DIFF_MN:
			if (!(s.n1 + s.n2 > 1))
			{
				stat_note(res, "one case or fewer: the factor N/(N - 1) does not exist");
				return STAT_UNDEFINED;
			}
			factor = (s.n1 + s.n2) / (s.n1 + s.n2 - 1);
			/* FALLTHROUGH */
		case RISK_DIFF_MEE:
			status = score_limit(&s, factor, -1, z, &res->conf_low);
			if (status == STAT_OK)
				status = score_limit(&s, factor, 1, z, &res->conf_high);
			break;
		case RISK_DIFF_EXACT:
		case RISK_DIFF_SANTNER_SNELL:
			status = risk_difference_exact(&s, method == RISK_DIFF_EXACT, level, &res->conf_low, &res->conf_high);
			break;
	}
	return status;
}
