"""Whoever answers for a data set finds its people by her own ids, and adds newer rows, in the browser."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from kgrec_core import service
from kgrec_core.data.catalog import Catalog
from kgrec_core.data.disk.writable_folders import home as kept_in
from kgrec_core.data.import_report import ImportReport
from kgrec_core.data.ingest import imported_sets
from kgrec_core.data.ingest.import_choice import Choice
from kgrec_core.data.ingest.importer import Imported
from kgrec_core.data.ingest.pseudonyms import Pseudonyms
from kgrec_core.data.values.scales import Scale
from kgrec_core.workspace import own_data
from kgrec_core.workspace.own_data import Given
from tests.build_screens import DATA, TRAIN, opened, words
from tests.own_tables import write_shop
from tests.stored_files import rewrite_card
from tests.worlds import tiny_catalog

LIST = "pages/explore/recommend.py"
KEY = Pseudonyms(b"k" * 32)


def named(catalog: Catalog) -> Catalog:
    """The tiny films with hashed ids and names: u0 and u1 have one name."""
    ids = catalog.user_vocab.ids
    calls = ["Anna" if user in ("u0", "u1") else f"Person {user}" for user in ids]
    users = pd.DataFrame({"user_id": [KEY.of(user) for user in ids], "display_name": calls})
    met = catalog.interactions
    return replace(catalog, users=users, interactions=met.assign(user_id=KEY.column(met["user_id"])))


@pytest.fixture
def home(tiny_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The tiny films as an imported data set with names, and a model of it."""
    home = tmp_path / "home"
    shutil.copytree(tiny_home, home)
    monkeypatch.setenv("KGREC_HOME", str(home))
    report = ImportReport("tiny", "plain", "Tables", "video", 16, 14, 160, 80, 40, (), (), (), None, 0.0)
    catalog = named(tiny_catalog())
    imported_sets.save_imported(kept_in(), Imported(catalog, report, pd.DataFrame(), (), Choice(), Scale(1, 5, 1)), KEY)
    hashed = own_data.data_hash("tiny")
    for path in home.glob("bundles/tiny/v*/catalog"):
        catalog.save(path)
    rewrite_card(home / "bundles" / "tiny" / "run_card.json", lambda card: card.update(imported_hash=hashed))
    return home


def asked(monkeypatch: pytest.MonkeyPatch, owner: str) -> AppTest:
    monkeypatch.setenv("KGREC_OWNER", owner)
    return opened(LIST, dataset="tiny")


def test_people_are_called_by_the_names_that_were_kept(home: Path) -> None:
    found = service.open("tiny")
    labels = {card.user_id: card.label for card in found.users()}
    assert labels[KEY.of("u2")] == "Person u2"
    assert labels[KEY.of("u0")] == f"Anna ({KEY.of('u0')})"  # two people have the name
    assert found.user_id("u2") == found.user_id("Person u2") == KEY.of("u2")


def test_the_owner_finds_somebody_by_her_own_id(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = asked(monkeypatch, "1")
    app.text_input(key="owner_typed").set_value("u5").run()
    assert not app.exception and "Person u5" in app.title[0].value
    app.text_input(key="owner_typed").set_value("nobody").run()
    assert not app.exception and any("is not among the 16 users" in each.value for each in app.warning)


def test_nobody_else_is_offered_it(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = asked(monkeypatch, "0")
    assert "owner_typed" not in {each.key for each in app.text_input}


def test_it_is_a_choice_where_the_browser_is_on_this_machine(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KGREC_OWNER", raising=False)
    monkeypatch.setattr("pages.ui.owner._local", lambda: True)
    app = opened(LIST, dataset="tiny")
    assert "owner_typed" not in {each.key for each in app.text_input}
    app.switch_page(DATA).run()
    app.toggle(key="owner_toggle").set_value(True).run()
    app.switch_page(LIST).run()
    assert "owner_typed" in {each.key for each in app.text_input}


def test_newer_rows_are_added_on_the_card_of_a_data_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KGREC_HOME", str(tmp_path / "home"))
    buys, goods = write_shop(tmp_path)
    own_data.import_files("shop", [Given(buys, "interactions"), Given(goods, "items")])
    newer = b"customer,product_id,rating,date\nc0,p2,5,2024-09-01\nnew,p4,5,2024-09-01\n"
    app = opened(DATA)
    app.file_uploader(key="own_newer_files_shop").set_value([("newer.csv", newer, "text/csv")]).run()
    app.button(key="own_newer_add_shop").click().run()
    assert not app.exception and not app.error
    assert "Added: 2 interactions, 1 user, 0 items, 0 facts" in words(app)
    assert "26 people" in words(app)


def test_too_few_data_are_said_in_red_before_anything_is_trained(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KGREC_HOME", str(tmp_path / "home"))
    path = tmp_path / "met.csv"
    rows = [f"u{user},i{item}" for user in range(20) for item in range(5) if (user + item) % 3]
    path.write_text("\n".join(["user_id,item_id", *rows]), encoding="utf-8")
    own_data.import_files("few", [Given(path, "interactions")])
    app = opened(TRAIN, dataset="few")
    assert not app.exception
    assert ["Too few to learn from" in each.value for each in app.error] == [True]
    assert app.button(key="train_start").disabled
