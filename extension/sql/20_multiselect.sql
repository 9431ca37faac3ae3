-- multiselect: a multi-select answer as a set of options.

CREATE TYPE @extschema@.multiselect;
CREATE FUNCTION @extschema@.multiselect_in(cstring, oid, integer) RETURNS @extschema@.multiselect LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME';
CREATE FUNCTION @extschema@.multiselect_out(@extschema@.multiselect) RETURNS cstring LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME';
CREATE FUNCTION @extschema@.multiselect_recv(internal, oid, integer) RETURNS @extschema@.multiselect LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME';
CREATE FUNCTION @extschema@.multiselect_send(@extschema@.multiselect) RETURNS bytea LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME';
CREATE FUNCTION @extschema@.multiselect_typmod_in(cstring[]) RETURNS integer LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME';
CREATE FUNCTION @extschema@.multiselect_typmod_out(integer) RETURNS cstring LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME';
CREATE FUNCTION @extschema@.multiselect_typanalyze(internal) RETURNS boolean LANGUAGE C STABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME';
CREATE TYPE @extschema@.multiselect (INPUT = @extschema@.multiselect_in, OUTPUT = @extschema@.multiselect_out, RECEIVE = @extschema@.multiselect_recv, SEND = @extschema@.multiselect_send,
	TYPMOD_IN = @extschema@.multiselect_typmod_in, TYPMOD_OUT = @extschema@.multiselect_typmod_out, INTERNALLENGTH = VARIABLE, ALIGNMENT = int4, STORAGE = extended,
	ANALYZE = @extschema@.multiselect_typanalyze);
COMMENT ON TYPE @extschema@.multiselect IS 'The answer to a question where several options may be ticked: a set of option codes a to z, then aa, bb and so on, up to 1,024. multiselect(5) has five options; in multiselect(5, d) the option d excludes all others. Written {a,c}; read with or without braces, separated by comma, semicolon, bar, white space or the Japanese commas, in any order; between braces also with double quotes, as drivers write arrays. NULL means not asked or not answered, {} asked and nothing ticked.';
COMMENT ON FUNCTION @extschema@.multiselect_in(cstring, oid, integer) IS 'Reads a multi-select answer. Error 22P02 for a code that is none or beyond the type''s options, codes run together, 0/1 strings and the empty string; 23514 for an exclusive option with another.';
COMMENT ON FUNCTION @extschema@.multiselect_out(@extschema@.multiselect) IS 'Writes the codes in their order between braces.';
COMMENT ON FUNCTION @extschema@.multiselect_recv(internal, oid, integer) IS 'Reads the binary form: a version byte and the bits. Error 22P03 when it is malformed.';
COMMENT ON FUNCTION @extschema@.multiselect_send(@extschema@.multiselect) IS 'Writes the binary form.';
COMMENT ON FUNCTION @extschema@.multiselect_typmod_in(cstring[]) IS 'Reads the type modifiers: the number of options, and the exclusive option if there is one. Error 22023.';
COMMENT ON FUNCTION @extschema@.multiselect_typmod_out(integer) IS 'Writes the type modifiers.';
COMMENT ON FUNCTION @extschema@.multiselect_typanalyze(internal) IS 'Statistics for the planner: what ANALYZE gathers for any type, and how often each option is ticked.';

