"""Files of KGAT and KGIN: `user item item ...` in train.txt and test.txt, kg_final.txt, and lists of original ids.

Items are the entities 0 to n-1, other entities follow. Names of entities are not told.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import pandas as pd

from kgrec_core.data.formats.decoding import lines_of
from kgrec_core.data.formats.format import Format, Tables, Wish, named, set_aside
from kgrec_core.data.formats.source_files import SourceFile
from kgrec_core.data.ledger import Ledger, concat, with_provenance
from kgrec_core.data.masking import shape
from kgrec_core.schema.columns import HEAD, ITEM, RELATION, TAIL, TAIL_LABEL, TITLE, USER

_PARTS = ("train.txt", "test.txt", "valid.txt")
_LISTS = ("item_list.txt", "user_list.txt", "entity_list.txt", "relation_list.txt")
_ENTITY = "entity:"
_NUMBERS = re.compile(r"\d+( \d+)*\s*")
_WHOLE = re.compile(r"(\d+)(?:[mg]\..*)?")  # with or without the id of Freebase glued to it


def claims(files: Sequence[SourceFile]) -> list[SourceFile]:
    """Its files, when train.txt holds lists of numbers and one of the others is there."""
    own = named(files, *_PARTS, *_LISTS, "kg_final.txt")
    train = named(files, "train.txt")
    lists = bool(train) and all(_NUMBERS.fullmatch(line) for line in train[0].lines(20) if line.strip())
    return own if lists and len(own) > 1 else []


def read(files: Sequence[SourceFile], ledger: Ledger, wish: Wish) -> Tables:
    """All parts together; every interaction is positive, since there are no values."""
    by_name = {file.base: file for file in files}
    ids = {name: _list(by_name.get(name), ledger) for name in _LISTS if name != "user_list.txt"}
    set_aside(named(files, "user_list.txt"), ledger, "tells original ids of users, which are not needed")
    met = concat([_interactions(file, ids["item_list.txt"], ledger) for file in named(files, *_PARTS)])
    items = _items(by_name.get("item_list.txt"), met, ids["item_list.txt"])
    triples = None
    if "kg_final.txt" in by_name:
        triples = _facts(by_name["kg_final.txt"], items, ids, ledger)
    return Tables(met.drop(columns="number"), items.drop(columns="number"), triples=triples, implicit=True)


def _list(file: SourceFile | None, ledger: Ledger) -> Mapping[str, str]:
    """Number -> original id. In one published file number and last id are glued: `id 0id`."""
    if file is None:
        return {}
    found: dict[str, str] = {}
    rows = [(number, line.split()) for number, line in lines_of(file, ledger)]
    rows = [(number, parts) for number, parts in rows if parts[0] != "org_id"]
    ledger.read(file.name, "labels", len(rows))
    bad = []
    for number, parts in rows:
        remapped = parts[1] if len(parts) > 1 else ""
        if not _WHOLE.fullmatch(remapped):
            remapped = remapped.removesuffix(parts[0])
        if match := _WHOLE.fullmatch(remapped):
            found[match[1]] = parts[0]
        else:
            bad.append((number, " ".join(parts)))
    if bad:
        lines = pd.DataFrame({"line": [shape(text) for _, text in bad]})
        rows_lost = with_provenance(lines, file.name, [number for number, _ in bad])
        ledger.drop(rows_lost, "line", "is not an id and a number", "Write: original id, blank, number.")
    return found


def _interactions(file: SourceFile, ids: Mapping[str, str], ledger: Ledger) -> pd.DataFrame:
    lines = lines_of(file, ledger)
    ledger.read(file.name, "interactions", len(lines))
    rows = [(parts[0], item, number) for number, line in lines for parts in [line.split()] for item in parts[1:]]
    ledger.holds_more(file.name, len(rows) - len(lines), "items")
    alone = [number for number, line in lines if len(line.split()) == 1]
    if alone:
        ledger.note(file.name, f"{len(alone)} users have no item", row=alone[0])
    made = {USER: [row[0] for row in rows], "number": [row[1] for row in rows]}
    frame = pd.DataFrame({**made, ITEM: [ids.get(row[1], row[1]) for row in rows]}, dtype=object)
    return with_provenance(frame, file.name, [row[2] for row in rows])


def _items(file: SourceFile | None, met: pd.DataFrame, ids: Mapping[str, str]) -> pd.DataFrame:
    """All listed items, else all that were met. Their rows are made, not read: the list is a table of labels."""
    numbers = list(ids) if ids else list(dict.fromkeys(met["number"]))
    named_so = [ids.get(number, number) for number in numbers]
    frame = pd.DataFrame({ITEM: named_so, TITLE: named_so, "number": numbers}, dtype=object)
    return frame.assign(_file="", _row=0)


def _facts(file: SourceFile, items: pd.DataFrame, ids: Mapping[str, Mapping[str, str]], ledger: Ledger) -> pd.DataFrame:
    lines = [(number, line.split()) for number, line in lines_of(file, ledger)]
    ledger.read(file.name, "triples", len(lines))
    by_number: dict[str, str] = dict(zip(items["number"], items[ITEM], strict=True))
    entities, relations = ids["entity_list.txt"], ids["relation_list.txt"]
    cells = [[*parts, "", "", ""][:3] for _, parts in lines]

    def placed(number: str) -> str:
        return by_number.get(number, f"{_ENTITY}{number}" if number else "")

    frame = pd.DataFrame(
        {
            HEAD: [placed(head) for head, _, _ in cells],
            RELATION: [relations.get(kind, f"relation {kind}" if kind else "") for _, kind, _ in cells],
            TAIL: [placed(tail) for _, _, tail in cells],
            TAIL_LABEL: [entities.get(tail, tail) for _, _, tail in cells],
        },
        dtype=object,
    )
    return with_provenance(frame, file.name, [number for number, _ in lines])


FORMAT = Format("kgat", "files of KGAT and KGIN", "other", claims, read)
