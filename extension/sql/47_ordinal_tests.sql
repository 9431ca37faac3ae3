-- Ordered categories: scores of one's own, trend, differences in location.

CREATE FUNCTION @extschema@.set_scores(@extschema@.xtab, row_scores float8[] DEFAULT NULL, col_scores float8[] DEFAULT NULL)
	RETURNS @extschema@.xtab
	LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'xtab_set_scores';
COMMENT ON FUNCTION @extschema@.set_scores(@extschema@.xtab, float8[], float8[]) IS
'The table with scores of your own: one for each of row_labels() and col_labels(), in that order; NULL for a side leaves it as it is, a NULL element puts its category off the scale. A nominal side becomes ordinal by it: the scores say that its categories have an order. The order of the categories stays. Functions of scores (linear_by_linear_test, trend_test) take any scores; those of ranks use the order, and refuse scores that descend in it. Scores stay with the table in storage, text, jsonb and binary form; tables with different scores for a category cannot be added. NULL for a NULL table; error 2202E for a wrong number of scores, 22023 for scores that are not finite or columns of a one-way table, 42809 for multi-select answers.';

CREATE FUNCTION @extschema@.linear_by_linear_test(@extschema@.xtab, scores text DEFAULT 'table', alternative text DEFAULT 'two.sided',
												  exact boolean DEFAULT false, replicates integer DEFAULT 0, seed bigint DEFAULT 1)
	RETURNS @extschema@.htest
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'sql_linear_by_linear_test';
COMMENT ON FUNCTION @extschema@.linear_by_linear_test(@extschema@.xtab, text, text, boolean, integer, bigint) IS
'Does one ordinal variable rise with the other? Mantel-Haenszel chi-square M^2 = (N-1) r^2 with 1 degree of freedom (SAS and SPSS: linear-by-linear; coin: lbl_test, whose Z is sign(r) sqrt(M^2)). estimate is r, the correlation of the scores: table (the categories'' own, the default), rank (midranks), ridit or modified_ridit. alternative greater: r > 0. exact => true gives the permutation p-value, P(|T - E| >= |t - E|) with both margins fixed; replicates a Monte-Carlo one with its interval in p_low and p_high, alone or where the exact one exceeds its budget (else error 54000). Off-scale and missing answers are left out and noted. NULL for NULL; NULLs and a note where there is nothing to test; error 42809 unless both sides are ordinal, 22023 for other arguments, fractional counts in an exact test, a category without a score. Sources: Mantel (1963), Agresti (2013), section 3.4.';

CREATE FUNCTION @extschema@.trend_test(@extschema@.xtab, scores text DEFAULT 'table', category integer DEFAULT 1, alternative text DEFAULT 'two.sided',
									   exact boolean DEFAULT false, replicates integer DEFAULT 0, seed bigint DEFAULT 1, conf_level float8 DEFAULT 0.95)
	RETURNS @extschema@.htest
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'sql_trend_test';
COMMENT ON FUNCTION @extschema@.trend_test(@extschema@.xtab, text, integer, text, boolean, integer, bigint, float8) IS
'Does a share rise over ordered categories? Cochran-Armitage test: chi-square N r^2 with 1 degree of freedom, as R''s prop.trend.test (linear_by_linear_test has N-1). One side has two categories with counts, the rows if both have; the other is ordinal. category (1 or 2) says of which of the two the share is, and a note names it. estimate is the slope of the share for one unit of score, with a normal interval from the columns'' own variances; alternative greater: the share rises. scores, exact and replicates as linear_by_linear_test. NULL for NULL; NULLs and a note where there is nothing to test; error 42809 without an ordinal side, 22023 for more than two categories on both or other arguments. Sources: Cochran (1954), Armitage (1955), Agresti (2013), section 5.3.';

CREATE FUNCTION @extschema@.wilcoxon_test(@extschema@.xtab, alternative text DEFAULT 'two.sided', correct boolean DEFAULT false,
										  exact boolean DEFAULT NULL, replicates integer DEFAULT 0, seed bigint DEFAULT 1,
										  conf_level float8 DEFAULT 0.95) RETURNS @extschema@.htest
	LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'sql_wilcoxon_test';
COMMENT ON FUNCTION @extschema@.wilcoxon_test(@extschema@.xtab, text, boolean, boolean, integer, bigint, float8) IS
'Does one of two groups answer higher? Wilcoxon-Mann-Whitney test; the groups are the two rows with counts (transpose() takes columns), the columns ordinal. statistic is U of the first row, the pairs in which its answer is higher, ties half (R''s W); parameter is z with the variance given the ties, correct => true puts a continuity correction of 0.5 into it. estimate is P(X > Y) + P(X = Y)/2 with the interval of Newcombe''s method 5 with tie correction, which leaves 1/2 out just where z is significant. exact => true gives the permutation p-value given the ties, P(|T - E| >= |t - E|); false the normal one; NULL (the default) the exact one for at most 1000 whole counts if it takes at most 10^7 steps (an instant), else the normal one; method says which. replicates as in linear_by_linear_test. alternative greater: the first row is higher. Off-scale and missing answers are left out and noted. NULL if an argument but exact is NULL; NULLs and a note where there is nothing to test; error 42809 unless the columns are ordinal, 22023 for more than two groups or other arguments, 54000 for an exact test beyond 10^9 steps. Sources: Lehmann (1975), section 1.4, Newcombe (2006), Fay and Malinovsky (2018).';

