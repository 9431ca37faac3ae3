/*
 * random_table.h
 *		Random tables with given margins, in their distribution under independence (the multivariate hypergeometric), and fast.
 *
 * The distribution is that of W. M. Patefield (1981), Algorithm AS 159, Applied Statistics 30, 91-97, which draws cell by cell; here a
 * whole column is drawn at once.  A column of c of the N cases that are left is a random subset of c cases: every row's cases join it
 * independently with probability c/N (a binomial count a row, from an alias table), and then cases drawn at random leave or join until
 * there are c.  Subsets of one size are equally likely at each step, so the column is exact; about 0.8 sqrt(c) cases move.  Where that
 * is dearer than dealing the cases one by one (small tables of many cells), they are dealt.
 */
#ifndef CSIRTSURVEY_RANDOM_TABLE_H
#define CSIRTSURVEY_RANDOM_TABLE_H

#include "stats/random.h"
#include "stats/stats.h"

typedef struct RandomTable RandomTable;

/*
 * A generator for the margins of a cleaned table of whole counts with a total below 2^31 (else STAT_BAD_ARGUMENT).  Release it with
 * random_table_free.
 */
extern StatStatus random_table_new(const StatClean *t, RandomTable **out);
extern void random_table_free(RandomTable *g);

/* The next table: counts cell[k] in the generator's own order; random_table_place says where. */
extern const int *random_table_next(RandomTable *g, Random *rng);

/* Where cell k of random_table_next stands in the row-major table. */
extern int	random_table_place(const RandomTable *g, int k);

/* About how many random steps a table costs, for polling interrupts. */
extern double random_table_cost(const RandomTable *g);

#endif							/* CSIRTSURVEY_RANDOM_TABLE_H */
