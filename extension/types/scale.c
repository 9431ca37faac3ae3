/*
 * scale.c
 *		Input and output of the ordinal scales, and what their values tell.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "catalog/pg_type.h"
#include "fmgr.h"
#include "lib/stringinfo.h"
#include "libpq/pqformat.h"
#include "mb/pg_wchar.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/syscache.h"

#include "compat.h"
#include "types/scale.h"
#include "types/scale_table.h"

PG_FUNCTION_INFO_V1(scale_out);
PG_FUNCTION_INFO_V1(scale_send);
PG_FUNCTION_INFO_V1(scale_level);
PG_FUNCTION_INFO_V1(scale_float8);
PG_FUNCTION_INFO_V1(scale_label);
PG_FUNCTION_INFO_V1(scale_on_scale);
PG_FUNCTION_INFO_V1(scale_substantive);
PG_FUNCTION_INFO_V1(scale_levels);

const ScaleDef *
ScaleAt(int i)
{
	return i < (int) lengthof(scale_defs) ? &scale_defs[i] : NULL;
}

const ScaleDef *
ScaleOfName(const char *name)
{
	for (size_t i = 0; i < lengthof(scale_defs); i++)
		if (strcmp(scale_defs[i].name, name) == 0)
			return &scale_defs[i];
	return NULL;
}

static const ScaleDef *
ScaleOfId(int id)
{
	for (size_t i = 0; i < lengthof(scale_defs); i++)
		if (scale_defs[i].id == id)
			return &scale_defs[i];
	return NULL;
}

/* The scale behind a type name as a contingency table carries it, NULL for other types. */
const ScaleDef *
ScaleOfTypeName(const char *qualified)
{
	static const char schema[] = "csirtsurvey.";

	return strncmp(qualified, schema, sizeof(schema) - 1) == 0 ? ScaleOfName(qualified + sizeof(schema) - 1) : NULL;
}

/* The scale of a stored value; a value that no scale has is damage, not a user's mistake. */
const ScaleDef *
ScaleOfValue(int16 value)
{
	const ScaleDef *s = ScaleOfId(value >> 8);

	if (s == NULL || SCALE_RANK(value) >= s->ncodes)
		ereport(ERROR,
				(errcode(ERRCODE_DATA_CORRUPTED),
				 errmsg("value %d is not a code of any scale", value),
				 errhint("It may have been written by a newer version of csirtsurvey.")));
	return s;
}

/* The name of a type of this extension, known by its schema; NULL for other types. */
char *
ExtensionTypeName(Oid typid)
{
	HeapTuple	tup = SearchSysCache1(TYPEOID, ObjectIdGetDatum(typid));
	char	   *name = NULL;

	if (HeapTupleIsValid(tup))
	{
		Form_pg_type typ = (Form_pg_type) GETSTRUCT(tup);
		char	   *schema = typ->typtype == TYPTYPE_BASE ? get_namespace_name(typ->typnamespace) : NULL;

		if (schema != NULL && strcmp(schema, "csirtsurvey") == 0)
			name = pstrdup(NameStr(typ->typname));
		ReleaseSysCache(tup);
	}
	return name;
}

const ScaleDef *
ScaleOfType(Oid typid)
{
	char	   *name = ExtensionTypeName(typid);

	return name != NULL ? ScaleOfName(name) : NULL;
}

static const ScaleCode *
CodeOfValue(int16 value)
{
	return &ScaleOfValue(value)->code[SCALE_RANK(value)];
}

/*
 * The next character that counts in a comparison of labels, -1 at the end: white space is passed over (ASCII and the ideographic
 * space), ASCII letters are lowered, full-width forms (U+FF01..FF5E) are their ASCII twins, since forms and typists mix them.
 */
