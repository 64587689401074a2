# Two commands do everything: `make serve` and `make test`.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
  command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
  && { command -v $$p; break; }; done)
HOST ?= 127.0.0.1
PORT ?= 5000
BIN := .venv/bin

.DEFAULT_GOAL := help
.PHONY: help install serve test coverage bench lock clean

help: ## these lines
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /make \1\t/' | expand -t 16

install: .venv/installed ## the environment with the `finegraph` command, in .venv
serve: install ## build the embedded data set where needed and serve it on http://127.0.0.1:5000
	@$(BIN)/finegraph serve --host $(HOST) --port $(PORT)
test: .venv/installed-dev ## set up and run everything: ruff, mypy, import-linter, pytest, browser
	@sh tests/setup-browser.sh
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/pytest -n auto --dist loadfile
coverage: .venv/installed-dev ## run the tests and tell which lines none of them reaches
	$(BIN)/pytest -n auto --dist loadfile --cov --cov-report=term:skip-covered
bench: .venv/installed-dev ## measure: builds and queries, printed as a table
	$(BIN)/python -m tests.bench
	$(BIN)/python -m tests.bench.reference
	$(BIN)/python -m tests.bench.linking
	$(BIN)/python -m tests.bench.news
lock: .venv/installed-dev ## write the lock files anew from pyproject.toml
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-emit-index-url --no-emit-find-links \
	  --python-version 3.11 --custom-compile-command "make lock" --extra build pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-emit-index-url --no-emit-find-links \
	  --python-version 3.11 --custom-compile-command "make lock" --extra build --extra dev pyproject.toml -o requirements-dev.lock
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-emit-index-url --no-emit-find-links \
	  --python-version 3.11 --custom-compile-command "make lock" --constraint requirements.lock \
	  --extra build --extra nlp pyproject.toml -o requirements-nlp.lock
clean: ## remove the environment, the store and caches
	rm -rf .venv .finegraph .mypy_cache .ruff_cache .pytest_cache build *.egg-info .coverage*

define setup
	@test -n "$(PYTHON)" || { echo "finegraph needs Python 3.11 or newer, and no such python3 is on the PATH." \
	  "Install one (for example 'apt install python3') or say which: make PYTHON=/path/to/python3.12"; exit 1; }
	@echo "finegraph: setting up .venv with $(PYTHON) (once; a minute or two)"
	@test -x $(BIN)/python || "$(PYTHON)" -m venv .venv || { rm -rf .venv; echo "Could not make .venv." \
	  "On Debian and Ubuntu: apt install python3-venv"; exit 1; }
	@$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --require-hashes -r $(1) || { \
	  echo "Could not install the locked packages of $(1): see pip's words above." \
	  "Without a network nothing can be installed; connect (or set your proxy) and run make again."; exit 1; }
	@$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
endef

.venv/installed: requirements.lock pyproject.toml
	$(call setup,requirements.lock)
	@touch $@

.venv/installed-dev: requirements-dev.lock pyproject.toml
	$(call setup,requirements-dev.lock)
	@touch .venv/installed $@
