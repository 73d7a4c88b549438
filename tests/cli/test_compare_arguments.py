"""`compare` at the terminal: one pair at a time, for people and as JSON."""

from __future__ import annotations

import json

import pytest

from kgrec_core.__main__ import main
from kgrec_core.service import Service


def told(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert main(["compare", "tiny", "--user", "u0", *words]) == 0
    return capsys.readouterr().out


def test_two_people_are_told_what_both_liked_and_how_their_lists_differ(
    tiny: Service, capsys: pytest.CaptureFixture[str]
) -> None:
    out = told(capsys, "--with-user", "u2", "--k", "4")
    found = tiny.compare.people("u0", "u2", 4)
    assert found.sentence in out and found.lists.sentence in out
    assert "Viewer u0:" in out and "Viewer u2:" in out
    assert ("only here" in out) == (found.lists.on_both < 4)


@pytest.mark.parametrize("model", ["ease", "popularity", "ours-no-graph"])
def test_two_models_print_both_lists(model: str, tiny: Service, capsys: pytest.CaptureFixture[str]) -> None:
    out = told(capsys, "--with-model", model, "--k", "3")
    lists = tiny.compare.models("u0", model, 3)
    for place in (*lists.first.places, *lists.second.places):
        assert f"{place.rank:>3}. {place.item.title} [{place.item.item_id}]" in out


def test_two_items_print_the_sentence_and_what_the_model_says_without(
    tiny: Service, capsys: pytest.CaptureFixture[str]
) -> None:
    out = told(capsys, "--items", "f6", "f9")
    found = tiny.compare.why_above("u0", "f6", "f9")
    assert out.startswith(found.sentence) and found.confirmation in out


def test_json_of_each_comparison_is_json_alone(tiny: Service, capsys: pytest.CaptureFixture[str]) -> None:
    people = json.loads(told(capsys, "--with-user", "u2", "--k", "4", "--json"))
    assert people["lists"]["on_both"] == tiny.compare.people("u0", "u2", 4).lists.on_both
    assert {"moved", "other_rank"} <= set(people["lists"]["first"]["places"][0])
    models = json.loads(told(capsys, "--with-model", "ease", "--json"))
    assert models["second"]["name"] == "ease"
    one = json.loads(told(capsys, "--with-model", "ease", "--item", "f6", "--json"))
    assert one["rank"] == tiny.why("u0", "f6").rank
    reasons = json.loads(told(capsys, "--with-user", "u1", "--item", "f6", "--json"))
    assert reasons["first"]["attributions"] and all("difference" in cause for cause in reasons["causes"])
    above = json.loads(told(capsys, "--items", "f6", "f9", "--json"))
    assert sum(cause["difference"] for cause in above["causes"]) == pytest.approx(above["gap"], abs=1e-4)


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("--item", "f6"),
        ("--with-user", "u1", "--with-model", "ease"),
        ("--items", "f6", "f9", "--item", "f6"),
        ("--with-model", "magic"),
        ("--with-user", "u0"),
        ("--items", "f6", "f6"),
        ("--items", "f6"),
    ],
)
def test_what_is_no_pair_is_a_bad_question(
    words: tuple[str, ...], tiny: Service, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["compare", "tiny", "--user", "u0", *words]) == 2
    assert capsys.readouterr().err.startswith("Error: ")


def test_a_visitor_can_ask(tiny: Service, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", "tiny", "--history", "f0,f1", "--with-user", "u0"]) == 0
    assert "New visitor:" in capsys.readouterr().out
