-- Tests of multi-select answers.

CREATE FUNCTION @extschema@.mmi_test(@extschema@.xtab, method text DEFAULT 'rao_scott_2', "add" float8 DEFAULT 0, replicates bigint DEFAULT 9999,
									 seed bigint DEFAULT 1, options @extschema@.multiselect DEFAULT NULL) RETURNS @extschema@.htest
	LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'sql_mmi_test';
COMMENT ON FUNCTION @extschema@.mmi_test(@extschema@.xtab, text, float8, bigint, bigint, @extschema@.multiselect) IS
'Does what is ticked depend on the group? Test of multiple marginal independence of xtab(grp, ms) or xtab(ms, grp): every option is ticked equally often in all groups. The sum of the options'' chi-squares, against a chi-square adjusted for their association: method rao_scott_2 (second order, the default), rao_scott_1, both also with _estimated (the mean eigenvalue as estimated, not 1); bonferroni and holm (the largest option chi-square; mmi_items has all of them); bootstrap (whole selections drawn from all groups together, replicates of them with the seed; p = (1 + b)/(B + 1), its 95 % Monte-Carlo interval in p_low and p_high; needs whole counts). add is put into empty cells of the options'' tables (0 by default; R''s MRCV adds 0.5). options keeps only these. statistic and parameter are the adjusted statistic and its degrees of freedom. Empty groups and options ticked by all or nobody are left out and noted. NULL if an argument but options is NULL; NULLs and a note where there is nothing to test; error 42809 unless one side is multi-select and one is not, 22023 for other arguments. Sources: Bilder and Loughin (2004), Agresti and Liu (1999), Bilder, Loughin and Nettleton (2000).';

CREATE FUNCTION @extschema@.mmi_items(@extschema@.xtab, "add" float8 DEFAULT 0, labels text[] DEFAULT NULL, options @extschema@.multiselect DEFAULT NULL,
									  OUT option text, OUT label text, OUT chi2 float8, OUT df float8, OUT p_value float8, OUT p_bonferroni float8,
									  OUT p_holm float8)
	RETURNS SETOF record
	LANGUAGE C IMMUTABLE PARALLEL SAFE ROWS 10 AS 'MODULE_PATHNAME', 'sql_mmi_items';
COMMENT ON FUNCTION @extschema@.mmi_items(@extschema@.xtab, float8, text[], @extschema@.multiselect) IS
'Which options depend on the group: one row an option of xtab(grp, ms), with Pearson''s chi-square of its table of ticked or not by group, degrees of freedom, p, and p adjusted for the number of options by Bonferroni and Holm (each a valid test of all options together). NULLs for an option ticked by all or nobody. add, labels, options and errors as for mmi_test and mr_options. No rows for NULL.';

CREATE FUNCTION @extschema@.mmi_eigenvalues(@extschema@.xtab, options @extschema@.multiselect DEFAULT NULL) RETURNS float8[]
	LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'sql_mmi_eigenvalues';
COMMENT ON FUNCTION @extschema@.mmi_eigenvalues(@extschema@.xtab, @extschema@.multiselect) IS
'The estimated eigenvalues, descending, that weight the chi-squares of 1 degree of freedom whose sum is the asymptotic distribution of the statistic of mmi_test: one for each group and option. Their sum is near options x (groups - 1); their sum of squares is what the second-order correction uses. NULL for NULL; error 54000 for more than 400, others as mmi_test. Source: Bilder and Loughin (2004).';

CREATE FUNCTION @extschema@.spmi_test(@extschema@.xtab, method text DEFAULT 'rao_scott_2', "add" float8 DEFAULT 0, replicates bigint DEFAULT 9999,
									  seed bigint DEFAULT 1, row_options @extschema@.multiselect DEFAULT NULL, col_options @extschema@.multiselect DEFAULT NULL)
	RETURNS @extschema@.htest
	LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'sql_spmi_test';
COMMENT ON FUNCTION @extschema@.spmi_test(@extschema@.xtab, text, float8, bigint, bigint, @extschema@.multiselect, @extschema@.multiselect) IS
'Do two multi-select answers go together? Test of simultaneous pairwise marginal independence of xtab(ms, ms): every option of the one is independent of every option of the other. The sum of the chi-squares of all pairs, with the methods and arguments of mmi_test; the bootstrap draws the selections of both answers, each apart. NULL if an argument but the options is NULL; NULLs and a note where there is nothing to test or the pairs are too many for their covariance; error 42809 unless both sides are multi-select, 22023 for other arguments. Source: Bilder and Loughin (2004).';

CREATE FUNCTION @extschema@.spmi_items(@extschema@.xtab, "add" float8 DEFAULT 0, row_labels text[] DEFAULT NULL, col_labels text[] DEFAULT NULL,
									   row_options @extschema@.multiselect DEFAULT NULL, col_options @extschema@.multiselect DEFAULT NULL,
									   OUT row_option text, OUT row_label text, OUT col_option text, OUT col_label text, OUT chi2 float8, OUT df float8,
									   OUT p_value float8, OUT p_bonferroni float8, OUT p_holm float8)
	RETURNS SETOF record
	LANGUAGE C IMMUTABLE PARALLEL SAFE ROWS 50 AS 'MODULE_PATHNAME', 'sql_spmi_items';
