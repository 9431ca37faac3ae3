/*
 * paired_sql.c
 *		SQL side of the tests and measures of one variable asked twice: McNemar, Bowker, marginal homogeneity, signed ranks, signs, kappa.
 */
#include "postgres.h"

#include "fmgr.h"

#include "functions/htest.h"
#include "functions/ordinal.h"
#include "stats/kappa.h"
#include "stats/mcnemar.h"
#include "stats/montecarlo.h"
#include "stats/sign_test.h"
#include "stats/signed_rank.h"
#include "stats/symmetry.h"

PG_FUNCTION_INFO_V1(sql_mcnemar_test);
PG_FUNCTION_INFO_V1(sql_bowker_test);
PG_FUNCTION_INFO_V1(sql_stuart_maxwell_test);
PG_FUNCTION_INFO_V1(sql_bhapkar_test);
PG_FUNCTION_INFO_V1(sql_signed_rank_test);
PG_FUNCTION_INFO_V1(sql_sign_test);
PG_FUNCTION_INFO_V1(sql_kappa);

/* A square table, with what its result has to say of it. */
typedef struct Paired
{
	OrdinalTable o;
	bool		by_position;
} Paired;

/* Nominal tests keep off-scale categories, ordered ones leave them out on both sides. */
static Paired
PairedTable(FunctionCallInfo fcinfo, bool ordered, const char *function)
{
	const Xtab *t = PG_GETARG_XTAB(0);
	Paired		p;

	RequireTwoWay(t, function);
	t = XtabSquare(t, function, &p.by_position);
	p.o = XtabOrdinalTable(t, ordered ? ORDERED_BOTH : 0, function);
	if (!ordered)
		return p;
	RequireScores(&p.o, ORDERED_BOTH, function);
	for (int i = 0; i < p.o.tab.nrow; i++)
		if (p.o.tab.row_score[i] != p.o.tab.col_score[i])
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("%s needs the same scores on both sides", function),
					 errdetail("Category \"%s\" has %g in the rows and %g in the columns.", p.o.row_label[i], p.o.tab.row_score[i], p.o.tab.col_score[i]),
					 errhint("Give both sides the same scores with set_scores().")));
	return p;
}

static Datum
PairedResult(FunctionCallInfo fcinfo, const Paired *p, const char *function, StatStatus status, StatResult *res)
{
	if (status == STAT_BUDGET)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("the exact distribution of %s is too large", function),
				 errhint("Use exact => false; up to 2^24 cases, replicates => 100000 gives a Monte-Carlo p-value.")));
	if (p->by_position)
		stat_note(res, "the sides have different labels: categories are matched by their position");
	OrdinalNotes(&p->o, res);
	return HtestDatum(fcinfo, status, res);
}

static void
RequireWhole(const StatTable *tab, const char *exact_test)
{
	RequireWholeCounts(tab->n, (size_t) tab->nrow * tab->ncol, 53, exact_test, "use the asymptotic test");
}

Datum
sql_mcnemar_test(PG_FUNCTION_ARGS)
{
	bool		correct = PG_GETARG_BOOL(1);
	bool		exact = PG_GETARG_BOOL(2);
	bool		mid_p = PG_GETARG_BOOL(3);
	double		level = ConfLevelArgument(fcinfo, 4);
	Paired		p = PairedTable(fcinfo, false, "mcnemar_test");
	StatTable	tab = p.o.tab;
	double		cell[4] = {0};
	StatResult	res;
	StatStatus	status;

	if (tab.nrow > 2)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("mcnemar_test needs a 2 x 2 contingency table"),
				 errdetail("There are %d categories.", tab.nrow),
				 errhint("Count conditions, such as xtab(before >= 'b', after >= 'b'), or use bowker_test or stuart_maxwell_test.")));
	/* one category met on both sides: the other has no counts */
	for (int i = 0; i < tab.nrow * tab.ncol; i++)
		cell[i] = tab.n[i];
	tab = (StatTable) {2, 2, cell, NULL, NULL};
	if (exact || mid_p)
		RequireWhole(&tab, "exact mcnemar_test");
	status = mcnemar_test(&tab, mid_p ? MCNEMAR_MID_P : exact ? MCNEMAR_EXACT : correct ? MCNEMAR_CORRECTED : MCNEMAR_CHISQ, level, &res);
	return PairedResult(fcinfo, &p, "mcnemar_test", status, &res);
}

