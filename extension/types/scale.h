/*
 * scale.h
 *		The ordinal scales of the questionnaire: what a value of one of their types means.
 *
 * A value is an int16: the scale's id in the high byte, the rank of the code in the low one.  Ranks follow the order: off-scale codes
 * first, then the levels rising.  So values of one scale compare as int16, and a value alone tells its scale.
 */
#ifndef CSIRTSURVEY_SCALE_H
#define CSIRTSURVEY_SCALE_H

#include "postgres.h"

typedef struct ScaleCode
{
	const char *code;
	int			level;			/* 0 if off_scale */
	bool		off_scale;
	const char *label_ja;
	const char *label_en;
} ScaleCode;

typedef struct ScaleDef
{
	int			id;
	const char *name;			/* of the scale and of its type */
	int			ncodes;
	const ScaleCode *code;		/* by rank */
} ScaleDef;

#define SCALE_VALUE(id, rank) ((int16) (((id) << 8) | (rank)))
#define SCALE_RANK(value) ((value) & 0xFF)

extern const ScaleDef *ScaleOfValue(int16 value);
extern char *ExtensionTypeName(Oid typid);
extern const ScaleDef *ScaleOfType(Oid typid);	/* NULL for other types */
extern const ScaleDef *ScaleOfName(const char *name);
extern const ScaleDef *ScaleOfTypeName(const char *qualified);
extern bool ScaleLanguage(const char *lang);
extern const char *ServerLabel(const char *utf8);	/* in the server's encoding */
extern const char *ScaleLabel(const ScaleCode *code, bool japanese);
extern int	NextFolded(const char **p, const char *end);
extern const char *ScaleCategoryLabel(const ScaleDef *scale, const char *code, bool japanese);
extern const ScaleDef *ScaleAt(int i);	/* NULL beyond the last */

#endif							/* CSIRTSURVEY_SCALE_H */
