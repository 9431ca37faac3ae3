/*
 * Text beside multiselect, and patterns beside both kinds of types: BI tools send each parameter as varchar, and drivers call a type that they
 * do not know text.  Comparison of scales with text is with the scales.
 */
DO $$
DECLARE
	o record;
	spec text;
BEGIN
	-- A text, or an array of codes, is read as a selection; the functions are inlined, so that indexes serve.
	FOR o IN
		SELECT p.op, p.name || '_' || t.suffix AS name, p.commutator, p.negator, p.meaning, t.type, t.reader, t.what
		FROM (VALUES ('=', 'eq', '=', '<>', 'Compares'), ('<>', 'ne', '<>', '=', 'Compares'), ('<', 'lt', '>', '>=', 'Compares'), ('<=', 'le', '>=', '>', 'Compares'),
					 ('>', 'gt', '<', '<=', 'Compares'), ('>=', 'ge', '<=', '<', 'Compares'), ('@>', 'contains', '<@', NULL, 'Whether the first has all options of the second,'),
					 ('<@', 'contained', '@>', NULL, 'Whether the second has all options of the first,'), ('&&', 'overlaps', '&&', NULL, 'Whether both have an option in common,'))
				 AS p(op, name, commutator, negator, meaning),
			 (VALUES ('text', 'text', 'multiselect_from_text', 'text'), ('codes', 'text[]', 'multiselect_from_options', 'an array of codes')) AS t(suffix, type, reader, what)
		WHERE t.suffix = 'text' OR p.negator IS NULL
	LOOP
		spec := 'FUNCTION @extschema@.%1$s(%2$s) RETURNS boolean LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN %3$s';
		EXECUTE format('CREATE ' || spec, 'multiselect_' || o.name, '@extschema@.multiselect, ' || o.type, format('$1 OPERATOR(@extschema@.%s) @extschema@.%s($2)', o.op, o.reader));
		EXECUTE format('CREATE ' || spec, o.name || '_multiselect', o.type || ', @extschema@.multiselect', format('@extschema@.%s($1) OPERATOR(@extschema@.%s) $2', o.reader, o.op));
		EXECUTE format('CREATE OPERATOR @extschema@.%s (LEFTARG = @extschema@.multiselect, RIGHTARG = %s, FUNCTION = @extschema@.multiselect_%s, COMMUTATOR = OPERATOR(@extschema@.%s)%s)',
					   o.op, o.type, o.name, o.commutator, coalesce(', NEGATOR = OPERATOR(@extschema@.' || o.negator || ')', ''));
		EXECUTE format('CREATE OPERATOR @extschema@.%s (LEFTARG = %s, RIGHTARG = @extschema@.multiselect, FUNCTION = @extschema@.%s_multiselect, COMMUTATOR = OPERATOR(@extschema@.%s)%s)',
					   o.op, o.type, o.name, o.commutator, coalesce(', NEGATOR = OPERATOR(@extschema@.' || o.negator || ')', ''));
		spec := format('%s where %s is read as a multi-select answer. NULL if either is NULL; error 22P02 where it is none.', o.meaning, o.what);
		EXECUTE format('COMMENT ON FUNCTION @extschema@.multiselect_%s(@extschema@.multiselect, %s) IS %L', o.name, o.type, spec);
		EXECUTE format('COMMENT ON FUNCTION @extschema@.%s_multiselect(%s, @extschema@.multiselect) IS %L', o.name, o.type, spec);
		EXECUTE format('COMMENT ON OPERATOR @extschema@.%s (@extschema@.multiselect, %s) IS %L', o.op, o.type, spec);
		EXECUTE format('COMMENT ON OPERATOR @extschema@.%s (%s, @extschema@.multiselect) IS %L', o.op, o.type, spec);
	END LOOP;

	-- LIKE and ILIKE match the text form: the code of a scale, the codes of a selection between braces.
	FOR o IN
		SELECT t.type, p.op, p.name, p.negator, p.meaning
		FROM (SELECT 'multiselect' AS type UNION SELECT s.scale FROM @extschema@.scale_levels() AS s) AS t,
			 (VALUES ('~~', 'like', '!~~', 'matches a pattern (LIKE)'), ('!~~', 'notlike', '~~', 'does not match a pattern (NOT LIKE)'),
					 ('~~*', 'ilike', '!~~*', 'matches a pattern whatever the case (ILIKE)'), ('!~~*', 'notilike', '~~*', 'does not match a pattern whatever the case (NOT ILIKE)'))
				 AS p(op, name, negator, meaning)
		ORDER BY t.type, p.name
	LOOP
		EXECUTE format('CREATE FUNCTION @extschema@.%1$s_%2$s(@extschema@.%1$s, text) RETURNS boolean LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN $1::text OPERATOR(pg_catalog.%3$s) $2',
					   o.type, o.name, o.op);
		EXECUTE format('CREATE OPERATOR @extschema@.%s (LEFTARG = @extschema@.%s, RIGHTARG = text, FUNCTION = @extschema@.%s_%s, NEGATOR = OPERATOR(@extschema@.%s))',
					   o.op, o.type, o.type, o.name, o.negator);
		spec := format('Whether the text form, %s, %s. NULL if either is NULL.', CASE o.type WHEN 'multiselect' THEN 'the codes between braces' ELSE 'the code' END, o.meaning);
		EXECUTE format('COMMENT ON FUNCTION @extschema@.%s_%s(@extschema@.%s, text) IS %L', o.type, o.name, o.type, spec);
		EXECUTE format('COMMENT ON OPERATOR @extschema@.%s (@extschema@.%s, text) IS %L', o.op, o.type, spec);
	END LOOP;
END $$;

CREATE FUNCTION @extschema@.multiselect_larger(@extschema@.multiselect, @extschema@.multiselect) RETURNS @extschema@.multiselect
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
	RETURN CASE WHEN $1 OPERATOR(@extschema@.>=) $2 THEN $1 ELSE $2 END;
CREATE FUNCTION @extschema@.multiselect_smaller(@extschema@.multiselect, @extschema@.multiselect) RETURNS @extschema@.multiselect
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
	RETURN CASE WHEN $1 OPERATOR(@extschema@.<=) $2 THEN $1 ELSE $2 END;
COMMENT ON FUNCTION @extschema@.multiselect_larger(@extschema@.multiselect, @extschema@.multiselect) IS 'The later of two answers in the order of the lists of codes. NULL if either is NULL.';
COMMENT ON FUNCTION @extschema@.multiselect_smaller(@extschema@.multiselect, @extschema@.multiselect) IS 'The earlier of two answers in the order of the lists of codes. NULL if either is NULL.';
CREATE AGGREGATE @extschema@.max(@extschema@.multiselect) (SFUNC = @extschema@.multiselect_larger, STYPE = @extschema@.multiselect, COMBINEFUNC = @extschema@.multiselect_larger,
	SORTOP = OPERATOR(@extschema@.>), PARALLEL = SAFE);
CREATE AGGREGATE @extschema@.min(@extschema@.multiselect) (SFUNC = @extschema@.multiselect_smaller, STYPE = @extschema@.multiselect, COMBINEFUNC = @extschema@.multiselect_smaller,
	SORTOP = OPERATOR(@extschema@.<), PARALLEL = SAFE);
COMMENT ON AGGREGATE @extschema@.max(@extschema@.multiselect) IS 'The last answer in the order of the lists of codes: it says which answers there are, not which is more. NULLs are passed over; NULL for none.';
COMMENT ON AGGREGATE @extschema@.min(@extschema@.multiselect) IS 'The first answer in the order of the lists of codes. NULLs are passed over; NULL for none.';
