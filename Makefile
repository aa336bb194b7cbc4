# All tasks of users, contributors and CI. They need only Python 3.11 or newer, and make.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
LOWEST := .venv-lowest
GRAPH := build/graph.trig
NPM := node_modules/.package-lock.json
WEB := src/tipgraph/outputs/site/web
OUTLINES := $(WEB)/vendor/world.min.js
VENDOR := $(WEB)/vendor/oxigraph.js

SUITES := tests/server/suites/node_modules/.package-lock.json

# The folder of the sources' texts, if there is one; with it the demo shows quotes and checks every digest.
TIPGRAPH_TEXTS ?= $(wildcard ../shared/sources)
export TIPGRAPH_TEXTS

# Debian packages of missing programs; tests that need them are skipped, or take longer in another browser.
here = $(shell for program in $(1); do command -v $$program || :; done)
ICU = $(shell pkg-config --exists icu-i18n 2>/dev/null && command -v g++ || :)
ABSENT = $(strip $(if $(TIPGRAPH_CHROMIUM)$(call here,chromium chromium-browser google-chrome),,chromium) \
  $(if $(TIPGRAPH_CHROMIUM)$(call here,chromium-headless-shell),,chromium-headless-shell) \
  $(if $(TIPGRAPH_FIREFOX)$(call here,firefox-esr firefox),,firefox-esr) \
  $(if $(call here,virtuoso-t),,virtuoso-opensource-7-bin) $(if $(call here,soffice),,libreoffice-calc-nogui) \
  $(if $(ICU),,g++ libicu-dev pkg-config))

.PHONY: demo test test-browsers test-engines test-shared check check-all lint types floors fresh generate translations bench lowest storms notebooks docs docs-test walk \
  pictures open-data web web-if-npm suites suites-if-npm system absent engines lock audit wheel wheel-test \
  clean help

help:  ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 14

demo: $(VENV)/.demo web-if-npm  ## set up, build and check the graph of data/, answer three questions, export a subgraph, write the pages
	@$(BIN)/tipgraph build
	@$(BIN)/tipgraph check
	@printf '\n── Who is said to have funded what in the Caribbean, and according to which sentence?\n   tipgraph query funding in=caribbean\n\n'
	@$(BIN)/tipgraph query funding in=caribbean
	@printf '\n── Which routes lead to Japan, and how many people?\n   tipgraph query routes destination=JP\n\n'
	@$(BIN)/tipgraph query routes destination=JP
	@printf '\n── Where do the sources contradict each other or themselves?\n   tipgraph query conflicts\n\n'
	@$(BIN)/tipgraph query conflicts
	@printf '\n── What may the money of a funder reach? Export its subgraph\n'
	@printf '   tipgraph export build/usaid.xlsx --recipe partner-funding --focus usaid\n\n'
	@$(BIN)/tipgraph export build/usaid.xlsx --recipe partner-funding --focus usaid
	@printf '\n── The whole graph as pages: networks, map, timeline, entries, sources, questions\n'
	@printf '   tipgraph pages --recipe partner-funding --focus usaid\n\n'
	@$(BIN)/tipgraph pages --recipe partner-funding --focus usaid
	@printf '\n── Next\n'
	@printf '   . $(BIN)/activate               then `tipgraph` is a command\n'
	@printf '   tipgraph query                    all questions and their parameters\n'
	@printf '   tipgraph show caribbean-seminars   every claim about an entry, with contradictions\n'
	@printf '   tipgraph network partnership --measure articulation-points   who holds it together\n'
	@printf '   tipgraph query funding-sums year=2020   how much each funder gives in a year\n'
	@printf '   tipgraph query promises --format csv > promises.csv\n'
	@printf '   tipgraph serve                     the pages and the page Ask, at http://127.0.0.1:8080/\n'
	@printf '   The graph is $(GRAPH) (TriG); README.md has the next steps.\n'
	@printf '   The pages: open %s in a browser.\n' "$$(pwd)/build/site/index.html"
	@if [ -f build/site/tipgraph.html ]; then \
	  printf '   The whole graph in one file, to copy and to send: %s\n' "$$(pwd)/build/site/tipgraph.html"; fi

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

