/*
 * suppress.c
 *		Primary and complementary cell suppression in a one- or two-way table, proven by the exact bounds of every hidden count.
 *
 * A table with margins is a circulation in a network: its nodes are the rows and columns (the totals among them), its arcs the
 * counts; a count of the table runs from its row to its column, a margin back, the grand total from the row of totals to the
 * column of totals, and every node lets out what comes in.  A change that nobody can see is a circulation in the hidden arcs, so the
 * greatest and least value of a hidden count are maximum flows between the ends of its arc, exact and whole.
 *
 * Complementary cells: for each small count that is not yet safe, the cheapest circulation through it that gives it the room it needs,
 * where a hidden arc is free and a published one costs; in the end each complementary cell that is not needed is published again.
 *
 * L. H. Cox (1980), Suppression methodology and statistical disclosure control, JASA 75, 377-385; J. P. Kelly, B. L. Golden and A. A.
 * Assad (1992), Cell suppression: disclosure protection for sensitive tabular data, Networks 22, 397-417; J. Castro (2007), A shortest
 * paths heuristic for statistical data protection in positive tables, INFORMS J. Computing 19, 520-533; L. R. Ford and D. R.
 * Fulkerson (1962), Flows in Networks.
 */
#include <stdlib.h>
#include <string.h>

#include "stats/suppress.h"

/* A count that may be published again: dearest first. */
typedef struct Candidate
{
	double		cost;
	size_t		cell;
} Candidate;

/* Pruning looks at every pair of a complementary and a small count; beyond this many steps it is left out. */
#define PRUNE_STEPS 2e9

#define NOBODY SIZE_MAX

static inline int
nodes(const Suppression *s)
{
	return s->nrow + s->ncol + 2;
}

/* Rows are nodes 0 .. nrow, columns nrow + 1 .. nrow + 1 + ncol. */
static inline int
col_node(const Suppression *s, int col)
{
	return s->nrow + 1 + col;
}

/* Counts of the table and the grand total run from row to column, margins from column to row. */
static inline bool
from_row(const Suppression *s, int row, int col)
{
	return (row == s->nrow) == (col == s->ncol);
}

/* The least value that somebody outside holds for possible: zeros are either all shown or hidden like other small counts. */
static inline int64_t
least(const Suppression *s, size_t cell)
{
	return s->zeros || s->n[cell] == 0 ? 0 : 1;
}

/* Whether the count could be hidden at all. */
static inline bool
may_hide(const Suppression *s, size_t cell)
{
	return s->zeros || s->n[cell] > 0;
}

/*
 * Cells before margins, margins before the grand total; few rather than many; among as many, small ones.  A circulation
 * without repeated nodes has at most nodes() arcs.
 */
static double
hiding_cost(const Suppression *s, int row, int col)
{
	double		share = (double) s->n[suppress_at(s, row, col)] / ((double) s->n[suppress_at(s, s->nrow, s->ncol)] + 1);
	double		many = 2.0 * nodes(s) + 2;

	return (1 + share) * (row == s->nrow ? many : 1) * (col == s->ncol ? many : 1);
}

/* How much more may run through a cell out of its row (or into it). */
static inline int64_t
room(const Suppression *s, const int64_t *flow, int row, int col, bool out_of_row)
{
	size_t		cell = suppress_at(s, row, col);

	return out_of_row == from_row(s, row, col) ? SUPPRESS_UNBOUNDED : flow[cell] - least(s, cell);
}

/* Whether a count is this cell or a total of it. */
static inline bool
covers(const Suppression *s, int row, int col, int cell_row, int cell_col)
{
	return (row == cell_row || row == s->nrow) && (col == cell_col || col == s->ncol);
}

/*
 * Whether the one respondent of the cell s->insider knows this count: the cell itself, a total of that cell alone, and a total of 1 that
 * covers it where zeros are shown, because nobody else can be in it.
 */
static inline bool
known(const Suppression *s, int row, int col)
{
	int			own_row,
				own_col;

	if (s->insider == NOBODY)
		return false;
	own_row = (int) (s->insider / (s->ncol + 1));
	own_col = (int) (s->insider % (s->ncol + 1));
	if (!covers(s, row, col, own_row, own_col))
		return false;
	if ((row == own_row || s->nrow == 1) && (col == own_col || s->ncol == 1))
		return true;
	return !s->zeros && s->n[suppress_at(s, row, col)] == 1;
}

/* A published count that has not changed yet: to use it costs. */
static inline bool
costs(const Suppression *s, const int64_t *flow, size_t cell)
{
	return s->state[cell] == SUPPRESS_PUBLISHED && flow[cell] == s->n[cell];
}

