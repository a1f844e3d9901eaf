# Two commands do everything: `make demo` and `make test`. All else is inside .venv and out/.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
REPORTS := out
# two workers on two cores: threads of BLAS would only wait for each other
ONE_THREAD := OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1
# what the tests of reports need beside Python: a browser, LaTeX, a word processor, tools for PDF files
PAGE_TOOLS := chromium pdflatex soffice pdftotext
PAGE_STYLES := booktabs.sty lmodern.sty
PAGE_PACKAGES := chromium fonts-dejavu-core texlive-latex-recommended lmodern \
	libreoffice-writer-nogui poppler-utils
WHERE := from bayeswrap.engine.installation.home import assembled_path; print(assembled_path())

.PHONY: demo test quick lint lint-cpp engine page-tools docs clean bench

demo: $(VENV)/.installed
	@mkdir -p $(REPORTS)
	@echo "1 of 2: wells, a logistic regression (the first run assembles Stan: some minutes, once)"
	@BAYESWRAP_ASSEMBLE=1 $(BIN)/bayeswrap report logistic_regression --seed 1 \
		-o $(REPORTS)/wells.html -o $(REPORTS)/wells.json
	@echo
	@echo "2 of 2: kidiq, a linear regression"
	@BAYESWRAP_ASSEMBLE=1 $(BIN)/bayeswrap report linear_regression --seed 1 \
		-o $(REPORTS)/kidiq.html -o $(REPORTS)/kidiq.json
	@echo
	@echo "open $(REPORTS)/wells.html and $(REPORTS)/kidiq.html in a browser"

# the house first, in seconds; then every check, on both cores
test: page-tools lint engine
	$(ONE_THREAD) BAYESWRAP_ASSEMBLE=1 $(BIN)/python -m pytest -n 2 --dist worksteal

# for the inner loop: nothing that starts a process or takes seconds
quick: $(VENV)/.installed-dev
	$(ONE_THREAD) $(BIN)/python -m pytest -q -n 2 --dist worksteal -m "not slow and not stan" tests

# the header that all models share is compiled once: it halves the time of the other compilations
engine: $(VENV)/.installed-dev
	@$(BIN)/bayeswrap engine build
	@$(MAKE) -s -C "$$($(BIN)/python -c '$(WHERE)')" model-header

# installed where they are missing; nothing happens where they are there
page-tools:
	@missing=; for tool in $(PAGE_TOOLS); do \
		command -v $$tool >/dev/null || missing="$$missing $$tool"; done; \
	for style in $(PAGE_STYLES); do \
		kpsewhich $$style >/dev/null 2>&1 || missing="$$missing $$style"; done; \
	test -n "$$missing" || exit 0; \
	if test "$$(id -u)" = 0 && command -v apt-get >/dev/null; then \
		export DEBIAN_FRONTEND=noninteractive; \
		apt-get -q=2 update && \
		apt-get -q=2 install --no-install-recommends $(PAGE_PACKAGES) >/dev/null; \
	else \
		echo "the tests of reports need:$$missing"; \
		echo "on Debian: sudo apt-get install --no-install-recommends $(PAGE_PACKAGES)"; \
		exit 1; \
	fi

lint: lint-cpp $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

lint-cpp: $(VENV)/.installed-dev
	find bayeswrap/engine/frontend -name '*.?pp' -exec $(BIN)/clang-format --dry-run -Werror {} +

# out/site/index.html opens without a server; a broken link stops the build
docs: $(VENV)/.installed-dev
	$(BIN)/python tools/build_site.py $(REPORTS)/site

bench: $(VENV)/.installed-dev
	BAYESWRAP_ASSEMBLE=1 $(BIN)/python benchmarks/run.py
	BAYESWRAP_ASSEMBLE=1 $(BIN)/python benchmarks/switching.py

clean:
	rm -rf $(VENV) .venv-* $(REPORTS) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis \
		.import_linter_cache *.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "bayeswrap needs Python 3.11 or newer; say which: make demo PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
		echo "this Python cannot make environments; on Debian: apt-get install python3-venv"; exit 1; }

$(VENV)/.installed: $(VENV)/bin/python pyproject.toml
	@echo "installing bayeswrap and what it needs into $(VENV) (about a minute)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/.installed-dev: $(VENV)/bin/python pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev,docs]'
	@touch $@ $(VENV)/.installed
