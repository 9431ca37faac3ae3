/*
 * multiselect_labels.c
 *		Multi-select answers as a web form exports them: labels in one text, whose own separators must not divide them, arrays of labels,
 *		JSON arrays.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "fmgr.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/jsonb.h"

#include "types/multiselect.h"

PG_FUNCTION_INFO_V1(multiselect_from_labels);
PG_FUNCTION_INFO_V1(multiselect_from_label_array);
PG_FUNCTION_INFO_V1(multiselect_from_json);

/* The labels of the options a, b, c and so on; NULL elements match nothing. */
typedef struct Labels
{
	int			n;
	const char **text;
	int		   *len;
} Labels;

static Labels
LabelsOf(ArrayType *array)
{
	Labels		l;
	Datum	   *elem;
	bool	   *isnull;

	deconstruct_array(array, TEXTOID, -1, false, TYPALIGN_INT, &elem, &isnull, &l.n);
	if (l.n > MULTISELECT_MAX_OPTIONS || l.n == 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("a question has between 1 and %d options, not %d", MULTISELECT_MAX_OPTIONS, l.n),
				 errhint("Give the labels of the options in their order; option_labels() has those of the codebook.")));
	l.text = palloc(sizeof(char *) * l.n);
	l.len = palloc(sizeof(int) * l.n);
	for (int i = 0; i < l.n; i++)
	{
		text	   *t = isnull[i] ? NULL : DatumGetTextPP(elem[i]);

		l.text[i] = t == NULL ? "" : VARDATA_ANY(t);
		l.len[i] = t == NULL ? 0 : (int) VARSIZE_ANY_EXHDR(t);
		for (int k = 0; k < i && l.len[i] > 0; k++)
			if (l.len[k] == l.len[i] && memcmp(l.text[k], l.text[i], l.len[i]) == 0)
				ereport(ERROR,
						(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						 errmsg("two options have the label \"%s\"", pnstrdup(l.text[i], l.len[i])),
						 errdetail("Labels %d and %d are the same.", k + 1, i + 1)));
	}
	return l;
}

/* White space at p: its length, 0 if there is none. */
static int
SpaceAt(const char *p, const char *end)
{
	if (p < end && (*p == ' ' || (*p >= '\t' && *p <= '\r')))
		return 1;
	if (GetDatabaseEncoding() == PG_UTF8 && end - p >= 3 && memcmp(p, "\xE3\x80\x80", 3) == 0)
		return 3;
	return 0;
}

/* Any of the separators that forms use, as multiselect's input takes them; line ends too. */
static int
AnySeparatorAt(const char *p, const char *end)
{
	if (p < end && (*p == ',' || *p == ';' || *p == '|' || *p == '\n' || *p == '\t'))
		return 1;
	/* ideographic comma, full-width comma and semicolon */
	if (GetDatabaseEncoding() == PG_UTF8 && end - p >= 3 &&
		(memcmp(p, "\xE3\x80\x81", 3) == 0 || memcmp(p, "\xEF\xBC\x8C", 3) == 0 || memcmp(p, "\xEF\xBC\x9B", 3) == 0))
		return 3;
	return 0;
}

typedef struct Splitter
{
	const char *text;
	const char *end;
	const char *separator;		/* NULL: any */
	int			separator_len;
	const Labels *labels;
	int		   *reached;		/* by position: -1 leads nowhere, else the label that stands there */
} Splitter;

static int
SeparatorLength(const Splitter *s, const char *p)
{
	if (s->separator == NULL)
		return AnySeparatorAt(p, s->end);
	return s->end - p >= s->separator_len && memcmp(p, s->separator, s->separator_len) == 0 ? s->separator_len : 0;
}

/*
 * Does a label stand here, followed by a separator or the end?  *next is where the rest begins.  A separator at the very end is taken:
 * some forms close every label with one.
 */
static bool
After(const Splitter *s, int at, int label, int *next)
{
	const char *p = s->text + at;
	int			n;

	if (s->labels->len[label] == 0 || s->end - p < s->labels->len[label] || memcmp(p, s->labels->text[label], s->labels->len[label]) != 0)
		return false;
	p += s->labels->len[label];
	while (SeparatorLength(s, p) == 0 && (n = SpaceAt(p, s->end)) > 0)
		p += n;
	if (p < s->end)
	{
		if ((n = SeparatorLength(s, p)) == 0)
			return false;
		p += n;
		while ((n = SpaceAt(p, s->end)) > 0)
			p += n;
	}
	*next = (int) (p - s->text);
	return true;
}

