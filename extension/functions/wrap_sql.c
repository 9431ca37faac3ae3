/*
 * wrap_sql.c
 *		wrap_text(text, width, max_lines): a long label in lines, as print() wraps those of a table.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "fmgr.h"
#include "utils/array.h"
#include "utils/builtins.h"

#include "functions/text_layout.h"

PG_FUNCTION_INFO_V1(sql_wrap_text);

#define MAX_WRAP_WIDTH 10000
#define MAX_WRAP_LINES 1000

Datum
sql_wrap_text(PG_FUNCTION_ARGS)
{
	char	   *s = TextPrintable(text_to_cstring(PG_GETARG_TEXT_PP(0)));
	int			width = PG_GETARG_INT32(1);
	int			max_lines = PG_GETARG_INT32(2);
	char	   *lines[MAX_WRAP_LINES];
	Datum		values[MAX_WRAP_LINES];
	bool		broken;
	int			n;

	if (width < 1 || width > MAX_WRAP_WIDTH || max_lines < 1 || max_lines > MAX_WRAP_LINES)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("a text cannot be wrapped at %d columns into %d lines", width, max_lines),
				 errhint("Give a width from 1 to %d and from 1 to %d lines.", MAX_WRAP_WIDTH, MAX_WRAP_LINES)));
	n = TextWrap(s, width, max_lines, lines, &broken);
	for (int i = 0; i < n; i++)
		values[i] = CStringGetTextDatum(lines[i]);
	PG_RETURN_ARRAYTYPE_P(construct_array(values, n, TEXTOID, -1, false, TYPALIGN_INT));
}
