-- Comparisons between columns: letters, families, arguments, degenerate tables.  The numerics: extension/stats/tests/test_column_compare.c.
\i sql/tap/begin.psql
SELECT no_plan();

-- Marital status by education, the example that SPSS's comparisons of column proportions is taught with: chi-square(12) = 23.57, p = 0.023.
CREATE TEMP TABLE survey AS SELECT xtab(ARRAY[[18, 36, 21, 9, 6], [12, 36, 45, 36, 21], [6, 9, 9, 3, 3], [3, 9, 9, 6, 3]],
	ARRAY['never married', 'married', 'divorced', 'widowed'], ARRAY['middle', 'high', 'bachelor', 'master', 'phd']) AS t;
SELECT is((SELECT round(statistic::numeric, 2) || ' ' || round(p_value::numeric, 3) FROM survey, chisq_test(t)), '23.57 0.023', 'the published example');
-- R: pairwise.prop.test(m[i,], colSums(m), p.adjust.method = "bonferroni", correct = FALSE) is below 0.05 for never married in 1-4 (0.0199)
-- and 2-4 (0.0345), for married in 1-4 (0.0063) and 2-4 (0.0195), and nowhere else; the larger share is that of columns 1, 2 and 4, 4.
SELECT results_eq($$SELECT "row", col, letters FROM survey, column_letters(t) WHERE letters <> ''$$,
	$$VALUES ('never married', 'middle', 'D'), ('never married', 'high', 'D'), ('married', 'master', 'AB')$$, 'letters of the published example');
SELECT results_eq($$SELECT "row", col, letters FROM survey, column_letters(t, alpha_strict => 0.01) WHERE letters <> ''$$,
	$$VALUES ('never married', 'middle', 'd'), ('never married', 'high', 'd'), ('married', 'master', 'Ab')$$, 'capitals for the strict level');
SELECT results_eq($$SELECT "row", col, letters FROM survey, column_letters(t, p_adjust => 'none') WHERE letters <> '' AND "row" = 'never married'$$,
	-- R: the unadjusted p of never married: 1-3 0.0190, 1-4 0.0020, 1-5 0.0121, 2-3 0.0351, 2-4 0.0035, 2-5 0.0238
	$$VALUES ('never married', 'middle', 'CDE'), ('never married', 'high', 'CDE')$$, 'letters without adjustment');
SELECT is((SELECT count(*) FROM survey, column_letters(t)), 20::bigint, 'a row a cell');
SELECT results_eq($$SELECT DISTINCT letter, flags FROM survey, column_letters(t) ORDER BY 1$$,
	$$VALUES ('A', 'w'), ('B', 'w'), ('C', 'w'), ('D', 'w'), ('E', 'w')$$, 'letters of the columns and the flag of bases under 100');
SELECT is((SELECT count(*) FROM survey, column_comparisons(t)), 40::bigint, 'a row for each row and pair');
SELECT is((SELECT DISTINCT covers FROM survey, column_comparisons(t)), 'row, 10 tests, bonferroni', 'the family is stated');
SELECT is((SELECT DISTINCT covers FROM survey, column_comparisons(t, 'BH', 'table')), 'table, 40 tests, BH', 'the family of the whole table');

-- The interval is Newcombe's: table II, example (a), method 10 of Newcombe (1998).
SELECT is((SELECT round(conf_low::numeric, 4) || ' ' || round(conf_high::numeric, 4) FROM column_comparisons(xtab(ARRAY[[56, 48], [14, 32]])) LIMIT 1),
		  '0.0524 0.3339', 'the interval of a difference');
-- z squared is Pearson's chi-square of the two columns against this row.
SELECT is_empty($$
	SELECT * FROM survey, column_comparisons(t) AS c,
		LATERAL (SELECT xtab(ARRAY[[c.share_a * n_a, (1 - c.share_a) * n_a], [c.share_b * n_b, (1 - c.share_b) * n_b]]) AS two) AS m,
		chisq_test(two) AS x
	WHERE abs(x.statistic - z * z) > 1e-9 * x.statistic OR abs(x.p_value - c.p_value) > 1e-9$$, 'z squared is chi-square');
