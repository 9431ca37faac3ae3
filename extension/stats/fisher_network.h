/*
 * fisher_network.h
 *		What the parts of the exact r x c test share: the table's margins, budgets, enumeration, lists of atoms.
 *
 * A table with row totals R and column totals C has the probability exp(log_c - X), X = sum of log n_ij!, so the test needs the
 * distribution of X.  The columns are cut into two sets.  For the amounts v that the second set leaves in each row, the tables
 * of the first set have margins R - v and those of the second v, and X = F + G with F and G independent given v: the network of
 * Mehta and Patel (1983), J. Amer. Statist. Assoc. 78, 427-434, met in the middle.  An atom is a value of F or G with the mass of the
 * subtables that have it; ones that agree are merged, as theirs.  Lists of a set of columns depend on the row margins only
 * through their sorted order.
 */
#ifndef CSIRTSURVEY_FISHER_NETWORK_H
#define CSIRTSURVEY_FISHER_NETWORK_H

#include "stats/stats.h"

#define FISHER_MAX_SIDE 64		/* rows or columns of one table */
#define FISHER_KEY_END ((uint32_t) INT32_MAX - 4)	/* above every key */

typedef struct FisherNet
{
	int			r;				/* rows: sorted so that totals ascend; r >= 2 */
	int			k;				/* columns, totals ascend */
	int			R[FISHER_MAX_SIDE];
	int			C[FISHER_MAX_SIDE];
	double		x2;				/* Pearson's chi-square of the observed table */
	double	   *lf;				/* log n! for n = 0 .. largest possible cell */
	int			nlf;
	double		log_c;			/* sum of log R! + sum of log C! - log N! */
	double		observed;		/* X of the observed table */
	double		threshold;		/* tables with X at or above it count */
	double		tau;			/* what is less probable than this may be left out */
	double		merge;			/* X closer than this is the same X */
	double		unit;			/* whole steps per unit of X: all X below the threshold fit into 30 bits; set when joining */

	/* the columns, cut: first = list columns and one streamed column, second = at least two columns */
	int			nfirst;
	int			first[FISHER_MAX_SIDE];	/* totals; the last one is streamed */
	int			nsecond;
	int			second[FISHER_MAX_SIDE];	/* totals; the last two are enumerated at once */
	int			sum_second;
	double		items;			/* how many atoms and joins there may be, roughly */

	/* budgets */
	size_t		memory;
	size_t		used;
	double		reserve;		/* what plans count on is memory / reserve: greater after one that did not fit */
	double		deadline;		/* of fisher_clock(); infinite without a limit */
	double		ops;
	double		next_look;
	StatStatus	status;			/* why work stops; STAT_OK while it goes on */
	bool		out_of_time;
} FisherNet;

extern double fisher_clock(void);
extern void *fisher_alloc(FisherNet *net, size_t size);
extern void fisher_release(FisherNet *net, void *p);
extern bool fisher_look(FisherNet *net);
extern void fisher_sort_ints(int *z, int n);

/* Count work; true when it must stop. */
static inline bool
fisher_tick(FisherNet *net, double ops)
{
	net->ops += ops;
	return net->ops >= net->next_look && fisher_look(net);
}

/*
 * All ways to divide total over r cells with capacities cap, line by line: cells 0 .. r - 3 are fixed in a line, cell r - 2 runs
 * from lo to hi, cell r - 1 takes the rest.
 */
typedef struct FisherLines
{
	int			r;
	int			total;
	const int  *cap;
	int			cap_after[FISHER_MAX_SIDE + 1]; /* sum of cap[j..] */
	int			z[FISHER_MAX_SIDE];
	int			rest;
	int			lo;
	int			hi;
} FisherLines;

extern bool fisher_lines_first(FisherLines *it, int r, const int *cap, int total);
extern bool fisher_lines_next(FisherLines *it);
extern bool fisher_sorted_first(int *z, int r, const int *cap, int total);
extern bool fisher_sorted_next(int *z, int r, const int *cap);