/* The cell between two neighbours, and the other ends of a node's cells: columns for a row, rows for a column. */
static inline void
cell_between(const Suppression *s, int u, int v, int *row, int *col)
{
	*row = u <= s->nrow ? u : v;
	*col = (u <= s->nrow ? v : u) - s->nrow - 1;
}

static inline int
first_neighbour(const Suppression *s, int u)
{
	return u <= s->nrow ? s->nrow + 1 : 0;
}

static inline int
end_of_neighbours(const Suppression *s, int u)
{
	return u <= s->nrow ? nodes(s) : s->nrow + 1;
}

/* A path with room from one node to another along what costs nothing, of as few cells as can be, without the cell barred; parent[] is the path. */
static bool
free_path(Suppression *s, const int64_t *flow, int from, int to, size_t barred)
{
	int			head = 0,
				tail = 0;

	for (int i = 0; i < nodes(s); i++)
		s->parent[i] = -1;
	s->parent[from] = from;
	s->queue[tail++] = from;
	while (head < tail)
	{
		int			u = s->queue[head++];

		for (int v = first_neighbour(s, u); v < end_of_neighbours(s, u); v++)
		{
			int			row,
						col;
			size_t		cell;

			if (s->parent[v] >= 0)
				continue;
			cell_between(s, u, v, &row, &col);
			cell = suppress_at(s, row, col);
			if (cell == barred || known(s, row, col) || costs(s, flow, cell) || !(room(s, flow, row, col, u <= s->nrow) > 0))
				continue;
			s->parent[v] = u;
			if (v == to)
				return true;
			s->queue[tail++] = v;
		}
	}
	return false;
}

/* The cheapest path with room, where published counts may be used at their cost. */
static bool
cheapest_path(Suppression *s, const int64_t *flow, int from, int to, size_t barred)
{
	int			n = nodes(s);

	for (int i = 0; i < n; i++)
	{
		s->cost[i] = INFINITY;
		s->parent[i] = -1;
		s->done[i] = false;
	}
	s->cost[from] = 0;
	for (;;)
	{
		int			u = -1;

		for (int i = 0; i < n; i++)
			if (!s->done[i] && isfinite(s->cost[i]) && (u < 0 || s->cost[i] < s->cost[u]))
				u = i;
		if (u < 0)
			return false;
		if (u == to)
			return true;
		s->done[u] = true;
		for (int v = first_neighbour(s, u); v < end_of_neighbours(s, u); v++)
		{
			int			row,
						col;
			size_t		cell;
			double		cost = s->cost[u];

			cell_between(s, u, v, &row, &col);
			cell = suppress_at(s, row, col);
			if (s->done[v] || cell == barred || known(s, row, col) || !(room(s, flow, row, col, u <= s->nrow) > 0))
				continue;
			if (costs(s, flow, cell))
				cost += may_hide(s, cell) ? hiding_cost(s, row, col) : INFINITY;
			if (cost < s->cost[v])
			{
				s->cost[v] = cost;
				s->parent[v] = u;
			}
		}
	}
}

/* Run amount along the path that parent[] describes; with amount 0 only tell its room, up to want. */
static int64_t
along_path(Suppression *s, int64_t *flow, int from, int to, int64_t want, int64_t amount)
{
	for (int v = to; v != from; v = s->parent[v])
	{
		int			u = s->parent[v];
		bool		out = u <= s->nrow;
		int			row,
					col;
		int64_t		here;

		cell_between(s, u, v, &row, &col);
		here = room(s, flow, row, col, out);
		if (amount > 0)
			flow[suppress_at(s, row, col)] += out == from_row(s, row, col) ? amount : -amount;
		else if (here < want)
			want = here;
	}
	return want;
}

/*
 * How far the count can go up (or down) from its true value, at most want.  Hidden counts alone may change with it, or also published ones
 * (candidates), which are then hidden.  *room_found is SUPPRESS_UNBOUNDED where nothing bounds it.
 */
