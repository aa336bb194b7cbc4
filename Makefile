# All tasks of users, contributors and CI. They need only Python 3.11 or newer, and make.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
LOWEST := .venv-lowest
NPM := node_modules/.package-lock.json
WEB := src/tipgraph/outputs/site/web
OUTLINES := $(WEB)/vendor/world.min.js
VENDOR := $(WEB)/vendor/oxigraph.js
SUITES := tests/server/suites/node_modules/.package-lock.json

# The folder of the sources' texts, if there is one; with it the demo shows quotes and checks every digest.
export TIPGRAPH_TEXTS ?= $(wildcard ../shared/sources)

# Debian packages of missing programs; tests that need them are skipped, or take longer in another browser.
here = $(shell for program in $(1); do command -v $$program || :; done)
ICU = $(shell pkg-config --exists icu-i18n 2>/dev/null && command -v g++ || :)
ABSENT = $(strip $(if $(TIPGRAPH_CHROMIUM)$(call here,chromium chromium-browser google-chrome),,chromium) \
  $(if $(TIPGRAPH_CHROMIUM)$(call here,chromium-headless-shell),,chromium-headless-shell) \
  $(if $(TIPGRAPH_FIREFOX)$(call here,firefox-esr firefox),,firefox-esr) \
  $(if $(call here,virtuoso-t),,virtuoso-opensource-7-bin) $(if $(call here,soffice),,libreoffice-calc-nogui) \
  $(if $(ICU),,g++ libicu-dev pkg-config))

.PHONY: demo test test-browsers test-engines test-shared check check-all lint types fresh generate translations bench lowest storms \
  notebooks docs docs-test walk pictures open-data web web-if-npm suites suites-if-npm system absent engines lock audit wheel wheel-test clean help build/generated

help:  ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 14

demo: $(VENV)/.demo web-if-npm  ## set up, build and check the graph of data/, answer three questions, export a subgraph, write the pages
	$(BIN)/tipgraph build
	$(BIN)/tipgraph check
	# Who is said to have funded what in the Caribbean, and according to which sentence?
	$(BIN)/tipgraph query funding in=caribbean
	# Which routes lead to Japan, and how many people?
	$(BIN)/tipgraph query routes destination=JP
	# Where do the sources contradict each other or themselves?
	$(BIN)/tipgraph query conflicts
	# What may the money of a funder reach? Export its subgraph.
	$(BIN)/tipgraph export build/usaid.xlsx --recipe partner-funding --focus usaid
	# The whole graph as pages: networks, map, timeline, entries, sources, questions.
	$(BIN)/tipgraph pages --recipe partner-funding --focus usaid
	@cat docs/making/after-demo.txt
	@printf '  the pages: open %s in a browser\n' "$$(pwd)/build/site/index.html"
	@[ ! -f build/site/tipgraph.html ] || echo '  all of them in one file, to copy and to send: build/site/tipgraph.html'

# The number of test processes; the marks of tests that need more than the basic set-up.
JOBS ?= auto
HERE := not (docs or long or notebooks or walk or wheel)
PYTEST = $(BIN)/pytest -n $(JOBS) --dist loadfile

test: $(VENV)/.dev web-if-npm $(if $(ICU),$(VENV)/.ftm) absent  ## run the tests; of those in a browser, the ones that open each page once
	$(PYTEST)

test-browsers: $(VENV)/.dev web-if-npm absent  ## run the tests in real browsers: every page opened, clicked, filtered, read back
	$(PYTEST) -m 'browsers and $(HERE)' tests

test-engines: $(VENV)/.dev suites-if-npm engines absent  ## run the tests on third-party engines, and on our server
	$(PYTEST) -m 'engines and $(HERE)' tests

test-shared: $(VENV)/.dev  ## run only the tests on third-party files, which skip without their folder (TIPGRAPH_SHARED)
	$(PYTEST) -m 'shared and not engines and $(HERE)' tests

check: lint types fresh test  ## lint, types, layers, generated files fresh, tests

