-- Strength of association: nominal variables, and two groups.

CREATE FUNCTION @extschema@.cramers_v(@extschema@.xtab, bias_corrected boolean DEFAULT false, conf_level float8 DEFAULT 0.95) RETURNS @extschema@.htest
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cramers_v';
COMMENT ON FUNCTION @extschema@.cramers_v(@extschema@.xtab, boolean, float8) IS
'Cramer''s V (0 to 1) with the interval that inverts the noncentral chi-square distribution; bias_corrected => true gives Bergsma''s estimate. statistic, parameter and p_value are Pearson''s chi-square. Empty rows and columns take no part. NULL for NULL; NULLs and a note where there is nothing to measure; error 22023 for a one-way table or a confidence level outside 0 to 1, 42809 for multi-select answers. Sources: Smithson (2003), Bergsma (2013).';

CREATE FUNCTION @extschema@.phi(@extschema@.xtab, conf_level float8 DEFAULT 0.95) RETURNS @extschema@.htest
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'phi_coefficient';
COMMENT ON FUNCTION @extschema@.phi(@extschema@.xtab, float8) IS
'The phi coefficient: signed, with a normal interval from the delta method, where two rows and two columns have counts (positive where the first row goes with the first column); sqrt(chi-square/n) with the noncentral interval in a larger one. Empty rows and columns take no part. NULL for NULL; NULLs and a note where there is nothing to measure; error 22023 for a one-way table or a confidence level outside 0 to 1, 42809 for multi-select answers.';

CREATE FUNCTION @extschema@.contingency_coefficient(@extschema@.xtab, conf_level float8 DEFAULT 0.95) RETURNS @extschema@.htest
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'contingency_coefficient';
COMMENT ON FUNCTION @extschema@.contingency_coefficient(@extschema@.xtab, float8) IS
'Pearson''s contingency coefficient sqrt(chi2/(chi2 + n)) with the noncentral interval. Empty rows and columns take no part. NULL for NULL; NULLs and a note where there is nothing to measure; error 22023 for a one-way table or a confidence level outside 0 to 1, 42809 for multi-select answers.';

CREATE FUNCTION @extschema@.tschuprow_t(@extschema@.xtab, conf_level float8 DEFAULT 0.95) RETURNS @extschema@.htest
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'tschuprow_t';
COMMENT ON FUNCTION @extschema@.tschuprow_t(@extschema@.xtab, float8) IS
'Tschuprow''s T, sqrt(chi2/(n sqrt((r-1)(c-1)))), with the noncentral interval. Empty rows and columns take no part. NULL for NULL; NULLs and a note where there is nothing to measure; error 22023 for a one-way table or a confidence level outside 0 to 1, 42809 for multi-select answers.';

CREATE FUNCTION @extschema@.goodman_kruskal_lambda(@extschema@.xtab, dependent text DEFAULT 'symmetric', conf_level float8 DEFAULT 0.95) RETURNS @extschema@.htest
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'goodman_kruskal_lambda';
COMMENT ON FUNCTION @extschema@.goodman_kruskal_lambda(@extschema@.xtab, text, float8) IS
'Goodman and Kruskal''s lambda: the share of errors in guessing the most frequent category that the other variable saves, with the interval from ASE1. dependent says which side is predicted from the other: col, row or symmetric (default). Empty rows and columns take no part. NULL for NULL; NULLs and a note where there is nothing to measure; error 22023 for a one-way table or a confidence level outside 0 to 1, 42809 for multi-select answers. Source: Goodman and Kruskal (1972).';

CREATE FUNCTION @extschema@.goodman_kruskal_tau(@extschema@.xtab, dependent text DEFAULT 'col', conf_level float8 DEFAULT 0.95) RETURNS @extschema@.htest
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'goodman_kruskal_tau';
COMMENT ON FUNCTION @extschema@.goodman_kruskal_tau(@extschema@.xtab, text, float8) IS
'Goodman and Kruskal''s tau: the share of errors in proportional guessing that the other variable saves, with the interval from ASE1; statistic and p_value are Light and Margolin''s chi-square. dependent says which side is predicted from the other: col (default) or row. Empty rows and columns take no part. NULL for NULL; NULLs and a note where there is nothing to measure; error 22023 for a one-way table or a confidence level outside 0 to 1, 42809 for multi-select answers. Sources: Goodman and Kruskal (1972), Light and Margolin (1971).';

