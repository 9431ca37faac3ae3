-- Tables by stratum: aggregates in every kind of query, alignment of categories, arguments, degenerate strata.  The reference values: sql/golden/.
\i sql/tap/begin.psql
SELECT no_plan();

-- SAS/STAT User's Guide, PROC FREQ, the migraine example: CMH 8.3052, p 0.0040; odds ratio 3.3132 (1.4456, 7.5934), logit 3.2941; relative risk
-- 2.1636 (1.2336, 3.7948); Breslow-Day 1.4929, p 0.2218.
CREATE TABLE migraine AS SELECT gender, treatment, response FROM (VALUES ('f', 'active', 'better', 16), ('f', 'active', 'same', 11),
	('f', 'placebo', 'better', 5), ('f', 'placebo', 'same', 20), ('m', 'active', 'better', 12), ('m', 'active', 'same', 16),
	('m', 'placebo', 'better', 7), ('m', 'placebo', 'same', 19)) AS v(gender, treatment, response, n), generate_series(1, n);
CREATE VIEW by_gender AS SELECT gender, xtab(treatment, response) AS t FROM migraine GROUP BY gender;
CREATE FUNCTION shown(htest) RETURNS text LANGUAGE sql AS $$SELECT concat_ws(' ', round(($1).statistic::numeric, 4), round(($1).p_value::numeric, 4),
	round(($1).estimate::numeric, 4), round(($1).conf_low::numeric, 4), round(($1).conf_high::numeric, 4))$$;
SELECT is((SELECT shown(cmh_test(t)) FROM by_gender), '8.3052 0.0040 3.3132 1.4456 7.5934', 'the Mantel-Haenszel test of a published example (SAS)');
SELECT is((SELECT shown(breslow_day_test(array_agg(t), tarone => false)) FROM by_gender), '1.4929 0.2218 3.3132', 'the Breslow-Day test (SAS)');
SELECT is((SELECT shown(mh_risk_ratio(t)) FROM by_gender), '2.6922 0.0071 2.1636 1.2336 3.7948', 'the common risk ratio (SAS; z from metafor)');
SELECT is((SELECT split_part(shown(woolf_test(t)), ' ', 3) FROM by_gender), '3.2941', 'the logit estimate (SAS)');
-- metafor 3.8: rma.mh(measure = "RD", ai = c(16, 12), bi = c(11, 16), ci = c(5, 7), di = c(20, 19))
SELECT is((SELECT shown(mh_risk_difference(t)) FROM by_gender), '3.0270 0.0025 0.2738 0.0965 0.4510', 'the common risk difference (metafor)');
-- R: mantelhaen.test(x, exact = TRUE), estimate to its tolerance
SELECT is((SELECT statistic || ' ' || round(estimate::numeric, 3) FROM cmh_test((SELECT array_agg(t) FROM by_gender), exact => true)), '28 3.303', 'exact (R)');
SELECT is((SELECT round(p_value::numeric, 12) FROM cmh_test((SELECT array_agg(t) FROM by_gender), exact => true, alternative => 'greater')), 0.003292267949,
		  'exact, one-sided (R)');
SELECT is((SELECT round(p_value::numeric, 12) || ' ' || round(conf_low::numeric, 9) || ' ' || conf_high
		   FROM cmh_test((SELECT array_agg(t) FROM by_gender), correct => true, alternative => 'greater')), '0.003648651502 1.651814769 Infinity',
		  'with correction, one-sided (R)');
SELECT is((SELECT shown(cmh_test(t)) FROM by_gender), shown(cmh_test(ARRAY[xtab(ARRAY[[16, 11], [5, 20]], '{active,placebo}', '{better,same}'),
	xtab(ARRAY[[12, 16], [7, 19]], '{active,placebo}', '{better,same}')])), 'rows and matrices give the same');

-- The aggregate in every kind of query.
CREATE TABLE answer AS SELECT i % 7 AS region, i % 3 AS wave, 'g' || (hashint4(i) & 1) AS team, (array['a', 'b', 'c', 'd', 'e'])[1 + (hashint4(i + 9) & 1023) * (hashint4(i * 3) & 3) / 700]::text::maturity AS level,
	(hashint4(i * 5) & 7) < 3 AS done FROM generate_series(1, 3000) AS i;
