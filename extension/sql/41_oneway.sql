-- One variable: summary, shares, goodness of fit.

CREATE TYPE @extschema@.ordinal_summary AS (
	n float8, missing bigint, off_scale float8, min text, q1 text, median text, q3 text, max text, mode text, modes integer,
	interpolated_median float8, mean_level float8, sd_level float8
);
COMMENT ON TYPE @extschema@.ordinal_summary IS
'Summary of an ordinal variable: n on the scale, rows missing and off the scale; min, quartiles, max and mode as categories (quartiles of type 1, as percentile_disc; the lowest mode, and how many there are); the interpolated median (NULL unless the levels rise by 1), mean and standard deviation of the levels (NULL where a category has none; divisor n - 1).';

CREATE FUNCTION @extschema@.ordinal_summary(@extschema@.xtab) RETURNS @extschema@.ordinal_summary
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'xtab_ordinal_summary';
COMMENT ON FUNCTION @extschema@.ordinal_summary(@extschema@.xtab) IS
'Summary of the ordinal variable of a one-way table. NULL for NULL; error 22023 for a two-way table, 42809 for a variable without an order. Sources: Hyndman and Fan (1996), type 1.';

CREATE FUNCTION @extschema@.ordinal_summary_final(internal) RETURNS @extschema@.ordinal_summary
	LANGUAGE C STABLE PARALLEL SAFE AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION @extschema@.ordinal_summary_final(internal) IS 'The finished row of the aggregate ordinal_summary.';
CREATE AGGREGATE @extschema@.ordinal_summary("any") (
	SFUNC = @extschema@.freq_accum, STYPE = internal, SSPACE = 8192,
	FINALFUNC = @extschema@.ordinal_summary_final, COMBINEFUNC = @extschema@.xtab_combine,
	SERIALFUNC = @extschema@.xtab_serialize, DESERIALFUNC = @extschema@.xtab_deserialize, PARALLEL = SAFE
);
COMMENT ON AGGREGATE @extschema@.ordinal_summary("any") IS
'Summary of an ordinal column: a scale, an enum, a number or a date. NULL for no rows; error 42809 for a type without an order such as text.';

CREATE FUNCTION @extschema@.share_at_least(@extschema@.xtab, category text, method text DEFAULT 'wilson', conf_level float8 DEFAULT 0.95,
										   population float8 DEFAULT NULL) RETURNS @extschema@.htest
	LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION @extschema@.share_at_least(@extschema@.xtab, text, text, float8, float8) IS
'The share of answers at a category or above it (top box), of the answers on the scale of a one-way table, with its confidence interval: share_at_least(freq(q), ''b'') is the share at "approved" or better. Off-scale and missing answers are left out and noted. method, conf_level and population as for proportion_ci. NULL if an argument but population is NULL; error 22023 for a category that is not on the scale or a two-way table, 42809 for a variable without an order.';

CREATE FUNCTION @extschema@.goodness_of_fit(@extschema@.xtab, p float8[] DEFAULT NULL, likelihood_ratio boolean DEFAULT false,
											replicates integer DEFAULT 0, seed bigint DEFAULT 1)
	RETURNS @extschema@.htest
	LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION @extschema@.goodness_of_fit(@extschema@.xtab, float8[], boolean, integer, bigint) IS
'Chi-square goodness-of-fit test of a one-way table against the proportions p, one for each category in order; they may be ratios. NULL p means equal proportions. likelihood_ratio => true gives G. replicates => B gives the Monte-Carlo p-value of B samples from p, seeded by seed, with its 99 % interval in p_low and p_high. NULL if an argument but p is NULL; error 2202E for a wrong number of proportions, 22023 for invalid ones, a two-way table or fractional counts with replicates, 42809 for multi-select answers. Source: Agresti (2013), section 1.5.';

