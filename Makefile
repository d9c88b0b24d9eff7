# All a newcomer needs: make run, make test. `make help` tells the rest.
# No path here is absolute, so a checkout may lie anywhere, spaces included.

HOST ?= 127.0.0.1
PORT ?= 8000
ARGS ?=
PYTHON := .venv/bin/python
PIP := $(PYTHON) -m pip --disable-pip-version-check --quiet
MANAGE := $(PYTHON) manage.py
# Tests and checks have a database of their own, which need not survive a power cut.
TEST_STATE := FUNNEL_STATE=test FUNNEL_UNSAFE_FAST=1
# The settings of a production site, for the check of its security.
PRODUCTION := HTTPS=1 PROXY_COUNT=1 ALLOWED_HOSTS=crm.example SECRET_KEY=$$($(PYTHON) -c 'import secrets; print(secrets.token_urlsafe(50))')

.DEFAULT_GOAL := help
.PHONY: help install run demo test lint style types layers templates migrations deployment bench screenshots lock clean

help: ## show this list
	@sed -n 's/^\([a-z]*\):.*## /  make \1	/p' Makefile | expand -t 18

install: .venv/.installed ## create .venv with the pinned packages

run: .venv/.installed ## start everything: database, broker, web, relay, worker, beat (HOST=, PORT=)
	@exec $(MANAGE) serve --host "$(HOST)" --port "$(PORT)"

demo: .venv/.installed ## throw the demo company away and load it afresh
	@$(MANAGE) compile_translations --verbosity 0
	@$(MANAGE) migrate --no-input --verbosity 0
	@exec $(MANAGE) load_demo --reset

test: .venv/.installed-dev ## run all tests (ARGS="-k board", BROWSER=skip)
	@$(PYTHON) -m tests.browser.chromium
	@$(TEST_STATE) $(MANAGE) compile_translations --verbosity 0
	@$(TEST_STATE) $(PYTHON) -m pytest $(if $(filter skip,$(BROWSER)),-m "not browser") $(ARGS)

lint: style types layers templates migrations deployment ## check all that can be checked without running it

style: .venv/.installed-dev
	$(PYTHON) -m ruff check --quiet .
	$(PYTHON) -m ruff format --quiet --check .

types: .venv/.installed-dev
	$(TEST_STATE) $(PYTHON) -m mypy --no-error-summary .

layers: .venv/.installed-dev
	.venv/bin/lint-imports --no-cache

templates: .venv/.installed-dev
	$(PYTHON) -m djlint templates --check --lint --quiet

migrations: .venv/.installed-dev
	$(TEST_STATE) $(MANAGE) makemigrations --check --dry-run

deployment: .venv/.installed-dev
	$(TEST_STATE) $(PRODUCTION) $(MANAGE) check --deploy --fail-level WARNING

bench: .venv/.installed-dev ## measure pages and figures at growing numbers of deals (ARGS="--million")
	@FUNNEL_STATE=bench $(PYTHON) -m benchmarks $(ARGS)

screenshots: .venv/.installed-dev ## take the pictures of the README, while make run serves the demo (PORT=, ARGS="--all FOLDER")
	@$(PYTHON) scripts/make-screenshots "http://$(HOST):$(PORT)" $(ARGS)

lock: .venv/.installed-dev ## pin the requirements again, with hashes
	.venv/bin/uv pip compile -q --generate-hashes --python-version 3.11 --no-header requirements.in -o requirements.txt
	.venv/bin/uv pip compile -q --generate-hashes --python-version 3.11 --no-header requirements-dev.in -o requirements-dev.txt

clean: ## remove what was built; the data (see docs/operations.md) stays
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
	find locale -name '*.mo' -delete

# The files name every package that is needed, so pip has nothing to work out: left to itself it looks at
# the newest release of what a package asks for with an extra, and stops because that one is not pinned.
.venv/.installed: requirements.txt scripts/make-venv
	@scripts/make-venv
	@echo "Installing the packages the product needs (about a minute the first time)"
	@$(PIP) install --no-deps --require-hashes -r requirements.txt
	@touch $@

.venv/.installed-dev: requirements-dev.txt .venv/.installed
	@echo "Installing the packages that developing and testing need"
	@$(PIP) install --no-deps --require-hashes -r requirements-dev.txt
	@touch $@
