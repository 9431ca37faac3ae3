/*
 * fisher_store.c
 *		The lists of atoms of a set of columns, for one vector of row margins or for all of them.
 */
#include "stats/fisher_network.h"

#include <string.h>

size_t
fisher_map_size(const FisherNet *net)
{
	double		size = 1;

	for (int i = 0; i < net->r - 1; i++)
		size *= net->R[i] + 1.0;
	return size < 1e15 ? (size_t) size : SIZE_MAX / 8;
}

/* log of the summed mass of all subtables with row margins w and these columns: N! / (prod w! prod c!). */
double
fisher_log_total(const FisherNet *net, const int *w, const int *cols, int ncols)
{
	double		sum = 0,
				log_total = 0;

	for (int i = 0; i < net->r; i++)
	{
		sum += w[i];
		log_total -= net->lf[w[i]];
	}
	for (int j = 0; j < ncols; j++)
		log_total -= lgamma(cols[j] + 1.0);
	return log_total + lgamma(sum + 1);
}

/*
 * A lower bound of X over the subtables with row margins w and these columns.  With e = w c / n the sum of n log e is the same
 * in all of them, so sum of (log n! - n log e), each cell at its least, n = floor(e), and that constant bound X from below.  This
 * takes the part of the longest path of Mehta and Patel (1983) and Joe (1988), Comm. Statist. B 17, 1007-1018.
 */
double
fisher_least(const FisherNet *net, const int *w, const int *cols, int ncols)
{
	double		least = 0,
				sum = 0;

	for (int j = 0; j < ncols; j++)
		sum += cols[j];
	for (int i = 0; i < net->r; i++)
		for (int j = 0; j < ncols && w[i] > 0; j++)
		{
			double		e = (double) w[i] * cols[j] / sum;
			int			n = (int) e;

			least += net->lf[n] + (e - n) * log(e);
		}
	return least;
}

static bool
list_of_pair(FisherNet *net, const int *cols, const int *w, FisherAtoms *out)
{
	FisherPair	p;
	int			sum = 0;
	bool		more,
				good = true;

	for (int i = 0; i < net->r; i++)
		sum += w[i];
	if (!fisher_pair_alloc(net, &p, sum))
		return false;
	for (more = fisher_pair_first(net, &p, w, cols[0]); more && good; more = fisher_lines_next(&p.lines))
	{
		const FisherLines *it = &p.lines;
		size_t		count;
		FisherLine	line;

		if (!fisher_pair_clip(&p, log(net->tau) - out->log_unit + p.ref, &out->dropped))
			continue;
		line = fisher_pair_line(&p);
		count = (size_t) (it->hi - it->lo) + 1;
		good = fisher_atoms_more(net, out, count);
		if (!good)
			break;
		if (isinf(out->limit))
		{
			/* as below, all of them: a loop that compilers turn into vector instructions */
			double	   *ox = out->x + out->n - it->lo,
					   *om = out->m + out->n - it->lo;

			for (int a = it->lo; a <= it->hi; a++)
			{
				ox[a] = line.x + line.h1[a] + line.h2[-a];
				om[a] = line.m * line.e1[a] * line.e2[-a];
			}
			out->n += count;
		}
		else
			for (int a = it->lo; a <= it->hi; a++)
				fisher_atoms_put(out, line.x + line.h1[a] + line.h2[-a], line.m * line.e1[a] * line.e2[-a]);
		good = !fisher_tick(net, (double) count);
	}
	out->ref = p.ref;
	fisher_pair_free(net, &p);
	return good;
}

/* The last column's every division, joined to the stored lists of the others. */
static bool
list_by_gathering(FisherNet *net, int c, const FisherStore *sub, const int *w, FisherAtoms *out)
{
	const double *lf = net->lf;
	int			r = net->r;
	double		ref = INFINITY,
				cut = 0;
	FisherLines it;

	/* the first pass finds the most likely atom, the second fills */
	for (int pass = 0; pass < 2; pass++)
	{
		for (bool more = fisher_lines_first(&it, r, w, c); more; more = fisher_lines_next(&it))
		{
			int			z[FISHER_MAX_SIDE];
			double		base = 0,
						work = 0;

			for (int i = 0; i < r - 2; i++)
			{
				base += lf[it.z[i]];
				z[i] = w[i] - it.z[i];
			}
			for (int a = it.lo; a <= it.hi; a++)
			{
				const FisherNode *node;
				double		x = base + lf[a] + lf[it.rest - a];

				z[r - 2] = w[r - 2] - a;
				node = &sub->node[sub->map[fisher_index(net, z)]];
				if (pass == 0)
					ref = fmin(ref, x + sub->x[node->at]);
				else
				{
					double		scale = exp(ref - (x + node->ref));

					if (scale * node->total < cut)
					{
						out->dropped++;
						continue;
					}
					if (!fisher_atoms_more(net, out, node->n))
						return false;
					for (uint32_t i = 0; i < node->n; i++)
						fisher_atoms_put(out, x + sub->x[node->at + i], scale * sub->m[node->at + i]);
					work += node->n;
				}
			}
			if (fisher_tick(net, work + 4.0 * (it.hi - it.lo + 1)))
				return false;
		}
		cut = net->tau * exp(ref - out->log_unit);
	}
	out->ref = ref;
	return true;
}

