-- Goodness of fit, intervals of a proportion, adjusted p-values (over an array and over a window).
WITH fit AS (
	SELECT table_id, xtab(array_agg(n::float8 ORDER BY cat::int)) AS t, array_agg(p::float8 ORDER BY cat::int) AS p FROM csv_gof GROUP BY table_id)
INSERT INTO got
	SELECT table_id, v.statistic, v.value
	FROM fit, LATERAL goodness_of_fit(t, p) AS x, LATERAL goodness_of_fit(t, p, true) AS g,
		 LATERAL (VALUES ('gof_chi2', x.statistic), ('gof_df', x.parameter), ('gof_p', x.p_value), ('gof_g2', g.statistic), ('gof_g2_p', g.p_value))
			AS v(statistic, value);
WITH fit AS (
	SELECT table_id, xtab(array_agg(n::float8 ORDER BY cat::int)) AS t, array_agg(p::float8 ORDER BY cat::int) AS p FROM csv_gof GROUP BY table_id)
INSERT INTO got
	SELECT table_id, format('gof_%s_%s', v.name, c.category), v.value
	FROM fit, LATERAL goodness_of_fit_cells(t, p) AS c, LATERAL (VALUES ('expected', c.expected), ('residual', c.residual), ('adj_residual', c.adj_residual)) AS v(name, value);
INSERT INTO got
	SELECT table_id, format('%s_%s', m, side), CASE side WHEN 'lower' THEN conf_low ELSE conf_high END
	FROM csv_prop AS p, unnest(ARRAY['wilson', 'wilson_cc', 'clopper_pearson', 'agresti_coull', 'jeffreys', 'wald']) AS m,
		 LATERAL proportion_ci(p.x::float8, p.n::float8, m, p.conf::float8) AS ci, unnest(ARRAY['lower', 'upper']) AS side
	UNION ALL
	SELECT table_id, 'proportion', (proportion_ci(p.x::float8, p.n::float8)).estimate FROM csv_prop AS p;
INSERT INTO got
	SELECT table_id, format('p_adjust_%s_%s', lower(m), i), unnest(ARRAY[a[i], w])
	FROM (SELECT table_id, i::int, m,
				 p_adjust(array_agg(p::float8) OVER (PARTITION BY table_id, m ORDER BY i::int ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING), m) AS a,
				 p_adjust(p::float8, m) OVER (PARTITION BY table_id, m ORDER BY i::int) AS w
		  FROM csv_padj, unnest(ARRAY['bonferroni', 'holm', 'hochberg', 'hommel', 'BH', 'BY']) AS m) AS s;
