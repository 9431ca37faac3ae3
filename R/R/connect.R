# Connections, and queries that answer the same through every driver.

cs_connect <- function(..., driver = NULL) {
  args <- list(...)
  if (is.null(driver)) driver <- default_driver()
  # int8 as double, also where a column is read without this package.
  if (inherits(driver, "PqDriver") && is.null(args$bigint)) args$bigint <- "numeric"
  # Connected before it is handed on: a failure is told in the driver's words alone.
  con <- do.call(DBI::dbConnect, c(list(driver), args))
  cs_attach(con)
}

default_driver <- function() {
  if (requireNamespace("RPostgres", quietly = TRUE)) return(RPostgres::Postgres())
  if (requireNamespace("RPostgreSQL", quietly = TRUE)) return(RPostgreSQL::PostgreSQL())
  stop("Neither RPostgres nor RPostgreSQL is installed.", call. = FALSE)
}

# The schema comes last: tables that are made without a schema do not land among those of the extension.
cs_attach <- function(con) {
  run_query(con, "SET client_encoding = 'UTF8'")
  there <- run_query(con, "SELECT count(*)::int AS n FROM pg_catalog.pg_extension WHERE extname = 'csirtsurvey'")$n
  if (there == 0L) {
    stop("This database does not have the extension: run CREATE EXTENSION csirtsurvey in it.", call. = FALSE)
  }
  run_query(con, paste(
    "SELECT pg_catalog.set_config('search_path',",
    "pg_catalog.concat_ws(', ', nullif(pg_catalog.current_setting('search_path'), ''), 'csirtsurvey'), false) AS path",
    "WHERE NOT 'csirtsurvey' = ANY (pg_catalog.current_schemas(false))"
  ))
  invisible(con)
}

# A statement's rows; zero rows may come without columns. Errors are PostgreSQL's own words: RPostgreSQL's dbGetQuery()
# would only warn and give NULL.
run_query <- function(con, sql) {
  sql <- enc2utf8(as.character(sql))
  tryCatch(
    without_type_warnings({
      result <- DBI::dbSendQuery(con, sql)
      on.exit(DBI::dbClearResult(result))
      if (statement_only(result)) NULL else DBI::dbFetch(result, n = -1)
    }),
    error = stop_plainly
  )
}

# Without what drivers and dbplyr put before and around PostgreSQL's words.
stop_plainly <- function(e) {
  while (inherits(e$parent, "condition")) e <- e$parent
  stop(sub("^.*?(ERROR: )", "\\1", trimws(conditionMessage(e)), perl = TRUE), call. = FALSE)
}

# RPostgreSQL warns of every column of a type that it does not know.  Those of the extension come as text, which is what is wanted.
without_type_warnings <- function(code) {
  withCallingHandlers(code, warning = function(w) {
    if (grepl("unrecognized PostgreSQL field type", conditionMessage(w), fixed = TRUE)) invokeRestart("muffleWarning")
  })
}

# Statements without rows: fetching from them is an error or a warning, by driver.
statement_only <- function(result) {
  if (inherits(result, "PostgreSQLResult")) return(DBI::dbGetInfo(result)$isSelect == 0L)
  nrow(DBI::dbColumnInfo(result)) == 0L
}

quote_id <- function(con, ...) {
  paste(vapply(c(...), function(name) as.character(DBI::dbQuoteIdentifier(con, enc2utf8(name))), ""), collapse = ".")
}

# A value as SQL: one as a constant, several as an array.
literal <- function(con, value) {
  if (is.null(value)) return("NULL")
  one <- if (is.logical(value)) ifelse(is.na(value), "NULL", ifelse(value, "TRUE", "FALSE"))
  else if (is.numeric(value)) number_text(value)
  else as.character(DBI::dbQuoteString(con, enc2utf8(as.character(value))))
  if (length(one) == 1L) trimws(one) else paste0("ARRAY[", paste(one, collapse = ", "), "]")
}

array_literal <- function(con, values) {
  paste0("ARRAY[", paste(vapply(values, function(v) literal(con, v), ""), collapse = ", "), "]::text[]")
}

# Numbers with all their digits.
number_text <- function(x) {
  out <- if (is.integer(x)) as.character(x) else sprintf("%.17g", x)
  short <- if (is.integer(x)) out else sprintf("%.15g", x)
  ok <- !is.na(x) & is.finite(x)
  out[ok] <- ifelse(as.numeric(short[ok]) == x[ok], short[ok], out[ok])
  out[is.na(x)] <- "NULL"
  out[is.nan(x)] <- "'NaN'::float8"
  out[is.infinite(x)] <- ifelse(x[is.infinite(x)] > 0, "'Infinity'::float8", "'-Infinity'::float8")
  out
}

# What to read: a lazy table, a DBI::Id, a query, or the name of a table, perhaps with its schema.
source_sql <- function(con, x) {
  if (inherits(x, "tbl_lazy")) return(as.character(dbplyr::sql_render(x)))
  if (is_query(x)) return(sub("[[:space:];]+$", "", x))
  paste("SELECT * FROM", quote_id(con, table_path(x)))
}

is_query <- function(x) {
  is.character(x) && length(x) == 1L && grepl("^[[:space:]]*(\\(|--|/\\*|(select|with|values|table)[[:space:](])", x, ignore.case = TRUE)
}

table_path <- function(x) {
  if (inherits(x, "Id")) return(unname(x@name))
  if (!is.character(x) || length(x) != 1L || is.na(x)) {
    stop("Give one query, the name of a table, a DBI::Id or a lazy table.", call. = FALSE)
  }
  strsplit(x, ".", fixed = TRUE)[[1L]]
}
