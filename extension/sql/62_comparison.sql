/*
 * Waves compared: options through the crosswalk, scales, trends over three waves and more, and the organisations that answered twice.
 * The COST of what compares two waves says that it is to be computed once for them, not once for each row that it is joined with.
 */

-- The figures of a wave.

CREATE FUNCTION @extschema@.wave_answers(wave integer, OUT relation regclass, OUT synthetic boolean) LANGUAGE sql STABLE STRICT AS $$
	SELECT @extschema@.answer_table(t.table_schema, t.table_name), w.synthetic OR t.synthetic
	FROM @extschema@.wave_table t JOIN @extschema@.wave w USING (wave)
	WHERE t.wave = $1 AND @extschema@.answer_table(t.table_schema, t.table_name) IS NOT NULL
	ORDER BY t.builtin LIMIT 1
$$;
COMMENT ON FUNCTION @extschema@.wave_answers(integer) IS
'The table of answers of a wave if there is one, yours before the made-up one of the extension, and whether its answers are made up. NULLs where the wave has no table of answers or it was dropped: no error, unlike wave_relation(). NULL for NULL.';

CREATE FUNCTION @extschema@.wave_column(rel regclass)
	RETURNS TABLE (question text, part text, kind text, name name, type oid) LANGUAGE sql STABLE STRICT ROWS 150 AS $$
	SELECT b.question, b.part, b.kind, a.attname, a.atttypid
	FROM pg_catalog.pg_attribute a JOIN @extschema@.codebook_column b ON b.column_name = a.attname
	WHERE a.attrelid = rel AND a.attnum > 0 AND NOT a.attisdropped AND (b.kind = 'multiple') = (a.atttypid = '@extschema@.multiselect'::regtype)
$$;
COMMENT ON FUNCTION @extschema@.wave_column(regclass) IS
'The columns of a table of answers that are parts of questions, with their types; those of multiple answers only if they are multiselect. No rows for NULL.';

CREATE FUNCTION @extschema@.counts_selections(t @extschema@.xtab) RETURNS boolean LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
	RETURN t::jsonb #>> '{rows,kind}' = 'multi';
COMMENT ON FUNCTION @extschema@.counts_selections(@extschema@.xtab) IS 'Are the rows of the table multi-select answers? NULL for NULL.';

CREATE FUNCTION @extschema@.count_any(t @extschema@.xtab, codes text[]) RETURNS float8 LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
	SELECT CASE WHEN @extschema@.col_labels(t) IS NULL THEN (
		SELECT coalesce(sum(c.n), 0)
		FROM unnest(@extschema@.row_labels(t), @extschema@.counts(t)) AS c(label, n)
		WHERE CASE WHEN @extschema@.counts_selections(t) THEN c.label::text[] && codes ELSE c.label = ANY (codes) END) END
$$;
COMMENT ON FUNCTION @extschema@.count_any(@extschema@.xtab, text[]) IS
'How many of a one-way table gave any of the codes, each counted once: of multi-select answers those whose selection has one of them. 0 for codes that nobody gave. NULL for NULL and for a two-way table.';

CREATE FUNCTION @extschema@.published_figure(wave integer, question text, part text, codes text[], OUT n float8, OUT base float8, OUT pct float8,
											 OUT low float8, OUT high float8, OUT basis text, OUT note text) LANGUAGE plpgsql STABLE STRICT AS $$
#variable_conflict use_column
DECLARE
	kinds constant text[] := '{printed count,chart value from the press,printed percentage}';
	several boolean;
	exclusive float8;
	known float8[];
	others float8[];
	provided float8;
	missing bigint;
BEGIN
	IF NOT EXISTS (SELECT FROM @extschema@.published_count c WHERE c.wave = $1 AND c.question = $2 AND c.part = $3) THEN
		RETURN;
	END IF;
	-- One published figure for just these options.
	SELECT coalesce(f.n, round(f.pct * f.base / 100)), f.base, CASE WHEN f.n IS NULL THEN f.pct ELSE 100.0 * f.n / f.base END, f.kind,
		   CASE WHEN f.n IS NULL THEN 'a number reckoned from a printed percentage' END
		INTO n, base, pct, basis, note
		FROM @extschema@.published_table f
		WHERE f.wave = $1 AND f.question = $2 AND f.part = $3 AND f.codes @> $4 AND f.codes <@ $4 AND f.kind = ANY (kinds) AND NOT f.suspect AND f.base > 0
		ORDER BY array_position(kinds, f.kind), f.source LIMIT 1;
	IF FOUND THEN
		RETURN;
	END IF;

	-- Several options, each published by itself: their sum where one answer is given, bounds of their net where several are.
	SELECT p.kind = 'multiple' INTO several FROM @extschema@.question_part p WHERE p.question = $2 AND p.part = $3;
	WITH single AS (
		SELECT o.code, o.exclusive, o.code = ANY ($4) AS wanted, f.n, f.base, f.kind
		FROM @extschema@.option o
			 LEFT JOIN LATERAL (SELECT f.n, f.base, f.kind FROM @extschema@.published_table f
								WHERE f.wave = $1 AND f.question = o.question AND f.part = o.part AND f.codes = ARRAY[o.code] AND f.n IS NOT NULL AND NOT f.suspect
									AND f.base > 0
								ORDER BY array_position(kinds, f.kind), f.source LIMIT 1) AS f ON true
		WHERE o.question = $2 AND o.part = $3)
	SELECT max(s.base), kinds[max(array_position(kinds, s.kind)) FILTER (WHERE s.wanted)], sum(s.n) FILTER (WHERE s.wanted),
		   cardinality($4) - count(s.n) FILTER (WHERE s.wanted), array_agg(s.n) FILTER (WHERE s.wanted AND NOT s.exclusive),
		   CASE WHEN count(*) = count(s.n) THEN coalesce(array_agg(s.n) FILTER (WHERE NOT s.wanted AND NOT s.exclusive), '{}') END,
		   max(s.base) - coalesce(sum(s.n) FILTER (WHERE s.exclusive), 0), coalesce(sum(s.n) FILTER (WHERE s.wanted AND s.exclusive), 0)
		INTO base, basis, n, missing, known, others, provided, exclusive FROM single s;
	IF missing > 0 OR base IS NULL THEN
		n := NULL; base := NULL; basis := NULL;
	ELSIF NOT several OR known IS NULL THEN
		pct := 100 * n / base;
	ELSE
		n := NULL;
		IF provided >= (SELECT max(x) FROM unnest(known || others) AS u(x))
			AND (others IS NULL OR provided <= (SELECT sum(x) FROM unnest(known || others) AS u(x))) THEN
			SELECT 100 * (b.low + exclusive) / base, 100 * (b.high + exclusive) / base INTO low, high FROM @extschema@.mr_net_bounds(known, provided, others) AS b;
			IF low = high THEN
				n := low * base / 100; pct := low; low := NULL; high := NULL;
			END IF;
		ELSE
			note := 'the published counts of the options contradict each other';
		END IF;
	END IF;
END $$;
COMMENT ON FUNCTION @extschema@.published_figure(integer, text, text, text[]) IS
'What was published of a wave on one option or several: n of base, pct in percent, and basis, the kind of figure (of several the least certain). A printed percentage gives n = pct * base / 100, rounded, and a note. Of several options that were published one by one n is their sum where one answer is given; where several may be given, their net has only bounds, low and high in percent (mr_net_bounds: everybody without the exclusive option is taken to have ticked another). NULLs where nothing was published, or only suspect figures or words. NULL for NULL.';

CREATE FUNCTION @extschema@.wave_figures(wave integer)
	RETURNS TABLE (question text, part text, kind text, t @extschema@.xtab, base float8, basis text, synthetic boolean) LANGUAGE plpgsql STABLE STRICT ROWS 100 AS $$
#variable_conflict use_column
DECLARE
	source record;
	answered record;
	done text[] := '{}';
	c record;
