/*
 * alias_table.c
 *		Setting up an alias table.
 */
#include "stats/alias_table.h"

StatStatus
alias_fill(AliasEntry *entry, double *p, uint32_t size)
{
	uint32_t   *list = stat_alloc(sizeof(uint32_t) * size);
	uint32_t	nsmall = 0,
				nlarge = 0;
	double		sum = 0;

	if (list == NULL)
		return STAT_NO_MEMORY;
	for (uint32_t i = 0; i < size; i++)
		sum += p[i];
	/* the small ones grow from the front of the list, the large ones from its end */
	for (uint32_t i = 0; i < size; i++)
	{
		p[i] *= size / sum;
		if (p[i] < 1)
			list[nsmall++] = i;
		else
			list[size - ++nlarge] = i;
	}
	while (nsmall > 0 && nlarge > 0)
	{
		uint32_t	s = list[--nsmall],
					l = list[size - nlarge];

		entry[s].threshold = (uint32_t) (p[s] * 0x1p32);
		entry[s].alias = l;
		p[l] -= 1 - p[s];
		if (p[l] < 1)
		{
			nlarge--;
			list[nsmall++] = l;
		}
	}
	/* what rounding leaves over has weight 1 */
	while (nsmall + nlarge > 0)
	{
		uint32_t	i = nsmall > 0 ? list[--nsmall] : list[size - nlarge--];

		entry[i].threshold = UINT32_MAX;
		entry[i].alias = i;
	}
	stat_release(list);
	return STAT_OK;
}
