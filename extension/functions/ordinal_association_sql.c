/*
 * ordinal_association_sql.c
 *		SQL side of the association of two ordered variables.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "funcapi.h"
#include "utils/builtins.h"

#include "compat.h"
#include "functions/htest.h"
#include "functions/ordinal.h"
#include "stats/ordinal_association.h"
#include "stats/polychoric.h"

PG_FUNCTION_INFO_V1(goodman_kruskal_gamma);
PG_FUNCTION_INFO_V1(kendall_tau_b);
PG_FUNCTION_INFO_V1(kendall_tau_c);
PG_FUNCTION_INFO_V1(somers_d);
PG_FUNCTION_INFO_V1(spearman_rho);
PG_FUNCTION_INFO_V1(pearson_r);
PG_FUNCTION_INFO_V1(sql_concordance);
PG_FUNCTION_INFO_V1(sql_polychoric);
PG_FUNCTION_INFO_V1(polychoric_thresholds);

/* Arguments from arg on: conf_level, alternative, test, exact, replicates, seed.  ntests says how many of the tests the measure has. */
static AssociationOptions
Options(FunctionCallInfo fcinfo, int arg, int ntests, const StatTable *tab, const char *function)
{
	AssociationOptions opt;

	opt.level = ConfLevelArgument(fcinfo, arg);
	opt.alternative = AlternativeArgument(fcinfo, arg + 1);
	opt.test = (AssociationTest) NamedArgument(fcinfo, arg + 2, association_test_names, ntests, "test");
	opt.perm.exact = PG_GETARG_BOOL(arg + 3) ? EXACT_ALWAYS : EXACT_NEVER;
	opt.perm.replicates = ReplicatesArgument(fcinfo, arg + 4);
	opt.perm.seed = (uint64) PG_GETARG_INT64(arg + 5);
	if (association_permuted(&opt.perm))
		RequireWholeTable(tab, function);
	return opt;
}

/* A table whose categories stand in the order of their scores, for what uses the order alone. */
static OrdinalTable
RankedTable(FunctionCallInfo fcinfo, const char *function)
{
	OrdinalTable o = XtabOrdinalTable(PG_GETARG_XTAB(0), ORDERED_BOTH, function);

	RequireAscending(&o, ORDERED_BOTH, function);
	return o;
}

static Datum
Concordance(FunctionCallInfo fcinfo, const char *function, ConcordanceMeasure measure, int first_option)
{
	OrdinalTable o = RankedTable(fcinfo, function);
	AssociationOptions opt = Options(fcinfo, first_option, ASSOCIATION_T, &o.tab, function);
	StatResult	res;
	StatStatus	status = concordance_measure(&o.tab, measure, &opt, &res);

	return OrdinalResult(fcinfo, status, &o, &res);
}

Datum
goodman_kruskal_gamma(PG_FUNCTION_ARGS)
{
	return Concordance(fcinfo, "goodman_kruskal_gamma", CONCORDANCE_GAMMA, 1);
}

Datum
kendall_tau_b(PG_FUNCTION_ARGS)
{
	return Concordance(fcinfo, "kendall_tau_b", CONCORDANCE_TAU_B, 1);
}

Datum
kendall_tau_c(PG_FUNCTION_ARGS)
{
	return Concordance(fcinfo, "kendall_tau_c", CONCORDANCE_TAU_C, 1);
}

Datum
somers_d(PG_FUNCTION_ARGS)
{
	static const char *const sides[] = {"col", "row", "symmetric"};
	static const ConcordanceMeasure measure[] = {CONCORDANCE_SOMERS_COL, CONCORDANCE_SOMERS_ROW, CONCORDANCE_SOMERS_SYM};

	return Concordance(fcinfo, "somers_d", measure[NamedArgument(fcinfo, 1, sides, lengthof(sides), "dependent side")], 2);
}

Datum
spearman_rho(PG_FUNCTION_ARGS)
{
	OrdinalTable o = RankedTable(fcinfo, "spearman_rho");
	AssociationOptions opt = Options(fcinfo, 1, ASSOCIATION_TESTS, &o.tab, "spearman_rho");
	StatResult	res;
	StatStatus	status = spearman_correlation(&o.tab, &opt, &res);

	return OrdinalResult(fcinfo, status, &o, &res);
}

Datum
pearson_r(PG_FUNCTION_ARGS)
{
	OrdinalTable o = XtabOrdinalTable(PG_GETARG_XTAB(0), ORDERED_BOTH, "pearson_r");
	ScoreKind	scores = (ScoreKind) NamedArgument(fcinfo, 1, score_names, SCORE_KINDS, "kind of scores");
	AssociationOptions opt = Options(fcinfo, 2, ASSOCIATION_TESTS, &o.tab, "pearson_r");
	StatResult	res;
	StatStatus	status;

	if (scores == SCORE_TABLE)
		RequireScores(&o, ORDERED_BOTH, "pearson_r");
	else
		RequireAscending(&o, ORDERED_BOTH, "pearson_r");
	status = pearson_correlation(&o.tab, scores, &opt, &res);
	return OrdinalResult(fcinfo, status, &o, &res);
}

