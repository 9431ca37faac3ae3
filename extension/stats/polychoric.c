/*
 * polychoric.c
 *		Polychoric and tetrachoric correlation.
 *
 * U. Olsson (1979), Maximum likelihood estimation of the polychoric correlation coefficient, Psychometrika 44, 443-460: both methods.
 * P_ij = P(a_i-1 < X <= a_i, b_j-1 < Y <= b_j) of the bivariate normal distribution with correlation rho; the log-likelihood is
 * sum n_ij log P_ij.  Its derivatives are exact: with s = sqrt(1 - rho^2) and density f(a,b),
 *		dF/da = phi(a) Phi((b - rho a)/s),  dF/drho = f,  d2F/da2 = -a dF/da - rho f,  d2F/da db = f,  d2F/da drho = -f (a - rho b)/s^2.
 *
 * Standard errors: maximum likelihood from the observed information; two-step by the delta method in the counts, so that the error of
 * the thresholds is in it.
 */
#include "stats/polychoric.h"
#include "stats/bivariate_normal.h"
#include "stats/deviation.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_linalg.h>
#include <string.h>

const char *const polychoric_names[POLYCHORIC_METHODS] = {"ml", "two_step"};

/* A correlation is sought between tanh(-8) and tanh(8); beyond, it counts as -1 or 1. */
#define EDGE 8.0
#define NEWTON_STEPS 100

/* Parameters: rho, then the row thresholds, then the column thresholds. */
typedef struct Model
{
	const StatClean *t;
	int			nrow;
	int			ncol;
	int			k;				/* number of parameters */
	double		rho;
	double	   *a;				/* nrow + 1 row thresholds, from -infinity to infinity */
	double	   *b;				/* ncol + 1 */
	long double loglik;
	double	   *gradient;		/* k */
	double	   *by_rho;			/* k: the row of rho of the negative second derivatives */
	double	   *information;	/* k x k negative second derivatives, NULL unless wanted */
	struct Corner *line;		/* 2 x (ncol + 1) corners of cells */
} Model;

typedef struct Corner
{
	double		cdf;
	double		f;				/* density = derivative by rho */
	double		da;				/* first and second derivatives, 0 at infinity */
	double		db;
	double		daa;
	double		dbb;
	double		dar;
	double		dbr;
	double		drr;
} Corner;

static double
normal_density(double x)
{
	return isinf(x) ? 0 : exp(-x * x / 2) / sqrt(2 * M_PI);
}

static void
corner(double a, double b, double rho, Corner *c)
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
rare_cell(const Model *m, int i, int j, double *d, double dd[5][5])
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

