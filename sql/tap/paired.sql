-- One variable asked twice: how the two sides are matched, what is left out, arguments and errors.  Numbers: sql/golden and the unit tests.
\i sql/tap/begin.psql
SELECT no_plan();

-- The sides are matched by category, in the order of the type.
CREATE TYPE degree AS ENUM ('low', 'middle', 'high');
CREATE TABLE pair (a text, b text, n int);
INSERT INTO pair VALUES ('no', 'yes', 9), ('yes', 'no', 3), ('yes', 'yes', 20);
SELECT results_eq($$SELECT statistic, estimate FROM (SELECT xtab(a, b) AS t FROM pair, generate_series(1, n)) s, mcnemar_test(t)$$, $$VALUES (3::float8, 3::float8)$$, 'text: b is those who went from no to yes');
SELECT results_eq($$SELECT statistic, estimate FROM (SELECT xtab(a, b) FILTER (WHERE a <> 'no') AS t FROM pair, generate_series(1, n)) s, mcnemar_test(t)$$, $$VALUES (3::float8, 0::float8)$$,
	'nobody said no the first time: the order is still no, yes');
SELECT results_eq($$SELECT statistic, estimate FROM (SELECT xtab(a, b) FILTER (WHERE a <> b AND a = 'yes') AS t FROM pair, generate_series(1, n)) s, mcnemar_test(t)$$, $$VALUES (3::float8, 0::float8)$$,
	'a table of one row and one column with different labels is a change');
SELECT is((SELECT (mcnemar_test(xtab(a, b))).p_value FROM pair WHERE a = b), NULL, 'one category: no answer');
SELECT is((SELECT (mcnemar_test(xtab(a, b))).notes[2] FROM pair WHERE a = b), 'nobody changed: there is nothing to test', 'and a note');
SELECT is((SELECT (kappa(xtab(a::degree, b::degree), 'linear')).estimate FROM (VALUES ('low', 'low'), ('high', 'low'), ('high', 'high')) v(a, b)), (1 - (1 / 3.0::float8) / (4 / 9.0::float8 + 1 / 9.0::float8)),
	'an unused category counts in the range of the weights: D_o = 1/3, D_e = (1/3)(1/3) + (2/3)(2/3)');
