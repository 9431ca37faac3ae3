-- For BI tools: waves compared, in plain types.

CREATE VIEW @extschema@.bi_comparison AS
	SELECT c.from_wave, c.to_wave, r.ja AS relation_ja, c.relation AS relation_en, r.position AS relation_order, c.from_question, c.from_part,
		   array_to_string(c.from_codes, ',') AS from_codes,
		   c.question, c.question_ja, c.question_en, p.question_order, c.part, p.part_ja, p.part_en, p.part_order,
		   array_to_string(c.codes, ',') AS codes, c.label_ja, c.label_en,
		   coalesce((SELECT min(o.position) FROM @extschema@.option o WHERE (o.question, o.part) = (c.question, c.part) AND o.code = ANY (c.codes)), 0) AS label_order,
		   c.from_n, c.from_base, c.from_pct AS from_percent, c.from_basis, c.n, c.base, c.pct AS percent, c.basis, c.synthetic, c.difference,
		   c.conf_low, c.conf_high, c.n_both, c.method, c.statistic,
		   c.p_value, c.p_holm, c.p_bh, c.covers, c.from_bound_low, c.from_bound_high, c.bound_low, c.bound_high, v.ja AS verdict_ja,
		   c.verdict AS verdict_en, v.position AS verdict_order, c.flags, c.note
	FROM @extschema@.wave_comparison c
		 JOIN @extschema@.bi_part p USING (question, part)
		 LEFT JOIN @extschema@.bi_words('relation') AS r ON r.en = c.relation
		 LEFT JOIN @extschema@.bi_words('change') AS v ON v.en = c.verdict
	WHERE @extschema@.may_read_wave(c.from_wave) AND @extschema@.may_read_wave(c.to_wave)
	ORDER BY c.from_wave, c.to_wave, p.question_order, p.part_order, label_order, c.codes, c.from_codes;
COMMENT ON VIEW @extschema@.bi_comparison IS 'For BI tools: options compared between waves, with intervals, tests and adjusted p-values. Source: wave_comparison.';

CREATE VIEW @extschema@.bi_shift AS
	SELECT s.from_wave, s.to_wave, s.question, s.question_ja, s.question_en, p.question_order, s.part, p.part_ja, p.part_en, p.part_order, p.scale,
		   s.from_n, s.from_basis, s.n, s.basis, s.synthetic,
		   s.superiority, s.conf_low, s.conf_high, s.method, s.p_value, s.p_holm, s.p_bh, s.covers, s.from_median, a.label_ja AS from_median_ja,
		   a.label_en AS from_median_en, a.position AS from_median_order,
		   s.median, b.label_ja AS median_ja, b.label_en AS median_en, b.position AS median_order, s.median_change,
		   array_to_string(s.top_codes, ',') AS top_codes,
		   s.from_top_pct AS from_top_percent, s.top_pct AS top_percent, s.top_change, s.flags, s.note
	FROM @extschema@.wave_shift s
		 JOIN @extschema@.bi_part p USING (question, part)
		 LEFT JOIN @extschema@.option a ON (a.question, a.part, a.code) = (s.question, s.part, s.from_median)
		 LEFT JOIN @extschema@.option b ON (b.question, b.part, b.code) = (s.question, s.part, s.median)
	WHERE @extschema@.may_read_wave(s.from_wave) AND @extschema@.may_read_wave(s.to_wave)
	ORDER BY s.from_wave, s.to_wave, p.question_order, p.part_order;
COMMENT ON VIEW @extschema@.bi_shift IS 'For BI tools: scales compared between waves. Source: wave_shift.';

