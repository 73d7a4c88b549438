"""How long work will take here, from what it took before: run cards and stored results of this home, scaled by size."""

from __future__ import annotations

import math
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from kgrec_core.config import Recipe
from kgrec_core.data.training_outlook import Outlook, outlook
from kgrec_core.errors import KgrecError
from kgrec_core.evaluate.compared_models import ABLATION, OURS, PEER, names_for
from kgrec_core.evaluate.new_visitors import METHODS
from kgrec_core.evaluate.published_tables import seconds_of_methods
from kgrec_core.model.bundle import quality_folder, read_card
from kgrec_core.workspace import registry

_REUSED = 0.1  # less of the time that XLNet learnt, and BERT read nothing: its vectors were kept from an earlier run
VISITORS = tuple(method.name for method in METHODS)


@dataclass(frozen=True, slots=True)
class ExpectedDuration:
    """title, took: the data set and the seconds of the run on this machine that it is told from; "" and 0 where
    nothing was trained here yet, and it is told from the data alone
    """

    seconds: float
    title: str
    took: float


@dataclass(frozen=True, slots=True)
class _PastRun:
    title: str
    took: float  # seconds
    work: float  # seconds that the outlook of its data gives for what was done
    adapting: float  # seconds of it in which BERT learnt from what people did


def of_training(outlook: Outlook, recipe: Recipe) -> ExpectedDuration:
    """By the run whose work was most alike; by the data and how busy the machine is where nothing was trained yet."""
    work, runs = outlook.seconds(recipe.rounds, recipe.adapt), list(_runs())
    if not runs:
        return ExpectedDuration(work * _busy(), "", 0.0)
    like = min(runs, key=lambda run: abs(math.log(run.work / work)))
    return ExpectedDuration(like.took * work / like.work, like.title, like.took)


def longest_training() -> ExpectedDuration | None:
    """The longest run on this machine, as an upper bound where the size of new data is not known."""
    runs = [ExpectedDuration(run.took, run.title, run.took) for run in _runs()]
    return max(runs, key=lambda run: run.took, default=None)


def adapting() -> ExpectedDuration | None:
    """What BERT took to learn from what people did, at most; None where it never did so here."""
    runs = [ExpectedDuration(run.adapting, run.title, run.took) for run in _runs() if run.adapting]
    return max(runs, key=lambda run: run.seconds, default=None)


def of_a_split(dataset: str, scheme: str, ablations: bool) -> float | None:
    """Seconds to train the models of a quality table once; None where our own was never measured on these data."""
    groups = (OURS, PEER, ABLATION) if ablations else (OURS, PEER)
    known = by_model(dataset, (*names_for(scheme, groups), *(VISITORS if ablations else ())))
    return sum(known.values()) if known else None


def by_model(dataset: str, models: Sequence[str]) -> dict[str, float]:
    """Seconds that each model takes for one split of these data, by earlier runs.

    One that has not been run is told from ours by how the two compare in the published tables; nothing is known where
    ours has not been run. Raises BundleError.
    """
    measured = _measured(dataset)
    ours, usual = measured.get("ours"), seconds_of_methods()
    if ours is None:
        return {}
    expected: dict[str, float] = {}
    for name in models:
        other = name.removeprefix("visitor-")
        expected[name] = measured.get(name, measured.get(other, ours * usual.get(other, usual["ours"]) / usual["ours"]))
    return expected


def _busy() -> float:
    """How often longer work of one processor takes while others want it too: 1 where one is free."""
    try:
        waiting, processors = os.getloadavg()[0], len(os.sched_getaffinity(0))
    except (AttributeError, OSError):  # Windows, macOS
        return 1.0
    return max(1.0, (waiting + 1) / processors)


def _measured(dataset: str) -> dict[str, float]:
    """Means over splits of what was stored, else what preparing measured."""
    found: dict[str, list[float]] = {}
    for path in quality_folder(dataset).glob("*.npz"):
        with np.load(path, allow_pickle=False) as stored:
            found.setdefault(str(stored["model"]), []).append(float(stored["seconds"]))
    first = {str(row["model"]): float(row["seconds"]) for row in read_card(dataset).get("metrics", ())}
    return first | {model: sum(seconds) / len(seconds) for model, seconds in found.items()}


def _runs() -> Iterator[_PastRun]:
    """Runs that read the texts anew; what is broken or older than run cards with seconds tells nothing."""
    for card in registry.datasets():
        if not card.prepared:
            continue
        try:
            card_of_run = read_card(card.name)
            seconds = {name: float(value) for name, value in card_of_run.get("seconds", {}).items()}
            learnt = (card_of_run.get("xlnet_pretraining") or {}).get("seconds", 0.0)
            if seconds and seconds.get("encode", 0.0) - learnt >= _REUSED * learnt:
                yield _PastRun(
                    card.title, sum(seconds.values()), _work(card.name, card_of_run), seconds.get("adapt", 0.0)
                )
        except (KgrecError, OSError, ValueError, KeyError, TypeError, AttributeError):
            continue


def _work(name: str, card: dict[str, Any]) -> float:
    found, adapted = _outlook(name, str(card["data_hash"])), card.get("bert_adaptation")
    return found.seconds(len(card.get("losses", ())), adapted.get("by", "words") if adapted else None)


@lru_cache(maxsize=32)
def _outlook(name: str, data_hash: str) -> Outlook:
    """data_hash: so that data that were replaced are looked at anew."""
    return outlook(registry.catalog_of(name))
