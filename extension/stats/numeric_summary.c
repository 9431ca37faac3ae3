/*
 * numeric_summary.c
 *		Moments and quantiles of a numeric variable from its distinct values and their counts.
 *
 * Quantiles: R. J. Hyndman, Y. Fan (1996), Sample quantiles in statistical packages, American Statistician 50, 361-365, of the sample in
 * which every value stands as often as its count says.  With counts that are not whole, position i is the first value whose cumulative
 * count reaches i (F. E. Harrell, Hmisc::wtd.quantile).
 */
#include "stats/numeric_summary.h"

/* R's tolerance for a position that is a whole number but for rounding, here relative to it. */
#define FUZZ (4 * 2.220446049250313e-16)

/* The value at a position of the ordered sample, the ends beyond them. */
static double
value_at(const ValueCounts *v, double position)
{
	long double sum = 0;
	int			last = -1;

	for (int i = 0; i < v->k; i++)
	{
		if (!(v->n[i] > 0))
			continue;
		last = i;
		sum += v->n[i];
		/* sums of weights miss a whole number by rounding */
		if (sum >= (long double) position * (1 - 1e-15L))
			break;
	}
	return last < 0 ? STAT_NA : v->x[last];
}

double
count_quantile(const ValueCounts *v, double p, int type)
{
	/* position = a + p (n + 1 - a - b) */
	static const double a[QUANTILE_TYPES] = {0, 0, -0.5, 0, 0.5, 0, 1, 1.0 / 3, 3.0 / 8};
	static const double b[QUANTILE_TYPES] = {1, 1, 1.5, 1, 0.5, 0, 1, 1.0 / 3, 3.0 / 8};
	long double n = 0;
	double		position,
				fuzz,
				j,
				h,
				low,
				high;

	if (!(p >= 0 && p <= 1) || type < 1 || type > QUANTILE_TYPES)
		return STAT_NA;
	for (int i = 0; i < v->k; i++)
		n += v->n[i];
	position = (double) (a[type - 1] + p * (n + 1 - a[type - 1] - b[type - 1]));
	fuzz = FUZZ * fmax(1, position);
	j = floor(position + fuzz);
	h = position - j;
	if (fabs(h) < fuzz)
		h = 0;
	if (type == 1)
		h = h > 0;
	else if (type == 2)
		h = h > 0 ? 1 : 0.5;
	else if (type == 3)
		h = h > 0 || fmod(j, 2) != 0;
	low = value_at(v, j);
	high = value_at(v, j + 1);
	return h == 0 || low == high ? low : h == 1 ? high : (1 - h) * low + h * high;
}

void
numeric_summary(const ValueCounts *v, int quantile_type, NumericSummary *out)
{
	long double n = 0,
				rows = 0,
				mean = 0,
				square = 0,
				sampled = 0;
	double		most = 0;

	*out = (NumericSummary) {0};
	out->mean = out->sd = out->se_mean = out->se_mean_sampling = out->min = out->max = out->mode = STAT_NA;
	out->rows = v->rows ? 0 : STAT_NA;
	for (int i = 0; i < v->k; i++)
	{
		n += v->n[i];
		if (v->rows)
			rows += v->rows[i];
		if (!(v->n[i] > 0))
			continue;
		if (isnan(out->min))
			out->min = v->x[i];
		out->max = v->x[i];
		if (v->n[i] > most)
		{
			most = v->n[i];
			out->mode = v->x[i];
			out->nmodes = 1;
		}
		else if (v->n[i] == most)
			out->nmodes++;
	}
	out->n = (double) n;
	if (v->rows)
		out->rows = (double) rows;
	out->q1 = count_quantile(v, 0.25, quantile_type);
	out->median = count_quantile(v, 0.5, quantile_type);
	out->q3 = count_quantile(v, 0.75, quantile_type);
	if (!(n > 0))
		return;
	for (int i = 0; i < v->k; i++)
		mean += v->n[i] / n * v->x[i];
	for (int i = 0; i < v->k; i++)
	{
		long double d = v->x[i] - mean;

		square += v->n[i] * d * d;
		if (v->squares)
			sampled += v->squares[i] * d * d;
	}
	out->mean = (double) mean;
	if (n > 1)
	{
		out->sd = (double) sqrtl(square / (n - 1));
		out->se_mean = (double) sqrtl(square / (n - 1) / n);
	}
	/* Taylor linearisation of sum w x / sum w, rows drawn with replacement */
	if (v->rows && v->squares && rows > 1)
		out->se_mean_sampling = (double) (sqrtl(rows / (rows - 1) * sampled) / n);
}
