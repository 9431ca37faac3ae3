-- Queries in the form in which BI tools send them, each after the name of the tool.  A line "with:" gives the parameters for the question
-- marks, separated by bars; they are sent as text, as the tools do, unless int: stands before one.  Each must give through every driver what
-- it gives in psql.

-- Metabase: values of a field, for its filter
SELECT "csirtsurvey"."bi_option"."label_ja" AS "label_ja" FROM "csirtsurvey"."bi_option" GROUP BY "csirtsurvey"."bi_option"."label_ja" ORDER BY "csirtsurvey"."bi_option"."label_ja" ASC LIMIT 1001;

-- Metabase: a summary with filters
-- with: int:2017 | 4.4.2
SELECT "csirtsurvey"."bi_answer"."label_order" AS "label_order", "csirtsurvey"."bi_answer"."label_ja" AS "label_ja", SUM("csirtsurvey"."bi_answer"."weight") AS "sum", COUNT(DISTINCT "csirtsurvey"."bi_answer"."organisation") AS "count" FROM "csirtsurvey"."bi_answer" WHERE ("csirtsurvey"."bi_answer"."wave" = ?) AND ("csirtsurvey"."bi_answer"."question" = ?) GROUP BY "csirtsurvey"."bi_answer"."label_order", "csirtsurvey"."bi_answer"."label_ja" ORDER BY "csirtsurvey"."bi_answer"."label_order" ASC, "csirtsurvey"."bi_answer"."label_ja" ASC;

-- Metabase: a filter with several values, and one that contains a text whatever its case
-- with: 銀行 | 証券 | 保険 | %INFORM%
SELECT "source"."industry_ja" AS "industry_ja", SUM("source"."weight") AS "sum" FROM (SELECT "csirtsurvey"."bi_answer"."industry_ja" AS "industry_ja", "csirtsurvey"."bi_answer"."weight" AS "weight", "csirtsurvey"."bi_answer"."question_en" AS "question_en", "csirtsurvey"."bi_answer"."section" AS "section" FROM "csirtsurvey"."bi_answer") AS "source" WHERE "source"."section" = 4 AND ("source"."industry_ja" = ? OR "source"."industry_ja" = ? OR "source"."industry_ja" = ?) AND (LOWER("source"."question_en") LIKE LOWER(?)) GROUP BY "source"."industry_ja" ORDER BY "source"."industry_ja" ASC;

-- Metabase: a filter that is empty
SELECT count(*) AS "count" FROM "csirtsurvey"."bi_answer" WHERE "csirtsurvey"."bi_answer"."question" = '5.7' AND (("csirtsurvey"."bi_answer"."industry_ja" IS NULL) OR ("csirtsurvey"."bi_answer"."industry_ja" = ''));

-- Metabase: a native question with a variable on a scale
-- with: b
SELECT q1_3, count(*) FROM synthetic_2017 WHERE q4_4_2 >= ? GROUP BY q1_3 ORDER BY q1_3;

-- Metabase: a native question with a variable that takes several values
-- with: a | d | {a,b}
SELECT q4_4_2, count(*) FROM synthetic_2017 WHERE q4_4_2 IN (?, ?) OR q4_3_3 = ? GROUP BY q4_4_2 ORDER BY q4_4_2 DESC;

-- Superset: a bar chart
SELECT label_en AS label_en, sum(n) AS "SUM(n)" FROM csirtsurvey.bi_frequency WHERE wave IN (2017) AND question IN ('5.7') AND part = 'implementer' GROUP BY label_en ORDER BY "SUM(n)" DESC LIMIT 1000;

-- Superset: a virtual dataset over a table of answers, with a pattern
SELECT q4_4_2 AS q4_4_2, count(*) AS count FROM (SELECT * FROM csirtsurvey.synthetic_2017) AS virtual_table WHERE CAST(q4_4_2 AS VARCHAR) ILIKE '%A%' OR q4_4_2 IN ('b', 'c') GROUP BY q4_4_2 ORDER BY count DESC LIMIT 1000;

-- Grafana: a bar chart with a variable of several values
SELECT label_ja AS metric, valid_percent AS value FROM csirtsurvey.bi_frequency WHERE wave = 2017 AND question IN ('4.4.2','4.4.3') ORDER BY question_order, label_order;

