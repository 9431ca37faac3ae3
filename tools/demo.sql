-- The published results of the 2017 survey, computed by the extension's types, tables and tests from the published counts.
SELECT :'lang' = 'ja' AS ja \gset
CREATE TEMP TABLE item AS
	SELECT question, max(CASE WHEN :'lang' = 'ja' THEN question_ja ELSE question_en END) AS title, freq(codes[1]::maturity, n) AS t
	FROM published_table
	WHERE wave = 2017 AND question ~ '^4\.(4\.[2-9]|5\.1\.[1-4]|5\.2\.1)$' AND kind = 'printed count'
	GROUP BY question;

\if :ja
\echo '1. 成熟度 13 項目: 回答数、レベル 3 以上（文書化・承認済み）の割合と 95 % 区間、無回答 75 組織がどう答えても動かない限界、平均レベル'
\else
\echo '1. The 13 maturity items: answers, the share at level 3 or above (written and approved) with its 95 % interval, the limits that'
\echo '   hold whatever the 75 members without an answer would have said, and the mean level (0 to 4)'
\endif
SELECT question, left(title, 44) AS item, counts[5] AS a, counts[4] AS b, counts[3] AS c, counts[2] AS d, counts[1] AS e,
	   round(100 * s.estimate::numeric, 1) AS "level 3+ %",
	   format('%s-%s', round(100 * s.conf_low::numeric, 1), round(100 * s.conf_high::numeric, 1)) AS "95 %",
	   format('%s-%s', round(100 * b.conf_low::numeric, 1), round(100 * b.conf_high::numeric, 1)) AS "bounds",
	   round(o.mean_level::numeric, 2) AS mean, o.median
FROM item, wave, counts(t), share_at_least(t, 'b', population => wave.population) AS s,
	 share_at_least(t, 'b', 'census_bounds', population => wave.population) AS b, ordinal_summary(t) AS o
WHERE wave.wave = 2017 ORDER BY s.estimate DESC;
\if :ja
\echo '   区間は Wilson、有限母集団修正（262 組織中 187）。SIM3 に似た自己評価であり、監査結果ではない。'
\else
\echo '   Intervals: Wilson with the finite population correction (187 of 262). The levels are SIM3-like and self-assessed.'
\endif
\echo

\if :ja
\echo '2. 22 のサービス: 実施率、実施単位（複数回答、回答組織に対する %）、運用年数の中央値、「十分に機能している」割合（実施組織中）'
\else
\echo '2. The 22 services: share that offers it, who does it (several answers; percent of organisations), median years in operation,'
\echo '   and the share that "works well" of those that do it'
\endif
WITH by_part AS (
	SELECT question, question_position AS position, max(CASE WHEN :'lang' = 'ja' THEN question_ja ELSE question_en END) AS title,
		   max(pct) FILTER (WHERE part = 'implementer' AND codes = '{d}') AS not_done,
		   max(pct) FILTER (WHERE part = 'implementer' AND codes = '{a}') AS team,
		   max(pct) FILTER (WHERE part = 'implementer' AND codes = '{b}') AS in_house,
		   max(pct) FILTER (WHERE part = 'implementer' AND codes = '{c}') AS outside,
		   freq((codes[1])::tenure, n) FILTER (WHERE part = 'tenure') AS years,
		   freq((CASE WHEN part = 'proficiency' THEN codes[1] END)::proficiency, n) FILTER (WHERE part = 'proficiency') AS skill
	FROM published_table
	WHERE wave = 2017 AND part IN ('implementer', 'tenure', 'proficiency') AND kind = 'printed count' AND question ~ '^[567]\.'
	GROUP BY question, question_position)
SELECT question, left(title, 44) AS service, 100 - not_done AS "offered %", team AS "team %", in_house AS "other dept %", outside AS "outside %",
	   label((ordinal_summary(years)).median::tenure, :'lang') AS "median years",
	   round(100 * (share_at_least(skill, 'c')).estimate::numeric, 1) AS "works well %"
FROM by_part ORDER BY position;

