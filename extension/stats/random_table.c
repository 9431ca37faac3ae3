/*
 * random_table.c
 *		Random tables with given margins.
 */
#include "stats/random_table.h"
#include "stats/alias_table.h"

#include <stdlib.h>
#include <string.h>

/*
 * Binomial counts of up to 2^31 trials with one probability: the count of n trials is the sum over n's parts, n mod 64 and 64 * 2^k.
 * The alias table of fewer than 64 trials fills 64 slots, the upper 6 bits of a random word; the 26 bits below decide between the slot and
 * its alias.  slot[64 r + i] is the threshold of 26 bits above the alias of 6.  (Words of 32 bits, as in R's and Patefield's generators.)
 */
#define SMALL_BITS 6
#define SMALL (1 << SMALL_BITS)
#define BIG (31 - SMALL_BITS)

typedef struct BinomialTable
{
	int			low;			/* value of the first entry */
	uint32_t	size;
	AliasEntry *entry;
} BinomialTable;

typedef struct Binomials
{
	uint32_t	slot[SMALL * SMALL];
	BinomialTable big[BIG];
} Binomials;

typedef enum Way
{
	DEAL,						/* the cases one by one */
	PACKED,						/* a column's counts in the lanes of a 64-bit word */
	PLAIN						/* a column's counts in an array */
} Way;

struct RandomTable
{
	Way			way;
	bool		transposed;		/* what is drawn as columns are the table's rows */
	int			nrow;			/* as drawn */
	int			ncol;
	int		   *row_total;
	int		   *col_total;		/* in the order of drawing: the largest last, since it needs no drawing */
	int		   *col_place;		/* the column of the table that each one is */
	Binomials **binomials;		/* a column, NULL where it starts empty */
	int		   *cell;			/* the table: column after column */
	int		   *left;			/* PLAIN: cases of each row not yet placed */
	uint16_t   *label;			/* DEAL: row of each case */
	uint16_t   *deck;
	int			total;
	double		cost;
	/* PACKED: lanes of `width` bits, the highest of each free */
	int			width;
	uint64_t	packed_rows;
};

/* Costs in nanoseconds, as measured: only their ratios matter. */
#define COST_DEAL 1.5
#define COST_BINOMIAL 2.5
#define COST_MOVE 3.5
#define COST_MOVE_ROW 0.4

static StatStatus
fill_binomial(BinomialTable *t, int trials, double p)
{
	double		odds = p / (1 - p);
	int			mode = (int) fmin(trials, floor((trials + 1.0) * p));
	int			low = mode,
				high = mode;
	double	   *weight;
	double		w;
	StatStatus	status;

	/* beyond a weight of 2^-64 of the mode's no draw of 64 bits can go */
	for (w = 1; low > 0 && w > 0x1p-64; low--)
		w *= low / ((trials - low + 1.0) * odds);
	for (w = 1; high < trials && w > 0x1p-64; high++)
		w *= (trials - high) * odds / (high + 1.0);
	t->low = low;
	t->size = (uint32_t) (high - low + 1);
	weight = stat_alloc(sizeof(double) * t->size);
	t->entry = stat_alloc(sizeof(AliasEntry) * t->size);
	if (weight == NULL || t->entry == NULL)
	{
		stat_release(weight);
		return STAT_NO_MEMORY;
	}
	weight[mode - low] = 1;
	for (int x = mode; x > low; x--)
		weight[x - 1 - low] = weight[x - low] * (x / ((trials - x + 1.0) * odds));
	for (int x = mode; x < high; x++)
		weight[x + 1 - low] = weight[x - low] * ((trials - x) * odds / (x + 1.0));
	status = alias_fill(t->entry, weight, t->size);
	stat_release(weight);
	return status;
}

