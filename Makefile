# One entry for everything a developer does. `make help` lists the targets.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready

.DEFAULT_GOAL := help
.PHONY: help setup demo test check bench crawl year chaos soak fuzz lock clean

help:  ## list the targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/ —/'

setup: $(READY)  ## build .venv from the lock file (versions and hashes)

$(READY): requirements-dev.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Kolokol needs Python 3.11 or newer; $(PYTHON) is older. Name another one: make setup PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "This Python cannot make a virtual environment. On Debian: apt-get install python3-venv"; exit 1; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

demo: setup  ## the real bot in a local chat page
	@exec $(BIN)/kolokol demo

test: setup  ## the whole test suite
	$(BIN)/python -m pytest -n 2

check: setup  ## lint, types, import contracts, content
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/kolokol check

bench: setup  ## the figures, measured here
	$(BIN)/python -m tests.bench

crawl: setup  ## every button that can be reached, pressed in both languages; takes ten minutes
	CRAWL=full $(BIN)/python -m pytest -n auto tests/handlers/test_crawl.py

chaos: setup  ## the bot killed while it sends, at every point, at full size
	$(BIN)/python -m tests.digests.chaos

soak: setup  ## the pace of messages, measured for ten minutes
	$(BIN)/python -m tests.digests.soak

fuzz: setup  ## fuzz what reads editors' files, for FUZZ_SECONDS (60)
	$(BIN)/python -m tests.editing.fuzzing

year: setup  ## the simulated year at full size, on both databases; takes an hour
	YEAR=full $(BIN)/python -m pytest -s tests/digests/test_year.py

lock:  ## resolve the lock files anew (needs uv)
	uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --quiet -o requirements.lock
	uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --quiet -o requirements-dev.lock

clean:  ## remove what the targets made
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis *.egg-info
