# Two commands: make report, make test. Both set up .venv on first use.
PYTHON ?= python3
VENV ?= .venv
CONSTRAINTS ?= constraints.txt
BIN := $(VENV)/bin
UV := $(shell command -v uv 2>/dev/null)

ifdef UV
CREATE = uv venv --quiet --allow-existing --python $(PYTHON) $(VENV)
INSTALL = uv pip install --quiet --python $(BIN)/python --constraint $(CONSTRAINTS)
else
CREATE = $(PYTHON) -m venv $(VENV)
INSTALL = $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint $(CONSTRAINTS)
endif
TESTS = $(BIN)/pytest -q -n auto --dist loadfile

.PHONY: report test quick soak lint benchmarks docs latest oldest constraints pythons

report: $(VENV)/.run
	$(BIN)/cati report automakers-2024

test: $(VENV)/.dev
	$(TESTS)

quick: $(VENV)/.dev
	$(TESTS) -m "not slow and not soak"

# The long form of kills and of hostile files: by hand, and before a release.
soak: $(VENV)/.dev
	$(TESTS) -m soak

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy --strict

benchmarks: $(VENV)/.dev
	$(BIN)/python -m benchmarks.run
	$(BIN)/python -m benchmarks.analysis
	$(BIN)/python -m benchmarks.roadmap
	$(BIN)/python -m benchmarks.report

docs: $(VENV)/.dev
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet
	@echo site/index.html

# The quick tests on the newest versions that pyproject.toml allows, and on the oldest.
latest:
	rm -rf .venv-latest
	@mkdir -p .venv-latest && : > .venv-latest/constraints.txt
	$(MAKE) quick VENV=.venv-latest CONSTRAINTS=.venv-latest/constraints.txt

oldest:
	rm -rf .venv-oldest
	@mkdir -p .venv-oldest && $(PYTHON) tools/lower_bounds.py > .venv-oldest/constraints.txt
	$(MAKE) quick VENV=.venv-oldest CONSTRAINTS=.venv-oldest/constraints.txt

# What `make latest` has passed with becomes what everybody installs.
constraints:
	.venv-latest/bin/python -m pip freeze --exclude-editable > constraints.txt

# The quick tests on every Python that is here.
pythons:
	@for minor in 11 12 13 14; do \
	  if ! python3.$$minor -c '' 2>/dev/null; then echo "python3.$$minor: not here"; continue; fi; \
	  $(MAKE) quick PYTHON=python3.$$minor VENV=.venv-3.$$minor || exit 1; \
	done

$(VENV)/.run: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "cati needs Python 3.11 or newer; name one with: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	$(CREATE)
	$(INSTALL) -e .
	@touch $@

$(VENV)/.dev: $(VENV)/.run
	$(INSTALL) -e '.[dev]'
	@touch $@
