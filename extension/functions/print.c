/*
 * print.c
 *		print(xtab): the table as aligned text, with margins, percentages and the letters of column comparisons.
 */
#include "postgres.h"

#include "miscadmin.h"
#include "utils/builtins.h"

#include "compat.h"
#include "functions/comparisons.h"
#include "functions/htest.h"
#include "functions/print_words.h"
#include "functions/text_layout.h"
#include "types/scale.h"

PG_FUNCTION_INFO_V1(xtab_print);

/* Width that a long column head may take before it is wrapped, and into how many lines. */
#define HEAD_WIDTH 18
#define HEAD_LINES 5
/* Lines that a long row label may take. */
#define STUB_LINES 4
#define GAP 2

typedef enum PrintPercent
{
	PERCENT_COL,
	PERCENT_ROW,
	PERCENT_TOTAL,
	PERCENT_NONE
} PrintPercent;

static const char *const percent_names[] = {"col", "row", "total", "none"};

/* A line's or column's head with where its counts come from: categories first to last - 1 of the table. */
typedef struct Heading
{
	char	   *label;
	int			first;
	int			last;
} Heading;

typedef struct Printer
{
	const Xtab *t;
	const PrintWords *words;
	PrintPercent percent;
	int			digits;
	int			max_width;
	bool		fractional;		/* counts have decimals */
	bool		letters;
	LetterLevels levels;
	ColumnCompare compared;
	int			nrow;			/* lines and columns shown, without the totals */
	int			ncol;
	Heading    *row;			/* nrow + 1: the last is the total */
	Heading    *col;
	long double *n;				/* (nrow + 1) x (ncol + 1), totals included */
	int			stub;			/* width of the row heads */
	StringInfoData buf;			/* the text */
	StringInfoData cell;		/* scratch */
} Printer;

static const char *
Word(const char *utf8)
{
	return ServerLabel(utf8);
}

/* A pattern of print_words with one string put in. */
static char *
Worded(const char *pattern, const char *value)
{
	const char *text = Word(pattern);
	const char *at = strstr(text, "%s");

	return psprintf("%.*s%s%s", (int) (at - text), text, value, at + 2);
}

/* The labels of a side; beyond max categories the rest is one heading. */
static Heading *
Headings(const Printer *p, const XtabSide *s, int max, bool japanese, int *n)
{
	const ScaleDef *scale = ScaleOfTypeName(s->type_name);
	int			shown = s->n > max ? max - 1 : s->n;
	Heading    *h;

	*n = Min(s->n, max);
	h = palloc(sizeof(Heading) * (*n + 1));
	for (int i = 0; i < shown; i++)
		h[i] = (Heading) {TextPrintable(ScaleCategoryLabel(scale, s->cat[i].label, japanese)), i, i + 1};
	if (shown < *n)
		h[shown] = (Heading) {Worded(p->words->more, psprintf("%d", s->n - shown)), shown, s->n};
	h[*n] = (Heading) {pstrdup(Word(p->words->total)), 0, s->n};
	return h;
}

/* The counts of the headings, and the totals. */
static void
FillCounts(Printer *p)
{
	int			width = p->ncol + 1;

	p->n = palloc_extended(sizeof(long double) * (p->nrow + 1) * width, MCXT_ALLOC_HUGE | MCXT_ALLOC_ZERO);
	for (int i = 0; i < p->nrow; i++)
	{
		CHECK_FOR_INTERRUPTS();
		for (int r = p->row[i].first; r < p->row[i].last; r++)
			for (int j = 0; j < p->ncol; j++)
				for (int c = p->col[j].first; c < p->col[j].last; c++)
				{
					size_t		at = (size_t) r * p->t->col.n + c;
					long double x = XTAB_IS_WEIGHTED(p->t) ? XtabCount(p->t, at) : (long double) p->t->n[at];

					p->n[(size_t) i * width + j] += x;
					p->n[(size_t) i * width + p->ncol] += x;
					p->n[(size_t) p->nrow * width + j] += x;
					p->n[(size_t) p->nrow * width + p->ncol] += x;
					if (x != floorl(x))
						p->fractional = true;
				}
	}
}

