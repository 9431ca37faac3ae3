-- Waves of answers: the table, loading from a staging table and from CSV, rejects, routing checks.  Expected values follow from the cells given.
\i sql/tap/begin.psql
SET client_min_messages = warning;
SELECT no_plan();

-- The table.
SELECT is(create_wave(2019)::text, 'wave_2019', 'the table is named after the wave');
SELECT is((SELECT n.nspname::text FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace WHERE relname = 'wave_2019'), 'public', 'it stands in a schema of the user');
SELECT is((SELECT count(*) FROM pg_attribute WHERE attrelid = 'wave_2019'::regclass AND attnum > 0), (SELECT count(*) + 1 FROM question_part), 'one column for each part, and the organisation');
SELECT is((SELECT string_agg(format_type(atttypid, atttypmod), '; ' ORDER BY attname) FROM pg_attribute
		   WHERE attrelid = 'wave_2019'::regclass AND attname IN ('q4_4_2', 'q5_2_implementer', 'q5_2_tenure', 'q3_3_2', 'q1_2')), 'text; date; maturity; multiselect(5,d); tenure', 'typed columns');
SELECT is((SELECT count(*) FROM pg_attribute WHERE attrelid = 'wave_2019'::regclass AND attnum > 0 AND col_description(attrelid, attnum) IS NULL), 0::bigint, 'every column has a comment');
SELECT throws_ok('SELECT create_wave(2019)', '42P07', NULL, 'a wave has one table');
SELECT throws_ok('SELECT create_wave(2021, 2015)', '22023', NULL, 'the questionnaire of 2015 is not known');
SELECT throws_ok('SELECT load_wave(2001, ''pg_class'')', '42P01', NULL, 'a wave without a table');
SELECT throws_ok($$INSERT INTO wave_2019 (organisation, q1_2) VALUES ('x', '?')$$, '23514', NULL, 'a code that is none is refused');

-- Headers.
SELECT is((SELECT string_agg(coalesce(column_name || coalesce('/' || tick, ''), '-'), ' ' ORDER BY i) FROM match_header(ARRAY['組織名', 'Q4.4.2', '問4.4.3.', 'q4_4_4', '４．４．５', '5.2 実施単位',
	'5.2 [tenure]', '5.2', '4.3.3 [a]', '4.3.3[未参加]', 'odd', (SELECT question_ja FROM question WHERE question = '4.4.6'),
	(SELECT '4.4.7 ' || question_ja FROM question WHERE question = '4.4.7'), (SELECT question_en FROM question WHERE question = '4.4.8')], 'wave_2019')),
	'organisation q4_4_2 q4_4_3 q4_4_4 q4_4_5 q5_2_implementer q5_2_tenure - q4_3_3/a q4_3_3/f - q4_4_6 q4_4_7 q4_4_8', 'headers as forms write them');
SELECT is((SELECT count(*) FROM codebook_column c, LATERAL match_header(ARRAY[c.question || ' ' || coalesce(nullif(c.part, 'answer'), '')], 'wave_2019') AS m
		   WHERE m.column_name IS DISTINCT FROM c.column_name), 0::bigint, 'number and part name every column');

-- A staging table: each way to write an answer, and what is refused.
CREATE TABLE staged (organisation text, "4.4.2" text, "5.2 実施単位" text, "3.3.2" text, "4.3.3 [a]" text, "4.3.3 [b]" text, "1.2" text);
INSERT INTO staged VALUES
	('A', 'b', 'a,b', '2015年4月', '1', '○', '銀行'), ('B', ' Ｃ ', '{}', 'H27.4', '0', 'はい', 'w'), ('C', (SELECT label_ja FROM option WHERE question = '4.4.2' AND code = 'd'), 'a;b', '令和元年5月', NULL, NULL, '無回答'),
	('D', 'a. ' || (SELECT label_en FROM option WHERE question = '4.4.2' AND code = 'a'), 'チーム、未実施', '2016/2/29', '?', '1', 'zz'), ('E', 'f', 'd,a', '2015/2/29', '1', '1', ''),
	('A', 'e', NULL, NULL, NULL, NULL, NULL), ('  ', 'a', NULL, NULL, NULL, NULL, NULL);
