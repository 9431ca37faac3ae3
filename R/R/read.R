# Rows of the database as R's own types.

cs_read <- function(con, x, lang = c("en", "ja", "code"), sets = c("list", "wide"), off_scale = c("na", "level"), options = NULL,
                    codebook = TRUE, dnn = c("row", "col")) {
  if (inherits(con, "tbl_lazy")) {
    x <- con
    con <- dbplyr::remote_con(x)
  }
  how <- list(lang = match.arg(lang), sets = match.arg(sets), off_scale = match.arg(off_scale), dnn = dnn)
  sql <- source_sql(con, x)
  types <- describe(con, sql)
  # Rows such as htest become their columns. OFFSET 0 keeps PostgreSQL from calling a function once for each of them.
  while (any(types$kind == "c")) {
    composite <- types$kind == "c"
    q <- vapply(types$name, function(n) paste0("q.", quote_id(con, n)), "")
    q[composite] <- paste0("(", q[composite], ").*")
    sql <- paste0("SELECT ", paste(q, collapse = ", "), " FROM (SELECT * FROM (", sql, "\n) AS q OFFSET 0) AS q")
    types <- describe(con, sql)
  }
  ours <- types$schema == "csirtsurvey"
  how$scales <- if (any(ours)) scale_table(con)
  how$book <- if (codebook && any(grepl("^q[0-9]", types$name))) codebook(con, types$name)
  columns <- lapply(seq_len(nrow(types)), function(i) reader(con, types[i, ], how, options[[types$name[i]]]))
  expr <- vapply(columns, `[[`, "", "sql")
  rows <- run_query(con, paste0(
    "SELECT ", paste0(expr, " AS c", seq_along(expr), collapse = ", "), " FROM (", sql, "\n) AS q"
  ))
  n <- if (length(rows) == 0L) 0L else nrow(rows)
  out <- list()
  for (i in seq_along(columns)) {
    value <- columns[[i]]$read(if (n == 0L) character() else rows[[i]])
    book <- how$book[match(types$name[i], how$book$column_name), ]
    value <- if (is.list(value) && isTRUE(columns[[i]]$wide)) value else stats::setNames(list(value), types$name[i])
    for (name in names(value)) {
      if (how$lang != "code" && !is.null(how$book) && !is.na(book$column_name) && is.null(attr(value[[name]], "label"))) {
        words <- unlist(book[paste0(c("question_", "part_"), how$lang)])
        attr(value[[name]], "label") <- paste(words[nzchar(words)], collapse = ": ")
      }
      out[[name]] <- value[[name]]
    }
  }
  out <- as_rows(out, n)
  if (all(htest_fields %in% names(out))) class(out) <- c("cs_htest", class(out))
  out
}

# How one column is read: sql, plain for every driver, and read, a function of what comes.
reader <- function(con, type, how, options) {
  column <- paste0("q.", quote_id(con, type$name))
  text <- paste0(column, "::text")
  plain <- function(read, sql = column) list(sql = sql, read = read)
  if (type$schema == "csirtsurvey") {
    if (type$type %in% how$scales$scale) return(plain(function(v) read_scale(v, type$type, how), text))
    if (type$type == "multiselect") return(set_reader(type$name, text, how, options))
    if (type$type == "xtab") return(plain(function(v) lapply(utf8(v), read_xtab, how = how), xtab_sql(column)))
  }
  if (type$kind == "e") {
    labels <- parse_array(utf8(type$labels))
    return(plain(function(v) factor(utf8(v), labels, ordered = TRUE), text))
  }
  if (nzchar(type$element)) {
    if (type$schema == "csirtsurvey" && type$element == "xtab") {
      stop("Column ", type$name, " is an array of tables: unnest() it in the query.", call. = FALSE)
    }
    return(plain(function(v) lapply(utf8(v), read_array, element = type$element), text))
  }
  switch(type$type,
    bool = plain(as.logical),
    int2 = , int4 = plain(as.integer),
    int8 = plain(function(v) safe_number(v, type$name), text),
    numeric = plain(as.numeric, text),
    float4 = , float8 = plain(as.numeric),
    date = plain(function(v) as.Date(as.character(v), format = "%Y-%m-%d"), paste0("pg_catalog.to_char(", column, ", 'YYYY-MM-DD')")),
    timestamp = , timestamptz =
      plain(function(v) .POSIXct(as.numeric(v), "UTC"), paste0("pg_catalog.date_part('epoch', ", column, ")::float8")),
    text = , varchar = , bpchar = plain(function(v) read_text(v, type$name, how), text),
    plain(utf8, text)
  )
}

