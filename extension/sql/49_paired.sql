-- One variable asked twice, and several answers of each respondent.

CREATE FUNCTION @extschema@.mcnemar_test(@extschema@.xtab, correct boolean DEFAULT false, exact boolean DEFAULT false, mid_p boolean DEFAULT false,
										 conf_level float8 DEFAULT 0.95) RETURNS @extschema@.htest
	LANGUAGE C STABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'sql_mcnemar_test';
COMMENT ON FUNCTION @extschema@.mcnemar_test(@extschema@.xtab, boolean, boolean, boolean, float8) IS
'McNemar''s test of a yes-or-no question answered twice: statistic (b - c)^2/(b + c) on 1 degree of freedom; correct => true with the continuity correction (R''s default, not ours); exact => true the binomial test, and mid_p => true its mid-p version (statistic b, parameter b + c). estimate is the odds ratio of matched pairs b/c, b those who went from the first category to the second, with its exact interval. Both sides must count the same two categories, matched by label. Nobody who changed gives NULLs and a note; an infinite ratio carries a note. NULL for NULL; error 22023 for other tables or fractional counts in an exact test, 42804 for sides of different types, 42809 for multi-select answers. Sources: McNemar (1947), Fagerland, Lydersen and Laake (2013).';

CREATE FUNCTION @extschema@.bowker_test(@extschema@.xtab, all_pairs boolean DEFAULT false) RETURNS @extschema@.htest
	LANGUAGE C STABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'sql_bowker_test';
COMMENT ON FUNCTION @extschema@.bowker_test(@extschema@.xtab, boolean) IS
'Bowker''s test of symmetry: is each change from one category to another as frequent as its reverse? For two categories it is McNemar''s. Categories of both sides are matched by label; off-scale ones count as categories. Pairs without a change either way take no degree of freedom (all_pairs => true: k(k - 1)/2 in any case, as SAS), and a note says so. Nobody who changed gives NULLs and a note. NULL for NULL; error 22023 for a one-way table or one that is not square, 42804 for sides of different types, 42809 for multi-select answers, 54000 where the categories of both sides together exceed csirtsurvey.max_categories or max_cells. Source: Bowker (1948).';

CREATE FUNCTION @extschema@.stuart_maxwell_test(@extschema@.xtab) RETURNS @extschema@.htest
	LANGUAGE C STABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'sql_stuart_maxwell_test';
COMMENT ON FUNCTION @extschema@.stuart_maxwell_test(@extschema@.xtab) IS
'Stuart and Maxwell''s test of marginal homogeneity: are the categories as frequent the second time as the first? Categories of both sides are matched by label; off-scale ones count as categories; those that nobody changes to or from are left out and noted. NULLs and errors as bowker_test. Sources: Stuart (1955), Maxwell (1970).';

CREATE FUNCTION @extschema@.bhapkar_test(@extschema@.xtab) RETURNS @extschema@.htest
	LANGUAGE C STABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'sql_bhapkar_test';
COMMENT ON FUNCTION @extschema@.bhapkar_test(@extschema@.xtab) IS
'Bhapkar''s test of marginal homogeneity, W/(1 - W/n) with Stuart and Maxwell''s W: the covariance is not estimated under the hypothesis. An infinite statistic carries a note. Otherwise as stuart_maxwell_test. Sources: Bhapkar (1966), Keefe (1982).';

CREATE FUNCTION @extschema@.signed_rank_test(@extschema@.xtab, zeros text DEFAULT 'wilcoxon', exact boolean DEFAULT NULL, alternative text DEFAULT 'two.sided',
											 correct boolean DEFAULT false, conf_level float8 DEFAULT 0.95, replicates integer DEFAULT 0,
											 seed bigint DEFAULT 1) RETURNS @extschema@.htest
	LANGUAGE C STABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'sql_signed_rank_test';
