from __future__ import annotations

import gc
from collections.abc import Callable
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from kgrec_core.schema.asker import Asker
from pages.ui import resources

APP = str(Path(__file__).parents[2] / "app.py")
SCREENS = (
    "pages/explore/recommend.py",
    "pages/explore/explain.py",
    "pages/learn/how_it_works.py",
    "pages/explore/graph.py",
    "pages/explore/new_item.py",
    "pages/explore/compare.py",
)
Opener = Callable[..., AppTest]


@pytest.fixture
def opened(tiny_home: Path, monkeypatch: pytest.MonkeyPatch) -> Opener:
    """Opens a screen of the app on the data set `tiny`, at an address with the given parameters."""
    monkeypatch.setenv("KGREC_HOME", str(tiny_home))

    def open_screen(screen: str = SCREENS[0], **address: str) -> AppTest:
        app = AppTest.from_file(APP, default_timeout=60)
        app.query_params["dataset"] = "tiny"
        for name, value in address.items():
            app.query_params[name] = value
        return app.switch_page(screen).run()

    return open_screen


def words(app: AppTest) -> str:
    kinds = (app.title, app.header, app.subheader, app.markdown, app.caption, app.warning, app.error, app.info)
    return "\n".join(str(element.value) for kind in kinds for element in kind)


def graphs(app: AppTest) -> list[str]:
    return [element.proto.srcdoc for element in app.get("iframe")]


@pytest.mark.parametrize("screen", SCREENS)
def test_every_screen_runs_inside_the_frame(screen: str, opened: Opener, monkeypatch: pytest.MonkeyPatch) -> None:
    frames: list[str] = []
    monkeypatch.setattr(st, "logo", lambda image, **_: frames.append(str(image)))
    app = opened(screen)
    assert not app.exception and not app.error
    assert len(frames) == 1
    assert app.title


def test_the_list_shows_a_card_with_a_reason_for_each_item(opened: Opener) -> None:
    app = opened(user=first_user(opened()))
    asks = [button for button in app.button if button.label.startswith("Why?")]
    assert asks
    assert "Why " in app.header[0].value
    assert len(graphs(app)) <= 1


def test_why_changes_the_explanation_in_place(opened: Opener) -> None:
    app = opened()
    asks = [button for button in app.button if button.label.startswith("Why?")]
    before = app.header[0].value
    if len(asks) < 2:
        pytest.skip("the tiny world recommends a single item")
    asks[-1].click().run()
    assert not app.exception and app.header[0].value != before


def test_a_deep_link_restores_person_item_and_depth(opened: Opener) -> None:
    start = opened()
    user, item = start.selectbox(key="user_picker").options, opened(SCREENS[1]).selectbox(key="item_picker").value
    app = opened(SCREENS[1], user=first_user(start), item=item, depth="Analyst")
    assert len(user) >= 1
    assert app.selectbox(key="user_picker").value == first_user(start)
    assert app.selectbox(key="item_picker").value == item
    assert "was computed in" in words(app)


def test_the_score_is_shown_with_the_check_that_its_parts_add_up(opened: Opener) -> None:
    assert "The parts add up" in words(opened(SCREENS[1], tab="Attribution"))


def test_the_simple_view_keeps_timings_for_the_analyst(opened: Opener) -> None:
    app = opened(SCREENS[1])
    assert "was computed in" not in words(app) and not app.metric


def test_the_place_is_told_in_words_with_a_way_back_to_the_list(opened: Opener) -> None:
    app = opened(SCREENS[1])
    assert "Place 1 of" in words(app) and "that are new to" in words(app)
    assert "Back to the list" in [link.proto.label for link in app.get("page_link")]


@pytest.mark.parametrize("screen", SCREENS)
def test_an_unknown_person_gets_the_closest_names_and_a_way_on(screen: str, opened: Opener) -> None:
    app = opened(screen, user="no-such-person")
    assert not app.sidebar.warning and not app.sidebar.title  # out of sight on a phone
    assert "no\\-such\\-person" in app.main.warning[0].value and app.main.title[0].value.startswith("No such")
    app.button(key="closest_0").click().run()
    assert not app.warning and not app.exception and app.title


@pytest.mark.parametrize("screen", SCREENS[:3])
def test_an_unknown_item_gets_the_closest_names_and_a_way_on(screen: str, opened: Opener) -> None:
    app = opened(screen, item="no-such-item")
    assert "no\\-such\\-item" in app.warning[0].value
    app.button(key="closest_0").click().run()
    assert not app.warning and not app.exception


def test_an_unknown_data_set_gets_the_known_ones(opened: Opener) -> None:
    app = opened(dataset="no-such-data")
    assert "no\\-such\\-data" in app.main.warning[0].value and app.main.title
    assert app.button(key="closest_0")


def test_the_history_says_its_order_and_what_a_grade_is_out_of(opened: Opener) -> None:
    said = [element.value for element in (*opened(depth="Analyst").sidebar.markdown, *opened().sidebar.caption)]
    assert any("rated 5 of 5" in one for one in said)


