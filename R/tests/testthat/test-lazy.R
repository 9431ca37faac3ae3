# Pipelines: their SQL, that only the result is fetched, and that it is right.

skip_if_not_installed("dplyr")
skip_if_not_installed("dbplyr")
library(dplyr, warn.conflicts = FALSE)

# The SQL of show_query() on one line, without the quotes that versions of dbplyr set differently.
query <- function(x) {
  text <- suppressMessages(capture.output(show_query(x)))
  gsub("[[:space:]]+", " ", gsub("\"", "", paste(text[-1L], collapse = " ")))
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
  q <- cs_tbl(con, "synthetic_2017") |> group_by(q1_1) |> summarise(t = xtab(q4_4_2, q4_4_3), m = max(q4_4_2, na.rm = TRUE), .groups = "drop")
  expect_match(query(q), "SELECT q1_1, xtab\\(q4_4_2, q4_4_3\\) AS t, MAX\\(q4_4_2\\) AS m FROM synthetic_2017 GROUP BY q1_1")
  expect_s3_class(collect(q)$m, "ordered")
})

test_each("a table for each group, and weights", {
  q <- cs_tbl(con, "synthetic_2017") |> mutate(w = level(q1_3) / 2.5) |> group_by(q1_1) |> cs_xtab(q4_4_2, q4_4_3 >= "b", w)
  expect_match(query(q), "q1_1, csirtsurvey.xtab\\(q4_4_2, q4_4_3 >= 'b', w\\) AS xtab .* GROUP BY q1_1$")
  x <- answers(con, "q1_1, q4_4_2, q4_4_3 >= 'b' AS b, level(q1_3) / 2.5 AS w")
  t <- cs_table(q)
  for (g in names(t)) expect_equals(t[[g]], xtabs(w ~ q4_4_2 + b, x[x$q1_1 %in% g, ]))
  expect_named(dimnames(t[[1L]]), c("q4_4_2", "q4_4_3 >= \"b\""))
})

test_each("cells in the database, filtered there, in either language", {
  q <- cs_tbl(con, "synthetic_2017") |> group_by(q1_1) |> cs_xtab(q4_4_2, q4_4_3) |> cs_cells("ja") |> filter(n > 0)
  expect_match(query(q), "CROSS JOIN LATERAL csirtsurvey.cells\\(q.xtab, 'ja'\\) AS t")
  expect_match(query(q), "WHERE \\(n > 0(\\.0)?\\)$")
  got <- collect(q)
  x <- answers(con, "q1_1, q4_4_2, q4_4_3", lang = "ja")
  r <- as.data.frame(table(x), stringsAsFactors = FALSE)
  r <- r[r$Freq > 0, ]
  key <- function(g, a, b) paste(g, a, b)
  expect_setequal(key(as.character(got$q1_1), got$row_label, got$col_label), key(levels(droplevels(x$q1_1))[1L], r$q4_4_2, r$q4_4_3)[0L] |>
    c(key(cs_read(con, "SELECT label_en FROM option WHERE question = '1.1' ORDER BY position")$label_en[match(r$q1_1, levels(x$q1_1))], r$q4_4_2, r$q4_4_3)))
  expect_identical(sum(got$n), 187)
})

test_each("tests in the database, in broom's shape", {
  q <- cs_tbl(con, "synthetic_2017") |> group_by(q1_1) |> cs_xtab(q4_4_2 >= "b", q4_4_3 >= "a") |> cs_test("chisq_test", correct = TRUE)
  expect_match(query(q), "CROSS JOIN LATERAL csirtsurvey.chisq_test\\(q.xtab, correct => TRUE\\) AS t")
  expect_match(query(q), "t.p_value AS p.value")
  got <- collect(q)
  x <- answers(con, "q1_1, q4_4_2 >= 'b' AS a, q4_4_3 >= 'a' AS b")
  for (i in seq_len(nrow(got))) {
    r <- suppressWarnings(chisq.test(table(x[x$q1_1 %in% got$q1_1[i], 2:3])))
    expect_equals(got$p.value[i], r$p.value)
    expect_equals(got$statistic[i], r$statistic)
  }
  expect_identical(nrow(collect(filter(q, p.value < 0))), 0L)
  expect_type(got$notes, "list")
  expect_error(cs_tbl(con, "synthetic_2017") |> cs_test("chisq_test"), "cs_xtab")
  expect_error(cs_tbl(con, "synthetic_2017") |> cs_xtab(q4_4_2, q4_4_3) |> cs_test("chisq_test", TRUE), "named")
})

test_each("p-values adjusted over the rows", {
  got <- cs_tbl(con, "synthetic_2017") |> group_by(q1_3) |> cs_xtab(q4_4_2, q4_4_3) |> cs_test("chisq_test", adjust = "holm") |> collect()
  expect_equals(got$adj.p.value, p.adjust(got$p.value, "holm"))
  expect_identical(names(csirtsurvey:::tidy_htest(got))[c(1, 5, 6)], c("q1_3", "p.value", "adj.p.value"))
})

test_each("strata: one test over all, or for each value of by", {
  by_size <- cs_tbl(con, "synthetic_2017") |> group_by(q1_1, q1_3) |> cs_xtab(q4_4_2 >= "b", q4_4_3 >= "a")
  x <- answers(con, "q1_1, q1_3, q4_4_2 >= 'b' AS a, q4_4_3 >= 'a' AS b")
  strata <- function(x) {
    t <- table(x$a, x$b, x$s)
    t[, , apply(t, 3, sum) > 1, drop = FALSE]
  }
  x$s <- interaction(x$q1_1, x$q1_3)
  q <- cs_test(by_size, "cmh_test")
  expect_match(query(q), "pg_catalog.array_agg\\(xtab\\) AS strata .* csirtsurvey.cmh_test\\(q.strata\\) AS t")
  expect_equals(collect(q)$statistic, mantelhaen.test(strata(x), correct = FALSE)$statistic)
  each <- collect(cs_test(by_size, "cmh_test", by = "q1_1"))
  for (i in seq_len(nrow(each))) {
    r <- mantelhaen.test(strata(x[x$q1_1 %in% each$q1_1[i], ]), correct = FALSE)
    expect_equals(c(each$statistic[i], each$estimate[i]), c(r$statistic, r$estimate))
  }
})
