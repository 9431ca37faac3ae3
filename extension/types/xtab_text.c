/*
 * xtab_text.c
 *		The JSON-shaped text form of a contingency table, and its cast to and from jsonb.
 *
 * {"xtab": 1, "rows": {"type": "...", "kind": "ordinal", "categories": [...], "scores": [...], "off_scale": [...]}, "cols": {...},
 *  "n": [[...]], "w": [[...]], "w2": [[...]], "missing": {"row": 0, "col": 0, "both": 0, "weight": 0}}
 *
 * A sum of weights that one double cannot hold is written as an array of doubles that add up to it exactly.
 */
#include "postgres.h"

#include "common/shortest_dec.h"
#include "lib/stringinfo.h"
#include "utils/builtins.h"
#include "utils/json.h"
#include "utils/jsonb.h"

#include "types/xtab.h"

PG_FUNCTION_INFO_V1(xtab_in);
PG_FUNCTION_INFO_V1(xtab_out);
PG_FUNCTION_INFO_V1(xtab_to_jsonb);
PG_FUNCTION_INFO_V1(xtab_from_jsonb);

static const char *const kind_names[] = {"nominal", "ordinal", "multi"};
static const char *const missing_names[] = {"row", "col", "both", "weight"};

static void
AppendDouble(StringInfo buf, double x)
{
	char		s[DOUBLE_SHORTEST_DECIMAL_LEN];

	if (isnan(x))
	{
		appendStringInfoString(buf, "null");
		return;
	}
	double_to_shortest_decimal_buf(x, s);
	appendStringInfoString(buf, s);
}

/* The largest double that is not above sum and that one part may be. */
static double
PartOf(const ExactSum *sum, ExactSum *part)
{
	ExactSum	rest = *sum;
	double		x = fmin(exact_sum_to_double(sum), nextafter(0x1p127, 0));

	(void) exact_sum_from_double(part, x);
	/* a value that was rounded up */
	if (!exact_sum_subtract(&rest, part))
	{
		x = nextafter(x, 0);
		(void) exact_sum_from_double(part, x);
	}
	return x;
}

static void
AppendSum(StringInfo buf, const ExactSum *sum)
{
	double		x = exact_sum_to_double(sum);
	ExactSum	rest = *sum,
				part;

	if (exact_sum_from_double(&part, x) && memcmp(&part, sum, sizeof(part)) == 0)
	{
		AppendDouble(buf, x);
		return;
	}
	appendStringInfoChar(buf, '[');
	while (!exact_sum_is_zero(&rest))
	{
		x = PartOf(&rest, &part);
		(void) exact_sum_subtract(&rest, &part);
		AppendDouble(buf, x);
		if (!exact_sum_is_zero(&rest))
			appendStringInfoString(buf, ", ");
	}
	appendStringInfoChar(buf, ']');
}

static void
AppendSide(StringInfo buf, const char *name, const XtabSide *s)
{
	bool		off = false;

	appendStringInfo(buf, ", \"%s\": {\"type\": ", name);
	escape_json(buf, s->type_name);
	if (s->collation[0])
	{
		appendStringInfoString(buf, ", \"collation\": ");
		escape_json(buf, s->collation);
	}
	appendStringInfo(buf, ", \"kind\": \"%s\", \"categories\": [", kind_names[s->kind]);
	for (int i = 0; i < s->n; i++)
	{
		if (i > 0)
			appendStringInfoString(buf, ", ");
		escape_json(buf, s->cat[i].label);
		off |= s->cat[i].off_scale;
	}
	appendStringInfoChar(buf, ']');
	if (s->kind == XTAB_ORDINAL)
	{
		appendStringInfoString(buf, ", \"scores\": [");
		for (int i = 0; i < s->n; i++)
		{
			if (i > 0)
				appendStringInfoString(buf, ", ");
			AppendDouble(buf, s->cat[i].score);
		}
		appendStringInfoChar(buf, ']');
	}
	if (off)
	{
		appendStringInfoString(buf, ", \"off_scale\": [");
		for (int i = 0; i < s->n; i++)
			appendStringInfo(buf, "%s%s", i > 0 ? ", " : "", s->cat[i].off_scale ? "true" : "false");
		appendStringInfoChar(buf, ']');
	}
	appendStringInfoChar(buf, '}');
}

