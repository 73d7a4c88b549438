"""A run card that was edited, damaged or written by another version is told in a sentence, whatever reads it."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from kgrec_core import service
from kgrec_core.config import ModelConfig
from kgrec_core.errors import BundleError
from kgrec_core.model.bundle import load_bundle, read_card, read_dataset_card
from kgrec_core.workspace import measured_quality, training_runs
from tests.stored_files import bundle_version, rewrite_card

READERS: tuple[Callable[[str], object], ...] = (
    service.open,
    service.catalog_of,
    load_bundle,
    read_card,
    read_dataset_card,
    training_runs.record,
    training_runs.curve,
    training_runs.adaptation,
    measured_quality.first_measure,
    lambda name: measured_quality.quality_table(name, "random"),
    lambda name: measured_quality.published_table(name, "random"),
)
WRONG: tuple[object, ...] = ("text", 7, None, [], ["x"], {}, {"x": None}, True)
VALUES = (
    "description", "model", "training", "names", "encoders", "seconds", "metrics", "losses", "validation", "versions"
)  # fmt: skip
OTHERS = (
    "dataset", "data_hash", "imported_hash", "best_epoch", "protocol", "bert_adaptation", "files", "version", "digest"
)  # fmt: skip


@pytest.fixture
def card(tiny_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(tiny_home, tmp_path / "home")
    monkeypatch.setenv("KGREC_HOME", str(tmp_path / "home"))
    return tmp_path / "home" / "bundles" / "tiny" / "run_card.json"


def all_tell(what: str) -> None:
    for reader in READERS:
        with pytest.raises(BundleError, match=rf"run_card\.json.*{what}.*`python -m kgrec_core prepare tiny`"):
            reader("tiny")
    trouble = {each.name: each.trouble for each in service.datasets()}["tiny"]
    assert re.search(what, trouble)


@pytest.mark.parametrize("key", (*VALUES, *OTHERS))
def test_whatever_stands_in_the_place_of_a_value_is_told(card: Path, key: str) -> None:
    content = json.loads(card.read_text("utf-8"))
    for wrong in WRONG:
        if wrong == content.get(key):
            continue
        card.write_text(json.dumps({**content, key: wrong}), "utf-8")
        all_tell("was altered")
    card.write_text(json.dumps({name: value for name, value in content.items() if name != key}), "utf-8")
    all_tell("(was altered|an older version)" if key in content else "")


@pytest.mark.parametrize("text", ["", "{", "[]", "7", "null", '"x"', "{}", '{"files": {}, "model": {}}', "[" * 9999])
def test_what_is_no_run_card_is_told(card: Path, text: str) -> None:
    card.write_text(text, "utf-8")
    all_tell("")


@pytest.mark.parametrize("setting", asdict(ModelConfig()))
def test_no_setting_of_the_model_can_be_changed_unseen(card: Path, setting: str) -> None:
    content = json.loads(card.read_text("utf-8"))
    value = content["model"][setting]
    content["model"][setting] = 2 * value if value else 0.5
    card.write_text(json.dumps(content), "utf-8")
    all_tell("was altered")


@pytest.mark.parametrize(
    "key", ["description", "model", "training", "names", "encoders", "seconds", "metrics", "losses"]
)
def test_a_value_of_another_kind_is_told_even_where_the_digest_fits(card: Path, key: str) -> None:
    rewrite_card(card, lambda content: content.update({key: "text"}))
    all_tell(key)


def test_settings_that_no_model_has_are_told(card: Path) -> None:
    def changed(**settings: object) -> None:
        rewrite_card(card, lambda content: content["model"].update(settings))
        with pytest.raises(BundleError, match=r"older version.*prepare tiny"):
            load_bundle("tiny")

    changed(unheard_of=1)
    rewrite_card(card, lambda content: content["model"].pop("unheard_of"))
    changed(dim="many")


def test_a_card_that_does_not_list_a_file_that_must_be_there_is_told(card: Path) -> None:
    rewrite_card(card, lambda content: content["files"].pop("xlnet/model.safetensors"))
    all_tell(r"does not list xlnet/model\.safetensors")


def test_a_bundle_of_an_older_version_is_told_and_prepared_over(card: Path) -> None:
    """Its files stood beside the card, and the card had no digest."""
    content: dict[str, Any] = read_card("tiny")
    folder = bundle_version(card.parents[2], "tiny")
    for path in folder.iterdir():
        path.rename(card.parent / path.name)
    for name in ("version", "digest"):
        content.pop(name)
    card.write_text(json.dumps(content), "utf-8")
    all_tell("older version")
