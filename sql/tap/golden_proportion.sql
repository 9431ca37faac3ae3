-- Intervals of a proportion against the reference values of data/golden.
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
CREATE TEMP TABLE prop (table_id text, x float8, n float8, conf float8);
CREATE TEMP TABLE golden (table_id text, statistic text, value text, tool text, note text);
\copy prop FROM 'data/golden/prop.csv' (FORMAT csv, HEADER)
\copy golden FROM 'data/golden/golden.csv' (FORMAT csv, HEADER)
CREATE TEMP TABLE compared AS
	SELECT method || '_' || side AS statistic, g.table_id, got, want,
		   CASE WHEN got = want OR abs(got - want) <= coalesce(substring(note FROM 'abs=([0-9.eE+-]+)')::float8, 0) THEN 0
				ELSE abs(got - want) / greatest(abs(got), abs(want)) END AS error,
		   coalesce(substring(note FROM 'tol=([0-9.eE+-]+)')::float8, 1e-9) AS tolerance
	FROM (SELECT table_id, m AS method, side, CASE side WHEN 'lower' THEN conf_low ELSE conf_high END AS got
		  FROM prop, unnest(ARRAY['wilson', 'wilson_cc', 'clopper_pearson', 'agresti_coull', 'jeffreys', 'wald']) AS m,
			   LATERAL proportion_ci(prop.x, prop.n, m, conf) AS ci, unnest(ARRAY['lower', 'upper']) AS side) AS g
	JOIN (SELECT table_id, statistic, value::float8 AS want, coalesce(note, '') AS note FROM golden
		  WHERE coalesce(note, '') !~ 'check=skip' AND value <> 'NA') AS w
	ON w.table_id = g.table_id AND w.statistic = method || '_' || side;
SELECT ok(count(*) FILTER (WHERE coalesce(error, 1) > tolerance) = 0 AND count(*) > 20,
		  format('%s: %s values, worst relative error %s', statistic, count(*), max(error)))
FROM compared GROUP BY statistic ORDER BY statistic;
SELECT diag(format('%s %s got %s want %s', statistic, table_id, got, want)) FROM compared WHERE coalesce(error, 1) > tolerance;
SELECT is((SELECT count(*) FROM (SELECT statistic FROM compared GROUP BY statistic) s), 12::bigint, 'twelve limits were compared');
SELECT is((SELECT ROW(estimate, conf_low, array_length(notes, 1))::text FROM proportion_ci(0, 0)), '(,,1)', 'no cases: a note');
SELECT throws_ok(q, '22023', NULL, q) FROM unnest(ARRAY['SELECT proportion_ci(3, 2)', 'SELECT proportion_ci(1, 2, ''odd'')',
	'SELECT proportion_ci(1, 2, ''wilson'', 1)', 'SELECT proportion_ci(1, 20, population => 10)', 'SELECT proportion_ci(''NaN'', 2)']) AS q;
SELECT is((SELECT conf_high - conf_low FROM proportion_ci(141, 187, population => 187)), 0::float8, 'a census has no sampling error');
SELECT * FROM finish();
ROLLBACK;
