/*
 * state_table.c
 *		States of an exact distribution with their weights.
 */
#include "stats/state_table.h"

#include <string.h>

#define MAX_STATES ((size_t) 1 << 21)

static uint64_t
hash(uint64_t key, int64_t t)
{
	uint64_t	h = key * UINT64_C(0x9E3779B97F4A7C15) ^ (uint64_t) t * UINT64_C(0xC2B2AE3D27D4EB4F);

	h ^= h >> 32;
	h *= UINT64_C(0xD6E8FEB86659FD93);
	return h ^ h >> 29;
}

static State *
find(StateTable *s, uint64_t key, int64_t t)
{
	size_t		i = hash(key, t) & (s->size - 1);

	while (s->slot[i].weight > 0 && (s->slot[i].key != key || s->slot[i].t != t))
		i = (i + 1) & (s->size - 1);
	return &s->slot[i];
}

StatStatus
state_table_make(StateTable *s, size_t size)
{
	s->n = s->size = 0;
	s->slot = stat_alloc(sizeof(State) * size);
	if (s->slot == NULL)
		return STAT_NO_MEMORY;
	memset(s->slot, 0, sizeof(State) * size);
	s->size = size;
	return STAT_OK;
}

/* Room for four times as many. */
static StatStatus
grow(StateTable *s)
{
	StateTable	larger;
	StatStatus	status = s->size >= MAX_STATES ? STAT_BUDGET : state_table_make(&larger, s->size * 4);

	if (status != STAT_OK)
		return status;
	for (size_t i = 0; i < s->size; i++)
		if (s->slot[i].weight > 0)
			*find(&larger, s->slot[i].key, s->slot[i].t) = s->slot[i];
	larger.n = s->n;
	stat_release(s->slot);
	*s = larger;
	return STAT_OK;
}

StatStatus
state_table_add(StateTable *s, uint64_t key, int64_t t, long double weight)
{
	State	   *state = find(s, key, t);

	if (!(state->weight > 0))
	{
		if (s->n >= s->size / 4 * 3)
		{
			StatStatus	status = grow(s);

			if (status != STAT_OK)
				return status;
			state = find(s, key, t);
		}
		s->n++;
		state->key = key;
		state->t = t;
	}
	state->weight += weight;
	return STAT_OK;
}
