-- Exact tests, and simultaneous intervals of the shares of one variable.

CREATE FUNCTION @extschema@.fisher_test(@extschema@.xtab, alternative text DEFAULT 'two.sided', conf_level float8 DEFAULT 0.95,
										mid_p boolean DEFAULT false, exact boolean DEFAULT true, replicates integer DEFAULT 0,
										seed bigint DEFAULT 1, max_seconds float8 DEFAULT 10, max_memory_mb integer DEFAULT 64)
	RETURNS @extschema@.htest
	LANGUAGE C STABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION @extschema@.fisher_test(@extschema@.xtab, text, float8, boolean, boolean, integer, bigint, float8, integer) IS
'Fisher''s exact test of independence of a two-way table of whole counts, given its margins. The two-sided p is the summed probability of all tables at most as likely as the observed one, likelihoods within a relative 1e-7 being ties (as R). Empty rows and columns take no part. 2 x 2: estimate is the conditional maximum likelihood odds ratio, std_error that of its logarithm, conf_low and conf_high its exact central limits (one-sided for alternative less or greater, which ask whether the odds ratio lies below or above 1); mid_p => true counts ties by half and takes the mid-p limits. Larger tables: two-sided, exact within max_memory_mb megabytes and max_seconds seconds; beyond, replicates => B gives the Monte-Carlo p-value of B random tables with its 99 % Clopper-Pearson interval in p_low and p_high; without replicates p_value is NULL and p_low and p_high are the bounds proven so far, or error 54000 if there are none. exact => false takes the Monte-Carlo p-value at once. method says which ran. NULL for NULL; NULLs and a note for a table with nothing to test; error 22023 for a one-way table, fractional counts, 2^53 counts or more, or arguments out of range, 42809 for multi-select answers. Stable, not immutable, since the budget decides. Sources: Fisher (1935), Freeman and Halton (1951), Cornfield (1956), Patefield (1981).';

CREATE FUNCTION @extschema@.multinomial_ci(@extschema@.xtab, method text DEFAULT 'goodman', conf_level float8 DEFAULT 0.95, OUT category text,
										   OUT n float8, OUT estimate float8, OUT conf_low float8, OUT conf_high float8)
	RETURNS SETOF record
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 10 AS 'MODULE_PATHNAME', 'sql_multinomial_ci';
COMMENT ON FUNCTION @extschema@.multinomial_ci(@extschema@.xtab, text, float8) IS
'The shares of all categories of a one-way table, as fractions, with simultaneous confidence intervals: with probability conf_level all of them hold at once. A row a category in the table''s order, those without counts and off the scale included. method goodman (default: score intervals, Bonferroni), sison_glaz (narrower for many categories; whole counts, up to a million in all), quesenberry_hurst (wider), clopper_pearson (exact, Bonferroni). Limits are NULL where there are no counts. No rows for NULL; error 22023 for a two-way table, fractional counts with sison_glaz or arguments out of range, 22003 for more than a million with it, 42809 for multi-select answers. Sources: Goodman (1965), Sison and Glaz (1995), Quesenberry and Hurst (1964).';
