/*
 * mmi_covariance.c
 *		The covariance of the item tables, and the eigenvalues that weight the asymptotic sum of chi-squares.
 *
 * C. R. Bilder and T. M. Loughin (2004), Biometrics 60, 241-248, section 3 and appendix.  Their matrices run over all 2^c selections;
 * here they are moments over the selections that were made.
 *
 * MMI: with a_i = n_i/n, S_i the covariance matrix (divisor n_i) of the options in group i, Sm = sum a_i S_i and v_j = p_j (1 - p_j),
 * the eigenvalues are those of D^-1 H V H', whose block (i, k) is a_i (d_ik S_i/a_i - S_i - S_k + Sm) divided by v_j in line j.  Summing
 * over the groups leaves, for options j and l with x_i = S_i[j, l] and xm = Sm[j, l],
 *		trace of the square = sum over j, l of (sum_i x_i^2 (1 - 2 a_i) + xm^2) / (v_j v_l),
 *		trace = sum over j of (sum_i S_i[j, j] - Sm[j, j]) / v_j.
 *
 * SPMI: item (i, j) has the influence (w_i - p_i)(y_j - q_j); its covariance matrix over the respondents, divided by
 * p_i (1 - p_i) q_j (1 - q_j) in line (i, j), has the eigenvalues.
 */
#include "stats/mmi.h"

#include <stdlib.h>
#include <string.h>

#include <gsl/gsl_eigen.h>
#include <gsl/gsl_matrix.h>
#include <gsl/gsl_vector.h>

#define MAX_MOMENTS ((size_t) 1 << 25)	/* 256 MB */

/* Options j and l of one group, j <= l, from the counts of pairs. */
static inline double
group_cov(const MmiMargins *m, const double *co, int g, int j, int l)
{
	long double size = m->line[g];
	const double *both = m->both + (size_t) g * m->nopt;

	return (double) ((co[(size_t) j * m->nopt + l] * size - (long double) both[j] * both[l]) / (size * size));
}

static double
option_variance(double ticked, double total)
{
	return (double) ((long double) ticked * (total - ticked) / ((long double) total * total));
}

static StatStatus
mmi_sums(const MmiTable *t, const MmiMargins *m, double *sum, double *sumsq)
{
	int			c = m->nopt;
	size_t		cc = (size_t) c * c;
	double	   *co = stat_alloc(sizeof(double) * 3 * cc);
	double	   *squares,
			   *mean;
	long double s1 = 0,
				s2 = 0;

	if (co == NULL)
		return STAT_NO_MEMORY;
	squares = co + cc;
	mean = squares + cc;
	memset(squares, 0, sizeof(double) * 2 * cc);
	for (int g = 0; g < t->nrow; g++)
	{
		double		a = m->line[g] / m->total;

		if (!(m->line[g] > 0))
			continue;
		if (selection_pairs(t->col, t->n + (size_t) g * t->ncol, co) != STAT_OK)
		{
			stat_release(co);
			return STAT_INTERRUPTED;
		}
		for (int j = 0; j < c; j++)
			for (int l = j; l < c && mmi_option_varies(m, j); l++)
				if (mmi_option_varies(m, l))
				{
					double		x = group_cov(m, co, g, j, l);

					squares[(size_t) j * c + l] += x * x * (1 - 2 * a);
					mean[(size_t) j * c + l] += a * x;
					if (j == l)
						s1 += (1 - a) * x / option_variance(m->opt[j], m->total);
				}
	}
	for (int j = 0; j < c; j++)
		for (int l = j; l < c && mmi_option_varies(m, j); l++)
			if (mmi_option_varies(m, l))
			{
				double		xm = mean[(size_t) j * c + l];

				s2 += (j == l ? 1 : 2) * (squares[(size_t) j * c + l] + (long double) xm * xm) /
					(option_variance(m->opt[j], m->total) * option_variance(m->opt[l], m->total));
			}
	stat_release(co);
	*sum = (double) s1;
	*sumsq = (double) s2;
	return STAT_OK;
}

/* Place of (i, k), i <= k, in the upper triangle of an n x n matrix. */
static inline size_t
triangle(int i, int k, int n)
{
	return (size_t) i * n - (size_t) i * (i - 1) / 2 + (k - i);
}

static inline size_t
triangle_of(int i, int k, int n)
{
	return i <= k ? triangle(i, k, n) : triangle(k, i, n);
}

#define TRIANGLE_SIZE(n) ((size_t) (n) * ((n) + 1) / 2)

/*
 * moment[triangle(i, k) * TRIANGLE_SIZE(J) + triangle(j, l)]: mean over the respondents of the product of the four deviations of row
 * options i, k and column options j, l from their shares.  Row selection by row selection, so that the work is that of the cells with
 * the options of one side, plus the selections of the other side with all quadruples.
 */
