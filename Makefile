# The commands of the project; `make` lists them.
export PYTHONDONTWRITEBYTECODE =
PY := .venv/bin/python

.DEFAULT_GOAL := help
.PHONY: help run install test test-telegram browser postgres lint types format lock bench bench-retrieval

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

# An independent client and server stand, which needs Python 3.12 or newer and its own environment.
test-telegram: ## put the Telegram bot before a stand written by others (Python 3.12 or newer)
	@for python in $(PYTHON312) python3.13 python3.12 python3.14; do \
	  $$python -c 'import sys; sys.exit(sys.version_info < (3, 12))' 2>/dev/null && break; python=; done; \
	if [ -z "$$python" ]; then \
	  echo "test-telegram: no Python 3.12 or newer here (set PYTHON312 to one); nothing was run."; exit 0; fi; \
	[ -x .venv-tg/bin/python ] || $$python -m venv .venv-tg; \
	.venv-tg/bin/pip install --quiet -r tests/transports/telegram/second-opinion.txt && \
	.venv-tg/bin/python -m pytest -q --noconftest -p no:cacheprovider -c /dev/null --rootdir . \
	  tests/transports/telegram/second_opinion.py

browser: ## install the browser and a Chinese font for the tests of the pages (Debian, Ubuntu)
	@command -v chromium >/dev/null || { apt-get update -qq && apt-get install -y -qq \
	  --no-install-recommends chromium fonts-wqy-microhei; }

postgres: ## install a PostgreSQL server for the tests of the store (Debian, Ubuntu)
	@ls /usr/lib/postgresql/*/bin/postgres >/dev/null 2>&1 || { apt-get update -qq && apt-get install \
	  -y -qq --no-install-recommends postgresql; }

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

bench: .venv/installed-dev ## how long one question takes, beside an empty import
	@$(PY) -m bench.ask_speed

bench-retrieval: .venv/installed-dev ## all figures of retrieval; STARD=folder with the benchmark's data
	@$(PY) -m bench.retrieval --stard $(STARD)
