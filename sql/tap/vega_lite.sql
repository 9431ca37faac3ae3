-- vega_lite(): what is in the specifications.  That they are valid and what is drawn of them: tools/check_charts.
\i sql/tap/begin.psql
SELECT no_plan();

CREATE TEMP TABLE survey AS SELECT * FROM synthetic_2017;
-- The data of a specification.
CREATE FUNCTION pg_temp.data(spec jsonb) RETURNS SETOF jsonb LANGUAGE sql AS $$ SELECT jsonb_array_elements(spec -> 'data' -> 'values') $$;
-- SQLSTATE, detail and hint of the error of a query.
CREATE FUNCTION pg_temp.error(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE detail text; hint text;
BEGIN
	EXECUTE query;
	RETURN NULL;
EXCEPTION WHEN OTHERS THEN
	GET STACKED DIAGNOSTICS detail = PG_EXCEPTION_DETAIL, hint = PG_EXCEPTION_HINT;
	RETURN concat_ws(' | ', SQLSTATE, nullif(detail, ''), hint);
END $$;

-- One variable.
CREATE TEMP TABLE spec AS SELECT freq(q8_2_1) AS t, vega_lite(freq(q8_2_1), title => 'Exercises') AS bar, vega_lite(freq(q8_2_1), 'dot', conf_level => 0.9) AS dot FROM survey;
SELECT is(bar ->> '$schema', 'https://vega.github.io/schema/vega-lite/v5.json', 'the version of the language') FROM spec;
SELECT is(bar -> 'width', '"container"', 'as wide as the page') FROM spec;
SELECT is(vega_lite(t, width => 500) -> 'width', '500', 'or as asked for') FROM spec;
SELECT results_eq('SELECT d ->> ''row'', d ->> ''row_label'', (d -> ''n'')::numeric, (d -> ''percent'')::numeric FROM spec, pg_temp.data(bar) WITH ORDINALITY AS x(d, i) ORDER BY i',
	'SELECT f.category, f.label, f.n, round(f.valid_percent::numeric, 4) FROM spec, frequencies(t) AS f', 'bars: counts and percentages of frequencies(), in the order of the scale');
SELECT is(bar #> '{encoding,y,scale,domain}', '["f", "e", "d", "c", "b", "a"]', 'the order on the axis') FROM spec;
SELECT is(bar #>> '{title,text,0}', 'Exercises', 'the title') FROM spec;
SELECT is(bar #>> '{title,subtitle,0}', 'n = 187', 'n under the title') FROM spec;
SELECT is(dot #>> '{title,text,0}', 'n = 187', 'in the place of the title where there is none') FROM spec;
SELECT results_eq('SELECT d ->> ''row'', (d -> ''low'')::numeric, (d -> ''high'')::numeric FROM spec, pg_temp.data(dot) WITH ORDINALITY AS x(d, i) ORDER BY i',
	'SELECT f.category, round((100 * c.conf_low)::numeric, 4), round((100 * c.conf_high)::numeric, 4) FROM spec, frequencies(t) AS f, proportion_ci(f.n::float8, 187, conf_level => 0.9) AS c',
	'dots: intervals of proportion_ci()');
SELECT is(dot #>> '{title,text,1}', 'Lines: 90% confidence intervals (Wilson)', 'which intervals') FROM spec;
SELECT is(vega_lite(freq(x), lang => 'ja') #>> '{title,text,0}', 'n = 2、欠損: 1', 'missing answers') FROM (VALUES ('a'::cadence), ('b'), (NULL)) AS v(x);
SELECT is(array_agg(d ->> 'row' ORDER BY i), '{a,b,c,d,e,f}', 'off-scale answers stand last') FROM (SELECT vega_lite(freq(q5_2_tenure)) AS s FROM survey) AS x, pg_temp.data(s) WITH ORDINALITY AS y(d, i);
SELECT is(d ->> 'colour', '#8c8c8c', 'and are grey') FROM (SELECT vega_lite(freq(q5_2_tenure)) AS s FROM survey) AS x, pg_temp.data(s) AS d WHERE d ->> 'row' = 'f';
SELECT is(vega_lite(freq(x)) #> '{encoding,y,scale,domain}', '["y", "x", "z"]', 'names without an order: most frequent first') FROM (VALUES ('x'), ('y'), ('y'), ('z')) AS v(x);
SELECT is(vega_lite(xtab(ARRAY[1, 2], ARRAY['x', 'y'])) #> '{encoding,y,scale,domain}', '["x", "y"]', 'labels given by hand: as given');

-- Two variables.
CREATE TEMP TABLE two AS SELECT kind, t, vega_lite(t, kind, row_title => 'Size') AS s
FROM (SELECT xtab(q1_3, q5_2_proficiency) AS t FROM survey) AS x, unnest(vega_lite_kinds(t)) AS kind;
SELECT is(array_agg(kind ORDER BY kind), '{diverging,dot,grouped,heatmap,mosaic,residuals,stacked}', 'kinds for two variables') FROM two;
SELECT is(d.counts, c.counts, kind || ': the counts and percentages of cells()')
FROM two, LATERAL (SELECT jsonb_agg(jsonb_build_array(d -> 'row', d -> 'row_label', d -> 'col', d -> 'col_label', d -> 'n', (d ->> 'row_pct')::numeric) ORDER BY d ->> 'row', d ->> 'col') AS counts FROM pg_temp.data(s) AS d) AS d,
	 LATERAL (SELECT jsonb_agg(jsonb_build_array("row", row_label, col, col_label, n, round(row_pct::numeric, 4)) ORDER BY "row", col) AS counts FROM cells(t)) AS c;
SELECT is((d ->> 'residual')::numeric, round(c.residual::numeric, 4), format('mosaic: the residual of %s, %s', c."row", c.col))
FROM two, pg_temp.data(s) AS d, cells(t) AS c WHERE kind = 'mosaic' AND d ->> 'row' = c."row" AND d ->> 'col' = c.col AND c.n > 12;
SELECT is(d ->> 'shown', CASE WHEN c.adj_residual > 0 THEN '+' ELSE '' END || round(c.adj_residual::numeric, 1) || CASE WHEN c.adj_residual > 2 THEN ' ▲' WHEN c.adj_residual < -2 THEN ' ▼' ELSE '' END,
	format('residuals: %s, %s', c."row", c.col))
FROM two, pg_temp.data(s) AS d, cells(t) AS c WHERE kind = 'residuals' AND d ->> 'row' = c."row" AND d ->> 'col' = c.col AND (abs(c.adj_residual) > 2 OR c.n > 20);
SELECT is(s #> '{layer,0,encoding,color,scale,domain}', '["a", "b", "c", "d"]', 'stacked: off-scale answers last') FROM two WHERE kind = 'stacked';
SELECT is(min(d ->> 'from') || ' ' || max((d ->> 'to')::numeric), '0.0000 100.0000', 'stacked: from 0 to 100') FROM two, pg_temp.data(s) AS d WHERE kind = 'stacked' AND d ->> 'row' = 'e';
SELECT is(s #>> '{layer,0,encoding,color,scale,range,3}', '#a6a6a6', 'stacked: off-scale answers are grey') FROM two WHERE kind = 'stacked';
SELECT ok(s #>> '{encoding,y,axis,labelExpr}' LIKE '["50 or fewer (n = 2)", "50 to 100 (n = 3)", %', 'the base of each row') FROM two WHERE kind = 'stacked';
-- The share of a mosaic's tile in the area, without the gaps of 1 between strips.
SELECT is(round(((d ->> 'to')::numeric - (d ->> 'from')::numeric) / 100 * ((d ->> 'bottom')::numeric - (d ->> 'top')::numeric) / 94, 4), round(c.n / 187, 4), format('mosaic: the area of %s, %s', c."row", c.col))
FROM two, pg_temp.data(s) AS d, cells(t) AS c WHERE kind = 'mosaic' AND d ->> 'row' = c."row" AND d ->> 'col' = c.col AND c.n > 12;

-- Diverging bars, by hand: half of a middle level on either side; without a middle level zero lies between the two inner ones.
CREATE FUNCTION pg_temp.places(s jsonb) RETURNS text LANGUAGE sql AS $$
	SELECT string_agg((d ->> 'from')::numeric::float8 || '..' || (d ->> 'to')::numeric::float8, ' ' ORDER BY i) FROM pg_temp.data(s) WITH ORDINALITY AS x(d, i)
$$;
SELECT is(pg_temp.places(vega_lite(xtab(ARRAY[[10, 20, 30, 40]]), 'diverging')), '-30..-20 -20..0 0..30 30..70', 'four levels');
SELECT is(pg_temp.places(vega_lite(xtab(ARRAY[[10, 20, 40, 20, 10]]), 'diverging')), '-50..-40 -40..-20 -20..20 20..40 40..50', 'five levels');
SELECT is(pg_temp.places(s), '-20..-10 -10..10 10..30 40..90', 'three levels, and one off the scale at the side')
FROM (SELECT vega_lite(xtab('all'::text, x), 'diverging') AS s FROM (VALUES ('a'::proficiency, 1), ('b', 2), ('c', 2), ('d', 5)) AS v(x, k), generate_series(1, k)) AS y;
SELECT is(s #> '{encoding,x,axis}', '{"values": [-20, 0, 20, 40, 60, 80], "labelExpr": "datum.value > 30 ? datum.value - 40 : abs(datum.value)"}', 'both sides count from their line')
FROM (SELECT vega_lite(xtab('all'::text, x), 'diverging') AS s FROM (VALUES ('a'::proficiency, 1), ('b', 2), ('c', 2), ('d', 5)) AS v(x, k), generate_series(1, k)) AS y;

-- Dots: of two columns the last, with the interval of its share.
SELECT results_eq('SELECT d ->> ''row'', d ->> ''col_label'', (d -> ''row_pct'')::numeric, (d -> ''low'')::numeric, (d -> ''high'')::numeric FROM pg_temp.data(vega_lite(xtab(ARRAY[[30, 10], [5, 15]], ARRAY[''x'', ''y''], ARRAY[''no'', ''yes'']))) AS d',
	-- R: prop.test(10, 40, correct = FALSE), prop.test(15, 20, correct = FALSE)
	$$VALUES ('x', 'yes', 25.0, 14.1871, 40.1940), ('y', 'yes', 75.0, 53.1299, 88.8138)$$, 'Wilson''s intervals');
SELECT is(vega_lite(xtab(q1_3, q4_4_2 >= 'b'), col_title => '承認', lang => 'ja') #>> '{layer,1,encoding,x,title}', '承認: 「はい」の％', 'booleans are yes and no') FROM survey;
SELECT is(vega_lite(xtab(q1_3, q5_2_proficiency), 'dot') #> '{facet,sort}', '["a", "b", "c", "d"]', 'a panel for each of more columns') FROM survey;

-- Several answers: percent of the respondents.
CREATE TEMP TABLE sets AS SELECT freq(q5_2_implementer) AS o, xtab(q2_3, q5_2_implementer) AS gs, xtab(q5_2_implementer, q2_3) AS sg, xtab(q5_2_implementer, q5_3_implementer) AS ss FROM survey;
SELECT results_eq('SELECT d ->> ''row'', (d -> ''n'')::numeric, (d -> ''percent'')::numeric FROM sets, pg_temp.data(vega_lite(o)) AS d ORDER BY 1',
	'SELECT c.option, c.n, round(c.respondent_pct::numeric, 4) FROM sets, mr_options(o) AS c ORDER BY 1', 'bars of options');
SELECT results_eq('SELECT d ->> ''row'', d ->> ''col'', (d -> ''n'')::numeric, (d -> ''row_pct'')::numeric FROM sets, pg_temp.data(vega_lite(gs)) AS d ORDER BY 1, 2',
	'SELECT c."row", c.col, c.n, round(c.row_pct::numeric, 4) FROM sets, mr_cells(gs) AS c ORDER BY 1, 2', 'groups within options');
SELECT is(vega_lite(sg, col_title => 'Group', row_title => 'Option'), vega_lite(gs, row_title => 'Group', col_title => 'Option'), 'whichever stand in the rows') FROM sets;
SELECT results_eq('SELECT d ->> ''row'', d ->> ''col'', (d -> ''n'')::numeric, (d -> ''col_pct'')::numeric FROM sets, pg_temp.data(vega_lite(sg, ''heatmap'')) AS d ORDER BY 1, 2',
	'SELECT c."row", c.col, c.n, round(c.col_pct::numeric, 4) FROM sets, mr_cells(sg) AS c ORDER BY 1, 2', 'a heat map of options by groups: percent of the groups');
SELECT is(vega_lite_kinds(ss), '{heatmap}', 'two sets') FROM sets;
SELECT is(vega_lite(o, row_labels => ARRAY['v', 'w', 'x', 'y', 'z']) #>> '{title,text,0}', 'n = 187 respondents, several answers each', 'the base') FROM sets;
SELECT is(array_agg(d ->> 'row_label' ORDER BY d ->> 'row'), '{v,w,x,y,z}', 'labels of options') FROM sets, pg_temp.data(vega_lite(o, row_labels => ARRAY['v', 'w', 'x', 'y', 'z'])) AS d;

-- Labels, languages.
SELECT is(array_agg(d ->> 'row_label' ORDER BY i), '{three,one}', 'labels by code: c and a of three') FROM pg_temp.data(vega_lite((SELECT freq(x) FROM (VALUES ('a'), ('c'), ('c')) AS v(x)), row_labels => '{one,two,three}')) WITH ORDINALITY AS x(d, i);
SELECT is(array_agg(d ->> 'row_label' ORDER BY d ->> 'row'), '{one,two}', 'labels by place where they are as many') FROM pg_temp.data(vega_lite((SELECT freq(x) FROM (VALUES ('a'), ('c'), ('c')) AS v(x)), row_labels => '{one,two}')) AS d;
SELECT is(vega_lite(freq('aa'::text), row_labels => (SELECT array_agg(i::text) FROM generate_series(1, 30) AS i)) #>> '{data,values,0,row_label}', '27', 'aa comes after z');
SELECT is(vega_lite(freq('a'::cadence), lang => 'ja') #>> '{data,values,5,row_label}', '月に1回以上実施', 'labels of scales in Japanese');
SELECT is(vega_lite(xtab(ARRAY[[1, 2], [3, 4]]), 'stacked', 'ja') #>> '{encoding,x,title}', '行の％', 'words in Japanese');
SELECT is(vega_lite(xtab(ARRAY[[1, 2], [3, 4]], ARRAY['x', 'y'], ARRAY['v', 'w']), 'stacked', title => 'T', row_title => 'R', col_title => 'C') ->> 'description',
	'T. 100% stacked bars (R by C). n = 10. Largest: y, w: 4 (57.1%); y, v: 3 (42.9%); x, w: 2 (66.7%).', 'the chart in words');
SELECT is(vega_lite(xtab(ARRAY[[1, 2], [3, 4]], ARRAY['x', 'y'], ARRAY['v', 'w']), 'stacked', 'ja') ->> 'description',
	'100％積み上げ棒グラフ。n = 10。多い順に、y、w：4（57.1%）；y、v：3（42.9%）；x、w：2（66.7%）。', 'and in Japanese words');
SELECT is(vega_lite(freq(repeat('long ', 12)::text)) #>> '{encoding,y,axis,labelExpr}', '[["long long long long long long", "long long long long long long "]][indexof(["' || repeat('long ', 12) || '"], datum.value)]', 'long labels in lines');

-- Weights.
SELECT is(vega_lite(freq(x, w)) #>> '{title,text,0}', 'n = 4.5 (sum of weights), missing: 1.5, weight 1', 'sums of weights') FROM (VALUES ('a', 1.5), ('b', 3), (NULL, 1.5), ('c', NULL)) AS v(x, w);
SELECT is((d ->> 'n')::numeric, 3.0, 'a sum of weights') FROM (SELECT vega_lite(freq(x, w)) AS s FROM (VALUES ('a', 1.5), ('b', 3)) AS v(x, w)) AS y, pg_temp.data(s) AS d WHERE d ->> 'row' = 'b';
SELECT is(vega_lite(freq(x, w), 'dot') #>> '{title,text,1}', 'Lines: 95% confidence intervals (Wilson), weights taken as counts', 'what intervals make of weights') FROM (VALUES ('a', 1.5), ('b', 3)) AS v(x, w);

-- Nothing, and much.
SELECT is(vega_lite(NULL), NULL, 'NULL for NULL');
SELECT is(vega_lite(freq('a'::cadence), lang => NULL), NULL, 'NULL for NULL as language');
SELECT is(s #>> '{data,values,0,shown}', 'No answers', 'a table without answers says so') FROM (SELECT vega_lite(freq(NULL::cadence)) AS s) AS x;
SELECT is(s #>> '{title,text,0}', 'n = 0、欠損: 行 1', 'in Japanese too, and what is missing') FROM (SELECT vega_lite(xtab(NULL::cadence, 'x'::text), lang => 'ja') AS s) AS x;
SELECT is(count(*), 4::bigint, 'an empty row stays') FROM pg_temp.data(vega_lite(xtab(ARRAY[[1, 2], [0, 0]]), 'stacked')) AS d;
SELECT is(jsonb_array_length(s #> '{data,values}'), 40, 'forty of a thousand categories') FROM (SELECT vega_lite(freq(i::text)) AS s FROM generate_series(1, 1000) AS i, generate_series(1, CASE WHEN i > 900 THEN 2 ELSE 1 END)) AS x;
SELECT is(s #>> '{title,text,1}', 'Left out: 960 rows, n = 1,020: 941, 942, 943, 944, 945, and so on', 'which are left out') FROM (SELECT vega_lite(freq(i)) AS s FROM generate_series(1, 1000) AS i, generate_series(1, CASE WHEN i > 900 THEN 2 ELSE 1 END)) AS x;
SELECT is(s #>> '{layer,0,encoding,color,scale,domain,7}', '*', 'the rest of many columns is one') FROM (SELECT vega_lite(xtab(i % 3, (i % 20)::text), 'stacked') AS s FROM generate_series(1, 1000) AS i) AS x;
SELECT is(sum((d ->> 'row_pct')::numeric)::numeric(8, 3), 100.000, 'with which a row is whole') FROM (SELECT vega_lite(xtab(i % 3, (i % 20)::text), 'stacked') AS s FROM generate_series(1, 1000) AS i) AS x, pg_temp.data(s) AS d WHERE d ->> 'row' = '1';

-- Kinds.
SELECT is((vega_lite_kinds(t))[1], apt, 'the apt kind: ' || why)
FROM (SELECT freq('a'::cadence) AS t, 'bar' AS apt, 'one variable' AS why
	  UNION ALL SELECT xtab(ARRAY[[1, 2], [3, 4]]), 'dot', 'two columns'
	  UNION ALL SELECT xtab(ARRAY[[1, 2, 3], [3, 4, 5]]), 'stacked', 'some columns'
	  UNION ALL SELECT (SELECT xtab('x'::text, i) FROM generate_series(1, 13) AS i), 'heatmap', 'many columns'
	  UNION ALL SELECT xtab('a'::cadence, 'b'::cadence), 'heatmap', 'the same variable twice'
	  UNION ALL SELECT xtab('x'::text, '{a}'::multiselect), 'grouped', 'several answers of few groups') AS v;
SELECT is(pg_temp.error('SELECT vega_lite(xtab(ARRAY[[1,2],[3,4]], ARRAY[''x'',''y''], ARRAY[''v'',''w'']), ''diverging'')'),
	'22023 | The table has two variables: 2 rows (nominal) and 2 columns (nominal). | Kinds that fit it: dot, stacked, grouped, heatmap, residuals, mosaic.', 'a kind that does not fit');
SELECT is(pg_temp.error('SELECT vega_lite(freq(1), ''mosaic'')'), '22023 | The table has one ordinal variable. | Kinds that fit it: bar, dot.', 'nor two variables of one');
SELECT is(pg_temp.error('SELECT vega_lite(freq(1), ''pie'')'), '22023 | There is no such kind. | Kinds that fit it: bar, dot.', 'no such kind');
SELECT is(pg_temp.error('SELECT vega_lite(freq(1), lang => ''fr'')'), '22023 | Languages are en and ja.', 'another language');
SELECT is(pg_temp.error('SELECT vega_lite(freq(1), width => 100)'), '22023 | Give a width from 120 to 10000, or NULL for that of the page.', 'too narrow');
SELECT is(pg_temp.error('SELECT vega_lite(freq(1), conf_level => ' || c || ')'), '22023 | Write 0.95 for 95 %.', 'confidence level ' || c) FROM unnest('{0,1,95,''NaN''}'::text[]) AS c;

-- Colours and labels.  White on #767676 has a contrast of 4.54, on #757575 4.61 (WCAG's formula); black 4.62 and 4.55.
SELECT is(array_agg(vega_lite_ink(c) ORDER BY c), '{#ffffff,#ffffff,#000000,#000000}', 'the ink with more contrast') FROM unnest('{#000000,#757575,#767676,#ffffff}'::text[]) AS c;
SELECT is(vega_lite_mix('{#000000,#ff0080,#ffffff}', 0.25), '#800040', 'a colour between two');
SELECT is(vega_lite_spread('{1,2,3}', 2, 10), '{1.0000,3.0000,5.0000}', 'labels apart');
SELECT is(vega_lite_spread('{1,2,3}', 2, 4), '{0.0000,2.0000,4.0000}', 'and not beyond the end');
SELECT is(vega_lite_number(1234567.25), '1,234,567.3', 'a number with commas');
SELECT is(vega_lite_number(-999), '-999', 'one without');
SELECT is(wrap_text('明確に設定され、文書として存在', 14), '{明確に,設定され、,文書として存在}', 'lines of wide characters, none beginning with a comma');
SELECT is(wrap_text('インシデントハンドリング(オンサイト or アドバイス)', 30), '{インシデントハンドリング,"(オンサイト or アドバイス)"}', 'Japanese breaks before a bracket rather than inside a word');
SELECT is(wrap_text('新サービスまたはシステム等のリスク評価への関与', 30), '{新サービスまたはシステム等の,リスク評価への関与}', 'and where a word of another script begins');
SELECT is(wrap_text('インシデントハンドリング(オンサイト or アドバイス)', 16, 4), '{インシデントハン,ドリング,"(オンサイト or",アドバイス)}', 'a word longer than the line is broken, without a space at its end');
SELECT is(wrap_text('5.3 インシデントハンドリング', 20, 2), '{"5.3 インシデントハン",ドリング}', 'a number does not stand alone');
SELECT is(wrap_text('システム管理システム管理', 18, 2), '{システム管理,システム管理}', 'words whole while they fit');
SELECT is(wrap_text('システム管理システム管理', 14, 2), '{システム管理,システム管理}', 'exactly full');
SELECT is(wrap_text('承認されているシステム管理部門の業務', 20, 2), '{承認されているシステ,ム管理部門の業務}', 'a word is broken where the text would be cut otherwise');
SELECT is(wrap_text('the quick brown fox jumps', 10, 2), '{"the quick","brown f..."}', 'words, and what is left over is cut');
SELECT is(wrap_text('', 5), '{""}', 'nothing is one line');
SELECT is(pg_temp.error('SELECT wrap_text(''x'', 0)'), '22023 | Give a width from 1 to 10000 and from 1 to 1000 lines.', 'no width');

-- The same table, the same specification; nothing but the schema's address points elsewhere.
SELECT is(vega_lite(t, kind, row_title => 'Size'), s, 'the same again: ' || kind) FROM two;
SELECT is(vega_lite(freq(x), title => '', row_title => '', col_title => ''), vega_lite(freq(x)), 'an empty title is none') FROM (VALUES ('a'), ('b')) AS v(x);
SELECT is(count(*), 0::bigint, 'no address but the schema''s') FROM two WHERE (s - '$schema')::text ~ 'https?:';
SELECT is(array_agg(DISTINCT concat(p.provolatile, p.proparallel)), '{is}', 'immutable, parallel safe') FROM pg_proc AS p WHERE proname LIKE 'vega_lite%' OR proname = 'wrap_text';
SELECT * FROM finish();
ROLLBACK;