static StatStatus
pair_moments(const MmiTable *t, const MmiMargins *m, double **moment)
{
	int			ni = m->nline,
				nj = m->nopt;
	size_t		tri_i = TRIANGLE_SIZE(ni),
				tri_j = TRIANGLE_SIZE(nj);
	double	   *dev,
			   *seen,
			   *co,
			   *within;

	*moment = NULL;
	if (tri_i * tri_j > MAX_MOMENTS)
		return STAT_BUDGET;
	dev = stat_alloc(sizeof(double) * (ni + nj + (size_t) nj * nj + tri_j));
	*moment = stat_alloc(sizeof(double) * tri_i * tri_j);
	if (dev == NULL || *moment == NULL)
	{
		stat_release(dev);
		stat_release(*moment);
		return STAT_NO_MEMORY;
	}
	seen = dev + ni;
	co = seen + nj;
	within = co + (size_t) nj * nj;
	memset(*moment, 0, sizeof(double) * tri_i * tri_j);
	for (int r = 0; r < t->nrow; r++)
	{
		const double *n = t->n + (size_t) r * t->ncol;
		double		size = 0;

		for (int k = 0; k < t->ncol; k++)
			size += n[k];
		if (size == 0)
			continue;
		if (selection_pairs(t->col, n, co) != STAT_OK)
		{
			stat_release(dev);
			stat_release(*moment);
			return STAT_INTERRUPTED;
		}
		for (int j = 0; j < nj; j++)
			seen[j] = co[(size_t) j * nj + j];
		for (int j = 0; j < nj; j++)
			for (int l = j; l < nj; l++)
			{
				double		qj = m->opt[j] / m->total,
							ql = m->opt[l] / m->total;

				within[triangle(j, l, nj)] = (co[(size_t) j * nj + l] - ql * seen[j] - qj * seen[l] + size * qj * ql) / m->total;
			}
		for (int i = 0; i < ni; i++)
			dev[i] = -m->line[i] / m->total;
		for (int a = t->row->start[r]; a < t->row->start[r + 1]; a++)
			dev[t->row->option[a]] += 1;
		for (int i = 0; i < ni; i++)
			for (int k = i; k < ni; k++)
			{
				double	   *into = *moment + triangle(i, k, ni) * tri_j;
				double		f = dev[i] * dev[k];

				for (size_t x = 0; x < tri_j; x++)
					into[x] += f * within[x];
			}
	}
	stat_release(dev);
	return STAT_OK;
}

/* Covariance of items (i, j) and (k, l), each divided by its standard deviation under independence. */
static double
pair_correlation(const MmiMargins *m, const double *moment, int i, int j, int k, int l)
{
	double		n = m->total;
	long double dij = m->both[(size_t) i * m->nopt + j] / (long double) n - (long double) m->line[i] / n * (m->opt[j] / n);
	long double dkl = m->both[(size_t) k * m->nopt + l] / (long double) n - (long double) m->line[k] / n * (m->opt[l] / n);
	double		e = moment[triangle_of(i, k, m->nline) * TRIANGLE_SIZE(m->nopt) + triangle_of(j, l, m->nopt)];
	long double scale = (long double) option_variance(m->line[i], n) * option_variance(m->opt[j], n) *
		option_variance(m->line[k], n) * option_variance(m->opt[l], n);

	return (double) ((e - dij * dkl) / sqrtl(scale));
}

static StatStatus
spmi_sums(const MmiTable *t, const MmiMargins *m, double *sum, double *sumsq)
{
	double	   *moment;
	StatStatus	status = pair_moments(t, m, &moment);
	long double s1 = 0,
				s2 = 0;

	if (status != STAT_OK)
		return status;
	for (int i = 0; i < m->nline; i++)
		for (int j = 0; j < m->nopt && mmi_line_varies(m, i); j++)
		{
			if (!mmi_option_varies(m, j))
				continue;
			if (stat_interrupted())
			{
				stat_release(moment);
				return STAT_INTERRUPTED;
			}
			s1 += pair_correlation(m, moment, i, j, i, j);
			for (int k = 0; k < m->nline; k++)
				for (int l = 0; l < m->nopt && mmi_line_varies(m, k); l++)
					if (mmi_option_varies(m, l))
					{
						double		c = pair_correlation(m, moment, i, j, k, l);

						s2 += (long double) c * c;
					}
		}
	stat_release(moment);
	*sum = (double) s1;
	*sumsq = (double) s2;
	return STAT_OK;
}

StatStatus
mmi_eigenvalue_sums(const MmiTable *t, const MmiMargins *m, double *sum, double *sumsq)
{
	return m->pairs ? spmi_sums(t, m, sum, sumsq) : mmi_sums(t, m, sum, sumsq);
}

