-- Maturity: levels, areas, profiles, peers, steps up.  Expected values follow by arithmetic from the answers given (a = 4 .. e = 0).
\i sql/tap/begin.psql
SET client_min_messages = warning;
SELECT no_plan();

-- What is covered: the questions on the maturity scale of data/sim3_question.csv with confidence 0.5 or more.
SELECT is((SELECT string_agg(parameter || ' ' || question, ', ' ORDER BY position) FROM sim3_covered()),
	'O-8 4.4.2, O-11 4.4.3, P-1 4.5.1.1, P-2 4.5.1.2, P-3 4.5.1.3, P-4 4.5.3.1, P-5 4.5.3.1, P-6 4.5.3.1, P-8 4.4.9, P-9 4.4.8, P-10 4.4.5, P-11 4.4.6, P-14 4.4.4, P-15 4.4.7', 'covered parameters');
SELECT is((SELECT string_agg(parameter || ' ' || question, ', ' ORDER BY position) FROM sim3_covered(0.3) WHERE confidence < 0.75), 'O-9 4.5.2.1', 'with less confidence one more');
SELECT is((SELECT count(*) FROM sim3_covered(0) WHERE parameter = 'P-1' AND question = '4.5.1.1'), 1::bigint, 'of two questions the surest');

-- Six organisations.  A answers all, B some, C nothing.
SELECT create_wave(2101, synthetic => true);
INSERT INTO wave_2101 (organisation, q1_2, q1_3, q4_4_2, q4_4_3, q4_5_1_1, q4_5_3_1, q4_4_9) VALUES
	('A', 'w', 'a', 'a', 'c', 'b', 'd', 'b'), ('B', 'w', 'a', 'b', NULL, NULL, 'a', NULL), ('C', 'w', 'b', NULL, NULL, NULL, NULL, NULL),
	('D', 'x', 'b', 'e', 'b', NULL, NULL, NULL), ('E', 'x', NULL, 'b', 'b', 'a', 'b', 'a'), ('F', NULL, 'a', 'd', NULL, NULL, NULL, NULL);
SELECT is((SELECT count(*) FROM sim3_profile(2101)), 84::bigint, 'six organisations, fourteen parameters');
SELECT is((SELECT string_agg(concat_ws(' ', parameter, level), ', ') FROM sim3_profile(2101) WHERE organisation = 'A' AND level IS NOT NULL),
	'O-8 4, O-11 2, P-1 3, P-4 1, P-5 1, P-6 1, P-8 3', 'levels of A: a question for three parameters gives its level to each');
SELECT is((SELECT DISTINCT note FROM sim3_profile(2101)), 'SIM3-like, self-assessed', 'said to be self-assessed');
SELECT is((SELECT count(*) FROM sim3_profile(2101, 0.9) WHERE organisation = 'A'), 9::bigint, 'nine parameters with confidence 0.9');

-- Summaries.  O-8: 4, 3, 0, 3, 1; 3 of 5 at 3 or 4, Wilson interval by R: prop.test(3, 5, correct = FALSE)$conf.int.
SELECT is((SELECT concat_ws('|', subgroup, n, missing, median, mean, top_box) FROM sim3_summary(2101) WHERE parameter = 'O-8'), 'all|5|1|3|2.2|0.6', 'a parameter over all');
SELECT ok((SELECT abs(conf_low - 0.230724281276) < 1e-9 AND abs(conf_high - 0.882379225767) < 1e-9 FROM sim3_summary(2101) WHERE parameter = 'O-8'), 'Wilson interval of the top box');
SELECT is((SELECT concat_ws('|', n, missing, median, mean, top_box) FROM sim3_summary(2101) WHERE parameter = 'P-5'), '3|3|3|' || 8.0::float8 / 3 || '|' || 2.0::float8 / 3, 'a parameter that shares its question: 1, 4, 3');
SELECT is((SELECT string_agg(concat_ws('|', coalesce(subgroup, 'none'), n, missing, median, top_box), ' ' ORDER BY subgroup) FROM sim3_summary(2101, '1.3') WHERE parameter = 'O-8'),
	'a|3|0|3|' || 2.0::float8 / 3 || ' b|1|1|0|0 none|1|0|3|1', 'by company size, an unanswered one apart');
SELECT results_eq('SELECT * FROM sim3_summary(2101, by => ''1.3'')', 'SELECT * FROM sim3_summary(2101, by => ''q1_3'')', 'a group by number or column');
SELECT is((SELECT concat_ws('|', n, missing, coalesce(median::text, 'NULL'), coalesce(top_box::text, 'NULL'), coalesce(conf_low::text, 'NULL')) FROM sim3_summary(2101) WHERE parameter = 'P-15'),
	'0|6|NULL|NULL|NULL', 'what nobody answered');

