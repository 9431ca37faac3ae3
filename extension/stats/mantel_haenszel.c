/*
 * mantel_haenszel.c
 *		The Mantel-Haenszel test and the common odds ratio, risk ratio and risk difference of 2 x 2 tables by stratum.
 *
 * N. Mantel and W. Haenszel (1959), Journal of the National Cancer Institute 22, 719-748; N. Mantel and J. L. Fleiss (1980), American Journal of
 * Epidemiology 112, 129-134; J. Robins, N. Breslow, S. Greenland (1986), Biometrics 42, 311-323; S. Greenland and J. M. Robins (1985),
 * Biometrics 41, 55-68; T. Sato (1989), Biometrics 45, 1323-1324.
 */
#include "stats/log_normal.h"
#include "stats/mantel_haenszel.h"

#include <gsl/gsl_cdf.h>
#include <stdio.h>

StatStatus
mh_clean(const StatStrata *in, StrataClean *out, StatResult *res)
{
	StatStatus	status;

	out->block = NULL;
	if (in->nrow != 2 || in->ncol != 2)
		return STAT_BAD_ARGUMENT;
	status = strata_clean(in, out);
	if (status == STAT_OK && !strata_describe(out, res))
		status = STAT_UNDEFINED;
	return status;
}

void
mh_sums(const StrataClean *t, long double *concordant, long double *discordant)
{
	*concordant = *discordant = 0;
	for (int k = 0; k < t->s.nstrata; k++)
	{
		MhStratum	s = mh_stratum(t, k);

		*concordant += s.a * s.d / s.n;
		*discordant += s.b * s.c / s.n;
	}
}

/* The variance of the logarithm of the common odds ratio (Robins, Breslow, Greenland). */
static long double
log_odds_variance(const StrataClean *t, long double r, long double s)
{
	long double pr = 0,
				mixed = 0,
				qs = 0;

	for (int k = 0; k < t->s.nstrata; k++)
	{
		MhStratum	x = mh_stratum(t, k);
		long double p = (x.a + x.d) / x.n;
		long double q = (x.b + x.c) / x.n;
		long double rk = x.a * x.d / x.n;
		long double sk = x.b * x.c / x.n;

		pr += p * rk;
		mixed += p * sk + q * rk;
		qs += q * sk;
	}
	return pr / (2 * r * r) + mixed / (2 * r * s) + qs / (2 * s * s);
}

/* sum (a - E) and its variance under independence. */
static void
deviation(const StrataClean *t, long double *sum, long double *variance)
{
	*sum = *variance = 0;
	for (int k = 0; k < t->s.nstrata; k++)
	{
		MhStratum	x = mh_stratum(t, k);

		*sum += (x.a * x.d - x.b * x.c) / x.n;
		*variance += (x.a + x.b) / x.n * (x.c + x.d) / x.n * (x.a + x.c) * (x.b + x.d) / (x.n - 1);
	}
}

/* How far sum a can be from its expectation: chi-square is good from 5 upwards (Mantel and Fleiss). */
static void
note_room(const StrataClean *t, StatResult *res)
{
	long double down = 0,
				up = 0;

	for (int k = 0; k < t->s.nstrata; k++)
	{
		MhStratum	x = mh_stratum(t, k);
		long double e = (x.a + x.b) * (x.a + x.c) / x.n;

		down += e - fmaxl(0, x.a - x.d);
		up += fminl(x.a + x.b, x.a + x.c) - e;
	}
	if (fminl(down, up) < 5)
		stat_note(res, "Mantel-Fleiss criterion %.3Lg is below 5: prefer the exact test", fminl(down, up));
}

static void
common_odds_ratio(const StrataClean *t, Alternative alternative, double level, StatResult *res)
{
	long double r,
				s;
	double		z = gsl_cdf_ugaussian_Qinv(alternative == ALTERNATIVE_TWO_SIDED ? (1 - level) / 2 : 1 - level);

	mh_sums(t, &r, &s);
	res->estimate = (double) (r / s);
	if (r == 0 || s == 0)
	{
		stat_note(res, "the common odds ratio is %s, its logarithm has no standard error: see the exact test", s == 0 ? "infinite" : "0");
		return;
	}
	stat_log_interval(res, stat_log_ratio(r, s), sqrtl(log_odds_variance(t, r, s)), z);
	res->conf_level = level;
	if (alternative == ALTERNATIVE_LESS)
		res->conf_low = 0;
	if (alternative == ALTERNATIVE_GREATER)
	{
		res->conf_high = INFINITY;
		stat_note(res, "one-sided interval: the upper limit is infinite");
	}
}

