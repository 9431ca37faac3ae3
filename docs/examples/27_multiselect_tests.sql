-- # Tests of multi-select answers
CREATE TEMP VIEW schemes AS SELECT freq(q4_3_3) AS t FROM synthetic_2017;
CREATE TEMP VIEW schemes_by_size AS
	SELECT xtab(CASE WHEN q1_3 >= 'f' THEN '5,000 or more' ELSE 'fewer' END, q4_3_3) AS t FROM synthetic_2017;
-- @ mmi_test
-- "Do large organisations take part in other schemes than small ones?" One test over all options at once.
SELECT method, round(statistic::numeric, 2) AS statistic, round(parameter::numeric, 2) AS df, round(p_value::numeric, 4) AS p, n FROM schemes_by_size, mmi_test(t);
-- @ mmi_items
-- "In which options do they differ?"
SELECT option, label, round(chi2::numeric, 2) AS chi2, df, round(p_value::numeric, 4) AS p, round(p_bonferroni::numeric, 4) AS p_bonferroni
FROM schemes_by_size, mmi_items(t, labels => option_labels('4.3.3'));
-- @ mmi_eigenvalues
-- The weights of the chi-squares behind `mmi_test`.
SELECT ARRAY(SELECT round(e::numeric, 3) FROM unnest(mmi_eigenvalues(t)) AS e) AS eigenvalues FROM schemes_by_size;
-- @ spmi_test
-- "Do the schemes depend on who handles incidents?" Two multi-select answers against each other.
SELECT method, round(statistic::numeric, 2) AS statistic, round(parameter::numeric, 2) AS df, round(p_value::numeric, 4) AS p
FROM (SELECT xtab(q2_1, q4_3_3) AS t FROM synthetic_2017) AS x, spmi_test(t);
-- @ spmi_items
-- "Which pairs of options go together?"
SELECT row_option, col_option, round(chi2::numeric, 2) AS chi2, round(p_value::numeric, 4) AS p, round(p_bonferroni::numeric, 4) AS p_bonferroni
FROM (SELECT xtab(q2_1, q4_3_3) AS t FROM synthetic_2017) AS x, spmi_items(t) ORDER BY chi2 DESC, row_option, col_option LIMIT 4;
-- @ spmi_eigenvalues
-- The weights of the chi-squares behind `spmi_test`, the six largest.
SELECT ARRAY(SELECT round(e::numeric, 2) FROM unnest(spmi_eigenvalues(t)) WITH ORDINALITY AS x (e, i) WHERE i <= 6) AS largest
FROM (SELECT xtab(q2_1, q4_3_3) AS t FROM synthetic_2017) AS x;
-- @ mr_cochran_test
-- "Are the schemes equally frequent?"
SELECT method, round(statistic::numeric, 2) AS q, parameter AS df, to_char(p_value, '9.99EEEE') AS p, n FROM schemes, mr_cochran_test(t, '{a,b,c,d,e}');
-- @ mr_mcnemar
-- "Which schemes differ in frequency?" Every pair of options.
SELECT option_1, option_2, only_1, only_2, round(difference_pct::numeric, 1) AS points, to_char(p_adjusted, '9.99EEEE') AS p_adjusted
FROM schemes, mr_mcnemar(t, options => '{a,b,c,d}');
-- @ mr_column_tests
-- "In which options do the sizes differ?" Column proportions of respondents, pair by pair.
SELECT option, label, col_1, col_2, round(pct_1::numeric, 1) AS "% 1", round(pct_2::numeric, 1) AS "% 2", round(p_value::numeric, 4) AS p, round(p_adjusted::numeric, 4) AS p_adjusted
FROM schemes_by_size, mr_column_tests(t, labels => option_labels('4.3.3')) LIMIT 4;
-- @ mr_column_letters
-- "As letters behind the percentages?"
SELECT option, label, col, letter, n, round(pct::numeric, 1) AS pct, higher_than FROM schemes_by_size, mr_column_letters(t, labels => option_labels('4.3.3')) LIMIT 6;
