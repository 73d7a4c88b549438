"""How far an explanation can be trusted, and what the words of a text do for a score."""

from __future__ import annotations

from dataclasses import dataclass

from kgrec_core.schema.cards import ItemCard
from kgrec_core.schema.explanation import Weighted


@dataclass(frozen=True, slots=True)
class TextAttribution:
    """What each word of an item's text does for its score; base + sum of values = score."""

    user: str
    item: ItemCard
    base: float  # score without any text of the item
    score: float
    words: tuple[Weighted, ...]  # in reading order; put together they are the text
    ms: float


@dataclass(frozen=True, slots=True)
class Measure:
    """How well an explanation does by one measure, and how well random ones of equal size do."""

    name: str  # "del@3", stable
    label: str  # for people, with what is counted
    value: float
    random: float
    higher_is_better: bool | None  # None: neither end is better
    meaning: str  # one sentence: what was done, how to read the number

    @property
    def ahead(self) -> int:
        """1 where it is better than chance, -1 where worse; 0 where both are the same in two decimals, as a screen
        shows them, or where neither end is better.
        """
        ours, chance = round(self.value, 2), round(self.random, 2)
        if self.higher_is_better is None or ours == chance:
            return 0
        return 1 if (ours > chance) == self.higher_is_better else -1


HOLD, PARTLY, UNFOUNDED, FEW = "hold", "partly", "unfounded", "few"  # see `Verdict`


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the strongest items of a history are why an item has its score.

    light: HOLD, PARTLY, UNFOUNDED, or FEW where too little is known to tell · lost: share of what the history adds to
    the score that goes without the `removed` named ones · random: the mean of that without as many random ones ·
    beaten: share of these sets, and of the named one, that lose less
    """

    light: str
    sentence: str
    lost: float
    random: float
    beaten: float
    removed: int


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """The score when the `removed` strongest history items are hidden, and the mean when as many random ones are."""

    removed: int
    score: float
    random: float


@dataclass(frozen=True, slots=True)
class Trust:
    """How far an explanation can be trusted, measured on the model itself."""

    dataset: str
    user: str
    item: ItemCard
    measures: tuple[Measure, ...]
    paths: tuple[Measure, ...]  # what the shown paths are like, beside paths drawn at random
    deletion: tuple[CurvePoint, ...]  # from nothing removed on
    note: str  # why there is nothing to measure; empty otherwise
    ms: float
