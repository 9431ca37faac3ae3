-- Tests of independence, measures of association, proportions, adjusted p-values: arguments and degenerate tables.  The reference values: sql/golden/.
\i sql/tap/begin.psql
SELECT no_plan();
-- Degenerate tables, and what is refused.
SELECT is((SELECT ROW(statistic, p_value, array_length(notes, 1) > 0)::text FROM chisq_test(m::xtab)), '(,,t)', 'no answer but a note: ' || m::text)
FROM (VALUES ('{{1,2,3}}'::int[]), ('{{1},{2}}'), ('{{0,0},{0,0}}'), ('{{5,0},{0,0}}'), ('{{1,2},{0,0}}')) AS v(m);
SELECT ok((SELECT p_value BETWEEN 1e-300 AND 1e-290 FROM chisq_test(xtab(ARRAY[[670, 0], [0, 670]]))), 'a p-value of 1e-293 keeps its digits');
SELECT throws_ok('SELECT chisq_test(freq(1))', '22023', NULL, 'a one-way table is refused');
SELECT throws_ok($$SELECT chisq_test('{"xtab": 1, "rows": {"kind": "multi", "categories": ["{a}"]}, "cols": {"categories": ["x"]}, "n": [[1]]}')$$,
				 '42809', NULL, 'multi-select answers are refused');

-- Intervals, arguments, degenerate tables.
SELECT is((SELECT round(conf_low::numeric, 4) || ' ' || round(conf_high::numeric, 4) FROM risk_difference(xtab(ARRAY[[56, 14], [48, 32]]))), '0.0524 0.3339',
		  'Newcombe (1998), table II, example (a), method 10');
-- Brute force in R over all tables; exact2x2's uncondExact2x2 with method "score" and "simple" agrees: extension/stats/tests/test_risk_difference_exact.c.
SELECT is((SELECT string_agg(round(conf_low::numeric, 6) || ' ' || round(conf_high::numeric, 6) || ' ' || method, E'\n' ORDER BY m)
		   FROM unnest(ARRAY['exact', 'santner_snell']) AS m, risk_difference(xtab(ARRAY[[18, 7], [11, 19]]), 1, m)),
		  E'0.079219 0.583035 Risk difference, Chan-Zhang exact interval\n0.087540 0.583035 Risk difference, Santner-Snell exact interval', 'exact intervals of a risk difference');
SELECT ok((SELECT abs(a.conf_low + b.conf_high) < 1e-9 AND abs(a.conf_high + b.conf_low) < 1e-9
		   FROM risk_difference(xtab(ARRAY[[18, 7], [11, 19]]), 1, 'exact', 0.9) AS a, risk_difference(xtab(ARRAY[[18, 7], [11, 19]]), 2, 'exact', 0.9) AS b),
		  'the second column has the first one''s limits with their signs changed');
SELECT is((SELECT ROW(conf_low, conf_high, array_length(notes, 1) > 0)::text FROM risk_difference(xtab(ARRAY[[0, 0], [3, 4]]), 1, 'exact')), '(,,t)', 'exact: an empty group');
SELECT throws_ok(format('SELECT risk_difference(xtab(ARRAY[[1.5, 2], [3, 4]]), 1, %L)', m), '22023', NULL, m || ' needs whole counts') FROM unnest(ARRAY['exact', 'santner_snell']) AS m;
SELECT throws_ok($$SELECT risk_difference(xtab(ARRAY[[10000, 2], [3, 4]]), 1, 'exact')$$, '54000', NULL, 'too many cases for an exact interval are refused');
SELECT ok((SELECT estimate BETWEEN conf_low AND conf_high FROM cramers_v(xtab(ARRAY[[68, 20], [15, 119]]))), 'V lies in its interval');
SELECT is((SELECT estimate FROM cramers_v(xtab(ARRAY[[1, 2, 3]]))), NULL, 'one row: no answer');
SELECT ok((SELECT array_length(notes, 1) > 0 FROM odds_ratio(xtab(ARRAY[[3, 0], [1, 4]]))), 'an infinite odds ratio carries a note');
SELECT is((SELECT round(estimate::numeric, 10) FROM odds_ratio(xtab(ARRAY[[3, 0], [1, 4]]), 0.5)), round(3.5 * 4.5 / (0.5 * 1.5), 10), 'half a case added to each cell');
SELECT throws_ok(q, '22023', NULL, q) FROM unnest(ARRAY['SELECT cramers_v(freq(1))', 'SELECT cramers_v(xtab(1, 2), conf_level => 1)',
	'SELECT cramers_v(xtab(1, 2), conf_level => ''NaN'')', 'SELECT odds_ratio(xtab(ARRAY[[1, 2, 3], [4, 5, 6]]))', 'SELECT risk_ratio(xtab(ARRAY[[1, 2], [3, 4]]), 3)',
	'SELECT risk_difference(xtab(ARRAY[[1, 2], [3, 4]]), 1, ''odd'')', 'SELECT goodman_kruskal_lambda(xtab(1, 2), ''odd'')',
	'SELECT goodman_kruskal_tau(xtab(1, 2), ''symmetric'')', 'SELECT odds_ratio(xtab(ARRAY[[1, 2], [3, 4]]), -1)',
	'SELECT eta(xtab(1, ''f''::tenure))']) AS q;
SELECT throws_ok('SELECT eta(xtab(1, ''a''::text))', '42809', NULL, 'eta needs scores');

-- Adjusted p-values.
SELECT is(p_adjust(ARRAY[0.01, NULL, 0.04, 'NaN'], 'bonferroni'), ARRAY[0.02, NULL, 0.08, NULL]::float8[], 'NULL and NaN do not count in the family');
SELECT is(p_adjust('{}'::float8[], 'holm'), '{}'::float8[], 'an empty family');
SELECT is(p_adjust(ARRAY[1e-300, 0.5], 'holm'), ARRAY[2e-300, 0.5]::float8[], 'small p-values keep their digits');
SELECT throws_ok($$SELECT p_adjust(ARRAY[0.1], 'odd')$$, '22023', NULL, 'an unknown method is refused');
SELECT throws_ok($$SELECT p_adjust(ARRAY[1.5], 'holm')$$, '22003', NULL, 'a p-value above 1 is refused');
SELECT is(count(*), 100000::bigint, 'a window of 100,000 rows') FROM (SELECT p_adjust(1.0 / i, 'BH') OVER () FROM generate_series(1, 100000) AS i) s;

-- A proportion.
SELECT is((SELECT ROW(estimate, conf_low, array_length(notes, 1))::text FROM proportion_ci(0, 0)), '(,,1)', 'no cases: a note');
SELECT throws_ok(q, '22023', NULL, q) FROM unnest(ARRAY['SELECT proportion_ci(3, 2)', 'SELECT proportion_ci(1, 2, ''odd'')',
	'SELECT proportion_ci(1, 2, ''wilson'', 1)', 'SELECT proportion_ci(1, 20, population => 10)', 'SELECT proportion_ci(''NaN'', 2)']) AS q;
SELECT is((SELECT conf_high - conf_low FROM proportion_ci(141, 187, population => 187)), 0::float8, 'a census has no sampling error');
SELECT * FROM finish();
ROLLBACK;
