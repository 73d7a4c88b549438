from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kgrec_core import service
from kgrec_core.data.interactions import Interactions
from kgrec_core.data.vocab import Vocab
from kgrec_core.explain.why.path_quality import SMOOTHING, PathMeasurer, popularity, recency, smoothed
from kgrec_core.graph.item_paths import ItemPath, shared_paths
from kgrec_core.graph.typed_graph import Graph
from kgrec_core.schema.asker import Visitor


@pytest.fixture
def graph() -> Graph:
    """Four films: one director of films 0, 1, 3 and one of film 2; genre drama of films 1 and 3."""
    heads, relations, tails = [0, 1, 1, 2, 3, 3], [0, 0, 1, 0, 0, 1], [0, 0, 2, 1, 0, 2]
    return Graph(
        items=4,
        entities=Vocab.of(["ada", "ben", "drama"], "entity"),
        labels=("Ada", "Ben", "Drama"),
        types=("person", "person", "genre"),
        fame=np.array([3, 1, 2]),
        relation_names=("director", "genre"),
        heads=np.array(heads),
        relations=np.array(relations),
        tails=np.array(tails),
    )


def test_values_are_smoothed_from_the_least_on_and_stretched_to_one() -> None:
    first, second, third = 0.0, SMOOTHING * 10, (1 - SMOOTHING) * SMOOTHING * 10 + SMOOTHING * 30
    expected = [1.0, first, second / third]
    assert smoothed(np.array([30, 0, 10])) == pytest.approx(expected)


def test_equal_values_are_equal_whatever_their_order() -> None:
    found = smoothed(np.array([5, 1, 5, 1, 9]))
    assert found[0] == found[2] and found[1] == found[3] and found[4] == 1.0


@settings(deadline=None)
@given(st.lists(st.integers(0, 2_000_000_000), min_size=1, max_size=30))
def test_a_larger_value_is_never_smoothed_below_a_smaller_one(values: list[int]) -> None:
    found = smoothed(np.array(values))
    assert ((found >= 0) & (found <= 1)).all() and found[int(np.argmax(values))] == 1.0
    assert (np.diff(found[np.argsort(values, kind="stable")]) >= 0).all()


def test_popularity_is_told_within_each_type(graph: Graph) -> None:
    assert popularity(graph).tolist() == [1.0, 0.0, 1.0]  # Ada in three films, Ben in one; the only genre


def test_without_times_nothing_is_recent() -> None:
    times = Interactions(np.zeros(2, int), np.arange(2), np.ones(2, np.float32), np.zeros(2, int))
    assert recency(times) == {}


def test_paths_are_judged_by_their_first_step_their_entity_and_their_kinds(graph: Graph) -> None:
    paths = shared_paths(graph, [0, 1], 3)  # over Ada from 0 and 1, over drama from 1
    judge = PathMeasurer(graph, {0: 0.2, 1: 0.8})
    found = judge.measure(paths)
    assert found.recency == pytest.approx((0.2 + 0.8 + 0.8) / 3)
    assert found.popularity == 1.0
    assert found.diversity == 2 / min(3, 2)
    assert judge.measure(paths[:1]).diversity == 1 / min(1, 2)
    same = [path for path in paths if path.edges[-1] == paths[0].edges[-1]]
    assert judge.measure(same).diversity == 1 / min(len(same), 2)


def test_no_path_has_no_quality(graph: Graph) -> None:
    found = PathMeasurer(graph, {}).measure([])
    assert (found.recency, found.popularity, found.diversity) == (None, None, None)


def test_a_random_choice_among_one_path_is_that_path(graph: Graph) -> None:
    paths: list[ItemPath] = shared_paths(graph, [0], 3)
    judge = PathMeasurer(graph, {0: 0.4})
    found = judge.at_random([(paths, 1)])
    assert (found.recency, found.popularity, found.diversity) == (pytest.approx(0.4), 1.0, 1.0)


def test_the_trust_of_an_explanation_tells_what_its_paths_are_like(
    tiny_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KGREC_HOME", str(tiny_home))
    tiny = service.open("tiny")
    item = tiny.recommend("u0", k=1).items[0].item.item_id
    shown = len(tiny.explain("u0", item).paths)
    found = tiny.trust("u0", item).paths
    assert [measure.name for measure in found] == [f"{name}@{shown}" for name in ("lir", "sep", "etd")]
    assert all(0 <= measure.value <= 1 and 0 <= measure.random <= 1 for measure in found)
    visitor = tiny.trust(Visitor(["f0", "f1"]), item).paths
    assert not any(measure.name.startswith("lir") for measure in visitor)
