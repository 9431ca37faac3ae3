/*
 * risk_difference_exact.c
 *		Exact unconditional confidence limits of the difference of two proportions.
 *
 * I. S. F. Chan, Z. Zhang (1999), Test-based exact confidence intervals for the difference of two binomial proportions, Biometrics 55,
 * 1202-1209: a limit inverts a one-sided test of p1 - p2 = delta that orders the tables by the score statistic and takes the supremum of
 * the tail over the nuisance parameter.  T. J. Santner, M. K. Snell (1980), JASA 75, 386-394: the same, ordered by the difference.
 *
 * For a fixed delta both statistics rise with x1 and fall with x2, so that the tables as extreme as the observed one lie below a staircase:
 * for each x1 those with x2 up to last[x1].
 */
#include "stats/risk_difference_exact.h"

#include <string.h>

/* Statistics that differ by less than this, relatively, are ties. */
#define TIE 1e-9
/* Tails are cut off where they hold less than 1e-16: at so many standard deviations of a binomial and a few successes more. */
#define CUT 9
/* The tail is looked at so many times in a standard deviation, by the nuisance parameter; it can turn no faster. */
#define LOOKS 5
/* Maxima between two looks are at most this part higher than the looks. */
#define BETWEEN 1.02
/* The supremum where tables leave the region falls to a half at most, in all tables looked at: below this part of alpha it is not the limit. */
#define BEYOND 0.25
/* Steps in delta, to see where the region changes: a part of a standard error, and never longer than this. */
#define STEPS_PER_ERROR 200
#define LONGEST_STEP 0.0005
/* Halvings of a step around a change; of more cases than these the changes are too many, and too small, to matter. */
#define HALVINGS 6
#define FEW_CASES 300
#define PRECISION 1e-12

typedef struct Search
{
	int			n1;
	int			n2;
	int			x1;				/* observed */
	int			x2;
	bool		score;			/* order by the score statistic */
	double		delta;			/* the hypothesis */
	int		   *last;			/* n1 + 1; -1: none */
	int		   *stretch;		/* n1 + 1: last[] as it has been */
	double	   *pmf;			/* n1 + 1 */
	double	   *cdf;			/* n2 + 1 */
	double		best;			/* place of the last maximum, as an angle */
	StatStatus	status;
} Search;

static double
statistic(const Search *s, int x1, int x2)
{
	double		d = (double) x1 / s->n1 - (double) x2 / s->n2;
	TwoProportions t;

	if (!s->score)
		return d;
	d -= s->delta;
	if (fabs(d) < 1e-14)
		return 0;
	t = (TwoProportions) {x1, s->n1 - x1, s->n1, x2, s->n2 - x2, s->n2, 0};
	return d / sqrt((double) two_proportions_variance(&t, s->delta));
}

/* The staircase of the tables at least as extreme as the observed one. */
static void
find_region(Search *s, double delta)
{
	double		observed,
				least;
	int			x2 = -1;

	s->delta = delta;
	observed = statistic(s, s->x1, s->x2);
	least = isinf(observed) ? observed : observed - TIE * fmax(fabs(observed), 1);
	for (int x1 = 0; x1 <= s->n1; x1++)
	{
		while (x2 < s->n2 && statistic(s, x1, x2 + 1) >= least)
			x2++;
		s->last[x1] = x2;
	}
}

