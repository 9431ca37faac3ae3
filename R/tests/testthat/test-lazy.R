# Pipelines: their SQL, that only the result is fetched, and that it is right.

skip_if_not_installed("dplyr")
skip_if_not_installed("dbplyr")
library(dplyr, warn.conflicts = FALSE)

# The SQL of show_query() on one line, without the quotes and the subquery around a filter that versions of dbplyr set differently.
query <- function(x) {
  text <- suppressMessages(capture.output(show_query(x)))
  text <- gsub("[[:space:]]+", " ", gsub("\"", "", paste(text[-1L], collapse = " ")))
  gsub("FROM \\( SELECT \\w+\\.\\* FROM (.*?) \\) (AS )?q01\\b", "FROM \\1", text, perl = TRUE)
}

test_each("a pipeline that ends in a table", {
  q <- cs_tbl(con, "synthetic_2017") |> filter(q4_4_3 >= "c") |> cs_xtab(q4_4_2, q1_3)
  expect_match(query(q), "^SELECT csirtsurvey.xtab\\(q4_4_2, q1_3\\) AS xtab FROM synthetic_2017 WHERE \\(q4_4_3 >= 'c'\\)$")
  x <- answers(con, "q4_4_2, q1_3", "synthetic_2017 WHERE q4_4_3 >= 'c'")
  for (t in list(cs_table(q), as.table(q), collect(q)$xtab[[1L]])) {
    expect_identical(as.vector(t), as.vector(table(x)))
    expect_identical(dimnames(t), dimnames(table(x)))
  }
})

test_each("plain tbl() works too, and functions of the extension in any verb", {
  plain <- suppressWarnings(tbl(con, dbplyr::in_schema("csirtsurvey", "synthetic_2017")))
  q <- plain |> filter(level(q4_4_2) >= 3L, has(q2_1, "a")) |> cs_freq(q4_4_3)
  expect_match(query(q), "SELECT csirtsurvey.freq\\(q4_4_3\\) AS freq FROM csirtsurvey.synthetic_2017 WHERE \\(level\\(q4_4_2\\) >= 3\\) AND \\(has\\(q2_1, 'a'\\)\\)")
  x <- answers(con, "q4_4_3", "synthetic_2017 WHERE q4_4_2 >= 'b' AND q2_1 @> '{a}'")
  expect_identical(as.vector(cs_table(q)), as.vector(table(x)))
  q <- cs_tbl(con, "synthetic_2017") |> group_by(q2_3) |> summarise(t = xtab(q4_4_2, q4_4_3), m = max(q4_4_2, na.rm = TRUE), .groups = "drop")
  expect_match(query(q), "SELECT q2_3, xtab\\(q4_4_2, q4_4_3\\) AS t, MAX\\(q4_4_2\\) AS m FROM synthetic_2017 GROUP BY q2_3")
  expect_s3_class(collect(q)$m, "ordered")
})

test_each("a table for each group, and weights", {
  q <- cs_tbl(con, "synthetic_2017") |> mutate(w = level(q1_3) / 2.5) |> group_by(q2_3) |> cs_xtab(q4_4_2, q4_4_3 >= "b", w)
  expect_match(query(q), "q2_3, csirtsurvey.xtab\\(q4_4_2, q4_4_3 >= 'b', w\\) AS xtab .* GROUP BY q2_3$")
  x <- answers(con, "q2_3, q4_4_2, q4_4_3 >= 'b' AS b, level(q1_3) / 2.5 AS w")
  t <- cs_table(q)
  for (g in names(t)) expect_equals(t[[g]], xtabs(w ~ q4_4_2 + b, x[x$q2_3 %in% g, ]))
  expect_named(dimnames(t[[1L]]), c("q4_4_2", "q4_4_3 >= \"b\""))
})

test_each("cells in the database, filtered there, in either language", {
  q <- cs_tbl(con, "synthetic_2017") |> group_by(q2_3) |> cs_xtab(q4_4_2, q4_4_3) |> cs_cells("ja") |> filter(n > 0)
  expect_match(query(q), "CROSS JOIN LATERAL csirtsurvey.cells\\(q.xtab, 'ja'\\) AS t")
  expect_match(query(q), "WHERE \\(n > 0(\\.0)?\\)$")
  got <- collect(q, lang = "ja")
  r <- as.data.frame(table(answers(con, "q2_3, q4_4_2, q4_4_3", lang = "ja")), stringsAsFactors = FALSE)
  r <- r[r$Freq > 0, ]
  key <- paste(r$q2_3, r$q4_4_2, r$q4_4_3)
  at <- match(paste(got$q2_3, got$row_label, got$col_label), key)
  expect_setequal(at, seq_along(key))
  expect_equals(got$n, r$Freq[at])
  expect_identical(sum(got$n), 187)
})

