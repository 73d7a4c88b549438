"""What the screens say where graph network, attention and MLP add nothing to a score."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
import torch
from streamlit.testing.v1 import AppTest

from kgrec_core import service
from pages.ui import parts

APP = str(Path(__file__).parents[2] / "app.py")


@pytest.fixture
def silent(tiny_home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The network of every data set that is opened is as at the start of training."""
    plain = service.open

    def quiet(name: str) -> service.Service:
        found = plain(name)
        with torch.no_grad():
            for value in found._bundle.recommender.fusion.mlp[-1].parameters():
                value.zero_()
        return found

    monkeypatch.setenv("KGREC_HOME", str(tiny_home))
    monkeypatch.setattr(service, "open", quiet)
    forget()
    yield
    forget()


def forget() -> None:
    st.cache_data.clear()
    st.cache_resource.clear()


def opened(page: str, **address: str) -> AppTest:
    app = AppTest.from_file(APP, default_timeout=90)
    for name, value in {"dataset": "tiny", "depth": "Analyst", **address}.items():
        app.query_params[name] = value
    app.switch_page(page).run()
    assert not app.exception and not app.error
    return app


def captions(app: AppTest) -> list[str]:
    return [one.value for one in app.caption]


@pytest.mark.usefixtures("silent")
def test_step_five_says_first_that_the_network_is_silent_and_shows_the_sum() -> None:
    app = opened("pages/learn/how_it_works.py", step="5")
    assert [one.value for one in app.info] == [f"{parts.NETWORK_SILENT} The score is the sum of the branches below."]
    assert "What each part adds; together they are the score" in captions(app)
    assert "What the model looks at in the history" not in captions(app)
    assert "What the network reads" not in captions(app)
    assert "MLP" not in app.latex[0].value


@pytest.mark.usefixtures("silent")
def test_step_four_shows_what_facts_bring_and_not_what_a_silent_network_listens_to() -> None:
    app = opened("pages/learn/how_it_works.py", step="4")
    assert app.info[0].value.startswith(parts.NETWORK_SILENT)
    assert "How much the network listens to each of them" not in captions(app)
    assert "Vector after" not in [one.label for one in app.metric]


@pytest.mark.usefixtures("silent")
def test_the_parts_of_an_explanation_say_that_the_network_is_silent() -> None:
    assert f"{parts.NETWORK_SILENT} They add nothing." in captions(
        opened("pages/explore/explain.py", tab="Attribution")
    )


def test_where_the_network_speaks_its_attention_is_shown(tiny_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KGREC_HOME", str(tiny_home))
    forget()
    app = opened("pages/learn/how_it_works.py", step="5")
    assert not app.info
    assert "What the model looks at in the history" in captions(app)
    assert "What the network reads" in captions(app)
