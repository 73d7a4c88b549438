from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kgrec_core.config import ModelConfig, TrainConfig
from kgrec_core.workspace.prepare import prepare
from tests.docs.stand_in import small_movies


@pytest.fixture(scope="session")
def movies_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home that holds the small `movies`, prepared."""
    home = tmp_path_factory.mktemp("documented")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KGREC_HOME", str(home))
        prepare(small_movies(), ModelConfig(ridge=5.0), TrainConfig(epochs=2, batch_users=8, folds=2))
    return home


@pytest.fixture
def reader(movies_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of somebody who follows a page: they have prepared `movies`, and work in an empty folder."""
    shutil.copytree(movies_home, tmp_path / "home")
    monkeypatch.setenv("KGREC_HOME", str(tmp_path / "home"))
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.chdir(work)
    return work
