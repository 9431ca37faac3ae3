-- Tables of multi-select answers and tests of options against the same counted from rows in plain SQL; what a web form exports; what is refused.
\i sql/tap/begin.psql
SELECT no_plan();

-- 500 answers in three groups; some not asked, some with nothing ticked, two whose group is not known.
SELECT setseed(0.411);
CREATE TEMP TABLE answer AS
	SELECT i, CASE WHEN i % 250 = 0 THEN NULL ELSE 'g' || i % 3 END AS grp, 1 + i % 4 AS w,
		   CASE WHEN i % 17 = 0 THEN NULL
				ELSE multiselect_from_flags(random() < 0.6, random() < 0.3 + i % 3 * 0.1, random() < 0.2, random() < 0.5, false) END AS ms,
		   multiselect_from_flags(random() < 0.5, random() < 0.3 + (i % 2) * 0.2, random() < 0.1) AS other
	FROM generate_series(1, 500) AS i;
CREATE TEMP TABLE code AS SELECT c, ord FROM unnest(ARRAY['a', 'b', 'c', 'd', 'e']) WITH ORDINALITY AS u(c, ord);
CREATE TEMP TABLE t AS SELECT freq(ms) AS f, freq(ms, w) AS fw, xtab(grp, ms) AS gs, xtab(ms, grp) AS sg, xtab(ms, other) AS ss FROM answer;
CREATE FUNCTION one(multiselect) RETURNS xtab LANGUAGE sql AS 'SELECT freq($1)';
\set labels 'ARRAY[''own'', ''dept'', ''out'', ''not'', ''other'']'

