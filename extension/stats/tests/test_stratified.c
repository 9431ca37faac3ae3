/*
 * test_stratified.c
 *		Statistics of tables by stratum: the reference values, published examples, complete enumeration, random tables, degenerate ones.
 */
#include <gsl/gsl_errno.h>
#include <gsl/gsl_rng.h>
#include <string.h>

#include "stats/cmh.h"
#include "stats/mantel_haenszel.h"
#include "stats/quadratic_form.h"
#include "golden.h"

static const CmhSimulation asymptotic = {0};

static void
check_cmh(const char *id, const StatStrata *s)
{
	StatResult	res;
	char		name[64];

	for (int which = 0; which < CMH_STATISTICS; which++)
		if (cmh_test_strata(s, which, SCORE_TABLE, &asymptotic, &res) == STAT_OK)
		{
			snprintf(name, sizeof(name), "cmh_%s_chi2", cmh_names[which]);
			golden_check(id, name, res.statistic);
			snprintf(name, sizeof(name), "cmh_%s_df", cmh_names[which]);
			golden_check(id, name, res.parameter);
			snprintf(name, sizeof(name), "cmh_%s_p", cmh_names[which]);
			golden_check(id, name, res.p_value);
		}
}

static void
check_two_by_two(const char *id, const StatStrata *s)
{
	StatResult	res;

	if (mantel_haenszel_test(s, false, ALTERNATIVE_TWO_SIDED, 0.95, &res) == STAT_OK)
	{
		golden_check(id, "cmh_chi2", res.statistic);
		golden_check(id, "cmh_p", res.p_value);
		golden_check(id, "mh_or", res.estimate);
		golden_check(id, "mh_log_or_se", res.std_error);
		golden_check(id, "mh_or_ci_lower", res.conf_low);
		golden_check(id, "mh_or_ci_upper", res.conf_high);
	}
	if (mantel_haenszel_test(s, true, ALTERNATIVE_TWO_SIDED, 0.95, &res) == STAT_OK)
	{
		golden_check(id, "cmh_chi2_cc", res.statistic);
		golden_check(id, "cmh_p_cc", res.p_value);
	}
	if (mh_risk_ratio(s, 0, 0.95, &res) == STAT_OK)
		golden_check(id, "mh_rr", res.estimate);
	if (mantel_haenszel_exact(s, ALTERNATIVE_TWO_SIDED, 0.95, &res) == STAT_OK)
	{
		golden_check(id, "cmh_exact_p", res.p_value);
		golden_check(id, "cmh_exact_or", res.estimate);
		golden_check(id, "cmh_exact_or_ci_lower", res.conf_low);
		golden_check(id, "cmh_exact_or_ci_upper", res.conf_high);
	}
	if (mantel_haenszel_exact(s, ALTERNATIVE_LESS, 0.95, &res) == STAT_OK)
		golden_check(id, "cmh_exact_p_less", res.p_value);
	if (mantel_haenszel_exact(s, ALTERNATIVE_GREATER, 0.95, &res) == STAT_OK)
		golden_check(id, "cmh_exact_p_greater", res.p_value);
	for (int tarone = 0; tarone < 2; tarone++)
		if (breslow_day_test(s, tarone, &res) == STAT_OK)
		{
			golden_check(id, tarone ? "breslow_day_tarone_chi2" : "breslow_day_chi2", res.statistic);
			golden_check(id, tarone ? "breslow_day_tarone_df" : "breslow_day_df", res.parameter);
			golden_check(id, tarone ? "breslow_day_tarone_p" : "breslow_day_p", res.p_value);
		}
	if (woolf_test(s, 0.95, &res) == STAT_OK)
	{
		golden_check(id, "woolf_chi2", res.statistic);
		golden_check(id, "woolf_df", res.parameter);
		golden_check(id, "woolf_p", res.p_value);
	}
}

static void
reference_values(void)
{
	int			ntables;
	const GoldenTable *t = golden_tables(&ntables);

	for (int i = 0; i < ntables; i++)
	{
		bool		strata = strcmp(t[i].kind, "stratified") == 0;
		StatStrata	s = {strata ? t[i].nstrata : 1, t[i].nrow, t[i].ncol, t[i].n, NULL, NULL};

		if (strata || strncmp(t[i].kind, "two_way", 7) == 0)
			check_cmh(t[i].id, &s);
		if (strata && s.nrow == 2 && s.ncol == 2)
			check_two_by_two(t[i].id, &s);
	}
	golden_report();
}

