# Two commands: `make run` opens the dashboard, `make test` runs every check.
PYTHON ?= python3
PORT ?= 8501
BIN := .venv/bin

.PHONY: run test bench extract rebuild-check requirements audit-dependencies
run: .venv/.runtime
	$(BIN)/outcomes serve --port $(PORT)

# What pytest and Python compile is kept, whatever the environment says: both workers would do it anew in every run.
test: export PYTHONDONTWRITEBYTECODE =
# As `outcomes serve` sets it (MEMORY in dashboard/cli.py): a thread keeps the small pieces of memory it let go of.
test: export GLIBC_TUNABLES ?= glibc.malloc.tcache_count=1000
test: .venv/.test
	$(BIN)/python tests/browser/chromium.py
	$(BIN)/ruff check .
	$(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder

# How quick and steady the pages are, measured side by side; DASH=<a Python that has Dash> compares with it too.
bench: .venv/.test
	$(BIN)/python benchmarks/pages.py --write $(if $(DASH),--dash $(DASH))

# Rebuild the embedded default extract (published figures, and demonstration returns of two editions).
extract: .venv/.build
	$(BIN)/outcomes build --demonstration

# Build the default extract from nothing in another folder and compare it with the one shipped (a few minutes).
rebuild-check: .venv/.build
	rm -rf .cache/rebuild
	$(BIN)/outcomes build --demonstration --out .cache/rebuild
	@echo "shipped: $$(cat data/extract/current)"
	@echo "rebuilt: $$(cat .cache/rebuild/current)"
	@cmp -s data/extract/current .cache/rebuild/current && echo "the same" || { echo "NOT the same: run 'make extract'"; exit 1; }

# Recompile the pinned, hashed requirement files (needs uv).
requirements:
	for extra in runtime build test; do uv pip compile --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-emit-find-links --no-header --output-file requirements/$$extra.txt requirements/$$extra.in || exit 1; done

# Whether a pinned package has a known vulnerability; says so where the advisory service cannot be asked.
audit-dependencies: .venv/.test
	$(BIN)/python requirements/audit.py

# pip comes last into a new environment: one that was stopped half-way has a Python and no pip, and is made again.
.venv/bin/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: try make PYTHON=python3.12")'
	$(PYTHON) -m venv --clear .venv

.venv/.%: requirements/%.txt pyproject.toml | .venv/bin/pip
	$(BIN)/python -m pip install --disable-pip-version-check --quiet --require-hashes --requirement requirements/$*.txt
	$(BIN)/python -m pip install --disable-pip-version-check --quiet --no-deps --no-build-isolation --editable .
	touch $@
