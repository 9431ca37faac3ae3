/*
 * nominal_measures_prediction.c
 *		Measures of prediction: lambda, Goodman-Kruskal tau, the uncertainty coefficient, eta.
 *
 * L. A. Goodman, W. H. Kruskal (1954, 1963, 1972), Measures of association for cross classifications, JASA 49, 732-764; 58, 310-364;
 * 67, 415-421; H. Theil (1972), Statistical Decomposition Analysis; the standard errors of lambda and U as in Y. M. M. Bishop, S. E.
 * Fienberg, P. W. Holland (1975), Discrete Multivariate Analysis, chapter 11, and those of tau and eta by the same delta method:
 * with g = d f / d p, var f = (sum p g^2 - (sum p g)^2)/n.  Test of tau: R. J. Light, B. H. Margolin (1971), JASA 66, 534-544.
 *
 * The functions below predict the column variable; to predict the row variable the table is turned over first.
 */
#include "stats/nominal_measures.h"
#include "stats/association.h"
#include "stats/chisq.h"
#include "stats/deviation.h"

#include <gsl/gsl_cdf.h>

const char *const prediction_names[PREDICTION_MEASURES] = {"lambda", "gk_tau", "uncertainty", "eta"};

static const char *const titles[PREDICTION_MEASURES][3] =
{
	{"Goodman-Kruskal lambda, column variable predicted", "Goodman-Kruskal lambda, row variable predicted",
	"Goodman-Kruskal lambda, symmetric"},
	{"Goodman-Kruskal tau, column variable predicted", "Goodman-Kruskal tau, row variable predicted", "Goodman-Kruskal tau"},
	{"Uncertainty coefficient, column variable predicted", "Uncertainty coefficient, row variable predicted",
	"Uncertainty coefficient, symmetric"},
	{"Eta, column scores explained by the rows", "Eta, row scores explained by the columns", "Eta"}
};

/* Sums for the variance of a delta method whose gradient comes cell by cell. */
typedef struct Gradient
{
	long double sum;			/* of p g */
	long double squares;		/* of p g^2 */
} Gradient;

static void
add_gradient(Gradient *v, long double p, long double g)
{
	v->sum += p * g;
	v->squares += p * g * g;
}

static double
gradient_error(const Gradient *v, double n)
{
	return (double) sqrtl(fmaxl(v->squares - v->sum * v->sum, 0) / n);
}

static StatStatus
turn_over(StatClean *t)
{
	StatClean	turned;
	StatTable	from;
	StatStatus	status;
	double	   *n = stat_alloc(sizeof(double) * (size_t) t->tab.nrow * t->tab.ncol);

	if (n == NULL)
		return STAT_NO_MEMORY;
	for (int i = 0; i < t->tab.nrow; i++)
		for (int j = 0; j < t->tab.ncol; j++)
			n[(size_t) j * t->tab.nrow + i] = stat_count(t, i, j);
	from = (StatTable) {t->tab.ncol, t->tab.nrow, n, t->tab.col_score, t->tab.row_score};
	status = stat_clean(&from, &turned);
	stat_release(n);
	if (status != STAT_OK)
		return status;
	stat_release(t->block);
	*t = turned;
	return STAT_OK;
}

/* The place of the largest of k values a stride apart; prefers the index given when it ties, and counts the ties seen. */
static int
place_of_max(const double *x, int k, size_t stride, int prefer, int *ties)
{
	int			best = 0;
	int			same = 0;

	for (int i = 1; i < k; i++)
		if (x[i * stride] > x[best * stride])
			best = i;
	for (int i = 0; i < k; i++)
		same += x[i * stride] == x[best * stride];
	*ties += same - 1;
	return prefer >= 0 && x[prefer * stride] == x[best * stride] ? prefer : best;
}

/*
 * Lambda.  r_i = the largest count of row i, r = the largest column total, in column l_i and l; likewise c_j, c, k_j, k for the other
 * direction.  ASE1 depends on where the maxima lie: with ties there is no single answer.
 */
