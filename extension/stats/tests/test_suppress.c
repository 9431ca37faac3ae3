/*
 * test_suppress.c
 *		Cell suppression against an attacker who knows everything that is published and tries every table.
 *
 * The attacker shares no code with suppress.c: he fills in the hidden cells one after the other, drops what contradicts a published
 * margin, and notes the least and greatest value that each hidden cell and margin takes.
 */
#include <string.h>

#include "stats/random.h"
#include "stats/suppress.h"
#include "tap.h"

#define MAX_SIDE 5
#define MAX_LOW 1000000

typedef struct Attack
{
	const Suppression *s;
	bool		one_way;
	int			own_row;		/* the one respondent of this cell attacks; -1: somebody outside */
	int			own_col;
	int64_t		reach;			/* a cell with no published margin is tried up to its true value plus this */
	int64_t		x[MAX_SIDE][MAX_SIDE];
	int64_t		low[MAX_SIDE][MAX_SIDE];
	int64_t		high[MAX_SIDE][MAX_SIDE];
	long		tables;
} Attack;

static int64_t
truth(const Attack *a, int i, int j)
{
	return a->s->n[i * (a->s->ncol + 1) + j];
}

static bool
shown(const Attack *a, int i, int j)
{
	return a->s->state[i * (a->s->ncol + 1) + j] == SUPPRESS_PUBLISHED;
}

static bool
on_paper(const Attack *a, int i, int j)
{
	return a->s->state[i * (a->s->ncol + 1) + j] != SUPPRESS_ABSENT;
}

/* Whether a margin of the candidate table agrees with what is published; a hidden one is not 0 where zeros are shown. */
static bool
margin_agrees(Attack *a, int i, int j, int64_t sum)
{
	a->x[i][j] = sum;
	if (!on_paper(a, i, j))
		return true;
	return shown(a, i, j) ? sum == truth(a, i, j) : (sum > 0 || a->s->zeros);
}

static void
try_cell(Attack *a, int at)
{
	int			m = a->s->nrow,
				n = a->s->ncol,
				i = at / n,
				j = at % n;
	int64_t		row = 0,
				col = 0,
				from,
				to;

	if (at == m * n)
	{
		int64_t		total = 0;

		for (int r = 0; r < m; r++)
			total += a->x[r][n];
		if (!margin_agrees(a, m, n, total))
			return;
		a->tables++;
		for (int r = 0; r <= m; r++)
			for (int c = 0; c <= n; c++)
			{
				if (a->x[r][c] < a->low[r][c])
					a->low[r][c] = a->x[r][c];
				if (a->x[r][c] > a->high[r][c])
					a->high[r][c] = a->x[r][c];
			}
		return;
	}
	for (int c = 0; c < j; c++)
		row += a->x[i][c];
	for (int r = 0; r < i; r++)
		col += a->x[r][j];
	from = a->s->zeros ? 0 : 1;
	to = truth(a, i, j) + a->reach;
	if (shown(a, i, j))
		from = to = truth(a, i, j);
	if (i == a->own_row && j == a->own_col)
		from = to = 1;
	if (shown(a, i, n) && to > truth(a, i, n) - row)
		to = truth(a, i, n) - row;
	if (shown(a, m, j) && to > truth(a, m, j) - col)
		to = truth(a, m, j) - col;
	if (shown(a, m, n) && to > truth(a, m, n))
		to = truth(a, m, n);
	for (int64_t v = from; v <= to; v++)
	{
		a->x[i][j] = v;
		if (j == n - 1 && !margin_agrees(a, i, n, row + v))
			continue;
		if (i == m - 1 && !margin_agrees(a, m, j, col + v))
			continue;
		try_cell(a, at + 1);
	}
}

static void
attack_as(Attack *a, const Suppression *s, int64_t reach, int own_row, int own_col)
{
	memset(a, 0, sizeof(*a));
	a->own_row = own_row;
	a->own_col = own_col;
	a->s = s;
	a->reach = reach;
	for (int i = 0; i < MAX_SIDE; i++)
		for (int j = 0; j < MAX_SIDE; j++)
		{
			a->low[i][j] = MAX_LOW;
			a->high[i][j] = -1;
		}
	try_cell(a, 0);
}

