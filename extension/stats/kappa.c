/*
 * kappa.c
 *		Cohen's kappa, weighted and unweighted.
 *
 * J. Cohen (1960), Educational and Psychological Measurement 20, 37-46; J. Cohen (1968), Psychological Bulletin 70, 213-220; J. L. Fleiss,
 * J. Cohen, B. S. Everitt (1969), Psychological Bulletin 72, 323-327 (both standard errors); T. Byrt, J. Bishop, J. B. Carlin (1993),
 * Journal of Clinical Epidemiology 46, 423-429 (bias, prevalence).
 *
 * Everything is in disagreements v = 1 - w: kappa = 1 - D_o/D_e, where D_o and D_e are the observed and the expected mean disagreement.
 */
#include "stats/kappa.h"

#include <gsl/gsl_cdf.h>
#include <stdio.h>
#include <string.h>

const char *const kappa_weight_names[3] = {"none", "linear", "quadratic"};

static const char *const method_names[] = {
	"Cohen's kappa, unweighted",
	"Cohen's kappa, linear weights",
	"Cohen's kappa, quadratic weights"
};

typedef struct Ratings
{
	const StatTable *tab;
	KappaWeights weights;
	int			k;
	long double n;
	long double range;			/* of the scores */
	long double *row;			/* shares of the margins */
	long double *col;
	long double *row_v;			/* mean disagreement of a row category with the column ratings */
	long double *col_v;
} Ratings;

static inline long double
count(const Ratings *r, int i, int j)
{
	return r->tab->n[(size_t) i * r->k + j];
}

static inline long double
disagreement(const Ratings *r, int i, int j)
{
	const double *s = r->tab->row_score;
	long double d;

	if (r->weights == KAPPA_NONE || i == j)
		return i != j;
	d = fabsl(s ? (long double) s[i] - s[j] : (long double) i - j) / r->range;
	return r->weights == KAPPA_LINEAR ? d : d * d;
}

static StatStatus
take_margins(Ratings *r)
{
	for (int i = 0; i < r->k; i++)
	{
		if (stat_interrupted())
			return STAT_INTERRUPTED;
		for (int j = 0; j < r->k; j++)
		{
			long double x = count(r, i, j);

			if (!stat_is_count(x))
				return STAT_BAD_ARGUMENT;
			r->row[i] += x;
			r->col[j] += x;
			r->n += x;
		}
	}
	if (r->n == 0)
		return STAT_UNDEFINED;
	for (int i = 0; i < r->k; i++)
	{
		r->row[i] /= r->n;
		r->col[i] /= r->n;
	}
	if (r->weights != KAPPA_NONE && r->tab->row_score)
	{
		double		low = INFINITY,
					high = -INFINITY;

		for (int i = 0; i < r->k; i++)
		{
			if (!isfinite(r->tab->row_score[i]))
				return STAT_BAD_ARGUMENT;
			low = fmin(low, r->tab->row_score[i]);
			high = fmax(high, r->tab->row_score[i]);
		}
		r->range = (long double) high - low;
	}
	else
		r->range = r->k - 1;
	return r->range > 0 || r->weights == KAPPA_NONE ? STAT_OK : STAT_UNDEFINED;
}

/* What else a reader of kappa should know. */
static void
describe(const Ratings *r, long double observed, long double expected, StatResult *res)
{
	long double common = 0;

	stat_note(res, "%s observed %.4Lg, expected by chance %.4Lg", r->weights == KAPPA_NONE ? "agreement" : "weighted agreement",
			  1 - observed, 1 - expected);
	if (r->weights != KAPPA_NONE)
		return;
	for (int i = 0; i < r->k; i++)
		common += fminl(r->row[i], r->col[i]);
	stat_note(res, "greatest kappa that these margins allow: %.4Lg", 1 - (1 - common) / expected);
	if (r->k == 2)
		stat_note(res, "prevalence index %.4Lg, bias index %.4Lg, prevalence- and bias-adjusted kappa %.4Lg",
				  fabsl(count(r, 0, 0) - count(r, 1, 1)) / r->n, fabsl(count(r, 0, 1) - count(r, 1, 0)) / r->n, 1 - 2 * observed);
}

