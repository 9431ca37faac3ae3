-- Where a one-way table departs from given proportions.

CREATE FUNCTION @extschema@.goodness_of_fit_cells(@extschema@.xtab, p float8[] DEFAULT NULL, OUT category text, OUT n float8, OUT share float8,
												  OUT expected float8, OUT residual float8, OUT adj_residual float8)
	RETURNS SETOF record LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
#variable_conflict use_column
DECLARE
	checked @extschema@.htest;
BEGIN
	-- The test itself says what is wrong with the table or the proportions.
	checked := @extschema@.goodness_of_fit($1, p);
	IF checked.method IS NULL THEN
		RETURN;
	END IF;
	RETURN QUERY
	SELECT c.category, c.n, c.share, c.total * c.share, (c.n - c.total * c.share) / sqrt(nullif(c.total * c.share, 0)),
		   (c.n - c.total * c.share) / sqrt(nullif(c.total * c.share * (1 - c.share), 0))
	FROM (SELECT u.category, u.n, sum(u.n) OVER () AS total, u.i, coalesce(u.p, 1) / sum(coalesce(u.p, 1)) OVER () AS share
		  FROM unnest(@extschema@.row_labels($1), @extschema@.counts($1), $2) WITH ORDINALITY AS u(category, n, p, i)) AS c
	ORDER BY c.i;
END $$;
COMMENT ON FUNCTION @extschema@.goodness_of_fit_cells(@extschema@.xtab, float8[]) IS
'Each category of a one-way table against the proportions p (equal ones for NULL): its count, its share by p, the expected count, the residual (O - E)/sqrt(E) and the adjusted residual (O - E)/sqrt(E (1 - p)). No rows for a NULL table; residuals NULL where nothing is expected; errors as goodness_of_fit. Source: Agresti (2013), section 1.5.';
