/*
 * xtab_side.h
 *		What a source type means for a side of a contingency table: its kind, its scores, its order.
 */
#ifndef CSIRTSURVEY_XTAB_SIDE_H
#define CSIRTSURVEY_XTAB_SIDE_H

#include "utils/sortsupport.h"

#include "types/xtab.h"

/* A side under construction: values of one type, to become categories in the order of the type. */
typedef struct XtabDomain
{
	Oid			typid;
	Oid			collid;
	int			n;
	Datum	   *value;
} XtabDomain;

extern XtabKind XtabKindOfType(Oid typid);
extern void XtabSideFromValues(XtabSide *side, XtabDomain *dom, int *position);
extern bool XtabValuesFromSide(const XtabSide *side, XtabDomain *dom);

#endif							/* CSIRTSURVEY_XTAB_SIDE_H */
