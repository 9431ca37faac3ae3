# A contingency table: xtab in the database, a base table in R.

# The parts of an xtab as one array of text, which every driver can send. The last is the whole value.
xtab_sql <- function(column) {
  side <- function(name) {
    j <- paste0("x.j->'", name, "'")
    paste0(j, "->>'kind', ", j, "->>'type', (", j, "->'scores')::text, (", j, "->'off_scale')::text")
  }
  missing <- paste0("x.j->'missing'->>'", c("row", "col", "both", "weight"), "'", collapse = ", ")
  paste0(
    "(SELECT ARRAY[csirtsurvey.counts(x.t)::text, csirtsurvey.row_labels(x.t)::text, csirtsurvey.col_labels(x.t)::text, ",
    "(x.j->'w' IS NOT NULL)::text, ", side("rows"), ", ", side("cols"), ", ", missing, ", x.t::text]::text ",
    "FROM (SELECT ", column, " AS t, (", column, ")::jsonb AS j) AS x WHERE x.t IS NOT NULL)"
  )
}

read_xtab <- function(text, how) {
  part <- parse_array(text)
  if (is.null(part)) return(NULL)
  weighted <- part[4L] == "true"
  side <- function(labels, at) {
    if (is.na(labels)) return(NULL)
    codes <- parse_array(labels)
    type <- part[at + 1L]
    shown <- codes
    scale <- how$scales[paste0("csirtsurvey.", how$scales$scale) == type, ]
    if (!is.na(type) && nrow(scale) > 0L && how$lang != "code") {
      shown <- unique_labels(scale[[paste0("label_", how$lang)]], scale$code)[match(codes, scale$code)]
      shown[is.na(shown)] <- codes[is.na(shown)]
    }
    list(
      labels = shown, codes = codes, kind = part[at], type = type, scores = read_json_array(part[at + 2L], as.numeric),
      off_scale = read_json_array(part[at + 3L], function(v) v == "true")
    )
  }
  sides <- Filter(Negate(is.null), list(side(part[2L], 5L), side(part[3L], 9L)))
  counts <- as.numeric(parse_array(part[1L]))
  if (!weighted && all(counts <= .Machine$integer.max)) counts <- as.integer(counts)
  labels <- lapply(sides, `[[`, "labels")
  extent <- lengths(labels)
  value <- array(counts, extent)
  names(labels) <- rep_len(how$dnn, 2L)[seq_along(labels)]
  dimnames(value) <- labels
  structure(value, class = "table",
    missing = stats::setNames(as.numeric(part[13:16]), c("row", "col", "both", "weight")),
    xtab = list(sides = stats::setNames(sides, names(labels)), weighted = weighted, text = part[17L], counts = as.vector(value))
  )
}

# A flat JSON array of numbers, booleans or nulls.
read_json_array <- function(text, as) {
  if (is.na(text)) return(NULL)
  items <- trimws(strsplit(gsub("[][]", "", text), ",", fixed = TRUE)[[1L]])
  items[items == "null"] <- NA
  as(items)
}

cs_table <- function(con, x, lang = c("en", "ja", "code"), dnn = NULL) {
  if (inherits(con, "tbl_lazy")) {
    x <- con
    con <- dbplyr::remote_con(x)
  }
  if (is.null(dnn)) dnn <- attr(x, "cs_names")
  if (is.null(dnn)) dnn <- c("row", "col")
  rows <- cs_read(con, x, lang = match.arg(lang), dnn = dnn)
  is_table <- vapply(rows, function(v) is.list(v) && all(vapply(v, function(e) is.null(e) || inherits(e, "table"), NA)), NA)
  if (sum(is_table) != 1L) stop("The query must have one column of type xtab.", call. = FALSE)
  groups <- rows[!is_table]
  tables <- rows[[which(is_table)]]
  if (length(groups) == 0L && length(tables) == 1L) return(tables[[1L]])
  if (length(groups) == 0L) return(tables)
  names(tables) <- do.call(paste, c(lapply(groups, as.character), sep = ", "))
  tables[do.call(order, unname(as.list(groups)))]
}

as_xtab <- function(x, con = NULL, rows = NULL, cols = NULL) {
  known <- attr(x, "xtab")
  if (!is.null(known) && is.null(rows) && is.null(cols) && unchanged(x, known)) return(new_xtab(known$text, con))
  x <- plain_table(x)
  sides <- table_sides(x, known)
  kinds <- list(rows, cols)
  if (length(dim(x)) == 1L && !is.null(cols)) stop("A one-way table has no columns.", call. = FALSE)
  scales <- if (any(vapply(kinds, is.character, NA))) known_scales(con, unlist(Filter(is.character, kinds)))
  for (i in seq_along(dim(x))) sides[[i]] <- side_as(sides[[i]], kinds[[i]], scales)
  counts <- as.vector(x)
  if (anyNA(counts) || any(counts < 0) || any(is.infinite(counts))) stop("Counts must be finite and not negative.", call. = FALSE)
  weighted <- isTRUE(known$weighted) || any(counts != round(counts))
  cells <- array(if (weighted) number_text(as.numeric(counts)) else sprintf("%.0f", counts), dim(x))
  matrix <- if (length(dim(x)) == 1L) paste0("[", cells, "]") else apply(cells, 1L, function(r) json_array(r))
  if (length(cells) == 0L) matrix <- rep("[]", nrow(x))
  missing <- attr(x, "missing")
  text <- paste0(
    "{\"xtab\": 1, \"rows\": ", json_side(sides[[1L]]), if (length(sides) == 2L) paste0(", \"cols\": ", json_side(sides[[2L]])),
    if (weighted) ", \"w\": " else ", \"n\": ", json_array(matrix),
    if (!is.null(missing)) paste0(", \"missing\": {", paste0("\"", names(missing), "\": ", sprintf("%.0f", missing), collapse = ", "), "}"),
    "}"
  )
  new_xtab(text, con)
}

