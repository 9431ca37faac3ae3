/*
 * selections.c
 *		Counts of options and of pairs of options from the distinct selections, and the tests of options against each other.
 */
#include "stats/selections.h"
#include "stats/cochran_q.h"

#include <string.h>

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
	double	   *count = stat_alloc(sizeof(double) * (2 * (size_t) c + 1)),
			   *with;
	CochranSums sums;
	StatStatus	status;

	stat_result_init(res, "Cochran's Q test that the options are ticked equally often");
	if (count == NULL)
		return STAT_NO_MEMORY;
	with = count + c;
	sums = (CochranSums) {c, selection_totals(s, n).respondents, count, with};
	selection_counts(s, n, count);
	memset(with, 0, sizeof(double) * ((size_t) c + 1));
	for (int k = 0; k < s->nsel; k++)
		with[ticked(s, k)] += n[k];
	res->n = sums.n;
	stat_note(res, "%d options; %.15g of %.15g respondents ticked some but not all of them", c, cochran_informative(&sums), sums.n);
	status = cochran_q(&sums, res);
	if (status == STAT_UNDEFINED)
		stat_note(res, c < 2 ? "fewer than two options: there is nothing to compare"
				  : "nobody ticked some but not all options: there is nothing to compare");
	stat_release(count);
	return status;
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
