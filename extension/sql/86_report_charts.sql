/*
 * Charts of a report that are of no contingency table, and the form of its pieces.
 */

CREATE FUNCTION @extschema@.report_chart(body jsonb, rows jsonb, description text, width integer,
		room integer) RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
	-- A label stands in one line with a figure of so much room at its end: six pixels a column at this size of type.
	SELECT jsonb_build_object('$schema', 'https://vega.github.io/schema/vega-lite/v5.json', 'description', description,
			'width', coalesce(to_jsonb(width), '"container"'),
		'autosize', '{"type": "fit-x", "contains": "padding"}'::jsonb, 'background', 'white',
		'data', jsonb_build_object('values', (
			SELECT jsonb_agg(CASE WHEN r.v ? 'label' THEN r.v || jsonb_build_object('label', (@extschema@.wrap_text(r.v ->> 'label', (coalesce(width,
					640) - room) / 6, 1))[1]) ELSE r.v END ORDER BY r.o)
			FROM jsonb_array_elements(rows) WITH ORDINALITY AS r(v, o))),
		'config', '{"view": {"stroke": null}, "axis": {"domain": false, "ticks": false, "gridColor": "#e3e6ea", "labelColor": "#4a5560", "labelFontSize": 11},
					"legend": {"orient": "top", "title": null, "labelFontSize": 12, "symbolType": "circle"}, "font": "sans-serif"}'::jsonb) || body
$$;
COMMENT ON FUNCTION @extschema@.report_chart(jsonb, jsonb, text, integer, integer) IS
'Part of report(): a Vega-Lite specification from its body, its rows and its text alternative, of a width in pixels (NULL: the page''s). Labels are cut to one line that leaves room for so many pixels.';

CREATE FUNCTION @extschema@.report_bars(rows jsonb, description text, width integer) RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
	SELECT @extschema@.report_chart(jsonb_build_object('height', 36 * jsonb_array_length(rows),
		'encoding', '{"y": {"field": "key", "type": "ordinal", "axis": null, "scale": {"padding": 0}}}'::jsonb,
		'layer', jsonb_build_array(
			'{"mark": {"type": "bar", "color": "#0072b2", "height": 12, "yOffset": 8, "cornerRadiusEnd": 2},
			  "encoding": {"x": {"field": "pct", "type": "quantitative", "title": null, "scale": {"domain": [0, 100]},
								 "axis": {"values": [0, 25, 50, 75, 100], "labelExpr": "datum.value + ''%''", "labelFlush": true}}}}'::jsonb)
		|| CASE WHEN jsonb_path_exists(rows, '$[*].low') THEN jsonb_build_array(
			'{"mark": {"type": "rule", "yOffset": 8, "strokeWidth": 2, "color": "#1b2733"},
			  "encoding": {"x": {"field": "low", "type": "quantitative"}, "x2": {"field": "high"}}}'::jsonb) ELSE '[]' END
		|| '[{"mark": {"type": "text", "align": "left", "baseline": "middle", "yOffset": -8, "fontSize": 12, "color": "#1b2733"},
			  "encoding": {"x": {"value": 0}, "text": {"field": "label"}}},
			 {"mark": {"type": "text", "align": "right", "baseline": "middle", "yOffset": -8, "fontSize": 12, "fontWeight": "bold", "color": "#1b2733"},
			  "encoding": {"x": {"value": "width"}, "text": {"field": "value"}}}]'::jsonb), rows, description, width, 104)
$$;
COMMENT ON FUNCTION @extschema@.report_bars(jsonb, text, integer) IS
'Part of report(): a Vega-Lite specification of horizontal bars, one a row: key (their order), label and value (printed above the bar), pct (0 to 100), and low and high, the limits of an interval, where there is one. The base may be organisations though several options were ticked, which no contingency table tells. NULL for NULL rows.';

