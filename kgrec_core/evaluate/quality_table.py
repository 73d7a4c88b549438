"""The quality table as frozen data: what the benchmark prints, a bundle stores and a screen shows."""

from __future__ import annotations

from dataclasses import dataclass

from kgrec_core.data.event_times import Times


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean and its bootstrap 95 % interval over users."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class QualityRow:
    """Means over seeds; lists are cut at 10 unless the name says otherwise."""

    model: str
    group: str  # ours, ablation or peer
    label: str  # for people
    setting: str  # chosen on validation, of the first seed
    ndcg_10: Estimate
    recall_20: float
    hr_10: float
    mrr: float
    coverage: float
    novelty: float  # bits
    diversity: float
    gini: float
    rare: float  # share of the lists that goes to the least popular third of the items
    seconds: float  # to train one seed, the choice of settings included
    seeds: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """How much better the first is than the second, NDCG@10, on the same users."""

    name: str  # "ours-vs-ease"
    gain: Estimate
    relative: float  # gain as a share of the second's NDCG@10


@dataclass(frozen=True, slots=True)
class Slice:
    """A part of users or items, and how well one model serves it."""

    name: str
    model: str
    metric: str
    value: Estimate
    count: int  # users, or relevant user-item pairs for slices of items, over all seeds


@dataclass(frozen=True, slots=True)
class VisitorRow:
    """One method for new visitors, tuned for just that question."""

    model: str
    group: str  # ours, ablation or peer
    label: str
    setting: str  # of the first seed
    ndcg_10: Estimate
    behind: Estimate  # how far ours is ahead, on the same visitors; 0 in the row of ours
    ratio: float  # ours divided by it


@dataclass(frozen=True, slots=True)
class Visitors:
    """New visitors known by a few liked items only; nobody of them was there in training."""

    given: int  # liked items that are known of each
    visitors: int  # over all seeds
    rows: tuple[VisitorRow, ...]  # ours first


@dataclass(frozen=True, slots=True)
class QualityTable:
    dataset: str
    protocol: str
    rows: tuple[QualityRow, ...]
    ratios: tuple[tuple[str, float], ...]
    paired: tuple[Comparison, ...]
    slices: tuple[Slice, ...]
    new_visitor: Visitors | None
    missing: tuple[str, ...]  # models that were asked for and not measured
    people: int = 0  # of whom something is to be found, of the first seed; 0 where it was not written down
    times: Times | None = None  # of a split by time: whether the times of the data mean anything


@dataclass(frozen=True, slots=True)
class ListQuality:
    """Among some candidates."""

    ndcg_10: Estimate
    recall_20: float


@dataclass(frozen=True, slots=True)
class NewItemRow:
    """One method for items that nobody has met; means over hidings."""

    model: str
    group: str  # ours, ablation or peer
    label: str
    setting: str  # of the first hiding
    among_hidden: ListQuality
    among_all: ListQuality  # all that the person has not met are candidates
    ahead: Estimate | None  # NDCG@10 of ours among the hidden divided by its own; None where ours was not measured
    seconds: float  # to train once, the choice of settings included


@dataclass(frozen=True, slots=True)
class Ratio:
    """NDCG@10 among the hidden items of the first divided by that of the second, on the same users and hidings."""

    first: str
    second: str
    value: Estimate


@dataclass(frozen=True, slots=True)
class NewItemTable:
    dataset: str
    protocol: str
    rows: tuple[NewItemRow, ...]
    ratios: tuple[Ratio, ...]
