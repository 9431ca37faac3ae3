-- # Suppression
-- @ suppress
-- "Level by company size, so that nobody can be made out." Counts of 1 and 2 are hidden (c), and as many others as it takes that they cannot be worked out.
-- see: xtab, cells
SELECT coalesce("row", 'total') AS level, string_agg(lpad(coalesce(n::text, flag), 3), ' | ' ORDER BY col) AS "  a |   b |   c |   d |   e |   f |   g | all"
FROM suppress((SELECT xtab(q4_4_2, q1_3) FROM synthetic_2017)) GROUP BY "row" ORDER BY "row";
-- @ suppress
-- What a reader can still work out about a hidden count.
SELECT "row" AS level, col AS company_size, kind, low, high FROM suppress((SELECT xtab(q4_4_2, q1_3) FROM synthetic_2017)) WHERE flag = 'c' AND "row" = 'b';