-- Rows are compared by transposing.
SELECT is((SELECT count(*) FROM survey, column_letters(transpose(t)) WHERE letter = 'D'), 5::bigint, 'rows are compared after transposing');

-- Shares of 0 and 1, empty columns, one column, no row.
CREATE TEMP TABLE extreme AS SELECT xtab(ARRAY[[0, 0, 5, 40, 0], [40, 20, 5, 0, 0]], ARRAY['x', 'y'], ARRAY['p', 'q', 'r', 's', 'none']) AS t;
SELECT is((SELECT string_agg(coalesce(letters, '-'), ' ' ORDER BY letter) FROM extreme, column_letters(t) WHERE "row" = 'x'), '  AB ABC -',
		  'a share of 0 is compared, an empty column is not');
SELECT is((SELECT string_agg(coalesce(letters, '-'), ' ' ORDER BY letter) FROM extreme, column_letters(t, keep_extreme => false) WHERE "row" = 'x'),
		  '- - - - -', 'as SPSS: shares of 0 and 1 are not compared');
SELECT is((SELECT DISTINCT covers FROM extreme, column_comparisons(t)), 'row, 5 tests, bonferroni', 'two shares of 0 are no test of the family');
SELECT is((SELECT ROW(share_b, difference, z, p_value, p_adjusted, n_b, flags)::text FROM extreme, column_comparisons(t) WHERE col_a = 's' AND col_b = 'none' LIMIT 1),
		  '(,,,,,0,u)', 'an empty column has no share');
SELECT is((SELECT ROW(count(*), count(letters))::text FROM column_letters(xtab(ARRAY[[3], [4]]))), '(2,0)', 'one column is compared with none');
SELECT is((SELECT count(*) FROM (SELECT xtab(NULL::int, 1) AS t) s, column_comparisons(t)), 0::bigint, 'an empty table');
SELECT is((SELECT count(*) FROM column_letters(NULL)), 0::bigint, 'NULL gives no rows');
SELECT is((SELECT count(*) FROM column_letters(xtab(ARRAY[[1, 2]]), alpha => NULL)), 0::bigint, 'NULL level gives no rows');
SELECT is((SELECT p_value FROM column_comparisons(xtab(ARRAY[[670, 0], [0, 670]])) LIMIT 1) BETWEEN 1e-300 AND 1e-290, true, 'a p-value of 1e-293 keeps its digits');
SELECT is((SELECT count(*) FROM column_comparisons(xtab(ARRAY[[0.5, 1.25], [2, 3.75]])) WHERE p_value > 0), 2::bigint, 'sums of weights');
-- Beyond 26 columns.
SELECT is((SELECT letters FROM (SELECT xtab(i % 2, i / 2, CASE i WHEN 59 THEN 1e6 ELSE 1 END) AS t FROM generate_series(0, 59) AS i) s, column_letters(t)
		   WHERE letter = 'AD' AND "row" = '1'),
		  'A B C D E F G H I J K L M N O P Q R S T U V W X Y Z AA AB AC', 'letters after Z, set apart');

-- Whole columns.  R: pairwise.t.test(s, g) etc. of test_column_means.c; chisq.test(m[, k], correct = FALSE).
CREATE TEMP TABLE levels AS SELECT xtab(ARRAY[[5, 2, 1], [8, 4, 3], [6, 9, 2], [3, 7, 6], [1, 4, 9]]) AS t;
SELECT is((SELECT string_agg(round(p_value::numeric, 12)::text, ' ' ORDER BY a, b) FROM levels, pairwise_tests(t, 't')),
		  '0.015661518599 0.000098161737 0.069787861617', 'R: pairwise.t.test(s, g, p.adjust = "none")');
-- p.adjust(c(0.015661518599, 9.8161737e-05, 0.069787861617), "holm")
SELECT is((SELECT string_agg(round(p_adjusted::numeric, 9)::text, ' ' ORDER BY a, b) FROM levels, pairwise_tests(t, 't')),
		  '0.031323037 0.000294485 0.069787862', 'Holm over the three pairs');
