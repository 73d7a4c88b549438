"""Facts that texts say as known facts are said are found, with a confidence that hidden facts bear out."""

from __future__ import annotations

import pandas as pd
import pytest

from kgrec_core.data.ingest.proposed_facts import accepted_triples, all_of, propose, tell_accepted
from kgrec_core.data.ingest.text_patterns import facts_in_texts, wilson
from kgrec_core.data.ledger import Ledger

BRANDS = ("Norvik", "Vellund", "Tamora", "Osttis")
COLUMNS = ["head", "relation", "tail", "head_label", "tail_label"]


def shop(texts: list[str]) -> pd.DataFrame:
    ids = [f"p{place}" for place in range(len(texts))]
    return pd.DataFrame({"item_id": ids, "title": [f"Thing {each}" for each in ids], "text": texts})


def known(facts: list[tuple[str, str, str]]) -> pd.DataFrame:
    rows = [(item, relation, f"{relation}:{label.lower()}", f"Thing {item}", label) for item, relation, label in facts]
    return pd.DataFrame(rows, columns=COLUMNS)


MADE = [f"A solid lamp made by {BRANDS[place % 4]}, for the desk." for place in range(24)]
MAKERS = known([(f"p{place}", "brand", BRANDS[place % 4]) for place in range(20)])


def found(texts: list[str], triples: pd.DataFrame) -> dict[tuple[str, str, str], float]:
    return {(each.item, each.relation, each.label): each.confidence for each in facts_in_texts(shop(texts), triples)}


def test_what_is_said_as_of_other_items_is_found_with_the_precision_seen_there() -> None:
    facts = found(MADE, MAKERS)
    assert {key for key in facts} == {(f"p{place}", "brand", BRANDS[place % 4]) for place in range(20, 24)}
    assert set(facts.values()) == {round(wilson(20, 20), 2)}


def test_a_brand_that_no_item_has_is_found_where_a_pattern_is_sure() -> None:
    first = next(iter(facts_in_texts(shop([*MADE[:20], "A solid chair made by Zanwyn, for the garden."]), MAKERS)))
    assert (first.item, first.label, first.tail) == ("p20", "Zanwyn", "")
    assert first.why == "“lamp made by … ,” is right in 20 of 20 texts" or "made by" in first.why


def test_the_node_of_a_known_label_is_the_one_it_has() -> None:
    assert {each.tail for each in facts_in_texts(shop(MADE), MAKERS)} == {f"brand:{name.lower()}" for name in BRANDS}


def test_an_item_that_has_its_brand_gets_no_second_one() -> None:
    texts = [*MADE[:19], "A solid lamp made by Vellund, for the desk."]  # p19 is known to be of Osttis
    assert found(texts, MAKERS) == {}


def test_a_pattern_that_is_often_wrong_proposes_nothing() -> None:
    texts = [f"Looks fine beside {BRANDS[(place + place % 2) % 4]}, they say." for place in range(24)]
    assert found(texts, MAKERS) == {}  # right of every other item


def test_items_that_have_fewer_labels_than_usual_get_what_is_missing() -> None:
    kinds = ("foldable", "dimmable", "silent", "reflective")
    texts = [f"It is {kinds[place % 4]} and {kinds[(place + 1) % 4]} too." for place in range(24)]
    facts = [(f"p{place}", "feature", kinds[(place + more) % 4]) for place in range(24) for more in (0, 1)]
    hidden = {facts[1], facts[9]}
    assert hidden <= set(found(texts, known([fact for fact in facts if fact not in hidden])))


def test_chinese_is_read_sign_by_sign() -> None:
    brands = ("诺维克", "维兰德", "塔莫拉", "奥斯提")
    texts = [f"可折叠台灯，由{brands[place % 4]}制造，适合卧室。" for place in range(24)]
    facts = found(texts, known([(f"p{place}", "品牌", brands[place % 4]) for place in range(20)]))
    assert ("p23", "品牌", "奥斯提") in facts and ("p22", "品牌", "塔莫拉") in facts


def test_without_known_facts_or_texts_nothing_is_found() -> None:
    assert facts_in_texts(shop(MADE), MAKERS.head(0)) == ()
    assert facts_in_texts(shop(MADE).drop(columns="text"), MAKERS) == ()


def test_a_text_made_to_be_slow_is_read_in_time() -> None:
    hostile = ["made by " * 5000, "A-" * 5000, "by Norvik" * 3000, "'" * 5000]
    assert len(found([*MADE[:20], *hostile], MAKERS)) <= 4


@pytest.mark.parametrize("accepted", ["brand: Norvik", "brand: *"])
def test_what_is_accepted_enters_and_says_that_a_description_told_it(accepted: str) -> None:
    facts = accepted_triples(shop(MADE), [accepted], MAKERS)
    assert facts["tail"].iloc[0] == "brand:norvik" and set(facts["source"]) == {"description"}
    assert len(facts) == (4 if accepted == all_of("brand") else 1)


def test_a_new_label_gets_a_node_of_the_kind_that_its_relation_has() -> None:
    facts = accepted_triples(shop([*MADE[:20], "A solid lamp made by Zanwyn, for the desk."]), ["brand: *"], MAKERS)
    assert facts[["head", "tail"]].to_numpy().tolist() == [["p20", "brand:zanwyn"]]


def test_proposals_tell_relation_confidence_and_where_they_stand() -> None:
    first = propose(shop(MADE), MAKERS)[0]
    assert (first.relation, first.kind, first.items, first.key) == ("brand", "known", 1, f"brand: {first.phrase}")
    assert first.phrase in first.sentence and "right in 20 of 20 texts" in first.why


def test_a_brand_that_is_known_is_not_proposed_as_a_mere_phrase() -> None:
    assert {each.phrase for each in propose(shop(MADE)) if each.kind == "name"} == set(BRANDS)
    assert not {each.phrase for each in propose(shop(MADE), MAKERS) if each.kind == "name"} & set(BRANDS)


def test_what_was_accepted_in_vain_is_told() -> None:
    ledger = Ledger()
    triples = accepted_triples(shop(MADE), ["brand: *", "brand: Nobody"], MAKERS)
    tell_accepted(triples, ["brand: *", "brand: Nobody"], "items.csv", ledger)
    warning, note = ledger.findings()
    assert "'brand: Nobody' was accepted, but no description says it" in warning.what
    assert note.what.startswith("4 facts of the relation 'brand' were found in descriptions")


def test_what_was_accepted_stays_among_the_proposals() -> None:
    accepted = ["brand: Norvik"]
    graph = pd.concat([MAKERS.assign(source=""), accepted_triples(shop(MADE), accepted, MAKERS)], ignore_index=True)
    assert propose(shop(MADE), graph) == propose(shop(MADE), MAKERS)
    assert [each.phrase for each in propose(shop(MADE), graph) if each.among(accepted)] == ["Norvik"]
    assert all(each.among([all_of("brand")]) for each in propose(shop(MADE), graph) if each.relation == "brand")
