/*
 * The figures behind a report, a row an option: counted answers, or what was published.
 */

CREATE TYPE @extschema@.report_figure AS (
	question text, part text, codes text[], label text, n bigint, base bigint, missing bigint, pct float8, conf_low float8, conf_high float8,
			kind text,
	suspect boolean, as_printed text, source text, note text
);
COMMENT ON TYPE @extschema@.report_figure IS 'Part of report_figures(): its row, of one option, or of several that the source merges.';

CREATE FUNCTION @extschema@.report_basis_of_wave(wave integer, OUT relation regclass, OUT synthetic boolean) LANGUAGE plpgsql STABLE STRICT AS $$
#variable_conflict use_column
DECLARE
	filled boolean;
BEGIN
	SELECT @extschema@.answer_table(t.table_schema, t.table_name), w.synthetic OR t.synthetic INTO relation, synthetic
		FROM @extschema@.wave_table t JOIN @extschema@.wave w USING (wave)
		WHERE t.wave = $1 AND NOT t.builtin AND @extschema@.answer_table(t.table_schema, t.table_name) IS NOT NULL;
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

CREATE FUNCTION @extschema@.report_figures(wave integer, lang text DEFAULT 'ja',
		conf_level float8 DEFAULT 0.95) RETURNS SETOF @extschema@.report_figure
	LANGUAGE plpgsql STABLE STRICT ROWS 800 AS $$
#variable_conflict use_column
DECLARE
	home record;
BEGIN
	IF lang NOT IN ('ja', 'en') THEN
		RAISE EXCEPTION 'unknown language "%"', lang USING ERRCODE = 'invalid_parameter_value',
				HINT = 'Reports are in ja (Japanese) and en (English).';
	END IF;
	SELECT * INTO home FROM @extschema@.report_basis_of_wave($1);
	IF home.relation IS NULL THEN
		RETURN QUERY
		SELECT (r.f).* FROM (
			SELECT ROW(f.question, f.part, f.codes, coalesce(@extschema@.report_word(lang, f.label_ja, f.label_en), array_to_string(f.codes, '+')),
					f.n, f.base, NULL, f.pct,
					   NULL, NULL, f.kind, f.suspect, f.as_printed, f.source, f.note)::@extschema@.report_figure AS f,
				   f.question_position, f.part_position, coalesce(f.option_position, 10000) AS option_position,
						array_position('{printed count,chart value from the press,printed percentage,words}', f.kind) AS place
			FROM @extschema@.published_table f WHERE f.wave = $1
			UNION ALL
			SELECT ROW(o.question, o.part, ARRAY[o.code], @extschema@.report_word(lang, o.label_ja, o.label_en), NULL, NULL, NULL, NULL, NULL, NULL,
					'not published', false, NULL,
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
			SELECT t.question, t.part, o.code, @extschema@.report_word(lang, o.label_ja, o.label_en) AS label, o.position,
					@extschema@.count_any(t.t, ARRAY[o.code]) AS n
			FROM tally t JOIN @extschema@.option o USING (question, part)
			UNION ALL
			SELECT t.question, t.part, y.year, y.year, 10000, sum(v.n)
			FROM tally t CROSS JOIN LATERAL unnest(@extschema@.row_labels(t.t), @extschema@.counts(t.t)) AS v(label, n)
				 CROSS JOIN LATERAL (SELECT coalesce(substring(v.label FROM '^\d+(?=-)'), v.label) AS year) AS y
			WHERE t.kind = 'date' GROUP BY t.question, t.part, y.year
			UNION ALL
			SELECT t.question, t.part, v.label, v.label, 10001, v.n
			FROM tally t CROSS JOIN LATERAL unnest(@extschema@.row_labels(t.t), @extschema@.counts(t.t)) AS v(label, n)
			WHERE t.kind LIKE 'single%' AND NOT EXISTS (SELECT FROM @extschema@.option o
					WHERE o.question = t.question AND o.part = t.part AND o.code = v.label)
		)
		SELECT p.question, p.part, ARRAY[coalesce(c.code, o.code)], coalesce(c.label,
				@extschema@.report_word(lang, o.label_ja, o.label_en)), c.n::bigint, t.base::bigint,
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