static StatStatus
move_count(Suppression *s, int row, int col, bool up, int64_t want, bool candidates, int64_t *room_found)
{
	size_t		cell = suppress_at(s, row, col),
				cells = suppress_at(s, s->nrow, s->ncol) + 1;
	bool		out = from_row(s, row, col) == up;
	int			from = out ? col_node(s, col) : row,
				to = out ? row : col_node(s, col);
	int64_t    *flow = s->work;
	int64_t		found = 0;

	memcpy(flow, s->n, sizeof(int64_t) * cells);
	while (found < want)
	{
		int64_t		amount;

		if (stat_interrupted())
			return STAT_INTERRUPTED;
		if (!free_path(s, flow, from, to, cell) && !(candidates && cheapest_path(s, flow, from, to, cell)))
			break;
		amount = along_path(s, flow, from, to, SUPPRESS_UNBOUNDED, 0);
		if (amount == SUPPRESS_UNBOUNDED && want == SUPPRESS_UNBOUNDED)
		{
			found = amount;
			break;
		}
		if (amount > want - found)
			amount = want - found;
		(void) along_path(s, flow, from, to, 0, amount);
		found += amount;
	}
	for (size_t i = 0; i < cells; i++)
		if (flow[i] != s->n[i])
		{
			if (candidates && s->state[i] == SUPPRESS_PUBLISHED)
				s->state[i] = SUPPRESS_COMPLEMENTARY;
			if (s->insider == NOBODY)
				s->changed[i] = true;
		}
	*room_found = found;
	return STAT_OK;
}

int64_t
suppress_floor(const Suppression *s, int row, int col)
{
	int64_t		floor = 0;

	/* the insider counts himself */
	if (s->zeros)
		return s->insider != NOBODY && covers(s, row, col, (int) (s->insider / (s->ncol + 1)), (int) (s->insider % (s->ncol + 1)));
	for (int i = row < s->nrow ? row : 0; i < s->nrow && (row == s->nrow || i == row); i++)
		for (int j = col < s->ncol ? col : 0; j < s->ncol && (col == s->ncol || j == col); j++)
			floor += s->n[suppress_at(s, i, j)] > 0;
	return floor;
}

StatStatus
suppress_bounds(Suppression *s, int row, int col, int64_t *low, int64_t *high)
{
	int64_t		n = s->n[suppress_at(s, row, col)],
				up,
				down;
	StatStatus	status;

	*low = *high = n;
	if (!suppress_hidden(s, row, col))
		return STAT_OK;
	status = move_count(s, row, col, true, SUPPRESS_UNBOUNDED, false, &up);
	if (status == STAT_OK)
		status = move_count(s, row, col, false, n - least(s, suppress_at(s, row, col)), false, &down);
	if (status != STAT_OK)
		return status;
	*low = n - down;
	*high = up == SUPPRESS_UNBOUNDED ? SUPPRESS_UNBOUNDED : n + up;
	return STAT_OK;
}

/* Give a small count the room it needs, by candidates, or tell whether it has it. */
static StatStatus
protect(Suppression *s, int row, int col, bool candidates, bool *safe)
{
	int64_t		n = s->n[suppress_at(s, row, col)],
				up = s->min_count - n,
				down = n - suppress_floor(s, row, col),
				got_up,
				got_down = 0;
	StatStatus	status = move_count(s, row, col, true, up, candidates, &got_up);

	if (status == STAT_OK)
		status = move_count(s, row, col, false, down, candidates, &got_down);
	*safe = status == STAT_OK && got_up >= up && got_down >= down;
	return status;
}

/*
 * The same against everybody: those outside, and each respondent who is alone in a cell.  The room found for those outside is safe from a
 * respondent whose cell it leaves as it is, so that only the cells that it changes are looked at.
 */
static StatStatus
protect_from_all(Suppression *s, int row, int col, bool candidates, bool *safe)
{
	size_t		cells = suppress_at(s, s->nrow, s->ncol) + 1;
	StatStatus	status;

	memset(s->changed, 0, cells);
	status = protect(s, row, col, candidates, safe);
	for (size_t i = 0; i < cells && s->insiders && status == STAT_OK && *safe; i++)
	{
		int			own_row = (int) (i / (s->ncol + 1)),
					own_col = (int) (i % (s->ncol + 1));

		if (!s->changed[i] || s->n[i] != 1 || own_row == s->nrow || own_col == s->ncol || !suppress_hidden(s, own_row, own_col))
			continue;
		s->insider = i;
		if (!known(s, row, col))
			status = protect(s, row, col, candidates, safe);
		s->insider = NOBODY;
	}
	return status;
}

static StatStatus
protect_all(Suppression *s, bool candidates, bool *safe)
{
	*safe = true;
	for (int row = 0; row <= s->nrow; row++)
		for (int col = 0; col <= s->ncol && *safe; col++)
			if (s->state[suppress_at(s, row, col)] == SUPPRESS_PRIMARY)
			{
				StatStatus	status = protect_from_all(s, row, col, candidates, safe);

				if (status != STAT_OK)
					return status;
			}
	return STAT_OK;
}

static int
dearest_first(const void *a, const void *b)
{
	const Candidate *x = a,
			   *y = b;

	if (x->cost != y->cost)
		return x->cost > y->cost ? -1 : 1;
	return (x->cell > y->cell) - (x->cell < y->cell);
}

