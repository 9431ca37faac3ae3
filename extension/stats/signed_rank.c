/*
 * signed_rank.c
 *		Wilcoxon's signed-rank test of a scale answered twice.
 *
 * F. Wilcoxon (1945), Biometrics Bulletin 1, 80-83; J. W. Pratt (1959), JASA 54, 655-667 (zeros); B. Streitberg, J. Roehmel (1986),
 * Statistical Software Newsletter 12, 10-17 (the permutation distribution with ties, by shifting: twice a midrank is a whole number);
 * D. S. Kerby (2014), Comprehensive Psychology 3:1 (the rank-biserial correlation of matched pairs).
 */
#include "stats/montecarlo.h"
#include "stats/signed_rank.h"

#include <gsl/gsl_cdf.h>
#include <stdio.h>
#include <string.h>

/* Where the exact distribution is computed without being asked for, and where it is refused. */
#define AUTOMATIC_STEPS 5e7
#define MAX_STEPS 4e9
#define MAX_VALUES 1.6e7
#define MAX_SIMULATED 16777216
#define MAX_DIFFER 16000		/* the number of sign patterns, 2^n, is a long double */

/* Twice the midrank of group m, whose predecessors hold below. */
static long double
doubled_rank(const PairedDifferences *d, int m, long double below)
{
	return 2 * below + d->up[m] + d->down[m] + 1;
}

typedef struct RankSums
{
	long double up;				/* twice the sum of the ranks of the positive differences */
	long double all;			/* twice that of all that are not 0 */
	long double z_numerator;	/* V - E(V) */
	long double variance;
	long double differ;			/* how many are not 0 */
} RankSums;

static RankSums
rank_sums(const PairedDifferences *d, bool pratt)
{
	RankSums	s = {0};
	long double below = pratt ? d->zero : 0;

	for (int m = 0; m < d->k; m++)
	{
		long double r2 = doubled_rank(d, m, below),
					n = (long double) d->up[m] + d->down[m];

		s.up += r2 * d->up[m];
		s.all += r2 * n;
		s.z_numerator += r2 / 4 * ((long double) d->up[m] - d->down[m]);
		s.variance += r2 * r2 / 16 * n;
		s.differ += n;
		below += n;
	}
	return s;
}

/*
 * Standard error of the rank-biserial correlation: the delta method for r = S/D, S = sum (p - q) rho and D = sum (p + q) rho, where p and
 * q are the shares of the differences up and down and rho the ridit of their size, a function of the shares too.
 */
static double
rank_biserial_error(const PairedDifferences *d, bool pratt)
{
	long double zero = pratt ? d->zero : 0,
				n = zero + d->total_up + d->total_down,
				below = zero,
				s = 0,
				dd = 0,
				net_above = 0,
				above = 0,
				r,
				sum = 0;

	for (int m = 0; m < d->k; m++)
	{
		long double f = (long double) d->up[m] + d->down[m],
					rho = (below + f / 2) / n;

		s += ((long double) d->up[m] - d->down[m]) / n * rho;
		dd += f / n * rho;
		below += f;
	}
	r = s / dd;
	for (int m = d->k - 1; m >= 0; m--)
	{
		long double p = d->up[m] / n,
					q = d->down[m] / n,
					rho,
					ds,
					ddd,
					up,
					down;

		below -= (long double) d->up[m] + d->down[m];
		rho = below / n + (p + q) / 2;
		ds = net_above + (p - q) / 2;
		ddd = rho + above + (p + q) / 2;
		up = (rho + ds - r * ddd) / dd;
		down = (-rho + ds - r * ddd) / dd;
		sum += p * up * up + q * down * down;
		net_above += p - q;
		above += p + q;
	}
	sum += zero / n * powl((net_above - r * above) / dd, 2);
	return (double) sqrtl(sum / n);
}

/* P(V' <= t/2), and without the last term P(V' < t/2), over all signs; t is at most half the sum of the doubled ranks. */
static StatStatus
lower_tail(const PairedDifferences *d, bool pratt, long double t, long double *upto, long double *below_t)
{
	size_t		last = (size_t) t,
				reach = 0;
	double		below = pratt ? d->zero : 0,
				n = 0;
	long double *f = stat_alloc(sizeof(long double) * (last + 1)),
				sum = 0;

	if (f == NULL)
		return STAT_NO_MEMORY;
	memset(f, 0, sizeof(long double) * (last + 1));
	f[0] = 1;
	for (int m = 0; m < d->k; m++)
	{
		double		size = d->up[m] + d->down[m];
		long double r2 = doubled_rank(d, m, below);

		/* a rank beyond t is never positive in this tail */
		for (double i = 0; i < size && r2 <= last; i++)
		{
			size_t		r = (size_t) r2;

			if (stat_interrupted())
			{
				stat_release(f);
				return STAT_INTERRUPTED;
			}
			reach = reach + r < last ? reach + r : last;
			for (size_t s = reach; s >= r; s--)
				f[s] += f[s - r];
		}
		below += size;
		n += size;
	}
	for (size_t s = 0; s < last; s++)
		sum += f[s];
	*below_t = ldexpl(sum, -(int) n);
	*upto = ldexpl(sum + f[last], -(int) n);
	stat_release(f);
	return STAT_OK;
}

