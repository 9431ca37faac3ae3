-- The report: pieces of published figures and of answers.  Figures are those printed in the 2017 report, or follow by arithmetic from the answers given.
\i sql/tap/begin.psql
SET client_min_messages = warning;
SELECT no_plan();

CREATE TEMP TABLE piece AS SELECT 'ja' AS lang, * FROM report(2017, 'ja') UNION ALL SELECT 'en', * FROM report(2017, 'en');

-- Its form.
SELECT is((SELECT count(DISTINCT question) FROM piece WHERE lang = 'ja' AND section = 'appendix' AND kind = 'heading'), 82::bigint, '82 questions');
SELECT results_eq($$SELECT question FROM piece WHERE lang = 'en' AND section = 'appendix' AND kind = 'heading' AND level = 4 ORDER BY ord$$, 'SELECT question FROM question ORDER BY position',
	'every question of the codebook, in its order');
SELECT results_eq($$SELECT question, part FROM piece WHERE lang = 'ja' AND section = 'appendix' AND kind <> 'heading' ORDER BY ord$$,
	'SELECT question, part FROM question_part JOIN question USING (question) ORDER BY question.position, question_part.position', 'and every part of each');
SELECT is((SELECT string_agg(section, ' ' ORDER BY o) FROM (SELECT section, min(ord) AS o FROM piece WHERE lang = 'ja' GROUP BY section) AS s),
	'cover findings figures sim3 comparison statements appendix sources', 'the sections');
SELECT is((SELECT min(ord) || ' ' || max(ord) || ' ' || count(DISTINCT ord) FROM piece WHERE lang = 'ja'), (SELECT '1 ' || count(*) || ' ' || count(*) FROM piece WHERE lang = 'ja'), 'numbered from 1');
SELECT is((SELECT count(*) FROM piece a JOIN piece b USING (ord) WHERE a.lang = 'ja' AND b.lang = 'en' AND (a.kind, a.section, a.level, a.question, a.part) IS NOT DISTINCT FROM (b.kind, b.section, b.level, b.question, b.part)),
	(SELECT count(*) FROM piece WHERE lang = 'ja'), 'the same pieces in both languages');
SELECT is_empty($$SELECT ord FROM piece WHERE kind = 'chart' AND (chart IS NULL OR data IS NULL OR title IS NULL OR coalesce(description, '') = '' OR chart ->> 'description' <> description)$$,
	'every chart has a specification, a table, a title and a text alternative');
SELECT is_empty($$SELECT ord FROM piece WHERE kind <> 'chart' AND chart IS NOT NULL OR kind = 'table' AND data IS NULL OR kind = 'text' AND body IS NULL$$, 'and nothing else has');
SELECT is_empty($$SELECT lang, ord FROM piece, jsonb_array_elements(data -> 'rows') AS r, jsonb_object_keys(r) AS k
	WHERE kind <> 'heading' AND section = 'appendix' AND NOT k = ANY (ARRAY(SELECT c ->> 'name' FROM jsonb_array_elements(data -> 'columns') AS c))$$, 'what a row has is a column');
SELECT is_empty($$SELECT ord FROM piece WHERE synthetic$$, 'nothing made up in what was published');
SELECT is_empty($$SELECT ord FROM piece WHERE kind = 'chart' AND (chart - '$schema')::text ~ '://'$$, 'charts refer to nothing outside');

-- Its figures: table 4.4.2 of the report (71, 70, 15, 25, 6 of 187), table 5.2 (155 of the implementers), and all others as stored.
SELECT is((SELECT string_agg(r ->> 'n', ' ' ORDER BY o) FROM piece, jsonb_array_elements(data -> 'rows') WITH ORDINALITY AS u(r, o) WHERE lang = 'ja' AND question = '4.4.2' AND kind = 'chart'),
	'71 70 15 25 6', 'table 4.4.2');
SELECT is((SELECT data -> 'total' ->> 'n' FROM piece WHERE lang = 'ja' AND question = '4.4.2' AND kind = 'chart'), '187', 'with its total');
SELECT is((SELECT (r ->> 'n') || ' ' || (r ->> 'pct') FROM piece, jsonb_array_elements(data -> 'rows') AS r WHERE lang = 'en' AND question = '5.2' AND part = 'implementer' AND r ->> 'code' = 'a'),
	'155 82.9', 'table 5.2: 155 of 187 is 82.9 %');
