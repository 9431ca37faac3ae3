-- Measures of nominal association and of two groups.
INSERT INTO got
	SELECT table_id, v.statistic, v.got
	FROM tab, LATERAL cramers_v(t) AS v1, LATERAL cramers_v(t, bias_corrected => true) AS v2, LATERAL phi(t) AS f, LATERAL contingency_coefficient(t) AS cc,
		 LATERAL tschuprow_t(t) AS tt,
		 LATERAL (VALUES ('cramers_v', v1.estimate), ('cramers_v_bc', v2.estimate), ('phi', abs(f.estimate)),
						 ('phi_signed', f.estimate), ('contingency_c', cc.estimate), ('tschuprow_t', tt.estimate)) AS v(statistic, got)
	UNION ALL
	SELECT table_id, v.statistic, v.got
	FROM tab, LATERAL goodman_kruskal_lambda(t, 'col') AS lc, LATERAL goodman_kruskal_lambda(t, 'row') AS lr, LATERAL goodman_kruskal_lambda(t) AS ls,
		 LATERAL uncertainty_coefficient(t, 'col') AS uc, LATERAL uncertainty_coefficient(t, 'row') AS ur, LATERAL uncertainty_coefficient(t) AS us,
		 LATERAL goodman_kruskal_tau(t) AS tc, LATERAL goodman_kruskal_tau(t, 'row') AS tr, LATERAL eta(t) AS ec, LATERAL eta(t, 'row') AS er,
		 LATERAL (VALUES ('lambda_col_dep', lc.estimate), ('lambda_col_dep_ase1', lc.std_error), ('lambda_row_dep', lr.estimate), ('lambda_row_dep_ase1', lr.std_error),
						 ('lambda_sym', ls.estimate), ('lambda_sym_ase1', ls.std_error), ('uncertainty_col_dep', uc.estimate), ('uncertainty_col_dep_ase1', uc.std_error),
						 ('uncertainty_row_dep', ur.estimate), ('uncertainty_row_dep_ase1', ur.std_error), ('uncertainty_sym', us.estimate),
						 ('uncertainty_sym_ase1', us.std_error), ('gk_tau_col_dep', tc.estimate), ('gk_tau_row_dep', tr.estimate), ('eta_col_dep', ec.estimate),
						 ('eta_row_dep', er.estimate)) AS v(statistic, got)
	UNION ALL
	SELECT table_id, v.statistic, v.got
	FROM tab, LATERAL odds_ratio(t) AS o, LATERAL risk_ratio(t) AS r, LATERAL risk_ratio(t, 2) AS r2, LATERAL two_proportion_test(t) AS s,
		 LATERAL two_proportion_test(t, pooled => false) AS w,
		 LATERAL (VALUES ('odds_ratio', o.estimate), ('log_odds_ratio', ln(nullif(o.estimate, 0))), ('log_odds_ratio_se', o.std_error), ('odds_ratio_ci_lower', o.conf_low),
						 ('odds_ratio_ci_upper', o.conf_high), ('odds_ratio_p', o.p_value), ('risk_ratio', r.estimate), ('log_risk_ratio_se', r.std_error),
						 ('risk_ratio_ci_lower', r.conf_low), ('risk_ratio_ci_upper', r.conf_high), ('risk_ratio_p', r.p_value), ('risk_ratio_col2', r2.estimate),
						 ('risk_ratio_col2_ci_lower', r2.conf_low), ('risk_ratio_col2_ci_upper', r2.conf_high), ('two_prop_score_z', s.statistic),
						 ('two_prop_score_p', s.p_value), ('two_prop_wald_z', w.statistic), ('two_prop_wald_p', w.p_value), ('risk_diff', s.estimate)) AS v(statistic, got)
	WHERE two_by_two
	UNION ALL
	SELECT table_id, format('risk_diff_ci_%s_%s', m, side), CASE side WHEN 'lower' THEN d.conf_low ELSE d.conf_high END
	FROM tab, unnest(ARRAY['newcombe', 'mn', 'mee', 'agresti_caffo', 'wald', 'wald_cc']) AS m, LATERAL risk_difference(t, 1, m) AS d,
		 unnest(ARRAY['lower', 'upper']) AS side
	WHERE two_by_two;