static void
AppendMatrix(StringInfo buf, const char *name, const Xtab *t, const int64 *n, const ExactSum *w)
{
	appendStringInfo(buf, ", \"%s\": [", name);
	for (int i = 0; i < t->row.n; i++)
	{
		appendStringInfo(buf, "%s[", i > 0 ? ", " : "");
		for (int j = 0; j < t->col.n; j++)
		{
			size_t		c = (size_t) i * t->col.n + j;

			if (j > 0)
				appendStringInfoString(buf, ", ");
			if (n)
				appendStringInfo(buf, INT64_FORMAT, n[c]);
			else
				AppendSum(buf, &w[c]);
		}
		appendStringInfoChar(buf, ']');
	}
	appendStringInfoChar(buf, ']');
}

static char *
XtabToText(const Xtab *t)
{
	StringInfoData buf;

	initStringInfo(&buf);
	appendStringInfoString(&buf, "{\"xtab\": 1");
	AppendSide(&buf, "rows", &t->row);
	if (!XTAB_IS_ONE_WAY(t))
		AppendSide(&buf, "cols", &t->col);
	if (!(t->flags & XTAB_NO_ROWS))
		AppendMatrix(&buf, "n", t, t->n, NULL);
	if (XTAB_IS_WEIGHTED(t))
	{
		AppendMatrix(&buf, "w", t, NULL, t->w);
		if (!(t->flags & XTAB_NO_ROWS))
			AppendMatrix(&buf, "w2", t, NULL, t->w2);
	}
	for (int k = 0; k < 2; k++)
	{
		if (k == 1 && !XTAB_IS_WEIGHTED(t))
			break;
		appendStringInfo(&buf, ", \"%s\": {", k == 0 ? "missing" : "missing_w");
		for (int i = 0; i < XTAB_NMISSING; i++)
		{
			appendStringInfo(&buf, "%s\"%s\": ", i > 0 ? ", " : "", missing_names[i]);
			if (k == 0)
				appendStringInfo(&buf, INT64_FORMAT, t->missing[i]);
			else
				AppendSum(&buf, &t->missing_w[i]);
		}
		appendStringInfoChar(&buf, '}');
	}
	appendStringInfoChar(&buf, '}');
	return buf.data;
}

static void Malformed(const char *detail) __attribute__((noreturn));

static void
Malformed(const char *detail)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
			 errmsg("invalid contingency table"),
			 errdetail("%s", detail),
			 errhint("The form is that of xtab's output; xtab(counts, row_labels, col_labels) makes one from a matrix.")));
}

static JsonbValue *
Member(JsonbContainer *c, const char *key, int type)
{
	JsonbValue *v = getKeyJsonValueFromContainer(c, key, strlen(key), NULL);

	if (v != NULL && (type == jbvBinary ? v->type != jbvBinary : v->type != (enum jbvType) type))
		Malformed(psprintf("Member \"%s\" has the wrong type.", key));
	return v;
}

static JsonbContainer *
Array(JsonbContainer *c, const char *key, int length)
{
	JsonbValue *v = Member(c, key, jbvBinary);

	if (v == NULL || !JsonContainerIsArray(v->val.binary.data))
		Malformed(psprintf("Member \"%s\" must be an array.", key));
	if (length >= 0 && JsonContainerSize(v->val.binary.data) != (uint32) length)
		Malformed(psprintf("Array \"%s\" has %u elements; %d are needed.", key, JsonContainerSize(v->val.binary.data), length));
	return v->val.binary.data;
}

static char *
Text(const JsonbValue *v)
{
	return pnstrdup(v->val.string.val, v->val.string.len);
}

static double
Number(const JsonbValue *v)
{
	if (v->type == jbvNull)
		return NAN;
	if (v->type != jbvNumeric)
		Malformed("A number is needed where there is none.");
	return DatumGetFloat8(DirectFunctionCall1(numeric_float8, NumericGetDatum(v->val.numeric)));
}