Datum
sql_bowker_test(PG_FUNCTION_ARGS)
{
	Paired		p = PairedTable(fcinfo, false, "bowker_test");
	StatResult	res;
	StatStatus	status = bowker_test(&p.o.tab, PG_GETARG_BOOL(1), &res);

	return PairedResult(fcinfo, &p, "bowker_test", status, &res);
}

static Datum
MarginalHomogeneity(FunctionCallInfo fcinfo, bool bhapkar, const char *function)
{
	Paired		p = PairedTable(fcinfo, false, function);
	StatResult	res;
	StatStatus	status = marginal_homogeneity_test(&p.o.tab, bhapkar, &res);

	return PairedResult(fcinfo, &p, function, status, &res);
}

Datum
sql_stuart_maxwell_test(PG_FUNCTION_ARGS)
{
	return MarginalHomogeneity(fcinfo, false, "stuart_maxwell_test");
}

Datum
sql_bhapkar_test(PG_FUNCTION_ARGS)
{
	return MarginalHomogeneity(fcinfo, true, "bhapkar_test");
}

/* exact => NULL leaves the choice to the test; any other NULL gives NULL. */
static bool
AnyNullBut(FunctionCallInfo fcinfo, int exact_arg)
{
	for (int i = 0; i < PG_NARGS(); i++)
		if (i != exact_arg && PG_ARGISNULL(i))
			return true;
	return false;
}

Datum
sql_signed_rank_test(PG_FUNCTION_ARGS)
{
	static const char *const zeros[] = {"wilcoxon", "pratt"};
	SignedRankOptions o;
	Paired		p;
	StatResult	res;
	StatStatus	status;

	if (AnyNullBut(fcinfo, 2))
		PG_RETURN_NULL();
	o.pratt = NamedArgument(fcinfo, 1, zeros, lengthof(zeros), "treatment of zeros") == 1;
	o.exact = PG_ARGISNULL(2) ? -1 : PG_GETARG_BOOL(2);
	o.alternative = AlternativeArgument(fcinfo, 3);
	o.correct = PG_GETARG_BOOL(4);
	o.level = ConfLevelArgument(fcinfo, 5);
	o.replicates = ReplicatesArgument(fcinfo, 6);
	o.seed = (uint64) PG_GETARG_INT64(7);
	p = PairedTable(fcinfo, true, "signed_rank_test");
	if (o.exact > 0 || o.replicates > 0)
		RequireWhole(&p.o.tab, "exact signed_rank_test");
	status = signed_rank_test(&p.o.tab, &o, &res);
	return PairedResult(fcinfo, &p, "signed_rank_test", status, &res);
}

Datum
sql_sign_test(PG_FUNCTION_ARGS)
{
	Alternative alternative;
	int			exact;
	double		level;
	Paired		p;
	StatResult	res;
	StatStatus	status;

	if (AnyNullBut(fcinfo, 2))
		PG_RETURN_NULL();
	alternative = AlternativeArgument(fcinfo, 1);
	exact = PG_ARGISNULL(2) ? -1 : PG_GETARG_BOOL(2);
	level = ConfLevelArgument(fcinfo, 3);
	p = PairedTable(fcinfo, true, "sign_test");
	if (exact > 0)
		RequireWhole(&p.o.tab, "exact sign_test");
	status = sign_test(&p.o.tab, alternative, exact, level, &res);
	return PairedResult(fcinfo, &p, "sign_test", status, &res);
}

Datum
sql_kappa(PG_FUNCTION_ARGS)
{
	KappaWeights weights = NamedArgument(fcinfo, 1, kappa_weight_names, 3, "weights of kappa");
	double		level = ConfLevelArgument(fcinfo, 2);
	Paired		p = PairedTable(fcinfo, weights != KAPPA_NONE, weights == KAPPA_NONE ? "kappa" : "weighted kappa");
	StatResult	res;
	StatStatus	status = kappa_test(&p.o.tab, weights, level, &res);

	return PairedResult(fcinfo, &p, "kappa", status, &res);
}