SELECT is((SELECT (signed_rank_test(xtab(a, b))).statistic FROM (VALUES (1, 2), (1, 5), (2, 1), (3, 3)) v(a, b)), 4.5::float8, 'integers: the union of the values met, distances from the values');
SELECT is((SELECT (sign_test(xtab(a, b))).statistic FROM (VALUES (1, 2), (1, 5), (2, 1), (3, 3)) v(a, b)), 2::float8, 'two of three went up');
SELECT is((SELECT (bowker_test(xtab(a, b))).parameter FROM (VALUES (1, 2), (1, 5), (2, 1), (3, 3)) v(a, b)), 2::float8, 'pairs with a change');
SELECT is((SELECT (bowker_test(xtab(a, b), all_pairs => true)).parameter FROM (VALUES (1, 2), (1, 5), (2, 1), (3, 3)) v(a, b)), 6::float8, 'all pairs of four values');
SELECT is((kappa(xtab(ARRAY[[1, 8], [6, 2]], ARRAY['y', 'n'], ARRAY['n', 'y']))).estimate, (kappa(xtab(ARRAY[[8, 1], [2, 6]]))).estimate, 'labels in another order are matched');
SELECT is((kappa(xtab(ARRAY[[1, 8]], ARRAY['y'], ARRAY['n', 'y']))).n, 9::float8, 'labels that one side lacks are added');
SELECT ok('the sides have different labels: categories are matched by their position' = ANY ((kappa(xtab(ARRAY[[8, 1], [2, 6]], ARRAY['y1', 'n1'], ARRAY['y2', 'n2']))).notes), 'no label in common: by position, and said so');
SELECT is((kappa(xtab(ARRAY[[8, 1], [2, 6]], ARRAY['y1', 'n1'], ARRAY['y2', 'n2']))).estimate, (kappa(xtab(ARRAY[[8, 1], [2, 6]]))).estimate, 'with the same kappa');
SELECT throws_ok($$SELECT kappa(xtab(ARRAY[[1, 2, 3], [4, 5, 6]]))$$, '22023', NULL, 'a matrix that is not square is refused');
SELECT throws_ok($$SELECT bowker_test(xtab(ARRAY[[1, 2, 3], [4, 5, 6]], ARRAY['a', 'b'], ARRAY['x', 'y', 'z']))$$, '22023', NULL, 'so is one whose labels have nothing in common');
SELECT throws_ok($$SELECT kappa(xtab(1, 2::bigint))$$, '42804', NULL, 'two types are refused');
SELECT throws_ok($$SELECT kappa(xtab('a'::maturity, 'a'::proficiency))$$, '42804', NULL, 'two scales are refused although their codes agree');
SELECT throws_ok($$SELECT stuart_maxwell_test(freq(1))$$, '22023', NULL, 'a one-way table is refused');
SELECT throws_ok($$SELECT kappa(xtab('a,b'::multiselect, 'a'::multiselect))$$, '42809', NULL, 'multi-select answers are refused');
SELECT throws_ok($$SELECT mcnemar_test(xtab(ARRAY[[1, 2, 3], [4, 5, 6], [7, 8, 9]]))$$, '22023', NULL, 'McNemar takes two categories');
SELECT throws_ok($$SELECT signed_rank_test(xtab('a'::text, 'b'::text))$$, '42809', NULL, 'text has no order');
SELECT throws_ok($$SELECT kappa(xtab('a'::text, 'b'::text), 'linear')$$, '42809', NULL, 'nor distances');
SELECT lives_ok($$SELECT kappa(xtab('a'::text, 'b'::text))$$, 'kappa without weights needs none');
SELECT throws_ok($$SELECT sign_test(set_scores(xtab(ARRAY[[1, 2], [3, 4]]), ARRAY[1, 5], ARRAY[1, 4]))$$, '22023', NULL, 'the sides need the same scores');
SELECT is((signed_rank_test(set_scores(xtab(ARRAY[[1, 2, 0], [0, 4, 3]], ARRAY['lo', 'mid'], ARRAY['lo', 'mid', 'hi']), ARRAY[1, 2], ARRAY[1, 2, 9]))).statistic, 15::float8, 'labels with scores of one''s own are matched');
SELECT throws_ok($$SELECT sign_test(xtab(1::float8, 'Infinity'::float8))$$, '22023', NULL, 'an infinite value has no score');

-- Off-scale answers are categories for nominal tests, and left out of ordered ones.
CREATE TABLE twice (before tenure, after tenure);
INSERT INTO twice SELECT v.a::text::tenure, v.b::text::tenure FROM (VALUES ('a', 'a', 4), ('b', 'a', 6), ('a', 'b', 2), ('f', 'a', 5), ('c', 'f', 1), (NULL, 'a', 3), ('c', 'b', 7)) v(a, b, n), generate_series(1, v.n);
SELECT is((SELECT (bowker_test(xtab(before, after))).n FROM twice), 25::float8, 'nominal: all who answered twice');
SELECT is((SELECT (sign_test(xtab(before, after))).n FROM twice), 19::float8, 'ordered: those on the scale');
SELECT is((SELECT (sign_test(xtab(before, after))).notes[2:] FROM twice), '{left out as off the scale: 6,left out as missing: 3}'::text[], 'and what was left out');
SELECT is((SELECT ROW((s).statistic, (s).parameter)::text FROM (SELECT sign_test(xtab(before, after)) AS s FROM twice) x),
	(SELECT ROW(count(*) FILTER (WHERE level(after) > level(before))::float8, count(*) FILTER (WHERE level(after) <> level(before))::float8)::text FROM twice), 'counted by hand');

