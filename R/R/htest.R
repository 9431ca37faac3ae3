# The rows that every test returns, in the shape that broom gives tests.

htest_fields <- c("method", "alternative", "statistic", "parameter", "parameter2", "p_value", "p_low", "p_high", "estimate", "std_error",
  "conf_low", "conf_high", "conf_level", "n", "notes")

tidy_fields <- c("estimate", "std.error", "statistic", "p.value", "parameter", "parameter2", "p.low", "p.high", "conf.low", "conf.high",
  "conf.level", "n", "method", "alternative", "notes")

# The generics' arguments; a row is its own summary, so that glance() is tidy().
tidy_htest <- function(x, ...) {
  at <- match(sub(".", "_", tidy_fields, fixed = TRUE), sub(".", "_", names(x), fixed = TRUE))
  if (anyNA(at)) stop("These are not rows of a test: ", sub(".", "_", tidy_fields, fixed = TRUE)[is.na(at)][1L], " is missing.", call. = FALSE)
  names(x)[at] <- tidy_fields
  # Other columns, such as groups, stand before those of the test, an adjusted p after it.
  others <- setdiff(names(x), c(tidy_fields, "adj.p.value"))
  after <- intersect("adj.p.value", names(x))
  fields <- append(tidy_fields, after, match("p.value", tidy_fields))
  x <- x[c(others, fields)]
  class(x) <- setdiff(class(x), "cs_htest")
  x
}

tidy.cs_htest <- function(x, ...) tidy_htest(x)

glance.cs_htest <- function(x, ...) tidy_htest(x)

as_htest <- function(x) {
  x <- tidy_htest(x)
  if (nrow(x) != 1L) stop("One row is one test; this has ", nrow(x), ".", call. = FALSE)
  named <- function(field, name) if (!is.na(x[[field]])) stats::setNames(x[[field]], name)
  out <- list(
    statistic = named("statistic", "statistic"),
    parameter = c(named("parameter", "parameter"), named("parameter2", "parameter2")),
    p.value = x$p.value,
    conf.int = if (!is.na(x$conf.low) || !is.na(x$conf.high)) structure(c(x$conf.low, x$conf.high), conf.level = x$conf.level),
    estimate = named("estimate", "estimate"),
    stderr = if (!is.na(x$std.error)) x$std.error,
    alternative = if (!is.na(x$alternative)) x$alternative,
    method = x$method,
    data.name = paste("n =", format(x$n))
  )
  structure(Filter(Negate(is.null), out), class = "htest")
}
