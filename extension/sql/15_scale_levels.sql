CREATE FUNCTION @extschema@.scale_levels(name text DEFAULT NULL, OUT scale text, OUT code text, OUT level integer, OUT off_scale boolean,
										 OUT label_ja text, OUT label_en text)
	RETURNS SETOF record
	LANGUAGE C IMMUTABLE PARALLEL SAFE ROWS 6 AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION @extschema@.scale_levels(text) IS
'The codes of an ordinal scale in ascending order, off-scale codes first with a NULL level, with the labels in Japanese (as printed) and English; without an argument or for NULL, those of all scales. Error 42704 for a name that is no scale. Source: data/scale_codes.csv, from Appendix A of the 2017 report.';