CREATE TABLE stored AS SELECT region, wave, xtab(team, done) AS t, xtab(team, level) AS l FROM answer GROUP BY region, wave;
SELECT ok(bool_and(x::text = cmh_test(a)::text AND b::text = breslow_day_test(a)::text AND z::text = zelen_test(a)::text AND w::text = woolf_test(a)::text AND v::text = van_elteren_test(al)::text
				   AND r::text = mh_risk_ratio(a)::text AND d::text = mh_risk_difference(a)::text AND g::text = cmh_test(al)::text),
		  'aggregates and functions of arrays agree, by group')
FROM (SELECT wave, cmh_test(t) AS x, breslow_day_test(t) AS b, zelen_test(t) AS z, woolf_test(t) AS w, van_elteren_test(l) AS v, mh_risk_ratio(t) AS r, mh_risk_difference(t) AS d,
			 cmh_test(l) AS g, array_agg(t) AS a, array_agg(l) AS al FROM stored GROUP BY wave) AS s;
SELECT is((SELECT cmh_test(t) FILTER (WHERE wave = 1)::text FROM stored), (SELECT cmh_test(t)::text FROM stored WHERE wave = 1), 'FILTER');
SELECT is((SELECT cmh_test(t ORDER BY region DESC, wave)::text FROM stored), (SELECT cmh_test(t ORDER BY region, wave DESC)::text FROM stored), 'the order of the strata does not matter to the last bit');
SELECT is_empty($$SELECT wave FROM (SELECT wave, cmh_test(t) AS x FROM stored GROUP BY ROLLUP (wave)) AS s
	WHERE x::text <> (SELECT cmh_test(t)::text FROM stored WHERE stored.wave = s.wave OR s.wave IS NULL)$$, 'ROLLUP');
SELECT is_empty($$SELECT region, wave FROM (SELECT region, wave, row_number() OVER w AS i, cmh_test(t) OVER w AS x, array_agg(t) OVER w AS a FROM stored
	WINDOW w AS (ORDER BY region, wave ROWS BETWEEN 4 PRECEDING AND CURRENT ROW)) AS s WHERE x::text <> cmh_test(a)::text$$, 'a window frame');
SELECT is_empty($$SELECT region FROM (SELECT region, cmh_test(t) OVER w AS x, array_agg(t) OVER w AS a FROM stored
	WINDOW w AS (ORDER BY region, wave)) AS s WHERE x::text <> cmh_test(a)::text$$, 'a growing frame');
SELECT is((SELECT ROW(cmh_test(t), breslow_day_test(t), zelen_test(t), woolf_test(t), van_elteren_test(t), mh_risk_ratio(t), mh_risk_difference(t))::text FROM stored WHERE false),
		  '(,,,,,,)', 'no strata: NULL');
SELECT is((SELECT cmh_test(CASE WHEN wave = 1 THEN t END)::text FROM stored), (SELECT cmh_test(t)::text FROM stored WHERE wave = 1), 'NULL tables are passed over');
SELECT is((SELECT cmh_test(NULL::xtab) IS NULL FROM stored), true, 'NULL tables only');
SELECT is(cmh_test('{}'::xtab[]) IS NULL AND cmh_test(ARRAY[NULL]::xtab[]) IS NULL AND cmh_test(NULL::xtab[]) IS NULL, true, 'arrays without tables');
SELECT is((SELECT count(*) FROM cmh_tests('{}'::xtab[])), 0::bigint, 'no rows for an array without tables');

