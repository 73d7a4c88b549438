# Every target works as the first command on a machine that has Python 3.11, 3.12 or 3.13, its venv module, and make.

PYTHON ?= python3
PORT ?= 8501
VENV := .venv
RUN := $(VENV)/bin/python
READY := $(VENV)/.installed
PEERS := .venv-peers
PEERS_READY := $(PEERS)/.installed
CARD := $(or $(KGREC_HOME),.kgrec)/bundles/movies/run_card.json

.DEFAULT_GOAL := help
.PHONY: help install movies demo test lint bench shots quality peers

help:
	@echo "make install   create .venv and install everything into it"
	@echo "make demo      prepare the films if need be, then serve the app on http://localhost:$(PORT)  [PORT=8501]"
	@echo "make test      run the tests"
	@echo "make lint      check style, format and types"
	@echo "make bench     measure start, answer times and memory"
	@echo "make shots     photograph every screen, both themes, desk and phone, into shots/; needs chromium"
	@echo "make quality   measure ranking quality beside ablations and peers; interrupted, it goes on where it stopped"
	@echo "make peers     train graph networks of RecBole on the same split, in .venv-peers (needs Python 3.11)"
	@echo "The first of them makes .venv. Another interpreter: make install PYTHON=python3.12"

install: $(READY)

# The stamp is written last, so an interrupted installation is taken up again.
$(READY): requirements.txt requirements-library.txt requirements-app.txt requirements-dev.txt
	@command -v "$(PYTHON)" >/dev/null || { \
	  echo "There is no $(PYTHON). Install Python 3.11, 3.12 or 3.13, or name one: make install PYTHON=/path/to/python3" >&2; exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' || { \
	  echo "$$("$(PYTHON)" --version 2>&1) is not 3.11, 3.12 or 3.13. Name one that is: make install PYTHON=python3.12" >&2; exit 1; }
	@"$(PYTHON)" -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "This Python has no venv module. On Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	"$(PYTHON)" -m venv $(VENV)
	$(RUN) -m pip install --disable-pip-version-check -r requirements-dev.txt
	@touch $@

movies: install
	@test -f "$(CARD)" || $(RUN) -m kgrec_core prepare movies

demo: movies
	@echo
	@echo "  Open http://localhost:$(PORT)   (Ctrl-C stops; another port: make demo PORT=8600)"
	@echo
	@$(RUN) -m streamlit run app.py --server.headless=true --server.port=$(PORT)

# One thread a worker: tests are many and their matrices small. A file stays with one worker, and so do its fixtures.
test: install
	@OMP_NUM_THREADS=1 MKL_NUM_THREADS=1 $(RUN) -m pytest -n auto --maxprocesses 4 --dist loadfile

lint: install
	$(RUN) -m ruff check .
	$(RUN) -m ruff format --check .
	$(RUN) -m mypy --strict kgrec_core

bench: movies
	@$(RUN) -m benchmarks.latency

shots: movies
	@$(RUN) -m benchmarks.shots

quality: movies
	@$(RUN) -m benchmarks.quality

peers: movies $(PEERS_READY)
	@$(RUN) -m benchmarks.peers

# RecBole names versions that no longer install, so it comes without them. torch asks for a newer setuptools; ray 2.9
# imports pkg_resources, which that has lost.
$(PEERS_READY): requirements-peers.txt
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' || { \
	  echo "RecBole's dependencies need Python 3.11. Name one: make peers PYTHON=python3.11" >&2; exit 1; }
	"$(PYTHON)" -m venv $(PEERS)
	$(PEERS)/bin/python -m pip install --disable-pip-version-check -r $<
	$(PEERS)/bin/python -m pip install --disable-pip-version-check --no-deps recbole==1.2.1 "setuptools<70"
	@touch $@
