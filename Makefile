# Two commands are all a newcomer needs: `make run` and `make test`. Both set up first.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
# How many processes run the tests. Each builds the seeds once for itself, so more than a few gain little.
WORKERS ?= 2

BUNDLE := kg/web/static/bundle

.PHONY: setup spark run static test others long conformance clients lint types check lock audit bench clean

setup: $(VENV)/.ready $(BUNDLE)/world.json

$(VENV)/.ready: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "entente needs Python 3.11 or later; say which with: make PYTHON=python3.11")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

# What the pages run in a browser, and the shapes of countries, made of npm packages by the Node of the environment.
$(BUNDLE)/world.json: client/package-lock.json client/build.mjs $(wildcard client/src/*) | $(VENV)/.ready
	cd client && PATH="$(abspath $(BIN)):$$PATH" npm ci --silent --ignore-scripts
	cd client && $(abspath $(BIN))/node build.mjs

# What builds on a cluster need beside Java; large, and so apart.
spark: $(VENV)/.spark

$(VENV)/.spark: requirements-spark.lock | setup
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-spark.lock
	@touch $@

run: setup
	$(BIN)/kg build
	$(BIN)/kg serve --port $(PORT)

# The whole site as files in site/, for a host without Python.
static: setup
	$(BIN)/kg build
	rm -rf site
	$(BIN)/kg static --out site

test: setup
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile

# The same with the other versions of Python that are supported, where they are here: on the path, or pyenv's.
others:
	set -e; for version in 3.12 3.13; do \
	  found=; for python in python$$version "$${PYENV_ROOT:-$$HOME/.pyenv}"/versions/$$version.*/bin/python; do \
	    if "$$python" -c "" 2>/dev/null; then found=$$python; break; fi; \
	  done; \
	  if test -z "$$found"; then echo "Python $$version is not here, and not tested"; continue; fi; \
	  $(MAKE) test PYTHON="$$found" VENV=.venv-$$version; \
	done

long: conformance clients
	$(BIN)/python -m pytest -m long -n $(WORKERS) --dist loadfile --ignore tests/conformance

# Clients of other people, of npm packages, that long tests let ask the server.
clients: tests/clients/node_modules/.ready

tests/clients/node_modules/.ready: tests/clients/package-lock.json | $(VENV)/.ready
	cd tests/clients && PATH="$(abspath $(BIN)):$$PATH" npm ci --silent --ignore-scripts
	@touch $@

# The W3C tests of SPARQL over HTTP, with the report of their outcomes: EARL, and a page.
conformance: setup
	mkdir -p build
	$(BIN)/python -m pytest tests/conformance -m '' --earl build/conformance.ttl --page build/conformance.html

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

types: setup
	$(BIN)/mypy

check: lint types test long

# Resolve the dependencies anew, for Python 3.11 and later, with hashes.
LOCK := uv pip compile --universal --python-version 3.11 --generate-hashes --no-header -q
lock:
	$(LOCK) --extra dev pyproject.toml -o requirements.lock
	$(LOCK) -c requirements.lock --no-annotate pyproject.toml -o requirements-run.lock
	grep -o '"pyspark>=[^"]*"' pyproject.toml | tr -d '"' | $(LOCK) - -o requirements-spark.lock
	$(LOCK) bench/peers.in -o bench/peers.lock

# Everything beside its peers, in one run; those that are no dependencies get an environment of their own.
SIZE ?= small
PEERS := .venv-peers
bench: setup $(PEERS)/.ready
	BENCH_PEERS=$(PEERS) $(BIN)/python -m bench --size $(SIZE)

$(PEERS)/.ready: bench/peers.lock
	$(PYTHON) -m venv $(PEERS)
	$(PEERS)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r bench/peers.lock
	@touch $@

# What is known to be vulnerable among the dependencies, where the data about it can be reached.
audit: setup
	$(BIN)/python -m tools.audit

clean:
	rm -rf dist site build $(BUNDLE) client/node_modules tests/clients/node_modules .pytest_cache .mypy_cache .ruff_cache
