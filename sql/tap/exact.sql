-- Exact and Monte-Carlo tests of nominal variables: arguments, degenerate tables, budgets, seeds.  The reference values: sql/golden/.
\i sql/tap/begin.psql
SELECT no_plan();

-- Fisher's tea: R, fisher.test(matrix(c(3, 1, 1, 3), 2)): 0.4857; greater 0.2429.  Odds ratio: exact solution, data/golden.
SELECT is((SELECT ROW(alternative, round(p_value::numeric, 12), round(estimate::numeric, 9))::text FROM fisher_test(xtab(ARRAY[[3, 1], [1, 3]]))),
		  ROW('two.sided', round(34 / 70.0, 12), 6.408319658)::text, 'the lady tasting tea');
SELECT is((SELECT round(p_value::numeric, 12) FROM fisher_test(xtab(ARRAY[[3, 1], [1, 3]]), 'greater')), round(17 / 70.0, 12), 'greater: 17 of 70 tables');
SELECT is((SELECT round(p_value::numeric, 12) FROM fisher_test(xtab(ARRAY[[3, 1], [1, 3]]), 'less')), round(69 / 70.0, 12), 'less: 69 of 70 tables');
SELECT is((SELECT round(p_value::numeric, 12) FROM fisher_test(xtab(ARRAY[[3, 1], [1, 3]]), mid_p => true)), round((34 - 16) / 70.0, 12),
		  'mid-p: half of the 32 tables as likely as the observed one taken off');
SELECT ok((SELECT m.conf_low > f.conf_low AND m.conf_high < f.conf_high AND m.method ~ 'mid-p'
		   FROM fisher_test(t) AS f, fisher_test(t, mid_p => true) AS m), 'mid-p limits are narrower')
FROM (SELECT xtab(ARRAY[[12, 5], [4, 9]]) AS t) AS s;
SELECT ok((SELECT conf_low = 0 AND conf_high < 'Infinity' FROM fisher_test(xtab(ARRAY[[3, 1], [1, 3]]), 'less')), 'one-sided limits: below');
SELECT ok((SELECT estimate = 'Infinity' AND conf_low > 0 AND std_error IS NULL AND notes[1] ~ 'infinite' FROM fisher_test(xtab(ARRAY[[6, 0], [0, 9]]))), 'an infinite odds ratio is noted');
SELECT ok((SELECT estimate = 0 AND conf_low = 0 AND notes[1] ~ 'odds ratio is 0' FROM fisher_test(xtab(ARRAY[[0, 6], [9, 0]]))), 'an odds ratio of 0 is noted');
-- 2/C(1000, 500), Python's integers
SELECT ok((SELECT abs(p_value / 7.399507995628054e-300 - 1) < 1e-12 FROM fisher_test(xtab(ARRAY[[500, 0], [0, 500]]))), 'a p-value of 1e-300 keeps its digits');
SELECT ok((SELECT p_value = 0 AND notes::text ~ 'smallest number' FROM fisher_test(xtab(ARRAY[[5000, 0], [0, 5000]]))), 'a p-value beyond double precision is noted');

-- r x c: the answer does not depend on the order of rows and columns, nor on empty ones.
SELECT is((SELECT round(p_value::numeric, 10) FROM fisher_test(xtab(ARRAY[[7, 0, 9, 0], [0, 0, 0, 0], [12, 0, 0, 5]]))),
		  (SELECT round(p_value::numeric, 10) FROM fisher_test(xtab(ARRAY[[5, 0], [0, 9], [12, 7]]))), 'rows, columns, empty ones');
SELECT ok((SELECT array_to_string(notes, ' ') ~ 'left out as empty: 1 row' FROM fisher_test(xtab(ARRAY[[3, 1], [0, 0], [1, 3]]))), 'empty rows are noted');
-- Job satisfaction (Agresti 2002, table 2.8): R, fisher.test(workspace = 2e8): 0.7827
SELECT is((SELECT round(p_value::numeric, 4) FROM fisher_test(xtab(ARRAY[[1, 3, 10, 6], [2, 3, 10, 7], [1, 6, 14, 12], [0, 1, 9, 11]]))), 0.7827, 'job satisfaction, 4 x 4');
-- Beyond the budget: bounds, an error, or Monte Carlo, as told.
CREATE TEMP TABLE large AS SELECT xtab(ARRAY[[9, 7, 4, 13, 8, 6], [10, 4, 6, 10, 10, 9], [3, 9, 10, 2, 7, 8], [10, 5, 4, 8, 10, 7], [12, 6, 7, 6, 7, 5], [8, 8, 9, 7, 6, 6]]) AS t;
SELECT throws_ok('SELECT fisher_test(t, max_seconds => 0.01) FROM large', '54000', NULL, 'too large for the budget: an error with a hint');
SELECT ok((SELECT f.method ~ 'Monte-Carlo' AND f.p_low < f.p_value AND f.p_value < f.p_high AND f.notes::text ~ 'exceeds its budget'
		   FROM large, fisher_test(t, max_seconds => 0.01, replicates => 20000) AS f), 'too large for the budget: Monte Carlo');
