-- tally(record) against freq() of each column: plain, grouped, parallel, with columns that cannot be counted.
\i sql/tap/begin.psql
SET client_min_messages = warning;
SELECT no_plan();
CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
CREATE TABLE answer (id int, doc json, gone int, a maturity, b tenure, c text, d numeric, e multiselect(4), f mood, g bool);
INSERT INTO answer SELECT i, '{}', i, CASE WHEN i % 11 > 0 THEN (ARRAY['a', 'b', 'c', 'd', 'e'])[1 + i % 5]::text::maturity END, (ARRAY['a', 'f', 'c'])[1 + i % 3]::text::tenure,
	CASE WHEN i % 13 > 0 THEN repeat('回答', 1 + i % 4) END, (i % 7) / 2.0, (ARRAY['a,b', '{}', 'd'])[1 + i % 3]::text::multiselect, (ARRAY['sad', 'happy'])[1 + i % 2]::mood, i % 2 = 0
	FROM generate_series(1, 30000) AS i;
ALTER TABLE answer DROP COLUMN gone;
ANALYZE answer;
CREATE FUNCTION tallied_well(rel text) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE good boolean := true; r record; t xtab;
BEGIN
	FOR r IN EXECUTE format('SELECT u.* FROM (SELECT tally(x) AS all_columns FROM %s AS x) AS s, unnest(all_columns) AS u', rel) LOOP
		IF r.t IS NOT NULL THEN
			EXECUTE format('SELECT freq(%I) FROM %s AS x', r.column_name, rel) INTO t;
			good := good AND t::text = r.t::text;
		END IF;
	END LOOP;
	RETURN good;
END $$;
SET max_parallel_workers_per_gather = 0;
SELECT is((SELECT string_agg(column_name || '/' || position || CASE WHEN t IS NULL THEN '/' || note ELSE '' END, ' ' ORDER BY position) FROM unnest((SELECT tally(answer) FROM answer))),
	'id/1/left out: 10000 distinct values or more (csirtsurvey.max_categories) doc/2/left out: type json cannot be sorted and hashed a/4 b/5 c/6 d/7 e/8 f/9 g/10', 'each column, or why not');
SELECT ok(tallied_well('answer'), 'the tables are those of freq()');
SELECT results_eq('SELECT column_name, position, t::text, note FROM tally_table(''answer'') ORDER BY 2', 'SELECT column_name, position, t::text, note FROM unnest((SELECT tally(answer) FROM answer)) ORDER BY 2', 'read as a table');
CREATE VIEW seen AS SELECT * FROM answer WHERE g;
SELECT is((SELECT n(t) FROM tally_table('seen') WHERE column_name = 'b'), 15000::float8, 'a view');
CREATE TABLE parted (LIKE answer) PARTITION BY LIST (g);
CREATE TABLE parted_true PARTITION OF parted DEFAULT;
INSERT INTO parted SELECT * FROM answer;
SELECT is((SELECT n(t) FROM tally_table('parted') WHERE column_name = 'b'), 30000::float8, 'a partitioned table');
CREATE ROLE tally_reader;
GRANT USAGE ON SCHEMA csirtsurvey TO tally_reader;
ALTER TABLE answer ENABLE ROW LEVEL SECURITY;
CREATE POLICY some_rows ON answer USING (NOT g);
SET ROLE tally_reader;
SELECT throws_ok('SELECT * FROM tally_table(''answer'')', '42501', NULL, 'without the right to read');
SELECT throws_ok('SELECT * FROM tally_scan(''answer'')', NULL, NULL, 'nor by the inner function');
RESET ROLE;
GRANT SELECT ON answer TO tally_reader;
SET ROLE tally_reader;
SELECT is((SELECT n(t) FROM tally_table('answer') WHERE column_name = 'b'), 15000::float8, 'row security holds');
RESET ROLE;
ALTER TABLE answer DISABLE ROW LEVEL SECURITY;
CREATE TABLE empty (LIKE answer);
SELECT is((SELECT count(*) FROM tally_table('empty')), 0::bigint, 'an empty table');
SELECT ok(tallied_well('(SELECT a, c, g FROM answer WHERE b = ''f'')'), 'of a query too');
SELECT is((SELECT count(*) FROM (SELECT b, unnest(tally(answer)) AS u FROM answer GROUP BY b) AS s JOIN (SELECT b, freq(a) AS t FROM answer GROUP BY b) AS f USING (b)
		   WHERE (u).column_name = 'a' AND (u).t::text = f.t::text), 3::bigint, 'by group');
SELECT is((SELECT tally(answer) FROM answer WHERE false), NULL, 'no rows');
SELECT is((SELECT (tally(answer))[3].position FROM (VALUES (NULL::answer)) AS v(answer)), NULL, 'NULL rows do not count');
SELECT is((SELECT n((u).t) FROM (SELECT unnest(tally(answer) FILTER (WHERE g)) AS u FROM answer) AS s WHERE (u).column_name = 'b'), 15000::float8, 'under FILTER');
SELECT is((SELECT max(n((u).t)) FROM (SELECT unnest(tally(answer) OVER (ORDER BY id ROWS BETWEEN 9 PRECEDING AND CURRENT ROW)) AS u FROM (SELECT * FROM answer WHERE id <= 100) AS answer) AS s
		   WHERE (u).column_name = 'b'), 10::float8, 'in a window frame');
SELECT throws_ok($$SELECT tally(r) FROM (VALUES (ROW(1, 2)), (ROW(1, 'x'::text))) AS v(r)$$, '42804', NULL, 'rows of different types');
SET max_parallel_workers_per_gather = 2;
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
CREATE FUNCTION plan(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE line text; plan text := '';
BEGIN
	FOR line IN EXECUTE 'EXPLAIN ' || query LOOP plan := plan || line; END LOOP;
	RETURN plan;
END $$;
SELECT ok(plan('SELECT tally(answer) FROM answer') ~ 'Partial Aggregate', 'a parallel plan');
SELECT ok(tallied_well('answer'), 'counted by parallel workers');
SET csirtsurvey.max_categories = 7;
SELECT is((SELECT string_agg(column_name, ' ' ORDER BY position) FROM unnest((SELECT tally(answer) FROM answer)) WHERE t IS NULL), 'id doc d', 'the limit holds in parallel too');
SELECT * FROM finish();
ROLLBACK;