COMMENT ON FUNCTION @extschema@.signed_rank_test(@extschema@.xtab, text, boolean, text, boolean, float8, integer, bigint) IS
'Wilcoxon''s signed-rank test of a scale answered twice, on the differences of levels, column minus row, with midranks for ties. zeros says what happens to answers that did not change: wilcoxon drops them (default), pratt ranks them and then drops their ranks. statistic is V, the sum of the ranks of the positive differences; parameter how many answers differ; parameter2 the z with the variance corrected for ties; estimate the matched-pairs rank-biserial correlation (1: all went up) with its delta-method error and interval. p is exact, over all signs, by default up to some 400 changed answers (exact => NULL), always for true, normal for false (correct => true with continuity correction), Monte Carlo for replicates > 0 with its 99 % interval in p_low and p_high. alternative: two.sided, less or greater (the column answer is higher). Off-scale and missing answers are left out and noted. NULL if an argument other than exact is NULL; NULLs and a note where nobody changed; error 22023 for arguments out of range, fractional counts in an exact test or tables that are not square, 42804 for sides of different types, 42809 for nominal or multi-select answers, 54000 where the exact distribution is too large. Sources: Wilcoxon (1945), Pratt (1959), Streitberg and Roehmel (1986), Kerby (2014).';

CREATE FUNCTION @extschema@.sign_test(@extschema@.xtab, alternative text DEFAULT 'two.sided', exact boolean DEFAULT NULL, conf_level float8 DEFAULT 0.95)
	RETURNS @extschema@.htest
	LANGUAGE C STABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'sql_sign_test';
COMMENT ON FUNCTION @extschema@.sign_test(@extschema@.xtab, text, boolean, float8) IS
'Sign test of a scale answered twice: statistic is how many answers are higher the second time (column), parameter how many differ, estimate the share of the former with the interval of Clopper and Pearson. p is binomial for whole counts (exact => NULL or true), normal for fractional ones or exact => false (parameter2 = z). alternative: two.sided, less or greater. Off-scale and missing answers are left out and noted. NULL if an argument other than exact is NULL; NULLs and a note where nobody changed; errors as signed_rank_test. Source: Dixon and Mood (1946).';

CREATE FUNCTION @extschema@.kappa(@extschema@.xtab, weights text DEFAULT 'none', conf_level float8 DEFAULT 0.95) RETURNS @extschema@.htest
	LANGUAGE C STABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'sql_kappa';
COMMENT ON FUNCTION @extschema@.kappa(@extschema@.xtab, text, float8) IS
'Cohen''s kappa, the agreement of two ratings beyond chance (1: all agree, 0: as by chance): std_error and interval from ASE1, statistic and p_value from ASE0, which is parameter. weights: none, linear (1 - |d|/range of the levels) or quadratic (1 - (d/range)^2); categories nobody used count in the range. Weighted kappa leaves off-scale answers out and notes it; unweighted kappa keeps them as categories and notes the greatest kappa that the margins allow, and for two categories the prevalence and bias indices. Categories of both sides are matched by label. NULL for NULL; NULLs and a note where both sides use one category only; error 22023 for arguments out of range or tables that are not square, 42804 for sides of different types, 42809 for multi-select answers, or nominal ones with weights. Sources: Cohen (1960, 1968), Fleiss, Cohen and Everitt (1969), Byrt, Bishop and Carlin (1993).';

CREATE FUNCTION @extschema@.cochran_accum(internal, boolean[]) RETURNS internal
	LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME';
CREATE FUNCTION @extschema@.cochran_accum(internal, boolean[], boolean) RETURNS internal
	LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME';
CREATE FUNCTION @extschema@.cochran_accum(internal, boolean[], integer, bigint) RETURNS internal
	LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME';
CREATE FUNCTION @extschema@.friedman_accum(internal, float8[]) RETURNS internal
	LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME';
CREATE FUNCTION @extschema@.blocks_combine(internal, internal) RETURNS internal
	LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME';
