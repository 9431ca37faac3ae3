/*
 * fisher_atoms.c
 *		Lists of atoms (values of log-probability with their mass): room, order, merging, upper tails.
 */
#include "stats/fisher_network.h"

#include <string.h>

/* A list shorter than this is not worth merging before it is complete. */
#define MERGE_FROM 32768

/* Room for at least this many atoms; what is there stays. */
bool
fisher_atoms_room(FisherNet *net, FisherAtoms *a, size_t room)
{
	FisherAtoms b = *a;
	size_t		size;
	char	   *block;

	if (room <= a->room)
		return true;
	if (room < 2 * a->room)
		room = 2 * a->room;
	if (room < 1000)
		room = 1000;
	if (room > INT32_MAX / 4)
	{
		net->status = STAT_BUDGET;
		return false;
	}
	/* one element more than room: the sentinel of the tails */
	size = (room + 1) * (4 * sizeof(double) + 2 * sizeof(uint32_t));
	block = fisher_alloc(net, size);
	if (block == NULL)
		return false;
	b.x = (double *) block;
	b.m = b.x + room + 1;
	b.sx = b.m + room + 1;
	b.sm = b.sx + room + 1;
	b.cell = (uint32_t *) (b.sm + room + 1);
	b.room = room;
	if (a->n > 0)
	{
		memcpy(b.x, a->x, a->n * sizeof(double));
		memcpy(b.m, a->m, a->n * sizeof(double));
	}
	fisher_release(net, a->x);
	*a = b;
	return true;
}

void
fisher_atoms_free(FisherNet *net, FisherAtoms *a)
{
	fisher_release(net, a->x);
	memset(a, 0, sizeof(*a));
}

/* Sort n pairs by x: insertion for few, heap sort for many. */
static void
sort_few(double *x, double *m, size_t n)
{
	for (size_t i = 1; i < n; i++)
	{
		double		vx = x[i],
					vm = m[i];
		size_t		j = i;

		for (; j > 0 && x[j - 1] > vx; j--)
		{
			x[j] = x[j - 1];
			m[j] = m[j - 1];
		}
		x[j] = vx;
		m[j] = vm;
	}
}

static void
sift(double *x, double *m, size_t i, size_t n)
{
	double		vx = x[i],
				vm = m[i];

	for (size_t c; (c = 2 * i + 1) < n; i = c)
	{
		if (c + 1 < n && x[c + 1] > x[c])
			c++;
		if (x[c] <= vx)
			break;
		x[i] = x[c];
		m[i] = m[c];
	}
	x[i] = vx;
	m[i] = vm;
}

static void
sort_many(double *x, double *m, size_t n)
{
	for (size_t i = n / 2; i-- > 0;)
		sift(x, m, i, n);
	for (size_t end = n - 1; end > 0; end--)
	{
		double		vx = x[end],
					vm = m[end];

		x[end] = x[0];
		m[end] = m[0];
		x[0] = vx;
		m[0] = vm;
		sift(x, m, 0, end);
	}
}

/*
 * Order the atoms by cells of equal width, then within each cell, and merge those that agree.  Values of log-probability are
 * spread smoothly, so this is linear in practice.  False when the work must stop.
 */
bool
fisher_atoms_sort(FisherNet *net, FisherAtoms *a)
{
	size_t		n = a->n,
				out = 0;
	double		lo = INFINITY,
				hi = -INFINITY;

	for (size_t i = 0; i < n; i++)
	{
		lo = a->x[i] < lo ? a->x[i] : lo;
		hi = a->x[i] > hi ? a->x[i] : hi;
	}
	a->x0 = lo;
	a->ncell = 1;
	a->inv = 1;
	if (n > 1 && hi - lo > net->merge)
	{
		a->ncell = (uint32_t) (2 * n);
		a->inv = (a->ncell - 0.5) / (hi - lo);
	}
	memset(a->cell, 0, (a->ncell + 1) * sizeof(uint32_t));
	for (size_t i = 0; i < n; i++)
		a->cell[(int) ((a->x[i] - lo) * a->inv) + 1]++;
	for (uint32_t c = 0; c < a->ncell; c++)
		a->cell[c + 1] += a->cell[c];
	/* from here cell[c] moves from the start of cell c to its end */
	for (size_t i = 0; i < n; i++)
	{
		uint32_t	j = a->cell[(int) ((a->x[i] - lo) * a->inv)]++;

		a->sx[j] = a->x[i];
		a->sm[j] = a->m[i];
	}
	for (uint32_t c = 0, start = 0; c < a->ncell; start = a->cell[c++])
	{
		size_t		count = a->cell[c] - start;

		if (count > 40)
			sort_many(a->sx + start, a->sm + start, count);
		else if (count > 1)
			sort_few(a->sx + start, a->sm + start, count);
	}
	a->total = 0;
	for (size_t i = 0; i < n; out++)
	{
		double		x = a->sx[i],
					m = a->sm[i];

		for (i++; i < n && a->sx[i] - x <= net->merge; i++)
			m += a->sm[i];
		a->sx[out] = x;
		a->sm[out] = m;
		a->total += m;
	}
	a->n = out;
	if (out == 0)
		return false;
	return !fisher_tick(net, 4.0 * (double) n);
}

/* Room for count more atoms while a list is made: those that agree are merged whenever the list has become four times as long. */
bool
fisher_atoms_more(FisherNet *net, FisherAtoms *a, size_t count)
{
	if (a->merge_at < MERGE_FROM)
		a->merge_at = MERGE_FROM;
	if (a->unordered || a->n + count <= a->merge_at)
		return a->n + count <= a->room || fisher_atoms_room(net, a, a->n + count);
	if (!fisher_atoms_sort(net, a))
		return false;
	memcpy(a->x, a->sx, a->n * sizeof(double));
	memcpy(a->m, a->sm, a->n * sizeof(double));
	a->merge_at = 4 * a->n > MERGE_FROM ? 4 * a->n : MERGE_FROM;
	if (a->merge_at < a->n + count)
		a->merge_at = a->n + count;
	return fisher_atoms_room(net, a, a->n + count);
}

/* The first atom at y or above, i being near it.  An infinite x ends the list. */
size_t
fisher_first_at(const double *x, size_t i, double y)
{
	while (i > 0 && x[i - 1] >= y)
		i--;
	while (x[i] < y)
		i++;
	return i;
}

/* Make a sorted list ready for fisher_tail(): tails in the place of masses, keys, and the grid, up to four cells to an atom. */
void
fisher_atoms_tails(const FisherNet *net, FisherAtoms *a)
{
	uint32_t	next = 0,
				end;
	double		tail = a->above;

	a->grid = (uint32_t *) a->x;
	a->key = a->cell;
	a->last = a->sx[a->n - 1];
	end = fisher_key(net, a->last - a->x0);
	for (a->shift = 0; end >> a->shift >= 4 * a->n; a->shift++)
		;
	for (size_t i = 0; i < a->n; i++)
	{
		a->key[i] = fisher_key(net, a->sx[i] - a->x0);
		while (next <= a->key[i] >> a->shift)
			a->grid[next++] = (uint32_t) i;
	}
	a->sx[a->n] = INFINITY;
	a->key[a->n] = FISHER_KEY_END;
	a->sm[a->n] = tail;
	for (size_t i = a->n; i-- > 0;)
		a->sm[i] = tail += a->sm[i];
	a->total = tail;
}