static long double
CountAt(const Printer *p, int i, int j)
{
	return p->n[(size_t) i * (p->ncol + 1) + j];
}

static void
AppendCount(const Printer *p, StringInfo buf, long double n)
{
	if (p->fractional || n >= 0x1p63L)
		appendStringInfo(buf, "%.*f", p->fractional ? p->digits : 0, (double) n);
	else
		appendStringInfo(buf, INT64_FORMAT, (int64) n);
}

static void
AppendPercent(const Printer *p, StringInfo buf, long double part, long double base)
{
	if (base > 0)
		appendStringInfo(buf, "%.*f", p->digits, (double) (100 * part / base));
	else
		appendStringInfoChar(buf, '-');
}

/* The parts of a cell, each in a column of its own. */
typedef enum CellPart
{
	PART_COUNT,
	PART_PERCENT,
	PART_MARK					/* letters; in the total that the percentages rest on, the flag of a small base */
} CellPart;
#define CELL_PARTS 3

static const char *
CellText(Printer *p, int i, int j, CellPart part)
{
	bool		total_row = i == p->nrow,
				total_col = j == p->ncol;
	long double base;

	resetStringInfo(&p->cell);
	switch (part)
	{
		case PART_COUNT:
			AppendCount(p, &p->cell, CountAt(p, i, j));
			break;
		case PART_PERCENT:
			base = p->percent == PERCENT_COL ? CountAt(p, p->nrow, j) :
				p->percent == PERCENT_ROW ? CountAt(p, i, p->ncol) : CountAt(p, p->nrow, p->ncol);
			if (p->percent != PERCENT_NONE)
				AppendPercent(p, &p->cell, CountAt(p, i, j), base);
			break;
		case PART_MARK:
			if (p->letters && p->row[i].last == i + 1 && !total_row && !total_col)
				(void) CellLetters(&p->cell, &p->compared, i, j, &p->levels);
			else if (CountAt(p, i, j) > 0 && (((p->letters || p->percent == PERCENT_COL) && total_row && !total_col) ||
											  (p->percent == PERCENT_ROW && total_col && !total_row)))
				appendStringInfoString(&p->cell, BaseFlag((double) CountAt(p, i, j)));
			break;
	}
	return p->cell.data;
}

/* A heading's columns on the page. */
typedef struct PageColumn
{
	int			width[CELL_PARTS];	/* 0 where a part is not shown */
	int			head;			/* of them the columns below the heading */
	int			total;
	char	   *line[HEAD_LINES + 1];
	int			nlines;
} PageColumn;

static PageColumn
LayOutColumn(Printer *p, int j)
{
	PageColumn	g = {{0}, 0, 0, {NULL}, 0};
	char	   *line[HEAD_LINES];
	int			width;
	bool		broken,
				narrow;

	for (int i = 0; i <= p->nrow; i++)
	{
		CHECK_FOR_INTERRUPTS();
		for (int k = 0; k < CELL_PARTS; k++)
			g.width[k] = Max(g.width[k], (int) strlen(CellText(p, i, j, k)));
	}
	if (p->percent != PERCENT_NONE)
		g.width[PART_PERCENT] = Max(g.width[PART_PERCENT], TextWidth(Word(p->words->percent[p->percent])));
	for (int k = 0; k < CELL_PARTS; k++)
		if (g.width[k] > 0)
			g.total += g.width[k] + (k > 0 ? 1 : 0);
	/* a heading of counts alone stands over them, not over their letters */
	g.head = p->percent == PERCENT_NONE ? g.width[PART_COUNT] : g.total;
	width = Max(g.head, Min(TextWidth(p->col[j].label), HEAD_WIDTH));
	g.nlines = TextWrap(p->col[j].label, width, HEAD_LINES, g.line, &broken);
	/* as narrow as the same number of lines allows */
	while (width > g.head && TextWrap(p->col[j].label, width - 1, HEAD_LINES, line, &narrow) == g.nlines && narrow <= broken)
	{
		width--;
		memcpy(g.line, line, sizeof(line));
	}
	g.width[PART_COUNT] += width - g.head;
	g.total += width - g.head;
	g.head = width;
	if (p->letters && j < p->ncol)
		g.line[g.nlines++] = psprintf("(%s)", ColumnLetter(j));
	return g;
}