/* Probabilities of x = low..high of Bin(n, p), in p[x]; outside lies next to nothing. */
static void
binomial(int n, double p, double *pmf, int *low, int *high)
{
	double		reach = CUT * sqrt(n * p * (1 - p)) + 2 * CUT;
	double		odds = p / (1 - p);
	int			mode = (int) fmin(n, floor((n + 1) * p));

	*low = (int) fmax(0, floor(n * p - reach));
	*high = (int) fmin(n, ceil(n * p + reach));
	if (p <= 0 || p >= 1)
	{
		*low = *high = p <= 0 ? 0 : n;
		pmf[*low] = 1;
		return;
	}
	pmf[mode] = exp(lgamma(n + 1.0) - lgamma(mode + 1.0) - lgamma(n - mode + 1.0) + mode * log(p) + (n - mode) * log1p(-p));
	for (int x = mode; x < *high; x++)
		pmf[x + 1] = pmf[x] * ((double) (n - x) / (x + 1)) * odds;
	for (int x = mode; x > *low; x--)
		pmf[x - 1] = pmf[x] * ((double) x / (n - x + 1)) / odds;
}

/* The probability of the region where p2 = lowest + w sin^2(angle), p1 = p2 + delta. */
static double
region_probability(Search *s, double angle)
{
	double		w = 1 - fabs(s->delta);
	double		t = w * sin(angle) * sin(angle);
	double		p2 = s->delta < 0 ? t - s->delta : t,
				p1 = s->delta < 0 ? t : t + s->delta;
	int			low1,
				high1,
				low2,
				high2;
	double		sum = 0;

	binomial(s->n1, fmin(p1, 1), s->pmf, &low1, &high1);
	binomial(s->n2, fmin(p2, 1), s->cdf, &low2, &high2);
	for (int x = low2 + 1; x <= high2; x++)
		s->cdf[x] += s->cdf[x - 1];
	for (int x = low1; x <= high1; x++)
		if (s->last[x] >= low2)
			sum += s->pmf[x] * s->cdf[s->last[x] < high2 ? s->last[x] : high2];
	return sum;
}

/* The greatest probability between two angles around a look that is higher than its neighbours. */
static double
highest_between(Search *s, double low, double high)
{
	const double golden = 0.3819660112501051;
	double		a = low + golden * (high - low),
				b = high - golden * (high - low);
	double		at_a = region_probability(s, a),
				at_b = region_probability(s, b);

	for (int i = 0; i < 40; i++)
		if (at_a > at_b)
		{
			high = b;
			b = a;
			at_b = at_a;
			a = low + golden * (high - low);
			at_a = region_probability(s, a);
		}
		else
		{
			low = a;
			a = b;
			at_a = at_b;
			b = high - golden * (high - low);
			at_b = region_probability(s, b);
		}
	s->best = a;
	return fmax(at_a, at_b);
}

/* Whether the supremum of the region over the nuisance parameter is above alpha.  As an angle, a standard deviation is 1/(2 sqrt(w n)) or more. */
static bool
region_exceeds(Search *s, double alpha)
{
	int			looks;
	double		step,
				before = 0,
				here = 0;

	/* where the last maximum was, the next one is likely */
	if (region_probability(s, s->best) > alpha)
		return true;
	looks = 8 + (int) (LOOKS * M_PI * sqrt((1 - fabs(s->delta)) * ((double) s->n1 + s->n2)));
	step = M_PI / 2 / looks;
	for (int i = 0; i <= looks + 1; i++)
	{
		double		next = i <= looks ? region_probability(s, i * step) : 0;

		if (stat_interrupted())
		{
			s->status = STAT_INTERRUPTED;
			return false;
		}
		if (next > alpha)
		{
			s->best = i * step;
			return true;
		}
		if (here >= before && here >= next && here * BETWEEN > alpha &&
			highest_between(s, fmax(i - 2, 0) * step, fmin(i, looks) * step) > alpha)
			return true;
		before = here;
		here = next;
	}
	return false;
}

static bool
exceeds(Search *s, double delta, double alpha)
{
	find_region(s, delta);
	return region_exceeds(s, alpha);
}

static void
keep_region(Search *s)
{
	memcpy(s->stretch, s->last, sizeof(int) * ((size_t) s->n1 + 1));
}

/* Whether the region at delta is the one kept. */
static bool
same_region(Search *s, double delta)
{
	find_region(s, delta);
	return memcmp(s->stretch, s->last, sizeof(int) * ((size_t) s->n1 + 1)) == 0;
}

