/*
 * friedman.c
 *		Friedman's test, Kendall's W, and comparisons of two items.
 *
 * M. Friedman (1937), JASA 32, 675-701; M. G. Kendall, B. Babington Smith (1939), Annals of Mathematical Statistics 10, 275-287; W. J.
 * Conover (1999), Practical Nonparametric Statistics, 3rd ed., section 5.8 (ties, comparisons); P. B. Nemenyi (1963), Distribution-free
 * multiple comparisons, and J. Demsar (2006), Journal of Machine Learning Research 7, 1-30.
 */
#include "stats/friedman.h"
#include "stats/studentized_range.h"

#include <gsl/gsl_cdf.h>
#include <stdio.h>
#include <stdlib.h>

static int
by_value(const void *a, const void *b)
{
	double		x = ((const FriedmanRating *) a)->value,
				y = ((const FriedmanRating *) b)->value;

	return (x > y) - (x < y);
}

int64_t
friedman_rank(FriedmanRating *rating, int k, int64_t *rank2)
{
	int64_t		ties = 0;

	qsort(rating, (size_t) k, sizeof(FriedmanRating), by_value);
	for (int i = 0, j; i < k; i = j)
	{
		int64_t		t;

		for (j = i + 1; j < k && rating[j].value == rating[i].value;)
			j++;
		t = j - i;
		ties += t * t * t - t;
		/* positions i + 1 to j share their mean */
		for (int m = i; m < j; m++)
			rank2[rating[m].item] += i + 1 + j;
	}
	return ties;
}

/* The squares of the doubled rank sums about their mean n (k + 1), and the denominator of the statistic; false with nothing to test. */
static bool
sums(const FriedmanSums *s, long double *squares, long double *denominator, StatResult *res)
{
	res->n = (double) s->n;
	if (s->k < 2 || s->n == 0)
	{
		stat_note(res, s->k < 2 ? "fewer than two items: there is nothing to test" : "no respondents: there is nothing to test");
		return false;
	}
	*squares = 0;
	for (int j = 0; j < s->k; j++)
	{
		long double d = (long double) s->rank2[j] - (long double) s->n * (s->k + 1);

		*squares += d * d;
	}
	*denominator = (long double) s->n * s->k * (s->k + 1) - (long double) s->ties / (s->k - 1);
	/* the denominator times k - 1 is a whole number */
	if (*denominator * (s->k - 1) < 0.5L)
	{
		stat_note(res, "every respondent rates all items alike: there is nothing to test");
		return false;
	}
	return true;
}

StatStatus
friedman_test(const FriedmanSums *s, StatResult *res)
{
	long double squares,
				denominator;

	stat_result_init(res, s->ties > 0 ? "Friedman rank sum test, corrected for ties; estimate = Kendall's W" :
					 "Friedman rank sum test; estimate = Kendall's W");
	snprintf(res->alternative, sizeof(res->alternative), "two.sided");
	if (!sums(s, &squares, &denominator, res))
		return STAT_UNDEFINED;
	res->statistic = (double) (3 * squares / denominator);
	res->parameter = s->k - 1;
	res->p_value = gsl_cdf_chisq_Q(res->statistic, res->parameter);
	res->estimate = fmin((double) (3 * squares / denominator / s->n / (s->k - 1)), 1);
	return isfinite(res->p_value) ? STAT_OK : STAT_NUMERIC;
}

StatStatus
friedman_compare(const FriedmanSums *s, int a, int b, bool nemenyi, StatResult *res)
{
	long double squares,
				denominator,
				n = s->n,
				k = s->k,
				d,
				residual;

	stat_result_init(res, nemenyi ? "Nemenyi's comparison of mean ranks" : "Conover's comparison of mean ranks");
	if (a < 0 || b < 0 || a >= s->k || b >= s->k || a == b)
		return STAT_BAD_ARGUMENT;
	snprintf(res->alternative, sizeof(res->alternative), "two.sided");
	if (!sums(s, &squares, &denominator, res))
		return STAT_UNDEFINED;
	d = ((long double) s->rank2[a] - s->rank2[b]) / 2;
	res->estimate = (double) (d / n);
	if (nemenyi)
	{
		res->std_error = (double) sqrtl(k * (k + 1) / (6 * n));
		res->statistic = (double) (fabsl(d / n) / sqrtl(k * (k + 1) / (12 * n)));
		res->parameter = s->k;
		res->p_value = normal_range_upper(res->statistic, s->k);
		return STAT_OK;
	}
	/* n A - sum R^2, with A the sum of the squared ranks: n^2 times the rest of the two-way table, here 4 times it, from deviations */
	residual = n * denominator * (k - 1) / 3 - squares;
	if (s->n < 2)
	{
		stat_note(res, "one respondent: nothing to compare with");
		return STAT_UNDEFINED;
	}
	if (residual < 0.5L)
	{
		stat_note(res, "all respondents rank the items alike: the ranks have no variance left and t is infinite");
		res->statistic = d == 0 ? STAT_NA : d > 0 ? INFINITY : -INFINITY;
		res->p_value = d == 0 ? STAT_NA : 0;
		return d == 0 ? STAT_UNDEFINED : STAT_OK;
	}
	res->parameter = (double) ((n - 1) * (k - 1));
	/* of the difference of the rank sums: sqrt(2 (n A - sum R^2)/((n - 1)(k - 1))) */
	res->std_error = (double) (sqrtl(residual / 2 / ((n - 1) * (k - 1))) / n);
	res->statistic = (double) (d / n / res->std_error);
	res->p_value = 2 * gsl_cdf_tdist_Q(fabs(res->statistic), res->parameter);
	return isfinite(res->p_value) ? STAT_OK : STAT_NUMERIC;
}