-- Areas.  A: O (4 + 2)/2; P over three questions (3 + 1 + 3)/3, on five parameters.
SELECT is((SELECT string_agg(concat_ws('|', area, coalesce(round(level::numeric, 4)::text, 'NULL'), n, parameters, questions, of_parameters), ' ') FROM sim3_area(2101) WHERE subgroup = 'A'),
	'organisation|3.0000|1|2|2|11 human|NULL|0|0|0|7 tools|NULL|0|0|0|10 processes|2.3333|1|5|3|17', 'areas of an organisation: NULL where none, three parameters of one question count once');
SELECT is((SELECT string_agg(coalesce(level::text, 'NULL'), ' ') FROM sim3_area(2101) WHERE subgroup = 'C'), 'NULL NULL NULL NULL', 'an organisation without answers');
-- O: A 3, B 3, D 1.5, E 3, F 1 = 11.5/5; P: A 7/3, B 4, E (4 + 3 + 4)/3 = 10/3
SELECT is((SELECT string_agg(concat_ws('|', area, round(level::numeric, 6), n, parameters), ' ') FROM sim3_area(2101, NULL) WHERE level IS NOT NULL),
	'organisation|2.300000|5|2 processes|' || round(10 / 3.0, 6) || '|3|5', 'areas of all: (7/3 + 4 + 11/3)/3 = 10/3');
SELECT is((SELECT string_agg(concat_ws('|', coalesce(subgroup, 'none'), round(level::numeric, 4), n), ' ') FROM sim3_area(2101, '1.2') WHERE area = 'organisation'),
	'w|3.0000|2 x|2.2500|2 none|1.0000|1', 'areas by industry');
SELECT ok((SELECT bool_and(note ~ 'SIM3-like, self-assessed' AND (note ~ 'no covered parameter') = (level IS NULL)) FROM sim3_area(2101)), 'the note says where nothing is covered');

-- Profiles.
SELECT is((SELECT concat_ws(' ', count(*), min(min_level), max(min_level)) FROM profile WHERE profile = 'uniform 3' AND builtin), '45 3 3', 'the uniform example');
SELECT is((SELECT string_agg(concat_ws('|', organisation, coalesce(meets::text, 'NULL'), met, covered, in_profile, array_to_string(below, ',')), ' ') FROM profile_check(2101, 'uniform 3')),
	'A|false|3|7|45|O-11,P-4,P-5,P-6 B|true|4|4|45| C|NULL|0|0|45| D|false|1|2|45|O-8 E|true|7|7|45| F|false|0|1|45|O-8', 'the uniform profile');
SELECT is((SELECT array_agg(label ORDER BY organisation) FROM profile_check(2101, 'uniform 3') WHERE organisation IN ('A', 'B', 'C')),
	ARRAY['below uniform 3 on 4 of the 7 covered parameters of 45 (SIM3-like, self-assessed)', 'meets uniform 3 on the 4 covered parameters of 45 (SIM3-like, self-assessed)',
		  'uniform 3: none of its 45 parameters is covered (SIM3-like, self-assessed)'], 'the label names the number covered');
SELECT is((SELECT cardinality(unanswered) FROM profile_check(2101, 'uniform 3') WHERE organisation = 'B'), 10, 'covered, but not answered');
INSERT INTO profile (profile, parameter, min_level, source) VALUES ('mine', 'O-8', 4, 'test'), ('mine', 'P-4', 1, 'test'), ('mine', 'H-2', 2, 'test');
SELECT is((SELECT string_agg(concat_ws('|', organisation, meets, met, covered, in_profile), ' ') FROM profile_check(2101, 'mine') WHERE organisation < 'C'), 'A|t|2|2|3 B|f|1|2|3', 'a profile of one''s own');
SELECT throws_ok('SELECT profile_check(2101, ''none such'')', '22023', NULL, 'an unknown profile');
SELECT throws_ok('INSERT INTO profile VALUES (''mine'', ''O-1'', 5)', '23514', NULL, 'no level above 4');

