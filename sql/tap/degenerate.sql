-- Every statistic of a contingency table on degenerate tables: numbers or NULLs, never NaN, no infinity without a note, no error but the documented ones.
-- The functions come from the catalogue: those that take an xtab, an xtab[] or rows of xtab, the other arguments left to their defaults.
\i sql/tap/begin.psql
SELECT no_plan();

CREATE TYPE grade AS ENUM ('low', 'middle', 'high');
CREATE TABLE odd (name text PRIMARY KEY, t xtab NOT NULL);
-- Shapes and zeros.
INSERT INTO odd SELECT m, m::int[]::xtab FROM unnest(ARRAY['{{0,0},{0,0}}', '{{5,0},{0,0}}', '{{0,0},{0,1}}', '{{1,1},{1,1}}', '{{1,0},{0,1}}', '{{0,1},{1,0}}', '{{7,0},{0,9}}',
	'{{0,7},{9,0}}', '{{3,4},{0,0}}', '{{3,0},{4,0}}', '{{0,3},{0,4}}', '{{0,6},{0,0}}', '{{4}}', '{{0}}', '{{1,2,3,4}}', '{{1},{2},{3}}', '{{0,0,0},{1,2,3},{0,0,0}}',
	'{{0,1,0},{0,2,0},{0,3,0}}', '{{1,0,0},{0,2,0},{0,0,3}}', '{{0,0,3},{0,2,0},{1,0,0}}', '{{0,0,0},{0,0,14},{0,0,0}}', '{{9,9,9},{9,9,9},{9,9,9}}', '{{2,0,0,1},{0,0,0,0},{0,3,0,0}}',
	'{{1,2},{3,4},{5,6},{0,0}}', '{{5,1,0},{0,0,0}}', '{{0,2,4},{0,1,2}}', '{3,0,1}', '{0,0}', '{7}', '{1000000000,1}']) AS m;
INSERT INTO odd VALUES
	-- no categories at all, and matrices without rows
	('empty', '{}'::int[]::xtab),
	-- great counts, near and far from independence
	('1e9, near independence', xtab(ARRAY[[1000000000, 1000000001], [1000000002, 1000000000]]::bigint[])),
	('1e9, one cell less', xtab(ARRAY[[1000000000, 0], [1, 1000000000]]::bigint[])),
	('1e9, diagonal', xtab(ARRAY[[1000000000, 0, 0], [0, 1000000000, 0], [0, 0, 1000000000]]::bigint[])),
	('1e9 beside 1', xtab(ARRAY[[1, 1000000000, 1], [1, 1, 1], [1000000000, 1, 2]]::bigint[])),
	('2^62', xtab(ARRAY[[4611686018427387904, 1], [1, 1]]::bigint[])),
	-- fractional and minute counts
	('fractions', xtab(ARRAY[[0.5, 1.25], [2.75, 0.1]])),
	('fractions, one cell', xtab(ARRAY[[0.25, 0], [0, 0]])),
	('minute', xtab(ARRAY[[1e-9, 2e-9], [3e-9, 1e-9]]::float8[])),
	('minute beside great', xtab(ARRAY[[1e-9, 1e9], [1e9, 1e-9]]::float8[])),
	('one-way fractions', xtab(ARRAY[0.5, 0, 1.5])),
	-- labels without order, with and without the same categories on both sides
	('nominal', xtab(ARRAY[[3, 0], [0, 4]], ARRAY['x', 'y'], ARRAY['x', 'y'])),
	('nominal, other columns', xtab(ARRAY[[3, 0, 1], [2, 0, 4]], ARRAY['x', 'y'], ARRAY['p', 'q', 'r'])),
	('nominal, three categories', xtab(ARRAY[[3, 0, 1], [2, 0, 4], [0, 0, 0]], ARRAY['x', 'y', 'z'], ARRAY['x', 'y', 'z']));
