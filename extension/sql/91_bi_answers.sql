/*
 * For BI tools: the answers themselves, a row an organisation, part and option, and their tables.
 *
 * Tables of answers come and go (create_wave), so that no view can name them: bi_answer joins the waves with their columns, and calls a
 * function for each.  A filter on the wave or the question is applied before the call, and only the columns that pass are read.
 */

CREATE FUNCTION @extschema@.answers_source(answers regclass, value text) RETURNS text LANGUAGE sql STABLE STRICT AS $$
	SELECT format('SELECT t.organisation::text AS organisation, g.industry AS industry_code, coalesce(i.label_ja, g.industry) AS industry_ja,
			coalesce(i.label_en, i.label_ja, g.industry) AS industry_en, i.position AS industry_order, g.size AS size_code,
			coalesce(s.label_ja, g.size) AS size_ja,
			coalesce(s.label_en, s.label_ja, g.size) AS size_en, s.position AS size_order, %s AS value
		FROM %s AS t CROSS JOIN LATERAL (SELECT %s AS industry, %s AS size) AS g
			LEFT JOIN (SELECT * FROM @extschema@.option WHERE question = ''1.2'' AND part = ''answer'') AS i ON i.code = g.industry
			LEFT JOIN (SELECT * FROM @extschema@.option WHERE question = ''1.3'' AND part = ''answer'') AS s ON s.code = g.size',
		value, answers, coalesce(max(format('t.%I::text', a.attname)) FILTER (WHERE a.attname = 'q1_2'), 'NULL::text'),
		coalesce(max(format('t.%I::text', a.attname)) FILTER (WHERE a.attname = 'q1_3'), 'NULL::text'))
	FROM pg_catalog.pg_attribute a WHERE a.attrelid = answers AND a.attnum > 0 AND NOT a.attisdropped
	HAVING bool_or(a.attname = 'organisation')
$$;
COMMENT ON FUNCTION @extschema@.answers_source(regclass, text) IS
'Part of bi_answer and bi_organisation: a query over a table of answers that gives the organisation, its industry (1.2) and company size (1.3) with labels, and value, an SQL expression over the table t. NULL for NULL and for a table without the column organisation.';

CREATE FUNCTION @extschema@.organisation_rows(answers regclass)
	RETURNS TABLE (organisation text, industry_code text, industry_ja text, industry_en text, industry_order integer, size_code text, size_ja text, size_en text, size_order integer)
	LANGUAGE plpgsql STABLE STRICT AS $$
DECLARE
	source text := @extschema@.answers_source(answers, 'NULL');
BEGIN
	IF source IS NOT NULL THEN
		RETURN QUERY EXECUTE format('SELECT organisation, industry_code, industry_ja, industry_en, industry_order, size_code, size_ja, size_en, size_order FROM (%s) AS x ORDER BY organisation', source);
	END IF;
END $$;
COMMENT ON FUNCTION @extschema@.organisation_rows(regclass) IS
'Part of bi_organisation: the organisations of a table of answers with their industry and company size. No rows for NULL.';

CREATE FUNCTION @extschema@.answer_rows(answers regclass, question text, part text, "column" name, type oid)
	RETURNS TABLE (organisation text, industry_code text, industry_ja text, industry_en text, industry_order integer, size_code text, size_ja text, size_en text, size_order integer,
				   code text, label_ja text, label_en text, label_order integer, level integer, off_scale boolean, answer_date date, base integer)
	LANGUAGE plpgsql STABLE STRICT SET datestyle = 'ISO' AS $$
DECLARE
	source text := @extschema@.answers_source(answers, format('t.%I', "column"));
	-- Not for each driver a date of another form, nor one without a place in the calendar.
	is_date boolean := type = 'date'::regtype;
