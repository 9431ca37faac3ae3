-- What the catalog knows of the extension's objects, one JSON object a line, for tools/reference.  Run in a database without the extension.
\set QUIET 1
\pset format unaligned
\pset tuples_only true
\pset pager off
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS csirtsurvey;
SET search_path = csirtsurvey, public;

CREATE TEMP VIEW member AS
	SELECT classid, objid FROM pg_depend WHERE deptype = 'e' AND refclassid = 'pg_extension'::regclass
		AND refobjid = (SELECT oid FROM pg_extension WHERE extname = 'csirtsurvey');

-- Functions that PostgreSQL calls on behalf of a type, an operator, a cast, an index or an aggregate, and parts of other functions.
CREATE TEMP VIEW support AS
	SELECT p.oid FROM pg_proc p
	WHERE 'internal'::regtype = ANY (p.proargtypes) OR 'cstring'::regtype = ANY (p.proargtypes)
		OR p.prorettype IN ('internal'::regtype, 'cstring'::regtype) OR obj_description(p.oid, 'pg_proc') LIKE 'Part of %'
		OR EXISTS (SELECT FROM pg_type t WHERE p.oid IN (t.typsend, t.typreceive, t.typmodin, t.typmodout, t.typanalyze))
		OR EXISTS (SELECT FROM pg_operator o WHERE o.oprcode = p.oid)
		OR EXISTS (SELECT FROM pg_amproc a WHERE a.amproc = p.oid)
		OR EXISTS (SELECT FROM pg_aggregate a WHERE p.oid IN (a.aggtransfn, a.aggfinalfn, a.aggcombinefn, a.aggserialfn, a.aggdeserialfn))
		OR EXISTS (SELECT FROM pg_cast c WHERE c.castfunc = p.oid AND p.proname ~ '^(multiselect|xtab)_(coerce|to|from_(array|text|jsonb))|_(from_text|to_float8)$');

SELECT jsonb_build_object('object', 'function', 'name', p.proname, 'kind', p.prokind, 'support', p.oid IN (TABLE support),
	'args', coalesce((SELECT jsonb_agg(jsonb_build_object('mode', coalesce(p.proargmodes[i], 'i'), 'name', coalesce(p.proargnames[i], ''), 'type', format_type(t.type, NULL),
			'default', CASE WHEN coalesce(p.proargmodes[i], 'i') IN ('i', 'v') THEN pg_get_function_arg_default(p.oid, i::int) END) ORDER BY i)
		FROM unnest(coalesce(p.proallargtypes, p.proargtypes::oid[])) WITH ORDINALITY AS t (type, n), LATERAL (SELECT t.n AS i) AS place), '[]'),
	'result', format_type(p.prorettype, NULL), 'set', p.proretset, 'comment', obj_description(p.oid, 'pg_proc'))
FROM pg_proc p JOIN member m ON m.classid = 'pg_proc'::regclass AND m.objid = p.oid
ORDER BY p.proname COLLATE "C", pg_get_function_arguments(p.oid) COLLATE "C";

SELECT jsonb_build_object('object', 'type', 'name', t.typname, 'comment', obj_description(t.oid, 'pg_type'),
	'scale', EXISTS (SELECT FROM pg_proc p WHERE p.proname = 'level' AND p.proargtypes[0] = t.oid),
	'columns', (SELECT jsonb_agg(jsonb_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod), 'comment', col_description(t.typrelid, a.attnum))
					ORDER BY a.attnum) FROM pg_attribute a WHERE a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped),
	'operators', (SELECT jsonb_agg(jsonb_build_object('name', o.oprname, 'left', format_type(o.oprleft, NULL), 'right', format_type(o.oprright, NULL),
					'result', format_type(o.oprresult, NULL), 'comment', obj_description(o.oid, 'pg_operator'))
					ORDER BY o.oprname COLLATE "C", format_type(o.oprleft, NULL) COLLATE "C", format_type(o.oprright, NULL) COLLATE "C")
				  FROM pg_operator o WHERE t.oid IN (o.oprleft, o.oprright)),
	'casts', (SELECT jsonb_agg(jsonb_build_object('from', format_type(c.castsource, NULL), 'to', format_type(c.casttarget, NULL), 'context', c.castcontext,
					'comment', obj_description(c.oid, 'pg_cast')) ORDER BY format_type(c.castsource, NULL) COLLATE "C", format_type(c.casttarget, NULL) COLLATE "C")
			  FROM pg_cast c WHERE t.oid IN (c.castsource, c.casttarget) AND c.castsource <> c.casttarget),
	'classes', (SELECT jsonb_agg(jsonb_build_object('name', c.opcname, 'method', m.amname, 'comment', obj_description(c.oid, 'pg_opclass')) ORDER BY m.amname COLLATE "C")
				FROM pg_opclass c JOIN pg_am m ON m.oid = c.opcmethod WHERE c.opcintype = t.oid))
FROM pg_type t JOIN member m ON m.classid = 'pg_type'::regclass AND m.objid = t.oid
WHERE t.typelem = 0 AND (t.typrelid = 0 OR (SELECT relkind FROM pg_class WHERE oid = t.typrelid) = 'c')
ORDER BY t.typname COLLATE "C";

SELECT jsonb_build_object('object', CASE c.relkind WHEN 'r' THEN 'table' ELSE 'view' END, 'name', c.relname, 'comment', obj_description(c.oid, 'pg_class'),
	'columns', (SELECT jsonb_agg(jsonb_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod), 'comment', col_description(c.oid, a.attnum)) ORDER BY a.attnum)
				FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped))
FROM pg_class c JOIN member m ON m.classid = 'pg_class'::regclass AND m.objid = c.oid
WHERE c.relkind IN ('r', 'v') ORDER BY c.relname COLLATE "C";

-- The settings are known once the library is loaded.
LOAD 'csirtsurvey';
SELECT jsonb_build_object('object', 'setting', 'name', name, 'default', boot_val, 'comment', short_desc)
FROM pg_settings WHERE name LIKE 'csirtsurvey.%' ORDER BY name COLLATE "C";
