/*
 * Maturity: SIM3-like levels of organisations and groups, profiles, one organisation against its peers, the three steps up of the report's chapter 3.
 */

CREATE FUNCTION @extschema@.wave_column(wave integer, "column" text) RETURNS TABLE (organisation text, value text) LANGUAGE plpgsql STABLE STRICT AS $$
#variable_conflict use_column
DECLARE
	target regclass := @extschema@.wave_relation(wave);
	attribute name;
BEGIN
	SELECT a.attname INTO attribute FROM pg_catalog.pg_attribute a
	WHERE a.attrelid = target AND a.attnum > 0 AND NOT a.attisdropped
		  AND a.attname IN (wave_column."column", (SELECT b.column_name FROM @extschema@.codebook_column b WHERE b.question = wave_column."column" AND b.part = 'answer'))
	ORDER BY a.attname = wave_column."column" DESC LIMIT 1;
	IF NOT FOUND THEN
		RAISE EXCEPTION 'the answers of wave % have no column "%"', wave, wave_column."column" USING ERRCODE = 'undefined_column',
			HINT = 'Name a column of the table of answers, such as q1_3, or a question of one part, such as 1.3.';
	END IF;
	RETURN QUERY EXECUTE format('SELECT t.organisation::text, t.%I::text FROM %s AS t', attribute, target);
END $$;
COMMENT ON FUNCTION @extschema@.wave_column(integer, text) IS
'One column of the answers of a wave as text, a row an organisation; the column is given by its name or by the number of its question (1.3 is q1_3). No rows for NULL; errors 42P01 for a wave without a table of answers, 42703 for a column that it does not have.';

CREATE FUNCTION @extschema@.maturity_answers(wave integer) RETURNS TABLE (organisation text, question text, level integer) LANGUAGE plpgsql STABLE STRICT COST 100000 AS $$
DECLARE
	target regclass := @extschema@.wave_relation(wave);
BEGIN
	RETURN QUERY EXECUTE (
		SELECT format('SELECT t.organisation::text, v.question, l.level FROM %s AS t CROSS JOIN LATERAL (VALUES %s) AS v(question, code)
			LEFT JOIN @extschema@.scale_levels(''maturity'') AS l ON l.code = v.code', target,
			string_agg(format('(%L, %s)', b.question, CASE WHEN a.attname IS NULL THEN 'NULL' ELSE format('t.%I::text', a.attname) END), ', '))
		FROM @extschema@.codebook_column b
			 LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = target AND a.attname = b.column_name AND NOT a.attisdropped
		WHERE b.scale = 'maturity');
END $$;
COMMENT ON FUNCTION @extschema@.maturity_answers(integer) IS
'The answers of a wave on the maturity scale, a row for each organisation and question: level 0 (e: not defined) to 4 (a: defined, documented, approved and audited), NULL where not answered or where the table of answers lacks the column. No rows for NULL; error 42P01 for a wave without a table of answers.';

CREATE FUNCTION @extschema@.sim3_covered(min_confidence numeric DEFAULT 0.5)
	RETURNS TABLE (parameter text, "position" integer, area text, name text, question text, confidence numeric) LANGUAGE sql STABLE STRICT PARALLEL SAFE AS $$
	SELECT DISTINCT ON (s.position) s.parameter, s.position, s.area, coalesce(s.name_v2i, s.name_v1), m.question, m.confidence
	FROM @extschema@.sim3 s
		 JOIN @extschema@.sim3_question m ON m.parameter = s.parameter
		 JOIN @extschema@.question_part p ON p.question = m.question AND p.scale = 'maturity'
		 JOIN @extschema@.question q ON q.question = m.question
	WHERE m.confidence >= min_confidence
	ORDER BY s.position, m.confidence DESC, q.position
$$;
COMMENT ON FUNCTION @extschema@.sim3_covered(numeric) IS
'The SIM3 parameters on which the survey gives a level: those with a question on the maturity scale whose subject is the parameter''s with at least min_confidence (see sim3_question); of several questions the surest. Questions on other scales (yes or no, head counts, frequencies, tools) are not turned into levels. At the default 14 of 45 parameters are covered, none of the human area; 4.5.3.1 stands for three (P-4, P-5, P-6). No rows for NULL.';

