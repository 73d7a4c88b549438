from __future__ import annotations

import shutil
import time
from dataclasses import asdict
from pathlib import Path

import pytest
from streamlit.runtime.caching import clear_session_resource_cache
from streamlit.testing.v1 import AppTest

from kgrec_core.config import ADAPTATIONS
from kgrec_core.data.training_outlook import outlook
from kgrec_core.text.bert_adaptation import AdaptReport
from kgrec_core.text.interaction_adaptation import InteractionReport
from kgrec_core.workspace import expected_duration, own_data, training_runs
from pages.build import saving
from tests.build_screens import DATA, TRAIN, dropped_in, opened, words
from tests.own_tables import write_shop
from tests.stored_files import rewrite_card
from tests.worlds import tiny_catalog


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KGREC_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def shop(tmp_path: Path) -> list[own_data.Given]:
    buys, goods = write_shop(tmp_path)
    return [own_data.Given(buys), own_data.Given(goods)]


def ended(dataset: str) -> training_runs.State:
    for _ in range(2400):
        now = training_runs.state(dataset)
        if now is None or now.status != training_runs.RUNNING:
            break
        time.sleep(0.1)
    assert now is not None
    return now


def time_told(app: AppTest) -> str:
    return next(str(metric.value) for metric in app.metric if metric.label == "Training time")


def test_without_files_the_data_screen_offers_templates(home: Path) -> None:
    app = opened(DATA)
    assert not app.exception and not app.error
    assert len(app.get("download_button")) == len(own_data.TEMPLATES)


def test_dropped_files_are_checked_shown_and_saved(home: Path, shop: list[own_data.Given]) -> None:
    app = dropped_in(opened(DATA), *(each.path for each in shop))
    assert not app.exception and not app.error
    app.button(key="own_check").click().run()
    assert not app.exception and "These files can be used" in words(app)
    assert "25 people" in words(app) and "Training time" in {metric.label for metric in app.metric}
    app.text_input(key="own_title").set_value("Shop").run()
    app.button(key="own_save").click().run()
    assert not app.exception and not app.error
    assert own_data.imported_names() == ("shop",)


def test_the_graph_can_be_changed_before_it_is_made(home: Path, shop: list[own_data.Given]) -> None:
    app = dropped_in(opened(DATA), *(each.path for each in shop))
    app.button(key="own_check").click().run()
    before = app.session_state["own_checked"][2].preview
    place = next(place for place, plan in enumerate(before.columns) if plan.column == "category")
    assert before.columns[place].separator == "|"
    app.selectbox(key=f"own_separator_{place}_category").set_value("").run()
    app.text_input(key=f"own_relation_{place}_category").set_value("kind of thing").run()
    app.button(key="own_again").click().run()
    assert not app.exception and not app.error
    after = app.session_state["own_checked"][2].preview
    assert (after.columns[place].relation, after.columns[place].separator) == ("kind_of_thing", "")
    assert after.triples < before.triples  # "Tea|Organic" is one value now
    assert "own_again" not in {button.key for button in app.button}


def test_phrases_of_descriptions_enter_the_graph_only_when_accepted(home: Path, shop: list[own_data.Given]) -> None:
    app = dropped_in(opened(DATA), *(each.path for each in shop))
    app.button(key="own_check").click().run()
    before = app.session_state["own_checked"][2].preview
    phrase = before.proposals[0].key
    assert app.multiselect(key="own_phrases").value == []
    app.multiselect(key="own_phrases").set_value([phrase]).run()
    app.button(key="own_again").click().run()
    assert not app.exception and not app.error
    assert app.session_state["own_checked"][2].preview.triples == before.triples + before.proposals[0].items


@pytest.mark.parametrize(
    ("name", "content"), [("x.csv", b"\x00\x01\x02"), ("x.pkl", b"\x80\x04K\x01."), ("x.csv", b"")]
)
def test_what_is_no_table_gets_a_sentence(name: str, content: bytes, home: Path) -> None:
    app = opened(DATA)
    app.file_uploader(key="own_files").set_value([(name, content, "text/csv")]).run()
    assert not app.exception
    assert app.error and "Traceback" not in words(app)
    assert "own_check" not in {button.key for button in app.button}


@pytest.mark.parametrize("signed_in", [False, True])
def test_who_can_see_and_delete_it_is_said_beside_the_button_that_saves(
    signed_in: bool, home: Path, shop: list[own_data.Given]
) -> None:
    app = opened(DATA)
    if signed_in:
        app.secrets["auth"] = {"redirect_uri": "http://localhost:8501/oauth2callback", "cookie_secret": "x" * 32}
        app.user = {"is_logged_in": True, "name": "Eve"}
    dropped_in(app, *(each.path for each in shop)).button(key="own_check").click().run()
    assert not app.exception
    said = saving.SIGNED_IN if signed_in else saving.OPEN_TO_ALL
    assert [each.value for each in app.caption if "delete it" in each.value] == [said]


def test_uploads_are_gone_when_the_session_ends_unless_they_were_saved(home: Path, shop: list[own_data.Given]) -> None:
    place = home / "temporary"
    clear_session_resource_cache("test session id")  # all AppTests are one session
    app = dropped_in(opened(DATA), *(each.path for each in shop))
    app.button(key="own_check").click().run()
    kept = {path.read_bytes() for path in place.rglob("*") if path.is_file()}
    assert {each.path.read_bytes() for each in shop} <= kept
    app.text_input(key="own_title").set_value("Shop").run()
    app.button(key="own_save").click().run()
    clear_session_resource_cache("test session id")  # as the server does when a session is over
    assert list(place.iterdir()) == []
    assert own_data.imported_names() == ("shop",)


