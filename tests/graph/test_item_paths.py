from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kgrec_core.data.vocab import Vocab
from kgrec_core.graph.item_paths import ItemPath, bridged_paths, shared_paths
from kgrec_core.graph.typed_graph import Graph

Fact = tuple[int, int, int]  # item, relation, entity


def graph_of(facts: list[Fact], items: int = 8, entities: int = 6) -> Graph:
    heads, relations, tails = (np.array(column, dtype=np.int64) for column in zip(*sorted(facts), strict=True))
    names = tuple(f"entity {number}" for number in range(entities))
    fame = np.bincount(tails, minlength=entities).astype(np.int64)
    kinds = ("thing",) * entities
    return Graph(items, Vocab.of(names), names, kinds, fame, ("genre", "director"), heads, relations, tails)


def facts_of(graph: Graph, path: ItemPath) -> list[Fact]:
    return [(int(graph.heads[edge]), int(graph.relations[edge]), int(graph.tails[edge])) for edge in path.edges]


def is_a_walk(graph: Graph, path: ItemPath) -> bool:
    """Item - entity - item ...: edges 2n and 2n + 1 meet in one entity and join item n to item n + 1."""
    facts = facts_of(graph, path)
    steps = zip(facts[::2], facts[1::2], strict=True)
    return len(path.edges) == 2 * (len(path.items) - 1) and all(
        out[2] == back[2] and (out[0], back[0]) == path.items[step : step + 2] for step, (out, back) in enumerate(steps)
    )


def test_a_shared_entity_is_a_path_of_two_edges() -> None:
    graph = graph_of([(0, 0, 2), (5, 1, 2), (6, 0, 3)])
    (path,) = shared_paths(graph, [0, 6], 5)
    assert path.items == (0, 5)
    assert facts_of(graph, path) == [(0, 0, 2), (5, 1, 2)]


def test_items_outside_the_history_are_no_start() -> None:
    assert shared_paths(graph_of([(0, 0, 2), (1, 0, 2), (5, 0, 2)]), [1], 5) == [ItemPath((1, 5), (1, 2))]


def test_a_candidate_of_the_history_is_not_explained_by_itself() -> None:
    assert shared_paths(graph_of([(0, 0, 2), (5, 0, 2)]), [5], 5) == []


def test_a_bridge_joins_two_items_that_share_nothing() -> None:
    graph = graph_of([(0, 1, 0), (3, 1, 0), (3, 0, 1), (7, 0, 1)])
    assert shared_paths(graph, [0], 7) == []
    (path,) = bridged_paths(graph, [0], 7, most=5)
    assert path.items == (0, 3, 7)
    assert facts_of(graph, path) == [(0, 1, 0), (3, 1, 0), (3, 0, 1), (7, 0, 1)]


def test_a_bridge_that_the_user_knows_is_none() -> None:
    graph = graph_of([(0, 1, 0), (3, 1, 0), (3, 0, 1), (7, 0, 1)])
    assert bridged_paths(graph, [0, 3], 7, most=5) == []


def test_a_bridge_over_one_entity_only_is_none() -> None:
    assert bridged_paths(graph_of([(0, 0, 1), (3, 0, 1), (7, 0, 1)]), [0], 7, most=5) == []


def test_the_rarest_entities_come_first() -> None:
    rare = [(0, 1, 0), (3, 1, 0), (3, 1, 1), (7, 1, 1)]
    common = [(0, 0, 2), (4, 0, 2), (4, 0, 3), (7, 0, 3), (5, 0, 3), (6, 0, 2)]
    paths = bridged_paths(graph_of(rare + common), [0], 7, most=5)
    assert paths[0].items == (0, 3, 7)
    assert bridged_paths(graph_of(rare + common), [0], 7, most=1) == paths[:1]


def test_an_entity_of_hundreds_of_items_bridges_nothing() -> None:
    graph = graph_of([(0, 1, 0), (3, 1, 0), (3, 0, 1), (7, 0, 1)])
    for entity in (0, 1):
        famous = graph.fame.copy()
        famous[entity] = 5000
        assert bridged_paths(replace(graph, fame=famous), [0], 7, most=5) == []


facts = st.lists(
    st.tuples(st.integers(0, 7), st.integers(0, 1), st.integers(0, 5)), min_size=1, max_size=30, unique=True
)
histories = st.lists(st.integers(0, 7), min_size=1, max_size=4, unique=True)


@given(facts, histories, st.integers(0, 7))
def test_every_path_is_a_walk_over_stored_facts_from_the_history_to_the_candidate(
    stored: list[Fact], history: list[int], candidate: int
) -> None:
    graph = graph_of(stored)
    for path in [*shared_paths(graph, history, candidate), *bridged_paths(graph, history, candidate, most=10)]:
        assert set(facts_of(graph, path)) <= set(stored)
        assert path.items[0] in history and path.items[-1] == candidate
        assert path.items[0] != candidate and is_a_walk(graph, path)


@given(facts, histories, st.integers(0, 7))
def test_no_shared_fact_is_missed_and_none_comes_twice(stored: list[Fact], history: list[int], candidate: int) -> None:
    graph = graph_of(stored)
    found = [tuple(facts_of(graph, path)) for path in shared_paths(graph, history, candidate)]
    meant = {
        (start, end)
        for start in stored
        for end in stored
        if start[2] == end[2] and end[0] == candidate and start[0] in history and start[0] != candidate
    }
    one_role = {(start[0], start[2]) for start, end in meant if start[1] == end[1]}
    told = {(start, end) for start, end in meant if start[1] == end[1] or (start[0], start[2]) not in one_role}
    assert set(found) == told and len(found) == len(told)


@given(facts, histories, st.integers(0, 7))
def test_bridges_are_new_items_and_never_repeat_an_entity(
    stored: list[Fact], history: list[int], candidate: int
) -> None:
    graph = graph_of(stored)
    paths = bridged_paths(graph, history, candidate, most=10)
    assert len(paths) <= 10 and len(set(paths)) == len(paths)
    for path in paths:
        assert path.items[1] not in {*history, candidate}
        assert facts_of(graph, path)[0][2] != facts_of(graph, path)[3][2]