COMMENT ON FUNCTION @extschema@.spmi_items(@extschema@.xtab, float8, text[], text[], @extschema@.multiselect, @extschema@.multiselect) IS
'Which options of two multi-select answers go together: one row a pair, with the chi-square of its 2 x 2 table, 1 degree of freedom, p, and p adjusted for the number of pairs. NULLs where an option is ticked by all or nobody. Arguments and errors as for spmi_test and mr_cells. No rows for NULL.';

CREATE FUNCTION @extschema@.spmi_eigenvalues(@extschema@.xtab, row_options @extschema@.multiselect DEFAULT NULL, col_options @extschema@.multiselect DEFAULT NULL)
	RETURNS float8[]
	LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'sql_spmi_eigenvalues';
COMMENT ON FUNCTION @extschema@.spmi_eigenvalues(@extschema@.xtab, @extschema@.multiselect, @extschema@.multiselect) IS
'The estimated eigenvalues, descending, behind spmi_test: one for each pair of options. NULL for NULL; error 54000 for more than 400, others as spmi_test. Source: Bilder and Loughin (2004).';

CREATE FUNCTION @extschema@.mr_cochran_test(@extschema@.xtab, options @extschema@.multiselect DEFAULT NULL) RETURNS @extschema@.htest
	LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION @extschema@.mr_cochran_test(@extschema@.xtab, @extschema@.multiselect) IS
'Are the options ticked equally often? Cochran''s Q over the respondents of freq(ms), on options - 1 degrees of freedom. Without options those up to the last that anybody ticked take part; leave an option that excludes the others out by naming the rest. Respondents who ticked all or none change nothing. NULL for NULL; NULLs and a note where there is nothing to compare; errors as mr_options. Source: Cochran (1950).';

CREATE FUNCTION @extschema@.mr_mcnemar(@extschema@.xtab, adjust text DEFAULT 'holm', correct boolean DEFAULT false, exact boolean DEFAULT false,
									   labels text[] DEFAULT NULL, options @extschema@.multiselect DEFAULT NULL,
									   OUT option_1 text, OUT label_1 text, OUT option_2 text, OUT label_2 text, OUT only_1 numeric, OUT only_2 numeric,
									   OUT difference_pct float8, OUT statistic float8, OUT p_value float8, OUT p_adjusted float8, OUT respondents numeric)
	RETURNS SETOF record
	LANGUAGE C IMMUTABLE PARALLEL SAFE ROWS 45 AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION @extschema@.mr_mcnemar(@extschema@.xtab, text, boolean, boolean, text[], @extschema@.multiselect) IS
'Which options are ticked more often than which: one row a pair, with the respondents who ticked only the first and only the second, the difference of the options'' shares in percentage points, McNemar''s chi-square (1 degree of freedom; correct => true subtracts 1, exact => true gives the binomial p and no statistic), p, and p adjusted over all pairs (adjust: the methods of p_adjust, holm by default). NULLs for a pair without discordant answers. labels, options and errors as for mr_options. No rows if an argument but these is NULL. Source: McNemar (1947).';

CREATE FUNCTION @extschema@.mr_column_tests(@extschema@.xtab, adjust text DEFAULT 'holm', col_labels text[] DEFAULT NULL, labels text[] DEFAULT NULL,
											columns @extschema@.multiselect DEFAULT NULL, options @extschema@.multiselect DEFAULT NULL,
											OUT option text, OUT label text, OUT col_1 text, OUT col_label_1 text, OUT col_2 text, OUT col_label_2 text,
											OUT pct_1 float8, OUT pct_2 float8, OUT difference_pct float8, OUT n_common numeric, OUT z float8, OUT p_value float8,
											OUT p_adjusted float8)
	RETURNS SETOF record
	LANGUAGE C IMMUTABLE PARALLEL SAFE ROWS 100 AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION @extschema@.mr_column_tests(@extschema@.xtab, text, text[], text[], @extschema@.multiselect, @extschema@.multiselect) IS
'Shares of each option compared between columns, two at a time. The columns are the groups of xtab(grp, ms), or the options of the first answer of xtab(ms, ms), where a respondent stands in several columns: n_common of them in both. z uses the pooled share and subtracts the covariance of the common respondents; without any it is the pooled z of two proportions. p_adjusted: over the pairs of columns within the option (adjust: the methods of p_adjust). NULLs where there is no variance. labels and options are those of the answer compared, col_labels and columns those of the first answer. No rows for NULL; errors as mr_cells. Source: Kish (1965), section 12.4.';

CREATE FUNCTION @extschema@.mr_column_letters(@extschema@.xtab, alpha float8 DEFAULT 0.05, adjust text DEFAULT 'holm', col_labels text[] DEFAULT NULL,
											  labels text[] DEFAULT NULL, columns @extschema@.multiselect DEFAULT NULL, options @extschema@.multiselect DEFAULT NULL,
											  OUT option text, OUT label text, OUT col text, OUT col_label text, OUT letter text, OUT n numeric,
											  OUT base numeric, OUT pct float8, OUT higher_than text)
	RETURNS SETOF record
	LANGUAGE C IMMUTABLE PARALLEL SAFE ROWS 50 AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION @extschema@.mr_column_letters(@extschema@.xtab, float8, text, text[], text[], @extschema@.multiselect, @extschema@.multiselect) IS
'The table of column comparisons: one row for each option and column, with the column''s letter, count, base and percentage, and in higher_than the letters of the columns whose share is significantly lower at alpha, by the tests of mr_column_tests. Arguments and errors as there; error 22023 for an alpha outside 0 to 1.';
