/*
 * answer_dict.h
 *		The options of one question part as a dictionary: from the text in a cell of a web form's export to a value of the part's type.
 */
#ifndef CSIRTSURVEY_ANSWER_DICT_H
#define CSIRTSURVEY_ANSWER_DICT_H

#include "postgres.h"

#include "lib/stringinfo.h"
#include "utils/array.h"

typedef struct AnswerDict AnswerDict;

typedef enum AnswerRead
{
	ANSWER_VALUE,				/* *value is set */
	ANSWER_MISSING,				/* an empty cell, or a word for "no answer" */
	ANSWER_PROBLEM				/* why says what is wrong */
} AnswerRead;

extern AnswerDict *AnswerDictCreate(MemoryContext context, Oid typid, ArrayType *options);
extern AnswerRead AnswerDictRead(AnswerDict *d, const char *text, int len, Datum *value, StringInfo why);

#endif							/* CSIRTSURVEY_ANSWER_DICT_H */
