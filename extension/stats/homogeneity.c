/*
 * homogeneity.c
 *		Is the odds ratio the same in all strata?  Breslow and Day's test with Tarone's correction, and Woolf's.
 *
 * N. E. Breslow and N. E. Day (1980), Statistical Methods in Cancer Research I, section 4.4; R. E. Tarone (1985), Biometrika 72, 91-95;
 * B. Woolf (1955), Annals of Human Genetics 19, 251-253.
 */
#include "stats/log_normal.h"
#include "stats/mantel_haenszel.h"

#include <gsl/gsl_cdf.h>

/* The root of A (r2 - c1 + A) = psi (r1 - A)(c1 - A). */
long double
mh_fitted(MhStratum x, long double psi)
{
	long double r1 = x.a + x.b;
	long double c1 = x.a + x.c;
	long double linear = x.c + x.d - c1 + psi * (r1 + c1);
	long double root = sqrtl(fmaxl(linear * linear + 4 * (1 - psi) * psi * r1 * c1, 0));

	/* the two forms of the same root: that without cancellation */
	if (linear >= 0)
		return 2 * psi * r1 * c1 / (linear + root);
	return (root - linear) / (2 * (1 - psi));
}

static bool
has_zero_margin(MhStratum x)
{
	return x.a + x.b == 0 || x.c + x.d == 0 || x.a + x.c == 0 || x.b + x.d == 0;
}

StatStatus
breslow_day_test(const StatStrata *in, bool tarone, StatResult *res)
{
	StrataClean t;
	StatStatus	status;
	long double r,
				s,
				psi,
				chi2 = 0,
				deviation = 0,
				variance = 0;

	stat_result_init(res, tarone ? "Breslow-Day test of a common odds ratio with Tarone's correction" : "Breslow-Day test of a common odds ratio");
	status = mh_clean(in, &t, res);
	if (status == STAT_OK)
	{
		mh_sums(&t, &r, &s);
		psi = r / s;
		res->estimate = (double) psi;
		if (r == 0 || s == 0 || t.informative < 2)
		{
			if (r == 0 || s == 0)
				stat_note(res, "the common odds ratio is %s in every stratum: there is nothing to test", s == 0 ? "infinite" : "0");
			else
				stat_note(res, "only one stratum has two rows and two columns with counts: there is nothing to compare");
			status = STAT_UNDEFINED;
		}
	}
	if (status == STAT_OK)
	{
		for (int k = 0; k < t.s.nstrata; k++)
		{
			MhStratum	x = mh_stratum(&t, k);
			long double a,
						v;

			if (has_zero_margin(x))
				continue;
			a = mh_fitted(x, psi);
			v = 1 / (1 / a + 1 / (x.a + x.b - a) + 1 / (x.a + x.c - a) + 1 / (x.d - x.a + a));
			chi2 += (x.a - a) * (x.a - a) / v;
			deviation += x.a - a;
			variance += v;
		}
		if (tarone)
			chi2 -= deviation * deviation / variance;
		res->statistic = (double) fmaxl(chi2, 0);
		res->parameter = t.informative - 1;
		res->p_value = gsl_cdf_chisq_Q(res->statistic, res->parameter);
		if (!isfinite(res->p_value))
			status = STAT_NUMERIC;
	}
	stat_release(t.block);
	return status;
}

StatStatus
woolf_test(const StatStrata *in, double level, StatResult *res)
{
	StrataClean t;
	StatStatus	status;
	long double weights = 0,
				mean = 0,
				chi2 = 0,
				add = 0;

	stat_result_init(res, "Woolf test of a common odds ratio");
	if (!(level > 0 && level < 1))
		return STAT_BAD_ARGUMENT;
	status = mh_clean(in, &t, res);
	if (status == STAT_OK && t.s.nstrata < 2)
	{
		stat_note(res, "a single stratum: there is nothing to compare");
		status = STAT_UNDEFINED;
	}
	if (status == STAT_OK)
	{
		double		z = gsl_cdf_ugaussian_Qinv((1 - level) / 2);

		for (size_t i = 0; i < 4 * (size_t) t.s.nstrata; i++)
			if (t.s.n[i] == 0)
				add = 0.5L;
		if (add > 0)
			stat_note(res, "0.5 added to every cell of every stratum: some cell is 0");
		/* the weighted mean of the log odds ratios, then the weighted squares about it */
		for (int pass = 0; pass < 2; pass++)
		{
			for (int k = 0; k < t.s.nstrata; k++)
			{
				MhStratum	x = mh_stratum(&t, k);
				long double a = x.a + add,
							b = x.b + add,
							c = x.c + add,
							d = x.d + add;
				long double w = 1 / (1 / a + 1 / b + 1 / c + 1 / d);
				long double log_or = stat_log_ratio(a * d, b * c);

				if (pass == 0)
				{
					weights += w;
					mean += w * log_or;
				}
				else
					chi2 += w * (log_or - mean) * (log_or - mean);
			}
			if (pass == 0)
				mean /= weights;
		}
		res->statistic = (double) chi2;
		res->parameter = t.s.nstrata - 1;
		res->p_value = gsl_cdf_chisq_Q(res->statistic, res->parameter);
		res->estimate = (double) expl(mean);
		stat_log_interval(res, mean, 1 / sqrtl(weights), z);
		res->conf_level = level;
		if (!isfinite(res->p_value))
			status = STAT_NUMERIC;
	}
	stat_release(t.block);
	return status;
}
