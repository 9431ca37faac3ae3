/*
 * tap.h
 *		A few lines of TAP for the unit tests of the numerics: prove reads what they print.
 */
#ifndef CSIRTSURVEY_TAP_H
#define CSIRTSURVEY_TAP_H

#include <math.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

static int	tap_count,
			tap_failed;

static inline bool
ok(bool good, const char *fmt,...)
{
	va_list		args;

	printf("%sok %d - ", good ? "" : "not ", ++tap_count);
	va_start(args, fmt);
	vprintf(fmt, args);
	va_end(args);
	putchar('\n');
	tap_failed += !good;
	return good;
}

/* Agreement to a relative tolerance; NaN agrees with NaN, infinities must be equal. */
static inline double
rel_err(double got, double want)
{
	if (isnan(got) && isnan(want))
		return 0;
	if (got == want)
		return 0;
	if (!isfinite(got) || !isfinite(want))
		return INFINITY;
	return fabs(got - want) / fmax(fabs(got), fabs(want));
}

static inline bool
is_close(double got, double want, double tol, const char *name)
{
	double		err = rel_err(got, want);

	if (ok(err <= tol, "%s", name))
		return true;
	printf("#   got %.17g, want %.17g, relative error %.3g\n", got, want, err);
	return false;
}

static inline int
done_testing(void)
{
	printf("1..%d\n", tap_count);
	return tap_failed != 0;
}

#endif							/* CSIRTSURVEY_TAP_H */
