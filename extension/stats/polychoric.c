/*
 * polychoric.c
 *		Polychoric and tetrachoric correlation.
 *
 * U. Olsson (1979), Maximum likelihood estimation of the polychoric correlation coefficient, Psychometrika 44, 443-460: both methods.
 * Standard errors: maximum likelihood from the observed information; two-step by the delta method in the counts, so that the error of
 * the thresholds is in it.
 */
#include "stats/polychoric.h"
#include "stats/association.h"
#include "stats/bivariate_normal.h"
#include "stats/deviation.h"
#include "stats/polychoric_model.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_linalg.h>

const char *const polychoric_names[POLYCHORIC_METHODS] = {"ml", "two_step"};

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
two_step_error(PolychoricModel *m, double *error)
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
give_thresholds(const PolychoricModel *m, const double *variance, PolychoricCuts *cuts)
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
normality_test(PolychoricModel *m, StatResult *res)
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
estimate(PolychoricModel *m, PolychoricMethod method, double *work, PolychoricCuts *cuts, StatResult *res)
{
	int			edge;
	double		error = STAT_NA;
	double	   *information = m->information;
	double	   *variance = NULL;
	StatStatus	status;

	polychoric_marginal_cuts(m->t->row_total, m->nrow, m->t->total, m->a);
	polychoric_marginal_cuts(m->t->col_total, m->ncol, m->t->total, m->b);
	m->information = NULL;
	status = polychoric_fit_rho(m, &edge);
	if (status == STAT_OK && method == POLYCHORIC_ML && !edge)
	{
		m->information = information;
		status = polychoric_fit_all(m, work, work + m->k, &edge);
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
	PolychoricModel m = {.t = t,.nrow = t->tab.nrow,.ncol = t->tab.ncol};
	size_t		k,
				square;
	double	   *work;
	StatStatus	status;

	m.k = m.nrow + m.ncol - 1;
	k = (size_t) m.k;
	square = method == POLYCHORIC_ML ? k * k : 0;
	if (method == POLYCHORIC_ML && m.k - 1 > POLYCHORIC_MAX_THRESHOLDS)
		return STAT_BUDGET;
	work = stat_alloc(sizeof(double) * (square + 4 * k + k + 3) + sizeof(PolychoricCorner) * 2 * ((size_t) m.ncol + 1));
	if (work == NULL)
		return STAT_NO_MEMORY;
	m.gradient = work + 2 * k;
	m.by_rho = work + 3 * k;
	m.a = work + 4 * k;
	m.b = m.a + m.nrow + 1;
	m.information = square ? m.b + m.ncol + 1 : NULL;
	m.line = (PolychoricCorner *) (m.b + m.ncol + 1 + square);
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
	if (!(zero_cells >= 0) || isinf(zero_cells))
		return STAT_BAD_ARGUMENT;
	status = association_table(tab, level, &t, res);
	if (status != STAT_OK)
		return status;
	status = fill_zeros(&t, zero_cells, res);
	if (status == STAT_OK)
		status = fit_model(&t, method, cuts, res);
	stat_release(t.block);
	return status;
}
