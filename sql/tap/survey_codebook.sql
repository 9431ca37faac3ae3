-- The codebook and the published figures as loaded by CREATE EXTENSION, against reckonings made from the report by hand.
BEGIN;
CREATE EXTENSION IF NOT EXISTS pgtap;
CREATE EXTENSION IF NOT EXISTS csirtsurvey;
SET search_path = csirtsurvey, public;
SELECT plan(22);

SELECT is(count(*), 82::bigint, '82 questions: 3 + 5 + 8 + 34 + 7 + 10 + 8 + 7 by section') FROM question;
SELECT results_eq('SELECT section, count(*) FROM question GROUP BY section ORDER BY section',
	$$VALUES (1, 3::bigint), (2, 5), (3, 8), (4, 34), (5, 7), (6, 10), (7, 8), (8, 7)$$, 'questions in each section');
SELECT is(count(*), 22::bigint, '22 services') FROM question_part WHERE part = 'implementer';
SELECT is(count(*), 131::bigint, '82 questions, 22 services with two parts more, 3 head counts with one more, the SOC with two more')
FROM question_part;
SELECT results_eq($$SELECT part, count(*) FROM option WHERE question ~ '^[567]\.' GROUP BY part ORDER BY part$$,
	$$VALUES ('concurrent', 12::bigint), ('dedicated', 12), ('implementer', 110), ('proficiency', 88), ('tenure', 132)$$,
	'options of the services');
SELECT is(count(*), 14::bigint, '14 parts on the maturity scale') FROM question_part WHERE scale = 'maturity';
SELECT is_empty($$SELECT question, part FROM question_part WHERE (kind = 'single ordinal') <> (scale IS NOT NULL)$$,
	'ordinal parts and only they have a scale');
SELECT is_empty($$SELECT question, part FROM option GROUP BY question, part
	HAVING (min(position), max(position), count(DISTINCT position)) <> (1, count(*), count(*))$$,
	'positions of options run from 1');
SELECT is(count(*), 39::bigint, 'industry has 39 codes, (mm) in the results only') FROM option WHERE question = '1.2';
SELECT is(array_agg(question || code ORDER BY question, code) FILTER (WHERE part = 'answer'),
	'{2.4e,3.1.2k,3.1.3k,4.3.2ad,4.3.3f}'::text[], 'exclusive options of the multiple questions') FROM option WHERE exclusive;
SELECT is(count(*), 442::bigint, '442 printed counts: 39 + 13 * 5 + 8 + 22 * 15') FROM published_count WHERE kind = 'printed count';
SELECT is(sum(n), 187::bigint, 'industries add up to 187') FROM published_count WHERE question = '1.2';
SELECT is_empty($$SELECT c.question, x FROM published_count c, unnest(codes) AS x
	WHERE kind = 'printed count' AND NOT EXISTS (SELECT FROM option o WHERE (o.question, o.part, o.code) = (c.question, c.part, x))$$,
	'printed counts are of known options');
SELECT results_eq($$SELECT question, sum(pct) FILTER (WHERE codes <@ '{a,b}')
	FROM (SELECT question, codes, n * 100.0 / 187 AS pct FROM published_count
		WHERE question IN (SELECT question FROM question_part WHERE scale = 'maturity')) c
	GROUP BY question HAVING round(sum(pct) FILTER (WHERE codes <@ '{a,b}'), 1) <> (CASE question
		WHEN '4.4.2' THEN 75.4 WHEN '4.4.3' THEN 94.7 WHEN '4.4.4' THEN 67.9 WHEN '4.4.5' THEN 50.8 WHEN '4.4.6' THEN 61.0
		WHEN '4.4.7' THEN 41.2 WHEN '4.4.8' THEN 64.2 WHEN '4.4.9' THEN 29.9 WHEN '4.5.1.1' THEN 81.8 WHEN '4.5.1.2' THEN 70.6
		WHEN '4.5.1.3' THEN 62.6 WHEN '4.5.1.4' THEN 47.1 WHEN '4.5.2.1' THEN 53.5 END)$$,
	$$SELECT NULL::text, NULL::numeric WHERE false$$, 'top two of the 13 published maturity items, as computed elsewhere');
SELECT results_eq('SELECT wave, population, respondents, synthetic FROM wave ORDER BY wave',
	'VALUES (2015, NULL::integer, 66, false), (2017, 262, 187, false)', 'the two waves');
SELECT is(count(*), 45::bigint, '45 parameters of SIM3') FROM sim3;
SELECT results_eq('SELECT area, count(*) FROM sim3 GROUP BY area ORDER BY area',
	$$VALUES ('human', 7::bigint), ('organisation', 11), ('processes', 17), ('tools', 10)$$, 'SIM3 parameters by area');
SELECT is_empty($$SELECT * FROM published_count WHERE kind = 'words' AND (n IS NOT NULL OR pct IS NOT NULL)$$, 'words are no numbers');
SELECT is_empty($$SELECT * FROM option WHERE label_en IS NULL$$, 'every option has an English label');
SELECT is_empty($$SELECT c.relname, a.attname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
	WHERE c.oid = ANY ('{wave,question,question_part,option,published_count,published_statement,statement_rule,sim3,sim3_question,crosswalk,published_table,statement_check,consistency_check}'::regclass[])
		AND (col_description(c.oid, a.attnum) IS NULL OR obj_description(c.oid, 'pg_class') IS NULL)$$,
	'every table, view and column has a comment');
SELECT throws_ok($$INSERT INTO published_count (wave, question, part, codes, n, kind, as_printed, source)
	VALUES (2017, '4.4.2', 'answer', '{a}', 2, 'words', '2割', 'x')$$, '23514', NULL, 'words cannot carry a number');
SELECT is(cardinality(extconfig), 13, 'thirteen configuration tables') FROM pg_extension WHERE extname = 'csirtsurvey';

SELECT * FROM finish();
ROLLBACK;
