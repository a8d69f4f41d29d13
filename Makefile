# The commands of the project; `make` lists them.
export PYTHONDONTWRITEBYTECODE =
PY := .venv/bin/python

.DEFAULT_GOAL := help
.PHONY: help run install test lint types format lock bench

help: ## list the commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

run: .venv/installed ## set up what is missing, then serve the web chat (and Telegram, with a token)
	@.venv/bin/borrower-aid serve

install: .venv/installed ## set up the virtual environment

.venv/installed: requirements.txt pyproject.toml scripts/install.sh
	@echo "Installing into .venv (about a minute) ..."
	@scripts/install.sh requirements.txt
	@touch $@

.venv/installed-dev: requirements-dev.txt .venv/installed
	@echo "Installing what the tests need ..."
	@scripts/install.sh requirements-dev.txt
	@touch $@

test: .venv/installed-dev ## run every test, and check the knowledge base
	@$(PY) -m pytest
	@.venv/bin/borrower-aid kb check

lint: .venv/installed-dev ## formatter, linter, types
	@$(PY) -m ruff format --check .
	@$(PY) -m ruff check .
	@$(PY) -m mypy

types: .venv/installed-dev ## types alone
	@$(PY) -m mypy

format: .venv/installed-dev ## format and mend what can be mended
	@$(PY) -m ruff format .
	@$(PY) -m ruff check --fix .

lock: .venv/installed ## resolve the dependencies into the locks again
	@scripts/lock.sh

bench: .venv/installed-dev ## the quick comparisons; results are written to bench/RESULTS.md by hand
	@$(PY) -m bench.ask_speed
