/*
 * fisher_pair.c
 *		The subtables of two columns: every r x 2 table with given margins, its log-probability and mass.
 *
 * Row i with margin w and a in the first column contributes h(a) = log a! + log (w - a)!.  The masses are products of factors
 * exp(-h(a) + lambda a - k), where lambda a (its sum is the same in all tables) puts the greatest factor near a = w c / n and k
 * makes it 1: so no product of table entries under- or overflows that matters.
 */
#include "stats/fisher_network.h"

#include <string.h>

bool
fisher_pair_alloc(FisherNet *net, FisherPair *p, int total)
{
	size_t		room = (size_t) total + (size_t) net->r;

	p->h = fisher_alloc(net, 2 * room * sizeof(double));
	p->e = p->h ? p->h + room : NULL;
	return p->h != NULL;
}

void
fisher_pair_free(FisherNet *net, FisherPair *p)
{
	fisher_release(net, p->h);
	p->h = NULL;
}

/* Tables of the row factors for margins w (kept by the caller while the lines run) and the first line. */
bool
fisher_pair_first(const FisherNet *net, FisherPair *p, const int *w, int c)
{
	double		lambda;
	int			sum = 0,
				at = 0;

	for (int i = 0; i < net->r; i++)
		sum += w[i];
	if (c > sum)
		return false;
	lambda = log((c + 0.5) / (sum - c + 0.5));
	p->ref = lambda * c;
	for (int i = 0; i < net->r; i++)
	{
		double	   *h = p->h + at,
				   *e = p->e + at;
		double		k = INFINITY;

		p->at[i] = at;
		for (int a = 0; a <= w[i]; a++)
		{
			h[a] = net->lf[a] + net->lf[w[i] - a];
			k = fmin(k, h[a] - lambda * a);
		}
		for (int a = 0; a <= w[i]; a++)
			e[a] = exp(k - (h[a] - lambda * a));
		p->ref += k;
		at += w[i] + 1;
	}
	return fisher_lines_first(&p->lines, net->r, w, c);
}

/*
 * Narrow the present line to the tables with a mass of at least exp(log_cut), in units of the product of e; what falls away is
 * counted.  False when the line has none left.  Along a line x is convex in a, so both ends are found by bisection.
 */
bool
fisher_pair_clip(FisherPair *p, double log_cut, double *dropped)
{
	FisherLines *it = &p->lines;
	int			r = it->r;
	const double *h1 = p->h + p->at[r - 2],
			   *h2 = p->h + p->at[r - 1] + it->rest;
	double		most = p->ref - log_cut;
	int			lo = it->lo,
				hi = it->hi,
				mode;

	if (hi - lo < 16 || log_cut == -INFINITY)
		return true;
	for (int i = 0; i < r - 2; i++)
		most -= p->h[p->at[i] + it->z[i]];
	while (lo < hi)
	{
		int			mid = lo + (hi - lo) / 2;

		if (h1[mid + 1] + h2[-(mid + 1)] < h1[mid] + h2[-mid])
			lo = mid + 1;
		else
			hi = mid;
	}
	mode = lo;
	if (h1[mode] + h2[-mode] > most)
	{
		*dropped += it->hi - it->lo + 1;
		return false;
	}
	lo = it->lo;
	for (hi = mode; lo < hi;)
	{
		int			mid = lo + (hi - lo) / 2;

		if (h1[mid] + h2[-mid] > most)
			lo = mid + 1;
		else
			hi = mid;
	}
	*dropped += lo - it->lo;
	it->lo = lo;
	lo = mode;
	for (hi = it->hi; lo < hi;)
	{
		int			mid = lo + (hi - lo + 1) / 2;

		if (h1[mid] + h2[-mid] > most)
			hi = mid - 1;
		else
			lo = mid;
	}
	*dropped += it->hi - lo;
	it->hi = lo;
	return true;
}
