# A data frame as a table of the database, with the types that the extension counts by.

cs_write <- function(con, name, value, types = NULL, temporary = FALSE, overwrite = FALSE) {
  if (!is.data.frame(value)) stop("value must be a data frame.", call. = FALSE)
  path <- table_path(name)
  if (temporary) path <- c("pg_temp", path[length(path)])
  scales <- unique(scale_table(con)$scale)
  columns <- lapply(names(value), function(n) writer(con, value[[n]], n, types[n], path, scales))
  done <- FALSE
  table <- quote_id(con, path)
  enums <- unlist(lapply(columns, function(column) if (!is.null(column$create)) column$type))
  if (!overwrite && there(con, "class", table)) {
    stop("The table ", table, " exists already: overwrite = TRUE replaces it.", call. = FALSE)
  }
  made <- character()
  on.exit(if (!done) for (undo in rev(made)) try(run_query(con, undo), silent = TRUE))
  if (overwrite) {
    run_query(con, paste("DROP TABLE IF EXISTS", table))
    for (enum in enums[vapply(enums, function(e) there(con, "type", e), NA)]) run_query(con, paste("DROP TYPE", enum))
  }
  for (column in columns) {
    if (is.null(column$create)) next
    run_query(con, column$create)
    made <- c(made, paste("DROP TYPE", column$type))
  }
  definition <- paste(vapply(names(value), function(n) quote_id(con, n), ""), vapply(columns, `[[`, "", "type"), collapse = ", ")
  run_query(con, paste0("CREATE TABLE ", table, " (", definition, ")"))
  made <- c(made, paste("DROP TABLE", table))
  for (from in seq(1L, by = 1000L, length.out = ceiling(nrow(value) / 1000))) {
    at <- from:min(from + 999L, nrow(value))
    rows <- do.call(paste, c(lapply(columns, function(column) column$values(at)), sep = ", "))
    run_query(con, paste0("INSERT INTO ", table, " VALUES (", paste(rows, collapse = "), ("), ")"))
  }
  done <- TRUE
  invisible(if (temporary) path[2L] else paste(path, collapse = "."))
}

# Is there a table (class) or type of this name?
there <- function(con, what, name) {
  run_query(con, paste0("SELECT (pg_catalog.to_reg", what, "(", literal(con, name), ") IS NOT NULL)::int AS there"))$there == 1L
}

# One column: its type, what makes the type, and its values as SQL.
writer <- function(con, x, name, type, path, scales) {
  text <- function(values) as.character(DBI::dbQuoteString(con, enc2utf8(as.character(values))))
  given <- !is.null(type) && !is.na(type)
  if (is.factor(x)) {
    scale <- if (given && type %in% scales) type else attr(x, "scale")
    codes <- attr(x, "codes")
    labels <- if (length(codes) == nlevels(x)) codes else levels(x)
    if (!is.null(scale) && scale %in% scales) {
      return(list(type = quote_id(con, "csirtsurvey", scale), values = function(i) text(labels[as.integer(x)[i]])))
    }
    if (given) return(list(type = unname(type), values = function(i) text(x[i])))
    if (!is.ordered(x)) return(list(type = "text", values = function(i) text(labels[as.integer(x)[i]])))
    # The limit of a name, and so of a value of an enum.
    long <- levels(x)[nchar(levels(x), "bytes") > 63L]
    if (length(long) > 0L) stop("A level of ", name, " is too long for an enum, 63 bytes: ", long[1L], call. = FALSE)
    path[length(path)] <- paste0(path[length(path)], "_", name)
    enum <- quote_id(con, path)
    return(list(type = enum, create = paste0("CREATE TYPE ", enum, " AS ENUM (", paste(text(levels(x)), collapse = ", "), ")"),
      values = function(i) text(x[i])))
  }
  if (is.list(x)) {
    if (length(x) > 0L && all(vapply(x, function(e) is.null(e) || inherits(e, c("table", "cs_xtab")), NA))) {
      return(list(type = "csirtsurvey.xtab", values = function(i) vapply(x[i], function(e) {
        if (is.null(e)) "NULL" else text(if (inherits(e, "cs_xtab")) unclass(e) else unclass(as_xtab(e)))
      }, "")))
    }
    missing <- vapply(x, function(s) is.null(s) || (length(s) == 1L && is.na(s)), NA)
    return(list(type = if (given) unname(type) else "csirtsurvey.multiselect", values = function(i) {
      ifelse(missing[i], "NULL", text(vapply(x[i], function(s) paste0("{", paste(s, collapse = ","), "}"), "")))
    }))
  }
  sql <- function(own, values) list(type = if (given) unname(type) else own, values = values)
  if (inherits(x, "Date")) return(sql("date", function(i) text(format(x[i], "%Y-%m-%d"))))
  if (inherits(x, "POSIXct")) {
    return(sql("timestamptz", function(i) text(ifelse(is.na(x[i]), NA, paste0(format(x[i], "%Y-%m-%d %H:%M:%OS6", tz = "UTC"), "+00")))))
  }
  if (inherits(x, "cs_xtab")) return(sql("csirtsurvey.xtab", function(i) text(unclass(x)[i])))
  if (is.logical(x)) return(sql("boolean", function(i) ifelse(is.na(x[i]), "NULL", ifelse(x[i], "TRUE", "FALSE"))))
  if (is.integer(x)) return(sql("integer", function(i) number_text(x[i])))
  if (is.numeric(x)) return(sql("double precision", function(i) number_text(x[i])))
  sql("text", function(i) text(x[i]))
}