/* With rank scores a single table's statistics are those of Kruskal and Wallis, Spearman and Wilcoxon. */
static void
rank_scores(void)
{
	int			ntables;
	const GoldenTable *t = golden_tables(&ntables);
	StatResult	res;
	GoldenValue *v;
	int			compared = 0,
				wrong = 0;

	for (int i = 0; i < ntables; i++)
	{
		StatStrata	s = {1, t[i].nrow, t[i].ncol, t[i].n, NULL, NULL};

		if (strcmp(t[i].kind, "two_way") != 0)
			continue;
		if ((v = golden_value(t[i].id, "kw_rows_h")) != NULL && !v->skip && cmh_test_strata(&s, CMH_ROW_MEANS, SCORE_RANK, &asymptotic, &res) == STAT_OK)
		{
			compared++;
			wrong += !(rel_err(res.statistic, v->value) < 1e-9 || fabs(res.statistic - v->value) <= v->abs);
		}
		if ((v = golden_value(t[i].id, "kw_cols_h")) != NULL && !v->skip && cmh_test_strata(&s, CMH_COL_MEANS, SCORE_RIDIT, &asymptotic, &res) == STAT_OK)
		{
			compared++;
			wrong += !(rel_err(res.statistic, v->value) < 1e-9 || fabs(res.statistic - v->value) <= v->abs);
		}
		if ((v = golden_value(t[i].id, "spearman_rho")) != NULL && !v->skip && cmh_test_strata(&s, CMH_COR, SCORE_RANK, &asymptotic, &res) == STAT_OK)
		{
			compared++;
			wrong += !(fabs(sqrt(res.statistic / (res.n - 1)) - fabs(v->value)) <= 1e-9 * fabs(v->value) + v->abs + 1e-15);
		}
		if ((v = golden_value(t[i].id, "mw_rows_u1")) != NULL && !v->skip && van_elteren_strata(&s, &asymptotic, &res) == STAT_OK)
		{
			double		n1 = 0;

			for (int j = 0; j < s.ncol; j++)
				n1 += s.n[j];
			compared++;
			wrong += !(rel_err(res.estimate * n1 * (res.n - n1), v->value) < 1e-9);
			v = golden_value(t[i].id, "mw_rows_z");
			wrong += !(fabs(sqrt(res.statistic) - fabs(v->value)) <= 1e-9 * fabs(v->value) + v->abs);
		}
	}
	ok(compared > 250 && wrong == 0, "rank scores of one table: Kruskal-Wallis, Spearman, Wilcoxon in %d reference values, %d wrong", compared, wrong);
}

/* SAS/STAT User's Guide, The FREQ Procedure, Example "Cochran-Mantel-Haenszel Statistics" (migraine); further digits from R as said. */
static void
migraine(void)
{
	double		n[] = {16, 11, 5, 20, 12, 16, 7, 19};
	StatStrata	s = {2, 2, 2, n, NULL, NULL};
	StatResult	res;

	/* SAS prints 8.3052, 0.0040, 3.3132 (1.4456, 7.5934); R: mantelhaen.test(x, correct = FALSE) */
	ok(mantel_haenszel_test(&s, false, ALTERNATIVE_TWO_SIDED, 0.95, &res) == STAT_OK, "migraine: Mantel-Haenszel");
	is_close(res.statistic, 8.305169335459, 1e-12, "chi-square");
	is_close(res.p_value, 0.00395323963842, 1e-11, "p");
	is_close(res.estimate, 3.3131680691380487, 1e-14, "common odds ratio");
	is_close(res.conf_low, 1.44561319018612, 1e-13, "lower limit");
	is_close(res.conf_high, 7.59337472075961, 1e-13, "upper limit");
	/* R: mantelhaen.test(x, correct = TRUE, alternative = "greater"), mantelhaen.test(x, correct = FALSE, alternative = "less") */
	(void) mantel_haenszel_test(&s, true, ALTERNATIVE_GREATER, 0.95, &res);
	is_close(res.p_value, 0.00364865150199, 1e-11, "one-sided p with correction (R)");
	ok(rel_err(res.conf_low, 1.65181476868393) < 1e-13 && isinf(res.conf_high) && res.nnotes > 0, "its one-sided interval (R)");
	(void) mantel_haenszel_test(&s, false, ALTERNATIVE_LESS, 0.95, &res);
	is_close(res.p_value, 0.998023380181, 1e-11, "the other side (R)");
	ok(res.conf_low == 0 && rel_err(res.conf_high, 6.64546828280381) < 1e-13, "its interval (R)");
	/* R: mantelhaen.test(x, exact = TRUE, alternative = "greater"): S = 28, p; estimate and limit to uniroot's tolerance */
	(void) mantel_haenszel_exact(&s, ALTERNATIVE_GREATER, 0.95, &res);
	ok(res.statistic == 28 && rel_err(res.p_value, 0.00329226794900913) < 1e-12, "one-sided exact p (R)");
	ok(rel_err(res.estimate, 3.30281112739159699) < 1e-4 && rel_err(res.conf_low, 1.53612571327786895) < 1e-4 && isinf(res.conf_high),
	   "conditional estimate and one-sided limit (R, to its tolerance)");
	/* SAS prints 2.1636 (1.2336, 3.7948) and 0.6420 (0.4705, 0.8761); metafor: rma.mh(measure = "RR", ...) */
	(void) mh_risk_ratio(&s, 0, 0.95, &res);
	is_close(res.estimate, 2.1635968424665371, 1e-14, "risk ratio (metafor)");
	is_close(res.std_error, 0.2866691951907149316, 1e-13, "its standard error (metafor)");
	is_close(res.conf_low, 1.2335679511768667, 1e-13, "its lower limit (metafor)");
	is_close(res.conf_high, 3.7948061898537393, 1e-13, "its upper limit (metafor)");
	is_close(res.p_value, 0.0070981447741510113, 1e-12, "its p (metafor)");
	(void) mh_risk_ratio(&s, 1, 0.95, &res);
	is_close(res.estimate, 0.64201745741236105, 1e-14, "risk ratio of the second column (metafor)");
	is_close(res.conf_high, 0.87614430763944329, 1e-13, "its upper limit (metafor)");
	/* metafor: rma.mh(measure = "RD", ...), Sato's variance */
	(void) mh_risk_difference(&s, 0, 0.95, &res);
	is_close(res.estimate, 0.273759857884962210, 1e-14, "risk difference (metafor)");
	is_close(res.std_error, 0.090438923464041338, 1e-13, "its standard error (metafor)");
	is_close(res.conf_low, 0.096502825094866795, 1e-13, "its lower limit (metafor)");
	is_close(res.p_value, 0.002469827864236958, 1e-12, "its p (metafor)");
	/* SAS prints 1.4929, 0.2218; metafor: $BD, $TA */
	(void) breslow_day_test(&s, false, &res);
	is_close(res.statistic, 1.492928497986819, 1e-13, "Breslow-Day (SAS, metafor)");
	is_close(res.p_value, 0.221762642209048, 1e-12, "its p (SAS, metafor)");
	(void) breslow_day_test(&s, true, &res);
	is_close(res.statistic, 1.490537337347119, 1e-13, "with Tarone's correction (metafor)");
	/* SAS prints the logit estimate: 3.2941 (1.4182, 7.6515) */
	(void) woolf_test(&s, 0.95, &res);
	ok(fabs(res.estimate - 3.2941) < 5e-5 && fabs(res.conf_low - 1.4182) < 5e-5 && fabs(res.conf_high - 7.6515) < 5e-5, "logit estimate and limits (SAS)");
}

