"""The line of a list and the explanation of its item tell one story: the same liked item, the same fact."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from benchmarks import told
from kgrec_core import service
from kgrec_core.domain import VIDEO
from kgrec_core.explain.removal.removed_edges import MeasuredPath
from kgrec_core.explain.sentences import clauses as words
from kgrec_core.explain.sentences import list_reasons
from kgrec_core.explain.why import strongest_cause
from kgrec_core.graph.item_paths import shared_paths
from kgrec_core.graph.typed_graph import Graph
from kgrec_core.schema.asker import Visitor
from kgrec_core.schema.explanation import TELLING, Attribution

ASKED = [(user, row) for user in ("u0", "u1", "u5") for row in range(4)]


def test_the_line_and_the_explanation_name_the_same_cause_and_the_same_link(tiny: service.Service) -> None:
    display, clauses = tiny._display, []
    for user, place in ASKED:
        item = tiny._item(tiny.recommend(user, 4).items[place].item.item_id)
        listed = [tiny._item(row.item.item_id) for row in tiny.recommend(user, 4).items]
        line = list_reasons.list_reasons(tiny._context(user), listed, display)[place]
        found = tiny.why(user, display.item_id(item))
        assert told.cause(line, display) == told.cause(found.text[0], display)
        title, _, clause = line.sentence.removesuffix(".").partition(": ")
        if told.cause(line, display).startswith("history:") and clause:
            clauses.append(clause)
            name = title.removeprefix("Because they liked ").removeprefix("Because they watched ")
            assert f"{display.title(item)} and {name}: {clause}." in [each.sentence for each in found.text]
    assert clauses


@pytest.mark.parametrize(("user", "place"), ASKED)
def test_what_is_named_first_is_within_a_tenth_of_the_largest_part(
    tiny: service.Service, user: str, place: int
) -> None:
    item = tiny._item(tiny.recommend(user, 4).items[place].item.item_id)
    context, display = tiny._context(user), tiny._display
    found = tiny.explain(user, display.item_id(item))
    values = {part.player: part.value for part in found.attributions}
    listed = [tiny._item(row.item.item_id) for row in tiny.recommend(user, 4).items]
    for said in (list_reasons.list_reasons(context, listed, display)[place], found.text[0]):
        assert told.is_strongest(told.cause(said, display), values)


def test_a_cause_that_counts_most_is_told_first_of_whatever_kind_it_is(tiny: service.Service) -> None:
    """Each branch of the model in turn is made to weigh all: likes of others, genres, texts."""
    weights, names = tiny._bundle.recommender.fusion.log_weight, tiny._bundle.recommender.columns.names
    kinds = set()
    for branch in ("collaborative", "genre", "text"):
        weights[:] = -20.0
        weights[names.index(branch)] = 3.0
        for row in tiny.recommend("u0", 4).items:
            found = tiny.why("u0", row.item.item_id)
            values = {part.player: part.value for part in found.attributions}
            assert told.is_strongest(told.cause(found.text[0], tiny._display), values)
            kinds.add(told.cause(found.text[0], tiny._display).partition(":")[0])
    assert kinds >= {"history", "facet", "text"}


def test_a_fact_that_carries_more_than_the_most_specific_one_is_told_beside_it(tiny: service.Service) -> None:
    context, display = tiny._context("u0"), tiny._display
    items = np.setdiff1d(np.arange(len(display.cards)), context.items)
    for cause in strongest_cause.causes(context, items.tolist(), display):
        carried = [link.carries for link in cause.links]
        assert carried == sorted(carried) and len(carried) <= 2
        assert all(carries >= TELLING * cause.value for carries in carried if cause.kind == "history")


def test_who_says_what_is_wanted_is_not_told_that_many_others_like_it(tiny: service.Service) -> None:
    """Their scores have no popularity in them."""
    for row in tiny.recommend(Visitor(["f0"], request="a love letter"), k=13).items:
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


def in_order(graph: Graph, worth: dict[str, float]) -> list[str]:
    """Labels in the order of telling, of paths with these contributions."""
    paths = [
        MeasuredPath(path, worth.get(graph.labels[int(graph.tails[path.edges[-1]])], 0.1))
        for path in shared_paths(replace(graph, entities=range(9)), [0], 1)  # type: ignore[arg-type]
    ]
    paths.sort(key=lambda path: words.order_of_paths(path.path, graph, VIDEO))
    return [graph.labels[int(graph.tails[path.path.edges[-1]])] for path in paths]


def test_a_director_is_told_before_a_genre_that_carries_more_and_a_decade_after_all(cast: Graph) -> None:
    order = in_order(cast, {"Drama": 5.0, "1990s": 9.0})
    assert order[:2] == ["Ada", "Star"] and order.index("Drama") < order.index("1990s")


def test_an_extra_is_told_after_a_genre(cast: Graph) -> None:
    """The median fame over the cast is 20; Extra has 2."""
    assert cast.usual_fame[1] == 20 and cast.usual_fame[0] == 0
    order = in_order(cast, {"Extra": 5.0})
    assert order.index("Extra") > order.index("Drama") > order.index("x")


def test_one_who_wrote_the_one_and_directed_the_other_is_told_after_the_cast_and_before_a_genre(cast: Graph) -> None:
    order = in_order(cast, {})
    assert order.index("z") < order.index("Bea") < order.index("Drama")


def test_nothing_below_a_twentieth_of_the_strongest_reason_stands_beside_it(tiny: service.Service) -> None:
    found = tiny.why("u0", tiny.recommend("u0", k=1).items[0].item.item_id)
    parts = [Attribution(name, "history", name, value, 0.0) for name, value in (("a", 2.0), ("b", -1.0), ("c", 0.1))]
    weak = Attribution("d", "text", "d", 0.0999, 0.0)
    told_parts = replace(found, attributions=(*parts, weak)).named_attributions
    assert [part.player for part in told_parts] == ["a", "c"]  # 0.1 is a twentieth of 2
    assert replace(found, attributions=(parts[1],)).named_attributions == ()
