-- The reference tables as contingency tables, and where the computed values go.  Files that a folder does not have are empty tables.
CREATE TABLE IF NOT EXISTS csv_tables (table_id text, "row" text, col text, n text, stratum text);
CREATE TABLE IF NOT EXISTS csv_index (table_id text, kind text);
CREATE TABLE IF NOT EXISTS csv_gof (table_id text, cat text, n text, p text);
CREATE TABLE IF NOT EXISTS csv_prop (table_id text, x text, n text, conf text);
CREATE TABLE IF NOT EXISTS csv_padj (table_id text, i text, p text);
CREATE TABLE IF NOT EXISTS csv_micro_analyses (table_id text, kind text, data text, var1 text, var2 text, extra text);

-- What is computed: each fragment adds its statistics under the names of NAMES.md.  NULL is a value that does not exist.
CREATE TABLE got (table_id text, statistic text, value float8);

CREATE TABLE cell AS
	SELECT table_id, kind, "row"::int, col::int, n::float8, nullif(stratum, '')::int AS stratum
	FROM csv_tables JOIN csv_index USING (table_id);
-- Two-way tables; counts of whole tables as xtab gives them to integers, so that exact tests take them.
CREATE TABLE tab AS
	SELECT table_id, xtab(array_agg(line ORDER BY "row")) AS t, max(cols) = 2 AND count(*) = 2 AS two_by_two,
		   max(cols) = count(*) AS square, bool_and(whole) AS whole
	FROM (SELECT table_id, "row", array_agg(n ORDER BY col) AS line, count(*) AS cols, bool_and(n = floor(n)) AS whole FROM cell
		  WHERE kind IN ('two_way', 'two_way_weighted') GROUP BY table_id, "row") AS lines
	GROUP BY table_id;
CREATE TABLE stratified AS
	SELECT table_id, stratum, xtab(array_agg(line ORDER BY "row")) AS t, max(cols) = 2 AND count(*) = 2 AS two_by_two
	FROM (SELECT table_id, stratum, "row", array_agg(n ORDER BY col) AS line, count(*) AS cols FROM cell
		  WHERE kind = 'stratified' GROUP BY table_id, stratum, "row") AS lines
	GROUP BY table_id, stratum;
ANALYZE;
