/*
 * A report's questions one by one, its marks and sources, and report() itself.
 */

CREATE FUNCTION @extschema@.report_question_part(question text, part text, lang text, figures @extschema@.report_figure[], home regclass,
		made_up boolean, caption text, finding text, width integer)
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
	SELECT max(f.base), max(f.missing), bool_or(f.kind NOT IN ('not published', 'not asked')), bool_or(b.mark IS NOT NULL OR f.suspect),
			bool_and(f.kind IN ('printed count', 'answers')),
		   CASE WHEN p.kind <> 'multiple' AND bool_and(f.kind IN ('printed count', 'answers')) THEN sum(f.n) END,
		   jsonb_agg(jsonb_strip_nulls(jsonb_build_object('code', array_to_string(f.codes, '+'), 'label', f.label, 'n', f.n,
				'pct', round(f.pct::numeric, 1), 'low', round(f.conf_low::numeric, 1),
				'high', round(f.conf_high::numeric, 1), 'printed', CASE WHEN f.n IS NULL THEN f.as_printed END, 'mark', nullif(concat_ws(' ', b.mark,
						CASE WHEN f.suspect THEN '[s]' END,
				CASE WHEN home IS NOT NULL AND f.base < 30 THEN '[u]' WHEN home IS NOT NULL AND f.base < 100 THEN '[w]' END,
						CASE WHEN made_up THEN '[m]' END), ''))) ORDER BY f.ord),
		   jsonb_agg(jsonb_strip_nulls(jsonb_build_object('key', f.ord, 'label',
				CASE WHEN p.kind = 'date' THEN f.label ELSE array_to_string(f.codes, '+') || ' ' || f.label END, 'pct', round(f.pct::numeric, 1),
				'low', round(f.conf_low::numeric, 1), 'high', round(f.conf_high::numeric, 1), 'value', coalesce(f.n || ' ('
						|| @extschema@.report_pct(f.pct) || ')', f.as_printed))) ORDER BY f.ord)
				FILTER (WHERE f.pct IS NOT NULL AND NOT f.suspect),
		   string_agg(DISTINCT @extschema@.report_source(lang, f.source), @extschema@.report_word(lang, '、', '; ')),
				string_agg(DISTINCT @extschema@.report_note(lang, f.note), ' ') FILTER (WHERE NOT (p.depends_on IS NOT NULL AND f.note ~ '^Base: '))
		INTO base, missing, known, marked, plain, total, rows, drawn, piece.source, piece.note
	FROM unnest(figures) WITH ORDINALITY AS f(question, part, codes, label, n, base, missing, pct, conf_low, conf_high, kind, suspect, as_printed,
			source, note, ord)
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
			'low', CASE WHEN home IS NOT NULL AND base > 0 THEN @extschema@.report_word(lang, '下限', 'low') END, 'pct', 'high',
					CASE WHEN home IS NOT NULL AND base > 0 THEN @extschema@.report_word(lang, '上限', 'high') END, 'pct',
			'printed', CASE WHEN jsonb_path_exists(coalesce(rows, '[]'), '$[*].printed') THEN @extschema@.report_word(lang,
					'印刷のまま', 'As printed') END, 'text',
			'mark', CASE WHEN marked OR jsonb_path_exists(coalesce(rows, '[]'), '$[*].mark') THEN @extschema@.report_word(lang,
					'印', 'Mark') END, 'mark'),
		'rows', coalesce(rows, '[]'), 'known', coalesce(known, false), 'base', base)
		|| CASE WHEN total IS NOT NULL THEN jsonb_build_object('total', jsonb_strip_nulls(jsonb_build_object('label', @extschema@.report_word(lang,
				'計', 'Total'), 'n', total,
			'pct', CASE WHEN base > 0 THEN round(100 * total / base, 1) END))) ELSE '{}' END
		|| CASE WHEN missing > 0 THEN jsonb_build_object('missing', jsonb_build_object('label',
				CASE WHEN p.depends_on IS NULL THEN @extschema@.report_word(lang, '無回答', 'No answer')
			ELSE @extschema@.report_word(lang, '無回答・対象外', 'No answer or not asked') END, 'n', missing)) ELSE '{}' END;
	piece.note := nullif(concat_ws(' ',
		CASE WHEN NOT coalesce(known, false) THEN CASE WHEN home IS NULL THEN @extschema@.report_word(lang,
				'値は公表されていない（報告書では図だけで示され、文字の値がない）。選択肢だけを載せる。',
				'No figure was published in text (the report has a chart only). The options are listed.')
			ELSE @extschema@.report_word(lang, '回答の表にこの設問がない。', 'The answers have no such question.') END END,
		CASE WHEN p.kind = 'multiple' AND known THEN @extschema@.report_word(lang, '複数回答。% は組織数に対する割合で、合計は 100% を超えることがある。',
				'Several answers could be given: the % are of organisations, and may add up to more than 100%.') END,
		CASE WHEN p.depends_on IS NOT NULL THEN format(@extschema@.report_word(lang, '%s で %s と答えた組織だけが対象。',
				'Asked only of those who answered %2$s in %1$s.'), p.depends_on, array_to_string(p.depends_codes, ', ')) END,
		finding, piece.note), '');
	IF jsonb_array_length(drawn) > 0 THEN
		piece.kind := 'chart';
		SELECT format(@extschema@.report_word(lang, '%s の棒グラフ。多い順に%s%s。', 'Bar chart of %s. Most: %s%s.'), piece.title,
				string_agg(format(@extschema@.report_word(lang, '「%s」%s', '%s %s'), d.v ->> 'label', d.v ->> 'value'),
			@extschema@.report_word(lang, '、', '; ') ORDER BY (d.v ->> 'pct')::float8 DESC, d.o) FILTER (WHERE d.place <= 3),
			CASE WHEN count(*) > 3 THEN format(@extschema@.report_word(lang, '、ほか %s 項目', '; and %s more'), count(*) - 3) ELSE '' END)
			INTO piece.description
		FROM (SELECT x.v, x.o, row_number() OVER (ORDER BY (x.v ->> 'pct')::float8 DESC, x.o) AS place
				FROM jsonb_array_elements(drawn) WITH ORDINALITY AS x(v, o)) AS d;
		piece.chart := @extschema@.report_bars(drawn, piece.description, width);
	ELSE
		piece.kind := 'table';
	END IF;
	RETURN piece;
