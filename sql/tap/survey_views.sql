-- published_table, statement_check and consistency_check against findings made from the report by hand.
BEGIN;
CREATE EXTENSION IF NOT EXISTS pgtap;
CREATE EXTENSION IF NOT EXISTS csirtsurvey;
SET search_path = csirtsurvey, public;
SELECT plan(16);

SELECT is(count(*), (SELECT count(*) FROM published_count), 'published_table has every figure once') FROM published_table;
SELECT results_eq($$SELECT n, base, pct FROM published_table WHERE question = '4.4.2' ORDER BY option_position$$,
	$$VALUES (71, 187, 38.0), (70, 187, 37.4), (15, 187, 8.0), (25, 187, 13.4), (6, 187, 3.2)$$, '4.4.2 with percentages');
SELECT results_eq($$SELECT n, pct FROM published_table WHERE wave = 2015 AND question = '4.3.5' ORDER BY option_position$$,
	$$VALUES (8, 12.1), (56, 84.8)$$, '2015 is over its own 66');
SELECT is(count(*), 0::bigint, 'no percentage of a suspect figure') FROM published_table WHERE suspect AND pct IS NOT NULL;
SELECT is(count(*), 0::bigint, 'no base where the question it hangs on was not published')
FROM published_table WHERE question IN ('2.4', '2.5') AND base IS NOT NULL;

SELECT results_eq($$SELECT verdict, recomputed FROM statement_check WHERE printed = '9 割以上' ORDER BY question$$,
	$$VALUES ('agrees', 0.9733), ('agrees', 0.9412), ('agrees', 0.9251), ('disagrees', 0.8824)$$,
	'over 90 %: alerts, incidents and vulnerabilities, but not log analysis');
SELECT results_eq($$SELECT recomputed, verdict FROM statement_check WHERE question = '4.4.4' ORDER BY recomputed$$,
	$$VALUES (0.6791, 'disagrees'), (0.7166, 'disagrees'), (0.8770, 'disagrees')$$, 'no reading of 4.4.4 gives 80 %');
SELECT results_eq($$SELECT recomputed, verdict FROM statement_check WHERE question = '4.5.2.1'$$,
	$$VALUES (0.4652, 'agrees')$$, 'about half not sufficiently defined');
SELECT results_eq($$SELECT n, base, verdict FROM statement_check WHERE printed LIKE '71%'$$,
	'VALUES (187, 262, $$agrees$$)', 'response rate');
SELECT is_empty($$SELECT * FROM statement_check WHERE (recomputed IS NULL OR lower IS NULL) <> (verdict = 'cannot be recomputed')$$,
	'a verdict needs a share and bounds');

SELECT results_eq($$SELECT question, part, figures[1] FROM consistency_check WHERE finding = 'total' ORDER BY question, part$$,
	$$VALUES ('7.6', 'proficiency', 186::numeric), ('7.6', 'tenure', 186), ('7.7', 'tenure', 169)$$, 'blocks that do not add up');
SELECT is(figures, '{5,14,19}', '5.2: three numbers for not done')
FROM consistency_check WHERE finding = 'not done differs' AND question = '5.2';
SELECT results_eq($$SELECT question, part FROM consistency_check WHERE finding = 'same figures' ORDER BY question$$,
	$$VALUES ('4.2.1', 'answer'), ('6.4', 'proficiency')$$, 'figures printed twice');
SELECT is(count(*), 6::bigint, 'company sizes overlap at six borders')
FROM consistency_check WHERE finding = 'overlap' AND question = '1.3';
SELECT is(count(*), 6::bigint, 'no code for three people in 5.1, 6.1, 7.1')
FROM consistency_check WHERE finding = 'gap' AND question IN ('5.1', '6.1', '7.1') AND figures = '{3,4}';
SELECT results_eq($$SELECT question, detail_en FROM consistency_check WHERE finding = 'not in questionnaire'$$,
	$$VALUES ('1.2', 'Option mm (Other) is in the results only.')$$, '(mm) is in the results only');

SELECT * FROM finish();
ROLLBACK;
