-- The ordinal scales: order, round trips, indexes, joins, bad input.
\i sql/tap/begin.psql
SELECT no_plan();
CREATE TEMP TABLE code AS SELECT *, row_number() OVER () AS at FROM scale_levels();

-- Run a query that yields one boolean for every scale; %1$s is its name.
CREATE FUNCTION every_scale(q text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE s text; good boolean; bad text := '';
BEGIN
	FOR s IN SELECT DISTINCT scale FROM code ORDER BY 1 LOOP
		EXECUTE format(q, s) INTO good;
		IF good IS NOT TRUE THEN bad := bad || ' ' || s; END IF;
	END LOOP;
	RETURN bad;
END $$;
SELECT is((SELECT count(DISTINCT scale) FROM code), 14::bigint, 'fourteen scales');
SELECT is(every_scale($q$SELECT bool_and(code::%1$s::text = code AND label_ja::%1$s::text = code AND label_en::%1$s::text = code
	AND upper(label_en)::varchar::%1$s::text = code AND replace(label_ja, ' ', '　')::%1$s::text = code) FROM code WHERE scale = '%1$s'$q$), '',
	'every code is read by code and by either label, whatever its case and spaces');
SELECT is(every_scale($q$SELECT array_agg(code::%1$s ORDER BY at) = array_agg(code::%1$s ORDER BY code::%1$s) FROM code WHERE scale = '%1$s'$q$), '',
	'values sort in the order of the scale');
SELECT is(every_scale($q$SELECT bool_and((a.code::%1$s < b.code::%1$s) = (a.at < b.at) AND (a.code::%1$s <= b.code::%1$s) = (a.at <= b.at)
	AND (a.code::%1$s = b.code::%1$s) = (a.at = b.at) AND (a.code::%1$s <> b.code::%1$s) = (a.at <> b.at)
	AND (a.code::%1$s > b.code::%1$s) = (a.at > b.at) AND (a.code::%1$s >= b.code::%1$s) = (a.at >= b.at)
	AND (a.code::%1$s < b.code::text) = (a.at < b.at) AND (a.code::varchar >= b.code::%1$s) = (a.at >= b.at)
	AND (a.code::%1$s = b.code::varchar) = (a.at = b.at) AND (a.code::text <> b.code::%1$s) = (a.at <> b.at))
	FROM code a, code b WHERE a.scale = '%1$s' AND b.scale = '%1$s'$q$), '', 'operators follow the order, with text on either side too');
SELECT is(every_scale($q$SELECT bool_and(level(code::%1$s) IS NOT DISTINCT FROM level AND code::%1$s::int IS NOT DISTINCT FROM level
	AND code::%1$s::float8 IS NOT DISTINCT FROM level::float8 AND on_scale(code::%1$s) = NOT off_scale
	AND substantive(code::%1$s)::text IS NOT DISTINCT FROM CASE WHEN NOT off_scale THEN code END
	AND label(code::%1$s) = label_en AND label(code::%1$s, 'ja') = label_ja) FROM code WHERE scale = '%1$s'$q$), '',
	'level, casts, on_scale, substantive and label tell what the scale says');
SELECT is(every_scale($q$SELECT min(code::%1$s)::text = (array_agg(code ORDER BY at))[1] AND max(code::%1$s)::text = (array_agg(code ORDER BY at DESC))[1]
	FROM code WHERE scale = '%1$s'$q$), '', 'min and max');
SELECT is(every_scale($q$SELECT row_labels(freq(code::%1$s)) = (SELECT array_agg(code ORDER BY at) FROM code WHERE scale = '%1$s')
	AND row_scores(freq(code::%1$s)) IS NOT DISTINCT FROM (SELECT array_agg(level::float8 ORDER BY at) FROM code WHERE scale = '%1$s')
	FROM code WHERE scale = '%1$s' AND code = 'b'$q$), '', 'a table shows the whole scale, with its levels as scores');
SELECT is(every_scale($q$SELECT bool_and(amvalidate(oid)) FROM pg_opclass WHERE opcintype = 'csirtsurvey.%1$s'::regtype AND pg_opclass.opcname LIKE '%1$s%%'$q$), '',
	'operator classes are valid');
SELECT is(every_scale($q$SELECT bool_and((scale_code.code::%1$s = other.code::%1$s) <= (%1$s_hash(scale_code.code::%1$s) = %1$s_hash(other.code::%1$s)))
	FROM code scale_code, code other WHERE scale_code.scale = '%1$s' AND other.scale = '%1$s'$q$), '', 'equal values hash alike');

-- The same labels as the codebook, but for white space.
SELECT is_empty($$SELECT p.question, p.part, o.code, o.label_ja, c.label_ja FROM question_part p JOIN option o USING (question, part)
	LEFT JOIN code c ON c.scale = p.scale AND c.code = o.code
	WHERE p.scale IS NOT NULL AND regexp_replace(o.label_ja, '\s', '', 'g') IS DISTINCT FROM regexp_replace(c.label_ja, '\s', '', 'g')
	AND o.in_questionnaire$$, 'every option of an ordinal question is a code of its scale');
SELECT is_empty('SELECT DISTINCT scale FROM question_part WHERE scale IS NOT NULL AND scale NOT IN (SELECT scale FROM code)', 'every scale of the codebook exists');

-- Tables, indexes, joins, arrays, composites.
CREATE TABLE team (id int PRIMARY KEY, m maturity, t tenure);
INSERT INTO team SELECT i, (array['a','b','c','d','e'])[1 + i % 5]::text, (array['a','b','c','d','e','f'])[1 + i % 6]::varchar FROM generate_series(1, 6000) AS i;
CREATE INDEX team_m ON team (m);
CREATE INDEX team_t ON team USING hash (t);
ANALYZE team;
CREATE FUNCTION plan_of(q text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE line text; r text := '';
BEGIN
	FOR line IN EXECUTE 'EXPLAIN (COSTS OFF) ' || q LOOP r := r || line || E'\n'; END LOOP;
	RETURN r;
END $$;
SET enable_seqscan = off;
SELECT matches(plan_of('SELECT * FROM team WHERE m = ''a''::varchar'), 'team_m', 'a varchar parameter uses the index');
SELECT matches(plan_of('SELECT * FROM team WHERE m >= ''b''::text'), 'team_m', 'a text range uses the index');
SELECT matches(plan_of('SELECT * FROM team WHERE t = ''f'''), 'team_t', 'a hash index is used');
SELECT is((SELECT count(*) FROM team WHERE m >= 'b'), 2400::bigint, 'at least approved');
SELECT is((SELECT count(*) FROM team WHERE t = 'f'), 1000::bigint, 'the hash index finds what is there');
RESET enable_seqscan;
PREPARE by_param(text) AS SELECT count(*) FROM team WHERE m = $1;
SELECT is((SELECT count(*) FROM team WHERE m = 'Not defined; considered each time a case arises'::text), 1200::bigint, 'text may be a label');
SET enable_hashjoin = off; SET enable_nestloop = off;
SELECT matches(plan_of('SELECT count(*) FROM team a JOIN team b ON a.m = b.m AND a.id < 100'), 'Merge Join', 'merge join');
SELECT is((SELECT count(*) FROM team a JOIN team b USING (m) WHERE a.id <= 100), 120000::bigint, 'merge join counts');
RESET enable_hashjoin; SET enable_mergejoin = off;
SELECT matches(plan_of('SELECT count(*) FROM team a JOIN team b ON a.m = b.m AND a.id < 100'), 'Hash Join', 'hash join');
SELECT is((SELECT count(*) FROM team a JOIN team b USING (m) WHERE a.id <= 100), 120000::bigint, 'hash join counts');
RESET enable_mergejoin; RESET enable_nestloop;
SELECT results_eq('SELECT m::text, count(*) FROM team GROUP BY ROLLUP (m) ORDER BY team.m', $$VALUES ('e', 1200::bigint), ('d', 1200), ('c', 1200), ('b', 1200), ('a', 1200), (NULL, 6000)$$, 'GROUP BY ROLLUP');
SELECT is((SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY m)::text FROM team), 'c', 'percentile_disc');
SELECT is(ARRAY['a', 'e']::maturity[]::text, '{a,e}', 'arrays');
SELECT ok(ROW('b'::maturity, 1) > ROW('c'::maturity, 2), 'composites compare by level');
CREATE TABLE again (LIKE team);
\! mkdir -p build
\copy team TO 'build/team.bin' (FORMAT binary)
\copy again FROM 'build/team.bin' (FORMAT binary)
SELECT is_empty('SELECT * FROM team EXCEPT SELECT * FROM again', 'binary COPY comes back');

-- Bad input.
SELECT throws_ok(format('SELECT %L::maturity', x), '22P02', NULL, 'refused: ' || left(x, 20))
FROM unnest(ARRAY['', 'f', 'ab', 'A B', '1', 'a,b', repeat('あ', 400000), 'Not']) AS x;
SELECT throws_ok('INSERT INTO team VALUES (0, ''x''::text)', '22P02', NULL, 'refused in an assignment');
SELECT throws_ok('SELECT m = ''x''::text FROM team LIMIT 1', '22P02', NULL, 'refused in a comparison');
SELECT throws_ok('SELECT ''a''::maturity = ''a''::tenure', '42883', NULL, 'two scales do not compare');
SELECT throws_ok('SELECT avg(m) FROM team', '42883', NULL, 'a scale is not averaged by accident');
SELECT * FROM finish();
ROLLBACK;
