-- Multi-select answers as a web form exports them.

CREATE FUNCTION @extschema@.multiselect_from_labels(answer text, labels text[], separator text DEFAULT NULL) RETURNS @extschema@.multiselect
	LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION @extschema@.multiselect_from_labels(text, text[], text) IS
'A multi-select answer from one text with the labels of the ticked options; labels are those of the options a, b, c and so on. What is a label is not divided, even where it holds a separator: at each place the longest label stands that lets the rest be read too. Between labels stands the separator, or without one any comma, semicolon, bar, tab, line end or Japanese comma (、，；); white space around them does not matter, nor does one separator at the end. NULL for a NULL answer or labels; error 22P02 for an empty answer or a piece that is no label, named in the detail; 22023 for labels that repeat, none or more than 1,024.';

CREATE FUNCTION @extschema@.multiselect_from_labels(answer text[], labels text[]) RETURNS @extschema@.multiselect
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'multiselect_from_label_array';
COMMENT ON FUNCTION @extschema@.multiselect_from_labels(text[], text[]) IS
'A multi-select answer from an array with one label an element; white space around a label does not matter. An empty array means nothing ticked. NULL if an argument is NULL; error 22P02 for an element that is no label, named in the detail, 22004 for a NULL element, 22023 for labels as above.';

CREATE FUNCTION @extschema@.multiselect_from_json(answer jsonb, labels text[] DEFAULT NULL) RETURNS @extschema@.multiselect
	LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION @extschema@.multiselect_from_json(jsonb, text[]) IS
'A multi-select answer from a JSON array of strings: codes, or labels where labels are given. [] means nothing ticked, null not answered: NULL. Error 22P02 for other JSON and for an element that is no code or label, named in the detail; 22023 for labels that repeat, none or more than 1,024.';