CREATE FUNCTION @extschema@.cliffs_delta(@extschema@.xtab, conf_level float8 DEFAULT 0.95) RETURNS @extschema@.htest
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'sql_cliffs_delta';
COMMENT ON FUNCTION @extschema@.cliffs_delta(@extschema@.xtab, float8) IS
'Cliff''s delta, -1 to 1: the share of pairs in which the first row answers higher, less that in which the second does; 2 estimate - 1 of wilcoxon_test, and so its interval. Groups, notes, NULLs and errors as there. Source: Cliff (1993).';

CREATE FUNCTION @extschema@.kruskal_test(@extschema@.xtab, replicates integer DEFAULT 0, seed bigint DEFAULT 1) RETURNS @extschema@.htest
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'sql_kruskal_test';
COMMENT ON FUNCTION @extschema@.kruskal_test(@extschema@.xtab, integer, bigint) IS
'Do some of several groups answer higher than others? Kruskal-Wallis test: H with tie correction, degrees of freedom in parameter; the groups are the rows, of any kind, the columns ordinal. estimate is epsilon squared, H/(N-1), the share of the midranks'' variance that lies between the groups. replicates > 0 gives the Monte-Carlo p-value with its interval in p_low and p_high. Off-scale columns and missing answers are left out and noted. NULL for NULL; NULLs and a note where there is nothing to test; error 42809 unless the columns are ordinal, 22023 for fractional counts in a Monte-Carlo test. Sources: Kruskal and Wallis (1952), Kelley (1935).';

CREATE FUNCTION @extschema@.dunn_test(@extschema@.xtab, p_adjust text DEFAULT 'holm')
	RETURNS TABLE (a text, b text, n_a float8, n_b float8, mean_rank_a float8, mean_rank_b float8, z float8, p_value float8, p_adjusted float8,
				   method text)
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 10 AS 'MODULE_PATHNAME', 'sql_dunn_test';
COMMENT ON FUNCTION @extschema@.dunn_test(@extschema@.xtab, text) IS
'Which groups answer higher than which? Dunn''s test after kruskal_test: for each pair of rows with counts the mean midranks among all answers, z with tie correction (positive: a is higher), the two-sided p-value, and p adjusted over all pairs of the table (p_adjust: holm, the default, bonferroni, hochberg, hommel, BH, BY or none); method names the family. No rows where there is nothing to test, and for NULL; errors as kruskal_test, 22023 for an unknown adjustment, 54000 for more pairs than csirtsurvey.max_cells. pairwise_tests compares each pair by its own ranks. Source: Dunn (1964).';

CREATE FUNCTION @extschema@.jonckheere_test(@extschema@.xtab, alternative text DEFAULT 'two.sided', exact boolean DEFAULT false,
											replicates integer DEFAULT 0, seed bigint DEFAULT 1) RETURNS @extschema@.htest
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'sql_jonckheere_test';
COMMENT ON FUNCTION @extschema@.jonckheere_test(@extschema@.xtab, text, boolean, integer, bigint) IS
'Do answers rise from group to group? Jonckheere-Terpstra test of ordered rows over ordered columns. statistic is J, the pairs of answers of different rows that rise with the rows, ties half; parameter is z and parameter2 the standard deviation of J given the ties on both sides (its mean is statistic - parameter * parameter2); estimate is J over all pairs, P(higher) + P(equal)/2. alternative greater: answers rise with the rows. exact and replicates as linear_by_linear_test. Off-scale and missing answers are left out and noted. NULL for NULL; NULLs and a note where there is nothing to test; error 42809 unless both sides are ordinal, 22023 for other arguments. Sources: Jonckheere (1954), Kendall (1970), section 5.3.';

CREATE FUNCTION @extschema@.median_test(@extschema@.xtab, ties text DEFAULT 'below', exact boolean DEFAULT false) RETURNS @extschema@.htest
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'sql_median_test';
COMMENT ON FUNCTION @extschema@.median_test(@extschema@.xtab, text, boolean) IS
'Do the groups lie on different sides of the median of all answers? Median test (Mood): Pearson''s chi-square, without continuity correction, of rows by above the grand median or not. ties says where answers at the median count, which on a scale of few levels are many: below (with the lower half, the default, as SAS and SPSS), above, or ignore (left out); notes give the median and how many. exact => true gives, for two rows, the exact p-value given the margins, P(|T - E| >= |t - E|). Off-scale columns and missing answers are left out and noted. NULL for NULL; NULLs and a note where there is nothing to test; error 42809 unless the columns are ordinal, 22023 for other arguments. Source: Brown and Mood (1951).';
