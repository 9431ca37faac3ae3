-- suppress(): what is hidden, and an attacker in SQL who tries every table that agrees with what is published.
\i sql/tap/begin.psql
SET client_min_messages = warning;
SELECT no_plan();

-- 1 in one corner and 1 in the other: the cells at the crossings of their rows and columns go too.  If the corners rise by t, these fall by t;
-- the column of the 14 lets t be at most 13, as no hidden cell is 0.
CREATE TEMP TABLE example AS SELECT * FROM suppress(xtab(ARRAY[[1,10,20],[12,15,18],[14,16,1]], ARRAY['a','b','c'], ARRAY['x','y','z']), insiders => false);
SELECT is((SELECT string_agg(concat_ws('/', "row", col, kind, n, flag, low, high), ' ' ORDER BY "row", col) FROM example WHERE kind = 'cell' AND flag = 'c'),
	'a/x/cell/c/1/14 a/z/cell/c/7/20 c/x/cell/c/1/14 c/z/cell/c/1/14', 'small counts, their companions, and what can be inferred');
SELECT is((SELECT string_agg(n::text, ' ' ORDER BY "row", col) FROM example WHERE kind = 'row total'), '31 45 31', 'row totals');
SELECT is((SELECT string_agg(n::text, ' ' ORDER BY col) FROM example WHERE kind = 'column total'), '27 41 39', 'column totals');
SELECT is((SELECT array_agg(n) FROM example WHERE kind = 'total'), '{107}', 'the total');
SELECT is((SELECT count(*) FROM example WHERE (flag IS NULL) <> (n IS NOT NULL) OR (flag IS NULL AND (low <> n OR high <> n))), 0::bigint, 'a count is shown or flagged');
SELECT is((SELECT count(*) FROM example), 16::bigint, 'cells and margins');
-- The one respondent of a/x knows t = 0, and with it everything hidden.
SELECT cmp_ok((SELECT count(*) FROM suppress(xtab(ARRAY[[1,10,20],[12,15,18],[14,16,1]])) WHERE flag = 'c'), '>', 4::bigint, 'more is hidden from those who are alone in a cell');

-- One variable, a scale: 2 is hidden with the smallest other count.
SELECT is((SELECT string_agg(concat_ws('/', "row", row_label, kind, n, flag, low, high), ' ' ORDER BY "row") FROM suppress(
	(SELECT freq(a::cadence) FROM (VALUES ('a', 2), ('b', 50), ('c', 7)) AS v(a, k), generate_series(1, k)), lang => 'en')),
	'a/Once a month or more/cell/c/1/8 b/Once a quarter/cell/50/50/50 c/Once every half year/cell/c/1/8 d/Once a year/cell/0/0/0 '
	'e/Once every few years/cell/0/0/0 f/Not done/cell/0/0/0 total/59/59/59', 'one-way, with labels');
SELECT is((SELECT row_label FROM suppress((SELECT freq('a'::cadence)), lang => 'ja') WHERE "row" = 'a'), '月に1回以上実施', 'labels in Japanese');
SELECT is((SELECT string_agg(flag, '') FROM suppress((SELECT freq('a'::cadence)))), 'cc', 'a single answer: the total is hidden with it');
SELECT is((SELECT count(*) FROM suppress((SELECT freq('a'::cadence)), zeros => true) WHERE flag = 'c'), 7::bigint, 'with zeros hidden, all');
SELECT is((SELECT count(*) FROM suppress(xtab(ARRAY[[1,10,20],[12,15,18],[14,16,1]]), 1) WHERE flag = 'c'), 0::bigint, 'min_count 1 hides nothing');
SELECT is((SELECT count(*) FROM suppress(xtab(ARRAY[[5,6],[7,8]]), 5) WHERE flag = 'c'), 0::bigint, 'a count of min_count is shown');