CREATE TEMP TABLE report AS SELECT * FROM load_wave(2019, 'staged', notice_every => 0);
SELECT is((SELECT ROW(rows_read, inserted, updated, rejected_rows, rejected_values, columns)::text FROM report), '(7,5,0,2,6,5)', 'the report counts');
SELECT is((SELECT string_agg(concat_ws('/', organisation, q4_4_2, q5_2_implementer, q3_3_2, q4_3_3, q1_2), ' ' ORDER BY organisation) FROM wave_2019),
	'A/b/{a,b}/2015-04-01/{a,b}/w B/c/{}/2015-04-01/{b}/w C/d/{a,b}/2019-05-01 D/a/2016-02-29 E/{a,b}', 'answers by code and label, dates by era, ticks');
SELECT is((SELECT string_agg(concat_ws(' ', "row", organisation, "column", value), '; ' ORDER BY "row", "column") FROM reject WHERE "column" IS NOT NULL),
	'4 D q1_2 zz; 4 D q4_3_3 {?,b}; 4 D q5_2_implementer チーム、未実施; 5 E q3_3_2 2015/2/29; 5 E q4_4_2 f; 5 E q5_2_implementer d,a', 'each cell that cannot be read is kept with its place');
SELECT ok((SELECT bool_and(reason ~ CASE value WHEN 'd,a' THEN 'excludes' WHEN '2015/2/29' THEN 'year and month' WHEN 'チーム、未実施' THEN 'excludes' ELSE 'neither a code' END) FROM reject WHERE "column" IS NOT NULL), 'with the reason');
SELECT is((SELECT string_agg(concat_ws('|', "row", organisation, reason), '; ' ORDER BY "row") FROM reject WHERE "column" IS NULL),
	'6|A|the organisation stands on line 1 already; 7|the row names no organisation', 'rows refused as a whole');
CREATE TEMP TABLE before AS SELECT * FROM wave_2019;
SELECT is((SELECT ROW(inserted, updated)::text FROM load_wave(2019, 'staged', notice_every => 0)), '(0,5)', 'loaded again');
SELECT results_eq('SELECT * FROM wave_2019 ORDER BY organisation', 'SELECT * FROM before ORDER BY organisation', 'nothing has changed');
SELECT is((SELECT count(*) FROM reject), 8::bigint, 'rejects are not doubled');
SELECT is((SELECT respondents FROM wave WHERE wave = 2019), 5, 'the wave counts its organisations');
UPDATE staged SET "4.4.2" = 'e' WHERE organisation = 'E';
SELECT is((SELECT rejected_values FROM load_wave(2019, 'staged', notice_every => 0)), 5::bigint, 'a mended cell is no longer rejected');
SELECT is((SELECT q4_4_2 FROM wave_2019 WHERE organisation = 'E'), 'e', 'and its answer is there');

-- CSV as bytes.
CREATE FUNCTION csv(text) RETURNS text LANGUAGE sql AS $$SELECT replace(replace($1, '\r', E'\r'), '\n', E'\n')$$;
SELECT create_wave(2020, 2019, 'answers_2020');
CREATE TEMP TABLE export (content text);
INSERT INTO export VALUES (csv('組織名,4.4.2,"5.2 実施単位",備考\r\nA社,b,"a,b","x ""y"""\r\n"B\n社",c,{},\r\n\r\nC社,,,,\r\nA社,a,a,z\r\n①髙橋㈱,e,d,～'));
SELECT is((SELECT ROW(rows_read, inserted, rejected_rows, rejected_values)::text FROM export, load_wave(2020, convert_to(content, 'UTF8'), ignore => ARRAY['備考'], notice_every => 0)), '(5,3,2,0)', 'a UTF-8 file');
SELECT is((SELECT string_agg(concat_ws('/', replace(organisation, E'\n', '+'), q4_4_2, q5_2_implementer), ' ' ORDER BY organisation) FROM answers_2020),
	'A社/b/{a,b} B+社/c/{} ①髙橋㈱/e/{d}', 'quotes, line breaks in cells, blank lines');
SELECT is((SELECT string_agg("row" || ' ' || reason, '; ' ORDER BY "row") FROM reject WHERE wave = 2020),
	'6 the row has 5 cells, the header has 4; 7 the organisation stands on line 2 already', 'a ragged row and a second one, by line of the file');
