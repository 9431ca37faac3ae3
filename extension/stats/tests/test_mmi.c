/*
 * test_mmi.c
 *		Marginal independence of multi-select answers: against the reference values, against the matrices of Bilder and Loughin (2004)
 *		over all 2^c selections, and against their own null distribution by resampling.
 */
#include "stats/mmi.h"
#include "golden.h"

/* A table of sets being made: selections as bit masks, groups or masks in the rows. */
typedef struct Made
{
	int			nrow,
				ncol;
	int			row_mask[64],
				col_mask[128];
	double		n[64 * 128];
	int			row_start[65],
				row_option[64 * 8],
				col_start[129],
				col_option[128 * 8];
	StatSets	row,
				col;
	MmiTable	t;
} Made;

static void
list_options(const int *mask, int n, int nopt, int *start, int *option, StatSets *s)
{
	int			k = 0;

	for (int i = 0; i < n; i++)
	{
		start[i] = k;
		for (int o = 0; o < nopt; o++)
			if (mask[i] >> o & 1)
				option[k++] = o;
	}
	start[n] = k;
	*s = (StatSets) {n, nopt, start, option};
}

static void
finish(Made *m, int row_options, int col_options)
{
	list_options(m->col_mask, m->ncol, col_options, m->col_start, m->col_option, &m->col);
	if (row_options > 0)
		list_options(m->row_mask, m->nrow, row_options, m->row_start, m->row_option, &m->row);
	m->t = (MmiTable) {m->nrow, m->ncol, m->n, row_options > 0 ? &m->row : NULL, &m->col};
}

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

static int
find_or_add(int *mask, int *n, int value)
{
	for (int i = 0; i < *n; i++)
		if (mask[i] == value)
			return i;
	mask[*n] = value;
	return (*n)++;
}

/* data/golden/micro: group and options joined by commas; NA is missing. */
static void
golden_micro(const char *id, int nopt)
{
	Made	   *m = golden_alloc(sizeof(Made));
	Made	   *all = golden_alloc(sizeof(Made));
	char		name[64];
	const char *group[16];
	int			ngroup = 0;
	double		count[8],
				co[64],
				chi2[8],
				df,
				sum,
				sumsq;
	MmiMargins	margins;
	StatResult	res;
	SelectionTotals total;
	GoldenCsv	csv;

	snprintf(name, sizeof(name), "data/golden/micro/%s.csv", id);
	csv = golden_csv(name);
	for (int pass = 0; pass < 2; pass++)
		for (int i = 1; i < csv.nrow; i++)
		{
			const char *g = csv.row[i][golden_column(&csv, "group")];
			const char *o = csv.row[i][golden_column(&csv, "options")];
			int			mask = 0;
			int			at = 0;

			if (strcmp(o, "NA") == 0)
				continue;
			for (; *o; o++)
				if (*o != ',')
					mask |= 1 << (*o - 'a');
			while (at < ngroup && strcmp(group[at], g) != 0)
				at++;
			if (at == ngroup)
				group[ngroup++] = g;
			mask = find_or_add(m->col_mask, &m->ncol, mask);
			if (pass == 1)
			{
				m->n[at * m->ncol + mask]++;
				all->n[mask]++;
			}
		}
	m->nrow = ngroup;
	finish(m, 0, nopt);
	total = selection_totals(&m->col, all->n);
	golden_check(id, "mr_n_valid", total.respondents);
	golden_check(id, "mr_n_answered", total.answered);
	golden_check(id, "mr_n_responses", total.responses);
	selection_counts(&m->col, all->n, count);
	ok(selection_pairs(&m->col, all->n, co) == STAT_OK, "pairs of %s", id);
	for (int j = 0; j < nopt; j++)
	{
		snprintf(name, sizeof(name), "mr_count:%c", 'a' + j);
		golden_check(id, name, count[j]);
		for (int k = j + 1; k < nopt; k++)
		{
			snprintf(name, sizeof(name), "mr_both:%c,%c", 'a' + j, 'a' + k);
			golden_check(id, name, co[j * nopt + k]);
		}
	}
	ok(selection_cochran_q(&m->col, all->n, &res) == STAT_OK, "Cochran's Q of %s", id);
	golden_check(id, "mr_cochran_q", res.statistic);
	ok(mmi_margins(&m->t, &margins) == STAT_OK, "margins of %s", id);
	ok(mmi_item_chisq(&margins, 0, chi2, &df) == nopt, "items of %s", id);
	for (int j = 0; j < nopt; j++)
	{
		snprintf(name, sizeof(name), "mmi_chi2:%c", 'a' + j);
		golden_check(id, name, chi2[j]);
	}
	ok(mmi_eigenvalue_sums(&m->t, &margins, &sum, &sumsq) == STAT_OK, "eigenvalues of %s", id);
	golden_check(id, "mmi_lambda_sum", sum);
	golden_check(id, "mmi_lambda_sumsq", sumsq);
	stat_release(margins.both);
	ok(mmi_test(&m->t, MMI_RAO_SCOTT_1, 0, 1, 1, &res) == STAT_OK, "first order");
	golden_check(id, "mmi_x2", res.statistic);
	golden_check(id, "mmi_df", res.parameter);
	golden_check(id, "mmi_rs1_p", res.p_value);
	ok(mmi_test(&m->t, MMI_RAO_SCOTT_2, 0, 1, 1, &res) == STAT_OK, "second order");
	golden_check(id, "mmi_rs2_chi2", res.statistic);
	golden_check(id, "mmi_rs2_df", res.parameter);
	golden_check(id, "mmi_rs2_p", res.p_value);
	ok(mmi_test(&m->t, MMI_RAO_SCOTT_1_ESTIMATED, 0, 1, 1, &res) == STAT_OK, "first order, estimated");
	golden_check(id, "mmi_rs1_est_chi2", res.statistic);
	golden_check(id, "mmi_rs1_est_p", res.p_value);
	ok(mmi_test(&m->t, MMI_RAO_SCOTT_2_ESTIMATED, 0, 1, 1, &res) == STAT_OK, "second order, estimated");
	golden_check(id, "mmi_rs2_est_chi2", res.statistic);
	golden_check(id, "mmi_rs2_est_df", res.parameter);
	golden_check(id, "mmi_rs2_est_p", res.p_value);
	/* the reference's own bootstrap of 4,000 samples, with its standard error */
	ok(mmi_test(&m->t, MMI_BOOTSTRAP, 0, 20000, 7, &res) == STAT_OK, "bootstrap");
	{
		GoldenValue *v = golden_value(id, "mmi_bootstrap_p");
		double		se = sqrt(v->value * (1 - v->value) * (1 / 4000.0 + 1 / 20000.0));

		ok(fabs(res.p_value - v->value) < 4 * se && res.p_low < res.p_value && res.p_value < res.p_high,
		   "bootstrap p of %s: %.4f, of another bootstrap %.4f", id, res.p_value, v->value);
	}
}

