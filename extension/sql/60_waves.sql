/*
 * Waves of answers: a table a wave, made from the codebook, and what could not be loaded into it.
 */

CREATE VIEW @extschema@.codebook_column AS
	SELECT p.question, p.part, row_number() OVER (ORDER BY q.position, p.position)::integer AS position,
		   'q' || replace(p.question, '.', '_') || CASE p.part WHEN 'answer' THEN '' ELSE '_' || p.part END AS column_name,
		   CASE p.kind WHEN 'single ordinal' THEN '@extschema@.' || quote_ident(p.scale)
					   WHEN 'multiple' THEN '@extschema@.multiselect(' || o.n || coalesce(', ' || o.exclusive, '') || ')'
					   WHEN 'date' THEN 'date' ELSE 'text' END AS type_name,
		   p.kind, p.scale, q.question_ja, q.question_en, p.part_ja, p.part_en, p.depends_on, p.depends_part, p.depends_codes,
		   coalesce(o.options, '{}') AS options, o.codes, o.not_done
	FROM @extschema@.question_part p
		 JOIN @extschema@.question q USING (question)
		 LEFT JOIN (SELECT question, part, count(*) AS n, min(code) FILTER (WHERE exclusive) AS exclusive, array_agg(code ORDER BY position) AS codes,
						   array_agg(code ORDER BY position) FILTER (WHERE not_applicable OR label_ja = '未実施') AS not_done,
						   array_agg(ARRAY[code, label_ja, coalesce(label_en, label_ja), exclusive::text] ORDER BY position) AS options
					FROM @extschema@.option GROUP BY question, part) AS o USING (question, part);
COMMENT ON VIEW @extschema@.codebook_column IS 'The columns that a table of answers has: one for each part of each question, named after the question (4.4.2 is q4_4_2, the implementer of 5.2 is q5_2_implementer), with its SQL type.';
COMMENT ON COLUMN @extschema@.codebook_column.question IS 'number of the question';
COMMENT ON COLUMN @extschema@.codebook_column.part IS 'part of the question';
COMMENT ON COLUMN @extschema@.codebook_column.position IS 'place in the questionnaire';
COMMENT ON COLUMN @extschema@.codebook_column.column_name IS 'name of the column in a table of answers';
COMMENT ON COLUMN @extschema@.codebook_column.type_name IS 'SQL type of the column: a scale, multiselect, date, or text that holds a code';
COMMENT ON COLUMN @extschema@.codebook_column.kind IS 'how many answers may be given, and whether they have an order';
COMMENT ON COLUMN @extschema@.codebook_column.scale IS 'scale of an ordinal part';
COMMENT ON COLUMN @extschema@.codebook_column.question_ja IS 'wording as printed';
COMMENT ON COLUMN @extschema@.codebook_column.question_en IS 'wording in English';
COMMENT ON COLUMN @extschema@.codebook_column.part_ja IS 'name of the part as printed';
COMMENT ON COLUMN @extschema@.codebook_column.part_en IS 'name of the part in English';
COMMENT ON COLUMN @extschema@.codebook_column.depends_on IS 'question on which the part hangs';
COMMENT ON COLUMN @extschema@.codebook_column.depends_part IS 'part of that question';
COMMENT ON COLUMN @extschema@.codebook_column.depends_codes IS 'answers there that make the part apply';
COMMENT ON COLUMN @extschema@.codebook_column.options IS 'rows of code, Japanese label, English label, and whether the option excludes all others';
COMMENT ON COLUMN @extschema@.codebook_column.codes IS 'codes of the options in the printed order';
COMMENT ON COLUMN @extschema@.codebook_column.not_done IS 'codes that say "not done" or "does not apply"';

CREATE TABLE @extschema@.wave_table
(
	wave         integer NOT NULL REFERENCES @extschema@.wave,
	table_schema name NOT NULL,
	table_name   name NOT NULL,
	synthetic    boolean NOT NULL DEFAULT false,
	builtin      boolean NOT NULL DEFAULT false,
	PRIMARY KEY (wave, builtin),
	UNIQUE (table_schema, table_name)
);
COMMENT ON TABLE @extschema@.wave_table IS 'Where the answers of a wave are. create_wave() fills it; a table of your own may be named here if it has the column organisation and columns named as in codebook_column. Made-up answers come with the extension for 2015 and 2017: a row of yours for the same wave goes before them.';
COMMENT ON COLUMN @extschema@.wave_table.wave IS 'wave';
COMMENT ON COLUMN @extschema@.wave_table.table_schema IS 'schema of the table of answers';
COMMENT ON COLUMN @extschema@.wave_table.table_name IS 'name of the table of answers: one row an organisation';
COMMENT ON COLUMN @extschema@.wave_table.synthetic IS 'true: the answers are made up, though the wave may be real';
COMMENT ON COLUMN @extschema@.wave_table.builtin IS 'row shipped with the extension; leave it false in rows of your own, or they are not dumped';
SELECT pg_catalog.pg_extension_config_dump('@extschema@.wave_table', 'WHERE NOT builtin');