/*
 * R, coin 1.4: independence_test(col ~ row | stratum, teststat = "quadratic", ytrafo = trafo(data, numeric_trafo = f, block = stratum)) with
 * f = rank(y)/(length(y) + 1), rows as groups; and with ranks and ridits of both sides within strata.
 */
static void
against_coin(void)
{
	static const struct
	{
		const char *id;
		double		van_elteren,
					cor_rank,
					cor_ridit;
	}			want[] = {
		{"s_arthritis", 15.004118484635917, 12.18797678134780, 15.0138102429440785},
		{"s_danish_alc_inc_urban", 91.57778232295621, 63.643437074588974, 93.366520515990686},
		{"s_rnd_2x4x3", 7.6422908250113970, 5.377246295186942859, 7.6650721156043903},
		{"s_jobsat", 8.452672500794873756, 3.990835181184318792, 5.914920383206047738},
		{"s_rnd_3x3x4", 7.449813746523496150, 8.9217782395279634500, 8.45526244340605793}
	};
	/* coin::cmh_test(factor(c) ~ factor(r) | factor(s)): strata that share no row, and each with an empty category of its own */
	double		apart[] = {8, 3, 2, 9, 0, 0, 0, 0, 0, 0, 0, 0, 5, 6, 7, 1};
	double		partly[] = {4, 2, 3, 1, 5, 2, 0, 0, 0, 0, 0, 0, 3, 2, 4, 1, 6, 2};
	StatResult	res;
	StatStrata	s;

	for (size_t i = 0; i < sizeof(want) / sizeof(want[0]); i++)
	{
		const GoldenTable *t = golden_find(want[i].id);

		s = (StatStrata) {t->nstrata, t->nrow, t->ncol, t->n, NULL, NULL};
		(void) van_elteren_strata(&s, &asymptotic, &res);
		ok(rel_err(res.statistic, want[i].van_elteren) < 1e-12 && res.parameter == t->nrow - 1, "van Elteren, %s (coin)", want[i].id);
		(void) cmh_test_strata(&s, CMH_COR, SCORE_RANK, &asymptotic, &res);
		ok(rel_err(res.statistic, want[i].cor_rank) < 1e-12, "correlation of ranks, %s (coin)", want[i].id);
		(void) cmh_test_strata(&s, CMH_COR, SCORE_RIDIT, &asymptotic, &res);
		ok(rel_err(res.statistic, want[i].cor_ridit) < 1e-12, "correlation of ridits, %s (coin)", want[i].id);
	}
	s = (StatStrata) {2, 4, 2, apart, NULL, NULL};
	(void) cmh_test_strata(&s, CMH_GENERAL, SCORE_TABLE, &asymptotic, &res);
	ok(rel_err(res.statistic, 9.6336038961038923) < 1e-12 && res.parameter == 2 && res.nnotes == 1, "strata without a common row: 2 degrees of freedom (coin)");
	s = (StatStrata) {2, 3, 3, partly, NULL, NULL};
	(void) cmh_test_strata(&s, CMH_GENERAL, SCORE_TABLE, &asymptotic, &res);
	ok(rel_err(res.statistic, 6.51058201058200670) < 1e-12 && res.parameter == 4, "strata with empty categories (coin)");
}

