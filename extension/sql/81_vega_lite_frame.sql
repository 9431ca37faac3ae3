/*
 * What charts have in common: title, notes, description, axes, legends, tooltips.  m is the model, o the arguments of vega_lite().
 */

CREATE FUNCTION @extschema@.vega_lite_subtitle(m jsonb, o jsonb) RETURNS text[]
	LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, @extschema@, pg_temp AS $$
	WITH word AS (
		SELECT vega_lite_words(o ->> 'lang') AS w
	), left_out AS (
		SELECT format(w ->> CASE WHEN side = 'cols' AND (m ->> 'folded')::boolean THEN 'folded' ELSE 'left_out_' || side END,
					  vega_lite_number(l.k), vega_lite_number(l.n),
					  (SELECT string_agg((wrap_text(label, 30, 1))[1], w ->> 'comma' ORDER BY i)
					   FROM jsonb_array_elements_text(l.labels) WITH ORDINALITY AS u(label, i))
					  || CASE WHEN l.k > jsonb_array_length(l.labels) THEN (w ->> 'comma') || (w ->> 'etc') ELSE '' END) AS line, i
		FROM word, unnest('{rows,cols}'::text[]) WITH ORDINALITY AS s(side, i),
			 jsonb_to_record(nullif(m -> ('left_out_' || side), 'null')) AS l(k numeric, n numeric, labels jsonb)
		WHERE l.k IS NOT NULL
	), missing AS (
		SELECT string_agg(CASE WHEN (m ->> 'one_way')::boolean AND side = 1 THEN vega_lite_number(v)
							   ELSE format(w -> 'by_side' ->> (side - 1)::integer, vega_lite_number(v)) END, w ->> 'comma' ORDER BY side) AS shown
		FROM word, unnest('{row,col,both,weight}'::text[]) WITH ORDINALITY AS s(key, side),
			 LATERAL (SELECT (m -> 'missing' ->> key)::numeric AS v) AS x
		WHERE v > 0
	)
	SELECT format(w ->> 'n', vega_lite_number((m ->> 'n')::numeric)) || CASE WHEN (m ->> 'sets')::boolean THEN w ->> 'respondents' ELSE '' END
		   || CASE WHEN (m ->> 'weighted')::boolean THEN w ->> 'weighted' ELSE '' END
		   || CASE WHEN missing.shown IS NULL THEN '' ELSE (w ->> 'comma') || format(w ->> 'missing', missing.shown) END
		   || coalesce((SELECT array_agg(line ORDER BY i) FROM left_out), '{}')
	FROM word, missing
$$;
COMMENT ON FUNCTION @extschema@.vega_lite_subtitle(jsonb, jsonb) IS
'The lines under the title of a chart: n or the sum of weights with what is missing, and what is left out.';

CREATE FUNCTION @extschema@.vega_lite_description(m jsonb, o jsonb, notes text[]) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
	SET search_path = pg_catalog, @extschema@, pg_temp AS $$
	SELECT concat(
		(o ->> 'title') || CASE WHEN o ->> 'title' ~ '[.!?。！？]$' THEN ' ' ELSE w ->> 'stop' END, w ->> (o ->> 'kind'),
		(w ->> 'open') || CASE WHEN o ->> 'row_title' <> '' AND o ->> 'col_title' <> '' AND NOT (m ->> 'one_way')::boolean
			THEN format(w ->> 'by', o ->> 'row_title', o ->> 'col_title') ELSE coalesce(o ->> 'row_title', o ->> 'col_title') END || (w ->> 'close'),
		w ->> 'stop', array_to_string(vega_lite_subtitle(m, o) || notes, w ->> 'stop'), w ->> 'stop',
		(w ->> 'largest') || (
			SELECT string_agg(concat(c.row_label, (w ->> 'comma') || c.col_label, w ->> 'colon', vega_lite_number(c.n),
									 (w ->> 'open') || vega_lite_number(coalesce(c.percent, c.row_pct), 1) || '%' || (w ->> 'close')),
							  w ->> 'semicolon' ORDER BY c.n DESC, c.row_place, c.col_place)
			FROM (SELECT * FROM vega_lite_cells(m) WHERE n > 0 ORDER BY n DESC, row_place, col_place LIMIT 3) AS c) || rtrim(w ->> 'stop'))
	FROM vega_lite_words(o ->> 'lang') AS w
$$;
COMMENT ON FUNCTION @extschema@.vega_lite_description(jsonb, jsonb, text[]) IS
'A chart in words, for readers who do not see it: what is drawn, n, what is missing or left out, notes, the three largest cells with their percentages.';

