-- Comparisons between the columns of a table: shares with letters, whole columns, means.

CREATE FUNCTION @extschema@.column_comparisons(@extschema@.xtab, p_adjust text DEFAULT 'bonferroni', family text DEFAULT 'row',
											   keep_extreme boolean DEFAULT true, conf_level float8 DEFAULT 0.95,
											   OUT "row" text, OUT col_a text, OUT col_b text, OUT share_a float8, OUT share_b float8,
											   OUT difference float8, OUT conf_low float8, OUT conf_high float8, OUT cohens_h float8,
											   OUT z float8, OUT p_value float8, OUT p_adjusted float8, OUT covers text, OUT n_a float8,
											   OUT n_b float8, OUT flags text)
	RETURNS SETOF record
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 50 AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION @extschema@.column_comparisons(@extschema@.xtab, text, text, boolean, float8) IS
'Column proportions compared pairwise: for each row of the table and each pair of its columns the shares of the row (fractions of the column), their difference with Newcombe''s interval (not adjusted), Cohen''s h, z with the pooled variance and without continuity correction, its two-sided p and the p adjusted by p_adjust (bonferroni, holm, hochberg, hommel, BH, BY, none) over the family: row (default, as SPSS Custom Tables) or table; covers says how many tests that is. n_a and n_b are the bases; flags is u where the smaller is under 30, w under 100. A pair is not tested (NULLs, not counted in the family) where a column is empty or both shares are 0 or both 1; keep_extreme => false also leaves out, as SPSS does, a column whose share is 0 or 1 or whose base is below 2. Compare rows with transpose(xtab). NULL arguments give no rows; error 22023 for a one-way table or an argument out of range, 42809 for multi-select answers, 54000 for more comparisons than csirtsurvey.max_cells. Sources: Agresti (2013), section 3.1; Newcombe (1998); Cohen (1988).';

CREATE FUNCTION @extschema@.column_letters(@extschema@.xtab, alpha float8 DEFAULT 0.05, alpha_strict float8 DEFAULT NULL,
										   p_adjust text DEFAULT 'bonferroni', family text DEFAULT 'row', keep_extreme boolean DEFAULT true,
										   OUT "row" text, OUT col text, OUT n float8, OUT col_pct float8, OUT letter text, OUT letters text,
										   OUT flags text)
	RETURNS SETOF record
	LANGUAGE C IMMUTABLE PARALLEL SAFE ROWS 25 AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION @extschema@.column_letters(@extschema@.xtab, float8, float8, text, text, boolean) IS
'Column percentages with letters, one row a cell: the letter of the column (A, B, ..), and in letters those of the columns whose share of this row is significantly smaller: capitals for adjusted p < alpha; with alpha_strict capitals for p < alpha_strict and small letters for p < alpha. With more than 26 columns the letters are set apart by spaces. NULL letters where the column was compared with none. flags: u for a base under 30, w under 100. The comparisons, their family and keep_extreme are those of column_comparisons. No rows where an argument other than alpha_strict is NULL; errors as column_comparisons.';

CREATE FUNCTION @extschema@.pairwise_tests(@extschema@.xtab, test text DEFAULT 'chisq', p_adjust text DEFAULT 'holm', margin text DEFAULT 'col',
										   OUT a text, OUT b text, OUT method text, OUT statistic float8, OUT parameter float8,
										   OUT p_value float8, OUT p_adjusted float8, OUT estimate float8, OUT n float8, OUT covers text,
										   OUT notes text[])
	RETURNS SETOF record
	LANGUAGE C STABLE STRICT PARALLEL SAFE ROWS 10 AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION @extschema@.pairwise_tests(@extschema@.xtab, text, text, text) IS
'A test for each pair of columns (margin col, default) or rows (margin row) of a two-way table, with p adjusted over all pairs by p_adjust. test is chisq (Pearson, without correction), g, or fisher (exact, whole counts, within 64 MB and 10 s a pair: beyond that no p but a note with its proven bounds; stable, not immutable, for that), whose estimate is Cramer''s V; or, for an ordinal other side, wilcoxon (as wilcoxon_test with its defaults: exact for few answers; statistic is U of a, parameter z, estimate P(a higher) + P(equal)/2), t (variance pooled over all columns) or welch, whose estimate is the difference of the means of the scores, a minus b. Off-scale answers are left out of these three. A pair without an answer has NULLs and a note and does not count in the family; covers says how many tests that is. NULL arguments give no rows; error 22023 for a one-way table or an unknown test, method or margin, 42809 for multi-select answers and for means of a nominal variable, 54000 for more pairs than csirtsurvey.max_cells.';

CREATE FUNCTION @extschema@.column_means(@extschema@.xtab, alpha float8 DEFAULT 0.05, alpha_strict float8 DEFAULT NULL,
										 p_adjust text DEFAULT 'bonferroni', pooled boolean DEFAULT true, margin text DEFAULT 'col',
										 OUT col text, OUT n float8, OUT mean float8, OUT sd float8, OUT std_error float8, OUT letter text,
										 OUT letters text, OUT flags text)
	RETURNS SETOF record
	LANGUAGE C IMMUTABLE PARALLEL SAFE ROWS 5 AS 'MODULE_PATHNAME', 'sql_column_means';
COMMENT ON FUNCTION @extschema@.column_means(@extschema@.xtab, float8, float8, text, boolean, text) IS
'The mean of the scores of the row variable in each column (margin row: of the column variable in each row), with standard deviation (divisor n - 1), standard error and the letters of the columns whose mean is significantly smaller, by t tests with the variance pooled over all columns (pooled => false: Welch), p adjusted over all pairs. Off-scale answers are left out. Levels, letters and flags as column_letters. No rows where an argument other than alpha_strict is NULL; error 42809 for a nominal row variable, others as pairwise_tests.';
