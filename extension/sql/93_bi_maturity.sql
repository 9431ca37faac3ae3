-- For BI tools: SIM3, profiles and the steps up, in plain types.

CREATE FUNCTION @extschema@.bi_groups(answers regclass) RETURNS TABLE (en text, ja text, "position" integer, "by" text)
	LANGUAGE sql STABLE STRICT ROWS 3 AS $$
	SELECT w.en, w.ja, w.position, g.question
	FROM @extschema@.bi_words('grouping') AS w JOIN (VALUES ('all', NULL), ('industry', '1.2'), ('company size', '1.3'), ('organisation', 'organisation')) AS g(en, question) USING (en)
	WHERE g.question IS NULL OR g.question = 'organisation' OR g.question IN (SELECT c.question FROM @extschema@.wave_column(answers) AS c WHERE c.part = 'answer')
	ORDER BY w.position
$$;
COMMENT ON FUNCTION @extschema@.bi_groups(regclass) IS 'Part of the bi_sim3 views: by what the organisations of a table of answers can be grouped. No rows for NULL.';

CREATE VIEW @extschema@.bi_sim3 AS
	SELECT s.parameter, s.position AS parameter_order, s.name_v1, s.name_v2i, a.ja AS area_ja, s.area AS area_en, a.position AS area_order,
		   s.version, m.question, q.question_ja, q.question_en, q.position AS question_order,
		   m.confidence::float8 AS confidence, m.reason, s.source
	FROM @extschema@.sim3 s
		 LEFT JOIN @extschema@.sim3_question m USING (parameter)
		 LEFT JOIN @extschema@.question q USING (question)
		 LEFT JOIN @extschema@.bi_words('area') AS a ON a.en = s.area
	ORDER BY s.position, m.confidence DESC, q.position;
COMMENT ON VIEW @extschema@.bi_sim3 IS 'For BI tools: the parameters of SIM3 with the questions on the same subject. A row for each pair, and one for a parameter without any. Sources: sim3, sim3_question.';

CREATE VIEW @extschema@.bi_profile AS
	SELECT p.profile, p.parameter, s.position AS parameter_order, p.min_level, p.source
	FROM @extschema@.profile p JOIN @extschema@.sim3 s USING (parameter)
	ORDER BY p.profile, s.position;
COMMENT ON VIEW @extschema@.bi_profile IS 'For BI tools: least levels that a profile asks for. Source: profile.';

CREATE VIEW @extschema@.bi_sim3_level AS
	SELECT w.wave, s.synthetic, s.organisation, s.parameter, m.position AS parameter_order, s.name, a.ja AS area_ja, s.area AS area_en,
		   a.position AS area_order, s.level, s.question, s.confidence::float8 AS confidence, s.note
	FROM @extschema@.readable_wave AS w
		 CROSS JOIN LATERAL @extschema@.sim3_profile(w.wave) AS s
		 JOIN @extschema@.sim3 m USING (parameter)
		 LEFT JOIN @extschema@.bi_words('area') AS a ON a.en = s.area
	ORDER BY w.wave, s.organisation, m.position;
COMMENT ON VIEW @extschema@.bi_sim3_level IS 'For BI tools: the SIM3-like level of each organisation on each covered parameter. Source: sim3_profile(wave) of the waves whose answers the user may read.';

CREATE VIEW @extschema@.bi_sim3_summary AS
	SELECT w.wave, s.synthetic, g.ja AS grouping_ja, g.en AS grouping_en, g.position AS grouping_order, s.subgroup,
		   CASE WHEN g."by" IS NULL THEN '全体' ELSE coalesce(o.label_ja, s.subgroup) END AS subgroup_ja,
		   CASE WHEN g."by" IS NULL THEN 'All' ELSE coalesce(o.label_en, o.label_ja, s.subgroup) END AS subgroup_en,
		   coalesce(o.position, 0) AS subgroup_order,
		   s.parameter, m.position AS parameter_order, s.name, a.ja AS area_ja, s.area AS area_en, a.position AS area_order, s.question,
		   s.n::float8 AS n, s.missing::float8 AS missing, s.median, s.mean,
		   100 * s.top_box AS top_percent, 100 * s.conf_low AS conf_low, 100 * s.conf_high AS conf_high, s.note
	FROM @extschema@.readable_wave AS w
		 CROSS JOIN LATERAL (SELECT * FROM @extschema@.bi_groups(w.answers) AS x WHERE x.en <> 'organisation') AS g
		 CROSS JOIN LATERAL @extschema@.sim3_summary(w.wave, g."by") AS s
		 JOIN @extschema@.sim3 m USING (parameter)
		 LEFT JOIN @extschema@.bi_words('area') AS a ON a.en = s.area
		 LEFT JOIN @extschema@.option o ON o.question = g."by" AND o.part = 'answer' AND o.code = s.subgroup
	ORDER BY w.wave, g.position, subgroup_order, s.subgroup, m.position;
