-- The views for BI tools: plain types, an order for each label, comments, and the values of what they show.
\i sql/tap/begin.psql
SET client_min_messages = warning;
SELECT no_plan();

CREATE TEMP VIEW bi AS SELECT c.oid AS rel, c.relname AS name FROM pg_class c WHERE c.relnamespace = 'csirtsurvey'::regnamespace AND c.relname LIKE 'bi\_%' AND c.relkind = 'v';
CREATE TEMP VIEW bi_column AS SELECT b.*, a.attname AS col, a.atttypid AS type, a.attnum FROM bi b JOIN pg_attribute a ON a.attrelid = b.rel AND a.attnum > 0 AND NOT a.attisdropped;
SELECT cmp_ok((SELECT count(*) FROM bi), '>=', 25::bigint, 'there are views');
SELECT is((SELECT string_agg(format('%s.%s %s', name, col, type::regtype), ', ') FROM bi_column
	WHERE type NOT IN ('text'::regtype, 'integer'::regtype, 'float8'::regtype, 'date'::regtype, 'boolean'::regtype)), NULL, 'only plain types');
SELECT is((SELECT string_agg(name || '.' || col, ', ') FROM bi_column WHERE col !~ '^[a-z][a-z0-9_]*$'
	OR EXISTS (SELECT FROM pg_get_keywords() k WHERE k.word = col AND k.catcode IN ('R', 'T'))), NULL, 'names that need no quotes');
SELECT is((SELECT string_agg(name || '.' || col, ', ') FROM bi_column WHERE coalesce(col_description(rel, attnum), '') = ''), NULL, 'every column has a comment');
SELECT is((SELECT string_agg(name, ', ') FROM bi WHERE coalesce(obj_description(rel, 'pg_class'), '') !~ '^For BI tools: .*\.$'), NULL, 'every view has one');
-- A label stands in both languages, with a column to sort by; longer texts (description, heading) are no labels.
SELECT is((SELECT string_agg(j.name || '.' || j.col, ', ') FROM bi_column j
	WHERE j.col ~ '_(ja|en)$' AND j.col !~ '^(description|heading)_'
		AND NOT (EXISTS (SELECT FROM bi_column o WHERE o.rel = j.rel AND o.col = regexp_replace(j.col, '_(ja|en)$', '_order') AND o.type = 'integer'::regtype)
			AND EXISTS (SELECT FROM bi_column o WHERE o.rel = j.rel AND o.col = regexp_replace(j.col, '_(ja|en)$', '_ja') AND o.type = 'text'::regtype)
			AND EXISTS (SELECT FROM bi_column o WHERE o.rel = j.rel AND o.col = regexp_replace(j.col, '_(ja|en)$', '_en') AND o.type = 'text'::regtype))), NULL,
	'each label has the other language and an order');
SELECT is((SELECT string_agg(name || '.' || col, ', ') FROM bi_column WHERE col ~ '_order$' AND col_description(rel, attnum) !~ '^sorts '), NULL, 'an order says what it sorts');
-- The order gives one label, and a label one order.
DO $$
DECLARE
	c record;
	n bigint;
BEGIN
	CREATE TEMP TABLE disorder (what text);
	FOR c IN SELECT * FROM bi WHERE name <> 'bi_benchmark' LOOP
		EXECUTE format('CREATE TEMP TABLE %I AS SELECT * FROM csirtsurvey.%I', 'rows_' || c.name, c.name);
	END LOOP;
	FOR c IN SELECT o.name, o.col, regexp_replace(o.col, '_order$', '') AS stem,
					CASE WHEN o.col ~ '^(label|from_label|median|from_median)_' THEN 'concat_ws(''|'', ' || (SELECT string_agg(k.col, ', ') FROM bi_column k WHERE k.rel = o.rel AND k.col IN ('question', 'part', 'scale')) || ')'
						 WHEN o.col = 'part_order' THEN 'question' WHEN o.col = 'subgroup_order' THEN 'grouping_en' ELSE '1' END AS within
			 FROM bi_column o WHERE o.col ~ '_order$' AND o.name NOT IN ('bi_benchmark', 'bi_published', 'bi_comparison')
				AND EXISTS (SELECT FROM bi_column j WHERE j.rel = o.rel AND j.col = regexp_replace(o.col, '_order$', '_ja')) LOOP
		EXECUTE format('SELECT count(*) FROM (SELECT g, n FROM (SELECT DISTINCT %1$s AS g, %3$s AS n, %4$s, %5$s FROM rows_%2$s WHERE %3$s > 0) AS d GROUP BY 1, 2 HAVING count(*) > 1) AS x',
					   c.within, c.name, c.col, c.stem || '_ja', c.stem || '_en') INTO n;
		IF n > 0 THEN INSERT INTO disorder VALUES (c.name || '.' || c.col); END IF;
		EXECUTE format('SELECT count(*) FROM rows_%2$s WHERE (%4$s IS NULL) <> (%5$s IS NULL) OR %3$s IS NULL AND %4$s IS NOT NULL', c.within, c.name, c.col, c.stem || '_ja', c.stem || '_en') INTO n;
		IF n > 0 THEN INSERT INTO disorder VALUES (c.name || '.' || c.col || ' NULLs'); END IF;
	END LOOP;
