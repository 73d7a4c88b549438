"""Frozen answers of single screens, beside those of `schema`: the knowledge graph, lists, visitors and new items."""

from __future__ import annotations

from dataclasses import dataclass

from kgrec_core.errors import ConfigError
from kgrec_core.schema import ItemCard, RequestPart, UserCard, Weighted


@dataclass(frozen=True, slots=True)
class Recorded:
    """What is known of each event of a data set. highest: of all grades; None where events are not graded."""

    dated: bool
    highest: float | None


@dataclass(frozen=True, slots=True)
class Place:
    """An item or an entity. key: "item:318" or "entity:person:tim robbins", stable, for links."""

    key: str
    label: str
    type: str  # item | person | genre | ...
    facts: int  # in the graph, in all


@dataclass(frozen=True, slots=True)
class Fact:
    head: Place  # an item
    relation: str
    tail: Place


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """facts: those of the centre first · total: neighbours that the centre has, shown or not."""

    centre: Place
    facts: tuple[Fact, ...]
    shown: int  # neighbours of the centre
    total: int
    relations: tuple[tuple[str, int], ...]  # of the centre, with how many facts each, most first


@dataclass(frozen=True, slots=True)
class ChangedList:
    """What one user's list loses and gains without the facts of a place."""

    user: str
    gone: tuple[ItemCard, ...]
    come: tuple[ItemCard, ...]


@dataclass(frozen=True, slots=True)
class Influence:
    place: Place
    k: int  # length of the lists that were compared
    asked: int  # users whose lists were made again
    changes: tuple[ChangedList, ...]  # most different first
    lost: tuple[tuple[ItemCard, int], ...]  # items with the number of lists that they leave, most first


@dataclass(frozen=True, slots=True)
class GraphFinding:
    """ids: of the items, entities or relation that it is about · facts: how many facts it touches."""

    kind: str  # one of KINDS
    subject: str
    detail: str
    advice: str
    ids: tuple[str, ...]
    facts: int


@dataclass(frozen=True, slots=True)
class RelationStatistics:
    """One relation: what is stored of it, and what of that the model reads."""

    relation: str
    stored: int  # facts in the tables
    used: int  # facts that link two items or more, those of the graph
    values: int  # distinct values in the graph
    items: int  # items that have at least one
    commonest: str
    commonest_share: float  # of the items that have the relation, 0 to 1


@dataclass(frozen=True, slots=True)
class GraphStatistics:
    items: int
    entities: int
    facts: int
    stored: int
    facts_per_item: float  # mean
    isolated: int  # items without any fact in the graph
    connected: int  # items in the largest part of the graph that hangs together
    relations: tuple[RelationStatistics, ...]  # most facts first


@dataclass(frozen=True, slots=True)
class Persona:
    """kind: "fan", "eclectic" or "newcomer" · words: what tells them apart, counted · liked: some of their items."""

    kind: str
    title: str
    user: UserCard
    words: str
    liked: tuple[ItemCard, ...]


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a list should look like, apart from whom it is for."""

    tags: tuple[str, ...] = ()  # at least one of them; empty asks for nothing
    years: tuple[int, int] | None = None  # first and last, both included
    hide_popular: bool = False  # leave out what most people know
    diversity: float = 0.0  # 0 to 1, weight of variety within the list
    novelty: float = 0.0  # 0 to 1, weight of being little known

    def __post_init__(self) -> None:
        for name in ("diversity", "novelty"):
            if not 0 <= getattr(self, name) <= 1:
                raise ConfigError(f"{name} is {getattr(self, name)}; choose a number from 0 to 1.")


@dataclass(frozen=True, slots=True)
class RequestEffect:
    """What a request does to one item: where it stands with them, and where without.

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
    parts: the line, part by part · status_sentences: the same for people, a status and a sentence each · counts:
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


@dataclass(frozen=True, slots=True)
class Audience:
    """Who a new item is for, found from its text and facts alone.

    used, unknown: facts as "relation: value"; no other item has an unknown one, so the model cannot use it
    """

    title: str
    used: tuple[str, ...]
    unknown: tuple[str, ...]
    asked: int  # users
    in_lists: int  # users in whose first `k` it would stand
    k: int
    users: tuple[tuple[UserCard, int], ...]  # with its rank on their list, best first


NO_WISHES = Wishes()


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
