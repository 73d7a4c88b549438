"""Of a request each part is told: what it asks for, what it leaves out, what is read as a text, what is lost."""

from __future__ import annotations

import json
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd
import pytest

from kgrec_core import service
from kgrec_core.__main__ import main
from kgrec_core.data.catalog import Catalog
from kgrec_core.domain import E_COMMERCE, VIDEO, Domain
from kgrec_core.graph.typed_graph import build_graph
from kgrec_core.request.named_facts import FactNames
from kgrec_core.request.request_parts import ParsedRequest, parse_request
from kgrec_core.request.request_sentences import request_sentences
from kgrec_core.request.request_text import words_of
from kgrec_core.request.synonyms import synonyms
from kgrec_core.request.text_likeness import ItemTexts
from kgrec_core.schema.asker import Visitor
from tests.worlds import tiny_catalog

FILMS = (
    ("genre", "Comedy"),
    ("genre", "Family"),
    ("genre", "Musical"),
    ("genre", "Horror"),
    ("actor", "Tom Hanks"),
    ("decade", "1990s"),
)
TITLES = ("Heat", "Harry Potter and the Chamber of Secrets", "A Long Way Down")
TEXTS = ("Heat. Michael Mann. a bank robbery", "Harry Potter and the Chamber of Secrets", "A Long Way Down in Paris")
ITEMS = np.array([[1, 0, 0], [0, 1, 0], [0, 1, 0]], dtype=np.float32)
PIECES = ("zug", "mok", "lar")
KNOWN = ("robbery", "space", "paris", "bank")  # what the encoder below finds like an item


def names_of(facts: Sequence[tuple[str, str]], domain: Domain, titles: Sequence[str] = TITLES) -> FactNames:
    rows = [
        (f"f{item}", relation, f"{domain.phrase(relation).entity_type}:{label.lower()}", label)
        for relation, label in facts
        for item in range(3)
    ]
    triples = pd.DataFrame(rows, columns=["head", "relation", "tail", "tail_label"])
    bare = tiny_catalog()
    catalog = Catalog("tiny", "Tiny", domain, bare.interactions, bare.items, triples, bare.sources)
    return FactNames(build_graph(catalog), domain, titles, lambda texts: np.zeros((len(texts), 2), dtype=np.float32))


def read(texts: Sequence[str]) -> npt.NDArray[np.float32]:
    """The first item for what has a known word; nonsense is a little like it, and all else like none."""
    return np.array([_vector(text.casefold()) for text in texts], dtype=np.float32)


def _vector(text: str) -> npt.NDArray[np.float32]:
    towards = ITEMS[0] - ITEMS.mean(0)
    share = 1.0 if any(word in text for word in KNOWN) else 0.3 if any(word in text for word in PIECES) else 0.0
    return ITEMS.mean(0) + share * towards + np.array([0.0, 0.0, 1.0 - share], dtype=np.float32)


def pieces(word: str) -> Sequence[str]:
    """Letters for what has no vowel, the whole word else."""
    return (word,) if any(letter in "aeiou" for letter in word.casefold()) else tuple(word)


def texts_of(texts: Sequence[str] = TEXTS) -> ItemTexts:
    return ItemTexts(texts, ITEMS, read, pieces, lambda: [f"##{piece}" for piece in PIECES])


@pytest.fixture(scope="module")
def names() -> FactNames:
    return names_of(FILMS, VIDEO)


def heard(names: FactNames, line: str) -> ParsedRequest:
    return parse_request(names.mentions(line), names, texts_of())


def parts(names: FactNames, line: str) -> list[tuple[str, str]]:
    return [(part.words, part.status) for part in heard(names, line).parts]


def said(names: FactNames, line: str) -> tuple[str, ...]:
    return tuple(sentence for _, sentence in request_sentences(heard(names, line)))


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("something like Heat but funny", [("Heat", "understood"), ("funny", "understood")]),
        ("movies for kids without a musical", [("for kids", "understood"), ("musical", "refused")]),
        ("a comedy with Tom Hanks", [("comedy", "understood"), ("with Tom Hanks", "understood")]),
        ("a horror film with Viggo Larsen", [("horror", "understood"), ("Viggo Larsen", "not understood")]),
        ("a comedy under 30 from 2005", [("comedy", "understood"), ("under 30", "not understood"),
                                         ("from 2005", "not understood")]),
        ("a comedy, sdfg qwrt", [("comedy", "understood"), ("sdfg qwrt", "not understood")]),
        ("films from the nineties", [("from the nineties", "understood")]),
        ("books like Harry Potter", [("Harry Potter", "understood")]),
        ("no gore", [("gore", "not understood")]),
        ("nothing like Heat", [("Heat", "not understood")]),
        ("a robbery in space", [("robbery in space", "read as text")]),
        ("a good film, please", []),
    ],
)  # fmt: skip
def test_each_part_of_a_line_is_told(names: FactNames, line: str, told: list[tuple[str, str]]) -> None:
    assert parts(names, line) == told


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("a comedy, sdfg", "a comedy"),
        ("sdfg qwrt", ""),
        ("a robbery in space", "a robbery in space"),
        ("an umbrella on a table", ""),  # like no item
        ("a comedy about umbrellas", "a comedy about"),
        ("a good film", ""),
        ("no comedy", ""),
    ],
)
def test_only_what_is_understood_is_read_as_a_text(names: FactNames, line: str, text: str) -> None:
    assert heard(names, line).text == text


