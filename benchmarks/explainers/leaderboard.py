"""All explainers on all questions of one model: metrics, paired differences, seconds, model calls."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from tqdm import tqdm

from benchmarks.explainers import metrics
from benchmarks.explainers.explainer import Explainer
from benchmarks.explainers.ours import EventShapValues, PathCredit, ShapValues, SmallestRemoval
from benchmarks.explainers.peers.accent import Accent
from benchmarks.explainers.peers.cluster_shap import ClusterShap
from benchmarks.explainers.peers.gradients import Influence, PathIntegral, StochasticPathIntegral
from benchmarks.explainers.peers.learned_masks import LearnedMasks
from benchmarks.explainers.peers.leave_one_out import LeaveOneOut
from benchmarks.explainers.peers.lime_rs import LimeRS
from benchmarks.explainers.peers.without_the_model import Chance, ItemCosine, Popularity
from benchmarks.explainers.problem import Problem
from benchmarks.explainers.questions import Questions
from benchmarks.explanations import Subject
from kgrec_core.data.interactions import IntArray
from kgrec_core.evaluate.bootstrap import estimate

BUDGET = 200  # model calls, where all have the same
RANK, SCORE = SmallestRemoval.name, ShapValues.name  # which of ours speaks of ranks, and which of scores

Json = dict[str, object]


def explainers(subject: Subject, model: str, found: Questions) -> list[Explainer]:
    """Those that have a meaning for the model, ours first."""
    knowledge = found.knowledge
    ours: list[Explainer] = [ShapValues(), SmallestRemoval()]
    if model == "served":
        ours += [EventShapValues(), PathCredit(subject.display)]
    return [
        *ours,
        LeaveOneOut(knowledge),
        PathIntegral(),
        Influence(),
        StochasticPathIntegral(knowledge),
        Accent(),
        LimeRS(),
        ClusterShap(knowledge),
        LearnedMasks(found.catalogue),
        ItemCosine(knowledge),
        Popularity(knowledge),
        Chance(),
    ]


@dataclass
class Measured:
    """Of one explainer: one entry a question."""

    explainer: Explainer
    values: dict[str, list[float]] = field(default_factory=lambda: {name: [] for name in metrics.names()})
    seconds: list[float] = field(default_factory=list)
    calls: list[int] = field(default_factory=list)

    def take(self, other: Measured, number: int) -> None:
        """What was measured of a question before."""
        for name, values in other.values.items():
            self.values[name].append(values[number])
        self.seconds.append(other.seconds[number])
        self.calls.append(other.calls[number])


def ours_of(metric: str) -> str:
    """The explainer of ours that a metric is about, laid down before anything is measured."""
    return RANK if metric.split("@")[0] in metrics.LOWER else SCORE


def learn(all_of_them: Sequence[Explainer], found: Questions) -> dict[str, float]:
    """Seconds that each took to learn from other people, before any question."""
    took = {}
    for each in all_of_them:
        start = time.perf_counter()
        each.learn(found.others)
        took[each.name] = time.perf_counter() - start
    return took


def measure(
    all_of_them: Sequence[Explainer], found: Questions, budget: int | None, what: str, usual: Sequence[Measured] = ()
) -> list[Measured]:
    """usual: what was measured without a budget; who kept to it on a question is not asked again."""
    rows, before = [Measured(each) for each in all_of_them], {each.explainer.name: each for each in usual}
    for number, problem in enumerate(tqdm(found.asked, desc=what, disable=None)):
        anew = []
        for row in rows:
            known = before.get(row.explainer.name)
            if budget is not None and known is not None and known.calls[number] <= budget:
                row.take(known, number)
            else:
                anew.append((row, _ordered(row, problem, budget)))
        judged = metrics.Judge(problem).judge([order for _, order in anew]) if anew else []
        for (row, _), values in zip(anew, judged, strict=True):
            for name, value in values.items():
                row.values[name].append(value)
    return rows


def _ordered(row: Measured, problem: Problem, budget: int | None) -> IntArray:
    problem.calls, start = 0, time.perf_counter()
    order = row.explainer.order(problem, budget)
    row.seconds.append(time.perf_counter() - start)
    row.calls.append(problem.calls)
    return order


def table(rows: Sequence[Measured], users: Sequence[int], budget: int | None) -> Json:
    """Means, with paired 95 % intervals of how far each is ahead of that of ours which the metric is about."""
    by_name = {row.explainer.name: row for row in rows}
    return {
        "budget": budget,
        "questions": len(users),
        "verdict": {metric: verdict(metric, rows, users) for metric in metrics.names()},
        "rows": [_row(row, by_name, np.asarray(users)) for row in rows],
    }


def ahead(metric: str, row: Measured, other: Measured, users: IntArray) -> tuple[float, float, float]:
    """Mean and interval of how much better `row` is than `other`, question by question."""
    apart = np.array(row.values[metric]) - np.array(other.values[metric])
    found = estimate(users, -apart if metrics.lower_is_better(metric) else apart)
    return found.mean, found.low, found.high


def verdict(metric: str, rows: Sequence[Measured], users: Sequence[int]) -> Json:
    """first: no peer has a better mean · tied: none is better beyond luck · else which are."""
    ours = next(row for row in rows if row.explainer.name == ours_of(metric))
    apart = {row.explainer.name: ahead(metric, row, ours, np.asarray(users)) for row in rows if not row.explainer.ours}
    better = [name for name, (_, low, _) in apart.items() if low > ROUNDING]
    near = [name for name, (mean, low, _) in apart.items() if mean > ROUNDING and low <= ROUNDING]
    said = "behind" if better else "tied" if near else "first"
    return {"ours": ours.explainer.name, "is": said, "better": better, "better by luck": near}


ROUNDING = 1e-6


def _row(row: Measured, by_name: dict[str, Measured], users: IntArray) -> Json:
    values: Json = {}
    for metric in metrics.names():
        mean, low, high = ahead(metric, row, by_name[ours_of(metric)], users)
        values[metric] = {"mean": float(np.mean(row.values[metric])), "ahead": mean, "low": low, "high": high}
    return {
        "name": row.explainer.name,
        "label": row.explainer.label,
        "source": row.explainer.source,
        "ours": row.explainer.ours,
        "calls": float(np.mean(row.calls)),
        "seconds": float(np.mean(row.seconds)),
        "metrics": values,
    }
