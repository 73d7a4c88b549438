"""The Compare screen: two people, two models, one item for two people, two items; all of it from a link."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from kgrec_core.schema.asker import Asker
from kgrec_core.schema.cards import ItemCard
from kgrec_core.schema.comparison import ComparedPlace
from kgrec_core.service import Service
from pages.explore import comparisons_kept
from pages.explore.compared_rows import badge
from pages.ui import resources
from pages.ui.choice import PAIRS, PEERS

APP = str(Path(__file__).parents[2] / "app.py")
Opener = Callable[..., AppTest]


@pytest.fixture
def opened(tiny_home: Path, monkeypatch: pytest.MonkeyPatch) -> Opener:
    monkeypatch.setenv("KGREC_HOME", str(tiny_home))

    def open_screen(**address: str) -> AppTest:
        app = AppTest.from_file(APP, default_timeout=120)
        for name, value in ({"dataset": "tiny"} | address).items():
            app.query_params[name] = value
        return app.switch_page("pages/explore/compare.py").run()

    return open_screen


def words(app: AppTest) -> str:
    kinds = (app.title, app.header, app.subheader, app.markdown, app.caption, app.info)
    return "\n".join(str(element.value) for kind in kinds for element in kind).replace("\\", "")


def rows(app: AppTest, side: str) -> list[str]:
    return [button.label for button in app.button if button.key.startswith(f"about_{side}_")]


def place(rank: int, other_rank: int | None, on_both: bool) -> ComparedPlace:
    return ComparedPlace(rank, ItemCard("i", "Item", None, ()), 0.0, other_rank, on_both)


@pytest.mark.parametrize("depth", ["Simple", "Analyst"])
@pytest.mark.parametrize("pair", PAIRS)
def test_every_comparison_opens_from_its_link(pair: str, depth: str, opened: Opener) -> None:
    app = opened(user="u0", pair=pair, depth=depth)
    assert not app.exception and not app.error
    assert app.session_state["chosen_pair"] == pair and len(app.title) == 1
    assert app.query_params["pair"] == pair


@pytest.mark.parametrize("pair", PAIRS)
def test_a_new_visitor_can_compare(pair: str, opened: Opener) -> None:
    app = opened(who="new", likes="f0,f1", pair=pair)
    assert not app.exception and not app.error and len(app.title) == 1


def test_a_first_visit_shows_the_person_who_likes_most_of_the_same(opened: Opener, tiny: Service) -> None:
    app = opened(user="u0")
    assert app.selectbox(key="other_picker").value == tiny.compare.most_alike("u0", 1)[0]
    assert app.title[0].value.replace("\\", "").startswith("Viewer u0 and Viewer ")


def test_both_lists_stand_beside_each_other_in_their_order(opened: Opener, tiny: Service) -> None:
    app = opened(user="u0", other="u2")
    lists = tiny.compare.people("u0", "u2", 10).lists
    for side, own in (("A", lists.first), ("B", lists.second)):
        assert len(rows(app, side)) == len(own.places)
        assert all(place.item.title in row for row, place in zip(rows(app, side), own.places, strict=True))
    assert lists.sentence in words(app) and "Both liked" in words(app)


def test_a_row_opens_the_sentence_that_makes_the_difference(opened: Opener, tiny: Service) -> None:
    app = opened(user="u0", other="u2")
    last = tiny.compare.people("u0", "u2", 10).lists.first.places[-1]
    app.button(key=f"about_A_{last.rank}").click().run()
    assert tiny.compare.reasons("u0", "u2", last.item.item_id).sentence in words(app)
    assert app.query_params["item"] == last.item.item_id


def test_cause_by_cause_leads_from_the_sentence_to_both_explanations(opened: Opener, tiny: Service) -> None:
    app = opened(user="u0", other="u2")
    app.button(key="causes_wide").click().run()
    assert not app.exception and app.session_state["chosen_pair"] == "item"
    assert app.selectbox(key="other_picker").value == "u2"
    assert len(app.get("vega_lite_chart")) == 1
    item = app.selectbox(key="item_picker").value
    assert tiny.compare.reasons("u0", "u2", item).sentence in words(app)


@pytest.mark.parametrize("model", PEERS)
def test_another_model_of_a_link_is_beside_ours(model: str, opened: Opener, tiny: Service) -> None:
    app = opened(user="u0", pair="models", model=model)
    lists = tiny.compare.models("u0", model, 10)
    assert all(place.item.title in row for row, place in zip(rows(app, "B"), lists.second.places, strict=True))
    first = lists.first.places[0].item.item_id
    assert tiny.compare.item_by_models("u0", model, first).sentence in words(app)


def test_two_items_of_a_link_are_told_apart_with_what_the_model_says_without_the_causes(
    opened: Opener, tiny: Service
) -> None:
    app = opened(user="u0", pair="items", above="f6", below="f9")
    found = tiny.compare.why_above("u0", "f6", "f9")
    assert found.sentence in words(app) and found.confirmation in words(app)
    assert app.title[0].value.startswith(f"Why {found.above.title} above {found.below.title}")


def test_the_same_item_twice_is_asked_to_be_changed(opened: Opener) -> None:
    app = opened(user="u0", pair="items", above="f6", below="f6")
    assert not app.exception and "two different" in words(app)


def test_somebody_unknown_beside_is_said_to_be_unknown(opened: Opener) -> None:
    app = opened(user="u0", other="nobody")
    assert not app.exception and "nobody, who is not in these data" in words(app)


def test_the_length_of_both_lists_is_in_the_link(opened: Opener) -> None:
    app = opened(user="u0", other="u1", k="5")
    assert app.query_params["k"] == "5" and len(rows(app, "A")) == len(rows(app, "B")) <= 5


def test_where_nobody_else_is_two_models_and_two_items_can_still_be_compared(
    opened: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    everyone = resources.users
    monkeypatch.setattr(resources, "users", lambda name: {"u0": everyone(name)["u0"]})
    monkeypatch.setattr(resources, "personas", lambda name: ())
    app = opened(user="u0")
    assert not app.exception and "nobody else in these data" in words(app)
    assert rows(opened(user="u0", pair="models"), "B")


def test_what_was_compared_is_forgotten_with_the_rest(tiny: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resources, "library", lambda name: tiny)
    asked: list[str] = []
    monkeypatch.setattr(type(tiny.compare), "most_alike", lambda self, who: asked.append(who.user) or ())
    comparisons_kept.most_alike.clear()
    for _ in range(2):
        comparisons_kept.most_alike("tiny", Asker("u0"))
    assert asked == ["u0"]
    monkeypatch.undo()
    resources.forget_all()
    monkeypatch.setattr(resources, "library", lambda name: tiny)
    monkeypatch.setattr(type(tiny.compare), "most_alike", lambda self, who: asked.append(who.user) or ())
    comparisons_kept.most_alike("tiny", Asker("u0"))
    assert asked == ["u0", "u0"]


def test_nonsense_in_the_address_leaves_the_first_comparison(opened: Opener) -> None:
    app = opened(user="u0", pair="<script>", model="magic", above="?", below="?")
    assert not app.exception and not app.error and app.session_state["chosen_pair"] == PAIRS[0]


def test_the_analyst_sees_that_all_causes_make_the_scores(opened: Opener) -> None:
    assert "together make" in words(opened(user="u0", pair="item", depth="Analyst"))
    assert "together make" not in words(opened(user="u0", pair="item"))


def test_a_badge_says_up_down_the_same_place_or_only_here() -> None:
    assert "up 3" in badge(place(2, 5, True), "watched")
    assert "down 3" in badge(place(5, 2, True), "watched")
    assert "same place" in badge(place(2, 2, True), "watched")
    assert "only here" in badge(place(2, 40, False), "watched") and "place 40" in badge(place(2, 40, False), "watched")
    assert "watched there" in badge(place(2, None, False), "watched")