check: lint types floors fresh test  ## lint, types, layers, generated files fresh, tests

check-all: check test-browsers test-engines test-shared lowest notebooks docs-test walk storms  ## run everything that CI runs, the commands of the documents, and the long tests

lint: $(VENV)/.dev  ## ruff
	$(BIN)/ruff check
	$(BIN)/ruff format --check

types: $(VENV)/.dev web-if-npm  ## mypy --strict on src, tests and benchmarks, tsc on the scripts of the pages
	$(BIN)/mypy
	@if [ -x node_modules/.bin/tsc ]; then echo node_modules/.bin/tsc; node_modules/.bin/tsc; \
	  else echo 'npm is not installed: the scripts of the pages are not checked'; fi

floors: $(VENV)/.dev  ## import-linter: a wing imports only from lower wings
	$(BIN)/lint-imports

pictures: $(VENV)/.dev web-if-npm absent  ## take the pictures of pages for the documents, with words of open sources only, and write the date beside them
	$(BIN)/tipgraph build -o build/pictures/graph.trig
	$(BIN)/tipgraph pages build/pictures/site -g build/pictures/graph.trig $(if $(TIPGRAPH_TEXTS),--texts $(TIPGRAPH_TEXTS))
	$(BIN)/python docs/pictures/pages.py build/pictures/site docs/pictures $(WEB)/static/preview.png docs/how-to/look-at-pages.md

CATALOGUE := src/tipgraph/display/locale/make/page_texts.py

translations: $(VENV)/.dev  ## update the catalogues of translations from the texts of pages, and compile them
	$(BIN)/python $(CATALOGUE)

# The folder of the public files that open-data imports; data/README.md says where each comes from.
PUBLIC ?= ../shared/data
IMPORT = $(BIN)/tipgraph source import --replace --excerpt --retrieved 2026-11-24
FACTBOOK = --publisher "US Central Intelligence Agency" --licence "public domain (work of the US government)" \
  --url https://github.com/factbook/factbook.json/tree

open-data: $(VENV)/.dev  ## import the public files of data/ again
	$(IMPORT) factbook $(PUBLIC)/routes/tip_2017-03.json -o data/cia-factbook-2017 --issued 2017-03 \
	  --title "The World Factbook: trafficking in persons, March 2017" \
	  $(FACTBOOK)/0fce7967f4a6baa2dc5a15fc2cdfa95c554a125e
	$(IMPORT) factbook $(PUBLIC)/routes/tip_2023-12.json -o data/cia-factbook-2023 --issued 2023-12 \
	  --title "The World Factbook: trafficking in persons, December 2023" \
	  $(FACTBOOK)/0d4fa4984ecb5003a3e5d78a0d9911811baf109e
	$(IMPORT) iati $(PUBLIC)/iati/iom_257_activities_v203.xml -o data/iom-iati-2021 --issued 2021/ \
	  --about --no-descriptions --title "IATI activities that name trafficking in persons" \
	  --publisher "International Organization for Migration" --licence "none stated; facts, names and titles only" \
	  --url https://github.com/OCHA-DAP/hdx-scraper-iati-viz/tree/2c1137e3ddd812c642d00fe685b0ac732ebab6c1/saved_data

GENERATED := ontology/context.jsonld docs/pictures/partner-funding.svg

generate: build/generated $(VENV)/.dev  ## write the generated files
	@for file in $(GENERATED); do cp build/generated/$$(basename $$file) $$file; done
	$(BIN)/python $(CATALOGUE)
	$(BIN)/python -m docs.making.example_report docs/how-to/harbour

fresh: build/generated $(VENV)/.dev  ## fail if a generated file differs from `make generate`
	@for file in $(GENERATED); do \
	  diff -u $$file build/generated/$$(basename $$file) || { echo 'run: make generate'; exit 1; }; done

