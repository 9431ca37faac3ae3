/*
 * test_fisher_exact.c
 *		The exact r x c test against enumeration, R, the reference values and a numerical inversion; its budgets.
 */
#include "stats/fisher_exact.h"
#include "golden.h"

#define MEMORY ((size_t) 64 << 20)

/* The hooks: memory is counted and may fail, interrupts come when told. */
static size_t held,
			peak;
static long blocks,
			allocations,
			fail_at,
			polls,
			interrupt_at;

static void *
counting_alloc(size_t size)
{
	size_t	   *p;

	if (++allocations == fail_at)
		return NULL;
	p = malloc(size + sizeof(max_align_t));
	if (p == NULL)
		return NULL;
	*p = size;
	held += size;
	blocks++;
	if (held > peak)
		peak = held;
	return (char *) p + sizeof(max_align_t);
}

static void
counting_release(void *p)
{
	size_t	   *head = (size_t *) ((char *) p - sizeof(max_align_t));

	held -= *head;
	blocks--;
	free(head);
}

static int
counting_interrupted(void)
{
	return ++polls == interrupt_at;
}

static uint64_t random_state = 20170187;

/* Steele, Lea and Flood (2014), SplitMix64. */
static unsigned
random_below(unsigned n)
{
	uint64_t	z = random_state += 0x9e3779b97f4a7c15;

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
	z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
	return (unsigned) ((z ^ (z >> 31)) % n);
}

/* Enumeration cell by cell; the weight of a table is prod C! / prod n!, a whole number. */
typedef struct Enumeration
{
	int			r,
				c;
	int			row[5],
				col[5];
	uint64_t	observed,
				pass,
				all;
} Enumeration;

static uint64_t
choose(int n, int k)
{
	uint64_t	w = 1;

	for (int i = 1; i <= k; i++)
		w = w * (uint64_t) (n - k + i) / (uint64_t) i;
	return w;
}

static void
enumerate(Enumeration *e, int i, int j, int left, uint64_t weight)
{
	if (j == e->c)
	{
		e->all += weight;
		/* likelihoods within a relative 1e-7 are ties */
		if ((long double) weight <= (long double) e->observed * (1 + 1e-7L))
			e->pass += weight;
		return;
	}
	if (i == e->r - 1)
	{
		/* the column's last cell takes what is left */
		if (left > e->row[i])
			return;
		e->row[i] -= left;
		enumerate(e, 0, j + 1, j + 1 < e->c ? e->col[j + 1] : 0, weight);
		e->row[i] += left;
		return;
	}
	for (int a = 0; a <= left && a <= e->row[i]; a++)
	{
		e->row[i] -= a;
		enumerate(e, i + 1, j, left - a, weight * choose(left, a));
		e->row[i] += a;
	}
}

static double
p_by_enumeration(const double *n, int r, int c)
{
	Enumeration e = {r, c, {0}, {0}, 1, 0, 0};

	for (int i = 0; i < r; i++)
		for (int j = 0; j < c; j++)
		{
			e.row[i] += (int) n[i * c + j];
			e.col[j] += (int) n[i * c + j];
		}
	for (int j = 0; j < c; j++)
		for (int i = 0, left = e.col[j]; i < r; left -= (int) n[i * c + j], i++)
			e.observed *= choose(left, (int) n[i * c + j]);
	enumerate(&e, 0, 0, e.col[0], 1);
	return (double) ((long double) e.pass / (long double) e.all);
}

static void
test_enumeration(void)
{
	int			bad = 0,
				done = 0;
	double		worst = 0;

	while (done < 600)
	{
		int			r = 2 + (int) random_below(3),
					c = 2 + (int) random_below(3),
					total = 3 + (int) random_below(r * c > 9 ? 10 : 13);
		bool		lopsided = random_below(2);
		double		n[16] = {0};
		StatTable	tab = {r, c, n, NULL, NULL};
		StatResult	res;
		StatStatus	status;

		for (int k = 0; k < total; k++)
			n[lopsided ? random_below(1 + random_below((unsigned) (r * c))) : random_below((unsigned) (r * c))]++;
		status = fisher_exact_table(&tab, MEMORY, 0, &res);
		if (status == STAT_UNDEFINED)
			continue;
		done++;
		if (status != STAT_OK || !(rel_err(res.p_value, p_by_enumeration(n, r, c)) < 1e-11)
			|| !(res.p_low <= res.p_value && res.p_value <= res.p_high))
			bad++;
		else
			worst = fmax(worst, rel_err(res.p_value, p_by_enumeration(n, r, c)));
	}
	ok(bad == 0, "600 random tables of 2 x 2 to 4 x 4 agree with enumeration in whole numbers; worst relative error %.2g", worst);
}