CREATE FUNCTION @extschema@.multiselect_coerce(@extschema@.multiselect, integer, boolean) RETURNS @extschema@.multiselect LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME';
CREATE FUNCTION @extschema@.multiselect_from_text(text) RETURNS @extschema@.multiselect LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME';
CREATE FUNCTION @extschema@.multiselect_from_options(text[]) RETURNS @extschema@.multiselect LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME';
CREATE FUNCTION @extschema@.multiselect_from_flags(VARIADIC boolean[]) RETURNS @extschema@.multiselect LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME';
CREATE FUNCTION @extschema@.options(@extschema@.multiselect) RETURNS text[] LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'multiselect_options';
CREATE FUNCTION @extschema@.cardinality(@extschema@.multiselect) RETURNS integer LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'multiselect_cardinality';
CREATE FUNCTION @extschema@.has(@extschema@.multiselect, option text) RETURNS boolean LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'multiselect_has';
CREATE CAST (@extschema@.multiselect AS @extschema@.multiselect) WITH FUNCTION @extschema@.multiselect_coerce(@extschema@.multiselect, integer, boolean) AS IMPLICIT;
CREATE CAST (text AS @extschema@.multiselect) WITH FUNCTION @extschema@.multiselect_from_text(text) AS ASSIGNMENT;
CREATE CAST (varchar AS @extschema@.multiselect) WITH FUNCTION @extschema@.multiselect_from_text(text) AS ASSIGNMENT;
CREATE CAST (text[] AS @extschema@.multiselect) WITH FUNCTION @extschema@.multiselect_from_options(text[]) AS ASSIGNMENT;
CREATE CAST (@extschema@.multiselect AS text[]) WITH FUNCTION @extschema@.options(@extschema@.multiselect);
COMMENT ON FUNCTION @extschema@.multiselect_coerce(@extschema@.multiselect, integer, boolean) IS 'Checks a value against the type modifier of a column; nothing is dropped to make it fit. Errors as multiselect_in.';
COMMENT ON FUNCTION @extschema@.multiselect_from_text(text) IS 'A multi-select answer from text, as its input reads it. NULL for NULL; errors as multiselect_in.';
COMMENT ON FUNCTION @extschema@.multiselect_from_options(text[]) IS 'A multi-select answer from an array of option codes; a code may stand twice. NULL for NULL; error 22P02 for a text that is no code, 22004 for a NULL element.';
COMMENT ON FUNCTION @extschema@.multiselect_from_flags(boolean[]) IS 'A multi-select answer from one flag an option, in the order of the options. A NULL flag counts as not ticked, but if all are NULL the question was not asked: NULL. Error 54000 for more than 1,024.';
COMMENT ON FUNCTION @extschema@.options(@extschema@.multiselect) IS 'The codes of the ticked options, in order. NULL for NULL.';
COMMENT ON FUNCTION @extschema@.cardinality(@extschema@.multiselect) IS 'The number of ticked options. NULL for NULL.';
COMMENT ON FUNCTION @extschema@.has(@extschema@.multiselect, text) IS 'Whether the option with this code is ticked. NULL if either is NULL; error 22P02 for a text that is no code.';