#define MAXM 256

/* x (rows x inner) y' (cols x inner) */
static void
multiply_transposed(const double *x, int rows, int inner, const double *y, int cols, double *out)
{
	for (int i = 0; i < rows; i++)
		for (int j = 0; j < cols; j++)
		{
			double		s = 0;

			for (int k = 0; k < inner; k++)
				s += x[i * inner + k] * y[j * inner + k];
			out[i * cols + j] = s;
		}
}

static void
traces(const double *b, const double *d, int n, double *sum, double *sumsq)
{
	*sum = *sumsq = 0;
	for (int i = 0; i < n; i++)
	{
		*sum += b[i * n + i] / d[i];
		for (int j = 0; j < n; j++)
			*sumsq += b[i * n + j] * b[j * n + i] / (d[i] * d[j]);
	}
}

/* D^-1 (H G V G' H') of Bilder and Loughin, every matrix as printed: r groups, c options, 2^c selections in each group. */
static void
full_mmi(const Made *m, int c, double *sum, double *sumsq)
{
	int			r = m->nrow,
				s = 1 << c,
				lines = r * c;
	static double hg[64 * MAXM],
				v[MAXM * MAXM],
				hgv[64 * MAXM],
				b[64 * 64],
				tau[MAXM],
				size[8],
				d[64];
	double		total = 0;

	memset(tau, 0, sizeof(tau));
	memset(v, 0, sizeof(v));
	for (int i = 0; i < r; i++)
	{
		size[i] = 0;
		for (int k = 0; k < m->ncol; k++)
			size[i] += m->n[i * m->ncol + k];
		total += size[i];
		for (int k = 0; k < m->ncol; k++)
			tau[i * s + m->col_mask[k]] = m->n[i * m->ncol + k] / size[i];
	}
	for (int i = 0; i < r; i++)
		for (int x = 0; x < s; x++)
			for (int y = 0; y < s; y++)
				v[(i * s + x) * r * s + i * s + y] = ((x == y ? tau[i * s + x] : 0) - tau[i * s + x] * tau[i * s + y]) * total / size[i];
	for (int i = 0; i < r; i++)
		for (int j = 0; j < c; j++)
		{
			double		p = 0;

			for (int k = 0; k < r; k++)
				for (int x = 0; x < s; x++)
				{
					hg[(i * c + j) * r * s + k * s + x] = (x >> j & 1) * ((i == k) - size[k] / total);
					p += (x >> j & 1) * tau[k * s + x] * size[k] / total;
				}
			d[i * c + j] = p * (1 - p) * total / size[i];
		}
	multiply_transposed(hg, lines, r * s, v, r * s, hgv);
	multiply_transposed(hgv, lines, r * s, hg, lines, b);
	traces(b, d, lines, sum, sumsq);
}

