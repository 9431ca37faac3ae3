/*
 * text_layout.c
 *		Text in columns on a terminal.
 */
#include "postgres.h"

#include "mb/pg_wchar.h"

#include "functions/text_layout.h"

#define ELLIPSIS "..."

/* Bytes of the character at s, which is not the end: never beyond it, even if the text breaks off inside a character. */
static int
CharBytes(const char *s)
{
	return strnlen(s, pg_mblen(s));
}

/* Display width of the character at s; 0 for one that takes no room. */
static int
CharWidth(const char *s)
{
	int			w = pg_dsplen(s);

	return w > 0 ? w : 0;
}

/* A copy without what would break a line: control characters become spaces. */
char *
TextPrintable(const char *s)
{
	char	   *copy = pstrdup(s);

	for (char *p = copy; *p; p += CharBytes(p))
		if ((unsigned char) *p < ' ' || *p == 0x7F)
			*p = ' ';
	return copy;
}

int
TextWidth(const char *s)
{
	int			width = 0;

	for (; *s; s += CharBytes(s))
		width += CharWidth(s);
	return width;
}

/* The number of bytes at the start of s that fit into width columns. */
static int
FittingBytes(const char *s, int width)
{
	const char *p = s;

	for (; *p; p += CharBytes(p))
	{
		width -= CharWidth(p);
		if (width < 0)
			break;
	}
	return p - s;
}

/* s, or as much of it as fits with an ellipsis after it. */
char *
TextCut(const char *s, int width)
{
	if (TextWidth(s) <= width)
		return pstrdup(s);
	if (width < (int) strlen(ELLIPSIS))
		return pnstrdup(s, FittingBytes(s, width));
	return psprintf("%s" ELLIPSIS, pnstrdup(s, FittingBytes(s, width - (int) strlen(ELLIPSIS))));
}

/* The character at s among those of a list; only three-byte UTF-8, which the lists below are. */
static bool
IsOneOf(const char *s, const char *list)
{
	char		c[4];

	if (GetDatabaseEncoding() != PG_UTF8 || CharBytes(s) != 3)
		return false;
	memcpy(c, s, 3);
	c[3] = '\0';
	return strstr(list, c) != NULL;
}

/* May no line begin with the character at s?  Japanese closing punctuation, small kana and the long vowel mark. */
static bool
NeverFirst(const char *s)
{
	return IsOneOf(s, "、。，．・：；）」』】〕｝〉》ー々？！ぁぃぅぇぉっゃゅょァィゥェォッャュョ");
}

static bool
IsOpening(const char *s)
{
	return *s == '(' || IsOneOf(s, "（「『【〔｛〈《");
}

/* How well a line may end between two neighbouring characters: not at all, inside a word of a script that writes no spaces, or between words. */
typedef enum BreakQuality
{
	BREAK_NEVER,
	BREAK_WITHIN,
	BREAK_BETWEEN
} BreakQuality;

/* The script of a wide character, as far as breaks need it: katakana, hiragana, or any other. */
static char
WideScript(const char *s)
{
	pg_wchar	c;

	if (GetDatabaseEncoding() != PG_UTF8)
		return 'x';
	c = utf8_to_unicode((const unsigned char *) s);
	return c >= 0x30A1 && c <= 0x30FF ? 'k' : c >= 0x3041 && c <= 0x309F ? 'h' : 'x';
}

static BreakQuality
BreakBetween(const char *before, const char *s)
{
	if (*s == ' ')
		return BREAK_BETWEEN;
	if (*before == ' ' || IsOpening(before) || NeverFirst(s))
		return BREAK_NEVER;
	if (*s == '(')
		return CharWidth(before) == 2 ? BREAK_BETWEEN : BREAK_NEVER;
	if (CharWidth(s) != 2)
		return BREAK_NEVER;
	if (IsOpening(s) || IsOneOf(before, "、。，．・：；）」』】〕｝〉》？！"))
		return BREAK_BETWEEN;
	/* Particles and endings are hiragana and belong to what they follow; else a word ends where the script changes. */
	return WideScript(s) != 'h' && WideScript(before) != WideScript(s) ? BREAK_BETWEEN : BREAK_WITHIN;
}

/*
 * The bytes of s that make a line of width columns, at most fits of them.  Between words if that fills a third of the line; else at the last place
 * where it may end; 0 if there is none.
 */
static int
LineBytes(const char *s, int fits, int width, BreakQuality worst)
{
	int			take = 0;
	int			column = 0;
	int			before = 0;
	BreakQuality best = BREAK_NEVER;

	/* the last place inside what fits, or just after it */
	for (int i = 0; i <= fits && s[i]; i += CharBytes(s + i))
	{
		if (i > 0)
		{
			BreakQuality quality = BreakBetween(s + before, s + i);

			if (quality == BREAK_BETWEEN && 3 * column < width)
				quality = BREAK_WITHIN;
			if (quality > BREAK_NEVER && (quality >= best || quality >= worst))
			{
				take = i;
				best = Max(best, quality);
			}
		}
		column += CharWidth(s + i);
		before = i;
	}
	return take;
}

/* TextWrap() where a word may be broken within only where nothing else fills a third of the line (BREAK_BETWEEN), or at once (BREAK_WITHIN). */
static int
Wrap(const char *s, int width, int max_lines, char **lines, bool *broken, bool *cut, BreakQuality worst)
{
	int			n = 0;

	*broken = false;
	while (n < max_lines - 1 && TextWidth(s) > width)
	{
		int			fits = FittingBytes(s, width);
		int			take = LineBytes(s, fits, width, worst);

		if (take == 0)
		{
			take = fits > 0 ? fits : CharBytes(s);
			*broken = true;
		}
		lines[n++] = pnstrdup(s, take);
		s += take;
		while (*s == ' ')
			s++;
	}
	*cut = TextWidth(s) > width;
	*broken |= *cut;
	lines[n++] = TextCut(s, width);
	return n;
}

/*
 * Break s into at most max_lines lines of width columns, at spaces and in Japanese text between words where there are any, else between wide
 * characters; what is left over is cut.  The number of lines, at least one; broken tells whether a word was broken or cut.
 */
int
TextWrap(const char *s, int width, int max_lines, char **lines, bool *broken)
{
	bool		cut;
	int			n = Wrap(s, width, max_lines, lines, broken, &cut, BREAK_BETWEEN);

	/* Full lines hold more. */
	return cut ? Wrap(s, width, max_lines, lines, broken, &cut, BREAK_WITHIN) : n;
}

void
AppendPadded(StringInfo buf, const char *s, int width, TextAlign align)
{
	int			room = Max(0, width - TextWidth(s));
	int			before = align == ALIGN_LEFT ? 0 : align == ALIGN_RIGHT ? room : room / 2;

	appendStringInfoSpaces(buf, before);
	appendStringInfoString(buf, s);
	appendStringInfoSpaces(buf, room - before);
}

/* End the line, without the spaces at its end. */
void
AppendLineEnd(StringInfo buf)
{
	while (buf->len > 0 && buf->data[buf->len - 1] == ' ')
		buf->data[--buf->len] = '\0';
	appendStringInfoChar(buf, '\n');
}
