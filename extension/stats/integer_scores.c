/*
 * integer_scores.c
 *		Scores as whole numbers, so that sums of them can be compared exactly.
 */
#include "stats/permutation.h"

static bool
all_whole(const double *score, int k, double low, double scale, double limit)
{
	for (int j = 0; j < k; j++)
	{
		double		x = (score[j] - low) * scale;

		if (x > limit || fabs(x - nearbyint(x)) > 1e-10 * fmax(1, x))
			return false;
	}
	return true;
}

static int64_t
gcd(int64_t a, int64_t b)
{
	while (b)
	{
		int64_t		r = a % b;

		a = b;
		b = r;
	}
	return a;
}

bool
integer_scores(const double *score, int k, double n, double limit, int64_t *out)
{
	double		low = INFINITY,
				high = -INFINITY,
				scale = 0;
	bool		exact;
	int64_t		common = 0;

	for (int j = 0; j < k; j++)
	{
		low = fmin(low, score[j]);
		high = fmax(high, score[j]);
	}
	for (int s = 1; s <= 1000 && scale == 0; s++)
		if (all_whole(score, k, low, s, limit))
			scale = s;
	/* ridits and modified ridits count in 2 n and 2 (n + 1) */
	for (int s = 0; s < 2 && scale == 0; s++)
		if (all_whole(score, k, low, 2 * (n + s), limit))
			scale = 2 * (n + s);
	exact = scale > 0;
	if (!exact)
		scale = limit / (high - low);
	for (int j = 0; j < k; j++)
	{
		out[j] = (int64_t) nearbyint((score[j] - low) * scale);
		common = gcd(out[j], common);
	}
	if (exact && common > 1)
		for (int j = 0; j < k; j++)
			out[j] /= common;
	return exact;
}
