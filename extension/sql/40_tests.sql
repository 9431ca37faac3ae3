-- Tests: each returns one row of htest.

CREATE TYPE @extschema@.htest AS (
	method text, alternative text, statistic float8, parameter float8, parameter2 float8, p_value float8, p_low float8,
	p_high float8, estimate float8, std_error float8, conf_low float8, conf_high float8, conf_level float8, n float8, notes text[]
);
COMMENT ON TYPE @extschema@.htest IS
'One test or measure: the method and variant that ran, the alternative, the statistic with its degrees of freedom (parameter, parameter2), the p-value with bounds where it is simulated, the estimate with standard error and confidence interval, the n it rests on, and notes on what was left out and why. A field that does not apply is NULL.';
COMMENT ON COLUMN @extschema@.htest.method IS 'test or measure and the variant that ran';
COMMENT ON COLUMN @extschema@.htest.alternative IS 'two.sided, less or greater; NULL where there is no direction';
COMMENT ON COLUMN @extschema@.htest.statistic IS 'test statistic; the comment of the function says which';
COMMENT ON COLUMN @extschema@.htest.parameter IS 'degrees of freedom, or what the comment of the function says';
COMMENT ON COLUMN @extschema@.htest.parameter2 IS 'second degrees of freedom, or what the comment of the function says';
COMMENT ON COLUMN @extschema@.htest.p_value IS 'p-value, two-sided unless alternative says otherwise';
COMMENT ON COLUMN @extschema@.htest.p_low IS 'lower 99 % limit of a simulated p-value, or lower proven bound of an exact one';
COMMENT ON COLUMN @extschema@.htest.p_high IS 'upper 99 % limit or upper proven bound';
COMMENT ON COLUMN @extschema@.htest.estimate IS 'what the measure measures: odds ratio, V, gamma, share ...; shares are fractions';
COMMENT ON COLUMN @extschema@.htest.std_error IS 'standard error of the estimate, of its logarithm for ratios';
COMMENT ON COLUMN @extschema@.htest.conf_low IS 'lower confidence limit of the estimate';
COMMENT ON COLUMN @extschema@.htest.conf_high IS 'upper confidence limit of the estimate';
COMMENT ON COLUMN @extschema@.htest.conf_level IS 'confidence level, such as 0.95';
COMMENT ON COLUMN @extschema@.htest.n IS 'observations (sum of weights) that the result rests on';
COMMENT ON COLUMN @extschema@.htest.notes IS 'what was left out and why, and what a reader must know; {}: nothing';

CREATE FUNCTION @extschema@.chisq_test(@extschema@.xtab, correct boolean DEFAULT false, replicates integer DEFAULT 0, seed bigint DEFAULT 1)
	RETURNS @extschema@.htest
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION @extschema@.chisq_test(@extschema@.xtab, boolean, integer, bigint) IS
'Pearson''s chi-square test of independence of a two-way table; correct => true applies Yates'' correction to a 2 x 2 table (R''s default, not ours). replicates => B gives the Monte-Carlo p-value (1 + b)/(B + 1) of B random tables with the same margins, seeded by seed, with its 99 % Clopper-Pearson interval in p_low and p_high and no degrees of freedom; it needs whole counts. Empty rows and columns take no part. Notes give the least expected count and the share of cells below 5. A table with nothing to test gives NULLs and a note; error 22023 for a one-way table, fractional counts with replicates or a negative number of them, 42809 for multi-select answers. NULL for NULL. Sources: Agresti (2013), section 3.2; Patefield (1981), Hope (1968).';

CREATE FUNCTION @extschema@.g_test(@extschema@.xtab, replicates integer DEFAULT 0, seed bigint DEFAULT 1) RETURNS @extschema@.htest
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION @extschema@.g_test(@extschema@.xtab, integer, bigint) IS
'Likelihood-ratio chi-square (G) test of independence of a two-way table. Empty rows and columns take no part. replicates, seed, notes, NULLs and errors as chisq_test. Source: Agresti (2013), section 3.2.';

CREATE FUNCTION @extschema@.proportion_ci(x float8, n float8, method text DEFAULT 'wilson', conf_level float8 DEFAULT 0.95,
										  population float8 DEFAULT NULL) RETURNS @extschema@.htest
	LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION @extschema@.proportion_ci(float8, float8, text, float8, float8) IS
'The proportion x of n with its confidence interval, as fractions: method wilson (default), wilson_cc, clopper_pearson, agresti_coull, jeffreys or wald. population => N applies the finite population correction (N - n)/(N - 1) to the variance (wilson and wald); hypergeometric is the exact interval in a finite population, and census_bounds the limits [x/N, (x + N - n)/N] that hold whatever the N - n without an answer would have said. NULL if x, n, method or conf_level is NULL; NULLs and a note for n = 0; error 22023 for arguments out of range. Sources: Brown, Cai and DasGupta (2001), Buonaccorsi (1987).';

