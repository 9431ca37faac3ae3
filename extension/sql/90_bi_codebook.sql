/*
 * For BI tools: the questionnaire, the published figures and the waves in plain types.
 *
 * Views bi_* have only text, integer, double precision, boolean and date, since ODBC, Excel and most tools turn anything else (bigint and
 * numeric too) into text or refuse it.  Labels stand in both languages, as a tool cannot pass one, each pair beside a number to sort by.
 * The columns' comments are in the last of these fragments.
 */

CREATE FUNCTION @extschema@.may_read(answers regclass) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $$
	SELECT coalesce((SELECT pg_catalog.has_schema_privilege(c.relnamespace, 'USAGE') AND pg_catalog.has_table_privilege(c.oid, 'SELECT')
					 FROM pg_catalog.pg_class c WHERE c.oid = answers), false)
$$;
COMMENT ON FUNCTION @extschema@.may_read(regclass) IS
'Whether the current user may read a table of answers. The bi_ views leave out what he may not, instead of failing as a whole. False for NULL and for a table that is gone.';

CREATE FUNCTION @extschema@.may_read_wave(wave integer) RETURNS boolean LANGUAGE sql STABLE AS $$
	SELECT coalesce(bool_and(@extschema@.may_read(o.answers)), true) FROM @extschema@.wave_overview o WHERE o.wave = $1 AND o.answers IS NOT NULL
$$;
COMMENT ON FUNCTION @extschema@.may_read_wave(integer) IS
'Whether the current user may read what there is of a wave: true too where it has no table of answers, as published figures are for everybody. True for NULL.';

CREATE FUNCTION @extschema@.bi_words(topic text) RETURNS TABLE (en text, ja text, "position" integer)
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE ROWS 5 AS $$
	SELECT w.en, w.ja, w.i FROM (VALUES
		('verdict', 'agrees', '一致', 1), ('verdict', 'disagrees', '不一致', 2), ('verdict', 'cannot be recomputed', '再計算できない', 3),
		('change', 'lower', '低い', 1), ('change', 'undecided', '決まらない', 2), ('change', 'higher', '高い', 3),
		('relation', 'exact', '同じ', 1), ('relation', 'recoded', '再分類', 2), ('relation', 'break', '断絶', 3),
		('finding', 'total', '合計の不一致', 1), ('finding', 'impossible count', 'あり得ない数', 2), ('finding', 'impossible union', 'あり得ない和', 3),
		('finding', 'not done differs', '未実施の食い違い', 4), ('finding', 'same figures', '同じ数値の並び', 5), ('finding', 'overlap', '範囲の重なり', 6),
		('finding', 'gap', '範囲の隙間', 7), ('finding', 'not in questionnaire', '調査票にない', 8), ('finding', 'not in codebook', 'コードブックにない', 9),
		('area', 'organisation', '組織', 1), ('area', 'human', '人材', 2), ('area', 'tools', 'ツール', 3), ('area', 'processes', 'プロセス', 4),
		('grouping', 'all', '全体', 0), ('grouping', 'industry', '業種', 1), ('grouping', 'company size', '従業員数', 2), ('grouping', 'organisation', '組織', 3)
	) AS w(topic, en, ja, i) WHERE w.topic = $1
$$;
COMMENT ON FUNCTION @extschema@.bi_words(text) IS
'Part of the bi_ views: the words of a column in English and Japanese with the number they sort by; topic is verdict, change, relation, finding, area or grouping. No rows for NULL and other topics.';

CREATE VIEW @extschema@.readable_wave AS
	SELECT o.wave, o.synthetic, o.answers FROM @extschema@.wave_overview o
	WHERE @extschema@.may_read(o.answers) AND EXISTS (SELECT FROM pg_catalog.pg_attribute a
													  WHERE a.attrelid = o.answers AND a.attname = 'organisation' AND NOT a.attisdropped)
	ORDER BY o.wave;
COMMENT ON VIEW @extschema@.readable_wave IS 'The waves with a table of answers that the current user may read and that has the column organisation.';
COMMENT ON COLUMN @extschema@.readable_wave.wave IS 'year of the wave';
COMMENT ON COLUMN @extschema@.readable_wave.synthetic IS 'true: the answers are made up';
COMMENT ON COLUMN @extschema@.readable_wave.answers IS 'table of answers';

