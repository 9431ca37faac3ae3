/*
 * association_sql.c
 *		SQL side of the measures of association of two nominal variables and of two groups.
 */
#include "postgres.h"

#include "fmgr.h"
#include "utils/builtins.h"

#include "functions/htest.h"
#include "stats/nominal_measures.h"
#include "stats/odds.h"
#include "stats/risk_difference_exact.h"

PG_FUNCTION_INFO_V1(cramers_v);
PG_FUNCTION_INFO_V1(phi_coefficient);
PG_FUNCTION_INFO_V1(contingency_coefficient);
PG_FUNCTION_INFO_V1(tschuprow_t);
PG_FUNCTION_INFO_V1(goodman_kruskal_lambda);
PG_FUNCTION_INFO_V1(goodman_kruskal_tau);
PG_FUNCTION_INFO_V1(uncertainty_coefficient);
PG_FUNCTION_INFO_V1(eta_coefficient);
PG_FUNCTION_INFO_V1(sql_odds_ratio);
PG_FUNCTION_INFO_V1(sql_risk_ratio);
PG_FUNCTION_INFO_V1(sql_risk_difference);
PG_FUNCTION_INFO_V1(sql_two_proportion_test);

static Datum
FromChisq(FunctionCallInfo fcinfo, const char *function, ChisqMeasure measure, int level_arg)
{
	double		level = ConfLevelArgument(fcinfo, level_arg);
	StatTable	tab = TwoWayArgument(fcinfo, function);
	StatResult	res;
	StatStatus	status = association_chisq(&tab, measure, level, &res);

	return HtestDatum(fcinfo, status, &res);
}

Datum
cramers_v(PG_FUNCTION_ARGS)
{
	return FromChisq(fcinfo, "cramers_v", PG_GETARG_BOOL(1) ? ASSOC_CRAMERS_V_BC : ASSOC_CRAMERS_V, 2);
}

/* Signed where a sign has a meaning: when two rows and two columns have counts. */
Datum
phi_coefficient(PG_FUNCTION_ARGS)
{
	double		level = ConfLevelArgument(fcinfo, 1);
	StatTable	tab = TwoWayArgument(fcinfo, "phi");
	StatResult	res;
	StatStatus	status = association_chisq(&tab, ASSOC_PHI_SIGNED, level, &res);

	if (status == STAT_UNDEFINED)
		status = association_chisq(&tab, ASSOC_PHI, level, &res);
	return HtestDatum(fcinfo, status, &res);
}

Datum
contingency_coefficient(PG_FUNCTION_ARGS)
{
	return FromChisq(fcinfo, "contingency_coefficient", ASSOC_CONTINGENCY_C, 1);
}

Datum
tschuprow_t(PG_FUNCTION_ARGS)
{
	return FromChisq(fcinfo, "tschuprow_t", ASSOC_TSCHUPROW_T, 1);
}

/* Arguments: table, dependent side, conf_level. */
static Datum
Prediction(FunctionCallInfo fcinfo, const char *function, PredictionMeasure measure, int nsides)
{
	static const char *const sides[] = {"col", "row", "symmetric"};
	Xtab	   *t = PG_GETARG_XTAB(0);
	DependentSide side = (DependentSide) NamedArgument(fcinfo, 1, sides, nsides, "dependent side");
	double		level = ConfLevelArgument(fcinfo, 2);
	StatTable	tab;
	StatResult	res;
	StatStatus	status;

	RequireTwoWay(t, function);
	if (measure == PREDICT_ETA)
	{
		XtabSide   *s = side == DEPENDENT_COL ? &t->col : &t->row;

		if (s->kind != XTAB_ORDINAL)
			ereport(ERROR,
					(errcode(ERRCODE_WRONG_OBJECT_TYPE),
					 errmsg("%s needs a dependent variable with scores", function),
					 errdetail("The %s side is nominal.", side == DEPENDENT_COL ? "column" : "row"),
					 errhint("Cast the column to a scale such as maturity, to an enum of your own or to a number before counting it.")));
		for (int i = 0; i < s->n; i++)
			if (isnan(s->cat[i].score))
				ereport(ERROR,
						(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						 errmsg("category \"%s\" of the dependent variable has no score", s->cat[i].label),
						 errhint("Count substantive(x) to leave off-scale answers out.")));
	}
	tab = XtabStatTable(t);
	status = association_prediction(&tab, measure, side, level, &res);
	return HtestDatum(fcinfo, status, &res);
}

