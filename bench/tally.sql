-- What one pass over 60 columns costs: tally_table() and the aggregate tally(record) against a GROUP BY a column and against GROUPING SETS.  Expects a server of its own.
\set QUIET 1
\pset footer off
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS csirtsurvey;
SET search_path = csirtsurvey, public;
SET max_parallel_workers_per_gather = 0;
SET jit = off;
SELECT 'CREATE UNLOGGED TABLE bench_wide AS SELECT ' || string_agg(format('chr(97 + (i * %s) %% 5)::text::maturity AS q%s', 2 * k + 1, k), ', ')
	|| ' FROM generate_series(1, 1000000) AS i' AS make FROM generate_series(1, 60) AS k \gset
:make;
VACUUM ANALYZE bench_wide;
CREATE FUNCTION ms(queries text[]) RETURNS numeric LANGUAGE plpgsql AS $$
DECLARE started timestamptz := clock_timestamp(); q text;
BEGIN
	FOREACH q IN ARRAY queries LOOP EXECUTE q; END LOOP;
	RETURN round(extract(epoch FROM clock_timestamp() - started)::numeric * 1000);
END $$;
CREATE TEMP TABLE timing AS
	SELECT least(ms(ARRAY['SELECT * FROM tally_table(''bench_wide'')']), ms(ARRAY['SELECT * FROM tally_table(''bench_wide'')'])) AS tally_ms,
		   ms(ARRAY['SELECT tally(b) FROM bench_wide AS b']) AS record_ms,
		   ms((SELECT array_agg(format('SELECT q%s, count(*) FROM bench_wide GROUP BY 1', k)) FROM generate_series(1, 60) AS k)) AS group_by_ms,
		   ms(ARRAY[(SELECT format('SELECT %s, count(*) FROM bench_wide GROUP BY GROUPING SETS (%s)', string_agg('q' || k, ', '), string_agg('(q' || k || ')', ', '))
					 FROM generate_series(1, 60) AS k)]) AS grouping_sets_ms;
\echo 'All 60 columns of 1 million rows, milliseconds and ratios'
SELECT tally_ms AS "tally_table()", record_ms AS "tally(record)", group_by_ms AS "60 GROUP BY", grouping_sets_ms AS "GROUPING SETS", round(group_by_ms / tally_ms, 1) AS "GROUP BY / tally_table()", round(grouping_sets_ms / tally_ms, 1) AS "GROUPING SETS / tally_table()" FROM timing;