-- Arguments.
SELECT is((mcnemar_test(xtab(ARRAY[[5, 9], [3, 7]]), exact => true)).method, 'Exact McNemar test', 'exact');
SELECT is((mcnemar_test(xtab(ARRAY[[5, 9], [3, 7]]), mid_p => true)).method, 'Mid-p McNemar test', 'mid-p');
SELECT is((mcnemar_test(NULL)), NULL, 'NULL for NULL');
SELECT is((signed_rank_test(NULL)), NULL, 'NULL for NULL, though exact may be NULL');
SELECT is((sign_test(xtab(ARRAY[[5, 9], [3, 7]]), NULL)), NULL, 'a NULL alternative');
SELECT throws_ok($$SELECT mcnemar_test(xtab(ARRAY[[5, 1.5], [3, 7]]), exact => true)$$, '22023', NULL, 'fractions in an exact test');
SELECT throws_ok($$SELECT signed_rank_test(xtab(ARRAY[[5, 1.5], [3, 7]]), replicates => 10)$$, '22023', NULL, 'fractions in a Monte-Carlo test');
SELECT lives_ok($$SELECT signed_rank_test(xtab(ARRAY[[5, 1.5], [3, 7]]))$$, 'the automatic choice takes the normal test for fractions');
SELECT throws_ok($$SELECT signed_rank_test(xtab(ARRAY[[5, 1], [3, 7]]), 'drop')$$, '22023', NULL, 'unknown treatment of zeros');
SELECT throws_ok($$SELECT signed_rank_test(xtab(ARRAY[[5, 1], [3, 7]]), replicates => -1)$$, '22023', NULL, 'negative replicates');
SELECT throws_ok($$SELECT signed_rank_test(xtab(ARRAY[[5, 1000000], [3, 7]]), exact => true)$$, '54000', NULL, 'an exact distribution that is too large');
SELECT throws_ok($$SELECT kappa(xtab(ARRAY[[5, 1], [3, 7]]), 'cubic')$$, '22023', NULL, 'unknown weights');
SELECT throws_ok($$SELECT kappa(xtab(ARRAY[[5, 1], [3, 7]]), conf_level => 1)$$, '22023', NULL, 'level of 1');
SELECT is((signed_rank_test(xtab(ARRAY[[5, 1, 2], [3, 7, 4], [0, 6, 9]]), replicates => 5000, seed => 3)).p_value,
	(signed_rank_test(xtab(ARRAY[[5, 1, 2], [3, 7, 4], [0, 6, 9]]), replicates => 5000, seed => 3)).p_value, 'a seed gives one p');
-- The transposed table: changes the other way.
SELECT ok(abs((signed_rank_test(t)).parameter2 + (signed_rank_test(transpose(t))).parameter2) < 1e-12 AND
	(signed_rank_test(t, alternative => 'less')).p_value = (signed_rank_test(transpose(t), alternative => 'greater')).p_value, 'transposed: less is greater')
FROM (SELECT xtab(ARRAY[[5, 1, 2], [3, 7, 4], [0, 6, 9]]) AS t) s;

-- Several answers of each respondent.
SELECT is((SELECT cochran_q_test(a) FROM (SELECT ARRAY[true] AS a WHERE false) s), NULL, 'no rows: NULL');
SELECT is((SELECT ROW((q).n, (q).notes)::text FROM (SELECT cochran_q_test(v.a) AS q FROM (VALUES (NULL::boolean[]), (ARRAY[true, NULL, false]), (ARRAY[true, false, false])) v(a)) s),
	ROW(1::float8, ARRAY['1 of 1 respondents answer the questions differently', 'few respondents for the chi-square distribution: prefer the exact test', 'left out: 2 respondents with a missing answer'])::text, 'incomplete rows are left out');
