/*
 * test_padjust.c
 *		Adjusted p-values against the reference values, and the ways of missing entries.
 */
#include "stats/padjust.h"
#include "golden.h"

int
main(void)
{
	static const char *const lower[PADJUST_METHODS] = {"bonferroni", "holm", "hochberg", "hommel", "bh", "by", "none"};
	GoldenCsv	csv = golden_csv("data/golden/padj.csv");
	double		in[] = {NAN, 0.01, 0.04, NAN, 0.03};
	double		out[5];

	for (int i = 1; i < csv.nrow;)
	{
		double		p[512],
					q[512];
		int			n = 0;
		const char *id = csv.row[i][0];

		while (i < csv.nrow && strcmp(csv.row[i][0], id) == 0 && n < 512)
			p[n++] = golden_number(csv.row[i++][2]);
		for (int m = 0; m < PADJUST_NONE; m++)
		{
			if (padjust(p, n, m, q) != STAT_OK)
				ok(false, "%s %s", id, padjust_names[m]);
			for (int k = 0; k < n; k++)
			{
				char		name[64];

				snprintf(name, sizeof(name), "p_adjust_%s_%d", lower[m], k + 1);
				golden_check(id, name, q[k]);
			}
		}
	}
	golden_report();

	/* R: p.adjust(c(NA, .01, .04, NA, .03), "holm") gives NA 0.03 0.06 NA 0.06 */
	ok(padjust(in, 5, PADJUST_HOLM, out) == STAT_OK && isnan(out[0]) && isnan(out[3]), "missing p-values stay missing");
	is_close(out[1], 0.03, 1e-15, "Holm, least of three");
	is_close(out[2], 0.06, 1e-15, "Holm, largest of three");
	is_close(out[4], 0.06, 1e-15, "Holm, middle of three");
	ok(padjust(in, 0, PADJUST_HOMMEL, out) == STAT_OK, "an empty family");
	ok(padjust(in, 1, PADJUST_HOMMEL, out) == STAT_OK && isnan(out[0]), "a family of one that is missing");
	in[0] = 1.5;
	ok(padjust(in, 5, PADJUST_BH, out) == STAT_BAD_ARGUMENT, "a p-value above 1 is refused");
	return done_testing();
}
