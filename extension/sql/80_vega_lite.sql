/*
 * Tables as charts: what is drawn.  vega_lite() asks vega_lite_model() for the categories and cells to draw, and hands them to the function of
 * the kind of chart.
 */

CREATE FUNCTION @extschema@.wrap_text(text, width integer, max_lines integer DEFAULT 4) RETURNS text[]
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'sql_wrap_text';
COMMENT ON FUNCTION @extschema@.wrap_text(text, integer, integer) IS
'A text in at most max_lines lines of width display columns, of which an East Asian wide character takes two: broken at spaces and between wide characters, but not before Japanese closing punctuation; what is left over is cut, with an ellipsis. NULL for NULL; error 22023 for a width or a number of lines out of range.';

-- Words and numbers.

CREATE FUNCTION @extschema@.vega_lite_words(lang text) RETURNS jsonb
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog AS $$
	SELECT CASE lang WHEN 'ja' THEN
		'{"bar": "棒グラフ", "dot": "割合と信頼区間の点グラフ", "stacked": "100％積み上げ棒グラフ", "grouped": "集合棒グラフ",
		  "diverging": "尺度の中央から左右に分けた積み上げ棒グラフ", "heatmap": "ヒートマップ（割合）", "residuals": "ヒートマップ（調整済み残差）",
		  "mosaic": "モザイク図", "by": "%s × %s", "largest": "多い順に、", "empty": "回答がない", "booleans": ["いいえ", "はい"],
		  "comma": "、", "stop": "。", "colon": "：", "semicolon": "；", "open": "（", "close": "）",
		  "n": "n = %s", "weighted": "（重みの和）", "respondents": "（回答者、複数回答可）",
		  "missing": "欠損: %s", "by_side": ["行 %s", "列 %s", "両方 %s", "重み %s"],
		  "left_out_rows": "%s 行（n = %s）を除く: %s", "left_out_cols": "%s 列（n = %s）を除く: %s",
		  "folded": "その他は %s 列（n = %s）の計: %s", "etc": "など", "others": "その他（%s）",
		  "rows": "行", "cols": "列", "count": "件数", "percent": "回答の％", "row_pct": "行の％", "col_pct": "列の％",
		  "respondent_pct": "回答者の％", "share_of": "「%s」の％", "low": "下限", "high": "上限",
		  "residual": "ピアソン残差", "adj_residual": "調整済み残差",
		  "interval": "線は %s％ 信頼区間（Wilson）", "weights_as_counts": "、重みを件数とみなす", "overall": "破線は全体",
		  "marks": "▲ ▼ は調整済み残差が ±2 を超えるセル（独立の場合より多い、少ない）", "areas": "面積は件数に比例"}'::jsonb
	ELSE
		'{"bar": "Bar chart", "dot": "Shares with confidence intervals", "stacked": "100% stacked bars", "grouped": "Grouped bars",
		  "diverging": "Stacked bars that diverge from the middle of the scale", "heatmap": "Heat map of percentages",
		  "residuals": "Heat map of adjusted residuals", "mosaic": "Mosaic plot", "by": "%s by %s", "largest": "Largest: ",
		  "empty": "No answers", "booleans": ["no", "yes"],
		  "comma": ", ", "stop": ". ", "colon": ": ", "semicolon": "; ", "open": " (", "close": ")",
		  "n": "n = %s", "weighted": " (sum of weights)", "respondents": " respondents, several answers each",
		  "missing": "missing: %s", "by_side": ["row %s", "column %s", "both %s", "weight %s"],
		  "left_out_rows": "Left out: %s rows, n = %s: %s", "left_out_cols": "Left out: %s columns, n = %s: %s",
		  "folded": "Others are %s columns, n = %s: %s", "etc": "and so on", "others": "Others (%s)",
		  "rows": "rows", "cols": "columns", "count": "count", "percent": "% of the answers", "row_pct": "% of the row",
		  "col_pct": "% of the column", "respondent_pct": "% of the respondents", "share_of": "%% “%s”", "low": "lower limit",
		  "high": "upper limit", "residual": "Pearson residual", "adj_residual": "adjusted residual",
		  "interval": "Lines: %s%% confidence intervals (Wilson)", "weights_as_counts": ", weights taken as counts",
		  "overall": "Dashed: all rows together",
		  "marks": "▲ ▼ more or fewer than under independence: adjusted residual beyond ±2", "areas": "Areas are proportional to counts"}'::jsonb
	END
