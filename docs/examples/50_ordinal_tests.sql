-- # Ordinal tests
-- Incident classes (4.4.2) by size of the organisation in three groups, from the made-up answers of 2017.
CREATE TEMP VIEW level_by_size AS
	SELECT xtab(CASE WHEN q1_3 >= 'g' THEN '3 large' WHEN q1_3 >= 'e' THEN '2 middle' ELSE '1 small' END, q4_4_2) AS t FROM synthetic_2017;
CREATE TEMP VIEW level_by_half AS
	SELECT xtab(CASE WHEN q1_3 >= 'f' THEN 'large' ELSE 'small' END, q4_4_2) AS t FROM synthetic_2017;
-- @ wilcoxon_test
-- "Do large organisations score higher?" estimate is the chance that a large one does, ties half.
-- see: cliffs_delta, kruskal_test, ordinal_summary
SELECT statistic AS u, round(parameter::numeric, 3) AS z, round(p_value::numeric, 5) AS p, round(estimate::numeric, 3) AS superiority,
	   round(conf_low::numeric, 3) AS low, round(conf_high::numeric, 3) AS high, n FROM level_by_half, wilcoxon_test(t);
-- @ wilcoxon_test
-- Without an order there is no answer.
-- error
SELECT wilcoxon_test(xtab(ARRAY[[8, 20], [3, 11]], ARRAY['small', 'large'], ARRAY['no', 'yes']));
-- @ cliffs_delta
-- "The same from -1 to 1."
SELECT round(estimate::numeric, 3) AS delta, round(conf_low::numeric, 3) AS low, round(conf_high::numeric, 3) AS high FROM level_by_half, cliffs_delta(t);
-- @ kruskal_test
-- "Do some of the sizes score higher than others?"
-- see: dunn_test, jonckheere_test
SELECT round(statistic::numeric, 3) AS h, parameter AS df, round(p_value::numeric, 5) AS p, round(estimate::numeric, 3) AS epsilon_squared, n FROM level_by_size, kruskal_test(t);
-- @ dunn_test
-- "Which ones?"
SELECT a, b, round(mean_rank_a::numeric, 1) AS rank_a, round(mean_rank_b::numeric, 1) AS rank_b, round(z::numeric, 2) AS z, round(p_value::numeric, 4) AS p, round(p_adjusted::numeric, 4) AS p_adjusted
FROM level_by_size, dunn_test(t);
-- @ jonckheere_test
-- "Does the level rise with the size?" Both sides ordered: the size is a scale.
SELECT statistic AS j, round(parameter::numeric, 3) AS z, round(p_value::numeric, 5) AS p, round(estimate::numeric, 3) AS estimate
FROM (SELECT xtab(q1_3, q4_4_2) AS t FROM synthetic_2017) AS x, jonckheere_test(t, 'greater');
-- @ linear_by_linear_test
-- "Is there a linear trend?" The Mantel-Haenszel chi-square of the scores.
-- see: trend_test, set_scores
SELECT s AS scores, round(statistic::numeric, 3) AS m2, parameter AS df, round(p_value::numeric, 5) AS p, round(estimate::numeric, 3) AS r
FROM (SELECT xtab(q1_3, q4_4_2) AS t FROM synthetic_2017) AS x, unnest(ARRAY['table', 'rank']) AS s, linear_by_linear_test(t, s);
-- @ trend_test
-- "Does the share with a PSIRT (2.3 = a) rise with the size?" The slope is per step of the scale.
SELECT round(statistic::numeric, 3) AS chi2, parameter AS df, round(p_value::numeric, 5) AS p, round(estimate::numeric, 4) AS slope, round(conf_low::numeric, 4) AS low, round(conf_high::numeric, 4) AS high,
	   notes[array_upper(notes, 1)] AS note
FROM (SELECT xtab(q1_3, q2_3) AS t FROM synthetic_2017) AS x, trend_test(t);
-- @ median_test
-- "Do the groups lie on different sides of the common median?"
SELECT ties, round(statistic::numeric, 3) AS chi2, parameter AS df, round(p_value::numeric, 5) AS p, notes[1] AS note FROM level_by_size, unnest(ARRAY['below', 'above']) AS ties, median_test(t, ties);
