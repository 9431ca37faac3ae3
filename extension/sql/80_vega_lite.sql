/*
 * Tables as charts: Vega-Lite specifications.  vega_lite() asks vega_lite_model() for what is to be drawn and hands it to the function of the
 * kind, which adds the marks to the frame of vega_lite_frame().
 */

CREATE FUNCTION @extschema@.wrap_text(text, width integer, max_lines integer DEFAULT 4) RETURNS text[]
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'sql_wrap_text';
COMMENT ON FUNCTION @extschema@.wrap_text(text, integer, integer) IS
'A text in at most max_lines lines of width display columns, of which an East Asian wide character takes two: broken at spaces and between wide characters, but not before Japanese closing punctuation; what is left over is cut, with an ellipsis. NULL for NULL; error 22023 for a width or a number of lines out of range.';

-- Words, numbers and colours.

CREATE FUNCTION @extschema@.vega_lite_words(lang text) RETURNS jsonb LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog AS $$
	SELECT CASE lang WHEN 'ja' THEN
		'{"n": "n = %s", "weighted": "（重みの和）", "respondents": "（回答者、複数回答可）", "missing": "欠損: %s", "by_side": ["行 %s", "列 %s", "両方 %s", "重み %s"],
		  "comma": "、", "stop": "。", "of": "%2$s のうち %1$s", "others": "その他（%s）", "empty": "回答がない", "count": "件数", "percent": "％", "open": "（", "close": "）",
		  "left_out_rows": "%s 行（n = %s）を除く: %s", "left_out_cols": "%s 列（n = %s）を除く: %s", "etc": "など",
		  "row_pct": "行の％", "share": "回答の％", "largest": "多い順に", "answers": "回答", "rows": "行", "cols": "列", "by": "%s × %s",
		  "bar": "棒グラフ", "stacked": "100％積み上げ棒グラフ", "diverging": "中央から左右に分けた積み上げ棒グラフ"}'::jsonb
	ELSE
		'{"n": "n = %s", "weighted": " (sum of weights)", "respondents": " respondents, several answers each", "missing": "missing: %s",
		  "by_side": ["row %s", "column %s", "both %s", "weight %s"], "comma": ", ", "stop": ". ", "of": "%s of %s", "others": "Others (%s)", "empty": "No answers",
		  "count": "count", "percent": "%", "open": " (", "close": ")",
		  "left_out_rows": "Left out: %s rows, n = %s: %s", "left_out_cols": "Left out: %s columns, n = %s: %s", "etc": "and so on",
		  "row_pct": "% of the row", "share": "% of the answers", "largest": "Largest: ", "answers": "answers", "rows": "rows", "cols": "columns", "by": "%s by %s",
		  "bar": "Bar chart", "stacked": "100% stacked bars", "diverging": "Stacked bars that diverge from the middle"}'::jsonb
	END
$$;
COMMENT ON FUNCTION @extschema@.vega_lite_words(text) IS 'The words of charts in a language (Japanese for ja, else English), for vega_lite(). NULL for NULL.';

CREATE FUNCTION @extschema@.vega_lite_number(x numeric, digits integer DEFAULT 0) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog AS $$
	SELECT regexp_replace(split_part(r, '.', 1), '(\d)(?=(\d{3})+$)', '\1,', 'g') || CASE WHEN strpos(r, '.') > 0 THEN '.' || split_part(r, '.', 2) ELSE '' END
	FROM (SELECT round(x, digits)::text AS r) AS s
$$;
COMMENT ON FUNCTION @extschema@.vega_lite_number(numeric, integer) IS 'A number rounded to so many decimals, with commas between thousands, for vega_lite(). NULL for NULL.';

CREATE FUNCTION @extschema@.vega_lite_columns(text) RETURNS integer LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
	RETURN length($1) + (octet_length($1) - length($1)) / 2;
COMMENT ON FUNCTION @extschema@.vega_lite_columns(text) IS 'About how wide a text is, in columns of which a Japanese character takes two, for vega_lite(). NULL for NULL.';

CREATE FUNCTION @extschema@.vega_lite_colours(palette text, k integer) RETURNS text[] LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog AS $$
DECLARE
	-- ordinal and the sides of diverging: ColorBrewer's YlGnBu, Oranges and Blues, light to dark; nominal: Okabe and Ito (2008).
	anchors text[] := CASE palette WHEN 'ordinal' THEN '{#e4f4b6,#b5e0b9,#7fcdbb,#41b6c4,#1d91c0,#225ea8,#253494,#0a1c5c}'
		WHEN 'low' THEN '{#fdc98f,#e6812a,#a34504}' WHEN 'high' THEN '{#a9cfe8,#4a94c8,#0b4f94}'
		WHEN 'off_scale' THEN '{#8c8c8c,#c0c0c0}'
		ELSE '{#0072b2,#e69f00,#009e73,#cc79a7,#56b4e9,#d55e00,#f0e442,#000000}' END;
	ramp text[] := '{}';
	colour text;
	x float8;
	i integer;
BEGIN
	IF palette = 'nominal' THEN
		RETURN anchors[1:k];
	END IF;
	FOR place IN 1 .. k LOOP
		x := CASE k WHEN 1 THEN (cardinality(anchors) - 1) * 0.5 ELSE (cardinality(anchors) - 1) * (place - 1.0) / (k - 1) END;
		i := least(floor(x)::integer, cardinality(anchors) - 2);
		SELECT '#' || string_agg(lpad(to_hex(round(a.v + (x - i) * (b.v - a.v))::integer), 2, '0'), '' ORDER BY channel) INTO colour
		FROM generate_series(2, 6, 2) AS channel,
			 LATERAL (SELECT ('x' || substr(anchors[i + 1], channel, 2))::bit(8)::integer AS v) AS a,
			 LATERAL (SELECT ('x' || substr(anchors[i + 2], channel, 2))::bit(8)::integer AS v) AS b;
		ramp := ramp || colour;
	END LOOP;
	RETURN ramp;
