-- Frequency tables and summaries of micro-data.  The tables of a folder are its own: the queries are made from analyses.csv.
DO $$
DECLARE
	a record;
	source text;
	value text;
	weight text;
BEGIN
	FOR a IN SELECT * FROM csv_micro_analyses WHERE kind IN ('freq', 'describe') LOOP
		source := format('%I', 'csv_micro_' || regexp_replace(a.data, '\.csv$', ''));
		CONTINUE WHEN to_regclass(source) IS NULL;
		weight := CASE WHEN coalesce(a.extra, '') <> '' THEN format(', %I::float8', a.extra) ELSE '' END;
		IF a.kind = 'freq' THEN
			-- categories in numeric order if all are numbers, else by code point
			EXECUTE format('SELECT bool_and(%1$I ~ ''^-?[0-9.]+$'') FROM %2$s', a.var1, source) INTO value;
			value := format(CASE WHEN value::boolean THEN '%I::numeric' ELSE '%I COLLATE "C"' END, a.var1);
			EXECUTE format($q$
				INSERT INTO got
				SELECT %1$L, format('%%s:%%s', v.name, f.category), v.value
				FROM (SELECT freq(%2$s%3$s) AS t FROM %4$s) AS x, LATERAL frequencies(x.t) AS f,
					 LATERAL (VALUES ('freq', f.n::float8), ('percent', f.percent), ('valid_percent', f.valid_percent), ('cum_percent', f.cum_percent)) AS v(name, value)
				WHERE NOT f.missing
				UNION ALL
				SELECT %1$L, v.name, v.value
				FROM (SELECT sum(f.n)::float8 AS total, sum(f.n) FILTER (WHERE NOT f.missing)::float8 AS valid,
							 coalesce(sum(f.n) FILTER (WHERE f.missing), 0)::float8 AS missing
					  FROM (SELECT freq(%2$s%3$s) AS t FROM %4$s) AS x, LATERAL frequencies(x.t) AS f) AS s,
					 LATERAL (VALUES ('n_total', s.total), ('n_valid', s.valid), ('n_missing', s.missing)) AS v(name, value)
				$q$, a.table_id, value, weight, source);
		ELSE
			EXECUTE format($q$
				INSERT INTO got
				SELECT %1$L, v.name, v.value
				FROM (SELECT freq(%2$I::float8%3$s) AS t FROM %4$s) AS x, LATERAL numeric_summary(x.t) AS s, LATERAL numeric_summary(x.t, 6) AS s6,
					 LATERAL (VALUES ('n_valid', s.n), ('n_missing', s.missing), ('min', s.min), ('max', s.max), ('mean', s.mean), ('sd', s.sd),
									 ('se_mean', s.se_mean), ('quantile7_25', s.q1), ('quantile7_50', quantile(x.t, 0.5)), ('quantile7_75', s.q3),
									 ('quantile6_25', quantile(x.t, 0.25, 6)), ('quantile6_50', s6.median), ('quantile6_75', s6.q3),
									 ('median', s.median), ('mode_smallest', s.mode), ('sd_frequency_weights', s.sd),
									 ('se_mean_design', s.se_mean_sampling)) AS v(name, value)
				$q$, a.table_id, a.var1, weight, source);
		END IF;
	END LOOP;
END $$;
