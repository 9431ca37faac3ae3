-- xtab: the contingency table as a value.

CREATE TYPE @extschema@.xtab;

CREATE FUNCTION @extschema@.xtab_in(cstring) RETURNS @extschema@.xtab
	LANGUAGE C STABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME';
CREATE FUNCTION @extschema@.xtab_out(@extschema@.xtab) RETURNS cstring
	LANGUAGE C STABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME';
CREATE FUNCTION @extschema@.xtab_recv(internal) RETURNS @extschema@.xtab
	LANGUAGE C STABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME';
CREATE FUNCTION @extschema@.xtab_send(@extschema@.xtab) RETURNS bytea
	LANGUAGE C STABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME';

CREATE TYPE @extschema@.xtab (
	INPUT = @extschema@.xtab_in,
	OUTPUT = @extschema@.xtab_out,
	RECEIVE = @extschema@.xtab_recv,
	SEND = @extschema@.xtab_send,
	INTERNALLENGTH = VARIABLE,
	ALIGNMENT = double,
	STORAGE = extended
);

COMMENT ON TYPE @extschema@.xtab IS
'A one- or two-way contingency table: for each side the source type, its kind (nominal, ordinal, multi), the categories in the order of the type with scores and off-scale marks; the counts (int8, up to 2^62 a cell) or exact sums of weights; the rows left out by what was NULL. The text form is JSON; text, jsonb and binary forms lose nothing.';
COMMENT ON FUNCTION @extschema@.xtab_in(cstring) IS 'Reads the JSON text form of a contingency table. Error 22P02 with the reason when it is malformed, 54000 when it exceeds csirtsurvey.max_categories or max_cells.';
COMMENT ON FUNCTION @extschema@.xtab_out(@extschema@.xtab) IS 'Writes the JSON text form of a contingency table; reading it gives the same value.';
COMMENT ON FUNCTION @extschema@.xtab_recv(internal) IS 'Reads the binary form of a contingency table, a version byte first. Error 22P03 when it is malformed.';
COMMENT ON FUNCTION @extschema@.xtab_send(@extschema@.xtab) IS 'Writes the binary form of a contingency table, in network byte order.';

CREATE FUNCTION @extschema@.xtab_to_jsonb(@extschema@.xtab) RETURNS jsonb
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME';
CREATE FUNCTION @extschema@.xtab_from_jsonb(jsonb) RETURNS @extschema@.xtab
	LANGUAGE C STABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME';
CREATE CAST (@extschema@.xtab AS jsonb) WITH FUNCTION @extschema@.xtab_to_jsonb(@extschema@.xtab);
CREATE CAST (jsonb AS @extschema@.xtab) WITH FUNCTION @extschema@.xtab_from_jsonb(jsonb);
COMMENT ON FUNCTION @extschema@.xtab_to_jsonb(@extschema@.xtab) IS 'A contingency table as jsonb, in the form of its text. NULL for NULL.';
COMMENT ON FUNCTION @extschema@.xtab_from_jsonb(jsonb) IS 'A contingency table from jsonb in the form of xtab''s text. NULL for NULL; error 22P02 with the reason when it is malformed.';

-- Constructors from a matrix.

CREATE FUNCTION @extschema@.xtab(counts float8[], row_labels text[] DEFAULT NULL, col_labels text[] DEFAULT NULL)
	RETURNS @extschema@.xtab
	LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'xtab_from_counts';
CREATE FUNCTION @extschema@.xtab(counts bigint[], row_labels text[] DEFAULT NULL, col_labels text[] DEFAULT NULL)
	RETURNS @extschema@.xtab
	LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'xtab_from_counts';
CREATE FUNCTION @extschema@.xtab(counts integer[], row_labels text[] DEFAULT NULL, col_labels text[] DEFAULT NULL)
	RETURNS @extschema@.xtab
	LANGUAGE sql IMMUTABLE PARALLEL SAFE
	RETURN @extschema@.xtab(counts::bigint[], row_labels, col_labels);
CREATE FUNCTION @extschema@.xtab(counts numeric[], row_labels text[] DEFAULT NULL, col_labels text[] DEFAULT NULL)
	RETURNS @extschema@.xtab
	LANGUAGE sql IMMUTABLE PARALLEL SAFE
	RETURN @extschema@.xtab(counts::float8[], row_labels, col_labels);

