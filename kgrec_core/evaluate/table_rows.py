"""From stored results to the quality table: rows, ratios, paired differences, slices, new visitors."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from kgrec_core.data.interactions import IntArray
from kgrec_core.evaluate import beyond_accuracy
from kgrec_core.evaluate.bootstrap import Floats, estimate
from kgrec_core.evaluate.compared_models import BY_NAME, PEER
from kgrec_core.evaluate.new_visitors import GIVEN, METHODS
from kgrec_core.evaluate.quality_table import Comparison, QualityRow, QualityTable, Slice, VisitorRow, Visitors
from kgrec_core.evaluate.slices import Ground, slices
from kgrec_core.evaluate.stored_result import StoredResult
from kgrec_core.model.bundle import Bundle

PAIRS = (
    "ours-no-graph",
    "ours-shuffled-graph",
    "ours-no-text",
    "ours-no-sequence",
    "ours-no-collaborative",
    "ease",
    "ease-low",
)
ELSEWHERE = "recbole-"  # models that another program trained
SLICED = (
    "ours",
    "ours-no-graph",
    "ours-no-text",
    "ease",
    "ease-low",
    "itemknn",
    "als",
    "recent-ease",
    "markov",
    "slist",
    "sasrec",
    "popularity",
)


@dataclass(eq=False)
class Results:
    """What was measured so far: by model and number of the seed."""

    grounds: list[Ground] = field(default_factory=list)  # one a seed
    found: dict[str, dict[int, StoredResult]] = field(default_factory=dict)
    visits: dict[str, dict[int, StoredResult]] = field(default_factory=dict)  # the same for new visitors

    def add(self, number: int, outcomes: Sequence[StoredResult]) -> None:
        _put(self.found, number, outcomes)

    def add_visits(self, number: int, outcomes: Sequence[StoredResult]) -> None:
        _put(self.visits, number, outcomes)


def _put(results: dict[str, dict[int, StoredResult]], number: int, outcomes: Sequence[StoredResult]) -> None:
    for outcome in outcomes:
        results.setdefault(outcome.model, {})[number] = outcome


def assemble(bundle: Bundle, protocol: str, results: Results, missing: tuple[str, ...]) -> QualityTable:
    """The table of all models in `results`; one that has fewer seeds says so."""
    order = [*BY_NAME, *sorted(name for name in results.found if name not in BY_NAME)]
    rows = tuple(_row(bundle, name, results) for name in order if name in results.found)
    paired = tuple(_paired(results, rows))
    return QualityTable(
        dataset=bundle.catalog.name,
        protocol=protocol,
        rows=rows,
        ratios=tuple(_ratios(paired, results)),
        paired=paired,
        slices=tuple(_slices(results)),
        new_visitor=_visitors(results.visits) if METHODS[0].name in results.visits else None,
        missing=missing,
        people=max((len(runs[min(runs)].metrics.users) for runs in results.found.values()), default=0),
    )


def _row(bundle: Bundle, name: str, results: Results) -> QualityRow:
    runs = results.found[name]
    known = BY_NAME.get(name)
    outcomes, grounds = list(runs.values()), [results.grounds[number] for number in runs]
    items, vectors = bundle.inputs.graph.items, bundle.inputs.item_bert.numpy()
    users = np.concatenate([one.metrics.users for one in outcomes])
    lists = list(zip(outcomes, grounds, strict=True))
    return QualityRow(
        model=name,
        group=known.group if known else PEER,
        label=known.label if known else f"{name.removeprefix(ELSEWHERE).upper()} (RecBole)",
        setting=outcomes[0].setting,
        ndcg_10=estimate(users, np.concatenate([one.metrics.ndcg_10 for one in outcomes])),
        recall_20=_mean([one.metrics.recall_20.mean() for one in outcomes]),
        hr_10=_mean([one.metrics.hr_10.mean() for one in outcomes]),
        mrr=_mean([one.metrics.mrr.mean() for one in outcomes]),
        coverage=_mean([beyond_accuracy.coverage(one.top, items) for one in outcomes]),
        novelty=_mean([beyond_accuracy.novelty(one.top, ground.met, len(ground.lengths)) for one, ground in lists]),
        diversity=_mean([beyond_accuracy.diversity(one.top, vectors) for one in outcomes]),
        gini=_mean([beyond_accuracy.gini(beyond_accuracy.exposure(one.top, items)) for one in outcomes]),
        rare=_mean([_rare(one, ground, items) for one, ground in lists]),
        seconds=_mean([one.seconds for one in outcomes]),
        seeds=len(outcomes),
    )


def _rare(outcome: StoredResult, ground: Ground, items: int) -> float:
    shown = beyond_accuracy.exposure(outcome.top, items)
    return float(shown[beyond_accuracy.popularity_thirds(ground.met) == 0].sum() / max(shown.sum(), 1))


def _ratios(paired: Sequence[Comparison], results: Results) -> list[tuple[str, float]]:
    """Ours as a multiple of EASE and of the best peer, on the seeds of ours; a peer with fewer seeds is passed over."""
    ours = set(results.found.get("ours", {}))
    beaten = {
        name: 1 + each.relative
        for each in paired
        if (name := each.name.removeprefix("ours-vs-")) in results.found and ours <= set(results.found[name])
    }
    found = [("ours/ease", beaten["ease"])] if "ease" in beaten else []
    return [*found, ("ours/best_peer", min(beaten.values()))] if beaten else found


def _paired(results: Results, rows: Sequence[QualityRow]) -> list[Comparison]:
    ours = results.found.get("ours", {})
    peers = [row.model for row in rows if row.group == PEER]
    others = [name for name in dict.fromkeys((*PAIRS, *peers)) if ours and name in results.found]
    return [_comparison(name, ours, results.found[name]) for name in others if set(ours) & set(results.found[name])]


def _comparison(name: str, ours: dict[int, StoredResult], other: dict[int, StoredResult]) -> Comparison:
    """On the seeds that both have; the users of a seed are the same for all models."""
    numbers = sorted(set(ours) & set(other))
    (users, mine), (_, theirs) = _pooled(ours, numbers), _pooled(other, numbers)
    gain = estimate(users, mine - theirs)
    return Comparison(f"ours-vs-{name.removeprefix('ours-')}", gain, gain.mean / max(float(theirs.mean()), 1e-12))


def _slices(results: Results) -> list[Slice]:
    names = [name for name in SLICED if name in results.found]
    return [
        one
        for name in names
        for one in slices(
            name, list(results.found[name].values()), [results.grounds[number] for number in results.found[name]]
        )
    ]


def _visitors(visits: dict[str, dict[int, StoredResult]]) -> Visitors:
    """Methods that have all seeds of ours; the visitors of a seed are the same for all."""
    ours = visits[METHODS[0].name]
    there = [method for method in METHODS if set(ours) <= set(visits.get(method.name, {}))]
    users, mine = _pooled(ours, ours)
    rows = []
    for method in there:
        theirs = _pooled(visits[method.name], ours)[1]
        rows.append(
            VisitorRow(
                model=method.name.removeprefix("visitor-"),
                group=method.group,
                label=method.label,
                setting=visits[method.name][min(ours)].setting,
                ndcg_10=estimate(users, theirs),
                behind=estimate(users, mine - theirs),
                ratio=float(mine.mean() / max(theirs.mean(), 1e-12)),
            )
        )
    return Visitors(given=GIVEN, visitors=len(users), rows=tuple(rows))


def _pooled(runs: dict[int, StoredResult], numbers: Iterable[int]) -> tuple[IntArray, Floats]:
    """Users and their NDCG@10 over the seeds of these numbers."""
    found = [runs[number].metrics for number in sorted(numbers)]
    return np.concatenate([each.users for each in found]), np.concatenate([each.ndcg_10 for each in found])


def _mean(values: Sequence[float]) -> float:
    return float(np.mean(values))
