"""What the first visitor would wait for is done while the server starts, and never at the cost of a visitor."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from kgrec_core import service
from kgrec_core.schema.asker import Asker
from pages.start import warm_up
from pages.ui import resources

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    resources.forget_all()


def test_once_warm_the_data_are_open_and_the_first_answers_are_at_hand(
    tiny_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KGREC_HOME", str(tiny_home))
    warm_up.work()
    for name in ("recommend", "explain", "why", "trace"):
        monkeypatch.setattr(service.Service, name, _asked_again)
    monkeypatch.setattr(service, "open", _asked_again)
    people = resources.personas("tiny")
    asker = Asker(people[0].user.user_id if people else resources.opened("tiny").users()[0].user_id)
    item = resources.recommendations("tiny", asker, 10).items[0].item.item_id
    assert resources.explanation("tiny", asker, item, 10).item.item_id == item
    assert resources.trace("tiny", asker, item).item.item_id == item


def _asked_again(*_: object, **__: object) -> None:
    raise AssertionError("this was to be at hand")


def test_without_a_prepared_data_set_there_is_nothing_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KGREC_HOME", str(tmp_path))
    warm_up.work()


def test_what_a_killed_server_has_left_is_swept_at_the_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KGREC_HOME", str(tmp_path))
    for made in ("temporary/0a1b/000-raw", "bundles/shop/v0123456789abcdef/xlnet/model.safetensors"):
        (tmp_path / made).parent.mkdir(parents=True)
        (tmp_path / made).write_text("anna,1")
    warm_up.work()
    assert [path for path in tmp_path.rglob("*") if path.is_file() or "shop" in path.name] == []


def test_broken_data_are_left_to_the_page_that_says_what_is_wrong(
    tiny_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KGREC_HOME", str(tiny_home))
    cards = service.datasets()
    monkeypatch.setattr(service, "datasets", lambda: cards)
    monkeypatch.setenv("KGREC_HOME", str(tmp_path))  # what is called prepared is not there
    warm_up.work()


def test_nothing_is_made_ahead_while_someone_waits_for_a_page(tiny_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KGREC_HOME", str(tiny_home))
    asked: list[str] = []
    recommend = service.Service.recommend

    def noted(self: service.Service, *given: object, **more: object) -> object:
        asked.append("a list")
        return recommend(self, *given, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(service.Service, "recommend", noted)
    with warm_up.waiting():
        beside = threading.Thread(target=warm_up.work)
        beside.start()
        beside.join(timeout=3)
        assert beside.is_alive() and not asked
    beside.join()
    assert asked


def test_the_server_answers_before_torch_is_loaded() -> None:
    code = "import sys, app; sys.exit('torch' in sys.modules or 'pandas' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