SELECT is((SELECT (friedman_test(v.a)).n FROM (VALUES (ARRAY[1, NULL]::float8[]), (ARRAY['NaN', 1]::float8[]), ('{1,2}')) v(a)), 1::float8, 'NULL and NaN ratings');
SELECT is((SELECT (friedman_test(NULL::float8[])).notes[1]), 'fewer than two items: there is nothing to test', 'nothing but NULL');
SELECT throws_ok($$SELECT cochran_q_test(a) FROM (VALUES (ARRAY[true]), (ARRAY[true, false])) v(a)$$, '2202E', NULL, 'arrays of different length');
SELECT throws_ok($$SELECT friedman_test(ARRAY[[1, 2], [3, 4]]::float8[])$$, '2202E', NULL, 'an array of two dimensions');
SELECT throws_ok($$SELECT cochran_q_test(ARRAY[true, false], -1, 1)$$, '22023', NULL, 'negative replicates');
SELECT throws_ok($$SELECT friedman_test(a) FROM (SELECT array_agg(i::float8) AS a FROM generate_series(1, 10001) i) s$$, '54000', NULL, 'too many items');
SELECT is((SELECT (friedman_test(ARRAY[level(m), level(n)])).n FROM (VALUES ('a'::maturity, 'b'::maturity), ('c', 'a')) v(m, n)), 2::float8, 'levels of scales');
-- Comparisons after Friedman: one row a pair; the numbers of a pair are in test_blocks.c.
CREATE TABLE rated AS SELECT r::float8[] FROM unnest(ARRAY['{5,3,1,4}', '{4,4,2,5}', '{2,2,2,3}', '{5,1,1,4}', '{3,2,1,1}', '{4,3,3,5}', '{1,2,1,4}']) AS r;
CREATE TABLE compared AS SELECT c.* FROM (SELECT friedman_comparisons(r, '{w,x,y,z}') AS c FROM rated) s, unnest(c) AS c;
SELECT is((SELECT string_agg(a || b, ' ' ORDER BY a, b) FROM compared), 'wx wy wz xy xz yz', 'six pairs of four items');
SELECT results_eq('SELECT p_adjusted FROM compared ORDER BY a, b', $$SELECT p_adjust(p_value, 'holm') OVER () FROM compared ORDER BY a, b$$, 'Holm over all pairs');
SELECT results_eq('SELECT DISTINCT mean_rank_a FROM compared WHERE a = ''w''', 'VALUES (21 / 7.0::float8)', 'the mean rank of the first item (R: 21 in 7)');
SELECT ok(round(t::numeric, 10) = 3.2204702407 AND round(p_value::numeric, 10) = 0.0047440320 AND round(p_nemenyi::numeric, 8) = 0.10334288, 'w against y, as R has it') FROM compared WHERE a || b = 'wy';
SELECT ok((c).t IS NULL AND (c).notes <> '{}', 'nothing to compare: NULLs and a note') FROM (SELECT unnest(friedman_comparisons(ARRAY[1, 1]::float8[], NULL)) AS c) s;
SELECT throws_ok($$SELECT friedman_comparisons(r, '{w,x}') FROM rated$$, '2202E', NULL, 'names for other items');
SELECT throws_ok($$SELECT friedman_comparisons(r, '{w,x,y,NULL}') FROM rated$$, '22004', NULL, 'a NULL name');

CREATE TABLE answer AS
	SELECT i % 3 AS g, i % 7 < 3 AS q1, i % 5 < 2 AS q2, i % 11 < 6 AS q3, i::bigint * i / 13 % 5 AS r1, i::bigint * i / 7 % 5 AS r2, i::bigint * i / 11 % 4 AS r3
	FROM generate_series(1, 60000) AS i;
SELECT ok(abs(q.statistic - m.statistic) < 1e-9, 'Q of two questions is McNemar''s')
FROM (SELECT (cochran_q_test(ARRAY[q1, q2])).statistic FROM answer) q, (SELECT (mcnemar_test(xtab(q1, q2))).statistic FROM answer) m;
-- By hand: the odd one out of four respondents stands in one of three places each; 18 of the 81 arrangements have a Q of at least 4.5.
SELECT is((SELECT ROW((q).statistic, round((q).p_value::numeric, 12), (q).method)::text FROM (SELECT cochran_q_test(a, true) AS q
		   FROM (VALUES ('{t,f,f}'::boolean[]), ('{t,t,f}'), ('{t,f,f}'), ('{t,f,t}')) AS v(a)) AS s), '(4.5,0.222222222222,"Cochran''s Q test, exact permutation distribution")', 'exact Cochran''s Q');
SELECT ok(abs(q.p_value / m.p_value - 1) < 1e-12, 'exact Q of two questions is McNemar''s exact test')
FROM (SELECT (cochran_q_test(ARRAY[q1, q2], true)).* FROM answer WHERE g = 1 AND r1 < 2) q, (SELECT (mcnemar_test(xtab(q1, q2), exact => true)).* FROM answer WHERE g = 1 AND r1 < 2) m;
SELECT is((SELECT cochran_q_test(a, NULL::boolean)::text FROM (VALUES ('{t,f,f}'::boolean[]), ('{t,t,f}')) AS v(a)), (SELECT cochran_q_test(a)::text FROM (VALUES ('{t,f,f}'::boolean[]), ('{t,t,f}')) AS v(a)),
		  'not exact without saying so');
