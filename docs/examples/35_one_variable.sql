-- # One variable
CREATE TEMP VIEW classes AS SELECT freq(q4_4_2) AS t FROM synthetic_2017;
-- @ frequencies
-- "Since when is there a SOC, where there is one?" The frequency table, as SPSS prints it. Missing answers come last and are not in the valid percentages.
-- see: print, freq
SELECT category, label, n, round(percent::numeric, 1) AS percent, round(valid_percent::numeric, 1) AS valid, round(cum_percent::numeric, 1) AS cumulative
FROM frequencies((SELECT freq(CASE WHEN q4_5_4_1 = 'a' THEN q4_5_4_5_tenure END) FROM synthetic_2017));
-- @ ordinal_summary
-- "Median and spread of the levels, for each size of organisation?" As an aggregate over answers, or of a table.
SELECT label(q1_3) AS size, (s).n, (s).q1, (s).median, (s).q3, (s).mode, round((s).interpolated_median::numeric, 2) AS interpolated, round((s).mean_level::numeric, 2) AS mean
FROM (SELECT q1_3, ordinal_summary(q4_4_2) AS s FROM synthetic_2017 GROUP BY q1_3) AS x WHERE (s).n >= 20 ORDER BY q1_3;
-- @ ordinal_summary
-- Of a table.
SELECT s.n, s.min, s.median, s.max, s.mode, s.modes FROM classes, ordinal_summary(t) AS s;
-- @ share_at_least
-- "How many have classes that are at least approved, of the 262 members?" Wilson's interval with the finite population correction, then the bounds whatever the rest would say.
-- see: proportion_ci, ordinal_summary
SELECT m AS method, round(100 * estimate::numeric, 1) AS "%", round(100 * conf_low::numeric, 1) AS low, round(100 * conf_high::numeric, 1) AS high
FROM classes, unnest(ARRAY['wilson', 'census_bounds']) AS m, share_at_least(t, 'b', m, population => 262);
-- @ proportion_ci
-- "141 of 187: with which interval?"
SELECT m AS method, round(100 * conf_low::numeric, 1) AS low, round(100 * conf_high::numeric, 1) AS high
FROM unnest(ARRAY['wilson', 'clopper_pearson', 'jeffreys', 'wald']) AS m, proportion_ci(141, 187, m);
-- @ proportion_ci
-- Nobody asked: NULLs and a note.
SELECT estimate, conf_low, notes FROM proportion_ci(0, 0);
-- @ multinomial_ci
-- "Intervals of all shares that hold at once?"
SELECT category, n, round(100 * estimate::numeric, 1) AS "%", round(100 * conf_low::numeric, 1) AS low, round(100 * conf_high::numeric, 1) AS high FROM classes, multinomial_ci(t);
-- @ goodness_of_fit
-- "Do the respondents' industries follow those of the members (made-up ratio 5 : 3 : 2)?" Equal proportions without the second argument.
SELECT method, round(statistic::numeric, 3) AS x2, parameter AS df, round(p_value::numeric, 4) AS p, n FROM goodness_of_fit(xtab(ARRAY[68, 61, 58]), ARRAY[5, 3, 2]);
-- @ goodness_of_fit_cells
-- "And where are they too many?"
SELECT category, n, round(expected::numeric, 1) AS expected, round(residual::numeric, 2) AS residual, round(adj_residual::numeric, 2) AS adj_residual
FROM goodness_of_fit_cells(xtab(ARRAY[68, 61, 58], ARRAY['IT', 'finance', 'other']), ARRAY[5, 3, 2]);
-- @ numeric_summary
-- "How old are the teams, in years at the end of 2017?"
SELECT s.n, s.missing, round(s.mean::numeric, 2) AS mean, round(s.sd::numeric, 2) AS sd, round(s.se_mean::numeric, 3) AS se, s.min, s.q1, s.median, s.q3, s.max
FROM numeric_summary((SELECT freq(2017 - extract(year FROM q3_3_2)::int) FROM synthetic_2017)) AS s;
-- @ quantile
-- "The 90 % quantile as R (7) and as SPSS (6) take it?"
SELECT type, round(quantile(xtab(ARRAY[3, 1, 4, 2, 6, 1]), 0.9, type)::numeric, 2) AS "90 %" FROM (VALUES (7), (6)) AS v (type);
-- @ kish
-- "What do unequal weights cost?" Four answers with these weights tell as much as 2.9 equal ones.
SELECT n, weight_sum, round(n_eff::numeric, 2) AS n_eff, round(deff::numeric, 3) AS deff
FROM (SELECT freq(a, w) AS t FROM (VALUES ('x', 1), ('y', 1), ('y', 2), ('x', 4)) AS v (a, w)) AS x, kish(t);