SELECT is((SELECT data ? 'total' FROM piece WHERE lang = 'en' AND question = '5.2' AND part = 'implementer'), false, 'several ticks have no total');
SELECT set_eq($$SELECT p.question, p.part, r ->> 'code' AS code, (r ->> 'n')::int AS n FROM piece p, jsonb_array_elements(data -> 'rows') AS r WHERE lang = 'en' AND section = 'appendix' AND kind <> 'heading' AND r ? 'n'$$,
	'SELECT question, part, array_to_string(codes, ''+''), n FROM published_count WHERE wave = 2017 AND n IS NOT NULL', 'every published count, and no other');
SELECT set_eq($$SELECT p.question, p.part, r ->> 'code' AS code, r ->> 'printed' AS printed FROM piece p, jsonb_array_elements(data -> 'rows') AS r WHERE lang = 'ja' AND section = 'appendix' AND kind <> 'heading' AND r ? 'printed'$$,
	'SELECT question, part, array_to_string(codes, ''+''), as_printed FROM published_count WHERE wave = 2017 AND n IS NULL', 'every figure that is no count, as printed');
SELECT is((SELECT (r ->> 'mark') || coalesce(r ->> 'pct', '') FROM piece, jsonb_array_elements(data -> 'rows') AS r WHERE lang = 'ja' AND question = '2.3' AND kind <> 'heading' AND r ? 'printed'), '[v]', 'words are words');
SELECT is((SELECT count(*) || ' ' || count(r ->> 'pct') FROM piece, jsonb_array_elements(data -> 'rows') AS r WHERE lang = 'ja' AND question = '4.2.3' AND kind <> 'heading' AND r ->> 'mark' ~ '\[s\]'), '3 0', 'suspect figures have no percentage');
SELECT is((SELECT kind FROM piece WHERE lang = 'ja' AND question = '4.2.3' AND kind <> 'heading'), 'table', 'and are not drawn');
SELECT is((SELECT kind || ' ' || (data ->> 'known') FROM piece WHERE lang = 'ja' AND question = '8.1.2' AND kind <> 'heading'), 'table false', 'a question whose figures were not published has its options only');
SELECT is((SELECT jsonb_array_length(chart #> '{data,values}') FROM piece WHERE lang = 'ja' AND question = '1.2' AND kind = 'chart'), 39, 'a bar for each of 39 industries');
SELECT matches((SELECT note FROM piece WHERE lang = 'en' AND question = '7.6' AND part = 'tenure'), '186, not to the 187', 'a block that does not add up says so');
SELECT is((SELECT count(*) FROM piece WHERE lang = 'ja' AND section = 'figures' AND kind = 'chart'), 12::bigint, 'figures 2.4.4, 2.4.5, three for each category of service, and all maturity items');
SELECT is((SELECT string_agg(substring(title from '\d[\d.]+(?: [abc])?'), ' ' ORDER BY ord) FROM piece WHERE lang = 'ja' AND section = 'figures' AND kind = 'chart'),
	'2.4.4 2.4.5 2.5 a 2.5 b 2.5 c 2.6 a 2.6 b 2.6 c 2.7 a 2.7 b 2.7 c', 'numbered as in the report');
SELECT is((SELECT concat_ws(' ', r ->> 'a', r ->> 'a_pct', r ->> 'f', r ->> 'base') FROM piece, jsonb_array_elements(data -> 'rows') AS r WHERE lang = 'en' AND title LIKE 'Figure 2.6 b%' AND r ->> 'item' LIKE '6.10 %'),
	'13 7.0 120 187', 'figure 2.6 b: table 6.10');
SELECT is((SELECT count(*) FROM piece, jsonb_array_elements(chart #> '{data,values}') WHERE lang = 'en' AND title LIKE 'Figure 2.5 a%'), 30::bigint, 'figure 2.5 a: six services by five options');

-- The legends: options as printed in Appendix B, and short names for levels of maturity.
CREATE TEMP TABLE legend AS SELECT substring(title from '2\.[\d.]+(?: [abc])?') AS figure, string_agg(c ->> 'title', '|' ORDER BY o) AS columns,
		min(chart #>> '{layer,0,encoding,color,legend,labelExpr}') AS drawn
	FROM piece, jsonb_array_elements(data -> 'columns') WITH ORDINALITY AS u(c, o) WHERE lang = 'ja' AND section = 'figures' AND kind = 'chart' AND c ->> 'type' = 'count' AND c ->> 'name' <> 'base' GROUP BY 1;
SELECT is((SELECT columns FROM legend WHERE figure = '2.5 a'), (SELECT string_agg(label_ja, '|' ORDER BY position) FROM option WHERE question = '5.2' AND part = 'implementer'), 'who does it: options as printed');
SELECT is((SELECT array_agg(DISTINCT figure ORDER BY figure) FROM (
		SELECT lang || ' ' || string_agg(d || CASE WHEN c ~ '^#(..)\1\1$' THEN ' (grey)' ELSE '' END, '|' ORDER BY o) AS figure FROM piece,
			ROWS FROM (jsonb_array_elements_text(chart #> '{layer,0,encoding,color,scale,domain}'), jsonb_array_elements_text(chart #> '{layer,0,encoding,color,scale,range}')) WITH ORDINALITY AS u(d, c, o)
		WHERE section = 'figures' AND title ~ '2\.[567] a ' GROUP BY lang, ord) AS f),
	ARRAY['en The team itself|Another department of the company|Outside the company (including contractors)|Not done (grey)|Other', 'ja チーム|社内|社外|未実施 (grey)|その他'],
	'who does it: what excludes the others is grey, and stands where it was printed');
SELECT is((SELECT columns FROM legend WHERE figure = '2.6 b'), '1年未満|1年以上3年未満|3年以上5年未満|5年以上10年未満|10年以上|未実施', 'years of operation, not done last');
SELECT is((SELECT columns FROM legend WHERE figure = '2.7 c'), 'まだまだ機能していない|運用に慣れてきた程度|十分に機能している|未実施', 'proficiency, not done last');
SELECT is((SELECT columns FROM legend WHERE figure = '2.4.5'), '設定なし|目安のみ|文書のみ|承認済み|承認済み・監査あり', 'maturity, from the lowest');
SELECT is_empty('SELECT figure FROM legend, unnest(string_to_array(columns, ''|'')) AS label WHERE NOT drawn ~ label', 'and drawn under these names');

-- The statement check, the comparison, the marks.
SELECT is((SELECT string_agg(v || ' ' || c, ', ' ORDER BY v) FROM (SELECT r ->> 'state' AS v, count(*) AS c FROM piece, jsonb_array_elements(data -> 'rows') AS r WHERE lang = 'ja' AND section = 'statements' AND r ? 'state' GROUP BY 1) AS s),
	(SELECT string_agg(verdict || ' ' || c, ', ' ORDER BY verdict) FROM (SELECT verdict, count(*) AS c FROM statement_check WHERE wave = 2017 GROUP BY 1) AS s), 'a verdict for each statement');
SELECT is((SELECT array_agg(r ->> 'question') FROM piece, jsonb_array_elements(data -> 'rows') AS r WHERE lang = 'en' AND section = 'statements' AND r ->> 'sentence' LIKE 'Few develop%'),
	'{6.10,6.5,6.9,6.8}', 'and the question of each of several under one sentence, in its order: development, intrusion detection, operation, audit');
SELECT is((SELECT array_agg(r ->> 'question' || ': ' || (r ->> 'n')) FROM piece, jsonb_array_elements(data -> 'rows') AS r WHERE lang = 'en' AND section = 'statements' AND r ->> 'sentence' LIKE 'In 80\%%' AND r ? 'n'),
	'{"4.4.4 a+b: 127","4.4.4 a+b+c: 134","4.4.4 a+b+c+d: 164"}', 'with the options that are counted: 67 + 60 + 7 + 30 of table 4.4.4');
SELECT matches((SELECT string_agg(body, ' ') FROM piece WHERE lang = 'en' AND section = 'findings'), '187 of 262 .*71\.4%', 'the response rate: 187 of 262 is 71.4 %');
-- 32 of 66 and 91 of 187: 48.5 % and 48.7 %
SELECT is((SELECT concat_ws(' ', r ->> 'from_n', r ->> 'from_pct', r ->> 'n', r ->> 'pct') FROM piece, jsonb_array_elements(data -> 'rows') AS r WHERE lang = 'en' AND section = 'comparison' AND r ? 'from_n' AND r ->> 'label' LIKE '4.1.1 %Information systems management' LIMIT 1),
	'32 48.5 91 48.7', 'the department in charge in 2015 and 2017');
SELECT is((SELECT count(*) FROM piece, jsonb_array_elements(data -> 'rows') AS r WHERE lang = 'ja' AND section = 'comparison' AND r ->> 'mark' ~ '\[m\]'), 0::bigint, 'no made-up answers compared');
SELECT is_empty($$SELECT m FROM (SELECT DISTINCT (regexp_matches(r ->> 'mark', '\[\w\]', 'g'))[1] AS m FROM piece, jsonb_array_elements(data -> 'rows') AS r WHERE section <> 'sources' AND kind <> 'heading') AS used
	WHERE NOT EXISTS (SELECT FROM piece, jsonb_array_elements(data -> 'rows') AS r WHERE section = 'sources' AND r ->> 'mark' = m)$$, 'every mark is explained');
SELECT is_empty($$SELECT title FROM piece WHERE lang = 'en' AND kind IN ('heading', 'chart') AND section <> 'appendix' AND title ~ '[ぁ-ん]'$$, 'English titles');
SELECT is_empty($$SELECT title FROM piece WHERE lang = 'ja' AND kind = 'heading' AND section <> 'appendix' AND title !~ '[ぁ-んァ-ヶ一-龠]'$$, 'Japanese titles');

-- A wave of one's own: five organisations.
SELECT create_wave(2103, population => 10, table_schema => 'public');
INSERT INTO public.wave_2103 (organisation, q1_2, q3_3_2, q4_4_2, q4_4_3, q5_2_implementer, q5_2_tenure) VALUES
	('A', 'w', '2014-04-01', 'a', 'a', '{a,b}', 'b'), ('B', 'w', '2014-10-01', 'b', 'a', '{a}', 'b'), ('C', 'x', '2016-04-01', 'e', 'b', '{d}', 'f'),
	('D', 'x', NULL, 'd', 'b', NULL, NULL), ('E', NULL, '2016-05-01', 'a', 'c', '{a,c}', 'a');
UPDATE wave SET respondents = 5 WHERE wave = 2103;
CREATE TEMP TABLE own AS SELECT * FROM report(2103, 'en');
SELECT results_eq($$SELECT DISTINCT question FROM own WHERE section = 'appendix' AND kind = 'heading' AND level = 4 ORDER BY 1$$, 'SELECT question FROM question ORDER BY 1', 'every question');
SELECT is((SELECT string_agg(concat_ws(' ', r ->> 'code', r ->> 'n', r ->> 'pct'), ', ' ORDER BY o) FROM own, jsonb_array_elements(data -> 'rows') WITH ORDINALITY AS u(r, o) WHERE question = '4.4.2' AND kind = 'chart'),
	'a 2 40.0, b 1 20.0, c 0 0.0, d 1 20.0, e 1 20.0', 'counts and percentages of the answers');
SELECT is((SELECT string_agg(concat_ws(' ', r ->> 'code', r ->> 'n', r ->> 'pct'), ', ' ORDER BY o) FROM own, jsonb_array_elements(data -> 'rows') WITH ORDINALITY AS u(r, o) WHERE question = '5.2' AND part = 'implementer'),
	'a 3 75.0, b 1 25.0, c 1 25.0, d 1 25.0, e 0 0.0', 'of several ticks the base is the four organisations that answered');
SELECT is((SELECT concat_ws(' ', data ->> 'base', data #>> '{missing,n}', data #>> '{missing,label}') FROM own WHERE question = '5.2' AND part = 'implementer'), '4 1 No answer', 'the one that did not is missing');
SELECT is((SELECT string_agg(concat_ws(' ', r ->> 'label', r ->> 'n'), ', ' ORDER BY o) FROM own, jsonb_array_elements(data -> 'rows') WITH ORDINALITY AS u(r, o) WHERE question = '3.3.2' AND kind = 'chart'), '2014 2, 2016 2', 'dates by year');
-- R: prop.test(3, 4, correct = FALSE)$conf.int is 0.3006418 to 0.9544127
SELECT is((SELECT concat_ws(' ', r ->> 'low', r ->> 'high') FROM own, jsonb_array_elements(data -> 'rows') AS r WHERE question = '5.2' AND part = 'implementer' AND r ->> 'code' = 'a'), '30.1 95.4', 'the Wilson interval of 3 of 4');
SELECT is((SELECT DISTINCT r ->> 'mark' FROM own, jsonb_array_elements(data -> 'rows') AS r WHERE question = '4.4.2' AND kind = 'chart'), '[u]', 'a base under 30 is marked');
SELECT is((SELECT count(*) FROM own WHERE section = 'statements'), 0::bigint, 'no sentences of a report that is not its own');
SELECT is((SELECT count(*) FROM own WHERE synthetic), 0::bigint, 'its answers are real');
-- Level 3 or 4: 3 of 5 in 4.4.2 and 4 of 5 in 4.4.3; R: prop.test(3, 5, correct = FALSE)$conf.int is 0.2307243 to 0.8823792
SELECT is((SELECT string_agg(concat_ws(' ', r ->> 'question', r ->> 'n', r ->> 'pct'), ', ' ORDER BY o) FROM own, jsonb_array_elements(data -> 'rows') WITH ORDINALITY AS u(r, o) WHERE section = 'sim3' AND kind = 'chart'),
	'4.4.2 3 60.0, 4.4.3 4 80.0', 'SIM3 parameters with answers');
SELECT is((SELECT concat_ws(' ', r ->> 'low', r ->> 'high') FROM own, jsonb_array_elements(data -> 'rows') AS r WHERE section = 'sim3' AND r ->> 'question' = '4.4.2'), '23.1 88.2', 'with the interval');
UPDATE wave_table SET synthetic = true WHERE wave = 2103;
SELECT is((SELECT count(*) FROM report(2103) WHERE NOT synthetic), 0::bigint, 'made-up answers are marked in every piece');

-- The width of charts; other levels of confidence.
SELECT is((SELECT count(DISTINCT chart -> 'width') || ' ' || min(chart ->> 'width') FROM report(2103, 'en', width => 330) WHERE kind = 'chart'), '1 330', 'charts in pixels');
SELECT is((SELECT string_agg(DISTINCT chart ->> 'width', ' ') FROM report(2103, 'en', width => 900) WHERE kind = 'chart'), '450 900', 'those of the appendix half of a wide page');
SELECT is((SELECT string_agg(DISTINCT chart ->> 'width', ' ') FROM own WHERE kind = 'chart'), 'container', 'or the page''s');
-- R: prop.test(3, 5, conf.level = 0.9, correct = FALSE)$conf.int is 0.2724832 to 0.8572935
SELECT is((SELECT concat_ws(' ', r ->> 'low', r ->> 'high') FROM report(2103, 'en', 0.9), jsonb_array_elements(data -> 'rows') AS r WHERE section = 'sim3' AND r ->> 'question' = '4.4.2'), '27.2 85.7', 'at 90 %');

-- What cannot be reported.
SELECT is((SELECT count(*) FROM report(NULL)) + (SELECT count(*) FROM report(2017, NULL)), 0::bigint, 'NULL');
SELECT throws_ok('SELECT * FROM report(1999)', '22023', 'there is nothing to report of wave 1999', 'a wave that is not there');
SELECT create_wave(2105, table_schema => 'public');
SELECT throws_ok('SELECT * FROM report(2105)', '22023', 'wave 2105 has no answers yet', 'a wave without answers');
SELECT throws_ok('SELECT * FROM report(2017, ''fr'')', '22023', 'unknown language "fr"', 'another language');
SELECT throws_ok('SELECT * FROM report(2017, ''en'', 1)', '22023', NULL, 'a level of confidence of 1');
SELECT throws_ok('SELECT * FROM report(2017, ''en'', width => 10)', '22023', NULL, 'a width of 10 pixels');
SELECT ok((SELECT count(*) > 100 FROM report(2015, 'en')), 'few published figures are enough');
SELECT * FROM finish();
ROLLBACK;