static StatStatus
lambda(const StatClean *t, bool symmetric, StatResult *res)
{
	int			R = t->tab.nrow,
				C = t->tab.ncol;
	const double *x = t->tab.n;
	long double n = t->total;
	long double rows = 0,		/* sum of r_i */
				rows_at_l = 0,	/* of those with l_i = l */
				cols = 0,
				cols_at_k = 0,
				both = 0,		/* counts that are the maximum of their row and of their column */
				var;
	int			ties = 0;
	int			l = place_of_max(t->col_total, C, 1, -1, &ties);
	int			k = place_of_max(t->row_total, R, 1, -1, symmetric ? &ties : &(int) {0});
	long double r = t->col_total[l],
				c = t->row_total[k];

	for (int i = 0; i < R; i++)
	{
		int			li = place_of_max(x + (size_t) i * C, C, 1, l, &ties);

		if (stat_interrupted())
			return STAT_INTERRUPTED;
		rows += stat_count(t, i, li);
		rows_at_l += li == l ? stat_count(t, i, li) : 0;
	}
	if (!symmetric)
	{
		if (!(n - r > 0))
		{
			stat_note(res, "the predicted variable does not vary");
			return STAT_UNDEFINED;
		}
		/* sums of weights may miss 0 by rounding */
		res->estimate = (double) fmaxl((rows - r) / (n - r), 0);
		var = (n - rows) * (rows + r - 2 * rows_at_l) / ((n - r) * (n - r) * (n - r));
	}
	else
	{
		long double w = 2 * n - r - c,
					v,
					y,
					at;

		for (int j = 0; j < C; j++)
		{
			int			kj = place_of_max(x + j, R, (size_t) C, k, &ties);

			if (stat_interrupted())
				return STAT_INTERRUPTED;
			cols += stat_count(t, kj, j);
			cols_at_k += kj == k ? stat_count(t, kj, j) : 0;
			both += place_of_max(x + (size_t) kj * C, C, 1, l, &(int) {0}) == j ? stat_count(t, kj, j) : 0;
		}
		v = 2 * n - rows - cols;
		at = rows_at_l + cols_at_k + stat_count(t, k, place_of_max(x + (size_t) k * C, C, 1, l, &(int) {0})) +
			stat_count(t, place_of_max(x + l, R, (size_t) C, k, &(int) {0}), l);
		y = 8 * n - w - v - 2 * at;
		res->estimate = (double) fmaxl((w - v) / w, 0);
		var = (w * v * y - 2 * w * w * (n - both) - 2 * v * v * (n - stat_count(t, k, l))) / (w * w * w * w);
	}
	res->std_error = (double) sqrtl(fmaxl(var, 0));
	if (ties > 0)
		stat_note(res, "ties among the largest counts: the standard error of lambda is not unique");
	return STAT_OK;
}

/* Tau = sum (p_ij - p_i p_j)^2 / p_i / (1 - sum p_j^2): nothing cancels near independence. */
static StatStatus
tau(const StatClean *t, StatResult *res)
{
	int			R = t->tab.nrow,
				C = t->tab.ncol;
	long double n = t->total;
	long double numerator = 0,
				denominator = 0;
	Gradient	v = {0, 0};

	for (int j = 0; j < C; j++)
		denominator += t->col_total[j] / n * ((n - t->col_total[j]) / n);
	for (int i = 0; i < R; i++)
	{
		if (stat_interrupted())
			return STAT_INTERRUPTED;
		for (int j = 0; j < C; j++)
		{
			long double d = stat_deviation(t, i, j) / n;

			numerator += d * d * n / t->row_total[i];
		}
	}
	res->estimate = (double) (numerator / denominator);
	for (int i = 0; i < R; i++)
	{
		long double ri = t->row_total[i] / n;
		long double within = 0;	/* sum over j of (p_ij/p_i)^2, less that of p_j^2 */

		for (int j = 0; j < C; j++)
		{
			long double d = stat_deviation(t, i, j) / n / ri;

			within += d * (d + 2 * (t->col_total[j] / n));
		}
		for (int j = 0; j < C; j++)
		{
			long double d = stat_deviation(t, i, j) / n / ri;

			/* constants drop out of the variance: 2 p_ij/p_i - sum_j (p_ij/p_i)^2 - 2 p_j (1 - tau) */
			add_gradient(&v, stat_count(t, i, j) / n,
						 (2 * d + 2 * (t->col_total[j] / n) * (numerator / denominator) - within) / denominator);
		}
	}
	res->std_error = gradient_error(&v, t->total);
	if (n > 1)
	{
		res->statistic = (double) ((n - 1) * (C - 1) * numerator / denominator);
		res->parameter = (double) (R - 1) * (C - 1);
		res->p_value = gsl_cdf_chisq_Q(res->statistic, res->parameter);
		stat_note(res, "test of independence: chi-square (n - 1)(k - 1) tau (Light and Margolin)");
	}
	return STAT_OK;
}

static long double
entropy(const double *total, int k, long double n)
{
	long double h = 0;

	for (int i = 0; i < k; i++)
		h -= total[i] / n * logl(total[i] / n);
	return h;
}