SELECT results_eq('SELECT (mr_summary(f)).* FROM t',
	'SELECT count(*)::numeric, count(*) FILTER (WHERE ms IS NULL)::numeric, count(ms)::numeric, count(*) FILTER (WHERE cardinality(ms) > 0)::numeric,
			count(*) FILTER (WHERE ms = ''{}'')::numeric, sum(cardinality(ms))::numeric, avg(cardinality(ms))::float8,
			(avg(cardinality(ms)) FILTER (WHERE cardinality(ms) > 0))::float8 FROM answer', 'mr_summary: asked, answered, nothing ticked, not asked');
SELECT results_eq(format('SELECT o.option, o.label, o.n, round(o.respondent_pct::numeric, 9), round(o.answered_pct::numeric, 9), round(o.response_pct::numeric, 9), o.respondents, o.answered, o.responses FROM t, mr_options(f, %s) AS o', $$ARRAY['own', 'dept', 'out', 'not', 'other']$$),
	'SELECT c, (ARRAY[''own'', ''dept'', ''out'', ''not'', ''other''])[ord], n, round(100 * n / r, 9), round(100 * n / s, 9), round(100 * n / x, 9), r, s, x
	 FROM code, LATERAL (SELECT count(*) FILTER (WHERE has(ms, c))::numeric AS n, count(ms)::numeric AS r, count(*) FILTER (WHERE ms <> ''{}'')::numeric AS s,
								sum(cardinality(ms))::numeric AS x FROM answer) AS q ORDER BY ord', 'mr_options: an option nobody ticked is a visible zero, in the order of the labels');
SELECT is((SELECT count(*) FROM t, mr_options(f)), 4::bigint, 'without labels the options end at the last that anybody ticked');
SELECT results_eq('SELECT o.option, o.n FROM t, mr_options(fw) AS o', 'SELECT c, (SELECT sum(w) FILTER (WHERE has(ms, c)) FROM answer)::numeric FROM code WHERE c < ''e'' ORDER BY ord', 'weights are case counts');
SELECT results_eq('SELECT o.option, o.n, o.answered FROM t, mr_options(f, options => ''b,d'') AS o',
	'SELECT c, (SELECT count(*) FROM answer WHERE has(ms, c))::numeric, (SELECT count(*) FROM answer WHERE ms && ''b,d'')::numeric FROM code WHERE c IN (''b'', ''d'') ORDER BY ord', 'some options only');

CREATE TEMP TABLE by_group AS
	SELECT grp, c, ord, n::numeric, g::numeric, o::numeric, total::numeric, x::numeric
	FROM code, LATERAL (SELECT grp, count(*) FILTER (WHERE has(ms, c)) AS n, count(*) AS g, sum(cardinality(ms)) AS x FROM answer WHERE ms IS NOT NULL AND grp IS NOT NULL GROUP BY grp) AS q,
		 LATERAL (SELECT count(*) FILTER (WHERE has(ms, c)) AS o, count(*) AS total FROM answer WHERE ms IS NOT NULL AND grp IS NOT NULL) AS m
	WHERE c < 'e';
SELECT results_eq('SELECT c."row", c.col, c.n, c.row_n, round(c.row_pct::numeric, 9), c.col_n, round(c.col_pct::numeric, 9), c.respondents, round(c.total_pct::numeric, 9), round(c.response_pct::numeric, 9) FROM t, mr_cells(gs) AS c',
	'SELECT grp, c, n, g, round(100 * n / g, 9), o, round(100 * n / o, 9), total, round(100 * n / total, 9), round(100 * n / x, 9) FROM by_group ORDER BY grp, ord', 'mr_cells of groups by options');
SELECT results_eq('SELECT c."row", c.col, c.n, c.row_n, round(c.row_pct::numeric, 9), c.col_n, round(c.col_pct::numeric, 9), c.respondents, round(c.response_pct::numeric, 9) FROM t, mr_cells(sg) AS c',
	'SELECT c, grp, n, o, round(100 * n / o, 9), g, round(100 * n / g, 9), total, round(100 * n / x, 9) FROM by_group ORDER BY ord, grp', 'and of options by groups');
SELECT results_eq('SELECT c."row", c.col, c.n, c.row_n, c.col_n, c.respondents FROM t, mr_cells(ss) AS c',
	'SELECT a.c, b.c, count(*) FILTER (WHERE has(ms, a.c) AND has(other, b.c))::numeric, count(*) FILTER (WHERE has(ms, a.c))::numeric, count(*) FILTER (WHERE has(other, b.c))::numeric, count(*)::numeric
	 FROM code a, code b, answer WHERE a.c < ''e'' AND b.c < ''d'' AND ms IS NOT NULL GROUP BY a.c, a.ord, b.c, b.ord ORDER BY a.ord, b.ord', 'set by set');
SELECT results_eq('SELECT p.option_1, p.option_2, p.n_1, p.n_2, p.n_both, round(p.pct_of_1::numeric, 9), round(p.pct_of_2::numeric, 9), round(p.jaccard::numeric, 9), round(p.phi::numeric, 9), p.respondents FROM t, mr_pairs(f) AS p',
	'SELECT a.c, b.c, n1, n2, n12, round(100 * n12 / n1, 9), round(100 * n12 / n2, 9), round(n12 / n_or, 9), round(r::numeric, 9), n
	 FROM code a, code b, LATERAL (SELECT count(*) FILTER (WHERE has(ms, a.c))::numeric AS n1, count(*) FILTER (WHERE has(ms, b.c))::numeric AS n2, count(*) FILTER (WHERE has(ms, a.c) AND has(ms, b.c))::numeric AS n12,
		count(*) FILTER (WHERE has(ms, a.c) OR has(ms, b.c))::numeric AS n_or, corr(has(ms, a.c)::int, has(ms, b.c)::int) AS r, count(ms)::numeric AS n FROM answer) AS q
	 WHERE a.ord < b.ord AND b.c < ''e'' ORDER BY a.ord, b.ord', 'mr_pairs: conditional shares, Jaccard, phi as corr() has it');
SELECT results_eq('SELECT c.ticked, c.n, round(c.pct::numeric, 9), round(c.cum_pct::numeric, 9) FROM t, mr_cardinality(f) AS c',
	'SELECT k, n, round(100 * n / sum(n) OVER (), 9), round(100 * sum(n) OVER (ORDER BY k) / sum(n) OVER (), 9) FROM (SELECT cardinality(ms) AS k, count(*)::numeric AS n FROM answer WHERE ms IS NOT NULL GROUP BY 1) AS q ORDER BY k', 'mr_cardinality');
SELECT results_eq('SELECT c.rank, c.selection, c.n FROM t, mr_combinations(f, 6) AS c',
	'SELECT row_number() OVER (ORDER BY count(*) DESC, ms)::int, ms, count(*)::numeric FROM answer WHERE ms IS NOT NULL GROUP BY ms ORDER BY 1 LIMIT 6', 'mr_combinations: most frequent first, ties in the order of the type');
SELECT is((SELECT string_agg(c.label, ' / ' ORDER BY c.rank) FROM mr_combinations(one('{a,c}'::multiselect), 3, :labels) AS c), 'own + out', 'combinations with their labels');
SELECT results_eq('SELECT (mr_net(f, ''b,c'')).estimate, (mr_net(f, ''b,c'')).n, (mr_net(f, ''b,c'')).conf_low FROM t',
	'SELECT p.estimate, p.n, p.conf_low FROM (SELECT count(*) FILTER (WHERE ms && ''b,c'')::float8 AS x, count(ms)::float8 AS n FROM answer) AS q, proportion_ci(x, n) AS p', 'mr_net is exact from answers');

-- Bounds of a net from margins alone: every table with the margins lies within, and some reach both.  Three options, up to four respondents.
SELECT ok(bool_and(net BETWEEN low AND high) AND count(*) > 100, 'no table leaves the bounds of its net') FROM (
	SELECT b.low, b.high, count(*) FILTER (WHERE m & 3 > 0) AS net
	FROM generate_series(0, 7) a, generate_series(0, 7) b0, generate_series(0, 7) c, LATERAL unnest(ARRAY[a, b0, c]) AS m,
		 LATERAL mr_net_bounds(ARRAY[(a & 1) + (b0 & 1) + (c & 1), (a >> 1 & 1) + (b0 >> 1 & 1) + (c >> 1 & 1)],
							   (a > 0)::int + (b0 > 0)::int + (c > 0)::int, ARRAY[(a >> 2) + (b0 >> 2) + (c >> 2)]) AS b
	GROUP BY a, b0, c, b.low, b.high) AS tables;
SELECT is(mr_net_bounds(ARRAY[124, 86], 165, ARRAY[77, 1])::text, '(124,165,75.15151515151516,100)', 'the largest option is below, all who provide above');
SELECT is(mr_net_bounds(ARRAY[10, 5], 100, ARRAY[85, 4])::text, '(11,15,11,15)', 'those that the others cannot hold are below');
SELECT is(mr_net_bounds(ARRAY[10, 5], 100)::text, '(10,15,10,15)', 'the others not known');
SELECT is(mr_net_bounds(NULL, 1)::text, '(,,,)', 'nothing known');
SELECT throws_ok('SELECT mr_net_bounds(' || x || ')', '22023', NULL, 'bounds refused: ' || x)
FROM unnest(ARRAY['ARRAY[]::float8[], 3', 'ARRAY[4], 3', 'ARRAY[-1], 3', 'ARRAY[1, NULL], 3', 'ARRAY[1], 10, ARRAY[2]']) AS x;

-- Cochran's Q and McNemar by their formulas over rows.
CREATE TEMP TABLE flag AS SELECT i, c, has(ms, c)::int AS y FROM answer, code WHERE c < 'e' AND ms IS NOT NULL;
SELECT results_eq('SELECT round((mr_cochran_test(f)).statistic::numeric, 8), (mr_cochran_test(f)).parameter, (mr_cochran_test(f)).n FROM t',
	'SELECT round(3 * (4 * (SELECT sum(y * y) FROM (SELECT sum(y) AS y FROM flag GROUP BY c) AS s) - sum(y) * sum(y))::numeric / sum(y * (4 - y)), 8), 3::float8, count(*)::float8
	 FROM (SELECT sum(y) AS y FROM flag GROUP BY i) AS r', 'Cochran''s Q');
SELECT results_eq('SELECT p.option_1, p.option_2, p.only_1, p.only_2, round(p.statistic::numeric, 9) FROM t, mr_mcnemar(f) AS p',
	'SELECT a.c, b.c, count(*) FILTER (WHERE a.y > b.y)::numeric, count(*) FILTER (WHERE a.y < b.y)::numeric, round(power(sum(a.y - b.y), 2)::numeric / count(*) FILTER (WHERE a.y <> b.y), 9)
	 FROM flag a JOIN flag b ON a.i = b.i AND a.c < b.c GROUP BY a.c, b.c ORDER BY 1, 2', 'McNemar for each pair');
SELECT ok(bool_and(abs(p.p_adjusted - q.p) < 1e-14), 'adjusted over all pairs, holm by default')
FROM t, LATERAL (SELECT array_agg(m.p_value) AS ps FROM mr_mcnemar(f) AS m) AS a, LATERAL mr_mcnemar(f) WITH ORDINALITY AS p, LATERAL unnest(p_adjust(a.ps, 'holm')) WITH ORDINALITY AS q(p, ordinality)
WHERE p.ordinality = q.ordinality;
-- R 4.2: binom.test(3, 12)$p.value, mcnemar.test(matrix(c(0,3,9,0),2))$p.value
SELECT ok(abs(e.p_value - 0.14599609375) < 1e-14 AND e.statistic IS NULL AND abs(c.p_value - 0.148914673178) < 1e-12, 'exact and corrected McNemar')
FROM (SELECT freq(ms, n) AS f FROM (VALUES ('a'::multiselect, 3), ('b', 9), ('a,b', 5), ('{}', 2)) AS v(ms, n)) AS s, mr_mcnemar(f, exact => true) AS e, mr_mcnemar(f, correct => true) AS c;

-- Column letters.  Groups: z of two_proportion_test; sets: by the formula over rows.
SELECT ok(bool_and(abs(c.z - (two_proportion_test(xtab(ARRAY[[x1, g1 - x1], [x2, g2 - x2]]))).statistic) < 1e-12) AND count(*) = 12, 'groups: the pooled z of two proportions')
FROM t, mr_column_tests(gs) AS c, LATERAL (SELECT n::float8 AS x1, g::float8 AS g1 FROM by_group AS b WHERE b.grp = c.col_1 AND b.c = c.option) AS p,
	 LATERAL (SELECT n::float8 AS x2, g::float8 AS g2 FROM by_group AS b WHERE b.grp = c.col_2 AND b.c = c.option) AS q;
SELECT results_eq('SELECT c.option, c.col_1, c.col_2, c.n_common, round(c.z::numeric, 9), round(c.difference_pct::numeric, 9) FROM t, mr_column_tests(ss) AS c',
	'SELECT o.c, a.c, b.c, nab::numeric, round(((xa / na - xb / nb) / sqrt(p * (1 - p) * (1 / na + 1 / nb) - 2 * (xab * (1 - 2 * p) + nab * p * p) / (na * nb)))::numeric, 9), round((100 * (xa / na - xb / nb))::numeric, 9)
	 FROM code o, code a, code b, LATERAL (SELECT count(*) FILTER (WHERE has(ms, a.c))::float8 AS na, count(*) FILTER (WHERE has(ms, b.c))::float8 AS nb, count(*) FILTER (WHERE has(ms, a.c) AND has(ms, b.c))::float8 AS nab,
		count(*) FILTER (WHERE has(ms, a.c) AND has(other, o.c))::float8 AS xa, count(*) FILTER (WHERE has(ms, b.c) AND has(other, o.c))::float8 AS xb,
		count(*) FILTER (WHERE has(ms, a.c) AND has(ms, b.c) AND has(other, o.c))::float8 AS xab FROM answer) AS q, LATERAL (SELECT (xa + xb) / (na + nb) AS p) AS pooled
	 WHERE o.c < ''d'' AND a.ord < b.ord AND b.c < ''e'' ORDER BY o.ord, a.ord, b.ord', 'overlapping columns: with the covariance of the common respondents');
CREATE TEMP TABLE banner AS SELECT xtab(grp, ms, n) AS t FROM (VALUES ('x', 'a'::multiselect, 80), ('x', '{}', 20), ('y', 'a', 50), ('y', '{}', 50), ('z', 'a', 49), ('z', '{}', 51)) AS v(grp, ms, n);
SELECT results_eq('SELECT l.col, l.letter, l.base, l.pct, l.higher_than FROM banner, mr_column_letters(t) AS l',
	$$VALUES ('x', 'A', 100::numeric, 80::float8, 'B C'), ('y', 'B', 100, 50, ''), ('z', 'C', 100, 49, '')$$, 'the letter stands at the larger share');
SELECT results_eq('SELECT l.letter FROM (SELECT xtab(g, ''a''::multiselect) AS t FROM generate_series(1, 30) AS g) AS s, mr_column_letters(t) AS l OFFSET 25', $$VALUES ('Z'), ('AA'), ('AB'), ('AC'), ('AD')$$, 'letters beyond Z');

SELECT is((SELECT array_agg(DISTINCT c.row_label ORDER BY c.row_label) FROM t, mr_cells(gs, ARRAY['north', NULL, 'west']) AS c), ARRAY['g1', 'north', 'west'], 'labels of groups');
SELECT is((SELECT array_agg(DISTINCT c.col_label) FROM banner, mr_column_letters(t, col_labels => ARRAY['X', 'Y', 'Z']) AS c), ARRAY['X', 'Y', 'Z'], 'labels of columns');
SELECT throws_ok('SELECT mr_cells(gs, ARRAY[''north'']) FROM t', '2202E', NULL, 'one label for three groups');

-- Degenerate tables: rows of NULL and notes, not errors.
SELECT is((SELECT s::text FROM mr_summary(one('{}'::multiselect)) AS s), '(1,0,1,0,1,0,0,)', 'nothing ticked at all');
SELECT is_empty('SELECT * FROM mr_options(one(''{}''))', 'no option known');
SELECT is((SELECT o::text FROM mr_options(one('{}'::multiselect), ARRAY['x']) AS o), '(a,x,0,0,,,1,0,0)', 'one option, nobody ticked it');
SELECT is_empty('SELECT * FROM mr_combinations(one(NULL))', 'nobody was asked');
SELECT is((SELECT s::text FROM mr_summary(one(NULL)) AS s), '(1,1,0,0,0,0,,)', 'nobody was asked: base 0');
SELECT is((SELECT o.respondent_pct FROM mr_options(one(NULL), ARRAY['x']) AS o), NULL, 'no base, no percentage');
SELECT is((SELECT ROW(q.statistic, q.p_value, array_length(q.notes, 1) > 0)::text FROM mr_cochran_test(one(x)) AS q), '(,,t)', 'Cochran''s Q has no answer but a note: ' || coalesce(x::text, 'NULL')) FROM unnest(ARRAY['{}', '{a}', '{a,b}', NULL]::multiselect[]) AS x;
SELECT is((SELECT count(*) FROM mr_mcnemar(one('{a,b}'::multiselect)) WHERE p_value IS NULL), 1::bigint, 'no discordant answers');
SELECT is((SELECT count(*) FROM (SELECT xtab('x'::text, 'a'::multiselect) AS t) AS s, mr_column_tests(t)), 0::bigint, 'one column, no pairs');
SELECT is((SELECT count(*) FROM (SELECT xtab(g, 'a'::multiselect) AS t FROM generate_series(1, 3) AS g) AS s, mr_column_tests(t) AS c WHERE c.z IS NULL), 3::bigint, 'all tick the same: no variance');
SELECT is((SELECT sum(o.n) FROM mr_options(one(multiselect_from_flags(VARIADIC array_fill(true, ARRAY[1024])))) AS o), 1024::numeric, '1,024 options');
SELECT is((SELECT count(*) FROM mr_pairs(one(multiselect_from_flags(VARIADIC array_fill(true, ARRAY[1024])))) AS o), 523776::bigint, '1,024 options make 523,776 pairs');
SELECT is((SELECT count(*) FROM mr_options(NULL)), 0::bigint, 'no rows for NULL');
SELECT is(mr_net(NULL, 'a')::text, NULL, 'NULL for NULL');

-- Refused.
SELECT throws_ok('SELECT ' || f || '(freq(1))', '42809', NULL, f || ' needs a set') FROM unnest(ARRAY['mr_summary', 'mr_options', 'mr_pairs', 'mr_cardinality', 'mr_combinations', 'mr_mcnemar', 'mr_cochran_test']) AS f;
SELECT throws_ok('SELECT ' || f || '(xtab(''a''::multiselect, ''b''::multiselect))', '42809', NULL, f || ' needs one set') FROM unnest(ARRAY['mr_summary', 'mr_options', 'mr_pairs', 'mr_cardinality', 'mr_combinations', 'mr_mcnemar', 'mr_cochran_test']) AS f;
SELECT throws_ok('SELECT ' || f || '(xtab(1, 2))', '42809', NULL, f || ' needs a set side') FROM unnest(ARRAY['mr_cells', 'mr_column_tests', 'mr_column_letters']) AS f;
SELECT throws_ok('SELECT ' || f || '(freq(''a''::multiselect))', '42809', NULL, f || ' needs two sides') FROM unnest(ARRAY['mr_cells', 'mr_column_tests', 'mr_column_letters']) AS f;
SELECT throws_ok($$SELECT mr_options(freq('c'::multiselect), ARRAY['x', 'y'])$$, '22023', NULL, 'a ticked option without a label');
SELECT throws_ok($$SELECT mr_options(freq('c'::multiselect), options => '{}')$$, '22023', NULL, 'no options');
SELECT throws_ok($$SELECT mr_combinations(freq('c'::multiselect), 0)$$, '22023', NULL, 'no combinations');
SELECT throws_ok($$SELECT mr_mcnemar(freq('c'::multiselect), 'tukey')$$, '22023', NULL, 'an unknown adjustment');
SELECT throws_ok($$SELECT mr_column_letters(xtab('x'::text, 'c'::multiselect), 5)$$, '22023', NULL, 'alpha in percent');
SELECT throws_ok($$SELECT mr_options('{"xtab": 1, "rows": {"kind": "multi", "categories": ["x y?"]}, "n": [[1]]}'::xtab)$$, '22P02', NULL, 'a table whose selections are none');

-- Labels of the codebook.
SELECT is(option_labels('5.7', 'implementer'), (SELECT array_agg(label_en ORDER BY position) FROM option WHERE question = '5.7' AND part = 'implementer'), 'labels in English');
SELECT is((option_labels('5.7', 'implementer', 'ja'))[1], 'チーム', 'labels in Japanese');
SELECT is(option_labels('99'), NULL, 'an unknown question');
SELECT is((SELECT count(*) FROM option WHERE position <> 26 * (length(code) - 1) + ascii(code) - 96), 0::bigint, 'every option of the codebook stands at the place of its code, so labels go by place');

-- A web form's export.
\set form 'ARRAY[''Web, mail'', ''Web'', ''mail, phone'', ''その他（電話、FAX）'', ''phone'']'
SELECT is(multiselect_from_labels(x, :form)::text, want, 'read: ' || replace(x, E'\n', ' '))
FROM (VALUES ('Web, mail', '{a}'), ('Web, mail, phone', '{a,e}'), ('Web, phone', '{b,e}'), ('phone、その他（電話、FAX）', '{d,e}'), (' phone ;Web', '{b,e}'),
	  ('Web|phone', '{b,e}'), (E'Web\nphone\n', '{b,e}'), ('phone　，　Web', '{b,e}'), ('Web;phone;', '{b,e}'), ('Web, mail, phone, Web', '{a,b,e}'), ('Web,mail, phone', '{b,c}')) AS v(x, want);
SELECT is(multiselect_from_labels('Web/Web, mail', :form, '/')::text, '{a,b}', 'a separator of its own');
SELECT is(multiselect_from_labels(repeat('phone, ', 20000) || 'Web', :form)::text, '{b,e}', 'a long answer');
SELECT is(multiselect_from_labels(ARRAY['Web', ' Web, mail '], :form)::text, '{a,b}', 'an array of labels');
SELECT is(multiselect_from_labels('{}'::text[], :form)::text, '{}', 'an empty array: nothing ticked');
SELECT is(multiselect_from_labels(NULL::text, :form), NULL, 'not answered');
SELECT is(multiselect_from_json('["c", "a", "bb"]')::text, '{a,c,bb}', 'a JSON array of codes');
SELECT is(multiselect_from_json('["Web, mail", "phone"]', :form)::text, '{a,e}', 'a JSON array of labels');
SELECT is(multiselect_from_json('[]')::text, '{}', 'an empty JSON array: nothing ticked');
SELECT is(multiselect_from_json('null'), NULL, 'JSON null: not answered');
SELECT is(multiselect_from_flags('1'::boolean, '0'::boolean, NULL, 't'::boolean)::text, '{a,d}', '0/1 columns');
-- every refusal names the piece
CREATE FUNCTION detail_of(q text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE d text; s text;
BEGIN
	EXECUTE q;
	RETURN 'no error';
EXCEPTION WHEN OTHERS THEN
	GET STACKED DIAGNOSTICS d = PG_EXCEPTION_DETAIL, s = RETURNED_SQLSTATE;
	RETURN s || ' ' || d;
END $$;
SELECT is(detail_of(format('SELECT multiselect_from_labels(%L, %L::text[])', x, :form)), want, 'refused: ' || x)
FROM (VALUES ('Web, fax, phone', '22P02 "fax" is the label of no option.'), ('Web, Web, mail, fone', '22P02 "fone" is the label of no option.'), ('Webphone', '22P02 "Webphone" is the label of no option.'),
	  (',Web', '22P02 There is a separator without a label before it.'), ('Web,,phone', '22P02 There is a separator without a label before it.'), ('  ', '22P02 It is empty.'), ('電話、Web', '22P02 "電話" is the label of no option.')) AS v(x, want);
SELECT is(detail_of(format('SELECT multiselect_from_labels(%L::text[], %L::text[])', x, :form)), want, 'refused: ' || x)
FROM (VALUES ('{Web,fax}', '22P02 Element 2, "fax", is the label of no option.'), ('{Web,NULL}', '22004 Element 2 is null.'), ('{""}', '22P02 Element 1, "", is the label of no option.')) AS v(x, want);
SELECT is(detail_of(format('SELECT multiselect_from_json(%L)', x)), want, 'refused: ' || x)
FROM (VALUES ('["a", 1]', '22P02 Element 2 is a number, not a string.'), ('["a", null]', '22P02 Element 2 is null, not a string.'), ('[["a"]]', '22P02 Element 1 is an array or an object, not a string.'), ('{"a": true}', '22P02 A JSON array is needed; this is an object.'),
	  ('"a"', '22P02 A JSON array is needed; this is a string.'), ('["A b"]', '22P02 Element 1, "A b", is not the code of an option.')) AS v(x, want);
SELECT throws_ok(format('SELECT multiselect_from_labels(%L, %L::text[])', 'x', l), '22023', NULL, 'labels refused: ' || left(l, 10)) FROM (VALUES ('{x,x}'), ('{}'), (array_fill('x'::text, ARRAY[1025])::text)) AS v(l);
SELECT throws_ok($$SELECT multiselect_from_labels('x', '{x}', '')$$, '22023', NULL, 'an empty separator');
SELECT * FROM finish();
ROLLBACK;