static void
test_golden(void)
{
	int			ntables;
	const GoldenTable *t = golden_tables(&ntables);
	StatResult	res;

	for (int i = 0; i < ntables; i++)
	{
		StatTable	tab = golden_stat_table(&t[i], 0);
		GoldenValue *v = golden_value(t[i].id, "fisher_p");

		if (v == NULL)
			continue;
		/* 2 x 2 tables of millions are not for a network */
		if (t[i].nrow == 2 && t[i].ncol == 2 && strncmp(t[i].id, "huge", 4) == 0)
		{
			ok(fisher_exact_table(&tab, MEMORY, 0, &res) == STAT_BUDGET && res.nnotes > 0, "%s is over the budget", t[i].id);
			v->checked = true;
			continue;
		}
		(void) fisher_exact_table(&tab, MEMORY, 0, &res);
		golden_check(t[i].id, "fisher_p", res.p_value);
	}
	golden_report();
}

/*
 * Answers of the 2017 survey's 187 organisations to 13 questions on maturity (data/published_count.csv), and R 4.2.2's
 * fisher.test(workspace = 2e7)$p.value for every two of them, in the order of the loops below.
 */
static const double maturity[13][5] = {
	{71, 70, 15, 25, 6}, {117, 60, 3, 7, 0}, {67, 60, 7, 30, 23}, {43, 52, 14, 30, 48}, {69, 45, 11, 38, 24}, {47, 30, 6, 40, 64},
	{64, 56, 32, 27, 8}, {40, 16, 7, 36, 88}, {86, 67, 12, 18, 4}, {70, 62, 13, 26, 16}, {66, 51, 11, 32, 27}, {53, 35, 8, 36, 55},
	{53, 47, 11, 53, 23}
};

static const double pairs_in_r[78] = {
	7.8946570092e-08, 0.00572147094278, 1.70825974689e-09, 0.000486487398017, 1.75252157843e-17, 0.0745089166261, 1.84167452983e-28,
	0.49910224675, 0.268088018858, 0.000883532128691, 4.86889583144e-13, 1.04145898561e-05, 1.91198147605e-12, 7.82427525812e-26,
	3.0886983136e-15, 1.5294927994e-32, 1.6162260485e-13, 1.13128815783e-44, 0.000446817598018, 3.10988110731e-10, 6.5501449145e-15,
	4.2887109003e-27, 5.37672620665e-21, 0.00185623513928, 0.406685994754, 3.36276626746e-07, 5.69228516615e-05, 1.32348937662e-15,
	0.000265224519628, 0.496858052263, 0.741938877488, 0.000162833296845, 0.0322814989814, 0.00302857118825, 0.0111672043895,
	1.14398611737e-08, 4.83518359549e-07, 6.62486144771e-13, 6.91586125932e-05, 0.0240769030609, 0.136544874047, 0.00192845010121,
	1.5078322844e-05, 0.000206649443684, 9.32554260441e-13, 8.11837404487e-06, 0.151747902251, 0.888328893626, 0.00260309221974,
	0.325258518658, 9.00278382995e-17, 0.0613614829264, 8.02142621058e-21, 1.11225034527e-10, 2.45244603039e-05, 0.751463445313,
	1.55896383563e-05, 4.1011588727e-26, 0.00221275562499, 0.0224601296899, 0.000215356784127, 1.64084989984e-12, 1.08689333108e-05,
	3.67081501467e-32, 7.27918972822e-20, 1.62711352095e-12, 0.00209027310049, 7.34480573659e-13, 0.0299748586162, 1.63297477947e-05,
	6.49820546602e-16, 6.45253982038e-09, 0.311843289441, 3.97241413841e-07, 0.00425380116928, 0.00506775277158, 0.129389246881,
	0.000806882161503
};

