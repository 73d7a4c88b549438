"""Knowledge-graph peers of RecBole 1.2.1 on our own splits: `make peers`, or `python -m benchmarks.peers --seeds 1`.

KGIN, KGCN, CFKG and BPR are trained in `.venv-peers` on the files of `split --format recbole`, liked interactions
only, stopped early on validation. Their scores come back and are judged here, with the same masks and metrics as all
rows of the quality table, which they join on the next run of `benchmarks.quality`. KGAT is left out: RecBole's version
needs DGL, which has no wheel for this torch.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np

from benchmarks.quality import FRESH
from kgrec_core.config import TrainConfig
from kgrec_core.data.interactions import Interactions
from kgrec_core.data.recbole_export import export_recbole
from kgrec_core.data.split import Split
from kgrec_core.errors import KgrecError
from kgrec_core.evaluate.compared_models import Trial, cold_items
from kgrec_core.evaluate.protocol import answers_of_test, split_by
from kgrec_core.evaluate.quality_run import place_of
from kgrec_core.evaluate.result_key import split_key
from kgrec_core.evaluate.stored_result import COLD, StoredResult, load_result, measured_result, save_result
from kgrec_core.model.bundle import Bundle, in_force, load_bundle, quality_folder

MODELS = ("KGIN", "KGCN", "CFKG", "BPR")
PYTHON = Path(".venv-peers/bin/python")
SCRIPT = Path(__file__).with_name("recbole_train.py")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.peers", description=__doc__)
    parser.add_argument("--dataset", default="movies")
    parser.add_argument("--protocol", choices=("random", "temporal"), default="random")
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--models", default=",".join(MODELS), help="comma-separated")
    parser.add_argument("--epochs", type=int, default=200, help="at most; early stopping ends training sooner")
    parser.add_argument("--again", action="store_true", help="train anew what is stored already")
    asked = parser.parse_args()
    if not PYTHON.is_file():
        parser.error(f"There is no {PYTHON}. `make peers` installs it.")
    try:
        bundle = load_bundle(asked.dataset)
        for seed in range(FRESH, FRESH + asked.seeds):
            for name in asked.models.split(","):
                print(_line(measured(bundle, asked, seed, name)), flush=True)
    except KgrecError as error:
        print(f"Error: {error}", file=sys.stderr)
        return 2
    return 0


def measured(bundle: Bundle, asked: argparse.Namespace, seed: int, name: str) -> StoredResult:
    """The stored outcome of a model on a split, else a new one."""
    split = split_by(asked.protocol, bundle.inputs.interactions, seed)
    row = f"recbole-{name.lower()}"
    path = place_of(quality_folder(bundle.catalog.name), row, asked.protocol, seed, split_key(split))
    if path.is_file() and not asked.again:
        return load_result(path)
    with tempfile.TemporaryDirectory() as folder:
        scores, seconds, setting = _train(bundle, split, seed, name, asked.epochs, Path(folder))
    trial = Trial(bundle.inputs, (), split, bundle.config, TrainConfig())
    outcome = measured_result(
        row, setting, seconds, scores, answers_of_test(bundle.inputs, split), cold_items(trial, COLD)
    )
    with in_force(bundle, "keeping what was measured"):
        save_result(outcome, path)
    return outcome


def _train(
    bundle: Bundle, split: Split, seed: int, name: str, epochs: int, folder: Path
) -> tuple[np.ndarray, float, str]:
    """(users, items) scores, seconds and what was chosen."""
    files, out = bundle.catalog.name, folder / "scores.npz"
    liked = Split(
        *(_liked(part, bundle.catalog.domain.positive_value) for part in (split.train, split.valid, split.test))
    )
    export_recbole(bundle.catalog, liked, folder / files)
    options = {"model": name, "dataset": files, "data": folder, "out": out, "seed": seed, "epochs": epochs}
    words = [word for key, value in options.items() for word in (f"--{key}", str(value))]
    # RecBole leaves logs where it is started
    subprocess.run([str(PYTHON.absolute()), str(SCRIPT.absolute()), *words], check=True, stdout=sys.stderr, cwd=folder)
    with np.load(out, allow_pickle=False) as found:
        setting = f"library defaults, {int(found['epochs'])} epochs, validation {float(found['validation']):.4f}"
        return _aligned(bundle, found["users"], found["items"], found["scores"]), float(found["seconds"]), setting


def _liked(part: Interactions, positive: float) -> Interactions:
    return part.select(part.values >= positive)


def _aligned(bundle: Bundle, users: np.ndarray, items: np.ndarray, scores: np.ndarray) -> np.ndarray:
    """Scores in the order of our vocabularies; what RecBole never saw comes last."""
    catalog = bundle.catalog
    whole = np.full((len(catalog.user_vocab), len(catalog.item_vocab)), scores.min() - 1, dtype=np.float32)
    rows, columns = catalog.user_vocab.indices(users), catalog.item_vocab.indices(items)
    whole[np.ix_(rows, columns)] = scores
    return whole


def _line(outcome: StoredResult) -> str:
    metrics = outcome.metrics
    return (
        f"{outcome.model:<14} NDCG@10 {metrics.ndcg_10.mean():.4f}  Recall@20 {metrics.recall_20.mean():.4f}  "
        f"{outcome.seconds:.0f} s  ({outcome.setting})"
    )


if __name__ == "__main__":
    raise SystemExit(main())
