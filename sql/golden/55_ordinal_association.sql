-- Association of two ordered variables.
INSERT INTO got
	SELECT table_id, v.statistic, v.value
	FROM tab, LATERAL goodman_kruskal_gamma(t) AS g, LATERAL kendall_tau_b(t) AS b, LATERAL kendall_tau_c(t) AS c,
		 LATERAL somers_d(t) AS dc, LATERAL somers_d(t, 'row') AS dr, LATERAL somers_d(t, 'symmetric') AS ds,
		 LATERAL (VALUES ('gamma', g.estimate), ('gamma_ase1', g.std_error), ('gamma_ase0', g.parameter2), ('gamma_ci_lower', g.conf_low),
						 ('gamma_ci_upper', g.conf_high), ('tau_b', b.estimate), ('tau_b_ase1', b.std_error), ('tau_c', c.estimate),
						 ('tau_c_ase1', c.std_error), ('somers_d_cr', dc.estimate), ('somers_d_cr_ase1', dc.std_error),
						 ('somers_d_rc', dr.estimate), ('somers_d_rc_ase1', dr.std_error), ('somers_d_sym', ds.estimate),
						 ('somers_d_sym_ase1', ds.std_error), ('concordance_t0', g.statistic), ('concordance_t0', b.statistic),
						 ('concordance_t0', c.statistic), ('concordance_t0', dc.statistic), ('concordance_t0', dr.statistic),
						 ('concordance_t0', ds.statistic), ('somers_p', dc.p_value), ('somers_p', dr.p_value)) AS v(statistic, value)
	UNION ALL
	SELECT table_id, v.statistic, v.value
	FROM tab, LATERAL concordance(t) AS p, LATERAL kendall_tau_b(t, test => 'permutation') AS k,
		 LATERAL (VALUES ('concordant_pairs', p.concordant), ('discordant_pairs', p.discordant), ('kendall_z', k.statistic),
						 ('kendall_p', k.p_value)) AS v(statistic, value)
	UNION ALL
	SELECT table_id, v.statistic, v.value
	FROM tab, LATERAL spearman_rho(t) AS s, LATERAL pearson_r(t, 'rank') AS f, LATERAL pearson_r(t) AS r,
		 LATERAL (VALUES ('spearman_rho', s.estimate), ('spearman_rho', f.estimate), ('spearman_rho_t', s.statistic), ('spearman_p', s.p_value),
						 ('spearman_rho_ase1', s.std_error), ('spearman_rho_ase1_fixed', f.std_error), ('pearson_r', r.estimate),
						 ('pearson_r_ase1', r.std_error), ('pearson_r_t', r.statistic)) AS v(statistic, value);
