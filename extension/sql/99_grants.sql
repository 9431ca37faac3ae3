/*
 * Rights.  The extension is trusted: whoever creates it owns none of its objects.  Everybody may read the survey; who created the extension
 * may also add to it.  What could not be read of an organisation's answers is for the latter alone.
 */
DO $$
DECLARE
	c record;
BEGIN
	EXECUTE 'GRANT USAGE ON SCHEMA @extschema@ TO PUBLIC';
	FOR c IN SELECT format('%I.%I', '@extschema@', relname) AS name, relkind, relname IN ('reject', 'bi_reject') AS private FROM pg_catalog.pg_class
			 WHERE relnamespace = '@extschema@'::pg_catalog.regnamespace AND relkind IN ('r', 'v') LOOP
		EXECUTE format('GRANT SELECT ON %s TO %s', c.name, CASE WHEN c.private THEN '@extowner@' ELSE 'PUBLIC' END);
		IF c.relkind = 'r' THEN
			EXECUTE format('GRANT INSERT, UPDATE, DELETE ON %s TO @extowner@', c.name);
		END IF;
	END LOOP;
END $$;
