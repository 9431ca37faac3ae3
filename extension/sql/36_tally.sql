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

CREATE FUNCTION @extschema@.tally_scan(rel regclass) RETURNS SETOF @extschema@.column_tally LANGUAGE C STABLE STRICT AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION @extschema@.tally_scan(regclass) IS 'Part of tally_table(regclass): reads a plain table itself.';

CREATE FUNCTION @extschema@.tally_table(rel regclass) RETURNS SETOF @extschema@.column_tally LANGUAGE plpgsql STABLE STRICT AS $$
BEGIN
	IF (SELECT relkind IN ('r', 'm') AND NOT relhassubclass AND NOT pg_catalog.row_security_active(rel)
			   AND pg_catalog.has_table_privilege(rel, 'SELECT') FROM pg_catalog.pg_class WHERE oid = rel) THEN
		RETURN QUERY SELECT * FROM @extschema@.tally_scan(rel);
	ELSE
		RETURN QUERY EXECUTE format('SELECT u.* FROM (SELECT @extschema@.tally(x) AS columns FROM %s AS x) AS s, unnest(s.columns) AS u', rel);
	END IF;
END $$;
COMMENT ON FUNCTION @extschema@.tally_table(regclass) IS
'Counts every column of a table or view, a row a column, as the aggregate tally(record) does: SELECT * FROM tally_table(''wave_2017''). A plain table is read directly, which is several times faster than the aggregate. Columns that cannot be counted carry a note. NULL or an empty table: no rows. The rights to read the table and its row security hold.';
