-- Tables of multi-select answers, from freq(ms), xtab(grp, ms) and xtab(ms, ms).

CREATE TYPE @extschema@.mr_summary AS (
	respondents numeric, missing numeric, valid numeric, answered numeric, none numeric, responses numeric, mean_responses float8,
	mean_responses_answered float8
);
COMMENT ON TYPE @extschema@.mr_summary IS
'A multi-select question in figures: respondents = missing (not asked or not answered, NULL) + valid; valid = answered (ticked at least one option) + none (asked, nothing ticked, {}); responses (ticks in all); their mean over the valid respondents and over those who ticked something. Sums of weights where the table is weighted.';

CREATE FUNCTION @extschema@.mr_summary(@extschema@.xtab, options @extschema@.multiselect DEFAULT NULL) RETURNS @extschema@.mr_summary
	LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION @extschema@.mr_summary(@extschema@.xtab, @extschema@.multiselect) IS
'A multi-select question in figures, from freq(ms) or a two-way table with one multi-select side (rows whose other side is NULL are left out then). options keeps only these options, so that "answered" means one of them. NULL for NULL; error 42809 where no side or both sides are multi-select.';

CREATE FUNCTION @extschema@.mr_options(@extschema@.xtab, labels text[] DEFAULT NULL, options @extschema@.multiselect DEFAULT NULL,
									   OUT option text, OUT label text, OUT n numeric, OUT respondent_pct float8, OUT answered_pct float8,
									   OUT response_pct float8, OUT respondents numeric, OUT answered numeric, OUT responses numeric)
	RETURNS SETOF record
	LANGUAGE C IMMUTABLE PARALLEL SAFE ROWS 10 AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION @extschema@.mr_options(@extschema@.xtab, text[], @extschema@.multiselect) IS
'One row an option, in the order of the questionnaire: how many ticked it, in percent of the respondents (nothing ticked counts, not asked does not), of those who ticked at least one option (SPSS''s percent of cases) and of all ticks, with the three bases. labels are those of the options a, b, c and so on, and their number is that of the options; option_labels() has the codebook''s. Without labels the options end at the last that anybody ticked. options keeps only these. No rows for NULL; error 42809 where no side or both sides are multi-select, 22023 for a ticked option without a label.';

CREATE FUNCTION @extschema@.mr_cells(@extschema@.xtab, row_labels text[] DEFAULT NULL, col_labels text[] DEFAULT NULL,
									 row_options @extschema@.multiselect DEFAULT NULL, col_options @extschema@.multiselect DEFAULT NULL,
									 OUT "row" text, OUT row_label text, OUT col text, OUT col_label text, OUT n numeric, OUT row_n numeric,
									 OUT row_pct float8, OUT col_n numeric, OUT col_pct float8, OUT respondents numeric, OUT total_pct float8,
									 OUT response_pct float8)
	RETURNS SETOF record
	LANGUAGE C IMMUTABLE PARALLEL SAFE ROWS 50 AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION @extschema@.mr_cells(@extschema@.xtab, text[], text[], @extschema@.multiselect, @extschema@.multiselect) IS
'The cross-tabulation of a multi-select answer by groups, xtab(grp, ms) or xtab(ms, grp), or by another multi-select answer, xtab(ms, ms): one row a cell, with how many respondents are in both lines, in percent of the respondents of the row, of the column and of all, with these bases; the bases are respondents, so percentages of options add up to more than 100. response_pct is the share among the ticks of the group (of the row with two sets). labels and options as for mr_options; on a single side the labels are those of its categories. No rows for NULL; error 42809 unless a side is multi-select, 2202E for a wrong number of labels of groups.';

CREATE FUNCTION @extschema@.mr_pairs(@extschema@.xtab, labels text[] DEFAULT NULL, options @extschema@.multiselect DEFAULT NULL,
									 OUT option_1 text, OUT label_1 text, OUT option_2 text, OUT label_2 text, OUT n_1 numeric, OUT n_2 numeric,
									 OUT n_both numeric, OUT pct_of_1 float8, OUT pct_of_2 float8, OUT jaccard float8, OUT phi float8, OUT respondents numeric)
	RETURNS SETOF record
	LANGUAGE C IMMUTABLE PARALLEL SAFE ROWS 45 AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION @extschema@.mr_pairs(@extschema@.xtab, text[], @extschema@.multiselect) IS
'Co-selection: one row a pair of options, with the respondents who ticked each and both; pct_of_1 and pct_of_2 are those who ticked both in percent of those who ticked the first and the second; jaccard = both / either, and phi = the correlation of ticking the one and the other (NULL where an option is ticked by nobody or by all). labels, options and errors as for mr_options. No rows for NULL.';

CREATE FUNCTION @extschema@.mr_cardinality(@extschema@.xtab, options @extschema@.multiselect DEFAULT NULL,
										   OUT ticked integer, OUT n numeric, OUT pct float8, OUT cum_pct float8)
	RETURNS SETOF record
	LANGUAGE C IMMUTABLE PARALLEL SAFE ROWS 10 AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION @extschema@.mr_cardinality(@extschema@.xtab, @extschema@.multiselect) IS
