-- Searching a million multi-select answers: the planner's estimates against the truth, the GIN index by its own choice, joins.
\i sql/tap/begin.psql
SELECT no_plan();

SELECT setseed(0.418);
CREATE TEMP TABLE answer AS
	SELECT i, CASE WHEN i % 10 = 0 THEN NULL
				   ELSE multiselect_from_flags(u < 0.6, u + random() < 1, random() < 0.5, random() < 0.4, random() < 0.4, random() < 0.3, random() < 0.2, random() < 0.1, random() < 0.02,
											   random() < 0.005) END AS ms
	FROM (SELECT i, random() AS u FROM generate_series(1, 1000000) AS i) AS draw;
-- 65 options: nearly every answer differs from all others
CREATE TEMP TABLE wide AS
	SELECT i, multiselect_from_flags(VARIADIC ARRAY[i % 2 = 0] || string_to_array(translate(md5(i::text) || md5(i::text || 'x'), '0123456789abcdef', 'tffffffffffffftt'), NULL)::boolean[]) AS ms
	FROM generate_series(1, 100000) AS i;
CREATE INDEX answer_ms ON answer USING gin (ms);
ANALYZE answer;
ANALYZE wide;

CREATE FUNCTION plan_of(q text, OUT n float8, OUT shape text) LANGUAGE plpgsql AS $$
DECLARE j json;
BEGIN
	EXECUTE 'EXPLAIN (FORMAT JSON) ' || q INTO j;
	n := j->0->'Plan'->>'Plan Rows';
	shape := j::text;
END $$;
CREATE FUNCTION rows_of(q text) RETURNS float8 LANGUAGE plpgsql AS $$
DECLARE n float8;
BEGIN
	EXECUTE 'SELECT count(*) FROM (' || q || ') AS q' INTO n;
	RETURN n;
END $$;
SELECT ok(p.n / greatest(r, 1) BETWEEN 1 / 3.0 AND 3, format('%s %s %s: estimated %s of %s rows', c, op, v, p.n, r))
FROM (VALUES ('answer', '@>', 'a'), ('answer', '@>', 'j'), ('answer', '@>', 'a,b'), ('answer', '@>', 'c,i'), ('answer', '@>', 'a,c,d,h'), ('answer', '@>', '{}'), ('answer', '&&', 'a'), ('answer', '&&', 'i,j'), ('answer', '&&', 'h,i,j'), ('answer', '&&', 'a,b,c'),
			 ('answer', '<@', 'a'), ('answer', '<@', 'b,c,d'), ('answer', '<@', 'a,b,c,d,e'), ('answer', '<@', '{}'), ('answer', '=', 'a'), ('answer', '=', 'b,c'), ('answer', '=', '{}'),
			 ('wide', '@>', 'a'), ('wide', '@>', 'b'), ('wide', '@>', 'b,c'), ('wide', '@>', 'b,dd,ff'), ('wide', '&&', 'b'), ('wide', '&&', 'b,c,d'), ('wide', '&&', 'kk,ll')) AS v(c, op, v),
	 LATERAL (SELECT format('SELECT FROM %I WHERE ms OPERATOR(csirtsurvey.%s) %L', c, op, v) AS q) AS q, LATERAL plan_of(q) AS p, LATERAL rows_of(q) AS r;
SELECT ok(a.n <> b.n, 'no constant: ' || op) FROM unnest(ARRAY['@>', '&&', '<@']) AS op,
	LATERAL plan_of(format('SELECT FROM answer WHERE ms OPERATOR(csirtsurvey.%s) ''a''', op)) AS a, LATERAL plan_of(format('SELECT FROM answer WHERE ms OPERATOR(csirtsurvey.%s) ''j''', op)) AS b;
SELECT is(a.n, b.n, 'either way round: ' || op) FROM (VALUES ('@>', '<@'), ('<@', '@>'), ('&&', '&&')) AS v(op, swapped),
	LATERAL plan_of(format('SELECT FROM answer WHERE ms OPERATOR(csirtsurvey.%s) ''c,h''', op)) AS a, LATERAL plan_of(format('SELECT FROM answer WHERE ''c,h'' OPERATOR(csirtsurvey.%s) ms', swapped)) AS b;