-- Tables counted from rows: one row, all missing, off the scale, values without a score, several ticks.
INSERT INTO odd SELECT 'one text', xtab('a'::text, 'b'::text);
INSERT INTO odd SELECT 'one boolean', xtab(true, false);
INSERT INTO odd SELECT 'one enum', xtab('low'::grade, 'high'::grade);
INSERT INTO odd SELECT 'all missing', xtab(NULL::grade, 'low'::grade);
INSERT INTO odd SELECT 'all off the scale', xtab('f'::tenure, 'f'::tenure);
INSERT INTO odd SELECT 'one on the scale', xtab(v.a::tenure, v.b::tenure) FROM (VALUES ('f', 'a'), ('a', 'f'), ('b', 'b')) AS v(a, b);
INSERT INTO odd SELECT 'integers', xtab(v.a, v.b) FROM (VALUES (1, 1000000), (-1000000, 1), (1, 1)) AS v(a, b);
INSERT INTO odd SELECT 'numbers far apart', xtab(v.a, v.b) FROM (VALUES (1e-300::float8, 1e300::float8), (1e300, 1), (1, 1e-300)) AS v(a, b);
INSERT INTO odd SELECT 'infinite numbers', xtab(v.a, v.b) FROM (VALUES ('-Infinity'::float8, 'Infinity'::float8), ('NaN', 1), (1, 2)) AS v(a, b);
INSERT INTO odd SELECT 'dates', xtab(v.a, v.b) FROM (VALUES ('2017-01-01'::date, 'infinity'::date), ('2017-01-01', '2018-01-01')) AS v(a, b);
INSERT INTO odd SELECT 'one-way scale', freq(v.a::tenure) FROM (VALUES ('f'), ('f')) AS v(a);
INSERT INTO odd SELECT 'one-way missing', freq(NULL::grade);
INSERT INTO odd SELECT 'one-way ticks', freq(v.a::multiselect) FROM (VALUES ('{}'), ('{}'), ('{a,b}')) AS v(a);
INSERT INTO odd SELECT 'no ticks', freq('{}'::multiselect);
INSERT INTO odd SELECT 'ticks', xtab(true, '{a,c}'::multiselect);
INSERT INTO odd SELECT 'weight 0', xtab('low'::grade, 'high'::grade, 0);
-- A thousand categories.
INSERT INTO odd SELECT '1000 x 2', xtab(i, i % 3 = 0) FROM generate_series(1, 1000) AS i;
INSERT INTO odd SELECT '2 x 1000', xtab(i % 3 = 0, i) FROM generate_series(1, 1000) AS i;
INSERT INTO odd SELECT '1000 x 1000', xtab(i, 1 + i * i % 1000) FROM generate_series(1, 1000) AS i;
INSERT INTO odd SELECT '1 of 1000', freq(i) FROM generate_series(1, 1000) AS i;

-- What each function gives for each table: its rows as jsonb without the labels, in which NaN and infinity are strings, or its SQLSTATE.
CREATE TABLE statistic AS
	SELECT p.oid, p.proname AS name, p.prokind = 'a' AS is_aggregate, p.proargtypes[0] = 'xtab[]'::regtype AS is_array, p.proretset AS rows_,
		   format('%s(%s)', p.proname, p.proargtypes[0]::regtype) AS signature
	FROM pg_proc AS p JOIN pg_type AS r ON r.oid = p.prorettype
	WHERE p.pronamespace = 'csirtsurvey'::regnamespace AND p.proargtypes[0] IN ('xtab'::regtype, 'xtab[]'::regtype) AND p.pronargs - p.pronargdefaults = 1
		  AND (r.typtype = 'c' OR r.oid = 'record'::regtype);
CREATE TABLE outcome (signature text, name text, sqlstate text, seconds float8);
CREATE TABLE defect (signature text, kind text, name text, row_ jsonb);