static StatStatus
fill_binomials(Binomials *b, int most, double p)
{
	StatStatus	status = STAT_OK;

	for (uint32_t r = 0; r < SMALL && r <= (uint32_t) most && status == STAT_OK; r++)
	{
		double		weight[SMALL] = {0};
		AliasEntry	entry[SMALL];

		/* r is below 64, so even the least probability is far above the smallest number */
		weight[0] = r == 0 ? 1 : pow(1 - p, r);
		if (!(weight[0] > 0))
			return STAT_NUMERIC;
		for (uint32_t x = 0; x < r; x++)
			weight[x + 1] = weight[x] * ((r - x) * (p / (1 - p)) / (x + 1));
		status = alias_fill(entry, weight, SMALL);
		for (uint32_t i = 0; i < SMALL; i++)
			b->slot[r * SMALL + i] = (entry[i].threshold & ~(uint32_t) (SMALL - 1)) | entry[i].alias;
	}
	for (int k = 0; k < BIG && (most >> (SMALL_BITS + k)) > 0 && status == STAT_OK; k++)
		status = stat_interrupted() ? STAT_INTERRUPTED : fill_binomial(&b->big[k], SMALL << k, p);
	return status;
}

/* Without a branch on chance, which no processor could foresee. */
static inline int
draw_small(const Binomials *b, int trials, uint32_t word)
{
	uint32_t	i = word >> (32 - SMALL_BITS);
	uint32_t	slot = b->slot[(uint32_t) trials * SMALL + i];
	uint32_t	own = -(uint32_t) ((word << SMALL_BITS | (SMALL - 1)) < slot);

	return (int) ((i & own) | (slot & (SMALL - 1) & ~own));
}

static int
draw_big(const Binomials *b, int parts, Random *rng)
{
	int			x = 0;

	for (int k = 0; parts > 0; k++, parts >>= 1)
		if (parts & 1)
			x += b->big[k].low + (int) alias_draw(b->big[k].entry, b->big[k].size, rng);
	return x;
}

static inline int
draw_binomial(const Binomials *b, int trials, uint32_t word, Random *rng)
{
	int			x = draw_small(b, trials & (SMALL - 1), word);

	return trials < SMALL ? x : x + draw_big(b, trials >> SMALL_BITS, rng);
}

/* Does a column of c cases of `left` start from binomial counts, or empty? */
static bool
starts_binomial(double c, double left, int nrow)
{
	double		moves = 0.8 * sqrt(c * (1 - c / left));

	return COST_BINOMIAL * nrow + COST_MOVE * moves < COST_MOVE * c;
}

/* What a table costs by binomials, columns drawn in the order of col_total; infinite if a row's lane is too narrow and lanes are asked. */
static double
column_cost(const int *col_total, int ncol, int nrow, double total, bool packed)
{
	double		cost = 0,
				left = total,
				move = COST_MOVE + (packed ? 0 : COST_MOVE_ROW * nrow);

	for (int j = 0; j < ncol - 1; j++)
	{
		double		c = col_total[j];

		if (starts_binomial(c, left, nrow))
			cost += COST_BINOMIAL * nrow + move * 0.8 * sqrt(c * (1 - c / left));
		else
			cost += move * c;
		left -= c;
	}
	return cost;
}

/* Totals as integers, the largest last. */
static void
order_totals(const double *given, int n, int *total, int *place)
{
	int			largest = 0,
				k = 0;

	for (int i = 1; i < n; i++)
		if (given[i] > given[largest])
			largest = i;
	for (int i = 0; i < n; i++)
		if (i != largest)
		{
			total[k] = (int) given[i];
			place[k++] = i;
		}
	total[k] = (int) given[largest];
	place[k] = largest;
}

static int
lane_width(int nrow, int total)
{
	int			width = 64 / nrow;

	return width > 62 ? 62 : (total >> (width - 1)) == 0 ? width : 0;
}