.PHONY: build/generated
build/generated: $(VENV)/.dev
	@mkdir -p $@
	$(BIN)/python -c "from tipgraph.model.vocabulary import context_text; print(context_text(), end='')" > $@/context.jsonld
	$(BIN)/python docs/pictures/partner_funding.py > $@/partner-funding.svg

bench: $(VENV)/.dev $(VENV)/.bench web-if-npm absent  ## measure all, as ratios to named alternatives, and write docs/benchmarks.md; takes hours (BENCH=stores measures some)
	$(BIN)/python -m benchmarks --write $(BENCH)

# Tests in which libraries do the work: one file for each, where there is one. Our own rules do not change with their versions.
# What followthemoney reads is left out: it is no dependency of tipgraph, and only .venv has it.
# Of test_cli.py, test_match.py and test_workbook.py only what click and openpyxl decide is run.
# Decision: docs/decisions/0244-what-tests-and-ci-prove.md.
IN_LOWEST := $(addprefix tests/,exports/test_claim_tables.py exports/test_folder.py exports/test_readers.py house/test_shape_examples.py identity/test_comparing.py \
  $(patsubst %,network/test_%.py,golden measures projecting) notebooks readers/test_iati.py remote/test_push.py server/test_sparql.py \
  workbooks/test_workbook.py $(patsubst %,test_%.py,cli dates graph help match printing questions sparql storage))
OF_THESE := not (exports and test_readers and ftm) and not (looks_around or killed or test_pages_are or networks_and_exports) \
  and (not test_match or a_review) and (not test_workbook or test_a_cell or dropdowns or no_workbook or without_a_change)

lowest: $(LOWEST)/.dev web-if-npm absent  ## run the tests that depend on libraries on the lowest versions that pyproject.toml allows
	$(LOWEST)/bin/pytest -n $(JOBS) --dist loadfile $(IN_LOWEST) -k '$(OF_THESE)'

storms: $(VENV)/.dev suites-if-npm  ## run the tests that take minutes: 200 kills of builds, full disks, hostile queries
	$(BIN)/pytest -m long --hypothesis-profile thorough

web: $(NPM) $(OUTLINES) $(VENDOR)  ## fetch by npm the third-party parts of pages: outlines of countries, scripts that draw, an editor, an engine
	@:

web-if-npm:
	@without='routes will be a table without a map, money will have no picture, and Ask will need a server'; \
	if ! command -v npm >/dev/null; then echo "npm is not installed: $$without"; \
	else $(MAKE) --no-print-directory web || echo "\`make web\` failed: $$without"; fi

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
	@:

suites-if-npm:
	@if ! command -v npm >/dev/null; then echo 'npm is not installed: the W3C suites and the naughty strings are skipped'; \
	else $(MAKE) --no-print-directory suites || echo '`make suites` failed: the W3C suites and the naughty strings are skipped'; fi

$(SUITES): tests/server/suites/package-lock.json
	cd $(<D) && npm ci --ignore-scripts --loglevel=error
	@touch $@

# Decision: docs/decisions/0244-what-tests-and-ci-prove.md.
system:  ## install missing test programs by apt-get (as root, on Debian): Chromium, also without windows, Firefox, Virtuoso, LibreOffice, ICU's headers
	@[ -z "$(ABSENT)" ] || { set -x; apt-get update -qq && \
	  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $(ABSENT); }

absent:
	@[ -z "$(ABSENT)" ] || echo 'missing: $(ABSENT); tests that need it are skipped or take longer. To install it by apt-get, as root on Debian: make system'

ENGINES := build/engines

engines:  ## fetch Apache Jena Fuseki by Maven, and let Virtuoso write an empty database, for the tests
	@if command -v java >/dev/null && command -v mvn >/dev/null; then \
	  $(MAKE) --no-print-directory $(ENGINES)/fuseki/.gathered || echo 'Fuseki was not fetched: the tests skip it'; \
	else echo 'Java 17 or Maven is missing: the tests skip Fuseki'; fi
	@if command -v virtuoso-t >/dev/null; then $(MAKE) --no-print-directory $(ENGINES)/virtuoso/virtuoso.db \
	  || echo 'Virtuoso wrote no empty database: the tests will write one, which takes longer'; fi

