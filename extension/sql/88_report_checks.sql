/*
 * A report's comparison of waves, its check of statements, and maturity by SIM3 parameter.
 */

CREATE FUNCTION @extschema@.report_comparison(wave integer, lang text, home regclass, made_up boolean, conf_level float8,
		width integer) RETURNS SETOF @extschema@.report_piece LANGUAGE plpgsql STABLE AS $$
DECLARE
	earlier integer;
	options jsonb;
	shifts jsonb;
	shown jsonb;
	shown_shifts jsonb;
	most constant integer := 30;
	-- On a phone an option's name alone must do.
	name_in_chart constant text := CASE WHEN width < 700 THEN 'short' ELSE 'label' END;
	limited text := format(@extschema@.report_word(lang, '図は変化の大きい %s 行、表はすべての行。', ' The chart has the %s rows that changed most, the table all.'),
			most);
	hidden bigint;
	note text;
BEGIN
	-- The latest earlier wave that something may be compared with.
	SELECT max(c.from_wave) INTO earlier FROM @extschema@.crosswalk c WHERE c.to_wave = $1 AND c.from_wave < $1;
	IF earlier IS NULL THEN
		RETURN;
	END IF;
	SELECT jsonb_agg(jsonb_strip_nulls(jsonb_build_object('key', c.i, 'label', c.label, 'short', c.short, 'codes', c.codes, 'from_n', c.from_n,
			'from_base', c.from_base, 'from_pct', round(c.from_pct::numeric, 1),
				'from_low', round((100 * e.conf_low)::numeric, 1), 'from_high', round((100 * e.conf_high)::numeric, 1), 'n', c.n, 'base', c.base,
						'pct', round(c.pct::numeric, 1),
				'low', round(coalesce(c.bound_low, 100 * l.conf_low)::numeric, 1),
						'high', round(coalesce(c.bound_high, 100 * l.conf_high)::numeric, 1), 'bounds', c.bound_low IS NOT NULL,
				'difference', round(c.difference::numeric, 1), 'diff_low', round(c.conf_low::numeric, 1), 'diff_high', round(c.conf_high::numeric, 1),
						'p_holm', c.p_holm,
				'relation', c.relation, 'mark', nullif(concat_ws(' ', CASE WHEN c.relation = 'break' THEN '[b]' END, (SELECT string_agg('[' || x
						|| ']', ' ') FROM unnest(string_to_array(nullif(c.flags, ''), ',')) AS x WHERE x <> 'b'),
					CASE WHEN 'printed percentage' IN (c.basis, c.from_basis) THEN '[o]' END,
							CASE WHEN 'chart value from the press' IN (c.basis, c.from_basis) THEN '[g]' END,
							CASE WHEN c.synthetic THEN '[m]' END), ''),
				'n_both', c.n_both)) ORDER BY c.i)
		INTO options
	FROM (SELECT w.*, row_number() OVER (ORDER BY q.position, p.position, w.codes) AS i,
				 @extschema@.report_item(w.question, lang) || coalesce(@extschema@.report_word(lang, '、' || p.part_ja, ', ' || p.part_en), '')
						|| @extschema@.report_word(lang, '：', ': ')
					|| coalesce(@extschema@.report_word(lang, w.label_ja, w.label_en), array_to_string(w.codes, '+')) AS label,
				 w.question || ' ' || coalesce(@extschema@.report_word(lang, w.label_ja, w.label_en), array_to_string(w.codes, '+')) AS short
		  FROM @extschema@.wave_comparison w JOIN @extschema@.question q USING (question) JOIN @extschema@.question_part p USING (question, part)
		  WHERE w.from_wave = earlier AND w.to_wave = $1 AND (made_up OR NOT w.synthetic)
				AND (w.from_pct IS NOT NULL OR w.from_bound_low IS NOT NULL OR w.pct IS NOT NULL)) AS c
		 LEFT JOIN LATERAL @extschema@.proportion_ci(c.from_n, c.from_base, 'wilson', report_comparison.conf_level) AS e ON c.from_n IS NOT NULL
				AND c.from_base > 0
		 LEFT JOIN LATERAL @extschema@.proportion_ci(c.n, c.base, 'wilson', report_comparison.conf_level) AS l ON c.n IS NOT NULL AND c.base > 0;
	SELECT count(*) INTO hidden FROM @extschema@.wave_comparison w WHERE w.from_wave = earlier AND w.to_wave = $1 AND w.synthetic AND NOT made_up;
	SELECT jsonb_agg(jsonb_strip_nulls(jsonb_build_object('key', s.i, 'label', s.label, 'from_n', s.from_n, 'n', s.n,
			'superiority', round(s.superiority::numeric, 3), 'low', round(s.conf_low::numeric, 3),
				'high', round(s.conf_high::numeric, 3), 'from_median', s.from_median, 'median', s.median,
						'top_change', round(s.top_change::numeric, 1), 'p_holm', s.p_holm,
				'mark', nullif(concat_ws(' ', (SELECT string_agg('[' || x || ']', ' ') FROM unnest(string_to_array(nullif(s.flags, ''), ',')) AS x),
						CASE WHEN s.synthetic THEN '[m]' END), ''))) ORDER BY s.i)
		INTO shifts
	FROM (SELECT w.*, row_number() OVER (ORDER BY q.position, p.position) AS i,
				 @extschema@.report_item(w.question, lang) || coalesce(@extschema@.report_word(lang, '、' || p.part_ja, ', '
						|| p.part_en), '') AS label
		  FROM @extschema@.wave_shift w JOIN @extschema@.question q USING (question) JOIN @extschema@.question_part p USING (question, part)
		  WHERE w.from_wave = earlier AND w.to_wave = $1 AND (made_up OR NOT w.synthetic) AND w.superiority IS NOT NULL) AS s;
	IF options IS NULL AND shifts IS NULL THEN
		RETURN;
	END IF;
	-- Charts hold no more rows than can be read: those that changed most. The tables hold all.
	SELECT jsonb_agg(s.v ORDER BY s.o) INTO shown
	FROM (SELECT r.v, r.o FROM jsonb_array_elements(options) WITH ORDINALITY AS r(v, o)
		  ORDER BY (r.v ->> 'p_holm')::float8, abs((r.v ->> 'difference')::numeric) DESC NULLS LAST, r.o LIMIT most) AS s;
	SELECT jsonb_agg(s.v ORDER BY s.o) INTO shown_shifts
	FROM (SELECT r.v, r.o FROM jsonb_array_elements(shifts) WITH ORDINALITY AS r(v, o)
		  ORDER BY (r.v ->> 'p_holm')::float8, abs((r.v ->> 'superiority')::numeric - 0.5) DESC NULLS LAST, r.o LIMIT most) AS s;
	RETURN QUERY SELECT 'comparison', 2, 'heading', NULL, NULL, format(@extschema@.report_word(lang, '%s 年との比較', 'Compared with %s'), earlier),
		@extschema@.report_word(lang, '対応表（crosswalk）で同じ、または選択肢をまとめれば同じとされた設問だけを比べる。',
				'Only questions are compared that the crosswalk calls the same, or the same after merging options.')
		|| CASE WHEN hidden > 0 THEN format(@extschema@.report_word(lang, '架空の回答による %s 行は載せない。',
				' %s rows that rest on made-up answers are left out.'), hidden) ELSE '' END,
		NULL::jsonb, NULL::jsonb, NULL, NULL, NULL, made_up;
	IF options IS NOT NULL THEN
		note := format(@extschema@.report_word(lang,
				'線は割合の %s%% 信頼区間（Wilson）。点のない線は、公表値から合計の取り得る範囲であり、信頼区間ではない。標本ではなく全数調査の試みである波では、区間は無作為な回答を仮定した目安である。',
			'Lines are %s%% intervals of the shares (Wilson). A line without a dot is the range that the published figures leave to a net, and no confidence interval. Where a wave is an attempted census, not a sample, the intervals are a guide that takes answering as random.'),
			round((100 * report_comparison.conf_level)::numeric));
		RETURN QUERY SELECT 'comparison', 3, 'chart', NULL, NULL, format(@extschema@.report_word(lang, '%s 年と %s 年の割合', 'Shares in %s and %s'),
				earlier, $1), NULL,
			jsonb_build_object('columns', @extschema@.report_columns(
				'label', @extschema@.report_word(lang, '選択肢', 'Option'), 'head', 'from_n', format('n %s', earlier), 'count',
						'from_pct', format('%s %%', earlier), 'pct',
				'n', format('n %s', $1), 'count', 'pct', format('%s %%', $1), 'pct', 'low', @extschema@.report_word(lang, '下限', 'low'), 'pct', 'high',
						@extschema@.report_word(lang, '上限', 'high'), 'pct',
				'mark', @extschema@.report_word(lang, '印', 'Mark'), 'mark'), 'rows', options),
			@extschema@.report_dots(
				(SELECT jsonb_agg(x.v ORDER BY o.o, x.i) FROM jsonb_array_elements(shown) WITH ORDINALITY AS o(v, o)
					CROSS JOIN LATERAL (VALUES
						(1, jsonb_strip_nulls(jsonb_build_object('key', o.v -> 'key', 'series', earlier::text, 'x', o.v -> 'from_pct',
								'low', o.v -> 'from_low', 'high', o.v -> 'from_high'))),
						(2, jsonb_strip_nulls(jsonb_build_object('key', o.v -> 'key', 'series', $1::text, 'x', o.v -> 'pct', 'low', o.v -> 'low',
								'high', o.v -> 'high', 'label', o.v -> name_in_chart,
							'value', concat_ws(' → ', coalesce(@extschema@.report_pct((o.v ->> 'from_pct')::float8), '–'),
								CASE WHEN (o.v ->> 'bounds')::boolean THEN format('%s–%s%%', o.v ->> 'low', o.v ->> 'high')
										ELSE coalesce(@extschema@.report_pct((o.v ->> 'pct')::float8), '–') END))))) AS x(i, v)),
				ARRAY[earlier::text, $1::text], '{0,100}', '%', d.description, width),
			d.description, note || CASE WHEN jsonb_array_length(options) > most THEN limited ELSE '' END, NULL, made_up
		FROM (SELECT format(@extschema@.report_word(lang, '%s 年と %s 年の割合を点と区間で示す図。', 'Dots with intervals: the shares in %s and %s. '), earlier, $1)
				|| string_agg(format(@extschema@.report_word(lang, '%s：%s から %s', '%s: %s to %s'), o.v ->> 'label',
						coalesce(@extschema@.report_pct((o.v ->> 'from_pct')::float8), '–'),
					coalesce(@extschema@.report_pct((o.v ->> 'pct')::float8), format('%s–%s%%', o.v ->> 'low', o.v ->> 'high'))),
							@extschema@.report_word(lang, '。', '; ') ORDER BY o.o) FILTER (WHERE o.o <= 12) AS description
			  FROM jsonb_array_elements(shown) WITH ORDINALITY AS o(v, o)) AS d;
		RETURN QUERY SELECT 'comparison', 3, 'chart', NULL, NULL, @extschema@.report_word(lang, '差（ポイント）と信頼区間',
				'Differences in points, with intervals'), NULL,
			jsonb_build_object('columns', @extschema@.report_columns(
				'label', @extschema@.report_word(lang, '選択肢', 'Option'), 'head', 'difference', @extschema@.report_word(lang, '差', 'difference'),
						'pct', 'diff_low', @extschema@.report_word(lang, '下限', 'low'), 'pct',
				'diff_high', @extschema@.report_word(lang, '上限', 'high'), 'pct', 'p_holm', @extschema@.report_word(lang, 'p（Holm 調整）', 'p (Holm)'),
						'p', 'n_both', CASE WHEN jsonb_path_exists(options, '$[*].n_both')
				THEN @extschema@.report_word(lang, '両方に回答', 'in both') END, 'count', 'mark', @extschema@.report_word(lang, '印', 'Mark'), 'mark'),
						'rows', d.rows),
			@extschema@.report_dots(
				(SELECT jsonb_agg(jsonb_build_object('key', o.v -> 'key', 'series', @extschema@.report_word(lang, '差', 'difference'),
						'x', o.v -> 'difference', 'low', o.v -> 'diff_low', 'high', o.v -> 'diff_high', 'label', o.v -> name_in_chart,
					'value', to_char((o.v ->> 'difference')::numeric, 'SGFM990.0'))) FROM jsonb_array_elements(d.shown) AS o(v)),
				ARRAY[@extschema@.report_word(lang, '差', 'difference')], ARRAY[floor(least(-10, d.low) / 10) * 10, ceil(greatest(10,
						d.high) / 10) * 10], '', d.description, width),
			d.description, @extschema@.report_word(lang, '差は後の年から前の年を引いたもの。区間は Newcombe 法（両方の年に答えた組織が分かるときはその共分散を含む）。p は比べた行の全体で Holm 法により調整。',
				'Later less earlier wave. Intervals by Newcombe''s method, with the covariance of organisations known to be in both waves; p adjusted by Holm over all rows compared.')
				|| CASE WHEN jsonb_array_length(options) > most THEN limited ELSE '' END, NULL, made_up
		FROM (SELECT jsonb_agg(o.v ORDER BY o.o) AS rows, jsonb_agg(o.v ORDER BY o.o)
				FILTER (WHERE shown @> jsonb_build_array(jsonb_build_object('key', o.v -> 'key'))) AS shown, min((o.v ->> 'diff_low')::float8) AS low,
				max((o.v ->> 'diff_high')::float8) AS high,
				@extschema@.report_word(lang, '割合の差を点と区間で示す図。', 'Dots with intervals: differences of the shares. ')
						|| string_agg(format(@extschema@.report_word(lang, '%s：%s（%s から %s）', '%s: %s (%s to %s)'),
					o.v ->> 'label', o.v ->> 'difference', o.v ->> 'diff_low', o.v ->> 'diff_high'),
							@extschema@.report_word(lang, '。', '; ') ORDER BY o.o) FILTER (WHERE o.o <= 12) AS description
			  FROM jsonb_array_elements(options) WITH ORDINALITY AS o(v, o) WHERE o.v ? 'difference' AND o.v ? 'diff_low') AS d
		WHERE d.rows IS NOT NULL;
	END IF;
	IF shifts IS NOT NULL THEN
		RETURN QUERY SELECT 'comparison', 3, 'chart', NULL, NULL, @extschema@.report_word(lang, '尺度の移動', 'Shifts of the scales'), NULL,
			jsonb_build_object('columns', @extschema@.report_columns(
				'label', @extschema@.report_word(lang, '設問', 'Question'), 'head', 'from_n', format('n %s', earlier), 'count', 'n', format('n %s', $1),
						'count', 'superiority', 'P', 'p',
				'low', @extschema@.report_word(lang, '下限', 'low'), 'p', 'high', @extschema@.report_word(lang, '上限', 'high'), 'p', 'p_holm',
						@extschema@.report_word(lang, 'p（Holm 調整）', 'p (Holm)'), 'p',
				'mark', @extschema@.report_word(lang, '印', 'Mark'), 'mark'), 'rows', shifts),
			@extschema@.report_dots(
				(SELECT jsonb_agg(jsonb_strip_nulls(jsonb_build_object('key', o.v -> 'key', 'series', 'P', 'x', o.v -> 'superiority',
						'low', o.v -> 'low', 'high', o.v -> 'high', 'label', o.v -> 'label',
						'value', to_char((o.v ->> 'superiority')::numeric, '0.00'))) ORDER BY o.o)
					FROM jsonb_array_elements(shown_shifts) WITH ORDINALITY AS o(v, o)), '{P}', '{0,1}', '', d.description, width),
			d.description, @extschema@.report_word(lang, 'P は後の年の回答が前の年の回答より高い確率（等しい場合は半分）。0.5 なら移動なし。区間は Wilcoxon 検定のもの。',
					'P is the probability that an answer of the later wave is higher than one of the earlier, plus half that of equal ones; 0.5 is no shift. Intervals belong to Wilcoxon''s test.')
				|| CASE WHEN jsonb_array_length(shifts) > most THEN limited ELSE '' END, NULL, made_up
		FROM (SELECT format(@extschema@.report_word(lang, '%s 設問の移動を点と区間で示す図。', 'Dots with intervals: the shifts of %s questions.'),
				jsonb_array_length(shown_shifts)) AS description) AS d;
	END IF;