-- A parallel plan.
CREATE TABLE many AS SELECT g, g % 3 AS k, xtab(ARRAY[[g % 7, 3 + g % 5], [2 + g % 3, g % 11]]) AS t FROM generate_series(1, 20000) AS g;
ANALYZE many;
CREATE FUNCTION plan(query text) RETURNS SETOF text LANGUAGE plpgsql AS $$BEGIN RETURN QUERY EXECUTE 'EXPLAIN (COSTS OFF) ' || query; END$$;
SET LOCAL max_parallel_workers_per_gather = 0;
CREATE TEMPORARY TABLE serial AS SELECT cmh_test(t) AS x, breslow_day_test(t) AS b, mh_risk_ratio(t) AS r FROM many;
SET LOCAL max_parallel_workers_per_gather = 2;
SET LOCAL parallel_setup_cost = 0;
SET LOCAL parallel_tuple_cost = 0;
SET LOCAL min_parallel_table_scan_size = 0;
SELECT ok(bool_or(p ~ 'Partial Aggregate') AND bool_or(p ~ 'Gather'), 'the aggregate is planned in parallel') FROM plan('SELECT cmh_test(t), breslow_day_test(t), mh_risk_ratio(t) FROM many') AS p;
SELECT is((SELECT ROW(cmh_test(t), breslow_day_test(t), mh_risk_ratio(t))::text FROM many), (SELECT s::text FROM serial AS s), 'and gives the same bits');
SELECT ok(bool_or(p ~ 'Partial (Hash|Group)?Aggregate'), 'in parallel by group') FROM plan('SELECT k, cmh_test(t) FROM many GROUP BY k') AS p;
SELECT is((SELECT array_agg(x::text ORDER BY k) FROM (SELECT k, cmh_test(t) AS x FROM many GROUP BY k) s),
		  (SELECT array_agg(cmh_test(a)::text ORDER BY k) FROM (SELECT k, array_agg(t) AS a FROM many GROUP BY k) s), 'with the same results');
RESET max_parallel_workers_per_gather;

-- Categories that not all strata have met stand where their type puts them.
CREATE TYPE grade AS ENUM ('low', 'mid', 'high');
CREATE TABLE part AS SELECT * FROM (VALUES (1, 'x', 'n', 3), (1, 'y', 'n', 2), (1, 'y', 'k', 4), (2, 'w', 'k', 5), (2, 'y', 'n', 6), (2, 'w', 'n', 1), (3, 'x', 'm', 2),
	(3, 'y', 'k', 3), (3, 'w', 'm', 1), (3, 'y', 'm', 2)) AS v(s, r, c, n);
CREATE VIEW part_table AS SELECT s, xtab(r, c) AS t FROM part, generate_series(1, n) GROUP BY s;
-- the same with every category in every stratum, counted as 0 where it was not met
CREATE VIEW full_table AS SELECT s, xtab(array_agg(line ORDER BY r), '{w,x,y}', '{k,m,n}') AS t
	FROM (SELECT s, r, array_agg(coalesce(n, 0)::bigint ORDER BY c) AS line FROM generate_series(1, 3) AS s CROSS JOIN unnest('{w,x,y}'::text[]) AS r
		  CROSS JOIN unnest('{k,m,n}'::text[]) AS c LEFT JOIN part USING (s, r, c) GROUP BY s, r) AS l GROUP BY s;
SELECT is((SELECT ROW((cmh_test(t)).statistic, (cmh_test(t)).parameter, (cmh_test(t)).n)::text FROM part_table),
		  (SELECT ROW((cmh_test(t)).statistic, (cmh_test(t)).parameter, (cmh_test(t)).n)::text FROM full_table), 'categories are aligned');
SELECT isnt((SELECT array_agg(col_labels(t) ORDER BY s)::text FROM part_table WHERE s <> 2), NULL, 'tables of different shape in the example');
SELECT is((SELECT (cmh_test(array_agg(t), 'row_means')).statistic FROM (SELECT xtab(r, c::int) AS t FROM (VALUES (1, 'a', 1), (1, 'b', 3), (1, 'a', 2), (2, 'b', 2), (2, 'a', 5), (2, 'b', 3)) AS v(s, r, c) GROUP BY s) x),
		  (SELECT (cmh_test(array_agg(t), 'row_means')).statistic FROM (VALUES ('{"xtab": 1, "rows": {"categories": ["a", "b"]}, "cols": {"kind": "ordinal", "type": "integer", "categories": ["1", "2", "3", "5"], "scores": [1, 2, 3, 5]}, "n": [[1, 1, 0, 0], [0, 0, 1, 0]]}'::xtab),
			('{"xtab": 1, "rows": {"categories": ["a", "b"]}, "cols": {"kind": "ordinal", "type": "integer", "categories": ["1", "2", "3", "5"], "scores": [1, 2, 3, 5]}, "n": [[0, 0, 0, 1], [0, 1, 1, 0]]}')) AS v(t)), 'with the scores of their type');
