-- Computed against reference values: relative error, with the tolerances that the reference's notes give.
CREATE VIEW result AS
	SELECT DISTINCT table_id, statistic,
		   CASE WHEN value IS NULL OR value = 'NaN' THEN 'NA' WHEN value = 'Infinity' THEN 'Inf' WHEN value = '-Infinity' THEN '-Inf' ELSE value::text END AS value
	FROM got;
CREATE TABLE compared AS
	SELECT regexp_replace(regexp_replace(statistic, ':.*$', ''), '(_\d+)+$', '') AS family, table_id, statistic, want, g.value AS got,
		   g.table_id IS NOT NULL AS covered,
		   CASE WHEN g.value IS NOT DISTINCT FROM want THEN 0
				WHEN g.value IS NULL OR want IS NULL OR abs(g.value) = 'Infinity' OR abs(want) = 'Infinity' THEN 'Infinity'
				WHEN abs(g.value - want) <= coalesce(substring(note FROM 'abs=([0-9.eE+-]+)')::float8, 0) THEN 0
				ELSE abs(g.value - want) / greatest(abs(g.value), abs(want)) END::float8 AS error,
		   coalesce(substring(note FROM 'tol=([0-9.eE+-]+)')::float8, 1e-9) AS tolerance
	FROM (SELECT table_id, statistic, nullif(nullif(lower(value), 'na'), 'nan')::float8 AS want, coalesce(note, '') AS note
		  FROM csv_golden WHERE coalesce(note, '') !~ 'check=skip') AS w
		 LEFT JOIN got g USING (table_id, statistic);
-- Sampling designs and raking are not part of this version.
CREATE VIEW by_family AS
	SELECT family, count(*) FILTER (WHERE covered AND error <= tolerance) AS matched, count(*) FILTER (WHERE covered AND error > tolerance) AS missed,
		   count(*) FILTER (WHERE NOT covered) AS not_covered, max(error) FILTER (WHERE covered) AS worst,
		   family ~ '^(svy|rake)' AS other_subject
	FROM compared GROUP BY family;