END $$;
SELECT is((SELECT string_agg(what, ', ') FROM disorder), NULL, 'an order is of one label, and a label has one');

-- Each view has the rows of what it shows.
SELECT is((SELECT count(*) FROM bi_question), (SELECT count(*) FROM question), 'bi_question');
SELECT is((SELECT count(*) FROM bi_part), (SELECT count(*) FROM question_part), 'bi_part');
SELECT is((SELECT count(*) FROM bi_option), (SELECT count(*) FROM option), 'bi_option');
SELECT is((SELECT count(*) FROM bi_scale_level), (SELECT count(*) FROM scale_levels()), 'bi_scale_level');
SELECT is((SELECT string_agg(code, '' ORDER BY label_order) FROM bi_scale_level WHERE scale = 'tenure'), 'fabcde', 'levels from the lowest up, off-scale first');
SELECT set_eq('SELECT wave, question, part, codes, n, percent, as_printed FROM bi_published',
	'SELECT wave, question, part, array_to_string(codes, '',''), n, pct::float8, as_printed FROM published_table', 'bi_published');
SELECT set_eq('SELECT statement, item, n, recomputed, verdict_en FROM bi_statement', 'SELECT statement, item, n, recomputed::float8, verdict FROM statement_check', 'bi_statement');
SELECT is((SELECT string_agg(DISTINCT verdict_en || ' ' || verdict_ja, ', ') FROM bi_statement), 'agrees 一致, cannot be recomputed 再計算できない, disagrees 不一致', 'verdicts in both languages');
SELECT set_eq('SELECT finding_en, wave, question, part, detail_ja FROM bi_consistency', 'SELECT finding, wave, question, part, detail_ja FROM consistency_check', 'bi_consistency');
SELECT is((SELECT count(*) FROM bi_consistency WHERE finding_ja IS NULL), 0::bigint, 'findings in Japanese');
SELECT is((SELECT count(*) FROM bi_crosswalk), (SELECT count(*) FROM crosswalk), 'bi_crosswalk');
SELECT is((SELECT count(*) FROM bi_crosswalk WHERE relation_ja IS NULL), 0::bigint, 'relations in Japanese');
SELECT set_eq('SELECT from_wave, question, part, codes, from_percent, percent, difference, p_value, p_holm, note FROM bi_comparison',
	'SELECT from_wave, question, part, array_to_string(codes, '',''), from_pct, pct, difference, p_value, p_holm, note FROM wave_comparison', 'bi_comparison');
SELECT set_eq('SELECT from_wave, to_wave, question, part, superiority, p_bh, median, top_change FROM bi_shift', 'SELECT from_wave, to_wave, question, part, superiority, p_bh, median, top_change FROM wave_shift', 'bi_shift');
SELECT is((SELECT count(*) FROM rows_bi_shift WHERE median IS NOT NULL AND (median_ja IS NULL OR from_median_en IS NULL)), 0::bigint, 'medians with labels');
SELECT set_eq('SELECT question, part, n_both, bowker_p, rank_biserial FROM bi_transition', 'SELECT question, part, n_both, bowker_p, rank_biserial FROM panel_transition', 'bi_transition');
SELECT set_eq('SELECT question, part, sum(n), sum(percent) > 99.999 FROM bi_transition_cell GROUP BY 1, 2', 'SELECT question, part, n_both, true FROM panel_transition', 'the cells of a transition add up');
SELECT is((SELECT sum(n) FROM bi_transition_cell WHERE question = '4.4.2' AND from_code = code), (SELECT unchanged FROM panel_transition WHERE question = '4.4.2'), 'its diagonal is who did not change');
SELECT is((SELECT concat_ws('|', wave, title_order, fieldwork_from, fieldwork_to, population, respondents, answers, readable, synthetic) FROM bi_wave WHERE wave = 2017),
	(SELECT concat_ws('|', wave, wave, lower(fieldwork), upper(fieldwork) - 1, population, respondents, 'synthetic_2017', true, true) FROM wave WHERE wave = 2017), 'bi_wave');