CREATE FUNCTION @extschema@.multiselect_contains_sel(internal, oid, internal, integer) RETURNS float8 LANGUAGE C STABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION @extschema@.multiselect_contains_sel(internal, oid, internal, integer) IS 'Selectivity of @>, from the most common selections and the frequencies of the options.';
CREATE FUNCTION @extschema@.multiselect_contains_joinsel(internal, oid, internal, smallint, internal) RETURNS float8 LANGUAGE C STABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION @extschema@.multiselect_contains_joinsel(internal, oid, internal, smallint, internal) IS 'Selectivity of @> between two columns, from the most common selections and the frequencies of the options.';
CREATE FUNCTION @extschema@.multiselect_contains(@extschema@.multiselect, @extschema@.multiselect) RETURNS boolean LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION @extschema@.multiselect_contains(@extschema@.multiselect, @extschema@.multiselect) IS 'Whether the first answer has all options of the second. NULL if either is NULL.';
CREATE OPERATOR @extschema@.@> (LEFTARG = @extschema@.multiselect, RIGHTARG = @extschema@.multiselect, FUNCTION = @extschema@.multiselect_contains, COMMUTATOR = OPERATOR(@extschema@.<@), RESTRICT = @extschema@.multiselect_contains_sel, JOIN = @extschema@.multiselect_contains_joinsel);
COMMENT ON OPERATOR @extschema@.@> (@extschema@.multiselect, @extschema@.multiselect) IS 'Whether the first answer has all options of the second.';
CREATE FUNCTION @extschema@.multiselect_contained_sel(internal, oid, internal, integer) RETURNS float8 LANGUAGE C STABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION @extschema@.multiselect_contained_sel(internal, oid, internal, integer) IS 'Selectivity of <@, from the most common selections and the frequencies of the options.';
CREATE FUNCTION @extschema@.multiselect_contained_joinsel(internal, oid, internal, smallint, internal) RETURNS float8 LANGUAGE C STABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION @extschema@.multiselect_contained_joinsel(internal, oid, internal, smallint, internal) IS 'Selectivity of <@ between two columns, from the most common selections and the frequencies of the options.';
CREATE FUNCTION @extschema@.multiselect_contained(@extschema@.multiselect, @extschema@.multiselect) RETURNS boolean LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION @extschema@.multiselect_contained(@extschema@.multiselect, @extschema@.multiselect) IS 'Whether the second answer has all options of the first. NULL if either is NULL.';
CREATE OPERATOR @extschema@.<@ (LEFTARG = @extschema@.multiselect, RIGHTARG = @extschema@.multiselect, FUNCTION = @extschema@.multiselect_contained, COMMUTATOR = OPERATOR(@extschema@.@>), RESTRICT = @extschema@.multiselect_contained_sel, JOIN = @extschema@.multiselect_contained_joinsel);
COMMENT ON OPERATOR @extschema@.<@ (@extschema@.multiselect, @extschema@.multiselect) IS 'Whether the second answer has all options of the first.';
CREATE FUNCTION @extschema@.multiselect_overlaps_sel(internal, oid, internal, integer) RETURNS float8 LANGUAGE C STABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION @extschema@.multiselect_overlaps_sel(internal, oid, internal, integer) IS 'Selectivity of &&, from the most common selections and the frequencies of the options.';
CREATE FUNCTION @extschema@.multiselect_overlaps_joinsel(internal, oid, internal, smallint, internal) RETURNS float8 LANGUAGE C STABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION @extschema@.multiselect_overlaps_joinsel(internal, oid, internal, smallint, internal) IS 'Selectivity of && between two columns, from the most common selections and the frequencies of the options.';
CREATE FUNCTION @extschema@.multiselect_overlaps(@extschema@.multiselect, @extschema@.multiselect) RETURNS boolean LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION @extschema@.multiselect_overlaps(@extschema@.multiselect, @extschema@.multiselect) IS 'Whether the answers have an option in common. NULL if either is NULL.';
CREATE OPERATOR @extschema@.&& (LEFTARG = @extschema@.multiselect, RIGHTARG = @extschema@.multiselect, FUNCTION = @extschema@.multiselect_overlaps, COMMUTATOR = OPERATOR(@extschema@.&&), RESTRICT = @extschema@.multiselect_overlaps_sel, JOIN = @extschema@.multiselect_overlaps_joinsel);
COMMENT ON OPERATOR @extschema@.&& (@extschema@.multiselect, @extschema@.multiselect) IS 'Whether the answers have an option in common.';
CREATE FUNCTION @extschema@.multiselect_union(@extschema@.multiselect, @extschema@.multiselect) RETURNS @extschema@.multiselect LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION @extschema@.multiselect_union(@extschema@.multiselect, @extschema@.multiselect) IS 'The options of either answer. NULL if either is NULL.';
CREATE OPERATOR @extschema@.| (LEFTARG = @extschema@.multiselect, RIGHTARG = @extschema@.multiselect, FUNCTION = @extschema@.multiselect_union, COMMUTATOR = OPERATOR(@extschema@.|));
COMMENT ON OPERATOR @extschema@.| (@extschema@.multiselect, @extschema@.multiselect) IS 'The options of either answer.';
CREATE FUNCTION @extschema@.multiselect_intersection(@extschema@.multiselect, @extschema@.multiselect) RETURNS @extschema@.multiselect LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION @extschema@.multiselect_intersection(@extschema@.multiselect, @extschema@.multiselect) IS 'The options that both answers have. NULL if either is NULL.';
CREATE OPERATOR @extschema@.& (LEFTARG = @extschema@.multiselect, RIGHTARG = @extschema@.multiselect, FUNCTION = @extschema@.multiselect_intersection, COMMUTATOR = OPERATOR(@extschema@.&));
COMMENT ON OPERATOR @extschema@.& (@extschema@.multiselect, @extschema@.multiselect) IS 'The options that both answers have.';
CREATE FUNCTION @extschema@.multiselect_difference(@extschema@.multiselect, @extschema@.multiselect) RETURNS @extschema@.multiselect LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION @extschema@.multiselect_difference(@extschema@.multiselect, @extschema@.multiselect) IS 'The options of the first answer that the second has not. NULL if either is NULL.';
CREATE OPERATOR @extschema@.- (LEFTARG = @extschema@.multiselect, RIGHTARG = @extschema@.multiselect, FUNCTION = @extschema@.multiselect_difference);
COMMENT ON OPERATOR @extschema@.- (@extschema@.multiselect, @extschema@.multiselect) IS 'The options of the first answer that the second has not.';
CREATE FUNCTION @extschema@.multiselect_eq(@extschema@.multiselect, @extschema@.multiselect) RETURNS boolean LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION @extschema@.multiselect_eq(@extschema@.multiselect, @extschema@.multiselect) IS 'Implements =, in the order of the lists of codes: {} < {a} < {a,b} < {b}.';
CREATE OPERATOR @extschema@.= (LEFTARG = @extschema@.multiselect, RIGHTARG = @extschema@.multiselect, FUNCTION = @extschema@.multiselect_eq,
	COMMUTATOR = OPERATOR(@extschema@.=), NEGATOR = OPERATOR(@extschema@.<>), RESTRICT = eqsel, JOIN = eqjoinsel, HASHES, MERGES);
