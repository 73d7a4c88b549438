"""Facts find their items by id, address, title or case; only what is a fact stays one; relations are called plainly."""

from __future__ import annotations

import pandas as pd
import pytest

from kgrec_core.data.ingest.fact_rows import fact_rows
from kgrec_core.data.ingest.relation_names import fact_relation, relation_name
from kgrec_core.data.ledger import Ledger, with_provenance
from kgrec_core.domain import E_COMMERCE, OTHER, VIDEO, Domain
from kgrec_core.schema.columns import HEAD, HEAD_LABEL, ITEM, RELATION, TAIL, TAIL_LABEL, TITLE

IDS = [f"Q{number}" for number in range(20)]
ITEMS = pd.DataFrame({ITEM: IDS, TITLE: [f"Film {number} ({1980 + number})" for number in range(20)]}, dtype=object)
WIKIDATA = "http://www.wikidata.org"

Row = tuple[str, ...]


def rows(*facts: Row, file: str = "kg.csv") -> pd.DataFrame:
    """Each of head, relation, tail and, if wanted, the labels of tail and head."""
    full = [(*fact, *[""] * (5 - len(fact))) for fact in facts]
    frame = pd.DataFrame(full, columns=[HEAD, RELATION, TAIL, TAIL_LABEL, HEAD_LABEL], dtype=object)
    return with_provenance(frame, file, range(2, len(full) + 2))


def cleaned(
    *facts: Row, items: pd.DataFrame = ITEMS, domain: Domain = OTHER, ledger: Ledger | None = None
) -> list[tuple[str, str, str]]:
    found = fact_rows(rows(*facts), items, domain, ledger or Ledger())
    return list(found[[HEAD, RELATION, TAIL_LABEL]].itertuples(index=False, name=None))


def told(ledger: Ledger) -> list[tuple[str, str, int]]:
    return [(finding.severity, finding.what, finding.rows) for finding in ledger.findings()]


@pytest.mark.parametrize(
    "head",
    ["Q1", f"{WIKIDATA}/entity/Q1", f"<{WIKIDATA}/entity/Q1>", "http://e.org/g#Q1", "wd:Q1", "q1", "Film 1 (1981)",
     "film 1", "http://e.org/resource/Film_1", "http://e.org/resource/Film_1_(film)"],
)  # fmt: skip
def test_an_item_is_found_by_whatever_names_it(head: str) -> None:
    assert cleaned((head, "genre", "War")) == [("Q1", "genre", "War")]


def test_an_item_is_found_by_the_label_of_an_address_that_says_nothing() -> None:
    assert cleaned(("http://e.org/x77", "genre", "War", "", "Film 3")) == [("Q3", "genre", "War")]


def test_how_items_were_found_is_told_once() -> None:
    ledger = Ledger()
    cleaned(*[(f"{WIKIDATA}/entity/{item}", "genre", "War") for item in IDS[:9]], ledger=ledger)
    assert told(ledger) == [("note", "names an item by the last part of an address", 9)]


def test_short_forms_are_no_ids_where_the_file_uses_ids_themselves() -> None:
    """entity:1 is another thing than item 1 where items are called 1."""
    items = pd.DataFrame({ITEM: ["1", "2"], TITLE: ["A", "B"]}, dtype=object)
    assert cleaned(("1", "genre", "War"), ("entity:2", "genre", "War"), items=items) == [("1", "genre", "War")]


def test_facts_about_what_items_point_to_are_one_note_and_about_others_a_warning() -> None:
    ledger = Ledger()
    facts = [("Q1", "director", "n1", "Ada"), ("n1", "born_in", "Rome"), ("n1", "age", "x"), ("n9", "born_in", "Rome")]
    assert cleaned(*facts, ledger=ledger) == [("Q1", "director", "Ada")]
    severities = {what: (severity, count) for severity, what, count in told(ledger)}
    assert severities["is no item"] == ("warning", 1)
    assert severities["is no item, but something that items point to; only facts about items are used"] == ("note", 2)


def test_facts_that_end_at_an_item_are_turned_and_their_verb_becomes_what_the_other_end_is() -> None:
    facts = [
        ("Ada", "DIRECTED", "Q1"),
        ("Bo", "ACTED_IN", "Q1"),
        ("http://e.org/Cleo_Li", "http://e.org/authorOf", "Q2"),
    ]
    assert cleaned(*facts) == [("Q1", "director", "Ada"), ("Q1", "actor", "Bo"), ("Q2", "author", "Cleo Li")]


def test_facts_between_items_end_at_the_title_of_the_item() -> None:
    facts = [(f"Q{n}", "previousWork", f"{WIKIDATA}/entity/Q{n + 1}", "x") for n in range(3)]
    assert cleaned(*facts)[0] == ("Q0", "previous_work", "Film 1 (1981)")