BEGIN
	SELECT * INTO source FROM @extschema@.wave_answers(wave_figures.wave);
	IF NOT source.synthetic THEN
		FOR question, part, kind, t IN
			SELECT b.question, b.part, b.kind, y.t FROM @extschema@.tally_table(source.relation) AS y JOIN @extschema@.codebook_column b USING (column_name)
			WHERE @extschema@.n(y.t) > 0 AND b.kind <> 'date' AND (b.kind = 'multiple') = @extschema@.counts_selections(y.t) LOOP
			base := @extschema@.n(t); basis := 'answers'; synthetic := false; done := done || (question || ' ' || part);
			RETURN NEXT;
		END LOOP;
	END IF;

	-- Published counts make a table where one answer is given and every option is accounted for.
	FOR c IN
		SELECT p.question, p.part, p.kind, p.scale, array_agg(f.code) AS codes, array_agg(f.n) AS counts, max(f.base) AS base,
			   (ARRAY['printed count', 'chart value from the press'])[max(CASE f.kind WHEN 'printed count' THEN 1 ELSE 2 END)] AS basis
		FROM @extschema@.question_part p
			 JOIN (SELECT DISTINCT ON (f.question, f.part, f.codes) f.question, f.part, f.codes[1] AS code, f.n, f.base, f.kind
				   FROM @extschema@.published_table f
				   WHERE f.wave = wave_figures.wave AND f.n IS NOT NULL AND NOT f.suspect AND cardinality(f.codes) = 1 AND f.base > 0
				   ORDER BY f.question, f.part, f.codes, f.kind DESC, f.source) AS f USING (question, part)
		WHERE p.kind LIKE 'single%' AND NOT (p.question || ' ' || p.part) = ANY (done)
		GROUP BY p.question, p.part, p.kind, p.scale
		HAVING sum(f.n) BETWEEN 1 AND max(f.base)
			AND (sum(f.n) = max(f.base) OR count(*) = (SELECT count(*) FROM @extschema@.option o WHERE o.question = p.question AND o.part = p.part))
	LOOP
		EXECUTE format('SELECT @extschema@.freq(u.code::%s) FROM unnest($1, $2) AS u(code, n), generate_series(1, u.n)',
					   coalesce('@extschema@.' || quote_ident(c.scale), 'text')) INTO t USING c.codes, c.counts;
		question := c.question; part := c.part; kind := c.kind; base := c.base; basis := c.basis; synthetic := false;
		done := done || (question || ' ' || part);
		RETURN NEXT;
	END LOOP;

	IF source.synthetic THEN
		FOR question, part, kind, t IN
			SELECT b.question, b.part, b.kind, y.t FROM @extschema@.tally_table(source.relation) AS y JOIN @extschema@.codebook_column b USING (column_name)
			WHERE @extschema@.n(y.t) > 0 AND b.kind <> 'date' AND (b.kind = 'multiple') = @extschema@.counts_selections(y.t) AND NOT (b.question || ' ' || b.part) = ANY (done) LOOP
			base := @extschema@.n(t); basis := 'synthetic answers'; synthetic := true;
			RETURN NEXT;
		END LOOP;
	END IF;
END $$;
COMMENT ON FUNCTION @extschema@.wave_figures(integer) IS
'The one-way table of each part of a wave, from the best that there is: the answers (counted in one pass), else the published counts where one answer is given and every option is accounted for, else made-up answers. base is who the percentages are of, basis says what the table rests on (answers, printed count, chart value from the press, synthetic answers), synthetic whether it is made up. Parts without any, and dates, are left out; of a multiple part published_figure() has what was published. No rows for NULL.';

CREATE FUNCTION @extschema@.wave_option(wave integer, question text, part text, codes text[], t @extschema@.xtab, t_basis text, OUT n float8, OUT base float8,
										OUT pct float8, OUT low float8, OUT high float8, OUT basis text, OUT note text) LANGUAGE plpgsql STABLE AS $$
BEGIN
	IF t_basis IS DISTINCT FROM 'answers' THEN
		SELECT f.n, f.base, f.pct, f.low, f.high, f.basis, f.note INTO n, base, pct, low, high, basis, note
			FROM @extschema@.published_figure(wave, question, part, codes) AS f;
	END IF;
	IF pct IS NULL AND low IS NULL AND t_basis LIKE '%answers' THEN
		n := @extschema@.count_any(t, codes);
		base := @extschema@.n(t);
		pct := 100 * n / base;
		basis := t_basis;
	END IF;
END $$;
COMMENT ON FUNCTION @extschema@.wave_option(integer, text, text, text[], @extschema@.xtab, text) IS
'Part of compare_waves() and wave_trend: the best figure of a wave on some options, given the part''s table and basis in wave_figures(): its answers, else what was published, else made-up answers.';

-- Organisations in both waves.

CREATE FUNCTION @extschema@.wave_organisations(wave integer, OUT relation regclass, OUT source text, OUT synthetic boolean) LANGUAGE sql STABLE STRICT AS $$
	SELECT s.relation,
		   CASE WHEN EXISTS (SELECT FROM pg_catalog.pg_index i
							 WHERE i.indrelid = s.relation AND i.indisunique AND i.indpred IS NULL AND i.indkey::text = c.attnum::text)
				THEN s.relation::text ELSE format('(SELECT DISTINCT ON (organisation) * FROM %s ORDER BY organisation)', s.relation) END, s.synthetic
	FROM @extschema@.wave_answers($1) AS s
		 JOIN pg_catalog.pg_attribute c ON c.attrelid = s.relation AND c.attname = 'organisation' AND NOT c.attisdropped
$$;
COMMENT ON FUNCTION @extschema@.wave_organisations(integer) IS
'The table of answers of a wave whose rows are told apart by the column organisation, as an item for FROM that has every organisation once. NULLs where there is none.';

CREATE FUNCTION @extschema@.crosswalk_rows(from_wave integer, to_wave integer)
	RETURNS TABLE (i bigint, from_question text, from_part text, from_codes text[], to_question text, to_part text, to_codes text[], relation text, note text)
	LANGUAGE sql STABLE STRICT ROWS 300 AS $$
	SELECT row_number() OVER (ORDER BY q.position, p.position, (SELECT min(o.position) FROM @extschema@.option o
																WHERE o.question = x.to_question AND o.part = x.to_part AND o.code = ANY (x.to_codes)), x.to_codes, x.from_codes),
		   x.from_question, x.from_part, x.from_codes, x.to_question, x.to_part, x.to_codes, x.relation, x.note
	FROM (SELECT c.from_question, c.from_part, c.from_codes, c.to_question, c.to_part, c.to_codes, c.relation, c.note
		  FROM @extschema@.crosswalk c
		  WHERE c.from_wave = $1 AND c.to_wave = $2 AND (c.relation = 'break' OR cardinality(c.from_codes) > 0 AND cardinality(c.to_codes) > 0)
		  UNION ALL
		  SELECT c.from_question, c.from_part, ARRAY[o.code], c.to_question, c.to_part, ARRAY[o.code], c.relation, c.note
		  FROM @extschema@.crosswalk c
			   JOIN @extschema@.option o ON o.question = c.to_question AND o.part = c.to_part
			   JOIN @extschema@.option f ON f.question = c.from_question AND f.part = c.from_part AND f.code = o.code
		  WHERE c.from_wave = $1 AND c.to_wave = $2 AND c.relation <> 'break' AND cardinality(c.from_codes) = 0 AND cardinality(c.to_codes) = 0
			  AND NOT EXISTS (SELECT FROM @extschema@.crosswalk e
							  WHERE e.from_wave = c.from_wave AND e.to_wave = c.to_wave AND e.to_question = c.to_question AND e.to_part = c.to_part
								  AND e.to_codes = ARRAY[o.code])) AS x
		 JOIN @extschema@.question q ON q.question = x.to_question
		 JOIN @extschema@.question_part p ON p.question = x.to_question AND p.part = x.to_part
$$;
COMMENT ON FUNCTION @extschema@.crosswalk_rows(integer, integer) IS
'The rows of crosswalk for two waves, numbered in the order of the questionnaire; a row for a whole question ({} on both sides) as one for each option, unless the option has a row of its own.';

CREATE FUNCTION @extschema@.crosswalk_overlap(from_wave integer, to_wave integer)
	RETURNS TABLE (i bigint, yes_yes bigint, yes_no bigint, no_yes bigint, no_no bigint) LANGUAGE plpgsql STABLE STRICT ROWS 300 AS $$
#variable_conflict use_column
DECLARE
	a record;
	b record;
	pairs text;
	numbers bigint[];
