# Two commands do all the set-up: `make demo` and `make test`.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test slow lint docs bench clean

demo: $(VENV)/.ready
	$(BIN)/coordlint check examples/org
	$(BIN)/coordlint render examples/org --into build/manual

test: $(VENV)/.ready
	$(BIN)/python -m pytest -n 2

slow: $(VENV)/.ready
	$(BIN)/python -m pytest -m slow -n 2 --dist loadfile

lint: $(VENV)/.ready
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

docs: $(VENV)/.ready
	$(BIN)/coordlint rules --into docs/rules

bench: $(VENV)/.ready
	$(BIN)/python -m benchmarks

$(VENV)/.ready: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	touch $@

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