BEGIN
	IF source IS NULL THEN
		RETURN;
	END IF;
	RETURN QUERY EXECUTE format('
		SELECT a.organisation, a.industry_code, a.industry_ja, a.industry_en, a.industry_order, a.size_code, a.size_ja, a.size_en, a.size_order,
			   u.code, coalesce(o.label_ja, u.code), coalesce(o.label_en, o.label_ja, u.code), coalesce(o.position, %4$s),
			   o.level, o.off_scale, %1$s, a.base
		FROM (SELECT x.*, (count(*) OVER ())::integer AS base FROM (%2$s) AS x WHERE x.value IS NOT NULL) AS a
			 CROSS JOIN LATERAL %3$s AS u(code)
			 LEFT JOIN (SELECT o.code, o.label_ja, o.label_en, o.position, s.level, s.off_scale
						FROM @extschema@.option o JOIN @extschema@.question_part p USING (question, part) LEFT JOIN @extschema@.scale_levels() AS s
							ON s.scale = p.scale AND s.code = o.code
						WHERE o.question = $1 AND o.part = $2) AS o ON o.code = u.code
		ORDER BY a.organisation, o.position, u.code',
		CASE WHEN is_date THEN 'CASE WHEN isfinite(a.value) THEN a.value END' ELSE 'NULL::date' END, source,
		CASE type WHEN '@extschema@.multiselect'::regtype THEN 'unnest(@extschema@.options(a.value))' ELSE '(SELECT a.value::text)' END,
		CASE WHEN is_date THEN 'CASE WHEN isfinite(a.value) THEN a.value - DATE ''1970-01-01'' WHEN a.value < DATE ''1970-01-01'' THEN -2147483647
			ELSE 2147483647 END' ELSE 'NULL::integer' END) USING question, part;
END $$;
COMMENT ON FUNCTION @extschema@.answer_rows(regclass, text, text, name, oid) IS
'Part of bi_answer: one column of a table of answers, a row an organisation and chosen option, in the order of the organisations. No rows for NULL.';

CREATE VIEW @extschema@.bi_organisation AS
	SELECT w.wave, w.synthetic, g.*
	FROM @extschema@.readable_wave AS w
		 CROSS JOIN LATERAL @extschema@.organisation_rows(w.answers) AS g;
COMMENT ON VIEW @extschema@.bi_organisation IS 'For BI tools: the organisations of each wave, with industry and company size. To be joined with bi_answer over wave and organisation. Source: the tables of answers that the user may read.';

CREATE VIEW @extschema@.bi_answer AS
	SELECT w.wave, w.synthetic, c.question, c.question_ja, c.question_en, c.question_order, c.section, c.section_ja, c.section_en, c.section_order,
		   c.part, c.part_ja, c.part_en, c.part_order, c.kind, c.scale,
		   a.*, 1::float8 AS weight, 100.0::float8 / a.base AS percent_part
	FROM @extschema@.readable_wave AS w
		 CROSS JOIN LATERAL (SELECT p.*, x.name, x.type FROM @extschema@.wave_column(w.answers) AS x JOIN @extschema@.bi_part p USING (question, part) ORDER BY p.question_order, p.part_order) AS c
		 CROSS JOIN LATERAL @extschema@.answer_rows(w.answers, c.question, c.part, c.name, c.type) AS a;
COMMENT ON VIEW @extschema@.bi_answer IS
'For BI tools: the answers, a row for each organisation and chosen option. A multi-select answer has a row for each option ticked. The sum of weight is a count of ticks, of percent_part their percentage of those who answered; base has the latter''s number in every row, so that those who ticked nothing count. Answers not given have no row. Filters on wave, question and part are cheap: only those columns are read. Rows come by wave, question, part, organisation and option. Source: the tables of answers that the user may read, also of waves made later.';

CREATE FUNCTION @extschema@.frequency_rows(wave integer)
	RETURNS TABLE (question text, part text, code text, n float8, base float8, missing float8, percent float8, valid_percent float8, conf_low float8, conf_high float8, cum_percent float8,
				   basis text, synthetic boolean) LANGUAGE sql STABLE STRICT COST 100000 ROWS 700 AS $$
	WITH figure AS MATERIALIZED (SELECT f.*, CASE WHEN f.basis LIKE '%answers' THEN @extschema@.n_missing(f.t)::float8 END AS missing FROM @extschema@.wave_figures($1) AS f),
	published AS MATERIALIZED (
		SELECT DISTINCT ON (t.question, t.part, t.codes) t.question, t.part, t.codes[1] AS code, t.n::float8 AS n, t.base::float8 AS base,
			   t.kind AS basis, t.synthetic
		FROM @extschema@.published_table t
		WHERE t.wave = $1 AND cardinality(t.codes) = 1 AND t.n IS NOT NULL AND NOT t.suspect AND t.base > 0
			AND NOT EXISTS (SELECT FROM figure f WHERE (f.question, f.part, f.basis) = (t.question, t.part, 'answers'))
		ORDER BY t.question, t.part, t.codes, t.kind DESC, t.source),
	counted AS (
		SELECT f.question, f.part, c.category AS code, c.n::float8 AS n, c.cum_percent
		FROM figure f CROSS JOIN LATERAL @extschema@.frequencies(f.t) AS c WHERE f.kind LIKE 'single%' AND NOT c.missing
		UNION ALL
		SELECT f.question, f.part, u.code, sum(s.n), NULL
		FROM figure f CROSS JOIN LATERAL unnest(@extschema@.row_labels(f.t), @extschema@.counts(f.t)) AS s(label, n)
			 CROSS JOIN LATERAL unnest(s.label::text[]) AS u(code)
		WHERE f.kind = 'multiple' GROUP BY f.question, f.part, u.code),
	every AS (
		SELECT c.question, c.part, c.code FROM counted c UNION SELECT p.question, p.part, p.code FROM published p
		UNION SELECT o.question, o.part, o.code FROM @extschema@.option o JOIN figure f USING (question, part))
	SELECT e.question, e.part, e.code, v.n, v.base, v.missing, 100 * v.n / nullif(v.base + coalesce(v.missing, 0), 0), 100 * v.n / nullif(v.base, 0),
		   100 * ci.conf_low, 100 * ci.conf_high,
		   CASE WHEN f.kind = 'single ordinal' THEN coalesce(c.cum_percent, 0) END, v.basis, v.synthetic
	FROM every e
		 LEFT JOIN figure f USING (question, part)
		 LEFT JOIN counted c USING (question, part, code)
		 LEFT JOIN published p USING (question, part, code)
		 CROSS JOIN LATERAL (SELECT CASE WHEN p.n IS NULL THEN coalesce(c.n, 0) ELSE p.n END AS n, CASE WHEN p.n IS NULL THEN f.base ELSE p.base END AS base,
									CASE WHEN p.n IS NULL THEN f.missing END AS missing, coalesce(p.basis, f.basis) AS basis,
									coalesce(p.synthetic, f.synthetic) AS synthetic) AS v
		 LEFT JOIN LATERAL @extschema@.proportion_ci(CASE WHEN v.n <= v.base THEN v.n END, v.base, 'wilson') AS ci ON true
	WHERE v.basis IS NOT NULL
$$;
COMMENT ON FUNCTION @extschema@.frequency_rows(integer) IS
'The rows of bi_frequency for one wave, without labels: each option of each part of which the wave has figures. Real answers go before published counts, those before made-up answers, as in wave_comparison. No rows for NULL.';

CREATE VIEW @extschema@.bi_frequency AS
	SELECT w.wave, f.synthetic, p.question, p.question_ja, p.question_en, p.question_order, p.section, p.section_ja, p.section_en, p.section_order,
		   p.part, p.part_ja, p.part_en, p.part_order, p.kind, p.scale,
		   f.code, coalesce(o.label_ja, f.code) AS label_ja, coalesce(o.label_en, o.label_ja, f.code) AS label_en,
		   coalesce(o.position, 0) AS label_order, s.level, s.off_scale,
		   f.n, f.base, f.missing, f.percent, f.valid_percent, f.conf_low, f.conf_high, f.cum_percent, f.basis
	FROM (SELECT x.wave FROM @extschema@.wave x WHERE @extschema@.may_read_wave(x.wave)) AS w
		 CROSS JOIN LATERAL @extschema@.frequency_rows(w.wave) AS f
		 JOIN @extschema@.bi_part p USING (question, part)
		 LEFT JOIN @extschema@.option o USING (question, part, code)
		 LEFT JOIN @extschema@.scale_levels() AS s ON s.scale = p.scale AND s.code = f.code
	ORDER BY w.wave, p.question_order, p.part_order, label_order, f.code;
COMMENT ON VIEW @extschema@.bi_frequency IS
'For BI tools: the frequency table of each part of each wave, a row an option. It has options that nobody chose too, with count, percentages, Wilson''s 95 % interval, base and missing. From the best figures there are, as basis says: answers, else published counts, else made-up answers. Of a multi-select part the percentages are of those who answered, and add up to more than 100. Sources: wave_figures(), published_table.';

CREATE VIEW @extschema@.bi_maturity AS
	SELECT w.wave, w.synthetic, c.question, c.question_ja, c.question_en, c.question_order, c.section, c.section_ja, c.section_en, c.section_order,
		   a.industry_code, coalesce(i.label_ja, a.industry_code) AS industry_ja, coalesce(i.label_en, i.label_ja, a.industry_code) AS industry_en,
		   i.position AS industry_order,
		   a.size_code, coalesce(z.label_ja, a.size_code) AS size_ja, coalesce(z.label_en, z.label_ja, a.size_code) AS size_en, z.position AS size_order,
		   s.code, s.label_ja, s.label_en, s.label_order, s.level,
		   a.counts[s.level + 1]::integer AS n, (a.counts[s.level + 1] * s.level)::float8 AS level_sum,
		   (CASE WHEN s.level >= 3 THEN a.counts[s.level + 1] ELSE 0 END)::float8 AS n_top
	FROM @extschema@.readable_wave AS w
		 CROSS JOIN LATERAL (SELECT p.*, x.name, x.type FROM @extschema@.wave_column(w.answers) AS x JOIN @extschema@.bi_part p USING (question, part) WHERE p.scale = 'maturity') AS c
		 CROSS JOIN LATERAL (SELECT r.industry_code, r.size_code, ARRAY[count(*) FILTER (WHERE r.level = 0), count(*) FILTER (WHERE r.level = 1), count(*) FILTER (WHERE r.level = 2),
									count(*) FILTER (WHERE r.level = 3), count(*) FILTER (WHERE r.level = 4)] AS counts
							 FROM @extschema@.answer_rows(w.answers, c.question, c.part, c.name, c.type) AS r GROUP BY r.industry_code, r.size_code) AS a
		 LEFT JOIN @extschema@.option i ON (i.question, i.part, i.code) = ('1.2', 'answer', a.industry_code)
		 LEFT JOIN @extschema@.option z ON (z.question, z.part, z.code) = ('1.3', 'answer', a.size_code)
		 JOIN @extschema@.bi_scale_level s ON s.scale = 'maturity'
	ORDER BY w.wave, c.question_order, industry_order, a.industry_code, size_order, a.size_code, s.label_order;
COMMENT ON VIEW @extschema@.bi_maturity IS
'For BI tools: organisations at each level of maturity, by item, industry and company size. A row for each wave, item, industry, size and level, levels that nobody has included. Columns add up over any grouping: sum(level_sum) / sum(n) is the mean level, sum(n_top) / sum(n) the share at level 3 or above. Source: the tables of answers that the user may read.';
