-- # Views for BI tools
-- Text, integers, doubles, booleans and dates, labels in both languages with a number to sort them by: see bi.md for Metabase, Superset,
-- Grafana, Tableau, Excel and Power BI.
-- @ bi_answer
-- "Who analyses logs, in percent of those who answered?" A row an organisation and option; made-up answers.
-- see: bi_organisation, bi_frequency
SELECT label_order, label_ja, label_en, sum(weight) AS n, round(sum(percent_part)::numeric, 1) AS "%" FROM bi_answer
WHERE wave = 2017 AND question = '5.7' AND part = 'implementer' GROUP BY label_order, label_ja, label_en ORDER BY label_order;
-- "And one organisation?"
SELECT question, part, code, left(label_en, 45) AS answer, level, off_scale, base FROM bi_answer WHERE wave = 2017 AND organisation = 'S001' AND question IN ('4.4.2', '5.7');
-- @ bi_answer
-- "And of the insurers alone?" Industry and size stand in every row. base stays that of the wave: divide by the organisations instead.
SELECT a.label_en, sum(a.weight) AS n, o.n AS insurers, round((100 * sum(a.weight) / o.n)::numeric, 1) AS "%"
FROM bi_answer AS a, (SELECT count(*) AS n FROM bi_organisation WHERE wave = 2017 AND industry_en = 'Insurance') AS o
WHERE a.wave = 2017 AND a.question = '5.7' AND a.part = 'implementer' AND a.industry_en = 'Insurance' GROUP BY a.label_en, a.label_order, o.n ORDER BY a.label_order;
-- @ bi_organisation
-- "Which organisations are there, as a table to filter by?"
SELECT wave, organisation, industry_ja, industry_en, industry_order, size_en, size_order FROM bi_organisation WHERE wave = 2017 ORDER BY organisation LIMIT 3;
-- @ bi_frequency
-- "The frequency table of a question, ready for a bar chart?"
-- see: frequencies, proportion_ci
SELECT label_order, label_ja, level, n, round(valid_percent::numeric, 1) AS "%", round(conf_low::numeric, 1) AS low, round(conf_high::numeric, 1) AS high, basis
FROM bi_frequency WHERE wave = 2017 AND question = '5.7' AND part = 'proficiency';
-- @ bi_maturity
-- "How mature are the items in banking and in IT services?"
SELECT industry_en, question, sum(n) AS n, round((sum(level_sum) / sum(n))::numeric, 2) AS mean_level, round((100 * sum(n_top) / sum(n))::numeric, 1) AS "approved, %"
FROM bi_maturity WHERE wave = 2017 AND question IN ('4.4.2', '4.4.3') AND industry_code IN ('w', 'jj')
GROUP BY industry_order, industry_en, question_order, question ORDER BY industry_order, question_order;
-- @ bi_comparison
-- "What changed from 2015 to 2017?"
-- see: wave_comparison
SELECT question, label_en, round(from_percent::numeric, 1) AS "2015", round(percent::numeric, 1) AS "2017", round(p_value::numeric, 4) AS p, relation_ja FROM bi_comparison
WHERE question LIKE '4.3.%' AND p_value IS NOT NULL ORDER BY question_order, label_order LIMIT 4;
-- @ bi_comparison
-- "What has changed most since 2015?" The difference is in percentage points; covers names the family that the p-values are adjusted in.
SELECT question, label_en, round(from_percent::numeric, 1) AS "2015", round(percent::numeric, 1) AS "2017", round(difference::numeric, 1) AS change, round(p_holm::numeric, 4) AS p_holm, synthetic, covers
FROM bi_comparison WHERE from_wave = 2015 AND to_wave = 2017 AND p_value < 0.05 ORDER BY p_value;
-- @ bi_shift
-- "Which scales moved?"
-- see: wave_shift
SELECT question, left(question_en, 45) AS item, round(superiority::numeric, 3) AS superiority, round(p_value::numeric, 4) AS p, round(top_change::numeric, 1) AS top_change
FROM bi_shift WHERE scale = 'maturity' ORDER BY question_order LIMIT 3;
-- @ bi_trend
-- "A line over three waves?" A row a wave; it takes three.
-- see: wave_trend
SELECT create_wave(2019, table_schema => 'public', synthetic => true);
INSERT INTO public.wave_2019 SELECT * FROM synthetic_2017;
SELECT wave, label_order, round(percent::numeric, 1) AS "%", round(p_value::numeric, 3) AS p FROM bi_trend WHERE question = '4.4.2' AND code = 'a' ORDER BY wave;
-- @ bi_transition
-- "How did the organisations that answered twice change?"
-- see: panel_transition
SELECT question, n_both, unchanged, higher, lower, round(bowker_p::numeric, 6) AS bowker_p FROM bi_transition WHERE question IN ('4.4.2', '4.4.3') ORDER BY question_order;
-- @ bi_transition_cell
-- "From which level to which?"
SELECT from_code, code, n, round(row_percent::numeric, 1) AS "row %" FROM bi_transition_cell WHERE question = '4.4.2' AND n > 3;
-- @ bi_sim3_level
-- "The levels of one organisation?"
-- see: sim3_profile
SELECT parameter, name, area_ja, level, question FROM bi_sim3_level WHERE wave = 2017 AND organisation = 'S001' ORDER BY parameter_order LIMIT 3;
-- @ bi_sim3_summary
-- "By company size?"
-- see: sim3_summary
SELECT subgroup_en, n, mean::numeric(4, 2), round(top_percent::numeric, 1) AS "top %" FROM bi_sim3_summary
WHERE wave = 2017 AND grouping_en = 'company size' AND parameter = 'O-8' ORDER BY subgroup_order;
-- @ bi_sim3_area
-- "The areas as a whole?" The survey asks nothing on two of them.
-- see: sim3_area
SELECT area_ja, area_en, round(level::numeric, 2) AS level, n, parameters, of_parameters FROM bi_sim3_area WHERE wave = 2017 AND grouping_en = 'all';
-- @ bi_profile_check
-- "How many organisations meet the example profile?"
-- see: profile_check
SELECT meets, count(*) FROM bi_profile_check WHERE wave = 2017 AND profile = 'uniform 3' GROUP BY meets ORDER BY meets;
-- @ bi_step_up
-- "How many steps up are reached?"
-- see: step_up
SELECT steps, count(*) FROM bi_step_up WHERE wave = 2017 GROUP BY steps ORDER BY steps;
-- @ bi_benchmark
-- "An organisation against its peers, with a filter on both keys?"
-- see: benchmark
SELECT question, level, median, round(percentile::numeric, 1) AS percentile, gap, n, peers FROM bi_benchmark WHERE wave = 2017 AND organisation = 'S001' ORDER BY question_order LIMIT 3;
-- @ bi_published
-- "What was printed?"
-- see: published_table
SELECT codes, label_ja, n, base, percent, kind FROM bi_published WHERE wave = 2017 AND question = '5.7' AND part = 'implementer';
-- @ bi_statement
-- "Do the report's sentences hold?"
-- see: statement_check
SELECT verdict_ja, verdict_en, count(*) FROM bi_statement GROUP BY verdict_order, verdict_ja, verdict_en ORDER BY verdict_order;
-- @ bi_statement
-- "Which sentences of the report do not follow from its figures?" recomputed, lower and upper are shares from 0 to 1.
SELECT question, printed, n, base, recomputed, lower, upper, verdict_en FROM bi_statement WHERE verdict_en = 'disagrees' ORDER BY sentence_order, item;
-- @ bi_consistency
-- "What does not fit together, in Japanese?"
-- see: consistency_check
SELECT finding_ja, finding_en, count(*) FROM bi_consistency GROUP BY finding_order, finding_ja, finding_en ORDER BY finding_order;
-- @ bi_wave
-- "Which waves may I read?"
SELECT wave, fieldwork_from, fieldwork_to, respondents, population, answers, readable, synthetic FROM bi_wave;
-- @ bi_question
-- "The questions as a list to choose from?"
SELECT question, question_ja, section_ja, question_order FROM bi_question LIMIT 3;
-- @ bi_part
-- "Which column holds which answers?"
SELECT question, part, part_ja, kind, scale, column_name FROM bi_part WHERE question = '5.7';
-- @ bi_option
-- "Which answers can there be?"
SELECT code, label_ja, label_en, label_order, level, off_scale FROM bi_option WHERE question = '5.7' AND part = 'tenure';
-- @ bi_scale_level
-- "The levels of a scale, from below?"
SELECT code, label_ja, label_order, level, off_scale FROM bi_scale_level WHERE scale = 'tenure';
-- @ bi_crosswalk
-- "Which questions may be compared?"
SELECT relation_ja, relation_en, count(*) FROM bi_crosswalk GROUP BY relation_order, relation_ja, relation_en ORDER BY relation_order;
-- @ bi_sim3
-- "Which question stands for which parameter?"
SELECT parameter, name_v2i, area_ja, question, confidence FROM bi_sim3 WHERE question LIKE '4.4.%' LIMIT 3;
-- @ bi_profile
-- "What does a profile ask for?"
SELECT profile, min_level, count(*) FROM bi_profile GROUP BY profile, min_level;
-- @ bi_reject
-- "What could not be loaded?"
SELECT create_wave(2019, table_schema => 'public');
SELECT rejected_values FROM load_wave(2019, convert_to(E'organisation,4.4.2\nA,b\nB,x\n', 'UTF8'));
SELECT wave, line, organisation, column_name, value FROM bi_reject;