SELECT is((SELECT (cmh_test(array_agg(xtab), 'mh')).estimate FROM (SELECT xtab(r, c) FROM (VALUES (1, 'b', 'y'), (1, 'b', 'n'), (1, 'b', 'n'), (2, 'b', 'y'), (2, 'a', 'n'), (2, 'a', 'y'), (2, 'a', 'n'), (2, 'b', 'n'),
		   (2, 'b', 'y')) AS v(s, r, c) GROUP BY s) x), (SELECT estimate FROM odds_ratio(xtab(ARRAY[[2, 1], [1, 2]]))), 'a stratum without one group says nothing, and the rows keep their order');

-- Generalised statistics.
SELECT is((SELECT array_agg(parameter::text ORDER BY o) FROM cmh_tests(ARRAY[xtab(ARRAY[[1, 2, 3], [6, 2, 2]]), xtab(ARRAY[[4, 5, 6], [1, 2, 1]])]) WITH ORDINALITY AS x(method, alternative, statistic, parameter,
	parameter2, p_value, p_low, p_high, estimate, std_error, conf_low, conf_high, conf_level, n, notes, o)), '{1,1,2,2}', 'cmh_tests: degrees of freedom of the four statistics');
SELECT is((SELECT array_agg((statistic = (SELECT y.statistic FROM cmh_test(a, names[o::int]) AS y))::text) FROM (SELECT ARRAY[xtab(ARRAY[[1, 2, 3], [6, 2, 2]]), xtab(ARRAY[[4, 5, 6], [1, 2, 1]])] AS a,
	'{cor,row_means,col_means,general}'::text[] AS names) AS s, LATERAL cmh_tests(a) WITH ORDINALITY AS x(method, alternative, statistic, parameter, parameter2, p_value, p_low, p_high, estimate, std_error, conf_low, conf_high,
	conf_level, n, notes, o)), '{true,true,true,true}', 'and their values are those of cmh_test');
SELECT is((SELECT array_agg((statistic IS NULL) || ' ' || coalesce(notes[1], '') ORDER BY method) FROM cmh_tests((SELECT array_agg(xtab(ARRAY[[1, 2], [3, 4]], '{a,b}', '{x,y}')) FROM generate_series(1, 2)))
		   WHERE method !~ 'general'), '{"true needs an ordinal row variable","true needs an ordinal row and column variable","true needs an ordinal column variable"}',
		  'a statistic that needs an order says so');
SELECT ok((SELECT a.statistic = b.statistic AND a.statistic <> c.statistic FROM cmh_test(ARRAY[xtab(ARRAY[[1, 2, 3], [6, 2, 2]])], 'row_means', 'rank') AS a,
		   cmh_test(ARRAY[xtab(ARRAY[[1, 2, 3], [6, 2, 2]])], 'row_means', 'ridit') AS b, cmh_test(ARRAY[xtab(ARRAY[[1, 2, 3], [6, 2, 2]])], 'row_means') AS c), 'ranks and ridits agree in one stratum');
SELECT is((SELECT shown(van_elteren_test(ARRAY[xtab(ARRAY[[19, 7, 6], [6, 5, 16]]), xtab(ARRAY[[10, 0, 1], [7, 2, 5]])]))), '15.0041 0.0001 0.2770',
		  'van Elteren of the arthritis trial (coin: 15.00412, p 0.0001073; the estimate by hand: (230.5/60 + 46.5/26)/(864/60 + 154/26))');