static void
attack(Attack *a, const Suppression *s, int64_t reach)
{
	attack_as(a, s, reach, -1, -1);
}

static int
count_state(const Suppression *s, SuppressState state)
{
	int			k = 0;

	for (int i = 0; i < (s->nrow + 1) * (s->ncol + 1); i++)
		k += s->state[i] == state;
	return k;
}

/* Every margin of the rows is published, or of the columns: then the cells are bounded and the attacker misses nothing. */
static bool
bounded(const Attack *a)
{
	bool		rows = true,
				cols = true;

	if (shown(a, a->s->nrow, a->s->ncol))
		return true;
	for (int i = 0; i < a->s->nrow; i++)
		rows &= shown(a, i, a->s->ncol);
	for (int j = 0; j < a->s->ncol; j++)
		cols &= shown(a, a->s->nrow, j);
	return rows || cols;
}

/* Small counts of which the attacker learns more than he may. */
static int
given_away(const Attack *a)
{
	const Suppression *s = a->s;
	int			bad = 0;

	for (int i = 0; i <= s->nrow; i++)
		for (int j = 0; j <= s->ncol; j++)
		{
			int64_t		n = truth(a, i, j),
						parts = 0,
						own = (i == a->own_row || (a->own_row >= 0 && i == s->nrow)) && (j == a->own_col || j == s->ncol);

			if (!on_paper(a, i, j) || n >= s->min_count || (n == 0 && !s->zeros))
				continue;
			/* what he is alone in he knows */
			if (a->own_row >= 0 && (i == a->own_row || i == s->nrow) && (j == a->own_col || j == s->ncol) &&
				(((i == a->own_row || s->nrow == 1) && (j == a->own_col || s->ncol == 1)) || (n == 1 && !s->zeros)))
				continue;
			for (int r = 0; r < s->nrow; r++)
				for (int c = 0; c < s->ncol; c++)
					parts += (i == s->nrow || i == r) && (j == s->ncol || j == c) && truth(a, r, c) > 0;
			bad += shown(a, i, j) || a->low[i][j] > (s->zeros ? own : parts) || a->high[i][j] < s->min_count;
		}
	return bad;
}

/* The same over those outside and, if asked, everybody who is alone in a cell. */
static int
given_away_to_all(Suppression *s, Attack *a, int64_t reach, bool insiders, long *tried)
{
	int			bad;

	attack(a, s, reach);
	*tried += a->tables;
	bad = given_away(a);
	for (int i = 0; i < s->nrow && insiders; i++)
		for (int j = 0; j < s->ncol; j++)
			if (truth(a, i, j) == 1 && !shown(a, i, j))
			{
				attack_as(a, s, reach, i, j);
				*tried += a->tables;
				bad += given_away(a);
			}
	return bad;
}

/* Hidden counts that are not small, yet may be published again with every small count still safe. */
static int
needless(Suppression *s, Attack *a, int64_t reach, bool insiders)
{
	int			bad = 0;
	long		tried = 0;

	for (int i = 0; i < (s->nrow + 1) * (s->ncol + 1); i++)
		if (s->state[i] == SUPPRESS_COMPLEMENTARY)
		{
			s->state[i] = SUPPRESS_PUBLISHED;
			bad += given_away_to_all(s, a, reach, insiders, &tried) == 0;
			s->state[i] = SUPPRESS_COMPLEMENTARY;
		}
	return bad;
}

