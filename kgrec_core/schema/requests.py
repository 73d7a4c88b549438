"""What a request is understood as, what it does to an item, and filters of a list."""

from __future__ import annotations

from dataclasses import dataclass

from kgrec_core.errors import ConfigError
from kgrec_core.schema.cards import ItemCard
from kgrec_core.schema.recommendations import RequestPart


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a list should look like, apart from whom it is for."""

    tags: tuple[str, ...] = ()  # at least one of them; empty asks for nothing
    years: tuple[int, int] | None = None  # first and last, both included
    hide_popular: bool = False  # leave out what most people know
    diversity: float = 0.0  # 0 to 1, weight of variety within the list
    novelty: float = 0.0  # 0 to 1, weight of being little known
    left_out: tuple[str, ...] = ()  # ids of items that they know already and neither liked nor disliked

    def __post_init__(self) -> None:
        for name in ("diversity", "novelty"):
            if not 0 <= getattr(self, name) <= 1:
                raise ConfigError(f"{name} is {getattr(self, name)}; choose a number from 0 to 1.")


@dataclass(frozen=True, slots=True)
class RequestEffect:
    """What a request does to one item: where it stands with it, and where without.

    text: fall of the score without the likeness of the request to the item's description · facts: fall when the
    facts that the request names do not count · attention: fall when the request is not read as one more event of the
    history · popularity: what popularity no longer adds; the four add up
    """

    item: ItemCard
    rank: int
    rank_without: int
    score: float
    score_without: float
    text: float
    facts: float
    attention: float
    popularity: float


@dataclass(frozen=True, slots=True)
class UnderstoodRequest:
    """What was understood of a request.

    asks, refuses: facts of the graph, "films directed by Ridley Scott" · items: ids of those whose title is in it ·
    parts: the request, part by part · status_sentences: the same for people, a status and a sentence each · counts:
    whether any of it does
    """

    asks: tuple[str, ...]
    refuses: tuple[str, ...]
    items: tuple[str, ...]
    parts: tuple[RequestPart, ...]
    status_sentences: tuple[tuple[str, str], ...]
    counts: bool

    @property
    def sentences(self) -> tuple[str, ...]:
        return tuple(sentence for _, sentence in self.status_sentences)

    @property
    def lost(self) -> tuple[str, ...]:
        """The words that were not understood, and names that nothing here has."""
        absent = (part.status == "not understood" or part.meaning.startswith("not in this data") for part in self.parts)
        return tuple(part.words for part, lost in zip(self.parts, absent, strict=True) if lost)


NO_WISHES = Wishes()