SELECT throws_ok($$SELECT cochran_q_test(ARRAY[q1, q2, q3, r1 > 1, r2 > 2], true) FROM answer$$, '54000', NULL, 'an exact Q beyond its budget is refused');
SELECT results_eq($$SELECT g, (cochran_q_test(ARRAY[q1, q2, q3])).statistic FROM answer GROUP BY g ORDER BY g$$,
	$$SELECT g, 2 * (3 * (s1 * s1 + s2 * s2 + s3 * s3) - (s1 + s2 + s3) * (s1 + s2 + s3)) / (3 * (s1 + s2 + s3) - ss)
	  FROM (SELECT g, sum(q1::int)::float8 AS s1, sum(q2::int) AS s2, sum(q3::int) AS s3, sum((q1::int + q2::int + q3::int) ^ 2) AS ss FROM answer GROUP BY g) s ORDER BY g$$, 'Q by its formula in SQL, in groups');
SELECT results_eq($$SELECT (cochran_q_test(ARRAY[q1, q2, q3])).statistic FROM answer WHERE g = 1$$,
	$$SELECT (cochran_q_test(ARRAY[q1, q2, q3]) FILTER (WHERE g = 1)).statistic FROM answer$$, 'FILTER');
SELECT is((SELECT count(DISTINCT f) FROM (SELECT friedman_test(ARRAY[r1, r2, r3]) OVER (PARTITION BY g)::text AS f FROM answer) s), 3::bigint, 'as a window aggregate');
-- The plain plan against parallel workers.
ALTER TABLE answer SET (parallel_workers = 3);
CREATE TABLE plain AS SELECT cochran_q_test(ARRAY[q1, q2, q3], 20, 5)::text AS q, cochran_q_test(ARRAY[q1, q2, q3], true) FILTER (WHERE r1 + r2 + r3 = 0 AND g = 1)::text AS e,
	friedman_test(ARRAY[r1, r2, r3, nullif(r1, 4)])::text AS f,
	friedman_comparisons(ARRAY[r1, r2, r3], '{r1,r2,r3}')::text AS c FROM answer;
SET LOCAL parallel_setup_cost = 0;
SET LOCAL parallel_tuple_cost = 0;
SET LOCAL min_parallel_table_scan_size = 0;
CREATE FUNCTION plan(query text) RETURNS SETOF text LANGUAGE plpgsql AS $$ BEGIN RETURN QUERY EXECUTE 'EXPLAIN (COSTS off) ' || query; END $$;
SELECT ok(count(*) > 0, 'the plan has partial aggregates') FROM plan('SELECT cochran_q_test(ARRAY[q1, q2, q3], 20, 5), friedman_test(ARRAY[r1, r2, r3, nullif(r1, 4)]) FROM answer') AS p WHERE p ~ 'Partial Aggregate';
SELECT results_eq('SELECT cochran_q_test(ARRAY[q1, q2, q3], 20, 5)::text, cochran_q_test(ARRAY[q1, q2, q3], true) FILTER (WHERE r1 + r2 + r3 = 0 AND g = 1)::text, friedman_test(ARRAY[r1, r2, r3, nullif(r1, 4)])::text,
	friedman_comparisons(ARRAY[r1, r2, r3], ''{r1,r2,r3}'')::text FROM answer', 'SELECT * FROM plain', 'and the result is the same, Monte Carlo too');

-- Waiting: long work is cancelled at once.
CREATE FUNCTION cancelled_after(query text) RETURNS float8 LANGUAGE plpgsql AS $$
DECLARE
	started timestamptz := clock_timestamp();
BEGIN
	EXECUTE query;
	RETURN -1;
EXCEPTION WHEN query_canceled THEN
	RETURN extract(epoch FROM clock_timestamp() - started);
END $$;
SET LOCAL statement_timeout = 300;
SELECT ok(s BETWEEN 0.1 AND 3, 'a Monte-Carlo signed-rank test obeys statement_timeout') FROM cancelled_after('SELECT signed_rank_test(xtab(ARRAY[[5, 10000, 2], [9000, 7, 4], [0, 6, 9]]), replicates => 1000000000)') AS s;
SELECT ok(s BETWEEN 0.1 AND 3, 'so does the exact one') FROM cancelled_after('SELECT signed_rank_test(xtab(ARRAY[[5, 900, 2], [850, 7, 4], [0, 6, 9]]), exact => true)') AS s;
SELECT ok(s BETWEEN 0.1 AND 3, 'and Cochran''s') FROM cancelled_after('SELECT cochran_q_test(ARRAY[i % 2 = 0, i % 3 = 0, true], 1000000000, 1) FROM generate_series(1, 1000) i') AS s;
SET LOCAL statement_timeout = 0;
SELECT * FROM finish();
ROLLBACK;
