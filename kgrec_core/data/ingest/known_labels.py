"""The labels that items are known to have in each relation."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property

import pandas as pd

from kgrec_core.data.ingest.label_places import Key, can_be_found, words_of
from kgrec_core.schema.columns import HEAD, ITEM, RELATION, TAIL, TAIL_LABEL


@dataclass
class KnownLabels:
    """labels: known ones, as spelled and with their node · of: known labels of each row · holders: rows of a label"""

    labels: dict[Key, tuple[str, str]] = field(default_factory=dict)
    of: dict[int, set[Key]] = field(default_factory=lambda: defaultdict(set))
    holders: dict[Key, set[int]] = field(default_factory=lambda: defaultdict(set))

    @cached_property
    def usual(self) -> int:
        """How many labels an item has whose facts are all known: three in four items with any have no more."""
        counts = sorted(len(keys) for keys in self.of.values())
        return counts[(3 * len(counts)) // 4] if counts else 1

    def whole(self, row: int) -> bool:
        """Whether no fact of an item seems to be missing."""
        return len(self.of.get(row, ())) >= self.usual

    def elsewhere(self, key: Key, row: int) -> bool:
        """Whether another item has the label."""
        return bool(self.holders.get(key, set()) - {row})

    def lacks(self, row: int, key: Key) -> bool:
        """Whether a fact may be missing."""
        return not self.whole(row) and key not in self.of.get(row, ())


def known_labels(items: pd.DataFrame, triples: pd.DataFrame) -> dict[str, KnownLabels]:
    """By relation; rows are those of `items`. Labels that no text can be searched for are left out."""
    rows = {str(item): row for row, item in enumerate(items[ITEM])}
    found: dict[str, KnownLabels] = defaultdict(KnownLabels)
    names = TAIL_LABEL if TAIL_LABEL in triples else TAIL
    for head, relation, tail, label in triples[[HEAD, RELATION, TAIL, names]].itertuples(index=False, name=None):
        key = " ".join(words_of(str(label)).keys)
        if head in rows and can_be_found(key):
            known = found[str(relation)]
            known.labels.setdefault(key, (str(label), str(tail)))
            known.of[rows[head]].add(key)
            known.holders[key].add(rows[head])
    return dict(found)
