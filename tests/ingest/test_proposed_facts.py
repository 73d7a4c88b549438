from __future__ import annotations

import pandas as pd

from kgrec_core.data.ingest.proposed_facts import accepted_triples, propose

TEXTS = [
    "They met in New York City. A slow burn romance.",
    "Set in New York City, a slow burn romance of two.",
    "He leaves New York City and finds a slow burn romance.",
    "Nothing shared here at all.",
] + [f"Filler number text of kind {n}." for n in range(8)]
ITEMS = pd.DataFrame({"item_id": [str(n) for n in range(12)], "title": [f"T{n}" for n in range(12)], "text": TEXTS})

NOTHING_KNOWN = pd.DataFrame(columns=["head", "relation", "tail", "head_label", "tail_label"])


def test_a_name_in_three_descriptions_is_proposed_whole_with_its_count() -> None:
    found = {each.phrase: each for each in propose(ITEMS)}
    city = found["New York City"]
    assert (city.kind, city.items, city.confidence) == ("name", 3, 1.0)
    assert "York" not in found


def test_words_that_always_meet_are_a_sure_phrase() -> None:
    found = {each.phrase: each for each in propose(ITEMS)}
    assert found["slow burn romance"].confidence == 1.0
    assert "slow burn" not in found


def test_nothing_enters_the_graph_that_was_not_accepted() -> None:
    facts = accepted_triples(ITEMS, ["New York City"], NOTHING_KNOWN)
    assert facts["head"].tolist() == ["0", "1", "2"]
    assert set(facts["tail_label"]) == {"New York City"} and set(facts["tail"]) == {"mentions:new york city"}
    assert accepted_triples(ITEMS, [], NOTHING_KNOWN).empty


def test_items_without_text_have_no_proposals() -> None:
    assert propose(ITEMS.drop(columns="text")) == ()