CREATE VIEW @extschema@.bi_wave AS
	SELECT w.wave, w.title_ja, w.title_en, w.wave AS title_order,
		   CASE WHEN isfinite(lower(w.fieldwork)) THEN lower(w.fieldwork) END AS fieldwork_from,
		   CASE WHEN isfinite(upper(w.fieldwork)) THEN upper(w.fieldwork) - 1 END AS fieldwork_to,
		   w.population, w.respondents, o.answers::text AS answers, @extschema@.may_read(o.answers) AS readable, o.synthetic, w.source, w.note
	FROM @extschema@.wave w JOIN @extschema@.wave_overview o USING (wave)
	ORDER BY w.wave;
COMMENT ON VIEW @extschema@.bi_wave IS 'For BI tools: the waves. Sources: wave, wave_overview.';

CREATE VIEW @extschema@.bi_question AS
	SELECT q.question, q.question_ja, q.question_en, q.position AS question_order, q.section, q.section_ja, q.section_en, q.section AS section_order,
		   q.category, q.category_ja, q.category_en,
		   array_position('{reactive,proactive,quality}', q.category) AS category_order, q.result_heading_ja AS heading_ja, q.description_ja,
		   q.description_en, q.note, q.source
	FROM @extschema@.question q
	ORDER BY q.position, q.question;
COMMENT ON VIEW @extschema@.bi_question IS 'For BI tools: the questions. Source: question.';

CREATE VIEW @extschema@.bi_part AS
	SELECT p.question, q.question_ja, q.question_en, q.position AS question_order, q.section, q.section_ja, q.section_en, q.section AS section_order,
		   p.part, coalesce(p.part_ja, '回答') AS part_ja, coalesce(p.part_en, 'Answer') AS part_en, p.position AS part_order, p.kind, p.scale,
		   b.column_name,
		   p.depends_on, p.depends_part, array_to_string(p.depends_codes, ',') AS depends_codes, p.note, p.source
	FROM @extschema@.question_part p JOIN @extschema@.question q USING (question) JOIN @extschema@.codebook_column b USING (question, part)
	ORDER BY q.position, q.question, p.position, p.part;
COMMENT ON VIEW @extschema@.bi_part IS 'For BI tools: the parts of the questions, and their columns in a table of answers. Sources: question_part, question, codebook_column.';

CREATE VIEW @extschema@.bi_option AS
	SELECT o.question, q.question_ja, q.question_en, q.position AS question_order, o.part, coalesce(p.part_ja, '回答') AS part_ja,
		   coalesce(p.part_en, 'Answer') AS part_en, p.position AS part_order,
		   p.kind, p.scale, o.code, o.label_ja, coalesce(o.label_en, o.label_ja) AS label_en, o.position AS label_order, s.level, s.off_scale,
		   o.exclusive, o.not_applicable, o.in_questionnaire, o.in_results,
		   lower(o.span)::float8 AS span_from, upper(o.span)::float8 AS span_to, lower_inc(o.span) AS span_from_included,
		   upper_inc(o.span) AS span_to_included, o.unit, o.note, o.source
	FROM @extschema@.option o
		 JOIN @extschema@.question q USING (question)
		 JOIN @extschema@.question_part p USING (question, part)
		 LEFT JOIN @extschema@.scale_levels() AS s ON s.scale = p.scale AND s.code = o.code
	ORDER BY q.position, o.question, p.position, o.part, o.position, o.code;
COMMENT ON VIEW @extschema@.bi_option IS 'For BI tools: the options of each part, with their levels where the part is a scale. Sources: option, scale_levels().';

CREATE VIEW @extschema@.bi_scale_level AS
	SELECT s.scale, s.code, s.label_ja, s.label_en,
		   (row_number() OVER (PARTITION BY s.scale ORDER BY s.level NULLS FIRST, s.code))::integer AS label_order, s.level, s.off_scale
	FROM @extschema@.scale_levels() AS s
	ORDER BY s.scale, label_order;
COMMENT ON VIEW @extschema@.bi_scale_level IS 'For BI tools: the codes of the scales from the lowest level up, off-scale codes first. Source: scale_levels().';

