"""Imported data sets on disk: ROOT/datasets/NAME, and their keys, apart from the data, in ROOT/keys.

`report.json` is the marker of the version in force. A key belongs to a version, whose name it carries. Who writes
holds the lock of the name (data/disk/locks.py); who reads needs none.
"""

from __future__ import annotations

import os
import re
import secrets
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

import pandas as pd

from kgrec_core.data.catalog import Catalog
from kgrec_core.data.disk import files, versions
from kgrec_core.data.disk.versions import Marker, VersionError
from kgrec_core.data.ingest import item_pictures
from kgrec_core.data.ingest.importer import Imported
from kgrec_core.data.ingest.pseudonyms import Pseudonyms
from kgrec_core.data.ingest.safe_csv import write_safe_csv
from kgrec_core.data.ingest.stored_choice import encoded
from kgrec_core.data.ingest.stored_version import Step, Stored
from kgrec_core.errors import ConfigError, DataError

REPORT, DROPPED, TABLES, DELETED = "report.json", "dropped.csv", "catalog", "deleted.json"
PICTURES = "pictures.parquet"
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")


def check_name(name: str) -> None:
    """Raises ConfigError for a name that cannot be a folder everywhere."""
    if not _NAME.fullmatch(name):
        raise ConfigError(
            f"{name!r} cannot be the name of a data set. Use up to 40 small letters a-z, digits, - and _, "
            "beginning with a letter or digit."
        )


def name_of(title: str) -> str:
    """A name made of a title, such as kase-wein of "Käse & Wein"; "" where no letter or digit of it is Latin."""
    latin = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode("ascii").lower()
    return re.sub("[^a-z0-9]+", "-", latin).strip("-")[:40].strip("-")


def marker(root: Path, name: str) -> Path:
    """The report of a data set, which names the version in force."""
    return root / "datasets" / name / REPORT


def is_imported(root: Path, name: str) -> bool:
    return _NAME.fullmatch(name) is not None and marker(root, name).is_file()


def imported_names(root: Path) -> tuple[str, ...]:
    return tuple(sorted(path.parent.name for path in (root / "datasets").glob(f"[!.]*/{REPORT}")))


def load_stored(root: Path, name: str) -> Stored:
    """The version in force, whole. Raises DataError that names a file which is missing, altered or damaged."""
    with _in_words(name):
        return versions.read_steadily(marker(root, name), lambda found: _stored(root, name, found))


def data_hash(root: Path, name: str) -> str:
    """Of the catalog in force, as its report says. Raises DataError."""
    with _in_words(name):
        return str(versions.read(marker(root, name)).content["data_hash"])


def line(root: Path, name: str) -> tuple[Step, ...]:
    """See `Stored.line`; of the version in force, from its report alone. Raises DataError."""
    with _in_words(name):
        return tuple(Step(**step) for step in versions.read(marker(root, name)).content.get("line", ()))


def load_pictures(root: Path, name: str) -> dict[str, bytes]:
    """Small WebP pictures of the version in force, by item id. Raises DataError."""
    with _in_words(name):
        return item_pictures.load(versions.read(marker(root, name)).folder / PICTURES)


def load_key(root: Path, name: str) -> Pseudonyms | None:
    """The key of the version in force; None where user ids were kept, or nothing is there. Raises DataError."""
    if not is_imported(root, name):
        return None
    with _in_words(name):
        return versions.read_steadily(marker(root, name), lambda found: _key(root, name, found))


def save_imported(root: Path, imported: Imported, names: Pseudonyms | None, before: Stored | None = None) -> Path:
    """Writes a version and brings it into force; the older one, its key included, stays until then and no longer.

    names: kept for later look-ups of original user ids; None when these were kept · before: the version that rows were
    added to. Returns the folder.
    """
    if imported.catalog is None:
        raise DataError("The files have errors, so nothing was imported. Mend them as the report says.")
    name = imported.catalog.name
    check_name(name)
    report = marker(root, name)
    try:
        with versions.fresh(report) as folder:
            imported.catalog.save(folder / TABLES)
            write_safe_csv(_gone(imported, before), folder / DROPPED)
            earlier = {} if before is None else item_pictures.load(before.folder / PICTURES)
            item_pictures.save({**earlier, **imported.pictures}, folder / PICTURES)
            if names is not None:
                _save_key(_key_path(root, name, folder.name), names)
            told = {
                "data_hash": imported.catalog.content_hash(),
                "keyed": names is not None,
                "choice": encoded(imported.choice),
                "plans": encoded(imported.plans),
                "liked_words": list(imported.liked_words),
                "scale": imported.scale and asdict(imported.scale),
                "line": [asdict(step) for step in _line(imported, before)],
            }
            versions.commit(report, folder, {**told, "report": asdict(imported.report)})
            return folder
    finally:
        _drop_keys(root, name)  # the older one, or that of a version which did not come into force


def rule(root: Path, name: str) -> str:
    """What counts as liked in the version in force, in a sentence; "" where that was not kept. Raises DataError."""
    with _in_words(name):
        report = versions.read(marker(root, name)).content.get("report", {})
    return str(report.get("rule", ""))


