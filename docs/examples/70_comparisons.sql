-- # Comparisons
-- Incident classes by size of the organisation in three groups, from the made-up answers of 2017.
CREATE TEMP VIEW approved_by_size AS
	SELECT xtab(CASE WHEN q4_4_2 >= 'b' THEN 'approved' ELSE 'not' END, CASE WHEN q1_3 >= 'g' THEN '3 large' WHEN q1_3 >= 'e' THEN '2 middle' ELSE '1 small' END) AS t FROM synthetic_2017;
CREATE TEMP VIEW level_by_size AS
	SELECT xtab(q4_4_2, CASE WHEN q1_3 >= 'g' THEN '3 large' WHEN q1_3 >= 'e' THEN '2 middle' ELSE '1 small' END) AS t FROM synthetic_2017;
-- @ column_comparisons
-- "Between which sizes do the shares differ?"
-- see: column_letters, pairwise_tests
SELECT "row", col_a, col_b, round(difference::numeric, 3) AS difference, round(conf_low::numeric, 3) AS low, round(conf_high::numeric, 3) AS high, round(z::numeric, 2) AS z,
	   round(p_value::numeric, 4) AS p, round(p_adjusted::numeric, 4) AS p_adjusted, covers FROM approved_by_size, column_comparisons(t, 'holm') WHERE "row" = 'approved';
-- @ column_letters
-- "As a table with letters, as SPSS Custom Tables prints them?"
-- see: print, mr_column_letters
SELECT "row", col, n, round(col_pct::numeric, 1) AS "col %", letter, letters, flags FROM level_by_size, column_letters(t, 0.1) WHERE "row" IN ('a', 'b');
-- @ column_means
-- "Do the mean levels differ?"
SELECT col, n, round(mean::numeric, 2) AS mean, round(sd::numeric, 2) AS sd, round(std_error::numeric, 3) AS se, letter, letters, flags FROM level_by_size, column_means(t);
-- @ pairwise_tests
-- "Each size against each, as a whole?"
-- see: dunn_test, p_adjust
SELECT a, b, method, round(statistic::numeric, 2) AS statistic, round(p_value::numeric, 4) AS p, round(p_adjusted::numeric, 4) AS p_adjusted, round(estimate::numeric, 2) AS estimate FROM level_by_size, pairwise_tests(t, 'g');
-- @ p_adjust
-- "I have tested five questions: which hold?" Over the rows of a query, or in an array.
SELECT question, p, round(p_adjust(p, 'holm') OVER ()::numeric, 4) AS holm, round(p_adjust(p, 'BH') OVER ()::numeric, 4) AS bh
FROM (VALUES ('4.4.2', 0.0011::float8), ('4.4.3', 0.021), ('4.4.4', 0.017), ('4.4.5', 0.4), ('4.4.6', NULL)) AS test (question, p) ORDER BY question;
SELECT p_adjust(ARRAY[0.01, 0.02, 0.04], 'bonferroni');
