-- The made-up answers in the database: every published count, by tally_table(); that they are marked; and that answers of one's own go before them.
\i sql/tap/begin.psql
SET client_min_messages = warning;
SELECT plan(31);

-- Marked, and part of the extension.
SELECT results_eq('SELECT wave, respondents, population, answers::text, synthetic FROM wave_overview ORDER BY wave',
	$$VALUES (2015, 66, NULL, 'synthetic_2015', true), (2017, 187, 262, 'synthetic_2017', true)$$, 'wave_overview says which answers are made up');
SELECT results_eq('SELECT wave, synthetic FROM wave ORDER BY wave', 'VALUES (2015, false), (2017, false)', 'the waves themselves are real');
SELECT is((SELECT count(*) FROM pg_depend WHERE classid = 'pg_class'::regclass AND objid IN ('synthetic_2015'::regclass, 'synthetic_2017'::regclass) AND deptype = 'e'
		   AND refobjid = (SELECT oid FROM pg_extension WHERE extname = 'csirtsurvey')), 2::bigint, 'the tables belong to the extension');
SELECT is((SELECT count(*) FROM pg_attribute WHERE attrelid IN ('synthetic_2015'::regclass, 'synthetic_2017'::regclass) AND attnum > 0 AND col_description(attrelid, attnum) IS NOT NULL),
	264::bigint, 'every column has a comment: 131 parts and the organisation');
SELECT ok((SELECT bool_and(obj_description(c, 'pg_class') LIKE 'Made-up%') FROM unnest('{synthetic_2015,synthetic_2017}'::regclass[]) AS c), 'and the tables say what they are');
SELECT is_empty($$SELECT 1 FROM pg_attribute WHERE attrelid = 'wave_overview'::regclass AND attnum > 0 AND col_description(attrelid, attnum) IS NULL$$, 'so does each column of wave_overview');
SELECT is((SELECT count(*) FROM synthetic_2017), 187::bigint, '187 organisations of 2017');
SELECT is((SELECT count(*) FROM synthetic_2015), 66::bigint, '66 organisations of 2015');
SELECT is((SELECT count(*) FROM synthetic_2015 JOIN synthetic_2017 USING (organisation)), 58::bigint, 'of which 58 are in both');

-- Every published figure: in a multiple part who ticked any of the codes, of a date the year.
CREATE TEMP TABLE made AS
	SELECT w.wave, c.question, c.part, c.kind, u.label, u.n
	FROM (VALUES (2015), (2017)) AS w(wave), LATERAL tally_table(wave_relation(w.wave)) AS t JOIN codebook_column c USING (column_name), LATERAL unnest(row_labels(t.t), counts(t.t)) AS u(label, n);
CREATE TEMP TABLE compared AS
	SELECT p.wave, p.question, p.part, p.codes, p.kind, p.suspect, coalesce(p.n, round(p.pct * w.respondents / 100)) AS published,
		   (SELECT coalesce(sum(m.n), 0) FROM made m WHERE (m.wave, m.question, m.part) = (p.wave, p.question, p.part)
				AND CASE m.kind WHEN 'multiple' THEN m.label::text[] && p.codes WHEN 'date' THEN left(m.label, 4) = ANY (p.codes) ELSE m.label = ANY (p.codes) END) AS made
	FROM published_count p JOIN wave w USING (wave) WHERE p.kind <> 'words';
SELECT results_eq('SELECT wave, kind, count(*) FROM compared WHERE made = published GROUP BY wave, kind ORDER BY wave, kind',
	$$VALUES (2015, 'chart value from the press', 6::bigint), (2015, 'printed percentage', 4), (2017, 'chart value from the press', 21), (2017, 'printed count', 442), (2017, 'printed percentage', 5)$$,
	'all 442 printed counts hold, and the press''s and the percentages');
SELECT results_eq('SELECT question, count(*) FROM compared WHERE made IS DISTINCT FROM published GROUP BY question', $$VALUES ('4.2.3', 3::bigint)$$,
	'but 4.2.3, whose published figures are those of 4.2.1');