-- Grafana: a query for a variable, text and value
SELECT question_ja AS __text, question AS __value FROM csirtsurvey.bi_question ORDER BY question_order;

-- Tableau: a sheet with a filter and a sorted label
SELECT "bi_answer"."label_ja" AS "label_ja", MIN("bi_answer"."label_order") AS "$__alias__0", SUM("bi_answer"."weight") AS "sum:weight:ok" FROM "csirtsurvey"."bi_answer" "bi_answer" WHERE (("bi_answer"."question" = '4.4.2') AND ("bi_answer"."wave" >= 2015) AND ("bi_answer"."wave" <= 2017)) GROUP BY 1 ORDER BY 2 ASC, 1 ASC;

-- Tableau: columns of types it does not know
SELECT CAST("synthetic_2017"."q4_4_2" AS TEXT) AS "q4_4_2", CAST("synthetic_2017"."q4_3_3" AS TEXT) AS "q4_3_3", COUNT(1) AS "cnt" FROM "csirtsurvey"."synthetic_2017" "synthetic_2017" WHERE (CAST("synthetic_2017"."q4_4_2" AS TEXT) = 'a') GROUP BY 1, 2 HAVING (COUNT(1) > 0) ORDER BY 1, 2;

-- Tableau: the range of a column
SELECT MIN("synthetic_2017"."q4_4_2") AS "min", MAX("synthetic_2017"."q4_4_2") AS "max", MIN("synthetic_2017"."q3_3_2") AS "min2", MAX("synthetic_2017"."q3_3_2") AS "max2" FROM "csirtsurvey"."synthetic_2017" "synthetic_2017" HAVING (COUNT(1) > 0);

-- Power Query (Excel, Power BI): a filtered table
-- with: 4.4.2
select "_"."label_ja", "_"."n", "_"."valid_percent", "_"."missing", "_"."off_scale" from (select "wave", "question", "label_ja", "label_order", "n", "valid_percent", "missing", "off_scale" from "csirtsurvey"."bi_frequency") "_" where ("_"."question" = ? and "_"."question" is not null) and ("_"."wave" = 2017 and "_"."wave" is not null) order by "_"."label_order" limit 1000;

-- Power Query (Excel, Power BI): text that begins with
-- with: CSIRT%
select "_"."question", "_"."question_ja", "_"."note" from "csirtsurvey"."bi_question" "_" where "_"."question_ja" like ? order by "_"."question";

-- Microsoft Query (Excel): a parameter in a cell
-- with: 未実施 | int:2017
SELECT bi_frequency.question, bi_frequency.part, bi_frequency.n, bi_frequency.base FROM csirtsurvey.bi_frequency bi_frequency WHERE (bi_frequency.label_ja=?) AND (bi_frequency.wave=?) ORDER BY bi_frequency.question, bi_frequency.part;

-- Access: a linked table of answers, a row by its key
-- with: S001 | S002 | S003
SELECT "organisation","q1_3","q4_4_2","q4_3_3","q3_3_2" FROM "csirtsurvey"."synthetic_2017" WHERE "organisation" = ? OR "organisation" = ? OR "organisation" = ? ORDER BY "organisation";

-- Access: a pattern on a column of a type that the driver calls text
-- with: %a%
SELECT "organisation" FROM "csirtsurvey"."synthetic_2017" WHERE ("q4_3_3" LIKE ?) ORDER BY "organisation";

-- Any tool: a multi-select answer with a text parameter, and dates and NULLs
-- with: a,b
SELECT organisation, q3_3_2, q3_3_2 >= '2010-04-01' AS since, cardinality(q4_3_3) AS schemes FROM synthetic_2017 WHERE q4_3_3 @> ? ORDER BY organisation;

-- Any tool: waves with their NULLs
SELECT wave, title_ja, fieldwork_from, fieldwork_to, population, readable, note FROM csirtsurvey.bi_wave ORDER BY wave;

-- Any tool: comparisons, shifts, statements
SELECT question, label_ja, from_percent, percent, difference, conf_low, conf_high, p_value, p_holm, verdict_ja, flags FROM csirtsurvey.bi_comparison ORDER BY question_order, part_order, label_order, codes, from_codes;
