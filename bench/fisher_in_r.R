# R's fisher.test() on bench/fisher_tables.csv as it comes, then with a large workspace, and its Monte-Carlo test on a 5 x 5 table of 187.
# Prints CSV: what,table,seconds,p.  A table may take `limit` seconds; FEXACT cannot be interrupted, so each table runs in a child of its own.
suppressWarnings(suppressMessages(library(parallel)))
limit <- as.numeric(commandArgs(TRUE)[2])
cells <- read.csv(commandArgs(TRUE)[1])
timed <- function(f) {
	job <- mcparallel({
		began <- proc.time()[["elapsed"]]
		p <- tryCatch(f(), error = function(e) NA)
		c(proc.time()[["elapsed"]] - began, p)
	}, silent = TRUE)
	got <- mccollect(job, wait = FALSE, timeout = limit)
	if (is.null(got)) {
		tools::pskill(job$pid, tools::SIGKILL)
		suppressWarnings(invisible(mccollect(job)))
		return(c(limit, NA))
	}
	got[[1]]
}
# the first call compiles
invisible(fisher.test(matrix(1:9, 3)))
for (id in unique(cells$table)) {
	x <- xtabs(n ~ row + col, cells[cells$table == id, ])
	for (what in c("default", "workspace")) {
		r <- timed(function() if (what == "default") fisher.test(x)$p.value else fisher.test(x, workspace = 2e8)$p.value)
		cat(sprintf("%s,%s,%.4f,%s\n", what, id, r[1], if (is.na(r[2])) "" else format(r[2], digits = 15)))
	}
}
x <- matrix(c(9, 7, 4, 13, 8, 10, 4, 6, 10, 10, 3, 9, 10, 2, 7, 10, 5, 4, 8, 10, 12, 6, 7, 6, 7), 5, byrow = TRUE)
for (i in 1:3) {
	s <- system.time(p <- chisq.test(x, simulate.p.value = TRUE, B = 1e6)$p.value)[["elapsed"]]
	cat(sprintf("montecarlo,%d,%.4f,%.6f\n", i, s, p))
}