/*
 * Atoms in the making: x and mass in any order; after fisher_atoms_sort() in sx and sm, ascending, equal ones merged.  Atoms above
 * limit are not listed, only their mass is kept: whoever sets the limit knows that they count with whatever the other set has.
 */
typedef struct FisherAtoms
{
	double	   *x;
	double	   *m;
	double	   *sx;
	double	   *sm;
	uint32_t   *cell;			/* 2 * room + 2 */
	uint32_t   *grid;			/* of the tails, in the place of x and m: by key >> shift the first atom not before it */
	uint32_t   *key;			/* of the tails, in the place of cell: x - x0 in whole steps */
	int			shift;
	size_t		room;
	size_t		n;
	size_t		merge_at;		/* merge before there are more than these */
	bool		unordered;		/* the list stays in x and m as it is made: for a few look-ups, order does not pay */
	double		ref;			/* the subtables' masses are m * exp(-ref) */
	double		log_unit;		/* log of the probability that mass 1 stands for; with it atoms below tau are left out */
	double		dropped;		/* how many were */
	double		limit;
	double		above;			/* mass of the atoms above limit */
	uint32_t	ncell;
	double		x0;				/* the least atom */
	double		last;			/* the greatest */
	double		inv;			/* cells per unit of x */
	double		total;			/* with what is above */
} FisherAtoms;

extern bool fisher_atoms_room(FisherNet *net, FisherAtoms *a, size_t room);
extern bool fisher_atoms_more(FisherNet *net, FisherAtoms *a, size_t count);
extern void fisher_atoms_free(FisherNet *net, FisherAtoms *a);
extern bool fisher_atoms_sort(FisherNet *net, FisherAtoms *a);
extern size_t fisher_first_at(const double *x, size_t i, double y);
extern void fisher_atoms_tails(const FisherNet *net, FisherAtoms *a);

/* Take the atom when it is within the limit; there is room for it. */
static inline void
fisher_atoms_put(FisherAtoms *a, double x, double m)
{
	bool		within = x <= a->limit;

	a->x[a->n] = x;
	a->m[a->n] = m;
	a->n += within;
	a->above += within ? 0 : m;
}

/* An atom's whole steps above x0. */
static inline uint32_t
fisher_key(const FisherNet *net, double above)
{
	double		steps = above * net->unit;

	return steps < FISHER_KEY_END ? (uint32_t) steps : FISHER_KEY_END;
}

/*
 * After fisher_atoms_tails(), when sm holds the mass at an atom and above: the first atom at y and above, y being between the
 * least and the greatest atom and steps the key that y has at most, less one.  Keys decide unless they are within rounding of each
 * other, which is seldom, as are cells with more than two atoms; the two steps without a branch are for the others.
 */
static inline size_t
fisher_tail_at(const double *x, const uint32_t *key, const uint32_t *grid, int shift, uint32_t steps, double y)
{
	size_t		i = grid[steps >> shift];

	i += key[i] < steps;
	i += key[i] < steps;
	if (__builtin_expect((int32_t) (key[i] - steps) < 3, 0))
		i = fisher_first_at(x, i, y);
	return i;
}

/* The mass at y and above; y is within the limit. */
static inline double
fisher_tail(const FisherNet *net, const FisherAtoms *a, double y)
{
	double		steps;

	if (!(y > a->x0))
		return a->total;
	if (y > a->last)
		return a->above;
	steps = (y - a->x0) * net->unit - 1;
	return a->sm[fisher_tail_at(a->sx, a->key, a->grid, a->shift, steps > 0 ? (uint32_t) steps : 0, y)];
}

/* The lists of one set of columns, for every sorted vector of row margins. */
typedef struct FisherNode
{
	size_t		at;
	uint32_t	n;
	double		x0;				/* the first x */
	double		ref;
	double		total;
} FisherNode;

