# csirtsurvey: PGXS build.
#
#   make            build (needs the PostgreSQL server headers, GSL and perl)
#   make install    install into the PostgreSQL that pg_config names
#   make demo       set up what is missing, build, show the 2017 survey on a throw-away server
#   make check      the same set-up, then every test
#   make psql       the demo's server with a psql prompt
#   make report     the 2017 survey as HTML, in Japanese and English, in build/report
#   make deb        a Debian package, in build/deb; make dist: archives for PGXN, in build/dist
#   make bench      costs as ratios against named alternatives
#   make reference  docs/reference.md and its pages, from the COMMENTs and docs/examples
#   make help       this list

EXTENSION   = csirtsurvey
MODULE_big  = csirtsurvey
EXTVERSION := $(shell sed -n "s/^default_version = '\(.*\)'/\1/p" csirtsurvey.control)

STATS_SRCS = $(sort $(wildcard extension/stats/*.c))
SRCS       = $(sort $(wildcard extension/*.c extension/types/*.c extension/aggregates/*.c extension/functions/*.c)) $(STATS_SRCS)
OBJS       = $(SRCS:.c=.o)
ALL_HEADERS = $(wildcard extension/*.h extension/*/*.h) extension/types/scale_table.h

# The install script is the concatenation of its fragments, in the order of their names, with the data of data/ as INSERTs.
INSTALL_SQL   = extension/csirtsurvey--$(EXTVERSION).sql
SQL_FRAGMENTS = $(sort $(wildcard extension/sql/[0-9]*.sql) extension/sql/10_scales.sql extension/sql/55_data.sql extension/sql/62_synthetic_rows.sql)
DATA_built    = $(INSTALL_SQL)
DATA          = $(wildcard extension/sql/upgrade/csirtsurvey--*--*.sql)

REGRESS = $(sort $(basename $(notdir $(wildcard sql/*.sql))))
# The same output on servers and machines of any encoding, language and order.
REGRESS_OPTS = --encoding=UTF8 --no-locale

# No contraction of a*b+c: the reference values are those of plain IEEE arithmetic.
PG_CPPFLAGS = -Iextension -ffp-contract=off
PG_CFLAGS   = -Wall -Wextra $(if $(WERROR),-Werror)
SHLIB_LINK  = -lgsl -lgslcblas -lm

EXTRA_CLEAN = $(INSTALL_SQL) extension/types/scale_table.h extension/sql/10_scales.sql extension/sql/55_data.sql extension/sql/62_synthetic_rows.sql build

PG_CONFIG ?= pg_config

# The targets for people need no PostgreSQL yet: they install it.
PEOPLE = setup demo psql report check reference bench golden dist deb charts r-docs help \
	check-unit check-regress check-data check-tap check-golden check-docs check-charts check-report check-r check-bi check-deb check-dist check-packaging
ifeq ($(filter-out $(PEOPLE),$(or $(MAKECMDGOALS),all)),)
include tools/targets.mk
else

# Bitcode for JIT would only lengthen the build: the work is done inside the functions.
override with_llvm = no
PGXS := $(shell $(PG_CONFIG) --pgxs)
# PostgreSQL's own headers are not held to -Wextra.
PG_CPPFLAGS += -isystem $(shell $(PG_CONFIG) --includedir-server)
include $(PGXS)

$(OBJS): $(ALL_HEADERS)

SCALE_SOURCES = data/scales.csv data/scale_codes.csv tools/make_scales.pl tools/Csv.pm

extension/types/scale_table.h: $(SCALE_SOURCES)
	perl tools/make_scales.pl c data > $@.tmp && mv $@.tmp $@

extension/sql/10_scales.sql: $(SCALE_SOURCES)
	perl tools/make_scales.pl sql data > $@.tmp && mv $@.tmp $@

extension/sql/55_data.sql: $(wildcard data/*.csv) tools/make_data.pl tools/Csv.pm
	perl tools/make_data.pl data > $@.tmp && mv $@.tmp $@

extension/sql/62_synthetic_rows.sql: data/synthetic_2015.csv data/synthetic_2017.csv tools/make_data.pl tools/Csv.pm
	perl tools/make_data.pl data synthetic_2015 synthetic_2017 > $@.tmp && mv $@.tmp $@

$(INSTALL_SQL): $(SQL_FRAGMENTS) csirtsurvey.control
	cat $(SQL_FRAGMENTS) > $@.tmp && mv $@.tmp $@
endif