/*
 * The sorted list of the subtables with row margins w (sorted) and these columns.  From three columns on sub holds the lists of
 * all but the last.
 */
bool
fisher_list(FisherNet *net, const int *cols, int ncols, const FisherStore *sub, const int *w, FisherAtoms *out)
{
	out->n = 0;
	out->merge_at = 0;
	out->dropped = 0;
	out->above = 0;
	if (ncols == 1)
	{
		if (!fisher_atoms_room(net, out, 1))
			return false;
		out->x[0] = 0;
		for (int i = 0; i < net->r; i++)
			out->x[0] += net->lf[w[i]];
		out->m[0] = 1;
		out->ref = out->x[0];
		out->n = 1;
	}
	else if (!(ncols == 2 ? list_of_pair(net, cols, w, out) : list_by_gathering(net, cols[ncols - 1], sub, w, out)))
		return false;
	if (out->n == 0)
	{
		/* all left out or above the limit: an atom of no mass keeps the list a list */
		if (!fisher_atoms_room(net, out, 1))
			return false;
		out->x[0] = out->above > 0 ? out->limit : out->ref;
		out->m[0] = 0;
		out->n = 1;
	}
	if (!out->unordered)
	{
		if (!fisher_atoms_sort(net, out))
			return false;
		out->total += out->above;
		return true;
	}
	out->total = out->above;
	for (size_t i = 0; i < out->n; i++)
		out->total += out->m[i];
	return true;
}

/* Number the sorted margins and give every other order of them the same number. */
bool
fisher_store_map(FisherNet *net, FisherStore *s, const int *cols, int ncols)
{
	size_t		size = fisher_map_size(net);
	int			r = net->r;
	int			w[FISHER_MAX_SIDE];
	FisherLines it;

	memset(s, 0, sizeof(*s));
	s->cols = cols;
	s->ncols = ncols;
	for (int j = 0; j < ncols; j++)
		s->sum += cols[j];
	if (size > net->memory / sizeof(int32_t))
	{
		net->status = STAT_BUDGET;
		return false;
	}
	s->map = fisher_alloc(net, size * sizeof(int32_t));
	if (s->map == NULL)
		return false;
	memset(s->map, -1, size * sizeof(int32_t));
	for (bool more = fisher_sorted_first(w, r, net->R, s->sum); more; more = fisher_sorted_next(w, r, net->R))
	{
		s->map[fisher_index(net, w)] = s->nnode++;
		if (fisher_tick(net, 10))
			return false;
	}
	for (bool more = fisher_lines_first(&it, r, net->R, s->sum); more; more = fisher_lines_next(&it))
	{
		for (int a = it.lo; a <= it.hi; a++)
		{
			int			z[FISHER_MAX_SIDE];
			size_t		at;

			memcpy(z, it.z, sizeof(int) * (size_t) (r - 2));
			z[r - 2] = a;
			z[r - 1] = it.rest - a;
			at = fisher_index(net, z);
			if (s->map[at] >= 0)
				continue;
			fisher_sort_ints(z, r);
			s->map[at] = s->map[fisher_index(net, z)];
		}
		if (fisher_tick(net, 20.0 * (it.hi - it.lo + 1)))
			return false;
	}
	s->node = fisher_alloc(net, (size_t) s->nnode * sizeof(FisherNode));
	return s->node != NULL;
}

