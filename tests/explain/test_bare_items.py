"""What hardly anything is known of is answered too: an item without facts and words, histories of one and of none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from kgrec_core import service
from kgrec_core.config import ModelConfig, TrainConfig
from kgrec_core.data.catalog import Catalog
from kgrec_core.errors import UnknownIdError
from kgrec_core.pictures import exported_page
from kgrec_core.schema.asker import Visitor
from kgrec_core.schema.changes import Change
from kgrec_core.workspace.prepare import prepare
from pages.ui.choice import TABS
from tests.worlds import tiny_catalog

BARE, ALONE = "bare", "alone"  # an item that nothing is known of; a viewer of one film
APP = str(Path(__file__).parents[2] / "app.py")
HISTORIES = ([], ["f0"], [BARE], ["f0", BARE])


def bare_catalog() -> Catalog:
    """The tiny catalogue with an item of no facts and no words but a mark for a title, and a viewer of one film."""
    tiny = tiny_catalog()
    nothing = pd.DataFrame([{"item_id": BARE, "title": "?", "text": ""}])
    seen = [("u0", BARE, 5.0, 1), ("u1", BARE, 5.0, 2), (ALONE, "f0", 5.0, 3)]
    rows = pd.DataFrame(seen, columns=tiny.interactions.columns)
    return replace(
        tiny,
        name="bare",
        items=pd.concat([tiny.items, nothing], ignore_index=True).fillna({"director": "", "genre": ""}),
        interactions=pd.concat([tiny.interactions, rows], ignore_index=True),
    )


@pytest.fixture(scope="module")
def bare_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    home = tmp_path_factory.mktemp("bare")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KGREC_HOME", str(home))
        prepare(bare_catalog(), ModelConfig(ridge=5.0), TrainConfig(epochs=1, batch_users=8, folds=2))
        yield home


@pytest.fixture(scope="module")
def shop(bare_home: Path) -> service.Service:
    return service.open("bare")


@pytest.mark.parametrize("history", HISTORIES, ids=str)
@pytest.mark.parametrize("item", [BARE, "f1"])
def test_every_part_of_an_explanation_has_an_answer(shop: service.Service, item: str, history: list[str]) -> None:
    found = shop.explain(Visitor(history), item, k=3)
    assert found.base + sum(part.value for part in found.attributions) == pytest.approx(found.score, abs=1e-4)
    assert found.counterfactual is not None and found.fact_counterfactual is not None
    assert {found.counterfactual.status, found.fact_counterfactual.status} <= {"found", "none", "budget", "outside"}
    page = exported_page.as_page(found, shop.domain, {card.item_id: card.title for card in shop.items()}, "you")
    assert "What would change it" in page and exported_page.as_json(found)
    if item == BARE:
        assert found.paths == () and found.rules == ()
        assert found.fact_counterfactual.status in ("none", "outside")


@pytest.mark.parametrize("history", HISTORIES, ids=str)
@pytest.mark.parametrize("item", [BARE, "f1"])
def test_why_not_what_if_and_trust_have_an_answer(shop: service.Service, item: str, history: list[str]) -> None:
    assert shop.why_not(Visitor(history), item, k=3).sentence
    after = shop.what_if(Visitor([*history]), Change(without_items=history), item, k=3)
    assert len(after.items) == 3
    trust = shop.trust(Visitor(history), item)
    assert trust.measures or trust.note


def test_a_viewer_of_one_film_has_reasons(shop: service.Service) -> None:
    for row in shop.recommend(ALONE, k=5).items:
        assert row.reason
        assert shop.explain(ALONE, row.item.item_id).attributions


def test_the_words_of_an_item_without_words_are_none_or_its_name(shop: service.Service) -> None:
    found = shop.explain_text(ALONE, BARE)
    assert found.base + sum(word.value for word in found.words) == pytest.approx(found.score, abs=1e-3)


@pytest.mark.parametrize("ask", ["explain", "trust", "why_not", "what_if"])
def test_an_unknown_item_is_told_with_the_way_out(shop: service.Service, ask: str) -> None:
    questions = {
        "explain": lambda: shop.explain(ALONE, "nothing"),
        "trust": lambda: shop.trust(ALONE, "nothing"),
        "why_not": lambda: shop.why_not(ALONE, "nothing"),
        "what_if": lambda: shop.what_if(ALONE, Change(without_items=("nothing",))),
    }
    with pytest.raises(UnknownIdError, match="nothing"):
        questions[ask]()


@pytest.mark.parametrize("tab", TABS)
def test_no_tab_is_empty_or_broken_for_an_item_that_nothing_is_known_of(
    bare_home: Path, tab: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KGREC_HOME", str(bare_home))
    app = AppTest.from_file(APP, default_timeout=120)
    for name, value in {"dataset": "bare", "user": ALONE, "item": BARE, "tab": tab, "depth": "Analyst"}.items():
        app.query_params[name] = value
    app.switch_page("pages/explore/explain.py").run()
    assert not app.exception and not app.error
    inside = next(each for each in app.tabs if each.label == tab)
    assert len(inside.children)
