/*
 * correlation.c
 *		Product-moment and rank correlation of a two-way table.
 *
 * Standard errors with and without association: M. B. Brown, J. K. Benedetti (1977), JASA 72, 309-315.  The derivative of Spearman's rho
 * takes into account that midranks are sums of counts; as in concordance.c, rho does not change when all counts are multiplied, and
 * var = sum n (d rho/d n)^2.
 */
#include "stats/ordinal_association.h"
#include "stats/deviation.h"

/* Scores around their mean, and what the derivative of the sum of products adds for scores that are midranks. */
typedef struct Scored
{
	long double *row;
	long double *col;
	long double *row_moves;		/* NULL for fixed scores */
	long double *col_moves;
	long double row_square;		/* sum n x^2 */
	long double col_square;
	long double product;		/* sum n x y */
	void	   *block;
} Scored;

static void
centre(const double *score, const double *total, int k, long double n, long double *out)
{
	long double mean = 0;

	for (int i = 0; i < k; i++)
		mean += total[i] / n * score[i];
	for (int i = 0; i < k; i++)
		out[i] = score[i] - mean;
}

/* Twice the midrank less n + 1: the cases before less those after. */
static void
rank_margin(const double *total, int k, long double n, long double *out)
{
	long double before = 0;

	for (int i = 0; i < k; i++)
	{
		out[i] = 2 * before + total[i] - n;
		before += total[i];
	}
}

static StatStatus
score_table(const StatClean *t, ScoreKind kind, bool moving_ranks, Scored *s)
{
	int			R = t->tab.nrow,
				C = t->tab.ncol;

	s->block = stat_alloc(sizeof(long double) * 2 * ((size_t) R + C));
	if (s->block == NULL)
		return STAT_NO_MEMORY;
	s->row = s->block;
	s->col = s->row + R;
	s->row_moves = s->col + C;
	s->col_moves = s->row_moves + R;
	if (kind == SCORE_TABLE)
	{
		centre(t->tab.row_score, t->row_total, R, t->total, s->row);
		centre(t->tab.col_score, t->col_total, C, t->total, s->col);
	}
	else
	{
		/* ranks, ridits and modified ridits are multiples of each other: the correlation is the same */
		rank_margin(t->row_total, R, t->total, s->row);
		rank_margin(t->col_total, C, t->total, s->col);
	}
	s->row_square = s->col_square = s->product = 0;
	for (int i = 0; i < R; i++)
		s->row_square += t->row_total[i] * s->row[i] * s->row[i];
	for (int j = 0; j < C; j++)
	{
		s->col_square += t->col_total[j] * s->col[j] * s->col[j];
		s->col_moves[j] = 0;
	}
	/* sums of products with the other side's scores, from deviations: nothing cancels near independence */
	for (int i = 0; i < R; i++)
	{
		s->row_moves[i] = 0;
		if (stat_interrupted())
		{
			stat_release(s->block);
			return STAT_INTERRUPTED;
		}
		for (int j = 0; j < C; j++)
		{
			long double d = stat_deviation(t, i, j);

			s->row_moves[i] += d * s->col[j];
			s->col_moves[j] += d * s->row[i];
		}
		s->product += s->row_moves[i] * s->row[i];
	}
	if (moving_ranks)
	{
		for (int side = 0; side < 2; side++)
		{
			long double *x = side ? s->col_moves : s->row_moves;
			long double before = 0;

			/* one more case in category i raises the scores after it by 1 and lowers those before it */
			for (int i = 0; i < (side ? C : R); i++)
			{
				long double own = x[i];

				x[i] = -2 * before - own;
				before += own;
			}
		}
	}
	else
		s->row_moves = s->col_moves = NULL;
	return STAT_OK;
}

/* The permutation p of the correlation, whose scores do not move while the margins stand. */
static StatStatus
permutation(const StatClean *t, ScoreKind kind, const AssociationOptions *opt, StatResult *res)
{
	double	   *row = stat_alloc(sizeof(double) * ((size_t) t->tab.nrow + t->tab.ncol));
	double	   *col = row + t->tab.nrow;
	StatStatus	status;

	if (row == NULL)
		return STAT_NO_MEMORY;
	score_categories(kind, t->row_total, t->tab.row_score, t->tab.nrow, row);
	score_categories(kind, t->col_total, t->tab.col_score, t->tab.ncol, col);
	status = linear_permutation(t, row, col, opt->alternative, &opt->perm, res);
	stat_release(row);
	return status;
}

