-- Every column of a table in one pass.

CREATE TYPE @extschema@.column_tally AS (column_name text, "position" integer, t @extschema@.xtab, note text);
COMMENT ON TYPE @extschema@.column_tally IS
'One column of what tally() counted: its name and place, its one-way table, and, where it could not be counted, a NULL table and the reason.';

CREATE FUNCTION @extschema@.tally_accum(internal, record) RETURNS internal LANGUAGE C STABLE PARALLEL SAFE AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION @extschema@.tally_accum(internal, record) IS 'Transition function of tally(record).';
CREATE FUNCTION @extschema@.tally_combine(internal, internal) RETURNS internal LANGUAGE C STABLE PARALLEL SAFE AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION @extschema@.tally_combine(internal, internal) IS 'Joins partial states of tally.';
CREATE FUNCTION @extschema@.tally_serialize(internal) RETURNS bytea LANGUAGE C STABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION @extschema@.tally_serialize(internal) IS 'A partial state of tally for another process.';
CREATE FUNCTION @extschema@.tally_deserialize(bytea, internal) RETURNS internal LANGUAGE C STABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION @extschema@.tally_deserialize(bytea, internal) IS 'A partial state of tally from another process.';
CREATE FUNCTION @extschema@.tally_final(internal) RETURNS @extschema@.column_tally[] LANGUAGE C STABLE PARALLEL SAFE AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION @extschema@.tally_final(internal) IS 'The finished tables of tally.';

CREATE AGGREGATE @extschema@.tally(record) (
	SFUNC = @extschema@.tally_accum, STYPE = internal, SSPACE = 100000,
	FINALFUNC = @extschema@.tally_final, COMBINEFUNC = @extschema@.tally_combine,
	SERIALFUNC = @extschema@.tally_serialize, DESERIALFUNC = @extschema@.tally_deserialize, PARALLEL = SAFE
);
COMMENT ON AGGREGATE @extschema@.tally(record) IS
'Counts every column of the rows, each into a one-way table as freq(column) gives it, in one pass: SELECT (unnest(tally(w))).* FROM wave_2017 AS w; with GROUP BY a set of tables a group. A column with csirtsurvey.max_categories distinct values or more (an identifier), or of a type that cannot be sorted and hashed, is left out with a note. NULL rows do not count; NULL for no rows; error 42804 for rows of different types.';
