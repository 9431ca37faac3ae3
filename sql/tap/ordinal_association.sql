-- Association of two ordered variables: what SQL adds to the numerics, whose values sql/golden compares.
\i sql/tap/begin.psql
SELECT no_plan();

-- Agresti (2002), table 2.8, income and job satisfaction: gamma 0.2211, C - D = 1331 - 849
SELECT is((SELECT concordant || ' ' || discordant FROM concordance(xtab(ARRAY[[1, 3, 10, 6], [2, 3, 10, 7], [1, 6, 14, 12], [0, 1, 9, 11]]))), '1331 849', 'concordant and discordant pairs of Agresti''s table');
SELECT is((SELECT round(estimate::numeric, 4) FROM goodman_kruskal_gamma(xtab(ARRAY[[1, 3, 10, 6], [2, 3, 10, 7], [1, 6, 14, 12], [0, 1, 9, 11]]))), 0.2211, 'its gamma');
SELECT is((SELECT concordant + discordant + tied_row + tied_col + tied_both FROM concordance(xtab(ARRAY[[1, 3, 10, 6], [2, 3, 10, 7]]))),
	(SELECT pairs FROM concordance(xtab(ARRAY[[1, 3, 10, 6], [2, 3, 10, 7]]))), 'every pair is one of five kinds');

-- corr() over the cases: Pearson over the levels, Spearman over the midranks; off-scale and missing answers are left out
SELECT setseed(0.2017);
CREATE TABLE answer AS SELECT i % 20 AS g, CASE WHEN random() < 0.1 THEN NULL ELSE (array['a', 'b', 'c', 'd', 'e', 'f'])[1 + floor(6 * random())::int]::text::tenure END AS t,
	(array['a', 'b', 'c', 'd', 'e'])[1 + floor(5 * random())::int]::text::maturity AS m, random() AS w FROM generate_series(1, 1000) AS i;
SELECT ok(bool_and(abs((pearson_r(x)).estimate - r) < 1e-12 AND (pearson_r(x)).n = n), 'pearson_r is corr() of the levels, in 20 groups')
FROM (SELECT xtab(t, m) AS x, corr(level(t), level(m)) FILTER (WHERE t <> 'f') AS r, count(*) FILTER (WHERE t <> 'f') AS n FROM answer GROUP BY g) AS y;
SELECT ok(bool_and(abs((spearman_rho(x)).estimate - r) < 1e-12 AND abs((pearson_r(x, 'ridit')).estimate - r) < 1e-12), 'spearman_rho is corr() of the midranks, in 20 groups')
FROM (SELECT xtab(t, m) AS x, corr(rt, rm) AS r
	  FROM (SELECT g, t, m, rank() OVER (PARTITION BY g ORDER BY t) + count(*) OVER (PARTITION BY g, t) / 2.0 AS rt,
				   rank() OVER (PARTITION BY g ORDER BY m) + count(*) OVER (PARTITION BY g, m) / 2.0 AS rm FROM answer WHERE t <> 'f') AS ranked GROUP BY g) AS y;
SELECT ok(notes @> ARRAY[format('left out as off the scale: %s', f), format('left out as missing: %s', z)], 'the notes say what was left out')
FROM (SELECT (kendall_tau_b(xtab(t, m))).notes, count(*) FILTER (WHERE t = 'f') AS f, count(*) FILTER (WHERE t IS NULL) AS z FROM answer) AS y;
SELECT is((SELECT round(estimate::numeric, 12) FROM somers_d((SELECT xtab(t, m) FROM answer), 'row')),
	(SELECT round(estimate::numeric, 12) FROM somers_d((SELECT xtab(m, t) FROM answer), 'col')), 'Somers'' d of the rows is that of the columns of the turned table');

-- tests
SELECT ok(count(DISTINCT round(statistic::numeric, 12)) = 1 AND count(DISTINCT round(p_value::numeric, 12)) = 1, 'gamma, tau-b, tau-c and Somers'' d share one test')
FROM (SELECT xtab(ARRAY[[7, 3, 1], [2, 6, 4], [0, 5, 9]]) AS t) AS x,
	 LATERAL (SELECT (goodman_kruskal_gamma(t)).* UNION ALL SELECT (kendall_tau_b(t)).* UNION ALL SELECT (kendall_tau_c(t)).* UNION ALL
			  SELECT (somers_d(t)).* UNION ALL SELECT (somers_d(t, 'row')).* UNION ALL SELECT (somers_d(t, 'symmetric')).*) AS h;
