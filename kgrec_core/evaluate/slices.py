"""How well a model serves a part of the users or of the items: short histories, rare items, cold items."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kgrec_core.data.interactions import IntArray
from kgrec_core.evaluate.beyond_accuracy import popularity_thirds
from kgrec_core.evaluate.bootstrap import estimate, gap
from kgrec_core.evaluate.quality_table import Slice
from kgrec_core.evaluate.stored_result import COLD, StoredResult
from kgrec_core.model.metrics import ndcg_of

SHORT, LONG, GAP = "short histories", "long histories", "long minus short histories"
THIRDS = ("rare items", "middling items", "popular items")
ENOUGH_COLD = 100  # a list of 20 says little about fewer
LATER = "a day later or more"
COLD_ALL, COLD_ONLY = "cold items, among all", "cold items, among cold ones"


@dataclass(frozen=True, eq=False)
class Ground:
    """What a split says of its users and items."""

    met: IntArray  # (items,) training interactions, of any value
    lengths: IntArray  # (users,) training interactions
    relevant: npt.NDArray[np.bool_]  # (users, items) liked in the test part and no training or validation item
    later: npt.NDArray[np.bool_]  # those of them at least a day after all that is known of the user

    @property
    def cold(self) -> npt.NDArray[np.bool_]:
        return np.asarray(self.met <= COLD)


def slices(model: str, outcomes: Sequence[StoredResult], grounds: Sequence[Ground]) -> Iterator[Slice]:
    """All slices of one model; outcomes and grounds are parallel, one a seed."""
    yield from _by_history(model, outcomes, grounds)
    for place, name in enumerate(THIRDS):
        masks = [popularity_thirds(ground.met) == place for ground in grounds]
        yield _of_items(name, model, [one.top for one in outcomes], outcomes, grounds, masks)
    yield from _later(model, outcomes, grounds)
    masks = [ground.cold for ground in grounds]
    yield _of_items(COLD_ALL, model, [one.top for one in outcomes], outcomes, grounds, masks)
    if min(int(mask.sum()) for mask in masks) > ENOUGH_COLD:
        yield _of_items(COLD_ONLY, model, [one.cold_top for one in outcomes], outcomes, grounds, masks)


def _by_history(model: str, outcomes: Sequence[StoredResult], grounds: Sequence[Ground]) -> Iterator[Slice]:
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


def ndcg_among(
    outcomes: Sequence[StoredResult], wanted: Sequence[npt.NDArray[np.bool_]]
) -> tuple[IntArray, npt.NDArray[np.float64]]:
    """Users and their NDCG@10 when only these (users, items) pairs are answers; other relevant ones count as misses.

    Who has no such pair is left out. One entry of both for each user and seed.
    """
    users, values = [], []
    for one, pairs in zip(outcomes, wanted, strict=True):
        own, top = pairs[one.metrics.users], one.top[:, :10]
        some = own.any(1)
        hits = np.take_along_axis(own, np.maximum(top, 0), axis=1) & (top >= 0)
        users.append(one.metrics.users[some])
        values.append(ndcg_of(hits[some], own[some].sum(1)))
    return np.concatenate(users), np.concatenate(values)


def _later(model: str, outcomes: Sequence[StoredResult], grounds: Sequence[Ground]) -> Iterator[Slice]:
    """Nothing where there are no such events."""
    pairs = [ground.later for ground in grounds]
    if any(mask.any() for mask in pairs):
        users, values = ndcg_among(outcomes, pairs)
        yield Slice(LATER, model, "NDCG@10", estimate(users, values), len(users))


def _of_items(
    name: str,
    model: str,
    lists: Sequence[IntArray],
    outcomes: Sequence[StoredResult],
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