CREATE VIEW @extschema@.bi_published AS
	SELECT t.wave, t.synthetic, t.question, t.question_ja, t.question_en, t.question_position AS question_order, t.part,
		   coalesce(p.part_ja, '回答') AS part_ja, coalesce(p.part_en, 'Answer') AS part_en,
		   t.part_position AS part_order, array_to_string(t.codes, ',') AS codes, coalesce(t.label_ja, array_to_string(t.codes, '、')) AS label_ja,
		   coalesce(t.label_en, t.label_ja, array_to_string(t.codes, '; ')) AS label_en, coalesce(t.option_position, 0) AS label_order, t.n, t.base,
		   t.pct::float8 AS percent, t.kind, t.suspect,
		   t.as_printed, t.source, t.note
	FROM @extschema@.published_table t JOIN @extschema@.question_part p USING (question, part)
	ORDER BY t.wave, t.question_position, t.part_position, t.option_position, t.codes, t.kind, t.source;
COMMENT ON VIEW @extschema@.bi_published IS 'For BI tools: every published figure with base and percentage. Source: published_table.';

CREATE VIEW @extschema@.bi_statement AS
	SELECT s.statement, s.item, s.wave, s.synthetic, s.section, s.sentence_ja, s.sentence_en, s.statement AS sentence_order, s.printed, s.question,
		   q.question_ja, s.question_en, q.position AS question_order,
		   s.n, s.base, s.recomputed::float8 AS recomputed, s.lower::float8 AS lower, s.upper::float8 AS upper, s.reading, v.ja AS verdict_ja,
		   s.verdict AS verdict_en, v.position AS verdict_order, s.how, s.note
	FROM @extschema@.statement_check s
		 LEFT JOIN @extschema@.question q USING (question)
		 LEFT JOIN @extschema@.bi_words('verdict') AS v ON v.en = s.verdict
	ORDER BY s.statement, s.item;
COMMENT ON VIEW @extschema@.bi_statement IS 'For BI tools: the report''s quantitative sentences, recomputed. Source: statement_check.';

CREATE VIEW @extschema@.bi_consistency AS
	SELECT v.ja AS finding_ja, c.finding AS finding_en, v.position AS finding_order, c.wave, c.synthetic, c.question, q.question_ja, q.question_en,
		   q.position AS question_order, c.part, c.detail_ja, c.detail_en,
		   (row_number() OVER (ORDER BY v.position, c.wave, q.position, c.part, c.detail_en))::integer AS detail_order,
		   array_to_string(c.figures, ', ') AS figures
	FROM @extschema@.consistency_check c
		 LEFT JOIN @extschema@.question q USING (question)
		 LEFT JOIN @extschema@.bi_words('finding') AS v ON v.en = c.finding
	ORDER BY detail_order;
COMMENT ON VIEW @extschema@.bi_consistency IS 'For BI tools: what does not fit together in questionnaire and published figures. Source: consistency_check.';

CREATE VIEW @extschema@.bi_crosswalk AS
	SELECT c.from_wave, c.from_question, c.from_part, array_to_string(c.from_codes, ',') AS from_codes, c.to_wave, c.to_question, q.question_ja,
		   q.question_en, q.position AS question_order,
		   c.to_part, array_to_string(c.to_codes, ',') AS to_codes, r.ja AS relation_ja, c.relation AS relation_en, r.position AS relation_order, c.note
	FROM @extschema@.crosswalk c
		 JOIN @extschema@.question q ON q.question = c.to_question
		 LEFT JOIN @extschema@.bi_words('relation') AS r ON r.en = c.relation
	ORDER BY c.from_wave, c.to_wave, q.position, c.to_part, c.to_codes, c.from_codes;
COMMENT ON VIEW @extschema@.bi_crosswalk IS 'For BI tools: which options of one wave equal which of another. Source: crosswalk.';

CREATE VIEW @extschema@.bi_reject AS
	SELECT r.wave, r.source, r."row"::float8 AS line, r.organisation, r."column" AS column_name, r.value, r.reason, r.loaded_at::date AS loaded_on
	FROM @extschema@.reject r
	ORDER BY r.wave, r.source, r."row", r."column";
COMMENT ON VIEW @extschema@.bi_reject IS 'For BI tools: what load_wave() could not take. Source: reject.';
