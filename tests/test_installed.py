"""The library is installed from its sources and used in another folder, without its sources and without the app."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.test_layering import ROOT

SOURCES = ("pyproject.toml", "README.md", "LICENSE", "requirements-*.txt", "kgrec_core")
PIP = ("-m", "pip", "--disable-pip-version-check", "--python")
OFFLINE = ("--no-deps", "--no-index", "--no-build-isolation", "--quiet")  # what it needs is installed here already


@pytest.fixture(scope="module")
def programs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of programs of a new environment into which the project was installed; nothing is downloaded."""
    place = tmp_path_factory.mktemp("installed")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", place / "venv"], check=True)
    programs = place / "venv" / ("Scripts" if os.name == "nt" else "bin")
    (site,) = said(programs / "python", "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").split("\n")
    Path(site, "present.pth").write_text("\n".join(path for path in sys.path if path.endswith("site-packages")))
    source = copied(place / "source")
    subprocess.run([sys.executable, *PIP, programs / "python", "install", *OFFLINE, source], check=True)
    return programs


def copied(target: Path) -> Path:
    """The sources of the library in another folder, since a build leaves files among them."""
    target.mkdir()
    for each in (path for pattern in SOURCES for path in ROOT.glob(pattern)):
        if each.is_dir():
            shutil.copytree(each, target / each.name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(each, target)
    return target


def said(program: Path, *words: str, folder: Path | None = None) -> str:
    """What a program prints, run in `folder` as somebody who has only installed it."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "KGREC_"))}
    home = {"KGREC_HOME": str(folder / "home")} if folder else {}
    done = subprocess.run([program, *words], cwd=folder, env=kept | home, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def asked_of(programs: Path, question: str, folder: Path) -> str:
    return said(programs / "python", "-c", question, folder=folder)


def test_the_command_lists_the_built_in_data_in_any_folder(programs: Path, tmp_path: Path) -> None:
    listed = json.loads(said(programs / "kgrec", "datasets", "--json", folder=tmp_path))
    assert {"movies", "storefront"} <= {each["name"] for each in listed}


def test_what_is_no_code_came_along(programs: Path, tmp_path: Path) -> None:
    root = Path(asked_of(programs, "import kgrec_core; print(*kgrec_core.__path__)", tmp_path))
    assert root.is_relative_to(programs.parent)
    here = {path.relative_to(ROOT / "kgrec_core") for path in (ROOT / "kgrec_core").rglob("*") if path.is_file()}
    assert {Path("py.typed"), Path("templates/explanation.html.jinja")} <= here
    assert [path for path in here if path.suffix != ".pyc" and not (root / path).is_file()] == []


def test_only_the_library_is_installed(programs: Path, tmp_path: Path) -> None:
    question = "from importlib.metadata import files; print(*{path.parts[0] for path in files('kgrec')})"
    tops = {top for top in asked_of(programs, question, tmp_path).split() if not top.startswith((".", "kgrec-"))}
    assert tops == {"kgrec_core"}


def test_its_requirements_leave_out_the_app_unless_asked(programs: Path, tmp_path: Path) -> None:
    question = "from importlib.metadata import requires; print(*requires('kgrec'), sep='\\n')"
    lines = asked_of(programs, question, tmp_path).splitlines()
    app = [line for line in lines if line.endswith('extra == "app"')]
    assert any(line.startswith("streamlit") for line in app)
    assert not any(line.startswith("streamlit") for line in lines if line not in app)
    assert any(line.startswith("torch==") for line in lines)


def test_a_reader_that_leaves_early_is_no_error(programs: Path, tmp_path: Path) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run([programs / "kgrec", "datasets"], cwd=tmp_path, stdout=writer, stderr=subprocess.PIPE)
    os.close(writer)
    assert (done.returncode, done.stderr) == (0, b"")
