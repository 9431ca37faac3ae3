# A connection for each driver to the server that the PG* variables name.  Without one the tests are passed over, but where
# CSIRTSURVEY_DRIVERS says which drivers must be there (make check-r) they fail.

required <- strsplit(Sys.getenv("CSIRTSURVEY_DRIVERS"), ",", fixed = TRUE)[[1L]]
Sys.setenv(TZ = "UTC")

connections <- new.env()

connect <- function(driver) {
  if (is.null(connections[[driver]])) {
    if (!driver %in% required) {
      skip_if_not_installed(driver)
      skip_if(!nzchar(Sys.getenv("PGHOST")) && !nzchar(Sys.getenv("PGPORT")), "no server")
    }
    drv <- if (driver == "RPostgres") RPostgres::Postgres() else RPostgreSQL::PostgreSQL()
    raw <- DBI::dbConnect(drv)
    suppressWarnings(DBI::dbExecute(raw, "SET client_min_messages = warning"))
    DBI::dbExecute(raw, "CREATE EXTENSION IF NOT EXISTS csirtsurvey")
    DBI::dbDisconnect(raw)
    connections[[driver]] <- cs_connect(driver = drv)
  }
  connections[[driver]]
}

# One test for each driver; code sees the connection as con.
test_each <- function(desc, code) {
  code <- substitute(code)
  env <- parent.frame()
  for (driver in c("RPostgres", "RPostgreSQL")) {
    eval(bquote(test_that(.(paste0(desc, " (", driver, ")")), {
      con <- connect(.(driver))
      .(code)
    })), env)
  }
}

run <- function(con, sql) csirtsurvey:::run_query(con, sql)

# A row of the extension's test of xtab(row, col) over the made-up answers of 2017.
in_database <- function(con, test, row, col, args = "", from = "synthetic_2017") {
  cs_read(con, sprintf("SELECT t.* FROM (SELECT xtab(%s, %s) AS x FROM %s) AS s, %s(s.x%s) AS t", row, col, from, test, args))
}

answers <- function(con, columns, from = "synthetic_2017", ...) cs_read(con, sprintf("SELECT %s FROM %s", columns, from), ...)

# 1e-9 relative, as the extension's reference values.
expect_equals <- function(object, expected) expect_equal(as.vector(object), as.vector(unname(expected)), tolerance = 1e-9)
