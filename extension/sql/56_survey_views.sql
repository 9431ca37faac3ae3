/*
 * What the published figures say: as tables, against the report's own sentences, and against each other.
 */

CREATE VIEW @extschema@.published_table AS
SELECT c.wave, w.synthetic, c.question, c.part, c.codes,
	q.question_ja, q.question_en, o.label_ja, o.label_en,
	c.n, b.base,
	CASE WHEN c.n IS NULL THEN c.pct ELSE round(100.0 * c.n / b.base, 1) END AS pct,
	c.kind, c.suspect, c.as_printed, c.source, c.note,
	q.position AS question_position, p.position AS part_position, o.position AS option_position
FROM @extschema@.published_count c
JOIN @extschema@.wave w USING (wave)
JOIN @extschema@.question q USING (question)
JOIN @extschema@.question_part p USING (question, part)
CROSS JOIN LATERAL (SELECT CASE
		WHEN c.suspect OR c.kind = 'words' THEN NULL
		WHEN p.depends_on IS NULL THEN w.respondents
		ELSE (SELECT CASE WHEN count(*) = cardinality(p.depends_codes) THEN sum(d.n) END
			FROM @extschema@.published_count d
			WHERE d.wave = c.wave AND d.question = p.depends_on AND d.part = p.depends_part
				AND cardinality(d.codes) = 1 AND d.codes <@ p.depends_codes
				AND d.kind = 'printed count' AND NOT d.suspect)::integer
	END AS base) b
LEFT JOIN LATERAL (SELECT string_agg(label_ja, '、' ORDER BY position) AS label_ja,
		string_agg(label_en, '; ' ORDER BY position) AS label_en, min(position) AS position
	FROM @extschema@.option
	WHERE question = c.question AND part = c.part AND code = ANY (c.codes)) o ON true;

COMMENT ON VIEW @extschema@.published_table IS 'The published figures with labels, base and percentage. The base is the respondents of the wave; of a part that hangs on another question, those who gave the answers it hangs on, NULL where that is not published. In a multiple part too the base is respondents, so that percentages may add up to more than 100.';
COMMENT ON COLUMN @extschema@.published_table.wave IS 'wave';
COMMENT ON COLUMN @extschema@.published_table.synthetic IS 'true: made-up answers';
COMMENT ON COLUMN @extschema@.published_table.question IS 'question';
COMMENT ON COLUMN @extschema@.published_table.part IS 'part of the question';
COMMENT ON COLUMN @extschema@.published_table.codes IS 'options that the figure covers';
COMMENT ON COLUMN @extschema@.published_table.question_ja IS 'wording of the question as printed';
COMMENT ON COLUMN @extschema@.published_table.question_en IS 'wording in English';
COMMENT ON COLUMN @extschema@.published_table.label_ja IS 'labels of the options as printed; NULL: not an option of the questionnaire';
COMMENT ON COLUMN @extschema@.published_table.label_en IS 'labels in English';
COMMENT ON COLUMN @extschema@.published_table.n IS 'organisations, as published; NULL: no number of organisations was published';
COMMENT ON COLUMN @extschema@.published_table.base IS 'organisations that the percentage is of; NULL: unknown';
COMMENT ON COLUMN @extschema@.published_table.pct IS '100 n / base, to one decimal; the printed percentage where no n was published; NULL: neither is known';
COMMENT ON COLUMN @extschema@.published_table.kind IS 'printed count, chart value from the press, printed percentage, or words';
COMMENT ON COLUMN @extschema@.published_table.suspect IS 'true: not to be relied on, see note; no percentage is computed';
COMMENT ON COLUMN @extschema@.published_table.as_printed IS 'the figure as printed';
COMMENT ON COLUMN @extschema@.published_table.source IS 'table, section or address';
COMMENT ON COLUMN @extschema@.published_table.note IS 'what a reader must know';
COMMENT ON COLUMN @extschema@.published_table.question_position IS 'for sorting: place of the question';
COMMENT ON COLUMN @extschema@.published_table.part_position IS 'for sorting: place of the part';
COMMENT ON COLUMN @extschema@.published_table.option_position IS 'for sorting: place of the (first) option';

