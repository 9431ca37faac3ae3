-- Tests that use the order: which sides they take, what they leave out and say, scores of one's own and where those go.
\i sql/tap/begin.psql
\pset fieldsep '\n'
SELECT no_plan();

CREATE TABLE answer AS
	SELECT i, CASE WHEN i % 3 = 0 THEN 'bank' ELSE 'other' END AS sector, (ARRAY['a', 'b', 'c', 'd', 'e'])[1 + (i * 7 + i / 3 * (i % 3)) % 5]::maturity AS m,
		   CASE WHEN i % 11 = 0 THEN NULL ELSE (ARRAY['a', 'b', 'c', 'd', 'e', 'f'])[1 + (i * 5 + i / 7) % 6]::tenure END AS t
	FROM generate_series(1, 300) AS i;

-- The sides.
SELECT throws_ok('SELECT wilcoxon_test(xtab(m, sector)) FROM answer', '42809', 'wilcoxon_test needs an ordinal column variable', 'the answers of wilcoxon_test are ordinal');
SELECT lives_ok('SELECT wilcoxon_test(xtab(sector, m)) FROM answer', 'its groups are of any kind');
SELECT throws_ok('SELECT wilcoxon_test(xtab(m, t)) FROM answer', '22023', 'wilcoxon_test compares two rows; 5 have counts', 'and two');
SELECT throws_ok('SELECT kruskal_test(xtab(m, sector)) FROM answer', '42809', NULL, 'kruskal_test needs ordinal columns');
SELECT throws_ok('SELECT * FROM dunn_test((SELECT xtab(m, sector) FROM answer))', '42809', NULL, 'dunn_test too');
SELECT throws_ok('SELECT jonckheere_test(xtab(sector, m)) FROM answer', '42809', 'jonckheere_test needs an ordinal row variable', 'jonckheere_test needs both ordered');
SELECT throws_ok('SELECT linear_by_linear_test(xtab(sector, m)) FROM answer', '42809', NULL, 'linear_by_linear_test too');
SELECT throws_ok('SELECT trend_test(xtab(sector, sector)) FROM answer', '42809', NULL, 'a trend needs an ordinal side');
SELECT throws_ok('SELECT trend_test(xtab(t, m)) FROM answer', '22023', NULL, 'and one of two categories');
SELECT throws_ok('SELECT kruskal_test(freq(m)) FROM answer', '22023', NULL, 'one variable is not enough');
SELECT ok((trend_test(xtab(m, sector))).statistic = (trend_test(xtab(sector, m))).statistic, 'the two categories of a trend may be either side') FROM answer;
SELECT ok((trend_test(xtab(m, sector))).notes @> ARRAY['the share is that of "bank"'] AND (trend_test(xtab(m, sector), category => 2)).notes @> ARRAY['the share is that of "other"'] AND
		  (trend_test(xtab(m, sector), category => 2)).estimate = -(trend_test(xtab(m, sector))).estimate, 'its share is named') FROM answer;
SELECT throws_ok('SELECT trend_test(xtab(m, sector), category => 3) FROM answer', '22023', NULL, 'category 1 or 2');

-- Against statistics of the rows themselves.
SELECT ok((w).statistic = u, 'U counts the pairs'), ok((w).n = 300 AND (w).alternative = 'two.sided', 'n')
FROM (SELECT wilcoxon_test(xtab(sector, m)) AS w FROM answer) AS x,
	 (SELECT sum(CASE WHEN a.m > b.m THEN 1 WHEN a.m = b.m THEN 0.5 ELSE 0 END)::float8 AS u FROM answer AS a, answer AS b WHERE a.sector = 'bank' AND b.sector = 'other') AS y;
SELECT ok(abs((linear_by_linear_test(xtab(m, t))).estimate - corr(level(m), level(t))) < 1e-12, 'r is corr() of the levels, off-scale left out') FROM answer WHERE on_scale(t);
SELECT ok((linear_by_linear_test(xtab(m, t))).notes @> ARRAY[format('left out as off the scale: %s', count(*) FILTER (WHERE t = 'f')), format('left out as missing: %s', count(*) FILTER (WHERE t IS NULL))],
		  'off-scale and missing answers are noted') FROM answer;
SELECT ok((jonckheere_test(xtab(m, t))).n = count(*) FILTER (WHERE on_scale(t)), 'and not counted') FROM answer;