$$;
COMMENT ON FUNCTION @extschema@.vega_lite_words(text) IS
'The words of charts in a language (Japanese for ja, else English), for vega_lite(). NULL for NULL.';

CREATE FUNCTION @extschema@.vega_lite_number(x numeric, digits integer DEFAULT NULL) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog AS $$
	SELECT regexp_replace(split_part(r, '.', 1), '(\d)(?=(\d{3})+$)', '\1,', 'g')
		   || CASE WHEN strpos(r, '.') > 0 THEN '.' || split_part(r, '.', 2) ELSE '' END
	FROM (SELECT round(x, coalesce(digits, CASE WHEN x = round(x) THEN 0 ELSE 1 END))::text AS r) AS s
$$;
COMMENT ON FUNCTION @extschema@.vega_lite_number(numeric, integer) IS
'A number rounded to so many decimals (NULL: none for a whole number, else one), with commas between thousands, for vega_lite(). NULL for NULL.';

CREATE FUNCTION @extschema@.vega_lite_columns(text) RETURNS integer LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
	RETURN length($1) + (octet_length($1) - length($1)) / 2;
COMMENT ON FUNCTION @extschema@.vega_lite_columns(text) IS
'About how wide a text is, in columns of which a Japanese character takes two, for vega_lite(). NULL for NULL.';

-- Colours.

CREATE FUNCTION @extschema@.vega_lite_palette(name text) RETURNS text[]
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog AS $$
	SELECT CASE name
		WHEN 'ordinal' THEN '{#e4f4b6,#b5e0b9,#7fcdbb,#41b6c4,#1d91c0,#225ea8,#253494,#0a1c5c}'
		WHEN 'heat' THEN '{#fbfdf2,#d9eec3,#a3d9bb,#5fc0c1,#2b9cc2,#2166ac,#203a8f,#0a1c5c}'
		WHEN 'low' THEN '{#fdc98f,#e6812a,#a34504}'
		WHEN 'high' THEN '{#a9cfe8,#4a94c8,#0b4f94}'
		WHEN 'residuals' THEN '{#a34504,#f0ab6c,#e6e6e6,#7fb6dc,#0b4f94}'
		WHEN 'off_scale' THEN '{#8c8c8c,#c0c0c0}' ELSE '{#0072b2,#e69f00,#009e73,#cc79a7,#56b4e9,#d55e00,#f0e442,#000000}' END::text[]
$$;
COMMENT ON FUNCTION @extschema@.vega_lite_palette(text) IS
'Colours that colour-blind readers can tell apart: ordinal and heat (light to dark, heat from white), low and high (the sides of a diverging scale, from the middle outwards), residuals (orange to blue), off_scale (greys), else nominal. NULL for NULL. Sources: ColorBrewer; Okabe and Ito (2008).';

CREATE FUNCTION @extschema@.vega_lite_mix(colours text[], x float8) RETURNS text
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog AS $$
	SELECT '#' || string_agg(lpad(to_hex(round(a.v + (place - i) * (b.v - a.v))::integer), 2, '0'), '' ORDER BY channel)
	FROM (SELECT greatest(0, least(1, x)) * (cardinality(colours) - 1) AS place) AS p,
		 LATERAL (SELECT least(floor(place)::integer, cardinality(colours) - 2) AS i) AS s, generate_series(2, 6, 2) AS channel,
		 LATERAL (SELECT ('x' || substr(colours[i + 1], channel, 2))::bit(8)::integer AS v) AS a,
		 LATERAL (SELECT ('x' || substr(colours[i + 2], channel, 2))::bit(8)::integer AS v) AS b
