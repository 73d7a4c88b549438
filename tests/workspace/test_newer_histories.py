"""A model reads what people did since it was trained at once, and says what it lacks."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pandas as pd
import pytest

from kgrec_core import Visitor, service
from kgrec_core.__main__ import main
from kgrec_core.config import ModelConfig
from kgrec_core.data.disk.writable_folders import home as kept_in
from kgrec_core.data.import_report import ImportReport
from kgrec_core.data.ingest import imported_sets
from kgrec_core.data.ingest.import_choice import Choice
from kgrec_core.data.ingest.importer import Imported
from kgrec_core.data.ingest.pseudonyms import Pseudonyms
from kgrec_core.data.values.scales import Scale
from kgrec_core.workspace import own_data
from kgrec_core.workspace.own_data import Given
from tests.stored_files import rewrite_card
from tests.worlds import tiny_catalog

KEY = Pseudonyms(b"k" * 32)
HEADER = "user_id,item_id,rating,timestamp"
MEANINGS = {"user_id": "user_id", "item_id": "item_id", "rating": "value", "timestamp": "timestamp"}
SINCE = 2_000_000


@pytest.fixture
def home(tiny_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The tiny films as an imported data set with hashed ids, and the model that was made of it."""
    shutil.copytree(tiny_home, tmp_path / "home")
    monkeypatch.setenv("KGREC_HOME", str(tmp_path / "home"))
    catalog = tiny_catalog()
    report = ImportReport("tiny", "plain", "Tables", "video", 16, 14, 160, 80, 40, (), (), (), None, 0.0)
    made = Imported(catalog, report, pd.DataFrame(), (), Choice(keep_user_ids=True), Scale(1, 5, 1))
    imported_sets.save_imported(kept_in(), made, None)
    card = tmp_path / "home" / "bundles" / "tiny" / "run_card.json"
    rewrite_card(card, lambda content: content.update(imported_hash=own_data.data_hash("tiny")))
    return tmp_path


def add(folder: Path, *lines: str, items: str = "") -> None:
    path, more = folder / "newer.csv", folder / "goods.csv"
    path.write_text("\n".join([HEADER, *lines]) + "\n", encoding="utf-8")
    given = [Given(path, "interactions")]
    if items:
        more.write_text(f"item_id,title,genre\n{items}\n", encoding="utf-8")
        given.append(Given(more, "items"))
    assert own_data.add_files("tiny", given, Choice(mapping=MEANINGS)).ok


def listed(opened: service.Service, who: object) -> list[tuple[str, float]]:
    return [(row.item.item_id, row.score) for row in opened.recommend(who, k=14).items]  # type: ignore[arg-type]


def test_a_new_user_gets_what_a_visitor_with_that_history_gets(home: Path) -> None:
    add(home, f"new,f0,4,{SINCE}", f"new,f2,4,{SINCE + 1}")  # what a like of a visitor counts for
    opened = service.open("tiny")
    assert listed(opened, "new") == listed(opened, Visitor(["f0", "f2"]))
    assert {event.item.item_id for event in opened.history("new")} == {"f0", "f2"}
    assert len(opened.users()) == 16 + 1


def test_what_a_known_user_did_since_changes_the_list(home: Path) -> None:
    before = service.open("tiny")
    new = before.recommend("u0").items[0].item.item_id
    add(home, f"u0,{new},5,{SINCE}")
    after = service.open("tiny")
    assert new not in [item for item, _ in listed(after, "u0")]
    assert len(after.history("u0")) == len(before.history("u0")) + 1


def test_explanations_are_of_the_newer_history_and_add_up(home: Path) -> None:
    add(home, f"new,f0,5,{SINCE}", f"new,f2,5,{SINCE + 1}")
    opened = service.open("tiny")
    item, score = listed(opened, "new")[0]
    found = opened.explain("new", item)
    assert found.score == pytest.approx(score, abs=1e-6)
    assert found.base + sum(part.value for part in found.attributions) == pytest.approx(found.score, abs=1e-3)
    assert opened.why_not("new", listed(opened, "new")[-1][0], k=3).sentence


def test_it_says_since_when_it_was_not_trained_and_what_it_lacks(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    add(home, f"u0,new1,5,{SINCE}", f"u2,new1,5,{SINCE}", f"other,new1,4,{SINCE}", items="new1,Comet 99,Sci-Fi")
    opened = service.open("tiny")
    assert "without the 3 newest interactions and the newest item" in opened.stale
    assert "prepare tiny" in opened.stale and "older than its data" not in opened.stale
    (card,) = [card for card in service.datasets() if card.name == "tiny"]
    assert card.stale == "" and "New items join the lists with the next training" in card.newer
    assert "prepare" not in card.newer  # screens have a button
    assert main(["recommend", "tiny", "--user", "u0", "--json"]) == 0
    said = capsys.readouterr()
    assert "newest item" in json.loads(said.out)["stale"] and "Note: Trained on" in said.err


def test_who_met_only_new_items_gets_what_somebody_unknown_gets(home: Path) -> None:
    add(home, f"other,new1,4,{SINCE}", items="new1,Comet 99,Sci-Fi")
    opened = service.open("tiny")
    assert listed(opened, "other") == listed(opened, Visitor())
    assert opened.history("other") == ()


def test_an_open_data_set_says_that_rows_were_added_since(home: Path) -> None:
    opened = service.open("tiny")
    add(home, f"u0,f1,5,{SINCE}")
    assert "were added" in opened.stale and "Open it again" in opened.stale
    assert opened.recommend("u2").items


def test_data_that_were_replaced_are_not_taken_for_newer_rows(home: Path) -> None:
    add(home, f"u0,f1,5,{SINCE}")
    path = home / "other.csv"
    rows = [f"u{n},f{m},{1 + (n + m) % 5},{SINCE}" for n in range(12) for m in range(n % 3, 12, 3)]
    path.write_text("\n".join([HEADER, *rows]), encoding="utf-8")
    own_data.import_files("tiny", [Given(path, "interactions")], Choice(keep_user_ids=True), replace=True)
    assert "older than its data" in service.open("tiny").stale


def test_all_of_it_is_trained_on_by_the_next_training(home: Path) -> None:
    from kgrec_core.config import TrainConfig
    from kgrec_core.workspace.prepare import prepare

    add(home, f"u0,new1,5,{SINCE}", f"u2,new1,5,{SINCE}", items="new1,Comet 99,Sci-Fi")
    stored = own_data.stored("tiny")
    prepare(stored.catalog, ModelConfig(ridge=5.0), TrainConfig(epochs=1, batch_users=8, folds=2), origin=stored)
    opened = service.open("tiny")
    assert opened.stale == ""
    assert "new1" in {card.item_id for card in opened.items()}