static StatStatus
compute(Ratings *r, double level, StatResult *res)
{
	long double observed = 0,
				expected = 0,
				excess = 0,		/* n (D_e - D_o), from O - E cell by cell so that nothing cancels near independence */
				kappa,
				var0 = 0,
				var1 = 0,
				ase0,
				ase1;
	bool		no_test;
	double		z;

	for (int i = 0; i < r->k; i++)
	{
		if (stat_interrupted())
			return STAT_INTERRUPTED;
		for (int j = 0; j < r->k; j++)
		{
			long double v = disagreement(r, i, j);

			observed += v * count(r, i, j) / r->n;
			expected += v * r->row[i] * r->col[j];
			excess -= v * (count(r, i, j) - r->row[i] * r->col[j] * r->n);
			r->row_v[i] += v * r->col[j];
			r->col_v[j] += v * r->row[i];
		}
	}
	if (expected <= 0)
	{
		stat_note(res, "both sides use one and the same category only: agreement beyond chance has no meaning");
		return STAT_UNDEFINED;
	}
	kappa = excess / r->n / expected;
	for (int i = 0; i < r->k; i++)
		for (int j = 0; j < r->k; j++)
		{
			long double v = disagreement(r, i, j);
			/* both deviations have mean 0: sum p v = (1 - kappa) D_e, and each of the mean disagreements has mean D_e */
			long double d0 = v - r->row_v[i] - r->col_v[j] + expected,
						d1 = v - (1 - kappa) * (r->row_v[i] + r->col_v[j] - expected);

			var0 += r->row[i] * r->col[j] * d0 * d0;
			var1 += count(r, i, j) / r->n * d1 * d1;
		}
	no_test = var0 <= 1e-30L * expected * expected;
	if (no_test)
		kappa = 0;
	ase0 = sqrtl(var0 / r->n) / expected;
	ase1 = sqrtl(var1 / r->n) / expected;
	z = gsl_cdf_ugaussian_Qinv((1 - level) / 2);
	res->estimate = (double) kappa;
	res->std_error = (double) ase1;
	res->conf_level = level;
	res->conf_low = fmax((double) (kappa - z * ase1), -1);
	res->conf_high = fmin((double) (kappa + z * ase1), 1);
	describe(r, observed, expected, res);
	if (no_test)
	{
		stat_note(res, "these margins allow no kappa but 0 (a side that uses one category only): there is nothing to test");
		return STAT_OK;
	}
	res->parameter = (double) ase0;
	res->statistic = (double) (kappa / ase0);
	res->p_value = 2 * gsl_cdf_ugaussian_Q(fabs(res->statistic));
	return STAT_OK;
}

StatStatus
kappa_test(const StatTable *tab, KappaWeights weights, double level, StatResult *res)
{
	size_t		k = tab->nrow;
	Ratings		r = {.tab = tab,.weights = weights,.k = tab->nrow};
	StatStatus	status;

	stat_result_init(res, method_names[weights]);
	if (tab->nrow != tab->ncol || !(level > 0 && level < 1))
		return STAT_BAD_ARGUMENT;
	r.row = stat_alloc(sizeof(long double) * 4 * k);
	if (r.row == NULL)
		return STAT_NO_MEMORY;
	memset(r.row, 0, sizeof(long double) * 4 * k);
	r.col = r.row + k;
	r.row_v = r.col + k;
	r.col_v = r.row_v + k;
	snprintf(res->alternative, sizeof(res->alternative), "two.sided");
	status = take_margins(&r);
	res->n = (double) r.n;
	if (status == STAT_OK)
		status = compute(&r, level, res);
	else if (status == STAT_UNDEFINED)
		stat_note(res, r.n == 0 ? "no counts: there is nothing to measure" : "one category only: agreement beyond chance has no meaning");
	stat_release(r.row);
	return status;
}
