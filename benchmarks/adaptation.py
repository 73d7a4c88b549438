"""What it brings, and costs, that BERT first learns from what people did: `python -m benchmarks.adaptation --seeds 3`.

For each seed BERT is adapted on the train part of the random split, reads the whole catalogue (the compact XLNet is
taught by it too), and our model is trained with and without that. The data set must be prepared without adaptation.
`--by interactions --hidings 3` judges the adaptation by who liked what, on new items (see `new_item_adaptation`), and
with `--met` by the whole model as above.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch

from benchmarks.new_item_adaptation import Content, hide
from benchmarks.new_item_adaptation import report as of_new_items
from kgrec_core.config import ADAPTATIONS, Adaptation, ModelConfig, TrainConfig
from kgrec_core.data.split import Split, split_random
from kgrec_core.errors import ConfigError, KgrecError
from kgrec_core.evaluate.bootstrap import estimate
from kgrec_core.evaluate.protocol import answers_of_test
from kgrec_core.evaluate.quality_table import Estimate
from kgrec_core.model.bundle import BERT, XLNET, Bundle, load_bundle
from kgrec_core.model.inputs import Inputs
from kgrec_core.model.metrics import RankingMetrics, ranking_metrics
from kgrec_core.model.training import score_users, train
from kgrec_core.text.bert_adaptation import AdaptConfig, AdaptReport
from kgrec_core.text.catalog_vectors import encode_catalog
from kgrec_core.text.interaction_adaptation import InteractionConfig, InteractionReport
from kgrec_core.workspace.prepare import adapt_to, inputs_of


@dataclass(frozen=True, eq=False)
class Judged:
    validation: float  # NDCG@10
    test: RankingMetrics


@dataclass(frozen=True, slots=True)
class Trial:
    """One seed. plain, adapted: our model with BERT as it came, and with the one that was taught."""

    seed: int
    adaptation: AdaptReport | InteractionReport
    encoding: float  # seconds, the teaching of XLNet included
    plain: Judged
    adapted: Judged


def main() -> int:
    asked = _parser().parse_args()
    torch.set_num_threads(asked.threads)
    try:
        bundle = load_bundle(asked.dataset)
        if bundle.card.get("bert_adaptation"):
            raise ConfigError(f"{asked.dataset!r} was prepared with an adapted BERT. Prepare it again without --adapt.")
        if asked.by == "interactions" and not asked.met:
            content = Content(bundle)
            found = of_new_items([hide(content, asked.first + each) for each in range(asked.hidings)])
        else:
            found = report([_trial(bundle, seed, asked.by) for seed in range(asked.seeds)])
    except KgrecError as error:
        print(f"Error: {error}", file=sys.stderr)
        return 2
    print(json.dumps(found, indent=2))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.adaptation", description=__doc__)
    parser.add_argument("--dataset", default="movies")
    parser.add_argument("--by", choices=ADAPTATIONS, default="words", help="what BERT is taught by")
    parser.add_argument("--met", action="store_true", help="by interactions: judge the whole model, as by words")
    parser.add_argument("--hidings", type=int, default=3, help="of a fifth of the items (by interactions)")
    parser.add_argument("--first", type=int, default=0, help="seed of the first hiding")
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--threads", type=int, default=1, help="of torch (1: the same numbers on every run)")
    return parser


def _trial(bundle: Bundle, seed: int, by: Adaptation) -> Trial:
    split = split_random(bundle.inputs.interactions, seed)
    settings = InteractionConfig(seed=seed) if by == "interactions" else AdaptConfig(seed=seed)
    with tempfile.TemporaryDirectory(prefix="kgrec-") as name:
        folder = Path(name)
        taught = adapt_to(bundle.catalog, split, folder / BERT, settings)
        _say(seed, f"adapted in {taught.seconds:.0f} s")
        started = time.perf_counter()
        vectors = encode_catalog(bundle.catalog, folder, folder / XLNET, adapted=(folder / BERT, taught))
        encoding = time.perf_counter() - started
    _say(seed, f"read in {encoding:.0f} s")
    other = inputs_of(bundle.catalog, bundle.inputs.interactions, vectors)
    plain, adapted = (_ours(inputs, split, bundle.config, seed) for inputs in (bundle.inputs, other))
    for name, each in (("without", plain), ("with", adapted)):
        _say(seed, f"NDCG@10 {name}: validation {each.validation:.4f}, test {each.test.ndcg_10.mean():.4f}")
    return Trial(seed, taught, encoding, plain, adapted)


def _ours(inputs: Inputs, split: Split, model: ModelConfig, seed: int) -> Judged:
    training = inputs.training_set(split.train, model)
    config = replace(TrainConfig(), seed=seed)
    recommender, learnt = train(inputs.world(model), training, split.valid, model, config)
    answers = answers_of_test(inputs, split)
    test = ranking_metrics(score_users(recommender, training), answers.seen, answers.relevant)
    return Judged(learnt.validation[learnt.best_epoch], test)


def report(trials: list[Trial]) -> dict[str, Any]:
    """Means over seeds; intervals are bootstraps over users, all seeds of a user together."""
    users = np.concatenate([trial.plain.test.users for trial in trials])
    plain = np.concatenate([trial.plain.test.ndcg_10 for trial in trials])
    adapted = np.concatenate([trial.adapted.test.ndcg_10 for trial in trials])
    return {
        "ours": _interval(estimate(users, plain)),
        "ours-adapted": _interval(estimate(users, adapted)),
        "gain": _interval(estimate(users, adapted - plain)),
        "validation": np.mean([(trial.plain.validation, trial.adapted.validation) for trial in trials], 0).tolist(),
        "seconds": {
            "adapt": float(np.mean([trial.adaptation.seconds for trial in trials])),
            "encode": float(np.mean([trial.encoding for trial in trials])),
        },
        "adaptations": [{"seed": trial.seed, **asdict(trial.adaptation)} for trial in trials],
    }


def _interval(found: Estimate) -> dict[str, float]:
    return {"ndcg@10": found.mean, "low": found.low, "high": found.high}


def _say(seed: int, what: str) -> None:
    print(f"seed {seed}: {what}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    raise SystemExit(main())
