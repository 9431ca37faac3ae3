-- # The report of a wave
-- `make report` and `tools/report WAVE` make one HTML file of these pieces: see [report.md](../report.md).
-- @ report
-- "What does the report say in its key findings?"
-- see: report_figures, statement_check
SELECT unnest(wrap_text(body, 110)) AS findings FROM report(2017, 'en') WHERE section = 'findings' AND kind = 'text' ORDER BY ord;
-- @ report
-- "What is in the report of 2017?" Each row is a piece: text, a table, or a chart with its table.
SELECT section, kind, count(*) FROM report(2017, 'en') GROUP BY section, kind ORDER BY min(ord) LIMIT 8;
-- @ report
-- "The table below a chart?"
SELECT r.* FROM report(2017, 'en') AS p, jsonb_to_recordset(p.data -> 'rows') AS r(code text, label text, n int, pct numeric)
WHERE p.question = '5.6' AND p.part = 'implementer';
-- @ report
-- "And of a wave that nobody has answered?"
-- error
SELECT count(*) FROM report(1999);
-- @ report_figures
-- "All figures on the authority to stop systems, and what was not published?"
-- see: published_table
SELECT question, label, n, base, round(pct::numeric, 1) AS pct, kind FROM report_figures(2017, 'en') WHERE question = '4.3.5';
-- @ report_figures
-- "And of answers of my own, with intervals?"
SELECT create_wave(2019, synthetic => true);
INSERT INTO wave_2019 SELECT * FROM synthetic_2017 WHERE organisation < 'S050';
SELECT label, n, base, missing, round(pct::numeric, 1) AS "%", round(conf_low::numeric, 1) AS low, round(conf_high::numeric, 1) AS high, kind
FROM report_figures(2019, 'en') WHERE question = '5.7' AND part = 'proficiency';
