-- Tests of independence, cells.
INSERT INTO got
	SELECT table_id, v.statistic, v.value
	FROM tab, LATERAL chisq_test(t) AS x, LATERAL g_test(t) AS g,
		 LATERAL (VALUES ('n', n(t)), ('pearson_chi2', x.statistic), ('pearson_df', x.parameter), ('pearson_p', x.p_value),
						 ('g2', g.statistic), ('g2_df', g.parameter), ('g2_p', g.p_value)) AS v(statistic, value)
	UNION ALL
	SELECT table_id, v.statistic, v.value
	FROM tab, LATERAL chisq_test(t, correct => true) AS y, LATERAL (VALUES ('yates_chi2', y.statistic), ('yates_p', y.p_value)) AS v(statistic, value)
	WHERE y.method ~ 'Yates'
	UNION ALL
	SELECT table_id, format('%s_%s_%s', v.name, c."row", c.col), v.value
	FROM tab, LATERAL cells(t) AS c,
		 LATERAL (VALUES ('expected', c.expected), ('residual', c.residual), ('adj_residual', c.adj_residual)) AS v(name, value);
