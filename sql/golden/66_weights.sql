-- Sums of sampling weights and Kish's effective sample size, of the rows that have a value.
DO $$
DECLARE
	a record;
	source text;
BEGIN
	IF to_regclass('csv_micro_designs') IS NULL THEN
		RETURN;
	END IF;
	FOR a IN SELECT an.table_id, an.var1, d.file, d.weight FROM csv_micro_analyses AS an JOIN csv_micro_designs AS d ON d.design_id = an.data
			 WHERE an.kind = 'svymean' AND coalesce(d.weight, '') <> '' LOOP
		source := format('%I', 'csv_micro_' || regexp_replace(a.file, '\.csv$', ''));
		CONTINUE WHEN to_regclass(source) IS NULL;
		EXECUTE format($q$
			INSERT INTO got SELECT %L, v.name, v.value
			FROM (SELECT freq(1, %I::float8) AS t FROM %s WHERE %I <> '') AS x, LATERAL kish(x.t) AS k,
				 LATERAL (VALUES ('n_unweighted', k.n), ('weight_sum', k.weight_sum), ('kish_neff', k.n_eff), ('kish_deff', k.deff)) AS v(name, value)
			$q$, a.table_id, a.weight, source, a.var1);
	END LOOP;
END $$;
