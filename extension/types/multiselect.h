/*
 * multiselect.h
 *		A set of ticked options as a varlena bitset: option i is bit i % 8 of byte i / 8, without trailing zero bytes, so that equal sets
 *		are equal bytes.
 */
#ifndef CSIRTSURVEY_MULTISELECT_H
#define CSIRTSURVEY_MULTISELECT_H

#include "postgres.h"

#include "fmgr.h"

#include "compat.h"

#define MULTISELECT_MAX_OPTIONS 1024
#define MULTISELECT_MAX_BYTES (MULTISELECT_MAX_OPTIONS / 8)
#define MULTISELECT_CODE_LEN (MULTISELECT_MAX_OPTIONS / 26 + 2)	/* longest code and its NUL */

/* A set on the stack, while it is made. */
typedef struct OptionSet
{
	uint8		bits[MULTISELECT_MAX_BYTES];
} OptionSet;

/* A stored set, read in place. */
typedef struct SetView
{
	const uint8 *bits;
	int			nbytes;
} SetView;

static inline SetView
MultiselectView(const struct varlena *v)
{
	SetView		s = {(const uint8 *) VARDATA_ANY(v), (int) VARSIZE_ANY_EXHDR(v)};

	return s;
}

#define PG_GETARG_MULTISELECT(i) MultiselectView((struct varlena *) PG_DETOAST_DATUM_PACKED(PG_GETARG_DATUM(i)))

static inline void
OptionSetAdd(OptionSet *set, int option)
{
	set->bits[option / 8] |= 1 << (option % 8);
}

static inline SetView
OptionSetView(const OptionSet *set)
{
	SetView		s = {set->bits, MULTISELECT_MAX_BYTES};

	return s;
}

static inline bool
SetHas(SetView s, int option)
{
	return option / 8 < s.nbytes && (s.bits[option / 8] >> (option % 8) & 1);
}

/* Byte i of a set, 0 beyond its end. */
static inline uint8
SetByte(SetView s, int i)
{
	return i < s.nbytes ? s.bits[i] : 0;
}

extern struct varlena *MultiselectPack(const OptionSet *set);
extern void MultiselectParse(const char *text, int len, OptionSet *set);
extern Datum multiselect_out(PG_FUNCTION_ARGS);
extern int	OptionOfCode(const char *code, size_t len);
extern void CodeOfOption(int option, char *code);

#endif							/* CSIRTSURVEY_MULTISELECT_H */