/*
 * Which label stands at each position so that the rest can be divided too: the longest that does.  From the last position to the first,
 * so that whatever follows is known.
 */
static void
Divide(Splitter *s)
{
	int			len = (int) (s->end - s->text);

	for (int at = len - 1; at >= 0; at--)
	{
		s->reached[at] = -1;
		CHECK_FOR_INTERRUPTS();
		for (int i = 0; i < s->labels->n; i++)
		{
			int			next;

			if (After(s, at, i, &next) && (next == len || s->reached[next] >= 0) &&
				(s->reached[at] < 0 || s->labels->len[i] > s->labels->len[s->reached[at]]))
				s->reached[at] = i;
		}
	}
}

/* The furthest place that labels reach from the start: there stands what matches none. */
static int
Furthest(const Splitter *s)
{
	int			len = (int) (s->end - s->text);
	bool	   *reached = palloc_extended(len + 1, MCXT_ALLOC_HUGE | MCXT_ALLOC_ZERO);
	int			furthest = 0;

	reached[0] = true;
	for (int at = 0; at < len; at++)
	{
		if (!reached[at])
			continue;
		furthest = at;
		CHECK_FOR_INTERRUPTS();
		for (int i = 0; i < s->labels->n; i++)
		{
			int			next;

			if (After(s, at, i, &next))
				reached[next] = true;
		}
	}
	return furthest;
}

static char *
Shown(const char *text, int len)
{
	return psprintf("%s%s", pnstrdup(text, pg_mbcliplen(text, len, 60)), len > 60 ? "..." : "");
}

/* One text of labels; separators inside a label do not divide it. */
Datum
multiselect_from_labels(PG_FUNCTION_ARGS)
{
	text	   *t;
	text	   *sep;
	Labels		labels;
	Splitter	s = {0};
	OptionSet	set;
	int			n;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
		PG_RETURN_NULL();
	t = PG_GETARG_TEXT_PP(0);
	labels = LabelsOf(PG_GETARG_ARRAYTYPE_P(1));
	s.text = VARDATA_ANY(t);
	s.end = s.text + VARSIZE_ANY_EXHDR(t);
	s.labels = &labels;
	if (!PG_ARGISNULL(2))
	{
		sep = PG_GETARG_TEXT_PP(2);
		s.separator = VARDATA_ANY(sep);
		s.separator_len = VARSIZE_ANY_EXHDR(sep);
		if (s.separator_len == 0)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("the separator is empty"),
					 errhint("Leave it out for any of the usual ones, or name the one that stands between the labels.")));
	}
	while ((n = SpaceAt(s.text, s.end)) > 0)
		s.text += n;
	if (s.text == s.end)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
				 errmsg("invalid multi-select answer: \"%s\"", Shown(VARDATA_ANY(t), VARSIZE_ANY_EXHDR(t))),
				 errdetail("It is empty."),
				 errhint("Say what an empty field means: nullif(x, '') for not answered, CASE WHEN x = '' THEN '{}' for nothing ticked.")));
	s.reached = palloc_extended(sizeof(int) * (s.end - s.text), MCXT_ALLOC_HUGE);
	Divide(&s);
	if (s.reached[0] < 0)
	{
		const char *at = s.text + Furthest(&s);
		const char *stop = at;

		while (stop < s.end && SeparatorLength(&s, stop) == 0)
			stop += pg_mblen(stop);
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
				 errmsg("invalid multi-select answer: \"%s\"", Shown(VARDATA_ANY(t), VARSIZE_ANY_EXHDR(t))),
				 stop == at ? errdetail("There is a separator without a label before it.") :
				 errdetail("\"%s\" is the label of no option.", Shown(at, stop - at)),
				 errhint("Labels must be written as given, %s between them.",
						 s.separator ? psprintf("with \"%s\"", pnstrdup(s.separator, s.separator_len)) :
						 "with a comma, semicolon, bar, line end or Japanese comma")));
	}
	memset(&set, 0, sizeof(set));
	for (int at = 0; at < s.end - s.text;)
	{
		OptionSetAdd(&set, s.reached[at]);
		(void) After(&s, at, s.reached[at], &at);
	}
	PG_RETURN_POINTER(MultiselectPack(&set));
}