static double
choose(int n, int k)
{
	double		c = 1;

	for (int i = 1; i <= k; i++)
		c = c * (n - k + i) / i;
	return floor(c + 0.5);
}

/* Every combination of first cells, by recursion over the strata; weights are exact integers. */
static void
enumerate(const double *n, int strata, double weight, int sum, double *by_sum)
{
	int			r1,
				r2,
				c1;

	if (strata == 0)
	{
		by_sum[sum] += weight;
		return;
	}
	r1 = (int) (n[0] + n[1]);
	r2 = (int) (n[2] + n[3]);
	c1 = (int) (n[0] + n[2]);
	for (int a = 0; a <= r1; a++)
		if (c1 - a >= 0 && c1 - a <= r2)
			enumerate(n + 4, strata - 1, weight * choose(r1, a) * choose(r2, c1 - a), sum + a, by_sum);
}

static double
moment(const double *w, double psi, int from, int to, int power)
{
	double		sum = 0;

	for (int s = from; s <= to; s++)
		sum += w[s] * pow(psi, s) * (power ? s : 1);
	return sum;
}

/* The exact test against the enumeration of every table, for random small ones. */
static void
exact_by_enumeration(gsl_rng *rng)
{
	int			wrong_p = 0,
				wrong_estimate = 0,
				tables = 0,
				boundary = 0;

	for (int i = 0; i < 600; i++)
	{
		double		n[24],
					w[64] = {0},
					all,
					two = 0;
		int			strata = 1 + (int) gsl_rng_uniform_int(rng, 6),
					s = 0;
		StatStrata	in = {strata, 2, 2, n, NULL, NULL};
		StatResult	res,
					less,
					greater;

		for (int c = 0; c < 4 * strata; c++)
			n[c] = (double) gsl_rng_uniform_int(rng, 5);
		if (mantel_haenszel_exact(&in, ALTERNATIVE_TWO_SIDED, 0.9, &res) != STAT_OK)
			continue;
		(void) mantel_haenszel_exact(&in, ALTERNATIVE_LESS, 0.95, &less);
		(void) mantel_haenszel_exact(&in, ALTERNATIVE_GREATER, 0.95, &greater);
		tables++;
		/* strata of fewer than 2 are dropped */
		in.nstrata = 0;
		for (int k = 0; k < strata; k++)
			if (n[4 * k] + n[4 * k + 1] + n[4 * k + 2] + n[4 * k + 3] >= 2)
			{
				memmove(n + 4 * in.nstrata++, n + 4 * k, sizeof(double) * 4);
				s += (int) n[4 * (in.nstrata - 1)];
			}
		wrong_p += res.statistic != s;
		enumerate(n, in.nstrata, 1, 0, w);
		all = moment(w, 1, 0, 63, 0);
		for (int x = 0; x < 64; x++)
			if (w[x] <= w[s] * (1 + 1e-7))
				two += w[x];
		wrong_p += !(rel_err(res.p_value, two / all) < 1e-13 && rel_err(less.p_value, moment(w, 1, 0, s, 0) / all) < 1e-13 &&
					 rel_err(greater.p_value, moment(w, 1, s, 63, 0) / all) < 1e-13);
		boundary += res.estimate == 0 || isinf(res.estimate);
		/* at the estimate the mean is the observed sum; at a limit the tail is 5 %; at the ends of the range there is none */
		if (res.estimate > 0 && isfinite(res.estimate))
			wrong_estimate += !(rel_err(moment(w, res.estimate, 0, 63, 1) / moment(w, res.estimate, 0, 63, 0), s) < 1e-12);
		else
			wrong_estimate += !(moment(w, 1, 0, s - 1, 0) == 0 ? res.estimate == 0 && res.conf_low == 0 : isinf(res.estimate) && isinf(res.conf_high));
		if (res.conf_low > 0)
			wrong_estimate += !(rel_err(moment(w, res.conf_low, s, 63, 0) / moment(w, res.conf_low, 0, 63, 0), 0.05) < 1e-10);
		if (isfinite(res.conf_high))
			wrong_estimate += !(rel_err(moment(w, res.conf_high, 0, s, 0) / moment(w, res.conf_high, 0, 63, 0), 0.05) < 1e-10);
		wrong_estimate += !(rel_err(res.conf_low, greater.conf_low) < 1e-12 && rel_err(res.conf_high, less.conf_high) < 1e-12 && less.conf_low == 0 && isinf(greater.conf_high));
	}
	ok(tables > 500 && wrong_p == 0, "exact p-values of %d random tables against enumeration: %d wrong", tables, wrong_p);
	ok(boundary > 50 && wrong_estimate == 0, "their estimates and limits, %d at the end of the range: %d wrong", boundary, wrong_estimate);
}

