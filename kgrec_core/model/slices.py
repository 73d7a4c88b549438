"""How well a model serves a part of the users or of the items: short histories, rare items, cold items."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kgrec_core.data.interactions import IntArray
from kgrec_core.model.beyond import popularity_thirds
from kgrec_core.model.estimates import estimate, gap
from kgrec_core.model.outcome import COLD, Outcome
from kgrec_core.model.table import Slice

SHORT, LONG, GAP = "short histories", "long histories", "long minus short histories"
THIRDS = ("rare items", "middling items", "popular items")
ENOUGH_COLD = 100  # a list of 20 says little about fewer
COLD_ALL, COLD_ONLY = "cold items, among all", "cold items, among cold ones"


@dataclass(frozen=True, eq=False)
class Ground:
    """What a split says of its users and items."""

    met: IntArray  # (items,) training interactions, of any value
    lengths: IntArray  # (users,) training interactions
    relevant: npt.NDArray[np.bool_]  # (users, items) liked in the test part and no training or validation item

    @property
    def cold(self) -> npt.NDArray[np.bool_]:
        return np.asarray(self.met <= COLD)


def slices(model: str, outcomes: Sequence[Outcome], grounds: Sequence[Ground]) -> Iterator[Slice]:
    """All slices of one model; outcomes and grounds are parallel, one a seed."""
    yield from _by_history(model, outcomes, grounds)
    for place, name in enumerate(THIRDS):
        masks = [popularity_thirds(ground.met) == place for ground in grounds]
        yield _of_items(name, model, [one.top for one in outcomes], outcomes, grounds, masks)
    masks = [ground.cold for ground in grounds]
    yield _of_items(COLD_ALL, model, [one.top for one in outcomes], outcomes, grounds, masks)
    if min(int(mask.sum()) for mask in masks) > ENOUGH_COLD:
        yield _of_items(COLD_ONLY, model, [one.cold_top for one in outcomes], outcomes, grounds, masks)


def _by_history(model: str, outcomes: Sequence[Outcome], grounds: Sequence[Ground]) -> Iterator[Slice]:
    """Users below the first and above the second third of history lengths."""
    users = np.concatenate([one.metrics.users for one in outcomes])
    values = np.concatenate([one.metrics.ndcg_10 for one in outcomes])
    lengths = np.concatenate([ground.lengths[one.metrics.users] for one, ground in zip(outcomes, grounds, strict=True)])
    low, high = np.quantile(lengths, [1 / 3, 2 / 3])
    groups = [(name, mask) for name, mask in ((SHORT, lengths <= low), (LONG, lengths > high)) if mask.any()]
    for name, mask in groups:
        yield Slice(name, model, "NDCG@10", estimate(users[mask], values[mask]), int(mask.sum()))
    if len(groups) == 2:
        (_, short), (_, long) = groups
        found = gap((users[long], values[long]), (users[short], values[short]))
        yield Slice(GAP, model, "NDCG@10", found, int(short.sum() + long.sum()))


def _of_items(
    name: str,
    model: str,
    lists: Sequence[IntArray],
    outcomes: Sequence[Outcome],
    grounds: Sequence[Ground],
    masks: Sequence[npt.NDArray[np.bool_]],
) -> Slice:
    """Recall@20 over all relevant pairs whose item is in the mask: found pairs / all pairs."""
    found, there = [], []
    for top, one, ground, mask in zip(lists, outcomes, grounds, masks, strict=True):
        wanted = ground.relevant[one.metrics.users] & mask
        listed = np.take_along_axis(wanted, np.maximum(top, 0), axis=1) & (top >= 0)
        found.append(listed.sum(1))
        there.append(wanted.sum(1))
    users = np.concatenate([one.metrics.users for one in outcomes])
    hits, pairs = np.concatenate(found).astype(float), np.concatenate(there).astype(float)
    return Slice(name, model, "Recall@20", estimate(users, hits, pairs), int(pairs.sum()))
