from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy import sparse

from kgrec_core import service
from kgrec_core.__main__ import main
from kgrec_core.config import ModelConfig, Recipe, TrainConfig
from kgrec_core.data.split import split_random
from kgrec_core.errors import ConfigError
from kgrec_core.evaluate.quality_run import Plan, measure_quality
from kgrec_core.model.bundle import load_bundle, read_card
from kgrec_core.text.bert_adaptation import AdaptConfig
from kgrec_core.text.documents import item_document
from kgrec_core.text.encoder import TextEncoder
from kgrec_core.text.interaction_adaptation import InteractionConfig, InteractionReport, adapt_to_interactions
from kgrec_core.workspace import prepare as preparing
from kgrec_core.workspace import terminal_commands, training_runs
from tests.worlds import tiny_catalog


@pytest.fixture(scope="module")
def adapted_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny data set, whose BERT has learnt a little from what people did."""
    home = tmp_path_factory.mktemp("adapted")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KGREC_HOME", str(home))
        short = AdaptConfig(pairs=32, batch=8, learning_rate=1e-4, layers=1)
        brief = TrainConfig(epochs=1, batch_users=8, folds=2)
        preparing.prepare(tiny_catalog(), ModelConfig(ridge=5.0), brief, adapt=short)
    return home


@pytest.fixture
def adapted(adapted_home: Path, monkeypatch: pytest.MonkeyPatch) -> service.Service:
    monkeypatch.setenv("KGREC_HOME", str(adapted_home))
    return service.open("tiny")


def test_the_adapted_bert_read_the_items_and_lies_in_the_bundle(adapted: service.Service) -> None:
    bundle = load_bundle("tiny")
    assert {"bert/model.safetensors", "bert/config.json"} <= bundle.card["files"].keys()
    document = item_document(bundle.catalog.item_rows()[0], bundle.catalog.domain)
    own = TextEncoder.load(str(bundle.folder / "bert"), device="cpu").encode([document])[0]
    assert np.allclose(own, bundle.inputs.item_bert[0].numpy(), atol=1e-5)


def test_a_visitor_s_words_go_through_the_adapted_bert(adapted: service.Service) -> None:
    bundle, reader = load_bundle("tiny"), adapted.reader
    line = "a comet in space"
    document = item_document({"item_id": "", "title": "", "text": line}, bundle.catalog.domain)
    own = TextEncoder.load(str(bundle.folder / "bert"), device="cpu").encode([document])[0]
    assert np.allclose(reader.tracer.bert_of_items.encode([document])[0], own, atol=1e-5)
    assert reader.tracer.bert_of_items.name == str(bundle.folder / "bert")


def test_the_run_card_and_the_trace_tell_of_the_adaptation(adapted: service.Service) -> None:
    card = read_card("tiny")
    assert card["bert_adaptation"]["pairs"] == 32 and card["seconds"]["adapt"] > 0
    assert "adapted to behaviour" in card["encoders"]["bert"]
    report = training_runs.adaptation("tiny")
    assert report is not None and report.pairs == 32
    assert adapted.recommend("u0", k=3).items


def test_one_that_learnt_from_interactions_lies_in_the_bundle_and_is_measured_on_what_it_has_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KGREC_HOME", str(tmp_path))
    taught: list[set[tuple[int, int]]] = []

    def adapted(name: str, documents: list[str], likes: sparse.csr_matrix, *rest: Any) -> InteractionReport:
        taught.append(set(zip(*(each.tolist() for each in likes.nonzero()), strict=True)))
        return adapt_to_interactions(name, documents, likes, *rest)

    monkeypatch.setattr(preparing, "adapt_to_interactions", adapted)
    brief = TrainConfig(epochs=1, batch_users=8, folds=2)
    short = InteractionConfig(layers=1, epochs=1, batch=4, dims=4)
    preparing.prepare(tiny_catalog(), ModelConfig(ridge=5.0), brief, adapt=short)
    bundle = load_bundle("tiny")
    test = split_random(bundle.inputs.interactions, 0).test
    assert taught[0] and not taught[0] & set(zip(test.users.tolist(), test.items.tolist(), strict=True))
    assert {"bert/model.safetensors", "bert/config.json"} <= bundle.card["files"].keys()
    assert bundle.card["bert_adaptation"]["by"] == "interactions"
    assert "adapted to interactions" in bundle.card["encoders"]["bert"]
    assert isinstance(training_runs.adaptation("tiny"), InteractionReport)
    with pytest.raises(ConfigError, match="which has read the train part of the first random split"):
        service.open("tiny").evaluate("random", 2)


def test_what_an_adapted_bert_has_read_is_not_asked_for(adapted: service.Service) -> None:
    for scheme, seeds in (("random", 2), ("temporal", 1)):
        with pytest.raises(ConfigError, match="which has read the train part of the first random split"):
            adapted.evaluate(scheme, seeds)
    with pytest.raises(ConfigError, match="new visitors"):
        measure_quality(load_bundle("tiny"), Plan("random", 1, ("ease",), visitors=True), TrainConfig())
    assert measure_quality(load_bundle("tiny"), Plan("random", 1, ("ease",), visitors=False), TrainConfig()).rows


def test_a_bundle_without_adaptation_says_so_and_reads_with_the_bert_that_came(tiny: service.Service) -> None:
    card = read_card("tiny")
    assert card["bert_adaptation"] is None and card["names"]["bert"]
    assert training_runs.adaptation("tiny") is None
    assert not any(file.startswith("bert/") for file in card["files"])


def test_the_option_reaches_the_training_from_the_command_line_and_from_the_app(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[object] = []
    monkeypatch.setattr("kgrec_core.workspace.prepare.prepare", lambda *_, adapt, **__: asked.append(adapt))
    monkeypatch.setattr("kgrec_core.workspace.registry._source_of", lambda *_: (tiny_catalog(), None))
    chosen = [
        terminal_commands.to_prepare("storefront", Recipe(adapt=adapt)) for adapt in ("words", "interactions", None)
    ]
    typed = (["prepare", "storefront", "--adapt"], ["prepare", "storefront", "--adapt", "interactions"])
    for words in (*typed, ["prepare", "storefront"], *chosen):
        assert main(words) == 0
    assert asked == [AdaptConfig(), InteractionConfig(), None] * 2