/* concordance(xtab): the pairs, by what they are. */
Datum
sql_concordance(PG_FUNCTION_ARGS)
{
	OrdinalTable o = RankedTable(fcinfo, "concordance");
	ConcordancePairs p;
	StatResult	status_only;
	StatStatus	status;
	TupleDesc	desc;
	Datum		values[6];
	bool		nulls[6] = {false};

	status = concordance_pairs(&o.tab, &p);
	if (status != STAT_OK)
	{
		/* words the error */
		stat_result_init(&status_only, "concordance");
		return HtestDatum(fcinfo, status, &status_only);
	}
	if (get_call_result_type(fcinfo, NULL, &desc) != TYPEFUNC_COMPOSITE || desc->natts != lengthof(values))
		ereport(ERROR,
				(errcode(ERRCODE_DATATYPE_MISMATCH),
				 errmsg("the result type of concordance does not have its columns")));
	HtestSetFloat(values, nulls, 0, p.concordant);
	HtestSetFloat(values, nulls, 1, p.discordant);
	HtestSetFloat(values, nulls, 2, p.tied_row);
	HtestSetFloat(values, nulls, 3, p.tied_col);
	HtestSetFloat(values, nulls, 4, p.tied_both);
	HtestSetFloat(values, nulls, 5, p.total);
	return HeapTupleGetDatum(heap_form_tuple(BlessTupleDesc(desc), values, nulls));
}

/* Arguments from arg on: method, zero_cells. */
static StatStatus
Polychoric(FunctionCallInfo fcinfo, const OrdinalTable *o, int arg, double level, PolychoricCuts *cuts, StatResult *res)
{
	PolychoricMethod method = (PolychoricMethod) NamedArgument(fcinfo, arg, polychoric_names, POLYCHORIC_METHODS, "method for a polychoric correlation");
	double		zero_cells = PG_GETARG_FLOAT8(arg + 1);
	StatStatus	status;

	if (!(zero_cells >= 0) || isinf(zero_cells))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("the amount to put into zero cells must be finite and not negative"),
				 errhint("0.5 is usual for 2 x 2 tables.")));
	status = polychoric(&o->tab, method, zero_cells, level, cuts, res);
	if (status == STAT_BUDGET)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("too many categories for a polychoric correlation by maximum likelihood"),
				 errdetail("It estimates up to %d thresholds.", POLYCHORIC_MAX_THRESHOLDS),
				 errhint("Use method => 'two_step'.")));
	if (status == STAT_NUMERIC)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("the likelihood of the polychoric correlation could not be maximised"),
				 errdetail("The table is too far from what two normal variables could give."),
				 errhint("Join sparse categories, or use method => 'two_step' or kendall_tau_b.")));
	return status;
}

Datum
sql_polychoric(PG_FUNCTION_ARGS)
{
	OrdinalTable o = RankedTable(fcinfo, "polychoric");
	StatResult	res;
	StatStatus	status = Polychoric(fcinfo, &o, 2, ConfLevelArgument(fcinfo, 1), NULL, &res);

	OrdinalNotes(&o, &res);
	return HtestDatum(fcinfo, status, &res);
}

/* The rows of one side: its thresholds stand above the categories with counts, but the last. */
static void
PutThresholds(FunctionCallInfo fcinfo, const StatTable *tab, bool rows, char **label, const double *cut, const double *error, int ncuts)
{
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;
	int			k = 0;

	for (int i = 0; i < (rows ? tab->nrow : tab->ncol) && k < ncuts; i++)
	{
		Datum		values[4];
		bool		nulls[4] = {false};
		bool		counted = false;

		for (int j = 0; j < (rows ? tab->ncol : tab->nrow); j++)
			counted |= tab->n[rows ? (size_t) i * tab->ncol + j : (size_t) j * tab->ncol + i] > 0;
		if (!counted)
			continue;
		values[0] = CStringGetTextDatum(rows ? "row" : "col");
		values[1] = CStringGetTextDatum(label[i]);
		HtestSetFloat(values, nulls, 2, cut[k]);
		HtestSetFloat(values, nulls, 3, error[k++]);
		tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
	}
}

Datum
polychoric_thresholds(PG_FUNCTION_ARGS)
{
	OrdinalTable o = RankedTable(fcinfo, "polychoric_thresholds");
	PolychoricCuts cuts;
	StatResult	res;
	StatStatus	status;

	InitMaterializedSRF(fcinfo, 0);
	cuts.row = palloc(sizeof(double) * Max(o.tab.nrow, 1));
	cuts.row_error = palloc(sizeof(double) * Max(o.tab.nrow, 1));
	cuts.col = palloc(sizeof(double) * Max(o.tab.ncol, 1));
	cuts.col_error = palloc(sizeof(double) * Max(o.tab.ncol, 1));
	status = Polychoric(fcinfo, &o, 1, 0.95, &cuts, &res);
	if (status != STAT_OK && status != STAT_UNDEFINED)
		return HtestDatum(fcinfo, status, &res);
	PutThresholds(fcinfo, &o.tab, true, o.row_label, cuts.row, cuts.row_error, cuts.nrow);
	PutThresholds(fcinfo, &o.tab, false, o.col_label, cuts.col, cuts.col_error, cuts.ncol);
	return (Datum) 0;
}
