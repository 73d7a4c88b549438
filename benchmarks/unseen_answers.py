"""Quality on answers that chose no setting: `python -m benchmarks.unseen_answers --json`, after `benchmarks.quality`.

The settings of our model were chosen on the validation parts of the random splits of seeds 0 to 4. Any other random
split hides some of those very pairs again. Here only the hidden pairs count that were in none of these parts, so that
nothing that chose a setting is asked. Reads the stored results; trains nothing.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from benchmarks.quality import FRESH
from kgrec_core.config import TrainConfig
from kgrec_core.data.split import Split, split_random
from kgrec_core.evaluate.bootstrap import estimate
from kgrec_core.evaluate.compared_models import BY_NAME, Trial
from kgrec_core.evaluate.protocol import answers_of_test
from kgrec_core.evaluate.quality_run import place_of
from kgrec_core.evaluate.result_key import key_of
from kgrec_core.evaluate.slices import ndcg_among
from kgrec_core.evaluate.stored_result import StoredResult, load_result
from kgrec_core.model.bundle import Bundle, load_bundle, quality_folder
from kgrec_core.model.inputs import Inputs
from kgrec_core.text.documents import item_document

CHOSEN_ON = range(5)  # seeds whose validation parts chose settings


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.unseen_answers", description=__doc__)
    parser.add_argument("--dataset", default="movies")
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--json", action="store_true", help="print JSON and nothing else")
    asked = parser.parse_args()
    found = measured(load_bundle(asked.dataset), range(FRESH, FRESH + asked.seeds))
    print(json.dumps(found, indent=2) if asked.json else text(found))
    return 0


def measured(bundle: Bundle, seeds: range, models: tuple[str, ...] = ("ours", "ease")) -> dict[str, object]:
    """NDCG@10 of each model on these answers, and the paired difference of the first two."""
    inputs = bundle.inputs
    used = in_validation(inputs)
    splits = [split_random(inputs.interactions, seed) for seed in seeds]
    masks = [_relevant(inputs, split) & ~used for split in splits]
    shares = [1 - mask.sum() / _relevant(inputs, split).sum() for mask, split in zip(masks, splits, strict=True)]
    values = {}
    for name in models:
        outcomes = [_stored(bundle, name, split, seed) for split, seed in zip(splits, seeds, strict=True)]
        values[name] = ndcg_among(outcomes, masks)
    users, (first, second) = values[models[0]][0], (values[name][1] for name in models)
    gain = estimate(users, first - second)
    return {
        "seeds": list(seeds),
        "answers that were in a part that chose settings": float(np.mean(shares)),
        **{name: float(found.mean()) for name, (_, found) in values.items()},
        "ratio": float(first.mean() / second.mean()),
        "gain": {"mean": gain.mean, "ci95": [gain.low, gain.high]},
    }


def in_validation(inputs: Inputs) -> npt.NDArray[np.bool_]:
    """(users, items): pairs that were in the validation part of one of the splits that chose settings."""
    used = np.zeros((inputs.users, inputs.graph.items), dtype=bool)
    for seed in CHOSEN_ON:
        valid = split_random(inputs.interactions, seed).valid
        used[valid.users, valid.items] = True
    return used


def _relevant(inputs: Inputs, split: Split) -> npt.NDArray[np.bool_]:
    answers = answers_of_test(inputs, split)
    return answers.relevant & ~answers.seen


def _stored(bundle: Bundle, name: str, split: Split, seed: int) -> StoredResult:
    documents = tuple(item_document(row, bundle.catalog.domain) for row in bundle.catalog.item_rows())
    trial = Trial(bundle.inputs, documents, split, bundle.config, replace(TrainConfig(), seed=seed))
    one = BY_NAME[name]
    path = place_of(quality_folder(bundle.catalog.name), name, "random", seed, key_of(name, one.group, one.home, trial))
    if not path.is_file():
        raise SystemExit(f"Nothing is stored of {name}, seed {seed}. Run `python -m benchmarks.quality` first.")
    return load_result(path)


def text(found: dict[str, object]) -> str:
    return "\n".join(f"{name}: {value}" for name, value in found.items())


if __name__ == "__main__":
    raise SystemExit(main())