END $$;
COMMENT ON FUNCTION @extschema@.report_comparison(integer, text, regclass, boolean, float8, integer) IS
'Part of report(): the wave against the latest earlier one in crosswalk, from wave_comparison and wave_shift. Rows on made-up answers are left out, and counted, unless the wave is made up itself.';

CREATE FUNCTION @extschema@.report_statements(wave integer, lang text, home regclass) RETURNS SETOF @extschema@.report_piece LANGUAGE sql STABLE AS $$
	WITH checked AS (
		-- With the codes that are counted, since several rules may be of one question.
		SELECT s.*, concat_ws(' ', s.question, CASE WHEN NOT r.complement THEN array_to_string(r.codes, '+') END) AS counted,
			row_number() OVER (ORDER BY s.statement, s.item) AS i
		FROM @extschema@.statement_check s JOIN @extschema@.statement_rule r USING (statement, item) WHERE home IS NULL AND s.wave = $1
	), verdict(verdict, ja, en, note_ja, note_en) AS (
		VALUES ('agrees', '一致', 'agrees', NULL, NULL), ('disagrees', '不一致', 'disagrees', NULL, NULL), ('cannot be recomputed',
				'計算不能', 'cannot be recomputed', NULL, NULL)
	)
	SELECT 'statements', 2, 'heading', NULL, NULL, @extschema@.report_word(lang, '記述の検算', 'Statement check'),
		@extschema@.report_word(lang, '報告書の本文にある数量の記述を、公表された回答数から計算し直した結果。範囲は言葉の読み方であり、その根拠は statement_rule にある。',
			'The quantitative sentences of the report, recomputed from the published counts. The range is how the words are read; statement_rule has the reasons.'),
		NULL::jsonb, NULL::jsonb, NULL, NULL, NULL, false
	WHERE EXISTS (SELECT FROM checked)
	UNION ALL
	SELECT 'statements', 3, 'table', NULL, NULL, @extschema@.report_word(lang, '報告書の記述と再計算した割合', 'Sentences of the report and recomputed shares'),
			NULL,
		jsonb_build_object('columns', @extschema@.report_columns('section', @extschema@.report_word(lang, '節', 'Section'), 'text', 'sentence',
				@extschema@.report_word(lang, '記述', 'Sentence'), 'head', 'question', @extschema@.report_word(lang, '設問', 'Question'), 'text', 'printed', @extschema@.report_word(lang, '印刷', 'Printed'), 'text',
				'range', @extschema@.report_word(lang, '読み（%）', 'Read as, %'), 'interval', 'n', 'n', 'count', 'base', @extschema@.report_word(lang,
						'母数', 'Base'), 'count', 'recomputed', @extschema@.report_word(lang, '再計算 %', 'Recomputed, %'), 'pct',
				'verdict', @extschema@.report_word(lang, '判定', 'Verdict'), 'verdict'),
			'rows', jsonb_agg(jsonb_strip_nulls(jsonb_build_object('section', c.section, 'sentence',
					@extschema@.report_word(lang, c.sentence_ja, c.sentence_en), 'question', nullif(c.counted, ''), 'printed', c.printed,
				'range', CASE WHEN c.lower IS NOT NULL THEN format('%s–%s', trim_scale(round(100 * c.lower, 1)), trim_scale(round(100 * c.upper,
						1))) END,
				'n', c.n, 'base', c.base, 'recomputed', round(100 * c.recomputed, 1), 'verdict', @extschema@.report_word(lang, v.ja, v.en),
						'state', c.verdict)) ORDER BY c.i)),
		NULL, NULL, NULL, @extschema@.report_source(lang, format('%s report', $1)), false
	FROM checked c JOIN verdict v USING (verdict) HAVING count(*) > 0
	UNION ALL
	SELECT 'statements', 3, 'table', NULL, NULL, @extschema@.report_word(lang, '公表値のうち互いに合わないもの', 'Published figures that do not fit together'), NULL,
		jsonb_build_object('columns', @extschema@.report_columns('question', @extschema@.report_word(lang, '設問', 'Question'), 'head', 'part',
				@extschema@.report_word(lang, '部分', 'Part'), 'text', 'detail', @extschema@.report_word(lang, '内容', 'Finding'), 'text'),
			'rows', jsonb_agg(jsonb_strip_nulls(jsonb_build_object('question', c.question, 'part',
					@extschema@.report_word(lang, p.part_ja, p.part_en), 'detail',
					@extschema@.report_word(lang, c.detail_ja, c.detail_en))) ORDER BY q.position, p.position NULLS FIRST, c.finding)),
		NULL, NULL, @extschema@.report_word(lang, '数値は印刷のまま載せ、直さない。', 'Figures stand as they were printed, and are not corrected.'), NULL, false
	FROM @extschema@.consistency_check c JOIN @extschema@.question q USING (question) LEFT JOIN @extschema@.question_part p USING (question, part)
	WHERE home IS NULL AND c.wave = $1 AND NOT c.synthetic HAVING count(*) > 0
