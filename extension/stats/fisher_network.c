/*
 * fisher_network.c
 *		Budgets and enumeration for the exact r x c test.
 */
#include "stats/fisher_network.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Work between two looks at the clock and at the interrupt: about 2 ms. */
#define OPS_PER_LOOK 4e5

double
fisher_clock(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double) t.tv_sec + 1e-9 * (double) t.tv_nsec;
}

/* Memory within the budget; its size stands before it.  Failure sets net->status. */
void *
fisher_alloc(FisherNet *net, size_t size)
{
	const size_t head = sizeof(max_align_t);
	char	   *p;

	if (size > net->memory || net->used > net->memory - size || net->memory - size - net->used < head)
	{
		net->status = STAT_BUDGET;
		return NULL;
	}
	p = stat_alloc(size + head);
	if (p == NULL)
	{
		net->status = STAT_NO_MEMORY;
		return NULL;
	}
	net->used += size + head;
	memcpy(p, &size, sizeof(size));
	return p + head;
}

void
fisher_release(FisherNet *net, void *p)
{
	const size_t head = sizeof(max_align_t);
	size_t		size;

	if (p == NULL)
		return;
	memcpy(&size, (char *) p - head, sizeof(size));
	net->used -= size + head;
	stat_release((char *) p - head);
}

bool
fisher_look(FisherNet *net)
{
	net->next_look = net->ops + OPS_PER_LOOK;
	if (net->status != STAT_OK)
		return true;
	if (stat_interrupted())
		net->status = STAT_INTERRUPTED;
	else if (fisher_clock() > net->deadline)
	{
		net->status = STAT_BUDGET;
		net->out_of_time = true;
	}
	return net->status != STAT_OK;
}

static int
int_order(const void *a, const void *b)
{
	int			x = *(const int *) a,
				y = *(const int *) b;

	return (x > y) - (x < y);
}

void
fisher_sort_ints(int *z, int n)
{
	qsort(z, (size_t) n, sizeof(int), int_order);
}

/* The cells from j on as small as the capacities after them allow; used is what the cells before j hold. */
static bool
lines_rest(FisherLines *it, int j, int used)
{
	for (; j < it->r - 2; j++)
	{
		int			need = it->total - used - it->cap_after[j + 1];

		it->z[j] = need > 0 ? need : 0;
		used += it->z[j];
	}
	it->rest = it->total - used;
	it->lo = it->rest - it->cap[it->r - 1];
	if (it->lo < 0)
		it->lo = 0;
	it->hi = it->rest < it->cap[it->r - 2] ? it->rest : it->cap[it->r - 2];
	return it->lo <= it->hi;
}

bool
fisher_lines_first(FisherLines *it, int r, const int *cap, int total)
{
	it->r = r;
	it->cap = cap;
	it->total = total;
	it->cap_after[r] = 0;
	for (int j = r - 1; j >= 0; j--)
		it->cap_after[j] = it->cap_after[j + 1] + cap[j];
	return total >= 0 && total <= it->cap_after[0] && lines_rest(it, 0, 0);
}

bool
fisher_lines_next(FisherLines *it)
{
	int			used = it->total - it->rest;	/* by cells 0 .. j */

	for (int j = it->r - 3; j >= 0; j--)
	{
		if (it->z[j] < it->cap[j] && used < it->total)
		{
			it->z[j]++;
			return lines_rest(it, j + 1, used + 1);
		}
		used -= it->z[j];
	}
	return false;
}

/* Cells from j on, ascending from at least floor, as small as possible and first the left ones; cap ascends. */
static bool
sorted_rest(int *z, int r, const int *cap, int j, int floor, int total)
{
	/* the most that cells after j can hold decides how small cell j may be */
	for (; j < r; j++)
	{
		int			after = 0;

		for (int i = j + 1; i < r; i++)
			after += cap[i];
		z[j] = total - after > floor ? total - after : floor;
		if (z[j] > cap[j] || (double) z[j] * (r - j) > total)
			return false;
		floor = z[j];
		total -= z[j];
	}
	return total == 0;
}

/* The ascending vectors z <= cap with the given total, in lexicographic order. */
bool
fisher_sorted_first(int *z, int r, const int *cap, int total)
{
	return sorted_rest(z, r, cap, 0, 0, total);
}

bool
fisher_sorted_next(int *z, int r, const int *cap)
{
	int			total = z[r - 1];

	for (int j = r - 2; j >= 0; j--)
	{
		int			old = z[j];

		total += old;
		if (old < cap[j] && sorted_rest(z, r, cap, j, old + 1, total))
			return true;
		z[j] = old;
	}
	return false;
}
