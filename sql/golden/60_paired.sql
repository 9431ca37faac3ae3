-- Paired answers and agreement.
INSERT INTO got
	SELECT table_id, v.statistic, v.value
	FROM tab, LATERAL mcnemar_test(t) AS m, LATERAL mcnemar_test(t, correct => true) AS c,
		 LATERAL (VALUES ('mcnemar_chi2', m.statistic), ('mcnemar_p', m.p_value), ('mcnemar_chi2_cc', c.statistic), ('mcnemar_p_cc', c.p_value))
			AS v(statistic, value)
	WHERE two_by_two
	UNION ALL
	SELECT table_id, 'mcnemar_p_exact', (mcnemar_test(t, exact => true)).p_value
	FROM tab WHERE two_by_two AND whole
	UNION ALL
	SELECT table_id, v.statistic, v.value
	FROM tab, LATERAL bowker_test(t, all_pairs => true) AS b, LATERAL stuart_maxwell_test(t) AS s, LATERAL bhapkar_test(t) AS h,
		 LATERAL (VALUES ('bowker_chi2', b.statistic), ('bowker_df', b.parameter), ('bowker_p', b.p_value),
						 ('stuart_maxwell_chi2', s.statistic), ('stuart_maxwell_df', s.parameter), ('stuart_maxwell_p', s.p_value),
						 ('bhapkar_chi2', h.statistic), ('bhapkar_df', h.parameter), ('bhapkar_p', h.p_value)) AS v(statistic, value)
	WHERE square
	UNION ALL
	SELECT table_id, w.name || v.suffix, v.value
	FROM tab, (VALUES ('kappa', 'none'), ('kappa_linear', 'linear'), ('kappa_quadratic', 'quadratic')) AS w(name, weights), LATERAL kappa(t, w.weights) AS k,
		 LATERAL (VALUES ('', k.estimate), ('_ase1', k.std_error), ('_ase0', k.parameter), ('_z0', k.statistic), ('_p', k.p_value)) AS v(suffix, value)
	WHERE square;
-- One array a respondent.
INSERT INTO got
	SELECT table_id, v.statistic, v.value
	FROM (SELECT table_id, cochran_q_test(answers) AS q
		  FROM (SELECT table_id, array_agg(n = 1 ORDER BY col) AS answers FROM cell WHERE kind = 'binary_matrix' GROUP BY table_id, "row") AS respondents
		  GROUP BY table_id) AS s,
		 LATERAL (VALUES ('cochran_q', (q).statistic), ('cochran_q_df', (q).parameter), ('cochran_q_p', (q).p_value)) AS v(statistic, value)
	UNION ALL
	SELECT table_id, v.statistic, v.value
	FROM (SELECT table_id, friedman_test(ratings) AS f
		  FROM (SELECT table_id, array_agg(n ORDER BY col) AS ratings FROM cell WHERE kind = 'rating_matrix' GROUP BY table_id, "row") AS respondents
		  GROUP BY table_id) AS s,
		 LATERAL (VALUES ('friedman_chi2', (f).statistic), ('friedman_df', (f).parameter), ('friedman_p', (f).p_value), ('kendall_w', (f).estimate))
			AS v(statistic, value);
