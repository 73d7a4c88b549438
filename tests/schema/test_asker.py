"""Who asks, and questions as people write them in Python: numbers for ids, one text for a list, no length at all."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import FrozenInstanceError, replace
from typing import Any

import pytest

import kgrec_core
from kgrec_core import service
from kgrec_core.data.ingest.pseudonyms import Pseudonyms, index_of
from kgrec_core.data.vocab import Vocab
from kgrec_core.errors import ConfigError, UnknownIdError
from kgrec_core.schema.asker import Asker, Visitor, asker_of, ids, one_id
from kgrec_core.schema.changes import Change
from kgrec_core.schema.recommendations import Recommendations


def without_time(found: Recommendations) -> Recommendations:
    return replace(found, ms=0.0)


def test_a_text_is_a_stored_user_and_a_whole_number_its_digits() -> None:
    number: Any = 15
    assert asker_of("15") == asker_of(number) == Asker("15")
    assert Asker("15").name == Asker("15").stored == "15"
    assert one_id(0) == "0" and ids([1, "b"], "history") == ("1", "b")


def test_an_asker_stays_what_they_are() -> None:
    who = Visitor(["f1"])
    assert asker_of(who) is who


@pytest.mark.parametrize("nobody", [None, 2.5, True, ["u0"], Change()])
def test_what_is_neither_an_asker_nor_an_id_is_told_in_a_sentence(tiny: service.Service, nobody: Any) -> None:
    with pytest.raises(ConfigError, match="is no id; give an id as a text, such as '15'"):
        tiny.recommend(nobody)


def test_a_visitor_has_no_stored_history_and_a_name_that_tells_so() -> None:
    assert Visitor(["f1"], ["f2"], " a comet ") == Asker(likes=("f1",), dislikes=("f2",), request="a comet")
    assert Visitor().name == "new visitor"
    assert Visitor().user is Visitor().stored is None


def test_likes_of_a_visitor_count_as_a_history_given_in_place_of_a_stored_one(tiny: service.Service) -> None:
    by_likes, by_history = tiny.recommend(Visitor(["f0", "f8"])), tiny.recommend(Asker(history=("f0", "f8")))
    assert without_time(by_likes) == without_time(by_history)


def test_a_history_stands_in_for_that_of_a_stored_user(tiny: service.Service) -> None:
    who = Asker("u0", history=("f0", "f8"))
    assert (who.name, who.stored) == ("u0", None)
    found, visitors = tiny.recommend(who), tiny.recommend(Visitor(["f0", "f8"]))
    assert found.user == "u0"
    assert [replace(row, reason="") for row in found.items] == [replace(row, reason="") for row in visitors.items]
    assert found.items[0].reason.replace("they", "you") == visitors.items[0].reason


def test_somebody_of_whom_nothing_is_known_gets_a_list(tiny: service.Service) -> None:
    assert tiny.recommend(Visitor(), k=3).items


def test_equal_content_is_equal_and_one_entry_of_a_cache() -> None:
    lists: Any = ["f1", 2]
    one, other = Asker("u0", likes=lists), Asker("u0", likes=("f1", "2"))
    assert one == other and len({one: 1, other: 2}) == 1
    assert Change(without_items=lists) == Change(without_items=("f1", "2"))
    assert len({Change(add_items=lists), Change(add_items=("f1", "2"))}) == 1


def test_an_asker_is_frozen() -> None:
    with pytest.raises(FrozenInstanceError):
        Asker("u0").user = "u1"  # type: ignore[misc]


def test_a_change_is_true_where_anything_is_different() -> None:
    assert not Change()
    assert Change(without_items=("f1",)) and Change(add_items=("f1",)) and Change(without_request=True)


@pytest.mark.parametrize("k", [0, -3, 2.5, "5", None, True])
def test_a_length_below_one_or_no_number_has_one_message_everywhere(tiny: service.Service, k: Any) -> None:
    item = tiny.items()[0].item_id
    questions = (
        lambda: tiny.recommend("u0", k=k),
        lambda: tiny.why_not("u0", item, k=k),
        lambda: tiny.what_if("u0", Change(), k=k),
        lambda: tiny.add_item("New", k=k),
    )
    for question in questions:
        with pytest.raises(ConfigError, match="choose a whole number from 1 on"):
            question()


@pytest.mark.parametrize(
    ("made", "wrong", "said"),
    [
        (Asker, {"history": "f1"}, r"history is 'f1'; give a list of ids, such as \['f1'\]"),
        (Asker, {"history": 5}, "history is 5; give a list of ids"),
        (Asker, {"history": [None]}, "None is no id; give an id as a text"),
        (Asker, {"user": 2.5}, "2.5 is no id; give an id as a text"),
        (Asker, {"likes": "f1"}, "likes is 'f1'; give a list of ids"),
        (Asker, {"request": 7}, "request is 7; give a line of words"),
        (Visitor, {"likes": "f1"}, "likes is 'f1'; give a list of ids"),
        (Visitor, {"dislikes": "f1"}, "dislikes is 'f1'; give a list of ids"),
        (Change, {"without_items": "f1"}, "without_items is 'f1'; give a list of ids"),
        (Change, {"add_items": 3}, "add_items is 3; give a list of ids"),
    ],
)
def test_what_is_no_list_no_id_or_no_text_is_told_in_a_sentence(
    made: Callable[..., object], wrong: dict[str, Any], said: str
) -> None:
    with pytest.raises(ConfigError, match=said):
        made(**wrong)


def test_who_asks_comes_first_and_the_item_after_them_in_every_question() -> None:
    named = [list(inspect.signature(each).parameters)[1:] for each in questions_of_a_service()]
    asked = [names for names in named if "asker" in names]
    assert len(asked) >= 10
    assert all(names[0] == "asker" for names in asked)
    assert all(names[1] == "item" for names in asked if "item" in names and "change" not in names)
    assert [names[:3] for names in asked if "change" in names] == [["asker", "change", "item"]]


def questions_of_a_service() -> list[Callable[..., object]]:
    return [each for name, each in inspect.getmembers(service.Service, inspect.isfunction) if name[0] != "_"]


def test_an_item_in_the_place_of_who_asks_is_told_and_not_answered(tiny: service.Service) -> None:
    for question in (tiny.why_not, tiny.why, tiny.explain, tiny.trust, tiny.trace, tiny.request_effect):
        with pytest.raises(UnknownIdError, match="is not among the"):
            question("f1", "u0")


def test_what_is_needed_to_ask_is_named_by_the_package() -> None:
    assert (kgrec_core.Asker, kgrec_core.Visitor, kgrec_core.Change) == (Asker, Visitor, Change)


def test_a_fact_that_is_no_pair_is_told_in_a_sentence(tiny: service.Service) -> None:
    with pytest.raises(ConfigError, match="'abc' is no fact"):
        tiny.add_item("New", facts=["abc"])  # type: ignore[list-item]


def test_no_request_is_an_empty_request() -> None:
    nothing: Any = None
    assert Asker("u0", request=nothing) == Asker("u0", request="  ") == Asker("u0")


def test_an_unknown_id_gets_only_ids_that_are_near() -> None:
    with pytest.raises(UnknownIdError, match="No user has an id like it; capital and small letters count"):
        Vocab.of(["2", "3", "4"], "user").index("nobody")
    with pytest.raises(UnknownIdError, match=r"Closest: 'anna'\.$"):
        Vocab.of(["anna", "bert"], "user").index("Anna")


def test_an_unknown_user_of_hashed_ids_is_not_told_hashes() -> None:
    names = Pseudonyms(b"key")
    known = Vocab.of([names.of("anna")], "user")
    assert index_of("anna", known, names) == index_of(names.of("anna"), known, names) == 0
    with pytest.raises(UnknownIdError, match=r"'Anna' is not among the 1 user\..*replaced by hashes"):
        index_of("Anna", known, names)