SELECT is((SELECT round((1 - x.estimate - y.estimate)::numeric, 12) FROM van_elteren_test(ARRAY[xtab(ARRAY[[19, 7, 6], [6, 5, 16]]), xtab(ARRAY[[10, 0, 1], [7, 2, 5]])]) AS x,
		   van_elteren_test(ARRAY[xtab(ARRAY[[6, 5, 16], [19, 7, 6]]), xtab(ARRAY[[7, 2, 5], [10, 0, 1]])]) AS y), 0::numeric, 'its estimate turns round with the groups');
SELECT ok((SELECT notes::text ~ 'off the scale: 4' AND n = 21 FROM van_elteren_test(ARRAY[(SELECT xtab(i % 2, (array['a', 'b', 'c', 'd', 'f'])[1 + i / 2 % 5]::text::tenure) FROM generate_series(1, 25) AS i)])), 'off-scale answers are left out');

-- Simulation: a seed gives a number, and the number is near the asymptotic one in a large table.
SELECT ok((SELECT a.p_value = b.p_value AND a.p_value <> c.p_value AND abs(a.p_value - d.p_value) < 0.04 AND a.p_low < a.p_value AND a.p_high > a.p_value AND a.statistic = d.statistic AND a.method ~ 'Monte Carlo'
		   FROM (SELECT ARRAY[xtab(ARRAY[[19, 17, 16], [16, 15, 26]]), xtab(ARRAY[[10, 10, 11], [17, 12, 15]])] AS t) AS s, cmh_test(t, 'general', replicates => 20000) AS a, cmh_test(t, 'general', replicates => 20000) AS b,
		   cmh_test(t, 'general', replicates => 20000, seed => 2) AS c, cmh_test(t, 'general') AS d), 'a simulated p-value');
SELECT ok((SELECT abs(a.p_value - b.p_value) < 0.02 FROM van_elteren_test(ARRAY[xtab(ARRAY[[19, 17, 16], [16, 15, 26]])], replicates => 20000) AS a, van_elteren_test(ARRAY[xtab(ARRAY[[19, 17, 16], [16, 15, 26]])]) AS b), 'of van Elteren''s test');
-- 2 x 2: the simulation against the exact distribution, whose two-sided tail is that of |sum (a - E)| here, as the strata are symmetric
SELECT ok((SELECT e.p_value BETWEEN m.p_low AND m.p_high FROM cmh_test(ARRAY[xtab(ARRAY[[4, 1], [1, 4]]), xtab(ARRAY[[3, 3], [3, 3]])], exact => true) AS e,
		   cmh_test(ARRAY[xtab(ARRAY[[4, 1], [1, 4]]), xtab(ARRAY[[3, 3], [3, 3]])], replicates => 50000) AS m), 'of 2 x 2 tables');

-- Degenerate strata.
SELECT is((SELECT statistic FROM cmh_test(ARRAY[xtab(ARRAY[[5, 3], [2, 7]]), xtab(ARRAY[[4, 5], [0, 0]]), xtab(ARRAY[[1, 0], [0, 0]]), xtab(ARRAY[[0, 0], [0, 0]])])),
		  (SELECT statistic FROM cmh_test(ARRAY[xtab(ARRAY[[5, 3], [2, 7]])])), 'a zero margin, a single case and an empty stratum add nothing');
SELECT is((SELECT notes::text FROM cmh_test(ARRAY[xtab(ARRAY[[5, 3], [2, 7]]), xtab(ARRAY[[4, 5], [0, 0]]), xtab(ARRAY[[1, 0], [0, 0]])])),
		  '{"left out as smaller than 2 observations: 1 of 3 strata","1 of 2 strata have counts in a single row or column only","Mantel-Fleiss criterion 3.29 is below 5: prefer the exact test"}', 'and are noted');