CREATE VIEW @extschema@.statement_check AS
WITH counted AS (
	SELECT r.*, w.synthetic,
		CASE r.base
			WHEN 'population' THEN w.respondents
			WHEN 'respondents' THEN CASE WHEN c.missing = 0
				THEN CASE WHEN r.complement THEN w.respondents - c.n ELSE c.n END END
		END AS n,
		CASE r.base
			WHEN 'population' THEN w.population
			WHEN 'respondents' THEN CASE WHEN c.missing = 0 AND p.depends_on IS NULL
				AND (cardinality(r.codes) = 1 OR p.kind LIKE 'single%') THEN w.respondents END
		END AS over,
		c.kinds
	FROM @extschema@.statement_rule r
	JOIN @extschema@.wave w USING (wave)
	LEFT JOIN @extschema@.question_part p USING (question, part)
	CROSS JOIN LATERAL (
		SELECT count(*) FILTER (WHERE d.n IS NULL) AS missing, sum(d.n) AS n,
			string_agg(DISTINCT d.kind, ', ') AS kinds
		FROM unnest(r.codes) AS one (code)
		LEFT JOIN LATERAL (SELECT n, kind
			FROM @extschema@.published_count
			WHERE wave = r.wave AND question = r.question AND part = r.part AND codes = ARRAY[one.code]
				AND n IS NOT NULL AND NOT suspect
			ORDER BY kind DESC
			LIMIT 1) d ON true) c)
SELECT c.statement, c.item, c.wave, c.synthetic, s.section, s.sentence_ja, s.sentence_en,
	c.printed, c.question, q.question_en, c.n::integer AS n, c.over AS base,
	round(c.n::numeric / c.over, 4) AS recomputed, c.lower, c.upper, c.reading,
	CASE
		WHEN c.n IS NULL OR c.over IS NULL OR c.lower IS NULL THEN 'cannot be recomputed'
		WHEN c.n::numeric / c.over BETWEEN c.lower AND c.upper THEN 'agrees'
		ELSE 'disagrees'
	END AS verdict,
	CASE
		WHEN c.n IS NULL OR c.over IS NULL THEN 'no published count'
		WHEN c.base = 'population' THEN format('respondents / population = %s / %s', c.n, c.over)
		ELSE format('%s %s %s%s = %s / %s (%s)', c.question, c.part, CASE WHEN c.complement THEN 'all but ' ELSE '' END,
			array_to_string(c.codes, '+'), c.n, c.over, c.kinds)
	END AS how,
	c.note
FROM counted c
JOIN @extschema@.published_statement s USING (statement)
LEFT JOIN @extschema@.question q USING (question);

COMMENT ON VIEW @extschema@.statement_check IS 'The quantitative sentences of the report, recomputed from the published counts by the rules in statement_rule: one row a rule. Percentages printed by the report itself are not used, since they come from the same sentences.';
COMMENT ON COLUMN @extschema@.statement_check.statement IS 'number of the sentence';
COMMENT ON COLUMN @extschema@.statement_check.item IS 'number of the rule within the sentence';
COMMENT ON COLUMN @extschema@.statement_check.wave IS 'wave whose figures are used';
COMMENT ON COLUMN @extschema@.statement_check.synthetic IS 'true: made-up answers';
COMMENT ON COLUMN @extschema@.statement_check.section IS 'section of the report';
COMMENT ON COLUMN @extschema@.statement_check.sentence_ja IS 'sentence or clause as printed';
COMMENT ON COLUMN @extschema@.statement_check.sentence_en IS 'sense in English';
COMMENT ON COLUMN @extschema@.statement_check.printed IS 'figure or word of quantity as printed';
COMMENT ON COLUMN @extschema@.statement_check.question IS 'question that the figure is recomputed from; NULL: none';
COMMENT ON COLUMN @extschema@.statement_check.question_en IS 'wording of the question in English';
COMMENT ON COLUMN @extschema@.statement_check.n IS 'organisations counted by the rule; NULL: no published count';
COMMENT ON COLUMN @extschema@.statement_check.base IS 'organisations that the share is of; NULL: unknown';
COMMENT ON COLUMN @extschema@.statement_check.recomputed IS 'n / base, a share between 0 and 1 to four decimals; NULL: cannot be recomputed';
COMMENT ON COLUMN @extschema@.statement_check.lower IS 'least share that the words can fairly mean';
COMMENT ON COLUMN @extschema@.statement_check.upper IS 'greatest share that the words can fairly mean';
COMMENT ON COLUMN @extschema@.statement_check.reading IS 'the reading behind lower and upper';
COMMENT ON COLUMN @extschema@.statement_check.verdict IS 'agrees: the unrounded share lies between lower and upper; disagrees: it does not; cannot be recomputed: no published count or no figure';
COMMENT ON COLUMN @extschema@.statement_check.how IS 'the computation in words';
COMMENT ON COLUMN @extschema@.statement_check.note IS 'what a reader must know';

