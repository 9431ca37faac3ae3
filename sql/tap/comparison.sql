-- Waves compared: three little waves whose organisations overlap, the published ones of 2015 and 2017, and tables that lack things.
-- Expected values are R 4.2's, from the strings of answers below (a letter an organisation, - for none); the calls are named where they stand.
\i sql/tap/begin.psql
\pset fieldsep '\n'
SET client_min_messages = warning;
SELECT no_plan();

-- Numbers agree to 1e-9 of their size.
CREATE FUNCTION near(got float8[], want float8[], name text) RETURNS text LANGUAGE sql AS $$
	SELECT ok(coalesce(cardinality(got) = cardinality(want) AND (SELECT bool_and(coalesce(abs(g - w) <= 1e-9 * greatest(1, abs(w)), g IS NULL AND w IS NULL)) FROM unnest(got, want) AS u(g, w)), false),
			  name || CASE WHEN got IS DISTINCT FROM want THEN format(' (got %s, want %s)', got, want) ELSE '' END)
$$;

/*
 * Organisations 1 to 40 answer in 2019, 11 to 60 in 2021, 31 to 80 in 2023.  Sets: 1 = a, 2 = b, 4 = c and their sums, 8 = f.
 */
SELECT create_wave(2019), create_wave(2021, 2019), create_wave(2023, 2019);
CREATE FUNCTION fill(target regclass, first integer, maturity text, tenure text, department text, schemes text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE format('INSERT INTO %s (organisation, q4_4_2, q5_2_tenure, q4_1_1, q4_3_3)
		SELECT ''O'' || $1 + i - 1, nullif(substr($2, i, 1), ''-'')::maturity, substr($3, i, 1)::tenure, substr($4, i, 1),
			   CASE substr($5, i, 1) WHEN ''-'' THEN NULL WHEN ''8'' THEN ''{f}''
					ELSE ''{'' || concat_ws('','', CASE WHEN b & 1 > 0 THEN ''a'' END, CASE WHEN b & 2 > 0 THEN ''b'' END, CASE WHEN b & 4 > 0 THEN ''c'' END) || ''}'' END::multiselect
		FROM generate_series(1, length($2)) AS i, LATERAL (SELECT translate(substr($5, i, 1), ''-8'', ''00'')::integer AS b) AS x', target) USING first, maturity, tenure, department, schemes;
END $$;
SELECT fill('wave_2019', 1, 'bb-eddedbbaecbedabdcbdabbedeeebacdeeeacc',
	'beefbdfabaebbcfefaacbacaffacfdcbdeffaecb', 'ahhahahhhhahbabbaaaaaaabaaabaabahhahhbab',
	'1151751025351371-70253358-851111-7122858');
SELECT fill('wave_2021', 11, 'bbba-caedddadaeeddebcaaadedaccbeaebbbbaaabaaaebbbb',
	'dcbcabcdccbcbeafcabdeabcfabececbdccecbcbdcdddccafc', 'ahbaababahaaabaaabaaaahhahababbhbbaahbaaaaabhhbhhh',
	'3525711782533555858118371211377-13510828110132-022');
SELECT fill('wave_2023', 31, 'baabeeeaabcdaabaaaadaddbadabeacdbdaeaeaeadbecadcc-',
	'cdecdfccdebfbcbaccdfecbeddceabdebadfcceabbefefccbf', 'hbaaabaaaaaahahaaaaaahhhbaahahaaaaahhhabhbbabaaabb',
	'38331077851511102-113375-8171277583518131173835508');

-- Tables of a wave, and counts of codes.
SELECT is((SELECT string_agg(concat_ws(' ', part, kind, n(t), base, basis, synthetic), '; ' ORDER BY question) FROM wave_figures(2021)),
	'answer single nominal 50 50 answers f; answer multiple 48 48 answers f; answer single ordinal 49 49 answers f; tenure single ordinal 50 50 answers f', 'answers counted, the missing ones apart');
SELECT is((SELECT counts(t) FROM wave_figures(2017) WHERE question = '4.4.2'), '{6,25,15,70,71}', 'published counts as a table of their scale');
SELECT is((SELECT ROW(base, n(t), basis)::text FROM wave_figures(2017) WHERE question = '7.7' AND part = 'tenure'), '(187,169,"printed count")', 'published answers may be fewer than the base');
SELECT is(count_any(freq(x::multiselect), '{a,b}'), 3::float8, 'count_any counts each selection once') FROM unnest(ARRAY['{a,b}', '{b}', '{c}', '{}', '{a,c}', NULL]) AS u(x);
SELECT is(count_any(freq(x), '{a,b}'), 2::float8, 'and codes of one answer') FROM unnest(ARRAY['a', 'b', 'c', NULL]) AS u(x);
SELECT is(count_any(xtab(ARRAY[[1,2],[3,4]]), '{1}'), NULL, 'a two-way table has no such count');
SELECT is(published_figure(2017, '4.4.2', 'answer', '{a,b}')::text, '(141,187,75.40106951871658,,,"printed count",)', 'single answers are added up');
SELECT is((SELECT ROW(round(low * 1.87), round(high * 1.87), n)::text FROM published_figure(2017, '5.6', 'implementer', '{b,a}')), '(70,112,)', 'the net of a multiple answer has bounds');
SELECT is((SELECT ROW(round(low * 1.87), round(high * 1.87))::text FROM published_figure(2017, '5.6', 'implementer', '{a,b,d}')), '(118,160)', 'the exclusive option adds 48 to both bounds');
SELECT is((SELECT n FROM published_figure(2017, '5.6', 'implementer', '{a,d}')), 118::float8, 'the exclusive option and one more: 70 + 48');
SELECT is((SELECT n FROM published_figure(2017, '4.2.3', 'answer', '{a}')), NULL, 'a suspect figure is none');

-- 2015 against 2017, as published.
SELECT is((SELECT string_agg(format('%s %s %s-%s %s', question, from_pct, round(bound_low::numeric, 1), round(bound_high::numeric, 1), verdict), '; ' ORDER BY question)
		   FROM wave_comparison WHERE relation = 'recoded' AND to_wave = 2017),
	'5.6 42 37.4-59.9 undecided; 5.7 54 66.3-88.2 higher; 6.7 83 88.2-97.3 higher', 'in-house: bounds of 2017 against the share of 2015');
SELECT is((SELECT ROW(flags, difference, p_value, n, from_n)::text FROM wave_comparison WHERE relation = 'break' AND to_wave = 2017), '("w,b",,,92,23)', 'a break is shown and not compared');
-- prop.test(c(32, 91), c(66, 187), correct = FALSE) and so on; p.adjust(); Newcombe's interval from prop.test's of each wave
SELECT near(array_agg(p_value ORDER BY question, codes), '{0.980127107211974,0.319249300280516,0.845075376289671,0.45782849990675}', '2015 and 2017: p'),
	   near(array_agg(p_holm ORDER BY question, codes), '{1,1,1,1}', 'Holm'),
	   near(array_agg(p_bh ORDER BY question, codes), '{0.980127107211974,0.9156569998135,0.980127107211974,0.9156569998135}', 'BH'),
	   is(min(covers), '4 tested rows of 2015 and 2017', 'the family is named'), is(bool_and(note LIKE 'independence assumed%'), true, 'independence is assumed and said'),
	   is(string_agg(from_basis || ' - ' || basis, '; ' ORDER BY question, codes), 'chart value from the press - chart value from the press; chart value from the press - chart value from the press; chart value from the press - printed percentage; chart value from the press - printed percentage', 'what each rests on')
FROM wave_comparison WHERE from_wave = 2015 AND to_wave = 2017 AND p_value IS NOT NULL AND NOT synthetic;
SELECT near(ARRAY[difference, conf_low, conf_high, statistic], '{-6.77361853832442,-20.3829614031022,6.17861043438291,0.992019463927379}', 'a difference in points') FROM wave_comparison WHERE from_wave = 2015 AND question = '4.1.1' AND codes = '{h}';

-- Waves with ids: whole questions, single options, a net.
INSERT INTO crosswalk (from_wave, from_question, from_part, from_codes, to_wave, to_question, to_part, to_codes, relation)
	SELECT 2019, q, 'answer', c::text[], 2021, q, 'answer', c::text[], r
	FROM (VALUES ('4.4.2', '{}', 'exact'), ('4.1.1', '{}', 'exact'), ('4.3.3', '{a}', 'exact'), ('4.3.3', '{b}', 'exact'), ('4.3.3', '{c}', 'exact'), ('4.3.3', '{f}', 'exact'), ('4.3.3', '{a,b}', 'recoded'),
		  ('4.4.3', '{}', 'break')) AS v(q, c, r);
CREATE TEMP TABLE compared AS SELECT * FROM compare_waves(2019, 2021);
SELECT is((SELECT count(*) FROM compared WHERE question = '4.4.2') || '/' || (SELECT count(*) FROM compared WHERE question = '4.1.1'), '5/10', 'a row for a whole question stands for its options');
-- x, n of both waves and those in both, by hand from the strings; difference, limits, z and p by the vectors of zeros and ones as in test_overlap.c
SELECT near(ARRAY[c.from_n, c.from_base, c.n, c.base, c.n_both, c.difference, c.conf_low, c.conf_high, c.statistic, c.p_value], v.want, '2019 and 2021: ' || v.question || ' ' || v.codes)
FROM (VALUES ('4.4.2', '{a}', '{5,39,15,49,29,17.7917320774464,2.0352386640373,31.9913398387945,2.2142997507405,0.0268081657662}'::float8[]),
			 ('4.4.2', '{e}', '{11,39,8,49,29,-11.878597592883,-27.691693072307,3.367313646976,-1.505888658493,0.132095758510}'),
			 ('4.1.1', '{b}', '{8,40,13,50,30,6,-7.139402777805,18.111548489695,0.935637043227,0.349460095287}'),
			 ('4.3.3', '{b}', '{12,37,19,48,27,7.150900900901,-8.920681472242,22.018080976001,0.868309879832,0.385224715003}'),
			 ('4.3.3', '{f}', '{4,37,6,48,27,1.6891891891892,-13.2483843204118,15.0771423402351,0.2498601569095,0.8026954962531}'),
			 ('4.3.3', '{a,b}', '{31,37,39,48,27,-2.533783783784,-16.619491441054,12.976283379351,-0.342261943221,0.732153772864}')) AS v(question, codes, want)
	 JOIN compared c ON c.question = v.question AND c.codes = v.codes::text[];
-- p.adjust(p, "holm") and p.adjust(p, "BH") over the 13 p-values
SELECT near(ARRAY[p_holm, p_bh], want::float8[], 'adjusted: ' || c.question || ' ' || v.codes)
FROM (VALUES ('4.4.2', '{a}', '{0.348506154961,0.348506154961}'), ('4.4.2', '{e}', '{1,0.778626453759}'), ('4.4.2', '{b}', '{1,0.869586787608}'), ('4.4.2', '{d}', '{1,0.864596196873}')) AS v(question, codes, want)
	 JOIN compared c ON c.question = v.question AND c.codes = v.codes::text[];
SELECT is((SELECT DISTINCT covers FROM compared WHERE p_value IS NOT NULL), '13 tested rows of 2019 and 2021', 'options that nobody gave are not tested');
SELECT is((SELECT string_agg(DISTINCT method, '; ') FROM compared), 'z-test of overlapping samples', 'the test is named');
SELECT ok((SELECT note LIKE 'overlap of 29, correlation of the percentages 0.22%' FROM compared WHERE question = '4.4.2' AND codes = '{a}'), 'and the overlap in the note');
SELECT is((SELECT string_agg(DISTINCT flags, '; ' ORDER BY flags) FROM compared WHERE relation <> 'break'), 'w', 'bases under 100');
SELECT is((SELECT ROW(codes, flags, note)::text FROM compared WHERE question = '4.4.3'), '({},b,"not comparable")', 'a whole question that is a break has one row');
SELECT is((SELECT ROW(p_value, conf_low IS NOT NULL, note)::text FROM compared WHERE question = '4.1.1' AND codes = '{c}'), '(,t,"overlap of 30, correlation of the percentages 0.00; nobody answers otherwise: there is nothing to test")', 'nothing to test');
SELECT is((SELECT count(*) FROM wave_comparison WHERE from_wave = 2019), (SELECT count(*) FROM compared), 'the view has the rows of every pair');

-- A crosswalk for waves of one questionnaire.
SELECT is(add_crosswalk(2021, 2023), (SELECT count(*) FROM option), 'a row for every option');
SELECT is(add_crosswalk(2021, 2023), 0::bigint, 'none a second time');
SELECT is(add_crosswalk(2019, 2021), (SELECT count(*) FROM option WHERE question NOT IN ('4.4.2', '4.1.1', '4.4.3') AND NOT (question = '4.3.3' AND code IN ('a', 'b', 'c', 'f'))), 'what is there stays, breaks too');
SELECT is(add_crosswalk(2017, 2019), (SELECT count(*) FROM option), '2017 is the codebook');
SELECT throws_ok('SELECT add_crosswalk(2015, 2019)', '22023', NULL, 'the questionnaire of 2015 is not known');
SELECT throws_ok('SELECT add_crosswalk(2021, 2019)', '22023', NULL, 'the earlier wave comes first');
SELECT throws_ok('SELECT add_crosswalk(2019, 2101)', '22023', NULL, 'no such wave');
-- a published wave and one with answers: prop.test(c(71, 5), c(187, 39), correct = FALSE)
SELECT near(ARRAY[from_n, from_base, n, base, difference, conf_low, conf_high, statistic, p_value], '{71,187,5,39,-25.1474016179899,-35.2942360995838,-9.75298005320019,9.14315404581659,0.00249650377837156}', '2017 printed, 2019 answers'),
	   is(concat_ws(' | ', from_basis, basis, method, n_both::text, note), 'printed count | answers | Pearson chi-square test | independence assumed; same questionnaire', 'and what they rest on')
FROM compare_waves(2017, 2019) WHERE question = '4.4.2' AND codes = '{a}';

-- Scales: coin's wilcox_test(distribution = "exact"); W of wilcox.test over the pairs; medians and shares by hand.
SELECT near(ARRAY[from_n, n, superiority, p_value, median_change, from_top_pct, top_pct, top_change], '{39,49,0.629774986917844,0.0323798400854281,1,38.4615384615385,59.1836734693878,20.7221350078493}', 'wave_shift of 4.4.2'),
	   is(concat_ws(' ', from_median, median, top_codes::text, flags), 'c b {b,a} w', 'medians and top box')
FROM wave_shift WHERE from_wave = 2019 AND to_wave = 2021 AND question = '4.4.2';
SELECT near(ARRAY[from_n, n, superiority, p_value, from_top_pct, top_pct], '{31,47,0.558682223747426,0.372483313888657,29.0322580645161,27.6595744680851}', 'wave_shift leaves "not done" out'), is(top_codes, '{d,e}', 'top box in the order of the scale')
FROM wave_shift WHERE from_wave = 2019 AND to_wave = 2021 AND question = '5.2' AND part = 'tenure';
SELECT near(ARRAY[from_n, n, superiority, p_value, median_change], '{187,39,0.266145619086796,8.59750517259982e-07,-1}', 'wave_shift of published counts'), is(from_basis || ' ' || basis, 'printed count answers', 'and says so')
FROM wave_shift WHERE from_wave = 2017 AND to_wave = 2019 AND question = '4.4.2';
-- p.adjust of the two p-values
SELECT near(array_agg(p_holm ORDER BY question), '{0.0647596801708562,0.372483313888657}', 'Holm over both scales'), is(min(covers), '2 tested parts of 2019 and 2021', 'the family is named') FROM wave_shift WHERE from_wave = 2019 AND to_wave = 2021;

-- Trends: z of cor.test(year, level, method = "kendall", exact = FALSE), which is Jonckheere's; prop.trend.test(x, n, year); lm(x/n ~ year, weights = n).
SELECT near(ARRAY[statistic, p_value, estimate], '{-3.21271021869173,0.00131488882854727,0.415583192010552}', 'Jonckheere'), is(concat_ws(' ', waves, base, basis), '{2017,2019,2021,2023} {187,39,49,49} {"printed count",answers,answers,answers}', 'its waves')
FROM wave_trend WHERE question = '4.4.2' AND codes IS NULL;
SELECT near(array_agg(x ORDER BY codes, i), '{0.203980627773846,0.651526802892165,-0.517460684551433,8.15421450726456,0.00429612037826248,-3.2088344125807}', 'Cochran and Armitage')
FROM wave_trend, unnest(ARRAY[statistic, p_value, estimate]) WITH ORDINALITY AS u(x, i) WHERE question = '4.4.2' AND codes IN ('{a}', '{b}');
SELECT is(concat_ws(' ', waves, n, base), '{2015,2017,2019,2021,2023} {32,91,20,25,29} {66,187,40,50,50}', 'published figures of single options take part') FROM wave_trend WHERE question = '4.1.1' AND codes = '{a}';
SELECT is((SELECT count(*) FROM wave_trend WHERE question = '4.3.3' AND synthetic), 0::bigint, 'answers of three waves need no made-up ones');

-- The panel: table() by hand; Bowker as the sum of (up - down)^2/(up + down); coin's mh_test; coin's wilcoxsign_test(zero.method = "Wilcoxon", distribution = "exact").
SELECT near(ARRAY[n_both, unchanged, higher, lower, bowker, bowker_df, bowker_p, stuart_maxwell, stuart_maxwell_df, stuart_maxwell_p, signed_rank, signed_rank_p, rank_biserial],
			'{29,10,12,7,5.66666666666667,8,0.684512995202755,4.05157131345689,4,0.399071421150069,114,0.457233428955078,0.2}', 'panel_transition of a scale'),
	   is(counts(transition)::text, '{{3,3,0,2,0},{0,2,1,0,2},{0,1,2,1,1},{2,1,1,0,2},{0,1,0,1,3}}', 'its table')
FROM panel_transition WHERE from_wave = 2019 AND to_wave = 2021 AND question = '4.4.2';
SELECT near(ARRAY[n_both, unchanged, higher, bowker, bowker_df, bowker_p, stuart_maxwell, stuart_maxwell_df, stuart_maxwell_p, signed_rank], '{30,25,NULL,0.333333333333333,2,0.846481724890614,0.333333333333333,2,0.846481724890614,NULL}', 'of a nominal part')
FROM panel_transition WHERE from_wave = 2019 AND to_wave = 2021 AND question = '4.1.1';
SELECT near(ARRAY[n_both, unchanged, higher, lower, bowker, bowker_df, signed_rank, signed_rank_p], '{30,9,9,7,10,12,86,0.3741455078125}', 'of a scale with answers off it')
FROM panel_transition WHERE from_wave = 2019 AND to_wave = 2021 AND question = '5.2';
SELECT is((SELECT sum(n) FROM cells(panel_transition_table(2019, 2021, '4.4.2')) WHERE "row" = 'e' AND col = 'b'), 2::numeric, 'panel_transition_table');
SELECT is(n(panel_transition_table(2019, 2021, '4.3.3')), 27::float8, 'also of multi-select answers');
SELECT throws_ok('SELECT panel_transition_table(2019, 2101, ''4.4.2'')', '42P01', NULL, 'a wave without answers');
SELECT throws_ok('SELECT panel_transition_table(2019, 2021, ''9.9'')', '42703', NULL, 'no such question');

-- A table of one's own that lacks columns, and whose organisations are others: prop.test(c(19, 5), c(49, 39), correct = FALSE).
INSERT INTO wave (wave) VALUES (2025), (2027), (2029), (2031), (2033), (2035);
CREATE VIEW public.others AS SELECT 'X' || organisation AS organisation, q4_4_2::text, q4_3_3::text FROM wave_2023;
CREATE TABLE public.nameless AS SELECT q4_4_2, q4_1_1 FROM wave_2019;
CREATE TABLE public.doubled AS SELECT organisation, q4_4_2, q4_1_1 FROM wave_2021 UNION ALL SELECT organisation, q4_4_2, q4_1_1 FROM wave_2021;
CREATE TABLE public.texts AS SELECT organisation, q4_4_2::text FROM wave_2023;
CREATE TABLE public.bare AS SELECT organisation, q4_4_2, q4_1_1 FROM wave_2019 WHERE false;
INSERT INTO wave_table (wave, table_schema, table_name) VALUES (2025, 'public', 'others'), (2027, 'public', 'nameless'), (2029, 'public', 'doubled'), (2031, 'public', 'bare'), (2033, 'public', 'gone'), (2035, 'public', 'texts');
INSERT INTO crosswalk (from_wave, from_question, from_part, from_codes, to_wave, to_question, to_part, to_codes, relation)
	SELECT 2019, q, 'answer', '{}', w, q, 'answer', '{}', 'exact' FROM unnest('{2025,2027,2029,2031,2033}'::int[]) AS w, unnest('{4.4.2,4.1.1,4.3.3}'::text[]) AS q;
SELECT near(ARRAY[difference, conf_low, conf_high, statistic, p_value, n_both], '{25.9549973835688,7.37447928787114,41.6869177284644,7.3755450898308,0.00661167477026392,0}', 'no organisation in both: Pearson''s chi-square and Newcombe'),
	   is(note, 'no organisation is in both', 'and the note says so')
FROM wave_comparison WHERE from_wave = 2019 AND to_wave = 2025 AND question = '4.4.2' AND codes = '{a}';
-- fisher.test(matrix(c(5, 44, 5, 34), 2, byrow = TRUE)): 5 of 39 and 5 of 49 answer c
SELECT near(ARRAY[from_n, from_base, n, base, statistic, p_value], '{5,39,5,49,NULL,0.745177782440994}', 'a small expected count'), is(method, 'Fisher''s exact test', 'has Fisher''s test') FROM compare_waves(2019, 2025) WHERE question = '4.4.2' AND codes = '{c}';
SELECT is((SELECT ROW(count(*), count(p_value), min(note))::text FROM compare_waves(2019, 2025) WHERE question = '4.1.1'), '(10,0,"no figure of 2025")', 'a column that is not there is a figure less');
SELECT is((SELECT DISTINCT note FROM compare_waves(2019, 2025) WHERE question = '4.3.3'), 'no figure of 2025', 'sets as text are not counted');
SELECT is((SELECT ROW(n_both, higher, signed_rank)::text FROM panel_transition WHERE from_wave = 2025 AND to_wave = 2035), NULL, 'no organisation in both, no panel');
SELECT near(ARRAY[from_n, n, difference], '{5,5,0}', 'answers without organisations'), is(note, 'independence assumed', 'are taken as independent') FROM compare_waves(2019, 2027) WHERE question = '4.4.2' AND codes = '{a}';
SELECT near(ARRAY[n, base, n_both], '{30,98,29}', 'organisations that stand twice are in both once') FROM compare_waves(2019, 2029) WHERE question = '4.4.2' AND codes = '{a}';
SELECT is((SELECT ROW(count(*), count(p_value), min(note))::text FROM wave_comparison WHERE from_wave = 2019 AND to_wave = w), format('(22,0,"no figure of %s")', w), n)
FROM (VALUES (2031, 'an empty table'), (2033, 'a table that is gone')) AS v(w, n);
SELECT lives_ok(format('SELECT count(*) FROM %s', v), v || ' over all of these') FROM unnest('{wave_comparison,wave_shift,wave_trend,panel_transition,wave_pair}'::text[]) AS v;
SELECT is((SELECT string_agg(from_wave || '-' || to_wave || ' ' || question, ', ' ORDER BY from_wave, to_wave, question) FROM panel_transition WHERE to_wave IN (2025, 2027, 2031, 2033)), NULL, 'no panel without organisations');
CREATE TABLE public.more_texts AS SELECT * FROM texts;
INSERT INTO wave (wave) VALUES (2037);
INSERT INTO wave_table (wave, table_schema, table_name) VALUES (2037, 'public', 'more_texts');
SELECT is((SELECT ROW(n_both, unchanged, higher, signed_rank, note)::text FROM panel_transition WHERE from_wave = 2035 AND to_wave = 2037), '(49,49,,,"nobody changed")', 'a scale as text has no order');
-- made-up answers are called so, and what was published goes before them
UPDATE wave SET synthetic = true WHERE wave = 2023;
SELECT is((SELECT ROW(basis, synthetic, covers LIKE '%made-up answers')::text FROM compare_waves(2021, 2023) WHERE question = '4.4.2' AND codes = '{a}'), '("synthetic answers",t,t)', 'made-up answers');
INSERT INTO published_count (wave, question, part, codes, n, kind, as_printed, source) VALUES (2023, '4.4.2', 'answer', '{a}', 7, 'printed count', '7', 'test');
UPDATE wave SET respondents = 20 WHERE wave = 2023;
SELECT is((SELECT ROW(basis, n, base, synthetic, flags)::text FROM compare_waves(2021, 2023) WHERE question = '4.4.2' AND codes = '{a}'), '("printed count",7,20,f,u)', 'a published count goes before them');
SELECT is((SELECT ROW(waves, synthetic)::text FROM wave_trend WHERE question = '4.4.2' AND codes IS NULL), '("{2017,2019,2021,2027,2029}",f)', 'a trend leaves them out where three waves have other figures');
SELECT is((SELECT count(*) FROM wave_comparison WHERE NOT synthetic AND (from_basis LIKE 'syn%' OR basis LIKE 'syn%')), 0::bigint, 'synthetic on either side is told');
SELECT is((SELECT count(*) FROM pg_attribute a WHERE attrelid::regclass::text IN ('wave_comparison', 'wave_shift', 'wave_trend', 'panel_transition', 'wave_pair') AND attnum > 0 AND col_description(attrelid, attnum) IS NULL), 0::bigint, 'every column has a comment');

-- The test itself: errors and NULLs; its numbers are in test_overlap.c.
SELECT throws_ok('SELECT overlap_test(5, 4, 1, 4)', '22023', NULL, 'x above n');
SELECT throws_ok('SELECT overlap_test(1, 4, 1, 4, conf_level => 2)', '22023', NULL, 'a level above 1');
SELECT is((overlap_test(1, 4, 1, 4, NULL)).n, NULL, 'NULL for NULL');
SELECT * FROM finish();
ROLLBACK;
