-- A table's cells as rows.

CREATE FUNCTION @extschema@.cells(@extschema@.xtab, lang text DEFAULT 'en', OUT "row" text, OUT col text, OUT row_label text,
								  OUT col_label text, OUT n numeric, OUT row_pct float8, OUT col_pct float8, OUT total_pct float8,
								  OUT expected float8, OUT residual float8, OUT adj_residual float8)
	RETURNS SETOF record
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 25 AS 'MODULE_PATHNAME', 'xtab_cells';
COMMENT ON FUNCTION @extschema@.cells(@extschema@.xtab, text) IS
'One row a cell, rows first, both in the order of their categories, with their labels in English (lang en) or Japanese (ja) where the type is a scale: the count (sum of weights where weighted), its percentage of the row, the column and the table (NULL where that is empty), the count expected under independence, the Pearson residual and the adjusted standardized residual (R''s stdres; NULL in an empty row or column, or where one row or column holds everything). In a one-way table only row, row_label, n and total_pct are filled. No rows for NULL or an empty table; error 22023 for another language. Source: Agresti (2013), section 3.3.1.';