COMMENT ON OPERATOR @extschema@.= (@extschema@.multiselect, @extschema@.multiselect) IS 'compares multi-select answers in the order of their lists of codes';
CREATE FUNCTION @extschema@.multiselect_ne(@extschema@.multiselect, @extschema@.multiselect) RETURNS boolean LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION @extschema@.multiselect_ne(@extschema@.multiselect, @extschema@.multiselect) IS 'Implements <>, in the order of the lists of codes: {} < {a} < {a,b} < {b}.';
CREATE OPERATOR @extschema@.<> (LEFTARG = @extschema@.multiselect, RIGHTARG = @extschema@.multiselect, FUNCTION = @extschema@.multiselect_ne,
	COMMUTATOR = OPERATOR(@extschema@.<>), NEGATOR = OPERATOR(@extschema@.=), RESTRICT = neqsel, JOIN = neqjoinsel);
COMMENT ON OPERATOR @extschema@.<> (@extschema@.multiselect, @extschema@.multiselect) IS 'compares multi-select answers in the order of their lists of codes';
CREATE FUNCTION @extschema@.multiselect_lt(@extschema@.multiselect, @extschema@.multiselect) RETURNS boolean LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION @extschema@.multiselect_lt(@extschema@.multiselect, @extschema@.multiselect) IS 'Implements <, in the order of the lists of codes: {} < {a} < {a,b} < {b}.';
CREATE OPERATOR @extschema@.< (LEFTARG = @extschema@.multiselect, RIGHTARG = @extschema@.multiselect, FUNCTION = @extschema@.multiselect_lt,
	COMMUTATOR = OPERATOR(@extschema@.>), NEGATOR = OPERATOR(@extschema@.>=), RESTRICT = scalarltsel, JOIN = scalarltjoinsel);
