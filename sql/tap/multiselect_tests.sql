-- Marginal independence of multi-select answers: against chi-squares and covariances that PostgreSQL computes from the rows; seeds; what is refused.
\i sql/tap/begin.psql
SELECT no_plan();

SELECT setseed(0.4112);
CREATE TEMP TABLE draw AS SELECT i, i % 4 AS g, random() AS u FROM generate_series(1, 400) AS i;
CREATE TEMP TABLE answer AS
	SELECT i, 'g' || g AS grp, multiselect_from_flags(u + random() < 0.9, u + random() < 0.5 + g * 0.1, random() < 0.1 + u / 2, random() < 0.3) AS ms,
		   multiselect_from_flags(u * 0.5 + random() < 0.6, random() < 0.4, u + random() > 1.2) AS other
	FROM draw;
CREATE TEMP TABLE t AS SELECT xtab(grp, ms) AS gs, xtab(ms, grp) AS sg, xtab(ms, other) AS ss FROM answer;
CREATE TEMP TABLE code AS SELECT c, ord FROM unnest(ARRAY['a', 'b', 'c', 'd']) WITH ORDINALITY AS u(c, ord);

-- Items: chi-square of each option's table.
SELECT results_eq('SELECT i.option, round(i.chi2::numeric, 9), i.df, round(i.p_value::numeric, 12) FROM t, mmi_items(gs) AS i',
	'SELECT c, round(x.statistic::numeric, 9), x.parameter, round(x.p_value::numeric, 12) FROM (SELECT c, xtab(grp, has(ms, c)) AS one FROM answer, code GROUP BY c) AS s, chisq_test(one) AS x ORDER BY c', 'items of MMI are the chi-square tests of the options');
