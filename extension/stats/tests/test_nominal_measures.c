/*
 * test_nominal_measures.c
 *		Measures of nominal association against the reference values; intervals and standard errors that these lack against R's
 *		pchisq and against numerical differentiation.
 */
#include <gsl/gsl_errno.h>

#include "stats/noncentral.h"
#include "stats/nominal_measures.h"
#include "golden.h"

/*
 * Limits of V from R 4.2: uniroot over ncp in pchisq(x, df, ncp) = (1 -/+ level)/2 to full precision, V = sqrt(ncp / (n (min(r, c) -
 * 1))), cut at 1.
 */
static const struct
{
	const char *id;
	double		level,
				low,
				high;
}			v_limits[] =

{
	{"hair_eye", 0.95, 0.2235270164, 0.3179881029},
	{"hair_eye", 0.99, 0.2086107013, 0.3327762609},
	{"titanic_class_surv", 0.95, 0.2506698823, 0.3344484113},
	{"job_agresti", 0.95, 0, 0.1693439514},
	{"job_agresti", 0.99, 0, 0.2160808996},
	{"r2x2_06", 0.95, 0.5714815485, 1},
	{"rnd_24_10x10", 0.95, 0.06615395717, 0.1062212151},
	{"rnd_24_10x10", 0.99, 0.0593366568, 0.1122159733},
	{"diag_4x4", 0.95, 0.7243533467, 1},
	{"indep_3x4", 0.95, 0, 0},
};

/* x, df, ncp, lower and upper tail: mpmath 1.2, mixture of regularised gamma functions at 40 digits; the last two scipy 1.10 ncx2 */
static const double tails[][5] =
{
	{5, 3, 2, 0.59340518008315563, 0.40659481991684437},
	{0.01, 1, 5, 0.0065930872419670736, 0.99340691275803293},
	{30, 4, 10, 0.97478786817995251, 0.02521213182004749},
	{200, 9, 20, 1.0, 1.8926602989961008e-20},
	{1, 10, 40, 1.5810287166855947e-12, 0.99999999999841897},
	{1000, 6, 700, 0.99999981021922009, 1.8978077990889356e-7},
	{3, 1, 0.001, 0.91658130300921513, 0.083418696990784866},
	{10500, 4, 10000, 0.99294968657873, 0.00705031342126988},
	{202000, 12, 200000, 0.9867306876035215, 0.013269312396494964},
	{2004000, 1, 1999000, 0.9613946570512966, 0.03860534294875352},
};

/* Standard error by central differences: f does not change when all counts are multiplied, so var f = sum n (d f/d n)^2. */
static double
numeric_error(const StatTable *tab, PredictionMeasure m, DependentSide side)
{
	int			cells = tab->nrow * tab->ncol;
	double		n[512];
	StatTable	t = *tab;
	StatResult	res;
	double		var = 0;

	for (int i = 0; i < cells; i++)
		n[i] = tab->n[i];
	t.n = n;
	for (int i = 0; i < cells; i++)
	{
		double		h = tab->n[i] * 1e-4,
					up,
					down;

		if (h == 0)
			continue;
		n[i] = tab->n[i] + h;
		association_prediction(&t, m, side, 0.95, &res);
		up = res.estimate;
		n[i] = tab->n[i] - h;
		association_prediction(&t, m, side, 0.95, &res);
		down = res.estimate;
		n[i] = tab->n[i];
		var += n[i] * pow((up - down) / (2 * h), 2);
	}
	return sqrt(var);
}