-- Peers.  W1 has industry w and size a with W2 to W7 (levels of 4.4.2: 0 1 2 2 3 3), two more in w of other sizes, three more of size a.
SELECT create_wave(2102, 2101, synthetic => true);
INSERT INTO wave_2102 (organisation, q1_2, q1_3, q4_4_2, q4_4_3, q4_4_4, q4_4_5, q4_4_6) VALUES
	('W1', 'w', 'a', 'c', 'b', 'a', 'a', NULL), ('W2', 'w', 'a', 'e', 'c', NULL, NULL, 'a'), ('W3', 'w', 'a', 'd', 'c', 'c', NULL, 'a'), ('W4', 'w', 'a', 'c', 'c', 'e', NULL, 'a'),
	('W5', 'w', 'a', 'c', 'd', NULL, NULL, 'a'), ('W6', 'w', 'a', 'b', NULL, NULL, NULL, 'a'), ('W7', 'w', 'a', 'b', NULL, NULL, NULL, 'b'),
	('W8', 'w', 'c', 'a', 'a', NULL, NULL, 'a'), ('W9', 'w', 'd', 'a', NULL, NULL, NULL, 'a'),
	('S1', 'x', 'a', 'a', 'a', 'd', NULL, 'a'), ('S2', 'x', 'a', 'a', 'a', 'd', 'a', 'a'), ('S3', 'x', 'a', 'a', 'a', 'd', 'a', 'a'), ('S4', 'x', 'b', 'a', 'a', NULL, 'a', 'a');
CREATE TEMP TABLE bench AS SELECT * FROM benchmark(2102, 'W1');
SELECT is((SELECT count(*) FROM bench), 14::bigint, 'a row for each question on the scale');
-- 4.4.2: own 2 among 0 1 2 2 3 3: median 2, 2 below and 2 the same: (2 + 1)/6
SELECT is((SELECT concat_ws('|', level, peers, n, median, percentile, gap, parameters) FROM bench WHERE question = '4.4.2'), '2|same industry and company size|6|2|50|0|{O-8}', 'peers of the same industry and size');
-- 4.4.3: in w and a four answered (2 2 2 1), in w five (2 2 2 1 4): median 2, 4 of 5 below 3
SELECT is((SELECT concat_ws('|', level, peers, n, median, percentile, gap) FROM bench WHERE question = '4.4.3'), '3|same industry|5|2|80|1', 'widened to the industry');
-- 4.4.4: in w two, of size a five (2 0 1 1 1): median 1, all below 4
SELECT is((SELECT concat_ws('|', level, peers, n, median, percentile, gap) FROM bench WHERE question = '4.4.4'), '4|same company size|5|1|100|3', 'widened to the size');
SELECT is((SELECT concat_ws('|', level, peers, n, median, percentile, gap, note) FROM bench WHERE question = '4.4.5'), '4|SIM3-like, self-assessed; fewer than 5 peers answered: not shown', 'three peers in all: nothing of them');
SELECT is((SELECT concat_ws('|', level, peers, n, median, percentile, gap, note) FROM bench WHERE question = '4.4.6'), 'same industry and company size|6|4|SIM3-like, self-assessed; not answered', 'own answer missing');
SELECT is((SELECT concat_ws('|', peers, n, median) FROM benchmark(2102, 'W1', 3) WHERE question = '4.4.5'), 'all other organisations|3|4', 'all, for three');
SELECT is((SELECT concat_ws('|', peers, n) FROM benchmark(2102, 'W1', 7) WHERE question = '4.4.2'), 'same industry|8', 'a larger group asked for');
SELECT is((SELECT concat_ws('|', peers, n) FROM benchmark(2101, 'F', 3) WHERE question = '4.4.2'), 'all other organisations|4', 'without an industry no peers by industry');
SELECT is((SELECT parameters FROM bench WHERE question = '4.5.1.4'), NULL, 'a question that is no parameter''s');
SELECT is((SELECT parameters FROM bench WHERE question = '4.5.3.1'), '{P-4,P-5,P-6}', 'a question of three');
SELECT throws_ok('SELECT benchmark(2102, ''nobody'')', '22023', NULL, 'an unknown organisation');
SELECT throws_ok('SELECT benchmark(2102, ''W1'', 2)', '22023', NULL, 'peer groups of two');

-- The three steps up.
SELECT create_wave(2103, 2101, synthetic => true);
INSERT INTO wave_2103 (organisation, q4_5_2_1, q4_3_3, q5_5_implementer, q5_6_implementer, q5_7_implementer, q7_3_implementer, q7_3_proficiency) VALUES
	('all', 'b', '{a,b}', '{c}', '{a,c}', '{a}', '{a,b}', 'c'), ('none', 'c', '{f}', '{d}', '{d}', '{d}', '{d}', 'd'), ('part', 'a', '{f}', '{d}', '{c}', '{a}', '{b}', 'a'),
	('no schemes', 'a', NULL, '{a}', '{a}', NULL, NULL, NULL), ('no procedure', 'e', NULL, '{a}', '{a}', '{e}', '{a}', NULL);