END $$;
COMMENT ON FUNCTION @extschema@.report_question_part(text, text, text, @extschema@.report_figure[], regclass, boolean, text, text, integer) IS
'Part of report(): the table of one part of a question, with its bar chart where figures can be drawn. Suspect figures and words are in the table and not in the chart.';

CREATE FUNCTION @extschema@.report_appendix(wave integer, lang text, figures @extschema@.report_figure[], home regclass, made_up boolean,
		width integer) RETURNS SETOF @extschema@.report_piece LANGUAGE plpgsql STABLE AS $$
DECLARE
	q record;
	p record;
	section integer;
	piece @extschema@.report_piece;
BEGIN
	RETURN QUERY SELECT 'appendix', 2, 'heading', NULL, NULL, CASE WHEN home IS NULL THEN @extschema@.report_word(lang, '付録 B：アンケート結果',
			'Appendix B: the results')
		ELSE @extschema@.report_word(lang, '設問ごとの結果', 'Results by question') END,
		CASE WHEN home IS NULL THEN @extschema@.report_word(lang, '数値は印刷のまま。公表されていない値は推測しない。',
				'Figures are as printed; what was not published is not guessed.') END, NULL::jsonb, NULL::jsonb, NULL, NULL, NULL, made_up;
	FOR q IN SELECT * FROM @extschema@.question x ORDER BY x.position LOOP
		IF section IS DISTINCT FROM q.section THEN
			section := q.section;
			RETURN QUERY SELECT 'appendix', 3, 'heading', NULL, NULL, concat_ws('. ', q.section::text,
					@extschema@.report_word(lang, q.section_ja, q.section_en)), NULL, NULL::jsonb, NULL::jsonb, NULL, NULL, NULL, made_up;
		END IF;
		RETURN QUERY SELECT 'appendix', 4, 'heading', q.question, NULL, q.question || ' '
				|| @extschema@.report_word(lang, q.question_ja, q.question_en),
			@extschema@.report_word(lang, q.description_ja, q.description_en), NULL::jsonb, NULL::jsonb, NULL,
					CASE WHEN home IS NULL THEN @extschema@.report_note(lang, q.note) END, NULL, made_up;
		FOR p IN SELECT x.part, @extschema@.report_word(lang, x.part_ja, x.part_en) AS name FROM @extschema@.question_part x
				WHERE x.question = q.question ORDER BY x.position LOOP
			piece := @extschema@.report_question_part(q.question, p.part, lang, figures, home, made_up,
				q.question || ' ' || @extschema@.report_word(lang, q.question_ja, q.question_en) || coalesce(@extschema@.report_word(lang, '：', ': ') || p.name, ''),
				(SELECT @extschema@.report_word(lang, c.detail_ja, c.detail_en) FROM @extschema@.consistency_check c
				 WHERE home IS NULL AND c.finding = 'total' AND c.wave = $1 AND c.question = q.question AND c.part = p.part LIMIT 1),
						CASE WHEN width >= 700 THEN width / 2 ELSE width END);
			RETURN NEXT piece;
		END LOOP;
	END LOOP;