\if :ja
\echo '3. 2015 年と 2017 年: 両年の値がわかる項目の差（2017 - 2015、ポイント）、Newcombe の 95 % 区間、p 値と Holm 調整'
\else
\echo '3. 2015 against 2017, where both are known: difference in points (2017 - 2015) with Newcombe''s 95 % interval, p, and p adjusted (Holm)'
\endif
SELECT question, left(CASE WHEN :'lang' = 'ja' THEN label_ja ELSE label_en END, 48) AS answer, format('%s of %s', from_n, from_base) AS "2015",
	   format('%s%s of %s', CASE WHEN basis = 'printed percentage' THEN 'about ' END, n, base) AS "2017", round(difference::numeric, 1) AS difference,
	   format('%s to %s', round(conf_low::numeric, 1), round(conf_high::numeric, 1)) AS "95 %", round(p_value::numeric, 3) AS p,
	   round(p_holm::numeric, 3) AS "p (Holm)", flags
FROM wave_comparison WHERE from_wave = 2015 AND to_wave = 2017 AND p_value IS NOT NULL AND NOT synthetic ORDER BY question, answer;
SELECT question, left(CASE WHEN :'lang' = 'ja' THEN question_ja ELSE question_en END, 30) AS service, round(from_pct::numeric, 1) AS "2015 in-house %",
	   format('%s to %s', round(bound_low::numeric, 1), round(bound_high::numeric, 1)) AS "2017 between", verdict
FROM wave_comparison WHERE from_wave = 2015 AND to_wave = 2017 AND relation = 'recoded' AND NOT synthetic ORDER BY question;
\if :ja
\echo '   2015 年の会員は 2017 年にも含まれるため標本は重なるが、回答者の対応がないので独立とみなした。"about" は公表された % からの換算。3.1.2 は 2017 年の値が公表文にない。'
\else
\echo '   Members of 2015 are in 2017 too: the samples overlap, and without respondent ids independence is assumed. "about" is reckoned from a'
\echo '   printed percentage. 3.1.2 has counts for 2015 only.'
\endif
\echo

\if :ja
\echo '4. 項目とレベルのクロス集計: どの項目がどのレベルに偏るか（調整済み標準化残差の大きい 8 セル）'
\else
\echo '4. Item by level, as one contingency table: where the items lean (the eight largest adjusted residuals)'
\endif
CREATE TEMP TABLE crossed AS
	SELECT xtab(question, codes[1]::maturity, n) AS t FROM published_table
	WHERE wave = 2017 AND question IN (SELECT question FROM item) AND kind = 'printed count';
SELECT "row" AS question, left(title, 44) AS item, col AS code, c.n::int, round(row_pct::numeric, 1) AS "row %",
	   round(expected::numeric, 1) AS expected, round(adj_residual::numeric, 1) AS "adj. residual"
FROM crossed, cells(t) AS c JOIN item ON item.question = c."row" ORDER BY abs(adj_residual) DESC LIMIT 8;
SELECT method, round(statistic::numeric, 1) AS statistic, parameter AS df, to_char(p_value, '9.9EEEE') AS p, round(estimate::numeric, 3) AS estimate,
	   CASE WHEN conf_low IS NOT NULL THEN format('%s-%s', round(conf_low::numeric, 3), round(conf_high::numeric, 3)) END AS "95 %"
FROM crossed, LATERAL (SELECT * FROM chisq_test(t) UNION ALL SELECT * FROM g_test(t) UNION ALL SELECT * FROM cramers_v(t)
					   UNION ALL SELECT * FROM cramers_v(t, bias_corrected => true)) AS h;
\if :ja
\echo '   同じ組織が 13 項目すべてに答えているので、検定は目安にすぎない。'
\else
\echo '   The same organisations answered all 13 items, so these tests are a rough guide only.'
\endif
\echo

\if :ja
\echo '5. 報告書の文の検算'
\else
\echo '5. The report''s own sentences, recomputed from its tables'
\endif
SELECT section, left(CASE WHEN :'lang' = 'ja' THEN sentence_ja ELSE sentence_en END, 60) AS sentence, printed, question,
	   round(100 * recomputed, 1) AS "recomputed %", verdict
FROM statement_check WHERE verdict <> 'cannot be recomputed' ORDER BY statement, item;

\if :ja
\echo '6. 集計表の整合性'
\else
\echo '6. Consistency of the published tables'
\endif
SELECT finding, question, part, left(CASE WHEN :'lang' = 'ja' THEN detail_ja ELSE detail_en END, 90) AS detail
FROM consistency_check ORDER BY finding, question, part;

\if :ja
\echo 'make psql で同じデータの psql が開きます。自分の回答は CREATE TABLE と \\copy で入れてください（README の "Your own answers"）。'
\else
\echo 'make psql opens a psql prompt on the same data. Load your own answers there with CREATE TABLE and \\copy: README, "Your own answers".'
\endif
