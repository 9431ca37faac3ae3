/*
 * answer_dict.c
 *		From the text of a cell to an answer: codes and labels of one question part, dates of foundation.
 *
 * Texts are compared folded (NextFolded: no white space, ASCII letters lowered, full-width forms as ASCII), so that what a form or a
 * spreadsheet does to a label on the way does not matter.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "common/hashfn.h"
#include "mb/pg_wchar.h"
#include "utils/builtins.h"
#include "utils/date.h"
#include "utils/datetime.h"
#include "utils/memutils.h"

#include "functions/answer_dict.h"
#include "types/multiselect.h"
#include "types/scale.h"

typedef enum DictKind
{
	DICT_SCALE,
	DICT_TEXT,
	DICT_SET,
	DICT_DATE
} DictKind;

/* A way to write an option: its code or a label, folded. */
typedef struct Spelling
{
	char	   *text;
	int			len;
	int			option;			/* -1: a word for "no answer" */
} Spelling;

struct AnswerDict
{
	DictKind	kind;
	int			noptions;
	char	  **code;
	Datum	   *value;			/* of a single answer */
	int		   *bit;			/* of a multi-select answer */
	bool	   *exclusive;
	int			nspellings;
	Spelling   *spelling;		/* longest first */
	int			nslots;			/* a power of two */
	int		   *slot;			/* spelling + 1, 0: free */
	StringInfoData folded;		/* scratch */
};

/* Fold text into buf; a line break is kept as a separator of several ticks. */
static void
Fold(StringInfo buf, const char *text, int len)
{
	const char *end = text + len;

	resetStringInfo(buf);
	while (text < end)
	{
		const char *stop = memchr(text, '\n', end - text);
		const char *part_end = stop ? stop : end;
		int			c;

		while ((c = NextFolded(&text, part_end)) >= 0)
			appendStringInfoCharMacro(buf, (char) c);
		if (stop && buf->len > 0)
			appendStringInfoCharMacro(buf, ';');
		text = part_end + (stop ? 1 : 0);
	}
	while (buf->len > 0 && buf->data[buf->len - 1] == ';')
		buf->data[--buf->len] = '\0';
}

static int
FindSpelling(const AnswerDict *d, const char *folded, int len)
{
	uint32		h = hash_bytes((const unsigned char *) folded, len);

	for (int i = h & (d->nslots - 1);; i = (i + 1) & (d->nslots - 1))
	{
		const Spelling *s;

		if (d->slot[i] == 0)
			return -1;
		s = &d->spelling[d->slot[i] - 1];
		if (s->len == len && memcmp(s->text, folded, len) == 0)
			return d->slot[i] - 1;
	}
}

static void
AddSpelling(AnswerDict *d, Datum text, int option)
{
	struct varlena *t = PG_DETOAST_DATUM_PACKED(text);
	Spelling   *s = &d->spelling[d->nspellings];

	Fold(&d->folded, VARDATA_ANY(t), VARSIZE_ANY_EXHDR(t));
	if (d->folded.len == 0)
		return;
	s->text = pnstrdup(d->folded.data, d->folded.len);
	s->len = d->folded.len;
	s->option = option;
	d->nspellings++;
}

static int
LongestFirst(const void *a, const void *b)
{
	const Spelling *x = a,
			   *y = b;

	if (x->len != y->len)
		return x->len > y->len ? -1 : 1;
	return memcmp(x->text, y->text, x->len);
}

/* The value of a single answer with this code. */
static Datum
ValueOfCode(const AnswerDict *d, const ScaleDef *scale, Datum code_text, const char *code)
{
	if (d->kind == DICT_TEXT)
		return PointerGetDatum(PG_DETOAST_DATUM_COPY(code_text));
	if (d->kind == DICT_SCALE)
	{
		for (int i = 0; i < scale->ncodes; i++)
			if (strcmp(scale->code[i].code, code) == 0)
				return Int16GetDatum(SCALE_VALUE(scale->id, i));
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("option \"%s\" is not a code of the scale %s", code, scale->name),
				 errhint("The options of an ordinal part have the codes of its scale.")));
	}
	return (Datum) 0;
}

