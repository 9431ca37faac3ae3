-- # Stratified tables
-- Large and small organisations by approved incident classes, one table for IT services and one for the others (made-up answers of 2017).
-- All take an array of tables; those that are aggregates too take the tables of a GROUP BY as rows.
CREATE TEMP VIEW stratum AS
	SELECT CASE q1_2 WHEN 'jj' THEN 'IT services' ELSE 'other' END AS industry,
		   xtab(CASE WHEN q1_3 >= 'f' THEN 'large' ELSE 'small' END, CASE WHEN q4_4_2 >= 'b' THEN 'approved' ELSE 'not' END) AS t,
		   xtab(CASE WHEN q1_3 >= 'f' THEN 'large' ELSE 'small' END, q4_4_2) AS by_level
	FROM synthetic_2017 GROUP BY 1;
-- @ cmh_test
-- "Do large organisations have approved classes more often, within the industries?"
-- see: breslow_day_test, mh_risk_ratio, cmh_tests
SELECT industry, counts(t) FROM stratum ORDER BY industry;
SELECT (h).method, round((h).statistic::numeric, 3) AS chi2, (h).parameter AS df, round((h).p_value::numeric, 4) AS p, round((h).estimate::numeric, 3) AS odds_ratio,
	   round((h).conf_low::numeric, 3) AS low, round((h).conf_high::numeric, 3) AS high FROM (SELECT cmh_test(t) AS h FROM stratum) AS x;
-- @ cmh_test
-- With options, over an array; exactly: the conditional odds ratio with exact limits.
SELECT h.method, round(h.p_value::numeric, 4) AS p, round(h.estimate::numeric, 3) AS odds_ratio, round(h.conf_low::numeric, 3) AS low, round(h.conf_high::numeric, 3) AS high
FROM (SELECT array_agg(t) AS tables FROM stratum) AS x, cmh_test(tables, exact => true) AS h;
-- @ cmh_tests
-- "And by all company sizes and levels: is there a trend, a difference of means, any association?"
SELECT h.method, round(h.statistic::numeric, 3) AS chi2, h.parameter AS df, round(h.p_value::numeric, 4) AS p
FROM (SELECT array_agg(t) AS tables FROM (SELECT xtab(q1_3, q4_4_2) AS t FROM synthetic_2017 GROUP BY q1_2 = 'jj') AS y) AS x, cmh_tests(tables) AS h;
-- @ breslow_day_test, woolf_test, zelen_test
-- "Is the odds ratio the same in both?" By three tests, the last exact.
-- see: cmh_test
SELECT h.method, round(h.statistic::numeric, 3) AS statistic, h.parameter AS df, round(h.p_value::numeric, 4) AS p
FROM (SELECT array_agg(t) AS tables FROM stratum) AS x,
	 LATERAL (SELECT * FROM breslow_day_test(tables) UNION ALL SELECT * FROM woolf_test(tables) UNION ALL SELECT * FROM zelen_test(tables)) AS h;
-- @ mh_risk_ratio, mh_risk_difference
-- "How many times the share, and how many points more, within the industries?"
-- see: risk_ratio, risk_difference
SELECT (h).method, round((h).estimate::numeric, 3) AS estimate, round((h).conf_low::numeric, 3) AS low, round((h).conf_high::numeric, 3) AS high
FROM (SELECT mh_risk_ratio(t) AS h FROM stratum UNION ALL SELECT mh_risk_difference(t) FROM stratum) AS x;
-- @ van_elteren_test
-- "Do large organisations score higher, within the industries?"
-- see: wilcoxon_test
SELECT round((h).statistic::numeric, 3) AS chi2, (h).parameter AS df, round((h).p_value::numeric, 5) AS p, round((h).estimate::numeric, 3) AS superiority FROM (SELECT van_elteren_test(by_level) AS h FROM stratum) AS x;
