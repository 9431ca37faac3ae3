/*
 * test_multinomial_ci.c
 *		Simultaneous intervals: MultinomCI of the R package DescTools (sisonglaz, goodman, qh), and coverage by enumeration.
 */
#include <gsl/gsl_errno.h>
#include <gsl/gsl_randist.h>

#include "stats/multinomial_ci.h"
#include "tap.h"

static void
check(const char *name, const double *n, int k, MultinomialMethod method, double level, const double (*want)[2])
{
	double		low[8],
				high[8],
				worst = 0;
	StatStatus	status = multinomial_ci(n, k, method, level, low, high);

	for (int i = 0; i < k && status == STAT_OK; i++)
		/* printed with 12 digits; the series of Sison and Glaz loses some in differences of probabilities, there more than here */
		worst = fmax(worst, fmax(fabs(low[i] - want[i][0]), fabs(high[i] - want[i][1])));
	ok(status == STAT_OK && worst < 1e-9, "%s, %s: worst difference %.2g", multinomial_names[method], name, worst);
}

/* The probability that all shares of a 3-category multinomial are covered. */
static double
coverage(MultinomialMethod method, int n, const double *p)
{
	double		covered = 0;

	for (unsigned a = 0; a <= (unsigned) n; a++)
		for (unsigned b = 0; a + b <= (unsigned) n; b++)
		{
			unsigned	count[3] = {a, b, (unsigned) n - a - b};
			double		x[3] = {a, b, n - (double) a - b},
						low[3],
						high[3];
			bool		in = multinomial_ci(x, 3, method, 0.95, low, high) == STAT_OK;

			for (int i = 0; i < 3; i++)
				in = in && low[i] <= p[i] && p[i] <= high[i];
			covered += in ? gsl_ran_multinomial_pdf(3, p, count) : 0;
		}
	return covered;
}

int
main(void)
{
	static const double a[] = {56, 72, 73, 59, 62, 87, 58},
				b[] = {12, 0, 3, 45};
	double		low[8],
				high[8];

	gsl_set_error_handler_off();
	check("seven categories", a, 7, MULTINOMIAL_GOODMAN, 0.95, (const double[][2]) {{0.0851672391387, 0.166261408130}, {0.1145329189049, 0.204372582695},
		{0.1163952892237, 0.206727515772}, {0.0906056708912, 0.173474886565}, {0.0960773800482, 0.180655087595}, {0.1427491091631, 0.239415943372},
		{0.0887890581298, 0.171074195931}});
	check("seven categories", a, 7, MULTINOMIAL_QUESENBERRY_HURST, 0.95, (const double[][2]) {{0.0763174885267, 0.183469360446}, {0.1040418880914, 0.222468399847},
		{0.1058091155257, 0.224871387348}, {0.0814297320628, 0.190867761716}, {0.0865842681279, 0.198223870457}, {0.1309095155623, 0.258153996406},
		{0.0797208219524, 0.188406456891}});
	check("seven categories", a, 7, MULTINOMIAL_SISON_GLAZ, 0.95, (const double[][2]) {{0.0792291220557, 0.164355734040}, {0.1134903640257, 0.198616976010},
		{0.1156316916488, 0.200758303633}, {0.0856531049251, 0.170779716910}, {0.0920770877944, 0.177203699779}, {0.1456102783726, 0.230736890357},
		{0.0835117773019, 0.168638389286}});
	check("an empty category", b, 4, MULTINOMIAL_GOODMAN, 0.95, (const double[][2]) {{0.1022882281649, 0.354221471449}, {0, 0.094182832689},
		{0.0131993108711, 0.171565238549}, {0.5914962186993, 0.861412364956}});
	check("an empty category", b, 4, MULTINOMIAL_QUESENBERRY_HURST, 0.95, (const double[][2]) {{0.0944531963148, 0.374688668394}, {0, 0.115236441181},
		{0.0115080890578, 0.192204708005}, {0.5714017126674, 0.870980066742}});
	check("an empty category", b, 4, MULTINOMIAL_SISON_GLAZ, 0.95, (const double[][2]) {{0.10, 0.304962901186}, {0, 0.104962901186}, {0, 0.154962901186}, {0.65, 0.854962901186}});
	check("the survey's 187, 90 %", (const double[]) {1, 2, 3, 141, 40}, 5, MULTINOMIAL_GOODMAN, 0.9, (const double[][2]) {{0.000735532602082, 0.0377854458071},
		{0.002389413893859, 0.0465259323163}, {0.004569428993618, 0.0547402850176}, {0.674285750774630, 0.8194467197720}, {0.152710409869224, 0.2911909127783}});
	check("the survey's 187, 90 %", (const double[]) {1, 2, 3, 141, 40}, 5, MULTINOMIAL_SISON_GLAZ, 0.9, (const double[][2]) {{0, 0.0612696799026}, {0, 0.0666172734855},
		{0, 0.0719648670684}, {0.705882352941, 0.8099327815069}, {0.165775401070, 0.2698258296352}});
	/* Clopper-Pearson with Bonferroni's inequality never covers less than its level; the others about it */
	ok(coverage(MULTINOMIAL_CLOPPER_PEARSON, 30, (const double[]) {0.2, 0.3, 0.5}) >= 0.95 &&
	   coverage(MULTINOMIAL_CLOPPER_PEARSON, 25, (const double[]) {0.05, 0.15, 0.8}) >= 0.95, "clopper_pearson covers 95 %% or more");
	for (int m = 0; m < MULTINOMIAL_METHODS; m++)
	{
		double		c = coverage((MultinomialMethod) m, 50, (const double[]) {0.2, 0.3, 0.5});

		ok(c > 0.93, "%s covers %.4f of samples of 50", multinomial_names[m], c);
	}
	for (int m = 0; m < MULTINOMIAL_METHODS; m++)
	{
		ok(multinomial_ci((const double[]) {0, 0}, 2, m, 0.95, low, high) == STAT_UNDEFINED, "%s: no counts", multinomial_names[m]);
		ok(multinomial_ci((const double[]) {1, 0}, 2, m, 0.95, low, high) == STAT_OK && low[1] == 0 && high[0] == 1 && low[0] <= 1 && high[1] >= 0, "%s: one case", multinomial_names[m]);
		ok(multinomial_ci((const double[]) {7}, 1, m, 0.95, low, high) == STAT_OK && low[0] >= 0 && high[0] == 1, "%s: one category", multinomial_names[m]);
		ok(multinomial_ci((const double[]) {1, -1}, 2, m, 0.95, low, high) == STAT_BAD_ARGUMENT, "%s: a negative count", multinomial_names[m]);
		ok(multinomial_ci((const double[]) {1.5, 2}, 2, m, 0.95, low, high) == (m == MULTINOMIAL_SISON_GLAZ ? STAT_BAD_ARGUMENT : STAT_OK), "%s: fractional counts", multinomial_names[m]);
	}
	return done_testing();
}
