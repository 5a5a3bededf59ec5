# Two commands: make report, make test. Both set up .venv on first use.
PYTHON ?= python3
BIN := .venv/bin
UV := $(shell command -v uv 2>/dev/null)

ifdef UV
CREATE = uv venv --quiet --allow-existing --python $(PYTHON) .venv
INSTALL = uv pip install --quiet --python $(BIN)/python
else
CREATE = $(PYTHON) -m venv .venv
INSTALL = $(BIN)/python -m pip install --quiet --disable-pip-version-check
endif

.PHONY: report test quick lint benchmarks docs

report: .venv/.run
	$(BIN)/cati report automakers-2024

test: .venv/.dev
	$(BIN)/pytest -q -n auto --dist worksteal

quick: .venv/.dev
	$(BIN)/pytest -q -n auto --dist worksteal -m "not slow"

lint: .venv/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy --strict

benchmarks: .venv/.dev
	$(BIN)/python -m benchmarks.run
	$(BIN)/python -m benchmarks.analysis
	$(BIN)/python -m benchmarks.roadmap
	$(BIN)/python -m benchmarks.report

docs: .venv/.dev
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet
	@echo site/index.html

.venv/.run: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "cati needs Python 3.11 or newer; name one with: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	$(CREATE)
	$(INSTALL) -e .
	@touch $@

.venv/.dev: .venv/.run
	$(INSTALL) -e '.[dev]'
	@touch $@
