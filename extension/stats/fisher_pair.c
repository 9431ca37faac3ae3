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
