/*
 * The kinds of charts.  m is the model of vega_lite_model(), o the arguments of vega_lite(); each adds its data and marks to vega_lite_frame().
 */

CREATE FUNCTION @extschema@.vega_lite_empty(m jsonb, o jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE
	SET search_path = pg_catalog, @extschema@, pg_temp AS $$
	SELECT vega_lite_frame(m, o) || jsonb_build_object('height', 60, 'data', jsonb_build_object('values', jsonb_build_array(jsonb_build_object('shown', w -> 'empty'))),
		'mark', '{"type": "text", "fontSize": 14, "color": "#555555"}'::jsonb, 'encoding', '{"text": {"field": "shown", "type": "nominal"}}'::jsonb)
	FROM vega_lite_words(o ->> 'lang') AS w
$$;
COMMENT ON FUNCTION @extschema@.vega_lite_empty(jsonb, jsonb) IS 'What is drawn of a table without answers, for vega_lite().';

CREATE FUNCTION @extschema@.vega_lite_interval(n numeric, base numeric, o jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE
	SET search_path = pg_catalog, @extschema@, pg_temp AS $$
	SELECT jsonb_build_object('low', round((100 * conf_low)::numeric, 4), 'high', round((100 * conf_high)::numeric, 4))
	FROM proportion_ci(n::float8, base::float8, 'wilson', (o ->> 'conf_level')::float8)
$$;
COMMENT ON FUNCTION @extschema@.vega_lite_interval(numeric, numeric, jsonb) IS 'Wilson''s interval of n of base in percent, as low and high of a datum; NULLs where base is 0.';

CREATE FUNCTION @extschema@.vega_lite_one_way(m jsonb, o jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE
	SET search_path = pg_catalog, @extschema@, pg_temp AS $$
	-- Bars with counts and percentages at their ends, or dots on the lines of their intervals.
	WITH drawn AS (
		SELECT jsonb_agg(jsonb_build_object('row', c."row", 'row_label', c.row_label, 'n', c.n, 'percent', c.percent, 'colour', CASE WHEN r.off_scale THEN '#8c8c8c' ELSE '#0072b2' END)
						 || CASE o ->> 'kind' WHEN 'dot' THEN i.ends || jsonb_build_object('shown', vega_lite_number(c.percent, 1) || '%')
							ELSE jsonb_build_object('shown', format('%s (%s%%)', vega_lite_number(c.n), vega_lite_number(c.percent, 1))) END ORDER BY r.ordinality) AS data,
			   max(coalesce((i.ends ->> 'high')::numeric, c.percent)) AS largest, CASE o ->> 'kind' WHEN 'dot' THEN 6 ELSE max(length(vega_lite_number(c.n))) + 8 END AS figures
		FROM jsonb_populate_recordset(NULL::vega_lite_cell, m -> 'cells') AS c
			 JOIN jsonb_populate_recordset(NULL::vega_lite_category, m -> 'rows') WITH ORDINALITY AS r ON r.code = c."row"
			 LEFT JOIN LATERAL vega_lite_interval(c.n, (m ->> 'n')::numeric, o) AS i(ends) ON o ->> 'kind' = 'dot'
	)
	SELECT vega_lite_frame(m, o, CASE o ->> 'kind' WHEN 'dot' THEN ARRAY[vega_lite_interval_note(m, o)] ELSE '{}' END) || jsonb_build_object(
		'height', a.height, 'data', jsonb_build_object('values', drawn.data),
		'encoding', jsonb_build_object('y', a.encoding, 'color', '{"field": "colour", "type": "nominal", "scale": null}'::jsonb),
		'layer', CASE o ->> 'kind' WHEN 'dot' THEN
			jsonb_build_array(jsonb_build_object('mark', '{"type": "rule", "strokeWidth": 2}'::jsonb, 'encoding', jsonb_build_object('x', x || '{"field": "low", "type": "quantitative"}', 'x2', '{"field": "high"}'::jsonb)),
							  jsonb_build_object('mark', '{"type": "point", "filled": true, "size": 90, "opacity": 1}'::jsonb, 'encoding', jsonb_build_object('x', x || '{"field": "percent", "type": "quantitative"}',
												 'tooltip', vega_lite_tooltip(m, o, '{row_label,n,percent,low,high}'))))
			ELSE jsonb_build_array(jsonb_build_object('mark', '{"type": "bar"}'::jsonb, 'encoding', jsonb_build_object('x', x || '{"field": "percent", "type": "quantitative"}',
													  'tooltip', vega_lite_tooltip(m, o, '{row_label,n,percent}')))) END
			|| jsonb_build_object('mark', '{"type": "text", "align": "left", "baseline": "middle", "dx": 5, "fontSize": 11}'::jsonb, 'encoding', jsonb_build_object(
				'x', x || jsonb_build_object('field', CASE o ->> 'kind' WHEN 'dot' THEN 'high' ELSE 'percent' END, 'type', 'quantitative'), 'color', '{"value": "#333333"}'::jsonb,
				'text', '{"field": "shown", "type": "nominal"}'::jsonb)))
	FROM drawn, vega_lite_words(o ->> 'lang') AS w, vega_lite_axis(m -> 'rows', 'row', o -> 'row_title', o, false, 26) AS a,
		 vega_lite_percent_axis(drawn.largest, (o ->> 'page')::integer - a.pixels, drawn.figures, w -> CASE WHEN (m ->> 'sets')::boolean THEN 'respondent_pct' ELSE 'percent' END) AS x
$$;
COMMENT ON FUNCTION @extschema@.vega_lite_one_way(jsonb, jsonb) IS 'One variable as horizontal bars, or as dots with intervals, for vega_lite().';

CREATE FUNCTION @extschema@.vega_lite_figures(encoding jsonb DEFAULT '{}') RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog AS $$
	SELECT jsonb_build_object('mark', '{"type": "text", "baseline": "middle", "fontSize": 11}'::jsonb, 'encoding', encoding
		|| '{"text": {"field": "shown", "type": "nominal"}, "color": {"condition": {"test": "datum.ink == ''#ffffff''", "value": "#ffffff"}, "value": "#000000"}}')
$$;
COMMENT ON FUNCTION @extschema@.vega_lite_figures(jsonb) IS 'The layer of figures upon coloured areas, black or white as the ink of the datum says; encoding places them.';

-- Bars of segments.

CREATE FUNCTION @extschema@.vega_lite_segment(c @extschema@.vega_lite_cell, colour text, "from" numeric) RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE
	SET search_path = pg_catalog, @extschema@, pg_temp AS $$
	SELECT jsonb_build_object('row', c."row", 'row_label', c.row_label, 'col', c.col, 'col_label', c.col_label, 'n', c.n, 'row_pct', c.row_pct, 'ink', vega_lite_ink(colour),
							  'from', round("from", 4), 'to', round("from" + c.row_pct, 4), 'middle', round("from" + c.row_pct / 2, 4), 'shown', coalesce(round(c.row_pct) || '%', ''))
$$;
COMMENT ON FUNCTION @extschema@.vega_lite_segment(@extschema@.vega_lite_cell, text, numeric) IS 'The datum of a segment of stacked or diverging bars that begins at from.';

CREATE FUNCTION @extschema@.vega_lite_segments(m jsonb, o jsonb, cols jsonb, pixels integer, span numeric) RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE
	SET search_path = pg_catalog, @extschema@, pg_temp AS $$
	SELECT jsonb_build_array(
		jsonb_build_object('mark', '{"type": "bar", "stroke": "white", "strokeWidth": 0.5}'::jsonb, 'encoding', jsonb_build_object(
			'x', '{"field": "from", "type": "quantitative"}'::jsonb, 'x2', '{"field": "to"}'::jsonb, 'color', vega_lite_legend(cols, 'col', o -> 'col_title', false, pixels),
			'tooltip', vega_lite_tooltip(m, o, '{row_label,col_label,n,row_pct}'))),
		vega_lite_figures('{"x": {"field": "middle", "type": "quantitative"}}')
			|| jsonb_build_object('transform', jsonb_build_array(jsonb_build_object('filter', format('(datum.to - datum.from) * width > %s * (7 * length(datum.shown) + 4)', span)))))
$$;
COMMENT ON FUNCTION @extschema@.vega_lite_segments(jsonb, jsonb, jsonb, integer, numeric) IS
'The marks of stacked and diverging bars: segments with a legend at most so many pixels wide, and their percentages where the segment is wide enough on an axis of that span.';

CREATE FUNCTION @extschema@.vega_lite_stacked(m jsonb, o jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE
	SET search_path = pg_catalog, @extschema@, pg_temp AS $$
	SELECT vega_lite_frame(m, o) || jsonb_build_object(
		'height', a.height,
		'data', jsonb_build_object('values', (
			SELECT jsonb_agg(vega_lite_segment(c, colour, before) ORDER BY row_place, i)
			FROM (SELECT c AS c, k.colour, c.row_place, k.ordinality AS i, sum(c.row_pct) OVER (PARTITION BY c."row" ORDER BY k.ordinality) - c.row_pct AS before
				  FROM jsonb_populate_recordset(NULL::vega_lite_cell, m -> 'cells') AS c
					   JOIN jsonb_populate_recordset(NULL::vega_lite_category, cols) WITH ORDINALITY AS k ON k.code = c.col) AS s)),
		'encoding', jsonb_build_object('y', a.encoding, 'x', jsonb_build_object('title', w -> 'row_pct', 'axis', '{"tickCount": 6}'::jsonb, 'scale', '{"domain": [0, 100]}'::jsonb)),
		'layer', vega_lite_segments(m, o, cols, (o ->> 'page')::integer - a.pixels, 100))
	FROM vega_lite_words(o ->> 'lang') AS w, vega_lite_axis(m -> 'rows', 'row', o -> 'row_title', o, true, 26) AS a, vega_lite_coloured(m -> 'cols', m ->> 'col_kind') AS cols
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
				   FROM jsonb_populate_recordset(NULL::vega_lite_category, vega_lite_coloured(m -> 'cols', 'diverging')) WITH ORDINALITY) AS k ON k.code = c.col
	), line AS (
		SELECT row_place, coalesce(sum(row_pct * left_part) FILTER (WHERE NOT off_scale), 0) AS left_pct, coalesce(sum(row_pct * (1 - left_part)) FILTER (WHERE NOT off_scale), 0) AS right_pct,
			   coalesce(sum(row_pct) FILTER (WHERE off_scale), 0) AS off_pct
		FROM cell GROUP BY row_place
	), extent AS (
		SELECT -least(100, greatest(10, 10 * ceil(max(left_pct) / 10))) AS low, least(100, greatest(10, 10 * ceil(max(right_pct) / 10))) AS high,
			   least(100, 10 * ceil(max(off_pct) / 10)) AS off_scale FROM line
	), axis AS (
		SELECT low, high, high + 10 AS aside, high + CASE WHEN off_scale > 0 THEN 10 + off_scale ELSE 0 END AS last FROM extent
	)
	SELECT vega_lite_frame(m, o) || jsonb_build_object(
		'height', a.height,
		'data', jsonb_build_object('values', (
			SELECT jsonb_agg(vega_lite_segment(cell.c, cell.colour, CASE WHEN cell.off_scale THEN x.aside ELSE -line.left_pct END + cell.before) ORDER BY row_place, i)
			FROM cell JOIN line USING (row_place))),
		'encoding', jsonb_build_object('y', a.encoding, 'x', jsonb_build_object('title', w -> 'row_pct',
			'axis', jsonb_build_object('values', (SELECT jsonb_agg(v ORDER BY v) FROM (SELECT v FROM generate_series(-100, 100, 20) AS v WHERE v BETWEEN x.low AND x.high
																							UNION ALL SELECT x.aside + v FROM generate_series(0, 100, 20) AS v WHERE x.aside + v <= x.last) AS g),
									   'labelExpr', format('datum.value > %s ? datum.value - %s : abs(datum.value)', x.high, x.aside)),
			'scale', jsonb_build_object('domain', jsonb_build_array(x.low, x.last), 'nice', false))),
		'layer', jsonb_build_array(
			jsonb_build_object('data', jsonb_build_object('values', (SELECT jsonb_agg(jsonb_build_object('line', v)) FROM unnest(ARRAY[0, x.aside]) AS v WHERE v < x.last)),
				'mark', '{"type": "rule", "color": "#333333"}'::jsonb, 'encoding', '{"x": {"field": "line", "type": "quantitative"}, "y": {"value": 0}, "y2": {"value": "height"}}'::jsonb))
			|| vega_lite_segments(m, o, vega_lite_coloured(m -> 'cols', 'diverging'), (o ->> 'page')::integer - a.pixels, x.last - x.low))
	FROM vega_lite_words(o ->> 'lang') AS w, vega_lite_axis(m -> 'rows', 'row', o -> 'row_title', o, true, 26) AS a, axis AS x
$$;
COMMENT ON FUNCTION @extschema@.vega_lite_diverging(jsonb, jsonb) IS
'A table with ordinal columns as bars that diverge from the middle of the scale, with what is off the scale at the side, for vega_lite(). Source: Heiberger and Robbins (2014), J. Stat. Software 57(5).';

-- Bars and dots side by side.

CREATE FUNCTION @extschema@.vega_lite_grouped(m jsonb, o jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE
	SET search_path = pg_catalog, @extschema@, pg_temp AS $$
	-- A group of bars for each row, one a column; of multi-select answers for each option, one a group of respondents.
	SELECT vega_lite_frame(m, o) || jsonb_build_object(
		'height', a.height,
		'data', jsonb_build_object('values', (
			SELECT jsonb_agg(jsonb_build_object('row', c."row", 'row_label', c.row_label, 'col', c.col, 'col_label', c.col_label, 'n', c.n, 'row_pct', c.row_pct, 'shown', coalesce(round(c.row_pct) || '%', ''))
							 ORDER BY CASE WHEN s.sets THEN c.col_place ELSE c.row_place END, c.row_place, c.col_place)
			FROM jsonb_populate_recordset(NULL::vega_lite_cell, m -> 'cells') AS c)),
		'encoding', jsonb_build_object('y', a.encoding, 'yOffset', jsonb_build_object('field', s.inside, 'type', 'nominal', 'scale', jsonb_build_object('domain', vega_lite_codes(colours), 'paddingInner', 0.1)),
									   'x', x || '{"field": "row_pct", "type": "quantitative"}'),
		'layer', jsonb_build_array(
			jsonb_build_object('mark', '{"type": "bar"}'::jsonb, 'encoding', jsonb_build_object(
				'color', vega_lite_legend(colours, s.inside, o -> (s.inside || '_title'), s.sets, (o ->> 'page')::integer - a.pixels),
				'tooltip', vega_lite_tooltip(m, o, '{row_label,col_label,n,row_pct}'))),
			jsonb_build_object('mark', '{"type": "text", "align": "left", "baseline": "middle", "dx": 4, "fontSize": 10, "color": "#333333"}'::jsonb,
				'encoding', '{"text": {"field": "shown", "type": "nominal"}}'::jsonb)))
	FROM vega_lite_words(o ->> 'lang') AS w,
		 LATERAL (SELECT (m ->> 'sets')::boolean AS sets, CASE WHEN (m ->> 'sets')::boolean THEN 'row' ELSE 'col' END AS inside, CASE WHEN (m ->> 'sets')::boolean THEN 'col' ELSE 'row' END AS outside) AS s,
		 vega_lite_coloured(m -> (s.inside || 's'), m ->> (s.inside || '_kind')) AS colours,
		 vega_lite_axis(m -> (s.outside || 's'), s.outside, o -> (s.outside || '_title'), o, NOT s.sets, 13 * jsonb_array_length(colours) + 10) AS a,
		 vega_lite_percent_axis((SELECT max(row_pct) FROM jsonb_populate_recordset(NULL::vega_lite_cell, m -> 'cells')), (o ->> 'page')::integer - a.pixels, 4,
								w -> CASE WHEN s.sets THEN 'respondent_pct' ELSE 'row_pct' END) AS x
$$;
COMMENT ON FUNCTION @extschema@.vega_lite_grouped(jsonb, jsonb) IS 'A table as groups of horizontal bars, for vega_lite().';

CREATE FUNCTION @extschema@.vega_lite_dot(m jsonb, o jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE
	SET search_path = pg_catalog, @extschema@, pg_temp AS $$
	-- Of two columns the share of the last on the scale; of more a panel for each, three a line.
	WITH col AS (
		SELECT c.*, round(100 * c.n / nullif((m ->> 'n')::numeric, 0), 4) AS overall
		FROM jsonb_populate_recordset(NULL::vega_lite_category, m -> 'cols') WITH ORDINALITY AS c
		WHERE jsonb_array_length(m -> 'cols') <> 2 OR (m ->> 'sets')::boolean
			OR ordinality = (SELECT max(ordinality) FROM jsonb_populate_recordset(NULL::vega_lite_category, m -> 'cols') WITH ORDINALITY AS k
							 WHERE NOT off_scale OR NOT EXISTS (SELECT FROM jsonb_populate_recordset(NULL::vega_lite_category, m -> 'cols') AS l WHERE NOT l.off_scale))
	), drawn AS (
		SELECT jsonb_agg(jsonb_build_object('row', c."row", 'row_label', c.row_label, 'col', c.col, 'col_label', c.col_label, 'n', c.n, 'row_pct', c.row_pct, 'shown', coalesce(round(c.row_pct) || '%', ''))
						 || i ORDER BY col.ordinality, c.row_place) AS data, max((i ->> 'high')::numeric) AS largest
		FROM jsonb_populate_recordset(NULL::vega_lite_cell, m -> 'cells') AS c JOIN col ON col.code = c.col, vega_lite_interval(c.n, c.row_n, o) AS i
	), view AS (
		SELECT a.height, jsonb_build_object('y', a.encoding) AS encoding, jsonb_build_array(
			jsonb_build_object('mark', '{"type": "rule", "strokeWidth": 2, "color": "#0072b2"}'::jsonb, 'encoding', jsonb_build_object('x', x || '{"field": "low", "type": "quantitative"}', 'x2', '{"field": "high"}'::jsonb)),
			jsonb_build_object('mark', '{"type": "point", "filled": true, "size": 80, "opacity": 1, "color": "#0072b2"}'::jsonb, 'encoding', jsonb_build_object('x', x || '{"field": "row_pct", "type": "quantitative"}',
							   'tooltip', vega_lite_tooltip(m, o, '{row_label,col_label,n,row_pct,low,high}'))),
			jsonb_build_object('mark', '{"type": "text", "align": "left", "baseline": "middle", "dx": 5, "fontSize": 11, "color": "#333333"}'::jsonb, 'encoding', jsonb_build_object(
							   'x', x || '{"field": "high", "type": "quantitative"}', 'text', '{"field": "shown", "type": "nominal"}'::jsonb))) AS layer, x,
			   page.panels, page.pixels AS panel
		FROM vega_lite_words(o ->> 'lang') AS w, vega_lite_axis(m -> 'rows', 'row', o -> 'row_title', o, true, 26) AS a, drawn,
			 LATERAL (SELECT panels, ((o ->> 'page')::integer - a.pixels) / panels - 20 * (panels > 1)::integer AS pixels
					  FROM (SELECT greatest(1, least((SELECT count(*) FROM col), ((o ->> 'page')::integer - a.pixels) / 140))::integer AS panels) AS p) AS page,
			 vega_lite_percent_axis(drawn.largest, page.pixels, 4,
									CASE WHEN (SELECT count(*) FROM col) = 1 THEN to_jsonb(concat((o ->> 'col_title') || ': ', format(w ->> 'share_of', (SELECT label FROM col))))
										 ELSE w -> CASE WHEN (m ->> 'sets')::boolean THEN 'respondent_pct' ELSE 'row_pct' END END) AS x
	), frame AS (
		-- In words too only what is drawn.
		SELECT vega_lite_frame(jsonb_set(m, '{cells}', (SELECT jsonb_agg(c ORDER BY i) FROM jsonb_array_elements(m -> 'cells') WITH ORDINALITY AS x(c, i), col WHERE c ->> 'col' = col.code)),
							   o, CASE WHEN (SELECT count(*) FROM col) = 1 AND NOT (m ->> 'sets')::boolean THEN ARRAY[concat(vega_lite_interval_note(m, o), w ->> 'stop', w ->> 'overall')]
										  ELSE ARRAY[vega_lite_interval_note(m, o)] END) AS frame
		FROM vega_lite_words(o ->> 'lang') AS w
	)
	SELECT CASE WHEN (SELECT count(*) FROM col) = 1 THEN
			frame || jsonb_build_object('height', view.height, 'data', jsonb_build_object('values', drawn.data), 'encoding', view.encoding, 'layer',
				CASE WHEN (m ->> 'sets')::boolean THEN '[]' ELSE jsonb_build_array(jsonb_build_object('data', jsonb_build_object('values', (SELECT jsonb_agg(jsonb_build_object('overall', overall)) FROM col)),
					'mark', '{"type": "rule", "strokeDash": [4, 3], "color": "#888888"}'::jsonb, 'encoding', jsonb_build_object('x', x || '{"field": "overall", "type": "quantitative"}', 'y', '{"value": 0}'::jsonb, 'y2', '{"value": "height"}'::jsonb))) END
				|| view.layer)
		ELSE frame - 'width' - 'autosize' || jsonb_build_object('data', jsonb_build_object('values', drawn.data), 'columns', view.panels, 'resolve', '{"axis": {"x": "independent"}}'::jsonb,
			'facet', jsonb_build_object('field', 'col', 'type', 'nominal', 'title', o -> 'col_title', 'sort', (SELECT jsonb_agg(code ORDER BY ordinality) FROM col),
										'header', '{"labelLimit": 0, "labelFontSize": 11, "titleFontSize": 11, "titleFontWeight": "normal", "labelLineHeight": 13}'::jsonb || jsonb_build_object('labelExpr', l.expr)),
			'spec', jsonb_build_object('width', greatest(60, view.panel), 'height', view.height, 'encoding', view.encoding, 'layer', view.layer)) END
	FROM view, drawn, frame, vega_lite_labels((SELECT jsonb_agg(to_jsonb(col) ORDER BY ordinality) FROM col), greatest(16, view.panel / 6)) AS l
$$;
COMMENT ON FUNCTION @extschema@.vega_lite_dot(jsonb, jsonb) IS
'The share of a column in each row as dots with intervals, of the last of two columns or in a panel for each of more, for vega_lite().';

-- Maps.

CREATE FUNCTION @extschema@.vega_lite_heatmap(m jsonb, o jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE
	SET search_path = pg_catalog, @extschema@, pg_temp AS $$
	WITH measure AS (
		SELECT CASE WHEN o ->> 'kind' = 'residuals' THEN 'adj_residual' WHEN m ->> 'row_kind' = 'multi' AND m ->> 'col_kind' <> 'multi' THEN 'col_pct' ELSE 'row_pct' END AS field,
			   vega_lite_palette(CASE o ->> 'kind' WHEN 'residuals' THEN 'residuals' ELSE 'heat' END) AS palette
	), cell AS (
		SELECT c.*, (to_jsonb(c) ->> field)::numeric AS value FROM measure, jsonb_populate_recordset(NULL::vega_lite_cell, m -> 'cells') AS c
	), extent AS (
		SELECT CASE o ->> 'kind' WHEN 'residuals' THEN -greatest(4, ceil(max(abs(value)))) ELSE 0 END AS low,
			   CASE o ->> 'kind' WHEN 'residuals' THEN greatest(4, ceil(max(abs(value)))) ELSE greatest(1, ceil(max(value))) END AS high FROM cell
	), inks AS (
		SELECT array_agg(vega_lite_ink(vega_lite_mix(palette, i / 40.0)) ORDER BY i) AS ink FROM measure, generate_series(0, 40) AS i
	), page AS (
		SELECT a.*, ((o ->> 'page')::integer - a.pixels) / jsonb_array_length(m -> 'cols') AS cell_width
		FROM vega_lite_axis(m -> 'rows', 'row', o -> 'row_title', o, true, 24) AS a
	), heads AS (
		-- Upright where no word must be broken.
		SELECT l.*, u.upright
		FROM page, LATERAL (SELECT cell_width >= 40 AND coalesce(max(length(word)), 0) * 7 <= cell_width AS upright
							FROM jsonb_populate_recordset(NULL::vega_lite_category, m -> 'cols') AS c, regexp_split_to_table(c.label, '[^!-~]+') AS word) AS u,
			 LATERAL vega_lite_labels(m -> 'cols', CASE WHEN u.upright THEN cell_width / 7 ELSE 24 END, false, CASE WHEN u.upright THEN 5 ELSE 1 END) AS l
	)
	SELECT vega_lite_frame(m, o, CASE WHEN (m ->> 'sets')::boolean THEN '{}' ELSE ARRAY[w ->> 'marks'] END) || jsonb_build_object(
		'height', page.height, 'padding', CASE WHEN heads.upright THEN '5' ELSE '{"left": 5, "top": 5, "bottom": 5, "right": 20}'::jsonb END,
		'data', jsonb_build_object('values', (
			SELECT jsonb_agg(jsonb_build_object('row', c."row", 'row_label', c.row_label, 'col', c.col, 'col_label', c.col_label, 'n', c.n)
							 || jsonb_build_object(CASE WHEN field = 'col_pct' THEN 'col_pct' ELSE 'row_pct' END, CASE WHEN field = 'col_pct' THEN c.col_pct ELSE c.row_pct END)
							 || CASE WHEN (m ->> 'sets')::boolean THEN '{}' ELSE jsonb_build_object('adj_residual', c.adj_residual) END
							 || jsonb_build_object('shown', coalesce(CASE o ->> 'kind' WHEN 'residuals' THEN CASE WHEN value > 0 THEN '+' ELSE '' END || vega_lite_number(value, 1)
																	ELSE round(value) || '%' END, '–') || CASE WHEN c.adj_residual > 2 THEN ' ▲' WHEN c.adj_residual < -2 THEN ' ▼' ELSE '' END,
												   'ink', coalesce(ink[1 + round(40 * (value - low) / (high - low))::integer], '#000000')) ORDER BY c.row_place, c.col_place)
			FROM cell AS c, inks)),
		'encoding', jsonb_build_object('y', jsonb_set(page.encoding, '{scale}', (page.encoding -> 'scale') || '{"paddingInner": 0, "paddingOuter": 0}'),
			'x', jsonb_build_object('field', 'col', 'type', 'nominal', 'title', o -> 'col_title', 'scale', jsonb_build_object('domain', vega_lite_codes(m -> 'cols'), 'paddingInner', 0, 'paddingOuter', 0),
				'axis', '{"orient": "top", "labelLimit": 0, "labelLineHeight": 13}'::jsonb || jsonb_build_object('labelExpr', heads.expr)
						|| CASE WHEN heads.upright THEN jsonb_build_object('labelAngle', 0, 'labelPadding', heads.padding) ELSE '{"labelAngle": -50, "labelAlign": "left", "labelPadding": 4}' END)),
		'layer', jsonb_build_array(
			jsonb_build_object('mark', '{"type": "rect", "stroke": "white", "strokeWidth": 1}'::jsonb, 'encoding', jsonb_build_object(
				'color', jsonb_build_object('field', field, 'type', 'quantitative', 'title', w -> field,
					'scale', jsonb_build_object('range', palette, 'domain', (SELECT jsonb_agg(round(low + (high - low) * i / (cardinality(palette) - 1), 4)) FROM generate_series(0, cardinality(palette) - 1) AS i)),
					'legend', '{"orient": "bottom", "direction": "horizontal", "gradientLength": 180, "gradientThickness": 10, "titleOrient": "left"}'::jsonb),
				'tooltip', vega_lite_tooltip(m, o, ARRAY['row_label', 'col_label', 'n', CASE WHEN field = 'col_pct' THEN 'col_pct' ELSE 'row_pct' END]
											 || CASE WHEN (m ->> 'sets')::boolean THEN '{}'::text[] ELSE '{adj_residual}' END))))
			|| CASE WHEN cell_width < 32 THEN '[]' ELSE vega_lite_figures() END)
	FROM vega_lite_words(o ->> 'lang') AS w, measure, extent, page, heads
$$;
COMMENT ON FUNCTION @extschema@.vega_lite_heatmap(jsonb, jsonb) IS
'A table as a heat map of percentages or, for kind residuals, of adjusted residuals, with marks where these are beyond 2, for vega_lite().';

CREATE FUNCTION @extschema@.vega_lite_mosaic(m jsonb, o jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE
	SET search_path = pg_catalog, @extschema@, pg_temp AS $$
	-- Rows are strips as high as their share of the answers, with gaps between them; within them columns are as wide as their share of the row.
	WITH line AS (
		SELECT r.*, (sum(r.n) OVER (ORDER BY i) - r.n) * scale + (i - 1) AS top, sum(r.n) OVER (ORDER BY i) * scale + (i - 1) AS bottom
		FROM (SELECT r.*, row_number() OVER (ORDER BY ordinality) AS i, (101 - count(*) OVER ()) / sum(r.n) OVER () AS scale
			  FROM jsonb_populate_recordset(NULL::vega_lite_category, m -> 'rows') WITH ORDINALITY AS r WHERE r.n > 0) AS r
	), cell AS (
		SELECT c.*, k.ordinality AS k, line.i, round(line.top, 4) AS top, round(line.bottom, 4) AS bottom, sum(c.row_pct) OVER (PARTITION BY c."row" ORDER BY k.ordinality) - c.row_pct AS "from"
		FROM jsonb_populate_recordset(NULL::vega_lite_cell, m -> 'cells') AS c
			 JOIN jsonb_populate_recordset(NULL::vega_lite_category, m -> 'cols') WITH ORDINALITY AS k ON k.code = c.col JOIN line ON line.code = c."row"
	), size AS (
		SELECT a.pixels, greatest(260, least(640, 36 * count(*)))::integer AS height, (o ->> 'page')::integer - a.pixels AS width
		FROM line, vega_lite_axis(m -> 'rows', 'row', NULL, o, true, 26) AS a GROUP BY a.pixels
	), row_labels AS (
		SELECT jsonb_agg(to_jsonb(line) ORDER BY i) AS categories, to_jsonb(vega_lite_spread(array_agg(greatest((top + bottom) / 2, 700.0 / size.height) ORDER BY i), 1600.0 / min(size.height), 100)) AS places FROM line, size
	), col_labels AS (
		-- Above the tiles of the first row: slanted where a label is wider than its tile.
		SELECT jsonb_agg(to_jsonb(c) ORDER BY k) AS categories, bool_and(vega_lite_columns(c.label) * 6.2 < row_pct / 100 * size.width) AS upright,
			   to_jsonb(vega_lite_spread(array_agg("from" + row_pct / 2 ORDER BY k), CASE WHEN bool_and(vega_lite_columns(c.label) * 6.2 < row_pct / 100 * size.width) THEN 0
										 ELSE (100 + 1600.0 * min(greatest(1, least(3, 16 / count, ceil(longest / 30.0))))) / min(size.width) END, 100)) AS places,
			   min(greatest(1, least(3, 16 / count)))::integer AS lines
		FROM (SELECT cell.*, col_label AS label, col AS code, col_place AS place, count(*) OVER () AS count, max(vega_lite_columns(col_label)) OVER () AS longest FROM cell WHERE i = 1) AS c, size
	)
	SELECT vega_lite_frame(m, o, ARRAY[w ->> 'areas']) || jsonb_build_object(
		'height', size.height,
		'data', jsonb_build_object('values', (
			SELECT jsonb_agg(jsonb_build_object('row', "row", 'row_label', row_label, 'col', col, 'col_label', col_label, 'n', n, 'row_pct', row_pct, 'residual', residual,
												'from', round("from", 4), 'to', round("from" + row_pct, 4), 'middle', round("from" + row_pct / 2, 4), 'top', top, 'bottom', bottom, 'centre', round((top + bottom) / 2, 4),
												'shown', vega_lite_number(n), 'ink', CASE WHEN abs(residual) > 4 THEN '#ffffff' ELSE '#000000' END) ORDER BY i, k) FROM cell)),
		'encoding', jsonb_build_object(
			'x', jsonb_build_object('type', 'quantitative', 'title', o -> 'col_title', 'scale', '{"domain": [0, 100], "nice": false}'::jsonb,
				'axis', '{"orient": "top", "grid": false, "labelLimit": 0, "labelLineHeight": 13, "labelOverlap": false, "labelBound": false, "labelFlush": false}'::jsonb || jsonb_build_object('values', cl.places, 'labelExpr', xl.expr, 'labelPadding', xl.padding,
						'labelAngle', CASE WHEN cl.upright THEN 0 ELSE 40 END, 'labelAlign', CASE WHEN cl.upright THEN 'center' ELSE 'right' END)),
			'y', jsonb_build_object('type', 'quantitative', 'title', o -> 'row_title', 'scale', '{"domain": [0, 100], "nice": false, "reverse": true}'::jsonb,
				'axis', '{"grid": false, "labelLimit": 0, "labelLineHeight": 13, "labelOverlap": false, "labelFlush": false, "titleAngle": 0, "titleAlign": "right", "titleX": -6, "titleY": -6, "titleBaseline": "bottom"}'::jsonb
						|| jsonb_build_object('values', rl.places, 'labelExpr', yl.expr, 'labelOffset', yl."offset"))),
		'layer', jsonb_build_array(
			jsonb_build_object('mark', '{"type": "rect", "stroke": "white", "strokeWidth": 1}'::jsonb, 'encoding', jsonb_build_object(
				'x', '{"field": "from", "type": "quantitative"}'::jsonb, 'x2', '{"field": "to"}'::jsonb, 'y', '{"field": "top", "type": "quantitative"}'::jsonb, 'y2', '{"field": "bottom"}'::jsonb,
				'color', jsonb_build_object('field', 'residual', 'type', 'quantitative', 'title', w -> 'residual',
					'scale', jsonb_build_object('type', 'threshold', 'domain', '[-4, -2, 2, 4]'::jsonb, 'range', vega_lite_palette('residuals')),
					'legend', '{"orient": "bottom", "direction": "horizontal", "gradientLength": 200, "gradientThickness": 10, "titleOrient": "left"}'::jsonb),
				'tooltip', vega_lite_tooltip(m, o, '{row_label,col_label,n,row_pct,residual}'))),
			vega_lite_figures('{"x": {"field": "middle", "type": "quantitative"}, "y": {"field": "centre", "type": "quantitative"}}')
			|| '{"transform": [{"filter": "(datum.to - datum.from) * width > 100 * (7 * length(datum.shown) + 4) && (datum.bottom - datum.top) * height > 1300"}]}'))
	FROM vega_lite_words(o ->> 'lang') AS w, size, row_labels AS rl, col_labels AS cl, vega_lite_labels(rl.categories, 32, true, 2, rl.places) AS yl,
		 vega_lite_labels(cl.categories, 30, false, cl.lines, cl.places) AS xl
$$;
COMMENT ON FUNCTION @extschema@.vega_lite_mosaic(jsonb, jsonb) IS
'A table as a mosaic plot, whose areas are counts, shaded by Pearson residuals beyond 2 and 4, for vega_lite(). Sources: Friendly (1994), JASA 89; Zeileis, Meyer and Hornik (2007), J. Comp. Graph. Statistics 16.';

CREATE FUNCTION @extschema@.vega_lite(t @extschema@.xtab, kind text DEFAULT NULL, lang text DEFAULT 'en', title text DEFAULT NULL, row_title text DEFAULT NULL,
									  col_title text DEFAULT NULL, width integer DEFAULT NULL, conf_level float8 DEFAULT 0.95, row_labels text[] DEFAULT NULL,
									  col_labels text[] DEFAULT NULL)
	RETURNS jsonb LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, @extschema@, pg_temp AS $$
DECLARE
	shape jsonb := vega_lite_shape(t);
	kinds text[] := vega_lite_kinds(shape);
	chosen text := coalesce(kind, kinds[1]);
	turned boolean;
	max_rows integer;
	max_cols integer;
	m jsonb;
	o jsonb;
BEGIN
	IF t IS NULL OR lang IS NULL OR conf_level IS NULL THEN
		RETURN NULL;
	END IF;
	IF lang NOT IN ('en', 'ja') THEN
		RAISE EXCEPTION USING ERRCODE = '22023', MESSAGE = format('language "%s" is not known', lang), HINT = 'Languages are en and ja.';
	END IF;
	IF width NOT BETWEEN 120 AND 10000 THEN
		RAISE EXCEPTION USING ERRCODE = '22023', MESSAGE = format('a chart cannot be %s pixels wide', width), HINT = 'Give a width from 120 to 10000, or NULL for that of the page.';
	END IF;
	IF NOT (conf_level > 0 AND conf_level < 1) THEN
		RAISE EXCEPTION USING ERRCODE = '22023', MESSAGE = format('confidence level %s is not between 0 and 1', conf_level), HINT = 'Write 0.95 for 95 %.';
	END IF;
	IF NOT chosen = ANY (kinds) THEN
		RAISE EXCEPTION USING ERRCODE = '22023', MESSAGE = format('a chart of kind "%s" does not fit this table', chosen),
			DETAIL = CASE
				WHEN NOT chosen = ANY ('{bar,dot,stacked,diverging,grouped,heatmap,residuals,mosaic}') THEN 'There is no such kind.'
				WHEN (shape ->> 'one_way')::boolean THEN format('The table has one %s variable.', shape ->> 'row_kind')
				ELSE format('The table has two variables: %s rows (%s) and %s columns (%s).', shape ->> 'rows', shape ->> 'row_kind', shape ->> 'cols', shape ->> 'col_kind') END,
			HINT = format('Kinds that fit it: %s.', array_to_string(kinds, ', '));
	END IF;
	-- Groups are compared within options, whichever stand in the rows.
	turned := chosen IN ('grouped', 'dot') AND coalesce(shape ->> 'row_kind' = 'multi' AND shape ->> 'col_kind' <> 'multi', false);
	IF turned THEN
		t := transpose(t);
		shape := vega_lite_shape(t);
	END IF;
	max_rows := CASE chosen WHEN 'grouped' THEN CASE WHEN shape ->> 'col_kind' = 'multi' THEN 8 ELSE 20 END WHEN 'mosaic' THEN 20 WHEN 'heatmap' THEN 60 WHEN 'residuals' THEN 60 ELSE 40 END;
	max_cols := CASE WHEN chosen IN ('heatmap', 'residuals') OR shape ->> 'col_kind' = 'multi' THEN 40 WHEN chosen IN ('dot', 'mosaic') OR shape ->> 'col_kind' = 'ordinal' THEN 12 ELSE 8 END;
	o := jsonb_build_object('kind', chosen, 'lang', lang, 'title', title, 'row_title', CASE WHEN turned THEN col_title ELSE row_title END,
							'col_title', CASE WHEN turned THEN row_title ELSE col_title END, 'conf_level', conf_level, 'page', coalesce(width, 640))
		|| CASE WHEN width IS NULL THEN '{}' ELSE jsonb_build_object('width', width) END;
	m := vega_lite_model(t, shape, lang, CASE WHEN turned THEN col_labels ELSE row_labels END, CASE WHEN turned THEN row_labels ELSE col_labels END, max_rows, max_cols,
						 chosen IN ('stacked', 'diverging', 'grouped', 'mosaic') AND shape ->> 'col_kind' <> 'multi');
	IF (m ->> 'n')::numeric = 0 THEN
		RETURN vega_lite_empty(m, o);
	END IF;
	RETURN CASE chosen
		WHEN 'bar' THEN vega_lite_one_way(m, o)
		WHEN 'dot' THEN CASE WHEN (shape ->> 'one_way')::boolean THEN vega_lite_one_way(m, o) ELSE vega_lite_dot(m, o) END
		WHEN 'stacked' THEN vega_lite_stacked(m, o)
		WHEN 'diverging' THEN vega_lite_diverging(m, o)
		WHEN 'grouped' THEN vega_lite_grouped(m, o)
		WHEN 'mosaic' THEN vega_lite_mosaic(m, o)
		ELSE vega_lite_heatmap(m, o) END;
END $$;
COMMENT ON FUNCTION @extschema@.vega_lite(@extschema@.xtab, text, text, text, text, text, integer, float8, text[], text[]) IS
'The table as a chart: a Vega-Lite specification (version 5) with its data in it, for notebooks, BI tools and web pages. kind, of one variable: bar (default; counts and percentages, names without an order most frequent first) or dot (shares with Wilson''s intervals); of two: stacked (100 % bars, a row each), diverging (ordinal columns around the middle of their scale, off-scale answers at the side), grouped, dot (share of the last of two columns, or a panel a column), heatmap (percentages), residuals (adjusted residuals), mosaic (areas are counts, shaded by Pearson residuals); of multi-select answers: bar, dot, grouped and heatmap in percent of the respondents. NULL takes the aptest, the first of vega_lite_kinds(). Words and labels of scales are English (lang en) or Japanese (ja); row_labels and col_labels replace labels, those of options a, b, c and so on, or of all categories in order. width is in pixels, NULL that of the page it is shown on (640 for panels). conf_level is that of intervals, which take weights as counts. The description is a text alternative with the largest figures. Of many categories the most frequent are drawn, and the subtitle says what is left out. A table without answers gives a chart that says so. NULL if the table, lang or conf_level is NULL; error 22023 for a kind that does not fit, another language, a width outside 120 to 10000 or a confidence level outside 0 to 1. Sources: Satyanarayan et al. (2017), IEEE TVCG 23(1); Heiberger and Robbins (2014).';
