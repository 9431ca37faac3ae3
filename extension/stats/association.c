/*
 * association.c
 *		What every measure of association of two variables begins with.
 */
#include "stats/association.h"
#include "stats/deviation.h"

StatStatus
association_table(const StatTable *tab, double level, StatClean *t, StatResult *res)
{
	StatStatus	status;

	if (!(level > 0 && level < 1))
		return STAT_BAD_ARGUMENT;
	status = stat_clean(tab, t);
	if (status != STAT_OK)
		return status;
	res->n = t->total;
	res->conf_level = level;
	stat_note_dropped(t, res);
	if (t->tab.nrow < 2 || t->tab.ncol < 2)
	{
		stat_note(res, "fewer than two rows or columns have counts: there is no association to measure");
		stat_release(t->block);
		return STAT_UNDEFINED;
	}
	return STAT_OK;
}
