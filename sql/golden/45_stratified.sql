-- Tables by stratum, through the aggregates where these take the variant; the generalised statistics of single tables as one stratum.
WITH strata AS (
	SELECT table_id, array_agg(t ORDER BY stratum) AS t FROM stratified GROUP BY table_id
	UNION ALL
	SELECT table_id, ARRAY[t] FROM tab)
INSERT INTO got
	SELECT table_id, format('cmh_%s_%s', which, v.name), v.value
	FROM strata, unnest(ARRAY['cor', 'row_means', 'col_means', 'general']) AS which, LATERAL cmh_test(t, which) AS x,
		 LATERAL (VALUES ('chi2', x.statistic), ('df', x.parameter), ('p', x.p_value)) AS v(name, value);
WITH strata AS (
	SELECT table_id, array_agg(t) AS t, cmh_test(t) AS mh, mh_risk_ratio(t) AS rr, breslow_day_test(t) AS bdt, woolf_test(t) AS w
	FROM stratified WHERE two_by_two GROUP BY table_id)
INSERT INTO got
	SELECT table_id, v.statistic, v.value
	FROM strata, LATERAL cmh_test(t, correct => true) AS cc, LATERAL cmh_test(t, exact => true) AS e, LATERAL breslow_day_test(t, tarone => false) AS bd,
		 LATERAL (VALUES ('cmh_chi2', (mh).statistic), ('cmh_p', (mh).p_value), ('cmh_chi2_cc', cc.statistic), ('cmh_p_cc', cc.p_value),
						 ('mh_or', (mh).estimate), ('mh_log_or_se', (mh).std_error), ('mh_or_ci_lower', (mh).conf_low), ('mh_or_ci_upper', (mh).conf_high),
						 ('mh_rr', (rr).estimate), ('cmh_exact_p', e.p_value), ('cmh_exact_p_less', (cmh_test(t, exact => true, alternative => 'less')).p_value),
						 ('cmh_exact_p_greater', (cmh_test(t, exact => true, alternative => 'greater')).p_value), ('cmh_exact_or', e.estimate),
						 ('cmh_exact_or_ci_lower', e.conf_low), ('cmh_exact_or_ci_upper', e.conf_high), ('breslow_day_chi2', bd.statistic),
						 ('breslow_day_df', bd.parameter), ('breslow_day_p', bd.p_value), ('breslow_day_tarone_chi2', (bdt).statistic),
						 ('breslow_day_tarone_df', (bdt).parameter), ('breslow_day_tarone_p', (bdt).p_value), ('woolf_chi2', (w).statistic),
						 ('woolf_df', (w).parameter), ('woolf_p', (w).p_value)) AS v(statistic, value);
