/*
 * module.c
 *		Loading: GSL must never abort the server, and the numerics work in PostgreSQL's memory and heed its interrupts.
 */
#include "postgres.h"

#include "fmgr.h"
#include "miscadmin.h"
#include "utils/memutils.h"

#include <gsl/gsl_errno.h>

#include "stats/stats.h"

PG_MODULE_MAGIC;

void		_PG_init(void);

static void *
server_alloc(size_t size)
{
	return palloc_extended(size, MCXT_ALLOC_HUGE | MCXT_ALLOC_NO_OOM);
}

/*
 * Interrupts other than cancel and termination (a configuration reload, a barrier) are served on the spot; those two make the
 * numerics release what they hold and return, after which the caller's CHECK_FOR_INTERRUPTS() raises the error.
 */
static int
server_interrupted(void)
{
	if (likely(!InterruptPending))
		return 0;
	if (QueryCancelPending || ProcDiePending)
		return 1;
	CHECK_FOR_INTERRUPTS();
	return 0;
}

void
_PG_init(void)
{
	gsl_set_error_handler_off();
	stat_hooks.alloc = server_alloc;
	stat_hooks.release = pfree;
	stat_hooks.interrupted = server_interrupted;
}
