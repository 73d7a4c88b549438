"""Do explanations name the true cause? `python -m benchmarks.planted --n 200 [--noise 0 0.3] [--json]`.

In the made-up shop the cause of a purchase is known: the entity (a brand, a feature, a system, a price range) for the
sake of which the shopper, who had bought something with it before, bought this product too. Asked are purchases with
such a cause, at even steps through those of the test part of the random split; popularity and chance have no entity to
name and are not asked for. The shopper's history and the training of the network are without the purchase; the closed
form that is served was fitted on everything, as it is in the app. The explainer gives its paths with their credits. A
fact is the relation and the entity at the product's end of a path; paths through the same fact share what it carries,
so its credit is the sum of theirs, and the facts are taken by that, largest first.

precision@1: share of purchases whose first fact is the cause. precision@3: share with the cause among the first three.
An explanation without paths is wrong. Chance: precision@1 if the product's facts that anything in the history also has
were put in random order, computed exactly. Each level of noise is its own shop of 1,000 shoppers and 600 products,
prepared when missing.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any

import numpy as np

from kgrec_core import service
from kgrec_core.data.builtin.storefront import Shop, ShopConfig, generate
from kgrec_core.data.interactions import Interactions
from kgrec_core.data.split import split_random
from kgrec_core.errors import BundleError
from kgrec_core.model.bundle import load_bundle
from kgrec_core.schema.columns import HEAD, ITEM, RELATION, TAIL, USER
from kgrec_core.schema.explanation import Explanation
from kgrec_core.workspace.prepare import prepare

Json = dict[str, Any]
Fact = tuple[str, str]  # relation, entity id
NOISES = (0.0, 0.3)
N = 200
USERS, ITEMS = 1000, 600


@dataclass(frozen=True, slots=True)
class Question:
    user: str
    item: str
    cause: Fact


def shop(noise: float) -> Shop:
    """The shop of a level of noise; the dot keeps it out of the app's list."""
    return generate(ShopConfig(users=USERS, items=ITEMS, noise=noise), f".storefront-noise-{noise:g}")


def opened(made: Shop) -> service.Service:
    """The shop with a trained model; minutes when it has none yet."""
    name = made.catalog.name
    try:
        return service.Service(load_bundle(name))
    except BundleError:  # none yet, or of an older version
        prepare(made.catalog, progress=lambda what, share: print(f"{share:4.0%} {what}", file=sys.stderr))
        return service.Service(load_bundle(name))


def questions(made: Shop, n: int, seed: int = 0) -> list[Question]:
    """Up to `n` purchases of the test part with a recorded cause, at even steps."""
    data = Interactions.from_catalog(made.catalog)
    test = split_random(data, seed).test
    users, items = made.catalog.user_vocab.ids, made.catalog.item_vocab.ids
    asked = {(users[user], items[item]) for user, item in zip(test.users, test.items, strict=True)}
    rows = made.causes[made.causes["relation"] != ""]
    told = [
        Question(user, item, (relation, tail))
        for user, item, relation, tail in rows[[USER, ITEM, "relation", "tail"]].itertuples(index=False)
        if (user, item) in asked
    ]
    return [told[place] for place in np.linspace(0, len(told) - 1, min(n, len(told))).astype(int)]


def facts(found: Explanation) -> list[Fact]:
    """The distinct facts that the paths end in, first the one whose paths together have most credit."""
    credit: dict[Fact, float] = defaultdict(float)
    for path in found.paths:
        credit[path.edges[-1].relation, path.edges[-1].tail] += path.contribution
    return sorted(credit, key=lambda fact: -credit[fact])


def by_chance(made: Shop, question: Question) -> float:
    """1 / number of the product's facts that something in the history also has."""
    triples, table = made.catalog.triples, made.catalog.interactions
    history = set(table.loc[table[USER] == question.user, ITEM]) - {question.item}
    own = set(triples.loc[triples[HEAD] == question.item, [RELATION, TAIL]].itertuples(index=False, name=None))
    shared = set(triples.loc[triples[HEAD].isin(history), [RELATION, TAIL]].itertuples(index=False, name=None))
    return 1 / max(len(own & shared), 1)


def measure(noise: float, n: int) -> Json:
    """Precision of the named cause in the shop of this noise, also by kind of cause."""
    made = shop(noise)
    open_shop, asked = opened(made), questions(made, n)
    named = [facts(open_shop.explain(each.user, each.item)) for each in asked]
    first = [each.cause in found[:1] for each, found in zip(asked, named, strict=True)]
    kinds = Counter(each.cause[0] for each in asked)
    right = Counter(each.cause[0] for each, hit in zip(asked, first, strict=True) if hit)
    return {
        "precision@1": float(np.mean(first)),
        "precision@3": float(np.mean([each.cause in found[:3] for each, found in zip(asked, named, strict=True)])),
        "chance@1": float(np.mean([by_chance(made, each) for each in asked])),
        "n": len(asked),
        "precision@1 by cause": {kind: round(right[kind] / count, 3) for kind, count in sorted(kinds.items())},
    }


def block(dataset: str, n: int) -> Json:
    """For `benchmarks.explain`: without noise and with the most; or why there are no figures."""
    if dataset != "storefront":
        return {"precision@1": None, "precision@3": None, "reason": f"Nobody knows the true causes in {dataset}."}
    quiet, noisy = (measure(noise, n) for noise in NOISES)
    keys = ("precision@1", "precision@3", "chance@1")
    return {key: quiet[key] for key in keys} | {f"{key}_noise_{NOISES[1]:g}": noisy[key] for key in keys}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.planted", description=__doc__)
    parser.add_argument("--n", type=int, default=N, help=f"how many purchases ({N})")
    parser.add_argument("--noise", type=float, nargs="+", default=list(NOISES), help="levels of noise (0 0.3)")
    parser.add_argument("--json", action="store_true", help="print JSON and nothing else")
    asked = parser.parse_args()
    report = {f"noise {noise:g}": measure(noise, asked.n) for noise in asked.noise}
    if asked.json:
        print(json.dumps(report, indent=2))
        return 0
    for name, found in report.items():
        print(name, *(f"  {key}: {value}" for key, value in found.items()), sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