SELECT ok((SELECT bool_and(suspect) FROM compared WHERE made IS DISTINCT FROM published), 'and are marked suspect');
SELECT is((SELECT sum(n) FROM made WHERE wave = 2017 AND question = '7.7' AND part = 'tenure'), 169::float8, 'a block that adds up to 169 leaves 18 without an answer');
SELECT is_empty($$SELECT m.* FROM made m JOIN option o USING (question, part) WHERE m.kind = 'multiple' AND o.exclusive AND cardinality(m.label::text[]) > 1 AND o.code = ANY (m.label::text[])$$,
	'no option stands beside one that excludes it');

-- Routing.  The three blocks of a service count "not done" differently: the least number of contradictions is the sum of the differences of the counts.
SELECT is((SELECT count(*) FROM answer_check(2015)), 0::bigint, 'the answers of 2015 keep the routing');
SELECT results_eq('SELECT DISTINCT finding FROM answer_check(2017)', $$VALUES ('not done differs')$$, 'those of 2017 break it in one way only');
SELECT is((SELECT count(*) FROM answer_check(2017)), (WITH d AS (SELECT question, part, n FROM published_count c JOIN option o USING (question, part) WHERE wave = 2017 AND o.label_ja = '未実施' AND codes = ARRAY[o.code])
		   SELECT sum(abs(a.n - b.n)) FROM d a JOIN d b ON a.question = b.question AND a.part < b.part)::bigint, 'and no more often than the published counts force');

-- Plausible association: positive and far from perfect.
SELECT ok((SELECT value BETWEEN 0.2 AND 0.7 FROM (SELECT (spearman_rho(xtab(q4_4_2, q4_4_3))).estimate AS value FROM synthetic_2017) AS s), 'classification and policy: Spearman between 0.2 and 0.7');
SELECT ok((SELECT corr(array_position('{e,d,c,b,a}'::text[], a.q4_4_4::text), array_position('{e,d,c,b,a}'::text[], b.q4_4_4::text)) FROM synthetic_2017 a JOIN synthetic_2015 b USING (organisation)) BETWEEN 0.3 AND 0.9,
	'the panel: 2015 and 2017 agree partly');
SELECT ok((SELECT avg(array_position('{e,d,c,b,a}'::text[], a.q4_4_4::text) - array_position('{e,d,c,b,a}'::text[], b.q4_4_4::text)) FROM synthetic_2017 a JOIN synthetic_2015 b USING (organisation)) > 0,
	'and has matured');
SELECT ok((SELECT avg(array_position('{e,d,c,b,a}'::text[], q4_4_2::text)) FILTER (WHERE q1_2 IN ('w', 'y', 'gg')) > avg(array_position('{e,d,c,b,a}'::text[], q4_4_2::text)) FROM synthetic_2017),
	'banks, insurers and telecommunications are riper than all');
SELECT ok((SELECT bool_and(q4_5_3_3::text[] <@ q4_5_3_2::text[]) FROM synthetic_2017), 'incidents of the past year are among those since the foundation');

-- Answers of one's own.
SELECT throws_ok($$SELECT load_wave(2017, convert_to(E'organisation,4.4.2\nA,b\n', 'UTF8'))$$, '42P01', NULL, 'nothing is loaded into the made-up answers');
SELECT throws_ok('SELECT wave_relation(2017, own => true)', '42P01', NULL, 'there is no table of one''s own yet');
SELECT is(create_wave(2017)::text, 'wave_2017', 'create_wave() makes one');
SELECT is((SELECT inserted FROM load_wave(2017, convert_to(E'organisation,4.4.2\nA,b\n', 'UTF8'), notice_every => 0)), 1::bigint, 'into which answers are loaded');
SELECT is(wave_relation(2017)::text, 'wave_2017', 'it goes before the made-up one');
SELECT results_eq('SELECT answers::text, synthetic FROM wave_overview WHERE wave = 2017', $$VALUES ('wave_2017', false)$$, 'and is not marked as made up');
SELECT throws_ok('SELECT create_wave(2017)', '42P07', NULL, 'a wave has one table of one''s own');
SELECT is((SELECT count(*) FROM synthetic_2017), 187::bigint, 'the made-up answers stay');
CREATE TEMP TABLE quiet AS SELECT create_wave(2031, synthetic => true, table_name => 'test_2031');
SELECT results_eq('SELECT answers::text, synthetic FROM wave_overview WHERE wave = 2031', $$VALUES ('test_2031', true)$$, 'made-up answers of one''s own are marked');
SELECT * FROM finish();
ROLLBACK;
