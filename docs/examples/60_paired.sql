-- # Paired answers and agreement
-- The same organisations in 2015 and 2017 (made-up answers of 58 organisations), rows 2015, columns 2017.
CREATE TEMP VIEW moved AS SELECT panel_transition_table(2015, 2017, '4.4.2') AS t;
-- @ mcnemar_test
-- "Did more get their classes approved than lost the approval?"
-- see: panel_transition, overlap_test, sign_test
SELECT counts(t), method, round(statistic::numeric, 3) AS statistic, parameter, round(p_value::numeric, 4) AS p
FROM (SELECT xtab(CASE WHEN a.q4_4_2 >= 'b' THEN 'approved' ELSE 'not' END, CASE WHEN b.q4_4_2 >= 'b' THEN 'approved' ELSE 'not' END) AS t
	  FROM synthetic_2015 a JOIN synthetic_2017 b USING (organisation)) AS x,
	 LATERAL (SELECT * FROM mcnemar_test(t) UNION ALL SELECT * FROM mcnemar_test(t, exact => true)) AS h;
-- @ bowker_test
-- "Are moves from one level to another as frequent as back?"
-- see: stuart_maxwell_test, panel_transition_table
SELECT counts(t) FROM moved;
SELECT round(statistic::numeric, 3) AS chi2, parameter AS df, round(p_value::numeric, 5) AS p, notes FROM moved, bowker_test(t);
-- @ stuart_maxwell_test, bhapkar_test
-- "Are the levels as frequent in 2017 as they were in 2015?"
SELECT method, round(statistic::numeric, 3) AS chi2, parameter AS df, round(p_value::numeric, 5) AS p
FROM moved, LATERAL (SELECT * FROM stuart_maxwell_test(t) UNION ALL SELECT * FROM bhapkar_test(t)) AS h;
-- @ signed_rank_test
-- "Did the levels rise?"
-- see: sign_test, panel_transition
SELECT statistic AS v, parameter AS changed, round(parameter2::numeric, 3) AS z, round(p_value::numeric, 5) AS p, round(estimate::numeric, 3) AS rank_biserial FROM moved, signed_rank_test(t, alternative => 'greater');
-- @ sign_test
-- "How many rose, of those that changed?"
SELECT statistic AS rose, parameter AS changed, round(estimate::numeric, 3) AS share, round(conf_low::numeric, 3) AS low, round(conf_high::numeric, 3) AS high, round(p_value::numeric, 5) AS p FROM moved, sign_test(t);
-- @ kappa
-- "Two people coded the same 100 free-text answers: do they agree?"
SELECT w AS weights, round(estimate::numeric, 3) AS kappa, round(conf_low::numeric, 3) AS low, round(conf_high::numeric, 3) AS high, to_char(p_value, '9.9EEEE') AS p
FROM unnest(ARRAY['none', 'linear']) AS w, kappa(set_scores(xtab(ARRAY[[22, 5, 1], [4, 30, 6], [2, 3, 27]]), ARRAY[1, 2, 3], ARRAY[1, 2, 3]), w);
-- @ cochran_q_test
-- "Are three documents approved equally often, in the same organisations?" One array a respondent.
-- see: mr_cochran_test, friedman_test
SELECT method, round(h.statistic::numeric, 2) AS q, h.parameter AS df, to_char(h.p_value, '9.99EEEE') AS p, h.n
FROM (SELECT cochran_q_test(ARRAY[q4_4_2 >= 'b', q4_4_3 >= 'b', q4_4_9 >= 'b']) AS h FROM synthetic_2017) AS x, LATERAL (SELECT (h).*) AS h;
-- @ friedman_test
-- "Do they have the same level?"
-- see: friedman_comparisons, level
SELECT round((h).statistic::numeric, 2) AS chi2, (h).parameter AS df, to_char((h).p_value, '9.99EEEE') AS p, round((h).estimate::numeric, 3) AS kendall_w, (h).n
FROM (SELECT friedman_test(ARRAY[level(q4_4_2), level(q4_4_3), level(q4_4_9)]) AS h FROM synthetic_2017) AS x;
-- @ friedman_comparisons
-- "Which of them differ?"
SELECT c.a, c.b, round(c.mean_rank_a::numeric, 2) AS rank_a, round(c.mean_rank_b::numeric, 2) AS rank_b, round(c.t::numeric, 2) AS t, to_char(c.p_adjusted, '9.9EEEE') AS p_adjusted, to_char(c.p_nemenyi, '9.9EEEE') AS p_nemenyi
FROM (SELECT friedman_comparisons(ARRAY[level(q4_4_2), level(q4_4_3), level(q4_4_9)], ARRAY['classes', 'policy', 'audit']) AS r FROM synthetic_2017) AS x, unnest(r) AS c;
-- @ friedman_comparison
-- The row that `friedman_comparisons` gives for each pair.
SELECT (c).a, (c).b, round((c).difference::numeric, 3) AS difference, round((c).std_error::numeric, 3) AS se, (c).df, round((c).q::numeric, 2) AS q, (c).n
FROM (SELECT unnest(friedman_comparisons(ARRAY[level(q4_4_2), level(q4_4_3)], ARRAY['classes', 'policy']))::friedman_comparison AS c FROM synthetic_2017) AS x;