/* D^-1 F (diag(tau) - tau tau') F' with F = G x H - pi.row x H - G x pi.col over all 2^(I + J) cells. */
static void
full_spmi(const Made *m, int ni, int nj, double *sum, double *sumsq)
{
	int			cells = 1 << (ni + nj),
				lines = ni * nj;
	static double f[64 * MAXM],
				cov[MAXM * MAXM],
				fc[64 * MAXM],
				b[64 * 64],
				tau[MAXM],
				p[8],
				q[8],
				d[64];
	double		total = 0;

	memset(tau, 0, sizeof(tau));
	memset(p, 0, sizeof(p));
	memset(q, 0, sizeof(q));
	for (int i = 0; i < m->nrow * m->ncol; i++)
		total += m->n[i];
	for (int i = 0; i < m->nrow; i++)
		for (int k = 0; k < m->ncol; k++)
			tau[m->row_mask[i] << nj | m->col_mask[k]] += m->n[i * m->ncol + k] / total;
	for (int x = 0; x < cells; x++)
	{
		for (int i = 0; i < ni; i++)
			p[i] += (x >> (nj + i) & 1) * tau[x];
		for (int j = 0; j < nj; j++)
			q[j] += (x >> j & 1) * tau[x];
		for (int y = 0; y < cells; y++)
			cov[x * cells + y] = (x == y ? tau[x] : 0) - tau[x] * tau[y];
	}
	for (int y = 0; y < cells; y++)
		for (int x = 0; x < y; x++)
			cov[y * cells + x] = cov[x * cells + y] = -tau[x] * tau[y];
	for (int i = 0; i < ni; i++)
		for (int j = 0; j < nj; j++)
		{
			for (int x = 0; x < cells; x++)
			{
				double		w = x >> (nj + i) & 1,
							y = x >> j & 1;

				f[(i * nj + j) * cells + x] = w * y - p[i] * y - w * q[j];
			}
			d[i * nj + j] = p[i] * (1 - p[i]) * q[j] * (1 - q[j]);
		}
	multiply_transposed(f, lines, cells, cov, cells, fc);
	multiply_transposed(fc, lines, cells, f, lines, b);
	traces(b, d, lines, sum, sumsq);
}

static void
check_against_matrices(const Made *m, const char *what, double sum, double sumsq)
{
	MmiMargins	margins;
	double		got,
				gotsq,
			   *value,
				vsum = 0,
				vsumsq = 0;
	int			n;

	ok(mmi_margins(&m->t, &margins) == STAT_OK, "margins");
	ok(mmi_eigenvalue_sums(&m->t, &margins, &got, &gotsq) == STAT_OK, "sums of eigenvalues");
	is_close(got, sum, 1e-10, what);
	is_close(gotsq, sumsq, 1e-10, what);
	ok(mmi_eigenvalues(&m->t, &margins, &value, &n) == STAT_OK && n == margins.nline * margins.nopt, "eigenvalues: %d", n);
	for (int i = 0; i < n; i++)
	{
		vsum += value[i];
		vsumsq += value[i] * value[i];
	}
	is_close(vsum, sum, 1e-10, "sum of the eigenvalues");
	is_close(vsumsq, sumsq, 1e-10, "sum of their squares");
	stat_release(value);
	stat_release(margins.both);
}

/* Answers with options that hang together; in shift, how much the group moves them. */
static int
draw_mask(int nopt, double shift)
{
	double		bent = uniform() * 0.5 - 0.25;
	int			mask = 0;

	for (int o = 0; o < nopt; o++)
		mask |= (uniform() < 0.25 + 0.1 * o + bent + shift * (o % 2)) << o;
	return mask;
}

static void
draw_groups(Made *m, int ngroup, int nopt, int each, double shift)
{
	memset(m, 0, sizeof(*m));
	m->nrow = ngroup;
	m->ncol = 1 << nopt;
	for (int k = 0; k < m->ncol; k++)
		m->col_mask[k] = k;
	for (int g = 0; g < ngroup; g++)
		for (int i = 0; i < each * (g + 1); i++)
			m->n[g * m->ncol + draw_mask(nopt, g * shift)]++;
	finish(m, 0, nopt);
}

