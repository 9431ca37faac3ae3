/*
 * ordinal_summary.c
 *		Summary of one ordinal variable from its counts.
 *
 * Quantiles are of type 1 (R. J. Hyndman, Y. Fan (1996), American Statistician 50, 361-365): the lowest category whose cumulative
 * count reaches the share, as percentile_disc.  The interpolated median takes the answers of a category to spread evenly over one
 * unit around its score: L + (n/2 - F)/f.
 */
#include "stats/ordinal_summary.h"

static int
quantile(const double *n, int k, double target)
{
	double		sum = 0;

	for (int i = 0; i < k; i++)
	{
		sum += n[i];
		if (n[i] > 0 && sum >= target)
			return i;
	}
	return -1;
}

void
ordinal_summary(const double *n, const double *score, int k, OrdinalSummary *out)
{
	double		below = 0;
	double		mean = 0,
				m2 = 0,
				w = 0;
	bool		unit = true;

	out->n = 0;
	out->min = out->max = out->mode = -1;
	out->nmodes = 0;
	out->interpolated_median = out->mean = out->sd = STAT_NA;
	for (int i = 0; i < k; i++)
	{
		if (i > 0 && score[i] - score[i - 1] != 1)
			unit = false;
		if (!(n[i] > 0))
			continue;
		out->n += n[i];
		if (out->min < 0)
			out->min = i;
		out->max = i;
		if (out->mode < 0 || n[i] > n[out->mode])
		{
			out->mode = i;
			out->nmodes = 1;
		}
		else if (n[i] == n[out->mode])
			out->nmodes++;
		/* West's weighted update (1979), Communications of the ACM 22, 532-535 */
		w += n[i];
		{
			double		delta = score[i] - mean;

			mean += delta * n[i] / w;
			m2 += n[i] * delta * (score[i] - mean);
		}
	}
	out->q1 = quantile(n, k, 0.25 * out->n);
	out->median = quantile(n, k, 0.5 * out->n);
	out->q3 = quantile(n, k, 0.75 * out->n);
	if (out->min < 0)
		return;
	out->mean = mean;
	if (out->n > 1)
		out->sd = sqrt(m2 / (out->n - 1));
	if (unit)
	{
		for (int i = 0; i < out->median; i++)
			below += n[i];
		out->interpolated_median = score[out->median] - 0.5 + (out->n / 2 - below) / n[out->median];
	}
}
