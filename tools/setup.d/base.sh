# Building, and the tests that run in the server.

server_headers() { have "$pg_config" && [ -f "$("$pg_config" --includedir-server)/postgres.h" ] && [ -f "$("$pg_config" --pgxs)" ]; }
pgtap() { have "$pg_config" && [ -f "$("$pg_config" --sharedir)/extension/pgtap.control" ]; }
gsl() { echo '#include <gsl/gsl_cdf.h>' | cc -E - >/dev/null 2>&1; }

missing_base()
{
	have cc || echo 'C compiler'
	have make || echo make
	have perl || echo perl
	have prove || echo prove
	have python3 || echo python3
	have pg_virtualenv || echo pg_virtualenv
	server_headers || echo 'PostgreSQL server headers'
	{ have "$pg_config" && [ -x "$("$pg_config" --bindir)/initdb" ]; } || echo 'PostgreSQL server'
	pgtap || echo pgTAP
	have pg_prove || echo pg_prove
	{ have cc && gsl; } || echo 'GSL headers'
}

install_base()
{
	apt_install gcc libc6-dev make perl python3 libgsl-dev postgresql postgresql-common postgresql-server-dev-all \
		libtap-parser-sourcehandler-pgtap-perl
	local version
	version=$("$pg_config" --version | sed 's/^[^0-9]*\([0-9]*\).*/\1/')
	apt_install "postgresql-$version" "postgresql-$version-pgtap"
}