/* Row and column totals with the cheaper orientation as columns. */
static StatStatus
choose_way(RandomTable *g, const StatClean *t)
{
	double		best = INFINITY;
	int			n = t->tab.nrow + t->tab.ncol;
	int		   *work = stat_alloc(sizeof(int) * 2 * (size_t) n);

	if (work == NULL)
		return STAT_NO_MEMORY;
	for (int side = 0; side < 2; side++)
	{
		int			nrow = side ? t->tab.ncol : t->tab.nrow,
					ncol = side ? t->tab.nrow : t->tab.ncol;
		int			width = nrow <= 32 ? lane_width(nrow, g->total) : 0;
		double		deal,
					columns;

		order_totals(side ? t->row_total : t->col_total, ncol, work, work + n);
		deal = nrow <= UINT16_MAX ? COST_DEAL * ((double) g->total - work[ncol - 1]) + 0.1 * g->total : INFINITY;
		columns = column_cost(work, ncol, nrow, g->total, width > 0);
		if (fmin(deal, columns) < best)
		{
			best = fmin(deal, columns);
			g->transposed = side == 1;
			g->way = deal < columns ? DEAL : width > 0 ? PACKED : PLAIN;
			g->width = width;
			g->cost = best;
		}
	}
	stat_release(work);
	return STAT_OK;
}

static StatStatus
prepare(RandomTable *g, const StatClean *t)
{
	const double *row = g->transposed ? t->col_total : t->row_total;
	int			left = g->total,
				most = 0;

	g->nrow = g->transposed ? t->tab.ncol : t->tab.nrow;
	g->ncol = g->transposed ? t->tab.nrow : t->tab.ncol;
	g->row_total = stat_alloc(sizeof(int) * (size_t) g->nrow);
	g->col_total = stat_alloc(sizeof(int) * (size_t) g->ncol);
	g->col_place = stat_alloc(sizeof(int) * (size_t) g->ncol);
	g->left = stat_alloc(sizeof(int) * (size_t) g->nrow);
	g->cell = stat_alloc(sizeof(int) * (size_t) g->nrow * g->ncol);
	if (!g->row_total || !g->col_total || !g->col_place || !g->left || !g->cell)
		return STAT_NO_MEMORY;
	order_totals(g->transposed ? t->row_total : t->col_total, g->ncol, g->col_total, g->col_place);
	for (int i = 0; i < g->nrow; i++)
	{
		g->row_total[i] = (int) row[i];
		most = g->row_total[i] > most ? g->row_total[i] : most;
	}
	if (g->way == DEAL)
	{
		uint16_t   *p;

		g->label = p = stat_alloc(sizeof(uint16_t) * 2 * (size_t) g->total);
		if (p == NULL)
			return STAT_NO_MEMORY;
		g->deck = g->label + g->total;
		for (int i = 0; i < g->nrow; i++)
			for (int k = 0; k < g->row_total[i]; k++)
				*p++ = (uint16_t) i;
		return STAT_OK;
	}
	for (int i = 0; g->way == PACKED && i < g->nrow; i++)
		g->packed_rows |= (uint64_t) g->row_total[i] << (g->width * i);
	g->binomials = stat_alloc(sizeof(Binomials *) * (size_t) g->ncol);
	if (g->binomials == NULL)
		return STAT_NO_MEMORY;
	memset(g->binomials, 0, sizeof(Binomials *) * (size_t) g->ncol);
	for (int j = 0; j < g->ncol - 1; j++)
	{
		double		c = g->col_total[j];
		StatStatus	status;

		if (starts_binomial(c, left, g->nrow))
		{
			g->binomials[j] = stat_alloc(sizeof(Binomials));
			if (g->binomials[j] == NULL)
				return STAT_NO_MEMORY;
			memset(g->binomials[j], 0, sizeof(Binomials));
			status = fill_binomials(g->binomials[j], most, c / left);
			if (status != STAT_OK)
				return status;
		}
		left -= g->col_total[j];
	}
	return STAT_OK;
}

