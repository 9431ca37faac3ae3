/*
 * symmetry.h
 *		Square tables: is every change as frequent as its reverse, and are both margins the same?
 */
#ifndef CSIRTSURVEY_SYMMETRY_H
#define CSIRTSURVEY_SYMMETRY_H

#include "stats/stats.h"

/* All take a square table (else STAT_BAD_ARGUMENT), whole or weighted; nobody off the diagonal is STAT_UNDEFINED with a note. */

/*
 * Bowker's test of symmetry.  Pairs of cells that are both empty say nothing: the degrees of freedom count the others, or with all_pairs
 * k(k - 1)/2 whatever is empty.  A note tells.
 */
extern StatStatus bowker_test(const StatTable *tab, bool all_pairs, StatResult *res);

/*
 * Tests of marginal homogeneity: Stuart and Maxwell, or Bhapkar.  Categories that nobody changes to or from take no part; groups of
 * categories with no change between them cost a degree of freedom each.
 */
extern StatStatus marginal_homogeneity_test(const StatTable *tab, bool bhapkar, StatResult *res);

#endif							/* CSIRTSURVEY_SYMMETRY_H */
