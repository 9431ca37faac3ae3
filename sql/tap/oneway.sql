-- One variable: goodness of fit against data/golden, summaries against PostgreSQL's own aggregates, shares and their limits.
\i sql/tap/begin.psql
SELECT no_plan();

SELECT is((SELECT ROW(k.*)::text FROM (SELECT freq(1) AS t) AS x, kish(t) AS k), '(1,1,1,1)', 'a row without weights weighs 1');
SELECT is((SELECT ROW(k.*)::text FROM (SELECT freq(1, w) AS t FROM unnest(ARRAY[1, 3]::float8[]) AS w) AS x, kish(t) AS k), '(2,4,1.6,1.25)', 'Kish: (1 + 3)^2 / (1 + 9) by hand');
SELECT is((SELECT n_eff FROM kish(xtab(ARRAY[0.5, 1.5]))), NULL, 'fractional counts do not tell the single weights');
SELECT is((SELECT string_agg(category || ' ' || n || ' ' || expected || ' ' || residual, '; ') FROM goodness_of_fit_cells(xtab(ARRAY[1, 9, 2]), ARRAY[1, 1, 1])), '1 1 4 -1.5; 2 9 4 2.5; 3 2 4 -1', 'cells of a one-way table: (O - E)/sqrt(E) by hand');
SELECT throws_ok('SELECT * FROM goodness_of_fit_cells(xtab(ARRAY[1, 2]), ARRAY[1])', '2202E', NULL, 'its proportions are checked as those of the test');
SELECT is((SELECT parameter FROM goodness_of_fit(xtab(ARRAY[10, 20, 30]))), 2::float8, 'equal proportions by default');
SELECT is((SELECT p_value FROM goodness_of_fit(xtab(ARRAY[0, 0]))), NULL, 'no counts: no answer');
SELECT throws_ok('SELECT goodness_of_fit(xtab(ARRAY[1, 2]), ARRAY[1])', '2202E', NULL, 'a wrong number of proportions is refused');
SELECT throws_ok('SELECT goodness_of_fit(xtab(ARRAY[1, 2]), ARRAY[0, 0])', '22023', NULL, 'proportions that are all 0 are refused');
SELECT throws_ok('SELECT goodness_of_fit(xtab(1, 2))', '22023', NULL, 'a two-way table is refused');

-- Summaries against percentile_disc, avg and stddev_samp, over random answers.
SELECT setseed(0.2017);
CREATE TABLE answer AS SELECT i % 40 AS g, (array['a', 'b', 'c', 'd', 'e'])[1 + floor(5 * power(random(), 1 + i % 40 / 10.0))::int]::text::maturity AS m,
	CASE WHEN random() < 0.2 THEN NULL ELSE (array['a', 'b', 'c', 'd', 'e', 'f'])[1 + floor(6 * random())::int]::text::tenure END AS t
	FROM generate_series(1, 1500) AS i;
