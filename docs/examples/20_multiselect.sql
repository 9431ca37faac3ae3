-- # Multi-select answers
-- The type of a question where several options may be ticked, its operators, and what makes it from the forms' exports.
-- @ multiselect
-- "Which teams take part in JPCERT/CC's scheme (a) and in the police's (d)?" A column that declares an exclusive option refuses what breaks it.
-- see: options, has, multiselect_from_labels
SELECT count(*) FILTER (WHERE q4_3_3 @> '{a,d}') AS a_and_d, count(*) FILTER (WHERE q4_3_3 && '{b,c}') AS b_or_c,
	   count(*) FILTER (WHERE q4_3_3 <@ '{a}') AS only_a_or_nothing, count(q4_3_3) AS answered FROM synthetic_2017;
SELECT 'c; a'::multiselect AS read, '{a,b}'::multiselect | '{d}' AS either, '{a,b}'::multiselect & '{b,c}' AS both, '{a,b}'::multiselect - '{b}' AS less;
-- @ multiselect
-- In `multiselect(5, d)` the option d, "not done", excludes the others.
-- error
SELECT 'a,d'::multiselect(5, d);
-- @ multiselect
-- "The BI tool sends the filter as text." Text and arrays of codes are read as an answer; LIKE sees the codes between braces.
PREPARE ticked(varchar) AS SELECT count(*) FILTER (WHERE q4_3_3 @> $1) AS at_least_these, count(*) FILTER (WHERE q4_3_3 = $1) AS exactly_these,
	   count(*) FILTER (WHERE q4_3_3 && ARRAY['b', 'c']) AS b_or_c, count(*) FILTER (WHERE q4_3_3 LIKE '{a%') AS begins_with_a FROM synthetic_2017;
EXECUTE ticked('d,a');
-- @ options
-- "One row a tick" for a join with the labels.
SELECT organisation, o.code, o.label_en FROM synthetic_2017, unnest(options(q5_2_implementer)) AS tick (code)
JOIN option o ON o.question = '5.2' AND o.part = 'implementer' AND o.code = tick.code WHERE organisation IN ('S001', 'S002') ORDER BY 1, 2;
-- @ cardinality
-- "How many of the schemes do they take part in?" A tick of "does not take part" is one, too.
SELECT cardinality(q4_3_3) AS ticks, count(*) FROM synthetic_2017 GROUP BY 1 ORDER BY 1;
-- @ has
-- "Is forensics (5.6) done outside more often than alerts (5.2)?"
SELECT count(*) FILTER (WHERE has(q5_6_implementer, 'c')) AS forensics_outside, count(*) FILTER (WHERE has(q5_2_implementer, 'c')) AS alerts_outside FROM synthetic_2017;
-- @ multiselect_from_options
-- From an array of codes, in any order.
SELECT multiselect_from_options(ARRAY['c', 'a', 'c']), ARRAY['b', 'a']::multiselect AS by_cast, multiselect_from_options('{}') AS nothing_ticked;
-- @ multiselect_from_flags
-- "The export has a column of true and false for each option."
SELECT id, multiselect_from_flags(team, in_house, outside) FROM (VALUES (1, true, false, true), (2, false, false, false), (3, NULL, NULL, NULL)) AS export (id, team, in_house, outside);
-- @ multiselect_from_labels
-- "The form exports the labels of the ticked options in one cell." A comma within a label does not part it.
SELECT multiselect_from_labels('Outside; CSIRT', ARRAY['CSIRT', 'Other department', 'Outside']),
	   multiselect_from_labels('Legal, audit and PR, Security', ARRAY['Security', 'Legal, audit and PR']) AS comma_in_label,
	   multiselect_from_labels(ARRAY['Outside'], ARRAY['CSIRT', 'Other department', 'Outside']) AS from_array;
-- @ multiselect_from_labels
-- A label that is none is refused, and named.
-- error
SELECT multiselect_from_labels('CSIRT, Nobody', ARRAY['CSIRT', 'Other department', 'Outside']);
-- @ multiselect_from_json
-- "The web API sends arrays." `[]` is asked and nothing ticked, null not answered.
SELECT multiselect_from_json('["a", "c"]') AS codes, multiselect_from_json('["Outside"]', ARRAY['CSIRT', 'Other department', 'Outside']) AS labels,
	   multiselect_from_json('[]') AS nothing, multiselect_from_json('null') IS NULL AS not_answered;
-- @ option_labels
-- "The labels for the functions that take them."
-- see: mr_options, multiselect_from_labels
SELECT option_labels('5.2', 'proficiency') AS english, option_labels('5.2', 'proficiency', 'ja') AS japanese;
