/*
 * selections.c
 *		Counts of options and of pairs of options from the distinct selections, and the tests of options against each other.
 *
 * W. G. Cochran (1950), Biometrika 37, 256-266; Q. McNemar (1947), Psychometrika 12, 153-157.  A respondent who ticked all options or
 * none takes no part in either.
 */
#include "stats/selections.h"

#include <string.h>

#include <gsl/gsl_cdf.h>

static inline int
ticked(const StatSets *s, int k)
{
	return s->start[k + 1] - s->start[k];
}

SelectionTotals
selection_totals(const StatSets *s, const double *n)
{
	long double respondents = 0,
				answered = 0,
				responses = 0;

	for (int k = 0; k < s->nsel; k++)
	{
		respondents += n[k];
		if (ticked(s, k) > 0)
			answered += n[k];
		responses += (long double) n[k] * ticked(s, k);
	}
	return (SelectionTotals) {(double) respondents, (double) answered, (double) responses};
}

void
selection_counts(const StatSets *s, const double *n, double *count)
{
	memset(count, 0, sizeof(double) * s->nopt);
	for (int k = 0; k < s->nsel; k++)
		for (int i = s->start[k]; i < s->start[k + 1]; i++)
			count[s->option[i]] += n[k];
}

StatStatus
selection_pairs(const StatSets *s, const double *n, double *co)
{
	memset(co, 0, sizeof(double) * s->nopt * s->nopt);
	for (int k = 0; k < s->nsel; k++)
	{
		if (stat_interrupted())
			return STAT_INTERRUPTED;
		if (n[k] == 0)
			continue;
		for (int i = s->start[k]; i < s->start[k + 1]; i++)
		{
			double	   *row = co + (size_t) s->option[i] * s->nopt;

			for (int j = i; j < s->start[k + 1]; j++)
				row[s->option[j]] += n[k];
		}
	}
	return STAT_OK;
}

StatStatus
selection_cochran_q(const StatSets *s, const double *n, StatResult *res)
{
	int			c = s->nopt;
	double	   *count;
	long double squares = 0,	/* sum of the squared counts of the options */
				total = 0,		/* ticks */
				spread = 0,		/* sum over respondents of R (c - R), R the options ticked */
				informative = 0,
				respondents = 0;

	stat_result_init(res, "Cochran's Q test that the options are ticked equally often");
	if ((count = stat_alloc(sizeof(double) * c)) == NULL)
		return STAT_NO_MEMORY;
	selection_counts(s, n, count);
	for (int j = 0; j < c; j++)
	{
		total += count[j];
		squares += (long double) count[j] * count[j];
	}
	stat_release(count);
	for (int k = 0; k < s->nsel; k++)
	{
		int			r = ticked(s, k);

		respondents += n[k];
		if (r > 0 && r < c)
			informative += n[k];
		spread += (long double) n[k] * r * (c - r);
	}
	res->n = (double) respondents;
	stat_note(res, "%d options; %.15g of %.15g respondents ticked some but not all of them", c, (double) informative, (double) respondents);
	res->parameter = c - 1;
	if (c < 2 || !(spread > 0))
	{
		stat_note(res, c < 2 ? "fewer than two options: there is nothing to compare"
				  : "nobody ticked some but not all options: there is nothing to compare");
		return STAT_UNDEFINED;
	}
	res->statistic = (double) fmaxl((c - 1) * (c * squares - total * total) / spread, 0);
	res->p_value = gsl_cdf_chisq_Q(res->statistic, res->parameter);
	return isfinite(res->p_value) ? STAT_OK : STAT_NUMERIC;
}

void
selection_mcnemar(double only_first, double only_second, bool correct, bool exact, double *chi2, double *p)
{
	double		discordant = only_first + only_second;
	double		d = fabs(only_first - only_second);

	*chi2 = *p = STAT_NA;
	if (!(discordant > 0))
		return;
	if (exact)
	{
		double		k = fmin(only_first, only_second);

		/* P(Bin(m, 1/2) <= k) = I_{1/2}(m - k, k + 1) */
		*p = d == 0 ? 1 : fmin(1, 2 * gsl_cdf_beta_P(0.5, discordant - k, k + 1));
		return;
	}
	if (correct)
		d = fmax(d - 1, 0);
	*chi2 = d * d / discordant;
	*p = gsl_cdf_chisq_Q(*chi2, 1);
}

/*
 * Each share has the variance p (1 - p)/n under equality, p the pooled share.  The common respondents stand in both: with u = xab/nab,
 * the mean of (y - p)^2 over them is u (1 - 2p) + p^2, so cov = nab (u (1 - 2p) + p^2) / (na nb).  Without overlap this is the pooled z
 * of two independent shares; where the common respondents are like the others it is L. Kish's (1965, Survey Sampling, section 12.4)
 * p (1 - p)(1/na + 1/nb - 2 nab/(na nb)).
 */
double
overlap_z(double xa, double na, double xb, double nb, double xab, double nab)
{
	long double p,
				variance;

	if (!(na > 0) || !(nb > 0))
		return STAT_NA;
	p = ((long double) xa + xb) / ((long double) na + nb);
	variance = p * (1 - p) * (1 / (long double) na + 1 / (long double) nb)
		- 2 * (xab * (1 - 2 * p) + nab * p * p) / ((long double) na * nb);
	if (!(variance > 1e-15L / (na + nb)))
		return STAT_NA;
	return (double) (((long double) xa / na - (long double) xb / nb) / sqrtl(variance));
}
