/*
 * polychoric_fit.c
 *		Where the likelihood of the polychoric correlation is highest: over the correlation alone, or over the thresholds too.
 */
#include "stats/polychoric_model.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_linalg.h>
#include <string.h>

/* A correlation is sought between tanh(-8) and tanh(8); beyond, it counts as -1 or 1. */
#define EDGE 8.0
#define NEWTON_STEPS 100

/* The likelihood at a correlation; a log-likelihood of minus infinity where a counted cell has no probability. */
static StatStatus
evaluate_rho(PolychoricModel *m, double rho)
{
	StatStatus	status;

	m->rho = rho;
	status = polychoric_likelihood(m);
	if (status == STAT_NUMERIC)
	{
		m->loglik = -INFINITY;
		status = STAT_OK;
	}
	return status;
}

void
polychoric_marginal_cuts(const double *total, int k, long double n, double *cut)
{
	long double before = 0;

	cut[0] = -INFINITY;
	cut[k] = INFINITY;
	for (int i = 1; i < k; i++)
	{
		before += total[i - 1];
		cut[i] = 2 * before < n ? gsl_cdf_ugaussian_Pinv((double) (before / n)) : gsl_cdf_ugaussian_Qinv((double) ((n - before) / n)) + 0.0;
	}
}

StatStatus
polychoric_fit_rho(PolychoricModel *m, int *edge)
{
	const int	steps = 16;
	long double value[17],
				best = -INFINITY;
	int			at = 0;
	double		low,
				high;
	StatStatus	status;

	*edge = 0;
	for (int i = 0; i <= steps; i++)
	{
		status = evaluate_rho(m, tanh(EDGE * (2.0 * i / steps - 1)));
		if (status != STAT_OK)
			return status;
		value[i] = m->loglik;
		if (value[i] > best)
		{
			best = value[i];
			at = i;
		}
	}
	if (!isfinite(best))
		return STAT_NUMERIC;
	/* a likelihood that is as high at an end as anywhere, and does not fall towards it, has no maximum inside */
	for (int end = 0; end <= steps; end += steps)
		if (value[end] >= best - (1e-9L + 1e-14L * fabsl(best)))
		{
			int			side = end == 0 ? -1 : 1;

			status = evaluate_rho(m, side * tanh(EDGE));
			if (status != STAT_OK)
				return status;
			if (side * m->gradient[0] * (1 - fabs(m->rho)) > -1e-9)
			{
				*edge = side;
				return STAT_OK;
			}
		}
	low = tanh(EDGE * (2.0 * (at > 0 ? at - 1 : 0) / steps - 1));
	high = tanh(EDGE * (2.0 * (at < steps ? at + 1 : steps) / steps - 1));
	status = evaluate_rho(m, tanh(EDGE * (2.0 * at / steps - 1)));
	for (int i = 0; i < NEWTON_STEPS && status == STAT_OK; i++)
	{
		double		g = m->gradient[0],
					h = m->by_rho[0],
					next = m->rho + g / h;

		if (g > 0)
			low = m->rho;
		else
			high = m->rho;
		if (!(h > 0) || !(next > low && next < high))
			next = (low + high) / 2;
		if (g == 0 || fabs(next - m->rho) < 1e-15 || high - low < 1e-15)
			break;
		status = evaluate_rho(m, next);
	}
	return status;
}

static bool
rising(const double *cut, int k)
{
	for (int i = 1; i <= k; i++)
		if (!(cut[i] > cut[i - 1]))
			return false;
	return true;
}

StatStatus
polychoric_fit_all(PolychoricModel *m, double *old, double *step, int *edge)
{
	gsl_matrix_view info = gsl_matrix_view_array(m->information, (size_t) m->k, (size_t) m->k);
	gsl_vector_view g = gsl_vector_view_array(m->gradient, (size_t) m->k);
	gsl_vector_view x = gsl_vector_view_array(step, (size_t) m->k);
	StatStatus	status = polychoric_likelihood(m);

	for (int iteration = 0; iteration < NEWTON_STEPS && status == STAT_OK; iteration++)
	{
		double		decrement,
					damp = 0,
					scale = 1;
		long double before = m->loglik;

		/* the information is positive definite near the maximum; farther off its diagonal is raised until it is */
		while (gsl_linalg_cholesky_decomp1(&info.matrix) != 0)
		{
			damp = damp > 0 ? damp * 4 : 1e-3;
			status = polychoric_likelihood(m);
			if (status != STAT_OK)
				return status;
			for (int i = 0; i < m->k; i++)
				m->information[(size_t) i * m->k + i] += damp * m->t->total;
			if (damp > 1e6)
				return STAT_NUMERIC;
		}
		if (gsl_linalg_cholesky_solve(&info.matrix, &g.vector, &x.vector) != 0)
			return STAT_NUMERIC;
		decrement = 0;
		for (int i = 0; i < m->k; i++)
			decrement += step[i] * m->gradient[i];
		if (!isfinite(decrement))
			return STAT_NUMERIC;
		/* in squared standard errors */
		if (decrement < 1e-18 && damp == 0)
			return STAT_OK;
		old[0] = m->rho;
		memcpy(old + 1, m->a + 1, sizeof(double) * (size_t) (m->nrow - 1));
		memcpy(old + m->nrow, m->b + 1, sizeof(double) * (size_t) (m->ncol - 1));
		for (;;)
		{
			m->rho = old[0] + scale * step[0];
			for (int i = 1; i < m->nrow; i++)
				m->a[i] = old[i] + scale * step[i];
			for (int j = 1; j < m->ncol; j++)
				m->b[j] = old[m->nrow - 1 + j] + scale * step[m->nrow - 1 + j];
			if (fabs(m->rho) < 1 && rising(m->a, m->nrow) && rising(m->b, m->ncol))
			{
				status = polychoric_likelihood(m);
				if (status == STAT_INTERRUPTED)
					return status;
				/* close to the maximum the gain drowns in rounding */
				if (status == STAT_OK && (m->loglik > before || decrement < 1e-9))
					break;
			}
			scale /= 2;
			if (scale < 1e-9)
				return STAT_NUMERIC;
		}
		if (fabs(m->rho) > tanh(EDGE))
		{
			*edge = m->rho > 0 ? 1 : -1;
			return STAT_OK;
		}
	}
	return status == STAT_OK ? STAT_NUMERIC : status;
}
