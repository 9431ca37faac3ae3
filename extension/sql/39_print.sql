-- A table as text to read.

CREATE FUNCTION @extschema@.print(@extschema@.xtab, percent text DEFAULT 'col', letters boolean DEFAULT false, lang text DEFAULT 'en',
								  title text DEFAULT NULL, row_title text DEFAULT NULL, col_title text DEFAULT NULL,
								  digits integer DEFAULT 1, alpha float8 DEFAULT 0.05, alpha_strict float8 DEFAULT NULL,
								  p_adjust text DEFAULT 'bonferroni', family text DEFAULT 'row', keep_extreme boolean DEFAULT true,
								  max_width integer DEFAULT 40, max_rows integer DEFAULT 200, max_cols integer DEFAULT 20)
	RETURNS text
	LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'xtab_print';
COMMENT ON FUNCTION @extschema@.print(@extschema@.xtab, text, boolean, text, text, text, text, integer, float8, float8, text, text, boolean, integer, integer, integer) IS
'The table as aligned text, as statistical packages print it. Two-way: counts (sums of weights) with percentages of the column (percent col, default), the row, the total or none, and margins; letters => true marks the cells whose share is significantly larger than that of the columns named, as column_letters does with alpha, alpha_strict, p_adjust, family and keep_extreme. One-way: count, percentage with the missing, valid and cumulative percentage. Labels of scales and all words are English (lang en) or Japanese (ja). digits are the decimals of percentages, and of counts that are not whole. Labels are wrapped, those of rows at max_width display columns, and cut after a few lines; beyond max_rows lines or max_cols columns the rest is added up in one. u marks a base under 30, w under 100. NULL if an argument other than a title or alpha_strict is NULL; error 22023 for an argument out of range, letters in a one-way table or with more columns than max_cols, 42809 for letters in a table of multi-select answers.';
