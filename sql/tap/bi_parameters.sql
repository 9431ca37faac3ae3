-- Parameters as BI tools send them: varchar, text, unknown, arrays of text, beside scales and multi-select answers.
\i sql/tap/begin.psql
SET client_min_messages = warning;
SELECT no_plan();

CREATE TEMP TABLE answer (id int, m maturity, ms multiselect, code text, v varchar(10), c char(3), picked text);
INSERT INTO answer VALUES (1, 'a', '{a}', 'a', 'a', 'a', '{a}'), (2, 'b', '{a,b}', 'c', 'c', 'c', 'a,b'), (3, 'c', '{c}', 'c', 'c', 'c', '{c}'), (4, 'e', '{}', 'e', 'e', 'e', '{}'), (5, NULL, NULL, NULL, NULL, NULL, NULL);

-- Each condition, with its parameters declared as each of the types, gives the same rows.
CREATE TEMP TABLE condition (condition text, parameters text, ids text);
INSERT INTO condition VALUES
	('m = $1', '''b''', '2'), ('$1 = m', '''b''', '2'), ('m <> $1', '''b''', '1 3 4'), ('m > $1', '''c''', '1 2'), ('m >= $1', '''c''', '1 2 3'), ('$1 <= m', '''c''', '1 2 3'),
	('m < $1', '''c''', '4'), ('m <= $1', '''c''', '3 4'), ('m IN ($1, $2)', '''a'', ''e''', '1 4'), ('m NOT IN ($1, $2)', '''a'', ''e''', '2 3'), ('m BETWEEN $1 AND $2', '''c'', ''b''', '2 3'),
	('m IS NOT DISTINCT FROM $1', '''c''', '3'), ('m IS DISTINCT FROM $1', '''c''', '1 2 4 5'), ('m = $1 OR $2 IS NULL', '''c'', ''x''', '3'), ('NOT (m = $1)', '''c''', '1 2 4'), ('(m = $1) IS NOT TRUE', '''c''', '1 2 4 5'),
	('m LIKE $1', '''%a%''', '1'), ('m NOT LIKE $1', '''%a%''', '2 3 4'), ('m ILIKE $1', '''A''', '1'), ('m NOT ILIKE $1', '''A%''', '2 3 4'), ('CAST(m AS text) = $1', '''a''', '1'), ('lower(CAST(m AS text)) LIKE lower($1)', '''%A%''', '1'),
	('ms = $1', '''{a,b}''', '2'), ('$1 = ms', '''b,a''', '2'), ('ms <> $1', '''{a}''', '2 3 4'), ('ms IN ($1, $2)', '''{a}'', ''{c}''', '1 3'), ('ms NOT IN ($1, $2)', '''{a}'', ''{c}''', '2 4'),
	('ms > $1', '''{a}''', '2 3'), ('ms >= $1', '''{a,b}''', '2 3'), ('ms < $1', '''{a}''', '4'), ('ms <= $1', '''{a}''', '1 4'), ('ms BETWEEN $1 AND $2', '''{a}'', ''{b}''', '1 2'), ('ms IS NOT DISTINCT FROM $1', '''{}''', '4'),
	('ms @> $1', '''a''', '1 2'), ('$1 <@ ms', '''a''', '1 2'), ('ms <@ $1', '''a,b''', '1 2 4'), ('$1 @> ms', '''a,b''', '1 2 4'), ('ms && $1', '''b;c''', '2 3'), ('$1 && ms', '''b;c''', '2 3'), ('has(ms, $1)', '''b''', '2'),
	('$1 = ANY (options(ms))', '''b''', '2'), ('$1 = ANY (ms::text[])', '''b''', '2'), ('ms LIKE $1', '''%b%''', '2'), ('ms NOT LIKE $1', '''%b%''', '1 3 4'), ('ms ILIKE $1', '''%B%''', '2'), ('ms NOT ILIKE $1', '''%B%''', '1 3 4'),
	('ms::text = $1', '''{a,b}''', '2');
INSERT INTO condition VALUES ('m = ANY ($1)', 'ARRAY[''a'', ''e'']', '1 4'), ('m <> ALL ($1)', 'ARRAY[''a'', ''e'']', '2 3'), ('m >= ANY ($1)', 'ARRAY[''c'', ''e'']', '1 2 3 4'), ('ms = ANY ($1)', 'ARRAY[''{a}'', ''{c}'']', '1 3'),
	('ms <> ALL ($1)', 'ARRAY[''{a}'', ''{c}'']', '2 4'), ('ms @> $1', 'ARRAY[''a'', ''b'']', '2'), ('ms && $1', 'ARRAY[''b'', ''c'']', '2 3'), ('ms <@ $1', 'ARRAY[''a'', ''b'']', '1 2 4'), ('$1 <@ ms', 'ARRAY[''a'']', '1 2'), ('$1 @> ms', 'ARRAY[''a'', ''b'']', '1 2 4'),
	('$1 && ms', 'ARRAY[''b'']', '2'), ('ms @> ANY ($1)', 'ARRAY[''b'', ''c'']', '2 3');