SELECT results_eq('SELECT g, (ordinal_summary(m)).min, (ordinal_summary(m)).q1, (ordinal_summary(m)).median, (ordinal_summary(m)).q3, (ordinal_summary(m)).max FROM answer GROUP BY g ORDER BY g',
	'SELECT g, min(m)::text, percentile_disc(0.25) WITHIN GROUP (ORDER BY m)::text, percentile_disc(0.5) WITHIN GROUP (ORDER BY m)::text,
			percentile_disc(0.75) WITHIN GROUP (ORDER BY m)::text, max(m)::text FROM answer GROUP BY g ORDER BY g', 'quartiles are those of percentile_disc, in 40 groups');
SELECT ok(bool_and(abs((s).mean_level - a) < 1e-12 AND abs((s).sd_level - d) < 1e-12 AND (s).n = c), 'mean and sd are those of the levels, in 40 groups')
FROM (SELECT ordinal_summary(m) AS s, avg(m::float8) AS a, stddev_samp(m::float8) AS d, count(m) AS c FROM answer GROUP BY g) x;
SELECT ok((s).off_scale = f AND (s).missing = n AND abs((s).mean_level - a) < 1e-12 AND (s).n = c, 'off-scale and missing answers are left out and counted')
FROM (SELECT ordinal_summary(t) AS s, count(*) FILTER (WHERE t = 'f') AS f, count(*) FILTER (WHERE t IS NULL) AS n, avg(t::float8) AS a, count(substantive(t)) AS c FROM answer) x;
SELECT ok((ordinal_summary(m))::text = (ordinal_summary(freq(m)))::text, 'the aggregate and the function of a table agree') FROM answer;
SELECT is((SELECT round(interpolated_median::numeric, 10) FROM ordinal_summary(xtab(ARRAY[6, 25, 15, 70, 71]))), round(3.5 + (93.5 - 46) / 70.0, 10), 'interpolated median of item 4.4.2, by hand');
SELECT is((SELECT mode || modes FROM ordinal_summary(xtab(ARRAY[3, 7, 7]))), '22', 'two modes, the lower one named');
SELECT is((SELECT ROW((s).n, (s).median, (s).mean_level)::text FROM (SELECT ordinal_summary(NULL::int) AS s) x), '(0,,)', 'no answers');
SELECT throws_ok('SELECT ordinal_summary(''a''::text)', '42809', NULL, 'text has no order');

-- Shares.
SELECT is((SELECT round(estimate::numeric, 5) || ' ' || n FROM share_at_least(xtab(ARRAY[6, 25, 15, 70, 71]), '4')), '0.75401 187', 'top box of item 4.4.2');
SELECT ok((SELECT (share_at_least(freq(t), 'd')).estimate FROM answer) = (SELECT count(*) FILTER (WHERE t >= 'd')::float8 / count(substantive(t)) FROM answer),
		  'the base is the answers on the scale');
SELECT throws_ok('SELECT share_at_least(freq(''a''::tenure), ''f'')', '22023', NULL, 'an off-scale code is no level to reach');

-- Finite populations: limits from R, K such that phyper's tails exceed 0.025; and the bounds without an assumption.
-- R: N <- 262; n <- 187; x <- 141; K <- x:(x + N - n)
--    range(K[phyper(x, K, N - K, n) > .025 & phyper(x - 1, K, N - K, n, lower.tail = FALSE) > .025])
SELECT is((SELECT round(conf_low * 262) || '-' || round(conf_high * 262) FROM proportion_ci(141, 187, 'hypergeometric', population => 262)), '188-206', 'hypergeometric limits are R''s');
SELECT is((SELECT round(conf_low::numeric, 3) || '-' || round(conf_high::numeric, 3) FROM proportion_ci(141, 187, 'census_bounds', population => 262)), '0.538-0.824', 'census bounds of item 4.4.2');
SELECT is((SELECT conf_low || '-' || conf_high FROM proportion_ci(3, 7, 'hypergeometric', population => 7)), (3 / 7.0::float8) || '-' || (3 / 7.0::float8), 'a complete census is exact');
SELECT is((SELECT conf_low FROM proportion_ci(0, 10, 'hypergeometric', population => 100)), 0::float8, 'none of ten');
SELECT throws_ok('SELECT proportion_ci(1.5, 7, ''hypergeometric'', population => 20)', '22023', NULL, 'fractions are no cases');
SELECT throws_ok('SELECT proportion_ci(1, 7, ''census_bounds'')', '22023', NULL, 'bounds need a population');
-- Every x of n in small populations, against the tails summed here from binomial coefficients.
CREATE FUNCTION tail(x int, k int, size int, n int) RETURNS float8 LANGUAGE sql AS
	$$SELECT coalesce(sum(factorial(k) / factorial(i) / factorial(k - i) * factorial(size - k) / factorial(n - i) / factorial(size - k - n + i)), 0)::float8
			 / (factorial(size) / factorial(n) / factorial(size - n))::float8
	  FROM generate_series(greatest(0, n - size + k), least(x, k)) AS i WHERE i <= n$$;
SELECT is_empty($$
	SELECT size, v.n, x FROM (VALUES (12, 5), (15, 9), (9, 8)) AS v(size, n), generate_series(0, v.n) AS x,
		LATERAL (SELECT min(k) AS lo, max(k) AS hi FROM generate_series(x, x + size - v.n) AS k
				 WHERE tail(x, k, size, v.n) > 0.025 AND 1 - tail(x - 1, k, size, v.n) > 0.025) AS brute,
		LATERAL proportion_ci(x, v.n, 'hypergeometric', population => size) AS ci
	WHERE round(ci.conf_low * size) <> lo OR round(ci.conf_high * size) <> hi$$, 'all limits in three small populations by brute force');
SELECT * FROM finish();
ROLLBACK;
