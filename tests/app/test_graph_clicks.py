"""The graph of an explanation: its filter, its cap, and what a closer look opens, without a browser."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

APP = str(Path(__file__).parents[2] / "app.py")


@pytest.fixture
def graph(tiny_home: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv("KGREC_HOME", str(tiny_home))
    app = AppTest.from_file(APP, default_timeout=90)
    for name, value in {"dataset": "tiny", "user": "u0", "tab": "Graph"}.items():
        app.query_params[name] = value
    return app.switch_page("pages/explore/explain.py").run()


def words(app: AppTest) -> str:
    return "\n".join(str(element.value) for element in app.markdown)


def paths(app: AppTest) -> int:
    return words(app).count("on the score")


def test_the_same_paths_stand_beside_the_picture(graph: AppTest) -> None:
    assert not graph.exception and graph.get("iframe")
    assert 1 <= paths(graph) <= 5


def test_a_relation_that_is_marked_leaves_only_its_paths(graph: AppTest) -> None:
    marked = next(each for each in graph.get("button_group") if "graph_only" in str(each.proto.id))
    narrowed = marked.set_value(["director"]).run()
    assert not narrowed.exception
    assert paths(narrowed) >= 1 and "Sci" not in words(narrowed).split("The same facts in words")[1]


def test_a_closer_look_says_what_is_known_and_leads_on(graph: AppTest) -> None:
    look = graph.selectbox(key="graph_open_picker")
    assert look.value is None
    opened = look.select_index(0).run()
    assert not opened.exception
    assert opened.selectbox(key="graph_open_picker").value is not None
    links = [link.proto.label for link in opened.get("page_link")]
    assert "See it in the knowledge graph" in links


def test_the_middle_of_the_knowledge_graph_is_looked_at_first(tiny_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KGREC_HOME", str(tiny_home))
    app = AppTest.from_file(APP, default_timeout=90)
    app.query_params["dataset"], app.query_params["node"] = "tiny", "item:f0"
    app.switch_page("pages/explore/graph.py").run()
    assert app.selectbox(key="graph_closer_picker").value == "item:f0"
    app.selectbox(key="graph_closer_picker").select_index(1).run()
    app.button(key="to_middle").click().run()
    assert not app.exception and app.header[0].value != "Comet 0 (1990)"
