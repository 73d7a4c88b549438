"""What is imported is declared: in the requirements of the part that imports it."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from importlib.metadata import packages_distributions

import pytest

from tests.test_layering import ROOT, Module, imported, on_disk

LIBRARY = ("requirements-library.txt",)
APP = (*LIBRARY, "requirements-app.txt")
ALL = (*APP, "requirements-dev.txt")
OWN = {"kgrec_core", "pages", "app", "benchmarks", "tests"}
APART = "benchmarks.recbole_train"  # run in an environment of its own, see requirements-peers.txt


def declared(*files: str) -> set[str]:
    """Names of the packages in requirements files, as a package index spells them."""
    lines = [line for file in files for line in (ROOT / file).read_text("utf-8").splitlines()]
    return {_spelled(name) for line in lines if (name := re.match(r"[\w.-]+", line)[0] if line[:1].isalnum() else "")}


def foreign(module: Module) -> Iterator[str]:
    """Top-level packages that a module imports and that are neither ours nor Python's."""
    tops = {name.split(".")[0] for name in imported(module)}
    yield from tops - OWN - sys.stdlib_module_names


def undeclared(modules: list[Module], files: tuple[str, ...]) -> list[str]:
    """Imports that no file of `files` answers for."""
    known, carriers = declared(*files), packages_distributions()
    return [
        f"{module.name} imports {name}"
        for module in modules
        for name in sorted(foreign(module))
        if not known & {_spelled(each) for each in carriers.get(name, [name])}
    ]


def _spelled(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


@pytest.mark.parametrize(
    ("places", "files"),
    [(("kgrec_core",), LIBRARY), (("pages", "app.py"), APP), (("benchmarks", "tests"), ALL)],
    ids=["library", "app", "tests"],
)
def test_every_import_is_declared(places: tuple[str, ...], files: tuple[str, ...]) -> None:
    modules = [module for module in on_disk(*places) if module.name != APART]
    assert undeclared(modules, files) == []


def test_an_import_that_is_not_declared_is_found() -> None:
    module = Module("kgrec_core.bad", "import streamlit\nimport sklearn.svm\nimport nowhere")
    assert undeclared([module], LIBRARY) == ["kgrec_core.bad imports nowhere", "kgrec_core.bad imports streamlit"]


def test_one_file_installs_the_app_and_one_the_tests_too() -> None:
    def taken(file: str) -> set[str]:
        return set(re.findall(r"^-r (\S+)", (ROOT / file).read_text("utf-8"), re.MULTILINE))

    assert taken("requirements.txt") == set(APP)
    assert taken("requirements-dev.txt") == {"requirements.txt"}