SELECT is((SELECT round(p_value::numeric, 12) FROM levels, pairwise_tests(t, 'welch') WHERE a = '1' AND b = '2'), 0.013505099152, 'R: t.test(s[g == 1], s[g == 2])');
SELECT is((SELECT string_agg(letters, ',' ORDER BY letter) FROM levels, column_means(t)), ',A,A', 'letters of means, Bonferroni: 0.047, 0.0003, 0.21');
SELECT is((SELECT string_agg(letters, ',' ORDER BY letter) FROM levels, column_means(t, alpha_strict => 0.001)), ',a,A', 'means at two levels');
SELECT is((SELECT string_agg(p_value::text, ' ' ORDER BY a, b) FROM levels, pairwise_tests(t, 't', margin => 'row')),
		  (SELECT string_agg(p_value::text, ' ' ORDER BY a, b) FROM levels, pairwise_tests(transpose(t), 't')), 'margin row compares rows');
SELECT is_empty($$
	SELECT * FROM survey, unnest(ARRAY['chisq', 'g']) AS test, pairwise_tests(t, test) AS p,
		LATERAL (SELECT array_position(col_labels(t), p.a) AS a, array_position(col_labels(t), p.b) AS b) AS at,
		LATERAL (SELECT xtab(array_agg(ARRAY[c[r][at.a], c[r][at.b]] ORDER BY r)) AS two FROM counts(t) AS c, generate_series(1, 4) AS r) AS m,
		LATERAL (SELECT * FROM chisq_test(two) WHERE test = 'chisq' UNION ALL SELECT * FROM g_test(two) WHERE test = 'g') AS x, cramers_v(two) AS v
	WHERE (x.statistic, x.parameter, x.p_value) IS DISTINCT FROM (p.statistic, p.parameter, p.p_value) OR abs(v.estimate - p.estimate) > 1e-12$$,
	'each pair is the test of its two columns');
SELECT is((SELECT count(*) FROM survey, pairwise_tests(t)), 10::bigint, 'ten pairs of five columns');
SELECT is((SELECT count(*) FROM survey, pairwise_tests(t, margin => 'row')), 6::bigint, 'six pairs of four rows');
SELECT is((SELECT ROW(covers, array_length(notes, 1) > 0, p_value)::text FROM extreme, pairwise_tests(t) WHERE b = 'none' LIMIT 1), '("5 tests, holm",t,)',
		  'a pair with an empty column has a note and is not in the family');
SELECT is((SELECT n || ' ' || notes[1] FROM (SELECT xtab(y, g) AS t FROM (VALUES ('f'::tenure, 1), ('a', 1), ('b', 1), ('c', 2), ('e', 2), ('f', 2)) AS v(y, g)) s,
		   pairwise_tests(t, 't')), '4 left out as off the scale: 2', 'means leave off-scale answers out');

-- R: qnorm(wilcox.test(s[g == a], s[g == b], exact = FALSE, correct = FALSE)$p.value / 2), negative where a is lower.
SELECT is((SELECT string_agg(round(parameter::numeric, 9)::text, ' ' ORDER BY a, b) FROM levels, pairwise_tests(t, 'wilcoxon')), '-2.463273129 -3.496544706 -1.940418083', 'R: z of pairs of columns');
SELECT is_empty($$
	SELECT * FROM levels, pairwise_tests(t, 'wilcoxon') AS p, counts(t) AS c,
		LATERAL (SELECT xtab(ARRAY[array_agg(c[r][p.a::int] ORDER BY r), array_agg(c[r][p.b::int] ORDER BY r)]) AS two FROM generate_series(1, 5) AS r) AS m,
		wilcoxon_test(two) AS w
	WHERE (w.method, w.statistic, w.parameter, w.p_value, w.estimate) IS DISTINCT FROM (p.method, p.statistic, p.parameter, p.p_value, p.estimate)$$,
	'each pair is the test of its two columns');

-- Cohen's h.  R: 2 * asin(sqrt(0.5)) - 2 * asin(sqrt(0.3))
SELECT is((SELECT round(cohens_h::numeric, 12) FROM column_comparisons(xtab(ARRAY[[5, 3], [5, 7]])) LIMIT 1), 0.411516846067, 'Cohen''s h');

