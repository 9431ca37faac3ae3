/*
 * Functions find PostgreSQL's functions and operators, whatever the caller's search_path puts before them.  What the extension has is qualified
 * in their bodies.  Functions with a body that is parsed when they are made need no setting, and can be inlined.
 */
DO $$
DECLARE
	f record;
BEGIN
	FOR f IN SELECT p.oid::pg_catalog.regprocedure AS name FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_language l ON l.oid = p.prolang
			 WHERE p.pronamespace = '@extschema@'::pg_catalog.regnamespace AND l.lanname IN ('sql', 'plpgsql') AND p.prosqlbody IS NULL
				 AND array_to_string(p.proconfig, ' ') ~ 'search_path=' IS NOT TRUE LOOP
		EXECUTE format('ALTER ROUTINE %s SET search_path = pg_catalog, pg_temp', f.name);
	END LOOP;
END $$;