SELECT is((SELECT count(DISTINCT parameter) || ' ' || count(question) FROM bi_sim3), (SELECT count(*) FROM sim3) || ' ' || (SELECT count(*) FROM sim3_question), 'bi_sim3');
SELECT set_eq('SELECT organisation, parameter, level FROM bi_sim3_level WHERE wave = 2017', 'SELECT organisation, parameter, level FROM sim3_profile(2017)', 'bi_sim3_level');
SELECT set_eq('SELECT subgroup, parameter, n, mean, top_percent FROM bi_sim3_summary WHERE wave = 2017 AND grouping_en = ''company size''',
	'SELECT subgroup, parameter, n::float8, mean, 100 * top_box FROM sim3_summary(2017, ''1.3'')', 'bi_sim3_summary');
SELECT set_eq('SELECT subgroup, area_en, level, n FROM bi_sim3_area WHERE wave = 2017 AND grouping_en = ''organisation''', 'SELECT subgroup, area, level, n::float8 FROM sim3_area(2017)', 'bi_sim3_area');
SELECT is((SELECT string_agg(DISTINCT grouping_en || ' ' || grouping_ja, ', ') FROM rows_bi_sim3_area), 'all 全体, company size 従業員数, industry 業種, organisation 組織', 'groupings');
SELECT is((SELECT string_agg(DISTINCT area_en || ' ' || area_ja, ', ') FROM rows_bi_sim3_area), 'human 人材, organisation 組織, processes プロセス, tools ツール', 'areas');
SELECT set_eq('SELECT organisation, met, below FROM bi_profile_check WHERE wave = 2017', 'SELECT organisation, met::float8, array_to_string(below, '', '') FROM profile_check(2017, ''uniform 3'')', 'bi_profile_check');
SELECT set_eq('SELECT organisation, steps FROM bi_step_up WHERE wave = 2017', 'SELECT organisation, steps FROM step_up(2017)', 'bi_step_up');
SELECT set_eq('SELECT question, level, peers, n, gap FROM bi_benchmark WHERE wave = 2017 AND organisation = ''S001''', 'SELECT question, level, peers, n::float8, gap FROM benchmark(2017, ''S001'')', 'bi_benchmark');

-- Answers: a row an organisation, part and option, whatever counts them.
SELECT set_eq('SELECT organisation, code FROM bi_answer WHERE wave = 2017 AND question = ''4.4.2''', 'SELECT organisation, q4_4_2::text FROM synthetic_2017 WHERE q4_4_2 IS NOT NULL', 'a scale');
SELECT set_eq('SELECT organisation, code FROM bi_answer WHERE wave = 2017 AND question = ''4.3.3''', 'SELECT organisation, unnest(options(q4_3_3)) FROM synthetic_2017', 'a multi-select question, a row a tick');
SELECT set_eq('SELECT organisation, answer_date, label_order FROM bi_answer WHERE wave = 2017 AND kind = ''date''', 'SELECT organisation, q3_3_2, q3_3_2 - DATE ''1970-01-01'' FROM synthetic_2017 WHERE q3_3_2 IS NOT NULL', 'a date');
SELECT is((SELECT count(*) FROM bi_answer), (SELECT sum(CASE WHEN b.kind = 'multiple' THEN (SELECT sum(s.n * cardinality(s.label::text[])) FROM unnest(row_labels(t.t), counts(t.t)) AS s(label, n)) ELSE n(t.t) END)::bigint
	FROM (SELECT * FROM tally_table('synthetic_2017') UNION ALL SELECT * FROM tally_table('synthetic_2015')) AS t JOIN codebook_column b USING (column_name)), 'every answer of both waves, and no other');
