"""A prepared data set on disk: tables, vectors, weights and the run card. Parquet, safetensors and JSON only."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file

from kgrec_core.config import ModelConfig
from kgrec_core.data.catalog import Catalog
from kgrec_core.data.interactions import Interactions
from kgrec_core.errors import BundleError, ConfigError
from kgrec_core.graph.build import build_graph
from kgrec_core.model.closed_form import ClosedForm
from kgrec_core.model.fusion import Fusion
from kgrec_core.model.inputs import Inputs
from kgrec_core.model.recommender import Recommender
from kgrec_core.model.train import network_sizes
from kgrec_core.schema import DatasetCard

CARD, VECTORS, MODEL, TABLES = "run_card.json", "vectors.safetensors", "model.safetensors", "catalog"
BERT, XLNET = "bert", "xlnet"  # folders of the models that were made for a data set


@dataclass(frozen=True, eq=False)
class Bundle:
    """An open data set; read-only."""

    folder: Path
    catalog: Catalog
    inputs: Inputs
    recommender: Recommender
    word2vec: torch.Tensor  # (items, dim), for the trace only
    config: ModelConfig
    card: dict[str, Any]


def home() -> Path:
    """Where bundles live: KGREC_HOME, else .kgrec in the working directory."""
    return Path(os.environ.get("KGREC_HOME") or ".kgrec")


def bundle_folder(name: str) -> Path:
    return home() / "bundles" / name


def quality_folder(name: str) -> Path:
    """Where measured results of a data set are kept."""
    return home() / "quality" / name


def is_prepared(name: str) -> bool:
    return (bundle_folder(name) / CARD).is_file()


def read_dataset_card(name: str) -> DatasetCard:
    """What a prepared data set is, from its run card alone. Raises BundleError."""
    stored = _card(bundle_folder(name), name).get("description", {})
    lists = {key: tuple(value) for key, value in stored.items() if isinstance(value, list)}
    try:
        return DatasetCard(**{**stored, **lists})
    except TypeError as error:
        raise BundleError(f"The run card of {name!r} describes no data set. {_remedy(name)}") from error


def read_card(name: str) -> dict[str, Any]:
    """The run card of a prepared data set. Raises BundleError."""
    return _card(bundle_folder(name), name)


def save_bundle(bundle: Bundle) -> None:
    """Writes all files of a bundle into its folder, the card last.

    bundle.folder may hold what was written before (the models of BERT and XLNET); its card gets the hashes of all
    files.
    """
    folder = bundle.folder
    bundle.catalog.save(folder / TABLES)
    inputs, model = bundle.inputs, bundle.recommender
    texts = {"item_bert": inputs.item_bert, "item_text": inputs.item_text, "event_text": inputs.event_text}
    save_file({**texts, "word2vec": bundle.word2vec}, folder / VECTORS)
    weights = {f"fusion.{name}": value for name, value in model.fusion.state_dict().items()}
    closed = {"linear.weights": model.linear.weights, "linear.precision": model.linear.precision}
    closed |= {"linear.sequence": model.linear.sequence, "linear.popularity": model.linear.popularity}
    save_file({name: value.contiguous() for name, value in {**weights, **closed}.items()}, folder / MODEL)
    card = {**bundle.card, "files": _hashes(folder)}
    (folder / CARD).write_text(json.dumps(card, indent=2, ensure_ascii=False), encoding="utf-8")


def replace_bundle(fresh: Path, place: Path) -> None:
    """Moves a finished bundle to its place."""
    old = place.with_name(f".{place.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    place.parent.mkdir(parents=True, exist_ok=True)
    if place.exists():
        place.rename(old)
    fresh.rename(place)
    shutil.rmtree(old, ignore_errors=True)


def load_bundle(name: str) -> Bundle:
    """The bundle of a data set. Raises BundleError that names the missing or altered file and the way out."""
    folder = bundle_folder(name)
    card = _card(folder, name)
    for file, expected in card["files"].items():
        _check(folder / file, expected, name)
    catalog = Catalog.load(folder / TABLES)
    try:
        vectors, weights = load_file(folder / VECTORS), load_file(folder / MODEL)
    except (SafetensorError, OSError) as error:
        raise BundleError(f"{folder} cannot be read ({error}). {_remedy(name)}") from error
    if not {"linear.sequence", "linear.popularity"} <= weights.keys():
        raise BundleError(f"{folder} was prepared by an older version. {_remedy(name)}")
    config = _config(card, name)
    inputs = Inputs(
        users=len(catalog.user_vocab),
        interactions=Interactions.from_catalog(catalog),
        graph=build_graph(catalog),
        item_bert=vectors["item_bert"],
        item_text=vectors["item_text"],
        event_text=vectors["event_text"],
        domain=catalog.domain,
    )
    recommender = _recommender(inputs, weights, config)
    return Bundle(folder, catalog, inputs, recommender, vectors["word2vec"], config, card)


def check_unseen(bundle: Bundle, scheme: str, seeds: int, visitors: bool = False) -> None:
    """Raises ConfigError where an adapted BERT has read what is to be found: on all splits but that which taught it."""
    if bundle.card.get("bert_adaptation") and (scheme != "random" or seeds > 1 or visitors):
        raise ConfigError(
            "This data set was prepared with an adapted BERT, which has read the train part of the first random split. "
            "Other splits and new visitors would ask for what it knows. Measure one random split without new visitors, "
            f"or prepare it anew without adaptation: `python -m kgrec_core prepare {bundle.catalog.name}`."
        )


def _config(card: dict[str, Any], name: str) -> ModelConfig:
    try:
        return ModelConfig(**card["model"])
    except TypeError as error:
        raise BundleError(f"The run card of {name!r} has other model settings ({error}). {_remedy(name)}") from error


def _recommender(inputs: Inputs, weights: dict[str, torch.Tensor], config: ModelConfig) -> Recommender:
    world = inputs.world(config)
    fusion = Fusion(network_sizes(world), config)
    fusion.load_state_dict(
        {name.removeprefix("fusion."): value for name, value in weights.items() if name.startswith("fusion.")}
    )
    solved = (weights["linear.weights"], weights["linear.precision"], config.ridge)
    linear = ClosedForm(*solved, weights["linear.sequence"], weights["linear.popularity"], config.recency)
    return Recommender(world, linear, fusion.eval().requires_grad_(False))


def _card(folder: Path, name: str) -> dict[str, Any]:
    path = folder / CARD
    if not path.is_file():
        raise BundleError(f"The data set {name!r} is not prepared: there is no {path}. {_remedy(name)}")
    try:
        card: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise BundleError(f"{path} cannot be read ({error}). {_remedy(name)}") from error
    if not isinstance(card.get("files"), dict) or not isinstance(card.get("model"), dict):
        raise BundleError(f"{path} lists no files or no model. {_remedy(name)}")
    return card


def _check(path: Path, expected: str, name: str) -> None:
    if not path.is_file():
        raise BundleError(f"The data set {name!r} lacks the file {path}. {_remedy(name)}")
    if _hash(path) != expected:
        raise BundleError(f"The file {path} of the data set {name!r} was altered. {_remedy(name)}")


def _remedy(name: str) -> str:
    return f"Run `python -m kgrec_core prepare {name}`."


def _hashes(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != CARD)
    return {path.relative_to(folder).as_posix(): _hash(path) for path in files}


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