def test_the_numbers_of_a_data_set_are_told_once_in_its_own_words(opened: Opener) -> None:
    told = [element.value for element in opened().sidebar.markdown if "Knowledge graph:" in element.value]
    assert len(told) == 1 and "viewers" in told[0] and "films" in told[0] and "people" not in told[0]


def test_the_person_picker_follows_the_item_they_liked(opened: Opener) -> None:
    app = opened()
    everyone = app.selectbox(key="user_picker").options
    films = app.selectbox(key="liked_picker")
    app = films.select_index(0).run()
    assert not app.exception
    assert set(app.selectbox(key="user_picker").options) <= set(everyone)


@pytest.mark.parametrize("step", range(1, 7))
def test_each_box_of_the_pipeline_opens_from_its_link(step: int, opened: Opener) -> None:
    app = opened(SCREENS[2], step=str(step))
    assert not app.exception and not app.error
    assert app.subheader[0].value.startswith(f"{step}. ")
    assert not app.latex
    assert len(opened(SCREENS[2], step=str(step), depth="Analyst").latex) == 1


def test_a_box_of_the_pipeline_opens_by_a_click_and_leads_on(opened: Opener) -> None:
    app = opened(SCREENS[2])
    assert app.subheader[0].value.startswith("1. ")
    assert app.button(key="open_4").click().run().subheader[0].value.startswith("4. ")
    assert app.button(key="next_step").click().run().subheader[0].value.startswith("5. ")


def test_the_five_questions_lead_to_a_feature_that_answers_them(opened: Opener) -> None:
    app = opened(SCREENS[2])
    links = [link.proto.label for link in app.get("page_link")]
    for label in (
        "Bring your own data",
        "See that list",
        "Give a thumb",
        "Be a new visitor",
        "Import, and delete again",
    ):
        assert label in links


def test_without_any_bundle_every_screen_offers_to_prepare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KGREC_HOME", str(tmp_path))
    for screen in SCREENS:
        app = AppTest.from_file(APP, default_timeout=60).switch_page(screen).run()
        assert not app.exception
        assert app.button(key="prepare").label.startswith("Prepare")


def first_user(app: AppTest) -> str:
    return str(app.selectbox(key="user_picker").value)


def test_the_graph_screen_shows_a_picture_and_the_same_facts_as_buttons(opened: Opener) -> None:
    app = opened("pages/explore/graph.py", node="item:f0")
    assert len(graphs(app)) == 1
    lists = {group.label: group for group in app.button_group if "facts_" in str(group.proto.id)}
    assert {"director", "genre"} <= set(lists)
    lists["director"].select(lists["director"].options[0]).run()
    assert not app.exception and app.header[0].value == "Ada Star"


def test_the_graph_screen_opens_on_what_was_explained_last(opened: Opener) -> None:
    assert opened("pages/explore/graph.py", user="u0", item="f9").header[0].value.startswith("Letter 9")


def test_the_graph_screen_opens_on_what_this_persons_likes_share(opened: Opener) -> None:
    app = opened("pages/explore/graph.py", user="u0")
    expected = resources.opened("tiny").knowledge.start(sorted(resources.liked("tiny", Asker("u0"))))
    assert app.header[0].value == expected.label
    app.selectbox(key="user_picker").set_value("u1").run()
    expected = resources.opened("tiny").knowledge.start(sorted(resources.liked("tiny", Asker("u1"))))
    assert not app.exception and app.header[0].value == expected.label


def test_the_graph_screen_finds_names_and_says_when_there_is_none(opened: Opener) -> None:
    app = opened("pages/explore/graph.py")
    app.text_input(key="graph_words").set_value("ben").run()
    app.button(key="match_0").click().run()
    assert app.header[0].value == "Ben Orbit"
    assert "called" in words(app.text_input(key="graph_words").set_value("qqq").run())


def test_whose_lists_a_thing_drives_is_computed_when_asked_for(opened: Opener) -> None:
    app = opened("pages/explore/graph.py", view="Whose lists", node="item:f0")
    assert not app.metric
    app.button(key="influence").click().run()
    assert not app.exception and "Lists that change" in [metric.label for metric in app.metric]
    assert not any("loses" in table.value for table in app.dataframe)  # the cards say it already


@pytest.mark.parametrize("view", ["Numbers", "Quality"])
def test_numbers_and_quality_of_the_graph_are_shown(view: str, opened: Opener) -> None:
    app = opened("pages/explore/graph.py", view=view)
    assert not app.exception and not app.error
    assert app.dataframe or app.success


def test_a_link_to_an_unknown_place_of_the_graph_says_so(opened: Opener) -> None:
    assert "Search for a name" in words(opened("pages/explore/graph.py", node="item:nothing"))


def test_what_is_open_is_left_out_of_the_search_for_garbage_after_each_run(opened: Opener) -> None:
    opened()
    kept = resources.opened("tiny")
    assert all(one is not kept for one in gc.get_objects())