SELECT is((SELECT count(*) FROM (SELECT wave, organisation, question, part, code FROM rows_bi_answer GROUP BY 1, 2, 3, 4, 5 HAVING count(*) > 1) AS x), 0::bigint, 'each once');
SELECT is((SELECT string_agg(DISTINCT concat_ws('|', a.level, a.off_scale, a.label_ja = s.label_ja), ' ') FROM bi_answer a JOIN scale_levels('maturity') s USING (code) WHERE a.scale = 'maturity' AND a.level IS DISTINCT FROM s.level), NULL, 'levels');
SELECT is((SELECT string_agg(DISTINCT code || ' ' || coalesce(level::text, '-') || ' ' || off_scale, ', ') FROM bi_answer WHERE scale = 'tenure' AND wave = 2017), 'a 1 false, b 2 false, c 3 false, d 4 false, e 5 false, f - true', 'off-scale answers');
SELECT is((SELECT string_agg(a.industry_en || ' ' || a.industry_ja || ' ' || a.size_order, '|' ORDER BY a.organisation) FROM bi_answer a WHERE a.wave = 2017 AND a.question = '1.2'),
	(SELECT string_agg(i.label_en || ' ' || i.label_ja || ' ' || s.position, '|' ORDER BY t.organisation) FROM synthetic_2017 t JOIN option i ON i.question = '1.2' AND i.code = t.q1_2 JOIN option s ON s.question = '1.3' AND s.code = t.q1_3::text), 'industry and size beside them');
-- Tables 5.7, 5.2 and 4.5.1.1 of the report: the made-up answers hold every printed count.
SELECT set_eq('SELECT question, part, code, sum(weight), max(base)::bigint, round(sum(percent_part)::numeric, 6) FROM bi_answer WHERE wave = 2017 AND question IN (''5.7'', ''5.2'', ''4.5.1.1'') GROUP BY 1, 2, 3',
	'SELECT question, part, codes[1], n::float8, base::bigint, round(100.0 * n / base, 6) FROM published_table WHERE wave = 2017 AND question IN (''5.7'', ''5.2'', ''4.5.1.1'') AND kind = ''printed count'' AND n > 0', 'counts and percentages as printed');
-- In the order of the questionnaire without being asked for it.
SELECT is((SELECT count(*) FROM (SELECT (wave, question_order, part_order) < lag((wave, question_order, part_order)) OVER () AS back FROM bi_answer) AS x WHERE back), 0::bigint, 'rows come in order');
SELECT is((SELECT count(*) FROM (SELECT (wave, question_order, part_order, label_order) < lag((wave, question_order, part_order, label_order)) OVER () AS back FROM bi_frequency) AS x WHERE back), 0::bigint, 'those of bi_frequency too');

-- Frequency tables: as published, as counted.
SELECT set_eq('SELECT wave, question, part, code, n, base FROM bi_frequency WHERE wave = 2017 AND basis = ''printed count''',
	'SELECT wave, question, part, codes[1], n::float8, base::float8 FROM published_table WHERE wave = 2017 AND kind = ''printed count'' AND cardinality(codes) = 1 AND NOT suspect AND base > 0', 'printed counts stand before made-up answers');
-- R: prop.test(71, 187, correct = FALSE)$conf.int
SELECT ok((SELECT abs(conf_low - 31.320464729673) < 1e-9 AND abs(conf_high - 45.099753247029) < 1e-9 AND abs(valid_percent - 7100 / 187.0) < 1e-9 FROM bi_frequency WHERE wave = 2017 AND question = '4.4.2' AND code = 'a'), 'Wilson interval');
SELECT is((SELECT count(*) FROM bi_frequency WHERE kind LIKE 'single%' GROUP BY wave, question, part HAVING abs(sum(valid_percent) - 100) > 1e-9 AND sum(n) = max(base)), NULL, 'single answers add up to 100 %');

-- Maturity by industry and size adds up to the frequency tables.
SELECT set_eq('SELECT question, code, sum(n)::float8 FROM bi_maturity WHERE wave = 2017 GROUP BY 1, 2', 'SELECT question, code, n FROM bi_frequency WHERE wave = 2017 AND scale = ''maturity''', 'bi_maturity adds up');
SELECT is((SELECT round((sum(level_sum) / sum(n))::numeric, 10) || ' ' || sum(n_top) FROM bi_maturity WHERE wave = 2017 AND question = '4.4.2'),
	(SELECT round(avg(q4_4_2::float8)::numeric, 10) || ' ' || count(*) FILTER (WHERE q4_4_2 >= 'b') FROM synthetic_2017), 'mean and top box from it');