# A scale as an ordered factor, lowest level first; codes that have no level are NA, counted in the attribute off_scale, or
# levels below all others.
read_scale <- function(v, scale, how) {
  levels <- how$scales[how$scales$scale == scale, ]
  v <- as.character(v)
  off <- levels$off_scale
  labels <- if (how$lang == "code") levels$code else unique_labels(levels[[paste0("label_", how$lang)]], levels$code)
  count <- vapply(levels$code[off], function(code) sum(v == code, na.rm = TRUE), 0L)
  names(count) <- labels[off]
  keep <- if (how$off_scale == "na") !off else rep(TRUE, length(off))
  structure(factor(v, levels$code[keep], labels[keep], ordered = TRUE),
    scale = scale, codes = levels$code[keep], off_scale = if (any(off)) count
  )
}

# A text column that the questionnaire knows as one of several answers is a factor; any other text is text.
read_text <- function(v, name, how) {
  v <- utf8(v)
  book <- how$book[match(name, how$book$column_name), ]
  if (how$lang == "code" || is.null(how$book) || is.na(book$column_name) || is.na(book$codes)) return(v)
  codes <- parse_array(book$codes)
  if (!all(v %in% c(codes, NA))) return(v)
  labels <- parse_array(book[[paste0("label_", how$lang)]])
  structure(factor(v, codes, unique_labels(labels, codes)), codes = codes)
}

# A multi-select answer as a list of codes, or a column of 0 and 1 for each option: those of the questionnaire, those given, or all
# up to the last that anybody ticked.
set_reader <- function(name, text, how, options) {
  book <- how$book[match(name, how$book$column_name), ]
  known <- !is.null(how$book) && !is.na(book$column_name) && !is.na(book$codes)
  codes <- if (is.numeric(options)) option_code(seq_len(options)) else if (!is.null(options)) as.character(options)
  labels <- if (!is.null(names(options))) unname(codes)
  if (!is.null(labels)) codes <- names(options)
  if (is.null(codes) && known) {
    codes <- parse_array(book$codes)
    if (how$lang != "code") labels <- unique_labels(parse_array(book[[paste0("label_", how$lang)]]), codes)
  }
  list(sql = text, wide = how$sets == "wide", read = function(v) {
    answers <- parse_set(as.character(v))
    if (how$sets == "list") {
      if (!is.null(labels)) attr(answers, "labels") <- stats::setNames(labels, codes)
      return(answers)
    }
    ticked <- as.character(unique(unlist(answers)))
    ticked <- ticked[!is.na(ticked)]
    if (is.null(codes)) codes <- option_code(seq_len(max(option_index(ticked), 0)))
    if (is.numeric(options) || is.null(options)) {
      beyond <- setdiff(ticked, codes)
      codes <- c(codes, beyond[order(option_index(beyond))])
    }
    missing <- is.na(v)
    out <- lapply(codes, function(code) {
      column <- vapply(answers, function(a) code %in% a, NA) + 0L
      column[missing] <- NA_integer_
      label <- if (!is.null(labels)) stats::setNames(labels, codes[seq_along(labels)])[code]
      if (!is.null(label) && !is.na(label)) attr(column, "label") <- unname(label)
      column
    })
    stats::setNames(out, paste0(name, rep("_", length(codes)), codes))
  })
}

read_array <- function(text, element) {
  value <- parse_array(text)
  if (is.null(value)) return(NULL)
  switch(element,
    int2 = , int4 = { storage.mode(value) <- "integer"; value },
    int8 = , float4 = , float8 = , numeric = { storage.mode(value) <- "double"; value },
    bool = { value[] <- c(t = TRUE, f = FALSE)[value]; storage.mode(value) <- "logical"; value },
    value
  )
}
