-- Fisher's exact test.
INSERT INTO got
	SELECT table_id, v.statistic, v.value
	FROM tab, LATERAL fisher_test(t, max_seconds => 300) AS f, LATERAL (VALUES ('fisher_p', f.p_value)) AS v(statistic, value)
	WHERE whole AND table_id IN (SELECT table_id FROM csv_golden WHERE statistic = 'fisher_p')
	UNION ALL
	SELECT table_id, v.statistic, v.value
	FROM tab, LATERAL chisq_test(t) AS x, LATERAL fisher_test(CASE WHEN x.parameter = 1 THEN t END) AS f,
		 LATERAL fisher_test(CASE WHEN x.parameter = 1 THEN t END, 'less') AS l, LATERAL fisher_test(CASE WHEN x.parameter = 1 THEN t END, 'greater') AS g,
		 LATERAL (VALUES ('fisher_p_less', l.p_value), ('fisher_p_greater', g.p_value), ('fisher_or_mle', f.estimate),
						 ('fisher_or_ci_lower', f.conf_low), ('fisher_or_ci_upper', f.conf_high)) AS v(statistic, value)
	WHERE whole AND x.parameter = 1;
