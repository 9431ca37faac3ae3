/*
 * fisher_plan.c
 *		Which columns the first and the second set take: the cut with the least work.
 */
#include "stats/fisher_network.h"

#include <string.h>

/* Columns up to which every cut is tried; beyond, the cuts of the ascending order. */
#define TRY_ALL 12

/* What an atom takes while a list is made. */
#define ATOM_BYTES 40

/*
 * The number of ways to divide total over the rows, or rather of those probable enough to matter: the lattice points of an
 * ellipsoid about the expected division, chi-square up to that of the table and what a factor of 1e-13 adds.
 */
static double
divisions(const FisherNet *net, int total, double *work)
{
	double		d = net->r - 1,
				rows = 0,
				log_count;

	memset(work, 0, sizeof(double) * (size_t) (total + 1));
	work[0] = 1;
	for (int i = 0; i < net->r; i++)
	{
		/* times (1 + z + .. + z^R): running sums of a window */
		for (int t = 1; t <= total; t++)
			work[t] += work[t - 1];
		for (int t = total; t > net->R[i]; t--)
			work[t] -= work[t - net->R[i] - 1];
	}
	for (int i = 0; i < net->r; i++)
		rows += net->R[i];
	log_count = d / 2 * log(M_PI * (net->x2 + 60)) - lgamma(d / 2 + 1) + d / 2 * log(total);
	for (int i = 0; i < net->r; i++)
		log_count += 0.5 * log(net->R[i] / rows);
	return fmin(work[total], fmax(1, exp(log_count)));
}

/* Partitions of total into at most parts parts: the different sums of log n! that a column can have, up to `enough`. */
static double
partitions(int total, int parts)
{
	double		p[64];

	if (total >= 64)
		return INFINITY;
	memset(p, 0, sizeof(p));
	p[0] = 1;
	for (int k = 1; k <= parts; k++)
		for (int t = k; t <= total; t++)
			p[t] += p[t - k];
	return p[total];
}

typedef struct Side
{
	double		paths;			/* divisions of all its columns */
	double		values;			/* bound of the different sums at one node */
	double		largest;		/* divisions of its largest column */
	int			sum;
} Side;

static Side
side_of(const FisherNet *net, uint64_t set, const double *ways, const double *kinds)
{
	Side		s = {1, 1, 1, 0};
	int			same = 0,
				last = -1;

	for (int i = 0; i < net->k; i++)
		if (set >> i & 1)
		{
			/* m equal columns have C(d + m - 1, m) multisets of d divisions */
			same = last >= 0 && net->C[i] == net->C[last] ? same + 1 : 1;
			s.paths *= (ways[i] + same - 1) / same;
			s.values *= (kinds[i] + same - 1) / same;
			s.largest = fmax(s.largest, ways[i]);
			s.sum += net->C[i];
			last = i;
		}
	return s;
}

/* The atoms in all lists of a set, by the row margins: the other columns taken as one, the largest of all follows from the rest. */
static double
list_atoms(const Side *s, double nodes)
{
	return fmin(s->paths * nodes / fmax(nodes, s->largest), nodes * s->values);
}

/*
 * Fill in first and second; cost is the number of look-ups, roughly.  False when the work must stop.
 */
bool
fisher_plan(FisherNet *net, double *cost)
{
	double		ways[FISHER_MAX_SIDE],
				kinds[FISHER_MAX_SIDE];
	double		orders = 1,
				same = 1;
	bool		map_fits = (double) fisher_map_size(net) * sizeof(int32_t) * 6 <= (double) net->memory;
	int			total = 0;
	uint64_t	best = 0;
	double	   *work;
	int			k = net->k;
	uint64_t	ncuts = k <= TRY_ALL ? (uint64_t) 1 << (k - 1) : (uint64_t) k - 1;

	for (int j = 0; j < k; j++)
		total += net->C[j];
	work = fisher_alloc(net, sizeof(double) * (size_t) (total + 1));
	if (work == NULL)
		return false;
	for (int j = 0; j < k; j++)
	{
		ways[j] = divisions(net, net->C[j], work);
		kinds[j] = partitions(net->C[j], net->r);
	}
	for (int i = 0, run = 0; i < net->r; i++)
	{
		run = i > 0 && net->R[i] == net->R[i - 1] ? run + 1 : 1;
		/* with more rows most orders coincide */
		same = fmin(same * run, 120);
		orders = fmin(orders * (i + 1), 120);
	}
	*cost = INFINITY;
	/* the largest column is always in the second set */
	for (uint64_t i = 0; i < ncuts; i++)
	{
		uint64_t	first = k <= TRY_ALL ? i : ((uint64_t) 1 << i) - 1;
		uint64_t	second = (((uint64_t) 1 << k) - 1) & ~first;
		Side		a,
					b;
		double		nodes,
					c,
					together,
					lists;

		if (__builtin_popcountll(second) < 2)
			continue;
		if (!map_fits && (__builtin_popcountll(first) > 2 || __builtin_popcountll(second) > 2))
			continue;
		a = side_of(net, first, ways, kinds);
		b = side_of(net, second, ways, kinds);
		nodes = divisions(net, a.sum, work);
		together = list_atoms(&a, nodes) / same;
		lists = list_atoms(&b, nodes) / nodes * fmax(1, nodes / orders);
		c = 2 * together + 12 * lists + 50 * nodes / same;
		/* the stored lists of all but the next largest of the second set's columns */
		if (__builtin_popcountll(second) > 2)
		{
			Side		stored;
			double		stored_nodes,
						atoms;

			stored = side_of(net, second & ~((uint64_t) 1 << (63 - __builtin_clzll(second & ~((uint64_t) 1 << (k - 1))))), ways, kinds);
			stored_nodes = divisions(net, stored.sum, work);
			atoms = list_atoms(&stored, stored_nodes) / stored_nodes * fmax(1, stored_nodes / orders);
			c += 12 * atoms;
			if (atoms * 3 * 2 * sizeof(double) > net->memory / net->reserve)
				continue;
		}
		if (list_atoms(&b, nodes) / nodes * ATOM_BYTES > net->memory / net->reserve)
			continue;
		if (c < *cost)
		{
			*cost = c;
			net->items = together + lists + nodes;
			best = first;
		}
		if (fisher_tick(net, (double) a.sum * net->r))
			break;
	}
	fisher_release(net, work);
	net->nfirst = net->nsecond = net->sum_second = 0;
	for (int j = 0; j < k; j++)
		if (best >> j & 1)
			net->first[net->nfirst++] = net->C[j];
	/* the largest column first: the lists of the second set hold it, and the next largest is enumerated last */
	net->second[net->nsecond++] = net->C[k - 1];
	for (int j = 0; j < k - 1; j++)
		if (!(best >> j & 1))
			net->second[net->nsecond++] = net->C[j];
	for (int j = 0; j < net->nsecond; j++)
		net->sum_second += net->second[j];
	return net->status == STAT_OK;
}