test_each("tests in the database, in broom's shape", {
  q <- cs_tbl(con, "synthetic_2017") |> group_by(q2_3) |> cs_xtab(q4_4_2 >= "b", q4_4_3 >= "a") |> cs_test("chisq_test", correct = TRUE)
  expect_match(query(q), "CROSS JOIN LATERAL csirtsurvey.chisq_test\\(q.xtab, correct => TRUE\\) AS t")
  expect_match(query(q), "t.p_value AS p.value")
  got <- collect(q)
  x <- answers(con, "q2_3, q4_4_2 >= 'b' AS a, q4_4_3 >= 'a' AS b")
  for (i in seq_len(nrow(got))) {
    r <- suppressWarnings(chisq.test(table(x[x$q2_3 %in% got$q2_3[i], 2:3])))
    expect_equals(got$p.value[i], r$p.value)
    expect_equals(got$statistic[i], r$statistic)
  }
  expect_identical(nrow(collect(filter(q, p.value < 0))), 0L)
  expect_type(got$notes, "list")
  expect_error(cs_tbl(con, "synthetic_2017") |> cs_test("chisq_test"), "cs_xtab")
  expect_error(cs_tbl(con, "synthetic_2017") |> cs_xtab(q4_4_2, q4_4_3) |> cs_test("chisq_test", TRUE), "named")
})

test_each("a grouped pipeline is collected in its groups", {
  got <- cs_tbl(con, "synthetic_2017") |> select(q2_3, q4_4_2) |> group_by(q2_3) |> collect()
  expect_identical(group_vars(got), "q2_3")
  expect_s3_class(got$q4_4_2, "ordered")
})

test_each("variables of R, and functions around a pipeline", {
  least <- "b"
  q <- cs_tbl(con, "synthetic_2017") |> cs_xtab(q4_4_2 >= least, q1_3)
  expect_match(query(q), "csirtsurvey.xtab\\(q4_4_2 >= 'b', q1_3\\)")
  by_size <- function(x, question) cs_xtab(x, {{ question }}, q1_3)
  q <- cs_tbl(con, "synthetic_2017") |> by_size(q4_4_3)
  expect_match(query(q), "csirtsurvey.xtab\\(q4_4_3, q1_3\\)")
  expect_named(dimnames(cs_table(q)), c("row", "q1_3"))
})

test_each("p-values adjusted over the rows", {
  got <- cs_tbl(con, "synthetic_2017") |> group_by(q1_3) |> cs_xtab(q4_4_2, q4_4_3) |> cs_test("chisq_test", adjust = "holm") |> collect()
  expect_equals(got$adj.p.value, p.adjust(got$p.value, "holm"))
  expect_identical(names(csirtsurvey:::tidy_htest(got))[c(1, 5, 6)], c("q1_3", "p.value", "adj.p.value"))
})

test_each("strata: one test over all, or for each value of by", {
  by_size <- cs_tbl(con, "synthetic_2017") |> group_by(q2_3, q1_3) |> cs_xtab(q4_4_2 >= "b", q4_4_3 >= "a")
  x <- answers(con, "q2_3, q1_3, q4_4_2 >= 'b' AS a, q4_4_3 >= 'a' AS b")
  strata <- function(x) {
    t <- table(x$a, x$b, x$s)
    t[, , apply(t, 3, sum) > 1, drop = FALSE]
  }
  x$s <- interaction(x$q2_3, x$q1_3)
  q <- cs_test(by_size, "cmh_test")
  expect_match(query(q), "pg_catalog.array_agg\\(xtab\\) AS strata .* csirtsurvey.cmh_test\\(q.strata\\) AS t")
  expect_equals(collect(q)$statistic, mantelhaen.test(strata(x), correct = FALSE)$statistic)
  each <- collect(cs_test(by_size, "cmh_test", by = "q2_3"))
  for (i in seq_len(nrow(each))) {
    r <- mantelhaen.test(strata(x[x$q2_3 %in% each$q2_3[i], ]), correct = FALSE)
    expect_equals(c(each$statistic[i], each$estimate[i]), c(r$statistic, r$estimate))
  }
})

test_each("what is wrong is said in plain words", {
  t <- cs_tbl(con, "synthetic_2017") |> cs_xtab(q1_3, q4_4_2)
  expect_error(cs_test(t, "no_such_test"), "^The extension has no function no_such_test\\.$")
  expect_error(cs_test(t, "chisq_test", corect = TRUE), "^ERROR:  function csirtsurvey\\.chisq_test\\(xtab, corect => boolean\\) does not exist")
  expect_error(cs_test(table(mtcars$cyl, mtcars$gear), "chisq_test"), "con = the connection")
  expect_error(cs_tbl(con, "no_such_table"), "^ERROR:  relation \"no_such_table\" does not exist")
})
