"""The line of a list and the explanation of its item tell one story: the same liked item, the same fact."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from kgrec_core import service
from kgrec_core.domain import VIDEO
from kgrec_core.explain import lines, words
from kgrec_core.explain.games import falls
from kgrec_core.explain.paths import MeasuredPath
from kgrec_core.graph.build import Graph
from kgrec_core.graph.paths import shared_paths

ASKED = [(user, row) for user in ("u0", "u1", "u5") for row in range(4)]


def test_the_fact_of_the_line_is_a_sentence_and_a_path_of_the_explanation(tiny: service.Service) -> None:
    clauses = []
    for user, place in ASKED:
        row = tiny.recommend(user, 4).items[place]
        title, _, clause = row.reason.removeprefix("Because you liked ").removesuffix(".").partition(": ")
        if not clause:
            continue
        clauses.append(clause)
        found = tiny.explain(user, row.item.item_id)
        assert f"{row.item.title} and {title}: {clause}." in [each.sentence for each in found.text]
        if clause not in (words.together(VIDEO), words.NEAR):
            assert (title, clause) in [(path.nodes[1].label, path.clause) for path in found.paths]
    assert any(clause.startswith("both directed by") for clause in clauses)


@pytest.mark.parametrize(("user", "place"), ASKED)
def test_each_liked_item_that_counts_much_begins_a_path_if_it_shares_a_fact_that_carries(
    tiny: service.Service, user: str, place: int
) -> None:
    say, item = tiny._say, tiny._item(tiny.recommend(user, 4).items[place].item.item_id)
    context = tiny._context(user, None)
    cause = lines.causes(context, [item], say)[0]
    begun = {path.nodes[1].id for path in tiny.explain(user, say.item_id(item)).paths}
    for anchor in cause.anchors:
        carried = lines.measure(context, shared_paths(say.graph, [anchor], item))
        assert say.item_id(anchor) in begun or not any(path.contribution > 0 for path in carried)


def test_the_named_item_adds_at_least_half_of_what_the_strongest_adds(tiny: service.Service) -> None:
    context, items = tiny._context("u2", None), [1, 5, 9]
    for item, cause in zip(items, lines.causes(context, items, tiny._say), strict=True):
        drops = falls(context, np.array([item]), np.arange(len(context.items)))[0]
        named = float(drops[context.items.tolist().index(cause.anchor)])
        assert cause.fall == pytest.approx(float(drops[context.weights == 1].max()), abs=1e-6)
        assert named >= lines.STRONG * cause.fall - 1e-6


def test_who_says_what_is_wanted_is_not_told_that_many_others_like_it(tiny: service.Service) -> None:
    """Their scores have no popularity in them."""
    for row in tiny.recommend(history=["f0"], text="a love letter", k=13).items:
        assert "many others" not in row.reason


@pytest.fixture
def cast() -> Graph:
    """Films 0 and 1: one director, a genre, a decade, two of a cast of five, whom few or many films have."""
    names = ("Ada", "Star", "Extra", *"xyz", "Drama", "1990s", "Bea")
    relations = (0, *[1] * 5, 2, 3)
    return Graph(
        items=2,
        entities=None,  # type: ignore[arg-type]  # not asked
        labels=names,
        types=(*["person"] * 6, "genre", "decade", "person"),
        fame=np.array([3, 60, 2, 20, 20, 20, 900, 4000, 4]),
        relation_names=("director", "actor", "genre", "decade", "writer"),
        heads=np.repeat([0, 1], 9),
        relations=np.array([*relations, 4, *relations, 0]),
        tails=np.array([*range(8), 8, *range(8), 8]),
    )


def told(graph: Graph, worth: dict[str, float]) -> list[str]:
    """Labels in the order of telling, of paths with these contributions."""
    paths = [
        MeasuredPath(path, worth.get(graph.labels[int(graph.tails[path.edges[-1]])], 0.1))
        for path in shared_paths(replace(graph, entities=range(9)), [0], 1)  # type: ignore[arg-type]
    ]
    return [graph.labels[int(graph.tails[path.path.edges[-1]])] for path in words.best_told(paths, graph, VIDEO)]


def test_a_director_is_told_before_a_genre_that_carries_more_and_a_decade_after_all(cast: Graph) -> None:
    order = told(cast, {"Drama": 5.0, "1990s": 9.0})
    assert order[:2] == ["Ada", "Star"] and order.index("Drama") < order.index("1990s")


def test_an_extra_is_told_after_a_genre(cast: Graph) -> None:
    """The median fame over the cast is 20; Extra has 2."""
    assert cast.usual_fame[1] == 20 and cast.usual_fame[0] == 0
    order = told(cast, {"Extra": 5.0})
    assert order.index("Extra") > order.index("Drama") > order.index("x")


def test_one_who_wrote_the_one_and_directed_the_other_is_told_after_the_cast_and_before_a_genre(cast: Graph) -> None:
    order = told(cast, {})
    assert order.index("z") < order.index("Bea") < order.index("Drama")
