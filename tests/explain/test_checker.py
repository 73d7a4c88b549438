from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgrec_core import service
from kgrec_core.domain import VIDEO
from kgrec_core.explain.sentences.checker import StoredFact, names_in_order, problems, supported
from kgrec_core.explain.sentences.clauses import BRANCH_WORDS
from kgrec_core.schema.explanation import Sentence

FACTS = {
    "history:1": StoredFact(("Alien",)),
    "history:2": StoredFact(("M",), liked=False),
    "1|director|p": StoredFact(("Alien", "Ada Star"), relation="director"),
    "3|director|p": StoredFact(("Heat 2", "Ada Star"), relation="director"),
    "score": StoredFact(numbers=("4.13",)),
}


def wrong(text: str, *evidence: str) -> tuple[str, ...]:
    return problems(Sentence(text, evidence), FACTS.get, VIDEO)


@pytest.mark.parametrize("bursts", [False, True])
@pytest.mark.parametrize("second", [False, True])
def test_that_others_met_two_items_next_to_each_other_may_be_said(bursts: bool, second: bool) -> None:
    clauses = (each.clause(VIDEO, bursts, second) for each in BRANCH_WORDS.values())
    for clause in clauses:
        assert wrong(f"Because you liked Alien: {clause}.", "history:1") == ()


def test_a_sentence_of_cited_names_numbers_and_connecting_words_passes() -> None:
    assert wrong("Because you liked Alien.", "history:1") == ()
    edges = ("history:1", "1|director|p", "3|director|p")
    assert wrong("Heat 2 and Alien: both directed by Ada Star.", *edges) == ()
    assert wrong("The score is 4.13.", "score") == ()


@pytest.mark.parametrize(
    ("text", "evidence"),
    [
        ("Because you liked Alien and Titanic.", ("history:1",)),  # a name from nowhere
        ("Because you liked titanic.", ("history:1",)),  # in small letters as well
        ("Because you liked Alien, directed by Ada Star.", ("history:1",)),  # true, but not cited
        ("The score is 4.14.", ("score",)),
        ("The score is 13.", ("score",)),  # a part of a number is another number
        ("Heat 3 and Alien: both directed by Ada Star.", ("1|director|p", "3|director|p")),
        ("Both written by Ada Star.", ("1|director|p",)),  # another relation
        ("Because you never liked Alien.", ("history:1",)),
        ("Because you liked M.", ("history:2",)),  # it was only watched
        ("Because you liked Alien.", ()),
        ("Because you liked Alien.", ("history:7",)),  # no such fact
    ],
)
def test_a_sentence_with_anything_else_is_refused(text: str, evidence: tuple[str, ...]) -> None:
    assert wrong(text, *evidence)


def test_a_name_is_met_whole_and_not_within_a_word() -> None:
    assert wrong("Mostly because you watched M.", "history:2") == ()
    assert wrong("Because you watched M. Mx likes it.", "history:2") == ("the word 'mx' is not in evidence",)


@given(st.text("xzqvж ,.-", max_size=8), st.sampled_from("xzqvж7"), st.text("xzqvж ,.-", max_size=8))
def test_no_unknown_word_or_number_passes_wherever_it_stands(before: str, strange: str, after: str) -> None:
    assert wrong(f"The score {before}{strange}{after} is 4.13.", "score")


def test_names_are_read_in_the_order_in_which_they_stand() -> None:
    assert names_in_order("Aliens before Alien, and M", ["Alien", "M", "Aliens"]) == ("Aliens", "Alien", "M")


def test_only_supported_sentences_are_kept() -> None:
    good, bad = Sentence("Because you liked Alien.", ("history:1",)), Sentence("You liked Heat.", ("history:1",))
    assert supported([good, bad], FACTS.get, VIDEO) == (good,)


def test_an_explanation_has_a_sentence_and_a_paragraph_with_evidence(tiny: service.Service) -> None:
    for user in tiny.users():
        row = tiny.recommend(user.user_id, k=1).items[0]
        found = tiny.explain(user.user_id, row.item.item_id)
        assert found.text and row.reason
        assert f"number {found.rank} among 4 films" in found.analysis[0].sentence  # 14 films, 10 of them rated
        assert all(sentence.evidence for sentence in (*found.text, *found.analysis))
        sources = " ".join(sentence.sentence for sentence in found.analysis)
        for part in ("the history", "what is read of it as text", "how popular it is"):
            assert part in sources


def test_a_sentence_that_was_tampered_with_is_not_shown(tiny: service.Service, monkeypatch: pytest.MonkeyPatch) -> None:
    item = tiny.recommend("u0", k=1).items[0].item.item_id
    monkeypatch.setattr("kgrec_core.explain.sentences.analyst_paragraph.two_decimals", lambda number: "9.99")
    shown = " ".join(sentence.sentence for sentence in tiny.explain("u0", item).analysis)
    assert "9.99" not in shown
    assert "strongest" in shown
