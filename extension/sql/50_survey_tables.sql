/*
 * The survey: codebook, published figures, the report's statements, and the crosswalk of waves.
 *
 * All are configuration tables: rows that users add (builtin false, the default) are dumped with the database, and the rows that
 * CREATE EXTENSION loads are not, since it loads them again.
 */

CREATE TABLE @extschema@.wave
(
	wave        integer PRIMARY KEY,
	title_ja    text,
	title_en    text,
	fieldwork   daterange,
	population  integer CHECK (population > 0),
	respondents integer CHECK (respondents > 0),
	synthetic   boolean NOT NULL DEFAULT false,
	source      text,
	note        text,
	builtin     boolean NOT NULL DEFAULT false,
	CHECK (respondents <= population)
);

COMMENT ON TABLE @extschema@.wave IS 'A wave of the survey: who was asked, when, how many answered. Users add their own waves. Source: the 2015 and 2017 reports and the press.';
COMMENT ON COLUMN @extschema@.wave.wave IS 'year of the wave';
COMMENT ON COLUMN @extschema@.wave.title_ja IS 'title in Japanese, as printed';
COMMENT ON COLUMN @extschema@.wave.title_en IS 'title in English';
COMMENT ON COLUMN @extschema@.wave.fieldwork IS 'days on which answers were taken; NULL: not known';
COMMENT ON COLUMN @extschema@.wave.population IS 'organisations in the population; NULL: not known, so that no response rate or finite population correction exists';
COMMENT ON COLUMN @extschema@.wave.respondents IS 'organisations that answered: the base of a question that hangs on no other';
COMMENT ON COLUMN @extschema@.wave.synthetic IS 'true: made-up answers, for examples and tests';
COMMENT ON COLUMN @extschema@.wave.source IS 'where the row comes from';
COMMENT ON COLUMN @extschema@.wave.note IS 'what a reader must know';
COMMENT ON COLUMN @extschema@.wave.builtin IS 'row shipped with the extension; leave it false in rows of your own, or they are not dumped';
SELECT pg_catalog.pg_extension_config_dump('@extschema@.wave', 'WHERE NOT builtin');

CREATE TABLE @extschema@.question
(
	question          text PRIMARY KEY,
	position          integer NOT NULL,
	section           integer,
	section_ja        text,
	section_en        text,
	category          text CHECK (category IN ('reactive', 'proactive', 'quality')),
	category_ja       text,
	category_en       text,
	question_ja       text NOT NULL,
	question_en       text,
	result_heading_ja text,
	description_ja    text,
	description_en    text,
	note              text,
	source            text,
	builtin           boolean NOT NULL DEFAULT false
);

COMMENT ON TABLE @extschema@.question IS 'The questions of the questionnaire (Appendix A of the 2017 report), in Japanese as printed and in English.';
COMMENT ON COLUMN @extschema@.question.question IS 'number of the question as printed, such as 4.4.2';
COMMENT ON COLUMN @extschema@.question.position IS 'place in the order of the questionnaire';
COMMENT ON COLUMN @extschema@.question.section IS 'number of the section';
COMMENT ON COLUMN @extschema@.question.section_ja IS 'heading of the section, as printed';
COMMENT ON COLUMN @extschema@.question.section_en IS 'heading of the section in English';
COMMENT ON COLUMN @extschema@.question.category IS 'category of service; NULL: not about services';
COMMENT ON COLUMN @extschema@.question.category_ja IS 'category of service in Japanese';
COMMENT ON COLUMN @extschema@.question.category_en IS 'category of service in English';
COMMENT ON COLUMN @extschema@.question.question_ja IS 'wording in the questionnaire, as printed';
COMMENT ON COLUMN @extschema@.question.question_en IS 'wording in English';
COMMENT ON COLUMN @extschema@.question.result_heading_ja IS 'heading in the results where its wording differs from the questionnaire; else NULL';
COMMENT ON COLUMN @extschema@.question.description_ja IS 'description of the service, as printed';
COMMENT ON COLUMN @extschema@.question.description_en IS 'description of the service in English';
COMMENT ON COLUMN @extschema@.question.note IS 'oddities of the question';
COMMENT ON COLUMN @extschema@.question.source IS 'appendix and number';
COMMENT ON COLUMN @extschema@.question.builtin IS 'row shipped with the extension; leave it false in rows of your own, or they are not dumped';
SELECT pg_catalog.pg_extension_config_dump('@extschema@.question', 'WHERE NOT builtin');

