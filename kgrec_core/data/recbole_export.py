"""A split and its graph in the atomic files of RecBole, so that other models can be measured on the same rows."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from kgrec_core.data.catalog import Catalog
from kgrec_core.data.disk.writable_folders import writing
from kgrec_core.data.interactions import Interactions
from kgrec_core.data.split import Split
from kgrec_core.schema.columns import HEAD, RELATION, TAIL


def export_recbole(catalog: Catalog, split: Split, folder: Path | str) -> tuple[Path, ...]:
    """Write NAME.train.inter, .valid.inter, .test.inter, .kg and .link; returns their paths.

    Raises ConfigError for a folder that cannot be written.
    Items are the entities "item:ID", so that an item id and a tail never coincide.
    Format: https://recbole.io/docs/user_guide/data/atomic_files.html
    """
    parts = {"train": split.train, "valid": split.valid, "test": split.test}
    tables = {f"{part}.inter": _inter(catalog, rows) for part, rows in parts.items()}
    tables |= {"kg": _kg(catalog), "link": _link(catalog)}
    target = Path(folder)
    with writing(target):
        target.mkdir(parents=True, exist_ok=True)
        return tuple(_write(table, target / f"{catalog.name}.{suffix}") for suffix, table in tables.items())


def _inter(catalog: Catalog, rows: Interactions) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "user_id:token": np.array(catalog.user_vocab.ids, dtype=object)[rows.users],
            "item_id:token": np.array(catalog.item_vocab.ids, dtype=object)[rows.items],
            "rating:float": rows.values,
            "timestamp:float": rows.timestamps,
        }
    )


def _kg(catalog: Catalog) -> pd.DataFrame:
    triples = catalog.triples
    return pd.DataFrame(
        {
            "head_id:token": "item:" + triples[HEAD].astype(str),
            "relation_id:token": triples[RELATION].astype(str),
            "tail_id:token": triples[TAIL].astype(str),
        }
    )


def _link(catalog: Catalog) -> pd.DataFrame:
    ids = pd.Series(catalog.item_vocab.ids, dtype=object)
    return pd.DataFrame({"item_id:token": ids, "entity_id:token": "item:" + ids})


def _write(table: pd.DataFrame, path: Path) -> Path:
    # tabs and line ends inside an id would break the row; RecBole knows no escape for them
    clean = table.replace(to_replace=r"[\t\r\n]+", value=" ", regex=True)
    clean.to_csv(path, sep="\t", index=False, lineterminator="\n")
    return path