END $$;
COMMENT ON FUNCTION @extschema@.vega_lite_colours(text, integer) IS
'k colours as #rrggbb that colour-blind readers can tell apart: palette ordinal (light to dark), nominal (at most 8), low and high (the sides of a diverging scale, from the middle outwards), off_scale (greys). NULL for NULL. Sources: ColorBrewer; Okabe and Ito (2008).';

CREATE FUNCTION @extschema@.vega_lite_ink(colour text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog AS $$
	-- Black has the larger contrast where (L + 0.05)/0.05 > 1.05/(L + 0.05).
	SELECT CASE WHEN sum(weight * CASE WHEN v <= 0.04045 THEN v / 12.92 ELSE power((v + 0.055) / 1.055, 2.4) END) > 0.1791 THEN '#000000' ELSE '#ffffff' END
	FROM (VALUES (2, 0.2126::float8), (4, 0.7152), (6, 0.0722)) AS c(channel, weight), LATERAL (SELECT ('x' || substr(colour, channel, 2))::bit(8)::integer / 255.0::float8 AS v) AS s
$$;
COMMENT ON FUNCTION @extschema@.vega_lite_ink(text) IS
'Black or white, whichever can be read better on a colour #rrggbb. NULL for NULL. Source: WCAG 2.1, relative luminance and contrast ratio.';

-- What is to be drawn.

CREATE TYPE @extschema@.vega_lite_category AS (place integer, code text, label text, off_scale boolean, n numeric, colour text);
COMMENT ON TYPE @extschema@.vega_lite_category IS
'A category that vega_lite() draws: its place in the order of the type, its code and label, whether it lies off the scale, how many gave it, its colour where it has one.';

CREATE TYPE @extschema@.vega_lite_cell AS (
	"row" text, row_label text, row_place integer, row_n numeric, col text, col_label text, col_place integer, col_n numeric, n numeric,
	percent numeric, row_pct numeric, col_pct numeric, total_pct numeric, expected numeric, adj_residual numeric
);
COMMENT ON TYPE @extschema@.vega_lite_cell IS
'A cell that vega_lite() draws, in the columns of cells() and mr_cells(): with the places and counts of its row and column, and percent in a one-way table; rounded to four decimals.';

CREATE FUNCTION @extschema@.vega_lite_shape(t @extschema@.xtab) RETURNS jsonb LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
	SET search_path = pg_catalog, @extschema@, pg_temp AS $$
	SELECT jsonb_build_object('one_way', NOT j ? 'cols', 'weighted', j ? 'missing_w', 'rows', s.n[1], 'cols', s.n[2],
							  'row_kind', j #>> '{rows,kind}', 'col_kind', j #>> '{cols,kind}', 'row_typed', j #>> '{rows,type}' <> '',
							  'row_off_scale', coalesce(j #> '{rows,off_scale}', '[]'), 'col_off_scale', coalesce(j #> '{cols,off_scale}', '[]'),
							  'square', j #> '{rows,type}' = j #> '{cols,type}' AND j #> '{rows,categories}' = j #> '{cols,categories}',
							  'missing', CASE WHEN j ? 'missing_w' THEN (j -> 'missing_w') || jsonb_build_object('weight', j #> '{missing,weight}') ELSE j -> 'missing' END)
	FROM (SELECT t::jsonb - 'n' - 'w' - 'w2' AS j) AS x,
		 LATERAL (SELECT ARRAY[jsonb_array_length(j #> '{rows,categories}'), jsonb_array_length(coalesce(j #> '{cols,categories}', '[]'))] AS n) AS s
$$;
COMMENT ON FUNCTION @extschema@.vega_lite_shape(@extschema@.xtab) IS
'What decides how a table is drawn: one-way or not, weighted or not, numbers and kinds of its categories, which are off the scale, whether both sides are the same variable, what is missing. NULL for NULL.';

CREATE FUNCTION @extschema@.vega_lite_kinds(shape jsonb) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog AS $$
	SELECT CASE
		WHEN (shape ->> 'one_way')::boolean THEN '{bar}'::text[]
		WHEN 'multi' IN (shape ->> 'row_kind', shape ->> 'col_kind') THEN '{}'
		ELSE '{stacked}' || CASE WHEN levels BETWEEN 2 AND 12 AND shape ->> 'col_kind' = 'ordinal' THEN '{diverging}'::text[] ELSE '{}' END END
	FROM (SELECT (shape ->> 'cols')::integer - (SELECT count(*) FROM jsonb_array_elements(shape -> 'col_off_scale') AS o WHERE o::boolean) AS levels) AS s
$$;
COMMENT ON FUNCTION @extschema@.vega_lite_kinds(jsonb) IS 'The kinds of charts that fit a table of a shape that vega_lite_shape() found, the aptest first. NULL for NULL.';

CREATE FUNCTION @extschema@.vega_lite_kinds(t @extschema@.xtab) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
	RETURN @extschema@.vega_lite_kinds(@extschema@.vega_lite_shape(t));
COMMENT ON FUNCTION @extschema@.vega_lite_kinds(@extschema@.xtab) IS
'The kinds of charts that vega_lite() can draw of a table, the aptest first: what it draws where no kind is asked for. NULL for NULL.';

CREATE FUNCTION @extschema@.vega_lite_relabel(code text, place bigint, labels text[], categories bigint) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog AS $$
	SELECT labels[CASE WHEN categories = cardinality(labels) THEN place WHEN code ~ '^([a-z])\1*$' THEN 26 * (length(code) - 1) + ascii(code) - 96 END]
$$;
COMMENT ON FUNCTION @extschema@.vega_lite_relabel(text, bigint, text[], bigint) IS
'The label of a category from labels given by hand: by its place if they are as many as the categories, else by the questionnaire''s code a to z, aa, bb and so on. NULL where there is none.';

CREATE FUNCTION @extschema@.vega_lite_model(t @extschema@.xtab, shape jsonb, lang text, row_labels text[], col_labels text[], max_rows integer, max_cols integer, fold boolean)
	RETURNS jsonb LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, @extschema@, pg_temp AS $$
DECLARE
	one_way boolean := shape -> 'one_way';
	sets boolean := 'multi' IN (shape ->> 'row_kind', coalesce(shape ->> 'col_kind', ''));
	model jsonb;
BEGIN
	WITH cell AS MATERIALIZED (
		SELECT category AS "row", label AS row_label, NULL::text AS col, NULL::text AS col_label, c.n, NULL::numeric AS row_n, NULL::numeric AS col_n, valid_percent AS percent,
			   NULL::float8 AS row_pct, NULL::float8 AS col_pct, NULL::float8 AS total_pct, NULL::float8 AS expected, NULL::float8 AS adj_residual, NULL::numeric AS base, ordinality AS ord
		FROM frequencies(CASE WHEN one_way AND NOT sets THEN t END, lang) WITH ORDINALITY AS c WHERE NOT missing
		UNION ALL
		SELECT option, label, NULL, NULL, c.n, NULL, NULL, respondent_pct, NULL, NULL, NULL, NULL, NULL, respondents, ordinality
		FROM mr_options(CASE WHEN one_way AND sets THEN t END, row_labels) WITH ORDINALITY AS c
		UNION ALL
		SELECT "row", row_label, col, col_label, c.n, NULL, NULL, NULL, row_pct, col_pct, total_pct, expected, adj_residual, NULL, ordinality
		FROM cells(CASE WHEN NOT one_way AND NOT sets THEN t END, lang) WITH ORDINALITY AS c
		UNION ALL
		SELECT "row", row_label, col, col_label, c.n, row_n, col_n, NULL, row_pct, col_pct, total_pct, NULL, NULL, respondents, ordinality
		FROM mr_cells(CASE WHEN NOT one_way AND sets THEN t END,
					  CASE WHEN shape ->> 'row_kind' = 'multi' THEN row_labels END, CASE WHEN shape ->> 'col_kind' = 'multi' THEN col_labels END) WITH ORDINALITY AS c
	), all_rows AS (
		SELECT code, coalesce(CASE WHEN shape ->> 'row_kind' <> 'multi' THEN vega_lite_relabel(code, place, row_labels, count(*) OVER ()) END, label) AS label, s.n, place,
			   coalesce((shape -> 'row_off_scale' ->> (place - 1)::integer)::boolean, false) AS off_scale,
			   row_number() OVER (ORDER BY s.n DESC, place) AS rank
		FROM (SELECT "row" AS code, min(row_label) AS label, coalesce(max(row_n), sum(c.n)) AS n, row_number() OVER (ORDER BY min(ord)) AS place FROM cell AS c GROUP BY "row") AS s
	), all_cols AS (
		SELECT code, coalesce(CASE WHEN shape ->> 'col_kind' <> 'multi' THEN vega_lite_relabel(code, place, col_labels, count(*) OVER ()) END, label) AS label, s.n, place,
			   coalesce((shape -> 'col_off_scale' ->> (place - 1)::integer)::boolean, false) AS off_scale,
			   row_number() OVER (ORDER BY s.n DESC, place) AS rank, count(*) OVER () AS k
		FROM (SELECT col AS code, min(col_label) AS label, coalesce(max(col_n), sum(c.n)) AS n, row_number() OVER (ORDER BY min(ord)) AS place FROM cell AS c
			  WHERE col IS NOT NULL GROUP BY col) AS s
	), kept_cols AS (
		SELECT code, label, off_scale, place, c.n FROM all_cols AS c WHERE k <= max_cols OR rank <= max_cols - fold::integer
	), drawn_cols AS (
		SELECT * FROM kept_cols
		UNION ALL
		SELECT CASE WHEN EXISTS (SELECT FROM kept_cols WHERE code = '*') THEN '**' ELSE '*' END, format(vega_lite_words(lang) ->> 'others', count(*)), true, max(place) + 1, sum(c.n)
		FROM all_cols AS c WHERE fold AND k > max_cols AND rank > max_cols - 1 HAVING count(*) > 0
	), drawn_cells AS (
		SELECT c."row", r.label AS row_label, r.place AS row_place, r.n AS row_n, k.code AS col, k.label AS col_label, k.place AS col_place, k.n AS col_n,
			   c.n, c.percent, c.row_pct, c.col_pct, c.total_pct, c.expected, c.adj_residual
		FROM cell AS c JOIN all_rows AS r ON r.code = c."row" AND r.rank <= max_rows LEFT JOIN kept_cols AS k ON k.code = c.col
		WHERE one_way OR k.code IS NOT NULL
		UNION ALL
		SELECT c."row", min(r.label), min(r.place), min(r.n), d.code, d.label, d.place, d.n, sum(c.n), NULL, sum(c.row_pct), sum(c.col_pct), sum(c.total_pct), sum(c.expected), NULL
		FROM cell AS c JOIN all_rows AS r ON r.code = c."row" AND r.rank <= max_rows JOIN drawn_cols AS d ON d.code NOT IN (SELECT code FROM kept_cols)
		WHERE NOT one_way AND c.col NOT IN (SELECT code FROM kept_cols)
		GROUP BY c."row", d.code, d.label, d.place, d.n
	)
	SELECT shape || jsonb_build_object(
		'sets', sets,
		'n', (SELECT coalesce(max(base), sum(c.n), 0) FROM cell AS c),
		'rows', (SELECT coalesce(jsonb_agg(jsonb_build_object('place', place, 'code', code, 'label', label, 'off_scale', off_scale, 'n', r.n) ORDER BY place), '[]') FROM all_rows AS r WHERE rank <= max_rows),
		'cols', (SELECT coalesce(jsonb_agg(jsonb_build_object('place', place, 'code', code, 'label', label, 'off_scale', off_scale, 'n', c.n) ORDER BY place), '[]') FROM drawn_cols AS c),
		'left_out_rows', (SELECT jsonb_build_object('k', count(*), 'n', sum(r.n), 'labels', jsonb_agg(label ORDER BY rank) FILTER (WHERE rank <= max_rows + 5))
						  FROM all_rows AS r WHERE rank > max_rows HAVING count(*) > 0),
		'left_out_cols', (SELECT jsonb_build_object('k', count(*), 'n', sum(c.n), 'labels', jsonb_agg(label ORDER BY rank) FILTER (WHERE rank <= max_cols + 5 - fold::integer))
						  FROM all_cols AS c WHERE code NOT IN (SELECT code FROM kept_cols) HAVING count(*) > 0),
		'cells', (SELECT coalesce(jsonb_agg(jsonb_build_object('row', "row", 'row_label', row_label, 'row_place', row_place, 'row_n', row_n, 'col', col, 'col_label', col_label,
							'col_place', col_place, 'col_n', col_n, 'n', d.n, 'percent', round(percent::numeric, 4), 'row_pct', round(row_pct::numeric, 4),
							'col_pct', round(col_pct::numeric, 4), 'total_pct', round(total_pct::numeric, 4), 'expected', round(expected::numeric, 4),
							'adj_residual', round(adj_residual::numeric, 4)) ORDER BY row_place, col_place), '[]') FROM drawn_cells AS d))
	INTO model;
	RETURN model;
END $$;
COMMENT ON FUNCTION @extschema@.vega_lite_model(@extschema@.xtab, jsonb, text, text[], text[], integer, integer, boolean) IS
'What vega_lite() draws of a table: its shape, n, the most frequent max_rows rows and max_cols columns in the order of the type with their labels, their cells, and how much is left out; fold puts the columns left out into one.';

-- The frame of every chart.

CREATE FUNCTION @extschema@.vega_lite_labels(categories jsonb, columns integer, with_n boolean, OUT expr text, OUT "offset" jsonb, OUT lines integer, OUT columns_used integer)
	LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, @extschema@, pg_temp AS $$
	-- Vega puts the first of several lines where a single one would be: "offset" moves them up by half of what they add.
	SELECT format('%s[indexof(%s, datum.value)]', r.texts, r.codes),
		   CASE r.lines WHEN 1 THEN '0' ELSE jsonb_build_object('expr', format('%s[indexof(%s, datum.value)]', r.up, r.codes)) END, r.lines, r.columns_used
	FROM (SELECT jsonb_agg(-6.5 * (cardinality(l.lines) - 1) ORDER BY c.ordinality) AS up,
				 replace(replace(jsonb_agg(CASE cardinality(l.lines) WHEN 1 THEN to_jsonb(l.lines[1]) ELSE to_jsonb(l.lines) END ORDER BY c.ordinality)::text,
								 E'\u2028', '\u2028'), E'\u2029', '\u2029') AS texts,
				 replace(replace(jsonb_agg(c.code ORDER BY c.ordinality)::text, E'\u2028', '\u2028'), E'\u2029', '\u2029') AS codes,
				 max(cardinality(l.lines)) AS lines, max(w.used) AS columns_used
		  FROM jsonb_populate_recordset(NULL::vega_lite_category, categories) WITH ORDINALITY AS c,
			   LATERAL (SELECT CASE WHEN with_n THEN 'n = ' || vega_lite_number(c.n, CASE WHEN c.n = round(c.n) THEN 0 ELSE 1 END) END AS n) AS s,
			   LATERAL (SELECT wrap_text(c.label, columns, 4) AS w) AS wrapped,
			   LATERAL (SELECT CASE WHEN s.n IS NULL THEN w WHEN cardinality(w) = 1 AND vega_lite_columns(c.label || ' (' || s.n || ')') <= columns
									THEN ARRAY[c.label || ' (' || s.n || ')'] ELSE w || ('(' || s.n || ')') END AS lines) AS l,
			   LATERAL (SELECT max(vega_lite_columns(x)) AS used FROM unnest(l.lines) AS x) AS w) AS r
$$;
COMMENT ON FUNCTION @extschema@.vega_lite_labels(jsonb, integer, boolean) IS
'The expression that writes the labels of categories in lines of so many columns, with n if asked for, in the place of their codes on an axis or legend; how many lines and columns the largest takes.';

CREATE FUNCTION @extschema@.vega_lite_subtitle(m jsonb, o jsonb) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, @extschema@, pg_temp AS $$
	SELECT array_remove(ARRAY[
		format(w ->> 'n', vega_lite_number(n, CASE WHEN n = round(n) THEN 0 ELSE 1 END))
		|| CASE WHEN (m ->> 'sets')::boolean THEN w ->> 'respondents' ELSE '' END || CASE WHEN (m ->> 'weighted')::boolean THEN w ->> 'weighted' ELSE '' END
		|| coalesce((w ->> 'comma') || replace(w ->> 'missing', '%s', (
			SELECT string_agg(CASE WHEN (m ->> 'one_way')::boolean AND side = 1 THEN x.shown ELSE format(w -> 'by_side' ->> (side - 1)::integer, x.shown) END, w ->> 'comma' ORDER BY side)
			FROM unnest('{row,col,both,weight}'::text[]) WITH ORDINALITY AS s(key, side),
				 LATERAL (SELECT vega_lite_number(v, CASE WHEN v = round(v) THEN 0 ELSE 1 END) AS shown FROM (SELECT (m -> 'missing' ->> key)::numeric AS v) AS y WHERE v > 0) AS x)), ''),
		left_out.rows, left_out.cols], NULL)
	FROM (SELECT vega_lite_words(o ->> 'lang') AS w, (m ->> 'n')::numeric AS n) AS x,
		 LATERAL (SELECT max(line) FILTER (WHERE side = 'rows') AS rows, max(line) FILTER (WHERE side = 'cols') AS cols
				  FROM (SELECT side, format(w ->> ('left_out_' || side), vega_lite_number(l.k), vega_lite_number(l.n), (
							SELECT string_agg((wrap_text(label, 30, 1))[1], w ->> 'comma' ORDER BY i) FROM jsonb_array_elements_text(l.labels) WITH ORDINALITY AS u(label, i))
							|| CASE WHEN l.k > jsonb_array_length(l.labels) THEN (w ->> 'comma') || (w ->> 'etc') ELSE '' END) AS line
						FROM unnest('{rows,cols}'::text[]) AS side, jsonb_to_record(nullif(m -> ('left_out_' || side), 'null')) AS l(k numeric, n numeric, labels jsonb)
						WHERE l.k IS NOT NULL) AS y) AS left_out
$$;
COMMENT ON FUNCTION @extschema@.vega_lite_subtitle(jsonb, jsonb) IS 'The lines under the title of a chart: n or the sum of weights, what is missing, what is left out.';

CREATE FUNCTION @extschema@.vega_lite_description(m jsonb, o jsonb) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, @extschema@, pg_temp AS $$
	SELECT coalesce((o ->> 'title') || (w ->> 'stop'), '')
		|| (w ->> (o ->> 'kind')) || coalesce((w ->> 'open') || CASE WHEN (m ->> 'one_way')::boolean THEN o ->> 'row_title'
			WHEN coalesce(o ->> 'row_title', o ->> 'col_title') IS NOT NULL THEN format(w ->> 'by', coalesce(o ->> 'row_title', w ->> 'rows'), coalesce(o ->> 'col_title', w ->> 'cols')) END || (w ->> 'close'), '')
		|| (w ->> 'stop') || array_to_string(vega_lite_subtitle(m, o), w ->> 'stop') || (w ->> 'stop')
		|| coalesce((w ->> 'largest') || (
			SELECT string_agg(concat_ws(w ->> 'comma', c.row_label, c.col_label) || ' ' || vega_lite_number(c.n, CASE WHEN c.n = round(c.n) THEN 0 ELSE 1 END)
							  || (w ->> 'open') || vega_lite_number(coalesce(c.percent, c.row_pct), 1) || '%' || (w ->> 'close'), '; ' ORDER BY c.n DESC, c.row_place, c.col_place)
			FROM (SELECT * FROM jsonb_populate_recordset(NULL::vega_lite_cell, m -> 'cells') WHERE n > 0 ORDER BY n DESC, row_place, col_place LIMIT 3) AS c), '')
	FROM (SELECT vega_lite_words(o ->> 'lang') AS w) AS x
$$;
COMMENT ON FUNCTION @extschema@.vega_lite_description(jsonb, jsonb) IS 'A chart in words, for readers who do not see it: what is drawn, n, what is missing, the three largest cells.';

CREATE FUNCTION @extschema@.vega_lite_frame(m jsonb, o jsonb, notes text[] DEFAULT '{}') RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE
	SET search_path = pg_catalog, @extschema@, pg_temp AS $$
	SELECT jsonb_build_object(
		'$schema', 'https://vega.github.io/schema/vega-lite/v5.json',
		'description', vega_lite_description(m, o),
		'title', jsonb_build_object('anchor', 'start', 'frame', 'bounds', 'offset', 10)
			|| CASE WHEN o ->> 'title' IS NULL THEN jsonb_build_object('text', to_jsonb(subtitle), 'fontSize', 11, 'fontWeight', 'normal', 'color', '#555555')
				ELSE jsonb_build_object('text', to_jsonb(wrap_text(o ->> 'title', columns, 4)), 'subtitle', to_jsonb(subtitle), 'fontSize', 14, 'subtitleFontSize', 11, 'subtitleColor', '#555555') END,
		'width', coalesce(o -> 'width', '"container"'), 'autosize', '{"type": "fit-x", "contains": "padding"}'::jsonb, 'background', 'white',
		'config', jsonb_build_object('font', CASE o ->> 'lang' WHEN 'ja' THEN '"Hiragino Sans", "Yu Gothic", Meiryo, "Noto Sans CJK JP", "Noto Sans JP", sans-serif' ELSE 'sans-serif' END,
			'view', '{"stroke": null}'::jsonb, 'axis', '{"labelFontSize": 11, "titleFontSize": 11, "titleFontWeight": "normal", "gridColor": "#e6e6e6", "domain": false, "ticks": false, "labelPadding": 6}'::jsonb,
			'legend', '{"labelFontSize": 11, "titleFontSize": 11, "titleFontWeight": "normal", "labelLimit": 0, "titleLimit": 0, "symbolType": "square", "symbolSize": 110, "layout": {"anchor": "start", "bounds": "full"}}'::jsonb))
	FROM (SELECT coalesce((o ->> 'width')::integer, 640) / 8 AS columns) AS s,
		 LATERAL (SELECT array_agg(line ORDER BY i, j) AS subtitle
				  FROM unnest(vega_lite_subtitle(m, o) || notes) WITH ORDINALITY AS n(note, i), unnest(wrap_text(note, columns * 4 / 3, 3)) WITH ORDINALITY AS l(line, j)) AS t
$$;
COMMENT ON FUNCTION @extschema@.vega_lite_frame(jsonb, jsonb, text[]) IS 'What all charts have in common: title, subtitle with notes, description, size, fonts.';

CREATE FUNCTION @extschema@.vega_lite_row_axis(m jsonb, o jsonb, with_n boolean, OUT encoding jsonb, OUT height integer, OUT pixels integer) LANGUAGE sql IMMUTABLE PARALLEL SAFE
	SET search_path = pg_catalog, @extschema@, pg_temp AS $$
	SELECT jsonb_build_object('field', 'row', 'type', 'nominal', 'title', o -> 'row_title',
							  'scale', jsonb_build_object('domain', (SELECT jsonb_agg(c -> 'code' ORDER BY i) FROM jsonb_array_elements(m -> 'rows') WITH ORDINALITY AS r(c, i)),
														  'paddingInner', 0.25, 'paddingOuter', 0.125),
							  'axis', jsonb_build_object('labelExpr', l.expr, 'labelOffset', l."offset", 'labelLimit', 0, 'labelLineHeight', 13, 'titleAngle', 0, 'titleAlign', 'right',
														 'titleX', -6, 'titleY', -6, 'titleBaseline', 'bottom')),
		   jsonb_array_length(m -> 'rows') * greatest(26, 13 * l.lines + 9), l.columns_used * 6 + 10
	FROM vega_lite_labels(m -> 'rows', CASE WHEN coalesce((o ->> 'width')::integer, 640) < 480 THEN 20 ELSE 32 END, with_n) AS l
$$;
COMMENT ON FUNCTION @extschema@.vega_lite_row_axis(jsonb, jsonb, boolean) IS 'The encoding of the rows of a table on the vertical axis, how high the chart must be, and how wide its labels are, in pixels.';

CREATE FUNCTION @extschema@.vega_lite_legend(cols jsonb, o jsonb, pixels integer) RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE
	SET search_path = pg_catalog, @extschema@, pg_temp AS $$
	SELECT jsonb_build_object('field', 'col', 'type', 'nominal', 'title', o -> 'col_title',
							  'scale', jsonb_build_object('domain', (SELECT jsonb_agg(c.code ORDER BY c.ordinality) FROM jsonb_populate_recordset(NULL::vega_lite_category, cols) WITH ORDINALITY AS c),
														  'range', (SELECT jsonb_agg(c.colour ORDER BY c.ordinality) FROM jsonb_populate_recordset(NULL::vega_lite_category, cols) WITH ORDINALITY AS c)),
							  'legend', jsonb_build_object('orient', 'top', 'direction', 'horizontal', 'columns', greatest(1, least(jsonb_array_length(cols), pixels / (l.columns_used * 6 + 34))),
														   'labelExpr', l.expr, 'columnPadding', 12))
	FROM vega_lite_labels(cols, greatest(24, pixels / 6 - 6), false) AS l
$$;
COMMENT ON FUNCTION @extschema@.vega_lite_legend(jsonb, jsonb, integer) IS 'The encoding of the columns of a table as colours, with a legend above the chart that is so many pixels wide.';

CREATE FUNCTION @extschema@.vega_lite_coloured(m jsonb, diverging boolean) RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE
	SET search_path = pg_catalog, @extschema@, pg_temp AS $$
	SELECT jsonb_agg(to_jsonb(c) || jsonb_build_object('colour', CASE
			WHEN c.off_scale THEN (vega_lite_colours('off_scale', k::integer))[i]
			WHEN diverging AND 2 * i = k + 1 THEN '#e4e2dc'
			WHEN diverging AND 2 * i <= k THEN (vega_lite_colours('low', k::integer / 2))[k / 2 + 1 - i]
			WHEN diverging THEN (vega_lite_colours('high', k::integer / 2))[i - (k + 1) / 2]
			ELSE (vega_lite_colours(CASE m ->> 'col_kind' WHEN 'ordinal' THEN 'ordinal' ELSE 'nominal' END, k::integer))[i] END) ORDER BY c.off_scale, c.place)
	FROM (SELECT c.*, row_number() OVER (PARTITION BY off_scale ORDER BY place) AS i, count(*) OVER (PARTITION BY off_scale) AS k
		  FROM jsonb_populate_recordset(NULL::vega_lite_category, m -> 'cols') AS c) AS c
$$;
COMMENT ON FUNCTION @extschema@.vega_lite_coloured(jsonb, boolean) IS
'The columns of a table with their colours, those off the scale last: of one hue from light to dark where ordinal, diverging from the middle if asked for, else of different hues.';

CREATE FUNCTION @extschema@.vega_lite_tooltip(m jsonb, o jsonb, fields text[]) RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE
	SET search_path = pg_catalog, @extschema@, pg_temp AS $$
	SELECT jsonb_agg(jsonb_build_object('field', f, 'type', CASE WHEN f LIKE '%label' THEN 'nominal' ELSE 'quantitative' END,
				'title', CASE f WHEN 'row_label' THEN coalesce(o ->> 'row_title', w ->> 'rows') WHEN 'col_label' THEN coalesce(o ->> 'col_title', w ->> 'cols')
					WHEN 'n' THEN w ->> 'count' WHEN 'percent' THEN w ->> 'share' ELSE coalesce(w ->> f, f) END)
			|| CASE WHEN f LIKE '%label' THEN '{}' WHEN f = 'n' THEN jsonb_build_object('format', CASE WHEN (m ->> 'weighted')::boolean THEN ',.1f' ELSE ',' END)
				ELSE jsonb_build_object('format', '.1f') END ORDER BY i)
	FROM unnest(fields) WITH ORDINALITY AS u(f, i), vega_lite_words(o ->> 'lang') AS w
$$;
COMMENT ON FUNCTION @extschema@.vega_lite_tooltip(jsonb, jsonb, text[]) IS 'The tooltip of a mark: the fields of its datum with titles and number formats.';

-- The kinds.

CREATE FUNCTION @extschema@.vega_lite_bar(m jsonb, o jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE
	SET search_path = pg_catalog, @extschema@, pg_temp AS $$
	SELECT vega_lite_frame(m, o) || jsonb_build_object(
		'height', a.height,
		'data', jsonb_build_object('values', (
			SELECT jsonb_agg(jsonb_build_object('row', c."row", 'row_label', c.row_label, 'n', c.n, 'percent', c.percent,
												'colour', CASE WHEN r.off_scale THEN '#a6a6a6' ELSE '#0072b2' END,
												'shown', vega_lite_number(c.n, CASE WHEN c.n = round(c.n) THEN 0 ELSE 1 END) || ' (' || vega_lite_number(c.percent, 1) || '%)') ORDER BY r.place)
			FROM jsonb_populate_recordset(NULL::vega_lite_cell, m -> 'cells') AS c JOIN jsonb_populate_recordset(NULL::vega_lite_category, m -> 'rows') AS r ON r.code = c."row")),
		'encoding', jsonb_build_object('y', a.encoding,
			'x', jsonb_build_object('field', 'percent', 'type', 'quantitative', 'title', w -> 'share', 'axis', '{"tickCount": 6}'::jsonb,
									'scale', jsonb_build_object('domain', jsonb_build_array(0, top)))),
		'layer', jsonb_build_array(
			jsonb_build_object('mark', '{"type": "bar"}'::jsonb, 'encoding', jsonb_build_object('color', '{"field": "colour", "type": "nominal", "scale": null}'::jsonb,
							   'tooltip', vega_lite_tooltip(m, o, '{row_label,n,percent}'))),
			jsonb_build_object('mark', '{"type": "text", "align": "left", "baseline": "middle", "dx": 4, "fontSize": 11, "color": "#333333"}'::jsonb,
							   'encoding', '{"text": {"field": "shown", "type": "nominal"}}'::jsonb)))
	FROM vega_lite_words(o ->> 'lang') AS w, vega_lite_row_axis(m, o, false) AS a,
		 -- Room for the figures at the end of the longest bar.
		 LATERAL (SELECT greatest(5, ceil(1.25 * max((c ->> 'percent')::numeric) / 5) * 5) AS top FROM jsonb_array_elements(m -> 'cells') AS c) AS t
$$;
COMMENT ON FUNCTION @extschema@.vega_lite_bar(jsonb, jsonb) IS 'One variable as horizontal bars with counts and percentages, for vega_lite().';

CREATE FUNCTION @extschema@.vega_lite_segments(m jsonb, o jsonb, cols jsonb, pixels integer, span numeric) RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE
	SET search_path = pg_catalog, @extschema@, pg_temp AS $$
	SELECT jsonb_build_array(
		jsonb_build_object('mark', '{"type": "bar", "stroke": "white", "strokeWidth": 0.5}'::jsonb, 'encoding', jsonb_build_object(
			'x', jsonb_build_object('field', 'from', 'type', 'quantitative'), 'x2', '{"field": "to"}'::jsonb, 'color', vega_lite_legend(cols, o, pixels),
			'tooltip', vega_lite_tooltip(m, o, '{row_label,col_label,n,row_pct}'))),
		jsonb_build_object('transform', jsonb_build_array(jsonb_build_object('filter', format('(datum.to - datum.from) * width > %s * (7 * length(datum.shown) + 4)', span))),
			'mark', '{"type": "text", "baseline": "middle", "fontSize": 11}'::jsonb,
			'encoding', '{"x": {"field": "middle", "type": "quantitative"}, "text": {"field": "shown", "type": "nominal"}, "color": {"field": "ink", "type": "nominal", "scale": null}}'::jsonb))
$$;
COMMENT ON FUNCTION @extschema@.vega_lite_segments(jsonb, jsonb, jsonb, integer, numeric) IS
'The marks of stacked and diverging bars, for vega_lite(): segments with a legend of so many pixels, and their percentages where the segment is wide enough on an axis of that span.';

CREATE FUNCTION @extschema@.vega_lite_datum(c @extschema@.vega_lite_cell, colour text, "from" numeric) RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE
	SET search_path = pg_catalog, @extschema@, pg_temp AS $$
	SELECT jsonb_build_object('row', c."row", 'row_label', c.row_label, 'col', c.col, 'col_label', c.col_label, 'n', c.n, 'row_pct', c.row_pct, 'ink', vega_lite_ink(colour),
							  'from', round("from", 4), 'to', round("from" + c.row_pct, 4), 'middle', round("from" + c.row_pct / 2, 4), 'shown', round(c.row_pct) || '%')
$$;
COMMENT ON FUNCTION @extschema@.vega_lite_datum(@extschema@.vega_lite_cell, text, numeric) IS 'A segment of stacked or diverging bars that begins at from, for vega_lite().';

CREATE FUNCTION @extschema@.vega_lite_stacked(m jsonb, o jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE
	SET search_path = pg_catalog, @extschema@, pg_temp AS $$
	SELECT vega_lite_frame(m, o) || jsonb_build_object(
		'height', a.height,
		'data', jsonb_build_object('values', (
			SELECT jsonb_agg(vega_lite_datum(c, c.colour, before) ORDER BY row_place, i)
			FROM (SELECT c AS c, k.colour, c.row_place, k.ordinality AS i, sum(c.row_pct) OVER (PARTITION BY c."row" ORDER BY k.ordinality) - c.row_pct AS before
				  FROM jsonb_populate_recordset(NULL::vega_lite_cell, m -> 'cells') AS c
					   JOIN jsonb_populate_recordset(NULL::vega_lite_category, cols) WITH ORDINALITY AS k ON k.code = c.col) AS c)),
		'encoding', jsonb_build_object('y', a.encoding, 'x', jsonb_build_object('title', w -> 'row_pct', 'axis', '{"tickCount": 6}'::jsonb, 'scale', '{"domain": [0, 100]}'::jsonb)),
		'layer', vega_lite_segments(m, o, cols, coalesce((o ->> 'width')::integer, 640) - a.pixels, 100))
	FROM vega_lite_words(o ->> 'lang') AS w, vega_lite_row_axis(m, o, true) AS a, vega_lite_coloured(m, false) AS cols
$$;
COMMENT ON FUNCTION @extschema@.vega_lite_stacked(jsonb, jsonb) IS 'A table as 100 % stacked horizontal bars, one a row, for vega_lite().';

CREATE FUNCTION @extschema@.vega_lite_diverging(m jsonb, o jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE
	SET search_path = pg_catalog, @extschema@, pg_temp AS $$
	-- Levels below the middle go to the left of zero and those above it to the right, a middle level half and half; what is off the scale begins at a line of its own.
	WITH cell AS (
		SELECT c AS c, k.colour, k.off_scale, c.row_place, k.ordinality AS i, c.row_pct,
			   sum(c.row_pct) OVER (PARTITION BY c."row", k.off_scale ORDER BY k.ordinality) - c.row_pct AS before,
			   CASE sign(2 * k.ordinality - k.levels - 1) WHEN -1 THEN 1 WHEN 0 THEN 0.5 ELSE 0 END AS left_part
		FROM jsonb_populate_recordset(NULL::vega_lite_cell, m -> 'cells') AS c
			 JOIN (SELECT *, count(*) FILTER (WHERE NOT off_scale) OVER () AS levels
				   FROM jsonb_populate_recordset(NULL::vega_lite_category, vega_lite_coloured(m, true)) WITH ORDINALITY) AS k ON k.code = c.col
	), line AS (
		SELECT row_place, coalesce(sum(row_pct * left_part) FILTER (WHERE NOT off_scale), 0) AS left_pct, coalesce(sum(row_pct * (1 - left_part)) FILTER (WHERE NOT off_scale), 0) AS right_pct,
			   coalesce(sum(row_pct) FILTER (WHERE off_scale), 0) AS off_pct
		FROM cell GROUP BY row_place
	), extent AS (
		SELECT -greatest(10, 10 * ceil(max(left_pct) / 10)) AS low, greatest(10, 10 * ceil(max(right_pct) / 10)) AS high, 10 * ceil(max(off_pct) / 10) AS off_scale FROM line
	), axis AS (
		SELECT low, high, high + 10 AS aside, high + CASE WHEN off_scale > 0 THEN 10 + off_scale ELSE 0 END AS last FROM extent
	)
	SELECT vega_lite_frame(m, o) || jsonb_build_object(
		'height', a.height,
		'data', jsonb_build_object('values', (
			SELECT jsonb_agg(vega_lite_datum(cell.c, cell.colour, CASE WHEN cell.off_scale THEN x.aside ELSE -line.left_pct END + cell.before) ORDER BY row_place, i)
			FROM cell JOIN line USING (row_place))),
		'encoding', jsonb_build_object('y', a.encoding, 'x', jsonb_build_object('title', w -> 'row_pct',
			'axis', jsonb_build_object('values', (SELECT jsonb_agg(v ORDER BY v) FROM (SELECT generate_series(-100, 100, 20) UNION ALL SELECT x.aside + generate_series(0, 100, 20)) AS g(v)
												  WHERE v BETWEEN x.low AND x.high OR v BETWEEN x.aside AND x.last),
									   'labelExpr', format('datum.value > %s ? datum.value - %s : abs(datum.value)', x.high, x.aside)),
			'scale', jsonb_build_object('domain', jsonb_build_array(x.low, x.last), 'nice', false))),
		'layer', vega_lite_segments(m, o, vega_lite_coloured(m, true), coalesce((o ->> 'width')::integer, 640) - a.pixels, x.last - x.low) || jsonb_build_array(
			jsonb_build_object('data', jsonb_build_object('values', CASE WHEN x.last > x.high THEN jsonb_build_array(jsonb_build_object('line', 0), jsonb_build_object('line', x.aside))
																	ELSE jsonb_build_array(jsonb_build_object('line', 0)) END),
				'mark', '{"type": "rule", "color": "#333333"}'::jsonb, 'encoding', '{"x": {"field": "line", "type": "quantitative"}, "y": null}'::jsonb)))
	FROM vega_lite_words(o ->> 'lang') AS w, vega_lite_row_axis(m, o, true) AS a, axis AS x
$$;
COMMENT ON FUNCTION @extschema@.vega_lite_diverging(jsonb, jsonb) IS
'A table with ordinal columns as bars that diverge from the middle of the scale, with what is off the scale at the side, for vega_lite(). Source: Heiberger and Robbins (2014), J. Stat. Software 57(5).';

CREATE FUNCTION @extschema@.vega_lite_empty(m jsonb, o jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE
	SET search_path = pg_catalog, @extschema@, pg_temp AS $$
	SELECT vega_lite_frame(m, o) || jsonb_build_object('height', 60, 'data', jsonb_build_object('values', jsonb_build_array(jsonb_build_object('shown', w -> 'empty'))),
		'mark', '{"type": "text", "fontSize": 14, "color": "#555555"}'::jsonb, 'encoding', '{"text": {"field": "shown", "type": "nominal"}}'::jsonb)
	FROM vega_lite_words(o ->> 'lang') AS w
$$;
COMMENT ON FUNCTION @extschema@.vega_lite_empty(jsonb, jsonb) IS 'What is drawn of a table without answers, for vega_lite().';

CREATE FUNCTION @extschema@.vega_lite(t @extschema@.xtab, kind text DEFAULT NULL, lang text DEFAULT 'en', title text DEFAULT NULL, row_title text DEFAULT NULL,
									  col_title text DEFAULT NULL, width integer DEFAULT NULL, conf_level float8 DEFAULT 0.95, row_labels text[] DEFAULT NULL,
									  col_labels text[] DEFAULT NULL)
	RETURNS jsonb LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, @extschema@, pg_temp AS $$
DECLARE
	shape jsonb := vega_lite_shape(t);
	kinds text[] := vega_lite_kinds(shape);
	chosen text := coalesce(kind, kinds[1]);
	m jsonb;
	o jsonb;
BEGIN
	IF t IS NULL OR lang IS NULL OR conf_level IS NULL THEN
		RETURN NULL;
	END IF;
	IF NOT chosen = ANY (kinds) THEN
		RAISE EXCEPTION USING ERRCODE = '22023', MESSAGE = format('a chart of kind "%s" does not fit this table', chosen),
			DETAIL = CASE
				WHEN NOT chosen = ANY ('{bar,stacked,diverging}') THEN format('There is no kind "%s".', chosen)
				WHEN (shape ->> 'one_way')::boolean THEN 'The table has one variable.'
				ELSE format('The table has two variables: rows are %s, columns are %s.', shape ->> 'row_kind', shape ->> 'col_kind') END,
			HINT = format('Kinds that fit it are %s.', array_to_string(kinds, ', '));
	END IF;
	IF lang NOT IN ('en', 'ja') THEN
		RAISE EXCEPTION USING ERRCODE = '22023', MESSAGE = format('language "%s" is not known', lang), HINT = 'Languages are en and ja.';
	END IF;
	IF width NOT BETWEEN 120 AND 10000 THEN
		RAISE EXCEPTION USING ERRCODE = '22023', MESSAGE = format('a chart cannot be %s pixels wide', width), HINT = 'Give a width from 120 to 10000, or NULL for that of the page.';
	END IF;
	o := jsonb_build_object('kind', chosen, 'lang', lang, 'title', title, 'row_title', row_title, 'col_title', col_title, 'conf_level', conf_level)
		|| CASE WHEN width IS NULL THEN '{}' ELSE jsonb_build_object('width', width) END;
	m := vega_lite_model(t, shape, lang, row_labels, col_labels, 40, CASE WHEN shape ->> 'col_kind' = 'ordinal' THEN 12 ELSE 8 END, true);
	RETURN CASE
		WHEN (m ->> 'n')::numeric = 0 THEN vega_lite_empty(m, o)
		WHEN chosen = 'bar' THEN vega_lite_bar(m, o)
		WHEN chosen = 'stacked' THEN vega_lite_stacked(m, o)
		ELSE vega_lite_diverging(m, o) END;
END $$;
COMMENT ON FUNCTION @extschema@.vega_lite(@extschema@.xtab, text, text, text, text, text, integer, float8, text[], text[]) IS
'A Vega-Lite (version 5) specification that draws the table, with all data in it. NULL if an argument that has a default other than NULL, or the table, is NULL.';
