"""Which users' lists a set of facts drives: every list, made again by the model without those facts.

Nothing is approximated. A user whose history has none of the items that lose a fact can only see those items move,
so for them only those items are scored again; everyone else is scored anew over the whole catalogue.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from kgrec_core.config import ModelConfig
from kgrec_core.data.interactions import IntArray, Interactions, events
from kgrec_core.domain import Domain
from kgrec_core.model.recommender import Histories, Recommender, pad
from kgrec_core.model.unseen_item import UnseenItem
from kgrec_core.schema.progress import Progress

MOST_USERS = 2000  # more are not asked: a random draw of this size tells shares to two or three percent
_CELLS = 4096  # events of a batch, padding included: what one attention over the catalogue may take of memory

Scores = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class ListChange:
    """What one user's list loses and gains, as item indices."""

    user: int
    gone: tuple[int, ...]
    come: tuple[int, ...]


class RescoredLists:
    """The lists of all users, scored once and kept; thread-safe, shared by all sessions."""

    def __init__(self, recommender: Recommender, data: Interactions, users: IntArray, rule: tuple[Domain, ModelConfig]):
        self._recommender, self._data, self._domain = recommender, data, rule[0]
        self._levels, self._weights = events(data.values, *rule)
        drawn = np.random.default_rng(0).permutation(users)[:MOST_USERS]
        lengths = np.bincount(data.users, minlength=int(users.max(initial=-1)) + 1)
        self.users: IntArray = drawn[np.argsort(lengths[drawn], kind="stable")]  # like lengths share a batch
        self._lock = threading.Lock()
        self._kept: Scores | None = None

    def scores(self, progress: Progress) -> Scores:
        """(len(self.users), items), with -inf for items of the history."""
        with self._lock:
            if self._kept is None:
                rows = np.arange(len(self.users))
                self._kept = self._scored(self._recommender, rows, np.arange(self._recommender.world.items), progress)
            return self._kept

    def listed(self, k: int, progress: Progress) -> IntArray:
        """(items,) how many of the lists have each item among their first `k`."""
        scores = self.scores(progress)
        firsts = [item for row in scores for item in _top(row, k)]
        return np.bincount(firsts, minlength=scores.shape[1])

    def liked(self) -> IntArray:
        """(items,) how many people liked each item, those included whose lists are not made."""
        likes = self._data.values >= self._domain.positive_value
        pairs = np.unique(np.stack([self._data.users[likes], self._data.items[likes]]), axis=1)
        return np.bincount(pairs[1], minlength=self._recommender.world.items)

    def of_unseen_item(self, unseen_item: UnseenItem, progress: Progress) -> Scores:
        """(len(self.users),) scores of an item that training never saw."""
        out = np.empty(len(self.users), dtype=np.float32)
        for places, batch in self._batches(np.arange(len(self.users))):
            out[places] = unseen_item.scores_for(batch).numpy()
            progress("Scoring", (int(places[-1]) + 1) / len(out))
        return out

    def changes(self, edges: IntArray, k: int, progress: Progress) -> list[ListChange]:
        """The lists whose top `k` differ in the graph without `edges`; most different first."""
        before = self.scores(lambda what, share: progress("Scoring every list once", 0.5 * share))
        after = self._without(edges, before, lambda what, share: progress("Scoring without it", 0.5 + 0.5 * share))
        found = []
        for row, user in enumerate(self.users.tolist()):
            old, new = _top(before[row], k), _top(after[row], k)
            if set(old) != set(new):
                gone = tuple(item for item in old if item not in new)
                found.append(ListChange(user, gone, tuple(item for item in new if item not in old)))
        return sorted(found, key=lambda change: (-len(change.gone), change.user))

    def _without(self, edges: IntArray, before: Scores, progress: Progress) -> Scores:
        items = np.unique(self._recommender.world.graph.heads[edges])
        cut = Recommender(
            self._recommender.world.without_edges(edges), self._recommender.linear, self._recommender.fusion
        )
        meets = np.isin(self.users, self._data.users[np.isin(self._data.items, items)])
        after = before.copy()
        rest, touched = np.flatnonzero(~meets), np.flatnonzero(meets)
        share = len(touched) / max(len(self.users), 1)
        after[touched] = self._scored(
            cut, touched, np.arange(before.shape[1]), lambda what, done: progress(what, share * done)
        )
        after[np.ix_(rest, items)] = self._scored(
            cut, rest, items, lambda what, done: progress(what, share + (1 - share) * done)
        )
        return after

    @torch.no_grad()
    def _scored(self, recommender: Recommender, rows: IntArray, items: IntArray, progress: Progress) -> Scores:
        out = np.empty((len(rows), len(items)), dtype=np.float32)
        wanted = torch.from_numpy(items)
        for places, batch in self._batches(rows):
            scores = recommender.scores(batch, wanted).numpy()
            scores[_met(batch, recommender.world.items)[:, wanted].numpy()] = -np.inf
            out[places] = scores
            progress("Scoring", (int(places[-1]) + 1) / len(rows))
        return out

    def _batches(self, rows: IntArray) -> Iterator[tuple[IntArray, Histories]]:
        """Places in `rows` and their histories; rows are in order of length, so little is padded."""
        start = 0
        while start < len(rows):
            end, longest = start, 1
            while end < len(rows):
                longest = max(longest, len(self._data.rows_of_user(int(self.users[rows[end]]))))
                if end > start and longest * (end + 1 - start) > _CELLS:
                    break
                end += 1
            yield np.arange(start, end), self._histories([int(self.users[row]) for row in rows[start:end]])
            start = end

    def _histories(self, users: Sequence[int]) -> Histories:
        rows = [self._data.rows_of_user(user) for user in users]
        return pad([(self._data.items[row], self._levels[row], self._weights[row]) for row in rows])


def _met(batch: Histories, items: int) -> Tensor:
    """(batch, items) bool: what the histories have."""
    return torch.zeros(len(batch.items), items).scatter_add(1, batch.items, batch.mask.float()) > 0


def _top(scores: Scores, k: int) -> list[int]:
    order = np.argsort(-scores, kind="stable")[:k]
    return [int(item) for item in order if np.isfinite(scores[item])]