CREATE VIEW @extschema@.consistency_check AS
WITH counts AS (
	SELECT c.wave, w.synthetic, w.respondents, c.question, c.part, p.kind AS part_kind, p.depends_on,
		q.position AS question_position, c.codes, c.n, c.kind, c.source
	FROM @extschema@.published_count c
	JOIN @extschema@.wave w USING (wave)
	JOIN @extschema@.question q USING (question)
	JOIN @extschema@.question_part p USING (question, part)
	WHERE c.n IS NOT NULL),
blocks AS (
	SELECT wave, synthetic, respondents, question, part, part_kind, kind, min(question_position) AS question_position,
		sum(n) AS total, array_agg(n ORDER BY codes) AS figures, array_agg(array_to_string(codes, '+') ORDER BY codes) AS codes,
		count(*) AS options
	FROM counts
	WHERE kind = 'printed count' AND depends_on IS NULL
	GROUP BY wave, synthetic, respondents, question, part, part_kind, kind),
lists AS (
	SELECT wave, synthetic, question, part, min(question_position) AS question_position,
		array_agg(n ORDER BY codes) AS figures, count(*) AS options
	FROM counts
	GROUP BY wave, synthetic, question, part, kind),
spans AS (
	SELECT p.question, p.part, p.whole_numbers, range_agg(o.span) AS cover
	FROM @extschema@.question_part p
	JOIN @extschema@.option o USING (question, part)
	WHERE o.span IS NOT NULL
	GROUP BY p.question, p.part, p.whole_numbers),
not_done AS (
	SELECT c.wave, c.synthetic, c.question, array_agg(c.n ORDER BY p.position) AS figures,
		string_agg(c.part || ' ' || c.n, ', ' ORDER BY p.position) AS detail,
		string_agg(p.part_ja || ' ' || c.n, '、' ORDER BY p.position) AS detail_ja
	FROM counts c
	JOIN @extschema@.question_part p USING (question, part)
	JOIN @extschema@.option o ON o.question = c.question AND o.part = c.part AND c.codes = ARRAY[o.code]
	WHERE o.label_ja = '未実施'
	GROUP BY c.wave, c.synthetic, c.question)
SELECT 'total' AS finding, wave, synthetic, question, part,
	format('単一回答の合計は %s で、回答組織数 %s と一致しない。', total, respondents) AS detail_ja,
	format('The single answers add up to %s, not to the %s respondents.', total, respondents) AS detail_en,
	ARRAY[total, respondents]::numeric[] AS figures
FROM blocks
WHERE part_kind LIKE 'single%' AND total <> respondents
UNION ALL
SELECT 'impossible count', wave, synthetic, question, part,
	format('選択肢 %s の %s は回答組織数 %s を超える。', array_to_string(codes, '+'), n, respondents),
	format('Option %s has %s, more than the %s respondents.', array_to_string(codes, '+'), n, respondents),
	ARRAY[n, respondents]::numeric[]
FROM counts
WHERE n > respondents
UNION ALL
SELECT 'impossible union', b.wave, b.synthetic, b.question, b.part,
	format('未実施 %s と他の選択肢の最大 %s の和が %s を超えるか、すべての和が %s に満たない。', x.alone, x.most, b.respondents, b.respondents),
	format('The exclusive option has %s and the largest other %s, all together %s, of %s respondents.', x.alone, x.most, b.total, b.respondents),
	ARRAY[x.alone, x.most, b.total, b.respondents]::numeric[]
FROM blocks b
CROSS JOIN LATERAL (SELECT max(c.n) FILTER (WHERE o.exclusive) AS alone, max(c.n) FILTER (WHERE NOT o.exclusive) AS most
	FROM counts c
	JOIN @extschema@.option o ON o.question = c.question AND o.part = c.part AND c.codes = ARRAY[o.code]
	WHERE c.wave = b.wave AND c.question = b.question AND c.part = b.part AND c.kind = b.kind) x