/* The log-likelihood with its derivatives.  STAT_NUMERIC: a cell with a count has no probability. */
static StatStatus
evaluate(Model *m)
{
	int			width = m->ncol + 1;

	m->loglik = 0;
	memset(m->gradient, 0, sizeof(double) * (size_t) m->k);
	memset(m->by_rho, 0, sizeof(double) * (size_t) m->k);
	if (m->information)
		memset(m->information, 0, sizeof(double) * (size_t) m->k * (size_t) m->k);
	for (int i = 0; i <= m->nrow; i++)
	{
		Corner	   *up = m->line + ((i + 1) % 2) * width,
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
			const Corner *p00 = &up[j],
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

/* evaluate() at a correlation; a log-likelihood of minus infinity where a counted cell has no probability. */
static StatStatus
evaluate_rho(Model *m, double rho)
{
	StatStatus	status;

	m->rho = rho;
	status = evaluate(m);
	if (status == STAT_NUMERIC)
	{
		m->loglik = -INFINITY;
		status = STAT_OK;
	}
	return status;
}

/* Thresholds from the margins, from the nearer tail. */
static void
marginal_thresholds(const double *total, int k, long double n, double *cut)
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

/*
 * The best correlation for the thresholds at hand: the best of a grid in Fisher's z, then the zero of the derivative around it.
 * *edge is set where the likelihood does not fall towards -1 or 1.
 */
static StatStatus
maximise_rho(Model *m, int *edge)
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

/* Newton's method from the two-step estimate.  *edge as above; information holds the Cholesky factor at the end. */
static StatStatus
maximise_all(Model *m, double *old, double *step, int *edge)
{
	gsl_matrix_view info = gsl_matrix_view_array(m->information, (size_t) m->k, (size_t) m->k);
	gsl_vector_view g = gsl_vector_view_array(m->gradient, (size_t) m->k);
	gsl_vector_view x = gsl_vector_view_array(step, (size_t) m->k);
	StatStatus	status = evaluate(m);

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
			status = evaluate(m);
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
				status = evaluate(m);
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

/*
 * What a case more in each category does to the two-step estimate through the thresholds: with U the derivative of the log-likelihood by
 * rho, d rho/d n = (dU/dn + sum dU/da da/dn)/(-dU/drho), da_k/dn = (1 if below the threshold - F_k)/(n phi(a_k)).
 */
static void
threshold_effects(const double *by_rho, const double *cut, const double *total, int k, long double n, long double *effect)
{
	long double before = 0,
				all = 0,
				sum = 0;

	for (int i = 1; i < k; i++)
	{
		before += total[i - 1];
		all += by_rho[i - 1] * (before / n) / (n * normal_density(cut[i]));
	}
	/* a case in category i is below the thresholds i + 1 and up */
	for (int i = k - 1; i >= 0; i--)
	{
		if (i < k - 1)
			sum += by_rho[i] / (n * normal_density(cut[i + 1]));
		effect[i] = all - sum;
	}
}

static StatStatus
two_step_error(Model *m, double *error)
{
	const StatClean *t = m->t;
	long double *row = stat_alloc(sizeof(long double) * ((size_t) m->nrow + m->ncol));
	long double *col;
	long double var = 0;

	if (row == NULL)
		return STAT_NO_MEMORY;
	col = row + m->nrow;
	threshold_effects(m->by_rho + 1, m->a, t->row_total, m->nrow, t->total, row);
	threshold_effects(m->by_rho + m->nrow, m->b, t->col_total, m->ncol, t->total, col);
	for (int i = 0; i < m->nrow; i++)
	{
		if (stat_interrupted())
		{
			stat_release(row);
			return STAT_INTERRUPTED;
		}
		for (int j = 0; j < m->ncol; j++)
			if (stat_count(t, i, j) > 0)
			{
				double		rho = m->rho;
				double		p = bivariate_normal_rectangle(m->a[i], m->a[i + 1], m->b[j], m->b[j + 1], rho);
				double		f = bivariate_normal_density(m->a[i + 1], m->b[j + 1], rho) - bivariate_normal_density(m->a[i], m->b[j + 1], rho) -
					bivariate_normal_density(m->a[i + 1], m->b[j], rho) + bivariate_normal_density(m->a[i], m->b[j], rho);
				long double g = f / p + row[i] + col[j];

				var += stat_count(t, i, j) * g * g;
			}
	}
	stat_release(row);
	*error = (double) (sqrtl(var) / m->by_rho[0]);
	return STAT_OK;
}

/* Thresholds and their standard errors: from the inverse of the information, or those of marginal normal quantiles. */
static void
give_thresholds(const Model *m, const double *variance, PolychoricCuts *cuts)
{
	const double *total[2] = {m->t->row_total, m->t->col_total};
	const double *cut[2] = {m->a, m->b};
	double	   *out[2] = {cuts->row, cuts->col};
	double	   *error[2] = {cuts->row_error, cuts->col_error};

	cuts->nrow = m->nrow - 1;
	cuts->ncol = m->ncol - 1;
	for (int side = 0; side < 2; side++)
	{
		long double n = m->t->total,
					before = 0;

		for (int i = 1; i < (side ? m->ncol : m->nrow); i++)
		{
			size_t		at = (size_t) (side ? m->nrow - 1 : 0) + i;

			before += total[side][i - 1];
			out[side][i - 1] = cut[side][i];
			error[side][i - 1] = variance ? sqrt(variance[at * m->k + at]) :
				(double) (sqrtl(before / n * ((n - before) / n) / n) / normal_density(cut[side][i]));
		}
	}
}

/* 2 sum n log(n/(N P)), on the degrees of freedom that are left. */
static StatStatus
normality_test(Model *m, StatResult *res)
{
	long double g2 = 0,
				n = m->t->total;
	double		df = (double) m->nrow * m->ncol - m->nrow - m->ncol;

	if (!(df > 0))
	{
		stat_note(res, "2 x 2: the correlation fits exactly, bivariate normality cannot be tested");
		return STAT_OK;
	}
	for (int i = 0; i < m->nrow; i++)
	{
		if (stat_interrupted())
			return STAT_INTERRUPTED;
		for (int j = 0; j < m->ncol; j++)
		{
			long double o = stat_count(m->t, i, j);

			if (o > 0)
				g2 += o * logl(o / n);
		}
	}
	res->statistic = (double) (2 * fmaxl(g2 - m->loglik, 0));
	res->parameter = df;
	res->p_value = gsl_cdf_chisq_Q(res->statistic, df);
	stat_note(res, "statistic, parameter, p_value: likelihood-ratio test that the underlying variables are bivariate normal");
	return STAT_OK;
}

static StatStatus
estimate(Model *m, PolychoricMethod method, double *work, PolychoricCuts *cuts, StatResult *res)
{
	int			edge;
	double		error = STAT_NA;
	double	   *information = m->information;
	double	   *variance = NULL;
	StatStatus	status;

	marginal_thresholds(m->t->row_total, m->nrow, m->t->total, m->a);
	marginal_thresholds(m->t->col_total, m->ncol, m->t->total, m->b);
	m->information = NULL;
	status = maximise_rho(m, &edge);
	if (status == STAT_OK && method == POLYCHORIC_ML && !edge)
	{
		m->information = information;
		status = maximise_all(m, work, work + m->k, &edge);
		if (status == STAT_OK && !edge)
		{
			gsl_matrix_view info = gsl_matrix_view_array(information, (size_t) m->k, (size_t) m->k);

			if (gsl_linalg_cholesky_invert(&info.matrix) != 0 || !(information[0] > 0))
				return STAT_NUMERIC;
			error = sqrt(information[0]);
			variance = information;
		}
	}
	else if (status == STAT_OK && !edge)
		status = two_step_error(m, &error);
	if (status != STAT_OK)
		return status;
	if (cuts)
		give_thresholds(m, variance, cuts);
	res->estimate = edge ? edge : m->rho;
	if (edge)
	{
		stat_note(res, "the likelihood rises up to a correlation of %d: no standard error, no interval, no test of bivariate normality", edge);
		return STAT_OK;
	}
	if (fabs(m->rho) > 0.99)
		stat_note(res, "a correlation close to -1 or 1: the asymptotic standard error is poor");
	res->std_error = error;
	if (isfinite(error) && error > 0)
	{
		double		half = gsl_cdf_ugaussian_Qinv((1 - res->conf_level) / 2) * error / ((1 - m->rho) * (1 + m->rho));

		res->conf_low = tanh(atanh(m->rho) - half);
		res->conf_high = tanh(atanh(m->rho) + half);
		stat_note(res, "interval: Fisher's z of the correlation, standard error %s",
				  method == POLYCHORIC_ML ? "from the observed information" : "by the delta method, thresholds included");
	}
	return normality_test(m, res);
}

/* The cleaned table with amount in place of zeros. */
static StatStatus
fill_zeros(StatClean *t, double amount, StatResult *res)
{
	StatClean	filled;
	StatTable	tab = t->tab;
	size_t		cells = (size_t) t->tab.nrow * t->tab.ncol;
	double	   *n = stat_alloc(sizeof(double) * cells);
	StatStatus	status;
	int			zeros = 0;

	if (n == NULL)
		return STAT_NO_MEMORY;
	for (size_t c = 0; c < cells; c++)
	{
		n[c] = t->tab.n[c] > 0 ? t->tab.n[c] : amount;
		zeros += !(t->tab.n[c] > 0);
	}
	tab.n = n;
	status = zeros > 0 && amount > 0 ? stat_clean(&tab, &filled) : STAT_OK;
	stat_release(n);
	if (status != STAT_OK)
		return status;
	if (zeros > 0)
	{
		if (amount > 0)
		{
			stat_release(t->block);
			*t = filled;
			stat_note(res, "%g put in place of %d zero count(s)", amount, zeros);
		}
		else
			stat_note(res, "%d zero count(s), nothing put in their place", zeros);
	}
	return STAT_OK;
}

static StatStatus
fit_model(const StatClean *t, PolychoricMethod method, PolychoricCuts *cuts, StatResult *res)
{
	Model		m = {.t = t,.nrow = t->tab.nrow,.ncol = t->tab.ncol};
	size_t		k,
				square;
	double	   *work;
	StatStatus	status;

	m.k = m.nrow + m.ncol - 1;
	k = (size_t) m.k;
	square = method == POLYCHORIC_ML ? k * k : 0;
	if (method == POLYCHORIC_ML && m.k - 1 > POLYCHORIC_MAX_THRESHOLDS)
		return STAT_BUDGET;
	work = stat_alloc(sizeof(double) * (square + 4 * k + k + 3) + sizeof(Corner) * 2 * ((size_t) m.ncol + 1));
	if (work == NULL)
		return STAT_NO_MEMORY;
	m.gradient = work + 2 * k;
	m.by_rho = work + 3 * k;
	m.a = work + 4 * k;
	m.b = m.a + m.nrow + 1;
	m.information = square ? m.b + m.ncol + 1 : NULL;
	m.line = (Corner *) (m.b + m.ncol + 1 + square);
	status = estimate(&m, method, work, cuts, res);
	stat_release(work);
	return status;
}

StatStatus
polychoric(const StatTable *tab, PolychoricMethod method, double zero_cells, double level, PolychoricCuts *cuts, StatResult *res)
{
	StatClean	t;
	StatStatus	status;

	stat_result_init(res, method == POLYCHORIC_ML ? "Polychoric correlation, maximum likelihood, with a test of bivariate normality" :
					 "Polychoric correlation, two-step, with a test of bivariate normality");
	if (cuts)
		cuts->nrow = cuts->ncol = 0;
	if (!(level > 0 && level < 1) || !(zero_cells >= 0) || isinf(zero_cells))
		return STAT_BAD_ARGUMENT;
	status = stat_clean(tab, &t);
	if (status != STAT_OK)
		return status;
	res->n = t.total;
	res->conf_level = level;
	stat_note_dropped(&t, res);
	if (t.tab.nrow < 2 || t.tab.ncol < 2)
	{
		stat_note(res, "fewer than two rows or columns have counts: there is no association to measure");
		stat_release(t.block);
		return STAT_UNDEFINED;
	}
	status = fill_zeros(&t, zero_cells, res);
	if (status == STAT_OK)
		status = fit_model(&t, method, cuts, res);
	stat_release(t.block);
	return status;
}