StatStatus
random_table_new(const StatClean *t, RandomTable **out)
{
	RandomTable *g;
	StatStatus	status;

	*out = NULL;
	if (!t->integral || t->total >= 2147483648.0 || t->tab.nrow < 1 || t->tab.ncol < 1)
		return STAT_BAD_ARGUMENT;
	g = stat_alloc(sizeof(RandomTable));
	if (g == NULL)
		return STAT_NO_MEMORY;
	memset(g, 0, sizeof(RandomTable));
	g->total = (int) t->total;
	status = choose_way(g, t);
	if (status == STAT_OK)
		status = prepare(g, t);
	if (status != STAT_OK)
	{
		random_table_free(g);
		return status;
	}
	*out = g;
	return STAT_OK;
}

void
random_table_free(RandomTable *g)
{
	if (g == NULL)
		return;
	for (int j = 0; g->binomials && j < g->ncol; j++)
		if (g->binomials[j])
		{
			for (int k = 0; k < BIG; k++)
				stat_release(g->binomials[j]->big[k].entry);
			stat_release(g->binomials[j]);
		}
	stat_release(g->binomials);
	stat_release(g->row_total);
	stat_release(g->col_total);
	stat_release(g->col_place);
	stat_release(g->left);
	stat_release(g->cell);
	stat_release(g->label);
	stat_release(g);
}

double
random_table_cost(const RandomTable *g)
{
	return g->cost + (double) g->nrow * g->ncol;
}

int
random_table_place(const RandomTable *g, int k)
{
	int			i = k % g->nrow,
				j = g->col_place[k / g->nrow];

	return g->transposed ? j * g->nrow + i : i * g->ncol + j;
}

/* The last column is what the others leave. */
static inline void
last_column(RandomTable *g)
{
	int		   *last = g->cell + (size_t) (g->ncol - 1) * g->nrow;

	memcpy(last, g->row_total, sizeof(int) * (size_t) g->nrow);
	for (int j = 0; j < g->ncol - 1; j++)
		for (int i = 0; i < g->nrow; i++)
			last[i] -= g->cell[(size_t) j * g->nrow + i];
}

static void
deal(RandomTable *g, Random *given)
{
	Random		rng = *given;
	uint16_t   *deck = g->deck;
	uint64_t	left = (uint64_t) g->total;

	memcpy(deck, g->label, sizeof(uint16_t) * (size_t) g->total);
	memset(g->cell, 0, sizeof(int) * (size_t) g->nrow * (g->ncol - 1));
	for (int j = 0; j < g->ncol - 1; j++)
	{
		int		   *cell = g->cell + (size_t) j * g->nrow;

		for (int k = g->col_total[j]; k > 0; k--)
		{
			uint64_t	i = random_below(&rng, left);

			cell[deck[i]]++;
			deck[i] = deck[--left];
		}
	}
	last_column(g);
	*given = rng;
}

/*
 * Take `moves` of the `total` cases whose counts by row are in the lanes of w, each case with the same chance.  ones has 1 in each lane,
 * tops the highest bit of each.
 */
static inline uint64_t
take_packed(uint64_t w, int width, uint64_t ones, uint64_t tops, int total, int moves, Random *rng)
{
	/* lane i: the number of cases in rows 0..i, and the top bit */
	uint64_t	upto = (w * ones) | tops;

	for (; moves > 0; moves--, total--)
	{
		/* the case number `chosen` is in the first row whose top bit stays set; that row and all after it have one case less */
		uint64_t	chosen = random_below(rng, (uint64_t) total) + 1;

		upto -= ((upto - chosen * ones) & tops) >> (width - 1);
	}
	upto &= ~tops;
	return upto - (upto << width);
}

