# Pipelines of dbplyr that end in a table, its cells or a test: nothing but the result leaves the database.

need_dbplyr <- function() {
  for (package in c("dplyr", "dbplyr")) {
    if (!requireNamespace(package, quietly = TRUE)) stop("This needs the package ", package, ".", call. = FALSE)
  }
}

cs_tbl <- function(con, x) {
  need_dbplyr()
  from <- if (is_query(x)) dbplyr::sql(source_sql(con, x)) else {
    path <- table_path(x)
    if (length(path) == 2L) dbplyr::in_schema(path[1L], path[2L]) else path
  }
  lazy_tbl(con, from)
}

# dplyr::tbl() without RPostgreSQL's warnings of the extension's types, and with PostgreSQL's own words of errors.
lazy_tbl <- function(con, from) as_tbl_cs(tryCatch(without_type_warnings(dplyr::tbl(con, from)), error = stop_plainly))

as_tbl_cs <- function(x, names = NULL) {
  if (!inherits(x, "tbl_cs")) class(x) <- c("tbl_cs", class(x))
  attr(x, "cs_names") <- names
  x
}

collect.tbl_cs <- function(x, ...) {
  names <- attr(x, "cs_names")
  out <- if (is.null(names) || "dnn" %in% ...names()) cs_read(x, ...) else cs_read(x, ..., dnn = names)
  groups <- dplyr::group_vars(x)
  if (length(groups) > 0L) dplyr::group_by(out, dplyr::across(dplyr::all_of(groups))) else out
}

as.table.tbl_cs <- function(x, ...) cs_table(x, ...)

cs_xtab <- function(x, row, col, weight) {
  count_into(x, "xtab", list(substitute(row), substitute(col)), if (!missing(weight)) substitute(weight), parent.frame())
}

cs_freq <- function(x, var, weight) {
  count_into(x, "freq", list(substitute(var)), if (!missing(weight)) substitute(weight), parent.frame())
}

# One value of the aggregate for each group; the arguments are expressions of dbplyr.
count_into <- function(x, aggregate, args, weight, env) {
  need_dbplyr()
  names <- vapply(args, function(a) paste(deparse(a), collapse = " "), "")
  injected <- grepl("{", names, fixed = TRUE) | grepl("!!", names, fixed = TRUE)
  names[injected] <- c("row", "col")[seq_along(names)][injected]
  call <- as.call(c(as.name(paste0("csirtsurvey.", aggregate)), args, weight))
  # Evaluated where the pipeline stands: its variables, and {{ }} in a function around it, are found there.
  summarise <- as.call(list(quote(dplyr::summarise), x, call, .groups = "drop"))
  names(summarise)[3L] <- aggregate
  as_tbl_cs(eval(summarise, env), names)
}

cs_cells <- function(x, lang = c("en", "ja"), column = NULL) {
  lang <- match.arg(lang)
  over_table(x, column, function(con, table) {
    list(columns = "t.*", call = paste0("CROSS JOIN LATERAL csirtsurvey.cells(", table, ", ", literal(con, lang), ") AS t"))
  })
}

cs_test <- function(x, test, ...) UseMethod("cs_test")

# Tests of one table a stratum: all rows, or those of each group named in by, are the strata of one test.
stratified <- c("cmh_test", "cmh_tests", "breslow_day_test", "woolf_test", "van_elteren_test", "zelen_test", "mh_risk_ratio", "mh_risk_difference")

cs_test.tbl_lazy <- function(x, test, ..., adjust = NULL, by = NULL, column = NULL) {
  con <- dbplyr::remote_con(x)
  args <- test_args(con, list(...))
  fun <- quote_id(con, "csirtsurvey", check_name(con, test))
  fields <- tidy_sql(con, adjust)
  if (!test %in% stratified) {
    if (!is.null(by)) stop("by is for tests of strata.", call. = FALSE)
    return(over_table(x, column, function(con, table) {
      list(columns = fields, call = paste0("CROSS JOIN LATERAL ", fun, "(", paste(c(table, args), collapse = ", "), ") AS t"))
    }))
  }
  at <- table_column(x, column)
  groups <- vapply(by, function(g) quote_id(con, g), "")
  inner <- paste0(
    "SELECT ", paste(c(groups, paste0("pg_catalog.array_agg(", quote_id(con, at), ") AS strata")), collapse = ", "),
    " FROM (", dbplyr::sql_render(x), ") AS s", if (length(groups) > 0L) paste(" GROUP BY", paste(groups, collapse = ", "))
  )
  sql <- paste0(
    "SELECT ", paste(c(if (length(groups) > 0L) paste0("q.", groups), fields), collapse = ", "), "\nFROM (", inner, ") AS q\n",
    "CROSS JOIN LATERAL ", fun, "(", paste(c("q.strata", args), collapse = ", "), ") AS t"
  )
  lazy_tbl(con, dbplyr::sql(sql))
}

