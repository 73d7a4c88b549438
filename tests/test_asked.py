"""Questions as people write them in Python: numbers for ids, one text for a list, lengths that are none."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from kgrec_core import asked, service
from kgrec_core.data.ingest.privacy import Pseudonyms, index_of
from kgrec_core.data.vocab import Vocab
from kgrec_core.errors import ConfigError, UnknownIdError
from kgrec_core.schema import Recommendations


def without_time(found: Recommendations) -> Recommendations:
    return replace(found, ms=0.0)


def test_a_whole_number_is_an_id_by_its_digits() -> None:
    assert asked.one_id(296) == "296"
    assert asked.ids([1, "b"], "history") == ("1", "b")
    assert asked.name(0) == "0"
    assert asked.name(None) == "new visitor"


@pytest.mark.parametrize("k", [0, -3, 2.5, "5", None, True])
def test_a_length_below_one_or_no_number_has_one_message_everywhere(tiny: service.Service, k: Any) -> None:
    item = tiny.items()[0].item_id
    questions = (
        lambda: tiny.recommend("u0", k=k),
        lambda: tiny.why_not(item, "u0", k=k),
        lambda: tiny.what_if("u0", k=k),
        lambda: tiny.add_item("New", k=k),
    )
    for question in questions:
        with pytest.raises(ConfigError, match="choose a whole number from 1 on"):
            question()


@pytest.mark.parametrize(
    "wrong",
    [
        {"history": "f1"},
        {"history": 5},
        {"history": [None]},
        {"user": 2.5},
        {"liked": "f1"},
        {"text": 7},
    ],
)
def test_what_is_no_list_no_id_or_no_text_is_told_in_a_sentence(tiny: service.Service, wrong: dict[str, Any]) -> None:
    with pytest.raises(ConfigError, match="give "):
        tiny.recommend(**wrong)


def test_a_fact_that_is_no_pair_is_told_in_a_sentence(tiny: service.Service) -> None:
    with pytest.raises(ConfigError, match="'abc' is no fact"):
        tiny.add_item("New", facts=["abc"])  # type: ignore[list-item]


def test_no_text_is_an_empty_text(tiny: service.Service) -> None:
    nothing: Any = None
    assert without_time(tiny.recommend("u0", text=nothing)) == without_time(tiny.recommend("u0"))


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
