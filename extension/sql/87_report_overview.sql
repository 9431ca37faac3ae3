/*
 * A report's cover, its key findings, and the figures of the 2017 report: several questions in one chart.
 */

CREATE FUNCTION @extschema@.report_cover(wave integer, lang text, home regclass,
		made_up boolean) RETURNS @extschema@.report_piece LANGUAGE sql STABLE AS $$
	SELECT ROW('cover', 1, 'heading', NULL, NULL,
		coalesce(@extschema@.report_word(lang, w.title_ja, w.title_en), format(@extschema@.report_word(lang, '%s 年度 CSIRT 調査',
				'Survey of CSIRTs, %s'), w.wave)),
		CASE WHEN home IS NULL THEN @extschema@.report_word(lang, '公表された結果の集計表と図。付録 B をデータベースから作り直したもの。',
				'Tables and charts of the published results: Appendix B, rebuilt from the database.')
			 ELSE @extschema@.report_word(lang, '回答の集計表と図。', 'Tables and charts of the answers.') END,
		jsonb_build_object('columns', @extschema@.report_columns('fact', @extschema@.report_word(lang, '項目', 'Item'), 'head', 'value',
				@extschema@.report_word(lang, '内容', 'Value'), 'text'),
			'rows', (SELECT jsonb_agg(jsonb_build_object('fact', f.fact, 'value', f.value) ORDER BY f.i) FROM (VALUES
				(1, @extschema@.report_word(lang, '回答組織数', 'Organisations that answered'), w.respondents::text),
				(2, @extschema@.report_word(lang, '対象組織数', 'Organisations asked'), w.population::text),
				(3, @extschema@.report_word(lang, '回答率', 'Response rate'), @extschema@.report_pct(100.0 * w.respondents / w.population)),
				(4, @extschema@.report_word(lang, '実施期間', 'Fieldwork'), CASE
						WHEN NOT (lower_inf(w.fieldwork) OR upper_inf(w.fieldwork) OR isempty(w.fieldwork)) THEN
					@extschema@.report_word(lang, to_char(lower(w.fieldwork), 'FMYYYY 年 FMMM 月 FMDD 日') || '～'
							|| to_char(upper(w.fieldwork) - 1, 'FMYYYY 年 FMMM 月 FMDD 日'),
						to_char(lower(w.fieldwork), 'FMDD FMMonth YYYY') || ' to ' || to_char(upper(w.fieldwork) - 1, 'FMDD FMMonth YYYY')) END),
				(5, @extschema@.report_word(lang, '集計の元', 'Figures from'), CASE WHEN home IS NULL
					THEN @extschema@.report_word(lang, '公表値（表に印刷された数、本文の割合、報道の図の値）',
							'published figures: printed counts and percentages, chart values from the press')
					ELSE @extschema@.report_word(lang, '回答の表 ', 'table of answers ') || home::text END),
				(6, @extschema@.report_word(lang, '出典', 'Source'), @extschema@.report_source(lang, w.source)),
				(7, @extschema@.report_word(lang, '架空の回答', 'Made-up answers'), CASE WHEN made_up THEN @extschema@.report_word(lang,
						'この報告書の回答は架空のものであり、実在の組織のものではない。', 'The answers of this report are made up; they are no organisation''s.') END)
				) AS f(i, fact, value) WHERE f.value IS NOT NULL)),
		NULL, NULL, NULL, @extschema@.report_source(lang, w.source), made_up)::@extschema@.report_piece
	FROM @extschema@.wave w WHERE w.wave = $1
$$;
COMMENT ON FUNCTION @extschema@.report_cover(integer, text, regclass, boolean) IS 'Part of report(): the cover, with the facts of the wave.';

