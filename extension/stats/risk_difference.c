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

#include <gsl/gsl_cdf.h>

const char *const risk_diff_names[RISK_DIFF_METHODS] = {"newcombe", "mn", "mee", "agresti_caffo", "wald", "wald_cc"};

static const char *const titles[RISK_DIFF_METHODS] =
{
	"Risk difference, Newcombe hybrid score interval", "Risk difference, Miettinen-Nurminen score interval",
	"Risk difference, Mee score interval", "Risk difference, Agresti-Caffo interval", "Risk difference, Wald interval",
	"Risk difference, Wald interval with continuity correction"
};

/* x successes of n, twice. */
typedef struct TwoSamples
{
	long double x1,
				n1,
				x2,
				n2;
	long double difference;
	long double factor;			/* of the variance under a hypothesis: N/(N - 1) or 1 */
} TwoSamples;

static long double
wald_variance(long double x1, long double n1, long double x2, long double n2)
{
	return x1 * (n1 - x1) / (n1 * n1 * n1) + x2 * (n2 - x2) / (n2 * n2 * n2);
}

/* k/p without 0/0 */
static long double
part(long double k, long double p)
{
	return k == 0 ? 0 : k / p;
}

/*
 * The variance of p1 - p2 when p1 = p2 + delta, at the likelihood's maximum under that restriction.  The log-likelihood is concave, so
 * its derivative is bisected.  t = the smaller of p1 and p2 runs over [0, w], w = 1 - |delta|; all four probabilities are t, w - t or
 * these plus |delta|, none a difference of close numbers.
 */
static long double
restricted_variance(const TwoSamples *s, long double delta)
{
	long double size = fabsl(delta),
				w = 1 - size,
				low = 0,
				high = w,
				t = w / 2;
	/* the sample with the smaller p, then the other */
	long double xs = delta >= 0 ? s->x2 : s->x1,
				ns = delta >= 0 ? s->n2 : s->n1,
				xl = delta >= 0 ? s->x1 : s->x2,
				nl = delta >= 0 ? s->n1 : s->n2;

	for (int i = 0; i < 120; i++)
	{
		long double slope;

		t = low + (high - low) / 2;
		if (t == low || t == high)
			break;
		slope = part(xs, t) - part(ns - xs, (w - t) + size) + part(xl, t + size) - part(nl - xl, w - t);
		if (slope > 0)
			low = t;
		else
			high = t;
	}
	return s->factor * (t * ((w - t) + size) / ns + (t + size) * (w - t) / nl);
}

/* The delta between the difference and limit (-1 or 1) at which the score statistic reaches z. */
static StatStatus
score_limit(const TwoSamples *s, double limit, double z, double *delta)
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
		if (d * d <= (long double) z * z * restricted_variance(s, mid))
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
	TwoSamples	s;
	StatStatus	status = STAT_OK;
	double		z,
				p1,
				p2,
				half;

	stat_result_init(res, titles[method]);
	if (tab->nrow != 2 || tab->ncol != 2 || col < 0 || col > 1 || !(level > 0 && level < 1))
		return STAT_BAD_ARGUMENT;
	for (int i = 0; i < 4; i++)
		if (!stat_is_count(tab->n[i]))
			return STAT_BAD_ARGUMENT;
	s = (TwoSamples) {tab->n[col], (long double) tab->n[0] + tab->n[1], tab->n[2 + col], (long double) tab->n[2] + tab->n[3], 0, 1};
	res->n = (double) (s.n1 + s.n2);
	res->conf_level = level;
	if (s.n1 == 0 || s.n2 == 0)
	{
		stat_note(res, "a group has no cases");
		return STAT_UNDEFINED;
	}
	s.difference = (s.x1 * s.n2 - s.x2 * s.n1) / s.n1 / s.n2;
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
			s.factor = (s.n1 + s.n2) / (s.n1 + s.n2 - 1);
			/* FALLTHROUGH */
		case RISK_DIFF_MEE:
			status = score_limit(&s, -1, z, &res->conf_low);
			if (status == STAT_OK)
				status = score_limit(&s, 1, z, &res->conf_high);
			break;
	}
	return status;
}