SELECT ok((SELECT f.method !~ 'Monte-Carlo' AND f.p_low = f.p_value FROM fisher_test(xtab(ARRAY[[1, 3, 2], [2, 5, 1]]), replicates => 1000) AS f), 'within it: exact, whatever the replicates');
SELECT ok((SELECT f.p_low < e.p_value AND e.p_value < f.p_high AND f.method ~ 'Monte-Carlo'
		   FROM fisher_test(t, exact => false, replicates => 100000) AS f, fisher_test(t) AS e), 'Monte Carlo at once: the exact p lies in its interval')
FROM (SELECT xtab(ARRAY[[1, 3, 10, 6], [2, 3, 10, 7], [1, 6, 14, 12], [0, 1, 9, 11]]) AS t) AS s;

-- Monte Carlo of chisq_test, g_test, goodness_of_fit.  R, 1e7 tables: p = 0.15180 of X2 = 21.75022.
CREATE TEMP TABLE five AS SELECT xtab(ARRAY[[9, 7, 4, 13, 8], [10, 4, 6, 10, 10], [3, 9, 10, 2, 7], [10, 5, 4, 8, 10], [12, 6, 7, 6, 7]]) AS t;
SELECT ok((SELECT c.statistic = a.statistic AND c.parameter IS NULL AND c.p_low < 0.15180 AND 0.15180 < c.p_high AND c.method ~ 'Monte-Carlo'
		   FROM five, chisq_test(t) AS a, chisq_test(t, replicates => 100000) AS c), 'chisq_test by Monte Carlo agrees with R');
SELECT is((SELECT p_value FROM five, chisq_test(t, replicates => 5000, seed => 7)), (SELECT p_value FROM five, chisq_test(t, replicates => 5000, seed => 7)), 'a seed gives the same p');
SELECT isnt((SELECT p_value FROM five, chisq_test(t, replicates => 5000, seed => 7)), (SELECT p_value FROM five, chisq_test(t, replicates => 5000, seed => 8)), 'another seed another');
SELECT ok((SELECT g.statistic = a.statistic AND g.p_low < g.p_value AND abs(g.p_value - a.p_value) < 0.05 FROM five, g_test(t) AS a, g_test(t, replicates => 20000) AS g), 'g_test by Monte Carlo');
SELECT is((SELECT p_value FROM chisq_test(xtab(ARRAY[[50, 0], [0, 50]]), replicates => 999)), 0.001::float8, 'p = (1 + b)/(B + 1)');
SELECT ok((SELECT notes::text ~ 'no continuity correction' AND statistic = (chisq_test(t)).statistic FROM chisq_test(t, correct => true, replicates => 99)), 'no correction with replicates')
FROM (SELECT xtab(ARRAY[[3, 1], [1, 3]]) AS t) AS s;
-- R: multinomial probabilities of (0, 3), (3, 0) of 3 from (1/2, 1/2): 1/4 are as extreme as (3, 0)
SELECT ok((SELECT p_low < 0.25 AND 0.25 < p_high AND statistic = 3 AND parameter IS NULL FROM goodness_of_fit(xtab(ARRAY[3, 0]), replicates => 50000)), 'goodness_of_fit by Monte Carlo');
SELECT ok((SELECT p_value = 0.01 AND statistic = 'Infinity' FROM goodness_of_fit(xtab(ARRAY[3, 1]), ARRAY[1, 0], replicates => 99)), 'what is impossible is never drawn');

