# R with what the R package needs and is tested with.

r_packages='DBI RPostgreSQL dplyr dbplyr tibble testthat survey coin knitr rmarkdown'

missing_r()
{
	have Rscript || { echo R; return; }
	Rscript -e 'for (p in commandArgs(TRUE)) if (!nzchar(system.file(package = p))) cat("R package", p, "\n")' $r_packages 2>/dev/null
}

install_r()
{
	apt_install r-base-core r-cran-dbi r-cran-rpostgresql r-cran-dplyr r-cran-dbplyr r-cran-tibble r-cran-testthat r-cran-survey r-cran-coin \
		r-cran-knitr r-cran-rmarkdown pandoc
}