/* Publish again each complementary count that is not needed. */
static StatStatus
prune(Suppression *s)
{
	size_t		cells = suppress_at(s, s->nrow, s->ncol) + 1,
				hidden = 0,
				small = 0;
	Candidate  *c;
	StatStatus	status = STAT_OK;

	for (size_t i = 0; i < cells; i++)
	{
		hidden += s->state[i] == SUPPRESS_COMPLEMENTARY;
		small += s->state[i] == SUPPRESS_PRIMARY;
	}
	if (hidden == 0 || 2.0 * hidden * small * nodes(s) * nodes(s) > PRUNE_STEPS)
		return STAT_OK;
	c = stat_alloc(sizeof(Candidate) * hidden);
	if (c == NULL)
		return STAT_NO_MEMORY;
	hidden = 0;
	for (size_t i = 0; i < cells; i++)
		if (s->state[i] == SUPPRESS_COMPLEMENTARY)
			c[hidden++] = (Candidate) {hiding_cost(s, (int) (i / (s->ncol + 1)), (int) (i % (s->ncol + 1))), i};
	qsort(c, hidden, sizeof(Candidate), dearest_first);
	for (size_t i = 0; i < hidden && status == STAT_OK; i++)
	{
		bool		safe;

		s->state[c[i].cell] = SUPPRESS_PUBLISHED;
		status = protect_all(s, false, &safe);
		if (status != STAT_OK || !safe)
			s->state[c[i].cell] = SUPPRESS_COMPLEMENTARY;
	}
	stat_release(c);
	return status;
}

/* The counts with their margins, and what is too small. */
static StatStatus
set_up(Suppression *s, const int64_t *count, bool one_way)
{
	int64_t    *total = &s->n[suppress_at(s, s->nrow, s->ncol)];

	for (int i = 0; i < s->nrow; i++)
		for (int j = 0; j < s->ncol; j++)
		{
			int64_t		x = count[(size_t) i * s->ncol + j];

			if (x < 0 || x > SUPPRESS_MAX_TOTAL - *total)
				return STAT_BAD_ARGUMENT;
			s->n[suppress_at(s, i, j)] = x;
			s->n[suppress_at(s, i, s->ncol)] += x;
			s->n[suppress_at(s, s->nrow, j)] += x;
			*total += x;
		}
	for (int i = 0; i <= s->nrow; i++)
		for (int j = 0; j <= s->ncol; j++)
		{
			size_t		cell = suppress_at(s, i, j);

			if (one_way && j == 1)
				s->state[cell] = SUPPRESS_ABSENT;
			else if (s->n[cell] < s->min_count && may_hide(s, cell))
				s->state[cell] = SUPPRESS_PRIMARY;
		}
	return STAT_OK;
}

StatStatus
suppress_table(int nrow, int ncol, const int64_t *count, bool one_way, int64_t min_count, bool zeros, bool insiders, Suppression *out)
{
	size_t		cells = ((size_t) nrow + 1) * ((size_t) ncol + 1),
				n = (size_t) nrow + ncol + 2,
				size = (2 * sizeof(int64_t) + 2) * cells + (sizeof(double) + 2 * sizeof(int) + sizeof(bool)) * n;
	StatStatus	status;
	bool		safe;
	char	   *at;

	*out = (Suppression) {.nrow = nrow, .ncol = ncol, .zeros = zeros, .insiders = insiders, .min_count = min_count, .insider = NOBODY};
	if (nrow < 0 || ncol < 0 || min_count < 1 || min_count > SUPPRESS_MAX_TOTAL || (one_way && ncol != 1))
		return STAT_BAD_ARGUMENT;
	out->block = at = stat_alloc(size);
	if (at == NULL)
		return STAT_NO_MEMORY;
	memset(at, 0, size);
	out->n = (int64_t *) at;
	out->work = out->n + cells;
	out->cost = (double *) (out->work + cells);
	out->parent = (int *) (out->cost + n);
	out->queue = out->parent + n;
	out->done = (bool *) (out->queue + n);
	out->changed = out->done + n;
	out->state = (unsigned char *) (out->changed + cells);

	status = set_up(out, count, one_way);
	if (status == STAT_OK)
		status = protect_all(out, true, &safe);
	if (status == STAT_OK)
		status = prune(out);
	/* the proof, by what is hidden alone */
	if (status == STAT_OK)
		status = protect_all(out, false, &safe);
	if (status == STAT_OK && !safe)
		status = STAT_NUMERIC;
	if (status != STAT_OK)
		suppress_release(out);
	return status;
}

void
suppress_release(Suppression *s)
{
	stat_release(s->block);
	s->block = NULL;
}