static void
test_random(bool zeros, bool insiders, int tables, int seed)
{
	Random		rng;
	int			leaks = 0,
				wrong_bounds = 0,
				wrong_least = 0,
				compared = 0,
				small = 0,
				failed = 0,
				too_many = 0,
				protected = 0;
	long		tried = 0;

	random_seed(&rng, seed, 0);
	for (int t = 0; t < tables; t++)
	{
		int			m = 1 + (int) random_below(&rng, 3),
					n = 1 + (int) random_below(&rng, 3);
		bool		one_way = n == 1 && random_below(&rng, 2) == 0;
		int64_t		count[9],
					min_count = 2 + (int64_t) random_below(&rng, 2);
		Suppression s;
		Attack		a;

		for (int i = 0; i < m * n; i++)
			count[i] = random_below(&rng, 3) == 0 ? (int64_t) random_below(&rng, 3) : (int64_t) random_below(&rng, 8);
		if (suppress_table(m, n, count, one_way, min_count, zeros, insiders, &s) != STAT_OK)
		{
			failed++;
			continue;
		}
		leaks += given_away_to_all(&s, &a, min_count, insiders, &tried);
		small += count_state(&s, SUPPRESS_PRIMARY);
		protected += count_state(&s, SUPPRESS_COMPLEMENTARY);
		too_many += needless(&s, &a, min_count, insiders);
		attack(&a, &s, min_count);
		if (bounded(&a))
			attack(&a, &s, 1000);
		for (int i = 0; i <= m; i++)
			for (int j = 0; j <= n; j++)
			{
				int64_t		low,
							high;

				if (!suppress_hidden(&s, i, j))
					continue;
				if (suppress_bounds(&s, i, j, &low, &high) != STAT_OK)
					failed++;
				else if (bounded(&a))
				{
					compared++;
					wrong_bounds += low != a.low[i][j] || high != a.high[i][j];
				}
				else
					wrong_least += low > a.low[i][j] || high < a.high[i][j];
			}
		suppress_release(&s);
	}
	ok(failed == 0, "zeros %s, attackers %s: %d random tables", zeros ? "hidden" : "shown", insiders ? "outside and alone in a cell" : "outside", tables);
	ok(leaks == 0 && small > tables, "an attacker with %ld tables learns none of %d small counts", tried, small);
	ok(wrong_bounds == 0 && compared > tables / 2, "%d bounds are those that he finds", compared);
	ok(wrong_least == 0, "he finds nothing outside the bounds elsewhere");
	ok(too_many == 0 && protected > tables / 2, "each of %d complementary cells is needed", protected);
}

/* The attacker is worth something: without complementary cells he finds most of the small counts. */
static void
test_attacker(void)
{
	const int64_t count[] = {1, 10, 20, 12, 15, 18, 14, 16, 1};
	Suppression s;
	Attack		a;
	int64_t		low,
				high;

	ok(suppress_table(3, 3, count, false, 3, false, false, &s) == STAT_OK && count_state(&s, SUPPRESS_PRIMARY) == 2, "two small counts");
	/* the two rows and columns of the small counts: the cells at their crossings are enough, one goes up as the other does */
	ok(count_state(&s, SUPPRESS_COMPLEMENTARY) == 2 && suppress_hidden(&s, 0, 2) && suppress_hidden(&s, 2, 0), "hidden with the cells at the crossings");
	ok(suppress_bounds(&s, 0, 0, &low, &high) == STAT_OK && low == 1 && high == 14, "1 is between 1 and 14, as the first column leaves 15 for two");
	ok(suppress_bounds(&s, 0, 1, &low, &high) == STAT_OK && low == 10 && high == 10, "a published count is what it is");
	attack(&a, &s, 100);
	ok(given_away(&a) == 0 && a.tables == 14, "fourteen tables are possible");
	for (int i = 0; i < 16; i++)
		if (s.state[i] == SUPPRESS_COMPLEMENTARY)
			s.state[i] = SUPPRESS_PUBLISHED;
	attack(&a, &s, 100);
	ok(given_away(&a) == 2 && a.tables == 1, "without them he finds both");
	ok(suppress_bounds(&s, 2, 2, &low, &high) == STAT_OK && low == 1 && high == 1, "and so do the bounds");
	suppress_release(&s);
}

/* With two small counts of 1 at the crossings of what is hidden, each of the two respondents could work out the other. */
static void
test_insider(void)
{
	const int64_t count[] = {1, 10, 20, 12, 15, 18, 14, 16, 1};
	Suppression s;
	Attack		a;
	long		tried = 0;

	ok(suppress_table(3, 3, count, false, 3, false, false, &s) == STAT_OK, "protected from those outside");
	attack_as(&a, &s, 100, 0, 0);
	ok(a.tables == 1 && given_away(&a) == 1, "the respondent of one cell knows the other");
	suppress_release(&s);
	ok(suppress_table(3, 3, count, false, 3, false, true, &s) == STAT_OK && count_state(&s, SUPPRESS_COMPLEMENTARY) > 2, "more is hidden from those inside");
	ok(given_away_to_all(&s, &a, 3, true, &tried) == 0, "and neither learns about the other");
	suppress_release(&s);
}

