-- Multi-select answers against PostgreSQL's own arrays; indexes; round trips; what is refused.
\i sql/tap/begin.psql
SELECT no_plan();

-- Codes: 1,024 of them, the letter repeated.
SELECT is((SELECT options(multiselect_from_flags(VARIADIC array_fill(true, ARRAY[1024])))),
		  (SELECT array_agg(repeat(chr(97 + i % 26), 1 + i / 26) ORDER BY i) FROM generate_series(0, 1023) AS i), 'a to z, aa to zz, aaa and so on');
SELECT is((SELECT cardinality(multiselect_from_flags(VARIADIC array_fill(true, ARRAY[1024])))), 1024, 'cardinality');
SELECT throws_ok('SELECT multiselect_from_flags(VARIADIC array_fill(true, ARRAY[1025]))', '54000', NULL, 'not one option more');
SELECT throws_ok(format('SELECT %L::multiselect', repeat('k', 40)), '22P02', NULL, 'no code beyond the 1,024th');
SELECT lives_ok(format('SELECT %L::multiselect', repeat('j', 40)), 'the 1,024th has a code');

-- Random sets against arrays of codes.
SELECT setseed(0.187);
CREATE TEMP TABLE random_set AS
	SELECT i, array_agg(DISTINCT c ORDER BY c) FILTER (WHERE c IS NOT NULL) AS o
	FROM (SELECT i, CASE WHEN random() < 0.6 THEN repeat(chr(97 + floor(random() * 7)::int), 1 + floor(random() * 2)::int) END AS c
		  FROM generate_series(1, 60) AS i, generate_series(1, 5)) AS draws GROUP BY i;
UPDATE random_set SET o = '{}' WHERE o IS NULL;
CREATE TEMP TABLE pair AS
	SELECT a.o AS ao, b.o AS bo, a.o::multiselect AS a, b.o::multiselect AS b FROM random_set a, random_set b;
CREATE FUNCTION sorted(text[]) RETURNS text[] LANGUAGE sql AS $$SELECT coalesce(array_agg(x ORDER BY length(x), x), '{}') FROM (SELECT DISTINCT unnest($1) AS x) AS u$$;
SELECT is((SELECT count(*) FROM pair), 3600::bigint, '3,600 pairs');
SELECT ok(bool_and((a @> b) = (ao @> bo) AND (a <@ b) = (ao <@ bo) AND (a && b) = (ao && bo)), '@>, <@ and && are those of arrays') FROM pair;
SELECT ok(bool_and((a = b) = (sorted(ao) = sorted(bo)) AND (a <> b) = (sorted(ao) <> sorted(bo))), '= and <>') FROM pair;
SELECT ok(bool_and(options(a | b) = sorted(ao || bo) AND options(a & b) = sorted(ARRAY(SELECT unnest(ao) INTERSECT SELECT unnest(bo)))
				   AND options(a - b) = sorted(ARRAY(SELECT unnest(ao) EXCEPT SELECT unnest(bo)))), 'union, intersection and difference') FROM pair;
SELECT ok(bool_and(cardinality(a) = cardinality(ao) AND has(a, 'bb') = ('bb' = ANY (ao)) AND a::text[] = sorted(ao)), 'cardinality, has, cast to array') FROM pair;
-- the order of the lists of option numbers
CREATE FUNCTION numbers(text[]) RETURNS int[] LANGUAGE sql AS $$SELECT coalesce(array_agg(k ORDER BY k), '{}') FROM (SELECT DISTINCT ascii(x) + 26 * length(x) AS k FROM unnest($1) AS x) AS u$$;
SELECT ok(bool_and((a < b) = (numbers(ao) < numbers(bo)) AND (a <= b) = (numbers(ao) <= numbers(bo)) AND (a > b) = (numbers(ao) > numbers(bo))
				   AND (a >= b) = (numbers(ao) >= numbers(bo))), 'the order is that of the lists of codes') FROM pair;
