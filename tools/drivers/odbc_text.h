/*
 * odbc_text.h: text for odbc.c, UTF-8 in the program and UTF-16 in the driver.
 */
#ifndef ODBC_TEXT_H
#define ODBC_TEXT_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sql.h>
#include <sqlext.h>

static void *
must(void *p)
{
	if (p == NULL)
	{
		puts("Bail out! Out of memory or a file is missing");
		exit(1);
	}
	return p;
}

/* UTF-8 to the driver's UTF-16 and back. */
static SQLWCHAR *
wide(const char *text, size_t *length)
{
	SQLWCHAR   *w = must(calloc(strlen(text) + 1, sizeof *w));
	size_t		n = 0;

	for (const unsigned char *p = (const unsigned char *) text; *p;)
	{
		unsigned	c = *p++;
		int			more = c < 0x80 ? 0 : c < 0xE0 ? 1 : c < 0xF0 ? 2 : 3;

		if (more)
			c &= 0x3F >> more;
		for (; more; more--)
			c = c << 6 | (*p++ & 0x3F);
		if (c >= 0x10000)
		{
			w[n++] = 0xD800 + ((c - 0x10000) >> 10);
			w[n++] = 0xDC00 + ((c - 0x10000) & 0x3FF);
		}
		else
			w[n++] = c;
	}
	*length = n;
	return w;
}

/* A text for one call of the driver, valid until the eighth call of this after it. */
static SQLWCHAR *
W(const char *text)
{
	static SQLWCHAR *ring[8];
	static unsigned next;
	size_t		length;

	free(ring[next % 8]);
	return ring[next++ % 8] = wide(text, &length);
}

/* A character added to a text in UTF-8. */
static void
append(char **text, size_t *length, unsigned c)
{
	char	   *p = *text = must(realloc(*text, *length + 5));

	p += *length;
	if (c < 0x80)
		*p++ = c;
	else
	{
		int			more = c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;

		*p++ = (0xFF00 >> (more + 1) & 0xFF) | c >> 6 * more;
		while (more--)
			*p++ = 0x80 | (c >> 6 * more & 0x3F);
	}
	*p = 0;
	*length = p - *text;
}

/* UTF-16, up to its zero or so many units, added to a text in UTF-8. */
static void
add_wide(char **text, size_t *length, const SQLWCHAR *piece, size_t units, unsigned *high)
{
	for (size_t i = 0; i < units && piece[i]; i++)
		if (piece[i] >= 0xD800 && piece[i] < 0xDC00)
			*high = piece[i];
		else
		{
			append(text, length, *high ? 0x10000 + ((*high - 0xD800) << 10) + (piece[i] - 0xDC00) : piece[i]);
			*high = 0;
		}
}

static char *
narrow(const SQLWCHAR *piece, size_t units)
{
	char	   *text = must(strdup(""));
	size_t		length = 0;
	unsigned	high = 0;

	add_wide(&text, &length, piece, units, &high);
	return text;
}

/* What the driver says of an error, as TAP comments. */
static void
complain(SQLSMALLINT kind, SQLHANDLE handle)
{
	SQLWCHAR	state[6],
				text[1000];

	for (SQLSMALLINT i = 1; SQL_SUCCEEDED(SQLGetDiagRec(kind, handle, i, state, NULL, text, 1000, NULL)); i++)
	{
		char	   *where = narrow(state, 5),
				   *what = narrow(text, 1000);

		printf("# %s %s\n", where, what);
		free(where);
		free(what);
	}
}

/* A column of the current row as text in UTF-8, in pieces as long texts come; NULL for NULL. */
static char *
text_of(SQLHSTMT query, int column)
{
	SQLWCHAR	piece[64];
	SQLLEN		size;
	char	   *text = must(strdup(""));
	size_t		length = 0;
	unsigned	high = 0;
	SQLRETURN	got;

	while (SQL_SUCCEEDED(got = SQLGetData(query, column, SQL_C_WCHAR, piece, sizeof piece, &size)))
	{
		if (size == SQL_NULL_DATA)
		{
			free(text);
			return NULL;
		}
		add_wide(&text, &length, piece, 63, &high);
		if (got == SQL_SUCCESS)
			break;
	}
	return text;
}

#endif