END $$;
COMMENT ON FUNCTION @extschema@.report_appendix(integer, text, @extschema@.report_figure[], regclass, boolean, integer) IS 'Part of report(): every question of the codebook in its order, a table and chart for each part.';

CREATE FUNCTION @extschema@.report_marks(wave integer, lang text, figures @extschema@.report_figure[], home regclass, made_up boolean,
		conf_level float8) RETURNS SETOF @extschema@.report_piece LANGUAGE sql STABLE AS $$
	SELECT 'sources', 2, 'heading', NULL, NULL, @extschema@.report_word(lang, '出典と印の説明', 'Sources and marks'), NULL, NULL::jsonb, NULL::jsonb, NULL,
			NULL, NULL, made_up
	UNION ALL
	SELECT 'sources', 3, 'table', NULL, NULL, @extschema@.report_word(lang, '印', 'Marks'), NULL,
		jsonb_build_object('columns', @extschema@.report_columns('mark', @extschema@.report_word(lang, '印', 'Mark'), 'head', 'meaning',
				@extschema@.report_word(lang, '意味', 'Meaning'), 'text'),
			'rows', (SELECT jsonb_agg(jsonb_build_object('mark', m.mark, 'meaning', m.meaning) ORDER BY m.i) FROM (
				SELECT k.i, coalesce(b.mark, @extschema@.report_word(lang, '印なし', 'no mark')) AS mark, b.meaning
				FROM unnest(CASE WHEN home IS NULL THEN '{printed count,chart value from the press,printed percentage,words,not published}'::text[]
						ELSE '{answers,not asked}' END) WITH ORDINALITY AS k(kind, i),
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
		(1, CASE WHEN home IS NULL THEN @extschema@.report_word(lang,
				'割合は回答数を母数で割り、小数第 1 位に丸めた。母数は回答組織数で、ほかの設問に続く設問ではその設問で該当する答えをした組織数。数だけが公表されたものに区間は付けない（比較と SIM3 を除く）。',
				'Percentages are counts over the base, to one decimal. The base is the organisations that answered; of a question that hangs on another, those who gave the answer it hangs on. Published counts carry no interval, except where waves are compared and by SIM3 parameter.')
			ELSE format(@extschema@.report_word(lang, '割合は回答した組織を母数とし、小数第 1 位に丸めた。下限と上限は %s%% 信頼区間（Wilson）で、有限母集団の修正はしない。',
					'Percentages are of the organisations that answered the question, to one decimal. low and high are %s%% intervals (Wilson), without a finite population correction.'),
				round((100 * conf_level)::numeric)) END),
		(2, CASE WHEN home IS NULL AND $1 = 2017 THEN @extschema@.report_word(lang,
				'出典：一般社団法人 JPCERT コーディネーションセンター「2017 年度 CSIRT 構築および運用における実態調査」2018 年 12 月 18 日。英語は訳。この文書は JPCERT/CC によるものではない。',
				'Source: JPCERT Coordination Center (JPCERT/CC), survey of the building and operation of CSIRTs, fiscal 2017, 18 December 2018. The English is a translation. This document is not by JPCERT/CC.') END),
		(3, CASE WHEN home IS NULL THEN @extschema@.report_word(lang, '2017 年の回答そのものは公表されていない。拡張に付属する架空の回答は、この報告書では使っていない。',
				'The answers themselves were never published. The made-up answers that come with the extension are not used in this report.')
			WHEN made_up THEN @extschema@.report_word(lang, 'この報告書の回答は架空のものである。', 'The answers in this report are made up.') END),
		(4, (SELECT @extschema@.report_word(lang, '値の出典：', 'Figures from: ') || string_agg(s.source,
				@extschema@.report_word(lang, '、', '; ') ORDER BY s.source)
			 FROM (SELECT DISTINCT @extschema@.report_source(lang, f.source) AS source FROM unnest(figures) AS f WHERE f.source ~ 'http') AS s)),
		(5, @extschema@.report_word(lang, '図は Vega-Lite による。図の値はすべて隣の表にある。',
				'Charts by Vega-Lite; every value of a chart is in the table beside it.'))) AS t(i, body)
	WHERE t.body IS NOT NULL
$$;
COMMENT ON FUNCTION @extschema@.report_marks(integer, text, @extschema@.report_figure[], regclass, boolean, float8) IS 'Part of report(): the marks and the sources.';

CREATE FUNCTION @extschema@.report(wave integer, lang text DEFAULT 'ja', conf_level float8 DEFAULT 0.95, width integer DEFAULT NULL)
	RETURNS TABLE (ord bigint, section text, level integer, kind text, question text, part text, title text, body text, data jsonb, chart jsonb,
			description text, note text,
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
	RETURN QUERY SELECT u.ord, u.section, u.level, u.kind, u.question, u.part, u.title, u.body, u.data, u.chart, u.description, u.note, u.source,
			u.synthetic
		FROM unnest(pieces) WITH ORDINALITY AS u(section, level, kind, question, part, title, body, data, chart, description, note, source, synthetic,
				ord)
		ORDER BY u.ord;
END $$;
COMMENT ON FUNCTION @extschema@.report(integer, text, float8, integer) IS
'A report of a wave as pieces in their order, in ja or en: of your own answers where the wave has a table of them, else of its published figures. kind is heading (level 1 to 4, title, body), text (body), table (title, data) or chart (title, data, chart). data has columns (name, title, type) and rows, an object each with those names, and of single answers total and missing; chart is a Vega-Lite specification and description its text alternative. section is cover, findings, figures, sim3, comparison, statements, appendix (every question of the codebook; question and part say which) or sources. note tells what a reader must know, source where the figures come from; synthetic is true where answers are made up: those of the extension are never used. conf_level: of the intervals; width: of the charts in pixels, those of the appendix half of 700 and more, beside their tables; NULL: the page''s. No rows for another NULL; error 22023 for another language, for a wave without answers of your own or published figures, for conf_level outside 0 to 1 and for width outside 240 to 10000.';
