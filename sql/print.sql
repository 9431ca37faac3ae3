-- Printed tables, as they are read.
CREATE EXTENSION csirtsurvey;
SET search_path = csirtsurvey, public;
\pset format unaligned
\pset tuples_only
-- The example of sql/tap/comparisons.sql: R's adjusted p-values are below 0.05 for the small letters and below 0.01 for the capital.
CREATE TABLE example AS SELECT xtab(ARRAY[[18, 36, 21, 9, 6], [12, 36, 45, 36, 21], [6, 9, 9, 3, 3], [3, 9, 9, 6, 3]],
	ARRAY['never married', 'married', 'divorced', 'widowed'], ARRAY['middle school or lower', 'high school', 'bachelor', 'master', 'PhD']) AS t;
SELECT print(t, letters => true, alpha_strict => 0.01, title => 'Marital status by education', row_title => 'status', col_title => 'education')
FROM example;
SELECT print(t, 'row', digits => 0) FROM example;
SELECT print(t, 'total', digits => 2) FROM example;
SELECT print(t, 'none', letters => true, p_adjust => 'none', row_title => 'status') FROM example;
SELECT print(transpose(t), letters => true, p_adjust => 'holm', family => 'table') FROM example;
-- Scales in both languages, with missing answers, a category that nobody chose and an empty column.
CREATE TABLE answer (skill proficiency, years preparation_period, weight float8);
INSERT INTO answer SELECT 'a', 'd', 1 FROM generate_series(1, 35);
INSERT INTO answer SELECT 'b', 'c', 0.75 FROM generate_series(1, 20);
INSERT INTO answer SELECT 'c', 'c', 2 FROM generate_series(1, 14);
INSERT INTO answer VALUES ('d', NULL, 1), (NULL, 'a', 1), (NULL, NULL, 1), ('a', 'a', NULL);
SELECT print(xtab(skill, years), letters => true, lang => 'ja', title => '熟練度と準備期間', row_title => '熟練度', col_title => '準備期間') FROM answer;
SELECT print(xtab(skill, years), 'row') FROM answer;
SELECT print(freq(skill), lang => 'ja', row_title => '熟練度') FROM answer;
SELECT print(freq(skill), title => 'How well it works') FROM answer;
-- Weighted: counts with decimals.
SELECT print(xtab(skill, years, weight), digits => 2) FROM answer;
SELECT print(freq(skill, weight)) FROM answer;
-- Long labels: cut, wrapped, and by the columns that a terminal shows; line breaks in labels do not break lines.
SELECT print(xtab(ARRAY[[1, 2], [3, 4]], ARRAY['インシデント発生後の対応手順が文書化され承認されている', 'short'],
				  ARRAY['a head that needs several lines to be read', E'two\nlines']), max_width => 21);
SELECT print(xtab(ARRAY[[1, 2]], ARRAY[E'e\u0301'], ARRAY['Donaudampfschifffahrtsgesellschaft', '非常に長い列見出しは折り返して印刷される'])); -- a combining accent
-- Nothing to print, one category, many.
SELECT print(xtab(NULL::int, 1));
SELECT print(freq(NULL::int));
SELECT print(xtab(ARRAY[0]));
SELECT print(xtab(ARRAY[[0, 0]]));
SELECT print(xtab(ARRAY[7]));
SELECT print(xtab(i, i % 40), 'none', max_rows => 3, max_cols => 4) FROM generate_series(1, 1000) AS i;
SELECT print(freq(i), max_rows => 4) FROM generate_series(1, 1000) AS i;
SELECT print(xtab(ARRAY[[4611686018427387904, 1]]), digits => 0);
SELECT print(t, letters => NULL) IS NULL AS null_argument FROM example;
SELECT print(t, 'column') FROM example;
SELECT print(freq(skill), letters => true) FROM answer;
SELECT print(t, letters => true, max_cols => 4) FROM example;
SELECT print(t, digits => 11) FROM example;
DROP TABLE answer, example;
DROP EXTENSION csirtsurvey;