CREATE FUNCTION @extschema@.report_findings(wave integer, lang text, figures @extschema@.report_figure[], home regclass, made_up boolean)
	RETURNS SETOF @extschema@.report_piece LANGUAGE sql STABLE AS $$
	WITH figure AS (
		SELECT f.*, q.position, q.category, format(@extschema@.report_word(lang, '「%s」', '%s'),
				@extschema@.report_item(f.question, lang)) AS name, p.scale
		FROM unnest(figures) AS f JOIN @extschema@.question q USING (question) JOIN @extschema@.question_part p USING (question, part)
		WHERE f.n IS NOT NULL AND f.base > 0 AND NOT f.suspect AND cardinality(f.codes) = 1
	), approved AS (
		SELECT name, position, sum(n) FILTER (WHERE codes[1] IN ('a', 'b')) AS n, max(base) AS base FROM figure
				WHERE scale = 'maturity' GROUP BY name, position
		HAVING count(*) FILTER (WHERE codes[1] IN ('a', 'b')) = 2
	), service AS (
		SELECT name, position, max(base) - sum(n) FILTER (WHERE codes[1] = 'd') AS n, sum(n) FILTER (WHERE codes[1] = 'c') AS outside,
				max(base) AS base
		FROM figure WHERE part = 'implementer' GROUP BY name, position HAVING count(*) FILTER (WHERE codes[1] = 'd') = 1
	), finding(i, body) AS (
		SELECT 1, format(@extschema@.report_word(lang, '%2$s 組織のうち %1$s 組織が回答した（回答率 %3$s）。',
				'%1$s of %2$s organisations answered (response rate %3$s).'),
						 w.respondents, w.population, @extschema@.report_pct(100.0 * w.respondents / w.population))
		FROM @extschema@.wave w WHERE w.wave = $1 AND w.population IS NOT NULL AND w.respondents IS NOT NULL
		UNION ALL
		SELECT 2, format(@extschema@.report_word(lang,
				'成熟度の %1$s 項目のうち、文書化され承認済み（a と b）の組織が最も多いのは%2$sの %3$s（%4$s / %5$s）、最も少ないのは%6$sの %7$s（%8$s / %9$s）。',
			'Of %1$s items on the maturity scale, the one most often documented and approved (a and b) is %2$s, with %3$s (%4$s of %5$s); the least often %6$s, with %7$s (%8$s of %9$s).'),
			(SELECT count(*) FROM approved), h.name, @extschema@.report_pct(100.0 * h.n / h.base), h.n, h.base, l.name,
					@extschema@.report_pct(100.0 * l.n / l.base), l.n, l.base)
		FROM (SELECT * FROM approved ORDER BY n::float8 / base DESC, position LIMIT 1) AS h, (SELECT *
				FROM approved ORDER BY n::float8 / base, position LIMIT 1) AS l
		WHERE h.position <> l.position
		UNION ALL
		SELECT 3, format(@extschema@.report_word(lang, '%s のサービスのうち実施する組織が最も多いのは%s。最も少ないのは%s。',
				'Of %s services, those most done are %s. Least done are %s.'),
			(SELECT count(*) FROM service),
			(SELECT string_agg(format(@extschema@.report_word(lang, '%s %s', '%s (%s)'), s.name, @extschema@.report_pct(100.0 * s.n / s.base)),
					@extschema@.report_word(lang, '、', '; ') ORDER BY s.n::float8 / s.base DESC, position)
			 FROM (SELECT * FROM service ORDER BY n::float8 / base DESC, position LIMIT 3) AS s),
			(SELECT string_agg(format(@extschema@.report_word(lang, '%s %s', '%s (%s)'), s.name, @extschema@.report_pct(100.0 * s.n / s.base)),
					@extschema@.report_word(lang, '、', '; ') ORDER BY s.n::float8 / s.base, position)
			 FROM (SELECT * FROM service ORDER BY n::float8 / base, position LIMIT 3) AS s))
		WHERE (SELECT count(*) FROM service) > 6
		UNION ALL
		SELECT 4, format(@extschema@.report_word(lang, '社外に最もよく依頼されるサービスは%s（%s / %s、%s）。',
				'The service most often given to outsiders is %s (%s of %s, %s).'), s.name, s.outside, s.base,
						 @extschema@.report_pct(100.0 * s.outside / s.base))
		FROM (SELECT * FROM service WHERE outside > 0 ORDER BY outside::float8 / base DESC, position LIMIT 1) AS s
		UNION ALL
		SELECT 5, format(@extschema@.report_word(lang, '報告書の数量に関する記述 %1$s 件を再計算すると、%2$s 件は一致し、%3$s 件は一致せず、%4$s 件は公表値からは計算できない。',
			'Of %1$s quantitative statements of the report, recomputed, %2$s agree, %3$s do not, and %4$s cannot be recomputed from what was published.'),
			count(*), count(*) FILTER (WHERE verdict = 'agrees'), count(*) FILTER (WHERE verdict = 'disagrees'), count(*)
					FILTER (WHERE verdict = 'cannot be recomputed'))
		FROM @extschema@.statement_check s WHERE home IS NULL AND s.wave = $1 HAVING count(*) > 0
	)
	SELECT 'findings', 2, 'heading', NULL, NULL, @extschema@.report_word(lang, '主な結果', 'Key findings'), NULL, NULL::jsonb, NULL::jsonb, NULL, NULL,
			NULL, made_up
	WHERE EXISTS (SELECT FROM finding WHERE body IS NOT NULL)
	UNION ALL
	(SELECT 'findings', NULL, 'text', NULL, NULL, NULL, body, NULL, NULL, NULL, NULL, NULL, made_up FROM finding WHERE body IS NOT NULL ORDER BY i)