CREATE FUNCTION @extschema@.report_dots(rows jsonb, series text[], domain float8[], unit text, description text,
		width integer) RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
	SELECT @extschema@.report_chart(jsonb_build_object('height', k.step * (SELECT count(DISTINCT r -> 'key') FROM jsonb_array_elements(rows) AS r),
		'encoding', '{"y": {"field": "key", "type": "ordinal", "axis": null, "scale": {"padding": 0}}}'::jsonb,
		'layer', (
			SELECT jsonb_agg(l.layer ORDER BY s.i, l.j)
			FROM unnest(series) WITH ORDINALITY AS s(name, i)
				 CROSS JOIN LATERAL (SELECT 28 + 14 * (s.i - 1) - k.step / 2 AS y,
						CASE WHEN s.i < cardinality(series) THEN '#d55e00' ELSE '#0072b2' END AS color) AS p
				 CROSS JOIN LATERAL (VALUES
					(1, jsonb_build_object(
						'transform', jsonb_build_array(jsonb_build_object('filter', format('datum.series === %s && isValid(datum.low)',
								to_json(s.name)))),
						'mark', jsonb_build_object('type', 'rule', 'strokeWidth', 2, 'yOffset', p.y, 'color', p.color),
						'encoding', jsonb_build_object('x2', '{"field": "high"}'::jsonb,
							'x', jsonb_build_object('field', 'low', 'type', 'quantitative', 'title', NULL,
								'scale', jsonb_build_object('domain', to_jsonb(domain), 'nice', false, 'zero', false),
								'axis', jsonb_build_object('labelExpr', format('datum.value + %s', to_json(unit)), 'labelFlush', true, 'tickCount', 5,
									'gridColor', CASE WHEN domain[1] < 0
											THEN '{"condition": {"test": "datum.value === 0", "value": "#1b2733"}, "value": "#e3e6ea"}'::jsonb
											ELSE '"#e3e6ea"' END))))),
					(2, jsonb_build_object(
						'transform', jsonb_build_array(jsonb_build_object('filter', format('datum.series === %s && isValid(datum.x)',
								to_json(s.name)))),
						'mark', jsonb_build_object('type', 'point', 'filled', true, 'size', 70, 'opacity', 1, 'yOffset', p.y,
							'shape', CASE WHEN s.i < cardinality(series) THEN 'diamond' ELSE 'circle' END),
						'encoding', jsonb_build_object('x', '{"field": "x", "type": "quantitative"}'::jsonb,
							'color', jsonb_build_object('datum', s.name, 'type', 'nominal',
								'scale', jsonb_build_object('domain', to_jsonb(series),
									'range', CASE WHEN cardinality(series) = 1 THEN '["#0072b2"]'::jsonb ELSE '["#d55e00", "#0072b2"]' END),
								'legend', CASE WHEN cardinality(series) = 1 THEN 'null'::jsonb ELSE '{}' END))))) AS l(j, layer))
		|| jsonb_build_array(
			jsonb_build_object('transform', '[{"filter": "isValid(datum.label)"}]'::jsonb,
				'mark', jsonb_build_object('type', 'text', 'align', 'left', 'baseline', 'middle', 'yOffset', 12 - k.step / 2, 'fontSize', 12,
						'color', '#1b2733'),
				'encoding', '{"x": {"value": 0}, "text": {"field": "label"}}'::jsonb),
			jsonb_build_object('transform', '[{"filter": "isValid(datum.value)"}]'::jsonb,
				'mark', jsonb_build_object('type', 'text', 'align', 'right', 'baseline', 'middle', 'yOffset', 12 - k.step / 2, 'fontSize', 12,
						'fontWeight', 'bold',
					'color', '#1b2733'),
				'encoding', '{"x": {"value": "width"}, "text": {"field": "value"}}'::jsonb))), rows, description, width,
						CASE cardinality(series) WHEN 1 THEN 70 ELSE 150 END)
	FROM (SELECT 24 + 14 * cardinality(series) AS step) AS k
$$;
COMMENT ON FUNCTION @extschema@.report_dots(jsonb, text[], float8[], text, text, integer) IS
'Part of report(): a Vega-Lite specification of dots with their intervals, a row and series each: key (order from the top), series, x, low and high, and on one of a key''s rows label and value, which are printed above the dots. A row without x and with low and high is a line only. domain: the ends of the axis; unit stands behind its numbers. NULL for NULL rows.';

-- Pieces.

CREATE TYPE @extschema@.report_piece AS (
	section text, level integer, kind text, question text, part text, title text, body text, data jsonb, chart jsonb, description text, note text,
			source text,
	synthetic boolean
);
COMMENT ON TYPE @extschema@.report_piece IS 'Part of report(), whose comment tells the columns: a piece.';

CREATE FUNCTION @extschema@.report_columns(VARIADIC definition text[]) RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
	SELECT jsonb_agg(jsonb_build_object('name', definition[i], 'title', definition[i + 1], 'type', definition[i + 2]) ORDER BY i)
	FROM generate_series(1, cardinality(definition), 3) AS i WHERE definition[i + 1] IS NOT NULL
$$;
COMMENT ON FUNCTION @extschema@.report_columns(text[]) IS
'Part of report(): the columns of a table from triples of name, title and type (text, head, count, pct, interval or mark); a triple without a title is left out.';
