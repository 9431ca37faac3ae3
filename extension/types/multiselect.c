/*
 * multiselect.c
 *		Input, output and type modifiers of multi-select answers.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "fmgr.h"
#include "lib/stringinfo.h"
#include "libpq/pqformat.h"
#include "mb/pg_wchar.h"
#include "utils/array.h"
#include "utils/builtins.h"

#include "types/multiselect.h"

PG_FUNCTION_INFO_V1(multiselect_in);
PG_FUNCTION_INFO_V1(multiselect_out);
PG_FUNCTION_INFO_V1(multiselect_recv);
PG_FUNCTION_INFO_V1(multiselect_send);
PG_FUNCTION_INFO_V1(multiselect_typmod_in);
PG_FUNCTION_INFO_V1(multiselect_typmod_out);
PG_FUNCTION_INFO_V1(multiselect_coerce);
PG_FUNCTION_INFO_V1(multiselect_from_text);
PG_FUNCTION_INFO_V1(multiselect_from_options);
PG_FUNCTION_INFO_V1(multiselect_from_flags);

#define WIRE_VERSION 1

/* Type modifier: the number of options in the low 11 bits, above it the exclusive option plus one, 0 for none. */
#define TYPMOD_OPTIONS(t) ((t) & 0x7FF)
#define TYPMOD_EXCLUSIVE(t) (((t) >> 11) - 1)
#define MAKE_TYPMOD(options, exclusive) ((((exclusive) + 1) << 11) | (options))

struct varlena *
MultiselectPack(const OptionSet *set)
{
	int			nbytes = MULTISELECT_MAX_BYTES;
	struct varlena *v;

	while (nbytes > 0 && set->bits[nbytes - 1] == 0)
		nbytes--;
	v = palloc(VARHDRSZ + nbytes);
	SET_VARSIZE(v, VARHDRSZ + nbytes);
	memcpy(VARDATA(v), set->bits, nbytes);
	return v;
}

/* a..z, then aa, bb .. zz, aaa ..: the questionnaire repeats the letter.  -1 if it is no code. */
int
OptionOfCode(const char *code, size_t len)
{
	int			letter = pg_ascii_tolower((unsigned char) code[0]) - 'a';
	int			option;

	if (len == 0 || len >= MULTISELECT_CODE_LEN || letter < 0 || letter >= 26)
		return -1;
	for (size_t i = 1; i < len; i++)
		if (pg_ascii_tolower((unsigned char) code[i]) != 'a' + letter)
			return -1;
	option = ((int) len - 1) * 26 + letter;
	return option < MULTISELECT_MAX_OPTIONS ? option : -1;
}

void
CodeOfOption(int option, char *code)
{
	int			len = option / 26 + 1;

	memset(code, 'a' + option % 26, len);
	code[len] = '\0';
}

static const char *
CodeText(int option)
{
	char	   *code = palloc(MULTISELECT_CODE_LEN);

	CodeOfOption(option, code);
	return code;
}

static char *
Clipped(const char *text, int len)
{
	return psprintf("%s%s", pnstrdup(text, pg_mbcliplen(text, len, 60)), len > 60 ? "..." : "");
}

/* Does the set fit the type modifier?  The error names the option that does not. */
static bool
CheckTypmod(SetView s, int32 typmod, struct Node *escontext)
{
	int			exclusive;

	if (typmod < 0)
		return true;
	for (int i = TYPMOD_OPTIONS(typmod); i < s.nbytes * 8; i++)
		if (SetHas(s, i))
			ereturn(escontext, false,
					(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
					 errmsg("option \"%s\" is beyond the last option of the question", CodeText(i)),
					 errdetail("The type multiselect(%d) has the options a to %s.", TYPMOD_OPTIONS(typmod), CodeText(TYPMOD_OPTIONS(typmod) - 1)),
					 errhint("Check the code, or give the column a type with more options.")));
	exclusive = TYPMOD_EXCLUSIVE(typmod);
	if (exclusive >= 0 && SetHas(s, exclusive))
		for (int i = 0; i < s.nbytes * 8; i++)
			if (i != exclusive && SetHas(s, i))
				ereturn(escontext, false,
						(errcode(ERRCODE_CHECK_VIOLATION),
						 errmsg("option \"%s\" excludes all others, but \"%s\" is selected too", CodeText(exclusive), CodeText(i)),
						 errdetail("The type is multiselect(%d, %s).", TYPMOD_OPTIONS(typmod), CodeText(exclusive)),
						 errhint("Select \"%s\" alone, or leave it out.", CodeText(exclusive))));
	return true;
}

