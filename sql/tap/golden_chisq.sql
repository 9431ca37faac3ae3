-- Tests of independence against the reference values of data/golden: every two-way table, one line a statistic.
\set ECHO none
\set QUIET 1
\pset format unaligned
\pset tuples_only true
\pset pager off
\set ON_ERROR_STOP 1
BEGIN;
CREATE EXTENSION IF NOT EXISTS pgtap;
CREATE EXTENSION IF NOT EXISTS csirtsurvey;
SET search_path = csirtsurvey, public;
SELECT no_plan();

CREATE TEMP TABLE cell (table_id text, "row" int, col int, n float8, stratum int);
CREATE TEMP TABLE golden (table_id text, statistic text, value text, tool text, note text);
\copy cell FROM 'data/golden/tables.csv' (FORMAT csv, HEADER)
\copy golden FROM 'data/golden/golden.csv' (FORMAT csv, HEADER)

CREATE TEMP TABLE tab AS
	SELECT table_id, xtab(array_agg(line ORDER BY "row")) AS t
	FROM (SELECT table_id, "row", array_agg(n ORDER BY col) AS line FROM cell
		  WHERE stratum IS NULL AND table_id !~ '^[bf]_' GROUP BY table_id, "row") AS lines
	GROUP BY table_id;
CREATE TEMP TABLE got AS
	SELECT table_id, v.statistic, v.value
	FROM tab, LATERAL chisq_test(t) AS x, LATERAL chisq_test(t, correct => true) AS y, LATERAL g_test(t) AS g,
		 LATERAL (VALUES ('pearson_chi2', x.statistic), ('pearson_df', x.parameter), ('pearson_p', x.p_value),
						 ('yates_chi2', y.statistic), ('yates_p', y.p_value),
						 ('g2', g.statistic), ('g2_df', g.parameter), ('g2_p', g.p_value)) AS v(statistic, value)
	UNION ALL
	SELECT table_id, format('%s_%s_%s', v.name, c."row", c.col), v.value
	FROM tab, LATERAL cells(t) AS c,
		 LATERAL (VALUES ('expected', c.expected), ('residual', c.residual), ('adj_residual', c.adj_residual)) AS v(name, value);
CREATE TEMP TABLE compared AS
	SELECT regexp_replace(statistic, '_\d+_\d+$', '') AS statistic, table_id, got.value,
		   CASE WHEN got.value IS NULL THEN 'Infinity'
				WHEN got.value = want THEN 0
				WHEN abs(got.value - want) <= coalesce(substring(note FROM 'abs=([0-9.eE+-]+)')::float8, 0) THEN 0
				ELSE abs(got.value - want) / greatest(abs(got.value), abs(want)) END::float8 AS error,
		   coalesce(substring(note FROM 'tol=([0-9.eE+-]+)')::float8, 1e-9) AS tolerance
	FROM (SELECT table_id, statistic, value::float8 AS want, coalesce(note, '') AS note FROM golden
		  WHERE coalesce(note, '') !~ 'check=skip' AND value <> 'NA') AS w JOIN got USING (table_id, statistic);

SELECT ok(count(*) FILTER (WHERE error > tolerance) = 0 AND count(*) > 20,
		  format('%s: %s values, worst relative error %s', statistic, count(*), max(error)))
FROM compared GROUP BY statistic ORDER BY statistic;
SELECT diag(format('%s %s got %s, relative error %s', statistic, table_id, value, error)) FROM compared WHERE error > tolerance;
SELECT is((SELECT count(*) FROM (SELECT statistic FROM compared GROUP BY statistic) s), 11::bigint, 'eleven statistics were compared');

-- Degenerate tables, and what is refused.
SELECT is((SELECT ROW(statistic, p_value, array_length(notes, 1) > 0)::text FROM chisq_test(m::xtab)), '(,,t)', 'no answer but a note: ' || m::text)
FROM (VALUES ('{{1,2,3}}'::int[]), ('{{1},{2}}'), ('{{0,0},{0,0}}'), ('{{5,0},{0,0}}'), ('{{1,2},{0,0}}')) AS v(m);
SELECT ok((SELECT p_value BETWEEN 1e-300 AND 1e-290 FROM chisq_test(xtab(ARRAY[[670, 0], [0, 670]]))), 'a p-value of 1e-293 keeps its digits');
SELECT throws_ok('SELECT chisq_test(freq(1))', '22023', NULL, 'a one-way table is refused');
SELECT throws_ok($$SELECT chisq_test('{"xtab": 1, "rows": {"kind": "multi", "categories": ["{a}"]}, "cols": {"categories": ["x"]}, "n": [[1]]}')$$,
				 '42809', NULL, 'multi-select answers are refused');
SELECT * FROM finish();
ROLLBACK;
