-- # Two groups
-- "Do large organisations have approved incident classes more often?" Rows are the groups, columns the outcome; answers of 2017, made up.
CREATE TEMP VIEW approved_by_size AS
	SELECT xtab(CASE WHEN q1_3 >= 'f' THEN 'large' ELSE 'small' END, CASE WHEN q4_4_2 >= 'b' THEN 'approved' ELSE 'not' END) AS t FROM synthetic_2017;
-- @ odds_ratio
-- "What are the odds?"
-- see: risk_ratio, fisher_test
SELECT counts(t), round(estimate::numeric, 3) AS odds_ratio, round(conf_low::numeric, 3) AS low, round(conf_high::numeric, 3) AS high, round(p_value::numeric, 4) AS p
FROM approved_by_size, odds_ratio(t);
-- @ odds_ratio
-- An empty cell: infinite with a note, or with 0.5 added to every cell.
SELECT a AS add, round(estimate::numeric, 2) AS odds_ratio, round(conf_low::numeric, 2) AS low, notes FROM unnest(ARRAY[0, 0.5]) AS a, odds_ratio(xtab(ARRAY[[9, 0], [4, 6]]), a);
-- @ risk_ratio
-- "How many times the share?"
SELECT round(estimate::numeric, 3) AS risk_ratio, round(conf_low::numeric, 3) AS low, round(conf_high::numeric, 3) AS high FROM approved_by_size, risk_ratio(t);
-- @ risk_difference
-- "How many points more?"
SELECT m AS method, round(100 * estimate::numeric, 1) AS points, round(100 * conf_low::numeric, 1) AS low, round(100 * conf_high::numeric, 1) AS high
FROM approved_by_size, unnest(ARRAY['newcombe', 'mn', 'wald']) AS m, risk_difference(t, 1, m);
-- @ two_proportion_test
-- "Is the difference more than chance?" The square of the pooled z is Pearson's chi-square.
-- see: chisq_test, risk_difference
SELECT method, round(statistic::numeric, 4) AS z, round(p_value::numeric, 5) AS p FROM approved_by_size, unnest(ARRAY[true, false]) AS pooled, two_proportion_test(t, 1, pooled);
-- @ overlap_test
-- "32 of 66 in 2015, 91 of 187 in 2017, and 50 organisations answered both times (20 yes twice): has the share changed?"
-- see: wave_comparison, mcnemar_test
SELECT method, round(100 * estimate::numeric, 1) AS points, round(100 * conf_low::numeric, 1) AS low, round(100 * conf_high::numeric, 1) AS high, round(statistic::numeric, 3) AS z, round(p_value::numeric, 3) AS p
FROM overlap_test(32, 66, 91, 187, yes_yes => 20, yes_no => 4, no_yes => 7, no_no => 19);