CREATE FUNCTION @extschema@.blocks_serialize(internal) RETURNS bytea
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME';
CREATE FUNCTION @extschema@.blocks_deserialize(bytea, internal) RETURNS internal
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME';
CREATE FUNCTION @extschema@.cochran_final(internal) RETURNS @extschema@.htest
	LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME';
CREATE FUNCTION @extschema@.friedman_final(internal) RETURNS @extschema@.htest
	LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME';

COMMENT ON FUNCTION @extschema@.cochran_accum(internal, boolean[]) IS 'Transition function of cochran_q_test(answers).';
COMMENT ON FUNCTION @extschema@.cochran_accum(internal, boolean[], boolean) IS 'Transition function of cochran_q_test(answers, exact).';
COMMENT ON FUNCTION @extschema@.cochran_accum(internal, boolean[], integer, bigint) IS 'Transition function of cochran_q_test(answers, replicates, seed).';
COMMENT ON FUNCTION @extschema@.friedman_accum(internal, float8[]) IS 'Transition function of friedman_test(ratings).';
COMMENT ON FUNCTION @extschema@.blocks_combine(internal, internal) IS 'Joins the partial states of cochran_q_test and friedman_test.';
COMMENT ON FUNCTION @extschema@.blocks_serialize(internal) IS 'A partial state of cochran_q_test or friedman_test for another process.';
COMMENT ON FUNCTION @extschema@.blocks_deserialize(bytea, internal) IS 'A partial state of cochran_q_test or friedman_test from another process.';
COMMENT ON FUNCTION @extschema@.cochran_final(internal) IS 'The test result of cochran_q_test.';
COMMENT ON FUNCTION @extschema@.friedman_final(internal) IS 'The test result of friedman_test.';

CREATE AGGREGATE @extschema@.cochran_q_test(answers boolean[]) (
	SFUNC = @extschema@.cochran_accum, STYPE = internal, SSPACE = 1024,
	FINALFUNC = @extschema@.cochran_final, COMBINEFUNC = @extschema@.blocks_combine,
	SERIALFUNC = @extschema@.blocks_serialize, DESERIALFUNC = @extschema@.blocks_deserialize, PARALLEL = SAFE
);
CREATE AGGREGATE @extschema@.cochran_q_test(answers boolean[], exact boolean) (
	SFUNC = @extschema@.cochran_accum, STYPE = internal, SSPACE = 1024,
	FINALFUNC = @extschema@.cochran_final, COMBINEFUNC = @extschema@.blocks_combine,
	SERIALFUNC = @extschema@.blocks_serialize, DESERIALFUNC = @extschema@.blocks_deserialize, PARALLEL = SAFE
);
CREATE AGGREGATE @extschema@.cochran_q_test(answers boolean[], replicates integer, seed bigint) (
	SFUNC = @extschema@.cochran_accum, STYPE = internal, SSPACE = 1024,
	FINALFUNC = @extschema@.cochran_final, COMBINEFUNC = @extschema@.blocks_combine,
	SERIALFUNC = @extschema@.blocks_serialize, DESERIALFUNC = @extschema@.blocks_deserialize, PARALLEL = SAFE
);
CREATE AGGREGATE @extschema@.friedman_test(ratings float8[]) (
	SFUNC = @extschema@.friedman_accum, STYPE = internal, SSPACE = 1024,
	FINALFUNC = @extschema@.friedman_final, COMBINEFUNC = @extschema@.blocks_combine,
	SERIALFUNC = @extschema@.blocks_serialize, DESERIALFUNC = @extschema@.blocks_deserialize, PARALLEL = SAFE
);

