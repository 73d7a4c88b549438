"""Are the explanations true? `python -m benchmarks.explain --dataset movies|storefront --n 200 [--json]`.

Prepares the data set when it is missing. Every figure is of n (user, item) pairs: users at even steps through the data
set, each with one of their first five items in turn (--places); coverage is of all ten.
"""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any

import numpy as np

from benchmarks import counterfactuals, explanations, planted, shap_speed
from benchmarks.explanations import PLACES, REMOVED, Faithful, K, Pair, Subject
from kgrec_core import service
from kgrec_core.errors import BundleError, KgrecError
from kgrec_core.explain.removal.coalitions import Game, players_of
from kgrec_core.explain.why.path_quality import PathQualities

Json = dict[str, Any]
SPEED_GAMES = 5  # each takes KernelExplainer some seconds


def measure(dataset: str, n: int, places: int) -> Json:
    """The report, in the shape that --json prints."""
    _prepared(dataset)
    subject = Subject(dataset)
    pairs = subject.pairs(n, places)
    found, spent = explanations.explained(subject, pairs)
    lists = explanations.listed(subject, pairs)
    p50, p95 = np.percentile(spent, [50, 95])
    return {
        "path_validity": explanations.path_validity(subject, pairs, found),
        "coverage": explanations.coverage(lists),
        "additivity_max_error": explanations.additivity(found),
        "shap_vs_exact_max_relative_error": explanations.sampled_against_exact(pairs),
        "counterfactual": _counterfactual(pairs),
        "path_quality": _path_quality(explanations.path_qualities(subject, pairs, lists)),
        "faithfulness": _faithfulness(explanations.faithfulness(pairs)),
        "planted": planted.block(dataset, n),
        "text_fact_validity": explanations.text_fact_validity(subject, pairs, found),
        "stability_jaccard": explanations.stability(pairs),
        "ms": {"p50": round(float(p50), 2), "p95": round(float(p95), 2)},
    }


def speed(dataset: str) -> list[shap_speed.Speed]:
    """Our attribution and KernelExplainer on a few games, in this process."""
    _prepared(dataset)
    pairs = Subject(dataset).pairs(SPEED_GAMES)
    games = [_game(pair) for pair in pairs]
    shap_speed.warm_up(*games[0])
    return [shap_speed.compare(*each) for each in games]


def _game(pair: Pair) -> tuple[Game, Any]:
    game = Game(pair.context, pair.index)
    return game, players_of(game)


def _path_quality(found: tuple[PathQualities, PathQualities]) -> Json:
    """Nulls for recency where the data have no times."""
    twins = (("", found[0]), ("_random", found[1]))
    names = (("lir", "recency"), ("sep", "popularity"), ("etd", "diversity"))
    return {f"{name}@{K}{twin}": getattr(one, field) for name, field in names for twin, one in twins}


def _faithfulness(found: Faithful) -> Json:
    named = ((f"del@{REMOVED}", found.deletion), (f"ins@{REMOVED}", found.insertion))
    named = (*named, (f"pos@{K}_after_{REMOVED}", found.position))
    means = {name: values.mean(0).tolist() if len(values) else [None, None] for name, values in named}
    return {f"{name}{twin}": means[name][column] for name in means for column, twin in enumerate(("", "_random"))}


def _counterfactual(pairs: list[Pair]) -> Json:
    return counterfactuals.measure([counterfactuals.Problem(pair.context, pair.index, K) for pair in pairs])


def _prepared(dataset: str) -> None:
    try:
        service.open(dataset)
    except BundleError:
        service.prepare(dataset, lambda what, share: print(f"{share:4.0%} {what}", file=sys.stderr))


def _table(report: Json) -> str:
    rows = [(name, value) for name, value in report.items() if not isinstance(value, dict)]
    nested = [
        (f"{name}.{key}", value)
        for name, part in report.items()
        if isinstance(part, dict)
        for key, value in part.items()
    ]
    return "\n".join(f"{name:<40}{_said(value):>14}" for name, value in (*rows, *nested))


def _said(value: Any) -> str:
    return "–" if value is None else value if isinstance(value, str) else f"{value:.6g}"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.explain", description=__doc__)
    parser.add_argument("--dataset", default="movies")
    parser.add_argument("--n", type=int, default=200, help="how many (user, item) pairs (200)")
    parser.add_argument("--places", type=int, default=PLACES, help=f"first places of the list, in turn ({PLACES})")
    parser.add_argument("--speed", action="store_true", help="instead: our attribution against shap.KernelExplainer")
    parser.add_argument("--json", action="store_true", help="print JSON and nothing else")
    asked = parser.parse_args()
    if asked.n < 1:
        parser.error(f"--n is {asked.n}; choose 1 or more.")
    if not 1 <= asked.places <= K:
        parser.error(f"--places is {asked.places}; choose 1 to {K}.")
    try:
        report = (
            shap_speed.summary(speed(asked.dataset)) if asked.speed else measure(asked.dataset, asked.n, asked.places)
        )
    except KgrecError as error:
        print(error, file=sys.stderr)
        return 2
    print(json.dumps(report, indent=2) if asked.json else _table(report))
    return 0


if __name__ == "__main__":
    sys.exit(main())