StatStatus
mantel_haenszel_test(const StatStrata *in, bool correct, Alternative alternative, double level, StatResult *res)
{
	StrataClean t;
	StatStatus	status;
	long double sum,
				variance,
				less;
	double		z;

	stat_result_init(res, correct ? "Mantel-Haenszel test with continuity correction, common odds ratio" : "Mantel-Haenszel test, common odds ratio");
	if (!(level > 0 && level < 1))
		return STAT_BAD_ARGUMENT;
	stat_set_alternative(res, alternative);
	status = mh_clean(in, &t, res);
	if (status == STAT_OK)
	{
		deviation(&t, &sum, &variance);
		less = correct && fabsl(sum) >= 0.5L ? fabsl(sum) - 0.5L : fabsl(sum);
		if (correct && fabsl(sum) < 0.5L)
			stat_note(res, "no continuity correction: |sum (O - E)| is below 0.5");
		res->statistic = (double) (less * less / variance);
		res->parameter = 1;
		z = (double) copysignl(less / sqrtl(variance), sum);
		if (alternative == ALTERNATIVE_TWO_SIDED)
			res->p_value = gsl_cdf_chisq_Q(res->statistic, 1);
		else
			res->p_value = alternative == ALTERNATIVE_GREATER ? gsl_cdf_ugaussian_Q(z) : gsl_cdf_ugaussian_P(z);
		note_room(&t, res);
		common_odds_ratio(&t, alternative, level, res);
	}
	stat_release(t.block);
	return status;
}

/* The stratum with the outcome asked for as its first column. */
static inline MhStratum
outcome_first(const StrataClean *t, int k, int col)
{
	MhStratum	x = mh_stratum(t, k);
	MhStratum	y = {x.b, x.a, x.d, x.c, x.n};

	return col == 0 ? x : y;
}

StatStatus
mh_risk_ratio(const StatStrata *in, int col, double level, StatResult *res)
{
	StrataClean t;
	StatStatus	status;
	long double first = 0,
				second = 0,
				variance = 0;

	stat_result_init(res, col == 0 ? "Mantel-Haenszel risk ratio of the first column" : "Mantel-Haenszel risk ratio of the second column");
	if (!(level > 0 && level < 1) || col < 0 || col > 1)
		return STAT_BAD_ARGUMENT;
	status = mh_clean(in, &t, res);
	if (status == STAT_OK)
	{
		for (int k = 0; k < t.s.nstrata; k++)
		{
			MhStratum	x = outcome_first(&t, k, col);
			long double r1 = x.a + x.b;
			long double r2 = x.c + x.d;

			first += x.a * r2 / x.n;
			second += x.c * r1 / x.n;
			/* (r1 r2 (a + c) - a c n)/n^2 without cancellation */
			variance += (x.a * (r1 / x.n) * x.d + x.c * (r2 / x.n) * x.b) / x.n;
		}
		res->estimate = (double) (first / second);
		res->conf_level = level;
		if (first == 0 && second == 0)
		{
			res->estimate = STAT_NA;
			stat_note(res, "both risks are 0 wherever both groups have cases: their ratio is 0/0");
			status = STAT_UNDEFINED;
		}
		else if (first == 0 || second == 0)
			stat_note(res, "the common risk ratio is %s, its logarithm has no standard error", second == 0 ? "infinite" : "0");
		else if (variance == 0)
			stat_note(res, "the risks are 1 wherever both groups have cases: the ratio has no standard error");
		else
			stat_log_normal(res, first, second, sqrtl(variance / first / second), level);
	}
	stat_release(t.block);
	return status;
}

StatStatus
mh_risk_difference(const StatStrata *in, int col, double level, StatResult *res)
{
	StrataClean t;
	StatStatus	status;
	long double sum = 0,
				weight = 0,
				p = 0,
				q = 0;

	stat_result_init(res, col == 0 ? "Mantel-Haenszel risk difference of the first column, Sato's variance" :
					 "Mantel-Haenszel risk difference of the second column, Sato's variance");
	if (!(level > 0 && level < 1) || col < 0 || col > 1)
		return STAT_BAD_ARGUMENT;
	status = mh_clean(in, &t, res);
	if (status == STAT_OK)
	{
		long double variance;
		double		z = gsl_cdf_ugaussian_Qinv((1 - level) / 2);

		for (int k = 0; k < t.s.nstrata; k++)
		{
			MhStratum	x = outcome_first(&t, k, col);
			long double r1 = x.a + x.b;
			long double r2 = x.c + x.d;

			sum += (x.a * x.d - x.b * x.c) / x.n;
			weight += r1 * r2 / x.n;
			p += (r1 * r1 * x.c - r2 * r2 * x.a + r1 * r2 * (r2 - r1) / 2) / x.n / x.n;
			q += (x.a * x.d + x.b * x.c) / (2 * x.n);
		}
		variance = (sum / weight * p + q) / weight / weight;
		res->estimate = (double) (sum / weight);
		if (variance > 0)
		{
			res->std_error = (double) sqrtl(variance);
			res->statistic = (double) (sum / weight / sqrtl(variance));
			res->p_value = 2 * gsl_cdf_ugaussian_Q(fabs(res->statistic));
			res->conf_low = fmax(-1, res->estimate - z * res->std_error);
			res->conf_high = fmin(1, res->estimate + z * res->std_error);
			res->conf_level = level;
		}
		else
			stat_note(res, "the variance of the difference is 0: no interval and no test");
	}
	stat_release(t.block);
	return status;
}