# With a connection the server reads the text, so that an error comes here, and writes it in its own form.
new_xtab <- function(text, con = NULL) {
  if (!is.null(con)) text <- utf8(run_query(con, paste0("SELECT ", literal(con, as.character(text)), "::csirtsurvey.xtab::text AS t"))$t)
  structure(text, class = "cs_xtab")
}

print.cs_xtab <- function(x, ...) {
  cat(unclass(x), "\n", sep = "")
  invisible(x)
}

plain_table <- function(x) {
  if (inherits(x, "cs_xtab")) stop("This is the text of a table already.", call. = FALSE)
  if (is.null(dim(x))) x <- array(x, length(x), if (!is.null(names(x))) list(names(x)))
  if (!is.numeric(x)) stop("A table must be numeric.", call. = FALSE)
  if (!length(dim(x)) %in% 1:2) stop("A table has one or two dimensions; give strata as a list of tables.", call. = FALSE)
  if (is.null(dimnames(x))) dimnames(x) <- vector("list", length(dim(x)))
  x
}

unchanged <- function(x, known) {
  length(dim(x)) == length(known$sides) && identical(as.vector(x), known$counts) && all(matches(x, known$sides))
}

matches <- function(x, sides) {
  vapply(seq_along(sides), function(i) {
    identical(as.character(dimnames(x)[[i]]), as.character(sides[[i]]$labels)) && identical(names(dimnames(x))[i], names(sides)[i])
  }, NA)
}

# What is known of the sides from the xtab that the table came from: a side is the same if it has its name and labels,
# which t(x) exchanges, or is nominal with the labels it has.
table_sides <- function(x, known) {
  lapply(seq_along(dim(x)), function(i) {
    labels <- dimnames(x)[[i]]
    name <- names(dimnames(x))[i]
    for (k in seq_along(known$sides)) {
      if (identical(names(known$sides)[k], name) && identical(as.character(known$sides[[k]]$labels), as.character(labels))) return(known$sides[[k]])
    }
    if (is.null(labels)) return(list(codes = as.character(seq_len(dim(x)[i])), kind = "ordinal", type = NA, scores = seq_len(dim(x)[i])))
    list(codes = as.character(labels), kind = "nominal", type = NA)
  })
}

known_scales <- function(con, names) {
  if (!all(names %in% c("nominal", "ordinal")) && is.null(con)) stop("A scale is looked up in the database: give con.", call. = FALSE)
  if (!is.null(con)) scale_table(con)
}

# A side as told: nominal, ordinal (1 to k), with these scores, or on a scale of the questionnaire.
side_as <- function(side, kind, scales) {
  if (is.null(kind)) return(side)
  k <- length(side$codes)
  if (is.numeric(kind)) {
    if (length(kind) != k) stop("There are ", length(kind), " scores for ", k, " categories.", call. = FALSE)
    return(list(codes = side$codes, kind = "ordinal", type = side$type, scores = kind, off_scale = side$off_scale))
  }
  if (identical(kind, "nominal")) return(list(codes = side$codes, kind = "nominal", type = NA))
  if (identical(kind, "ordinal")) return(list(codes = side$codes, kind = "ordinal", type = NA, scores = seq_len(k)))
  kind <- sub("^csirtsurvey\\.", "", kind)
  scale <- scales[scales$scale == kind, ]
  if (nrow(scale) == 0L) stop("There is no scale ", kind, ".", call. = FALSE)
  at <- match(side$codes, scale$code)
  for (lang in c("label_en", "label_ja")) {
    if (anyNA(at)) at <- match(side$codes, scale[[lang]])
  }
  if (anyNA(at)) stop("The categories are neither codes nor labels of the scale ", kind, ".", call. = FALSE)
  list(codes = scale$code[at], kind = "ordinal", type = paste0("csirtsurvey.", kind), scores = scale$level[at], off_scale = scale$off_scale[at])
}

json_array <- function(items) paste0("[", paste(items, collapse = ", "), "]")

json_side <- function(side) {
  nulls <- function(v, text) ifelse(is.na(v), "null", text)
  paste0(
    "{", if (!is.na(side$type)) paste0("\"type\": ", json_string(side$type), ", "), "\"kind\": ", json_string(side$kind),
    ", \"categories\": ", json_array(json_string(side$codes)),
    if (!is.null(side$scores)) paste0(", \"scores\": ", json_array(nulls(side$scores, number_text(side$scores)))),
    if (any(side$off_scale)) paste0(", \"off_scale\": ", json_array(ifelse(side$off_scale, "true", "false"))), "}"
  )
}

json_string <- function(x) {
  x <- gsub("([\"\\\\])", "\\\\\\1", enc2utf8(as.character(x)))
  for (code in 1:31) x <- gsub(intToUtf8(code), sprintf("\\u%04x", code), x, fixed = TRUE)
  paste0(rep("\"", length(x)), x, rep("\"", length(x)))
}
