/*
 * state_table.h
 *		States of an exact distribution with their weights: those that agree are merged.
 */
#ifndef CSIRTSURVEY_STATE_TABLE_H
#define CSIRTSURVEY_STATE_TABLE_H

#include "stats/stats.h"

/* Open addressing; weight 0 is a free place. */
typedef struct State
{
	uint64_t	key;
	int64_t		t;
	long double weight;
} State;

typedef struct StateTable
{
	State	   *slot;
	size_t		size;			/* a power of 2 */
	size_t		n;
} StateTable;

/* Release it with stat_release(s->slot), after a failure too. */
extern StatStatus state_table_make(StateTable *s, size_t size);

/* Adds a positive weight to a state; STAT_BUDGET beyond 2^21 places. */
extern StatStatus state_table_add(StateTable *s, uint64_t key, int64_t t, long double weight);

#endif							/* CSIRTSURVEY_STATE_TABLE_H */