check-all: check test-browsers test-engines test-shared lowest notebooks docs-test walk storms  ## run everything that CI runs, the commands of the documents, and the long tests

lint: $(VENV)/.dev  ## ruff, and import-linter: a wing imports only from lower wings
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/lint-imports

types: $(VENV)/.dev web-if-npm  ## mypy --strict on src, tests and benchmarks, tsc on the scripts of the pages
	$(BIN)/mypy
	@if [ -x node_modules/.bin/tsc ]; then node_modules/.bin/tsc; else echo 'npm is not installed: the scripts of the pages are not checked'; fi

pictures: $(VENV)/.dev web-if-npm absent  ## take the pictures of pages for the documents, with words of open sources only, and write the date beside them
	$(BIN)/tipgraph build -o build/pictures/graph.trig
	$(BIN)/tipgraph pages build/pictures/site -g build/pictures/graph.trig $(if $(TIPGRAPH_TEXTS),--texts $(TIPGRAPH_TEXTS))
	$(BIN)/python docs/pictures/pages.py build/pictures/site docs/pictures $(WEB)/static/preview.png docs/how-to/look-at-pages.md

translations: $(VENV)/.dev  ## update the catalogues of translations from the texts of pages, and compile them
	$(BIN)/python src/tipgraph/display/locale/make/page_texts.py

open-data: $(VENV)/.dev  ## import the public files of data/ again, from the folder PUBLIC
	PATH="$(abspath $(BIN)):$$PATH" sh src/tipgraph/sources/make/open-data.sh $(PUBLIC)

GENERATED := ontology/context.jsonld docs/pictures/partner-funding.svg

generate: build/generated translations  ## write the generated files
	@for file in $(GENERATED); do cp build/generated/$$(basename $$file) $$file; done
	$(BIN)/python -m docs.making.example_report docs/how-to/harbour

fresh: build/generated $(VENV)/.dev  ## fail if a generated file differs from `make generate`
	@for file in $(GENERATED); do \
	  diff -u $$file build/generated/$$(basename $$file) || { echo 'run: make generate'; exit 1; }; done

build/generated: $(VENV)/.dev
	@mkdir -p $@
	$(BIN)/python -c "from tipgraph.model.vocabulary import context_text; print(context_text(), end='')" > $@/context.jsonld
	$(BIN)/python docs/pictures/partner_funding.py > $@/partner-funding.svg

bench: $(VENV)/.dev $(VENV)/.bench web-if-npm absent  ## measure all, as ratios to named alternatives, and write docs/benchmarks.md; takes hours (BENCH=stores measures some)
	$(BIN)/python -m benchmarks --write $(BENCH)

lowest: $(LOWEST)/.dev web-if-npm absent  ## run the tests that depend on libraries on the lowest versions that pyproject.toml allows
	$(LOWEST)/bin/pytest -n $(JOBS) --dist loadfile @tests/lowest.txt

storms: $(VENV)/.dev suites-if-npm  ## run the tests that take minutes: 200 kills of builds, full disks, hostile queries
	$(BIN)/pytest -m long --hypothesis-profile thorough

web: $(NPM) $(OUTLINES) $(VENDOR)  ## fetch by npm the third-party parts of pages: outlines of countries, scripts that draw, an editor, an engine

WITHOUT_web := routes will be a table without a map, money will have no picture, and Ask will need a server
WITHOUT_suites := the W3C suites and the naughty strings are skipped

web-if-npm suites-if-npm: %-if-npm:
	@if ! command -v npm >/dev/null; then echo "npm is not installed: $(WITHOUT_$*)"; \
	else $(MAKE) --no-print-directory $* || echo "\`make $*\` failed: $(WITHOUT_$*)"; fi

$(NPM): package-lock.json
	npm ci --ignore-scripts --loglevel=error
	@touch $@

$(OUTLINES): $(NPM) $(WEB)/make/outlines.mjs
	node $(WEB)/make/outlines.mjs
	@touch $@