$$;
COMMENT ON FUNCTION @extschema@.report_findings(integer, text, @extschema@.report_figure[], regclass, boolean) IS 'Part of report(): the key findings, sentences with figures computed from the data.';

-- The report's figures: several items in one chart.

CREATE FUNCTION @extschema@.report_service_figure(figures @extschema@.report_figure[], lang text, number text, subject text, caption text,
		questions text[], part text, kind text, made_up boolean, width integer)
	RETURNS @extschema@.report_piece LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
DECLARE
	piece @extschema@.report_piece;
	of_scale text;
	cols jsonb;
	items jsonb;
	cells jsonb;
	t @extschema@.xtab;
	several boolean;
BEGIN
	-- The columns: levels of the scale from the lowest, those of maturity under short names; options of several ticks as printed, the one that
	-- excludes all others in the grey of what is off a scale.
	SELECT p.scale, p.kind = 'multiple' INTO of_scale, several FROM @extschema@.question_part p
			WHERE p.question = questions[1] AND p.part = report_service_figure.part;
	SELECT jsonb_agg(jsonb_build_object('code', o.code, 'label', @extschema@.report_word(lang, coalesce(m.ja, o.label_ja), coalesce(m.en,
			o.label_en)), 'score', l.level,
			'off_scale', CASE WHEN of_scale IS NULL THEN o.exclusive ELSE l.level IS NULL END) ORDER BY l.level NULLS LAST, o.position)
		INTO cols
	FROM @extschema@.option o
		 LEFT JOIN @extschema@.scale_levels(coalesce(of_scale, 'maturity')) AS l ON of_scale IS NOT NULL AND l.code = o.code
		 LEFT JOIN (VALUES ('a', '承認済み・監査あり', 'audited'), ('b', '承認済み', 'approved'), ('c', '文書のみ', 'documented'), ('d', '目安のみ', 'rough guide'),
						   ('e', '設定なし', 'case by case')) AS m(code, ja, en) ON of_scale = 'maturity' AND m.code = o.code
	WHERE o.question = questions[1] AND o.part = report_service_figure.part;
	SELECT jsonb_agg(jsonb_build_object('label', @extschema@.report_item(q.question, lang), 'item', q.question || ' '
			|| @extschema@.report_word(lang, q.question_ja, q.question_en), 'base', c.base,
				'cells', c.cells) ORDER BY q.position)
		INTO items
	FROM @extschema@.question q
		 JOIN (SELECT f.question, max(f.base) AS base, jsonb_object_agg(f.codes[1], jsonb_build_object('n', f.n,
				'pct', round((100.0 * f.n / f.base)::numeric, 1))) AS cells
			   FROM unnest(figures) AS f
			   WHERE f.part = report_service_figure.part AND f.question = ANY (questions) AND f.n IS NOT NULL AND f.base > 0 AND NOT f.suspect
					AND cardinality(f.codes) = 1
			   GROUP BY f.question
			   HAVING count(*) >= jsonb_array_length(cols)) AS c USING (question);
	IF items IS NULL THEN
		RETURN NULL;
	END IF;
	SELECT jsonb_agg((SELECT jsonb_agg(coalesce((i.v -> 'cells' -> (c.v ->> 'code') ->> 'n')::bigint, 0) ORDER BY c.o)
			FROM jsonb_array_elements(cols) WITH ORDINALITY AS c(v, o)) ORDER BY i.o)
		INTO cells FROM jsonb_array_elements(items) WITH ORDINALITY AS i(v, o);
	t := jsonb_build_object('xtab', 1, 'n', cells, 'missing', '{"col": 0, "row": 0, "both": 0, "weight": 0}'::jsonb,
		'rows', jsonb_build_object('kind', 'nominal', 'type', '', 'categories', (SELECT jsonb_agg(i.v ->> 'label' ORDER BY i.o)
				FROM jsonb_array_elements(items) WITH ORDINALITY AS i(v, o))),
		'cols', jsonb_build_object('kind', CASE WHEN of_scale IS NULL THEN 'nominal' ELSE 'ordinal' END, 'type', '',
			'categories', (SELECT jsonb_agg(c.v ->> 'label' ORDER BY c.o) FROM jsonb_array_elements(cols) WITH ORDINALITY AS c(v, o)))
			|| (SELECT jsonb_build_object('off_scale', jsonb_agg(c.v -> 'off_scale' ORDER BY c.o))
					|| CASE WHEN of_scale IS NULL THEN '{}' ELSE jsonb_build_object('scores', jsonb_agg(c.v -> 'score' ORDER BY c.o)) END
				FROM jsonb_array_elements(cols) WITH ORDINALITY AS c(v, o)))::@extschema@.xtab;
	SELECT format(@extschema@.report_word(lang, '%s。%s 項目の帯グラフ。最も多い回答は、%s。', '%s. Bars of %s items; the most frequent answers are %s.'), caption,
			jsonb_array_length(items),
				  string_agg(format(@extschema@.report_word(lang, '%s：%s %s', '%s: %s %s'), i.v ->> 'label', top.label, top.n),
						@extschema@.report_word(lang, '、', '; ') ORDER BY i.o))
		INTO piece.description
	FROM jsonb_array_elements(items) WITH ORDINALITY AS i(v, o)
		 CROSS JOIN LATERAL (SELECT c.v ->> 'label' AS label, (i.v -> 'cells' -> (c.v ->> 'code') ->> 'n')::bigint AS n
				FROM jsonb_array_elements(cols) WITH ORDINALITY AS c(v, o)
							 ORDER BY 2 DESC, c.o LIMIT 1) AS top;
	-- The table has its own caption, and n of one item after another means nothing.
	piece.chart := (@extschema@.vega_lite(t, kind, lang, width => width) - 'title') || jsonb_build_object('description', piece.description);
	piece.section := 'figures';
	piece.kind := 'chart';
	piece.part := part;
	piece.title := caption;
	piece.synthetic := made_up;
	piece.data := jsonb_build_object(
		'columns', jsonb_build_array(jsonb_build_object('name', 'item', 'title', subject, 'type', 'head'), jsonb_build_object('name', 'base', 'title',
				'n', 'type', 'count'))
			|| (SELECT jsonb_agg(x.v ORDER BY c.o, x.i) FROM jsonb_array_elements(cols) WITH ORDINALITY AS c(v, o)
				CROSS JOIN LATERAL (VALUES (1, jsonb_build_object('name', c.v ->> 'code', 'title', c.v ->> 'label', 'type', 'count')),
										   (2, jsonb_build_object('name', (c.v ->> 'code') || '_pct', 'title', '%', 'type', 'pct',
												'of', c.v ->> 'label'))) AS x(i, v)),
		'rows', (SELECT jsonb_agg(jsonb_build_object('item', i.v ->> 'item', 'base', i.v -> 'base')
					|| (SELECT jsonb_object_agg(x.name, x.value) FROM jsonb_each(i.v -> 'cells') AS c(code, v)
						CROSS JOIN LATERAL (VALUES (c.code, c.v -> 'n'), (c.code || '_pct', c.v -> 'pct')) AS x(name, value)) ORDER BY i.o)
				 FROM jsonb_array_elements(items) WITH ORDINALITY AS i(v, o)));
	piece.note := concat_ws(' ',
		CASE WHEN several THEN @extschema@.report_word(lang, '複数回答。帯は選ばれた回答の内訳（100%）で、図の n は回答の数である。表の % は組織数に対する割合なので合計は 100% を超える。',
			'Several answers could be given. The bars are shares of the answers ticked (100%), and n in the chart counts those; the % of the table are of organisations, and add up to more than 100%.') END,
		CASE WHEN number IN ('2.5 c', '2.6 c', '2.7 c') THEN @extschema@.report_word(lang, '報告書はこの図にも「運用年数について」と印刷している。',
				'The report prints "years of operation" below this figure too.') END,
		CASE WHEN jsonb_array_length(items) < cardinality(questions) THEN format(@extschema@.report_word(lang, 'すべての選択肢の値がある %s 項目のうちの %s 項目を示す。',
				'Of %s items, the %s with a figure for every option are shown.'),
			cardinality(questions), jsonb_array_length(items)) END);
	piece.note := nullif(piece.note, '');
	RETURN piece;
