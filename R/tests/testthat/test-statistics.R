# Each statistic of the extension against R's own function, on the same answers fetched through the package.

two <- list(row = "q4_4_2 >= 'b'", col = "q4_4_3 >= 'a'")
values <- function(x, fields) unlist(x[fields], use.names = FALSE)
n1 <- c("statistic", "parameter", "p_value")

test_each("chisq.test", {
  t <- table(answers(con, paste(two$row, "AS a,", two$col, "AS b")))
  for (correct in c(FALSE, TRUE)) {
    r <- chisq.test(t, correct = correct)
    expect_equals(values(in_database(con, "chisq_test", two$row, two$col, sprintf(", correct => %s", correct)), n1), c(r$statistic, r$parameter, r$p.value))
  }
  t <- table(droplevels(answers(con, "q1_3, q4_4_2")))
  r <- suppressWarnings(chisq.test(t))
  expect_equals(values(in_database(con, "chisq_test", "q1_3", "q4_4_2"), n1), c(r$statistic, r$parameter, r$p.value))
  cells <- cs_read(con, "SELECT c.* FROM (SELECT xtab(q1_3, q4_4_2) AS x FROM synthetic_2017) AS s, cells(s.x) AS c")
  expect_equals(cells$expected, t(r$expected))
  expect_equals(cells$residual, t(r$residuals))
  expect_equals(cells$adj_residual, t(r$stdres))
})

test_each("chisq.test of one variable", {
  x <- table(answers(con, "q4_4_2"))
  p <- c(1, 2, 3, 4, 5)
  for (given in list(NULL, p)) {
    r <- if (is.null(given)) chisq.test(x) else chisq.test(x, p = given, rescale.p = TRUE)
    ours <- cs_test(as_xtab(x), "goodness_of_fit", p = given, con = con)
    expect_equals(c(ours$statistic, ours$parameter, ours$p.value), c(r$statistic, r$parameter, r$p.value))
  }
})

test_each("the likelihood ratio of loglin", {
  t <- table(answers(con, "q4_4_2, q4_4_3"))
  t <- t[rowSums(t) > 0, colSums(t) > 0]
  r <- loglin(t, list(1, 2), print = FALSE)
  expect_equals(values(in_database(con, "g_test", "q4_4_2", "q4_4_3"), n1[1:2]), c(r$lrt, r$df))
})

test_each("fisher.test", {
  t <- table(answers(con, paste(two$row, "AS a,", two$col, "AS b")))
  for (alternative in c("two.sided", "less", "greater")) {
    r <- fisher.test(t, alternative = alternative)
    x <- in_database(con, "fisher_test", two$row, two$col, sprintf(", alternative => '%s'", alternative))
    expect_equals(x$p_value, r$p.value)
    # R finds the odds ratio and its limits with uniroot()'s tolerance, 1.2e-4.
    limits <- ifelse(is.na(c(x$conf_low, x$conf_high)), r$conf.int, c(x$conf_low, x$conf_high))
    expect_equal(c(x$estimate, limits), c(r$estimate, r$conf.int), tolerance = 1e-3, ignore_attr = TRUE)
  }
  t <- table(answers(con, "q2_3, q4_4_2"))
  expect_equal(in_database(con, "fisher_test", "q2_3", "q4_4_2")$p_value, fisher.test(t, workspace = 2e7)$p.value, tolerance = 1e-7)
})

test_each("wilcox.test", {
  x <- answers(con, "q4_4_2, q4_4_3 >= 'a' AS g")
  y <- as.integer(x$q4_4_2)
  for (alternative in c("two.sided", "less", "greater")) for (correct in c(FALSE, TRUE)) {
    r <- wilcox.test(y[!x$g], y[x$g], alternative = alternative, exact = FALSE, correct = correct)
    x1 <- in_database(con, "wilcoxon_test", two$col, "q4_4_2", sprintf(", '%s', %s, false", alternative, correct))
    expect_equals(c(x1$statistic, x1$p_value), c(r$statistic, r$p.value))
  }
})

test_each("wilcox.test of pairs", {
  x <- answers(con, "q4_4_2, q4_4_3")
  for (correct in c(FALSE, TRUE)) {
    r <- suppressWarnings(wilcox.test(as.integer(x$q4_4_3), as.integer(x$q4_4_2), paired = TRUE, exact = FALSE, correct = correct))
    ours <- in_database(con, "signed_rank_test", "q4_4_2", "q4_4_3", sprintf(", exact => false, correct => %s", correct))
    expect_equals(c(ours$statistic, ours$p_value), c(r$statistic, r$p.value))
  }
})

test_each("kruskal.test, with off-scale answers left out", {
  for (pair in list(c("q1_3", "q4_4_2"), c("q1_2", "q5_7_tenure"))) {
    x <- answers(con, paste(pair, collapse = ", "))
    r <- kruskal.test(as.integer(x[[2L]]), x[[1L]])
    expect_equals(values(in_database(con, "kruskal_test", pair[1L], pair[2L]), n1), c(r$statistic, r$parameter, r$p.value))
  }
})