CREATE FUNCTION @extschema@.vega_lite_frame(m jsonb, o jsonb, notes text[] DEFAULT '{}') RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE
	SET search_path = pg_catalog, @extschema@, pg_temp AS $$
	SELECT jsonb_build_object(
		'$schema', 'https://vega.github.io/schema/vega-lite/v5.json',
		'description', vega_lite_description(m, o, notes),
		'title', '{"anchor": "start", "frame": "bounds", "offset": 12}'::jsonb
			|| CASE WHEN o ->> 'title' IS NULL
				THEN '{"fontSize": 11, "fontWeight": "normal", "color": "#555555"}'::jsonb || jsonb_build_object('text', subtitle)
				ELSE '{"fontSize": 14, "subtitleFontSize": 11, "subtitleColor": "#555555"}'::jsonb
					 || jsonb_build_object('text', wrap_text(o ->> 'title', columns, 4), 'subtitle', subtitle) END,
		'width', coalesce(o -> 'width', '"container"'), 'autosize', '{"type": "fit-x", "contains": "padding"}'::jsonb, 'background', 'white',
		'config', jsonb_build_object(
			'font', CASE o ->> 'lang' WHEN 'ja' THEN '"Hiragino Sans", "Yu Gothic", Meiryo, "Noto Sans CJK JP", "Noto Sans JP", sans-serif'
				ELSE 'sans-serif' END,
			'view', '{"stroke": null}'::jsonb,
			'axis', '{"labelFontSize": 11, "titleFontSize": 11, "titleFontWeight": "normal", "labelPadding": 6,
					  "gridColor": "#e6e6e6", "domain": false, "ticks": false}'::jsonb,
			'legend', '{"labelFontSize": 11, "titleFontSize": 11, "titleFontWeight": "normal", "labelLimit": 0, "titleLimit": 0,
						"symbolType": "square", "symbolSize": 110}'::jsonb))
	FROM (SELECT (o ->> 'page')::integer / 9 AS columns) AS s,
		 LATERAL (SELECT array_agg(line ORDER BY i, j) AS subtitle
				  FROM unnest(vega_lite_subtitle(m, o) || notes) WITH ORDINALITY AS n(note, i),
					   unnest(wrap_text(note, columns * 4 / 3, 3)) WITH ORDINALITY AS l(line, j)) AS t
$$;
COMMENT ON FUNCTION @extschema@.vega_lite_frame(jsonb, jsonb, text[]) IS
'What all charts have in common: title, subtitle with notes, description, size, fonts.';

-- Labels, axes and legends.

CREATE FUNCTION @extschema@.vega_lite_literal(x jsonb) RETURNS text
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog AS $$
	SELECT replace(replace(x::text, E'\u2028', '\u2028'), E'\u2029', '\u2029')
$$;
COMMENT ON FUNCTION @extschema@.vega_lite_literal(jsonb) IS
'A value as a literal of Vega''s expressions: JSON, but for two line separators that may not stand in it as they are. NULL for NULL.';

CREATE FUNCTION @extschema@.vega_lite_labels(categories jsonb, columns integer, with_n boolean DEFAULT false, max_lines integer DEFAULT 4,
											 keys jsonb DEFAULT NULL,
											 OUT expr text, OUT "offset" jsonb, OUT padding jsonb, OUT lines integer, OUT columns_used integer)
	LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, @extschema@, pg_temp AS $$
	-- Vega puts the first of several lines where a single one would be: "offset" moves them up by half of what they add, padding by all of it.
	SELECT format('%s[%s]', vega_lite_literal(r.texts), at.at),
		   CASE r.lines WHEN 1 THEN '0' ELSE jsonb_build_object('expr', format('-6.5 * %s[%s]', r.added, at.at)) END,
		   CASE r.lines WHEN 1 THEN '4' ELSE jsonb_build_object('expr', format('4 + 13 * %s[%s]', r.added, at.at)) END, r.lines, r.columns_used
	FROM (SELECT jsonb_agg(CASE cardinality(l.lines) WHEN 1 THEN to_jsonb(l.lines[1]) ELSE to_jsonb(l.lines) END ORDER BY c.ordinality) AS texts,
				 jsonb_agg(cardinality(l.lines) - 1 ORDER BY c.ordinality) AS added, jsonb_agg(c.code ORDER BY c.ordinality) AS codes,
				 max(cardinality(l.lines)) AS lines, max(w.used) AS columns_used
		  FROM vega_lite_categories(categories) WITH ORDINALITY AS c,
			   LATERAL (SELECT wrap_text(c.label, columns, max_lines) AS wrapped,
							   CASE WHEN with_n THEN '(n = ' || vega_lite_number(c.n) || ')' END AS bases) AS s,
			   LATERAL (SELECT CASE WHEN bases IS NULL THEN wrapped
									WHEN cardinality(wrapped) = 1 AND vega_lite_columns(wrapped[1] || ' ' || bases) <= columns
									THEN ARRAY[wrapped[1] || ' ' || bases] ELSE wrapped || bases END AS lines) AS l,
			   LATERAL (SELECT max(vega_lite_columns(x)) AS used FROM unnest(l.lines) AS x) AS w) AS r,
		 LATERAL (SELECT format('indexof(%s, datum.value)', vega_lite_literal(coalesce(keys, r.codes))) AS at) AS at
