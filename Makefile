# The commands of a checkout. The first one also makes the environment in .venv; see packaging/bootstrap.py.
#   make run ARGS=my.arch.yaml      make test ARGS="tests/model -k undo"      make PY=/path/to/python3.12 test

PY ?= python3
VENV := .venv
PYTHON := $(VENV)/bin/python
# An environment whose interpreter is gone (Python was removed or upgraded) is made anew although its stamps are there.
SETUP := pyproject.toml packaging/bootstrap.py $(if $(shell test -x $(PYTHON) && echo yes),,again)

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help run test test-all pictures lint bench build clean again

help:
	@echo "make run       open the window on the sample 'three-tier'; ARGS=FILE opens a file"
	@echo "make test      run the tests, on all processors; with ARGS, which are passed on to pytest, on one"
	@echo "make test-all  the same with the exhaustive tests, of which make test runs a sample"
	@echo "make pictures  take the pictures of the window anew that the tests compare it with; look at them"
	@echo "make lint      check style, types and the direction of imports"
	@echo "make bench     run the benchmarks in tests/bench"
	@echo "make build     build the wheel and the stand-alone program into dist/"
	@echo "make clean     remove what was built, the caches and the environment"

run: ARGS ?= sample:three-tier
run: $(VENV)/.ready
	@$(PYTHON) -m designer $(ARGS)

test: $(VENV)/.ready-test
	$(call tests,not exhaustive)

test-all: $(VENV)/.ready-test
	$(call tests,)

# $(call tests,MARKERS): those that the markers select and ARGS names; without ARGS all, a file to each processor in turn.
# What starts a desktop or measures times comes after that and has the machine for itself (the marker `alone`).
PROCESSES ?= auto
define tests
	$(if $(ARGS),$(PYTHON) -m pytest -m "$(1)" $(ARGS),@status=0; \
	$(PYTHON) -m pytest --numprocesses=$(PROCESSES) --maxprocesses=4 --dist=loadfile -m "$(if $(1),$(1) and )not alone" || status=$$?; \
	$(PYTHON) -m pytest -m "$(if $(1),$(1) and )alone" || status=$$?; \
	exit $$status)
endef

pictures: $(VENV)/.ready-test
	$(PYTHON) -m tests.visual.renew $(ARGS)

lint: $(VENV)/.ready-test
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m mypy
	$(PYTHON) -c "from importlinter.cli import lint_imports_command as main; main()" --no-cache

# Each tests/bench/bench_*.py is a program that prints a table; make bench BENCH=tests/bench/bench_X.py runs one.
BENCH ?= $(sort $(wildcard tests/bench/bench_*.py))
bench: $(VENV)/.ready-test $(VENV)/.ready-bench
	@set -e; for file in $(BENCH); do \
		echo "== $$file"; \
		$(PYTHON) -m "$$(echo "$${file%.py}" | tr / .)" $(ARGS); \
	done

build: $(VENV)/.ready-package
	$(PYTHON) packaging/build.py $(ARGS)

clean:
	rm -rf build dist .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache .coverage htmlcov
	find designer tests packaging -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/.ready: $(SETUP)
	@$(PY) packaging/bootstrap.py

$(VENV)/.ready-%: $(SETUP)
	@$(PY) packaging/bootstrap.py --extra $*