static void
draw_pairs(Made *m, int ni, int nj, int size, double together)
{
	memset(m, 0, sizeof(*m));
	m->nrow = 1 << ni;
	m->ncol = 1 << nj;
	for (int k = 0; k < m->ncol; k++)
		m->col_mask[k] = k;
	for (int k = 0; k < m->nrow; k++)
		m->row_mask[k] = k;
	for (int i = 0; i < size; i++)
	{
		int			w = draw_mask(ni, 0);

		m->n[w * m->ncol + draw_mask(nj, (w & 1) * together)]++;
	}
	finish(m, ni, nj);
}

/* How often each test rejects at 5 % where nothing depends on anything, and where it does. */
static void
check_levels(bool pairs)
{
	static const MmiMethod method[] = {MMI_RAO_SCOTT_2, MMI_RAO_SCOTT_1, MMI_BONFERRONI, MMI_BOOTSTRAP};
	int			rejected[2][4] = {{0}};
	int			samples = 600;
	Made	   *m = golden_alloc(sizeof(Made));
	StatResult	res;

	for (int effect = 0; effect < 2; effect++)
		for (int i = 0; i < samples; i++)
		{
			if (pairs)
				draw_pairs(m, 2, 3, 200, 0.3 * effect);
			else
				draw_groups(m, 3, 4, 40, 0.15 * effect);
			for (int k = 0; k < 4; k++)
				rejected[effect][k] += mmi_test(&m->t, method[k], 0, 199, (uint64_t) i, &res) == STAT_OK && res.p_value <= 0.05;
		}
	for (int k = 0; k < 4; k++)
	{
		double		level = rejected[0][k] / (double) samples,
					se = sqrt(0.05 * 0.95 / samples);

		/* 5 % with four standard errors of 600 samples; first order and Bonferroni keep the level without reaching it or nearly so */
		ok(level < 0.05 + 4 * se && (k == 2 || level > 0.05 - 3.5 * se), "%s %s: rejects %.1f %% under independence",
		   pairs ? "SPMI" : "MMI", mmi_method_names[method[k]], 100 * level);
		ok(rejected[1][k] > 0.5 * samples, "%s %s: rejects %.1f %% under dependence", pairs ? "SPMI" : "MMI", mmi_method_names[method[k]],
		   100.0 * rejected[1][k] / samples);
	}
}

/* The bootstrap against one written respondent by respondent with another generator. */
static void
check_bootstrap(bool pairs)
{
	Made	   *m = golden_alloc(sizeof(Made)),
			   *s = golden_alloc(sizeof(Made));
	int			row[2000],
				col[2000],
				n = 0,
				reached = 0,
				samples = 4000;
	StatResult	observed,
				res,
				again;
	double		p,
				se;

	if (pairs)
		draw_pairs(m, 2, 3, 150, 0.12);
	else
		draw_groups(m, 3, 3, 30, 0.04);
	for (int i = 0; i < m->nrow; i++)
		for (int k = 0; k < m->ncol; k++)
			for (int c = 0; c < m->n[i * m->ncol + k]; c++)
			{
				row[n] = i;
				col[n++] = k;
			}
	ok(mmi_test(&m->t, MMI_RAO_SCOTT_1, 0, 1, 1, &observed) == STAT_OK, "observed statistic %.4f", observed.statistic);
	*s = *m;
	finish(s, pairs ? m->row.nopt : 0, m->col.nopt);
	for (int b = 0; b < samples; b++)
	{
		memset(s->n, 0, sizeof(s->n));
		for (int i = 0; i < n; i++)
		{
			int			r = pairs ? row[(int) (uniform() * n)] : row[i];

			s->n[r * s->ncol + col[(int) (uniform() * n)]]++;
		}
		reached += mmi_test(&s->t, MMI_RAO_SCOTT_1, 0, 1, 1, &res) == STAT_OK && res.statistic >= observed.statistic * (1 - 1e-9);
	}
	p = (double) reached / samples;
	ok(mmi_test(&m->t, MMI_BOOTSTRAP, 0, 20000, 3, &res) == STAT_OK, "bootstrap");
	se = sqrt(p * (1 - p) * (1.0 / samples + 1.0 / 20000));
	ok(p > 0.005 && p < 0.9 && fabs(res.p_value - p) < 4 * se, "%s bootstrap p %.4f, one by one %.4f (standard error %.4f)",
	   pairs ? "SPMI" : "MMI", res.p_value, p, se);
	ok(mmi_test(&m->t, MMI_BOOTSTRAP, 0, 20000, 3, &again) == STAT_OK && again.p_value == res.p_value, "the same seed, the same p");
	ok(mmi_test(&m->t, MMI_BOOTSTRAP, 0, 20000, 4, &again) == STAT_OK && again.p_value != res.p_value &&
	   fabs(again.p_value - res.p_value) < 5 * sqrt(2 * p * (1 - p) / 20000), "another seed, another p nearby");
	/* large counts take the other way through the sampler: chains of binomials */
	for (int i = 0; i < m->nrow * m->ncol; i++)
		s->n[i] = 1000 * m->n[i];
	ok(mmi_test(&s->t, MMI_BOOTSTRAP, 0, 500, 3, &again) == STAT_OK && again.p_value <= res.p_value,
	   "a thousandfold sample: p %.4f", again.p_value);
}