$$;
COMMENT ON FUNCTION @extschema@.vega_lite_labels(jsonb, integer, boolean, integer, jsonb) IS
'The expression that writes the labels of categories, in at most so many lines of so many columns and with n if asked for, where an axis, legend or header has their codes (or the keys given); offset and padding for several lines; how many lines and columns the largest takes.';

CREATE FUNCTION @extschema@.vega_lite_codes(categories jsonb) RETURNS jsonb
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog AS $$
	SELECT coalesce(jsonb_agg(c -> 'code' ORDER BY i), '[]') FROM jsonb_array_elements(categories) WITH ORDINALITY AS x(c, i)
$$;
COMMENT ON FUNCTION @extschema@.vega_lite_codes(jsonb) IS
'The codes of categories in the order they are drawn in: the domain of a scale. NULL for NULL.';

CREATE FUNCTION @extschema@.vega_lite_axis(categories jsonb, field text, title jsonb, o jsonb, with_n boolean, step integer,
										   OUT encoding jsonb, OUT height integer, OUT pixels integer)
	LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, @extschema@, pg_temp AS $$
	SELECT jsonb_build_object('field', field, 'type', 'nominal', 'title', title,
							  'scale', jsonb_build_object('domain', vega_lite_codes(categories), 'paddingInner', 0.25, 'paddingOuter', 0.125),
							  'axis', '{"labelLimit": 0, "labelLineHeight": 13,
										"titleAngle": 0, "titleAlign": "right", "titleX": -6, "titleY": -6, "titleBaseline": "bottom"}'::jsonb
									  || jsonb_build_object('labelExpr', l.expr, 'labelOffset', l."offset")),
		   jsonb_array_length(categories) * greatest(step, 13 * l.lines + 9), l.columns_used * 6 + 10
	FROM vega_lite_labels(categories, CASE WHEN (o ->> 'page')::integer < 480 THEN 20 ELSE 32 END, with_n) AS l
$$;
COMMENT ON FUNCTION @extschema@.vega_lite_axis(jsonb, text, jsonb, jsonb, boolean, integer) IS
'The encoding of categories on the vertical axis, how high the chart must be for a step of so many pixels or more, and how wide the labels are.';

CREATE FUNCTION @extschema@.vega_lite_percent_axis(largest numeric, pixels integer, figures integer, title jsonb) RETURNS jsonb
	LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog AS $$
	SELECT jsonb_build_object('title', title,
							  'scale', jsonb_build_object('domain', jsonb_build_array(0, greatest(step, round(top, 1))), 'nice', false),
							  'axis', jsonb_build_object('values', (SELECT jsonb_agg(v) FROM generate_series(0, 100, step) AS v WHERE v <= top)))
	FROM (SELECT largest * least(4, greatest(1.02, pixels::numeric / greatest(1, pixels - 7 * figures - 12))) AS top) AS t,
		 LATERAL (SELECT CASE WHEN top <= 6 THEN 1 WHEN top <= 30 THEN 5 WHEN top <= 60 THEN 10 ELSE 20 END
						 * CASE WHEN pixels < 150 THEN 2 ELSE 1 END AS step) AS s
$$;
COMMENT ON FUNCTION @extschema@.vega_lite_percent_axis(numeric, integer, integer, jsonb) IS
'A horizontal axis of percentages, so many pixels long, from 0 to the largest with room after it for so many figures; nothing above 100 is labelled.';

CREATE FUNCTION @extschema@.vega_lite_coloured(categories jsonb, kind text) RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE
	SET search_path = pg_catalog, @extschema@, pg_temp AS $$
	SELECT jsonb_agg(to_jsonb(c) || jsonb_build_object('colour', CASE
			WHEN c.off_scale THEN vega_lite_mix(vega_lite_palette('off_scale'), CASE k WHEN 1 THEN 0.5 ELSE (i - 1.0) / (k - 1) END)
			WHEN kind = 'diverging' AND 2 * i = k + 1 THEN '#e4e2dc'
			WHEN kind = 'diverging' THEN vega_lite_mix(vega_lite_palette(CASE WHEN 2 * i <= k THEN 'low' ELSE 'high' END),
													   CASE k / 2 WHEN 1 THEN 0.5 ELSE (abs(i - (k + 1) / 2.0) - 0.5 - k % 2 / 2.0) / (k / 2 - 1) END)
			WHEN kind = 'ordinal' THEN vega_lite_mix(vega_lite_palette('ordinal'), CASE k WHEN 1 THEN 0.5 ELSE (i - 1.0) / (k - 1) END)
			ELSE (vega_lite_palette('nominal'))[i] END) ORDER BY c.ordinality)
	FROM (SELECT c.*, row_number() OVER (PARTITION BY off_scale ORDER BY ordinality) AS i, count(*) OVER (PARTITION BY off_scale) AS k
		  FROM vega_lite_categories(categories) WITH ORDINALITY AS c) AS c