$$;
COMMENT ON FUNCTION @extschema@.vega_lite_mix(text[], float8) IS
'The colour at x (0 to 1) of a scale through two or more colours #rrggbb at equal distances. NULL for NULL.';

CREATE FUNCTION @extschema@.vega_lite_ink(colour text) RETURNS text
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog AS $$
	-- Black has the larger contrast where (L + 0.05)/0.05 > 1.05/(L + 0.05).
	SELECT CASE WHEN sum(weight * CASE WHEN v <= 0.04045 THEN v / 12.92 ELSE power((v + 0.055) / 1.055, 2.4) END) > 0.1791
				THEN '#000000' ELSE '#ffffff' END
	FROM (VALUES (2, 0.2126::float8), (4, 0.7152), (6, 0.0722)) AS c(channel, weight),
		 LATERAL (SELECT ('x' || substr(colour, channel, 2))::bit(8)::integer / 255.0::float8 AS v) AS s
$$;
COMMENT ON FUNCTION @extschema@.vega_lite_ink(text) IS
'Black or white, whichever can be read better on a colour #rrggbb. NULL for NULL. Source: WCAG 2.1, relative luminance and contrast ratio.';

-- The shape of a table, and the kinds of charts for it.

CREATE FUNCTION @extschema@.vega_lite_shape(t @extschema@.xtab) RETURNS jsonb LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
	SET search_path = pg_catalog, @extschema@, pg_temp AS $$
	SELECT jsonb_build_object('one_way', NOT j ? 'cols', 'weighted', j ? 'missing_w', 'rows', s.n[1], 'cols', s.n[2],
							  'row_kind', j #> '{rows,kind}', 'col_kind', j #> '{cols,kind}',
							  'row_type', j #> '{rows,type}', 'col_type', j #> '{cols,type}',
							  'row_off_scale', coalesce(j #> '{rows,off_scale}', '[]'), 'col_off_scale', coalesce(j #> '{cols,off_scale}', '[]'),
							  'same', j #> '{rows,type}' = j #> '{cols,type}' AND j #> '{rows,categories}' = j #> '{cols,categories}'
									  AND j #>> '{rows,type}' <> '',
							  'missing', CASE WHEN j ? 'missing_w' THEN (j -> 'missing_w') || jsonb_build_object('weight', j #> '{missing,weight}')
											  ELSE j -> 'missing' END)
	-- OFFSET 0: once, not once for each time it is used
	FROM (SELECT t::jsonb - 'n' - 'w' - 'w2' AS j OFFSET 0) AS x,
		 LATERAL (SELECT ARRAY[jsonb_array_length(j #> '{rows,categories}'),
							   jsonb_array_length(coalesce(j #> '{cols,categories}', '[]'))] AS n) AS s
$$;
COMMENT ON FUNCTION @extschema@.vega_lite_shape(@extschema@.xtab) IS
'What decides how a table is drawn: one-way or not, weighted or not, numbers, kinds and types of its categories, which are off the scale, whether both sides are the same variable, what is missing. NULL for NULL.';

CREATE FUNCTION @extschema@.vega_lite_kinds(shape jsonb) RETURNS text[]
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog AS $$
	SELECT CASE
		WHEN (shape ->> 'one_way')::boolean THEN '{bar,dot}'
		WHEN shape ->> 'row_kind' = 'multi' AND shape ->> 'col_kind' = 'multi' THEN '{heatmap}'
		WHEN 'multi' IN (shape ->> 'row_kind', shape ->> 'col_kind') THEN
			CASE WHEN (shape ->> CASE shape ->> 'row_kind' WHEN 'multi' THEN 'cols' ELSE 'rows' END)::integer <= 5
				 THEN '{grouped,heatmap,dot}' ELSE '{heatmap,grouped,dot}' END::text[]
		ELSE (SELECT array_agg(kind ORDER BY kind = apt DESC, i)
			  FROM unnest('{stacked,diverging,grouped,dot,heatmap,residuals,mosaic}'::text[]) WITH ORDINALITY AS k(kind, i)
			  WHERE kind <> 'diverging' OR (shape ->> 'col_kind' = 'ordinal' AND levels BETWEEN 2 AND 12)) END
	FROM (SELECT (shape ->> 'cols')::integer
				 - (SELECT count(*) FROM jsonb_array_elements(shape -> 'col_off_scale') AS o WHERE o::boolean) AS levels) AS s,
		 LATERAL (SELECT CASE WHEN (shape ->> 'same')::boolean AND levels > 2 THEN 'heatmap'
							  WHEN (shape ->> 'cols')::integer = 2 THEN 'dot'
							  WHEN levels > CASE shape ->> 'col_kind' WHEN 'ordinal' THEN 12 ELSE 8 END THEN 'heatmap'
							  ELSE 'stacked' END AS apt) AS a
$$;
COMMENT ON FUNCTION @extschema@.vega_lite_kinds(jsonb) IS
'Part of vega_lite(): the kinds of charts that fit a table of a shape that vega_lite_shape() found, the aptest first. NULL for NULL.';

CREATE FUNCTION @extschema@.vega_lite_kinds(t @extschema@.xtab) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
	RETURN @extschema@.vega_lite_kinds(@extschema@.vega_lite_shape(t));
COMMENT ON FUNCTION @extschema@.vega_lite_kinds(@extschema@.xtab) IS
'The kinds of charts that vega_lite() can draw of a table, the aptest first: that is drawn where no kind is asked for. NULL for NULL.';

-- What is drawn.

CREATE TYPE @extschema@.vega_lite_category AS (place integer, code text, label text, off_scale boolean, n numeric, colour text);
COMMENT ON TYPE @extschema@.vega_lite_category IS
'A category that vega_lite() draws: its place in the order of the type, its code and label, whether it lies off the scale, how many gave it, its colour where it has one.';

CREATE TYPE @extschema@.vega_lite_cell AS (
	"row" text, row_label text, row_place integer, row_n numeric, col text, col_label text, col_place integer, n numeric,
	percent numeric, row_pct numeric, col_pct numeric, residual numeric, adj_residual numeric
);
COMMENT ON TYPE @extschema@.vega_lite_cell IS
'A cell that vega_lite() draws, in the columns of cells() and mr_cells(), with the places of its row and column in the order of the type, the base of its row, and percent in a one-way table; figures are rounded to four decimals.';

CREATE FUNCTION @extschema@.vega_lite_cells(m jsonb) RETURNS SETOF @extschema@.vega_lite_cell LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
	BEGIN ATOMIC SELECT * FROM jsonb_populate_recordset(NULL::@extschema@.vega_lite_cell, m -> 'cells'); END;
COMMENT ON FUNCTION @extschema@.vega_lite_cells(jsonb) IS 'The cells of a model that vega_lite_model() made. No rows for NULL.';

CREATE FUNCTION @extschema@.vega_lite_categories(categories jsonb) RETURNS SETOF @extschema@.vega_lite_category
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
	BEGIN ATOMIC SELECT * FROM jsonb_populate_recordset(NULL::@extschema@.vega_lite_category, categories); END;
COMMENT ON FUNCTION @extschema@.vega_lite_categories(jsonb) IS 'Categories of a model that vega_lite_model() made. No rows for NULL.';

CREATE FUNCTION @extschema@.vega_lite_label(code text, label text, place bigint, categories bigint, labels text[], type text, lang text) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, @extschema@, pg_temp AS $$
	SELECT coalesce(labels[CASE WHEN categories = cardinality(labels) THEN place
								WHEN code ~ '^([a-z])\1*$' THEN 26 * (length(code) - 1) + ascii(code) - 96 END],
					CASE type WHEN 'boolean' THEN vega_lite_words(lang) -> 'booleans' ->> CASE code WHEN 't' THEN 1 ELSE 0 END END, label)
$$;
COMMENT ON FUNCTION @extschema@.vega_lite_label(text, text, bigint, bigint, text[], text, text) IS
'The label of a category, for vega_lite(): of the labels given by its place if they are as many as the categories, else by its code as questionnaires print them (a to z, aa, bb and so on); without one yes and no for booleans, else its own.';

CREATE FUNCTION @extschema@.vega_lite_model(t @extschema@.xtab, shape jsonb, lang text, row_labels text[], col_labels text[],
											max_rows integer, max_cols integer, fold boolean)
	RETURNS jsonb LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, @extschema@, pg_temp AS $$
DECLARE
	one_way boolean := shape -> 'one_way';
	row_sets boolean := shape ->> 'row_kind' = 'multi';
	col_sets boolean := coalesce(shape ->> 'col_kind' = 'multi', false);
	sets boolean := row_sets OR col_sets;
	-- Names without an order stand most frequent first where there is nothing but them.
	sorted boolean := one_way AND (sets OR shape ->> 'row_kind' = 'nominal' AND shape ->> 'row_type' NOT IN ('', 'boolean'));
	model jsonb;
BEGIN
	WITH cell AS MATERIALIZED (
		SELECT category AS "row", label AS row_label, NULL::text AS col, NULL::text AS col_label, c.n, NULL::numeric AS row_n,
			   valid_percent AS percent, NULL::float8 AS row_pct, NULL::float8 AS col_pct, NULL::float8 AS residual, NULL::float8 AS adj_residual,
			   NULL::numeric AS base, ordinality AS ord
		FROM frequencies(CASE WHEN one_way AND NOT sets THEN t END, lang) WITH ORDINALITY AS c WHERE NOT missing
		UNION ALL
		SELECT option, label, NULL, NULL, c.n, NULL, respondent_pct, NULL, NULL, NULL, NULL, respondents, ordinality
		FROM mr_options(CASE WHEN one_way AND sets THEN t END, row_labels) WITH ORDINALITY AS c
		UNION ALL
		SELECT "row", row_label, col, col_label, c.n, NULL, NULL, row_pct, col_pct, residual, adj_residual, NULL, ordinality
		FROM cells(CASE WHEN NOT one_way AND NOT sets THEN t END, lang) WITH ORDINALITY AS c
		UNION ALL
		SELECT "row", row_label, col, col_label, c.n, row_n, NULL, row_pct, col_pct, NULL, NULL, respondents, ordinality
		FROM mr_cells(CASE WHEN NOT one_way AND sets THEN t END, CASE WHEN row_sets THEN row_labels END,
					  CASE WHEN col_sets THEN col_labels END) WITH ORDINALITY AS c
	), all_rows AS (
		SELECT code, vega_lite_label(code, label, place, count(*) OVER (), CASE WHEN NOT row_sets THEN row_labels END,
									 shape ->> 'row_type', lang) AS label, s.n, place,
			   coalesce((shape -> 'row_off_scale' ->> (place - 1)::integer)::boolean, false) AS off_scale,
			   row_number() OVER (ORDER BY s.n DESC, place) AS rank
		FROM (SELECT "row" AS code, min(row_label) AS label, coalesce(max(row_n), sum(c.n)) AS n, row_number() OVER (ORDER BY min(ord)) AS place
			  FROM cell AS c GROUP BY "row") AS s
	), all_cols AS (
		SELECT code, vega_lite_label(code, label, place, count(*) OVER (), CASE WHEN NOT col_sets THEN col_labels END,
									 shape ->> 'col_type', lang) AS label, s.n, place,
			   coalesce((shape -> 'col_off_scale' ->> (place - 1)::integer)::boolean, false) AS off_scale,
			   row_number() OVER (ORDER BY s.n DESC, place) AS rank, count(*) OVER () AS k
		FROM (SELECT col AS code, min(col_label) AS label, sum(c.n) AS n, row_number() OVER (ORDER BY min(ord)) AS place
			  FROM cell AS c WHERE col IS NOT NULL GROUP BY col) AS s
	), kept_cols AS (
		SELECT code, label, off_scale, place, c.n FROM all_cols AS c WHERE k <= max_cols OR rank <= max_cols - fold::integer
	), others AS (
		-- The columns that are left out as one more.
		SELECT CASE WHEN EXISTS (SELECT FROM kept_cols WHERE code = '*') THEN '**' ELSE '*' END AS code,
			   format(vega_lite_words(lang) ->> 'others', count(*)) AS label, true AS off_scale, max(place) + 1 AS place, sum(c.n) AS n
		FROM all_cols AS c WHERE fold AND k > max_cols AND rank > max_cols - 1 HAVING count(*) > 0
	), drawn AS (
		SELECT c."row", r.label AS row_label, r.place AS row_place, r.n AS row_n, k.code AS col, k.label AS col_label, k.place AS col_place, c.n,
			   round(c.percent::numeric, 4) AS percent, round(c.row_pct::numeric, 4) AS row_pct, round(c.col_pct::numeric, 4) AS col_pct,
			   round(c.residual::numeric, 4) AS residual, round(c.adj_residual::numeric, 4) AS adj_residual
		FROM cell AS c JOIN all_rows AS r ON r.code = c."row" AND r.rank <= max_rows LEFT JOIN kept_cols AS k ON k.code = c.col
		WHERE one_way OR k.code IS NOT NULL
		UNION ALL
		SELECT c."row", min(r.label), min(r.place), min(r.n), o.code, o.label, o.place, sum(c.n), NULL, round(sum(c.row_pct)::numeric, 4), NULL,
			   round((sum(c.n) - min(r.n) * o.n / total.n) / sqrt(nullif(min(r.n) * o.n / total.n, 0)), 4), NULL
		FROM cell AS c JOIN all_rows AS r ON r.code = c."row" AND r.rank <= max_rows, others AS o,
			 (SELECT nullif(sum(a.n), 0) AS n FROM all_cols AS a) AS total
		WHERE c.col NOT IN (SELECT code FROM kept_cols)
		GROUP BY c."row", o.code, o.label, o.place, o.n, total.n
	)
	SELECT shape || jsonb_build_object(
		'sets', sets, 'folded', fold,
		'n', (SELECT coalesce(max(base), sum(c.n), 0) FROM cell AS c),
		'rows', (SELECT coalesce(jsonb_agg(jsonb_build_object('place', place, 'code', code, 'label', label, 'off_scale', off_scale, 'n', r.n)
										   ORDER BY off_scale, CASE WHEN sorted THEN -r.n END, place), '[]')
				 FROM all_rows AS r WHERE rank <= max_rows),
		'cols', (SELECT coalesce(jsonb_agg(jsonb_build_object('place', place, 'code', code, 'label', label, 'off_scale', off_scale, 'n', c.n)
										   ORDER BY off_scale AND shape ->> 'col_kind' <> 'nominal', place), '[]')
				 FROM (SELECT * FROM kept_cols UNION ALL SELECT code, label, off_scale, place, n FROM others) AS c),
		'left_out_rows', (SELECT jsonb_build_object('k', count(*), 'n', sum(r.n), 'labels',
													jsonb_agg(label ORDER BY rank) FILTER (WHERE rank <= max_rows + 5))
						  FROM all_rows AS r WHERE rank > max_rows HAVING count(*) > 0),
		'left_out_cols', (SELECT jsonb_build_object('k', count(*), 'n', sum(c.n), 'labels',
													jsonb_agg(label ORDER BY rank) FILTER (WHERE rank <= max_cols + 5 - fold::integer))
						  FROM all_cols AS c WHERE code NOT IN (SELECT code FROM kept_cols) HAVING count(*) > 0),
		'cells', (SELECT coalesce(jsonb_agg(to_jsonb(d) ORDER BY row_place, col_place), '[]') FROM drawn AS d))
	INTO model;
	RETURN model;
END $$;
COMMENT ON FUNCTION @extschema@.vega_lite_model(@extschema@.xtab, jsonb, text, text[], text[], integer, integer, boolean) IS
'What vega_lite() draws of a table: its shape, n, the most frequent max_rows rows and max_cols columns in the order they are drawn in, those off the scale last, their cells, and how much is left out; fold puts the columns left out into one.';