static int64
Count(const JsonbValue *v)
{
	int64		n;

	if (v->type != jbvNumeric)
		Malformed("A count must be a number.");
	n = DatumGetInt64(DirectFunctionCall1(numeric_int8, NumericGetDatum(v->val.numeric)));
	if (n < 0 || n > XTAB_MAX_COUNT)
		Malformed("A count must lie between 0 and 2^62.");
	if (!DatumGetBool(DirectFunctionCall2(numeric_eq, NumericGetDatum(int64_to_numeric(n)), NumericGetDatum(v->val.numeric))))
		Malformed("A count must be a whole number.");
	return n;
}

static void
Sum(const JsonbValue *v, ExactSum *out)
{
	ExactSum	part;

	memset(out, 0, sizeof(*out));
	if (v->type == jbvBinary && JsonContainerIsArray(v->val.binary.data))
	{
		for (uint32 i = 0; i < JsonContainerSize(v->val.binary.data); i++)
		{
			if (!exact_sum_from_double(&part, Number(getIthJsonbValueFromContainer(v->val.binary.data, i))) ||
				!exact_sum_merge(out, &part))
				Malformed("A sum of weights must be finite and not negative.");
		}
	}
	else if (!exact_sum_from_double(out, Number(v)))
		Malformed("A sum of weights must be finite and not negative.");
}

static int
SideSize(JsonbContainer *side)
{
	return JsonContainerSize(Array(side, "categories", -1));
}

static void
ReadSide(JsonbContainer *c, XtabSide *s)
{
	JsonbContainer *cats = Array(c, "categories", s->n);
	JsonbValue *v;
	char	   *kind;

	if ((v = Member(c, "type", jbvString)) != NULL)
		s->type_name = Text(v);
	if ((v = Member(c, "collation", jbvString)) != NULL)
		s->collation = Text(v);
	kind = (v = Member(c, "kind", jbvString)) != NULL ? Text(v) : "nominal";
	s->kind = -1;
	for (size_t i = 0; i < lengthof(kind_names); i++)
		if (strcmp(kind, kind_names[i]) == 0)
			s->kind = i;
	if ((int) s->kind < 0)
		Malformed("Member \"kind\" must be nominal, ordinal or multi.");
	for (int i = 0; i < s->n; i++)
	{
		JsonbValue *label = getIthJsonbValueFromContainer(cats, i);

		if (label->type != jbvString)
			Malformed("Categories must be strings.");
		s->cat[i].label = Text(label);
		s->cat[i].score = s->kind == XTAB_ORDINAL ? i + 1 : NAN;
	}
	if (getKeyJsonValueFromContainer(c, "scores", 6, NULL) != NULL)
	{
		JsonbContainer *scores = Array(c, "scores", s->n);

		for (int i = 0; i < s->n; i++)
			s->cat[i].score = Number(getIthJsonbValueFromContainer(scores, i));
	}
	if (getKeyJsonValueFromContainer(c, "off_scale", 9, NULL) != NULL)
	{
		JsonbContainer *off = Array(c, "off_scale", s->n);

		for (int i = 0; i < s->n; i++)
		{
			JsonbValue *b = getIthJsonbValueFromContainer(off, i);

			if (b->type != jbvBool)
				Malformed("Elements of \"off_scale\" must be true or false.");
			s->cat[i].off_scale = b->val.boolean;
		}
	}
}

static void
ReadMatrix(JsonbContainer *c, const char *name, Xtab *t, int64 *n, ExactSum *w)
{
	JsonbContainer *rows = Array(c, name, t->row.n);

	for (int i = 0; i < t->row.n; i++)
	{
		JsonbValue *r = getIthJsonbValueFromContainer(rows, i);

		if (r->type != jbvBinary || !JsonContainerIsArray(r->val.binary.data) ||
			JsonContainerSize(r->val.binary.data) != (uint32) t->col.n)
			Malformed(psprintf("Row %d of \"%s\" must be an array of %d.", i + 1, name, t->col.n));
		for (int j = 0; j < t->col.n; j++)
		{
			JsonbValue *v = getIthJsonbValueFromContainer(r->val.binary.data, j);
			size_t		cell = (size_t) i * t->col.n + j;

			if (n)
				n[cell] = Count(v);
			else
				Sum(v, &w[cell]);
		}
	}
}

