"""Columns whose cells hold a whole record as JSON, as logs and queues write them, as columns of their own."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from kgrec_core.data.formats.jsonlines import as_text
from kgrec_core.data.formats.raw_table import RawTable
from kgrec_core.data.ledger import PROVENANCE
from kgrec_core.data.values.column_words import is_bare_id, is_id, nouns
from kgrec_core.data.values.structured_cells import LONGEST

_SAMPLE = 200  # cells by which a column is judged
_MOST = 0.9  # share of them that hold such a record
_KEYS = 60  # columns that one becomes at most


def with_payloads(table: RawTable) -> RawTable:
    """The table with the values of such records beside its other columns; as it is where there are none.

    A record names somebody or something by an id of its own, which the attributes of a thing do not.
    """
    frame = table.frame
    for name in table.columns:
        if not frame[name].head(_SAMPLE).str.startswith("{").mean() >= _MOST:
            continue
        keys = _keys(frame[name].head(_SAMPLE))
        if not keys:
            continue
        records = [_record(cell) for cell in frame[name]]
        called = {key: key if key not in frame.columns else f"{name}.{key}" for key in keys}
        made = {called[key]: [as_text(each.get(key, "")) for each in records] for key in keys}
        whole = pd.concat([frame.drop(columns=[name]), pd.DataFrame(made, index=frame.index, dtype=object)], axis=1)
        order = [column for column in whole.columns if column not in PROVENANCE]
        frame = whole[[*order, *PROVENANCE]]
    return table if frame is table.frame else replace(table, frame=frame)


def _keys(cells: pd.Series) -> list[str]:
    """The keys of records in the order in which they come; none where cells are no records."""
    found = [record for cell in cells if (record := _record(cell))]
    often = Counter(key for record in found for key in record)
    ids = [key for key, times in often.items() if is_id(key) and not is_bare_id(key) and nouns(key) and times > 0]
    told = sum(often[key] >= _MOST * len(found) for key in ids)
    return list(often) if told and len(found) >= _MOST * len(cells) and len(often) <= _KEYS else []


def _record(cell: str) -> Mapping[str, Any]:
    """Paths to the plain values of an object; nothing for what is none."""
    if len(cell) > LONGEST or not cell.startswith("{"):
        return {}
    try:
        found = json.loads(cell)
    except (ValueError, RecursionError):
        return {}
    return _flat(found) if isinstance(found, dict) else {}


def _flat(found: Mapping[str, Any], prefix: str = "", depth: int = 0) -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for key, value in found.items():
        if isinstance(value, dict) and value and depth < 3:
            flat |= _flat(value, f"{prefix}{key}.", depth + 1)
        else:
            flat[prefix + key] = json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else value
    return flat
