-- # A wave of answers
-- A wave is a table with a row an organisation. The examples make 2019 and load two answers into it.
-- @ create_wave
-- "A table for the answers of 2019."
-- see: codebook_column, load_wave, wave_table
SELECT create_wave(2019);
SELECT count(*) AS columns FROM pg_attribute WHERE attrelid = 'wave_2019'::regclass AND attnum > 0;
SELECT * FROM wave_answers(2019);
-- @ load_wave
-- "The web form's CSV." What cannot be read goes into `reject`, and the rest of the row is kept.
-- see: reject, match_header, answer_check
SELECT create_wave(2019);
SELECT rows_read, inserted, updated, rejected_rows, rejected_values, columns FROM load_wave(2019, convert_to(E'organisation,4.4.2,5.2 implementer\nA,b,"a,b"\nB,x,d\n', 'UTF8'));
SELECT organisation, q4_4_2, q5_2_implementer FROM wave_2019 ORDER BY organisation;
SELECT "row", organisation, "column", value, reason FROM reject;
-- @ load_wave
-- A header that means nothing is an error, so that no column is lost by a slip; `ignore` passes it over.
-- error
SELECT create_wave(2019);
SELECT load_wave(2019, convert_to(E'organisation,4.4.2,remarks\nA,b,late\n', 'UTF8'));
-- @ load_report
-- What `load_wave` gives.
SELECT create_wave(2019);
SELECT r.wave, r.source, r.rows_read, r.inserted, cardinality(r.not_in_source) AS not_in_source FROM load_wave(2019, convert_to(E'organisation,4.4.2\nA,b\nB,c\n', 'UTF8'), source => 'form') AS r;
-- @ reject
-- "What was not taken, and why?" Load the mended file again, and the rows of that source go.
-- see: load_wave
SELECT create_wave(2019);
SELECT rejected_rows, rejected_values FROM load_wave(2019, convert_to(E'organisation,4.4.2\nA,b\nA,c\n,d\nB,maybe\n', 'UTF8'));
SELECT "row", organisation, "column", value, reason FROM reject ORDER BY "row";
-- @ answer_check
-- "Do the answers follow the questionnaire's routing?"
SELECT create_wave(2019);
INSERT INTO wave_2019 (organisation, q4_5_4_1, q4_5_4_2, q5_2_implementer, q5_2_tenure) VALUES ('A', 'b', 'a', '{d}', 'c');
SELECT * FROM answer_check(2019);
-- @ match_header
-- "Which columns do the headers of my export mean?"
SELECT * FROM match_header(ARRAY['organisation', '4.4.2', 'Q5.2 実施単位', '4.3.3 [a]', 'remarks'], 'synthetic_2017');
-- @ csv_header
-- "Which headers does the file have?" Encoding and delimiter are found out.
SELECT csv_header(convert_to(E'組織名;4.4.2;"5.2; 実施単位"\nA;b;a\n', 'SJIS'));
-- @ csv_rows
-- "Look into the file before it is loaded." A list of columns says what is in it.
SELECT * FROM csv_rows(convert_to(E'organisation,4.4.2\nA,b\nB,\nC,c,too much\n', 'UTF8')) AS r (line bigint, problem text, organisation text, q4_4_2 text);
-- @ read_answer
-- "How is a cell read?" By code or label, as the type of the third argument; NULL where it cannot be.
SELECT read_answer(cell, options, NULL::maturity) AS level, answer_problem(cell, options, NULL::maturity) AS problem
FROM codebook_column, (VALUES ('B'), ('Not defined; considered each time a case arises'), ('maybe')) AS v (cell) WHERE column_name = 'q4_4_2';
-- @ load_progress
-- "How far is the load of the other session?"
SELECT wave_table, rows_read, rows_total FROM load_progress;
-- @ codebook_column
-- "Which columns does a table of answers have?"
-- see: create_wave, question_part
SELECT column_name, type_name, left(question_en, 50) AS question, part FROM codebook_column WHERE question IN ('1.3', '4.3.3', '5.2') ORDER BY position;
-- @ wave_table
-- "Which table has the answers of which wave?" A table of your own may be named here.
SELECT wave, table_name, synthetic FROM wave_table ORDER BY wave;
-- @ wave_relation
-- "Where are the answers of 2017?"
SELECT wave_relation(2017);
-- @ wave_relation
-- A wave without answers says so.
-- error
SELECT wave_relation(2019);
-- @ wave_column
-- "The answers to one question, whatever the wave's table is called."
SELECT value AS size, count(*) FROM wave_column(2017, '1.3') GROUP BY value ORDER BY value LIMIT 3;
-- @ synthetic_2017
-- "Answers to try things on." Every published count holds in them; the rest is invented.
SELECT organisation, q1_2, q1_3, q4_4_2, q4_3_3, q5_2_implementer, q5_2_tenure FROM synthetic_2017 ORDER BY organisation LIMIT 3;
-- @ synthetic_2015
-- "And of the same organisations two years before?"
SELECT organisation, q1_2, q1_3, q4_4_2, q4_3_3, q5_2_implementer, q5_2_tenure FROM synthetic_2015 ORDER BY organisation LIMIT 3;