SELECT is((SELECT ROW(statistic, p_value, estimate, array_length(notes, 1) > 0)::text FROM cmh_test(ARRAY[m::xtab])), '(,,,t)', 'no answer but a note: ' || m::text)
FROM (VALUES ('{{1,2,3}}'::int[]), ('{{1},{2}}'), ('{{0,0},{0,0}}'), ('{{5,0},{0,0}}'), ('{{1,2},{0,0}}'), ('{{1}}')) AS v(m);
SELECT is((SELECT ROW(statistic, p_value, array_length(notes, 1) > 0)::text FROM breslow_day_test(ARRAY[xtab(ARRAY[[1, 2], [3, 4]]), xtab(ARRAY[[1, 2], [0, 0]])])), '(,,t)', 'one stratum: nothing to compare');
-- Two strata, margins 2, 2 and 2, 2 each, sum 2: (0, 2), (1, 1), (2, 0) weigh 1, 16, 1
SELECT is((SELECT round(p_value::numeric, 10) || ' ' || round(statistic::numeric, 10) FROM zelen_test(ARRAY[xtab(ARRAY[[2, 0], [0, 2]]), xtab(ARRAY[[0, 2], [2, 0]])])), round(2 / 18.0, 10) || ' ' || round(1 / 18.0, 10),
		  'Zelen''s test by hand');
SELECT is((SELECT ROW(statistic, p_value, array_length(notes, 1) > 0)::text FROM zelen_test(ARRAY[xtab(ARRAY[[1, 2], [3, 4]])])), '(,,t)', 'one stratum: no Zelen test');
SELECT throws_ok('SELECT zelen_test(ARRAY[xtab(ARRAY[[1.5, 2], [3, 4]]), xtab(ARRAY[[1.5, 2], [3, 4]])])', '22023', NULL, 'nor one of weights');
SELECT is((SELECT ROW(statistic, p_value, array_length(notes, 1) > 0)::text FROM woolf_test(ARRAY[xtab(ARRAY[[1, 2], [3, 4]])])), '(,,t)', 'one stratum: no Woolf test');
SELECT is((SELECT ROW(estimate, conf_low > 1, conf_high, array_length(notes, 1))::text FROM cmh_test(ARRAY[xtab(ARRAY[[4, 0], [0, 5]])], exact => true)), '(Infinity,t,Infinity,1)', 'an infinite odds ratio carries a note');
SELECT ok((SELECT p_value BETWEEN 1e-300 AND 1e-250 AND isfinite FROM cmh_test(ARRAY[xtab(ARRAY[[500, 10], [10, 500]]), xtab(ARRAY[[100, 20], [20, 100]])], exact => true) AS x, LATERAL (SELECT conf_low > 0 AND conf_high < 'Infinity') AS f(isfinite)), 'a small exact p-value keeps its digits');
SELECT ok((SELECT p_value > 0 FROM cmh_test(ARRAY[xtab(ARRAY[[1.5, 2], [3, 0.25]]), xtab(ARRAY[[2, 2.5], [3, 4]])])), 'weighted counts');
SELECT is((SELECT statistic FROM cmh_test(ARRAY[xtab(ARRAY[[1.5, 2], [3, 0.5]]), xtab(ARRAY[[2, 2], [3, 4]])])),
		  (SELECT statistic FROM cmh_test(ARRAY[xtab(ARRAY[[1.5, 2], [3, 0.5]]), xtab(ARRAY[[2.0, 2], [3, 4]]::float8[])])), 'weighted and plain strata together');

-- What is refused.
SELECT throws_ok('SELECT ' || f || '(ARRAY[freq(1)])', '22023', NULL, f || ': a one-way table is refused') FROM unnest('{cmh_test,cmh_tests,breslow_day_test,zelen_test,woolf_test,van_elteren_test,mh_risk_ratio,mh_risk_difference}'::text[]) AS f;
SELECT throws_ok('SELECT ' || f || $$(t) FROM (VALUES ('{"xtab": 1, "rows": {"kind": "multi", "categories": ["{a}"]}, "cols": {"categories": ["x"]}, "n": [[1]]}'::xtab)) AS v(t)$$,
				 '42809', NULL, f || ': multi-select answers are refused') FROM unnest('{cmh_test,breslow_day_test,zelen_test,woolf_test,van_elteren_test,mh_risk_ratio,mh_risk_difference}'::text[]) AS f;