CREATE FUNCTION @extschema@.sim3_profile(wave integer, min_confidence numeric DEFAULT 0.5)
	RETURNS TABLE (organisation text, parameter text, name text, area text, level integer, question text, confidence numeric, note text,
				   synthetic boolean)
	LANGUAGE sql STABLE STRICT COST 100000 AS $$
	SELECT a.organisation, c.parameter, c.name, c.area, a.level, c.question, c.confidence, 'SIM3-like, self-assessed',
		   (SELECT o.synthetic FROM @extschema@.wave_overview o WHERE o.wave = sim3_profile.wave)
	FROM @extschema@.sim3_covered(min_confidence) c JOIN @extschema@.maturity_answers(wave) a USING (question)
	ORDER BY a.organisation, c.position
$$;
COMMENT ON FUNCTION @extschema@.sim3_profile(integer, numeric) IS
'The level, 0 to 4, of each organisation of a wave on each SIM3 parameter that the survey covers (sim3_covered(min_confidence)), with the question it comes from; NULL where not answered. SIM3-like, self-assessed: the survey''s top answer asks for checks against the document, SIM3''s level 4 for an audit on the authority of a level above the CSIRT, and nobody verified the answers; synthetic says whether the answers are made up. No rows for NULL; error 42P01 for a wave without a table of answers.';

CREATE FUNCTION @extschema@.maturity_groups(wave integer, "by" text) RETURNS TABLE (organisation text, subgroup text) LANGUAGE plpgsql STABLE AS $$
BEGIN
	IF "by" IS NULL THEN
		RETURN QUERY SELECT c.organisation, 'all'::text FROM @extschema@.wave_column(wave, 'organisation') AS c;
	ELSE
		RETURN QUERY SELECT * FROM @extschema@.wave_column(wave, "by");
	END IF;
END $$;
COMMENT ON FUNCTION @extschema@.maturity_groups(integer, text) IS
'The organisations of a wave with the group each is in: its value of the column or question "by", or "all" where that is NULL. No rows for a NULL wave; errors as wave_column.';

CREATE FUNCTION @extschema@.sim3_summary(wave integer, "by" text DEFAULT NULL, min_confidence numeric DEFAULT 0.5, conf_level float8 DEFAULT 0.95)
	RETURNS TABLE (subgroup text, parameter text, name text, area text, question text, n bigint, missing bigint, median float8, mean float8,
				   top_box float8, conf_low float8, conf_high float8, note text, synthetic boolean)
	LANGUAGE sql STABLE COST 100000 AS $$
	SELECT s.subgroup, s.parameter, s.name, s.area, s.question, s.n, s.missing, s.median, s.mean, ci.estimate, ci.conf_low, ci.conf_high, s.note,
		   (SELECT o.synthetic FROM @extschema@.wave_overview o WHERE o.wave = sim3_summary.wave)
	FROM (SELECT g.subgroup, c.parameter, c.name, c.area, c.question, c.position, count(a.level) AS n, count(*) - count(a.level) AS missing,
				 percentile_cont(0.5) WITHIN GROUP (ORDER BY a.level) AS median, avg(a.level)::float8 AS mean,
				 count(*) FILTER (WHERE a.level >= 3) AS top, 'SIM3-like, self-assessed'::text AS note
		  FROM @extschema@.sim3_covered(min_confidence) c JOIN @extschema@.maturity_answers(wave) a USING (question)
			   JOIN @extschema@.maturity_groups(wave, "by") g USING (organisation)
		  GROUP BY g.subgroup, c.parameter, c.name, c.area, c.question, c.position) AS s,
		 LATERAL @extschema@.proportion_ci(s.top, s.n, 'wilson', conf_level) AS ci
	ORDER BY s.subgroup, s.position
$$;
COMMENT ON FUNCTION @extschema@.sim3_summary(integer, text, numeric, float8) IS
'The SIM3-like levels of a wave by parameter, for all organisations or for each group: "by" is a column of the answers or the number of a question, such as 1.3. n organisations that answered and missing ones; median (between two levels where n is even and the two in the middle differ) and mean of the levels; top_box, the share at level 3 (approved) or 4 as a fraction, with its Wilson interval at conf_level. NULLs where nobody answered; subgroup is NULL for organisations without an answer to "by"; synthetic says whether the answers are made up. No rows for a NULL wave or min_confidence; errors 42P01 for a wave without a table of answers, 42703 for an unknown "by", 22023 for conf_level outside 0 to 1.';