def new_key() -> Pseudonyms:
    return Pseudonyms(secrets.token_bytes(32))


def remains(root: Path, name: str) -> bool:
    """Whether anything of a name is there, a whole data set or what a broken run has left."""
    return _NAME.fullmatch(name) is not None and any(path.exists() for path in places(root, name))


def places(root: Path, name: str) -> list[Path]:
    """Where all of a name lies, keys last, whether it is there or not."""
    place = root / "datasets" / name
    return [place, *place.parent.glob(f".{name}.*"), *_keys(root, name)]


def leavings(root: Path, name: str) -> bool:
    """Whether a broken run has left anything of a name."""
    report = marker(root, name)
    return report.with_name(DELETED).exists() or bool(versions.leavings(report)) or bool(_old_keys(root, name))


def retire(root: Path, name: str) -> None:
    """From here on the data set is not there for anybody; `erase` removes it, and can be repeated."""
    report = marker(root, name)
    if report.exists():
        report.replace(report.with_name(DELETED))


def is_retired(root: Path, name: str) -> bool:
    """Whether a removal was begun and not brought to its end."""
    report = marker(root, name)
    return report.with_name(DELETED).exists() and not report.exists()


def erase(root: Path, name: str) -> list[str]:
    """Removes the keys first and the marker last; what could not be removed, each with the reason."""
    place = marker(root, name).parent
    stays = [each for path in _keys(root, name) for each in files.remove(path)]
    inside = [path for path in (place.iterdir() if place.is_dir() else ()) if path.name != DELETED]
    stays += [each for path in (*inside, *place.parent.glob(f".{name}.*")) for each in files.remove(path)]
    if not stays:
        stays = files.remove(place)
    return stays


def sweep(root: Path, name: str) -> None:
    """Removes what broken runs have left of a data set that is in force or was begun."""
    files.remove(marker(root, name).with_name(DELETED))
    versions.sweep(marker(root, name))
    _drop_keys(root, name)


def names_on_disk(root: Path) -> set[str]:
    """All names of which anything is there."""
    found = {path.name for path in (root / "datasets").glob("[!.]*")}
    found |= {path.name.split(".")[0] for path in (root / "keys").glob("[!.]*")}
    return {name for name in found if _NAME.fullmatch(name)}


@contextmanager
def _in_words(name: str) -> Iterator[None]:
    try:
        yield
    except VersionError as error:
        way = f"Import the files again with --replace, or remove it: `python -m kgrec_core delete {name}`."
        raise DataError(f"{error}. {way}") from error


def _stored(root: Path, name: str, marker: Marker) -> Stored:
    versions.check(marker, f"{TABLES}/")  # who has read the dropped rows may take them away
    hashed = str(marker.content["data_hash"])
    catalog = Catalog.load(marker.folder / TABLES)
    return Stored(catalog, _key(root, name, marker), hashed, marker.folder, marker.content)


def _line(imported: Imported, before: Stored | None) -> tuple[Step, ...]:
    added = imported.report.added
    if before is None or added is None:
        return ()
    return (*before.line, Step(before.data_hash, added.rows, added.items))


def _gone(imported: Imported, before: Stored | None) -> pd.DataFrame:
    """The rows that were merged or dropped, those of the version before first."""
    if before is None or not (before.folder / DROPPED).is_file():
        return imported.gone
    try:
        earlier = pd.read_csv(before.folder / DROPPED, dtype=str, keep_default_na=False)
    except pd.errors.EmptyDataError:
        return imported.gone
    return pd.concat([earlier, imported.gone], ignore_index=True)


def _key(root: Path, name: str, marker: Marker) -> Pseudonyms | None:
    if not marker.content["keyed"]:
        return None
    path = _key_path(root, name, marker.version)
    try:
        return Pseudonyms(bytes.fromhex(path.read_text(encoding="ascii")))
    except FileNotFoundError:
        if versions.read(marker.path).version != marker.version:
            raise
        return None  # whoever runs this took it away, so that no original id is found any more
    except OSError as error:
        raise VersionError(f"The key {path} cannot be read ({error.strerror or error})") from error
    except ValueError as error:
        raise VersionError(f"The key {path} is damaged") from error


def _save_key(path: Path, names: Pseudonyms) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        file.write(names.key.hex())
    files.sync(path)


def _key_path(root: Path, name: str, version: str) -> Path:
    return root / "keys" / f"{name}.{version}.key"


def _keys(root: Path, name: str) -> list[Path]:
    return sorted((root / "keys").glob(f"{name}.*"))


def _old_keys(root: Path, name: str) -> list[Path]:
    """Keys that are not of the version in force; nothing where the marker cannot be read."""
    try:
        kept = _key_path(root, name, versions.read(marker(root, name)).version)
    except VersionError:
        return [] if is_imported(root, name) else _keys(root, name)
    return [path for path in _keys(root, name) if path != kept]


def _drop_keys(root: Path, name: str) -> None:
    for path in _old_keys(root, name):
        files.remove(path)