int
main(void)
{
	static const char *const sides[] = {"col_dep", "row_dep", "sym"};
	int			ntables;
	const GoldenTable *t = golden_tables(&ntables);
	StatResult	res;
	double		worst = 0;
	int			compared = 0;
	char		name[160];

	gsl_set_error_handler_off();
	for (int i = 0; i < ntables; i++)
	{
		StatTable	tab = golden_stat_table(&t[i], 0);

		if (strncmp(t[i].kind, "two_way", 7) != 0)
			continue;
		for (int m = 0; m < ASSOC_MEASURES; m++)
		{
			StatStatus	status = association_chisq(&tab, m, 0.95, &res);

			if (status == STAT_OK)
			{
				golden_check(t[i].id, assoc_names[m], res.estimate);
				if (!isnan(res.conf_low) && !(res.conf_low <= res.conf_high && res.conf_low >= -1 && res.conf_high <= sqrt(tab.nrow + tab.ncol)))
					ok(false, "%s %s: limits %g and %g", t[i].id, assoc_names[m], res.conf_low, res.conf_high);
				if (m == ASSOC_PHI_SIGNED)
				{
					/* phi is the product moment correlation of the two positions, and so is its standard error */
					GoldenValue *v = golden_value(t[i].id, "pearson_r_ase1");

					if (v && !v->skip && !isnan(res.std_error))
					{
						compared++;
						worst = fmax(worst, rel_err(res.std_error, v->value) * 1e-9 / v->tol);
					}
				}
			}
			else if (status != STAT_UNDEFINED || res.nnotes == 0)
				ok(false, "%s %s: status %d without a note", t[i].id, assoc_names[m], status);
		}
		for (int m = 0; m < PREDICTION_MEASURES; m++)
			for (int side = 0; side < (m == PREDICT_TAU || m == PREDICT_ETA ? 2 : 3); side++)
			{
				StatStatus	status = association_prediction(&tab, m, side, 0.95, &res);

				if (status == STAT_OK)
				{
					snprintf(name, sizeof(name), "%s_%s", prediction_names[m], sides[side]);
					golden_check(t[i].id, name, res.estimate);
					if (m == PREDICT_LAMBDA || m == PREDICT_UNCERTAINTY)
					{
						snprintf(name, sizeof(name), "%s_%s_ase1", prediction_names[m], sides[side]);
						golden_check(t[i].id, name, res.std_error);
					}
					if (!(res.estimate >= 0 && res.estimate <= 1 + 1e-15))
						ok(false, "%s %s: %g is not within 0..1", t[i].id, prediction_names[m], res.estimate);
				}
				else if (status != STAT_UNDEFINED || res.nnotes == 0)
					ok(false, "%s %s: status %d without a note", t[i].id, prediction_names[m], status);
			}
	}
	golden_report();
	ok(compared > 20 && worst < 1e-9, "standard error of signed phi: %d reference values of pearson_r_ase1, worst relative error %.2g", compared, worst);

	for (int k = 0; k < (int) (sizeof(tails) / sizeof(tails[0])); k++)
	{
		const double *v = tails[k];

		snprintf(name, sizeof(name), "noncentral chi-square at %g, df %g, ncp %g: lower tail", v[0], v[1], v[2]);
		is_close(noncentral_chisq_P(v[0], v[1], v[2]), v[3], 2e-12, name);
		snprintf(name, sizeof(name), "noncentral chi-square at %g, df %g, ncp %g: upper tail", v[0], v[1], v[2]);
		is_close(noncentral_chisq_Q(v[0], v[1], v[2]), v[4], 2e-12, name);
	}
	is_close(noncentral_chisq_P(1.995e6, 10, 2.001e6), 0.01676970771458802, 1e-9, "large noncentrality, lower tail (scipy)");
	is_close(noncentral_chisq_Q(2.004e6, 10, 2.001e6), 0.14529733796957117, 1e-9, "large noncentrality, upper tail (scipy)");

	for (int k = 0; k < (int) (sizeof(v_limits) / sizeof(v_limits[0])); k++)
	{
		StatTable	tab = golden_stat_table(golden_find(v_limits[k].id), 0);

		ok(association_chisq(&tab, ASSOC_CRAMERS_V, v_limits[k].level, &res) == STAT_OK, "interval of V, %s", v_limits[k].id);
		is_close(res.conf_low, v_limits[k].low, 1e-9, "lower limit");
		is_close(res.conf_high, v_limits[k].high, 1e-9, "upper limit");
		association_chisq(&tab, ASSOC_CONTINGENCY_C, v_limits[k].level, &res);
		if (v_limits[k].high < 1)
		{
			double		phi2 = v_limits[k].high * v_limits[k].high * ((tab.nrow < tab.ncol ? tab.nrow : tab.ncol) - 1);

			is_close(res.conf_high, sqrt(phi2 / (1 + phi2)), 1e-9, "the contingency coefficient's follows from it");
		}
	}

	{
		static const char *const ids[] = {"hair_eye", "job_agresti", "rnd_15_4x3", "w_3x5", "titanic_class_surv", "rnd_09_8x2"};

		for (int k = 0; k < 6; k++)
			for (int m = PREDICT_TAU; m < PREDICTION_MEASURES; m++)
				for (int side = 0; side < 2; side++)
				{
					StatTable	tab = golden_stat_table(golden_find(ids[k]), 0);

					association_prediction(&tab, m, side, 0.95, &res);
					snprintf(name, sizeof(name), "%s %s %s: standard error by differences", ids[k], prediction_names[m], sides[side]);
					is_close(res.std_error, numeric_error(&tab, m, side), 1e-6, name);
				}
	}
	{
		/* F of the analysis of variance, R: summary(aov(col ~ factor(row), weights = n)) rewritten over 592 rows */
		StatTable	tab = golden_stat_table(golden_find("hair_eye"), 0);

		association_prediction(&tab, PREDICT_ETA, DEPENDENT_COL, 0.95, &res);
		is_close(res.parameter2, 588, 0, "eta: df of the F test");
		is_close(res.statistic, 11.1171316582216, 1e-9, "eta: F (R aov)");
		is_close(res.p_value, 4.17144019566915e-07, 1e-9, "eta: p (R aov)");
		ok(association_prediction(&tab, PREDICT_TAU, DEPENDENT_SYM, 0.95, &res) == STAT_BAD_ARGUMENT, "tau has no symmetric version");
		ok(association_chisq(&tab, ASSOC_PHI, 1, &res) == STAT_BAD_ARGUMENT, "level 1");
	}
	{
		const double diagonal[] = {4, 0, 0, 0, 5, 0, 0, 0, 6};
		const double anti[] = {0, 4, 5, 0};
		StatTable	tab = {3, 3, diagonal, NULL, NULL};

		for (int m = 0; m < PREDICTION_MEASURES; m++)
		{
			ok(association_prediction(&tab, m, DEPENDENT_ROW, 0.95, &res) == STAT_OK && res.nnotes > 0 && isnan(res.conf_low),
			   "%s of a diagonal table: no interval, a note", prediction_names[m]);
			is_close(res.estimate, 1, 1e-15, "and the estimate is 1");
		}
		tab = (StatTable) {2, 2, anti, NULL, NULL};
		ok(association_chisq(&tab, ASSOC_PHI_SIGNED, 0.95, &res) == STAT_OK && res.estimate == -1 && res.nnotes > 0, "signed phi is -1");
	}
	return done_testing();
}
