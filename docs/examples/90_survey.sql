-- # The survey's tables and views
-- Questionnaire and published results of 2017, with what is known of 2015. Rows that you add are kept by dump and restore.
-- @ published_table
-- "What was published on incident classes?" Every figure with its base and percentage.
-- see: published_count, option, statement_check
SELECT codes, left(label_en, 60) AS answer, n, base, pct, kind FROM published_table WHERE wave = 2017 AND question = '4.4.2' ORDER BY option_position;
-- @ statement_check
-- "Do the report's sentences follow from its tables?"
-- see: statement_rule, published_statement
SELECT verdict, count(*) FROM statement_check GROUP BY verdict ORDER BY verdict;
SELECT printed, n, base, recomputed, lower, upper, verdict, how FROM statement_check WHERE question = '5.7' ORDER BY statement, item LIMIT 2;
-- @ consistency_check
-- "What does not fit together?"
SELECT finding, count(*), min(detail_en) AS one_of_them FROM consistency_check GROUP BY finding ORDER BY finding;
-- @ wave
-- "When was it, and who was asked?"
SELECT wave, title_en, fieldwork, population, respondents FROM wave ORDER BY wave;
-- @ question
-- "What was asked about the CSIRT's processes?"
SELECT question, section_en, question_en, question_ja FROM question WHERE question LIKE '4.4.%' ORDER BY position LIMIT 3;
-- @ question_part
-- "Which answers does a service take?"
SELECT question, part, part_en, kind, scale, depends_on FROM question_part WHERE question IN ('4.4.2', '5.2') ORDER BY question, position;
-- @ option
-- "Which answers could be ticked?"
SELECT code, label_en, label_ja, exclusive FROM option WHERE question = '5.2' AND part = 'implementer' ORDER BY position;
-- @ published_count
-- "What was published on the authority to stop systems, and in which form?"
-- see: published_table
SELECT wave, question, part, codes, n, pct, kind, as_printed FROM published_count WHERE question = '4.3.5' ORDER BY wave, codes;
-- @ published_statement
-- "Which figures does the report state in words?"
SELECT statement, section, sentence_en FROM published_statement WHERE statement <= 3 ORDER BY statement;
-- @ statement_rule
-- "How is a sentence read before it is recomputed?"
SELECT statement, item, printed, question, codes, base, lower, upper, reading FROM statement_rule WHERE statement BETWEEN 2 AND 5 ORDER BY statement, item;
