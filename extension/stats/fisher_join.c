/*
 * fisher_join.c
 *		Joining the two sets of columns: the probability of X at or above the threshold, over all amounts v in the second set.
 *
 * For each sorted v the list of the second set becomes a table of upper tails; every order of v within the row totals then meets
 * the subtables of the first set, which look up how much of the second set's mass takes them to the threshold.  Rows of equal
 * totals are interchangeable: one order of v stands for all.
 */
#include "stats/fisher_network.h"

#include <string.h>

/* Of p, what may be left out in all. */
#define LEFT_OUT 1e-12

/* With so many rows a v has few orders, and each looks up once if the first set is a single column. */
#define FEW_ROWS 3

typedef struct Join
{
	FisherNet  *net;
	FisherSum  *sum;
	FisherStore lists;			/* of the first set without its streamed column, from three columns on */
	FisherPair	pair;			/* the first set when it is two columns */
	FisherAtoms second;
	int			v[FISHER_MAX_SIDE];	/* sorted */
	int			order[FISHER_MAX_SIDE];	/* v in the order of the rows */
	bool		taken[FISHER_MAX_SIDE];
	bool		tau_set;
	bool		first_part;		/* of the lists: what needs no list is added with it */
	bool		weigh;			/* only add up the probability of v */
	double		log_second;		/* log of the summed mass of the second set given v */
	double		prob;			/* of v in the orders that are not decided */
	double		least_second;	/* a lower bound of the second set's X given v */
	double		least_first;	/* and of the first set's, in any order of v that is not decided */
} Join;

