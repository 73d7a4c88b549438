"""Paths between any two nodes of a graph: fewest steps or strongest, with an end to the search."""

from __future__ import annotations

import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgrec_core.graph.place_paths import DAMPING, MOST_PATHS, MOST_STEPS, PathFinder
from kgrec_core.graph.typed_graph import Graph
from tests.graph.test_item_paths import Fact, facts, graph_of

ITEMS = 8  # of graph_of; its entity 0 is node 8


def finder_of(stored: list[Fact]) -> PathFinder:
    return PathFinder(graph_of(stored))


def test_two_items_with_one_entity_are_two_steps_apart() -> None:
    (path,) = finder_of([(0, 0, 2), (5, 1, 2)]).shortest(0, 5)
    assert path.nodes == (0, ITEMS + 2, 5)
    assert path.strength == pytest.approx(2 ** (-2 * DAMPING))  # between lies an entity of two items


def test_an_entity_and_its_item_are_one_step_apart_and_nothing_weakens_that() -> None:
    (path,) = finder_of([(0, 0, 2), (5, 1, 2)]).strongest(ITEMS + 2, 0)
    assert path.nodes == (ITEMS + 2, 0) and path.strength == 1


def test_a_rare_entity_goes_before_a_common_one_of_as_many_steps() -> None:
    common = [(item, 0, 0) for item in range(8)]
    paths = finder_of([*common, (0, 1, 1), (5, 1, 1)]).shortest(0, 5)
    assert [path.nodes for path in paths[:2]] == [(0, ITEMS + 1, 5), (0, ITEMS, 5)]


def test_the_strongest_path_may_be_longer_than_the_shortest() -> None:
    items, entities = 102, 3
    everywhere = [(item, 0, 0) for item in range(items)]
    detour = [(0, 1, 1), (100, 1, 1), (100, 1, 2), (101, 1, 2)]
    heads, relations, tails = (np.array(one, np.int64) for one in zip(*sorted(everywhere + detour), strict=True))
    known = graph_of([(0, 0, 0)], items, entities)
    graph = Graph(
        items, known.entities, known.labels, known.types, known.fame, known.relation_names, heads, relations, tails
    )
    finder = PathFinder(graph)
    assert len(finder.shortest(0, 101)[0].nodes) == 3  # over what all 102 items have: 102 to the power of -0.8
    assert finder.strongest(0, 101)[0].nodes == (0, items + 1, 100, items + 2, 101)  # 2, 3 and 2: 12 to that power


def test_nothing_leads_to_what_hangs_together_with_nothing_and_no_path_to_itself() -> None:
    finder = finder_of([(0, 0, 2), (5, 0, 2), (1, 0, 3), (6, 0, 3)])
    assert finder.shortest(0, 1) == finder.strongest(0, 1) == finder.shortest(0, 0) == []


def test_a_path_of_too_many_steps_is_none() -> None:
    chain = [fact for step in range(5) for fact in ((step, 0, step), (step + 1, 0, step))]
    finder = finder_of(chain)
    assert len(finder.shortest(0, 4)[0].nodes) == MOST_STEPS + 1
    assert finder.shortest(0, 5) == []


def test_all_facts_that_join_two_places_are_known() -> None:
    finder = finder_of([(0, 0, 2), (0, 1, 2), (0, 1, 3), (5, 0, 2)])
    assert finder.edges_between(0, ITEMS + 2).tolist() == finder.edges_between(ITEMS + 2, 0).tolist() == [0, 1]


@given(facts, st.integers(0, 13), st.integers(0, 13))
def test_every_path_is_a_walk_over_stored_facts_without_a_loop(stored: list[Fact], start: int, end: int) -> None:
    finder = finder_of(stored)
    for paths in (finder.shortest(start, end), finder.strongest(start, end)):
        assert len(paths) <= MOST_PATHS and len({path.nodes for path in paths}) == len(paths)
        for path in paths:
            assert (path.nodes[0], path.nodes[-1]) == (start, end)
            assert len(set(path.nodes)) == len(path.nodes)
            assert all(len(finder.edges_between(*pair)) for pair in zip(path.nodes, path.nodes[1:], strict=False))
    lengths = [len(path.nodes) for path in finder.shortest(start, end)]
    strengths = [path.strength for path in finder.strongest(start, end)]
    assert lengths == sorted(lengths) and strengths == sorted(strengths, reverse=True)


def test_a_search_among_two_hundred_thousand_facts_ends_soon() -> None:
    rng, items, entities = np.random.default_rng(0), 20_000, 30_000
    heads, tails = np.sort(rng.integers(0, items, 200_000)), rng.integers(0, entities, 200_000)
    known = graph_of([(0, 0, 0)], items, entities)
    relations = np.zeros(200_000, np.int64)
    finder = PathFinder(
        Graph(
            items, known.entities, known.labels, known.types, known.fame, known.relation_names, heads, relations, tails
        )
    )
    finder.shortest(0, 1)  # arrays are made once
    start = time.process_time()
    assert finder.strongest(3, 19_999)
    assert time.process_time() - start < 2