SELECT is((plan_of('SELECT FROM answer WHERE ms @> NULL')).n::int <= 1, true, 'nothing contains NULL');
SELECT ok(p.n BETWEEN 1000 AND 999999, 'a query that is no constant: ' || p.n) FROM plan_of('SELECT FROM answer WHERE ms @> (SELECT ms FROM answer WHERE i = 5)') AS p;

-- The planner takes the index by itself, and finds what a scan finds.
SELECT matches(p.shape, 'answer_ms', format('ms %s %s uses the GIN index', op, v))
FROM (VALUES ('@>', 'j'), ('@>', 'i,a'), ('&&', 'i,j'), ('<@', 'i,j'), ('=', 'i,j')) AS v(op, v), LATERAL plan_of(format('SELECT FROM answer WHERE ms OPERATOR(csirtsurvey.%s) %L', op, v)) AS p;
CREATE TEMP TABLE found AS SELECT op, v, rows_of(format('SELECT FROM answer WHERE ms OPERATOR(csirtsurvey.%s) %L', op, v)) AS n FROM (VALUES ('@>', 'j'), ('@>', 'i,a'), ('&&', 'i,j'), ('<@', 'i,j'), ('=', 'i,j')) AS v(op, v);
SET LOCAL enable_bitmapscan = off;
SELECT is(rows_of(format('SELECT FROM answer WHERE ms OPERATOR(csirtsurvey.%s) %L', op, v)), n, op || ' ' || v || ': index and scan agree') FROM found;
RESET enable_bitmapscan;

-- Joins: estimates of the size within a factor of 3.
CREATE TEMP TABLE few AS SELECT * FROM answer WHERE i <= 1500;
CREATE TEMP TABLE others AS SELECT * FROM answer WHERE i BETWEEN 500000 AND 501500;
CREATE TEMP TABLE wide_few AS SELECT * FROM wide WHERE i <= 1500;
CREATE TEMP TABLE wide_others AS SELECT * FROM wide WHERE i BETWEEN 50000 AND 51500;
ANALYZE few;
ANALYZE others;
ANALYZE wide_few;
ANALYZE wide_others;
SELECT ok(p.n / r BETWEEN 1 / 3.0 AND 3, format('join of %sfew by %s: estimated %s of %s pairs', c, op, p.n, r))
FROM unnest(ARRAY['@>', '<@', '&&']) AS op, unnest(ARRAY['', 'wide_']) AS c, LATERAL (SELECT format('SELECT FROM %sfew AS a JOIN %sothers AS b ON a.ms OPERATOR(csirtsurvey.%s) b.ms', c, c, op) AS q) AS q,
	 LATERAL plan_of(q) AS p, LATERAL rows_of(q) AS r WHERE c = '' OR op = '&&';
SELECT ok(p.n / r BETWEEN 1 / 3.0 AND 3, format('semijoin by %s: estimated %s of %s', op, p.n, r))
FROM unnest(ARRAY['@>', '<@', '&&']) AS op, LATERAL (SELECT format('SELECT FROM few AS a WHERE EXISTS (SELECT FROM others AS b WHERE a.ms OPERATOR(csirtsurvey.%s) b.ms)', op) AS q) AS q,
	 LATERAL plan_of(q) AS p, LATERAL rows_of(q) AS r;
-- no statistics, and a column of NULLs: an estimate all the same
CREATE TEMP TABLE blank (ms multiselect);
SELECT ok((plan_of('SELECT FROM blank WHERE ms @> ''a''')).n >= 1, 'never analysed');
INSERT INTO blank SELECT NULL FROM generate_series(1, 100);
ANALYZE blank;
SELECT ok((plan_of('SELECT FROM blank WHERE ms && ''a''')).n = 1, 'NULLs only');
SELECT lives_ok('SELECT FROM blank a JOIN answer b ON a.ms <@ b.ms', 'joined with them');
SELECT * FROM finish();
ROLLBACK;
