/*
 * test_selections.c
 *		Options of a multi-select answer against each other: against the reference values; shares of overlapping columns by simulation.
 */
#include "stats/mcnemar.h"
#include "stats/selections.h"
#include "golden.h"

static uint64_t rng_state = 88172645463325252u;

/* xorshift64*, to draw test data with nothing from the code under test */
static double
uniform(void)
{
	rng_state ^= rng_state >> 12;
	rng_state ^= rng_state << 25;
	rng_state ^= rng_state >> 27;
	return (double) ((rng_state * 2685821657736338717u) >> 11) / 9007199254740992.0;
}

/* Cochran's Q and McNemar's test over the reference tables that have them. */
static void
golden_options(void)
{
	int			ntables;
	const GoldenTable *t = golden_tables(&ntables);
	StatResult	res;

	for (int i = 0; i < ntables; i++)
		if (strcmp(t[i].kind, "binary_matrix") == 0)
		{
			int		   *start = golden_alloc(sizeof(int) * (t[i].nrow + 1));
			int		   *option = golden_alloc(sizeof(int) * t[i].nrow * t[i].ncol);
			double	   *one = golden_alloc(sizeof(double) * t[i].nrow);
			StatSets	s = {t[i].nrow, t[i].ncol, start, option};
			int			k = 0;

			for (int r = 0; r < t[i].nrow; r++)
			{
				one[r] = 1;
				start[r] = k;
				for (int c = 0; c < t[i].ncol; c++)
					if (t[i].n[r * t[i].ncol + c] > 0)
						option[k++] = c;
			}
			start[t[i].nrow] = k;
			if (selection_cochran_q(&s, one, &res) == STAT_OK)
			{
				golden_check(t[i].id, "cochran_q", res.statistic);
				golden_check(t[i].id, "cochran_q_df", res.parameter);
				golden_check(t[i].id, "cochran_q_p", res.p_value);
			}
			else
			{
				golden_check(t[i].id, "cochran_q", NAN);
				golden_check(t[i].id, "cochran_q_df", res.parameter);
				golden_check(t[i].id, "cochran_q_p", NAN);
			}
		}
		else if (strncmp(t[i].kind, "two_way", 7) == 0 && t[i].nrow == 2 && t[i].ncol == 2)
		{
			const double *n = t[i].n;
			double		chi2,
						p;

			(void) mcnemar_changes(n[1], n[2], MCNEMAR_CHISQ, &chi2, &p);
			golden_check(t[i].id, "mcnemar_chi2", chi2);
			golden_check(t[i].id, "mcnemar_p", p);
			(void) mcnemar_changes(n[1], n[2], MCNEMAR_CORRECTED, &chi2, &p);
			golden_check(t[i].id, "mcnemar_chi2_cc", chi2);
			(void) mcnemar_changes(n[1], n[2], MCNEMAR_EXACT, &chi2, &p);
			golden_check(t[i].id, "mcnemar_p_exact", p);
			golden_check(t[i].id, "two_prop_score_z", overlap_z(n[0], n[0] + n[1], n[2], n[2] + n[3], 0, 0));
		}
}

/* The level of the test of two shares with respondents in common, who answer otherwise than the rest. */
static void
check_overlap(void)
{
	int			rejected = 0,
				naive = 0,
				samples = 20000;

	for (int i = 0; i < samples; i++)
	{
		/* of 190 respondents about 60 are in both columns (share 0.7), 40 only in a (0.2) and 90 only in b (0.3667): both shares are 0.5 */
		double		xab = 0,
					xa = 0,
					xb = 0,
					nab = 0,
					na = 0,
					nb = 0;

		for (int k = 0; k < 190; k++)
		{
			double		where = uniform() * 190;
			bool		yes = uniform() < (where < 60 ? 0.7 : where < 100 ? 0.2 : 1.1 / 3);

			nab += where < 60;
			na += where < 100;
			nb += where < 60 || where >= 100;
			xab += yes && where < 60;
			xa += yes && where < 100;
			xb += yes && (where < 60 || where >= 100);
		}
		rejected += fabs(overlap_z(xa, na, xb, nb, xab, nab)) > 1.959964;
		naive += fabs(overlap_z(xa, na, xb, nb, 0, 0)) > 1.959964;
	}
	ok(rejected > 0.045 * samples && rejected < 0.055 * samples, "overlapping shares: rejects %.2f %% where they are equal",
	   100.0 * rejected / samples);
	ok(naive < 0.03 * samples, "as if independent it would be %.2f %%", 100.0 * naive / samples);
	/* all of a stand in b: by hand, p = 70/150, variance p (1 - p)(1/50 + 1/100) - 2 (30 (1 - 2p) + 50 p^2)/5000 */
	is_close(overlap_z(30, 50, 40, 100, 30, 50),
			 0.2 / sqrt(7 / 15.0 * 8 / 15 * 0.03 - 2 * (30 * (1 - 14 / 15.0) + 50 * 49 / 225.0) / 5000), 1e-12,
			 "one column within the other");
	ok(isnan(overlap_z(30, 50, 30, 50, 30, 50)), "a column against itself");
	ok(isnan(overlap_z(0, 0, 3, 5, 0, 0)) && isnan(overlap_z(5, 5, 3, 3, 0, 0)) && isnan(overlap_z(0, 5, 0, 3, 0, 0)), "no variance, no z");
}

int
main(void)
{
	golden_options();
	golden_report();
	check_overlap();
	return done_testing();
}