/*
 * The dictionary of a part whose answers are of type typid (a scale, text, multiselect or date).  options is an array of rows
 * {code, label, label, exclusive}: exclusive is 'true' for an option that excludes all others; a row without a code holds a word that means
 * "no answer".
 */
AnswerDict *
AnswerDictCreate(MemoryContext context, Oid typid, ArrayType *options)
{
	MemoryContext old = MemoryContextSwitchTo(context);
	AnswerDict *d = palloc0(sizeof(AnswerDict));
	const ScaleDef *scale = ScaleOfType(typid);
	Datum	   *elem;
	bool	   *isnull;
	int			nelem;

	if (ARR_NDIM(options) > 0 && (ARR_NDIM(options) != 2 || ARR_DIMS(options)[1] != 4))
		ereport(ERROR,
				(errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
				 errmsg("options must be rows of code, label, label, exclusive")));
	if (scale != NULL)
		d->kind = DICT_SCALE;
	else if (typid == TEXTOID)
		d->kind = DICT_TEXT;
	else if (typid == DATEOID)
		d->kind = DICT_DATE;
	else
	{
		char	   *name = ExtensionTypeName(typid);

		if (name == NULL || strcmp(name, "multiselect") != 0)
			ereport(ERROR,
					(errcode(ERRCODE_DATATYPE_MISMATCH),
					 errmsg("answers are not read into type %s", format_type_be(typid)),
					 errhint("Types of answers are the scales, text, multiselect and date.")));
		d->kind = DICT_SET;
	}
	initStringInfo(&d->folded);
	deconstruct_array(options, TEXTOID, -1, false, TYPALIGN_INT, &elem, &isnull, &nelem);
	d->code = palloc(sizeof(char *) * (nelem + 1));
	d->value = palloc0(sizeof(Datum) * (nelem + 1));
	d->bit = palloc0(sizeof(int) * (nelem + 1));
	d->exclusive = palloc0(sizeof(bool) * (nelem + 1));
	d->spelling = palloc(sizeof(Spelling) * (nelem + 1));
	for (int i = 0; i + 3 < nelem; i += 4)
	{
		int			o = -1;

		if (!isnull[i])
		{
			char	   *code = TextDatumGetCString(elem[i]);

			o = d->noptions++;
			d->code[o] = code;
			d->value[o] = ValueOfCode(d, scale, elem[i], code);
			d->bit[o] = OptionOfCode(code, strlen(code));
			d->exclusive[o] = !isnull[i + 3] && strcmp(TextDatumGetCString(elem[i + 3]), "true") == 0;
			if (d->kind == DICT_SET && d->bit[o] < 0)
				ereport(ERROR,
						(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						 errmsg("\"%s\" is not an option code of a multi-select answer", code)));
			AddSpelling(d, elem[i], o);
		}
		for (int k = 1; k <= 2; k++)
			if (!isnull[i + k])
				AddSpelling(d, elem[i + k], o);
	}
	qsort(d->spelling, d->nspellings, sizeof(Spelling), LongestFirst);
	for (d->nslots = 16; d->nslots < 2 * d->nspellings + 2;)
		d->nslots *= 2;
	d->slot = palloc0(sizeof(int) * d->nslots);
	for (int i = 0; i < d->nspellings; i++)
		if (FindSpelling(d, d->spelling[i].text, d->spelling[i].len) < 0)
		{
			int			at = hash_bytes((const unsigned char *) d->spelling[i].text, d->spelling[i].len) & (d->nslots - 1);

			while (d->slot[at] != 0)
				at = (at + 1) & (d->nslots - 1);
			d->slot[at] = i + 1;
		}
	MemoryContextSwitchTo(old);
	return d;
}

