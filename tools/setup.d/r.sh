# R with what the R package needs and is tested with: Debian's packages, and RPostgres, which Debian has not, from CRAN in build/R-library.

r_packages='DBI RPostgreSQL dplyr dbplyr tibble generics testthat survey coin knitr rmarkdown'
r_library=$PWD/build/R-library

missing_r()
{
	have Rscript || { echo R; return; }
	have pandoc || echo pandoc
	Rscript -e 'for (p in commandArgs(TRUE)) if (!nzchar(system.file(package = p))) cat("R package", p, "\n")' $r_packages 2>/dev/null
	# Loaded, not only there: after a new R or libpq it is built again.
	R_LIBS=$r_library Rscript -e 'if (!requireNamespace("RPostgres", quietly = TRUE)) cat("R package RPostgres\n")' 2>/dev/null
}

install_r()
{
	apt_install r-base-core r-cran-dbi r-cran-rpostgresql r-cran-dplyr r-cran-dbplyr r-cran-tibble r-cran-generics r-cran-testthat r-cran-survey \
		r-cran-coin r-cran-knitr r-cran-rmarkdown pandoc g++ libpq-dev r-cran-bit64 r-cran-blob r-cran-hms r-cran-lubridate r-cran-withr r-cran-cpp11
	mkdir -p "$r_library"
	quietly env R_LIBS="$r_library" MAKEFLAGS="-j$(nproc)" Rscript - "$r_library" <<-'END'
		if (!requireNamespace("RPostgres", quietly = TRUE)) {
			if (identical(unname(getOption("repos")["CRAN"]), "@CRAN@")) chooseCRANmirror(graphics = FALSE, ind = 1)
			# What an older R built does not load, and would be in the way.
			unlink(list.files(commandArgs(TRUE)[1], full.names = TRUE), recursive = TRUE)
			install.packages("RPostgres", lib = commandArgs(TRUE)[1])
		}
		if (!requireNamespace("RPostgres", quietly = TRUE)) quit(status = 1)
	END
}