CREATE FUNCTION @extschema@.sim3_area(wave integer, "by" text DEFAULT 'organisation', min_confidence numeric DEFAULT 0.5)
	RETURNS TABLE (subgroup text, area text, level float8, n bigint, parameters bigint, questions bigint, of_parameters bigint, note text, synthetic boolean)
	LANGUAGE sql STABLE COST 100000 AS $$
	WITH answered AS MATERIALIZED (
		SELECT g.subgroup, g.organisation, c.area, c.parameter, c.question, a.level
		FROM @extschema@.maturity_groups(wave, "by") g JOIN @extschema@.maturity_answers(wave) a USING (organisation)
			 JOIN @extschema@.sim3_covered(min_confidence) c USING (question)
		WHERE a.level IS NOT NULL
	), mean AS (
		SELECT o.subgroup, o.area, avg(o.level)::float8 AS level, count(*) AS n
		FROM (SELECT d.subgroup, d.area, avg(d.level) AS level
			  FROM (SELECT DISTINCT r.subgroup, r.organisation, r.area, r.question, r.level FROM answered r) AS d
			  GROUP BY d.subgroup, d.organisation, d.area) AS o
		GROUP BY o.subgroup, o.area
	), rests AS (
		SELECT r.subgroup, r.area, count(DISTINCT r.parameter) AS parameters, count(DISTINCT r.question) AS questions FROM answered r GROUP BY r.subgroup, r.area
	), every AS (
		SELECT g.subgroup, w.* FROM (SELECT DISTINCT subgroup FROM @extschema@.maturity_groups(wave, "by")) AS g
			CROSS JOIN (SELECT s.area, min(s.position) AS position, count(*) AS of_parameters FROM @extschema@.sim3 s GROUP BY s.area) AS w
		WHERE min_confidence IS NOT NULL
	)
	/* union all and a sum pair the rows where the subgroup is NULL too */
	SELECT u.subgroup, u.area, max(u.level), coalesce(sum(u.n), 0)::bigint, coalesce(sum(u.parameters), 0)::bigint, coalesce(sum(u.questions), 0)::bigint, max(u.of_parameters),
		   'SIM3-like, self-assessed' || CASE WHEN max(u.level) IS NULL THEN '; no covered parameter of this area was answered' ELSE '' END,
		   (SELECT o.synthetic FROM @extschema@.wave_overview o WHERE o.wave = sim3_area.wave)
	FROM (SELECT e.subgroup, e.area, e.position, e.of_parameters, NULL::float8 AS level, NULL::bigint AS n, NULL::bigint AS parameters, NULL::bigint AS questions FROM every e
		  UNION ALL SELECT m.subgroup, m.area, NULL, NULL, m.level, m.n, NULL, NULL FROM mean m
		  UNION ALL SELECT r.subgroup, r.area, NULL, NULL, NULL, NULL, r.parameters, r.questions FROM rests r) AS u
	GROUP BY u.subgroup, u.area
	ORDER BY u.subgroup, max(u.position)
$$;
COMMENT ON FUNCTION @extschema@.sim3_area(integer, text, numeric) IS
'The SIM3-like level of each area (organisation, human, tools, processes) for each organisation, or for each group with "by" (a column of the answers or the number of a question; NULL: all together). An organisation''s level is the mean over the questions that it answered, so that 4.5.3.1, which stands for P-4, P-5 and P-6, counts once; a group''s is the mean of its n organisations. parameters and questions say how many the level rests on, of_parameters how many the area has in SIM3. The level is NULL, not 0, where there are none: the survey asks nothing about the human and tools areas on this scale; synthetic says whether the answers are made up. No rows for a NULL wave or min_confidence; errors 42P01 for a wave without a table of answers, 42703 for an unknown "by".';


