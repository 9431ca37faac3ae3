/*
 * mmi_sql.c
 *		SQL side of the tests of multiple marginal independence: mmi_test(), spmi_test() and their items.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "fmgr.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"

#include <gsl/gsl_cdf.h>

#include "compat.h"
#include "functions/htest.h"
#include "functions/selections_sql.h"
#include "stats/mmi.h"
#include "stats/montecarlo.h"
#include "stats/padjust.h"

PG_FUNCTION_INFO_V1(sql_mmi_test);
PG_FUNCTION_INFO_V1(sql_spmi_test);
PG_FUNCTION_INFO_V1(sql_mmi_items);
PG_FUNCTION_INFO_V1(sql_spmi_items);
PG_FUNCTION_INFO_V1(sql_mmi_eigenvalues);
PG_FUNCTION_INFO_V1(sql_spmi_eigenvalues);

typedef struct MmiInput
{
	MmiTable	t;
	SetSide		row;			/* spmi only */
	SetSide		col;
} MmiInput;

static void
RequireSets(const Xtab *t, const char *function, bool pairs)
{
	bool		row = !XTAB_IS_ONE_WAY(t) && t->row.kind == XTAB_MULTI;
	bool		col = !XTAB_IS_ONE_WAY(t) && t->col.kind == XTAB_MULTI;

	if (pairs ? row && col : row != col)
		return;
	ereport(ERROR,
			(errcode(ERRCODE_WRONG_OBJECT_TYPE),
			 errmsg("%s needs a two-way table with %s", function, pairs ? "two multi-select sides" : "one multi-select side and one single answer"),
			 XTAB_IS_ONE_WAY(t) ? errdetail("The table is one-way.") :
			 errdetail("The rows are %s, the columns are %s.", row ? "a multi-select answer" : "single answers",
					   col ? "a multi-select answer" : "single answers"),
			 row && col ? errhint("spmi_test(xtab) takes two multi-select answers.") :
			 row || col ? errhint("mmi_test(xtab) takes a multi-select and a single answer.") :
			 XTAB_IS_ONE_WAY(t) ? errhint("Count two variables with xtab(grp, ms).") :
			 errhint("chisq_test(xtab) takes two single answers.")));
}

/* Groups in the rows and the set in the columns, whichever way round the table is. */
static MmiInput *
MmiInputOf(FunctionCallInfo fcinfo, const char *function, bool pairs, int labels_arg, int options_arg)
{
	Xtab	   *t = PG_GETARG_XTAB(0);
	MmiInput   *in = palloc0(sizeof(MmiInput));
	StatTable	tab;
	double	   *n;

	RequireSets(t, function, pairs);
	tab = XtabStatTable(t);
	if (pairs)
	{
		in->row = SetSideOf(fcinfo, &t->row, labels_arg, options_arg);
		in->col = SetSideOf(fcinfo, &t->col, labels_arg < 0 ? -1 : labels_arg + 1, options_arg + 1);
		in->t = (MmiTable) {tab.nrow, tab.ncol, tab.n, &in->row.sets, &in->col.sets};
		return in;
	}
	in->col = SetSideOf(fcinfo, t->col.kind == XTAB_MULTI ? &t->col : &t->row, labels_arg, options_arg);
	if (t->col.kind == XTAB_MULTI)
	{
		in->t = (MmiTable) {tab.nrow, tab.ncol, tab.n, NULL, &in->col.sets};
		return in;
	}
	n = palloc_extended(sizeof(double) * Max(XTAB_CELLS(t), 1), MCXT_ALLOC_HUGE);
	for (int i = 0; i < tab.nrow; i++)
		for (int j = 0; j < tab.ncol; j++)
			n[(size_t) j * tab.nrow + i] = tab.n[(size_t) i * tab.ncol + j];
	in->t = (MmiTable) {tab.ncol, tab.nrow, n, NULL, &in->col.sets};
	return in;
}

static double
AddArgument(FunctionCallInfo fcinfo, int arg)
{
	double		add = PG_GETARG_FLOAT8(arg);

	if (!(add >= 0) || isinf(add))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("the amount to add to empty cells must be finite and not negative"),
				 errhint("R's MRCV adds 0.5; the default is 0.")));
	return add;
}

/* Arguments: table, method, add, replicates, seed, options (one or two). */
static Datum
Test(FunctionCallInfo fcinfo, const char *function, bool pairs)
{
	MmiMethod	method;
	double		add;
	int64		replicates;
	StatResult	res;
	StatStatus	status;
	Xtab	   *t;
	int64		missing = 0;

	for (int i = 0; i < 5; i++)
		if (PG_ARGISNULL(i))
			PG_RETURN_NULL();
	method = (MmiMethod) NamedArgument(fcinfo, 1, mmi_method_names, MMI_METHODS, "method");
	add = AddArgument(fcinfo, 2);
	replicates = PG_GETARG_INT64(3);
	if (replicates < 1 || replicates > MC_MAX_REPLICATES)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("the number of replicates must be between 1 and %lld", (long long) MC_MAX_REPLICATES)));
	status = mmi_test(&MmiInputOf(fcinfo, function, pairs, -1, 5)->t, method, add, replicates, (uint64) PG_GETARG_INT64(4), &res);
	t = PG_GETARG_XTAB(0);
	for (int i = 0; i < XTAB_NMISSING; i++)
		missing = XtabAddCounts(missing, t->missing[i]);
	stat_note_left_out(&res, 0, missing);
	return HtestDatum(fcinfo, status, &res);
}

