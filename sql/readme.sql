-- The queries of README.md; tools/check_readme holds README to this output.
CREATE EXTENSION csirtsurvey;
SET search_path = csirtsurvey, public;
SELECT sentence_en, printed, round(100 * recomputed, 1) AS "recomputed %", verdict
FROM statement_check WHERE question = '5.7' ORDER BY statement, item;
CREATE TYPE level AS ENUM ('none', 'known', 'written', 'approved', 'audited');
CREATE TABLE team (industry text, incident_classes level, year int);
INSERT INTO team VALUES ('bank', 'audited', 2017), ('bank', 'approved', 2017), ('telecom', 'known', 2017),
	('telecom', NULL, 2017), ('bank', 'written', 2015), ('telecom', 'approved', 2015);
SELECT year, row_labels(t) AS industries, col_labels(t) AS levels, counts(t), n_missing(t)
FROM (SELECT year, xtab(industry, incident_classes) AS t FROM team GROUP BY year) AS by_year ORDER BY year;
SELECT counts(merge(t)) FROM (SELECT xtab(industry, incident_classes) AS t FROM team GROUP BY year) AS by_year;
DROP TABLE team;
DROP TYPE level;
DROP EXTENSION csirtsurvey;