-- Exact when small, by request, or Monte Carlo.
SELECT ok((wilcoxon_test(t)).method ~ 'exact' AND (wilcoxon_test(t, exact => false)).method ~ 'normal' AND (wilcoxon_test(t, replicates => 999)).method ~ 'Monte', 'how p was found')
FROM (SELECT xtab(sector, m) AS t FROM answer) AS x;
SELECT ok((wilcoxon_test(xtab(ARRAY[[400, 300, 200], [300, 300, 300]]))).method ~ 'normal', 'not exact by itself beyond a thousand answers');
SELECT ok((x).p_value BETWEEN (s).p_low AND (s).p_high AND (s).p_low > 0, format('Monte Carlo %s', f))
FROM (VALUES ('linear_by_linear_test'), ('jonckheere_test')) AS v(f), LATERAL (SELECT xtab(ARRAY[[5, 8, 2, 1], [2, 6, 9, 4], [6, 4, 7, 9]]) AS t) AS y,
	 LATERAL (SELECT CASE f WHEN 'jonckheere_test' THEN jonckheere_test(t, exact => true) ELSE linear_by_linear_test(t, exact => true) END AS x,
					 CASE f WHEN 'jonckheere_test' THEN jonckheere_test(t, replicates => 20000, seed => 5) ELSE linear_by_linear_test(t, replicates => 20000, seed => 5) END AS s) AS z;
SELECT ok((k).p_low < (kruskal_test(t)).p_value AND (kruskal_test(t)).p_value < (k).p_high AND (k).p_value = (kruskal_test(t, 5000, 3)).p_value, 'kruskal_test by Monte Carlo, the same for the same seed')
FROM (SELECT t, kruskal_test(t, replicates => 5000, seed => 3) AS k FROM (SELECT xtab(m, t) AS t FROM answer) AS a) AS x;
SELECT throws_ok($$SELECT wilcoxon_test(xtab(ARRAY[[1.5, 2], [3, 4]]), exact => true)$$, '22023', NULL, 'weights that are not whole have no exact test');
SELECT throws_ok($$SELECT jonckheere_test(xtab(ARRAY[[1.5, 2], [3, 4]]), replicates => 10)$$, '22023', NULL, 'nor a simulated one');
SELECT ok((wilcoxon_test(xtab(ARRAY[[1.5, 2], [3, 4]]))).p_value > 0, 'but a normal one');
SELECT throws_ok($$SELECT jonckheere_test(xtab(ARRAY[[200, 200, 200, 200], [200, 200, 200, 200], [200, 200, 200, 200]]), exact => true)$$, '54000', NULL, 'a table too large for an exact test');
SELECT ok((jonckheere_test(xtab(ARRAY[[200, 200, 200, 200], [200, 200, 200, 200], [200, 200, 200, 200]]), exact => true, replicates => 100)).method ~ 'Monte', 'falls back to replicates');
SELECT throws_ok($$SELECT kruskal_test(xtab(ARRAY[[1, 2], [3, 4]]), -1)$$, '22023', NULL, 'no negative number of replicates');
SELECT throws_ok($$SELECT wilcoxon_test(xtab(ARRAY[[1, 2], [3, 4]]), 'both')$$, '22023', NULL, 'an unknown alternative');
SELECT throws_ok($$SELECT linear_by_linear_test(xtab(ARRAY[[1, 2], [3, 4]]), 'logit')$$, '22023', NULL, 'an unknown kind of scores');
SELECT throws_ok($$SELECT median_test(xtab(ARRAY[[1, 2], [3, 4]]), 'at')$$, '22023', NULL, 'an unknown treatment of ties');
SELECT throws_ok($$SELECT median_test(xtab(ARRAY[[1, 2], [3, 4], [5, 6]]), exact => true)$$, '22023', NULL, 'an exact median test compares two rows');
SELECT throws_ok($$SELECT cliffs_delta(xtab(ARRAY[[1, 2], [3, 4]]), 95)$$, '22023', NULL, 'a level is a fraction');
-- How long a query runs that a timeout of 50 ms ends; NULL if it comes to its end.
CREATE FUNCTION cancelled_after(query text) RETURNS interval LANGUAGE plpgsql AS $$
DECLARE start timestamptz := clock_timestamp();
BEGIN
	EXECUTE query;
	RETURN NULL;
EXCEPTION WHEN query_canceled THEN
	RETURN clock_timestamp() - start;
END $$;
CREATE TEMP TABLE slow AS SELECT format('SELECT wilcoxon_test(%s, exact => true)', t) AS wilcoxon, format('SELECT jonckheere_test(%s, exact => true)', u) AS jonckheere
	FROM (VALUES ('xtab(ARRAY[[500, 510, 500, 520, 500], [500, 500, 530, 500, 500]])', 'xtab(ARRAY[[9, 9, 9, 9, 9], [9, 9, 9, 9, 9], [9, 9, 9, 9, 9], [9, 9, 9, 9, 9]])')) AS v(t, u);