END $$;
COMMENT ON FUNCTION @extschema@.report_service_figure(@extschema@.report_figure[], text, text, text, text, text[], text, text, boolean, integer) IS
'Part of report(): several questions with the same options as one chart (a kind of vega_lite(): stacked or diverging) and its table. NULL where no question has a figure for each option.';

CREATE FUNCTION @extschema@.report_service_figures(wave integer, lang text, figures @extschema@.report_figure[], home regclass, made_up boolean,
		width integer)
	RETURNS SETOF @extschema@.report_piece LANGUAGE plpgsql STABLE AS $$
DECLARE
	f record;
	piece @extschema@.report_piece;
	pieces @extschema@.report_piece[] := '{}';
BEGIN
	FOR f IN
		WITH part(letter, part, ja, en) AS (
			VALUES ('a', 'implementer', '実施単位', 'who does it'), ('b', 'tenure', '運用年数', 'years of operation'), ('c', 'proficiency',
					'熟練度', 'proficiency')
		)
		SELECT g.number, @extschema@.report_word(lang, g.ja, g.en) AS title, array_agg(p.question ORDER BY q.position) AS questions, 'answer' AS part,
				g.kind,
			   @extschema@.report_word(lang, '項目', 'Item') AS subject, g.place, '' AS letter
		FROM (VALUES ('2.4.4', 'インシデントを防止、検知、解決するためのプロセスについて', 'Processes to prevent, detect and resolve incidents', 'stacked', 1, '4.4.%'),
					 ('2.4.5', 'インシデント対応時のエスカレーション体制について', 'Escalation in incident response', 'stacked', 2, '4.5.%'),
					 (NULL, '成熟度の全項目：承認済み（右）と文書なし（左）', 'All maturity items: approved (right) against not documented (left)',
							'diverging', 3, '4.%')) AS g(number, ja, en, kind, place, pattern)
			 JOIN @extschema@.question_part p ON p.scale = 'maturity' AND p.question LIKE g.pattern JOIN @extschema@.question q USING (question)
		GROUP BY g.number, g.ja, g.en, g.kind, g.place
		UNION ALL
		SELECT format('2.%s %s', q.section, part.letter), format(@extschema@.report_word(lang, '%s：%sについて', '%s: %s'), q.category_word,
				@extschema@.report_word(lang, part.ja, part.en)), array_agg(q.question ORDER BY q.position), part.part,
			   'stacked', @extschema@.report_word(lang, 'サービス', 'Service'), 10 + q.section, part.letter
		FROM part JOIN @extschema@.question_part p USING (part)
			 JOIN (SELECT x.*, @extschema@.report_word(lang, x.category_ja, x.category_en) AS category_word
					FROM @extschema@.question x) AS q ON q.question = p.question AND q.section BETWEEN 5 AND 7
		GROUP BY q.section, q.category_word, part.letter, part.part, part.ja, part.en
		ORDER BY place, letter
	LOOP
		piece := @extschema@.report_service_figure(figures, lang, f.number, f.subject,
			CASE WHEN f.number IS NULL THEN f.title ELSE format(@extschema@.report_word(lang, '図 %s %s', 'Figure %s %s'), f.number, f.title) END,
					f.questions, f.part, f.kind, made_up, width);
		IF piece.kind IS NOT NULL THEN
			piece.source := CASE WHEN home IS NULL THEN format(@extschema@.report_word(lang, '%s 年度報告書 付録 B の表から作図',
					'drawn from the tables of Appendix B of the %s report'), wave) END;
			pieces := pieces || piece;
		END IF;
	END LOOP;
	IF cardinality(pieces) > 0 THEN
		RETURN QUERY SELECT 'figures', 2, 'heading', NULL, NULL, @extschema@.report_word(lang, '報告書の図', 'The figures of the report'),
			@extschema@.report_word(lang, '番号は 2017 年度報告書の図のもの。', 'The numbers are those of the figures of the 2017 report.'), NULL::jsonb,
					NULL::jsonb, NULL, NULL, NULL, made_up;
		RETURN QUERY SELECT * FROM unnest(pieces);
	END IF;
END $$;
COMMENT ON FUNCTION @extschema@.report_service_figures(integer, text, @extschema@.report_figure[], regclass, boolean, integer) IS
'Part of report(): the figures of the report, 2.4.4, 2.4.5, 2.5 a to c, 2.6 a to c and 2.7 a to c, and all maturity items as a diverging chart.';
