-- What matched, what missed, what is not covered.
\pset footer off
SELECT coalesce(family, 'all') AS statistic, sum(matched) AS matched, sum(missed) AS missed, sum(not_covered) AS "not covered",
	   to_char(max(worst), '9.9EEEE') AS "worst relative error"
FROM by_family GROUP BY GROUPING SETS ((family), ()) ORDER BY by_family.family;
\echo 'Missed (the first 40):'
SELECT table_id, statistic, want AS "reference", got, to_char(error, '9.9EEEE') AS "relative error"
FROM compared WHERE covered AND error > tolerance ORDER BY statistic, table_id LIMIT 40;