-- Nothing to test, and what is refused.
SELECT is((SELECT ROW(p_value, estimate, array_length(notes, 1) > 0)::text FROM fisher_test(m::xtab, alternative => a)), '(,,t)', format('no answer but a note: %s %s', m, a))
FROM (VALUES ('{{1,2,3}}'::int[]), ('{{1},{2}}'), ('{{0,0},{0,0}}'), ('{{5,0},{0,0}}'), ('{{1,2},{0,0}}')) AS v(m), unnest(ARRAY['two.sided', 'less']) AS a;
SELECT is((SELECT ROW(p_value, p_low)::text FROM chisq_test(xtab(ARRAY[[1, 2, 3]]), replicates => 10)), '(,)', 'nothing to simulate');
SELECT is(fisher_test(NULL), NULL, 'NULL for NULL');
SELECT throws_ok(q, '22023', NULL, q) FROM unnest(ARRAY['SELECT fisher_test(freq(1))', 'SELECT fisher_test(xtab(ARRAY[[1.5, 2], [3, 4]]))', 'SELECT fisher_test(xtab(ARRAY[[1, 2, 3], [4, 5, 6]]), ''less'')',
	'SELECT fisher_test(xtab(ARRAY[[1, 2, 3], [4, 5, 6]]), mid_p => true)', 'SELECT fisher_test(xtab(ARRAY[[1, 2], [3, 4]]), ''odd'')', 'SELECT fisher_test(xtab(ARRAY[[1, 2], [3, 4]]), conf_level => 1)',
	'SELECT fisher_test(xtab(ARRAY[[1, 2], [3, 4]]), exact => false)', 'SELECT fisher_test(xtab(ARRAY[[1, 2], [3, 4]]), replicates => -1)', 'SELECT fisher_test(xtab(ARRAY[[1, 2], [3, 4]]), max_seconds => 0)',
	'SELECT fisher_test(xtab(ARRAY[[1, 2], [3, 4]]), max_memory_mb => 0)', 'SELECT fisher_test(xtab(ARRAY[[1, 2], [3, 4]]), replicates => 2000000000)',
	'SELECT chisq_test(xtab(ARRAY[[1.5, 2], [3, 4]]), replicates => 10)', 'SELECT g_test(xtab(ARRAY[[1.5, 2], [3, 4]]), replicates => 10)', 'SELECT goodness_of_fit(xtab(ARRAY[1.5, 2]), replicates => 10)',
	'SELECT chisq_test(xtab(ARRAY[[1, 2], [3, 4]]), replicates => -1)', 'SELECT chisq_test(xtab(ARRAY[[2000000000, 2], [3, 2000000000]]), replicates => 10)']) AS q;
SELECT throws_ok($$SELECT fisher_test('{"xtab": 1, "rows": {"kind": "multi", "categories": ["{a}"]}, "cols": {"categories": ["x"]}, "n": [[1]]}')$$, '42809', NULL, 'multi-select answers are refused');

-- Simultaneous intervals: R, DescTools::MultinomCI(c(12, 0, 3, 45), method = m)
SELECT is((SELECT string_agg(format('%s %s %s', n, round(conf_low::numeric, 6), round(conf_high::numeric, 6)), ', ' ORDER BY category) FROM multinomial_ci(xtab(ARRAY[12, 0, 3, 45]), m)), want, 'multinomial_ci, ' || m)
FROM (VALUES ('goodman', '12 0.102288 0.354221, 0 0.000000 0.094183, 3 0.013199 0.171565, 45 0.591496 0.861412'),
			 ('sison_glaz', '12 0.100000 0.304963, 0 0.000000 0.104963, 3 0.000000 0.154963, 45 0.650000 0.854963'),
			 ('quesenberry_hurst', '12 0.094453 0.374689, 0 0.000000 0.115236, 3 0.011508 0.192205, 45 0.571402 0.870980')) AS v(m, want);
SELECT is((SELECT count(*) FILTER (WHERE conf_low IS NULL AND estimate IS NULL) FROM multinomial_ci(xtab(ARRAY[0, 0, 0]))), 3::bigint, 'no counts: rows without limits');
SELECT is((SELECT array_agg(category) FROM multinomial_ci(f)), row_labels(f), 'all categories of the scale') FROM (SELECT freq('a'::tenure) AS f) AS s;
SELECT is_empty('SELECT multinomial_ci(NULL)', 'no rows for NULL');
SELECT throws_ok(q, '22023', NULL, q) FROM unnest(ARRAY['SELECT multinomial_ci(xtab(ARRAY[[1, 2]]))', 'SELECT multinomial_ci(xtab(ARRAY[1, 2]), ''odd'')', 'SELECT multinomial_ci(xtab(ARRAY[1, 2]), conf_level => 0)',
	'SELECT multinomial_ci(xtab(ARRAY[1.5, 2]), ''sison_glaz'')']) AS q;
SELECT throws_ok($$SELECT multinomial_ci(f) FROM (SELECT freq('{a}'::multiselect) AS f) AS s$$, '42809', NULL, 'multinomial_ci: multi-select answers are refused');
SELECT * FROM finish();
ROLLBACK;
