-- What multi-select answers cost, in one run: counting against count() and against unnest + GROUP BY, the Rao-Scott test from rows and
-- from a stored table.  Each query runs five times and the shortest time stands.  Expects a server of its own; makes a table of 5 million rows.
\set QUIET 1
\pset footer off
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS csirtsurvey;
SET search_path = csirtsurvey, public;
SELECT setseed(0.187) \gset
CREATE UNLOGGED TABLE bench_set AS
	SELECT 'group ' || i % 5 AS grp,
		   multiselect_from_flags(VARIADIC ARRAY(SELECT random() < 0.1 + 0.05 * o FROM generate_series(1, 10) AS o WHERE i > 0)) AS ms
	FROM generate_series(1, 5000000) AS i;
VACUUM ANALYZE bench_set;
SET jit = off;
SET max_parallel_workers_per_gather = 0;
SET work_mem = '64MB';

-- The queries take turns, so that whatever else the machine does meets them alike.
CREATE FUNCTION set_shortest_ms(VARIADIC queries text[]) RETURNS numeric[] LANGUAGE plpgsql AS $$
DECLARE started timestamptz; ms numeric; best numeric[] := array_fill(NULL::numeric, ARRAY[cardinality(queries)]);
BEGIN
	FOR round IN 1..5 LOOP
		FOR i IN 1..cardinality(queries) LOOP
			started := clock_timestamp();
			EXECUTE queries[i];
			ms := round(extract(epoch FROM clock_timestamp() - started)::numeric * 1000, 1);
			best[i] := least(best[i], ms);
		END LOOP;
	END LOOP;
	RETURN best;
END $$;

CREATE TEMP TABLE timing AS
	SELECT ms[1] AS count_ms, ms[2] AS freq_ms, ms[3] AS options_ms, ms[4] AS unnest_ms
	FROM set_shortest_ms('SELECT count(ms) FROM bench_set', 'SELECT freq(ms) FROM bench_set', 'SELECT mr_options(freq(ms)) FROM bench_set',
						 'SELECT o, count(*) FROM bench_set, unnest(options(ms)) AS o GROUP BY o') AS ms;
\echo 'Frequencies of a set of 10 options over 5 million rows, milliseconds and ratios'
SELECT count_ms, freq_ms, options_ms, unnest_ms, round(freq_ms / count_ms, 2) AS "freq / count (at most 1.5)",
	   round(unnest_ms / options_ms, 1) AS "unnest + GROUP BY / mr_options (at least 5)"
FROM timing;
CREATE TEMP TABLE stored AS SELECT xtab(grp, ms) AS t FROM (SELECT * FROM bench_set LIMIT 1000000) AS million;
\echo 'Second-order Rao-Scott test, 10 options by 5 groups, 1 million respondents, milliseconds'
SELECT ms[1] AS "from rows (at most 3000)", ms[2] AS "from a stored table (at most 50)", ms[3] AS "bootstrap, 1000 samples"
FROM set_shortest_ms('SELECT mmi_test(xtab(grp, ms)) FROM (SELECT * FROM bench_set LIMIT 1000000) AS million', 'SELECT mmi_test(t) FROM stored',
					 'SELECT mmi_test(t, ''bootstrap'', replicates => 1000) FROM stored') AS ms;