test_each("cor.test", {
  x <- lapply(answers(con, "q1_3, q5_7_tenure"), as.integer)
  kendall <- cor.test(x[[1L]], x[[2L]], method = "kendall", exact = FALSE)
  ours <- in_database(con, "kendall_tau_b", "q1_3", "q5_7_tenure", ", test => 'permutation'")
  expect_equals(values(ours, c("estimate", "statistic", "p_value")), c(kendall$estimate, kendall$statistic, kendall$p.value))
  spearman <- cor.test(x[[1L]], x[[2L]], method = "spearman", exact = FALSE)
  expect_equals(values(in_database(con, "spearman_rho", "q1_3", "q5_7_tenure"), c("estimate", "p_value")), c(spearman$estimate, spearman$p.value))
  pearson <- cor.test(x[[1L]], x[[2L]])
  ours <- in_database(con, "pearson_r", "q1_3", "q5_7_tenure")
  expect_equals(values(ours, c("estimate", n1)), c(pearson$estimate, pearson$statistic, pearson$parameter, pearson$p.value))
})

test_each("mcnemar.test, 2 x 2 and larger", {
  t <- table(answers(con, "q4_4_2 >= 'a' AS a, q4_4_3 >= 'a' AS b"))
  for (correct in c(FALSE, TRUE)) {
    r <- mcnemar.test(t, correct = correct)
    ours <- in_database(con, "mcnemar_test", "q4_4_2 >= 'a'", "q4_4_3 >= 'a'", sprintf(", correct => %s", correct))
    expect_equals(values(ours, n1), c(r$statistic, r$parameter, r$p.value))
  }
  exact <- binom.test(t[1, 2], t[1, 2] + t[2, 1])
  expect_equals(in_database(con, "mcnemar_test", "q4_4_2 >= 'a'", "q4_4_3 >= 'a'", ", exact => true")$p_value, exact$p.value)
  r <- mcnemar.test(table(answers(con, "q4_4_2, q4_4_3")))
  ours <- in_database(con, "bowker_test", "q4_4_2", "q4_4_3", ", all_pairs => true")
  if (is.na(r$statistic)) {
    # R has 0/0 for pairs of levels that nobody changed between: sum over the others.
    t <- table(answers(con, "q4_4_2, q4_4_3"))
    d <- (t - t(t))^2 / (t + t(t))
    expect_equals(ours$statistic, sum(d[upper.tri(d)], na.rm = TRUE))
  } else {
    expect_equals(values(ours, n1), c(r$statistic, r$parameter, r$p.value))
  }
})

test_each("mantelhaen.test", {
  x <- answers(con, paste("q1_3 AS size,", two$row, "AS a,", two$col, "AS b"))
  t <- table(x$a, x$b, x$size)
  t <- t[, , apply(t, 3, sum) > 1]
  by_size <- sprintf("SELECT t.* FROM (SELECT array_agg(x) AS x FROM (SELECT xtab(%s, %s) AS x FROM synthetic_2017 GROUP BY q1_3) AS s) AS s, cmh_test(s.x%%s) AS t",
    two$row, two$col)
  for (correct in c(FALSE, TRUE)) {
    r <- mantelhaen.test(t, correct = correct)
    ours <- cs_read(con, sprintf(by_size, sprintf(", correct => %s", correct)))
    expect_equals(values(ours, c(n1, "estimate", "conf_low", "conf_high")), c(r$statistic, r$parameter, r$p.value, r$estimate, r$conf.int))
  }
  r <- mantelhaen.test(t, exact = TRUE)
  ours <- cs_read(con, sprintf(by_size, ", exact => true"))
  expect_equals(values(ours, c("statistic", "p_value")), c(r$statistic, r$p.value))
  # uniroot() again.
  expect_equal(values(ours, c("estimate", "conf_low", "conf_high")), c(r$estimate, r$conf.int), tolerance = 1e-3, ignore_attr = TRUE)
  x <- answers(con, "q1_3, q4_4_2, q4_4_3")
  t <- table(x$q4_4_2, x$q4_4_3, x$q1_3)
  t <- t[apply(t, 1, sum) > 0, apply(t, 2, sum) > 0, apply(t, 3, sum) > 1]
  r <- mantelhaen.test(t)
  ours <- cs_test(t, "cmh_test", statistic = "general", con = con)
  expect_equals(c(ours$statistic, ours$parameter, ours$p.value), c(r$statistic, r$parameter, r$p.value))
})