static void
AppendStub(Printer *p, const char *s)
{
	AppendPadded(&p->buf, s, p->stub, ALIGN_LEFT);
}

/* The first line of a row's label; returns what AppendRestOfLabel() puts on the lines below the row. */
static char **
AppendLabel(Printer *p, const char *label, int *nlines)
{
	char	  **line = palloc(sizeof(char *) * STUB_LINES);
	bool		broken;

	*nlines = TextWrap(label, p->max_width, STUB_LINES, line, &broken);
	AppendStub(p, line[0]);
	return line;
}

static void
AppendRestOfLabel(Printer *p, char **line, int nlines)
{
	for (int i = 1; i < nlines; i++)
		appendStringInfo(&p->buf, "%s\n", line[i]);
}

static void
AppendRule(Printer *p, int width)
{
	for (int i = 0; i < width; i++)
		appendStringInfoChar(&p->buf, '-');
	appendStringInfoChar(&p->buf, '\n');
}

static void
AppendHead(Printer *p, const PageColumn *g, const char *row_title, const char *col_title)
{
	int			lines = 0,
				width = 0;

	for (int j = 0; j <= p->ncol; j++)
	{
		lines = Max(lines, g[j].nlines);
		if (j < p->ncol)
			width += GAP + g[j].total;
	}
	if (col_title != NULL && p->ncol > 0)
	{
		AppendStub(p, "");
		appendStringInfoSpaces(&p->buf, GAP);
		AppendPadded(&p->buf, TextCut(col_title, Max(width - GAP, p->max_width)), width - GAP, ALIGN_CENTER);
		AppendLineEnd(&p->buf);
	}
	/* heads stand on the line below them */
	for (int l = 0; l < lines; l++)
	{
		AppendStub(p, l == lines - 1 && p->percent == PERCENT_NONE ? row_title : "");
		for (int j = 0; j <= p->ncol; j++)
		{
			int			at = l - (lines - g[j].nlines);

			appendStringInfoSpaces(&p->buf, GAP);
			AppendPadded(&p->buf, at >= 0 ? g[j].line[at] : "", g[j].head, p->percent == PERCENT_NONE ? ALIGN_RIGHT : ALIGN_CENTER);
			appendStringInfoSpaces(&p->buf, g[j].total - g[j].head);
		}
		AppendLineEnd(&p->buf);
	}
	if (p->percent == PERCENT_NONE)
		return;
	AppendStub(p, row_title);
	for (int j = 0; j <= p->ncol; j++)
	{
		appendStringInfoSpaces(&p->buf, GAP);
		AppendPadded(&p->buf, "n", g[j].width[PART_COUNT], ALIGN_RIGHT);
		appendStringInfoChar(&p->buf, ' ');
		AppendPadded(&p->buf, Word(p->words->percent[p->percent]), g[j].width[PART_PERCENT], ALIGN_RIGHT);
		if (g[j].width[PART_MARK] > 0)
			appendStringInfoSpaces(&p->buf, 1 + g[j].width[PART_MARK]);
	}
	AppendLineEnd(&p->buf);
}