int
NextFolded(const char **p, const char *end)
{
	while (*p < end)
	{
		unsigned char c = (unsigned char) **p;

		if (c == 0xEF && end - *p >= 3)
		{
			int			u = 0xF000 | (((*p)[1] & 0x3F) << 6) | ((*p)[2] & 0x3F);

			if (u >= 0xFF01 && u <= 0xFF5E)
			{
				*p += 3;
				return pg_ascii_tolower((unsigned char) (u - 0xFEE0));
			}
		}
		/* the wave dash and the minus sign: which code point a form uses for them depends on its way through CP932 */
		if (c == 0xE3 && end - *p >= 3 && memcmp(*p, "\xE3\x80\x9C", 3) == 0)
		{
			*p += 3;
			return '~';
		}
		if (c == 0xE2 && end - *p >= 3 && memcmp(*p, "\xE2\x88\x92", 3) == 0)
		{
			*p += 3;
			return '-';
		}
		if (c == 0xE3 && end - *p >= 3 && memcmp(*p, "\xE3\x80\x80", 3) == 0)
		{
			*p += 3;
			continue;
		}
		(*p)++;
		if (c == ' ' || (c >= '\t' && c <= '\r'))
			continue;
		return pg_ascii_tolower(c);
	}
	return -1;
}

static bool
SameText(const char *a, const char *a_end, const char *b)
{
	const char *b_end = b + strlen(b);

	for (;;)
	{
		int			x = NextFolded(&a, a_end);

		if (x != NextFolded(&b, b_end))
			return false;
		if (x < 0)
			return true;
	}
}

static char *
CodeList(const ScaleDef *s, bool labels)
{
	StringInfoData buf;

	initStringInfo(&buf);
	for (char c = 'a'; c <= 'z'; c++)
		for (int i = 0; i < s->ncodes; i++)
			if (s->code[i].code[0] == c)
			{
				appendStringInfo(&buf, "%s%s", buf.len > 0 ? (labels ? "; " : ", ") : "", s->code[i].code);
				if (labels)
					appendStringInfo(&buf, " = %s", s->code[i].label_en);
			}
	return buf.data;
}

/* The labels are compiled as UTF-8; in another server encoding they are converted once a call. */
const char *
ServerLabel(const char *utf8)
{
	return GetDatabaseEncoding() == PG_UTF8 ? utf8 : pg_any_to_server(utf8, strlen(utf8), PG_UTF8);
}

/* Is the language Japanese?  English is the other one. */
bool
ScaleLanguage(const char *lang)
{
	if (strcmp(lang, "ja") == 0)
		return true;
	if (strcmp(lang, "en") != 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("unknown language \"%s\"", lang),
				 errhint("Labels are in ja (Japanese) and en (English).")));
	return false;
}

const char *
ScaleLabel(const ScaleCode *code, bool japanese)
{
	return japanese ? ServerLabel(code->label_ja) : code->label_en;
}

/* The label of a category whose text form is code: that of the scale where there is one, else the code itself. */
const char *
ScaleCategoryLabel(const ScaleDef *scale, const char *code, bool japanese)
{
	for (int i = 0; scale != NULL && i < scale->ncodes; i++)
		if (strcmp(scale->code[i].code, code) == 0)
			return ScaleLabel(&scale->code[i], japanese);
	return code;
}

static Datum
ReadScale(const char *text, int len, int id, struct Node *escontext, int sqlstate)
{
	const ScaleDef *s = ScaleOfId(id);

	for (int i = 0; i < s->ncodes; i++)
		if (SameText(text, text + len, s->code[i].code))
			return Int16GetDatum(SCALE_VALUE(id, i));
	for (int i = 0; i < s->ncodes; i++)
		if (SameText(text, text + len, s->code[i].label_en) || SameText(text, text + len, ServerLabel(s->code[i].label_ja)))
			return Int16GetDatum(SCALE_VALUE(id, i));
	ereturn(escontext, (Datum) 0,
			(errcode(sqlstate),
			 errmsg("invalid value for scale %s: \"%s%s\"", s->name, pnstrdup(text, pg_mbcliplen(text, len, 60)), len > 60 ? "..." : ""),
			 errdetail("Codes are %s.", CodeList(s, false)),
			 errhint("The labels are accepted too: %s.", CodeList(s, true))));
}

static Datum
ReceiveScale(StringInfo buf, int id)
{
	int			nbytes;
	char	   *text = pq_getmsgtext(buf, buf->len - buf->cursor, &nbytes);

	if (strlen(text) != (size_t) nbytes)
		nbytes = strlen(text);
	return ReadScale(text, nbytes, id, NULL, ERRCODE_INVALID_BINARY_REPRESENTATION);
}