SELECT ok(two.p_value = least(1, 2 * gt.p_value) AND abs(gt.p_value + lt.p_value - 1) < 1e-14 AND gt.alternative = 'greater', 'alternatives')
FROM (SELECT xtab(ARRAY[[7, 3, 1], [2, 6, 4]]) AS t) AS x, LATERAL kendall_tau_c(t) AS two, LATERAL kendall_tau_c(t, alternative => 'greater') AS gt, LATERAL kendall_tau_c(t, alternative => 'less') AS lt;
SELECT ok(m.p_value = n.p_value AND m.p_value <> o.p_value AND m.p_low < a.p_value AND a.p_value < m.p_high AND m.estimate = a.estimate, 'Monte Carlo: a seed gives one p, near the asymptotic one in a larger table')
FROM (SELECT xtab(ARRAY[[27, 33, 31], [22, 36, 34], [20, 25, 39]]) AS t) AS x, LATERAL kendall_tau_b(t, test => 'permutation') AS a,
	 LATERAL kendall_tau_b(t, replicates => 20000) AS m, LATERAL kendall_tau_b(t, replicates => 20000) AS n, LATERAL kendall_tau_b(t, replicates => 20000, seed => 2) AS o;
SELECT ok(abs(h.p_value - k.p_value) < 1e-14 AND h.method ~ 'exact' AND abs(s.p_value - l.p_value) < 1e-14, 'exact: tau-b as Jonckheere''s test, Pearson''s r as the linear-by-linear test, each by its own code')
FROM (SELECT xtab(ARRAY[[5, 2, 1], [2, 1, 3], [0, 2, 4]]) AS t) AS x, LATERAL kendall_tau_b(t, exact => true) AS h, LATERAL jonckheere_test(t, exact => true) AS k,
	 LATERAL pearson_r(t, exact => true) AS s, LATERAL linear_by_linear_test(t, exact => true) AS l;
SELECT throws_ok('SELECT kendall_tau_b(xtab(array_agg(l)), exact => true) FROM (SELECT array_agg(900 ORDER BY j) AS l FROM generate_series(1, 6) AS i, generate_series(1, 6) AS j GROUP BY i) AS q', '54000', NULL, 'an exact test beyond its budget');
SELECT ok(p.statistic IS NOT NULL AND p.parameter = 34 AND e.parameter2 > 0 AND abs(e.statistic - e.estimate / e.parameter2) < 1e-12, 'parameter and parameter2 of Spearman''s tests')
FROM (SELECT xtab(ARRAY[[7, 3, 1], [2, 6, 4], [1, 4, 8]]) AS t) AS x, LATERAL spearman_rho(t) AS p, LATERAL spearman_rho(t, test => 'ase0') AS e;

-- tables without an answer
SELECT ok(count(*) = 4 AND bool_and(estimate IS NULL AND p_value IS NULL AND cardinality(notes) > 0), 'one row: no answer, and a note')
FROM (SELECT xtab(ARRAY[[3, 0, 5]]) AS t) AS x, LATERAL (SELECT (goodman_kruskal_gamma(t)).* UNION ALL SELECT (spearman_rho(t)).* UNION ALL SELECT (pearson_r(t)).* UNION ALL SELECT (polychoric(t)).*) AS h;
SELECT is((SELECT ROW(concordant, discordant, pairs)::text FROM concordance(xtab(ARRAY[[0, 0], [0, 0]]))), '(0,0,0)', 'no cases, no pairs');
SELECT is(goodman_kruskal_gamma(NULL), NULL, 'NULL for NULL');
SELECT ok(estimate = 1 AND conf_low = 1 AND conf_high = 1 AND notes::text ~ 'standard error is 0', 'all on the diagonal: a point, and a note') FROM goodman_kruskal_gamma(xtab(ARRAY[[4, 0], [0, 6]]));

-- polychoric: margins halved, rho = sin(2 pi (p11 - 1/4)) (Sheppard)
SELECT is(round((polychoric(xtab(ARRAY[[40, 10], [10, 40]]))).estimate::numeric, 12), round(sin(2 * pi() * 0.15)::numeric, 12), 'tetrachoric correlation in closed form');
SELECT is((SELECT count(*)::int FROM polychoric_thresholds(xtab(ARRAY[[5, 0, 3, 1], [0, 0, 0, 0], [2, 0, 9, 4]]))), 3, 'a threshold above every category with counts but the last');
SELECT is((SELECT string_agg(side || category || round(threshold::numeric, 6), ' ') FROM polychoric_thresholds(xtab(ARRAY[[40, 10], [20, 30]]))), 'row10.000000 col10.253347', 'thresholds of a 2 x 2 table are normal quantiles of its margins');
SELECT ok(estimate = 1 AND std_error IS NULL AND notes::text ~ 'rises', 'a zero in a 2 x 2 table') FROM polychoric(xtab(ARRAY[[10, 0], [5, 8]]));
SELECT ok(estimate < 1 AND std_error > 0 AND notes::text ~ '0.5 put in place', 'half a case in its place') FROM polychoric(xtab(ARRAY[[10, 0], [5, 8]]), zero_cells => 0.5);