static void
AppendRow(Printer *p, const PageColumn *g, int i)
{
	int			nlines;
	char	  **line = AppendLabel(p, p->row[i].label, &nlines);

	for (int j = 0; j <= p->ncol; j++)
	{
		appendStringInfoSpaces(&p->buf, GAP);
		for (int k = 0; k < CELL_PARTS; k++)
			if (g[j].width[k] > 0)
			{
				if (k > 0)
					appendStringInfoChar(&p->buf, ' ');
				AppendPadded(&p->buf, CellText(p, i, j, k), g[j].width[k], k == PART_MARK ? ALIGN_LEFT : ALIGN_RIGHT);
			}
	}
	AppendLineEnd(&p->buf);
	AppendRestOfLabel(p, line, nlines);
}

static void
PrintTwoWay(Printer *p, const char *row_title, const char *col_title)
{
	PageColumn *g = palloc(sizeof(PageColumn) * (p->ncol + 1));
	int			width = p->stub;

	for (int j = 0; j <= p->ncol; j++)
	{
		g[j] = LayOutColumn(p, j);
		width += GAP + g[j].total;
	}
	AppendHead(p, g, row_title, col_title);
	AppendRule(p, width);
	for (int i = 0; i <= p->nrow; i++)
	{
		CHECK_FOR_INTERRUPTS();
		if (i == p->nrow)
			AppendRule(p, width);
		AppendRow(p, g, i);
	}
}

/* A share that does not apply. */
#define NO_SHARE (-1)

/* One line of a one-way table; a share of nothing is NAN. */
static void
AppendOneWayRow(Printer *p, const int *width, const char *label, long double n, const long double share[3], const char *flag)
{
	int			nlines;
	char	  **line = AppendLabel(p, label, &nlines);

	resetStringInfo(&p->cell);
	AppendCount(p, &p->cell, n);
	appendStringInfoSpaces(&p->buf, GAP);
	AppendPadded(&p->buf, p->cell.data, width[0], ALIGN_RIGHT);
	for (int k = 0; k < 3; k++)
	{
		resetStringInfo(&p->cell);
		if (share[k] != NO_SHARE)
			AppendPercent(p, &p->cell, share[k], isnan(share[k]) ? 0 : 1);
		appendStringInfoSpaces(&p->buf, GAP);
		AppendPadded(&p->buf, p->cell.data, width[k + 1], ALIGN_RIGHT);
		/* the base of the valid percentages */
		if (k == 1 && *flag)
			appendStringInfo(&p->buf, " %s", flag);
	}
	AppendLineEnd(&p->buf);
	AppendRestOfLabel(p, line, nlines);
}

static void
PrintOneWay(Printer *p, const char *row_title)
{
	const char *head[3] = {Word(p->words->all_percent), Word(p->words->valid_percent), Word(p->words->cumulative)};
	long double valid = CountAt(p, p->nrow, 0);
	long double missing = XTAB_IS_WEIGHTED(p->t) ?
		exact_sum_to_double(&p->t->missing_w[XTAB_MISSING_ROW]) : (double) p->t->missing[XTAB_MISSING_ROW];
	long double all = valid + missing,
				below = 0;
	const char *flag = valid > 0 ? BaseFlag((double) valid) : "";
	int			width[4];
	int			line = p->stub;

	resetStringInfo(&p->cell);
	AppendCount(p, &p->cell, all);
	width[0] = Max(p->cell.len, 1);
	AppendStub(p, row_title);
	appendStringInfoSpaces(&p->buf, GAP);
	AppendPadded(&p->buf, "n", width[0], ALIGN_RIGHT);
	for (int k = 0; k < 3; k++)
	{
		width[k + 1] = Max(TextWidth(head[k]), p->digits > 0 ? 4 + p->digits : 3);
		appendStringInfoSpaces(&p->buf, GAP);
		AppendPadded(&p->buf, head[k], width[k + 1], ALIGN_RIGHT);
	}
	AppendLineEnd(&p->buf);
	for (int k = 0; k < 4; k++)
		line += GAP + width[k];
	AppendRule(p, line);
	for (int i = 0; i < p->nrow; i++)
	{
		long double n = CountAt(p, i, 0);

		CHECK_FOR_INTERRUPTS();
		below += n;
		AppendOneWayRow(p, width, p->row[i].label, n, (long double[]) {n / all, n / valid, below / valid}, "");
	}
	AppendRule(p, line);
	if (missing > 0)
	{
		AppendOneWayRow(p, width, Word(p->words->valid), valid, (long double[]) {valid / all, valid / valid, NO_SHARE}, flag);
		AppendOneWayRow(p, width, Word(p->words->missing), missing, (long double[]) {missing / all, NO_SHARE, NO_SHARE}, "");
	}
	AppendOneWayRow(p, width, Word(p->words->total), all, (long double[]) {all / all, missing > 0 ? NO_SHARE : all / all, NO_SHARE},
					missing > 0 ? "" : flag);
}

