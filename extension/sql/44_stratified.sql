-- Tables by stratum: functions of an array of tables, and aggregates over one table a stratum.

CREATE FUNCTION @extschema@.cmh_test(tables @extschema@.xtab[], statistic text DEFAULT 'auto', scores text DEFAULT 'table', correct boolean DEFAULT false,
									 exact boolean DEFAULT false, alternative text DEFAULT 'two.sided', conf_level float8 DEFAULT 0.95,
									 replicates integer DEFAULT 0, seed bigint DEFAULT 1) RETURNS @extschema@.htest
	LANGUAGE C STABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'sql_cmh_test';
COMMENT ON FUNCTION @extschema@.cmh_test(@extschema@.xtab[], text, text, boolean, boolean, text, float8, integer, bigint) IS
'Cochran-Mantel-Haenszel test that rows and columns are independent within every stratum, of one table a stratum. statistic: mh (2 x 2 tables: chi-square with 1 degree of freedom; estimate is the Mantel-Haenszel common odds ratio, std_error that of its logarithm after Robins, Breslow and Greenland), general (general association), row_means and col_means (mean scores of the other side differ), cor (correlation of the scores of both); auto takes mh for 2 x 2 tables and general for others. scores: table, rank, ridit or modified_ridit, those of each stratum. correct => true takes 0.5 from |sum(O - E)| (mh only; R''s default, not ours). exact => true (mh only) conditions on all margins: statistic is the sum of the first cells, estimate the conditional maximum likelihood odds ratio with exact limits. alternative two.sided, less or greater is that of the odds ratio (mh only). replicates > 0 (not mh) gives the Monte-Carlo p of tables with the margins of each stratum, with its interval in p_low and p_high; auto then takes general. Categories are aligned over the strata as merge() does; strata with fewer than 2 observations and categories empty in all strata are left out; degrees of freedom are the rank of the covariance matrix. Weighted counts are fine unless exact or simulated. NULL for NULL, and for an array without tables; NULLs and a note where there is nothing to test; error 22023 for one-way tables, tables larger than 2 x 2 under mh or arguments out of range, 42809 for multi-select answers and where a statistic needs an order that a side does not have, 42804 for strata of different types, 54000 for tables too large. Sources: Landis, Heyman and Koch (1978), Mantel and Haenszel (1959), Robins, Breslow and Greenland (1986), Mehta, Patel and Gray (1985).';

CREATE FUNCTION @extschema@.cmh_tests(tables @extschema@.xtab[], scores text DEFAULT 'table') RETURNS SETOF @extschema@.htest
	LANGUAGE C STABLE STRICT PARALLEL SAFE ROWS 4 AS 'MODULE_PATHNAME', 'sql_cmh_tests';
COMMENT ON FUNCTION @extschema@.cmh_tests(@extschema@.xtab[], text) IS
'The four Cochran-Mantel-Haenszel statistics of one table a stratum, one a row: nonzero correlation, row mean scores differ, column mean scores differ, general association. scores, alignment and errors as cmh_test; a statistic that needs an order which a side does not have gives NULLs and a note. No rows for NULL or for an array without tables. Source: Landis, Heyman and Koch (1978).';

CREATE FUNCTION @extschema@.breslow_day_test(tables @extschema@.xtab[], tarone boolean DEFAULT true) RETURNS @extschema@.htest
	LANGUAGE C STABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'sql_breslow_day_test';
COMMENT ON FUNCTION @extschema@.breslow_day_test(@extschema@.xtab[], boolean) IS
'Breslow-Day test that the odds ratio is the same in all strata, of one 2 x 2 table a stratum, with expected counts at the Mantel-Haenszel odds ratio (estimate); tarone => false leaves out Tarone''s correction. Strata with an empty row or column do not count; degrees of freedom are the other strata less 1. Weighted counts are fine. NULL for NULL and for an array without tables; NULLs and a note where there is nothing to compare; error 22023 for one-way or larger tables, 42809 for multi-select answers. Sources: Breslow and Day (1980), section 4.4, Tarone (1985).';

