"""A data set is deleted on the screen Data, undone, and gone in time."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.runtime.caching import clear_session_resource_cache

from kgrec_core.data.disk import files, undo_delete
from kgrec_core.data.disk.locks import held
from kgrec_core.workspace import own_data
from pages.build import deleted_sets
from tests.build_screens import DATA, opened, words
from tests.own_tables import write_shop
from tests.stored_files import key_file


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KGREC_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def shop(tmp_path: Path) -> list[own_data.Given]:
    buys, goods = write_shop(tmp_path)
    return [own_data.Given(buys), own_data.Given(goods)]


def test_deleting_asks_first_and_leaves_nothing(
    home: Path, shop: list[own_data.Given], monkeypatch: pytest.MonkeyPatch
) -> None:
    own_data.import_files("shop", shop)
    assert key_file(home, "shop").is_file()
    leavings = ("datasets/shop/vectors", "bundles/shop/xlnet", "bundles/shop/bert", "bundles/.shop.new", "quality/shop")
    for made in leavings:  # what preparing, a broken run and measuring leave
        (home / made).mkdir(parents=True)
        (home / made / "x.safetensors").write_bytes(b"x")
    app = opened(DATA)
    app.button(key="own_delete_shop").click().run()
    assert own_data.is_imported("shop")
    monkeypatch.setattr("kgrec_core.data.disk.locks._PATIENCE", 0.0)
    with held(home, "shop", "preparing it"):  # pages are made in another thread
        app.button(key="own_delete_sure").click().run()
    assert "is preparing it" in app.error[0].value and own_data.is_imported("shop")
    app.button(key="own_delete_shop").click().run()
    app.button(key="own_delete_sure").click().run()
    assert not app.exception
    assert "**Shop** is deleted. For 10 seconds you can undo that" in words(app)
    monkeypatch.setattr(undo_delete, "UNDO_SECONDS", 0.0)
    own_data.purge_deleted()
    clear_session_resource_cache("test session id")  # a session holds a folder for uploads until it ends
    assert [path for path in home.rglob("*") if path.is_file() or "shop" in path.name] == []


def test_what_was_deleted_is_brought_back_by_undo_and_the_page_says_so_for_ten_seconds_alone(
    home: Path, shop: list[own_data.Given], monkeypatch: pytest.MonkeyPatch
) -> None:
    own_data.import_files("shop", shop)
    before = files.hashes(home / "datasets")
    app = opened(DATA)
    app.button(key="own_delete_shop").click().run()
    app.button(key="own_delete_sure").click().run()
    assert own_data.imported_names() == () and "own_delete_shop" not in {each.key for each in app.button}
    app.button(key="own_undo_shop").click().run()
    assert not app.exception and "is deleted" not in words(app)
    assert files.hashes(home / "datasets") == before and app.button(key="own_delete_shop")
    app.button(key="own_delete_shop").click().run()
    app.button(key="own_delete_sure").click().run()
    (here,) = app.session_state["own_deleted"]
    app.session_state["own_deleted"] = (replace(here, until=time.monotonic()),)
    app.run()
    assert "**Shop** is gone for good." in words(app) and "own_undo_shop" not in {each.key for each in app.button}
    assert "gone for good" not in words(app.run())


def test_undo_says_in_words_that_the_name_was_taken(home: Path, shop: list[own_data.Given]) -> None:
    own_data.import_files("shop", shop)
    app = opened(DATA)
    app.button(key="own_delete_shop").click().run()
    app.button(key="own_delete_sure").click().run()
    own_data.import_files("shop", shop)
    app.button(key="own_undo_shop").click().run()
    assert not app.exception
    assert "another one was saved under this name since" in app.error[0].value
    assert own_data.imported_names() == ("shop",)


def test_what_is_deleted_goes_from_the_disk_though_nobody_looks_at_a_page(
    home: Path, shop: list[own_data.Given], monkeypatch: pytest.MonkeyPatch
) -> None:
    own_data.import_files("shop", shop)
    monkeypatch.setattr(undo_delete, "UNDO_SECONDS", 0.5)
    own_data.delete_with_undo("shop")
    assert list((home / "deleted").iterdir())
    deleted_sets.purge_in_time()
    for _ in range(100):
        if not list((home / "deleted").iterdir()):
            break
        time.sleep(0.1)
    assert list((home / "deleted").iterdir()) == []
