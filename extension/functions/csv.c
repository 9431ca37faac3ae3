/*
 * csv.c
 *		The CSV export of a web form or a spreadsheet, as bytes, to rows of text.
 *
 * RFC 4180 with what is met in practice: the delimiter (comma, semicolon or tab) is the one that the header line has most of, a byte order
 * mark is passed over, line ends are CR LF, LF or CR, and the encoding is UTF-8 or CP932 (PostgreSQL's SJIS).  A row that does not fit is
 * given back with its problem, so that it can be put aside; only what makes the whole file unreadable is an error.
 */
#include "postgres.h"

#include "catalog/namespace.h"
#include "catalog/pg_type.h"
#include "fmgr.h"
#include "lib/stringinfo.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"

#include "compat.h"

PG_FUNCTION_INFO_V1(csv_header);
PG_FUNCTION_INFO_V1(csv_rows);

#define MAX_COLUMNS 1600

typedef struct CsvReader
{
	const char *p;
	const char *end;
	int			encoding;		/* of the file */
	char		delimiter;
	int64		line;			/* of p, from 1 */
	int			ncells;
	int			room;
	StringInfoData cell[MAX_COLUMNS + 1];	/* text of the cells in the server's encoding */
	bool		quoted[MAX_COLUMNS + 1];	/* an empty cell in quotes is empty text all the same, but not a blank line */
	StringInfoData problem;
	Oid			conversion;
} CsvReader;

/* The line of the first byte that is not valid in the encoding. */
static int64
FirstBadLine(const char *data, int len, int encoding)
{
	int64		line = 1;
	const char *end = data + len;

	while (data < end)
	{
		const char *stop = memchr(data, '\n', end - data);

		if (stop == NULL)
			stop = end;
		if (!pg_verify_mbstr(encoding, data, (int) (stop - data), true))
			return line;
		CHECK_FOR_INTERRUPTS();
		line++;
		data = stop + 1;
	}
	return line;
}

/* The encoding of the file: the one named, else UTF-8 where the bytes are that, else CP932. */
static int
CsvEncoding(const char *data, int len, bool bom, const char *named)
{
	int			encoding;

	if (named != NULL)
	{
		encoding = pg_strcasecmp(named, "cp932") == 0 || pg_strcasecmp(named, "windows-31j") == 0 || pg_strcasecmp(named, "shift_jis") == 0 ?
			PG_SJIS : pg_char_to_encoding(named);
		if (encoding < 0)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("unknown encoding \"%s\"", named),
					 errhint("Files are mostly UTF8 or CP932.")));
		return encoding;
	}
	if (bom || pg_verify_mbstr(PG_UTF8, data, len, true))
		return PG_UTF8;
	if (pg_verify_mbstr(PG_SJIS, data, len, true))
		return PG_SJIS;
	ereport(ERROR,
			(errcode(ERRCODE_CHARACTER_NOT_IN_REPERTOIRE),
			 errmsg("the file is neither UTF-8 nor CP932 text"),
			 errdetail("The first bytes that are not UTF-8 are on line %lld, the first that are not CP932 on line %lld.",
					   (long long) FirstBadLine(data, len, PG_UTF8), (long long) FirstBadLine(data, len, PG_SJIS)),
			 errhint("Is it a CSV file? If only a few cells are damaged, name the encoding: their rows are put aside and the others loaded.")));
	return -1;
}