static Xtab *
XtabFromJsonb(Jsonb *jb)
{
	JsonbContainer *c = &jb->root;
	JsonbValue *rows,
			   *cols,
			   *v;
	bool		has_n,
				has_w;
	Xtab	   *t;
	int			nrow,
				ncol = 1;

	if (!JsonContainerIsObject(c))
		Malformed("It must be a JSON object.");
	v = Member(c, "xtab", jbvNumeric);
	if (v == NULL || Number(v) != 1)
		Malformed("Member \"xtab\" must be 1, the version of the form.");
	rows = Member(c, "rows", jbvBinary);
	cols = Member(c, "cols", jbvBinary);
	if (rows == NULL || !JsonContainerIsObject(rows->val.binary.data) ||
		(cols != NULL && !JsonContainerIsObject(cols->val.binary.data)))
		Malformed("Members \"rows\" and, in a two-way table, \"cols\" must be objects.");
	nrow = SideSize(rows->val.binary.data);
	if (cols != NULL)
		ncol = SideSize(cols->val.binary.data);
	has_n = getKeyJsonValueFromContainer(c, "n", 1, NULL) != NULL;
	has_w = getKeyJsonValueFromContainer(c, "w", 1, NULL) != NULL;
	if (!has_n && !has_w)
		Malformed("It has neither counts \"n\" nor sums of weights \"w\".");
	XtabCheckDims(nrow, ncol, has_w);
	t = XtabCreate((cols == NULL ? XTAB_ONE_WAY : 0) | (has_w ? XTAB_WEIGHTED : 0) | (has_n ? 0 : XTAB_NO_ROWS), nrow, ncol);
	ReadSide(rows->val.binary.data, &t->row);
	if (cols != NULL)
		ReadSide(cols->val.binary.data, &t->col);
	if (has_n)
		ReadMatrix(c, "n", t, t->n, NULL);
	if (has_w)
	{
		ReadMatrix(c, "w", t, NULL, t->w);
		if (has_n)
			ReadMatrix(c, "w2", t, NULL, t->w2);
	}
	for (int k = 0; k < 2; k++)
	{
		v = Member(c, k == 0 ? "missing" : "missing_w", jbvBinary);
		if (v == NULL)
			continue;
		if (!JsonContainerIsObject(v->val.binary.data))
			Malformed("Member \"missing\" must be an object.");
		for (int i = 0; i < XTAB_NMISSING; i++)
		{
			JsonbValue *m = getKeyJsonValueFromContainer(v->val.binary.data, missing_names[i], strlen(missing_names[i]), NULL);

			if (m != NULL && k == 0)
				t->missing[i] = Count(m);
			else if (m != NULL)
				Sum(m, &t->missing_w[i]);
		}
	}
	return t;
}

Datum
xtab_in(PG_FUNCTION_ARGS)
{
	Datum		jb = DirectFunctionCall1(jsonb_in, PG_GETARG_DATUM(0));

	PG_RETURN_XTAB(XtabFromJsonb(DatumGetJsonbP(jb)));
}

Datum
xtab_out(PG_FUNCTION_ARGS)
{
	PG_RETURN_CSTRING(XtabToText(PG_GETARG_XTAB(0)));
}

Datum
xtab_to_jsonb(PG_FUNCTION_ARGS)
{
	return DirectFunctionCall1(jsonb_in, CStringGetDatum(XtabToText(PG_GETARG_XTAB(0))));
}

Datum
xtab_from_jsonb(PG_FUNCTION_ARGS)
{
	PG_RETURN_XTAB(XtabFromJsonb(PG_GETARG_JSONB_P(0)));
}