'How many options the respondents ticked: one row a number from 0 to the most, with respondents, percent and cumulative percent. options counts only these. No rows for NULL; errors as mr_options.';

CREATE FUNCTION @extschema@.mr_combinations(@extschema@.xtab, top integer DEFAULT 10, labels text[] DEFAULT NULL,
											OUT rank integer, OUT selection @extschema@.multiselect, OUT label text, OUT n numeric, OUT pct float8, OUT cum_pct float8)
	RETURNS SETOF record
	LANGUAGE C IMMUTABLE PARALLEL SAFE ROWS 10 AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION @extschema@.mr_combinations(@extschema@.xtab, integer, text[]) IS
'The most frequent combinations of options, at most top of them, with their labels joined by +; equal counts stand in the order of the type. Percentages are of the respondents. No rows for NULL; error 22023 for a top below 1; others as mr_options.';

CREATE FUNCTION @extschema@.mr_net(@extschema@.xtab, options @extschema@.multiselect, method text DEFAULT 'wilson', conf_level float8 DEFAULT 0.95,
								   population float8 DEFAULT NULL) RETURNS @extschema@.htest
	LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION @extschema@.mr_net(@extschema@.xtab, @extschema@.multiselect, text, float8, float8) IS
'The net of several options: the share of respondents who ticked at least one of them, each counted once, with its confidence interval. From a table of answers it is exact; mr_net_bounds() has what published margins allow. method, conf_level and population as for proportion_ci. NULL if an argument but population is NULL; error 22023 for an empty set of options; others as mr_options.';

CREATE FUNCTION @extschema@.mr_net_bounds(counts float8[], provided float8, others float8[] DEFAULT NULL, OUT low float8, OUT high float8,
										  OUT low_pct float8, OUT high_pct float8)
	LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
	IF counts IS NULL OR provided IS NULL THEN
		RETURN;
	END IF;
	IF pg_catalog.cardinality(counts) OPERATOR(pg_catalog.=) 0
		OR EXISTS (SELECT FROM pg_catalog.unnest(counts OPERATOR(pg_catalog.||) coalesce(others, '{}'::float8[])) AS u(x)
				   WHERE x IS NULL OR x OPERATOR(pg_catalog.<) 0 OR x OPERATOR(pg_catalog.>) provided) THEN
		RAISE EXCEPTION USING ERRCODE = '22023', MESSAGE = 'invalid counts for the bounds of a net',
			DETAIL = pg_catalog.format('Counts %s and others %s must lie between 0 and %s, and one count is needed.', counts, coalesce(others::text, 'NULL'), provided),
			HINT = 'Give the counts of the options of the net, the respondents who ticked at least one option, and the counts of all other options.';
	END IF;
	SELECT pg_catalog.max(x), least(pg_catalog.sum(x), provided) INTO low, high FROM pg_catalog.unnest(counts) AS u(x);
	IF others IS NOT NULL THEN
		low := greatest(low, provided OPERATOR(pg_catalog.-) coalesce((SELECT pg_catalog.sum(x) FROM pg_catalog.unnest(others) AS u(x)), 0));
	END IF;
	IF low OPERATOR(pg_catalog.>) high THEN
		RAISE EXCEPTION USING ERRCODE = '22023', MESSAGE = 'the counts contradict each other',
			DETAIL = pg_catalog.format('Of %s respondents at least %s must be in the net, and at most %s can.', provided, low, high),
			HINT = 'provided counts the respondents who ticked at least one of all the options.';
	END IF;
	IF provided OPERATOR(pg_catalog.>) 0 THEN
		low_pct := 100 OPERATOR(pg_catalog.*) low OPERATOR(pg_catalog./) provided;
		high_pct := 100 OPERATOR(pg_catalog.*) high OPERATOR(pg_catalog./) provided;
	END IF;
END $$;
COMMENT ON FUNCTION @extschema@.mr_net_bounds(float8[], float8, float8[]) IS
'Bounds of the net of several options from published counts alone: at least the largest count, and at least the respondents who ticked something (provided) less the counts of the other options; at most the sum of the counts, and at most provided. others NULL: the other options'' counts are not known. low and high are respondents, also in percent of provided. NULLs for NULL counts or provided; error 22023 for counts that are NULL, negative, above provided or contradict each other.';

CREATE FUNCTION @extschema@.option_labels(question text, part text DEFAULT 'answer', lang text DEFAULT 'en') RETURNS text[]
	LANGUAGE sql STABLE STRICT PARALLEL SAFE AS $$
	SELECT pg_catalog.array_agg(CASE lang WHEN 'ja' THEN o.label_ja ELSE o.label_en END ORDER BY o.position)
	FROM @extschema@.option AS o WHERE o.question OPERATOR(pg_catalog.=) $1 AND o.part OPERATOR(pg_catalog.=) $2
$$;
COMMENT ON FUNCTION @extschema@.option_labels(text, text, text) IS
'The labels of a question''s options from the codebook, in the order of the questionnaire, in English (lang en) or Japanese (ja): for the labels argument of mr_options and its like, and of multiselect_from_labels. NULL for a question or part that the codebook has not, or a NULL argument.';
