-- Man pages in psql, from the comments in the catalog.

CREATE FUNCTION @extschema@.help(name text DEFAULT '%', OUT help text) RETURNS SETOF text
	LANGUAGE sql STABLE STRICT PARALLEL SAFE ROWS 50 SET search_path = pg_catalog, @extschema@, pg_temp AS $$
WITH page (name, place, says, head) AS (
	SELECT p.proname::text, 1, obj_description(p.oid, 'pg_proc'), CASE p.prokind WHEN 'a' THEN 'aggregate ' WHEN 'w' THEN 'window function ' ELSE '' END
		|| p.proname || '(' || regexp_replace(pg_get_function_arguments(p.oid), '::[a-z ]+(\[\])?', '', 'g') || ') returns ' || pg_get_function_result(p.oid)
	FROM pg_proc p
	-- Not what PostgreSQL calls for a type, an operator, an index or an aggregate.
	WHERE p.pronamespace = '@extschema@'::regnamespace AND NOT ('internal'::regtype = ANY (p.proargtypes) OR 'cstring'::regtype = ANY (p.proargtypes))
		AND p.proname !~ '_(from_text|to_float8)$' AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.refclassid = 'pg_proc'::regclass AND d.refobjid = p.oid
			AND d.classid IN ('pg_operator'::regclass, 'pg_amproc'::regclass, 'pg_opfamily'::regclass, 'pg_opclass'::regclass, 'pg_type'::regclass, 'pg_proc'::regclass))
	UNION ALL
	SELECT t.typname, 2, obj_description(t.oid, 'pg_type'), 'type ' || t.typname
	FROM pg_type t WHERE t.typnamespace = '@extschema@'::regnamespace AND t.typtype = 'b' AND t.typelem = 0
	UNION ALL
	SELECT c.relname, 3, coalesce(obj_description(c.oid, 'pg_class'), obj_description(c.reltype, 'pg_type')) || E'\n' || (
			SELECT string_agg(E'\n' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || coalesce(': ' || col_description(c.oid, a.attnum), ''), '' ORDER BY a.attnum)
			FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped),
		CASE c.relkind WHEN 'v' THEN 'view ' WHEN 'r' THEN 'table ' ELSE 'type ' END || c.relname
	FROM pg_class c WHERE c.relnamespace = '@extschema@'::regnamespace AND c.relkind IN ('r', 'v', 'c')),
-- Overloads with the same text are one page.
found AS (SELECT p.name, p.place, p.says, string_agg(p.head, E'\n' ORDER BY p.head COLLATE "C") AS head,
		min(p.name) OVER () = max(p.name) OVER () AS one
	FROM page p WHERE p.name LIKE replace(translate(lower($1), '\', ''), '_', '\_') AND p.says IS NOT NULL AND p.says NOT LIKE 'Part of %' GROUP BY p.name, p.place, p.says),
line (name, place, head, i, n, text) AS (
	-- One name: its pages, wrapped.  Several: the first sentence of each.
	SELECT f.name, f.place, f.head, paragraph.i, w.i, w.line[1] FROM found f,
		regexp_split_to_table(f.head || E'\n\n' || f.says || E'\n', E'\n') WITH ORDINALITY AS paragraph (text, i),
		regexp_matches(paragraph.text || ' ', '(.{0,100}) ', 'g') WITH ORDINALITY AS w (line, i)
	WHERE f.one
	UNION ALL
	SELECT f.name, 0, '', 0, 0, f.name || ': ' || regexp_replace(rtrim(first.sentence, '.?'), '^(.{90,110}) .*', '\1 ...')
	FROM (SELECT DISTINCT ON (name COLLATE "C") * FROM found WHERE NOT one ORDER BY name COLLATE "C", place, head COLLATE "C") f,
		substring(split_part(f.says, E'\n', 1) FROM '(?:[^(.;?]|\([^)]*\)|[.;?](?! ))+') AS first (sentence))
SELECT l.text FROM line l ORDER BY l.name COLLATE "C", l.place, l.head COLLATE "C", l.i, l.n $$;
COMMENT ON FUNCTION @extschema@.help(text) IS
'Man pages in psql: SELECT * FROM help(''chisq_test'') prints the synopsis and the comment of every function, type, table and view of that name, the columns with theirs, a row a line. A pattern of LIKE that fits several names, such as help(''%test%''), gives a line each; without an argument all are listed. Functions that PostgreSQL calls for types, operators, indexes and aggregates are left out. No rows for NULL and where nothing has that name.';
