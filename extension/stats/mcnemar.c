/*
 * mcnemar.c
 *		McNemar's test of a yes-or-no question answered twice.
 *
 * Q. McNemar (1947), Psychometrika 12, 153-157; A. L. Edwards (1948), Psychometrika 13, 185-187 (the correction); M. W. Fagerland,
 * S. Lydersen, P. Laake (2013), BMC Medical Research Methodology 13:91 (exact and mid-p); A. Agresti (2013), Categorical Data Analysis,
 * 3rd ed., section 11.1 (b/c and its conditional distribution).
 */
#include "stats/binomial_half.h"
#include "stats/mcnemar.h"
#include "stats/proportion.h"

#include <gsl/gsl_cdf.h>
#include <stdio.h>

static const char *const method_names[] = {
	"McNemar's test",
	"McNemar's test with continuity correction",
	"Exact McNemar test",
	"Mid-p McNemar test"
};

/* b/c, with the exact limits of b/(b + c) as odds; each limit from the side on which it is small. */
static StatStatus
odds_of_change(double b, double c, double level, StatResult *res)
{
	double		low_b,
				high_b,
				low_c,
				high_c;
	StatStatus	status = prop_ci(b, b + c, PROP_CLOPPER_PEARSON, level, 0, &low_b, &high_b);

	if (status == STAT_OK)
		status = prop_ci(c, b + c, PROP_CLOPPER_PEARSON, level, 0, &low_c, &high_c);
	if (status != STAT_OK)
		return status;
	res->conf_level = level;
	res->estimate = b / c;
	res->conf_low = low_b / high_c;
	res->conf_high = high_b / low_c;
	if (c == 0)
		stat_note(res, "nobody changed from the second category to the first: the odds ratio and its upper limit are infinite");
	return STAT_OK;
}

/* Fractional counts, of weighted tables, by the continuation of the binomial in them: P(Bin(n, 1/2) <= k) = I_1/2(n - k, k + 1). */
static StatStatus
exact_p(double b, double c, bool mid_p, double *p)
{
	double		least = fmin(b, c);
	long double tail;
	StatStatus	status;

	if (!stat_is_whole(b) || !stat_is_whole(c))
	{
		*p = b == c ? 1 : fmin(1, 2 * gsl_cdf_beta_P(0.5, fmax(b, c), least + 1));
		return STAT_OK;
	}
	status = binomial_half_lower(least, b + c, &tail);
	if (status != STAT_OK)
		return status;
	/* mid-p: half the probability of what is exactly as extreme, which is one outcome when b = c and two otherwise */
	if (b == c)
		tail = mid_p ? 0.5L - binomial_half_pmf(least, b + c) / 4 : 0.5L;
	else if (mid_p)
		tail -= binomial_half_pmf(least, b + c) / 2;
	*p = (double) fminl(2 * tail, 1);
	return STAT_OK;
}

StatStatus
mcnemar_changes(double b, double c, McnemarVariant variant, double *statistic, double *p)
{
	long double d = fabsl((long double) b - c);

	*statistic = *p = STAT_NA;
	if (!(b + c > 0))
		return STAT_UNDEFINED;
	if (variant == MCNEMAR_EXACT || variant == MCNEMAR_MID_P)
	{
		*statistic = b;
		return exact_p(b, c, variant == MCNEMAR_MID_P, p);
	}
	if (variant == MCNEMAR_CORRECTED)
		d = fmaxl(d - 1, 0);
	*statistic = (double) (d * d / ((long double) b + c));
	*p = gsl_cdf_chisq_Q(*statistic, 1);
	return STAT_OK;
}

StatStatus
mcnemar_test(const StatTable *tab, McnemarVariant variant, double level, StatResult *res)
{
	double		b,
				c;
	bool		exact;
	StatStatus	status;

	stat_result_init(res, method_names[variant]);
	if (tab->nrow != 2 || tab->ncol != 2 || !(level > 0 && level < 1))
		return STAT_BAD_ARGUMENT;
	for (int i = 0; i < 4; i++)
		if (!stat_is_count(tab->n[i]))
			return STAT_BAD_ARGUMENT;
	b = tab->n[1];
	c = tab->n[2];
	snprintf(res->alternative, sizeof(res->alternative), "two.sided");
	res->n = (double) ((long double) tab->n[0] + b + c + tab->n[3]);
	stat_note(res, "changed: %.15g from the first category to the second, %.15g back", b, c);
	exact = variant == MCNEMAR_EXACT || variant == MCNEMAR_MID_P;
	if (exact && !(stat_is_whole(b) && stat_is_whole(c) && stat_is_whole(b + c)))
		return STAT_BAD_ARGUMENT;
	status = mcnemar_changes(b, c, variant, &res->statistic, &res->p_value);
	if (status == STAT_UNDEFINED)
		stat_note(res, "nobody changed: there is nothing to test");
	if (status != STAT_OK)
		return status;
	res->parameter = exact ? b + c : 1;
	if (variant == MCNEMAR_CHISQ && b + c < 25)
		stat_note(res, "fewer than 25 changed: prefer exact => true");
	return odds_of_change(b, c, level, res);
}
