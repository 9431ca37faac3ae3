-- # Tables of multi-select answers
-- From the made-up answers of 2017. `xtab(group, ms)` and `freq(ms)` count whole selections, so that every share is of respondents.
CREATE TEMP VIEW schemes AS SELECT freq(q4_3_3) AS t FROM synthetic_2017;
CREATE TEMP VIEW schemes_by_size AS
	SELECT xtab(CASE WHEN q1_3 >= 'f' THEN '5,000 or more' ELSE 'fewer' END, q4_3_3) AS t FROM synthetic_2017;
-- @ mr_summary
-- "How many answered, and how much did they tick?"
SELECT s.respondents, s.missing, s.valid, s.answered, s."none", s.responses, round(s.mean_responses::numeric, 2) AS mean_responses FROM schemes, mr_summary(t) AS s;
-- @ mr_options
-- "Which schemes do they take part in?" In percent of the respondents and of the ticks.
-- see: option_labels, mr_cells
SELECT option, label, n, round(respondent_pct::numeric, 1) AS "respondents %", round(response_pct::numeric, 1) AS "responses %"
FROM schemes, mr_options(t, option_labels('4.3.3'));
-- @ mr_cells
-- "The same by size of the organisation?"
SELECT "row" AS size, col AS option, n, row_n AS base, round(row_pct::numeric, 1) AS "row %" FROM schemes_by_size, mr_cells(t)
WHERE col IN ('a', 'b', 'd') ORDER BY option, size;
-- @ mr_pairs
-- "Which schemes go together?"
SELECT option_1, option_2, n_both, round(pct_of_1::numeric, 1) AS "% of 1", round(pct_of_2::numeric, 1) AS "% of 2", round(jaccard::numeric, 3) AS jaccard, round(phi::numeric, 3) AS phi
FROM schemes, mr_pairs(t, options => '{a,b,c,d,e,g}') ORDER BY abs(phi) DESC, option_1, option_2 LIMIT 4;
-- @ mr_cardinality
-- "How many schemes does a team take part in?"
SELECT ticked, n, round(pct::numeric, 1) AS pct, round(cum_pct::numeric, 1) AS "cum %" FROM schemes, mr_cardinality(t, '{a,b,c,d,e,g}');
-- @ mr_combinations
-- "What are the most frequent combinations?"
SELECT rank, selection, n, round(pct::numeric, 1) AS pct, round(cum_pct::numeric, 1) AS "cum %" FROM schemes, mr_combinations(t, 5);
-- @ mr_net
-- "How many take part in an ISAC (b or c), each counted once?" Here with the finite population of 262 members.
-- see: mr_net_bounds, proportion_ci
SELECT method, n, round(100 * estimate::numeric, 1) AS "net %", round(100 * conf_low::numeric, 1) AS low, round(100 * conf_high::numeric, 1) AS high
FROM schemes, mr_net(t, '{b,c}', population => 262);
-- @ mr_net_bounds
-- "A report says only that 45 ticked b and 30 ticked c, of 187: how many ticked either?"
SELECT low, high, round(low_pct::numeric, 1) AS "low %", round(high_pct::numeric, 1) AS "high %" FROM mr_net_bounds(ARRAY[45, 30], 187);