SELECT is((SELECT string_agg(concat_ws('|', organisation, outside_procedure, coalesce(sharing_schemes::text, '-'), coalesce(outside_communication::text, '-'), coalesce(cause_services::text, '-'),
	coalesce(cause_own::text, '-'), coalesce(cause_finding::text, '-'), coalesce(continuity::text, '-'), coalesce(continuity_works::text, '-'), coalesce(steps::text, '-')), ' ' ORDER BY organisation) FROM step_up(2103)),
	'all|t|2|true|3|2|true|true|true|3 no procedure|f|-|false|3|2|true|true|-|2 no schemes|t|-|-|-|-|-|-|-|- none|f|0|false|0|0|false|false|false|0 part|t|0|false|2|1|false|true|false|1', 'steps up');

-- A table of one's own that lacks columns, an empty one, and no wave.
CREATE TABLE answers_2104 (organisation text, q4_4_2 maturity, q1_2 text, q1_3 company_size);
INSERT INTO wave (wave, synthetic, source) VALUES (2104, true, 'test');
INSERT INTO wave_table (wave, table_schema, table_name) VALUES (2104, 'public', 'answers_2104');
ALTER TABLE answers_2104 SET SCHEMA public;
SELECT is((SELECT count(*) FROM sim3_profile(2104)) + (SELECT count(*) FROM sim3_summary(2104)) + (SELECT count(*) FROM sim3_area(2104)) + (SELECT count(*) FROM profile_check(2104, 'uniform 3')) + (SELECT count(*) FROM step_up(2104)), 0::bigint, 'an empty wave');
INSERT INTO answers_2104 VALUES ('Z', 'b', 'w', 'a');
SELECT is((SELECT string_agg(parameter || ' ' || level, ',') FROM sim3_profile(2104) WHERE level IS NOT NULL), 'O-8 3', 'a table with one question');
SELECT is((SELECT concat_ws('|', organisation, outside_communication, cause_finding, continuity, steps) FROM step_up(2104)), 'Z', 'nothing on the steps up');
SELECT throws_ok(q, '42P01', NULL, 'no table of answers: ' || q) FROM unnest(ARRAY['SELECT sim3_profile(2001)', 'SELECT sim3_summary(2001)', 'SELECT sim3_area(2001)', 'SELECT profile_check(2001, ''uniform 3'')', 'SELECT benchmark(2001, ''x'')', 'SELECT step_up(2001)']) AS q;
-- The made-up answers of 2017 are said to be made up everywhere; a wave of answers is not.
SELECT is((SELECT string_agg(s::text, ' ') FROM (VALUES (1, (SELECT bool_and(synthetic) FROM sim3_profile(2017))), (2, (SELECT bool_and(synthetic) FROM sim3_summary(2017))), (3, (SELECT bool_and(synthetic) FROM sim3_area(2017, '1.3'))),
	(4, (SELECT bool_and(synthetic) FROM profile_check(2017, 'uniform 3'))), (5, (SELECT bool_and(synthetic) FROM benchmark(2017, 'S001'))), (6, (SELECT bool_and(synthetic) FROM step_up(2017)))) AS v(i, s)), 'true true true true true true', 'made-up answers are flagged');
SELECT create_wave(2105);
INSERT INTO wave_2105 (organisation, q4_4_2) VALUES ('R', 'a');
SELECT is((SELECT string_agg(DISTINCT synthetic::text, ' ') FROM sim3_summary(2105)), 'false', 'real ones are not');
-- Printed in the report, table 4.5.2.1: a 53, b 47, c 11, d 53, e 23; and table 7.3.
SELECT is((SELECT count(*) FROM step_up(2017) WHERE outside_procedure), 100::bigint, 'as printed: escalation to outside organisations is well defined in 53 + 47');
SELECT is((SELECT count(*) FROM step_up(2017) WHERE NOT continuity), (SELECT n::bigint FROM published_count WHERE wave = 2017 AND question = '7.3' AND part = 'implementer' AND codes = '{d}'), 'as printed: not involved in continuity planning');
SELECT throws_ok('SELECT sim3_summary(2101, ''q9_9'')', '42703', NULL, 'an unknown group');
SELECT is((SELECT count(*) FROM sim3_profile(NULL)) + (SELECT count(*) FROM sim3_summary(NULL)) + (SELECT count(*) FROM sim3_area(NULL)) + (SELECT count(*) FROM profile_check(NULL, 'uniform 3')) + (SELECT count(*) FROM benchmark(NULL, 'x')) + (SELECT count(*) FROM step_up(NULL)), 0::bigint, 'NULL');
SELECT * FROM finish();
ROLLBACK;
