/*
 * zelen.c
 *		Zelen's exact test that the odds ratio is the same in all strata.
 *
 * M. Zelen (1971), Biometrika 58, 129-137.  Given the margins and the sum s of the first cells, a combination of tables has a probability
 * proportional to the product of the strata's hypergeometric weights, whatever the common odds ratio.  The strata are passed through one after
 * the other: a node is a sum still to come and a product so far, and stands for all paths with both.  Bounds on what the other strata can
 * add decide most nodes early: C. R. Mehta and N. R. Patel (1983), Journal of the American Statistical Association 78, 427-434.
 */
#include "stats/mh_distribution.h"

#define MOST_NODES (1 << 20)
#define MOST_SUMS 4e6			/* sums to come, over all strata */
#define MOST_PRODUCTS 2e9		/* to find what the strata can add */
#define STEPS_PER_POLL 65536

typedef struct Node
{
	int64_t		rest;			/* the sum still to come; -1: an empty slot */
	int64_t		key;			/* the logarithm of the product, in steps of 1e-12 */
	long double product;
	long double mass;			/* product times the number of paths */
} Node;

typedef struct Nodes
{
	int			n;
	int			size;			/* a power of two, at least 2 n */
	Node	   *slot;
} Nodes;

/* What strata k and up can add, for sums low, low + 1, ..., low + n - 1 of theirs. */
typedef struct Suffix
{
	int64_t		low;
	int64_t		n;
	long double *total;
	long double *most;
	long double *least;
} Suffix;

static StatStatus
nodes_new(Nodes *h, int size)
{
	h->n = 0;
	h->size = size;
	h->slot = stat_alloc(sizeof(Node) * (size_t) size);
	for (int i = 0; h->slot && i < size; i++)
		h->slot[i].rest = -1;
	return h->slot ? STAT_OK : STAT_NO_MEMORY;
}

/* Add paths to the node of their sum and product. */
static StatStatus
nodes_add(Nodes *h, const Node *node)
{
	size_t		at;

	if (2 * (h->n + 1) > h->size)
	{
		Nodes		wider;
		StatStatus	status = h->n >= MOST_NODES ? STAT_BUDGET : nodes_new(&wider, 2 * h->size);

		if (status != STAT_OK)
			return status;
		for (int i = 0; i < h->size; i++)
			if (h->slot[i].rest >= 0)
				(void) nodes_add(&wider, &h->slot[i]);
		stat_release(h->slot);
		*h = wider;
	}
	at = ((uint64_t) node->key * UINT64_C(0x9e3779b97f4a7c15) + (uint64_t) node->rest) * UINT64_C(0xd1342543de82ef95) >> 32;
	for (;; at++)
	{
		Node	   *slot = &h->slot[at & (size_t) (h->size - 1)];

		if (slot->rest < 0)
		{
			*slot = *node;
			h->n++;
			return STAT_OK;
		}
		if (slot->rest == node->rest && slot->key == node->key)
		{
			slot->mass += node->mass;
			return STAT_OK;
		}
	}
}

/* The suffix of stratum weights w before the suffix after. */
static StatStatus
suffix_before(const MhWeights *w, const Suffix *after, Suffix *out)
{
	out->low = w->low + after->low;
	out->n = w->n + after->n - 1;
	out->total = stat_alloc(3 * sizeof(long double) * (size_t) out->n);
	if (out->total == NULL)
		return STAT_NO_MEMORY;
	out->most = out->total + out->n;
	out->least = out->most + out->n;
	for (int64_t i = 0; i < out->n; i++)
	{
		out->total[i] = out->most[i] = 0;
		out->least[i] = INFINITY;
	}
	for (int64_t a = 0; a < w->n; a++)
	{
		if (stat_interrupted())
			return STAT_INTERRUPTED;
		for (int64_t b = 0; b < after->n; b++)
		{
			out->total[a + b] += w->w[a] * after->total[b];
			out->most[a + b] = fmaxl(out->most[a + b], w->w[a] * after->most[b]);
			out->least[a + b] = fminl(out->least[a + b], w->w[a] * after->least[b]);
		}
	}
	return STAT_OK;
}

/* Pass the nodes through one stratum; what is decided goes to tail. */
static StatStatus
stage(const Nodes *from, const MhWeights *w, const Suffix *after, long double bound, Nodes *to, long double *tail)
{
	int			steps = 0;

	for (int i = 0; i < from->size; i++)
	{
		const Node *node = &from->slot[i];

		if (node->rest < 0)
			continue;
		for (int64_t a = 0; a < w->n; a++)
		{
			Node		next = {node->rest - w->low - a, 0, node->product * w->w[a], node->mass * w->w[a]};
			int64_t		at = next.rest - after->low;
			StatStatus	status;

			if (++steps % STEPS_PER_POLL == 0 && stat_interrupted())
				return STAT_INTERRUPTED;
			if (at < 0 || at >= after->n)
				continue;
			if (next.product * after->most[at] <= bound)
				*tail += next.mass * after->total[at];
			else if (next.product * after->least[at] <= bound)
			{
				next.key = (int64_t) llroundl(logl(next.product) * 1e12L);
				status = nodes_add(to, &next);
				if (status != STAT_OK)
					return status;
			}
		}
	}
	return STAT_OK;
}

