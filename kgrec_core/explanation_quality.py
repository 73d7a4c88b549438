"""How good the reasons of a data set are: the measures of single explanations, over many people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from kgrec_core.evaluate.bootstrap import estimate
from kgrec_core.evaluate.quality_table import Estimate
from kgrec_core.schema.progress import Progress, no_progress
from kgrec_core.schema.trust import Measure
from kgrec_core.service import Service

PLACES = 5  # of each list asked about, in turn: a first place is harder to lose than a fifth


@dataclass(frozen=True, slots=True)
class MeasuredQuality:
    """One measure, mean over those whom it could be asked about, and how far it is ahead of reasons by chance."""

    mean: Measure
    people: int
    ahead: Estimate  # in the direction that is better; paired, 95 % interval over people


@dataclass(frozen=True, slots=True)
class ExplanationQuality:
    people: int
    rows: tuple[MeasuredQuality, ...]


def measure(opened: Service, people: int, progress: Progress = no_progress) -> ExplanationQuality:
    """Asks about one item of the list of each of `people` users, at even steps through the data. A second each."""
    users = [card.user_id for card in opened.users()]
    chosen = np.unique(np.linspace(0, len(users) - 1, min(people, len(users))).astype(int)).tolist()
    found: dict[str, list[tuple[int, Measure]]] = {}
    for number, user in enumerate(chosen):
        progress("Testing reasons", number / len(chosen))
        listed = opened.recommend(users[user], PLACES).items
        if listed:
            item = listed[min(number % PLACES, len(listed) - 1)].item.item_id
            for one in opened.trust(users[user], item).measures:
                found.setdefault(one.name, []).append((user, one))
    return ExplanationQuality(len(chosen), tuple(_row(asked) for asked in found.values()))


def _row(asked: Sequence[tuple[int, Measure]]) -> MeasuredQuality:
    first = asked[0][1]
    values = np.array([(one.value, one.random) for _, one in asked])
    better = values[:, 0] - values[:, 1] if first.higher_is_better else values[:, 1] - values[:, 0]
    value, random = values.mean(0).tolist()
    mean = Measure(first.name, first.label, value, random, first.higher_is_better, first.meaning)
    return MeasuredQuality(mean, len(asked), estimate(np.array([user for user, _ in asked]), better))