static void
degenerate(void)
{
	Made	   *m = golden_alloc(sizeof(Made));
	StatResult	res;

	for (int k = 0; k < MMI_METHODS; k++)
	{
		/* one group */
		draw_groups(m, 1, 3, 20, 0);
		ok(mmi_test(&m->t, k, 0, 99, 1, &res) == STAT_UNDEFINED && res.nnotes > 0 && isnan(res.p_value), "%s: one group", mmi_method_names[k]);
		/* nobody ticked anything; all ticked all */
		memset(m->n, 0, sizeof(m->n));
		m->nrow = 3;
		for (int all = 0; all < 2; all++)
		{
			for (int g = 0; g < 3; g++)
			{
				m->n[g * m->ncol] = all ? 0 : 10;
				m->n[g * m->ncol + m->ncol - 1] = all ? 10 : 0;
			}
			finish(m, 0, 3);
			ok(mmi_test(&m->t, k, 0.5, 99, 1, &res) == STAT_UNDEFINED && res.nnotes > 0, "%s: all alike", mmi_method_names[k]);
		}
		/* no respondents at all */
		memset(m->n, 0, sizeof(m->n));
		ok(mmi_test(&m->t, k, 0, 99, 1, &res) == STAT_UNDEFINED && res.nnotes > 0, "%s: nobody", mmi_method_names[k]);
		/* groups of one and none, one option */
		draw_groups(m, 3, 1, 1, 0);
		memset(m->n, 0, sizeof(m->n));
		m->n[0] = 1;
		m->n[3] = 1;
		ok(mmi_test(&m->t, k, 0, 99, 1, &res) == STAT_OK || res.nnotes > 0, "%s: groups of one respondent", mmi_method_names[k]);
	}
	draw_groups(m, 3, 3, 20, 0);
	m->n[0] += 0.5;
	ok(mmi_test(&m->t, MMI_BOOTSTRAP, 0, 99, 1, &res) == STAT_UNDEFINED, "weights are not drawn");
	ok(mmi_test(&m->t, MMI_RAO_SCOTT_2, 0, 99, 1, &res) == STAT_OK, "but tested");
	m->n[0] = -1;
	ok(mmi_test(&m->t, MMI_RAO_SCOTT_2, 0, 99, 1, &res) == STAT_BAD_ARGUMENT, "a negative count");
	m->n[0] = 1;
	ok(mmi_test(&m->t, MMI_RAO_SCOTT_2, -1, 99, 1, &res) == STAT_BAD_ARGUMENT, "a negative amount to add");
}

int
main(void)
{
	Made	   *m = golden_alloc(sizeof(Made));
	double		sum,
				sumsq;

	golden_micro("mr_media", 6);
	golden_micro("mr_null", 4);
	golden_report();
	for (int i = 0; i < 4; i++)
	{
		draw_groups(m, 2 + i % 3, 3 + i % 2, 25, 0.05 * i);
		full_mmi(m, 3 + i % 2, &sum, &sumsq);
		check_against_matrices(m, "MMI: the matrices of Bilder and Loughin", sum, sumsq);
		draw_pairs(m, 2 + i % 2, 3 + i / 2, 100, 0.1 * i);
		full_spmi(m, 2 + i % 2, 3 + i / 2, &sum, &sumsq);
		check_against_matrices(m, "SPMI: the matrices of Bilder and Loughin", sum, sumsq);
	}
	for (int pairs = 0; pairs < 2; pairs++)
	{
		check_levels(pairs);
		check_bootstrap(pairs);
	}
	degenerate();
	return done_testing();
}
