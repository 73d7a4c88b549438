"""Imported data sets on disk: ROOT/datasets/NAME, and their keys, apart from the data, in ROOT/keys."""

from __future__ import annotations

import json
import os
import re
import secrets
import shutil
import unicodedata
from dataclasses import asdict
from pathlib import Path

from kgrec_core.data.catalog import Catalog
from kgrec_core.data.ingest.importer import Imported
from kgrec_core.data.ingest.privacy import Pseudonyms
from kgrec_core.data.ingest.safe_csv import write_safe_csv
from kgrec_core.errors import ConfigError, DataError

REPORT, DROPPED, TABLES = "report.json", "dropped.csv", "catalog"
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


def dataset_folder(root: Path, name: str) -> Path:
    check_name(name)
    return root / "datasets" / name


def is_imported(root: Path, name: str) -> bool:
    return _NAME.fullmatch(name) is not None and (root / "datasets" / name / REPORT).is_file()


def imported_names(root: Path) -> tuple[str, ...]:
    return tuple(sorted(path.parent.name for path in (root / "datasets").glob(f"[!.]*/{REPORT}")))


def load_imported(root: Path, name: str) -> Catalog:
    """Raises DataError naming a file that is missing."""
    return Catalog.load(dataset_folder(root, name) / TABLES)


def save_imported(root: Path, imported: Imported, names: Pseudonyms | None) -> Path:
    """Writes everything beside the old state, then swaps: a data set is there whole or not at all.

    names: kept for later look-ups of original user ids; None when these were kept.
    """
    if imported.catalog is None:
        raise DataError("The files have errors, so nothing was imported. Mend them as the report says.")
    place = dataset_folder(root, imported.catalog.name)
    fresh, old = (place.with_name(f".{place.name}.{secrets.token_hex(4)}.{state}") for state in ("new", "old"))
    fresh.mkdir(parents=True)
    try:
        imported.catalog.save(fresh / TABLES)
        write_safe_csv(imported.gone, fresh / DROPPED)
        report = json.dumps(asdict(imported.report), ensure_ascii=False, indent=1)
        (fresh / REPORT).write_text(report, encoding="utf-8", errors="backslashreplace")
        _save_key(root, place.name, names)
        if place.exists():
            place.rename(old)
        fresh.rename(place)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
        shutil.rmtree(old, ignore_errors=True)
    return place


def load_key(root: Path, name: str) -> Pseudonyms | None:
    """The key of a data set whose user ids were replaced."""
    path = root / "keys" / f"{name}.key"
    try:
        return Pseudonyms(bytes.fromhex(path.read_text(encoding="ascii"))) if path.is_file() else None
    except ValueError as error:
        raise DataError(f"{path} is damaged. Import the data set again.") from error


def new_key() -> Pseudonyms:
    return Pseudonyms(secrets.token_bytes(32))


def delete_imported(root: Path, name: str) -> None:
    """Removes tables, report and key, and what an interrupted import may have left."""
    place = dataset_folder(root, name)
    for folder in (*place.parent.glob(f".{name}.*"), place):
        shutil.rmtree(folder)
    (root / "keys" / f"{name}.key").unlink(missing_ok=True)


def _save_key(root: Path, name: str, names: Pseudonyms | None) -> None:
    path = root / "keys" / f"{name}.key"
    if names is None:
        path.unlink(missing_ok=True)
        return
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = path.with_suffix(".new")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="ascii") as file:
        file.write(names.key.hex())
    fresh.replace(path)
