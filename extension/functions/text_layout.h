/*
 * text_layout.h
 *		Text in columns on a terminal: display widths, padding, cutting and wrapping.
 *
 * Widths are those of PostgreSQL for the server's encoding: an East Asian wide character takes two columns, a combining one none.
 */
#ifndef CSIRTSURVEY_TEXT_LAYOUT_H
#define CSIRTSURVEY_TEXT_LAYOUT_H

#include "postgres.h"

#include "lib/stringinfo.h"

typedef enum TextAlign
{
	ALIGN_LEFT,
	ALIGN_RIGHT,
	ALIGN_CENTER
} TextAlign;

extern char *TextPrintable(const char *s);
extern int	TextWidth(const char *s);
extern char *TextCut(const char *s, int width);
extern int	TextWrap(const char *s, int width, int max_lines, char **lines, bool *broken);
extern void AppendPadded(StringInfo buf, const char *s, int width, TextAlign align);
extern void AppendLineEnd(StringInfo buf);

#endif							/* CSIRTSURVEY_TEXT_LAYOUT_H */