SET LOCAL statement_timeout = '50ms';
SELECT ok(cancelled_after(wilcoxon) < '3 s', 'an exact test heeds the timeout') FROM slow;
SET LOCAL statement_timeout = '51ms';
SELECT ok(cancelled_after(jonckheere) < '3 s', 'one of an r x c table too') FROM slow;
SET LOCAL statement_timeout = 0;

-- Nothing to test: NULLs and a note.
SELECT is_empty($$
	SELECT f FROM unnest(ARRAY['wilcoxon_test', 'cliffs_delta', 'kruskal_test', 'jonckheere_test', 'linear_by_linear_test', 'trend_test', 'median_test']) AS f,
		unnest(ARRAY['{{0,0},{0,0}}', '{{3,4},{0,0}}', '{{3,0},{4,0}}', '{{7,0},{0,0}}', '{{7}}']) AS a,
		LATERAL (SELECT xtab(a::bigint[]) AS t) AS x,
		LATERAL (SELECT CASE f WHEN 'wilcoxon_test' THEN wilcoxon_test(t) WHEN 'cliffs_delta' THEN cliffs_delta(t) WHEN 'kruskal_test' THEN kruskal_test(t)
				 WHEN 'jonckheere_test' THEN jonckheere_test(t) WHEN 'linear_by_linear_test' THEN linear_by_linear_test(t) WHEN 'trend_test' THEN trend_test(t)
				 ELSE median_test(t) END AS h) AS y
	WHERE (h).p_value IS NOT NULL OR (h).estimate IS NOT NULL OR cardinality((h).notes) = 0$$, 'tables with nothing to test');
SELECT is_empty('SELECT * FROM dunn_test(xtab(ARRAY[[1, 2], [0, 0]]))', 'no pairs of one group');
SELECT ok(num_nulls(wilcoxon_test(NULL), cliffs_delta(NULL), kruskal_test(NULL), jonckheere_test(NULL), linear_by_linear_test(NULL), trend_test(NULL), median_test(NULL), set_scores(NULL, '{1}')) = 8,
		  'NULL for NULL');

-- Dunn.
SELECT results_eq($$SELECT a, b, n_a, n_b FROM dunn_test((SELECT xtab(m, t) FROM answer WHERE m <> 'b')) LIMIT 3$$,
				  $$SELECT 'e', v.m, a.n, b.n FROM (VALUES (1, 'd'), (2, 'c'), (3, 'a')) AS v(o, m), LATERAL (SELECT count(*)::float8 AS n FROM answer WHERE m = 'e' AND on_scale(t)) AS a,
					LATERAL (SELECT count(*)::float8 AS n FROM answer WHERE answer.m = v.m AND on_scale(t)) AS b ORDER BY o$$, 'pairs in the order of the rows, those without answers left out');
SELECT results_eq($$SELECT p_adjusted FROM dunn_test(xtab(ARRAY[[5, 8, 2, 1], [2, 6, 9, 4], [1, 2, 7, 9]]), 'BH')$$,
				  $$SELECT unnest(p_adjust(array_agg(p_value), 'BH')) FROM dunn_test(xtab(ARRAY[[5, 8, 2, 1], [2, 6, 9, 4], [1, 2, 7, 9]]))$$, 'adjusted as p_adjust does');
SET LOCAL csirtsurvey.max_cells = 8;
SELECT throws_ok($$SELECT * FROM dunn_test(xtab(ARRAY[[1, 2], [3, 4], [3, 4], [3, 4], [3, 4]]))$$, '54000', NULL, 'more pairs than cells a table may have');
RESET csirtsurvey.max_cells;
SELECT throws_ok($$SELECT * FROM dunn_test(xtab(ARRAY[[1, 2], [3, 4]]), 'tukey')$$, '22023', NULL, 'an unknown adjustment');

