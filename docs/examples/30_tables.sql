-- # Contingency tables
-- A table is a value: counted from rows or made from a matrix, stored, added up, looked into and printed.
CREATE TEMP VIEW level_by_size AS
	SELECT xtab(CASE WHEN q1_3 >= 'f' THEN '5,000 or more' ELSE 'fewer' END, q4_4_2) AS t FROM synthetic_2017;
-- @ xtab
-- "Incident classes (4.4.2) by size of the organisation?" From rows; scales show their whole domain in its order.
-- see: cells, counts, freq, merge, chisq_test
SELECT row_labels(t) AS rows, col_labels(t) AS columns, counts(t), n(t), n_missing(t) FROM level_by_size;
-- @ xtab
-- From published counts, as weights, and from a matrix with labels.
SELECT counts(xtab(question, codes[1]::maturity, n)) AS from_counts FROM published_table
WHERE wave = 2017 AND question IN ('4.4.2', '4.4.3') AND kind = 'printed count';
SELECT row_labels(t), n(t), t::jsonb -> 'rows' -> 'kind' AS kind FROM xtab(ARRAY[[12, 5], [4, 9]], ARRAY['certified', 'not'], ARRAY['reports', 'does not']) AS t;
-- @ xtab
-- Stored tables add up category by category.
SELECT counts(xtab(ARRAY[3, 1], ARRAY['bank', 'telecom']) + xtab(ARRAY[2, 5], ARRAY['telecom', 'trade'])) AS sum;
-- @ xtab
-- Weights are frequencies.
-- error
SELECT xtab(row, col, weight) FROM (VALUES ('bank', 'yes', 1.5), ('bank', 'no', -1)) AS v (row, col, weight);
-- @ freq
-- "How large are the organisations?" A one-way table; with a second argument the sum of weights.
SELECT row_labels(t) AS sizes, counts(t) FROM (SELECT freq(q1_3) AS t FROM synthetic_2017) AS x;
-- @ merge
-- "The tables of both waves together?" The rows are not needed for it.
-- see: xtab
SELECT counts(merge(t)) FROM (SELECT freq(q4_4_2) AS t FROM synthetic_2015 UNION ALL SELECT freq(q4_4_2) FROM synthetic_2017) AS stored;
-- @ counts
-- "Just the numbers, for a program?"
SELECT counts(t) FROM level_by_size;
-- @ row_labels, col_labels
-- "And what do the rows and columns stand for?"
SELECT row_labels(t), col_labels(t) FROM level_by_size;
-- @ row_scores, col_scores
-- The levels of a scale; a nominal side has none.
-- see: set_scores
SELECT row_scores(t), col_scores(t) FROM level_by_size;
-- @ n, n_missing
-- "How many took part in the table, and how many did not answer?"
SELECT n(t), n_missing(t) FROM (SELECT xtab(q1_3, q4_3_5) AS t FROM (SELECT q1_3, q4_3_5 FROM synthetic_2017 UNION ALL SELECT NULL, 'a') AS answers) AS x;
-- @ transpose
-- "The levels as rows, the sizes as columns?"
SELECT row_labels(transpose(t)), counts(transpose(t)) FROM level_by_size;
-- @ set_scores
-- "Take the middle of each class as its score, and leave 'not asked' out."
-- see: linear_by_linear_test, row_scores
SELECT col_labels(t), col_scores(t) FROM set_scores(xtab(ARRAY[[8, 20, 35, 4], [3, 11, 30, 2]], ARRAY['small', 'large'], ARRAY['0-2', '3-9', '10-49', 'not asked']),
	col_scores => ARRAY[1, 6, 30, NULL]) AS t;
-- @ cells
-- "A row a cell, for a chart or a pivot table, with what stands out." Adjusted residuals beyond 2 or so are worth a look.
-- see: print, chisq_test
SELECT "row" AS size, col AS level, n, round(row_pct::numeric, 1) AS "row %", round(expected::numeric, 1) AS expected, round(adj_residual::numeric, 2) AS adj_residual
FROM level_by_size, cells(t) WHERE "row" = 'fewer';
-- @ print
-- "The table, ready for a report, with letters for columns that differ." `\g (format=unaligned tuples_only=on)` shows it as it is.
-- see: column_letters
SELECT print(transpose(t), letters => true, col_title => 'staff', row_title => 'level') FROM (SELECT xtab(size, CASE WHEN level >= 'b' THEN 'approved' ELSE 'less' END) AS t
	FROM (SELECT CASE WHEN q1_3 >= 'f' THEN '5,000 or more' ELSE 'fewer' END, q4_4_2 FROM synthetic_2017) AS answer (size, level)) AS x
\g (format=unaligned tuples_only=on)
-- @ tally
-- "Count every column of a query in one pass."
SELECT column_name, row_labels(t) AS codes, counts(t) FROM (SELECT (unnest(tally(answer))).* FROM (SELECT q4_3_5, q8_1_2, q8_2_1 FROM synthetic_2017) AS answer) AS x;
-- @ tally_table
-- "Count every column of a table."
SELECT column_name, n(t), n_missing(t) AS missing, cardinality(row_labels(t)) AS codes FROM tally_table('synthetic_2017')
WHERE column_name IN ('q1_3', 'q2_5', 'q4_4_2', 'q5_2_tenure');
-- @ column_tally
-- A column that cannot be counted has a note instead of a table.
SELECT column_name, t IS NULL AS no_table, note FROM (SELECT (unnest(tally(answer)))::column_tally AS c FROM (SELECT 'a'::maturity AS level, '<x/>'::xml AS form) AS answer) AS x, LATERAL (SELECT (c).*) AS y;
