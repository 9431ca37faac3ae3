-- # Comparing waves
-- What has changed from 2015 to 2017: published figures where there are any, made-up answers (`synthetic`) where there are none.
-- @ wave_overview
-- "Which waves are there?"
SELECT wave, title_en, respondents, population, answers, synthetic FROM wave_overview ORDER BY wave;
-- @ wave_comparison
-- "What has changed, by the published figures?" In percentage points, p adjusted over all rows that were tested.
-- see: compare_waves, wave_shift, crosswalk, overlap_test
SELECT question, codes, from_n, from_base AS base, n, base, round(difference::numeric, 1) AS points, round(conf_low::numeric, 1) AS low, round(conf_high::numeric, 1) AS high,
	   round(p_value::numeric, 3) AS p, round(p_holm::numeric, 3) AS p_holm, flags FROM wave_comparison WHERE from_wave = 2015 AND p_value IS NOT NULL AND NOT synthetic;
-- @ wave_comparison
-- Options that were published one by one only bound their net.
SELECT question, from_pct AS "2015", round(bound_low::numeric, 1) AS "2017 at least", round(bound_high::numeric, 1) AS "at most", verdict
FROM wave_comparison WHERE from_wave = 2015 AND relation = 'recoded' AND NOT synthetic;
-- @ compare_waves
-- The same for one pair of waves; the columns are explained with the view.
SELECT question, codes, label_en, round(difference::numeric, 1) AS points, to_char(p_value, '9.9EEEE') AS p, method, synthetic FROM compare_waves(2015, 2017) WHERE synthetic AND p_value < 0.05 ORDER BY p_value LIMIT 3;
-- @ wave_shift
-- "Which scales have moved?" superiority 0.5: no shift.
-- see: compare_scales, wilcoxon_test, panel_transition
SELECT question, part, from_n, n, round(superiority::numeric, 3) AS superiority, round(conf_low::numeric, 3) AS low, round(conf_high::numeric, 3) AS high, round(p_value::numeric, 4) AS p, from_median, median, synthetic
FROM wave_shift WHERE from_wave = 2015 AND question IN ('1.3', '4.4.2', '4.4.3');
-- @ compare_scales
-- "Has the share in the top box changed, for the escalations?"
SELECT question, top_codes, round(from_top_pct::numeric, 1) AS "2015 %", round(top_pct::numeric, 1) AS "2017 %", round(top_change::numeric, 1) AS points, round(p_value::numeric, 3) AS p, flags
FROM compare_scales(2015, 2017) WHERE question LIKE '4.5.1.%';
-- @ panel_transition
-- "What did the organisations in both waves do?"
-- see: panel_transition_table, compare_panel, bowker_test, signed_rank_test
SELECT question, n_both, unchanged, higher, lower, round(bowker::numeric, 2) AS bowker, bowker_df AS df, round(bowker_p::numeric, 4) AS p, to_char(signed_rank_p, '9.9EEEE') AS signed_rank_p
FROM panel_transition WHERE from_wave = 2015 AND to_wave = 2017 AND question IN ('4.4.2', '4.4.3', '4.4.9');
-- @ compare_panel
-- "And within the organisations that answered both times?"
SELECT question, n_both, unchanged, higher, lower, round(rank_biserial::numeric, 3) AS rank_biserial, flags FROM compare_panel(2015, 2017) WHERE question LIKE '4.5.1.%';
-- @ panel_transition_table
-- "From which level to which?" Rows are 2015, columns 2017.
-- see: cells, mcnemar_test
SELECT "row" AS "2015", col AS "2017", n, round(row_pct::numeric, 1) AS "row %" FROM cells(panel_transition_table(2015, 2017, '4.4.2')) WHERE n > 0;
-- @ wave_trend
-- "Is there a trend over three waves?" 2019 is a made-up wave that has one question.
-- see: jonckheere_test, trend_test
SELECT create_wave(2019, synthetic => true);
INSERT INTO wave_2019 (organisation, q4_4_2) SELECT 'O' || i, substr('aabbbcd', 1 + i % 7, 1)::maturity FROM generate_series(1, 70) AS i;
SELECT test, codes, waves, base, round(statistic::numeric, 2) AS statistic, round(estimate::numeric, 3) AS estimate, round(p_value::numeric, 4) AS p, synthetic
FROM wave_trend WHERE question = '4.4.2' AND (codes IS NULL OR codes = '{a}');
-- @ add_crosswalk
-- "Two waves of the same questionnaire." Every option becomes comparable.
SELECT create_wave(2019), create_wave(2021);
SELECT add_crosswalk(2019, 2021) AS options;
-- @ crosswalk
-- "Which options of 2015 are which of 2017?"
-- see: wave_comparison
SELECT relation, from_question, from_codes, to_question, to_codes, left(note, 60) AS note FROM crosswalk WHERE from_wave = 2015 AND to_question IN ('4.3.5', '5.6') ORDER BY to_question, to_codes;