SELECT throws_ok('SELECT ' || f || '(xtab(ARRAY[[1, 2, 3], [4, 5, 6]]))', '22023', NULL, f || ': only 2 x 2') FROM unnest('{breslow_day_test,zelen_test,woolf_test,mh_risk_ratio,mh_risk_difference}'::text[]) AS f;
SELECT throws_ok(q, '22023', NULL, q) FROM unnest(ARRAY['SELECT cmh_test(ARRAY[xtab(ARRAY[[1, 2, 3], [4, 5, 6]])], ''mh'')', 'SELECT cmh_test(ARRAY[xtab(1, 2)], ''odd'')',
	'SELECT cmh_test(ARRAY[xtab(ARRAY[[1, 2], [3, 4]])], scores => ''odd'')', 'SELECT cmh_test(ARRAY[xtab(ARRAY[[1, 2], [3, 4]])], conf_level => 1)', 'SELECT cmh_test(ARRAY[xtab(ARRAY[[1, 2], [3, 4]])], alternative => ''odd'')',
	'SELECT cmh_test(ARRAY[xtab(ARRAY[[1, 2, 3], [4, 5, 6]])], exact => true)', 'SELECT cmh_test(ARRAY[xtab(ARRAY[[1, 2], [3, 4]])], ''general'', exact => true)',
	'SELECT cmh_test(ARRAY[xtab(ARRAY[[1, 2], [3, 4]])], ''cor'', alternative => ''less'')', 'SELECT cmh_test(ARRAY[xtab(ARRAY[[1, 2.5], [3, 4]])], exact => true)',
	'SELECT cmh_test(ARRAY[xtab(ARRAY[[1, 2.5], [3, 4]])], ''general'', replicates => 10)', 'SELECT cmh_test(ARRAY[xtab(ARRAY[[1, 2], [3, 4]])], replicates => -1)',
	'SELECT cmh_test(ARRAY[xtab(ARRAY[[1, 2], [3, 4]])], ''mh'', replicates => 10)', 'SELECT mh_risk_ratio(ARRAY[xtab(ARRAY[[1, 2], [3, 4]])], 3)', 'SELECT woolf_test(ARRAY[xtab(ARRAY[[1, 2], [3, 4]])], 0)']) AS q;
SELECT throws_ok($$SELECT cmh_test(ARRAY[xtab(ARRAY[[1, 2], [3, 4]], '{a,b}', '{x,y}')], 'cor')$$, '42809', NULL, 'labels have no order');
SELECT throws_ok('SELECT cmh_test(t) FROM (SELECT xtab(1, 2) AS t UNION ALL SELECT xtab(1, ''a''::text)) AS s', '42804', NULL, 'strata of different types are refused');
SELECT throws_ok('SELECT cmh_test(ARRAY[xtab(ARRAY[[1e9, 1e9], [1e9, 1e9]]::bigint[]), xtab(ARRAY[[1e9, 1e9], [1e9, 1e9]]::bigint[])], exact => true)', '54000', NULL, 'an exact test that would take for ever is refused');
SET LOCAL csirtsurvey.max_cells = 100;
SELECT throws_ok('SELECT cmh_test(t) FROM many', '54000', NULL, 'too many cells are refused');
RESET csirtsurvey.max_cells;
-- throws_ok cannot catch a cancel
CREATE FUNCTION cancelled(query text) RETURNS boolean LANGUAGE plpgsql AS $$BEGIN EXECUTE query; RETURN false; EXCEPTION WHEN query_canceled THEN RETURN true; END$$;
SET LOCAL statement_timeout = '300ms';
SELECT ok(cancelled('SELECT cmh_test(ARRAY[xtab(ARRAY[[40, 30, 20], [10, 20, 30]])], replicates => 1000000000)'), 'a long simulation obeys statement_timeout');
SELECT ok(cancelled('SELECT cmh_test(ARRAY[xtab(array_fill(3, ARRAY[60, 60])), xtab(array_fill(3, ARRAY[60, 60]))])'), 'a long decomposition obeys it');
RESET statement_timeout;
SELECT * FROM finish();
ROLLBACK;