CREATE TABLE @extschema@.profile
(
	profile   text NOT NULL,
	parameter text NOT NULL REFERENCES @extschema@.sim3,
	min_level integer NOT NULL CHECK (min_level BETWEEN 0 AND 4),
	source    text,
	builtin   boolean NOT NULL DEFAULT false,
	PRIMARY KEY (profile, parameter)
);
COMMENT ON TABLE @extschema@.profile IS 'Least levels that a maturity profile asks for, a row a parameter. Only the uniform example is shipped; load the numbers of a published profile (ENISA, Trusted Introducer, GFCE) from its document.';
COMMENT ON COLUMN @extschema@.profile.profile IS 'name of the profile';
COMMENT ON COLUMN @extschema@.profile.parameter IS 'SIM3 parameter';
COMMENT ON COLUMN @extschema@.profile.min_level IS 'least level, 0 to 4';
COMMENT ON COLUMN @extschema@.profile.source IS 'document that the number comes from';
COMMENT ON COLUMN @extschema@.profile.builtin IS 'row shipped with the extension; leave it false in rows of your own, or they are not dumped';
SELECT pg_catalog.pg_extension_config_dump('@extschema@.profile', 'WHERE NOT builtin');
INSERT INTO @extschema@.profile (profile, parameter, min_level, source, builtin)
	SELECT 'uniform 3', parameter, 3, 'an example: level 3 everywhere', true FROM @extschema@.sim3 ORDER BY position;

CREATE FUNCTION @extschema@.profile_check(wave integer, profile text, min_confidence numeric DEFAULT 0.5)
	RETURNS TABLE (organisation text, meets boolean, met bigint, covered bigint, in_profile bigint, below text[], unanswered text[], label text,
				   synthetic boolean)
	LANGUAGE plpgsql STABLE STRICT COST 100000 AS $$
#variable_conflict use_column
BEGIN
	IF NOT EXISTS (SELECT FROM @extschema@.profile p WHERE p.profile = profile_check.profile) THEN
		RAISE EXCEPTION 'profile "%" is not known', profile_check.profile USING ERRCODE = 'invalid_parameter_value',
			HINT = 'Enter its least levels into the table profile, a row a parameter.';
	END IF;
	RETURN QUERY
	WITH asked AS (
		SELECT p.parameter, p.min_level, count(*) OVER () AS in_profile FROM @extschema@.profile p WHERE p.profile = profile_check.profile
	), checked AS (
		SELECT o.organisation, max(k.in_profile) AS in_profile, count(s.level) AS covered, count(*) FILTER (WHERE s.level >= k.min_level) AS met,
			   array_agg(k.parameter ORDER BY m.position) FILTER (WHERE s.level < k.min_level) AS below,
			   array_agg(k.parameter ORDER BY m.position) FILTER (WHERE s.parameter IS NOT NULL AND s.level IS NULL) AS unanswered
		FROM @extschema@.wave_column(profile_check.wave, 'organisation') o CROSS JOIN asked k JOIN @extschema@.sim3 m USING (parameter)
			 LEFT JOIN @extschema@.sim3_profile(profile_check.wave, profile_check.min_confidence) s ON s.organisation = o.organisation AND s.parameter = k.parameter
		GROUP BY o.organisation
	)
	SELECT c.organisation, CASE WHEN c.covered > 0 THEN c.met = c.covered END, c.met, c.covered, c.in_profile, coalesce(c.below, '{}'), coalesce(c.unanswered, '{}'),
		   CASE WHEN c.covered = 0 THEN format('%s: none of its %s parameters is covered', profile_check.profile, c.in_profile)
				WHEN c.met = c.covered THEN format('meets %s on the %s covered parameters of %s', profile_check.profile, c.covered, c.in_profile)
				ELSE format('below %s on %s of the %s covered parameters of %s', profile_check.profile, c.covered - c.met, c.covered, c.in_profile) END
		   || ' (SIM3-like, self-assessed)', (SELECT o.synthetic FROM @extschema@.wave_overview o WHERE o.wave = profile_check.wave)
	FROM checked c ORDER BY c.organisation;