/* Every combination of first cells with a given sum: the weight of those no likelier than bound, and of all. */
static void
combinations(const double *n, int strata, double weight, int rest, double bound, double *tail, double *all)
{
	int			r1,
				r2,
				c1;

	if (strata == 0)
	{
		if (rest == 0)
		{
			*all += weight;
			*tail += weight <= bound ? weight : 0;
		}
		return;
	}
	r1 = (int) (n[0] + n[1]);
	r2 = (int) (n[2] + n[3]);
	c1 = (int) (n[0] + n[2]);
	for (int a = 0; a <= r1 && a <= rest; a++)
		if (c1 - a >= 0 && c1 - a <= r2)
			combinations(n + 4, strata - 1, weight * choose(r1, a) * choose(r2, c1 - a), rest - a, bound, tail, all);
}

static void
zelen_by_enumeration(gsl_rng *rng)
{
	const GoldenTable *infert = golden_find("s_infert_induced");
	StatStrata	many = {infert->nstrata, 2, 2, infert->n, NULL, NULL};
	StatResult	res;
	int			tables = 0,
				wrong = 0;

	for (int i = 0; i < 400; i++)
	{
		double		n[24],
					tail = 0,
					all = 0,
					weight = 1;
		int			strata = 2 + (int) gsl_rng_uniform_int(rng, 5),
					s = 0;
		StatStrata	in = {strata, 2, 2, n, NULL, NULL};

		for (int c = 0; c < 4 * strata; c++)
			n[c] = (double) gsl_rng_uniform_int(rng, 7);
		if (zelen_test(&in, &res) != STAT_OK)
			continue;
		for (int k = 0; k < strata; k++)
		{
			double	   *x = n + 4 * k;

			s += (int) x[0];
			weight *= choose((int) (x[0] + x[1]), (int) x[0]) * choose((int) (x[2] + x[3]), (int) x[2]);
		}
		combinations(n, strata, 1, s, weight * (1 + 1e-7), &tail, &all);
		tables++;
		wrong += !(rel_err(res.p_value, tail / all) < 1e-12 && rel_err(res.statistic, weight / all) < 1e-12);
	}
	ok(tables > 350 && wrong == 0, "Zelen's exact p-values of %d random tables against enumeration: %d wrong", tables, wrong);
	/* R: the same by rhyper() per set, 226,721 of 2,000,000 draws with the observed sum: 0.34505, standard error 0.0010 */
	ok(zelen_test(&many, &res) == STAT_OK && fabs(res.p_value - 0.34505) < 0.003, "83 matched sets (simulated in R)");
}

/* 60 digits with mpmath: the convolution as integers, roots by bisection. */
static void
exact_far_out(void)
{
	double		far[] = {250, 10, 12, 248, 130, 9, 4, 101};
	double		farther[] = {690, 10, 12, 688, 300, 5, 4, 291};
	double		huge[] = {1e6, 1e6, 1e6 - 2000, 1e6 + 2000};
	StatStrata	s = {2, 2, 2, far, NULL, NULL};
	StatResult	res;

	(void) mantel_haenszel_exact(&s, ALTERNATIVE_TWO_SIDED, 0.95, &res);
	is_close(res.p_value, 7.3240018952897121e-169, 1e-12, "a p-value of 1e-168 keeps its digits");
	is_close(res.estimate, 438.93622273996014, 1e-12, "its estimate");
	is_close(res.conf_low, 214.87044325503762, 1e-12, "its lower limit");
	is_close(res.conf_high, 969.97240362385987, 1e-12, "its upper limit");
	(void) mantel_haenszel_exact(&s, ALTERNATIVE_GREATER, 0.95, &res);
	is_close(res.p_value, 7.2917241389289874e-169, 1e-12, "one-sided");
	s.n = farther;
	(void) mantel_haenszel_exact(&s, ALTERNATIVE_TWO_SIDED, 0.95, &res);
	ok(res.p_value == 0 && res.nnotes > 0, "a p-value of 1e-533 is 0 with a note");
	is_close(res.estimate, 3821.0761801110624, 1e-12, "its estimate");
	is_close(res.conf_low, 1853.8436699275414, 1e-12, "its lower limit");
	is_close(res.conf_high, 8541.5141423153024, 1e-12, "its upper limit");
	/* a single stratum is Fisher's test; R: fisher.test(matrix(c(1e6, 1e6 - 2000, 1e6, 1e6 + 2000), 2)), p-value */
	s = (StatStrata) {1, 2, 2, huge, NULL, NULL};
	(void) mantel_haenszel_exact(&s, ALTERNATIVE_TWO_SIDED, 0.95, &res);
	is_close(res.p_value, 0.04560823222136224, 1e-9, "four million cases (R, fisher.test)");
}

