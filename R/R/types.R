# The types of a query's columns, and what PostgreSQL writes for them.

# One row a column: name, schema, type and kind of type; domains are what they are based on. The join that never matches
# describes the query without running it.
describe <- function(con, sql) {
  none <- paste0("FROM (SELECT 1) AS one LEFT JOIN (", sql, "\n) AS q ON false")
  names <- names(run_query(con, paste("SELECT q.*", none)))
  if (length(names) == 0L) stop("The query has no columns.", call. = FALSE)
  if (anyDuplicated(names)) stop("Two columns are called ", names[anyDuplicated(names)], ": rename one in the query.", call. = FALSE)
  typeof <- paste0("pg_catalog.pg_typeof(q.", vapply(names, function(n) quote_id(con, n), ""), ")", collapse = ", ")
  types <- run_query(con, paste0(
    "WITH RECURSIVE base(i, oid) AS (\n",
    "SELECT u.i, u.t::oid FROM (SELECT ARRAY[", typeof, "] AS t ", none, ") AS x, unnest(x.t) WITH ORDINALITY AS u(t, i)\n",
    "UNION ALL SELECT b.i, t.typbasetype FROM base AS b JOIN pg_catalog.pg_type AS t USING (oid) WHERE t.typtype = 'd')\n",
    "SELECT b.i::int4 AS i, n.nspname::text AS schema, t.typname::text AS type, t.typtype::text AS kind, ",
    "(SELECT pg_catalog.array_agg(e.enumlabel::text ORDER BY e.enumsortorder) FROM pg_catalog.pg_enum AS e ",
    "WHERE e.enumtypid = t.oid)::text AS labels, coalesce(el.typname::text, '') AS element ",
    "FROM base AS b JOIN pg_catalog.pg_type AS t USING (oid) JOIN pg_catalog.pg_namespace AS n ON n.oid = t.typnamespace ",
    "LEFT JOIN pg_catalog.pg_type AS el ON el.oid = t.typelem AND t.typcategory = 'A' WHERE t.typtype <> 'd' ORDER BY 1"
  ))
  data.frame(name = names, types[c("schema", "type", "kind", "labels", "element")])
}

# The codes, levels and labels of all scales, lowest first, off-scale ones before them.
scale_table <- function(con) {
  levels <- run_query(con, paste(
    "SELECT scale, code, level, off_scale, label_ja, label_en FROM csirtsurvey.scale_levels()",
    "ORDER BY scale, level NULLS FIRST, code"
  ))
  for (column in c("label_ja", "label_en")) levels[[column]] <- utf8(levels[[column]])
  levels
}

# What the questionnaire says of the columns of a wave of answers.
codebook <- function(con, names) {
  rows <- run_query(con, paste0(
    "SELECT column_name, kind, coalesce(question_ja, '') AS question_ja, coalesce(question_en, '') AS question_en, ",
    "coalesce(part_ja, '') AS part_ja, coalesce(part_en, '') AS part_en, ",
    "(SELECT array_agg(options[i][1] ORDER BY i) FROM generate_subscripts(options, 1) AS i)::text AS codes, ",
    "(SELECT array_agg(options[i][2] ORDER BY i) FROM generate_subscripts(options, 1) AS i)::text AS label_ja, ",
    "(SELECT array_agg(options[i][3] ORDER BY i) FROM generate_subscripts(options, 1) AS i)::text AS label_en ",
    "FROM csirtsurvey.codebook_column WHERE column_name = ANY (", array_literal(con, names), ")"
  ))
  if (length(rows) == 0L) return(NULL)
  for (column in names(rows)) rows[[column]] <- utf8(rows[[column]])
  rows
}

# RPostgreSQL does not say that its text is UTF-8.
utf8 <- function(x) {
  x <- as.character(x)
  Encoding(x) <- "UTF-8"
  x
}

# The text form of a PostgreSQL array as a character vector or array, NULL as NA; NULL for NA. Bounds such as [0:1]= are passed over.
parse_array <- function(text) {
  if (is.na(text)) return(NULL)
  text <- sub("^\\[[-0-9:\\[\\]]+\\]=", "", text, perl = TRUE)
  # With backslashes and quotes taken out, all that is left is structure.
  tokens <- regmatches(text, gregexpr("[{}]|\"(?:[^\"\\\\]|\\\\.)*\"|[^{},\"]+", text, perl = TRUE))[[1L]]
  tokens <- utf8(tokens)
  open <- tokens == "{"
  brace <- open | tokens == "}"
  values <- tokens[!brace]
  quoted <- startsWith(values, "\"")
  values[!quoted & toupper(values) == "NULL"] <- NA_character_
  values[quoted] <- gsub("\\\\(.)", "\\1", substr(values[quoted], 2L, nchar(values[quoted]) - 1L), perl = TRUE)
  depth <- max(cumsum(open - (tokens == "}")), 1L)
  if (depth == 1L || length(values) == 0L) return(values)
  # Arrays are rectangular: of the braces at each depth, those before the next depth's close.
  level <- cumsum(open)
  count <- tabulate(cumsum(open - (tokens == "}"))[open], depth)
  extent <- c(count[-1L] / count[-depth], length(values) / count[depth])
  aperm(array(values, rev(extent)), rev(seq_len(depth)))
}

# Codes of a multi-select answer, {a,c}; NA where it is NULL.
parse_set <- function(text) {
  out <- strsplit(substr(text, 2L, nchar(text) - 1L), ",", fixed = TRUE)
  out[is.na(text)] <- NA_character_
  out
}

# Whole numbers beyond 2^53 stay text: a double would change them.
safe_number <- function(text, name) {
  x <- as.numeric(text)
  if (any(abs(x) >= 2^53, na.rm = TRUE)) {
    warning("Column ", name, " has numbers of 2^53 or more, which a double cannot hold: it is left as text.", call. = FALSE)
    return(as.character(text))
  }
  x
}

# The code of option i: a to z, then aa, ab and so on.
option_code <- function(i) {
  vapply(i, function(k) {
    out <- ""
    while (k > 0L) {
      out <- paste0(letters[(k - 1L) %% 26L + 1L], out)
      k <- (k - 1L) %/% 26L
    }
    out
  }, "")
}

option_index <- function(code) {
  vapply(strsplit(as.character(code), ""), function(ch) Reduce(function(sum, d) 26 * sum + d, match(ch, letters), 0), 0)
}

# Labels of categories; where two are the same the code tells them apart.
unique_labels <- function(labels, codes) {
  twice <- labels %in% labels[duplicated(labels)]
  labels[twice] <- paste0(labels[twice], " (", codes[twice], ")")
  labels
}

# A list of columns as a tibble, where that package is installed, or a data frame.
as_rows <- function(columns, n, tibble = requireNamespace("tibble", quietly = TRUE)) {
  out <- structure(columns, class = "data.frame", row.names = .set_row_names(n))
  if (tibble) tibble::as_tibble(out, .name_repair = "minimal") else out
}