/* What stands under the table: n, what is missing, what the letters and flags say. */
static void
AppendNotes(Printer *p, PadjustMethod method, CompareFamily family)
{
	static const char *const method_names[PADJUST_METHODS] =
	{"Bonferroni", "Holm", "Hochberg", "Hommel", "Benjamini-Hochberg", "Benjamini-Yekutieli", ""};
	const PrintWords *w = p->words;
	StringInfoData part;
	int64		missing = 0;
	const char *flags[] = {"u", "w"};
	bool		flag[2] = {false};

	resetStringInfo(&p->cell);
	AppendCount(p, &p->cell, CountAt(p, p->nrow, p->ncol));
	appendStringInfoString(&p->buf, Worded(w->n, p->cell.data));
	if (XTAB_IS_WEIGHTED(p->t))
		appendStringInfoString(&p->buf, Word(w->weighted));
	initStringInfo(&part);
	for (int i = 0; i < XTAB_NMISSING; i++)
	{
		missing = XtabAddCounts(missing, p->t->missing[i]);
		if (p->t->missing[i] > 0 && (!XTAB_IS_ONE_WAY(p->t) || i == XTAB_MISSING_WEIGHT))
			appendStringInfo(&part, "%s%s", part.len > 0 ? Word(w->separator) : "",
							 Worded(w->left_out_part[i], psprintf(INT64_FORMAT, p->t->missing[i])));
	}
	if (missing > 0)
		appendStringInfoString(&p->buf, Worded(w->left_out, psprintf(INT64_FORMAT, missing)));
	if (part.len > 0)
		appendStringInfo(&p->buf, "%s%s%s", Word(w->open), part.data, Word(w->close));
	if (p->letters)
	{
		char	   *levels = isnan(p->levels.strict) ? psprintf("A: p < %g", p->levels.alpha) :
			psprintf("A: p < %g, a: p < %g", p->levels.strict, p->levels.alpha);

		appendStringInfo(&p->buf, "\n%s%s%s", Worded(w->letters, levels),
						 method == PADJUST_NONE ? Word(w->unadjusted) : Worded(w->family[family], method_names[method]), Word(w->end));
	}
	for (int k = 0; k < 2; k++)
	{
		if (XTAB_IS_ONE_WAY(p->t))
			flag[k] = CountAt(p, p->nrow, 0) > 0 && strcmp(BaseFlag((double) CountAt(p, p->nrow, 0)), flags[k]) == 0;
		else
		{
			for (int i = 0; i < p->nrow; i++)
				flag[k] |= p->percent == PERCENT_ROW && strcmp(CellText(p, i, p->ncol, PART_MARK), flags[k]) == 0;
			for (int j = 0; j < p->ncol; j++)
				flag[k] |= strcmp(CellText(p, p->nrow, j, PART_MARK), flags[k]) == 0;
		}
	}
	if (flag[0] || flag[1])
		appendStringInfo(&p->buf, "\n%s%s%s", flag[0] ? Word(w->flag_u) : "", flag[0] && flag[1] ? Word(w->separator) : "",
						 flag[1] ? Word(w->flag_w) : "");
}

static int
RangeArgument(FunctionCallInfo fcinfo, int arg, const char *name, int low, int high)
{
	int			value = PG_GETARG_INT32(arg);

	if (value < low || value > high)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s must be between %d and %d, not %d", name, low, high, value)));
	return value;
}