SELECT ok(bool_and((a = b) <= (multiselect_hash(a) = multiselect_hash(b))), 'equal answers hash alike') FROM pair;
SELECT ok(bool_and(a::text::multiselect = a AND a::text = '{' || array_to_string(sorted(ao), ',') || '}'), 'text comes back, canonical') FROM pair;
SELECT is((SELECT array_agg(m::text ORDER BY m) FROM unnest(ARRAY['b', 'a,b', '{}', 'a', 'a,c']::multiselect[]) AS m), '{"{}","{a}","{a,b}","{a,c}","{b}"}'::text[], 'sorted');

-- Tables and indexes.
CREATE TABLE service (id int PRIMARY KEY, m multiselect(10));
INSERT INTO service SELECT i, CASE WHEN i % 50 = 0 THEN NULL WHEN i % 49 = 0 THEN '{}' ELSE
	multiselect_from_flags(i % 2 = 0, i % 3 = 0, i % 5 = 0, i % 7 = 0, i % 11 = 0, i % 13 = 0, i % 17 = 0, i % 101 = 0, i % 997 = 0, i % 1999 = 0) END FROM generate_series(1, 20000) AS i;
CREATE FUNCTION plan_of(q text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE line text; r text := '';
BEGIN
	FOR line IN EXECUTE 'EXPLAIN (COSTS OFF) ' || q LOOP r := r || line || E'\n'; END LOOP;
	RETURN r;
END $$;
CREATE TEMP TABLE query AS SELECT op, v FROM unnest(ARRAY['@>', '&&', '<@', '=']) AS op, unnest(ARRAY['{}', 'i', 'a,h', 'a,b,c,i', 'j,i', 'a', 'b']) AS v;
CREATE FUNCTION found(q text) RETURNS bigint[] LANGUAGE plpgsql AS $$
DECLARE r record; n bigint; all_n bigint[] := '{}';
BEGIN
	FOR r IN SELECT * FROM query ORDER BY op, v LOOP
		EXECUTE format('SELECT count(*) FROM service WHERE m OPERATOR(csirtsurvey.%s) %L::multiselect', r.op, r.v) INTO n;
		all_n := all_n || n;
	END LOOP;
	RETURN all_n;
END $$;
CREATE TEMP TABLE by_scan AS SELECT found('') AS n;
CREATE INDEX service_gin ON service USING gin (m);
ANALYZE service;
SET enable_seqscan = off;
SELECT matches(plan_of(format('SELECT * FROM service WHERE m OPERATOR(csirtsurvey.%s) ''i,j''', op)), 'service_gin', op || ' uses the GIN index') FROM unnest(ARRAY['@>', '&&', '<@', '=']) AS op;
SELECT is(found(''), (SELECT n FROM by_scan), 'the GIN index finds what a scan finds, 28 queries');
DROP INDEX service_gin;
CREATE INDEX service_btree ON service (m);
SELECT matches(plan_of('SELECT * FROM service WHERE m = ''i'''), 'service_btree', '= uses the B-tree');
SELECT is(found(''), (SELECT n FROM by_scan), 'the B-tree finds what a scan finds');
RESET enable_seqscan;
SELECT ok(bool_and(amvalidate(oid)), 'operator classes are valid') FROM pg_opclass WHERE opcintype = 'multiselect'::regtype;
SET enable_hashjoin = off; SET enable_nestloop = off;
SELECT matches(plan_of('SELECT count(*) FROM service a JOIN service b USING (m)'), 'Merge Join', 'merge join');
CREATE TEMP TABLE by_merge AS SELECT count(*) AS n FROM service a JOIN service b USING (m);
RESET enable_hashjoin; SET enable_mergejoin = off;
SELECT matches(plan_of('SELECT count(*) FROM service a JOIN service b USING (m)'), 'Hash Join', 'hash join');
SELECT is((SELECT count(*) FROM service a JOIN service b USING (m)), (SELECT n FROM by_merge), 'hash and merge join agree');
RESET enable_mergejoin; RESET enable_nestloop;
SELECT results_eq('SELECT m, count(*) FROM service GROUP BY m ORDER BY m', 'SELECT m::text::multiselect, count(*) FROM service GROUP BY m::text ORDER BY 1', 'GROUP BY');
SELECT results_eq('SELECT c."row", c.n FROM (SELECT freq(m) AS t FROM service) s, cells(t) AS c ORDER BY c."row"::multiselect',
				  'SELECT m::text, count(*)::numeric FROM service WHERE m IS NOT NULL GROUP BY m ORDER BY service.m', 'freq counts the distinct answers');
CREATE TABLE again (LIKE service);
\! mkdir -p build
\copy service TO 'build/service.bin' (FORMAT binary)
\copy again FROM 'build/service.bin' (FORMAT binary)
SELECT is_empty('SELECT * FROM service EXCEPT SELECT * FROM again', 'binary COPY comes back');

-- NULL and {} are two things.
SELECT is((SELECT count(*) FILTER (WHERE m IS NULL) || ' ' || count(*) FILTER (WHERE m = '{}') FROM (VALUES (NULL::multiselect), ('{}'), ('{}')) AS v(m)), '1 2', 'not asked, and nothing ticked');
SELECT is(multiselect_from_flags(false, false)::text, '{}', 'no flag set: nothing ticked');
SELECT is(multiselect_from_flags(NULL, NULL::boolean), NULL, 'no flag known: not asked');

-- Type modifiers.
CREATE TABLE typed (m multiselect(5, d));
SELECT lives_ok(format('INSERT INTO typed VALUES (%L)', x), 'taken: ' || x) FROM unnest(ARRAY['a,b,c,e', 'd', '{}']) AS x;
SELECT throws_ok(format('INSERT INTO typed VALUES (%L)', x), '23514', NULL, 'exclusive: ' || x) FROM unnest(ARRAY['a,d', 'd,e', 'a,b,c,d,e']) AS x;
SELECT throws_ok(format('INSERT INTO typed VALUES (%L)', x), '22P02', NULL, 'beyond: ' || x) FROM unnest(ARRAY['f', 'a,z', 'aa']) AS x;
SELECT throws_ok('INSERT INTO typed VALUES (''a,d''::text)', '23514', NULL, 'through a cast from text');
SELECT throws_ok('INSERT INTO typed VALUES (ARRAY[''a'', ''d''])', '23514', NULL, 'through a cast from an array');
SELECT throws_ok('SELECT ''a,d''::multiselect::multiselect(5, d)', '23514', NULL, 'in a cast');
SELECT throws_ok('UPDATE typed SET m = m | ''d'' WHERE m @> ''a''', '23514', NULL, 'in an update');
SELECT throws_ok('CREATE TABLE bad (m multiselect(' || x || '))', '22023', NULL, 'modifier ' || x) FROM unnest(ARRAY['0', '1025', 'd', '5, f', '5, d, e', '5, ab']) AS x;

-- Bad input.
SELECT throws_ok(format('SELECT %L::multiselect', x), '22P02', NULL, 'refused: ' || left(x, 20))
FROM unnest(ARRAY['', ' ', 'ac', '1', '0110', 'a,1', '{', '}', '{a', 'a}', '{{a}}', 'a,,b', ',a', 'a,', 'a;', 'a.b', 'チーム', repeat('a', 1000000), repeat('あ', 300000), repeat('a,', 500000)]) AS x;
SELECT is(('{' || rtrim(repeat('a,b,', 200000), ',') || '}')::multiselect::text, '{a,b}', 'a long list of few codes is taken');
SELECT throws_ok('SELECT multiselect_from_options(ARRAY[''a'', NULL])', '22004', NULL, 'a NULL option');
SELECT throws_ok('SELECT multiselect_from_options(ARRAY[''a,b''])', '22P02', NULL, 'two codes in one element');
SELECT * FROM finish();
ROLLBACK;
