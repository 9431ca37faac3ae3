/*
 * random.h
 *		Seeded random numbers for simulated p-values: SplitMix64, the same on every machine.
 *
 * G. L. Steele, D. Lea, C. H. Flood (2014), Fast splittable pseudorandom number generators, OOPSLA, 453-472.  Chosen over GSL's
 * generators because a draw is inline, takes less than a nanosecond and need not wait for the draw before.
 */
#ifndef CSIRTSURVEY_RANDOM_H
#define CSIRTSURVEY_RANDOM_H

#include <stdint.h>

typedef struct Random
{
	uint64_t	state;
	uint64_t	gamma;			/* odd: streams of different gamma never run in step */
} Random;

static inline uint64_t
random_mix(uint64_t z)
{
	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return z ^ (z >> 31);
}

/* 64 random bits */
static inline uint64_t
random_bits(Random *rng)
{
	return random_mix(rng->state += rng->gamma);
}

/* Stream number `stream` of a seed: work split into blocks, a stream a block, gives the same numbers in any order and on any worker. */
static inline void
random_seed(Random *rng, uint64_t seed, uint64_t stream)
{
	Random		base = {random_mix(seed) + stream * UINT64_C(0xd1342543de82ef95), UINT64_C(0x9e3779b97f4a7c15)};
	uint64_t	state = random_bits(&base),
				gamma = random_bits(&base) | 1;

	/* as the paper: a gamma whose bits hardly change makes a poor stream */
	if (__builtin_popcountll(gamma ^ (gamma >> 1)) < 24)
		gamma ^= UINT64_C(0xaaaaaaaaaaaaaaaa);
	*rng = (Random) {state, gamma};
}

/* Uniform on 0..bound-1; the probabilities differ by less than bound/2^64, which no simulation can see. */
static inline uint64_t
random_below(Random *rng, uint64_t bound)
{
	return (uint64_t) (((unsigned __int128) random_bits(rng) * bound) >> 64);
}

/* Uniform on [0, 1) in steps of 2^-53. */
static inline double
random_uniform(Random *rng)
{
	return (double) (random_bits(rng) >> 11) * 0x1p-53;
}

#endif							/* CSIRTSURVEY_RANDOM_H */
