/*
 * A report of a wave as pieces: headings, texts, tables and charts in their order, in Japanese or English, for tools/report and for a
 * notebook or page of one's own. The figures are the wave's answers, or what was published of it; made-up answers are shown only
 * where the wave is one of those, and then each piece says so.
 */

CREATE FUNCTION @extschema@.report_word(lang text, ja text, en text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
	RETURN CASE lang WHEN 'ja' THEN ja ELSE coalesce(en, ja) END;
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
		 LEFT JOIN (VALUES ('4.4.2', 'インシデントの分類と定義', 'Classification of incidents'), ('4.4.3', 'セキュリティポリシー', 'Security policy'), ('4.4.4',
				'経営層への定期報告', 'Reporting to management'),
						   ('4.4.5', 'CSIRT の Web ページ', 'Web page of the CSIRT'), ('4.4.6', '機微な情報の取り扱い', 'Sensitive information'), ('4.4.7',
								'統計の開示ルール', 'Disclosure of statistics'),
						   ('4.4.8', '緊急時の連絡網', 'Emergency contacts'), ('4.4.9',
								'監査とフィードバック', 'Audit and feedback'), ('4.5.1.1', 'エスカレーション：経営層', 'Escalation to management'),
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
		('The questionnaire asks whether the team escalates; the result table is headed as a question on the procedure.',
				'調査票は「行っているか」を尋ね、集計表の見出しは「手続きを整備しているか」である。'),
		('Section 4.5.2 is headed 外部組織へのエスカレーション in the questionnaire and 社内部門へのエスカレーション in the results.',
				'4.5.2 の見出しは、調査票では「外部組織へのエスカレーション」、集計結果では「社内部門へのエスカレーション」である。'),
		('The results print another wording.', '集計結果では文言が異なる。'),
		('The questionnaire describes every other service in a sentence; this one has none.', '調査票にはほかのサービスの説明文があるが、このサービスにはない。'),
		('Printed as 40 to 70%.', '「4～7 割」と印刷されている。'),
		('Three codes merged: employees 40% or less.', '三つの選択肢をまとめた値（正社員 4 割以下）。'),
		('Repeats the figures printed for 4.2.1; one of the two is a slip.', '4.2.1 と同じ数値であり、どちらかは誤記とみられる。'),
		('The report does not say which codes.', '報告書はどの選択肢を指すかを述べていない。'),
		('Year of foundation, not a code; base unclear.', '設立年であり選択肢ではない。母数は不明。'),
		('Year of foundation, not a code. The article gives it over the 262 members; the base is unclear.',
				'設立年であり選択肢ではない。記事は会員 262 組織に対する値とするが、母数は不明。'),
		('Base: organisations with a PSIRT.', '母数は PSIRT を持つ組織。')) AS w(en, ja) WHERE w.en = note), note) ELSE note END
$$;
COMMENT ON FUNCTION @extschema@.report_note(text, text) IS 'Part of report(): a note of the codebook or of a published figure, in the language where it is one that the extension ships; else as it is. NULL for NULL.';

CREATE FUNCTION @extschema@.report_pct(pct float8, digits integer DEFAULT 1) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
	RETURN round(pct::numeric, digits)::text || '%';
COMMENT ON FUNCTION @extschema@.report_pct(float8, integer) IS 'Part of report(): a percentage as text. NULL for NULL.';
