# Types: what PostgreSQL holds and what R gets are compared by the text that the database itself writes.

test_each("every scale is an ordered factor of its codes and labels, in the order of its levels", {
  scales <- cs_read(con, "SELECT * FROM scale_levels()")
  expect_gte(length(unique(scales$scale)), 14L)
  for (scale in unique(scales$scale)) {
    s <- scales[scales$scale == scale, ]
    ordered <- rbind(s[s$off_scale, ], s[!s$off_scale, ][order(s$level[!s$off_scale]), ])
    sql <- sprintf("SELECT code::%s AS x FROM scale_levels('%s') UNION ALL SELECT NULL", scale, scale)
    for (lang in c("en", "ja", "code")) {
      words <- function(s) if (lang == "code") s$code else s[[paste0("label_", lang)]]
      all <- cs_read(con, sql, lang = lang, off_scale = "level")$x
      expect_s3_class(all, "ordered")
      expect_identical(levels(all), words(ordered))
      expect_identical(sort(as.character(all)), sort(words(s)))
      expect_identical(sum(is.na(all)), 1L)
    }
    on <- cs_read(con, sql)$x
    expect_identical(levels(on), ordered$label_en[!ordered$off_scale])
    expect_identical(sum(is.na(on)), 1L + sum(s$off_scale))
    expect_identical(sum(attr(on, "off_scale")), sum(s$off_scale))
  }
})

test_each("the order of a factor is the order of the scale in SQL", {
  x <- cs_read(con, "SELECT q5_7_tenure AS t, row_number() OVER (ORDER BY q5_7_tenure, organisation) AS i FROM synthetic_2017", off_scale = "level")
  expect_false(is.unsorted(as.integer(x$t)[order(x$i)], na.rm = TRUE))
  expect_identical(levels(x$t)[1L], "Not done")
})

test_each("the codes that lie off a scale are counted where they are left out", {
  x <- answers(con, "q5_7_tenure")
  expect_identical(unname(attr(x$q5_7_tenure, "off_scale")), as.integer(run(con, "SELECT count(*)::int AS n FROM synthetic_2017 WHERE q5_7_tenure = 'f'")$n))
  expect_identical(names(attr(x$q5_7_tenure, "off_scale")), "Not done")
})

test_each("columns of the questionnaire carry its labels", {
  x <- answers(con, "q1_2, q4_4_2, q5_1_dedicated", lang = "ja")
  book <- cs_read(con, "SELECT code, label_ja FROM option WHERE question = '1.2' ORDER BY position")
  expect_identical(levels(x$q1_2), book$label_ja)
  expect_identical(attr(x$q4_4_2, "label"), "インシデントの分類と定義")
  expect_match(attr(x$q5_1_dedicated, "label"), "専任", fixed = TRUE)
  expect_type(answers(con, "q1_2", codebook = FALSE)$q1_2, "character")
  expect_type(cs_read(con, "SELECT 'zz' AS q1_2")$q1_2, "character")
})

test_each("sets come as lists of codes", {
  sql <- "SELECT x::multiselect AS s FROM (VALUES ('{a,c}'), ('{}'), (NULL), ('{aa}')) AS v(x)"
  expect_identical(as.list(cs_read(con, sql)$s), list(c("a", "c"), character(), NA_character_, "aa"))
  expect_identical(attr(answers(con, "q4_3_3")$q4_3_3, "labels")[["f"]],
    cs_read(con, "SELECT label_en FROM option WHERE question = '4.3.3' AND code = 'f'")$label_en)
})

test_each("sets come as columns of 0 and 1", {
  x <- answers(con, "q4_3_3", sets = "wide")
  expect_identical(names(x), paste0("q4_3_3_", letters[1:7]))
  for (code in letters[1:7]) {
    n <- run(con, sprintf("SELECT count(*)::int AS n FROM synthetic_2017 WHERE has(q4_3_3, '%s')", code))$n
    expect_identical(sum(x[[paste0("q4_3_3_", code)]], na.rm = TRUE), as.integer(n))
  }
  sql <- "SELECT x::multiselect AS s FROM (VALUES ('{a,c}'), ('{}'), (NULL)) AS v(x)"
  plain <- function(x) lapply(as.list(x), as.vector)
  expect_identical(plain(cs_read(con, sql, sets = "wide")), list(s_a = c(1L, 0L, NA), s_b = c(0L, 0L, NA), s_c = c(1L, 0L, NA)))
  expect_named(cs_read(con, sql, sets = "wide", options = list(s = 5)), paste0("s_", letters[1:5]))
  labelled <- cs_read(con, sql, sets = "wide", options = list(s = c(a = "Mail", c = "Web")))
  expect_named(labelled, c("s_a", "s_c"))
  expect_identical(attr(labelled$s_c, "label"), "Web")
  empty <- cs_read(con, "SELECT s FROM (SELECT '{a}'::multiselect AS s) AS x WHERE false", sets = "wide", options = list(s = 2))
  expect_identical(plain(empty), list(s_a = integer(), s_b = integer()))
})

