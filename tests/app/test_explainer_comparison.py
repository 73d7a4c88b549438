from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from kgrec_core.workspace import compared_explainers
from tests.workspace.test_compared_explainers import CARD, tables


def screen(analyst: bool) -> None:
    from types import SimpleNamespace

    from pages.judge import explainer_comparison

    explainer_comparison.section(SimpleNamespace(name="films", events="films"), analyst)  # type: ignore[arg-type]


@pytest.fixture(autouse=True)
def kept_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compared_explainers, "FOLDER", tmp_path / "explainers")
    monkeypatch.setattr(compared_explainers, "read_card", lambda name: CARD)


def shown(analyst: bool) -> AppTest:
    return AppTest.from_function(screen, args=(analyst,), default_timeout=60).run()


def test_nothing_is_said_where_nothing_was_measured() -> None:
    assert not shown(True).subheader


def test_simple_has_one_sentence_and_no_table() -> None:
    compared_explainers.keep("films", tables([]), "2026-12")
    app = shown(False)
    assert not app.exception
    assert [each.value for each in app.markdown] == [
        "Of **3 ways** to say what a recommendation is due to, ours are **the best, or as good as the best, on all 2 "
        "measures**."
    ]
    assert not app.expander


def test_analysts_can_open_the_table() -> None:
    compared_explainers.keep("films", tables(["lime"]), "2026-12")
    app = shown(True)
    assert not app.exception
    assert app.expander[0].label == "All explainers and all measures"
    assert "python -m benchmarks.explainers --dataset films" in app.markdown[1].value