def test_a_number_that_is_an_item_by_chance_is_no_item() -> None:
    items = pd.DataFrame({ITEM: ["1", "2", "3"], TITLE: ["A", "B", "C"]}, dtype=object)
    assert cleaned(("1", "shelf", "2"), ("3", "shelf", "2"), items=items) == [("1", "shelf", "2"), ("3", "shelf", "2")]
    assert cleaned(("1", "similar_to", "2"), items=items) == [("1", "similar_to", "B")]


def test_items_of_one_title_stay_two_ends() -> None:
    items = pd.DataFrame({ITEM: ["a", "b", "c"], TITLE: ["Rain", "Rain", "Sun"]}, dtype=object)
    found = fact_rows(rows(("c", "similar", "a"), ("c", "similar", "b")), items, OTHER, Ledger())
    assert found[TAIL].nunique() == 2 and set(found[TAIL_LABEL]) == {"Rain"}


def test_an_address_becomes_words_and_a_code_stays() -> None:
    facts = [
        ("Q1", f"{WIKIDATA}/prop/direct/P57", f"{WIKIDATA}/entity/Q500"),
        ("Q1", "seen_in", "http://e.org/New_Y%C3%B6rk"),
    ]
    assert cleaned(*facts) == [("Q1", "p57", "Q500"), ("Q1", "seen_in", "New Yörk")]
    assert VIDEO.phrase("p57").shared == VIDEO.phrase("director").shared


def test_a_code_and_its_word_end_at_one_node() -> None:
    facts = rows(("Q1", "wdt:P57", "n1", "Ada"), ("Q2", "director", "n1", "Ada"))
    assert fact_rows(facts, ITEMS, VIDEO, Ledger())[TAIL].tolist() == ["person:ada", "person:ada"]


@pytest.mark.parametrize("relation", ["publicationDate", f"{WIKIDATA}/prop/direct/P577", "releaseYear", "year"])
def test_days_and_years_of_appearance_become_decades(relation: str) -> None:
    days = ["1984-05-01T00:00:00Z", "1984", "1989-12-31"] if "ear" not in relation else ["1984", "1985", "1989"]
    found = cleaned(*[(f"Q{n}", relation, day) for n, day in enumerate(days)])
    assert found == [(f"Q{n}", "decade", "1980s") for n in range(3)]


@pytest.mark.parametrize(
    ("relation", "tail", "why"),
    [
        ("imdb_id", "tt00{}", "is an id or a link"),
        ("isbn13", "97800{}", "is an id or a link"),
        ("homepage", "http://e.org/{}", "is an id or a link"),
        ("birthDate", "1950-01-{:02}", "is a day"),
        ("runtime", "1{}", "is an amount"),
        ("weight_kg", "{}.5", "is an amount"),
        ("abstract", "a film no. {} that is about a man who goes away for good", "reads like a text"),
        ("serial", "A-{}-X", "is met once"),
    ],
)
def test_what_is_no_fact_is_left_out_with_the_reason(relation: str, tail: str, why: str) -> None:
    ledger = Ledger()
    facts = [(item, relation, tail.format(n + 1)) for n, item in enumerate(IDS)]
    assert cleaned(*facts, ledger=ledger) == []
    assert any(what.startswith(why) and count == 20 and severity == "note" for severity, what, count in told(ledger))


def test_few_amounts_that_are_kinds_and_shared_codes_stay() -> None:
    facts = [(item, "categoryid", f"10{n % 4}") for n, item in enumerate(IDS)]
    assert cleaned(*facts)[1] == ("Q1", "category", "101")


def test_yes_becomes_a_feature_and_no_is_no_fact() -> None:
    facts = [(item, "in_stock", str(n % 2)) for n, item in enumerate(IDS)]
    assert cleaned(*facts, domain=E_COMMERCE) == [(item, "feature", "in stock") for item in IDS[1::2]]


def test_what_is_said_of_nearly_every_item_is_no_fact() -> None:
    facts = [(item, "type", "Film") for item in IDS] + [("Q1", "genre", "War")]
    assert cleaned(*facts) == [("Q1", "genre", "War")]


@pytest.mark.parametrize(
    ("raw", "name"),
    [("hasDirector", "director"), ("isDirectedBy", "director"), ("directed_by", "director"), ("starring", "actor"),
     ("http://e.org/literaryGenre", "literary_genre"), ("HAS_GENRE", "genre"), ("in_genre", "genre"),
     ("belongs_to_series", "series"), ("brandId", "brand"), ("schema:author", "author"), ("3", "relation_3"),
     ("has_part", "has_part"), ("bornIn", "born_in"), ("???", "related_to")],
)  # fmt: skip
def test_relations_are_called_plainly(raw: str, name: str) -> None:
    assert fact_relation(raw) == name


def test_a_name_that_a_person_chose_is_only_spelled_plainly() -> None:
    assert (relation_name("Directed by"), relation_name("has Part"), relation_name("7")) == (
        "directed_by",
        "has_part",
        "7",
    )
