"""Trains one model of RecBole 1.2.1 on exported files and writes the scores of all users and items.

Runs in `.venv-peers` (see requirements-peers.txt), which knows nothing of kgrec; `benchmarks.peers` calls it.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
import types
from pathlib import Path
from typing import Any

import numpy as np
import torch

SETTINGS: dict[str, Any] = {
    "load_col": {"inter": ["user_id", "item_id"]},
    "benchmark_filename": ["train", "valid", "test"],
    "train_neg_sample_args": {"distribution": "uniform", "sample_num": 1, "alpha": 1.0, "dynamic": False},
    "eval_args": {"group_by": "user", "order": "RO", "mode": "full"},
    "metrics": ["NDCG"],
    "topk": [10],
    "valid_metric": "NDCG@10",
    "use_gpu": False,
    "show_progress": False,
    "save_dataset": False,
    "state": "WARNING",
}
GRAPH_COLUMNS = {"kg": ["head_id", "relation_id", "tail_id"], "link": ["item_id", "entity_id"]}


def main() -> int:
    asked = _parser().parse_args()
    torch.set_num_threads(1)
    _stand_in_for_torch_scatter()
    _trust_own_checkpoints()
    from recbole.config import Config  # after the stand-in, which its models import
    from recbole.data import create_dataset, data_preparation
    from recbole.utils import get_model, get_trainer, init_seed

    with tempfile.TemporaryDirectory() as checkpoints:
        config = Config(model=asked.model, dataset=asked.dataset, config_dict=_settings(asked, checkpoints))
        init_seed(config["seed"], config["reproducibility"])
        dataset = create_dataset(config)
        train_data, valid_data, _ = data_preparation(config, dataset)
        model = get_model(config["model"])(config, train_data._dataset)  # as RecBole itself does
        trainer = get_trainer(config["MODEL_TYPE"], config["model"])(config, model)
        start = time.perf_counter()
        best, _ = trainer.fit(train_data, valid_data, saved=True, show_progress=False, callback_fn=_say(start))
        seconds = time.perf_counter() - start
        model.load_state_dict(torch.load(trainer.saved_model_file)["state_dict"])
    users, items, scores = _scores(model, dataset)
    np.savez_compressed(
        asked.out, users=users, items=items, scores=scores, seconds=seconds, validation=best, epochs=len(_epochs)
    )
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", required=True, choices=("KGIN", "KGCN", "CFKG", "BPR"))
    parser.add_argument("--dataset", required=True, help="name of the files")
    parser.add_argument("--data", required=True, type=Path, help="folder that has a folder with that name")
    parser.add_argument("--out", required=True, type=Path)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--epochs", type=int, default=200)
    parser.add_argument("--patience", type=int, default=10, help="validations without a better one")
    parser.add_argument("--batch", type=int, default=2048)
    parser.add_argument("--rate", type=float, default=1e-3)
    return parser


def _settings(asked: argparse.Namespace, checkpoints: str) -> dict[str, Any]:
    own = {
        "data_path": str(asked.data),
        "checkpoint_dir": checkpoints,
        "seed": asked.seed,
        "epochs": asked.epochs,
        "stopping_step": asked.patience,
        "train_batch_size": asked.batch,
        "learning_rate": asked.rate,
    }
    settings = {**SETTINGS, **own}
    if asked.model != "BPR":
        settings["load_col"] = {**SETTINGS["load_col"], **GRAPH_COLUMNS}
    return settings


_epochs: list[int] = []


def _say(start: float) -> Any:
    def heard(epoch: int, validation: float) -> None:
        _epochs.append(epoch)
        print(f"epoch {epoch + 1}: NDCG@10 {validation:.4f}, {time.perf_counter() - start:.0f} s", file=sys.stderr)

    return heard


@torch.no_grad()
def _scores(model: Any, dataset: Any) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Ids of users and items, and (users, items) scores; RecBole's first id of each kind is padding."""
    model.eval()
    batches = torch.arange(1, dataset.user_num).split(64)
    rows = [_of_users(model, dataset, batch)[:, 1:].float().numpy() for batch in batches]
    users = dataset.id2token(dataset.uid_field, np.arange(1, dataset.user_num))
    items = dataset.id2token(dataset.iid_field, np.arange(1, dataset.item_num))
    return users.astype(str), items.astype(str), np.concatenate(rows)


def _of_users(model: Any, dataset: Any, users: torch.Tensor) -> torch.Tensor:
    """(users, item_num) scores, pair by pair for models that know no faster way (CFKG)."""
    from recbole.data.interaction import Interaction

    try:
        found = model.full_sort_predict(Interaction({dataset.uid_field: users}))
    except NotImplementedError:
        items = torch.arange(dataset.item_num)
        pairs = {dataset.uid_field: users.repeat_interleave(len(items)), dataset.iid_field: items.repeat(len(users))}
        found = model.predict(Interaction(pairs))
    return found.view(len(users), -1)[:, : dataset.item_num]


def _stand_in_for_torch_scatter() -> None:
    """The functions of torch_scatter that KGIN calls, on index_add: no wheel of it exists for this torch."""

    def scatter_sum(src: torch.Tensor, index: torch.Tensor, dim: int = 0, dim_size: int | None = None) -> torch.Tensor:
        size = int(index.max()) + 1 if dim_size is None else dim_size
        return src.new_zeros(size, *src.shape[1:]).index_add(0, index, src)

    def scatter_mean(src: torch.Tensor, index: torch.Tensor, dim: int = 0, dim_size: int | None = None) -> torch.Tensor:
        total = scatter_sum(src, index, dim, dim_size)
        count = scatter_sum(src.new_ones(len(src)), index, dim, len(total)).clamp(min=1)
        return total / count.view(-1, *[1] * (src.dim() - 1))

    def scatter_softmax(src: torch.Tensor, index: torch.Tensor, dim: int = 0) -> torch.Tensor:
        raised = (src - src.max()).exp()
        return raised / scatter_sum(raised, index)[index]

    module = types.ModuleType("torch_scatter")
    module.__dict__.update(scatter_sum=scatter_sum, scatter_mean=scatter_mean, scatter_softmax=scatter_softmax)
    sys.modules["torch_scatter"] = module


def _trust_own_checkpoints() -> None:
    """RecBole stores its whole configuration beside the weights, which torch.load refuses by default."""
    load = torch.load
    torch.load = lambda *args, **options: load(*args, **{**options, "weights_only": False})


if __name__ == "__main__":
    raise SystemExit(main())
