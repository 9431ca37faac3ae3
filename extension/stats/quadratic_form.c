/*
 * quadratic_form.c
 *		g' V^- g by a Cholesky decomposition with pivoting.
 *
 * G. H. Golub and C. F. Van Loan (2013), Matrix Computations, 4th ed., section 4.2.8.  V is scaled to a unit diagonal first; with L the factor
 * of the leading rank rows and columns and L z = g, the value is z'z.
 */
#include "stats/quadratic_form.h"

#define RELATIVE_VARIANCE 1e-14L

static inline void
exchange(long double *a, long double *b)
{
	long double t = *a;

	*a = *b;
	*b = t;
}

/* Unit variances; g to match.  rest becomes the variances not yet explained. */
static void
standardise(long double *v, long double *g, int d, long double *rest)
{
	for (int i = 0; i < d; i++)
		rest[i] = v[(size_t) i * d + i] > 0 ? sqrtl(v[(size_t) i * d + i]) : 0;
	for (int i = 0; i < d; i++)
	{
		for (int j = 0; j <= i; j++)
		{
			long double r = rest[i] > 0 && rest[j] > 0 ? v[(size_t) i * d + j] / rest[i] / rest[j] : 0;

			v[(size_t) i * d + j] = v[(size_t) j * d + i] = r;
		}
		g[i] = rest[i] > 0 ? g[i] / rest[i] : 0;
	}
	for (int i = 0; i < d; i++)
		rest[i] = rest[i] > 0 ? 1 : 0;
}

StatStatus
quadratic_form(long double *v, long double *g, int d, long double *value, int *rank)
{
	long double *rest = stat_alloc(sizeof(long double) * (size_t) d);

	*value = 0;
	*rank = 0;
	if (rest == NULL)
		return STAT_NO_MEMORY;
	standardise(v, g, d, rest);
	for (int k = 0; k < d; k++)
	{
		long double *pivot = v + (size_t) k * d;
		long double root;
		int			best = k;

		for (int i = k + 1; i < d; i++)
			if (rest[i] > rest[best])
				best = i;
		if (!(rest[best] > RELATIVE_VARIANCE))
			break;
		if (best != k)
		{
			/* the factor's row in columns before k, the matrix from there on; then the matrix's column */
			for (int j = 0; j < d; j++)
				exchange(&pivot[j], &v[(size_t) best * d + j]);
			for (int i = k; i < d; i++)
				exchange(&v[(size_t) i * d + k], &v[(size_t) i * d + best]);
			exchange(&g[k], &g[best]);
			exchange(&rest[k], &rest[best]);
		}
		root = sqrtl(rest[k]);
		for (int i = k + 1; i < d; i++)
		{
			long double *row = v + (size_t) i * d;
			long double sum = row[k];

			for (int m = 0; m < k; m++)
				sum -= row[m] * pivot[m];
			row[k] = sum / root;
			rest[i] -= row[k] * row[k];
		}
		pivot[k] = root;
		for (int m = 0; m < k; m++)
			g[k] -= pivot[m] * g[m];
		g[k] /= root;
		*value += g[k] * g[k];
		(*rank)++;
		if (stat_interrupted())
		{
			stat_release(rest);
			return STAT_INTERRUPTED;
		}
	}
	stat_release(rest);
	return STAT_OK;
}