-- Refused.
SELECT throws_ok(q, state, NULL, q) FROM (VALUES ('SELECT column_comparisons(freq(1))', '22023'), ('SELECT column_letters(freq(1))', '22023'),
	('SELECT column_comparisons(xtab(1, 2), ''odd'')', '22023'), ('SELECT column_comparisons(xtab(1, 2), family => ''odd'')', '22023'),
	('SELECT column_comparisons(xtab(1, 2), conf_level => 1)', '22023'), ('SELECT column_letters(xtab(1, 2), alpha => 1)', '22023'),
	('SELECT column_letters(xtab(1, 2), alpha => ''NaN'')', '22023'), ('SELECT column_letters(xtab(1, 2), 0.05, 0.05)', '22023'),
	('SELECT column_letters(xtab(1, 2), 0.05, ''NaN'')', '22023'),
	('SELECT pairwise_tests(xtab(1, 2), ''odd'')', '22023'), ('SELECT pairwise_tests(xtab(1, 2), margin => ''odd'')', '22023'),
	('SELECT pairwise_tests(xtab(''a''::text, 2), ''t'')', '42809'), ('SELECT pairwise_tests(xtab(''a''::text, 2), ''wilcoxon'')', '42809'), ('SELECT column_means(xtab(''a''::text, 2))', '42809'),
	('SELECT column_means(xtab(ARRAY[[1, 2]]), margin => ''odd'')', '22023')) AS v(q, state);
SELECT throws_ok(format($$SELECT %s('{"xtab": 1, "rows": {"kind": "multi", "categories": ["{a}"]}, "cols": {"categories": ["x"]}, "n": [[1]]}')$$, f), '42809', NULL,
	f || ' refuses multi-select answers') FROM unnest(ARRAY['column_comparisons', 'column_letters', 'pairwise_tests']) AS f;
SET LOCAL csirtsurvey.max_cells = 1000;
SELECT throws_ok(format('SELECT %s(t) FROM (SELECT xtab(1, i) AS t FROM generate_series(1, 100) AS i) s', f), '54000', NULL, f || ': too many comparisons')
FROM unnest(ARRAY['column_comparisons', 'column_letters', 'pairwise_tests']) AS f;
-- Fisher's test of each pair: R 4.2, m <- matrix(c(12, 5, 3, 4, 9, 8, 2, 6, 11), 3, byrow = TRUE), fisher.test(m[, c(1, 2)])$p and so on, p.adjust(p, "holm");
-- the 2 x 2 pairs from m[1:2, ], p.adjust(p, "BH").
SELECT is((SELECT string_agg(format('%s%s %s %s', a, b, round(p_value::numeric, 10), round(p_adjusted::numeric, 10)), '; ' ORDER BY a, b)
		   FROM pairwise_tests(xtab(ARRAY[[12, 5, 3], [4, 9, 8], [2, 6, 11]], ARRAY['x', 'y', 'z'], ARRAY['A', 'B', 'C']), 'fisher')),
	'AB 0.0427843194 0.0855686387; AC 0.0014568103 0.0043704308; BC 0.4763254305 0.4763254305', 'pairs by Fisher''s exact test, Holm');
SELECT is((SELECT string_agg(format('%s%s %s %s', a, b, round(p_value::numeric, 10), round(p_adjusted::numeric, 10)), '; ' ORDER BY a, b)
		   FROM pairwise_tests(xtab(ARRAY[[12, 5, 3], [4, 9, 8]], ARRAY['x', 'y'], ARRAY['A', 'B', 'C']), 'fisher', 'BH')),
	'AB 0.0633583793 0.0950375689; AC 0.0219918936 0.0659756809; BC 1.0000000000 1.0000000000', 'pairs of 2 x 2, Benjamini and Hochberg');
SELECT throws_ok('SELECT * FROM pairwise_tests(xtab(ARRAY[[1.5, 2], [3, 4]]), ''fisher'')', '22023', NULL, 'Fisher''s test of fractional counts is refused');
SELECT * FROM finish();
ROLLBACK;
