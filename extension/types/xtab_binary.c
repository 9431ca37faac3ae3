/*
 * xtab_binary.c
 *		send and receive of a contingency table: network byte order, a version byte first, everything checked.
 */
#include "postgres.h"

#include "libpq/pqformat.h"
#include "mb/pg_wchar.h"

#include "types/xtab.h"

#define XTAB_WIRE_VERSION 1

PG_FUNCTION_INFO_V1(xtab_send);
PG_FUNCTION_INFO_V1(xtab_recv);

static void
SendString(StringInfo buf, const char *s)
{
	/* as pq_sendcountedtext(), whose arguments changed in 17 */
	char	   *p = pg_server_to_client(s, strlen(s));

	pq_sendint32(buf, strlen(p));
	pq_sendbytes(buf, p, strlen(p));
}

static void
SendSum(StringInfo buf, const ExactSum *s)
{
	for (int i = 0; i < 4; i++)
		pq_sendint64(buf, s->limb[i]);
}

static void
SendSide(StringInfo buf, const XtabSide *s)
{
	pq_sendbyte(buf, s->kind);
	SendString(buf, s->type_name);
	SendString(buf, s->collation);
	for (int i = 0; i < s->n; i++)
	{
		pq_sendbyte(buf, s->cat[i].off_scale);
		pq_sendfloat8(buf, s->cat[i].score);
		SendString(buf, s->cat[i].label);
	}
}

Datum
xtab_send(PG_FUNCTION_ARGS)
{
	Xtab	   *t = PG_GETARG_XTAB(0);
	StringInfoData buf;
	size_t		cells = XTAB_CELLS(t);

	pq_begintypsend(&buf);
	pq_sendbyte(&buf, XTAB_WIRE_VERSION);
	pq_sendbyte(&buf, t->flags);
	pq_sendint32(&buf, t->row.n);
	pq_sendint32(&buf, t->col.n);
	SendSide(&buf, &t->row);
	SendSide(&buf, &t->col);
	for (int i = 0; i < XTAB_NMISSING; i++)
		pq_sendint64(&buf, t->missing[i]);
	for (size_t i = 0; i < cells; i++)
		pq_sendint64(&buf, t->n[i]);
	if (XTAB_IS_WEIGHTED(t))
	{
		for (int i = 0; i < XTAB_NMISSING; i++)
			SendSum(&buf, &t->missing_w[i]);
		for (size_t i = 0; i < cells; i++)
		{
			SendSum(&buf, &t->w[i]);
			SendSum(&buf, &t->w2[i]);
		}
	}
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

static void Malformed(const char *detail) __attribute__((noreturn));

static void
Malformed(const char *detail)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
			 errmsg("invalid binary form of a contingency table"),
			 errdetail("%s", detail),
			 errhint("Send the value as another server's csirtsurvey sent it, or use its text form.")));
}

static char *
ReceiveString(StringInfo buf)
{
	int			len = pq_getmsgint(buf, 4);
	int			nbytes;
	char	   *s;

	if (len < 0 || len > buf->len - buf->cursor)
		Malformed("A string is longer than the message.");
	s = pq_getmsgtext(buf, len, &nbytes);
	if (strlen(s) != (size_t) nbytes)
		Malformed("A string contains a zero byte.");
	return s;
}

static int64
ReceiveCount(StringInfo buf)
{
	int64		n = pq_getmsgint64(buf);

	if (n < 0 || n > XTAB_MAX_COUNT)
		Malformed("A count is outside 0 to 2^62.");
	return n;
}

static void
ReceiveSum(StringInfo buf, ExactSum *s)
{
	for (int i = 0; i < 4; i++)
		s->limb[i] = pq_getmsgint64(buf);
}

static void
ReceiveSide(StringInfo buf, XtabSide *s)
{
	int			kind = pq_getmsgbyte(buf);

	if (kind > XTAB_MULTI)
		Malformed("Unknown kind of a side.");
	s->kind = kind;
	s->type_name = ReceiveString(buf);
	s->collation = ReceiveString(buf);
	for (int i = 0; i < s->n; i++)
	{
		int			off = pq_getmsgbyte(buf);

		if (off > 1)
			Malformed("An off-scale flag is neither 0 nor 1.");
		s->cat[i].off_scale = off;
		s->cat[i].score = pq_getmsgfloat8(buf);
		if (isinf(s->cat[i].score))
			Malformed("A score is infinite.");
		s->cat[i].label = ReceiveString(buf);
	}
}

Datum
xtab_recv(PG_FUNCTION_ARGS)
{
	StringInfo	buf = (StringInfo) PG_GETARG_POINTER(0);
	int			version = pq_getmsgbyte(buf);
	int			flags;
	int			nrow,
				ncol;
	Xtab	   *t;
	size_t		cells;

	if (version != XTAB_WIRE_VERSION)
		Malformed(psprintf("Version %d is not known; this build reads version %d.", version, XTAB_WIRE_VERSION));
	flags = pq_getmsgbyte(buf);
	nrow = pq_getmsgint(buf, 4);
	ncol = pq_getmsgint(buf, 4);
	if ((flags & ~XTAB_FLAGS) || nrow < 0 || ncol < 0 || ((flags & XTAB_ONE_WAY) && ncol != 1) ||
		((flags & XTAB_NO_ROWS) && !(flags & XTAB_WEIGHTED)))
		Malformed("Flags and dimensions do not fit together.");
	/* a category takes at least 13 bytes, a cell 8: refuse dimensions that the message cannot hold before allocating them */
	if (13.0 * nrow + 13.0 * ncol + 8.0 * nrow * ncol > buf->len - buf->cursor)
		Malformed("The message is shorter than its dimensions.");
	XtabCheckDims(nrow, ncol, (flags & XTAB_WEIGHTED) != 0);
	t = XtabCreate(flags, nrow, ncol);
	ReceiveSide(buf, &t->row);
	ReceiveSide(buf, &t->col);
	if (XTAB_IS_ONE_WAY(t) && (t->col.kind != XTAB_NOMINAL || t->col.type_name[0] || t->col.collation[0] || t->col.cat[0].label[0]))
		Malformed("A one-way table has a column.");
	for (int i = 0; i < XTAB_NMISSING; i++)
		t->missing[i] = ReceiveCount(buf);
	cells = XTAB_CELLS(t);
	for (size_t i = 0; i < cells; i++)
		t->n[i] = ReceiveCount(buf);
	if (flags & XTAB_WEIGHTED)
	{
		for (int i = 0; i < XTAB_NMISSING; i++)
			ReceiveSum(buf, &t->missing_w[i]);
		for (size_t i = 0; i < cells; i++)
		{
			ReceiveSum(buf, &t->w[i]);
			ReceiveSum(buf, &t->w2[i]);
		}
	}
	for (size_t i = 0; (flags & XTAB_NO_ROWS) && i < cells; i++)
		if (t->n[i] != 0 || !exact_sum_is_zero(&t->w2[i]))
			Malformed("A table without counts of rows has such counts.");
	PG_RETURN_XTAB(t);
}
