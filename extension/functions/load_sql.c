/*
 * load_sql.c
 *		What load_wave() calls for each row and each cell: reading an answer, saying what is wrong with it, and reporting progress.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "commands/progress.h"
#include "fmgr.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/backend_progress.h"
#include "utils/builtins.h"

#include "functions/answer_dict.h"

PG_FUNCTION_INFO_V1(read_answer);
PG_FUNCTION_INFO_V1(answer_problem);
PG_FUNCTION_INFO_V1(load_begin);
PG_FUNCTION_INFO_V1(load_tick);
PG_FUNCTION_INFO_V1(load_problem_columns);

#define MAX_COLUMNS 1600

/* The load under way in this session. */
static struct
{
	int64		rows;
	int64		notice_every;
	bool		problem[MAX_COLUMNS + 1];
}			load;

typedef struct CallDict
{
	AnswerDict *dict;
	bool		constant;		/* the options cannot change during the query */
} CallDict;

/* The dictionary of the call, made once where the options are a constant. */
static AnswerDict *
DictOfCall(FunctionCallInfo fcinfo)
{
	CallDict   *c = fcinfo->flinfo->fn_extra;

	if (c == NULL)
	{
		c = MemoryContextAllocZero(fcinfo->flinfo->fn_mcxt, sizeof(CallDict));
		c->constant = get_fn_expr_arg_stable(fcinfo->flinfo, 1);
		fcinfo->flinfo->fn_extra = c;
	}
	if (c->dict == NULL || !c->constant)
		c->dict = AnswerDictCreate(fcinfo->flinfo->fn_mcxt, get_fn_expr_argtype(fcinfo->flinfo, 2), PG_GETARG_ARRAYTYPE_P(1));
	return c->dict;
}

/* read_answer(cell text, options text[], like anyelement, column integer) */
Datum
read_answer(PG_FUNCTION_ARGS)
{
	text	   *cell;
	Datum		value = (Datum) 0;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
		PG_RETURN_NULL();
	cell = PG_GETARG_TEXT_PP(0);
	switch (AnswerDictRead(DictOfCall(fcinfo), VARDATA_ANY(cell), VARSIZE_ANY_EXHDR(cell), &value, NULL))
	{
		case ANSWER_VALUE:
			PG_RETURN_DATUM(value);
		case ANSWER_PROBLEM:
			if (!PG_ARGISNULL(3) && PG_GETARG_INT32(3) >= 0 && PG_GETARG_INT32(3) <= MAX_COLUMNS)
				load.problem[PG_GETARG_INT32(3)] = true;
			break;
		case ANSWER_MISSING:
			break;
	}
	PG_RETURN_NULL();
}

Datum
answer_problem(PG_FUNCTION_ARGS)
{
	text	   *cell;
	Datum		value;
	StringInfoData why;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
		PG_RETURN_NULL();
	cell = PG_GETARG_TEXT_PP(0);
	initStringInfo(&why);
	if (AnswerDictRead(DictOfCall(fcinfo), VARDATA_ANY(cell), VARSIZE_ANY_EXHDR(cell), &value, &why) != ANSWER_PROBLEM)
		PG_RETURN_NULL();
	PG_RETURN_TEXT_P(cstring_to_text_with_len(why.data, why.len));
}

/* load_begin(wave table regclass, rows bigint, notice_every bigint): progress is shown as that of a COPY. */
Datum
load_begin(PG_FUNCTION_ARGS)
{
	memset(&load, 0, sizeof(load));
	load.notice_every = PG_GETARG_INT64(2);
	pgstat_progress_start_command(PROGRESS_COMMAND_COPY, PG_GETARG_OID(0));
	pgstat_progress_update_param(PROGRESS_COPY_BYTES_TOTAL, PG_GETARG_INT64(1));
	PG_RETURN_VOID();
}

/* Counts a row of the load; always true, so that it can stand in a WHERE. */
Datum
load_tick(PG_FUNCTION_ARGS)
{
	CHECK_FOR_INTERRUPTS();
	load.rows++;
	if ((load.rows & 1023) == 0)
		pgstat_progress_update_param(PROGRESS_COPY_TUPLES_PROCESSED, load.rows);
	if (load.notice_every > 0 && load.rows % load.notice_every == 0)
		ereport(NOTICE, (errmsg("load_wave: %lld rows read", (long long) load.rows)));
	PG_RETURN_BOOL(true);
}

/* The columns in which a cell could not be read, and the end of the progress report. */
Datum
load_problem_columns(PG_FUNCTION_ARGS)
{
	Datum	   *column = palloc(sizeof(Datum) * (MAX_COLUMNS + 1));
	int			n = 0;

	for (int i = 0; i <= MAX_COLUMNS; i++)
		if (load.problem[i])
			column[n++] = Int32GetDatum(i);
	pgstat_progress_end_command();
	PG_RETURN_ARRAYTYPE_P(construct_array(column, n, INT4OID, sizeof(int32), true, TYPALIGN_INT));
}