CREATE FUNCTION pg_temp.run(condition text, parameters text, type text, generic boolean) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	ids text;
BEGIN
	PERFORM set_config('plan_cache_mode', CASE WHEN generic THEN 'force_generic_plan' ELSE 'force_custom_plan' END, true);
	EXECUTE format('PREPARE bi_query%s AS SELECT string_agg(id::text, '' '' ORDER BY id) FROM answer WHERE %s',
				   CASE WHEN type = 'unknown' THEN '' ELSE '(' || concat_ws(', ', type, CASE WHEN condition LIKE '%$2%' THEN type END) || ')' END, condition);
	EXECUTE format('EXECUTE bi_query(%s)', parameters) INTO ids;
	DEALLOCATE bi_query;
	RETURN ids;
END $$;
SELECT is(pg_temp.run(condition, parameters, type, generic), ids, format('%s with %s as %s%s', condition, parameters, type, CASE WHEN generic THEN ', generic plan' ELSE '' END))
FROM condition, unnest(CASE WHEN parameters LIKE 'ARRAY%' THEN '{text[],varchar[]}' ELSE '{text,varchar,unknown}' END::text[]) AS type, unnest('{f,t}'::boolean[]) AS generic
WHERE NOT (type = 'unknown' AND condition ~ '^\$1 = ANY|lower|IS NULL');
-- An untyped literal keeps its meaning: it is read as the type beside it.
SELECT is((SELECT string_agg(id::text, ' ') FROM answer WHERE ms = '{a,b}'), '2', 'a literal beside a multi-select answer');
SELECT is((SELECT string_agg(id::text, ' ') FROM answer WHERE ms = ANY ('{"{a}","{c}"}')), '1 3', 'an array literal');
SELECT is((SELECT string_agg(id::text, ' ') FROM answer WHERE ms @> '{a,b}' AND ms @> 'a'), '2', 'a literal with @>');
SELECT is((SELECT string_agg(id::text, ' ') FROM answer WHERE m >= 'c' AND m < 'a'), '2 3', 'a literal beside a scale');
SELECT is((SELECT string_agg(id::text, ' ') FROM answer WHERE ms @> ARRAY['a']), '1 2', 'ARRAY beside a multi-select answer');
-- An array as drivers write it, without a type.
SELECT is((SELECT string_agg(id::text, ' ') FROM answer WHERE ms && '{"b","c"}'), '2 3', 'an array literal with quotes');
SELECT is((SELECT string_agg(id::text, ' ') FROM answer WHERE ms @> '{"a"}' AND m = ANY ('{"a","b"}')), '1 2', 'of one');
SELECT throws_ok(format('SELECT %L::multiselect', bad), '22P02', NULL, 'no selection: ' || bad) FROM unnest(ARRAY['"a"', '{"a}', '{a"}', '{""}', '{"a,b"}', '{"}', '{"a""b"}']) AS bad;