static bool
store_room(FisherNet *net, FisherStore *s, size_t room)
{
	double	   *x;

	x = fisher_alloc(net, 2 * room * sizeof(double));
	if (x == NULL)
		return false;
	if (s->used > 0)
	{
		memcpy(x, s->x, s->used * sizeof(double));
		memcpy(x + room, s->m, s->used * sizeof(double));
	}
	fisher_release(net, s->x);
	s->x = x;
	s->m = x + room;
	s->room = room;
	return true;
}

/*
 * The X from which on all tables of a list count: the threshold less a lower bound of X over the other columns, given the margins
 * that w, in any order, leaves to them.  With equal row totals one order tells for all; of more than three rows no bound is sought.
 */
static double
limit_of(const FisherNet *net, const int *w, const int *rest, int nrest)
{
	static const int orders[6][3] = {{0, 1, 2}, {1, 0, 2}, {0, 2, 1}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};
	int			r = net->r;
	int			norders = net->R[0] == net->R[r - 1] ? 1 : r == 2 ? 2 : r == 3 ? 6 : 0;
	double		least = norders > 0 ? INFINITY : 0;

	for (int k = 0; k < norders; k++)
	{
		int			v[FISHER_MAX_SIDE];
		bool		fits = true;

		for (int i = 0; i < r; i++)
		{
			v[i] = net->R[i] - w[norders > 1 ? orders[k][i] : i];
			fits = fits && v[i] >= 0;
		}
		if (fits)
			least = fmin(least, fisher_least(net, v, rest, nrest));
	}
	return net->threshold - least + 1e-6;
}

/*
 * Compute the lists of the nodes from number `from` on.  With part, room is fixed beforehand and the lists end with the last
 * node that fits (end_node), and a list goes up to the X above which all counts; otherwise the store grows and all must fit.
 */
bool
fisher_store_fill(FisherNet *net, FisherStore *s, const FisherStore *sub, FisherAtoms *scratch, int from, bool part)
{
	int			w[FISHER_MAX_SIDE];
	int			rest[FISHER_MAX_SIDE];
	int			nrest = net->nsecond + 1;
	int			id = 0;

	memcpy(rest, net->second, sizeof(int) * (size_t) net->nsecond);
	rest[nrest - 1] = net->nfirst > 0 ? net->first[net->nfirst - 1] : 0;
	s->used = 0;
	s->first_node = s->end_node = from;
	for (bool more = fisher_sorted_first(w, net->r, net->R, s->sum); more; more = fisher_sorted_next(w, net->r, net->R), id++)
	{
		FisherNode *node = &s->node[id];

		if (id < from)
			continue;
		scratch->log_unit = INFINITY;
		scratch->limit = part ? limit_of(net, w, rest, nrest) : INFINITY;
		if (!fisher_list(net, s->cols, s->ncols, sub, w, scratch))
			return false;
		if (part)
		{
			/* at the list's end what is above the limit is one atom that always counts */
			scratch->sx[scratch->n] = INFINITY;
			scratch->sm[scratch->n++] = scratch->above;
		}
		if (s->used + scratch->n > s->room)
		{
			if (part && id > from)
				return true;
			if (part)
				net->status = STAT_BUDGET;
			if (part || !store_room(net, s, 2 * s->room + scratch->n + 1000))
				return false;
		}
		memcpy(s->x + s->used, scratch->sx, scratch->n * sizeof(double));
		memcpy(s->m + s->used, scratch->sm, scratch->n * sizeof(double));
		node->at = s->used;
		node->n = (uint32_t) scratch->n;
		node->x0 = scratch->sx[0];
		node->ref = scratch->ref;
		node->total = scratch->total;
		s->used += scratch->n;
		s->end_node = id + 1;
	}
	return true;
}

void
fisher_store_free(FisherNet *net, FisherStore *s)
{
	fisher_release(net, s->map);
	fisher_release(net, s->node);
	fisher_release(net, s->x);
	memset(s, 0, sizeof(*s));
}

/* All lists of a set of columns, by adding a column at a time. */
bool
fisher_store_build(FisherNet *net, FisherStore *s, const int *cols, int ncols, FisherAtoms *scratch)
{
	FisherStore sub;

	memset(s, 0, sizeof(*s));
	memset(&sub, 0, sizeof(sub));
	for (int n = ncols > 2 ? 2 : ncols; n <= ncols; n++)
	{
		bool		good = fisher_store_map(net, s, cols, n) && fisher_store_fill(net, s, &sub, scratch, 0, false);

		fisher_store_free(net, &sub);
		if (!good)
			return false;
		if (n < ncols)
			sub = *s;
	}
	return true;
}