/* All tables with the margins of n, with their probabilities. */
typedef struct Listed
{
	int			count;
	double	   *p;
	double	   *n;
} Listed;

static void
fill_cell(Listed *l, int nrow, int ncol, int at, double *row, double *col, double *cell, double weight)
{
	int			i = at / ncol,
				j = at % ncol;

	if (at == nrow * ncol)
	{
		l->p = realloc(l->p, sizeof(double) * (size_t) (l->count + 1));
		l->n = realloc(l->n, sizeof(double) * (size_t) ((l->count + 1) * nrow * ncol));
		l->p[l->count] = weight;
		memcpy(l->n + (size_t) l->count++ * (size_t) (nrow * ncol), cell, sizeof(double) * (size_t) (nrow * ncol));
		return;
	}
	for (int v = 0; v <= row[i] && v <= col[j]; v++)
	{
		if ((j == ncol - 1 && v != row[i]) || (i == nrow - 1 && v != col[j]))
			continue;
		cell[at] = v;
		row[i] -= v;
		col[j] -= v;
		fill_cell(l, nrow, ncol, at + 1, row, col, cell, weight / tgamma(v + 1));
		row[i] += v;
		col[j] += v;
	}
}

static Listed
list_tables(const double *n, int nrow, int ncol)
{
	Listed		l = {0};
	double		row[8] = {0},
				col[8] = {0},
				cell[64],
				all = 0;

	for (int i = 0; i < nrow; i++)
		for (int j = 0; j < ncol; j++)
		{
			row[i] += n[i * ncol + j];
			col[j] += n[i * ncol + j];
		}
	fill_cell(&l, nrow, ncol, 0, row, col, cell, 1);
	for (int k = 0; k < l.count; k++)
		all += l.p[k];
	for (int k = 0; k < l.count; k++)
		l.p[k] /= all;
	return l;
}

/*
 * Over all tables with the margins of two strata the mean of Q is its degrees of freedom exactly, whatever scores and shape: the covariance
 * is right.  The Monte-Carlo p-value lies about the share of those tables that are at least as extreme.
 */
static void
permutation(gsl_rng *rng)
{
	static const int shape[][2] = {{2, 3}, {3, 2}, {3, 3}, {2, 2}, {4, 2}};
	int			checked = 0,
				wrong = 0,
				simulated = 0,
				outside = 0;

	for (int i = 0; i < 60; i++)
	{
		int			nrow = shape[i % 5][0],
					ncol = shape[i % 5][1],
					cells = nrow * ncol;
		double		n[32] = {0};
		StatStrata	s = {2, nrow, ncol, n, NULL, NULL};
		CmhStatistic which = (CmhStatistic) (i / 5 % CMH_STATISTICS);
		ScoreKind	scores = (ScoreKind) (i / 20 % SCORE_KINDS);
		CmhSimulation sim = {2000, (uint64_t) i};
		StatResult	res,
					mc;
		Listed		l[2];
		double		observed,
					mean = 0,
					df,
					p = 0;

		for (int c = 0; c < 2 * cells; c++)
			n[c] = (double) gsl_rng_uniform_int(rng, 3);
		/* in a third of them the strata do not share all rows */
		for (int c = 0; c < ncol && i % 3 == 0; c++)
			n[c] = n[2 * cells - 1 - c] = 0;
		if (cmh_test_strata(&s, which, scores, &asymptotic, &res) != STAT_OK)
			continue;
		observed = res.statistic;
		df = res.parameter;
		(void) cmh_test_strata(&s, which, scores, &sim, &mc);
		l[0] = list_tables(n, nrow, ncol);
		l[1] = list_tables(n + cells, nrow, ncol);
		for (int a = 0; a < l[0].count; a++)
			for (int b = 0; b < l[1].count; b++)
			{
				memcpy(n, l[0].n + (size_t) (a * cells), sizeof(double) * (size_t) cells);
				memcpy(n + cells, l[1].n + (size_t) (b * cells), sizeof(double) * (size_t) cells);
				(void) cmh_test_strata(&s, which, scores, &asymptotic, &res);
				mean += l[0].p[a] * l[1].p[b] * res.statistic;
				if (res.statistic >= observed * (1 - 1e-7))
					p += l[0].p[a] * l[1].p[b];
			}
		for (int k = 0; k < 2; k++)
		{
			free(l[k].p);
			free(l[k].n);
		}
		p = fmin(p, 1);			/* a sum of rounded probabilities */
		checked++;
		wrong += !(rel_err(mean, df) < 1e-9);
		simulated += mc.statistic == observed && mc.p_low <= mc.p_value && mc.p_value <= mc.p_high;
		outside += p < mc.p_low || p > mc.p_high;
	}
	ok(checked > 40 && wrong == 0, "the mean statistic over all tables is its degrees of freedom: %d pairs of strata, %d wrong", checked, wrong);
	/* 99 % intervals */
	ok(simulated == checked && outside <= 2, "Monte-Carlo intervals hold the exact p-value: %d of %d do not", outside, checked);
}