static void
test_survey(void)
{
	double		n[15],
				worst = 0;
	StatTable	tab = {2, 5, n, NULL, NULL};
	StatResult	res;
	int			k = 0,
				bad = 0;

	for (int i = 0; i < 13; i++)
		for (int j = i + 1; j < 13; j++, k++)
		{
			memcpy(n, maturity[i], sizeof(maturity[i]));
			memcpy(n + 5, maturity[j], sizeof(maturity[j]));
			if (fisher_exact_table(&tab, (size_t) 4 << 20, 0, &res) != STAT_OK || !(rel_err(res.p_value, pairs_in_r[k]) < 1e-9))
				bad++;
			else
				worst = fmax(worst, rel_err(res.p_value, pairs_in_r[k]));
		}
	ok(bad == 0 && k == 78, "all pairs of the maturity items agree with R, within 4 MB; worst relative error %.2g", worst);

	/*
	 * A table on which R 4.2.2 fails (FEXACT error 7).  The reference: P(X >= x) by inverting the characteristic function of
	 * X = sum log n! (two-dimensional FFT in R; tilt 0.85, step 0.05, cut at 40, where the integrand is 2.6e-7 of its greatest):
	 * 3.394958e-13, good to about 1e-5.
	 */
	memcpy(n, maturity[0], sizeof(n) / 3);
	memcpy(n + 5, maturity[1], sizeof(n) / 3);
	memcpy(n + 10, maturity[2], sizeof(n) / 3);
	tab.nrow = 3;
	ok(fisher_exact_table(&tab, (size_t) 4 << 20, 0, &res) == STAT_OK, "questions 4.4.2, 4.4.3 and 4.4.4");
	is_close(res.p_value, 3.39495840229e-13, 1e-5, "4.4.2, 4.4.3 and 4.4.4: p by inversion");
	ok(res.p_high - res.p_low <= 1e-10 * res.p_value, "4.4.2, 4.4.3 and 4.4.4: the bounds agree to ten digits");
}

/* The order of rows and columns and which of the two is which do not matter. */
static void
test_orders(void)
{
	static const double a[] = {9, 3, 1, 4, 0, 2, 5, 7, 2, 6, 1, 8, 0, 4, 3};	/* 3 x 5 */
	double		b[15],
				c[15];
	StatTable	ta = {3, 5, a, NULL, NULL},
				tb = {3, 5, b, NULL, NULL},
				tc = {5, 3, c, NULL, NULL};
	StatResult	res,
				other;

	for (int i = 0; i < 3; i++)
		for (int j = 0; j < 5; j++)
		{
			b[((i + 1) % 3) * 5 + (j * 2) % 5] = a[i * 5 + j];
			c[j * 3 + i] = a[i * 5 + j];
		}
	ok(fisher_exact_table(&ta, MEMORY, 0, &res) == STAT_OK && fisher_exact_table(&tb, MEMORY, 0, &other) == STAT_OK, "3 x 5");
	is_close(other.p_value, res.p_value, 1e-12, "permuted rows and columns");
	ok(fisher_exact_table(&tc, MEMORY, 0, &other) == STAT_OK, "5 x 3");
	is_close(other.p_value, res.p_value, 1e-12, "transposed");
	/* R: fisher.test(matrix(c(9,3,1,4,0, 2,5,7,2,6, 1,8,0,4,3), 3, byrow = TRUE), workspace = 2e7)$p.value */
	is_close(res.p_value, 0.000395404875665559, 1e-9, "3 x 5 as R");
}

static void
test_no_answer(void)
{
	static const double one_row[] = {3, 4, 5, 0, 0, 0},
				zero[4] = {0},
				broken[] = {1, 2.5, 3, 4},
				negative[] = {1, -2, 3, 4};
	StatTable	t1 = {2, 3, one_row, NULL, NULL},
				t2 = {2, 2, zero, NULL, NULL},
				t3 = {2, 2, broken, NULL, NULL},
				t4 = {2, 2, negative, NULL, NULL};
	StatResult	res;

	ok(fisher_exact_table(&t1, MEMORY, 0, &res) == STAT_UNDEFINED && isnan(res.p_value) && res.nnotes > 0, "one row");
	ok(fisher_exact_table(&t2, MEMORY, 0, &res) == STAT_UNDEFINED && isnan(res.p_value) && res.nnotes > 0, "no counts");
	ok(fisher_exact_table(&t3, MEMORY, 0, &res) == STAT_BAD_ARGUMENT, "a count that is not whole");
	ok(fisher_exact_table(&t4, MEMORY, 0, &res) == STAT_BAD_ARGUMENT, "a negative count");
}

