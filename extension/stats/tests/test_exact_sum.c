/*
 * test_exact_sum.c
 *		Order-free sums: against long double, against known ties, and under random orders.
 */
#include "stats/exact_sum.h"
#include "tap.h"

static double
sum_in_order(const double *x, const int *order, int n)
{
	ExactSum	s = {{0}};

	for (int i = 0; i < n; i++)
		if (!exact_sum_add(&s, x[order[i]]))
			return NAN;
	return exact_sum_to_double(&s);
}

int
main(void)
{
	ExactSum	s,
				t;
	double		x[2000];
	int			order[2000];
	bool		same = true;
	long double ref = 0;

	static const double values[] = {0, 1, 0.1, 1.0 / 3, 0x1p-128, 0x1p126, 4611686018427387904.0, 3.0e-20, 123456.789, 0x1.fffffffffffffp52};

	for (unsigned i = 0; i < sizeof(values) / sizeof(*values); i++)
		ok(exact_sum_from_double(&s, values[i]) && exact_sum_to_double(&s) == values[i], "%g comes back", values[i]);

	/* 1 + 2^-53 is a tie and goes to the even 1; one more bit breaks the tie upwards */
	exact_sum_from_double(&s, 1);
	exact_sum_add(&s, 0x1p-53);
	ok(exact_sum_to_double(&s) == 1, "a tie goes to even");
	exact_sum_add(&s, 0x1p-120);
	ok(exact_sum_to_double(&s) == 1 + 0x1p-52, "a bit far below breaks the tie");

	ok(!exact_sum_from_double(&t, -1) && !exact_sum_from_double(&t, NAN) && !exact_sum_from_double(&t, INFINITY)
	   && !exact_sum_from_double(&t, 0x1p127), "negative, NaN, infinite and too large are refused");
	exact_sum_from_double(&s, 0x1p126);
	for (int i = 0; i < 3; i++)
		exact_sum_add(&s, 0x1p126);
	ok(!exact_sum_add(&s, 0x1p126) || exact_sum_to_double(&s) > 0x1p127, "no silent overflow");
	while (exact_sum_add(&s, 0x1p126))
		;
	ok(exact_sum_to_double(&s) == 0x1p128 || exact_sum_to_double(&s) == 0x1p128 - 0x1p126, "the sum stops at the top and stays");

	srand(20171030);
	for (int i = 0; i < 2000; i++)
	{
		x[i] = ldexp(rand() / (double) RAND_MAX, rand() % 60 - 30);
		order[i] = i;
		ref += x[i];
	}
	{
		double		first = sum_in_order(x, order, 2000);

		ok(fabsl(first - ref) <= ref * 1e-15L, "2000 terms agree with long double");
		for (int round = 0; round < 200; round++)
		{
			for (int i = 1999; i > 0; i--)
			{
				int			j = rand() % (i + 1);
				int			tmp = order[i];

				order[i] = order[j];
				order[j] = tmp;
			}
			same &= sum_in_order(x, order, 2000) == first;
		}
		ok(same, "200 random orders give the same bits");
	}
	exact_sum_from_double(&s, 0.1);
	exact_sum_from_double(&t, 0.3);
	ok(!exact_sum_subtract(&s, &t), "a smaller sum cannot give a larger one");
	ok(exact_sum_subtract(&t, &s) && fabs(exact_sum_to_double(&t) - 0.2) < 1e-16, "0.3 - 0.1");
	return done_testing();
}
