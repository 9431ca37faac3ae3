/*
 * two_proportions.c
 *		The variance of a difference of proportions under a hypothesis.
 */
#include "stats/two_proportions.h"

/* k/p and k/p^2 without 0/0 */
static inline long double
part(long double k, long double p)
{
	return k == 0 ? 0 : k / p;
}

/*
 * The log-likelihood is concave: the zero of its derivative by Newton's method, kept inside an interval that shrinks.  t = the smaller of p1
 * and p2 runs over [0, w], w = 1 - |delta|; all four probabilities are t, w - t or these plus |delta|, none a difference of close numbers.
 */
long double
two_proportions_variance(const TwoProportions *s, long double delta)
{
	long double size = fabsl(delta),
				w = 1 - size,
				low = 0,
				high = w,
				t;
	/* the sample with the smaller p, then the other */
	long double xs = delta >= 0 ? s->x2 : s->x1,
				ys = delta >= 0 ? s->y2 : s->y1,
				ns = delta >= 0 ? s->n2 : s->n1,
				xl = delta >= 0 ? s->x1 : s->x2,
				yl = delta >= 0 ? s->y1 : s->y2,
				nl = delta >= 0 ? s->n1 : s->n2;
	bool		done;

	/* the maximum may lie at an end where no pole of the derivative keeps it away */
	if (xs == 0 && (xl == 0 || size > 0) && part(xl, size) <= ys + part(yl, w))
		t = 0;
	else if (yl == 0 && (ys == 0 || size > 0) && part(ys, size) <= part(xs, w) + xl)
		t = w;
	else
	{
		t = (xs + xl - nl * size) / (ns + nl);
		if (!(t > 0 && t < w))
			t = w / 2;
	}
	done = t == 0 || t == w;
	for (int i = 0; i < 200 && !done; i++)
	{
		long double a = part(xs, t),
					b = part(ys, w - t + size),
					c = part(xl, t + size),
					d = part(yl, w - t);
		long double slope = a - b + c - d;
		long double curve = part(a, t) + part(b, w - t + size) + part(c, t + size) + part(d, w - t);
		long double next = t + slope / curve;

		if (slope > 0)
			low = t;
		else
			high = t;
		if (!(next > low && next < high))
			next = low + (high - low) / 2;
		/* the error squares from step to step */
		done = fabsl(next - t) <= 1e-10L * next;
		t = next;
	}
	return t * (w - t + size) / ns + (t + size) * (w - t) / nl;
}
