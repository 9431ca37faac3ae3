/*
 * vega_lite(): a table as a chart.
 */

CREATE FUNCTION @extschema@.vega_lite(t @extschema@.xtab, kind text DEFAULT NULL, lang text DEFAULT 'en', title text DEFAULT NULL,
									  row_title text DEFAULT NULL, col_title text DEFAULT NULL, width integer DEFAULT NULL,
									  conf_level float8 DEFAULT 0.95, row_labels text[] DEFAULT NULL, col_labels text[] DEFAULT NULL)
	RETURNS jsonb LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, @extschema@, pg_temp AS $$
DECLARE
	shape jsonb := vega_lite_shape(t);
	kinds text[] := vega_lite_kinds(shape);
	chosen text := coalesce(kind, kinds[1]);
	row_sets boolean := coalesce(shape ->> 'row_kind' = 'multi', false);
	col_sets boolean := coalesce(shape ->> 'col_kind' = 'multi', false);
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
		RAISE EXCEPTION USING ERRCODE = '22023', MESSAGE = format('a chart cannot be %s pixels wide', width),
			HINT = 'Give a width from 120 to 10000, or NULL for that of the page.';
	END IF;
	IF NOT (conf_level > 0 AND conf_level < 1) THEN
		RAISE EXCEPTION USING ERRCODE = '22023', MESSAGE = format('confidence level %s is not between 0 and 1', conf_level),
			HINT = 'Write 0.95 for 95 %.';
	END IF;
	IF NOT chosen = ANY (kinds) THEN
		RAISE EXCEPTION USING ERRCODE = '22023', MESSAGE = format('a chart of kind "%s" does not fit this table', chosen),
			DETAIL = CASE
				WHEN NOT chosen = ANY ('{bar,dot,stacked,diverging,grouped,heatmap,residuals,mosaic}') THEN 'There is no such kind.'
				WHEN (shape ->> 'one_way')::boolean THEN format('The table has one %s variable.', shape ->> 'row_kind')
				ELSE format('The table has two variables: %s rows (%s) and %s columns (%s).',
							shape ->> 'rows', shape ->> 'row_kind', shape ->> 'cols', shape ->> 'col_kind') END,
			HINT = format('Kinds that fit it: %s.', array_to_string(kinds, ', '));
	END IF;

	-- Groups are compared within options, whichever stand in the rows.
	turned := chosen IN ('grouped', 'dot') AND row_sets AND shape ? 'cols' AND NOT (shape ->> 'one_way')::boolean;
	IF turned THEN
		t := transpose(t);
		shape := vega_lite_shape(t);
		row_sets := false;
		col_sets := true;
	END IF;
	-- As much as can be read and told apart.
	max_rows := CASE WHEN chosen = 'grouped' AND col_sets THEN 8 WHEN chosen IN ('grouped', 'mosaic') THEN 20
					WHEN chosen IN ('heatmap', 'residuals') THEN 60 ELSE 40 END;
	max_cols := CASE WHEN chosen IN ('heatmap', 'residuals') OR col_sets THEN 40
					WHEN chosen IN ('dot', 'mosaic') OR shape ->> 'col_kind' = 'ordinal' THEN 12 ELSE 8 END;
	-- BI tools send an empty text for none.
	title := nullif(title, '');
	row_title := nullif(row_title, '');
	col_title := nullif(col_title, '');
	o := jsonb_build_object('kind', chosen, 'lang', lang, 'title', title, 'row_title', CASE WHEN turned THEN col_title ELSE row_title END,
							'col_title', CASE WHEN turned THEN row_title ELSE col_title END, 'conf_level', conf_level, 'page', coalesce(width, 640))
		|| CASE WHEN width IS NULL THEN '{}' ELSE jsonb_build_object('width', width) END;
	m := vega_lite_model(t, shape, lang, CASE WHEN turned THEN col_labels ELSE row_labels END, CASE WHEN turned THEN row_labels ELSE col_labels END,
						 max_rows, max_cols, chosen IN ('stacked', 'diverging', 'grouped', 'mosaic') AND NOT col_sets);
	IF (m ->> 'n')::numeric = 0 THEN
		RETURN vega_lite_empty(m, o);
	END IF;
	RETURN CASE
		WHEN (shape ->> 'one_way')::boolean THEN vega_lite_one_way(m, o)
		WHEN chosen = 'stacked' THEN vega_lite_stacked(m, o)
		WHEN chosen = 'diverging' THEN vega_lite_diverging(m, o)
		WHEN chosen = 'grouped' THEN vega_lite_grouped(m, o)
		WHEN chosen = 'dot' THEN vega_lite_dot(m, o)
		WHEN chosen = 'mosaic' THEN vega_lite_mosaic(m, o)
		ELSE vega_lite_heatmap(m, o) END;
END $$;
COMMENT ON FUNCTION @extschema@.vega_lite(@extschema@.xtab, text, text, text, text, text, integer, float8, text[], text[]) IS
'The table as a chart: a Vega-Lite specification (version 5) with its data in it, for notebooks, BI tools and web pages. kind, of one variable: bar (default; counts and percentages, names without an order most frequent first) or dot (shares with Wilson''s intervals); of two: stacked (100 % bars, a row each), diverging (ordinal columns around the middle of their scale, off-scale answers at the side), grouped, dot (share of the last of two columns, or a panel a column), heatmap (percentages), residuals (adjusted residuals), mosaic (areas are counts, shaded by Pearson residuals); of multi-select answers: bar, dot, grouped and heatmap in percent of the respondents. Without a kind the aptest is drawn, the first of vega_lite_kinds(). Words and labels of scales are English (lang en) or Japanese (ja); row_labels and col_labels replace labels, those of options a, b, c and so on, or of all categories in order. width is in pixels, NULL that of the page it is shown on (640 for panels). conf_level is that of intervals, which take weights as counts. The description is a text alternative with the largest figures. Of many categories the most frequent are drawn, and the subtitle says what is left out. A table without answers gives a chart that says so. NULL if the table, lang or conf_level is NULL; error 22023 for a kind that does not fit, another language, a width outside 120 to 10000 or a confidence level outside 0 to 1. Sources: Satyanarayan et al. (2017), IEEE TVCG 23(1); Heiberger and Robbins (2014).';