test_each("plain types are the same from both drivers", {
  x <- cs_read(con, paste(
    "SELECT true AS b, 1::int2 AS i2, 2::int4 AS i4, 3::int8 AS i8, 0.1::numeric AS num, 0.1::float8 + 0.2 AS f8, '日本' AS t,",
    "DATE '2017-12-31' AS d, TIMESTAMPTZ '2017-12-31 12:00:00.5+09' AS ts, '{\"a\": 1}'::jsonb AS j, 'n'::name AS nm,",
    "ARRAY[[1,2],[3,4],[5,6]] AS m, ARRAY['a,b', 'c\"d\\e', NULL, 'NULL', '{', '', '日本'] AS txt, ARRAY[true, NULL] AS ab, '{}'::text[] AS none",
    "UNION ALL SELECT", paste(rep("NULL", 15L), collapse = ", ")
  ))
  types <- c(b = "logical", i2 = "integer", i4 = "integer", i8 = "double", num = "double", f8 = "double", t = "character", j = "character")
  for (n in names(types)) {
    expect_type(x[[n]], types[[n]])
    expect_true(is.na(x[[n]][2L]))
  }
  expect_identical(x$i8[1L], 3)
  expect_identical(x$num[1L], 0.1)
  expect_identical(x$f8[1L], 0.1 + 0.2)
  expect_identical(x$t[1L], "日本")
  expect_identical(Encoding(x$t[1L]), "UTF-8")
  expect_identical(x$d, as.Date(c("2017-12-31", NA)))
  expect_equal(as.numeric(x$ts[1L]), 1514689200.5)
  expect_identical(x$m[[1L]], matrix(1:6, 3L, 2L, byrow = TRUE))
  expect_null(x$m[[2L]])
  expect_identical(x$txt[[1L]], c("a,b", "c\"d\\e", NA, "NULL", "{", "", "日本"))
  expect_identical(x$ab[[1L]], c(TRUE, NA))
  expect_identical(x$none[[1L]], character())
})

test_each("an int8 that a double cannot hold stays as it is", {
  expect_warning(x <- cs_read(con, "SELECT 9007199254740993 AS big"), "2^53", fixed = TRUE)
  expect_identical(x$big, "9007199254740993")
  expect_identical(cs_read(con, "SELECT 9007199254740991 AS big")$big, 9007199254740991)
})

test_each("domains, enums and names that need quotes", {
  run(con, "CREATE TYPE pg_temp.mood AS ENUM ('sad', 'ok', '良い')")
  run(con, "CREATE DOMAIN pg_temp.grade AS maturity CHECK (VALUE >= 'c')")
  x <- cs_read(con, "SELECT 'ok'::pg_temp.mood AS \"row %\", 'b'::pg_temp.grade AS \"a\"\"b\"", lang = "code")
  expect_identical(levels(x[["row %"]]), c("sad", "ok", "良い"))
  expect_s3_class(x[["row %"]], "ordered")
  expect_identical(as.character(x[["a\"b"]]), "b")
  run(con, "DROP DOMAIN pg_temp.grade")
  run(con, "DROP TYPE pg_temp.mood")
})

test_each("no rows still have their types", {
  x <- answers(con, "organisation, q4_4_2, q2_1, 1 AS i, 1.5::float8 AS d, now() AS at", "synthetic_2017 WHERE false")
  expect_identical(dim(x), c(0L, 6L))
  expect_identical(nlevels(x$q4_4_2), 5L)
  expect_identical(vapply(as.list(x), typeof, ""), c(organisation = "character", q4_4_2 = "integer", q2_1 = "list", i = "integer", d = "double", at = "double"))
})

test_each("errors are PostgreSQL's, and the connection lives on", {
  expect_error(cs_read(con, "SELECT nosuch FROM synthetic_2017"), "column \"nosuch\" does not exist", fixed = TRUE)
  expect_error(cs_read(con, "SELECT 'z'::maturity"), "invalid value for scale maturity", fixed = TRUE)
  expect_error(cs_read(con, "SELECT 1 AS a, 2 AS a"), "rename", fixed = TRUE)
  expect_error(cs_read(con, 1), "query", fixed = TRUE)
  expect_identical(cs_read(con, "SELECT 1 AS a;")$a, 1L)
})

test_each("tables by name, with and without a schema, and by DBI::Id", {
  n <- as.integer(run(con, "SELECT count(*)::int AS n FROM csirtsurvey.synthetic_2015")$n)
  for (x in list("synthetic_2015", "csirtsurvey.synthetic_2015", DBI::Id(schema = "csirtsurvey", table = "synthetic_2015"))) {
    expect_identical(nrow(cs_read(con, x)), n)
  }
})

test_each("the columns of a composite value", {
  x <- cs_read(con, "SELECT q2_3, chisq_test(xtab(q4_4_2, q4_4_3)) FROM synthetic_2017 GROUP BY q2_3 ORDER BY 1")
  expect_s3_class(x, "cs_htest")
  expect_identical(names(x), c("q2_3", csirtsurvey:::htest_fields))
})

test_that("without tibble rows are a data frame", {
  x <- csirtsurvey:::as_rows(list(a = 1:2, b = list("x", NULL)), 2L, tibble = FALSE)
  expect_identical(class(x), "data.frame")
  expect_identical(dim(x), c(2L, 2L))
  expect_null(x$b[[2L]])
})
