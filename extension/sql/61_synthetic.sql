/*
 * Made-up answers of 2017 and 2015, for examples and tests: nobody's answers are published. Their rows are data/synthetic_2017.csv and
 * data/synthetic_2015.csv, and data/README.md says how they were made.
 */

SELECT @extschema@.create_answer_table('@extschema@.synthetic_2017', NULL,
	'Made-up answers of 187 organisations in 2017: every published count holds, and how questions go together is invented. See wave_overview and data/README.md.');
SELECT @extschema@.create_answer_table('@extschema@.synthetic_2015', NULL,
	'Made-up answers of 66 organisations in 2015, of which 58 are in synthetic_2017 too: the published figures hold, and the rest is invented. See wave_overview and data/README.md.');
INSERT INTO @extschema@.wave_table (wave, table_schema, table_name, synthetic, builtin) VALUES
	(2017, '@extschema@', 'synthetic_2017', true, true), (2015, '@extschema@', 'synthetic_2015', true, true);

CREATE VIEW @extschema@.wave_overview AS
	SELECT w.wave, w.title_ja, w.title_en, w.respondents, w.population, @extschema@.answer_table(t.table_schema, t.table_name) AS answers,
		   w.synthetic OR coalesce(t.synthetic, false) AS synthetic
	FROM @extschema@.wave w
		 LEFT JOIN LATERAL (SELECT * FROM @extschema@.wave_table x WHERE x.wave = w.wave ORDER BY builtin LIMIT 1) AS t ON true;
COMMENT ON VIEW @extschema@.wave_overview IS 'The waves, with the table of answers that wave_relation() gives, and whether its answers are made up. Answers of your own go before the made-up ones.';
COMMENT ON COLUMN @extschema@.wave_overview.wave IS 'year of the wave';
COMMENT ON COLUMN @extschema@.wave_overview.title_ja IS 'title in Japanese';
COMMENT ON COLUMN @extschema@.wave_overview.title_en IS 'title in English';
COMMENT ON COLUMN @extschema@.wave_overview.respondents IS 'organisations that answered';
COMMENT ON COLUMN @extschema@.wave_overview.population IS 'organisations in the population; NULL: not known';
COMMENT ON COLUMN @extschema@.wave_overview.answers IS 'table of answers; NULL: there is none';
COMMENT ON COLUMN @extschema@.wave_overview.synthetic IS 'true: the answers are made up, even where the wave and its published figures are real';
