# One way to do each chore; CI runs the same. `make` alone lists them.
#
# Every chore sets up what it needs and no more: `make run` installs the server's lock into .venv, `make test`
# widens the same .venv to the developers' lock, `make bench` to the benchmarks'. Each wider lock holds the
# narrower one's pins (`make verify` checks that), so they can be installed in any order.

PYTHON ?= python3
WORKERS ?= 2
# What to hand to the program behind a chore: make test ARGS='tests/journal -k hold'
ARGS ?=

# Chores start many processes, and not each of them is to compile everything anew.
unexport PYTHONDONTWRITEBYTECODE

VENV := .venv
BIN := $(VENV)/bin
PIP_INSTALL := -m pip install --quiet --disable-pip-version-check
PROJECTS := pyproject.toml clients/python/pyproject.toml

UV_VERSION := 0.13.9
COMPILE = .venv-lock/bin/uv pip compile --quiet $(if $(UPGRADE),--upgrade) --universal --python-version 3.11 \
	--generate-hashes --no-header --annotation-style line --no-emit-package tallybook-client

.DEFAULT_GOAL := help
.PHONY: help run test check format verify bench torture grocer gen lock clean
.SUFFIXES:
.DELETE_ON_ERROR:

help: ## List the chores
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' Makefile

run: $(VENV)/.server ## Serve on 127.0.0.1:50051 from an SQLite file, with the demo program
	@$(BIN)/tallybook-server --demo $(ARGS)

test: $(VENV)/.dev ## Run every test, on SQLite and on a PostgreSQL of its own
	@$(BIN)/pytest -n $(WORKERS) --dist worksteal $(ARGS)

check: $(VENV)/.dev ## Format, lint and types, as they stand
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy

format: $(VENV)/.dev ## Write the format, and mend what the linter can mend
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

verify: $(VENV)/.dev .venv-gen/.made ## Regenerate what is generated and compare; check locks and contract
	@$(BIN)/python tools/locks.py
	@$(BIN)/python -m pip check --disable-pip-version-check
	@.venv-gen/bin/python tools/gen.py --check
	@$(BIN)/python tools/proto_checks.py

bench: $(VENV)/.bench ## Print the figures: one JSON line each
	@$(BIN)/python -m bench $(ARGS)

torture: $(VENV)/.dev ## Properties and invariants, long: many more examples, and the tests marked so
	@HYPOTHESIS_PROFILE=torture $(BIN)/pytest -n $(WORKERS) --dist worksteal -m '' --timeout 7200 \
		$(or $(ARGS),tests/invariants tests/torture $(shell grep -rl TIMES_LONGER tests --include='test_*.py'))

grocer: $(VENV)/.bench ## Replay a grocer's year through the service and check every balance
	@$(BIN)/python -m examples.grocer $(ARGS)

gen: .venv-gen/.made ## Regenerate the gRPC code from proto/
	@.venv-gen/bin/python tools/gen.py

lock: .venv-lock/.made ## Pin the dependencies anew; UPGRADE=1 takes the newest
	@$(COMPILE) pyproject.toml requirements/build.in --extra server --extra dev --extra bench \
		-o requirements/bench.txt
	@$(COMPILE) pyproject.toml requirements/build.in --extra server --extra dev \
		-c requirements/bench.txt -o requirements/dev.txt
	@$(COMPILE) pyproject.toml requirements/build.in --extra server \
		-c requirements/dev.txt -o requirements/server.txt
	@$(COMPILE) requirements/gen.in -o requirements/gen.txt

clean: ## Remove what the chores made, the environments too
	rm -rf $(VENV) .venv-gen .venv-lock .mypy_cache .pytest_cache .ruff_cache .hypothesis build dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# --- Environments. A stamp says how far one has come; a changed lock or pyproject makes it stale. ---

define new-environment
@command -v $(PYTHON) >/dev/null 2>&1 || \
	{ echo "$(PYTHON) is not here. Name a Python 3.11 or newer: make PYTHON=/path/to/python3.11" >&2; exit 1; }
@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	{ echo "Tallybook needs Python 3.11 or newer; $(PYTHON) is $$($(PYTHON) --version 2>&1)." \
	  "Name another: make PYTHON=python3.12" >&2; exit 1; }
@$(PYTHON) -m venv --clear $(@D) || \
	{ echo "$(PYTHON) cannot make virtual environments (on Debian: install python3-venv)." >&2; exit 1; }
@touch $@
endef

define install-locked
@echo "Setting up $(VENV) from $< ..."
@$(BIN)/python $(PIP_INSTALL) --require-hashes -r $<
@$(BIN)/python $(PIP_INSTALL) --no-deps --no-build-isolation -e . -e clients/python
endef

$(VENV)/.made:
	$(new-environment)

$(VENV)/.server: requirements/server.txt $(PROJECTS) | $(VENV)/.made
	$(install-locked)
	@touch $@

$(VENV)/.dev: requirements/dev.txt $(PROJECTS) | $(VENV)/.made
	$(install-locked)
	@touch $(VENV)/.server $@

$(VENV)/.bench: requirements/bench.txt $(PROJECTS) | $(VENV)/.made
	$(install-locked)
	@touch $(VENV)/.server $(VENV)/.dev $@

.venv-gen/.made: requirements/gen.txt
	$(new-environment)
	@echo "Setting up .venv-gen from $< ..."
	@.venv-gen/bin/python $(PIP_INSTALL) --require-hashes -r $<

.venv-lock/.made:
	$(new-environment)
	@.venv-lock/bin/python $(PIP_INSTALL) uv==$(UV_VERSION)