static CsvReader *
CsvOpen(FunctionCallInfo fcinfo)
{
	bytea	   *data = PG_GETARG_BYTEA_PP(0);
	CsvReader  *r = palloc0(sizeof(CsvReader));
	char	   *named = PG_ARGISNULL(1) ? NULL : text_to_cstring(PG_GETARG_TEXT_PP(1));
	int			len = VARSIZE_ANY_EXHDR(data);
	bool		bom = false;
	int			count[256] = {0};
	bool		quoted = false;

	r->p = VARDATA_ANY(data);
	if (len >= 2 && (memcmp(r->p, "\xFF\xFE", 2) == 0 || memcmp(r->p, "\xFE\xFF", 2) == 0))
		ereport(ERROR,
				(errcode(ERRCODE_CHARACTER_NOT_IN_REPERTOIRE),
				 errmsg("the file is UTF-16 text"),
				 errhint("Save it as \"CSV UTF-8\" in the spreadsheet program.")));
	if (len >= 3 && memcmp(r->p, "\xEF\xBB\xBF", 3) == 0)
	{
		bom = true;
		r->p += 3;
		len -= 3;
	}
	r->end = r->p + len;
	r->encoding = CsvEncoding(r->p, len, bom, named);
	if (r->encoding != GetDatabaseEncoding())
	{
		r->conversion = FindDefaultConversionProc(r->encoding, GetDatabaseEncoding());
		if (!OidIsValid(r->conversion))
			ereport(ERROR,
					(errcode(ERRCODE_UNDEFINED_FUNCTION),
					 errmsg("no conversion from %s to the encoding of this database", pg_encoding_to_char(r->encoding))));
	}
	for (const char *q = r->p; q < r->end && (quoted || (*q != '\n' && *q != '\r')); q++)
	{
		if (*q == '"')
			quoted = !quoted;
		else if (!quoted)
			count[(unsigned char) *q]++;
	}
	r->delimiter = count['\t'] > count[','] && count['\t'] >= count[';'] ? '\t' : count[';'] > count[','] ? ';' : ',';
	r->line = 1;
	initStringInfo(&r->problem);
	return r;
}

/* From the file's encoding to the server's, in place. */
static void
ConvertCell(CsvReader *r, StringInfo cell)
{
	char	   *to;
	int			done;

	if (!pg_verify_mbstr(r->encoding, cell->data, cell->len, true))
	{
		if (r->problem.len == 0)
			appendStringInfo(&r->problem, "cell %d is not valid %s text", r->ncells, pg_encoding_to_char(r->encoding));
		resetStringInfo(cell);
		return;
	}
	if (!OidIsValid(r->conversion))
		return;
	for (done = 0; done < cell->len && !IS_HIGHBIT_SET(cell->data[done]); done++)
		;
	if (done == cell->len)
		return;
	to = palloc((Size) cell->len * MAX_CONVERSION_GROWTH + 1);
	done = pg_do_encoding_conversion_buf(r->conversion, r->encoding, GetDatabaseEncoding(), (unsigned char *) cell->data, cell->len,
										 (unsigned char *) to, cell->len * MAX_CONVERSION_GROWTH + 1, true);
	if (done < cell->len && r->problem.len == 0)
		appendStringInfo(&r->problem, "cell %d has a character that this database cannot hold", r->ncells);
	resetStringInfo(cell);
	appendStringInfoString(cell, to);
	pfree(to);
}

/* The next row into r->cell; false at the end of the file.  Blank lines are passed over. */
static bool
CsvNext(CsvReader *r, int64 *line)
{
	int64		opened = 0;
	bool		in_quotes = false;

	for (;;)
	{
		StringInfo	cell;
		bool		last = false;

		if (r->p >= r->end)
			return false;
		resetStringInfo(&r->problem);
		r->ncells = 0;
		*line = r->line;
		while (!last)
		{
			if (r->ncells == MAX_COLUMNS)
				ereport(ERROR,
						(errcode(ERRCODE_TOO_MANY_COLUMNS),
						 errmsg("line %lld has more than %d cells", (long long) r->line, MAX_COLUMNS)));
			cell = &r->cell[r->ncells];
			if (r->ncells >= r->room)
			{
				initStringInfo(cell);
				r->room++;
			}
			resetStringInfo(cell);
			r->quoted[r->ncells++] = false;
			for (;;)
			{
				const char *from = r->p;

				/* everything up to the next character with a meaning */
				if (in_quotes)
					while (r->p < r->end && *r->p != '"' && *r->p != '\n')
						r->p++;
				else
					while (r->p < r->end && *r->p != '"' && *r->p != '\n' && *r->p != '\r' && *r->p != r->delimiter)
						r->p++;
				appendBinaryStringInfo(cell, from, (int) (r->p - from));
				if (r->p >= r->end)
				{
					if (in_quotes)
						ereport(ERROR,
								(errcode(ERRCODE_BAD_COPY_FILE_FORMAT),
								 errmsg("the quote that opens on line %lld is never closed", (long long) opened),
								 errhint("A quote within a quoted cell is written twice.")));
					last = true;
					break;
				}
				if (*r->p == '"')
				{
					if (in_quotes && r->p + 1 < r->end && r->p[1] == '"')
					{
						appendStringInfoChar(cell, '"');
						r->p += 2;
						continue;
					}
					if (!in_quotes && cell->len > 0 && !r->quoted[r->ncells - 1])
					{
						/* a quote inside an unquoted cell stands for itself */
						appendStringInfoChar(cell, *r->p++);
						continue;
					}
					in_quotes = !in_quotes;
					opened = r->line;
					r->quoted[r->ncells - 1] = true;
					r->p++;
					continue;
				}
				if (*r->p == '\n' && in_quotes)
				{
					r->line++;
					appendStringInfoChar(cell, *r->p++);
					continue;
				}
				if (*r->p == r->delimiter)
				{
					r->p++;
					break;
				}
				/* the end of the line */
				if (*r->p == '\r' && r->p + 1 < r->end && r->p[1] == '\n')
					r->p++;
				r->p++;
				r->line++;
				last = true;
				break;
			}
			ConvertCell(r, cell);
		}
		if (r->ncells > 1 || r->cell[0].len > 0 || r->quoted[0] || r->problem.len > 0)
			return true;
		CHECK_FOR_INTERRUPTS();
	}
}

