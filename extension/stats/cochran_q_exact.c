/*
 * cochran_q_exact.c
 *		The permutation distribution of Cochran's Q: the answers of each respondent stand in any order.
 *
 * W. G. Cochran (1950), Biometrika 37, 256-266; K. D. Patil (1975), JASA 70, 186-189.  Respondent by respondent: a state is how often
 * each question has been answered yes, in descending order, since Q does not ask which question it was.  Those who answer all questions
 * alike change nothing.  All weights are positive: small p keep their digits.
 */
#include "stats/cochran_q.h"
#include "stats/permutation.h"
#include "stats/state_table.h"

#include <string.h>

#define MAX_QUESTIONS 16

typedef struct Walk
{
	int			k;
	int			bits;			/* of a count in the key */
	int			count[MAX_QUESTIONS];	/* of the state in hand, descending */
	int			taken[MAX_QUESTIONS];	/* with the next respondent's answers */
	StateTable	next;
	int64_t		budget;
	StatStatus	status;
} Walk;

static uint64_t
pack(const Walk *w)
{
	uint64_t	key = 0;
	int			sorted[MAX_QUESTIONS];

	/* one yes more at the most: nearly in order */
	for (int j = 0; j < w->k; j++)
	{
		int			i = j;

		for (; i > 0 && sorted[i - 1] < w->taken[j]; i--)
			sorted[i] = sorted[i - 1];
		sorted[i] = w->taken[j];
	}
	for (int j = 0; j < w->k; j++)
		key = key << w->bits | (uint64_t) sorted[j];
	return key;
}

/* Questions j.. get left times yes; those with equal counts in one go, since only their number matters. */
static void
answer(Walk *w, int j, int left, long double weight)
{
	int			same = 1;
	long double ways = 1;

	if (w->status != STAT_OK)
		return;
	if (--w->budget < 0)
		w->status = STAT_BUDGET;
	else if ((w->budget & 4095) == 0 && stat_interrupted())
		w->status = STAT_INTERRUPTED;
	else if (j == w->k)
		w->status = state_table_add(&w->next, pack(w), 0, weight);
	if (w->status != STAT_OK || j == w->k)
		return;
	while (j + same < w->k && w->count[j + same] == w->count[j])
		same++;
	/* m of them: C(same, m) ways */
	for (int m = 0; m <= same && m <= left; m++)
	{
		for (int i = 0; i < same; i++)
			w->taken[j + i] = w->count[j + i] + (i < m);
		if (left - m <= w->k - j - same)
			answer(w, j + same, left - m, weight * ways);
		ways = ways * (same - m) / (m + 1);
	}
}

static void
unpack(Walk *w, uint64_t key)
{
	for (int j = w->k - 1; j >= 0; j--)
	{
		w->count[j] = (int) (key & ((UINT64_C(1) << w->bits) - 1));
		key >>= w->bits;
	}
}

/* One respondent more, with l times yes, in each of C(k, l) ways. */
static StatStatus
add_respondent(Walk *w, StateTable *now, int l)
{
	long double ways = 1;

	for (int i = 0; i < l; i++)
		ways = ways * (w->k - i) / (i + 1);
	w->status = state_table_make(&w->next, 256);
	for (size_t i = 0; i < now->size && w->status == STAT_OK; i++)
		if (now->slot[i].weight > 0)
		{
			unpack(w, now->slot[i].key);
			answer(w, 0, l, now->slot[i].weight / ways);
		}
	stat_release(now->slot);
	*now = w->next;
	return w->status;
}

StatStatus
cochran_q_exact(const CochranSums *s, double *p)
{
	Walk		w = {.k = s->k,.budget = EXACT_BUDGET / 10,.status = STAT_OK};
	StateTable	now;
	double		differ = cochran_informative(s);
	long double observed = 0,
				mean = 0,
				tail = 0;
	StatStatus	status;

	for (int l = 0; l <= s->k; l++)
		if (!stat_is_whole(s->with[l]))
			return STAT_BAD_ARGUMENT;
	while (w.bits < 32 && ldexp(1, w.bits) <= differ)
		w.bits++;
	if (s->k > MAX_QUESTIONS || w.bits * s->k > 64)
		return STAT_BUDGET;
	status = state_table_make(&now, 1);
	if (status == STAT_OK)
		status = state_table_add(&now, 0, 0, 1);
	for (int l = 1; l < s->k; l++)
		for (double i = 0; i < s->with[l] && status == STAT_OK; i++)
			status = add_respondent(&w, &now, l);
	if (status == STAT_OK)
	{
		/* sums of squares about the same mean, k times: whole numbers */
		for (int j = 0; j < s->k; j++)
			mean += s->yes[j] - s->with[s->k];
		for (int j = 0; j < s->k; j++)
		{
			long double d = s->k * ((long double) s->yes[j] - s->with[s->k]) - mean;

			observed += d * d;
		}
		for (size_t i = 0; i < now.size; i++)
		{
			long double sum = 0;

			if (!(now.slot[i].weight > 0))
				continue;
			unpack(&w, now.slot[i].key);
			for (int j = 0; j < s->k; j++)
				sum += (s->k * (long double) w.count[j] - mean) * (s->k * (long double) w.count[j] - mean);
			if (sum >= observed)
				tail += now.slot[i].weight;
		}
		*p = (double) fminl(tail, 1);
	}
	stat_release(now.slot);
	return status;
}