static void
degenerate(void)
{
	double		zero[12] = {0};
	double		one_row[] = {3, 4, 0, 0, 2, 5, 0, 0};
	double		singles[] = {1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0};
	double		never[] = {0, 4, 0, 5, 0, 3, 0, 2};
	double		perfect[] = {4, 0, 0, 5, 3, 0, 0, 2};
	double		third[] = {3, 2, 1, 4, 0, 0, 0, 0, 5, 6, 0, 0};
	double		fractional[] = {1.5, 2.25, 3, 0.5, 2.5, 1, 1, 4};
	double		large[] = {1e9, 1e9 + 5, 1e9 - 3, 1e9, 2e9, 1e9, 1e9, 5e8 + 1};
	const double *in[] = {zero, one_row, singles, never};
	StatResult	res;
	StatStrata	s = {2, 2, 2, NULL, NULL, NULL};
	CmhSimulation sim = {100, 1};

	for (int i = 0; i < 4; i++)
	{
		s.n = in[i];
		for (int which = 0; which < CMH_STATISTICS; which++)
			ok(cmh_test_strata(&s, which, SCORE_TABLE, &sim, &res) == STAT_UNDEFINED && isnan(res.p_value) && res.nnotes > 0, "nothing to test %d: %s",
			   i, cmh_names[which]);
		ok(mantel_haenszel_test(&s, true, ALTERNATIVE_TWO_SIDED, 0.95, &res) == STAT_UNDEFINED && res.nnotes > 0, "nothing to test %d: mh", i);
		ok(mantel_haenszel_exact(&s, ALTERNATIVE_LESS, 0.95, &res) == STAT_UNDEFINED && isnan(res.p_value) && res.nnotes > 0, "nothing to test %d: exact", i);
		ok(mh_risk_ratio(&s, 0, 0.95, &res) == STAT_UNDEFINED && res.nnotes > 0, "nothing to test %d: risk ratio", i);
		ok(mh_risk_difference(&s, 0, 0.95, &res) == STAT_UNDEFINED && res.nnotes > 0, "nothing to test %d: risk difference", i);
		ok(breslow_day_test(&s, true, &res) == STAT_UNDEFINED && res.nnotes > 0, "nothing to test %d: Breslow-Day", i);
		ok(woolf_test(&s, 0.95, &res) == STAT_UNDEFINED && res.nnotes > 0, "nothing to test %d: Woolf", i);
		ok(zelen_test(&s, &res) == STAT_UNDEFINED && res.nnotes > 0, "nothing to test %d: Zelen", i);
		ok(van_elteren_strata(&s, &sim, &res) == STAT_UNDEFINED && res.nnotes > 0, "nothing to test %d: van Elteren", i);
	}
	s.nstrata = 0;
	ok(cmh_test_strata(&s, CMH_GENERAL, SCORE_TABLE, &asymptotic, &res) == STAT_UNDEFINED && res.nnotes > 0, "no strata");
	s = (StatStrata) {2, 2, 2, perfect, NULL, NULL};
	ok(mantel_haenszel_test(&s, false, ALTERNATIVE_TWO_SIDED, 0.95, &res) == STAT_OK && isinf(res.estimate) && isnan(res.conf_low) && res.nnotes == 2,
	   "an infinite common odds ratio has a note and no interval");
	ok(mantel_haenszel_exact(&s, ALTERNATIVE_TWO_SIDED, 0.95, &res) == STAT_OK && isinf(res.estimate) && res.conf_low > 1 && isinf(res.conf_high) && res.nnotes == 1,
	   "the exact test gives its lower limit");
	ok(breslow_day_test(&s, true, &res) == STAT_UNDEFINED && res.nnotes == 1, "no Breslow-Day test of it");
	ok(mh_risk_difference(&s, 0, 0.95, &res) == STAT_OK && res.estimate == 1 && isnan(res.p_value) && res.nnotes == 1, "a difference of 1 has no variance");
	ok(mh_risk_ratio(&s, 0, 0.95, &res) == STAT_OK && isinf(res.estimate) && res.nnotes == 1, "an infinite risk ratio has a note");
	s.n = third;
	s.nstrata = 3;
	ok(mantel_haenszel_test(&s, false, ALTERNATIVE_TWO_SIDED, 0.95, &res) == STAT_OK && res.nnotes == 3 && res.n == 21, "an empty stratum and one with one row are noted");
	s.n = fractional;
	s.nstrata = 2;
	ok(mantel_haenszel_test(&s, false, ALTERNATIVE_TWO_SIDED, 0.95, &res) == STAT_OK && res.p_value > 0, "fractional weights");
	ok(mantel_haenszel_exact(&s, ALTERNATIVE_TWO_SIDED, 0.95, &res) == STAT_BAD_ARGUMENT, "but not in an exact test");
	ok(cmh_test_strata(&s, CMH_GENERAL, SCORE_TABLE, &sim, &res) == STAT_BAD_ARGUMENT, "nor in a simulated one");
	s.n = large;
	ok(mantel_haenszel_exact(&s, ALTERNATIVE_TWO_SIDED, 0.95, &res) == STAT_BUDGET, "strata too large to convolve are refused");
	ok(mantel_haenszel_test(&s, false, ALTERNATIVE_TWO_SIDED, 0.95, &res) == STAT_OK && isfinite(res.p_value), "but have an asymptotic test");
	s = (StatStrata) {2, 2, 3, third, NULL, NULL};
	ok(mantel_haenszel_test(&s, false, ALTERNATIVE_TWO_SIDED, 0.95, &res) == STAT_BAD_ARGUMENT, "only 2 x 2");
	/* (0.25 x 1)/(1e10 x 1e10): R, log(0.25) - 20 * log(10), its weight 1/(1/0.25 + 1 + 2e-10); the same twice */
	s = (StatStrata) {2, 2, 2, (double[]) {0.25, 1e10, 1e10, 1, 0.25, 1e10, 1e10, 1}, NULL, NULL};
	ok(woolf_test(&s, 0.95, &res) == STAT_OK && rel_err(log(res.estimate), -47.437996221000809) < 1e-12 && res.statistic < 1e-20, "a minute odds ratio");
	ok(mantel_haenszel_test(&s, false, ALTERNATIVE_TWO_SIDED, 0.95, &res) == STAT_OK && isfinite(res.conf_high) && res.conf_low > 0, "has an interval");
	/* scores that do not vary */
	s = (StatStrata) {2, 2, 2, perfect, (double[]) {7, 7}, NULL};
	ok(cmh_test_strata(&s, CMH_COR, SCORE_TABLE, &asymptotic, &res) == STAT_UNDEFINED && res.nnotes == 1, "scores that do not vary");
}

