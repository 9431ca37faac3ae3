/*
 * exact_sum.h
 *		Sums of non-negative doubles that do not depend on the order of adding.
 *
 * The sum is a 256-bit fixed-point number with 128 fraction bits: every double is first brought to that grid (an error of at most
 * 2^-129 a term, the same wherever the term stands), and from then on the arithmetic is that of integers.  So a parallel plan, a
 * roll-up of stored tables and a plain scan give the same bits.  The idea of a fixed-point superaccumulator is Kulisch's; see
 * R. M. Neal (2015), Fast exact summation using small and large superaccumulators, arXiv:1505.05571.
 */
#ifndef CSIRTSURVEY_EXACT_SUM_H
#define CSIRTSURVEY_EXACT_SUM_H

#include <math.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct ExactSum
{
	uint64_t	limb[4];		/* little-endian; the value is the integer divided by 2^128 */
} ExactSum;

#define EXACT_SUM_FRACTION_BITS 128

static inline bool
exact_sum_is_zero(const ExactSum *s)
{
	return (s->limb[0] | s->limb[1] | s->limb[2] | s->limb[3]) == 0;
}

/* Add b to a; false when the sum leaves the 256 bits (a is then unchanged). */
static inline bool
exact_sum_merge(ExactSum *a, const ExactSum *b)
{
	ExactSum	r;
	unsigned char carry = 0;

	for (int i = 0; i < 4; i++)
	{
		uint64_t	t = a->limb[i] + b->limb[i];
		unsigned char c = t < a->limb[i];

		r.limb[i] = t + carry;
		carry = c | (r.limb[i] < t);
	}
	if (carry)
		return false;
	*a = r;
	return true;
}

extern bool exact_sum_from_double(ExactSum *s, double x);
extern double exact_sum_to_double(const ExactSum *s);
extern bool exact_sum_subtract(ExactSum *a, const ExactSum *b);

/* Add x, finite and not negative; false when x or the sum does not fit. */
static inline bool
exact_sum_add(ExactSum *a, double x)
{
	ExactSum	t;

	return exact_sum_from_double(&t, x) && exact_sum_merge(a, &t);
}

#endif							/* CSIRTSURVEY_EXACT_SUM_H */