static void
test_edges(void)
{
	Suppression s;
	int64_t		low,
				high;
	const int64_t one[] = {2, 50, 7, 0};
	const int64_t pair[] = {1, 1, 40};
	const int64_t tiny[] = {1, 1};
	const int64_t big[] = {SUPPRESS_MAX_TOTAL / 2, 1, 1, SUPPRESS_MAX_TOTAL / 4};

	/* one variable: the cheapest companion is the smallest other count; 2 + 7 = 9 for two that are not 0 */
	ok(suppress_table(4, 1, one, true, 3, false, false, &s) == STAT_OK && suppress_hidden(&s, 0, 0) && suppress_hidden(&s, 2, 0) && !suppress_hidden(&s, 1, 0) &&
	   !suppress_hidden(&s, 3, 0) && !suppress_hidden(&s, 4, 0), "one-way: the smallest other count goes too");
	ok(suppress_bounds(&s, 0, 0, &low, &high) == STAT_OK && low == 1 && high == 8, "between 1 and 8");
	suppress_release(&s);
	/* two hidden counts with the sum 2, none of them 0, are 1 and 1 */
	ok(suppress_table(3, 1, pair, true, 3, false, false, &s) == STAT_OK && count_state(&s, SUPPRESS_COMPLEMENTARY) == 1 && suppress_hidden(&s, 2, 0), "1 and 1 do not protect each other");
	suppress_release(&s);
	ok(suppress_table(2, 1, tiny, true, 3, false, false, &s) == STAT_OK && suppress_hidden(&s, 2, 0) && suppress_floor(&s, 2, 0) == 2, "a table of two: its total is hidden too");
	ok(suppress_bounds(&s, 0, 0, &low, &high) == STAT_OK && low == 1 && high == SUPPRESS_UNBOUNDED, "and nothing bounds the counts above");
	suppress_release(&s);
	ok(suppress_table(2, 2, (int64_t[]) {5, 6, 7, 8}, false, 3, false, false, &s) == STAT_OK && count_state(&s, SUPPRESS_PUBLISHED) == 9, "nothing small, nothing hidden");
	suppress_release(&s);
	ok(suppress_table(2, 2, (int64_t[]) {0, 0, 0, 0}, false, 3, false, false, &s) == STAT_OK && count_state(&s, SUPPRESS_PUBLISHED) == 9, "zeros are shown");
	suppress_release(&s);
	ok(suppress_table(2, 2, (int64_t[]) {0, 0, 0, 0}, false, 3, true, false, &s) == STAT_OK && count_state(&s, SUPPRESS_PRIMARY) == 9, "or hidden, if asked");
	suppress_release(&s);
	ok(suppress_table(2, 2, big, false, 3, false, false, &s) == STAT_OK && count_state(&s, SUPPRESS_PUBLISHED) < 9, "counts up to 2^52");
	suppress_release(&s);
	ok(suppress_table(0, 0, NULL, false, 3, false, false, &s) == STAT_OK, "no table");
	suppress_release(&s);
	ok(suppress_table(1, 2, (int64_t[]) {SUPPRESS_MAX_TOTAL, 1}, false, 3, false, false, &s) == STAT_BAD_ARGUMENT, "a total above 2^53");
	ok(suppress_table(1, 2, (int64_t[]) {-1, 1}, false, 3, false, false, &s) == STAT_BAD_ARGUMENT, "a negative count");
	ok(suppress_table(1, 2, (int64_t[]) {1, 1}, false, 0, false, false, &s) == STAT_BAD_ARGUMENT, "min_count 0");
}

int
main(void)
{
	test_attacker();
	test_insider();
	test_edges();
	test_random(false, false, 600, 2017);
	test_random(true, false, 300, 187);
	test_random(false, true, 300, 66);
	test_random(true, true, 150, 262);
	return done_testing();
}
