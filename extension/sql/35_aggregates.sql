-- The counting aggregates: rows to a contingency table, in one pass.

CREATE FUNCTION @extschema@.xtab_accum(internal, "any", "any") RETURNS internal
	LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME';
CREATE FUNCTION @extschema@.xtab_accum_weighted(internal, "any", "any", float8) RETURNS internal
	LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME';
CREATE FUNCTION @extschema@.freq_accum(internal, "any") RETURNS internal
	LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME';
CREATE FUNCTION @extschema@.freq_accum_weighted(internal, "any", float8) RETURNS internal
	LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME';
CREATE FUNCTION @extschema@.xtab_combine(internal, internal) RETURNS internal
	LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME';
CREATE FUNCTION @extschema@.xtab_serialize(internal) RETURNS bytea
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME';
CREATE FUNCTION @extschema@.xtab_deserialize(bytea, internal) RETURNS internal
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME';
CREATE FUNCTION @extschema@.xtab_final(internal) RETURNS @extschema@.xtab
	LANGUAGE C STABLE PARALLEL SAFE AS 'MODULE_PATHNAME';

COMMENT ON FUNCTION @extschema@.xtab_accum(internal, "any", "any") IS 'Transition function of xtab(row, col).';
COMMENT ON FUNCTION @extschema@.xtab_accum_weighted(internal, "any", "any", float8) IS 'Transition function of xtab(row, col, weight).';
COMMENT ON FUNCTION @extschema@.freq_accum(internal, "any") IS 'Transition function of freq(x).';
COMMENT ON FUNCTION @extschema@.freq_accum_weighted(internal, "any", float8) IS 'Transition function of freq(x, weight).';
COMMENT ON FUNCTION @extschema@.xtab_combine(internal, internal) IS 'Joins the partial states of xtab and freq.';
COMMENT ON FUNCTION @extschema@.xtab_serialize(internal) IS 'A partial state of xtab or freq for another process.';
COMMENT ON FUNCTION @extschema@.xtab_deserialize(bytea, internal) IS 'A partial state of xtab or freq from another process.';
COMMENT ON FUNCTION @extschema@.xtab_final(internal) IS 'The finished table of xtab or freq.';

CREATE AGGREGATE @extschema@.xtab("any", "any") (
	SFUNC = @extschema@.xtab_accum, STYPE = internal, SSPACE = 8192,
	FINALFUNC = @extschema@.xtab_final, COMBINEFUNC = @extschema@.xtab_combine,
	SERIALFUNC = @extschema@.xtab_serialize, DESERIALFUNC = @extschema@.xtab_deserialize, PARALLEL = SAFE
);
CREATE AGGREGATE @extschema@.xtab("any", "any", float8) (
	SFUNC = @extschema@.xtab_accum_weighted, STYPE = internal, SSPACE = 16384,
	FINALFUNC = @extschema@.xtab_final, COMBINEFUNC = @extschema@.xtab_combine,
	SERIALFUNC = @extschema@.xtab_serialize, DESERIALFUNC = @extschema@.xtab_deserialize, PARALLEL = SAFE
);
CREATE AGGREGATE @extschema@.freq("any") (
	SFUNC = @extschema@.freq_accum, STYPE = internal, SSPACE = 8192,
	FINALFUNC = @extschema@.xtab_final, COMBINEFUNC = @extschema@.xtab_combine,
	SERIALFUNC = @extschema@.xtab_serialize, DESERIALFUNC = @extschema@.xtab_deserialize, PARALLEL = SAFE
);
CREATE AGGREGATE @extschema@.freq("any", float8) (
	SFUNC = @extschema@.freq_accum_weighted, STYPE = internal, SSPACE = 8192,
	FINALFUNC = @extschema@.xtab_final, COMBINEFUNC = @extschema@.xtab_combine,
	SERIALFUNC = @extschema@.xtab_serialize, DESERIALFUNC = @extschema@.xtab_deserialize, PARALLEL = SAFE
);

COMMENT ON AGGREGATE @extschema@.xtab("any", "any") IS
'Counts rows into a two-way contingency table, row value by column value, over any types that can be sorted and hashed. Rows where either is NULL are counted apart. Categories stand in the order of their type; scales, enums and booleans show their whole domain. NULL for no rows. Error 54000 beyond csirtsurvey.max_categories or max_cells.';
COMMENT ON AGGREGATE @extschema@.xtab("any", "any", float8) IS
'Counts weights (frequencies: finite, not negative) into a two-way contingency table. The sums do not depend on the order of rows. Rows where a value or the weight is NULL are counted apart. NULL for no rows; error 22003 for a weight out of range.';
COMMENT ON AGGREGATE @extschema@.freq("any") IS
'Counts rows into a one-way frequency table over any type that can be sorted and hashed. NULLs are counted apart. NULL for no rows.';
COMMENT ON AGGREGATE @extschema@.freq("any", float8) IS
'Counts weights (frequencies: finite, not negative) into a one-way frequency table. NULLs are counted apart. NULL for no rows; error 22003 for a weight out of range.';

