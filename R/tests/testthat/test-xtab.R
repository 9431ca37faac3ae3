# Tables: R counts the same answers with table().

test_each("a table of two scales is what table() counts", {
  x <- answers(con, "q4_4_2, q5_7_tenure", off_scale = "level")
  t <- cs_table(con, "SELECT xtab(q4_4_2, q5_7_tenure) FROM synthetic_2017", dnn = c("q4_4_2", "q5_7_tenure"))
  expect_s3_class(t, "table")
  expect_type(t, "integer")
  r <- table(x)
  expect_identical(dimnames(t), dimnames(r))
  expect_identical(as.vector(t), as.vector(r))
  expect_identical(attr(t, "xtab")$sides$q5_7_tenure$off_scale, c(TRUE, rep(FALSE, 5)))
  expect_identical(as.vector(stats::xtabs(~ q4_4_2 + q5_7_tenure, x)), as.vector(t))
})

test_each("Japanese labels, codes, and what is missing", {
  sql <- "SELECT xtab(q4_4_2, q4_4_3) FROM (SELECT q4_4_2, q4_4_3 FROM synthetic_2017 UNION ALL VALUES (NULL::maturity, 'a'::maturity), ('a', NULL), (NULL, NULL), (NULL, NULL)) AS x"
  ja <- cs_table(con, sql, lang = "ja")
  expect_identical(rownames(ja), levels(answers(con, "q4_4_2", lang = "ja")$q4_4_2))
  expect_identical(rownames(cs_table(con, sql, lang = "code")), c("e", "d", "c", "b", "a"))
  expect_identical(attr(ja, "missing"), c(row = 1, col = 1, both = 2, weight = 0))
  expect_identical(names(dimnames(ja)), c("row", "col"))
})

test_each("a table and back: everything is the same value", {
  for (sql in c(
    "SELECT xtab(q4_4_2, q5_7_tenure) AS t FROM synthetic_2017", "SELECT freq(q5_7_tenure) AS t FROM synthetic_2017",
    "SELECT freq(q4_3_3) AS t FROM synthetic_2017", "SELECT xtab(q1_2, q4_3_3) AS t FROM synthetic_2017",
    "SELECT xtab(q4_4_2, q4_4_3, 0.1 + 0.3 * length(organisation)) AS t FROM synthetic_2017",
    "SELECT freq(x) AS t FROM (VALUES ('a\"b'), ('c\\d'), ('日本'), (E'tab\\t')) AS v(x)", "SELECT freq(NULL::int) AS t FROM synthetic_2017",
    "SELECT xtab(NULL::text, q1_2) AS t FROM synthetic_2017", "SELECT xtab(NULL::maturity, q1_2) AS t FROM synthetic_2017",
    "SELECT xtab(q4_4_2, NULL::text) AS t FROM synthetic_2017"
  )) {
    t <- cs_table(con, sql)
    same <- function(t) {
      value <- csirtsurvey:::literal(con, as.character(as_xtab(t)))
      cs_read(con, paste0("SELECT (", value, "::xtab)::text = t::text AS same FROM (", sql, ") AS x"))$same
    }
    expect_true(same(t))
    # Written anew from the counts; the rows behind weights are not among them.
    attr(t, "xtab")$counts <- NULL
    if (is.integer(t)) expect_true(same(t))
  }
  expect_null(cs_table(con, "SELECT freq(q4_4_2) FROM synthetic_2017 WHERE false"))
})

test_each("a table that R changed goes back with its types", {
  t <- cs_table(con, "SELECT xtab(q4_4_2, q5_7_tenure) FROM synthetic_2017", dnn = c("maturity", "tenure"))
  value <- function(t, con = con) as.character(as_xtab(t, con))
  expected <- function(sql) cs_read(con, paste0("SELECT (", sql, ")::text AS t"))$t
  expect_identical(value(t(t), con), expected("SELECT transpose(xtab(q4_4_2, q5_7_tenure)) FROM synthetic_2017"))
  twice <- t
  twice[] <- t * 2L
  expect_identical(value(twice, con), expected("SELECT xtab(q4_4_2, q5_7_tenure) + xtab(q4_4_2, q5_7_tenure) FROM synthetic_2017"))
})

test_each("tables that R made", {
  r <- table(mtcars$cyl, mtcars$gear)
  back <- cs_table(con, paste0("SELECT ", csirtsurvey:::literal(con, as.character(as_xtab(r))), "::xtab AS t"))
  expect_identical(unname(dimnames(back)), unname(dimnames(r)))
  expect_identical(as.vector(back), as.vector(r))
  expect_type(back, "integer")
  one <- cs_table(con, paste0("SELECT ", csirtsurvey:::literal(con, as.character(as_xtab(table(mtcars$cyl)))), "::xtab AS t"))
  expect_identical(dim(one), 3L)
  expect_identical(as.vector(one), as.vector(table(mtcars$cyl)))
  weighted <- xtabs(wt ~ cyl + gear, mtcars)
  back <- cs_table(con, paste0("SELECT ", csirtsurvey:::literal(con, as.character(as_xtab(weighted))), "::xtab AS t"))
  expect_type(back, "double")
  expect_identical(as.vector(back), as.vector(weighted))
  expect_identical(as_xtab(matrix(1:4, 2)), as_xtab(matrix(c(1, 2, 3, 4), 2)))
})

test_each("a side of a table of R's own is told what it is", {
  m <- matrix(c(5, 3, 2, 1, 7, 9), 2, byrow = TRUE, dimnames = list(group = c("x", "y"), level = c("c", "b", "a")))
  expect_error(cs_test(m, "kruskal_test", con = con), "ordinal")
  long <- data.frame(g = rep(c("x", "y", "x", "y", "x", "y"), as.vector(m)), y = rep(c(1, 1, 2, 2, 3, 3), as.vector(m)))
  r <- kruskal.test(y ~ g, long)
  for (cols in list("ordinal", c(1, 2, 3), "maturity")) {
    x <- cs_test(as_xtab(m, con, cols = cols), "kruskal_test", con = con)
    expect_equals(x$statistic, r$statistic)
  }
  expect_error(as_xtab(m, con, cols = "tenure", rows = "tenure"), "neither codes nor labels")
  expect_error(as_xtab(m, con, cols = c(1, 2)), "2 scores for 3")
  expect_error(as_xtab(m, cols = "maturity"), "give con")
  expect_error(as_xtab(matrix(c(1, -1), 1)), "not negative")
})

test_each("tables by group, and several in a column", {
  t <- cs_table(con, "SELECT q2_3, xtab(q4_4_2, q4_4_3) AS t FROM synthetic_2017 GROUP BY q2_3")
  x <- answers(con, "q2_3, q4_4_2, q4_4_3")
  expect_identical(names(t), levels(droplevels(x$q2_3)))
  for (g in names(t)) expect_identical(as.vector(t[[g]]), as.vector(table(x[x$q2_3 %in% g, 2:3])))
  expect_error(cs_table(con, "SELECT 1 AS a"), "one column of type xtab")
  expect_null(cs_table(con, "SELECT NULL::xtab AS t"))
})
