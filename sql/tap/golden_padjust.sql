-- Adjusted p-values against the reference values of data/golden, over an array and over a window.
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
CREATE TEMP TABLE padj (table_id text, i int, p float8);
CREATE TEMP TABLE golden (table_id text, statistic text, value text, tool text, note text);
\copy padj FROM 'data/golden/padj.csv' (FORMAT csv, HEADER)
\copy golden FROM 'data/golden/golden.csv' (FORMAT csv, HEADER)
CREATE TEMP TABLE got AS
	SELECT table_id, format('p_adjust_%s_%s', lower(m), i) AS statistic, lower(m) AS method, a[i] AS over_array, w AS over_window
	FROM (SELECT table_id, i, m, p_adjust(array_agg(p) OVER (PARTITION BY table_id, m ORDER BY i ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING), m) AS a,
				 p_adjust(p, m) OVER (PARTITION BY table_id, m ORDER BY i) AS w
		  FROM padj, unnest(ARRAY['bonferroni', 'holm', 'hochberg', 'hommel', 'BH', 'BY']) AS m) AS s;
CREATE TEMP TABLE compared AS
	SELECT method, statistic, table_id, want, over_array, over_window,
		   CASE WHEN over_array = want AND over_window = want THEN 0
				ELSE greatest(abs(over_array - want), abs(over_window - want)) / want END AS error
	FROM (SELECT table_id, statistic, value::float8 AS want FROM golden
		  WHERE coalesce(note, '') !~ 'check=skip' AND value <> 'NA' AND statistic ~ '^p_adjust_') AS w JOIN got USING (table_id, statistic);
SELECT ok(count(*) FILTER (WHERE coalesce(error, 1) > 1e-9) = 0 AND count(*) > 50, format('%s: %s values, worst relative error %s', method, count(*), max(error)))
FROM compared GROUP BY method ORDER BY method;
SELECT diag(format('%s %s want %s got %s %s', table_id, statistic, want, over_array, over_window)) FROM compared WHERE coalesce(error, 1) > 1e-9 LIMIT 20;
SELECT is((SELECT count(DISTINCT method) FROM compared), 6::bigint, 'six methods were compared');
SELECT is((SELECT count(*) FROM compared), (SELECT count(*) FROM golden WHERE statistic ~ '^p_adjust_' AND coalesce(note, '') !~ 'check=skip' AND value <> 'NA'),
		  'every reference value was compared');
SELECT is(p_adjust(ARRAY[0.01, NULL, 0.04, 'NaN'], 'bonferroni'), ARRAY[0.02, NULL, 0.08, NULL]::float8[], 'NULL and NaN do not count in the family');
SELECT is(p_adjust('{}'::float8[], 'holm'), '{}'::float8[], 'an empty family');
SELECT is(p_adjust(ARRAY[1e-300, 0.5], 'holm'), ARRAY[2e-300, 0.5]::float8[], 'small p-values keep their digits');
SELECT throws_ok($$SELECT p_adjust(ARRAY[0.1], 'odd')$$, '22023', NULL, 'an unknown method is refused');
SELECT throws_ok($$SELECT p_adjust(ARRAY[1.5], 'holm')$$, '22003', NULL, 'a p-value above 1 is refused');
SELECT is(count(*), 100000::bigint, 'a window of 100,000 rows') FROM (SELECT p_adjust(1.0 / i, 'BH') OVER () FROM generate_series(1, 100000) AS i) s;
SELECT * FROM finish();
ROLLBACK;
