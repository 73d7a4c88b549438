"""A list for somebody, with what was understood of their request."""

from __future__ import annotations

from dataclasses import dataclass

from kgrec_core.schema.cards import ItemCard


@dataclass(frozen=True, slots=True)
class Recommendation:
    rank: int  # from 1
    item: ItemCard
    score: float
    strength: float  # 0..1, share of the best to the weakest shown score, for bars only
    reason: str  # one sentence of verified facts
    liked: tuple[str, ...] = ()  # ids of up to three liked items that add much to the score, what adds most first


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
