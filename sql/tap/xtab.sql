-- The contingency table as a value, against what count() and GROUP BY say.
\i sql/tap/begin.psql
SELECT no_plan();

CREATE TYPE grade AS ENUM ('low', 'mid', 'high', 'top');
CREATE TEMP TABLE answer AS
	SELECT i,
		   CASE WHEN i % 11 = 0 THEN NULL ELSE (enum_range(NULL::grade))[1 + i * i % 3] END AS g,
		   CASE WHEN i % 13 = 0 THEN NULL ELSE '部署' || i % 5 END AS dept,
		   i % 7 AS k, (i % 10) / 10.0::float8 AS w, (i % 4)::numeric / 2 AS num, i % 2 = 0 AS flag,
		   date '2017-10-30' + i % 3 AS day, (i % 3)::float8 - 1 AS f8, CASE WHEN i % 4 < 2 THEN 'a' ELSE 'b' END::char(3) AS padded
	FROM generate_series(1, 2000) AS i;

-- Counting: every cell of the table is what GROUP BY counts, for every pair of types.
CREATE FUNCTION differing_cells(x text, y text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE r bigint;
BEGIN
	EXECUTE format($q$
		WITH t AS (SELECT xtab(%1$I, %2$I) AS t FROM answer),
		got AS (SELECT (row_labels(t))[i] AS a, (col_labels(t))[j] AS b, (counts(t))[i][j] AS n
				FROM t, generate_subscripts(counts(t), 1) AS i, generate_subscripts(counts(t), 2) AS j),
		want AS (SELECT %1$I::text AS a, %2$I::text AS b, count(*)::float8 AS n FROM answer
				 WHERE %1$I IS NOT NULL AND %2$I IS NOT NULL GROUP BY 1, 2)
		SELECT count(*) FROM got FULL JOIN want USING (a, b)
		WHERE coalesce(got.n, 0) <> coalesce(want.n, 0)$q$, x, y) INTO r;
	RETURN r;
END $$;
SELECT is(differing_cells(x, y), 0::bigint, format('xtab(%s, %s) counts as GROUP BY does', x, y))
FROM unnest(ARRAY['g', 'dept', 'k', 'num', 'day']) AS x, unnest(ARRAY['g', 'dept', 'k', 'num', 'day']) AS y;
SELECT is((SELECT counts(freq(flag)) FROM answer), ARRAY[1000, 1000]::float8[], 'booleans');
SELECT is((SELECT row_labels(freq(f8)) FROM answer), '{-1,0,1}', 'floats in numeric order');
SELECT is((SELECT counts(freq(x)) FROM (VALUES ('-0'::float8), ('0'), ('NaN'), ('NaN'), ('Infinity')) v(x)), ARRAY[2, 1, 2]::float8[],
		  '-0 and 0 are one category, and so are NaNs');
SELECT is((SELECT row_labels(freq(x)) FROM (VALUES (1.0), (1.00), (2)) v(x)), '{1.0,2}', 'numerics are told apart by value, not by scale');
SELECT is((SELECT row_scores(freq(x)) FROM (VALUES ('-0'::float8), ('Infinity')) v(x)), ARRAY[0, NULL]::float8[],
		  'an infinite value has no score');

-- Domains, kinds, order.
SELECT is((SELECT row_labels(xtab(g, k)) FROM answer), '{low,mid,high,top}', 'an enum shows its whole domain in its order');
SELECT is((SELECT row_scores(xtab(g, k)) FROM answer), ARRAY[1, 2, 3, 4]::float8[], 'and scores 1..k');
SELECT is((SELECT row_scores(freq(dept)) FROM answer), NULL, 'text is nominal: no scores');
SELECT is((SELECT row_labels(freq(b)) FROM (VALUES (true)) v(b)), '{f,t}', 'a boolean shows both values');
SELECT is((SELECT row_labels(freq(i)) FROM answer WHERE i <= 12), '{1,2,3,4,5,6,7,8,9,10,11,12}', 'numbers stand in numeric order');
SELECT is((SELECT row_scores(freq(day)) FROM answer), ARRAY['2017-10-30'::date - '2000-01-01'::date, '2017-10-31'::date - '2000-01-01'::date,
		   '2017-11-01'::date - '2000-01-01'::date]::float8[], 'dates score their day number');

-- Nothing, one row, NULLs.
SELECT is((SELECT xtab(g, k)::text FROM answer WHERE false), NULL, 'no rows give NULL');
SELECT is((SELECT counts(freq(NULL::int))), '{}'::float8[], 'a column of NULLs gives an empty table');
SELECT is((SELECT n_missing(freq(NULL::int)) FROM generate_series(1, 5)), 5::bigint, 'and counts them');
SELECT is((SELECT (xtab(g, dept)::jsonb) -> 'missing' FROM answer),
		  (SELECT jsonb_build_object('row', count(*) FILTER (WHERE g IS NULL AND dept IS NOT NULL),
									 'col', count(*) FILTER (WHERE g IS NOT NULL AND dept IS NULL),
									 'both', count(*) FILTER (WHERE g IS NULL AND dept IS NULL), 'weight', 0) FROM answer),
		  'missing values are told apart');
SELECT is((SELECT n(xtab(1, 2))), 1::float8, 'one row');

-- Weights.
SELECT is((SELECT n(xtab(k, flag, w)) FROM answer), (SELECT sum(w::numeric) FROM answer)::float8, 'weights are summed exactly');
SELECT is((SELECT xtab(k, flag, w ORDER BY i)::text FROM answer), (SELECT xtab(k, flag, w ORDER BY i % 37, -i)::text FROM answer),
		  'sums of weights do not depend on the order of rows');
SELECT is((SELECT (freq(k, CASE WHEN i % 2 = 0 THEN 1.5 END)::jsonb) -> 'missing' ->> 'weight' FROM answer), '1000', 'a NULL weight is counted apart');
SELECT throws_ok(format('SELECT freq(1, %L::float8)', w), '22003', NULL, 'weight ' || w || ' is refused')
FROM unnest(ARRAY['-1', 'NaN', 'Infinity', '1e30']) AS w;

-- Merging.
SELECT is((SELECT merge(t)::text FROM (SELECT xtab(g, dept) AS t FROM answer GROUP BY i % 9) s), (SELECT xtab(g, dept)::text FROM answer),
		  'merge over parts is the whole');
SELECT is((SELECT merge(t)::text FROM (SELECT xtab(k, num, w) AS t FROM answer GROUP BY k, num) s), (SELECT xtab(k, num, w)::text FROM answer),
		  'parts with other categories merge in the order of the type, weights to the bit');
SELECT is((SELECT merge(t ORDER BY o)::text FROM (SELECT row_number() OVER () AS o, freq(dept) AS t FROM answer WHERE dept IS NOT NULL GROUP BY dept) s),
		  (SELECT merge(t ORDER BY -o)::text FROM (SELECT row_number() OVER () AS o, freq(dept) AS t FROM answer WHERE dept IS NOT NULL GROUP BY dept) s),
		  'merge commutes');
SELECT is((SELECT counts(xtab(ARRAY[[1, 2]], ARRAY['r'], ARRAY['a', 'b']) + xtab(ARRAY[[5, 7]], ARRAY['r'], ARRAY['b', 'c']))), '{{1,7,7}}'::float8[],
		  'labels without a type keep the order given');
SELECT throws_ok($$SELECT freq(1) + freq('a'::text)$$, '42804', NULL, 'tables of different types do not add');
SELECT throws_ok($$SELECT freq(1) + freq(1, 2)$$, '42804', NULL, 'nor weighted and unweighted');
SELECT throws_ok($$SELECT freq(1) + xtab(1, 1)$$, '42804', NULL, 'nor one-way and two-way');
SELECT is((SELECT counts(xtab(ARRAY[4611686018427387904, 1]))), ARRAY[4611686018427387904, 1]::float8[], 'a cell holds 2^62');
SELECT throws_ok($$SELECT xtab(ARRAY[4611686018427387904]) + xtab(ARRAY[1])$$, '22003', NULL, 'and not one more');
SELECT throws_ok($$SELECT xtab(ARRAY[4611686018427387905])$$, '22003', NULL, 'neither from an array');

-- Plans: parallel, partial, window, filter, rollup.
CREATE TABLE big AS SELECT (i * 7 % 5)::int AS a, 'x' || i % 3 AS b, (i % 100) / 7.0 AS w, (enum_range(NULL::grade))[1 + i % 4] AS g
	FROM generate_series(1, 100000) AS i;
ANALYZE big;
SET max_parallel_workers_per_gather = 0;
CREATE TEMP TABLE serial AS SELECT xtab(a, b)::text AS t, xtab(g, b, w)::text AS tw, freq(w)::text AS f FROM big;
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
SET max_parallel_workers_per_gather = 2;
CREATE FUNCTION plan_of(q text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE line text; r text := '';
BEGIN
	FOR line IN EXECUTE 'EXPLAIN (COSTS OFF) ' || q LOOP r := r || line || E'\n'; END LOOP;
	RETURN r;
END $$;
SELECT matches(plan_of('SELECT xtab(a, b), xtab(g, b, w), freq(w) FROM big'), 'Partial Aggregate', 'the plan has a partial aggregate');
SELECT is((SELECT xtab(a, b)::text FROM big), (SELECT t FROM serial), 'parallel equals serial');
SELECT is((SELECT xtab(g, b, w)::text FROM big), (SELECT tw FROM serial), 'parallel equals serial, with weights, to the bit');
SELECT is((SELECT freq(w)::text FROM big), (SELECT f FROM serial), 'parallel equals serial, numerics');
RESET max_parallel_workers_per_gather;
SELECT is((SELECT counts(xtab(g, k) FILTER (WHERE k < 2)) FROM answer), (SELECT counts(xtab(g, k)) FROM answer WHERE k < 2), 'FILTER');
SELECT results_eq('SELECT k, n(freq(g)) FROM answer GROUP BY ROLLUP (k) ORDER BY k', 'SELECT k, count(g)::float8 FROM answer GROUP BY ROLLUP (k) ORDER BY k', 'ROLLUP');
SELECT results_eq('SELECT n(freq(k) OVER (ORDER BY i ROWS BETWEEN 3 PRECEDING AND CURRENT ROW)) FROM answer ORDER BY i',
				  'SELECT count(k) OVER (ORDER BY i ROWS BETWEEN 3 PRECEDING AND CURRENT ROW)::float8 FROM answer ORDER BY i', 'window frames');
SELECT results_eq('SELECT n(merge(t) OVER (ORDER BY i)) FROM (SELECT i, freq(k) AS t FROM answer WHERE i <= 50 GROUP BY i) s ORDER BY i',
				  'SELECT i::float8 FROM answer WHERE i <= 50 ORDER BY i', 'merge as a running window: earlier rows keep their values');

-- Cells as rows.
SELECT results_eq('SELECT c."row", c.col, c.n FROM (SELECT xtab(g, dept) AS t FROM answer) s, cells(t) AS c WHERE c.n > 0 ORDER BY 1, 2',
				  'SELECT g::text, dept, count(*)::numeric FROM answer WHERE g IS NOT NULL AND dept IS NOT NULL GROUP BY 1, 2 ORDER BY 1, 2', 'cells are the groups');
SELECT ok(bool_and(abs(r - 100) < 1e-9), 'row percentages add up to 100')
FROM (SELECT sum(c.row_pct) AS r FROM (SELECT xtab(g, dept) AS t FROM answer) s, cells(t) AS c WHERE c.row_pct IS NOT NULL GROUP BY c."row") s;
SELECT ok(bool_and(abs(r - 100) < 1e-9), 'column percentages add up to 100')
FROM (SELECT sum(c.col_pct) AS r FROM (SELECT xtab(g, dept) AS t FROM answer) s, cells(t) AS c GROUP BY c.col) s;
SELECT is((SELECT array_agg(n) FROM cells(xtab(ARRAY[4611686018427387904, 3]))), ARRAY[4611686018427387904, 3]::numeric[], 'large counts stay exact');
SELECT is((SELECT ROW("row", col, n, row_pct, total_pct, expected)::text FROM (SELECT freq(1) AS t) s, cells(t)), '(1,,1,,100,)', 'a one-way table has only its share');
SELECT is((SELECT count(*) FROM (SELECT freq(NULL::int) AS t) s, cells(t)), 0::bigint, 'an empty table has no cells');

SELECT is((SELECT string_agg(row_label || '/' || col_label, ' ' ORDER BY n DESC) FROM (SELECT xtab(x::proficiency, y::tenure) AS t FROM (VALUES ('c', 'e')) AS v(x, y)) s, cells(t, 'ja') WHERE n > 0),
		  '十分に機能している/10 年以上', 'labels in Japanese');
SELECT throws_ok('SELECT * FROM cells(xtab(ARRAY[1]), ''fr'')', '22023', NULL, 'another language is refused');

-- Limits.
SET csirtsurvey.max_categories = 100;
SELECT throws_ok('SELECT freq(i) FROM answer', '54000', 'contingency table has too many categories', 'too many categories');
RESET csirtsurvey.max_categories;
SELECT is((SELECT n(xtab(i % 1000, i / 1000)) FROM generate_series(0, 999999) AS i), 1000000::float8, '1,000 categories a side');
SELECT throws_ok($$SELECT freq('{}'::json)$$, '42883', NULL, 'a type without an order is refused');

-- Text, jsonb, binary, storage.
CREATE TABLE stored (id int, t xtab);
INSERT INTO stored SELECT 1, xtab(g, dept) FROM answer UNION ALL SELECT 2, xtab(k, num, w) FROM answer UNION ALL SELECT 3, freq(dept) FROM answer
	UNION ALL SELECT 4, freq(NULL::int) UNION ALL SELECT 5, xtab(ARRAY[[1.5, 2], [3, 4]]) UNION ALL SELECT 6, freq(E'a"b\\c\n' || chr(1))
	UNION ALL SELECT 7, xtab(i % 50, i % 41, 0.1) FROM answer UNION ALL SELECT 8, freq(f8) FROM answer
	UNION ALL SELECT 9, freq(x COLLATE "C") FROM (VALUES ('b'), ('B'), ('a')) v(x);
SELECT is(t::text::xtab::text, t::text, 'text comes back: ' || id) FROM stored ORDER BY id;
SELECT is(t::jsonb::xtab::text, t::text, 'jsonb comes back: ' || id) FROM stored ORDER BY id;
SELECT is((SELECT row_labels(t) FROM stored WHERE id = 9), '{B,a,b}', 'a collation given is the order');
SELECT throws_ok(format('SELECT %L::xtab', x), '22P02', NULL, 'malformed: ' || left(x, 40))
FROM unnest(ARRAY['', 'x', '{}', '[1]', '{"xtab": 2}', '{"xtab": 1, "rows": 3}', '{"xtab": 1, "rows": {"categories": ["a"]}}',
	'{"xtab": 1, "rows": {"categories": ["a"]}, "n": [[1, 2]]}', '{"xtab": 1, "rows": {"categories": ["a"]}, "n": [[-1]]}',
	'{"xtab": 1, "rows": {"categories": [1]}, "n": [[1]]}', '{"xtab": 1, "rows": {"categories": ["a"], "kind": "odd"}, "n": [[1]]}',
	'{"xtab": 1, "rows": {"categories": ["a"]}, "w": [[-0.5]]}', '{"xtab": 1, "rows": {"categories": ["a"]}, "n": [["1"]]}']) AS x;

\! mkdir -p build
\copy stored TO 'build/stored.bin' (FORMAT binary)
CREATE TABLE restored (LIKE stored);
\copy restored FROM 'build/stored.bin' (FORMAT binary)
SELECT results_eq('SELECT id, t::text FROM restored ORDER BY id', 'SELECT id, t::text FROM stored ORDER BY id', 'binary COPY comes back');

-- Constructors.
SELECT is(counts(ARRAY[[1, 2], [3, 4]]::xtab), '{{1,2},{3,4}}'::float8[], 'a matrix casts to a table');
SELECT is(row_scores(xtab(ARRAY[[1, 2], [3, 4]])), '{1,2}'::float8[], 'without labels a side is the ordinal 1..k');
SELECT is(row_scores(xtab(ARRAY[[1, 2], [3, 4]], ARRAY['a', 'b'])), NULL, 'with labels it is nominal');
SELECT is(n(xtab(ARRAY[[0.5, 1.25]])), 1.75::float8, 'fractional counts');
SELECT is(counts(transpose(xtab(ARRAY[[1, 2, 3], [4, 5, 6]]))), '{{1,4},{2,5},{3,6}}'::float8[], 'transpose');
SELECT throws_ok('SELECT xtab(ARRAY[[1, -2]])', '22003', NULL, 'a negative count is refused');
SELECT throws_ok('SELECT xtab(ARRAY[[1, NULL]])', '22004', NULL, 'a NULL count is refused');
SELECT throws_ok($$SELECT xtab(ARRAY[[1, 2]], ARRAY['a', 'b'])$$, '2202E', NULL, 'a wrong number of labels is refused');
SELECT throws_ok($$SELECT xtab(ARRAY[[1, 2]], ARRAY['a'], ARRAY['b', 'b'])$$, '22023', NULL, 'a label given twice is refused');
SELECT throws_ok('SELECT xtab(ARRAY[[[1, 2]]])', '2202E', NULL, 'three dimensions are refused');

-- Sums of weights that no double holds, close to 2^128, are written and read; counts in the text form are whole.
SELECT is((t + t)::text::xtab::text, (t + t)::text, 'a sum of weights beyond 2^127 comes back')
FROM (SELECT '{"xtab": 1, "rows": {"categories": ["a"]}, "w": [[1.7e38]]}'::xtab AS t) s;
SELECT is(counts(t + t), ARRAY[3.4e38]::float8[], 'and its value')
FROM (SELECT '{"xtab": 1, "rows": {"categories": ["a"]}, "w": [[1.7e38]]}'::xtab AS t) s;
SELECT throws_ok($$SELECT '{"xtab": 1, "rows": {"categories": ["a"]}, "n": [[1.5]]}'::xtab$$, '22P02', NULL, 'half a row is refused');
SELECT * FROM finish();
ROLLBACK;