CREATE VIEW @extschema@.bi_trend AS
	SELECT t.question, t.question_ja, t.question_en, p.question_order, t.part, p.part_ja, p.part_en, p.part_order,
		   array_to_string(t.codes, ',') AS code, t.label_ja, t.label_en,
		   coalesce((SELECT min(o.position) FROM @extschema@.option o WHERE (o.question, o.part) = (t.question, t.part) AND o.code = ANY (t.codes)), 0) AS label_order,
		   t.test, u.wave, u.n, u.base, u.percent, u.basis, t.synthetic, t.statistic, t.estimate, t.conf_low, t.conf_high, t.p_value, t.p_holm,
		   t.p_bh, t.covers, t.flags, t.note
	FROM @extschema@.wave_trend t
		 JOIN @extschema@.bi_part p USING (question, part)
		 CROSS JOIN LATERAL unnest(t.waves, t.n, t.base, t.pct, t.basis) AS u(wave, n, base, percent, basis)
	WHERE (SELECT bool_and(@extschema@.may_read_wave(w.wave)) FROM @extschema@.wave w)
	ORDER BY p.question_order, p.part_order, label_order, u.wave;
COMMENT ON VIEW @extschema@.bi_trend IS 'For BI tools: trends over three waves and more, a row a wave. The test of the whole trend is repeated beside each wave''s figures. No rows for a user who may not read the answers of every wave: over fewer it would be another trend. Source: wave_trend.';

CREATE VIEW @extschema@.bi_transition AS
	SELECT t.from_wave, t.to_wave, t.question, t.question_ja, t.question_en, p.question_order, t.part, p.part_ja, p.part_en, p.part_order, t.kind,
		   p.scale, t.synthetic, t.n_both, t.unchanged, t.higher, t.lower,
		   t.bowker, t.bowker_df, t.bowker_p, t.stuart_maxwell, t.stuart_maxwell_df, t.stuart_maxwell_p, t.signed_rank, t.signed_rank_p,
		   t.rank_biserial, t.conf_low, t.conf_high, t.flags, t.note
	FROM @extschema@.panel_transition t JOIN @extschema@.bi_part p USING (question, part)
	WHERE @extschema@.may_read_wave(t.from_wave) AND @extschema@.may_read_wave(t.to_wave)
	ORDER BY t.from_wave, t.to_wave, p.question_order, p.part_order;
COMMENT ON VIEW @extschema@.bi_transition IS 'For BI tools: how the organisations that answered in two waves have changed. Source: panel_transition; the tables themselves are in bi_transition_cell.';

CREATE VIEW @extschema@.bi_transition_cell AS
	SELECT t.from_wave, t.to_wave, t.question, t.question_ja, t.question_en, p.question_order, t.part, p.part_ja, p.part_en, p.part_order, t.kind,
		   p.scale, t.synthetic,
		   c."row" AS from_code, coalesce(a.label_ja, c."row") AS from_label_ja, coalesce(a.label_en, a.label_ja, c."row") AS from_label_en,
		   coalesce(a.position, 0) AS from_label_order,
		   c.col AS code, coalesce(b.label_ja, c.col) AS label_ja, coalesce(b.label_en, b.label_ja, c.col) AS label_en,
		   coalesce(b.position, 0) AS label_order,
		   c.n::float8 AS n, c.row_pct AS row_percent, c.col_pct AS col_percent, c.total_pct AS percent
	FROM @extschema@.panel_transition t
		 JOIN @extschema@.bi_part p USING (question, part)
		 CROSS JOIN LATERAL @extschema@.cells(t.transition) AS c
		 LEFT JOIN @extschema@.option a ON (a.question, a.part, a.code) = (t.question, t.part, c."row")
		 LEFT JOIN @extschema@.option b ON (b.question, b.part, b.code) = (t.question, t.part, c.col)
	WHERE @extschema@.may_read_wave(t.from_wave) AND @extschema@.may_read_wave(t.to_wave)
	ORDER BY t.from_wave, t.to_wave, p.question_order, p.part_order, from_label_order, from_code, label_order, code;
COMMENT ON VIEW @extschema@.bi_transition_cell IS 'For BI tools: the transition tables of bi_transition, a row a cell. Source: panel_transition.';
