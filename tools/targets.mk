# Targets for people: demo, psql, check and their parts.  The set-up script installs what is missing.

.PHONY: $(PEOPLE)

help:
	@sed -n 's/^#   make/make/p' Makefile

setup:
	@tools/setup

demo: setup
	@$(MAKE) -s all && tools/with-server tools/demo

psql: setup
	@$(MAKE) -s all && tools/with-server tools/demo psql

check:
	@tools/setup node drivers browser r
	@$(MAKE) -s check-unit check-packaging && $(MAKE) -s WERROR=1 all && $(MAKE) -s check-regress check-tap check-golden check-docs check-charts check-report check-bi check-r

# The numerics alone, without a server, under AddressSanitizer and UndefinedBehaviorSanitizer.
UNIT_TESTS = $(patsubst extension/stats/tests/%.c,build/unit/%,$(wildcard extension/stats/tests/test_*.c))
SAN_FLAGS  = -g -O1 -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer

build/unit/libstats.a: $(STATS_SRCS) $(wildcard extension/stats/*.h)
	@mkdir -p build/unit/obj
	@for f in $(STATS_SRCS); do \
	  $(CC) -std=gnu11 $(SAN_FLAGS) -Wall -Wextra -Werror -ffp-contract=off -Iextension -c $$f -o build/unit/obj/$$(basename $$f .c).o || exit 1; \
	done; rm -f $@; ar rcs $@ build/unit/obj/*.o

build/unit/%: extension/stats/tests/%.c $(wildcard extension/stats/tests/*.h) build/unit/libstats.a
	@$(CC) -std=gnu11 $(SAN_FLAGS) -Wall -Wextra -Werror -ffp-contract=off -Iextension $< build/unit/libstats.a -lgsl -lgslcblas -lm -o $@

check-unit: $(UNIT_TESTS)
	@prove --exec '' $(UNIT_TESTS)

check-regress:
	@tools/with-server $(MAKE) -s installcheck || { cat regression.diffs 2>/dev/null; exit 1; }

# The data against the report's text, and the made-up answers against the published counts, without a server.
check-data:
	@prove --exec '' tools/check_data tools/check_synthetic

check-tap: check-data
	@tools/with-server pg_prove --ext .sql --recurse sql/tap
	@tools/with-server prove --exec bash tools/check_dump tools/check_trusted tools/check_mrcv tools/check_cancel
	@tools/with-server prove --exec perl tools/check_hostile

# Every reference value of data/golden, a test a statistic.
check-golden:
	@tools/with-server prove --verbose --exec bash tools/golden :: --tap data/golden

# Every query shown in the documents, with its output.
check-docs:
	@tools/with-server prove --exec perl tools/check_docs :: README.md $(wildcard docs/*.md)
	@tools/with-server prove --exec perl tools/reference :: --check

# The database through the drivers that BI tools use.
check-bi:
	@tools/setup drivers node && $(MAKE) -s all && tools/with-server tools/check_bi

# docs/reference.md and docs/reference/ from the COMMENTs and the examples of docs/examples.
reference: setup
	@$(MAKE) -s all && tools/with-server tools/reference

# The statistics that another folder of reference values names: make golden GOLDEN=folder
GOLDEN ?= data/golden
golden: setup
	@$(MAKE) -s all && tools/with-server tools/golden '$(GOLDEN)'

# Costs, as ratios against named alternatives; takes a few minutes.
bench: setup
	@$(MAKE) -s all && for script in xtab multiselect tally load; do SERVER_OPTIONS=shared_buffers=1GB tools/with-server psql -X -f bench/$$script.sql || exit 1; done
	@tools/with-server bench/fisher

# Archives and packages: make dist, make deb.  check-packaging compares META.json and debian/ with the rest and needs perl alone;
# check-dist builds and tests the archive, check-deb the package, also on a clean machine: minutes each.

dist:
	@tools/dist

deb:
	@tools/setup deb && tools/deb

check-packaging:
	@prove --exec '' tools/check_packaging

check-dist: setup
	@prove --verbose --exec bash tools/check_dist

check-deb: deb
	@prove --verbose --exec bash tools/check_deb tools/check_deb_install

# Every kind of chart of vega_lite(): valid, drawn without a warning, every cell in its place.
check-charts:
	@tools/setup node
	@$(MAKE) -s WERROR=1 all && tools/with-server prove --exec bash tools/check_charts

# The pictures of docs/charts.md, from its queries.
charts:
	@tools/setup node
	@$(MAKE) -s all && tools/with-server tools/charts

# The published results of 2017 as HTML, in Japanese and English, in build/report.
report:
	@tools/setup node && $(MAKE) -s all && tools/with-server tools/make_report

# The report in a browser: every chart against the data, nothing loaded, accessible; on a desktop, on a phone, in print.
check-report:
	@tools/setup node browser && $(MAKE) -s all && tools/with-server prove --verbose --exec bash tools/check_report

# The R package: its tests through both drivers, R CMD check, its vignette.
check-r:
	@tools/setup r
	@$(MAKE) -s WERROR=1 all && tools/with-server prove --verbose --exec bash tools/check_r

# docs/r.md from the package's vignette.
r-docs:
	@tools/setup r
	@$(MAKE) -s all && tools/with-server tools/check_r --docs