def test_a_line_of_which_nothing_is_understood_counts_for_nothing(names: FactNames) -> None:
    assert [heard(names, line).counts for line in ("sdfg", "an umbrella", "a good film", "from 2005", "no gore")] == [
        False
    ] * 5
    assert [heard(names, line).counts for line in ("a robbery", "comedy", "no comedy")] == [True] * 3


def test_a_name_that_nobody_has_is_told_and_read_only_where_it_is_no_person_asked_for(names: FactNames) -> None:
    absent = heard(names, "a robbery with Bo Bank")
    assert ("Bo Bank", "not understood", "not in this data") in {
        (part.words, part.status, part.meaning) for part in absent.parts
    }
    assert absent.text == "a robbery with"
    like = heard(names, "films like Space Bank")
    assert [(part.status, part.meaning) for part in like.parts] == [
        ("read as text", "not in this data, only compared with the descriptions")
    ]


def test_capitals_name_nobody_where_every_word_has_one(names: FactNames) -> None:
    assert parts(names, "A Robbery In Space") == [("Robbery In Space", "read as text")]
    assert parts(names, "Robbery") == [("Robbery", "read as text")]  # every line begins with one


def test_words_that_stand_side_by_side_in_an_item_are_read_whatever_their_likeness(names: FactNames) -> None:
    assert parts(names, "long way down") == [("long way", "read as text")]
    assert parts(names, "a long umbrella") == [("long umbrella", "not understood")]


def test_the_sentences_say_what_was_understood_first_and_that_nothing_counts_last(names: FactNames) -> None:
    assert said(names, "a comedy, no horror, under 30 and with Viggo Larsen") == (
        "Understood: Comedy films.",
        "Left out: Horror films.",
        "Not understood: “under 30” (no fact has this number).",
        "Not in this data: “Viggo Larsen”.",
    )
    assert said(names, "sdfg")[-1] == "So this line counts for nothing."
    assert said(names, "a good film") == ("None of these words says what is wanted, so they count for nothing.",)


def test_a_word_of_an_item_is_never_cut_to_bits() -> None:
    assert texts_of().is_cut("sdfg") and not texts_of(("The sdfg",)).is_cut("sdfg")
    assert not texts_of().is_cut("umbrella")


@pytest.mark.parametrize(
    ("labels", "cheap", "dear"),
    [
        (("budget", "middle", "premium"), "budget", "premium"),
        (("over 20", "5 to 20", "up to 5"), "up to 5", "over 20"),
        (("5-10 dollars", "0-5 dollars", "over 500 dollars"), "0-5 dollars", "over 500 dollars"),
        (("small", "wide"), None, None),
    ],
)
def test_cheap_is_the_lowest_band_of_prices_where_it_is_plain_which_that_is(
    labels: Sequence[str], cheap: str | None, dear: str | None
) -> None:
    names = names_of([("price_band", label) for label in labels], E_COMMERCE)
    found = {said: names.graph.labels[entity] for said, entity in synonyms(names.graph).items()}
    assert (found.get(words_of("cheap")), found.get(words_of("expensive"))) == (cheap, dear)


@pytest.mark.parametrize("line", ["asdf qwer zxcv", "我想看一部好电影", "фильм про войну"])
def test_nonsense_gives_the_list_that_is_given_without_it(tiny: service.Service, line: str) -> None:
    asker = Visitor(["f1"], request=line)
    silent, found = tiny.recommend(Visitor(["f1"]), k=14), tiny.recommend(asker, k=14)
    assert [(row.item, row.score, row.reason) for row in found.items] == [
        (row.item, row.score, row.reason) for row in silent.items
    ]
    assert [part.status for part in found.request] == ["not understood"] and not silent.request
    explained = tiny.explain(asker, found.items[0].item.item_id)
    assert explained.rank_without_words is None and not any("words" in one.sentence for one in explained.text)
    effect = tiny.request_effect(asker, found.items[0].item.item_id)
    assert (effect.rank, effect.score) == (effect.rank_without, effect.score_without)


def test_the_command_line_tells_what_was_understood(tiny: service.Service, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["recommend", "tiny", "--text", "by Ada Star, with Viggo Larsen", "--k", "2"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("Understood: films directed by Ada Star.\nNot in this data: “Viggo Larsen”.\n")


def test_the_answer_in_json_holds_the_request(tiny: service.Service, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["recommend", "tiny", "--text", "romance, asdf qwer zxcv", "--k", "2", "--json"]) == 0
    assert [(part["words"], part["status"]) for part in json.loads(capsys.readouterr().out)["request"]] == [
        ("romance", "understood"),
        ("asdf qwer zxcv", "not understood"),
    ]
