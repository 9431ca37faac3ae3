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

/* May no line begin with the character at s?  Japanese closing punctuation, small kana and the long vowel mark. */
static bool
NeverFirst(const char *s)
{
	static const char never[] = "、。，．・：；）」』】〕｝〉》ー々？！ぁぃぅぇぉっゃゅょァィゥェォッャュョ";
	char		c[4];

	if (GetDatabaseEncoding() != PG_UTF8 || CharBytes(s) != 3)
		return false;
	memcpy(c, s, 3);
	c[3] = '\0';
	return strstr(never, c) != NULL;
}

/*
 * Break s into at most max_lines lines of width columns, at spaces and between wide characters where there are any; what is left over
 * is cut.  The number of lines, at least one; broken tells whether a word was broken or cut.
 */
int
TextWrap(const char *s, int width, int max_lines, char **lines, bool *broken)
{
	int			n = 0;

	*broken = false;
	while (n < max_lines - 1 && TextWidth(s) > width)
	{
		int			fits = FittingBytes(s, width);
		int			take = 0;

		/* the last place inside what fits, or just after it, where a line may end */
		for (int i = 0; i <= fits && s[i]; i += CharBytes(s + i))
			if (i > 0 && (s[i] == ' ' || (CharWidth(s + i) == 2 && !NeverFirst(s + i))))
				take = i;
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
	*broken |= TextWidth(s) > width;
	lines[n++] = TextCut(s, width);
	return n;
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