/* One input, receive and cast function for each scale: they alone must know which scale is meant. */
#define SCALE_FUNCTIONS(name, id) \
	PG_FUNCTION_INFO_V1(name##_in); \
	PG_FUNCTION_INFO_V1(name##_recv); \
	PG_FUNCTION_INFO_V1(name##_from_text); \
	Datum name##_in(PG_FUNCTION_ARGS) \
	{ \
		char	   *text = PG_GETARG_CSTRING(0); \
		return ReadScale(text, strlen(text), id, (struct Node *) INPUT_ERROR_CONTEXT(fcinfo), ERRCODE_INVALID_TEXT_REPRESENTATION); \
	} \
	Datum name##_recv(PG_FUNCTION_ARGS) \
	{ \
		return ReceiveScale((StringInfo) PG_GETARG_POINTER(0), id); \
	} \
	Datum name##_from_text(PG_FUNCTION_ARGS) \
	{ \
		text	   *t = PG_GETARG_TEXT_PP(0); \
		return ReadScale(VARDATA_ANY(t), VARSIZE_ANY_EXHDR(t), id, NULL, ERRCODE_INVALID_TEXT_REPRESENTATION); \
	}

FOR_EACH_SCALE(SCALE_FUNCTIONS)

Datum
scale_out(PG_FUNCTION_ARGS)
{
	PG_RETURN_CSTRING(pstrdup(CodeOfValue(PG_GETARG_INT16(0))->code));
}

Datum
scale_send(PG_FUNCTION_ARGS)
{
	const char *code = CodeOfValue(PG_GETARG_INT16(0))->code;
	StringInfoData buf;

	pq_begintypsend(&buf);
	pq_sendtext(&buf, code, strlen(code));
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

Datum
scale_level(PG_FUNCTION_ARGS)
{
	const ScaleCode *c = CodeOfValue(PG_GETARG_INT16(0));

	if (c->off_scale)
		PG_RETURN_NULL();
	PG_RETURN_INT32(c->level);
}

Datum
scale_float8(PG_FUNCTION_ARGS)
{
	const ScaleCode *c = CodeOfValue(PG_GETARG_INT16(0));

	if (c->off_scale)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(c->level);
}

Datum
scale_label(PG_FUNCTION_ARGS)
{
	const ScaleCode *c = CodeOfValue(PG_GETARG_INT16(0));
	bool		japanese = ScaleLanguage(text_to_cstring(PG_GETARG_TEXT_PP(1)));

	PG_RETURN_TEXT_P(cstring_to_text(ScaleLabel(c, japanese)));
}

Datum
scale_on_scale(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(!CodeOfValue(PG_GETARG_INT16(0))->off_scale);
}

Datum
scale_substantive(PG_FUNCTION_ARGS)
{
	int16		v = PG_GETARG_INT16(0);

	if (CodeOfValue(v)->off_scale)
		PG_RETURN_NULL();
	PG_RETURN_INT16(v);
}

/* scale_levels(name): the codes of one scale; scale_levels(NULL): of all. */
Datum
scale_levels(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;
	const ScaleDef *only = NULL;

	if (!PG_ARGISNULL(0))
	{
		char	   *name = text_to_cstring(PG_GETARG_TEXT_PP(0));

		only = ScaleOfName(name);
		if (only == NULL)
		{
			StringInfoData buf;

			initStringInfo(&buf);
			for (int i = 0; ScaleAt(i) != NULL; i++)
				appendStringInfo(&buf, "%s%s", i > 0 ? ", " : "", ScaleAt(i)->name);
			ereport(ERROR,
					(errcode(ERRCODE_UNDEFINED_OBJECT),
					 errmsg("there is no scale \"%s\"", name),
					 errhint("Scales are %s.", buf.data)));
		}
	}
	InitMaterializedSRF(fcinfo, 0);
	for (int i = 0; ScaleAt(i) != NULL; i++)
	{
		const ScaleDef *s = ScaleAt(i);

		if (only != NULL && s != only)
			continue;
		for (int k = 0; k < s->ncodes; k++)
		{
			const ScaleCode *c = &s->code[k];
			Datum		values[6];
			bool		nulls[6] = {false};

			values[0] = CStringGetTextDatum(s->name);
			values[1] = CStringGetTextDatum(c->code);
			values[2] = Int32GetDatum(c->level);
			nulls[2] = c->off_scale;
			values[3] = BoolGetDatum(c->off_scale);
			values[4] = CStringGetTextDatum(ServerLabel(c->label_ja));
			values[5] = CStringGetTextDatum(c->label_en);
			tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
		}
	}
	return (Datum) 0;
}