-- The attacker, outside (own_i = 0) or alone in the cell own_i, own_j.  Each hidden cell is tried from its least value (1, or 0 if zeros are hidden) up to what the published margins leave, or 3 above the truth.
CREATE FUNCTION pg_temp.attack(counts integer[], min_count integer, zeros boolean, own_i integer, own_j integer, OUT small bigint, OUT given_away bigint, OUT tables bigint) LANGUAGE sql AS $$
	WITH RECURSIVE published AS (
		SELECT coalesce("row"::integer, 4) AS i, coalesce(col::integer, 4) AS j, n FROM suppress(xtab(counts, '{1,2,3}', '{1,2,3}'), min_count, zeros)
	), truth AS (
		SELECT i, j, sum(counts[r][c]) AS n, count(*) FILTER (WHERE counts[r][c] > 0) AS parts
		FROM generate_series(1, 4) AS i, generate_series(1, 4) AS j, generate_series(1, 3) AS r, generate_series(1, 3) AS c
		WHERE (i = 4 OR i = r) AND (j = 4 OR j = c) GROUP BY i, j
	), range AS (
		SELECT 3 * (t.i - 1) + t.j AS k, coalesce(p.n, CASE WHEN zeros THEN 0 ELSE 1 END)::integer AS low,
			   coalesce(p.n, CASE WHEN t.i = own_i AND t.j = own_j THEN 1 END, least(t.n + 3, across.n, down.n))::integer AS high, across.n AS across, down.n AS down
		FROM truth t JOIN published p USING (i, j) JOIN published AS across ON across.i = t.i AND across.j = 4
			 JOIN published AS down ON down.i = 4 AND down.j = t.j WHERE t.i < 4 AND t.j < 4
	), try(k, x) AS (
		SELECT 0, '{}'::integer[]
		UNION ALL
		SELECT try.k + 1, x || v
		FROM try JOIN range r ON r.k = try.k + 1, LATERAL generate_series(r.low, r.high) AS v
		WHERE CASE WHEN r.k % 3 = 0 THEN r.across IS NULL AND (zeros OR x[r.k - 2] + x[r.k - 1] + v > 0) OR x[r.k - 2] + x[r.k - 1] + v = r.across
				   ELSE r.across IS NULL OR CASE r.k % 3 WHEN 2 THEN x[r.k - 1] ELSE 0 END + v <= r.across END
			  AND (r.down IS NULL OR coalesce(x[r.k - 3], 0) + coalesce(x[r.k - 6], 0) + v <= r.down)
			  AND (r.k < 7 OR r.down IS NULL OR x[r.k - 3] + x[r.k - 6] + v = r.down)
	), candidate AS (
		SELECT row_number() OVER () AS id, x FROM try WHERE k = 9
	), filled AS (
		SELECT id, i, j, sum(x[3 * (r - 1) + c]) AS n
		FROM candidate, generate_series(1, 4) AS i, generate_series(1, 4) AS j, generate_series(1, 3) AS r, generate_series(1, 3) AS c
		WHERE (i = 4 OR i = r) AND (j = 4 OR j = c) GROUP BY id, i, j
	), possible AS (
		SELECT id FROM filled JOIN published p USING (i, j) GROUP BY id HAVING bool_and(p.n = filled.n OR p.n IS NULL AND (zeros OR filled.n > 0))
	), learned AS (
		SELECT i, j, min(n) AS low, max(n) AS high FROM filled JOIN possible USING (id) GROUP BY i, j
	)
	SELECT count(*), count(*) FILTER (WHERE p.n IS NOT NULL OR l.low > CASE WHEN zeros THEN 0 ELSE t.parts END OR l.high < min_count), (SELECT count(*) FROM possible)
	FROM truth t JOIN published p USING (i, j) JOIN learned l USING (i, j)
	WHERE t.n < min_count AND (t.n > 0 OR zeros) AND NOT (own_i > 0 AND t.n = 1 AND t.i IN (own_i, 4) AND t.j IN (own_j, 4))
$$;
SELECT setseed(0.2017);
CREATE TEMP TABLE random_table AS SELECT t, array_agg(r ORDER BY i) AS counts
FROM (SELECT t, i, array_agg((CASE WHEN random() < 0.25 THEN 1 + random() ELSE 3 + 6 * random() END)::integer) AS r
	  FROM generate_series(1, 16) AS t, generate_series(1, 3) AS i, generate_series(1, 3) AS j GROUP BY t, i) AS rows GROUP BY t;
CREATE TEMP TABLE attacked AS SELECT t, a.i, (pg_temp.attack(counts, 3, false, a.i, a.j)).*
FROM random_table, LATERAL (SELECT 0 AS i, 0 AS j UNION ALL SELECT i, j FROM generate_series(1, 3) AS i, generate_series(1, 3) AS j WHERE counts[i][j] = 1) AS a;
SELECT is((SELECT sum(given_away) FROM attacked), 0::numeric, 'sixteen random tables give no small count away');
SELECT cmp_ok((SELECT count(*) FROM attacked WHERE i > 0), '>', 10::bigint, 'nor to those who are alone in a cell');
SELECT ok((SELECT sum(small) > 25 AND max(tables) > 10 AND min(tables) >= 1 FROM attacked), 'the attacker had something to find, and the truth was always among his tables');
SELECT is((SELECT given_away FROM pg_temp.attack('{{0,4,5},{6,0,7},{2,8,0}}', 3, true, 0, 0)), 0::bigint, 'nor does one with its zeros hidden');

-- Refused, and nothing.
SELECT throws_ok('SELECT suppress(xtab(ARRAY[[1,2],[3,4]]), 0)', '22023', NULL, 'min_count 0');
SELECT throws_ok('SELECT suppress(xtab(ARRAY[[1,2],[3,4]]), lang => ''fr'')', '22023', NULL, 'another language');
SELECT throws_ok('SELECT suppress(freq(a)) FROM (VALUES (''{a,b}''::multiselect)) AS v(a)', '42809', NULL, 'a multi-select answer');
SELECT throws_ok('SELECT suppress(xtab(ARRAY[[1.5,2],[3,4]]))', '42809', NULL, 'weights');
SELECT throws_ok('SELECT suppress(xtab(ARRAY[[9007199254740993,2],[3,4]]))', '22003', NULL, 'counts that are too large');
SELECT is((SELECT count(*) FROM suppress(NULL)), 0::bigint, 'NULL');
SELECT is((SELECT count(*) FROM suppress((SELECT xtab(a, a) FROM (SELECT 1 AS a WHERE false) AS v))), 0::bigint, 'no table');
SELECT is((SELECT count(*) FROM suppress((SELECT xtab(a, b) FROM (VALUES (1, NULL::integer)) AS v(a, b)))), 0::bigint, 'nothing but missing answers');
SELECT is((SELECT string_agg(flag, '') FROM suppress(xtab(ARRAY[[1000000000000, 1],[1, 2000000000000]])) WHERE kind = 'cell'), 'cccc', 'large counts beside small ones');
SELECT * FROM finish();
ROLLBACK;
