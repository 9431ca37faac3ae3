-- The ordinal scales against their order as written down here from the questionnaire and the design, not as the scales tell it.
\i sql/tap/begin.psql
SELECT no_plan();

-- Off-scale codes, then the codes from the lowest up; levels count up from the number given.
CREATE TEMP TABLE design (name text PRIMARY KEY, off_scale text, rising text, lowest int);
INSERT INTO design VALUES
	('maturity', '', 'edcba', 0), ('tenure', 'f', 'abcde', 1), ('proficiency', 'd', 'abc', 1), ('cadence', '', 'fedcba', 0),
	('company_size', '', 'abcdefg', 1), ('team_size', '', 'abcd', 1), ('employee_share', '', 'abcdef', 0),
	('dedicated_share', '', 'abcdef', 0), ('headcount', '', 'abcd', 0), ('preparation_period', '', 'abcd', 1),
	('asset_management', '', 'cba', 0), ('tool_adoption', '', 'cba', 0), ('stop_authority', 'd', 'cba', 0),
	('report_audience', 'e', 'abcd', 1);
SELECT results_eq('SELECT DISTINCT scale COLLATE "C" FROM question_part WHERE scale IS NOT NULL ORDER BY 1',
	'SELECT name COLLATE "C" FROM design ORDER BY 1', 'the scales of the codebook');
CREATE FUNCTION evaluate(query text) RETURNS text LANGUAGE plpgsql AS $$ DECLARE r text; BEGIN EXECUTE query INTO r; RETURN r; END $$;
CREATE FUNCTION codes(d design) RETURNS text[] RETURN string_to_array(d.off_scale || d.rising, NULL);

SELECT is(evaluate(format('SELECT string_agg(c, '''' ORDER BY c::%s) FROM unnest(%L::text[]) AS c', name, codes(d))),
		  off_scale || rising, name || ': off-scale first, then by rising level') FROM design AS d;
SELECT is(evaluate(format('SELECT array_agg(level(c::%s) ORDER BY ord) FROM unnest(%L::text[]) WITH ORDINALITY AS u(c, ord)', name, codes(d))),
		  (SELECT array_agg(CASE WHEN i > length(off_scale) THEN lowest + i - length(off_scale) - 1 END ORDER BY i)
		   FROM generate_series(1, length(off_scale || rising)) AS i)::text, name || ': levels') FROM design AS d;
SELECT is(evaluate(format('SELECT string_agg(convert_from(%1$s_send(c::%1$s), ''UTF8''), '''' ORDER BY ord) FROM unnest(%2$L::text[]) WITH ORDINALITY AS u(c, ord)', name, codes(d))),
		  off_scale || rising, name || ': the binary form is the code') FROM design AS d;
SELECT is(evaluate(format('SELECT (min(c::%1$s), max(c::%1$s)) FROM unnest(%2$L::text[] || NULL::text) AS c', name, codes(d))),
		  format('(%s,%s)', left(off_scale || rising, 1), right(rising, 1)), name || ': min and max') FROM design AS d;
-- Six operators, with text on neither, right and left side, for every pair of codes.
SELECT is(evaluate(format($q$
	WITH v AS (SELECT c, c::%1$s AS s, c::varchar AS vc, r FROM unnest(%2$L::text[]) WITH ORDINALITY AS u(c, r))
	SELECT bool_and((a.s < b.s) = (a.r < b.r) AND (a.s <= b.s) = (a.r <= b.r) AND (a.s = b.s) = (a.r = b.r)
		AND (a.s <> b.s) = (a.r <> b.r) AND (a.s >= b.s) = (a.r >= b.r) AND (a.s > b.s) = (a.r > b.r)
		AND (a.s < b.c) = (a.r < b.r) AND (a.s <= b.c) = (a.r <= b.r) AND (a.s = b.c) = (a.r = b.r)
		AND (a.s <> b.vc) = (a.r <> b.r) AND (a.s >= b.vc) = (a.r >= b.r) AND (a.s > b.vc) = (a.r > b.r)
		AND (a.vc < b.s) = (a.r < b.r) AND (a.vc <= b.s) = (a.r <= b.r) AND (a.vc = b.s) = (a.r = b.r)
		AND (a.c <> b.s) = (a.r <> b.r) AND (a.c >= b.s) = (a.r >= b.r) AND (a.c > b.s) = (a.r > b.r))
	FROM v AS a, v AS b$q$, name, codes(d))), 'true', name || ': comparison, also with text and varchar, on both sides') FROM design AS d;

-- Every option of the codebook, in each of its printings, is read by code and by both labels, and no code is missing.
SELECT is(evaluate(format($q$SELECT bool_and(label_ja::%1$s = code AND label_en::%1$s = code AND label(code::%1$s) = label_en)
				FROM option JOIN question_part USING (question, part) WHERE scale = %1$L$q$, name)),
		  'true', name || ': labels of the codebook') FROM design;
SELECT is(evaluate(format($q$SELECT array_agg(DISTINCT code) FROM option JOIN question_part USING (question, part) WHERE scale = %L$q$, name)),
		  (SELECT array_agg(c ORDER BY c) FROM unnest(codes(d)) AS c)::text, name || ': codes of the codebook') FROM design AS d;

SELECT is_empty($$SELECT pg_describe_object(classid, objid, 0) FROM pg_depend
	WHERE refclassid = 'pg_extension'::regclass AND refobjid = (SELECT oid FROM pg_extension WHERE extname = 'csirtsurvey') AND deptype = 'e'
	AND pg_describe_object(classid, objid, 0) ~ ('\y(' || (SELECT string_agg(name || '(_\w+)?', '|') FROM design) || ')\y')
	AND pg_describe_object(classid, objid, 0) !~ '\[\]' AND obj_description(objid, classid::regclass::name) IS NULL$$,
	'every object of the scales has a comment');

SELECT * FROM finish();
ROLLBACK;
