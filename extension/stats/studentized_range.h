/*
 * studentized_range.h
 *		The range of k independent standard normal variables.
 */
#ifndef CSIRTSURVEY_STUDENTIZED_RANGE_H
#define CSIRTSURVEY_STUDENTIZED_RANGE_H

/*
 * P(range > q), the studentized range with infinitely many degrees of freedom (R: ptukey(q, k, Inf, lower.tail = FALSE)), with its digits
 * for small probabilities too.  k >= 2, q >= 0.
 */
extern double normal_range_upper(double q, int k);

#endif							/* CSIRTSURVEY_STUDENTIZED_RANGE_H */