/* Length of the separator at p, 0 if there is none: , ; | white space, and the Japanese full-width forms of comma and space. */
static int
SeparatorAt(const char *p, const char *end, bool *is_space)
{
	*is_space = *p == ' ' || (*p >= '\t' && *p <= '\r');
	if (*is_space || *p == ',' || *p == ';' || *p == '|')
		return 1;
	if (GetDatabaseEncoding() == PG_UTF8 && end - p >= 3)
	{
		*is_space = memcmp(p, "\xE3\x80\x80", 3) == 0;	/* ideographic space */
		if (*is_space || memcmp(p, "\xE3\x80\x81", 3) == 0 ||	/* ideographic comma */
			memcmp(p, "\xEF\xBC\x8C", 3) == 0)	/* full-width comma */
			return 3;
	}
	return 0;
}

static bool
AllOf(const char *p, size_t len, const char *chars)
{
	for (size_t i = 0; i < len; i++)
		if (strchr(chars, p[i]) == NULL)
			return false;
	return true;
}

static bool
AllLetters(const char *p, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (pg_ascii_tolower((unsigned char) p[i]) < 'a' || pg_ascii_tolower((unsigned char) p[i]) > 'z')
			return false;
	return len > 0;
}

/* Parse text of length len; false after a soft error. */
static bool
ParseSet(const char *text, int len, OptionSet *set, struct Node *escontext)
{
	const char *p = text;
	const char *end = text + len;
	bool		space;
	bool		braces;
	bool		need_code = false;	/* after a comma */
	bool		after_code = false;
	int			n;

	memset(set, 0, sizeof(*set));
	while (p < end && (n = SeparatorAt(p, end, &space)) > 0 && space)
		p += n;
	while (end > p && (end[-1] == ' ' || (end[-1] >= '\t' && end[-1] <= '\r')))
		end--;
	if (p == end)
		ereturn(escontext, false,
				(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
				 errmsg("invalid multi-select answer: \"%s\"", Clipped(text, len)),
				 errdetail("It is empty."),
				 errhint("Write {} for a question that was asked but nothing ticked, NULL for one not asked or not answered.")));
	braces = *p == '{';
	if (braces)
	{
		p++;
		if (end == p || end[-1] != '}')
			ereturn(escontext, false,
					(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
					 errmsg("invalid multi-select answer: \"%s\"", Clipped(text, len)),
					 errdetail("The closing brace is missing."),
					 errhint("Write the codes between braces, such as {a,c}.")));
		end--;
	}
	while (p < end)
	{
		const char *start = p;
		int			option;
		int			quote;

		n = SeparatorAt(p, end, &space);
		if (n > 0)
		{
			if (!space)
			{
				if (!after_code)
					ereturn(escontext, false,
							(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
							 errmsg("invalid multi-select answer: \"%s\"", Clipped(text, len)),
							 errdetail("There is a separator without a code before it."),
							 errhint("Write the codes once each, such as {a,c}.")));
				need_code = true;
				after_code = false;
			}
			p += n;
			continue;
		}
		while (p < end && SeparatorAt(p, end, &space) == 0)
			p++;
		/* drivers write an array of text with quotes: {"a","c"} */
		quote = braces && p - start > 2 && *start == '"' && p[-1] == '"';
		option = OptionOfCode(start + quote, p - start - 2 * quote);
		if (option < 0)
		{
			char	   *token = Clipped(start, p - start);

			if (AllOf(start, p - start, "01"))
				ereturn(escontext, false,
						(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
						 errmsg("invalid multi-select answer: \"%s\"", Clipped(text, len)),
						 errdetail("\"%s\" is a number, not the code of an option.", token),
						 errhint("For one 0/1 column an option use multiselect_from_flags().")));
			if (AllLetters(start, p - start))
				ereturn(escontext, false,
						(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
						 errmsg("invalid multi-select answer: \"%s\"", Clipped(text, len)),
						 errdetail("\"%s\" is not the code of an option: codes are a to z, then aa, bb and so on, up to %d options.",
								   token, MULTISELECT_MAX_OPTIONS),
						 errhint("If these are several codes, put commas between them, such as {a,c}.")));
			ereturn(escontext, false,
					(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
					 errmsg("invalid multi-select answer: \"%s\"", Clipped(text, len)),
					 errdetail("\"%s\" is not the code of an option.", token),
					 errhint("Codes are a to z, then aa, bb and so on; write them such as {a,c}.")));
		}
		OptionSetAdd(set, option);
		after_code = true;
		need_code = false;
	}
	if (need_code)
		ereturn(escontext, false,
				(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
				 errmsg("invalid multi-select answer: \"%s\"", Clipped(text, len)),
				 errdetail("It ends with a separator."),
				 errhint("Write the codes once each, such as {a,c}.")));
	return true;
}

