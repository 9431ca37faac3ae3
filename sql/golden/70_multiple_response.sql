-- Multi-select answers: the data of every analysis of kind mr, in whatever file of micro/ it names; "" is nothing ticked, NA not answered.
-- The options of an analysis are its own names and become a, b, c in their order.
CREATE FUNCTION pg_temp.answers(data text, var1 text, var2 text) RETURNS TABLE (grp text, answer text) LANGUAGE plpgsql AS $$
BEGIN
	RETURN QUERY EXECUTE format('SELECT nullif(%I, ''NA''), coalesce(%I, '''') FROM %I', var2, var1, 'csv_micro_' || regexp_replace(data, '\.csv$', ''));
END $$;
CREATE TABLE mr AS
	SELECT table_id, name, xtab(grp, ms) AS t, freq(ms) AS f
	FROM (SELECT a.table_id, o.name, r.grp,
				 CASE WHEN answer <> 'NA' THEN multiselect_from_labels(string_to_array(answer, ','), o.name) END AS ms
		  FROM csv_micro_analyses AS a, LATERAL (SELECT string_to_array(a.extra, ';') AS name) AS o,
			   LATERAL pg_temp.answers(a.data, a.var1, a.var2) AS r
		  WHERE a.kind = 'mr') AS answered
	GROUP BY table_id, name;
INSERT INTO got
	SELECT table_id, v.statistic, v.value
	FROM mr, LATERAL mr_summary(f) AS s, LATERAL mr_cochran_test(f) AS q, LATERAL mmi_test(t, 'rao_scott_1') AS r1, LATERAL mmi_test(t) AS r2,
		 LATERAL mmi_test(t, 'rao_scott_1_estimated') AS e1, LATERAL mmi_test(t, 'rao_scott_2_estimated') AS e2,
		 LATERAL (SELECT sum(l) AS lambda, sum(l * l) AS squares FROM unnest(mmi_eigenvalues(t)) AS l) AS eigen,
		 LATERAL mmi_test(t, 'bootstrap') AS b,
		 LATERAL (VALUES ('mr_n_respondents', s.respondents::float8), ('mr_n_missing', s.missing::float8), ('mr_n_valid', s.valid::float8),
						 ('mr_n_answered', s.answered::float8), ('mr_n_none', s.none::float8), ('mr_n_responses', s.responses::float8),
						 ('mr_mean_responses', s.mean_responses), ('mr_mean_responses_answered', s.mean_responses_answered),
						 ('mr_cochran_q', q.statistic), ('mr_cochran_q_df', q.parameter), ('mr_cochran_q_p', q.p_value), ('mmi_x2', r1.statistic), ('mmi_df', r1.parameter), ('mmi_rs1_p', r1.p_value),
						 ('mmi_rs2_chi2', r2.statistic), ('mmi_rs2_df', r2.parameter), ('mmi_rs2_p', r2.p_value),
						 ('mmi_rs1_est_chi2', e1.statistic), ('mmi_rs1_est_p', e1.p_value), ('mmi_rs2_est_chi2', e2.statistic),
						 ('mmi_rs2_est_df', e2.parameter), ('mmi_rs2_est_p', e2.p_value), ('mmi_lambda_sum', eigen.lambda),
						 ('mmi_lambda_sumsq', eigen.squares), ('mmi_bootstrap_p', b.p_value)) AS v(statistic, value)
	UNION ALL
	SELECT table_id, format('%s:%s', v.statistic, o.label), v.value
	FROM mr, LATERAL mr_options(f, name) AS o,
		 LATERAL (VALUES ('mr_count', o.n::float8), ('mr_pct_valid', o.respondent_pct), ('mr_pct_answered', o.answered_pct), ('mr_pct_responses', o.response_pct))
			AS v(statistic, value)
	UNION ALL
	SELECT table_id, format('mr_both:%s,%s', p.label_1, p.label_2), p.n_both::float8 FROM mr, LATERAL mr_pairs(f, name) AS p
	UNION ALL
	SELECT DISTINCT table_id, 'mr_group_n:' || c."row", c.row_n::float8 FROM mr, LATERAL mr_cells(t, NULL, name) AS c
	UNION ALL
	SELECT table_id, format('%s:%s|%s', v.statistic, c."row", c.col_label), v.value
	FROM mr, LATERAL mr_cells(t, NULL, name) AS c, LATERAL (VALUES ('mr_group_count', c.n::float8), ('mr_group_pct_valid', c.row_pct)) AS v(statistic, value)
	UNION ALL
	SELECT table_id, format('%s:%s', v.statistic, i.label), v.value
	FROM mr, LATERAL mmi_items(t, labels => name) AS i,
		 LATERAL (VALUES ('mmi_chi2', i.chi2), ('mmi_chi2_p', i.p_value), ('mmi_bonferroni_p', i.p_bonferroni), ('mmi_holm_p', i.p_holm)) AS v(statistic, value);
