# `make` runs the whole analysis; `make help` lists every target.
# Somebody's own articles: make SEEDS=/any/folder OUT=/some/out [CODEBOOK=/folder]
PYTHON = python3
SEEDS = seeds
CODEBOOK = codebook
OUT =

PY = .venv/bin/python
UV = 0.13.8
CODE := $(wildcard analysis/*.py analysis/weights/*)
INPUT := $(wildcard seeds/* codebook/* coding/* benchmarks/results/*)
NOTEBOOKS := $(wildcard notebooks/*.ipynb)
TEMPLATES := $(wildcard analysis/templates/* analysis/templates/*/*)
# Figures that the last run made and that somebody deleted: a reason to run again.
LOST := $(filter-out $(wildcard figures/*),$(shell cat build/figures.made 2>/dev/null))

.PHONY: report test lint lock lab clean help always

ifneq ($(OUT),)
report: .venv/installed
	$(PY) -m analysis report "$(SEEDS)" --out "$(OUT)" --codebook "$(CODEBOOK)"
else ifneq ($(SEEDS) $(CODEBOOK),seeds codebook)
report:
	@echo "Say where the results go: make SEEDS=/any/folder OUT=/some/out" >&2; exit 1
else
report: build/coding/statements.jsonl build/site/index.html ## Code the articles, execute the notebooks, export the figures, build the site
	@echo "Read the analysis: build/site/index.html   Figures: figures/   Statements and grievances: build/coding/"
endif

.venv/installed: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; (3, 11) <= sys.version_info < (3, 14) or sys.exit("Python 3.11 to 3.13 is needed: make PYTHON=python3.12")'
	@echo "Installing the packages of requirements.lock into .venv (a minute or so)"
	@$(PYTHON) -m venv .venv
	@$(PY) -m pip install --quiet --disable-pip-version-check --no-compile --requirement requirements.lock --editable .
	@touch $@

build/coding/statements.jsonl: $(CODE) $(wildcard seeds/* codebook/*) .venv/installed
	$(PY) -m analysis code seeds --out build/coding
	@touch $@

# Executing rewrites a notebook only where its content changed, so the mark is made after it.
build/figures.made: $(CODE) $(INPUT) $(NOTEBOOKS) .venv/installed $(if $(LOST),always)
	@mkdir -p build
	$(PY) -m analysis notebooks
	@ls figures/* > $@

build/site/index.html: build/figures.made $(TEMPLATES)
	$(PY) -m analysis site

test: .venv/installed ## Run every check: units, notebooks, figures, README, site
	$(PY) -m pytest -n auto --dist loadscope

lint: .venv/installed ## Check style and formatting, notebooks too
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .

lock: ## Compile requirements.lock anew from pyproject.toml
	$(PYTHON) -m venv build/lock
	build/lock/bin/pip install --quiet uv==$(UV)
	build/lock/bin/uv pip compile pyproject.toml --extra test --universal --python-version 3.11 --fork-strategy fewest \
		--no-annotate --custom-compile-command "make lock" --quiet --output-file requirements.lock

lab: .venv/installed ## Open the notebooks in JupyterLab
	.venv/bin/jupyter lab notebooks

clean: ## Remove all that make built: .venv, build and caches
	rm -rf .venv build *.egg-info .pytest_cache .ruff_cache .hypothesis

help: ## List the targets
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1\t\2/p' Makefile | expand -t 14
	@echo 'make SEEDS=/any/folder OUT=/some/out [CODEBOOK=/folder]   The same for your own articles, all of it under OUT'