$(VENDOR): $(NPM) $(WEB)/make/vendor.mjs LICENSE
	node $(WEB)/make/vendor.mjs
	@touch $@

suites: $(SUITES)  ## fetch by npm the third-party test suites for the server

$(SUITES): tests/server/suites/package-lock.json
	cd $(<D) && npm ci --ignore-scripts --loglevel=error
	@touch $@

system:  ## install missing test programs by apt-get (as root, on Debian): Chromium, also without windows, Firefox, Virtuoso, LibreOffice, ICU's headers
	@[ -z "$(ABSENT)" ] || { set -x; apt-get update -qq && \
	  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $(ABSENT); }

absent:
	@[ -z "$(ABSENT)" ] || echo 'missing: $(ABSENT); tests that need it are skipped or take longer. To install it by apt-get, as root on Debian: make system'

engines:  ## fetch Apache Jena Fuseki by Maven, and let Virtuoso write an empty database, for the tests
	@sh tests/engines/fetch.sh build/engines

notebooks: $(VENV)/.dev web-if-npm absent  ## run the notebooks, each in a fresh kernel, and write them as pages into build/notebooks/
	$(BIN)/python notebooks/run.py build/notebooks
	$(BIN)/pytest -m notebooks tests/notebooks

docs: $(VENV)/.dev  ## make one book of all documents and the reference, in build/docs/
	$(BIN)/python -m docs.making

docs-test: docs absent  ## open the book in a browser, and type the slow commands of the documents
	$(BIN)/pytest -m docs tests/documents

walk: $(VENV)/.dev  ## type the commands of the README, the tutorials and a how-to in a fresh clone with an empty home
	$(BIN)/pytest -m walk tests/documents/test_walk.py

wheel: $(VENV)/.dev web-if-npm  ## build the wheel and the source distribution into dist/, with a bill of materials (SBOM) beside them
	$(BIN)/python -m build --no-isolation
	$(BIN)/twine check --strict dist/*.whl dist/*.tar.gz
	$(BIN)/python requirements/sbom.py

wheel-test: $(VENV)/.dev web-if-npm  ## install the wheel with each installed Python, offline, and try every command (fetches its dependencies once)
	$(PYTEST) -m wheel tests/wheel

clean:  ## remove build results, but not the environments
	rm -rf build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo 'tipgraph needs Python 3.11 or newer; run: make PYTHON=/path/to/python3.11 …'; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
	  echo 'On Debian and Ubuntu, venv is a separate package: apt install python3-venv, then run make again'; exit 1; }

# Install what a file of requirements/ pins by digest, then tipgraph itself. Only wheels, since they run nothing; PyICU has none.
$(VENV)/.%: requirements/%.txt pyproject.toml $(VENV)/bin/python
	$(BIN)/pip install --quiet --disable-pip-version-check --no-build-isolation --require-hashes --only-binary :all: --no-binary pyicu --requirement $<
	$(BIN)/pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps --editable .
	@mkdir -p build
	@touch $@

$(VENV)/.ftm: | $(VENV)/.dev

lock: $(VENV)/.dev  ## pin versions in requirements/ within pyproject.toml; newer versions by: make lock UPGRADE=--upgrade
	PATH="$(abspath $(BIN)):$$PATH" sh requirements/lock.sh $(UPGRADE)

audit: $(VENV)/.dev  ## ask PyPI for known vulnerabilities of pinned packages
	$(BIN)/pip-audit --require-hashes --disable-pip $(addprefix --requirement ,$(wildcard requirements/*.txt))

$(LOWEST)/.dev: pyproject.toml | $(VENV)/.dev
	$(BIN)/uv venv --quiet --clear --python $(BIN)/python $(LOWEST)
	$(LOWEST)/bin/python requirements/lowest.py > $(LOWEST)/lowest.txt
	$(BIN)/uv pip install --quiet --system-certs --python $(LOWEST) --constraint $(LOWEST)/lowest.txt --editable '.[dev]'
	@touch $@
