/*
 * polychoric_likelihood.c
 *		The log-likelihood of the polychoric correlation with its derivatives, which are exact.
 *
 * U. Olsson (1979), Psychometrika 44, 443-460.  With s = sqrt(1 - rho^2) and density f(a,b),
 *		dF/da = phi(a) Phi((b - rho a)/s),  dF/drho = f,  d2F/da2 = -a dF/da - rho f,  d2F/da db = f,  d2F/da drho = -f (a - rho b)/s^2.
 */
#include "stats/polychoric_model.h"
#include "stats/bivariate_normal.h"
#include "stats/deviation.h"

#include <gsl/gsl_cdf.h>
#include <string.h>

static void
corner(double a, double b, double rho, PolychoricCorner *c)
{
	double		s2 = (1 - rho) * (1 + rho),
				s = sqrt(s2);

	memset(c, 0, sizeof(*c));
	c->cdf = bivariate_normal_cdf(a, b, rho);
	if (!isinf(a) && !isinf(b))
	{
		c->f = bivariate_normal_density(a, b, rho);
		c->dar = -c->f * (a - rho * b) / s2;
		c->dbr = -c->f * (b - rho * a) / s2;
		c->drr = c->f * (rho * s2 + (1 + rho * rho) * a * b - rho * (a * a + b * b)) / (s2 * s2);
	}
	if (!isinf(a))
	{
		c->da = normal_density(a) * gsl_cdf_ugaussian_P((b - rho * a) / s);
		c->daa = -a * c->da - rho * c->f;
	}
	if (!isinf(b))
	{
		c->db = normal_density(b) * gsl_cdf_ugaussian_P((a - rho * b) / s);
		c->dbb = -b * c->db - rho * c->f;
	}
}

/* What normal differences lose: the probability of a rare cell and its derivatives by the thresholds, each from its own tail. */
static double
rare_cell(const PolychoricModel *m, int i, int j, double *d, double dd[5][5])
{
	double		rho = m->rho,
				s = sqrt((1 - rho) * (1 + rho));

	for (int low = 0; low < 2; low++)
	{
		double		sign = low ? 1 : -1,
					a = m->a[i + low],
					b = m->b[j + low];

		if (!isinf(a))
		{
			d[1 + low] = sign * normal_density(a) * normal_between((m->b[j] - rho * a) / s, (m->b[j + 1] - rho * a) / s);
			dd[1 + low][1 + low] = -a * d[1 + low] - sign * rho * (bivariate_normal_density(a, m->b[j + 1], rho) - bivariate_normal_density(a, m->b[j], rho));
		}
		if (!isinf(b))
		{
			d[3 + low] = sign * normal_density(b) * normal_between((m->a[i] - rho * b) / s, (m->a[i + 1] - rho * b) / s);
			dd[3 + low][3 + low] = -b * d[3 + low] - sign * rho * (bivariate_normal_density(m->a[i + 1], b, rho) - bivariate_normal_density(m->a[i], b, rho));
		}
	}
	return bivariate_normal_rectangle(m->a[i], m->a[i + 1], m->b[j], m->b[j + 1], rho);
}

StatStatus
polychoric_likelihood(PolychoricModel *m)
{
	int			width = m->ncol + 1;

	m->loglik = 0;
	memset(m->gradient, 0, sizeof(double) * (size_t) m->k);
	memset(m->by_rho, 0, sizeof(double) * (size_t) m->k);
	if (m->information)
		memset(m->information, 0, sizeof(double) * (size_t) m->k * (size_t) m->k);
	for (int i = 0; i <= m->nrow; i++)
	{
		PolychoricCorner *up = m->line + ((i + 1) % 2) * width,
				   *low = m->line + (i % 2) * width;

		for (int j = 0; j < width; j++)
		{
			if (j % 64 == 0 && stat_interrupted())
				return STAT_INTERRUPTED;
			corner(m->a[i], m->b[j], m->rho, &low[j]);
		}
		if (i == 0)
			continue;
		/* cells of row i - 1, between the thresholds i - 1 (up) and i (low) */
		for (int j = 0; j < m->ncol; j++)
		{
			const PolychoricCorner *p00 = &up[j],
					   *p01 = &up[j + 1],
					   *p10 = &low[j],
					   *p11 = &low[j + 1];
			double		n = stat_count(m->t, i - 1, j),
						p = p11->cdf - p10->cdf - p01->cdf + p00->cdf;
			/* rho, thresholds above and below the row, to the left and right of the column; -1 where there is none */
			int			at[5] = {0, i > 1 ? i - 1 : -1, i < m->nrow ? i : -1, j > 0 ? m->nrow - 1 + j : -1, j < m->ncol - 1 ? m->nrow + j : -1};
			double		d[5] = {p11->f - p10->f - p01->f + p00->f, p00->da - p01->da, p11->da - p10->da, p00->db - p10->db, p11->db - p01->db};
			double		dd[5][5] = {
				{p11->drr - p10->drr - p01->drr + p00->drr, p00->dar - p01->dar, p11->dar - p10->dar, p00->dbr - p10->dbr, p11->dbr - p01->dbr},
				{0, p00->daa - p01->daa, 0, p00->f, -p01->f},
				{0, 0, p11->daa - p10->daa, -p10->f, p11->f},
				{0, 0, 0, p00->dbb - p10->dbb, 0},
				{0, 0, 0, 0, p11->dbb - p01->dbb}
			};

			if (!(n > 0))
				continue;
			if (p < 1e-6)
				p = rare_cell(m, i - 1, j, d, dd);
			if (!(p > 0))
				return STAT_NUMERIC;
			m->loglik += n * logl(p);
			for (int x = 0; x < 5; x++)
			{
				if (at[x] < 0)
					continue;
				m->gradient[at[x]] += n * (d[x] / p);
				for (int y = x; y < 5; y++)
				{
					double		h = at[y] < 0 ? 0 : n * (d[x] / p * (d[y] / p) - dd[x][y] / p);

					if (at[y] < 0)
						continue;
					if (x == 0)
						m->by_rho[at[y]] += h;
					if (m->information)
						m->information[(size_t) at[y] * m->k + at[x]] += h;
				}
			}
		}
	}
	return STAT_OK;
}
