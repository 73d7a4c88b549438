"""What people take away from a screen, and paths between two places, without a browser."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.ui import browser_actions

APP = str(Path(__file__).parents[2] / "app.py")


def screen(page: str, home: Path, monkeypatch: pytest.MonkeyPatch, **address: str) -> AppTest:
    monkeypatch.setenv("KGREC_HOME", str(home))
    app = AppTest.from_file(APP, default_timeout=90)
    for name, value in ({"dataset": "tiny", "user": "u0"} | address).items():
        app.query_params[name] = value
    return app.switch_page(f"pages/explore/{page}.py").run()


def labels(app: AppTest, kind: str) -> set[str]:
    return {element.proto.label for element in app.get(kind)}


def said(app: AppTest) -> str:
    return "\n".join(str(element.value) for element in (*app.markdown, *app.info, *app.caption))


def test_a_list_is_shared_as_a_link_a_page_and_a_table(tiny_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = screen("recommend", tiny_home, monkeypatch)
    assert not app.exception
    assert {"Page to print, opens offline", "Table, as CSV"} <= labels(app, "download_button")


def test_an_explanation_is_shared_as_a_page_and_as_data(tiny_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = screen("explain", tiny_home, monkeypatch)
    assert not app.exception
    assert {"Web page, opens offline and prints", "Data, as JSON"} <= labels(app, "download_button")


def test_a_link_opens_the_graph_as_it_was_left(tiny_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = screen("explain", tiny_home, monkeypatch, tab="Graph", only="director", look="item:f0")
    marked = next(each for each in app.get("button_group") if "graph_only" in str(each.proto.id))
    assert marked.value == ["director"]
    opened = app.selectbox(key="graph_open_picker").value
    assert opened in (None, "item:f0")  # what is not in this picture is not opened
    assert "Sci" not in said(app).split("The same facts in words")[1]


def test_a_filter_that_no_path_passes_is_none(tiny_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = screen("explain", tiny_home, monkeypatch, tab="Graph", only="no_such_relation")
    assert not app.exception and said(app).count("on the score") >= 1


def test_two_places_are_joined_by_paths_in_words(tiny_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = screen("graph", tiny_home, monkeypatch, view="Path between", start="item:f0", end="item:f2")
    assert not app.exception and app.get("iframe")
    assert "Comet 0 \\(1990\\)" in said(app) and "strength" in said(app)
    app.button(key="swap_ends").click().run()
    assert app.selectbox(key="start_picker").value == "item:f2"
    assert app.selectbox(key="end_picker").value == "item:f0"


def test_what_nothing_joins_is_said(tiny_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = screen("graph", tiny_home, monkeypatch, view="Path between", start="item:f0", end="item:f13")
    assert not app.exception and "No path of up to 8 steps leads from" in said(app)


def test_ends_that_a_link_does_not_know_are_chosen_anew(tiny_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = screen("graph", tiny_home, monkeypatch, view="Path between", start="item:nobody", end="<b>")
    assert not app.exception
    assert str(app.selectbox(key="start_picker").value).startswith("item:f")


def test_a_file_of_any_name_can_be_saved() -> None:
    assert browser_actions.file_name("../a\\b:c*?") == "a-b-c"
    assert browser_actions.file_name("///") == "kgrec"
    assert len(browser_actions.file_name("x" * 500)) <= 80
