-- What a user sees of the ordinal scales.
CREATE EXTENSION csirtsurvey;
SET search_path = csirtsurvey, public;
SELECT scale, code, level, off_scale, label_en FROM scale_levels() WHERE scale <> 'maturity';
SELECT code, level, label_en FROM scale_levels('maturity');
SELECT 'a'::maturity AS code, 'Not done'::tenure AS english, '１年以上'::preparation_period;
SELECT '1 年以上 3 年未満'::tenure AS japanese, label('b'::tenure), label('b'::tenure, 'ja');
SELECT m, level(m), m::int, m::float8, on_scale(m), substantive(m) FROM (VALUES ('f'::tenure), ('a'), ('e')) AS v(m) ORDER BY v.m;
SELECT 'z'::proficiency;
SELECT ''::proficiency;
SELECT label('a'::proficiency, 'fr');
SELECT * FROM scale_levels('height');
SELECT xtab(p, t) FROM (VALUES ('a'::proficiency, 'b'::tenure), ('d', 'f'), (NULL, 'a')) AS v(p, t);
DROP EXTENSION csirtsurvey;