Datum
goodman_kruskal_lambda(PG_FUNCTION_ARGS)
{
	return Prediction(fcinfo, "goodman_kruskal_lambda", PREDICT_LAMBDA, 3);
}

Datum
goodman_kruskal_tau(PG_FUNCTION_ARGS)
{
	return Prediction(fcinfo, "goodman_kruskal_tau", PREDICT_TAU, 2);
}

Datum
uncertainty_coefficient(PG_FUNCTION_ARGS)
{
	return Prediction(fcinfo, "uncertainty_coefficient", PREDICT_UNCERTAINTY, 3);
}

Datum
eta_coefficient(PG_FUNCTION_ARGS)
{
	return Prediction(fcinfo, "eta", PREDICT_ETA, 2);
}

Datum
sql_odds_ratio(PG_FUNCTION_ARGS)
{
	double		add = PG_GETARG_FLOAT8(1);
	double		level = ConfLevelArgument(fcinfo, 2);
	StatTable	tab = TwoByTwoArgument(fcinfo, "odds_ratio");
	StatResult	res;
	StatStatus	status;

	if (!(add >= 0) || isinf(add))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("the amount to add to each cell must be finite and not negative"),
				 errhint("0.5 is the Haldane-Anscombe correction.")));
	status = odds_ratio(&tab, add, level, &res);
	return HtestDatum(fcinfo, status, &res);
}

int
OutcomeColumn(FunctionCallInfo fcinfo, int arg)
{
	int			col = PG_GETARG_INT32(arg);

	if (col != 1 && col != 2)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("the column of the outcome must be 1 or 2, not %d", col)));
	return col - 1;
}

Datum
sql_risk_ratio(PG_FUNCTION_ARGS)
{
	int			col = OutcomeColumn(fcinfo, 1);
	double		level = ConfLevelArgument(fcinfo, 2);
	StatTable	tab = TwoByTwoArgument(fcinfo, "risk_ratio");
	StatResult	res;
	StatStatus	status = risk_ratio(&tab, col, level, &res);

	return HtestDatum(fcinfo, status, &res);
}

Datum
sql_risk_difference(PG_FUNCTION_ARGS)
{
	int			col = OutcomeColumn(fcinfo, 1);
	RiskDiffMethod method = (RiskDiffMethod) NamedArgument(fcinfo, 2, risk_diff_names, RISK_DIFF_METHODS,
														   "method for the interval of a risk difference");
	double		level = ConfLevelArgument(fcinfo, 3);
	StatTable	tab = TwoByTwoArgument(fcinfo, "risk_difference");
	StatResult	res;
	StatStatus	status;

	if (method == RISK_DIFF_EXACT || method == RISK_DIFF_SANTNER_SNELL)
		RequireWholeCounts(tab.n, 4, 53, "an exact risk_difference", "use method => 'mn'");
	status = risk_difference(&tab, col, method, level, &res);
	if (status == STAT_BUDGET)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("the exact interval of a risk difference takes at most %d cases", RISK_DIFF_EXACT_MAX_N),
				 errdetail("The table counts %.15g.", res.n),
				 errhint("Use method => 'mn': of so many cases the score interval is as good.")));
	return HtestDatum(fcinfo, status, &res);
}

Datum
sql_two_proportion_test(PG_FUNCTION_ARGS)
{
	int			col = OutcomeColumn(fcinfo, 1);
	StatTable	tab = TwoByTwoArgument(fcinfo, "two_proportion_test");
	StatResult	res;
	StatStatus	status = two_proportion_test(&tab, col, PG_GETARG_BOOL(2), &res);

	return HtestDatum(fcinfo, status, &res);
}