static void
ListCodes(const AnswerDict *d, StringInfo why)
{
	for (int i = 0; i < d->noptions; i++)
	{
		if (i == 20 && d->noptions > 22)
		{
			appendStringInfo(why, " ... %s", d->code[d->noptions - 1]);
			return;
		}
		appendStringInfo(why, "%s%s", i == 0 ? "" : ", ", d->code[i]);
	}
}

static void
AppendClipped(StringInfo why, const char *text, int len)
{
	int			keep = pg_mbcliplen(text, len, 80);

	appendBinaryStringInfo(why, text, keep);
	if (keep < len)
		appendStringInfoString(why, "...");
}

static AnswerRead
NoOption(const AnswerDict *d, const char *text, int len, StringInfo why)
{
	if (why != NULL)
	{
		appendStringInfoChar(why, '"');
		AppendClipped(why, text, len);
		appendStringInfoString(why, "\" is neither a code (");
		ListCodes(d, why);
		appendStringInfoString(why, ") nor a label of an option");
	}
	return ANSWER_PROBLEM;
}

/* "b. a label" or "b: a label": the code that begins the text counts when the label agrees with it. */
static int
CodeThenLabel(const AnswerDict *d)
{
	const char *f = d->folded.data;
	int			n = 0;
	int			label,
				code;

	while (n < d->folded.len && f[n] >= 'a' && f[n] <= 'z')
		n++;
	if (n == 0 || n + 1 >= d->folded.len || strchr(".:)]-", f[n]) == NULL)
		return -1;
	code = FindSpelling(d, f, n);
	label = FindSpelling(d, f + n + 1, d->folded.len - n - 1);
	return code >= 0 && label >= 0 && d->spelling[code].option == d->spelling[label].option ? label : -1;
}

/* Length of the separator of ticks at p, 0 if none: , ; | / and the Japanese comma, in folded text. */
static int
TickSeparator(const char *p, const char *end)
{
	if (*p == ',' || *p == ';' || *p == '|')
		return 1;
	if (end - p >= 3 && memcmp(p, "\xE3\x80\x81", 3) == 0)
		return 3;
	return 0;
}

static AnswerRead
ReadSet(AnswerDict *d, const char *text, int len, Datum *value, StringInfo why)
{
	OptionSet	set = {{0}};
	const char *p = d->folded.data,
			   *end = p + d->folded.len;
	int			nticked = 0;
	const char *exclusive = NULL;

	if (end - p >= 2 && *p == '{' && end[-1] == '}')
	{
		p++;
		end--;
	}
	while (p < end)
	{
		int			skip = TickSeparator(p, end);
		int			found = -1;
		const char *stop;

		if (skip > 0)
		{
			p += skip;
			continue;
		}
		/* the longest spelling that ends at a separator: labels may hold separators themselves */
		for (int i = 0; i < d->nspellings && found < 0; i++)
		{
			const Spelling *s = &d->spelling[i];

			if (s->len <= end - p && memcmp(p, s->text, s->len) == 0 && (p + s->len == end || TickSeparator(p + s->len, end) > 0))
				found = i;
		}
		if (found < 0)
		{
			for (stop = p + 1; stop < end && TickSeparator(stop, end) == 0;)
				stop++;
			return NoOption(d, p, (int) (stop - p), why);
		}
		p += d->spelling[found].len;
		if (d->spelling[found].option < 0)
			continue;
		found = d->spelling[found].option;
		if (d->exclusive[found])
			exclusive = d->code[found];
		nticked += !(set.bits[d->bit[found] / 8] >> (d->bit[found] % 8) & 1);
		set.bits[d->bit[found] / 8] |= 1 << (d->bit[found] % 8);
	}
	if (exclusive != NULL && nticked > 1)
	{
		if (why != NULL)
			appendStringInfo(why, "option \"%s\" excludes all others, but %d options are ticked", exclusive, nticked);
		return ANSWER_PROBLEM;
	}
	(void) text;
	(void) len;
	*value = PointerGetDatum(MultiselectPack(&set));
	return ANSWER_VALUE;
}