-- Columns of text.
SELECT is((SELECT string_agg(id::text, ' ' ORDER BY id) FROM answer WHERE m = code AND m = v AND m = c), '1 3 4', 'a scale and columns of text, varchar and char');
SELECT is((SELECT string_agg(id::text, ' ' ORDER BY id) FROM answer WHERE m IN (SELECT v FROM answer)), '1 3 4', 'IN (SELECT varchar)');
SELECT is((SELECT string_agg(id::text, ' ' ORDER BY id) FROM answer WHERE ms IN (SELECT picked FROM answer WHERE id < 3)), '1 2', 'a multi-select answer IN (SELECT text)');
SELECT is((SELECT count(*) FROM answer a JOIN answer b ON a.m = b.v), 4::bigint, 'a join with varchar');
SELECT is((SELECT count(*) FROM answer a LEFT JOIN answer b ON a.m = b.code), 6::bigint, 'an outer join with text');
SELECT is((SELECT count(*) FROM answer a JOIN answer b ON a.ms = b.picked), 4::bigint, 'a join of multi-select answers with text');
-- What tools ask of every column.
SELECT is((SELECT concat_ws(' ', min(m), max(m), count(DISTINCT m), count(m), min(ms), max(ms), count(DISTINCT ms)) FROM answer), 'e a 4 4 {} {c} 4', 'min, max, count distinct');
SELECT is((SELECT concat_ws(' ', min(ms), max(ms)) FROM answer WHERE id = 5), '', 'min and max of nothing');
SELECT results_eq('SELECT DISTINCT m FROM answer ORDER BY m NULLS FIRST LIMIT 3', 'SELECT unnest(ARRAY[NULL, ''e'', ''c'']::maturity[])', 'DISTINCT and ORDER BY: by level');
SELECT results_eq('SELECT DISTINCT ms FROM answer ORDER BY 1', 'SELECT unnest(ARRAY[''{}'', ''{a}'', ''{a,b}'', ''{c}'', NULL]::multiselect[])', 'and of multi-select answers');
SELECT results_eq('SELECT CAST(m AS varchar(20)), m::char(2), ms::varchar, COALESCE(m::text, '''') FROM answer WHERE id = 2', $$VALUES ('b'::varchar(20), 'b'::char(2), '{a,b}'::varchar, 'b')$$, 'casts');
SELECT is((SELECT string_agg('x' || m || ms, ' ' ORDER BY id) FROM answer WHERE id < 3), 'xa{a} xb{a,b}', 'concatenation');
SELECT is((SELECT sum(m::float8) || ' ' || avg(CAST(m AS integer)) FROM answer), '9 2.2500000000000000', 'levels as numbers');
-- A value that is none, said so: no row is passed over in silence.
PREPARE wrong(varchar) AS SELECT FROM answer WHERE m = $1;
SELECT throws_ok('EXECUTE wrong(''zzz'')', '22P02', NULL, 'a varchar that is no code of the scale');
SELECT throws_ok('EXECUTE wrong('''')', '22P02', NULL, 'nor is the empty one');
PREPARE wrong_set(text) AS SELECT FROM answer WHERE ms @> $1;
SELECT throws_ok('EXECUTE wrong_set(''a1'')', '22P02', NULL, 'a text that is no selection');
SELECT is((SELECT count(*) FROM answer WHERE m = NULL::text OR ms = NULL::text OR ms @> NULL::text[] OR m LIKE NULL), 0::bigint, 'NULL parameters');
-- In the views for BI tools codes are text, so that these tools' empty strings do no harm.
SELECT is((SELECT count(*) FROM bi_option WHERE code = '' OR code = 'zzz'), 0::bigint, 'the empty string and unknown codes in a bi_ view');
-- Indexes serve.
CREATE TEMP TABLE many AS SELECT chr(97 + i % 5)::maturity AS m, ARRAY[chr(97 + i % 5), chr(97 + i % 7)]::multiselect AS ms FROM generate_series(1, 2000) AS i;
CREATE INDEX many_m ON many (m);
CREATE INDEX many_ms ON many USING gin (ms);
CREATE INDEX many_ms_order ON many (ms);
ANALYZE many;
SET enable_seqscan = off;
SET plan_cache_mode = force_generic_plan;
CREATE FUNCTION pg_temp.plan(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	line text;
	plan text := '';
BEGIN
	FOR line IN EXECUTE 'EXPLAIN (COSTS OFF) ' || query LOOP plan := plan || line; END LOOP;
	RETURN plan;
END $$;
PREPARE level(varchar) AS SELECT FROM many WHERE m >= $1;
SELECT alike(pg_temp.plan('EXECUTE level(''b'')'), '%Index Cond: (m >=%', 'a scale with a varchar parameter');
PREPARE ticks(varchar) AS SELECT FROM many WHERE ms @> $1;
SELECT alike(pg_temp.plan('EXECUTE ticks(''a'')'), '%many_ms%Index Cond: (ms @>%', 'ticks with a varchar parameter');
PREPARE any_tick(text[]) AS SELECT FROM many WHERE ms && $1;
SELECT alike(pg_temp.plan('EXECUTE any_tick(''{a,b}'')'), '%many_ms%Index Cond: (ms &&%', 'ticks with an array of text');
PREPARE whole(text) AS SELECT FROM many WHERE ms = $1;
SELECT alike(pg_temp.plan('EXECUTE whole(''{a,b}'')'), '%Index Cond: (ms =%', 'a whole answer with a text parameter');
SELECT alike(pg_temp.plan('SELECT min(ms), max(ms) FROM many'), '%many_ms_order%', 'min and max from the index');
SELECT * FROM finish();
ROLLBACK;
