"""From a catalog to a bundle: encode, build the graph, train, measure beside the closed forms, save."""

from __future__ import annotations

import os
import platform
import time
from dataclasses import asdict, replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import torch

from kgrec_core.config import ModelConfig, TrainConfig
from kgrec_core.data.catalog import Catalog
from kgrec_core.data.catalog_checks import check_catalog
from kgrec_core.data.dataset_counts import describe
from kgrec_core.data.disk import versions
from kgrec_core.data.disk.locks import held
from kgrec_core.data.disk.writable_folders import ANOTHER_HOME, home, writing
from kgrec_core.data.ingest.stored_version import Stored
from kgrec_core.data.interactions import Interactions
from kgrec_core.data.split import Split, split_random
from kgrec_core.data.training_outlook import outlook
from kgrec_core.errors import ConfigError, DataError
from kgrec_core.evaluate.compared_models import Trial
from kgrec_core.evaluate.protocol import protocol
from kgrec_core.evaluate.quality_run import first_rows
from kgrec_core.graph.typed_graph import build_graph
from kgrec_core.model.bundle import BERT, CARD, XLNET, Bundle, bundle_folder, save_bundle
from kgrec_core.model.inputs import Inputs
from kgrec_core.model.training import TrainReport, knowing, score_users, train
from kgrec_core.schema.evaluation import EvaluationRow
from kgrec_core.schema.progress import Progress, no_progress, part_of
from kgrec_core.text.behaviour_text import read_behaviour
from kgrec_core.text.bert_adaptation import AdaptConfig, AdaptReport, adapt_bert
from kgrec_core.text.catalog_vectors import CatalogVectors, bert_name, encode_catalog
from kgrec_core.text.characters import told
from kgrec_core.text.documents import item_document
from kgrec_core.text.interaction_adaptation import InteractionConfig, InteractionReport, adapt_to_interactions
from kgrec_core.text.tfidf_and_word2vec import word2vec_vectors
from kgrec_core.workspace.kept_memory import kept_memory

_ADAPTING = 0.3  # share of the work until BERT has learnt, where it learns


def prepare(
    catalog: Catalog,
    model: ModelConfig | None = None,
    config: TrainConfig | None = None,
    progress: Progress = no_progress,
    adapt: AdaptConfig | InteractionConfig | None = None,
    origin: Stored | None = None,
) -> Path:
    """The folder of the new bundle. An older bundle of that name stays in force until the new one is whole.

    adapt: how BERT is first taught by what people did in the train part, by its words or by who liked what; it stays as
    it came when None.
    origin: the imported data set that the catalog was taken from, so that a model which is older than it is known.
    Raises DataError for too few items or people; ConfigError for `ModelConfig.by_time`: who asks for a list brings a
    history without times; and InUseError while another run writes to that name.

    The network is trained and measured on the random split of `config.seed`; the closed form that is served is then
    fitted again on all interactions, with the same settings. Nothing is measured where nothing of the test part is
    liked.
    """
    model, config = model or ModelConfig(), config or TrainConfig()
    if model.recency is not None:
        raise ConfigError("A model that reads the order of a history can be measured, not served; leave recency out.")
    check_catalog(catalog)
    _check_enough(catalog)
    with held(home(), catalog.name, "preparing it"), versions.fresh(bundle_folder(catalog.name) / CARD) as fresh:
        return _prepared(catalog, (model, config), fresh, progress, adapt, origin)


def _prepared(
    catalog: Catalog,
    settings: tuple[ModelConfig, TrainConfig],
    fresh: Path,
    progress: Progress,
    adapt: AdaptConfig | InteractionConfig | None,
    origin: Stored | None,
) -> Path:
    (model, config), clock = settings, _Clock()
    interactions = Interactions.from_catalog(catalog)
    split = split_random(interactions, config.seed)
    adapted = None
    if adapt:
        part_of_progress = part_of(progress, 0.0, _ADAPTING)
        adapted = (fresh / BERT, adapt_to(catalog, split, fresh / BERT, adapt, part_of_progress))
        clock.lap("adapt")
    part_of_progress = part_of(progress, _ADAPTING if adapt else 0.0, 0.65)
    vectors = encode_catalog(catalog, _vector_folder(origin), fresh / XLNET, part_of_progress, adapted)
    clock.lap("encode")
    inputs = inputs_of(catalog, interactions, vectors)
    world, training = inputs.world(model), inputs.training_set(split.train, model)
    with kept_memory():
        recommender, report = train(world, training, split.valid, model, config, part_of(progress, 0.65, 0.93))
    clock.lap("train")
    progress("Measuring beside simpler models", 0.93)
    documents = tuple(item_document(row, catalog.domain) for row in catalog.item_rows())
    rows: list[EvaluationRow] = []
    if (split.test.values >= catalog.domain.positive_value).any():  # few data may leave nothing to be asked for
        trial = Trial(inputs, documents, split, model, config)
        rows = first_rows(trial, score_users(recommender, training), clock.laps["train"])
    clock.lap("measure")
    progress("Saving", 0.98)
    everything = inputs.training_set(inputs.interactions, model)
    served = knowing(recommender, everything, model)
    word2vec = word2vec_vectors(documents)
    clock.lap("rest")
    card = _card(catalog, vectors, report, rows, (model, config), clock.laps)
    card["imported_hash"] = origin.data_hash if origin else ""
    with writing(home(), ANOTHER_HOME):
        save_bundle(Bundle(fresh, catalog, inputs, served, torch.from_numpy(word2vec), model, card))
    progress("Ready", 1.0)
    return fresh