/* What is wrong with a row, if anything. */
CREATE FUNCTION defects(r jsonb) RETURNS SETOF text LANGUAGE sql AS $$
	SELECT 'NaN' WHERE r::text ~ '"NaN"'
	UNION ALL SELECT 'infinity without a note' WHERE r::text ~ '"-?Infinity"' AND coalesce(r->'notes', r->'flags', '[]') = '[]'
	UNION ALL SELECT 'probabilities and limits' WHERE (r->>'p_value')::float8 NOT BETWEEN 0 AND 1 OR (r->>'p_low')::float8 > (r->>'p_high')::float8
		OR (r->>'conf_low')::float8 > (r->>'conf_high')::float8 OR (r->>'std_error')::float8 < 0 OR (r->>'n')::float8 < 0
	UNION ALL SELECT 'no answer without a note' WHERE r ? 'notes' AND r->>'p_value' IS NULL AND r->>'estimate' IS NULL AND r->'notes' = '[]'
$$;
CREATE PROCEDURE try(s statistic, o odd) LANGUAGE plpgsql AS $$
DECLARE
	call text := CASE WHEN s.is_aggregate THEN '(SELECT (csirtsurvey.%I(t)).* FROM unnest(ARRAY[$1, $1]) AS t)'
				 WHEN s.is_array THEN 'csirtsurvey.%I(ARRAY[$1, $1])' ELSE 'csirtsurvey.%I($1)' END;
	started timestamptz := clock_timestamp();
	given jsonb;
BEGIN
	EXECUTE format('SELECT coalesce(jsonb_agg(r), ''[]'') FROM (SELECT to_jsonb(r) - ''{row,col,row_label,col_label,row1,row2,col_a,col_b,category,a,b}''::text[] AS r FROM ' ||
				   call || ' AS r LIMIT 3000) AS f', s.name) INTO given USING o.t;
	INSERT INTO outcome VALUES (s.signature, o.name, NULL, extract(epoch FROM clock_timestamp() - started));
	INSERT INTO defect SELECT s.signature, d, o.name, g FROM jsonb_array_elements(given) AS g, defects(g) AS d;
EXCEPTION WHEN OTHERS THEN
	INSERT INTO outcome VALUES (s.signature, o.name, SQLSTATE, extract(epoch FROM clock_timestamp() - started));
END $$;
SET LOCAL client_min_messages = warning;
DO $$
DECLARE
	s statistic;
	o odd;
BEGIN
	FOR s IN SELECT * FROM statistic ORDER BY signature LOOP
		/* a million pairs of columns tell no more than a few */
		FOR o IN SELECT * FROM odd WHERE NOT (s.rows_ AND name ~ 'x 1000') LOOP
			CALL try(s, o);
		END LOOP;
	END LOOP;
END $$;

SELECT ok((SELECT count(*) FROM statistic) >= 20 AND (SELECT count(*) FROM odd) >= 60, format('%s functions, %s tables', (SELECT count(*) FROM statistic), (SELECT count(*) FROM odd)));
-- Wrong arguments (22023), wrong kinds of answers (42809), sides of different types (42804), too large (54000), and what the function's comment names.
SELECT is_empty(format('SELECT name, sqlstate FROM outcome WHERE signature = %L AND sqlstate NOT IN (''22023'', ''42809'', ''42804'', ''54000'') AND obj_description(%s, ''pg_proc'') !~ sqlstate',
					   signature, oid), signature || ': only documented errors')
FROM statistic ORDER BY signature;
SELECT is_empty(format('SELECT name, row_ FROM defect WHERE signature = %L AND kind = %L LIMIT 5', signature, kind), format('%s: %s', signature, kind))
FROM statistic, unnest(ARRAY['NaN', 'infinity without a note', 'probabilities and limits', 'no answer without a note']) AS kind ORDER BY signature;
SELECT is_empty($$SELECT signature, name, seconds FROM outcome WHERE seconds > 20$$, 'nothing takes longer than 20 seconds');
SELECT diag(format('slowest: %s of %s, %s s', signature, name, round(seconds::numeric, 2))) FROM (SELECT DISTINCT signature, name, seconds FROM outcome ORDER BY seconds DESC LIMIT 3) AS s;
SELECT * FROM finish();
ROLLBACK;