SELECT results_eq('SELECT i.row_option, i.col_option, round(i.chi2::numeric, 9), i.df, round(i.p_value::numeric, 12) FROM t, spmi_items(ss) AS i',
	'SELECT a, b, round(x.statistic::numeric, 9), x.parameter, round(x.p_value::numeric, 12) FROM (SELECT a.c AS a, b.c AS b, xtab(has(ms, a.c), has(other, b.c)) AS one FROM answer, code a, code b WHERE b.c < ''d'' GROUP BY a.c, b.c) AS s,
	 chisq_test(one) AS x ORDER BY a, b', 'items of SPMI those of the pairs');
SELECT ok(bool_and(abs(i.p_bonferroni - least(1, 4 * i.p_value)) < 1e-14 AND i.p_holm <= i.p_bonferroni) AND min(i.p_holm) = min(i.p_bonferroni), 'adjusted for the four options') FROM t, mmi_items(gs) AS i;

-- The eigenvalues' sum and sum of squares from covariances over rows.  MMI: blocks a_i (d S_i/a_i - S_i - S_k + Sm)/v.
CREATE TEMP TABLE flag AS SELECT i, grp, c, has(ms, c)::int AS y FROM answer, code;
CREATE TEMP TABLE size AS SELECT grp, count(*) / 400.0::float8 AS a FROM answer GROUP BY grp;
CREATE TEMP TABLE v AS SELECT c, var_pop(y)::float8 AS v FROM flag GROUP BY c;
CREATE TEMP TABLE s AS SELECT x.grp, x.c AS j, y.c AS l, covar_pop(x.y, y.y) AS s FROM flag x JOIN flag y USING (i) GROUP BY x.grp, x.c, y.c;
CREATE TEMP TABLE sm AS SELECT j, l, sum(a * s) AS s FROM s JOIN size USING (grp) GROUP BY j, l;
CREATE TEMP TABLE block AS
	SELECT p.grp AS g, q.grp AS h, p.j, p.l, p.a * (CASE WHEN p.grp = q.grp THEN p.s / p.a ELSE 0 END - p.s - q.s + sm.s) / v.v AS b
	FROM (SELECT * FROM s JOIN size USING (grp)) p JOIN s q USING (j, l) JOIN sm USING (j, l) JOIN v ON v.c = p.j;
CREATE TEMP TABLE mmi AS
	SELECT (SELECT sum(b) FROM block WHERE g = h AND j = l) AS lambda, (SELECT sum(x.b * y.b) FROM block x JOIN block y ON x.g = y.h AND x.h = y.g AND x.j = y.l AND x.l = y.j) AS squares,
		   (SELECT sum(i.chi2) FROM t, mmi_items(gs) AS i) AS x2;
SELECT ok(abs(r.parameter - 144 / m.squares) < 1e-9 AND abs(r.statistic - 12 * m.x2 / m.squares) < 1e-9 AND abs(e.parameter - m.lambda ^ 2 / m.squares) < 1e-9 AND abs(e.statistic - m.x2 * m.lambda / m.squares) < 1e-9
		  AND abs(f.statistic - m.x2 * 12 / m.lambda) < 1e-9 AND f.parameter = 12 AND abs(o.statistic - m.x2) < 1e-9 AND o.parameter = 12, 'Rao-Scott corrections of MMI from covariances over rows')
FROM t, mmi AS m, mmi_test(gs) AS r, mmi_test(gs, 'rao_scott_2_estimated') AS e, mmi_test(gs, 'rao_scott_1_estimated') AS f, mmi_test(gs, 'rao_scott_1') AS o;
SELECT ok(abs(sum(l) - max(m.lambda)) < 1e-9 AND abs(sum(l * l) - max(m.squares)) < 1e-9 AND count(*) = 16, 'eigenvalues of MMI') FROM t, mmi AS m, unnest(mmi_eigenvalues(gs)) AS l;
-- SPMI: the items' influences over rows.
CREATE TEMP TABLE influence AS
	SELECT i, a.c AS a, b.c AS b, ((has(ms, a.c)::int - p) * (has(other, b.c)::int - q)) / sqrt(p * (1 - p) * q * (1 - q)) AS z
	FROM answer, code a, code b, LATERAL (SELECT avg(has(ms, a.c)::int)::float8 AS p, avg(has(other, b.c)::int)::float8 AS q FROM answer) AS m WHERE b.c < 'd';
CREATE TEMP TABLE spmi AS
	SELECT sum(covar) FILTER (WHERE same) AS lambda, sum(covar * covar) AS squares, (SELECT sum(i.chi2) FROM t, spmi_items(ss) AS i) AS x2
	FROM (SELECT covar_pop(x.z, y.z) AS covar, (x.a, x.b) = (y.a, y.b) AS same FROM influence x JOIN influence y USING (i) GROUP BY x.a, x.b, y.a, y.b) AS c;
SELECT ok(abs(r.parameter - 144 / m.squares) < 1e-9 AND abs(r.statistic - 12 * m.x2 / m.squares) < 1e-9 AND abs(e.parameter - m.lambda ^ 2 / m.squares) < 1e-9, 'Rao-Scott corrections of SPMI from covariances over rows')
FROM t, spmi AS m, spmi_test(ss) AS r, spmi_test(ss, 'rao_scott_2_estimated') AS e;
SELECT ok(abs(sum(l) - max(m.lambda)) < 1e-9 AND abs(sum(l * l) - max(m.squares)) < 1e-9 AND count(*) = 12, 'eigenvalues of SPMI') FROM t, spmi AS m, unnest(spmi_eigenvalues(ss)) AS l;

-- Sides, merging, weights and options change nothing that they should not.
SELECT is(mmi_test(gs, m)::text, mmi_test(sg, m)::text, m || ': either way round') FROM t, unnest(ARRAY['rao_scott_2', 'bonferroni', 'holm']) AS m;
SELECT ok(abs(a.statistic - b.statistic) < 1e-9 AND abs(a.parameter - b.parameter) < 1e-9, 'SPMI either way round') FROM t, spmi_test(ss) AS a, spmi_test(transpose(ss)) AS b;
SELECT is((SELECT mmi_test(merge(x))::text FROM (SELECT xtab(grp, ms) AS x FROM answer GROUP BY i % 3) AS parts), (SELECT mmi_test(gs)::text FROM t), 'merged tables');
SELECT is((SELECT mmi_test(xtab(grp, ms, 1))::text FROM answer), (SELECT mmi_test(gs)::text FROM t), 'weights of 1');
SELECT ok(abs(a.statistic - b.statistic) < 1e-9 AND abs(a.parameter - b.parameter) < 1e-9, 'options: the test of these columns alone')
FROM (SELECT xtab(grp, ms & 'a,c') AS x, xtab(grp, ms) AS y FROM answer) AS s, mmi_test(x) AS a, mmi_test(y, options => 'a,c') AS b;
SELECT is((SELECT (mmi_test(gs, options => 'a,b,c,d,e')).parameter FROM t), (SELECT (mmi_test(gs)).parameter FROM t), 'an option that nobody ticks takes no part');
SELECT ok(bool_or(note ~ 'left out: 1 option') , 'and is noted') FROM t, mmi_test(gs, options => 'a,b,c,d,e') AS x, unnest(x.notes) AS note;
SELECT ok(abs((mmi_test(a)).statistic - 1000 * (mmi_test(b)).statistic) < 1e-6 AND abs((mmi_test(a)).parameter - (mmi_test(b)).parameter) < 1e-9, 'ten million respondents')
FROM (SELECT xtab(grp, ms, 25000) AS a, xtab(grp, ms, 25) AS b FROM answer) AS s;

-- Empty cells: nothing is added unless asked for, and both are noted.
CREATE TEMP TABLE sparse AS SELECT xtab(g, m) AS t, xtab(m, o) AS s
FROM (VALUES ('x', 'a'::multiselect, 'a'::multiselect), ('x', 'a,b', 'b'), ('x', '{}', 'a,b'), ('y', 'a', '{}'), ('y', '{}', 'a'), ('y', 'a', 'a,b'), ('y', '{}', 'a')) AS v(g, m, o);
SELECT ok(bool_or(note ~ '1 empty cell.*nothing added'), 'an empty cell is noted') FROM sparse, mmi_test(t) AS x, unnest(x.notes) AS note;
SELECT ok(bool_or(note ~ '0.5 added to the 1 empty'), 'and what is added to it') FROM sparse, mmi_test(t, "add" => 0.5) AS x, unnest(x.notes) AS note;
SELECT ok(abs(i.chi2 - x.statistic) < 1e-12, '0.5 in the empty cell') FROM sparse, mmi_items(t, 0.5) AS i, chisq_test(xtab(ARRAY[[1, 2], [0.5, 4]])) AS x WHERE i.option = 'b';

-- The bootstrap: one p a seed, in any process; p = (1 + b)/(B + 1) with its interval.
SELECT is(mmi_test(gs, 'bootstrap', 0, 999, 42)::text, mmi_test(gs, 'bootstrap', 0, 999, 42)::text, 'the same seed') FROM t;
SELECT is(p.p_value, 0.0009765625::float8 * round(p.p_value * 1024), 'p is a whole number of 1/1024') FROM t, mmi_test(gs, 'bootstrap', 0, 1023, 5) AS p;
SELECT ok(abs(b.p_value - r.p_value) < 0.02 AND b.p_low <= b.p_value AND b.p_value <= b.p_high, format('bootstrap and Rao-Scott agree: %s and %s', round(b.p_value::numeric, 4), round(r.p_value::numeric, 4)))
FROM t, mmi_test(gs, 'bootstrap', 0, 5000, 9) AS b, mmi_test(gs) AS r;
SELECT ok((mmi_test(xtab(grp, ms, 0.5), 'bootstrap')).p_value IS NULL, 'weights are not drawn') FROM answer;
CREATE FUNCTION cancelled_after(q text) RETURNS interval LANGUAGE plpgsql AS $$
DECLARE started timestamptz := clock_timestamp();
BEGIN
	EXECUTE q;
	RETURN NULL;
EXCEPTION WHEN query_canceled THEN
	RETURN clock_timestamp() - started;
END $$;
SET LOCAL statement_timeout = 200;
SELECT ok(cancelled_after('SELECT mmi_test(gs, ''bootstrap'', 0, 1000000000) FROM t') < '1 s', 'mmi_test heeds the time limit');
SELECT ok(cancelled_after('SELECT spmi_test(ss, ''bootstrap'', 0, 1000000000) FROM t') < '1 s', 'spmi_test too');
RESET statement_timeout;

-- No answer but a note.
SELECT is((SELECT ROW(x.statistic, x.p_value, array_length(x.notes, 1) > 0)::text FROM mmi_test(t, m) AS x), '(,,t)', m || ' has no answer: ' || what)
FROM unnest(ARRAY['rao_scott_2', 'rao_scott_1', 'rao_scott_2_estimated', 'rao_scott_1_estimated', 'bonferroni', 'holm', 'bootstrap']) AS m,
	 (SELECT 'one group' AS what, xtab('x'::text, ms) AS t FROM answer UNION ALL SELECT 'nothing ticked', xtab(grp, '{}'::multiselect) FROM answer
	  UNION ALL SELECT 'all tick the same', xtab(grp, 'a,b'::multiselect) FROM answer UNION ALL SELECT 'nobody', xtab(NULL::text, NULL::multiselect) FROM answer) AS d;
SELECT is((SELECT ROW(x.statistic, x.p_value, array_length(x.notes, 1) > 0)::text FROM spmi_test(t) AS x), '(,,t)', 'SPMI has no answer: ' || what)
FROM (SELECT 'nothing ticked' AS what, xtab(ms, '{}'::multiselect) AS t FROM answer UNION ALL SELECT 'nobody', xtab(NULL::multiselect, NULL::multiselect) FROM answer) AS d;
SELECT is((SELECT string_agg(coalesce(x.statistic::text, 'none'), ' ' ORDER BY m) FROM (SELECT xtab(g, o) AS t FROM (VALUES ('x', 'a'::multiselect), ('y', '{}'), (NULL, 'a')) AS v(g, o)) AS s, unnest(ARRAY['rao_scott_1', 'rao_scott_2']) AS m, mmi_test(t, m) AS x),
		  '2 none', 'groups of one respondent: a chi-square, but no covariance to correct it with');
SELECT is(mmi_test(NULL)::text, NULL, 'NULL for NULL');
SELECT is_empty('SELECT * FROM spmi_items(NULL)', 'no rows for NULL');
SELECT ok((r).statistic = max AND (r).p_value = least(1, 878 * p), '1,024 options, of which 146 are ticked by all: the largest chi-square')
FROM (SELECT xtab(i % 2, multiselect_from_flags(VARIADIC ARRAY(SELECT (i * o) % 7 < 3 FROM generate_series(1, 1024) AS o))) AS x FROM generate_series(1, 200) AS i) AS q,
	 LATERAL (SELECT mmi_test(x, 'bonferroni') AS r) AS s, LATERAL (SELECT max(chi2), min(p_value) AS p FROM mmi_items(x)) AS i;
SELECT ok(p_value IS NOT NULL, '1,024 options: second order') FROM (SELECT xtab(i % 2, multiselect_from_flags(VARIADIC ARRAY(SELECT (i * o) % 7 < 3 FROM generate_series(1, 1024) AS o))) AS x FROM generate_series(1, 200) AS i) AS q, mmi_test(x);
SELECT ok(p_value IS NULL AND notes::text ~ 'too many pairs', 'a million pairs: no covariance of them') FROM (SELECT xtab(m, m) AS x FROM (SELECT multiselect_from_flags(VARIADIC ARRAY(SELECT (i * o) % 7 < 3 FROM generate_series(1, 300) AS o)) AS m FROM generate_series(1, 20) AS i) AS s) AS q, spmi_test(x);

-- Refused, with the right function in the hint.
CREATE FUNCTION hint_of(q text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE h text; s text;
BEGIN
	EXECUTE q;
	RETURN 'no error';
EXCEPTION WHEN OTHERS THEN
	GET STACKED DIAGNOSTICS h = PG_EXCEPTION_HINT, s = RETURNED_SQLSTATE;
	RETURN s || ' ' || h;
END $$;
SELECT matches(hint_of('SELECT ' || f || '(gs) FROM t'), '^42809 mmi_test', f || ' points to mmi_test') FROM unnest(ARRAY['chisq_test', 'g_test', 'cramers_v', 'phi']) AS f;
SELECT matches(hint_of('SELECT ' || f || '(ss) FROM t'), '^42809 spmi_test', f || ' points to spmi_test') FROM unnest(ARRAY['chisq_test', 'g_test', 'cramers_v', 'phi', 'mmi_test', 'mmi_items', 'mmi_eigenvalues']) AS f;
SELECT matches(hint_of('SELECT ' || f || '(gs) FROM t'), '^42809 mmi_test', f || ' points to mmi_test') FROM unnest(ARRAY['spmi_test', 'spmi_items', 'spmi_eigenvalues']) AS f;
SELECT matches(hint_of('SELECT mmi_test(xtab(1, 2))'), '^42809 chisq_test', 'two single answers');
SELECT matches(hint_of('SELECT mmi_test(freq(''a''::multiselect))'), '^42809 Count two', 'one answer');
SELECT matches(hint_of('SELECT mmi_test(gs, ''chi'') FROM t'), '^22023 Known are rao_scott_2', 'an unknown method');
SELECT throws_ok('SELECT mmi_test(gs, ' || x || ') FROM t', '22023', NULL, 'refused: ' || x) FROM unnest(ARRAY['''bootstrap'', 0, 0', '''bootstrap'', 0, 1000000001', '''bonferroni'', -1', '''bonferroni'', ''NaN''', '''bonferroni'', ''Infinity''']) AS x;
SELECT throws_ok('SELECT mmi_eigenvalues(xtab(i, multiselect_from_flags(VARIADIC ARRAY(SELECT (i * o) % 7 < 3 FROM generate_series(1, 80) AS o)))) FROM generate_series(1, 10) AS i', '54000', NULL, 'eigenvalues beyond 400');
SELECT * FROM finish();
ROLLBACK;