CREATE FUNCTION @extschema@.xtab_from_array(float8[]) RETURNS @extschema@.xtab
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'xtab_from_counts';
CREATE FUNCTION @extschema@.xtab_from_array(bigint[]) RETURNS @extschema@.xtab
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'xtab_from_counts';
CREATE FUNCTION @extschema@.xtab_from_array(integer[]) RETURNS @extschema@.xtab
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
	RETURN @extschema@.xtab_from_array($1::bigint[]);
CREATE FUNCTION @extschema@.xtab_from_array(numeric[]) RETURNS @extschema@.xtab
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
	RETURN @extschema@.xtab_from_array($1::float8[]);
CREATE CAST (float8[] AS @extschema@.xtab) WITH FUNCTION @extschema@.xtab_from_array(float8[]);
CREATE CAST (bigint[] AS @extschema@.xtab) WITH FUNCTION @extschema@.xtab_from_array(bigint[]);
CREATE CAST (integer[] AS @extschema@.xtab) WITH FUNCTION @extschema@.xtab_from_array(integer[]);
CREATE CAST (numeric[] AS @extschema@.xtab) WITH FUNCTION @extschema@.xtab_from_array(numeric[]);

DO $comments$
DECLARE t text;
BEGIN
	FOREACH t IN ARRAY ARRAY['float8[]', 'bigint[]', 'integer[]', 'numeric[]'] LOOP
		EXECUTE format('COMMENT ON FUNCTION @extschema@.xtab(%s, text[], text[]) IS %L', t,
			'A contingency table from a matrix of counts: one dimension makes a one-way, two a two-way table. With labels a side is nominal, without it is the ordinal scale 1..k. Whole counts stay exact, fractional ones become sums of weights. NULL for NULL counts; error for a NULL, negative, NaN or too large count (22003, 22004), a wrong number of labels (2202E) or a label given twice (22023).');
		EXECUTE format('COMMENT ON FUNCTION @extschema@.xtab_from_array(%s) IS %L', t,
			'A contingency table from an array of counts, as xtab(counts) without labels: the cast from arrays. NULL for NULL.');
	END LOOP;
END $comments$;

-- Adding.

CREATE FUNCTION @extschema@.xtab_add(@extschema@.xtab, @extschema@.xtab) RETURNS @extschema@.xtab
	LANGUAGE C STABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME';
CREATE OPERATOR @extschema@.+ (
	LEFTARG = @extschema@.xtab, RIGHTARG = @extschema@.xtab, FUNCTION = @extschema@.xtab_add, COMMUTATOR = OPERATOR(@extschema@.+)
);
COMMENT ON FUNCTION @extschema@.xtab_add(@extschema@.xtab, @extschema@.xtab) IS
'The two tables as one: counts are added category by category, categories of either table stand in the order of the source type. Both must count the same types, weighted or both not, with the same scores (42804). NULL if either is NULL.';
COMMENT ON OPERATOR @extschema@.+ (@extschema@.xtab, @extschema@.xtab) IS 'adds contingency tables category by category';

CREATE AGGREGATE @extschema@.merge(@extschema@.xtab) (
	SFUNC = @extschema@.xtab_add, STYPE = @extschema@.xtab,
	COMBINEFUNC = @extschema@.xtab_add, PARALLEL = SAFE
);
COMMENT ON AGGREGATE @extschema@.merge(@extschema@.xtab) IS
'Adds stored contingency tables into one: a roll-up. Its state is an xtab itself. NULL inputs are passed over; NULL for no input.';

-- Parts.

CREATE FUNCTION @extschema@.counts(@extschema@.xtab) RETURNS float8[]
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'xtab_counts';
CREATE FUNCTION @extschema@.xtab_labels(@extschema@.xtab, side integer) RETURNS text[]
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME';
CREATE FUNCTION @extschema@.xtab_scores(@extschema@.xtab, side integer) RETURNS float8[]
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME';
CREATE FUNCTION @extschema@.n(@extschema@.xtab) RETURNS float8
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'xtab_total';
CREATE FUNCTION @extschema@.n_missing(@extschema@.xtab) RETURNS bigint
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'xtab_missing';
CREATE FUNCTION @extschema@.transpose(@extschema@.xtab) RETURNS @extschema@.xtab
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'xtab_transpose';
CREATE FUNCTION @extschema@.row_labels(@extschema@.xtab) RETURNS text[]
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN @extschema@.xtab_labels($1, 1);
CREATE FUNCTION @extschema@.col_labels(@extschema@.xtab) RETURNS text[]
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN @extschema@.xtab_labels($1, 2);
CREATE FUNCTION @extschema@.row_scores(@extschema@.xtab) RETURNS float8[]
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN @extschema@.xtab_scores($1, 1);
CREATE FUNCTION @extschema@.col_scores(@extschema@.xtab) RETURNS float8[]
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN @extschema@.xtab_scores($1, 2);

