# What one does in development; `make` alone lists it.
PYTHON := .venv/bin/python
PYTEST := $(PYTHON) -m pytest -q -n 2
NAME ?= cold_start

.NOTPARALLEL:
.PHONY: help setup test fast lint types docs site bench wheel

help: ## List these
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1\t\2/p' $(MAKEFILE_LIST)

setup: ## Install all that development needs into .venv
	bash tests/setup

test: setup lint types ## Set up, then run every check; ARGS go to pytest
	$(PYTEST) --durations=25 $(ARGS)

fast: lint ## Run the checks that take two minutes at most: before each commit
	$(PYTEST) -m "not slow" $(ARGS)

lint: ## Look at style and format
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .

types: ## Check types, strictly
	$(PYTHON) -m mypy

docs: ## Write anew what the documentation takes from the code
	$(PYTHON) docs/make.py

site: ## Build the documentation as a site in build/site
	$(PYTHON) docs/website.py

bench: ## Run the benchmark NAME, one of benchmarks/*.py
	$(PYTHON) benchmarks/$(NAME).py $(ARGS)

wheel: ## Build the wheel into dist/
	rm -rf build/lib # what is there from before would go into it
	$(PYTHON) -m pip wheel -q --no-deps -w dist .