$(ENGINES)/fuseki/.gathered: tests/engines/pom.xml
	@rm -rf $(@D)
	mvn --quiet --batch-mode --file $< dependency:copy-dependencies -DoutputDirectory=$(abspath $(@D))
	@touch $@

# An empty database. Virtuoso takes longer to write one than to open it.
$(ENGINES)/virtuoso/virtuoso.db: tests/engines/virtuoso.ini
	@rm -rf $(@D) && mkdir -p $(@D)/new
	@sed 's/$${SQL_PORT}/11111/; s/$${HTTP_PORT}/18890/' $< > $(@D)/new/virtuoso.ini
	cd $(@D)/new && virtuoso-t +foreground +checkpoint-only +configfile virtuoso.ini >log 2>&1
	@mv $(@D)/new/virtuoso.db $@ && rm -rf $(@D)/new

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
	@[ -e $(VENDOR) ] || echo 'npm fetched nothing: this wheel writes no map, and pages without an editor and an engine'

wheel-test: $(VENV)/.dev web-if-npm  ## install the wheel with each installed Python, offline, and try every command (fetches its dependencies once)
	$(PYTEST) -m wheel tests/wheel

clean:  ## remove build results, but not the environments
	rm -rf build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo 'tipgraph needs Python 3.11 or newer; run: make PYTHON=/path/to/python3.11 …'; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
	  echo 'On Debian and Ubuntu, venv is a separate package: apt install python3-venv, then run make again'; exit 1; }

# Only wheels are installed, since they run nothing then. PyICU has no wheel, and is built by the pinned setuptools.
WHEELS := --only-binary :all: --no-binary pyicu

# Install the packages that a file of requirements/ pins by digest, and nothing else; then tipgraph itself.
# Decision: docs/decisions/0046-which-libraries-are-installed.md.
$(VENV)/.%: requirements/%.txt pyproject.toml $(VENV)/bin/python
	$(BIN)/pip install --quiet --disable-pip-version-check --no-build-isolation --require-hashes $(WHEELS) --requirement $<
	$(BIN)/pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps --editable .
	@mkdir -p build
	@touch $@

$(VENV)/.ftm: | $(VENV)/.dev

LOCK = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes $(WHEELS) --custom-compile-command 'make lock' $(UPGRADE)

lock: $(VENV)/.dev  ## pin versions in requirements/ within pyproject.toml; newer versions by: make lock UPGRADE=--upgrade
	$(LOCK) --group ftm -o requirements/ftm.txt
	$(LOCK) pyproject.toml --extra dev --extra drafts --group build -c requirements/ftm.txt -o requirements/dev.txt
	$(LOCK) pyproject.toml --extra all --group build -c requirements/dev.txt -o requirements/demo.txt
	$(LOCK) --group bench -c requirements/dev.txt -o requirements/bench.txt

audit: $(VENV)/.dev  ## ask PyPI for known vulnerabilities of pinned packages
	$(BIN)/pip-audit --require-hashes --disable-pip $(addprefix --requirement ,$(wildcard requirements/*.txt))

$(LOWEST)/.dev: pyproject.toml | $(VENV)/.dev
	$(BIN)/uv venv --quiet --clear --python $(BIN)/python $(LOWEST)
	$(LOWEST)/bin/python -c "import tomllib; p = tomllib.load(open('pyproject.toml', 'rb'))['project']; \
	  some = [p['optional-dependencies'][one] for one in ('tables', 'release', 'server', 'pandas')]; \
	  print('\n'.join(d.replace('>=', '==') for d in sum(some, p['dependencies']) if 'tipgraph[' not in d))" > $(LOWEST)/lowest.txt
	$(BIN)/uv pip install --quiet --system-certs --python $(LOWEST) --constraint $(LOWEST)/lowest.txt --editable '.[dev]'
	@touch $@