static StatStatus
exact_p(const PairedDifferences *d, const SignedRankOptions *o, const RankSums *s, double *p)
{
	bool		upper = 2 * s->up > s->all;
	long double upto = 1,
				below = 1;
	StatStatus	status = lower_tail(d, o->pratt, upper ? s->all - s->up : s->up, &upto, &below);

	/* the distribution is symmetric: this tail is the upper one when V is above its mean */
	if (o->alternative == ALTERNATIVE_TWO_SIDED)
		*p = (double) fminl(2 * upto, 1);
	else
		*p = (double) ((o->alternative == ALTERNATIVE_GREATER) == upper ? upto : 1 - below);
	return status;
}

/* Heads of n coins, 64 a draw. */
static double
heads(Random *rng, int64_t n)
{
	int64_t		sum = 0;

	for (; n >= 64; n -= 64)
		sum += __builtin_popcountll(random_bits(rng));
	if (n > 0)
		sum += __builtin_popcountll(random_bits(rng) >> (64 - n));
	return (double) sum;
}

/* Random signs: in each group of ties the number of positive differences is binomial. */
static StatStatus
permuted_p(const PairedDifferences *d, const SignedRankOptions *o, const RankSums *s, StatResult *res)
{
	Random		rng = {0};
	long double observed = 2 * s->up - s->all;
	int64_t		hits = 0;

	for (int64_t b = 0; b < o->replicates; b++)
	{
		long double below = o->pratt ? d->zero : 0,
					v = -s->all;

		if (b % MC_BLOCK == 0)
			random_seed(&rng, o->seed, (uint64_t) (b / MC_BLOCK));
		if (stat_interrupted())
			return STAT_INTERRUPTED;
		for (int m = 0; m < d->k; m++)
		{
			double		size = d->up[m] + d->down[m];

			v += 2 * doubled_rank(d, m, below) * heads(&rng, (int64_t) size);
			below += size;
		}
		hits += o->alternative == ALTERNATIVE_LESS ? v <= observed : o->alternative == ALTERNATIVE_GREATER ? v >= observed : fabsl(v) >= fabsl(observed);
	}
	return montecarlo_result(hits, o->replicates, o->seed, res);
}

static double
normal_p(const RankSums *s, const SignedRankOptions *o)
{
	long double shift = !o->correct ? 0 : o->alternative == ALTERNATIVE_LESS ? -0.5L : o->alternative == ALTERNATIVE_GREATER ? 0.5L :
		copysignl(fminl(0.5L, fabsl(s->z_numerator)), s->z_numerator);
	double		z = (double) ((s->z_numerator - shift) / sqrtl(s->variance));

	return alternative_normal_p(z, o->alternative);
}

static StatStatus
with_differences(const PairedDifferences *d, const SignedRankOptions *o, StatResult *res)
{
	RankSums	s = rank_sums(d, o->pratt);
	double		values = (double) fminl(s.up, s.all - s.up) + 1,
				steps = values * (double) s.differ;
	bool		exact = o->replicates == 0 && paired_exact(o->exact, d->integral && steps <= AUTOMATIC_STEPS && s.differ < MAX_DIFFER);
	double		z;

	stat_result_init(res, "");
	snprintf(res->method, sizeof(res->method), "%s signed-rank test%s%s", o->pratt ? "Wilcoxon-Pratt" : "Wilcoxon",
			 o->replicates > 0 ? ", Monte Carlo" : exact ? ", exact" : ", normal approximation",
			 !exact && o->replicates == 0 && o->correct ? " with continuity correction" : "");
	if ((exact || o->replicates > 0) && !d->integral)
		return STAT_BAD_ARGUMENT;
	if (!paired_describe(d, o->alternative, res))
		return STAT_UNDEFINED;
	if ((exact && (values > MAX_VALUES || steps > MAX_STEPS || s.differ >= MAX_DIFFER)) || (o->replicates > 0 && res->n > MAX_SIMULATED))
		return STAT_BUDGET;
	res->statistic = (double) (s.up / 2);
	res->parameter = (double) s.differ;
	res->parameter2 = (double) (s.z_numerator / sqrtl(s.variance));
	res->estimate = (double) (4 * s.z_numerator / s.all);
	res->std_error = rank_biserial_error(d, o->pratt);
	if (d->total_up > 0 && d->total_down > 0)
	{
		z = gsl_cdf_ugaussian_Qinv((1 - o->level) / 2);
		res->conf_level = o->level;
		res->conf_low = fmax(res->estimate - z * res->std_error, -1);
		res->conf_high = fmin(res->estimate + z * res->std_error, 1);
	}
	else
	{
		res->std_error = STAT_NA;
		stat_note(res, "all who changed went the same way: the estimate has no standard error");
	}
	if (o->replicates > 0)
		return permuted_p(d, o, &s, res);
	if (exact)
		return exact_p(d, o, &s, &res->p_value);
	res->p_value = normal_p(&s, o);
	return isfinite(res->p_value) ? STAT_OK : STAT_NUMERIC;
}

StatStatus
signed_rank_test(const StatTable *tab, const SignedRankOptions *o, StatResult *res)
{
	PairedDifferences d;
	StatStatus	status;

	stat_result_init(res, "Wilcoxon signed-rank test");
	status = paired_differences(tab, &d);
	if (status != STAT_OK)
		return status;
	status = with_differences(&d, o, res);
	stat_release(d.block);
	return status;
}
