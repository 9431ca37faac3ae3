-- Functions and operators of a schema that comes first in search_path, and fit better than PostgreSQL's own, are not called.
\i sql/tap/begin.psql
SET client_min_messages = warning;
SELECT plan(11);

SELECT is_empty($$SELECT p.oid::regprocedure FROM pg_proc p JOIN pg_language l ON l.oid = p.prolang
	WHERE p.pronamespace = 'csirtsurvey'::regnamespace AND l.lanname IN ('sql', 'plpgsql') AND p.prosqlbody IS NULL AND array_to_string(p.proconfig, ' ') ~ 'search_path=' IS NOT TRUE$$,
	'every function has a parsed body or a search_path of its own');

CREATE SCHEMA hostile;
CREATE FUNCTION hostile.trap() RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'trapped'; END $$;
CREATE FUNCTION hostile.format(text, text) RETURNS text LANGUAGE sql AS 'SELECT hostile.trap()::text';
CREATE FUNCTION hostile.format(text, text, text) RETURNS text LANGUAGE sql AS 'SELECT hostile.trap()::text';
CREATE FUNCTION hostile.format(text, name, name) RETURNS text LANGUAGE sql AS 'SELECT hostile.trap()::text';
CREATE FUNCTION hostile.format(text, integer) RETURNS text LANGUAGE sql AS 'SELECT hostile.trap()::text';
CREATE FUNCTION hostile.equal(oid, regclass) RETURNS boolean LANGUAGE sql AS 'SELECT hostile.trap()';
CREATE FUNCTION hostile.join_text(text, integer) RETURNS text LANGUAGE sql AS 'SELECT hostile.trap()::text';
CREATE OPERATOR hostile.= (LEFTARG = oid, RIGHTARG = regclass, FUNCTION = hostile.equal);
CREATE OPERATOR hostile.|| (LEFTARG = text, RIGHTARG = integer, FUNCTION = hostile.join_text);
SELECT throws_ok($$SELECT hostile.format('%s', 'x'::text)$$, 'P0001', 'trapped', 'the traps work');
-- pgTAP is not called under the hostile path.
CREATE TEMP TABLE found (what text PRIMARY KEY, value text);
SET search_path = hostile, csirtsurvey, public;
INSERT INTO found SELECT 'wave', create_wave(2030, table_schema => 'public')::oid::text;
INSERT INTO wave_2030 (organisation, q4_4_2) VALUES ('one', 'a'), ('two', 'b'), ('three', NULL);
INSERT INTO found SELECT 'answers', string_agg(organisation || code, ' ') FROM bi_answer WHERE wave = 2030;
INSERT INTO found SELECT 'organisations', count(*) FROM bi_organisation WHERE wave = 2030;
INSERT INTO found SELECT 'frequencies', sum(n) FROM bi_frequency WHERE wave = 2030 AND question = '4.4.2';
INSERT INTO found SELECT 'report of answers', count(*) > 200 FROM report(2030);
INSERT INTO found SELECT 'report of published figures', count(*) > 200 FROM report(2017);
INSERT INTO found SELECT 'profile', count(*) FROM profile_check(2030, (SELECT min(profile) FROM profile));
SELECT create_wave(2031) AS made \gset
SET search_path = csirtsurvey, public;
SELECT is((SELECT value FROM found WHERE what = 'wave'), 'public.wave_2030'::regclass::oid::text, 'a wave is made');
SELECT is(:'made'::text, 'wave_2031', 'and one in the first schema of the caller''s path');
SELECT is((SELECT table_schema FROM wave_table WHERE wave = 2031), 'hostile', 'which is this one');
SELECT is((SELECT value FROM found f WHERE f.what = w), v, w)
FROM (VALUES ('answers', 'onea twob'), ('organisations', '3'), ('frequencies', '2'), ('report of answers', 'true'), ('report of published figures', 'true'),
	('profile', '3')) AS x(w, v);
SELECT * FROM finish();
ROLLBACK;
