"""The Explain screen tab by tab, on the tiny data set."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.ui.choice import TABS

LINE = "a love letter"
APP = str(Path(__file__).parents[2] / "app.py")
Opener = Callable[..., AppTest]


@pytest.fixture
def opened(tiny_home: Path, monkeypatch: pytest.MonkeyPatch) -> Opener:
    """Opens the screen at an address with the given parameters."""
    monkeypatch.setenv("KGREC_HOME", str(tiny_home))

    def open_tab(tab: str = "", **address: str) -> AppTest:
        app = AppTest.from_file(APP, default_timeout=90)
        for name, value in ({"dataset": "tiny", "tab": tab} | address).items():
            if value:
                app.query_params[name] = value
        return app.switch_page("pages/explore/explain.py").run()

    return open_tab


def words(app: AppTest) -> str:
    kinds = (app.title, app.header, app.subheader, app.markdown, app.caption, app.warning, app.error, app.info)
    return "\n".join(str(element.value) for kind in kinds for element in kind)


def charts(app: AppTest) -> int:
    return len(app.get("vega_lite_chart"))


@pytest.mark.parametrize("depth", ["Simple", "Analyst"])
@pytest.mark.parametrize("tab", TABS)
def test_every_tab_opens_from_its_link(tab: str, depth: str, opened: Opener) -> None:
    app = opened(tab, depth=depth)
    assert not app.exception and not app.error
    assert app.session_state["tab_picker"] == tab


@pytest.mark.parametrize("tab", TABS)
def test_a_new_visitor_can_open_every_tab(tab: str, opened: Opener) -> None:
    first = opened().selectbox(key="item_picker").value
    app = opened(tab, who="new", likes=str(first))
    assert not app.exception and not app.error


@pytest.mark.parametrize("depth", ["Simple", "Analyst"])
@pytest.mark.parametrize("tab", TABS)
def test_a_visitor_who_wrote_a_line_can_open_every_tab(tab: str, depth: str, opened: Opener) -> None:
    app = opened(tab, who="new", words=LINE, item="f8", depth=depth)
    assert not app.exception and not app.error
    assert app.session_state["tab_picker"] == tab and "for you?" in app.title[0].value
    assert "You wrote “a love letter”" in words(app)


@pytest.mark.parametrize("tab", ["Why", "Graph", "Rules", "Trust"])
def test_a_tab_about_what_was_liked_says_what_to_do_where_nothing_was_chosen(tab: str, opened: Opener) -> None:
    assert "You have chosen no film yet: choose one on the left" in words(opened(tab, who="new", words=LINE))
    assert "chosen no film" not in words(opened(tab, who="new", words=LINE, likes="f0"))


def test_the_words_of_a_visitor_are_a_reason_and_can_be_switched_off(opened: Opener) -> None:
    said = words(opened("Why", who="new", words=LINE, item="f8"))
    assert "because of your words" in said and "Without your words it would" in said
    app = opened("What if", who="new", words=LINE, item="f8")
    before = metrics(app)
    next(each for each in app.toggle if "love letter" in each.label).set_value(True).run()
    assert not app.exception and not app.error and metrics(app) != before


def test_the_description_is_read_word_by_word_for_a_visitor_too(opened: Opener) -> None:
    app = opened("Attribution", who="new", words=LINE, item="f8")
    app.button(key="read_words").click().run()
    assert not app.exception and not app.error and "raises the score" in words(app)


def test_without_a_tab_in_the_link_the_reasons_are_shown(opened: Opener) -> None:
    app = opened()
    assert app.session_state["tab_picker"] == "Why"
    assert "What would change it" in words(app)


def test_what_counted_most_comes_before_the_list_of_facts(opened: Opener) -> None:
    said = words(opened("Why"))
    drawn = [one.value for one in opened("Why").main if hasattr(one, "value") and isinstance(one.value, str)]
    places = [next(row for row, one in enumerate(drawn) if part in one) for part in ("What counted", "The facts in")]
    assert "What counted most" in said and places == sorted(places)


def test_a_tab_that_does_not_exist_leads_to_the_first(opened: Opener) -> None:
    assert opened("nonsense").session_state["tab_picker"] == "Why"


def test_only_the_open_tab_is_computed(opened: Opener) -> None:
    app = opened("Trust")
    assert "How the score adds up" not in words(app)
    assert "better" in words(app) or app.info


def test_the_analyst_reads_the_figures_in_a_paragraph(opened: Opener) -> None:
    assert "In numbers" in words(opened("Why", depth="Analyst"))
    assert "In numbers" not in words(opened("Why", depth="Simple"))


def test_the_parts_add_up_in_the_attribution(opened: Opener) -> None:
    assert "The parts add up" in words(opened("Attribution"))


def test_forgetting_what_was_liked_moves_the_score_at_once(opened: Opener) -> None:
    app = opened("What if")
    before = metrics(app)
    switches = next(group for group in app.button_group if "count most" in group.label)
    switches.select(switches.options[0]).run()
    assert not app.exception and not app.error
    assert metrics(app) != before


def test_a_place_that_is_lost_is_told_in_words_with_an_arrow_down(opened: Opener) -> None:
    app = opened("What if")
    switches = next(group for group in app.button_group if "count most" in group.label)
    for option in switches.options:
        app = next(group for group in app.button_group if "count most" in group.label).select(option).run()
    place = next(metric for metric in app.metric if metric.label == "Place")
    assert place.delta.endswith(("place lower", "places lower"))
    down, red = place.proto.MetricDirection.DOWN, place.proto.MetricColor.RED
    assert (place.proto.direction, place.proto.color) == (down, red)


def test_why_not_answers_for_any_item(opened: Opener) -> None:
    app = opened("Why not")
    app.selectbox(key="why_not_picker").select_index(0).run()
    assert not app.exception and not app.error
    assert any(said in words(app) for said in ("at place", "in the history"))


def test_why_not_offers_what_just_missed_the_list_by_one_click(opened: Opener) -> None:
    app = opened("Why not", who="new", likes="f0", k="5")
    near = next(group for group in app.button_group if group.label == "Just missed the first 5")
    near.select(near.options[0]).run()
    assert not app.exception and not app.error
    assert "at place 6, outside of the first 5" in words(app)
    assert app.selectbox(key="why_not_picker").value == app.session_state["why_not_just_missed"]


def metrics(app: AppTest) -> list[tuple[str, str]]:
    return [(metric.label, metric.value) for metric in app.metric]
