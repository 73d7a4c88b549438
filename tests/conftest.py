"""What every test starts from: no bundle of whoever runs the tests, and the models that the requirements bring."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:  # torch takes seconds; tests that need no model start without it
    from kgrec_core.service import Service


@pytest.fixture(scope="session", autouse=True)
def _own_surroundings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KGREC_HOME", str(tmp_path_factory.mktemp("home")))
        for name in ("KGREC_BERT", "KGREC_XLNET"):
            patch.delenv(name, raising=False)
        yield


@pytest.fixture(scope="session")
def tiny_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home that holds the prepared data set `tiny`, encoded by the real BERT and a compact XLNet of its own."""
    from itertools import count

    from kgrec_core.config import ModelConfig, TrainConfig
    from kgrec_core.model import training
    from kgrec_core.workspace.prepare import prepare
    from tests.worlds import tiny_catalog

    home = tmp_path_factory.mktemp("tiny")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KGREC_HOME", str(home))
        better = count()
        patch.setattr(training, "_validate", lambda *asked: next(better))  # so that the network speaks
        model = ModelConfig(ridge=5.0, unknown_half_life=7.0)  # so that content speaks for all
        prepare(tiny_catalog(), model, TrainConfig(epochs=2, batch_users=8, folds=2))
    return home


@pytest.fixture
def home(tiny_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of `tiny_home` that a test may change."""
    shutil.copytree(tiny_home, tmp_path / "home")
    monkeypatch.setenv("KGREC_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def tiny(tiny_home: Path, monkeypatch: pytest.MonkeyPatch) -> Service:
    from kgrec_core import service

    monkeypatch.setenv("KGREC_HOME", str(tiny_home))
    return service.open("tiny")