/* U = I/H with the mutual information I = G2/(2 n), which chisq.c computes without cancellation. */
static StatStatus
uncertainty(const StatClean *t, bool symmetric, StatResult *res)
{
	long double n = t->total;
	long double hr = entropy(t->row_total, t->tab.nrow, n),
				hc = entropy(t->col_total, t->tab.ncol, n);
	long double h = symmetric ? hr + hc : hc;
	long double information;
	Gradient	v = {0, 0};
	StatResult	g2;
	StatStatus	status = g_test_table(&t->tab, &g2);

	if (status != STAT_OK)
		return status;
	information = g2.statistic / (2 * n);
	res->estimate = (double) fminl((symmetric ? 2 : 1) * information / h, 1);
	for (int i = 0; i < t->tab.nrow; i++)
	{
		if (stat_interrupted())
			return STAT_INTERRUPTED;
		for (int j = 0; j < t->tab.ncol; j++)
		{
			long double o = stat_count(t, i, j);
			long double margins = logl(t->col_total[j] / n) + (symmetric ? logl(t->row_total[i] / n) : 0);

			/* the gradient is (H log(O/E) + I log p)/H^2, doubled when symmetric; its mean is 0 */
			if (o > 0)
				add_gradient(&v, o / n, (symmetric ? 2 : 1) *
							 (h * log1pl(stat_deviation(t, i, j) / stat_expected(t, i, j)) + information * margins) / (h * h));
		}
	}
	res->std_error = gradient_error(&v, t->total);
	res->statistic = g2.statistic;
	res->parameter = g2.parameter;
	res->p_value = g2.p_value;
	stat_note(res, "test of independence: likelihood-ratio chi-square (G)");
	return STAT_OK;
}

/* Eta^2 = between / total sum of squares of the column scores, centred first. */
static StatStatus
eta(const StatClean *t, StatResult *res)
{
	int			R = t->tab.nrow,
				C = t->tab.ncol;
	const double *s = t->tab.col_score;
	long double n = t->total;
	long double mean = 0,
				between = 0,
				total = 0,
				eta2;
	double		f;
	Gradient	v = {0, 0};

	for (int j = 0; j < C; j++)
		mean += t->col_total[j] / n * s[j];
	for (int j = 0; j < C; j++)
		total += t->col_total[j] / n * (s[j] - mean) * (s[j] - mean);
	if (!(total > 0))
	{
		stat_note(res, "the scores of the explained variable do not vary");
		return STAT_UNDEFINED;
	}
	/* the mean of a row's centred scores, from deviations so that near independence nothing cancels: once to add up, once for g */
	for (int pass = 0; pass < 2; pass++)
		for (int i = 0; i < R; i++)
		{
			long double m = 0;

			if (stat_interrupted())
				return STAT_INTERRUPTED;
			for (int j = 0; j < C; j++)
				m += (s[j] - mean) * stat_deviation(t, i, j);
			m /= t->row_total[i];
			if (pass == 0)
				between += t->row_total[i] / n * m * m;
			else
				for (int j = 0; j < C; j++)
				{
					long double x = s[j] - mean;

					add_gradient(&v, stat_count(t, i, j) / n, (2 * m * x - m * m - between / total * x * x) / total);
				}
		}
	eta2 = fminl(between / total, 1);
	res->estimate = (double) sqrtl(eta2);
	if (eta2 > 0)
		res->std_error = gradient_error(&v, t->total) / (2 * res->estimate);
	if (n > R)
	{
		res->parameter = R - 1;
		res->parameter2 = (double) (n - R);
		f = (double) ((eta2 / (R - 1)) / ((total - between) / total / (n - R)));
		if (total - between > 1e-15L * total && isfinite(f))
		{
			res->statistic = f;
			res->p_value = gsl_cdf_fdist_Q(f, res->parameter, res->parameter2);
			stat_note(res, "test of independence: F of the analysis of variance");
		}
		else
			stat_note(res, "no variation within the groups: the F test has no answer");
	}
	else
		stat_note(res, "too few cases for the F test");
	return STAT_OK;
}

StatStatus
association_prediction(const StatTable *tab, PredictionMeasure measure, DependentSide side, double level, StatResult *res)
{
	StatClean	t;
	StatStatus	status;

	stat_result_init(res, titles[measure][side]);
	if (side == DEPENDENT_SYM && (measure == PREDICT_TAU || measure == PREDICT_ETA))
		return STAT_BAD_ARGUMENT;
	status = association_table(tab, level, &t, res);
	if (status != STAT_OK)
		return status;
	if (side == DEPENDENT_ROW)
		status = turn_over(&t);
	if (status == STAT_OK)
		switch (measure)
		{
			case PREDICT_LAMBDA:
				status = lambda(&t, side == DEPENDENT_SYM, res);
				break;
			case PREDICT_TAU:
				status = tau(&t, res);
				break;
			case PREDICT_UNCERTAINTY:
				status = uncertainty(&t, side == DEPENDENT_SYM, res);
				break;
			case PREDICT_ETA:
				status = eta(&t, res);
				break;
		}
	if (status == STAT_OK)
	{
		double		half = gsl_cdf_ugaussian_Qinv((1 - level) / 2) * res->std_error;

		/* on the boundary what is left of the standard error is rounding */
		if (half > 0 && res->estimate > 1e-16 && res->estimate < 1 - 1e-14)
		{
			res->conf_low = fmax(0, res->estimate - half);
			res->conf_high = fmin(1, res->estimate + half);
			stat_note(res, "interval: normal, asymptotic standard error under multinomial sampling");
		}
		else
			stat_note(res, "no interval: the estimate lies on the boundary or its standard error is 0");
	}
	stat_release(t.block);
	return status;
}