/* The option that an element of an array names: by its label where labels are given, else by its code. */
static int
OptionOfElement(const Labels *labels, const char *p, int len, int number)
{
	int			option = -1;
	int			n;

	while ((n = SpaceAt(p, p + len)) > 0)
	{
		p += n;
		len -= n;
	}
	while (len > 0 && (p[len - 1] == ' ' || (p[len - 1] >= '\t' && p[len - 1] <= '\r')))
		len--;
	if (labels == NULL)
		option = OptionOfCode(p, len);
	for (int i = 0; labels != NULL && i < labels->n && option < 0; i++)
		if (labels->len[i] == len && len > 0 && memcmp(labels->text[i], p, len) == 0)
			option = i;
	if (option < 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
				 errmsg("invalid multi-select answer"),
				 errdetail(labels == NULL ? "Element %d, \"%s\", is not the code of an option." : "Element %d, \"%s\", is the label of no option.",
						   number, Shown(p, len)),
				 labels == NULL ? errhint("Codes are a to z, then aa, bb and so on; to read labels give those of the options too.") :
				 errhint("Labels must be written as given.")));
	return option;
}

Datum
multiselect_from_label_array(PG_FUNCTION_ARGS)
{
	Labels		labels = LabelsOf(PG_GETARG_ARRAYTYPE_P(1));
	Datum	   *elem;
	bool	   *isnull;
	int			n;
	OptionSet	set;

	deconstruct_array(PG_GETARG_ARRAYTYPE_P(0), TEXTOID, -1, false, TYPALIGN_INT, &elem, &isnull, &n);
	memset(&set, 0, sizeof(set));
	for (int i = 0; i < n; i++)
	{
		text	   *t;

		if (isnull[i])
			ereport(ERROR,
					(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
					 errmsg("invalid multi-select answer"),
					 errdetail("Element %d is null.", i + 1),
					 errhint("Leave it out of the array: array_remove(x, NULL).")));
		t = DatumGetTextPP(elem[i]);
		OptionSetAdd(&set, OptionOfElement(&labels, VARDATA_ANY(t), VARSIZE_ANY_EXHDR(t), i + 1));
	}
	PG_RETURN_POINTER(MultiselectPack(&set));
}

static const char *
JsonTypeName(enum jbvType type)
{
	switch (type)
	{
		case jbvNull:
			return "null";
		case jbvNumeric:
			return "a number";
		case jbvBool:
			return "true or false";
		case jbvString:
			return "a string";
		default:
			return "an array or an object";
	}
}

/* A JSON array of codes or labels; JSON null is not answered. */
Datum
multiselect_from_json(PG_FUNCTION_ARGS)
{
	Jsonb	   *jb;
	Labels		labels;
	bool		labelled;
	OptionSet	set;
	uint32		n;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	jb = PG_GETARG_JSONB_P(0);
	labelled = !PG_ARGISNULL(1);
	if (labelled)
		labels = LabelsOf(PG_GETARG_ARRAYTYPE_P(1));
	if (JB_ROOT_IS_SCALAR(jb) || !JB_ROOT_IS_ARRAY(jb))
	{
		JsonbValue *v = JB_ROOT_IS_SCALAR(jb) ? getIthJsonbValueFromContainer(&jb->root, 0) : NULL;

		if (v != NULL && v->type == jbvNull)
			PG_RETURN_NULL();
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
				 errmsg("invalid multi-select answer"),
				 errdetail("A JSON array is needed; this is %s.", v == NULL ? "an object" : JsonTypeName(v->type)),
				 errhint("Write it such as [\"a\", \"c\"], [] for nothing ticked and null for not answered.")));
	}
	memset(&set, 0, sizeof(set));
	n = JB_ROOT_COUNT(jb);
	for (uint32 i = 0; i < n; i++)
	{
		JsonbValue *v = getIthJsonbValueFromContainer(&jb->root, i);

		if (v->type != jbvString)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
					 errmsg("invalid multi-select answer"),
					 errdetail("Element %u is %s, not a string.", i + 1, JsonTypeName(v->type)),
					 errhint("For one flag an option use multiselect_from_flags().")));
		OptionSetAdd(&set, OptionOfElement(labelled ? &labels : NULL, v->val.string.val, v->val.string.len, (int) i + 1));
	}
	PG_RETURN_POINTER(MultiselectPack(&set));
}