static char *
TitleArgument(FunctionCallInfo fcinfo, int arg)
{
	return PG_ARGISNULL(arg) ? NULL : TextPrintable(text_to_cstring(PG_GETARG_TEXT_PP(arg)));
}

/*
 * print(xtab, percent, letters, lang, title, row_title, col_title, digits, alpha, alpha_strict, p_adjust, family, keep_extreme,
 * max_width, max_rows, max_cols)
 */
Datum
xtab_print(PG_FUNCTION_ARGS)
{
	Printer		p = {0};
	PadjustMethod method;
	CompareFamily family;
	bool		japanese;
	char	   *title,
			   *row_title,
			   *col_title;
	int			max_rows,
				max_cols;

	for (int i = 0; i < PG_NARGS(); i++)
		if (PG_ARGISNULL(i) && !((i >= 4 && i <= 6) || i == 9))
			PG_RETURN_NULL();
	p.t = PG_GETARG_XTAB(0);
	p.percent = (PrintPercent) NamedArgument(fcinfo, 1, percent_names, lengthof(percent_names), "percentage");
	p.letters = PG_GETARG_BOOL(2);
	japanese = ScaleLanguage(text_to_cstring(PG_GETARG_TEXT_PP(3)));
	p.words = &print_words[japanese];
	title = TitleArgument(fcinfo, 4);
	row_title = TitleArgument(fcinfo, 5);
	col_title = TitleArgument(fcinfo, 6);
	p.digits = RangeArgument(fcinfo, 7, "digits", 0, 10);
	p.levels = LetterLevelsArguments(fcinfo, 8, 9);
	method = AdjustArgument(fcinfo, 10);
	family = (CompareFamily) NamedArgument(fcinfo, 11, compare_family_names, COMPARE_FAMILIES, "family of comparisons");
	p.max_width = RangeArgument(fcinfo, 13, "max_width", 4, 1000);
	max_rows = RangeArgument(fcinfo, 14, "max_rows", 1, 1000000);
	max_cols = RangeArgument(fcinfo, 15, "max_cols", 1, 1000000);
	if (p.letters)
	{
		StatTable	tab;

		RequireTwoWay(p.t, "print with letters");
		if (p.t->col.n > max_cols)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("letters need all columns on the page"),
					 errdetail("The table has %d columns; max_cols is %d.", p.t->col.n, max_cols),
					 errhint("Raise max_cols, or group the columns first.")));
		tab = XtabStatTable(p.t);
		p.compared = CompareColumns(fcinfo, &tab, 10, "print");
	}
	initStringInfo(&p.buf);
	initStringInfo(&p.cell);
	p.row = Headings(&p, &p.t->row, max_rows, japanese, &p.nrow);
	p.col = Headings(&p, &p.t->col, max_cols, japanese, &p.ncol);
	FillCounts(&p);
	row_title = TextCut(row_title ? row_title : "", p.max_width);
	p.stub = TextWidth(row_title);
	for (int i = 0; i <= p.nrow; i++)
		p.stub = Max(p.stub, Min(TextWidth(p.row[i].label), p.max_width));
	if (XTAB_IS_ONE_WAY(p.t))
		p.stub = Max(p.stub, Max(TextWidth(Word(p.words->valid)), TextWidth(Word(p.words->missing))));
	if (title != NULL)
		appendStringInfo(&p.buf, "%s\n\n", title);
	if (p.nrow == 0 || p.ncol == 0)
		appendStringInfo(&p.buf, "%s\n", Word(p.words->empty));
	else if (XTAB_IS_ONE_WAY(p.t))
		PrintOneWay(&p, row_title);
	else
		PrintTwoWay(&p, row_title, col_title);
	AppendNotes(&p, method, family);
	PG_RETURN_TEXT_P(cstring_to_text_with_len(p.buf.data, p.buf.len));
}
