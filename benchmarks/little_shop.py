"""A data set of a few rows that is imported, prepared and deleted without files to read or anything to train on.

`import_files`, `prepare` and `delete_dataset` are those of the library, down to the disk; only reading tables and
training are stood in for.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

import pandas as pd

from kgrec_core.data.catalog import Catalog
from kgrec_core.data.disk import versions
from kgrec_core.data.disk.writable_folders import home, writing
from kgrec_core.data.import_report import ImportReport
from kgrec_core.data.ingest import import_tasks, imported_sets
from kgrec_core.data.ingest.import_choice import Choice
from kgrec_core.data.ingest.imported_sets import Stored
from kgrec_core.data.ingest.importer import Imported
from kgrec_core.data.ingest.pseudonyms import Pseudonyms
from kgrec_core.domain import E_COMMERCE
from kgrec_core.errors import KgrecError
from kgrec_core.model.bundle import CARD, MODEL, TABLES, VECTORS, bundle_folder, commit_bundle, load_catalog, read_card
from kgrec_core.workspace import own_data, prepare, registry

NAME, PEOPLE = "shop", ("ann", "bob", "cleo")


def put(edition: int, replace: bool = True, keep_user_ids: bool = False) -> None:
    """Imports the shop with as many items as `edition` says."""
    choice = Choice(title=str(edition), keep_user_ids=keep_user_ids)
    own_data.import_files(NAME, [own_data.Given(Path("orders.csv"))], choice, replace)


def train() -> None:
    registry.prepare(NAME)


def delete() -> None:
    own_data.delete_dataset(NAME)


def whole_data() -> int | None:
    """The edition that is stored, once it was found to be whole and to go with its key; None where there is none."""
    if not own_data.is_imported(NAME):
        return None
    found = own_data.stored(NAME)
    assert found.catalog.content_hash() == found.data_hash, "the tables are not those of the report"
    people = {found.names.of(name) if found.names else name for name in PEOPLE}
    assert people == set(found.catalog.user_vocab.ids), "the key is not that of the data"
    return _edition(found.catalog)


def whole_bundle() -> int | None:
    """The edition that the bundle was made of, once it was found to be whole; None where there is none."""
    if not (bundle_folder(NAME) / CARD).is_file():
        return None
    card, catalog = read_card(NAME), load_catalog(NAME)
    if read_card(NAME)["version"] != card["version"]:
        return whole_bundle()  # the card and the tables were read one after the other, and another came between
    assert card["imported_hash"] == catalog.content_hash(), "the tables are not those that the card speaks of"
    return _edition(catalog)


def edition_of_data() -> int | None:
    marker = imported_sets.marker(home(), NAME)
    return int(versions.read(marker).content["report"]["items"]) if marker.is_file() else None


def edition_of_bundle() -> int | None:
    marker = bundle_folder(NAME) / CARD
    return int(versions.read(marker).content["model"]["edition"]) if marker.is_file() else None


def _edition(catalog: Catalog) -> int:
    assert catalog.title == str(len(catalog.items)), "one part is of another version"
    return int(catalog.title)


@contextmanager
def stand_ins() -> Iterator[None]:
    with (
        mock.patch.object(import_tasks, "import_tables", _import_tables),
        mock.patch.object(prepare, "_prepared", _prepared),
        mock.patch.object(prepare, "_check_enough", lambda catalog: None),
    ):
        yield


def _import_tables(name: str, _: Sequence[own_data.Given], choice: Choice, names: Pseudonyms, *__: object) -> Imported:
    with own_data.temporary_folder() as folder, writing(folder):
        (folder / "orders.csv").write_text("who,what\n")
        catalog = _catalog(name, int(choice.title), None if choice.keep_user_ids else names)
    counts = (3, len(catalog.items), len(catalog.interactions), len(catalog.interactions), 0)
    report = ImportReport(name, "plain", "Tables", "e-commerce", *counts, (), (), (), None, 0.0)
    return Imported(catalog, report, pd.DataFrame({"file": ["orders.csv"], "row": [2]}), ())


def _catalog(name: str, edition: int, names: Pseudonyms | None) -> Catalog:
    people = [names.of(person) if names else person for person in PEOPLE]
    items = [f"i{number}" for number in range(edition)]
    rows = [(person, item) for person in people for item in items]
    return Catalog(
        name=name,
        title=str(edition),
        domain=E_COMMERCE,
        interactions=pd.DataFrame(rows, columns=["user_id", "item_id"]),
        items=pd.DataFrame({"item_id": items, "title": items}),
        triples=pd.DataFrame({"head": items, "relation": "kind", "tail": "thing"}),
        sources=("Made up.",),
        users=pd.DataFrame({"user_id": people, "group": edition}),
    )


def _prepared(catalog: Catalog, _: object, fresh: Path, __: object, ___: object, origin: Stored | None) -> Path:
    assert origin is not None
    with writing(home()):  # as `prepare` and the store of vectors do
        return _written(catalog, fresh, origin)


def _written(catalog: Catalog, fresh: Path, origin: Stored) -> Path:
    vectors = origin.folder / "vectors"
    vectors.mkdir(exist_ok=True)
    (vectors / "texts.safetensors").write_bytes(b"vectors")
    catalog.save(fresh / TABLES)
    for name in (VECTORS, MODEL, "xlnet/config.json", "xlnet/model.safetensors", "xlnet/tokenizer.json"):
        (fresh / name).parent.mkdir(exist_ok=True)
        (fresh / name).write_bytes(name.encode())
    about = {"dataset": NAME, "names": {"bert": "b", "xlnet": ""}, "imported_hash": origin.data_hash}
    commit_bundle(fresh, about | {"model": {"edition": len(catalog.items)}})
    return fresh


def leavings(place: Path) -> list[str]:
    """Files and folders of the shop that nothing in force speaks of."""
    spoken = set()
    for marker in (place / "datasets" / NAME / "report.json", place / "bundles" / NAME / CARD):
        if marker.is_file():
            found = versions.read(marker)
            spoken |= {marker, *(found.folder / name for name in found.files)}
            if marker.name == "report.json" and found.content["keyed"]:
                spoken.add(place / "keys" / f"{NAME}.{found.version}.key")
            spoken |= set((found.folder / "vectors").glob("*"))
    free = place / "locks" / f"{NAME}.lock"  # stays with the data, and says nothing
    spoken |= {free} if spoken else set()
    files = [Path(folder, name) for folder, _, names in os.walk(place) for name in names]
    empty = [path for path in place.rglob(f"*{NAME}*") if path.is_dir() and not any(path.rglob("*"))]
    return sorted(str(path.relative_to(place)) for path in (*files, *empty) if path not in spoken)


def in_words(act: Any) -> str:
    """How it ended: "" where it was done, else the sentence. Errors that are no sentence pass."""
    try:
        act()
    except KgrecError as error:
        return str(error)
    return ""
