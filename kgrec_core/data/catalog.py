"""A catalog: the four tables of one data set, the words of its domain and where it comes from."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pandas as pd
import pyarrow as pa
from pyarrow import csv

from kgrec_core.data.vocab import Vocab
from kgrec_core.domain import Domain, RelationPhrase
from kgrec_core.errors import DataError
from kgrec_core.schema.columns import ITEM, USER

_META = "catalog.json"


@dataclass(frozen=True, eq=False)
class Catalog:
    """Tables with the column names of `schema.columns`; ids are strings. Catalogs are compared by `content_hash`."""

    name: str
    title: str
    domain: Domain
    interactions: pd.DataFrame  # user_id, item_id, value?, timestamp?, quantity?
    items: pd.DataFrame  # item_id, title, text?, attribute columns; one row an item, in item_vocab order
    triples: pd.DataFrame  # head (an item_id), relation, tail, head_label?, tail_label?, tail_count?
    sources: tuple[str, ...]  # one line each: what, from where, licence
    users: pd.DataFrame | None = None  # user_id, profile columns

    @cached_property
    def item_vocab(self) -> Vocab:
        return Vocab.of(self.items[ITEM], "item")

    @cached_property
    def user_vocab(self) -> Vocab:
        """Users in the order of the users table where there is one, else in first-seen order."""
        table = self.interactions if self.users is None else self.users
        return Vocab.of(table[USER].drop_duplicates(), "user")

    def item_rows(self) -> list[dict[str, object]]:
        """One mapping of column to value per item, in item_vocab order."""
        return [{str(name): value for name, value in row.items()} for row in self.items.to_dict("records")]

    def tables(self) -> dict[str, pd.DataFrame]:
        """The tables that exist, by name."""
        named = {"interactions": self.interactions, "items": self.items, "triples": self.triples}
        return named if self.users is None else {**named, "users": self.users}

    def content_hash(self) -> str:
        """SHA-256 (hex) of all tables: names, columns and values in order. Equal on every machine and run."""
        digest = hashlib.sha256()
        for name, table in self.tables().items():
            digest.update(f"\n[{name}]\n".encode())
            csv.write_csv(pa.Table.from_pandas(table, preserve_index=False), pa.PythonFile(_Hashing(digest), "w"))
        return digest.hexdigest()

    def save(self, folder: Path | str) -> None:
        """Write one parquet file a table and a small JSON file; the folder is made when missing."""
        target = Path(folder)
        target.mkdir(parents=True, exist_ok=True)
        for name, table in self.tables().items():
            table.to_parquet(target / f"{name}.parquet", index=False)
        if self.users is None:
            (target / "users.parquet").unlink(missing_ok=True)
        meta = {
            "name": self.name,
            "title": self.title,
            "sources": list(self.sources),
            "tables": list(self.tables()),
            "domain": _domain_to_json(self.domain),
        }
        (target / _META).write_text(json.dumps(meta, indent=2, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path | str) -> Catalog:
        """The catalog saved in `folder`; raises DataError naming the file that is missing or unreadable."""
        source = Path(folder)
        meta = _read_meta(source / _META)
        tables = {name: _read_table(source / f"{name}.parquet") for name in meta["tables"]}
        try:
            domain = _domain_from_json(meta["domain"])
        except (TypeError, LookupError, AttributeError) as error:
            told = f"{source / _META} describes no domain ({error!r})"
            raise DataError(f"{told}. Save the catalog again with this version.") from error
        return cls(name=meta["name"], title=meta["title"], domain=domain, sources=tuple(meta["sources"]), **tables)


class _Hashing:
    """A file that feeds a digest and stores nothing."""

    closed = False

    def __init__(self, digest: hashlib._Hash) -> None:
        self._digest = digest

    def write(self, data: bytes) -> int:
        self._digest.update(data)
        return len(data)

    def flush(self) -> None:
        """Nothing is buffered."""

    def close(self) -> None:
        """Nothing is open."""


def _read_meta(path: Path) -> dict[str, Any]:
    try:
        meta: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise DataError(
            f"{path} cannot be read ({error}). Save the catalog again, or choose another folder."
        ) from error
    missing = [key for key in ("name", "title", "domain", "sources", "tables") if key not in meta]
    if missing:
        raise DataError(f"{path} lacks {', '.join(missing)}. Save the catalog again with this version.")
    return meta


def _read_table(path: Path) -> pd.DataFrame:
    try:
        return pd.read_parquet(path)
    except (OSError, pa.ArrowException) as error:
        raise DataError(f"{path} is missing or is not parquet ({error}). Save the catalog again.") from error


def _domain_to_json(domain: Domain) -> dict[str, Any]:
    # asdict cannot copy a mapping proxy, so fields are listed by name
    plain = {name: getattr(domain, name) for name in Domain.__dataclass_fields__ if name != "relations"}
    return {**plain, "relations": {name: asdict(phrase) for name, phrase in domain.relations.items()}}


def _domain_from_json(stored: Mapping[str, Any]) -> Domain:
    relations = {name: RelationPhrase(**phrase) for name, phrase in stored["relations"].items()}
    return Domain(**{**stored, "relations": MappingProxyType(relations)})
