-- # Charts
-- A table as a Vega-Lite chart; [charts.md](../charts.md) has the pictures. Cross-tabulated answers are made up.
-- @ vega_lite
-- "A chart of how often the services are reviewed, for the slides." Pass the whole specification on; `description` is its text alternative.
-- see: freq, frequencies
SELECT unnest(wrap_text(chart ->> 'description', 90)) AS description
FROM (SELECT vega_lite(freq(q8_2_1), title => 'Review of the range of services') AS chart FROM synthetic_2017) AS c;
-- @ vega_lite
-- "The same with confidence intervals, and the numbers in it?" The data are in the specification, a row a bar or dot.
SELECT bar.row_label AS answer, bar.n, round(bar.percent, 1) AS "%", round(bar.low, 1) AS low, round(bar.high, 1) AS high
FROM (SELECT vega_lite(freq(q8_2_1), 'dot') AS chart FROM synthetic_2017) AS c,
	 jsonb_to_recordset(chart #> '{data,values}') AS bar (row_label text, n int, percent numeric, low numeric, high numeric);
-- @ vega_lite
-- "Where do large and small companies differ?" ▲ and ▼ mark cells beyond two adjusted residuals.
-- see: cells, chisq_test
SELECT cell.row_label AS company_size, left(cell.col_label, 60) AS incident_classes, cell.shown
FROM (SELECT vega_lite(xtab(q1_3, q4_4_2), 'heatmap', row_title => 'Company size', col_title => 'Incident classes') AS chart FROM synthetic_2017) AS c,
	 jsonb_to_recordset(chart #> '{data,values}') AS cell (row_label text, col_label text, shown text) WHERE cell.shown ~ '[▲▼]';
-- @ vega_lite
-- "Who analyses malware, in Japanese, with the options' own labels?" Sets are in percent of the respondents.
-- see: option_labels, mr_options
SELECT bar.row_label AS "実施者", bar.shown FROM (SELECT vega_lite(freq(q5_5_implementer), lang => 'ja', row_labels => option_labels('5.5', 'implementer', 'ja')) AS chart FROM synthetic_2017) AS c,
	 jsonb_to_recordset(chart #> '{data,values}') AS bar (row_label text, shown text);
-- @ vega_lite
-- A kind that does not fit the table is refused.
-- error
SELECT vega_lite(freq(q4_4_2), 'mosaic') FROM synthetic_2017;
-- @ vega_lite_kinds
-- "Which charts can be drawn of it?" The first is drawn where none is asked for.
SELECT vega_lite_kinds(freq(q4_4_2)) AS one_scale, vega_lite_kinds(xtab(q1_3, q4_4_2)) AS size_by_scale
FROM synthetic_2017;
SELECT vega_lite_kinds(xtab(q1_3, q4_4_2 >= 'b')) AS yes_or_no, vega_lite_kinds(xtab(q2_3, q5_2_implementer)) AS several_answers
FROM synthetic_2017;
-- @ wrap_text
-- "A long label in lines, for an axis of my own?"
SELECT wrap_text(label('b'::maturity), 30) AS english, wrap_text(label('b'::maturity, 'ja'), 30) AS japanese, wrap_text(label('b'::maturity), 30, 2) AS cut;
