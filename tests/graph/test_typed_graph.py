from __future__ import annotations

from collections import Counter

import numpy as np
import pandas as pd
import pytest

from kgrec_core.data.catalog import Catalog
from kgrec_core.domain import VIDEO
from kgrec_core.graph.typed_graph import Graph, build_graph

TRIPLES = [
    ("30", "director", "scott", "Ridley Scott", 12),
    ("10", "genre", "space", "Space", 40),
    ("10", "director", "scott", "Ridley Scott", 12),
    ("20", "genre", "space", "Space", 40),
    ("20", "genre", "love", "Love", 90),  # of one item only
    ("10", "genre", "space", "Space", 40),  # said twice
    ("30", "writer", "hand", "A hand", 1),  # of one item, by two relations
    ("30", "director", "hand", "A hand", 1),
]


def catalog(triples: list[tuple[str, str, str, str, int]]) -> Catalog:
    columns = ["head", "relation", "tail", "tail_label", "tail_count"]
    return Catalog(
        name="tiny",
        title="Four films",
        domain=VIDEO,
        interactions=pd.DataFrame({"user_id": ["u"], "item_id": ["10"]}),
        items=pd.DataFrame({"item_id": ["10", "20", "30", "40"], "title": list("ABCD")}),
        triples=pd.DataFrame(triples, columns=columns),
        sources=("Made up for tests.",),
    )


@pytest.fixture
def graph() -> Graph:
    return build_graph(catalog(TRIPLES))


def test_entities_that_touch_one_item_are_left_out(graph: Graph) -> None:
    assert set(graph.entities) == {"scott", "space"}


def test_a_fact_said_twice_is_one_edge(graph: Graph) -> None:
    assert len(graph.heads) == len(graph.relations) == len(graph.tails) == 4


def test_edges_are_sorted_by_head_and_say_what_the_triples_say(graph: Graph) -> None:
    assert graph.heads.tolist() == [0, 0, 1, 2]
    facts = [
        (head, graph.relation_names[relation], graph.entities.id(tail))
        for head, relation, tail in zip(graph.heads, graph.relations, graph.tails.tolist(), strict=True)
    ]
    assert set(facts) == {
        (0, "director", "scott"),
        (0, "genre", "space"),
        (1, "genre", "space"),
        (2, "director", "scott"),
    }


def test_entities_carry_their_label_type_and_fame(graph: Graph) -> None:
    scott = graph.entities.index("scott")
    assert (graph.labels[scott], graph.types[scott], graph.fame[scott]) == ("Ridley Scott", "person", 12)


def test_edges_of_an_item_and_of_an_entity_are_found(graph: Graph) -> None:
    space = graph.entities.index("space")
    assert graph.edges_of(0).tolist() == [0, 1] and graph.edges_of(3).tolist() == []
    assert [int(graph.heads[edge]) for edge in graph.edges_to(space)] == [0, 1]
    assert {int(graph.tails[edge]) for edge in graph.edges_to(space)} == {space}


def test_without_counts_fame_is_the_number_of_edges_and_without_labels_the_id_is_the_label() -> None:
    bare = catalog(TRIPLES)
    graph = build_graph(
        Catalog(**{**_fields(bare), "triples": bare.triples.drop(columns=["tail_label", "tail_count"])})
    )
    assert graph.fame.tolist() == [2, 2] and graph.labels == graph.entities.ids


def _fields(catalog: Catalog) -> dict[str, object]:
    return {name: getattr(catalog, name) for name in catalog.__dataclass_fields__}


def test_a_catalog_without_facts_has_a_graph_of_items_alone() -> None:
    graph = build_graph(catalog([]))
    assert (graph.items, len(graph.entities), len(graph.heads), graph.relation_names) == (4, 0, 0, ())
    assert graph.edges_of(2).tolist() == []


def many_edges() -> Graph:
    rng = np.random.default_rng(0)
    facts = {
        (f"{10 * rng.integers(1, 5)}", ("genre", "director")[rng.integers(2)], f"e{rng.integers(8)}") for _ in range(60)
    }
    return build_graph(catalog([(*fact, fact[2], 5) for fact in sorted(facts)]))


def test_a_shuffled_graph_keeps_the_degrees_of_each_relation_and_loses_who_has_what() -> None:
    graph = many_edges()
    shuffled = graph.shuffled(0)
    assert shuffled.heads.tolist() == graph.heads.tolist() and shuffled.relations.tolist() == graph.relations.tolist()
    degrees = [Counter(zip(each.relations, each.tails, strict=True)) for each in (graph, shuffled)]
    assert degrees[0] == degrees[1]
    assert shuffled.tails.tolist() != graph.tails.tolist()


def test_shuffling_depends_on_the_seed_alone() -> None:
    graph = many_edges()
    assert graph.shuffled(1).tails.tolist() == graph.shuffled(1).tails.tolist() != graph.shuffled(2).tails.tolist()


def test_a_selection_keeps_the_order_and_the_indices(graph: Graph) -> None:
    left = graph.select(np.array([3, 1]))
    assert left.heads.tolist() == [0, 2] and left.entities is graph.entities
    assert left.edges_of(2).tolist() == [1]


def test_a_graph_without_edges_keeps_items_entities_and_relations(graph: Graph) -> None:
    bare = graph.without_edges()
    assert len(bare.heads) == 0 and bare.items == 4
    assert (bare.entities, bare.relation_names) == (graph.entities, graph.relation_names)
    assert all(len(bare.edges_of(item)) == 0 for item in range(4))
