-- Measures of association against the reference values of data/golden: every two-way table, one line a statistic.
\set ECHO none
\set QUIET 1
\pset format unaligned
\pset tuples_only true
\pset pager off
\set ON_ERROR_STOP 1
BEGIN;
CREATE EXTENSION IF NOT EXISTS pgtap;
CREATE EXTENSION IF NOT EXISTS csirtsurvey;
SET search_path = csirtsurvey, public;
SELECT no_plan();
CREATE TEMP TABLE cell (table_id text, "row" int, col int, n float8, stratum int);
CREATE TEMP TABLE golden (table_id text, statistic text, value text, tool text, note text);
\copy cell FROM 'data/golden/tables.csv' (FORMAT csv, HEADER)
\copy golden FROM 'data/golden/golden.csv' (FORMAT csv, HEADER)
CREATE TEMP TABLE tab AS
	SELECT table_id, xtab(array_agg(line ORDER BY "row")) AS t, max(cols) = 2 AND count(*) = 2 AS two_by_two
	FROM (SELECT table_id, "row", array_agg(n ORDER BY col) AS line, count(*) AS cols FROM cell
		  WHERE stratum IS NULL AND table_id !~ '^[bf]_' GROUP BY table_id, "row") AS lines
	GROUP BY table_id;
CREATE TEMP TABLE got AS
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
CREATE TEMP TABLE compared AS
	SELECT statistic, table_id, got, want,
		   CASE WHEN got = want OR abs(got - want) <= coalesce(substring(note FROM 'abs=([0-9.eE+-]+)')::float8, 0) THEN 0
				WHEN abs(got) = 'Infinity' OR abs(want) = 'Infinity' THEN 1
				ELSE abs(got - want) / greatest(abs(got), abs(want)) END AS error,
		   coalesce(substring(note FROM 'tol=([0-9.eE+-]+)')::float8, 1e-9) AS tolerance
	FROM (SELECT table_id, statistic, value::float8 AS want, coalesce(note, '') AS note FROM golden
		  WHERE coalesce(note, '') !~ 'check=skip' AND value <> 'NA') AS w JOIN got USING (table_id, statistic);
SELECT ok(count(*) FILTER (WHERE coalesce(error, 1) > tolerance) = 0 AND count(*) > 10, format('%s: %s values, worst relative error %s', statistic, count(*), max(error)))
FROM compared GROUP BY statistic ORDER BY statistic;
SELECT diag(format('%s %s got %s want %s', statistic, table_id, got, want)) FROM compared WHERE coalesce(error, 1) > tolerance LIMIT 30;
SELECT is((SELECT count(DISTINCT statistic) FROM compared), (SELECT count(DISTINCT statistic) FROM got), 'every statistic computed was compared');

-- Intervals, arguments, degenerate tables.
SELECT is((SELECT round(conf_low::numeric, 4) || ' ' || round(conf_high::numeric, 4) FROM risk_difference(xtab(ARRAY[[56, 14], [48, 32]]))), '0.0524 0.3339',
		  'Newcombe (1998), table II, example (a), method 10');
SELECT ok((SELECT estimate BETWEEN conf_low AND conf_high FROM cramers_v(xtab(ARRAY[[68, 20], [15, 119]]))), 'V lies in its interval');
SELECT is((SELECT estimate FROM cramers_v(xtab(ARRAY[[1, 2, 3]]))), NULL, 'one row: no answer');
SELECT ok((SELECT array_length(notes, 1) > 0 FROM odds_ratio(xtab(ARRAY[[3, 0], [1, 4]]))), 'an infinite odds ratio carries a note');
SELECT is((SELECT round(estimate::numeric, 10) FROM odds_ratio(xtab(ARRAY[[3, 0], [1, 4]]), 0.5)), round(3.5 * 4.5 / (0.5 * 1.5), 10), 'half a case added to each cell');
SELECT throws_ok(q, '22023', NULL, q) FROM unnest(ARRAY['SELECT cramers_v(freq(1))', 'SELECT cramers_v(xtab(1, 2), conf_level => 1)',
	'SELECT cramers_v(xtab(1, 2), conf_level => ''NaN'')', 'SELECT odds_ratio(xtab(ARRAY[[1, 2, 3], [4, 5, 6]]))', 'SELECT risk_ratio(xtab(ARRAY[[1, 2], [3, 4]]), 3)',
	'SELECT risk_difference(xtab(ARRAY[[1, 2], [3, 4]]), 1, ''odd'')', 'SELECT goodman_kruskal_lambda(xtab(1, 2), ''odd'')',
	'SELECT goodman_kruskal_tau(xtab(1, 2), ''symmetric'')', 'SELECT odds_ratio(xtab(ARRAY[[1, 2], [3, 4]]), -1)',
	'SELECT eta(xtab(1, ''f''::tenure))']) AS q;
SELECT throws_ok('SELECT eta(xtab(1, ''a''::text))', '42809', NULL, 'eta needs scores');
SELECT * FROM finish();
ROLLBACK;
