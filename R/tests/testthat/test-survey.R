# The package survey, where the extension has the same.  Designs with strata and clusters of organisations are not in this version of
# the extension: what is compared is equal and unequal weights drawn with replacement, and respondents as clusters of their ticks.

skip_if_not_installed("survey")

weighted <- function(con) {
  answers(con, "q1_3, q4_4_2, q4_4_2 >= 'b' AS b, q4_4_3 >= 'a' AS g, level(q4_4_4)::float8 AS y, 0.5 + level(q1_3) / 4.0 AS w")
}

test_each("svytable: weighted counts", {
  x <- weighted(con)
  design <- survey::svydesign(ids = ~1, weights = ~w, data = x)
  t <- cs_table(con, "SELECT xtab(q1_3, q4_4_2, 0.5 + level(q1_3) / 4.0) FROM synthetic_2017")
  expect_type(t, "double")
  expect_equals(t, survey::svytable(~ q1_3 + q4_4_2, design))
})

test_each("svymean: the error of a weighted mean", {
  x <- weighted(con)
  r <- survey::svymean(~y, survey::svydesign(ids = ~1, weights = ~w, data = x))
  ours <- cs_read(con, "SELECT * FROM numeric_summary((SELECT freq(level(q4_4_4), 0.5 + level(q1_3) / 4.0) FROM synthetic_2017))")
  expect_equals(c(ours$mean, ours$se_mean_sampling), c(coef(r), survey::SE(r)))
})

test_each("svychisq: the statistic with weights, and the test without", {
  x <- weighted(con)
  weighted <- survey::svydesign(ids = ~1, weights = ~w, data = x)
  r <- survey::svychisq(~ b + g, weighted, statistic = "Chisq")
  sql <- "SELECT chisq_test(xtab(q4_4_2 >= 'b', q4_4_3 >= 'a', (0.5 + level(q1_3) / 4.0) * 187 / (SELECT sum(0.5 + level(q1_3) / 4.0) FROM synthetic_2017))) FROM synthetic_2017"
  expect_equals(cs_read(con, sql)$statistic, r$statistic)
  # With equal weights the design effect is N/(N - 1), so that X^2 (N - 1)/N, the general association statistic, has svychisq's p.
  x$q4_4_2 <- droplevels(x$q4_4_2)
  equal <- survey::svydesign(ids = ~1, weights = ~1, data = x)
  r <- survey::svychisq(~ q4_4_2 + g, equal, statistic = "Chisq")
  ours <- cs_read(con, "SELECT t.* FROM (SELECT ARRAY[xtab(q4_4_2, q4_4_3 >= 'a')] AS x FROM synthetic_2017) AS s, cmh_test(s.x, 'general') AS t")
  expect_equals(c(ours$parameter, ours$p_value), c(r$parameter, r$p.value))
  expect_equals(in_database(con, "chisq_test", "q4_4_2", "q4_4_3 >= 'a'")$statistic, r$statistic)
})

test_each("svyciprop: Wald's interval of a share, but for the divisor n - 1", {
  x <- weighted(con)
  n <- nrow(x)
  r <- survey::svyciprop(~b, survey::svydesign(ids = ~1, weights = ~1, data = x), method = "mean", df = Inf)
  ours <- cs_read(con, sprintf("SELECT * FROM proportion_ci(%d, %d, 'wald')", sum(x$b), n))
  half <- (ours$conf_high - ours$conf_low) / 2 * sqrt(n / (n - 1))
  expect_equals(ours$estimate + c(-half, half), confint(r))
})

test_each("svyby: Rao and Scott's corrections of a multi-select answer, respondents as clusters", {
  x <- cs_read(con, "SELECT q1_3 >= 'f' AS g, q4_3_3 FROM synthetic_2017", sets = "wide")
  items <- grep("^q4_3_3_", names(x), value = TRUE)
  x <- data.frame(x)
  x <- x[stats::complete.cases(x), ]
  items <- items[vapply(x[items], function(v) length(unique(v)) > 1L, NA)]
  x2 <- sum(vapply(items, function(i) suppressWarnings(chisq.test(table(x$g, x[[i]]), correct = FALSE)$statistic), 0))
  design <- survey::svydesign(ids = ~1, weights = ~1, data = x)
  means <- survey::svyby(stats::reformulate(items), ~g, design, survey::svymean, covmat = TRUE)
  n <- as.vector(table(x$g))
  # svyby orders groups within items, as kronecker(items, groups); its variances have the divisor n - 1.
  v <- vcov(means) * (nrow(x) - 1) / nrow(x)
  p <- colMeans(x[items])
  a <- kronecker(diag(1 / (p * (1 - p))), diag(n) - outer(n, n) / sum(n))
  l <- Re(eigen(a %*% v, only.values = TRUE)$values)
  ours <- function(method) cs_read(con, sprintf(
    "SELECT t.* FROM (SELECT xtab(q1_3 >= 'f', q4_3_3) AS x FROM synthetic_2017) AS s, mmi_test(s.x, '%s') AS t", method))
  first <- ours("rao_scott_1_estimated")
  expect_equals(first$statistic, x2 / mean(l[l > 1e-9 * max(l)]))
  second <- ours("rao_scott_2_estimated")
  df <- sum(l)^2 / sum(l^2)
  expect_equals(c(second$statistic, second$parameter), c(x2 * sum(l) / sum(l^2), df))
  expect_equals(second$p_value, pchisq(second$statistic, df, lower.tail = FALSE))
})
