"""Questions in plain words: which are understood, what is asked back, and that answers are the service's own."""

from __future__ import annotations

import pytest

from kgrec_core.ask.answer_sentences import QUESTIONS
from kgrec_core.ask.answered_questions import ANSWERS, Conversation, Questions
from kgrec_core.ask.grammar import forms
from kgrec_core.ask.title_lookup import TitleLookup
from kgrec_core.errors import ConfigError
from kgrec_core.schema.answers import ANSWERED, ASKED_BACK, NOT_UNDERSTOOD
from kgrec_core.schema.asker import Asker
from kgrec_core.schema.cards import ItemCard
from kgrec_core.service import Service

ASKER = Conversation(Asker("u0"))


@pytest.fixture
def asked(tiny: Service) -> Questions:
    return Questions(tiny)


def kinds(question: str) -> list[str]:
    return [form.kind for form in forms(question)]


@pytest.mark.parametrize("kind", ANSWERS)
def test_each_question_that_is_offered_is_read_as_what_it_is(kind: str) -> None:
    said = QUESTIONS[kind].format(a="Heat", b="Ran", fact="Drama", items="films", consumed="watched")
    assert kind in kinds(said)


def test_a_why_is_answered_with_the_rank_and_the_sentences_of_the_service(asked: Questions, tiny: Service) -> None:
    item = tiny.recommend("u0").items[0].item
    answer, found = asked.answer(ASKER, f"why {item.title.lower()}?"), tiny.why("u0", item.item_id)
    assert answer.status == ANSWERED and answer.kind == "why"
    assert answer.sentences[1:] == found.text
    assert {figure.name: figure.value for figure in answer.figures} == {"score": found.score, "rank": found.rank}


def test_why_not_is_the_sentence_of_the_service(asked: Questions, tiny: Service) -> None:
    assert asked.answer(ASKER, "Why not Letter 8?").text == tiny.why_not("u0", "f8").sentence


def test_it_is_what_was_talked_about(asked: Questions) -> None:
    answer = asked.answer(asked.answer(ASKER, "what is Comet 1").after, "how sure are you about it?")
    assert answer.kind == "how_sure" and answer.after.about == ("f1",)


def test_it_is_asked_back_where_nothing_was_talked_about(asked: Questions) -> None:
    assert asked.answer(ASKER, "why not it?").status == ASKED_BACK


def test_what_is_left_out_is_gone_from_the_list_until_it_is_taken_back(asked: Questions) -> None:
    before = asked.answer(ASKER, "show my list")
    left = asked.answer(before.after, "leave out romance")
    assert left.is_list and not any("Romance" in card.tags for card in left.items)
    assert asked.answer(left.after, "undo").items == before.items


def test_a_name_of_several_is_asked_back_with_each_of_them(asked: Questions) -> None:
    answer = asked.answer(ASKER, "why comet")
    assert answer.status == ASKED_BACK and all(question.startswith("Why Comet") for question in answer.next)


def test_nonsense_is_answered_by_saying_so(asked: Questions) -> None:
    assert asked.answer(ASKER, "qwer zxcv").status == NOT_UNDERSTOOD


def test_an_empty_question_is_an_error(asked: Questions) -> None:
    with pytest.raises(ConfigError):
        asked.answer(ASKER, "  ")


def test_a_typo_a_missing_article_and_a_year_lead_to_the_title() -> None:
    cards = [ItemCard("a", "The Matrix", 1999, ()), ItemCard("b", "Heat", 1995, ()), ItemCard("c", "Heat", 1986, ())]
    lookup = TitleLookup(cards, [1, 1, 2])
    assert lookup.find("matrix", False).sure == lookup.find("matirx", True).sure == (0,)
    assert lookup.find("heat", False).sure == (2, 1)
    assert lookup.find("heat (1995)", False).sure == (1,)
