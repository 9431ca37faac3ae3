-- What a user sees of multi-select answers: forms read, forms refused.
CREATE EXTENSION csirtsurvey;
SET search_path = csirtsurvey, public;
SELECT '{a,c}'::multiselect, 'c a'::multiselect, 'C; a'::multiselect, 'a|b|a'::multiselect, '{}'::multiselect, 'a、b'::multiselect;
SELECT 'a，c　d'::multiselect AS full_width_separators, 'aa,z,bb'::multiselect AS beyond_z;
SELECT options(m), cardinality(m), has(m, 'c'), m @> 'c', m && 'b,d', m <@ 'a,b,c', m | 'b', m & 'a,b', m - 'a'
FROM (VALUES ('{a,c}'::multiselect)) AS v(m);
SELECT multiselect_from_flags(true, false, NULL, true), multiselect_from_flags(NULL, NULL), multiselect_from_options('{c,a}'), ARRAY['b', 'b']::multiselect;
CREATE TABLE service (implementer multiselect(5, d), tool multiselect(3));
\d service
INSERT INTO service VALUES ('a,b', 'a'), ('d', '{}'), (NULL, NULL);
INSERT INTO service VALUES ('a,d', 'a');
INSERT INTO service VALUES ('a,f', 'a');
INSERT INTO service VALUES ('a'::multiselect, 'a,d'::multiselect);
UPDATE service SET implementer = implementer | 'd';
SELECT * FROM service ORDER BY implementer;
SELECT ''::multiselect;
SELECT 'ac'::multiselect;
SELECT '01001'::multiselect;
SELECT 'a,,b'::multiselect;
SELECT '{a'::multiselect;
SELECT 'a,'::multiselect;
SELECT 'team'::multiselect;
SELECT 'チーム'::multiselect;
SELECT has('{a}', 'a,b');
CREATE TABLE bad (m multiselect(0));
CREATE TABLE bad (m multiselect(3, e));
SELECT freq(implementer) FROM service;
SELECT chisq_test(xtab(implementer, tool)) FROM service;
DROP TABLE service;
DROP EXTENSION csirtsurvey;