static StatStatus
correlate(const StatTable *tab, const char *method, ScoreKind kind, bool moving_ranks, const AssociationOptions *opt, StatResult *res)
{
	StatClean	t;
	Scored		s;
	long double n,
				scale,
				r,
				rest,
				mean0 = 0,
				var1 = 0,
				var0 = 0;
	StatStatus	status = association_begin(tab, method, opt, &t, res);

	if (status != STAT_OK)
		return status;
	status = score_table(&t, kind, moving_ranks, &s);
	if (status != STAT_OK)
	{
		stat_release(t.block);
		return status;
	}
	n = t.total;
	scale = sqrtl(s.row_square) * sqrtl(s.col_square);
	if (!(scale > 0) || !isfinite(scale))
	{
		stat_note(res, isfinite(scale) ? "the scores of a variable do not vary" : "a score is not finite");
		stat_release(s.block);
		stat_release(t.block);
		return STAT_UNDEFINED;
	}
	r = fmaxl(-1, fminl(1, s.product / scale));
	/* 1 - r^2 */
	rest = fmaxl((scale - s.product) / scale * ((scale + s.product) / scale), 0);
	res->estimate = (double) r;
	for (int pass = 0; pass < 2; pass++)
		for (int i = 0; i < t.tab.nrow; i++)
		{
			if (stat_interrupted())
			{
				stat_release(s.block);
				stat_release(t.block);
				return STAT_INTERRUPTED;
			}
			for (int j = 0; j < t.tab.ncol; j++)
			{
				long double o = stat_count(&t, i, j);
				long double x = s.row[i],
							y = s.col[j];
				long double g = x * y,
							spread;

				if (!(o > 0))
					continue;
				if (moving_ranks)
				{
					g += s.row_moves[i] + s.col_moves[j];
					spread = (n - t.row_total[i]) * (n + t.row_total[i]) / s.row_square + (n - t.col_total[j]) * (n + t.col_total[j]) / s.col_square;
				}
				else
					spread = x * x / s.row_square + y * y / s.col_square;
				g /= scale;
				if (pass == 0)
					mean0 += o / n * g;
				else
				{
					var0 += o * (g - mean0) * (g - mean0);
					g -= r / 2 * spread;
					var1 += o * g * g;
				}
			}
		}
	association_interval((double) sqrtl(var1), res);
	switch (opt->test)
	{
		case ASSOCIATION_T:
			stat_note(res, "test: t with n - 2 degrees of freedom");
			if (n > 2)
				association_test(rest > 1e-18L ? r * sqrtl((n - 2) / rest) : copysignl(INFINITY, r), (double) (n - 2), opt->alternative, res);
			else
				stat_note(res, "too few cases for the t test");
			break;
		case ASSOCIATION_ASE0:
			stat_note(res, "test: z = estimate/ASE0 (parameter2)");
			res->parameter2 = (double) sqrtl(var0);
			if (res->parameter2 > 1e-15)
				association_test(r / sqrtl(var0), STAT_NA, opt->alternative, res);
			else
				stat_note(res, "ASE0 is 0: the test has no answer");
			break;
		case ASSOCIATION_PERMUTATION:
			stat_note(res, "test: z = r sqrt(n - 1), with the permutation variance");
			if (n > 1)
				association_test(r * sqrtl(n - 1), STAT_NA, opt->alternative, res);
			else
				stat_note(res, "too few cases for the permutation variance");
			break;
	}
	if (association_permuted(&opt->perm))
		status = permutation(&t, kind, opt, res);
	stat_release(s.block);
	stat_release(t.block);
	return status;
}

StatStatus
pearson_correlation(const StatTable *tab, ScoreKind scores, const AssociationOptions *opt, StatResult *res)
{
	static const char *const titles[SCORE_KINDS] = {
		"Pearson correlation, table scores", "Pearson correlation, rank scores", "Pearson correlation, ridit scores",
		"Pearson correlation, modified ridit scores"
	};

	return correlate(tab, titles[scores], scores, false, opt, res);
}

StatStatus
spearman_correlation(const StatTable *tab, const AssociationOptions *opt, StatResult *res)
{
	return correlate(tab, "Spearman's rank correlation", SCORE_RANK, true, opt, res);
}
