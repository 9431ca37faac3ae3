/*
 * A report of a wave as pieces: headings, texts, tables and charts in their order, in Japanese or English, for tools/report and for a
 * notebook or page of one's own. The figures are the wave's answers, or what was published of it; made-up answers are shown only
 * where the wave is one of those, and then each piece says so.
 */

-- Words.

CREATE FUNCTION @extschema@.report_word(lang text, ja text, en text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
	SELECT CASE lang WHEN 'ja' THEN ja ELSE coalesce(en, ja) END
$$;
COMMENT ON FUNCTION @extschema@.report_word(text, text, text) IS 'Part of report(): the Japanese text for ja, else the English one, or the Japanese where there is no English.';

CREATE FUNCTION @extschema@.report_basis(lang text, kind text, OUT mark text, OUT meaning text) LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
	SELECT w.mark, @extschema@.report_word($1, w.ja, w.en)
	FROM (VALUES ('printed count', NULL, '付録 B の表に印刷された回答数', 'count printed in a table of Appendix B'),
				 ('chart value from the press', '[g]', '図の値（報道による）', 'value of a chart, from the press'),
				 ('printed percentage', '[o]', '割合だけが本文に印刷された', 'only a percentage is printed, in the text'),
				 ('words', '[v]', '言葉だけで述べられた（数にしない）', 'said in words only, and kept as words'),
				 ('not published', '[x]', '値は公表されていない', 'no figure was published'),
				 ('not asked', '[x]', '回答の表にこの設問がない', 'the answers have no such question'),
				 ('answers', NULL, '回答の集計', 'counted answers')) AS w(kind, mark, ja, en)
	WHERE w.kind = $2
$$;
COMMENT ON FUNCTION @extschema@.report_basis(text, text) IS
'Part of report(): the mark of a kind of figure (NULL for the plain ones) and what it means, in the language. NULLs for a kind that is not known.';

CREATE FUNCTION @extschema@.report_item(question text, lang text) RETURNS text LANGUAGE sql STABLE STRICT AS $$
	-- The items on the maturity scale are long questions: short names for charts.
	SELECT q.question || ' ' || coalesce(@extschema@.report_word($2, s.ja, s.en), @extschema@.report_word($2, q.question_ja, q.question_en))
	FROM @extschema@.question q
		 LEFT JOIN (VALUES ('4.4.2', 'インシデントの分類と定義', 'Classification of incidents'), ('4.4.3', 'セキュリティポリシー', 'Security policy'), ('4.4.4', '経営層への定期報告', 'Reporting to management'),
						   ('4.4.5', 'CSIRT の Web ページ', 'Web page of the CSIRT'), ('4.4.6', '機微な情報の取り扱い', 'Sensitive information'), ('4.4.7', '統計の開示ルール', 'Disclosure of statistics'),
						   ('4.4.8', '緊急時の連絡網', 'Emergency contacts'), ('4.4.9', '監査とフィードバック', 'Audit and feedback'), ('4.5.1.1', 'エスカレーション：経営層', 'Escalation to management'),
						   ('4.5.1.2', 'エスカレーション：広報', 'Escalation to public relations'), ('4.5.1.3', 'エスカレーション：法務', 'Escalation to legal'),
						   ('4.5.1.4', 'エスカレーション：監査', 'Escalation to audit'), ('4.5.2.1', 'エスカレーション：外部', 'Escalation to outsiders'),
						   ('4.5.3.1', '防止・検知・解決の手続き', 'Procedures for incidents')) AS s(question, ja, en) ON s.question = q.question
	WHERE q.question = $1
$$;
COMMENT ON FUNCTION @extschema@.report_item(text, text) IS 'Part of report(): number and name of a question for a chart, short for those on the maturity scale. NULL for NULL and for a question that is not known.';

CREATE FUNCTION @extschema@.report_source(lang text, source text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
	SELECT CASE lang WHEN 'ja' THEN
		regexp_replace(regexp_replace(regexp_replace(source, '^(\d{4}) report, Appendix B, table (.*)$', '\1 年度報告書 付録 B 表 \2'),
			'^(\d{4}) report, chapter (\d+)$', '\1 年度報告書 \2 章'), '^(\d{4}) report, ([\d.]+)$', '\1 年度報告書 \2 節')
		ELSE source END
$$;
COMMENT ON FUNCTION @extschema@.report_source(text, text) IS 'Part of report(): where a figure comes from, in the language; addresses and names stay as they are. NULL for NULL.';

CREATE FUNCTION @extschema@.report_note(lang text, note text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
	SELECT CASE lang WHEN 'ja' THEN coalesce((SELECT w.ja FROM (VALUES
		('The questionnaire stops at (ll); the result table has (mm).', '調査票の選択肢は (ll) まで、集計表には (mm) がある。'),
		('The questionnaire asks whether the team escalates; the result table is headed as a question on the procedure.', '調査票は「行っているか」を尋ね、集計表の見出しは「手続きを整備しているか」である。'),
		('Section 4.5.2 is headed 外部組織へのエスカレーション in the questionnaire and 社内部門へのエスカレーション in the results.', '4.5.2 の見出しは、調査票では「外部組織へのエスカレーション」、集計結果では「社内部門へのエスカレーション」である。'),
		('The results print another wording.', '集計結果では文言が異なる。'),
		('The questionnaire describes every other service in a sentence; this one has none.', '調査票にはほかのサービスの説明文があるが、このサービスにはない。'),
		('Printed as 40 to 70%.', '「4～7 割」と印刷されている。'),
		('Three codes merged: employees 40% or less.', '三つの選択肢をまとめた値（正社員 4 割以下）。'),
		('Repeats the figures printed for 4.2.1; one of the two is a slip.', '4.2.1 と同じ数値であり、どちらかは誤記とみられる。'),
		('The report does not say which codes.', '報告書はどの選択肢を指すかを述べていない。'),
		('Year of foundation, not a code; base unclear.', '設立年であり選択肢ではない。母数は不明。'),
		('Year of foundation, not a code. The article gives it over the 262 members; the base is unclear.', '設立年であり選択肢ではない。記事は会員 262 組織に対する値とするが、母数は不明。'),
		('Base: organisations with a PSIRT.', '母数は PSIRT を持つ組織。')) AS w(en, ja) WHERE w.en = note), note) ELSE note END
$$;
COMMENT ON FUNCTION @extschema@.report_note(text, text) IS 'Part of report(): a note of the codebook or of a published figure, in the language where it is one that the extension ships; else as it is. NULL for NULL.';

CREATE FUNCTION @extschema@.report_pct(pct float8, digits integer DEFAULT 1) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
	SELECT round(pct::numeric, digits)::text || '%'
$$;
COMMENT ON FUNCTION @extschema@.report_pct(float8, integer) IS 'Part of report(): a percentage as text. NULL for NULL.';

-- The figures of a wave, a row an option.

CREATE TYPE @extschema@.report_figure AS (
	question text, part text, codes text[], label text, n bigint, base bigint, missing bigint, pct float8, conf_low float8, conf_high float8, kind text,
	suspect boolean, as_printed text, source text, note text
);
COMMENT ON TYPE @extschema@.report_figure IS 'A row of report_figures(): one option, or several that the source merges.';

CREATE FUNCTION @extschema@.report_basis_of_wave(wave integer, OUT relation regclass, OUT synthetic boolean) LANGUAGE plpgsql STABLE STRICT AS $$
#variable_conflict use_column
DECLARE
	filled boolean;
BEGIN
	SELECT pg_catalog.to_regclass(format('%I.%I', t.table_schema, t.table_name)), w.synthetic OR t.synthetic INTO relation, synthetic
		FROM @extschema@.wave_table t JOIN @extschema@.wave w USING (wave)
		WHERE t.wave = $1 AND NOT t.builtin AND pg_catalog.to_regclass(format('%I.%I', t.table_schema, t.table_name)) IS NOT NULL;
	IF relation IS NOT NULL THEN
		EXECUTE format('SELECT EXISTS (SELECT FROM %s)', relation) INTO filled;
		IF NOT filled AND NOT EXISTS (SELECT FROM @extschema@.published_count c WHERE c.wave = $1) THEN
			RAISE EXCEPTION 'wave % has no answers yet', $1 USING ERRCODE = 'invalid_parameter_value',
				DETAIL = format('Its table of answers, %s, is empty.', relation), HINT = 'Load answers into it with load_wave().';
		END IF;
		IF filled THEN
			RETURN;
		END IF;
	END IF;
	relation := NULL;
	SELECT w.synthetic INTO synthetic FROM @extschema@.wave w WHERE w.wave = $1;
	IF NOT EXISTS (SELECT FROM @extschema@.published_count c WHERE c.wave = $1) THEN
		RAISE EXCEPTION 'there is nothing to report of wave %', $1 USING ERRCODE = 'invalid_parameter_value',
			DETAIL = 'It has neither a table of answers of your own nor published figures.',
			HINT = 'Make a table with create_wave() and load answers into it with load_wave(); wave_overview lists the waves.';
	END IF;
END $$;
COMMENT ON FUNCTION @extschema@.report_basis_of_wave(integer) IS
'Part of report(): the table of answers of one''s own that a report of the wave is made from, or NULL where it is made from the published figures, and whether they are made up. Made-up answers that come with the extension are never reported. NULLs for NULL; error 22023 for a wave without either, or with no answers yet.';

CREATE FUNCTION @extschema@.report_figures(wave integer, lang text DEFAULT 'ja', conf_level float8 DEFAULT 0.95) RETURNS SETOF @extschema@.report_figure
	LANGUAGE plpgsql STABLE STRICT ROWS 800 AS $$
#variable_conflict use_column
DECLARE
	home record;
BEGIN
	IF lang NOT IN ('ja', 'en') THEN
		RAISE EXCEPTION 'unknown language "%"', lang USING ERRCODE = 'invalid_parameter_value', HINT = 'Reports are in ja (Japanese) and en (English).';
	END IF;
	SELECT * INTO home FROM @extschema@.report_basis_of_wave($1);
	IF home.relation IS NULL THEN
		RETURN QUERY
		SELECT (r.f).* FROM (
			SELECT ROW(f.question, f.part, f.codes, coalesce(@extschema@.report_word(lang, f.label_ja, f.label_en), array_to_string(f.codes, '+')), f.n, f.base, NULL, f.pct,
					   NULL, NULL, f.kind, f.suspect, f.as_printed, f.source, f.note)::@extschema@.report_figure AS f,
				   f.question_position, f.part_position, coalesce(f.option_position, 10000) AS option_position, array_position('{printed count,chart value from the press,printed percentage,words}', f.kind) AS place
			FROM @extschema@.published_table f WHERE f.wave = $1
			UNION ALL
			SELECT ROW(o.question, o.part, ARRAY[o.code], @extschema@.report_word(lang, o.label_ja, o.label_en), NULL, NULL, NULL, NULL, NULL, NULL, 'not published', false, NULL,
					   NULL, NULL)::@extschema@.report_figure, q.position, p.position, o.position, 9
			FROM @extschema@.option o JOIN @extschema@.question q USING (question) JOIN @extschema@.question_part p USING (question, part)
			WHERE NOT EXISTS (SELECT FROM @extschema@.published_count c
							  WHERE c.wave = $1 AND c.question = o.question AND c.part = o.part AND o.code = ANY (c.codes))) AS r
		ORDER BY r.question_position, r.part_position, r.option_position, r.place, (r.f).codes;
	ELSE
		RETURN QUERY
		WITH tally AS MATERIALIZED (
			SELECT b.question, b.part, b.kind, y.t, @extschema@.n(y.t) AS base, @extschema@.n_missing(y.t) AS missing
			FROM @extschema@.codebook_column b JOIN @extschema@.tally_table(home.relation) AS y USING (column_name)
			WHERE y.t IS NOT NULL AND (b.kind = 'multiple') = @extschema@.counts_selections(y.t)
		), counted AS (
			SELECT t.question, t.part, o.code, @extschema@.report_word(lang, o.label_ja, o.label_en) AS label, o.position, @extschema@.count_any(t.t, ARRAY[o.code]) AS n
			FROM tally t JOIN @extschema@.option o USING (question, part)
			UNION ALL
			SELECT t.question, t.part, left(v.label, 4), left(v.label, 4), 10000, sum(v.n)
			FROM tally t CROSS JOIN LATERAL unnest(@extschema@.row_labels(t.t), @extschema@.counts(t.t)) AS v(label, n)
			WHERE t.kind = 'date' GROUP BY t.question, t.part, left(v.label, 4)
			UNION ALL
			SELECT t.question, t.part, v.label, v.label, 10001, v.n
			FROM tally t CROSS JOIN LATERAL unnest(@extschema@.row_labels(t.t), @extschema@.counts(t.t)) AS v(label, n)
			WHERE t.kind LIKE 'single%' AND NOT EXISTS (SELECT FROM @extschema@.option o WHERE o.question = t.question AND o.part = t.part AND o.code = v.label)
		)
		SELECT p.question, p.part, ARRAY[coalesce(c.code, o.code)], coalesce(c.label, @extschema@.report_word(lang, o.label_ja, o.label_en)), c.n::bigint, t.base::bigint,
			   t.missing::bigint, 100 * c.n / nullif(t.base, 0), 100 * ci.conf_low, 100 * ci.conf_high,
			   CASE WHEN t.question IS NULL THEN 'not asked' ELSE 'answers' END, false, NULL::text, NULL::text, NULL::text
		FROM @extschema@.question_part p JOIN @extschema@.question q USING (question)
			 LEFT JOIN tally t USING (question, part)
			 LEFT JOIN counted c USING (question, part)
			 LEFT JOIN @extschema@.option o ON t.question IS NULL AND o.question = p.question AND o.part = p.part
			 LEFT JOIN LATERAL @extschema@.proportion_ci(c.n, nullif(t.base, 0), 'wilson', conf_level) AS ci ON t.base > 0
		WHERE coalesce(c.code, o.code) IS NOT NULL
		ORDER BY q.position, p.position, coalesce(c.position, o.position), c.code;
	END IF;
END $$;
COMMENT ON FUNCTION @extschema@.report_figures(integer, text, float8) IS
'The figures behind report(), a row an option in the order of the questionnaire, labelled in ja or en: n of base organisations (of several ticks too the base is organisations), pct in percent. Of answers of one''s own: missing, who gave no answer or was not asked, and the Wilson interval conf_low to conf_high in percent at conf_level; a date is counted by year. Of published figures: kind (printed count, chart value from the press, printed percentage, words, not published), suspect, the figure as_printed, source and note, as in published_table. Options without a figure have a row with NULLs. No rows for NULL; error 22023 for another language and for a wave without answers or published figures.';

-- Charts of what is no contingency table.

CREATE FUNCTION @extschema@.report_chart(body jsonb, rows jsonb, description text, width integer, room integer) RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
	-- A label stands in one line with a figure of so much room at its end: six pixels a column at this size of type.
	SELECT jsonb_build_object('$schema', 'https://vega.github.io/schema/vega-lite/v5.json', 'description', description, 'width', coalesce(to_jsonb(width), '"container"'),
		'autosize', '{"type": "fit-x", "contains": "padding"}'::jsonb, 'background', 'white',
		'data', jsonb_build_object('values', (
			SELECT jsonb_agg(CASE WHEN r.v ? 'label' THEN r.v || jsonb_build_object('label', (@extschema@.wrap_text(r.v ->> 'label', (coalesce(width, 640) - room) / 6, 1))[1]) ELSE r.v END ORDER BY r.o)
			FROM jsonb_array_elements(rows) WITH ORDINALITY AS r(v, o))),
		'config', '{"view": {"stroke": null}, "axis": {"domain": false, "ticks": false, "gridColor": "#e3e6ea", "labelColor": "#4a5560", "labelFontSize": 11},
					"legend": {"orient": "top", "title": null, "labelFontSize": 12, "symbolType": "circle"}, "font": "sans-serif"}'::jsonb) || body
$$;
COMMENT ON FUNCTION @extschema@.report_chart(jsonb, jsonb, text, integer, integer) IS
'Part of report(): a Vega-Lite specification from its body, its rows and its text alternative, of a width in pixels (NULL: the page''s). Labels are cut to one line that leaves room for so many pixels.';

CREATE FUNCTION @extschema@.report_bars(rows jsonb, description text, width integer) RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
	SELECT @extschema@.report_chart(jsonb_build_object('height', 36 * jsonb_array_length(rows),
		'encoding', '{"y": {"field": "key", "type": "ordinal", "axis": null, "scale": {"padding": 0}}}'::jsonb,
		'layer', jsonb_build_array(
			'{"mark": {"type": "bar", "color": "#0072b2", "height": 12, "yOffset": 8, "cornerRadiusEnd": 2},
			  "encoding": {"x": {"field": "pct", "type": "quantitative", "title": null, "scale": {"domain": [0, 100]},
								 "axis": {"values": [0, 25, 50, 75, 100], "labelExpr": "datum.value + ''%''", "labelFlush": true}}}}'::jsonb)
		|| CASE WHEN jsonb_path_exists(rows, '$[*].low') THEN jsonb_build_array(
			'{"mark": {"type": "rule", "yOffset": 8, "strokeWidth": 2, "color": "#1b2733"},
			  "encoding": {"x": {"field": "low", "type": "quantitative"}, "x2": {"field": "high"}}}'::jsonb) ELSE '[]' END
		|| '[{"mark": {"type": "text", "align": "left", "baseline": "middle", "yOffset": -8, "fontSize": 12, "color": "#1b2733"},
			  "encoding": {"x": {"value": 0}, "text": {"field": "label"}}},
			 {"mark": {"type": "text", "align": "right", "baseline": "middle", "yOffset": -8, "fontSize": 12, "fontWeight": "bold", "color": "#1b2733"},
			  "encoding": {"x": {"value": "width"}, "text": {"field": "value"}}}]'::jsonb), rows, description, width, 104)
$$;
COMMENT ON FUNCTION @extschema@.report_bars(jsonb, text, integer) IS
'Part of report(): a Vega-Lite specification of horizontal bars, one a row: key (their order), label and value (printed above the bar), pct (0 to 100), and low and high, the limits of an interval, where there is one. The base may be organisations though several options were ticked, which no contingency table tells. NULL for NULL rows.';

CREATE FUNCTION @extschema@.report_dots(rows jsonb, series text[], domain float8[], unit text, description text, width integer) RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
	SELECT @extschema@.report_chart(jsonb_build_object('height', k.step * (SELECT count(DISTINCT r -> 'key') FROM jsonb_array_elements(rows) AS r),
		'encoding', '{"y": {"field": "key", "type": "ordinal", "axis": null, "scale": {"padding": 0}}}'::jsonb,
		'layer', (
			SELECT jsonb_agg(l.layer ORDER BY s.i, l.j)
			FROM unnest(series) WITH ORDINALITY AS s(name, i)
				 CROSS JOIN LATERAL (SELECT 28 + 14 * (s.i - 1) - k.step / 2 AS y, CASE WHEN s.i < cardinality(series) THEN '#d55e00' ELSE '#0072b2' END AS color) AS p
				 CROSS JOIN LATERAL (VALUES
					(1, jsonb_build_object(
						'transform', jsonb_build_array(jsonb_build_object('filter', format('datum.series === %s && isValid(datum.low)', to_json(s.name)))),
						'mark', jsonb_build_object('type', 'rule', 'strokeWidth', 2, 'yOffset', p.y, 'color', p.color),
						'encoding', jsonb_build_object('x2', '{"field": "high"}'::jsonb,
							'x', jsonb_build_object('field', 'low', 'type', 'quantitative', 'title', NULL,
								'scale', jsonb_build_object('domain', to_jsonb(domain), 'nice', false, 'zero', false),
								'axis', jsonb_build_object('labelExpr', format('datum.value + %s', to_json(unit)), 'labelFlush', true, 'tickCount', 5,
									'gridColor', CASE WHEN domain[1] < 0 THEN '{"condition": {"test": "datum.value === 0", "value": "#1b2733"}, "value": "#e3e6ea"}'::jsonb ELSE '"#e3e6ea"' END))))),
					(2, jsonb_build_object(
						'transform', jsonb_build_array(jsonb_build_object('filter', format('datum.series === %s && isValid(datum.x)', to_json(s.name)))),
						'mark', jsonb_build_object('type', 'point', 'filled', true, 'size', 70, 'opacity', 1, 'yOffset', p.y,
							'shape', CASE WHEN s.i < cardinality(series) THEN 'diamond' ELSE 'circle' END),
						'encoding', jsonb_build_object('x', '{"field": "x", "type": "quantitative"}'::jsonb,
							'color', jsonb_build_object('datum', s.name, 'type', 'nominal',
								'scale', jsonb_build_object('domain', to_jsonb(series),
									'range', CASE WHEN cardinality(series) = 1 THEN '["#0072b2"]'::jsonb ELSE '["#d55e00", "#0072b2"]' END),
								'legend', CASE WHEN cardinality(series) = 1 THEN 'null'::jsonb ELSE '{}' END))))) AS l(j, layer))
		|| jsonb_build_array(
			jsonb_build_object('transform', '[{"filter": "isValid(datum.label)"}]'::jsonb,
				'mark', jsonb_build_object('type', 'text', 'align', 'left', 'baseline', 'middle', 'yOffset', 12 - k.step / 2, 'fontSize', 12, 'color', '#1b2733'),
				'encoding', '{"x": {"value": 0}, "text": {"field": "label"}}'::jsonb),
			jsonb_build_object('transform', '[{"filter": "isValid(datum.value)"}]'::jsonb,
				'mark', jsonb_build_object('type', 'text', 'align', 'right', 'baseline', 'middle', 'yOffset', 12 - k.step / 2, 'fontSize', 12, 'fontWeight', 'bold',
					'color', '#1b2733'),
				'encoding', '{"x": {"value": "width"}, "text": {"field": "value"}}'::jsonb))), rows, description, width, CASE cardinality(series) WHEN 1 THEN 70 ELSE 150 END)
	FROM (SELECT 24 + 14 * cardinality(series) AS step) AS k
$$;
COMMENT ON FUNCTION @extschema@.report_dots(jsonb, text[], float8[], text, text, integer) IS
'Part of report(): a Vega-Lite specification of dots with their intervals, a row and series each: key (order from the top), series, x, low and high, and on one of a key''s rows label and value, which are printed above the dots. A row without x and with low and high is a line only. domain: the ends of the axis; unit stands behind its numbers. NULL for NULL rows.';

-- Pieces.

CREATE TYPE @extschema@.report_piece AS (
	section text, level integer, kind text, question text, part text, title text, body text, data jsonb, chart jsonb, description text, note text, source text,
	synthetic boolean
);
COMMENT ON TYPE @extschema@.report_piece IS 'A piece of report(), whose comment tells the columns.';

CREATE FUNCTION @extschema@.report_columns(VARIADIC definition text[]) RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
	SELECT jsonb_agg(jsonb_build_object('name', definition[i], 'title', definition[i + 1], 'type', definition[i + 2]) ORDER BY i)
	FROM generate_series(1, cardinality(definition), 3) AS i WHERE definition[i + 1] IS NOT NULL
$$;
COMMENT ON FUNCTION @extschema@.report_columns(text[]) IS
'Part of report(): the columns of a table from triples of name, title and type (text, head, count, pct, interval or mark); a triple without a title is left out.';

CREATE FUNCTION @extschema@.report_cover(wave integer, lang text, home regclass, made_up boolean) RETURNS @extschema@.report_piece LANGUAGE sql STABLE AS $$
	SELECT ROW('cover', 1, 'heading', NULL, NULL,
		coalesce(@extschema@.report_word(lang, w.title_ja, w.title_en), format(@extschema@.report_word(lang, '%s 年度 CSIRT 調査', 'Survey of CSIRTs, %s'), w.wave)),
		CASE WHEN home IS NULL THEN @extschema@.report_word(lang, '公表された結果の集計表と図。付録 B をデータベースから作り直したもの。', 'Tables and charts of the published results: Appendix B, rebuilt from the database.')
			 ELSE @extschema@.report_word(lang, '回答の集計表と図。', 'Tables and charts of the answers.') END,
		jsonb_build_object('columns', @extschema@.report_columns('fact', @extschema@.report_word(lang, '項目', 'Item'), 'head', 'value', @extschema@.report_word(lang, '内容', 'Value'), 'text'),
			'rows', (SELECT jsonb_agg(jsonb_build_object('fact', f.fact, 'value', f.value) ORDER BY f.i) FROM (VALUES
				(1, @extschema@.report_word(lang, '回答組織数', 'Organisations that answered'), w.respondents::text),
				(2, @extschema@.report_word(lang, '対象組織数', 'Organisations asked'), w.population::text),
				(3, @extschema@.report_word(lang, '回答率', 'Response rate'), @extschema@.report_pct(100.0 * w.respondents / w.population)),
				(4, @extschema@.report_word(lang, '実施期間', 'Fieldwork'), CASE WHEN NOT (lower_inf(w.fieldwork) OR upper_inf(w.fieldwork) OR isempty(w.fieldwork)) THEN
					@extschema@.report_word(lang, to_char(lower(w.fieldwork), 'FMYYYY 年 FMMM 月 FMDD 日') || '～' || to_char(upper(w.fieldwork) - 1, 'FMYYYY 年 FMMM 月 FMDD 日'),
						to_char(lower(w.fieldwork), 'FMDD FMMonth YYYY') || ' to ' || to_char(upper(w.fieldwork) - 1, 'FMDD FMMonth YYYY')) END),
				(5, @extschema@.report_word(lang, '集計の元', 'Figures from'), CASE WHEN home IS NULL
					THEN @extschema@.report_word(lang, '公表値（表に印刷された数、本文の割合、報道の図の値）', 'published figures: printed counts and percentages, chart values from the press')
					ELSE @extschema@.report_word(lang, '回答の表 ', 'table of answers ') || home::text END),
				(6, @extschema@.report_word(lang, '出典', 'Source'), @extschema@.report_source(lang, w.source)),
				(7, @extschema@.report_word(lang, '架空の回答', 'Made-up answers'), CASE WHEN made_up THEN @extschema@.report_word(lang, 'この報告書の回答は架空のものであり、実在の組織のものではない。', 'The answers of this report are made up; they are no organisation''s.') END)
				) AS f(i, fact, value) WHERE f.value IS NOT NULL)),
		NULL, NULL, NULL, @extschema@.report_source(lang, w.source), made_up)::@extschema@.report_piece
	FROM @extschema@.wave w WHERE w.wave = $1
$$;
COMMENT ON FUNCTION @extschema@.report_cover(integer, text, regclass, boolean) IS 'Part of report(): the cover, with the facts of the wave.';

CREATE FUNCTION @extschema@.report_findings(wave integer, lang text, figures @extschema@.report_figure[], home regclass, made_up boolean)
	RETURNS SETOF @extschema@.report_piece LANGUAGE sql STABLE AS $$
	WITH figure AS (
		SELECT f.*, q.position, q.category, format(@extschema@.report_word(lang, '「%s」', '%s'), @extschema@.report_item(f.question, lang)) AS name, p.scale
		FROM unnest(figures) AS f JOIN @extschema@.question q USING (question) JOIN @extschema@.question_part p USING (question, part)
		WHERE f.n IS NOT NULL AND f.base > 0 AND NOT f.suspect AND cardinality(f.codes) = 1
	), approved AS (
		SELECT name, position, sum(n) FILTER (WHERE codes[1] IN ('a', 'b')) AS n, max(base) AS base FROM figure WHERE scale = 'maturity' GROUP BY name, position
		HAVING count(*) FILTER (WHERE codes[1] IN ('a', 'b')) = 2
	), service AS (
		SELECT name, position, max(base) - sum(n) FILTER (WHERE codes[1] = 'd') AS n, sum(n) FILTER (WHERE codes[1] = 'c') AS outside, max(base) AS base
		FROM figure WHERE part = 'implementer' GROUP BY name, position HAVING count(*) FILTER (WHERE codes[1] = 'd') = 1
	), finding(i, body) AS (
		SELECT 1, format(@extschema@.report_word(lang, '%2$s 組織のうち %1$s 組織が回答した（回答率 %3$s）。', '%1$s of %2$s organisations answered (response rate %3$s).'),
						 w.respondents, w.population, @extschema@.report_pct(100.0 * w.respondents / w.population))
		FROM @extschema@.wave w WHERE w.wave = $1 AND w.population IS NOT NULL AND w.respondents IS NOT NULL
		UNION ALL
		SELECT 2, format(@extschema@.report_word(lang, '成熟度の %1$s 項目のうち、文書化され承認済み（a と b）の組織が最も多いのは%2$sの %3$s（%4$s / %5$s）、最も少ないのは%6$sの %7$s（%8$s / %9$s）。',
			'Of %1$s items on the maturity scale, the one most often documented and approved (a and b) is %2$s, with %3$s (%4$s of %5$s); the least often %6$s, with %7$s (%8$s of %9$s).'),
			(SELECT count(*) FROM approved), h.name, @extschema@.report_pct(100.0 * h.n / h.base), h.n, h.base, l.name, @extschema@.report_pct(100.0 * l.n / l.base), l.n, l.base)
		FROM (SELECT * FROM approved ORDER BY n::float8 / base DESC, position LIMIT 1) AS h, (SELECT * FROM approved ORDER BY n::float8 / base, position LIMIT 1) AS l
		WHERE h.position <> l.position
		UNION ALL
		SELECT 3, format(@extschema@.report_word(lang, '%s のサービスのうち実施する組織が最も多いのは%s。最も少ないのは%s。', 'Of %s services, those most done are %s. Least done are %s.'),
			(SELECT count(*) FROM service),
			(SELECT string_agg(format(@extschema@.report_word(lang, '%s %s', '%s (%s)'), s.name, @extschema@.report_pct(100.0 * s.n / s.base)), @extschema@.report_word(lang, '、', '; ') ORDER BY s.n::float8 / s.base DESC, position)
			 FROM (SELECT * FROM service ORDER BY n::float8 / base DESC, position LIMIT 3) AS s),
			(SELECT string_agg(format(@extschema@.report_word(lang, '%s %s', '%s (%s)'), s.name, @extschema@.report_pct(100.0 * s.n / s.base)), @extschema@.report_word(lang, '、', '; ') ORDER BY s.n::float8 / s.base, position)
			 FROM (SELECT * FROM service ORDER BY n::float8 / base, position LIMIT 3) AS s))
		WHERE (SELECT count(*) FROM service) > 6
		UNION ALL
		SELECT 4, format(@extschema@.report_word(lang, '社外に最もよく依頼されるサービスは%s（%s / %s、%s）。', 'The service most often given to outsiders is %s (%s of %s, %s).'), s.name, s.outside, s.base,
						 @extschema@.report_pct(100.0 * s.outside / s.base))
		FROM (SELECT * FROM service WHERE outside > 0 ORDER BY outside::float8 / base DESC, position LIMIT 1) AS s
		UNION ALL
		SELECT 5, format(@extschema@.report_word(lang, '報告書の数量に関する記述 %1$s 件を再計算すると、%2$s 件は一致し、%3$s 件は一致せず、%4$s 件は公表値からは計算できない。',
			'Of %1$s quantitative statements of the report, recomputed, %2$s agree, %3$s do not, and %4$s cannot be recomputed from what was published.'),
			count(*), count(*) FILTER (WHERE verdict = 'agrees'), count(*) FILTER (WHERE verdict = 'disagrees'), count(*) FILTER (WHERE verdict = 'cannot be recomputed'))
		FROM @extschema@.statement_check s WHERE home IS NULL AND s.wave = $1 HAVING count(*) > 0
	)
	SELECT 'findings', 2, 'heading', NULL, NULL, @extschema@.report_word(lang, '主な結果', 'Key findings'), NULL, NULL::jsonb, NULL::jsonb, NULL, NULL, NULL, made_up
	WHERE EXISTS (SELECT FROM finding WHERE body IS NOT NULL)
	UNION ALL
	(SELECT 'findings', NULL, 'text', NULL, NULL, NULL, body, NULL, NULL, NULL, NULL, NULL, made_up FROM finding WHERE body IS NOT NULL ORDER BY i)
$$;
COMMENT ON FUNCTION @extschema@.report_findings(integer, text, @extschema@.report_figure[], regclass, boolean) IS 'Part of report(): the key findings, sentences with figures computed from the data.';

-- The report's figures: several items in one chart.

CREATE FUNCTION @extschema@.report_service_figure(figures @extschema@.report_figure[], lang text, number text, subject text, caption text, questions text[], part text, kind text, made_up boolean, width integer)
	RETURNS @extschema@.report_piece LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
DECLARE
	piece @extschema@.report_piece;
	scale text;
	cols jsonb;
	items jsonb;
	cells jsonb;
	t @extschema@.xtab;
	several boolean;
BEGIN
	-- The columns: levels of the scale from the highest, under short names; options of several ticks as printed.
	SELECT p.scale, p.kind = 'multiple' INTO scale, several FROM @extschema@.question_part p WHERE p.question = questions[1] AND p.part = report_service_figure.part;
	SELECT jsonb_agg(jsonb_build_object('code', o.code, 'label', @extschema@.report_word(lang, coalesce(m.ja, o.label_ja), coalesce(m.en, o.label_en)), 'score', l.level,
			'off_scale', scale IS NOT NULL AND l.level IS NULL) ORDER BY l.level NULLS LAST, o.position)
		INTO cols
	FROM @extschema@.option o
		 LEFT JOIN @extschema@.scale_levels(coalesce(scale, 'maturity')) AS l ON scale IS NOT NULL AND l.code = o.code
		 LEFT JOIN (VALUES ('a', '承認済み・監査あり', 'audited'), ('b', '承認済み', 'approved'), ('c', '文書のみ', 'documented'), ('d', '目安のみ', 'rough guide'),
						   ('e', '設定なし', 'case by case')) AS m(code, ja, en) ON scale = 'maturity' AND m.code = o.code
	WHERE o.question = questions[1] AND o.part = report_service_figure.part;
	SELECT jsonb_agg(jsonb_build_object('label', @extschema@.report_item(q.question, lang), 'item', q.question || ' ' || @extschema@.report_word(lang, q.question_ja, q.question_en), 'base', c.base,
				'cells', c.cells) ORDER BY q.position)
		INTO items
	FROM @extschema@.question q
		 JOIN (SELECT f.question, max(f.base) AS base, jsonb_object_agg(f.codes[1], jsonb_build_object('n', f.n, 'pct', round((100.0 * f.n / f.base)::numeric, 1))) AS cells
			   FROM unnest(figures) AS f
			   WHERE f.part = report_service_figure.part AND f.question = ANY (questions) AND f.n IS NOT NULL AND f.base > 0 AND NOT f.suspect AND cardinality(f.codes) = 1
			   GROUP BY f.question
			   HAVING count(*) >= jsonb_array_length(cols)) AS c USING (question);
	IF items IS NULL THEN
		RETURN NULL;
	END IF;
	SELECT jsonb_agg((SELECT jsonb_agg(coalesce((i.v -> 'cells' -> (c.v ->> 'code') ->> 'n')::bigint, 0) ORDER BY c.o) FROM jsonb_array_elements(cols) WITH ORDINALITY AS c(v, o)) ORDER BY i.o)
		INTO cells FROM jsonb_array_elements(items) WITH ORDINALITY AS i(v, o);
	t := jsonb_build_object('xtab', 1, 'n', cells, 'missing', '{"col": 0, "row": 0, "both": 0, "weight": 0}'::jsonb,
		'rows', jsonb_build_object('kind', 'nominal', 'type', '', 'categories', (SELECT jsonb_agg(i.v ->> 'label' ORDER BY i.o) FROM jsonb_array_elements(items) WITH ORDINALITY AS i(v, o))),
		'cols', jsonb_build_object('kind', CASE WHEN scale IS NULL THEN 'nominal' ELSE 'ordinal' END, 'type', '',
			'categories', (SELECT jsonb_agg(c.v ->> 'label' ORDER BY c.o) FROM jsonb_array_elements(cols) WITH ORDINALITY AS c(v, o)))
			|| CASE WHEN scale IS NULL THEN '{}' ELSE (SELECT jsonb_build_object('scores', jsonb_agg(c.v -> 'score' ORDER BY c.o), 'off_scale', jsonb_agg(c.v -> 'off_scale' ORDER BY c.o))
																				FROM jsonb_array_elements(cols) WITH ORDINALITY AS c(v, o)) END)::@extschema@.xtab;
	SELECT format(@extschema@.report_word(lang, '%s。%s 項目の帯グラフ。最も多い回答は、%s。', '%s. Bars of %s items; the most frequent answers are %s.'), caption, jsonb_array_length(items),
				  string_agg(format(@extschema@.report_word(lang, '%s：%s %s', '%s: %s %s'), i.v ->> 'label', top.label, top.n), @extschema@.report_word(lang, '、', '; ') ORDER BY i.o))
		INTO piece.description
	FROM jsonb_array_elements(items) WITH ORDINALITY AS i(v, o)
		 CROSS JOIN LATERAL (SELECT c.v ->> 'label' AS label, (i.v -> 'cells' -> (c.v ->> 'code') ->> 'n')::bigint AS n FROM jsonb_array_elements(cols) WITH ORDINALITY AS c(v, o)
							 ORDER BY 2 DESC, c.o LIMIT 1) AS top;
	-- The table has its own caption, and n of one item after another means nothing.
	piece.chart := (@extschema@.vega_lite(t, kind, lang, width => width) - 'title') || jsonb_build_object('description', piece.description);
	piece.section := 'figures';
	piece.kind := 'chart';
	piece.part := part;
	piece.title := caption;
	piece.synthetic := made_up;
	piece.data := jsonb_build_object(
		'columns', jsonb_build_array(jsonb_build_object('name', 'item', 'title', subject, 'type', 'head'), jsonb_build_object('name', 'base', 'title', 'n', 'type', 'count'))
			|| (SELECT jsonb_agg(x.v ORDER BY c.o, x.i) FROM jsonb_array_elements(cols) WITH ORDINALITY AS c(v, o)
				CROSS JOIN LATERAL (VALUES (1, jsonb_build_object('name', c.v ->> 'code', 'title', c.v ->> 'label', 'type', 'count')),
										   (2, jsonb_build_object('name', (c.v ->> 'code') || '_pct', 'title', '%', 'type', 'pct', 'of', c.v ->> 'label'))) AS x(i, v)),
		'rows', (SELECT jsonb_agg(jsonb_build_object('item', i.v ->> 'item', 'base', i.v -> 'base')
					|| (SELECT jsonb_object_agg(x.name, x.value) FROM jsonb_each(i.v -> 'cells') AS c(code, v)
						CROSS JOIN LATERAL (VALUES (c.code, c.v -> 'n'), (c.code || '_pct', c.v -> 'pct')) AS x(name, value)) ORDER BY i.o)
				 FROM jsonb_array_elements(items) WITH ORDINALITY AS i(v, o)));
	piece.note := concat_ws(' ',
		CASE WHEN several THEN @extschema@.report_word(lang, '複数回答。帯は選ばれた回答の内訳（100%）であり、表の % は組織数に対する割合なので合計は 100% を超える。',
			'Several answers could be given. The bars are shares of the answers ticked (100%); the % of the table are of organisations, and add up to more than 100%.') END,
		CASE WHEN number IN ('2.5 c', '2.6 c', '2.7 c') THEN @extschema@.report_word(lang, '報告書はこの図にも「運用年数について」と印刷している。', 'The report prints "years of operation" below this figure too.') END,
		CASE WHEN jsonb_array_length(items) < cardinality(questions) THEN format(@extschema@.report_word(lang, 'すべての選択肢の値がある %s 項目のうちの %s 項目を示す。', 'Of %s items, the %s with a figure for every option are shown.'),
			cardinality(questions), jsonb_array_length(items)) END);
	piece.note := nullif(piece.note, '');
	RETURN piece;
END $$;
COMMENT ON FUNCTION @extschema@.report_service_figure(@extschema@.report_figure[], text, text, text, text, text[], text, text, boolean, integer) IS
'Part of report(): several questions with the same options as one chart (a kind of vega_lite(): stacked or diverging) and its table. NULL where no question has a figure for each option.';

CREATE FUNCTION @extschema@.report_service_figures(wave integer, lang text, figures @extschema@.report_figure[], home regclass, made_up boolean, width integer)
	RETURNS SETOF @extschema@.report_piece LANGUAGE plpgsql STABLE AS $$
DECLARE
	f record;
	piece @extschema@.report_piece;
	pieces @extschema@.report_piece[] := '{}';
BEGIN
	FOR f IN
		WITH part(letter, part, ja, en) AS (
			VALUES ('a', 'implementer', '実施単位', 'who does it'), ('b', 'tenure', '運用年数', 'years of operation'), ('c', 'proficiency', '熟練度', 'proficiency')
		)
		SELECT g.number, @extschema@.report_word(lang, g.ja, g.en) AS title, array_agg(p.question ORDER BY q.position) AS questions, 'answer' AS part, g.kind,
			   @extschema@.report_word(lang, '項目', 'Item') AS subject, g.place, '' AS letter
		FROM (VALUES ('2.4.4', 'インシデントを防止、検知、解決するためのプロセスについて', 'Processes to prevent, detect and resolve incidents', 'stacked', 1, '4.4.%'),
					 ('2.4.5', 'インシデント対応時のエスカレーション体制について', 'Escalation in incident response', 'stacked', 2, '4.5.%'),
					 (NULL, '成熟度の全項目：承認済み（右）と文書なし（左）', 'All maturity items: approved (right) against not documented (left)', 'diverging', 3, '4.%')) AS g(number, ja, en, kind, place, pattern)
			 JOIN @extschema@.question_part p ON p.scale = 'maturity' AND p.question LIKE g.pattern JOIN @extschema@.question q USING (question)
		GROUP BY g.number, g.ja, g.en, g.kind, g.place
		UNION ALL
		SELECT format('2.%s %s', q.section, part.letter), format(@extschema@.report_word(lang, '%s：%sについて', '%s: %s'), q.category_word, @extschema@.report_word(lang, part.ja, part.en)), array_agg(q.question ORDER BY q.position), part.part,
			   'stacked', @extschema@.report_word(lang, 'サービス', 'Service'), 10 + q.section, part.letter
		FROM part JOIN @extschema@.question_part p USING (part)
			 JOIN (SELECT x.*, @extschema@.report_word(lang, x.category_ja, x.category_en) AS category_word FROM @extschema@.question x) AS q ON q.question = p.question AND q.section BETWEEN 5 AND 7
		GROUP BY q.section, q.category_word, part.letter, part.part, part.ja, part.en
		ORDER BY place, letter
	LOOP
		piece := @extschema@.report_service_figure(figures, lang, f.number, f.subject,
			CASE WHEN f.number IS NULL THEN f.title ELSE format(@extschema@.report_word(lang, '図 %s %s', 'Figure %s %s'), f.number, f.title) END, f.questions, f.part, f.kind, made_up, width);
		IF piece.kind IS NOT NULL THEN
			piece.source := CASE WHEN home IS NULL THEN format(@extschema@.report_word(lang, '%s 年度報告書 付録 B の表から作図', 'drawn from the tables of Appendix B of the %s report'), wave) END;
			pieces := pieces || piece;
		END IF;
	END LOOP;
	IF cardinality(pieces) > 0 THEN
		RETURN QUERY SELECT 'figures', 2, 'heading', NULL, NULL, @extschema@.report_word(lang, '報告書の図', 'The figures of the report'),
			@extschema@.report_word(lang, '番号は 2017 年度報告書の図のもの。', 'The numbers are those of the figures of the 2017 report.'), NULL::jsonb, NULL::jsonb, NULL, NULL, NULL, made_up;
		RETURN QUERY SELECT * FROM unnest(pieces);
	END IF;
END $$;
COMMENT ON FUNCTION @extschema@.report_service_figures(integer, text, @extschema@.report_figure[], regclass, boolean, integer) IS
'Part of report(): the figures of the report, 2.4.4, 2.4.5, 2.5 a to c, 2.6 a to c and 2.7 a to c, and all maturity items as a diverging chart.';

-- The waves compared.

CREATE FUNCTION @extschema@.report_comparison(wave integer, lang text, home regclass, made_up boolean, conf_level float8, width integer) RETURNS SETOF @extschema@.report_piece LANGUAGE plpgsql STABLE AS $$
DECLARE
	earlier integer;
	options jsonb;
	shifts jsonb;
	shown jsonb;
	shown_shifts jsonb;
	most constant integer := 30;
	limited text := format(@extschema@.report_word(lang, '図は変化の大きい %s 行、表はすべての行。', ' The chart has the %s rows that changed most, the table all.'), most);
	hidden bigint;
	note text;
BEGIN
	-- The latest earlier wave that something may be compared with.
	SELECT max(c.from_wave) INTO earlier FROM @extschema@.crosswalk c WHERE c.to_wave = $1 AND c.from_wave < $1;
	IF earlier IS NULL THEN
		RETURN;
	END IF;
	SELECT jsonb_agg(jsonb_strip_nulls(jsonb_build_object('key', c.i, 'label', c.label, 'codes', c.codes, 'from_n', c.from_n, 'from_base', c.from_base, 'from_pct', round(c.from_pct::numeric, 1),
				'from_low', round((100 * e.conf_low)::numeric, 1), 'from_high', round((100 * e.conf_high)::numeric, 1), 'n', c.n, 'base', c.base, 'pct', round(c.pct::numeric, 1),
				'low', round(coalesce(c.bound_low, 100 * l.conf_low)::numeric, 1), 'high', round(coalesce(c.bound_high, 100 * l.conf_high)::numeric, 1), 'bounds', c.bound_low IS NOT NULL,
				'difference', round(c.difference::numeric, 1), 'diff_low', round(c.conf_low::numeric, 1), 'diff_high', round(c.conf_high::numeric, 1), 'p_holm', c.p_holm,
				'relation', c.relation, 'mark', nullif(concat_ws(' ', CASE WHEN c.relation = 'break' THEN '[b]' END, (SELECT string_agg('[' || x || ']', ' ') FROM unnest(string_to_array(nullif(c.flags, ''), ',')) AS x WHERE x <> 'b'),
					CASE WHEN 'printed percentage' IN (c.basis, c.from_basis) THEN '[o]' END, CASE WHEN 'chart value from the press' IN (c.basis, c.from_basis) THEN '[g]' END, CASE WHEN c.synthetic THEN '[m]' END), ''),
				'n_both', c.n_both)) ORDER BY c.i)
		INTO options
	FROM (SELECT w.*, row_number() OVER (ORDER BY q.position, p.position, w.codes) AS i,
				 @extschema@.report_item(w.question, lang) || coalesce(@extschema@.report_word(lang, '、' || p.part_ja, ', ' || p.part_en), '') || @extschema@.report_word(lang, '：', ': ')
					|| coalesce(@extschema@.report_word(lang, w.label_ja, w.label_en), array_to_string(w.codes, '+')) AS label
		  FROM @extschema@.wave_comparison w JOIN @extschema@.question q USING (question) JOIN @extschema@.question_part p USING (question, part)
		  WHERE w.from_wave = earlier AND w.to_wave = $1 AND (made_up OR NOT w.synthetic) AND (w.from_pct IS NOT NULL OR w.from_bound_low IS NOT NULL OR w.pct IS NOT NULL)) AS c
		 LEFT JOIN LATERAL @extschema@.proportion_ci(c.from_n, c.from_base, 'wilson', report_comparison.conf_level) AS e ON c.from_n IS NOT NULL AND c.from_base > 0
		 LEFT JOIN LATERAL @extschema@.proportion_ci(c.n, c.base, 'wilson', report_comparison.conf_level) AS l ON c.n IS NOT NULL AND c.base > 0;
	SELECT count(*) INTO hidden FROM @extschema@.wave_comparison w WHERE w.from_wave = earlier AND w.to_wave = $1 AND w.synthetic AND NOT made_up;
	SELECT jsonb_agg(jsonb_strip_nulls(jsonb_build_object('key', s.i, 'label', s.label, 'from_n', s.from_n, 'n', s.n, 'superiority', round(s.superiority::numeric, 3), 'low', round(s.conf_low::numeric, 3),
				'high', round(s.conf_high::numeric, 3), 'from_median', s.from_median, 'median', s.median, 'top_change', round(s.top_change::numeric, 1), 'p_holm', s.p_holm,
				'mark', nullif(concat_ws(' ', (SELECT string_agg('[' || x || ']', ' ') FROM unnest(string_to_array(nullif(s.flags, ''), ',')) AS x), CASE WHEN s.synthetic THEN '[m]' END), ''))) ORDER BY s.i)
		INTO shifts
	FROM (SELECT w.*, row_number() OVER (ORDER BY q.position, p.position) AS i,
				 @extschema@.report_item(w.question, lang) || coalesce(@extschema@.report_word(lang, '、' || p.part_ja, ', ' || p.part_en), '') AS label
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
		@extschema@.report_word(lang, '対応表（crosswalk）で同じ、または選択肢をまとめれば同じとされた設問だけを比べる。', 'Only questions are compared that the crosswalk calls the same, or the same after merging options.')
		|| CASE WHEN hidden > 0 THEN format(@extschema@.report_word(lang, '架空の回答による %s 行は載せない。', ' %s rows that rest on made-up answers are left out.'), hidden) ELSE '' END,
		NULL::jsonb, NULL::jsonb, NULL, NULL, NULL, made_up;
	IF options IS NOT NULL THEN
		note := format(@extschema@.report_word(lang, '線は割合の %s%% 信頼区間（Wilson）。点のない線は、公表値から合計の取り得る範囲であり、信頼区間ではない。標本ではなく全数調査の試みである波では、区間は無作為な回答を仮定した目安である。',
			'Lines are %s%% intervals of the shares (Wilson). A line without a dot is the range that the published figures leave to a net, and no confidence interval. Where a wave is an attempted census, not a sample, the intervals are a guide that takes answering as random.'),
			round((100 * report_comparison.conf_level)::numeric));
		RETURN QUERY SELECT 'comparison', 3, 'chart', NULL, NULL, format(@extschema@.report_word(lang, '%s 年と %s 年の割合', 'Shares in %s and %s'), earlier, $1), NULL,
			jsonb_build_object('columns', @extschema@.report_columns(
				'label', @extschema@.report_word(lang, '選択肢', 'Option'), 'head', 'from_n', format('n %s', earlier), 'count', 'from_pct', format('%s %%', earlier), 'pct',
				'n', format('n %s', $1), 'count', 'pct', format('%s %%', $1), 'pct', 'low', @extschema@.report_word(lang, '下限', 'low'), 'pct', 'high', @extschema@.report_word(lang, '上限', 'high'), 'pct',
				'mark', @extschema@.report_word(lang, '印', 'Mark'), 'mark'), 'rows', options),
			@extschema@.report_dots(
				(SELECT jsonb_agg(x.v ORDER BY o.o, x.i) FROM jsonb_array_elements(shown) WITH ORDINALITY AS o(v, o)
					CROSS JOIN LATERAL (VALUES
						(1, jsonb_strip_nulls(jsonb_build_object('key', o.v -> 'key', 'series', earlier::text, 'x', o.v -> 'from_pct', 'low', o.v -> 'from_low', 'high', o.v -> 'from_high'))),
						(2, jsonb_strip_nulls(jsonb_build_object('key', o.v -> 'key', 'series', $1::text, 'x', o.v -> 'pct', 'low', o.v -> 'low', 'high', o.v -> 'high', 'label', o.v -> 'label',
							'value', concat_ws(' → ', coalesce(@extschema@.report_pct((o.v ->> 'from_pct')::float8), '–'),
								CASE WHEN (o.v ->> 'bounds')::boolean THEN format('%s–%s%%', o.v ->> 'low', o.v ->> 'high') ELSE coalesce(@extschema@.report_pct((o.v ->> 'pct')::float8), '–') END))))) AS x(i, v)),
				ARRAY[earlier::text, $1::text], '{0,100}', '%', d.description, width),
			d.description, note || CASE WHEN jsonb_array_length(options) > most THEN limited ELSE '' END, NULL, made_up
		FROM (SELECT format(@extschema@.report_word(lang, '%s 年と %s 年の割合を点と区間で示す図。', 'Dots with intervals: the shares in %s and %s. '), earlier, $1)
				|| string_agg(format(@extschema@.report_word(lang, '%s：%s から %s', '%s: %s to %s'), o.v ->> 'label', coalesce(@extschema@.report_pct((o.v ->> 'from_pct')::float8), '–'),
					coalesce(@extschema@.report_pct((o.v ->> 'pct')::float8), format('%s–%s%%', o.v ->> 'low', o.v ->> 'high'))), @extschema@.report_word(lang, '。', '; ') ORDER BY o.o) FILTER (WHERE o.o <= 12) AS description
			  FROM jsonb_array_elements(shown) WITH ORDINALITY AS o(v, o)) AS d;
		RETURN QUERY SELECT 'comparison', 3, 'chart', NULL, NULL, @extschema@.report_word(lang, '差（ポイント）と信頼区間', 'Differences in points, with intervals'), NULL,
			jsonb_build_object('columns', @extschema@.report_columns(
				'label', @extschema@.report_word(lang, '選択肢', 'Option'), 'head', 'difference', @extschema@.report_word(lang, '差', 'difference'), 'pct', 'diff_low', @extschema@.report_word(lang, '下限', 'low'), 'pct',
				'diff_high', @extschema@.report_word(lang, '上限', 'high'), 'pct', 'p_holm', @extschema@.report_word(lang, 'p（Holm 調整）', 'p (Holm)'), 'p', 'n_both', CASE WHEN jsonb_path_exists(options, '$[*].n_both')
				THEN @extschema@.report_word(lang, '両方に回答', 'in both') END, 'count', 'mark', @extschema@.report_word(lang, '印', 'Mark'), 'mark'), 'rows', d.rows),
			@extschema@.report_dots(
				(SELECT jsonb_agg(jsonb_build_object('key', o.v -> 'key', 'series', @extschema@.report_word(lang, '差', 'difference'), 'x', o.v -> 'difference', 'low', o.v -> 'diff_low', 'high', o.v -> 'diff_high', 'label', o.v -> 'label',
					'value', to_char((o.v ->> 'difference')::numeric, 'SGFM990.0'))) FROM jsonb_array_elements(d.shown) AS o(v)),
				ARRAY[@extschema@.report_word(lang, '差', 'difference')], ARRAY[floor(least(-10, d.low) / 10) * 10, ceil(greatest(10, d.high) / 10) * 10], '', d.description, width),
			d.description, @extschema@.report_word(lang, '差は後の年から前の年を引いたもの。区間は Newcombe 法（両方の年に答えた組織が分かるときはその共分散を含む）。p は比べた行の全体で Holm 法により調整。',
				'Later less earlier wave. Intervals by Newcombe''s method, with the covariance of organisations known to be in both waves; p adjusted by Holm over all rows compared.')
				|| CASE WHEN jsonb_array_length(options) > most THEN limited ELSE '' END, NULL, made_up
		FROM (SELECT jsonb_agg(o.v ORDER BY o.o) AS rows, jsonb_agg(o.v ORDER BY o.o) FILTER (WHERE shown @> jsonb_build_array(jsonb_build_object('key', o.v -> 'key'))) AS shown, min((o.v ->> 'diff_low')::float8) AS low, max((o.v ->> 'diff_high')::float8) AS high,
				@extschema@.report_word(lang, '割合の差を点と区間で示す図。', 'Dots with intervals: differences of the shares. ') || string_agg(format(@extschema@.report_word(lang, '%s：%s（%s から %s）', '%s: %s (%s to %s)'),
					o.v ->> 'label', o.v ->> 'difference', o.v ->> 'diff_low', o.v ->> 'diff_high'), @extschema@.report_word(lang, '。', '; ') ORDER BY o.o) FILTER (WHERE o.o <= 12) AS description
			  FROM jsonb_array_elements(options) WITH ORDINALITY AS o(v, o) WHERE o.v ? 'difference' AND o.v ? 'diff_low') AS d
		WHERE d.rows IS NOT NULL;
	END IF;
	IF shifts IS NOT NULL THEN
		RETURN QUERY SELECT 'comparison', 3, 'chart', NULL, NULL, @extschema@.report_word(lang, '尺度の移動', 'Shifts of the scales'), NULL,
			jsonb_build_object('columns', @extschema@.report_columns(
				'label', @extschema@.report_word(lang, '設問', 'Question'), 'head', 'from_n', format('n %s', earlier), 'count', 'n', format('n %s', $1), 'count', 'superiority', 'P', 'p',
				'low', @extschema@.report_word(lang, '下限', 'low'), 'p', 'high', @extschema@.report_word(lang, '上限', 'high'), 'p', 'p_holm', @extschema@.report_word(lang, 'p（Holm 調整）', 'p (Holm)'), 'p',
				'mark', @extschema@.report_word(lang, '印', 'Mark'), 'mark'), 'rows', shifts),
			@extschema@.report_dots(
				(SELECT jsonb_agg(jsonb_strip_nulls(jsonb_build_object('key', o.v -> 'key', 'series', 'P', 'x', o.v -> 'superiority', 'low', o.v -> 'low', 'high', o.v -> 'high', 'label', o.v -> 'label', 'value', to_char((o.v ->> 'superiority')::numeric, '0.00'))) ORDER BY o.o)
					FROM jsonb_array_elements(shown_shifts) WITH ORDINALITY AS o(v, o)), '{P}', '{0,1}', '', d.description, width),
			d.description, @extschema@.report_word(lang, 'P は後の年の回答が前の年の回答より高い確率（等しい場合は半分）。0.5 なら移動なし。区間は Wilcoxon 検定のもの。', 'P is the probability that an answer of the later wave is higher than one of the earlier, plus half that of equal ones; 0.5 is no shift. Intervals belong to Wilcoxon''s test.')
				|| CASE WHEN jsonb_array_length(shifts) > most THEN limited ELSE '' END, NULL, made_up
		FROM (SELECT format(@extschema@.report_word(lang, '%s 設問の移動を点と区間で示す図。', 'Dots with intervals: the shifts of %s questions.'), jsonb_array_length(shown_shifts)) AS description) AS d;
	END IF;
END $$;
COMMENT ON FUNCTION @extschema@.report_comparison(integer, text, regclass, boolean, float8, integer) IS
'Part of report(): the wave against the latest earlier one in crosswalk, from wave_comparison and wave_shift. Rows on made-up answers are left out, and counted, unless the wave is made up itself.';

CREATE FUNCTION @extschema@.report_statements(wave integer, lang text, home regclass) RETURNS SETOF @extschema@.report_piece LANGUAGE sql STABLE AS $$
	WITH checked AS (
		SELECT s.*, row_number() OVER (ORDER BY s.statement, s.item) AS i FROM @extschema@.statement_check s WHERE home IS NULL AND s.wave = $1
	), verdict(verdict, ja, en, note_ja, note_en) AS (
		VALUES ('agrees', '一致', 'agrees', NULL, NULL), ('disagrees', '不一致', 'disagrees', NULL, NULL), ('cannot be recomputed', '計算不能', 'cannot be recomputed', NULL, NULL)
	)
	SELECT 'statements', 2, 'heading', NULL, NULL, @extschema@.report_word(lang, '記述の検算', 'Statement check'),
		@extschema@.report_word(lang, '報告書の本文にある数量の記述を、公表された回答数から計算し直した結果。範囲は言葉の読み方であり、その根拠は statement_rule にある。',
			'The quantitative sentences of the report, recomputed from the published counts. The range is how the words are read; statement_rule has the reasons.'),
		NULL::jsonb, NULL::jsonb, NULL, NULL, NULL, false
	WHERE EXISTS (SELECT FROM checked)
	UNION ALL
	SELECT 'statements', 3, 'table', NULL, NULL, @extschema@.report_word(lang, '報告書の記述と再計算した割合', 'Sentences of the report and recomputed shares'), NULL,
		jsonb_build_object('columns', @extschema@.report_columns('section', @extschema@.report_word(lang, '節', 'Section'), 'text', 'sentence', @extschema@.report_word(lang, '記述', 'Sentence'), 'head', 'printed', @extschema@.report_word(lang, '印刷', 'Printed'), 'text',
				'range', @extschema@.report_word(lang, '読み（%）', 'Read as, %'), 'interval', 'n', 'n', 'count', 'base', @extschema@.report_word(lang, '母数', 'Base'), 'count', 'recomputed', @extschema@.report_word(lang, '再計算 %', 'Recomputed, %'), 'pct',
				'verdict', @extschema@.report_word(lang, '判定', 'Verdict'), 'verdict'),
			'rows', jsonb_agg(jsonb_strip_nulls(jsonb_build_object('section', c.section, 'sentence', @extschema@.report_word(lang, c.sentence_ja, c.sentence_en), 'printed', c.printed,
				'range', CASE WHEN c.lower IS NOT NULL THEN format('%s–%s', trim_scale(round(100 * c.lower, 1)), trim_scale(round(100 * c.upper, 1))) END,
				'n', c.n, 'base', c.base, 'recomputed', round(100 * c.recomputed, 1), 'verdict', @extschema@.report_word(lang, v.ja, v.en), 'state', c.verdict)) ORDER BY c.i)),
		NULL, NULL, NULL, @extschema@.report_source(lang, format('%s report', $1)), false
	FROM checked c JOIN verdict v USING (verdict) HAVING count(*) > 0
	UNION ALL
	SELECT 'statements', 3, 'table', NULL, NULL, @extschema@.report_word(lang, '公表値のうち互いに合わないもの', 'Published figures that do not fit together'), NULL,
		jsonb_build_object('columns', @extschema@.report_columns('question', @extschema@.report_word(lang, '設問', 'Question'), 'head', 'part', @extschema@.report_word(lang, '部分', 'Part'), 'text', 'detail', @extschema@.report_word(lang, '内容', 'Finding'), 'text'),
			'rows', jsonb_agg(jsonb_strip_nulls(jsonb_build_object('question', c.question, 'part', @extschema@.report_word(lang, p.part_ja, p.part_en), 'detail', @extschema@.report_word(lang, c.detail_ja, c.detail_en))) ORDER BY q.position, p.position NULLS FIRST, c.finding)),
		NULL, NULL, @extschema@.report_word(lang, '数値は印刷のまま載せ、直さない。', 'Figures stand as they were printed, and are not corrected.'), NULL, false
	FROM @extschema@.consistency_check c JOIN @extschema@.question q USING (question) LEFT JOIN @extschema@.question_part p USING (question, part)
	WHERE home IS NULL AND c.wave = $1 AND NOT c.synthetic HAVING count(*) > 0
$$;
COMMENT ON FUNCTION @extschema@.report_statements(integer, text, regclass) IS 'Part of report(): statement_check and consistency_check of the wave, where its published figures are reported.';

CREATE FUNCTION @extschema@.report_sim3(lang text, figures @extschema@.report_figure[], made_up boolean, conf_level float8, width integer) RETURNS SETOF @extschema@.report_piece LANGUAGE sql STABLE AS $$
	WITH top AS (
		SELECT f.question, sum(f.n) FILTER (WHERE l.level >= 3) AS n, max(f.base) AS base, sum(f.n * l.level)::numeric / nullif(sum(f.n), 0) AS mean
		FROM unnest(figures) AS f JOIN @extschema@.question_part p USING (question, part) JOIN @extschema@.scale_levels('maturity') AS l ON f.codes = ARRAY[l.code]
		WHERE p.scale = 'maturity' AND f.n IS NOT NULL AND f.base > 0 AND NOT f.suspect
		GROUP BY f.question HAVING count(*) = 5
	), line AS (
		SELECT row_number() OVER (ORDER BY c.position) AS i, c.parameter || ' ' || c.name AS label, c.question, t.n, t.base, 100.0 * t.n / t.base AS pct, 100 * ci.conf_low AS low, 100 * ci.conf_high AS high, t.mean
		FROM @extschema@.sim3_covered() c JOIN top t USING (question) CROSS JOIN LATERAL @extschema@.proportion_ci(t.n, t.base, 'wilson', conf_level) AS ci
	)
	SELECT 'sim3', 2, 'heading', NULL, NULL, @extschema@.report_word(lang, 'SIM3 の項目から見た成熟度', 'Maturity by SIM3 parameter'),
		@extschema@.report_word(lang, '成熟度の尺度（a = 4 から e = 0）を SIM3 の水準と読み替えたもの。自己申告であり、SIM3 の評価ではない。この調査が尋ねるのは SIM3 の一部の項目だけである。',
			'The maturity scale (a = 4 to e = 0) read as levels of SIM3. Self-assessed, and no SIM3 score; the survey asks about some of the parameters only.'),
		NULL::jsonb, NULL::jsonb, NULL, NULL, NULL, made_up
	WHERE EXISTS (SELECT FROM line)
	UNION ALL
	SELECT 'sim3', 3, 'chart', NULL, NULL, @extschema@.report_word(lang, '水準 3（承認済み）以上の組織の割合', 'Share of organisations at level 3 (approved) or 4'), NULL,
		jsonb_build_object('columns', @extschema@.report_columns('label', @extschema@.report_word(lang, 'SIM3 の項目', 'SIM3 parameter'), 'head', 'question', @extschema@.report_word(lang, '設問', 'Question'), 'text', 'n', 'n', 'count',
				'base', @extschema@.report_word(lang, '母数', 'Base'), 'count', 'pct', '%', 'pct', 'low', @extschema@.report_word(lang, '下限', 'low'), 'pct', 'high', @extschema@.report_word(lang, '上限', 'high'), 'pct', 'mean', @extschema@.report_word(lang, '平均水準', 'Mean level'), 'number'),
			'rows', d.rows),
		@extschema@.report_dots((SELECT jsonb_agg(r.v || jsonb_build_object('series', '%', 'x', r.v -> 'pct', 'value', @extschema@.report_pct((r.v ->> 'pct')::float8)) ORDER BY r.o) FROM jsonb_array_elements(d.rows) WITH ORDINALITY AS r(v, o)), '{%}', '{0,100}', '%', d.description, width),
		d.description, format(@extschema@.report_word(lang, '線は %s%% 信頼区間（Wilson）。SIM3 の名称は版権者のもので、短い名称だけを載せる。', 'Lines are %s%% intervals (Wilson). SIM3''s names are its owners''; only the short names are given.'), round((100 * conf_level)::numeric)), 'SIM3: https://opencsirt.org', made_up
	FROM (SELECT jsonb_agg(jsonb_build_object('key', i, 'label', label, 'question', question, 'n', n, 'base', base, 'pct', round(pct, 1), 'low', round(low::numeric, 1), 'high', round(high::numeric, 1), 'mean', round(mean, 2)) ORDER BY i) AS rows,
				 @extschema@.report_word(lang, '割合を点と区間で示す図。', 'Dots with intervals: shares. ') || string_agg(label || ' ' || @extschema@.report_pct(pct), @extschema@.report_word(lang, '、', ', ') ORDER BY i) AS description
		  FROM line) AS d
	WHERE d.rows IS NOT NULL
$$;
COMMENT ON FUNCTION @extschema@.report_sim3(text, @extschema@.report_figure[], boolean, float8, integer) IS 'Part of report(): the share of organisations at level 3 or 4 for each SIM3 parameter that a question with complete figures is about.';

-- Appendix B: each question.

CREATE FUNCTION @extschema@.report_question_part(question text, part text, lang text, figures @extschema@.report_figure[], home regclass, made_up boolean, caption text, finding text, width integer)
	RETURNS @extschema@.report_piece LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_variable
DECLARE
	piece @extschema@.report_piece;
	p @extschema@.question_part;
	base bigint;
	missing bigint;
	drawn jsonb;
	rows jsonb;
	total numeric;
	known boolean;
	marked boolean;
	plain boolean;
BEGIN
	SELECT * INTO p FROM @extschema@.question_part x WHERE x.question = report_question_part.question AND x.part = report_question_part.part;
	SELECT max(f.base), max(f.missing), bool_or(f.kind NOT IN ('not published', 'not asked')), bool_or(b.mark IS NOT NULL OR f.suspect), bool_and(f.kind IN ('printed count', 'answers')),
		   CASE WHEN p.kind <> 'multiple' AND bool_and(f.kind IN ('printed count', 'answers')) THEN sum(f.n) END,
		   jsonb_agg(jsonb_strip_nulls(jsonb_build_object('code', array_to_string(f.codes, '+'), 'label', f.label, 'n', f.n, 'pct', round(f.pct::numeric, 1), 'low', round(f.conf_low::numeric, 1),
				'high', round(f.conf_high::numeric, 1), 'printed', CASE WHEN f.n IS NULL THEN f.as_printed END, 'mark', nullif(concat_ws(' ', b.mark, CASE WHEN f.suspect THEN '[s]' END,
				CASE WHEN home IS NOT NULL AND f.base < 30 THEN '[u]' WHEN home IS NOT NULL AND f.base < 100 THEN '[w]' END, CASE WHEN made_up THEN '[m]' END), ''))) ORDER BY f.ord),
		   jsonb_agg(jsonb_strip_nulls(jsonb_build_object('key', f.ord, 'label', CASE WHEN p.kind = 'date' THEN f.label ELSE array_to_string(f.codes, '+') || ' ' || f.label END, 'pct', round(f.pct::numeric, 1),
				'low', round(f.conf_low::numeric, 1), 'high', round(f.conf_high::numeric, 1), 'value', coalesce(f.n || ' (' || @extschema@.report_pct(f.pct) || ')', f.as_printed))) ORDER BY f.ord)
				FILTER (WHERE f.pct IS NOT NULL AND NOT f.suspect),
		   string_agg(DISTINCT @extschema@.report_source(lang, f.source), @extschema@.report_word(lang, '、', '; ')), string_agg(DISTINCT @extschema@.report_note(lang, f.note), ' ') FILTER (WHERE NOT (p.depends_on IS NOT NULL AND f.note ~ '^Base: '))
		INTO base, missing, known, marked, plain, total, rows, drawn, piece.source, piece.note
	FROM unnest(figures) WITH ORDINALITY AS f(question, part, codes, label, n, base, missing, pct, conf_low, conf_high, kind, suspect, as_printed, source, note, ord)
		 CROSS JOIN LATERAL @extschema@.report_basis(lang, f.kind) AS b
	WHERE f.question = report_question_part.question AND f.part = report_question_part.part;
	piece.section := 'appendix';
	piece.question := question;
	piece.part := part;
	piece.title := caption || CASE WHEN base IS NOT NULL THEN format(@extschema@.report_word(lang, '（n = %s）', ' (n = %s)'), base) ELSE '' END;
	piece.synthetic := made_up;
	piece.data := jsonb_build_object('columns', @extschema@.report_columns(
			'code', '#', 'text', 'label', @extschema@.report_word(lang, '項目', 'Option'), 'head',
			'n', CASE WHEN known THEN @extschema@.report_word(lang, '回答数', 'n') END, 'count', 'pct', CASE WHEN known THEN '%' END, 'pct',
			'low', CASE WHEN home IS NOT NULL AND base > 0 THEN @extschema@.report_word(lang, '下限', 'low') END, 'pct', 'high', CASE WHEN home IS NOT NULL AND base > 0 THEN @extschema@.report_word(lang, '上限', 'high') END, 'pct',
			'printed', CASE WHEN jsonb_path_exists(coalesce(rows, '[]'), '$[*].printed') THEN @extschema@.report_word(lang, '印刷のまま', 'As printed') END, 'text',
			'mark', CASE WHEN marked OR jsonb_path_exists(coalesce(rows, '[]'), '$[*].mark') THEN @extschema@.report_word(lang, '印', 'Mark') END, 'mark'),
		'rows', coalesce(rows, '[]'), 'known', coalesce(known, false), 'base', base)
		|| CASE WHEN total IS NOT NULL THEN jsonb_build_object('total', jsonb_strip_nulls(jsonb_build_object('label', @extschema@.report_word(lang, '計', 'Total'), 'n', total,
			'pct', CASE WHEN base > 0 THEN round(100 * total / base, 1) END))) ELSE '{}' END
		|| CASE WHEN missing > 0 THEN jsonb_build_object('missing', jsonb_build_object('label', CASE WHEN p.depends_on IS NULL THEN @extschema@.report_word(lang, '無回答', 'No answer')
			ELSE @extschema@.report_word(lang, '無回答・対象外', 'No answer or not asked') END, 'n', missing)) ELSE '{}' END;
	piece.note := nullif(concat_ws(' ',
		CASE WHEN NOT coalesce(known, false) THEN CASE WHEN home IS NULL THEN @extschema@.report_word(lang, '値は公表されていない（報告書では図だけで示され、文字の値がない）。選択肢だけを載せる。', 'No figure was published in text (the report has a chart only). The options are listed.')
			ELSE @extschema@.report_word(lang, '回答の表にこの設問がない。', 'The answers have no such question.') END END,
		CASE WHEN p.kind = 'multiple' AND known THEN @extschema@.report_word(lang, '複数回答。% は組織数に対する割合で、合計は 100% を超えることがある。', 'Several answers could be given: the % are of organisations, and may add up to more than 100%.') END,
		CASE WHEN p.depends_on IS NOT NULL THEN format(@extschema@.report_word(lang, '%s で %s と答えた組織だけが対象。', 'Asked only of those who answered %2$s in %1$s.'), p.depends_on, array_to_string(p.depends_codes, ', ')) END,
		finding, piece.note), '');
	IF jsonb_array_length(drawn) > 0 THEN
		piece.kind := 'chart';
		SELECT format(@extschema@.report_word(lang, '%s の棒グラフ。多い順に%s%s。', 'Bar chart of %s. Most: %s%s.'), piece.title, string_agg(format(@extschema@.report_word(lang, '「%s」%s', '%s %s'), d.v ->> 'label', d.v ->> 'value'),
			@extschema@.report_word(lang, '、', '; ') ORDER BY (d.v ->> 'pct')::float8 DESC, d.o) FILTER (WHERE d.place <= 3),
			CASE WHEN count(*) > 3 THEN format(@extschema@.report_word(lang, '、ほか %s 項目', '; and %s more'), count(*) - 3) ELSE '' END)
			INTO piece.description
		FROM (SELECT x.v, x.o, row_number() OVER (ORDER BY (x.v ->> 'pct')::float8 DESC, x.o) AS place FROM jsonb_array_elements(drawn) WITH ORDINALITY AS x(v, o)) AS d;
		piece.chart := @extschema@.report_bars(drawn, piece.description, width);
	ELSE
		piece.kind := 'table';
	END IF;
	RETURN piece;
END $$;
COMMENT ON FUNCTION @extschema@.report_question_part(text, text, text, @extschema@.report_figure[], regclass, boolean, text, text, integer) IS
'Part of report(): the table of one part of a question, with its bar chart where figures can be drawn. Suspect figures and words are in the table and not in the chart.';

CREATE FUNCTION @extschema@.report_appendix(wave integer, lang text, figures @extschema@.report_figure[], home regclass, made_up boolean, width integer) RETURNS SETOF @extschema@.report_piece LANGUAGE plpgsql STABLE AS $$
DECLARE
	q record;
	p record;
	section integer;
	piece @extschema@.report_piece;
BEGIN
	RETURN QUERY SELECT 'appendix', 2, 'heading', NULL, NULL, CASE WHEN home IS NULL THEN @extschema@.report_word(lang, '付録 B：アンケート結果', 'Appendix B: the results')
		ELSE @extschema@.report_word(lang, '設問ごとの結果', 'Results by question') END,
		CASE WHEN home IS NULL THEN @extschema@.report_word(lang, '数値は印刷のまま。公表されていない値は推測しない。', 'Figures are as printed; what was not published is not guessed.') END, NULL::jsonb, NULL::jsonb, NULL, NULL, NULL, made_up;
	FOR q IN SELECT * FROM @extschema@.question x ORDER BY x.position LOOP
		IF section IS DISTINCT FROM q.section THEN
			section := q.section;
			RETURN QUERY SELECT 'appendix', 3, 'heading', NULL, NULL, concat_ws('. ', q.section::text, @extschema@.report_word(lang, q.section_ja, q.section_en)), NULL, NULL::jsonb, NULL::jsonb, NULL, NULL, NULL, made_up;
		END IF;
		RETURN QUERY SELECT 'appendix', 4, 'heading', q.question, NULL, q.question || ' ' || @extschema@.report_word(lang, q.question_ja, q.question_en),
			@extschema@.report_word(lang, q.description_ja, q.description_en), NULL::jsonb, NULL::jsonb, NULL, CASE WHEN home IS NULL THEN @extschema@.report_note(lang, q.note) END, NULL, made_up;
		FOR p IN SELECT x.part, @extschema@.report_word(lang, x.part_ja, x.part_en) AS name FROM @extschema@.question_part x WHERE x.question = q.question ORDER BY x.position LOOP
			piece := @extschema@.report_question_part(q.question, p.part, lang, figures, home, made_up, coalesce(p.name, q.question || ' ' || @extschema@.report_word(lang, q.question_ja, q.question_en)),
				(SELECT @extschema@.report_word(lang, c.detail_ja, c.detail_en) FROM @extschema@.consistency_check c
				 WHERE home IS NULL AND c.finding = 'total' AND c.wave = $1 AND c.question = q.question AND c.part = p.part LIMIT 1), CASE WHEN width >= 700 THEN width / 2 ELSE width END);
			RETURN NEXT piece;
		END LOOP;
	END LOOP;
END $$;
COMMENT ON FUNCTION @extschema@.report_appendix(integer, text, @extschema@.report_figure[], regclass, boolean, integer) IS 'Part of report(): every question of the codebook in its order, a table and chart for each part.';

CREATE FUNCTION @extschema@.report_marks(wave integer, lang text, figures @extschema@.report_figure[], home regclass, made_up boolean, conf_level float8) RETURNS SETOF @extschema@.report_piece LANGUAGE sql STABLE AS $$
	SELECT 'sources', 2, 'heading', NULL, NULL, @extschema@.report_word(lang, '出典と印の説明', 'Sources and marks'), NULL, NULL::jsonb, NULL::jsonb, NULL, NULL, NULL, made_up
	UNION ALL
	SELECT 'sources', 3, 'table', NULL, NULL, @extschema@.report_word(lang, '印', 'Marks'), NULL,
		jsonb_build_object('columns', @extschema@.report_columns('mark', @extschema@.report_word(lang, '印', 'Mark'), 'head', 'meaning', @extschema@.report_word(lang, '意味', 'Meaning'), 'text'),
			'rows', (SELECT jsonb_agg(jsonb_build_object('mark', m.mark, 'meaning', m.meaning) ORDER BY m.i) FROM (
				SELECT k.i, coalesce(b.mark, @extschema@.report_word(lang, '印なし', 'no mark')) AS mark, b.meaning
				FROM unnest(CASE WHEN home IS NULL THEN '{printed count,chart value from the press,printed percentage,words,not published}'::text[] ELSE '{answers,not asked}' END) WITH ORDINALITY AS k(kind, i),
					 LATERAL @extschema@.report_basis(lang, k.kind) AS b
				UNION ALL
				SELECT x.i, x.mark, @extschema@.report_word(lang, x.ja, x.en) FROM (VALUES
					(11, '[s]', '疑わしい値。表に残すが、割合は計算せず図にもしない', 'suspect: kept in the table, with no percentage and not drawn'),
					(12, '[b]', '断絶。設問が変わり比較できない', 'break: the question changed, so that it cannot be compared'),
					(13, '[u]', '母数が 30 未満', 'a base under 30'), (14, '[w]', '母数が 100 未満', 'a base under 100'),
					(15, '[m]', '架空の回答', 'made-up answers')) AS x(i, mark, ja, en)) AS m)),
		NULL, NULL, NULL, NULL, made_up
	UNION ALL
	SELECT 'sources', NULL, 'text', NULL, NULL, NULL, t.body, NULL, NULL, NULL, NULL, NULL, made_up
	FROM (VALUES
		(1, CASE WHEN home IS NULL THEN @extschema@.report_word(lang, '割合は回答数を母数で割り、小数第 1 位に丸めた。母数は回答組織数で、ほかの設問に続く設問ではその設問で該当する答えをした組織数。数だけが公表されたものに区間は付けない（比較と SIM3 を除く）。',
				'Percentages are counts over the base, to one decimal. The base is the organisations that answered; of a question that hangs on another, those who gave the answer it hangs on. Published counts carry no interval, except where waves are compared and by SIM3 parameter.')
			ELSE format(@extschema@.report_word(lang, '割合は回答した組織を母数とし、小数第 1 位に丸めた。下限と上限は %s%% 信頼区間（Wilson）で、有限母集団の修正はしない。', 'Percentages are of the organisations that answered the question, to one decimal. low and high are %s%% intervals (Wilson), without a finite population correction.'),
				round((100 * conf_level)::numeric)) END),
		(2, CASE WHEN home IS NULL AND $1 = 2017 THEN @extschema@.report_word(lang, '出典：一般社団法人 JPCERT コーディネーションセンター「2017 年度 CSIRT 構築および運用における実態調査」2018 年 12 月 18 日。英語は訳。この文書は JPCERT/CC によるものではない。',
				'Source: JPCERT Coordination Center (JPCERT/CC), survey of the building and operation of CSIRTs, fiscal 2017, 18 December 2018. The English is a translation. This document is not by JPCERT/CC.') END),
		(3, CASE WHEN home IS NULL THEN @extschema@.report_word(lang, '2017 年の回答そのものは公表されていない。拡張に付属する架空の回答は、この報告書では使っていない。', 'The answers themselves were never published. The made-up answers that come with the extension are not used in this report.')
			WHEN made_up THEN @extschema@.report_word(lang, 'この報告書の回答は架空のものである。', 'The answers in this report are made up.') END),
		(4, (SELECT @extschema@.report_word(lang, '値の出典：', 'Figures from: ') || string_agg(s.source, @extschema@.report_word(lang, '、', '; ') ORDER BY s.source)
			 FROM (SELECT DISTINCT @extschema@.report_source(lang, f.source) AS source FROM unnest(figures) AS f WHERE f.source ~ 'http') AS s)),
		(5, @extschema@.report_word(lang, '図は Vega-Lite による。図の値はすべて隣の表にある。', 'Charts by Vega-Lite; every value of a chart is in the table beside it.'))) AS t(i, body)
	WHERE t.body IS NOT NULL
$$;
COMMENT ON FUNCTION @extschema@.report_marks(integer, text, @extschema@.report_figure[], regclass, boolean, float8) IS 'Part of report(): the marks and the sources.';

CREATE FUNCTION @extschema@.report(wave integer, lang text DEFAULT 'ja', conf_level float8 DEFAULT 0.95, width integer DEFAULT NULL)
	RETURNS TABLE (ord bigint, section text, level integer, kind text, question text, part text, title text, body text, data jsonb, chart jsonb, description text, note text,
				   source text, synthetic boolean) LANGUAGE plpgsql STABLE ROWS 300 AS $$
#variable_conflict use_variable
DECLARE
	figures @extschema@.report_figure[];
	home record;
	pieces @extschema@.report_piece[];
BEGIN
	IF wave IS NULL OR lang IS NULL OR conf_level IS NULL THEN
		RETURN;
	END IF;
	IF NOT (conf_level > 0 AND conf_level < 1) THEN
		RAISE EXCEPTION 'conf_level must lie between 0 and 1, not %', conf_level USING ERRCODE = 'invalid_parameter_value';
	END IF;
	IF width NOT BETWEEN 240 AND 10000 THEN
		RAISE EXCEPTION 'charts of a report cannot be % pixels wide', width USING ERRCODE = 'invalid_parameter_value',
			HINT = 'Give a width from 240 to 10000, or NULL for that of the page.';
	END IF;
	figures := ARRAY(SELECT f FROM @extschema@.report_figures($1, $2, $3) AS f);
	SELECT * INTO home FROM @extschema@.report_basis_of_wave($1);
	pieces := ARRAY[@extschema@.report_cover($1, $2, home.relation, home.synthetic)]
		|| ARRAY(SELECT p FROM @extschema@.report_findings($1, $2, figures, home.relation, home.synthetic) AS p)
		|| ARRAY(SELECT p FROM @extschema@.report_service_figures($1, $2, figures, home.relation, home.synthetic, $4) AS p)
		|| ARRAY(SELECT p FROM @extschema@.report_sim3($2, figures, home.synthetic, $3, $4) AS p)
		|| ARRAY(SELECT p FROM @extschema@.report_comparison($1, $2, home.relation, home.synthetic, $3, $4) AS p)
		|| ARRAY(SELECT p FROM @extschema@.report_statements($1, $2, home.relation) AS p)
		|| ARRAY(SELECT p FROM @extschema@.report_appendix($1, $2, figures, home.relation, home.synthetic, $4) AS p)
		|| ARRAY(SELECT p FROM @extschema@.report_marks($1, $2, figures, home.relation, home.synthetic, $3) AS p);
	RETURN QUERY SELECT u.ord, u.section, u.level, u.kind, u.question, u.part, u.title, u.body, u.data, u.chart, u.description, u.note, u.source, u.synthetic
		FROM unnest(pieces) WITH ORDINALITY AS u(section, level, kind, question, part, title, body, data, chart, description, note, source, synthetic, ord)
		ORDER BY u.ord;
END $$;
COMMENT ON FUNCTION @extschema@.report(integer, text, float8, integer) IS
'A report of a wave as pieces in their order, in ja or en: of your own answers where the wave has a table of them, else of its published figures. kind is heading (level 1 to 4, title, body), text (body), table (title, data) or chart (title, data, chart). data has columns (name, title, type) and rows, an object each with those names, and of single answers total and missing; chart is a Vega-Lite specification and description its text alternative. section is cover, findings, figures, sim3, comparison, statements, appendix (every question of the codebook; question and part say which) or sources. note tells what a reader must know, source where the figures come from; synthetic is true where answers are made up: those of the extension are never used. conf_level: of the intervals; width: of the charts in pixels, those of the appendix half of 700 and more, beside their tables; NULL: the page''s. No rows for another NULL; error 22023 for another language, for a wave without answers of your own or published figures, for conf_level outside 0 to 1 and for width outside 240 to 10000.';
