/*
 * sign_test.c
 *		The sign test of a scale answered twice.
 *
 * W. J. Dixon, A. M. Mood (1946), JASA 41, 557-566: of those who changed, the number that went up is binomial with probability 1/2.
 */
#include "stats/binomial_half.h"
#include "stats/proportion.h"
#include "stats/sign_test.h"

static StatStatus
exact_p(double up, double n, Alternative alternative, double *p)
{
	double		m = alternative == ALTERNATIVE_LESS ? up : alternative == ALTERNATIVE_GREATER ? n - up : fmin(up, n - up);
	long double tail;
	StatStatus	status = binomial_half_lower(m, n, &tail);

	*p = (double) (alternative == ALTERNATIVE_TWO_SIDED ? fminl(2 * tail, 1) : tail);
	return status;
}

StatStatus
sign_test(const StatTable *tab, Alternative alternative, int exact, double level, StatResult *res)
{
	PairedDifferences d;
	bool		use_exact;
	double		up,
				n,
				z;
	StatStatus	status;

	stat_result_init(res, "Sign test");
	status = paired_differences(tab, &d);
	if (status != STAT_OK)
		return status;
	stat_release(d.block);
	use_exact = paired_exact(exact, d.integral);
	stat_result_init(res, use_exact ? "Exact sign test" : "Sign test, normal approximation");
	if (use_exact && !d.integral)
		return STAT_BAD_ARGUMENT;
	if (!paired_describe(&d, alternative, res))
		return STAT_UNDEFINED;
	up = d.total_up;
	n = d.total_up + d.total_down;
	res->statistic = up;
	res->parameter = n;
	res->estimate = up / n;
	res->conf_level = level;
	status = prop_ci(up, n, PROP_CLOPPER_PEARSON, level, 0, &res->conf_low, &res->conf_high);
	if (status != STAT_OK)
		return status;
	if (use_exact)
		return exact_p(up, n, alternative, &res->p_value);
	z = (double) (((long double) d.total_up - d.total_down) / sqrtl(n));
	res->parameter2 = z;
	res->p_value = alternative_normal_p(z, alternative);
	return STAT_OK;
}