/* A whole number at *p of folded text; -1 if there is none. */
static int
TakeNumber(const char **p)
{
	int			n = -1;

	while (**p >= '0' && **p <= '9' && n < 100000)
		n = Max(n, 0) * 10 + (*(*p)++ - '0');
	return n;
}

static bool
TakeText(const char **p, const char *text)
{
	size_t		n = strlen(text);

	if (strncmp(*p, text, n) != 0)
		return false;
	*p += n;
	return true;
}

/*
 * Year and month, perhaps a day: 2015-04, 2015/4/1, 2015年4月, and years of the Japanese eras (平成27年4月, H27.4, 令和元年5月).  Without a day
 * the first of the month stands.
 */
static AnswerRead
ReadDate(AnswerDict *d, const char *text, int len, Datum *value, StringInfo why)
{
	static const struct
	{
		const char *name;
		int			before;		/* the year before the era's first */
	}			era[] = {{"令和", 2018}, {"r", 2018}, {"平成", 1988}, {"h", 1988}, {"昭和", 1925}, {"s", 1925}};
	const char *p = d->folded.data;
	int			before = 0,
				year,
				month,
				day = 1;

	for (int i = 0; i < (int) lengthof(era) && before == 0; i++)
		if (TakeText(&p, era[i].name))
			before = era[i].before;
	year = before > 0 && TakeText(&p, "元") ? 1 : TakeNumber(&p);
	if (year >= 0 && (TakeText(&p, "年") || TakeText(&p, "-") || TakeText(&p, "/") || TakeText(&p, ".")))
	{
		month = TakeNumber(&p);
		(void) (TakeText(&p, "月") || TakeText(&p, "-") || TakeText(&p, "/") || TakeText(&p, "."));
		if (*p != '\0')
		{
			day = TakeNumber(&p);
			(void) TakeText(&p, "日");
		}
		year += before;
		if (*p == '\0' && year >= 1900 && year <= 2200 && month >= 1 && month <= 12 && day >= 1 && day <= day_tab[isleap(year)][month - 1])
		{
			*value = DateADTGetDatum(date2j(year, month, day) - POSTGRES_EPOCH_JDATE);
			return ANSWER_VALUE;
		}
	}
	if (why != NULL)
	{
		appendStringInfoChar(why, '"');
		AppendClipped(why, text, len);
		appendStringInfoString(why, "\" is not a year and month such as 2015-04 or 2015年4月");
	}
	return ANSWER_PROBLEM;
}

/* Read a cell.  why may be NULL when only the outcome counts. */
AnswerRead
AnswerDictRead(AnswerDict *d, const char *text, int len, Datum *value, StringInfo why)
{
	int			found;

	/* no label is near this long, and folding a huge cell is not worth it */
	if (len > 20000)
	{
		if (why != NULL)
			appendStringInfo(why, "a cell of %d bytes is no answer", len);
		return ANSWER_PROBLEM;
	}
	Fold(&d->folded, text, len);
	if (d->folded.len == 0)
		return ANSWER_MISSING;
	found = FindSpelling(d, d->folded.data, d->folded.len);
	if (found >= 0 && d->spelling[found].option < 0)
		return ANSWER_MISSING;
	switch (d->kind)
	{
		case DICT_DATE:
			return ReadDate(d, text, len, value, why);
		case DICT_SET:
			if (found < 0 && (found = CodeThenLabel(d)) >= 0)
			{
				/* one option, written as its code and its label */
				resetStringInfo(&d->folded);
				appendBinaryStringInfo(&d->folded, d->spelling[found].text, d->spelling[found].len);
			}
			return ReadSet(d, text, len, value, why);
		default:
			if (found < 0)
				found = CodeThenLabel(d);
			if (found < 0)
				return NoOption(d, text, len, why);
			*value = d->value[d->spelling[found].option];
			return ANSWER_VALUE;
	}
}