static int	polls;

static int
stop_at_third(void)
{
	return ++polls > 3;
}

/* Every method gives up when asked, and what it holds is released (the sanitizer would say so). */
static void
interrupts(void)
{
	double		n[36];
	StatStrata	s = {4, 3, 3, n, NULL, NULL};
	StatStrata	two = {4, 2, 2, n, NULL, NULL};
	CmhSimulation sim = {100000000, 1};
	StatResult	res;

	for (int i = 0; i < 36; i++)
		n[i] = 40 + i % 7;
	stat_hooks.interrupted = stop_at_third;
	polls = 0;
	ok(cmh_test_strata(&s, CMH_GENERAL, SCORE_TABLE, &asymptotic, &res) == STAT_INTERRUPTED, "the general test can be interrupted");
	polls = 0;
	ok(mantel_haenszel_exact(&two, ALTERNATIVE_TWO_SIDED, 0.95, &res) == STAT_INTERRUPTED, "the exact test can be interrupted");
	polls = 0;
	ok(zelen_test(&two, &res) == STAT_INTERRUPTED, "Zelen's test can be interrupted");
	polls = -160;
	ok(zelen_test(&two, &res) == STAT_INTERRUPTED, "later too");
	polls = -20;
	ok(mantel_haenszel_exact(&two, ALTERNATIVE_TWO_SIDED, 0.95, &res) == STAT_INTERRUPTED, "later too");
	polls = -30;
	ok(cmh_test_strata(&s, CMH_GENERAL, SCORE_TABLE, &sim, &res) == STAT_INTERRUPTED, "a simulation can be interrupted");
	stat_hooks.interrupted = NULL;
}

int
main(void)
{
	gsl_rng    *rng = gsl_rng_alloc(gsl_rng_mt19937);

	gsl_set_error_handler_off();
	gsl_rng_set(rng, 2017);
	reference_values();
	rank_scores();
	migraine();
	against_coin();
	exact_by_enumeration(rng);
	zelen_by_enumeration(rng);
	exact_far_out();
	permutation(rng);
	degenerate();
	interrupts();
	gsl_rng_free(rng);
	return done_testing();
}