def _check_enough(catalog: Catalog) -> None:
    """An XLNet that is trained already reads the texts of any few items."""
    too_few = outlook(catalog).too_few
    if too_few and not os.environ.get("KGREC_XLNET"):
        raise DataError(too_few)


def adapt_to(
    catalog: Catalog,
    split: Split,
    folder: Path,
    config: AdaptConfig | InteractionConfig,
    progress: Progress = no_progress,
) -> AdaptReport | InteractionReport:
    """Teaches BERT by the train part of a split, and by nothing else of the interactions, into `folder`."""
    if isinstance(config, InteractionConfig):
        documents = [item_document(row, catalog.domain) for row in catalog.item_rows()]
        liked = split.train.values >= catalog.domain.positive_value
        likes = split.train.matrix(len(catalog.user_vocab), len(catalog.item_vocab), liked)
        return adapt_to_interactions(bert_name(), documents, likes, folder, config, progress)
    behaviour = read_behaviour(catalog, split.train, np.random.default_rng(config.seed))
    return adapt_bert(bert_name(), behaviour, folder, config, progress)


def _vector_folder(origin: Stored | None) -> Path:
    """Imported texts stay with the version of their data set, so that no trace of them is left when it goes."""
    return (origin.folder if origin else home()) / "vectors"


def inputs_of(catalog: Catalog, interactions: Interactions, vectors: CatalogVectors) -> Inputs:
    """What training reads of a catalog and its vectors."""
    return Inputs(
        users=len(catalog.user_vocab),
        interactions=interactions,
        graph=build_graph(catalog),
        item_bert=torch.from_numpy(vectors.item_bert),
        item_text=torch.from_numpy(vectors.item_text),
        event_text=torch.from_numpy(vectors.event_text),
        domain=catalog.domain,
    )


def _card(
    catalog: Catalog,
    vectors: CatalogVectors,
    report: TrainReport,
    rows: list[EvaluationRow],
    settings: tuple[ModelConfig, TrainConfig],
    seconds: dict[str, float],
) -> dict[str, Any]:
    adapted = vectors.adaptation
    packages = ("torch", "transformers", "torch-geometric", "numpy", "scikit-learn")
    own = vectors.pretraining
    reading = f"The language model {told(vectors.unread)}." if vectors.unread else ""
    taught = "interactions" if isinstance(adapted, InteractionReport) else "behaviour"
    bert = f"{Path(bert_name()).name}, adapted to {taught}" if adapted else Path(vectors.bert).name
    return {
        "dataset": catalog.name,
        "description": asdict(replace(describe(catalog, prepared=True), reading=reading)),
        "data_hash": catalog.content_hash(),
        "model": asdict(settings[0]),
        "training": asdict(settings[1]),
        "encoders": {
            "bert": f"{bert}; {told(vectors.unread)}" if vectors.unread else bert,
            "xlnet": "compact" if own else Path(vectors.xlnet).name,
        },
        "names": {"bert": "" if adapted else vectors.bert, "xlnet": "" if own else vectors.xlnet},  # "": in the bundle
        "unread_words": vectors.unread,
        "bert_adaptation": {"by": adapted.by, **asdict(adapted)} if adapted else None,
        "xlnet_pretraining": asdict(own) if own else None,
        "validation": list(report.validation),
        "losses": list(report.losses),
        "best_epoch": report.best_epoch,
        "protocol": protocol("random", 1, settings[1].seed),
        "metrics": [asdict(row) for row in rows],
        "seconds": {name: round(value, 1) for name, value in seconds.items()},
        "versions": {"python": platform.python_version(), **{name: version(name) for name in packages}},
    }


class _Clock:
    """Seconds of each stage."""

    def __init__(self) -> None:
        self.laps: dict[str, float] = {}
        self._since = time.perf_counter()

    def lap(self, name: str) -> None:
        now = time.perf_counter()
        self.laps[name], self._since = now - self._since, now