typedef struct FisherStore
{
	int			ncols;
	const int  *cols;
	int			sum;
	int32_t    *map;			/* by fisher_index(); -1: no such margins */
	FisherNode *node;
	int			nnode;
	double	   *x;
	double	   *m;
	uint32_t   *key;			/* of lists that are joined: x less the list's first in whole steps */
	size_t		room;			/* atoms */
	size_t		used;
	int			first_node;		/* the nodes that are held: first_node .. end_node - 1 */
	int			end_node;
} FisherStore;

extern size_t fisher_map_size(const FisherNet *net);
extern bool fisher_store_map(FisherNet *net, FisherStore *s, const int *cols, int ncols);
extern bool fisher_store_fill(FisherNet *net, FisherStore *s, const FisherStore *sub, FisherAtoms *scratch, int from, bool part);
extern void fisher_store_free(FisherNet *net, FisherStore *s);
extern bool fisher_store_build(FisherNet *net, FisherStore *s, const int *cols, int ncols, FisherAtoms *scratch);
extern bool fisher_list(FisherNet *net, const int *cols, int ncols, const FisherStore *sub, const int *w, FisherAtoms *out);

/* Row margins (the last is implied) as an index: row i has the stride of the product of the capacities before it. */
static inline size_t
fisher_index(const FisherNet *net, const int *w)
{
	size_t		at = 0;

	for (int i = net->r - 2; i >= 0; i--)
		at = at * (size_t) (net->R[i] + 1) + (size_t) w[i];
	return at;
}

/* The r x 2 subtables with row margins w and first column total c, for enumeration by lines. */
typedef struct FisherPair
{
	FisherLines lines;
	double	   *h;				/* log a! + log (w - a)! of row i from h[at[i]] on */
	double	   *e;				/* exp(-h), scaled; the product of the rows' e is the mass times exp(ref) */
	int			at[FISHER_MAX_SIDE];
	double		ref;
} FisherPair;

extern bool fisher_pair_alloc(FisherNet *net, FisherPair *p, int total);
extern void fisher_pair_free(FisherNet *net, FisherPair *p);
extern bool fisher_pair_first(const FisherNet *net, FisherPair *p, const int *w, int c);
extern bool fisher_pair_clip(FisherPair *p, double log_cut, double *dropped);

/* The present line: with a in cell r - 2 a table has X = x + h1[a] + h2[-a] and the factor m * e1[a] * e2[-a]. */
typedef struct FisherLine
{
	double		x;
	double		m;
	const double *h1;
	const double *h2;
	const double *e1;
	const double *e2;
} FisherLine;

static inline FisherLine
fisher_pair_line(const FisherPair *p)
{
	int			r = p->lines.r;
	FisherLine	line = {0, 1, p->h + p->at[r - 2], p->h + p->at[r - 1] + p->lines.rest,
	p->e + p->at[r - 2], p->e + p->at[r - 1] + p->lines.rest};

	for (int i = 0; i < r - 2; i++)
	{
		line.x += p->h[p->at[i] + p->lines.z[i]];
		line.m *= p->e[p->at[i] + p->lines.z[i]];
	}
	return line;
}

extern double fisher_log_total(const FisherNet *net, const int *w, const int *cols, int ncols);
extern double fisher_least(const FisherNet *net, const int *w, const int *cols, int ncols);
extern bool fisher_plan(FisherNet *net, double *cost);

/* What the joining of the two sets found. */
typedef struct FisherSum
{
	long double pass;			/* probability of the tables that count */
	long double seen;			/* probability of all tables looked at */
	long double dropped;		/* at least the probability of what was left out as less than tau */
	double		nodes;
	double		joins;
} FisherSum;

extern void fisher_join(FisherNet *net, FisherSum *sum);

#endif							/* CSIRTSURVEY_FISHER_NETWORK_H */
