/*
 * module.c
 *		Loading: GSL must never abort the server, and the numerics work in PostgreSQL's memory and heed its interrupts.
 */
#include "postgres.h"

#include "fmgr.h"
#include "miscadmin.h"
#include "utils/guc.h"
#include "utils/memutils.h"

#include <gsl/gsl_errno.h>

#include "stats/stats.h"
#include "types/xtab.h"

PG_MODULE_MAGIC;

void		_PG_init(void);

int			xtab_max_categories = 10000;
int			xtab_max_cells = 4000000;

/*
 * Aligned to 16 bytes, as malloc's: palloc promises 8, and the compiler copies structs that hold a long double with instructions that
 * need 16.  The byte before the memory says how far it is from what palloc gave.
 */
#define STAT_ALIGN 16

static void *
server_alloc(size_t size)
{
	char	   *raw = palloc_extended(size + STAT_ALIGN, MCXT_ALLOC_HUGE | MCXT_ALLOC_NO_OOM);
	char	   *p;

	if (raw == NULL)
		return NULL;
	p = (char *) TYPEALIGN(STAT_ALIGN, raw + 1);
	p[-1] = p - raw;
	return p;
}

static void
server_release(void *p)
{
	pfree((char *) p - ((char *) p)[-1]);
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
	stat_hooks.release = server_release;
	stat_hooks.interrupted = server_interrupted;

	DefineCustomIntVariable("csirtsurvey.max_categories",
							"Distinct values that a side of a contingency table may have.",
							"Counting stops with an error beyond it, so that a column of identifiers does not fill the memory.",
							&xtab_max_categories, 10000, 1, 1000000, PGC_USERSET, 0, NULL, NULL, NULL);
	DefineCustomIntVariable("csirtsurvey.max_cells",
							"Cells that a contingency table may have.",
							"A cell takes 8 bytes, or 72 with weights.",
							&xtab_max_cells, 4000000, 1, 100000000, PGC_USERSET, 0, NULL, NULL, NULL);
#if PG_VERSION_NUM >= 150000
	MarkGUCPrefixReserved("csirtsurvey");
#else
	EmitWarningsOnPlaceholders("csirtsurvey");
#endif
}
