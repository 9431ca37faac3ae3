-- One variable: frequency table, summary and quantiles of numbers.

CREATE FUNCTION @extschema@.frequencies(@extschema@.xtab, lang text DEFAULT 'en', OUT category text, OUT label text, OUT n numeric,
										OUT percent float8, OUT valid_percent float8, OUT cum_percent float8, OUT missing boolean)
	RETURNS SETOF record
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 10 AS 'MODULE_PATHNAME', 'sql_frequencies';
COMMENT ON FUNCTION @extschema@.frequencies(@extschema@.xtab, text) IS
'The frequency table of a one-way table, a row a category in the order of the type, with its label in English (lang en) or Japanese (ja) where the type is a scale: count (sum of weights where weighted), percent of all rows counted, missing included, percent of the valid answers, and cumulative percent of the valid answers. Off-scale answers are valid answers. A last row with missing true and category NULL holds the missing, if there are any. Rows whose weight is NULL count nothing and are not shown (n_missing counts them). Percentages are NULL where their base is empty. No rows for NULL or an empty table; error 22023 for a two-way table or another language.';

CREATE TYPE @extschema@.numeric_summary AS (
	n float8, "rows" bigint, missing float8, off_scale float8, mean float8, sd float8, se_mean float8, se_mean_sampling float8,
	min float8, q1 float8, median float8, q3 float8, max float8, mode float8, modes integer
);
COMMENT ON TYPE @extschema@.numeric_summary IS
'Summary of a numeric variable: n (sum of weights), rows behind it, missing and off-scale (weighted likewise); mean; standard deviation with divisor n - 1 and standard error sd/sqrt(n), weights counting as frequencies; se_mean_sampling, the standard error where the weights are sampling weights (linearised, rows drawn with replacement; NULL if the rows are not known); min, quartiles, max, the smallest mode and how many there are. NULL where there is no answer.';

CREATE FUNCTION @extschema@.numeric_summary(@extschema@.xtab, quantile_type integer DEFAULT 7) RETURNS @extschema@.numeric_summary
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'sql_numeric_summary';
COMMENT ON FUNCTION @extschema@.numeric_summary(@extschema@.xtab, integer) IS
'Summary of the numeric variable of a one-way table: numeric_summary(freq(x)) or numeric_summary(freq(x, weight)). The categories'' scores are the numbers: values of a number, days of a date, levels of a scale. quantile_type is the type of the quartiles after Hyndman and Fan, 1 to 9: 7 (default) is R''s and percentile_cont''s, 6 that of SPSS, 2 that of SAS. NULL for NULL; error 22023 for a two-way table, a category without a finite score or another type, 42809 for a variable without an order. Source: Hyndman and Fan (1996).';

CREATE FUNCTION @extschema@.quantile(@extschema@.xtab, p float8, type integer DEFAULT 7) RETURNS float8
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'sql_quantile';
COMMENT ON FUNCTION @extschema@.quantile(@extschema@.xtab, float8, integer) IS
'The quantile at share p (0 to 1) of the numeric variable of a one-way table, of the type after Hyndman and Fan, 1 to 9 (7 is R''s, 6 that of SPSS, 2 that of SAS, 1 percentile_disc''s), every value standing as often as its count says. With fractional weights a position of the ordered sample is the first value whose cumulative weight reaches it, as Hmisc::wtd.quantile. NULL for NULL and for no counts; error 22023 for p or type out of range, a two-way table or a category without a finite score, 42809 for a variable without an order. Source: Hyndman and Fan (1996).';

