# On a fresh machine each of these does all the set-up: .venv, locked dependencies, then its job.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
# The day that the committed tables in data/clean were built as of: see "rebuilt" below.
COMMITTED_AS_OF := 2026-11-23

.PHONY: report test test-fast fuzz bench bench-check check lab lint types rebuilt docs pictures lock clean
.DEFAULT_GOAL := report

report: $(VENV)/.report
	$(BIN)/overkalix report

test: $(VENV)/.test
	$(BIN)/python -m pytest -n auto --dist worksteal

# What needs neither LibreOffice, a browser, a notebook's kernel nor a whole product: an answer in a minute and a half.
test-fast: $(VENV)/.test
	$(BIN)/python -m pytest -n auto --dist worksteal --ignore tests/notebooks -m "not office and not browser and not whole"

# Inputs of each reader and each curated file that nobody has thought of; what fails is remembered in .hypothesis.
# Where atheris is installed the readers' are led by coverage too.
fuzz: $(VENV)/.test
	FUZZ=$${FUZZ:-100000} $(BIN)/python -m pytest tests/hostile/test_fuzz.py -n auto
	! $(BIN)/python -c "import atheris" 2>/dev/null || for kind in .txt .html .csv .json .xlsx; do \
	$(BIN)/python -m tests.hostile.guided $$kind -runs=$${FUZZ:-100000} -artifact_prefix=.hypothesis/ || exit 1; done

# What it takes, beside what else could be used, into benchmarks/results.md: an hour; GROUPS="commands reading": those alone.
bench: $(VENV)/.test
	$(BIN)/python -m benchmarks $(GROUPS)

# The quick ones again, held against what is committed; on a machine that does nothing else. No part of CI.
bench-check: $(VENV)/.test
	$(BIN)/python -m benchmarks --check $(GROUPS)

check: lint types test rebuilt

lint: $(VENV)/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.test
	$(BIN)/mypy

# The committed tables are what the committed code makes of the committed page, byte for byte.
rebuilt: $(VENV)/.test
	@rm -rf build/clean && mkdir -p build/clean
	$(BIN)/overkalix build --clean build/clean --as-of $(COMMITTED_AS_OF) > /dev/null
	diff -r data/clean build/clean
	@rm -rf build/clean && echo "data/clean: rebuilt equals committed"

# The data dictionary and the list of layouts, from the schema and the golden cases.
docs: $(VENV)/.report
	$(BIN)/python -m overkalix_data.outputs.pages.dictionary

# The pictures of the READMEs; needs LibreOffice, Chromium and poppler-utils.
pictures: $(VENV)/.report
	$(BIN)/python docs/pictures/take.py

# All notebooks, in their order: jupyter lab takes one file alone, a workspace names them all.
lab: export JUPYTERLAB_WORKSPACES_DIR := $(abspath $(VENV))/workspaces
lab: $(VENV)/.lab
	$(BIN)/jupyter lab workspaces import notebooks/in_order.jupyterlab-workspace
	$(BIN)/jupyter lab --notebook-dir=notebooks --LabApp.default_url=/lab/workspaces/overkalix

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.report: $(VENV)/bin/python requirements.lock pyproject.toml
	$(PIP) install --require-hashes -r requirements.lock
	$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.test: $(VENV)/.report requirements-test.lock
	$(PIP) install --require-hashes -r requirements-test.lock
	@touch $@

$(VENV)/.lab: $(VENV)/.report requirements-lab.lock
	$(PIP) install --require-hashes -r requirements-lab.lock
	@touch $@

# New versions within the bounds of pyproject.toml, for every Python it names; needs uv.
lock:
	uv pip compile --universal --generate-hashes --no-header --no-annotate --no-emit-index-url --python-version 3.11 \
	  --quiet --group build pyproject.toml -o requirements.lock
	uv pip compile --universal --generate-hashes --no-header --no-annotate --no-emit-index-url --python-version 3.11 \
	  --quiet --group build --extra test --extra lab --extra bench --extra pdf --extra parquet --extra engine pyproject.toml -c requirements.lock -o requirements-test.lock
	uv pip compile --universal --generate-hashes --no-header --no-annotate --no-emit-index-url --python-version 3.11 \
	  --quiet --group build --extra lab pyproject.toml -c requirements.lock -o requirements-lab.lock

clean:
	rm -rf $(VENV) build .pytest_cache .mypy_cache .ruff_cache .hypothesis
