/*
 * mh_distribution.c
 *		The distribution of the sum of first cells of 2 x 2 tables by stratum, given all margins.
 */
#include "stats/mh_distribution.h"

#include <string.h>

#define MOST_PRODUCTS 2e10		/* of the convolution: about a minute */

/* Outward from near the mode. */
StatStatus
mh_stratum_weights(MhStratum x, long double psi, MhWeights *out)
{
	int64_t		r1 = (int64_t) (x.a + x.b),
				r2 = (int64_t) (x.c + x.d),
				c1 = (int64_t) (x.a + x.c);
	int64_t		least = c1 > r2 ? c1 - r2 : 0;
	int64_t		most = r1 < c1 ? r1 : c1;
	int64_t		start = least == most ? least : (int64_t) llroundl(mh_fitted(x, psi));
	int64_t		below = 0,
				above = 0;
	long double w = 1,
				top = 1;

	start = start < least ? least : start > most ? most : start;
	/* how far it goes, before anything is stored */
	for (int64_t a = start; a < most && w > MH_CUT * top; a++, above++)
	{
		w *= psi * (r1 - a) / (a + 1.0L) * (c1 - a) / (r2 - c1 + a + 1.0L);
		top = fmaxl(top, w);
		if (a % 65536 == 0 && stat_interrupted())
			return STAT_INTERRUPTED;
	}
	w = 1;
	for (int64_t a = start; a > least && w > MH_CUT * top; a--, below++)
	{
		w *= a / (r1 - a + 1.0L) * (r2 - c1 + a) / (c1 - a + 1.0L) / psi;
		top = fmaxl(top, w);
		if (a % 65536 == 0 && stat_interrupted())
			return STAT_INTERRUPTED;
	}
	out->low = start - below;
	out->n = below + above + 1;
	out->w = stat_alloc(sizeof(long double) * (size_t) out->n);
	if (out->w == NULL)
		return STAT_NO_MEMORY;
	w = out->w[below] = 1 / top;
	for (int64_t i = below + 1; i < out->n; i++)
	{
		int64_t		a = out->low + i - 1;

		out->w[i] = w *= psi * (r1 - a) / (a + 1.0L) * (c1 - a) / (r2 - c1 + a + 1.0L);
	}
	w = out->w[below];
	for (int64_t i = below - 1; i >= 0; i--)
	{
		int64_t		a = out->low + i + 1;

		out->w[i] = w *= a / (r1 - a + 1.0L) * (r2 - c1 + a) / (c1 - a + 1.0L) / psi;
	}
	return STAT_OK;
}

/* The weights of the sum of two; both are released. */
static StatStatus
convolve(MhWeights *into, MhWeights *with, double *products)
{
	MhWeights	sum = {into->low + with->low, into->n + with->n - 1, NULL};
	StatStatus	status = STAT_OK;
	long double top = 0;
	int64_t		first = 0;

	*products += (double) into->n * with->n;
	if (*products > MOST_PRODUCTS)
		status = STAT_BUDGET;
	else if ((sum.w = stat_alloc(sizeof(long double) * (size_t) sum.n)) == NULL)
		status = STAT_NO_MEMORY;
	else
		memset(sum.w, 0, sizeof(long double) * (size_t) sum.n);
	for (int64_t i = 0; i < with->n && status == STAT_OK; i++)
	{
		long double f = with->w[i];
		long double *to = sum.w + i;

		for (int64_t j = 0; j < into->n; j++)
			to[j] += f * into->w[j];
		if (stat_interrupted())
			status = STAT_INTERRUPTED;
	}
	stat_release(into->w);
	stat_release(with->w);
	with->w = NULL;
	*into = sum;
	if (status != STAT_OK)
		return status;
	for (int64_t i = 0; i < sum.n; i++)
		top = fmaxl(top, sum.w[i]);
	for (int64_t i = 0; i < sum.n; i++)
		sum.w[i] /= top;
	while (into->w[into->n - 1] < MH_CUT)
		into->n--;
	while (into->w[first] < MH_CUT)
		first++;
	into->n -= first;
	into->low += first;
	memmove(into->w, into->w + first, sizeof(long double) * (size_t) into->n);
	return STAT_OK;
}

StatStatus
mh_distribution(const StrataClean *t, long double psi, MhWeights *out)
{
	StatStatus	status = STAT_OK;
	double		products = 0;

	*out = (MhWeights) {0, 1, stat_alloc(sizeof(long double))};
	if (out->w == NULL)
		return STAT_NO_MEMORY;
	out->w[0] = 1;
	for (int k = 0; k < t->s.nstrata && status == STAT_OK; k++)
	{
		MhStratum	x = mh_stratum(t, k);
		MhWeights	one = {0};

		status = mh_stratum_weights(x, psi, &one);
		if (status == STAT_OK)
			status = convolve(out, &one, &products);
	}
	return status;
}

long double
mh_near_estimate(const StrataClean *t)
{
	long double r = 0,
				s = 0;

	for (int k = 0; k < t->s.nstrata; k++)
	{
		MhStratum	x = mh_stratum(t, k);

		r += (x.a + 0.5L) * (x.d + 0.5L) / x.n;
		s += (x.b + 0.5L) * (x.c + 0.5L) / x.n;
	}
	return r / s;
}