-- Scores of one's own.
CREATE TEMP TABLE scored AS SELECT set_scores(xtab(ARRAY[[5, 8, 2, 3], [2, 6, 9, 1]], ARRAY['no', 'yes'], ARRAY['low', 'mid', 'high', 'unknown']), col_scores => ARRAY[1, 2, 5, NULL]) AS t;
SELECT is(col_scores(t), '{1,2,5,NULL}'::float8[], 'scores as given'), is(row_scores(t), NULL, 'the other side stays as it is'), is(col_labels(t), '{low,mid,high,unknown}'::text[], 'and the order')
FROM scored;
SELECT ok((wilcoxon_test(t)).n = 32 AND (wilcoxon_test(t)).notes @> ARRAY['left out as off the scale: 4'], 'a category without a score is off the scale') FROM scored;
SELECT is((wilcoxon_test(t)).p_value, (wilcoxon_test(xtab(ARRAY[[5, 8, 2], [2, 6, 9]]))).p_value, 'ranks use the order'),
	   isnt((trend_test(t)).p_value, (trend_test(xtab(ARRAY[[5, 8, 2], [2, 6, 9]]))).p_value, 'a trend the scores') FROM scored;
-- R: prop.trend.test(c(5, 8, 2), c(7, 14, 11), score = c(1, 2, 5))
SELECT is(round((trend_test(t)).statistic::numeric, 10), 5.9216956886, 'scores 1, 2, 5 as R''s prop.trend.test has it') FROM scored;
SELECT ok(t::text::xtab::text = t::text AND t::jsonb::xtab::text = t::text, 'text and jsonb keep the scores') FROM scored;
SELECT is(col_scores(t + t), '{1,2,5,NULL}'::float8[], 'a sum keeps them'), is(n(t + t), 72::float8, 'and adds') FROM scored;
SELECT is((SELECT col_scores(merge(t)) FROM (SELECT t FROM scored UNION ALL SELECT t FROM scored) AS x), '{1,2,5,NULL}'::float8[], 'merge too');
SELECT throws_ok($$SELECT t + set_scores(t, col_scores => ARRAY[1, 2, 3, NULL]) FROM scored$$, '42804', 'cannot add contingency tables with different scores', 'scores that differ are not added');
SELECT throws_ok($$SELECT t + xtab(ARRAY[[5, 8, 2, 3], [2, 6, 9, 1]], ARRAY['no', 'yes'], ARRAY['low', 'mid', 'high', 'unknown']) FROM scored$$, '42804', NULL, 'nor scores and none');
SELECT throws_ok($$SELECT wilcoxon_test(set_scores(t, col_scores => ARRAY[3, 2, 1, NULL])) FROM scored$$, '22023', NULL, 'ranks refuse scores that descend');
SELECT ok((trend_test(set_scores(t, col_scores => ARRAY[3, 2, 1, NULL]))).statistic = (trend_test(xtab(ARRAY[[5, 8, 2], [2, 6, 9]]))).statistic, 'a trend takes them') FROM scored;
SELECT throws_ok($$SELECT set_scores(t, ARRAY[1, 2, 3]) FROM scored$$, '2202E', NULL, 'a wrong number of scores');
SELECT throws_ok($$SELECT set_scores(t, ARRAY[1, 'inf']::float8[]) FROM scored$$, '22023', NULL, 'an infinite score');
SELECT throws_ok($$SELECT set_scores(freq(m), NULL, ARRAY[1]) FROM answer$$, '22023', NULL, 'no columns in a one-way table');
SELECT is((SELECT row_scores(set_scores(freq(m), ARRAY[0, 1, 2, 4, 8])) FROM answer), '{0,1,2,4,8}'::float8[], 'a scale may be rescored');
SELECT is((SELECT (set_scores(xtab(ARRAY[[1, 2], [3, 4]]), ARRAY[1, 2]))::text), xtab(ARRAY[[1, 2], [3, 4]])::text, 'the scores it has');
-- An enum that was given a label between two counts: the stored table knows two labels, with the scores they had then.
CREATE TYPE grade AS ENUM ('poor', 'fair', 'good');
CREATE TEMP TABLE counted AS
	SELECT t, jsonb_set(jsonb_set(jsonb_set(t::jsonb, '{rows,categories}', '["poor", "good"]'), '{rows,scores}', '[1, 2]'), '{n}', '[[1, 2], [3, 4]]')::xtab AS stored
	FROM (SELECT xtab(g, b) AS t FROM (VALUES ('poor'::grade, true), ('fair', false), ('good', false)) AS v(g, b)) AS x;
SELECT is(row_scores(stored + t), '{1,2,3}'::float8[], 'a label more in an enum moves the scores of those after it'),
	   is(counts(stored + t), '{{1,3},{1,0},{4,4}}'::float8[], 'and every count is with its label'),
	   is(row_scores(t + stored), '{1,2,3}'::float8[], 'whichever comes first') FROM counted;
SELECT throws_ok('SELECT set_scores(stored, ARRAY[1, 5]) + t FROM counted', '42804', NULL, 'but scores set by hand are nobody''s to move');
SELECT * FROM finish();
ROLLBACK;
