/*
 * Charts of areas: heat maps and mosaic plots.  m is the model of vega_lite_model(), o the arguments of vega_lite().
 */

CREATE FUNCTION @extschema@.vega_lite_gradient(pixels integer) RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE
	RETURN jsonb_build_object('orient', 'bottom', 'direction', 'horizontal', 'gradientLength', pixels, 'gradientThickness', 10, 'titleOrient', 'left');
COMMENT ON FUNCTION @extschema@.vega_lite_gradient(integer) IS
'The legend of a colour scale below a chart, so many pixels long, for vega_lite().';

CREATE FUNCTION @extschema@.vega_lite_heatmap(m jsonb, o jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE
	SET search_path = pg_catalog, @extschema@, pg_temp AS $$
	-- The percentage is that of the row, but where the rows are options of groups in the columns.
	WITH measure AS (
		SELECT sets, share, CASE WHEN residuals THEN 'adj_residual' ELSE share END AS field, residuals,
			   vega_lite_palette(CASE WHEN residuals THEN 'residuals' ELSE 'heat' END) AS palette
		FROM (SELECT (m ->> 'sets')::boolean AS sets, o ->> 'kind' = 'residuals' AS residuals,
					 CASE WHEN m ->> 'row_kind' = 'multi' AND m ->> 'col_kind' <> 'multi' THEN 'col_pct' ELSE 'row_pct' END AS share) AS s
	), cell AS (
		SELECT c.*, (to_jsonb(c) ->> field)::numeric AS value, CASE share WHEN 'col_pct' THEN c.col_pct ELSE c.row_pct END AS percent_shown
		FROM measure, vega_lite_cells(m) AS c
	), extent AS (
		SELECT CASE WHEN residuals THEN -greatest(4, ceil(max(abs(value)))) ELSE 0 END AS low,
			   CASE WHEN residuals THEN greatest(4, ceil(max(abs(value)))) ELSE greatest(1, ceil(max(value))) END AS high
		FROM measure, cell GROUP BY residuals
	), inks AS (
		SELECT array_agg(vega_lite_ink(vega_lite_mix(palette, i / 40.0)) ORDER BY i) AS ink FROM measure, generate_series(0, 40) AS i
	), steps AS (
		SELECT jsonb_agg(round(low + (high - low) * i / (cardinality(palette) - 1), 4) ORDER BY i) AS steps
		FROM measure, extent, generate_series(0, cardinality(palette) - 1) AS i
	), page AS (
		SELECT a.*, ((o ->> 'page')::integer - a.pixels) / jsonb_array_length(m -> 'cols') AS cell_width
		FROM vega_lite_axis(m -> 'rows', 'row', o -> 'row_title', o, true, 24) AS a
	), heads AS (
		-- Upright where no word must be broken.
		SELECT l.*, u.upright
		FROM page, LATERAL (SELECT cell_width >= 40 AND coalesce(max(length(word)), 0) * 7 <= cell_width AS upright
							FROM vega_lite_categories(m -> 'cols') AS c, regexp_split_to_table(c.label, '[^!-~]+') AS word) AS u,
			 LATERAL vega_lite_labels(m -> 'cols', CASE WHEN u.upright THEN cell_width / 7 ELSE 24 END, false, CASE WHEN u.upright THEN 5 ELSE 1 END) AS l
	), datum AS (
		SELECT jsonb_build_object('row', c."row", 'row_label', c.row_label, 'col', c.col, 'col_label', c.col_label, 'n', c.n, share, percent_shown,
								  'ink', coalesce(ink[1 + round(40 * (value - low) / (high - low))::integer], '#000000'),
								  'shown', coalesce(CASE WHEN NOT residuals THEN round(value) || '%' WHEN value > 0 THEN '+' || vega_lite_number(value, 1)
														 ELSE vega_lite_number(value, 1) END, '–')
										   || CASE WHEN c.adj_residual > 2 THEN ' ▲' WHEN c.adj_residual < -2 THEN ' ▼' ELSE '' END)
			   || CASE WHEN sets THEN '{}' ELSE jsonb_build_object('adj_residual', c.adj_residual) END AS datum, c.row_place, c.col_place
		FROM cell AS c, measure, extent, inks
	)
	SELECT vega_lite_frame(m, o, CASE WHEN sets THEN '{}' ELSE ARRAY[w ->> 'marks'] END) || jsonb_build_object(
		'height', page.height, 'padding', CASE WHEN heads.upright THEN '5' ELSE '{"left": 5, "top": 5, "bottom": 5, "right": 20}'::jsonb END,
		'data', jsonb_build_object('values', (SELECT jsonb_agg(datum ORDER BY row_place, col_place) FROM datum)),
		'encoding', jsonb_build_object(
			'y', jsonb_set(page.encoding, '{scale}', (page.encoding -> 'scale') || '{"paddingInner": 0, "paddingOuter": 0}'),
			'x', jsonb_build_object('field', 'col', 'type', 'nominal', 'title', o -> 'col_title',
				'scale', '{"paddingInner": 0, "paddingOuter": 0}'::jsonb || jsonb_build_object('domain', vega_lite_codes(m -> 'cols')),
				'axis', '{"orient": "top", "labelLimit": 0, "labelLineHeight": 13}'::jsonb || jsonb_build_object('labelExpr', heads.expr)
						|| CASE WHEN heads.upright THEN jsonb_build_object('labelAngle', 0, 'labelPadding', heads.padding)
							ELSE '{"labelAngle": -50, "labelAlign": "left", "labelPadding": 4}' END)),
		'layer', jsonb_build_array(
			vega_lite_layer('{"type": "rect", "stroke": "white", "strokeWidth": 1}', jsonb_build_object(
				'color', vega_lite_quantity(field, jsonb_build_object('title', w -> field, 'legend', vega_lite_gradient(180),
																	  'scale', jsonb_build_object('range', palette, 'domain', steps))),
				'tooltip', vega_lite_tooltip(m, o, ARRAY['row_label', 'col_label', 'n', share] || CASE WHEN sets THEN '{}'::text[] ELSE '{adj_residual}' END))))
			|| CASE WHEN cell_width < 32 THEN '[]' ELSE vega_lite_figures() END)
	FROM vega_lite_words(o ->> 'lang') AS w, measure, steps, page, heads
$$;
COMMENT ON FUNCTION @extschema@.vega_lite_heatmap(jsonb, jsonb) IS
'A table as a heat map of percentages or, for kind residuals, of adjusted residuals, with marks where these are beyond 2, for vega_lite().';

CREATE FUNCTION @extschema@.vega_lite_mosaic(m jsonb, o jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE
	SET search_path = pg_catalog, @extschema@, pg_temp AS $$
	-- Rows are strips as high as their share of the answers, with gaps between them; within them columns are as wide as their share of the row.
	WITH line AS (
		SELECT r.*, (sum(r.n) OVER (ORDER BY i) - r.n) * scale + (i - 1) AS top, sum(r.n) OVER (ORDER BY i) * scale + (i - 1) AS bottom
		FROM (SELECT r.*, row_number() OVER (ORDER BY ordinality) AS i, (101 - count(*) OVER ()) / sum(r.n) OVER () AS scale
			  FROM vega_lite_categories(m -> 'rows') WITH ORDINALITY AS r WHERE r.n > 0) AS r
	), cell AS (
		SELECT c.*, k.ordinality AS k, line.i, round(line.top, 4) AS top, round(line.bottom, 4) AS bottom,
			   sum(c.row_pct) OVER (PARTITION BY c."row" ORDER BY k.ordinality) - c.row_pct AS "from"
		FROM vega_lite_cells(m) AS c JOIN line ON line.code = c."row"
			 JOIN vega_lite_categories(m -> 'cols') WITH ORDINALITY AS k ON k.code = c.col
	), size AS (
		-- A page that is not known may be narrower, and labels must not lie on each other there.
		SELECT greatest(260, least(640, 36 * count(*)))::integer AS height,
			   ((o ->> 'page')::integer - min(a.pixels)) * CASE WHEN o ? 'width' THEN 1 ELSE 0.7 END AS width
		FROM line, vega_lite_axis(m -> 'rows', 'row', NULL, o, true, 26) AS a
	), row_labels AS (
		SELECT jsonb_agg(to_jsonb(line) ORDER BY i) AS categories,
			   to_jsonb(vega_lite_spread(array_agg(greatest((top + bottom) / 2, 700.0 / size.height) ORDER BY i), 1600.0 / min(size.height), 100)) AS places
		FROM line, size
	), head AS (
		-- Above the tiles of the first row: slanted, in lines if there are few, where a label is wider than its tile.
		SELECT cell.*, col_label AS label, col AS code, col_place AS place, "from" + row_pct / 2 AS middle,
			   greatest(1, least(2, 16 / count(*) OVER ()))::integer AS lines,
			   bool_and(vega_lite_columns(col_label) * 6.2 < row_pct / 100 * size.width) OVER () AS upright, size.width,
			   ceil(max(vega_lite_columns(col_label)) OVER () / 30.0) AS lines_needed
		FROM cell, size WHERE i = 1
	), col_labels AS (
		SELECT jsonb_agg(to_jsonb(head) ORDER BY k) AS categories, min(lines) AS lines, bool_and(upright) AS upright,
			   to_jsonb(vega_lite_spread(array_agg(middle ORDER BY k),
										 min(CASE WHEN upright THEN 0 ELSE (100 + 1600.0 * greatest(1, least(lines, lines_needed))) / width END), 100)) AS places
		FROM head
	)
	SELECT vega_lite_frame(m, o, ARRAY[w ->> 'areas']) || jsonb_build_object(
		'height', size.height,
		'data', jsonb_build_object('values', (
			SELECT jsonb_agg(jsonb_build_object(
					'row', "row", 'row_label', row_label, 'col', col, 'col_label', col_label, 'n', n, 'row_pct', row_pct, 'residual', residual,
					'from', round("from", 4), 'to', round("from" + row_pct, 4), 'middle', round("from" + row_pct / 2, 4),
					'top', top, 'bottom', bottom, 'centre', round((top + bottom) / 2, 4),
					'shown', vega_lite_number(n), 'ink', CASE WHEN abs(residual) > 4 THEN '#ffffff' ELSE '#000000' END) ORDER BY i, k)
			FROM cell)),
		'encoding', jsonb_build_object(
			'x', jsonb_build_object('type', 'quantitative', 'title', o -> 'col_title', 'scale', '{"domain": [0, 100], "nice": false}'::jsonb,
				'axis', '{"orient": "top", "grid": false, "labelLimit": 0, "labelLineHeight": 13,
						  "labelOverlap": false, "labelBound": false, "labelFlush": false}'::jsonb
						|| jsonb_build_object('values', cl.places, 'labelExpr', xl.expr, 'labelPadding', xl.padding,
											  'labelAngle', CASE WHEN cl.upright THEN 0 ELSE 40 END, 'labelAlign', CASE WHEN cl.upright THEN 'center' ELSE 'right' END)),
			'y', jsonb_build_object('type', 'quantitative', 'title', o -> 'row_title', 'scale', '{"domain": [0, 100], "nice": false, "reverse": true}'::jsonb,
				'axis', '{"grid": false, "labelLimit": 0, "labelLineHeight": 13, "labelOverlap": false, "labelFlush": false,
						  "titleAngle": 0, "titleAlign": "right", "titleX": -6}'::jsonb
						-- out of the way of slanted labels
						|| CASE WHEN cl.upright THEN '{"titleY": -6, "titleBaseline": "bottom"}' ELSE '{"titleY": {"expr": "height + 16"}}' END::jsonb
						|| jsonb_build_object('values', rl.places, 'labelExpr', yl.expr, 'labelOffset', yl."offset"))),
		'layer', jsonb_build_array(
			vega_lite_layer('{"type": "rect", "stroke": "white", "strokeWidth": 1}', jsonb_build_object(
				'x', vega_lite_quantity('from'), 'x2', '{"field": "to"}'::jsonb, 'y', vega_lite_quantity('top'), 'y2', '{"field": "bottom"}'::jsonb,
				'color', vega_lite_quantity('residual', jsonb_build_object('title', w -> 'residual', 'legend', vega_lite_gradient(200),
					'scale', jsonb_build_object('type', 'threshold', 'domain', '[-4, -2, 2, 4]'::jsonb, 'range', vega_lite_palette('residuals')))),
				'tooltip', vega_lite_tooltip(m, o, '{row_label,col_label,n,row_pct,residual}'))),
			vega_lite_figures(jsonb_build_object('x', vega_lite_quantity('middle'), 'y', vega_lite_quantity('centre'))) || '{"transform": [{"filter":
				"(datum.to - datum.from) * width > 100 * (7 * length(datum.shown) + 4) && (datum.bottom - datum.top) * height > 1300"}]}'))
	FROM vega_lite_words(o ->> 'lang') AS w, size, row_labels AS rl, col_labels AS cl,
		 vega_lite_labels(rl.categories, 32, true, 2, rl.places) AS yl, vega_lite_labels(cl.categories, 30, false, cl.lines, cl.places) AS xl
$$;
COMMENT ON FUNCTION @extschema@.vega_lite_mosaic(jsonb, jsonb) IS
'A table as a mosaic plot, whose areas are counts, shaded by Pearson residuals beyond 2 and 4, for vega_lite(). Sources: Friendly (1994), JASA 89; Zeileis, Meyer and Hornik (2007), J. Comp. Graph. Statistics 16.';
