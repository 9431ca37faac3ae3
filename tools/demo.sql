-- The published results of the 2017 survey, by the extension's views and tables.
SELECT :'lang' = 'ja' AS ja \gset
\if :ja
\echo '1. 成熟度: 各項目の回答数と、レベル3以上（a + b: 文書化され承認済み）の割合'
\else
\echo '1. Maturity: answers to each item, and the share at level 3 or above (a + b: written and approved)'
\endif
WITH item AS (
	SELECT question, question_ja, question_en, max(base) AS base,
		   array_agg(n ORDER BY option_position) AS counts,
		   sum(n) FILTER (WHERE codes <@ '{a,b}') AS top
	FROM published_table
	WHERE wave = 2017 AND question ~ '^4\.(4\.[2-9]|5\.1\.[1-4]|5\.2\.1)$' AND kind = 'printed count'
	GROUP BY question, question_ja, question_en)
SELECT question, left(CASE WHEN :'lang' = 'ja' THEN question_ja ELSE question_en END, 50) AS item,
	   counts[1] AS a, counts[2] AS b, counts[3] AS c, counts[4] AS d, counts[5] AS e,
	   round(100.0 * top / base, 1) AS "a+b %", format('%s-%s', round(100 * ci.conf_low::numeric, 1), round(100 * ci.conf_high::numeric, 1)) AS "95 %"
FROM item, LATERAL proportion_ci(top, base, population => (SELECT population FROM wave WHERE wave.wave = 2017)) AS ci ORDER BY top DESC;
\if :ja
\echo '区間は Wilson、有限母集団修正（262 中 187）。'
\else
\echo 'Intervals: Wilson, corrected for the finite population (187 of 262).'
\endif

\if :ja
\echo '2. サービス: 未実施でない組織の割合と、実施単位（複数回答、回答組織に対する%）'
\else
\echo '2. Services: share of organisations that do them, and who does it (several answers; percent of organisations)'
\endif
SELECT question, left(CASE WHEN :'lang' = 'ja' THEN question_ja ELSE question_en END, 50) AS service,
	   100 - max(pct) FILTER (WHERE codes = '{d}') AS "done %", max(pct) FILTER (WHERE codes = '{a}') AS "team %",
	   max(pct) FILTER (WHERE codes = '{b}') AS "in-house %", max(pct) FILTER (WHERE codes = '{c}') AS "outside %"
FROM published_table
WHERE wave = 2017 AND part = 'implementer' AND kind = 'printed count'
GROUP BY question, question_ja, question_en, question_position ORDER BY question_position;

\if :ja
\echo '3. 報告書の文の検算'
\else
\echo '3. The report''s own sentences, recomputed from its tables'
\endif
SELECT section, left(CASE WHEN :'lang' = 'ja' THEN sentence_ja ELSE sentence_en END, 60) AS sentence, printed, question,
	   round(100 * recomputed, 1) AS "recomputed %", verdict
FROM statement_check WHERE verdict <> 'cannot be recomputed' ORDER BY statement, item;

\if :ja
\echo '4. 集計表の整合性'
\else
\echo '4. Consistency of the published tables'
\endif
SELECT finding, question, part, left(CASE WHEN :'lang' = 'ja' THEN detail_ja ELSE detail_en END, 90) AS detail
FROM consistency_check ORDER BY finding, question, part;

\if :ja
\echo 'make psql で同じデータの psql が開きます。'
\else
\echo 'make psql opens a psql prompt on the same data.'
\endif
