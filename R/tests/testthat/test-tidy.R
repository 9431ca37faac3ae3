# The rows of tests as broom and as R print them.

test_each("tidy() and glance() give broom's names", {
  skip_if_not_installed("generics")
  x <- in_database(con, "chisq_test", "q4_4_2", "q4_4_3")
  expect_s3_class(x, "cs_htest")
  t <- generics::tidy(x)
  expect_identical(t, generics::glance(x))
  expect_identical(names(t), c("estimate", "std.error", "statistic", "p.value", "parameter", "parameter2", "p.low", "p.high", "conf.low",
    "conf.high", "conf.level", "n", "method", "alternative", "notes"))
  expect_false(inherits(t, "cs_htest"))
  expect_identical(t$p.value, x$p_value)
  expect_identical(t, tidy_htest(t))
  expect_error(tidy_htest(data.frame(a = 1)), "not rows of a test")
})

test_each("as_htest() gives R's own class", {
  t <- cs_table(con, "SELECT xtab(q4_4_2 >= 'b', q4_4_3 >= 'a') FROM synthetic_2017")
  ours <- as_htest(cs_test(t, "fisher_test", con = con))
  r <- fisher.test(t)
  expect_s3_class(ours, "htest")
  expect_equals(ours$p.value, r$p.value)
  # R finds the limits with uniroot()'s tolerance, 1.2e-4.
  expect_equal(as.vector(ours$conf.int), as.vector(r$conf.int), tolerance = 1e-3)
  expect_output(print(ours), "Fisher's exact test", fixed = TRUE)
  expect_error(as_htest(cs_read(con, "SELECT t.* FROM cmh_tests(ARRAY[xtab(ARRAY[[1,2],[3,4]])]) AS t")), "One row")
})