COMMENT ON OPERATOR @extschema@.< (@extschema@.multiselect, @extschema@.multiselect) IS 'compares multi-select answers in the order of their lists of codes';
CREATE FUNCTION @extschema@.multiselect_le(@extschema@.multiselect, @extschema@.multiselect) RETURNS boolean LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION @extschema@.multiselect_le(@extschema@.multiselect, @extschema@.multiselect) IS 'Implements <=, in the order of the lists of codes: {} < {a} < {a,b} < {b}.';
CREATE OPERATOR @extschema@.<= (LEFTARG = @extschema@.multiselect, RIGHTARG = @extschema@.multiselect, FUNCTION = @extschema@.multiselect_le,
	COMMUTATOR = OPERATOR(@extschema@.>=), NEGATOR = OPERATOR(@extschema@.>), RESTRICT = scalarlesel, JOIN = scalarlejoinsel);
COMMENT ON OPERATOR @extschema@.<= (@extschema@.multiselect, @extschema@.multiselect) IS 'compares multi-select answers in the order of their lists of codes';
CREATE FUNCTION @extschema@.multiselect_gt(@extschema@.multiselect, @extschema@.multiselect) RETURNS boolean LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION @extschema@.multiselect_gt(@extschema@.multiselect, @extschema@.multiselect) IS 'Implements >, in the order of the lists of codes: {} < {a} < {a,b} < {b}.';
CREATE OPERATOR @extschema@.> (LEFTARG = @extschema@.multiselect, RIGHTARG = @extschema@.multiselect, FUNCTION = @extschema@.multiselect_gt,
	COMMUTATOR = OPERATOR(@extschema@.<), NEGATOR = OPERATOR(@extschema@.<=), RESTRICT = scalargtsel, JOIN = scalargtjoinsel);
COMMENT ON OPERATOR @extschema@.> (@extschema@.multiselect, @extschema@.multiselect) IS 'compares multi-select answers in the order of their lists of codes';
CREATE FUNCTION @extschema@.multiselect_ge(@extschema@.multiselect, @extschema@.multiselect) RETURNS boolean LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION @extschema@.multiselect_ge(@extschema@.multiselect, @extschema@.multiselect) IS 'Implements >=, in the order of the lists of codes: {} < {a} < {a,b} < {b}.';
CREATE OPERATOR @extschema@.>= (LEFTARG = @extschema@.multiselect, RIGHTARG = @extschema@.multiselect, FUNCTION = @extschema@.multiselect_ge,
	COMMUTATOR = OPERATOR(@extschema@.<=), NEGATOR = OPERATOR(@extschema@.<), RESTRICT = scalargesel, JOIN = scalargejoinsel);
COMMENT ON OPERATOR @extschema@.>= (@extschema@.multiselect, @extschema@.multiselect) IS 'compares multi-select answers in the order of their lists of codes';

CREATE FUNCTION @extschema@.multiselect_cmp(@extschema@.multiselect, @extschema@.multiselect) RETURNS integer LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME';
CREATE FUNCTION @extschema@.multiselect_hash(@extschema@.multiselect) RETURNS integer LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME';
CREATE FUNCTION @extschema@.multiselect_hash_extended(@extschema@.multiselect, bigint) RETURNS bigint LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION @extschema@.multiselect_cmp(@extschema@.multiselect, @extschema@.multiselect) IS 'Order for B-tree: negative, 0 or positive.';
COMMENT ON FUNCTION @extschema@.multiselect_hash(@extschema@.multiselect) IS 'Hash value.';
COMMENT ON FUNCTION @extschema@.multiselect_hash_extended(@extschema@.multiselect, bigint) IS 'Hash value with a seed.';
CREATE OPERATOR CLASS @extschema@.multiselect_ops DEFAULT FOR TYPE @extschema@.multiselect USING btree AS
	OPERATOR 1 @extschema@.<, OPERATOR 2 @extschema@.<=, OPERATOR 3 @extschema@.=, OPERATOR 4 @extschema@.>=, OPERATOR 5 @extschema@.>,
	FUNCTION 1 @extschema@.multiselect_cmp(@extschema@.multiselect, @extschema@.multiselect),
	FUNCTION 4 (@extschema@.multiselect, @extschema@.multiselect) btequalimage(oid);
