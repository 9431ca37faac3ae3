/*
 * stats.c
 *		Results, notes and cleaned tables: what every statistic needs.
 */
#include "stats/stats.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

StatHooks	stat_hooks = {malloc, free, NULL};

void
stat_result_init(StatResult *res, const char *method)
{
	memset(res, 0, sizeof(*res));
	snprintf(res->method, sizeof(res->method), "%s", method);
	res->statistic = res->parameter = res->parameter2 = STAT_NA;
	res->p_value = res->p_low = res->p_high = STAT_NA;
	res->estimate = res->std_error = STAT_NA;
	res->conf_low = res->conf_high = res->conf_level = STAT_NA;
	res->n = STAT_NA;
}

/* Add a note; beyond STAT_MAX_NOTES the last one is kept and the new one dropped. */
void
stat_note(StatResult *res, const char *fmt,...)
{
	va_list		args;

	if (res->nnotes >= STAT_MAX_NOTES)
		return;
	va_start(args, fmt);
	vsnprintf(res->notes[res->nnotes], STAT_NOTE_LEN, fmt, args);
	va_end(args);
	res->nnotes++;
}

/* What an ordinal statistic leaves out. */
void
stat_note_left_out(StatResult *res, double off_scale, int64_t missing)
{
	if (off_scale > 0)
		stat_note(res, "left out as off the scale: %.15g", off_scale);
	if (missing > 0)
		stat_note(res, "left out as missing: %lld", (long long) missing);
}

StatStatus
stat_clean(const StatTable *tab, StatClean *out)
{
	int			nrow = 0,
				ncol = 0;
	size_t		cells;
	double	   *rt,
			   *ct,
			   *p,
			   *n,
			   *rs,
			   *cs;

	memset(out, 0, sizeof(*out));
	rt = stat_alloc(sizeof(double) * (size_t) (tab->nrow + tab->ncol));
	if (rt == NULL)
		return STAT_NO_MEMORY;
	ct = rt + tab->nrow;
	memset(rt, 0, sizeof(double) * (size_t) (tab->nrow + tab->ncol));

	out->integral = true;
	for (int i = 0; i < tab->nrow; i++)
		for (int j = 0; j < tab->ncol; j++)
		{
			double		v = tab->n[(size_t) i * tab->ncol + j];

			if (!stat_is_count(v))
			{
				stat_release(rt);
				return STAT_BAD_ARGUMENT;
			}
			if (!stat_is_whole(v))
				out->integral = false;
			rt[i] += v;
			ct[j] += v;
		}
	for (int i = 0; i < tab->nrow; i++)
		nrow += rt[i] > 0;
	for (int j = 0; j < tab->ncol; j++)
		ncol += ct[j] > 0;

	cells = (size_t) nrow * ncol;
	p = stat_alloc(sizeof(double) * (cells + 2 * (size_t) (nrow + ncol)));
	if (p == NULL)
	{
		stat_release(rt);
		return STAT_NO_MEMORY;
	}
	out->block = p;
	n = p;
	rs = n + cells;
	cs = rs + nrow;
	out->row_total = cs + ncol;
	out->col_total = out->row_total + nrow;

	for (int i = 0, a = 0; i < tab->nrow; i++)
	{
		if (!(rt[i] > 0))
			continue;
		rs[a] = tab->row_score ? tab->row_score[i] : i + 1;
		out->row_total[a] = rt[i];
		out->total += rt[i];
		for (int j = 0, b = 0; j < tab->ncol; j++)
			if (ct[j] > 0)
				n[(size_t) a * ncol + b++] = tab->n[(size_t) i * tab->ncol + j];
		a++;
	}
	for (int j = 0, b = 0; j < tab->ncol; j++)
		if (ct[j] > 0)
		{
			cs[b] = tab->col_score ? tab->col_score[j] : j + 1;
			out->col_total[b++] = ct[j];
		}
	stat_release(rt);

	out->tab.nrow = nrow;
	out->tab.ncol = ncol;
	out->tab.n = n;
	out->tab.row_score = rs;
	out->tab.col_score = cs;
	out->dropped_rows = tab->nrow - nrow;
	out->dropped_cols = tab->ncol - ncol;
	return STAT_OK;
}
