\i sql/tap/begin.psql
-- help(): the catalog's own functions say what a page must hold.
SELECT plan(14);

SELECT is((SELECT help FROM help('g_test') LIMIT 1), 'g_test(xtab, replicates integer DEFAULT 0, seed bigint DEFAULT 1) returns htest', 'the synopsis comes first');
SELECT is((SELECT regexp_replace(string_agg(help, ' ' ORDER BY i), '\s+', ' ', 'g') FROM help('jonckheere_test') WITH ORDINALITY AS page (help, i)),
	format('jonckheere_test(xtab, alternative text DEFAULT %L, exact boolean DEFAULT false, replicates integer DEFAULT 0, seed bigint DEFAULT 1) returns htest ', 'two.sided')
		|| obj_description('jonckheere_test(xtab, text, boolean, integer, bigint)'::regprocedure, 'pg_proc') || ' ', 'a page is the synopsis and the whole comment');
SELECT cmp_ok((SELECT max(length(help)) FROM help('cmh_test')), '<=', 100, 'lines are wrapped');
SELECT is((SELECT count(*) FROM help('label') WHERE help LIKE 'label(%'), (SELECT count(*) FROM pg_proc WHERE proname = 'label' AND pronamespace = 'csirtsurvey'::regnamespace),
	'every overload is named');
SELECT is((SELECT count(*) FROM help('label') WHERE help LIKE 'The label%'), 1::bigint, 'what overloads have in common stands once');
SELECT bag_has($$SELECT * FROM help('wave_overview')$$, $$VALUES ('view wave_overview'), ('wave integer: year of the wave')$$, 'a view has its columns');
SELECT bag_has($$SELECT * FROM help('htest')$$, $$VALUES ('type htest'), ('conf_level double precision: confidence level, such as 0.95')$$, 'a composite type has its fields');
SELECT is((SELECT array_agg(split_part(help, ':', 1) ORDER BY i) FROM help('mh%') WITH ORDINALITY AS list (help, i)), ARRAY['mh_risk_difference', 'mh_risk_ratio'], 'a pattern gives a list');
SELECT is((SELECT array_agg(DISTINCT split_part(help, ':', 1)) FROM help()) @> (SELECT array_agg(DISTINCT relname::text) FROM pg_class WHERE relnamespace = 'csirtsurvey'::regnamespace AND relkind IN ('r', 'v')),
	true, 'without an argument every table and view is listed');
SELECT is((SELECT count(*) FROM help() WHERE help ~ '^(xtab_accum|maturity_cmp|multiselect_contains|strata_combine|xtab_in|load_tick)\M'), 0::bigint, 'what PostgreSQL calls is left out');
SELECT is((SELECT count(*) FROM help() WHERE help IS NULL OR help = '' OR length(help) > 150 OR help LIKE E'%\n%'), 0::bigint, 'the list has a short line each');
SELECT is_empty($$SELECT * FROM help('no such function')$$, 'nothing for an unknown name');
SELECT is((SELECT count(*) FROM help(E'chisq\\_test')), (SELECT count(*) FROM help('chisq_test')), 'an underscore may have a backslash before it');
SET search_path = public;
SELECT is((SELECT count(*) FROM csirtsurvey.help('xtab')), (SELECT count(*) FROM csirtsurvey.help('XTAB') WHERE help !~ 'csirtsurvey\.(xtab|text)'), 'in any case of letters, and types without their schema whatever the search path');
SELECT * FROM finish();
ROLLBACK;