CREATE OPERATOR CLASS @extschema@.multiselect_hash_ops DEFAULT FOR TYPE @extschema@.multiselect USING hash AS
	OPERATOR 1 @extschema@.=,
	FUNCTION 1 @extschema@.multiselect_hash(@extschema@.multiselect),
	FUNCTION 2 @extschema@.multiselect_hash_extended(@extschema@.multiselect, bigint);

COMMENT ON OPERATOR CLASS @extschema@.multiselect_ops USING btree IS 'Order of the lists of codes: {} < {a} < {a,b} < {b}.';
COMMENT ON OPERATOR CLASS @extschema@.multiselect_hash_ops USING hash IS 'Equality of multi-select answers.';

CREATE FUNCTION @extschema@.multiselect_gin_extract_value(@extschema@.multiselect, internal) RETURNS internal LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME';
CREATE FUNCTION @extschema@.multiselect_gin_extract_query(@extschema@.multiselect, internal, smallint, internal, internal, internal, internal) RETURNS internal
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME';
CREATE FUNCTION @extschema@.multiselect_gin_consistent(internal, smallint, @extschema@.multiselect, integer, internal, internal, internal, internal) RETURNS boolean
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME';
CREATE FUNCTION @extschema@.multiselect_gin_triconsistent(internal, smallint, @extschema@.multiselect, integer, internal, internal, internal) RETURNS "char"
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION @extschema@.multiselect_gin_extract_value(@extschema@.multiselect, internal) IS 'GIN support: a key for each ticked option.';
COMMENT ON FUNCTION @extschema@.multiselect_gin_extract_query(@extschema@.multiselect, internal, smallint, internal, internal, internal, internal) IS 'GIN support: the keys a query asks for.';
COMMENT ON FUNCTION @extschema@.multiselect_gin_consistent(internal, smallint, @extschema@.multiselect, integer, internal, internal, internal, internal) IS 'GIN support: whether an entry can satisfy a query.';
COMMENT ON FUNCTION @extschema@.multiselect_gin_triconsistent(internal, smallint, @extschema@.multiselect, integer, internal, internal, internal) IS 'GIN support: whether an entry satisfies a query, or may.';
CREATE OPERATOR CLASS @extschema@.multiselect_gin_ops DEFAULT FOR TYPE @extschema@.multiselect USING gin AS
	OPERATOR 1 @extschema@.&&, OPERATOR 2 @extschema@.@>, OPERATOR 3 @extschema@.<@, OPERATOR 4 @extschema@.=,
	FUNCTION 1 btint4cmp(integer, integer),
	FUNCTION 2 @extschema@.multiselect_gin_extract_value(@extschema@.multiselect, internal),
	FUNCTION 3 @extschema@.multiselect_gin_extract_query(@extschema@.multiselect, internal, smallint, internal, internal, internal, internal),
	FUNCTION 4 @extschema@.multiselect_gin_consistent(internal, smallint, @extschema@.multiselect, integer, internal, internal, internal, internal),
	FUNCTION 6 @extschema@.multiselect_gin_triconsistent(internal, smallint, @extschema@.multiselect, integer, internal, internal, internal),
	STORAGE integer;
COMMENT ON OPERATOR CLASS @extschema@.multiselect_gin_ops USING gin IS 'Search by option: serves @>, <@, && and =.';


COMMENT ON CAST (@extschema@.multiselect AS @extschema@.multiselect) IS 'to the number of options and the exclusive option of a column';
COMMENT ON CAST (text AS @extschema@.multiselect) IS 'from the text form of a set';
COMMENT ON CAST (varchar AS @extschema@.multiselect) IS 'from the text form of a set';
COMMENT ON CAST (text[] AS @extschema@.multiselect) IS 'from an array of option codes';
COMMENT ON CAST (@extschema@.multiselect AS text[]) IS 'to an array of option codes';