BEGIN
	SELECT * INTO a FROM @extschema@.wave_organisations(from_wave);
	SELECT * INTO b FROM @extschema@.wave_organisations(to_wave);
	IF a.relation IS NULL OR b.relation IS NULL THEN
		RETURN;
	END IF;
	SELECT string_agg(format('(%s, %s, %s)', x.i, g.given, h.given), ', '), array_agg(x.i) INTO pairs, numbers
	FROM @extschema@.crosswalk_rows(from_wave, to_wave) AS x
		 JOIN @extschema@.wave_column(a.relation) AS f ON f.question = x.from_question AND f.part = x.from_part
		 JOIN @extschema@.wave_column(b.relation) AS t ON t.question = x.to_question AND t.part = x.to_part
		 CROSS JOIN LATERAL @extschema@.given_any('a', f.name, f.type, x.from_codes) AS g(given)
		 CROSS JOIN LATERAL @extschema@.given_any('b', t.name, t.type, x.to_codes) AS h(given)
	WHERE x.relation <> 'break';
	IF pairs IS NOT NULL THEN
		RETURN QUERY EXECUTE format('SELECT u.i, coalesce(c.yes_yes, 0), coalesce(c.yes_no, 0), coalesce(c.no_yes, 0), coalesce(c.no_no, 0)
			FROM unnest($1) AS u(i) LEFT JOIN (
				SELECT v.i, count(*) FILTER (WHERE v.x AND v.y), count(*) FILTER (WHERE v.x AND NOT v.y),
					   count(*) FILTER (WHERE NOT v.x AND v.y), count(*) FILTER (WHERE NOT v.x AND NOT v.y)
				FROM %s AS a JOIN %s AS b ON a.organisation::text = b.organisation::text, LATERAL (VALUES %s) AS v(i, x, y)
				GROUP BY v.i) AS c(i, yes_yes, yes_no, no_yes, no_no) USING (i)', a.source, b.source, pairs) USING numbers;
	END IF;
END $$;
COMMENT ON FUNCTION @extschema@.crosswalk_overlap(integer, integer) IS
'For each row of crosswalk_rows() that is no break, the organisations that answered in both waves: how many gave the codes in both, in the earlier only, in the later only, in neither. No rows where a wave has no answers with a column organisation.';

CREATE FUNCTION @extschema@.given_any(alias text, name name, type oid, codes text[]) RETURNS text LANGUAGE sql STABLE STRICT PARALLEL SAFE AS $$
	SELECT CASE WHEN type = '@extschema@.multiselect'::regtype THEN format('%I.%I OPERATOR(@extschema@.&&) %L::@extschema@.multiselect', alias, name, codes)
				ELSE format('%I.%I::text = ANY (%L::text[])', alias, name, codes) END
$$;
COMMENT ON FUNCTION @extschema@.given_any(text, name, oid, text[]) IS
'An SQL expression: does a column of a table of answers hold any of the codes? It is NULL where the answer is.';

-- Options, through the crosswalk.

CREATE FUNCTION @extschema@.overlap_test(x1 float8, n1 float8, x2 float8, n2 float8, yes_yes float8 DEFAULT 0, yes_no float8 DEFAULT 0,
										 no_yes float8 DEFAULT 0, no_no float8 DEFAULT 0, conf_level float8 DEFAULT 0.95) RETURNS @extschema@.htest
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'sql_overlap_test';
COMMENT ON FUNCTION @extschema@.overlap_test(float8, float8, float8, float8, float8, float8, float8, float8, float8) IS
'Have two proportions changed, x1 of n1 and x2 of n2, when some are in both samples? yes_yes, yes_no, no_yes and no_no are the answers of those in both, first sample first. estimate is x2/n2 - x1/n1 as a fraction; its interval joins Wilson''s limits with the correlation of the two proportions, which is parameter: phi of those in both times their number over sqrt(n1 n2) (parameter2: their number): Newcombe''s for independent samples where nobody is, his method 8 for pairs where everybody is. statistic is z with the pooled proportion and the correlation of the answers of those in both: z squared is Pearson''s chi-square where nobody is, McNemar''s where everybody is. std_error is that of the difference, not pooled. NULL for NULL; NULLs and a note where nobody answers otherwise or a sample is empty; error 22023 for counts that do not fit or a confidence level outside 0 to 1. Sources: Derrick, Dobson-Mckittrick, Toher and White (2015), Newcombe (1998), Zou (2007).';

CREATE FUNCTION @extschema@.compare_waves(earlier integer, later integer)
	RETURNS TABLE (relation text, from_question text, from_part text, from_codes text[],
				   question text, part text, codes text[], question_ja text, question_en text, label_ja text, label_en text,
				   from_n float8, from_base float8, from_pct float8, from_basis text, n float8, base float8, pct float8, basis text, synthetic boolean,
				   difference float8, conf_low float8, conf_high float8, n_both float8, method text, statistic float8, p_value float8, p_holm float8,
				   p_bh float8, covers text, from_bound_low float8, from_bound_high float8, bound_low float8, bound_high float8, verdict text,
				   flags text, note text)
	LANGUAGE sql STABLE STRICT COST 1000000 ROWS 300 AS $$
	WITH first AS MATERIALIZED (SELECT * FROM @extschema@.wave_figures($1)),
	second AS MATERIALIZED (SELECT * FROM @extschema@.wave_figures($2)),
	pair AS MATERIALIZED (
		SELECT x.*, a.n AS n1, a.base AS base1, a.pct AS pct1, a.low AS low1, a.high AS high1, a.basis AS basis1, a.note AS note1,
			   b.n AS n2, b.base AS base2, b.pct AS pct2, b.low AS low2, b.high AS high2, b.basis AS basis2, b.note AS note2,
			   coalesce(a.basis LIKE 'synthetic%', false) OR coalesce(b.basis LIKE 'synthetic%', false) AS synthetic,
			   a.basis LIKE '%answers' AND b.basis LIKE '%answers' AND o.i IS NOT NULL AS ids,
			   coalesce(o.yes_yes + o.yes_no + o.no_yes + o.no_no, 0) AS both, o.yes_yes, o.yes_no, o.no_yes, o.no_no
		FROM @extschema@.crosswalk_rows($1, $2) AS x
			 LEFT JOIN first f ON f.question = x.from_question AND f.part = x.from_part
			 LEFT JOIN second t ON t.question = x.to_question AND t.part = x.to_part
			 CROSS JOIN LATERAL @extschema@.wave_option($1, x.from_question, x.from_part, x.from_codes, f.t, f.basis) AS a
			 CROSS JOIN LATERAL @extschema@.wave_option($2, x.to_question, x.to_part, x.to_codes, t.t, t.basis) AS b
			 LEFT JOIN @extschema@.crosswalk_overlap($1, $2) AS o USING (i)),
	tested AS (
		SELECT p.*, z.estimate, z.conf_low, z.conf_high, z.parameter AS r, z.notes,
			   p.ids AND p.both > 0 AS joined,
			   least(p.n1 + p.n2, p.base1 + p.base2 - p.n1 - p.n2) * least(p.base1, p.base2) / (p.base1 + p.base2) AS least_expected,
			   z.statistic AS z, coalesce(e.p_value, z.p_value) AS p_value, e.p_value IS NOT NULL AS exact
		FROM pair p
			 LEFT JOIN LATERAL @extschema@.overlap_test(
				 CASE WHEN p.relation <> 'break' AND p.n1 <= p.base1 AND p.n2 <= p.base2 THEN p.n1 END, p.base1, p.n2, p.base2, CASE WHEN p.ids THEN p.yes_yes ELSE 0 END, CASE WHEN p.ids THEN p.yes_no ELSE 0 END,
				 CASE WHEN p.ids THEN p.no_yes ELSE 0 END, CASE WHEN p.ids THEN p.no_no ELSE 0 END) AS z ON true
			 LEFT JOIN LATERAL @extschema@.fisher_test(
				 CASE WHEN z.p_value IS NOT NULL AND NOT (p.ids AND p.both > 0)
						  AND least(p.n1 + p.n2, p.base1 + p.base2 - p.n1 - p.n2) * least(p.base1, p.base2) < 5 * (p.base1 + p.base2)
					  THEN @extschema@.xtab(ARRAY[[p.n2, p.base2 - p.n2], [p.n1, p.base1 - p.n1]]) END) AS e ON true)
	SELECT x.relation, x.from_question, x.from_part, x.from_codes, x.to_question, x.to_part, x.to_codes, q.question_ja, q.question_en, l.label_ja, l.label_en,
		   x.n1, x.base1, x.pct1, x.basis1, x.n2, x.base2, x.pct2, x.basis2,
		   x.synthetic,
		   100 * x.estimate, 100 * x.conf_low, 100 * x.conf_high, CASE WHEN x.ids THEN x.both END,
		   CASE WHEN x.p_value IS NULL THEN NULL WHEN x.joined THEN 'z-test of overlapping samples' WHEN x.exact THEN 'Fisher''s exact test' ELSE 'Pearson chi-square test' END,
		   CASE WHEN x.joined THEN x.z WHEN NOT x.exact THEN x.z ^ 2 END, x.p_value, @extschema@.p_adjust(x.p_value, 'holm') OVER family, @extschema@.p_adjust(x.p_value, 'BH') OVER family,
		   CASE WHEN x.p_value IS NOT NULL
				THEN format('%s tested rows of %s and %s%s', count(x.p_value) OVER family, $1, $2, CASE WHEN x.synthetic THEN ', made-up answers' ELSE '' END) END,
		   x.low1, x.high1, x.low2, x.high2,
		   CASE WHEN x.relation = 'break' OR x.low1 IS NULL AND x.low2 IS NULL THEN NULL
				WHEN coalesce(x.low2, x.pct2) > coalesce(x.high1, x.pct1) THEN 'higher'
				WHEN coalesce(x.high2, x.pct2) < coalesce(x.low1, x.pct1) THEN 'lower'
				WHEN coalesce(x.low1, x.pct1) IS NOT NULL AND coalesce(x.low2, x.pct2) IS NOT NULL THEN 'undecided' END,
		   nullif(concat_ws(',', CASE WHEN least(x.base1, x.base2) < 30 THEN 'u' WHEN least(x.base1, x.base2) < 100 THEN 'w' END,
							CASE WHEN x.relation = 'break' THEN 'b' END), ''),
		   nullif(concat_ws('; ',
				CASE WHEN x.relation = 'break' THEN 'not comparable'
					 WHEN x.pct1 IS NULL AND x.low1 IS NULL AND x.pct2 IS NULL AND x.low2 IS NULL THEN 'no figure of either wave'
					 WHEN x.pct1 IS NULL AND x.low1 IS NULL THEN format('no figure of %s', $1)
					 WHEN x.pct2 IS NULL AND x.low2 IS NULL THEN format('no figure of %s', $2)
					 WHEN x.low1 IS NOT NULL OR x.low2 IS NOT NULL THEN 'bounds of a net of options that were published one by one; they are no confidence limits'
					 WHEN x.joined THEN format('overlap of %s, correlation of the percentages %s', x.both, round(x.r::numeric, 2))
					 WHEN x.ids THEN 'no organisation is in both'
					 ELSE 'independence assumed' END,
				CASE WHEN x.least_expected < 5 AND x.p_value IS NOT NULL AND NOT x.exact THEN format('least expected count %s: p is approximate', round(x.least_expected::numeric, 1)) END,
				CASE WHEN x.p_value IS NULL AND x.estimate IS NOT NULL THEN x.notes[cardinality(x.notes)] END,
				CASE WHEN x.note1 IS NOT NULL THEN format('%s: %s', $1, x.note1) END, CASE WHEN x.note2 IS NOT NULL THEN format('%s: %s', $2, x.note2) END,
				x.note), '')
	FROM tested x
		 JOIN @extschema@.question q ON q.question = x.to_question
		 CROSS JOIN LATERAL (SELECT string_agg(o.label_ja, '、' ORDER BY o.position) AS label_ja, string_agg(o.label_en, '; ' ORDER BY o.position) AS label_en
							 FROM @extschema@.option o WHERE o.question = x.to_question AND o.part = x.to_part AND o.code = ANY (x.to_codes)) AS l
	WINDOW family AS (PARTITION BY x.synthetic)
	ORDER BY x.i
$$;
COMMENT ON FUNCTION @extschema@.compare_waves(integer, integer) IS
'The rows of wave_comparison for one pair of waves, in the order of the questionnaire: a pair with rows in crosswalk, the earlier first. No rows for NULL, or where crosswalk has none.';

CREATE VIEW @extschema@.wave_comparison AS
	SELECT p.*, c.* FROM (SELECT DISTINCT x.from_wave, x.to_wave FROM @extschema@.crosswalk x) AS p, LATERAL @extschema@.compare_waves(p.from_wave, p.to_wave) AS c;
COMMENT ON VIEW @extschema@.wave_comparison IS
'What has changed from wave to wave, a row for each row of crosswalk (for a row of a whole question, each option): the figures of both waves with what they rest on, the difference with its interval, a test with p adjusted over all rows of the pair. A wave''s figure comes from its answers; where these are missing, from what was published; where that is missing too, from made-up answers. Published options of a multiple answer only bound their net: then there are bounds and a verdict instead of a difference. One pair: compare_waves().';
COMMENT ON COLUMN @extschema@.wave_comparison.from_wave IS 'earlier wave';
COMMENT ON COLUMN @extschema@.wave_comparison.to_wave IS 'later wave';
COMMENT ON COLUMN @extschema@.wave_comparison.relation IS 'exact: same wording; recoded: comparable after merging options; break: not comparable, so that nothing is tested';
COMMENT ON COLUMN @extschema@.wave_comparison.from_question IS 'question in the earlier wave';
COMMENT ON COLUMN @extschema@.wave_comparison.from_part IS 'part in the earlier wave';
COMMENT ON COLUMN @extschema@.wave_comparison.from_codes IS 'options in the earlier wave';
COMMENT ON COLUMN @extschema@.wave_comparison.question IS 'question in the later wave';
COMMENT ON COLUMN @extschema@.wave_comparison.part IS 'part in the later wave';
COMMENT ON COLUMN @extschema@.wave_comparison.codes IS 'options in the later wave; of several, those count who gave any';
COMMENT ON COLUMN @extschema@.wave_comparison.question_ja IS 'wording of the question as printed';
COMMENT ON COLUMN @extschema@.wave_comparison.question_en IS 'wording in English';
COMMENT ON COLUMN @extschema@.wave_comparison.label_ja IS 'labels of the options as printed';
COMMENT ON COLUMN @extschema@.wave_comparison.label_en IS 'labels in English';
COMMENT ON COLUMN @extschema@.wave_comparison.from_n IS 'organisations that gave any of the options in the earlier wave; NULL: not known';
COMMENT ON COLUMN @extschema@.wave_comparison.from_base IS 'organisations that the percentage is of';
COMMENT ON COLUMN @extschema@.wave_comparison.from_pct IS 'percentage in the earlier wave, not rounded; NULL: not known, or only bounds are';
COMMENT ON COLUMN @extschema@.wave_comparison.from_basis IS 'what the earlier figure rests on: answers, printed count, chart value from the press, printed percentage, synthetic answers';
COMMENT ON COLUMN @extschema@.wave_comparison.n IS 'organisations that gave any of the options in the later wave';
COMMENT ON COLUMN @extschema@.wave_comparison.base IS 'organisations that the percentage is of';
COMMENT ON COLUMN @extschema@.wave_comparison.pct IS 'percentage in the later wave';
COMMENT ON COLUMN @extschema@.wave_comparison.basis IS 'what the later figure rests on, as from_basis';
COMMENT ON COLUMN @extschema@.wave_comparison.synthetic IS 'true: made-up answers are on either side';
COMMENT ON COLUMN @extschema@.wave_comparison.difference IS 'later less earlier share, n/base, in points; NULL for a break';
COMMENT ON COLUMN @extschema@.wave_comparison.conf_low IS 'lower 95 % limit of the difference in points, Newcombe; with organisations in both waves with their covariance (overlap_test)';
COMMENT ON COLUMN @extschema@.wave_comparison.conf_high IS 'upper 95 % limit';
COMMENT ON COLUMN @extschema@.wave_comparison.n_both IS 'organisations that answered the question in both waves; NULL: no ids, so that independence is assumed';
COMMENT ON COLUMN @extschema@.wave_comparison.method IS 'test that p_value is of: z-test of overlapping samples where organisations are known to be in both waves; else Pearson''s chi-square, or Fisher''s exact test where an expected count is below 5; NULL: not tested';
COMMENT ON COLUMN @extschema@.wave_comparison.statistic IS 'z of the test of overlapping samples; chi-square on 1 degree of freedom of Pearsons; NULL for an exact test';
COMMENT ON COLUMN @extschema@.wave_comparison.p_value IS 'two-sided p-value';
COMMENT ON COLUMN @extschema@.wave_comparison.p_holm IS 'p adjusted by Holm over all tested rows of the pair of waves, those on made-up answers apart';
COMMENT ON COLUMN @extschema@.wave_comparison.p_bh IS 'p adjusted by Benjamini and Hochberg over the same rows';
COMMENT ON COLUMN @extschema@.wave_comparison.covers IS 'the family that p_holm and p_bh are adjusted over';
COMMENT ON COLUMN @extschema@.wave_comparison.from_bound_low IS 'least percentage that the net can be in the earlier wave, where its options were published one by one; else NULL';
COMMENT ON COLUMN @extschema@.wave_comparison.from_bound_high IS 'greatest percentage that the net can be';
COMMENT ON COLUMN @extschema@.wave_comparison.bound_low IS 'least percentage that the net can be in the later wave, where its options were published one by one; else NULL';
COMMENT ON COLUMN @extschema@.wave_comparison.bound_high IS 'greatest percentage that the net can be';
COMMENT ON COLUMN @extschema@.wave_comparison.verdict IS 'where there are bounds: higher or lower if the later figure is so whatever lies within the bounds, else undecided. No test: it does not allow for chance';
COMMENT ON COLUMN @extschema@.wave_comparison.flags IS 'u: a base under 30; w: a base under 100; b: break; with commas between them';
COMMENT ON COLUMN @extschema@.wave_comparison.note IS 'what a reader must know: independence or overlap, missing figures, the note of crosswalk';

-- Scales.

CREATE VIEW @extschema@.wave_pair AS
	SELECT a.wave AS from_wave, b.wave AS to_wave
	FROM @extschema@.wave a JOIN @extschema@.wave b ON a.wave < b.wave
	WHERE (SELECT relation FROM @extschema@.wave_answers(a.wave)) IS NOT NULL AND (SELECT relation FROM @extschema@.wave_answers(b.wave)) IS NOT NULL
	UNION
	SELECT from_wave, to_wave FROM @extschema@.crosswalk;
COMMENT ON VIEW @extschema@.wave_pair IS 'The pairs of waves that wave_shift compares: both have a table of answers, or crosswalk names them.';
COMMENT ON COLUMN @extschema@.wave_pair.from_wave IS 'earlier wave';
COMMENT ON COLUMN @extschema@.wave_pair.to_wave IS 'later wave';

CREATE FUNCTION @extschema@.wave_break(from_wave integer, to_wave integer, question text, part text) RETURNS boolean LANGUAGE sql STABLE STRICT AS $$
	SELECT EXISTS (SELECT FROM @extschema@.crosswalk c
				   WHERE c.from_wave = $1 AND c.to_wave = $2 AND c.relation = 'break' AND (c.from_question, c.from_part) = ($3, $4))
$$;
COMMENT ON FUNCTION @extschema@.wave_break(integer, integer, text, text) IS 'Does crosswalk call a part of a question, or an option of it, not comparable between two waves? NULL for NULL.';

CREATE FUNCTION @extschema@.compare_scales(earlier integer, later integer)
	RETURNS TABLE (question text, part text, question_ja text, question_en text, from_n float8, from_basis text,
				   n float8, basis text, synthetic boolean, superiority float8, conf_low float8, conf_high float8, method text, p_value float8,
				   p_holm float8, p_bh float8, covers text, from_median text, median text, median_change float8, top_codes text[],
				   from_top_pct float8, top_pct float8, top_change float8, flags text, note text)
	LANGUAGE sql STABLE STRICT COST 1000000 ROWS 80 AS $$
	WITH both_waves AS MATERIALIZED (
		SELECT f.question, f.part, f.t AS t1, f.basis AS basis1, l.t AS t2, l.basis AS basis2, f.synthetic OR l.synthetic AS synthetic,
			   @extschema@.row_labels(f.t) AS labels, @extschema@.row_scores(f.t) AS scores
		FROM @extschema@.wave_figures($1) AS f JOIN @extschema@.wave_figures($2) AS l USING (question, part)
		WHERE f.kind = 'single ordinal' AND @extschema@.row_labels(f.t) = @extschema@.row_labels(l.t) AND @extschema@.row_scores(f.t) = @extschema@.row_scores(l.t)
			AND NOT @extschema@.wave_break($1, $2, f.question, f.part)),
	shifted AS (
		SELECT b.*, s1.n AS n1, s2.n AS n2, s1.median AS median1, s2.median AS median2, w.estimate, w.conf_low, w.conf_high, w.method, w.p_value, w.notes,
			   b.scores[array_position(b.labels, s2.median)] - b.scores[array_position(b.labels, s1.median)] AS median_change,
			   CASE WHEN cardinality(k.codes) >= 4 THEN k.codes[cardinality(k.codes) - 1:] ELSE k.codes[cardinality(k.codes):] END AS top
		FROM both_waves b
			 CROSS JOIN LATERAL @extschema@.ordinal_summary(b.t1) AS s1
			 CROSS JOIN LATERAL @extschema@.ordinal_summary(b.t2) AS s2
			 CROSS JOIN LATERAL (SELECT array_agg(u.label ORDER BY u.score) AS codes FROM unnest(b.labels, b.scores) AS u(label, score) WHERE u.score IS NOT NULL) AS k
			 CROSS JOIN LATERAL @extschema@.wilcoxon_test(@extschema@.set_scores(
				 @extschema@.xtab(ARRAY[@extschema@.counts(b.t2), @extschema@.counts(b.t1)], ARRAY[$2::text, $1::text], b.labels), NULL, b.scores)) AS w)
	SELECT x.question, x.part, q.question_ja, q.question_en, x.n1, x.basis1, x.n2, x.basis2, x.synthetic, x.estimate, x.conf_low, x.conf_high, x.method,
		   x.p_value, @extschema@.p_adjust(x.p_value, 'holm') OVER family, @extschema@.p_adjust(x.p_value, 'BH') OVER family,
		   CASE WHEN x.p_value IS NOT NULL
				THEN format('%s tested parts of %s and %s%s', count(x.p_value) OVER family, $1, $2, CASE WHEN x.synthetic THEN ', made-up answers' ELSE '' END) END,
		   x.median1, x.median2, x.median_change, x.top, 100 * s1.estimate, 100 * s2.estimate, 100 * (s2.estimate - s1.estimate),
		   CASE WHEN least(x.n1, x.n2) < 30 THEN 'u' WHEN least(x.n1, x.n2) < 100 THEN 'w' END,
		   concat_ws('; ', 'independence assumed', CASE WHEN x.basis1 LIKE '%answers' AND x.basis2 LIKE '%answers' THEN 'organisations in both waves: panel_transition' END,
					 CASE WHEN x.p_value IS NULL THEN x.notes[cardinality(x.notes)] END)
	FROM shifted x
		 JOIN @extschema@.question q USING (question)
		 JOIN @extschema@.question_part p ON p.question = x.question AND p.part = x.part
		 CROSS JOIN LATERAL @extschema@.share_at_least(x.t1, x.top[1]) AS s1
		 CROSS JOIN LATERAL @extschema@.share_at_least(x.t2, x.top[1]) AS s2
	WINDOW family AS (PARTITION BY x.synthetic)
	ORDER BY q.position, p.position
$$;
COMMENT ON FUNCTION @extschema@.compare_scales(integer, integer) IS
'The rows of wave_shift for one pair of waves, the earlier first, in the order of the questionnaire. No rows for NULL, or where the waves have no scale in common.';

CREATE VIEW @extschema@.wave_shift AS
	SELECT p.*, s.* FROM @extschema@.wave_pair AS p, LATERAL @extschema@.compare_scales(p.from_wave, p.to_wave) AS s;
COMMENT ON VIEW @extschema@.wave_shift IS
'How the answers on a scale have moved from wave to wave, a row for each ordinal part that both waves have a whole table of (answers, complete published counts, or made-up answers) and that crosswalk does not call a break: Wilcoxon''s test, the chance that an answer of the later wave is higher, medians and top box. Off-scale answers are left out. The waves are taken as independent samples. One pair: compare_scales().';
COMMENT ON COLUMN @extschema@.wave_shift.from_wave IS 'earlier wave';
COMMENT ON COLUMN @extschema@.wave_shift.to_wave IS 'later wave';
COMMENT ON COLUMN @extschema@.wave_shift.question IS 'question';
COMMENT ON COLUMN @extschema@.wave_shift.part IS 'part of the question';
COMMENT ON COLUMN @extschema@.wave_shift.question_ja IS 'wording of the question as printed';
COMMENT ON COLUMN @extschema@.wave_shift.question_en IS 'wording in English';
COMMENT ON COLUMN @extschema@.wave_shift.from_n IS 'answers on the scale in the earlier wave';
COMMENT ON COLUMN @extschema@.wave_shift.from_basis IS 'what the earlier table rests on: answers, printed count, chart value from the press, synthetic answers';
COMMENT ON COLUMN @extschema@.wave_shift.n IS 'answers on the scale in the later wave';
COMMENT ON COLUMN @extschema@.wave_shift.basis IS 'what the later table rests on';
COMMENT ON COLUMN @extschema@.wave_shift.synthetic IS 'true: made-up answers are on either side';
COMMENT ON COLUMN @extschema@.wave_shift.superiority IS 'P(later > earlier) + P(equal)/2 of a random answer of each wave; 0.5: no shift';
COMMENT ON COLUMN @extschema@.wave_shift.conf_low IS 'lower 95 % limit of superiority (wilcoxon_test)';
COMMENT ON COLUMN @extschema@.wave_shift.conf_high IS 'upper 95 % limit';
COMMENT ON COLUMN @extschema@.wave_shift.method IS 'variant of Wilcoxons test that ran';
COMMENT ON COLUMN @extschema@.wave_shift.p_value IS 'two-sided p-value';
COMMENT ON COLUMN @extschema@.wave_shift.p_holm IS 'p adjusted by Holm over all tested parts of the pair of waves, those on made-up answers apart';
COMMENT ON COLUMN @extschema@.wave_shift.p_bh IS 'p adjusted by Benjamini and Hochberg over the same parts';
COMMENT ON COLUMN @extschema@.wave_shift.covers IS 'the family that p_holm and p_bh are adjusted over';
COMMENT ON COLUMN @extschema@.wave_shift.from_median IS 'median category of the earlier wave';
COMMENT ON COLUMN @extschema@.wave_shift.median IS 'median category of the later wave';
COMMENT ON COLUMN @extschema@.wave_shift.median_change IS 'levels between the medians: later less earlier';
COMMENT ON COLUMN @extschema@.wave_shift.top_codes IS 'the top box: the two highest categories of a scale of four or more, else the highest';
COMMENT ON COLUMN @extschema@.wave_shift.from_top_pct IS 'percentage in the top box in the earlier wave, of the answers on the scale';
COMMENT ON COLUMN @extschema@.wave_shift.top_pct IS 'percentage in the top box in the later wave';
COMMENT ON COLUMN @extschema@.wave_shift.top_change IS 'later less earlier top box, in points';
COMMENT ON COLUMN @extschema@.wave_shift.flags IS 'u: fewer than 30 answers in a wave; w: fewer than 100';
COMMENT ON COLUMN @extschema@.wave_shift.note IS 'what a reader must know';

-- Three waves and more.

CREATE FUNCTION @extschema@.trend_of_waves()
	RETURNS TABLE (question text, part text, codes text[], question_ja text, question_en text, label_ja text, label_en text, test text, waves integer[], n float8[], base float8[],
				   pct float8[], basis text[], synthetic boolean, statistic float8, estimate float8, conf_low float8, conf_high float8, p_value float8,
				   p_holm float8, p_bh float8, covers text, flags text, note text)
	LANGUAGE sql STABLE COST 1000000 ROWS 300 AS $$
	WITH figures AS MATERIALIZED (
		SELECT w.wave, f.* FROM @extschema@.wave w, LATERAL @extschema@.wave_figures(w.wave) AS f),
	enough AS (
		SELECT u.question, u.part
		FROM (SELECT wave, question, part FROM figures UNION SELECT wave, question, part FROM @extschema@.published_count) AS u
		GROUP BY u.question, u.part HAVING count(*) >= 3),
	scaled AS (
		SELECT f.question, f.part, array_agg(f.wave ORDER BY f.wave) AS waves, array_agg(f.basis ORDER BY f.wave) AS basis, bool_or(f.synthetic) AS synthetic,
			   array_agg(s.n ORDER BY f.wave) AS base,
			   @extschema@.set_scores(@extschema@.xtab(array_agg(@extschema@.counts(f.t) ORDER BY f.wave), array_agg(f.wave::text ORDER BY f.wave), @extschema@.row_labels(f.t)),
									  array_agg(f.wave::float8 ORDER BY f.wave), @extschema@.row_scores(f.t)) AS t
		FROM (SELECT *, count(*) FILTER (WHERE NOT synthetic) OVER (PARTITION BY question, part) AS real FROM figures) AS f
			 JOIN enough USING (question, part) CROSS JOIN LATERAL @extschema@.ordinal_summary(CASE WHEN @extschema@.row_scores(f.t) IS NOT NULL THEN f.t END) AS s
		WHERE f.kind = 'single ordinal' AND s.n > 0 AND (f.real < 3 OR NOT f.synthetic)
		GROUP BY f.question, f.part, @extschema@.row_labels(f.t), @extschema@.row_scores(f.t) HAVING count(*) >= 3),
	given AS (
		SELECT o.question, o.part, o.code, w.wave, x.n, x.base, x.pct, x.basis, x.basis LIKE 'synthetic%' AS synthetic,
			   count(*) FILTER (WHERE x.basis NOT LIKE 'synthetic%') OVER (PARTITION BY o.question, o.part, o.code) AS real
		FROM @extschema@.option o
			 JOIN enough USING (question, part)
			 CROSS JOIN @extschema@.wave w
			 LEFT JOIN figures f ON f.wave = w.wave AND f.question = o.question AND f.part = o.part
			 CROSS JOIN LATERAL @extschema@.wave_option(w.wave, o.question, o.part, ARRAY[o.code], f.t, f.basis) AS x
		WHERE x.n BETWEEN 0 AND x.base AND x.base > 0
			AND NOT EXISTS (SELECT FROM @extschema@.crosswalk c WHERE c.from_wave = w.wave AND c.relation = 'break' AND (c.from_question, c.from_part) = (o.question, o.part)
								AND (o.code = ANY (c.from_codes) OR cardinality(c.from_codes) = 0))),
	options AS (
		SELECT g.question, g.part, g.code, array_agg(g.wave ORDER BY g.wave) AS waves, array_agg(g.basis ORDER BY g.wave) AS basis,
			   bool_or(g.synthetic) AS synthetic, array_agg(g.n ORDER BY g.wave) AS n, array_agg(g.base ORDER BY g.wave) AS base,
			   array_agg(g.pct ORDER BY g.wave) AS pct,
			   @extschema@.set_scores(@extschema@.xtab(ARRAY[array_agg(g.n ORDER BY g.wave), array_agg(g.base - g.n ORDER BY g.wave)], ARRAY['given', 'not given'],
													   array_agg(g.wave::text ORDER BY g.wave)), NULL, array_agg(g.wave::float8 ORDER BY g.wave)) AS t
		FROM given g
		WHERE g.real < 3 OR NOT g.synthetic
		GROUP BY g.question, g.part, g.code HAVING count(*) >= 3),
	tested AS (
		SELECT s.question, s.part, NULL::text AS code, 'Jonckheere-Terpstra' AS test, s.waves, NULL::float8[] AS n, s.base, NULL::float8[] AS pct, s.basis, s.synthetic,
			   j.parameter AS statistic, j.estimate, j.conf_low, j.conf_high, j.p_value, j.notes
		FROM scaled s, LATERAL @extschema@.jonckheere_test(s.t) AS j
		UNION ALL
		SELECT o.question, o.part, o.code, 'Cochran-Armitage', o.waves, o.n, o.base, o.pct, o.basis, o.synthetic,
			   c.statistic, 100 * c.estimate, 100 * c.conf_low, 100 * c.conf_high, c.p_value, c.notes
		FROM options o, LATERAL @extschema@.trend_test(o.t) AS c)
	SELECT x.question, x.part, CASE WHEN x.code IS NOT NULL THEN ARRAY[x.code] END, q.question_ja, q.question_en, o.label_ja, o.label_en, x.test, x.waves, x.n, x.base,
		   x.pct, x.basis, x.synthetic, x.statistic, x.estimate, x.conf_low, x.conf_high, x.p_value,
		   @extschema@.p_adjust(x.p_value, 'holm') OVER family, @extschema@.p_adjust(x.p_value, 'BH') OVER family,
		   CASE WHEN x.p_value IS NOT NULL THEN format('%s tested rows of %s', count(x.p_value) OVER family, x.test) END,
		   CASE WHEN (SELECT min(b) FROM unnest(x.base) AS u(b)) < 30 THEN 'u' WHEN (SELECT min(b) FROM unnest(x.base) AS u(b)) < 100 THEN 'w' END,
		   concat_ws('; ', 'independence assumed', CASE WHEN x.p_value IS NULL THEN x.notes[cardinality(x.notes)] END)
	FROM tested x
		 JOIN @extschema@.question q USING (question)
		 JOIN @extschema@.question_part p ON p.question = x.question AND p.part = x.part
		 LEFT JOIN @extschema@.option o ON o.question = x.question AND o.part = x.part AND o.code = x.code
	WINDOW family AS (PARTITION BY x.test)
	ORDER BY q.position, p.position, o.position NULLS FIRST
$$;
COMMENT ON FUNCTION @extschema@.trend_of_waves() IS 'The rows of wave_trend, in the order of the questionnaire.';

CREATE VIEW @extschema@.wave_trend AS SELECT * FROM @extschema@.trend_of_waves();
COMMENT ON VIEW @extschema@.wave_trend IS
'Trends over all waves that have a figure, three or more: for each part on a scale Jonckheere and Terpstra''s test over the waves'' tables, for each option Cochran and Armitage''s test of its percentage over the years. Questions and options are those of the same number and letter; a wave from which crosswalk has a break to a later one is left out of the option''s (or whole question''s) trend. Made-up answers take part only where fewer than three waves have other figures. The waves are taken as independent samples.';
COMMENT ON COLUMN @extschema@.wave_trend.question IS 'question';
COMMENT ON COLUMN @extschema@.wave_trend.part IS 'part of the question';
COMMENT ON COLUMN @extschema@.wave_trend.codes IS 'the option whose percentage is tested; NULL: the whole scale';
COMMENT ON COLUMN @extschema@.wave_trend.question_ja IS 'wording of the question as printed';
COMMENT ON COLUMN @extschema@.wave_trend.question_en IS 'wording in English';
COMMENT ON COLUMN @extschema@.wave_trend.label_ja IS 'label of the option as printed';
COMMENT ON COLUMN @extschema@.wave_trend.label_en IS 'label in English';
COMMENT ON COLUMN @extschema@.wave_trend.test IS 'Jonckheere-Terpstra of a scale, or Cochran-Armitage of an option';
COMMENT ON COLUMN @extschema@.wave_trend.waves IS 'the waves with a figure, ascending';
COMMENT ON COLUMN @extschema@.wave_trend.n IS 'organisations that gave the option, wave by wave; NULL for a scale';
COMMENT ON COLUMN @extschema@.wave_trend.base IS 'organisations that the percentages are of; of a scale, answers on it';
COMMENT ON COLUMN @extschema@.wave_trend.pct IS 'percentages, wave by wave; NULL for a scale';
COMMENT ON COLUMN @extschema@.wave_trend.basis IS 'what each waves figure rests on';
COMMENT ON COLUMN @extschema@.wave_trend.synthetic IS 'true: made-up answers are among them';
COMMENT ON COLUMN @extschema@.wave_trend.statistic IS 'z of Jonckheere and Terpstra (positive: answers rise); chi-square on 1 degree of freedom of Cochran and Armitage';
COMMENT ON COLUMN @extschema@.wave_trend.estimate IS 'of a scale, P(higher) + P(equal)/2 of an answer of a later wave against one of an earlier; of an option, the slope in points a year';
COMMENT ON COLUMN @extschema@.wave_trend.conf_low IS 'lower 95 % limit of the slope; NULL for a scale';
COMMENT ON COLUMN @extschema@.wave_trend.conf_high IS 'upper 95 % limit of the slope';
COMMENT ON COLUMN @extschema@.wave_trend.p_value IS 'two-sided p-value';
COMMENT ON COLUMN @extschema@.wave_trend.p_holm IS 'p adjusted by Holm over all rows of the same test';
COMMENT ON COLUMN @extschema@.wave_trend.p_bh IS 'p adjusted by Benjamini and Hochberg over the same rows';
COMMENT ON COLUMN @extschema@.wave_trend.covers IS 'the family that p_holm and p_bh are adjusted over';
COMMENT ON COLUMN @extschema@.wave_trend.flags IS 'u: a base under 30; w: a base under 100';
COMMENT ON COLUMN @extschema@.wave_trend.note IS 'what a reader must know';

-- Organisations that answered twice.

CREATE FUNCTION @extschema@.panel_transition_table(from_wave integer, to_wave integer, question text, part text DEFAULT 'answer') RETURNS @extschema@.xtab
	LANGUAGE plpgsql STABLE STRICT AS $$
DECLARE
	wave integer;
	side record;
	sources text[];
	names text[];
	types oid[];
	col record;
	t @extschema@.xtab;
BEGIN
	FOREACH wave IN ARRAY ARRAY[from_wave, to_wave] LOOP
		SELECT * INTO side FROM @extschema@.wave_organisations(wave);
		IF side.relation IS NULL THEN
			RAISE EXCEPTION 'wave % has no answers by organisation', wave USING ERRCODE = 'undefined_table',
				HINT = 'Both waves need a table of answers with the column organisation: create_wave() and load_wave().';
		END IF;
		SELECT c.name, c.type INTO col FROM @extschema@.wave_column(side.relation) AS c
			WHERE c.question = panel_transition_table.question AND c.part = panel_transition_table.part;
		IF NOT FOUND THEN
			RAISE EXCEPTION 'the answers of wave % have no column for part % of question %', wave, part, question USING ERRCODE = 'undefined_column',
				HINT = 'codebook_column lists the questions and their parts.';
		END IF;
		sources := sources || side.source; names := names || col.name::text; types := types || col.type;
	END LOOP;
	IF types[1] <> types[2] THEN
		RAISE EXCEPTION 'part % of question % has another type in wave % than in wave %', part, question, from_wave, to_wave USING ERRCODE = 'datatype_mismatch',
			DETAIL = format('The types are %s and %s.', types[1]::regtype, types[2]::regtype);
	END IF;
	EXECUTE format('SELECT @extschema@.xtab(a.%I, b.%I) FROM %s AS a JOIN %s AS b ON a.organisation::text = b.organisation::text', names[1], names[2], sources[1], sources[2]) INTO t;
	RETURN t;
END $$;
COMMENT ON FUNCTION @extschema@.panel_transition_table(integer, integer, text, text) IS
'The answers of the organisations in both waves: rows are the earlier answer, columns the later; those who did not answer in one of them are counted as missing. For cells(), mcnemar_test() (where two answers are possible), kappa() and the like; multi-select answers too, for mr_cells(). NULL for NULL and where no organisation is in both; errors 42P01 for a wave without answers by organisation, 42703 for a part that a wave does not have, 42804 for a part of different types.';

CREATE FUNCTION @extschema@.compare_panel(earlier integer, later integer)
	RETURNS TABLE (question text, part text, question_ja text, question_en text, kind text, synthetic boolean, n_both float8, unchanged float8,
				   higher float8, lower float8, transition @extschema@.xtab, bowker float8, bowker_df float8, bowker_p float8,
				   stuart_maxwell float8, stuart_maxwell_df float8, stuart_maxwell_p float8, signed_rank float8, signed_rank_p float8, rank_biserial float8,
				   conf_low float8, conf_high float8, flags text, note text)
	LANGUAGE plpgsql STABLE STRICT COST 1000000 ROWS 80 AS $$
#variable_conflict use_column
DECLARE
	a record;
	b record;
	crosses text;
	parts text[];
	tables @extschema@.xtab[];
BEGIN
	SELECT * INTO a FROM @extschema@.wave_organisations(earlier);
	SELECT * INTO b FROM @extschema@.wave_organisations(later);
	IF a.relation IS NULL OR b.relation IS NULL THEN
		RETURN;
	END IF;
	SELECT string_agg(format('@extschema@.xtab(a.%I, b.%I)', f.name, t.name), ', ' ORDER BY f.name), array_agg(f.question || ' ' || f.part ORDER BY f.name)
		INTO crosses, parts
		FROM @extschema@.wave_column(a.relation) AS f JOIN @extschema@.wave_column(b.relation) AS t USING (question, part, type)
		WHERE f.kind LIKE 'single%' AND NOT @extschema@.wave_break(earlier, later, f.question, f.part);
	IF crosses IS NULL THEN
		RETURN;
	END IF;
	EXECUTE format('SELECT ARRAY[%s] FROM %s AS a JOIN %s AS b ON a.organisation::text = b.organisation::text', crosses, a.source, b.source) INTO tables;
	RETURN QUERY
		SELECT p.question, p.part, q.question_ja, q.question_en, p.kind, a.synthetic OR b.synthetic, @extschema@.n(u.t),
			   m.unchanged, m.higher, m.lower, u.t, k.statistic, k.parameter, k.p_value, h.statistic, h.parameter, h.p_value,
			   r.statistic, r.p_value, r.estimate, r.conf_low, r.conf_high,
			   CASE WHEN @extschema@.n(u.t) < 30 THEN 'u' WHEN @extschema@.n(u.t) < 100 THEN 'w' END,
			   CASE WHEN m.unchanged = @extschema@.n(u.t) THEN 'nobody changed' END
		FROM unnest(tables, parts) AS u(t, name)
			 JOIN @extschema@.question_part p ON p.question || ' ' || p.part = u.name
			 JOIN @extschema@.question q ON q.question = p.question
			 CROSS JOIN LATERAL (
				 SELECT coalesce(sum(c.n) FILTER (WHERE r.label = c.label), 0), CASE WHEN @extschema@.row_scores(u.t) IS NOT NULL THEN coalesce(sum(c.n) FILTER (WHERE c.score > r.score), 0) END,
						CASE WHEN @extschema@.row_scores(u.t) IS NOT NULL THEN coalesce(sum(c.n) FILTER (WHERE c.score < r.score), 0) END
				 FROM unnest(@extschema@.row_labels(u.t), @extschema@.row_scores(u.t)) WITH ORDINALITY AS r(label, score, i),
					  LATERAL (SELECT s.label, s.score, (@extschema@.counts(u.t))[r.i][s.j] AS n
							   FROM unnest(@extschema@.col_labels(u.t), @extschema@.col_scores(u.t)) WITH ORDINALITY AS s(label, score, j)) AS c
				 ) AS m(unchanged, higher, lower)
			 CROSS JOIN LATERAL @extschema@.bowker_test(u.t) AS k
			 CROSS JOIN LATERAL @extschema@.stuart_maxwell_test(u.t) AS h
			 CROSS JOIN LATERAL @extschema@.signed_rank_test(CASE WHEN @extschema@.row_scores(u.t) IS NOT NULL THEN u.t END) AS r
		WHERE @extschema@.n(u.t) > 0
		ORDER BY q.position, p.position;
END $$;
COMMENT ON FUNCTION @extschema@.compare_panel(integer, integer) IS
'The rows of panel_transition for one pair of waves, the earlier first, in the order of the questionnaire. No rows for NULL, or where a wave has no answers by organisation or no organisation is in both.';

CREATE VIEW @extschema@.panel_transition AS
	SELECT p.*, t.* FROM @extschema@.wave_pair AS p, LATERAL @extschema@.compare_panel(p.from_wave, p.to_wave) AS t;
COMMENT ON VIEW @extschema@.panel_transition IS
'How the organisations that answered in both waves have changed, a row for each part with one answer that both tables of answers have in the same type and crosswalk does not call a break: the transition table (earlier answer by later) and its tests. A part that is NULL in either wave does not count. One pair: compare_panel(); one table: panel_transition_table().';
COMMENT ON COLUMN @extschema@.panel_transition.from_wave IS 'earlier wave';
COMMENT ON COLUMN @extschema@.panel_transition.to_wave IS 'later wave';
COMMENT ON COLUMN @extschema@.panel_transition.question IS 'question';
COMMENT ON COLUMN @extschema@.panel_transition.part IS 'part of the question';
COMMENT ON COLUMN @extschema@.panel_transition.question_ja IS 'wording of the question as printed';
COMMENT ON COLUMN @extschema@.panel_transition.question_en IS 'wording in English';
COMMENT ON COLUMN @extschema@.panel_transition.kind IS 'single ordinal or single nominal';
COMMENT ON COLUMN @extschema@.panel_transition.synthetic IS 'true: made-up answers are on either side';
COMMENT ON COLUMN @extschema@.panel_transition.n_both IS 'organisations that answered the part in both waves';
COMMENT ON COLUMN @extschema@.panel_transition.unchanged IS 'organisations that gave the same answer twice';
COMMENT ON COLUMN @extschema@.panel_transition.higher IS 'organisations whose later answer is higher on the scale; NULL for a nominal part';
COMMENT ON COLUMN @extschema@.panel_transition.lower IS 'organisations whose later answer is lower';
COMMENT ON COLUMN @extschema@.panel_transition.transition IS 'the earlier answer (rows) by the later (columns), for cells(), kappa() and the like';
COMMENT ON COLUMN @extschema@.panel_transition.bowker IS 'Bowkers chi-square: is each change as frequent as its reverse?';
COMMENT ON COLUMN @extschema@.panel_transition.bowker_df IS 'its degrees of freedom';
COMMENT ON COLUMN @extschema@.panel_transition.bowker_p IS 'its p-value';
COMMENT ON COLUMN @extschema@.panel_transition.stuart_maxwell IS 'Stuart and Maxwells chi-square: are the categories as frequent the second time?';
COMMENT ON COLUMN @extschema@.panel_transition.stuart_maxwell_df IS 'its degrees of freedom';
COMMENT ON COLUMN @extschema@.panel_transition.stuart_maxwell_p IS 'its p-value';
COMMENT ON COLUMN @extschema@.panel_transition.signed_rank IS 'V of Wilcoxons signed-rank test on the levels; NULL for a nominal part';
COMMENT ON COLUMN @extschema@.panel_transition.signed_rank_p IS 'its two-sided p-value, exact where that is possible';
COMMENT ON COLUMN @extschema@.panel_transition.rank_biserial IS 'matched-pairs rank-biserial correlation, -1 (all who changed went down) to 1 (all up)';
COMMENT ON COLUMN @extschema@.panel_transition.conf_low IS 'lower 95 % limit of rank_biserial';
COMMENT ON COLUMN @extschema@.panel_transition.conf_high IS 'upper 95 % limit';
COMMENT ON COLUMN @extschema@.panel_transition.flags IS 'u: fewer than 30 organisations; w: fewer than 100';
COMMENT ON COLUMN @extschema@.panel_transition.note IS 'what a reader must know';

-- Waves of the same questionnaire.

CREATE FUNCTION @extschema@.add_crosswalk(from_wave integer, to_wave integer) RETURNS bigint LANGUAGE plpgsql STRICT AS $$
#variable_conflict use_column
DECLARE
	one integer;
	added bigint;
BEGIN
	IF from_wave >= to_wave THEN
		RAISE EXCEPTION 'wave % is not before wave %', from_wave, to_wave USING ERRCODE = 'invalid_parameter_value', HINT = 'The earlier wave comes first.';
	END IF;
	FOREACH one IN ARRAY ARRAY[from_wave, to_wave] LOOP
		IF one <> 2017 AND ((SELECT relation FROM @extschema@.wave_answers(one)) IS NULL OR EXISTS (SELECT FROM @extschema@.wave w WHERE w.wave = one AND w.builtin)) THEN
			RAISE EXCEPTION 'the questionnaire of wave % is not known', one USING ERRCODE = 'invalid_parameter_value',
				HINT = 'The codebook is that of 2017, and of waves made by create_wave(). Enter into crosswalk by hand what is the same in other waves.';
		END IF;
	END LOOP;
	WITH answers AS MATERIALIZED (
		SELECT s.relation FROM unnest(ARRAY[add_crosswalk.from_wave, add_crosswalk.to_wave]) AS u(wave), LATERAL @extschema@.wave_answers(u.wave) AS s WHERE s.relation IS NOT NULL),
	common AS MATERIALIZED (
		SELECT question, part FROM answers, LATERAL @extschema@.wave_column(relation) GROUP BY question, part HAVING count(*) = (SELECT count(*) FROM answers))
	INSERT INTO @extschema@.crosswalk (from_wave, from_question, from_part, from_codes, to_wave, to_question, to_part, to_codes, relation, note)
		SELECT add_crosswalk.from_wave, o.question, o.part, ARRAY[o.code], add_crosswalk.to_wave, o.question, o.part, ARRAY[o.code], 'exact', 'same questionnaire'
		FROM @extschema@.option o JOIN common USING (question, part)
		WHERE NOT EXISTS (SELECT FROM @extschema@.crosswalk c
						  WHERE c.from_wave = add_crosswalk.from_wave AND c.to_wave = add_crosswalk.to_wave AND c.from_question = o.question AND c.from_part = o.part
							  AND (c.relation = 'break' OR cardinality(c.from_codes) = 0 OR c.from_codes = ARRAY[o.code]))
		ORDER BY o.question, o.part, o.position;
	GET DIAGNOSTICS added = ROW_COUNT;
	RETURN added;
END $$;
COMMENT ON FUNCTION @extschema@.add_crosswalk(integer, integer) IS
'Makes two waves of the same questionnaire comparable: writes an exact row into crosswalk for every option of every part that the tables of answers of both have, 2017 being the codebook itself. Options that crosswalk has already, and parts with a break, are left as they are. Gives the number of rows written; NULL for NULL; error 22023 where the earlier wave does not come first or a wave''s questionnaire is not known.';
