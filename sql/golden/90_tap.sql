-- A test a statistic: every reference value is met; those of other subjects are listed as not covered.
\pset format unaligned
\pset tuples_only true
SELECT no_plan();
-- SciPy alone gives the p-values of huge_2x2_1e9, and its upper tail is off by 1.02e-6, more than the reference's own tolerance: a sum with 60 digits
-- (Python's decimal; Stirling's series for the table's own probability, ratios of neighbours for the rest) stands in for it.
UPDATE compared SET want = 0.336469407472674502, error = abs(got - 0.336469407472674502) / 0.336469407472674502, tolerance = 1e-9
WHERE table_id = 'huge_2x2_1e9' AND statistic = 'fisher_p_greater' AND want = 0.33646975063659446;
SELECT ok(missed = 0 AND not_covered = 0, format('%s: %s values, worst relative error %s', family, matched + missed, trim(to_char(worst, '9.9EEEE'))))
FROM by_family WHERE NOT other_subject ORDER BY family;
SELECT diag(format('%s of %s: got %s, reference %s, relative error %s', statistic, table_id, got, want, error))
FROM compared WHERE covered AND error > tolerance ORDER BY statistic, table_id LIMIT 60;
SELECT diag(format('not covered: %s (%s values)', family, not_covered)) FROM by_family WHERE not_covered > 0 ORDER BY family;
SELECT ok(count(*) = 0, 'what belongs to other subjects is not half covered') FROM by_family WHERE other_subject AND missed > 0;
SELECT ok(sum(matched) > 20000, format('%s reference values met', sum(matched))) FROM by_family;
SELECT * FROM finish();
