-- What a user sees of xtab: the text form, and the messages for what is refused.
CREATE EXTENSION csirtsurvey;
SET search_path = csirtsurvey, public;
CREATE TYPE size AS ENUM ('small', 'middle', 'large');
CREATE TABLE answer (size size, done boolean, weight float8);
INSERT INTO answer VALUES ('small', true, 1.5), ('small', false, 0.5), ('large', true, 2), (NULL, true, 1), ('large', NULL, 1);

SELECT xtab(size, done) FROM answer;
SELECT freq(size, weight) FROM answer;
SELECT row_labels(t), col_labels(t), row_scores(t), counts(t), n(t), n_missing(t) FROM (SELECT xtab(size, done) AS t FROM answer) s;
SELECT xtab(ARRAY[[71, 70], [15, 31]], ARRAY['defined', 'not defined'], ARRAY['audited', 'not audited']);
SELECT counts(merge(t)) FROM (SELECT xtab(size, done) AS t FROM answer GROUP BY size) s;
SELECT "row", col, n, round(row_pct::numeric, 1) AS row_pct, round(expected::numeric, 2) AS expected, round(adj_residual::numeric, 2) AS adj_residual
FROM cells(xtab(ARRAY[[71, 70], [15, 31]], ARRAY['defined', 'not defined'], ARRAY['audited', 'not audited']));
SELECT method, round(statistic::numeric, 10) AS statistic, parameter, round(p_value::numeric, 10) AS p_value, n, notes
FROM chisq_test(xtab(ARRAY[[71, 70], [15, 31]], ARRAY['defined', 'not defined'], ARRAY['audited', 'not audited']));

SELECT '{"xtab": 1}'::xtab;
SELECT xtab(ARRAY[[1, -1]]);
SELECT xtab(ARRAY[[1, 2]], ARRAY['a', 'b']);
SELECT freq(1, 'NaN');
SELECT freq(1) + freq('a'::text);
SELECT freq('{}'::json);
SET csirtsurvey.max_categories = 10;
SELECT freq(i) FROM generate_series(1, 11) AS i;
DROP TABLE answer;
DROP EXTENSION csirtsurvey;