WHERE b.part_kind = 'multiple' AND x.alone IS NOT NULL AND (x.alone + x.most > b.respondents OR b.total < b.respondents)
UNION ALL
SELECT 'not done differs', wave, synthetic, question, NULL,
	format('「未実施」の数が食い違う：%s。', detail_ja), format('"Not done" differs between the parts: %s.', detail), figures::numeric[]
FROM not_done
WHERE figures[1] <> ANY (figures)
UNION ALL
SELECT 'same figures', a.wave, a.synthetic, a.question, a.part,
	format('%s %s と同じ数値が並ぶ。', b.question, b.part), format('The figures repeat those of %s %s.', b.question, b.part),
	a.figures[1 : least(a.options, b.options)]::numeric[]
FROM lists a
JOIN lists b ON b.wave = a.wave AND b.question_position > a.question_position AND least(a.options, b.options) >= 3
	AND a.figures[1 : least(a.options, b.options)] = b.figures[1 : least(a.options, b.options)]
UNION ALL
SELECT 'overlap', NULL, NULL, a.question, a.part,
	format('選択肢 %s「%s」と %s「%s」の範囲が重なる。', a.code, a.label_ja, b.code, b.label_ja),
	format('Options %s (%s) and %s (%s) overlap.', a.code, a.label_en, b.code, b.label_en),
	ARRAY[lower(a.span * b.span), upper(a.span * b.span)]
FROM @extschema@.option a
JOIN @extschema@.option b ON b.question = a.question AND b.part = a.part AND b.position > a.position AND a.span && b.span
UNION ALL
SELECT 'gap', NULL, NULL, s.question, s.part,
	format('%s から %s までの間に当たる選択肢がない。', lower(g.gap), upper(g.gap)),
	format('No option for values in %s.', g.gap),
	ARRAY[lower(g.gap), upper(g.gap)]
FROM spans s
CROSS JOIN LATERAL unnest(nummultirange(range_merge(s.cover)) - s.cover) AS g (gap)
WHERE NOT s.whole_numbers OR g.gap @> ceil(lower(g.gap)) OR g.gap @> floor(lower(g.gap)) + 1
UNION ALL
SELECT 'not in questionnaire', NULL, NULL, question, part,
	format('選択肢 %s「%s」は集計結果にだけある。', code, label_ja),
	format('Option %s (%s) is in the results only.', code, label_en), NULL
FROM @extschema@.option
WHERE in_results AND NOT in_questionnaire
UNION ALL
SELECT 'not in codebook', c.wave, c.synthetic, c.question, c.part,
	format('%s は選択肢にない。', x.code), format('%s is no option of the codebook.', x.code), ARRAY[c.n]::numeric[]
FROM counts c
CROSS JOIN LATERAL unnest(c.codes) AS x (code)
WHERE NOT EXISTS (SELECT FROM @extschema@.option o
	WHERE o.question = c.question AND o.part = c.part AND o.code = x.code);

COMMENT ON VIEW @extschema@.consistency_check IS 'What does not fit together in the questionnaire and in the published figures, computed from the tables.';
COMMENT ON COLUMN @extschema@.consistency_check.finding IS 'total: printed single answers do not add up to the respondents; impossible count: more than the respondents; impossible union: a multiple part whose exclusive option leaves too few, or that covers too few; not done differs: between the parts of a service; same figures: repeated for another question; overlap, gap: of the options; not in questionnaire: option in the results only; not in codebook: figure for what is no option';
COMMENT ON COLUMN @extschema@.consistency_check.wave IS 'wave; NULL: a finding on the questionnaire';
COMMENT ON COLUMN @extschema@.consistency_check.synthetic IS 'true: made-up answers; NULL: a finding on the questionnaire';
COMMENT ON COLUMN @extschema@.consistency_check.question IS 'question';
COMMENT ON COLUMN @extschema@.consistency_check.part IS 'part; NULL: the question as a whole';
COMMENT ON COLUMN @extschema@.consistency_check.detail_ja IS 'the finding in Japanese';
COMMENT ON COLUMN @extschema@.consistency_check.detail_en IS 'the finding in English';
COMMENT ON COLUMN @extschema@.consistency_check.figures IS 'the figures concerned: total and respondents; the counts; the borders of the overlap or gap';