CREATE FUNCTION @extschema@.uncertainty_coefficient(@extschema@.xtab, dependent text DEFAULT 'symmetric', conf_level float8 DEFAULT 0.95) RETURNS @extschema@.htest
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'uncertainty_coefficient';
COMMENT ON FUNCTION @extschema@.uncertainty_coefficient(@extschema@.xtab, text, float8) IS
'Theil''s uncertainty coefficient: the share of the entropy of one variable that the other explains, with the interval from ASE1; statistic and p_value are G. dependent says which side is predicted from the other: col, row or symmetric (default). Empty rows and columns take no part. NULL for NULL; NULLs and a note where there is nothing to measure; error 22023 for a one-way table or a confidence level outside 0 to 1, 42809 for multi-select answers. Source: Theil (1970).';

CREATE FUNCTION @extschema@.eta(@extschema@.xtab, dependent text DEFAULT 'col', conf_level float8 DEFAULT 0.95) RETURNS @extschema@.htest
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'eta_coefficient';
COMMENT ON FUNCTION @extschema@.eta(@extschema@.xtab, text, float8) IS
'The correlation ratio eta: how far the other side''s categories explain the scores of the dependent variable; statistic and p_value are the F of the analysis of variance. dependent says which side is predicted from the other: col (default) or row; it must be ordinal, with a score for every category. Empty rows and columns take no part. NULL for NULL; NULLs and a note where there is nothing to measure; error 22023 for a one-way table or a confidence level outside 0 to 1, 42809 for multi-select answers.';

CREATE FUNCTION @extschema@.odds_ratio(@extschema@.xtab, add float8 DEFAULT 0, conf_level float8 DEFAULT 0.95) RETURNS @extschema@.htest
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'sql_odds_ratio';
COMMENT ON FUNCTION @extschema@.odds_ratio(@extschema@.xtab, float8, float8) IS
'The odds ratio ad/bc with Woolf''s logit interval, the standard error of its logarithm and Wald''s z and p. add is put into every cell first (0.5: Haldane and Anscombe). The table must be 2 x 2: rows are the two groups, columns the outcome. NULL for NULL; infinite values carry a note; NULLs and a note for an empty group; error 22023 for other tables or arguments out of range, 42809 for multi-select answers. Source: Woolf (1955).';

CREATE FUNCTION @extschema@.risk_ratio(@extschema@.xtab, col integer DEFAULT 1, conf_level float8 DEFAULT 0.95) RETURNS @extschema@.htest
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'sql_risk_ratio';
COMMENT ON FUNCTION @extschema@.risk_ratio(@extschema@.xtab, integer, float8) IS
'The ratio of the shares of column col (1 or 2), first row over second, with Katz'' log interval, the standard error of its logarithm and Wald''s z and p. The table must be 2 x 2: rows are the two groups, columns the outcome. NULL for NULL; infinite values carry a note; NULLs and a note for an empty group; error 22023 for other tables or arguments out of range, 42809 for multi-select answers. Source: Katz et al. (1978).';

CREATE FUNCTION @extschema@.risk_difference(@extschema@.xtab, col integer DEFAULT 1, method text DEFAULT 'newcombe', conf_level float8 DEFAULT 0.95) RETURNS @extschema@.htest
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'sql_risk_difference';
COMMENT ON FUNCTION @extschema@.risk_difference(@extschema@.xtab, integer, text, float8) IS
'The difference of the shares of column col (1 or 2), first row minus second, as a fraction, with its interval: method newcombe (default), mn (Miettinen and Nurminen), mee, agresti_caffo, wald, wald_cc, exact (Chan and Zhang: inverts exact one-sided score tests, maximised over the nuisance parameter, so that it covers at least as often as it says) or santner_snell (the same, ordered by the difference itself). The table must be 2 x 2: rows are the two groups, columns the outcome. The exact methods take whole counts, up to 10,000 cases. NULL for NULL; infinite values carry a note; NULLs and a note for an empty group; error 22023 for other tables, arguments out of range or fractional counts in an exact method, 42809 for multi-select answers, 54000 for more cases than an exact method takes. Sources: Newcombe (1998), Miettinen and Nurminen (1985), Mee (1984), Agresti and Caffo (2000), Chan and Zhang (1999), Santner and Snell (1980).';

CREATE FUNCTION @extschema@.two_proportion_test(@extschema@.xtab, col integer DEFAULT 1, pooled boolean DEFAULT true) RETURNS @extschema@.htest
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'sql_two_proportion_test';
COMMENT ON FUNCTION @extschema@.two_proportion_test(@extschema@.xtab, integer, boolean) IS
'Test that the shares of column col are equal in the two rows: z with the pooled variance (z squared is Pearson''s chi-square), or with separate variances for pooled => false. estimate is the difference, first row minus second. The table must be 2 x 2: rows are the two groups, columns the outcome. NULL for NULL; infinite values carry a note; NULLs and a note for an empty group; error 22023 for other tables or arguments out of range, 42809 for multi-select answers.';

