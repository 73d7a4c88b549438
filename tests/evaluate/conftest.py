"""The little world of films, and the prepared data set `tiny` where results may be stored, as fixtures."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kgrec_core.model.bundle import Bundle, load_bundle
from tests.film_world import (
    short_training,
    small_model,
    tiny_fusion,
    tiny_graph,
    tiny_inputs,
    tiny_recommender,
    tiny_world,
)

__all__ = [
    "short_training",
    "small_model",
    "tiny_fusion",
    "tiny_graph",
    "tiny_inputs",
    "tiny_recommender",
    "tiny_world",
]


@pytest.fixture(scope="module")
def bundle(tiny_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Bundle:
    """The tiny data set in a home of its own, since results are stored there."""
    home = tmp_path_factory.mktemp("evaluated")
    shutil.copytree(tiny_home, home, dirs_exist_ok=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KGREC_HOME", str(home))
        return load_bundle("tiny")


@pytest.fixture
def its_home(bundle: Bundle, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KGREC_HOME", str(bundle.folder.parents[2]))