COMMENT ON VIEW @extschema@.bi_sim3_summary IS 'For BI tools: SIM3-like levels by parameter, of all and by industry and company size. Filter on one grouping_en, as each counts everybody. Source: sim3_summary(wave, by) of the waves whose answers the user may read.';

CREATE VIEW @extschema@.bi_sim3_area AS
	SELECT w.wave, s.synthetic, g.ja AS grouping_ja, g.en AS grouping_en, g.position AS grouping_order, s.subgroup,
		   CASE WHEN g."by" IS NULL THEN '全体' ELSE coalesce(o.label_ja, s.subgroup) END AS subgroup_ja,
		   CASE WHEN g."by" IS NULL THEN 'All' ELSE coalesce(o.label_en, o.label_ja, s.subgroup) END AS subgroup_en,
		   coalesce(o.position, 0) AS subgroup_order,
		   a.ja AS area_ja, s.area AS area_en, a.position AS area_order, s.level, s.n::float8 AS n, s.parameters::float8 AS parameters,
		   s.questions::float8 AS questions, s.of_parameters::float8 AS of_parameters, s.note
	FROM @extschema@.readable_wave AS w
		 CROSS JOIN LATERAL @extschema@.bi_groups(w.answers) AS g
		 CROSS JOIN LATERAL @extschema@.sim3_area(w.wave, g."by") AS s
		 LEFT JOIN @extschema@.bi_words('area') AS a ON a.en = s.area
		 LEFT JOIN @extschema@.option o ON o.question = g."by" AND o.part = 'answer' AND o.code = s.subgroup
	ORDER BY w.wave, g.position, subgroup_order, s.subgroup, a.position;
COMMENT ON VIEW @extschema@.bi_sim3_area IS 'For BI tools: the SIM3-like level of each area, of all, of groups and of organisations. Filter on one grouping_en, as each counts everybody. Source: sim3_area(wave, by) of the waves whose answers the user may read.';

CREATE VIEW @extschema@.bi_profile_check AS
	SELECT w.wave, c.synthetic, p.profile, c.organisation, c.meets, c.met::float8 AS met, c.covered::float8 AS covered,
		   c.in_profile::float8 AS in_profile, array_to_string(c.below, ', ') AS below,
		   array_to_string(c.unanswered, ', ') AS unanswered, c.label AS finding
	FROM @extschema@.readable_wave AS w
		 CROSS JOIN (SELECT DISTINCT profile FROM @extschema@.profile ORDER BY profile) AS p
		 CROSS JOIN LATERAL @extschema@.profile_check(w.wave, p.profile) AS c
	ORDER BY w.wave, p.profile, c.organisation;
COMMENT ON VIEW @extschema@.bi_profile_check IS 'For BI tools: each organisation against each profile of least levels. Source: profile_check(wave, profile) of the waves whose answers the user may read.';

CREATE VIEW @extschema@.bi_step_up AS
	SELECT w.wave, s.synthetic, s.organisation, s.outside_procedure, s.sharing_schemes, s.outside_communication, s.cause_services, s.cause_own,
		   s.cause_finding, s.continuity, s.continuity_works, s.steps
	FROM @extschema@.readable_wave AS w
		 CROSS JOIN LATERAL @extschema@.step_up(w.wave) AS s
	ORDER BY w.wave, s.organisation;
COMMENT ON VIEW @extschema@.bi_step_up IS 'For BI tools: the three steps up of the report''s chapter 3, an organisation a row. Source: step_up(wave) of the waves whose answers the user may read.';

CREATE VIEW @extschema@.bi_benchmark AS
	SELECT w.wave, b.synthetic, g.organisation, b.question, q.question_ja, b.question_en, q.position AS question_order,
		   array_to_string(b.parameters, ', ') AS parameters, b.level, b.peers, b.n::float8 AS n,
		   b.median, b.percentile, b.gap, b.note
	FROM (SELECT r.wave, r.answers FROM @extschema@.readable_wave r WHERE (SELECT count(*) FROM @extschema@.bi_groups(r.answers)) = 4 ORDER BY r.wave) AS w
		 CROSS JOIN LATERAL @extschema@.organisation_rows(w.answers) AS g
		 CROSS JOIN LATERAL @extschema@.benchmark(w.wave, g.organisation) AS b
		 JOIN @extschema@.question q ON q.question = b.question;
COMMENT ON VIEW @extschema@.bi_benchmark IS 'For BI tools: one organisation against its peers, question by question. Filter on wave and organisation: each organisation is a computation of its own, so that all of a large wave take long. Source: benchmark(wave, organisation) of the waves whose answers the user may read and that have industry and company size.';