Datum
sql_mmi_test(PG_FUNCTION_ARGS)
{
	return Test(fcinfo, "mmi_test", false);
}

Datum
sql_spmi_test(PG_FUNCTION_ARGS)
{
	return Test(fcinfo, "spmi_test", true);
}

static MmiMargins
Margins(const MmiTable *t)
{
	MmiMargins	m;
	StatStatus	status = mmi_margins(t, &m);

	CHECK_FOR_INTERRUPTS();
	if (status != STAT_OK)
		ereport(ERROR,
				(errcode(ERRCODE_OUT_OF_MEMORY),
				 errmsg("out of memory in a test of multi-select answers")));
	return m;
}

/* Arguments: table, add, labels (one or two), options (one or two). */
static Datum
Items(FunctionCallInfo fcinfo, const char *function, bool pairs)
{
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;
	MmiInput   *in;
	MmiMargins	m;
	double		add,
				df;
	double	   *chi2,
			   *p,
			   *bonferroni,
			   *holm;
	int			nitem;

	InitMaterializedSRF(fcinfo, 0);
	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
		return (Datum) 0;
	add = AddArgument(fcinfo, 1);
	in = MmiInputOf(fcinfo, function, pairs, 2, pairs ? 4 : 3);
	m = Margins(&in->t);
	nitem = mmi_nitems(&m);
	chi2 = palloc_extended(sizeof(double) * 4 * Max(nitem, 1), MCXT_ALLOC_HUGE);
	p = chi2 + nitem;
	bonferroni = p + nitem;
	holm = bonferroni + nitem;
	if (mmi_item_chisq(&m, add, chi2, &df) < 0)
		ereport(ERROR,
				(errcode(ERRCODE_OUT_OF_MEMORY),
				 errmsg("out of memory in a test of multi-select answers")));
	for (int i = 0; i < nitem; i++)
		p[i] = isnan(chi2[i]) ? NAN : gsl_cdf_chisq_Q(chi2[i], df);
	if (padjust(p, nitem, PADJUST_BONFERRONI, bonferroni) != STAT_OK || padjust(p, nitem, PADJUST_HOLM, holm) != STAT_OK)
	{
		CHECK_FOR_INTERRUPTS();
		ereport(ERROR,
				(errcode(ERRCODE_OUT_OF_MEMORY),
				 errmsg("the p-values of %d items could not be adjusted", nitem)));
	}
	for (int i = 0; i < nitem; i++)
	{
		Datum		values[9];
		bool		nulls[9] = {false};
		int			c = 0;

		CHECK_FOR_INTERRUPTS();
		if (pairs)
		{
			values[c++] = in->row.code[i / m.nopt];
			values[c++] = in->row.label[i / m.nopt];
		}
		values[c++] = in->col.code[i % m.nopt];
		values[c++] = in->col.label[i % m.nopt];
		HtestSetFloat(values, nulls, c++, chi2[i]);
		HtestSetFloat(values, nulls, c++, isnan(chi2[i]) ? NAN : df);
		HtestSetFloat(values, nulls, c++, p[i]);
		HtestSetFloat(values, nulls, c++, bonferroni[i]);
		HtestSetFloat(values, nulls, c++, holm[i]);
		tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
	}
	return (Datum) 0;
}

Datum
sql_mmi_items(PG_FUNCTION_ARGS)
{
	return Items(fcinfo, "mmi_items", false);
}

Datum
sql_spmi_items(PG_FUNCTION_ARGS)
{
	return Items(fcinfo, "spmi_items", true);
}

static Datum
Eigenvalues(FunctionCallInfo fcinfo, const char *function, bool pairs)
{
	MmiInput   *in;
	MmiMargins	m;
	double	   *value;
	int			n;
	Datum	   *elem;
	StatStatus	status;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	in = MmiInputOf(fcinfo, function, pairs, -1, 1);
	m = Margins(&in->t);
	status = mmi_eigenvalues(&in->t, &m, &value, &n);
	CHECK_FOR_INTERRUPTS();
	if (status == STAT_BUDGET)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("too many items for their eigenvalues"),
				 errdetail("There are %d groups or options by %d options; at most %d products are taken.", m.nline, m.nopt, MMI_MAX_EIGENVALUES),
				 errhint("Name fewer options; the tests themselves need no eigenvalues.")));
	if (status != STAT_OK)
		ereport(ERROR,
				(errcode(ERRCODE_OUT_OF_MEMORY),
				 errmsg("the eigenvalues could not be computed")));
	elem = palloc(sizeof(Datum) * Max(n, 1));
	for (int i = 0; i < n; i++)
		elem[i] = Float8GetDatum(value[i]);
	PG_RETURN_ARRAYTYPE_P(construct_array(elem, n, FLOAT8OID, 8, FLOAT8PASSBYVAL, TYPALIGN_DOUBLE));
}

Datum
sql_mmi_eigenvalues(PG_FUNCTION_ARGS)
{
	return Eigenvalues(fcinfo, "mmi_eigenvalues", false);
}

Datum
sql_spmi_eigenvalues(PG_FUNCTION_ARGS)
{
	return Eigenvalues(fcinfo, "spmi_eigenvalues", true);
}
