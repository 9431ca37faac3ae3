-- # Ordinal association
-- Security policy (4.4.3) by incident classes (4.4.2), two scales of the made-up answers of 2017.
CREATE TEMP VIEW levels AS SELECT xtab(q4_4_3, q4_4_2) AS t FROM synthetic_2017;
-- @ goodman_kruskal_gamma
-- "Of the pairs that differ on both, how many more go the same way?"
-- see: kendall_tau_b, somers_d, concordance
SELECT round(estimate::numeric, 3) AS gamma, round(conf_low::numeric, 3) AS low, round(conf_high::numeric, 3) AS high, round(statistic::numeric, 3) AS z, to_char(p_value, '9.99EEEE') AS p, n
FROM levels, goodman_kruskal_gamma(t);
-- @ kendall_tau_b
-- "The same with ties counted, in a square table?"
SELECT what, round(estimate::numeric, 4) AS tau_b, round(std_error::numeric, 4) AS ase1, round(statistic::numeric, 3) AS z, to_char(p_value, '9.99EEEE') AS p
FROM levels, LATERAL (SELECT 'ase0' AS what, * FROM kendall_tau_b(t) UNION ALL SELECT 'permutation', * FROM kendall_tau_b(t, test => 'permutation')) AS h;
-- @ kendall_tau_c
-- "And in a table that is not square?"
SELECT round(estimate::numeric, 4) AS tau_c, round(std_error::numeric, 4) AS ase1, to_char(p_value, '9.99EEEE') AS p FROM (SELECT xtab(q1_3, q4_4_2) AS t FROM synthetic_2017) AS x, kendall_tau_c(t);
-- @ somers_d
-- "How far does the policy explain the classes?"
SELECT d AS dependent, round(estimate::numeric, 4) AS d, round(conf_low::numeric, 4) AS low, round(conf_high::numeric, 4) AS high
FROM levels, unnest(ARRAY['col', 'row', 'symmetric']) AS d, somers_d(t, d);
-- @ spearman_rho
-- "The correlation of the ranks?"
SELECT round(estimate::numeric, 4) AS rho, round(std_error::numeric, 4) AS ase1, round(statistic::numeric, 3) AS t, parameter AS df, to_char(p_value, '9.99EEEE') AS p FROM levels, spearman_rho(t);
-- @ pearson_r
-- "The correlation of the levels as numbers?"
-- see: linear_by_linear_test
SELECT round(estimate::numeric, 4) AS r, round(conf_low::numeric, 4) AS low, round(conf_high::numeric, 4) AS high, round(statistic::numeric, 3) AS t, to_char(p_value, '9.99EEEE') AS p FROM levels, pearson_r(t);
-- @ concordance
-- "How many pairs are there of each kind?"
SELECT c.* FROM levels, concordance(t) AS c;
-- @ polychoric
-- "How do the two hidden maturities correlate, of which the levels are all that is seen?"
-- see: polychoric_thresholds
SELECT m AS method, round(estimate::numeric, 4) AS rho, round(std_error::numeric, 4) AS se, round(conf_low::numeric, 3) AS low, round(conf_high::numeric, 3) AS high
FROM unnest(ARRAY['ml', 'two_step']) AS m, polychoric(xtab(ARRAY[[58, 52, 1], [26, 58, 3], [8, 12, 9]]), method => m);
-- @ polychoric_thresholds
-- "Where do the levels part the hidden maturity?"
SELECT side, category, round(threshold::numeric, 3) AS threshold, round(std_error::numeric, 3) AS se FROM polychoric_thresholds(xtab(ARRAY[[58, 52, 1], [26, 58, 3], [8, 12, 9]]));