END $$;
COMMENT ON FUNCTION @extschema@.profile_check(integer, text, numeric) IS
'Each organisation of a wave against a profile of least levels: how many of the parameters that the survey covers and the organisation answered it meets (met of covered), how many the profile has (in_profile), those it is below, and those covered that it did not answer. meets is true where all covered ones are met, which says nothing about the rest: quote the label, which names the number. meets is NULL where none is covered; synthetic says whether the answers are made up. No rows for NULL; errors 22023 for an unknown profile, 42P01 for a wave without a table of answers.';


CREATE FUNCTION @extschema@.benchmark(wave integer, organisation text, min_peers integer DEFAULT 5, industry text DEFAULT '1.2', size text DEFAULT '1.3')
	RETURNS TABLE (question text, question_en text, parameters text[], level integer, peers text, n bigint, median float8, percentile float8, gap float8, note text,
				   synthetic boolean)
	LANGUAGE plpgsql STABLE STRICT COST 100000 AS $$
#variable_conflict use_column
DECLARE
	own_industry text;
	own_size text;
BEGIN
	IF min_peers < 3 THEN
		RAISE EXCEPTION 'a peer group of % gives its members away', min_peers USING ERRCODE = 'invalid_parameter_value',
			HINT = 'Ask for 3 peers or more.';
	END IF;
	SELECT i.value INTO own_industry FROM @extschema@.wave_column(benchmark.wave, benchmark.industry) i WHERE i.organisation = benchmark.organisation;
	IF NOT FOUND THEN
		RAISE EXCEPTION 'organisation "%" is not in wave %', benchmark.organisation, benchmark.wave USING ERRCODE = 'invalid_parameter_value',
			HINT = 'Names are those of the column organisation of the table of answers.';
	END IF;
	SELECT s.value INTO own_size FROM @extschema@.wave_column(benchmark.wave, benchmark.size) s WHERE s.organisation = benchmark.organisation;
	RETURN QUERY
	WITH answer AS MATERIALIZED (
		SELECT a.organisation, a.question, a.level FROM @extschema@.maturity_answers(benchmark.wave) a
	), own AS (
		SELECT a.question, a.level FROM answer a WHERE a.organisation = benchmark.organisation
	), peer AS (
		SELECT a.question, a.level, i.value = own_industry AS same_industry, s.value = own_size AS same_size
		FROM answer a JOIN @extschema@.wave_column(benchmark.wave, benchmark.industry) i USING (organisation)
			 JOIN @extschema@.wave_column(benchmark.wave, benchmark.size) s USING (organisation)
		WHERE a.organisation <> benchmark.organisation AND a.level IS NOT NULL
	), step(step, peers) AS (
		VALUES (1, 'same industry and company size'), (2, 'same industry'), (3, 'same company size'), (4, 'all other organisations')
	), candidate AS (
		SELECT o.question, s.step, s.peers, count(*) AS n, percentile_cont(0.5) WITHIN GROUP (ORDER BY p.level) AS median,
			   100 * (count(*) FILTER (WHERE p.level < o.level) + count(*) FILTER (WHERE p.level = o.level) / 2.0)::float8 / count(*) AS percentile
		FROM own o JOIN peer p ON p.question = o.question
			 JOIN step s ON CASE s.step WHEN 1 THEN p.same_industry AND p.same_size WHEN 2 THEN p.same_industry WHEN 3 THEN p.same_size ELSE true END
		GROUP BY o.question, s.step, s.peers
	), chosen AS (
		SELECT DISTINCT ON (c.question) c.* FROM candidate c WHERE c.n >= min_peers ORDER BY c.question, c.step
	)
	SELECT o.question, q.question_en, (SELECT array_agg(k.parameter ORDER BY k.position) FROM @extschema@.sim3_covered() k WHERE k.question = o.question),
		   o.level, c.peers, c.n, c.median, CASE WHEN o.level IS NOT NULL THEN c.percentile END, o.level - c.median,
		   'SIM3-like, self-assessed' || CASE WHEN c.question IS NULL THEN format('; fewer than %s peers answered: not shown', min_peers) ELSE '' END
			|| CASE WHEN o.level IS NULL THEN '; not answered' ELSE '' END,
		   (SELECT o.synthetic FROM @extschema@.wave_overview o WHERE o.wave = benchmark.wave)
	FROM own o JOIN @extschema@.question q USING (question) LEFT JOIN chosen c USING (question)
	ORDER BY q.position;
