-- # Maturity
-- Fourteen questions are on the maturity scale; the levels are SIM3-like and self-assessed. The answers are the made-up ones of 2017.
-- @ sim3_summary
-- "How mature are they, by parameter?" top_box is the share at level 3 or 4.
-- see: sim3_area, sim3_profile, sim3_covered
SELECT parameter, name, n, median, round(mean::numeric, 2) AS mean, round(100 * top_box::numeric, 1) AS "approved %", round(100 * conf_low::numeric, 1) AS low, round(100 * conf_high::numeric, 1) AS high
FROM sim3_summary(2017) LIMIT 5;
-- @ sim3_area
-- "And by area and company size?"
SELECT label(subgroup::company_size) AS size, area, round(level::numeric, 2) AS level, n, parameters, of_parameters FROM sim3_area(2017, by => '1.3') WHERE area IN ('organisation', 'processes') AND n >= 20;
-- @ sim3_profile
-- "One organisation, parameter by parameter?"
SELECT parameter, name, area, level, question, note FROM sim3_profile(2017) WHERE organisation = 'S030' LIMIT 4;
-- @ sim3_covered
-- "On which of the 45 parameters does the survey give a level?"
SELECT parameter, area, name, question, confidence FROM sim3_covered(0.9);
-- @ sim3
-- "Which parameters have changed their name?"
SELECT parameter, area, name_v1, name_v2i, version FROM sim3 WHERE name_v1 IS DISTINCT FROM name_v2i ORDER BY position LIMIT 4;
-- @ sim3_question
-- "Which question is about which parameter, and how surely?"
SELECT parameter, question, confidence, reason FROM sim3_question WHERE parameter IN ('O-8', 'P-1') ORDER BY 1, 2;
-- @ profile
-- "A profile of least levels." Enter those that you need.
-- see: profile_check
INSERT INTO profile (profile, parameter, min_level, source) VALUES ('ours', 'O-8', 3, 'board, 2018'), ('ours', 'P-1', 2, 'board, 2018');
SELECT meets, count(*) FROM profile_check(2017, 'ours') GROUP BY meets ORDER BY meets;
-- @ profile_check
-- "Who falls short of it, where?"
SELECT organisation, meets, met, covered, below, synthetic FROM profile_check(2017, 'uniform 3') WHERE organisation BETWEEN 'S001' AND 'S003';
-- @ profile_check
-- A profile must have been entered.
-- error
SELECT profile_check(2017, 'uniform 4');
-- @ benchmark
-- "Where does one organisation stand among its peers?"
-- see: sim3_profile
SELECT question, parameters, level, peers, n, median, round(percentile) AS percentile, gap FROM benchmark(2017, 'S030') WHERE question LIKE '4.5%';
-- @ step_up
-- "Who has taken which of the report's three steps up?"
SELECT organisation, outside_communication, cause_finding, continuity, steps FROM step_up(2017) WHERE organisation BETWEEN 'S027' AND 'S031';
-- @ maturity_answers
-- "All levels in long form."
SELECT question, round(avg(level), 2) AS mean FROM maturity_answers(2017) GROUP BY question ORDER BY 2 DESC LIMIT 3;
