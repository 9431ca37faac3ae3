/*
 * cells.c
 *		cells(xtab): a row for each cell, with percentages, expected counts and residuals.
 *
 * Residuals: A. Agresti (2013), Categorical Data Analysis, 3rd ed., section 3.3.1; residual = (O - E)/sqrt(E), adj_residual divides
 * that by sqrt((1 - r/n)(1 - c/n)).
 */
#include "postgres.h"

#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/numeric.h"

#include "compat.h"
#include "functions/htest.h"
#include "types/scale.h"

PG_FUNCTION_INFO_V1(xtab_cells);

typedef struct Margins
{
	long double *row;
	long double *col;
	long double total;
} Margins;

static Margins
ComputeMargins(const StatTable *t)
{
	Margins		m;

	m.row = palloc0(sizeof(long double) * Max(t->nrow, 1));
	m.col = palloc0(sizeof(long double) * Max(t->ncol, 1));
	m.total = 0;
	for (int i = 0; i < t->nrow; i++)
		for (int j = 0; j < t->ncol; j++)
		{
			double		n = t->n[(size_t) i * t->ncol + j];

			m.row[i] += n;
			m.col[j] += n;
			m.total += n;
		}
	return m;
}

/* A percentage, NULL where its base is empty. */
static void
SetPercent(Datum *value, bool *isnull, long double part, long double base)
{
	*isnull = !(base > 0);
	*value = Float8GetDatum(*isnull ? 0 : (double) (100 * part / base));
}

Datum
xtab_cells(PG_FUNCTION_ARGS)
{
	Xtab	   *t = PG_GETARG_XTAB(0);
	StatTable	tab = XtabStatTable(t);
	Margins		m = ComputeMargins(&tab);
	bool		two_way = !XTAB_IS_ONE_WAY(t);
	bool		japanese = ScaleLanguage(text_to_cstring(PG_GETARG_TEXT_PP(1)));
	const ScaleDef *row_scale = ScaleOfTypeName(t->row.type_name);
	const ScaleDef *col_scale = ScaleOfTypeName(t->col.type_name);
	Datum	   *col = palloc(sizeof(Datum) * Max(tab.ncol, 1));
	Datum	   *col_label = palloc(sizeof(Datum) * Max(tab.ncol, 1));
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;

	InitMaterializedSRF(fcinfo, 0);
	for (int j = 0; j < tab.ncol; j++)
	{
		col[j] = CStringGetTextDatum(t->col.cat[j].label);
		col_label[j] = CStringGetTextDatum(ScaleCategoryLabel(col_scale, t->col.cat[j].label, japanese));
	}
	for (int i = 0; i < tab.nrow; i++)
	{
		Datum		row = CStringGetTextDatum(t->row.cat[i].label);
		Datum		row_label = CStringGetTextDatum(ScaleCategoryLabel(row_scale, t->row.cat[i].label, japanese));

		CHECK_FOR_INTERRUPTS();
		for (int j = 0; j < tab.ncol; j++)
		{
			size_t		c = (size_t) i * tab.ncol + j;
			long double o = tab.n[c];
			Datum		values[11];
			bool		nulls[11] = {false};
			bool		defined = two_way && m.row[i] > 0 && m.col[j] > 0;

			values[0] = row;
			values[2] = row_label;
			nulls[1] = nulls[3] = !two_way;
			values[1] = col[j];
			values[3] = col_label[j];
			values[4] = XTAB_IS_WEIGHTED(t) ?
				DirectFunctionCall1(float8_numeric, Float8GetDatum(tab.n[c])) :
				NumericGetDatum(int64_to_numeric(t->n[c]));
			SetPercent(&values[5], &nulls[5], o, m.row[i]);
			SetPercent(&values[6], &nulls[6], o, m.col[j]);
			SetPercent(&values[7], &nulls[7], o, m.total);
			if (!two_way)
				nulls[5] = nulls[6] = true;
			nulls[8] = !two_way || !(m.total > 0);
			nulls[9] = nulls[10] = !defined;
			if (!nulls[8])
				values[8] = Float8GetDatum((double) (m.row[i] * m.col[j] / m.total));
			if (defined)
			{
				long double e = m.row[i] * m.col[j] / m.total;
				long double residual = ((o * m.total - m.row[i] * m.col[j]) / m.total) / sqrtl(e);
				long double leverage = ((m.total - m.row[i]) / m.total) * ((m.total - m.col[j]) / m.total);

				values[9] = Float8GetDatum((double) residual);
				/* a row or column that holds everything leaves no room for a residual */
				nulls[10] = !(leverage > 0);
				values[10] = Float8GetDatum(nulls[10] ? 0 : (double) (residual / sqrtl(leverage)));
			}
			tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
		}
	}
	return (Datum) 0;
}