END $$;
COMMENT ON FUNCTION @extschema@.benchmark(integer, text, integer, text, text) IS
'One organisation against its peers, a row for each question on the maturity scale, with the SIM3 parameters that it covers (NULL: none): own level, the peers'' median, the percentile (peers below plus half of those at the same level, of 100), and the gap (level minus median). The peers are the other organisations that answered, of the same industry and company size; where they are fewer than min_peers, of the same industry, then of the same size, then all: peers and n say which and how many. Where even those are too few nothing of them is shown, and the note says so; synthetic says whether the answers are made up. industry and size are columns of the answers or numbers of questions. No rows for NULL; errors 22023 for an organisation that is not in the wave or min_peers below 3, 42P01 for a wave without a table of answers, 42703 for an unknown column.';


CREATE FUNCTION @extschema@.step_up(wave integer)
	RETURNS TABLE (organisation text, outside_procedure boolean, sharing_schemes integer, outside_communication boolean, cause_services integer,
				   cause_own integer, cause_finding boolean, continuity boolean, continuity_works boolean, steps integer, synthetic boolean)
	LANGUAGE plpgsql STABLE STRICT COST 100000 AS $$
BEGIN
	RETURN QUERY EXECUTE format('
		SELECT s.*, s.outside_communication::integer + s.cause_finding::integer + s.continuity::integer,
			   (SELECT o.synthetic FROM @extschema@.wave_overview o WHERE o.wave = $1)
		FROM (SELECT r.j ->> ''organisation'' AS organisation, o.level >= 3 AS outside_procedure, v.schemes AS sharing_schemes,
					 o.level >= 3 AND v.schemes >= 1 AS outside_communication, c.done AS cause_services, c.own AS cause_own, c.done = 3 AS cause_finding,
					 v.continuity, CASE WHEN v.continuity THEN r.j ->> ''q7_3_proficiency'' = ''c'' ELSE v.continuity END AS continuity_works
			  FROM (SELECT to_jsonb(t) AS j FROM %s AS t OFFSET 0) AS r
				   LEFT JOIN @extschema@.scale_levels(''maturity'') AS o ON o.code = r.j ->> ''q4_5_2_1'',
				   LATERAL (SELECT cardinality(array_remove(nullif(r.j ->> ''q4_3_3'', ''{}'')::text[], ''f'')) AS schemes,
								   NOT ''d'' = ANY (nullif(r.j ->> ''q7_3_implementer'', ''{}'')::text[]) AS continuity) AS v,
				   LATERAL (SELECT CASE WHEN count(a.who) = 3 THEN (count(*) FILTER (WHERE NOT ''d'' = ANY (a.who)))::integer END AS done,
								   CASE WHEN count(a.who) = 3 THEN (count(*) FILTER (WHERE ''a'' = ANY (a.who)))::integer END AS own
							FROM (SELECT nullif(r.j ->> q, ''{}'')::text[] AS who FROM unnest(''{q5_5_implementer,q5_6_implementer,q5_7_implementer}''::text[]) AS q) AS a) AS c) AS s
		ORDER BY s.organisation', @extschema@.wave_relation(wave)) USING wave;
END $$;
COMMENT ON FUNCTION @extschema@.step_up(integer) IS
'The three steps up of the 2017 report''s chapter 3, for each organisation of a wave. outside_communication (section 3.1): the procedure of escalation to outside organisations is approved (outside_procedure: 4.5.2.1 at level 3 or 4, the answers that section 2.2.4 counts as well defined), and the organisation takes part in at least one information sharing scheme (sharing_schemes: options ticked in 4.3.3 but f). cause_finding (3.2): malware analysis, forensics and log analysis (5.5, 5.6, 5.7) are all done, by whomever; cause_services says how many are, cause_own how many the team itself takes part in. continuity (3.3): involved in business continuity and recovery planning (7.3 is not "not done"); continuity_works: and that works well (proficiency c). The exercises that 3.3.2 asks for are not in the questionnaire. steps is how many of the three are reached. NULL where an answer that decides is missing; synthetic says whether the answers are made up. No rows for NULL; error 42P01 for a wave without a table of answers.';
