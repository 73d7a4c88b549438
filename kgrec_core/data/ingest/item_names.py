"""Which item a name in a fact means: by its id, by the end of an address, by its title."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable

import pandas as pd

from kgrec_core.data.ingest.normal_labels import normal
from kgrec_core.data.values.addresses import is_address, last_part, read_label
from kgrec_core.schema.columns import ITEM, TITLE

ID, PART, CASE, NAME = "id", "part", "case", "title"
_BRACKETS = re.compile(r"\s*\((?:\d{4}|[^()]{0,30}\b(?:film|book|novel|album|song|band|series|game)\b[^()]{0,10})\)$")


class ItemNames:
    """Filled with the items once, then asked for each distinct name."""

    def __init__(self, items: pd.DataFrame) -> None:
        ids, titles = items[ITEM].astype(str), items[TITLE].astype(str)
        self._ids: Collection[str] = frozenset(ids)
        parts = {item: last_part(item) for item in self._ids}
        self._by_part = {**_once(zip(parts.values(), parts, strict=True)), **{item: item for item in self._ids}}
        self._by_case = _once((item.casefold(), item) for item in self._ids)
        self._by_title = _once(zip(titles.map(normal), ids, strict=True))
        bare = titles.map(lambda title: normal(_BRACKETS.sub("", title)))
        self._by_title = {**_once(zip(bare, ids, strict=True)), **self._by_title}
        self._by_title.pop("", None)

    def by_id(self, name: str) -> str:
        """The item with this id, "" for none."""
        return name if name in self._ids else ""

    def by_part(self, name: str) -> str:
        """The item whose id is the last part of an address or of a short form with a prefix, or the other way round."""
        return self._by_part.get(last_part(name), "")

    def by_address(self, name: str) -> str:
        """The same, of whole addresses alone."""
        return self.by_part(name) if is_address(name) else ""

    def by_case(self, name: str) -> str:
        """The only item whose id differs in small and capital letters alone."""
        return self._by_case.get(name.casefold(), "")

    def by_title(self, name: str) -> str:
        """The only item with this title, with or without a year in brackets; an address is read as words."""
        spoken = read_label(name)
        return self._by_title.get(normal(spoken)) or self._by_title.get(normal(_BRACKETS.sub("", spoken)), "")


def found(column: pd.Series, find: Callable[[str], str]) -> pd.Series:
    """The item of each cell, work being done once a distinct value."""
    return column.map({value: find(value) for value in column.unique()})


def _once(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Keys that stand for one value only."""
    seen: dict[str, str] = {}
    twice: set[str] = set()
    for key, value in pairs:
        if seen.setdefault(key, value) != value:
            twice.add(key)
    return {key: value for key, value in seen.items() if key not in twice}
