from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kgrec_core import service
from kgrec_core.__main__ import main
from kgrec_core.cli import json_answers
from kgrec_core.errors import UnknownIdError
from kgrec_core.schema.asker import Visitor
from kgrec_core.schema.changes import Change
from kgrec_core.schema.explanation import Edge

ids = st.integers(0, 13).map("f{}".format)


@pytest.fixture(scope="module")
def tiny(tiny_home: Path) -> service.Service:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KGREC_HOME", str(tiny_home))
        return service.open("tiny")


def ranking(tiny: service.Service, history: list[str]) -> list[str]:
    return [row.item.item_id for row in tiny.what_if(Visitor(history), Change(), k=14).items]  # no reasons: faster


@settings(max_examples=20, deadline=None)
@given(st.lists(ids, max_size=4, unique=True), ids)
def test_what_is_said_to_bring_an_item_in_does_so(tiny: service.Service, history: list[str], item: str) -> None:
    found, now = tiny.why_not(Visitor(history), item, k=1), ranking(tiny, history)
    assert found.status == ("history" if item in history else "listed" if now[0] == item else found.status)
    assert found.rank == (None if item in history else now.index(item) + 1)
    if found.status == "found":
        after = ranking(tiny, [*history, *(card.item_id for card in found.add)])
        assert after.index(item) + 1 == found.new_rank == 1


@settings(max_examples=10, deadline=None)
@given(st.lists(ids, max_size=3, unique=True), ids)
def test_where_one_like_is_enough_no_more_are_asked_for(tiny: service.Service, history: list[str], item: str) -> None:
    """Of items outside of the list: to like one that is in it would only take that one out."""
    found, listed = tiny.why_not(Visitor(history), item, k=2), ranking(tiny, history)[:2]
    others = [f"f{each}" for each in range(14) if f"f{each}" not in {item, *history, *listed}]
    single = [each for each in others if item in ranking(tiny, [*history, each])[:2]]
    if found.status in {"found", "none"}:
        assert (len(found.add) == 1) == bool(single)
        assert not {card.item_id for card in found.add} & set(listed)


def test_the_gap_of_a_cause_is_what_the_rival_has_more_of(tiny: service.Service) -> None:
    last = tiny.recommend("u0", k=14).items[-1].item.item_id
    found = tiny.why_not("u0", last, k=1)
    assert found.rival is not None
    assert found.lacking > 0
    assert all(each.gap == each.rival - each.item for each in (*found.branches, *found.causes))


def test_why_not_without_a_history_is_answered_too(tiny: service.Service) -> None:
    assert tiny.why_not(Visitor(), "f3", k=1).status in {"found", "none", "listed"}


def test_unknown_ids_are_told_what_there_is(tiny: service.Service) -> None:
    for ask in (
        lambda: tiny.why_not("u0", "f99"),
        lambda: tiny.why_not("u99", "f1"),
        lambda: tiny.what_if("u0", Change(without_items=("f99",))),
        lambda: tiny.what_if("u0", Change(without_edges=(Edge("f0", "director", "nobody"),))),
    ):
        with pytest.raises(UnknownIdError):
            ask()


def test_hiding_a_film_gives_the_list_of_a_history_without_it_and_never_that_film(tiny: service.Service) -> None:
    liked = [event.item.item_id for event in tiny.history("u0")]
    found = tiny.what_if("u0", Change(without_items=liked[:1]), k=14)
    assert liked[0] not in [row.item.item_id for row in found.items]
    assert [row.rank for row in found.items] == list(range(1, len(found.items) + 1))


def test_hiding_nothing_moves_nothing(tiny: service.Service) -> None:
    item = tiny.recommend("u0", k=1).items[0].item.item_id
    found = tiny.what_if("u0", Change(), item)
    assert found.item is not None
    assert (found.item.rank, found.item.score) == (found.item.rank_before, found.item.score_before)
    assert found.entering == found.leaving == ()


def test_a_counterfactual_switched_in_what_if_gives_the_rank_that_was_said(tiny: service.Service) -> None:
    item = tiny.recommend("u0", k=1).items[0].item.item_id
    explained = tiny.explain("u0", item, k=1)
    events, facts = explained.counterfactual, explained.fact_counterfactual
    assert events is not None
    assert facts is not None
    for found, after in (
        (events, tiny.what_if("u0", Change(without_items=events.remove), item, k=1)),
        (facts, tiny.what_if("u0", Change(without_edges=facts.edges), item, k=1)),
    ):
        assert after.item is not None
        if found.status == "found":
            assert after.item.rank == found.new_rank
            assert after.entering == found.entering


def test_facts_of_two_films_are_taken_out_of_the_whole_graph(tiny: service.Service) -> None:
    known = tiny.explain("u1", tiny.recommend("u1", k=1).items[0].item.item_id).paths
    edges = [edge for path in known for edge in path.edges[1:]][:2]
    assert len(tiny.what_if("u1", Change(without_edges=edges), k=3).items) == 3


def test_a_like_that_is_added_leaves_the_list(tiny: service.Service) -> None:
    first = tiny.recommend("u0", k=1).items[0].item
    found = tiny.what_if("u0", Change(add_items=(first.item_id,)), first.item_id)
    assert found.item is None
    assert first in found.leaving


def test_answers_are_json(tiny: service.Service) -> None:
    last = tiny.recommend("u0", k=14).items[-1].item.item_id
    told = json_answers.why_not(tiny.why_not("u0", last, k=1))
    assert {"status", "rank", "lacking", "branches", "causes", "add", "minimal"} <= set(told)
    assert json.loads(json.dumps(told))["item"] == last
    assert json.dumps(json_answers.what_if(tiny.what_if("u0", Change(), last)))


def test_the_command_line_says_why_not(
    tiny_home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("KGREC_HOME", str(tiny_home))
    assert main(["why-not", "tiny", "--user", "u0", "--item", "f13", "--k", "1", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["k"] == 1
    assert main(["why-not", "tiny", "--item", "f13"]) == 2