CREATE TABLE @extschema@.question_part
(
	question      text NOT NULL REFERENCES @extschema@.question,
	part          text NOT NULL,
	position      integer NOT NULL,
	part_ja       text,
	part_en       text,
	kind          text NOT NULL CHECK (kind IN ('single nominal', 'single ordinal', 'multiple', 'date')),
	scale         text,
	whole_numbers boolean NOT NULL DEFAULT false,
	depends_on    text REFERENCES @extschema@.question,
	depends_part  text,
	depends_codes text[],
	note          text,
	source        text,
	builtin       boolean NOT NULL DEFAULT false,
	PRIMARY KEY (question, part),
	CHECK ((scale IS NOT NULL) <= (kind = 'single ordinal')),
	CHECK ((depends_on IS NULL) = (depends_part IS NULL) AND (depends_on IS NULL) = (depends_codes IS NULL))
);

COMMENT ON TABLE @extschema@.question_part IS 'The answers that a question takes: one part named answer, or several (who does a service, years of operation, proficiency; dedicated and concurrent head count).';
COMMENT ON COLUMN @extschema@.question_part.question IS 'question';
COMMENT ON COLUMN @extschema@.question_part.part IS 'name of the part: answer, implementer, tenure, proficiency, team_size, dedicated, concurrent';
COMMENT ON COLUMN @extschema@.question_part.position IS 'place within the question';
COMMENT ON COLUMN @extschema@.question_part.part_ja IS 'name of the part as printed; NULL: the question has one part';
COMMENT ON COLUMN @extschema@.question_part.part_en IS 'name of the part in English';
COMMENT ON COLUMN @extschema@.question_part.kind IS 'how many answers may be given, and whether they have an order';
COMMENT ON COLUMN @extschema@.question_part.scale IS 'the SQL type of the answers of an ordinal part';
COMMENT ON COLUMN @extschema@.question_part.whole_numbers IS 'the options'' spans count whole things, so that only whole numbers can fall into a gap';
COMMENT ON COLUMN @extschema@.question_part.depends_on IS 'question on which this part hangs: only who gave one of depends_codes there is asked';
COMMENT ON COLUMN @extschema@.question_part.depends_part IS 'part of that question';
COMMENT ON COLUMN @extschema@.question_part.depends_codes IS 'answers there that make this part apply';
COMMENT ON COLUMN @extschema@.question_part.note IS 'oddities of the part';
COMMENT ON COLUMN @extschema@.question_part.source IS 'appendix and number';
COMMENT ON COLUMN @extschema@.question_part.builtin IS 'row shipped with the extension; leave it false in rows of your own, or they are not dumped';
SELECT pg_catalog.pg_extension_config_dump('@extschema@.question_part', 'WHERE NOT builtin');

CREATE TABLE @extschema@.option
(
	question         text NOT NULL,
	part             text NOT NULL,
	code             text NOT NULL,
	position         integer NOT NULL,
	label_ja         text NOT NULL,
	label_en         text,
	exclusive        boolean NOT NULL DEFAULT false,
	not_applicable   boolean NOT NULL DEFAULT false,
	in_questionnaire boolean NOT NULL DEFAULT true,
	in_results       boolean NOT NULL DEFAULT false,
	span             numrange,
	unit             text,
	note             text,
	source           text,
	builtin          boolean NOT NULL DEFAULT false,
	PRIMARY KEY (question, part, code),
	FOREIGN KEY (question, part) REFERENCES @extschema@.question_part (question, part),
	CHECK ((span IS NULL) = (unit IS NULL))
);