Datum
multiselect_in(PG_FUNCTION_ARGS)
{
	char	   *text = PG_GETARG_CSTRING(0);
	int32		typmod = PG_GETARG_INT32(2);
	struct Node *escontext = (struct Node *) INPUT_ERROR_CONTEXT(fcinfo);
	OptionSet	set;
	struct varlena *v;

	if (!ParseSet(text, strlen(text), &set, escontext))
		return (Datum) 0;
	v = MultiselectPack(&set);
	if (!CheckTypmod(MultiselectView(v), typmod, escontext))
		return (Datum) 0;
	PG_RETURN_POINTER(v);
}

/* A set from its text form, or an error. */
void
MultiselectParse(const char *text, int len, OptionSet *set)
{
	(void) ParseSet(text, len, set, NULL);
}

Datum
multiselect_from_text(PG_FUNCTION_ARGS)
{
	text	   *t = PG_GETARG_TEXT_PP(0);
	OptionSet	set;

	MultiselectParse(VARDATA_ANY(t), VARSIZE_ANY_EXHDR(t), &set);
	PG_RETURN_POINTER(MultiselectPack(&set));
}

Datum
multiselect_out(PG_FUNCTION_ARGS)
{
	SetView		s = PG_GETARG_MULTISELECT(0);
	StringInfoData buf;
	char		code[MULTISELECT_CODE_LEN];

	initStringInfo(&buf);
	appendStringInfoChar(&buf, '{');
	for (int i = 0; i < s.nbytes * 8; i++)
		if (SetHas(s, i))
		{
			CodeOfOption(i, code);
			appendStringInfo(&buf, "%s%s", buf.len > 1 ? "," : "", code);
		}
	appendStringInfoChar(&buf, '}');
	PG_RETURN_CSTRING(buf.data);
}

Datum
multiselect_send(PG_FUNCTION_ARGS)
{
	SetView		s = PG_GETARG_MULTISELECT(0);
	StringInfoData buf;

	pq_begintypsend(&buf);
	pq_sendbyte(&buf, WIRE_VERSION);
	pq_sendbytes(&buf, (const char *) s.bits, s.nbytes);
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

Datum
multiselect_recv(PG_FUNCTION_ARGS)
{
	StringInfo	buf = (StringInfo) PG_GETARG_POINTER(0);
	int32		typmod = PG_GETARG_INT32(2);
	int			version = pq_getmsgbyte(buf);
	int			nbytes = buf->len - buf->cursor;
	OptionSet	set;
	struct varlena *v;

	if (version != WIRE_VERSION || nbytes > MULTISELECT_MAX_BYTES || (nbytes > 0 && buf->data[buf->len - 1] == 0))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("invalid binary form of a multi-select answer"),
				 errdetail("Version %d, %d bytes; version %d with at most %d bytes, the last not zero, is read.",
						   version, nbytes, WIRE_VERSION, MULTISELECT_MAX_BYTES),
				 errhint("Send the value as another server's csirtsurvey sent it, or use its text form.")));
	memset(&set, 0, sizeof(set));
	pq_copymsgbytes(buf, (char *) set.bits, nbytes);
	v = MultiselectPack(&set);
	(void) CheckTypmod(MultiselectView(v), typmod, NULL);
	PG_RETURN_POINTER(v);
}