Datum
csv_header(PG_FUNCTION_ARGS)
{
	CsvReader  *r;
	int64		line;
	Datum	   *cell;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	r = CsvOpen(fcinfo);
	if (!CsvNext(r, &line))
		ereport(ERROR,
				(errcode(ERRCODE_BAD_COPY_FILE_FORMAT),
				 errmsg("the file is empty")));
	if (r->problem.len > 0)
		ereport(ERROR,
				(errcode(ERRCODE_CHARACTER_NOT_IN_REPERTOIRE),
				 errmsg("the header line cannot be read"),
				 errdetail("%s.", r->problem.data)));
	cell = palloc(sizeof(Datum) * r->ncells);
	for (int i = 0; i < r->ncells; i++)
		cell[i] = PointerGetDatum(cstring_to_text_with_len(r->cell[i].data, r->cell[i].len));
	PG_RETURN_ARRAYTYPE_P(construct_array(cell, r->ncells, TEXTOID, -1, false, TYPALIGN_INT));
}

/* Rows after the header as (line, problem, cells ...), the number of cells from the column list of the call.  NULL for an empty cell. */
Datum
csv_rows(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;
	CsvReader  *r;
	int64		line;
	int			natts,
				want;
	Datum	   *values;
	bool	   *nulls;
	MemoryContext per_row,
				old;

	InitMaterializedSRF(fcinfo, MAT_SRF_USE_EXPECTED_DESC);
	if (PG_ARGISNULL(0))
		return (Datum) 0;
	natts = rsinfo->setDesc->natts;
	want = natts - 2;
	if (natts < 3 || TupleDescAttr(rsinfo->setDesc, 0)->atttypid != INT8OID)
		ereport(ERROR,
				(errcode(ERRCODE_DATATYPE_MISMATCH),
				 errmsg("csv_rows needs a column list of line bigint, problem text and the cells as text")));
	for (int i = 1; i < natts; i++)
		if (TupleDescAttr(rsinfo->setDesc, i)->atttypid != TEXTOID)
			ereport(ERROR,
					(errcode(ERRCODE_DATATYPE_MISMATCH),
					 errmsg("column %d of csv_rows is not text", i + 1)));
	r = CsvOpen(fcinfo);
	if (!CsvNext(r, &line))
		return (Datum) 0;
	values = palloc0(sizeof(Datum) * natts);
	nulls = palloc0(sizeof(bool) * natts);
	per_row = AllocSetContextCreate(CurrentMemoryContext, "csv row", ALLOCSET_DEFAULT_SIZES);
	for (;;)
	{
		CHECK_FOR_INTERRUPTS();
		if (!CsvNext(r, &line))
			break;
		if (r->ncells != want && r->problem.len == 0)
			appendStringInfo(&r->problem, "the row has %d cells, the header has %d", r->ncells, want);
		old = MemoryContextSwitchTo(per_row);
		values[0] = Int64GetDatum(line);
		nulls[1] = r->problem.len == 0;
		values[1] = nulls[1] ? (Datum) 0 : PointerGetDatum(cstring_to_text_with_len(r->problem.data, r->problem.len));
		for (int i = 0; i < want; i++)
		{
			nulls[i + 2] = i >= r->ncells || r->cell[i].len == 0;
			values[i + 2] = nulls[i + 2] ? (Datum) 0 : PointerGetDatum(cstring_to_text_with_len(r->cell[i].data, r->cell[i].len));
		}
		MemoryContextSwitchTo(old);
		tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
		MemoryContextReset(per_row);
	}
	return (Datum) 0;
}
