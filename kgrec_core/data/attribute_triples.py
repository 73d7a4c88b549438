"""Triples from the attribute columns of the items table."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from itertools import chain

import numpy as np
import pandas as pd

from kgrec_core.errors import DataError
from kgrec_core.schema.columns import HEAD, HEAD_LABEL, ITEM, RELATION, TAIL, TAIL_LABEL, TITLE

COLUMNS = (HEAD, RELATION, TAIL, HEAD_LABEL, TAIL_LABEL)


def triples_from_attributes(
    items: pd.DataFrame, relations: Mapping[str, tuple[str, str]], separator: str = "|"
) -> pd.DataFrame:
    """One triple for each value of each attribute of each item; columns head, relation, tail, head_label, tail_label.

    relations: column -> (relation, entity type) · multi-valued cells are split on `separator`.
    Tails are "type:normalised label", so one person who directs and acts is one node. The label of a node is
    the first spelling met; a fact stated twice counts once. Rows are grouped by relation, items in order.
    Raises DataError for a column that items do not have.
    """
    missing = [column for column in (ITEM, TITLE, *relations) if column not in items]
    if missing:
        raise DataError(f"items has no column {missing[0]!r}; it has {', '.join(map(str, items.columns))}.")
    parts = [_of_column(items, column, *named, separator) for column, named in relations.items()]
    if not parts:
        return pd.DataFrame(columns=list(COLUMNS), dtype=object)
    triples = pd.concat(parts, ignore_index=True).drop_duplicates([HEAD, RELATION, TAIL], ignore_index=True)
    triples[TAIL_LABEL] = triples.groupby(TAIL, sort=False)[TAIL_LABEL].transform("first")
    return triples


def entity_id(entity_type: str, label: str) -> str:
    """The id of the node that a label names.

    >>> entity_id("person", " Tom  Hanks")
    'person:tom hanks'
    """
    return f"{entity_type}:{' '.join(unicodedata.normalize('NFKC', label).casefold().split())}"


def _of_column(items: pd.DataFrame, column: str, relation: str, entity_type: str, separator: str) -> pd.DataFrame:
    codes, cells = pd.factorize(items[column].astype(object))
    parted = [[label for part in str(cell).split(separator) if (label := part.strip())] for cell in cells]
    parted.append([])  # for code -1
    values = [parted[code] for code in codes]
    tails = {label: entity_id(entity_type, label) for label in dict.fromkeys(chain.from_iterable(parted))}
    rows = np.repeat(np.arange(len(items)), [len(labels) for labels in values])
    labels = list(chain.from_iterable(values))
    named = {
        HEAD: items[ITEM].to_numpy(dtype=object)[rows],
        RELATION: relation,
        TAIL: np.array([tails[label] for label in labels], dtype=object),
        HEAD_LABEL: items[TITLE].to_numpy(dtype=object)[rows],
        TAIL_LABEL: np.array(labels, dtype=object),
    }
    return pd.DataFrame(named, columns=list(COLUMNS), dtype=object)