-- refusals
SELECT throws_ok($$SELECT goodman_kruskal_gamma(xtab(ARRAY[[1, 2], [3, 4]], ARRAY['x', 'y'], ARRAY['p', 'q']))$$, '42809', NULL, 'nominal sides are refused');
SELECT throws_ok($$SELECT spearman_rho(xtab(t, t::text)) FROM answer$$, '42809', NULL, 'text has no order');
SELECT throws_ok($$SELECT kendall_tau_b(xtab(ARRAY[1, 2]))$$, '22023', NULL, 'a one-way table is refused');
SELECT throws_ok($$SELECT kendall_tau_b(xtab(ARRAY[[1, 2], [3, 4]]), test => 't')$$, '22023', NULL, 'tau-b has no t test');
SELECT throws_ok($$SELECT kendall_tau_b(xtab(ARRAY[[1.5, 2], [3, 4]]), replicates => 100)$$, '22023', NULL, 'Monte Carlo needs whole counts');
SELECT throws_ok($$SELECT kendall_tau_b(xtab(ARRAY[[1, 2], [3, 4]]), replicates => -1)$$, '22023', NULL, 'a negative number of replicates is refused');
SELECT throws_ok($$SELECT kendall_tau_b(xtab(ARRAY[[1, 2], [3, 4]]), conf_level => 95)$$, '22023', NULL, 'a level in percent is refused');
SELECT throws_ok($$SELECT somers_d(xtab(ARRAY[[1, 2], [3, 4]]), 'column')$$, '22023', NULL, 'an unknown side is refused');
SELECT throws_ok($$SELECT pearson_r(xtab(v, v)) FROM (VALUES ('Infinity'::float8), (1)) AS x(v)$$, '22023', NULL, 'infinity is not a score');
SELECT throws_ok($$SELECT kendall_tau_b(set_scores(xtab(ARRAY[[1, 2], [3, 4]]), ARRAY[2, 1])$$ || ')', '22023', NULL, 'scores against the order of the categories are refused by what ranks');
SELECT lives_ok($$SELECT pearson_r(set_scores(xtab(ARRAY[[1, 2], [3, 4]]), ARRAY[2, 1])$$ || ')', 'but not by what takes scores');
SELECT ok(abs(estimate - 1) < 1e-15, 'but it has a rank') FROM pearson_r((SELECT xtab(v, v) FROM (VALUES ('Infinity'::float8), (1), (2)) AS x(v)), 'rank');
SELECT throws_ok($$SELECT kendall_tau_b(xtab(ARRAY[[1.5, 2], [3, 4]]), exact => true)$$, '22023', NULL, 'an exact test needs whole counts');
SELECT throws_ok($$SELECT polychoric(xtab(ARRAY[[1, 2], [3, 4]]), zero_cells => -1)$$, '22023', NULL, 'a negative amount is refused');
SELECT throws_ok($$SELECT polychoric(xtab(ARRAY[[1, 2], [3, 4]]), method => 'mle')$$, '22023', NULL, 'an unknown method is refused');

-- large tables: 500 x 500 categories; cancel is obeyed
CREATE TABLE large AS SELECT xtab(array_agg(line)) AS t FROM (SELECT array_agg((i * 31 + j * 17) % 5 + (i = j)::int ORDER BY j) AS line FROM generate_series(1, 500) AS i, generate_series(1, 500) AS j GROUP BY i) AS q;
SELECT performs_ok('SELECT (goodman_kruskal_gamma(t)).estimate, (kendall_tau_b(t)).estimate, (spearman_rho(t)).estimate FROM large', 3000, '500 x 500 categories');
-- plpgsql's OTHERS does not catch a cancel, so throws_ok cannot
CREATE FUNCTION pg_temp.overrun(query text) RETURNS interval LANGUAGE plpgsql AS $$
DECLARE
	start timestamptz := clock_timestamp();
BEGIN
	EXECUTE query;
	RETURN NULL;
EXCEPTION WHEN query_canceled THEN
	RETURN clock_timestamp() - start - '200 ms';
END $$;
SET LOCAL statement_timeout = '200ms';
CREATE TEMP TABLE cancelled AS SELECT 'Monte Carlo' AS what, pg_temp.overrun('SELECT kendall_tau_b(t, replicates => 100000000) FROM large') AS late;
INSERT INTO cancelled SELECT 'the polychoric correlation', pg_temp.overrun('SELECT polychoric(t, method => ''two_step'') FROM large');
SET LOCAL statement_timeout = 0;
-- 100 ms are the promise; the machine may be busy
SELECT ok(late < '2 s', what || ' obeys statement_timeout') FROM cancelled;
SELECT diag(what || ' ended late by ' || late) FROM cancelled WHERE late > '100 ms';
SELECT * FROM finish();
ROLLBACK;
