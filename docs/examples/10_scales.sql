-- # The questionnaire's scales
-- Each ordinal scale of the questionnaire is a type. A value is stored and shown as the questionnaire's code and compared by its level.
-- @ level
-- "What number stands for each answer?" Levels rise with the scale, whatever the letter; "not done" has none.
SELECT level('a'::maturity), level('e'::maturity) AS lowest, level('f'::tenure) AS not_done, 'b'::maturity::int AS cast_to_int;
-- @ label
-- "What does the code mean?"
SELECT q5_2_proficiency AS code, label(q5_2_proficiency) AS english, label(q5_2_proficiency, 'ja') AS japanese, count(*)
FROM synthetic_2017 GROUP BY 1 ORDER BY 1 DESC;
-- @ label
-- There are labels in two languages.
-- error
SELECT label('a'::maturity, 'fr');
-- @ on_scale
-- "How many have the service, and how many answered that they do not do it?"
SELECT count(*) FILTER (WHERE on_scale(q5_6_tenure)) AS forensics, count(*) FILTER (WHERE NOT on_scale(q5_6_tenure)) AS not_done FROM synthetic_2017;
-- @ substantive
-- "The median of the years, of those who have the service?" Off-scale answers become NULL, which aggregates pass over.
SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY q5_6_tenure) AS of_all, percentile_disc(0.5) WITHIN GROUP (ORDER BY substantive(q5_6_tenure)) AS of_those
FROM synthetic_2017;
-- @ scale_levels
-- "Which codes has a scale, in which order?"
-- see: label, level
SELECT code, level, off_scale, label_ja, label_en FROM scale_levels('proficiency');
SELECT scale, count(*) AS codes FROM scale_levels() GROUP BY scale ORDER BY scale LIMIT 3;
-- @ min, max
-- "The smallest and the largest organisation of each industry?"
-- see: ordinal_summary
SELECT o.label_en AS industry, count(*), label(min(q1_3)) AS smallest, label(max(q1_3)) AS largest
FROM synthetic_2017 s JOIN option o ON o.question = '1.2' AND o.code = q1_2 GROUP BY o.label_en HAVING count(*) >= 10 ORDER BY 1;
-- @ maturity
-- "Who has incident classes that are at least approved?" Text compares with a scale, so that a parameter of a report needs no cast.
-- see: scale_levels
SELECT code, level, label_en FROM scale_levels('maturity');
SELECT count(*) FILTER (WHERE q4_4_2 >= 'b') AS approved, count(*) FILTER (WHERE q4_4_2 < 'd') AS undefined, count(*) FROM synthetic_2017;
-- @ maturity
-- Input takes codes and labels, in any case and width.
SELECT 'Ｂ'::maturity AS full_width, 'A rough guide exists, but is not documented'::maturity AS label;
-- @ maturity
-- "The BI tool sends every parameter as text." Lists, ranges and patterns take text too: LIKE matches the code, the others read codes and labels.
PREPARE at_level(varchar, varchar) AS SELECT count(*) FILTER (WHERE q4_4_2 IN ($1, $2)) AS either, count(*) FILTER (WHERE q4_4_2 BETWEEN $2 AND $1) AS from_to,
	   count(*) FILTER (WHERE q4_4_2 LIKE 'a%') AS pattern FROM synthetic_2017;
EXECUTE at_level('a', 'c');
-- @ tenure
SELECT code, level, off_scale, label_en, label_ja FROM scale_levels('tenure');
-- @ proficiency
SELECT code, level, off_scale, label_en, label_ja FROM scale_levels('proficiency');
-- @ proficiency
-- What is neither a code nor a label is refused.
-- error
SELECT 'e'::proficiency;
-- @ cadence
SELECT code, level, label_en, label_ja FROM scale_levels('cadence');
-- @ company_size
SELECT code, level, label_en, label_ja FROM scale_levels('company_size');
-- @ team_size
SELECT code, level, label_en, label_ja FROM scale_levels('team_size');
-- @ employee_share
SELECT code, level, label_en, label_ja FROM scale_levels('employee_share');
-- @ dedicated_share
SELECT code, level, label_en, label_ja FROM scale_levels('dedicated_share');
-- @ headcount
SELECT code, level, label_en, label_ja FROM scale_levels('headcount');
-- @ preparation_period
SELECT code, level, label_en, label_ja FROM scale_levels('preparation_period');
-- @ asset_management
SELECT code, level, label_en, label_ja FROM scale_levels('asset_management');
-- @ tool_adoption
SELECT code, level, label_en, label_ja FROM scale_levels('tool_adoption');
-- @ stop_authority
SELECT code, level, off_scale, label_en, label_ja FROM scale_levels('stop_authority');
-- @ report_audience
SELECT code, level, off_scale, label_en, label_ja FROM scale_levels('report_audience');
