# Needs Python 3.11+ (with venv and pip) and make; everything else is installed into .venv from uv.lock.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

# Nothing leaves the machine unless somebody asks for it.
export PREFECT_SERVER_ANALYTICS_ENABLED ?= false
export DO_NOT_TRACK ?= 1
export UV_PYTHON_DOWNLOADS ?= never
# Every command is a process, and the tests start some two hundred: without its bytecode, each would compile the project anew.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: help install run report notebook test check accuracy torture bench serve clean

help:  ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## */  make \1\t/' | expand -t 18

install: $(READY)  ## create .venv with the locked dependencies

run: $(READY)  ## run the pipeline on seeds/articles and print what it found
	$(BIN)/communique run

report: $(READY)  ## write data/report/report.html, to look at what the last run published
	$(BIN)/communique report

# Served on this machine only, without a password; marimo looks for a newer version of itself unless told not to.
notebook: $(READY)  ## serve notebooks/explore.py as an app over data/exports (Ctrl-C ends it)
	MARIMO_SKIP_UPDATE_CHECK=1 $(BIN)/marimo run notebooks/explore.py --host 127.0.0.1 --no-token

test: $(READY)  ## all tests
	$(BIN)/python -m pytest -n 2 --dist loadscope --no-loadscope-reorder

check: $(READY)  ## style, types, layers, then all tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(MAKE) test

accuracy: $(READY)  ## score the labelled pages and write docs/accuracy.md anew
	$(BIN)/python -m tests.accuracy --write

torture: $(READY)  ## kill, fill, fuzz and crowd the warehouse, and print what came of it (some 15 minutes)
	$(BIN)/python -m tests.torture

bench: $(READY)  ## measure runs against the floor and against peers, and write docs/performance.md anew (BENCH_FULL=1: up to a million pages)
	$(BIN)/uv sync --locked --inexact --quiet --group bench --python $(BIN)/python
	$(BIN)/python -m benchmarks --write

serve: $(READY)  ## a Prefect server, the deployments and a worker, until Ctrl-C: http://127.0.0.1:4200
	$(BIN)/python -m flows.serve

clean:  ## remove the environment, the caches and data/
	rm -rf $(VENV) data .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# uv is not among the locked packages, hence --inexact: a plain sync would remove it again.
$(READY): pyproject.toml uv.lock
	test -x $(BIN)/uv || { $(PYTHON) -m venv $(VENV) && $(BIN)/python -m pip install --quiet --disable-pip-version-check uv; }
	$(BIN)/uv sync --locked --inexact --quiet --python $(BIN)/python
	touch $(READY)
