-- The reference of every object from the COMMENTs: Markdown on standard output.  Run by tools/reference.
\set QUIET 1
\pset format unaligned
\pset tuples_only true
\pset pager off
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS csirtsurvey;
SET search_path = csirtsurvey, public;
\echo '# Reference'
\echo
\echo 'Made from the COMMENTs of the extension by `make reference`; psql shows the same with `\\dx+ csirtsurvey`, `\\df+`, `\\d+` and `\\dT+`.'
\echo
\echo '## Functions and aggregates'
\echo
SELECT format(E'### %s\n\n%s**%s(%s)** returns %s\n\n%s\n', p.proname, CASE p.prokind WHEN 'a' THEN 'aggregate ' ELSE '' END, p.proname,
			  replace(pg_get_function_arguments(p.oid), 'csirtsurvey.', ''), replace(pg_get_function_result(p.oid), 'csirtsurvey.', ''), obj_description(p.oid, 'pg_proc'))
FROM pg_proc p JOIN pg_depend d ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e' AND d.refobjid = (SELECT oid FROM pg_extension WHERE extname = 'csirtsurvey')
WHERE NOT ('internal'::regtype = ANY (p.proargtypes) OR p.prorettype = 'internal'::regtype OR 'cstring'::regtype = ANY (p.proargtypes) OR p.prorettype = 'cstring'::regtype
		   OR p.proname ~ '^(maturity|tenure|proficiency|cadence|company_size|team_size|employee_share|dedicated_share|headcount|preparation_period|asset_management|tool_adoption|stop_authority|report_audience)_')
	  AND obj_description(p.oid, 'pg_proc') IS NOT NULL
	  AND NOT EXISTS (SELECT FROM pg_operator o WHERE o.oprcode = p.oid) AND NOT EXISTS (SELECT FROM pg_cast c WHERE c.castfunc = p.oid)
ORDER BY p.proname COLLATE "C", pg_get_function_arguments(p.oid) COLLATE "C";
\echo '## Types'
\echo
SELECT format(E'### %s\n\n%s\n', t.typname, obj_description(t.oid, 'pg_type'))
FROM pg_type t JOIN pg_depend d ON d.classid = 'pg_type'::regclass AND d.objid = t.oid AND d.deptype = 'e' AND d.refobjid = (SELECT oid FROM pg_extension WHERE extname = 'csirtsurvey')
WHERE t.typcategory <> 'A' AND (t.typrelid = 0 OR (SELECT relkind FROM pg_class WHERE oid = t.typrelid) = 'c') ORDER BY t.typname COLLATE "C";
\echo '## Tables and views'
\echo
SELECT format(E'### %s\n\n%s\n\n| column | type | meaning |\n|---|---|---|\n%s\n', c.relname, obj_description(c.oid, 'pg_class'),
			  (SELECT string_agg(format('| %s | %s | %s |', a.attname, replace(format_type(a.atttypid, a.atttypmod), 'csirtsurvey.', ''), col_description(c.oid, a.attnum)), E'\n' ORDER BY a.attnum)
			   FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped))
FROM pg_class c JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e' AND d.refobjid = (SELECT oid FROM pg_extension WHERE extname = 'csirtsurvey')
WHERE c.relkind IN ('r', 'v') AND c.relname !~ '^synthetic_' ORDER BY c.relname COLLATE "C";