test_each("friedman.test, and Cochran's Q as friedman.test of 0 and 1", {
  columns <- c("q4_4_2", "q4_4_3", "q4_4_4", "q4_4_5")
  x <- sapply(answers(con, paste(columns, collapse = ", ")), as.integer)
  r <- friedman.test(x)
  ours <- cs_read(con, sprintf("SELECT friedman_test(ARRAY[%s]) FROM synthetic_2017", paste0("level(", columns, ")::float8", collapse = ", ")))
  expect_equals(values(ours, n1), c(r$statistic, r$parameter, r$p.value))
  r <- friedman.test((x == 5) + 0)
  ours <- cs_read(con, sprintf("SELECT cochran_q_test(ARRAY[%s]) FROM synthetic_2017", paste0(columns, " = 'a'", collapse = ", ")))
  expect_equals(values(ours, n1), c(r$statistic, r$parameter, r$p.value))
})

test_each("prop.test, prop.trend.test and binom.test", {
  t <- table(answers(con, paste(two$col, "AS g,", two$row, "AS b")))
  r <- prop.test(t, correct = FALSE)
  ours <- in_database(con, "two_proportion_test", two$col, two$row)
  expect_equals(c(ours$statistic^2, ours$p_value, ours$estimate), c(r$statistic, r$p.value, -diff(r$estimate)))
  x <- answers(con, paste(two$row, "AS a, q1_3"))
  t <- table(x$a, x$q1_3)
  r <- prop.trend.test(t[2, ], colSums(t), seq_len(ncol(t)))
  expect_equals(values(in_database(con, "trend_test", two$row, "q1_3"), c("statistic", "p_value")), c(r$statistic, r$p.value))
  k <- sum(x$a)
  ci <- function(method) values(cs_read(con, sprintf("SELECT * FROM proportion_ci(%d, %d, '%s')", k, nrow(x), method)), c("estimate", "conf_low", "conf_high"))
  r <- binom.test(k, nrow(x))
  expect_equals(ci("clopper_pearson"), c(r$estimate, r$conf.int))
  r <- prop.test(k, nrow(x), correct = FALSE)
  expect_equals(ci("wilson"), c(r$estimate, r$conf.int))
  r <- prop.test(k, nrow(x))
  expect_equals(ci("wilson_cc"), c(r$estimate, r$conf.int))
})

test_each("the analysis of variance behind eta", {
  x <- answers(con, "q1_2, q4_4_2")
  r <- summary(aov(as.integer(q4_4_2) ~ q1_2, x))[[1L]]
  ours <- in_database(con, "eta", "q1_2", "q4_4_2")
  expect_equals(values(ours, c("statistic", "p_value")), c(r[["F value"]][1L], r[["Pr(>F)"]][1L]))
  expect_equals(ours$estimate^2, r[["Sum Sq"]][1L] / sum(r[["Sum Sq"]]))
})

test_each("p.adjust", {
  p <- c(0.001, 0.04, NA, 0.03, 0.2, 0.011, 1, 0.04)
  for (method in c("bonferroni", "holm", "hochberg", "hommel", "BH", "BY", "none")) {
    ours <- cs_read(con, sprintf("SELECT p_adjust(%s::float8[], '%s') AS p", csirtsurvey:::literal(con, p), method))$p[[1L]]
    expect_equals(ours, p.adjust(p, method))
  }
})

test_each("quantiles of ordered factors", {
  x <- answers(con, "q5_7_tenure")$q5_7_tenure
  s <- cs_read(con, "SELECT * FROM ordinal_summary((SELECT freq(q5_7_tenure) FROM synthetic_2017))")
  r <- quantile(x, c(0, 0.25, 0.5, 0.75, 1), type = 1, na.rm = TRUE)
  codes <- attr(x, "codes")[match(as.character(r), levels(x))]
  expect_identical(as.character(unlist(s[c("min", "q1", "median", "q3", "max")])), codes)
  sql <- "SELECT percentile_disc(%s) WITHIN GROUP (ORDER BY q5_7_tenure) AS q FROM synthetic_2017 WHERE on_scale(q5_7_tenure)"
  for (p in c(0.1, 0.5, 0.9)) expect_identical(as.character(cs_read(con, sprintf(sql, p))$q), as.character(quantile(x, p, type = 1, na.rm = TRUE)))
  w <- answers(con, "level(q1_3) * 1.25 AS x")$x
  for (type in 1:9) {
    ours <- cs_read(con, sprintf("SELECT quantile((SELECT freq(level(q1_3) * 1.25) FROM synthetic_2017), p, %d) AS q FROM unnest(ARRAY[.1, .25, .5, .8]) AS p", type))$q
    expect_equals(ours, quantile(w, c(.1, .25, .5, .8), type = type))
  }
})

test_each("coin's linear-by-linear test", {
  skip_if_not_installed("coin")
  x <- answers(con, "q1_3, q4_4_2")
  t <- table(x)
  dimnames(t) <- lapply(dim(t), seq_len)
  r <- coin::lbl_test(t)
  ours <- in_database(con, "linear_by_linear_test", "q1_3", "q4_4_2")
  expect_equals(values(ours, c("statistic", "p_value")), c(coin::statistic(r)^2, coin::pvalue(r)))
})
