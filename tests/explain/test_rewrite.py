from __future__ import annotations

from pathlib import Path

import pytest

from kgrec_core import service
from kgrec_core.domain import VIDEO
from kgrec_core.errors import ConfigError
from kgrec_core.explain.sentences import rewrite as rewriting
from kgrec_core.explain.sentences.checker import StoredFact
from kgrec_core.explain.sentences.rewrite import available, faults, rewrite
from kgrec_core.schema.explanation import Sentence

FACTS = {"history:1": StoredFact(("Alien",)), "history:2": StoredFact(("Heat",))}
SAID = Sentence("Mostly because you liked Alien and Heat.", ("history:1", "history:2"))


def test_the_same_facts_in_other_words_are_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rewriting, "available", lambda: True)
    monkeypatch.setattr(rewriting, "_write", lambda sentence: "You liked Alien and Heat the most.")
    found = rewrite(SAID, FACTS.get, VIDEO)
    assert found.accepted and found.sentence == found.written


@pytest.mark.parametrize(
    "written",
    [
        "You liked Alien and Heat, both by Ridley Scott.",  # something new
        "You liked Alien.",  # something lost
        "You liked Heat and Alien.",  # another order may be another fact
        "You never liked Alien and Heat.",
        "",
    ],
)
def test_anything_else_is_refused_and_the_template_stands(monkeypatch: pytest.MonkeyPatch, written: str) -> None:
    monkeypatch.setattr(rewriting, "available", lambda: True)
    monkeypatch.setattr(rewriting, "_write", lambda sentence: written)
    found = rewrite(SAID, FACTS.get, VIDEO)
    assert found.sentence == SAID.sentence and not found.accepted and found.problems


def test_without_the_packages_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rewriting, "available", lambda: False)
    with pytest.raises(ConfigError, match=r"requirements-rewrite\.txt"):
        rewrite(SAID, FACTS.get, VIDEO)


@pytest.mark.real
@pytest.mark.skipif(not available(), reason="the packages of requirements-rewrite.txt are not installed")
def test_what_the_model_writes_is_shown_only_when_it_passes(tiny_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KGREC_HOME", str(tiny_home))
    tiny = service.open("tiny")
    item = tiny.recommend("u0", k=1).items[0].item.item_id
    for found in tiny.rewrite("u0", item):
        assert found.sentence == (found.written if found.accepted else found.original)
        assert found.accepted == (not found.problems)


def test_a_perfect_copy_has_no_fault() -> None:
    assert faults(SAID, SAID.sentence, FACTS.get, VIDEO) == ()
