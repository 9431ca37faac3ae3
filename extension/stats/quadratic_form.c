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

static inline long double
product(const long double *a, const long double *b, int n)
{
	long double sum = 0;

	for (int m = 0; m < n; m++)
		sum += a[m] * b[m];
	return sum;
}

/* Unit variances, both triangles. */
static void
standardise(long double *v, int d, long double *scale)
{
	for (int i = 0; i < d; i++)
		scale[i] = v[(size_t) i * d + i] > 0 ? sqrtl(v[(size_t) i * d + i]) : 0;
	for (int i = 0; i < d; i++)
		for (int j = 0; j <= i; j++)
		{
			long double r = scale[i] > 0 && scale[j] > 0 ? v[(size_t) i * d + j] / scale[i] / scale[j] : 0;

			v[(size_t) i * d + j] = v[(size_t) j * d + i] = r;
		}
}

StatStatus
quadratic_form_factor(long double *v, int d, QuadraticForm *out)
{
	long double *rest;			/* the variances not yet explained */

	*out = (QuadraticForm) {.d = d,.l = v};
	out->block = stat_alloc((2 * sizeof(long double) + sizeof(int)) * (size_t) d);
	if (out->block == NULL)
		return STAT_NO_MEMORY;
	out->scale = out->block;
	rest = out->z = out->scale + d;
	out->order = (int *) (out->scale + 2 * (size_t) d);
	standardise(v, d, out->scale);
	for (int i = 0; i < d; i++)
	{
		out->order[i] = i;
		rest[i] = out->scale[i] > 0 ? 1 : 0;
	}
	for (int k = 0; k < d; k++)
	{
		long double *pivot = v + (size_t) k * d;
		long double root;
		int			best = k;

		if (stat_interrupted())
			return STAT_INTERRUPTED;
		for (int i = k + 1; i < d; i++)
			if (rest[i] > rest[best])
				best = i;
		if (!(rest[best] > RELATIVE_VARIANCE))
			break;
		if (best != k)
		{
			int			swap = out->order[k];

			out->order[k] = out->order[best];
			out->order[best] = swap;
			/* the factor's row in columns before k, the matrix from there on; then the matrix's column */
			for (int j = 0; j < d; j++)
				exchange(&pivot[j], &v[(size_t) best * d + j]);
			for (int i = k; i < d; i++)
				exchange(&v[(size_t) i * d + k], &v[(size_t) i * d + best]);
			exchange(&out->scale[k], &out->scale[best]);
			exchange(&rest[k], &rest[best]);
		}
		root = sqrtl(rest[k]);
		for (int i = k + 1; i < d; i++)
		{
			long double *row = v + (size_t) i * d;

			row[k] = (row[k] - product(row, pivot, k)) / root;
			rest[i] -= row[k] * row[k];
		}
		pivot[k] = root;
		out->rank++;
	}
	return STAT_OK;
}

long double
quadratic_form_value(const QuadraticForm *f, const long double *g)
{
	long double value = 0;

	for (int k = 0; k < f->rank; k++)
	{
		const long double *row = f->l + (size_t) k * f->d;
		long double z = (g[f->order[k]] / f->scale[k] - product(row, f->z, k)) / row[k];

		f->z[k] = z;
		value += z * z;
	}
	return value;
}
