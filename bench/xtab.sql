-- What counting into a contingency table costs, in one run: against plain counts (the floor) and against GROUP BY.
-- Each query runs five times and the shortest time stands.  Expects a server of its own; makes a table of 5 million rows.
\set QUIET 1
\pset footer off
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS csirtsurvey;
SET search_path = csirtsurvey, public;
CREATE TYPE bench_level AS ENUM ('none', 'known', 'written', 'approved', 'audited');
CREATE UNLOGGED TABLE bench_answer AS
	SELECT (array['a', 'b', 'c', 'd', 'e'])[1 + i % 5]::text::maturity AS scale_a, (array['a', 'b', 'c', 'd', 'e'])[1 + i / 3 % 5]::text::maturity AS scale_b,
		   (i::bigint * 7919 % 5)::int AS int_a, (i::bigint * 104729 % 7)::int AS int_b,
		   (enum_range(NULL::bench_level))[1 + i % 5] AS enum_a, (enum_range(NULL::bench_level))[1 + i / 3 % 5] AS enum_b,
		   'option ' || i % 5 AS text_a, 'group ' || i / 3 % 7 AS text_b
	FROM generate_series(1, 5000000) AS i;
VACUUM ANALYZE bench_answer;
SET jit = off;
SET parallel_leader_participation = off;

CREATE FUNCTION shortest_ms(query text, workers int) RETURNS numeric LANGUAGE plpgsql AS $$
DECLARE started timestamptz; best interval; t interval;
BEGIN
	PERFORM set_config('max_parallel_workers_per_gather', workers::text, true);
	FOR i IN 1..5 LOOP
		started := clock_timestamp();
		EXECUTE query;
		t := clock_timestamp() - started;
		best := least(best, t);
	END LOOP;
	RETURN round(extract(epoch FROM best)::numeric * 1000, 1);
END $$;

CREATE TEMP TABLE timing AS
	SELECT kind, shortest_ms(format('SELECT count(%1$s_a), count(%1$s_b) FROM bench_answer', kind), 0) AS counts_ms,
		   shortest_ms(format('SELECT xtab(%1$s_a, %1$s_b) FROM bench_answer', kind), 0) AS xtab_ms,
		   shortest_ms(format('SELECT %1$s_a, %1$s_b, count(*) FROM bench_answer GROUP BY 1, 2', kind), 0) AS group_by_ms,
		   shortest_ms(format('SELECT xtab(%1$s_a, %1$s_b) FROM bench_answer', kind), 2) AS two_workers_ms
	FROM unnest(ARRAY['scale', 'int', 'enum', 'text']) AS kind;
\echo 'xtab(a, b) over 5 million rows, milliseconds and ratios'
SELECT kind, counts_ms, xtab_ms, group_by_ms, two_workers_ms, round(xtab_ms / counts_ms, 2) AS "xtab / counts",
	   round(xtab_ms / group_by_ms, 2) AS "xtab / GROUP BY", round(xtab_ms / two_workers_ms, 2) AS "serial / 2 workers"
FROM timing;
