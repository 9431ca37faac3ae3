/*
 * oneway.h
 *		A one-way table as plain arrays, for the functions of one variable.
 */
#ifndef CSIRTSURVEY_ONEWAY_H
#define CSIRTSURVEY_ONEWAY_H

#include "postgres.h"

#include "stats/stats.h"
#include "types/xtab.h"

/* Categories ascending, without those off the scale. */
typedef struct OneWay
{
	int			k;
	char	  **label;
	double	   *n;
	double	   *score;
	double		total;
	double		off_scale;		/* count left out */
	int64		missing;
} OneWay;

extern void RequireOneWay(const Xtab *t, const char *function);
extern OneWay OneWayOrdinal(const Xtab *t, const char *function);
extern char *OneWayLabels(const OneWay *v);
extern void OneWayNotes(const OneWay *v, StatResult *res);

#endif							/* CSIRTSURVEY_ONEWAY_H */
