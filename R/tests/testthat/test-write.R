# A data frame goes to the database and comes back; what it is there is asked of PostgreSQL.

test_each("a data frame and back", {
  df <- data.frame(
    id = c(1L, 2L, NA), x = c(0.1, NA, 1 / 3), ok = c(TRUE, NA, FALSE), t = c("it's", "a\\b \"日本\"", NA), d = as.Date(c("2017-01-01", NA, "1969-12-31")),
    level = factor(c("low", NA, "high"), c("low", "middle", "high"), ordered = TRUE), g = factor(c("b", "a", NA)), check.names = FALSE
  )
  df$at <- .POSIXct(c(0.25, NA, 1.5e9), "UTC")
  df$s <- list(c("a", "c"), NA, character())
  name <- cs_write(con, "r frame", df, temporary = TRUE)
  back <- cs_read(con, DBI::Id(table = name))
  for (n in c("id", "x", "ok", "t", "d", "level")) expect_identical(back[[n]], df[[n]])
  expect_equal(as.numeric(back$at), as.numeric(df$at))
  expect_identical(back$g, as.character(df$g))
  expect_identical(as.list(back$s), list(c("a", "c"), NA_character_, character()))
  expect_identical(run(con, "SELECT max(level)::text AS m FROM \"r frame\"")$m, "high")
  run(con, "DROP TABLE \"r frame\"")
  run(con, "DROP TYPE pg_temp.\"r frame_level\"")
})

test_each("scales keep their type, by codes or by labels in either language", {
  for (lang in c("en", "ja", "code")) {
    df <- answers(con, "organisation, q4_4_2, q5_7_tenure, q2_1, q1_2", lang = lang, off_scale = "level")
    cs_write(con, "again", df, temporary = TRUE)
    n <- run(con, paste(
      "SELECT count(*)::int AS n FROM again AS a JOIN synthetic_2017 AS b USING (organisation) WHERE a.q4_4_2 = b.q4_4_2",
      "AND a.q5_7_tenure IS NOT DISTINCT FROM b.q5_7_tenure AND a.q2_1 IS NOT DISTINCT FROM b.q2_1 AND a.q1_2 = b.q1_2"
    ))$n
    expect_equal(n, nrow(df))
    run(con, "DROP TABLE again")
  }
  labels <- data.frame(q = c("Not done", "10 years or more"))
  cs_write(con, "told", labels, types = c(q = "csirtsurvey.tenure"), temporary = TRUE)
  expect_identical(run(con, "SELECT string_agg(q::text, ',' ORDER BY q) AS q FROM told")$q, "f,e")
  run(con, "DROP TABLE told")
})

test_each("tables in a column", {
  df <- data.frame(year = c(2015L, 2017L))
  df$t <- list(table(mtcars$cyl, mtcars$gear), NULL)[c(1, 1)]
  cs_write(con, "tables", df, temporary = TRUE)
  merged <- cs_table(con, "SELECT merge(t) FROM tables")
  expect_identical(as.vector(merged), as.vector(2L * table(mtcars$cyl, mtcars$gear)))
  run(con, "DROP TABLE tables")
})

test_each("many rows, no rows, and a failure that leaves nothing behind", {
  df <- data.frame(i = 1:2500, x = seq(0, 1, length.out = 2500))
  cs_write(con, "many", df, temporary = TRUE)
  expect_identical(as.list(cs_read(con, "SELECT * FROM many ORDER BY i")), as.list(df))
  run(con, "DROP TABLE many")
  cs_write(con, "none", df[0, ], temporary = TRUE)
  expect_identical(dim(cs_read(con, "none")), c(0L, 2L))
  run(con, "DROP TABLE none")
  bad <- data.frame(q = "z", e = factor("a", ordered = TRUE))
  expect_error(cs_write(con, "public.bad", bad, types = c(q = "csirtsurvey.maturity")), "maturity")
  expect_identical(run(con, "SELECT (to_regclass('public.bad') IS NULL AND to_regtype('public.bad_e') IS NULL)::text AS gone")$gone, "true")
  long <- data.frame(q = factor(strrep("x", 64), ordered = TRUE))
  expect_error(cs_write(con, "long", long, temporary = TRUE), "63 bytes")
})

test_each("a table that is there is replaced only if that is asked for", {
  df <- data.frame(level = factor("a", c("a", "b"), ordered = TRUE))
  for (temporary in c(TRUE, FALSE)) {
    cs_write(con, "twice", df, temporary = temporary)
    expect_error(cs_write(con, "twice", df, temporary = temporary), "exists already: overwrite = TRUE")
    levels(df$level) <- c("a", "c")
    cs_write(con, "twice", df, temporary = temporary, overwrite = TRUE)
    expect_identical(levels(cs_read(con, "twice")$level), c("a", "c"))
    run(con, "DROP TABLE twice")
    # The enum alone, as after DROP TABLE or dbRemoveTable().
    cs_write(con, "twice", df, temporary = temporary, overwrite = TRUE)
    expect_identical(cs_read(con, "twice")$level, df$level)
    run(con, "DROP TABLE twice")
    run(con, paste0("DROP TYPE ", if (temporary) "pg_temp.", "twice_level"))
  }
})