CREATE TEMP TABLE kept AS SELECT * FROM answers_2020;
SELECT is((SELECT updated FROM export, load_wave(2020, e, ignore => ARRAY['備考'], notice_every => 0)), 3::bigint, n)
FROM export, LATERAL (VALUES ('CP932', convert_to(content, 'SJIS')), ('a byte order mark', '\xefbbbf'::bytea || convert_to(content, 'UTF8')),
	('tabs', convert_to(replace(replace(content, '"a,b"', 'a;b'), ',', E'\t'), 'UTF8')), ('carriage returns', convert_to(replace(content, E'\r\n', E'\r'), 'UTF8'))) AS v(n, e);
SELECT results_eq('SELECT * FROM answers_2020 ORDER BY organisation', 'SELECT * FROM kept ORDER BY organisation', 'all give the same answers');
SELECT is((SELECT ROW(updated, rejected_rows)::text FROM load_wave(2020, convert_to(E'組織名,4.4.2\nA社,b\n', 'UTF8') || '\xff'::bytea || convert_to(E',a\n', 'UTF8'), 'UTF8', notice_every => 0)),
	'(1,1)', 'with the encoding named, a damaged row is put aside');

-- What makes a whole file unreadable is an error, and what was loaded before stays.
SELECT throws_ok(format('SELECT load_wave(2020, %L::bytea)', v.bytes), v.code, NULL, v.name)
FROM (VALUES ('an empty file', ''::bytea, '22P04'), ('an open quote', convert_to(E'組織名,4.4.2\nA社,"b', 'UTF8'), '22P04'), ('an unknown question', convert_to(E'組織名,9.9\nA,b', 'UTF8'), '42703'),
	('no organisation', convert_to(E'4.4.2\nb', 'UTF8'), '42703'), ('no header line', convert_to(E'A社,b\nB社,c', 'UTF8'), '42703'), ('a column twice', convert_to(E'組織名,4.4.2,q4_4_2\nA,b,b', 'UTF8'), '42701'),
	('bytes that are no text', '\x00ff00ff8080'::bytea, '22021'), ('UTF-16', '\xfffe41004200'::bytea, '22021'), ('more columns than a table has', convert_to(repeat(',', 2000), 'UTF8'), '54011')) AS v(name, bytes, code);
SELECT throws_ok($$SELECT load_wave(2020, 'x'::bytea, 'klingon')$$, '22023', NULL, 'an unknown encoding');
SELECT results_eq('SELECT * FROM answers_2020 ORDER BY organisation', 'SELECT * FROM kept ORDER BY organisation', 'what was loaded before stays');
SELECT is((SELECT rejected_rows FROM load_wave(2020, convert_to(E'組織名,4.4.2\n' || repeat(E'garbage without end\n', 20000), 'UTF8'), notice_every => 0)), 20000::bigint, 'garbage under a good header is put aside');

-- Routing.
TRUNCATE wave_2019;
INSERT INTO wave_2019 (organisation, q2_3, q2_4, q2_5, q4_5_4_1, q4_5_4_2, q5_2_implementer, q5_2_tenure, q5_2_proficiency) VALUES
	('clean', 'b', '{e}', 'e', 'b', 'd', '{d}', 'f', 'd'), ('no SOC, SOC details', 'b', NULL, NULL, 'b', 'a', '{a}', 'a', 'a'),
	('PSIRT, nothing on it', 'a', NULL, NULL, 'b', NULL, '{a}', 'a', 'a'), ('not done, with years', 'b', NULL, NULL, 'b', NULL, '{d}', 'c', 'd'), ('no PSIRT, items', 'b', '{a}', NULL, 'b', NULL, NULL, NULL, NULL);
SELECT is((SELECT string_agg(concat_ws('/', organisation, finding, question, part), '; ' ORDER BY organisation, question, part, finding) FROM answer_check(2019)),
	'PSIRT, nothing on it/asked but not answered/2.4/answer; PSIRT, nothing on it/asked but not answered/2.5/answer; no PSIRT, items/answered though not asked/2.4/answer; '
	'no SOC, SOC details/answered though not asked/4.5.4.2/answer; not done, with years/not done differs/5.2/proficiency; not done, with years/not done differs/5.2/tenure', 'routing');
SELECT * FROM finish();
ROLLBACK;