/*
 * Where the supremum first exceeds alpha between low, which is taken not to, and high.  While the region stays the same the supremum rises with
 * delta: only the ends of such stretches are looked at.  *low ends below what is sought, the result above it.
 */
static double
first_above(Search *s, double *low, double high, double step, double alpha)
{
	double		end = *low;		/* of the stretch, as far as it is known */
	int			halvings = s->n1 + s->n2 <= FEW_CASES ? HALVINGS : 0;

	find_region(s, end);
	keep_region(s);
	while (end < high && s->status == STAT_OK)
	{
		double		next = fmin(end + step, high),
					beyond = next;

		if (stat_interrupted())
			s->status = STAT_INTERRUPTED;
		if (same_region(s, next))
		{
			end = next;
			continue;
		}
		for (int i = 0; i < halvings; i++)
		{
			double		mid = end + (beyond - end) / 2;

			if (same_region(s, mid))
				end = mid;
			else
				beyond = mid;
		}
		if (exceeds(s, end, alpha))
			return end;
		*low = end;
		find_region(s, next);
		keep_region(s);
		end = next;
	}
	return high;
}

/* The infimum of the differences that a test at alpha does not reject for being too low. */
static double
lower_limit(Search *s, double alpha)
{
	double		difference = (double) s->x1 / s->n1 - (double) s->x2 / s->n2;
	double		step = fmin(LONGEST_STEP, sqrt(0.25 / s->n1 + 0.25 / s->n2) / STEPS_PER_ERROR);
	double		low = -1,
				high = difference;

	s->best = M_PI / 4;
	/* the least difference there can be, which only -1 itself gives */
	if (s->x1 == 0 && s->x2 == s->n2)
		return -1;
	while (high - low > step && s->status == STAT_OK)
	{
		double		mid = low + (high - low) / 2;

		if (exceeds(s, mid, BEYOND * alpha))
			high = mid;
		else
			low = mid;
	}
	high = first_above(s, &low, difference, step, alpha);
	while (high - low > PRECISION && s->status == STAT_OK)
	{
		double		mid = low + (high - low) / 2;

		if (exceeds(s, mid, alpha))
			high = mid;
		else
			low = mid;
	}
	return low;
}

StatStatus
risk_difference_exact(const TwoProportions *t, bool score, double level, double *low, double *high)
{
	Search		s = {.score = score,.status = STAT_OK};
	double	   *room;

	if (!stat_is_whole((double) t->x1) || !stat_is_whole((double) t->n1) || !stat_is_whole((double) t->x2) || !stat_is_whole((double) t->n2))
		return STAT_BAD_ARGUMENT;
	if (t->n1 + t->n2 > RISK_DIFF_EXACT_MAX_N)
		return STAT_BUDGET;
	s.n1 = (int) t->n1;
	s.n2 = (int) t->n2;
	/* either sample is the first one once */
	room = stat_alloc((2 * sizeof(double) + 2 * sizeof(int)) * (size_t) (s.n1 + s.n2 + 2));
	if (room == NULL)
		return STAT_NO_MEMORY;
	s.pmf = room;
	s.cdf = room + (s.n1 + s.n2 + 2);
	s.last = (int *) (s.cdf + (s.n1 + s.n2 + 2));
	s.stretch = s.last + (s.n1 + s.n2 + 2);
	s.x1 = (int) t->x1;
	s.x2 = (int) t->x2;
	*low = lower_limit(&s, (1 - level) / 2);
	s = (Search) {s.n2, s.n1, s.x2, s.x1, score, 0, s.last, s.stretch, s.pmf, s.cdf, 0, s.status};
	if (s.status == STAT_OK)
		*high = -lower_limit(&s, (1 - level) / 2);
	stat_release(room);
	return s.status;
}