SELECT is((SELECT count(*) FROM bi_maturity WHERE industry_code = 'jj' AND wave = 2017 AND question = '4.4.2' AND size_code = 'g' AND code = 'a' AND n = (SELECT count(*) FROM synthetic_2017 WHERE q1_2 = 'jj' AND q1_3 = 'g' AND q4_4_2 = 'a')), 1::bigint, 'a cell');

-- A wave of one's own appears everywhere, with ticks none, a bad code and no industry; and is gone when it is dropped.
SELECT create_wave(2101, table_schema => 'public');
SELECT is((SELECT count(*) FROM bi_answer WHERE wave = 2101), 0::bigint, 'a new wave without answers');
INSERT INTO wave_2101 (organisation, q1_2, q1_3, q4_4_2, q4_3_3) VALUES ('甲', 'w', 'a', 'a', '{a,b}'), ('乙', 'w', 'b', 'b', '{}'), ('丙', NULL, NULL, NULL, NULL);
SELECT results_eq('SELECT organisation, industry_ja, size_en, code, label_en, level, base, weight, synthetic FROM bi_answer WHERE wave = 2101 AND question = ''4.4.2'' ORDER BY label_order',
	$$VALUES ('甲', '銀行', '50 or fewer', 'a', (SELECT label_en FROM option WHERE question = '4.4.2' AND code = 'a'), 4, 2, 1::float8, false), ('乙', '銀行', '50 to 100', 'b', (SELECT label_en FROM option WHERE question = '4.4.2' AND code = 'b'), 3, 2, 1, false)$$, 'answers of a wave made later');
SELECT results_eq('SELECT organisation, code, base, percent_part FROM bi_answer WHERE wave = 2101 AND question = ''4.3.3''', $$VALUES ('甲', 'a', 2, 50::float8), ('甲', 'b', 2, 50)$$, 'who ticked nothing counts in the base');
SELECT results_eq('SELECT code, n, base, missing, round(percent::numeric, 2), valid_percent, basis, synthetic FROM bi_frequency WHERE wave = 2101 AND question = ''4.3.3'' AND n > 0',
	$$VALUES ('a', 1::float8, 2::float8, 1::float8, 33.33, 50::float8, 'answers', false), ('b', 1, 2, 1, 33.33, 50, 'answers', false)$$, 'its frequency table');
SELECT results_eq('SELECT code, n, valid_percent, cum_percent FROM bi_frequency WHERE wave = 2101 AND question = ''4.4.2''',
	$$VALUES ('a', 1::float8, 50::float8, 100::float8), ('b', 1, 50, 50), ('c', 0, 0, 0), ('d', 0, 0, 0), ('e', 0, 0, 0)$$, 'with options that nobody chose');
SELECT results_eq('SELECT organisation, industry_ja, size_order FROM bi_organisation WHERE wave = 2101 ORDER BY organisation', $$VALUES ('丙', NULL::text, NULL::integer), ('乙', '銀行', 2), ('甲', '銀行', 1)$$, 'its organisations');
SELECT is((SELECT count(*) FROM bi_sim3_level WHERE wave = 2101 AND level IS NOT NULL), 2::bigint, 'its maturity');
SELECT is((SELECT answers || ' ' || readable FROM bi_wave WHERE wave = 2101), 'wave_2101 true', 'named in bi_wave');
ALTER TABLE wave_2101 DROP COLUMN q1_2;
ALTER TABLE wave_2101 DROP COLUMN q1_3;
SELECT results_eq('SELECT organisation, industry_ja, size_ja, code FROM bi_answer WHERE wave = 2101 AND question = ''4.4.2'' ORDER BY code', $$VALUES ('甲', NULL, NULL, 'a'), ('乙', NULL, NULL, 'b')$$, 'a table without industry and size');
SELECT lives_ok(format('SELECT * FROM csirtsurvey.%I WHERE wave IN (2101)', name), 'still readable: ' || name) FROM bi_column WHERE col = 'wave';
-- Who may not read it sees the rest.
CREATE ROLE bi_reader;
SET ROLE bi_reader;
SELECT is((SELECT string_agg(DISTINCT wave::text, ' ') FROM bi_answer WHERE question = '4.4.2'), '2015 2017', 'a reader without the right does not see the wave');
SELECT is((SELECT string_agg(wave || ' ' || readable, ', ') FROM bi_wave), '2015 true, 2017 true, 2101 false', 'and is told so');
SELECT lives_ok('SELECT * FROM bi_frequency', 'nor does bi_frequency fail');
SELECT lives_ok('SELECT * FROM bi_shift', 'nor bi_shift');
SELECT is((SELECT count(*) FROM bi_trend), 0::bigint, 'nor bi_trend, which is empty');
RESET ROLE;
GRANT SELECT ON wave_2101 TO bi_reader;
SET ROLE bi_reader;
SELECT is((SELECT count(*) FROM bi_answer WHERE wave = 2101 AND question = '4.4.2'), 2::bigint, 'with the right he does');
RESET ROLE;
-- Nothing on the search_path is needed.
SET search_path = public;
SELECT lives_ok(format('SELECT * FROM csirtsurvey.%I LIMIT 5', relname), 'without search_path: ' || relname) FROM pg_class WHERE relnamespace = 'csirtsurvey'::regnamespace AND relname LIKE 'bi\_%' AND relkind = 'v';
SET search_path = csirtsurvey, public;
DROP TABLE wave_2101;
SELECT is((SELECT count(*) FROM bi_answer WHERE wave = 2101), 0::bigint, 'a table that was dropped');