$$;
COMMENT ON FUNCTION @extschema@.vega_lite_coloured(jsonb, text) IS
'Categories with their colours: kind ordinal from light to dark, diverging from the middle outwards in two hues, nominal in different hues; those off the scale are grey.';

CREATE FUNCTION @extschema@.vega_lite_legend(categories jsonb, field text, title jsonb, with_n boolean, pixels integer) RETURNS jsonb
	LANGUAGE sql IMMUTABLE PARALLEL SAFE
	SET search_path = pg_catalog, @extschema@, pg_temp AS $$
	SELECT jsonb_build_object('field', field, 'type', 'nominal', 'title', title,
							  'scale', jsonb_build_object('domain', vega_lite_codes(categories),
														  'range', (SELECT jsonb_agg(c -> 'colour' ORDER BY i)
																	FROM jsonb_array_elements(categories) WITH ORDINALITY AS x(c, i))),
							  'legend', '{"orient": "top", "direction": "horizontal", "columnPadding": 12}'::jsonb
								  || jsonb_build_object('labelExpr', l.expr, 'columns',
														greatest(1, least(jsonb_array_length(categories), pixels / (l.columns_used * 6 + 34)))))
	FROM vega_lite_labels(categories, greatest(30, pixels / 6 - 6), with_n) AS l
$$;
COMMENT ON FUNCTION @extschema@.vega_lite_legend(jsonb, text, jsonb, boolean, integer) IS
'The encoding of categories as their colours, with a legend above the chart that is at most so many pixels wide.';

CREATE FUNCTION @extschema@.vega_lite_tooltip(m jsonb, o jsonb, fields text[]) RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE
	SET search_path = pg_catalog, @extschema@, pg_temp AS $$
	SELECT jsonb_agg(jsonb_build_object('field', f, 'type', CASE WHEN f LIKE '%label' THEN 'nominal' ELSE 'quantitative' END,
				'title', CASE f WHEN 'row_label' THEN coalesce(o ->> 'row_title', w ->> 'rows')
					WHEN 'col_label' THEN coalesce(o ->> 'col_title', w ->> 'cols') WHEN 'n' THEN w ->> 'count' ELSE w ->> f END)
			|| CASE WHEN f LIKE '%label' THEN '{}'
				WHEN f = 'n' THEN jsonb_build_object('format', CASE WHEN (m ->> 'weighted')::boolean THEN ',.1f' ELSE ',' END) ELSE jsonb_build_object('format', '.1f') END ORDER BY i)
	FROM unnest(fields) WITH ORDINALITY AS u(f, i), vega_lite_words(o ->> 'lang') AS w
$$;
COMMENT ON FUNCTION @extschema@.vega_lite_tooltip(jsonb, jsonb, text[]) IS
'The tooltip of a mark: the fields of its datum with titles and number formats.';

CREATE FUNCTION @extschema@.vega_lite_spread(wanted numeric[], gap numeric, last numeric) RETURNS numeric[]
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog AS $$
	SELECT array_agg(round(least(pushed, last - (cardinality(wanted) - i) * gap), 4) ORDER BY i)
	FROM (SELECT i, max(x - i * gap) OVER (ORDER BY i) + i * gap AS pushed FROM unnest(wanted) WITH ORDINALITY AS u(x, i)) AS s
$$;
COMMENT ON FUNCTION @extschema@.vega_lite_spread(numeric[], numeric, numeric) IS
'Places for labels near ascending wanted ones, at least gap apart, the last at most at last. NULL for NULL.';

CREATE FUNCTION @extschema@.vega_lite_interval_note(m jsonb, o jsonb) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, @extschema@, pg_temp AS $$
	SELECT format(w ->> 'interval', trim_scale(round((100 * (o ->> 'conf_level')::float8)::numeric, 4)))
		   || CASE WHEN (m ->> 'weighted')::boolean THEN w ->> 'weights_as_counts' ELSE '' END
	FROM vega_lite_words(o ->> 'lang') AS w
$$;
COMMENT ON FUNCTION @extschema@.vega_lite_interval_note(jsonb, jsonb) IS 'The note that says which intervals a chart shows.';
