-- # Tests of independence and nominal association
-- Three items of 2017 by maturity level, from the published counts: incident classes (4.4.2), security policy (4.4.3), audit (4.4.9).
CREATE TEMP VIEW item_by_level AS
	SELECT xtab(question, codes[1]::maturity, n) AS t FROM published_table
	WHERE wave = 2017 AND question IN ('4.4.2', '4.4.3', '4.4.9') AND kind = 'printed count';
-- @ htest
-- Every test and measure gives this row; fields that do not apply are NULL.
-- see: chisq_test, cramers_v
SET extra_float_digits = -9;
SELECT * FROM chisq_test(xtab(ARRAY[[18, 7], [11, 19]]), correct => true)
\gx
-- @ chisq_test
-- "Is the level independent of the item?"
-- see: fisher_test, g_test, cells, cramers_v
SELECT round(statistic::numeric, 2) AS x2, parameter AS df, to_char(p_value, '9.99EEEE') AS p, n, notes FROM item_by_level, chisq_test(t);
-- @ chisq_test
-- With small expected counts: p from random tables with the same margins, with its 99 % interval.
SELECT round(statistic::numeric, 3) AS x2, round(p_value::numeric, 4) AS p, round(p_low::numeric, 4) AS low, round(p_high::numeric, 4) AS high
FROM chisq_test(xtab(ARRAY[[3, 1, 0, 2], [0, 4, 2, 1], [2, 2, 6, 0]]), replicates => 100000, seed => 187);
-- @ g_test
-- "The same question, by likelihood."
-- see: chisq_test
SELECT round(statistic::numeric, 2) AS g, parameter AS df, to_char(p_value, '9.99EEEE') AS p FROM item_by_level, g_test(t);
-- @ fisher_test
-- "Exactly?" A 2 x 2 table has its odds ratio with exact limits; a larger one is answered exactly as long as time and memory allow.
-- see: chisq_test, odds_ratio
SELECT method, round(p_value::numeric, 5) AS p, round(estimate::numeric, 3) AS odds_ratio, round(conf_low::numeric, 3) AS low, round(conf_high::numeric, 3) AS high
FROM (VALUES (xtab(ARRAY[[12, 5], [4, 9]])), (xtab(ARRAY[[3, 1, 0, 2], [0, 4, 2, 1], [2, 2, 6, 0]]))) AS v (t), fisher_test(t);
-- @ fisher_test
-- Fractional counts have no exact test.
-- error
SELECT fisher_test(xtab(ARRAY[[1.5, 2], [3, 4]]));
-- @ cramers_v
-- "How strong is it, from 0 to 1?"
SELECT method, round(estimate::numeric, 3) AS v, round(conf_low::numeric, 3) AS low, round(conf_high::numeric, 3) AS high
FROM item_by_level, LATERAL (SELECT * FROM cramers_v(t) UNION ALL SELECT * FROM cramers_v(t, bias_corrected => true)) AS h;
-- @ phi
-- "The correlation of two yes-or-no answers?" Signed in a 2 x 2 table.
SELECT method, round(estimate::numeric, 3) AS phi, round(conf_low::numeric, 3) AS low, round(conf_high::numeric, 3) AS high FROM phi(xtab(ARRAY[[18, 7], [11, 19]]));
-- @ contingency_coefficient
-- "The chi-square as a number from 0 towards 1?"
SELECT round(estimate::numeric, 3) AS c, round(conf_low::numeric, 3) AS low, round(conf_high::numeric, 3) AS high FROM item_by_level, contingency_coefficient(t);
-- @ tschuprow_t
-- "And allowing for the shape of the table?"
SELECT round(estimate::numeric, 3) AS t, round(conf_low::numeric, 3) AS low, round(conf_high::numeric, 3) AS high FROM item_by_level, tschuprow_t(t);
-- @ goodman_kruskal_lambda
-- "How many wrong guesses of the level does knowing the item save?"
-- see: goodman_kruskal_tau, uncertainty_coefficient
SELECT d AS dependent, round(estimate::numeric, 3) AS lambda, round(conf_low::numeric, 3) AS low, round(conf_high::numeric, 3) AS high
FROM item_by_level, unnest(ARRAY['col', 'row', 'symmetric']) AS d, goodman_kruskal_lambda(t, d);
-- @ goodman_kruskal_tau
-- "How much better are proportional guesses?"
SELECT d AS dependent, round(estimate::numeric, 4) AS tau, round(std_error::numeric, 4) AS ase1, round(statistic::numeric, 1) AS chi2, parameter AS df
FROM item_by_level, unnest(ARRAY['col', 'row']) AS d, goodman_kruskal_tau(t, d);
-- @ uncertainty_coefficient
-- "What share of the entropy of the level does the item explain?"
SELECT d AS dependent, round(estimate::numeric, 4) AS u, round(std_error::numeric, 4) AS ase1 FROM item_by_level, unnest(ARRAY['col', 'row', 'symmetric']) AS d, uncertainty_coefficient(t, d);
-- @ eta
-- "How far do the items explain the level as a number?"
SELECT round(estimate::numeric, 4) AS eta, round(statistic::numeric, 2) AS f, parameter AS df1, parameter2 AS df2, to_char(p_value, '9.99EEEE') AS p FROM item_by_level, eta(t);