-- Three waves make a trend, a row a wave.
SELECT create_wave(2102, table_schema => 'public', synthetic => true);
INSERT INTO wave_2102 SELECT * FROM synthetic_2017;
CREATE TEMP TABLE trend AS SELECT * FROM bi_trend;
SELECT set_eq('SELECT DISTINCT question, part, code, wave, percent, p_value FROM trend WHERE question IN (''4.4.2'', ''5.7'')',
	'SELECT question, part, codes[1], u.wave, u.pct, p_value FROM wave_trend t, unnest(t.waves, t.pct) AS u(wave, pct) WHERE question IN (''4.4.2'', ''5.7'')', 'bi_trend');
SELECT cmp_ok((SELECT count(*) FROM trend), '>', 0::bigint, 'which has rows then');
-- Dates: in one form whatever the session's, and none that a driver has no value for.
SELECT create_wave(2033) AS dated \gset
INSERT INTO :dated (organisation, q3_3_2) VALUES ('1', '-infinity'), ('2', '2011-04-01'), ('3', '2012-12-31'), ('4', 'infinity');
SET datestyle = 'SQL, DMY';
CREATE TEMP TABLE dated AS SELECT * FROM bi_answer WHERE wave = 2033;
RESET datestyle;
SELECT is((SELECT string_agg(concat_ws(' ', organisation, code, answer_date), ', ' ORDER BY label_order) FROM dated),
	'1 -infinity, 2 2011-04-01 2011-04-01, 3 2012-12-31 2012-12-31, 4 infinity', 'dates of answers');
UPDATE wave SET fieldwork = '(-infinity,2033-02-01)' WHERE wave = 2033;
SELECT is((SELECT concat_ws(' ', 'from', fieldwork_from, 'to', fieldwork_to) FROM bi_wave WHERE wave = 2033), 'from to 2033-01-31', 'fieldwork without a beginning');
UPDATE wave SET fieldwork = '[2033-01-01,infinity)' WHERE wave = 2033;
SELECT is((SELECT concat_ws(' ', 'from', fieldwork_from, 'to', fieldwork_to) FROM bi_wave WHERE wave = 2033), 'from 2033-01-01 to', 'and without an end');
SELECT is((SELECT string_agg(label || ' ' || n, ', ' ORDER BY label) FROM report_figures(2033, 'en') WHERE question = '3.3.2' AND n > 0),
	'-infinity 1, 2011 1, 2012 1, infinity 1', 'dates by year in a report');
-- A table without its column organisation is left out, and the rest is shown.
ALTER TABLE :dated RENAME COLUMN organisation TO team;
SELECT is_empty('SELECT FROM bi_organisation WHERE wave = 2033', 'no organisations without their column');
SELECT cmp_ok((SELECT count(*) FROM bi_sim3_summary WHERE grouping_en = 'all'), '>', 0::bigint, 'and the views of SIM3 show the other waves');
SELECT * FROM finish();
ROLLBACK;
