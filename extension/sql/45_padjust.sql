-- Multiple comparisons.

CREATE FUNCTION @extschema@.p_adjust(p float8, method text) RETURNS float8
	LANGUAGE C IMMUTABLE WINDOW PARALLEL SAFE AS 'MODULE_PATHNAME', 'p_adjust_window';
COMMENT ON FUNCTION @extschema@.p_adjust(float8, text) IS
'Window function: the p-value adjusted for the family of all p-values of its partition (the frame does not matter). Methods: bonferroni, holm, hochberg, hommel, BH, BY, none. NULL and NaN stay NULL and do not count in the family. Error 22023 for another method, 22003 for a p outside 0 to 1. Sources: Holm (1979), Hochberg (1988), Hommel (1988), Benjamini and Hochberg (1995), Benjamini and Yekutieli (2001).';

CREATE FUNCTION @extschema@.p_adjust(p float8[], method text) RETURNS float8[]
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'p_adjust_array';
COMMENT ON FUNCTION @extschema@.p_adjust(float8[], text) IS
'The p-values of the array adjusted, in their places: the array is the family. Methods, NULLs and errors as the window function p_adjust.';

