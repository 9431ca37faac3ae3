/*
 * mmi.h
 *		Multiple marginal independence of groups and the options of a multi-select question (MMI), and simultaneous pairwise marginal
 *		independence of the options of two such questions (SPMI).
 */
#ifndef CSIRTSURVEY_MMI_H
#define CSIRTSURVEY_MMI_H

#include "stats/selections.h"

/* n[i * ncol + k] respondents of group i (or with selection i of the row question) made selection k of the column question. */
typedef struct MmiTable
{
	int			nrow;
	int			ncol;
	const double *n;
	const StatSets *row;		/* NULL: the rows are groups */
	const StatSets *col;
} MmiTable;

typedef enum MmiMethod
{
	MMI_RAO_SCOTT_2,			/* second order, mean eigenvalue 1 as under the hypothesis */
	MMI_RAO_SCOTT_1,
	MMI_RAO_SCOTT_2_ESTIMATED,	/* with the mean of the estimated eigenvalues */
	MMI_RAO_SCOTT_1_ESTIMATED,
	MMI_BONFERRONI,
	MMI_HOLM,
	MMI_BOOTSTRAP
} MmiMethod;
#define MMI_METHODS 7

extern const char *const mmi_method_names[MMI_METHODS];

/*
 * What the item tables are made of.  Items are options of the column question (MMI) or pairs, row option first (SPMI); a line is a
 * group (MMI) or an option of the row question (SPMI).  Everything hangs on one allocation: release with stat_release(m.both).
 */
typedef struct MmiMargins
{
	int			nline;
	int			nopt;			/* options of the column question */
	double	   *both;			/* nline x nopt: respondents of the line who ticked the option */
	double	   *line;			/* nline: respondents of the line */
	double	   *opt;			/* nopt: respondents who ticked the option */
	double		total;
	int			groups;			/* MMI: groups that have respondents */
	bool		pairs;			/* SPMI */
} MmiMargins;

extern StatStatus mmi_margins(const MmiTable *t, MmiMargins *m);
extern bool mmi_line_varies(const MmiMargins *m, int line);
extern bool mmi_option_varies(const MmiMargins *m, int opt);

/* Number of items: options, or pairs of options. */
static inline int
mmi_nitems(const MmiMargins *m)
{
	return m->pairs ? m->nline * m->nopt : m->nopt;
}

/*
 * Pearson's chi-square of each item's table, NaN where a margin of it is zero; returns how many there are.  add > 0 is put into the
 * empty cells of an item's table.  *df is the degrees of freedom of each.
 */
extern int	mmi_item_chisq(const MmiMargins *m, double add, double *chi2, double *df);

/* Sum and sum of squares of the eigenvalues that weight the asymptotic chi-square sum, over the items that vary. */
extern StatStatus mmi_eigenvalue_sums(const MmiTable *t, const MmiMargins *m, double *sum, double *sumsq);

/* The eigenvalues themselves, descending; *nvalue of them in *value (stat_release).  STAT_BUDGET beyond MMI_MAX_EIGENVALUES. */
#define MMI_MAX_EIGENVALUES 400
extern StatStatus mmi_eigenvalues(const MmiTable *t, const MmiMargins *m, double **value, int *nvalue);

/* How many of the replicates, drawn under independence from the seed, reach x2; counts must be whole. */
extern StatStatus mmi_bootstrap(const MmiTable *t, const MmiMargins *m, double add, double x2, int64_t replicates, uint64_t seed,
								int64_t *reached);

extern StatStatus mmi_test(const MmiTable *t, MmiMethod method, double add, int64_t replicates, uint64_t seed, StatResult *res);

#endif							/* CSIRTSURVEY_MMI_H */