/* Inlined for each number of rows, so that the compiler unrolls the loops over the lanes. */
static inline __attribute__((always_inline)) void
draw_packed(RandomTable *g, const int nrow, const int width, Random *given)
{
	const uint64_t lane = (UINT64_C(1) << width) - 1;
	const int	ncol = g->ncol;
	Random		rng = *given;
	uint64_t	ones = 0,
				rest = g->packed_rows;
	int			left = g->total;
	int		   *cell = g->cell;

	for (int i = 0; i < nrow; i++)
		ones |= UINT64_C(1) << (width * i);
	for (int j = 0; j < ncol - 1; j++)
	{
		const Binomials *b = g->binomials[j];
		uint64_t	column = 0,
					too_many,
					word = 0;
		int			sum = 0,
					c = g->col_total[j];

		if (b)
#pragma GCC unroll 8
			for (int i = 0; i < nrow; i++)
			{
				int			x;

				/* two words of 32 bits from each draw */
				word = i % 2 ? word >> 32 : random_bits(&rng);
				x = draw_binomial(b, (int) (rest >> (width * i) & lane), (uint32_t) word, &rng);
				column |= (uint64_t) x << (width * i);
				sum += x;
			}
		/* too many joined: some leave; too few: some of the others join */
		too_many = -(uint64_t) (sum > c);
		column = take_packed((column & too_many) | ((rest - column) & ~too_many), width, ones, ones << (width - 1),
							 sum > c ? sum : left - sum, abs(sum - c), &rng);
		column = (column & too_many) | ((rest - column) & ~too_many);
		rest -= column;
		left -= c;
#pragma GCC unroll 8
		for (int i = 0; i < nrow; i++)
			*cell++ = (int) (column >> (width * i) & lane);
	}
	for (int i = 0; i < nrow; i++)
		*cell++ = (int) (rest >> (width * i) & lane);
	*given = rng;
}

static void
draw_packed_any(RandomTable *g, Random *rng)
{
	switch (g->nrow)
	{
		case 2:
			draw_packed(g, 2, 32, rng);
			break;
		case 3:
			draw_packed(g, 3, 21, rng);
			break;
		case 4:
			draw_packed(g, 4, 16, rng);
			break;
		case 5:
			draw_packed(g, 5, 12, rng);
			break;
		case 6:
			draw_packed(g, 6, 10, rng);
			break;
		default:
			draw_packed(g, g->nrow, g->width, rng);
			break;
	}
}

static void
draw_plain(RandomTable *g, Random *rng)
{
	const int	nrow = g->nrow;
	int			left = g->total;

	memcpy(g->left, g->row_total, sizeof(int) * (size_t) nrow);
	for (int j = 0; j < g->ncol - 1; j++)
	{
		const Binomials *b = g->binomials[j];
		int		   *cell = g->cell + (size_t) j * nrow;
		int			sum = 0,
					c = g->col_total[j];

		for (int i = 0; i < nrow; i++)
		{
			cell[i] = b ? draw_binomial(b, g->left[i], (uint32_t) (random_bits(rng) >> 32), rng) : 0;
			g->left[i] -= cell[i];
			sum += cell[i];
		}
		left -= sum;
		/* cases change places between the column and what is left */
		while (sum != c)
		{
			int			step = sum > c ? -1 : 1;
			int		   *from = step < 0 ? cell : g->left;
			int64_t		t = (int64_t) random_below(rng, (uint64_t) (step < 0 ? sum : left));
			int			i = 0;

			while (t >= from[i])
				t -= from[i++];
			cell[i] += step;
			g->left[i] -= step;
			sum += step;
			left -= step;
		}
	}
	memcpy(g->cell + (size_t) (g->ncol - 1) * nrow, g->left, sizeof(int) * (size_t) nrow);
}

const int *
random_table_next(RandomTable *g, Random *rng)
{
	switch (g->way)
	{
		case DEAL:
			deal(g, rng);
			break;
		case PACKED:
			draw_packed_any(g, rng);
			break;
		case PLAIN:
			draw_plain(g, rng);
			break;
	}
	return g->cell;
}