CREATE FUNCTION @extschema@.zelen_test(tables @extschema@.xtab[]) RETURNS @extschema@.htest
	LANGUAGE C STABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'sql_zelen_test';
COMMENT ON FUNCTION @extschema@.zelen_test(@extschema@.xtab[]) IS
'Zelen''s exact test that the odds ratio is the same in all strata, of one 2 x 2 table a stratum, given all margins and the sum of the first cells: p adds up the combinations of tables no likelier than the observed one, whose probability is the statistic. NULL for NULL and for an array without tables; NULLs and a note where there is nothing to compare; error 22023 for one-way or larger tables or fractional counts, 42809 for multi-select answers, 54000 for too many combinations. Sources: Zelen (1971), Mehta and Patel (1983).';

CREATE FUNCTION @extschema@.woolf_test(tables @extschema@.xtab[], conf_level float8 DEFAULT 0.95) RETURNS @extschema@.htest
	LANGUAGE C STABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'sql_woolf_test';
COMMENT ON FUNCTION @extschema@.woolf_test(@extschema@.xtab[], float8) IS
'Woolf test that the odds ratio is the same in all strata, of one 2 x 2 table a stratum: weighted squares of the log odds ratios about their mean. estimate is the odds ratio pooled by inverse variances (SAS: logit) with its interval, std_error that of its logarithm. Where any cell is 0, 0.5 is added to every cell of every stratum, and noted. Weighted counts are fine. NULL for NULL and for an array without tables; NULLs and a note for a single stratum; error 22023 for one-way or larger tables or a confidence level outside 0 to 1, 42809 for multi-select answers. Source: Woolf (1955).';

CREATE FUNCTION @extschema@.van_elteren_test(tables @extschema@.xtab[], replicates integer DEFAULT 0, seed bigint DEFAULT 1) RETURNS @extschema@.htest
	LANGUAGE C STABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'sql_van_elteren_test';
COMMENT ON FUNCTION @extschema@.van_elteren_test(@extschema@.xtab[], integer, bigint) IS
'Van Elteren test, the Wilcoxon (two rows) or Kruskal-Wallis test stratified: do the groups (rows) differ in an ordinal response (columns) within the strata? Row mean scores with modified ridits, tie-corrected; chi-square with groups - 1 degrees of freedom. For two groups estimate is P(first row higher) + P(equal)/2, strata weighted by n1 n2/(n + 1). replicates > 0 gives the Monte-Carlo p of tables with the margins of each stratum. Off-scale answers are left out, and noted. Weighted counts are fine unless simulated. NULL for NULL and for an array without tables; NULLs and a note where there is nothing to test; error 22023 for one-way tables or replicates out of range, 42809 for a nominal response or multi-select answers. Sources: van Elteren (1960), Lehmann (1975), section 3.3.';

CREATE FUNCTION @extschema@.mh_risk_ratio(tables @extschema@.xtab[], col integer DEFAULT 1, conf_level float8 DEFAULT 0.95) RETURNS @extschema@.htest
	LANGUAGE C STABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'sql_mh_risk_ratio';
COMMENT ON FUNCTION @extschema@.mh_risk_ratio(@extschema@.xtab[], integer, float8) IS
'The Mantel-Haenszel common risk ratio of column col, first row over second, of one 2 x 2 table a stratum, with the interval of Greenland and Robins on the log scale: std_error is that of the logarithm, statistic is z. Weighted counts are fine. NULL for NULL and for an array without tables; infinite values carry a note; NULLs and a note where there is nothing to compare; error 22023 for one-way or larger tables or arguments out of range, 42809 for multi-select answers. Source: Greenland and Robins (1985).';

CREATE FUNCTION @extschema@.mh_risk_difference(tables @extschema@.xtab[], col integer DEFAULT 1, conf_level float8 DEFAULT 0.95) RETURNS @extschema@.htest
	LANGUAGE C STABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'sql_mh_risk_difference';