/* The probability of the observed combination and of all that are no likelier. */
static StatStatus
network(const MhWeights *w, const Suffix *suffix, int n, int64_t sum, long double observed, StatResult *res)
{
	Nodes		now;
	long double tail = 0,
				all = suffix[0].total[sum - suffix[0].low];
	StatStatus	status = nodes_new(&now, 64);

	if (status == STAT_OK)
		status = nodes_add(&now, &(Node) {sum, 0, 1, 1});
	for (int k = 0; k < n && status == STAT_OK; k++)
	{
		Nodes		next;

		status = nodes_new(&next, 64);
		if (status == STAT_OK)
			status = stage(&now, &w[k], &suffix[k + 1], observed * MH_SAME, &next, &tail);
		stat_release(now.slot);
		now = next;
	}
	stat_release(now.slot);
	res->statistic = (double) (observed / all);
	res->p_value = (double) fminl(tail / all, 1);
	return status;
}

static StatStatus
zelen(const StrataClean *t, StatResult *res)
{
	int			n = 0;
	MhWeights  *w = stat_alloc(sizeof(MhWeights) * (size_t) t->informative);
	Suffix	   *suffix = stat_alloc(sizeof(Suffix) * ((size_t) t->informative + 1));
	int			first = t->informative + 1;	/* suffixes from here on exist */
	long double observed = 1,
				psi = mh_near_estimate(t);
	double		sums = 0,
				products = 0;
	int64_t		sum = 0;
	StatStatus	status = w == NULL || suffix == NULL ? STAT_NO_MEMORY : STAT_OK;

	for (int k = 0; k < t->s.nstrata && status == STAT_OK; k++)
	{
		MhStratum	x = mh_stratum(t, k);
		int64_t		a = (int64_t) x.a;

		if (x.a + x.b == 0 || x.c + x.d == 0 || x.a + x.c == 0 || x.b + x.d == 0)
			continue;
		w[n] = (MhWeights) {0};
		status = mh_stratum_weights(x, psi, &w[n]);
		n++;
		if (status == STAT_OK && (a < w[n - 1].low || a >= w[n - 1].low + w[n - 1].n))
			status = STAT_BUDGET;
		if (status == STAT_OK)
			observed *= w[n - 1].w[a - w[n - 1].low];
		sum += a;
	}
	if (status == STAT_OK && !(observed > 0))
		status = STAT_BUDGET;
	if (status == STAT_OK)
	{
		long double *one = stat_alloc(3 * sizeof(long double));

		first = n;
		suffix[n] = (Suffix) {0, 1, one, one ? one + 1 : NULL, one ? one + 2 : NULL};
		if (one)
			one[0] = one[1] = one[2] = 1;
		else
			status = STAT_NO_MEMORY;
	}
	while (first > 0 && status == STAT_OK)
	{
		first--;
		suffix[first] = (Suffix) {0};
		sums += (double) (w[first].n + suffix[first + 1].n);
		products += (double) w[first].n * suffix[first + 1].n;
		status = sums > MOST_SUMS || products > MOST_PRODUCTS ? STAT_BUDGET : suffix_before(&w[first], &suffix[first + 1], &suffix[first]);
	}
	if (status == STAT_OK)
		status = network(w, suffix, n, sum, observed, res);
	for (int k = 0; k < n; k++)
		stat_release(w[k].w);
	for (int k = first; k <= n; k++)
		stat_release(suffix[k].total);
	stat_release(w);
	stat_release(suffix);
	return status;
}

StatStatus
zelen_test(const StatStrata *in, StatResult *res)
{
	StrataClean t;
	StatStatus	status;

	stat_result_init(res, "Zelen's exact test of a common odds ratio");
	status = mh_clean(in, &t, res);
	if (status == STAT_OK && (!t.integral || t.sum >= 9007199254740992.0))
		status = STAT_BAD_ARGUMENT;
	if (status == STAT_OK && t.informative < 2)
	{
		stat_note(res, "only one stratum has two rows and two columns with counts: there is nothing to compare");
		status = STAT_UNDEFINED;
	}
	if (status == STAT_OK)
		status = zelen(&t, res);
	stat_release(t.block);
	return status;
}