COMMENT ON FUNCTION @extschema@.counts(@extschema@.xtab) IS 'The cells of a table, rows first: counts, or sums of weights where it is weighted. One dimension for a one-way table, empty for an empty one. NULL for NULL.';
COMMENT ON FUNCTION @extschema@.xtab_labels(@extschema@.xtab, integer) IS 'The category labels of side 1 (rows) or 2 (columns), in order; NULL for the columns of a one-way table. Error 22023 for another side.';
COMMENT ON FUNCTION @extschema@.xtab_scores(@extschema@.xtab, integer) IS 'The scores of the categories of side 1 (rows) or 2 (columns), in order; NULL where the side is not ordinal, a NULL element where a category has no score. Error 22023 for another side.';
COMMENT ON FUNCTION @extschema@.n(@extschema@.xtab) IS 'The number of rows in the table, or the sum of their weights; rows with NULLs are not in it. NULL for NULL.';
COMMENT ON FUNCTION @extschema@.n_missing(@extschema@.xtab) IS 'The number of rows left out because the row value, the column value or the weight was NULL. NULL for NULL.';
COMMENT ON FUNCTION @extschema@.transpose(@extschema@.xtab) IS 'The table with rows and columns exchanged. Error 22023 for a one-way table; NULL for NULL.';
COMMENT ON FUNCTION @extschema@.row_labels(@extschema@.xtab) IS 'The labels of the row categories, in order. NULL for NULL.';
COMMENT ON FUNCTION @extschema@.col_labels(@extschema@.xtab) IS 'The labels of the column categories, in order; NULL for a one-way table. NULL for NULL.';
COMMENT ON FUNCTION @extschema@.row_scores(@extschema@.xtab) IS 'The scores of the row categories, in order; NULL where the rows are not ordinal. NULL for NULL.';
COMMENT ON FUNCTION @extschema@.col_scores(@extschema@.xtab) IS 'The scores of the column categories, in order; NULL where the columns are not ordinal or the table is one-way. NULL for NULL.';


CREATE FUNCTION @extschema@.xtab_weight_sums(@extschema@.xtab) RETURNS float8[]
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION @extschema@.xtab_weight_sums(@extschema@.xtab) IS 'The rows counted in a table, the sum of their weights, the sum of the squared weights (each row weighs 1 without weights). The first and the last are NULL where a table was given as fractional counts. NULL for NULL.';
CREATE FUNCTION @extschema@.kish(@extschema@.xtab, OUT n float8, OUT weight_sum float8, OUT n_eff float8, OUT deff float8)
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
	RETURN (SELECT ROW(s[1], s[2], s[2] * s[2] / nullif(s[3], 0), s[1] * s[3] / nullif(s[2] * s[2], 0)) FROM (SELECT @extschema@.xtab_weight_sums($1) AS s) AS x);
COMMENT ON FUNCTION @extschema@.kish(@extschema@.xtab, OUT float8, OUT float8, OUT float8, OUT float8) IS
'How much unequal weights cost: rows counted, sum of the weights, Kish''s effective sample size (sum w)^2 / sum w^2 and design effect n sum w^2 / (sum w)^2. NULLs where the weights of single rows are not known. NULL for NULL. Source: Kish (1965), section 11.7.';

COMMENT ON CAST (@extschema@.xtab AS jsonb) IS 'a table as jsonb';
COMMENT ON CAST (jsonb AS @extschema@.xtab) IS 'a table from jsonb';
COMMENT ON CAST (float8[] AS @extschema@.xtab) IS 'a matrix or vector of counts as a table';
COMMENT ON CAST (bigint[] AS @extschema@.xtab) IS 'a matrix or vector of counts as a table';
COMMENT ON CAST (integer[] AS @extschema@.xtab) IS 'a matrix or vector of counts as a table';
COMMENT ON CAST (numeric[] AS @extschema@.xtab) IS 'a matrix or vector of counts as a table';