COMMENT ON TABLE @extschema@.option IS 'The options of a part, in the printed order.';
COMMENT ON COLUMN @extschema@.option.question IS 'question';
COMMENT ON COLUMN @extschema@.option.part IS 'part of the question';
COMMENT ON COLUMN @extschema@.option.code IS 'letter of the option as printed';
COMMENT ON COLUMN @extschema@.option.position IS 'place in the printed order';
COMMENT ON COLUMN @extschema@.option.label_ja IS 'label as printed';
COMMENT ON COLUMN @extschema@.option.label_en IS 'label in English';
COMMENT ON COLUMN @extschema@.option.exclusive IS 'in a multiple part: may not be given together with another option';
COMMENT ON COLUMN @extschema@.option.not_applicable IS 'says that the question does not apply';
COMMENT ON COLUMN @extschema@.option.in_questionnaire IS 'printed in the questionnaire, or a word of its instructions';
COMMENT ON COLUMN @extschema@.option.in_results IS 'has a row in a result table';
COMMENT ON COLUMN @extschema@.option.span IS 'the values that the label means, read literally; NULL: not a quantity';
COMMENT ON COLUMN @extschema@.option.unit IS 'unit of span: people, years, months, share';
COMMENT ON COLUMN @extschema@.option.note IS 'oddities of the option';
COMMENT ON COLUMN @extschema@.option.source IS 'appendix and number';
COMMENT ON COLUMN @extschema@.option.builtin IS 'row shipped with the extension; leave it false in rows of your own, or they are not dumped';
SELECT pg_catalog.pg_extension_config_dump('@extschema@.option', 'WHERE NOT builtin');

CREATE TABLE @extschema@.published_count
(
	wave       integer NOT NULL REFERENCES @extschema@.wave,
	question   text NOT NULL,
	part       text NOT NULL,
	codes      text[] NOT NULL CHECK (cardinality(codes) > 0),
	n          integer CHECK (n >= 0),
	pct        numeric CHECK (pct BETWEEN 0 AND 100),
	kind       text NOT NULL CHECK (kind IN ('printed count', 'chart value from the press', 'printed percentage', 'words')),
	suspect    boolean NOT NULL DEFAULT false,
	as_printed text NOT NULL,
	source     text NOT NULL,
	note       text,
	builtin    boolean NOT NULL DEFAULT false,
	PRIMARY KEY (wave, question, part, codes, kind, source),
	FOREIGN KEY (question, part) REFERENCES @extschema@.question_part (question, part),
	CHECK ((n IS NOT NULL) = (kind IN ('printed count', 'chart value from the press'))),
	CHECK ((pct IS NOT NULL) = (kind = 'printed percentage'))
);

COMMENT ON TABLE @extschema@.published_count IS 'Every published figure on an option or a set of options, as it was printed, even where it is odd.';
COMMENT ON COLUMN @extschema@.published_count.wave IS 'wave';
COMMENT ON COLUMN @extschema@.published_count.question IS 'question';
COMMENT ON COLUMN @extschema@.published_count.part IS 'part of the question';
COMMENT ON COLUMN @extschema@.published_count.codes IS 'the options that the figure covers; several where the source merges them';
COMMENT ON COLUMN @extschema@.published_count.n IS 'number of organisations; NULL: not printed as a number of organisations';
COMMENT ON COLUMN @extschema@.published_count.pct IS 'printed percentage; NULL: none printed';
COMMENT ON COLUMN @extschema@.published_count.kind IS 'what sort of figure it is; words such as 2 割程度 are no number';
COMMENT ON COLUMN @extschema@.published_count.suspect IS 'kept, but not to be relied on: note says why';
COMMENT ON COLUMN @extschema@.published_count.as_printed IS 'the figure as printed';
COMMENT ON COLUMN @extschema@.published_count.source IS 'table, section or address';
COMMENT ON COLUMN @extschema@.published_count.note IS 'what a reader must know';
COMMENT ON COLUMN @extschema@.published_count.builtin IS 'row shipped with the extension; leave it false in rows of your own, or they are not dumped';
SELECT pg_catalog.pg_extension_config_dump('@extschema@.published_count', 'WHERE NOT builtin');

CREATE TABLE @extschema@.published_statement
(
	statement   integer PRIMARY KEY,
	wave        integer NOT NULL REFERENCES @extschema@.wave,
	section     text,
	sentence_ja text NOT NULL,
	sentence_en text,
	source      text,
	builtin     boolean NOT NULL DEFAULT false
);