/* The first of n ascending x with y - x at most z; the last if none is. */
static size_t
first_after(const double *x, size_t n, double y, double z)
{
	size_t		lo = 0,
				hi = n - 1;

	while (lo < hi)
	{
		size_t		mid = (lo + hi) / 2;

		if (y - x[mid] > z)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

/*
 * One list of the first set, shifted, against the tails: the mass that counts, sum of m T with T the tail at y - x.  Summed by
 * parts over the list's own tails, so that the atoms that count with all of the second set cost nothing.
 */
static __attribute__((noinline)) double
list_against_tails(const FisherNet *net, const FisherStore *f, const FisherNode *node, double y, const FisherAtoms *g, double *work)
{
	const double *fx = f->x + node->at,
			   *ftail = f->m + node->at;
	const uint32_t *fkey = f->key + node->at;
	size_t		n = node->n;
	const double *gx = g->sx,
			   *gtail = g->sm;
	const uint32_t *gkey = g->key,
			   *grid = g->grid;
	int			shift = g->shift;
	double		pass = ftail[0] * g->above,
				before = g->above;
	size_t		i = 0;
	int32_t		steps,
				s;

	if (y - node->x0 <= g->x0)
		return ftail[0] * g->total;
	/* atoms too likely to count with any listed atom of the second set */
	if (y - node->x0 > g->last)
		i = first_after(fx, n, y, g->last);
	*work -= (double) i;
	/* the thousandth is for rounding: the difference of keys must not exceed the key of the difference */
	steps = (int32_t) fmax(0, (y - node->x0 - g->x0) * net->unit - 1.001);
	for (; (s = steps - (int32_t) fkey[i]) > 0; i++)
	{
		double		tail = gtail[fisher_tail_at(gx, gkey, grid, shift, (uint32_t) s, y - fx[i])];

		pass += ftail[i] * (tail - before);
		before = tail;
	}
	/* within rounding of the least atom */
	for (; steps - (int32_t) fkey[i] > -4 && y - fx[i] > g->x0; i++)
	{
		double		tail = fisher_tail(net, g, y - fx[i]);

		pass += ftail[i] * (tail - before);
		before = tail;
	}
	*work += (double) i;
	/* all others count with all of the second set; if none is left, that is the end, of the mass that no list holds */
	return pass + ftail[i] * (g->total - before);
}

/* The beginning of a list that is wanted next: the lists as a whole are larger than caches. */
static inline void
fetch_ahead(const FisherStore *s, int id)
{
	const FisherNode *node = &s->node[id];

	if (id < s->first_node || id >= s->end_node)
		return;
	for (int i = 0; i < 4; i++)
	{
		__builtin_prefetch(s->key + node->at + 16 * i);
		__builtin_prefetch(s->m + node->at + 8 * i);
	}
}

/* The first set is a streamed column and lists: every division of the column over rows that hold V. */
static void
join_lists(Join *j, const int *V, double weight)
{
	FisherNet  *net = j->net;
	const FisherStore *s = &j->lists;
	const double *lf = net->lf;
	const FisherAtoms *g = &j->second;
	int			r = net->r;
	size_t		stride = fisher_map_size(net) / (size_t) (net->R[r - 2] + 1);
	long double pass = 0,
				seen = 0;
	FisherLines it;

	for (bool more = fisher_lines_first(&it, r, V, net->first[net->nfirst - 1]); more; more = fisher_lines_next(&it))
	{
		int			w[FISHER_MAX_SIDE];
		double		base = 0,
					work = 4.0 * (it.hi - it.lo + 1),
					line_pass = 0,
					line_seen = 0;
		const int32_t *map;

		for (int i = 0; i < r - 2; i++)
		{
			w[i] = V[i] - it.z[i];
			base += lf[it.z[i]];
		}
		w[r - 2] = V[r - 2];
		map = s->map + fisher_index(net, w);
		for (int a = it.lo; a <= it.hi; a++)
		{
			int			id = map[-(ptrdiff_t) stride * a];
			double		x = base + lf[a] + lf[it.rest - a];
			const FisherNode *node;
			double		scale;

			if (a < it.hi)
				fetch_ahead(s, map[-(ptrdiff_t) stride * (a + 1)]);
			if (id < s->first_node || id >= s->end_node)
				continue;
			node = &s->node[id];
			scale = exp(net->log_c - x - node->ref - g->ref);
			if (scale * node->total * weight * g->total < net->tau)
			{
				j->sum->dropped += net->tau;
				continue;
			}
			line_seen += scale * node->total;
			line_pass += scale * list_against_tails(net, s, node, net->threshold - x, g, &work);
			j->sum->joins++;
		}
		seen += line_seen;
		pass += line_pass;
		if (fisher_tick(net, work))
			break;
	}
	j->sum->pass += weight * pass;
	j->sum->seen += weight * seen * g->total;
}

/* The first set is two columns. */
static void
join_pair(Join *j, const int *V, double weight)
{
	FisherNet  *net = j->net;
	FisherPair *p = &j->pair;
	const FisherAtoms *g = &j->second;
	long double pass = 0,
				seen = 0;
	double		scale,
				log_cut,
				dropped = 0;
	bool		more = fisher_pair_first(net, p, V, net->first[0]);

	scale = weight * exp(net->log_c - p->ref - g->ref);
	log_cut = log(net->tau) - (log(weight * g->total) + net->log_c - p->ref - g->ref);
	for (; more; more = fisher_lines_next(&p->lines))
	{
		const FisherLines *it = &p->lines;
		FisherLine	line;
		double		line_pass = 0,
					line_seen = 0;

		if (!fisher_pair_clip(p, log_cut, &dropped))
			continue;
		line = fisher_pair_line(p);
		for (int a = it->lo; a <= it->hi; a++)
		{
			double		f = line.e1[a] * line.e2[-a];

			line_seen += f;
			line_pass += f * fisher_tail(net, g, net->threshold - (line.x + line.h1[a] + line.h2[-a]));
		}
		seen += line.m * line_seen;
		pass += line.m * line_pass;
		j->sum->joins += it->hi - it->lo + 1;
		if (fisher_tick(net, 2.0 * (it->hi - it->lo + 1)))
			break;
	}
	j->sum->dropped += dropped * net->tau;
	j->sum->pass += scale * pass;
	j->sum->seen += scale * seen * g->total;
}

static double
unordered_tail(const FisherAtoms *g, double y)
{
	double		tail[4] = {0, 0, 0, 0};

	for (size_t i = 0; i < g->n; i++)
		tail[i & 3] += g->x[i] >= y ? g->m[i] : 0;
	return (tail[0] + tail[1]) + (tail[2] + tail[3]);
}

/* The first set is one column or none. */
static void
join_single(Join *j, const int *V, double weight)
{
	FisherNet  *net = j->net;
	const FisherAtoms *g = &j->second;
	double		x = 0,
				scale;

	for (int i = 0; i < net->r; i++)
		x += net->lf[V[i]];
	scale = weight * exp(net->log_c - x - g->ref);
	j->sum->pass += scale * (g->unordered ? unordered_tail(g, net->threshold - x) : fisher_tail(net, g, net->threshold - x));
	j->sum->seen += scale * g->total;
	j->sum->joins++;
	(void) fisher_tick(net, 10 + (g->unordered ? 0.3 * (double) g->n : 0));
}

/* Orders that differ only between rows of equal totals. */
static double
count_orders(const FisherNet *net, const int *order)
{
	double		ways = 1;

	for (int i = 0; i < net->r;)
	{
		int			end = i,
					same = 0;

		/* g! / prod (times a value stands in the group)!, a factor for each place */
		for (; end < net->r && net->R[end] == net->R[i]; end++)
		{
			same = end > i && order[end] == order[end - 1] ? same + 1 : 1;
			ways *= (double) (end - i + 1) / same;
		}
		i = end;
	}
	return ways;
}

static void
each_order(Join *j, int place)
{
	FisherNet  *net = j->net;
	int			r = net->r;

	if (place == r)
	{
		int			V[FISHER_MAX_SIDE];
		double		weight = count_orders(net, j->order);
		double		least;

		for (int i = 0; i < r; i++)
			V[i] = net->R[i] - j->order[i];
		if (fisher_tick(net, 2.0 * r))
			return;
		/* whatever the tables of both sets are, they count */
		least = fisher_least(net, V, net->first, net->nfirst);
		if (least + j->least_second >= net->threshold)
		{
			if (j->weigh && j->first_part)
			{
				double		prob = weight * exp(net->log_c + fisher_log_total(net, V, net->first, net->nfirst) + j->log_second);

				j->sum->pass += prob;
				j->sum->seen += prob;
			}
			return;
		}
		if (j->weigh)
		{
			j->least_first = fmin(j->least_first, least);
			j->prob += weight * exp(net->log_c + fisher_log_total(net, V, net->first, net->nfirst) + j->log_second);
		}
		else if (net->nfirst > 2)
			join_lists(j, V, weight);
		else if (net->nfirst == 2)
			join_pair(j, V, weight);
		else
			join_single(j, V, weight);
		return;
	}
	for (int i = 0; i < r && net->status == STAT_OK; i++)
	{
		if (j->taken[i] || (i > 0 && j->v[i] == j->v[i - 1] && !j->taken[i - 1]))
			continue;
		if (j->v[i] > net->R[place] || (place > 0 && net->R[place] == net->R[place - 1] && j->v[i] < j->order[place - 1]))
			continue;
		j->taken[i] = true;
		j->order[place] = j->v[i];
		each_order(j, place + 1);
		j->taken[i] = false;
	}
}

/* The stored masses of the first set become masses of an atom and all above it, and the atoms get keys. */
static bool
lists_to_tails(Join *j)
{
	const FisherStore *s = &j->lists;

	for (int id = s->first_node; id < s->end_node; id++)
	{
		const double *x = s->x + s->node[id].at;
		double	   *m = s->m + s->node[id].at;
		uint32_t   *key = s->key + s->node[id].at;
		uint32_t	end = s->node[id].n - 1;

		key[end] = FISHER_KEY_END;
		for (uint32_t i = end; i-- > 0;)
		{
			m[i] += m[i + 1];
			key[i] = fisher_key(j->net, x[i] - x[0]);
		}
		if (fisher_tick(j->net, s->node[id].n))
			return false;
	}
	return true;
}

/* All that v contributes. */
static bool
join_node(Join *j, const FisherStore *sub_second)
{
	FisherNet  *net = j->net;

	j->weigh = true;
	j->prob = 0;
	j->least_first = INFINITY;
	j->log_second = fisher_log_total(net, j->v, net->second, net->nsecond);
	j->least_second = fisher_least(net, j->v, net->second, net->nsecond) + 1e-9;
	each_order(j, 0);
	if (fisher_tick(net, 100))
		return false;
	if (j->prob == 0)
		return true;
	if (j->prob <= net->tau)
	{
		j->sum->dropped += net->tau;
		return true;
	}
	j->weigh = false;
	j->second.log_unit = log(j->prob) - j->log_second;
	j->second.limit = j->second.unordered ? INFINITY : net->threshold - j->least_first + 1e-6;
	if (!fisher_list(net, net->second, net->nsecond, sub_second, j->v, &j->second))
		return false;
	if (!j->second.unordered)
		fisher_atoms_tails(net, &j->second);
	j->sum->dropped += j->second.dropped * net->tau;
	j->sum->nodes++;
	if (j->second.total > 0)
		each_order(j, 0);
	return net->status == STAT_OK;
}

/*
 * What may be left out: less than a trillionth of a lower bound of p in all.  The bound is the observed table's own probability,
 * or what the most likely v contributes.
 */
static bool
set_tau(Join *j, const FisherStore *sub_second)
{
	FisherNet  *net = j->net;
	double		floor = exp(net->log_c - net->observed);
	double		total = 0;
	int			left = net->sum_second;
	int			i = 0;

	for (int a = 0; a < net->r; a++)
		total += net->R[a];
	net->tau = LEFT_OUT * floor / fmax(net->items, 1e3);
	for (int a = 0; a < net->r; a++)
	{
		j->v[a] = (int) (net->R[a] * (net->sum_second / total));
		left -= j->v[a];
	}
	/* what rounding left over goes to the large rows, and the order stays ascending */
	for (i = net->r - 1; left > 0; i = i > 0 ? i - 1 : net->r - 1)
		if (j->v[i] < net->R[i])
		{
			j->v[i]++;
			left--;
		}
	for (int a = 1; a < net->r; a++)
		for (int b = a; b > 0 && j->v[b] < j->v[b - 1]; b--)
		{
			int			t = j->v[b];

			j->v[b] = j->v[b - 1];
			j->v[b - 1] = t;
		}
	if (!join_node(j, sub_second))
		return false;
	floor = fmax(floor, (double) j->sum->pass);
	net->tau = LEFT_OUT * floor / fmax(net->items, 1e3);
	memset(j->sum, 0, sizeof(*j->sum));
	return true;
}

void
fisher_join(FisherNet *net, FisherSum *sum)
{
	Join		j;
	FisherStore sub_first,
				sub_second;
	bool		good = true;

	memset(&j, 0, sizeof(j));
	memset(&sub_first, 0, sizeof(sub_first));
	memset(&sub_second, 0, sizeof(sub_second));
	memset(sum, 0, sizeof(*sum));
	j.net = net;
	/* keys of 30 bits for all X from the least to the threshold */
	net->unit = ldexp(1, 29 - ilogb(fmax(net->threshold - fisher_least(net, net->R, net->C, net->k) + 1, 1)));
	j.sum = sum;
	if (net->nsecond > 2)
		good = fisher_store_build(net, &sub_second, net->second, net->nsecond - 1, &j.second);
	if (good && net->nfirst == 2)
	{
		int			total = net->first[0] + net->first[1];

		good = fisher_pair_alloc(net, &j.pair, total);
	}
	if (good && net->nfirst > 3)
		good = fisher_store_build(net, &sub_first, net->first, net->nfirst - 2, &j.second);
	if (good && net->nfirst > 2)
	{
		size_t		room;

		good = fisher_store_map(net, &j.lists, net->first, net->nfirst - 1);
		room = good ? (size_t) ((double) (net->memory - net->used) / net->reserve / (2 * sizeof(double) + sizeof(uint32_t))) : 0;
		if (good)
		{
			j.lists.x = fisher_alloc(net, room * (2 * sizeof(double) + sizeof(uint32_t)));
			j.lists.m = j.lists.x ? j.lists.x + room : NULL;
			j.lists.key = j.lists.x ? (uint32_t *) (j.lists.m + room) : NULL;
			j.lists.room = room;
			good = j.lists.x != NULL;
		}
	}
	j.second.unordered = net->nfirst < 2 && net->nsecond == 2 && net->r <= FEW_ROWS;
	/* the lists of the first set in as many parts as the memory needs; without lists once */
	do
	{
		j.first_part = j.lists.end_node == 0;
		if (good && net->nfirst > 2)
			good = fisher_store_fill(net, &j.lists, &sub_first, &j.second, j.lists.end_node, true) && lists_to_tails(&j);
		if (good && !j.tau_set)
			j.tau_set = good = set_tau(&j, &sub_second);
		for (bool more = good && fisher_sorted_first(j.v, net->r, net->R, net->sum_second); more;
			 more = fisher_sorted_next(j.v, net->r, net->R))
		{
			good = join_node(&j, &sub_second);
			if (!good)
				break;
		}
	} while (good && net->nfirst > 2 && j.lists.end_node < j.lists.nnode);
	fisher_store_free(net, &j.lists);
	fisher_store_free(net, &sub_first);
	fisher_store_free(net, &sub_second);
	fisher_pair_free(net, &j.pair);
	fisher_atoms_free(net, &j.second);
}