CREATE TABLE @extschema@.reject
(
	wave         integer NOT NULL REFERENCES @extschema@.wave,
	source       text NOT NULL,
	"row"        bigint NOT NULL,
	organisation text,
	"column"     text,
	value        text,
	reason       text NOT NULL,
	loaded_at    timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX ON @extschema@.reject (wave, source);
COMMENT ON TABLE @extschema@.reject IS 'What load_wave() could not take: nothing that comes in is lost. Loading the same source again replaces its rows here.';
COMMENT ON COLUMN @extschema@.reject.wave IS 'wave that was loaded';
COMMENT ON COLUMN @extschema@.reject.source IS 'name of the source, as given to load_wave()';
COMMENT ON COLUMN @extschema@.reject."row" IS 'line of the CSV file (the header is line 1), or number of the row in the staging table';
COMMENT ON COLUMN @extschema@.reject.organisation IS 'organisation of the row; NULL where it has none';
COMMENT ON COLUMN @extschema@.reject."column" IS 'column of the table of answers; NULL: the whole row was refused';
COMMENT ON COLUMN @extschema@.reject.value IS 'the text that came; of a refused row, its cells as an array';
COMMENT ON COLUMN @extschema@.reject.reason IS 'why it was refused';
COMMENT ON COLUMN @extschema@.reject.loaded_at IS 'when';
SELECT pg_catalog.pg_extension_config_dump('@extschema@.reject', '');


CREATE FUNCTION @extschema@.create_answer_table(qualified text, model text, description text) RETURNS regclass LANGUAGE plpgsql AS $$
DECLARE
	body text;
	c record;
BEGIN
	IF model IS NOT NULL THEN
		EXECUTE format('CREATE TABLE %s (LIKE %s INCLUDING ALL)', qualified, model);
	ELSE
		SELECT string_agg(format(E',\n\t%I %s%s', column_name, type_name,
								 CASE WHEN kind = 'single nominal' THEN format(' CONSTRAINT %I CHECK (%I IN (%s))', column_name || '_code', column_name,
									(SELECT string_agg(quote_literal(x), ', ') FROM unnest(codes) AS x)) ELSE '' END), '' ORDER BY position)
			INTO body FROM @extschema@.codebook_column;
		EXECUTE format(E'CREATE TABLE %s (\n\torganisation text PRIMARY KEY CHECK (organisation <> '''')%s\n)', qualified, body);
		FOR c IN SELECT * FROM @extschema@.codebook_column LOOP
			EXECUTE format('COMMENT ON COLUMN %s.%I IS %L', qualified, c.column_name,
						   c.question || ' ' || coalesce(c.question_en || ' / ', '') || c.question_ja || coalesce(' (' || c.part_en || ' / ' || c.part_ja || ')', ''));
		END LOOP;
		EXECUTE format('COMMENT ON COLUMN %s.organisation IS %L', qualified, 'who answered: a name or number that stays the same from wave to wave');
	END IF;
	EXECUTE format('COMMENT ON TABLE %s IS %L', qualified, description);
	RETURN qualified::regclass;
END $$;
COMMENT ON FUNCTION @extschema@.create_answer_table(text, text, text) IS
'Part of create_wave(): makes a table of answers, like another table or, without one, from the codebook. The names are SQL, quoted where needed.';

CREATE FUNCTION @extschema@.make_wave(wave integer, "like" integer, table_name text, table_schema text, population integer, synthetic boolean,
									  source text)
	RETURNS regclass LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
	target text := coalesce(make_wave.table_name, 'wave_' || make_wave.wave);
	qualified text;
	model text;
BEGIN
	IF make_wave.wave IS NULL OR make_wave."like" IS NULL THEN
		RAISE EXCEPTION 'the wave and the wave that it is like must be given' USING ERRCODE = 'null_value_not_allowed';
	END IF;
	IF make_wave.table_schema IS NULL THEN
		RAISE EXCEPTION 'no schema to create the table of answers in' USING ERRCODE = 'invalid_schema_name',
			HINT = 'Put a schema of your own into search_path, or name one: table_schema => ''public''.';
	END IF;
	IF EXISTS (SELECT FROM @extschema@.wave_table t WHERE t.wave = make_wave.wave AND NOT t.builtin) THEN
		RAISE EXCEPTION 'wave % has its table of answers already', make_wave.wave USING ERRCODE = 'duplicate_table',
			DETAIL = (SELECT format('It is %I.%I.', t.table_schema, t.table_name) FROM @extschema@.wave_table t WHERE t.wave = make_wave.wave AND NOT t.builtin),
			HINT = 'Load more answers into it with load_wave(), or drop the table and its row in wave_table first.';
	END IF;
	SELECT format('%I.%I', t.table_schema, t.table_name) INTO model FROM @extschema@.wave_table t
		WHERE t.wave = make_wave."like" AND NOT t.builtin;
	IF model IS NULL AND make_wave."like" <> 2017 THEN
		RAISE EXCEPTION 'the questionnaire of wave % is not known', make_wave."like" USING ERRCODE = 'invalid_parameter_value',
			HINT = 'The codebook is that of 2017; a wave that has a table of answers can be copied too.';
	END IF;
	qualified := format('%I.%I', make_wave.table_schema, target);
	PERFORM @extschema@.create_answer_table(qualified, model, format('%s of the %s wave of the survey, one row an organisation.',
		CASE WHEN make_wave.synthetic THEN 'Made-up answers' ELSE 'Answers' END, make_wave.wave));
	INSERT INTO @extschema@.wave (wave, population, synthetic, source) VALUES (make_wave.wave, make_wave.population, make_wave.synthetic, make_wave.source)
		ON CONFLICT (wave) DO NOTHING;
	INSERT INTO @extschema@.wave_table (wave, table_schema, table_name, synthetic) VALUES (make_wave.wave, make_wave.table_schema, target, make_wave.synthetic);
	RETURN qualified::regclass;
END $$;
COMMENT ON FUNCTION @extschema@.make_wave(integer, integer, text, text, integer, boolean, text) IS
'Part of create_wave(), which finds the schema.';

CREATE FUNCTION @extschema@.create_wave(wave integer, "like" integer DEFAULT 2017, table_name text DEFAULT NULL, table_schema text DEFAULT NULL,
										population integer DEFAULT NULL, synthetic boolean DEFAULT false, source text DEFAULT NULL)
	RETURNS regclass LANGUAGE sql
	RETURN @extschema@.make_wave(wave, "like", table_name, coalesce(table_schema, (
		SELECT s::text FROM unnest(current_schemas(false)) WITH ORDINALITY AS u(s, i) WHERE s <> '@extschema@' ORDER BY i LIMIT 1)),
		population, synthetic, source);
COMMENT ON FUNCTION @extschema@.create_wave(integer, integer, text, text, integer, boolean, text) IS
'Makes the table of answers of a wave: organisation text PRIMARY KEY and a typed column for each part of each question, with comments and checks, like an earlier wave (2017: the codebook). It is called wave_YEAR and made in the first schema of your search_path, unless table_name and table_schema say otherwise; the wave is entered in wave and wave_table. The made-up answers that come with the extension do not count: create_wave(2017) makes the table for the real ones, which go before them. synthetic: the answers will be made up. Gives the table. Errors: 42P07 if the wave has a table of yours, 22023 for a questionnaire that is not known, 3F000 where no schema of yours is in search_path.';

CREATE FUNCTION @extschema@.answer_table(table_schema name, table_name name) RETURNS regclass LANGUAGE sql STABLE STRICT PARALLEL SAFE
	RETURN (SELECT c.oid::regclass FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace s ON s.oid = c.relnamespace
			WHERE s.nspname = $1 AND c.relname = $2 AND c.relkind IN ('r', 'p', 'v', 'm', 'f'));
COMMENT ON FUNCTION @extschema@.answer_table(name, name) IS
'The table or view of that name, also in a schema that the current user may not look into, where to_regclass() is an error. NULL where there is none, and for NULL.';

CREATE FUNCTION @extschema@.wave_relation(wave integer, own boolean DEFAULT false) RETURNS regclass LANGUAGE plpgsql STABLE STRICT AS $$
DECLARE
	t record;
BEGIN
	SELECT table_schema, table_name, builtin INTO t FROM @extschema@.wave_table w WHERE w.wave = wave_relation.wave ORDER BY builtin LIMIT 1;
	IF NOT FOUND OR (own AND t.builtin) THEN
		RAISE EXCEPTION 'wave % has no table of answers%', wave_relation.wave, CASE WHEN t.builtin THEN ' but the made-up one of the extension' ELSE '' END
			USING ERRCODE = 'undefined_table', HINT = format('Make one: SELECT create_wave(%s);', wave_relation.wave);
	END IF;
	RETURN format('%I.%I', t.table_schema, t.table_name)::regclass;
END $$;
COMMENT ON FUNCTION @extschema@.wave_relation(integer, boolean) IS 'The table of answers of a wave: yours, or else the made-up one of the extension, unless own is asked for (wave_overview tells which it is). NULL for NULL; error 42P01 for a wave without one.';

CREATE FUNCTION @extschema@.csv_header(csv bytea, encoding text DEFAULT NULL) RETURNS text[]
	LANGUAGE C STABLE PARALLEL SAFE AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION @extschema@.csv_header(bytea, text) IS
'The cells of the first line of a CSV file. The encoding is found out (UTF-8 with or without a byte order mark, or CP932) unless it is named. NULL for NULL; errors 22P04 for an empty file or an open quote, 22021 for a file that is no text in these encodings.';
CREATE FUNCTION @extschema@.csv_rows(csv bytea, encoding text DEFAULT NULL) RETURNS SETOF record
	LANGUAGE C STABLE PARALLEL SAFE AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION @extschema@.csv_rows(bytea, text) IS
'The lines of a CSV file after the first, to be called with a column list (line bigint, problem text, one text column a cell): the line number, what is wrong with the row (a number of cells other than asked for, text that is not valid) or NULL, and the cells, NULL where empty. The delimiter is comma, semicolon or tab, whichever the first line has most of; quotes and line breaks in cells as in RFC 4180. Errors as csv_header.';

CREATE FUNCTION @extschema@.read_answer(cell text, options text[], "like" anyelement, column_number integer DEFAULT NULL) RETURNS anyelement
	LANGUAGE C STABLE PARALLEL SAFE AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION @extschema@.read_answer(text, text[], anyelement, integer) IS
'The answer in a cell, as a value of the type of "like" (a scale, text, multiselect or date; give NULL::type), by codes or labels; options are rows of code, label, label, exclusive as codebook_column has them. Case, white space and full-width forms do not count. NULL for an empty cell and for one that cannot be read: answer_problem() tells them apart. column_number is for load_wave().';
CREATE FUNCTION @extschema@.answer_problem(cell text, options text[], "like" anyelement) RETURNS text
	LANGUAGE C STABLE PARALLEL SAFE AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION @extschema@.answer_problem(text, text[], anyelement) IS
'Why read_answer() cannot read a cell; NULL if it can, or if the cell is empty.';
CREATE FUNCTION @extschema@.load_begin(wave_table regclass, rows bigint, notice_every bigint) RETURNS void
	LANGUAGE C VOLATILE STRICT AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION @extschema@.load_begin(regclass, bigint, bigint) IS 'Part of load_wave(): the progress report begins.';
CREATE FUNCTION @extschema@.load_tick() RETURNS boolean LANGUAGE C VOLATILE AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION @extschema@.load_tick() IS 'Part of load_wave(): a row was read.';
CREATE FUNCTION @extschema@.load_problem_columns() RETURNS integer[] LANGUAGE C VOLATILE AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION @extschema@.load_problem_columns() IS 'Part of load_wave(): the columns with cells that could not be read; the progress report ends.';

CREATE VIEW @extschema@.load_progress AS
	SELECT pid, datname, relid::regclass AS wave_table, tuples_processed AS rows_read, bytes_total AS rows_total
	FROM pg_catalog.pg_stat_progress_copy WHERE relid IN (SELECT @extschema@.answer_table(table_schema, table_name) FROM @extschema@.wave_table);
COMMENT ON VIEW @extschema@.load_progress IS 'Loads of waves that are under way, in all sessions.';
COMMENT ON COLUMN @extschema@.load_progress.pid IS 'process of the session';
COMMENT ON COLUMN @extschema@.load_progress.datname IS 'database';
COMMENT ON COLUMN @extschema@.load_progress.wave_table IS 'table that is loaded';
COMMENT ON COLUMN @extschema@.load_progress.rows_read IS 'rows read so far';
COMMENT ON COLUMN @extschema@.load_progress.rows_total IS 'rows of the source';

CREATE FUNCTION @extschema@.header_key(header text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
	RETURN regexp_replace(regexp_replace(lower(normalize(header, NFKC)), '[[:space:]_.,:;()<>{}|/!?''"「」【】『』・、。’”“–—\[\]-]+', '', 'g'),
						  '^(q|問|設問|質問)(?=[0-9])', '');
COMMENT ON FUNCTION @extschema@.header_key(text) IS 'A header without what forms and spreadsheets change in it: case, width, spaces, punctuation, a leading Q or 問. NULL for NULL.';

CREATE FUNCTION @extschema@.match_header(headers text[], wave_table regclass)
	RETURNS TABLE (i integer, header text, column_name text, tick text) LANGUAGE sql STABLE STRICT AS $$
	WITH col AS (
		SELECT a.attname::text AS column_name, b.question, b.part, b.part_ja, b.part_en, b.question_ja, b.question_en, b.options, b.kind,
			   count(*) OVER (PARTITION BY b.question) = 1 AS alone
		FROM pg_catalog.pg_attribute a LEFT JOIN @extschema@.codebook_column b ON b.column_name = a.attname
		WHERE a.attrelid = wave_table AND a.attnum > 0 AND NOT a.attisdropped
	), spelling AS (
		SELECT DISTINCT @extschema@.header_key(k) AS key, column_name
		FROM col, LATERAL unnest(ARRAY[column_name] ||
			CASE WHEN question IS NULL THEN '{}'
				 WHEN alone THEN ARRAY[question, question_ja, question || question_ja, question_en, question || question_en]
				 ELSE ARRAY[]::text[] END ||
			CASE WHEN part <> 'answer' THEN ARRAY[question || part, question || part_ja, question || part_en, question_ja || part_ja,
				 question || question_ja || part_ja, question_en || part_en, question || question_en || part_en] ELSE '{}' END ||
			CASE WHEN column_name = 'organisation' THEN ARRAY['organization', '組織', '組織名', '組織id', '組織番号', '会社名', '企業名', '回答者id', 'csirt', 'csirt名',
				 'チーム名', 'id'] ELSE '{}' END) AS k
		WHERE k IS NOT NULL
	), known AS (
		SELECT key, min(column_name) AS column_name FROM spelling WHERE key <> '' GROUP BY key HAVING count(*) = 1
	), ticks AS (
		-- a column an option: the question, then the option's code or label in brackets
		SELECT DISTINCT k.column_name, @extschema@.header_key(v.label) AS key, c.options[o][1] AS tick
		FROM known k JOIN col c USING (column_name), generate_subscripts(c.options, 1) AS o,
			 LATERAL (VALUES (c.options[o][1]), (c.options[o][2]), (c.options[o][3])) AS v(label)
		WHERE c.kind = 'multiple'
	)
	SELECT h.i::integer, h.header, coalesce(k.column_name, t.column_name), CASE WHEN k.column_name IS NULL THEN t.tick END
	FROM unnest(headers) WITH ORDINALITY AS h(header, i)
		 LEFT JOIN known k ON k.key = @extschema@.header_key(h.header)
		 LEFT JOIN LATERAL regexp_match(h.header, '^(.*?)[[:space:]]*[\[［(（<【](.+)[\]］)）>】][[:space:]]*$') AS m(part) ON k.key IS NULL
		 LEFT JOIN known b ON b.key = @extschema@.header_key(m.part[1])
		 LEFT JOIN ticks t ON t.column_name = b.column_name AND t.key = @extschema@.header_key(m.part[2])
	ORDER BY h.i
$$;
COMMENT ON FUNCTION @extschema@.match_header(text[], regclass) IS
'Which column of a table of answers each header of an export means: by column name (q4_4_2), question number (4.4.2), question text in Japanese or English, number and text, with the name of the part where a question has several; "4.3.3 [a]" or "4.3.3 [label]" is a column for one option, and tick its code. column_name is NULL for a header that means none.';

CREATE TYPE @extschema@.load_report AS (
	wave integer, source text, rows_read bigint, inserted bigint, updated bigint, rejected_rows bigint, rejected_values bigint, columns integer, not_in_source text[]
);
COMMENT ON TYPE @extschema@.load_report IS
'What load_wave() did: rows of the source, rows added to and replaced in the table of answers, whole rows and single values put into reject, columns loaded, and the columns of the table that the source does not have (they are left as they were).';

CREATE FUNCTION @extschema@.load_wave_cells(wave integer, target regclass, rows text, headers text[], source text, ignore text[], missing text[], notice_every bigint)
	RETURNS @extschema@.load_report LANGUAGE plpgsql SET synchronize_seqscans = off SET work_mem = '64MB' AS $$
#variable_conflict use_variable
DECLARE
	report @extschema@.load_report;
	unknown text;
	organisation text;
	columns text;
	readers text;
	updates text;
	checks text;
	repeats integer;
	row_filter text;
	filled boolean;
	statement text;
BEGIN
	CREATE TEMP TABLE csirtsurvey_map ON COMMIT DROP AS
		SELECT m.i, m.header, m.column_name, m.tick FROM @extschema@.match_header(headers, target) AS m
		WHERE NOT coalesce(@extschema@.header_key(m.header) = ANY (SELECT @extschema@.header_key(x) FROM unnest(ignore) AS x), false) AND m.header <> '';
	SELECT string_agg(format('"%s"', header), ', ' ORDER BY i) INTO unknown FROM csirtsurvey_map m WHERE m.column_name IS NULL;
	IF unknown IS NOT NULL THEN
		RAISE EXCEPTION 'headers that are no question of the survey: %', unknown USING ERRCODE = 'undefined_column',
			DETAIL = format('Of %s headers %s are known.', cardinality(headers), (SELECT count(m.column_name) FROM csirtsurvey_map m)),
			HINT = 'Headers are question numbers (4.4.2, 5.2 tenure), column names (q4_4_2) or question texts. Columns to pass over go into ignore => ARRAY[...].';
	END IF;
	SELECT format('nullif(btrim(s.c%s), '''')', i) INTO organisation FROM csirtsurvey_map m WHERE m.column_name = 'organisation' LIMIT 1;
	IF organisation IS NULL THEN
		RAISE EXCEPTION 'no header names the organisation' USING ERRCODE = 'undefined_column',
			DETAIL = format('The headers are: %s.', left(array_to_string(headers, ', '), 500)),
			HINT = 'A column headed organisation (or 組織名) must say whose answers each row holds. Is the first line the header?';
	END IF;
	SELECT string_agg(format('"%s"', m.column_name), ', '), count(*) INTO unknown, repeats
		FROM (SELECT g.column_name FROM csirtsurvey_map g GROUP BY g.column_name, g.tick HAVING count(*) > 1) AS m;
	IF repeats > 0 THEN
		RAISE EXCEPTION 'two headers mean the same column: %', unknown USING ERRCODE = 'duplicate_column',
			HINT = 'Number the headers, or pass one over: ignore => ARRAY[...].';
	END IF;

	-- One expression a column: the cell, or the ticks of its options put together; options and words for "no answer" as a constant.
	CREATE TEMP TABLE csirtsurvey_column ON COMMIT DROP AS
		SELECT m.column_name, min(m.i) AS i,
			   CASE WHEN bool_or(m.tick IS NULL) THEN 's.c' || min(m.i)
					ELSE format('CASE WHEN %s THEN ''{'' || concat_ws('','', %s) || ''}'' END',
								string_agg(format('s.c%s IS NOT NULL', m.i), ' OR '), string_agg(format('@extschema@.tick(s.c%s, %L)', m.i, m.tick), ', ' ORDER BY m.i)) END AS cell,
			   min(b.kind) AS kind, min(regexp_replace(b.type_name, '\(.*', '')) AS type_name,
			   min((b.options || (SELECT coalesce(array_agg(ARRAY[NULL, x, NULL, NULL]), '{}') FROM unnest(missing) AS x))::text) AS options
		FROM csirtsurvey_map m LEFT JOIN @extschema@.codebook_column b USING (column_name)
		WHERE m.column_name <> 'organisation'
		GROUP BY m.column_name;
	SELECT string_agg(format('%I', column_name), ', ' ORDER BY i),
		   string_agg(CASE WHEN type_name IS NULL THEN cell ELSE format('@extschema@.read_answer(%s, %L::text[], NULL::%s, %s)', cell, options, type_name, i) END, ', ' ORDER BY i),
		   string_agg(format('%I = EXCLUDED.%I', column_name, column_name), ', ' ORDER BY i)
		INTO columns, readers, updates FROM csirtsurvey_column;

	EXECUTE format('SELECT count(*) FROM (%s) AS s', rows) INTO report.rows_read;
	DELETE FROM @extschema@.reject r WHERE r.wave = load_wave_cells.wave AND r.source = load_wave_cells.source;

	-- Rows that cannot be taken as a whole: damaged, without an organisation, or a second row for one (the first stands).
	CREATE TEMP TABLE csirtsurvey_refused (line bigint PRIMARY KEY, organisation text, reason text NOT NULL) ON COMMIT DROP;
	EXECUTE format('INSERT INTO csirtsurvey_refused SELECT s.line, %1$s, coalesce(s.problem, ''the row names no organisation'') FROM (%2$s) AS s WHERE s.problem IS NOT NULL OR %1$s IS NULL',
				   organisation, rows);
	EXECUTE format('INSERT INTO csirtsurvey_refused
		SELECT line, organisation, format(''the organisation stands on line %%s already'', first)
		FROM (SELECT s.line, %1$s AS organisation, min(s.line) OVER (PARTITION BY %1$s) AS first FROM (%2$s) AS s
			  WHERE s.problem IS NULL AND %1$s IN (SELECT %1$s FROM (%2$s) AS s WHERE s.problem IS NULL GROUP BY 1 HAVING count(*) > 1)) AS d
		WHERE line > first', organisation, rows);
	SELECT count(*) INTO report.rejected_rows FROM csirtsurvey_refused;
	row_filter := CASE WHEN report.rejected_rows > 0 THEN 'NOT EXISTS (SELECT FROM csirtsurvey_refused f WHERE f.line = s.line)' ELSE 'true' END;
	IF report.rejected_rows > 0 THEN
		EXECUTE format('INSERT INTO @extschema@.reject (wave, source, "row", organisation, value, reason)
			SELECT $1, $2, f.line, f.organisation, left(ARRAY[%s]::text, 100000), f.reason FROM csirtsurvey_refused f JOIN (%s) AS s USING (line)',
			(SELECT string_agg('s.c' || i, ', ' ORDER BY i) FROM generate_series(1, cardinality(headers)) AS i), rows) USING wave, source;
	END IF;

	PERFORM @extschema@.load_begin(target, report.rows_read, notice_every);
	EXECUTE format('SELECT EXISTS (SELECT FROM %s)', target) INTO filled;
	statement := format('INSERT INTO %s AS t (organisation%s) SELECT %s%s FROM (%s) AS s WHERE @extschema@.load_tick() AND %s',
						target, ', ' || columns, organisation, ', ' || readers, rows, row_filter);
	IF filled THEN
		EXECUTE format('WITH done AS (%s ON CONFLICT (organisation) DO %s RETURNING (t.xmax = 0) AS new)
			SELECT count(*) FILTER (WHERE new), count(*) FILTER (WHERE NOT new) FROM done', statement, coalesce('UPDATE SET ' || updates, 'NOTHING'))
			INTO report.inserted, report.updated;
	ELSE
		EXECUTE statement;
		GET DIAGNOSTICS report.inserted = ROW_COUNT;
		report.updated := 0;
	END IF;

	-- Cells that could not be read, from the columns in which there were any.
	report.rejected_values := 0;
	SELECT string_agg(format('(%L, %s, @extschema@.answer_problem(%s, %L::text[], NULL::%s))', column_name, cell, cell, options, type_name), ', ')
		INTO checks FROM csirtsurvey_column WHERE i = ANY (@extschema@.load_problem_columns());
	IF checks IS NOT NULL THEN
		EXECUTE format('INSERT INTO @extschema@.reject (wave, source, "row", organisation, "column", value, reason)
			SELECT $1, $2, s.line, %s, v.name, left(v.cell, 100000), v.problem FROM (%s) AS s, LATERAL (VALUES %s) AS v(name, cell, problem)
			WHERE v.problem IS NOT NULL AND %s', organisation, rows, checks, row_filter) USING wave, source;
		GET DIAGNOSTICS report.rejected_values = ROW_COUNT;
	END IF;

	EXECUTE format('UPDATE @extschema@.wave w SET respondents = nullif((SELECT count(*) FROM %s), 0) WHERE w.wave = $1 AND NOT w.builtin', target) USING wave;
	report.wave := wave;
	report.source := source;
	SELECT count(*) INTO report.columns FROM csirtsurvey_column;
	SELECT array_agg(a.attname::text ORDER BY a.attnum) INTO report.not_in_source FROM pg_catalog.pg_attribute a
		WHERE a.attrelid = target AND a.attnum > 0 AND NOT a.attisdropped AND a.attname NOT IN (SELECT m.column_name FROM csirtsurvey_map m);
	DROP TABLE csirtsurvey_map, csirtsurvey_column, csirtsurvey_refused;
	RETURN report;
END $$;
COMMENT ON FUNCTION @extschema@.load_wave_cells(integer, regclass, text, text[], text, text[], text[], bigint) IS
'Part of load_wave(): rows is a query that gives line, problem, c1, c2, ... for the headers.';

CREATE FUNCTION @extschema@.tick(cell text, code text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
	RETURN CASE WHEN cell IS NULL OR lower(btrim(cell)) IN ('', '0', 'false', 'f', 'no', 'n', '×', 'いいえ', 'オフ', 'off') THEN NULL
				WHEN lower(btrim(cell)) IN ('1', 'true', 't', 'yes', 'y', 'x', '○', '〇', '◯', '✓', '✔', '■', 'レ', 'はい', 'オン', 'on', 'checked', 'チェック') THEN code
				ELSE cell END;
COMMENT ON FUNCTION @extschema@.tick(text, text) IS
'The code of an option whose own column in an export is ticked (1, true, yes, x, ○, ✓, はい ...), NULL where it is not (0, false, no, ×, いいえ, empty); any other text as it is, so that load_wave() refuses it.';

CREATE FUNCTION @extschema@.load_wave(wave integer, staging regclass, source text DEFAULT NULL, ignore text[] DEFAULT '{}',
									  missing text[] DEFAULT '{無回答,未回答,N/A,-}', notice_every bigint DEFAULT 100000)
	RETURNS @extschema@.load_report LANGUAGE plpgsql AS $$
DECLARE
	headers text[];
	cells text;
BEGIN
	SELECT array_agg(a.attname::text ORDER BY a.attnum), string_agg(format('%I::text AS c%s', a.attname, i), ', ' ORDER BY a.attnum) INTO headers, cells
	FROM (SELECT attname, attnum, row_number() OVER (ORDER BY attnum) AS i FROM pg_catalog.pg_attribute
		  WHERE attrelid = staging AND attnum > 0 AND NOT attisdropped) AS a;
	RETURN @extschema@.load_wave_cells(wave, @extschema@.wave_relation(wave, own => true), format('SELECT row_number() OVER () AS line, NULL::text AS problem, %s FROM %s', cells, staging),
									   headers, coalesce(source, staging::text), ignore, missing, notice_every);
END $$;
COMMENT ON FUNCTION @extschema@.load_wave(integer, regclass, text, text[], text[], bigint) IS
'Loads answers from a staging table (columns of text, headed as match_header() knows them) into the table of answers of a wave. Codes and labels are read; an organisation that is there already gets the new answers in the columns that the source has. What cannot be read goes into reject under the name source (default: the table''s) and the rest of the row is kept; loading again changes nothing. ignore: headers to pass over; missing: words for "no answer"; a NOTICE every notice_every rows (0: none), and load_progress. All or nothing in one transaction. Errors: 42P01 for a wave without a table of your own (nothing is loaded into made-up answers), 42703 for an unknown header or none for the organisation, 42701 for two headers of one column.';

CREATE FUNCTION @extschema@.load_wave(wave integer, csv bytea, encoding text DEFAULT NULL, source text DEFAULT 'csv', ignore text[] DEFAULT '{}',
									  missing text[] DEFAULT '{無回答,未回答,N/A,-}', notice_every bigint DEFAULT 100000)
	RETURNS @extschema@.load_report LANGUAGE plpgsql AS $$
DECLARE
	target regclass := @extschema@.wave_relation(wave, own => true);
	headers text[] := @extschema@.csv_header(csv, encoding);
	report @extschema@.load_report;
BEGIN
	EXECUTE format('CREATE TEMP TABLE csirtsurvey_csv ON COMMIT DROP AS SELECT * FROM @extschema@.csv_rows($1, $2) AS s(line bigint, problem text, %s)',
				   (SELECT string_agg(format('c%s text', i), ', ') FROM generate_series(1, cardinality(headers)) AS i)) USING csv, encoding;
	report := @extschema@.load_wave_cells(wave, target, 'SELECT * FROM pg_temp.csirtsurvey_csv', headers, source, ignore, missing, notice_every);
	DROP TABLE pg_temp.csirtsurvey_csv;
	RETURN report;
END $$;
COMMENT ON FUNCTION @extschema@.load_wave(integer, bytea, text, text, text[], text[], bigint) IS
'Loads a CSV export of a web form, given as bytes (from psql: \lo_import file, then lo_get(:LASTOID); on the server: pg_read_binary_file), into the table of answers of a wave. The encoding is found out (UTF-8, also with Excel''s byte order mark, or CP932) unless named; a row with too few or too many cells, without an organisation, or of an organisation that stood above goes into reject whole. Otherwise as for a staging table. Errors also: 22P04 for an empty file or a quote that is never closed, 22021 for a file that is no text.';

CREATE FUNCTION @extschema@.answer_check(wave integer)
	RETURNS TABLE (organisation text, finding text, question text, part text, detail text) LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
DECLARE
	target regclass := @extschema@.wave_relation(wave);
	rules text;
BEGIN
	WITH col AS (
		SELECT b.*, format('t.%I', b.column_name) AS ref,
			   CASE WHEN b.kind = 'multiple' THEN format('@extschema@.options(t.%I)', b.column_name) ELSE format('ARRAY[t.%I::text]', b.column_name) END AS given
		FROM @extschema@.codebook_column b JOIN pg_catalog.pg_attribute a ON a.attrelid = target AND a.attname = b.column_name AND NOT a.attisdropped
	)
	SELECT string_agg(rule, ', ') INTO rules FROM (
		SELECT format('(%L, %L, %L, %s IS NOT NULL AND %s IS NOT NULL AND NOT %s && %L::text[] AND NOT %s <@ %L::text[], %L || array_to_string(%s, '','') || %L || array_to_string(%s, '',''))',
					  'answered though not asked', c.question, c.part, c.ref, p.ref, p.given, c.depends_codes, c.given, coalesce(c.not_done, '{}'),
					  'the answer is ', c.given, ', but to ' || p.question || ' it is ', p.given) AS rule
		FROM col c JOIN col p ON p.question = c.depends_on AND p.part = c.depends_part
		UNION ALL
		SELECT format('(%L, %L, %L, %s IS NULL AND %s && %L::text[], %L || array_to_string(%s, '',''))',
					  'asked but not answered', c.question, c.part, c.ref, p.given, c.depends_codes, 'no answer, though to ' || p.question || ' it is ', p.given)
		FROM col c JOIN col p ON p.question = c.depends_on AND p.part = c.depends_part
		UNION ALL
		SELECT format('(%L, %L, %L, (%s && %L::text[]) <> (%s && %L::text[]), %L || array_to_string(%s, '','') || %L || array_to_string(%s, '',''))',
					  'not done differs', c.question, c.part, p.given, p.not_done, c.given, c.not_done, p.part || ' is ', p.given, ', ' || c.part || ' is ', c.given)
		FROM col c JOIN col p ON p.question = c.question AND p.position < c.position
		WHERE c.not_done IS NOT NULL AND p.not_done IS NOT NULL) AS r;
	IF rules IS NOT NULL THEN
		RETURN QUERY EXECUTE format('SELECT t.organisation, v.finding, v.question, v.part, v.detail FROM %s AS t, LATERAL (VALUES %s) AS v(finding, question, part, broken, detail)
			WHERE v.broken ORDER BY t.organisation, v.question, v.part', target, rules);
	END IF;
END $$;
COMMENT ON FUNCTION @extschema@.answer_check(integer) IS
'Answers of a wave that break the questionnaire''s routing, a row each: "answered though not asked" (SOC details without a SOC, PSIRT items without a PSIRT), "asked but not answered", and "not done differs" (a service not done in one part, with years or proficiency in another). No rows for NULL; error 42P01 for a wave without a table of answers.';