COMMENT ON TABLE @extschema@.published_statement IS 'The quantitative sentences of the 2017 report, chapters 1 to 3 (chapter 4 has none).';
COMMENT ON COLUMN @extschema@.published_statement.statement IS 'number of the sentence in the order of the report';
COMMENT ON COLUMN @extschema@.published_statement.wave IS 'wave that the sentence is about';
COMMENT ON COLUMN @extschema@.published_statement.section IS 'section of the report';
COMMENT ON COLUMN @extschema@.published_statement.sentence_ja IS 'sentence or clause as printed';
COMMENT ON COLUMN @extschema@.published_statement.sentence_en IS 'sense in English';
COMMENT ON COLUMN @extschema@.published_statement.source IS 'report and section';
COMMENT ON COLUMN @extschema@.published_statement.builtin IS 'row shipped with the extension; leave it false in rows of your own, or they are not dumped';
SELECT pg_catalog.pg_extension_config_dump('@extschema@.published_statement', 'WHERE NOT builtin');

CREATE TABLE @extschema@.statement_rule
(
	statement  integer NOT NULL REFERENCES @extschema@.published_statement,
	item       integer NOT NULL,
	printed    text NOT NULL,
	wave       integer NOT NULL REFERENCES @extschema@.wave,
	question   text,
	part       text,
	codes      text[],
	complement boolean NOT NULL DEFAULT false,
	base       text CHECK (base IN ('respondents', 'population')),
	lower      numeric,
	upper      numeric,
	reading    text,
	note       text,
	builtin    boolean NOT NULL DEFAULT false,
	PRIMARY KEY (statement, item),
	FOREIGN KEY (question, part) REFERENCES @extschema@.question_part (question, part),
	CHECK (lower <= upper),
	CHECK ((question IS NULL) = (part IS NULL) AND (question IS NULL) = (codes IS NULL))
);

COMMENT ON TABLE @extschema@.statement_rule IS 'How a sentence is recomputed: the figure it prints, how its words are read, and the options whose counts give it. A sentence that names several things has several rules.';
COMMENT ON COLUMN @extschema@.statement_rule.statement IS 'sentence';
COMMENT ON COLUMN @extschema@.statement_rule.item IS 'number of the rule within the sentence';
COMMENT ON COLUMN @extschema@.statement_rule.printed IS 'figure or word of quantity as printed';
COMMENT ON COLUMN @extschema@.statement_rule.wave IS 'wave whose figures are used';
COMMENT ON COLUMN @extschema@.statement_rule.question IS 'question; NULL: no published count bears on the figure';
COMMENT ON COLUMN @extschema@.statement_rule.part IS 'part of the question';
COMMENT ON COLUMN @extschema@.statement_rule.codes IS 'options whose counts are added';
COMMENT ON COLUMN @extschema@.statement_rule.complement IS 'true: everybody except who gave codes';
COMMENT ON COLUMN @extschema@.statement_rule.base IS 'respondents: the counts over the respondents; population: the respondents over the population; NULL: cannot be recomputed';
COMMENT ON COLUMN @extschema@.statement_rule.lower IS 'least share that the words can fairly mean';
COMMENT ON COLUMN @extschema@.statement_rule.upper IS 'greatest share that the words can fairly mean';
COMMENT ON COLUMN @extschema@.statement_rule.reading IS 'the reading behind lower and upper, in words';
COMMENT ON COLUMN @extschema@.statement_rule.note IS 'what a reader must know';
COMMENT ON COLUMN @extschema@.statement_rule.builtin IS 'row shipped with the extension; leave it false in rows of your own, or they are not dumped';
SELECT pg_catalog.pg_extension_config_dump('@extschema@.statement_rule', 'WHERE NOT builtin');

CREATE TABLE @extschema@.sim3
(
	parameter  text PRIMARY KEY,
	position   integer NOT NULL,
	area       text NOT NULL CHECK (area IN ('organisation', 'human', 'tools', 'processes')),
	name_v1    text,
	name_v2i   text,
	version    text,
	name_check text,
	source     text,
	builtin    boolean NOT NULL DEFAULT false
);

