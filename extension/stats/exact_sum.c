/*
 * exact_sum.c
 *		Conversion between doubles and the fixed-point sums of exact_sum.h.
 */
#include "stats/exact_sum.h"

/* x on the grid, rounded half to even by the FPU's own scaling; false for negative, infinite, NaN or x >= 2^127. */
bool
exact_sum_from_double(ExactSum *s, double x)
{
	int			exponent;
	int			shift;
	uint64_t	m;

	s->limb[0] = s->limb[1] = s->limb[2] = s->limb[3] = 0;
	if (x == 0)
		return true;
	if (!(x > 0) || !(x < 0x1p127))
		return false;
	m = (uint64_t) ldexp(frexp(x, &exponent), 53);
	shift = exponent - 53 + EXACT_SUM_FRACTION_BITS;
	if (shift < 0)
	{
		/* bits below the grid: scaling by a power of two is exact, rint() rounds */
		m = (uint64_t) rint(ldexp(x, EXACT_SUM_FRACTION_BITS));
		shift = 0;
	}
	s->limb[shift / 64] = m << (shift % 64);
	if (shift % 64 > 11)
		s->limb[shift / 64 + 1] = m >> (64 - shift % 64);
	return true;
}

/* The nearest double, ties to even. */
double
exact_sum_to_double(const ExactSum *s)
{
	int			top = 3;
	int			lz;
	uint64_t	hi,
				lo;
	bool		sticky = false;

	while (top >= 0 && s->limb[top] == 0)
		top--;
	if (top < 0)
		return 0;
	lz = __builtin_clzll(s->limb[top]);
	lo = top > 0 ? s->limb[top - 1] : 0;
	hi = lz ? (s->limb[top] << lz) | (lo >> (64 - lz)) : s->limb[top];
	if (lz ? (lo << lz) != 0 : lo != 0)
		sticky = true;
	for (int i = 0; i < top - 1; i++)
		sticky |= s->limb[i] != 0;

	/* 64 leading bits in hi: round to 53 by hand, with everything below as the sticky bit */
	{
		uint64_t	keep = hi >> 11;
		uint64_t	rest = hi & 0x7FF;

		if (rest > 0x400 || (rest == 0x400 && (sticky || (keep & 1))))
			keep++;
		return ldexp((double) keep, 64 * top - lz + 11 - EXACT_SUM_FRACTION_BITS);
	}
}

/* a - b; false (and a unchanged) when b is larger. */
bool
exact_sum_subtract(ExactSum *a, const ExactSum *b)
{
	ExactSum	r;
	unsigned char borrow = 0;

	for (int i = 0; i < 4; i++)
	{
		uint64_t	t = a->limb[i] - b->limb[i];
		unsigned char c = a->limb[i] < b->limb[i];

		r.limb[i] = t - borrow;
		borrow = c | (t < borrow);
	}
	if (borrow)
		return false;
	*a = r;
	return true;
}
