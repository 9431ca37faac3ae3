-- What loading a wave costs: 1 million rows of 10 answers from a staging table, against COPY of the same text into text columns.
-- To reach: twice the COPY and 1 second for each million of values.  Expects a server of its own.
\set QUIET 1
\pset footer off
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS csirtsurvey;
SET search_path = csirtsurvey, public;
SET jit = off;
CREATE UNLOGGED TABLE bench_source AS
	SELECT 'o' || i AS organisation, c AS "4.4.2", c AS "4.4.3", c AS "4.4.4", c AS "4.4.5", c AS "5.2 tenure", 'a,b,c' AS "5.2 implementer", '銀行' AS "1.2", 'b' AS "1.3", 'a' AS "2.1", 'b' AS "2.2"
	FROM (SELECT i, chr(97 + i % 5) AS c FROM generate_series(1, 1000000) AS i) AS s;
-- in the server's own folder, which goes with the server
SELECT current_setting('data_directory') || '/bench_source.txt' AS file \gset
COPY bench_source TO :'file';
CREATE TABLE bench_text (LIKE bench_source);
SELECT create_wave(2099) \g /dev/null
CREATE FUNCTION ms(query text) RETURNS numeric LANGUAGE plpgsql AS $$
DECLARE started timestamptz := clock_timestamp();
BEGIN
	EXECUTE query;
	RETURN round(extract(epoch FROM clock_timestamp() - started)::numeric * 1000);
END $$;
SELECT ms(format('COPY bench_text FROM %L', :'file')) AS copy_ms \gset
SELECT ms('SELECT load_wave(2099, ''bench_source'', notice_every => 0)') AS load_ms \gset
\echo '1 million rows of 10 answers, milliseconds'
SELECT :copy_ms AS "COPY", :load_ms AS "load_wave", 2 * :copy_ms + 10 * 1000 AS "to reach", round(:load_ms::numeric / (2 * :copy_ms + 10 * 1000), 2) AS "of it";
