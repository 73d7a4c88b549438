"""A model whose data were replaced says so wherever it answers, and answers nobody who is no longer in them."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from kgrec_core import service
from kgrec_core.__main__ import main
from kgrec_core.data.catalog import Catalog
from kgrec_core.data.disk.writable_folders import home as kept_in
from kgrec_core.data.import_report import ImportReport
from kgrec_core.data.ingest import imported_sets
from kgrec_core.data.ingest.importer import Imported
from kgrec_core.data.ingest.pseudonyms import Pseudonyms
from kgrec_core.errors import BundleError, DataError, UnknownIdError
from kgrec_core.model.bundle import in_force, load_bundle
from kgrec_core.schema.asker import Visitor
from kgrec_core.workspace import own_data
from tests.stored_files import rewrite_card
from tests.worlds import tiny_catalog

APP = str(Path(__file__).parents[2] / "app.py")
KEY = Pseudonyms(b"k" * 32)


def stored(catalog: Catalog, names: Pseudonyms | None = None) -> None:
    report = ImportReport("tiny", "plain", "Tables", "video", 16, 14, 160, 80, 40, (), (), (), None, 0.0)
    imported_sets.save_imported(kept_in(), Imported(catalog, report, pd.DataFrame(), ()), names)


def without(user: str, names: Pseudonyms | None = None) -> Catalog:
    """The tiny films after one viewer asked to be forgotten."""
    old = tiny_catalog()
    rows = old.interactions[old.interactions["user_id"] != user]
    return replace(old, interactions=rows if names is None else rows.assign(user_id=names.column(rows["user_id"])))


@pytest.fixture
def home(tiny_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The tiny films as an imported data set, and the model that was made of them."""
    home = tmp_path / "home"
    shutil.copytree(tiny_home, home)
    monkeypatch.setenv("KGREC_HOME", str(home))
    stored(tiny_catalog())
    card = home / "bundles" / "tiny" / "run_card.json"
    rewrite_card(card, lambda content: content.update(imported_hash=own_data.data_hash("tiny")))
    return home


def test_nothing_is_said_of_a_model_of_the_present_data(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    opened = service.open("tiny")
    assert opened.recommend("u0").stale == opened.stale == ""
    assert len(opened.users()) == 16
    assert main(["recommend", "tiny", "--user", "u0", "--json"]) == 0
    said = capsys.readouterr()
    assert json.loads(said.out)["stale"] == "" and "older" not in said.err


@pytest.mark.parametrize("names", [None, KEY])
def test_an_open_model_says_that_it_is_older_once_its_data_were_replaced(home: Path, names: Pseudonyms | None) -> None:
    opened = service.open("tiny")
    item = opened.recommend("u0").items[0].item.item_id
    stored(without("u0", names), names)
    for found in (opened.recommend("u2"), opened.why("u2", item), opened.explain("u2", item)):
        assert "older than its data" in found.stale and "prepare tiny" in found.stale
    assert "older" in {card.name: card.stale for card in service.datasets()}["tiny"]
    assert len(opened.recommend(Visitor(["f0"])).items) == 10  # visitors are asked for nothing that is kept
    stored(tiny_catalog())
    assert opened.recommend("u0").stale == ""


@pytest.mark.parametrize("names", [None, KEY])
def test_who_is_no_longer_in_the_data_gets_no_list(home: Path, names: Pseudonyms | None) -> None:
    opened = service.open("tiny")
    item = opened.recommend("u0").items[0].item.item_id
    stored(without("u0", names), names)
    for ask in (opened.recommend, opened.history):
        with pytest.raises(UnknownIdError, match=r"'u0' is no longer in the data set 'tiny'.*prepare tiny"):
            ask("u0")
    for tell in (opened.why, opened.explain, opened.trust, opened.trace):
        with pytest.raises(UnknownIdError, match="'u0' is no longer in the data set"):
            tell("u0", item)
    assert "u0" not in {card.user_id for card in opened.users()}
    assert all(card.user_id != "u0" for card in opened.users_who_liked("f0"))
    assert all(one.user.user_id != "u0" for one in opened.lists.personas(opened.users()))
    assert opened.add_item("Comet 99", facts=[("genre", "Sci-Fi")]).asked == 15


def test_the_command_line_says_it_beside_the_answer(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    stored(without("u0"))
    assert main(["recommend", "tiny", "--user", "u2", "--json"]) == 0
    said = capsys.readouterr()
    assert "older than its data" in json.loads(said.out)["stale"] and "Note: This model is older" in said.err
    assert main(["explain", "tiny", "--user", "u2", "--item", "f1", "--json"]) == 0
    assert "older than its data" in json.loads(capsys.readouterr().out)["stale"]
    assert main(["recommend", "tiny", "--user", "u0"]) == 2
    assert "no longer in the data set" in capsys.readouterr().err


def test_nothing_is_answered_from_a_data_set_that_was_deleted(home: Path) -> None:
    opened = service.open("tiny")
    own_data.delete_dataset("tiny")
    for ask in (
        lambda: opened.recommend("u0"),
        lambda: opened.recommend(Visitor(["f0"])),
        lambda: opened.why("u0", "f1"),
    ):
        with pytest.raises(UnknownIdError, match="'tiny' was deleted"):
            ask()
    with pytest.raises(UnknownIdError, match="no data set 'tiny'"):
        service.open("tiny")


def test_a_model_whose_data_cannot_be_read_says_what_is_wrong_with_them(home: Path) -> None:
    opened = service.open("tiny")
    imported_sets.marker(home, "tiny").write_text("{}")
    with pytest.raises(DataError, match=r"report\.json.*older version.*delete tiny"):
        opened.recommend("u0")


def test_the_pages_say_it_and_offer_to_train_again(home: Path) -> None:
    def warned(page: str) -> list[str]:
        app = AppTest.from_file(APP, default_timeout=60)
        app.query_params["dataset"] = "tiny"
        app.switch_page(page).run()
        assert not app.exception and not app.error
        return [each.value for each in app.warning]

    assert warned("pages/explore/recommend.py") == []
    stored(without("u0"))
    for page in ("pages/explore/recommend.py", "pages/judge/evaluate.py", "pages/build/train.py"):
        assert any("replaced after this model was trained" in text for text in warned(page)), page


def test_a_page_meets_what_another_process_has_deleted_with_a_sentence(home: Path) -> None:
    app = AppTest.from_file(APP, default_timeout=60)
    app.query_params["dataset"] = "tiny"
    app.switch_page("pages/explore/recommend.py").run()
    assert not app.exception and "for Viewer" in app.title[0].value
    own_data.delete_dataset("tiny")
    app.run()
    assert not app.exception
    assert "for Viewer" not in app.title[0].value


def test_what_was_measured_of_a_model_that_is_gone_is_not_kept(home: Path) -> None:
    bundle = load_bundle("tiny")
    with in_force(bundle, "keeping what was measured"):
        pass
    own_data.delete_dataset("tiny")
    with pytest.raises(BundleError, match="prepared anew or deleted"), in_force(bundle, "keeping what was measured"):
        raise AssertionError("nothing is written")
    assert not (home / "quality" / "tiny").exists()


def test_words_that_ask_for_a_language_model_which_is_gone_get_a_sentence(home: Path) -> None:
    opened = service.open("tiny")
    shutil.rmtree(load_bundle("tiny").folder)
    with pytest.raises(BundleError, match=r"'tiny' was prepared anew or deleted since it was opened.*Open it again"):
        opened.recommend(Visitor(request="comets and letters"))
