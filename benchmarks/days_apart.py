"""Does the order of a history pay where days lie between? `python -m benchmarks.days_apart --dataset gifts --json`

What somebody did on the last day is asked, and all before it is known; the day before that chose the weights. People
of fewer than three days, and events without a time, stay known. The model that the app serves, which takes a history
as a set, stands against the two that read its order (`ModelConfig.what_next`, `by_time`), and against itself without
"what was met around the same time"; branches with fitted weights alone, no network.
One split, for days are as they are.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import replace

import numpy as np
import pandas as pd

from kgrec_core.config import ModelConfig, TrainConfig
from kgrec_core.data.interactions import Interactions
from kgrec_core.data.split import Split
from kgrec_core.evaluate.bootstrap import estimate
from kgrec_core.evaluate.protocol import answers_of_test, scores_when_asked
from kgrec_core.evaluate.quality_run import one_thread
from kgrec_core.model.bundle import load_bundle
from kgrec_core.model.inputs import Inputs
from kgrec_core.model.metrics import ranking_metrics
from kgrec_core.model.training import train

DAY = 86_400  # seconds
SERVED = ModelConfig()
MODELS = {
    "a set, as served": SERVED,
    "without what was met around the same time": replace(SERVED, near=0.0),
    "what comes next": SERVED.what_next(),
    "what comes after a gap": SERVED.by_time(),
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.days_apart", description=__doc__)
    parser.add_argument("--dataset", default="movies")
    parser.add_argument("--json", action="store_true", help="print JSON and nothing else")
    asked = parser.parse_args()
    with one_thread():
        found = measured(load_bundle(asked.dataset).inputs)
    print(json.dumps(found, indent=2) if asked.json else "\n".join(f"{name}: {value}" for name, value in found.items()))
    return 0


def measured(inputs: Inputs) -> dict[str, object]:
    """NDCG@10 of each model, and by how much it is ahead of the first, paired over people."""
    split = by_days(inputs.interactions)
    answers = answers_of_test(inputs, split)
    found = {}
    for name, model in MODELS.items():
        training, config = inputs.training_set(split.train, model), TrainConfig(epochs=0, gap=0.0)
        recommender, _ = train(inputs.world(model), training, split.valid, model, config)
        scores = scores_when_asked(recommender, inputs, split, model)
        found[name] = ranking_metrics(scores, answers.seen, answers.relevant)
    first = next(iter(found.values()))
    rows = {}
    for name, each in found.items():
        ahead = estimate(each.users, each.ndcg_10 - first.ndcg_10)
        quality = float(each.ndcg_10.mean())
        rows[name] = {"ndcg_10": quality, "ahead": ahead.mean, "ci95": [ahead.low, ahead.high]}
    return {"people": len(first.users), **rows}


def by_days(data: Interactions) -> Split:
    """Of each user with three days or more: the last to test, the one before it to validate, all else to train."""
    days = pd.Series(data.timestamps // DAY).groupby(data.users)
    back, count = days.rank(method="dense", ascending=False), days.transform("nunique")
    enough = ((count >= 3) & (data.timestamps > 0)).to_numpy()
    test, valid = enough & (back == 1).to_numpy(), enough & (back == 2).to_numpy()
    rows = (np.flatnonzero(mask) for mask in (~(test | valid), valid, test))
    return Split(*(data.select(each) for each in rows), valid_is_read=True)


if __name__ == "__main__":
    raise SystemExit(main())