COMMENT ON FUNCTION @extschema@.mh_risk_difference(@extschema@.xtab[], integer, float8) IS
'The Mantel-Haenszel common risk difference of column col, first row minus second (a fraction), of one 2 x 2 table a stratum, with Sato''s variance; statistic is z, the interval is clipped to -1..1. Weighted counts are fine. NULL for NULL and for an array without tables; NULLs and a note where there is nothing to compare; error 22023 for one-way or larger tables or arguments out of range, 42809 for multi-select answers. Source: Sato (1989).';

CREATE FUNCTION @extschema@.strata_accum(internal, @extschema@.xtab) RETURNS internal
	LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME';
CREATE FUNCTION @extschema@.strata_combine(internal, internal) RETURNS internal
	LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME';
CREATE FUNCTION @extschema@.strata_serialize(internal) RETURNS bytea
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME';
CREATE FUNCTION @extschema@.strata_deserialize(bytea, internal) RETURNS internal
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION @extschema@.strata_accum(internal, @extschema@.xtab) IS 'Transition function of the aggregates over one table a stratum.';
COMMENT ON FUNCTION @extschema@.strata_combine(internal, internal) IS 'Joins the partial states of the aggregates over one table a stratum.';
COMMENT ON FUNCTION @extschema@.strata_serialize(internal) IS 'A partial state of the aggregates over one table a stratum, for another process.';
COMMENT ON FUNCTION @extschema@.strata_deserialize(bytea, internal) IS 'A partial state of the aggregates over one table a stratum, from another process.';

DO $aggregates$
DECLARE name text; what text;
BEGIN
	FOR name, what IN VALUES
		('cmh_test', 'The Mantel-Haenszel test with the common odds ratio where the tables are 2 x 2, the general Cochran-Mantel-Haenszel test otherwise'),
		('breslow_day_test', 'The Breslow-Day test, with Tarone''s correction, that the odds ratio is the same in all strata'),
		('zelen_test', 'Zelen''s exact test that the odds ratio is the same in all strata'),
		('woolf_test', 'The Woolf test that the odds ratio is the same in all strata'),
		('van_elteren_test', 'The van Elteren test (stratified Wilcoxon) that the groups in the rows have the same ordinal response'),
		('mh_risk_ratio', 'The Mantel-Haenszel common risk ratio of the first column'),
		('mh_risk_difference', 'The Mantel-Haenszel common risk difference of the first column')
	LOOP
		EXECUTE format('CREATE FUNCTION @extschema@.%1$I(internal) RETURNS @extschema@.htest LANGUAGE C STABLE PARALLEL SAFE AS ''MODULE_PATHNAME'', %1$L',
					   name || '_final');
		EXECUTE format('COMMENT ON FUNCTION @extschema@.%I(internal) IS %L', name || '_final', 'The result of the aggregate ' || name || '.');
		EXECUTE format('CREATE AGGREGATE @extschema@.%I(@extschema@.xtab) (SFUNC = @extschema@.strata_accum, STYPE = internal, SSPACE = 4096,
			FINALFUNC = @extschema@.%I, COMBINEFUNC = @extschema@.strata_combine, SERIALFUNC = @extschema@.strata_serialize,
			DESERIALFUNC = @extschema@.strata_deserialize, PARALLEL = SAFE)', name, name || '_final');
		EXECUTE format('COMMENT ON AGGREGATE @extschema@.%I(@extschema@.xtab) IS %L', name, what || ', over one contingency table a stratum. ' ||
			'The result does not depend on the order of the strata. NULL tables are passed over; NULL for no table. Options, NULLs, notes and errors: ' ||
			'the function of the same name over xtab[], as in ' || name || '(array_agg(t)). Error 54000 for more than half a gigabyte of tables.');
	END LOOP;
END $aggregates$;