def test_the_train_screen_shows_costs_before_a_run(home: Path, shop: list[own_data.Given]) -> None:
    own_data.import_files("shop", shop)
    app = opened(TRAIN, dataset="shop")
    assert not app.exception and not app.error
    assert app.selectbox(key="train_picker").value == "shop"
    assert {"Training time", "Memory"} <= {metric.label for metric in app.metric}
    assert app.button(key="train_start").label == "Start training"


def test_what_to_train_is_chosen_and_changes_the_estimate(
    home: Path, shop: list[own_data.Given], monkeypatch: pytest.MonkeyPatch
) -> None:
    own_data.import_files("shop", shop)
    asked: list[training_runs.Recipe] = []
    monkeypatch.setattr(training_runs, "start", lambda dataset, recipe: asked.append(recipe))
    assert "recipe_adapt" not in [one.key for one in opened(TRAIN, dataset="shop").segmented_control]
    app = opened(TRAIN, dataset="shop", depth="Analyst")
    app.segmented_control(key="recipe_effort").set_value("Thorough").run()
    app.toggle(key="recipe_graph").set_value(False).run()
    assert time_told(app)  # told by the data alone, as nothing was trained in this home
    monkeypatch.setattr(
        expected_duration,
        "of_training",
        lambda found, recipe: expected_duration.ExpectedDuration(
            found.seconds(recipe.rounds, recipe.adapt), "Films", 60.0
        ),
    )
    before = time_told(app.run())
    assert "first learns which of them the same people like" not in words(app)
    app.segmented_control(key="recipe_adapt").set_value("By who liked what").run()
    assert before != time_told(app)
    assert "first learns which of them the same people like" in words(app) and "It costs" in words(app)
    app.button(key="train_start").click().run()
    assert not app.exception and not app.error
    assert asked == [training_runs.Recipe(rounds=40, graph=False, adapt="interactions")]
    found = own_data.outlook_of("shop")
    assert found.seconds(40) - found.seconds(8) == pytest.approx(32 * found.seconds_a_round)
    for by in ADAPTATIONS:
        assert found.seconds(8, adapt=by) - found.seconds(8) == pytest.approx(found.seconds_to_adapt(by))


def test_a_run_goes_on_while_the_page_changes_and_can_be_cancelled(home: Path, shop: list[own_data.Given]) -> None:
    own_data.import_files("shop", shop)
    app = opened(TRAIN, dataset="shop")
    app.button(key="train_start").click().run()
    assert not app.exception
    app.switch_page(DATA).run()
    assert training_runs.running() is not None
    app.switch_page(TRAIN).run()
    app.button(key="train_cancel").click().run()
    assert not app.exception and "cancelled" in words(app)
    assert training_runs.running() is None
    assert not (home / "bundles" / "shop").exists()
    training_runs.forget("shop")


def test_a_failed_run_says_why_and_leaves_the_older_model(
    home: Path, tiny_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(tiny_home, home)
    training_runs.start("tiny")  # it was never imported, so there is nothing to train on
    assert ended("tiny").status == training_runs.FAILED
    app = opened(TRAIN, dataset="tiny")
    assert not app.exception
    assert "no data set" in app.error[0].value and "older model is in place" in app.error[0].value
    assert "How well it ranks" in words(app)
    training_runs.forget("tiny")


def test_the_train_screen_tells_how_bert_was_adapted(home: Path, tiny_home: Path) -> None:
    shutil.copytree(tiny_home, home)
    assert "BERT was adapted" not in words(opened(TRAIN, dataset="tiny", depth="Analyst"))
    place = home / "bundles" / "tiny" / "run_card.json"
    learnt = asdict(AdaptReport(3000, 300, 7.25, 6.5, 0.5, 0.55, 120.0))
    card = rewrite_card(place, lambda content: content.update(bert_adaptation=learnt))
    app = opened(TRAIN, dataset="tiny", depth="Analyst")
    assert not app.exception and not app.error
    said = words(app)
    assert card["best_epoch"] > 0 and f"Kept is pass {card['best_epoch']}, the best" in said
    assert "in 2 min" in said and "at 6.50 nats (before: 7.25" in said and "for 55% of their pairs" in said


def test_where_no_pass_was_better_the_train_screen_says_that_the_sum_is_served(home: Path, tiny_home: Path) -> None:
    shutil.copytree(tiny_home, home)
    rewrite_card(home / "bundles" / "tiny" / "run_card.json", lambda content: content.update(best_epoch=0))
    said = words(opened(TRAIN, dataset="tiny", depth="Analyst"))
    assert "No pass was better than the start" in said and "the network is silent" in said
    assert "Kept is pass" not in said


def test_the_train_screen_tells_how_bert_was_adapted_to_interactions(home: Path, tiny_home: Path) -> None:
    shutil.copytree(tiny_home, home)
    place = home / "bundles" / "tiny" / "run_card.json"
    learnt = {"by": "interactions", **asdict(InteractionReport(900, 100, 0.7, 0.75, 3, 120.0))}
    rewrite_card(place, lambda content: content.update(bert_adaptation=learnt))
    said = words(opened(TRAIN, dataset="tiny", depth="Analyst"))
    assert "by who liked what, on 900 things, in 2 min" in said and "in 75% of all pairs" in said
    assert "Kept is pass 3." in said


def test_the_outlook_counts_pairs_popularity_and_coverage() -> None:
    found = outlook(tiny_catalog())
    assert found.filled == pytest.approx(160 / (16 * 14))
    assert found.per_user == 10
    assert found.covered == 1.0
    assert found.rare == 0
    assert [(band.label, band.value) for band in found.histories] == [("10 to 19", 16)]  # everyone rated ten
    assert [(band.label, band.value) for band in found.tail] == [("10 to 19", 14)]
