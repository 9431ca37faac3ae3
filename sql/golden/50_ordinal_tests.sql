-- Trend and location.  Groups in the columns are the rows of the table turned.
CREATE TEMP VIEW turned AS
	SELECT table_id, side, CASE side WHEN 'rows' THEN t ELSE transpose(t) END AS t, whole
	FROM tab, unnest(ARRAY['rows', 'cols']) AS side;
CREATE TEMP TABLE grouped AS
	SELECT s.*, g.groups, g.first, g.rest
	FROM turned AS s,
		 LATERAL (SELECT count(*) FILTER (WHERE n > 0) AS groups, (array_agg(n ORDER BY i) FILTER (WHERE n > 0))[1] AS first,
						 n(t) - (array_agg(n ORDER BY i) FILTER (WHERE n > 0))[1] AS rest
				  FROM (SELECT c."row"::int AS i, sum(c.n)::float8 AS n FROM cells(t) AS c GROUP BY c."row") AS r) AS g;
INSERT INTO got
	SELECT table_id, v.statistic, v.value
	FROM tab, LATERAL linear_by_linear_test(t) AS l,
		 LATERAL (VALUES ('lbl_m2', l.statistic), ('lbl_z', sign(l.estimate) * sqrt(l.statistic)), ('lbl_p', l.p_value)) AS v(statistic, value)
	WHERE l.p_value IS NOT NULL
	UNION ALL
	SELECT table_id, v.statistic, v.value
	FROM tab JOIN (SELECT table_id FROM grouped GROUP BY table_id HAVING bool_or(groups = 2)) AS two USING (table_id), LATERAL trend_test(t) AS x,
		 LATERAL (VALUES ('trend_chi2', x.statistic), ('trend_p', x.p_value)) AS v(statistic, value)
	UNION ALL
	SELECT table_id, format('mw_%s_%s', side, v.name), v.value
	FROM grouped, LATERAL wilcoxon_test(t, exact => false) AS w, LATERAL wilcoxon_test(t, correct => true, exact => false) AS c,
		 LATERAL (VALUES ('u1', w.statistic), ('u2', first * rest - w.statistic), ('u', least(w.statistic, first * rest - w.statistic)),
						 ('z', w.parameter), ('z_neg', -abs(w.parameter)), ('p', w.p_value), ('z_cc', c.parameter), ('p_cc', c.p_value)) AS v(name, value)
	WHERE groups = 2
	UNION ALL
	SELECT table_id, format('mw_%s_p_exact', side), x.p_value
	FROM grouped, LATERAL wilcoxon_test(t, exact => true, replicates => 1) AS x
	WHERE groups = 2 AND whole AND n(t) <= 10000 AND x.method ~ 'exact'
	UNION ALL
	SELECT table_id, format('kw_%s_%s', side, v.name), v.value
	FROM grouped, LATERAL kruskal_test(t) AS k, LATERAL (VALUES ('h', k.statistic), ('df', k.parameter), ('p', k.p_value)) AS v(name, value)
	UNION ALL
	SELECT table_id, format('jt_%s_%s', side, v.name), v.value
	FROM grouped, LATERAL jonckheere_test(t) AS j,
		 LATERAL (VALUES ('stat', j.statistic), ('mean', j.statistic - j.parameter * j.parameter2), ('sd', j.parameter2), ('z', j.parameter), ('p', j.p_value))
			AS v(name, value);
