-- Objects and columns of the extension without a COMMENT, one a line, for tools/reference --check.
WITH member AS (SELECT classid, objid FROM pg_depend WHERE deptype = 'e' AND refclassid = 'pg_extension'::regclass AND refobjid = (SELECT oid FROM pg_extension WHERE extname = 'csirtsurvey'))
SELECT pg_describe_object(classid, objid, 0) FROM member
WHERE classid IN ('pg_proc'::regclass, 'pg_type'::regclass, 'pg_operator'::regclass, 'pg_class'::regclass, 'pg_cast'::regclass, 'pg_opclass'::regclass)
	AND NOT EXISTS (SELECT FROM pg_description d WHERE d.classoid = member.classid AND d.objoid = member.objid AND d.objsubid = 0)
	AND NOT (classid = 'pg_type'::regclass AND EXISTS (SELECT FROM pg_type t WHERE t.oid = objid AND (t.typelem <> 0 OR t.typrelid <> 0)))
	AND NOT (classid = 'pg_class'::regclass AND EXISTS (SELECT FROM pg_class c WHERE c.oid = objid AND c.relkind NOT IN ('r', 'v')))
UNION ALL
SELECT format('column %s of %s', attname, attrelid::regclass) FROM member JOIN pg_attribute a ON classid = 'pg_class'::regclass AND a.attrelid = objid AND attnum > 0 AND NOT attisdropped
	JOIN pg_class c ON c.oid = a.attrelid AND c.relkind IN ('r', 'v') WHERE col_description(attrelid, attnum) IS NULL;
