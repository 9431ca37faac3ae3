/*
 * alias_table.h
 *		Drawing from a discrete distribution in constant time: the alias method.
 *
 * A. J. Walker (1977), ACM Trans. Math. Softw. 3, 253-256; set up as M. D. Vose (1991), IEEE Trans. Softw. Eng. 17, 972-975.
 */
#ifndef CSIRTSURVEY_ALIAS_TABLE_H
#define CSIRTSURVEY_ALIAS_TABLE_H

#include "stats/random.h"
#include "stats/stats.h"

typedef struct AliasEntry
{
	uint32_t	threshold;		/* of 2^32: below it the entry itself, else its alias */
	uint32_t	alias;
} AliasEntry;

/* Fill entry[0..size-1] for weights p[0..size-1], which need not add up to 1; p is used as working space. */
extern StatStatus alias_fill(AliasEntry *entry, double *p, uint32_t size);

static inline uint32_t
alias_draw(const AliasEntry *entry, uint32_t size, Random *rng)
{
	unsigned __int128 product = (unsigned __int128) random_bits(rng) * size;
	uint32_t	i = (uint32_t) (product >> 64);
	uint32_t	fraction = (uint32_t) ((uint64_t) product >> 32);
	AliasEntry	e = entry[i];
	uint32_t	own = -(uint32_t) (fraction < e.threshold);

	/* without a branch, which could not be foreseen */
	return (i & own) | (e.alias & ~own);
}

#endif							/* CSIRTSURVEY_ALIAS_TABLE_H */
