"""A list for somebody, with what was understood of their request."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from kgrec_core.schema.cards import ItemCard


@dataclass(frozen=True, slots=True)
class Recommendation:
    rank: int  # from 1
    item: ItemCard
    score: float
    strength: float  # 0..1, share of the best to the weakest shown score, for bars only
    reason: str  # one sentence of verified facts
    liked: tuple[str, ...] = ()  # ids of up to twelve liked items that add most to its score, the first most


@dataclass(frozen=True, slots=True)
class RequestPart:
    """Some words of a request, as they were written, and what was taken from them."""

    words: str
    status: str  # understood | refused | read as text | not understood
    meaning: str  # the facts that are asked for or left out, or why nothing was understood


@dataclass(frozen=True, slots=True)
class Recommendations:
    dataset: str
    user: str
    ms: float  # time of the answer, milliseconds
    items: tuple[Recommendation, ...]
    stale: str = ""  # that the model is older than its data, and what to do
    request: tuple[RequestPart, ...] = ()  # the request, part by part

    @property
    def by_liked(self) -> tuple[tuple[str, tuple[Recommendation, ...]], ...]:
        """All items in rows, each row under the id of a liked item of those that add most to the score of each, the
        one that speaks for most items first; what shares none with another comes last, under "".
        """
        left, rows = list(self.items), []
        while worth := _worth(left):
            best = max(worth, key=worth.__getitem__)
            rows.append((best, tuple(row for row in left if best in row.liked)))
            left = [row for row in left if best not in row.liked]
        return (*rows, *([("", tuple(left))] if left else []))


def _worth(rows: Sequence[Recommendation]) -> dict[str, float]:
    """Of each liked item that speaks for two or more: the sum of 1 / (1 + its place among those that add most)."""
    counts = Counter(liked for row in rows for liked in row.liked)
    worth = dict.fromkeys((liked for liked, count in counts.items() if count > 1), 0.0)
    for row in rows:
        for place, liked in enumerate(row.liked, start=1):
            if liked in worth:
                worth[liked] += 1 / (1 + place)
    return worth
