-- Frequency tables against counting by hand; summaries and quantiles against PostgreSQL's own aggregates.
\i sql/tap/begin.psql
SELECT no_plan();

SELECT setseed(0.2017);
CREATE TABLE answer AS SELECT i % 30 AS g, CASE WHEN random() < 0.2 THEN NULL ELSE (array['a', 'b', 'c', 'd', 'e', 'f'])[1 + floor(6 * random())::int]::text::tenure END AS t,
	round((random() * 20)::numeric, 1) AS x, CASE WHEN random() < 0.1 THEN NULL ELSE random() * 3 END AS w, CASE WHEN random() < 0.1 THEN NULL ELSE (random() * 8)::int END AS k
	FROM generate_series(1, 2000) AS i;

SELECT results_eq($$SELECT f.category, f.n, f.percent, f.valid_percent, f.missing FROM (SELECT freq(t) AS f FROM answer) AS q, LATERAL frequencies(f) AS f$$,
	$$SELECT c, n, 100 * n::float8 / 2000, CASE WHEN c IS NOT NULL THEN 100 * n::float8 / (SELECT count(t) FROM answer) END, c IS NULL
	  FROM (SELECT t::text AS c, count(*)::numeric AS n, t FROM answer GROUP BY t) AS q ORDER BY c IS NULL, t$$, 'counts and percentages as counted by hand');
SELECT results_eq($$SELECT round(f.cum_percent::numeric, 10) FROM (SELECT freq(t) AS f FROM answer) AS q, LATERAL frequencies(f) AS f WHERE NOT missing$$,
	$$SELECT round((100 * sum(count(*)) OVER (ORDER BY t) / (SELECT count(t) FROM answer))::numeric, 10) FROM answer WHERE t IS NOT NULL GROUP BY t ORDER BY t$$, 'cumulative percentages');
SELECT is((SELECT string_agg(label, ', ') FROM frequencies((SELECT freq(m) FROM (VALUES ('a'::maturity), (NULL)) AS v(m)), 'ja') WHERE category IN ('a', 'e') OR missing),
	(SELECT label('e'::maturity, 'ja') || ', ' || label('a'::maturity, 'ja') || ', 欠測'), 'labels in Japanese');
SELECT is((SELECT count(*)::int FROM frequencies((SELECT freq(k) FROM answer WHERE k IS NOT NULL)) WHERE missing), 0, 'no row for the missing where there are none');
SELECT is((SELECT sum(n)::text FROM frequencies(xtab(ARRAY[3, 0, 5]))), '8', 'whole counts stay whole');
SELECT ok(bool_and(abs(f.n::float8 - s.n) < 1e-9 * s.n), 'weights: sums of weights, the missing among them')
FROM (SELECT freq(k, w) AS f FROM answer) AS q, LATERAL frequencies(f) AS f JOIN (SELECT k::text, sum(w) AS n FROM answer GROUP BY k) AS s ON f.category IS NOT DISTINCT FROM s.k;
SELECT ok(bool_and(percent IS NULL AND valid_percent IS NULL), 'no base: no percentage') FROM frequencies(xtab(ARRAY[0, 0]));
SELECT is((SELECT count(*)::int FROM frequencies(NULL)), 0, 'NULL gives no rows');
SELECT throws_ok('SELECT * FROM frequencies(xtab(ARRAY[[1, 2], [3, 4]]))', '22023', NULL, 'a two-way table is refused');
SELECT throws_ok('SELECT * FROM frequencies(xtab(ARRAY[1]), ''fr'')', '22023', NULL, 'an unknown language is refused');

SELECT ok(bool_and(abs((s).mean - mean) < 1e-12 AND abs((s).sd - sd) < 1e-12 AND (s).min = lo AND (s).max = hi AND (s).n = n AND (s).rows = n AND (s).missing = 0
				   AND abs((s).q1 - q[1]) < 1e-12 AND abs((s).median - q[2]) < 1e-12 AND abs((s).q3 - q[3]) < 1e-12 AND (s).mode = mode
				   AND abs((s).se_mean - sd / sqrt(n)) < 1e-12 AND abs((s).se_mean_sampling - (s).se_mean) < 1e-12),
		  'numeric_summary is avg, stddev_samp, percentile_cont and mode, in 30 groups')
FROM (SELECT numeric_summary(freq(x)) AS s, avg(x)::float8 AS mean, stddev_samp(x)::float8 AS sd, min(x)::float8 AS lo, max(x)::float8 AS hi, count(x) AS n,
	  percentile_cont(array[0.25, 0.5, 0.75]) WITHIN GROUP (ORDER BY x::float8) AS q, (mode() WITHIN GROUP (ORDER BY x))::float8 AS mode FROM answer GROUP BY g) AS y;
SELECT ok(bool_and(quantile(f, p, 1) = d AND abs(quantile(f, p) - c) < 1e-12), 'type 1 is percentile_disc, type 7 percentile_cont, at 99 points')
FROM (SELECT p / 100.0::float8 AS p, freq(k) AS f, (percentile_disc(p / 100.0) WITHIN GROUP (ORDER BY k))::float8 AS d, percentile_cont(p / 100.0) WITHIN GROUP (ORDER BY k::float8) AS c
	  FROM answer, generate_series(1, 99) AS p GROUP BY p) AS y;
SELECT ok((s).off_scale = f AND (s).missing = m AND abs((s).mean - a) < 1e-12, 'a scale: off-scale and missing answers are left out and counted')
FROM (SELECT numeric_summary(freq(t)) AS s, count(*) FILTER (WHERE t = 'f') AS f, count(*) FILTER (WHERE t IS NULL) AS m, avg(level(t)) FILTER (WHERE t <> 'f') AS a FROM answer) AS y;
-- weighted mean and its linearised standard error from their definitions
SELECT ok(abs((s).mean - m) < 1e-12 AND abs((s).se_mean_sampling - sqrt(e)) < 1e-12 AND (s).rows = r, 'weights as sampling weights')
FROM (SELECT numeric_summary(freq(k, w)) AS s, count(*) FILTER (WHERE k IS NOT NULL AND w IS NOT NULL) AS r FROM answer) AS y,
	 LATERAL (SELECT sum(w * k) / sum(w) AS m FROM answer WHERE k IS NOT NULL) AS z,
	 LATERAL (SELECT count(*) / (count(*) - 1.0) * sum((w * (k - m)) ^ 2) / sum(w) ^ 2 AS e FROM answer WHERE k IS NOT NULL AND w IS NOT NULL) AS v;
SELECT is((SELECT ROW((s).n, (s).mean, (s).median)::text FROM (SELECT numeric_summary(xtab(ARRAY[0, 0])) AS s) AS x), '(0,,)', 'no counts');
SELECT is(quantile(xtab(ARRAY[0, 0]), 0.5), NULL, 'no counts: no quantile');
SELECT throws_ok('SELECT numeric_summary(freq(''a''::text))', '42809', NULL, 'text has no numbers');
SELECT throws_ok('SELECT numeric_summary(freq(''NaN''::float8))', '22023', NULL, 'NaN is refused');
SELECT throws_ok('SELECT numeric_summary(xtab(ARRAY[1, 2]), 10)', '22023', NULL, 'an unknown type of quantile is refused');
SELECT throws_ok('SELECT quantile(xtab(ARRAY[1, 2]), 25)', '22023', NULL, 'a percentage for a share is refused');
SELECT * FROM finish();
ROLLBACK;