static void
test_budgets(void)
{
	/* jobsat of data/golden and a 2 x 8 with many atoms */
	static const double small[] = {1, 3, 10, 6, 2, 3, 10, 7, 1, 6, 14, 12, 0, 1, 9, 11};
	static const double sparse[] = {1, 0, 2, 0, 1, 0, 1, 0, 0, 2, 1, 0, 0, 3, 0, 1, 0, 1, 0, 1, 0, 1, 0, 0, 1};
	static const double wide[] = {31, 28, 40, 22, 35, 27, 30, 37, 29, 33, 36, 25, 30, 34, 28, 35};
	static const double heavy[] = {40, 31, 22, 18, 35, 29, 38, 30, 21, 33, 27, 34, 39, 26, 30, 23};
	static const double large[] = {1e6, 2e5, 3e5, 9e5, 8e5, 4e5, 7e5, 1e6};
	static const double millions[] = {1000000, 900000, 1100000, 1000200, 899900, 1100100};
	StatTable	t = {4, 4, small, NULL, NULL},
				s = {5, 5, sparse, NULL, NULL},
				w = {2, 8, wide, NULL, NULL},
				h = {4, 4, heavy, NULL, NULL},
				l = {2, 4, large, NULL, NULL},
				m = {2, 3, millions, NULL, NULL};
	StatHooks	saved = stat_hooks;
	StatResult	res;
	StatStatus	status;
	bool		within = true,
				proven = true,
				clean = true;
	int			solved = 0;
	long		last;
	double		p;

	stat_hooks.alloc = counting_alloc;
	stat_hooks.release = counting_release;
	stat_hooks.interrupted = counting_interrupted;

	(void) fisher_exact_table(&t, MEMORY, 0, &res);
	p = res.p_value;
	for (size_t memory = 1000; memory <= (size_t) 8 << 20; memory *= 2)
	{
		peak = held;
		status = fisher_exact_table(&t, memory, 0, &res);
		/* the cleaned table is outside the budget */
		within = within && peak <= memory + 2000 && blocks == 0;
		if (status == STAT_OK)
		{
			solved++;
			proven = proven && rel_err(res.p_value, p) < 1e-10;
		}
		else
			proven = proven && status == STAT_BUDGET && isnan(res.p_value) && res.p_low <= p && p <= res.p_high && res.nnotes > 0;
	}
	ok(within, "no memory beyond the budget, none left behind");
	ok(proven && solved >= 3, "4 x 4: solved or within proven bounds at every budget");

	within = true;
	for (size_t memory = 100000; memory <= (size_t) 4 << 20; memory *= 2)
	{
		peak = held;
		status = fisher_exact_table(&w, memory, 0, &res);
		within = within && peak <= memory + 2000 && blocks == 0 && (status == STAT_OK || status == STAT_BUDGET);
	}
	ok(within, "2 x 8: no memory beyond the budget, none left behind");

	allocations = 0;
	(void) fisher_exact_table(&s, MEMORY, 0, &res);
	last = allocations;
	for (long k = 1; k <= last; k++)
	{
		allocations = 0;
		fail_at = k;
		clean = clean && fisher_exact_table(&s, MEMORY, 0, &res) == STAT_NO_MEMORY && blocks == 0;
	}
	fail_at = 0;
	ok(clean && last >= 5, "each of %ld allocations may fail", last);

	polls = 0;
	(void) fisher_exact_table(&w, MEMORY, 0, &res);
	last = polls;
	clean = true;
	for (long k = 1; k <= last; k++)
	{
		polls = 0;
		interrupt_at = k;
		clean = clean && fisher_exact_table(&w, MEMORY, 0, &res) == STAT_INTERRUPTED && blocks == 0;
	}
	interrupt_at = 0;
	ok(clean && last >= 2, "an interrupt at each of %ld polls", last);

	status = fisher_exact_table(&h, MEMORY, 0.05, &res);
	ok(status == STAT_BUDGET && isnan(res.p_value) && 0 <= res.p_low && res.p_low <= res.p_high && res.p_high <= 1 && blocks == 0,
	   "out of time: bounds");
	status = fisher_exact_table(&l, MEMORY, 1, &res);
	ok(status == STAT_BUDGET && blocks == 0, "2 x 4 of millions: over the budget");
	peak = held;
	status = fisher_exact_table(&m, MEMORY, 30, &res);
	ok((status == STAT_OK || status == STAT_BUDGET) && peak <= MEMORY + 2000 && blocks == 0, "2 x 3 of millions: an answer or over the budget");
	stat_hooks = saved;
}

int
main(void)
{
	test_enumeration();
	test_golden();
	test_survey();
	test_orders();
	test_no_answer();
	test_budgets();
	return done_testing();
}