COMMENT ON TABLE @extschema@.sim3 IS 'The parameters of SIM3, the security incident management maturity model: ids and short names only. SIM3 is copyright S-CURE and PRESECURE, kept by the Open CSIRT Foundation.';
COMMENT ON COLUMN @extschema@.sim3.parameter IS 'id of the parameter, such as O-8';
COMMENT ON COLUMN @extschema@.sim3.position IS 'place in the order of the model';
COMMENT ON COLUMN @extschema@.sim3.area IS 'area of the model';
COMMENT ON COLUMN @extschema@.sim3.name_v1 IS 'short name in version 1; NULL: blank there';
COMMENT ON COLUMN @extschema@.sim3.name_v2i IS 'short name in version 2 interim';
COMMENT ON COLUMN @extschema@.sim3.version IS 'versions that have the parameter';
COMMENT ON COLUMN @extschema@.sim3.name_check IS 'what was checked of id and name';
COMMENT ON COLUMN @extschema@.sim3.source IS 'owner and keeper of the model';
COMMENT ON COLUMN @extschema@.sim3.builtin IS 'row shipped with the extension; leave it false in rows of your own, or they are not dumped';
SELECT pg_catalog.pg_extension_config_dump('@extschema@.sim3', 'WHERE NOT builtin');

CREATE TABLE @extschema@.sim3_question
(
	parameter  text NOT NULL REFERENCES @extschema@.sim3,
	question   text NOT NULL REFERENCES @extschema@.question,
	confidence numeric NOT NULL CHECK (confidence BETWEEN 0 AND 1),
	reason     text,
	builtin    boolean NOT NULL DEFAULT false,
	PRIMARY KEY (parameter, question)
);

COMMENT ON TABLE @extschema@.sim3_question IS 'Which question of the survey is about which SIM3 parameter.';
COMMENT ON COLUMN @extschema@.sim3_question.parameter IS 'parameter';
COMMENT ON COLUMN @extschema@.sim3_question.question IS 'question';
COMMENT ON COLUMN @extschema@.sim3_question.confidence IS 'confidence that both have the same subject, a judgement';
COMMENT ON COLUMN @extschema@.sim3_question.reason IS 'reason for the judgement';
COMMENT ON COLUMN @extschema@.sim3_question.builtin IS 'row shipped with the extension; leave it false in rows of your own, or they are not dumped';
SELECT pg_catalog.pg_extension_config_dump('@extschema@.sim3_question', 'WHERE NOT builtin');

CREATE TABLE @extschema@.crosswalk
(
	from_wave     integer NOT NULL REFERENCES @extschema@.wave,
	from_question text NOT NULL,
	from_part     text NOT NULL,
	from_codes    text[] NOT NULL,
	to_wave       integer NOT NULL REFERENCES @extschema@.wave,
	to_question   text NOT NULL,
	to_part       text NOT NULL,
	to_codes      text[] NOT NULL,
	relation      text NOT NULL CHECK (relation IN ('exact', 'recoded', 'break')),
	note          text,
	builtin       boolean NOT NULL DEFAULT false,
	PRIMARY KEY (from_wave, from_question, from_part, from_codes, to_wave, to_question, to_part, to_codes),
	FOREIGN KEY (from_question, from_part) REFERENCES @extschema@.question_part (question, part),
	FOREIGN KEY (to_question, to_part) REFERENCES @extschema@.question_part (question, part)
);

COMMENT ON TABLE @extschema@.crosswalk IS 'Which question and options of one wave equal which of another. A pair without a row here may not be compared.';
COMMENT ON COLUMN @extschema@.crosswalk.from_wave IS 'earlier wave';
COMMENT ON COLUMN @extschema@.crosswalk.from_question IS 'question in the earlier wave';
COMMENT ON COLUMN @extschema@.crosswalk.from_part IS 'part in the earlier wave';
COMMENT ON COLUMN @extschema@.crosswalk.from_codes IS 'options in the earlier wave; {} here and in to_codes: each option of the part (in a break: the part as a whole)';
COMMENT ON COLUMN @extschema@.crosswalk.to_wave IS 'later wave';
COMMENT ON COLUMN @extschema@.crosswalk.to_question IS 'question in the later wave';
COMMENT ON COLUMN @extschema@.crosswalk.to_part IS 'part in the later wave';
COMMENT ON COLUMN @extschema@.crosswalk.to_codes IS 'options in the later wave, as from_codes';
COMMENT ON COLUMN @extschema@.crosswalk.relation IS 'exact: same wording; recoded: comparable after merging options; break: not comparable';
COMMENT ON COLUMN @extschema@.crosswalk.note IS 'what a reader must know';
COMMENT ON COLUMN @extschema@.crosswalk.builtin IS 'row shipped with the extension; leave it false in rows of your own, or they are not dumped';
SELECT pg_catalog.pg_extension_config_dump('@extschema@.crosswalk', 'WHERE NOT builtin');