$$;
COMMENT ON FUNCTION @extschema@.report_statements(integer, text, regclass) IS 'Part of report(): statement_check and consistency_check of the wave, where its published figures are reported.';

CREATE FUNCTION @extschema@.report_sim3(lang text, figures @extschema@.report_figure[], made_up boolean, conf_level float8,
		width integer) RETURNS SETOF @extschema@.report_piece LANGUAGE sql STABLE AS $$
	WITH top AS (
		SELECT f.question, sum(f.n) FILTER (WHERE l.level >= 3) AS n, max(f.base) AS base, sum(f.n * l.level)::numeric / nullif(sum(f.n), 0) AS mean
		FROM unnest(figures) AS f JOIN @extschema@.question_part p USING (question, part)
				JOIN @extschema@.scale_levels('maturity') AS l ON f.codes = ARRAY[l.code]
		WHERE p.scale = 'maturity' AND f.n IS NOT NULL AND f.base > 0 AND NOT f.suspect
		GROUP BY f.question HAVING count(*) = 5
	), line AS (
		SELECT row_number() OVER (ORDER BY c.position) AS i, c.parameter || ' ' || c.name AS label, c.question, t.n, t.base,
				100.0 * t.n / t.base AS pct, 100 * ci.conf_low AS low, 100 * ci.conf_high AS high, t.mean
		FROM @extschema@.sim3_covered() c JOIN top t USING (question) CROSS JOIN LATERAL @extschema@.proportion_ci(t.n, t.base,
				'wilson', conf_level) AS ci
	)
	SELECT 'sim3', 2, 'heading', NULL, NULL, @extschema@.report_word(lang, 'SIM3 の項目から見た成熟度', 'Maturity by SIM3 parameter'),
		@extschema@.report_word(lang, '成熟度の尺度（a = 4 から e = 0）を SIM3 の水準と読み替えたもの。自己申告であり、SIM3 の評価ではない。この調査が尋ねるのは SIM3 の一部の項目だけである。',
			'The maturity scale (a = 4 to e = 0) read as levels of SIM3. Self-assessed, and no SIM3 score; the survey asks about some of the parameters only.'),
		NULL::jsonb, NULL::jsonb, NULL, NULL, NULL, made_up
	WHERE EXISTS (SELECT FROM line)
	UNION ALL
	SELECT 'sim3', 3, 'chart', NULL, NULL, @extschema@.report_word(lang, '水準 3（承認済み）以上の組織の割合', 'Share of organisations at level 3 (approved) or 4'),
			NULL,
		jsonb_build_object('columns', @extschema@.report_columns('label', @extschema@.report_word(lang, 'SIM3 の項目', 'SIM3 parameter'), 'head',
				'question', @extschema@.report_word(lang, '設問', 'Question'), 'text', 'n', 'n', 'count',
				'base', @extschema@.report_word(lang, '母数', 'Base'), 'count', 'pct', '%', 'pct', 'low', @extschema@.report_word(lang, '下限', 'low'),
						'pct', 'high', @extschema@.report_word(lang, '上限', 'high'), 'pct', 'mean', @extschema@.report_word(lang,
						'平均水準', 'Mean level'), 'number'),
			'rows', d.rows),
		@extschema@.report_dots((SELECT jsonb_agg(r.v || jsonb_build_object('series', '%', 'x', r.v -> 'pct', 'value',
				@extschema@.report_pct((r.v ->> 'pct')::float8)) ORDER BY r.o) FROM jsonb_array_elements(d.rows) WITH ORDINALITY AS r(v, o)), '{%}',
				'{0,100}', '%', d.description, width),
		d.description, format(@extschema@.report_word(lang, '線は %s%% 信頼区間（Wilson）。SIM3 の名称は版権者のもので、短い名称だけを載せる。',
				'Lines are %s%% intervals (Wilson). SIM3''s names are its owners''; only the short names are given.'),
				round((100 * conf_level)::numeric)), 'SIM3: https://opencsirt.org', made_up
	FROM (SELECT jsonb_agg(jsonb_build_object('key', i, 'label', label, 'question', question, 'n', n, 'base', base, 'pct', round(pct, 1),
			'low', round(low::numeric, 1), 'high', round(high::numeric, 1), 'mean', round(mean, 2)) ORDER BY i) AS rows,
				 @extschema@.report_word(lang, '割合を点と区間で示す図。', 'Dots with intervals: shares. ') || string_agg(label || ' '
						|| @extschema@.report_pct(pct), @extschema@.report_word(lang, '、', ', ') ORDER BY i) AS description
		  FROM line) AS d
	WHERE d.rows IS NOT NULL
$$;
COMMENT ON FUNCTION @extschema@.report_sim3(text, @extschema@.report_figure[], boolean, float8, integer) IS 'Part of report(): the share of organisations at level 3 or 4 for each SIM3 parameter that a question with complete figures is about.';