cs_test.default <- function(x, test, ..., con, adjust = NULL) {
  if (inherits(x, "DBIConnection")) stop("Give a table, a list of tables (strata) or a lazy table first, and con = the connection.", call. = FALSE)
  if (missing(con)) stop("Give con = the connection: the test runs in the database.", call. = FALSE)
  value <- function(t) paste0(literal(con, as.character(if (inherits(t, "cs_xtab")) t else as_xtab(t))), "::csirtsurvey.xtab")
  if (is.array(x) && length(dim(x)) == 3L) x <- lapply(seq_len(dim(x)[3L]), function(k) as.table(array(x[, , k], dim(x)[1:2], dimnames(x)[1:2])))
  one <- if (is.list(x)) paste0("ARRAY[", paste(vapply(x, value, ""), collapse = ", "), "]::csirtsurvey.xtab[]") else value(x)
  # OFFSET 0 hides the constant from the planner, which would run the test to fold it each time the query is planned.
  sql <- paste0(
    "SELECT ", tidy_sql(con, adjust), "\nFROM (SELECT ", one, " AS x OFFSET 0) AS s CROSS JOIN LATERAL ",
    quote_id(con, "csirtsurvey", check_name(con, test)), "(", paste(c("s.x", test_args(con, list(...))), collapse = ", "), ") AS t"
  )
  tidy_htest(cs_read(con, sql))
}

check_name <- function(con, name) {
  if (!is.character(name) || length(name) != 1L || is.na(name)) stop("test is the name of a function of the extension.", call. = FALSE)
  known <- run_query(con, paste(
    "SELECT count(*)::int AS n FROM pg_catalog.pg_proc WHERE pronamespace = 'csirtsurvey'::regnamespace AND proname =", literal(con, name)
  ))$n
  if (known == 0L) stop("The extension has no function ", name, ".", call. = FALSE)
  name
}

# Arguments of a test as SQL has them; each has a name.
test_args <- function(con, args) {
  if (length(args) == 0L) return(character())
  if (is.null(names(args)) || !all(nzchar(names(args)))) stop("Arguments of a test are named: correct = TRUE.", call. = FALSE)
  paste0(vapply(names(args), function(n) quote_id(con, n), ""), " => ", vapply(args, function(a) literal(con, a), ""))
}

# The fields of htest under broom's names.
tidy_sql <- function(con, adjust) {
  fields <- paste0("t.", sub(".", "_", tidy_fields, fixed = TRUE), ifelse(grepl(".", tidy_fields, fixed = TRUE), paste0(" AS ", "\"", tidy_fields, "\""), ""))
  if (!is.null(adjust)) {
    more <- paste0("csirtsurvey.p_adjust(t.p_value, ", literal(con, adjust), ") OVER () AS \"adj.p.value\"")
    fields <- append(fields, more, match("p.value", tidy_fields))
  }
  paste(fields, collapse = ", ")
}

table_column <- function(x, column) {
  vars <- as.character(dplyr::tbl_vars(x))
  if (is.null(column)) column <- intersect(c("xtab", "freq"), vars)[1L]
  if (!column %in% vars) stop("There is no table here: end the pipeline in cs_xtab() or cs_freq(), or name the column.", call. = FALSE)
  column
}

# A set-returning function of the table in each row, beside the other columns.
over_table <- function(x, column, what) {
  need_dbplyr()
  con <- dbplyr::remote_con(x)
  column <- table_column(x, column)
  others <- setdiff(as.character(dplyr::tbl_vars(x)), column)
  part <- what(con, paste0("q.", quote_id(con, column)))
  sql <- paste0(
    "SELECT ", paste(c(vapply(others, function(n) paste0("q.", quote_id(con, n)), ""), part$columns), collapse = ", "),
    "\nFROM (", dbplyr::sql_render(x), ") AS q\n", part$call
  )
  lazy_tbl(con, dbplyr::sql(sql))
}
