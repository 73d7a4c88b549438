"""A prepared data set on disk: tables, vectors, weights and the run card. Parquet, safetensors and JSON only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file

from kgrec_core.config import ModelConfig
from kgrec_core.data.catalog import Catalog
from kgrec_core.data.disk import files, versions
from kgrec_core.data.disk.locks import held
from kgrec_core.data.disk.versions import Marker, VersionError
from kgrec_core.data.disk.writable_folders import home
from kgrec_core.data.interactions import Interactions
from kgrec_core.errors import BundleError, ConfigError, DataError
from kgrec_core.graph.typed_graph import build_graph
from kgrec_core.model.closed_form import COLLABORATIVE, SEQUENCE, ClosedForm, EventBranch
from kgrec_core.model.inputs import Inputs
from kgrec_core.model.network import Fusion
from kgrec_core.model.recommender import Recommender
from kgrec_core.model.training import network_sizes
from kgrec_core.schema.cards import DatasetCard

CARD, VECTORS, MODEL, TABLES = "run_card.json", "vectors.safetensors", "model.safetensors", "catalog"
BERT, XLNET = "bert", "xlnet"  # folders of the models that were made for a data set
_MAPPINGS = ("description", "model", "training", "encoders", "names", "seconds", "versions")
_KINDS: dict[str, type] = dict.fromkeys(_MAPPINGS, dict) | dict.fromkeys(("validation", "losses", "metrics"), list)
_CLOSED = ("residuals", "expected", "unknown", "popularity")  # tensors of the closed form beside its event branches
_TABLE_FILES = ("catalog.json", "interactions.parquet", "items.parquet", "triples.parquet")
_MODEL_FILES = ("config.json", "model.safetensors", "tokenizer.json")  # of a language model


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

    def own_model(self, name: str) -> str:
        """The folder of BERT or XLNET, made for the data. Raises BundleError where the bundle was replaced since."""
        folder = self.folder / name
        if not folder.is_dir():
            raise BundleError(
                f"The data set {self.catalog.name!r} was prepared anew or deleted since it was opened, and its "
                f"language model {folder} is gone. Open it again."
            )
        return str(folder)


def bundle_folder(name: str) -> Path:
    return home() / "bundles" / name


def bundle_marker(name: str) -> Path:
    """The run card, which names the version in force."""
    return bundle_folder(name) / CARD


def quality_folder(name: str) -> Path:
    """Where measured results of a data set are kept."""
    return home() / "quality" / name


def bundle_names() -> set[str]:
    """All names of which a bundle is there, whole or not."""
    return {path.name for path in (home() / "bundles").glob("[!.]*")}


def is_prepared(name: str) -> bool:
    return bundle_marker(name).is_file()


def read_dataset_card(name: str) -> DatasetCard:
    """What a prepared data set is, from its run card alone. Raises BundleError."""
    stored = read_card(name).get("description", {})
    try:
        lists = {key: tuple(value) for key, value in stored.items() if isinstance(value, list)}
        return DatasetCard(**{**stored, **lists})
    except (TypeError, AttributeError) as error:
        raise BundleError(f"The run card of {name!r} describes no data set. {_remedy(name)}") from error


def read_card(name: str) -> dict[str, Any]:
    """The run card of a prepared data set. Raises BundleError."""
    with _in_words(name):
        return _read(name).content


def version_folder(name: str) -> Path:
    """The folder of the bundle that is in force. Raises BundleError."""
    with _in_words(name):
        return _read(name).folder


def save_bundle(bundle: Bundle) -> None:
    """Writes all files of a bundle into its folder, a fresh version, and brings it into force; an older one goes.

    bundle.folder holds what was written before: the models of BERT and XLNET where they were made for the data.
    Raises BundleError where a file is missing that the card speaks of; the older bundle stays then.
    """
    folder = bundle.folder
    bundle.catalog.save(folder / TABLES)
    inputs, model = bundle.inputs, bundle.recommender
    texts = {"item_bert": inputs.item_bert, "item_text": inputs.item_text, "event_text": inputs.event_text}
    save_file({**texts, "word2vec": bundle.word2vec}, folder / VECTORS)
    weights = {f"fusion.{name}": value for name, value in model.fusion.state_dict().items()}
    closed = {f"linear.{each}": getattr(model.linear, each) for each in _CLOSED}
    closed |= {_stored(each.name): each.weights for each in model.linear.event_branches}
    save_file({name: value.contiguous() for name, value in {**weights, **closed}.items()}, folder / MODEL)
    commit_bundle(folder, bundle.card)


def commit_bundle(folder: Path, card: Mapping[str, Any]) -> None:
    """Brings what was written to `folder` into force, with its card. Raises BundleError for a file that is missing."""
    name = str(card["dataset"])
    lacking = [each for each in _needed(card) if not (folder / each).is_file()]
    if lacking:
        raise BundleError(f"The bundle of {name!r} was not saved, for it lacks {', '.join(lacking)}. {_remedy(name)}")
    versions.commit(bundle_marker(name), folder, card)


def load_bundle(name: str) -> Bundle:
    """The bundle of a data set. Raises BundleError that names the missing or altered file and the way out."""
    with _in_words(name):
        return versions.read_steadily(bundle_marker(name), _loaded)


def load_catalog(name: str) -> Catalog:
    """The tables of a bundle alone. Raises as `load_bundle` does."""
    with _in_words(name):
        return versions.read_steadily(bundle_marker(name), _catalog)


@contextmanager
def in_force(bundle: Bundle, doing: str) -> Iterator[None]:
    """Holds the name's lock, for writing beside a bundle what was made of it.

    Raises BundleError where the bundle was prepared anew or deleted since it was opened, InUseError while it is.
    """
    name = bundle.catalog.name
    with held(home(), name, doing):
        if not is_prepared(name) or read_card(name)["version"] != bundle.folder.name:
            raise BundleError(
                f"The data set {name!r} was prepared anew or deleted meanwhile, so this result is not of the model "
                "that is there now, and is not kept. Open it and start again."
            )
        yield


def withdraw_bundle(name: str) -> None:
    """From here on the bundle is not there for anybody; `erase_bundle` removes what it leaves. The lock is held."""
    bundle_marker(name).unlink(missing_ok=True)


def erase_bundle(name: str) -> list[str]:
    """Removes a bundle and its measured results; what could not be removed, each with the reason."""
    place = bundle_folder(name)
    broken = place.parent.glob(f".{name}.*")
    return [each for path in (place, *broken, quality_folder(name)) for each in files.remove(path)]


def bundle_leavings(name: str) -> bool:
    """Whether a broken run has left anything of a bundle, or of measured results."""
    return bool(versions.leavings(bundle_marker(name)) or _parts(name))


def sweep_bundle(name: str) -> None:
    """Removes `bundle_leavings`. The lock is held."""
    versions.sweep(bundle_marker(name))
    for part in _parts(name):
        files.remove(part)


def check_unseen(bundle: Bundle, scheme: str, seeds: int, visitors: bool = False) -> None:
    """Raises ConfigError where an adapted BERT has read what is to be found: on all splits but that which taught it."""
    if bundle.card.get("bert_adaptation") and (scheme != "random" or seeds > 1 or visitors):
        raise ConfigError(
            "This data set was prepared with an adapted BERT, which has read the train part of the first random split. "
            "Other splits and new visitors would ask for what it knows. Measure one random split without new visitors, "
            f"or prepare it anew without adaptation: `python -m kgrec_core prepare {bundle.catalog.name}`."
        )


def _loaded(marker: Marker) -> Bundle:
    folder, card = marker.folder, marker.content
    catalog = _catalog(marker)
    try:
        vectors, weights = load_file(folder / VECTORS), load_file(folder / MODEL)
        config = ModelConfig(**card["model"])
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
    except (OSError, SafetensorError) as error:
        raise VersionError(f"{folder} cannot be read ({error})") from error
    except (TypeError, ValueError, LookupError, RuntimeError, ConfigError) as error:
        told = " ".join(str(error).split())[:200]
        raise VersionError(f"{folder} was prepared by an older version: its parts do not fit ({told})") from error


def _catalog(marker: Marker) -> Catalog:
    versions.check(_fitting(marker))
    return Catalog.load(marker.folder / TABLES)


def _recommender(inputs: Inputs, weights: dict[str, torch.Tensor], config: ModelConfig) -> Recommender:
    world = inputs.world(config)
    sequence = EventBranch(SEQUENCE, weights[_stored(SEQUENCE)], fades=True)
    closed = {each: weights[f"linear.{each}"] for each in _CLOSED}
    linear = ClosedForm(weights[_stored(COLLABORATIVE)], more=(sequence,), recency=config.recency, **closed)
    fusion = Fusion(network_sizes(world, linear), config)
    fusion.load_state_dict(
        {name.removeprefix("fusion."): value for name, value in weights.items() if name.startswith("fusion.")}
    )
    return Recommender(world, linear, fusion.eval().requires_grad_(False))


def _stored(branch: str) -> str:
    """The name of an event branch in the file of the weights."""
    return "linear.weights" if branch == COLLABORATIVE else f"linear.{branch}"


def _parts(name: str) -> list[Path]:
    return [*quality_folder(name).glob(f".*{files.PART}"), *bundle_folder(name).glob(f"v*/.*{files.PART}")]


def _read(name: str) -> Marker:
    return _fitting(versions.read(bundle_marker(name)))


def _fitting(marker: Marker) -> Marker:
    """The marker. Raises VersionError for a card of other kinds of values, or of files that it does not list."""
    name = marker.path.parent.name
    if "model" not in marker.content or marker.content.get("dataset") != name:
        raise VersionError(f"{marker.path} holds no model of {name!r}")
    wrong = [each for each, kind in _KINDS.items() if not isinstance(marker.content.get(each, kind()), kind)]
    if wrong:
        raise VersionError(f"{marker.path} holds something else than is asked for in {', '.join(wrong)}")
    lacking = [each for each in _needed(marker.content) if each not in marker.files]
    if lacking:
        raise VersionError(f"{marker.path} does not list {', '.join(lacking)}")
    return marker


def _needed(card: Mapping[str, Any]) -> list[str]:
    """What must be in a bundle; "" for the name of a language model says that it was made for the data."""
    tables = [f"{TABLES}/{name}" for name in _TABLE_FILES]
    own = [folder for folder in (BERT, XLNET) if not card["names"].get(folder)] if "names" in card else []
    models = [f"{folder}/{name}" for folder in own for name in _MODEL_FILES]
    return [*tables, VECTORS, MODEL, *models]


@contextmanager
def _in_words(name: str) -> Iterator[None]:
    try:
        yield
    except (VersionError, DataError) as error:
        told = (
            f"The data set {name!r} is not prepared: there is no {bundle_marker(name)}"
            if not is_prepared(name)
            else error
        )
        raise BundleError(f"{str(told).rstrip('.')}. {_remedy(name)}") from error


def _remedy(name: str) -> str:
    return f"Run `python -m kgrec_core prepare {name}`."
