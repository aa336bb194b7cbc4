# Everything a newcomer, a contributor and CI do. Needs only Python 3.11 or newer, and make.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
LOWEST := .venv-lowest
GRAPH := build/graph.trig

# Where the texts of the sources lie, if they are at hand; with them the demo shows quotes and checks every digest.
TIPGRAPH_TEXTS ?= $(wildcard ../shared/sources)
export TIPGRAPH_TEXTS

.PHONY: demo test check check-all lint types floors fresh generate bench lowest wheel clean help

help:  ## say what the targets do
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 14

demo: $(VENV)/.installed  ## set up, build and check the graph of data/, answer three questions, export a subgraph
	@$(BIN)/tipgraph build
	@$(BIN)/tipgraph check
	@printf '\n── Who paid for what in the Caribbean, and which sentence says so?\n   tipgraph query funding in=caribbean\n\n'
	@$(BIN)/tipgraph query funding in=caribbean
	@printf '\n── Which routes lead to Japan, and how many people?\n   tipgraph query routes destination=JP\n\n'
	@$(BIN)/tipgraph query routes destination=JP
	@printf '\n── Where do the sources contradict each other or themselves?\n   tipgraph query conflicts\n\n'
	@$(BIN)/tipgraph query conflicts
	@printf '\n── Whose money reaches what? The subgraph of a funder, to take along\n'
	@printf '   tipgraph export build/usaid.xlsx --recipe partner-funding --focus usaid\n\n'
	@$(BIN)/tipgraph export build/usaid.xlsx --recipe partner-funding --focus usaid
	@printf '\n── Next\n'
	@printf '   . $(BIN)/activate               then `tipgraph` is a command of its own\n'
	@printf '   tipgraph query                    all questions and their parameters\n'
	@printf '   tipgraph show caribbean-seminars   all that is said of a thing, contradictions beside each other\n'
	@printf '   tipgraph network partnership --measure articulation-points   who holds it together\n'
	@printf '   tipgraph query planned --format csv > planned.csv\n'
	@printf '   The graph is $(GRAPH) (TriG); README.md goes on from here.\n'

test: $(VENV)/.dev  ## run the tests
	$(BIN)/pytest

check: lint types floors fresh test  ## lint, types, floors, generated files fresh, tests

check-all: check lowest  ## check, and the tests on the lowest versions of the dependencies

lint: $(VENV)/.dev  ## ruff
	$(BIN)/ruff check
	$(BIN)/ruff format --check

types: $(VENV)/.dev  ## mypy --strict on src and tests
	$(BIN)/mypy

floors: $(VENV)/.dev  ## import-linter: a module imports only from lower floors
	$(BIN)/lint-imports

GENERATED := src/tipgraph/tip.py ontology/context.jsonld docs/partner-funding.svg

generate: build/generated  ## write the generated files
	@for file in $(GENERATED); do cp build/generated/$$(basename $$file) $$file; done

fresh: build/generated  ## fail where a generated file is not what `make generate` writes
	@for file in $(GENERATED); do \
	  diff -u $$file build/generated/$$(basename $$file) || { echo 'run: make generate'; exit 1; }; done

.PHONY: build/generated
build/generated: $(VENV)/.installed
	@mkdir -p $@
	$(BIN)/python -c "from tipgraph.ontology import python_names; print(python_names(), end='')" > $@/tip.py
	$(BIN)/python -c "from tipgraph.ontology import context_text; print(context_text(), end='')" > $@/context.jsonld
	$(BIN)/python docs/picture.py > $@/partner-funding.svg

bench: $(VENV)/.dev  ## measure start-up, queries, networks and exports, as ratios to named alternatives
	$(BIN)/python benchmarks/bench.py
	$(BIN)/python benchmarks/networks.py

lowest: $(LOWEST)/.dev  ## run the tests on the lowest versions that pyproject.toml allows
	$(LOWEST)/bin/pytest

wheel: $(VENV)/.dev  ## build the wheel and the source distribution into dist/
	$(BIN)/python -m build

clean:  ## remove what was built, not the environments
	rm -rf build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo 'tipgraph needs Python 3.11 or newer; run: make PYTHON=/path/to/python3.11 …'; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
	  echo 'On Debian and Ubuntu, venv is a package of its own: apt install python3-venv, then run make again'; exit 1; }

$(VENV)/.installed: pyproject.toml $(VENV)/bin/python
	$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[scale]'
	@mkdir -p build
	@touch $@

$(VENV)/.dev: pyproject.toml $(VENV)/.installed
	$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

$(LOWEST)/.dev: pyproject.toml
	$(PYTHON) -m venv $(LOWEST) || { rm -rf $(LOWEST); exit 1; }
	$(LOWEST)/bin/python -c "import tomllib; print('\n'.join(d.replace('>=', '==') for d in \
	  tomllib.load(open('pyproject.toml', 'rb'))['project']['dependencies']))" > $(LOWEST)/lowest.txt
	$(LOWEST)/bin/pip install --quiet --disable-pip-version-check --constraint $(LOWEST)/lowest.txt --editable '.[dev]'
	@touch $@