/* multiselect(n) and multiselect(n, exclusive): the second argument is the code of an option. */
Datum
multiselect_typmod_in(PG_FUNCTION_ARGS)
{
	ArrayType  *args = PG_GETARG_ARRAYTYPE_P(0);
	Datum	   *elem;
	int			n;
	int			options;
	int			exclusive = -1;
	char	   *number;
	char	   *rest;

	deconstruct_array(args, CSTRINGOID, -2, false, TYPALIGN_CHAR, &elem, NULL, &n);
	if (n < 1 || n > 2)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("multiselect takes one or two type modifiers"),
				 errhint("Write multiselect(5) for five options, multiselect(5, d) if d excludes all others.")));
	number = DatumGetCString(elem[0]);
	errno = 0;
	options = strtol(number, &rest, 10);
	if (rest == number || *rest != '\0' || errno != 0 || options < 1 || options > MULTISELECT_MAX_OPTIONS)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("invalid number of options \"%s\" for multiselect", number),
				 errdetail("It must be between 1 and %d.", MULTISELECT_MAX_OPTIONS)));
	if (n == 2)
	{
		char	   *code = DatumGetCString(elem[1]);

		exclusive = OptionOfCode(code, strlen(code));
		if (exclusive < 0 || exclusive >= options)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("invalid exclusive option \"%s\" for multiselect(%d)", Clipped(code, strlen(code)), options),
					 errdetail("The options are a to %s.", CodeText(options - 1))));
	}
	PG_RETURN_INT32(MAKE_TYPMOD(options, exclusive));
}

Datum
multiselect_typmod_out(PG_FUNCTION_ARGS)
{
	int32		typmod = PG_GETARG_INT32(0);

	if (typmod < 0)
		PG_RETURN_CSTRING(pstrdup(""));
	if (TYPMOD_EXCLUSIVE(typmod) < 0)
		PG_RETURN_CSTRING(psprintf("(%d)", TYPMOD_OPTIONS(typmod)));
	PG_RETURN_CSTRING(psprintf("(%d,%s)", TYPMOD_OPTIONS(typmod), CodeText(TYPMOD_EXCLUSIVE(typmod))));
}

/* The cast that makes assignments obey the type modifier; nothing is dropped to make a value fit. */
Datum
multiselect_coerce(PG_FUNCTION_ARGS)
{
	Datum		d = PG_GETARG_DATUM(0);

	(void) CheckTypmod(PG_GETARG_MULTISELECT(0), PG_GETARG_INT32(1), NULL);
	PG_RETURN_DATUM(d);
}

Datum
multiselect_from_options(PG_FUNCTION_ARGS)
{
	Datum	   *elem;
	bool	   *isnull;
	int			n;
	OptionSet	set;

	deconstruct_array(PG_GETARG_ARRAYTYPE_P(0), TEXTOID, -1, false, TYPALIGN_INT, &elem, &isnull, &n);
	memset(&set, 0, sizeof(set));
	for (int i = 0; i < n; i++)
	{
		text	   *t;
		int			option;

		if (isnull[i])
			ereport(ERROR,
					(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
					 errmsg("an option is null"),
					 errhint("Leave it out of the array: array_remove(options, NULL).")));
		t = DatumGetTextPP(elem[i]);
		option = OptionOfCode(VARDATA_ANY(t), VARSIZE_ANY_EXHDR(t));
		if (option < 0)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
					 errmsg("\"%s\" is not the code of an option", Clipped(VARDATA_ANY(t), VARSIZE_ANY_EXHDR(t))),
					 errdetail("Codes are a to z, then aa, bb and so on, up to %d options.", MULTISELECT_MAX_OPTIONS),
					 errhint("Give one code an element.")));
		OptionSetAdd(&set, option);
	}
	PG_RETURN_POINTER(MultiselectPack(&set));
}

/* One flag an option, in the order of the options.  No flag known means that the question was not asked: NULL. */
Datum
multiselect_from_flags(PG_FUNCTION_ARGS)
{
	Datum	   *elem;
	bool	   *isnull;
	int			n;
	bool		known = false;
	OptionSet	set;

	deconstruct_array(PG_GETARG_ARRAYTYPE_P(0), BOOLOID, 1, true, TYPALIGN_CHAR, &elem, &isnull, &n);
	if (n > MULTISELECT_MAX_OPTIONS)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("too many options: %d", n),
				 errdetail("A multi-select answer has at most %d options.", MULTISELECT_MAX_OPTIONS),
				 errhint("Divide the question.")));
	memset(&set, 0, sizeof(set));
	for (int i = 0; i < n; i++)
	{
		if (isnull[i])
			continue;
		known = true;
		if (DatumGetBool(elem[i]))
			OptionSetAdd(&set, i);
	}
	if (!known)
		PG_RETURN_NULL();
	PG_RETURN_POINTER(MultiselectPack(&set));
}