COMMENT ON AGGREGATE @extschema@.cochran_q_test(boolean[]) IS
'Cochran''s Q: are several yes-or-no questions answered yes equally often by the same respondents? One array a respondent, such as ARRAY[q1 = ''a'', q2 = ''a'', q3 = ''a'']; for two questions Q is McNemar''s statistic. Rows with a NULL are left out and noted. NULL for no rows; NULLs and a note where nobody answers the questions differently; error 2202E for arrays of different length or more than one dimension, 54000 beyond 10,000 questions. Source: Cochran (1950).';
COMMENT ON AGGREGATE @extschema@.cochran_q_test(boolean[], boolean) IS
'Cochran''s Q with the exact p-value for exact => true: over all orders of the answers within each respondent, for up to 16 questions; how many respondents depends on the questions (hundreds for three, a hundred for four, a few dozen for six). exact is a constant; false and NULL give the chi-square p-value. Otherwise as cochran_q_test(boolean[]). Error 54000 where the distribution is too large. Sources: Cochran (1950), Patil (1975).';
COMMENT ON AGGREGATE @extschema@.cochran_q_test(boolean[], integer, bigint) IS
'Cochran''s Q with a Monte-Carlo p-value from replicates permutations within respondents (p_low and p_high: its 99 % interval); a seed gives the same p in every plan. replicates and seed are constants. Otherwise as cochran_q_test(boolean[]). Error 22023 for replicates outside 0 to 1e9.';
COMMENT ON AGGREGATE @extschema@.friedman_test(float8[]) IS
'Friedman''s rank sum test: do several items get the same ratings from the same respondents? One array a respondent, such as ARRAY[level(q1), level(q2), level(q3)], in which higher is more. statistic is the chi-square corrected for ties on k - 1 degrees of freedom, estimate Kendall''s W (0 to 1: how far the respondents agree on the order of the items). Rows with a NULL or NaN, such as the level of an off-scale answer, are left out and noted. NULL for no rows; NULLs and a note where everybody rates all items alike; error 2202E for arrays of different length or more than one dimension, 54000 beyond 10,000 items. Sources: Friedman (1937), Kendall and Babington Smith (1939), Conover (1999).';

CREATE TYPE @extschema@.friedman_comparison AS (
	a text, b text, mean_rank_a float8, mean_rank_b float8, difference float8, std_error float8, t float8, df float8, p_value float8, p_adjusted float8,
	q float8, p_nemenyi float8, n float8, notes text[]
);
COMMENT ON TYPE @extschema@.friedman_comparison IS
'Two items after Friedman''s test: their mean ranks and the difference a minus b; Conover''s t with its standard error (of the difference), degrees of freedom, p, and p adjusted by Holm over all pairs; Nemenyi''s q and its p, which covers all pairs; the respondents behind them; and notes.';

CREATE FUNCTION @extschema@.friedman_accum(internal, float8[], text[]) RETURNS internal
	LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME';
CREATE FUNCTION @extschema@.friedman_comparisons_final(internal) RETURNS @extschema@.friedman_comparison[]
	LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION @extschema@.friedman_accum(internal, float8[], text[]) IS 'Transition function of friedman_comparisons(ratings, items).';
COMMENT ON FUNCTION @extschema@.friedman_comparisons_final(internal) IS 'The rows of friedman_comparisons, as an array.';
CREATE AGGREGATE @extschema@.friedman_comparisons(ratings float8[], items text[]) (
	SFUNC = @extschema@.friedman_accum, STYPE = internal, SSPACE = 1024,
	FINALFUNC = @extschema@.friedman_comparisons_final, COMBINEFUNC = @extschema@.blocks_combine,
	SERIALFUNC = @extschema@.blocks_serialize, DESERIALFUNC = @extschema@.blocks_deserialize, PARALLEL = SAFE
);
COMMENT ON AGGREGATE @extschema@.friedman_comparisons(float8[], text[]) IS
'Which items differ, after Friedman''s test: an array of friedman_comparison for unnest(), one row a pair, with Conover''s t (adjusted by Holm over all pairs) and Nemenyi''s q. ratings as for friedman_test; items are the names of its elements, the same for every row (NULL: 1, 2, ..). NULL for no rows; NULLs and a note where everybody rates all items alike; an infinite t and a note where all respondents agree completely; error 2202E for names or ratings of another length, 22004 for a NULL name, 54000 beyond 500 items. Sources: Conover (1999), Nemenyi (1963), Demsar (2006).';
