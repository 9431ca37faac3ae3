/*
 * padjust.c
 *		Adjusting p-values for multiple comparisons.
 *
 * Holm (1979), Scand. J. Statist. 6, 65-70; Hochberg (1988), Biometrika 75, 800-802; Hommel (1988), Biometrika 75, 383-386, in the
 * form of S. P. Wright (1992), Biometrics 48, 1005-1013; Benjamini and Hochberg (1995), JRSS B 57, 289-300; Benjamini and Yekutieli
 * (2001), Ann. Statist. 29, 1165-1188.
 */
#include "stats/padjust.h"

#include <stdlib.h>

const char *const padjust_names[PADJUST_METHODS] =
{"bonferroni", "holm", "hochberg", "hommel", "BH", "BY", "none"};

typedef struct Ranked
{
	double		p;
	int			at;				/* its place in the input */
} Ranked;

static int
by_p(const void *a, const void *b)
{
	const Ranked *x = a,
			   *y = b;

	if (x->p != y->p)
		return x->p < y->p ? -1 : 1;
	return (x->at > y->at) - (x->at < y->at);
}

/* Step-down: the running maximum of factor * p from the smallest up. */
static void
step_down_holm(const Ranked *r, int m, double *out)
{
	double		running = 0;

	for (int i = 0; i < m; i++)
	{
		running = fmax(running, fmin(1, (m - i) * r[i].p));
		out[r[i].at] = running;
	}
}

/* Step-up: the running minimum of factor * p from the largest down. */
static void
step_up(const Ranked *r, int m, PadjustMethod method, double *out)
{
	double		running = 1;
	double		harmonic = 1;

	if (method == PADJUST_BY)
	{
		harmonic = 0;
		for (int i = m; i >= 1; i--)
			harmonic += 1.0 / i;
	}
	for (int i = m - 1; i >= 0; i--)
	{
		double		factor = method == PADJUST_HOCHBERG ? m - i : (double) m / (i + 1) * harmonic;

		running = fmin(running, factor * r[i].p);
		out[r[i].at] = running;
	}
}

/* Wright's algorithm, quadratic in the size of the family. */
static StatStatus
hommel(const Ranked *r, int m, double *out)
{
	double	   *a = stat_alloc(sizeof(double) * (size_t) m);

	if (a == NULL)
		return STAT_NO_MEMORY;
	for (int i = 0; i < m; i++)
		a[i] = r[i].p;
	for (int k = m; k >= 2; k--)
	{
		double		least = INFINITY;

		if (stat_interrupted())
		{
			stat_release(a);
			return STAT_INTERRUPTED;
		}
		for (int i = m - k + 1; i < m; i++)
			least = fmin(least, k * r[i].p / (k - m + i + 1));
		for (int i = m - k + 1; i < m; i++)
			a[i] = fmax(a[i], least);
		for (int i = 0; i <= m - k; i++)
			a[i] = fmax(a[i], fmin(least, k * r[i].p));
	}
	for (int i = 0; i < m; i++)
		out[r[i].at] = fmin(1, a[i]);
	stat_release(a);
	return STAT_OK;
}

StatStatus
padjust(const double *p, int n, PadjustMethod method, double *out)
{
	Ranked	   *r = stat_alloc(sizeof(Ranked) * (size_t) n);
	StatStatus	status = STAT_OK;
	int			m = 0;

	if (r == NULL)
		return STAT_NO_MEMORY;
	for (int i = 0; i < n; i++)
	{
		out[i] = p[i];
		if (isnan(p[i]))
			continue;
		if (p[i] < 0 || p[i] > 1)
		{
			stat_release(r);
			return STAT_BAD_ARGUMENT;
		}
		r[m].p = p[i];
		r[m++].at = i;
	}
	qsort(r, (size_t) m, sizeof(Ranked), by_p);
	switch (method)
	{
		case PADJUST_BONFERRONI:
			for (int i = 0; i < m; i++)
				out[r[i].at] = fmin(1, m * r[i].p);
			break;
		case PADJUST_HOLM:
			step_down_holm(r, m, out);
			break;
		case PADJUST_HOMMEL:
			status = hommel(r, m, out);
			break;
		case PADJUST_HOCHBERG:
		case PADJUST_BH:
		case PADJUST_BY:
			step_up(r, m, method, out);
			break;
		case PADJUST_NONE:
			break;
	}
	stat_release(r);
	return status;
}
