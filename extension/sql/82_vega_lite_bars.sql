/*
 * Charts of bars and dots.  m is the model of vega_lite_model(), o the arguments of vega_lite(); each adds its data and marks to the frame.
 */

CREATE FUNCTION @extschema@.vega_lite_layer(mark jsonb, encoding jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE
	RETURN jsonb_build_object('mark', mark, 'encoding', encoding);
COMMENT ON FUNCTION @extschema@.vega_lite_layer(jsonb, jsonb) IS 'A layer of a chart: marks and where they get their looks from.';

CREATE FUNCTION @extschema@.vega_lite_quantity(field text, more jsonb DEFAULT '{}') RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE
	RETURN more || jsonb_build_object('field', field, 'type', 'quantitative');
COMMENT ON FUNCTION @extschema@.vega_lite_quantity(text, jsonb) IS
'The encoding of a number of the data, with more about its axis or scale.';

CREATE FUNCTION @extschema@.vega_lite_figures(encoding jsonb DEFAULT '{}') RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE
	SET search_path = pg_catalog, @extschema@, pg_temp AS $$
	SELECT vega_lite_layer('{"type": "text", "baseline": "middle", "fontSize": 11}', encoding || '{"text": {"field": "shown", "type": "nominal"},
						   "color": {"condition": {"test": "datum.ink == ''#ffffff''", "value": "#ffffff"}, "value": "#000000"}}')
$$;
COMMENT ON FUNCTION @extschema@.vega_lite_figures(jsonb) IS
'The layer of figures upon coloured areas, black or white as the ink of the datum says; encoding places them.';

CREATE FUNCTION @extschema@.vega_lite_figures_beside(encoding jsonb, size integer) RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE
	SET search_path = pg_catalog, @extschema@, pg_temp AS $$
	SELECT vega_lite_layer('{"type": "text", "align": "left", "baseline": "middle", "dx": 5}'::jsonb || jsonb_build_object('fontSize', size),
						   encoding || '{"text": {"field": "shown", "type": "nominal"}, "color": {"value": "#333333"}}')
$$;
COMMENT ON FUNCTION @extschema@.vega_lite_figures_beside(jsonb, integer) IS
'The layer of figures beside the ends of bars and lines; encoding places them.';

CREATE FUNCTION @extschema@.vega_lite_empty(m jsonb, o jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE
	SET search_path = pg_catalog, @extschema@, pg_temp AS $$
	SELECT vega_lite_frame(m, o) || jsonb_build_object(
		'height', 60, 'data', jsonb_build_object('values', jsonb_build_array(jsonb_build_object('shown', w -> 'empty'))))
		|| vega_lite_layer('{"type": "text", "fontSize": 14, "color": "#555555"}', '{"text": {"field": "shown", "type": "nominal"}}')
	FROM vega_lite_words(o ->> 'lang') AS w
$$;
COMMENT ON FUNCTION @extschema@.vega_lite_empty(jsonb, jsonb) IS 'What is drawn of a table without answers, for vega_lite().';

CREATE FUNCTION @extschema@.vega_lite_interval(n numeric, base numeric, o jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE
	SET search_path = pg_catalog, @extschema@, pg_temp AS $$
	SELECT jsonb_build_object('low', round((100 * conf_low)::numeric, 4), 'high', round((100 * conf_high)::numeric, 4))
	FROM proportion_ci(n::float8, base::float8, 'wilson', (o ->> 'conf_level')::float8)
$$;
COMMENT ON FUNCTION @extschema@.vega_lite_interval(numeric, numeric, jsonb) IS
'Wilson''s interval of n of base in percent, as low and high of a datum; NULLs where base is 0.';

CREATE FUNCTION @extschema@.vega_lite_one_way(m jsonb, o jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE
	SET search_path = pg_catalog, @extschema@, pg_temp AS $$
	-- Bars with counts and percentages at their ends, or dots on the lines of their intervals.
	WITH datum AS (
		SELECT c.*, r.off_scale, r.ordinality AS i, vega_lite_number(c.n) AS count, vega_lite_number(c.percent, 1) || '%' AS share, x.ends
		FROM vega_lite_cells(m) AS c JOIN vega_lite_categories(m -> 'rows') WITH ORDINALITY AS r ON r.code = c."row"
			 LEFT JOIN LATERAL vega_lite_interval(c.n, (m ->> 'n')::numeric, o) AS x(ends) ON o ->> 'kind' = 'dot'
	), drawn AS (
		SELECT jsonb_agg(jsonb_build_object('row', "row", 'row_label', row_label, 'n', n, 'percent', percent,
											'colour', CASE WHEN off_scale THEN '#8c8c8c' ELSE '#0072b2' END,
											'shown', CASE WHEN ends IS NULL THEN format('%s (%s)', count, share) ELSE share END)
						 || coalesce(ends, '{}') ORDER BY i) AS data,
			   max(coalesce((ends ->> 'high')::numeric, percent)) AS largest,
			   max(CASE WHEN ends IS NULL THEN length(count) + 8 ELSE 6 END) AS figures
		FROM datum
	)
	SELECT vega_lite_frame(m, o, CASE o ->> 'kind' WHEN 'dot' THEN ARRAY[vega_lite_interval_note(m, o)] ELSE '{}' END) || jsonb_build_object(
		'height', a.height, 'data', jsonb_build_object('values', drawn.data),
		'encoding', jsonb_build_object('y', a.encoding, 'color', '{"field": "colour", "type": "nominal", "scale": null}'::jsonb),
		'layer', CASE o ->> 'kind' WHEN 'dot' THEN jsonb_build_array(
				vega_lite_layer('{"type": "rule", "strokeWidth": 2}',
								jsonb_build_object('x', vega_lite_quantity('low', x), 'x2', '{"field": "high"}'::jsonb)),
				vega_lite_layer('{"type": "point", "filled": true, "size": 90, "opacity": 1}',
								jsonb_build_object('x', vega_lite_quantity('percent', x), 'tooltip', vega_lite_tooltip(m, o, '{row_label,n,percent,low,high}'))),
				vega_lite_figures_beside(jsonb_build_object('x', vega_lite_quantity('high', x)), 11))
			ELSE jsonb_build_array(
				vega_lite_layer('{"type": "bar"}',
								jsonb_build_object('x', vega_lite_quantity('percent', x), 'tooltip', vega_lite_tooltip(m, o, '{row_label,n,percent}'))),
				vega_lite_figures_beside(jsonb_build_object('x', vega_lite_quantity('percent', x)), 11)) END)
	FROM drawn, vega_lite_words(o ->> 'lang') AS w, vega_lite_axis(m -> 'rows', 'row', o -> 'row_title', o, false, 26) AS a,
		 vega_lite_percent_axis(drawn.largest, (o ->> 'page')::integer - a.pixels, drawn.figures,
								w -> CASE WHEN (m ->> 'sets')::boolean THEN 'respondent_pct' ELSE 'percent' END) AS x
$$;
COMMENT ON FUNCTION @extschema@.vega_lite_one_way(jsonb, jsonb) IS
'One variable as horizontal bars, or as dots with intervals, for vega_lite().';

-- Bars of segments.

CREATE FUNCTION @extschema@.vega_lite_datum(c @extschema@.vega_lite_cell) RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE
	RETURN jsonb_build_object('row', (c)."row", 'row_label', (c).row_label, 'col', (c).col, 'col_label', (c).col_label, 'n', (c).n,
							  'row_pct', (c).row_pct, 'shown', coalesce(round((c).row_pct)::text || '%', ''));
COMMENT ON FUNCTION @extschema@.vega_lite_datum(@extschema@.vega_lite_cell) IS
'The datum of a cell of a two-way table, which shows the percentage of the row.';

CREATE FUNCTION @extschema@.vega_lite_segment(c @extschema@.vega_lite_cell, colour text, "from" numeric) RETURNS jsonb
	LANGUAGE sql IMMUTABLE PARALLEL SAFE
	SET search_path = pg_catalog, @extschema@, pg_temp AS $$
	SELECT vega_lite_datum(c) || jsonb_build_object('ink', vega_lite_ink(colour), 'from', round("from", 4), 'to', round("from" + c.row_pct, 4),
													'middle', round("from" + c.row_pct / 2, 4))
$$;
COMMENT ON FUNCTION @extschema@.vega_lite_segment(@extschema@.vega_lite_cell, text, numeric) IS
'The datum of a segment of stacked or diverging bars that begins at from.';

CREATE FUNCTION @extschema@.vega_lite_segments(m jsonb, o jsonb, cols jsonb, pixels integer, span numeric) RETURNS jsonb
	LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, @extschema@, pg_temp AS $$
	SELECT jsonb_build_array(
		vega_lite_layer('{"type": "bar", "stroke": "white", "strokeWidth": 0.5}', jsonb_build_object(
			'x', vega_lite_quantity('from'), 'x2', '{"field": "to"}'::jsonb, 'color', vega_lite_legend(cols, 'col', o -> 'col_title', false, pixels),
			'tooltip', vega_lite_tooltip(m, o, '{row_label,col_label,n,row_pct}'))),
		vega_lite_figures(jsonb_build_object('x', vega_lite_quantity('middle'))) || jsonb_build_object('transform', jsonb_build_array(
			jsonb_build_object('filter', format('(datum.to - datum.from) * width > %s * (7 * length(datum.shown) + 4)', span)))))
$$;
COMMENT ON FUNCTION @extschema@.vega_lite_segments(jsonb, jsonb, jsonb, integer, numeric) IS
'The marks of stacked and diverging bars: segments with a legend at most so many pixels wide, and their percentages where the segment is wide enough on an axis of that span.';

CREATE FUNCTION @extschema@.vega_lite_stacked(m jsonb, o jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE
	SET search_path = pg_catalog, @extschema@, pg_temp AS $$
	WITH cols AS (
		SELECT vega_lite_coloured(m -> 'cols', m ->> 'col_kind') AS cols
	), cell AS (
		SELECT c AS c, k.colour, c.row_place, k.ordinality AS i,
			   sum(c.row_pct) OVER (PARTITION BY c."row" ORDER BY k.ordinality) - c.row_pct AS before
		FROM vega_lite_cells(m) AS c JOIN (SELECT k.* FROM cols, vega_lite_categories(cols) WITH ORDINALITY AS k) AS k ON k.code = c.col
	)
	SELECT vega_lite_frame(m, o) || jsonb_build_object(
		'height', a.height,
		'data', jsonb_build_object('values', (SELECT jsonb_agg(vega_lite_segment(c, colour, before) ORDER BY row_place, i) FROM cell)),
		'encoding', jsonb_build_object('y', a.encoding,
			'x', '{"axis": {"tickCount": 6}, "scale": {"domain": [0, 100]}}'::jsonb || jsonb_build_object('title', w -> 'row_pct')),
		'layer', vega_lite_segments(m, o, cols.cols, (o ->> 'page')::integer - a.pixels, 100))
	FROM cols, vega_lite_words(o ->> 'lang') AS w, vega_lite_axis(m -> 'rows', 'row', o -> 'row_title', o, true, 26) AS a
$$;
COMMENT ON FUNCTION @extschema@.vega_lite_stacked(jsonb, jsonb) IS 'A table as 100 % stacked horizontal bars, one a row, for vega_lite().';

CREATE FUNCTION @extschema@.vega_lite_diverging(m jsonb, o jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE
	SET search_path = pg_catalog, @extschema@, pg_temp AS $$
	-- Levels below the middle go to the left of zero and those above it to the right, a middle level half and half; what is off the scale
	-- begins at a line of its own.
	WITH cols AS (
		SELECT vega_lite_coloured(m -> 'cols', 'diverging') AS cols
	), category AS (
		SELECT k.*, count(*) FILTER (WHERE NOT off_scale) OVER () AS levels FROM cols, vega_lite_categories(cols) WITH ORDINALITY AS k
	), cell AS (
		SELECT c AS c, k.colour, k.off_scale, c.row_place, k.ordinality AS i, c.row_pct,
			   sum(c.row_pct) OVER (PARTITION BY c."row", k.off_scale ORDER BY k.ordinality) - c.row_pct AS before,
			   c.row_pct * CASE sign(2 * k.ordinality - k.levels - 1) WHEN -1 THEN 1 WHEN 0 THEN 0.5 ELSE 0 END AS left_pct
		FROM vega_lite_cells(m) AS c JOIN category AS k ON k.code = c.col
	), line AS (
		SELECT row_place, coalesce(sum(left_pct) FILTER (WHERE NOT off_scale), 0) AS left_pct,
			   coalesce(sum(row_pct - left_pct) FILTER (WHERE NOT off_scale), 0) AS right_pct, coalesce(sum(row_pct) FILTER (WHERE off_scale), 0) AS off_pct
		FROM cell GROUP BY row_place
	), extent AS (
		SELECT -least(100, greatest(10, 10 * ceil(max(left_pct) / 10))) AS low, least(100, greatest(10, 10 * ceil(max(right_pct) / 10))) AS high,
			   least(100, 10 * ceil(max(off_pct) / 10)) AS off_scale
		FROM line
	), axis AS (
		SELECT low, high, high + 10 AS aside, high + CASE WHEN off_scale > 0 THEN 10 + off_scale ELSE 0 END AS last FROM extent
	), tick AS (
		SELECT v FROM axis, generate_series(-100, 100, 20) AS v WHERE v BETWEEN low AND high
		UNION ALL
		SELECT aside + v FROM axis, generate_series(0, 100, 20) AS v WHERE aside + v <= last
	)
	SELECT vega_lite_frame(m, o) || jsonb_build_object(
		'height', a.height,
		'data', jsonb_build_object('values', (
			SELECT jsonb_agg(vega_lite_segment(c, colour, CASE WHEN off_scale THEN x.aside ELSE -line.left_pct END + before) ORDER BY row_place, i)
			FROM cell JOIN line USING (row_place))),
		'encoding', jsonb_build_object('y', a.encoding, 'x', jsonb_build_object(
			'title', w -> 'row_pct',
			'axis', jsonb_build_object('values', (SELECT jsonb_agg(v ORDER BY v) FROM tick),
									   'labelExpr', format('datum.value > %s ? datum.value - %s : abs(datum.value)', x.high, x.aside)),
			'scale', jsonb_build_object('domain', jsonb_build_array(x.low, x.last), 'nice', false))),
		'layer', jsonb_build_array(
			vega_lite_layer('{"type": "rule", "color": "#333333"}',
							jsonb_build_object('x', vega_lite_quantity('line'), 'y', '{"value": 0}'::jsonb, 'y2', '{"value": "height"}'::jsonb))
			|| jsonb_build_object('data', jsonb_build_object('values', (
				SELECT jsonb_agg(jsonb_build_object('line', v)) FROM unnest(ARRAY[0, x.aside]) AS v WHERE v < x.last))))
			|| vega_lite_segments(m, o, cols.cols, (o ->> 'page')::integer - a.pixels, x.last - x.low))
	FROM cols, axis AS x, vega_lite_words(o ->> 'lang') AS w, vega_lite_axis(m -> 'rows', 'row', o -> 'row_title', o, true, 26) AS a
$$;
COMMENT ON FUNCTION @extschema@.vega_lite_diverging(jsonb, jsonb) IS
'A table with ordinal columns as bars that diverge from the middle of the scale, with what is off the scale at the side, for vega_lite(). Source: Heiberger and Robbins (2014), J. Stat. Software 57(5).';

-- Side by side.

CREATE FUNCTION @extschema@.vega_lite_grouped(m jsonb, o jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE
	SET search_path = pg_catalog, @extschema@, pg_temp AS $$
	-- A group of bars for each row, one a column; of multi-select answers for each option, one a group of respondents.
	WITH side AS (
		SELECT sets, CASE WHEN sets THEN 'row' ELSE 'col' END AS inside, CASE WHEN sets THEN 'col' ELSE 'row' END AS outside
		FROM (SELECT (m ->> 'sets')::boolean AS sets) AS s
	)
	SELECT vega_lite_frame(m, o) || jsonb_build_object(
		'height', a.height,
		'data', jsonb_build_object('values', (
			SELECT jsonb_agg(vega_lite_datum(c) ORDER BY CASE WHEN sets THEN c.col_place ELSE c.row_place END, c.row_place, c.col_place)
			FROM vega_lite_cells(m) AS c)),
		'encoding', jsonb_build_object(
			'y', a.encoding, 'x', vega_lite_quantity('row_pct', x),
			'yOffset', jsonb_build_object('field', inside, 'type', 'nominal',
										  'scale', jsonb_build_object('domain', vega_lite_codes(colours), 'paddingInner', 0.1))),
		'layer', jsonb_build_array(
			vega_lite_layer('{"type": "bar"}', jsonb_build_object(
				'color', vega_lite_legend(colours, inside, o -> (inside || '_title'), sets, (o ->> 'page')::integer - a.pixels),
				'tooltip', vega_lite_tooltip(m, o, '{row_label,col_label,n,row_pct}'))),
			vega_lite_figures_beside('{}', 10)))
	FROM side, vega_lite_words(o ->> 'lang') AS w, vega_lite_coloured(m -> (inside || 's'), m ->> (inside || '_kind')) AS colours,
		 vega_lite_axis(m -> (outside || 's'), outside, o -> (outside || '_title'), o, NOT sets, 13 * jsonb_array_length(colours) + 10) AS a,
		 vega_lite_percent_axis((SELECT max(row_pct) FROM vega_lite_cells(m)), (o ->> 'page')::integer - a.pixels, 4,
								w -> CASE WHEN sets THEN 'respondent_pct' ELSE 'row_pct' END) AS x
$$;
COMMENT ON FUNCTION @extschema@.vega_lite_grouped(jsonb, jsonb) IS 'A table as groups of horizontal bars, for vega_lite().';

CREATE FUNCTION @extschema@.vega_lite_dot(m jsonb, o jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE
	SET search_path = pg_catalog, @extschema@, pg_temp AS $$
	-- Of two columns the share of the last on the scale, with that of all rows; of more columns a panel for each, as many a line as fit.
	WITH category AS (
		SELECT k.*, k.ordinality AS i, (m ->> 'sets')::boolean OR count(*) OVER () <> 2
			OR row_number() OVER (ORDER BY k.off_scale, k.ordinality DESC) = 1 AS drawn
		FROM vega_lite_categories(m -> 'cols') WITH ORDINALITY AS k
	), col AS (
		SELECT *, round(100 * n / nullif((m ->> 'n')::numeric, 0), 4) AS overall FROM category WHERE drawn
	), cols AS (
		SELECT jsonb_agg(to_jsonb(col) ORDER BY i) AS cols, count(*) AS k, min(label) AS label,
			   count(*) = 1 AND NOT (m ->> 'sets')::boolean AS single
		FROM col
	), datum AS (
		SELECT jsonb_agg(vega_lite_datum(c) || ends ORDER BY col.i, c.row_place) AS data, max((ends ->> 'high')::numeric) AS largest
		FROM vega_lite_cells(m) AS c JOIN col ON col.code = c.col, vega_lite_interval(c.n, c.row_n, o) AS ends
	), panel AS (
		SELECT a.encoding, a.height, panels, room / panels - 20 * (panels > 1)::integer AS width
		FROM cols, vega_lite_axis(m -> 'rows', 'row', o -> 'row_title', o, true, 26) AS a,
			 LATERAL (SELECT (o ->> 'page')::integer - a.pixels AS room) AS r, LATERAL (SELECT greatest(1, least(cols.k, room / 140))::integer AS panels) AS p
	), frame AS (
		-- In words too only what is drawn.
		SELECT vega_lite_frame(jsonb_set(m, '{cells}', (SELECT jsonb_agg(to_jsonb(c) ORDER BY c.row_place, c.col_place)
														FROM vega_lite_cells(m) AS c WHERE c.col IN (SELECT code FROM col))),
							   o, ARRAY[vega_lite_interval_note(m, o) || CASE WHEN single THEN (w ->> 'stop') || (w ->> 'overall') ELSE '' END]) AS frame
		FROM cols, vega_lite_words(o ->> 'lang') AS w
	), marks AS (
		SELECT x, jsonb_build_array(
			vega_lite_layer('{"type": "rule", "strokeWidth": 2, "color": "#0072b2"}',
							jsonb_build_object('x', vega_lite_quantity('low', x), 'x2', '{"field": "high"}'::jsonb)),
			vega_lite_layer('{"type": "point", "filled": true, "size": 80, "opacity": 1, "color": "#0072b2"}', jsonb_build_object(
							'x', vega_lite_quantity('row_pct', x), 'tooltip', vega_lite_tooltip(m, o, '{row_label,col_label,n,row_pct,low,high}'))),
			vega_lite_figures_beside(jsonb_build_object('x', vega_lite_quantity('high', x)), 11)) AS layer
		FROM datum, panel, cols, vega_lite_words(o ->> 'lang') AS w,
			 vega_lite_percent_axis(largest, panel.width, 4, CASE WHEN k = 1
				THEN to_jsonb(concat((o ->> 'col_title') || ': ', format(w ->> 'share_of', label))) ELSE w -> CASE WHEN (m ->> 'sets')::boolean THEN 'respondent_pct' ELSE 'row_pct' END END) AS x
	)
	SELECT jsonb_build_object('data', jsonb_build_object('values', data)) || CASE WHEN k = 1 THEN
			frame || jsonb_build_object('height', panel.height, 'encoding', jsonb_build_object('y', panel.encoding), 'layer',
				CASE WHEN single THEN jsonb_build_array(
					vega_lite_layer('{"type": "rule", "strokeDash": [4, 3], "color": "#888888"}', jsonb_build_object(
						'x', vega_lite_quantity('overall', x), 'y', '{"value": 0}'::jsonb, 'y2', '{"value": "height"}'::jsonb))
					|| jsonb_build_object('data', jsonb_build_object('values', (SELECT jsonb_agg(jsonb_build_object('overall', overall)) FROM col))))
				ELSE '[]' END || marks.layer)
		ELSE
			frame - 'width' - 'autosize' || jsonb_build_object(
				'columns', panels, 'resolve', '{"axis": {"x": "independent"}}'::jsonb,
				'facet', jsonb_build_object('field', 'col', 'type', 'nominal', 'title', o -> 'col_title', 'sort', vega_lite_codes(cols),
					'header', jsonb_build_object('labelExpr', l.expr)
							  || '{"labelLimit": 0, "labelFontSize": 11, "titleFontSize": 11, "titleFontWeight": "normal", "labelLineHeight": 13}'),
				'spec', jsonb_build_object('width', greatest(60, panel.width), 'height', panel.height, 'layer', marks.layer,
										   'encoding', jsonb_build_object('y', panel.encoding)))
		END
	FROM datum, panel, cols, frame, marks, vega_lite_labels(cols, greatest(16, panel.width / 6)) AS l
$$;
COMMENT ON FUNCTION @extschema@.vega_lite_dot(jsonb, jsonb) IS
'The share of a column in each row as dots with intervals, of the last of two columns or in a panel for each of more, for vega_lite().';
