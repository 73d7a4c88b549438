from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from kgrec_core.data.catalog import Catalog
from kgrec_core.graph.graph_quality import findings, folded
from kgrec_core.graph.graph_statistics import statistics
from kgrec_core.graph.typed_graph import build_graph
from tests.worlds import ITEMS, tiny_catalog


def catalog_with(*facts: tuple[str, str, str, str]) -> Catalog:
    """The tiny catalogue with only these facts: item, relation, id of the value, its label."""
    columns = ["head", "relation", "tail", "tail_label"]
    return replace(tiny_catalog(), triples=pd.DataFrame(list(facts), columns=columns))


def found_in(catalog: Catalog, kind: str) -> list[str]:
    return [one.subject for one in findings(catalog, build_graph(catalog)) if one.kind == kind]


def test_an_item_whose_facts_nobody_shares_is_isolated() -> None:
    facts = [(f"f{item}", "genre", "g", "Drama") for item in range(1, ITEMS)]
    catalog = catalog_with(*facts, ("f0", "genre", "own", "Cult"))
    assert found_in(catalog, "isolated item") == ["Comet 0"]


def test_names_that_differ_in_accents_signs_and_order_are_possible_duplicates() -> None:
    catalog = catalog_with(
        ("f0", "director", "a", "Ang Lee"), ("f1", "director", "b", "Lee, Ang"), ("f2", "director", "c", "Ann Li")
    )
    assert found_in(catalog, "possible duplicate") == ["Ang Lee"]


def test_a_relation_with_one_value_is_found_and_one_with_two_halves_is_not() -> None:
    same = [(f"f{item}", "language", "en", "English") for item in range(10)]
    halves = [(f"f{item}", "genre", str(item % 2), f"Genre {item % 2}") for item in range(10)]
    assert found_in(catalog_with(*same, *halves), "one value") == ["language"]


def test_a_value_in_two_senses_and_an_item_used_as_a_value_are_type_conflicts() -> None:
    catalog = catalog_with(
        ("f0", "director", "x", "Paris"), ("f1", "country", "x", "Paris"), ("f2", "genre", "f3", "Letter 3")
    )
    assert sorted(found_in(catalog, "type conflict")) == ["Letter 3", "Paris"]


def test_every_finding_says_what_to_do() -> None:
    catalog = catalog_with(("f0", "director", "a", "Ang Lee"), ("f1", "director", "b", "Lee, Ang"))
    assert all(one.advice and one.detail and one.ids for one in findings(catalog, build_graph(catalog)))


@pytest.mark.parametrize("label", ["", "!!", "  "])
def test_a_label_without_letters_is_like_no_other(label: str) -> None:
    assert folded(label) == ""


def test_statistics_count_what_is_used_and_what_is_only_stored() -> None:
    catalog = catalog_with(
        ("f0", "genre", "g", "Drama"),
        ("f1", "genre", "g", "Drama"),
        ("f0", "writer", "w", "Own"),
        ("f2", "genre", "h", "x"),
    )
    found = statistics(catalog, build_graph(catalog))
    assert (found.facts, found.stored, found.connected, found.isolated) == (2, 4, 2, ITEMS - 2)
    rows = {row.relation: row for row in found.relations}
    assert (rows["genre"].used, rows["genre"].stored, rows["genre"].commonest_share) == (2, 3, 1.0)
    assert (rows["writer"].used, rows["writer"].stored) == (0, 1)