/* The symmetric form D^-1/2 (H V H') D^-1/2 for groups: lines are (group, option). */
static StatStatus
fill_mmi(const MmiTable *t, const MmiMargins *m, const int *line, int n, gsl_matrix *x)
{
	int			c = m->nopt;
	size_t		cc = (size_t) c * c;
	double	   *co = stat_alloc(sizeof(double) * cc * (m->nline + 1));
	double	   *mean;

	if (co == NULL)
		return STAT_NO_MEMORY;
	mean = co + cc * m->nline;
	memset(mean, 0, sizeof(double) * cc);
	for (int g = 0; g < m->nline; g++)
	{
		double	   *s = co + cc * g;

		if (selection_pairs(t->col, t->n + (size_t) g * t->ncol, s) != STAT_OK)
		{
			stat_release(co);
			return STAT_INTERRUPTED;
		}
		for (int j = 0; j < c && m->line[g] > 0; j++)
			for (int l = j; l < c; l++)
			{
				s[(size_t) l * c + j] = s[(size_t) j * c + l] = group_cov(m, s, g, j, l);
				mean[(size_t) j * c + l] += m->line[g] / m->total * s[(size_t) j * c + l];
				mean[(size_t) l * c + j] = mean[(size_t) j * c + l];
			}
	}
	for (int p = 0; p < n; p++)
		for (int q = 0; q < n; q++)
		{
			int			g = line[p] / c,
						h = line[q] / c;
			size_t		at = (size_t) (line[p] % c) * c + line[q] % c;
			double		ag = m->line[g] / m->total,
						ah = m->line[h] / m->total;
			double		b = (g == h ? co[cc * g + at] / ag : 0) - co[cc * g + at] - co[cc * h + at] + mean[at];
			double		v = option_variance(m->opt[line[p] % c], m->total) * option_variance(m->opt[line[q] % c], m->total);

			gsl_matrix_set(x, p, q, b * sqrt(ag * ah / v));
		}
	stat_release(co);
	return STAT_OK;
}

static StatStatus
fill_spmi(const MmiTable *t, const MmiMargins *m, const int *line, int n, gsl_matrix *x)
{
	double	   *moment;
	StatStatus	status = pair_moments(t, m, &moment);

	if (status != STAT_OK)
		return status;
	for (int p = 0; p < n; p++)
		for (int q = 0; q < n; q++)
			gsl_matrix_set(x, p, q, pair_correlation(m, moment, line[p] / m->nopt, line[p] % m->nopt, line[q] / m->nopt, line[q] % m->nopt));
	stat_release(moment);
	return STAT_OK;
}

static int
descending(const void *a, const void *b)
{
	double		x = *(const double *) a,
				y = *(const double *) b;

	return (x < y) - (x > y);
}

StatStatus
mmi_eigenvalues(const MmiTable *t, const MmiMargins *m, double **value, int *nvalue)
{
	int			n = 0;
	size_t		room = 1;
	int		   *line;
	gsl_matrix_view x;
	gsl_vector_view v;
	gsl_eigen_symm_workspace *work;
	double	   *cells;
	StatStatus	status;

	*value = NULL;
	*nvalue = 0;
	for (int i = 0; i < m->nline; i++)
		for (int j = 0; j < m->nopt && mmi_line_varies(m, i); j++)
			room += mmi_option_varies(m, j);
	if (room > MMI_MAX_EIGENVALUES + 1)
		return STAT_BUDGET;
	if (room == 1)
		return STAT_OK;
	line = stat_alloc(sizeof(int) * room);
	cells = stat_alloc(sizeof(double) * room * room);
	*value = stat_alloc(sizeof(double) * room);
	if (line == NULL || cells == NULL || *value == NULL)
	{
		stat_release(line);
		stat_release(cells);
		stat_release(*value);
		return STAT_NO_MEMORY;
	}
	for (int i = 0; i < m->nline; i++)
		for (int j = 0; j < m->nopt && mmi_line_varies(m, i); j++)
			if (mmi_option_varies(m, j))
				line[n++] = i * m->nopt + j;
	x = gsl_matrix_view_array(cells, n, n);
	v = gsl_vector_view_array(*value, n);
	status = m->pairs ? fill_spmi(t, m, line, n, &x.matrix) : fill_mmi(t, m, line, n, &x.matrix);
	if (status == STAT_OK)
	{
		work = gsl_eigen_symm_alloc(n);
		if (work == NULL)
			status = STAT_NO_MEMORY;
		else
		{
			if (gsl_eigen_symm(&x.matrix, &v.vector, work) != 0)
				status = STAT_NUMERIC;
			gsl_eigen_symm_free(work);
		}
	}
	stat_release(line);
	stat_release(cells);
	if (status != STAT_OK)
	{
		stat_release(*value);
		*value = NULL;
		return status;
	}
	qsort(*value, n, sizeof(double), descending);
	*nvalue = n;
	return STAT_OK;
}
